//! Two states of a matter → what changed, where it comes from, and whether it matters.
//!
//! Meaning before text: first the matter itself ([`sinn`]), then the papers clause by clause and word by word ([`text`]).
//! Each change names its cause ([`ursache`]: every difference of the facts is tried alone) and its class ([`klasse`]).
//! Plain data comes out; [`bericht`] and [`json`] show it, [`redline`] and [`synopse`] make papers of it in our dialect.
//! Nothing here reads a file or runs a process.

use std::collections::BTreeMap;

use crate::diagnostic::Befund;
use crate::pipeline::Eingabe;
use crate::pipeline::entwurf::{Entwurf, entwerfe};
use crate::source::Sources;

mod auszeichnung;
pub mod bericht;
mod beschluss;
mod daten;
mod gliederung;
mod gruppen;
pub mod json;
mod klasse;
pub mod redline;
mod sinn;
mod stellen;
pub mod synopse;
pub mod text;
mod ursache;
mod zitate;

pub use beschluss::Beschlussfrage;
pub use daten::Ort;
pub use klasse::Klasse;
pub use sinn::{Sinn, Sinnaenderung};
pub(crate) use stellen::paare;
pub use stellen::{Paar, Stellenart};

/// All that differs between two states of a matter, or between two texts.
#[derive(Debug, Clone)]
pub struct Unterschied {
    /// What the old state is called.
    pub alt: String,
    /// What the new state is called.
    pub neu: String,
    /// The changes: material ones first.
    pub aenderungen: Vec<Aenderung>,
    /// Whether they ask for a new decision.
    pub beschluss: Beschlussfrage,
    /// The papers of both states.
    pub paare: Vec<Paar>,
    /// What a reader should know of the comparison itself, in German sentences without a full stop.
    pub hinweise: Vec<String>,
}

/// A change: what one cause does to the papers.
#[derive(Debug, Clone)]
pub struct Aenderung {
    /// Its number, from 1.
    pub nummer: usize,
    /// Whether it matters.
    pub klasse: Klasse,
    /// Why it is classed so.
    pub grund: String,
    /// Whether it is about the contents or the course of the matter.
    pub bereich: Bereich,
    /// Where it comes from.
    pub ursache: Ursache,
    /// What it means for the matter itself.
    pub sinn: Vec<Sinnaenderung>,
    /// Where it shows.
    pub stellen: Vec<Fundstelle>,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bereich {
    /// What is agreed or decided.
    Inhalt,
    /// Sessions, votes, signatures: the way to it.
    Verfahren,
}

/// Where a change comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ursache {
    /// What kind of cause.
    pub art: Ursachenart,
    /// The differences that do it; several act together.
    pub quellen: Vec<Quelle>,
}

/// Kinds of causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ursachenart {
    /// A value in the YAML.
    Daten,
    /// The state in which a law is cited.
    Recht,
    /// A template.
    Vorlage,
    /// A text file.
    Text,
    /// Another file of the matter.
    Datei,
    /// The old state is known as a text alone: why it reads otherwise, nobody has written down.
    AlterText,
    /// Several that only together have this effect.
    Zusammen,
    /// Nothing that was tried explains it.
    Ungeklaert,
}

impl Ursachenart {
    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Daten => "daten",
            Self::Recht => "recht",
            Self::Vorlage => "vorlage",
            Self::Text => "text",
            Self::Datei => "datei",
            Self::AlterText => "alter-text",
            Self::Zusammen => "zusammen",
            Self::Ungeklaert => "ungeklärt",
        }
    }

    /// For people.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Daten => "Daten",
            Self::Recht => "Stand eines Gesetzes",
            Self::Vorlage => "Papiervorlage",
            Self::Text => "Textdatei",
            Self::Datei => "Datei",
            Self::AlterText => "gegenüber dem alten Text",
            Self::Zusammen => "mehrere Angaben zusammen",
            Self::Ungeklaert => "nicht zuzuordnen",
        }
    }
}

/// A difference in the files of the matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quelle {
    /// Where it stands in the new state, or stood in the old one if it is gone.
    pub ort: Ort,
    /// The way to the value: `kündigung.frist_monate`; empty for a file as a whole.
    pub pfad: String,
    /// The old value, short.
    pub alt: Option<String>,
    /// The new value, short.
    pub neu: Option<String>,
    /// Whether only the order of a list is another one.
    pub umgestellt: bool,
}

/// A changed place of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fundstelle {
    /// Name of the paper.
    pub papier: String,
    /// „§ 6 Abs. 3“, „Sachbericht“; empty for a paper as a whole.
    pub ort: String,
    /// Where it stood, if it moved: „§ 5 Abs. 2“, „weiter unten“; else empty.
    pub bisher: String,
    /// What became of it.
    pub art: Stellenart,
    /// The old words.
    pub alt: String,
    /// The new words.
    pub neu: String,
    /// The words before it, as they stand now.
    pub vorher: String,
    /// The words after it, as they stand now.
    pub nachher: String,
    /// Its own class.
    pub klasse: Klasse,
    /// Why it is classed so.
    pub grund: String,
    /// First byte in the new Markdown, in the old one for what is gone.
    pub byte: usize,
}

