//! Rules: what the law and the paper itself demand. Each rule is a plain function in one static table ([`REGELN`]).
//!
//! Rules read facts, computed values and rendered papers ([`Lage`]) and report to a [`Protokoll`]; they change nothing,
//! and none knows another. A rule lives in `check/regeln/<name>.rs`, what users read about it in `<name>.md` beside it.

mod anleitung;
mod blatt;
mod entscheid;
mod genehmigung;
mod handbuch;
mod haushaltsjahr;
mod inkrafttreten;
mod lage;
mod ledger;
mod lesetext;
mod meldungen;
mod norm;
mod protokoll;
mod regeln;
mod satz;
mod schritt;
mod tage;
pub mod vermerke;
mod woerter;
mod zaehlung;

use rayon::prelude::*;

use crate::diagnostic::{Befund, Schwere};

pub use anleitung::{ABSCHNITTE, Anleitung};
pub use blatt::{Blatt, Passage, Unterschrift};
pub use handbuch::{Suche, UMBENANNT, erklaerung, gemeint, handbuch, suche};
pub use lage::Lage;
pub use ledger::{Klausel as LedgerKlausel, Ledger, ledger};
pub use meldungen::{Meldungstext, meldung, meldungen};
pub use norm::{Norm, rechtsstand};
pub use protokoll::{Meldung, Protokoll};
pub use regeln::REGELN;
pub use schritt::Schritt;

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Regel {
    /// Its name: kebab-case, names the defect, for ever the same.
    pub name: &'static str,
    /// What its findings weigh.
    pub schwere: Gewicht,
    /// What it rests on.
    pub grundlage: Grundlage,
    /// The norms; none where it rests on good editing alone.
    pub normen: &'static [Norm],
    /// When it applies: a clause after „gilt“ („wenn die Vereinbarung eine Aufgabe delegiert“).
    pub gilt: &'static str,
    /// The inputs without which it cannot look, as the YAML names them: `kosten`, `vereinbarung.unterzeichnet_bis`.
    pub braucht: &'static [&'static str],
    /// What users read about it: the Markdown beside its file.
    pub text: &'static str,
    /// Finds all violations.
    pub pruefe: fn(&Lage<'_>, &mut Protokoll<'_>),
}

/// What the findings of a rule weigh. `Fehler` only for a „muss“ norm whose text was seen, or for broken arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gewicht {
    /// Always an error.
    Fehler,
    /// Always a warning.
    Warnung,
    /// Always a note.
    Hinweis,
    /// An error; milder cases are warnings.
    FehlerOderWarnung,
    /// A warning; milder cases are notes.
    WarnungOderHinweis,
}

impl Gewicht {
    /// What a violation weighs.
    pub fn schwer(self) -> Schwere {
        match self {
            Self::Fehler | Self::FehlerOderWarnung => Schwere::Fehler,
            Self::Warnung | Self::WarnungOderHinweis => Schwere::Warnung,
            Self::Hinweis => Schwere::Hinweis,
        }
    }

    /// What a milder case weighs; the same where the rule knows no milder one.
    pub fn milder(self) -> Schwere {
        match self {
            Self::FehlerOderWarnung => Schwere::Warnung,
            Self::WarnungOderHinweis => Schwere::Hinweis,
            Self::Fehler | Self::Warnung | Self::Hinweis => self.schwer(),
        }
    }

    /// As users read it.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Fehler => "Fehler",
            Self::Warnung => "Warnung",
            Self::Hinweis => "Hinweis",
            Self::FehlerOderWarnung => "Fehler, in leichteren Fällen Warnung",
            Self::WarnungOderHinweis => "Warnung, in leichteren Fällen Hinweis",
        }
    }
}

/// What a rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grundlage {
    /// A norm.
    Gesetz,
    /// What authorities ask for in practice.
    Aufsichtspraxis,
    /// Good editing: the paper must agree with itself.
    Redaktion,
}

impl Grundlage {
    /// As users read it.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Gesetz => "Gesetz",
            Self::Aufsichtspraxis => "Aufsichtspraxis",
            Self::Redaktion => "Redaktion",
        }
    }
}

/// The rule of this name.
pub fn regel(name: &str) -> Option<&'static Regel> {
    REGELN.iter().find(|regel| regel.name == name)
}

/// Runs all rules, several at once; their findings stand in the order of the table.
pub fn pruefe(lage: &Lage<'_>) -> Vec<Befund> {
    REGELN
        .par_iter()
        .flat_map_iter(|regel| pruefe_mit(regel, lage))
        .collect()
}

/// Runs the rules where some papers could not be made. What a rule finds that looked for a paper may come of the missing
/// ones, so only the findings of the others are told; the second list names the rules that are not. Nobody else may look
/// at `lage` meanwhile.
pub fn pruefe_ohne_papiere(lage: &Lage<'_>) -> (Vec<Befund>, Vec<&'static str>) {
    let mut befunde = Vec::new();
    let mut ungeprueft = Vec::new();
    for regel in REGELN {
        lage.wurde_nach_papieren_gefragt();
        let gefunden = pruefe_mit(regel, lage);
        if lage.wurde_nach_papieren_gefragt() {
            ungeprueft.push(regel.name);
        } else {
            befunde.extend(gefunden);
        }
    }
    (befunde, ungeprueft)
}

/// The names of all rules, for a matter that none can look at.
pub fn alle_namen() -> Vec<&'static str> {
    REGELN.iter().map(|regel| regel.name).collect()
}

/// Runs one rule.
pub fn pruefe_mit(regel: &'static Regel, lage: &Lage<'_>) -> Vec<Befund> {
    let mut protokoll = Protokoll::neu(regel, lage.gesetze());
    (regel.pruefe)(lage, &mut protokoll);
    protokoll.befunde()
}
