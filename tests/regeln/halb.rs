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
fn an_office_that_only_papers_need_keeps_no_rule_from_looking() {
    let suche = "    regierungsbezirk: Arnsberg\n    vertretung: [{ amt: landrat }]\n";
    let (_, ergebnis) = geprueft(
        "stammdaten/koerperschaften.yaml",
        suche,
        "    regierungsbezirk: Arnsberg\n",
    );
    let fehler: Vec<_> = ergebnis.befunde.iter().filter(|b| b.ist_fehler()).collect();
    assert_eq!(fehler.len(), 1, "{fehler:?}");
    assert_eq!(fehler[0].regel, "vertretung-fehlt");
    assert_eq!(ergebnis.ungeprueft, Vec::<&str>::new());
    // The stand-in is no reason to find anything else, nor to hand out a paper.
    let ganz = pipeline::pruefe(&fall::grundlage("drucksache-215-21")).unwrap();
    let gesagt = |ergebnis: &Ergebnis| {
        let befunde = ergebnis.pruefung.iter();
        befunde
            .filter(|b| b.regel != "unterzeichner-nicht-befugt")
            .map(|b| format!("{} {}", b.regel, b.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(gesagt(&ergebnis), gesagt(&ganz));
    let fehlt: Vec<_> = ergebnis
        .pruefung
        .iter()
        .filter(|b| b.regel == "unterzeichner-nicht-befugt")
        .collect();
    assert_eq!(fehlt.len(), 1);
    assert!(fehlt[0].ist_nicht_pruefbar());
    assert!(fehlt[0].text.contains("Kreis Unna"), "{}", fehlt[0].text);
}

#[test]
fn papers_with_a_stand_in_are_handed_to_nobody() {
    let mut eingabe = fall::grundlage("drucksache-215-21");
    let suche = "    regierungsbezirk: Arnsberg\n    vertretung: [{ amt: landrat }]\n";
    let datei = "stammdaten/koerperschaften.yaml";
    ersetzung::ersetze(
        &mut eingabe,
        datei,
        suche,
        "    regierungsbezirk: Arnsberg\n",
    )
    .unwrap();
    let ergebnis = pipeline::baue(&eingabe, &drucksache::template::Auswahl::default()).unwrap();
    assert!(ergebnis.papiere.is_empty());
    assert!(!ergebnis.ist_gebaut());
}

/// The fixture without any day of a session.
fn ohne_sitzungstage() -> Eingabe {
    let mut eingabe = fall::grundlage("drucksache-215-21");
    for tag in [" sitzungsdatum: 08.11.2021,", " sitzungsdatum: 09.11.2021,"] {
        ersetzung::ersetze(&mut eingabe, "drucksachen/215-21.yaml", tag, "").unwrap();
    }
    eingabe
}

#[test]
fn without_any_day_all_rules_look_and_say_what_is_missing() {
    let ergebnis = pipeline::pruefe(&ohne_sitzungstage()).unwrap();
    assert!(ergebnis.ist_gebaut(), "{:?}", ergebnis.befunde);
    assert_eq!(ergebnis.ungeprueft, Vec::<&str>::new());
    let fehlt = |regel: &str| {
        let seine = ergebnis.pruefung.iter().filter(|b| b.regel == regel);
        seine.filter(|b| b.ist_nicht_pruefbar()).count()
    };
    assert_eq!(fehlt("fundstelle-passt-nicht"), 1);
    assert_eq!(fehlt("umsatzsteuer-offen"), 1);
    assert_eq!(fehlt("wirksamkeitstage-berechnet"), 1);
    assert!(ergebnis.pruefung.iter().all(|b| !b.ist_fehler()));
}

#[test]
fn without_sessions_the_day_of_the_paper_or_of_signature_is_that_of_the_law() {
    for (datei, suche, durch) in [
        (
            "drucksachen/215-21.yaml",
            "  organisationseinheit: Steuerungsdienst\n",
            "  organisationseinheit: Steuerungsdienst\n  vorlage_vom: 25.10.2021\n",
        ),
        (
            "vereinbarungen.yaml",
            "    anwendung: Open/Prosoz\n",
            "    anwendung: Open/Prosoz\n    unterzeichnet_bis: 25.10.2021\n",
        ),
    ] {
        let mut eingabe = ohne_sitzungstage();
        ersetzung::ersetze(&mut eingabe, datei, suche, durch).unwrap();
        let ergebnis = pipeline::pruefe(&eingabe).unwrap();
        let stand = &ergebnis.zahlen.unwrap().vereinbarungen["vereinbarung-2021"].rechtsstand;
        assert_eq!(stand.as_deref(), Some("25.10.2021"), "{datei}");
    }
}

#[test]
fn whose_office_changes_cannot_be_named_without_a_day() {
    let mut eingabe = ohne_sitzungstage();
    ersetzung::ersetze(
        &mut eingabe,
        "stammdaten/koerperschaften.yaml",
        "    regierungsbezirk: Arnsberg\n    vertretung: [{ amt: landrat }]\n",
        "    regierungsbezirk: Arnsberg\n    vertretung: [{ amt: landrat }, { ab: 01.01.2022, amt: bürgermeisteramt }]\n",
    )
    .unwrap();
    let ergebnis = pipeline::pruefe(&eingabe).unwrap();
    let fehler: Vec<_> = ergebnis.befunde.iter().filter(|b| b.ist_fehler()).collect();
    assert_eq!(fehler.len(), 1, "{fehler:?}");
    assert_eq!(fehler[0].regel, "rechtsstand-fehlt");
    assert!(ergebnis.ungeprueft.len() < REGELN.len());
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
