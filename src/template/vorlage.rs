//! Templates as files: the built-in ones, and those beside the matter, which win. Each says in its head what it makes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::{Befund, Stelle};
use crate::input::{Tree, decode, tree};
use crate::source::{FileName, Source};

/// A file of the folder `templates` with its name.
macro_rules! eingebaut {
    ($name:literal) => {
        ($name, include_str!(concat!("../../templates/", $name)))
    };
}

/// The templates that the program ships: name and text.
pub const EINGEBAUT: &[(&str, &str)] = &[
    eingebaut!("anlage.md"),
    eingebaut!("anzeige_aufhebung.md"),
    eingebaut!("beschlussauszug.md"),
    eingebaut!("beschlussvorlage.md"),
    eingebaut!("genehmigungsantrag.md"),
    eingebaut!("hinweisbekanntmachung.md"),
    eingebaut!("kostenuebersicht.md"),
    eingebaut!("organisationskonzept.md"),
    eingebaut!("vereinbarung.md"),
];

/// All templates of a run by name; a name that begins with `_` makes no paper but can be included.
#[derive(Debug, Clone, Default)]
pub struct Vorlagen {
    vorlagen: BTreeMap<String, Vorlage>,
}

/// A template.
#[derive(Debug, Clone)]
pub struct Vorlage {
    /// Its file and whole text.
    pub quelle: Source,
    /// What it makes; `None` for one that is only included.
    pub kopf: Option<Kopf>,
    /// The bytes after its head.
    pub rumpf: Range<usize>,
    /// First byte in the file of each value of the head.
    pub(super) kopf_stellen: BTreeMap<String, usize>,
}

/// What a template makes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kopf {
    /// One paper for each of these.
    pub je: Je,
    /// A condition in Tera; always, if absent.
    pub wenn: Option<String>,
    /// Name of the paper's files without endings.
    pub datei: String,
    /// The paper's title.
    pub titel: String,
    /// For the heads of pages.
    pub kurztitel: Option<String>,
    /// The day for which the paper cites the law; that of its subject if absent.
    pub rechtsstand: Option<String>,
    /// Whether the paper is a sample where the matter is one.
    #[serde(default)]
    pub muster: bool,
    /// The kind of paper that it stands in for, where a body's Hausstil says so; by itself it makes none.
    pub vertritt: Option<String>,
    /// Its place among the papers of its subject where these are put together with a Vorlage; absent: not among them.
    pub gesamt: Option<u32>,
    /// Whose letterhead a paper on an agreement bears; none if absent.
    pub briefkopf: Option<Briefkopf>,
}

/// Whose letterhead a paper bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Briefkopf {
    /// That of the party that leads the matter, else of the one that does the first task.
    #[serde(rename = "federführend")]
    Federfuehrend,
}

/// What a template makes one paper for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Je {
    /// Each Drucksache.
    Drucksache,
    /// Each agreement.
    Vereinbarung,
    /// Each annex that is a text of the matter.
    Anlage,
}

impl Vorlagen {
    /// The built-in templates and the users' by their path below `templates/`; of one name the last wins.
    pub fn laden(eigene: &[(String, Source)]) -> (Self, Vec<Befund>) {
        let mut alle = Self::alle_eingebauten().clone();
        let mut befunde = Vec::new();
        for (name, quelle) in eigene {
            match Vorlage::lesen(name, quelle.clone()) {
                Ok(vorlage) => {
                    alle.vorlagen.insert(name.clone(), vorlage);
                }
                Err(gefunden) => befunde.extend(gefunden),
            }
        }
        (alle, befunde)
    }

    /// The templates that the program ships; they are read once.
    fn alle_eingebauten() -> &'static Self {
        static EINGEBAUTE: LazyLock<Vorlagen> = LazyLock::new(|| {
            let vorlagen = Vorlagen::eingebaut().filter_map(|(name, quelle)| {
                // That they are sound is tested.
                let vorlage = Vorlage::lesen(name, quelle).ok()?;
                Some((name.to_owned(), vorlage))
            });
            Vorlagen {
                vorlagen: vorlagen.collect(),
            }
        });
        &EINGEBAUTE
    }

    /// Only the `i`-th of the templates that the program ships.
    pub(super) fn eingebaute(i: usize) -> Self {
        let alle = Self::alle_eingebauten().vorlagen.iter();
        let eine = alle.skip(i).take(1);
        Self {
            vorlagen: eine.map(|(name, v)| (name.clone(), v.clone())).collect(),
        }
    }

    /// The templates that the program ships, by name.
    pub fn eingebaut() -> impl Iterator<Item = (&'static str, Source)> {
        EINGEBAUT
            .iter()
            .map(|(name, text)| (*name, Source::new(format!("templates/{name}"), *text)))
    }

    /// The template with this name, its ending left out.
    pub fn vorlage(&self, art: &str) -> Option<&Vorlage> {
        self.vorlagen.get(&format!("{art}.md"))
    }

    /// The same with the name of its file.
    pub(super) fn benannte(&self, art: &str) -> Option<(&str, &Vorlage)> {
        let (name, vorlage) = self.vorlagen.get_key_value(&format!("{art}.md"))?;
        Some((name, vorlage))
    }

    /// The kinds of papers that templates make by themselves.
    pub fn arten(&self) -> impl Iterator<Item = &str> {
        self.nach_vertretung(None)
    }

    /// The templates that may stand in for a kind.
    pub fn vertretungen(&self, art: &str) -> impl Iterator<Item = &str> {
        self.nach_vertretung(Some(art))
    }

    fn nach_vertretung(&self, vertritt: Option<&str>) -> impl Iterator<Item = &str> {
        self.vorlagen.iter().filter_map(move |(name, vorlage)| {
            let kopf = vorlage.kopf.as_ref()?;
            (kopf.vertritt.as_deref() == vertritt).then(|| name.trim_end_matches(".md"))
        })
    }

    /// The place of a value in the head of a template.
    pub(super) fn stelle(&self, name: &str, feld: &str) -> Stelle {
        match self.iter().find(|(n, _)| *n == name) {
            Some((_, vorlage)) => {
                let start = vorlage.platz(feld, 0);
                Stelle::Datei {
                    datei: vorlage.datei(),
                    bereich: start..start + 1,
                }
            }
            None => Stelle::Pfad(name.into()),
        }
    }

    /// All templates by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Vorlage)> {
        self.vorlagen
            .iter()
            .map(|(name, vorlage)| (name.as_str(), vorlage))
    }
}

