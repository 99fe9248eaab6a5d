//! One item in one year: the sums of the year are spread over it, cut at every change, shared exactly, rounded once.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::super::zeit::Spanne;
use super::anteile::{erweitert, gerundet, gerundet_auf, hauptnenner, verteile};
use super::befund::Meldung;
use super::posten::{self, Ausschnitt, Posten, zerlegt};
use super::{Abschnitt, Anteil, HOECHSTENS, Herkunft, Jahr, Lage, befund, zahler};
use crate::input::{Cent, Datum};
use crate::model::Schluessel;

/// A part of a year with the weights of all payers, in the order that decides ties.
struct Stueck<'a> {
    spanne: Spanne,
    kosten: BigRational,
    gewichte: Geteilt<'a>,
}

/// How a part of a year is shared.
#[derive(PartialEq, Eq)]
struct Geteilt<'a> {
    gewichte: Vec<BigInt>,
    /// Who takes part, also with no weight.
    dabei: Vec<bool>,
    herkunft: Herkunft<'a>,
}

impl Geteilt<'_> {
    /// Whether the next part goes on in the same way: of other residents it is told, however many they are; licences
    /// and quotas that say the same anew say nothing new.
    fn geht_weiter(&self, naechstes: &Self) -> bool {
        let stichtag = |geteilt: &Self| match geteilt.herkunft {
            Herkunft::Einwohner(wahl) => Some(wahl.stichtag),
            _ => None,
        };
        self.gewichte == naechstes.gewichte
            && self.dabei == naechstes.dabei
            && stichtag(self) == stichtag(naechstes)
    }
}

/// A year of an item; `None` if a finding says why not.
pub(super) fn jahr<'a>(lage: &Lage<'a>, jahr: u32, befunde: &mut Vec<Meldung>) -> Option<Jahr<'a>> {
    let hier = Ausschnitt {
        raster: lage.raster,
        jahr,
        spanne: lage.raster.jahr(jahr).schnitt(lage.zeitraum)?,
        rand: lage.rand,
    };
    let mut aus = posten::posten(lage.position, hier);
    // Nobody would have caused what somebody who is not there bears alone.
    let fehlt = |wer: Option<&Schluessel>| wer.is_some_and(|wer| lage.ohne.contains(wer));
    aus.posten.retain(|posten| !fehlt(posten.direkt));
    aus.schritte.retain(|schritt| !fehlt(schritt.direkt()));
    if !aus.befunde.is_empty() {
        befunde.extend(aus.befunde);
        return None;
    }
    let genau: BigRational = aus.posten.iter().map(|posten| &posten.betrag).sum();
    let gesamt = gerundet(&genau).filter(|gesamt| gesamt.0.abs() <= HOECHSTENS);
    let Some(gesamt) = gesamt else {
        befunde.push(befund::zu_gross(jahr, lage.position.route.clone()));
        return None;
    };
    let vorher = befunde.len();
    let stuecke = stuecke(lage, hier, &aus.posten, befunde);
    if befunde.len() > vorher {
        return None;
    }
    let anteile = anteile(lage, gesamt, &stuecke, &aus.posten)?;
    let summe = aus
        .schritte
        .iter()
        .try_fold(Cent(0), |summe, schritt| summe.checked_add(schritt.betrag))?;
    let eigenanteil = anteile
        .iter()
        .find(|anteil| anteil.eigen)
        .map_or(Cent(0), |anteil| anteil.betrag);
    Some(Jahr {
        jahr,
        rundung: gesamt.checked_sub(summe)?,
        schritte: aus.schritte,
        abschnitte: stuecke
            .into_iter()
            .filter_map(|stueck| abschnitt(lage, jahr, stueck))
            .collect(),
        rechnungen: gesamt.checked_sub(eigenanteil)?,
        eigenanteil,
        anteile,
        gesamt,
    })
}

