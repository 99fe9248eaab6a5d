//! The inputs that a fuzzer found worth keeping, and those that once broke something, run through the targets as tests.
//!
//! `fuzz/README.md` says how to look for more.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::path::Path;

#[path = "../../fuzz/ziele.rs"]
#[expect(
    unreachable_pub,
    reason = "the fuzz targets, a crate of their own, use it too"
)]
mod ziele;

fn jede(ziel: &str, lauf: fn(&[u8])) {
    let ordner = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(ziel);
    let mut pfade: Vec<_> = fs::read_dir(ordner)
        .unwrap()
        .map(|eintrag| eintrag.unwrap().path())
        .collect();
    pfade.sort();
    assert!(!pfade.is_empty());
    for pfad in pfade {
        // A target that fails does so by a panic; what is shown before it names the input.
        eprintln!("{}", pfad.display());
        lauf(&fs::read(&pfad).unwrap());
    }
}

#[test]
fn matters_become_papers_or_findings() {
    jede("vorgang", ziele::vorgang);
}

#[test]
fn markdown_becomes_pages_or_findings() {
    jede("markdown", ziele::markdown);
}

#[test]
fn templates_with_hostile_values_become_papers_or_findings() {
    jede("vorlage", ziele::vorlage);
}

#[test]
fn golden_files_and_waivers_are_read_or_refused() {
    jede("ablage", ziele::ablage);
}
