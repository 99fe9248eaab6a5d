//! What the rules find on the fixtures as they are, in `fixtures.txt`; `REGELN_UPDATE=1` writes it.

use std::fs;
use std::path::Path;

use drucksache::diagnostic::Befund;
use drucksache::pipeline;

use crate::fall;

const VORGAENGE: [&str; 3] = ["drucksache-215-21", "klima-check", "minimal"];

#[test]
fn the_findings_on_the_fixtures_are_known_and_none_is_an_error() {
    let mut text = String::new();
    for vorgang in VORGAENGE {
        let ergebnis = pipeline::pruefe_regeln(&fall::grundlage(vorgang));
        assert!(ergebnis.ist_gebaut(), "{vorgang}");
        text.push_str(&format!("== {vorgang} ==\n"));
        for befund in ergebnis.befunde.iter().chain(&ergebnis.pruefung) {
            assert!(!befund.ist_fehler(), "{befund:?}");
            text.push_str(&format!(
                "[{}] {}",
                befund.regel,
                fall::zeile(befund, &ergebnis)
            ));
        }
    }
    let pfad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regeln/fixtures.txt");
    if std::env::var_os("REGELN_UPDATE").is_some() {
        fs::write(&pfad, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&pfad).unwrap(), text);
}

#[test]
fn the_two_vorlagen_on_one_agreement_contradict_each_other() {
    let ergebnis = pipeline::pruefe_regeln(&fall::grundlage("drucksache-215-21"));
    let zu_bergkamen = |regel: &str| {
        ergebnis.pruefung.iter().any(|befund: &Befund| {
            befund.regel == regel && befund.papiere.iter().any(|p| p.starts_with("12-0544"))
        })
    };
    assert!(zu_bergkamen("beschluss-fehlt"));
    assert!(zu_bergkamen("papiere-widersprechen-sich"));
}
