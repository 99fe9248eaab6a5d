//! What each value moves, alone or only together with others: the sum of all trials.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::wirkung::{Wirkung, beruehrt, ohne, vereint};
use crate::diagnostic::Route;
use crate::template::Papier;

/// What values move that had to be changed with others.
#[derive(Debug, Clone)]
pub(super) struct Gekoppelt {
    /// The values, by index.
    pub(super) werte: Vec<usize>,
    pub(super) wirkung: Wirkung,
    /// What was changed beside each of them; one of these values itself does not count.
    pub(super) mit: Vec<Route>,
}

/// Bytes that a value moves only with others, and the place of these among all couplings.
type Gemeinsam = (Range<usize>, usize);

/// What is known of all values; papers and values by index.
pub(super) struct Bewegungen {
    /// For each paper the bytes that a value moves alone.
    allein: Vec<BTreeMap<usize, Vec<Range<usize>>>>,
    /// For each paper the values without which it is not made.
    bedingt: Vec<BTreeSet<usize>>,
    /// For each paper what values move only with others.
    gekoppelt: Vec<BTreeMap<usize, Vec<Gemeinsam>>>,
    /// For each paper the values that keep it from being made only with others.
    mitbedingt: Vec<BTreeMap<usize, usize>>,
    /// What had to be changed too.
    kopplungen: Vec<Vec<Route>>,
    /// For each value whether any other could be tried.
    versucht: Vec<bool>,
}

/// A value that moves a piece of a paper.
#[derive(Debug, Clone, Copy)]
pub(super) struct Treffer<'b> {
    /// The value, by index.
    pub(super) wert: usize,
    /// How much of the paper it moves: what moves little says more about it.
    pub(super) gewicht: usize,
    /// What had to change with it.
    pub(super) mit: Option<&'b [Route]>,
}

impl Treffer<'_> {
    /// A value by itself.
    pub(super) fn allein(wert: usize) -> Self {
        Self {
            wert,
            gewicht: 0,
            mit: None,
        }
    }
}

impl Bewegungen {
    /// Nothing is known yet of so many papers and values.
    pub(super) fn neu(papiere: usize, werte: usize) -> Self {
        Self {
            allein: vec![BTreeMap::new(); papiere],
            bedingt: vec![BTreeSet::new(); papiere],
            gekoppelt: vec![BTreeMap::new(); papiere],
            mitbedingt: vec![BTreeMap::new(); papiere],
            kopplungen: Vec::new(),
            versucht: vec![false; werte],
        }
    }

    /// What a trial of one value moved.
    pub(super) fn nimm(&mut self, werte: &[usize], wirkung: &Wirkung) {
        if !wirkung.ungeklaert {
            self.merke_versuch(werte);
        }
        for wert in werte {
            for (papier, bereiche) in &wirkung.bewegt {
                if let Some(bewegt) = self.allein.get_mut(*papier) {
                    let da: &mut Vec<_> = bewegt.entry(*wert).or_default();
                    da.extend(bereiche.iter().cloned());
                }
            }
            for papier in &wirkung.weg {
                if let Some(bedingt) = self.bedingt.get_mut(*papier) {
                    bedingt.insert(*wert);
                }
            }
        }
    }

    /// What a trial of several values moved.
    pub(super) fn nimm_gekoppelte(&mut self, neue: Gekoppelt) {
        self.merke_versuch(&neue.werte);
        let kopplung = self.kopplungen.len();
        for wert in &neue.werte {
            for (papier, bereiche) in &neue.wirkung.bewegt {
                if let Some(bewegt) = self.gekoppelt.get_mut(*papier) {
                    let da: &mut Vec<_> = bewegt.entry(*wert).or_default();
                    da.extend(bereiche.iter().map(|b| (b.clone(), kopplung)));
                }
            }
            for papier in &neue.wirkung.weg {
                if let Some(bedingt) = self.mitbedingt.get_mut(*papier) {
                    bedingt.entry(*wert).or_insert(kopplung);
                }
            }
        }
        self.kopplungen.push(neue.mit);
    }

    fn merke_versuch(&mut self, werte: &[usize]) {
        for wert in werte {
            if let Some(versucht) = self.versucht.get_mut(*wert) {
                *versucht = true;
            }
        }
    }

    /// Puts what values move alone in order.
    pub(super) fn ordne(&mut self) {
        for bereiche in self.allein.iter_mut().flat_map(BTreeMap::values_mut) {
            *bereiche = vereint(std::mem::take(bereiche));
        }
    }