/// The parts of the year in which nothing changes, those with the same payers and weights put together.
fn stuecke<'a>(
    lage: &Lage<'a>,
    hier: Ausschnitt,
    posten: &[Posten<'_>],
    befunde: &mut Vec<Meldung>,
) -> Vec<Stueck<'a>> {
    let mut je_spanne: BTreeMap<Spanne, BigRational> = BTreeMap::new();
    for posten in posten.iter().filter(|posten| posten.direkt.is_none()) {
        *je_spanne.entry(posten.spanne).or_default() += &posten.betrag;
    }
    let der_posten = je_spanne.keys().flat_map(|s| [s.von, s.bis]);
    let der_zahler = lage
        .zahler
        .iter()
        .flat_map(|z| &z.spannen)
        .flat_map(|s| [s.von, s.bis]);
    let grenzen = der_posten.chain(der_zahler).chain(lage.gewichte.wechsel());
    let mut stuecke: Vec<Stueck<'a>> = Vec::new();
    for spanne in zerlegt(hier.spanne, grenzen) {
        let kosten: BigRational = je_spanne
            .iter()
            .filter(|(s, _)| s.enthaelt(spanne.von))
            .map(|(s, betrag)| betrag * BigRational::new(spanne.laenge().into(), s.laenge().into()))
            .sum();
        if kosten.is_zero() {
            continue;
        }
        let Some(gewichte) = gewichte(lage, hier, spanne, befunde) else {
            continue;
        };
        match stuecke.last_mut() {
            Some(voriges)
                if voriges.spanne.bis == spanne.von && voriges.gewichte.geht_weiter(&gewichte) =>
            {
                voriges.spanne.bis = spanne.bis;
                voriges.kosten += kosten;
            }
            _ => stuecke.push(Stueck {
                spanne,
                kosten,
                gewichte,
            }),
        }
    }
    stuecke
}

/// The weights of all payers in a part of the year, and who takes part.
fn gewichte<'a>(
    lage: &Lage<'a>,
    hier: Ausschnitt,
    spanne: Spanne,
    befunde: &mut Vec<Meldung>,
) -> Option<Geteilt<'a>> {
    let tage = tage(lage, spanne);
    let mut dabei: Vec<bool> = lage.zahler.iter().map(|z| z.zahlt(spanne.von)).collect();
    let gesagt = lage.gewichte.am(spanne.von);
    let vorher = befunde.len();
    let mut gewichte = Vec::with_capacity(lage.zahler.len());
    for (i, (zahler, dabei)) in lage.zahler.iter().zip(&mut dabei).enumerate() {
        let wert = gesagt.and_then(|gesagt| gesagt.gewichte.get(i)?.as_ref());
        if gesagt.is_some_and(|gesagt| gesagt.entschuldigt.get(i) == Some(&true)) {
            // It came or went in the month in which the quotas changed: its quota alone decides.
            let wert = wert.cloned().unwrap_or_default();
            *dabei = !wert.is_zero();
            gewichte.push(wert);
            continue;
        }
        let wer = zahler.koerperschaft.schluessel.as_str();
        match (*dabei, wert, tage) {
            (true, Some(wert), _) => gewichte.push(wert.clone()),
            (true, None, Some((von, _))) => {
                let beginnt = zahler.tage.iter().map(|(von, _)| lage.raster.beginnt(*von));
                let beginnt = beginnt.filter(|w| w.einheit == spanne.von && lage.gewichte.bindend);
                let von = beginnt.map(|w| w.tag).max().unwrap_or(von);
                befunde.push(befund::gewicht_fehlt(lage.position, wer, von, hier.jahr));
            }
            (false, Some(wert), Some(tage)) if lage.gewichte.bindend && !wert.is_zero() => {
                let tage = wahre_tage(lage, zahler, spanne, tage);
                befunde.push(befund::quote_ohne_nutzung(
                    lage.position,
                    wer,
                    hier.jahr,
                    tage,
                ));
            }
            _ => gewichte.push(BigInt::ZERO),
        }
    }
    if befunde.len() > vorher {
        return None;
    }
    if zahler::sind_null(&gewichte) {
        let route = lage.position.route.clone();
        befunde.push(befund::ohne_zahler(
            hier.jahr,
            tage,
            dabei.contains(&true),
            route,
        ));
        return None;
    }
    Some(Geteilt {
        gewichte,
        dabei,
        herkunft: gesagt.map_or(Herkunft::Keine, |gesagt| gesagt.herkunft),
    })
}

/// The days on which somebody does not use the service, where its use ends or begins within a month.
fn wahre_tage(
    lage: &Lage<'_>,
    zahler: &zahler::Zahler<'_>,
    spanne: Spanne,
    (von, bis): (Datum, Datum),
) -> (Datum, Datum) {
    let raster = lage.raster;
    let geendet = zahler.tage.iter().filter_map(|(_, bis)| *bis);
    let geendet = geendet.map(|bis| raster.endet(bis));
    let begonnen = zahler.tage.iter().map(|(von, _)| raster.beginnt(*von));
    let ab = geendet.filter(|w| w.einheit == spanne.von).map(|w| w.tag);
    let vor = begonnen.filter(|w| w.einheit == spanne.bis).map(|w| w.tag);
    let vortag = |tag: Datum| tag.tag().pred_opt().map_or(tag, Datum::from);
    (ab.max().unwrap_or(von), vor.min().map_or(bis, vortag))
}

