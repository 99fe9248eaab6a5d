//! The calendar of the law: holidays by year, Easter, the next day on which a period may end.
//!
//! Days are data (`feiertage.yaml`, and what the base data add); nothing here knows the current day.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::input::{Datum, Wertfehler, deserialize_scalar};

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feiertag {
    /// What it is called: `Allerheiligen`.
    pub name: String,
    /// The same day each year: `01.11.`.
    pub am: Option<Jahrestag>,
    /// Days after Easter Sunday; before it if negative.
    pub ostern: Option<i16>,
    /// First year; ever since if absent.
    pub ab: Option<u16>,
    /// Last year; for ever if absent.
    pub bis: Option<u16>,
}

impl Feiertag {
    /// The day on which it falls in a year, if it is one in that year.
    pub fn im_jahr(&self, jahr: i32) -> Option<Datum> {
        let gilt = self.ab.is_none_or(|ab| i32::from(ab) <= jahr)
            && self.bis.is_none_or(|bis| jahr <= i32::from(bis));
        if !gilt {
            return None;
        }
        if let Some(am) = self.am {
            return NaiveDate::from_ymd_opt(jahr, am.monat, am.tag).map(Datum::from);
        }
        let abstand = self.ostern?;
        let tage = Days::new(u64::from(abstand.unsigned_abs()));
        let ostern = ostersonntag(jahr)?.tag();
        if abstand < 0 {
            ostern.checked_sub_days(tage)
        } else {
            ostern.checked_add_days(tage)
        }
        .map(Datum::from)
    }
}

/// A day of any year: `31.10.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jahrestag {
    monat: u32,
    tag: u32,
}

impl<'de> Deserialize<'de> for Jahrestag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Tag ohne Jahr", "31.10.", |text| {
            let kein_tag = || {
                Wertfehler::new(format!("„{text}“ ist kein Tag, den jedes Jahr hat"))
                    .abhilfe("Tag und Monat schreiben, etwa 31.10.")
            };
            let mut teile = text.trim().trim_end_matches('.').split('.').map(str::parse);
            let (Some(Ok(tag)), Some(Ok(monat)), None) = (teile.next(), teile.next(), teile.next())
            else {
                return Err(kein_tag());
            };
            // A year without a leap day: what it has, each year has.
            NaiveDate::from_ymd_opt(2001, monat, tag).ok_or_else(kein_tag)?;
            Ok(Self { monat, tag })
        })
    }
}

/// The holidays that count, and the years for which they are known.
#[derive(Debug, Clone, Default)]
pub struct Kalender {
    /// The holidays.
    pub feiertage: Vec<Feiertag>,
    /// First year for which the holidays are complete.
    pub bekannt_ab: u16,
}

impl Kalender {
    /// The name of the holiday that a day is.
    pub fn feiertag(&self, tag: Datum) -> Option<&str> {
        self.feiertage
            .iter()
            .find(|feiertag| feiertag.im_jahr(tag.tag().year()) == Some(tag))
            .map(|feiertag| feiertag.name.as_str())
    }

    /// Why a period does not end on this day (§ 193 BGB, § 31 Abs. 3 VwVfG NRW): „Samstag“, „Sonntag“ or a holiday's name.
    pub fn kein_fristende(&self, tag: Datum) -> Option<&str> {
        self.feiertag(tag).or(match tag.tag().weekday() {
            Weekday::Sat => Some("Samstag"),
            Weekday::Sun => Some("Sonntag"),
            _ => None,
        })
    }

    /// Whether it is a Werktag: no Sunday and no holiday; a Saturday is one.
    pub fn ist_werktag(&self, tag: Datum) -> bool {
        tag.tag().weekday() != Weekday::Sun && self.feiertag(tag).is_none()
    }

    /// The day itself, or the first one after it that is a Werktag; `None` beyond the calendar.
    pub fn naechster_werktag(&self, tag: Datum) -> Option<Datum> {
        let mut werktag = tag;
        while !self.ist_werktag(werktag) {
            werktag = plus_tage(werktag, 1)?;
        }
        Some(werktag)
    }

    /// The day itself, or the first one after it that is no Saturday, Sunday or holiday.
    pub fn naechstes_fristende(&self, tag: Datum) -> Datum {
        let mut ende = tag;
        while self.kein_fristende(ende).is_some() {
            match plus_tage(ende, 1) {
                Some(naechster) => ende = naechster,
                None => break,
            }
        }
        ende
    }

    /// Whether the holidays of a day's year are known.
    pub fn kennt(&self, tag: Datum) -> bool {
        i32::from(self.bekannt_ab) <= tag.tag().year()
    }
}

/// A number of days later; `None` beyond the calendar.
pub fn plus_tage(tag: Datum, tage: u32) -> Option<Datum> {
    tag.tag()
        .checked_add_days(Days::new(tage.into()))
        .map(Datum::from)
}

/// A number of days earlier; `None` beyond the calendar.
pub fn minus_tage(tag: Datum, tage: u32) -> Option<Datum> {
    tag.tag()
        .checked_sub_days(Days::new(tage.into()))
        .map(Datum::from)
}

