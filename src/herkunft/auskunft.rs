//! What an answer holds, and why there may be none: plain data.

use super::{Rechenweg, suche};
use crate::source::{FileName, LineColumn};

/// Where a piece of a paper comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auskunft {
    /// The paper, by the name of its files.
    pub papier: String,
    /// First and last line of the piece, from 1.
    pub zeilen: (usize, usize),
    /// The piece as it stands in the Markdown.
    pub text: String,
    /// The values that it depends on: those that move it alone, then those that do so only with others; of each first
    /// those that the piece says or whose body it names, then the most particular.
    pub werte: Vec<Wert>,
    /// The values of which one alone can keep the whole paper from being made, and that the piece does not depend on
    /// otherwise.
    pub bedingungen: Vec<Wert>,
    /// The pieces of templates and prose that made it, in the order of the text.
    pub texte: Vec<Textstelle>,
    /// How its amounts and counts come about, in the order of the text.
    pub rechenwege: Vec<Rechenweg>,
    /// How many further calculations come to the same amounts.
    pub weitere: usize,
}

/// A value in the YAML.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wert {
    /// Where it is written.
    pub ort: Ort,
    /// The way to it: `kosten.fachadministration.arbeitsplatz.stellenanteil`.
    pub pfad: String,
    /// The value as it is read.
    pub wert: String,
    /// What else had to be another value before the piece moved; `None` if this value moves it alone.
    pub kopplung: Option<Kopplung>,
}

/// What had to change with a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kopplung {
    /// Whether all of these say the same as the value.
    pub gleiche: bool,
    /// The other values: file, and way.
    pub mit: Vec<(FileName, String)>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ort {
    /// The file.
    pub datei: FileName,
    /// Line and column.
    pub punkt: LineColumn,
    /// The line as it stands in the file, without blank space around it.
    pub zeilentext: String,
    /// The place in that text, in characters from 0.
    pub im_text: usize,
}

/// A piece of a template or of prose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Textstelle {
    /// Where it is written.
    pub ort: Ort,
    /// Who wrote it.
    pub art: Textart,
    /// Whether it is a template that the program ships: the file is none of the matter's.
    pub eingebaut: bool,
    /// The expression that made the piece, if it does not stand there as it is: `{{ bestand.zahlwort }}`.
    pub ausdruck: Option<String>,
}

/// Who wrote a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Textart {
    /// A template.
    Vorlage,
    /// The matter's prose.
    Prosa,
}

impl Textart {
    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vorlage => "vorlage",
            Self::Prosa => "prosa",
        }
    }
}

/// A value that moves nothing in any paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stumm {
    /// The value.
    pub wert: Wert,
    /// Why, as far as the trials tell.
    pub grund: Grund,
}

/// Why a value moves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grund {
    /// With every other value that was tried the matter cannot be built.
    NurDieserWert,
    /// Other values are valid and no paper asks for it, but the rules of the check do.
    NurPruefung,
    /// Other values are valid, and no paper prints or asks for it.
    InKeinemPapier,
}

impl Grund {
    /// In German, without a full stop.
    pub fn text(self) -> &'static str {
        match self {
            Self::NurDieserWert => "mit einem anderen Wert ließe sich der Vorgang nicht setzen",
            Self::NurPruefung => "in den Papieren steht es nicht; nur check fragt danach",
            Self::InKeinemPapier => {
                "kein Papier dieses Vorgangs druckt diese Angabe oder hängt von ihr ab"
            }
        }
    }
}

/// Why there is no answer; shown in German.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fehlschlag {
    /// No paper has this name.
    #[error("{}", suche::kein_papier(.gesucht, .aehnlich.as_deref(), .vorhanden))]
    KeinPapier {
        /// What was asked for.
        gesucht: String,
        /// The paper that was probably meant.
        aehnlich: Option<String>,
        /// All papers.
        vorhanden: Vec<String>,
    },
    /// The paper has no such line.
    #[error("{}", suche::keine_zeile(.papier, *.zeile, *.zeilen))]
    KeineZeile {
        /// The paper.
        papier: String,
        /// What was asked for.
        zeile: usize,
        /// How many lines it has.
        zeilen: usize,
    },
    /// Nothing stands in the line.
    #[error("Zeile {zeile} von „{papier}“ ist leer; die Nummer einer Zeile mit Text angeben")]
    LeereZeile {
        /// The paper.
        papier: String,
        /// The line.
        zeile: usize,
    },
    /// The paper does not say this.
    #[error("{}", suche::nicht_gefunden(.papier, .gesucht, .zeile.as_ref(), .anderswo))]
    NichtGefunden {
        /// The paper.
        papier: String,
        /// What was asked for.
        gesucht: String,
        /// The line that is most like it, from 1, with its text.
        zeile: Option<(usize, String)>,
        /// The papers that do say it.
        anderswo: Vec<String>,
    },
    /// The paper says it in several lines.
    #[error("{}", suche::mehrfach(.papier, .gesucht, .zeilen))]
    Mehrfach {
        /// The paper.
        papier: String,
        /// What was asked for.
        gesucht: String,
        /// The lines, from 1, each with its text.
        zeilen: Vec<(usize, String)>,
    },
}
