//! What one YAML file of a matter or of the base data may hold: sections, each optional.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::drucksache::Drucksache;
use super::frist::Amtsblatt;
use super::koerperschaft::{Amt, Behoerde, Gattung, Koerperschaft, Schluessel};
use super::kosten::Kostenposition;
use super::nutzung::Nutzung;
use super::reihe::Reihe;
use super::vereinbarung::Vereinbarung;
use super::vorgang::Kopf;
use crate::recht::Zusatz;

/// A file of a matter in sections.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VorgangDatei {
    /// What the matter is.
    pub vorgang: Option<Kopf>,
    /// The agreements by key.
    pub vereinbarungen: Option<BTreeMap<Schluessel, Vereinbarung>>,
    /// Who uses the service, and since when.
    pub nutzung: Option<Vec<Nutzung>>,
    /// The cost items by key.
    pub kosten: Option<Reihe<Kostenposition>>,
    /// A paper for a council.
    pub drucksache: Option<Drucksache>,
}

impl VorgangDatei {
    /// The names of the sections in the order of the documentation.
    pub const ABSCHNITTE: [&'static str; 5] = [
        "vorgang",
        "vereinbarungen",
        "nutzung",
        "kosten",
        "drucksache",
    ];
}

/// A file of the base data.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StammdatenDatei {
    /// The bodies by key.
    #[serde(rename = "körperschaften", default)]
    pub koerperschaften: BTreeMap<Schluessel, Koerperschaft>,
    /// The offices by key.
    #[serde(rename = "ämter", default)]
    pub aemter: BTreeMap<Schluessel, Amt>,
    /// Kinds of bodies that the program does not know by itself.
    #[serde(default)]
    pub gattungen: BTreeMap<String, Gattung>,
    /// When gazettes appear, by their name as it stands after „im“.
    #[serde(rename = "amtsblätter", default)]
    pub amtsblaetter: BTreeMap<String, Amtsblatt>,
    /// Authorities by their name as it stands after the article: `Bezirksregierung Arnsberg`.
    #[serde(rename = "behörden", default)]
    pub behoerden: BTreeMap<String, Behoerde>,
    /// Laws and holidays that the program does not know by itself.
    pub recht: Option<Zusatz>,
}
