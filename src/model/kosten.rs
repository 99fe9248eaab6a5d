//! Cost items: what a task costs, on which basis, who pays, and by which key the sum is shared.
//!
//! Facts only. What they come to in a year is computed elsewhere; names and sums are checked with the other names.

use schemars::JsonSchema;
use serde::Deserialize;

use super::koerperschaft::Schluessel;
use super::text::Text;
use crate::diagnostic::Route;
use crate::input::Datum;

mod arbeitsplatz;
mod betraege;
mod verteilung;
mod zahlen;

pub use arbeitsplatz::{Arbeitsplatz, Besetzung, Gemeinkostenbasis, Jahreswert, Stellenanteil};
pub use betraege::{Beleg, Festbetrag, Takt};
pub use verteilung::{Fallzahlen, Lizenzstand, Quotenfassung, Stichtagswahl, Verteilung};
pub use zahlen::{Anzahl, Jahrestag, Kalenderjahr, Umfang};

/// What stands as source of a figure that nobody has published: it says so in print.
pub const BEISPIELWERT: &str = "Beispielwert";

/// A cost item of a task.
///
/// Its provider, its payers and its period come from the task and from the use; each can be overridden with a reason.
/// Exactly one of `arbeitsplatz`, `festbetrag` and `rechnungen` says what it costs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kostenposition {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Key of the task in the agreement.
    pub aufgabe: Schluessel,
    /// What the item is called; as its task if absent.
    pub bezeichnung: Option<Text>,
    /// How the sum is shared.
    #[serde(rename = "schlüssel")]
    pub schluessel: Verteilung,
    /// Another provider than the task's.
    pub anbieter: Option<AbweichenderAnbieter>,
    /// Other payers than the users.
    pub zahler: Option<AbweichendeZahler>,
    /// Another period than that of the use.
    pub zeitraum: Option<AbweichenderZeitraum>,
    /// What is assumed because nobody has said it.
    #[serde(default)]
    pub annahmen: Vec<Annahme>,
    /// A post, after the KGSt's „Kosten eines Arbeitsplatzes“.
    pub arbeitsplatz: Option<Arbeitsplatz>,
    /// Sums that are agreed, by period.
    pub festbetrag: Option<Vec<Festbetrag>>,
    /// What was really paid (Ist-Kosten).
    pub rechnungen: Option<Vec<Beleg>>,
}

impl Kostenposition {
    /// What is assumed in some part of the period, in order; what the basis leaves open is said first.
    ///
    /// Without a bound the period is open at that end.
    pub fn annahmen_in(&self, von: Option<Datum>, bis: Option<Datum>) -> Vec<&str> {
        let offen = self.arbeitsplatz.as_ref().and_then(Arbeitsplatz::annahme);
        let genannt = self
            .annahmen
            .iter()
            .filter(|annahme| annahme.trifft(von, bis));
        offen
            .into_iter()
            .chain(genannt.map(|annahme| annahme.text.as_str()))
            .collect()
    }
}

/// Another provider than the task's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbweichenderAnbieter {
    /// The provider.
    pub wer: Schluessel,
    /// Why.
    pub grund: Text,
}

/// Other payers than the users. One that never uses the service pays all the time, the others while they use it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbweichendeZahler {
    /// The payers.
    pub wer: Vec<Schluessel>,
    /// Why.
    pub grund: Text,
}

/// Another period than that of the use.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbweichenderZeitraum {
    /// First day; that of the first use if absent.
    pub von: Option<Datum>,
    /// Last day; that of the last use if absent.
    pub bis: Option<Datum>,
    /// Why.
    pub grund: Text,
}

/// What is assumed because nobody has said it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Annahme {
    /// A sentence: the paper prints it after „Annahme:“.
    pub text: Text,
    /// First day that it is about; since ever if absent.
    pub von: Option<Datum>,
    /// Last day that it is about; for ever if absent.
    pub bis: Option<Datum>,
}

impl Annahme {
    fn trifft(&self, von: Option<Datum>, bis: Option<Datum>) -> bool {
        let vorher = self.bis.zip(von).is_some_and(|(ende, von)| ende < von);
        let nachher = self.von.zip(bis).is_some_and(|(anfang, bis)| bis < anfang);
        !vorher && !nachher
    }
}

/// Whether a source says that the figure is invented.
pub fn ist_beispielwert(quelle: &Text) -> bool {
    quelle.as_str().to_lowercase().contains("beispielwert")
}
