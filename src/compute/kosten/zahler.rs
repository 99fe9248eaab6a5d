//! Who pays for an item, when, and by which weight: the use and the key on the axis of time.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use super::super::zeit::{Raster, Spanne, verbunden};
use super::quoten;
use crate::input::Datum;
use crate::model::koerperschaft::{Ags, Koerperschaft};
use crate::model::kosten::{
    Anzahl, Fallzahlen, Kostenposition, Lizenzstand, Quotenfassung, Stichtagswahl, Verteilung,
};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Schluessel, Vorgang};

/// A body that pays, and when.
#[derive(Debug, Clone)]
pub(super) struct Zahler<'a> {
    pub(super) koerperschaft: &'a Koerperschaft,
    /// When it takes part in what the key shares; empty for one that only bears sums of its own.
    pub(super) spannen: Vec<Spanne>,
    /// The days of its use, apart from each other; it pays on all days where nobody's use is told.
    pub(super) tage: Vec<(Datum, Option<Datum>)>,
}

impl Zahler<'_> {
    /// Whether it uses the service on a day.
    pub(super) fn nutzt(&self, tag: Datum) -> bool {
        let mut tage = self.tage.iter();
        tage.any(|(von, bis)| *von <= tag && bis.is_none_or(|bis| tag <= bis))
    }

    pub(super) fn zahlt(&self, einheit: i64) -> bool {
        self.spannen.iter().any(|spanne| spanne.enthaelt(einheit))
    }
}

/// What decides ties: the AGS, and among bodies without one their key.
fn rang(koerperschaft: &Koerperschaft) -> (Option<&Ags>, &Schluessel) {
    (koerperschaft.ags.as_ref(), &koerperschaft.schluessel)
}

/// All who pay for an item, in the order that decides ties.
///
/// `gemeinden` pay where nobody's use is told; those in `ohne` take no part.
pub(super) fn zahler<'a>(
    vorgang: &'a Vorgang,
    vereinbarung: &Vereinbarung,
    position: &Kostenposition,
    gemeinden: &[&'a Koerperschaft],
    raster: Raster,
    ohne: &[&Schluessel],
) -> Vec<Zahler<'a>> {
    let mut intervalle: BTreeMap<&Schluessel, Vec<(Datum, Option<Datum>)>> = BTreeMap::new();
    for nutzung in &vorgang.nutzung {
        let eigene = intervalle.entry(&nutzung.anwender).or_default();
        eigene.push((nutzung.von, nutzung.bis));
    }
    let genutzt = |schluessel: &Schluessel| {
        let eigene = intervalle.get(schluessel)?;
        Some(raster.spannen(eigene.iter().copied()))
    };
    let mut alle: BTreeMap<&Schluessel, Vec<Spanne>> = BTreeMap::new();
    if let Some(zahler) = &position.zahler {
        for wer in &zahler.wer {
            alle.insert(wer, genutzt(wer).unwrap_or_else(|| vec![Spanne::IMMER]));
        }
    } else if intervalle.is_empty() {
        for koerperschaft in gemeinden {
            alle.insert(&koerperschaft.schluessel, vec![Spanne::IMMER]);
        }
    } else {
        for schluessel in intervalle.keys().copied() {
            if ist_empfaenger(vereinbarung, position, schluessel) {
                alle.insert(schluessel, genutzt(schluessel).unwrap_or_default());
            }
        }
    }
    // A quota of somebody who takes no part must be noticed, not shared out among the others.
    for schluessel in direkte(position).chain(mit_quote(position)) {
        alle.entry(schluessel).or_default();
    }
    for schluessel in ohne {
        if let Some(spannen) = alle.get_mut(schluessel) {
            spannen.clear();
        }
    }
    let mut zahler: Vec<_> = alle
        .into_iter()
        .filter_map(|(schluessel, spannen)| {
            let eigene = intervalle.get(schluessel).into_iter().flatten().copied();
            Some(Zahler {
                koerperschaft: vorgang.koerperschaften.get(schluessel)?,
                tage: if spannen == [Spanne::IMMER] {
                    vec![(chrono::NaiveDate::MIN.into(), None)]
                } else if spannen.is_empty() {
                    Vec::new()
                } else {
                    verbunden(eigene)
                },
                spannen,
            })
        })
        .collect();
    zahler.sort_by(|a, b| rang(a.koerperschaft).cmp(&rang(b.koerperschaft)));
    zahler
}

/// Whether a user takes part in the item: the task is done for it, or it does the task itself.
fn ist_empfaenger(
    vereinbarung: &Vereinbarung,
    position: &Kostenposition,
    schluessel: &Schluessel,
) -> bool {
    vereinbarung
        .aufgaben
        .get(&position.aufgabe)
        .is_none_or(|aufgabe| {
            aufgabe.empfaenger.is_empty()
                || aufgabe.empfaenger.contains(schluessel)
                || aufgabe.anbieter == *schluessel
        })
}

/// Who bears a sum alone.
fn direkte(position: &Kostenposition) -> impl Iterator<Item = &Schluessel> {
    let fest = position.festbetrag.iter().flatten();
    let belege = position.rechnungen.iter().flatten();
    fest.filter_map(|f| f.fuer.as_ref())
        .chain(belege.filter_map(|b| b.fuer.as_ref()))
}

/// Who has a quota at some time.
fn mit_quote(position: &Kostenposition) -> impl Iterator<Item = &Schluessel> {
    let fassungen = match &position.schluessel {
        Verteilung::Quoten(fassungen) => fassungen.as_slice(),
        _ => &[],
    };
    fassungen.iter().flat_map(|fassung| fassung.anteile.keys())
}

