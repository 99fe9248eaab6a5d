//! A literal count of municipalities or parties fits a set of the matter on some day.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::Days;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::{Menge, mengen, sprache};
use crate::diagnostic::Stelle;
use crate::input::Datum;
use crate::template::Herkunft;

pub(super) const REGEL: Regel = Regel {
    name: "zahl-passt-zu-keiner-menge",
    schwere: Gewicht::WarnungOderHinweis,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht, und die Drucksachen dazu",
    braucht: &["nutzung", "vereinbarungen.*.parteien"],
    text: include_str!("zahl_passt_zu_keiner_menge.md"),
    pruefe,
};

/// What can be counted, and which bodies of a set it counts.
const NOMEN: [(&str, Zaehlt); 20] = [
    ("kommunen", Zaehlt::Gemeinden),
    ("kommune", Zaehlt::Gemeinden),
    ("anwenderkommunen", Zaehlt::Gemeinden),
    ("anwendergemeinden", Zaehlt::Gemeinden),
    ("bestandskommunen", Zaehlt::Gemeinden),
    ("mitgliedskommunen", Zaehlt::Gemeinden),
    ("beitrittskommunen", Zaehlt::Gemeinden),
    ("partnerkommunen", Zaehlt::Gemeinden),
    ("anwender", Zaehlt::Gemeinden),
    ("anwendern", Zaehlt::Gemeinden),
    ("städte", Zaehlt::Staedte),
    ("städten", Zaehlt::Staedte),
    ("gemeinden", Zaehlt::Gattungslose),
    ("parteien", Zaehlt::Alle),
    ("vertragsparteien", Zaehlt::Alle),
    ("vertragspartner", Zaehlt::Alle),
    ("vertragspartnern", Zaehlt::Alle),
    ("beteiligte", Zaehlt::Alle),
    ("beteiligten", Zaehlt::Alle),
    ("körperschaften", Zaehlt::Alle),
];

/// Words between number and noun that do not change what is counted.
const DAZWISCHEN: usize = 4;

/// Stems of words in the same sentence that make it a count of some of them, or of a meeting.
const TEILMENGE: [&str; 21] = [
    "davon",
    "zugestimm",
    "zustimm",
    "stimmt",
    "abgelehn",
    "lehnte",
    "bedenken",
    "gesprochen",
    "nachfolg",
    "folgen",
    "bislang",
    "konferenz",
    "nahmen",
    "teilgenommen",
    "teilnehm",
    "einzig",
    "hersteller",
    "einwohner",
    "leben",
    "befrag",
    "beschlussfähig",
];

/// Words before a number that has to be reached or kept to.
const SCHWELLE: [&str; 8] = [
    "mindestens",
    "wenigstens",
    "höchstens",
    "maximal",
    "mind",
    "max",
    "jeweils",
    "je",
];

/// Words in the same part of a sentence that make it a condition.
const BEDINGUNG: [&str; 5] = ["wenn", "sofern", "falls", "sobald", "solange"];

/// Stems of words in the same sentence that make „Parteien“ political ones.
const POLITIK: [&str; 8] = [
    "kreistag",
    "stadtrat",
    "fraktion",
    "landtag",
    "bundestag",
    "wahl",
    "vertreten",
    "koalition",
];

