//! Papers that show the same change: one shows it, the others name that one.

use std::collections::BTreeSet;

use similar::DiffTag;

use super::Abweichung;
use crate::golden::stand::{Ebene, Stand};
use crate::golden::unterschied;

/// Where a paper repeats only what others show, such as a whole that joins papers, its diff is left out.
pub(super) fn kuerze(abweichungen: &mut [Abweichung], alt: &Stand, neu: &Stand) {
    let aenderungen: Vec<BTreeSet<String>> = abweichungen
        .iter()
        .map(|abweichung| geaenderte_zeilen(abweichung, alt, neu))
        .collect();
    // Of papers with as many changes, the shorter one explains the longer one: a part explains the whole.
    let umfang: Vec<(usize, usize)> = abweichungen
        .iter()
        .zip(&aenderungen)
        .map(|(abweichung, zeilen)| {
            let ganz = inhalt(abweichung, neu).map_or(0, str::len);
            (zeilen.len(), ganz)
        })
        .collect();
    for i in 0..abweichungen.len() {
        let Some(eigene) = aenderungen.get(i).filter(|zeilen| !zeilen.is_empty()) else {
            continue;
        };
        let andere: Vec<usize> = (0..aenderungen.len())
            .filter(|j| {
                aenderungen.get(*j).is_some_and(|zeilen| {
                    (umfang.get(*j), *j) < (umfang.get(i), i) && !zeilen.is_disjoint(eigene)
                })
            })
            .collect();
        let erklaert: BTreeSet<&String> = andere
            .iter()
            .filter_map(|j| aenderungen.get(*j))
            .flatten()
            .collect();
        if !eigene.iter().all(|zeile| erklaert.contains(zeile)) {
            continue;
        }
        let namen: Vec<_> = andere
            .iter()
            .filter_map(|j| abweichungen.get(*j)?.papier.clone())
            .collect();
        if let Some(abweichung) = abweichungen.get_mut(i) {
            // What it does to this paper's own pages still is news.
            let umbruch = abweichung
                .folge
                .split_once("; ")
                .map_or("", |(_, rest)| rest);
            let trenner = if umbruch.is_empty() { "" } else { "; " };
            abweichung.folge = format!(
                "dieselben Änderungen wie in {}{trenner}{umbruch}",
                namen.join(", ")
            );
            abweichung.unterschied.text.clear();
            abweichung.unterschied.ausgelassen = 0;
        }
    }
}

fn geaenderte_zeilen(abweichung: &Abweichung, alt: &Stand, neu: &Stand) -> BTreeSet<String> {
    match (
        abweichung.ebene,
        inhalt(abweichung, alt),
        inhalt(abweichung, neu),
    ) {
        (Ebene::Text, Some(alt), Some(neu)) => {
            let (alte, neue) = (unterschied::zeilen(alt), unterschied::zeilen(neu));
            let mut geaendert = BTreeSet::new();
            for op in unterschied::schritte(&alte, &neue) {
                if op.tag() != DiffTag::Equal {
                    let weg = alte.get(op.old_range()).unwrap_or_default().iter();
                    let dazu = neue.get(op.new_range()).unwrap_or_default().iter();
                    geaendert.extend(weg.map(|zeile| format!("-{zeile}")));
                    geaendert.extend(dazu.map(|zeile| format!("+{zeile}")));
                }
            }
            geaendert.retain(|zeile| zeile.len() > 2);
            geaendert
        }
        _ => BTreeSet::new(),
    }
}

/// The text of a paper in one of both states.
fn inhalt<'a>(abweichung: &Abweichung, stand: &'a Stand) -> Option<&'a str> {
    let papier = stand.papiere.get(abweichung.papier.as_ref()?)?;
    let text = papier.get(&Ebene::Text)?.as_ref().ok()?;
    Some(text)
}
