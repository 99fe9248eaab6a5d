//! How the types that serde knows by itself read their text: truth values and whole numbers.

use super::spelling::{shorten, tidy};
use super::value::Wertfehler;

/// `ja`, `nein`, `true`, `false`, in any case.
pub(crate) fn boolean(text: &str) -> Result<bool, Wertfehler> {
    match tidy(text).to_lowercase().as_str() {
        "ja" | "true" => Ok(true),
        "nein" | "false" => Ok(false),
        _ => Err(
            Wertfehler::new(format!("„{}“ ist weder „ja“ noch „nein“", shorten(text)))
                .abhilfe("„ja“ oder „nein“ schreiben"),
        ),
    }
}

/// A whole number without separators, with `-` or `−` in front if negative, between `min` and `max`.
pub(crate) fn integer(text: &str, min: i128, max: i128) -> Result<i128, Wertfehler> {
    let trimmed = &*tidy(text);
    let (negative, digits) = match trimmed.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, trimmed),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(no_integer(trimmed, digits));
    }
    let number = digits
        .parse::<i128>()
        .ok()
        .map(|number| if negative { -number } else { number });
    number
        .filter(|number| (min..=max).contains(number))
        .ok_or_else(|| {
            Wertfehler::new(format!(
                "„{}“ liegt außerhalb des Erlaubten",
                shorten(trimmed)
            ))
            .abhilfe(format!("eine ganze Zahl von {min} bis {max} schreiben"))
        })
}

fn no_integer(text: &str, digits: &str) -> Wertfehler {
    let groups: Vec<&str> = digits.split('.').collect();
    let all_digits = groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let grouped =
        groups.len() > 1 && all_digits && groups.iter().skip(1).all(|group| group.len() == 3);
    if grouped {
        let whole = groups.concat();
        let befund = Wertfehler::new(if groups.len() == 2 {
            format!(
                "„{text}“ ist zweideutig: {whole} mit Tausenderpunkt oder eine Zahl mit drei Nachkommastellen"
            )
        } else {
            format!("„{text}“ enthält Tausenderpunkte")
        });
        return befund.abhilfe(format!("„{whole}“ schreiben, wenn das gemeint ist"));
    }
    if digits.contains(',') && digits.bytes().all(|b| b.is_ascii_digit() || b == b',') {
        return Wertfehler::new(format!("„{text}“ ist keine ganze Zahl"))
            .abhilfe("eine Zahl ohne Komma schreiben");
    }
    Wertfehler::new(format!("„{}“ ist keine ganze Zahl", shorten(text)))
        .abhilfe("nur Ziffern schreiben, etwa 12")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn byte(text: &str) -> Result<i128, String> {
        integer(text, 0, 255).map_err(|e| format!("{} | {}", e.text, e.abhilfe.unwrap_or_default()))
    }

    #[test]
    fn digits_are_a_number() {
        assert_eq!(byte("12"), Ok(12));
        assert_eq!(byte(" 012 "), Ok(12));
    }

    #[test]
    fn both_minus_signs_are_read() {
        assert_eq!(integer("−5", -9, 9), Ok(-5));
        assert_eq!(integer("-5", -9, 9), Ok(-5));
    }

    #[test]
    fn a_grouped_number_is_refused_with_both_readings() {
        let refusal = byte("1.000").unwrap_err();
        assert!(
            refusal.contains("1000 mit Tausenderpunkt oder eine Zahl mit drei Nachkommastellen"),
            "{refusal}"
        );
    }

    #[test]
    fn a_number_out_of_range_names_the_range() {
        assert!(byte("256").unwrap_err().contains("von 0 bis 255"));
        assert!(byte(&"9".repeat(60)).unwrap_err().contains("von 0 bis 255"));
    }

    #[test]
    fn powers_and_fractions_are_no_whole_numbers() {
        assert!(byte("1e3").is_err());
        assert!(byte("1,5").unwrap_err().contains("ohne Komma"));
        assert!(byte("").is_err());
    }

    #[test]
    fn truth_is_german_or_yaml() {
        for (text, expected) in [
            ("ja", true),
            ("Ja", true),
            ("true", true),
            ("nein", false),
            ("NEIN", false),
            ("false", false),
        ] {
            assert_eq!(boolean(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_truth() {
        for text in ["yes", "no", "on", "1", "x", "wahr"] {
            assert_eq!(
                boolean(text).unwrap_err().abhilfe.as_deref(),
                Some("„ja“ oder „nein“ schreiben"),
                "{text}"
            );
        }
    }
}
