//! Two texts → what became of each word: kept, dropped, added, moved along with its paragraph. Applied to the old text
//! it gives the new one, byte for byte.
//!
//! Sections are matched by key or title, paragraphs by likeness, words by Myers. Knows no paper and judges nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

mod aehnlich;
mod laeufe;
mod umzuege;
mod woerter;

use laeufe::Wortlauf;
pub(super) use umzuege::laengste_aufsteigende;
use woerter::{Wortzaehler, dice, vereint};
pub(super) use woerter::{fussnote, zerlege};

use super::gliederung::{Abschnitt, Gliederung, Rohblock, gliedere};

/// Paragraphs that share fewer of their words, of 100, are different ones.
const AEHNLICH: usize = 45;
/// Paragraphs found elsewhere must share more of their words to be the same ones.
const VERSCHOBEN: usize = 80;
/// Sections without key and title in common must share as many of their words, of 100.
const GLEICHER_ABSCHNITT: usize = 50;
/// Largest gap, in pairs of paragraphs, in which all pairs are weighed.
const GROESSTE_LUECKE: usize = 40_000;

/// How one text became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Textvergleich {
    /// The paragraphs of the new text in order, with the dropped ones where they stood.
    pub bloecke: Vec<Block>,
}

/// What became of a paragraph, an item, a row or a line of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What became of it.
    pub art: Blockart,
    /// Bytes of the old text.
    pub alt: Option<Range<usize>>,
    /// Bytes of the new text.
    pub neu: Option<Range<usize>>,
    /// Its words.
    pub stuecke: Vec<Stueck>,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blockart {
    /// It stands where it stood; its words tell whether they changed.
    Geblieben,
    /// It stands elsewhere.
    Verschoben,
    /// It is new.
    Neu,
    /// It is gone.
    Weg,
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stueck {
    /// Kept.
    Gleich {
        /// Bytes of the old text.
        alt: Range<usize>,
        /// Bytes of the new text.
        neu: Range<usize>,
    },
    /// Dropped: bytes of the old text.
    Weg(Range<usize>),
    /// Added.
    Neu {
        /// Bytes of the new text.
        neu: Range<usize>,
        /// The words.
        text: String,
    },
}

impl Block {
    /// Whether any of its words changed.
    pub fn ist_geaendert(&self) -> bool {
        self.stuecke
            .iter()
            .any(|stueck| !matches!(stueck, Stueck::Gleich { .. }))
    }
}

impl Textvergleich {
    /// Applies the comparison to the old text: the new text, byte for byte.
    pub fn wende_an(&self, alt: &str) -> String {
        let mut neu = String::with_capacity(alt.len());
        for stueck in self.bloecke.iter().flat_map(|block| &block.stuecke) {
            match stueck {
                Stueck::Gleich { alt: bereich, .. } => {
                    neu.push_str(alt.get(bereich.clone()).unwrap_or_default());
                }
                Stueck::Neu { text, .. } => neu.push_str(text),
                Stueck::Weg(_) => {}
            }
        }
        neu
    }
}

/// Compares two texts.
pub fn vergleiche(alt: &str, neu: &str) -> Textvergleich {
    if alt == neu {
        let ganz = 0..alt.len();
        return Textvergleich {
            bloecke: vec![Block {
                art: Blockart::Geblieben,
                alt: Some(ganz.clone()),
                neu: Some(ganz.clone()),
                stuecke: vec![Stueck::Gleich {
                    alt: ganz.clone(),
                    neu: ganz,
                }],
            }],
        };
    }
    Lauf::neu(alt, neu).vergleich()
}

/// The old number of each section „§ n“ that both texts have, and its new one.
pub(super) fn umnummerierung(alt: &str, neu: &str) -> BTreeMap<u32, u32> {
    let lauf = Lauf::neu(alt, neu);
    let paare = lauf.abschnittspaare();
    paare
        .iter()
        .filter_map(|(a, n)| {
            let alt = lauf.ga.abschnitte.get(*a)?.paragraf()?;
            Some((alt, lauf.gn.abschnitte.get(*n)?.paragraf()?))
        })
        .collect()
}

struct Lauf<'t> {
    alt: &'t str,
    neu: &'t str,
    ga: Gliederung,
    gn: Gliederung,
    /// The words of each block, for likeness.
    wa: Wortzaehler<'t>,
    wn: Wortzaehler<'t>,
}

