//! What the tasks of an agreement cost year by year, how that came about, who bears which share, and who pays whom.
//!
//! One item and year at a time: its sums ([`posten`]) are spread over the year, the year is cut at every change of use
//! or key ([`zahler`]), the exact shares of all parts are added up, and the year's total, rounded once, is apportioned
//! by them ([`anteile`]). Nothing else is rounded; all other figures are sums of these cents.
//!
//! Everything printed can be traced: [`Jahr::schritte`] is the calculation, [`Jahr::abschnitte`] says who shared what
//! when and by which weights. Knows no template and no language but that of the steps.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use num_bigint::BigInt;
use num_rational::BigRational;
use rayon::prelude::*;

use super::zeit::{Raster, Spanne, Wechsel, Zeitteil};
use super::{Menge, anteile};
use crate::diagnostic::Befund;
use crate::input::{Bruch, Cent, Datum};
use crate::model::koerperschaft::Koerperschaft;
use crate::model::kosten::{Kostenposition, ist_beispielwert};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Schluessel, Text, Vorgang};

mod befund;
mod herkunft;
mod jahr;
pub mod json;
mod lesbar;
mod monate;
mod posten;
mod quoten;
mod schritt;
mod zahler;
mod zahlungen;
mod zeitraum;

use befund::Meldung;

pub use lesbar::lesbar;
pub use schritt::{Schritt, Schrittart};
pub use zahler::Herkunft;
pub use zahlungen::{Faelligkeit, Teilzahlung, Zahlung};

/// The largest total of a year, in cents: 10¹² €, as for amounts that are read.
const HOECHSTENS: i64 = 100_000_000_000_000;

/// What an agreement costs.
#[derive(Debug, Clone, Default)]
pub struct Kosten<'a> {
    /// How parts of a year are counted.
    pub raster: Raster,
    /// The items in the order of their keys.
    pub rechnungen: Vec<Rechnung<'a>>,
    /// All items together, year by year.
    pub jahre: Vec<Jahressumme<'a>>,
}

/// A cost item of an agreement, year by year.
#[derive(Debug, Clone)]
pub struct Rechnung<'a> {
    /// Key of the item.
    pub schluessel: &'a Schluessel,
    /// The item.
    pub position: &'a Kostenposition,
    /// The agreement whose task it is for: its rules for time and payment count.
    pub vereinbarung: &'a Vereinbarung,
    /// What it is called: its own name, else that of its task.
    pub bezeichnung: &'a Text,
    /// Who does the task and is paid for it.
    pub anbieter: &'a Koerperschaft,
    /// The years for which there are figures, in order.
    pub jahre: Vec<Jahr<'a>>,
}

/// A year of a cost item.
#[derive(Debug, Clone)]
pub struct Jahr<'a> {
    /// The year.
    pub jahr: u32,
    /// The steps of the calculation.
    pub schritte: Vec<Schritt<'a>>,
    /// What the printed steps lack of the total; zero unless a step was rounded.
    pub rundung: Cent,
    /// The total, rounded once.
    pub gesamt: Cent,
    /// The parts of the year in which the same bodies share by the same weights, in order.
    pub abschnitte: Vec<Abschnitt<'a>>,
    /// The share of each payer, in the order of lists.
    pub anteile: Vec<Anteil<'a>>,
    /// The provider's own share, which is not invoiced.
    pub eigenanteil: Cent,
    /// What the provider invoices to the others together.
    pub rechnungen: Cent,
}

