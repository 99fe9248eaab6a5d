//! A template that is loaded, and the way from its marked text back to its place in the users' files.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::sicht::GRUPPEN;
use crate::diagnostic::{Befund, Stelle};
use crate::source::FileName;
use crate::template::fehler;
use crate::template::instrument::{self, Markiert, Uebermass};
use crate::template::namen::{Namen, Unbekannt};
use crate::template::papier::Herkunft;

/// What a template can do to see facts that its text does not name.
const VERDECKT: [&str; 5] = ["__tera", "component", "extends", "import", "{{<"];

/// Where the text of a template stands in the users' files.
pub(in crate::template) struct Quelle<'a> {
    /// A template or the authors' prose.
    pub(in crate::template) art: Herkunft,
    /// The file.
    pub(in crate::template) datei: FileName,
    /// The text.
    pub(in crate::template) text: &'a str,
    /// From a byte of the text to a byte of the file.
    pub(in crate::template) platz: &'a dyn Fn(usize) -> usize,
}

/// A template that is about to be loaded.
#[derive(Clone)]
pub(super) struct Bereit {
    pub(super) name: String,
    pub(super) geladen: Geladen,
    /// What keeps it from Tera, and its bytes in the file.
    pub(super) uebermass: Option<(Uebermass, Range<usize>)>,
}

impl Bereit {
    pub(super) fn aus(name: &str, quelle: &Quelle<'_>, markiert: Markiert) -> Self {
        let in_datei = |tag: Range<usize>| (quelle.platz)(tag.start)..(quelle.platz)(tag.end);
        let einbindungen = instrument::einbindungen(quelle.text).into_iter();
        Self {
            name: name.to_owned(),
            uebermass: instrument::uebermass(quelle.text).map(|(was, tag)| (was, in_datei(tag))),
            geladen: Geladen {
                markiert,
                text: quelle.text.to_owned(),
                datei: quelle.datei.clone(),
                platz: Platz::aus(quelle),
                laedt: false,
                namen: OnceLock::new(),
                gruppen: OnceLock::new(),
                einbindungen: einbindungen
                    .map(|(name, tag)| (name, in_datei(tag)))
                    .collect(),
            },
        }
    }
}

/// The begin of each byte of a template's own text in its file.
#[derive(Clone)]
enum Platz {
    /// The text stands there as it is, from this byte on.
    Ab(usize),
    /// Each byte has a place of its own: a YAML value may be indented and quoted.
    Je(Vec<usize>),
}

impl Platz {
    fn aus(quelle: &Quelle<'_>) -> Self {
        if spruenge(quelle).next().is_none() {
            Self::Ab((quelle.platz)(0))
        } else {
            Self::Je((0..=quelle.text.len()).map(quelle.platz).collect())
        }
    }

    /// Whether a source of the same text stands there.
    fn passt(&self, quelle: &Quelle<'_>) -> bool {
        let hier = (quelle.platz)(0);
        match self {
            Self::Ab(ab) => *ab == hier,
            Self::Je(plaetze) => plaetze.first() == Some(&hier),
        }
    }

    /// The byte in the file of a byte of a text so long; its end, if there is no such byte.
    fn in_datei(&self, i: usize, laenge: usize) -> usize {
        let i = i.min(laenge);
        match self {
            Self::Ab(ab) => ab + i,
            Self::Je(plaetze) => plaetze.get(i).copied().unwrap_or_default(),
        }
    }
}

/// What is needed to lead an error back to its place.
#[derive(Clone)]
pub(in crate::template) struct Geladen {
    pub(super) markiert: Markiert,
    /// The template's own text.
    pub(super) text: String,
    datei: FileName,
    platz: Platz,
    /// Whether Tera has taken it.
    pub(super) laedt: bool,
    /// The names that it uses, once somebody has asked for them.
    namen: OnceLock<Namen>,
    /// The groups of the facts that its text names, once somebody has asked for them.
    gruppen: OnceLock<BTreeSet<&'static str>>,
    /// The templates that it includes: name, and bytes of the tag in the file.
    pub(in crate::template) einbindungen: Vec<(String, Range<usize>)>,
}

