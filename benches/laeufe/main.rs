//! How long whole runs take and how much memory: a fixture made and checked, a document of three pages, papers of 10 to
//! 1,000 pages, a table of 10,000 rows, 1,000 matters on one thread and on more, and each list of the model a megabyte
//! long. `cargo bench --bench laeufe`, or the lists alone with `-- listen` and the names of some.
//!
//! Seconds, which differ from machine to machine and with what else it does, and so break no build; where a bound of the
//! project's is missed, the line says so. `benches/befehle` counts instructions.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement has no caller to give an error to, and needs a clock"
)]

mod listen;
mod programm;

use std::env;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use drucksache::pipeline::{self, Eingabe, Ordner};
use drucksache::template::Auswahl;
use drucksache::{layout, markdown};

use programm::{grenze, lauf};

const DOKUMENT: &str = include_str!("../dokument.md");
/// How many matters a run makes.
const VORGAENGE: usize = 1_000;

fn main() {
    let woerter: Vec<_> = env::args()
        .skip(1)
        .filter(|wort| wort != "--bench")
        .collect();
    match woerter.split_first() {
        Some((wort, namen)) if wort == "listen" => return listen::alle(namen),
        Some((wort, _)) => panic!("„{wort}“ misst nichts; „listen“ misst die langen Listen"),
        None => {}
    }
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
    let je_seite =
        [("10", 20, 5), ("100", 5, 50), ("1.000", 2, 500)].map(|(name, laeufe, abschnitte)| {
            setze(&format!("pdf, um {name} Seiten"), laeufe, &lang(abschnitte))
        });
    let [kurz, .., lang] = je_seite;
    let prozent = lang.as_nanos() * 100 / kurz.as_nanos().max(1);
    grenze(
        "  je Seite bei 1.000 gegen 10 Seiten",
        &format!("{prozent} %"),
        prozent <= 130,
        "130 %",
    );
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
    vorgaenge();
    listen::alle(&[]);
}

/// The program itself: its memory, and how it takes to more threads.
fn vorgaenge() {
    let ordner = Path::new(env!("CARGO_TARGET_TMPDIR")).join("laeufe");
    let _ = fs::remove_dir_all(&ordner);
    fs::create_dir_all(&ordner).unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let fixture = fixtures.join("drucksache-215-21");
    let (dauer, mb) = gelungen(&ordner, &[OsStr::new("render"), fixture.as_os_str()]);
    println!("{:35} {dauer:.2?}", "drucksache render drucksache-215-21");
    grenze("  Speicher", &format!("{mb} MB"), mb <= 40, "40 MB");
    let sachbericht = DOKUMENT.split_once("\n## ").unwrap().1;
    for i in 1..=VORGAENGE {
        let vorgang = ordner.join(format!("v/{i:04}"));
        fs::create_dir_all(vorgang.join("texte")).unwrap();
        let yaml = format!(
            "nummer: {i}/26\ntitel: Vorhaben Nummer {i}\ngremium: Rat\ndatum: 17.03.2026\n\
             beschlussvorschlag: Der Rat beschließt das Vorhaben {i}.\nsachbericht: texte/sachbericht.md\n"
        );
        fs::write(vorgang.join("drucksache.yaml"), yaml).unwrap();
        let text = format!(
            "### Vorhaben {i}: {}",
            sachbericht.replace("\n## ", "\n### ")
        );
        fs::write(vorgang.join("texte/sachbericht.md"), text).unwrap();
    }
    let mut pfade: Vec<_> = (1..=VORGAENGE).map(|i| format!("v/{i:04}")).collect();
    pfade.sort();
    let kerne = available_parallelism().map_or(1, NonZero::get);
    let mut eine = None;
    for faeden in [1, 2, kerne].into_iter().filter(|faeden| *faeden <= kerne) {
        let faeden_text = faeden.to_string();
        let mut aufruf: Vec<&OsStr> = ["render", "--jobs", &faeden_text, "-o", "aus"]
            .map(OsStr::new)
            .into();
        aufruf.extend(pfade.iter().map(OsStr::new));
        let (dauer, mb) = gelungen(&ordner, &aufruf);
        let eine = *eine.get_or_insert(dauer);
        let mal = eine.as_millis() * 100 / dauer.as_millis().max(1);
        println!(
            "{:35} {dauer:.2?}, {},{:02} mal so schnell wie mit einem",
            format!("{VORGAENGE} Vorgänge mit --jobs {faeden}"),
            mal / 100,
            mal % 100
        );
        grenze("  Speicher", &format!("{mb} MB"), mb <= 200, "200 MB");
    }
    fs::remove_dir_all(&ordner).unwrap();
}

/// A run of the program that must succeed: how long it took, and how many megabytes.
fn gelungen(ordner: &Path, argumente: &[&OsStr]) -> (Duration, u64) {
    let lauf = lauf(ordner, argumente, Duration::from_secs(600));
    assert_eq!(lauf.rueckgabe, Some(0));
    (lauf.dauer, lauf.mb)
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

/// Typesets a document; gives back the time for a page.
fn setze(was: &str, laeufe: usize, markdown: &str) -> Duration {
    let (gesetzt, _) = layout::layout(&markdown::parse(markdown).0, &Default::default());
    let seiten = gesetzt.pages.len();
    let dauer = melde(was, laeufe, || {
        let (gesetzt, befunde) = pipeline::setze(markdown, &Default::default()).unwrap();
        assert!(gesetzt.is_some(), "{befunde:?}");
    });
    let je_seite = dauer / u32::try_from(seiten).unwrap();
    println!("{:35} {seiten} Seiten, {je_seite:.1?} je Seite", "");
    je_seite
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
