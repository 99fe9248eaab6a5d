//! `check`, `explain` and `vermerken` as their users call them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::fixture;

pub(crate) const VORGANG: &str = "fixtures/drucksache-215-21";
pub(crate) const REGEL: &str = "haushaltsjahr-ohne-betrag";
pub(crate) const STELLE: &str = "drucksachen/215-21.yaml:17";

/// A folder of its own with a copy of the matter and its base data.
pub(crate) fn kopie(name: &str) -> PathBuf {
    let ordner = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("regeln")
        .join(name);
    let _ = fs::remove_dir_all(&ordner);
    for (unter, eingabe) in [
        ("drucksache-215-21", fixture::drucksache_215_21().vorgang),
        ("stammdaten", fixture::drucksache_215_21().stammdaten),
    ] {
        for (pfad, bytes) in eingabe.dateien {
            let ziel = ordner.join("fixtures").join(unter).join(pfad);
            fs::create_dir_all(ziel.parent().unwrap()).unwrap();
            fs::write(ziel, bytes).unwrap();
        }
    }
    ordner
}

pub(crate) struct Lauf {
    pub(crate) ausgang: i32,
    pub(crate) gesagt: String,
    pub(crate) geklagt: String,
}

pub(crate) fn lauf(in_ordner: &Path, argumente: &[&str]) -> Lauf {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_drucksache"))
        .args(argumente)
        .current_dir(in_ordner)
        .output()
        .unwrap();
    Lauf {
        ausgang: status.code().unwrap(),
        gesagt: String::from_utf8(stdout).unwrap(),
        geklagt: String::from_utf8(stderr).unwrap(),
    }
}

pub(crate) fn vermerken(ordner: &Path, regel: &str, stelle: &str) -> Lauf {
    let argumente = [
        "vermerken",
        regel,
        "--stelle",
        stelle,
        "--grund",
        "so gewollt",
        "--name",
        "M. B.",
        VORGANG,
    ];
    lauf(ordner, &argumente)
}

#[test]
fn check_groups_findings_by_paper_and_closes_with_totals_and_the_state_of_the_law() {
    let lauf = lauf(&kopie("gruppen"), &["check", VORGANG]);
    assert_eq!(lauf.geklagt, "");
    assert!(
        lauf.gesagt.contains("== 215-21-beschlussvorlage ==\n\n"),
        "{}",
        lauf.gesagt
    );
    let ab = lauf.gesagt.lines().count() - 2;
    let mut zeilen = lauf.gesagt.lines().skip(ab);
    let summe = zeilen.next().unwrap();
    assert!(
        summe.starts_with("fixtures/drucksache-215-21: ") && summe.contains("Warnung"),
        "{summe}"
    );
    let schluss = zeilen.next().unwrap();
    assert!(
        schluss.contains(" Regeln geprüft, Rechtsstand ") && schluss.contains("GkG NRW 09.07.2025"),
        "{schluss}"
    );
    assert!(
        schluss.ends_with("; ersetzt keine Rechtsprüfung"),
        "{schluss}"
    );
    assert_eq!(zeilen.next(), None);
}

#[test]
fn check_shows_the_days_of_effect_under_the_findings_of_the_agreement() {
    let lauf = lauf(&kopie("tage"), &["check", VORGANG]);
    let (_, gruppe) = lauf.gesagt.split_once("== vereinbarung ==").unwrap();
    let (_, tafel) = gruppe.split_once("Tage der Wirksamkeit:\n").unwrap();
    let erste: Vec<_> = tafel.lines().take(4).map(str::trim).collect();
    assert!(erste[0].ends_with("frühestens 09.11.2021 (letzter bekannter Beschluss)"));
    assert!(erste[1].contains("07.12.2021"), "{tafel}");
    assert!(erste[2].contains("04.01.2022"), "{tafel}");
    assert!(erste[3].ends_with("offen"), "{tafel}");
}

