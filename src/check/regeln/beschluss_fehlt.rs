//! The councils of all parties decide before anybody signs; taking note is no decision.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::input::Datum;
use crate::model::beratung::Beschlussstatus;
use crate::model::drucksache::Art;
use crate::model::vereinbarung::Status;
use crate::model::{Drucksache, Koerperschaft, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "beschluss-fehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::gesehen("kro", "§ 26 Abs. 1"),
        Norm::gesehen("go", "§ 41 Abs. 1"),
    ],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &["vereinbarungen.*.beschlüsse"],
    text: include_str!("beschluss_fehlt.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let mut unbekannt = Vec::new();
        for partei in beteiligte.parteien.iter() {
            if !hat_beschlossen(vereinbarung, partei, protokoll)
                && !pruefe_vorlagen(lage, vereinbarung, partei, protokoll)
            {
                unbekannt.push(partei.amtsform());
            }
        }
        if unbekannt.is_empty() {
            continue;
        }
        let wer = unbekannt.join(", ");
        if vereinbarung.status >= Status::Unterzeichnet || unterzeichnet_am(vereinbarung).is_some()
        {
            protokoll
                .melde(
                    &vereinbarung.route,
                    format!("die Vereinbarung ist unterzeichnet, aber von diesen Parteien ist kein Beschluss bekannt: {wer}"),
                )
                .abhilfe("die Beschlüsse unter `beschlüsse` eintragen, mit Gremium, Datum und Nummer");
        } else {
            protokoll.nicht_pruefbar(
                &vereinbarung.route,
                &format!("es fehlen unter `beschlüsse` die Beschlüsse von {wer}"),
            );
        }
    }
}

/// Whether a decision of the party is recorded, good or not; what is wrong with it is reported.
fn hat_beschlossen(
    vereinbarung: &Vereinbarung,
    partei: &Koerperschaft,
    protokoll: &mut Protokoll<'_>,
) -> bool {
    let mut eigene = vereinbarung
        .beschluesse
        .iter()
        .enumerate()
        .filter(|(_, beschluss)| beschluss.koerperschaft == partei.schluessel)
        .peekable();
    if eigene.peek().is_none() {
        return false;
    }
    let route = vereinbarung.route.feld("beschlüsse");
    let mut letzter = None;
    for (i, beschluss) in eigene {
        letzter = Some(i);
        if beschluss.stimmt_zu() {
            if let Some(tag) = unterzeichnet_am(vereinbarung).filter(|tag| *tag < beschluss.datum) {
                protokoll
                    .melde(
                        route.index(i).feld("datum"),
                        format!(
                            "{} hat am {tag} unterzeichnet, aber erst am {} beschlossen",
                            partei.amtsform(),
                            beschluss.datum
                        ),
                    )
                    .abhilfe("erst beschließen, dann unterzeichnen; sonst die Daten prüfen");
            }
            return true;
        }
    }
    if let Some(i) = letzter {
        protokoll
            .melde(
                route.index(i),
                format!(
                    "{} hat der Vereinbarung nicht zugestimmt",
                    partei.amtsform()
                ),
            )
            .abhilfe(
                "den zustimmenden Beschluss eintragen oder die Partei aus der Vereinbarung nehmen",
            );
    }
    true
}

/// Whether the matter holds papers of this party on the agreement; none that decides is reported.
fn pruefe_vorlagen(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    partei: &Koerperschaft,
    protokoll: &mut Protokoll<'_>,
) -> bool {
    let eigene: Vec<&Drucksache> = lage
        .vorgang
        .drucksachen
        .iter()
        .filter(|drucksache| {
            lage.vorgang
                .vereinbarung_zu(drucksache)
                .is_some_and(|v| v.schluessel == vereinbarung.schluessel)
                && lage
                    .vorgang
                    .koerperschaft_von(drucksache)
                    .is_some_and(|k| k.schluessel == partei.schluessel)
        })
        .collect();
    let Some(erste) = eigene.first() else {
        return false;
    };
    let entscheidet = eigene.iter().any(|drucksache| {
        drucksache.art != Art::Mitteilung
            && drucksache
                .beratungen()
                .iter()
                .any(|b| b.beschlussstatus == Beschlussstatus::Entscheidung)
    });
    if !entscheidet {
        let schritt = lage
            .schritte(erste)
            .into_iter()
            .find(|schritt| schritt.beratung.beschlussstatus == Beschlussstatus::Kenntnisnahme);
        let (stelle, text) = match schritt {
            Some(schritt) => (
                schritt.route.feld("beschlussstatus"),
                format!(
                    "{} der Partei {} nimmt nur zur Kenntnis; das ist kein Beschluss über die Vereinbarung",
                    schritt.beratung.gremium,
                    partei.amtsform()
                ),
            ),
            None => (
                erste.route.clone(),
                format!(
                    "in dieser Drucksache entscheidet {} nicht über die Vereinbarung",
                    partei.amtsform()
                ),
            ),
        };
        protokoll.melde(stelle, text).abhilfe(
            "über die Vereinbarung entscheiden lassen, oder den schon gefassten Beschluss unter `beschlüsse` eintragen",
        );
    }
    true
}

/// Day of the first signature, as far as it is known.
fn unterzeichnet_am(vereinbarung: &Vereinbarung) -> Option<Datum> {
    vereinbarung
        .unterzeichnet
        .iter()
        .map(|unterschrift| unterschrift.am)
        .min()
        .or(vereinbarung.geschlossen)
}
