//! Scalars that only costs and their settlement know: counts, years, shares that may be nothing, days without a year.

use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::input::{Bruch, Datum, Wertfehler, deserialize_scalar};

/// A count: `49263` or `49.263`. A count is whole, so the point can only group its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anzahl(pub u32);

impl fmt::Display for Anzahl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ziffern = self.0.to_string();
        for (i, ziffer) in ziffern.chars().enumerate() {
            if i > 0 && (ziffern.len() - i).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{ziffer}")?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Anzahl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "eine Anzahl", "49.263", |text| {
            let text = text.trim();
            let gruppen: Vec<_> = text.split('.').collect();
            let gruppiert = gruppen.len() == 1
                || gruppen.split_first().is_some_and(|(vorn, rest)| {
                    (1..=3).contains(&vorn.len()) && rest.iter().all(|g| g.len() == 3)
                });
            let ziffern = gruppen.concat();
            (gruppiert && ziffern.bytes().all(|b| b.is_ascii_digit()))
                .then(|| ziffern.parse().ok())
                .flatten()
                .map(Self)
                .ok_or_else(|| {
                    Wertfehler::new(format!("„{text}“ ist keine Anzahl"))
                        .abhilfe("eine ganze Zahl ab 0 schreiben, etwa 49263 oder 49.263")
                })
        })
    }
}

/// A calendar year from 1900 to 2199, as dates may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kalenderjahr(pub u32);

impl fmt::Display for Kalenderjahr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for Kalenderjahr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Jahr", "2022", |text| {
            let text = text.trim();
            (text.len() == 4)
                .then(|| text.parse().ok())
                .flatten()
                .filter(|jahr| (1900..=2199).contains(jahr))
                .map(Self)
                .ok_or_else(|| {
                    Wertfehler::new(format!("„{text}“ ist kein Jahr von 1900 bis 2199"))
                        .abhilfe("das Jahr vierstellig schreiben, etwa 2022")
                })
        })
    }
}

/// A share of a full-time post that may be 0, while nobody holds the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Umfang(pub Bruch);

impl<'de> Deserialize<'de> for Umfang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Stellenanteil", "0,25", |text| {
            Bruch::als_zahl(text).map(Self)
        })
    }
}

/// A day that comes every year: `31. März` or `31.03.`; printed as „31. März“. Not 29 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Jahrestag {
    monat: u32,
    tag: u32,
}

impl Jahrestag {
    /// The day in a year, if that is one of a calendar.
    pub fn im_jahr(self, jahr: u32) -> Option<Datum> {
        let jahr = i32::try_from(jahr).ok()?;
        chrono::NaiveDate::from_ymd_opt(jahr, self.monat, self.tag).map(Datum::from)
    }
}

impl fmt::Display for Jahrestag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Any year serves: the day exists in all of them.
        let lang = self.im_jahr(2001).map(Datum::lang).unwrap_or_default();
        f.write_str(lang.trim_end_matches(" 2001"))
    }
}

impl<'de> Deserialize<'de> for Jahrestag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Tag im Jahr", "31. März", |text| {
            use chrono::Datelike;
            let text = text.trim();
            // A year that has no 29 February: the day must exist in every year.
            let datum = if text.ends_with('.') {
                format!("{text}2001").parse::<Datum>()
            } else {
                format!("{text} 2001").parse::<Datum>()
            };
            datum
                .map(|datum| Self {
                    monat: datum.tag().month(),
                    tag: datum.tag().day(),
                })
                .map_err(|_| {
                    Wertfehler::new(format!("„{text}“ ist kein Tag, den es in jedem Jahr gibt"))
                        .abhilfe("Tag und Monat ohne Jahr schreiben, etwa 31. März")
                })
        })
    }
}