fn tage(lage: &Lage<'_>, spanne: Spanne) -> Option<(Datum, Datum)> {
    let von = lage.raster.erster_tag(spanne.von)?;
    let bis = lage.raster.erster_tag(spanne.bis)?.tag().pred_opt()?;
    Some((von, bis.into()))
}

/// The share of each payer: exact sums over all parts of the year, then whole cents.
fn anteile<'a>(
    lage: &Lage<'a>,
    gesamt: Cent,
    stuecke: &[Stueck<'a>],
    posten: &[Posten<'_>],
) -> Option<Vec<Anteil<'a>>> {
    // What a weight of 1 bears in each part.
    let je_gewicht: Vec<BigRational> = stuecke
        .iter()
        .map(|stueck| {
            &stueck.kosten / BigRational::from_integer(stueck.gewichte.gewichte.iter().sum())
        })
        .collect();
    let direkte = || posten.iter().filter(|posten| posten.direkt.is_some());
    let nenner = hauptnenner(
        je_gewicht
            .iter()
            .chain(direkte().map(|posten| &posten.betrag)),
    );
    let mut genau = vec![BigInt::ZERO; lage.zahler.len()];
    for (stueck, je_gewicht) in stuecke.iter().zip(&je_gewicht) {
        let faktor = erweitert(je_gewicht, &nenner);
        for (genau, gewicht) in genau.iter_mut().zip(&stueck.gewichte.gewichte) {
            *genau += &faktor * gewicht;
        }
    }
    let mut traegt_allein = vec![false; lage.zahler.len()];
    for posten in direkte() {
        let wer = lage
            .zahler
            .iter()
            .position(|z| Some(&z.koerperschaft.schluessel) == posten.direkt)?;
        *genau.get_mut(wer)? += erweitert(&posten.betrag, &nenner);
        *traegt_allein.get_mut(wer)? = true;
    }
    let cent = in_cent(gesamt, &genau, &nenner)?;
    let summe: BigInt = genau.iter().sum();
    lage.reihenfolge
        .iter()
        .filter(|i| {
            traegt_allein.get(**i) == Some(&true)
                || stuecke
                    .iter()
                    .any(|s| s.gewichte.dabei.get(**i) == Some(&true))
        })
        .map(|i| {
            let koerperschaft = lage.zahler.get(*i)?.koerperschaft;
            Some(Anteil {
                betrag: *cent.get(*i)?,
                eigen: koerperschaft.schluessel == lage.anbieter.schluessel,
                genau: (genau.get(*i)?.clone(), summe.clone()),
                koerperschaft,
            })
        })
        .collect()
}

/// Exact amounts, times their denominator, as cents that sum to the total.
fn in_cent(gesamt: Cent, genau: &[BigInt], nenner: &BigInt) -> Option<Vec<Cent>> {
    let (soll, haben) = (
        genau.iter().any(Signed::is_positive),
        genau.iter().any(Signed::is_negative),
    );
    match (soll, haben) {
        (false, false) => Some(vec![Cent(0); genau.len()]),
        (true, false) => verteile(gesamt, genau),
        (false, true) => {
            let betraege: Vec<_> = genau.iter().map(Signed::abs).collect();
            verteile(gesamt, &betraege)
        }
        (true, true) => gerundet_auf(gesamt, genau, nenner),
    }
}

fn abschnitt<'a>(lage: &Lage<'a>, jahr: u32, stueck: Stueck<'a>) -> Option<Abschnitt<'a>> {
    Some(Abschnitt {
        teil: lage.raster.teil(jahr, stueck.spanne, &lage.wechsel)?,
        kosten: stueck.kosten,
        herkunft: stueck.gewichte.herkunft,
        summe: stueck.gewichte.gewichte.iter().sum(),
        gewichte: lage
            .reihenfolge
            .iter()
            .filter(|i| stueck.gewichte.dabei.get(**i) == Some(&true))
            .filter_map(|i| {
                Some((
                    lage.zahler.get(*i)?.koerperschaft,
                    stueck.gewichte.gewichte.get(*i)?.clone(),
                ))
            })
            .collect(),
    })
}
