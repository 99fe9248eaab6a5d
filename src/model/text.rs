//! The kinds of text in the YAML: [`Text`] is data, [`Vordruck`] is data with template expressions in it, [`Prosa`] is
//! Markdown with template expressions.

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

/// Data with template expressions in it, such as a title that names parties: evaluated, then shown like [`Text`], so
/// that nothing in it is ever markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vordruck(Text);

impl Vordruck {
    /// As it was typed, expressions and all.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for Vordruck {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(Self)
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
                match dateiname(zeile) {
                    Some(Ok(pfad)) => Ok(Self::Datei(pfad.to_owned())),
                    Some(Err(fehler)) => Err(fehler),
                    None => Ok(Self::Text(text.to_owned())),
                }
            },
        )
    }
}

/// The text as the name of a Markdown file, if it looks like the name of a file; what is wrong with it, if it is one that
/// prose cannot come from. Else the paper would print the name.
fn dateiname(zeile: &str) -> Option<Result<&str, Wertfehler>> {
    const FREMDE: [&str; 8] = ["txt", "doc", "docx", "odt", "rtf", "pdf", "yaml", "yml"];
    let (name, endung) = zeile.rsplit_once('.')?;
    let endung = endung.to_lowercase();
    // A sentence that ends in the name of a file has blanks and no folder.
    let hat_leerzeichen = zeile.contains(char::is_whitespace);
    let im_ordner = zeile
        .split_whitespace()
        .next()
        .is_some_and(|wort| wort.contains('/'));
    if name.is_empty() || zeile.contains('\n') || (hat_leerzeichen && !im_ordner) {
        return None;
    }
    if endung == "md" && hat_leerzeichen {
        let ohne = zeile.split_whitespace().collect::<Vec<_>>().join("-");
        return Some(Err(Wertfehler::new(
            "der Name einer Textdatei enthält keine Leerzeichen",
        )
        .abhilfe(format!("die Datei umbenennen, etwa in {ohne}"))));
    }
    if endung == "md" {
        return Some(Ok(zeile));
    }
    FREMDE.contains(&endung.as_str()).then(|| {
        Err(Wertfehler::new(format!(
            "„{zeile}“ ist keine Textdatei, die ein Papier übernehmen kann"
        ))
        .abhilfe("den Text in eine Markdown-Datei schreiben, deren Name auf .md endet"))
    })
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
