//! The two kinds of text in the YAML: [`Text`] is data, [`Prosa`] is Markdown with template expressions.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::input::{Wertfehler, deserialize_scalar};

/// Longest [`Text`] in bytes.
const LAENGSTER_TEXT: usize = 10_000;

/// Data that a paper shows exactly as it was typed: escaped, never evaluated. Usually one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Text(String);

impl Text {
    /// The text, without blank space at its ends.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text on one line.
    pub fn einzeilig(&self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Text", "Text", |text| {
            sichtbar(text)?;
            if text.trim().is_empty() {
                return Err(Wertfehler::new("hier steht kein Text")
                    .abhilfe("den Text eintragen oder die Zeile löschen"));
            }
            if text.len() > LAENGSTER_TEXT {
                return Err(
                    Wertfehler::new("dieser Text ist länger als 10.000 Zeichen").abhilfe(
                        "längeren Text in den Sachbericht oder in den Beschlussvorschlag schreiben",
                    ),
                );
            }
            Ok(Self::from(text))
        })
    }
}

/// Markdown with template expressions: typed in the YAML, or a file in the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prosa {
    /// Typed in the YAML.
    Text(String),
    /// A path inside the matter: one line that ends in `.md`.
    Datei(String),
}

impl<'de> Deserialize<'de> for Prosa {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(
            deserializer,
            "ein Text oder der Name einer Textdatei",
            "Text",
            |text| {
                sichtbar(text)?;
                let zeile = text.trim();
                if zeile.is_empty() {
                    return Err(Wertfehler::new("hier steht kein Text").abhilfe(
                        "den Text eintragen oder eine Datei nennen, etwa texte/sachbericht.md",
                    ));
                }
                Ok(
                    if zeile.ends_with(".md") && !zeile.contains(char::is_whitespace) {
                        Self::Datei(zeile.to_owned())
                    } else {
                        Self::Text(text.to_owned())
                    },
                )
            },
        )
    }
}

/// Refuses characters that a reader cannot see but that change what is shown.
fn sichtbar(text: &str) -> Result<(), Wertfehler> {
    match text.char_indices().find(|(_, c)| ist_unsichtbar(*c)) {
        None => Ok(()),
        Some((at, c)) => {
            let davor = text[..at]
                .split_whitespace()
                .next_back()
                .unwrap_or_default();
            let wo = if davor.is_empty() {
                "am Anfang".to_owned()
            } else {
                format!("hinter „{davor}“")
            };
            Err(Wertfehler::new(format!(
                "der Text enthält {wo} das unsichtbare Zeichen U+{:04X}",
                u32::from(c)
            ))
            .abhilfe("das Zeichen löschen; es kommt oft beim Kopieren aus anderen Programmen mit"))
        }
    }
}

/// Control characters other than tab and line feed, and the controls of writing direction.
pub fn ist_unsichtbar(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
