//! Which papers a call writes, and the README's example of an own kind.

use std::fs;

use crate::befehle::{drucksache, geklagt, gesagt, kopie};
use crate::fixture;

const ASYL: &str = "fixtures/drucksache-215-21";
const KLIMA: &str = "fixtures/klima-check";

#[test]
fn one_drucksache_alone_is_written() {
    let ordner = kopie("auswahl-nummer");
    for nummer in ["12/0544", "12-0544"] {
        let ausgabe = drucksache(
            &ordner,
            &[
                "render",
                ASYL,
                "--drucksache",
                nummer,
                "--nur",
                "beschlussvorlage",
            ],
        );
        assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
        assert!(
            gesagt(&ausgabe).starts_with("ausgabe/drucksache-215-21: 12-0544-beschlussvorlage.md und 12-0544-beschlussvorlage.pdf geschrieben\n"),
            "{}",
            gesagt(&ausgabe)
        );
    }
}

#[test]
fn several_matters_in_one_call_are_searched_for_the_number() {
    let ordner = kopie("auswahl-mehrere");
    let ausgabe = drucksache(
        &ordner,
        &[
            "render",
            ASYL,
            KLIMA,
            "--drucksache",
            "12/0544",
            "--format",
            "md",
        ],
    );
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    assert!(
        ordner
            .join("ausgabe/drucksache-215-21/12-0544-beschlussvorlage.md")
            .is_file()
    );
    assert!(!ordner.join("ausgabe/klima-check").exists());
    assert_eq!(geklagt(&ausgabe), "");
}

#[test]
fn a_number_that_nobody_has_is_told_with_those_there_are() {
    let ordner = kopie("auswahl-unbekannt");
    let ausgabe = drucksache(&ordner, &["render", ASYL, KLIMA, "--drucksache", "12/0545"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert_eq!(
        geklagt(&ausgabe),
        "Fehler: die Drucksache „12/0545“ gibt es nicht; es gibt 12/0544, 215/21, 88/26 und 88/26-1; meinten Sie „12/0544“?\n"
    );
}

#[test]
fn a_kind_that_does_not_exist_is_told_with_those_there_are() {
    let ordner = kopie("auswahl-art");
    let ausgabe = drucksache(&ordner, &["render", KLIMA, "--nur", "sprechzetel"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert_eq!(
        geklagt(&ausgabe),
        "Fehler: Papiere der Art „sprechzetel“ gibt es nicht; es gibt anlage, beschlussauszug, beschlussvorlage und sprechzettel; meinten Sie „sprechzettel“?\n"
    );
}

#[test]
fn the_whole_and_its_attachment_are_written_and_set_again_to_the_same_bytes() {
    let ordner = kopie("auswahl-gesamt");
    let ausgabe = drucksache(
        &ordner,
        &["render", KLIMA, "--gesamt", "--drucksache", "88/26"],
    );
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    let lies = |pfad: &str| fs::read(ordner.join(pfad)).unwrap();
    assert!(
        lies("ausgabe/klima-check/anlagen/lageplan.pdf")
            == lies("fixtures/klima-check/anlagen/lageplan.pdf")
    );
    let wieder = drucksache(
        &ordner,
        &["pdf", "ausgabe/klima-check/88-26-gesamt.md", "-o", "druck"],
    );
    assert_eq!(wieder.status.code(), Some(0), "{}", geklagt(&wieder));
    assert!(lies("druck/88-26-gesamt.pdf") == lies("ausgabe/klima-check/88-26-gesamt.pdf"));
}

#[test]
fn nothing_of_progress_is_seen_outside_a_terminal() {
    let ordner = kopie("auswahl-still");
    let ausgabe = drucksache(&ordner, &["render", ASYL, KLIMA, "fixtures/minimal"]);
    assert!(
        !geklagt(&ausgabe).contains(" von 3 "),
        "{}",
        geklagt(&ausgabe)
    );
}

#[test]
fn the_template_in_the_readme_is_one_that_works() {
    let readme = fs::read_to_string(fixture::ordner().join("../README.md")).unwrap();
    let vorlage =
        fs::read_to_string(fixture::ordner().join("klima-check/templates/sprechzettel.md"))
            .unwrap();
    assert!(readme.contains(&vorlage));
}

#[test]
fn a_kind_may_be_named_as_in_the_yaml() {
    let ordner = kopie("auswahl-umlaut");
    let ausgabe = drucksache(
        &ordner,
        &["render", ASYL, "--nur", "kostenübersicht", "--format", "md"],
    );
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    assert!(gesagt(&ausgabe).contains("kostenuebersicht.md"));
}

#[test]
fn a_letter_that_is_not_due_is_told_as_such() {
    let ordner = kopie("auswahl-noch-nicht");
    let ausgabe = drucksache(&ordner, &["render", ASYL, "--nur", "genehmigungsantrag"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert_eq!(
        geklagt(&ausgabe),
        "Fehler: Papiere der Art „genehmigungsantrag“ sind bei diesem Stand der Angaben nicht zu schreiben; wann es sie gibt, sagt `wenn` im Kopf ihrer Vorlage\n"
    );
}
