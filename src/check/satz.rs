//! The sentences of a text.

use std::ops::Range;

use super::{Blatt, Passage};

/// Abbreviations that end in a point and go on with a capital.
const ABKUERZUNGEN: [&str; 11] = [
    "abs", "art", "nr", "evtl", "bzw", "ggf", "gem", "alt", "buchst", "inkl", "bgbl",
];

impl Blatt<'_> {
    /// Its sentences without those of a preamble, which binds nobody.
    pub fn bindende_saetze(&self) -> Vec<Passage<'_>> {
        let alles = self.alles();
        let ohne: Vec<_> = ["Präambel", "Vorbemerkung", "Vorbemerkungen"]
            .iter()
            .filter_map(|kopf| self.abschnitt(kopf))
            .map(|abschnitt| {
                let von = alles.versatz(&abschnitt);
                von..von + abschnitt.text().len()
            })
            .collect();
        let mut saetze = alles.saetze();
        saetze.retain(|satz| {
            let von = alles.versatz(satz);
            !ohne.iter().any(|bereich| bereich.contains(&von))
        });
        saetze
    }
}

/// Words before agreements or cases that are not those of the paper.
const ANDERE: [&str; 7] = [
    "andere*",
    "vergleichbare*",
    "ähnliche*",
    "gleichartige*",
    "derartige*",
    "solche*",
    "sonstige*",
];

/// How far behind such a word the noun may stand: „andere öffentlich-rechtliche Vereinbarungen“.
const BIS_ZUM_NOMEN: usize = 3;

impl<'b> Passage<'b> {
    /// Whether a sentence speaks of other agreements than that of the paper: „Vergleichbare Vereinbarungen hat …“, „in
    /// ähnlichen Fällen“. Who names this one beside them speaks of this one too.
    pub(super) fn von_anderen_vereinbarungen(&self) -> bool {
        let davon = |andere: Passage<'b>| {
            let danach = self.versatz(&andere) + andere.text().len();
            let danach = self.text().get(danach..).unwrap_or_default();
            let mut worte = danach.split_whitespace().take(BIS_ZUM_NOMEN);
            worte.any(|wort| wort.starts_with("Vereinbarung") || wort.starts_with("Fäll"))
        };
        let andere = ANDERE.iter().flat_map(|worte| self.finde(worte)).any(davon);
        (andere || self.enthaelt("Vereinbarungen dieser Art"))
            && !self.sagt(&["diese", "die vorliegende*"])
    }

    /// The parts of a sentence between commas and semicolons.
    pub fn teilsaetze(&self) -> Vec<Passage<'b>> {
        let text = self.text();
        let mut von = 0;
        let mut teile = Vec::new();
        for (at, _) in text.match_indices([',', ';']) {
            teile.push(self.teil(von..at));
            von = at + 1;
        }
        teile.push(self.teil(von..text.len()));
        teile
    }

    /// What stands between the commas and semicolons around a part of it.
    pub(super) fn teilsatz_um(&self, stelle: &Passage<'b>) -> Passage<'b> {
        let text = self.text();
        let von = self.versatz(stelle);
        let bis = von + stelle.text().len();
        let davor = text.get(..von).unwrap_or_default();
        let danach = text.get(bis..).unwrap_or_default();
        let anfang = davor.rfind([',', ';']).map_or(0, |at| at + 1);
        let ende = danach.find([',', ';']).map_or(text.len(), |at| bis + at);
        self.teil(anfang..ende)
    }

    /// Its sentences in which one of these words stands. The words are looked for once, not sentence by sentence.
    pub(super) fn saetze_mit<'w>(
        &self,
        worte: impl IntoIterator<Item = &'w str>,
    ) -> Vec<Passage<'b>> {
        let mut stellen: Vec<usize> = Vec::new();
        for worte in worte {
            stellen.extend(self.finde(worte).map(|stelle| self.versatz(&stelle)));
        }
        if stellen.is_empty() {
            return Vec::new();
        }
        stellen.sort_unstable();
        let mut saetze = self.saetze();
        saetze.retain(|satz| {
            let von = self.versatz(satz);
            let bis = von + satz.text().len();
            let erste = stellen.partition_point(|stelle| *stelle < von);
            stellen.get(erste).is_some_and(|stelle| *stelle < bis)
        });
        saetze
    }

    /// Whether one of these words stands in it; see [`Self::enthaelt`].
    pub(super) fn sagt(&self, worte: &[&str]) -> bool {
        worte.iter().any(|worte| self.enthaelt(worte))
    }

    /// The place of the first of these words that stands in it.
    pub(super) fn erstes(&self, worte: &[&str]) -> Option<Passage<'b>> {
        worte.iter().find_map(|worte| self.finde(worte).next())
    }

    /// Its sentences in order, none longer than a line. A point ends one where a blank and a capital follow a word, not
    /// behind a number or an abbreviation.
    pub fn saetze(&self) -> Vec<Passage<'b>> {
        let mut zeilen = self.zeilen();
        let Some(erste) = zeilen.next() else {
            return Vec::new();
        };
        let letzte = zeilen.last().unwrap_or_else(|| erste.clone());
        self.saetze_von_bis(&erste, &letzte)
    }
}

