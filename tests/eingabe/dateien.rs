//! What may lie in a matter's folder: names, links and depths that keep files from being read are said.

use std::path::Path;

use crate::programm::{Gelaufen, drucksache, mit_vorgang, schreibe};

fn render(ordner: &Path) -> Gelaufen {
    drucksache(ordner, &["render", "vorgang"])
}

#[test]
fn a_file_too_deep_is_said() {
    let ordner = mit_vorgang("tief");
    let tief = format!("vorgang/{}b.yaml", "t/".repeat(10));
    schreibe(&ordner, &tief, "kosten: [");
    let lauf = render(&ordner);
    assert_eq!(lauf.rueckgabe, 2);
    assert!(
        lauf.geklagt.starts_with("Fehler[zu-tief]"),
        "{}",
        lauf.geklagt
    );
}

#[test]
fn the_disk_is_no_matter() {
    let ordner = mit_vorgang("platte");
    for i in 0..210 {
        for j in 0..100 {
            if j == 0 {
                schreibe(&ordner, &format!("vorgang/{i}/0.txt"), "");
            } else {
                std::fs::write(ordner.join(format!("vorgang/{i}/{j}.txt")), "").unwrap();
            }
        }
    }
    let lauf = render(&ordner);
    assert_eq!(lauf.rueckgabe, 2);
    assert!(
        lauf.geklagt.starts_with("Fehler[zu-gross]"),
        "{}",
        lauf.geklagt
    );
    assert_eq!(lauf.geklagt.matches("Fehler[").count(), 1);
}

#[cfg(unix)]
mod unix {
    #![expect(clippy::print_stderr, reason = "a test that cannot run here says so")]

    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::programm::KLEINSTER;

    #[test]
    fn names_in_either_spelling_of_umlauts_are_the_same() {
        let ordner = mit_vorgang("umlaute-in-namen");
        schreibe(
            &ordner,
            "vorgang/texte/ba\u{308}nke.md",
            "Die Bänke sind morsch.\n",
        );
        let text = KLEINSTER.replace("Die alten Bänke sind morsch.", "texte/bänke.md");
        schreibe(&ordner, "vorgang/drucksache.yaml", text);
        let lauf = render(&ordner);
        assert_eq!((lauf.rueckgabe, lauf.geklagt.as_str()), (0, ""));
        schreibe(&ordner, "vorgang/texte/bänke.md", "Anders.\n");
        let lauf = render(&ordner);
        assert!(
            lauf.geklagt
                .contains("nur mit anders geschriebenen Umlauten"),
            "{}",
            lauf.geklagt
        );
    }

    #[test]
    fn names_that_cannot_be_read_are_said() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        for name in [&b"\xFF.yaml"[..], b"a\x1b[31m.yaml"] {
            let ordner = mit_vorgang("namen");
            if fs::write(ordner.join("vorgang").join(OsStr::from_bytes(name)), "").is_err() {
                eprintln!("übersprungen: dieses Dateisystem nimmt nur lesbare Namen");
                continue;
            }
            let lauf = render(&ordner);
            assert_eq!(lauf.rueckgabe, 2);
            assert!(
                lauf.geklagt.starts_with("Fehler[ungueltiger-dateiname]"),
                "{}",
                lauf.geklagt
            );
            assert!(!lauf.geklagt.contains('\x1b'));
        }
    }

    #[test]
    fn links_that_lead_nowhere_or_back_are_said_once() {
        for (name, ziel, regel) in [
            ("leer", "nichts.yaml", "verweis-ins-leere"),
            ("selbst", "x.yaml", "verweis-ins-leere"),
            ("kreis", ".", "verweis-im-kreis"),
        ] {
            let ordner = mit_vorgang(&format!("verweis-{name}"));
            symlink(ziel, ordner.join("vorgang/x.yaml")).unwrap();
            let lauf = render(&ordner);
            assert_eq!(lauf.rueckgabe, 2);
            assert_eq!(
                lauf.geklagt.matches("Fehler[").count(),
                1,
                "{}",
                lauf.geklagt
            );
            assert!(lauf.geklagt.contains(regel), "{}", lauf.geklagt);
        }
    }
}
