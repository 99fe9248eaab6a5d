//! Nothing half, nothing lost: what stands in the output folder when something goes wrong.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::programm::{
    Gelaufen, KLEINSTER, aufruf, dateien, drucksache, mit_vorgang, namen, schreibe,
};

const MD: &str = "88-26-beschlussvorlage.md";
const PDF: &str = "88-26-beschlussvorlage.pdf";

fn render(ordner: &Path) -> Gelaufen {
    drucksache(ordner, &["render", "vorgang"])
}

/// Changes the title, so that the papers would become others.
fn aendere(ordner: &Path) {
    let text = KLEINSTER.replace("Neue Bänke", "Neue Bäume");
    schreibe(ordner, "vorgang/drucksache.yaml", text);
}

#[test]
fn a_matter_that_cannot_be_built_leaves_the_old_papers() {
    let ordner = mit_vorgang("alte-papiere");
    assert_eq!(render(&ordner).rueckgabe, 0);
    let vorher = dateien(&ordner.join("ausgabe"));
    schreibe(&ordner, "vorgang/drucksache.yaml", "nummer: 88/26\n");
    assert_eq!(render(&ordner).rueckgabe, 2);
    assert_eq!(dateien(&ordner.join("ausgabe")), vorher);
}

#[test]
fn only_own_files_are_touched() {
    let ordner = mit_vorgang("fremde-dateien");
    for fremd in [
        "notiz.txt",
        "88-26-beschlussvorlage.docx",
        ".versteckt",
        ".md.1.neu",
        "alt.pdf",
    ] {
        schreibe(&ordner, &format!("ausgabe/vorgang/{fremd}"), fremd);
    }
    let vorher = dateien(&ordner.join("ausgabe"));
    assert_eq!(render(&ordner).rueckgabe, 0);
    let mut nachher = dateien(&ordner.join("ausgabe"));
    nachher.retain(|(name, _)| !name.ends_with(MD) && !name.ends_with(PDF));
    assert_eq!(nachher, vorher);
}

#[test]
fn a_file_in_the_place_of_a_folder_stays_a_file() {
    let ordner = mit_vorgang("datei-im-weg");
    schreibe(&ordner, "ausgabe", "wichtig");
    let lauf = render(&ordner);
    assert_eq!(
        (lauf.rueckgabe, lauf.geklagt.as_str()),
        (2, "Fehler: „ausgabe“ ist kein Ordner\n")
    );
    assert_eq!(
        fs::read_to_string(ordner.join("ausgabe")).unwrap(),
        "wichtig"
    );
}

#[test]
fn a_folder_in_the_place_of_a_file_keeps_all_old_papers() {
    let ordner = mit_vorgang("ordner-im-weg");
    schreibe(&ordner, &format!("ausgabe/vorgang/{MD}"), "alt");
    schreibe(
        &ordner,
        &format!("ausgabe/vorgang/{PDF}/notiz.txt"),
        "wichtig",
    );
    let vorher = dateien(&ordner.join("ausgabe"));
    let lauf = render(&ordner);
    assert_eq!(
        (lauf.rueckgabe, lauf.geklagt),
        (
            2,
            format!("Fehler: „ausgabe/vorgang/{PDF}“ ist ein Ordner\n")
        )
    );
    assert_eq!(dateien(&ordner.join("ausgabe")), vorher);
}

#[cfg(unix)]
mod unix {
    #![expect(clippy::print_stderr, reason = "a test that cannot run here says so")]

    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// Whether this is the administrator, whom no permission stops.
    fn ist_root() -> bool {
        let ausgabe = Command::new("id").arg("-u").output().unwrap();
        ausgabe.stdout == b"0\n"
    }

