//! What the papers of a matter are, layer by layer: now, or as the golden files have it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::{seiten, struktur};
use crate::layout::page::Pages;
use crate::pdf::{PdfError, inspect};
use crate::pipeline::{self, Eingabe, Ergebnis, Fertig};
use crate::template::{Auswahl, Papier};

/// What is compared, from the ground up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ebene {
    /// The computed values as JSON.
    Zahlen,
    /// The Markdown.
    Text,
    /// The tag tree.
    Struktur,
    /// The lines with their pages and places.
    Seiten,
    /// The SHA-256 of the PDF.
    Bytes,
}

/// File of the computed values.
const ZAHLEN: &str = "zahlen.json";
/// File with the hashes of all PDFs.
const BYTES: &str = "bytes.sha256";

impl Ebene {
    /// The layers that a paper has, from the ground up.
    pub const PAPIER: [Self; 4] = [Self::Text, Self::Struktur, Self::Seiten, Self::Bytes];

    /// Its name for people and machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zahlen => "zahlen",
            Self::Text => "text",
            Self::Struktur => "struktur",
            Self::Seiten => "seiten",
            Self::Bytes => "bytes",
        }
    }

    /// Its name in a sentence.
    pub(super) fn titel(self) -> &'static str {
        match self {
            Self::Zahlen => "Zahlen",
            Self::Text => "Text",
            Self::Struktur => "Struktur",
            Self::Seiten => "Seiten",
            Self::Bytes => "Bytes",
        }
    }

    /// The golden file of a paper in this layer.
    pub fn datei(self, papier: &str) -> String {
        match self {
            Self::Zahlen => ZAHLEN.to_owned(),
            Self::Bytes => BYTES.to_owned(),
            _ => format!("{papier}{}", self.endung()),
        }
    }

    fn endung(self) -> &'static str {
        match self {
            Self::Text => ".md",
            Self::Struktur => ".struktur.txt",
            Self::Seiten => ".seiten.txt",
            Self::Zahlen | Self::Bytes => "",
        }
    }
}

/// Content of a layer, or what is wrong with its golden file: a German sentence without a full stop.
pub(super) type Inhalt = Result<String, String>;

/// The layers of one paper.
pub(super) type Ebenen = BTreeMap<Ebene, Inhalt>;

/// All layers of a matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stand {
    pub(super) zahlen: Option<Inhalt>,
    pub(super) papiere: BTreeMap<String, Ebenen>,
    /// What is wrong with the file of hashes as a whole.
    pub(super) bytes_kaputt: Option<String>,
    /// Files with the line ends of Windows.
    pub(super) crlf: BTreeSet<String>,
    /// Files that look like golden files and belong to no paper.
    pub(super) fremd: BTreeSet<String>,
}

impl Stand {
    /// Makes the papers of a matter and takes down what they are; nothing of those that cannot be made.
    ///
    /// # Errors
    /// See [`pipeline::baue`].
    pub fn baue(eingabe: &Eingabe, auswahl: &Auswahl) -> Result<(Ergebnis, Self), PdfError> {
        let seiten = Mutex::new(BTreeMap::new());
        let blick = |papier: &Papier, pages: &Pages| {
            // The tags are those of the pages: reading them from the PDF takes longer than making it.
            let texte = rayon::join(
                || struktur::text(&inspect::tree_of(pages)),
                || seiten::text(pages),
            );
            // Whoever panicked with the lock in hand left a whole map behind.
            let mut seiten = seiten.lock().unwrap_or_else(PoisonError::into_inner);
            seiten.insert(papier.name.clone(), texte);
        };
        let gebaut = pipeline::baue_und_zeige(eingabe, auswahl, &blick)?;
        let mut seiten = seiten.into_inner().unwrap_or_else(PoisonError::into_inner);
        let papiere = gebaut.papiere.iter().filter_map(|fertig| {
            let texte = seiten.remove(&fertig.papier.name)?;
            Some((fertig.papier.name.clone(), ebenen(fertig, texte)))
        });
        let jetzt = Self {
            zahlen: gebaut.zahlen.as_ref().map(|zahlen| Ok(zahlen.json())),
            papiere: papiere.collect(),
            ..Self::default()
        };
        Ok((gebaut, jetzt))
    }

