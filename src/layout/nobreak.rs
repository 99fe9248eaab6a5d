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
        '≈' if next.is_ascii_digit() || next == '−' => return true,
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
    if next_is_figure && is_street(word) && is_house_number(after) {
        return true;
    }
    if is_postal_code(word) && next.is_uppercase() {
        return true;
    }
    // „GkG NRW“, and „AG AsylbLG NRW“ as a whole.
    if ends_short_form(word) && LANDS.iter().any(|land| starts_with_word(after, land)) {
        return true;
    }
    if word == "AG" && short_form(after) {
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

/// Whether a cell of a table is a body's name alone, „Stadt Lünen“, whose parts stay on one line; running text may break
/// it.
pub(crate) fn is_name(cell: &str) -> bool {
    let kind = cell.split([' ', '\u{a0}']).next().unwrap_or_default();
    BODIES.contains(&kind) && cell.chars().count() <= LONGEST_NAME
}

/// A name longer than this takes two lines in a narrow column, in characters.
const LONGEST_NAME: usize = 28;

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

/// Kinds of bodies, as names begin.
const BODIES: &[&str] = &["Gemeinde", "Kreis", "Kreisstadt", "Stadt"];

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

/// How a Land stands behind the short form of its law.
const LANDS: &[&str] = &[
    "BW", "Bbg", "Bln", "BY", "Hess", "LSA", "MV", "NRW", "NW", "Nds", "RP", "SH", "SL", "Saar",
    "Thür",
];

/// What the names of streets end with.
const STREETS: &[&str] = &[
    "straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "ring", "ufer", "damm", "markt",
    "hof", "wall", "chaussee", "pfad", "steig",
];

/// `Rathausplatz`, `Konrad-Adenauer-Platz`, `Str.`: a capitalised word that ends like a street.
fn is_street(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && STREETS
            .iter()
            .any(|ending| word.to_lowercase().ends_with(ending))
}

/// `1`, `17`, `17a`, `3-5`, and what punctuation follows; not a year, a sum or a date.
fn is_house_number(word: &str) -> bool {
    let number = word.trim_end_matches([',', ';', '.', ')', '“']);
    let figures = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = number.len() - figures.len();
    (1..=3).contains(&count)
        && (figures.is_empty()
            || figures.len() == 1 && figures.starts_with(|c: char| c.is_ascii_lowercase())
            || figures
                .strip_prefix(['-', '–', '/'])
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit())))
}

/// `59199` before the name of its place.
fn is_postal_code(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word ends with the short form of a law: `GkG`, `KrO`, `VwVfG`, `AsylbLG`.
fn ends_short_form(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && short_form(word)
}

/// Whether a word begins as the short form of a law: two capitals at least, the first and the last letter among them.
fn short_form(word: &str) -> bool {
    let letters: Vec<char> = word.chars().take_while(|c| c.is_alphabetic()).collect();
    letters.len() > 1
        && letters.first().is_some_and(|c| c.is_uppercase())
        && letters.last().is_some_and(|c| c.is_uppercase())
}

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
    use super::{is_name, keeps};

    #[test]
    fn a_cell_that_is_a_name_stays_whole() {
        for cell in [
            "Stadt Lünen",
            "Kreis Unna",
            "Gemeinde Holzwickede",
            "Stadt Lünen (Eigenanteil)",
        ] {
            assert!(is_name(cell), "{cell}");
        }
        for cell in ["Stadt und Gemeinde teilen sich den Betrag", "Summe", ""] {
            assert!(!is_name(cell), "{cell}");
        }
    }

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
            "Rathausplatz 1,",
            "Konrad-Adenauer-Platz 1,",
            "Friedrich-Ebert-Straße 17",
            "Hauptstr. 3a,",
            "Weg 5-7",
            "59199 Bönen",
            "GkG NRW",
            "(GkG NRW).",
            "KrO NRW",
            "GO NRW",
            "VwVfG NRW),",
            "DSG NRW",
            "AsylbLG NRW",
            "AG AsylbLG",
            "LBesG NRW",
            "≈ 8,41",
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
            "Marktplatz 2021",
            "Marktplatz 1.200",
            "weg 3",
            "Weg 3.5.2021",
            "Land NRW",
            "AG Köln",
            "GkG NRWs",
        ] {
            let (before, after) = pair.split_once(' ').unwrap();
            assert!(!keeps(before, after), "{pair}");
        }
    }
}
