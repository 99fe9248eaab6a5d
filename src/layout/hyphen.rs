//! Where a German word may be broken.
//!
//! hypher knows syllables, not meaning: a table holds the compounds that it breaks wrongly.

use hypher::Lang;

mod joint;

pub(crate) use joint::{Quality, quality};

/// Letters that stay together at each end of a word.
const LEAST_LETTERS: usize = 3;

/// A stretch of letters shorter than this is not hyphenated at all.
const SHORTEST: usize = 6;

/// Longer words are no German, and no pattern was made for them.
const LONGEST_BYTES: usize = 120;

/// Bytes of `word` at which it may be broken with a hyphen, ascending.
///
/// Each stretch of letters between other characters is treated as a word of its own. Abbreviations with several
/// capitals (`AsylbLG`) and addresses are left whole.
pub(crate) fn points(word: &str) -> Vec<u32> {
    let mut points = Vec::new();
    if word.len() < SHORTEST || is_address(word) {
        return points;
    }
    let mut start = None;
    for (at, character) in word.char_indices() {
        match (character.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                stretch(word, from, at, &mut points);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        stretch(word, from, word.len(), &mut points);
    }
    points
}

/// Whether a word is an address of the web or of mail, which no hyphen may break.
pub(crate) fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || word.contains('@')
}

fn stretch(word: &str, from: usize, to: usize, points: &mut Vec<u32>) {
    let Some(letters) = word.get(from..to) else {
        return;
    };
    // Letters beside figures are formulas, numbers of rules or identifiers.
    let figure = |c: Option<char>| c.is_some_and(char::is_numeric);
    if letters.len() > LONGEST_BYTES
        || letters.chars().count() < SHORTEST
        || letters.chars().filter(|c| c.is_uppercase()).count() > 1
        || figure(word[..from].chars().next_back())
        || figure(word[to..].chars().next())
    {
        return;
    }
    let lower = letters.to_lowercase();
    let parts = if lower.len() == letters.len() {
        exception(&lower)
    } else {
        None
    };
    let parts: Vec<usize> = match parts {
        Some(parts) => parts.map(str::len).collect(),
        None => hypher::hyphenate(letters, Lang::German)
            .map(str::len)
            .collect(),
    };
    let mut at = from;
    for (index, length) in parts.iter().enumerate() {
        let start = at;
        at += length;
        let next = parts.get(index + 1).map_or(at, |length| at + length);
        // Patterns that leave a consonant alone have met an unknown compound; neither side of it is to be trusted.
        let whole = |part: &str| part.chars().any(is_vowel);
        if at < to
            && whole(&word[start..at])
            && whole(&word[at..next])
            && word[from..at].chars().count() >= LEAST_LETTERS
            && word[at..to].chars().count() >= LEAST_LETTERS
            && let Ok(point) = u32::try_from(at)
        {
            points.push(point);
        }
    }
}

fn is_vowel(letter: char) -> bool {
    !matches!(
        letter.to_ascii_lowercase(),
        'b' | 'c'
            | 'd'
            | 'f'
            | 'g'
            | 'h'
            | 'j'
            | 'k'
            | 'l'
            | 'm'
            | 'n'
            | 'p'
            | 'q'
            | 'r'
            | 's'
            | 't'
            | 'v'
            | 'w'
            | 'x'
            | 'z'
            | 'ß'
    )
}

/// The parts of a word from the table; the last part takes the ending along.
fn exception(lower: &str) -> Option<impl Iterator<Item = &str>> {
    let entry = EXCEPTIONS.iter().find_map(|entry| {
        let mut rest = lower;
        for part in entry.split('-') {
            rest = rest.strip_prefix(part)?;
        }
        ENDINGS.contains(&rest).then_some(*entry)
    })?;
    let last = entry.split('-').count();
    let mut at = 0;
    Some(entry.split('-').enumerate().map(move |(index, part)| {
        let start = at;
        at = if index + 1 == last {
            lower.len()
        } else {
            at + part.len()
        };
        lower.get(start..at).unwrap_or_default()
    }))
}

/// Endings that a word of the table may bear.
const ENDINGS: [&str; 7] = ["", "s", "es", "e", "en", "n", "er"];

