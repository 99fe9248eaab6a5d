//! Spaces at which no line may end: „§ 5“, „10 %“, „1. Januar“, „Dr. X“.
//!
//! A table of the layout: the text itself keeps its ordinary spaces.

/// Whether the space between two words must not become a line's end.
///
/// The words stand as in the text, with the punctuation that touches them.
pub(crate) fn keeps(before: &str, after: &str) -> bool {
    let word = before.trim_start_matches(OPENING);
    let Some(next) = after.chars().next() else {
        return false;
    };
    if starts_with_dash(after) || is_lone(after, "…") {
        return true;
    }
    let Some(last) = word.chars().next_back() else {
        return false;
    };
    match last {
        '§' => return true,
        '.' => {
            if abbreviated(word, after) || BEFORE_NAME.contains(&word) {
                return true;
            }
            if is_day(word) && MONTHS.iter().any(|month| starts_with_word(after, month)) {
                return true;
            }
        }
        _ => {}
    }
    let next_is_figure = next.is_ascii_digit();
    if next_is_figure && (BEFORE_FIGURE.contains(&word) || is_capital(word)) {
        return true;
    }
    if BEFORE_LETTER.contains(&word) && is_clause_letter(after) {
        return true;
    }
    if matches!(word, "Mio." | "Mrd." | "Tsd.") {
        return ["€", "Euro", "EUR"]
            .iter()
            .any(|unit| starts_with_word(after, unit));
    }
    let is_figure =
        last.is_ascii_digit() || "½¼¾⅛²³".contains(last) || last == '–' && word.contains(',');
    is_figure
        && word
            .chars()
            .any(|c| c.is_ascii_digit() || "½¼¾⅛".contains(c))
        && UNITS.iter().any(|unit| starts_with_word(after, unit))
}

/// Characters that may open a word.
const OPENING: [char; 8] = ['(', '[', '„', '‚', '»', '›', '"', '\''];

/// Words that belong to the number after them.
const BEFORE_FIGURE: &[&str] = &[
    "Abs.",
    "Absatz",
    "Abschnitt",
    "Absätze",
    "Anlage",
    "Anm.",
    "Art.",
    "Artikel",
    "Az.",
    "Bd.",
    "Buchst.",
    "Drs.",
    "Drucksache",
    "EG",
    "EUR",
    "Entgeltgruppe",
    "FB",
    "FD",
    "Fn.",
    "GV.",
    "Hs.",
    "Kap.",
    "Kapitel",
    "Nr.",
    "Nrn.",
    "Nummer",
    "Rn.",
    "S.",
    "Satz",
    "Seite",
    "TOP",
    "Tz.",
    "Ziff.",
    "Ziffer",
    "€",
];

/// Words that belong to the letter after them.
const BEFORE_LETTER: &[&str] = &["Buchst.", "Buchstabe", "lit.", "Lit."];

/// Abbreviations that belong to the name after them.
const BEFORE_NAME: &[&str] = &[
    "Dr.",
    "Prof.",
    "Hr.",
    "Fr.",
    "St.",
    "Dipl.-Ing.",
    "Dipl.-Verw.",
];

/// The months, as they follow a day.
const MONTHS: &[&str] = &[
    "Januar",
    "Jan.",
    "Februar",
    "Feb.",
    "März",
    "April",
    "Apr.",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "Aug.",
    "September",
    "Sept.",
    "Oktober",
    "Okt.",
    "November",
    "Nov.",
    "Dezember",
    "Dez.",
];

/// What may follow a number and belongs to it.
const UNITS: &[&str] = &[
    "%", "‰", "€", "EUR", "Euro", "Cent", "Uhr", "Mio.", "Mrd.", "Tsd.", "f.", "ff.", "v.", "vom",
    "km", "km²", "m", "m²", "m³", "cm", "mm", "ha", "kg", "g", "t", "l", "kW", "kWh", "MW", "MWh",
    "°C", "h", "Std.", "Min.", "psch", "Stück", "MB", "GB",
];

fn starts_with_dash(word: &str) -> bool {
    is_lone(word, "–") || is_lone(word, "—") || is_lone(word, "-")
}

/// Whether a word is just this sign, with punctuation behind it at most.
fn is_lone(word: &str, sign: &str) -> bool {
    word.strip_prefix(sign)
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_punctuation()))
}

/// Whether `text` begins with `word`, and no letter or figure goes on after it.
fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `z. B.`, `i. V. m.`: a letter with a full stop before another one.
fn abbreviated(before: &str, after: &str) -> bool {
    let mut letters = before.trim_end_matches('.').chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let Some((head, _)) = after.split_once('.') else {
        return false;
    };
    single && (1..=3).contains(&head.chars().count()) && head.chars().all(char::is_alphabetic)
}

fn is_day(word: &str) -> bool {
    let figures = word.trim_end_matches('.');
    word.len() == figures.len() + 1
        && figures
            .parse::<u8>()
            .is_ok_and(|day| (1..=31).contains(&day))
}

fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// `a`, `b)`, `aa`: one or two small letters.
fn is_clause_letter(word: &str) -> bool {
    let letters = word.chars().take_while(|c| c.is_lowercase()).count();
    (1..=2).contains(&letters) && !word.chars().nth(letters).is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::keeps;

    #[test]
    fn what_belongs_together_stays_together() {
        for pair in [
            "§ 5",
            "(§ 5",
            "§§ 23",
            "Abs. 1",
            "Satz 2",
            "Nr. 1",
            "Art. 28",
            "10 %",
            "5 €",
            "1. Januar",
            "9. November",
            "Dr. X",
            "z. B.",
            "i. V.",
            "V. m.",
            "o. g.",
            "v. g.",
            "u. a.,",
            "S. 621",
            "EG 10",
            "A 11",
            "12 km",
            "640 m²",
            "1,5 Mio.",
            "Mio. €",
            "Buchst. a",
            "23 ff.",
            "Wort –",
            "8 v.",
            "1,– €",
            "Anlage 2",
        ] {
            let (before, after) = pair.split_once(' ').unwrap();
            assert!(keeps(before, after), "{pair}");
        }
    }

    #[test]
    fn other_spaces_may_end_a_line() {
        for pair in [
            "Der Landrat",
            "– Wort",
            "2012 wurde",
            "10 Marktplätze",
            "31. Dezemberabend",
            "32. Januar",
            "g. Änderungen",
            "m. §",
            "Stadt Unna",
            "12 lange",
        ] {
            let (before, after) = pair.split_once(' ').unwrap();
            assert!(!keeps(before, after), "{pair}");
        }
    }
}
