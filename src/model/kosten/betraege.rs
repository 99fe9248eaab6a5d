//! Sums that need no formula: agreed ones by period, and what was really paid.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::koerperschaft::Schluessel;
use super::super::text::Text;
use crate::input::{Betrag, Bruch, Datum};

/// A sum that is agreed for a period.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Festbetrag {
    /// First day; that of the item if absent.
    pub von: Option<Datum>,
    /// Last day; that of the item if absent.
    pub bis: Option<Datum>,
    /// The sum, in euros.
    pub betrag: Betrag,
    /// For how long the sum is.
    #[serde(default)]
    pub je: Takt,
    /// Who alone bears it, past the key.
    #[serde(rename = "für")]
    pub fuer: Option<Schluessel>,
    /// Where it comes from, or `Beispielwert`.
    pub quelle: Option<Text>,
}

/// For how long a sum is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Takt {
    /// For a calendar year.
    #[default]
    Jahr,
    /// For a month.
    Monat,
}

/// An invoice that is passed on at cost. It says either `netto` with its `steuersatz`, or `brutto`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beleg {
    /// Its date; the year of the day decides where it counts.
    pub datum: Datum,
    /// What it is for.
    pub text: Text,
    /// The sum without tax, in euros; negative for a credit.
    pub netto: Option<Betrag>,
    /// The sum with tax, in euros; negative for a credit.
    pub brutto: Option<Betrag>,
    /// The rate of the tax.
    pub steuersatz: Option<Bruch>,
    /// First day of what it pays for; that of the year if absent.
    pub von: Option<Datum>,
    /// Last day of what it pays for; that of the year if absent.
    pub bis: Option<Datum>,
    /// Who alone bears it, past the key: a licence for one user.
    #[serde(rename = "für")]
    pub fuer: Option<Schluessel>,
    /// Where it comes from, or `Beispielwert`.
    pub quelle: Option<Text>,
}
