//! How long whole runs take: a fixture made and checked, a document of three pages, papers of 10 to 1,000 pages, a table of
//! 10,000 rows. `cargo bench --bench laeufe`
//!
//! Seconds, which differ from machine to machine and with what else it does; `benches/befehle` counts instructions.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement has no caller to give an error to, and needs a clock"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use drucksache::pipeline::{self, Eingabe, Ordner};
use drucksache::template::Auswahl;
use drucksache::{layout, markdown};

const DOKUMENT: &str = include_str!("dokument.md");

fn main() {
    let eingabe = fixture("drucksache-215-21");
    melde("render drucksache-215-21", 20, || {
        let gebaut = pipeline::baue(&eingabe, &Auswahl::default()).unwrap();
        assert!(gebaut.ist_gebaut());
    });
    melde("check drucksache-215-21", 20, || {
        assert!(pipeline::pruefe(&eingabe).unwrap().ist_gebaut());
    });
    melde("nur die Regeln", 20, || {
        assert!(pipeline::pruefe_regeln(&eingabe).ist_gebaut());
    });
    setze("pdf, 3 Seiten", 40, DOKUMENT);
    for (name, laeufe, abschnitte) in [("10", 20, 5), ("100", 5, 50), ("1.000", 2, 500)] {
        setze(&format!("pdf, um {name} Seiten"), laeufe, &lang(abschnitte));
    }
    let mut tabelle = String::from("# Tabelle\n\n| Nr. | Kommune | Betrag |\n|---:|---|---:|\n");
    for i in 1..=10_000 {
        writeln!(
            tabelle,
            "| {i} | Stadt Nummer {i} | {},{:02} € |",
            i * 7,
            i % 100
        )
        .unwrap();
    }
    setze("pdf, Tabelle mit 10.000 Zeilen", 2, &tabelle);
}

/// The sections of the document many times over, each told from the others by its number.
fn lang(abschnitte: usize) -> String {
    let mut text = String::from("# Lang\n\n");
    let (_, inhalt) = DOKUMENT.split_once("\n## ").unwrap();
    for i in 1..=abschnitte {
        let inhalt = inhalt.replace("\n## ", &format!("\n### {i}. "));
        writeln!(text, "## Abschnitt {i}\n\n### {inhalt}").unwrap();
    }
    text
}

fn setze(was: &str, laeufe: usize, markdown: &str) {
    let (gesetzt, _) = layout::layout(&markdown::parse(markdown).0, &Default::default());
    let seiten = gesetzt.pages.len();
    let dauer = melde(was, laeufe, || {
        let (gesetzt, befunde) = pipeline::setze(markdown, &Default::default()).unwrap();
        assert!(gesetzt.is_some(), "{befunde:?}");
    });
    println!(
        "{:35} {seiten} Seiten, {:.1?} je Seite",
        "",
        dauer / u32::try_from(seiten).unwrap()
    );
}

/// Median and best of some runs; gives back the best, which the machine's other work disturbed least.
fn melde(was: &str, laeufe: usize, mut tu: impl FnMut()) -> Duration {
    let mut zeiten: Vec<Duration> = (0..laeufe)
        .map(|_| {
            let beginn = Instant::now();
            tu();
            beginn.elapsed()
        })
        .collect();
    zeiten.sort();
    println!(
        "{was:35} Median {:.2?}, bester {:.2?} ({laeufe} Läufe)",
        zeiten[laeufe / 2],
        zeiten[0]
    );
    zeiten[0]
}

fn fixture(name: &str) -> Eingabe {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    Eingabe {
        name: name.to_owned(),
        vorgang: ordner(&fixtures.join(name), ""),
        stammdaten: ordner(&fixtures.join("stammdaten"), "stammdaten"),
    }
}

fn ordner(pfad: &Path, anzeige: &str) -> Ordner {
    let mut ordner = Ordner {
        anzeige: anzeige.to_owned(),
        ..Ordner::default()
    };
    let mut offen = vec![pfad.to_owned()];
    while let Some(hier) = offen.pop() {
        for eintrag in fs::read_dir(hier).unwrap() {
            let datei = eintrag.unwrap().path();
            if datei.is_dir() {
                if !datei.ends_with("golden") {
                    offen.push(datei);
                }
            } else {
                let name = datei
                    .strip_prefix(pfad)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                ordner
                    .dateien
                    .insert(name, Arc::from(fs::read(&datei).unwrap()));
            }
        }
    }
    ordner
}
