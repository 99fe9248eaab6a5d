//! What helps a clerk to begin: a new matter, the schema, findings for the editor, completions, the man page.

use serde_json::Value;

use crate::programm::{KLEINSTER, dateien, drucksache, mit_vorgang, namen, ordner, schreibe};

fn neuer_vorgang_ist_sauber(name: &str, vorlage: &[&str], papiere: &[&str]) {
    let ordner = ordner(name);
    let mut argumente = vec!["new", "mein/vorgang"];
    argumente.extend(vorlage);
    let neu = drucksache(&ordner, &argumente);
    assert_eq!((neu.rueckgabe, neu.geklagt.as_str()), (0, ""));
    assert!(
        neu.gesagt
            .ends_with("Weiter mit: drucksache render mein/vorgang\n"),
        "{}",
        neu.gesagt
    );
    let render = drucksache(&ordner, &["render", "mein/vorgang"]);
    assert_eq!((render.rueckgabe, render.geklagt.as_str()), (0, ""));
    let dateien: Vec<_> = papiere
        .iter()
        .flat_map(|papier| ["md", "pdf"].map(|endung| format!("vorgang/{papier}.{endung}")))
        .collect();
    // Charts stand beside the papers that show them.
    let mut geschrieben = namen(&ordner.join("ausgabe"));
    geschrieben.retain(|name| !name.ends_with(".svg"));
    assert_eq!(geschrieben, dateien);
    let check = drucksache(&ordner, &["check", "mein/vorgang", "--format", "json"]);
    let bericht: Value = serde_json::from_str(&check.gesagt).unwrap();
    let summe = &bericht["vorgaenge"][0]["summe"];
    assert_eq!(
        (&summe["fehler"], &summe["warnungen"]),
        (&0.into(), &0.into()),
        "{}",
        check.gesagt
    );
}

#[test]
fn a_new_matter_renders_and_checks_clean() {
    neuer_vorgang_ist_sauber("neu", &[], &["1-26-beschlussvorlage"]);
}

#[test]
fn a_new_matter_with_an_agreement_renders_and_checks_clean() {
    neuer_vorgang_ist_sauber(
        "neu-vereinbarung",
        &["--vorlage", "vereinbarung"],
        &[
            "1-26-beschlussvorlage",
            "vereinbarung-anlage-1-organisationskonzept",
            "vereinbarung-anlage-2-kostenuebersicht",
            "vereinbarung",
        ],
    );
}

#[test]
fn a_new_matter_uses_the_base_data_that_are_there() {
    let ordner = ordner("neu-stammdaten");
    schreibe(
        &ordner,
        "stammdaten/a.yaml",
        "körperschaften:\n  stadt-a:\n    name: A\n    gattung: Stadt\n",
    );
    drucksache(&ordner, &["new", "vorgang"]);
    assert!(!ordner.join("vorgang/stammdaten").exists());
    assert_eq!(drucksache(&ordner, &["render", "vorgang"]).rueckgabe, 0);
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let ordner = ordner("neu-belegt");
    schreibe(&ordner, "vorgang/notizen.txt", "wichtig");
    let neu = drucksache(&ordner, &["new", "vorgang"]);
    assert_eq!(neu.rueckgabe, 2);
    assert_eq!(
        neu.geklagt,
        "Fehler: „vorgang“ ist nicht leer; einen neuen Ordner angeben, damit nichts verloren geht\n"
    );
    assert_eq!(
        dateien(&ordner),
        [("vorgang/notizen.txt".to_owned(), b"wichtig".to_vec())]
    );
}

#[test]
fn the_files_of_a_new_matter_satisfy_the_schema_that_comes_with_them() {
    let ordner = ordner("neu-schema");
    drucksache(&ordner, &["new", "v"]);
    let schema = drucksache(&ordner, &["schema"]);
    assert_eq!(
        std::fs::read_to_string(ordner.join("v/.schema/vorgang.json")).unwrap(),
        schema.gesagt
    );
    let schema = drucksache(&ordner, &["schema", "--stammdaten"]);
    assert_eq!(
        std::fs::read_to_string(ordner.join("v/.schema/stammdaten.json")).unwrap(),
        schema.gesagt
    );
}

#[test]
fn findings_of_a_matter_that_cannot_be_built_are_json_too() {
    let ordner = mit_vorgang("json");
    schreibe(
        &ordner,
        "vorgang/drucksache.yaml",
        KLEINSTER.replace("titel:", "tittel:"),
    );
    let check = drucksache(&ordner, &["check", "vorgang", "--format", "json"]);
    assert_eq!((check.rueckgabe, check.geklagt.as_str()), (2, ""));
    let bericht: Value = serde_json::from_str(&check.gesagt).unwrap();
    assert_eq!(bericht["schema"], "drucksache.befunde/1");
    let vorgang = &bericht["vorgaenge"][0];
    assert_eq!(vorgang["gebaut"], false);
    let befund = &vorgang["befunde"][0];
    assert_eq!(befund["abhilfe"], "meinten Sie „titel“?");
    assert_eq!(befund["stelle"]["datei"], "vorgang/drucksache.yaml");
    assert_eq!(befund["stelle"]["von"]["zeile"], 2);
}

#[test]
fn findings_become_annotations_for_github() {
    let ordner = mit_vorgang("github");
    schreibe(
        &ordner,
        "vorgang/drucksache.yaml",
        KLEINSTER.replace("17.03.2026", "31.02.2026"),
    );
    let check = drucksache(&ordner, &["check", "vorgang", "--format", "github"]);
    assert_eq!(
        check.gesagt,
        "::error title=ungueltiger-wert,file=vorgang/drucksache.yaml,line=4,endLine=4,col=8,endColumn=18::\
         den 31.02.2026 gibt es nicht; der Februar 2026 hat 28 Tage%0AAbhilfe: den Tag prüfen\n"
    );
}

#[test]
fn completions_know_all_commands() {
    let ordner = ordner("ergaenzen");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let skript = drucksache(&ordner, &["vervollstaendigung", shell]);
        assert_eq!(skript.rueckgabe, 0);
        for befehl in ["render", "check", "golden", "schema", "handbuchseite"] {
            assert!(skript.gesagt.contains(befehl), "{befehl} in {shell}");
        }
    }
    let unbekannt = drucksache(&ordner, &["vervollstaendigung", "tcsh"]);
    assert_eq!(
        unbekannt.geklagt,
        "Fehler: „tcsh“ ist kein Wert für „<SHELL>“; meinten Sie „zsh“?\nHilfe: drucksache vervollstaendigung --help\n"
    );
}

#[test]
fn the_man_page_is_german() {
    let seite = drucksache(&ordner("man"), &["handbuchseite"]).gesagt;
    for kopf in [
        ".SH BEZEICHNUNG",
        ".SH ÜBERSICHT",
        ".SH BEFEHLE",
        ".SH RÜCKGABEWERTE",
    ] {
        assert!(seite.contains(kopf), "{kopf}");
    }
}
