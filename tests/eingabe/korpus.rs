//! The corpus: one folder a case, with the input and what the program says to it.
//!
//! A folder's `aufruf.txt` holds the command line, `check .` if it is missing; the program stands in the folder. What it
//! says and its exit code are compared with `befunde.txt`. `EINGABE_UPDATE=1 cargo test --test eingabe korpus` writes
//! these files anew; read the change before you keep it.

use std::fs;
use std::path::{Path, PathBuf};

use drucksache::check::REGELN;
use rayon::prelude::*;

use crate::programm::drucksache;

/// The file with what the program is expected to say.
const ERWARTET: &str = "befunde.txt";

/// The folders of all cases, sorted.
fn faelle() -> Vec<PathBuf> {
    let ordner = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eingabe");
    let mut faelle: Vec<_> = fs::read_dir(ordner)
        .unwrap()
        .map(|eintrag| eintrag.unwrap().path())
        .filter(|pfad| pfad.is_dir() && !pfad.ends_with("stammdaten"))
        .collect();
    faelle.sort();
    faelle
}

/// What the program says to a case.
fn antwort(fall: &Path) -> String {
    let aufruf =
        fs::read_to_string(fall.join("aufruf.txt")).unwrap_or_else(|_| "check .".to_owned());
    let argumente: Vec<_> = aufruf.split_whitespace().collect();
    let lauf = drucksache(fall, &argumente);
    // A new rule or a new state of the law is no news of these cases.
    let schluss = format!("{} Regeln geprüft", REGELN.len());
    let gesagt: String = lauf
        .gesagt
        .split_inclusive('\n')
        .map(|zeile| {
            if zeile.starts_with(&schluss) {
                "alle Regeln geprüft\n"
            } else {
                zeile
            }
        })
        .collect();
    format!("{}{gesagt}Rückgabe: {}\n", lauf.geklagt, lauf.rueckgabe)
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the update switch decides what the test writes, never what the program does"
)]
fn each_case_gets_the_findings_that_it_should_get() {
    let erneuern = std::env::var("EINGABE_UPDATE").is_ok();
    let abweichungen: Vec<String> = faelle()
        .par_iter()
        .filter_map(|fall| {
            let jetzt = antwort(fall);
            let datei = fall.join(ERWARTET);
            if erneuern {
                fs::write(&datei, &jetzt).unwrap();
            }
            let erwartet = fs::read_to_string(&datei).unwrap_or_default();
            (jetzt != erwartet).then(|| {
                let name = fall.file_name().unwrap().to_string_lossy();
                format!("== {name}\n-- erwartet\n{erwartet}\n-- jetzt\n{jetzt}")
            })
        })
        .collect();
    assert!(abweichungen.is_empty(), "{}", abweichungen.join("\n"));
}

#[test]
fn the_corpus_is_large_and_each_bad_case_has_a_remedy() {
    let faelle = faelle();
    assert!(faelle.len() >= 60, "{}", faelle.len());
    for fall in faelle {
        let text = fs::read_to_string(fall.join(ERWARTET)).unwrap();
        let name = fall.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(
            name.starts_with("gut-") || name.starts_with("warnung-"),
            text.ends_with("Rückgabe: 0\n"),
            "{name}"
        );
        let befunde = text.matches("\nFehler[").count() + usize::from(text.starts_with("Fehler["));
        assert!(
            text.matches("= Abhilfe: ").count() >= befunde,
            "{name}\n{text}"
        );
    }
}
