//! Tasks are enumerated one by one; „all tasks“ cannot be the subject of an agreement.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "aufgaben-nicht-aufgezaehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 1")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("aufgaben_nicht_aufgezaehlt.md"),
    pruefe,
};

/// Words that leave the reader to guess which tasks are meant.
const UNBESTIMMT: [&str; 9] = [
    "alle Aufgaben",
    "sämtliche* Aufgaben",
    "alle anfallenden",
    "alle Leistungen",
    "sämtliche* Leistungen",
    "und Ähnliches",
    "und dergleichen",
    "usw.",
    "etc.",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        for (schluessel, klausel) in blatt.klauseln() {
            if schluessel != "gegenstand" && !schluessel.starts_with("aufgabe-") {
                continue;
            }
            for stelle in UNBESTIMMT.iter().flat_map(|worte| klausel.finde(worte)) {
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“ lässt offen, welche Aufgaben gemeint sind",
                            stelle.text()
                        ),
                    )
                    .abhilfe("die Leistungen unter `leistungen` einzeln aufzählen");
            }
        }
    }
}
