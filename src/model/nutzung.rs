//! Who uses the service, by intervals. Use is not membership: a body may use it before it is a party.

use schemars::JsonSchema;
use serde::Deserialize;

use super::koerperschaft::Schluessel;
use crate::diagnostic::Route;
use crate::input::Datum;

/// One interval of use.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nutzung {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Who uses.
    pub anwender: Schluessel,
    /// First day.
    pub von: Datum,
    /// Last day, if it ends.
    pub bis: Option<Datum>,
}

impl Nutzung {
    /// Whether the day lies in the interval.
    pub fn gilt_am(&self, tag: Datum) -> bool {
        self.von <= tag && self.bis.is_none_or(|bis| tag <= bis)
    }
}