#[test]
fn a_waiver_shows_the_finding_and_no_longer_counts_it_until_the_data_change() {
    let ordner = kopie("vermerk");
    let vorher = lauf(&ordner, &["check", VORGANG, "--format", "json"]);
    let zahl = |lauf: &Lauf, was: &str| {
        let json: Value = serde_json::from_str(&lauf.gesagt).unwrap();
        json["vorgaenge"][0]["summe"][was].as_u64().unwrap()
    };
    let geschrieben = vermerken(&ordner, REGEL, STELLE);
    assert_eq!(geschrieben.ausgang, 0, "{}", geschrieben.geklagt);
    let text = lauf(&ordner, &["check", VORGANG]);
    assert!(
        text.gesagt.contains("= Vermerk: so gewollt (M. B.)"),
        "{}",
        text.gesagt
    );
    let danach = lauf(&ordner, &["check", VORGANG, "--format", "json"]);
    assert_eq!(zahl(&danach, "warnungen") + 1, zahl(&vorher, "warnungen"));
    assert_eq!(zahl(&danach, "vermerkt"), 1);

    let pfad = ordner.join(VORGANG).join("drucksachen/215-21.yaml");
    let yaml = fs::read_to_string(&pfad).unwrap();
    fs::write(
        &pfad,
        yaml.replace("haushaltsjahr: 2021ff.", "haushaltsjahr: 2022ff."),
    )
    .unwrap();
    let geaendert = lauf(&ordner, &["check", VORGANG]);
    assert!(
        geaendert.gesagt.contains("[vermerk-abgelaufen]"),
        "{}",
        geaendert.gesagt
    );
}

#[test]
fn a_waiver_covers_the_finding_that_was_seen_and_not_its_twin() {
    let ordner = kopie("zwillinge");
    let pfad = ordner.join(VORGANG).join("texte/sachbericht.md");
    let prosa = fs::read_to_string(&pfad).unwrap();
    let zeile = prosa.lines().count() + 2;
    fs::write(&pfad, format!("{prosa}\nTODO\n\nTODO\n")).unwrap();
    let stelle = format!("texte/sachbericht.md:{zeile}");
    let geschrieben = vermerken(&ordner, "platzhalter-offen", &stelle);
    assert_eq!(geschrieben.ausgang, 0, "{}", geschrieben.geklagt);
    let danach = lauf(&ordner, &["check", VORGANG]);
    assert_eq!(danach.ausgang, 1);
    let mit_vermerk = |zeile: usize| {
        let ort = format!("sachbericht.md:{zeile}:");
        let mut bloecke = danach.gesagt.split("\n\n");
        let block = bloecke.find(|block| block.contains(&ort)).unwrap();
        block.contains("= Vermerk: so gewollt")
    };
    assert!(mit_vermerk(zeile), "{}", danach.gesagt);
    assert!(!mit_vermerk(zeile + 2), "{}", danach.gesagt);
}

#[test]
fn a_waiver_holds_wherever_its_line_moves_and_wherever_the_user_stands() {
    let ordner = kopie("zeile");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let pfad = ordner.join(VORGANG).join("drucksachen/215-21.yaml");
    let yaml = fs::read_to_string(&pfad).unwrap();
    fs::write(&pfad, format!("# eine Zeile mehr\n\n{yaml}")).unwrap();
    let im_ordner = lauf(&ordner.join(VORGANG), &["check"]);
    assert!(
        im_ordner.gesagt.contains("= Vermerk: so gewollt"),
        "{}",
        im_ordner.gesagt
    );
}

#[test]
fn render_does_not_count_what_was_accepted() {
    let ordner = kopie("render");
    let zeile = |lauf: Lauf| lauf.gesagt.lines().last().unwrap().to_owned();
    let vorher = zeile(lauf(&ordner, &["render", VORGANG]));
    assert!(
        vorher.ends_with("drucksache check fixtures/drucksache-215-21"),
        "{vorher}"
    );
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let nachher = zeile(lauf(&ordner, &["render", VORGANG]));
    assert!(nachher.contains("(1 mit Vermerk hingenommen)"), "{nachher}");
}

#[test]
fn a_place_without_a_finding_is_answered_with_the_places_that_have_one() {
    let lauf = vermerken(&kopie("stelle"), REGEL, "drucksachen/215-21.yaml:3");
    assert_eq!(lauf.ausgang, 2);
    assert!(
        lauf.geklagt.contains("215-21.yaml:17:20"),
        "{}",
        lauf.geklagt
    );
}

#[test]
fn a_waiver_for_an_unknown_rule_is_not_written() {
    let ordner = kopie("unbekannt");
    let lauf = vermerken(&ordner, "haushaltsjar-ohne-betrag", STELLE);
    assert_eq!(lauf.ausgang, 2);
    assert!(
        lauf.geklagt
            .contains("meinten Sie „haushaltsjahr-ohne-betrag“?"),
        "{}",
        lauf.geklagt
    );
    assert!(!ordner.join(VORGANG).join("vermerke.yaml").exists());
}

