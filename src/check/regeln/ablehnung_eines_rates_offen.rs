//! What becomes of an agreement among several when the council of one of them refuses.

use super::super::entscheid::{Entscheid, geltender};
use super::super::{Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::sprache::zahlwort;
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
                !geltender(&entscheide).is_some_and(Entscheid::traegt)
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
                        "{}; nirgends steht, was gilt, wenn eine ablehnt",
                        stand(offen, beteiligte.parteien.anzahl())
                    ),
                )
                .abhilfe("unter `bei_ablehnung` sagen, ob die Vereinbarung dann unter den übrigen Parteien geschlossen wird und mit welchem Kostenschlüssel");
        }
    }
}

/// How many of all parties have not agreed yet.
fn stand(offen: usize, alle: usize) -> String {
    let parteien = format!("der {} Parteien", zahlwort(alle));
    match offen {
        n if n == alle => format!("keine {parteien} hat bisher zugestimmt"),
        1 => format!("eine {parteien} hat noch nicht zugestimmt"),
        n if n + 1 == alle => format!("erst eine {parteien} hat zugestimmt"),
        n => format!("{} {parteien} haben noch nicht zugestimmt", zahlwort(n)),
    }
}

fn spricht_davon(satz: &Passage<'_>) -> bool {
    WORTE.iter().any(|worte| satz.enthaelt(worte)) && WER.iter().any(|worte| satz.enthaelt(worte))
}

#[cfg(test)]
mod tests {
    use super::stand;

    #[test]
    fn none_one_some_and_all_but_one_read_well() {
        for (offen, text) in [
            (9, "keine der neun Parteien hat bisher zugestimmt"),
            (8, "erst eine der neun Parteien hat zugestimmt"),
            (2, "zwei der neun Parteien haben noch nicht zugestimmt"),
            (1, "eine der neun Parteien hat noch nicht zugestimmt"),
        ] {
            assert_eq!(stand(offen, 9), text);
        }
    }
}
