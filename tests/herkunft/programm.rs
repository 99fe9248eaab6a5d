//! `drucksache herkunft` as it is called.

use std::path::Path;
use std::process::{Command, Output};

fn lauf(argumente: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_drucksache"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"))
        .arg("herkunft")
        .args(argumente)
        .output()
        .unwrap()
}

/// Code, standard output, standard error.
fn gesagt(argumente: &[&str]) -> (Option<i32>, String, String) {
    let ausgabe = lauf(argumente);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        ausgabe.status.code(),
        text(&ausgabe.stdout),
        text(&ausgabe.stderr),
    )
}

const PAPIER: &str = "88-26-beschlussvorlage";

#[test]
fn a_line_is_answered_as_text() {
    let (code, text, fehler) = gesagt(&["minimal", PAPIER, "--suche", "88/26"]);
    assert_eq!(code, Some(0), "{fehler}");
    assert_eq!(
        text,
        "88-26-beschlussvorlage, Zeile 6\n    88/26\n\nWerte, von denen die Stelle abhängt:\n  minimal/vorgang.yaml:1:9  nummer\n      nummer: 88/26\n"
    );
}

#[test]
fn an_answer_for_programs_names_the_place() {
    let (code, text, _) = gesagt(&[
        "minimal",
        PAPIER,
        "--suche",
        "17.03.2026",
        "--format",
        "json",
    ]);
    assert_eq!(code, Some(0));
    let wert: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(wert["schema"], "drucksache.herkunft/1");
    assert_eq!(wert["werte"][0]["datei"], "minimal/vorgang.yaml");
    assert_eq!(wert["werte"][0]["zeile"], 4);
    assert_eq!(wert["werte"][0]["spalte"], 8);
    assert_eq!(wert["texte"][0]["datei"], "templates/beschlussvorlage.md");
}

#[test]
fn a_paper_may_be_named_by_its_file() {
    let datei = "ausgabe/minimal/88-26-beschlussvorlage.md";
    let (code, text, _) = gesagt(&["minimal", datei, "--suche", "17.03.2026"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("minimal/vorgang.yaml:4:8"), "{text}");
}

#[track_caller]
fn klagt(argumente: &[&str], klage: &str) {
    let (code, text, fehler) = gesagt(argumente);
    assert_eq!((code, text.as_str()), (Some(2), ""), "{fehler}");
    assert!(fehler.contains(klage), "{fehler}");
}

#[test]
fn each_fault_of_the_call_is_told() {
    klagt(
        &["minimal", "88-26-beschlusvorlage", "--zeile", "3"],
        "meinten Sie „88-26-beschlussvorlage“?",
    );
    klagt(
        &["minimal", "vertrag", "--zeile", "3"],
        "das Papier „vertrag“ hat dieser Vorgang nicht; er hat 88-26-beschlussvorlage",
    );
    klagt(&["minimal", PAPIER, "--zeile", "0"], "Zeilen zählen ab 1");
    klagt(&["minimal", PAPIER, "--zeile", "999"], "hat nur 25 Zeilen");
    klagt(&["minimal", PAPIER, "--zeile", "10"], "ist leer");
    klagt(
        &["minimal", PAPIER, "--suche", "Feldahorn"],
        "„Feldahorn“ steht nicht in",
    );
    klagt(
        &["minimal", PAPIER, "--suche", "Die alten Bänke sind rostig."],
        "am ähnlichsten ist Zeile 25:\n     25  Die alten Bänke",
    );
    klagt(
        &["minimal", PAPIER, "--suche", "Bänke"],
        "mehr von der Stelle angeben",
    );
    klagt(
        &["minimal", PAPIER],
        "mit --zeile N eine Zeile des Markdowns nennen oder mit --suche TEXT",
    );
    klagt(
        &["minimal", PAPIER, "--zeile", "3", "--suche", "x"],
        "nur eine von beiden angeben",
    );
    klagt(
        &["minimal", PAPIER, "--suche", " "],
        "hinter --suche fehlt der Wortlaut",
    );
    klagt(&["minimal", "--zeile", "3"], "es fehlt das Papier");
    klagt(&["gibtesnicht", PAPIER, "--zeile", "3"], "gibt es nicht");
}

#[test]
fn a_matter_that_cannot_be_built_shows_its_faults() {
    let ordner = std::env::temp_dir().join(format!("drucksache-herkunft-{}", std::process::id()));
    std::fs::create_dir_all(&ordner).unwrap();
    std::fs::write(
        ordner.join("drucksache.yaml"),
        "numer: 88/26\ntitel: Bänke\n",
    )
    .unwrap();
    let pfad = ordner.to_str().unwrap();
    let (code, _, fehler) = gesagt(&[pfad, PAPIER, "--zeile", "3"]);
    std::fs::remove_dir_all(&ordner).unwrap();
    assert_eq!(code, Some(2));
    assert!(fehler.contains("meinten Sie „nummer“?"), "{fehler}");
    assert!(fehler.contains("lässt sich nicht setzen"), "{fehler}");
}

#[test]
fn the_example_of_the_readme_names_a_place_that_there_is() {
    let wurzel = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lies = |pfad: &str| std::fs::read_to_string(wurzel.join(pfad)).unwrap();
    let (readme, vorlage) = (lies("README.md"), lies("templates/kostenuebersicht.md"));
    let ausdruck = "{{ anteil.betrag }}";
    let zeile = readme.lines().find(|zeile| zeile.ends_with(ausdruck));
    let ort = zeile.unwrap().trim().split_once(' ').unwrap().0;
    let mut zahlen = ort.split(':').skip(1).map(|zahl| zahl.parse().unwrap());
    let (zeile, spalte): (usize, usize) = (zahlen.next().unwrap(), zahlen.next().unwrap());
    let dort = vorlage.lines().nth(zeile - 1).unwrap();
    let ab: String = dort.chars().skip(spalte - 1).collect();
    assert!(ab.starts_with(ausdruck), "{ort}: {ab}");
}
