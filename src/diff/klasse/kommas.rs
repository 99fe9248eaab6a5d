//! Punctuation beside a word that turns or bounds a sentence: „beschließt nicht, zu verkaufen“ and „beschließt, nicht zu
//! verkaufen“ are two things.

use std::collections::BTreeMap;
use std::ops::Range;

use super::zeichen::STRICHE;
use crate::diff::stellen::{Paar, Rohstelle};
use crate::diff::text::{Block, Stueck, zerlege};

/// Words of which the comma beside them says what they turn or bound.
const WENDER: [&str; 18] = [
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "keines",
    "nie",
    "niemals",
    "weder",
    "nur",
    "lediglich",
    "ausschließlich",
    "allein",
    "mindestens",
    "höchstens",
    "auch",
    "erst",
];
/// Why the comma counts beside a word that turns or bounds a sentence.
pub(super) const KOMMA: &str = "Komma bei „nicht“, „nur“ oder „auch“";

/// The places of a comparison where punctuation turns a sentence, by block: bytes of the old and the new text.
#[derive(Debug, Default)]
pub(super) struct Kommas(BTreeMap<usize, Vec<Stelle>>);

/// Bytes of the old and of the new text.
type Stelle = (Range<usize>, Range<usize>);

impl Kommas {
    pub(super) fn aus(paar: &Paar) -> Self {
        let (alt, neu) = (paar.alter_text(), paar.neuer_text());
        let bloecke = paar.vergleich.bloecke.iter().enumerate();
        let stellen = bloecke.map(|(i, block)| (i, wendende(alt, neu, block)));
        Self(stellen.filter(|(_, stellen)| !stellen.is_empty()).collect())
    }

    pub(super) fn hat(&self, stelle: &Rohstelle) -> bool {
        let alle = self.0.get(&stelle.block).map_or(&[][..], Vec::as_slice);
        let ab = alle.partition_point(|(_, neu)| neu.end < stelle.neu.start);
        let mut hier = alle.get(ab..).unwrap_or_default().iter();
        hier.by_ref()
            .take_while(|(_, neu)| neu.start <= stelle.neu.end)
            .any(|(alt, neu)| *alt == stelle.alt && *neu == stelle.neu)
    }
}

/// The changes of a block that part its clauses otherwise and turn a sentence by that.
fn wendende(alt: &str, neu: &str, block: &Block) -> Vec<Stelle> {
    let (Some(a), Some(n)) = (&block.alt, &block.neu) else {
        return Vec::new();
    };
    let text = |text: &str, bereich: &Range<usize>| {
        text.get(bereich.clone()).unwrap_or_default().to_owned()
    };
    let stellen = aenderungen(block);
    let stellen = stellen.into_iter().filter(|(da, dn)| {
        let (da, dn) = (text(alt, da), text(neu, dn));
        let ohne_worte = ![&da, &dn].iter().any(|t| t.contains(char::is_alphanumeric));
        ohne_worte && gliedernde(&da) != gliedernde(&dn)
    });
    let stellen: Vec<Stelle> = stellen.collect();
    if stellen.is_empty() {
        return stellen;
    }
    let (saetze_alt, saetze_neu) = (saetze(alt, a), saetze(neu, n));
    let satz_bei = |saetze: &[usize], byte: usize| {
        let i = saetze.partition_point(|von| *von <= byte).saturating_sub(1);
        let von = saetze.get(i).copied().unwrap_or_default();
        (von, saetze.get(i + 1).copied())
    };
    // What changed in one sentence is looked at together: a comma may wander across a word.
    let mut je_satz: BTreeMap<(usize, usize), Vec<Stelle>> = BTreeMap::new();
    for (da, dn) in stellen {
        let satz = (
            satz_bei(&saetze_alt, da.start).0,
            satz_bei(&saetze_neu, dn.start).0,
        );
        je_satz.entry(satz).or_default().push((da, dn));
    }
    let wendet = |ganz: &str, block: &Range<usize>, saetze: &[usize], von: usize, bis: usize| {
        let (anfang, ende) = satz_bei(saetze, von);
        let ende = ende.unwrap_or(block.end).max(bis);
        let satz = ganz.get(anfang..ende).unwrap_or_default();
        beim_wender(
            satz,
            &(von.saturating_sub(anfang)..bis.saturating_sub(anfang)),
        )
    };
    let mut wendende: Vec<Stelle> = je_satz
        .into_values()
        .filter(|stellen| {
            let (Some(erste), Some(letzte)) = (stellen.first(), stellen.last()) else {
                return false;
            };
            wendet(alt, a, &saetze_alt, erste.0.start, letzte.0.end)
                || wendet(neu, n, &saetze_neu, erste.1.start, letzte.1.end)
        })
        .flatten()
        .collect();
    wendende.sort_by_key(|(_, neu)| (neu.start, neu.end));
    wendende
}

