//! Where a paper cites a law with its state: what changes there is the doing of the law's state.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Drucksache, Vorgang};

/// Every full citation that a matter can print.
pub(super) fn zitate(vorgang: &Vorgang) -> BTreeSet<String> {
    let tage: BTreeSet<_> = vorgang
        .drucksachen
        .iter()
        .map(Drucksache::entscheidungstag)
        .chain(
            vorgang
                .vereinbarungen
                .values()
                .map(|v| vorgang.rechtsstand(v)),
        )
        .flatten()
        .collect();
    let mut zitate = BTreeSet::new();
    for gesetz in vorgang.recht.gesetze.values() {
        let ohne = gesetz.zitat(None);
        for tag in &tage {
            let zitat = gesetz.zitat(Some(*tag));
            // Only the state behind the name: the name itself may change for other reasons.
            for (voll, kurz) in [
                (&zitat.voll_genitiv, &ohne.voll_genitiv),
                (&zitat.voll_dativ, &ohne.voll_dativ),
            ] {
                if let Some(stand) = voll.strip_prefix(kurz.as_str())
                    && !stand.trim().is_empty()
                {
                    zitate.insert(stand.trim_start_matches([',', ' ']).to_owned());
                }
            }
        }
    }
    zitate
}

/// The places of these citations in a text.
pub(super) fn stellen(text: &str, zitate: &BTreeSet<String>) -> Vec<Range<usize>> {
    let mut stellen: Vec<_> = zitate
        .iter()
        .flat_map(|zitat| {
            text.match_indices(zitat.as_str())
                .map(|(at, z)| at..at + z.len())
        })
        .collect();
    stellen.sort_by_key(|s| s.start);
    stellen
}
