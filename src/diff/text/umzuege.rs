//! Blocks that stand elsewhere: found again by their words, with their neighbours and with their sections.

use std::collections::{BTreeMap, BTreeSet};

use super::{GROESSTE_LUECKE, Lauf, VERSCHOBEN};
use crate::diff::gliederung::{Form, Gliederung, Rohblock};

/// A shorter paragraph that stands elsewhere is not worth the name of a move.
const KUERZESTER_ZUG: usize = 4;

impl<'t> Lauf<'t> {
    /// Finds blocks without a pair elsewhere in the text.
    pub(super) fn verschobene(&self, paare: &mut BTreeMap<usize, (usize, bool)>) {
        let vergebene: BTreeSet<usize> = paare.values().map(|(alt, _)| *alt).collect();
        let frei: Vec<usize> = (0..self.ga.bloecke.len())
            .filter(|a| !vergebene.contains(a))
            .collect();
        let neue: Vec<usize> = (0..self.gn.bloecke.len())
            .filter(|n| !paare.contains_key(n))
            .collect();
        if frei.len().saturating_mul(neue.len()) > GROESSTE_LUECKE * 10 {
            return;
        }
        let mut zuege = Vec::new();
        for n in &neue {
            for a in &frei {
                let (Some(wa), Some(wn)) = (self.wa.get(*a), self.wn.get(*n)) else {
                    continue;
                };
                let wert = self.aehnlichkeit(*a, *n, false);
                let ist_text = self.ga.bloecke.get(*a).is_some_and(|block| {
                    !matches!(
                        block.form,
                        Form::Kopf | Form::Anweisung | Form::Ueberschrift
                    )
                });
                let lang = wa.values().sum::<usize>().min(wn.values().sum()) >= KUERZESTER_ZUG;
                // The head of a table moves with its table, not alone.
                let ist_kopf = Self::ist_tabellenkopf(self.alt, &self.ga, *a)
                    || Self::ist_tabellenkopf(self.neu, &self.gn, *n);
                // A row is about what it begins with: elsewhere it is the same only if it begins alike.
                let andere_zeile = self.verschiedene_namen(*a, *n);
                let gleich =
                    self.gleicher_punkt(*a, *n) || (!ist_kopf && self.gleiche_zeile(*a, *n));
                if gleich {
                    zuege.push((0, *n, *a));
                } else if ist_text && !ist_kopf && lang && wert >= VERSCHOBEN && !andere_zeile {
                    zuege.push((100 - wert, *n, *a));
                }
            }
        }
        zuege.sort_unstable();
        let mut vergeben = BTreeSet::new();
        for (_, n, a) in zuege {
            if !paare.contains_key(&n) && vergeben.insert(a) {
                paare.insert(n, (a, true));
            }
        }
    }

    /// What stands unpaired beside a moved block, on both sides and with the same words, moved with it: the caption and the
    /// head of a table, a line too short to be known by its words.
    pub(super) fn nimm_nachbarn_mit(&self, paare: &mut BTreeMap<usize, (usize, bool)>) {
        let mut vergeben: BTreeSet<usize> = paare.values().map(|(a, _)| *a).collect();
        let umgezogen = paare.iter().filter(|(_, (_, verschoben))| *verschoben);
        let umgezogen: Vec<(usize, usize)> = umgezogen.map(|(n, (a, _))| (*a, *n)).collect();
        let gleich = |a: usize, n: usize| {
            let (alt, neu) = (self.ga.bloecke.get(a)?, self.gn.bloecke.get(n)?);
            let worte = |text: &'t str, block: &Rohblock| text.get(block.inhalt.clone());
            let gleich = alt.form == neu.form
                && !matches!(alt.form, Form::Kopf | Form::Ueberschrift)
                && worte(self.alt, alt) == worte(self.neu, neu);
            gleich.then_some(())
        };
        let davor = |i: usize| i.checked_sub(1);
        let danach = |i: usize| i.checked_add(1);
        for (a, n) in umgezogen {
            for schritt in [&davor as &dyn Fn(usize) -> Option<usize>, &danach] {
                let (mut alter, mut neuer) = (a, n);
                while let (Some(da), Some(dn)) = (schritt(alter), schritt(neuer)) {
                    if paare.contains_key(&dn) || vergeben.contains(&da) || gleich(da, dn).is_none()
                    {
                        break;
                    }
                    paare.insert(dn, (da, true));
                    vergeben.insert(da);
                    (alter, neuer) = (da, dn);
                }
            }
        }
    }

