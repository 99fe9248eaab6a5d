//! A paper cites the law as it could be on its day: no younger amendment, no § that does not exist.

mod unbekannt;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unbekannt::{sozialgesetzbuecher, unbekannt};

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::input::Datum;
use crate::model::Drucksache;
use crate::recht::{Beleg, Gesetz};
use crate::template::Bezug;

pub(super) const REGEL: Regel = Regel {
    name: "fundstelle-passt-nicht",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "wenn ein Papier ein Gesetz zitiert",
    braucht: &["vereinbarungen.*.rechtsstand"],
    text: include_str!("fundstelle_passt_nicht.md"),
    pruefe,
};

/// What may stand between a § and the name of its law, apart from numbers.
const DAZWISCHEN: [&str; 22] = [
    "§",
    "§§",
    "Art.",
    "Artikel",
    "Abs.",
    "Absatz",
    "Satz",
    "S.",
    "Nr.",
    "Nummer",
    "Alternative",
    "Alt.",
    "Halbsatz",
    "Buchst.",
    "lit.",
    "und",
    "oder",
    "bis",
    "f.",
    "ff.",
    "f",
    "ff",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        if lage.vorgang.rechtsstand(vereinbarung).is_none() {
            protokoll.nicht_pruefbar(
                &vereinbarung.route,
                "es fehlt der Tag, für den die Vereinbarung das Recht zitiert: `rechtsstand` oder ein Sitzungsdatum",
            );
        }
    }
    for blatt in lage.blaetter() {
        let tag = papiertag(lage, blatt);
        // A law of which nothing is known is named once in a paper.
        let mut schon = BTreeSet::new();
        for zeile in blatt.alles().zeilen() {
            // Most lines cite nothing, and what is cited has a number.
            if !zeile.text().bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            for satz in zeile.saetze() {
                aenderung(&satz, tag, lage.gesetze(), protokoll);
            }
            if !["§", "Art"].iter().any(|z| zeile.text().contains(z)) {
                continue;
            }
            for gesetz in lage.gesetze().values() {
                paragrafen(&zeile, gesetz, protokoll);
            }
            unbekannt(&zeile, lage.gesetze(), &mut schon, protokoll);
        }
        sozialgesetzbuecher(&blatt.alles(), lage.gesetze(), &mut schon, protokoll);
    }
}

/// Up to when what a paper cites may have been amended.
#[derive(Debug, Clone, Copy)]
struct Papiertag {
    /// The last day.
    tag: Option<Datum>,
    /// Whether that is the paper's own; else the paper may be younger.
    eigener: bool,
}

/// The day of a paper: that for which its template cites the law, else that of its agreement, of its Vorlage or its last
/// session. Never before the day for which `recht(…)` cites, so that what it writes is not too young.
fn papiertag(lage: &Lage<'_>, blatt: &Blatt<'_>) -> Papiertag {
    let vorgang = lage.vorgang;
    let eigener = |tag| Papiertag { tag, eigener: true };
    if blatt.papier.rechtsstand.is_some() {
        return eigener(blatt.papier.rechtsstand);
    }
    let drucksache = match &blatt.papier.bezug {
        Bezug::Vereinbarung(schluessel) => {
            let vereinbarung = vorgang.vereinbarungen.get(schluessel);
            return eigener(vereinbarung.and_then(|v| vorgang.rechtsstand(v)));
        }
        Bezug::Drucksache(nummer) | Bezug::Anlage(nummer, _) => vorgang.drucksache(nummer),
    };
    let entscheidung = drucksache.and_then(Drucksache::entscheidungstag);
    let vorlage = drucksache.and_then(|drucksache| drucksache.vorlage_vom);
    let vereinbarung = || vorgang.rechtsstand(vorgang.vereinbarung_zu(drucksache?)?);
    Papiertag {
        tag: entscheidung.or_else(vereinbarung).max(vorlage),
        eigener: entscheidung.or(vorlage).is_some(),
    }
}

