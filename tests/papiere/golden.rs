//! The fixtures' papers are what their golden files say, and what differs is told at the lowest layer that broke.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use drucksache::golden::{self, Ebene, Stand, Vergleich};
use drucksache::pipeline;
use serde_json::Value;

use crate::befehle::{drucksache, geklagt, gesagt, kopie};
use crate::fixture;

fn gespeichert(name: &str) -> Stand {
    let ordner = fixture::ordner().join(name).join("golden");
    let dateien: BTreeMap<_, _> = fs::read_dir(ordner)
        .unwrap()
        .map(|eintrag| {
            let pfad = eintrag.unwrap().path();
            let name = pfad.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(pfad).unwrap())
        })
        .collect();
    Stand::gespeichert(&dateien)
}

fn vergleiche(name: &str, eingabe: &pipeline::Eingabe) -> Vergleich {
    let jetzt = Stand::jetzt(&fixture::baue_ganz(eingabe)).unwrap();
    golden::vergleiche(gespeichert(name), &jetzt)
}

#[test]
fn all_matters_are_as_in_their_golden_files() {
    let namen = fixture::vorgaenge_mit_golden();
    assert!(namen.len() >= 3, "{namen:?}");
    for name in namen {
        let vergleich = vergleiche(&name, &fixture::vorgang(&name));
        assert!(
            vergleich == Vergleich::default(),
            "{vergleich:#?}\ngewollt? cargo run -- golden fixtures/{name} --update"
        );
    }
}

#[test]
fn one_missing_comma_fails_at_the_text_of_each_paper_that_shows_it() {
    let mut eingabe = fixture::drucksache_215_21();
    let alt = "getroffen, im Rahmen";
    fixture::ersetze(
        &mut eingabe.vorgang,
        "texte/anlass.md",
        alt,
        "getroffen im Rahmen",
    );
    let vergleich = vergleiche("drucksache-215-21", &eingabe);
    let gefunden: Vec<_> = vergleich
        .abweichungen
        .iter()
        .map(|a| (a.ebene, a.papier.as_deref().unwrap()))
        .collect();
    assert_eq!(
        gefunden,
        [
            (Ebene::Text, "12-0544-beschlussvorlage"),
            (Ebene::Text, "215-21-beschlussvorlage"),
            (Ebene::Text, "215-21-gesamt")
        ]
    );
    assert!(
        vergleich.abweichungen[0].folge.starts_with(
            "Zahlen gleich, Text geändert: in Zeile 38 fehlt ein Komma nach „getroffen“"
        ),
        "{}",
        vergleich.abweichungen[0].folge
    );
    assert!(
        vergleich.abweichungen[2]
            .folge
            .starts_with("dieselben Änderungen wie in")
    );
}

#[test]
fn a_party_less_fails_at_the_numbers_first() {
    let mut eingabe = fixture::drucksache_215_21();
    let nutzung = "nutzung.yaml";
    fixture::ersetze(&mut eingabe.vorgang, nutzung, "01.01.2022", "02.01.2022");
    let vergleich = vergleiche("drucksache-215-21", &eingabe);
    let erste = &vergleich.abweichungen[0];
    assert_eq!((erste.ebene, &erste.papier), (Ebene::Zahlen, &None));
    assert!(
        erste.folge.contains("ohne „gemeinde-holzwickede“"),
        "{}",
        erste.folge
    );
}

#[test]
fn counting_coverage_changes_no_paper() {
    // The engine that counts renders other templates; what they reach must be all that the papers show.
    for name in fixture::vorgaenge_mit_golden() {
        let eingabe = fixture::vorgang(&name);
        let abdeckung = pipeline::abdeckung(&eingabe);
        let unerreicht: Vec<_> = abdeckung
            .unerreicht()
            .map(|stelle| (stelle.datei.to_string(), stelle.zeile, stelle.spalte))
            .collect();
        let ergebnis = fixture::baue(&eingabe);
        for fertig in &ergebnis.papiere {
            for (_, ursprung) in &fertig.papier.spuren {
                let Some(quelle) = ergebnis.quellen.get(&ursprung.datei) else {
                    continue;
                };
                let ort = quelle.line_column(ursprung.offset);
                let stelle = (ursprung.datei.to_string(), ort.line, ort.column);
                assert!(!unerreicht.contains(&stelle), "{name}: {stelle:?}");
            }
        }
        let quote = abdeckung.quote(true);
        assert!(quote.erreicht > 0 && quote.gesamt > quote.erreicht);
    }
}

const MINIMAL: &str = "fixtures/minimal";
const SEITEN: &str = "fixtures/minimal/golden/88-26-beschlussvorlage.seiten.txt";
const MD: &str = "fixtures/minimal/golden/88-26-beschlussvorlage.md";

/// Changes a file.
fn ersetze(ordner: &Path, pfad: &str, alt: &str, neu: &str) {
    let pfad = ordner.join(pfad);
    let text = fs::read_to_string(&pfad).unwrap();
    assert!(text.contains(alt), "„{alt}“ fehlt in\n{text}");
    fs::write(&pfad, text.replace(alt, neu)).unwrap();
}