/// What somebody keeps with `check > bericht.txt` is the whole report.
#[test]
fn the_report_is_data_and_faults_of_the_input_are_not() {
    let ordner = kopie("ausgabe");
    let heil = lauf(&ordner, &["check", VORGANG]);
    assert_eq!(heil.geklagt, "");
    assert!(
        heil.gesagt.contains(&format!("Warnung[{REGEL}]")),
        "{}",
        heil.gesagt
    );
    assert!(!heil.gesagt.contains('\x1b'));
    fs::write(ordner.join(VORGANG).join("kosten.yaml"), "kosten: [\n").unwrap();
    let kaputt = lauf(&ordner, &["check", VORGANG]);
    assert!(
        kaputt.geklagt.starts_with("Fehler[yaml-syntax]"),
        "{}",
        kaputt.geklagt
    );
    assert!(!kaputt.gesagt.contains("yaml-syntax"), "{}", kaputt.gesagt);
}

#[test]
fn explain_leads_to_the_rule_that_is_meant() {
    let ordner = kopie("explain");
    let gefunden = lauf(&ordner, &["explain", REGEL]);
    assert_eq!(gefunden.ausgang, 0);
    assert!(
        gefunden.gesagt.starts_with("# haushaltsjahr-ohne-betrag\n"),
        "{}",
        gefunden.gesagt
    );
    let vertippt = lauf(&ordner, &["explain", "haushaltsjar-ohne-betrag"]);
    assert_eq!(vertippt.ausgang, 2);
    assert!(
        vertippt.geklagt.contains("meinten Sie"),
        "{}",
        vertippt.geklagt
    );
}

#[test]
fn explain_knows_what_is_no_rule_too() {
    let ordner = kopie("explain-meldung");
    for name in ["vermerk-abgelaufen", "yaml-syntax", "Fehler[yaml-syntax]"] {
        let erklaert = lauf(&ordner, &["explain", name]);
        assert_eq!(erklaert.ausgang, 0, "{}", erklaert.geklagt);
        assert!(erklaert.gesagt.starts_with("# "), "{}", erklaert.gesagt);
    }
    let vertippt = lauf(&ordner, &["explain", "yaml-sytax"]);
    assert_eq!(vertippt.ausgang, 2);
    assert!(
        vertippt.geklagt.contains("meinten Sie „yaml-syntax“?"),
        "{}",
        vertippt.geklagt
    );
    let vermerkt = vermerken(&ordner, "yaml-syntax", STELLE);
    assert_eq!(vermerkt.ausgang, 2);
    assert!(
        vermerkt.geklagt.contains("ist keine Prüfregel"),
        "{}",
        vermerkt.geklagt
    );
}

/// The PDF lies where the gate for archival papers looks.
#[test]
fn the_handbook_typesets() {
    let ordner = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf");
    fs::create_dir_all(&ordner).unwrap();
    let handbuch = lauf(&ordner, &["explain", "--alle"]);
    fs::write(ordner.join("handbuch.md"), handbuch.gesagt).unwrap();
    let gesetzt = lauf(&ordner, &["pdf", "handbuch.md"]);
    assert_eq!((gesetzt.ausgang, gesetzt.geklagt.as_str()), (0, ""));
    assert!(ordner.join("handbuch.pdf").exists());
}