impl Jahr<'_> {
    /// Whether a figure of the year is invented.
    pub fn ist_beispiel(&self) -> bool {
        let mut gewichte = self.gewichtsquellen().into_iter();
        self.schritte.iter().any(Schritt::ist_beispielwert)
            || gewichte.any(|quelle| ist_beispielwert(&quelle.as_str().into()))
    }

    /// What the key shares, for print, where somebody bears a part of the total alone; else empty.
    pub fn zu_verteilen(&self) -> String {
        if self.schritte.iter().all(|s| s.direkt().is_none()) {
            return String::new();
        }
        let geteilt: BigRational = self.abschnitte.iter().map(|a| &a.kosten).sum();
        schritt::ungefaehr(&geteilt)
    }

    /// The share of a body, if it has one.
    pub fn anteil_von(&self, schluessel: &Schluessel) -> Option<&Anteil<'_>> {
        self.anteile
            .iter()
            .find(|anteil| anteil.koerperschaft.schluessel == *schluessel)
    }

    /// By which figures of the key the year is shared, each once, in the order of its parts; empty where all have the
    /// same part.
    pub fn gewichtsquellen(&self) -> Vec<String> {
        let mut quellen: Vec<String> = Vec::new();
        for quelle in self.abschnitte.iter().map(Abschnitt::gewichtsquelle) {
            if !quelle.is_empty() && !quellen.contains(&quelle) {
                quellen.push(quelle);
            }
        }
        quellen
    }

    /// Where its figures come from, each source once, in the order of the steps.
    pub fn quellen(&self) -> Vec<String> {
        let mut quellen: Vec<String> = Vec::new();
        for quelle in self.schritte.iter().map(Schritt::beleg) {
            if !quelle.is_empty() && !quellen.contains(&quelle) {
                quellen.push(quelle);
            }
        }
        quellen
    }
}

/// A part of a year in which the same bodies share by the same weights.
#[derive(Debug, Clone)]
pub struct Abschnitt<'a> {
    /// Which part.
    pub teil: Zeitteil,
    /// What is shared in it, exactly, in euros: without the sums that somebody bears alone.
    pub kosten: BigRational,
    /// Who shares, in the order of lists, each with its weight: 1, residents, cases, licences, or a quota.
    pub gewichte: Vec<(&'a Koerperschaft, BigInt)>,
    /// All weights together; never zero.
    pub summe: BigInt,
    /// Where the weights come from.
    pub herkunft: Herkunft<'a>,
}

impl Abschnitt<'_> {
    /// What the weights are and of which day: „Einwohner am 31.12.2022 (Destatis)“; empty where all have the same.
    pub fn gewichtsquelle(&self) -> String {
        herkunft::wortlaut(self.herkunft, self.gewichte.iter().map(|(k, _)| *k))
    }

    /// A weight as it is printed: „49.263“, a quota as „12,5 %“ or „1/3“.
    pub fn gewicht(&self, gewicht: &BigInt) -> String {
        match self.herkunft {
            Herkunft::Quoten(_) => self.bruch(gewicht).map_or_else(String::new, |quote| {
                quote.prozent().unwrap_or_else(|| quote.to_string())
            }),
            _ => herkunft::gruppiert(gewicht),
        }
    }

    /// What is shared for print, „≈“ in front where it is rounded.
    pub fn gedruckt(&self) -> String {
        schritt::ungefaehr(&self.kosten)
    }

    /// The fraction of a weight; `None` if it is no fraction.
    pub fn bruch(&self, gewicht: &BigInt) -> Option<Bruch> {
        Bruch::neu(BigRational::new(gewicht.clone(), self.summe.clone()))
    }
}

/// The share of a payer in a year.
#[derive(Debug, Clone)]
pub struct Anteil<'a> {
    /// The payer.
    pub koerperschaft: &'a Koerperschaft,
    /// The share in cents.
    pub betrag: Cent,
    /// Whether the payer is the provider itself.
    pub eigen: bool,
    /// Its exact share and the total, on a common scale.
    genau: (BigInt, BigInt),
}

impl Anteil<'_> {
    /// The exact fraction of the year's total; `None` where debits and credits leave none.
    pub fn anteil(&self) -> Option<Bruch> {
        let (zaehler, nenner) = &self.genau;
        if *nenner == BigInt::ZERO {
            return None;
        }
        Bruch::neu(BigRational::new(zaehler.clone(), nenner.clone()))
    }
}

/// All items of a year together.
#[derive(Debug, Clone)]
pub struct Jahressumme<'a> {
    /// The year.
    pub jahr: u32,
    /// What all items cost.
    pub summe: Cent,
    /// What each body bears in the end, in the order of lists.
    pub je_beteiligtem: Vec<(&'a Koerperschaft, Cent)>,
    /// Who pays whom, in the order of lists.
    pub zahlungen: Vec<Zahlung<'a>>,
}

