//! Time as costs count it: in months or in days. A day of the calendar becomes a unit on one axis, an interval a span of
//! units, a year a span that all of its parts are measured against.
//!
//! Knows nothing of money. In months a month that has begun counts in full or not at all; two intervals that touch are
//! one, so it does not matter in how many pieces somebody writes them down.

use chrono::{Datelike, NaiveDate};

use crate::input::Datum;
use crate::model::vereinbarung::{Abrechnung, AngefangenerMonat, Zeitrechnung};

/// Units from `von` to before `bis`. Without an end `bis` is [`Spanne::OFFEN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanne {
    /// First unit.
    pub von: i64,
    /// The unit behind the last one.
    pub bis: i64,
}

impl Spanne {
    /// The end of a span that does not end.
    pub const OFFEN: i64 = i64::MAX;

    /// All time.
    pub const IMMER: Self = Self {
        von: i64::MIN,
        bis: Self::OFFEN,
    };

    /// What both have in common.
    pub fn schnitt(self, andere: Self) -> Option<Self> {
        let schnitt = Self {
            von: self.von.max(andere.von),
            bis: self.bis.min(andere.bis),
        };
        (schnitt.von < schnitt.bis).then_some(schnitt)
    }

    /// Whether the unit lies in it.
    pub fn enthaelt(self, einheit: i64) -> bool {
        self.von <= einheit && einheit < self.bis
    }

    /// How many units it has.
    pub fn laenge(self) -> i64 {
        self.bis.saturating_sub(self.von)
    }
}

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raster {
    /// In months, twelve a year.
    Monate {
        /// Whether a month that has begun counts in full; else only whole months count.
        angefangener_zaehlt: bool,
    },
    /// In days, 365 or 366 a year.
    Tage,
}

impl Default for Raster {
    fn default() -> Self {
        Self::aus(None)
    }
}

impl Raster {
    /// What an agreement counts in; months, begun ones too, where it does not say.
    pub fn aus(abrechnung: Option<&Abrechnung>) -> Self {
        match abrechnung {
            Some(a) if a.zeitrechnung == Zeitrechnung::Tage => Self::Tage,
            Some(a) => Self::Monate {
                angefangener_zaehlt: a.angefangener_monat == AngefangenerMonat::Zaehlt,
            },
            None => Self::Monate {
                angefangener_zaehlt: true,
            },
        }
    }

    /// The units of a year.
    pub fn jahr(self, jahr: u32) -> Spanne {
        let erster = |jahr: u32| match self {
            Self::Monate { .. } => i64::from(jahr) * 12,
            Self::Tage => {
                let tag = i32::try_from(jahr)
                    .ok()
                    .and_then(|jahr| NaiveDate::from_ymd_opt(jahr, 1, 1));
                tag.map_or(0, |tag| i64::from(tag.num_days_from_ce()))
            }
        };
        Spanne {
            von: erster(jahr),
            bis: erster(jahr.saturating_add(1)),
        }
    }

    /// The unit from which something counts that holds from a day on.
    pub fn ab(self, tag: Datum) -> i64 {
        let tag = tag.tag();
        match self {
            Self::Tage => i64::from(tag.num_days_from_ce()),
            Self::Monate {
                angefangener_zaehlt,
            } => monat(tag) + i64::from(!angefangener_zaehlt && tag.day() > 1),
        }
    }

    /// The unit before which something ends that holds up to a day, that day too.
    fn hinter(self, tag: Datum) -> i64 {
        let tag = tag.tag();
        match self {
            Self::Tage => i64::from(tag.num_days_from_ce()) + 1,
            Self::Monate {
                angefangener_zaehlt,
            } => {
                let ist_letzter = tag.succ_opt().is_none_or(|danach| danach.day() == 1);
                monat(tag) + i64::from(angefangener_zaehlt || ist_letzter)
            }
        }
    }

    /// The units that count of one interval, both days in it; open where it has no bound. None if no unit counts.
    pub fn spanne(self, von: Option<Datum>, bis: Option<Datum>) -> Option<Spanne> {
        let spanne = Spanne {
            von: von.map_or(i64::MIN, |von| self.ab(von)),
            bis: bis.map_or(Spanne::OFFEN, |bis| self.hinter(bis)),
        };
        (spanne.von < spanne.bis).then_some(spanne)
    }

    /// The units that count of several intervals together, in order, apart from each other.
    pub fn spannen(
        self,
        intervalle: impl IntoIterator<Item = (Datum, Option<Datum>)>,
    ) -> Vec<Spanne> {
        let mut spannen: Vec<Spanne> = Vec::new();
        for spanne in verbunden(intervalle)
            .into_iter()
            .filter_map(|(von, bis)| self.spanne(Some(von), bis))
        {
            match spannen.last_mut() {
                Some(letzte) if spanne.von <= letzte.bis => letzte.bis = letzte.bis.max(spanne.bis),
                _ => spannen.push(spanne),
            }
        }
        spannen
    }

