//! How a scalar type reads its text and says what is wrong with it.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

use super::spelling::unquoted;

/// Stands between text and remedy of an error on its way through serde, which carries only a text.
/// No input can contain it: control characters are refused when a file is read.
const SEPARATOR: char = '\u{1}';

/// What is wrong with a value: a German sentence and a remedy, both without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wertfehler {
    /// What is wrong.
    pub text: String,
    /// What to do about it.
    pub abhilfe: Option<String>,
}

impl Wertfehler {
    /// An error without a remedy.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            abhilfe: None,
        }
    }

    /// The same error with a remedy.
    #[must_use]
    pub fn abhilfe(mut self, abhilfe: impl Into<String>) -> Self {
        self.abhilfe = Some(abhilfe.into());
        self
    }

    /// The error for serde; [`decode`](super::decode::decode) finds text and remedy in it again.
    pub fn into_serde<E: de::Error>(self) -> E {
        match self.abhilfe {
            Some(abhilfe) => E::custom(format_args!("{}{SEPARATOR}{abhilfe}", self.text)),
            None => E::custom(self.text),
        }
    }

    /// Takes the message of a serde error apart again.
    pub(crate) fn from_message(message: &str) -> Self {
        // A type that quotes its input may quote a line break; a finding is one line.
        let message = message.replace('\n', " ");
        match message.split_once(SEPARATOR) {
            Some((text, abhilfe)) => Self::new(text).abhilfe(abhilfe),
            None => Self::new(message),
        }
    }
}

impl fmt::Display for Wertfehler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Wertfehler {}

/// Deserialises a type that is written as one scalar.
///
/// `erwartet` names what belongs here („ein Datum“), for findings on lists and maps; `beispiel` is a text that `read` accepts:
/// it is shown in findings, and stands in for a value that was refused so that the rest of the file can still be checked.
///
/// # Errors
/// What `read` says, or that the value is no scalar.
pub fn deserialize_scalar<'de, D, T, F>(
    deserializer: D,
    erwartet: &'static str,
    beispiel: &'static str,
    read: F,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: Fn(&str) -> Result<T, Wertfehler>,
{
    deserializer.deserialize_str(ScalarVisitor {
        erwartet,
        beispiel,
        read,
    })
}

/// What to say instead of `fehler` if only quotes keep the text from being read. Typographic quotes are no quotes for
/// YAML, so they reach us as part of the value.
pub(crate) fn without_quotes(
    text: &str,
    fehler: Wertfehler,
    is_readable: impl Fn(&str) -> bool,
) -> Wertfehler {
    match unquoted(text).filter(|inner| is_readable(inner)) {
        Some(inner) => Wertfehler::new(format!(
            "die Anführungszeichen um „{inner}“ gehören nicht zum Wert"
        ))
        .abhilfe(format!("nur {inner} schreiben")),
        None => fehler,
    }
}

struct ScalarVisitor<F> {
    erwartet: &'static str,
    beispiel: &'static str,
    read: F,
}

impl<T, F> Visitor<'_> for ScalarVisitor<F>
where
    F: Fn(&str) -> Result<T, Wertfehler>,
{
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // „ein Text wie Text“ says nothing.
        if self.erwartet.contains(self.beispiel) {
            f.write_str(self.erwartet)
        } else {
            write!(f, "{} wie {}", self.erwartet, self.beispiel)
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let fehler = match (self.read)(text) {
            Ok(value) => return Ok(value),
            Err(fehler) => fehler,
        };
        Err(without_quotes(text, fehler, |inner| (self.read)(inner).is_ok()).into_serde())
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        (self.read)(self.beispiel).map_err(Wertfehler::into_serde)
    }
}
