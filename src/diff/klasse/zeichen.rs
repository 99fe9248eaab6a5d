//! Signs and single letters: which of them say something, and which are mere typography.

use std::ops::Range;

use crate::diff::text::{fussnote, zerlege};

/// Signs that stand for nothing but the flow of a sentence. A dash is one too, unless a number follows it.
const SATZZEICHEN: &str = ",;:.…()[]„“”‚‘’»«›‹\"'´`!-‐‑‒–—−*_#\\";
/// Dashes that all look alike before a number.
pub(super) const STRICHE: &str = "-‐‑‒–—−";
/// Words that mean somebody else when they begin with a capital.
const ANREDEN: [&str; 9] = [
    "sie", "ihnen", "ihr", "ihre", "ihrer", "ihren", "ihrem", "ihres", "ihrige",
];
/// Short words that stand at the beginning of a sentence or within it.
const KURZE: [&str; 20] = [
    "ab", "am", "an", "da", "du", "er", "es", "im", "in", "ja", "ob", "so", "um", "wo", "zu", "je",
    "was", "wer", "wir", "uns",
];
/// Longest word that may be a unit or an abbreviation, in characters.
const LAENGSTE_EINHEIT: usize = 4;
/// What follows „ss“ and „ß“ alike in words that mean different things: Maße and Masse, Buße and Busse.
const ZWEIERLEI: [&str; 4] = ["maße", "buße", "floße", "schoße"];

/// Why a footnote counts.
pub(super) const FUSSNOTE: &str = "Fußnote";
/// Why a sign counts.
pub(super) const ZEICHEN: &str = "Zeichen";
/// Why the target of a link counts.
pub(super) const ZIEL: &str = "Ziel eines Verweises";

/// Why the signs that changed count, if they do. The words between them are judged by others.
pub(super) fn gewicht(
    (alt, a): (&str, &Range<usize>),
    (neu, n): (&str, &Range<usize>),
) -> Option<&'static str> {
    let (alte, neue) = (gewichtige(alt, a), gewichtige(neu, n));
    if alte == neue {
        return None;
    }
    let ist_ziel = |zeichen: &String| ist_fremdes_ziel(zeichen);
    let ist_fussnote = |zeichen: &String| zeichen.starts_with("[^");
    let alle = || alte.iter().chain(&neue);
    Some(if alle().any(ist_ziel) {
        ZIEL
    } else if alle().any(ist_fussnote) {
        FUSSNOTE
    } else if alle().any(|zeichen| zeichen.ends_with('0')) {
        "Zahl"
    } else {
        ZEICHEN
    })
}

/// The signs of a piece of text that say something; one that stands before or after a number ends in `0`.
fn gewichtige(text: &str, bereich: &Range<usize>) -> Vec<String> {
    let ganz = text;
    let mut zeichen = Vec::new();
    let mut at = bereich.start;
    for teil in zerlege(text.get(bereich.clone()).unwrap_or_default()) {
        let davor = text.get(..at).unwrap_or_default();
        at += teil.len();
        let danach = text.get(at..).unwrap_or_default();
        let Some(erstes) = teil.chars().next() else {
            continue;
        };
        if fussnote(teil).is_some() {
            // A footnote is what it says, whatever its number is.
            zeichen.push(format!("[^{}", worte_der_fussnote(ganz, teil)));
            continue;
        }
        if ist_fremdes_ziel(teil) {
            zeichen.push(teil.to_owned());
            continue;
        }
        let ist_zeichen = teil.chars().count() == 1 && !erstes.is_alphanumeric();
        if !ist_zeichen || erstes.is_whitespace() || "€%§|".contains(erstes) {
            continue;
        }
        let zahl_davor = davor.ends_with(|c: char| c.is_numeric() || "%€‰°".contains(c));
        let zahl_danach = vor_einer_zahl(danach);
        let ordnungszahl = erstes == '.'
            && davor.ends_with(|c: char| c.is_ascii_digit())
            && danach.starts_with(' ')
            && danach.trim_start().starts_with(char::is_alphabetic);
        if STRICHE.contains(erstes) {
            if zahl_danach {
                zeichen.push("-0".to_owned());
            }
        } else if ordnungszahl {
            zeichen.push(".0".to_owned());
        } else if !SATZZEICHEN.contains(erstes) {
            let zahl = zahl_davor || zahl_danach;
            zeichen.push(format!("{erstes}{}", if zahl { "0" } else { "" }));
        }
    }
    zeichen
}

/// The text of the footnote that is all that a piece of text holds: its mark, or the text itself.
pub(super) fn fussnote_von(text: &str, bereich: &Range<usize>) -> Option<String> {
    let stueck = text.get(bereich.clone())?.trim();
    let laenge = fussnote(stueck)?;
    let (marke, rest) = stueck.split_at_checked(laenge)?;
    match rest.strip_prefix(':') {
        Some(worte) => Some(worte.trim().to_owned()),
        None if rest.is_empty() => Some(worte_der_fussnote(text, marke).to_owned()),
        None => None,
    }
}

