//! Calendar dates, as German papers write them.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer};

use super::spelling::{shorten, tidy};
use super::suggest::nearest;
use super::value::{Wertfehler, deserialize_scalar};

/// The months, as they are written out.
pub(crate) const MONATE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const BEISPIEL: &str = "08.11.2021";

/// The years that a date may lie in; others are slips of the finger.
const JAHRE: std::ops::RangeInclusive<u32> = 1900..=2199;

/// A day from 1900 to 2199. Written 08.11.2021, 8.11.2021, 8. November 2021 or 2021-11-08; printed 08.11.2021.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Datum(NaiveDate);

impl Datum {
    /// The day as chrono knows it.
    pub fn tag(self) -> NaiveDate {
        self.0
    }

    /// The date with the month written out: 8. November 2021.
    pub fn lang(self) -> String {
        let monat = MONATE
            .get(self.0.month0() as usize)
            .copied()
            .unwrap_or_default();
        format!("{}. {monat} {}", self.0.day(), self.0.year())
    }

    fn from_parts(tag: &str, monat: u32, jahr: &str) -> Result<Self, Wertfehler> {
        let (Ok(tag), Ok(jahr_zahl)) = (tag.parse::<u32>(), jahr.parse::<u32>()) else {
            return Err(kein_datum(&format!("{tag}.{monat}.{jahr}")));
        };
        if jahr.len() == 2 {
            let voll = format!("{tag:02}.{monat:02}.20{jahr}");
            return Err(
                Wertfehler::new("das Jahr ist nur mit zwei Ziffern angegeben")
                    .abhilfe(format!("das Jahr vierstellig schreiben, etwa {voll}")),
            );
        }
        if !(1..=12).contains(&monat) {
            return Err(kein_monat(tag, monat, jahr));
        }
        if !JAHRE.contains(&jahr_zahl) {
            return Err(Wertfehler::new(format!(
                "das Jahr {jahr} liegt nicht zwischen {} und {}",
                JAHRE.start(),
                JAHRE.end()
            ))
            .abhilfe("das Jahr prüfen"));
        }
        let jahr_zahl = i32::try_from(jahr_zahl).unwrap_or_default();
        NaiveDate::from_ymd_opt(jahr_zahl, monat, tag)
            .map(Self)
            .ok_or_else(|| {
                let name = MONATE.get(monat as usize - 1).copied().unwrap_or_default();
                let tage = (28..=31)
                    .rev()
                    .find(|tag| NaiveDate::from_ymd_opt(jahr_zahl, monat, *tag).is_some());
                let tage = tage.unwrap_or_default();
                Wertfehler::new(format!(
                "den {tag:02}.{monat:02}.{jahr} gibt es nicht; der {name} {jahr} hat {tage} Tage"
            ))
            .abhilfe("den Tag prüfen")
            })
    }
}

impl From<NaiveDate> for Datum {
    /// Takes the day as it is, also outside the years that input may have.
    fn from(tag: NaiveDate) -> Self {
        Self(tag)
    }
}

impl FromStr for Datum {
    type Err = Wertfehler;

    /// # Errors
    /// Says what is wrong: no date, no such day or month, a year of two digits or far away, no year.
    fn from_str(text: &str) -> Result<Self, Wertfehler> {
        let text = tidy(text);
        Self::lies(&text).map_err(|fehler| match gemeint(&text) {
            Some(datum) if fehler.text.ends_with("ist kein Datum") => {
                fehler.abhilfe(format!("meinten Sie {datum}?"))
            }
            _ => fehler,
        })
    }
}

impl Datum {
    fn lies(text: &str) -> Result<Self, Wertfehler> {
        let iso: Vec<&str> = text.split('-').collect();
        if let [jahr, monat, tag] = iso[..]
            && jahr.len() == 4
            && [jahr, monat, tag].into_iter().all(is_short_number)
        {
            return Self::from_parts(tag, monat.parse().unwrap_or_default(), jahr);
        }
        let parts: Vec<&str> = text.split('.').map(str::trim).collect();
        match parts[..] {
            [tag, monat, jahr] if [tag, monat, jahr].into_iter().all(is_short_number) => {
                Self::from_parts(tag, monat.parse().unwrap_or_default(), jahr)
            }
            [tag, monat, ""] | [tag, monat] if is_short_number(tag) && is_short_number(monat) => {
                Err(kein_jahr(&format!("{}.2021", text.trim_end_matches('.'))))
            }
            [tag, rest] if is_short_number(tag) => with_month_name(text, tag, rest),
            _ => Err(kein_datum(text)),
        }
    }
}