/// Words shortly before that speak of an amendment that is still to come.
const KUENFTIG: [&str; 10] = [
    "wird",
    "werden",
    "würde",
    "soll",
    "sollen",
    "künftig",
    "voraussichtlich",
    "demnächst",
    "noch",
    "geplant",
];

/// With what the name of an amending act begins; statutes and agreements are amended too.
const AENDERNDE: [&str; 7] = [
    "Gesetz",
    "das Gesetz",
    "Artikel",
    "Art.",
    "Verordnung",
    "die Verordnung",
    "Änderungsgesetz",
];

/// With what a phrase begins that names the state of a law by a day.
const STAENDE: [&str; 4] = [
    "geändert durch ",
    "geändert am ",
    "in der Fassung des Gesetzes vom ",
    "in der Fassung der Bekanntmachung vom ",
];

/// The same, where the law must stand right before: other papers have versions too.
const FASSUNGEN: [&str; 8] = [
    "in der Fassung vom ",
    "in der Fassung v. ",
    "i. d. F. vom ",
    "i. d. F. v. ",
    "i.d.F. vom ",
    "i.d.F. v. ",
    "i. d. F. des Gesetzes vom ",
    "i. d. F. der Bekanntmachung vom ",
];

/// How far behind the day of an amending act its „geändert“ may stand, in bytes: its page lies between.
const BIS_GEAENDERT: usize = 60;

/// A cited amendment is not younger than the paper.
fn aenderung(
    satz: &Passage<'_>,
    papiertag: Papiertag,
    gesetze: &BTreeMap<String, Gesetz>,
    protokoll: &mut Protokoll<'_>,
) {
    for (stelle, vom) in zitierte_staende(satz, gesetze) {
        match papiertag.tag {
            Some(tag) if vom <= tag => {}
            Some(tag) if papiertag.eigener => {
                protokoll
                    .melde(
                        &stelle,
                        format!("das Papier ist vom {tag}, zitiert aber eine Änderung vom {vom}"),
                    )
                    .abhilfe("die Fassung zitieren, die am Tag des Papiers galt; `recht(…)` schreibt sie von selbst");
            }
            _ => protokoll.nicht_pruefbar(
                &stelle,
                "es fehlt der Tag des Papiers, `vorlage_vom` oder ein Sitzungsdatum",
            ),
        }
    }
}

/// The days by which a sentence names the state of a law.
fn zitierte_staende<'b>(
    satz: &Passage<'b>,
    gesetze: &BTreeMap<String, Gesetz>,
) -> Vec<(Passage<'b>, Datum)> {
    let text = satz.text();
    let formen = STAENDE.iter().chain(&FASSUNGEN).chain(&["durch "]);
    let mut staende = Vec::new();
    for (at, wort) in formen.flat_map(|wort| text.match_indices(wort)) {
        let rest = satz.teil(at + wort.len()..text.len());
        let Some((stelle, vom)) = rest.tage().next() else {
            continue;
        };
        let davor = text.get(..at).unwrap_or_default();
        let dazwischen = rest.text().get(..rest.versatz(&stelle)).unwrap_or_default();
        let ende = rest.versatz(&stelle) + stelle.text().len();
        let danach = rest.text().get(ende..).unwrap_or_default();
        let aendernd = || {
            AENDERNDE
                .iter()
                .any(|anfang| dazwischen.starts_with(anfang))
        };
        let ist_gesetz = match wort {
            "geändert durch " => aendernd(),
            "durch " => aendernd() && !davor.ends_with("geändert ") && wurde_geaendert(danach),
            _ if FASSUNGEN.contains(&wort) => dazwischen.is_empty() && gesetz_davor(davor, gesetze),
            // Only a day stands there: a law must have been named.
            _ => {
                dazwischen.is_empty()
                    && gesetze.values().any(|gesetz| {
                        davor.contains(gesetz.kurz.as_str())
                            || davor.contains(gesetz.genitiv.as_str())
                    })
            }
        };
        let kuenftig = davor
            .split_whitespace()
            .rev()
            .take(3)
            .any(|wort| KUENFTIG.contains(&wort.trim_matches(|c: char| !c.is_alphabetic())))
            // „geändert durch Gesetz vom 1. Dezember wird es erst danach“
            || danach
                .split_whitespace()
                .next()
                .is_some_and(|wort| KUENFTIG.contains(&wort));
        if ist_gesetz && !kuenftig && !dazwischen.contains(';') {
            staende.push((stelle, vom));
        }
    }
    staende
}

