//! Agreement and Vorlage say that the agreement needs the authority's approval; a mere notice is not enough.

use super::super::genehmigung::{Aussage, anzeige, aussage};
use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::model::Drucksache;
use crate::model::beratung::Beschlussstatus;

pub(super) const REGEL: Regel = Regel {
    name: "genehmigung-nicht-genannt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 2")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht, und die Drucksachen, in denen darüber entschieden wird",
    braucht: &[],
    text: include_str!("genehmigung_nicht_genannt.md"),
    pruefe,
};

/// Headings of the clause in which the agreement ought to say it, where it is not marked.
const UEBERSCHRIFTEN: [&str; 4] = [
    "Genehmigung*",
    "Inkrafttreten*",
    "In-Kraft-Treten",
    "Wirksam*",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        if let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) {
            let vorschriften = blatt.vorschriften("inkrafttreten", &UEBERSCHRIFTEN);
            let stelle = vorschriften.into_iter().next();
            let stelle = stelle.unwrap_or_else(|| blatt.alles());
            pruefe_blatt(
                blatt,
                &stelle.erste_zeile(),
                ["die Vereinbarung", "sie"],
                protokoll,
            );
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            if let Some(blatt) = lage.vorlage(drucksache).filter(|_| entscheidet(drucksache)) {
                let stelle = blatt
                    .abschnitt("Beschlussvorschlag")
                    .unwrap_or_else(|| blatt.alles());
                let worte = ["die Vorlage", "die Vereinbarung"];
                pruefe_blatt(blatt, &anker(&stelle), worte, protokoll);
            }
        }
    }
}

/// The first line that is no heading: what the authors wrote.
fn anker<'b>(stelle: &Passage<'b>) -> Passage<'b> {
    let mut zeilen = stelle.zeilen();
    let kopf = zeilen.next();
    zeilen
        .next()
        .or(kopf)
        .unwrap_or_else(|| stelle.erste_zeile())
}

fn pruefe_blatt(
    blatt: &Blatt<'_>,
    anker: &Passage<'_>,
    [papier, vereinbarung]: [&str; 2],
    protokoll: &mut Protokoll<'_>,
) {
    let (stelle, text) = match aussage(&blatt.alles()) {
        Aussage::Noetig => return,
        Aussage::Unnoetig(stelle) => (
            stelle,
            format!(
                "{papier} sagt, eine Genehmigung sei nicht nötig; {vereinbarung} bedarf ihrer aber"
            ),
        ),
        Aussage::Bedingt(stelle) => {
            let text = format!(
                "„{}“: {vereinbarung} bedarf der Genehmigung in jedem Fall, mandatierend wie delegierend",
                stelle.text()
            );
            (stelle, text)
        }
        Aussage::Keine => match anzeige(&blatt.alles()) {
            Some(stelle) => {
                let text = format!(
                    "{papier} sagt „{}“, aber nicht, dass {vereinbarung} der Genehmigung bedarf; eine Anzeige genügt nicht",
                    stelle.text()
                );
                (stelle, text)
            }
            None => (
                anker.clone(),
                format!(
                    "{papier} sagt nicht, dass {vereinbarung} der Genehmigung der Aufsichtsbehörde bedarf"
                ),
            ),
        },
    };
    let abhilfe = if blatt.papier.art == "vereinbarung" {
        "einen Satz zur Genehmigung aufnehmen"
    } else {
        "einen Satz zur Genehmigung aufnehmen, im Beschlussvorschlag am besten als Vorbehalt"
    };
    protokoll.melde(stelle, text).abhilfe(abhilfe);
}

fn entscheidet(drucksache: &Drucksache) -> bool {
    drucksache
        .beratungen()
        .iter()
        .any(|beratung| beratung.beschlussstatus == Beschlussstatus::Entscheidung)
}