    /// What golden files have, by name; files of others are left alone.
    pub fn gespeichert(dateien: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut stand = Self::default();
        let mut gelesen = BTreeMap::new();
        for (name, bytes) in dateien {
            if ist_golden_name(name) {
                let inhalt = stand.entziffere(name, bytes);
                gelesen.insert(name.as_str(), inhalt);
            }
        }
        stand.zahlen = gelesen.remove(ZAHLEN);
        match gelesen.remove(BYTES) {
            Some(Ok(text)) => {
                for (i, zeile) in text.lines().enumerate() {
                    if let Some((hash, name)) = hash_und_name(zeile) {
                        let ebenen = stand.papiere.entry(name.to_owned()).or_default();
                        ebenen.insert(Ebene::Bytes, Ok(hash.to_owned()));
                    } else if stand.bytes_kaputt.is_none() {
                        stand.bytes_kaputt = Some(format!(
                            "in Zeile {} steht keine Prüfsumme eines Papiers",
                            i + 1
                        ));
                    }
                }
            }
            Some(Err(grund)) => stand.bytes_kaputt = Some(grund),
            // One file is missing, not one for each paper.
            None if !gelesen.is_empty() => {
                stand.bytes_kaputt = Some("es gibt diese Datei nicht".to_owned());
            }
            None => {}
        }
        for (name, inhalt) in gelesen {
            if let Some((papier, ebene)) = papier_und_ebene(name) {
                let ebenen = stand.papiere.entry(papier.to_owned()).or_default();
                ebenen.insert(ebene, inhalt);
            }
        }
        stand
    }