/// What a year means for the budget of one body.
///
/// Income and expense are gross: they are not set off against each other. Only within one item and year debits and
/// credits are: its total is what the task has cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Haushaltswirkung {
    /// What it bears in the end: what it pays, and as a provider its own share.
    pub traegt: Cent,
    /// What it pays to others.
    pub zahlt: Cent,
    /// What others pay to it.
    pub erhaelt: Cent,
    /// What others pay or credit to it, and the total of an item of its own that is a credit.
    pub ertrag: Cent,
    /// What it pays or credits to others, and the total of an item of its own that costs something.
    pub aufwand: Cent,
}

impl Haushaltswirkung {
    /// Adds what costs something to the expense, and what brings something in to the income.
    fn buche(&mut self, betrag: Cent) -> Option<()> {
        if betrag.0 < 0 {
            self.ertrag = self.ertrag.checked_sub(betrag)?;
        } else {
            self.aufwand = self.aufwand.checked_add(betrag)?;
        }
        Some(())
    }
}

impl<'a> Kosten<'a> {
    /// The item with this key.
    pub fn rechnung(&self, schluessel: &Schluessel) -> Option<&Rechnung<'a>> {
        self.rechnungen
            .iter()
            .find(|rechnung| rechnung.schluessel == schluessel)
    }

    /// All items of a year together.
    pub fn jahr(&self, jahr: u32) -> Option<&Jahressumme<'a>> {
        self.jahre.iter().find(|summe| summe.jahr == jahr)
    }

    /// What a year means for the budget of a body, for the budget block of its Vorlage; `None` without figures.
    pub fn haushalt(&self, schluessel: &Schluessel, jahr: u32) -> Option<Haushaltswirkung> {
        let summe = self.jahr(jahr)?;
        let mut wirkung = Haushaltswirkung::default();
        for (koerperschaft, betrag) in &summe.je_beteiligtem {
            if koerperschaft.schluessel == *schluessel {
                wirkung.traegt = wirkung.traegt.checked_add(*betrag)?;
            }
        }
        for zahlung in &summe.zahlungen {
            if zahlung.von.schluessel == *schluessel {
                wirkung.zahlt = wirkung.zahlt.checked_add(zahlung.betrag)?;
            }
            if zahlung.an.schluessel == *schluessel {
                wirkung.erhaelt = wirkung.erhaelt.checked_add(zahlung.betrag)?;
            }
        }
        for rechnung in &self.rechnungen {
            let ist_anbieter = rechnung.anbieter.schluessel == *schluessel;
            for dieses in rechnung.jahre.iter().filter(|j| j.jahr == jahr) {
                if ist_anbieter {
                    wirkung.buche(dieses.gesamt)?;
                }
                for anteil in dieses.anteile.iter().filter(|anteil| !anteil.eigen) {
                    let betrag = anteil.betrag;
                    if anteil.koerperschaft.schluessel == *schluessel {
                        wirkung.buche(betrag)?;
                    } else if ist_anbieter {
                        wirkung.buche(Cent(betrag.0.checked_neg()?))?;
                    }
                }
            }
        }
        Some(wirkung)
    }
}

/// What the bodies bear in a year with and without some of them taking part.
#[derive(Debug, Clone)]
pub struct Vergleich<'a> {
    /// The year.
    pub jahr: u32,
    /// All who pay in either case, in the order of lists.
    pub zeilen: Vec<Vergleichszeile<'a>>,
}

/// A line of a comparison: what a body bears with and without others taking part.
#[derive(Debug, Clone)]
pub struct Vergleichszeile<'a> {
    /// The body.
    pub koerperschaft: &'a Koerperschaft,
    /// With them.
    pub mit: Cent,
    /// Without them; `None` for those left out.
    pub ohne: Option<Cent>,
}