/// „… (BGBl. I S. 760) geändert worden ist“, not „geändert werden soll“.
fn wurde_geaendert(danach: &str) -> bool {
    let Some((dazwischen, rest)) = danach.split_once("geändert") else {
        return false;
    };
    let naechstes = rest.split_whitespace().next().unwrap_or_default();
    dazwischen.len() <= BIS_GEAENDERT
        && !rest.starts_with(char::is_alphabetic)
        && !KUENFTIG.contains(&naechstes)
}

/// Whether a law is the last thing named, apart from where it is published.
fn gesetz_davor(davor: &str, gesetze: &BTreeMap<String, Gesetz>) -> bool {
    gesetze
        .values()
        .flat_map(|gesetz| [&gesetz.kurz, &gesetz.genitiv, &gesetz.dativ])
        .filter(|name| !name.is_empty())
        .filter_map(|name| davor.rfind(name.as_str()).map(|at| at + name.len()))
        .filter_map(|ende| davor.get(ende..))
        .any(|rest| {
            !rest.starts_with(char::is_alphanumeric)
                && woerter(rest).into_iter().all(|(_, wort)| {
                    let nackt = nackt(wort);
                    !nackt.starts_with(char::is_uppercase) || nackt.chars().count() <= KUERZEL
                })
        })
}

/// „NRW“, „GV“, „BGBl“: more letters make a noun.
const KUERZEL: usize = 4;

/// A cited § exists, where the range of the law is known.
fn paragrafen(zeile: &Passage<'_>, gesetz: &Gesetz, protokoll: &mut Protokoll<'_>) {
    let Some(bereich) = gesetz.paragrafen else {
        return;
    };
    let text = zeile.text();
    for name in [&gesetz.kurz, &gesetz.genitiv] {
        for (at, _) in text.match_indices(name.as_str()) {
            let ganz = text
                .get(at + name.len()..)
                .and_then(|rest| rest.chars().next())
                .is_none_or(|c| !c.is_alphanumeric());
            if !ganz {
                continue;
            }
            let danach = danach(text, at + name.len());
            absaetze(zeile, at, gesetz, protokoll);
            for (stelle, nummer) in nummern(text, at).into_iter().chain(danach) {
                if gesetz.hat_paragraf(nummer) == Some(false) {
                    let zeichen = if text
                        .get(stelle.clone())
                        .is_some_and(|s| s.starts_with("Art"))
                    {
                        "Art."
                    } else {
                        "§"
                    };
                    let text = format!(
                        "{zeichen} {nummer} {} gibt es nicht; das Gesetz reicht von {zeichen} {} bis {zeichen} {}",
                        gesetz.kurz, bereich.von, bereich.bis
                    );
                    let stelle = zeile.teil(stelle);
                    let meldung = match bereich.beleg {
                        Beleg::Gesehen => protokoll.melde(stelle, text),
                        Beleg::Sekundaer | Beleg::Erinnert => protokoll.melde_milder(stelle, text),
                    };
                    meldung.abhilfe("die Nummer und das Gesetz prüfen");
                }
            }
        }
    }
}

