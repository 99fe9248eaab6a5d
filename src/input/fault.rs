//! What serde says while a type reads a tree, with the node that it stumbled over.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Expected, Unexpected};

/// An error on its way out of serde, before it becomes a finding.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    /// Where it arose; filled in by the innermost deserializer that it passes.
    pub(crate) at: Option<Site>,
}

/// Where a [`Fault`] arose.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The node that will be left out of the next run.
    pub(crate) node: usize,
    /// The map that this node is an entry of, if it is one.
    pub(crate) map: Option<usize>,
    /// The bytes that a finding marks.
    pub(crate) range: Range<usize>,
    /// The nearest key above the node, if there is one.
    pub(crate) key: Option<String>,
    /// The position in the list below that key, from 0, if the node stands in one.
    pub(crate) item: Option<usize>,
    /// Whether a stand-in was refused, which says nothing about the file.
    pub(crate) stand_in: bool,
}

impl Site {
    /// The words for „in this node“, with a blank behind: `in „drucksache“ `; nothing at the root.
    pub(crate) fn within(&self) -> String {
        match (&self.key, self.item) {
            (Some(key), None) => format!("in „{key}“ "),
            (Some(key), Some(item)) => format!("im {}. Eintrag von „{key}“ ", item + 1),
            (None, Some(item)) => format!("im {}. Eintrag ", item + 1),
            (None, None) => String::new(),
        }
    }
}

#[derive(Debug)]
pub(crate) enum FaultKind {
    /// A type's own words, see [`Wertfehler`](super::value::Wertfehler).
    Value(String),
    /// A list where a text belongs and the like.
    Type {
        found: String,
        expected: String,
        remedy: Option<&'static str>,
    },
    /// A value that is empty but needed.
    Empty,
    UnknownField {
        name: String,
        known: &'static [&'static str],
    },
    UnknownVariant {
        name: String,
        known: &'static [&'static str],
    },
    MissingField(&'static str),
}

impl Fault {
    pub(crate) fn new(kind: FaultKind) -> Self {
        Self { kind, at: None }
    }

    /// The same fault, placed unless it has a place.
    pub(crate) fn at(mut self, site: impl FnOnce() -> Site) -> Self {
        self.at.get_or_insert_with(site);
        self
    }

    /// The same fault, which leaves out another node.
    pub(crate) fn of_node(mut self, node: usize) -> Self {
        if let Some(site) = &mut self.at {
            site.node = node;
        }
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(FaultKind::Value(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(FaultKind::Type {
            found: german_unexpected(&found),
            expected: german_expected(&expected.to_string()),
            remedy: None,
        })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(FaultKind::Type {
            found: match length {
                1 => "ein Eintrag".to_owned(),
                n => format!("{n} Einträge"),
            },
            expected: german_expected(&expected.to_string()),
            remedy: None,
        })
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownField {
            name: name.to_owned(),
            known,
        })
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownVariant {
            name: name.to_owned(),
            known,
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::MissingField(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(FaultKind::Value(format!("„{field}“ steht zweimal")))
    }
}

fn german_unexpected(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Seq => "eine Liste".to_owned(),
        Unexpected::Map | Unexpected::StructVariant => "eine Gruppe von Angaben".to_owned(),
        Unexpected::Unit | Unexpected::Option => "nichts".to_owned(),
        Unexpected::Str(text) => format!("der Text „{text}“"),
        Unexpected::Unsigned(number) => format!("die Zahl {number}"),
        Unexpected::Signed(number) => format!("die Zahl {number}"),
        other => format!("„{other}“"),
    }
}

/// The visitors that serde brings along describe themselves in English; ours in German.
pub(crate) fn german_expected(expected: &str) -> String {
    let german = match expected {
        "a string" | "string" | "str" | "a borrowed string" => "ein Text",
        "a boolean" => "„ja“ oder „nein“",
        "a character" => "ein einzelnes Zeichen",
        "a sequence" | "a sequence in vec" => "eine Liste",
        "a map" => "eine Gruppe von Angaben („schlüssel: Wert“)",
        "unit" => "nichts",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "eine ganze Zahl",
        _ if expected.starts_with("struct ") => "eine Gruppe von Angaben („schlüssel: Wert“)",
        _ if expected.starts_with("enum ") => "ein Wort aus einer festen Auswahl",
        _ if expected.starts_with("tuple ") || expected.starts_with("a tuple") => {
            "eine Liste fester Länge"
        }
        other => other,
    };
    german.to_owned()
}