    /// What of an effect none of these values has by itself.
    pub(super) fn rest(&self, papiere: &[Papier], werte: &[usize], wirkung: &Wirkung) -> Wirkung {
        let mut neu = Wirkung::default();
        for (papier, bereiche) in &wirkung.bewegt {
            let einzelne = werte.iter().flat_map(|wert| self.bereiche(*papier, *wert));
            let rest = ohne(bereiche, &vereint(einzelne.collect()));
            let md = papiere.get(*papier).map_or("", |p| p.markdown.as_str());
            let sichtbar = |r: &Range<usize>| {
                md.get(r.clone())
                    .is_some_and(|text| !text.trim().is_empty())
            };
            let rest: Vec<_> = rest.into_iter().filter(sichtbar).collect();
            if !rest.is_empty() {
                neu.bewegt.insert(*papier, rest);
            }
        }
        let von_einem = |papier: &usize| werte.iter().any(|wert| self.bedingt(*papier, *wert));
        let weg = wirkung.weg.iter().copied();
        neu.weg = weg.filter(|papier| !von_einem(papier)).collect();
        neu
    }

    /// All bytes of a paper that a value moves, alone or not.
    fn bereiche(&self, papier: usize, wert: usize) -> impl Iterator<Item = Range<usize>> {
        let allein = self.allein.get(papier).and_then(|b| b.get(&wert));
        let gekoppelt = self.gekoppelt.get(papier).and_then(|b| b.get(&wert));
        let gekoppelt = gekoppelt.into_iter().flatten().map(|(b, _)| b.clone());
        allein.into_iter().flatten().cloned().chain(gekoppelt)
    }

    fn bedingt(&self, papier: usize, wert: usize) -> bool {
        self.bedingt.get(papier).is_some_and(|b| b.contains(&wert))
            || self
                .mitbedingt
                .get(papier)
                .is_some_and(|b| b.contains_key(&wert))
    }

    /// Whether any other value could be tried.
    pub(super) fn ist_versucht(&self, wert: usize) -> bool {
        self.versucht.get(wert) == Some(&true)
    }

    /// Whether a value moves nothing.
    pub(super) fn ist_stumm(&self, wert: usize) -> bool {
        (0..self.allein.len()).all(|papier| {
            self.bereiche(papier, wert).next().is_none() && !self.bedingt(papier, wert)
        })
    }

    /// The values that move a piece of a paper, each once.
    pub(super) fn um(&self, papier: usize, bereich: &Range<usize>) -> Vec<Treffer<'_>> {
        let mut treffer = Vec::new();
        let allein = self.allein.get(papier).into_iter().flatten();
        for (wert, bereiche) in allein {
            if bereiche.iter().any(|b| beruehrt(b, bereich)) {
                treffer.push(Treffer {
                    gewicht: bereiche.iter().map(Range::len).sum(),
                    ..Treffer::allein(*wert)
                });
            }
        }
        let schon: BTreeSet<usize> = treffer.iter().map(|t| t.wert).collect();
        let gekoppelt = self.gekoppelt.get(papier).into_iter().flatten();
        for (wert, bereiche) in gekoppelt.filter(|(wert, _)| !schon.contains(wert)) {
            let hier = bereiche.iter().filter(|(b, _)| beruehrt(b, bereich));
            // With as few others as any.
            let kopplung = hier
                .map(|(_, kopplung)| *kopplung)
                .min_by_key(|k| (self.kopplungen.get(*k).map_or(0, Vec::len), *k));
            if let Some(kopplung) = kopplung {
                let alle = bereiche.iter().map(|(b, _)| b.clone()).collect();
                treffer.push(Treffer {
                    wert: *wert,
                    gewicht: vereint(alle).iter().map(Range::len).sum(),
                    mit: self.kopplungen.get(kopplung).map(Vec::as_slice),
                });
            }
        }
        treffer
    }

    /// The values that keep a paper from being made.
    pub(super) fn bedingungen(&self, papier: usize) -> Vec<Treffer<'_>> {
        let allein = self.bedingt.get(papier).into_iter().flatten();
        let mut alle: BTreeMap<usize, Treffer<'_>> =
            allein.map(|wert| (*wert, Treffer::allein(*wert))).collect();
        for (wert, kopplung) in self.mitbedingt.get(papier).into_iter().flatten() {
            alle.entry(*wert).or_insert(Treffer {
                mit: self.kopplungen.get(*kopplung).map(Vec::as_slice),
                ..Treffer::allein(*wert)
            });
        }
        alle.into_values().collect()
    }
}
