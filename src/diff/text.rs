//! Two texts → what became of each word: kept, dropped, added, moved along with its paragraph. Applied to the old text
//! it gives the new one, byte for byte.
//!
//! Sections are matched by key or title, paragraphs by likeness, words by Myers. Knows no paper and judges nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

mod laeufe;
mod woerter;

use laeufe::Wortlauf;
pub(super) use woerter::zerlege;
use woerter::{Wortzaehler, dice, vereint};

use super::gliederung::{Abschnitt, Form, Gliederung, Rohblock, gliedere, label};

/// Paragraphs that share fewer of their words, of 100, are different ones.
const AEHNLICH: usize = 45;
/// Paragraphs found elsewhere must share more of their words to be the same ones.
const VERSCHOBEN: usize = 80;
/// A shorter paragraph that stands elsewhere is not worth the name of a move.
const KUERZESTER_ZUG: usize = 4;
/// A shorter item is not known by its words alone, in characters.
const KUERZESTER_PUNKT: usize = 16;
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

    /// How much two blocks have in common, from 0 to 100; 0 if they are no pair.
    fn aehnlichkeit(&self, a: usize, n: usize, einzig: bool) -> usize {
        let (Some(alt), Some(neu)) = (self.ga.bloecke.get(a), self.gn.bloecke.get(n)) else {
            return 0;
        };
        if alt.form != neu.form {
            // In a text of others a heading may be a plain line.
            let gleiche_worte = self.wa.get(a).is_some_and(|w| !w.is_empty())
                && self.wa.get(a) == self.wn.get(n)
                && [alt.form, neu.form].contains(&Form::Ueberschrift);
            // A single paragraph that becomes an item of a list, or the other way round.
            let wird_punkt = [Form::Absatz, Form::Punkt].contains(&alt.form)
                && [Form::Absatz, Form::Punkt].contains(&neu.form);
            let wert = match (self.wa.get(a), self.wn.get(n)) {
                (Some(a), Some(n)) if wird_punkt => dice(a, n),
                _ => 0,
            };
            return if gleiche_worte {
                100
            } else if wert >= VERSCHOBEN {
                wert
            } else {
                0
            };
        }
        match alt.form {
            // A section has one heading, and a line of the head is known by its key.
            Form::Ueberschrift => 100,
            Form::Kopf => {
                let schluessel = |text: &'t str, block: &Rohblock| {
                    text.get(block.inhalt.clone())
                        .and_then(|zeile| zeile.split_once(':'))
                        .map(|(schluessel, _)| schluessel)
                };
                let gleich = schluessel(self.alt, alt) == schluessel(self.neu, neu);
                if gleich { 100 } else { 0 }
            }
            // A directive is one in two states if it says the same of the same: a caption, the signature of one party.
            Form::Anweisung => {
                let kennung = |text: &'t str, block: &Rohblock| {
                    let innen = text
                        .get(block.inhalt.clone())?
                        .trim()
                        .strip_prefix("<!--")?;
                    let innen = innen.strip_suffix("-->")?.trim();
                    let (name, rest) = innen.split_once(':').unwrap_or((innen, ""));
                    let wer = match name {
                        "unterschrift" => rest.split('|').next().unwrap_or_default().trim(),
                        _ => "",
                    };
                    Some((name, wer))
                };
                let (alter, neuer) = (kennung(self.alt, alt), kennung(self.neu, neu));
                // The only signature between two that stay is the same place, whoever signs there now.
                let ein_platz = einzig
                    && [&alter, &neuer]
                        .iter()
                        .all(|k| matches!(k, Some(("unterschrift", _))));
                if alter == neuer || ein_platz { 100 } else { 0 }
            }
            _ => {
                let wert = self
                    .wa
                    .get(a)
                    .zip(self.wn.get(n))
                    .map_or(0, |(a, n)| dice(a, n));
                let genug = if einzig { AEHNLICH / 2 } else { AEHNLICH };
                if wert >= genug && !self.verschiedene_zeilen(a, n) {
                    wert
                } else {
                    0
                }
            }
        }
    }

    fn gleiche_erste_zelle(&self, a: usize, n: usize) -> bool {
        let (Some(alt), Some(neu)) = (self.ga.bloecke.get(a), self.gn.bloecke.get(n)) else {
            return false;
        };
        if alt.form != Form::Zeile || neu.form != Form::Zeile {
            return false;
        }
        let zelle = |text: &'t str, block: &Rohblock| {
            let zeile = text.get(block.inhalt.clone())?.trim_start_matches('|');
            let zelle = zeile.split('|').next()?.trim();
            zelle.contains(char::is_alphabetic).then_some(zelle)
        };
        let alte = zelle(self.alt, alt);
        alte.is_some() && alte == zelle(self.neu, neu)
    }

    /// Rows that begin with different names.
    fn verschiedene_namen(&self, a: usize, n: usize) -> bool {
        let zelle = |text: &'t str, g: &Gliederung, i: usize| {
            let block = g.bloecke.get(i).filter(|b| b.form == Form::Zeile)?;
            let zeile = text.get(block.inhalt.clone())?.trim_start_matches('|');
            let zelle = zeile.split('|').next()?.trim();
            zelle.contains(char::is_alphabetic).then_some(zelle)
        };
        let (alte, neue) = (zelle(self.alt, &self.ga, a), zelle(self.neu, &self.gn, n));
        alte.is_some() && neue.is_some() && alte != neue
    }

    /// Rows that begin with names of which both tables have the other too are rows of different things.
    fn verschiedene_zeilen(&self, a: usize, n: usize) -> bool {
        let zellen = |g: &Gliederung, text: &'t str, i: usize| -> (Option<&'t str>, Vec<&'t str>) {
            let Some(block) = g.bloecke.get(i).filter(|b| b.form == Form::Zeile) else {
                return (None, Vec::new());
            };
            let zelle = |block: &Rohblock| {
                let zeile = text.get(block.inhalt.clone())?.trim_start_matches('|');
                let zelle = zeile.split('|').next()?.trim();
                zelle.contains(char::is_alphabetic).then_some(zelle)
            };
            let alle = g
                .bloecke
                .iter()
                .filter(|b| b.form == Form::Zeile && b.abschnitt == block.abschnitt)
                .filter_map(zelle)
                .collect();
            (zelle(block), alle)
        };
        let (alte, alle_alten) = zellen(&self.ga, self.alt, a);
        let (neue, alle_neuen) = zellen(&self.gn, self.neu, n);
        match (alte, neue) {
            (Some(alte), Some(neue)) => {
                alte != neue && (alle_neuen.contains(&alte) || alle_alten.contains(&neue))
            }
            _ => false,
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

    /// Finds blocks without a pair elsewhere in the text.
    fn verschobene(&self, paare: &mut BTreeMap<usize, (usize, bool)>) {
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
                if self.gleicher_punkt(*a, *n) {
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

    /// Whether two items say the same, whatever their labels are and what parts them from the next one.
    fn gleicher_punkt(&self, a: usize, n: usize) -> bool {
        let inhalt = |text: &'t str, g: &Gliederung, i: usize| {
            let block = g.bloecke.get(i).filter(|b| b.form == Form::Punkt)?;
            let text = text.get(block.inhalt.clone())?;
            let text = text.get(label(text)?..)?;
            let kern = text.trim_end_matches([',', ';', '.']);
            (kern.chars().count() >= KUERZESTER_PUNKT).then_some(kern)
        };
        let alter = inhalt(self.alt, &self.ga, a);
        alter.is_some() && alter == inhalt(self.neu, &self.gn, n)
    }

    /// What stands unpaired beside a moved block, on both sides and with the same words, moved with it: the caption and the
    /// head of a table, a line too short to be known by its words.
    fn nimm_nachbarn_mit(&self, paare: &mut BTreeMap<usize, (usize, bool)>) {
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
    fn merke_umgestellte_abschnitte(
        &self,
        abschnitte: &[(usize, usize)],
        paare: &mut BTreeMap<usize, (usize, bool)>,
    ) {
        let alte: Vec<usize> = abschnitte.iter().map(|(a, _)| *a).collect();
        let geblieben = laengste_aufsteigende(&alte);
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

/// Places in the list that make up its longest ascending run, not necessarily without gaps.
pub(super) fn laengste_aufsteigende(werte: &[usize]) -> BTreeSet<usize> {
    let mut beste: Vec<(usize, Option<usize>)> = Vec::with_capacity(werte.len());
    for (i, wert) in werte.iter().enumerate() {
        let davor = (0..i)
            .filter(|j| werte.get(*j).is_some_and(|v| v < wert))
            .max_by_key(|j| (beste.get(*j).map_or(0, |b| b.0), std::cmp::Reverse(*j)));
        let laenge = davor.and_then(|j| beste.get(j)).map_or(0, |b| b.0) + 1;
        beste.push((laenge, davor));
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

#[cfg(test)]
mod tests;