impl<'t> Lauf<'t> {
    fn neu(alt: &'t str, neu: &'t str) -> Self {
        let (ga, gn) = (gliedere(alt), gliedere(neu));
        Self {
            wa: Wortzaehler::neu(alt, &ga),
            wn: Wortzaehler::neu(neu, &gn),
            alt,
            neu,
            ga,
            gn,
        }
    }

    fn vergleich(&self) -> Textvergleich {
        let abschnitte = self.abschnittspaare();
        // From a block of the new text to its block of the old one, and whether it moved.
        let mut paare: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
        for (a, n) in &abschnitte {
            let (Some(a), Some(n)) = (self.ga.abschnitte.get(*a), self.gn.abschnitte.get(*n))
            else {
                continue;
            };
            for (alt, neu) in self.blockpaare(a.bloecke.clone(), n.bloecke.clone()) {
                paare.insert(neu, (alt, false));
            }
        }
        self.verschobene(&mut paare);
        self.nimm_nachbarn_mit(&mut paare);
        self.merke_umgestellte_abschnitte(&abschnitte, &mut paare);
        self.geordnet(&paare)
    }

    /// Sections of both texts that are the same, by their indices.
    fn abschnittspaare(&self) -> Vec<(usize, usize)> {
        let (alte, neue) = (&self.ga.abschnitte, &self.gn.abschnitte);
        let mut frei_alt: BTreeSet<usize> = (0..alte.len()).collect();
        let mut frei_neu: BTreeSet<usize> = (0..neue.len()).collect();
        let mut paare = Vec::new();
        let mut paare_nach = |gleich: &dyn Fn(&Abschnitt, &Abschnitt) -> bool,
                              paare: &mut Vec<(usize, usize)>| {
            for n in frei_neu.clone() {
                let treffer = frei_alt.iter().copied().find(
                    |a| matches!((alte.get(*a), neue.get(n)), (Some(a), Some(n)) if gleich(a, n)),
                );
                if let Some(a) = treffer {
                    frei_alt.remove(&a);
                    frei_neu.remove(&n);
                    paare.push((a, n));
                }
            }
        };
        paare_nach(
            &|a, n| a.schluessel.is_some() && a.schluessel == n.schluessel,
            &mut paare,
        );
        // Keys that differ on purpose are different clauses, whatever their titles.
        let ohne_streit =
            |a: &Abschnitt, n: &Abschnitt| a.schluessel.is_none() || n.schluessel.is_none();
        paare_nach(&|a, n| ohne_streit(a, n) && a.titel == n.titel, &mut paare);
        paare_nach(
            &|a, n| ohne_streit(a, n) && !a.name().is_empty() && a.name() == n.name(),
            &mut paare,
        );
        let mut uebrige: Vec<(usize, usize, usize)> = Vec::new();
        for a in &frei_alt {
            for n in &frei_neu {
                let (Some(alt), Some(neu)) = (alte.get(*a), neue.get(*n)) else {
                    continue;
                };
                let wert = dice(
                    &vereint(&self.wa, &alt.bloecke),
                    &vereint(&self.wn, &neu.bloecke),
                );
                if wert >= GLEICHER_ABSCHNITT {
                    uebrige.push((100 - wert, *n, *a));
                }
            }
        }
        uebrige.sort_unstable();
        for (_, n, a) in uebrige {
            if frei_alt.contains(&a) && frei_neu.contains(&n) {
                frei_alt.remove(&a);
                frei_neu.remove(&n);
                paare.push((a, n));
            }
        }
        paare.sort_by_key(|(_, n)| *n);
        paare
    }

