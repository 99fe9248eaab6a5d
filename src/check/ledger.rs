//! The ledger: which clause of the law is served by which rule, or why by none. Data in `check/ledger.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::input::{decode, parse};
use crate::recht::Beleg;
use crate::source::Source;

const LEDGER: &str = include_str!("ledger.yaml");

/// Which clause of the law is served by which rule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The clauses, law by law.
    pub normen: Vec<Klausel>,
    /// The rules by the numbers under which they were asked for.
    pub nummern: BTreeMap<String, Vec<String>>,
}

/// A clause of a law.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Klausel {
    /// Key of the law.
    pub gesetz: String,
    /// The place in it.
    pub stelle: String,
    /// How far it was seen.
    pub beleg: Beleg,
    /// What it says, in our words.
    pub inhalt: String,
    /// The rules that serve it.
    #[serde(default)]
    pub regeln: Vec<String>,
    /// Why no rule serves it, or what the rules leave.
    pub warum: Option<String>,
}

/// The ledger as it ships.
pub fn ledger() -> Ledger {
    // A fault in our own data is found by a test; at run time what cannot be read is empty.
    parse(&Source::new("ledger.yaml", LEDGER))
        .ok()
        .and_then(|baum| decode(&baum).0)
        .unwrap_or_default()
}
