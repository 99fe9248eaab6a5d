//! Laws that a paper cites and of which the program knows nothing: their citations cannot be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::super::{Passage, Protokoll};
use super::{DAZWISCHEN, nackt, woerter, zahl};
use crate::recht::Gesetz;

/// Words between a § and the full name of its law.
const ARTIKEL: [&str; 3] = ["des", "der", "dem"];

/// How the full name of a law ends, in any case.
const GESETZE: [&str; 5] = [
    "gesetz",
    "gesetzes",
    "gesetzbuch",
    "gesetzbuches",
    "gesetzbuchs",
];

/// Words with which a law says what it is about: „Gesetz über …“.
const WORUEBER: [&str; 5] = ["über", "zur", "zum", "für", "gegen"];

/// Reports each law of which nothing is known that is cited on a line, once for `schon`.
pub(super) fn unbekannt(
    zeile: &Passage<'_>,
    gesetze: &BTreeMap<String, Gesetz>,
    schon: &mut BTreeSet<String>,
    protokoll: &mut Protokoll<'_>,
) {
    let text = zeile.text();
    let woerter = woerter(text);
    let mut im_zitat = false;
    for (i, (von, wort)) in woerter.iter().enumerate() {
        let nackt = nackt(wort);
        if matches!(nackt, "§" | "§§" | "Art" | "Artikel") {
            im_zitat = true;
        } else if im_zitat
            && zahl(nackt).is_none()
            && !DAZWISCHEN.contains(&wort.trim_matches([',', '(']))
            && !ARTIKEL.contains(&nackt)
        {
            im_zitat = false;
            let at = von + wort.find(nackt).unwrap_or_default();
            // A book of the Sozialgesetzbuch in words is reported with those that are cited without a §.
            if nackt.starts_with("Sozialgesetzbuch") && buch_um(text, at, nackt.len()).is_some() {
                continue;
            }
            let naechstes = woerter.get(i + 1).map(|(_, wort)| self::nackt(wort));
            let naechstes = naechstes.filter(|_| wort.ends_with(nackt));
            let name = match ueber(nackt, text.get(at..).unwrap_or_default(), gesetze) {
                Some(name) => Some(name),
                None => gesetz_hier(nackt, naechstes, gesetze),
            };
            if let Some(name) = name {
                melde(
                    zeile.teil(at..at + nackt.len()),
                    &name,
                    gesetze,
                    schon,
                    protokoll,
                );
            }
        }
    }
}

/// Reports the books of the Sozialgesetzbuch that are named in words, with or without a §, and of which nothing is known:
/// „Zwölftes Buch Sozialgesetzbuch“.
pub(super) fn sozialgesetzbuecher(
    alles: &Passage<'_>,
    gesetze: &BTreeMap<String, Gesetz>,
    schon: &mut BTreeSet<String>,
    protokoll: &mut Protokoll<'_>,
) {
    for stelle in alles.finde("Sozialgesetzbuch*") {
        let von = alles.versatz(&stelle);
        let Some((bereich, buch)) = buch_um(alles.text(), von, stelle.text().len()) else {
            continue;
        };
        let name = format!("SGB {buch}");
        let bekannt = gesetze
            .values()
            .any(|gesetz| gesetz.kurz == name || gesetz.kurz == "SGB");
        if !bekannt {
            melde(alles.teil(bereich), &name, gesetze, schon, protokoll);
        }
    }
}

fn melde(
    stelle: Passage<'_>,
    name: &str,
    gesetze: &BTreeMap<String, Gesetz>,
    schon: &mut BTreeSet<String>,
    protokoll: &mut Protokoll<'_>,
) {
    if schon.insert(name.to_owned()) {
        let art = if name.starts_with("Gesetz ") {
            ""
        } else {
            "Gesetz "
        };
        protokoll.nicht_pruefbar(
            stelle,
            &format!(
                "es fehlt das {art}„{name}“, das Programm kennt es nicht{}",
                gemeint(name, gesetze)
            ),
        );
    }
}

