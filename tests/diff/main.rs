//! Comparisons of two states, proven by cases: a folder for each, with what changes and what must be said of it. Adding a
//! case needs no Rust; `fall.rs` says what a case holds.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../papiere/fixture.rs"]
#[expect(dead_code, reason = "shared with other tests, which use more of it")]
mod fixture;

#[path = "../regeln/ersetzung.rs"]
mod ersetzung;

mod fall;
mod papiere;
mod programm;
mod zeichen;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use drucksache::diff::Unterschied;
use rayon::prelude::*;

use fall::Fall;

/// All cases, sorted by name.
pub(crate) fn faelle() -> Vec<Fall> {
    let wurzel = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut pfade: Vec<_> = fs::read_dir(wurzel)
        .unwrap()
        .map(|eintrag| eintrag.unwrap().path().join("fall.yaml"))
        .filter(|pfad| pfad.is_file())
        .collect();
    pfade.sort();
    pfade.iter().map(|pfad| Fall::lies(pfad)).collect()
}

/// All cases with their differences, which two tests look at.
pub(crate) static VERGLICHENE: LazyLock<Vec<(Fall, Result<Unterschied, String>)>> =
    LazyLock::new(|| {
        let faelle = faelle().into_par_iter();
        faelle
            .map(|fall| {
                let unterschied = fall.unterschied();
                (fall, unterschied)
            })
            .collect()
    });

#[test]
fn each_change_is_found_with_its_cause_and_class() {
    let faelle = &VERGLICHENE;
    assert!(faelle.len() >= 40, "{} cases are too few", faelle.len());
    let klagen: Vec<String> = faelle
        .par_iter()
        .map(|(fall, unterschied)| fall.pruefe(unterschied))
        .filter(|klage| !klage.is_empty())
        .collect();
    assert!(
        klagen.is_empty(),
        "{} von {} falsch:\n{}",
        klagen.len(),
        faelle.len(),
        klagen.join("\n")
    );
}
