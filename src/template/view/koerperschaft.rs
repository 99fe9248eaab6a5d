//! What templates see of bodies and sets of them, in the cases that sentences need, and of the offices that represent them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::vereinbarung::gross;
use super::{Blick, Geteilt, leer};
use crate::compute::{Beteiligte, Menge, sprache};
use crate::input::Datum;
use crate::model::koerperschaft::{Formen, Kasus};
use crate::model::{Koerperschaft, Text, Vereinbarung, namen};

/// A body with its forms.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KoerperschaftSicht {
    /// Name without kind.
    pub name: String,
    /// Kind.
    pub gattung: String,
    /// Official form.
    pub amtsform: String,
    /// Official form with its article: „der Kreisstadt Unna“.
    pub amtsform_dativ: String,
    /// The same: „die Kreisstadt Unna“.
    pub amtsform_akkusativ: String,
    /// Whether it is a Kreis.
    pub ist_kreis: bool,
    /// The office that represents it on the day of the paper.
    pub amt: Option<AmtSicht>,
    /// Where it publishes, or empty.
    pub bekanntmachung: String,
    /// Lines of the address.
    pub anschrift: Vec<String>,
    /// „die Stadt Lünen“.
    pub nominativ: String,
    /// „Die Stadt Lünen“, at the beginning of a sentence.
    pub satzanfang: String,
    /// „der Stadt Lünen“.
    pub genitiv: String,
    /// „der Stadt Lünen“.
    pub dativ: String,
    /// „die Stadt Lünen“.
    pub akkusativ: String,
    /// First day of use, or empty.
    pub nutzung_von: String,
    /// Whether use has begun by the day of decision.
    pub nutzt_bereits: bool,
}

/// An office. A form that the base data do not give is absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AmtSicht {
    /// „der Landrat“.
    pub nominativ: String,
    /// „Der Landrat“.
    pub satzanfang: String,
    /// „des Landrats“.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genitiv: Option<String>,
    /// „dem Landrat“.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dativ: Option<String>,
    /// „den Landrat“.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub akkusativ: Option<String>,
    /// The offices that sign, in order, each as it begins a line.
    pub unterschriften: Vec<String>,
}

/// A set of bodies. The empty one has no forms: an expression that names them is a finding, not a hole in a sentence.
#[derive(Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct MengeSicht {
    /// How many.
    pub anzahl: usize,
    /// How many, in words up to twelve.
    pub zahlwort: String,
    /// The equal share of each: `1/8`; of the users only where every cost item is shared equally.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub anteil: String,
    /// „Bergkamen, Bönen und Lünen“.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namen: String,
    /// „die Städte und Gemeinden“ by case.
    pub gattungen: BTreeMap<&'static str, String>,
    /// „die Städte Bergkamen und Lünen sowie die Gemeinde Bönen“.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nominativ: String,
    /// The same at the beginning of a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub satzanfang: String,
    /// The same in the genitive.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub genitiv: String,
    /// The same in the dative.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dativ: String,
    /// The same in the accusative.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub akkusativ: String,
    /// First day on which one of them used the service, or empty.
    pub nutzung_von: String,
    /// The bodies: Kreise, Städte, Gemeinden, each by name.
    pub glieder: Vec<Geteilt<KoerperschaftSicht>>,
}

