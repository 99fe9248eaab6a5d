//! Each party signs once, in its official form, and nobody else does; changes need the written form too.

use std::collections::BTreeMap;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::{Beteiligte, Menge};
use crate::model::koerperschaft::{Kasus, Koerperschaft};
use crate::model::vereinbarung::Status;
use crate::model::{Vereinbarung, Vorgang};

pub(super) const REGEL: Regel = Regel {
    name: "schriftform-unvollstaendig",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 1 Satz 1")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("schriftform_unvollstaendig.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        geleistete(lage.vorgang, vereinbarung, beteiligte, protokoll);
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        unterschriften(lage.vorgang, vereinbarung, beteiligte, blatt, protokoll);
        let alles = blatt.alles();
        if !alles.enthaelt("Schriftform") && !alles.enthaelt("schriftlich*") {
            protokoll
                .melde_milder(
                    &vereinbarung.route,
                    "die Vereinbarung verlangt für ihre Änderung keine Schriftform",
                )
                .abhilfe("eine Klausel aufnehmen, nach der Änderungen der Schriftform bedürfen");
        }
    }
}

/// An agreement that is signed by its status is signed by each of its parties, where signatures are written down at all.
fn geleistete(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    if vereinbarung.status < Status::Unterzeichnet || vereinbarung.unterzeichnet.is_empty() {
        return;
    }
    let fehlend = beteiligte.parteien.iter().filter(|partei| {
        let mut alle = vereinbarung.unterzeichnet.iter();
        !alle.any(|unterschrift| unterschrift.koerperschaft == partei.schluessel)
    });
    let fehlend = Menge::aus(vorgang, fehlend);
    if !fehlend.ist_leer() {
        protokoll
            .melde_milder(
                vereinbarung.route.feld("status"),
                format!(
                    "nach ihrem Status ist die Vereinbarung unterzeichnet, aber unter `unterzeichnet` fehlt die Unterschrift {}",
                    fehlend.aufzaehlung(Kasus::Genitiv)
                ),
            )
            .abhilfe("die Unterschrift mit ihrem Tag eintragen oder den Status zurücksetzen");
    }
}

fn unterschriften(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let mut offen: BTreeMap<String, usize> = beteiligte
        .parteien
        .iter()
        .map(|partei| (partei.amtsform(), erwartet(vorgang, vereinbarung, partei)))
        .collect();
    let alle = offen.clone();
    for unterschrift in blatt.unterschriften() {
        match offen.get_mut(unterschrift.partei) {
            None => {
                protokoll
                    .melde(
                        &unterschrift.passage,
                        format!(
                            "{} ist nicht Partei, soll aber unterzeichnen",
                            unterschrift.partei
                        ),
                    )
                    .abhilfe("den Unterschriftsblock streichen oder die Partei aufnehmen");
            }
            Some(0) => {
                protokoll
                    .melde(
                        &unterschrift.passage,
                        format!(
                            "{} hat einen Unterschriftsblock zu viel",
                            unterschrift.partei
                        ),
                    )
                    .abhilfe("nur so viele Blöcke setzen, wie Ämter der Partei unterzeichnen");
            }
            Some(zahl) => *zahl -= 1,
        }
    }
    for (partei, zahl) in offen.into_iter().filter(|(_, zahl)| *zahl > 0) {
        let keiner = alle.get(&partei) == Some(&zahl);
        protokoll
            .melde(
                &vereinbarung.route,
                if keiner {
                    format!("für {partei} fehlt der Unterschriftsblock")
                } else {
                    format!("für {partei} fehlt ein weiterer Unterschriftsblock")
                },
            )
            .abhilfe("jeder Partei einen Block `<!-- unterschrift: … | … -->` geben");
    }
}

/// How many offices sign for a party; one where the base data do not say.
fn erwartet(vorgang: &Vorgang, vereinbarung: &Vereinbarung, partei: &Koerperschaft) -> usize {
    vorgang
        .rechtsstand(vereinbarung)
        .and_then(|tag| partei.vertretung_am(tag))
        .map_or(1, |vertretung| 1 + vertretung.weitere_unterschriften.len())
}
