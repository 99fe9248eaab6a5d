//! What users read about findings that no rule makes: those of reading, computing, writing and typesetting, those on
//! waivers and those of comparisons. Each name that the program can show is here or in the table of rules.
//!
//! The text stands in `meldungen.md`: a heading for each group and each name, below it a short sentence without a full
//! stop, then what to know and to do.

use std::fmt::Write as _;

const TEXT: &str = include_str!("meldungen.md");

/// What users read about a finding that no rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meldungstext {
    /// What it belongs to: „YAML und seine Werte“.
    pub gruppe: &'static str,
    /// Its name, as findings show it.
    pub name: &'static str,
    /// What is wrong: a short sentence without a full stop.
    pub titel: &'static str,
    /// What to know and to do.
    pub text: &'static str,
}

impl Meldungstext {
    /// The finding explained: Markdown.
    pub fn erklaerung(&self) -> String {
        let mut text = format!("# {}\n\n**{}**\n\n{}\n", self.name, self.titel, self.text);
        if self.gruppe == "Vermerke" {
            let _ = write!(
                text,
                "\nVermerke stehen in `vermerke.yaml` im Ordner des Vorgangs; `drucksache vermerken` schreibt sie.\n"
            );
        }
        text
    }
}

/// All of them, in the order of the handbook.
pub fn meldungen() -> impl Iterator<Item = Meldungstext> + Clone {
    TEXT.split("\n# ").flat_map(|gruppe| {
        let (kopf, rest) = gruppe.split_once('\n').unwrap_or((gruppe, ""));
        let kopf = kopf.trim_start_matches("# ").trim();
        rest.split("## ").skip(1).map(move |teil| {
            let (name, rest) = teil.split_once('\n').unwrap_or((teil, ""));
            let (titel, text) = rest.split_once('\n').unwrap_or((rest, ""));
            Meldungstext {
                gruppe: kopf,
                name: name.trim(),
                titel: titel.trim(),
                text: text.trim(),
            }
        })
    })
}

/// The one of this name.
pub fn meldung(name: &str) -> Option<Meldungstext> {
    meldungen().find(|meldung| meldung.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::check::regel;
    use crate::markdown;

    #[test]
    fn each_is_complete_and_no_rule_has_its_name() {
        let mut gesehen = BTreeSet::new();
        for meldung in meldungen() {
            let Meldungstext {
                gruppe,
                name,
                titel,
                text,
            } = meldung;
            assert!(gesehen.insert(name), "{name} zweimal");
            assert!(regel(name).is_none(), "{name}");
            assert!(
                !gruppe.is_empty() && !gruppe.contains('#'),
                "{name}: {gruppe}"
            );
            assert!(
                !titel.is_empty() && !titel.ends_with('.'),
                "{name}: {titel}"
            );
            assert!(
                text.ends_with('.') && !text.contains('\n'),
                "{name}: {text}"
            );
        }
        assert!(gesehen.len() > 150);
    }

    #[test]
    fn an_explanation_is_a_paper_without_a_finding() {
        for meldung in meldungen() {
            let (_, befunde) = markdown::parse(&meldung.erklaerung());
            assert_eq!(befunde, [], "{}", meldung.name);
        }
    }
}
