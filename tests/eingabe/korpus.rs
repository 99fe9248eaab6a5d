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
            } else if zeile.starts_with("0 Regeln geprüft") {
                // The line before says so.
                ""
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

/// The one voice of all findings: what is wrong begins small unless with a noun, the remedy is an infinitive, neither
/// ends with a full stop.
#[test]
fn all_findings_speak_with_one_voice() {
    for fall in faelle() {
        let text = fs::read_to_string(fall.join(ERWARTET)).unwrap();
        let saetze = text.lines().filter_map(|zeile| {
            let abhilfe = zeile.trim_start().strip_prefix("= Abhilfe: ");
            let befund = zeile.split_once("]: ").filter(|(vor, _)| vor.contains('['));
            abhilfe.or(befund.map(|(_, satz)| satz))
        });
        for satz in saetze {
            let mangel = stimme(satz);
            assert_eq!(mangel, None, "{}: {satz}", fall.display());
        }
    }
}

/// What in a sentence is not in the voice of findings.
fn stimme(satz: &str) -> Option<&'static str> {
    const GROSS: [&str; 22] = [
        "Das ", "Der ", "Die ", "Den ", "Dem ", "Ein ", "Eine ", "Hier ", "Dieser ", "Diese ",
        "Dieses ", "Zur ", "Zum ", "Was ", "Auf ", "Zu ", "Es ", "Im ", "In ", "Meinten ", "Soll ",
        "Erlaubt ",
    ];
    if GROSS.iter().any(|wort| satz.starts_with(wort)) {
        Some("beginnt groß")
    } else if satz.replace("meinten Sie", "").contains(" Sie ") {
        Some("redet an")
    } else if satz
        .strip_suffix('.')
        .is_some_and(|satz| satz.ends_with(char::is_alphabetic))
    {
        Some("endet mit einem Punkt")
    } else {
        None
    }
}

/// The findings that no case of the corpus calls forth stand in the source.
#[test]
fn no_sentence_of_the_source_gives_orders() {
    let mut offen = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(ordner) = offen.pop() {
        for eintrag in fs::read_dir(ordner).unwrap() {
            let pfad = eintrag.unwrap().path();
            if pfad.is_dir() {
                offen.push(pfad);
                continue;
            }
            if pfad.extension().is_none_or(|endung| endung != "rs") {
                continue;
            }
            let text = fs::read_to_string(&pfad).unwrap();
            for (nummer, zeile) in text.lines().enumerate() {
                let bereinigt = zeile
                    .replace("meinten Sie", "")
                    .replace("in dem Sie stehen", "");
                let kommentar = bereinigt.trim_start().starts_with("//");
                assert!(
                    kommentar || !bereinigt.contains(" Sie "),
                    "{}:{}: {zeile}",
                    pfad.display(),
                    nummer + 1
                );
            }
        }
    }
}
