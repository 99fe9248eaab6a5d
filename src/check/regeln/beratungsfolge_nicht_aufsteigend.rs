//! Steps of a Beratungsfolge go forward in time; equal days are allowed.
//!
//! Why it matters: a paper that the deciding body gets before the recommending one has no recommendation to decide on;
//! more often one of the dates is mistyped.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::model::koerperschaft::Kasus;
use crate::model::namen::gremium;

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
                            gremium(&beratung.gremium.einzeilig(), Kasus::Nominativ),
                            gremium(&vorher.gremium.einzeilig(), Kasus::Dativ)
                        ),
                    )
                    .abhilfe("das Datum prüfen oder die Schritte in die Reihenfolge der Sitzungen bringen");
            }
        }
    }
}
