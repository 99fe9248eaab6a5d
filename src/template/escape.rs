//! Escaping of data: which characters are risky, and which of them need a backslash where they come to stand.

use std::io::{self, Write};

use super::zeichen::DATEN;

/// Characters that Markdown could read as markup somewhere, and the line break.
const RISKANT: &[char] = &[
    '\\', '*', '_', '`', '[', ']', '<', '>', '&', '|', '~', '#', '+', '-', '=', '.', ')', '!', '\n',
];

/// Tera's escape function: puts [`DATEN`] before each risky character, so that the finishing pass knows it as data.
pub(super) fn markiere(text: &str, ziel: &mut dyn Write) -> io::Result<()> {
    for c in text.chars() {
        if RISKANT.contains(&c) {
            write!(ziel, "{DATEN}")?;
        }
        write!(ziel, "{}", if c == '\t' { ' ' } else { c })?;
    }
    Ok(())
}

/// Whether a risky character of data needs a backslash, given the line before it and the character after it.
pub(super) fn braucht_backslash(c: char, zeile: &str, danach: Option<char>) -> bool {
    let am_anfang = || blockanfang(zeile).is_empty();
    let leer_danach = danach.is_none_or(char::is_whitespace);
    match c {
        '\\' | '*' | '`' | '[' | ']' | '~' | '|' => true,
        '_' => {
            !(zeile.ends_with(char::is_alphanumeric) && danach.is_some_and(char::is_alphanumeric))
        }
        '<' => danach.is_some_and(|d| d.is_ascii_alphabetic() || matches!(d, '/' | '!' | '?')),
        '&' => danach.is_some_and(|d| d.is_ascii_alphanumeric() || d == '#'),
        '#' => am_anfang() || zeile.trim_start().starts_with('#'),
        '>' | '=' => am_anfang(),
        '-' => am_anfang() && (leer_danach || danach == Some('-')),
        '+' => am_anfang() && leer_danach,
        '!' => danach == Some('['),
        '.' | ')' => {
            let anfang = blockanfang(zeile);
            leer_danach
                && (1..=9).contains(&anfang.len())
                && anfang.bytes().all(|b| b.is_ascii_digit())
        }
        _ => false,
    }
}

/// What stands in the line after block quotes and list markers, where a new block could begin.
fn blockanfang(zeile: &str) -> &str {
    let mut rest = zeile.trim_start_matches([' ', '>']);
    loop {
        let nach_zahl = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marke = if nach_zahl.len() < rest.len() {
            nach_zahl.strip_prefix(['.', ')'])
        } else {
            rest.strip_prefix(['-', '*', '+'])
        };
        match marke.and_then(|nach| nach.strip_prefix(' ')) {
            Some(nach) => rest = nach.trim_start_matches([' ', '>']),
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_a_dot_is_a_list_only_at_a_line_start() {
        assert!(braucht_backslash('.', "1", Some(' ')));
        assert!(braucht_backslash('.', "- 30", Some(' ')));
        assert!(!braucht_backslash('.', "am 1", Some(' ')));
        assert!(!braucht_backslash('.', "01", Some('1')));
    }

    #[test]
    fn a_bar_could_belong_to_a_table_that_begins_without_one() {
        assert!(braucht_backslash('|', "Bönen ", Some(' ')));
    }

    #[test]
    fn a_hyphen_begins_a_list_after_a_list_marker_too() {
        assert!(braucht_backslash('-', "- ", Some(' ')));
        assert!(!braucht_backslash('-', "- Castrop", Some('R')));
    }

    #[test]
    fn an_underscore_inside_a_word_stays() {
        assert!(!braucht_backslash('_', "a", Some('b')));
        assert!(braucht_backslash('_', "", Some('b')));
    }
}
