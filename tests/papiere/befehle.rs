//! The program as its users call it: messages, exit codes, files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::fixture;

/// An empty folder for one test.
fn ordner(name: &str) -> PathBuf {
    let ordner = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&ordner);
    fs::create_dir_all(&ordner).unwrap();
    ordner
}

/// A copy of the fixtures in an empty folder.
pub(crate) fn kopie(name: &str) -> PathBuf {
    let ordner = ordner(name);
    kopiere(&fixture::ordner(), &ordner.join("fixtures"));
    ordner
}

fn kopiere(von: &Path, nach: &Path) {
    fs::create_dir_all(nach).unwrap();
    for eintrag in fs::read_dir(von).unwrap() {
        let eintrag = eintrag.unwrap();
        let ziel = nach.join(eintrag.file_name());
        if eintrag.path().is_dir() {
            kopiere(&eintrag.path(), &ziel);
        } else {
            fs::copy(eintrag.path(), ziel).unwrap();
        }
    }
}

pub(crate) fn drucksache(in_ordner: &Path, argumente: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_drucksache"))
        .args(argumente)
        .current_dir(in_ordner)
        .output()
        .unwrap()
}

pub(crate) fn gesagt(ausgabe: &Output) -> String {
    String::from_utf8(ausgabe.stdout.clone()).unwrap()
}

pub(crate) fn geklagt(ausgabe: &Output) -> String {
    String::from_utf8(ausgabe.stderr.clone()).unwrap()
}

#[test]
fn render_writes_markdown_and_pdf_and_says_so() {
    let ordner = kopie("render");
    let ausgabe = drucksache(&ordner, &["render", "fixtures/drucksache-215-21"]);
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    let (geschrieben, regeln) = gesagt(&ausgabe)
        .split_once('\n')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert_eq!(
        geschrieben,
        "ausgabe/drucksache-215-21: 12-0544-beschlussvorlage.md, 12-0544-beschlussvorlage.pdf, \
         215-21-beschlussvorlage.md, 215-21-beschlussvorlage.pdf, \
         vereinbarung-anlage-1-organisationskonzept.md, vereinbarung-anlage-1-organisationskonzept.pdf, \
         vereinbarung-anlage-2-kostenuebersicht.md, vereinbarung-anlage-2-kostenuebersicht.pdf, \
         vereinbarung-kosten-2022.svg, vereinbarung-kosten-jahre.svg, vereinbarung.md und vereinbarung.pdf geschrieben"
    );
    // How many there are is told by the golden of the rules.
    assert!(
        regeln.contains(" Warnungen")
            && regeln.ends_with(": drucksache check fixtures/drucksache-215-21\n"),
        "{regeln}"
    );
    let papiere = ordner.join("ausgabe/drucksache-215-21");
    assert!(
        fs::read(papiere.join("215-21-beschlussvorlage.pdf"))
            .unwrap()
            .starts_with(b"%PDF-1.7")
    );
    let dateien: Vec<_> = fs::read_dir(&papiere).unwrap().collect();
    assert_eq!(dateien.len(), 12);
}

#[test]
fn pdf_of_the_written_markdown_is_the_written_pdf() {
    let ordner = kopie("pdf-gleich");
    drucksache(&ordner, &["render", "fixtures/drucksache-215-21"]);
    let markdown = "ausgabe/drucksache-215-21/215-21-beschlussvorlage.md";
    let ausgabe = drucksache(&ordner, &["pdf", markdown, "-o", "druck"]);
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    let lies = |pfad: &str| fs::read(ordner.join(pfad)).unwrap();
    assert!(
        lies("druck/215-21-beschlussvorlage.pdf")
            == lies("ausgabe/drucksache-215-21/215-21-beschlussvorlage.pdf")
    );
}

#[test]
fn pdf_sets_ordinary_markdown() {
    let ordner = ordner("pdf-schlicht");
    fs::write(
        ordner.join("brief.md"),
        "# Ein Brief\n\nMit *Text* und [Verweis](https://example.org).\n",
    )
    .unwrap();
    let ausgabe = drucksache(&ordner, &["pdf", "brief.md"]);
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    assert!(ordner.join("brief.pdf").is_file());
}

