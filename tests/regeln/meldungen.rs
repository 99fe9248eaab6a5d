//! `explain` knows each name that the program can show: the names are collected from its source and from what the cases
//! of broken input expect.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use drucksache::check::{meldung, meldungen, regel};

/// Words with hyphens in the source that name no finding.
const KEINE_BEFUNDE: [&str; 15] = [
    // Values, keys and words of the data.
    "alter-text",
    "eu-verordnung",
    "gleiche-teile",
    "in-kraft",
    "kebab-case",
    "ohne-einwendung",
    "ohne-eroerterung",
    "papier-neu",
    "papier-weg",
    // What Git is asked.
    "cat-file",
    "hash-object",
    "ls-files",
    "ls-tree",
    "rev-parse",
    "stadt-luenen",
];

fn dateien(ordner: &Path, endung: &str) -> Vec<PathBuf> {
    let mut gefunden = Vec::new();
    for eintrag in fs::read_dir(ordner).unwrap() {
        let pfad = eintrag.unwrap().path();
        if pfad.is_dir() {
            gefunden.extend(dateien(&pfad, endung));
        } else if pfad.to_string_lossy().ends_with(endung) {
            gefunden.push(pfad);
        }
    }
    gefunden.sort();
    gefunden
}

/// The source of the program without comments and tests.
fn quelltexte() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let alle = dateien(&src, ".rs").into_iter().map(|pfad| {
        let innen = pfad
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&pfad).unwrap();
        let ohne_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let zeilen = ohne_tests
            .lines()
            .filter(|z| !z.trim_start().starts_with("//"));
        (innen, zeilen.collect::<Vec<_>>().join("\n"))
    });
    let ist_test = |innen: &str| innen.contains("/cases") || innen.contains("/tests");
    // Rules take their names from the table; hyphens of the other file part words.
    let andere = |innen: &str| innen.starts_with("check/regeln") || innen == "layout/hyphen.rs";
    alle.filter(|(innen, _)| !ist_test(innen) && !andere(innen))
        .collect()
}

fn ist_name(text: &str) -> bool {
    let teile: Vec<_> = text.split('-').collect();
    let ist_teil = |teil: &&str| {
        !teil.is_empty()
            && teil
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    teile.iter().all(ist_teil) && text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Text in quotes on one line.
fn zitate(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').filter(|teil| ist_name(teil))
}

/// The names that findings bear in the source: each word with hyphens, and each word with which a finding is made.
fn namen() -> BTreeSet<String> {
    let mut namen = BTreeSet::new();
    for (_, text) in quelltexte() {
        let mit_strich = zitate(&text).filter(|name| name.contains('-'));
        namen.extend(mit_strich.map(str::to_owned));
        for ruf in ["fehler(", "warnung(", "hinweis(", "befund("] {
            for rest in text.split(ruf).skip(1) {
                let erstes = rest.trim_start().strip_prefix('"');
                let name = erstes.and_then(|rest| rest.split('"').next());
                namen.extend(name.filter(|name| ist_name(name)).map(str::to_owned));
            }
        }
    }
    namen
}

/// Sound, because a new name cannot slip by: a word with hyphens is a finding or stands in the list above.
#[test]
fn each_name_in_the_source_is_explained() {
    let namen = namen();
    assert!(namen.len() > 150, "{}", namen.len());
    let unbekannte: Vec<_> = namen
        .iter()
        .filter(|name| !KEINE_BEFUNDE.contains(&name.as_str()))
        .filter(|name| regel(name).is_none() && meldung(name).is_none())
        .collect();
    assert!(
        unbekannte.is_empty(),
        "in src/check/meldungen.md erklären: {unbekannte:?}"
    );
}

#[test]
fn each_explanation_is_of_a_name_in_the_source() {
    let namen = namen();
    let alte: Vec<_> = meldungen()
        .map(|meldung| meldung.name)
        .filter(|name| !namen.contains(*name))
        .collect();
    assert!(alte.is_empty(), "{alte:?}");
}

/// What the cases of broken input expect is explained too.
#[test]
fn each_name_in_an_expected_answer_is_explained() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut zahl = 0;
    for datei in dateien(&tests, "befunde.txt") {
        let text = fs::read_to_string(&datei).unwrap();
        for zeile in text.lines() {
            let schwere = ["Fehler[", "Warnung[", "Hinweis["];
            let Some(rest) = schwere.iter().find_map(|s| zeile.strip_prefix(s)) else {
                continue;
            };
            let name = rest.split(']').next().unwrap();
            zahl += 1;
            let bekannt = regel(name).is_some() || meldung(name).is_some();
            assert!(bekannt, "{}: {name}", datei.display());
        }
    }
    assert!(zahl > 100, "{zahl}");
}