/// The date in a text that says more or separates in another way: `Mo 08.11.2021`, `08/11/2021, 17 Uhr`. The day comes
/// before the month, as in all German dates, unless the year comes first.
fn gemeint(text: &str) -> Option<Datum> {
    let zahlen: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|zahl| !zahl.is_empty())
        .take(3)
        .collect();
    let [a, b, c] = zahlen[..] else {
        return None;
    };
    let deutsch = [a, b].iter().all(|zahl| zahl.len() <= 2) && c.len() == 4;
    let umgekehrt = a.len() == 4 && [b, c].iter().all(|zahl| zahl.len() <= 2);
    if deutsch {
        Datum::lies(&format!("{a}.{b}.{c}")).ok()
    } else if umgekehrt {
        Datum::lies(&format!("{a}-{b}-{c}")).ok()
    } else {
        None
    }
}

/// `8. November 2021`, of which `rest` is what stands behind the point.
fn with_month_name(text: &str, tag: &str, rest: &str) -> Result<Datum, Wertfehler> {
    let (name, jahr) = rest
        .split_once(' ')
        .map_or((rest, ""), |(name, jahr)| (name, jahr.trim()));
    let Some(index) = MONATE
        .iter()
        .position(|monat| monat.to_lowercase() == name.to_lowercase())
    else {
        let fehler = kein_datum(text);
        return Err(match nearest(name, MONATE) {
            Some(monat) => {
                Wertfehler::new(format!("einen Monat „{}“ gibt es nicht", shorten(name)))
                    .abhilfe(format!("meinten Sie „{tag}. {monat} {jahr}“?"))
            }
            None => fehler,
        });
    };
    if jahr.is_empty() {
        return Err(kein_jahr(&format!("{text} 2021")));
    }
    if !is_short_number(jahr) {
        return Err(kein_datum(text));
    }
    Datum::from_parts(tag, u32::try_from(index + 1).unwrap_or_default(), jahr)
}

fn is_short_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn kein_datum(text: &str) -> Wertfehler {
    Wertfehler::new(format!("„{}“ ist kein Datum", shorten(text)))
        .abhilfe(format!("ein Datum wie {BEISPIEL} schreiben"))
}

fn kein_jahr(beispiel: &str) -> Wertfehler {
    Wertfehler::new("dem Datum fehlt das Jahr")
        .abhilfe(format!("das Jahr ergänzen, etwa {beispiel}"))
}

fn kein_monat(tag: u32, monat: u32, jahr: &str) -> Wertfehler {
    let fehler = Wertfehler::new(format!("einen {monat}. Monat gibt es nicht"));
    if (1..=12).contains(&tag) && (13..=31).contains(&monat) {
        fehler.abhilfe(format!(
            "erst der Tag, dann der Monat: meinten Sie {monat:02}.{tag:02}.{jahr}?"
        ))
    } else {
        fehler.abhilfe(format!("ein Datum wie {BEISPIEL} schreiben"))
    }
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:02}.{:02}.{}",
            self.0.day(),
            self.0.month(),
            self.0.year()
        )
    }
}

