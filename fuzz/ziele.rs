//! What is fuzzed: a function for each target, from bytes to an assertion that fails.
//!
//! The project's own tests run the same functions over the corpus, without a fuzzer. An input holds several files: a line
//! `=== name` begins one, what stands before the first belongs to the target's main file.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use drucksache::check::vermerke::{Eintrag, ergaenzt};
use drucksache::diagnostic::{Befund, github, json, render, sarif};
use drucksache::golden::bericht::{self, Ausgang, Bericht};
use drucksache::golden::{Stand, vergleiche};
use drucksache::pdf::inspect::inspect;
use drucksache::pipeline::{self, Eingabe, Ergebnis, Ordner, Setzer};
use drucksache::source::Sources;
use drucksache::template::Auswahl;

/// YAML → model → Markdown → rules: whatever a folder holds, there are papers or findings that stand in its files.
pub fn vorgang(daten: &[u8]) {
    let ergebnis = pipeline::pruefe_regeln(&eingabe(dateien(daten, "vorgang.yaml")));
    zeige(&ergebnis.befunde, &ergebnis.quellen);
    zeige(&ergebnis.pruefung, &ergebnis.quellen);
}

/// Markdown → PDF, with pictures and attachments under any name: a document whose structure holds, or an error.
pub fn markdown(daten: &[u8]) {
    thread_local! {
        static SETZER: RefCell<Setzer> = RefCell::default();
    }
    let dateien = dateien(daten, "papier.md");
    let Some(Ok(markdown)) = dateien.get("papier.md").map(|bytes| str::from_utf8(bytes)) else {
        return;
    };
    let (gesetzt, befunde) = SETZER
        .with_borrow_mut(|setzer| setzer.setze(markdown, |name| dateien.get(name).cloned()))
        .expect("a sound document can be written");
    match gesetzt {
        Some(gesetzt) => {
            inspect(&gesetzt.pdf).expect("our own PDF can be read");
        }
        None => assert!(befunde.iter().any(Befund::ist_fehler)),
    }
}

/// Facts that any text may stand for.
const FELDER: [&str; 3] = ["titel", "kurztitel", "aktenzeichen"];

/// Templates and prose with hostile values, all the way to the PDF: the file `prosa` is prose with Tera in it, `vorlage` a
/// template of the matter's own, every other file the value of a fact.
pub fn vorlage(daten: &[u8]) {
    let mut dateien = dateien(daten, "prosa");
    let mut yaml = "nummer: 88/26\ngremium: Rat\ndatum: 17.03.2026\nsachbericht: prosa.md\n\
                    beschlussvorschlag: Der Rat beschließt.\n"
        .to_owned();
    for feld in FELDER {
        let wert = dateien.remove(feld);
        let wert = wert.as_deref().map(String::from_utf8_lossy);
        // What JSON quotes is a YAML scalar too.
        let wert = serde_json::Value::from(wert.as_deref().unwrap_or("Bänke"));
        let _ = writeln!(yaml, "{feld}: {wert}");
    }
    let prosa = dateien.remove("prosa").unwrap_or_default();
    let vorlage = dateien.remove("vorlage");
    let mut dateien = BTreeMap::from([
        ("vorgang.yaml".to_owned(), yaml.into_bytes().into()),
        ("prosa.md".to_owned(), prosa),
    ]);
    if let Some(vorlage) = vorlage {
        dateien.insert("templates/beschlussvorlage.md".to_owned(), vorlage);
    }
    let ergebnis = pipeline::baue(&eingabe(dateien), &Auswahl::default())
        .expect("a sound document can be written");
    zeige(&ergebnis.befunde, &ergebnis.quellen);
    zeige(&ergebnis.pruefung, &ergebnis.quellen);
}

/// What the program keeps beside a matter: golden files of any content, and `vermerke.yaml`.
pub fn ablage(daten: &[u8]) {
    static MINIMAL: LazyLock<(Ergebnis, Stand)> = LazyLock::new(|| {
        let minimal = eingabe(ordner("minimal").dateien);
        Stand::baue(&minimal, &Auswahl::default()).expect("a sound document can be written")
    });
    let mut dateien = dateien(daten, "vermerke.yaml");
    if let Some(vermerke) = dateien.remove("vermerke.yaml") {
        vermerkt(vermerke);
    }
    let golden = dateien
        .into_iter()
        .map(|(name, bytes)| (name, bytes.to_vec()))
        .collect();
    let (gebaut, jetzt) = &*MINIMAL;
    let vergleich = vergleiche(Stand::gespeichert(&golden), jetzt);
    let bericht = Bericht {
        pfad: "minimal",
        ausgang: Ausgang::Abweichungen,
        gebaut,
        vergleich: &vergleich,
        geschrieben: &[],
        entfernt: &[],
    };
    let _ = (bericht.text(), bericht.github());
    let _ = bericht::json(&[bericht], None);
}

