//! The computed values as plain data: names, numbers and days in the forms that papers print, ready to be serialised.
//!
//! Holds what was computed and nothing that was typed, so that a changed word in a title changes nothing here. A new
//! computed value becomes a new field; none is renamed while [`SCHEMA`] says `/1`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fristen::{Fall, Verlauf};
use super::kosten::{Jahr, Jahressumme, Rechnung};
use super::{Beteiligte, Fristen, Menge, Zahlen, Zustaendigkeit};
use crate::input::Datum;
use crate::model::{Drucksache, Schluessel, Vorgang};

/// Name and version of the form.
pub const SCHEMA: &str = "drucksache.zahlen/1";

/// All computed values of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ansicht {
    /// Name and version of the form.
    pub schema: &'static str,
    /// What follows for each Drucksache, by number.
    pub drucksachen: BTreeMap<String, DrucksacheAnsicht>,
    /// What follows for each agreement, by key.
    pub vereinbarungen: BTreeMap<String, VereinbarungAnsicht>,
}

/// What follows for a Drucksache.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrucksacheAnsicht {
    /// The day of decision: `09.11.2021`.
    pub entscheidungstag: Option<String>,
    /// Whether no step is in public.
    pub nichtoeffentlich: bool,
    /// Key of the agreement that it is about.
    pub vereinbarung: Option<String>,
}

/// What follows for an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VereinbarungAnsicht {
    /// The day for which it cites the law and names offices.
    pub rechtsstand: Option<String>,
    /// The authority that approves it.
    pub zustaendigkeit: ZustaendigkeitAnsicht,
    /// When it takes effect.
    pub fristen: FristenAnsicht,
    /// All parties.
    pub parteien: MengeAnsicht,
    /// The municipal parties of the predecessor.
    pub bestand: MengeAnsicht,
    /// The municipal parties that the predecessor does not have.
    pub beitritt: MengeAnsicht,
    /// All who use the service.
    pub anwender: MengeAnsicht,
    /// For whom each task is done, by key of the task.
    pub empfaenger: BTreeMap<String, MengeAnsicht>,
    /// What its tasks cost, by key of the item.
    pub kosten: BTreeMap<String, RechnungAnsicht>,
    /// All items of a year together, by year.
    pub jahre: BTreeMap<String, SummeAnsicht>,
}

/// Days of effect: `07.12.2021`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FristenAnsicht {
    /// From which day the periods run.
    pub eingang: Option<String>,
    /// The ways that are still open, by name.
    pub verlaeufe: BTreeMap<&'static str, VerlaufAnsicht>,
    /// What is not known.
    pub luecken: Vec<&'static str>,
}

/// A way to the day of effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerlaufAnsicht {
    /// The last day after which the approval counts as given.
    pub fiktion: Option<String>,
    /// Day of the gazette.
    pub bekanntmachung: Option<String>,
    /// No effect is possible before it.
    pub fruehestens: Option<String>,
    /// Day of effect.
    pub wirksam: Option<String>,
    /// Whether the days are only the earliest ones that are possible.
    pub nur_fruehestens: bool,
}

/// A set of bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MengeAnsicht {
    /// How many.
    pub anzahl: usize,
    /// The equal share of each: `1/8`.
    pub anteil: Option<String>,
    /// Their keys in the order in which papers name them.
    pub glieder: Vec<String>,
}

/// An authority, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ZustaendigkeitAnsicht {
    /// The authority.
    Klar {
        /// „die Bezirksregierung Arnsberg“.
        behoerde: String,
        /// Its gazette.
        amtsblatt: String,
    },
    /// Why it does not follow.
    Unklar {
        /// The reason.
        grund: String,
    },
}

/// A cost item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RechnungAnsicht {
    /// Who is paid.
    pub anbieter: String,
    /// Its years.
    pub jahre: BTreeMap<String, JahrAnsicht>,
}

/// A year of a cost item; amounts in euros as papers print them: `26.625,00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JahrAnsicht {
    /// The steps of the calculation in their order: „Personalkosten: … = 22.000,00“.
    pub schritte: Vec<String>,
    /// What the printed steps lack of the total.
    pub rundung: String,
    /// The total.
    pub gesamt: String,
    /// The provider's own share.
    pub eigenanteil: String,
    /// What is invoiced.
    pub rechnungen: String,
    /// The share of each user: `1/8 = 3.328,13`.
    pub anteile: BTreeMap<String, String>,
}

/// All items of a year; amounts in euros as papers print them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SummeAnsicht {
    /// The total.
    pub summe: String,
    /// What each body bears.
    pub je_beteiligtem: BTreeMap<String, String>,
    /// Who pays whom: „stadt-selm an stadt-luenen: 3.328,12“.
    pub zahlungen: Vec<String>,
}

impl Ansicht {
    /// The computed values of a matter.
    pub fn aus(vorgang: &Vorgang, zahlen: &Zahlen<'_>) -> Self {
        Self {
            schema: SCHEMA,
            drucksachen: vorgang
                .drucksachen
                .iter()
                .map(|d| (d.nummer.to_string(), drucksache(vorgang, d)))
                .collect(),
            vereinbarungen: zahlen
                .vereinbarungen
                .iter()
                .map(|(schluessel, beteiligte)| {
                    (
                        schluessel.to_string(),
                        vereinbarung(vorgang, schluessel, beteiligte),
                    )
                })
                .collect(),
        }
    }