/// Words that make it a count of others than those of the matter.
const FERNE: [&str; 13] = [
    "kreisangehörig",
    "nrw",
    "nordrhein",
    "westfalen",
    "deutschland",
    "bundesweit",
    "landesweit",
    "regierungsbezirk",
    "fraktion",
    "politisch",
    "größten",
    "kleinsten",
    "kreisgebiet",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zaehlt {
    /// Municipalities.
    Gemeinden,
    /// Municipalities that are towns.
    Staedte,
    /// Municipalities of any kind, or those that are no towns.
    Gattungslose,
    /// All parties, the Kreis too.
    Alle,
}

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    let mengen = alle_mengen(lage);
    let mut blaetter: Vec<&Blatt<'_>> = Vec::new();
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for art in ["vereinbarung", "organisationskonzept", "kostenuebersicht"] {
            blaetter.extend(lage.papier_zu(vereinbarung, art));
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            blaetter.extend(lage.vorlage(drucksache));
        }
    }
    let mut hingewiesen: BTreeSet<(String, usize)> = BTreeSet::new();
    for blatt in blaetter {
        for zeile in blatt.alles().saetze() {
            let funde = funde(zeile.text());
            if funde.is_empty() {
                continue;
            }
            let teilmenge = ist_teilmenge(zeile.text());
            let politisch = ist_politisch(zeile.text());
            for fund in funde {
                // „die acht Kommunen“ are all of them, whatever they do.
                let alle = mit_artikel(zeile.text(), &fund.zahl);
                if politisch || teilmenge && !alle || ist_schwelle(zeile.text(), &fund) {
                    continue;
                }
                // „Die beiden Städte Selm und Werne“ says itself which ones it counts.
                if zeile
                    .text()
                    .get(fund.nomen.end..)
                    .is_some_and(|danach| aufgezaehlte(danach) == fund.wert)
                {
                    continue;
                }
                let zahl = zeile.teil(fund.zahl.clone());
                let ganz = zeile.teil(fund.zahl.start..fund.nomen.end);
                if !ist_woertlich(blatt, &zahl, &ganz) {
                    continue;
                }
                if !groessen(&mengen, fund.zaehlt, fund.uebrige).contains(&fund.wert) {
                    if !alle {
                        protokoll
                            .melde_milder(
                                &ganz,
                                format!("„{}“: zu keiner Zeit sind es insgesamt so viele", ganz.text()),
                            )
                            .abhilfe("prüfen, ob nur ein Teil gemeint ist; sind es alle, die Zahl berichtigen");
                        continue;
                    }
                    protokoll
                        .melde(
                            &ganz,
                            format!("„{}“: so viele sind es zu keiner Zeit", ganz.text()),
                        )
                        .abhilfe("die Zahl prüfen; am besten einen Ausdruck wie {{ anwender.zahlwort }} schreiben");
                } else if let Some(stelle) = in_prosa(blatt, &zahl)
                    && hingewiesen.insert(stelle)
                {
                    protokoll
                        .melde_milder(
                            &ganz,
                            format!("„{}“ stimmt, ändert sich aber nicht mit den Angaben", ganz.text()),
                        )
                        .abhilfe("statt der Zahl einen Ausdruck wie {{ anwender.zahlwort }} oder {{ bestand.zahlwort }} schreiben");
                }
            }
        }
    }
}

/// Whether a sentence may speak of some of the set only, or of something else.
fn ist_teilmenge(satz: &str) -> bool {
    hat_stamm(satz, &TEILMENGE)
}

/// Whether „Parteien“ are political ones.
fn ist_politisch(satz: &str) -> bool {
    worte(satz).iter().any(|(_, wort)| wort == "parteien") && hat_stamm(satz, &POLITIK)
}

fn hat_stamm(satz: &str, staemme: &[&str]) -> bool {
    let worte = worte(satz);
    let mut worte = worte.iter();
    worte.any(|(_, wort)| staemme.iter().any(|stamm| wort.starts_with(stamm)))
}

/// Whether an article or „alle“ stands before the number, with at most one adjective between: „die übrigen sieben“.
fn mit_artikel(satz: &str, zahl: &Range<usize>) -> bool {
    let ist_artikel = |wort: &str| {
        [
            "die",
            "den",
            "der",
            "alle",
            "allen",
            "aller",
            "sämtliche",
            "sämtlichen",
            "sämtlicher",
        ]
        .contains(&wort.to_lowercase().as_str())
    };
    let davor = satz.get(..zahl.start).unwrap_or_default();
    let mut worte = davor.split_whitespace().rev();
    let wort = worte.next().unwrap_or_default();
    let ist_adjektiv = wort.starts_with(char::is_lowercase)
        && wort.ends_with(['e', 'n', 'r'])
        && !wort.starts_with("einzig");
    let zahlwort = satz.get(zahl.clone()).unwrap_or_default().to_lowercase();
    ist_artikel(wort)
        || ist_adjektiv && worte.next().is_some_and(ist_artikel)
        || matches!(zahlwort.as_str(), "beide" | "beider")
}

