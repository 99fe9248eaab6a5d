//! The days of effect as a small table: what on the left, which day on the right.

use super::{Eingang, Fall, Fristen, Grundlage, Verlauf};
use crate::input::Datum;

/// The rows of the table, none where nothing is known. What is missing stands in rows of its own at the end.
pub fn tabelle(fristen: &Fristen) -> Vec<(String, String)> {
    let mut zeilen = Vec::new();
    if let Some(eingang) = fristen.eingang.filter(|_| {
        fristen
            .verlaeufe
            .iter()
            .any(|v| v.fall >= Fall::OhneEinwendung)
    }) {
        zeilen.push((
            "Eingang bei der Aufsichtsbehörde".to_owned(),
            eingangstag(eingang),
        ));
    }
    for verlauf in &fristen.verlaeufe {
        zeilen.push((
            fall(verlauf.fall).to_owned(),
            ergebnis(verlauf, fristen.eingang),
        ));
    }
    for luecke in &fristen.luecken {
        zeilen.push(("nicht bekannt".to_owned(), luecke.text.clone()));
    }
    zeilen
}

fn eingangstag(eingang: Eingang) -> String {
    let Eingang { tag, grundlage } = eingang;
    match grundlage {
        Grundlage::Eingang => tag.to_string(),
        Grundlage::Unterschrift => format!("frühestens {tag} (letzte Unterschrift)"),
        Grundlage::UnterzeichnetBis => format!("frühestens {tag} (bis dahin unterzeichnet)"),
        Grundlage::Beschluss => format!("frühestens {tag} (letzter bekannter Beschluss)"),
    }
}

fn fall(fall: Fall) -> &'static str {
    match fall {
        Fall::InKraft => "in Kraft",
        Fall::Veroeffentlicht => "nach der Veröffentlichung",
        Fall::Genehmigt => "nach der Genehmigung",
        Fall::OhneEinwendung => "ohne Einwendung",
        Fall::OhneEroerterung => "Einwendung, aber kein Erörterungstermin",
        Fall::Eroerterung => "Erörterungstermin anberaumt",
    }
}

fn ergebnis(verlauf: &Verlauf, eingang: Option<Eingang>) -> String {
    let Some(wirksam) = verlauf.wirksam else {
        return "offen".to_owned();
    };
    let wort = if verlauf.ist_fruehestens {
        "frühestens "
    } else {
        ""
    };
    let tag = |name: &str, tag: Option<Datum>| tag.map(|tag| format!("{name} {wort}{tag}"));
    let fiktion = verlauf
        .fiktion
        .map(|tag| match eingang.filter(|e| e.ist_fruehestens()) {
            Some(_) => format!("gilt frühestens mit Ablauf des {tag} als genehmigt"),
            None => format!("gilt mit Ablauf des {tag} als genehmigt"),
        });
    [
        fiktion,
        tag("Amtsblatt", verlauf.bekanntmachung),
        tag("wirksam", Some(wirksam)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}
