//! Runs that are killed, disturbed or cut off again and again. `cargo test` does a few of each;
//! `DRUCKSACHE_STOERUNGEN=200 cargo test --test eingabe dauer -- --nocapture` does as many as that and says what it did.

#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a long run says what it did")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::programm::{
    Gelaufen, KLEINSTER, aufruf, dateien, drucksache, mit_vorgang, namen, schreibe,
};

/// How often each disturbance is tried.
fn laeufe() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a switch of this test alone")]
    let gewollt = std::env::var("DRUCKSACHE_STOERUNGEN");
    gewollt.ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

/// Numbers that look random and are the same in each run.
struct Zufall(u64);

impl Zufall {
    fn unter(&mut self, grenze: u64) -> u64 {
        // Knuth's linear congruence; the upper bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % grenze
    }
}

/// The two states of the matter between which the runs go to and fro: other texts, other papers.
fn zustand(ordner: &Path, zweiter: bool) {
    schreibe(
        ordner,
        "vorgang/drucksache.yaml",
        if zweiter {
            KLEINSTER
                .replace("Bänke", "Bäume")
                .replace("88/26", "89/26")
        } else {
            KLEINSTER.to_owned()
        },
    );
}

/// Kills a run: at some moment, or soon after the first file lies aside. Whether that was while it wrote.
fn toete(kind: &mut Child, ordner: &Path, zufall: &mut Zufall, beim_schreiben: bool) -> bool {
    if beim_schreiben {
        while kind.try_wait().unwrap().is_none() && !liegt_beiseite(ordner) {
            std::hint::spin_loop();
        }
        // Writing takes less than a timer's tick.
        for _ in 0..zufall.unter(40_000) {
            std::hint::spin_loop();
        }
    } else {
        std::thread::sleep(Duration::from_millis(zufall.unter(250)));
    }
    let schreibt = liegt_beiseite(ordner);
    let _ = kind.kill();
    kind.wait().unwrap();
    schreibt
}

fn liegt_beiseite(ordner: &Path) -> bool {
    fs::read_dir(ordner).is_ok_and(|eintraege| {
        eintraege
            .flatten()
            .any(|e| e.file_name().to_string_lossy().ends_with(".neu"))
    })
}

/// Kills runs of a command and looks at its folder after each.
fn getoetet(name: &str, argumente: &[&str], ziel: &str) {
    let ordner = mit_vorgang(name);
    let ziel = ordner.join(ziel);
    let mut staende: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
    for zweiter in [false, true] {
        zustand(&ordner, zweiter);
        let _ = fs::remove_dir_all(&ziel);
        assert_eq!(drucksache(&ordner, argumente).rueckgabe, 0);
        staende.push(dateien(&ziel).into_iter().collect());
    }
    let mut zufall = Zufall(1);
    let (mut beim_schreiben, mut reste) = (0, 0);
    for lauf in 0..laeufe() {
        zustand(&ordner, lauf % 2 == 0);
        let mut kind = aufruf(&ordner, argumente)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        beim_schreiben += u64::from(toete(&mut kind, &ziel, &mut zufall, lauf % 4 != 3));
        for (datei, bytes) in dateien(&ziel) {
            if datei.ends_with(".neu") {
                reste += 1;
                continue;
            }
            let ganz = staende
                .iter()
                .any(|stand| stand.get(&datei) == Some(&bytes));
            // The list of hashes may name papers of one state and lie beside files of the other.
            assert!(ganz, "Lauf {lauf}: {datei} ist halb");
        }
        if lauf % 3 == 2 {
            assert_eq!(drucksache(&ordner, argumente).rueckgabe, 0);
            assert!(!liegt_beiseite(&ziel), "Lauf {lauf}");
        }
    }
    // Papers of the other state are not render's to remove; golden files of papers that are gone are.
    for (zweiter, stand) in [(true, &staende[1]), (false, &staende[0])] {
        zustand(&ordner, zweiter);
        assert_eq!(drucksache(&ordner, argumente).rueckgabe, 0);
        let jetzt: BTreeMap<_, _> = dateien(&ziel).into_iter().collect();
        if argumente.contains(&"golden") {
            assert_eq!(
                jetzt.keys().collect::<Vec<_>>(),
                stand.keys().collect::<Vec<_>>()
            );
            assert_eq!(drucksache(&ordner, &["golden", "vorgang"]).rueckgabe, 0);
        } else {
            assert!(
                stand
                    .iter()
                    .all(|(datei, bytes)| jetzt.get(datei) == Some(bytes))
            );
        }
    }
    eprintln!(
        "{name}: {} Läufe getötet, {beim_schreiben} davon beim Schreiben; {reste} Reste beiseite, 0 halbe Dateien",
        laeufe()
    );
}