#[test]
fn a_program_that_only_moves_a_line_fails_at_the_pages() {
    let ordner = kopie("golden-seiten");
    ersetze(
        &ordner,
        SEITEN,
        " +18.90 Sans 9.50 Rat",
        " +17.90 Sans 9.50 Rat",
    );
    ersetze(&ordner, "fixtures/minimal/golden/bytes.sha256", "0a", "1b");
    let lauf = drucksache(&ordner, &["golden", MINIMAL]);
    assert_eq!(lauf.status.code(), Some(1));
    let gesagt = gesagt(&lauf);
    assert!(
        gesagt.starts_with(
            "88-26-beschlussvorlage [seiten]: Text und Struktur gleich; auf Seite 1 steht „Rat“ 1,00 pt tiefer\n  \
             darüber auch anders: bytes\n"
        ),
        "{gesagt}"
    );
}

#[test]
fn changed_tags_fail_at_the_structure() {
    let ordner = kopie("golden-struktur");
    let struktur = "fixtures/minimal/golden/88-26-beschlussvorlage.struktur.txt";
    ersetze(&ordner, struktur, "H2 „Sachbericht“", "P „Sachbericht“");
    let gesagt = gesagt(&drucksache(&ordner, &["golden", MINIMAL]));
    assert!(
        gesagt.starts_with(
            "88-26-beschlussvorlage [struktur]: Text gleich; Struktur geändert: „H2“ statt „P“ bei „Sachbericht“; \
             Seiten gleich\n"
        ),
        "{gesagt}"
    );
}

#[test]
fn json_says_all_that_the_text_says() {
    let ordner = kopie("golden-json");
    ersetze(
        &ordner,
        "fixtures/minimal/vorgang.yaml",
        "Die alten Bänke sind morsch.",
        "Die Bänke sind morsch.",
    );
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "--format", "json", "--abdeckung"],
    );
    assert_eq!((lauf.status.code(), geklagt(&lauf).as_str()), (Some(1), ""));
    let bericht: Value = serde_json::from_str(&gesagt(&lauf)).unwrap();
    assert_eq!(bericht["schema"], "drucksache.golden/1");
    let vorgang = &bericht["vorgaenge"][0];
    assert_eq!(vorgang["ausgang"], "abweichungen");
    let abweichung = &vorgang["abweichungen"][0];
    assert_eq!(abweichung["ebene"], "text");
    assert_eq!(abweichung["datei"], MD);
    assert_eq!(
        abweichung["herkunft"]["datei"],
        "fixtures/minimal/vorgang.yaml"
    );
    assert_eq!(abweichung["darueber"][0], "struktur");
    assert_eq!(abweichung["zeilen"]["weg"], 1);
    assert!(
        bericht["abdeckung"]["mitgelieferte"]["prozent"]
            .as_u64()
            .unwrap()
            < 100
    );
    assert!(bericht["abdeckung"]["regeln"]["unerreicht"].is_array());
}

#[test]
fn a_matter_that_cannot_be_built_is_json_too_and_leaves_its_golden_files() {
    let ordner = kopie("golden-kaputt");
    ersetze(
        &ordner,
        "fixtures/minimal/vorgang.yaml",
        "nummer:",
        "numer:",
    );
    let vorher = fs::read(ordner.join(MD)).unwrap();
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "--update", "--format", "json"],
    );
    assert_eq!(lauf.status.code(), Some(2));
    let bericht: Value = serde_json::from_str(&gesagt(&lauf)).unwrap();
    let vorgang = &bericht["vorgaenge"][0];
    assert_eq!(vorgang["ausgang"], "fehler");
    assert_eq!(vorgang["befunde"][0]["abhilfe"], "meinten Sie „nummer“?");
    assert_eq!(fs::read(ordner.join(MD)).unwrap(), vorher);
}

#[test]
fn annotations_stand_at_the_text_that_changed() {
    let ordner = kopie("golden-github");
    ersetze(&ordner, "fixtures/minimal/vorgang.yaml", "morsch", "alt");
    let gesagt = gesagt(&drucksache(
        &ordner,
        &["golden", MINIMAL, "--format", "github"],
    ));
    assert!(
        gesagt.starts_with("::error title=golden-text,file=fixtures/minimal/vorgang.yaml,line=6,"),
        "{gesagt}"
    );
}

#[test]
fn coverage_names_templates_and_rules_that_the_set_does_not_reach() {
    let ordner = kopie("golden-abdeckung");
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "fixtures/klima-check", "--abdeckung"],
    );
    assert_eq!(lauf.status.code(), Some(0));
    let gesagt = gesagt(&lauf);
    for teil in [
        "eigene Vorlagen: ",
        "templates/genehmigungsantrag.md (mitgeliefert): 0 %\n  kein Vorgang braucht diese Vorlage\n",
        "fixtures/klima-check/templates/_klima-check.md: 75 %\n  Zeile 7 nie der andere Fall: {% else %}",
        "Regeln, die in keinem Vorgang etwas gefunden haben: ",
    ] {
        assert!(gesagt.contains(teil), "„{teil}“ fehlt in\n{gesagt}");
    }
}

#[test]
fn an_update_without_a_change_writes_nothing() {
    let ordner = kopie("golden-unveraendert");
    let alt = fs::metadata(ordner.join(MD)).unwrap().modified().unwrap();
    let lauf = drucksache(&ordner, &["golden", MINIMAL, "--update"]);
    assert_eq!(
        gesagt(&lauf),
        "fixtures/minimal: 5 Golden-Dateien unverändert\n"
    );
    assert_eq!(
        fs::metadata(ordner.join(MD)).unwrap().modified().unwrap(),
        alt
    );
}
