//! Prose of a paper beyond its Sachbericht: titled sections by key, in the author's order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::koerperschaft::Schluessel;
use super::text::{Prosa, Text};

/// The sections in the order in which they were typed.
#[derive(Debug, Clone, Default)]
pub struct Abschnitte(Vec<(Schluessel, Abschnitt)>);

/// A section of a paper.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abschnitt {
    /// Its heading, without a number: templates number.
    pub titel: Text,
    /// What it says.
    pub text: Prosa,
}

impl Abschnitte {
    /// The sections with their keys.
    pub fn iter(&self) -> impl Iterator<Item = &(Schluessel, Abschnitt)> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn ist_leer(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Abschnitte {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AbschnitteVisitor;

        impl<'de> Visitor<'de> for AbschnitteVisitor {
            type Value = Abschnitte;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Abschnitte mit Schlüssel, titel und text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Abschnitte, A::Error> {
                let mut abschnitte = Vec::new();
                while let Some(eintrag) = map.next_entry()? {
                    abschnitte.push(eintrag);
                }
                Ok(Abschnitte(abschnitte))
            }
        }

        deserializer.deserialize_map(AbschnitteVisitor)
    }
}

impl JsonSchema for Abschnitte {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Abschnitte".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<Schluessel, Abschnitt>::json_schema(generator)
    }
}