#[test]
fn an_error_leaves_the_old_papers_and_writes_nothing_new() {
    let ordner = kopie("alt-bleibt");
    drucksache(&ordner, &["render", "fixtures/drucksache-215-21"]);
    let pfad = ordner.join("ausgabe/drucksache-215-21/215-21-beschlussvorlage.pdf");
    let vorher = fs::read(&pfad).unwrap();
    let yaml = ordner.join("fixtures/drucksache-215-21/drucksachen/215-21.yaml");
    let text = fs::read_to_string(&yaml).unwrap();
    fs::write(&yaml, text.replace("  nummer: 215/21", "  numer: 215/21")).unwrap();
    let ausgabe = drucksache(&ordner, &["render", "fixtures/drucksache-215-21"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert_eq!(gesagt(&ausgabe), "");
    let klage = geklagt(&ausgabe);
    assert!(
        klage.contains("fixtures/drucksache-215-21/drucksachen/215-21.yaml:3:3"),
        "{klage}"
    );
    assert!(klage.contains("meinten Sie „nummer“?"), "{klage}");
    assert!(
        klage.contains("1 Fehler; es wurde nichts geschrieben"),
        "{klage}"
    );
    assert_eq!(fs::read(&pfad).unwrap(), vorher);
}

#[test]
fn a_missing_folder_is_said_in_german() {
    let ausgabe = drucksache(&ordner("fehlt"), &["render", "gibt-es-nicht"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(
        geklagt(&ausgabe).contains("„gibt-es-nicht“ gibt es nicht"),
        "{}",
        geklagt(&ausgabe)
    );
}

#[test]
fn a_mistyped_option_is_said_in_german() {
    let ausgabe = drucksache(&ordner("option"), &["render", "--entwruf"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert_eq!(
        geklagt(&ausgabe),
        "Fehler: die Angabe „--entwruf“ kennt dieser Befehl nicht; meinten Sie „--entwurf“?\nHilfe: drucksache render --help\n"
    );
}

#[test]
fn a_file_in_the_place_of_the_output_folder_is_a_fault() {
    let ordner = kopie("datei-statt-ordner");
    fs::write(ordner.join("ausgabe"), "").unwrap();
    let ausgabe = drucksache(&ordner, &["render", "fixtures/drucksache-215-21"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(
        geklagt(&ausgabe).starts_with("Fehler: „ausgabe“ ist kein Ordner"),
        "{}",
        geklagt(&ausgabe)
    );
    assert_eq!(fs::read(ordner.join("ausgabe")).unwrap(), b"");
}

#[test]
fn check_says_what_the_rules_found_and_exits_0_without_an_error() {
    let ordner = kopie("check");
    let ausgabe = drucksache(&ordner, &["check", "fixtures/drucksache-215-21"]);
    assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
    assert!(
        gesagt(&ausgabe).contains("Warnung[haushaltsjahr-ohne-betrag]"),
        "{}",
        gesagt(&ausgabe)
    );
    assert!(
        gesagt(&ausgabe).contains(" Warnungen") && !gesagt(&ausgabe).contains(" Fehler,"),
        "{}",
        gesagt(&ausgabe)
    );
    let streng = drucksache(
        &ordner,
        &["check", "fixtures/drucksache-215-21", "--streng"],
    );
    assert_eq!(streng.status.code(), Some(1));
}

#[test]
fn golden_finds_a_changed_word_and_update_accepts_it() {
    let ordner = kopie("golden");
    let golden = |mehr: &[&str]| {
        let mut argumente = vec!["golden", "fixtures/drucksache-215-21"];
        argumente.extend(mehr);
        drucksache(&ordner, &argumente)
    };
    assert_eq!(golden(&[]).status.code(), Some(0));
    let texte = ordner.join("fixtures/drucksache-215-21/texte/anlass.md");
    let text = fs::read_to_string(&texte).unwrap();
    fs::write(&texte, text.replace("Bereits im Jahr 2012", "Im Jahr 2012")).unwrap();
    let ausgabe = golden(&[]);
    assert_eq!(ausgabe.status.code(), Some(1));
    let gesagt = gesagt(&ausgabe);
    assert!(
        gesagt.contains("[text]: Zahlen gleich, Text geändert: in Zeile"),
        "{gesagt}"
    );
    assert!(gesagt.contains("  +Im Jahr 2012"), "{gesagt}");
    assert_eq!(golden(&["--update"]).status.code(), Some(0));
    assert_eq!(golden(&[]).status.code(), Some(0));
}

#[test]
fn two_matters_of_one_name_do_not_overwrite_each_other() {
    let ordner = kopie("gleiche-namen");
    kopiere(
        &ordner.join("fixtures/minimal"),
        &ordner.join("andere/minimal"),
    );
    let ausgabe = drucksache(&ordner, &["render", "fixtures/minimal", "andere/minimal"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(
        geklagt(&ausgabe).contains("zwei Vorgänge heißen „minimal“"),
        "{}",
        geklagt(&ausgabe)
    );
    assert!(!ordner.join("ausgabe").exists());
}

#[test]
fn felder_lists_what_may_be_named_and_says_which_drucksachen_there_are() {
    let ordner = fixture::ordner();
    let liste = drucksache(
        &ordner,
        &[
            "felder",
            "drucksache-215-21",
            "--drucksache",
            "215/21",
            "--suche",
            "Kreisausschuss",
        ],
    );
    assert_eq!(liste.status.code(), Some(0), "{}", geklagt(&liste));
    assert_eq!(
        gesagt(&liste),
        "drucksache.beratungsfolge[].gremium  Kreisausschuss\n"
    );
    let keine = drucksache(
        &ordner,
        &["felder", "drucksache-215-21", "--drucksache", "9/99"],
    );
    assert_eq!(keine.status.code(), Some(2));
    assert!(
        geklagt(&keine).contains("es gibt 12/0544 und 215/21"),
        "{}",
        geklagt(&keine)
    );
}

#[test]
fn the_number_of_jobs_changes_neither_bytes_nor_the_order_of_messages() {
    let ordner = kopie("jobs");
    for name in ["a", "b", "c", "d", "e"] {
        kopiere(
            &ordner.join("fixtures/minimal"),
            &ordner.join("fixtures").join(name),
        );
    }
    // A matter that cannot be built stands in the middle, so that complaints have an order to keep.
    fs::write(ordner.join("fixtures/c/vorgang.yaml"), "nummer: [\n").unwrap();
    let mit = |jobs: &str| {
        let ausgabe = ordner.join(format!("mit-{jobs}"));
        let mut argumente = vec!["render", "--jobs", jobs, "-o", "ausgabe"];
        let vorgaenge = ["e", "a", "klima-check", "c", "d", "drucksache-215-21", "b"];
        let pfade = vorgaenge.map(|name| format!("fixtures/{name}"));
        argumente.extend(pfade.iter().map(String::as_str));
        let gelaufen = drucksache(&ordner, &argumente);
        assert_eq!(gelaufen.status.code(), Some(2), "{}", geklagt(&gelaufen));
        fs::rename(ordner.join("ausgabe"), &ausgabe).unwrap();
        (gesagt(&gelaufen), geklagt(&gelaufen), dateien(&ausgabe))
    };
    let (allein, zusammen) = (mit("1"), mit("4"));
    assert_eq!(allein.0, zusammen.0);
    assert_eq!(allein.1, zusammen.1);
    assert!(allein.0.starts_with("ausgabe/e: "), "{}", allein.0);
    assert!(allein.2.len() > 20 && allein.2 == zusammen.2);
}

/// All files below a folder by their path there.
fn dateien(ordner: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut gefunden = BTreeMap::new();
    let mut offen = vec![ordner.to_owned()];
    while let Some(hier) = offen.pop() {
        for eintrag in fs::read_dir(hier).unwrap() {
            let pfad = eintrag.unwrap().path();
            if pfad.is_dir() {
                offen.push(pfad);
            } else {
                let name = pfad.strip_prefix(ordner).unwrap().to_owned();
                gefunden.insert(name, fs::read(&pfad).unwrap());
            }
        }
    }
    gefunden
}

#[test]
fn a_review_copy_stands_beside_the_clean_paper_and_leaves_it_as_it_is() {
    let ordner = kopie("pruefexemplar");
    let rein = drucksache(&ordner, &["render", "fixtures/minimal", "-o", "rein"]);
    assert_eq!(rein.status.code(), Some(0), "{}", geklagt(&rein));
    // Both spellings, and the folder's way in the call leaves no trace in the file.
    let exemplar = |in_ordner: &Path, argumente: &[&str]| {
        let ausgabe = drucksache(in_ordner, argumente);
        assert_eq!(ausgabe.status.code(), Some(0), "{}", geklagt(&ausgabe));
        gesagt(&ausgabe)
    };
    let gesagt = exemplar(&ordner, &["render", "fixtures/minimal", "--prüfexemplar"]);
    assert!(
        gesagt.contains("88-26-beschlussvorlage-pruefexemplar.pdf"),
        "{gesagt}"
    );
    exemplar(
        &ordner.join("fixtures/minimal"),
        &["render", "--pruefexemplar", "-o", "../../anders"],
    );
    let lies = |pfad: &str| fs::read(ordner.join(pfad)).unwrap();
    for name in ["88-26-beschlussvorlage.pdf", "88-26-beschlussvorlage.md"] {
        assert_eq!(
            lies(&format!("rein/minimal/{name}")),
            lies(&format!("ausgabe/minimal/{name}")),
            "{name}"
        );
    }
    let eigenes = lies("ausgabe/minimal/88-26-beschlussvorlage-pruefexemplar.pdf");
    assert_ne!(eigenes, lies("rein/minimal/88-26-beschlussvorlage.pdf"));
    assert_eq!(
        eigenes,
        lies("anders/minimal/88-26-beschlussvorlage-pruefexemplar.pdf")
    );
    assert!(
        !ordner
            .join("rein/minimal/88-26-beschlussvorlage-pruefexemplar.pdf")
            .exists()
    );
    // The copies are no papers: golden files know nothing of them.
    let golden = drucksache(&ordner, &["golden", "fixtures/minimal"]);
    assert_eq!(golden.status.code(), Some(0), "{}", geklagt(&golden));
}

#[test]
fn a_call_for_a_review_copy_that_makes_no_sense_is_said() {
    let ordner = kopie("pruefexemplar-falsch");
    for (argumente, wort) in [
        (["--prüfexemplar", "--stand=31.02.2026"], "31.02.2026"),
        (["--prüfexemplar", "--stand=gestern"], "kein Datum"),
        (["--prüfexemplar", "--format=md"], "nur als PDF"),
        (["--stand=01.03.2026", "--format=pdf"], "--prüfexemplar"),
        (["--zeilen=durchgehend", "--format=pdf"], "--prüfexemplar"),
    ] {
        let mut alle = vec!["render", "fixtures/minimal"];
        alle.extend(argumente);
        let ausgabe = drucksache(&ordner, &alle);
        assert_eq!(ausgabe.status.code(), Some(2), "{argumente:?}");
        let geklagt = geklagt(&ausgabe);
        assert!(geklagt.contains(wort), "{argumente:?}: {geklagt}");
        assert!(!ordner.join("ausgabe").exists(), "{argumente:?}");
    }
    // A matter that cannot be built gets no copy either.
    let vorgang = ordner.join("fixtures/minimal/vorgang.yaml");
    let text = fs::read_to_string(&vorgang).unwrap();
    fs::write(&vorgang, text.replace("nummer:", "numer:")).unwrap();
    let ausgabe = drucksache(&ordner, &["render", "fixtures/minimal", "--prüfexemplar"]);
    assert_eq!(ausgabe.status.code(), Some(2));
    assert!(geklagt(&ausgabe).contains("es wurde nichts geschrieben"));
    assert!(!ordner.join("ausgabe").exists());
}
