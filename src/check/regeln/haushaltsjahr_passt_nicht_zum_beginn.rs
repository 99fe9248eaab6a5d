//! The Haushaltsjahr of a paper is one in which the agreement has effect.

use super::super::haushaltsjahr::Jahre;
use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsjahr-passt-nicht-zum-beginn",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "wenn eine Drucksache zu einer Vereinbarung ein Haushaltsjahr nennt",
    braucht: &["vereinbarungen.*.wirksam_ab"],
    text: include_str!("haushaltsjahr_passt_nicht_zum_beginn.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    use chrono::Datelike;
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
        if !jahre.enthaelt(beginn.tag().year().unsigned_abs()) {
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
