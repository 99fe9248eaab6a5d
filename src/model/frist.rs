//! Periods and weekdays as base data and agreements state them. How they are counted is not this module's business.

use std::borrow::Cow;
use std::fmt;

use chrono::{Datelike, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use super::text::Text;
use crate::input::{Datum, Wertfehler, deserialize_scalar};

/// The longest period that is taken for one; more is a slip of the finger.
const LAENGSTE_FRIST: u16 = 365;

/// How many days before a session its members must be invited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ladungsfrist {
    /// The usual period: `7 Tage`.
    pub frist: Tagesfrist,
    /// The period in urgent cases: `3 Werktage`.
    #[serde(rename = "verkürzt")]
    pub verkuerzt: Option<Tagesfrist>,
    /// Where it stands: `§ 1 Abs. 2 der Geschäftsordnung`.
    pub quelle: Text,
}

/// A number of days: `7 Tage`, `7 Kalendertage`, `3 Werktage`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagesfrist {
    /// How many, at least one.
    pub tage: u16,
    /// Which days count.
    pub zaehlung: Zaehlung,
}

/// Which days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zaehlung {
    /// All days.
    Kalendertage,
    /// All days but Sundays and holidays.
    Werktage,
}

impl fmt::Display for Tagesfrist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let worte = match (self.zaehlung, self.tage) {
            (Zaehlung::Kalendertage, 1) => "Kalendertag",
            (Zaehlung::Kalendertage, _) => "Kalendertage",
            (Zaehlung::Werktage, 1) => "Werktag",
            (Zaehlung::Werktage, _) => "Werktage",
        };
        write!(f, "{} {worte}", self.tage)
    }
}

impl<'de> Deserialize<'de> for Tagesfrist {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "eine Frist in Tagen", "7 Tage", |text| {
            let keine = |grund: String| {
                Wertfehler::new(grund).abhilfe("eine Frist wie 7 Tage oder 3 Werktage schreiben")
            };
            let mut teile = text.split_whitespace();
            let (Some(zahl), Some(einheit), None) = (teile.next(), teile.next(), teile.next())
            else {
                return Err(keine(format!("„{text}“ ist keine Frist in Tagen")));
            };
            let zaehlung = match einheit {
                "Tag" | "Tage" | "Kalendertag" | "Kalendertage" => Zaehlung::Kalendertage,
                "Werktag" | "Werktage" => Zaehlung::Werktage,
                _ => {
                    return Err(keine(format!(
                        "„{einheit}“ ist keine Einheit für eine Frist in Tagen"
                    )));
                }
            };
            match zahl.parse::<u16>() {
                Ok(tage) if (1..=LAENGSTE_FRIST).contains(&tage) => Ok(Self { tage, zaehlung }),
                Ok(_) => Err(keine(format!(
                    "eine Frist hat zwischen 1 und {LAENGSTE_FRIST} Tage, nicht {zahl}"
                ))),
                Err(_) => Err(keine(format!("„{zahl}“ ist keine Zahl von Tagen"))),
            }
        })
    }
}

/// A number of days, months or meetings that an agreement states: from 1 to `HOECHSTENS`, since nothing at all, or
/// more, is a slip of the finger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Zahl<const HOECHSTENS: u32>(pub u32);

impl<const HOECHSTENS: u32> fmt::Display for Zahl<HOECHSTENS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<'de, const HOECHSTENS: u32> Deserialize<'de> for Zahl<HOECHSTENS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "eine ganze Zahl", "3", |text| {
            let text = text.trim();
            let ziffern = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let zahl = ziffern.then(|| text.parse().ok()).flatten();
            zahl.filter(|zahl| (1..=HOECHSTENS).contains(zahl))
                .map(Self)
                .ok_or_else(|| {
                    Wertfehler::new(format!(
                        "„{text}“ ist keine ganze Zahl von 1 bis {HOECHSTENS}"
                    ))
                    .abhilfe("die Zahl in Ziffern schreiben, ohne Einheit")
                })
        })
    }
}

impl<const HOECHSTENS: u32> JsonSchema for Zahl<HOECHSTENS> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Zahl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["integer", "string"],
            "pattern": r"^\s*[0-9]+\s*$",
            "minimum": 1,
            "maximum": HOECHSTENS,
        })
    }
}

/// When an authority's gazette appears, and how long before it must have a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amtsblatt {
    /// The weekday on which it appears.
    pub wochentag: Wochentag,
    /// Calendar days between the last day for texts and the issue.
    #[serde(default)]
    pub vorlauf_tage: u16,
    /// Where that stands: the imprint, a letter, or `Beispielwert`.
    pub quelle: Text,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Wochentag {
    /// Monday.
    Montag,
    /// Tuesday.
    Dienstag,
    /// Wednesday.
    Mittwoch,
    /// Thursday.
    Donnerstag,
    /// Friday.
    Freitag,
    /// Saturday.
    Samstag,
    /// Sunday.
    Sonntag,
}

impl Wochentag {
    /// Whether a day is one.
    pub fn ist(self, tag: Datum) -> bool {
        self == match tag.tag().weekday() {
            Weekday::Mon => Self::Montag,
            Weekday::Tue => Self::Dienstag,
            Weekday::Wed => Self::Mittwoch,
            Weekday::Thu => Self::Donnerstag,
            Weekday::Fri => Self::Freitag,
            Weekday::Sat => Self::Samstag,
            Weekday::Sun => Self::Sonntag,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    fn lies(text: &str) -> Result<String, String> {
        let quelle: StrDeserializer<'_, Error> = text.into_deserializer();
        Tagesfrist::deserialize(quelle)
            .map(|frist| frist.to_string())
            .map_err(|fehler| fehler.to_string())
    }

    #[test]
    fn days_without_more_are_calendar_days() {
        assert_eq!(lies("7 Tage"), Ok("7 Kalendertage".to_owned()));
        assert_eq!(lies(" 1  Tag "), Ok("1 Kalendertag".to_owned()));
    }

    #[test]
    fn werktage_are_counted_as_such() {
        assert_eq!(lies("3 Werktage"), Ok("3 Werktage".to_owned()));
    }

    #[test]
    fn no_period_has_no_days_or_too_many() {
        for text in ["0 Tage", "366 Tage"] {
            assert!(
                lies(text).unwrap_err().contains("zwischen 1 und 365"),
                "{text}"
            );
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "7",
            "eine Woche",
            "sieben Tage",
            "7 Wochen",
            "-1 Tage",
            "7 Tage vorher",
            "",
        ] {
            assert!(lies(text).is_err(), "{text}");
        }
    }
}
