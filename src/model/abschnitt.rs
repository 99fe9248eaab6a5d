//! Prose of a paper beyond its Sachbericht: titled sections by key, in the author's order.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Prosa, Text};

/// A section of a paper.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abschnitt {
    /// Its heading, without a number: templates number.
    pub titel: Text,
    /// What it says.
    pub text: Prosa,
}
