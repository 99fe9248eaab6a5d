//! What is paid for each task is said; that nothing is paid has a reason.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::model::Vereinbarung;
use crate::model::vereinbarung::{Aufgabe, Entgelt};

pub(super) const REGEL: Regel = Regel {
    name: "entschaedigung-fehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 4")],
    gilt: "für jede Aufgabe einer Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("entschaedigung_fehlt.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let hat_kosten = lage
                .vorgang
                .kosten
                .values()
                .any(|position| position.aufgabe == *schluessel);
            // What is passed on at cost is paid; a lump sum is another thing.
            let hat_auslagen =
                !aufgabe.auslagen.is_empty() && aufgabe.entgelt != Some(Entgelt::Pauschale);
            let unentgeltlich = aufgabe.entgelt == Some(Entgelt::Unentgeltlich);
            let hat_grund = aufgabe.unentgeltlich_weil.is_some();
            let route = vereinbarung.route_der_aufgabe(schluessel);
            if unentgeltlich && !hat_grund {
                protokoll
                    .melde(
                        route.feld("entgelt"),
                        format!(
                            "die Aufgabe „{}“ ist unentgeltlich; ein Grund ist nicht angegeben",
                            aufgabe.bezeichnung
                        ),
                    )
                    .abhilfe("den Grund unter `unentgeltlich_weil` eintragen");
            } else if !hat_kosten
                && !hat_auslagen
                && !hat_grund
                && !nennt_pauschale(lage, vereinbarung, aufgabe)
            {
                protokoll
                    .melde(
                        route.feld("entgelt"),
                        format!("was für die Aufgabe „{}“ gezahlt wird, steht nirgends", aufgabe.bezeichnung),
                    )
                    .abhilfe(
                        "eine Kostenposition mit dieser `aufgabe` anlegen, oder den Grund unter `unentgeltlich_weil` eintragen",
                    );
            }
        }
    }
}

/// Whether the agreement itself prints the amount of a lump sum.
fn nennt_pauschale(lage: &Lage<'_>, vereinbarung: &Vereinbarung, aufgabe: &Aufgabe) -> bool {
    aufgabe.entgelt == Some(Entgelt::Pauschale)
        && lage
            .blatt_der_vereinbarung(vereinbarung)
            .is_some_and(|blatt| {
                let saetze = blatt.alles().saetze();
                saetze.iter().any(|satz| {
                    ["Pauschale*", "pauschal*", "Jahresbetrag*", "Festbetrag*"]
                        .iter()
                        .any(|worte| satz.enthaelt(worte))
                        && ["€", "Euro"]
                            .iter()
                            .any(|worte| satz.text().contains(worte))
                })
            })
}
