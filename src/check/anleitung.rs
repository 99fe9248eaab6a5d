//! What users read about a rule: its Markdown in sections, each of which must be there.

use super::Regel;

/// The headings that each rule's Markdown has, in this order, below its title.
pub const ABSCHNITTE: [&str; 5] = [
    "Was geprüft wird",
    "Warum es zählt",
    "Abhilfe",
    "So nicht",
    "So ist es gut",
];

/// What users read about a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anleitung<'a> {
    /// The defect in a short sentence, without a full stop.
    pub titel: &'a str,
    /// The sections, in the order of [`ABSCHNITTE`].
    pub abschnitte: Vec<(&'a str, &'a str)>,
}

impl Regel {
    /// What users read about it.
    pub fn anleitung(&self) -> Anleitung<'static> {
        let mut teile = self.text.split("\n## ");
        let titel = teile.next().unwrap_or_default();
        Anleitung {
            titel: titel.trim().trim_start_matches("# "),
            abschnitte: teile
                .map(|teil| {
                    let (kopf, inhalt) = teil.split_once('\n').unwrap_or((teil, ""));
                    (kopf.trim(), inhalt.trim())
                })
                .collect(),
        }
    }
}
