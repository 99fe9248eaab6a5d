//! The fixtures as input for the pipeline, with changes for a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use drucksache::diagnostic::render;
use drucksache::pipeline::{self, Eingabe, Ergebnis, Ordner};
use drucksache::template::Auswahl;

/// The folder of all fixtures.
pub(crate) fn ordner() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The matter of Drucksache 215/21.
pub(crate) fn drucksache_215_21() -> Eingabe {
    vorgang("drucksache-215-21")
}

/// The matter in a folder, with its own base data or else the common ones.
pub(crate) fn vorgang(name: &str) -> Eingabe {
    let mut vorgang = lies(name);
    let mut eigene = Ordner {
        anzeige: format!("{name}/stammdaten"),
        dateien: BTreeMap::new(),
    };
    vorgang.dateien.retain(|pfad, bytes| {
        let innen = pfad.strip_prefix("stammdaten/");
        if let Some(innen) = innen {
            eigene.dateien.insert(innen.to_owned(), Arc::clone(bytes));
        }
        innen.is_none()
    });
    Eingabe {
        name: name.to_owned(),
        vorgang,
        stammdaten: if eigene.dateien.is_empty() {
            lies("stammdaten")
        } else {
            eigene
        },
    }
}

/// All matters that have golden files, by name.
pub(crate) fn vorgaenge_mit_golden() -> Vec<String> {
    let mut namen: Vec<_> = fs::read_dir(ordner())
        .unwrap()
        .map(|eintrag| eintrag.unwrap())
        .filter(|eintrag| eintrag.path().join("golden").is_dir())
        .map(|eintrag| eintrag.file_name().into_string().unwrap())
        .collect();
    namen.sort();
    namen
}

fn lies(name: &str) -> Ordner {
    let wurzel = ordner().join(name);
    let mut dateien = BTreeMap::new();
    sammle(&wurzel, "", &mut dateien);
    Ordner {
        anzeige: name.to_owned(),
        dateien,
    }
}

fn sammle(ordner: &Path, vorsatz: &str, dateien: &mut BTreeMap<String, Arc<[u8]>>) {
    for eintrag in fs::read_dir(ordner).unwrap() {
        let eintrag = eintrag.unwrap();
        let name = format!("{vorsatz}{}", eintrag.file_name().into_string().unwrap());
        if eintrag.path().is_dir() {
            if name != "golden" {
                sammle(&eintrag.path(), &format!("{name}/"), dateien);
            }
        } else {
            dateien.insert(name, fs::read(eintrag.path()).unwrap().into());
        }
    }
}

/// Replaces a text that must occur in the file.
pub(crate) fn ersetze(ordner: &mut Ordner, pfad: &str, alt: &str, neu: &str) {
    let text = String::from_utf8(ordner.dateien[pfad].to_vec()).unwrap();
    assert!(text.contains(alt), "„{alt}“ fehlt in {pfad}");
    ordner.dateien.insert(
        pfad.to_owned(),
        text.replacen(alt, neu, 1).into_bytes().into(),
    );
}

/// Makes the papers; findings that keep them from being made fail the test.
pub(crate) fn baue(eingabe: &Eingabe) -> Ergebnis {
    let ergebnis = pipeline::baue(eingabe, &Auswahl::default()).unwrap();
    assert!(
        ergebnis.ist_gebaut(),
        "{}",
        render::text(&ergebnis.befunde, &ergebnis.quellen, false)
    );
    ergebnis
}

/// Makes all papers, those that join others too.
pub(crate) fn baue_ganz(eingabe: &Eingabe) -> Ergebnis {
    let auswahl = Auswahl {
        gesamt: true,
        ..Auswahl::default()
    };
    let ergebnis = pipeline::baue(eingabe, &auswahl).unwrap();
    assert!(
        ergebnis.ist_gebaut(),
        "{}",
        render::text(&ergebnis.befunde, &ergebnis.quellen, false)
    );
    ergebnis
}

/// The names of the papers.
pub(crate) fn namen(ergebnis: &Ergebnis) -> Vec<&str> {
    ergebnis
        .papiere
        .iter()
        .map(|fertig| fertig.papier.name.as_str())
        .collect()
}

/// The Markdown of the paper with this name.
pub(crate) fn markdown(ergebnis: &Ergebnis, name: &str) -> String {
    let fertig = ergebnis
        .papiere
        .iter()
        .find(|fertig| fertig.papier.name == name);
    fertig.unwrap().papier.markdown.clone()
}

/// The findings' rules and places, line by line.
pub(crate) fn befunde(eingabe: &Eingabe) -> String {
    let ergebnis = pipeline::baue(eingabe, &Auswahl::default()).unwrap();
    render::text(&ergebnis.befunde, &ergebnis.quellen, false)
}
