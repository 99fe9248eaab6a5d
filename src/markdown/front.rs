//! The front matter of a paper: all that the PDF needs beside the text.
//!
//! [`FrontMatter::to_markdown`] writes it, [`parse`](super::parse) reads it; this file is the plain data between.

pub(super) mod read;
mod write;

/// What a paper says of itself before its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Kind of paper, e.g. `beschlussvorlage`.
    pub art: Option<String>,
    /// Full title, for the PDF's metadata; ordinary Markdown takes its first heading.
    pub titel: Option<String>,
    /// Short title for the head of later pages.
    pub kurztitel: Option<String>,
    /// Number of the Drucksache, e.g. `215/21`.
    pub nummer: Option<String>,
    /// What an annex bears in the place of its number, e.g. `Anlage 2 zur Drucksache 88/26`.
    pub anlage: Option<String>,
    /// The paper's date, if it bears one.
    pub datum: Option<chrono::NaiveDate>,
    /// Status, e.g. `öffentlich`.
    pub status: Option<String>,
    /// Whether the paper is marked „Entwurf“.
    pub entwurf: bool,
    /// Whether the paper is marked as a Muster with Beispielwerten.
    pub muster: bool,
    /// Language of the text, a BCP 47 tag; `None` means `de-DE`.
    pub sprache: Option<String>,
    /// Who issues the paper: the letterhead.
    pub absender: Option<Absender>,
    /// Justified or ragged.
    pub satz: Satz,
    /// Files that the PDF carries with it.
    pub anhang: Vec<Anhang>,
}

/// A file that the PDF carries with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anhang {
    /// A PDF beside the Markdown file, itself PDF/A-1 or PDF/A-2.
    pub datei: String,
    /// What it is.
    pub titel: String,
}

/// The letterhead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absender {
    /// Name of the Körperschaft.
    pub name: String,
    /// Lines of the address.
    pub anschrift: Vec<String>,
    /// A PNG or JPEG beside the Markdown file.
    pub logo: Option<String>,
}

/// How paragraphs are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Satz {
    /// Justified.
    #[default]
    Block,
    /// Ragged right.
    Flatter,
}
