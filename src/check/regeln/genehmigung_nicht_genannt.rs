//! Agreement and Vorlage say that the agreement needs the authority's approval; a mere notice is not enough.

use super::super::genehmigung::{Aussage, aussage};
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

/// Words for a mere notice, which is what ends an agreement but does not begin one.
const ANZEIGE: [&str; 2] = ["angezeigt", "anzuzeigen"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        if let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) {
            let stelle = blatt
                .klausel("inkrafttreten")
                .unwrap_or_else(|| blatt.alles());
            pruefe_blatt(blatt, &stelle.erste_zeile(), "die Vereinbarung", protokoll);
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            if let Some(blatt) = lage.vorlage(drucksache).filter(|_| entscheidet(drucksache)) {
                let stelle = blatt
                    .abschnitt("Beschlussvorschlag")
                    .unwrap_or_else(|| blatt.alles());
                pruefe_blatt(blatt, &anker(&stelle), "die Vorlage", protokoll);
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
    papier: &str,
    protokoll: &mut Protokoll<'_>,
) {
    let (stelle, text) = match aussage(&blatt.alles()) {
        Aussage::Noetig => return,
        Aussage::Unnoetig(stelle) => (
            stelle,
            format!(
                "{papier} sagt, eine Genehmigung sei nicht nötig; die Vereinbarung bedarf ihrer aber"
            ),
        ),
        Aussage::Keine => match anzeige(blatt) {
            Some(stelle) => {
                let text = format!(
                    "{papier} sagt „{}“, aber nicht, dass die Vereinbarung der Genehmigung bedarf; eine Anzeige genügt nicht",
                    stelle.text()
                );
                (stelle, text)
            }
            None => (
                anker.clone(),
                format!(
                    "{papier} sagt nicht, dass die Vereinbarung der Genehmigung der Aufsichtsbehörde bedarf"
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

fn anzeige<'b>(blatt: &'b Blatt<'_>) -> Option<Passage<'b>> {
    blatt.alles().erstes(&ANZEIGE)
}

fn entscheidet(drucksache: &Drucksache) -> bool {
    drucksache
        .beratungen()
        .iter()
        .any(|beratung| beratung.beschlussstatus == Beschlussstatus::Entscheidung)
}
