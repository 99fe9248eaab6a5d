//! The fixtures' papers are what their golden files say.

use std::collections::BTreeMap;
use std::fs;

use drucksache::golden;

use crate::fixture::{self, baue, drucksache_215_21};

#[test]
fn drucksache_215_21_is_as_in_its_golden_files() {
    let ordner = fixture::ordner().join("drucksache-215-21/golden");
    let gespeichert: BTreeMap<_, _> = fs::read_dir(ordner)
        .unwrap()
        .map(|eintrag| {
            let pfad = eintrag.unwrap().path();
            let name = pfad.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(pfad).unwrap())
        })
        .collect();
    let ergebnis = baue(&drucksache_215_21());
    let abweichungen = golden::vergleiche(&gespeichert, &golden::dateien(&ergebnis.papiere));
    assert!(
        abweichungen.is_empty(),
        "{abweichungen:#?}\ngewollt? cargo run -- golden fixtures/drucksache-215-21 --update"
    );
}