/// „GKG NRW“ differs from a known law in capitals alone.
fn gemeint(name: &str, gesetze: &BTreeMap<String, Gesetz>) -> String {
    let klein = name.to_lowercase();
    let mut bekannte = gesetze.values().map(|gesetz| gesetz.kurz.as_str());
    bekannte
        .find(|kurz| kurz.to_lowercase() == klein)
        .map_or_else(String::new, |kurz| format!("; meinten Sie „{kurz}“?"))
}

/// The books of the Sozialgesetzbuch: stem of the ordinal, and number.
const BUECHER: [(&str, &str); 15] = [
    ("erst", "I"),
    ("zweit", "II"),
    ("dritt", "III"),
    ("viert", "IV"),
    ("fünft", "V"),
    ("sechst", "VI"),
    ("siebt", "VII"),
    ("siebent", "VII"),
    ("acht", "VIII"),
    ("neunt", "IX"),
    ("zehnt", "X"),
    ("elft", "XI"),
    ("zwölft", "XII"),
    ("dreizehnt", "XIII"),
    ("vierzehnt", "XIV"),
];

/// The number of a book, written as such or as an ordinal in any case.
fn buch(wort: &str) -> Option<&'static str> {
    let klein = wort.to_lowercase();
    let nummer = |stamm: &str, zahl: &str| {
        let endung = klein.strip_prefix(stamm);
        wort == zahl || endung.is_some_and(|e| ["e", "es", "en", "er", "em"].contains(&e))
    };
    BUECHER
        .iter()
        .find(|(stamm, zahl)| nummer(stamm, zahl))
        .map(|(_, zahl)| *zahl)
}

/// Which book of the Sozialgesetzbuch is meant whose name stands here, with the bytes of book and name.
fn buch_um(text: &str, von: usize, lang: usize) -> Option<(Range<usize>, &'static str)> {
    let bis = von + lang;
    let zeile = text.get(..von)?.rfind('\n').map_or(0, |at| at + 1);
    let davor = woerter(text.get(zeile..von)?);
    if let [.., (at, ordnung), (_, wort)] = davor.as_slice()
        && matches!(*wort, "Buch" | "Buches" | "Buchs")
        && let Some(zahl) = buch(nackt(ordnung))
    {
        let at = at + ordnung.find(nackt(ordnung)).unwrap_or_default();
        return Some((zeile + at..bis, zahl));
    }
    let danach = text.get(bis..)?.lines().next()?;
    let mut danach = woerter(danach)
        .into_iter()
        .filter(|(_, wort)| !matches!(*wort, "(SGB)" | "–" | "-"));
    let (at, erstes) = danach.next()?;
    let zahl = buch(nackt(erstes))?;
    // „Sozialgesetzbuch I“ says it with a number, „Sozialgesetzbuch Erstes Buch“ in words.
    let ist_zahl = nackt(erstes) == zahl;
    let mut in_worten = || {
        danach
            .next()
            .is_some_and(|(_, w)| nackt(w).starts_with("Buch"))
    };
    (ist_zahl || in_worten()).then_some((von..bis + at + erstes.len(), zahl))
}

/// „Gesetz über die Presse“: a law that is cited by what it is about, if nothing is known of it.
fn ueber(wort: &str, ab_hier: &str, gesetze: &BTreeMap<String, Gesetz>) -> Option<String> {
    if !matches!(wort, "Gesetz" | "Gesetzes") {
        return None;
    }
    let ohne_artikel = |name: &str| name.split_once(' ').map(|(_, name)| name.to_owned());
    let bekannt = gesetze
        .values()
        .flat_map(|gesetz| [&gesetz.genitiv, &gesetz.dativ])
        .filter_map(|name| ohne_artikel(name))
        .any(|name| ab_hier.starts_with(&name));
    let danach: Vec<&str> = woerter(ab_hier)
        .into_iter()
        .skip(1)
        .map(|(_, w)| w)
        .collect();
    if bekannt || !danach.first().is_some_and(|wort| WORUEBER.contains(wort)) {
        return None;
    }
    // The first noun ends the name as far as a message needs it.
    let ende = danach
        .iter()
        .position(|wort| wort.starts_with(char::is_uppercase))?;
    let worueber = danach.get(..=ende)?.join(" ");
    Some(format!("Gesetz {}", nackt(&worueber)))
}

