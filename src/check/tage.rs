//! Days in a text: all that reads as a date, written 08.11.2021 or 8. November 2021.

use std::ops::Range;

use super::Passage;
use crate::input::Datum;

impl<'b> Passage<'b> {
    /// All days that stand in it, each with its place, in order.
    pub fn tage(&self) -> impl Iterator<Item = (Passage<'b>, Datum)> {
        tage(self.text())
            .into_iter()
            .map(|(bereich, tag)| (self.teil(bereich), tag))
    }
}

fn tage(text: &str) -> Vec<(Range<usize>, Datum)> {
    let mut gefunden: Vec<(Range<usize>, Datum)> = Vec::new();
    let mut vorher = ' ';
    for (von, c) in text.char_indices() {
        let im_letzten = gefunden
            .last()
            .is_some_and(|(bereich, _)| von < bereich.end);
        if c.is_ascii_digit()
            && !vorher.is_alphanumeric()
            && !im_letzten
            && let Some(lang) = text.get(von..).and_then(laenge)
            && let Some(Ok(tag)) = text.get(von..von + lang).map(str::parse)
        {
            gefunden.push((von..von + lang, tag));
        }
        vorher = c;
    }
    gefunden
}

/// How long the date is with which a text begins: day, point, month as number or word, year of four digits.
fn laenge(text: &str) -> Option<usize> {
    let rest = ziffern(text, 1..=2)?.trim_start_matches(' ');
    let rest = rest.strip_prefix('.')?.trim_start_matches(' ');
    let rest = match ziffern(rest, 1..=2) {
        Some(rest) => rest.strip_prefix('.')?,
        None => rest.trim_start_matches(char::is_alphabetic),
    };
    let rest = ziffern(rest.trim_start_matches(' '), 4..=4)?;
    Some(text.len() - rest.len())
}

/// What follows the digits with which a text begins, if there are as many of them.
fn ziffern(text: &str, zahl: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    zahl.contains(&(text.len() - rest.len())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gefunden(text: &str) -> Vec<(&str, String)> {
        tage(text)
            .into_iter()
            .map(|(bereich, tag)| (&text[bereich], tag.to_string()))
            .collect()
    }

    #[test]
    fn both_ways_of_writing_are_read() {
        assert_eq!(
            gefunden("vom 01.10.1979 bis 8. November 2021."),
            [
                ("01.10.1979", "01.10.1979".to_owned()),
                ("8. November 2021", "08.11.2021".to_owned())
            ]
        );
    }

    #[test]
    fn what_is_no_day_is_left_alone() {
        assert!(
            gefunden("§ 24 Abs. 2, 31.02.2021, 1.2.21, 31. März, S. 218b, 12.0544.2021").is_empty()
        );
    }
}