    /// The first day of a unit.
    pub fn erster_tag(self, einheit: i64) -> Option<Datum> {
        let tag = match self {
            Self::Tage => NaiveDate::from_num_days_from_ce_opt(i32::try_from(einheit).ok()?)?,
            Self::Monate { .. } => NaiveDate::from_ymd_opt(
                i32::try_from(einheit.div_euclid(12)).ok()?,
                u32::try_from(einheit.rem_euclid(12)).ok()? + 1,
                1,
            )?,
        };
        Some(tag.into())
    }

    /// The year that a unit lies in.
    pub fn jahr_von(self, einheit: i64) -> Option<u32> {
        u32::try_from(self.erster_tag(einheit)?.tag().year()).ok()
    }

    /// The change of a day from which on something holds.
    pub fn beginnt(self, tag: Datum) -> Wechsel {
        Wechsel {
            einheit: self.ab(tag),
            tag,
        }
    }

    /// The change of the day after the last one of something.
    pub fn endet(self, letzter: Datum) -> Wechsel {
        Wechsel {
            einheit: self.hinter(letzter),
            tag: danach(letzter),
        }
    }

    /// A span of a year as a part of it; `wechsel` are the changes at which it may begin or end.
    pub fn teil(self, jahr: u32, spanne: Spanne, wechsel: &[Wechsel]) -> Option<Zeitteil> {
        let tage = |einheit: i64| {
            let tage = || wechsel.iter().filter(move |w| w.einheit == einheit);
            let (erster, letzter) = (tage().map(|w| w.tag).min()?, tage().map(|w| w.tag).max()?);
            let gezaehlt = self.erster_tag(einheit);
            let anders = Some(erster) != gezaehlt || Some(letzter) != gezaehlt;
            anders.then_some((erster, letzter))
        };
        Some(Zeitteil {
            von: self.erster_tag(spanne.von)?,
            bis: self.erster_tag(spanne.bis)?.tag().pred_opt()?.into(),
            beginn: tage(spanne.von),
            ende: tage(spanne.bis),
            einheiten: u32::try_from(spanne.laenge()).ok()?,
            im_jahr: u32::try_from(self.jahr(jahr).laenge()).ok()?,
        })
    }

    /// The rule for print: „nach Monaten, ein angefangener Monat zählt voll“.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Monate {
                angefangener_zaehlt: true,
            } => "nach Monaten, ein angefangener Monat zählt voll",
            Self::Monate {
                angefangener_zaehlt: false,
            } => "nach Monaten, ein angefangener Monat zählt nicht",
            Self::Tage => "nach Tagen, das Jahr zu 365 oder 366 Tagen",
        }
    }

    /// What is counted: „Monate“.
    pub fn einheit(self) -> &'static str {
        match self {
            Self::Monate { .. } => "Monate",
            Self::Tage => "Tage",
        }
    }
}

/// A day on which something changes, and the unit from which on the change counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wechsel {
    /// The first unit for which it counts.
    pub einheit: i64,
    /// The first day of what is new.
    pub tag: Datum,
}

/// A part of a year as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Zeitteil {
    /// First day that counts.
    pub von: Datum,
    /// Last day that counts.
    pub bis: Datum,
    /// The first and the last of the days of change that count as its beginning, where they are not `von` itself.
    pub beginn: Option<(Datum, Datum)>,
    /// The same for what follows behind its end.
    pub ende: Option<(Datum, Datum)>,
    /// How many months or days.
    pub einheiten: u32,
    /// How many of them the whole year has.
    pub im_jahr: u32,
}

impl Zeitteil {
    /// Whether it is the whole year.
    pub fn ist_ganz(self) -> bool {
        self.einheiten == self.im_jahr
    }