impl Vorlage {
    fn lesen(name: &str, quelle: Source) -> Result<Self, Vec<Befund>> {
        if name.starts_with('_') {
            return Ok(Self {
                rumpf: 0..quelle.text.len(),
                kopf: None,
                kopf_stellen: BTreeMap::new(),
                quelle,
            });
        }
        let Some(kopf) = kopf_bereich(&quelle.text) else {
            return Err(vec![
                Befund::fehler(
                    "vorlage-ohne-kopf",
                    Stelle::Datei {
                        datei: quelle.name.clone(),
                        bereich: 0..0,
                    },
                    "diese Vorlage sagt nicht, was sie ergibt",
                )
                .abhilfe(
                    "oben zwischen zwei Zeilen `---` die Angaben je, datei und titel eintragen; eine Vorlage, \
                     die nur eingebunden wird, bekommt einen Namen mit _ am Anfang",
                ),
            ]);
        };
        let nur_kopf = Source::new(quelle.name.clone(), &quelle.text[kopf.clone()]);
        let befunde = match tree::parse(&nur_kopf) {
            Ok(baum) => match decode::<Kopf>(&baum) {
                (Some(gelesen), _) => {
                    let rumpf = quelle.text[kopf.end..]
                        .find('\n')
                        .map_or(quelle.text.len(), |at| kopf.end + at + 1);
                    return Ok(Self {
                        rumpf: rumpf..quelle.text.len(),
                        kopf: Some(gelesen),
                        kopf_stellen: kopf_stellen(&baum, kopf.start),
                        quelle,
                    });
                }
                (None, befunde) => befunde,
            },
            Err(befund) => vec![befund],
        };
        Err(befunde
            .into_iter()
            .map(|befund| verschoben(befund, kopf.start))
            .collect())
    }

    /// The text after the head.
    pub fn text(&self) -> &str {
        &self.quelle.text[self.rumpf.clone()]
    }

    /// The byte in the file of a byte in a value of the head.
    pub(super) fn platz(&self, feld: &str, i: usize) -> usize {
        // „{% if “ stands before a condition that the file does not hold.
        let i = if feld == "wenn" {
            i.saturating_sub(6)
        } else {
            i
        };
        self.kopf_stellen.get(feld).map_or(0, |start| start + i)
    }

    /// The name of its file.
    pub fn datei(&self) -> FileName {
        self.quelle.name.clone()
    }
}

/// The bytes between the first line `---` and the next.
fn kopf_bereich(text: &str) -> Option<Range<usize>> {
    let start = text.strip_prefix("---\n").map(|_| 4)?;
    let mut at = start;
    for zeile in text[start..].split_inclusive('\n') {
        if zeile.trim_end() == "---" {
            return Some(start..at);
        }
        at += zeile.len();
    }
    None
}

fn kopf_stellen(baum: &Tree, vor: usize) -> BTreeMap<String, usize> {
    ["wenn", "datei", "titel", "kurztitel", "rechtsstand"]
        .into_iter()
        .filter_map(|feld| {
            let skalar = baum.root().entry(feld)?.value.scalar()?;
            Some((feld.to_owned(), vor + skalar.source_offset(0)))
        })
        .collect()
}

fn verschoben(mut befund: Befund, um: usize) -> Befund {
    if let Stelle::Datei { bereich, .. } = &mut befund.stelle {
        *bereich = bereich.start + um..bereich.end + um;
    }
    befund
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_are_all_templates_of_the_folder() {
        let ordner = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let mut dateien: Vec<_> = std::fs::read_dir(ordner)
            .unwrap()
            .map(|eintrag| eintrag.unwrap().file_name().into_string().unwrap())
            .collect();
        dateien.sort();
        let eingebaut: Vec<_> = EINGEBAUT
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        assert_eq!(dateien, eingebaut);
    }

    #[test]
    fn the_heads_of_the_built_in_templates_are_sound() {
        for (name, quelle) in Vorlagen::eingebaut() {
            let gelesen = Vorlage::lesen(name, quelle);
            assert!(gelesen.is_ok(), "{gelesen:?}");
        }
    }

    #[test]
    fn a_fault_in_the_head_stands_at_its_place() {
        let text = "---\nje: drucksache\ndatei: a\ntitl: b\n---\nText\n";
        let (_, befunde) = Vorlagen::laden(&[("x.md".into(), Source::new("templates/x.md", text))]);
        let Stelle::Datei { bereich, .. } = &befunde[0].stelle else {
            panic!("{befunde:?}")
        };
        assert_eq!(bereich.start, text.find("titl").unwrap());
    }

    #[test]
    fn a_template_without_a_head_is_a_finding() {
        let (_, befunde) =
            Vorlagen::laden(&[("x.md".into(), Source::new("templates/x.md", "Text\n"))]);
        assert_eq!(befunde[0].regel, "vorlage-ohne-kopf");
    }
}
