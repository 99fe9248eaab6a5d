//! By which figures the cost of an item is shared, as the agreement itself lays them down.
//!
//! Only what holds from the first day of the agreement on; what it comes to in a year is another's matter.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::vereinbarung::ascii;
use super::{Blick, leer};
use crate::compute::Menge;
use crate::input::Datum;
use crate::model::kosten::{Anzahl, Kostenposition, Lizenzstand, Stichtagswahl, Verteilung};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Schluessel};

/// The key of a cost item, with all that decides the shares.
#[derive(Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct VerteilungSicht {
    /// The key of the cost item, in ASCII.
    pub schluessel: String,
    /// The agreed quotas, or what each has of a thing, by their first day.
    pub fassungen: Vec<FassungSicht>,
    /// Whether the `fassungen` are quotas.
    pub nach_quoten: bool,
    /// Whether the `fassungen` are numbers of licences.
    pub nach_lizenzen: bool,
    /// Whether the cases of each year decide.
    pub nach_fallzahlen: bool,
    /// The counts of residents that decide, by their first day.
    pub stichtage: Vec<StichtagSicht>,
}

/// What holds from a day on.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct FassungSicht {
    /// First day, or empty where it holds from the beginning of the agreement on.
    pub ab: String,
    /// The bodies with their numbers, in the order of lists.
    pub teile: Vec<TeilSicht>,
}

/// A body and its number.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct TeilSicht {
    /// Official form of the body.
    pub name: String,
    /// „15 %“, „1/20“, „3“.
    pub anteil: String,
}

/// A count of residents.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct StichtagSicht {
    /// First day, or empty where it holds from the beginning of the agreement on.
    pub ab: String,
    /// Day of the count.
    pub stand: String,
    /// Who counted, or empty.
    pub quelle: String,
}

impl Blick<'_> {
    /// The keys of all items that the agreement has.
    pub(super) fn verteilungen(&self, vereinbarung: &Vereinbarung) -> Vec<VerteilungSicht> {
        let eigene = self
            .vorgang
            .kosten
            .iter()
            .filter(|(_, position)| vereinbarung.aufgaben.contains_key(&position.aufgabe));
        eigene
            .map(|(schluessel, position)| VerteilungSicht {
                schluessel: ascii(schluessel),
                ..self.verteilung(position, vereinbarung.beginn())
            })
            .collect()
    }

    fn verteilung(&self, position: &Kostenposition, beginn: Option<Datum>) -> VerteilungSicht {
        let mut sicht = VerteilungSicht::default();
        match &position.schluessel {
            Verteilung::GleicheTeile | Verteilung::Direkt => {}
            Verteilung::Einwohner(wahlen) => {
                sicht.stichtage = ab_beginn(wahlen, |wahl| wahl.ab, beginn)
                    .into_iter()
                    .map(|(ab, wahl)| self.stichtag(ab, wahl))
                    .collect();
            }
            Verteilung::Fallzahlen(_) => sicht.nach_fallzahlen = true,
            Verteilung::Lizenzen(staende) => {
                sicht.nach_lizenzen = true;
                sicht.fassungen = ab_beginn(&laufende(staende), |(ab, _)| Some(*ab), beginn)
                    .into_iter()
                    .map(|(ab, (_, zahlen))| self.fassung(ab, zahlen, ToString::to_string))
                    .collect();
            }
            Verteilung::Quoten(fassungen) => {
                sicht.nach_quoten = true;
                sicht.fassungen = ab_beginn(fassungen, |fassung| fassung.ab, beginn)
                    .into_iter()
                    .map(|(ab, fassung)| {
                        self.fassung(ab, &fassung.anteile, |anteil| {
                            anteil.prozent().unwrap_or_else(|| anteil.to_string())
                        })
                    })
                    .collect();
            }
        }
        sicht
    }

    fn fassung<Z>(
        &self,
        ab: Option<Datum>,
        zahlen: &BTreeMap<Schluessel, Z>,
        zahl: impl Fn(&Z) -> String,
    ) -> FassungSicht {
        let koerperschaften = &self.vorgang.koerperschaften;
        let genannte = Menge::aus(
            self.vorgang,
            zahlen.keys().filter_map(|wer| koerperschaften.get(wer)),
        );
        FassungSicht {
            ab: leer(ab),
            teile: genannte
                .iter()
                .filter_map(|wer: &Koerperschaft| {
                    Some(TeilSicht {
                        name: wer.amtsform(),
                        anteil: zahl(zahlen.get(&wer.schluessel)?),
                    })
                })
                .collect(),
        }
    }

    fn stichtag(&self, ab: Option<Datum>, wahl: &Stichtagswahl) -> StichtagSicht {
        let mut quellen: Vec<String> = Vec::new();
        for koerperschaft in self.vorgang.koerperschaften.values() {
            for zahl in &koerperschaft.einwohner {
                let quelle = zahl.quelle.einzeilig();
                if zahl.stand == wahl.stichtag && !quellen.contains(&quelle) {
                    quellen.push(quelle);
                }
            }
        }
        StichtagSicht {
            ab: leer(ab),
            stand: wahl.stichtag.to_string(),
            quelle: quellen.join("; "),
        }
    }
}

/// What holds on the first day of the agreement, without a day of its own, and all that comes later.
fn ab_beginn<F>(
    fassungen: &[F],
    ab: impl Fn(&F) -> Option<Datum>,
    beginn: Option<Datum>,
) -> Vec<(Option<Datum>, &F)> {
    let mut sortiert: Vec<_> = fassungen
        .iter()
        .map(|fassung| (ab(fassung), fassung))
        .collect();
    sortiert.sort_by_key(|(ab, _)| *ab);
    let gilt_schon = |ab: &Option<Datum>| match (ab, beginn) {
        (None, _) => true,
        (Some(ab), Some(beginn)) => *ab <= beginn,
        (Some(_), None) => false,
    };
    let schon = sortiert.iter().filter(|(ab, _)| gilt_schon(ab)).count();
    sortiert
        .into_iter()
        .skip(schon.saturating_sub(1))
        .map(|(ab, fassung)| (ab.filter(|_| !gilt_schon(&ab)), fassung))
        .collect()
}

/// All licences from a day on: who is not named keeps as many as before.
fn laufende(staende: &[Lizenzstand]) -> Vec<(Datum, BTreeMap<Schluessel, Anzahl>)> {
    let mut sortiert: Vec<_> = staende.iter().collect();
    sortiert.sort_by_key(|stand| stand.ab);
    let mut alle = BTreeMap::new();
    sortiert
        .into_iter()
        .map(|stand| {
            alle.extend(stand.zahlen.iter().map(|(wer, zahl)| (wer.clone(), *zahl)));
            (stand.ab, alle.clone())
        })
        .collect()
}