#[test]
fn sarif_is_valid_and_carries_the_rules_with_their_help() {
    let ordner = kopie("sarif");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let stammdaten = ordner.join("fixtures/stammdaten/koerperschaften.yaml");
    let yaml = fs::read_to_string(&stammdaten).unwrap();
    fs::write(
        &stammdaten,
        yaml.replace("    regierungsbezirk: Arnsberg\n", ""),
    )
    .unwrap();
    let lauf = lauf(&ordner, &["check", VORGANG, "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&lauf.gesagt).unwrap();
    // The official schema has a pattern that is no regular expression: one bracket too many.
    let schema = include_str!("sarif-schema-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let pruefer = jsonschema::draft7::new(&schema).unwrap();
    let fehler: Vec<String> = pruefer.iter_errors(&sarif).map(|f| f.to_string()).collect();
    assert_eq!(fehler, Vec::<String>::new());
    let lauf = &sarif["runs"][0];
    assert!(lauf["results"].as_array().unwrap().len() >= 2, "{lauf}");
    for regel in lauf["tool"]["driver"]["rules"].as_array().unwrap() {
        let hilfe = regel["help"]["markdown"].as_str().unwrap();
        assert!(hilfe.contains("## Warum es zählt"), "{regel}");
    }
}

#[test]
fn a_sentence_that_explains_a_finding_is_marked_up_to_what_was_computed_in_it() {
    let lauf = lauf(&kopie("marke"), &["check", VORGANG]);
    let (_, dazu) = lauf
        .gesagt
        .split_once("in diesem Satz des Papiers\n")
        .unwrap();
    let zeile = dazu
        .lines()
        .find(|zeile| zeile.contains("Die für"))
        .unwrap();
    let marke = dazu.lines().find(|zeile| zeile.contains("---")).unwrap();
    let von = zeile.find("Die für").unwrap();
    let bis = von + zeile[von..].chars().take_while(|c| *c != '{').count();
    let strich = marke.replace(|c| c != '-' && c != ' ', " ");
    assert_eq!(strich.trim_end().len(), bis, "{dazu}");
    assert_eq!(strich.find('-'), Some(von), "{dazu}");
}

#[test]
fn sarif_of_a_matter_that_cannot_be_built_says_so() {
    let ordner = kopie("sarif-kaputt");
    fs::write(ordner.join(VORGANG).join("kosten.yaml"), "kosten: [\n").unwrap();
    let lauf = lauf(&ordner, &["check", VORGANG, "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&lauf.gesagt).unwrap();
    assert_eq!(lauf.ausgang, 2);
    assert_eq!(
        sarif["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
    // Each name that occurs is explained, whether a rule bears it or not.
    for ergebnis in sarif["runs"][0]["results"].as_array().unwrap() {
        let i = usize::try_from(ergebnis["ruleIndex"].as_u64().unwrap()).unwrap();
        let angabe = &sarif["runs"][0]["tool"]["driver"]["rules"][i];
        assert_eq!(angabe["id"], ergebnis["ruleId"]);
        let hilfe = angabe["help"]["markdown"].as_str().unwrap();
        assert!(hilfe.starts_with("# yaml-syntax"), "{angabe}");
        assert!(angabe["shortDescription"]["text"].is_string(), "{angabe}");
    }
    let meldung = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    let meldung = meldung["message"]["text"].as_str().unwrap();
    assert!(
        meldung.contains("die Papiere lassen sich so nicht machen; nicht geprüft: "),
        "{meldung}"
    );
    assert_eq!(sarif["runs"][0]["results"][0]["level"], "error");
}

#[test]
fn a_matter_that_cannot_be_built_still_closes_with_totals_and_the_state_of_the_law() {
    let ordner = kopie("text-kaputt");
    fs::write(ordner.join(VORGANG).join("kosten.yaml"), "kosten: [\n").unwrap();
    let lauf = lauf(&ordner, &["check", VORGANG]);
    assert_eq!(lauf.ausgang, 2);
    let zeilen: Vec<_> = lauf.gesagt.lines().collect();
    let [summe, schluss] = zeilen[..] else {
        panic!("{zeilen:?}");
    };
    assert_eq!(
        summe,
        "fixtures/drucksache-215-21: 1 Fehler; die Regeln wurden nicht geprüft"
    );
    assert!(
        schluss.starts_with("0 Regeln geprüft, Rechtsstand "),
        "{schluss}"
    );
    assert!(
        schluss.contains("weil sich der Vorgang so nicht bauen lässt: alle Regeln"),
        "{schluss}"
    );
    assert!(
        schluss.ends_with("; ersetzt keine Rechtsprüfung"),
        "{schluss}"
    );
}

#[test]
fn all_forms_say_what_the_days_of_effect_rest_on() {
    let ordner = kopie("amtsblatt");
    let vorbehalt =
        "an welchem Wochentag das Amtsblatt erscheint und mit welchem Vorlauf, ist nicht angegeben";
    for form in ["text", "json", "sarif"] {
        let lauf = lauf(&ordner, &["check", VORGANG, "--format", form]);
        let alles = format!("{}{}", lauf.gesagt, lauf.geklagt);
        assert!(alles.contains(vorbehalt), "{form}");
    }
}
