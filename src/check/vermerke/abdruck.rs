//! Fingerprints: what of a finding a waiver covers, in a few characters.
//!
//! They are made of words, data and law alone: no place, no line, no file. So a finding that moves keeps its own.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::Befund;
use crate::recht::Gesetz;

/// What a fingerprint begins with: how it is made. Another way of making it has another number.
const FASSUNG: &str = "2-";

/// How many hexadecimal digits follow: they tell whether a finding is the one that was accepted.
const STELLEN: usize = 16;

/// How many digits each part has that follows them: enough to tell which part changed, once something did.
const TEILSTELLEN: usize = 4;

/// What the parts are made of, as a waiver says that it changed. A fingerprint may lack them.
const TEILE: [&str; 3] = [
    "der Wortlaut des Befundes",
    "der Text oder die Angabe an dieser Stelle",
    "der Rechtsstand",
];

/// Fingerprint of what somebody accepts who accepts a finding: `2-` and 16 hexadecimal digits of all of it, then four each
/// of its words, of the text or data, and of the law: `2-5b0c9e1f2a3d4e5f-0a1b-2c3d-4e5f`.
///
/// `gedeckt` is the text or the data at the place and at those that explain it ([`super::deckung::Gegenstand::inhalt`]). White space does
/// not count.
pub fn fingerabdruck(befund: &Befund, gedeckt: &str, gesetze: &BTreeMap<String, Gesetz>) -> String {
    let normen = crate::check::regel(befund.regel).map_or(&[][..], |regel| regel.normen);
    let staende: Vec<String> = normen
        .iter()
        .map(|norm| norm.rechtsstand(gesetze))
        .collect();
    let staende: Vec<&str> = staende.iter().map(String::as_str).collect();
    let (worte, daten) = ([befund.regel, &befund.text], [gedeckt]);
    let teile: [&[&str]; TEILE.len()] = [&worte, &daten, &staende];
    let mut abdruck = abdruck(&hash(&teile.concat()));
    for teil in teile {
        abdruck.push('-');
        abdruck.push_str(&ziffern(&hash(teil), TEILSTELLEN));
    }
    abdruck
}

fn hash(texte: &[&str]) -> impl AsRef<[u8]> + use<> {
    let mut hash = Sha256::new();
    for text in texte {
        for wort in text.split_whitespace() {
            hash.update(wort.as_bytes());
            hash.update(b" ");
        }
        hash.update(b"\0");
    }
    hash.finalize()
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
            let (kern, teile) = pruefung.deckt.split_at(kern(&pruefung.deckt).len());
            let mut hash = Sha256::new();
            hash.update(kern.as_bytes());
            hash.update(zahl.to_string().as_bytes());
            pruefung.deckt = format!("{}{teile}", abdruck(&hash.finalize()));
        }
        *zahl += 1;
    }
}

/// The part of a fingerprint that tells whether a finding is the one that was accepted.
pub(super) fn kern(deckt: &str) -> &str {
    deckt.get(..FASSUNG.len() + STELLEN).unwrap_or(deckt)
}

/// What is different in two fingerprints, in words; empty where they do not tell.
pub(super) fn unterschied(alt: &str, neu: &str) -> Vec<&'static str> {
    let (Some(alt), Some(neu)) = (teile(alt), teile(neu)) else {
        return Vec::new();
    };
    let paare = alt.into_iter().zip(neu).zip(TEILE);
    paare
        .filter(|((alt, neu), _)| alt != neu)
        .map(|(_, teil)| teil)
        .collect()
}

/// The parts of a fingerprint, if it has them.
fn teile(deckt: &str) -> Option<[&str; TEILE.len()]> {
    let rest = deckt.get(kern(deckt).len()..)?.strip_prefix('-')?;
    let teile: Vec<&str> = rest.split('-').collect();
    let teile: [&str; TEILE.len()] = teile.try_into().ok()?;
    teile
        .iter()
        .all(|teil| sind_ziffern(teil, TEILSTELLEN))
        .then_some(teile)
}

/// Enough of a hash to tell texts apart.
fn abdruck(hash: &impl AsRef<[u8]>) -> String {
    format!("{FASSUNG}{}", ziffern(hash, STELLEN))
}

fn ziffern(hash: &impl AsRef<[u8]>, stellen: usize) -> String {
    let anfang = hash.as_ref().iter().take(stellen / 2);
    anfang.map(|byte| format!("{byte:02x}")).collect()
}

fn sind_ziffern(text: &str, stellen: usize) -> bool {
    text.len() == stellen && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a fingerprint is made as this program makes them, with its parts or without.
pub(super) fn ist_von_heute(deckt: &str) -> bool {
    let kern = kern(deckt);
    kern.strip_prefix(FASSUNG)
        .is_some_and(|ziffern| sind_ziffern(ziffern, STELLEN))
        && (kern == deckt || teile(deckt).is_some())
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

    #[test]
    fn what_changed_is_told_where_both_fingerprints_have_their_parts() {
        let gesetze = recht::gesetze();
        let alt = fingerabdruck(&befund(), "ein Text", &gesetze);
        assert!(ist_von_heute(&alt) && ist_von_heute(kern(&alt)));
        assert!(!ist_von_heute(&format!("{}-1", kern(&alt))));
        let neu = fingerabdruck(&befund(), "ein anderer", &gesetze);
        assert_eq!(
            unterschied(&alt, &neu),
            ["der Text oder die Angabe an dieser Stelle"]
        );
        let mut anders = befund();
        anders.text.push('!');
        let neu = fingerabdruck(&anders, "ein Text", &gesetze);
        assert_eq!(unterschied(&alt, &neu), ["der Wortlaut des Befundes"]);
        assert!(unterschied(kern(&alt), &neu).is_empty());
    }

    #[test]
    fn twins_have_the_same_parts_and_other_fingerprints() {
        let gesetze = recht::gesetze();
        let zwilling = || {
            let mut befund = befund();
            let deckt = fingerabdruck(&befund, "Text", &gesetze);
            befund.pruefung = Some(Box::new(crate::diagnostic::Pruefung {
                deckt,
                ..Default::default()
            }));
            befund
        };
        let mut befunde = [zwilling(), zwilling()];
        unterscheide(&mut befunde);
        let deckt = |i: usize| befunde[i].pruefung.as_ref().unwrap().deckt.clone();
        assert_ne!(kern(&deckt(0)), kern(&deckt(1)));
        assert!(unterschied(&deckt(0), &deckt(1)).is_empty());
        assert!(ist_von_heute(&deckt(1)));
    }
}