/// What it changes that some bodies take part: „Was ändert der Beitritt?“.
///
/// Looks at the first year of the agreement that has figures, and computes it once more as if `weg` had never used the
/// service. `None` if there are no figures, or the year cannot be computed without them: nobody pays, or fixed quotas
/// name them.
pub fn vergleich<'a>(
    vorgang: &'a Vorgang,
    vereinbarung: &'a Vereinbarung,
    (parteien, weg): (&Menge<'a>, &Menge<'_>),
    mit: &Kosten<'a>,
) -> Option<Vergleich<'a>> {
    let erstes = vereinbarung.beginn().map(jahr_des);
    let mit = mit
        .jahre
        .iter()
        .find(|summe| erstes.is_none_or(|erstes| erstes <= summe.jahr))?;
    let schluessel: Vec<_> = weg.iter().map(|k| &k.schluessel).collect();
    let (ohne, befunde) = kosten(vorgang, vereinbarung, parteien, &schluessel);
    if befunde.iter().any(Befund::ist_fehler) {
        return None;
    }
    let ohne = ohne.jahr(mit.jahr)?;
    let alle = mit.je_beteiligtem.iter().chain(&ohne.je_beteiligtem);
    let betrag = |summe: &Jahressumme<'_>, wer: &Koerperschaft| {
        let zeile = summe
            .je_beteiligtem
            .iter()
            .find(|(k, _)| k.schluessel == wer.schluessel);
        zeile.map_or(Cent(0), |(_, betrag)| *betrag)
    };
    let zeilen = Menge::aus(vorgang, alle.map(|(koerperschaft, _)| *koerperschaft))
        .iter()
        .map(|koerperschaft| Vergleichszeile {
            koerperschaft,
            mit: betrag(mit, koerperschaft),
            ohne: (!weg.enthaelt(koerperschaft)).then(|| betrag(ohne, koerperschaft)),
        })
        .collect();
    Some(Vergleich {
        jahr: mit.jahr,
        zeilen,
    })
}

fn jahr_des(tag: Datum) -> u32 {
    u32::try_from(tag.tag().year()).unwrap_or_default()
}

/// What the tasks of an agreement cost, as if those in `ohne` never used the service, and what keeps it from being right.
pub(super) fn kosten<'a>(
    vorgang: &'a Vorgang,
    vereinbarung: &'a Vereinbarung,
    parteien: &Menge<'a>,
    ohne: &[&Schluessel],
) -> (Kosten<'a>, Vec<Befund>) {
    let raster = Raster::aus(vereinbarung.abrechnung.as_ref());
    let gemeinden: Vec<_> = parteien.gemeinden().iter().collect();
    let positionen: Vec<_> = vorgang
        .kosten
        .iter()
        .filter_map(|(schluessel, position)| {
            let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe)?;
            let anbieter = position
                .anbieter
                .as_ref()
                .map_or(&aufgabe.anbieter, |anbieter| &anbieter.wer);
            let zahler = zahler::zahler(vorgang, vereinbarung, position, &gemeinden, raster, ohne);
            let gewichte = zahler::Gewichte::aus(position, &zahler, raster);
            let zeitraum = zeitraum::zeitraum(position, &zahler, vereinbarung, raster);
            let wechsel = zeitraum::wechsel(vorgang, position, &zahler, vereinbarung, raster);
            Some(Lage {
                schluessel,
                position,
                rand: zeitraum::rand(zeitraum, position, &wechsel, raster),
                wechsel,
                zeitraum,
                bezeichnung: position
                    .bezeichnung
                    .as_ref()
                    .unwrap_or(&aufgabe.bezeichnung),
                anbieter: vorgang.koerperschaften.get(anbieter)?,
                reihenfolge: reihenfolge(vorgang, &zahler),
                zahler,
                gewichte,
                raster,
                ohne: ohne.iter().map(|wer| (*wer).clone()).collect(),
            })
        })
        .collect();
    let horizont = zeitraum::horizont(&positionen, vereinbarung);
    // Items know nothing of each other; their order stays.
    let (rechnungen, befunde): (Vec<_>, Vec<_>) = positionen
        .par_iter()
        .map(|lage| rechnung(lage, vereinbarung, horizont))
        .unzip();
    let mut befunde: Vec<Meldung> = befunde.into_iter().flatten().collect();
    let (jahre, weitere) = summen(vorgang, &rechnungen);
    befunde.extend(weitere);
    let kosten = Kosten {
        raster,
        rechnungen,
        jahre,
    };
    (kosten, befund::zusammengefasst(befunde))
}

