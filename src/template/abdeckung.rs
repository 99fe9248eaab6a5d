//! Which places of the templates were reached: each line of text, each `{{ … }}`, each branch of an `if` or `for`.
//!
//! Prose of the authors is not counted, nor are the expressions in a template's head.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::Engine;
use super::papier::Herkunft;
use super::vorlage::{EINGEBAUT, Vorlagen};
use crate::source::{FileName, line_range};

pub use super::instrument::Zweig;

/// Longest piece of a template that is shown for a place, in characters.
const AUSZUG: usize = 60;

/// The places of the templates in use, and which of them were reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abdeckung {
    stellen: BTreeMap<Stelle, bool>,
}

/// A place of a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stelle {
    /// Whether the program ships the template.
    pub eingebaut: bool,
    /// The template's file.
    pub datei: FileName,
    /// Line, from 1.
    pub zeile: usize,
    /// Column in characters, from 1.
    pub spalte: usize,
    /// What is there.
    pub art: Art,
    /// Its line from there on, shortened.
    pub auszug: String,
}

/// What stands at a place of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Art {
    /// A branch.
    Zweig(Zweig),
    /// Text as it is.
    Text,
    /// An expression `{{ … }}`.
    Ausdruck,
}

/// How many places there are, and how many of them were reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quote {
    /// Reached.
    pub erreicht: usize,
    /// In all.
    pub gesamt: usize,
}

impl Quote {
    /// In whole percent, rounded down, so that only all is 100; of nothing, all is reached.
    pub fn prozent(self) -> usize {
        (self.erreicht * 100)
            .checked_div(self.gesamt)
            .unwrap_or(100)
    }
}

impl Abdeckung {
    /// What an engine that counts has reached.
    pub(super) fn aus(vorlagen: &Vorlagen, engine: &Engine) -> Self {
        let mut abdeckung = Self::default();
        let Some(messung) = engine.messung() else {
            return abdeckung;
        };
        let erreicht = messung.erreicht();
        let texte: BTreeMap<FileName, (&str, bool)> = vorlagen
            .iter()
            .map(|(name, vorlage)| {
                let eingebaut = EINGEBAUT
                    .iter()
                    .any(|(n, text)| *n == name && *text == &*vorlage.quelle.text);
                (vorlage.datei(), (&*vorlage.quelle.text, eingebaut))
            })
            .collect();
        let mut ort = |datei: &FileName, offset, art, reach: bool| {
            let Some((text, eingebaut)) = texte.get(datei) else {
                return;
            };
            let stelle = Stelle::neu(datei, *eingebaut, text, offset, art);
            *abdeckung.stellen.entry(stelle).or_default() |= reach;
        };
        for (i, ursprung) in engine.urspruenge() {
            if ursprung.art == Herkunft::Vorlage {
                let art = if ursprung.ausdruck {
                    Art::Ausdruck
                } else {
                    Art::Text
                };
                ort(
                    &ursprung.datei,
                    ursprung.offset,
                    art,
                    erreicht.marken.contains(&i),
                );
            }
        }
        for (i, (datei, offset, zweig)) in messung.zweige.iter().enumerate() {
            ort(
                datei,
                *offset,
                Art::Zweig(*zweig),
                erreicht.zweige.contains(&i),
            );
        }
        abdeckung
    }

    /// Takes in what another matter reached.
    pub fn vereine(&mut self, andere: Self) {
        for (stelle, erreicht) in andere.stellen {
            *self.stellen.entry(stelle).or_default() |= erreicht;
        }
    }

    /// How much of the templates is reached: of those that the program ships, or of the users' own.
    pub fn quote(&self, eingebaut: bool) -> Quote {
        self.zaehle(|stelle| stelle.eingebaut == eingebaut)
    }

    /// The templates by file, each with whether the program ships it and how much of it is reached.
    pub fn vorlagen(&self) -> Vec<(bool, FileName, Quote)> {
        let namen: BTreeSet<_> = self
            .stellen
            .keys()
            .map(|stelle| (stelle.eingebaut, stelle.datei.clone()))
            .collect();
        namen
            .into_iter()
            .map(|(eingebaut, datei)| {
                let quote = self.zaehle(|s| s.eingebaut == eingebaut && s.datei == datei);
                (eingebaut, datei, quote)
            })
            .collect()
    }

    /// The places that nothing reaches, by file and line.
    pub fn unerreicht(&self) -> impl Iterator<Item = &Stelle> {
        self.stellen
            .iter()
            .filter_map(|(stelle, erreicht)| (!erreicht).then_some(stelle))
    }

    fn zaehle(&self, gehoert_dazu: impl Fn(&Stelle) -> bool) -> Quote {
        let mut quote = Quote::default();
        for (stelle, erreicht) in &self.stellen {
            if gehoert_dazu(stelle) {
                quote.gesamt += 1;
                quote.erreicht += usize::from(*erreicht);
            }
        }
        quote
    }
}

impl Stelle {
    fn neu(datei: &FileName, eingebaut: bool, text: &str, offset: usize, art: Art) -> Self {
        let ort = crate::source::line_column(text, offset);
        let ende = line_range(text, ort.line).end;
        let zeile = text.get(offset..ende).unwrap_or_default().trim();
        let mut auszug: String = zeile.chars().take(AUSZUG).collect();
        if auszug.len() < zeile.len() {
            auszug.push('…');
        }
        Self {
            eingebaut,
            datei: datei.clone(),
            zeile: ort.line,
            spalte: ort.column,
            art,
            auszug,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stelle(zeile: usize) -> Stelle {
        let text = "a\nb\nc\n";
        Stelle::neu(&"x.md".into(), false, text, 2 * (zeile - 1), Art::Text)
    }

    fn aus(stellen: &[(usize, bool)]) -> Abdeckung {
        Abdeckung {
            stellen: stellen.iter().map(|(z, e)| (stelle(*z), *e)).collect(),
        }
    }

    #[test]
    fn a_set_reaches_what_one_of_its_matters_reaches() {
        let mut abdeckung = aus(&[(1, true), (2, false), (3, false)]);
        abdeckung.vereine(aus(&[(1, false), (2, true), (3, false)]));
        let zeilen: Vec<_> = abdeckung.unerreicht().map(|s| s.zeile).collect();
        assert_eq!(zeilen, [3]);
        assert_eq!(abdeckung.quote(false).prozent(), 66);
        assert_eq!(abdeckung.quote(true).prozent(), 100);
    }
}
