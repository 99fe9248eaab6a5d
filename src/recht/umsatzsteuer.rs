//! The turnover tax of public bodies (§ 2b UStG): until when the old law may be kept, and below which sum nothing is taxed.

use serde::Deserialize;

use super::gesetz::Beleg;
use crate::input::{Betrag, Datum};

/// What is known of § 2b UStG over time.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Umsatzsteuer {
    /// The ends of the transition, in the order in which they became known.
    #[serde(rename = "übergang", default)]
    pub uebergang: Vec<Uebergang>,
    /// The sums up to which there is no distortion of competition, oldest first.
    #[serde(default)]
    pub nichtaufgriffsgrenze: Vec<Grenze>,
}

/// An end of the transition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uebergang {
    /// Its last day.
    pub ende: Datum,
    /// The act that set it.
    pub durch: String,
    /// Day of the act: from then on the end was known.
    pub vom: Datum,
    /// How far the act and its day were seen.
    pub beleg: Beleg,
}

/// A sum of like services a year up to which there is no distortion of competition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grenze {
    /// First year; ever since § 2b if absent.
    pub ab: Option<Datum>,
    /// The sum in euros, included.
    pub betrag: Betrag,
    /// The norm with its law.
    pub norm: String,
    /// How far it was seen.
    pub beleg: Beleg,
}

impl Umsatzsteuer {
    /// The end of the transition as it was known on a day.
    pub fn uebergang_am(&self, tag: Datum) -> Option<&Uebergang> {
        self.uebergang
            .iter()
            .rfind(|uebergang| uebergang.vom <= tag)
    }

    /// The sum up to which there is no distortion of competition on a day.
    pub fn grenze_am(&self, tag: Datum) -> Option<&Grenze> {
        self.nichtaufgriffsgrenze
            .iter()
            .rfind(|grenze| grenze.ab.is_none_or(|ab| ab <= tag))
    }
}

#[cfg(test)]
mod tests {
    use super::super::recht;

    fn ende(tag: &str) -> Option<String> {
        recht()
            .umsatzsteuer
            .uebergang_am(tag.parse().unwrap())
            .map(|uebergang| uebergang.ende.to_string())
    }

    #[test]
    fn the_end_is_the_one_known_on_the_day() {
        assert_eq!(ende("30.10.2019").as_deref(), Some("31.12.2020"));
        assert_eq!(ende("18.06.2020").as_deref(), Some("31.12.2020"));
        assert_eq!(ende("19.06.2020").as_deref(), Some("31.12.2022"));
        assert_eq!(ende("09.11.2021").as_deref(), Some("31.12.2022"));
        assert_eq!(ende("01.06.2023").as_deref(), Some("31.12.2024"));
        assert_eq!(ende("01.06.2025").as_deref(), Some("31.12.2026"));
    }

    #[test]
    fn before_the_act_there_was_no_transition() {
        assert_eq!(ende("01.01.2015"), None);
    }

    #[test]
    fn the_ends_stand_in_order() {
        let uebergang = recht().umsatzsteuer.uebergang;
        assert!(uebergang.is_sorted_by_key(|u| u.vom));
        assert!(uebergang.is_sorted_by_key(|u| u.ende));
    }

    #[test]
    fn the_sum_below_which_nothing_is_taxed() {
        let recht = recht();
        let grenze = recht
            .umsatzsteuer
            .grenze_am("09.11.2021".parse().unwrap())
            .unwrap();
        assert_eq!(grenze.betrag, "17.500,00".parse().unwrap());
    }
}
