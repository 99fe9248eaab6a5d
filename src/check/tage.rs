//! Days in a text: all that reads as a date, written 08.11.2021 or 8. November 2021.

use std::ops::Range;

use super::Passage;
use crate::input::Datum;
use crate::input::datum::MONATE;

/// Words before a year that mean its first day.
const JAHRESANFANG: [&str; 8] = [
    "Jahresbeginn",
    "Jahresanfang",
    "Jahreswechsel",
    "Jahr",
    "Jahres",
    "Kalenderjahr",
    "Kalenderjahres",
    "Haushaltsjahres",
];

impl<'b> Passage<'b> {
    /// All days that stand in it, each with its place, in order.
    pub fn tage(&self) -> impl Iterator<Item = (Passage<'b>, Datum)> {
        tage(self.text())
            .into_iter()
            .map(|(bereich, tag)| (self.teil(bereich), tag))
    }
}

impl<'b> Passage<'b> {
    /// First days of years and months that it names in words: „Jahresbeginn 2022“, „Jahreswechsel 2021/2022“, „Januar 2022“,
    /// each with its place.
    pub(super) fn anfaenge(&self) -> impl Iterator<Item = (Passage<'b>, Datum)> {
        anfaenge(self.text())
            .into_iter()
            .map(|(bereich, tag)| (self.teil(bereich), tag))
    }
}

fn anfaenge(text: &str) -> Vec<(Range<usize>, Datum)> {
    let mut gefunden = Vec::new();
    let jahre = JAHRESANFANG.iter().map(|wort| (*wort, 1));
    let monate = (1u32..).zip(MONATE).map(|(zahl, name)| (name, zahl));
    for (wort, monat) in jahre.chain(monate) {
        for (von, _) in text.match_indices(wort) {
            let davor = text.get(..von).unwrap_or_default();
            let rest = text.get(von + wort.len()..).unwrap_or_default();
            // „1. Januar 2022“ is a day.
            let teil_davon = davor.ends_with(char::is_alphanumeric)
                || davor
                    .trim_end()
                    .ends_with(|c: char| c == '.' || c.is_ascii_digit());
            let Some(zahl) = rest.strip_prefix(' ').filter(|_| !teil_davon) else {
                continue;
            };
            let lang = zahl.len()
                - zahl
                    .trim_start_matches(|c: char| c.is_ascii_digit() || c == '/')
                    .len();
            let zahl = zahl.get(..lang).unwrap_or_default();
            let jahr = zahl.rsplit('/').next().filter(|jahr| jahr.len() == 4);
            let tag = jahr.and_then(|jahr| format!("01.{monat:02}.{jahr}").parse().ok());
            if let Some(tag) = tag {
                gefunden.push((von..von + wort.len() + 1 + lang, tag));
            }
        }
    }
    gefunden.sort_by_key(|(bereich, _)| bereich.start);
    gefunden
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

    #[test]
    fn first_days_of_years_and_months_are_named_in_words() {
        let namen = |text| {
            let gefunden = anfaenge(text).into_iter();
            let gefunden = gefunden.map(|(b, tag)| format!("{} = {tag}", &text[b]));
            gefunden.collect::<Vec<_>>()
        };
        assert_eq!(
            namen("zum Jahresbeginn 2022"),
            ["Jahresbeginn 2022 = 01.01.2022"]
        );
        assert_eq!(
            namen("mit Beginn des Jahres 2022"),
            ["Jahres 2022 = 01.01.2022"]
        );
        assert_eq!(
            namen("zum Jahreswechsel 2021/2022"),
            ["Jahreswechsel 2021/2022 = 01.01.2022"]
        );
        assert_eq!(namen("ab März 2022"), ["März 2022 = 01.03.2022"]);
        assert!(namen("am 1. Januar 2022, das Jahr 22, im Vorjahr 2021").is_empty());
    }

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