/// Whether the number is one that is to be reached or kept to: „mindestens drei Parteien“, „wenn fünf Parteien
/// anwesend sind“.
fn ist_schwelle(satz: &str, fund: &Fund) -> bool {
    let davor = satz.get(..fund.zahl.start).unwrap_or_default();
    let teil = davor.rsplit([',', ';', ':']).next().unwrap_or_default();
    let worte = worte(teil);
    let vor = |i: usize| {
        let wort = worte.iter().rev().nth(i);
        wort.map_or("", |(_, wort)| wort.as_str())
    };
    SCHWELLE.contains(&vor(0))
        || SCHWELLE.contains(&vor(1))
        || vor(0) == "als" && ["weniger", "mehr", "andere"].contains(&vor(1))
        || vor(0) == "zu" && vor(1) == "bis"
        || !mit_artikel(satz, &fund.zahl)
            && worte
                .iter()
                .any(|(_, wort)| BEDINGUNG.contains(&wort.as_str()))
}

/// How many names are enumerated right behind a noun: „Selm und Werne“, „ (Bönen, Kamen und Unna)“.
fn aufgezaehlte(danach: &str) -> usize {
    let mut rest = danach;
    for zeichen in [" (", ": ", ", ", " "] {
        if let Some(ohne) = danach.strip_prefix(zeichen) {
            rest = ohne;
            break;
        }
    }
    let mut zahl = 0;
    loop {
        for gattung in ["der ", "die ", "den ", "Stadt ", "Gemeinde ", "Kreisstadt "] {
            rest = rest.strip_prefix(gattung).unwrap_or(rest);
        }
        let ohne = name(rest);
        if ohne.len() == rest.len() {
            return zahl;
        }
        zahl += 1;
        let weiter = [", ", " und ", " sowie "]
            .iter()
            .find_map(|zeichen| ohne.strip_prefix(*zeichen));
        match weiter {
            Some(weiter) => rest = weiter,
            None => return zahl,
        }
    }
}

/// What is left behind a name of one or more words: „Bad Sassendorf“, „Fröndenberg/Ruhr“.
fn name(text: &str) -> &str {
    let mut rest = text;
    loop {
        let wort = rest.strip_prefix(' ').unwrap_or(rest);
        if !wort.starts_with(char::is_uppercase) {
            return rest;
        }
        rest = wort.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-'));
    }
}

/// A number with its noun in a line.
#[derive(Debug, PartialEq, Eq)]
struct Fund {
    zahl: Range<usize>,
    wert: usize,
    nomen: Range<usize>,
    zaehlt: Zaehlt,
    /// Whether one of the set is left out: „die übrigen sieben Kommunen“.
    uebrige: bool,
}

