//! Each party signs once, in its official form, and nobody else does; changes need the written form too.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::compute::{Beteiligte, Menge};
use crate::model::koerperschaft::{Kasus, Koerperschaft};
use crate::model::vereinbarung::Status;
use crate::model::{Vereinbarung, Vorgang};

pub(super) const REGEL: Regel = Regel {
    name: "schriftform-unvollstaendig",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 1 Satz 1")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("schriftform_unvollstaendig.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        geleistete(lage.vorgang, vereinbarung, beteiligte, protokoll);
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        unterschriften(lage.vorgang, vereinbarung, beteiligte, blatt, protokoll);
        let saetze = blatt.alles().saetze();
        let zu_aenderungen = |worte: [&str; 2]| {
            saetze.iter().find_map(|satz| {
                let form = worte.iter().find_map(|worte| satz.finde(worte).next());
                form.filter(|_| regelt_aenderungen(satz))
            })
        };
        if let Some(stelle) = zu_aenderungen(["Textform", "elektronischer Form"]) {
            protokoll
                .melde_milder(
                    &stelle,
                    format!("„{}“ genügt für Änderungen nicht; die Vereinbarung selbst ist schriftlich zu schließen", stelle.text()),
                )
                .abhilfe("für Änderungen die Schriftform verlangen");
        } else if zu_aenderungen(["Schriftform", "schriftlich*"]).is_none() {
            protokoll
                .melde_milder(
                    &vereinbarung.route,
                    "die Vereinbarung verlangt für ihre Änderung keine Schriftform",
                )
                .abhilfe("eine Klausel aufnehmen, nach der Änderungen der Schriftform bedürfen");
        }
    }
}

/// Words for what is changed.
const AENDERUNG: [&str; 5] = [
    "Änderung*",
    "Ergänzung*",
    "Nebenabrede*",
    "Vertragsänderung*",
    "geändert",
];

/// Words that make it a change of the agreement, not of what somebody is to be told of.
const DER_VEREINBARUNG: [&str; 7] = [
    "Vereinbarung*",
    "Vertrag*",
    "bedürfen",
    "bedarf",
    "nur",
    "wirksam",
    "gültig",
];

/// Words with which somebody tells others of a change.
const MITTEILUNG: [&str; 4] = ["mitzuteilen", "mitgeteilt", "teilt", "teilen"];

/// Whether a sentence says how the agreement is changed: not how a change is told, nor how somebody accedes.
fn regelt_aenderungen(satz: &Passage<'_>) -> bool {
    let sagt = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let erste = |worte: &[&str]| {
        let stellen = worte.iter().flat_map(|worte| satz.finde(worte));
        stellen.map(|stelle| satz.versatz(&stelle)).min()
    };
    let Some(aenderung) = erste(&AENDERUNG) else {
        return false;
    };
    let beitritt = erste(&["Beitritt*", "beitret*"]).is_some_and(|beitritt| beitritt < aenderung);
    let mitteilung = sagt(&MITTEILUNG) && !sagt(&["bedürfen", "bedarf"]);
    !beitritt && !mitteilung && sagt(&DER_VEREINBARUNG)
}

/// An agreement that is signed by its status is signed by each of its parties, where signatures are written down at all.
fn geleistete(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    if vereinbarung.status < Status::Unterzeichnet || vereinbarung.unterzeichnet.is_empty() {
        return;
    }
    let fehlend = beteiligte.parteien.iter().filter(|partei| {
        let mut alle = vereinbarung.unterzeichnet.iter();
        !alle.any(|unterschrift| unterschrift.koerperschaft == partei.schluessel)
    });
    let fehlend = Menge::aus(vorgang, fehlend);
    if !fehlend.ist_leer() {
        protokoll
            .melde_milder(
                vereinbarung.route.feld("status"),
                format!(
                    "nach ihrem Status ist die Vereinbarung unterzeichnet, aber unter `unterzeichnet` fehlt die Unterschrift {}",
                    fehlend.aufzaehlung(Kasus::Genitiv)
                ),
            )
            .abhilfe("die Unterschrift mit ihrem Tag eintragen oder den Status zurücksetzen");
    }
}

/// What a party still owes to the signature blocks.
struct Offen<'a> {
    partei: &'a Koerperschaft,
    erwartet: usize,
    fehlt: usize,
}

fn unterschriften(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let mut offen: Vec<Offen<'_>> = beteiligte
        .parteien
        .iter()
        .map(|partei| {
            let erwartet = erwartet(vorgang, vereinbarung, partei);
            Offen {
                partei,
                erwartet,
                fehlt: erwartet,
            }
        })
        .collect();
    for unterschrift in blatt.unterschriften() {
        let name = unterschrift.partei.trim();
        // Two parties may bear one name; each has a block of its own.
        let mut wer: Vec<&mut Offen<'_>> = offen
            .iter_mut()
            .filter(|o| o.partei.namensformen().iter().any(|form| form == name))
            .collect();
        wer.sort_by_key(|o| (o.fehlt == 0, o.partei.amtsform() != name));
        let ist_partei = !wer.is_empty();
        if let Some(partei) = wer.into_iter().find(|o| o.fehlt > 0) {
            partei.fehlt -= 1;
        } else if ist_partei {
            protokoll
                .melde(
                    &unterschrift.passage,
                    format!(
                        "{} hat einen Unterschriftsblock zu viel",
                        unterschrift.partei
                    ),
                )
                .abhilfe("nur so viele Blöcke setzen, wie Ämter der Partei unterzeichnen");
        } else {
            protokoll
                .melde(
                    &unterschrift.passage,
                    format!(
                        "{} ist nicht Partei, soll aber unterzeichnen",
                        unterschrift.partei
                    ),
                )
                .abhilfe("den Unterschriftsblock streichen oder die Partei aufnehmen");
        }
    }
    for Offen {
        partei,
        erwartet,
        fehlt,
    } in offen.into_iter().filter(|offen| offen.fehlt > 0)
    {
        let name = partei.amtsform();
        protokoll
            .melde(
                &vereinbarung.route,
                if fehlt == erwartet {
                    format!("für {name} fehlt der Unterschriftsblock")
                } else {
                    format!("für {name} fehlt ein weiterer Unterschriftsblock")
                },
            )
            .abhilfe("jeder Partei einen Block `<!-- unterschrift: … | … -->` geben");
    }
}

/// How many offices sign for a party; one where the base data do not say.
fn erwartet(vorgang: &Vorgang, vereinbarung: &Vereinbarung, partei: &Koerperschaft) -> usize {
    vorgang
        .rechtsstand(vereinbarung)
        .and_then(|tag| partei.vertretung_am(tag))
        .map_or(1, |vertretung| 1 + vertretung.weitere_unterschriften.len())
}