/// The §§ that stand directly before a law's name, each with its place.
fn nummern(text: &str, name: usize) -> Vec<(Range<usize>, u16)> {
    let mut worte = Vec::new();
    for (von, wort) in woerter(text.get(..name).unwrap_or_default())
        .into_iter()
        .rev()
    {
        let nackt = wort.trim_matches([',', '(']);
        if !DAZWISCHEN.contains(&nackt) && zahl(nackt).is_none() {
            break;
        }
        worte.push((von, wort));
    }
    worte.reverse();
    let mut gefunden = Vec::new();
    // Behind „§§“ the numbers after „,“ and „und“ are §§ too, unless an Abs. or Satz has come between.
    let (mut mehrere, mut erwartet) = (false, false);
    for (von, wort) in worte {
        let nackt = wort.trim_matches([',', '(']);
        match nackt {
            "§" | "Art." | "Artikel" => (mehrere, erwartet) = (false, true),
            "§§" => (mehrere, erwartet) = (true, true),
            "und" | "oder" | "bis" => erwartet = mehrere,
            "f." | "ff." | "f" | "ff" => {}
            _ => match zahl(nackt) {
                Some(nummer) if erwartet => {
                    gefunden.push((von..von + nackt.len(), nummer));
                    erwartet = mehrere;
                }
                Some(_) => {}
                None => (mehrere, erwartet) = (false, false),
            },
        }
    }
    gefunden
}

/// The § that stands right behind a law's name and ends there: „(GkG NRW, § 240)“, „das GkG NRW (§ 240)“.
fn danach(text: &str, ende: usize) -> Option<(Range<usize>, u16)> {
    let rest = text.get(ende..)?;
    let rest = [", § ", " (§ ", ", §§ ", " (§§ "]
        .iter()
        .find_map(|zeichen| rest.strip_prefix(zeichen))?;
    let von = text.len() - rest.len();
    let lang = rest.find([' ', ')', ',', ';', '.']).unwrap_or(rest.len());
    let nummer = zahl(rest.get(..lang)?)?;
    // „GkG NRW, § 3 der Satzung“ cites something else.
    let weiter = rest.get(lang..)?;
    let endet = weiter.is_empty()
        || weiter.starts_with([')', ',', ';', '.'])
        || [" Abs", " f.", " ff."]
            .iter()
            .any(|wort| weiter.starts_with(wort));
    endet.then_some((von..von + lang, nummer))
}

/// A cited Absatz exists, where it is known how many the § has.
fn absaetze(zeile: &Passage<'_>, name: usize, gesetz: &Gesetz, protokoll: &mut Protokoll<'_>) {
    if gesetz.absaetze.is_empty() {
        return;
    }
    for (stelle, paragraf, absatz) in zitierte_absaetze(zeile.text(), name) {
        let Some(letzter) = gesetz
            .letzter_absatz(paragraf)
            .filter(|letzter| absatz > *letzter)
        else {
            continue;
        };
        protokoll
            .melde(
                zeile.teil(stelle),
                format!(
                    "§ {paragraf} Abs. {absatz} {} gibt es nicht; der Paragraf hat {}",
                    gesetz.kurz,
                    match letzter {
                        1 => "nur einen Absatz".to_owned(),
                        _ => format!("{letzter} Absätze"),
                    }
                ),
            )
            .abhilfe("die Nummer des Absatzes prüfen");
    }
}

/// The Absätze that stand directly before a law's name, each with its place and its §.
fn zitierte_absaetze(text: &str, name: usize) -> Vec<(Range<usize>, u16, u16)> {
    let davor = text.get(..name).unwrap_or_default();
    let mut gefunden = Vec::new();
    for (stelle, paragraf) in nummern(text, name) {
        let rest = davor.get(stelle.end..).unwrap_or_default();
        let mut absatz = false;
        for (von, wort) in woerter(rest) {
            let nackt = wort.trim_matches([',', '(']);
            match nackt {
                "Abs." | "Absatz" => absatz = true,
                "§" | "§§" | "Art." | "Artikel" => break,
                "Satz" | "S." | "Nr." | "Nummer" | "Alternative" | "Alt." => absatz = false,
                _ => {
                    if let Some(nummer) = zahl(nackt).filter(|_| absatz) {
                        let von = stelle.end + von;
                        gefunden.push((von..von + nackt.len(), paragraf, nummer));
                    }
                }
            }
        }
    }
    gefunden
}

