//! What an editor may accept for the types that are written as one scalar.
//!
//! An editor's YAML turns `2021` and `05978004` into numbers before the schema sees them; so each type says which
//! kinds may stand for it. A pattern speaks only of texts. No schema is stricter than the program.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::input::{Betrag, Bruch, Datum};
use crate::model::anlage::Anlage;
use crate::model::drucksache::Nummer;
use crate::model::frist::Tagesfrist;
use crate::model::koerperschaft::{Ags, Schluessel};
use crate::model::kosten::{
    Anzahl, Fallzahlen, Jahrestag, Kalenderjahr, Lizenzstand, Quotenfassung, Stellenanteil,
    Stichtagswahl, Umfang, Verteilung,
};
use crate::model::text::{Prosa, Text, Vordruck};
use crate::recht::kalender::Jahrestag as Feiertagsdatum;

/// The pattern of a [`Schluessel`].
pub(super) const SCHLUESSEL: &str = r"^[\p{Ll}0-9-]+$";

macro_rules! skalar {
    ($($typ:ident $schema:tt;)*) => {
        $(impl JsonSchema for $typ {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($typ).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        })*
    };
}

skalar! {
    Text { "type": ["string", "number", "boolean"], "pattern": r"\S" };
    Vordruck { "type": ["string", "number", "boolean"], "pattern": r"\S" };
    Prosa { "type": ["string", "number", "boolean"], "pattern": r"\S" };
    Schluessel { "type": ["string", "integer"], "pattern": SCHLUESSEL };
    Nummer { "type": ["string", "number"], "pattern": "[A-Za-z0-9ÄÖÜäöüß]" };
    Ags { "type": ["string", "integer"], "pattern": r"^([0-9]{5}|[0-9]{8})$", "minimum": 0, "maximum": 99_999_999 };
    Datum {
        "type": "string",
        "pattern": r"^\s*([0-9]{1,2}\.\s*[0-9]{1,2}\.\s*[0-9]{4}|[0-9]{1,2}\.\s*\p{L}+\s+[0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\s*$",
    };
    Betrag { "type": ["string", "number"], "pattern": r"^\s*[-−]?\s*[0-9]" };
    Bruch { "type": "string", "pattern": r"^\s*[0-9¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]" };
    Stellenanteil { "type": ["string", "integer"], "pattern": r"^\s*[0-9¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]", "minimum": 0 };
    Tagesfrist { "type": "string", "pattern": r"^\s*[0-9]{1,3}\s+(Tage?|Kalendertage?|Werktage?)\s*$" };
    Feiertagsdatum { "type": ["string", "number"], "pattern": r"^\s*[0-9]{1,2}\.[0-9]{1,2}\.?\s*$" };
    Umfang { "type": ["string", "integer"], "pattern": r"^\s*[0-9¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]", "minimum": 0 };
    Anzahl { "type": ["string", "number"], "pattern": r"^\s*[0-9]+(\.[0-9]{3})*\s*$", "minimum": 0 };
    Kalenderjahr { "type": ["string", "integer"], "pattern": r"^\s*[0-9]{4}\s*$", "minimum": 1900, "maximum": 2199 };
    Jahrestag { "type": ["string", "number"], "pattern": r"^\s*[0-9]{1,2}\.\s*(\p{L}+|[0-9]{1,2}\.)\s*$" };
    Anlage {
        "type": ["string", "integer", "object"],
        "pattern": SCHLUESSEL,
        "properties": {
            "titel": { "type": ["string", "number", "boolean"], "pattern": r"\S" },
            "text": { "type": ["string", "number", "boolean"], "pattern": r"\S" },
            "datei": { "type": ["string", "number", "boolean"], "pattern": r"\S" },
            "vereinbarung": { "type": ["string", "integer"], "pattern": SCHLUESSEL },
            "drucksache": { "type": ["string", "number"], "pattern": "[A-Za-z0-9ÄÖÜäöüß]" },
            "beratungsstatus": { "type": "string", "enum": ["öffentlich", "nichtöffentlich"] },
        },
        "dependentRequired": { "text": ["titel"], "datei": ["titel"] },
        "not": {
            "type": "object",
            "properties": {
                "titel": { "type": "null" },
                "vereinbarung": { "type": "null" },
                "drucksache": { "type": "null" },
            },
        },
        "additionalProperties": false,
    };
}

impl JsonSchema for Verteilung {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Verteilung".into()
    }

    /// A word, or one of the keys with its figures.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "object"],
            "pattern": "^(gleiche-teile|direkt)$",
            "properties": {
                "einwohner": generator.subschema_for::<Vec<Stichtagswahl>>(),
                "fallzahlen": generator.subschema_for::<Vec<Fallzahlen>>(),
                "lizenzen": generator.subschema_for::<Vec<Lizenzstand>>(),
                "quoten": generator.subschema_for::<Vec<Quotenfassung>>(),
            },
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": false,
        })
    }
}