impl Geladen {
    /// Whether this very source was loaded.
    pub(super) fn ist(&self, quelle: &Quelle<'_>) -> bool {
        self.laedt
            && self.text == quelle.text
            && self.datei == quelle.datei
            && self.platz.passt(quelle)
    }

    /// The names that it uses; `None` where it does not load.
    pub(super) fn namen(&self) -> Option<&Namen> {
        self.laedt
            .then(|| self.namen.get_or_init(|| Namen::lies(&self.text)))
    }

    /// The groups of the facts that its text names.
    pub(super) fn gruppen(&self) -> &BTreeSet<&'static str> {
        self.gruppen.get_or_init(|| {
            let text = &self.markiert.text;
            if VERDECKT.iter().any(|wort| text.contains(wort)) {
                return GRUPPEN.into_iter().collect();
            }
            let bytes = text.as_bytes();
            let worte = bytes.split(|b| !b.is_ascii_alphanumeric() && *b != b'_');
            worte
                .filter(|wort| !wort.is_empty())
                .filter_map(|wort| GRUPPEN.into_iter().find(|g| g.as_bytes() == wort))
                .collect()
        })
    }

    /// The byte in the file of a byte of the template's own text.
    pub(super) fn in_datei(&self, i: usize) -> usize {
        self.platz.in_datei(i, self.text.len())
    }

    /// The file, and the byte in it that stands at this byte of the marked text.
    pub(in crate::template) fn ort(&self, offset: usize) -> (FileName, usize) {
        (
            self.datei.clone(),
            self.in_datei(self.markiert.quelle(offset)),
        )
    }

    /// The file.
    pub(in crate::template) fn datei(&self) -> FileName {
        self.datei.clone()
    }

    /// A finding on a name.
    pub(super) fn unbekannt(&self, unbekannt: &Unbekannt) -> Befund {
        let stelle = Stelle::Datei {
            datei: self.datei(),
            bereich: self.in_datei(unbekannt.bereich.start)..self.in_datei(unbekannt.bereich.end),
        };
        fehler::unbekannter_name(stelle, unbekannt)
    }

    /// The end of the name or quoted text that begins at a byte of the marked text.
    pub(in crate::template) fn wortende(&self, von: usize) -> usize {
        let rest = self.markiert.text.get(von..).unwrap_or_default();
        let laenge = match rest.chars().next() {
            Some(zeichen @ ('"' | '\'')) => rest[1..].find(zeichen).map_or(1, |at| at + 2),
            _ => rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
        };
        von + laenge
    }

    /// The byte at a line (from 1) and column (from 1, in characters) of the marked text.
    pub(in crate::template) fn offset(&self, zeile: usize, spalte: usize) -> usize {
        let bereich = crate::source::line_range(&self.markiert.text, zeile);
        let vor: usize = self.markiert.text[bereich.clone()]
            .chars()
            .take(spalte.saturating_sub(1))
            .map(char::len_utf8)
            .sum();
        bereich.start + vor
    }
}

/// Bytes of an expression in the file, up to the end of its first line.
pub(super) fn laenge(quelle: &Quelle<'_>, offset: usize) -> usize {
    let ende = instrument::tag_ende(quelle.text, offset).unwrap_or(offset + 2);
    let ausdruck = quelle.text.get(offset..ende).unwrap_or_default();
    let zeile = ausdruck.lines().next().unwrap_or_default();
    (quelle.platz)(offset + zeile.len()) - (quelle.platz)(offset)
}

/// Where a new origin begins within a line. In a template none does: what stands before a condition of its head is ours.
pub(super) fn naehte(quelle: &Quelle<'_>) -> Vec<usize> {
    match quelle.art {
        Herkunft::Vorlage => Vec::new(),
        Herkunft::Prosa => spruenge(quelle).collect(),
    }
}

/// The bytes of a text before which its file holds something else than the text: an indent, a doubled quote.
fn spruenge(quelle: &Quelle<'_>) -> impl Iterator<Item = usize> {
    let mut erwartet = (quelle.platz)(0);
    quelle.text.char_indices().filter_map(move |(i, c)| {
        let hier = (quelle.platz)(i);
        let springt = hier != erwartet;
        erwartet = hier + c.len_utf8();
        springt.then_some(i)
    })
}