fn vermerkt(vermerke: Arc<[u8]>) {
    if let Ok(text) = str::from_utf8(&vermerke) {
        let eintrag = serde_json::json!({
            "regel": "beschluss-fehlt", "stelle": "a: b", "grund": "„so“ #1", "name": "N", "deckt": "0",
        });
        let eintrag: Eintrag = serde_json::from_value(eintrag).expect("an entry");
        let _ = ergaenzt(text, &eintrag);
    }
    let mut eingabe = eingabe(ordner("minimal").dateien);
    let dateien = &mut eingabe.vorgang.dateien;
    dateien.insert("vermerke.yaml".to_owned(), vermerke);
    let ergebnis = pipeline::pruefe_regeln(&eingabe);
    zeige(&ergebnis.befunde, &ergebnis.quellen);
    zeige(&ergebnis.pruefung, &ergebnis.quellen);
}

fn dateien(daten: &[u8], erste: &str) -> BTreeMap<String, Arc<[u8]>> {
    let mut dateien: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut name = erste.to_owned();
    for zeile in daten.split_inclusive(|byte| *byte == b'\n') {
        if let Some(neu) = zeile.strip_prefix(b"=== ") {
            name = String::from_utf8_lossy(neu).trim().to_owned();
        } else {
            dateien
                .entry(name.clone())
                .or_default()
                .extend_from_slice(zeile);
        }
    }
    dateien
        .into_iter()
        .map(|(name, bytes)| (name, bytes.into()))
        .collect()
}

/// A matter of these files with the base data of the fixtures.
fn eingabe(dateien: BTreeMap<String, Arc<[u8]>>) -> Eingabe {
    Eingabe {
        name: "vorgang".to_owned(),
        vorgang: Ordner {
            anzeige: String::new(),
            dateien,
        },
        stammdaten: ordner("stammdaten"),
    }
}

/// The fixtures, seen from the project as from the folder of the fuzz targets.
fn fixtures() -> PathBuf {
    let hier = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = hier.join("fixtures");
    if fixtures.is_dir() {
        fixtures
    } else {
        hier.join("../fixtures")
    }
}

/// A folder of the fixtures without its golden files.
fn ordner(name: &str) -> Ordner {
    let wurzel = fixtures().join(name);
    let mut dateien = BTreeMap::new();
    sammle(&wurzel, "", &mut dateien);
    Ordner {
        anzeige: name.to_owned(),
        dateien,
    }
}

fn sammle(ordner: &Path, vorsatz: &str, dateien: &mut BTreeMap<String, Arc<[u8]>>) {
    let eintraege = fs::read_dir(ordner).expect("the fixtures are there");
    for eintrag in eintraege.map(|eintrag| eintrag.expect("the fixtures can be read")) {
        let name = eintrag.file_name().to_string_lossy().into_owned();
        let pfad = format!("{vorsatz}{name}");
        if !eintrag.path().is_dir() {
            let bytes = fs::read(eintrag.path()).expect("the fixtures can be read");
            dateien.insert(pfad, bytes.into());
        } else if name != "golden" {
            sammle(&eintrag.path(), &format!("{pfad}/"), dateien);
        }
    }
}

/// Shows findings in every format: places beyond a file, or inside a character, show up here.
fn zeige(befunde: &[Befund], quellen: &Sources) {
    assert!(befunde.iter().all(|befund| !befund.text.is_empty()));
    let _ = render::text(befunde, quellen, true);
    let bericht = json::Bericht {
        pfad: "vorgang",
        gebaut: !befunde.iter().any(Befund::ist_fehler),
        ungeprueft: &[],
        befunde,
        quellen,
    };
    let _ = json::json(&[bericht]);
    let _ = sarif::sarif(&[bericht], &[]);
    let _ = github::github(befunde, quellen);
}