fn funde(zeile: &str) -> Vec<Fund> {
    let worte: Vec<(Range<usize>, String)> = worte(zeile);
    let mut funde = Vec::new();
    for (i, (bereich, wort)) in worte.iter().enumerate() {
        let Some(wert) = zahl(wort).filter(|_| steht_als_zahl(zeile, bereich)) else {
            continue;
        };
        let Some((nomen, mut zaehlt, bis)) = nomen_danach(zeile, &worte, i) else {
            continue;
        };
        let danach = worte.get(bis + 1).map(|(_, wort)| wort.as_str());
        let zweites = worte.get(bis + 2).map(|(_, wort)| wort.as_str());
        let mut nomen = nomen;
        let mut letztes = bis;
        if zaehlt == Zaehlt::Staedte
            && matches!(danach, Some("und" | "sowie"))
            && matches!(zweites, Some("gemeinden"))
        {
            zaehlt = Zaehlt::Gemeinden;
            letztes = bis + 2;
            nomen = nomen.start..worte.get(letztes).map_or(nomen.end, |(b, _)| b.end);
        }
        let um: Vec<&str> = worte
            .iter()
            .skip(i.saturating_sub(2))
            .take(letztes + 5 - i.saturating_sub(2))
            .map(|(_, wort)| wort.as_str())
            .collect();
        let fern = um
            .iter()
            .any(|wort| FERNE.iter().any(|anfang| wort.starts_with(anfang)))
            || liegt_im_kreis(&worte, i, letztes);
        if fern {
            continue;
        }
        funde.push(Fund {
            zahl: bereich.clone(),
            wert,
            nomen,
            zaehlt,
            uebrige: um
                .iter()
                .take(letztes + 1 - i.saturating_sub(2))
                .any(|wort| {
                    ["übrig", "ander", "weiter", "restlich", "verbleibend"]
                        .iter()
                        .any(|anfang| wort.starts_with(anfang))
                }),
        });
    }
    funde
}

/// Words with which a Kreis is said to have its municipalities.
const HAT_GEMEINDEN: [&str; 6] = ["liegen", "gehören", "umfasst", "hat", "zählt", "besteht"];

/// „im Kreis“ behind the noun, or „der Kreis Unna hat“ before the number: all of the Kreis may be meant, not only those of
/// the matter.
fn liegt_im_kreis(worte: &[(Range<usize>, String)], zahl: usize, letztes: usize) -> bool {
    let davor = worte.get(zahl.saturating_sub(4)..zahl).unwrap_or_default();
    let hat = davor
        .iter()
        .any(|(_, wort)| HAT_GEMEINDEN.contains(&wort.as_str()));
    let kreis = davor
        .iter()
        .any(|(_, wort)| wort == "kreis" || wort == "kreisgebiet");
    if hat && kreis {
        return true;
    }
    let wort = |i: usize| worte.get(letztes + i).map(|(_, wort)| wort.as_str());
    matches!(wort(1), Some("im" | "des" | "in"))
        && matches!(wort(2), Some("kreis" | "kreises" | "land" | "landes"))
}

/// The noun that is counted, a few adjectives behind the number; the index of its word.
fn nomen_danach(
    zeile: &str,
    worte: &[(Range<usize>, String)],
    zahl: usize,
) -> Option<(Range<usize>, Zaehlt, usize)> {
    let mut vorher = worte.get(zahl)?.0.end;
    for (i, (bereich, wort)) in worte.iter().enumerate().skip(zahl + 1).take(DAZWISCHEN) {
        let luecke = zeile.get(vorher..bereich.start)?;
        // Adjectives and abbreviations may come between, a comma or the end of a sentence not.
        let abgekuerzt = wort.len() <= 2 || worte.get(i - 1).is_some_and(|(_, w)| w.len() <= 2);
        if luecke.contains([',', ';', ':', '(', ')', '\t', '/', '–', '„', '“'])
            || luecke.contains('.') && !abgekuerzt
        {
            return None;
        }
        // „beteiligten“ in lower case is an adjective.
        let gross = zeile.get(bereich.clone())?.starts_with(char::is_uppercase);
        if gross && let Some((_, zaehlt)) = NOMEN.iter().find(|(nomen, _)| *nomen == wort.as_str())
        {
            return Some((bereich.clone(), *zaehlt, i));
        }
        // Another noun is counted: „zwei Sitzungen der Kommunen“.
        let klein = [
            "der", "des", "von", "aus", "für", "mit", "an", "und", "oder", "bis", "je", "pro",
        ];
        if gross || klein.contains(&wort.as_str()) {
            return None;
        }
        vorher = bereich.end;
    }
    None
}