impl Blick<'_> {
    pub(super) fn koerperschaft(
        &self,
        koerperschaft: &Koerperschaft,
    ) -> Geteilt<KoerperschaftSicht> {
        let tage = (self.stichtag, self.amtstag);
        self.vorrat
            .koerperschaft(&koerperschaft.schluessel, tage, || {
                self.koerperschaft_frei(koerperschaft)
            })
    }

    fn koerperschaft_frei(&self, koerperschaft: &Koerperschaft) -> KoerperschaftSicht {
        let formen = self
            .vorgang
            .gattungen
            .get(&koerperschaft.gattung)
            .map(|g| &g.einzahl);
        let form = |kasus| form(formen, kasus, koerperschaft.name.as_str());
        let amtsform = |kasus| namen::koerperschaft(self.vorgang, koerperschaft, kasus);
        let beginn = self.nutzungsbeginn(koerperschaft);
        KoerperschaftSicht {
            name: koerperschaft.name.to_string(),
            gattung: koerperschaft.gattung.clone(),
            amtsform: koerperschaft.amtsform(),
            amtsform_dativ: amtsform(Kasus::Dativ),
            amtsform_akkusativ: amtsform(Kasus::Akkusativ),
            ist_kreis: !koerperschaft.ist_gemeinde(),
            amt: self.amt(koerperschaft),
            bekanntmachung: leer(koerperschaft.bekanntmachung.as_ref()),
            anschrift: koerperschaft
                .anschrift
                .iter()
                .map(ToString::to_string)
                .collect(),
            satzanfang: gross(&form(Kasus::Nominativ)),
            nominativ: form(Kasus::Nominativ),
            genitiv: form(Kasus::Genitiv),
            dativ: form(Kasus::Dativ),
            akkusativ: form(Kasus::Akkusativ),
            nutzung_von: leer(beginn),
            nutzt_bereits: beginn
                .zip(self.stichtag)
                .is_some_and(|(beginn, stichtag)| beginn <= stichtag),
        }
    }

    fn amt(&self, koerperschaft: &Koerperschaft) -> Option<AmtSicht> {
        let vertretung = koerperschaft.vertretung_zu(self.amtstag)?;
        let amt = self.vorgang.aemter.get(&vertretung.amt)?;
        let weitere = vertretung
            .weitere_unterschriften
            .iter()
            .filter_map(|schluessel| self.vorgang.aemter.get(schluessel));
        let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string);
        Some(AmtSicht {
            nominativ: amt.nominativ.to_string(),
            satzanfang: gross(amt.nominativ.as_str()),
            genitiv: text(&amt.genitiv),
            dativ: text(&amt.dativ),
            akkusativ: text(&amt.akkusativ),
            unterschriften: std::iter::once(amt)
                .chain(weitere)
                .map(|amt| gross(amt.nominativ.as_str()))
                .collect(),
        })
    }

    pub(super) fn nutzungsbeginn(&self, koerperschaft: &Koerperschaft) -> Option<Datum> {
        self.vorgang
            .nutzung
            .iter()
            .filter(|nutzung| nutzung.anwender == koerperschaft.schluessel)
            .map(|nutzung| nutzung.von)
            .min()
    }

    pub(super) fn menge(&self, menge: &Menge<'_>) -> Geteilt<MengeSicht> {
        let wer = menge.iter().map(|k| k.schluessel.clone()).collect();
        let tage = (self.stichtag, self.amtstag);
        self.vorrat.menge(wer, tage, || self.menge_frei(menge))
    }

    /// Who uses what an agreement is about.
    pub(super) fn anwender(
        &self,
        beteiligte: &Beteiligte<'_>,
        vereinbarung: Option<&Vereinbarung>,
    ) -> MengeSicht {
        let anwender = self.menge_frei(&beteiligte.anwender);
        // „je 1/8“ would be wrong in every sentence about costs that are shared otherwise.
        let gleich = vereinbarung.is_none_or(|v| self.tragen_gleich(v));
        let anteil = if gleich {
            anwender.anteil
        } else {
            String::new()
        };
        MengeSicht { anteil, ..anwender }
    }

    pub(super) fn menge_frei(&self, menge: &Menge<'_>) -> MengeSicht {
        MengeSicht {
            anzahl: menge.anzahl(),
            zahlwort: sprache::zahlwort(menge.anzahl()),
            anteil: leer(menge.anteil()),
            namen: menge.namen(),
            gattungen: Kasus::ALLE
                .into_iter()
                .map(|kasus| (kasus.name(), menge.gattungen(kasus)))
                .collect(),
            nominativ: menge.aufzaehlung(Kasus::Nominativ),
            satzanfang: gross(&menge.aufzaehlung(Kasus::Nominativ)),
            genitiv: menge.aufzaehlung(Kasus::Genitiv),
            dativ: menge.aufzaehlung(Kasus::Dativ),
            akkusativ: menge.aufzaehlung(Kasus::Akkusativ),
            nutzung_von: leer(menge.iter().filter_map(|k| self.nutzungsbeginn(k)).min()),
            glieder: menge.iter().map(|k| self.koerperschaft(k)).collect(),
        }
    }
}

fn form(formen: Option<&Formen>, kasus: Kasus, name: &str) -> String {
    formen
        .map(|formen| namen::mit_namen(formen, kasus, name))
        .unwrap_or_default()
}
