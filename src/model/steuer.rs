//! What is known of a body's turnover tax (§ 2b UStG). Never guessed: what is not said is unknown.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::input::{Betrag, Bruch};

/// The turnover tax of a body that does tasks for others.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steuer {
    /// Whether it declared to stay with the old law (§ 27 Abs. 22 Satz 3 UStG).
    #[serde(default)]
    pub option_27_22: Option27,
    /// Whether its amounts are without or with tax.
    #[serde(rename = "beträge")]
    pub betraege: Option<Betragsart>,
    /// The rate, where a service is taxable: `19 %`.
    pub satz: Option<Bruch>,
    /// Yearly turnover of like services, in euros, without that of this matter (§ 2b Abs. 2 Nr. 1 UStG).
    pub umsatz_gleichartig: Option<Betrag>,
}

/// Whether a body declared to stay with the old law.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Option27 {
    /// It did.
    #[serde(rename = "erklärt")]
    Erklaert,
    /// It did not, or revoked it.
    Nein,
    /// Nobody has said.
    #[default]
    Unbekannt,
}

/// Amounts without or with tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Betragsart {
    /// Without.
    Netto,
    /// With.
    Brutto,
}
