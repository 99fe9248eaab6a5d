//! Steps of a Beratungsfolge go forward in time; equal days are allowed.
//!
//! Why it matters: a paper that the deciding body gets before the recommending one has no recommendation to decide on;
//! more often one of the dates is mistyped.

use super::{Grundlage, Lage, Regel};
use crate::diagnostic::{Befund, Schwere, Stelle};

pub(super) const REGEL: Regel = Regel {
    name: "beratungsfolge-nicht-aufsteigend",
    schwere: Schwere::Warnung,
    grundlage: Grundlage::Redaktion,
    pruefe,
};

fn pruefe(lage: &Lage<'_>) -> Vec<Befund> {
    let mut befunde = Vec::new();
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
                befunde.push(
                    Befund::warnung(
                        REGEL.name,
                        Stelle::Route(route),
                        format!(
                            "{} berät am {tag}, also vor {} am {tag_vorher}",
                            beratung.gremium, vorher.gremium
                        ),
                    )
                    .abhilfe("das Datum prüfen oder die Schritte in die Reihenfolge der Sitzungen bringen"),
                );
            }
        }
    }
    befunde
}
