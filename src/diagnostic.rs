//! What the program tells its users about their input: findings, each with a place and a remedy, in German.
//!
//! Stages make findings, [`render`] shows them. A stage names a place in its own terms ([`Stelle`]);
//! the pipeline turns it into a range of a file before anybody sees it.

use std::ops::Range;

use crate::source::FileName;

pub mod github;
pub mod json;
mod ort;
pub mod render;
pub mod sarif;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Schwere {
    /// The paper cannot be built, or breaks a „muss“ norm.
    Fehler,
    /// Somebody should look at it.
    Warnung,
    /// Worth knowing.
    Hinweis,
}

impl Schwere {
    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fehler => "fehler",
            Self::Warnung => "warnung",
            Self::Hinweis => "hinweis",
        }
    }
}

/// Where a finding stands, in the terms of the stage that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stelle {
    /// Bytes of a file that was read.
    Datei {
        /// The file.
        datei: FileName,
        /// Bytes of its text.
        bereich: Range<usize>,
    },
    /// A value in the YAML.
    Route(Route),
    /// Bytes of the Markdown that the stage was given.
    Papier(Range<usize>),
    /// Bytes of the Markdown of the paper with this name, for stages that see several.
    ImPapier {
        /// The paper: the name of its files without their endings.
        papier: FileName,
        /// Bytes of its Markdown.
        bereich: Range<usize>,
    },
    /// A file or folder as a whole.
    Pfad(FileName),
}

impl From<Route> for Stelle {
    fn from(route: Route) -> Self {
        Self::Route(route)
    }
}

impl From<&Route> for Stelle {
    fn from(route: &Route) -> Self {
        Self::Route(route.clone())
    }
}

/// The way to a value in the YAML of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    /// The file.
    pub datei: FileName,
    /// The steps from the file's root.
    pub schritte: Vec<Schritt>,
}

/// One step of a [`Route`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Schritt {
    /// Into a mapping.
    Feld(String),
    /// Into a list, from 0.
    Index(usize),
}

impl Route {
    /// The root of a file.
    pub fn wurzel(datei: impl Into<FileName>) -> Self {
        Self {
            datei: datei.into(),
            schritte: Vec::new(),
        }
    }

    /// One step further, into a mapping.
    pub fn feld(&self, name: &str) -> Self {
        self.weiter(Schritt::Feld(name.to_owned()))
    }

    /// One step further, into a list.
    pub fn index(&self, index: usize) -> Self {
        self.weiter(Schritt::Index(index))
    }

    fn weiter(&self, schritt: Schritt) -> Self {
        let mut route = self.clone();
        route.schritte.push(schritt);
        route
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Befund {
    /// The rule's name: kebab-case, ASCII, names the defect, for ever the same.
    pub regel: &'static str,
    /// Its weight.
    pub schwere: Schwere,
    /// Where it stands.
    pub stelle: Stelle,
    /// What is wrong: a German sentence without a full stop.
    pub text: String,
    /// What to do about it: a German sentence without a full stop.
    pub abhilfe: Option<String>,
    /// Other places that explain it, each with a word on it.
    pub dazu: Vec<(Stelle, String)>,
    /// The papers that it concerns, by name; empty where it concerns the matter as a whole.
    pub papiere: Vec<FileName>,
    /// What a rule of the legal check adds to it.
    pub pruefung: Option<Box<Pruefung>>,
}

/// What a rule of the legal check adds to its finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pruefung {
    /// The norms with the state in which they were read: `§ 23 Abs. 5 GkG NRW (Stand 09.07.2025)`.
    pub normen: Vec<String>,
    /// Whether the rule could not look because an input is missing.
    pub nicht_pruefbar: bool,
    /// What the finding is about, in words that survive a changed line: a value (`datei.yaml#haushalt.aufwand`) or a
    /// piece of a paper (`vereinbarung-2021#kosten`).
    pub stelle: String,
    /// Fingerprint of what somebody accepts who accepts the finding: rule, words, data or text there, state of the law.
    pub deckt: String,
    /// Where it stands in the papers: name of the paper and bytes of its Markdown; empty for a finding on a value.
    pub im_papier: Vec<(FileName, Range<usize>)>,
    /// Who accepted the finding, and why; it is shown and no longer counted.
    pub vermerk: Option<Vermerk>,
}

/// Who accepted a finding, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vermerk {
    /// Why it is accepted.
    pub grund: String,
    /// Who accepted it.
    pub name: String,
    /// When, as it was typed.
    pub am: Option<String>,
}

