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
const UEBERTRAGEND: [&str; 12] = [
    "in die eigene Zuständigkeit",
    "in eigener Zuständigkeit",
    "in ihre Zuständigkeit",
    "in seine Zuständigkeit",
    "das Recht und die Pflicht",
    "mit befreiender Wirkung",
    "die Zuständigkeit geht",
    "die Zuständigkeiten gehen",
    "Zuständigkeit geht auf",
    "überträgt",
    "übertragen",
    "delegierend*",
];

/// Words that name what is not part of a task, or that no task passes over.
const AUSGENOMMEN: [&str; 8] = [
    "Nicht dazu gehör*",
    "nicht dazu gehör*",
    "ausgenommen",
    "bleibt",
    "bleiben",
    "verbleib*",
    "nicht übertragen",
    "keine Aufgabe*",
];

/// Words that leave the others responsible, with one of the words of [`BLEIBT`] in the same sentence.
const TRAEGER: [&str; 4] = ["Träger*", "Aufgabenträger*", "Trägerschaft", "Trägerinnen"];

/// That it stays so.
const BLEIBT: [&str; 2] = ["bleib*", "verbleib*"];

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
        let mut ohne_klausel = Vec::new();
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let Some(klausel) = blatt.klausel(&format!("aufgabe-{schluessel}")) else {
                ohne_klausel.push((schluessel, aufgabe.art));
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
        let alle_ohne = ohne_klausel.len() == vereinbarung.aufgaben.values().count();
        match ohne_klausel.first() {
            // A template of one's own need not mark its clauses; where all tasks are of one kind, all of it is looked at.
            Some((_, art)) if alle_ohne && ohne_klausel.iter().all(|(_, a)| a == art) => {
                let alles = blatt.alles();
                match art {
                    Aufgabenart::Mandatierend => {
                        mandatierend(&alles, protokoll);
                        mandat = Some(alles);
                    }
                    Aufgabenart::Delegierend => delegierend(&alles, protokoll),
                }
            }
            Some((schluessel, _)) => protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                &format!("es fehlt die Klausel `aufgabe-{schluessel}`"),
            ),
            None => {}
        }
        if let Some(klausel) = mandat {
            traeger_bleibt(blatt, &klausel, protokoll);
        }
    }
}

fn mandatierend(klausel: &Passage<'_>, protokoll: &mut Protokoll<'_>) {
    for satz in klausel.saetze() {
        let ausgenommen = AUSGENOMMEN.iter().any(|worte| satz.enthaelt(worte));
        let mut stellen = UEBERTRAGEND.iter().flat_map(|worte| satz.finde(worte));
        if let Some(stelle) = stellen.next().filter(|_| !ausgenommen) {
            protokoll
                .melde(
                    &stelle,
                    format!("„{}“ überträgt die Aufgabe, sie soll aber mandatiert sein", stelle.text()),
                )
                .abhilfe("„führt … für … durch“ schreiben, oder die Aufgabe mit `art: delegierend` übertragen");
        }
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
    let sagt = |satz: &Passage<'_>, worte: &[&str]| worte.iter().any(|w| satz.enthaelt(w));
    let saetze = blatt.alles().saetze();
    if !saetze
        .iter()
        .any(|satz| sagt(satz, &TRAEGER) && sagt(satz, &BLEIBT))
    {
        protokoll
            .melde(
                klausel.erste_zeile(),
                "nirgends steht, dass die anderen Parteien Träger dieser Aufgabe bleiben",
            )
            .abhilfe("klarstellen, dass die anderen Parteien Träger ihrer Aufgaben bleiben");
    }
}