    /// What is counted, and where the true days are others, those: „Februar bis Dezember 2020 (tatsächlich ab dem
    /// 15.02.2020)“; in days „01.01. – 30.06.2020“.
    pub fn wortlaut(self) -> String {
        if !self.in_monaten() {
            let (von, bis) = (self.von.to_string(), self.bis.to_string());
            return match (von.split_at_checked(6), bis.split_at_checked(6)) {
                (Some((tag, jahr)), Some((_, anderes))) if jahr == anderes => {
                    format!("{tag} – {bis}")
                }
                _ => format!("{von} – {bis}"),
            };
        }
        let (erster, letzter) = (monatsname(self.von), monatsname(self.bis));
        let jahr = self.bis.tag().year();
        let monate = if erster == letzter {
            format!("{erster} {jahr}")
        } else {
            format!("{erster} bis {letzter} {jahr}")
        };
        let vortag = |tag: Datum| tag.tag().pred_opt().map_or(tag, Datum::from);
        // One went in the month in which the other came: both count in it, but on no day both were there.
        if let (Some((erster, einer)), Some((anderer, letzter))) = (self.beginn, self.ende)
            && anderer <= einer
        {
            let (erster, letzter) = (erster.min(anderer), einer.max(letzter));
            return if erster == letzter {
                format!("{monate} (Wechsel am {erster})")
            } else {
                format!("{monate} (Wechsel in der Zeit vom {erster} bis zum {letzter})")
            };
        }
        let ab = self
            .beginn
            .map(|(erster, letzter)| match erster == letzter {
                true => format!("ab dem {erster}"),
                false => format!("ab dem {erster}, zum Teil erst ab dem {letzter}"),
            });
        let bis = self.ende.map(|(erster, letzter)| match erster == letzter {
            true => format!("bis zum {}", vortag(erster)),
            false => format!(
                "bis zum {}, zum Teil nur bis zum {}",
                vortag(letzter),
                vortag(erster)
            ),
        });
        let tage: Vec<_> = ab.into_iter().chain(bis).collect();
        if tage.is_empty() {
            return monate;
        }
        format!("{monate} (tatsächlich {})", tage.join(" und "))
    }

    /// From when on it counts: „ab Juli 2020“, in days „ab 01.07.2020“.
    pub fn ab(self) -> String {
        if self.in_monaten() {
            format!("ab {} {}", monatsname(self.von), self.von.tag().year())
        } else {
            format!("ab {}", self.von)
        }
    }

    fn in_monaten(self) -> bool {
        self.im_jahr == 12
    }

    /// The part as a fraction that is not reduced: `6/12`, `184/366`.
    pub fn bruch(self) -> String {
        format!("{}/{}", self.einheiten, self.im_jahr)
    }
}

/// Intervals in order; those that touch or overlap are one.
pub fn verbunden(
    intervalle: impl IntoIterator<Item = (Datum, Option<Datum>)>,
) -> Vec<(Datum, Option<Datum>)> {
    let mut intervalle: Vec<_> = intervalle.into_iter().collect();
    intervalle.sort_by_key(|(von, bis)| (*von, bis.is_none(), *bis));
    let mut tage: Vec<(Datum, Option<Datum>)> = Vec::new();
    for (von, bis) in intervalle {
        match tage.last_mut() {
            // Days that touch are one interval: where it was cut, nothing begins and nothing ends.
            Some((_, ende)) if ende.is_none_or(|ende| von <= danach(ende)) => {
                *ende = ende.zip(bis).map(|(a, b)| a.max(b));
            }
            _ => tage.push((von, bis)),
        }
    }
    tage
}