impl Unterschied {
    /// What both states are called in papers that others read: without the folders in which they lie.
    pub(crate) fn namen(&self) -> [String; 2] {
        let kurz = |name: &str| {
            let (pfad, stand) = name.split_once('@').unwrap_or((name, ""));
            let letztes = pfad.rsplit(['/', '\\']).find(|teil| !teil.is_empty());
            let letztes = letztes.filter(|teil| !matches!(*teil, "." | ".."));
            let letztes = letztes.unwrap_or("Vorgang").to_owned();
            if stand.is_empty() {
                letztes
            } else {
                format!("{letztes}, Stand {stand}")
            }
        };
        let namen = [kurz(&self.alt), kurz(&self.neu)];
        let [alt, neu] = &namen;
        if alt == neu {
            [
                format!("{alt}, bisheriger Stand"),
                format!("{neu}, neuer Stand"),
            ]
        } else {
            namen
        }
    }

    /// Whether nothing changed.
    pub fn ist_leer(&self) -> bool {
        self.aenderungen.is_empty()
    }

    /// How many changes are of a class.
    pub fn anzahl(&self, klasse: Klasse) -> usize {
        self.aenderungen
            .iter()
            .filter(|a| a.klasse == klasse)
            .count()
    }
}

/// A state that cannot be built.
#[derive(Debug)]
pub struct Ungebaut {
    /// Whether it is the old one.
    pub ist_alt: bool,
    /// Why.
    pub befunde: Vec<Befund>,
    /// The texts that findings point to.
    pub quellen: Sources,
}

/// Compares two states of a matter.
///
/// # Errors
/// If the papers of one of them cannot be made.
pub fn vergleiche(alt: &Eingabe, neu: &Eingabe) -> Result<Unterschied, Box<Ungebaut>> {
    let gebaut = |eingabe: &Eingabe, ist_alt| {
        let entwurf = entwerfe(eingabe);
        if entwurf.ist_gebaut() {
            Ok(entwurf)
        } else {
            let Entwurf {
                befunde, quellen, ..
            } = entwurf;
            Err(Box::new(Ungebaut {
                ist_alt,
                befunde,
                quellen,
            }))
        }
    };
    let (alter, neuer) = (gebaut(alt, true)?, gebaut(neu, false)?);
    Ok(gruppen::unterschied((alt, &alter), (neu, &neuer)))
}

/// Compares two texts of which no facts are known; names are those of their files.
pub fn vergleiche_texte(alt: (&str, &str), neu: (&str, &str)) -> Unterschied {
    gruppen::unterschied_der_texte(alt, neu, None)
}

/// Compares a text of which no facts are known with a paper of a matter, by the name or kind of the paper.
///
/// # Errors
/// If the matter cannot be built (`Ok(None)` if it has no such paper: the names of those that it has come with it).
pub fn vergleiche_mit_papier(
    alt: (&str, &str),
    neu: &Eingabe,
    papier: &str,
) -> Result<Result<Unterschied, Vec<String>>, Box<Ungebaut>> {
    let entwurf = entwerfe(neu);
    if !entwurf.ist_gebaut() {
        let Entwurf {
            befunde, quellen, ..
        } = entwurf;
        return Err(Box::new(Ungebaut {
            ist_alt: false,
            befunde,
            quellen,
        }));
    }
    let gesucht = entwurf
        .papiere
        .iter()
        .find(|p| p.name == papier)
        .or_else(|| entwurf.papiere.iter().find(|p| p.art == papier));
    Ok(match gesucht {
        Some(gefunden) => Ok(gruppen::unterschied_der_texte(
            alt,
            (&gefunden.name, &gefunden.markdown),
            Some(&entwurf.vorgang),
        )),
        None => Err(entwurf.papiere.iter().map(|p| p.name.clone()).collect()),
    })
}

/// Groups of equal keys in the order in which each key came first.
fn gruppiert<K: Ord + Clone, V>(paare: impl Iterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut stellen: BTreeMap<K, usize> = BTreeMap::new();
    let mut gruppen: Vec<(K, Vec<V>)> = Vec::new();
    for (schluessel, wert) in paare {
        let i = *stellen.entry(schluessel.clone()).or_insert_with(|| {
            gruppen.push((schluessel, Vec::new()));
            gruppen.len() - 1
        });
        if let Some((_, werte)) = gruppen.get_mut(i) {
            werte.push(wert);
        }
    }
    gruppen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_for_others_names_no_folders() {
        let namen = |alt: &str, neu: &str| {
            let text = "Ein Satz.\n";
            vergleiche_texte((alt, text), (neu, text)).namen()
        };
        assert_eq!(
            namen("c/alt/matter", "c/neu/matter"),
            ["matter, bisheriger Stand", "matter, neuer Stand"]
        );
        assert_eq!(namen("x/alt.md", "y\\neu.md"), ["alt.md", "neu.md"]);
        assert_eq!(namen(".@HEAD~1", "."), ["Vorgang, Stand HEAD~1", "Vorgang"]);
    }
}