impl<'de> Deserialize<'de> for Datum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Datum", BEISPIEL, str::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_within_other_words_is_proposed() {
        for text in [
            "08/11/2021",
            "08-11-2021",
            "08,11,2021",
            "08.11.2021.",
            "2021/11/08",
            "Mo 08.11.2021",
            "08.11.2021, 17 Uhr",
            "2021-11-08T00:00:00Z",
            "8.11.2021ff.",
        ] {
            let fehler = text.parse::<Datum>().unwrap_err();
            assert_eq!(
                fehler.abhilfe.as_deref(),
                Some("meinten Sie 08.11.2021?"),
                "{text}"
            );
        }
        let fehler = "13/32/2021".parse::<Datum>().unwrap_err();
        assert_eq!(
            fehler.abhilfe.as_deref(),
            Some("ein Datum wie 08.11.2021 schreiben")
        );
    }

    fn read(text: &str) -> String {
        match text.parse::<Datum>() {
            Ok(datum) => datum.to_string(),
            Err(fehler) => format!("{} | {}", fehler.text, fehler.abhilfe.unwrap_or_default()),
        }
    }

    #[test]
    fn with_leading_zeros() {
        assert_eq!(read("08.11.2021"), "08.11.2021");
    }

    #[test]
    fn without_leading_zeros() {
        assert_eq!(read("8.1.2021"), "08.01.2021");
    }

    #[test]
    fn with_blanks_of_any_kind() {
        assert_eq!(read(" 8.\u{A0}11.\u{202F}2021\u{200B}"), "08.11.2021");
    }

    #[test]
    fn iso() {
        assert_eq!(read("2021-11-08"), "08.11.2021");
    }

    #[test]
    fn with_the_month_written_out() {
        assert_eq!(read("8. November 2021"), "08.11.2021");
        assert_eq!(read("8.\u{A0}märz 2021"), "08.03.2021");
    }

    #[test]
    fn the_long_form_is_read_again() {
        let datum: Datum = "01.03.2021".parse().unwrap();
        assert_eq!(datum.lang(), "1. März 2021");
        assert_eq!(datum.lang().parse(), Ok(datum));
    }

    #[test]
    fn a_day_that_the_month_does_not_have() {
        assert_eq!(
            read("31.02.2021"),
            "den 31.02.2021 gibt es nicht; der Februar 2021 hat 28 Tage | den Tag prüfen"
        );
        assert_eq!(
            read("2020-02-30"),
            "den 30.02.2020 gibt es nicht; der Februar 2020 hat 29 Tage | den Tag prüfen"
        );
    }

    #[test]
    fn day_zero() {
        assert!(read("0.11.2021").starts_with("den 00.11.2021 gibt es nicht"));
    }

    #[test]
    fn day_and_month_swapped() {
        assert_eq!(
            read("08.13.2021"),
            "einen 13. Monat gibt es nicht | erst der Tag, dann der Monat: meinten Sie 13.08.2021?"
        );
    }

    #[test]
    fn month_zero() {
        assert!(read("08.00.2021").starts_with("einen 0. Monat gibt es nicht | ein Datum wie"));
    }

    #[test]
    fn a_year_of_two_digits() {
        assert_eq!(
            read("08.11.21"),
            "das Jahr ist nur mit zwei Ziffern angegeben | das Jahr vierstellig schreiben, etwa 08.11.2021"
        );
    }

    #[test]
    fn no_year() {
        assert_eq!(
            read("08.11."),
            "dem Datum fehlt das Jahr | das Jahr ergänzen, etwa 08.11.2021"
        );
        assert_eq!(
            read("08.11"),
            "dem Datum fehlt das Jahr | das Jahr ergänzen, etwa 08.11.2021"
        );
        assert_eq!(
            read("8. November"),
            "dem Datum fehlt das Jahr | das Jahr ergänzen, etwa 8. November 2021"
        );
    }

    #[test]
    fn a_year_far_away() {
        assert!(read("08.11.1021").starts_with("das Jahr 1021 liegt nicht zwischen 1900 und 2199"));
        assert_eq!(read("01.01.1900"), "01.01.1900");
        assert_eq!(read("31.12.2199"), "31.12.2199");
    }

    #[test]
    fn a_mistyped_month() {
        assert_eq!(
            read("8. Novmber 2021"),
            "einen Monat „Novmber“ gibt es nicht | meinten Sie „8. November 2021“?"
        );
    }

    #[test]
    fn no_date_at_all() {
        for text in ["morgen", "", "20211108", "1.2.3.4", "08.11.20211"] {
            assert!(
                read(text).contains("ist kein Datum | ein Datum wie 08.11.2021 schreiben"),
                "{text}: {}",
                read(text)
            );
        }
    }

    #[test]
    fn dates_sort_by_day() {
        let [erster, zweiter] =
            ["31.12.2020", "01.01.2021"].map(|text| text.parse::<Datum>().unwrap());
        assert!(erster < zweiter);
    }
}
