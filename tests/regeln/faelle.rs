//! All cases, all rules: each case holds, and each rule has enough of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use drucksache::check::REGELN;
use rayon::prelude::*;

use crate::fall::{self, Fall, Grundlagen};

/// How many mutants of the fixtures the rules kill. A new case that is to fire counts here too.
const MUTANTEN: usize = 438;

/// How many cases of each sort a rule has at least.
const JE_REGEL: usize = 2;

fn faelle() -> Vec<Fall> {
    let wurzel = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regeln");
    let mut faelle = Vec::new();
    for ordner in fs::read_dir(wurzel).unwrap() {
        let ordner = ordner.unwrap();
        if !ordner.path().is_dir() {
            continue;
        }
        let regel = ordner.file_name().into_string().unwrap();
        // While a rule is written: `REGELN_NUR=beschluss-fehlt,platzhalter-offen` runs its cases alone.
        let nur = std::env::var_os("REGELN_NUR").unwrap_or_default();
        let nur = nur.to_string_lossy();
        if !nur.is_empty() && !nur.split(',').any(|name| name == regel) {
            continue;
        }
        let mut pfade: Vec<_> = fs::read_dir(ordner.path())
            .unwrap()
            .map(|eintrag| eintrag.unwrap().path())
            .collect();
        pfade.sort();
        faelle.extend(pfade.iter().map(|pfad| Fall::lies(&regel, pfad)));
    }
    faelle
}

#[test]
fn each_case_holds() {
    let schreibe = std::env::var_os("REGELN_UPDATE").is_some();
    let faelle = faelle();
    let vorgaenge: BTreeSet<&str> = faelle.iter().map(Fall::vorgang).collect();
    let grundlagen: Grundlagen = vorgaenge
        .into_iter()
        .map(|name| (name.to_owned(), fall::befunde(name)))
        .collect();
    let klagen: String = faelle
        .par_iter()
        .map(|fall| fall.pruefe(&grundlagen, schreibe))
        .collect();
    assert!(klagen.is_empty(), "\n{klagen}");
}

#[test]
fn each_rule_has_cases_of_both_sorts() {
    let mut zahl: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for fall in faelle() {
        let (feuern, schweigen) = zahl.entry(fall.regel.clone()).or_default();
        if fall.feuert() {
            *feuern += 1;
        } else {
            *schweigen += 1;
        }
    }
    for regel in REGELN {
        let (feuern, schweigen) = zahl.remove(regel.name).unwrap_or_default();
        assert!(
            feuern >= JE_REGEL && schweigen >= JE_REGEL,
            "{}: {feuern} Fälle, die feuern, und {schweigen}, die schweigen",
            regel.name
        );
    }
    assert!(zahl.is_empty(), "Fälle ohne Regel: {zahl:?}");
}

#[test]
fn all_mutants_are_counted() {
    let mutanten = faelle().iter().filter(|fall| fall.feuert()).count();
    assert_eq!(mutanten, MUTANTEN);
}