    /// As JSON, one value a line, with a line break at the end.
    pub fn json(&self) -> String {
        // Plain structs with text keys always serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn drucksache(vorgang: &Vorgang, drucksache: &Drucksache) -> DrucksacheAnsicht {
    DrucksacheAnsicht {
        entscheidungstag: drucksache.entscheidungstag().map(|tag| tag.to_string()),
        nichtoeffentlich: drucksache.ist_nichtoeffentlich(),
        vereinbarung: vorgang
            .vereinbarung_zu(drucksache)
            .map(|v| v.schluessel.to_string()),
    }
}

fn vereinbarung(
    vorgang: &Vorgang,
    schluessel: &Schluessel,
    beteiligte: &Beteiligte<'_>,
) -> VereinbarungAnsicht {
    VereinbarungAnsicht {
        rechtsstand: vorgang
            .vereinbarungen
            .get(schluessel)
            .and_then(|v| vorgang.rechtsstand(v))
            .map(|tag| tag.to_string()),
        zustaendigkeit: match &beteiligte.zustaendigkeit {
            Zustaendigkeit::Klar(behoerde) => ZustaendigkeitAnsicht::Klar {
                behoerde: behoerde.nominativ.clone(),
                amtsblatt: behoerde.amtsblatt.clone(),
            },
            Zustaendigkeit::Unklar(grund) => ZustaendigkeitAnsicht::Unklar {
                grund: grund.clone(),
            },
            Zustaendigkeit::Unbekannt(fehlt) => ZustaendigkeitAnsicht::Unklar {
                grund: fehlt.worte(),
            },
        },
        fristen: fristen(&beteiligte.fristen),
        parteien: menge(&beteiligte.parteien),
        bestand: menge(&beteiligte.bestand),
        beitritt: menge(&beteiligte.beitritt),
        anwender: menge(&beteiligte.anwender),
        empfaenger: beteiligte
            .empfaenger
            .iter()
            .map(|(aufgabe, empfaenger)| (aufgabe.to_string(), menge(empfaenger)))
            .collect(),
        kosten: beteiligte
            .kosten
            .rechnungen
            .iter()
            .map(|rechnung| (rechnung.schluessel.to_string(), self::rechnung(rechnung)))
            .collect(),
        jahre: beteiligte
            .kosten
            .jahre
            .iter()
            .map(|summe| (summe.jahr.to_string(), self::summe(summe)))
            .collect(),
    }
}

fn fristen(fristen: &Fristen) -> FristenAnsicht {
    let tag = |tag: Option<Datum>| tag.map(|tag| tag.to_string());
    let verlauf = |verlauf: &Verlauf| {
        let name = match verlauf.fall {
            Fall::InKraft => "in-kraft",
            Fall::Veroeffentlicht => "veroeffentlicht",
            Fall::Genehmigt => "genehmigt",
            Fall::OhneEinwendung => "ohne-einwendung",
            Fall::OhneEroerterung => "ohne-eroerterung",
            Fall::Eroerterung => "eroerterung",
        };
        let ansicht = VerlaufAnsicht {
            fiktion: tag(verlauf.fiktion),
            bekanntmachung: tag(verlauf.bekanntmachung),
            fruehestens: tag(verlauf.fruehestens),
            wirksam: tag(verlauf.wirksam),
            nur_fruehestens: verlauf.ist_fruehestens,
        };
        (name, ansicht)
    };
    FristenAnsicht {
        eingang: tag(fristen.eingang.as_ref().map(|eingang| eingang.tag)),
        verlaeufe: fristen.verlaeufe.iter().map(verlauf).collect(),
        luecken: fristen.luecken.iter().map(|luecke| luecke.feld).collect(),
    }
}

fn menge(menge: &Menge<'_>) -> MengeAnsicht {
    MengeAnsicht {
        anzahl: menge.anzahl(),
        anteil: menge.anteil().map(|anteil| anteil.to_string()),
        glieder: menge.iter().map(|k| k.schluessel.to_string()).collect(),
    }
}

fn rechnung(rechnung: &Rechnung<'_>) -> RechnungAnsicht {
    RechnungAnsicht {
        anbieter: rechnung.anbieter.schluessel.to_string(),
        jahre: rechnung
            .jahre
            .iter()
            .map(|jahr| (jahr.jahr.to_string(), self::jahr(jahr)))
            .collect(),
    }
}

fn jahr(jahr: &Jahr<'_>) -> JahrAnsicht {
    let schritt = |schritt: &super::kosten::Schritt<'_>| {
        let ungefaehr = if schritt.gerundet { "≈ " } else { "= " };
        format!("{} {ungefaehr}{}", schritt.text(), schritt.betrag.zahl())
    };
    JahrAnsicht {
        schritte: jahr.schritte.iter().map(schritt).collect(),
        rundung: jahr.rundung.zahl(),
        gesamt: jahr.gesamt.zahl(),
        eigenanteil: jahr.eigenanteil.zahl(),
        rechnungen: jahr.rechnungen.zahl(),
        anteile: jahr
            .anteile
            .iter()
            .map(|anteil| {
                let bruch = anteil.anteil().map(|bruch| format!("{bruch} = "));
                (
                    anteil.koerperschaft.schluessel.to_string(),
                    format!("{}{}", bruch.unwrap_or_default(), anteil.betrag.zahl()),
                )
            })
            .collect(),
    }
}

fn summe(summe: &Jahressumme<'_>) -> SummeAnsicht {
    SummeAnsicht {
        summe: summe.summe.zahl(),
        je_beteiligtem: summe
            .je_beteiligtem
            .iter()
            .map(|(koerperschaft, betrag)| (koerperschaft.schluessel.to_string(), betrag.zahl()))
            .collect(),
        zahlungen: summe
            .zahlungen
            .iter()
            .map(|zahlung| {
                format!(
                    "{} an {}: {}",
                    zahlung.von.schluessel,
                    zahlung.an.schluessel,
                    zahlung.betrag.zahl()
                )
            })
            .collect(),
    }
}
