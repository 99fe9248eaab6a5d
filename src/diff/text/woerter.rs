//! A text as words, and how many of them two texts share.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::super::gliederung::Gliederung;

/// Words, numbers with their separators, runs of blank space, marks and single signs: what changes only as a whole.
pub(in crate::diff) fn zerlege(text: &str) -> Vec<&str> {
    let mut teile = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let laenge = teil(rest).max(1);
        let laenge = rest.ceil_char_boundary(laenge);
        let (vorn, hinten) = rest.split_at(laenge);
        teile.push(vorn);
        rest = hinten;
    }
    teile
}

fn teil(text: &str) -> usize {
    let lang = |passt: &dyn Fn(char) -> bool| text.find(|c| !passt(c)).unwrap_or(text.len());
    let Some(erstes) = text.chars().next() else {
        return 0;
    };
    if erstes == '\n' {
        return lang(&|c| c == '\n');
    }
    if erstes.is_whitespace() {
        return lang(&|c| c.is_whitespace() && c != '\n');
    }
    if text.starts_with("](") {
        return text.find(')').map_or(2, |at| at + 1);
    }
    if let Some(laenge) = fussnote(text) {
        return laenge;
    }
    if text.starts_with("<!--") {
        return text.find("-->").map_or(4, |at| at + 3);
    }
    if erstes == '<' {
        // A tag of ours; a lone sign stays one, and so does „< 10“ with a „>“ behind it.
        let ist_marke = text.starts_with("</") || text.get(1..).is_some_and(beginnt_mit_buchstabe);
        let ende = text.find('>').filter(|at| ist_marke && *at <= 24);
        return ende.map_or(1, |at| at + 1);
    }
    if text.starts_with("**") {
        return 2;
    }
    if erstes.is_numeric() {
        return zahl(text);
    }
    if erstes.is_alphanumeric() {
        return wort(text);
    }
    erstes.len_utf8()
}

/// The length of the mark of a footnote, with which a text begins: `[^1]`.
pub(in crate::diff) fn fussnote(text: &str) -> Option<usize> {
    let innen = text.strip_prefix("[^")?;
    let ende = innen.find(|c: char| c == ']' || c == '[' || c.is_whitespace())?;
    (ende > 0 && innen.get(ende..)?.starts_with(']')).then_some(ende + 3)
}

fn beginnt_mit_buchstabe(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// `08.11.2021`, `3.328,13`, `1/8`, `2021ff`: separators belong to it where digits follow.
fn zahl(text: &str) -> usize {
    let mut ende = 0;
    let mut zeichen = text.char_indices().peekable();
    while let Some((at, c)) = zeichen.next() {
        let folgt_ziffer = zeichen.peek().is_some_and(|(_, d)| d.is_ascii_digit());
        if c.is_alphanumeric() || (matches!(c, '.' | ',' | '/' | ':') && folgt_ziffer) {
            ende = at + c.len_utf8();
        } else {
            break;
        }
    }
    ende
}

/// A word with its hyphens and inner signs: `Open/Prosoz` falls apart, `IT-Anwendung` does not.
fn wort(text: &str) -> usize {
    let mut ende = 0;
    let mut zeichen = text.char_indices().peekable();
    while let Some((at, c)) = zeichen.next() {
        let folgt_wort = zeichen.peek().is_some_and(|(_, d)| d.is_alphanumeric());
        if c.is_alphanumeric() || (matches!(c, '-' | '’' | '\'') && folgt_wort) {
            ende = at + c.len_utf8();
        } else {
            break;
        }
    }
    ende
}

/// The words of a text, counted.
fn woerter(text: &str) -> BTreeMap<&str, usize> {
    let mut woerter = BTreeMap::new();
    for teil in zerlege(text) {
        if teil.chars().next().is_some_and(char::is_alphanumeric) {
            *woerter.entry(teil).or_default() += 1;
        }
    }
    woerter
}

/// The words of each block, counted as soon as somebody asks: most blocks find their like without.
pub(super) struct Wortzaehler<'t>(Vec<(&'t str, OnceCell<BTreeMap<&'t str, usize>>)>);

impl<'t> Wortzaehler<'t> {
    pub(super) fn neu(text: &'t str, gliederung: &Gliederung) -> Self {
        let bloecke = gliederung.bloecke.iter();
        let inhalte = bloecke.map(|block| text.get(block.inhalt.clone()).unwrap_or_default());
        Self(inhalte.map(|inhalt| (inhalt, OnceCell::new())).collect())
    }

    pub(super) fn get(&self, block: usize) -> Option<&BTreeMap<&'t str, usize>> {
        let (inhalt, gezaehlt) = self.0.get(block)?;
        Some(gezaehlt.get_or_init(|| woerter(inhalt)))
    }
}

pub(super) fn vereint<'t>(
    woerter: &Wortzaehler<'t>,
    bereich: &Range<usize>,
) -> BTreeMap<&'t str, usize> {
    let mut alle = BTreeMap::new();
    for einzelne in bereich.clone().filter_map(|block| woerter.get(block)) {
        for (wort, anzahl) in einzelne {
            *alle.entry(*wort).or_default() += anzahl;
        }
    }
    alle
}

/// Shared words, twice, by all words: from 0 to 100.
pub(super) fn dice(a: &BTreeMap<&str, usize>, n: &BTreeMap<&str, usize>) -> usize {
    let gemeinsam: usize = a
        .iter()
        .map(|(wort, anzahl)| n.get(wort).copied().unwrap_or(0).min(*anzahl))
        .sum();
    let alle = a.values().sum::<usize>() + n.values().sum::<usize>();
    (200 * gemeinsam).checked_div(alle).unwrap_or(0)
}
