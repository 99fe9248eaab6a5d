//! What the map in `lib.rs` promises: stages import only earlier stages, and each library stays inside its stage.

use std::fs;
use std::path::Path;

/// The stages in the order of the pipeline.
const STUFEN: [&str; 19] = [
    "source",
    "diagnostic",
    "input",
    "recht",
    "model",
    "compute",
    "diagramm",
    "markdown",
    "template",
    "gesamt",
    "check",
    "layout",
    "pdf",
    "anlagen",
    "pipeline",
    "golden",
    "diff",
    "herkunft",
    "pruefexemplar",
];

/// Libraries, and the files or folders of `src` that may know them.
const BIBLIOTHEKEN: [(&str, &[&str]); 9] = [
    ("granit_parser", &["input"]),
    ("tera", &["template"]),
    ("pulldown_cmark", &["markdown"]),
    ("printpdf", &["pdf/write.rs"]),
    ("lopdf", &["pdf"]),
    ("harfrust", &["layout"]),
    ("hypher", &["layout"]),
    ("annotate_snippets", &["diagnostic"]),
    ("clap", &["bin"]),
];

/// All Rust files below `src` by their path there, with `/`.
fn quellen() -> Vec<(String, String)> {
    let wurzel = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut quellen = Vec::new();
    let mut offen = vec![wurzel.clone()];
    while let Some(ordner) = offen.pop() {
        for eintrag in fs::read_dir(ordner).unwrap() {
            let pfad = eintrag.unwrap().path();
            if pfad.is_dir() {
                offen.push(pfad);
            } else if pfad.extension().is_some_and(|endung| endung == "rs") {
                let name = pfad
                    .strip_prefix(&wurzel)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                quellen.push((name, fs::read_to_string(&pfad).unwrap()));
            }
        }
    }
    quellen.sort();
    assert!(quellen.len() > 50);
    quellen
}

fn stufe(pfad: &str) -> Option<usize> {
    let name = pfad.split('/').next()?.trim_end_matches(".rs");
    STUFEN.iter().position(|stufe| *stufe == name)
}

/// The code lines of a file before its unit tests.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take_while(|zeile| !zeile.starts_with("#[cfg(test)]"))
        .filter(|zeile| !zeile.trim_start().starts_with("//"))
}

#[test]
fn a_stage_imports_only_earlier_stages() {
    let mut verstoesse = Vec::new();
    for (pfad, text) in quellen() {
        let Some(eigene) = stufe(&pfad) else { continue };
        for zeile in code(&text) {
            for teil in zeile.split("crate::").skip(1) {
                let name: String = teil
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect();
                if STUFEN
                    .iter()
                    .position(|stufe| *stufe == name)
                    .is_some_and(|andere| andere > eigene)
                {
                    verstoesse.push(format!("{pfad}: {}", zeile.trim()));
                }
            }
        }
    }
    assert_eq!(verstoesse, Vec::<String>::new());
}

#[test]
fn a_library_stays_inside_its_stage() {
    let mut verstoesse = Vec::new();
    for (pfad, text) in quellen() {
        for (name, stufen) in BIBLIOTHEKEN {
            let darf = stufen.iter().any(|stufe| pfad.starts_with(stufe));
            let kennt = code(&text).any(|zeile| {
                zeile.contains(&format!("{name}::"))
                    || zeile.trim_start().starts_with(&format!("use {name}"))
            });
            if kennt && !darf {
                verstoesse.push(format!("{pfad} kennt {name}"));
            }
        }
    }
    assert_eq!(verstoesse, Vec::<String>::new());
}
