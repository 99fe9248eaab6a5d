//! Golden files: what the papers of a matter were when somebody last read them, layer by layer.
//!
//! Compares texts only; reading and writing them is the shell's business. A difference is reported at the lowest layer
//! that broke: a changed text also changes the bytes, but only the text is the news.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};
use similar::TextDiff;

use crate::pipeline::Fertig;

/// The file with the hashes of all PDFs.
const BYTES: &str = "bytes.sha256";

/// What is compared, from the ground up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ebene {
    /// The Markdown.
    Text,
    /// The SHA-256 of the PDF.
    Bytes,
}

impl Ebene {
    /// Its name for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

/// A difference between golden files and papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abweichung {
    /// The lowest layer that broke.
    pub ebene: Ebene,
    /// Name of the paper.
    pub papier: String,
    /// What it means, in German.
    pub folge: String,
    /// A short unified diff; empty for bytes.
    pub unterschied: String,
}

/// The golden files of these papers by name.
pub fn dateien(papiere: &[Fertig]) -> BTreeMap<String, String> {
    let mut dateien = BTreeMap::new();
    let mut bytes = String::new();
    for fertig in papiere {
        let name = &fertig.papier.name;
        dateien.insert(format!("{name}.md"), fertig.papier.markdown.clone());
        bytes.push_str(&zeile(&fertig.pdf, name));
    }
    dateien.insert(BYTES.to_owned(), bytes);
    dateien
}

/// All differences between stored golden files and those of now, sorted by paper.
pub fn vergleiche(
    gespeichert: &BTreeMap<String, String>,
    jetzt: &BTreeMap<String, String>,
) -> Vec<Abweichung> {
    let alt = Stand::aus(gespeichert);
    let neu = Stand::aus(jetzt);
    let namen: BTreeSet<_> = alt.namen().chain(neu.namen()).collect();
    namen
        .into_iter()
        .filter_map(|name| abweichung(name, &alt, &neu))
        .collect()
}

/// Names of golden files whose paper no longer exists. Only what the old hashes name is ours to remove.
pub fn veraltet(
    gespeichert: &BTreeMap<String, String>,
    jetzt: &BTreeMap<String, String>,
) -> Vec<String> {
    Stand::aus(gespeichert)
        .hashes
        .keys()
        .map(|name| format!("{name}.md"))
        .filter(|datei| gespeichert.contains_key(datei) && !jetzt.contains_key(datei))
        .collect()
}

fn abweichung(name: &str, alt: &Stand<'_>, neu: &Stand<'_>) -> Option<Abweichung> {
    let text = |folge: &str, unterschied| {
        Some(Abweichung {
            ebene: Ebene::Text,
            papier: name.to_owned(),
            folge: folge.to_owned(),
            unterschied,
        })
    };
    match (alt.texte.get(name), neu.texte.get(name)) {
        (None, Some(_)) => text("dieses Papier hat noch keine Golden-Datei", String::new()),
        (_, None) => text("zu dieser Golden-Datei gibt es kein Papier mehr", String::new()),
        (Some(vorher), Some(nachher)) if vorher != nachher => {
            text("der Text ist ein anderer", unterschied(name, vorher, nachher))
        }
        _ if alt.hashes.get(name) != neu.hashes.get(name) => Some(Abweichung {
            ebene: Ebene::Bytes,
            papier: name.to_owned(),
            folge: "der Text ist gleich, das PDF ein anderes: Umbruch, Schrift oder Aufbau haben sich geändert".to_owned(),
            unterschied: String::new(),
        }),
        _ => None,
    }
}

/// Golden files taken apart by layer.
struct Stand<'a> {
    texte: BTreeMap<&'a str, &'a str>,
    hashes: BTreeMap<&'a str, &'a str>,
}

impl<'a> Stand<'a> {
    fn aus(dateien: &'a BTreeMap<String, String>) -> Self {
        Self {
            texte: dateien
                .iter()
                .filter_map(|(name, text)| Some((name.strip_suffix(".md")?, text.as_str())))
                .collect(),
            hashes: dateien
                .get(BYTES)
                .map(|text| text.lines().filter_map(hash_und_name).collect())
                .unwrap_or_default(),
        }
    }

    fn namen(&self) -> impl Iterator<Item = &'a str> {
        self.texte.keys().chain(self.hashes.keys()).copied()
    }
}

/// A line as `sha256sum` writes it.
fn zeile(pdf: &[u8], name: &str) -> String {
    let mut zeile = String::with_capacity(80);
    for byte in Sha256::digest(pdf) {
        // Writing to a string cannot fail.
        let _ = write!(zeile, "{byte:02x}");
    }
    zeile.push_str("  ");
    zeile.push_str(name);
    zeile.push_str(".pdf\n");
    zeile
}

fn hash_und_name(zeile: &str) -> Option<(&str, &str)> {
    let (hash, name) = zeile.split_once("  ")?;
    Some((name.strip_suffix(".pdf")?, hash))
}

fn unterschied(name: &str, vorher: &str, nachher: &str) -> String {
    TextDiff::from_lines(vorher, nachher)
        .unified_diff()
        .context_radius(1)
        .header(&format!("golden/{name}.md"), &format!("{name}.md"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(text: &str, hash: &str) -> BTreeMap<String, String> {
        BTreeMap::from([
            ("a.md".to_owned(), text.to_owned()),
            (BYTES.to_owned(), format!("{hash}  a.pdf\n")),
        ])
    }

    #[test]
    fn equal_files_differ_in_nothing() {
        assert_eq!(vergleiche(&stand("x\n", "1"), &stand("x\n", "1")), []);
    }

    #[test]
    fn a_comma_is_news_of_the_text_alone() {
        let abweichungen = vergleiche(&stand("A, B\n", "1"), &stand("A B\n", "2"));
        assert_eq!(abweichungen.len(), 1);
        assert_eq!(abweichungen[0].ebene, Ebene::Text);
        assert!(abweichungen[0].unterschied.contains("-A, B\n+A B\n"));
    }

    #[test]
    fn other_bytes_of_the_same_text_are_news_of_the_bytes() {
        let abweichungen = vergleiche(&stand("x\n", "1"), &stand("x\n", "2"));
        assert_eq!(abweichungen[0].ebene, Ebene::Bytes);
    }

    #[test]
    fn only_files_that_the_hashes_name_are_ours_to_remove() {
        let mut gespeichert = stand("x\n", "1");
        gespeichert.insert("LIESMICH.md".to_owned(), String::new());
        assert_eq!(veraltet(&gespeichert, &BTreeMap::new()), ["a.md"]);
    }

    #[test]
    fn a_golden_file_without_its_paper_is_reported() {
        let abweichungen = vergleiche(&stand("x\n", "1"), &BTreeMap::new());
        assert!(abweichungen[0].folge.contains("kein Papier mehr"));
    }
}
