//! Who signs for a party is who represents it on the day.

mod rubrum;

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::sprache;
use crate::model::koerperschaft::{Kasus, Koerperschaft, Vertretung};
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
        rubrum::pruefe(lage, vereinbarung, protokoll);
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
        let vertretung = partei.vertretung_am(unterschrift.am);
        let Some(vertretung) = vertretung.filter(|v| !v.ist_ersatz()) else {
            protokoll.nicht_pruefbar(
                route,
                &format!(
                    "es fehlt die `vertretung` {} am {}",
                    lage.name(partei, Kasus::Genitiv),
                    unterschrift.am
                ),
            );
            continue;
        };
        let vertreter = unterschrift
            .aemter
            .iter()
            .all(|amt| befugt(vertretung).contains(amt) || ist_allgemeine_vertretung(lage, amt));
        let zahl = unterschrift.aemter.len() == befugt(vertretung).len();
        let ordentlich = unterschrift.aemter == befugt(vertretung) || vertreter && zahl;
        if !unterschrift.aemter.is_empty() && !ordentlich {
            protokoll
                .melde(
                    route.feld("ämter"),
                    format!(
                        "für {} {} am {} {}; hier ist etwas anderes eingetragen",
                        lage.name(partei, Kasus::Akkusativ),
                        if befugt(vertretung).len() == 1 {
                            "unterzeichnet"
                        } else {
                            "unterzeichnen"
                        },
                        unterschrift.am,
                        liste(lage, &befugt(vertretung))
                    ),
                )
                .abhilfe("die `ämter` oder die `vertretung` in den Stammdaten berichtigen")
                .fuer(partei);
        }
    }
}

/// Offices that the signature blocks print.
fn gedruckte(lage: &Lage<'_>, vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    let (Some(blatt), Some(beteiligte)) = (
        lage.blatt_der_vereinbarung(vereinbarung),
        lage.beteiligte(vereinbarung),
    ) else {
        return;
    };
    let tag = lage.vorgang.rechtsstand(vereinbarung);
    let wann = tag.map(|tag| format!(" am {tag}")).unwrap_or_default();
    for partei in beteiligte.parteien.iter() {
        if partei
            .vertretung_zu(tag)
            .is_some_and(Vertretung::ist_ersatz)
        {
            protokoll.nicht_pruefbar(
                &partei.route,
                &format!(
                    "es fehlt die `vertretung` von {}{wann}; ohne sie lässt sich die Vereinbarung auch nicht ausgeben",
                    partei.amtsform()
                ),
            );
        }
    }
    for unterschrift in blatt.unterschriften() {
        let heisst_so = |partei: &&Koerperschaft| {
            let formen = partei.namensformen();
            formen.iter().any(|form| form == unterschrift.partei.trim())
        };
        // Two parties may bear one name.
        let gemeinte = || beteiligte.parteien.iter().filter(heisst_so);
        let aemter: Vec<Schluessel> = gemeinte()
            .filter_map(|partei| partei.vertretung_zu(tag))
            .filter(|vertretung| !vertretung.ist_ersatz())
            .flat_map(befugt)
            .collect();
        if aemter.is_empty() {
            continue;
        }
        let gedruckt = unterschrift.amt.trim().to_lowercase();
        let ist_dabei = aemter
            .iter()
            .filter_map(|schluessel| lage.vorgang.aemter.get(schluessel))
            .any(|amt| {
                // „die Bürgermeisterin oder der Bürgermeister“: who holds the office is one of them.
                let name = amt.nominativ.as_str().to_lowercase();
                name == gedruckt || name.split(" oder ").any(|eines| eines == gedruckt)
            });
        if !ist_dabei && !vertritt_allgemein(&gedruckt) {
            protokoll
                .melde(
                    &unterschrift.passage,
                    format!(
                        "„{}“ vertritt {}{wann} nicht",
                        unterschrift.amt,
                        gemeinte().next().map_or_else(
                            || unterschrift.partei.to_owned(),
                            |partei| lage.name(partei, Kasus::Akkusativ)
                        )
                    ),
                )
                .abhilfe("das Amt nehmen, das in den Stammdaten unter `vertretung` steht");
        }
    }
}

/// Whether an office deputises for the head of an administration by law; it then signs in the head's place.
fn ist_allgemeine_vertretung(lage: &Lage<'_>, amt: &Schluessel) -> bool {
    lage.vorgang
        .aemter
        .get(amt)
        .is_some_and(|amt| vertritt_allgemein(&amt.nominativ.as_str().to_lowercase()))
}

/// Whether an office by this name, in lower case, deputises for the head.
fn vertritt_allgemein(name: &str) -> bool {
    [
        "kreisdirektor",
        "stadtdirektor",
        "allgemeine vertret",
        "allgemeiner vertret",
        "erste beigeordnete",
        "erster beigeordneter",
    ]
    .iter()
    .any(|stamm| name.contains(stamm))
}

/// The offices that sign, in order.
fn befugt(vertretung: &Vertretung) -> Vec<Schluessel> {
    std::iter::once(&vertretung.amt)
        .chain(&vertretung.weitere_unterschriften)
        .cloned()
        .collect()
}

/// „der Bürgermeister und die Kämmerin“.
fn liste(lage: &Lage<'_>, aemter: &[Schluessel]) -> String {
    let namen = aemter.iter().map(|schluessel| {
        let amt = lage.vorgang.aemter.get(schluessel);
        amt.map_or(schluessel.as_str(), |amt| amt.nominativ.as_str())
    });
    let namen: Vec<&str> = namen.collect();
    sprache::aufzaehlung(&namen, sprache::Verbindung::Sowie)
}
