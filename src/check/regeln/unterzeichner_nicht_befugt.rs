//! Who signs for a party is who represents it on the day.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::model::koerperschaft::{Koerperschaft, Vertretung};
use crate::model::vereinbarung::Status;
use crate::model::{Schluessel, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "unterzeichner-nicht-befugt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::erinnert("kro", "§ 43"), Norm::erinnert("go", "§ 64")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[
        "körperschaften.*.vertretung",
        "vereinbarungen.*.unterzeichnet",
    ],
    text: include_str!("unterzeichner_nicht_befugt.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        geleistete(lage, vereinbarung, protokoll);
        gedruckte(lage, vereinbarung, protokoll);
    }
}

/// Signatures that were given.
fn geleistete(lage: &Lage<'_>, vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    if vereinbarung.status >= Status::Unterzeichnet && vereinbarung.unterzeichnet.is_empty() {
        protokoll.nicht_pruefbar(
            vereinbarung.route.feld("status"),
            "es fehlt unter `unterzeichnet`, welche Partei wann durch wen unterzeichnet hat",
        );
    }
    for (i, unterschrift) in vereinbarung.unterzeichnet.iter().enumerate() {
        let Some(partei) = lage
            .vorgang
            .koerperschaften
            .get(&unterschrift.koerperschaft)
        else {
            continue;
        };
        let route = vereinbarung.route.feld("unterzeichnet").index(i);
        let Some(vertretung) = partei.vertretung_am(unterschrift.am) else {
            protokoll.nicht_pruefbar(
                route,
                &format!(
                    "es fehlt die `vertretung` von {} am {}",
                    partei.amtsform(),
                    unterschrift.am
                ),
            );
            continue;
        };
        if !unterschrift.aemter.is_empty() && unterschrift.aemter != befugt(vertretung) {
            protokoll
                .melde(
                    route.feld("ämter"),
                    format!(
                        "für {} unterzeichnen am {} andere Ämter: {}",
                        partei.amtsform(),
                        unterschrift.am,
                        liste(&befugt(vertretung))
                    ),
                )
                .abhilfe("die `ämter` oder die `vertretung` in den Stammdaten berichtigen");
        }
    }
}

/// Offices that the signature blocks print.
fn gedruckte(lage: &Lage<'_>, vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    let (Some(blatt), Some(beteiligte), Some(tag)) = (
        lage.blatt_der_vereinbarung(vereinbarung),
        lage.beteiligte(vereinbarung),
        lage.vorgang.rechtsstand(vereinbarung),
    ) else {
        return;
    };
    for unterschrift in blatt.unterschriften() {
        let partei = beteiligte
            .parteien
            .iter()
            .find(|partei| partei.amtsform() == unterschrift.partei);
        let Some(vertretung) = partei.and_then(|partei: &Koerperschaft| partei.vertretung_am(tag))
        else {
            continue;
        };
        let aemter = befugt(vertretung);
        let ist_dabei = aemter
            .iter()
            .filter_map(|schluessel| lage.vorgang.aemter.get(schluessel))
            .any(|amt| amt.nominativ.as_str().to_lowercase() == unterschrift.amt.to_lowercase());
        if !ist_dabei {
            protokoll
                .melde(
                    &unterschrift.passage,
                    format!(
                        "„{}“ vertritt {} am {tag} nicht",
                        unterschrift.amt, unterschrift.partei
                    ),
                )
                .abhilfe("das Amt nehmen, das in den Stammdaten unter `vertretung` steht");
        }
    }
}

/// The offices that sign, in order.
fn befugt(vertretung: &Vertretung) -> Vec<Schluessel> {
    std::iter::once(&vertretung.amt)
        .chain(&vertretung.weitere_unterschriften)
        .cloned()
        .collect()
}

fn liste(aemter: &[Schluessel]) -> String {
    let namen: Vec<_> = aemter.iter().map(ToString::to_string).collect();
    namen.join(", ")
}
