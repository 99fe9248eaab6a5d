//! The words of a clause do what the task's kind says: a mandate leaves the others responsible, a delegation does not.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::model::vereinbarung::Aufgabenart;

pub(super) const REGEL: Regel = Regel {
    name: "wortlaut-passt-nicht-zur-aufgabenart",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 2")],
    gilt: "für jede Aufgabe, der die Vereinbarung eine Klausel gibt",
    braucht: &[],
    text: include_str!("wortlaut_passt_nicht_zur_aufgabenart.md"),
    pruefe,
};

/// Words that pass a task over to the provider.
const UEBERTRAGEND: [&str; 5] = [
    "in die eigene Zuständigkeit",
    "in eigener Zuständigkeit",
    "in ihre Zuständigkeit",
    "das Recht und die Pflicht",
    "delegierend*",
];

/// Words that leave the others responsible.
const TRAEGER_BLEIBT: [&str; 3] = ["bleiben Träger*", "bleibt Träger*", "Trägerschaft bleibt"];

/// Words that name the moment at which a task passes over.
const ZEITPUNKT: [&str; 5] = [
    "Wirksamwerden",
    "Zeitpunkt",
    "mit Wirkung",
    "ab dem",
    "zum 1.",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let mut mandat = None;
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let Some(klausel) = blatt.klausel(&format!("aufgabe-{schluessel}")) else {
                continue;
            };
            match aufgabe.art {
                Aufgabenart::Mandatierend => {
                    mandatierend(&klausel, protokoll);
                    mandat.get_or_insert(klausel);
                }
                Aufgabenart::Delegierend => delegierend(&klausel, protokoll),
            }
        }
        if let Some(klausel) = mandat {
            traeger_bleibt(blatt, &klausel, protokoll);
        }
    }
}

fn mandatierend(klausel: &Passage<'_>, protokoll: &mut Protokoll<'_>) {
    for stelle in UEBERTRAGEND.iter().flat_map(|worte| klausel.finde(worte)) {
        protokoll
            .melde(
                &stelle,
                format!("„{}“ überträgt die Aufgabe, sie soll aber mandatiert sein", stelle.text()),
            )
            .abhilfe("„führt … für … durch“ schreiben, oder die Aufgabe mit `art: delegierend` übertragen");
    }
}

fn delegierend(klausel: &Passage<'_>, protokoll: &mut Protokoll<'_>) {
    let kopf = klausel.erste_zeile();
    if !UEBERTRAGEND.iter().any(|worte| klausel.enthaelt(worte)) {
        protokoll
            .melde(
                &kopf,
                "diese Klausel überträgt die Aufgabe nicht, obwohl sie delegiert werden soll",
            )
            .abhilfe(
                "sagen, dass Recht und Pflicht zur Erfüllung auf die ausführende Partei übergehen",
            );
    } else if !ZEITPUNKT.iter().any(|worte| klausel.enthaelt(worte)) {
        protokoll
            .melde(&kopf, "diese Klausel sagt nicht, wann die Aufgabe übergeht")
            .abhilfe("den Zeitpunkt des Übergangs nennen, etwa das Wirksamwerden der Vereinbarung");
    }
}

fn traeger_bleibt(blatt: &Blatt<'_>, klausel: &Passage<'_>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    if !TRAEGER_BLEIBT.iter().any(|worte| alles.enthaelt(worte)) {
        protokoll
            .melde(
                klausel.erste_zeile(),
                "nirgends steht, dass die anderen Parteien Träger dieser Aufgabe bleiben",
            )
            .abhilfe("klarstellen, dass die anderen Parteien Träger ihrer Aufgaben bleiben");
    }
}
