//! Each task has one provider and at least one recipient other than the provider.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "aufgabe-unvollstaendig",
    schwere: Gewicht::Fehler,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 1")],
    gilt: "für jede Aufgabe einer Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("aufgabe_unvollstaendig.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let route = vereinbarung.route_der_aufgabe(schluessel);
            let ohne_empfaenger = beteiligte
                .empfaenger
                .get(schluessel)
                .is_none_or(crate::compute::mengen::Menge::ist_leer);
            if ohne_empfaenger {
                protokoll
                    .melde(
                        route,
                        format!(
                            "für wen die Aufgabe „{}“ ausgeführt wird, ist nicht angegeben",
                            aufgabe.bezeichnung
                        ),
                    )
                    .abhilfe("unter `empfänger` die Parteien nennen, deren Aufgabe es ist");
            } else if aufgabe.empfaenger.contains(&aufgabe.anbieter) {
                protokoll
                    .melde(
                        route.feld("empfänger"),
                        format!(
                            "bei der Aufgabe „{}“ ist die ausführende Partei zugleich als Empfänger eingetragen",
                            aufgabe.bezeichnung
                        ),
                    )
                    .abhilfe("die ausführende Partei unter `empfänger` streichen");
            }
        }
    }
}