/// The changed places of a block, in order.
fn aenderungen(block: &Block) -> Vec<Stelle> {
    let mut a = block.alt.as_ref().map_or(0, |b| b.start);
    let mut n = block.neu.as_ref().map_or(0, |b| b.start);
    let mut stellen: Vec<Stelle> = Vec::new();
    let mut offen = false;
    for stueck in &block.stuecke {
        let (bis_a, bis_n) = match stueck {
            Stueck::Gleich { alt, neu } => {
                (a, n, offen) = (alt.end, neu.end, false);
                continue;
            }
            Stueck::Weg(alt) => (alt.end, n),
            Stueck::Neu { neu, .. } => (a, neu.end),
        };
        match stellen.last_mut() {
            Some((alt, neu)) if offen => (alt.end, neu.end) = (bis_a, bis_n),
            _ => stellen.push((a..bis_a, n..bis_n)),
        }
        (a, n, offen) = (bis_a, bis_n, true);
    }
    stellen
}

/// Where the sentences of a block begin.
fn saetze(text: &str, block: &Range<usize>) -> Vec<usize> {
    let ganz = text.get(block.clone()).unwrap_or_default();
    let enden = ganz.match_indices(". ").filter(|(at, _)| {
        let danach = ganz.get(at + 2..).unwrap_or_default();
        danach.starts_with(char::is_uppercase)
    });
    let mut saetze = vec![block.start];
    saetze.extend(enden.map(|(at, _)| block.start + at + 2));
    saetze
}

/// The signs that part the clauses of a sentence, dashes alike whatever they look like.
fn gliedernde(text: &str) -> Vec<char> {
    let strich_oder_zeichen = |c| if STRICHE.contains(c) { '-' } else { c };
    let zeichen = text.chars().map(strich_oder_zeichen);
    zeichen.filter(|c| ",;:()-".contains(*c)).collect()
}

/// Whether a change of punctuation touches a word that turns or bounds the sentence, or wanders across one. Given are the
/// sentence on one side and the bytes from its first to its last change of punctuation.
fn beim_wender(satz: &str, spanne: &Range<usize>) -> bool {
    let ist_wort = |teil: &&str| teil.starts_with(char::is_alphanumeric);
    let ist_wender = |wort: &str| WENDER.contains(&wort.to_lowercase().as_str());
    let davor = zerlege(satz.get(..spanne.start).unwrap_or_default());
    let danach = zerlege(satz.get(spanne.end..).unwrap_or_default());
    let innen = zerlege(satz.get(spanne.clone()).unwrap_or_default());
    davor
        .iter()
        .rev()
        .find(|teil| ist_wort(teil))
        .is_some_and(|wort| ist_wender(wort))
        || danach
            .iter()
            .find(|teil| ist_wort(teil))
            .is_some_and(|wort| ist_wender(wort))
        || innen.iter().any(|wort| ist_wender(wort))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_counts_beside_a_word_that_turns_the_sentence() {
        let satz = "Er beschließt nicht, zu verkaufen, was er hat.";
        let komma = |n: usize| {
            let (at, _) = satz.match_indices(',').nth(n).unwrap();
            beim_wender(satz, &(at..at + 1))
        };
        assert!(komma(0));
        assert!(!komma(1));
        assert!(beim_wender(satz, &(3..satz.len())));
    }
}
