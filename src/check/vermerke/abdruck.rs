//! Fingerprints: what of a finding a waiver covers, in a few characters.
//!
//! They are made of words, data and law alone: no place, no line, no file. So a finding that moves keeps its own.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::Befund;
use crate::recht::Gesetz;

/// What a fingerprint begins with: how it is made. Another way of making it has another number.
const FASSUNG: &str = "2-";

/// How many hexadecimal digits follow.
const STELLEN: usize = 16;

/// Fingerprint of what somebody accepts who accepts a finding: `2-` and 16 hexadecimal digits.
///
/// `gedeckt` is the text or the data at the place and at those that explain it ([`super::deckung::Gegenstand::inhalt`]). White space does
/// not count.
pub fn fingerabdruck(befund: &Befund, gedeckt: &str, gesetze: &BTreeMap<String, Gesetz>) -> String {
    let mut hash = Sha256::new();
    let mut nimm = |text: &str| {
        for wort in text.split_whitespace() {
            hash.update(wort.as_bytes());
            hash.update(b" ");
        }
        hash.update(b"\0");
    };
    nimm(befund.regel);
    nimm(&befund.text);
    nimm(gedeckt);
    let normen = crate::check::regel(befund.regel).map_or(&[][..], |regel| regel.normen);
    for norm in normen {
        nimm(&norm.rechtsstand(gesetze));
    }
    abdruck(&hash.finalize())
}

/// Gives twins, findings that say the same of the same words in one piece of text, fingerprints of their own: who accepts
/// one has not seen the other. The first in the order of places keeps its own.
pub fn unterscheide(befunde: &mut [Befund]) {
    let mut gesehen: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    for befund in befunde {
        let Some(pruefung) = &mut befund.pruefung else {
            continue;
        };
        let zwilling = (
            befund.regel,
            pruefung.stelle.clone(),
            pruefung.deckt.clone(),
        );
        let zahl = gesehen.entry(zwilling).or_default();
        if *zahl > 0 {
            let mut hash = Sha256::new();
            hash.update(pruefung.deckt.as_bytes());
            hash.update(zahl.to_string().as_bytes());
            pruefung.deckt = abdruck(&hash.finalize());
        }
        *zahl += 1;
    }
}

/// Enough of a hash to tell texts apart.
fn abdruck(hash: &[u8]) -> String {
    let anfang = hash.iter().take(STELLEN / 2);
    let ziffern: String = anfang.map(|byte| format!("{byte:02x}")).collect();
    format!("{FASSUNG}{ziffern}")
}

/// Whether a fingerprint is made as this program makes them.
pub(super) fn ist_von_heute(deckt: &str) -> bool {
    deckt.strip_prefix(FASSUNG).is_some_and(|ziffern| {
        ziffern.len() == STELLEN && ziffern.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Stelle;
    use crate::recht;

    fn befund() -> Befund {
        let stelle = Stelle::Pfad("a.yaml".into());
        Befund::warnung("haushaltsjahr-ohne-betrag", stelle, "es fehlt etwas")
    }

    #[test]
    fn the_fingerprint_follows_words_data_and_law_but_not_white_space() {
        let gesetze = recht::gesetze();
        let alt = fingerabdruck(&befund(), "ein  Text", &gesetze);
        assert_eq!(alt, fingerabdruck(&befund(), "ein\nText", &gesetze));
        assert_ne!(alt, fingerabdruck(&befund(), "einText", &gesetze));
        let mut anders = befund();
        anders.text.push('!');
        assert_ne!(alt, fingerabdruck(&anders, "ein Text", &gesetze));
        let gesetzliche = Befund {
            regel: "kosten-nur-verwiesen",
            ..befund()
        };
        let mut spaeter = gesetze.clone();
        spaeter.get_mut("gkg").unwrap().aenderungen.pop();
        assert_ne!(
            fingerabdruck(&gesetzliche, "", &gesetze),
            fingerabdruck(&gesetzliche, "", &spaeter)
        );
    }
}
