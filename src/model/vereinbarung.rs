//! Agreements (öffentlich-rechtliche Vereinbarungen): parties, tasks, status, what replaces what.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::koerperschaft::Schluessel;
use super::text::Text;
use crate::diagnostic::Route;
use crate::input::Datum;

/// An agreement.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vereinbarung {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Its key.
    #[serde(skip)]
    pub schluessel: Schluessel,
    /// Where it stands between draft and effect.
    #[serde(default)]
    pub status: Status,
    /// Day of conclusion.
    pub geschlossen: Option<Datum>,
    /// The parties named one by one.
    pub parteien: Vec<Schluessel>,
    /// All who use the service on this day are parties too; the day also decides the share of each.
    pub anwender_zum: Option<Datum>,
    /// The agreement that it replaces.
    pub ersetzt: Option<Schluessel>,
    /// The tasks by key.
    #[serde(default)]
    pub aufgaben: BTreeMap<Schluessel, Aufgabe>,
}

/// Where an agreement stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A draft.
    #[default]
    Entwurf,
    /// Decided by the councils.
    Beschlossen,
    /// Signed by all parties.
    Unterzeichnet,
    /// Approved by the authority.
    Genehmigt,
    /// In effect.
    InKraft,
}

/// A task that one party does for others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aufgabe {
    /// What it is called.
    pub bezeichnung: Text,
    /// Who does it.
    pub anbieter: Schluessel,
    /// The office that does it: `FD 16`.
    pub stelle: Option<Text>,
    /// Since when.
    pub seit: Option<Text>,
}
