//! What a sentence counts: a number with a noun for municipalities or parties.

use std::ops::Range;

use crate::compute::sprache;

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

/// With what a noun begins that counts only those of a matter, wherever they lie.
const EIGENE: [&str; 8] = [
    "anwender",
    "bestand",
    "mitglied",
    "beitritt",
    "partner",
    "parteien",
    "vertrag",
    "beteiligte",
];

/// Words before a noun for those who take part: „neun an der Kopfstelle beteiligten Kommunen“.
const TEILNEHMEND: [&str; 5] = [
    "beteiligten",
    "beteiligte",
    "teilnehmenden",
    "angeschlossenen",
    "nutzenden",
];

/// Words with which what they take part in begins.
const WORAN: [&str; 7] = ["an", "am", "im", "in", "daran", "bei", "beim"];

/// How many words may stand between the number and such a word.
const BIS_TEILNEHMEND: usize = 7;

/// What a noun counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zaehlt {
    /// Municipalities.
    Gemeinden,
    /// Municipalities that are towns.
    Staedte,
    /// Municipalities of any kind, or those that are no towns.
    Gattungslose,
    /// All parties, the Kreis too.
    Alle,
}

/// A number with its noun in a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fund {
    /// The number.
    pub(super) zahl: Range<usize>,
    /// What it is.
    pub(super) wert: usize,
    /// The noun.
    pub(super) nomen: Range<usize>,
    /// What the noun counts.
    pub(super) zaehlt: Zaehlt,
    /// Whether one of the set is left out: „die übrigen sieben Kommunen“.
    pub(super) uebrige: bool,
}

pub(super) fn funde(zeile: &str) -> Vec<Fund> {
    let worte: Vec<(Range<usize>, String)> = worte(zeile);
    let mut funde = Vec::new();
    if nennt_anderen_kreis(&worte) {
        return funde;
    }
    for (i, (bereich, wort)) in worte.iter().enumerate() {
        let Some(wert) = zahl(wort).filter(|_| steht_als_zahl(zeile, bereich)) else {
            continue;
        };
        let hier =
            nomen_danach(zeile, &worte, i).or_else(|| nomen_der_teilnehmenden(zeile, &worte, i));
        let Some((nomen, mut zaehlt, bis)) = hier else {
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
        // „die Anwenderkommunen im Kreis Unna“ are those of the matter all the same.
        let eigene = worte
            .get(bis)
            .is_some_and(|(_, wort)| EIGENE.iter().any(|anfang| wort.starts_with(anfang)));
        let ist_fern = |wort: &&str| {
            FERNE
                .iter()
                .filter(|anfang| !(eigene && anfang.starts_with("kreis")))
                .any(|anfang| wort.starts_with(anfang))
        };
        let fern = um.iter().any(ist_fern) || !eigene && liegt_im_kreis(&worte, i, letztes);
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

/// „so der Bericht für einen anderen Kreis“: who is counted there is not known.
fn nennt_anderen_kreis(worte: &[(Range<usize>, String)]) -> bool {
    worte.windows(2).any(|paar| match paar {
        [(_, anderer), (_, kreis)] => {
            anderer.starts_with("ander")
                && matches!(kreis.as_str(), "kreis" | "kreise" | "kreisen" | "kreises")
        }
        _ => false,
    })
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

/// The same behind words for those who take part in something.
fn nomen_der_teilnehmenden(
    zeile: &str,
    worte: &[(Range<usize>, String)],
    zahl: usize,
) -> Option<(Range<usize>, Zaehlt, usize)> {
    let (anfang, woran) = worte.get(zahl + 1)?;
    if !WORAN.contains(&woran.as_str()) {
        return None;
    }
    let mut danach = worte
        .iter()
        .enumerate()
        .skip(zahl + 2)
        .take(BIS_TEILNEHMEND);
    let (i, (bereich, _)) = danach.find(|(_, (_, wort))| TEILNEHMEND.contains(&wort.as_str()))?;
    let dazwischen = zeile.get(anfang.start..bereich.end)?;
    if dazwischen.contains([',', ';', ':', '(', ')', '\t', '.']) {
        return None;
    }
    nomen_danach(zeile, worte, i)
}

/// The words of a line in lower case, each with its place.
pub(super) fn worte(zeile: &str) -> Vec<(Range<usize>, String)> {
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
            gezaehlt("die neun Anwenderkommunen im Kreis Unna"),
            [("neun Anwenderkommunen", 9)]
        );
        assert_eq!(
            gezaehlt("die neun an der Kopfstelle beteiligten Kommunen"),
            [("neun an der Kopfstelle beteiligten Kommunen", 9)]
        );
        assert_eq!(
            gezaehlt("zwei weitere Parteien"),
            [("zwei weitere Parteien", 2)]
        );
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for zeile in [
            "zwei Sitzungen der Kommunen",
            "nach § 23 Gemeinden",
            "im Jahr 2012 Kommunen",
            "1/8 Kommunen",
            "die zehn kreisangehörigen Kommunen",
            "zwei in der Sitzung beteiligte Ämter der Kommunen",
            "die zehn Städte und Gemeinden im Kreis Unna",
            "396 Kommunen in Nordrhein-Westfalen",
            "drei Monaten, Kommunen",
            "am 27.10. Kommunen",
            "ein Drittel der Städte",
            "„Die neun Gemeinden“, so der Bericht für einen anderen Kreis",
        ] {
            assert!(gezaehlt(zeile).is_empty(), "{zeile}: {:?}", gezaehlt(zeile));
        }
    }
}
