//! Steps of a Beratungsfolge go forward in time; equal days are allowed.
//!
//! Why it matters: a paper that the deciding body gets before the recommending one has no recommendation to decide on;
//! more often one of the dates is mistyped.

use super::super::{Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::input::Datum;

pub(super) const REGEL: Regel = Regel {
    name: "beratungsfolge-nicht-aufsteigend",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache mit mindestens zwei Sitzungstagen",
    braucht: &[],
    text: include_str!("beratungsfolge_nicht_aufsteigend.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let schritte = drucksache.beratungsfolge.iter().enumerate();
        let mit_tag: Vec<_> = schritte
            .filter_map(|(i, b)| Some((i, b, b.sitzungsdatum?)))
            .collect();
        for paar in mit_tag.windows(2) {
            let [(_, vorher, tag_vorher), (i, beratung, tag)] = paar else {
                continue;
            };
            if tag < tag_vorher {
                let route = drucksache
                    .route
                    .feld("beratungsfolge")
                    .index(*i)
                    .feld("sitzungsdatum");
                protokoll
                    .melde(
                        route,
                        format!(
                            "{} berät am {tag}, also vor {} am {tag_vorher}",
                            beratung.gremium, vorher.gremium
                        ),
                    )
                    .abhilfe("das Datum prüfen oder die Schritte in die Reihenfolge der Sitzungen bringen");
            }
        }
        let letzter = drucksache
            .beratungsfolge
            .iter()
            .filter_map(|b| b.sitzungsdatum)
            .max();
        if let (Some(letzter), Some(blatt)) = (letzter, lage.vorlage(drucksache)) {
            for satz in blatt.alles().saetze() {
                erst_danach(&satz, letzter, protokoll);
            }
        }
    }
}

/// Words with which a paper tells of what a body did.
const BERIET: [&str; 8] = [
    "besprochen",
    "beraten",
    "erörtert",
    "vorgestellt",
    "behandelt",
    "beschlossen",
    "abgestimmt",
    "tagte",
];

/// Words that tell of the past.
const WURDE: [&str; 6] = ["wurde", "wurden", "hat", "haben", "tagte", "ist"];

/// Words for what is only planned.
const GEPLANT: [&str; 6] = ["wird", "werden", "soll", "sollen", "vorgesehen", "geplant"];

/// „Die Beitritte wurden in der Konferenz am … besprochen“, on a day after the last session.
fn erst_danach(satz: &Passage<'_>, letzter: Datum, protokoll: &mut Protokoll<'_>) {
    if !satz.sagt(&BERIET) || !satz.sagt(&WURDE) || satz.sagt(&GEPLANT) {
        return;
    }
    for (stelle, tag) in satz.tage() {
        let davor = satz.text().get(..satz.versatz(&stelle)).unwrap_or_default();
        if tag > letzter && (davor.ends_with("am ") || davor.ends_with("Am ")) {
            protokoll
                .melde(
                    &stelle,
                    format!("hier steht der {tag} als vergangen; die letzte Sitzung der Beratungsfolge ist am {letzter}"),
                )
                .abhilfe("das Datum prüfen");
        }
    }
}