/// The law that is cited by these words, if nothing is known of it.
fn gesetz_hier(
    wort: &str,
    naechstes: Option<&str>,
    gesetze: &BTreeMap<String, Gesetz>,
) -> Option<String> {
    let ist_kuerzel = |wort: &str| {
        wort.chars().filter(|c| c.is_uppercase()).count() >= 2
            && wort.chars().all(char::is_alphabetic)
    };
    // „SGB XII“, „GO LSA“: what follows in capitals belongs to the name.
    let zusatz = naechstes.filter(|naechstes| {
        ist_kuerzel(naechstes) || wort == "SGB" && buch(naechstes).is_some_and(|b| b == *naechstes)
    });
    // „des Schulgesetzes“
    let grundform = ["gesetz", "gesetzbuch"]
        .iter()
        .find_map(|ende| wort.strip_suffix("es").filter(|rest| rest.ends_with(ende)))
        .unwrap_or(wort);
    let name = match zusatz {
        Some(zusatz) => format!("{grundform} {zusatz}"),
        None => grundform.to_owned(),
    };
    if ist_kuerzel(wort) {
        let bekannt = gesetze.values().any(|gesetz| match zusatz {
            Some(_) => gesetz.kurz == name || gesetz.kurz == wort,
            None => gesetz.kurz.split(' ').next() == Some(wort),
        });
        return (!bekannt).then_some(name);
    }
    let klein = wort.to_lowercase();
    let ist_gesetz = wort.starts_with(char::is_uppercase)
        && klein.len() > "gesetzes".len()
        && GESETZE.iter().any(|ende| klein.ends_with(ende));
    let bekannt = gesetze
        .values()
        .any(|gesetz| gesetz.genitiv.contains(wort) || gesetz.dativ.contains(wort));
    (ist_gesetz && !bekannt).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gefunden(text: &str) -> Option<(&str, &str)> {
        let von = text.find("Sozialgesetzbuch").unwrap();
        let lang = text[von..]
            .find([' ', ',', '.'])
            .unwrap_or(text.len() - von);
        buch_um(text, von, lang).map(|(bereich, buch)| (&text[bereich], buch))
    }

    #[test]
    fn a_book_stands_before_or_behind_its_name() {
        for (text, worte, buch) in [
            (
                "nach dem Zwölften Buch Sozialgesetzbuch, das",
                "Zwölften Buch Sozialgesetzbuch",
                "XII",
            ),
            (
                "des Ersten Buches Sozialgesetzbuch.",
                "Ersten Buches Sozialgesetzbuch",
                "I",
            ),
            (
                "(Zehntes Buch Sozialgesetzbuch",
                "Zehntes Buch Sozialgesetzbuch",
                "X",
            ),
            (
                "im XII. Buch Sozialgesetzbuch",
                "XII. Buch Sozialgesetzbuch",
                "XII",
            ),
            ("das Sozialgesetzbuch II gilt", "Sozialgesetzbuch II", "II"),
            (
                "Sozialgesetzbuch (SGB) – Achtes Buch –",
                "Sozialgesetzbuch (SGB) – Achtes",
                "VIII",
            ),
        ] {
            assert_eq!(gefunden(text), Some((worte, buch)), "{text}");
        }
    }

    #[test]
    fn without_a_book_none_is_meant() {
        for text in [
            "das Sozialgesetzbuch kennt",
            "ein Buch Sozialgesetzbuch",
            "am Zwölften Buch\nSozialgesetzbuch",
            "Sozialgesetzbuch Erste Fragen",
        ] {
            assert_eq!(gefunden(text), None, "{text}");
        }
    }

    #[test]
    fn a_law_may_be_cited_by_what_it_is_about() {
        let gesetze = crate::recht::gesetze();
        let name = |text: &str| ueber("Gesetzes", text, &gesetze);
        assert_eq!(
            name("Gesetzes über die Presse gilt").as_deref(),
            Some("Gesetz über die Presse")
        );
        assert_eq!(
            name("Gesetzes über kommunale Gemeinschaftsarbeit (GkG)"),
            None
        );
        assert_eq!(name("Gesetzes vom 1. Oktober"), None);
        assert_eq!(name("Gesetzes gilt"), None);
    }
}
