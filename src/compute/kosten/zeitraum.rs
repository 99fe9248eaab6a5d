//! When there are costs: the period of an item, and the years that its figures speak of.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::super::zeit::{Raster, Spanne, Wechsel, verbunden};
use super::Lage;
use super::befund::{self, Meldung};
use super::posten::{geltung, jahr_von};
use super::zahler::Zahler;
use crate::diagnostic::Route;
use crate::input::Datum;
use crate::model::Vorgang;
use crate::model::kosten::{Festbetrag, Kostenposition, Verteilung};
use crate::model::vereinbarung::Vereinbarung;

/// The period of an item: from the first use to the last, no longer than the agreement, or as the item says.
pub(super) fn zeitraum(
    position: &Kostenposition,
    zahler: &[Zahler<'_>],
    vereinbarung: &Vereinbarung,
    raster: Raster,
) -> Spanne {
    let spannen = || zahler.iter().flat_map(|z| &z.spannen);
    let eigener = position.zeitraum.as_ref();
    let von = eigener.and_then(|z| z.von);
    let bis = eigener.and_then(|z| z.bis);
    let gesagt = |von, bis| raster.spanne(von, bis).unwrap_or(Spanne { von: 0, bis: 0 });
    let nutzung = Spanne {
        von: spannen().map(|s| s.von).min().unwrap_or(i64::MIN),
        bis: spannen().map(|s| s.bis).max().unwrap_or(Spanne::OFFEN),
    };
    let ende = vereinbarung
        .ende
        .map_or(Spanne::OFFEN, |ende| gesagt(None, Some(ende)).bis);
    Spanne {
        von: von.map_or(nutzung.von, |von| gesagt(Some(von), None).von),
        bis: bis.map_or(nutzung.bis.min(ende), |bis| gesagt(None, Some(bis)).bis),
    }
}

/// The days on which the payers of an item, their weights, or what they pay change.
pub(super) fn wechsel(
    vorgang: &Vorgang,
    position: &Kostenposition,
    zahler: &[Zahler<'_>],
    vereinbarung: &Vereinbarung,
    raster: Raster,
) -> Vec<Wechsel> {
    let mut wechsel = Vec::new();
    let mut von_bis = |von: Option<Datum>, bis: Option<Datum>| {
        wechsel.extend(von.map(|von| raster.beginnt(von)));
        wechsel.extend(bis.map(|bis| raster.endet(bis)));
    };
    for zahler in zahler.iter().filter(|zahler| !zahler.spannen.is_empty()) {
        let eigene = vorgang
            .nutzung
            .iter()
            .filter(|nutzung| nutzung.anwender == zahler.koerperschaft.schluessel)
            .map(|nutzung| (nutzung.von, nutzung.bis));
        for (von, bis) in verbunden(eigene) {
            von_bis(Some(von), bis);
        }
    }
    if let Some(eigener) = &position.zeitraum {
        von_bis(eigener.von, eigener.bis);
    }
    von_bis(None, vereinbarung.ende);
    for fest in position.festbetrag.iter().flatten() {
        von_bis(fest.von, fest.bis);
    }
    for beleg in position.rechnungen.iter().flatten() {
        von_bis(beleg.von, beleg.bis);
    }
    match &position.schluessel {
        Verteilung::Einwohner(wahlen) => wahlen.iter().for_each(|wahl| von_bis(wahl.ab, None)),
        Verteilung::Lizenzen(staende) => staende
            .iter()
            .for_each(|stand| von_bis(Some(stand.ab), None)),
        Verteilung::Quoten(fassungen) => fassungen
            .iter()
            .for_each(|fassung| von_bis(fassung.ab, None)),
        Verteilung::GleicheTeile | Verteilung::Direkt | Verteilung::Fallzahlen(_) => {}
    }
    wechsel
}

/// The days on which the time of an item truly begins and ends, if it does.
pub(super) fn rand(
    zeitraum: Spanne,
    position: &Kostenposition,
    wechsel: &[Wechsel],
    raster: Raster,
) -> [Option<Wechsel>; 2] {
    let eigener = position.zeitraum.as_ref();
    let an = |einheit: i64| {
        wechsel
            .iter()
            .filter(move |w| w.einheit == einheit)
            .copied()
    };
    let von = match eigener.and_then(|eigener| eigener.von) {
        Some(von) => Some(raster.beginnt(von)),
        None => an(zeitraum.von).min(),
    };
    let bis = match eigener.and_then(|eigener| eigener.bis) {
        Some(bis) => Some(raster.endet(bis)),
        None => an(zeitraum.bis).max(),
    };
    [von, bis]
}

/// The first and the last year that any figure of the agreement names; the year of its effect if none does.
pub(super) fn horizont(positionen: &[Lage<'_>], vereinbarung: &Vereinbarung) -> (u32, u32) {
    let genannt: BTreeSet<u32> = positionen
        .iter()
        .flat_map(|lage| genannte(lage.position))
        .collect();
    let beginn = vereinbarung.beginn().map(jahr);
    let genutzt = positionen
        .iter()
        .filter(|lage| lage.zeitraum.von != i64::MIN)
        .filter_map(|lage| lage.raster.jahr_von(lage.zeitraum.von))
        .min();
    let einziges = beginn.or(genutzt);
    let erstes = genannt.first().copied().or(einziges).unwrap_or_default();
    let letztes = genannt.last().copied().or(einziges).unwrap_or_default();
    (erstes, letztes)
}

/// The years that an item's figures name.
fn genannte(position: &Kostenposition) -> Vec<u32> {
    let werte = position.arbeitsplatz.iter().flat_map(|a| &a.werte);
    let fest = position.festbetrag.iter().flatten();
    let belege = position.rechnungen.iter().flatten();
    werte
        .map(|wert| wert.jahr.0)
        .chain(fest.flat_map(|f| [f.von, f.bis]).flatten().map(jahr))
        .chain(belege.map(jahr_von))
        .collect()
}

/// The years in which the item has costs, and findings for those in which it cannot.
pub(super) fn jahre(lage: &Lage<'_>, horizont: (u32, u32)) -> (BTreeSet<u32>, Vec<Meldung>) {
    let mut jahre = BTreeSet::new();
    let position = lage.position;
    if let Some(platz) = &position.arbeitsplatz {
        let mut genannt: BTreeSet<u32> = platz.werte.iter().map(|wert| wert.jahr.0).collect();
        if let Some(eigener) = &position.zeitraum {
            // A period that the item sets itself must have figures from end to end.
            let letztes = genannt.last().copied();
            genannt.extend(
                eigener
                    .von
                    .map(jahr)
                    .filter(|von| letztes.is_none_or(|l| *von <= l)),
            );
            genannt.extend(eigener.bis.map(jahr));
            let (von, bis) = (eigener.von.map(jahr), eigener.bis.map(jahr));
            genannt.retain(|jahr| {
                von.is_none_or(|von| von <= *jahr) && bis.is_none_or(|bis| *jahr <= bis)
            });
        }
        if let (Some(erstes), Some(letztes)) = (genannt.first(), genannt.last()) {
            jahre.extend(*erstes..=*letztes);
        }
    }
    for fest in position.festbetrag.iter().flatten() {
        jahre.extend(jahre_des_festbetrags(lage, fest, horizont));
    }
    jahre.extend(position.rechnungen.iter().flatten().map(jahr_von));
    if let (Some(_), true) = (&position.zeitraum, lage.zeitraum.von >= lage.zeitraum.bis) {
        let route = position.route.feld("zeitraum");
        return (BTreeSet::new(), vec![befund::leerer_zeitraum(route)]);
    }
    let mut befunde = wirkungslose(lage);
    jahre.retain(|jahr| {
        let liegt_darin = lage.raster.jahr(*jahr).schnitt(lage.zeitraum).is_some();
        if !liegt_darin {
            befunde.extend(ausserhalb(lage, *jahr));
        }
        liegt_darin
    });
    (jahre, befunde)
}

/// Agreed sums for which no month counts: they would be gone without a word.
fn wirkungslose(lage: &Lage<'_>) -> Vec<Meldung> {
    let betraege = lage.position.festbetrag.as_deref().unwrap_or_default();
    let route = lage.position.route.feld("festbetrag");
    betraege
        .iter()
        .enumerate()
        .filter(|(_, fest)| geltung(betraege, fest, lage.raster).is_none())
        // A sum written in pieces is not lost where one of them counts.
        .filter(|(_, fest)| {
            !betraege.iter().any(|anderer| {
                (&anderer.fuer, anderer.betrag, anderer.je) == (&fest.fuer, fest.betrag, fest.je)
                    && (grenzt_an(anderer, fest) || grenzt_an(fest, anderer))
                    && geltung(betraege, anderer, lage.raster).is_some()
            })
        })
        .map(|(i, _)| befund::betrag_ohne_monat(route.index(i)))
        .collect()
}

/// Whether the second begins on the day after the first ends.
fn grenzt_an(erster: &Festbetrag, zweiter: &Festbetrag) -> bool {
    let danach = erster.bis.and_then(|bis| bis.tag().succ_opt());
    danach.is_some() && danach == zweiter.von.map(Datum::tag)
}

/// The figures of a year in which there cannot be costs, at the entries that name it.
fn ausserhalb(lage: &Lage<'_>, jahr: u32) -> Vec<Meldung> {
    let beginn = Some(lage.zeitraum)
        .filter(|z| z.von != i64::MIN && lage.raster.jahr(jahr).bis <= z.von && z.von < z.bis)
        .and_then(|z| lage.raster.erster_tag(z.von))
        // The true day, where only its month counts.
        .map(|erster| lage.rand[0].map_or(erster, |wechsel| wechsel.tag));
    let position = lage.position;
    let mut meldungen = Vec::new();
    let mut melde = |liste: &Route, eintrag: Option<Route>| {
        meldungen.push(befund::vor_nutzung(jahr, beginn, liste.clone(), eintrag));
    };
    if let Some(platz) = &position.arbeitsplatz {
        let werte = position.route.feld("arbeitsplatz").feld("werte");
        for (i, wert) in platz.werte.iter().enumerate() {
            if wert.jahr.0 == jahr {
                melde(&werte, Some(werte.index(i).feld("jahr")));
            }
        }
    }
    let betraege = position.route.feld("festbetrag");
    for (i, fest) in position.festbetrag.iter().flatten().enumerate() {
        let (von, bis) = (fest.von.map(self::jahr), fest.bis.map(self::jahr));
        if (von.is_some() || bis.is_some())
            && von.is_none_or(|von| von <= jahr)
            && bis.is_none_or(|bis| jahr <= bis)
        {
            melde(&betraege.index(i), None);
        }
    }
    let belege = position.route.feld("rechnungen");
    for (i, beleg) in position.rechnungen.iter().flatten().enumerate() {
        if jahr_von(beleg) == jahr {
            let tag = if beleg.von.is_some() { "von" } else { "datum" };
            melde(&belege, Some(belege.index(i).feld(tag)));
        }
    }
    if meldungen.is_empty() {
        // A year between two others that have figures.
        let liste = match &position.arbeitsplatz {
            Some(_) => position.route.feld("arbeitsplatz").feld("werte"),
            None => position.route.clone(),
        };
        meldungen.push(befund::vor_nutzung(jahr, beginn, liste, None));
    }
    meldungen
}

fn jahre_des_festbetrags(
    lage: &Lage<'_>,
    fest: &Festbetrag,
    (erstes, letztes): (u32, u32),
) -> std::ops::RangeInclusive<u32> {
    let zeitraum = lage.zeitraum;
    let beginn = Some(zeitraum.von)
        .filter(|von| *von != i64::MIN)
        .and_then(|von| lage.raster.jahr_von(von));
    let ende = Some(zeitraum.bis)
        .filter(|bis| *bis != Spanne::OFFEN)
        .and_then(|bis| lage.raster.jahr_von(bis - 1));
    let von = fest
        .von
        // Without a day of its own a sum holds from the first use on, named in figures or not.
        .map_or_else(|| beginn.unwrap_or(erstes), jahr);
    let bis = fest
        .bis
        .map_or_else(|| ende.map_or(letztes, |e| e.min(letztes)), jahr);
    von..=bis
}

fn jahr(tag: Datum) -> u32 {
    u32::try_from(tag.tag().year()).unwrap_or_default()
}