fn monatsname(tag: Datum) -> String {
    let lang = tag.lang();
    lang.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn monat(tag: NaiveDate) -> i64 {
    i64::from(tag.year()) * 12 + i64::from(tag.month0())
}

fn danach(tag: Datum) -> Datum {
    tag.tag().succ_opt().map_or(tag, Datum::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZAEHLT: Raster = Raster::Monate {
        angefangener_zaehlt: true,
    };
    const ZAEHLT_NICHT: Raster = Raster::Monate {
        angefangener_zaehlt: false,
    };

    fn tag(text: &str) -> Datum {
        text.parse().unwrap()
    }

    /// How many units of 2020 count of intervals „von–bis“.
    fn einheiten(raster: Raster, intervalle: &[(&str, &str)]) -> i64 {
        let intervalle = intervalle
            .iter()
            .map(|(von, bis)| (tag(von), (!bis.is_empty()).then(|| tag(bis))));
        raster
            .spannen(intervalle)
            .into_iter()
            .filter_map(|spanne| spanne.schnitt(raster.jahr(2020)))
            .map(Spanne::laenge)
            .sum()
    }

    #[test]
    fn a_leap_year_has_366_days() {
        assert_eq!(Raster::Tage.jahr(2020).laenge(), 366);
        assert_eq!(Raster::Tage.jahr(2021).laenge(), 365);
        assert_eq!(Raster::Tage.jahr(2100).laenge(), 365);
    }

    #[test]
    fn the_second_half_of_2020_has_184_days() {
        assert_eq!(einheiten(Raster::Tage, &[("01.07.2020", "")]), 184);
        assert_eq!(
            einheiten(Raster::Tage, &[("01.01.2019", "30.06.2020")]),
            182
        );
    }

    #[test]
    fn a_month_that_has_begun_counts_or_not() {
        for (von, bis, zaehlt, zaehlt_nicht) in [
            ("15.07.2020", "", 6, 5),
            ("01.07.2020", "", 6, 6),
            ("01.01.2019", "15.03.2020", 3, 2),
            ("01.01.2019", "31.03.2020", 3, 3),
            ("10.05.2020", "20.05.2020", 1, 0),
            ("31.12.2020", "", 1, 0),
            ("02.01.2020", "30.12.2020", 12, 10),
        ] {
            assert_eq!(einheiten(ZAEHLT, &[(von, bis)]), zaehlt, "{von}–{bis}");
            assert_eq!(
                einheiten(ZAEHLT_NICHT, &[(von, bis)]),
                zaehlt_nicht,
                "{von}–{bis}"
            );
        }
    }

    #[test]
    fn intervals_that_touch_are_one() {
        let geteilt = [("01.01.2020", "15.06.2020"), ("16.06.2020", "")];
        for raster in [ZAEHLT, ZAEHLT_NICHT] {
            assert_eq!(einheiten(raster, &geteilt), 12);
        }
        assert_eq!(einheiten(Raster::Tage, &geteilt), 366);
    }

    #[test]
    fn a_month_left_and_entered_again_counts_once() {
        let wieder = [("01.01.2020", "10.06.2020"), ("20.06.2020", "")];
        assert_eq!(einheiten(ZAEHLT, &wieder), 12);
        assert_eq!(einheiten(ZAEHLT_NICHT, &wieder), 11);
        assert_eq!(einheiten(Raster::Tage, &wieder), 357);
    }

    #[test]
    fn a_part_of_a_year_knows_its_days() {
        let spanne = ZAEHLT.spanne(Some(tag("15.02.2020")), Some(tag("29.02.2020")));
        let teil = ZAEHLT.teil(2020, spanne.unwrap(), &[]).unwrap();
        assert_eq!((teil.von, teil.bis), (tag("01.02.2020"), tag("29.02.2020")));
        assert_eq!(teil.bruch(), "1/12");
    }

    #[test]
    fn a_month_in_which_one_follows_the_other_names_the_day_of_change() {
        let teil = |beginn: (&str, &str), ende: (&str, &str)| Zeitteil {
            von: tag("01.06.2022"),
            bis: tag("30.06.2022"),
            beginn: Some((tag(beginn.0), tag(beginn.1))),
            ende: Some((tag(ende.0), tag(ende.1))),
            einheiten: 1,
            im_jahr: 12,
        };
        let am_16 = ("16.06.2022", "16.06.2022");
        assert_eq!(
            teil(am_16, am_16).wortlaut(),
            "Juni 2022 (Wechsel am 16.06.2022)"
        );
        assert_eq!(
            teil(("10.06.2022", "20.06.2022"), am_16).wortlaut(),
            "Juni 2022 (Wechsel in der Zeit vom 10.06.2022 bis zum 20.06.2022)"
        );
    }

    #[test]
    fn two_changes_in_a_month_are_both_named() {
        let mut teil = Zeitteil {
            von: tag("01.06.2022"),
            bis: tag("31.12.2022"),
            beginn: Some((tag("05.06.2022"), tag("20.06.2022"))),
            ende: None,
            einheiten: 7,
            im_jahr: 12,
        };
        assert!(
            teil.wortlaut()
                .ends_with("(tatsächlich ab dem 05.06.2022, zum Teil erst ab dem 20.06.2022)")
        );
        (teil.beginn, teil.ende) = (None, Some((tag("06.12.2022"), tag("21.12.2022"))));
        assert!(
            teil.wortlaut()
                .ends_with("(tatsächlich bis zum 20.12.2022, zum Teil nur bis zum 05.12.2022)")
        );
    }

    /// A part of 2020, as it is printed.
    fn wortlaut(raster: Raster, von: &str, bis: &str) -> String {
        let (von, bis) = (tag(von), tag(bis));
        let spanne = raster.spanne(Some(von), Some(bis)).unwrap();
        let wechsel = [raster.beginnt(von), raster.endet(bis)];
        raster.teil(2020, spanne, &wechsel).unwrap().wortlaut()
    }

    #[test]
    fn what_is_counted_as_months_is_told_as_months() {
        for (raster, von, bis, worte) in [
            (
                ZAEHLT,
                "01.02.2020",
                "31.12.2020",
                "Februar bis Dezember 2020",
            ),
            (
                ZAEHLT,
                "15.02.2020",
                "31.12.2020",
                "Februar bis Dezember 2020 (tatsächlich ab dem 15.02.2020)",
            ),
            (
                ZAEHLT_NICHT,
                "01.01.2020",
                "15.08.2020",
                "Januar bis Juli 2020 (tatsächlich bis zum 15.08.2020)",
            ),
            (
                ZAEHLT,
                "10.05.2020",
                "20.05.2020",
                "Mai 2020 (tatsächlich ab dem 10.05.2020 und bis zum 20.05.2020)",
            ),
            (
                Raster::Tage,
                "15.02.2020",
                "30.06.2020",
                "15.02. – 30.06.2020",
            ),
        ] {
            assert_eq!(wortlaut(raster, von, bis), worte);
        }
    }
}
