//! The file of waivers as tired people leave it: broken, misplaced, misnamed, outdated; and what the commands say to it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::befehle::{Lauf, REGEL, STELLE, VORGANG, kopie, lauf, vermerken};

/// Writes the file of waivers.
fn schreibe_vermerke(ordner: &Path, inhalt: impl AsRef<[u8]>) -> PathBuf {
    let pfad = ordner.join(VORGANG).join("vermerke.yaml");
    fs::write(&pfad, inhalt).unwrap();
    pfad
}

#[track_caller]
fn sagt(lauf: &Lauf, satz: &str) {
    assert!(lauf.gesagt.contains(satz), "{satz}: {}", lauf.gesagt);
}

/// Waivers that nobody can read, by what is wrong with them and what the check says of it.
const UNLESBARE: [(&str, &[u8], &str); 5] = [
    ("kaputt", b"vermerke: [\n", "Fehler[yaml-syntax]"),
    (
        "latin1",
        b"vermerke:\n  - grund: sp\xE4ter\n",
        "in Zeile 2, Spalte 14 steht das Byte E4",
    ),
    ("nullbyte", b"vermerke:\n\0\0\0\n", "Fehler[kodierung]"),
    ("word", b"PK\x03\x04 und mehr", "Fehler[kodierung]"),
    ("form", b"- regel: x\n", "Fehler["),
];

#[test]
fn waivers_that_do_not_parse_are_an_error_of_the_check_and_keep_no_paper_back() {
    for (name, inhalt, satz) in UNLESBARE {
        let ordner = kopie(&format!("kaputt-{name}"));
        schreibe_vermerke(&ordner, inhalt);
        let check = lauf(&ordner, &["check", VORGANG]);
        assert_eq!((check.ausgang, check.geklagt.as_str()), (1, ""), "{name}");
        sagt(&check, satz);
        sagt(&check, REGEL);
        assert_eq!(
            check.gesagt.matches("Fehler[").count(),
            1,
            "{}",
            check.gesagt
        );
        assert_eq!(lauf(&ordner, &["render", VORGANG]).ausgang, 0, "{name}");
    }
}

#[test]
fn nothing_is_added_to_waivers_that_are_at_fault() {
    for (name, inhalt, satz) in UNLESBARE {
        let ordner = kopie(&format!("ergaenzt-{name}"));
        let pfad = schreibe_vermerke(&ordner, inhalt);
        let lauf = vermerken(&ordner, REGEL, STELLE);
        assert_eq!((lauf.ausgang, lauf.gesagt.as_str()), (2, ""), "{name}");
        assert!(lauf.geklagt.contains(satz), "{}", lauf.geklagt);
        assert!(
            lauf.geklagt.ends_with("es wurde nichts vermerkt\n"),
            "{}",
            lauf.geklagt
        );
        assert_eq!(fs::read(&pfad).unwrap(), inhalt, "{name}");
    }
}

#[test]
fn a_folder_in_the_place_of_the_waivers_keeps_no_paper_back() {
    let ordner = kopie("ordner-als-vermerke");
    fs::create_dir(ordner.join(VORGANG).join("vermerke.yaml")).unwrap();
    let check = lauf(&ordner, &["check", VORGANG]);
    assert_eq!(check.ausgang, 1);
    sagt(&check, "ist ein Ordner; solange gilt kein Vermerk");
    assert_eq!(lauf(&ordner, &["render", VORGANG]).ausgang, 0);
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 2);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_in_the_place_of_the_waivers_keeps_no_paper_back() {
    let ordner = kopie("verweis-als-vermerke");
    let pfad = ordner.join(VORGANG).join("vermerke.yaml");
    std::os::unix::fs::symlink("gibt-es-nicht.yaml", pfad).unwrap();
    let check = lauf(&ordner, &["check", VORGANG]);
    assert_eq!(check.ausgang, 1);
    sagt(&check, "[verweis-ins-leere]");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 2);
}

#[test]
fn waivers_in_a_file_where_nobody_looks_are_told() {
    for name in [
        "vermerke.yml",
        "vermerke.yaml.txt",
        "drucksachen/Vermerke.yaml",
    ] {
        let ordner = kopie(&format!("verlegt-{}", name.replace('/', "-")));
        fs::write(ordner.join(VORGANG).join(name), "vermerke:\n").unwrap();
        let check = lauf(&ordner, &["check", VORGANG]);
        assert_eq!(check.ausgang, 1, "{}", check.geklagt);
        sagt(&check, "Fehler[vermerke-falscher-ort]");
        assert_eq!(lauf(&ordner, &["render", VORGANG]).ausgang, 0);
    }
}

#[test]
fn an_empty_file_of_waivers_is_told_and_filled() {
    let ordner = kopie("leere-vermerke");
    let pfad = schreibe_vermerke(&ordner, "");
    let check = lauf(&ordner, &["check", VORGANG]);
    assert_eq!(check.ausgang, 0);
    sagt(&check, "Hinweis[vermerke-leer]");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    assert!(fs::read_to_string(pfad).unwrap().contains(REGEL));
}

