//! What happened to an agreement between its decision and its end: signatures, receipt, objections, notices, leaving.
//!
//! Only days and parties that somebody has seen. What follows from them is [`compute::fristen`](crate::compute)'s business.

use schemars::JsonSchema;
use serde::Deserialize;

use super::koerperschaft::Schluessel;
use super::text::Text;
use super::vereinbarung::Veroeffentlichung;
use crate::input::Datum;

/// The signature of a party.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unterschrift {
    /// The party.
    #[serde(rename = "körperschaft")]
    pub koerperschaft: Schluessel,
    /// Day of the signature; of the last one where several offices sign.
    pub am: Datum,
    /// The offices that signed, in order; those of the base data if absent.
    #[serde(rename = "ämter", default)]
    pub aemter: Vec<Schluessel>,
}

/// What the authority says against an agreement within four weeks of receipt (§ 24 Abs. 2 GkG NRW).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Einwendung {
    /// Day on which it said that it will refuse or demand changes.
    pub am: Datum,
    /// Day on which it set a hearing; none was set if absent.
    #[serde(rename = "erörterung_anberaumt_am")]
    pub eroerterung_anberaumt_am: Option<Datum>,
    /// Day of the hearing itself.
    #[serde(rename = "erörterungstermin")]
    pub eroerterungstermin: Option<Datum>,
}

/// A party told its Kreis that it negotiates with partners outside of it (§ 24 Abs. 1 Satz 2 GkG NRW).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unterrichtung {
    /// The party that told.
    #[serde(rename = "körperschaft")]
    pub koerperschaft: Schluessel,
    /// The day, if it is known.
    pub am: Option<Datum>,
}

/// The right of the others to take part in the performance of a task (§ 23 Abs. 3 GkG NRW).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mitwirkung {
    /// Whether it is granted, else expressly waived.
    #[serde(rename = "gewährt")]
    pub gewaehrt: bool,
    /// What it consists of: a sentence of the agreement.
    pub inhalt: Option<Text>,
}

/// How a party left an agreement.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ausscheiden {
    /// The party that left.
    #[serde(rename = "körperschaft")]
    pub koerperschaft: Schluessel,
    /// Its last day as a party.
    pub zum: Datum,
    /// Day of the notice, where it gave one.
    #[serde(rename = "kündigung_vom")]
    pub kuendigung_vom: Option<Datum>,
    /// How the parties settle with each other.
    pub auseinandersetzung: Option<Text>,
}

/// The end of an agreement by common consent, of which the authority need only be told (§ 24 Abs. 5 GkG NRW).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aufhebung {
    /// Day on which the authority was told.
    pub angezeigt_am: Option<Datum>,
    /// Publication in the authority's gazette.
    #[serde(rename = "veröffentlichung")]
    pub veroeffentlichung: Option<Veroeffentlichung>,
}
