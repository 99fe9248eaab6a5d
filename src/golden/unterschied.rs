//! A short unified diff: few lines, long lines cut to where they differ, and counts of what was left out.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Most lines of a diff that are shown.
const ZEILEN: usize = 14;
/// Longest line that is shown whole, in characters.
const BREITE: usize = 110;
/// How many characters stand around a difference in a longer line.
const UMFELD: usize = 40;

/// Above how many pairs of lines nobody looks for lines that stayed among lines that changed.
const AUFWAND: usize = 25_000_000;

/// The lines of a text with their ends.
pub(super) fn zeilen(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// How lines became others. Texts that are long and have little in common are replaced as a whole.
pub(super) fn schritte<T: Eq + std::hash::Hash + Ord>(alt: &[T], neu: &[T]) -> Vec<DiffOp> {
    let vorn = alt.iter().zip(neu).take_while(|(a, b)| a == b).count();
    let hinten = alt[vorn..]
        .iter()
        .rev()
        .zip(neu[vorn..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (weg, dazu) = (alt.len() - vorn - hinten, neu.len() - vorn - hinten);
    if weg.saturating_mul(dazu) <= AUFWAND {
        return capture_diff_slices(Algorithm::Myers, alt, neu);
    }
    let gleich = |alt, neu, len| DiffOp::Equal {
        old_index: alt,
        new_index: neu,
        len,
    };
    let ersetzt = DiffOp::Replace {
        old_index: vorn,
        old_len: weg,
        new_index: vorn,
        new_len: dazu,
    };
    [
        gleich(0, 0, vorn),
        ersetzt,
        gleich(vorn + weg, vorn + dazu, hinten),
    ]
    .into_iter()
    .filter(|op| !op.old_range().is_empty() || !op.new_range().is_empty())
    .collect()
}

/// A short unified diff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unterschied {
    /// The diff; empty if there is nothing to show.
    pub text: String,
    /// Lines that only the papers of now have.
    pub neu: usize,
    /// Lines that only the golden file has.
    pub weg: usize,
    /// Lines of the diff that are not shown.
    pub ausgelassen: usize,
    /// First line of the golden file that differs, from 1.
    pub zeile: usize,
    /// Where the text of now differs: the first byte of each place.
    pub(super) bytes: Vec<usize>,
}

impl Unterschied {
    /// What differs between a golden file and now.
    pub(super) fn zwischen(datei: &str, alt: &str, neu: &str) -> Self {
        let (alte, neue) = (zeilen(alt), zeilen(neu));
        let mut unterschied = Self::default();
        let mut zeilen = Vec::new();
        let beginne: Vec<usize> = neue
            .iter()
            .scan(0, |ende, zeile| {
                let beginn = *ende;
                *ende += zeile.len();
                Some(beginn)
            })
            .collect();
        for gruppe in group_diff_ops(schritte(&alte, &neue), 1) {
            let (Some(erste), Some(letzte)) = (gruppe.first(), gruppe.last()) else {
                continue;
            };
            zeilen.push(format!(
                "@@ -{} +{} @@",
                spanne(erste.old_range().start, letzte.old_range().end),
                spanne(erste.new_range().start, letzte.new_range().end)
            ));
            for op in gruppe {
                let ausschnitt = |zeilen: &[&str], bereich: Range<usize>| -> Vec<String> {
                    let zeilen = zeilen.get(bereich).unwrap_or_default().iter();
                    zeilen
                        .map(|z| z.trim_end_matches('\n').to_owned())
                        .collect()
                };
                if matches!(op, DiffOp::Equal { .. }) {
                    let gleich = ausschnitt(&alte, op.old_range());
                    zeilen.extend(gleich.iter().map(|z| format!(" {}", gekuerzt(z, None))));
                    continue;
                }
                let (weg, dazu) = (
                    ausschnitt(&alte, op.old_range()),
                    ausschnitt(&neue, op.new_range()),
                );
                if unterschied.zeile == 0 {
                    unterschied.zeile = op.old_range().start + 1;
                }
                if !dazu.is_empty() {
                    unterschied.bytes.push(
                        beginne
                            .get(op.new_range().start)
                            .copied()
                            .unwrap_or(neu.len())
                            + gemeinsam(weg.first(), dazu.first()),
                    );
                }
                unterschied.weg += weg.len();
                unterschied.neu += dazu.len();
                zeilen.extend(
                    weg.iter()
                        .enumerate()
                        .map(|(i, z)| format!("-{}", gekuerzt(z, dazu.get(i)))),
                );
                zeilen.extend(
                    dazu.iter()
                        .enumerate()
                        .map(|(i, z)| format!("+{}", gekuerzt(z, weg.get(i)))),
                );
            }
        }
        if zeilen.is_empty() {
            return unterschied;
        }
        unterschied.ausgelassen = zeilen.len().saturating_sub(ZEILEN);
        zeilen.truncate(ZEILEN);
        unterschied.text = format!("--- golden/{datei}\n+++ jetzt\n{}\n", zeilen.join("\n"));
        unterschied
    }
}

/// Lines as a diff names them: the first from 1, and how many.
fn spanne(von: usize, bis: usize) -> String {
    match bis - von {
        0 => format!("{von},0"),
        1 => (von + 1).to_string(),
        anzahl => format!("{},{anzahl}", von + 1),
    }
}

/// How many bytes two lines have in common at their beginning.
fn gemeinsam(a: Option<&String>, b: Option<&String>) -> usize {
    match (a, b) {
        (Some(a), Some(b)) => a
            .char_indices()
            .zip(b.chars())
            .find(|((_, x), y)| x != y)
            .map_or(a.len().min(b.len()), |((at, _), _)| at),
        _ => 0,
    }
}

/// A long line around the place where it differs from another; without one, its beginning.
fn gekuerzt(zeile: &str, andere: Option<&String>) -> String {
    let zeichen: Vec<char> = zeile.chars().collect();
    // Of a pair both are cut, so that what differs stands one above the other.
    let andere_lang = andere.is_some_and(|andere| andere.chars().count() > BREITE);
    if zeichen.len() <= BREITE && !andere_lang {
        return zeile.to_owned();
    }
    let (vorn, hinten) = match andere {
        None => (0, zeichen.len()),
        Some(andere) => {
            let andere: Vec<char> = andere.chars().collect();
            let vorn = zeichen
                .iter()
                .zip(&andere)
                .take_while(|(a, b)| a == b)
                .count();
            let hinten = zeichen[vorn..]
                .iter()
                .rev()
                .zip(andere[vorn..].iter().rev())
                .take_while(|(a, b)| a == b)
                .count();
            (vorn, zeichen.len() - hinten)
        }
    };
    let von = vorn.saturating_sub(UMFELD);
    let bis = (hinten + UMFELD).min(zeichen.len()).min(von + BREITE);
    let mut kurz = String::new();
    if von > 0 {
        kurz.push('…');
    }
    kurz.extend(&zeichen[von..bis]);
    if bis < zeichen.len() {
        kurz.push('…');
    }
    kurz
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_has_a_line_of_context_and_counts() {
        let u = Unterschied::zwischen("a.md", "a\nb\nc\nd\n", "a\nb\nC\nd\n");
        assert_eq!(
            u.text,
            "--- golden/a.md\n+++ jetzt\n@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n"
        );
        assert_eq!((u.weg, u.neu, u.zeile), (1, 1, 3));
        assert_eq!(u.bytes, [4]);
    }

    #[test]
    fn a_long_line_is_cut_to_where_it_differs() {
        let vorn = "wort ".repeat(60);
        let (alt, neu) = (format!("{vorn}A, B und C\n"), format!("{vorn}A B und C\n"));
        let u = Unterschied::zwischen("a.md", &alt, &neu);
        assert!(u.text.contains("\n-…"), "{}", u.text);
        assert!(u.text.contains("wort A, B und C\n+…"), "{}", u.text);
        assert!(u.text.contains("wort A B und C\n"), "{}", u.text);
        assert_eq!(u.bytes, [vorn.len() + 1]);
    }

    #[test]
    fn a_long_diff_is_clipped_and_says_how_much() {
        let neu: String = (0..100).map(|i| format!("{i}\n")).collect();
        let u = Unterschied::zwischen("a.md", "", &neu);
        assert_eq!((u.neu, u.ausgelassen), (100, 101 - ZEILEN));
        assert_eq!(u.text.lines().count(), ZEILEN + 2);
    }

    #[test]
    fn long_texts_with_nothing_in_common_are_replaced_as_a_whole() {
        let zahlen = |von: usize| (von..von + 6_000).collect::<Vec<_>>();
        let (mut alt, mut neu) = (zahlen(0), zahlen(10_000));
        alt.insert(0, 99_999);
        neu.insert(0, 99_999);
        let schritte = schritte(&alt, &neu);
        assert_eq!(schritte.len(), 2);
        assert_eq!(schritte[1].new_range(), 1..6_001);
    }

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(Unterschied::zwischen("a.md", "a\n", "a\n").text, "");
    }
}