#[test]
fn a_faulty_waiver_leaves_the_others_in_force() {
    let ordner = kopie("einer-kaputt");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let pfad = ordner.join(VORGANG).join("vermerke.yaml");
    let heil = fs::read_to_string(&pfad).unwrap();
    for kaputt in [
        "  - regel: x\n",
        "  - regel: x\n    regel: y\n",
        "  - 'offen\n",
    ] {
        fs::write(&pfad, format!("{heil}{kaputt}")).unwrap();
        let check = lauf(&ordner, &["check", VORGANG]);
        assert_eq!(check.ausgang, 1, "{kaputt}");
        assert!(
            check.gesagt.contains("= Vermerk: so gewollt (M. B.)"),
            "{kaputt}: {}",
            check.gesagt
        );
    }
}

#[test]
fn line_ends_and_mark_of_windows_stay_in_the_file() {
    let ordner = kopie("windows");
    let kopf = "\u{feff}# von Hand\r\nvermerke:\r\n";
    let pfad = schreibe_vermerke(&ordner, kopf);
    let geschrieben = vermerken(&ordner, REGEL, STELLE);
    assert_eq!(geschrieben.ausgang, 0, "{}", geschrieben.geklagt);
    let danach = fs::read_to_string(pfad).unwrap();
    assert!(danach.starts_with(kopf), "{danach}");
    assert_eq!(danach.matches('\n').count(), danach.matches("\r\n").count());
    let check = lauf(&ordner, &["check", VORGANG]);
    sagt(&check, "so gewollt (M. B.)");
}

#[test]
fn a_renamed_file_says_where_the_finding_now_stands() {
    let ordner = kopie("umbenannt");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let vorlagen = ordner.join(VORGANG).join("drucksachen");
    fs::rename(vorlagen.join("215-21.yaml"), vorlagen.join("neu.yaml")).unwrap();
    let check = lauf(&ordner, &["check", VORGANG]);
    assert!(
        check.gesagt.contains("[vermerk-alte-stelle]")
            && check.gesagt.contains(
                "unter `stelle` eintragen: „drucksachen/neu.yaml#drucksache.haushalt.haushaltsjahr“"
            ),
        "{}",
        check.gesagt
    );
}

#[test]
fn a_step_that_got_a_day_says_how_its_waiver_is_renewed() {
    let ordner = kopie("tag-dazu");
    let weg = |schritt: &str| {
        format!("drucksachen/12-0544.yaml#drucksache.beratungsfolge[{schritt}].beschlussstatus")
    };
    let geschrieben = vermerken(&ordner, "beschluss-fehlt", &weg("Rat"));
    assert_eq!(geschrieben.ausgang, 0, "{}", geschrieben.geklagt);
    let pfad = ordner.join(VORGANG).join("drucksachen/12-0544.yaml");
    let yaml = fs::read_to_string(&pfad).unwrap();
    let mit_tag = yaml.replace(
        "gremium: Rat, ",
        "gremium: Rat, sitzungsdatum: 14.12.2021, ",
    );
    assert_ne!(mit_tag, yaml);
    fs::write(&pfad, mit_tag).unwrap();
    let check = lauf(&ordner, &["check", VORGANG]);
    let rat = format!("unter `stelle` eintragen: „{}“", weg("Rat 14.12.2021"));
    sagt(&check, &rat);
}

#[test]
fn a_day_is_no_name_of_who_accepts() {
    let ordner = kopie("tag-statt-name");
    let argumente = [
        "vermerken",
        REGEL,
        "--stelle",
        STELLE,
        "--grund",
        "so gewollt",
        "--name",
        "12.11.2021",
        VORGANG,
    ];
    let lauf = lauf(&ordner, &argumente);
    assert_eq!(lauf.ausgang, 2);
    assert!(
        lauf.geklagt.contains("--name braucht Worte"),
        "{}",
        lauf.geklagt
    );
}

#[test]
fn a_renewed_waiver_replaces_the_one_that_ended() {
    let ordner = kopie("erneuert");
    let pfad = schreibe_vermerke(&ordner, "vermerke: []\n");
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let vorlage = ordner.join(VORGANG).join("drucksachen/215-21.yaml");
    let yaml = fs::read_to_string(&vorlage).unwrap();
    let neu = yaml.replace("haushaltsjahr: 2021ff.", "haushaltsjahr: 2022");
    assert_ne!(neu, yaml);
    fs::write(&vorlage, neu).unwrap();
    let check = lauf(&ordner, &["check", VORGANG]);
    let geaendert =
        "seither geändert: der Wortlaut des Befundes und der Text oder die Angabe an dieser Stelle";
    sagt(&check, geaendert);
    assert_eq!(vermerken(&ordner, REGEL, STELLE).ausgang, 0);
    let danach = fs::read_to_string(pfad).unwrap();
    assert_eq!(danach.matches("- regel:").count(), 1, "{danach}");
    let check = lauf(&ordner, &["check", VORGANG]);
    assert!(!check.gesagt.contains("[vermerk-"), "{}", check.gesagt);
}