    /// Takes what no list of hashes names and no paper of now has for somebody else's.
    pub(super) fn ohne_fremde(mut self, jetzt: &Self) -> Self {
        let fremde: Vec<_> = self
            .papiere
            .iter()
            .filter(|(name, ebenen)| {
                !ebenen.contains_key(&Ebene::Bytes) && !jetzt.papiere.contains_key(*name)
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in fremde {
            let ebenen = self.papiere.remove(&name).unwrap_or_default();
            self.fremd
                .extend(ebenen.keys().map(|ebene| ebene.datei(&name)));
        }
        self
    }

    /// The golden files of this state by name.
    pub fn dateien(&self) -> BTreeMap<String, String> {
        let mut dateien = BTreeMap::new();
        let mut bytes = String::new();
        if let Some(Ok(zahlen)) = &self.zahlen {
            dateien.insert(ZAHLEN.to_owned(), zahlen.clone());
        }
        for (name, ebenen) in &self.papiere {
            for (ebene, inhalt) in ebenen {
                let Ok(inhalt) = inhalt else { continue };
                if *ebene == Ebene::Bytes {
                    bytes.push_str(&format!("{inhalt}  {name}.pdf\n"));
                } else {
                    dateien.insert(ebene.datei(name), inhalt.clone());
                }
            }
        }
        dateien.insert(BYTES.to_owned(), bytes);
        dateien
    }

    /// Whether there is nothing at all.
    pub(super) fn ist_leer(&self) -> bool {
        self.zahlen.is_none() && self.papiere.is_empty() && self.bytes_kaputt.is_none()
    }

    /// Whether these are golden files of the form that knew only text and bytes.
    pub(super) fn ist_alte_form(&self) -> bool {
        self.zahlen.is_none()
            && !self.papiere.is_empty()
            && self.papiere.values().all(|ebenen| {
                !ebenen.contains_key(&Ebene::Struktur) && !ebenen.contains_key(&Ebene::Seiten)
            })
    }

    fn entziffere(&mut self, name: &str, bytes: &[u8]) -> Inhalt {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| "die Datei ist kein gültiger Text in UTF-8".to_owned())?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let text = if text.contains("\r\n") {
            self.crlf.insert(name.to_owned());
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        };
        // Only the list of hashes of no paper is empty.
        if text.trim().is_empty() && name != BYTES {
            return Err("die Datei ist leer".to_owned());
        }
        match konflikt(&text) {
            Some(zeile) => Err(format!(
                "in Zeile {zeile} steht ein Konflikt, den beim Zusammenführen mit Git noch niemand gelöst hat"
            )),
            None => Ok(text),
        }
    }
}

/// Whether a file's name is one that golden files have.
pub fn ist_golden_name(name: &str) -> bool {
    name == ZAHLEN || name == BYTES || papier_und_ebene(name).is_some()
}

fn papier_und_ebene(name: &str) -> Option<(&str, Ebene)> {
    [Ebene::Text, Ebene::Struktur, Ebene::Seiten]
        .into_iter()
        .find_map(|ebene| Some((name.strip_suffix(ebene.endung())?, ebene)))
        .filter(|(papier, _)| !papier.is_empty() && !papier.starts_with('.'))
}

/// The line with the first mark of a conflict that Git left.
fn konflikt(text: &str) -> Option<usize> {
    let marken = |zeichen: &str| {
        text.lines().position(|zeile| {
            let rest = zeile.strip_prefix(zeichen);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    match (marken("<<<<<<<"), marken(">>>>>>>")) {
        (Some(anfang), Some(ende)) if anfang < ende => Some(anfang + 1),
        _ => None,
    }
}

/// The layers of a paper.
fn ebenen(fertig: &Fertig, (struktur, seiten): (String, String)) -> Ebenen {
    BTreeMap::from([
        (Ebene::Text, Ok(fertig.papier.markdown.clone())),
        (Ebene::Struktur, Ok(struktur)),
        (Ebene::Seiten, Ok(seiten)),
        (Ebene::Bytes, Ok(hash(&fertig.pdf))),
    ])
}

fn hash(pdf: &[u8]) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(pdf) {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// A line as `sha256sum` writes it.
fn hash_und_name(zeile: &str) -> Option<(&str, &str)> {
    let (hash, name) = zeile.split_once("  ")?;
    // A path is not the name of a paper: nothing outside of the folder is ever touched.
    let name = name
        .strip_suffix(".pdf")
        .filter(|name| !name.contains(['/', '\\']))?;
    Some((hash, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aus(dateien: &[(&str, &str)]) -> Stand {
        let dateien = dateien
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Stand::gespeichert(&dateien.collect())
    }

    #[test]
    fn a_state_is_what_its_files_are() {
        let dateien = [
            ("a.md", "x\n"),
            ("a.seiten.txt", "Seite 1\n"),
            ("a.struktur.txt", "Document\n"),
            ("bytes.sha256", "12  a.pdf\n"),
            ("zahlen.json", "{}\n"),
        ];
        let wieder: Vec<_> = aus(&dateien).dateien().into_iter().collect();
        let wieder: Vec<_> = wieder
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(wieder, dateien);
    }

    #[test]
    fn line_ends_of_windows_are_taken_away_and_noticed() {
        let stand = aus(&[("a.md", "x\r\ny\r\n"), ("bytes.sha256", "12  a.pdf\r\n")]);
        assert_eq!(stand.papiere["a"][&Ebene::Text], Ok("x\ny\n".to_owned()));
        assert_eq!(stand.papiere["a"][&Ebene::Bytes], Ok("12".to_owned()));
        assert_eq!(stand.crlf.len(), 2);
    }

    #[test]
    fn a_conflict_is_not_taken_for_a_text() {
        let text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> branch\n";
        let stand = aus(&[("a.md", text)]);
        let grund = stand.papiere["a"][&Ebene::Text].clone().unwrap_err();
        assert!(grund.starts_with("in Zeile 2 steht ein Konflikt"));
    }

    #[test]
    fn hashes_of_files_elsewhere_are_nobody_s_paper() {
        let stand = aus(&[("bytes.sha256", "12  ../../a.pdf\n34  b.txt\n")]);
        assert!(stand.papiere.is_empty());
        assert_eq!(
            stand.bytes_kaputt.as_deref(),
            Some("in Zeile 1 steht keine Prüfsumme eines Papiers")
        );
    }

    #[test]
    fn files_of_other_names_are_not_ours() {
        for name in [
            "LIESMICH",
            "a.txt",
            ".md",
            ".a.md",
            "x.json",
            "bytes.sha512",
        ] {
            assert!(!ist_golden_name(name), "{name}");
        }
    }
}