/// All years of an item.
fn rechnung<'a>(
    lage: &Lage<'a>,
    vereinbarung: &'a Vereinbarung,
    horizont: (u32, u32),
) -> (Rechnung<'a>, Vec<Meldung>) {
    let (jahre, mut befunde) = zeitraum::jahre(lage, horizont);
    let jahre = jahre
        .into_iter()
        .filter_map(|jahr| jahr::jahr(lage, jahr, &mut befunde))
        .collect();
    let rechnung = Rechnung {
        schluessel: lage.schluessel,
        position: lage.position,
        vereinbarung,
        bezeichnung: lage.bezeichnung,
        anbieter: lage.anbieter,
        jahre,
    };
    (rechnung, befunde)
}

/// All items together in each year that one of them has.
fn summen<'a>(
    vorgang: &'a Vorgang,
    rechnungen: &[Rechnung<'a>],
) -> (Vec<Jahressumme<'a>>, Vec<Meldung>) {
    let jahre: BTreeSet<u32> = rechnungen
        .iter()
        .flat_map(|rechnung| rechnung.jahre.iter().map(|jahr| jahr.jahr))
        .collect();
    let (mut summen, mut befunde) = (Vec::new(), Vec::new());
    let gerechnet: Vec<_> = jahre
        .into_par_iter()
        .map(|jahr| (jahr, zahlungen::summe(vorgang, rechnungen, jahr)))
        .collect();
    for (jahr, summe) in gerechnet {
        match summe {
            Some(summe) => summen.push(summe),
            None => {
                let route = rechnungen.first().map(|r| r.position.route.clone());
                befunde.push(befund::zu_gross(jahr, route.unwrap_or_default()));
            }
        }
    }
    (summen, befunde)
}

/// The costs of all agreements of a matter together.
///
/// An item counts once: where a later agreement takes over its task from the one that it replaces, under the later one.
pub fn zusammen<'a>(vorgang: &'a Vorgang, zahlen: &super::Zahlen<'a>) -> Kosten<'a> {
    let abgeloest = |rechnung: &Rechnung<'_>| {
        vorgang.vereinbarungen.values().any(|spaetere| {
            spaetere.ersetzt.as_ref() == Some(&rechnung.vereinbarung.schluessel)
                && spaetere.aufgaben.contains_key(&rechnung.position.aufgabe)
        })
    };
    let mut je_schluessel: BTreeMap<&Schluessel, Rechnung<'a>> = BTreeMap::new();
    for beteiligte in zahlen.vereinbarungen.values() {
        for rechnung in beteiligte
            .kosten
            .rechnungen
            .iter()
            .filter(|r| !abgeloest(r))
        {
            je_schluessel
                .entry(rechnung.schluessel)
                .or_insert_with(|| rechnung.clone());
        }
    }
    let rechnungen: Vec<_> = vorgang
        .kosten
        .keys()
        .filter_map(|schluessel| je_schluessel.remove(schluessel))
        .collect();
    // What does not fit has been a finding before.
    let (jahre, _) = summen(vorgang, &rechnungen);
    Kosten {
        raster: rechnungen
            .first()
            .map(|r| Raster::aus(r.vereinbarung.abrechnung.as_ref()))
            .unwrap_or_default(),
        rechnungen,
        jahre,
    }
}

/// An item with all that its years have in common.
#[derive(Debug)]
struct Lage<'a> {
    schluessel: &'a Schluessel,
    position: &'a Kostenposition,
    bezeichnung: &'a Text,
    anbieter: &'a Koerperschaft,
    /// In the order that decides ties.
    zahler: Vec<zahler::Zahler<'a>>,
    gewichte: zahler::Gewichte<'a>,
    /// When there are costs.
    zeitraum: Spanne,
    /// The days at which it truly begins and ends.
    rand: [Option<Wechsel>; 2],
    /// The days on which the payers, their weights, or what they pay change.
    wechsel: Vec<Wechsel>,
    /// The payers' places in the order of lists.
    reihenfolge: Vec<usize>,
    /// Those who are thought away, with what they bear alone.
    ohne: Vec<Schluessel>,
    raster: Raster,
}

fn reihenfolge(vorgang: &Vorgang, zahler: &[zahler::Zahler<'_>]) -> Vec<usize> {
    Menge::aus(vorgang, zahler.iter().map(|z| z.koerperschaft))
        .iter()
        .filter_map(|k| {
            zahler
                .iter()
                .position(|z| z.koerperschaft.schluessel == k.schluessel)
        })
        .collect()
}
