//! Periods of invitation: the last day on which a council's members may be invited to a session.
//!
//! The day of the invitation does not count, that of the session does: day plus period must not be later than the session.
//! Whether a body's rules count otherwise is not known, so what rests on this is a warning at most.

use crate::input::Datum;
use crate::model::frist::{Tagesfrist, Zaehlung};
use crate::recht::kalender::{Kalender, minus_tage, plus_tage};

/// The day on which a period ends that begins with a day; `None` beyond the calendar.
pub fn plus_frist(kalender: &Kalender, tag: Datum, frist: Tagesfrist) -> Option<Datum> {
    match frist.zaehlung {
        Zaehlung::Kalendertage => plus_tage(tag, frist.tage.into()),
        Zaehlung::Werktage => (0..frist.tage).try_fold(tag, |tag, _| {
            let mut naechster = plus_tage(tag, 1)?;
            while !kalender.ist_werktag(naechster) {
                naechster = plus_tage(naechster, 1)?;
            }
            Some(naechster)
        }),
    }
}

/// The last day of invitation for a session; `None` beyond the calendar.
pub fn spaetester_ladungstag(
    kalender: &Kalender,
    sitzung: Datum,
    frist: Tagesfrist,
) -> Option<Datum> {
    match frist.zaehlung {
        Zaehlung::Kalendertage => minus_tage(sitzung, frist.tage.into()),
        Zaehlung::Werktage => (0..frist.tage).try_fold(sitzung, |tag, _| {
            let mut werktag = tag;
            while !kalender.ist_werktag(werktag) {
                werktag = minus_tage(werktag, 1)?;
            }
            minus_tage(werktag, 1)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recht::recht;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn frist(tage: u16, zaehlung: Zaehlung) -> Tagesfrist {
        Tagesfrist { tage, zaehlung }
    }

    fn spaetester(sitzung: &str, frist: Tagesfrist) -> String {
        spaetester_ladungstag(&recht().kalender, sitzung.parse().unwrap(), frist)
            .unwrap()
            .to_string()
    }

    #[test]
    fn calendar_days_are_counted_through() {
        assert_eq!(
            spaetester("09.11.2021", frist(6, Zaehlung::Kalendertage)),
            "03.11.2021"
        );
    }

    #[test]
    fn sundays_and_holidays_are_no_werktage() {
        // Session on Tuesday 02.11.2021: Tuesday counts, Monday is Allerheiligen, then Sunday, Saturday and Friday count.
        assert_eq!(
            spaetester("02.11.2021", frist(3, Zaehlung::Werktage)),
            "28.10.2021"
        );
    }

    #[test]
    fn a_saturday_counts_as_a_werktag() {
        assert_eq!(
            spaetester("15.11.2021", frist(2, Zaehlung::Werktage)),
            "12.11.2021"
        );
    }

    proptest! {
        #[test]
        fn the_last_day_is_in_time_and_the_next_is_not(
            nummer in 728_000..767_000_i32,
            tage in 1..40_u16,
            werktage: bool,
        ) {
            let kalender = recht_einmal();
            let zaehlung = if werktage { Zaehlung::Werktage } else { Zaehlung::Kalendertage };
            let frist = frist(tage, zaehlung);
            let sitzung = Datum::from(NaiveDate::from_num_days_from_ce_opt(nummer).unwrap());
            let letzter = spaetester_ladungstag(kalender, sitzung, frist).unwrap();
            prop_assert!(plus_frist(kalender, letzter, frist).unwrap() <= sitzung);
            let naechster = plus_tage(letzter, 1).unwrap();
            prop_assert!(plus_frist(kalender, naechster, frist).unwrap() > sitzung);
        }
    }

    fn recht_einmal() -> &'static Kalender {
        static KALENDER: std::sync::OnceLock<Kalender> = std::sync::OnceLock::new();
        KALENDER.get_or_init(|| recht().kalender)
    }
}
