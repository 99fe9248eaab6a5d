//! The fixtures as input for the pipeline, with changes for a test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use drucksache::diagnostic::render;
use drucksache::pipeline::entwurf::Entwurf;
use drucksache::pipeline::{self, Eingabe, Ergebnis, Ordner};
use drucksache::template::{Auswahl, Papier};

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

/// Makes the Markdown of all papers: no rule runs and no page is set, for tests that read words.
pub(crate) fn entwirf(eingabe: &Eingabe) -> Entwurf {
    entwirf_mit(eingabe, &Auswahl::default())
}

/// As [`entwirf`], those that join others too.
pub(crate) fn entwirf_ganz(eingabe: &Eingabe) -> Entwurf {
    let auswahl = Auswahl {
        gesamt: true,
        ..Auswahl::default()
    };
    entwirf_mit(eingabe, &auswahl)
}

fn entwirf_mit(eingabe: &Eingabe, auswahl: &Auswahl) -> Entwurf {
    let entwurf = pipeline::entwurf::entwerfe_mit(eingabe, auswahl);
    assert!(
        entwurf.ist_gebaut(),
        "{}",
        render::text(&entwurf.befunde, &entwurf.quellen, false)
    );
    entwurf
}

/// What has papers.
pub(crate) trait Papiere {
    /// The papers by name.
    fn papiere(&self) -> Vec<&Papier>;
}

impl Papiere for Ergebnis {
    fn papiere(&self) -> Vec<&Papier> {
        self.papiere.iter().map(|fertig| &fertig.papier).collect()
    }
}

impl Papiere for Entwurf {
    fn papiere(&self) -> Vec<&Papier> {
        self.papiere.iter().collect()
    }
}

/// All papers, those that join others too.
pub(crate) fn ganz() -> Auswahl {
    Auswahl {
        gesamt: true,
        ..Auswahl::default()
    }
}

/// Makes all papers, those that join others too.
pub(crate) fn baue_ganz(eingabe: &Eingabe) -> Ergebnis {
    let ergebnis = pipeline::baue(eingabe, &ganz()).unwrap();
    assert!(
        ergebnis.ist_gebaut(),
        "{}",
        render::text(&ergebnis.befunde, &ergebnis.quellen, false)
    );
    ergebnis
}

/// The names of the papers.
pub(crate) fn namen(gemacht: &impl Papiere) -> Vec<&str> {
    let papiere = gemacht.papiere().into_iter();
    papiere.map(|papier| papier.name.as_str()).collect()
}

/// The Markdown of the paper with this name.
pub(crate) fn markdown(gemacht: &impl Papiere, name: &str) -> String {
    let papiere = gemacht.papiere();
    let papier = papiere.iter().find(|papier| papier.name == name);
    papier.unwrap().markdown.clone()
}

/// The findings' rules and places, line by line.
pub(crate) fn befunde(eingabe: &Eingabe) -> String {
    let ergebnis = pipeline::baue(eingabe, &Auswahl::default()).unwrap();
    render::text(&ergebnis.befunde, &ergebnis.quellen, false)
}
