//! Golden files when something is wrong with them or goes wrong while they are written.

use std::fs;
use std::path::Path;

use crate::programm::{Gelaufen, KLEINSTER, dateien, drucksache, mit_vorgang, schreibe};

const MD: &str = "88-26-beschlussvorlage.md";

fn golden(ordner: &Path, mehr: &[&str]) -> Gelaufen {
    let mut argumente = vec!["golden", "vorgang"];
    argumente.extend(mehr);
    drucksache(ordner, &argumente)
}

/// A folder with the smallest matter and its golden files.
fn mit_golden(name: &str) -> std::path::PathBuf {
    let ordner = mit_vorgang(name);
    assert_eq!(golden(&ordner, &["--update"]).rueckgabe, 0);
    ordner
}

fn aendere(ordner: &Path) {
    let text = KLEINSTER.replace("Neue Bänke", "Neue Bäume");
    schreibe(ordner, "vorgang/drucksache.yaml", text);
}

/// Changes the bytes of all golden files.
fn wandle(ordner: &Path, um: impl Fn(String) -> String) {
    for (name, bytes) in dateien(&ordner.join("vorgang/golden")) {
        let text = um(String::from_utf8(bytes).unwrap());
        schreibe(ordner, &format!("vorgang/golden/{name}"), text);
    }
}

#[test]
fn without_golden_files_it_is_said_how_to_make_them() {
    let ordner = mit_vorgang("golden-keine");
    let lauf = golden(&ordner, &[]);
    assert_eq!(
        (lauf.rueckgabe, lauf.gesagt.as_str(), lauf.geklagt.as_str()),
        (
            1,
            "vorgang [zahlen]: es gibt noch keine Golden-Dateien\n\
             vorgang: 1 Papier ohne Golden-Dateien; anlegen mit drucksache golden vorgang --update\n",
            ""
        )
    );
    assert!(!ordner.join("vorgang/golden").exists());
}

#[test]
fn what_a_killed_run_left_is_cleared_even_where_nothing_changed() {
    let ordner = mit_golden("golden-rest");
    let rest = ordner.join(format!("vorgang/golden/.{MD}.1.neu"));
    fs::write(&rest, "halb").unwrap();
    assert_eq!(golden(&ordner, &["--update"]).rueckgabe, 0);
    assert!(!rest.exists());
}

#[test]
fn line_ends_of_windows_are_the_same_text_and_a_hint() {
    let ordner = mit_golden("golden-crlf");
    wandle(&ordner, |text| text.replace('\n', "\r\n"));
    let lauf = golden(&ordner, &[]);
    assert_eq!(lauf.rueckgabe, 0, "{}", lauf.gesagt);
    assert!(
        lauf.geklagt
            .contains("5 Golden-Dateien haben Windows-Zeilenenden, wohl durch die Git-Einstellung core.autocrlf"),
        "{}",
        lauf.geklagt
    );
}

#[test]
fn broken_golden_files_are_named_with_what_is_wrong() {
    let ordner = mit_golden("golden-defekt");
    schreibe(&ordner, "vorgang/golden/zahlen.json", "{ \"schema\": ");
    schreibe(
        &ordner,
        format!("vorgang/golden/{MD}").as_str(),
        b"\xff\xfe",
    );
    let lauf = golden(&ordner, &[]);
    assert_eq!(lauf.rueckgabe, 1);
    for teil in [
        "vorgang [zahlen]: „zahlen.json“ ist nicht zu vergleichen: kein gültiges JSON in Zeile 1, Spalte 12\n",
        "[text]: „88-26-beschlussvorlage.md“ ist nicht zu vergleichen: die Datei ist kein gültiger Text in UTF-8; \
         Struktur, Seiten und Bytes gleich\n",
    ] {
        assert!(lauf.gesagt.contains(teil), "{}", lauf.gesagt);
    }
    assert_eq!(golden(&ordner, &["--update"]).rueckgabe, 0);
    assert_eq!(golden(&ordner, &[]).rueckgabe, 0);
}

#[test]
fn a_conflict_of_git_is_recognised() {
    let ordner = mit_golden("golden-konflikt");
    wandle(&ordner, |text| {
        format!("<<<<<<< HEAD\n{text}=======\nanders\n>>>>>>> zweig\n")
    });
    let lauf = golden(&ordner, &[]);
    assert_eq!(lauf.rueckgabe, 1);
    assert!(
        lauf.gesagt.contains("in Zeile 1 steht ein Konflikt"),
        "{}",
        lauf.gesagt
    );
}

#[test]
fn golden_files_of_the_old_form_are_completed() {
    let ordner = mit_golden("golden-alt");
    for endung in ["seiten.txt", "struktur.txt"] {
        fs::remove_file(ordner.join(format!("vorgang/golden/88-26-beschlussvorlage.{endung}")))
            .unwrap();
    }
    fs::remove_file(ordner.join("vorgang/golden/zahlen.json")).unwrap();
    let lauf = golden(&ordner, &[]);
    assert_eq!(lauf.rueckgabe, 0);
    assert!(
        lauf.geklagt
            .contains("haben die alte Form: die Ebenen zahlen, struktur und seiten fehlen"),
        "{}",
        lauf.geklagt
    );
    let lauf = golden(&ordner, &["--update"]);
    assert!(
        lauf.gesagt
            .ends_with("3 Golden-Dateien von 5 geschrieben\n"),
        "{}",
        lauf.gesagt
    );
    assert_eq!(golden(&ordner, &[]).geklagt, "");
}

