//! The lines of text files and templates in both states: which of them are others, and which of those made a change.

use std::collections::BTreeMap;
use std::ops::Range;

use super::herkunft::Herkunft;
use crate::diff::daten::Unterschied as Faktum;
use crate::input;

/// The lines of each file that is another one now, by the way inside its folder.
#[derive(Debug, Default)]
pub(super) struct Zeilenvergleiche(BTreeMap<String, Zeilenvergleich>);

/// The lines of a file, old and new.
#[derive(Debug)]
struct Zeilenvergleich {
    alt: Zeilen,
    neu: Zeilen,
    /// The runs of lines that are others, old and new; lines count from 0.
    geaendert: Vec<[Range<usize>; 2]>,
}

/// A text by its lines.
#[derive(Debug)]
struct Zeilen {
    text: String,
    /// Where each line begins, in bytes.
    anfaenge: Vec<usize>,
}

impl Zeilenvergleiche {
    pub(super) fn aus(fakten: &[Faktum]) -> Self {
        let dateien = fakten.iter().filter_map(|faktum| {
            let [Some(alt), Some(neu)] = &faktum.inhalt else {
                return None;
            };
            let vergleich = Zeilenvergleich::aus(lies(faktum, alt)?, lies(faktum, neu)?);
            Some((faktum.ort.datei.clone(), vergleich))
        });
        Self(dateien.collect())
    }

    /// The line of a file that made a change, from 1: the one from which the paper has the changed words, if that line is
    /// another one now; else the first changed one that has them, else the first changed one.
    pub(super) fn zeile(
        &self,
        datei: &str,
        wortlaut: Option<&(String, String)>,
        herkunft: &Herkunft,
    ) -> Option<usize> {
        let vergleich = self.0.get(datei)?;
        let zeile = vergleich
            .neue_zeile(herkunft)
            .or_else(|| vergleich.zeile_der_alten(herkunft))
            .or_else(|| vergleich.zeile_mit(wortlaut?))
            .or_else(|| Some(vergleich.geaendert.first()?[1].start))?;
        Some(zeile + 1)
    }
}

impl Zeilenvergleich {
    fn aus(alt: Zeilen, neu: Zeilen) -> Self {
        let alte: Vec<&str> = (0..alt.anzahl()).map(|zeile| alt.zeile(zeile)).collect();
        let neue: Vec<&str> = (0..neu.anzahl()).map(|zeile| neu.zeile(zeile)).collect();
        let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &alte, &neue);
        let geaendert = ops
            .iter()
            .filter(|op| !matches!(op, similar::DiffOp::Equal { .. }))
            .map(|op| [op.old_range(), op.new_range()])
            .collect();
        Self {
            alt,
            neu,
            geaendert,
        }
    }

    /// The run that this line of one of the sides is part of.
    fn lauf(&self, seite: usize, zeile: usize) -> Option<&[Range<usize>; 2]> {
        let i = self
            .geaendert
            .partition_point(|lauf| lauf[seite].end <= zeile);
        let lauf = self.geaendert.get(i)?;
        lauf[seite].contains(&zeile).then_some(lauf)
    }

    fn neue_zeile(&self, herkunft: &Herkunft) -> Option<usize> {
        let mut zeilen = herkunft.neu.iter().map(|byte| self.neu.bei(*byte));
        zeilen.find(|zeile| self.lauf(1, *zeile).is_some())
    }

    /// The new line in the place of an old one.
    fn zeile_der_alten(&self, herkunft: &Herkunft) -> Option<usize> {
        let mut zeilen = herkunft.alt.iter().map(|byte| self.alt.bei(*byte));
        zeilen.find_map(|zeile| {
            let [alt, neu] = self.lauf(0, zeile)?;
            Some(neu.start + (zeile - alt.start).min(neu.len().saturating_sub(1)))
        })
    }

    /// The first changed line that has the first of the changed words.
    fn zeile_mit(&self, (alter, neuer): &(String, String)) -> Option<usize> {
        let wort = |worte: &str| {
            let worte = worte.split(" … ").next().unwrap_or_default();
            let wort = worte.split_whitespace().next();
            wort.map(str::to_owned)
        };
        let (altes, neues) = (wort(alter), wort(neuer));
        self.geaendert.iter().find_map(|[alt, neu]| {
            let mut darin = neu.clone();
            let in_neu = darin.find(|zeile| {
                let text = self.neu.zeile(*zeile);
                neues.as_ref().is_some_and(|wort| text.contains(wort))
            });
            let mut darin = alt.clone();
            let mut in_alt = || {
                darin.any(|zeile| {
                    let text = self.alt.zeile(zeile);
                    altes.as_ref().is_some_and(|wort| text.contains(wort))
                })
            };
            in_neu.or_else(|| (neuer.is_empty() && in_alt()).then_some(neu.start))
        })
    }
}

impl Zeilen {
    fn aus(text: String) -> Self {
        let umbrueche = text.match_indices('\n').map(|(at, _)| at + 1);
        let anfaenge = [0].into_iter().chain(umbrueche);
        let anfaenge = anfaenge.filter(|at| *at < text.len()).collect();
        Self { text, anfaenge }
    }

    fn anzahl(&self) -> usize {
        self.anfaenge.len()
    }

    /// A line without its break.
    fn zeile(&self, zeile: usize) -> &str {
        let von = self.anfaenge.get(zeile).copied().unwrap_or(self.text.len());
        let rest = self.text.get(von..).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }

    /// The line in which a byte stands.
    fn bei(&self, byte: usize) -> usize {
        self.anfaenge
            .partition_point(|anfang| *anfang <= byte)
            .saturating_sub(1)
    }
}

/// A file as the program reads it.
fn lies(faktum: &Faktum, bytes: &[u8]) -> Option<Zeilen> {
    let quelle = input::read(faktum.ort.datei.as_str().into(), bytes).ok()?;
    Some(Zeilen::aus(quelle.text.to_string()))
}
