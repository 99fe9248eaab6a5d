//! „Meinten Sie …?“: the known word that a mistyped one is closest to.

use super::spelling::umschrift;

/// The word of `known` that `word` most likely means, if one is close enough to propose.
///
/// Case, transliterated umlauts (`koerperschaft`), blanks, hyphens, quotes and invisible characters do not count;
/// then one slip of the finger in three letters is forgiven, at most three.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = skeleton(word);
    let limit = (wanted.chars().count() / 3).min(3);
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::osa_distance(&wanted, &skeleton(candidate)),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What is left of a word when spelling habits are taken away.
fn skeleton(word: &str) -> String {
    let mut skeleton = String::with_capacity(word.len());
    for character in word.chars().flat_map(char::to_lowercase) {
        match umschrift(character) {
            Some(ascii) => skeleton.push_str(ascii),
            None if character.is_alphanumeric() || "/.§%€".contains(character) => {
                skeleton.push(character);
            }
            None => {}
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const KEYS: [&str; 4] = ["nummer", "körperschaft", "titel", "anlagen"];

    #[test]
    fn a_missing_letter_is_forgiven() {
        assert_eq!(nearest("numer", KEYS), Some("nummer"));
    }

    #[test]
    fn swapped_letters_are_one_slip() {
        assert_eq!(nearest("tiitel", KEYS), Some("titel"));
        assert_eq!(nearest("tietl", KEYS), Some("titel"));
    }

    #[test]
    fn transliterated_umlauts_are_the_same() {
        assert_eq!(nearest("koerperschaft", KEYS), Some("körperschaft"));
        assert_eq!(nearest("KÖRPERSCHAFT", KEYS), Some("körperschaft"));
    }

    #[test]
    fn quotes_and_blanks_do_not_count() {
        assert_eq!(nearest("„titel“ ", KEYS), Some("titel"));
    }

    #[test]
    fn a_word_from_elsewhere_is_not_proposed() {
        assert_eq!(nearest("datum", KEYS), None);
        assert_eq!(nearest("xy", KEYS), None);
    }
}
