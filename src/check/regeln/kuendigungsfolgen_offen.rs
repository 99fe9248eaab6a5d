//! What becomes of the others and of the key when a party leaves, and that it may leave for good cause.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "kuendigungsfolgen-offen",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Aufsichtspraxis,
    normen: &[],
    gilt: "für jede Vereinbarung, die gekündigt werden kann",
    braucht: &[],
    text: include_str!("kuendigungsfolgen_offen.md"),
    pruefe,
};

/// Where an agreement says what happens when a party leaves.
const KLAUSELN: [&str; 3] = ["beitritt", "laufzeit", "kosten"];

/// Headings of these clauses, where they are not marked.
const UEBERSCHRIFTEN: [&str; 5] = [
    "Beitritt*",
    "Ausscheiden*",
    "Laufzeit*",
    "Kündigung*",
    "Kosten*",
];

/// Words for those who stay.
const UEBRIGE: [&str; 2] = ["übrigen Parteien", "verbleibend*"];

/// Headings of the clause on termination, where it is not marked.
const LAUFZEIT: [&str; 3] = ["Kündigung*", "Laufzeit*", "Geltungsdauer"];

/// Words for a termination for good cause. § 60 VwVfG is none: it asks for changed circumstances or grave harm.
const WICHTIGER_GRUND: [&str; 5] = [
    "wichtige* Grund",
    "wichtige* Grundes",
    "wichtige* Gründe*",
    "außerordentlich*",
    "fristlos*",
];

/// Words for a termination.
const KUENDIGUNG: [&str; 3] = ["kündig*", "Kündigung*", "gekündigt"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(kuendigung) = &vereinbarung.kuendigung else {
            continue;
        };
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let klauseln = blatt.vorschriften("laufzeit", &LAUFZEIT);
        if !nennt_wichtigen_grund(blatt, &klauseln) {
            let text = "die Vereinbarung nennt die Kündigung aus wichtigem Grund nicht";
            if kuendigung.wichtiger_grund == Some(false) {
                protokoll
                    .melde(
                        vereinbarung.route.feld("kündigung").feld("wichtiger_grund"),
                        text,
                    )
                    .abhilfe("`wichtiger_grund: ja` setzen oder den Schlüssel weglassen");
            } else {
                let stelle = klauseln.into_iter().next();
                let stelle = stelle.unwrap_or_else(|| blatt.alles());
                protokoll.melde(stelle.erste_zeile(), text).abhilfe(
                    "einen Satz aufnehmen, etwa „Das Recht zur Kündigung aus wichtigem Grund bleibt unberührt“",
                );
            }
        }
        // Where only two are parties, nobody is left.
        let mehrere = lage
            .beteiligte(vereinbarung)
            .is_none_or(|beteiligte| beteiligte.parteien.anzahl() > 2);
        if mehrere && !nennt_die_folgen(blatt) {
            let stelle = blatt.klausel("laufzeit").unwrap_or_else(|| blatt.alles());
            protokoll
                .melde(
                    stelle.erste_zeile(),
                    "nirgends steht, was nach der Kündigung einer Partei für die übrigen gilt und wie sich der Schlüssel ändert",
                )
                .abhilfe("sagen, dass die Vereinbarung unter den übrigen fortgilt und wer den Anteil übernimmt");
        }
    }
}

/// Whether the clause on termination speaks of good cause, or a sentence elsewhere of termination for it.
fn nennt_wichtigen_grund(blatt: &Blatt<'_>, klauseln: &[Passage<'_>]) -> bool {
    klauseln
        .iter()
        .any(|klausel| klausel.sagt(&WICHTIGER_GRUND))
        || blatt
            .alles()
            .saetze_mit(WICHTIGER_GRUND)
            .iter()
            .any(|satz| satz.sagt(&KUENDIGUNG))
}

fn nennt_die_folgen(blatt: &Blatt<'_>) -> bool {
    KLAUSELN
        .iter()
        .flat_map(|klausel| blatt.vorschriften(klausel, &UEBERSCHRIFTEN))
        .any(|klausel| UEBRIGE.iter().any(|worte| klausel.enthaelt(worte)))
}
