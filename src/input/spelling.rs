//! Spelling that does not matter: blanks of all kinds, invisible characters, quotes around a value.

/// The text without blanks and invisible characters around it, and with ordinary blanks within.
pub(crate) fn tidy(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Characters without width that come with copied text: soft hyphens, zero-width blanks, direction marks, byte order marks.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// How names without umlauts spell this one: `ae` for „ä“.
pub(crate) fn umschrift(character: char) -> Option<&'static str> {
    Some(match character {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'Ä' => "Ae",
        'Ö' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        _ => return None,
    })
}

/// Whether this is a quote of any kind.
pub(crate) fn ist_anfuehrung(character: char) -> bool {
    "\"'„“”‚‘’»«`".contains(character)
}

/// What stands between quotes of any kind, if the whole text does.
pub(crate) fn unquoted(text: &str) -> Option<&str> {
    let inner = text
        .trim()
        .strip_prefix(ist_anfuehrung)?
        .strip_suffix(ist_anfuehrung)?;
    Some(inner.trim())
}

/// A text that fits into a sentence: one line, at most forty characters.
pub(crate) fn shorten(text: &str) -> String {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 && line.len() == text.len() {
        return line.to_owned();
    }
    let head: String = line.chars().take(39).collect();
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_invisible_characters_do_not_matter() {
        assert_eq!(tidy("\u{200B} 88\u{A0}000\u{202F}€ \u{FEFF}"), "88 000 €");
    }

    #[test]
    fn quotes_are_taken_off_in_pairs() {
        assert_eq!(unquoted("„ja“"), Some("ja"));
        assert_eq!(unquoted("„ja"), None);
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(shorten(&"x".repeat(50)).chars().count(), 40);
        assert_eq!(shorten("eins\nzwei"), "eins…");
        assert_eq!(shorten(" kurz "), "kurz");
    }
}
