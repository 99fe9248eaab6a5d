//! Sentences and cells that people labelled: `saetze.yaml` says where each comes from, and grows without Rust.

use std::collections::BTreeMap;
use std::path::Path;

use drucksache::herkunft::{Grund, Index};
use drucksache::input::{decode, parse};
use drucksache::source::Source;
use serde::Deserialize;

use crate::grundlage::{self, alle, ganz};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Satz {
    papier: String,
    suche: String,
    werte: Option<String>,
    gemeinsam: Option<String>,
    #[serde(default)]
    auch: String,
    #[serde(default)]
    texte: String,
    rechnung: Option<String>,
    #[serde(default)]
    zuerst: String,
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
    let orte: Vec<(String, bool)> = auskunft
        .werte
        .iter()
        .map(|wert| {
            let ort = format!("{}:{}", wert.ort.datei, wert.pfad);
            (ort, wert.kopplung.is_some())
        })
        .collect();
    let worte = |text: &Option<String>| -> Vec<String> {
        let text = text.as_deref().unwrap_or_default();
        text.split_whitespace().map(str::to_owned).collect()
    };
    let (allein, gemeinsam) = (worte(&satz.werte), worte(&satz.gemeinsam));
    let verlangt = allein.iter().map(|muster| (muster, false));
    let verlangt: Vec<_> = verlangt
        .chain(gemeinsam.iter().map(|muster| (muster, true)))
        .collect();
    let mut fehlt: Vec<String> = verlangt
        .iter()
        .filter(|(muster, gekoppelt)| {
            let mut da = orte.iter().filter(|(ort, _)| passt(muster, ort));
            !da.any(|(_, mit_anderen)| mit_anderen == gekoppelt)
        })
        .map(|(muster, gekoppelt)| {
            let wie = if *gekoppelt { "gemeinsam" } else { "allein" };
            format!("{wie} {muster}")
        })
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
    for muster in satz.zuerst.split_whitespace() {
        let zuerst = satz.zuerst.split_whitespace().count();
        let mut da = orte.iter().take(zuerst);
        if !da.any(|(ort, _)| passt(muster, ort)) {
            fehlt.push(format!("zuerst {muster}"));
        }
    }
    let erlaubt: Vec<&str> = satz.auch.split_whitespace().collect();
    let orte = orte.into_iter().map(|(ort, _)| ort);
    let zu_viel = orte.filter(|ort| {
        let verlangt = verlangt.iter().map(|(muster, _)| muster.as_str());
        let mut alle = verlangt.chain(erlaubt.iter().copied());
        !alle.any(|muster| passt(muster, ort))
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
    for grundlage in alle() {
        for satz in &saetze[grundlage.name] {
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
    for grundlage in grundlage::alle() {
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
    if ganz() && std::env::var_os("HERKUNFT_UPDATE").is_some() {
        std::fs::write(&pfad, &text).unwrap();
    }
    let gespeichert = std::fs::read_to_string(pfad).unwrap_or_default();
    if !ganz() {
        assert!(gespeichert.ends_with(&text), "{text}");
        return;
    }
    assert_eq!(text, gespeichert);
    assert!(still * 10 < alle, "{still} von {alle}");
}
