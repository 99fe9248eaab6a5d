//! Months of the calendar in a span of days: a sum that is agreed by the month is owed for each of them.
//!
//! A whole month costs the whole sum, however many days it has; a part of a month costs the part that its days are of
//! that month. Three whole months are three times the sum, also where time is counted in days.

use chrono::{Datelike, Months, NaiveDate};
use num_rational::BigRational;

use super::super::zeit::Spanne;
use crate::input::Datum;

/// What lies of a month in a span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Monatsteil {
    /// The days on the axis of time.
    pub(super) tage: Spanne,
    /// How many days the month has.
    im_monat: i64,
}

impl Monatsteil {
    /// The part as an exact fraction of the month.
    pub(super) fn anteil(self) -> BigRational {
        BigRational::new(self.tage.laenge().into(), self.im_monat.into())
    }

    fn ist_ganz(self) -> bool {
        self.tage.laenge() == self.im_monat
    }
}

/// The months between two days, both of them in it, in order.
pub(super) fn monatsteile(von: Datum, bis: Datum) -> Vec<Monatsteil> {
    let (mut tag, bis) = (von.tag(), bis.tag());
    let mut teile = Vec::new();
    while tag <= bis {
        let erster = tag.with_day(1).unwrap_or(tag);
        // Behind the last month of the calendar there is nothing to count.
        let Some(naechster) = erster.checked_add_months(Months::new(1)) else {
            break;
        };
        let hinter = bis
            .succ_opt()
            .map_or(naechster, |danach| danach.min(naechster));
        teile.push(Monatsteil {
            tage: Spanne {
                von: einheit(tag),
                bis: einheit(hinter),
            },
            im_monat: einheit(naechster) - einheit(erster),
        });
        tag = naechster;
    }
    teile
}

/// The months for print: „3 Monate“, „(17/31 + 2) Monate“.
pub(super) fn gezaehlt(von: Datum, bis: Datum) -> String {
    let teile = monatsteile(von, bis);
    let ganze = teile.iter().filter(|teil| teil.ist_ganz()).count();
    let mut worte: Vec<String> = Vec::new();
    for teil in teile {
        if !teil.ist_ganz() {
            worte.push(format!("{}/{}", teil.tage.laenge(), teil.im_monat));
        } else if worte.last().is_none_or(|wort| wort.contains('/')) {
            // Whole months lie side by side: they are told once.
            worte.push(ganze.to_string());
        }
    }
    match worte.as_slice() {
        [eines] if eines == "1" => "1 Monat".to_owned(),
        [eines] => format!("{eines} {}", if ganze == 0 { "Monat" } else { "Monate" }),
        alle => format!("({}) Monate", alle.join(" + ")),
    }
}

fn einheit(tag: NaiveDate) -> i64 {
    i64::from(tag.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Datum {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_told_as_they_are_paid() {
        for (von, bis, worte) in [
            ("01.10.2027", "31.12.2027", "3 Monate"),
            ("01.02.2028", "29.02.2028", "1 Monat"),
            ("01.02.2028", "28.02.2028", "28/29 Monat"),
            ("10.10.2027", "31.12.2027", "(22/31 + 2) Monate"),
            ("10.10.2027", "15.12.2027", "(22/31 + 1 + 15/31) Monate"),
            ("10.10.2027", "15.11.2027", "(22/31 + 15/30) Monate"),
            ("01.10.2027", "15.11.2027", "(1 + 15/30) Monate"),
        ] {
            assert_eq!(gezaehlt(tag(von), tag(bis)), worte, "{von}–{bis}");
        }
    }

    #[test]
    fn a_year_has_twelve_months_in_a_leap_year_too() {
        for jahr in ["2027", "2028"] {
            let teile = monatsteile(tag(&format!("01.01.{jahr}")), tag(&format!("31.12.{jahr}")));
            let summe: BigRational = teile.into_iter().map(Monatsteil::anteil).sum();
            assert_eq!(summe, BigRational::from_integer(12.into()));
        }
    }
}