    /// Runs `render` as somebody whom permissions stop: the administrator becomes „nobody“ for it. `None`, said plainly,
    /// where that is not possible.
    fn als_niemand(ordner: &Path) -> Option<Gelaufen> {
        if !ist_root() {
            return Some(render(ordner));
        }
        let niemand = |befehl: &[&str]| {
            Command::new("setpriv")
                .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .args(befehl)
                .current_dir(ordner)
                .output()
        };
        let programm = env!("CARGO_BIN_EXE_drucksache");
        let geht = niemand(&[programm, "--version"]).is_ok_and(|lauf| lauf.status.success());
        if !geht {
            eprintln!(
                "übersprungen: als Administrator lässt sich hier kein anderer Benutzer annehmen"
            );
            return None;
        }
        let lauf = niemand(&[programm, "render", "vorgang"]).unwrap();
        Some(Gelaufen::aus(&lauf))
    }

    #[test]
    fn a_read_only_folder_is_said_and_keeps_the_old_papers() {
        let ordner = mit_vorgang("schreibgeschuetzt");
        render(&ordner);
        let ziel = ordner.join("ausgabe/vorgang");
        let vorher = dateien(&ziel);
        fs::set_permissions(&ziel, fs::Permissions::from_mode(0o555)).unwrap();
        aendere(&ordner);
        let lauf = als_niemand(&ordner);
        fs::set_permissions(&ziel, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(dateien(&ziel), vorher);
        if let Some(lauf) = lauf {
            let erwartet =
                format!("Fehler: „ausgabe/vorgang/{MD}“ darf dieses Programm nicht beschreiben\n");
            assert_eq!((lauf.rueckgabe, lauf.geklagt), (2, erwartet));
        }
    }

    #[test]
    fn a_folder_that_may_not_be_made_is_said() {
        let ordner = mit_vorgang("kein-ausgabeordner");
        fs::create_dir(ordner.join("ausgabe")).unwrap();
        fs::set_permissions(ordner.join("ausgabe"), fs::Permissions::from_mode(0o555)).unwrap();
        let lauf = als_niemand(&ordner);
        fs::set_permissions(ordner.join("ausgabe"), fs::Permissions::from_mode(0o755)).unwrap();
        if let Some(lauf) = lauf {
            let erwartet = "Fehler: „ausgabe/vorgang“ darf dieses Programm nicht beschreiben\n";
            assert_eq!((lauf.rueckgabe, lauf.geklagt.as_str()), (2, erwartet));
        }
    }

    #[test]
    fn a_file_without_permission_is_said() {
        let ordner = mit_vorgang("unlesbar");
        let datei = ordner.join("vorgang/drucksache.yaml");
        fs::set_permissions(&datei, fs::Permissions::from_mode(0o000)).unwrap();
        let Some(lauf) = als_niemand(&ordner) else {
            return;
        };
        assert_eq!(lauf.rueckgabe, 2);
        assert!(
            lauf.geklagt
                .contains("„vorgang/drucksache.yaml“ darf dieses Programm nicht öffnen"),
            "{}",
            lauf.geklagt
        );
        assert!(!ordner.join("ausgabe").exists());
    }

    #[test]
    fn a_folder_without_permission_is_said() {
        let ordner = mit_vorgang("ordner-unlesbar");
        let texte = ordner.join("vorgang/texte");
        fs::create_dir(&texte).unwrap();
        fs::set_permissions(&texte, fs::Permissions::from_mode(0o000)).unwrap();
        let lauf = als_niemand(&ordner);
        fs::set_permissions(&texte, fs::Permissions::from_mode(0o755)).unwrap();
        if let Some(lauf) = lauf {
            assert_eq!(lauf.rueckgabe, 2);
            assert!(
                lauf.geklagt
                    .contains("„vorgang/texte“ darf dieses Programm nicht öffnen"),
                "{}",
                lauf.geklagt
            );
        }
    }

    #[test]
    fn output_that_is_lost_is_said() {
        let ordner = mit_vorgang("ausgabe-voll");
        let Ok(voll) = fs::OpenOptions::new().write(true).open("/dev/full") else {
            eprintln!("übersprungen: dieses System kennt /dev/full nicht");
            return;
        };
        let lauf = aufruf(&ordner, &["schema"]).stdout(voll).output().unwrap();
        let lauf = Gelaufen::aus(&lauf);
        assert_eq!(
            (lauf.rueckgabe, lauf.geklagt.as_str()),
            (
                2,
                "Fehler: die Ausgabe passt nicht mehr auf den Datenträger\n"
            )
        );
    }

    #[test]
    fn a_reader_who_stops_reading_is_no_fault() {
        let ordner = mit_vorgang("leser-hoert-auf");
        let mut kind = aufruf(&ordner, &["schema"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(kind.stdout.take());
        let lauf = Gelaufen::aus(&kind.wait_with_output().unwrap());
        assert_eq!((lauf.rueckgabe, lauf.geklagt.as_str()), (0, ""));
    }

    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_not_written_through() {
        let ordner = mit_vorgang("verweis");
        schreibe(&ordner, "fremd.txt", "wichtig");
        fs::create_dir_all(ordner.join("ausgabe/vorgang")).unwrap();
        symlink(
            ordner.join("fremd.txt"),
            ordner.join("ausgabe/vorgang").join(MD),
        )
        .unwrap();
        symlink(
            ordner.join("ins-leere"),
            ordner.join("ausgabe/vorgang").join(PDF),
        )
        .unwrap();
        assert_eq!(render(&ordner).rueckgabe, 0);
        assert_eq!(
            fs::read_to_string(ordner.join("fremd.txt")).unwrap(),
            "wichtig"
        );
        assert!(!ordner.join("ins-leere").exists());
        for name in [MD, PDF] {
            let art = fs::symlink_metadata(ordner.join("ausgabe/vorgang").join(name)).unwrap();
            assert!(art.is_file(), "{name}");
        }
    }

    #[test]
    fn a_link_in_the_place_of_a_folder_is_followed() {
        let ordner = mit_vorgang("verweis-ordner");
        fs::create_dir(ordner.join("netzlaufwerk")).unwrap();
        symlink(ordner.join("netzlaufwerk"), ordner.join("ausgabe")).unwrap();
        assert_eq!(render(&ordner).rueckgabe, 0);
        assert!(ordner.join("netzlaufwerk/vorgang").join(PDF).is_file());
    }

    #[test]
    fn a_full_quota_keeps_the_old_papers_and_leaves_nothing_aside() {
        let ordner = mit_vorgang("kontingent");
        render(&ordner);
        let vorher = dateien(&ordner.join("ausgabe"));
        aendere(&ordner);
        // Files of more than one block cannot be written; the signal that says so is ignored, as some shells do.
        let skript = format!(
            "trap '' XFSZ; ulimit -f 1; exec '{}' render vorgang",
            env!("CARGO_BIN_EXE_drucksache")
        );
        let lauf = Command::new("sh")
            .args(["-c", &skript])
            .current_dir(&ordner)
            .output()
            .unwrap();
        let lauf = Gelaufen::aus(&lauf);
        assert_eq!(
            (lauf.rueckgabe, lauf.geklagt),
            (
                2,
                format!("Fehler: „ausgabe/vorgang/{PDF}“ passt nicht mehr auf den Datenträger\n")
            )
        );
        assert_eq!(dateien(&ordner.join("ausgabe")), vorher);
    }

    #[test]
    fn a_full_disk_keeps_the_old_papers_and_leaves_nothing_aside() {
        let ordner = mit_vorgang("voll");
        let ziel = ordner.join("ausgabe");
        fs::create_dir(&ziel).unwrap();
        let eingehaengt = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k", "tmpfs"])
            .arg(&ziel)
            .stderr(Stdio::null())
            .status();
        if !eingehaengt.is_ok_and(|status| status.success()) {
            eprintln!("übersprungen: ohne Rechte lässt sich kein kleiner Datenträger einhängen");
            return;
        }
        let erster = render(&ordner);
        let vorher = dateien(&ziel);
        let mut fuellung = fs::File::create(ziel.join("fuellung")).unwrap();
        while fuellung.write_all(&[0; 4096]).is_ok() {}
        drop(fuellung);
        aendere(&ordner);
        let zweiter = render(&ordner);
        fs::remove_file(ziel.join("fuellung")).unwrap();
        let nachher = dateien(&ziel);
        Command::new("umount").arg(&ziel).status().unwrap();
        assert_eq!(erster.rueckgabe, 0, "{}", erster.geklagt);
        assert_eq!(zweiter.rueckgabe, 2);
        assert!(
            zweiter
                .geklagt
                .ends_with("passt nicht mehr auf den Datenträger\n"),
            "{}",
            zweiter.geklagt
        );
        assert_eq!(nachher, vorher);
    }

    #[test]
    fn a_pipe_among_the_files_does_not_stop_the_program() {
        let ordner = mit_vorgang("roehre");
        let pfad = ordner.join("vorgang/roehre.yaml");
        assert!(Command::new("mkfifo").arg(pfad).status().unwrap().success());
        let lauf = render(&ordner);
        assert_eq!(lauf.rueckgabe, 2);
        assert!(
            lauf.geklagt.contains("keine gewöhnliche Datei"),
            "{}",
            lauf.geklagt
        );
    }
}

// Windows cannot lock a folder, so there the papers of two runs may mix.
#[cfg(unix)]
#[test]
fn two_runs_into_one_folder_leave_the_papers_of_one_of_them() {
    let ordner = mit_vorgang("zwei-laeufe");
    render(&ordner);
    let erste = dateien(&ordner.join("ausgabe"));
    aendere(&ordner);
    render(&ordner);
    let zweite = dateien(&ordner.join("ausgabe"));
    assert_ne!(erste, zweite);
    schreibe(&ordner, "anders/vorgang/drucksache.yaml", KLEINSTER);
    for _ in 0..5 {
        let starte = |pfad| {
            aufruf(&ordner, &["render", pfad])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        };
        let mut laeufe = [starte("vorgang"), starte("anders/vorgang")];
        for lauf in &mut laeufe {
            assert!(lauf.wait().unwrap().success());
        }
        let jetzt = dateien(&ordner.join("ausgabe"));
        assert!(
            jetzt == erste || jetzt == zweite,
            "{:?}",
            namen(&ordner.join("ausgabe"))
        );
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_each_file_old_or_new_and_the_next_one_clears_up() {
    let ordner = mit_vorgang("abgebrochen");
    render(&ordner);
    let alt = dateien(&ordner.join("ausgabe"));
    aendere(&ordner);
    render(&ordner);
    let neu = dateien(&ordner.join("ausgabe"));
    for lauf in 0..20_u32 {
        let text = if lauf % 2 == 0 {
            KLEINSTER.to_owned()
        } else {
            KLEINSTER.replace("Neue Bänke", "Neue Bäume")
        };
        schreibe(&ordner, "vorgang/drucksache.yaml", text);
        let mut kind = aufruf(&ordner, &["render", "vorgang"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Moments all over the run; a prime keeps them from repeating.
        std::thread::sleep(Duration::from_millis(u64::from(lauf * 37 % 120)));
        let _ = kind.kill();
        kind.wait().unwrap();
        for (name, bytes) in dateien(&ordner.join("ausgabe")) {
            let ist = |stand: &[(String, Vec<u8>)]| stand.contains(&(name.clone(), bytes.clone()));
            assert!(ist(&alt) || ist(&neu) || name.ends_with(".neu"), "{name}");
        }
    }
    schreibe(
        &ordner,
        "ausgabe/vorgang/.88-26-beschlussvorlage.pdf.4711.neu",
        "halb",
    );
    assert_eq!(render(&ordner).rueckgabe, 0);
    assert_eq!(
        namen(&ordner.join("ausgabe")),
        [format!("vorgang/{MD}"), format!("vorgang/{PDF}")]
    );
}
