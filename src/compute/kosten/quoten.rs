//! Agreed quotas over time: which version counts in a month within which they change.
//!
//! Time that is counted in days leaves no choice. Of the versions that hold on some day of a month the one counts that
//! names just those for whom the month counts: so a quota ends with its user's last month and begins with its first, as
//! use does. Where none or several do, it is the latest if a month that has begun counts, else the earliest. The version
//! that counts is borne for the whole month, also by somebody who went or came in it; whoever has a quota on the days of
//! its use, and none on others, has done nothing wrong.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use num_bigint::BigInt;
use num_traits::Zero;

use super::super::anteile::{erweitert, hauptnenner};
use super::super::zeit::Raster;
use super::zahler::{Gewichtsstand, Herkunft, Zahler};
use crate::input::{Bruch, Datum};
use crate::model::kosten::Quotenfassung;

/// The weights from which unit on, in order.
pub(super) fn reihe<'a>(
    fassungen: &'a [Quotenfassung],
    zahler: &[Zahler<'_>],
    raster: Raster,
) -> Vec<(i64, Gewichtsstand<'a>)> {
    let mut sortiert: Vec<_> = fassungen
        .iter()
        .map(|fassung| Fassung::aus(fassung, zahler))
        .collect();
    sortiert.sort_by_key(|fassung| fassung.ab());
    let mut beginne = BTreeSet::new();
    for fassung in &sortiert {
        match fassung.ab() {
            None => _ = beginne.insert(i64::MIN),
            Some(ab) => {
                beginne.insert(raster.ab(ab));
                if let (Raster::Monate { .. }, 2..) = (raster, ab.tag().day()) {
                    // The month of the change, and the one behind it: what counts in it is asked of both.
                    let monat = monat(ab);
                    beginne.extend([monat, monat + 1]);
                }
            }
        }
    }
    beginne
        .into_iter()
        .filter_map(|einheit| Some((einheit, stand(&sortiert, zahler, raster, einheit)?)))
        .collect()
}

/// A version with the quotas of all payers, in their order.
struct Fassung<'a> {
    fassung: &'a Quotenfassung,
    quoten: Vec<Option<BigInt>>,
}

impl<'a> Fassung<'a> {
    fn aus(fassung: &'a Quotenfassung, zahler: &[Zahler<'_>]) -> Self {
        let nenner = hauptnenner(fassung.anteile.values().map(Bruch::wert));
        let quote = |zahler: &Zahler<'_>| {
            let quote = fassung.anteile.get(&zahler.koerperschaft.schluessel)?;
            Some(erweitert(quote.wert(), &nenner))
        };
        Self {
            fassung,
            quoten: zahler.iter().map(quote).collect(),
        }
    }

    fn ab(&self) -> Option<Datum> {
        self.fassung.ab
    }

    fn hat_quote(&self, wer: usize) -> bool {
        self.quote(wer).is_some_and(|quote| !quote.is_zero())
    }

    fn quote(&self, wer: usize) -> Option<&BigInt> {
        self.quoten.get(wer)?.as_ref()
    }

    /// Whether it names just those who take part in a unit.
    fn passt(&self, zahler: &[Zahler<'_>], einheit: i64) -> bool {
        zahler.iter().enumerate().all(|(wer, zahler)| {
            if zahler.zahlt(einheit) {
                self.quote(wer).is_some()
            } else {
                !self.hat_quote(wer)
            }
        })
    }
}

/// What counts in a unit and, unless something changes, in those behind it; `None` before the first version.
fn stand<'a>(
    sortiert: &[Fassung<'a>],
    zahler: &[Zahler<'_>],
    raster: Raster,
    einheit: i64,
) -> Option<Gewichtsstand<'a>> {
    let erster = raster.erster_tag(einheit);
    let hinter = raster.erster_tag(einheit.saturating_add(1));
    // All that hold on a day of the unit; what holds on its first day stands first.
    let am_ersten = sortiert
        .iter()
        .rposition(|f| f.ab().is_none_or(|ab| erster.is_some_and(|e| ab <= e)));
    let moegliche: Vec<_> = sortiert
        .iter()
        .skip(am_ersten.unwrap_or_default())
        .take_while(|f| f.ab().is_none_or(|ab| hinter.is_some_and(|h| ab < h)))
        .collect();
    let zaehlt = !matches!(
        raster,
        Raster::Monate {
            angefangener_zaehlt: false
        }
    );
    if am_ersten.is_none() && !zaehlt {
        return None;
    }
    let mut passende = moegliche.iter().filter(|f| f.passt(zahler, einheit));
    let (gilt, sonst) = if zaehlt {
        (passende.next_back(), moegliche.last())
    } else {
        (passende.next(), moegliche.first())
    };
    let gilt = *gilt.or(sonst)?;
    let entschuldigt = if moegliche.len() > 1 {
        let tage = tage(&moegliche, erster?, hinter?);
        (0..zahler.len())
            .map(|wer| ist_entschuldigt(&tage, gilt, zahler, wer))
            .collect()
    } else {
        Vec::new()
    };
    Some(Gewichtsstand {
        gewichte: gilt.quoten.clone(),
        entschuldigt,
        herkunft: Herkunft::Quoten(gilt.fassung),
    })
}

/// Each day before `hinter` with the version that holds on it, if one does.
fn tage<'f, 'a>(
    moegliche: &[&'f Fassung<'a>],
    erster: Datum,
    hinter: Datum,
) -> BTreeMap<Datum, Option<&'f Fassung<'a>>> {
    erster
        .tag()
        .iter_days()
        .map(Datum::from)
        .take_while(|tag| *tag < hinter)
        .map(|tag| {
            let gilt = |f: &&&Fassung<'_>| f.ab().is_none_or(|ab| ab <= tag);
            (tag, moegliche.iter().rev().find(gilt).copied())
        })
        .collect()
}

/// Whether somebody is named on the days of its use, though not by the version that counts; or has a quota by the
/// version that counts, and uses on all days on which that holds.
fn ist_entschuldigt(
    tage: &BTreeMap<Datum, Option<&Fassung<'_>>>,
    gilt: &Fassung<'_>,
    zahler: &[Zahler<'_>],
    wer: usize,
) -> bool {
    let nutzt = |tag: Datum| zahler.get(wer).is_some_and(|zahler| zahler.nutzt(tag));
    if gilt.quote(wer).is_none() {
        return tage
            .iter()
            .filter(|(tag, _)| nutzt(**tag))
            .all(|(_, fassung)| fassung.is_some_and(|f| f.quote(wer).is_some()));
    }
    let mut seine = tage
        .iter()
        .filter(|(_, fassung)| fassung.is_some_and(|f| std::ptr::eq(f.fassung, gilt.fassung)))
        .peekable();
    seine.peek().is_some() && seine.all(|(tag, _)| nutzt(*tag))
}

/// The unit of a day's month.
fn monat(tag: Datum) -> i64 {
    let erster = tag.tag().with_day(1).unwrap_or(tag.tag());
    Raster::default().ab(erster.into())
}
