//! Code in Markdown: where data stand as they are, because there are no escapes.

use super::super::zeichen::{DATEN, URSPRUNG, URSPRUNG_ENDE};

/// The sign of a fence of code, and whether the line could also be its end.
pub(super) fn zaun(zeile: &str) -> Option<(char, bool)> {
    let zeichen = zeile.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = zeile.trim_start_matches(zeichen);
    let ist_zaun = zeile.len() - info.len() >= 3 && (zeichen == '~' || !info.contains('`'));
    ist_zaun.then_some((zeichen, info.trim().is_empty()))
}

/// The length of the run of backticks that opens code in a line and is not closed in it.
pub(super) fn offenes_codestueck(zeile: &str) -> Option<usize> {
    let mut offen = None;
    let mut rest = zeile;
    while let Some(at) = rest.find(['`', '\\']) {
        let (_, ab) = rest.split_at(at);
        let lauf = ab.len() - ab.trim_start_matches('`').len();
        if lauf == 0 {
            // A backslash guards the next character, but in code it is one like any other.
            let weiter = if offen.is_none() { 2 } else { 1 };
            let weiter = ab.chars().take(weiter).map(char::len_utf8).sum();
            rest = ab.get(weiter..).unwrap_or_default();
            continue;
        }
        offen = match offen {
            None => Some(lauf),
            Some(laenge) if laenge == lauf => None,
            Some(laenge) => Some(laenge),
        };
        rest = ab.get(lauf..).unwrap_or_default();
    }
    offen
}

/// Whether the template ends the code in the same line, by a run of as many backticks.
pub(super) fn endet_code(zeichen: impl Iterator<Item = char>, laenge: usize) -> bool {
    let mut zeichen = zeichen;
    let mut lauf = 0;
    let mut in_marke = false;
    while let Some(c) = zeichen.next() {
        match c {
            URSPRUNG => in_marke = true,
            URSPRUNG_ENDE => in_marke = false,
            _ if in_marke => {}
            '`' => {
                lauf += 1;
                continue;
            }
            _ if lauf == laenge => return true,
            '\n' => return false,
            DATEN => {
                zeichen.next();
                lauf = 0;
            }
            _ => lauf = 0,
        }
    }
    lauf == laenge
}