#[test]
fn dauer_render_killed_at_any_moment_leaves_no_half_file() {
    getoetet("dauer-render", &["render", "vorgang"], "ausgabe/vorgang");
}

#[test]
fn dauer_golden_update_killed_at_any_moment_leaves_no_half_file() {
    getoetet(
        "dauer-golden",
        &["golden", "vorgang", "--update"],
        "vorgang/golden",
    );
}

#[test]
fn dauer_two_updates_at_once_leave_the_golden_files_of_one() {
    let ordner = mit_vorgang("dauer-zwei");
    assert_eq!(
        drucksache(&ordner, &["golden", "vorgang", "--update"]).rueckgabe,
        0
    );
    let erwartet = dateien(&ordner.join("vorgang/golden"));
    for _ in 0..laeufe().div_ceil(4) {
        fs::remove_dir_all(ordner.join("vorgang/golden")).unwrap();
        let mut kinder: Vec<_> = (0..3)
            .map(|_| {
                aufruf(&ordner, &["golden", "vorgang", "--update"])
                    .stdout(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for kind in &mut kinder {
            assert!(kind.wait().unwrap().success());
        }
        assert_eq!(dateien(&ordner.join("vorgang/golden")), erwartet);
    }
}

/// A file saved again and again while it is read, in place or by renaming: papers of one state or a message.
#[test]
fn dauer_a_file_that_changes_while_it_is_read_makes_no_half_paper() {
    let ordner = mit_vorgang("dauer-geaendert");
    let speichere = |wort: &str, ganz: bool| {
        let text = format!("  Die alten {wort} sind morsch.\n").repeat(2_000);
        let yaml = KLEINSTER
            .replace("Bänke", wort)
            .replace("sachbericht: Die", &format!("sachbericht: |\n{text}  Die"));
        let pfad = "vorgang/drucksache.yaml";
        if ganz {
            schreibe(&ordner, "vorgang/beiseite", yaml);
            fs::rename(ordner.join("vorgang/beiseite"), ordner.join(pfad)).unwrap();
        } else {
            schreibe(&ordner, pfad, yaml);
        }
    };
    speichere("Bänke", false);
    assert_eq!(drucksache(&ordner, &["render", "vorgang"]).rueckgabe, 0);
    let fertig = AtomicBool::new(false);
    let (mut gelungen, mut gemeldet) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut zufall = Zufall(2);
            let mut i = 0_u64;
            while !fertig.load(Ordering::Relaxed) {
                let wort = if i.is_multiple_of(2) {
                    "Bäume"
                } else {
                    "Bänke"
                };
                speichere(wort, i % 4 < 2);
                i += 1;
                std::thread::sleep(Duration::from_micros(zufall.unter(40_000)));
            }
        });
        for lauf in 0..laeufe() {
            let gelaufen = drucksache(&ordner, &["render", "vorgang"]);
            let markdown =
                fs::read_to_string(ordner.join("ausgabe/vorgang/88-26-beschlussvorlage.md"))
                    .unwrap();
            let (baenke, baeume) = (markdown.contains("Bänke"), markdown.contains("Bäume"));
            if baenke == baeume || ![0, 2].contains(&gelaufen.rueckgabe) {
                fertig.store(true, Ordering::Relaxed);
                panic!("Lauf {lauf}: {gelaufen:?}\n{markdown}");
            }
            if gelaufen.rueckgabe == 0 {
                gelungen += 1;
            } else {
                gemeldet += 1;
                assert!(
                    gelaufen.geklagt.contains("Abhilfe:"),
                    "{}",
                    gelaufen.geklagt
                );
            }
        }
        fertig.store(true, Ordering::Relaxed);
    });
    eprintln!(
        "dauer-geaendert: {gelungen} Läufe gelungen, {gemeldet} mit Meldung beendet, 0 halbe Papiere"
    );
}