/// The words of a line in lower case, each with its place.
fn worte(zeile: &str) -> Vec<(Range<usize>, String)> {
    let mut worte = Vec::new();
    let mut von = None;
    for (i, c) in zeile.char_indices().chain([(zeile.len(), ' ')]) {
        match (von, c.is_alphanumeric()) {
            (None, true) => von = Some(i),
            (Some(anfang), false) => {
                let wort = zeile.get(anfang..i).unwrap_or_default().to_lowercase();
                worte.push((anfang..i, wort));
                von = None;
            }
            _ => {}
        }
    }
    worte
}

/// A count from two, in words or digits.
fn zahl(wort: &str) -> Option<usize> {
    if wort.len() <= 3
        && let Ok(zahl) = wort.parse::<usize>()
    {
        return (2..=400).contains(&zahl).then_some(zahl);
    }
    let grund = match wort {
        "zweier" | "beide" | "beiden" => "zwei",
        "dreier" => "drei",
        wort => wort,
    };
    sprache::zahl(grund).filter(|zahl| *zahl >= 2)
}

/// Whether digits stand for themselves: not a part of a date, a fraction, a number of a law or an ordinal.
fn steht_als_zahl(zeile: &str, bereich: &Range<usize>) -> bool {
    let davor = zeile.get(..bereich.start).unwrap_or_default();
    let danach = zeile.get(bereich.end..).unwrap_or_default();
    let wort = davor
        .trim_end()
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    !davor.ends_with(['.', ',', '/', '-', '§', '–'])
        && danach.starts_with(' ')
        && ![
            "§", "§§", "Abs.", "Absatz", "Nr.", "Nummer", "Satz", "Anlage", "Art.", "TOP", "Seite",
            "S.", "Nummern", "FD",
        ]
        .contains(&wort)
}

/// Whether somebody wrote the number down: no expression made it alone.
fn ist_woertlich(blatt: &Blatt<'_>, zahl: &Passage<'_>, ganz: &Passage<'_>) -> bool {
    match blatt.papier.ausdruck(&zahl.bereich()) {
        None => true,
        // A longer value of the facts holds number and noun; what is computed gives the number alone.
        Some(ausdruck) => ausdruck.end >= ganz.bereich().end && ausdruck.len() > ganz.text().len(),
    }
}

/// The place in the matter's prose, if the number stands there as such.
fn in_prosa(blatt: &Blatt<'_>, zahl: &Passage<'_>) -> Option<(String, usize)> {
    let bereich = zahl.bereich();
    let spuren = &blatt.papier.spuren;
    let i = spuren.partition_point(|(spur, _)| spur.start <= bereich.start);
    let (_, ursprung) = spuren.get(i.checked_sub(1)?)?;
    if ursprung.ausdruck || ursprung.art != Herkunft::Prosa {
        return None;
    }
    match blatt.papier.ursprung(&bereich)? {
        Stelle::Datei { datei, bereich } => Some((datei.to_string(), bereich.start)),
        _ => None,
    }
}

/// All sets of the matter, on all days on which one changes.
fn alle_mengen<'a>(lage: &Lage<'a>) -> Vec<Menge<'a>> {
    let vorgang = lage.vorgang;
    let mut mengen = Vec::new();
    for beteiligte in lage.zahlen.vereinbarungen.values() {
        mengen.push(beteiligte.parteien.clone());
        mengen.push(beteiligte.bestand.clone());
        mengen.push(beteiligte.beitritt.clone());
        mengen.push(beteiligte.anwender.clone());
        mengen.extend(beteiligte.empfaenger.values().cloned());
    }
    let mut tage: BTreeSet<Datum> = BTreeSet::new();
    for nutzung in &vorgang.nutzung {
        tage.insert(nutzung.von);
        let danach = nutzung
            .bis
            .and_then(|bis| bis.tag().checked_add_days(Days::new(1)));
        tage.extend(danach.map(Datum::from));
    }
    mengen.extend(
        tage.into_iter()
            .map(|tag| mengen::anwender_am(vorgang, tag)),
    );
    mengen.push(Menge::aus(vorgang, vorgang.koerperschaften.values()));
    mengen
}