    /// Sections that changed their place among the others take their blocks with them.
    pub(super) fn merke_umgestellte_abschnitte(
        &self,
        abschnitte: &[(usize, usize)],
        paare: &mut BTreeMap<usize, (usize, bool)>,
    ) {
        let alte: Vec<usize> = abschnitte.iter().map(|(a, _)| *a).collect();
        let gewichte: Vec<usize> = abschnitte.iter().map(|(_, n)| self.gewicht(*n)).collect();
        let geblieben = schwerste_aufsteigende(&alte, &gewichte);
        for (i, (a, n)) in abschnitte.iter().enumerate() {
            if geblieben.contains(&i) {
                continue;
            }
            let (Some(alt), Some(neu)) = (self.ga.abschnitte.get(*a), self.gn.abschnitte.get(*n))
            else {
                continue;
            };
            for block in neu.bloecke.clone() {
                if let Some((von, verschoben)) = paare.get_mut(&block)
                    && alt.bloecke.contains(von)
                {
                    *verschoben = true;
                }
            }
        }
    }

    /// How much a section weighs among the others: one below another is a part of it and goes where it goes.
    fn gewicht(&self, abschnitt: usize) -> usize {
        let ebene = |i: usize| {
            let bloecke = self.gn.abschnitte.get(i)?.bloecke.clone();
            let mut bloecke = self.gn.bloecke.get(bloecke)?.iter();
            let kopf = bloecke.find(|block| block.form == Form::Ueberschrift)?;
            let zeile = self.neu.get(kopf.inhalt.clone())?;
            let ebene = zeile.bytes().take_while(|b| *b == b'#').count();
            (ebene > 1).then_some(ebene)
        };
        let oberste = (0..self.gn.abschnitte.len()).filter_map(ebene).min();
        match (ebene(abschnitt), oberste) {
            (Some(ebene), Some(oberste)) if ebene > oberste => 1,
            _ => self.gn.abschnitte.len().max(1),
        }
    }

    /// Whether the row after a block is the rule below the head of a table.
    fn ist_tabellenkopf(text: &str, gliederung: &Gliederung, block: usize) -> bool {
        let folgt = gliederung.bloecke.get(block + 1);
        folgt.is_some_and(|folgt| {
            folgt.form == Form::Zeile
                && text
                    .get(folgt.inhalt.clone())
                    .is_some_and(|zeile| zeile.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')))
        })
    }
}

/// Places in the list that make up its longest ascending run, not necessarily without gaps.
pub(in crate::diff) fn laengste_aufsteigende(werte: &[usize]) -> BTreeSet<usize> {
    schwerste_aufsteigende(werte, &vec![1; werte.len()])
}

/// Places in the list that make up the ascending run that weighs most.
fn schwerste_aufsteigende(werte: &[usize], gewichte: &[usize]) -> BTreeSet<usize> {
    let mut beste: Vec<(usize, Option<usize>)> = Vec::with_capacity(werte.len());
    for (i, wert) in werte.iter().enumerate() {
        let davor = (0..i)
            .filter(|j| werte.get(*j).is_some_and(|v| v < wert))
            .max_by_key(|j| (beste.get(*j).map_or(0, |b| b.0), std::cmp::Reverse(*j)));
        let gewicht = gewichte.get(i).copied().unwrap_or(1);
        let summe = davor.and_then(|j| beste.get(j)).map_or(0, |b| b.0) + gewicht;
        beste.push((summe, davor));
    }
    let mut folge = BTreeSet::new();
    let mut stelle =
        (0..werte.len()).max_by_key(|i| (beste.get(*i).map_or(0, |b| b.0), std::cmp::Reverse(*i)));
    while let Some(i) = stelle {
        folge.insert(i);
        stelle = beste.get(i).and_then(|b| b.1);
    }
    folge
}