/// A run with its streams closed or cut off.
fn mit_stroemen(ordner: &Path, umleitung: &str, befehl: &str) -> Gelaufen {
    let skript = format!(
        "exec '{}' {befehl} {umleitung}",
        env!("CARGO_BIN_EXE_drucksache")
    );
    let lauf = Command::new("sh")
        .args(["-c", &skript])
        .current_dir(ordner)
        .output()
        .unwrap();
    assert_eq!(lauf.status.signal(), None, "{skript}");
    Gelaufen::aus(&lauf)
}

#[test]
fn closed_streams_do_not_matter() {
    let ordner = mit_vorgang("stroeme");
    drucksache(&ordner, &["render", "vorgang"]);
    let erwartet = dateien(&ordner.join("ausgabe"));
    for umleitung in [
        "<&-",
        ">&-",
        "2>&-",
        "<&- >&- 2>&-",
        ">/dev/null 2>&1 </dev/null",
    ] {
        for befehl in ["render vorgang", "check vorgang", "golden vorgang --update"] {
            let lauf = mit_stroemen(&ordner, umleitung, befehl);
            assert_eq!(lauf.rueckgabe, 0, "{befehl} {umleitung}: {}", lauf.geklagt);
        }
        assert_eq!(dateien(&ordner.join("ausgabe")), erwartet, "{umleitung}");
    }
    assert_eq!(drucksache(&ordner, &["golden", "vorgang"]).rueckgabe, 0);
}