/// How many of the sets' bodies the noun can count.
fn groessen(mengen: &[Menge<'_>], zaehlt: Zaehlt, uebrige: bool) -> BTreeSet<usize> {
    let mut groessen = BTreeSet::new();
    for menge in mengen {
        let gemeinden = menge.gemeinden();
        let staedte = gemeinden.iter().filter(|k| k.gattung == "Stadt").count();
        let alle = gemeinden.anzahl();
        match zaehlt {
            Zaehlt::Gemeinden => groessen.extend([alle]),
            Zaehlt::Staedte => groessen.extend([staedte]),
            Zaehlt::Gattungslose => groessen.extend([alle, alle - staedte]),
            Zaehlt::Alle => groessen.extend([menge.anzahl(), alle]),
        }
    }
    if uebrige {
        let weniger: Vec<usize> = groessen.iter().map(|n| n.saturating_sub(1)).collect();
        groessen.extend(weniger);
    }
    groessen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gezaehlt(zeile: &str) -> Vec<(&str, usize)> {
        funde(zeile)
            .into_iter()
            .map(|fund| (&zeile[fund.zahl.start..fund.nomen.end], fund.wert))
            .collect()
    }

    #[test]
    fn a_number_is_read_with_its_noun() {
        assert_eq!(gezaehlt("die sieben Kommunen"), [("sieben Kommunen", 7)]);
        assert_eq!(
            gezaehlt("die 8 Städte und Gemeinden tragen"),
            [("8 Städte und Gemeinden", 8)]
        );
        assert_eq!(
            gezaehlt("die sechs o. g. Bestandskommunen"),
            [("sechs o. g. Bestandskommunen", 6)]
        );
        assert_eq!(
            gezaehlt("zwei weitere Parteien"),
            [("zwei weitere Parteien", 2)]
        );
    }

    #[test]
    fn names_behind_the_noun_are_counted() {
        assert_eq!(aufgezaehlte(" Selm und Werne haben zugestimmt"), 2);
        assert_eq!(aufgezaehlte(", Kamen und Fröndenberg/Ruhr, fehlen"), 2);
        assert_eq!(
            aufgezaehlte(" (Bad Sassendorf, Unna sowie die Stadt Werne)"),
            3
        );
        assert_eq!(aufgezaehlte(" tragen die Kosten"), 0);
    }

    #[test]
    fn a_threshold_counts_nobody() {
        let schwelle = |satz: &str| ist_schwelle(satz, &funde(satz)[0]);
        assert!(schwelle("auf Antrag von mindestens drei Parteien"));
        assert!(schwelle("beschlussfähig, wenn fünf Parteien anwesend sind"));
        assert!(schwelle("verbleiben weniger als vier Kommunen"));
        assert!(!schwelle(
            "wenn es so ist, tragen die vier Kommunen die Kosten"
        ));
    }

    #[test]
    fn an_article_may_stand_before_an_adjective() {
        let alle = |satz: &str| mit_artikel(satz, &funde(satz)[0].zahl);
        assert!(alle("die übrigen sieben Kommunen"));
        assert!(alle("beide Parteien"));
        assert!(!alle("dafür sprachen drei Kommunen"));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for zeile in [
            "zwei Sitzungen der Kommunen",
            "nach § 23 Gemeinden",
            "im Jahr 2012 Kommunen",
            "1/8 Kommunen",
            "die zehn kreisangehörigen Kommunen",
            "die zehn Städte und Gemeinden im Kreis Unna",
            "396 Kommunen in Nordrhein-Westfalen",
            "drei Monaten, Kommunen",
            "am 27.10. Kommunen",
            "ein Drittel der Städte",
        ] {
            assert!(gezaehlt(zeile).is_empty(), "{zeile}: {:?}", gezaehlt(zeile));
        }
    }
}