/// The sentences of a line, in its bytes.
pub(super) fn saetze_der_zeile(text: &str) -> Vec<Range<usize>> {
    let mut grenzen = vec![0];
    grenzen.extend(satzenden(text));
    grenzen.push(text.len());
    grenzen
        .windows(2)
        .filter_map(|paar| match paar {
            [von, bis] => Some(*von..*bis),
            _ => None,
        })
        .collect()
}

/// Where sentences begin behind the first.
fn satzenden(text: &str) -> Vec<usize> {
    text.match_indices(". ")
        .filter_map(|(at, _)| {
            let davor = text.get(..at)?;
            let rest = text.get(at + 2..)?;
            // „(GV. NRW. S. 490)“ names a page.
            if rest.starts_with("S. ") {
                return None;
            }
            let danach = rest.chars().next()?;
            let wort = davor.split([' ', '(', '\u{a0}']).next_back()?;
            let kurz =
                wort.chars().count() <= 2 || ABKUERZUNGEN.contains(&wort.to_lowercase().as_str());
            let endet = davor.ends_with([')', '%', '€', '“'])
                || davor.ends_with(char::is_alphabetic) && !kurz
                || ist_jahr(wort);
            (endet && (danach.is_uppercase() || danach == '„')).then_some(at + 2)
        })
        .collect()
}

/// „… bis 2024. Danach“: an ordinal has fewer digits.
fn ist_jahr(wort: &str) -> bool {
    let ziffern = wort.rsplit('.').next().unwrap_or_default();
    ziffern.len() == 4 && ziffern.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zahl(text: &str) -> usize {
        satzenden(text).len() + 1
    }

    #[test]
    fn a_sentence_ends_behind_a_word_a_bracket_or_a_year() {
        assert_eq!(zahl("Das gilt. Der Bericht nicht."), 2);
        assert_eq!(zahl("Sie wirkt (§ 24 GkG NRW). Jede Partei weist hin."), 2);
        assert_eq!(zahl("Er endet am 31.12.2024. Danach gilt das Neue."), 2);
    }

    #[test]
    fn numbers_and_abbreviations_end_none() {
        assert_eq!(zahl("am 1. Januar und z. B. Unna"), 1);
        assert_eq!(zahl("nach Art. Neun und Nr. Zehn"), 1);
        assert_eq!(zahl("die 3. Kommune"), 1);
        assert_eq!(
            zahl("vom 23. Mai 2022 (BGBl. I S. 760; GV. NRW. S. 490) geändert"),
            1
        );
    }
}
