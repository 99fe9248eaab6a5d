//! An agreement that replaces another says so, the end of the other is told and published, and nobody is forgotten.

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::model::Vereinbarung;
use crate::model::vereinbarung::Status;

pub(super) const REGEL: Regel = Regel {
    name: "vorgaenger-nicht-abgeloest",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 5")],
    gilt: "wenn die Vereinbarung eine frühere ersetzt",
    braucht: &[],
    text: include_str!("vorgaenger_nicht_abgeloest.md"),
    pruefe,
};

/// Words with which a clause puts an agreement in the place of another: all of one entry in one sentence.
const ABLOESUNG: [&[&str]; 10] = [
    &["an die Stelle"],
    &["an deren Stelle"],
    &["ersetzt"],
    &["außer Kraft"],
    &["hebt", "auf"],
    &["heben", "auf"],
    &["aufgehoben"],
    &["löst", "ab"],
    &["abgelöst"],
    &["endet"],
];

/// Words that make it another matter: a clause that has no effect, or what goes on.
const KEINE_ABLOESUNG: [&str; 6] = [
    "unwirksam*",
    "nichtig*",
    "undurchführbar*",
    "nicht ersetzt",
    "nicht aufgehoben",
    "nicht außer Kraft",
];

/// Words for the agreement that is replaced.
const FRUEHERE: [&str; 6] = [
    "bisherig* Vereinbarung*",
    "früher* Vereinbarung*",
    "vorherig* Vereinbarung*",
    "bestehend* Vereinbarung*",
    "alte* Vereinbarung*",
    "Vereinbarung vom",
];

/// Words for the notice to the authority.
const ANZEIGE: [&str; 4] = ["zeigen", "anzuzeigen", "angezeigt", "Anzeige*"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let vorgaenger = vereinbarung
            .ersetzt
            .as_ref()
            .and_then(|schluessel| lage.vorgang.vereinbarungen.get(schluessel));
        let Some(vorgaenger) = vorgaenger else {
            continue;
        };
        klausel(lage, vereinbarung, vorgaenger, protokoll);
        aufhebung(vereinbarung, vorgaenger, protokoll);
        parteien(lage, vereinbarung, vorgaenger, protokoll);
    }
}

/// What the agreement itself says of its predecessor; a preamble binds nobody.
fn klausel(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
        return;
    };
    let saetze = blatt.bindende_saetze();
    let route = vereinbarung.route.feld("ersetzt");
    if !saetze.iter().any(|satz| loest_ab(satz, vorgaenger)) {
        protokoll
            .melde(
                route,
                "keine Vorschrift der Vereinbarung löst die frühere ab",
            )
            .abhilfe("einen Satz aufnehmen, nach dem sie an die Stelle der früheren tritt und diese aufgehoben wird");
    } else if !saetze.iter().any(zeigt_an) {
        protokoll
            .melde(
                route,
                "keine Vorschrift der Vereinbarung sagt, dass die Aufhebung der früheren anzuzeigen ist",
            )
            .abhilfe("die Anzeige der Aufhebung bei der Aufsichtsbehörde regeln");
    }
}

/// Whether a sentence puts the agreement in the place of its predecessor.
fn loest_ab(satz: &Passage<'_>, vorgaenger: &Vereinbarung) -> bool {
    let sagt = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let abloesung = ABLOESUNG
        .iter()
        .any(|alle| alle.iter().all(|worte| satz.enthaelt(worte)));
    let von_tag = vorgaenger
        .geschlossen
        .is_some_and(|geschlossen| satz.tage().any(|(_, tag)| tag == geschlossen));
    // „diese Vereinbarung … der Vereinbarung aus dem Jahr 2019“: two are named.
    let zwei = satz.finde("Vereinbarung").nth(1).is_some();
    abloesung && !sagt(&KEINE_ABLOESUNG) && (von_tag || zwei || sagt(&FRUEHERE))
}

/// Whether a sentence has the authority told of an end.
fn zeigt_an(satz: &Passage<'_>) -> bool {
    ANZEIGE.iter().any(|worte| satz.enthaelt(worte))
        || satz.enthaelt("zeigt") && satz.enthaelt("Aufhebung") && satz.enthaelt("an")
}

/// Once the new agreement has effect, the end of the old one has been told and published.
fn aufhebung(
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let wirkt = vereinbarung.status == Status::InKraft
        || vereinbarung.in_kraft_seit.is_some()
        || vereinbarung.veroeffentlichung.is_some();
    if !wirkt {
        return;
    }
    let angezeigt = vorgaenger
        .aufhebung
        .as_ref()
        .is_some_and(|aufhebung| aufhebung.angezeigt_am.is_some());
    let veroeffentlicht = vorgaenger
        .aufhebung
        .as_ref()
        .is_some_and(|aufhebung| aufhebung.veroeffentlichung.is_some());
    let was = match (angezeigt, veroeffentlicht) {
        (true, true) => return,
        (true, false) => "bekannt gemacht",
        (false, true) => "angezeigt",
        (false, false) => "angezeigt und bekannt gemacht",
    };
    protokoll
        .melde(
            &vorgaenger.route,
            format!("die Vereinbarung ist ersetzt; dass ihre Aufhebung {was} ist, steht nirgends"),
        )
        .abhilfe("unter `aufhebung` Anzeige und Veröffentlichung eintragen")
        .dazu(vereinbarung.route.feld("ersetzt"), "ersetzt durch");
}

/// Each party of the old agreement is one of the new, or left it in order.
fn parteien(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let (Some(neue), Some(alte)) = (lage.beteiligte(vereinbarung), lage.beteiligte(vorgaenger))
    else {
        return;
    };
    for partei in alte.parteien.ohne(&neue.parteien).iter() {
        let geregelt = vorgaenger
            .ausscheiden
            .iter()
            .filter(|ausscheiden| ausscheiden.koerperschaft == partei.schluessel)
            .any(|ausscheiden| {
                ausscheiden.kuendigung_vom.is_some() || ausscheiden.auseinandersetzung.is_some()
            });
        if !geregelt {
            protokoll
                .melde(
                    vereinbarung.route.feld("ersetzt"),
                    format!(
                        "{} ist Partei der früheren Vereinbarung, aber nicht der neuen; Kündigung oder Auseinandersetzung sind nicht bekannt",
                        partei.amtsform()
                    ),
                )
                .abhilfe("die Partei aufnehmen oder bei der früheren Vereinbarung unter `ausscheiden` eintragen, wie sie ausscheidet")
                .dazu(vorgaenger.route.feld("parteien"), "die frühere Vereinbarung");
        }
    }
}
