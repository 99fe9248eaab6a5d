//! What becomes of an agreement among several when the council of one of them refuses.

use super::super::entscheid::{Entscheid, geltender};
use super::super::{Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
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
const WORTE: [&str; 6] = [
    "lehnt",
    "lehnen",
    "ablehnt",
    "Ablehnung",
    "nicht zustimm*",
    "stimmt nicht zu",
];

/// Words in the same sentence: it is a council that refuses, or the agreement that is refused. Applications are too.
const WER: [&str; 12] = [
    "Rat",
    "Rates",
    "Räte*",
    "Kreistag*",
    "Vertretung*",
    "Partei*",
    "Anwenderkommune*",
    "Kommune*",
    "Vertragspartner*",
    "Gemeinde*",
    "Stadt",
    "Vereinbarung",
];

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
            .filter(|partei| {
                let entscheide = lage.entscheide(vereinbarung, partei);
                !geltender(&entscheide).is_some_and(Entscheid::stimmt_zu)
            })
            .count();
        if beteiligte.parteien.anzahl() < AB_PARTEIEN
            || vereinbarung.status > Status::Entwurf
            || offen == 0
        {
            continue;
        }
        let geregelt = vereinbarung.bei_ablehnung.is_some()
            || blatt.alles().saetze().iter().any(spricht_davon);
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

fn spricht_davon(satz: &Passage<'_>) -> bool {
    WORTE.iter().any(|worte| satz.enthaelt(worte)) && WER.iter().any(|worte| satz.enthaelt(worte))
}
