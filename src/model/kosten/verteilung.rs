//! Keys: how a sum is shared among those who pay.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::koerperschaft::Schluessel;
use super::super::text::Text;
use super::zahlen::{Anzahl, Kalenderjahr};
use crate::input::{Bruch, Datum};

/// How a sum is shared among those who pay.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verteilung {
    /// In equal parts.
    GleicheTeile,
    /// To whomever each sum names.
    Direkt,
    /// By residents, as the base data count them on a day.
    Einwohner(Vec<Stichtagswahl>),
    /// By cases of a year.
    Fallzahlen(Vec<Fallzahlen>),
    /// By licences, as many as each has from a day on.
    Lizenzen(Vec<Lizenzstand>),
    /// By agreed quotas that sum to 1.
    Quoten(Vec<Quotenfassung>),
}

impl Verteilung {
    /// The word in the YAML.
    pub fn name(&self) -> &'static str {
        match self {
            Self::GleicheTeile => "gleiche-teile",
            Self::Direkt => "direkt",
            Self::Einwohner(_) => "einwohner",
            Self::Fallzahlen(_) => "fallzahlen",
            Self::Lizenzen(_) => "lizenzen",
            Self::Quoten(_) => "quoten",
        }
    }

    /// The key in the words of a paper, before „verteilt“ or „getragen“: `zu gleichen Teilen`.
    pub fn wortlaut(&self) -> &'static str {
        match self {
            Self::GleicheTeile => "zu gleichen Teilen",
            Self::Direkt => "nach dem tatsächlichen Bezug",
            Self::Einwohner(_) => "nach der Einwohnerzahl",
            Self::Fallzahlen(_) => "nach Fallzahlen",
            Self::Lizenzen(_) => "nach der Zahl der Lizenzen",
            Self::Quoten(_) => "nach festen Quoten",
        }
    }
}

/// Which count of residents is taken from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stichtagswahl {
    /// First day; since ever if absent.
    pub ab: Option<Datum>,
    /// The day of the count in the base data.
    pub stichtag: Datum,
}

/// Cases of a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fallzahlen {
    /// The year in which they decide.
    pub jahr: Kalenderjahr,
    /// The cases of each.
    pub zahlen: BTreeMap<Schluessel, Anzahl>,
    /// Who counted, and when: `Fallstatistik 2026, Stand 31.12.2026`; or `Beispielwert`.
    pub quelle: Option<Text>,
}

/// Licences from a day on. Who is not named keeps as many as before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lizenzstand {
    /// First day.
    pub ab: Datum,
    /// The licences of each.
    pub zahlen: BTreeMap<Schluessel, Anzahl>,
    /// Where the numbers come from, or `Beispielwert`.
    pub quelle: Option<Text>,
}

/// Quotas from a day on, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quotenfassung {
    /// First day; since ever if absent.
    pub ab: Option<Datum>,
    /// The quota of each; they sum to 1.
    pub anteile: BTreeMap<Schluessel, Bruch>,
}