/// The words of a text with their first bytes.
fn woerter(text: &str) -> Vec<(usize, &str)> {
    let mut woerter = Vec::new();
    let mut von = 0;
    for teil in text.split([' ', '\t']) {
        if !teil.is_empty() {
            woerter.push((von, teil));
        }
        von += teil.len() + 1;
    }
    woerter
}

fn nackt(wort: &str) -> &str {
    wort.trim_matches(['(', ')', ',', '.', ';', ':', '„', '“'])
}

/// The number of a § with or without a letter: 2 of „2b“; 41 of „41ff.“.
fn zahl(wort: &str) -> Option<u16> {
    let wort = ["ff.", "ff", "f."]
        .iter()
        .find_map(|folgende| wort.strip_suffix(folgende))
        .unwrap_or(wort);
    let ziffern = wort.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if wort.len() - ziffern.len() > 1 {
        return None;
    }
    ziffern.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragrafen_vor(text: &str, name: &str) -> Vec<u16> {
        let at = text.find(name).unwrap();
        nummern(text, at).into_iter().map(|(_, n)| n).collect()
    }

    #[test]
    fn numbers_before_a_law_are_its_paragraphs() {
        assert_eq!(paragrafen_vor("nach § 24 Abs. 2 GkG", "GkG"), [24]);
        assert_eq!(
            paragrafen_vor("der §§ 1, 23 und 24 GkG", "GkG"),
            [1, 23, 24]
        );
        assert_eq!(
            paragrafen_vor("(§ 24 Abs. 2 und § 29 Abs. 4 GkG", "GkG"),
            [24, 29]
        );
        assert_eq!(paragrafen_vor("§ 2b UStG", "UStG"), [2]);
        assert_eq!(paragrafen_vor("§ 24 Abs. 2 und 3 GkG", "GkG"), [24]);
        for text in ["§§ 35 ff. GkG", "§ 35 f. GkG", "§§ 35ff. GkG"] {
            assert_eq!(paragrafen_vor(text, "GkG"), [35], "{text}");
        }
        assert_eq!(paragrafen_vor("§§ 1 f. und 23 ff. GkG", "GkG"), [1, 23]);
    }

    #[test]
    fn absaetze_stand_behind_their_paragraph() {
        let absaetze = |text: &str| {
            let at = text.find("GkG").unwrap();
            let gefunden = zitierte_absaetze(text, at).into_iter();
            gefunden.map(|(_, p, a)| (p, a)).collect::<Vec<_>>()
        };
        assert_eq!(absaetze("nach § 24 Abs. 7 GkG"), [(24, 7)]);
        assert_eq!(
            absaetze("§ 23 Abs. 1 Satz 2 und § 24 Abs. 2 und 3 GkG"),
            [(23, 1), (24, 2), (24, 3)]
        );
        assert!(absaetze("§ 24 Satz 7 GkG").is_empty());
    }

    #[test]
    fn a_paragraph_may_follow_its_law() {
        let nummer = |text: &str| {
            let ende = text.find("NRW").unwrap() + 3;
            danach(text, ende).map(|(_, n)| n)
        };
        assert_eq!(nummer("Gesetz (GkG NRW, § 240) und"), Some(240));
        assert_eq!(nummer("das GkG NRW (§ 24 Abs. 2)"), Some(24));
        assert_eq!(nummer("nach GkG NRW, § 3 der Satzung"), None);
        assert_eq!(nummer("das GkG NRW (§§ 35 ff.)"), Some(35));
    }

    #[test]
    fn what_belongs_to_another_text_is_not_taken_for_the_law() {
        assert_eq!(
            paragrafen_vor("nach § 99 dieser Vereinbarung und dem GkG", "GkG"),
            [0_u16; 0]
        );
        assert_eq!(paragrafen_vor("§ 1 AG AsylbLG", "AsylbLG"), [0_u16; 0]);
    }
}
