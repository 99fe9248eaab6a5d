//! What the check says of a matter of which a paper cannot be made: nothing that comes of the missing paper.

use drucksache::check::REGELN;
use drucksache::pipeline::{self, Eingabe, Ergebnis};

use crate::ersetzung;
use crate::fall;

const VEREINBARUNG: &str = "templates/vereinbarung.md";

fn geprueft(datei: &str, suche: &str, durch: &str) -> (Eingabe, Ergebnis) {
    let mut eingabe = fall::grundlage("drucksache-215-21");
    ersetzung::ersetze(&mut eingabe, datei, suche, durch).unwrap();
    let ergebnis = pipeline::pruefe(&eingabe).unwrap();
    assert!(!ergebnis.ist_gebaut());
    (eingabe, ergebnis)
}

/// The agreement fails where its template asks for a fact that the matter lacks.
fn ohne_vereinbarung() -> Ergebnis {
    let suche = "## § {{ paragraf() }} Laufzeit und Kündigung";
    let durch = format!("{suche} {{{{ vereinbarung.ende | lang }}}}");
    geprueft(VEREINBARUNG, suche, &durch).1
}

#[test]
fn rules_that_read_papers_are_named_as_unchecked_and_say_nothing() {
    let ergebnis = ohne_vereinbarung();
    assert_eq!(
        ergebnis.befunde.iter().filter(|b| b.ist_fehler()).count(),
        1
    );
    for regel in [
        "schriftform-unvollstaendig",
        "platzhalter-offen",
        "genehmigung-nicht-genannt",
    ] {
        assert!(ergebnis.ungeprueft.contains(&regel), "{regel}");
    }
    let gesagt = ergebnis.pruefung.iter().map(|befund| befund.regel);
    let zu_viel: Vec<_> = gesagt.filter(|r| ergebnis.ungeprueft.contains(r)).collect();
    assert_eq!(zu_viel, Vec::<&str>::new());
}

#[test]
fn rules_that_read_only_facts_still_look() {
    let ergebnis = ohne_vereinbarung();
    assert!(ergebnis.ungeprueft.len() < REGELN.len());
    let ganz = pipeline::pruefe(&fall::grundlage("drucksache-215-21")).unwrap();
    assert_eq!(ganz.ungeprueft, Vec::<&str>::new());
    for befund in &ergebnis.pruefung {
        let auch_dort = ganz
            .pruefung
            .iter()
            .any(|b| b.regel == befund.regel && b.text == befund.text);
        assert!(auch_dort, "{befund:?}");
    }
    assert!(
        ergebnis
            .pruefung
            .iter()
            .any(|b| b.regel == "nutzung-ohne-vereinbarung")
    );
}

#[test]
fn a_fault_of_the_facts_leaves_all_rules_unchecked() {
    let (_, ergebnis) = geprueft(
        "kosten.yaml",
        "aufgabe: fachadministration",
        "aufgabe: fachadmin",
    );
    assert_eq!(ergebnis.ungeprueft.len(), REGELN.len());
    assert!(ergebnis.pruefung.is_empty());
}

#[test]
fn a_character_that_no_font_has_keeps_no_rule_from_looking() {
    let suche = "die bis dahin angefallenen Kosten";
    let (_, ergebnis) = geprueft("vereinbarungen.yaml", suche, &format!("{suche} ☃"));
    assert_eq!(ergebnis.ungeprueft, Vec::<&str>::new());
    assert!(!ergebnis.pruefung.is_empty());
}

#[test]
fn a_waiver_of_an_unchecked_rule_is_not_called_idle() {
    let mut eingabe = fall::grundlage("drucksache-215-21");
    let suche = "## § {{ paragraf() }} Laufzeit und Kündigung";
    let durch = format!("{suche} {{{{ vereinbarung.ende | lang }}}}");
    ersetzung::ersetze(&mut eingabe, VEREINBARUNG, suche, &durch).unwrap();
    let vermerk = |regel: &str| {
        format!(
            "vermerke:\n  - regel: {regel}\n    stelle: vereinbarung#kosten\n    grund: x\n    name: y\n    deckt: 2-0000000000000000\n"
        )
    };
    let mut gesagt = |regel: &str| {
        let bytes = vermerk(regel).into_bytes().into();
        eingabe
            .vorgang
            .dateien
            .insert("vermerke.yaml".to_owned(), bytes);
        let ergebnis = pipeline::pruefe(&eingabe).unwrap();
        ergebnis
            .pruefung
            .iter()
            .any(|b| b.regel == "vermerk-ohne-befund")
    };
    assert!(!gesagt("platzhalter-offen"));
    assert!(gesagt("nutzung-ohne-vereinbarung"));
}
