//! The fixtures' papers are what their golden files say.

use std::collections::BTreeMap;
use std::fs;

use drucksache::golden;

use crate::fixture;

#[test]
fn all_matters_are_as_in_their_golden_files() {
    let namen = fixture::vorgaenge_mit_golden();
    assert!(namen.len() >= 3, "{namen:?}");
    for name in namen {
        let ordner = fixture::ordner().join(&name).join("golden");
        let gespeichert: BTreeMap<_, _> = fs::read_dir(ordner)
            .unwrap()
            .map(|eintrag| {
                let pfad = eintrag.unwrap().path();
                let name = pfad.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(pfad).unwrap())
            })
            .collect();
        let ergebnis = fixture::baue_ganz(&fixture::vorgang(&name));
        let abweichungen = golden::vergleiche(&gespeichert, &golden::dateien(&ergebnis.papiere));
        assert!(
            abweichungen.is_empty(),
            "{abweichungen:#?}\ngewollt? cargo run -- golden fixtures/{name} --update"
        );
    }
}