/// Compounds, in small letters, that the patterns break in a wrong or misleading place.
const EXCEPTIONS: &[&str] = &[
    "asyl-instanz",
    "auto-bahn-ende",
    "be-inhal-tung",
    "druck-erzeug-nis",
    "frei-bad-ein-tritt",
    "holz-wickede",
    "mu-sik-er-le-ben",
    "netz-werk-er-wei-te-rung",
    "nut-zer-ent-gelt",
    "pass-wort-än-de-rung",
    "rohr-um-man-te-lung",
    "schwimm-bad-ein-tritt",
    "spiel-ende",
    "stau-ecken",
    "ver-eins-ende",
    "ver-fah-rens-um-ge-bung",
    "wach-stube",
    "zweit-woh-nung-steu-er",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for point in points(word) {
            shown += &word[from..point as usize];
            shown.push('·');
            from = point as usize;
        }
        shown + &word[from..]
    }

    #[test]
    fn syllables_keep_three_letters_at_each_end() {
        assert_eq!(shown("Vereinbarung"), "Ver·ein·ba·rung");
        assert_eq!(shown("Abende"), "Abende");
    }

    #[test]
    fn abbreviations_and_addresses_stay_whole() {
        assert_eq!(shown("AsylbLG"), "AsylbLG");
        assert_eq!(
            shown("https://beispielgemeinde.de"),
            "https://beispielgemeinde.de"
        );
    }

    /// The breaks of an entry that leave letters enough at each end.
    fn of_entry(entry: &str) -> String {
        let mut parts: Vec<&str> = entry.split('-').collect();
        let mut shown = String::new();
        while let Some(part) = (!parts.is_empty()).then(|| parts.remove(0)) {
            shown += part;
            let left = parts.concat().chars().count();
            let said = shown.replace('·', "").chars().count();
            if said >= LEAST_LETTERS && left >= LEAST_LETTERS {
                shown.push('·');
            }
        }
        shown
    }

    #[test]
    fn every_entry_breaks_as_written_and_the_patterns_would_not() {
        for entry in EXCEPTIONS {
            let word = entry.replace('-', "");
            assert_eq!(shown(&word), of_entry(entry));
            let syllables: Vec<&str> = hypher::hyphenate(&word, Lang::German).collect();
            assert_ne!(of_entry(&syllables.join("-")), of_entry(entry), "needless");
        }
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(EXCEPTIONS.is_sorted());
    }

    #[test]
    fn very_long_words_do_no_harm() {
        let word = "wort".repeat(5_000);
        assert!(points(&word).is_empty());
    }

    #[test]
    fn compounds_break_between_their_words() {
        assert_eq!(shown("Verfahrensumgebung"), "Ver·fah·rens·um·ge·bung");
        assert_eq!(shown("Rohrummantelungen"), "Rohr·um·man·te·lungen");
        assert_eq!(shown("Holzwickede"), "Holz·wickede");
        assert_eq!(shown("Inkrafttretens"), "Inkraft·tre·tens");
    }

    #[test]
    fn the_words_of_council_papers_break_well() {
        for word in [
            "Auf·ga·ben·wahr·neh·mung",
            "Asyl·be·wer·ber·leis·tungs·ge·setz",
            "Rech·nungs·prü·fungs·aus·schuss",
            "Bekannt·ma·chungs·an·ord·nung",
            "Per·so·nal·kos·ten·er·stat·tung",
            "Ein·zel·fall·ent·schei·dung",
            "Zweck·ver·bands·sat·zung",
        ] {
            assert_eq!(shown(&word.replace('·', "")), word);
        }
    }

    /// Words of real council papers, each read by a person: no break misleads.
    #[test]
    fn the_words_of_councils_break_as_they_were_read() {
        let words: Vec<&str> = include_str!("hyphen/woerter.txt").lines().collect();
        assert!(words.len() > 600);
        let wrong: Vec<String> = words
            .iter()
            .map(|word| (word, shown(&word.replace('·', ""))))
            .filter(|(word, now)| *word != now)
            .map(|(word, now)| format!("{word} → {now}"))
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn a_consonant_alone_is_no_syllable() {
        for word in ["Nutzerentgeltes", "Hallenbadeintritt", "Vergnügungsteuer"] {
            let parts = shown(word);
            assert!(
                parts.split('·').all(|part| part.chars().any(is_vowel)),
                "{parts}"
            );
        }
    }
}