    /// Blocks of a pair of sections that are the same, in order.
    fn blockpaare(&self, alt: Range<usize>, neu: Range<usize>) -> Vec<(usize, usize)> {
        let inhalte = |text: &'t str, g: &Gliederung, bereich: &Range<usize>| -> Vec<&'t str> {
            g.bloecke
                .get(bereich.clone())
                .unwrap_or_default()
                .iter()
                .map(|block| text.get(block.inhalt.clone()).unwrap_or_default())
                .collect()
        };
        let alte = inhalte(self.alt, &self.ga, &alt);
        let neue = inhalte(self.neu, &self.gn, &neu);
        let mut paare = Vec::new();
        for op in capture_diff_slices(Algorithm::Patience, &alte, &neue) {
            let (a, n) = (op.old_range(), op.new_range());
            let a = a.start + alt.start..a.end + alt.start;
            let n = n.start + neu.start..n.end + neu.start;
            if matches!(op, DiffOp::Equal { .. }) {
                paare.extend(a.zip(n));
            } else {
                paare.extend(self.luecke(a, n));
            }
        }
        paare
    }

    /// Blocks between two that are equal: the pairs, in order, that have most in common.
    fn luecke(&self, alt: Range<usize>, neu: Range<usize>) -> Vec<(usize, usize)> {
        let (hoehe, breite) = (alt.len(), neu.len());
        if hoehe == 0 || breite == 0 || hoehe.saturating_mul(breite) > GROESSTE_LUECKE {
            return Vec::new();
        }
        let einzig = hoehe == 1 && breite == 1;
        let mut werte = vec![vec![0_usize; breite]; hoehe];
        for (i, a) in alt.clone().enumerate() {
            for (j, n) in neu.clone().enumerate() {
                if let Some(wert) = werte.get_mut(i).and_then(|zeile| zeile.get_mut(j)) {
                    *wert = self.aehnlichkeit(a, n, einzig);
                    // A row is known by what it is about, whatever its figures are.
                    if self.gleiche_erste_zelle(a, n) {
                        *wert = 100 + (*wert).max(AEHNLICH);
                    }
                }
            }
        }
        let wert = |i: usize, j: usize| werte.get(i).and_then(|z| z.get(j)).copied().unwrap_or(0);
        let mut beste = vec![vec![0_usize; breite + 1]; hoehe + 1];
        let lies = |beste: &Vec<Vec<usize>>, i: usize, j: usize| {
            beste.get(i).and_then(|z| z.get(j)).copied().unwrap_or(0)
        };
        for i in (0..hoehe).rev() {
            for j in (0..breite).rev() {
                let paar = wert(i, j);
                let mit = if paar > 0 {
                    paar + lies(&beste, i + 1, j + 1)
                } else {
                    0
                };
                let ohne = lies(&beste, i + 1, j).max(lies(&beste, i, j + 1));
                if let Some(platz) = beste.get_mut(i).and_then(|z| z.get_mut(j)) {
                    *platz = mit.max(ohne);
                }
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut paare = Vec::new();
        while i < hoehe && j < breite {
            let hier = lies(&beste, i, j);
            if wert(i, j) > 0 && hier == wert(i, j) + lies(&beste, i + 1, j + 1) {
                paare.push((alt.start + i, neu.start + j));
                i += 1;
                j += 1;
            } else if hier == lies(&beste, i + 1, j) {
                i += 1;
            } else {
                j += 1;
            }
        }
        paare
    }

    /// The blocks in the order of the new text, dropped ones behind what stood before them.
    fn geordnet(&self, paare: &BTreeMap<usize, (usize, bool)>) -> Textvergleich {
        let zurueck: BTreeMap<usize, usize> = paare.iter().map(|(n, (a, _))| (*a, *n)).collect();
        let mut weg: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let mut anker = None;
        for a in 0..self.ga.bloecke.len() {
            match zurueck.get(&a) {
                // A moved block is no place to remember another by.
                Some(n) if paare.get(n).is_none_or(|(_, verschoben)| !verschoben) => {
                    anker = Some(*n);
                }
                Some(_) => {}
                None => weg.entry(anker).or_default().push(a),
            }
        }
        let mut bloecke = Vec::new();
        let entfallene = |anker: Option<usize>, bloecke: &mut Vec<Block>| {
            for a in weg.get(&anker).into_iter().flatten() {
                if let Some(alt) = self.ga.bloecke.get(*a) {
                    bloecke.push(Block {
                        art: Blockart::Weg,
                        alt: Some(alt.bereich.clone()),
                        neu: None,
                        stuecke: vec![Stueck::Weg(alt.bereich.clone())],
                    });
                }
            }
        };
        entfallene(None, &mut bloecke);
        for (n, neu) in self.gn.bloecke.iter().enumerate() {
            bloecke.push(self.block(neu, paare.get(&n)));
            entfallene(Some(n), &mut bloecke);
        }
        Textvergleich { bloecke }
    }

    fn block(&self, neu: &Rohblock, paar: Option<&(usize, bool)>) -> Block {
        let alt = paar.and_then(|(a, verschoben)| Some((self.ga.bloecke.get(*a)?, *verschoben)));
        let Some((alt, verschoben)) = alt else {
            return Block {
                art: Blockart::Neu,
                alt: None,
                neu: Some(neu.bereich.clone()),
                stuecke: vec![Stueck::Neu {
                    neu: neu.bereich.clone(),
                    text: self
                        .neu
                        .get(neu.bereich.clone())
                        .unwrap_or_default()
                        .to_owned(),
                }],
            };
        };
        Block {
            art: if verschoben {
                Blockart::Verschoben
            } else {
                Blockart::Geblieben
            },
            stuecke: stuecke(self.alt, &alt.bereich, self.neu, &neu.bereich),
            alt: Some(alt.bereich.clone()),
            neu: Some(neu.bereich.clone()),
        }
    }
}

/// The words of two blocks against each other.
fn stuecke(alt: &str, a: &Range<usize>, neu: &str, n: &Range<usize>) -> Vec<Stueck> {
    let (alt_text, neu_text) = (
        alt.get(a.clone()).unwrap_or_default(),
        neu.get(n.clone()).unwrap_or_default(),
    );
    if alt_text == neu_text {
        return vec![Stueck::Gleich {
            alt: a.clone(),
            neu: n.clone(),
        }];
    }
    let (alte, neue) = (zerlege(alt_text), zerlege(neu_text));
    let grenzen = |teile: &[&str], von: usize| {
        let mut at = von;
        let mut grenzen = vec![at];
        for teil in teile {
            at += teil.len();
            grenzen.push(at);
        }
        grenzen
    };
    let (ga, gn) = (grenzen(&alte, a.start), grenzen(&neue, n.start));
    let bytes = |grenzen: &[usize], bereich: Range<usize>| {
        let an = |i: usize| grenzen.get(i).copied().unwrap_or_default();
        an(bereich.start)..an(bereich.end)
    };
    let mut stuecke = Vec::new();
    for Wortlauf {
        alt: a,
        neu: n,
        gleich,
    } in laeufe::laeufe(&alte, &neue)
    {
        let alt_bytes = bytes(&ga, a);
        let neu_bytes = bytes(&gn, n);
        if gleich {
            stuecke.push(Stueck::Gleich {
                alt: alt_bytes,
                neu: neu_bytes,
            });
            continue;
        }
        if !alt_bytes.is_empty() {
            stuecke.push(Stueck::Weg(alt_bytes));
        }
        if !neu_bytes.is_empty() {
            stuecke.push(Stueck::Neu {
                text: neu.get(neu_bytes.clone()).unwrap_or_default().to_owned(),
                neu: neu_bytes,
            });
        }
    }
    stuecke
}

#[cfg(test)]
mod tests;