/// The text of a footnote by its mark.
fn worte_der_fussnote<'t>(text: &'t str, marke: &str) -> &'t str {
    let kopf = format!("{marke}:");
    let worte = text.lines().find_map(|zeile| zeile.strip_prefix(&kopf));
    worte.unwrap_or_default().trim()
}

/// Whether a number follows, with nothing but blanks and a sign of currency before it.
fn vor_einer_zahl(danach: &str) -> bool {
    let rest = danach.trim_start_matches([' ', '\u{a0}', '\u{202f}', '€', '$']);
    rest.starts_with(char::is_numeric)
}

/// What a link that leads out of the paper leads to: `](https://…)`, `<https://…>`.
pub(in crate::diff) fn ist_fremdes_ziel(teil: &str) -> bool {
    let ist_adresse = teil.starts_with('<') && teil.ends_with('>') && teil.contains([':', '@']);
    ist_adresse || (teil.starts_with("](") && !teil.starts_with("](#"))
}

/// Whether the same letters in capitals or not may mean something else: „Ihnen“, „Klasse A“, „10 MW“.
pub(super) fn ist_anderes_wort_gross(alt: &str, neu: &str) -> bool {
    let klein = alt.to_lowercase();
    if klein != neu.to_lowercase() || alt == neu {
        return false;
    }
    if ANREDEN.contains(&klein.as_str()) {
        return true;
    }
    let laenge = klein.chars().count();
    let ohne_erstes = |wort: &str| wort.chars().skip(1).collect::<String>();
    let nur_das_erste = ohne_erstes(alt) == ohne_erstes(neu);
    if nur_das_erste {
        laenge <= 2 && !KURZE.contains(&klein.as_str())
    } else {
        laenge <= LAENGSTE_EINHEIT
    }
}

/// Whether „ss“ and „ß“ make two words: „Maße“ and „Masse“.
pub(super) fn ist_anderes_wort_scharf(alt: &str, neu: &str) -> bool {
    let (alt, neu) = (alt.to_lowercase(), neu.to_lowercase());
    let mit_ss = |wort: &str| wort.replace('ß', "ss");
    if alt == neu || mit_ss(&alt) != mit_ss(&neu) {
        return false;
    }
    let anzahl = |wort: &str, stamm: &str| wort.matches(stamm).count();
    ZWEIERLEI
        .iter()
        .any(|stamm| anzahl(&alt, stamm) != anzahl(&neu, stamm))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grund(alt: &str, neu: &str) -> Option<&'static str> {
        gewicht((alt, &(0..alt.len())), (neu, &(0..neu.len())))
    }

    #[test]
    fn a_sign_beside_a_number_counts() {
        for (alt, neu) in [
            ("4.800,00 €", "−4.800,00 €"),
            ("+3", "-3"),
            ("< 10", "> 10"),
            ("≤ 10", "< 10"),
            ("10-12", "10+12"),
            ("± 5", "5"),
            ("nach 3 Monaten", "nach 3. Monaten"),
        ] {
            assert_eq!(grund(alt, neu), Some("Zahl"), "{alt} → {neu}");
        }
        assert_eq!(grund("a = b", "a ≠ b"), Some(ZEICHEN));
        assert_eq!(grund("[a](https://a.de)", "[a](https://b.de)"), Some(ZIEL));
    }

    #[test]
    fn typography_does_not() {
        for (alt, neu) in [
            ("10-12", "10–12"),
            ("-5", "−5"),
            ("\"a\"", "„a“"),
            ("a - b", "a – b"),
            ("a, b", "a; b"),
            ("im Jahr 2022", "im Jahr 2022."),
            ("3-Zimmer", "3 Zimmer"),
            ("[a](#a)", "[a](#b)"),
        ] {
            assert_eq!(grund(alt, neu), None, "{alt} → {neu}");
        }
    }

    #[test]
    fn capitals_tell_an_address_a_letter_and_a_unit_apart() {
        for (alt, neu) in [("Ihnen", "ihnen"), ("A", "a"), ("mW", "MW"), ("kwh", "kWh")] {
            assert!(ist_anderes_wort_gross(alt, neu), "{alt} → {neu}");
        }
        for (alt, neu) in [
            ("Die", "die"),
            ("In", "in"),
            ("WICHTIG", "wichtig"),
            ("Rat", "Rad"),
        ] {
            assert!(!ist_anderes_wort_gross(alt, neu), "{alt} → {neu}");
        }
    }

    #[test]
    fn two_words_are_told_apart_by_their_sharp_s() {
        assert!(ist_anderes_wort_scharf("Maßen", "Massen"));
        assert!(ist_anderes_wort_scharf("Busse", "Buße"));
        assert!(!ist_anderes_wort_scharf("daß", "dass"));
        assert!(!ist_anderes_wort_scharf("Straße", "Strasse"));
        assert!(!ist_anderes_wort_scharf("Maßstab", "Massstab"));
    }
}