impl Befund {
    /// An error.
    pub fn fehler(regel: &'static str, stelle: Stelle, text: impl Into<String>) -> Self {
        Self::neu(regel, Schwere::Fehler, stelle, text)
    }

    /// A warning.
    pub fn warnung(regel: &'static str, stelle: Stelle, text: impl Into<String>) -> Self {
        Self::neu(regel, Schwere::Warnung, stelle, text)
    }

    /// A note.
    pub fn hinweis(regel: &'static str, stelle: Stelle, text: impl Into<String>) -> Self {
        Self::neu(regel, Schwere::Hinweis, stelle, text)
    }

    fn neu(regel: &'static str, schwere: Schwere, stelle: Stelle, text: impl Into<String>) -> Self {
        Self {
            regel,
            schwere,
            stelle,
            text: gekuerzt(text.into()),
            abhilfe: None,
            dazu: Vec::new(),
            papiere: Vec::new(),
            pruefung: None,
        }
    }

    /// A finding of this weight.
    pub fn mit_schwere(
        regel: &'static str,
        schwere: Schwere,
        stelle: Stelle,
        text: impl Into<String>,
    ) -> Self {
        Self::neu(regel, schwere, stelle, text)
    }

    /// Who accepted it, if somebody did.
    pub fn vermerk(&self) -> Option<&Vermerk> {
        self.pruefung.as_ref()?.vermerk.as_ref()
    }

    /// Whether it counts: nobody accepted it.
    pub fn zaehlt(&self) -> bool {
        self.vermerk().is_none()
    }

    /// Whether it says that a rule could not look because an input is missing.
    pub fn ist_nicht_pruefbar(&self) -> bool {
        self.pruefung.as_ref().is_some_and(|p| p.nicht_pruefbar)
    }

    /// The same finding with a remedy.
    #[must_use]
    pub fn abhilfe(mut self, abhilfe: impl Into<String>) -> Self {
        self.abhilfe = Some(gekuerzt(abhilfe.into()));
        self
    }

    /// The same finding with another place that explains it.
    #[must_use]
    pub fn dazu(mut self, stelle: Stelle, wort: impl Into<String>) -> Self {
        self.dazu.push((stelle, wort.into()));
        self
    }

    /// Whether it is an error.
    pub fn ist_fehler(&self) -> bool {
        self.schwere == Schwere::Fehler
    }
}

/// How many findings there are of each weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summe {
    /// Errors that nobody accepted.
    pub fehler: usize,
    /// Warnings that nobody accepted.
    pub warnungen: usize,
    /// Notes that nobody accepted.
    pub hinweise: usize,
    /// What somebody accepted.
    pub vermerkt: usize,
    /// What could not be looked at because an input is missing.
    pub nicht_pruefbar: usize,
}

impl Summe {
    /// Counts findings.
    pub fn aus(befunde: &[Befund]) -> Self {
        let mut summe = Self::default();
        for befund in befunde {
            let zahl = match befund.schwere {
                _ if !befund.zaehlt() => &mut summe.vermerkt,
                _ if befund.ist_nicht_pruefbar() => &mut summe.nicht_pruefbar,
                Schwere::Fehler => &mut summe.fehler,
                Schwere::Warnung => &mut summe.warnungen,
                Schwere::Hinweis => &mut summe.hinweise,
            };
            *zahl += 1;
        }
        summe
    }
}

/// Longest word in a finding: longer ones are quoted from a file and would hide the sentence.
const LAENGSTES_WORT: usize = 120;

/// The sentence with words of endless length cut.
fn gekuerzt(text: String) -> String {
    let zu_lang = |wort: &str| wort.chars().count() > LAENGSTES_WORT;
    if text.len() <= LAENGSTES_WORT || !text.split(' ').any(zu_lang) {
        return text;
    }
    let worte = text.split(' ').map(|wort| {
        if !zu_lang(wort) {
            return wort.to_owned();
        }
        let anfang: String = wort.chars().take(LAENGSTES_WORT / 2).collect();
        let ende = if wort.ends_with('“') {
            "…“"
        } else {
            "…"
        };
        anfang + ende
    });
    worte.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_word_does_not_hide_the_sentence() {
        let stelle = Stelle::Pfad("a".into());
        let befund = Befund::fehler(
            "x",
            stelle,
            format!("„{}“ gibt es nicht", "ä".repeat(5_000)),
        );
        assert_eq!(befund.text, format!("„{}…“ gibt es nicht", "ä".repeat(59)));
    }
}