#[test]
fn who_closes_the_pipe_stops_nothing() {
    let ordner = mit_vorgang("rohrbruch");
    let mut kind = aufruf(&ordner, &["golden", "vorgang", "--update", "--abdeckung"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(kind.stdout.take());
    let mut geklagt = String::new();
    kind.stderr
        .take()
        .unwrap()
        .read_to_string(&mut geklagt)
        .unwrap();
    assert_eq!(kind.wait().unwrap().code(), Some(0), "{geklagt}");
    assert_eq!(drucksache(&ordner, &["golden", "vorgang"]).rueckgabe, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn data_that_could_not_be_written_are_no_success() {
    let ordner = mit_vorgang("ausgabe-voll");
    for befehl in [
        "schema",
        "check vorgang --format json",
        "golden vorgang --update --format json",
    ] {
        let lauf = mit_stroemen(&ordner, ">/dev/full", befehl);
        assert_eq!(
            (lauf.rueckgabe, lauf.geklagt.as_str()),
            (
                2,
                "Fehler: die Standardausgabe ist unvollständig; ihr Ziel passt nicht mehr auf den Datenträger\n"
            ),
            "{befehl}"
        );
    }
}

#[test]
fn locale_and_environment_do_not_matter() {
    let ordner = mit_vorgang("locale");
    drucksache(&ordner, &["render", "vorgang"]);
    let erwartet = dateien(&ordner.join("ausgabe"));
    let gesagt = drucksache(&ordner, &["check", "vorgang"]).gesagt;
    for (name, wert) in [
        ("LC_ALL", "xx_YY.KOI8-R"),
        ("LANG", ""),
        ("LC_ALL", "C"),
        ("TZ", "Nirgends"),
    ] {
        fs::remove_dir_all(ordner.join("ausgabe")).unwrap();
        let mit = |argumente: &[&str]| {
            let lauf = aufruf(&ordner, argumente)
                .env_clear()
                .env(name, wert)
                .output();
            Gelaufen::aus(&lauf.unwrap())
        };
        assert_eq!(mit(&["render", "vorgang"]).rueckgabe, 0, "{name}={wert}");
        assert_eq!(mit(&["check", "vorgang"]).gesagt, gesagt, "{name}={wert}");
        assert_eq!(dateien(&ordner.join("ausgabe")), erwartet, "{name}={wert}");
    }
}

/// Runs a command as somebody who may not write here; `None` where that cannot be arranged.
fn als_niemand(ordner: &Path, argumente: &[&str]) -> Option<Gelaufen> {
    let mut befehl = aufruf(ordner, argumente);
    let ist_root = Command::new("id").arg("-u").output().ok()?.stdout == b"0\n";
    if ist_root {
        befehl.uid(65_534).gid(65_534);
    }
    let lauf = befehl.output().ok()?;
    Some(Gelaufen::aus(&lauf))
}

#[test]
fn a_folder_that_may_not_be_written_is_said_and_keeps_all() {
    use std::os::unix::fs::PermissionsExt;
    let ordner = mit_vorgang("niemand");
    assert_eq!(
        drucksache(&ordner, &["golden", "vorgang", "--update"]).rueckgabe,
        0
    );
    assert_eq!(drucksache(&ordner, &["render", "vorgang"]).rueckgabe, 0);
    let vorher = dateien(&ordner);
    zustand(&ordner, true);
    let (papiere, golden) = (
        ordner.join("ausgabe/vorgang"),
        ordner.join("vorgang/golden"),
    );
    for pfad in [&papiere, &golden] {
        fs::set_permissions(pfad, fs::Permissions::from_mode(0o555)).unwrap();
    }
    let laeufe: Vec<_> = [
        &["render", "vorgang"][..],
        &["golden", "vorgang", "--update"],
    ]
    .into_iter()
    .map(|argumente| als_niemand(&ordner, argumente))
    .collect();
    for pfad in [&papiere, &golden] {
        fs::set_permissions(pfad, fs::Permissions::from_mode(0o755)).unwrap();
    }
    zustand(&ordner, false);
    assert_eq!(dateien(&ordner), vorher);
    for lauf in laeufe {
        let Some(lauf) = lauf else {
            eprintln!("übersprungen: das Programm lässt sich nicht als anderer Benutzer starten");
            return;
        };
        assert_eq!(lauf.rueckgabe, 2, "{lauf:?}");
        assert!(
            lauf.geklagt
                .contains("darf dieses Programm nicht beschreiben"),
            "{lauf:?}"
        );
    }
}

#[test]
fn a_medium_that_is_read_only_or_full_keeps_the_golden_files() {
    let ordner = mit_vorgang("datentraeger");
    let ziel = ordner.join("vorgang/golden");
    fs::create_dir(&ziel).unwrap();
    let mount = |optionen: &str| {
        Command::new("mount")
            .args(["-t", "tmpfs", "-o", optionen, "tmpfs"])
            .arg(&ziel)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !mount("size=64k") {
        eprintln!("übersprungen: ohne Rechte lässt sich kein kleiner Datenträger einhängen");
        return;
    }
    let erster = drucksache(&ordner, &["golden", "vorgang", "--update"]);
    let vorher = dateien(&ziel);
    zustand(&ordner, true);
    let mut fuellung = File::create(ziel.join("fuellung")).unwrap();
    while std::io::Write::write_all(&mut fuellung, &[0; 512]).is_ok() {}
    drop(fuellung);
    let voll = drucksache(&ordner, &["golden", "vorgang", "--update"]);
    fs::remove_file(ziel.join("fuellung")).unwrap();
    let nach_voll = dateien(&ziel);
    let nur_lesen =
        mount("remount,ro").then(|| drucksache(&ordner, &["golden", "vorgang", "--update"]));
    let nachher = dateien(&ziel);
    Command::new("umount").arg(&ziel).status().unwrap();
    assert_eq!(erster.rueckgabe, 0, "{}", erster.geklagt);
    assert_eq!(voll.rueckgabe, 2);
    assert!(
        voll.geklagt
            .contains("passt nicht mehr auf den Datenträger"),
        "{}",
        voll.geklagt
    );
    assert_eq!(nach_voll, vorher);
    assert_eq!(nachher, vorher);
    if let Some(lauf) = nur_lesen {
        assert_eq!(lauf.rueckgabe, 2);
        assert!(
            lauf.geklagt
                .contains("liegt auf einem schreibgeschützten Datenträger"),
            "{}",
            lauf.geklagt
        );
    }
    assert!(!namen(&ordner).iter().any(|name| name.ends_with(".neu")));
}
