//! The Haushaltsjahr of a paper is one in which the agreement has effect; of the year in which it begins only its part counts.

use super::super::haushaltsjahr::Jahre;
use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::compute::kosten::Rechnung;
use crate::compute::zeit::Zeitteil;
use crate::input::Datum;
use crate::model::Vereinbarung;

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsjahr-passt-nicht-zum-beginn",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "wenn eine Drucksache zu einer Vereinbarung ein Haushaltsjahr nennt, und wenn eine Vereinbarung mit Kosten mitten im Jahr beginnt",
    braucht: &["vereinbarungen.*.wirksam_ab"],
    text: include_str!("haushaltsjahr_passt_nicht_zum_beginn.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some((beginn, beteiligte)) = vereinbarung.beginn().zip(lage.beteiligte(vereinbarung))
        else {
            continue;
        };
        for rechnung in &beteiligte.kosten.rechnungen {
            anteilig(vereinbarung, beginn, rechnung, protokoll);
        }
    }
    for drucksache in &lage.vorgang.drucksachen {
        let jahr = drucksache
            .haushalt
            .as_ref()
            .and_then(|haushalt| haushalt.haushaltsjahr.as_ref());
        let (Some(jahr), Some(vereinbarung)) = (jahr, lage.vorgang.vereinbarung_zu(drucksache))
        else {
            continue;
        };
        let route = drucksache.route.feld("haushalt").feld("haushaltsjahr");
        let Some(beginn) = vereinbarung.beginn() else {
            protokoll.nicht_pruefbar(route, "es fehlt `wirksam_ab` der Vereinbarung");
            continue;
        };
        let Some(jahre) = Jahre::aus(jahr.as_str()) else {
            protokoll.nicht_pruefbar(route, "es fehlt eine Jahreszahl wie 2022 oder 2022ff.");
            continue;
        };
        if !jahre.enthaelt(jahr_von(beginn)) {
            protokoll
                .melde(
                    route,
                    format!(
                        "die Vereinbarung beginnt am {beginn}, also nicht im Haushaltsjahr {jahr}"
                    ),
                )
                .abhilfe("das Haushaltsjahr oder den Beginn der Vereinbarung berichtigen")
                .dazu(&vereinbarung.route, "die Vereinbarung");
        }
    }
}

/// What a task costs in the year in which the agreement begins is computed from that day on.
///
/// Whoever says of which time the item is has decided it, and what was really paid has days of its own.
fn anteilig(
    vereinbarung: &Vereinbarung,
    beginn: Datum,
    rechnung: &Rechnung<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let position = rechnung.position;
    let zeitraum = position.zeitraum.as_ref();
    if position.rechnungen.is_some() || zeitraum.is_some_and(|zeitraum| zeitraum.von.is_some()) {
        return;
    }
    let mut jahre = rechnung.jahre.iter();
    let Some(jahr) = jahre.find(|jahr| jahr.jahr == jahr_von(beginn)) else {
        return;
    };
    let ohne_schnitt = jahr
        .abschnitte
        .iter()
        .any(|abschnitt| reicht_darueber(abschnitt.teil, beginn));
    if !ohne_schnitt {
        return;
    }
    let feld = if vereinbarung.wirksam_ab.is_some() {
        "wirksam_ab"
    } else {
        "anwender_zum"
    };
    protokoll
        .melde(
            &position.route,
            format!(
                "die Vereinbarung beginnt erst am {beginn}; berechnet und verteilt sind für {} aber {} einschließlich der Zeit davor",
                jahr.jahr, jahr.gesamt
            ),
        )
        .abhilfe(
            "unter `zeitraum` als `von` den Beginn eintragen, dann zählt das Jahr anteilig; wird die Zeit davor nach einer früheren Vereinbarung ebenso abgerechnet, das vermerken",
        )
        .dazu(vereinbarung.route.feld(feld), "der Beginn");
}

/// Whether a part of a year goes on over a day as if nothing began on it.
fn reicht_darueber(teil: Zeitteil, tag: Datum) -> bool {
    // Where months are counted, the days of change are others than those that count.
    let von = teil.beginn.map_or(teil.von, |(erster, _)| erster);
    let endet_vorher = teil.ende.is_some_and(|(_, letzter)| letzter <= tag) || teil.bis < tag;
    von < tag && !endet_vorher
}

fn jahr_von(tag: Datum) -> u32 {
    use chrono::Datelike;
    tag.tag().year().unsigned_abs()
}
