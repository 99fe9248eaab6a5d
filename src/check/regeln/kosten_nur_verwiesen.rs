//! The clause on costs names base, formula, key and due date itself; it does not leave them to another arrangement.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "kosten-nur-verwiesen",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Aufsichtspraxis,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 4")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("kosten_nur_verwiesen.md"),
    pruefe,
};

/// The keys of the clauses that say what is paid.
const KLAUSELN: [&str; 2] = ["kosten", "abrechnung"];

/// Words with which a clause sends its reader elsewhere.
const VERWEISE: [&str; 8] = [
    "gesondert* Vereinbarung*",
    "gesondert* Regelung*",
    "gesondert geregelt",
    "gesondert vereinbart",
    "separat* Vereinbarung*",
    "Nebenabrede*",
    "in einer weiteren Vereinbarung",
    "wird noch geregelt",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        for klausel in KLAUSELN.iter().filter_map(|name| blatt.klausel(name)) {
            for stelle in VERWEISE.iter().flat_map(|worte| klausel.finde(worte)) {
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“ überlässt die Kosten einer anderen Abrede",
                            stelle.text()
                        ),
                    )
                    .abhilfe(
                        "Bemessung, Formel, Schlüssel und Fälligkeit in die Vereinbarung selbst schreiben",
                    );
            }
        }
    }
}
