//! Words of two paragraphs against each other, so that people can read what changed: changes that only a joining word
//! parts are one, and in a list the names hold their places.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::input::datum::MONATE;

/// A run of words, kept or changed, by the indices of the words on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wortlauf {
    pub(super) alt: Range<usize>,
    pub(super) neu: Range<usize>,
    pub(super) gleich: bool,
}

/// The runs that make the new words of the old ones, in order and without gaps.
pub(super) fn laeufe(alt: &[&str], neu: &[&str]) -> Vec<Wortlauf> {
    let ops = capture_diff_slices(Algorithm::Myers, alt, neu);
    let roh: Vec<Wortlauf> = ops
        .iter()
        .map(|op| Wortlauf {
            alt: op.old_range(),
            neu: op.new_range(),
            gleich: matches!(op, DiffOp::Equal { .. }),
        })
        .collect();
    let mut laeufe: Vec<Wortlauf> = Vec::new();
    let mut i = 0;
    while let Some(lauf) = roh.get(i) {
        let mut bis = i;
        // Goes on over a joining word to the next change.
        while !lauf.gleich
            && let (Some(hier), Some(fuge), Some(danach)) =
                (roh.get(bis), roh.get(bis + 1), roh.get(bis + 2))
            && (verbindet(alt, fuge) && !danach.gleich)
            && (ist_einseitig(hier) || ist_einseitig(danach))
        {
            bis += 2;
        }
        let letzter = roh.get(bis).unwrap_or(lauf);
        let ganz = Wortlauf {
            alt: lauf.alt.start..letzter.alt.end,
            neu: lauf.neu.start..letzter.neu.end,
            gleich: lauf.gleich,
        };
        if bis == i {
            laeufe.push(ganz);
        } else {
            nach_namen(alt, neu, &ganz, &mut laeufe);
        }
        i = bis + 1;
    }
    mit_ganzen_tagen(alt, neu, laeufe)
}

/// Changes within one day that is spelled out are one: a day is one fact.
fn mit_ganzen_tagen(alt: &[&str], neu: &[&str], laeufe: Vec<Wortlauf>) -> Vec<Wortlauf> {
    let (tage_alt, tage_neu) = (tage(alt), tage(neu));
    let in_einem = |tage: &[Range<usize>], von: usize, bis: usize| {
        let mut tage = tage.iter();
        tage.any(|tag| tag.start <= von && bis <= tag.end)
    };
    let mut ganze: Vec<Wortlauf> = Vec::new();
    for lauf in laeufe {
        let fuge = ganze.last().filter(|fuge| fuge.gleich && !lauf.gleich);
        let davor = ganze.iter().nth_back(1).filter(|davor| !davor.gleich);
        let davor = davor.filter(|davor| {
            fuge.is_some()
                && in_einem(&tage_alt, davor.alt.start, lauf.alt.end)
                && in_einem(&tage_neu, davor.neu.start, lauf.neu.end)
        });
        match davor.cloned() {
            Some(davor) => {
                ganze.truncate(ganze.len() - 2);
                ganze.push(Wortlauf {
                    alt: davor.alt.start..lauf.alt.end,
                    neu: davor.neu.start..lauf.neu.end,
                    gleich: false,
                });
            }
            None => ganze.push(lauf),
        }
    }
    ganze
}

/// The days that are spelled out, by the indices of their words: „9. November 2021“, „9. November“, „November 2021“.
fn tage(worte: &[&str]) -> Vec<Range<usize>> {
    let wort = |i: Option<usize>| i.and_then(|i| worte.get(i)).copied().unwrap_or_default();
    let ist_luecke = |wort: &str| !wort.is_empty() && wort.trim().is_empty();
    let ziffern = |wort: &str| {
        wort.bytes()
            .all(|b| b.is_ascii_digit())
            .then_some(wort.len())
    };
    let monate = worte.iter().enumerate();
    let monate = monate.filter(|(_, wort)| MONATE.contains(wort));
    let tage = monate.map(|(at, _)| {
        let vor = |n| wort(at.checked_sub(n));
        let hat_tag = ist_luecke(vor(1)) && vor(2) == "." && matches!(ziffern(vor(3)), Some(1 | 2));
        let hat_jahr = ist_luecke(wort(Some(at + 1))) && ziffern(wort(Some(at + 2))) == Some(4);
        let von = if hat_tag { at - 3 } else { at };
        von..if hat_jahr { at + 3 } else { at + 1 }
    });
    tage.collect()
}

fn ist_einseitig(lauf: &Wortlauf) -> bool {
    lauf.alt.is_empty() || lauf.neu.is_empty()
}

/// Kept words that only join others: „und“, „sowie“, a comma, a blank.
fn verbindet(alt: &[&str], lauf: &Wortlauf) -> bool {
    let worte = alt.get(lauf.alt.clone()).unwrap_or_default();
    let mut anzahl = 0;
    lauf.gleich
        && worte.iter().all(|wort| {
            if wort.trim().is_empty() {
                return true;
            }
            anzahl += 1;
            matches!(*wort, "und" | "sowie" | "oder" | ",")
        })
        && anzahl == 1
}

