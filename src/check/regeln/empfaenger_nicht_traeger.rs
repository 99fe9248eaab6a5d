//! Only who is responsible for a task can have it done by another.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::sprache::zahlwort;
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "empfaenger-nicht-traeger",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 1 Abs. 1")],
    gilt: "für jede Aufgabe einer Vereinbarung, aus der ein Papier entsteht",
    braucht: &["vereinbarungen.*.träger_norm"],
    text: include_str!("empfaenger_nicht_traeger.md"),
    pruefe,
};

/// Laws that make the municipalities, and no Kreis, responsible.
const NUR_GEMEINDEN: [&str; 1] = ["ag-asylblg"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let mut ohne_norm = Vec::new();
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let route = vereinbarung.route_der_aufgabe(schluessel);
            // A task that serves one of the recipients' own needs no norm.
            if aufgabe.dient.is_some() {
                continue;
            }
            let Some(norm) = vereinbarung.traeger_norm_von(aufgabe) else {
                ohne_norm.push(route);
                continue;
            };
            if !NUR_GEMEINDEN.contains(&norm.gesetz.as_str()) {
                continue;
            }
            let empfaenger = beteiligte.empfaenger.get(schluessel);
            for kreis in empfaenger
                .iter()
                .flat_map(|e| e.iter())
                .filter(|k| !k.ist_gemeinde())
            {
                protokoll
                    .melde(
                        route.clone(),
                        format!(
                            "{} ist als Empfänger der Aufgabe „{}“ eingetragen; nach {} sind aber nur Gemeinden ihre Träger",
                            lage.name(kreis, Kasus::Nominativ),
                            aufgabe.bezeichnung,
                            lage.gesetze().get(norm.gesetz.as_str()).map_or_else(
                                || norm.stelle.to_string(),
                                |gesetz| format!("{} {}", norm.stelle, gesetz.kurz)
                            )
                        ),
                    )
                    .abhilfe("den Empfänger streichen oder unter `dient` seine eigene Aufgabe nennen, der die Durchführung dient");
            }
        }
        // One norm for all tasks belongs to the agreement.
        match ohne_norm.as_slice() {
            [] => {}
            [aufgabe] => protokoll.nicht_pruefbar(
                aufgabe.clone(),
                "es fehlt `träger_norm`, die Norm, die die Empfänger zu Trägern macht",
            ),
            mehrere => protokoll.nicht_pruefbar(
                &vereinbarung.route,
                &format!(
                    "es fehlt bei {} Aufgaben `träger_norm`, die Norm, die die Empfänger zu Trägern macht",
                    zahlwort(mehrere.len())
                ),
            ),
        }
    }
}
