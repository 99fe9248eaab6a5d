//! Whether what changed after a decision asks for a new one: a hint for those who decide that, no verdict.

use std::collections::BTreeSet;

use super::stellen::Paar;
use super::{Aenderung, Bereich, Klasse};
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::vereinbarung::Status;
use crate::model::{Koerperschaft, Vorgang};
use crate::template::Bezug;

/// Whether a new decision is needed, as far as the matter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beschlussfrage {
    /// No: why.
    Nein(String),
    /// Yes: the changes that ask for it, by number, and why.
    Ja {
        /// Numbers of the changes.
        wegen: Vec<usize>,
        /// What was decided.
        beschlossen: Vec<String>,
    },
    /// Two texts without facts: nobody knows what was decided.
    Unbekannt,
}

/// What the old state says has been decided, and what it covers.
struct Beschlossen {
    was: Vec<String>,
    bezuege: BTreeSet<Bezug>,
}

/// Answers the question for the changes between two states.
pub(super) fn frage(alt: &Vorgang, paare: &[Paar], aenderungen: &[Aenderung]) -> Beschlussfrage {
    let beschlossen = beschlossen(alt);
    if beschlossen.was.is_empty() {
        return Beschlussfrage::Nein("im alten Stand ist noch kein Beschluss vermerkt".to_owned());
    }
    let gedeckt: BTreeSet<&str> = paare
        .iter()
        .filter(|paar| {
            paar.bezug
                .as_ref()
                .is_some_and(|bezug| umfasst(&beschlossen.bezuege, bezug))
        })
        .map(|paar| paar.name.as_str())
        .collect();
    let wegen: Vec<usize> = aenderungen
        .iter()
        .filter(|a| a.klasse == Klasse::Materiell && a.bereich == Bereich::Inhalt)
        .filter(|a| {
            a.stellen
                .iter()
                .any(|s| gedeckt.contains(s.papier.as_str()))
        })
        .map(|a| a.nummer)
        .collect();
    if wegen.is_empty() {
        Beschlussfrage::Nein("seit dem Beschluss hat sich nichts Materielles geändert".to_owned())
    } else {
        Beschlussfrage::Ja {
            wegen,
            beschlossen: beschlossen.was,
        }
    }
}

fn umfasst(bezuege: &BTreeSet<Bezug>, bezug: &Bezug) -> bool {
    match bezug {
        Bezug::Anlage(nummer, _) => bezuege.contains(&Bezug::Drucksache(nummer.clone())),
        _ => bezuege.contains(bezug),
    }
}

fn beschlossen(vorgang: &Vorgang) -> Beschlossen {
    let mut beschlossen = Beschlossen {
        was: Vec::new(),
        bezuege: BTreeSet::new(),
    };
    for drucksache in &vorgang.drucksachen {
        let gefallen = drucksache.beratungen().into_iter().find(|beratung| {
            beratung.beschlussstatus == Beschlussstatus::Entscheidung
                && beratung.ergebnis.as_ref().is_some_and(|e| {
                    matches!(
                        e.status,
                        Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert
                    )
                })
        });
        let Some(beratung) = gefallen else { continue };
        let am = beratung
            .sitzungsdatum
            .map(|tag| format!(" am {tag}"))
            .unwrap_or_default();
        beschlossen
            .was
            .push(format!("{} zu {}{am}", beratung.gremium, drucksache.nummer));
        beschlossen
            .bezuege
            .insert(Bezug::Drucksache(drucksache.nummer.clone()));
        if let Some(vereinbarung) = vorgang.vereinbarung_zu(drucksache) {
            beschlossen
                .bezuege
                .insert(Bezug::Vereinbarung(vereinbarung.schluessel.clone()));
        }
    }
    for (schluessel, vereinbarung) in &vorgang.vereinbarungen {
        let mut gefallen = false;
        for beschluss in vereinbarung.beschluesse.iter().filter(|b| b.stimmt_zu()) {
            let wer = vorgang.koerperschaften.get(&beschluss.koerperschaft);
            let wer = wer.map_or_else(
                || beschluss.koerperschaft.to_string(),
                Koerperschaft::amtsform,
            );
            beschlossen.was.push(format!(
                "{} ({wer}) am {}",
                beschluss.gremium, beschluss.datum
            ));
            gefallen = true;
        }
        if !gefallen
            && vereinbarung.wird_geschrieben()
            && vereinbarung.status >= Status::Beschlossen
        {
            beschlossen
                .was
                .push(format!("Status der Vereinbarung „{schluessel}“"));
            gefallen = true;
        }
        if gefallen {
            beschlossen
                .bezuege
                .insert(Bezug::Vereinbarung(schluessel.clone()));
        }
    }
    beschlossen.was.dedup();
    beschlossen
}