/// Several changes as one; names that both sides have stay where they are.
fn nach_namen(alt: &[&str], neu: &[&str], lauf: &Wortlauf, laeufe: &mut Vec<Wortlauf>) {
    let namen = |worte: &[&str], bereich: &Range<usize>| -> Vec<usize> {
        bereich
            .clone()
            .filter(|i| {
                let wort = worte.get(*i).and_then(|wort| wort.chars().next());
                wort.is_some_and(char::is_uppercase)
            })
            .collect()
    };
    let (stellen_alt, stellen_neu) = (namen(alt, &lauf.alt), namen(neu, &lauf.neu));
    let worte = |worte: &[&str], stellen: &[usize]| -> Vec<String> {
        let worte = stellen.iter().filter_map(|i| worte.get(*i));
        worte.map(|wort| (*wort).to_owned()).collect()
    };
    let ops = capture_diff_slices(
        Algorithm::Myers,
        &worte(alt, &stellen_alt),
        &worte(neu, &stellen_neu),
    );
    let (mut a, mut n) = (lauf.alt.start, lauf.neu.start);
    let aendere = |a: usize, n: usize, bis_a: usize, bis_n: usize, laeufe: &mut Vec<Wortlauf>| {
        let (mut a, mut n, mut bis_a, mut bis_n) = (a, n, bis_a, bis_n);
        let gleich = |a: usize, n: usize| alt.get(a) == neu.get(n);
        let mut vorn = 0;
        while a < bis_a && n < bis_n && gleich(a, n) {
            (a, n, vorn) = (a + 1, n + 1, vorn + 1);
        }
        let mut hinten = 0;
        while a < bis_a && n < bis_n && gleich(bis_a - 1, bis_n - 1) {
            (bis_a, bis_n, hinten) = (bis_a - 1, bis_n - 1, hinten + 1);
        }
        for (alt, neu, gleich) in [
            (a - vorn..a, n - vorn..n, true),
            (a..bis_a, n..bis_n, false),
            (bis_a..bis_a + hinten, bis_n..bis_n + hinten, true),
        ] {
            if !alt.is_empty() || !neu.is_empty() {
                laeufe.push(Wortlauf { alt, neu, gleich });
            }
        }
    };
    for op in &ops {
        if !matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        for (i, j) in op.old_range().zip(op.new_range()) {
            let (Some(name_alt), Some(name_neu)) = (stellen_alt.get(i), stellen_neu.get(j)) else {
                continue;
            };
            aendere(a, n, *name_alt, *name_neu, laeufe);
            laeufe.push(Wortlauf {
                alt: *name_alt..name_alt + 1,
                neu: *name_neu..name_neu + 1,
                gleich: true,
            });
            (a, n) = (name_alt + 1, name_neu + 1);
        }
    }
    aendere(a, n, lauf.alt.end, lauf.neu.end, laeufe);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::text::zerlege;

    fn gezeigt(alt: &str, neu: &str) -> String {
        let (alt, neu) = (zerlege(alt), zerlege(neu));
        laeufe(&alt, &neu)
            .iter()
            .map(|lauf| {
                let (a, n) = (
                    alt[lauf.alt.clone()].concat(),
                    neu[lauf.neu.clone()].concat(),
                );
                if lauf.gleich {
                    a
                } else {
                    format!("[-{a}-]{{+{n}+}}")
                        .replace("{++}", "")
                        .replace("[--]", "")
                }
            })
            .collect()
    }

    #[test]
    fn in_a_list_the_names_hold_their_places() {
        assert_eq!(
            gezeigt(
                "Lünen, Schwerte, Unna und Werne sowie",
                "Lünen, Schwerte und Unna sowie"
            ),
            "Lünen, Schwerte[-,-]{+ und+} Unna[- und Werne-] sowie"
        );
    }

    #[test]
    fn two_other_words_stay_two_changes() {
        assert_eq!(
            gezeigt("der 9. Bezirk im Norden", "der 14. Bezirk im Süden"),
            "der [-9-]{+14+}. Bezirk im [-Norden-]{+Süden+}"
        );
    }

    #[test]
    fn a_day_that_is_spelled_out_is_one_change() {
        assert_eq!(
            gezeigt("zum 31. Dezember 2024 mit", "zum 30. Juni 2026 mit"),
            "zum [-31. Dezember 2024-]{+30. Juni 2026+} mit"
        );
        assert_eq!(
            gezeigt("am 9. November 2021", "am 14. Dezember 2021"),
            "am [-9. November-]{+14. Dezember+} 2021"
        );
        assert_eq!(
            gezeigt("ab Mai\u{a0}2024", "ab Juni\u{a0}2025"),
            "ab [-Mai\u{a0}2024-]{+Juni\u{a0}2025+}"
        );
    }

    #[test]
    fn one_other_part_of_a_day_stays_one_word() {
        assert_eq!(
            gezeigt("am 31. Dezember 2024", "am 31. Dezember 2026"),
            "am 31. Dezember [-2024-]{+2026+}"
        );
    }

    #[test]
    fn two_days_beside_each_other_stay_two() {
        assert_eq!(
            gezeigt("vom 1. Mai bis 9. Juni 2024", "vom 2. Mai bis 9. Juli 2024"),
            "vom [-1-]{+2+}. Mai bis 9. [-Juni-]{+Juli+} 2024"
        );
    }
}
