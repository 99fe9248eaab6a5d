//! Who pays for an item, when, and by which weight: the use and the key on the axis of time.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use super::super::anteile::{erweitert, hauptnenner};
use super::super::zeit::{Raster, Spanne};
use crate::input::{Bruch, Datum};
use crate::model::koerperschaft::{Ags, Koerperschaft};
use crate::model::kosten::{Anzahl, Kostenposition, Verteilung};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Schluessel, Vorgang};

/// A body that pays, and when.
#[derive(Debug, Clone)]
pub(super) struct Zahler<'a> {
    pub(super) koerperschaft: &'a Koerperschaft,
    /// When it takes part in what the key shares; empty for one that only bears sums of its own.
    pub(super) spannen: Vec<Spanne>,
}

impl Zahler<'_> {
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
            Some(Zahler {
                koerperschaft: vorgang.koerperschaften.get(schluessel)?,
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

/// The weights of all payers over time.
#[derive(Debug)]
pub(super) struct Gewichte {
    /// From which unit on which weights hold, in order; each by the payers' order, `None` where nobody says one.
    reihe: Vec<(i64, Vec<Option<BigInt>>)>,
    /// Whether whoever weighs something must take part.
    pub(super) bindend: bool,
}

impl Gewichte {
    pub(super) fn aus(position: &Kostenposition, zahler: &[Zahler<'_>], raster: Raster) -> Self {
        let von = |ab: Option<Datum>| ab.map_or(i64::MIN, |ab| raster.ab(ab));
        let eins = || vec![Some(BigInt::from(1)); zahler.len()];
        let mut reihe: Vec<(i64, Option<Datum>, Vec<Option<BigInt>>)> = match &position.schluessel {
            Verteilung::GleicheTeile | Verteilung::Direkt => vec![(i64::MIN, None, eins())],
            Verteilung::Einwohner(wahlen) => wahlen
                .iter()
                .map(|wahl| {
                    let zahlen = zahler
                        .iter()
                        .map(|z| einwohner(z.koerperschaft, wahl.stichtag));
                    (von(wahl.ab), wahl.ab, zahlen.collect())
                })
                .collect(),
            Verteilung::Fallzahlen(jahre) => jahre
                .iter()
                .flat_map(|jahr| {
                    let spanne = raster.jahr(jahr.jahr.0);
                    let naechstes = jahre.iter().any(|j| j.jahr.0 == jahr.jahr.0 + 1);
                    let ende = (!naechstes).then(|| (spanne.bis, None, vec![None; zahler.len()]));
                    std::iter::once((spanne.von, None, gezaehlt(zahler, &jahr.zahlen))).chain(ende)
                })
                .collect(),
            Verteilung::Lizenzen(staende) => {
                let mut sortiert: Vec<_> = staende.iter().collect();
                sortiert.sort_by_key(|stand| stand.ab);
                let mut jetzt = vec![None; zahler.len()];
                sortiert
                    .into_iter()
                    .map(|stand| {
                        for (alt, neu) in jetzt.iter_mut().zip(gezaehlt(zahler, &stand.zahlen)) {
                            *alt = neu.or_else(|| alt.take());
                        }
                        (raster.ab(stand.ab), Some(stand.ab), jetzt.clone())
                    })
                    .collect()
            }
            Verteilung::Quoten(fassungen) => fassungen
                .iter()
                .map(|fassung| {
                    let nenner = hauptnenner(fassung.anteile.values().map(Bruch::wert));
                    let quoten = zahler.iter().map(|z| {
                        let quote = fassung.anteile.get(&z.koerperschaft.schluessel)?;
                        Some(erweitert(quote.wert(), &nenner))
                    });
                    (von(fassung.ab), fassung.ab, quoten.collect())
                })
                .collect(),
        };
        reihe.sort_by_key(|(von, ab, _)| (*von, *ab));
        Self {
            reihe: reihe
                .into_iter()
                .map(|(von, _, gewichte)| (von, gewichte))
                .collect(),
            bindend: matches!(position.schluessel, Verteilung::Quoten(_)),
        }
    }

    /// The units at which weights change.
    pub(super) fn wechsel(&self) -> impl Iterator<Item = i64> {
        self.reihe.iter().map(|(von, _)| *von)
    }

    /// The weights of a unit; the last of several that begin with it holds.
    pub(super) fn am(&self, einheit: i64) -> Option<&[Option<BigInt>]> {
        let bis = self.reihe.partition_point(|(von, _)| *von <= einheit);
        let (_, gewichte) = self.reihe.get(bis.checked_sub(1)?)?;
        Some(gewichte)
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
