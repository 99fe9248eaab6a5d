//! What becomes of an agreement among several when the council of one of them refuses.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::model::Vereinbarung;
use crate::model::vereinbarung::Status;

pub(super) const REGEL: Regel = Regel {
    name: "ablehnung-eines-rates-offen",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Aufsichtspraxis,
    normen: &[],
    gilt: "wenn eine Vereinbarung mehr als zwei Parteien hat und noch nicht alle zugestimmt haben",
    braucht: &["vereinbarungen.*.bei_ablehnung"],
    text: include_str!("ablehnung_eines_rates_offen.md"),
    pruefe,
};

/// With two parties a refusal leaves nothing to agree on.
const AB_PARTEIEN: usize = 3;

/// Words with which an agreement speaks of the case. „Wird die Genehmigung versagt“ is another one.
const WORTE: [&str; 4] = ["lehnt", "lehnen", "Ablehnung", "nicht zustimm*"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let offen = beteiligte
            .parteien
            .iter()
            .filter(|partei| !hat_zugestimmt(vereinbarung, partei.schluessel.as_str()))
            .count();
        if beteiligte.parteien.anzahl() < AB_PARTEIEN
            || vereinbarung.status > Status::Entwurf
            || offen == 0
        {
            continue;
        }
        let geregelt = vereinbarung.bei_ablehnung.is_some()
            || WORTE.iter().any(|worte| blatt.alles().enthaelt(worte));
        if !geregelt {
            protokoll
                .melde(
                    &vereinbarung.route,
                    format!(
                        "von {} Parteien {}; nirgends steht, was gilt, wenn eine ablehnt",
                        beteiligte.parteien.anzahl(),
                        match offen {
                            1 => "hat eine noch nicht zugestimmt".to_owned(),
                            n => format!("haben {n} noch nicht zugestimmt"),
                        }
                    ),
                )
                .abhilfe("unter `bei_ablehnung` sagen, ob sie dann unter den übrigen geschlossen wird und mit welchem Kostenschlüssel");
        }
    }
}

fn hat_zugestimmt(vereinbarung: &Vereinbarung, partei: &str) -> bool {
    vereinbarung
        .beschluesse
        .iter()
        .any(|beschluss| beschluss.koerperschaft.as_str() == partei && beschluss.stimmt_zu())
}