/// Easter Sunday of a year in the Gregorian calendar; `None` before 1583.
///
/// The rule of Gauss in the form of Meeus, Jones and Butcher, which has no exceptions: whole numbers only.
pub fn ostersonntag(jahr: i32) -> Option<Datum> {
    if jahr < 1583 {
        return None;
    }
    let mondzahl = jahr % 19;
    let (jahrhundert, rest) = (jahr / 100, jahr % 100);
    let mondkorrektur = (8 * jahrhundert + 13) / 25;
    let epakte = (19 * mondzahl + jahrhundert - jahrhundert / 4 - mondkorrektur + 15) % 30;
    let wochentag = (32 + 2 * (jahrhundert % 4) + 2 * (rest / 4) - epakte - rest % 4) % 7;
    let ausgleich = (mondzahl + 11 * epakte + 22 * wochentag) / 451;
    let tage = epakte + wochentag - 7 * ausgleich + 114;
    let monat = u32::try_from(tage / 31).ok()?;
    let tag = u32::try_from(tage % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(jahr, monat, tag).map(Datum::from)
}

#[cfg(test)]
mod tests {
    use super::super::recht;
    use super::*;
    use proptest::prelude::*;

    fn datum(text: &str) -> Datum {
        text.parse().unwrap()
    }

    fn feiertag(text: &str) -> Option<String> {
        recht().kalender.feiertag(datum(text)).map(str::to_owned)
    }

    #[test]
    fn easter_in_known_years() {
        for tag in [
            "15.04.1900",
            "19.04.1981",
            "18.04.1954",
            "03.04.1994",
            "23.04.2000",
            "27.03.2005",
            "23.03.2008",
            "24.04.2011",
            "16.04.2017",
            "21.04.2019",
            "12.04.2020",
            "04.04.2021",
            "17.04.2022",
            "09.04.2023",
            "31.03.2024",
            "20.04.2025",
            "05.04.2026",
            "25.04.2038",
            "18.04.2049",
            "19.04.2076",
            "28.03.2100",
        ] {
            let tag = datum(tag);
            assert_eq!(ostersonntag(tag.tag().year()), Some(tag));
        }
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_in_spring(jahr in 1583..4000_i32) {
            let ostern = ostersonntag(jahr).unwrap().tag();
            prop_assert_eq!(ostern.weekday(), Weekday::Sun);
            let frueh = NaiveDate::from_ymd_opt(jahr, 3, 22).unwrap();
            let spaet = NaiveDate::from_ymd_opt(jahr, 4, 25).unwrap();
            prop_assert!((frueh..=spaet).contains(&ostern));
        }
    }

    #[test]
    fn fixed_and_movable_holidays_of_the_land() {
        for (tag, name) in [
            ("01.01.2021", "Neujahr"),
            ("02.04.2021", "Karfreitag"),
            ("05.04.2021", "Ostermontag"),
            ("01.05.2021", "Tag der Arbeit"),
            ("13.05.2021", "Christi Himmelfahrt"),
            ("24.05.2021", "Pfingstmontag"),
            ("03.06.2021", "Fronleichnam"),
            ("03.10.2021", "Tag der Deutschen Einheit"),
            ("01.11.2021", "Allerheiligen"),
            ("25.12.2021", "1. Weihnachtstag"),
            ("26.12.2021", "2. Weihnachtstag"),
        ] {
            assert_eq!(feiertag(tag).as_deref(), Some(name), "{tag}");
        }
    }

    #[test]
    fn holidays_of_other_laender_are_none() {
        for tag in [
            "06.01.2021",
            "15.08.2021",
            "31.10.2021",
            "17.11.2021",
            "24.12.2021",
            "31.12.2021",
        ] {
            assert_eq!(feiertag(tag), None, "{tag}");
        }
    }

    #[test]
    fn reformationstag_was_one_in_2017_alone() {
        assert_eq!(feiertag("31.10.2017").as_deref(), Some("Reformationstag"));
        assert_eq!(feiertag("31.10.2016"), None);
        assert_eq!(feiertag("31.10.2018"), None);
    }

    #[test]
    fn a_saturday_is_a_werktag_but_no_end_of_a_period() {
        let kalender = recht().kalender;
        let samstag = datum("13.11.2021");
        assert!(kalender.ist_werktag(samstag));
        assert_eq!(kalender.kein_fristende(samstag), Some("Samstag"));
        assert_eq!(kalender.naechstes_fristende(samstag), datum("15.11.2021"));
    }

    #[test]
    fn the_next_werktag_may_be_a_saturday() {
        let kalender = recht().kalender;
        let naechster = |tag| kalender.naechster_werktag(datum(tag)).unwrap();
        assert_eq!(naechster("24.12.2021"), datum("24.12.2021"));
        assert_eq!(naechster("25.12.2021"), datum("27.12.2021"));
        assert_eq!(naechster("01.01.2022"), datum("03.01.2022"));
        assert_eq!(naechster("08.01.2022"), datum("08.01.2022"));
    }

    #[test]
    fn holidays_and_weekends_in_a_row_are_passed_over() {
        let kalender = recht().kalender;
        assert_eq!(
            kalender.naechstes_fristende(datum("02.04.2021")),
            datum("06.04.2021")
        );
        assert_eq!(
            kalender.naechstes_fristende(datum("25.12.2021")),
            datum("27.12.2021")
        );
    }

    #[test]
    fn years_before_the_data_are_unknown() {
        let kalender = recht().kalender;
        assert!(kalender.kennt(datum("01.01.1995")));
        assert!(!kalender.kennt(datum("31.12.1994")));
    }
}
