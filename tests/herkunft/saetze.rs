//! Sentences and cells that people labelled: `saetze.yaml` says where each comes from, and grows without Rust.

use std::collections::BTreeMap;
use std::path::Path;

use drucksache::herkunft::{Grund, Index};
use drucksache::input::{decode, parse};
use drucksache::source::Source;
use serde::Deserialize;

use crate::grundlage::{Grundlage, KLIMA, VEREINBARUNG};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Satz {
    papier: String,
    suche: String,
    werte: Option<String>,
    #[serde(default)]
    auch: String,
    #[serde(default)]
    texte: String,
    rechnung: Option<String>,
}

/// Whether a place is meant by a pattern: it ends so, with `*` for anything.
fn passt(muster: &str, ort: &str) -> bool {
    fn ab(muster: &[&str], ort: &str) -> bool {
        match muster {
            [] => false,
            [letztes] => ort.ends_with(letztes),
            [erstes, rest @ ..] => ort
                .match_indices(erstes)
                .any(|(at, text)| ab(rest, &ort[at + text.len()..])),
        }
    }
    let teile: Vec<&str> = muster.split('*').collect();
    ab(&teile, ort)
}

/// What is missing and what is too much.
fn pruefe(index: &Index, satz: &Satz) -> (Vec<String>, Vec<String>) {
    let auskunft = match index.der_fundstelle(&satz.papier, &satz.suche) {
        Ok(auskunft) => auskunft,
        Err(fehlschlag) => return (vec![fehlschlag.to_string()], Vec::new()),
    };
    let orte: Vec<String> = auskunft
        .werte
        .iter()
        .map(|wert| format!("{}:{}", wert.ort.datei, wert.pfad))
        .collect();
    let verlangt: Vec<&str> = satz
        .werte
        .as_deref()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let erlaubt: Vec<&str> = satz.auch.split_whitespace().collect();
    let mut fehlt: Vec<String> = verlangt
        .iter()
        .filter(|muster| !orte.iter().any(|ort| passt(muster, ort)))
        .map(|muster| (*muster).to_owned())
        .collect();
    fehlt.extend(
        satz.texte
            .split_whitespace()
            .filter(|datei| auskunft.texte.iter().all(|t| *t.ort.datei != **datei))
            .map(str::to_owned),
    );
    fehlt.extend(
        satz.rechnung
            .iter()
            .filter(|titel| {
                auskunft
                    .rechenwege
                    .iter()
                    .all(|w| !w.titel.contains(titel.as_str()))
            })
            .map(|titel| format!("Rechnung „{titel}“: {:?}", auskunft.rechenwege)),
    );
    let zu_viel = orte.into_iter().filter(|ort| {
        !verlangt
            .iter()
            .chain(&erlaubt)
            .any(|muster| passt(muster, ort))
    });
    (fehlt, zu_viel.collect())
}

#[test]
fn labelled_sentences_have_their_values() {
    let pfad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/herkunft/saetze.yaml");
    let quelle = Source::new("saetze.yaml", std::fs::read_to_string(pfad).unwrap());
    let (saetze, befunde) = decode::<BTreeMap<String, Vec<Satz>>>(&parse(&quelle).unwrap());
    assert!(befunde.is_empty(), "{befunde:#?}");
    let saetze = saetze.unwrap();
    assert!(saetze.values().map(Vec::len).sum::<usize>() >= 60);
    let mut klagen = Vec::new();
    for (vorgang, saetze) in &saetze {
        let grundlage: &Grundlage = match vorgang.as_str() {
            "vereinbarung" => &VEREINBARUNG,
            _ => &KLIMA,
        };
        for satz in saetze {
            let (fehlt, zu_viel) = pruefe(&grundlage.index, satz);
            if !fehlt.is_empty() || !zu_viel.is_empty() {
                klagen.push(format!(
                    "{} „{}“\n    fehlt: {fehlt:?}\n    zu viel: {zu_viel:?}",
                    satz.papier, satz.suche
                ));
            }
        }
    }
    assert!(
        klagen.is_empty(),
        "{} falsch:\n{}",
        klagen.len(),
        klagen.join("\n")
    );
}

/// The values that move nothing, with their reasons, as `stumme.txt`; `HERKUNFT_UPDATE=1` writes it.
#[test]
fn values_that_move_nothing_are_few_and_listed_with_a_reason() {
    let (mut text, mut still, mut alle) = (String::new(), 0, 0);
    for grundlage in [&*VEREINBARUNG, &*KLIMA] {
        let stumme = grundlage.index.stumme();
        still += stumme
            .iter()
            .filter(|s| s.grund != Grund::NurPruefung)
            .count();
        alle += grundlage.index.anzahl();
        text.push_str(&format!(
            "{}: {} von {} Werten\n\n{}\n",
            grundlage.name,
            stumme.len(),
            grundlage.index.anzahl(),
            drucksache::herkunft::bericht::stumme(&stumme)
        ));
    }
    let pfad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/herkunft/stumme.txt");
    if std::env::var_os("HERKUNFT_UPDATE").is_some() {
        std::fs::write(&pfad, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(pfad).unwrap_or_default());
    assert!(still * 10 < alle, "{still} von {alle}");
}