/// The figures of the key by which a part of a year is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Herkunft<'a> {
    /// None: all have the same part, or each sum names who bears it.
    Keine,
    /// Residents on a day.
    Einwohner(&'a Stichtagswahl),
    /// Cases of a year.
    Fallzahlen(&'a Fallzahlen),
    /// Licences as of a day.
    Lizenzen(&'a Lizenzstand),
    /// A version of the quotas.
    Quoten(&'a Quotenfassung),
}

/// The weights of a time, each by the payers' order.
#[derive(Debug, Clone)]
pub(super) struct Gewichtsstand<'a> {
    /// `None` where nobody says one.
    pub(super) gewichte: Vec<Option<BigInt>>,
    /// Who may lack a weight, or have one without use, within a month of a change; empty for nobody.
    pub(super) entschuldigt: Vec<bool>,
    pub(super) herkunft: Herkunft<'a>,
}

/// The weights of all payers over time.
#[derive(Debug)]
pub(super) struct Gewichte<'a> {
    /// From which unit on which weights hold, in order.
    reihe: Vec<(i64, Gewichtsstand<'a>)>,
    /// Whether whoever weighs something must take part.
    pub(super) bindend: bool,
}

impl<'a> Gewichte<'a> {
    pub(super) fn aus(position: &'a Kostenposition, zahler: &[Zahler<'_>], raster: Raster) -> Self {
        let von = |ab: Option<Datum>| ab.map_or(i64::MIN, |ab| raster.ab(ab));
        let stand = |gewichte, herkunft| Gewichtsstand {
            gewichte,
            entschuldigt: Vec::new(),
            herkunft,
        };
        let mut reihe: Vec<(i64, Option<Datum>, Gewichtsstand<'a>)> = match &position.schluessel {
            Verteilung::GleicheTeile | Verteilung::Direkt => {
                let eins = vec![Some(BigInt::from(1)); zahler.len()];
                vec![(i64::MIN, None, stand(eins, Herkunft::Keine))]
            }
            Verteilung::Einwohner(wahlen) => wahlen
                .iter()
                .map(|wahl| {
                    let zahlen = zahler
                        .iter()
                        .map(|z| einwohner(z.koerperschaft, wahl.stichtag))
                        .collect();
                    (
                        von(wahl.ab),
                        wahl.ab,
                        stand(zahlen, Herkunft::Einwohner(wahl)),
                    )
                })
                .collect(),
            Verteilung::Fallzahlen(jahre) => jahre
                .iter()
                .flat_map(|jahr| {
                    let spanne = raster.jahr(jahr.jahr.0);
                    let naechstes = jahre.iter().any(|j| j.jahr.0 == jahr.jahr.0 + 1);
                    let keine = || stand(vec![None; zahler.len()], Herkunft::Keine);
                    let ende = (!naechstes).then(|| (spanne.bis, None, keine()));
                    let zahlen = gezaehlt(zahler, &jahr.zahlen);
                    let stand = stand(zahlen, Herkunft::Fallzahlen(jahr));
                    std::iter::once((spanne.von, None, stand)).chain(ende)
                })
                .collect(),
            Verteilung::Lizenzen(staende) => {
                let mut sortiert: Vec<_> = staende.iter().collect();
                sortiert.sort_by_key(|stand| stand.ab);
                let mut jetzt = vec![None; zahler.len()];
                sortiert
                    .into_iter()
                    .map(|neuer| {
                        for (alt, neu) in jetzt.iter_mut().zip(gezaehlt(zahler, &neuer.zahlen)) {
                            *alt = neu.or_else(|| alt.take());
                        }
                        let herkunft = Herkunft::Lizenzen(neuer);
                        (
                            raster.ab(neuer.ab),
                            Some(neuer.ab),
                            stand(jetzt.clone(), herkunft),
                        )
                    })
                    .collect()
            }
            Verteilung::Quoten(fassungen) => quoten::reihe(fassungen, zahler, raster)
                .into_iter()
                .map(|(von, stand)| (von, None, stand))
                .collect(),
        };
        reihe.sort_by_key(|(von, ab, _)| (*von, *ab));
        Self {
            reihe: reihe
                .into_iter()
                .map(|(von, _, stand)| (von, stand))
                .collect(),
            bindend: matches!(position.schluessel, Verteilung::Quoten(_)),
        }
    }

    /// The units at which weights change.
    pub(super) fn wechsel(&self) -> impl Iterator<Item = i64> {
        self.reihe.iter().map(|(von, _)| *von)
    }

    /// The weights of a unit; the last of several that begin with it holds.
    pub(super) fn am(&self, einheit: i64) -> Option<&Gewichtsstand<'a>> {
        let bis = self.reihe.partition_point(|(von, _)| *von <= einheit);
        let (_, stand) = self.reihe.get(bis.checked_sub(1)?)?;
        Some(stand)
    }
}

fn gezaehlt(zahler: &[Zahler<'_>], zahlen: &BTreeMap<Schluessel, Anzahl>) -> Vec<Option<BigInt>> {
    zahler
        .iter()
        .map(|z| {
            zahlen
                .get(&z.koerperschaft.schluessel)
                .map(|zahl| zahl.0.into())
        })
        .collect()
}

fn einwohner(koerperschaft: &Koerperschaft, stichtag: Datum) -> Option<BigInt> {
    koerperschaft
        .einwohner
        .iter()
        .find(|zahl| zahl.stand == stichtag)
        .map(|zahl| zahl.zahl.0.into())
}

/// Whether all weights are nothing.
pub(super) fn sind_null(gewichte: &[BigInt]) -> bool {
    gewichte.iter().all(Zero::is_zero)
}
