//! Two texts, compared by their words.

use std::collections::BTreeSet;

use super::{Schuld, Werk, Zeilenvergleiche, nummeriere, von_grund_auf_anders};
use crate::diff::klasse::Kenner;
use crate::diff::stellen::{Lageplan, Paar, Rohstelle};
use crate::diff::{Aenderung, Beschlussfrage, Unterschied};
use crate::model::Vorgang;

mod absaetze;
mod angleichung;

/// Compares two texts; of the new one the facts may be known.
pub(in crate::diff) fn unterschied_der_texte(
    (alter_name, alt): (&str, &str),
    (neuer_name, neu): (&str, &str),
    vorgang: Option<&Vorgang>,
) -> Unterschied {
    let mut hinweise = Vec::new();
    let angeglichen;
    let mut alt = alt;
    let mut urtext = None;
    if hat_kopf(alt) != hat_kopf(neu) {
        angeglichen = angleichung::gleiche_an(alt, neu);
        urtext = Some(alt.to_owned());
        alt = &angeglichen;
        hinweise.push(
            "der alte und der neue Text sind verschieden ausgezeichnet (Kopfdaten, Überschriften, Verweise, Unterschriften, Zeilenumbruch); verglichen werden die Worte, nicht die Auszeichnung"
                .to_owned(),
        );
    }
    let titel = neu
        .lines()
        .find_map(|zeile| zeile.strip_prefix("# "))
        .unwrap_or(neuer_name);
    let paare = vec![Paar {
        urtext,
        ..Paar::neu(neuer_name, titel, Some(alt), Some(neu))
    }];
    let stellen: Vec<Rohstelle> = paare
        .iter()
        .enumerate()
        .flat_map(|(i, paar)| paar.stellen(i))
        .collect();
    let von_stellen = vec![Schuld::new(); stellen.len()];
    let werk = Werk {
        kenner: Kenner::aus(&paare, vorgang.as_slice()),
        plaene: paare.iter().map(Lageplan::aus).collect(),
        labor: None,
        zeilen: Zeilenvergleiche::default(),
        zitate: BTreeSet::new(),
    };
    let mut aenderungen: Vec<Aenderung> = werk
        .gruppiere(&stellen, &von_stellen)
        .into_iter()
        .map(|(_, a)| a)
        .collect();
    nummeriere(&mut aenderungen);
    if werk
        .plaene
        .iter()
        .any(|plan| plan.alt.abschnitte.len() < 2 && alt.lines().count() > 20)
    {
        hinweise.push(
            "der alte Text hat keine Überschriften, die dieses Programm erkennt (`## § 1 …`); verglichen wird Absatz für Absatz"
                .to_owned(),
        );
    }
    if von_grund_auf_anders(&paare) {
        hinweise.push(
            "die beiden Texte haben fast nichts gemeinsam; sind es die richtigen Dateien?"
                .to_owned(),
        );
    }
    Unterschied {
        alt: alter_name.to_owned(),
        neu: neuer_name.to_owned(),
        aenderungen,
        beschluss: Beschlussfrage::Unbekannt,
        paare,
        hinweise,
    }
}

fn hat_kopf(text: &str) -> bool {
    text.starts_with("---\n")
}
