//! One changed fact changes every place that depends on it, and no other.

use crate::fixture::{self, drucksache_215_21, entwirf, ersetze, markdown};

const VORLAGE: &str = "215-21-beschlussvorlage";

#[test]
fn a_ninth_user_changes_the_share_and_the_annex_but_not_the_six() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "  stadt-bergkamen:",
        "  stadt-kamen:\n    name: Kamen\n    gattung: Stadt\n    ags: 05978020\n    kreis: kreis-unna\n    vertretung: [{ amt: bürgermeisteramt }]\n\n  stadt-bergkamen:",
    );
    ersetze(
        &mut eingabe.vorgang,
        "nutzung.yaml",
        "  - { anwender: gemeinde-holzwickede",
        "  - { anwender: stadt-kamen, von: 01.01.2022 }\n  - { anwender: gemeinde-holzwickede",
    );
    let vorlage = markdown(&entwirf(&eingabe), VORLAGE);
    assert!(vorlage.contains("(je 1/9)"), "{vorlage}");
    assert!(!vorlage.contains("1/8"), "{vorlage}");
    assert!(vorlage.contains("Bergkamen, Kamen, Lünen, Schwerte, Selm, Unna und Werne sowie den Gemeinden Bönen und Holzwickede"));
    assert!(vorlage.contains(
        "die Stadt Kamen (zum 01.01.2022), die Stadt Selm (seit dem 01.07.2020), als auch die Gemeinde Holzwickede (zum 01.01.2022)"
    ), "{vorlage}");
    assert!(vorlage.contains("sich die sechs o. g. Bestandskommunen"));
}

#[test]
fn dropping_a_party_of_2019_makes_five_of_six_and_shortens_their_list() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "      - stadt-werne\n",
        "",
    );
    let vorlage = markdown(&entwirf(&eingabe), VORLAGE);
    assert!(
        vorlage.contains("sich die fünf o. g. Bestandskommunen"),
        "{vorlage}"
    );
    assert!(
        vorlage.contains("Bergkamen, Bönen, Lünen, Schwerte und Unna geschlossen"),
        "{vorlage}"
    );
    assert!(!vorlage.contains("sechs"));
    assert!(vorlage.contains("(je 1/8)"));
}

#[test]
fn a_moved_session_moves_everywhere() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "sitzungsdatum: 09.11.2021",
        "sitzungsdatum: 16.11.2021",
    );
    let vorlage = markdown(&entwirf(&eingabe), VORLAGE);
    assert!(vorlage.contains("| Kreistag | 16.11.2021 |"), "{vorlage}");
    assert!(!vorlage.contains("09.11.2021"));
}

#[test]
fn another_provider_is_named_in_the_right_case() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "anbieter: stadt-luenen",
        "anbieter: gemeinde-boenen",
    );
    let vorlage = markdown(&entwirf(&eingabe), VORLAGE);
    assert!(
        vorlage.contains(
            "fachadministrative Unterstützung durch\ndie Gemeinde Bönen seit dem Jahr 2019"
        ),
        "{vorlage}"
    );
    assert!(!vorlage.contains("die Stadt Lünen"));
}

#[test]
fn an_unknown_party_is_a_finding_at_its_place() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "- stadt-werne",
        "- stadt-wernne",
    );
    assert_eq!(
        fixture::befunde(&eingabe),
        "Fehler[unbekannte-koerperschaft]: die Körperschaft „stadt-wernne“ steht nicht in den Stammdaten\n  \
         --> drucksache-215-21/vereinbarungen.yaml:13:9\n   |\n13 |       - stadt-wernne\n   |         ^^^^^^^^^^^^\n   |\n   \
         = Abhilfe: meinten Sie „stadt-werne“? Sonst die Körperschaft in den Stammdaten eintragen\n\n"
    );
}