#[test]
fn stale_golden_files_are_reported_and_removed_but_nobody_else_s() {
    let ordner = mit_golden("golden-veraltet");
    for fremd in ["LIESMICH.md", "notiz.txt", "alt.pdf"] {
        schreibe(&ordner, &format!("vorgang/golden/{fremd}"), fremd);
    }
    schreibe(
        &ordner,
        "vorgang/drucksache.yaml",
        KLEINSTER.replace("88/26", "89/26"),
    );
    let lauf = golden(&ordner, &[]);
    assert_eq!(lauf.rueckgabe, 1);
    assert!(
        lauf.gesagt.contains(
            "veraltet: 88-26-beschlussvorlage.md, 88-26-beschlussvorlage.struktur.txt, 88-26-beschlussvorlage.seiten.txt;"
        ),
        "{}",
        lauf.gesagt
    );
    assert!(
        lauf.geklagt
            .contains("„LIESMICH.md“ gehört zu keinem Papier")
    );
    let lauf = golden(&ordner, &["--update"]);
    assert_eq!(lauf.rueckgabe, 0);
    let namen: Vec<_> = dateien(&ordner.join("vorgang/golden"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        namen,
        [
            "89-26-beschlussvorlage.md",
            "89-26-beschlussvorlage.seiten.txt",
            "89-26-beschlussvorlage.struktur.txt",
            "LIESMICH.md",
            "alt.pdf",
            "bytes.sha256",
            "notiz.txt",
            "zahlen.json"
        ]
    );
}

#[test]
fn a_file_in_the_place_of_the_folder_is_said() {
    let ordner = mit_vorgang("golden-datei");
    schreibe(&ordner, "vorgang/golden", "wichtig");
    for mehr in [&[][..], &["--update"]] {
        let lauf = golden(&ordner, mehr);
        assert_eq!(lauf.rueckgabe, 2);
        assert!(
            lauf.geklagt
                .starts_with("Fehler[golden-nicht-lesbar]: „vorgang/golden“ ist kein Ordner\n"),
            "{}",
            lauf.geklagt
        );
    }
    assert_eq!(fs::read(ordner.join("vorgang/golden")).unwrap(), b"wichtig");
}

#[test]
fn a_folder_in_the_place_of_a_golden_file_is_said_and_all_stay() {
    let ordner = mit_golden("golden-ordner");
    aendere(&ordner);
    let pfad = ordner.join("vorgang/golden").join(MD);
    fs::remove_file(&pfad).unwrap();
    fs::create_dir(&pfad).unwrap();
    let vorher = dateien(&ordner.join("vorgang/golden"));
    let lauf = golden(&ordner, &["--update"]);
    assert_eq!(lauf.rueckgabe, 2);
    assert!(lauf.geklagt.contains("ist ein Ordner"), "{}", lauf.geklagt);
    assert_eq!(dateien(&ordner.join("vorgang/golden")), vorher);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_link_in_the_place_of_a_golden_file_is_replaced_and_neither_read_nor_written_through() {
        let ordner = mit_golden("golden-verweis");
        let pfad = ordner.join("vorgang/golden").join(MD);
        fs::rename(&pfad, ordner.join("fremd.md")).unwrap();
        symlink(ordner.join("fremd.md"), &pfad).unwrap();
        let fremd = "Geheim.\n";
        schreibe(&ordner, "fremd.md", fremd);
        let lauf = golden(&ordner, &[]);
        assert_eq!(lauf.rueckgabe, 1);
        assert!(
            lauf.geklagt
                .contains(&format!("„{MD}“ ist eine Verknüpfung")),
            "{}",
            lauf.geklagt
        );
        assert!(!lauf.gesagt.contains("Geheim"), "{}", lauf.gesagt);
        aendere(&ordner);
        assert_eq!(golden(&ordner, &["--update"]).rueckgabe, 0);
        assert!(fs::symlink_metadata(&pfad).unwrap().is_file());
        assert_eq!(fs::read_to_string(ordner.join("fremd.md")).unwrap(), fremd);
    }

    #[test]
    fn a_link_into_nowhere_in_the_place_of_the_folder_is_said() {
        let ordner = mit_vorgang("golden-ins-leere");
        symlink(ordner.join("nirgends"), ordner.join("vorgang/golden")).unwrap();
        let lauf = golden(&ordner, &["--update"]);
        assert_eq!(lauf.rueckgabe, 2);
        assert!(
            lauf.geklagt.contains("„vorgang/golden“ gibt es nicht"),
            "{}",
            lauf.geklagt
        );
    }

    #[test]
    fn a_full_quota_keeps_the_old_golden_files() {
        let ordner = mit_golden("golden-kontingent");
        let vorher = dateien(&ordner.join("vorgang/golden"));
        schreibe(
            &ordner,
            "vorgang/drucksache.yaml",
            format!("{KLEINSTER}{}", "  Und mehr.\n".repeat(300)),
        );
        let skript = format!(
            "trap '' XFSZ; ulimit -f 1; exec '{}' golden vorgang --update",
            env!("CARGO_BIN_EXE_drucksache")
        );
        let lauf = Command::new("sh")
            .args(["-c", &skript])
            .current_dir(&ordner)
            .output()
            .unwrap();
        let lauf = Gelaufen::aus(&lauf);
        assert_eq!(lauf.rueckgabe, 2, "{}", lauf.gesagt);
        assert!(
            lauf.geklagt
                .contains("Fehler[golden-nicht-schreibbar]: „vorgang/golden/"),
            "{}",
            lauf.geklagt
        );
        assert!(
            lauf.geklagt
                .contains("passt nicht mehr auf den Datenträger")
        );
        assert_eq!(dateien(&ordner.join("vorgang/golden")), vorher);
    }
}
