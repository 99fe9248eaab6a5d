//! The agreement says whether the others may take part in the performance of a task, and somebody decided that.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "mitwirkungsrecht-offen",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 3")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &["vereinbarungen.*.mitwirkung"],
    text: include_str!("mitwirkungsrecht_offen.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        if vereinbarung.mitwirkung.is_none() {
            protokoll
                .melde(
                    &vereinbarung.route,
                    "ob den anderen Parteien ein Mitwirkungsrecht eingeräumt wird, ist nicht angegeben",
                )
                .abhilfe("`mitwirkung: { gewährt: nein }` eintragen, oder `gewährt: ja` mit dem `inhalt` des Rechts");
            continue;
        }
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        if !blatt.alles().enthaelt("Mitwirkungsrecht*") {
            let stelle = blatt.klausel("mitwirkung").unwrap_or_else(|| blatt.alles());
            protokoll
                .melde(
                    stelle.erste_zeile(),
                    "die Vereinbarung räumt weder ein Mitwirkungsrecht ein, noch schließt sie es ausdrücklich aus",
                )
                .abhilfe("einen Satz zum Mitwirkungsrecht nach § 23 Abs. 3 GkG NRW aufnehmen");
        }
    }
}
