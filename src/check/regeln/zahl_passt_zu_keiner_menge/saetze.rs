//! What a sentence makes of a number in it: a count of all, of some, or of none of those in question.

use std::ops::Range;

use super::super::super::Passage;
use super::super::super::zaehlung::{Fund, worte};

/// Stems of words in the same sentence that make it a count of some of them, or of a meeting.
const TEILMENGE: [&str; 25] = [
    "würd",
    "wäre",
    "käme",
    "hätte",
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

/// Verbs with which municipalities take part in a matter: a bare number before another one may count any of them.
const TEILNAHME: [&str; 36] = [
    "beteiligen",
    "beteiligten",
    "beteiligt",
    "teil",
    "nutzen",
    "nutzten",
    "genutzt",
    "verwenden",
    "angeschlossen",
    "arbeiten",
    "kooperieren",
    "mitwirken",
    "bilden",
    "tragen",
    "trugen",
    "getragen",
    "teilen",
    "teilten",
    "geteilt",
    "verteilt",
    "verteilen",
    "zahlen",
    "zahlten",
    "bezahlen",
    "erstatten",
    "finanzieren",
    "schließen",
    "schlossen",
    "geschlossen",
    "abgeschlossen",
    "vereinbaren",
    "vereinbarten",
    "unterzeichnen",
    "unterzeichneten",
    "beitreten",
    "beigetreten",
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

/// Words of a sentence that tells what was: its number does not change with the data.
const VERGANGEN: [&str; 16] = [
    "trug",
    "trugen",
    "teilten",
    "nutzten",
    "waren",
    "war",
    "wurde",
    "wurden",
    "hatten",
    "schlossen",
    "beschlossen",
    "einigten",
    "damals",
    "seinerzeit",
    "früher",
    "zunächst",
];

/// Whether a sentence tells what was.
pub(super) fn ist_vergangen(satz: &Passage<'_>) -> bool {
    satz.sagt(&VERGANGEN)
}

/// Whether a sentence says of those whom it counts that they take part in the matter.
pub(super) fn spricht_von_teilnahme(satz: &Passage<'_>, fund: &Fund) -> bool {
    let mut worte = TEILNAHME.iter().flat_map(|wort| satz.finde(wort));
    worte.any(|wort| !fund.nomen.contains(&satz.versatz(&wort)))
}

/// Whether a sentence may speak of some of the set only, or of something else.
pub(super) fn ist_teilmenge(satz: &str) -> bool {
    hat_stamm(satz, &TEILMENGE)
}

/// Whether „Parteien“ are political ones.
pub(super) fn ist_politisch(satz: &str) -> bool {
    worte(satz).iter().any(|(_, wort)| wort == "parteien") && hat_stamm(satz, &POLITIK)
}

fn hat_stamm(satz: &str, staemme: &[&str]) -> bool {
    let worte = worte(satz);
    let mut worte = worte.iter();
    worte.any(|(_, wort)| staemme.iter().any(|stamm| wort.starts_with(stamm)))
}

/// Whether an article or „alle“ stands before the number, with at most one adjective between: „die übrigen sieben“.
pub(super) fn mit_artikel(satz: &str, zahl: &Range<usize>) -> bool {
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
pub(super) fn ist_schwelle(satz: &str, fund: &Fund) -> bool {
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
pub(super) fn aufgezaehlte(danach: &str) -> usize {
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

#[cfg(test)]
mod tests {
    use super::super::super::super::zaehlung::funde;
    use super::*;

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
}
