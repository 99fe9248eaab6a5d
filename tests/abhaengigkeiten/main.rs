//! What the program is built of: nothing that opens a connection, and no `unsafe` without a reason.
//!
//! `deny.toml` names what must never be linked; `unsafe.json` beside this file says of each crate with `unsafe` why it
//! needs it. Both are compared with what cargo would build.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The systems that the program is built for.
const ZIELE: [&str; 5] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];

fn wurzel() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo says, without a network; `None` if it lacks packages of another system (`cargo fetch --locked` gets them).
fn cargo(argumente: &[&str]) -> Option<String> {
    let lauf = Command::new(env!("CARGO"))
        .args(argumente)
        .args(["--locked", "--offline"])
        .current_dir(wurzel())
        .output()
        .unwrap();
    lauf.status
        .success()
        .then(|| String::from_utf8(lauf.stdout).unwrap())
}

/// Name and version of all that is linked into the program for a system, or runs in the compiler for it.
fn gebaut_aus(ziel: &str) -> Option<BTreeSet<(String, String)>> {
    let baum = cargo(&[
        "tree", "--edges", "normal", "--prefix", "none", "--target", ziel,
    ])?;
    let paare = baum.lines().map(|zeile| {
        let mut teile = zeile.split(' ');
        let name = teile.next().unwrap().to_owned();
        let version = teile.next().unwrap().trim_start_matches('v').to_owned();
        (name, version)
    });
    Some(paare.filter(|(name, _)| name != "drucksache").collect())
}

/// The union over all systems whose packages are at hand, and how many systems these are.
fn alles() -> (BTreeSet<(String, String)>, usize) {
    let je_ziel: Vec<_> = ZIELE.into_iter().filter_map(gebaut_aus).collect();
    assert!(!je_ziel.is_empty(), "cargo tree ging für kein System");
    let ziele = je_ziel.len();
    (je_ziel.into_iter().flatten().collect(), ziele)
}

/// The crates that `deny.toml` forbids because they open connections.
fn verbotene() -> BTreeSet<String> {
    let deny = fs::read_to_string(wurzel().join("deny.toml")).unwrap();
    let verbotene: BTreeSet<_> = deny
        .lines()
        .filter(|zeile| zeile.contains("never opens a connection"))
        .map(|zeile| zeile.split('"').nth(1).unwrap().to_owned())
        .collect();
    for name in [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "socket2",
        "mio",
        "tokio",
        "rustls",
        "native-tls",
    ] {
        assert!(verbotene.contains(name), "{name} fehlt in deny.toml");
    }
    verbotene
}

#[test]
fn nothing_that_opens_connections_is_linked() {
    let verbotene = verbotene();
    let (pakete, _) = alles();
    let gefunden: Vec<_> = pakete
        .iter()
        .filter(|(name, _)| verbotene.contains(name))
        .collect();
    assert_eq!(gefunden, Vec::<&(String, String)>::new());
    assert!(pakete.len() > 50, "{}", pakete.len());
}

#[test]
fn the_program_asks_the_system_for_no_socket() {
    for datei in alle_quellen(&wurzel().join("src")) {
        let text = fs::read_to_string(&datei).unwrap();
        for wort in ["std::net", "TcpStream", "UdpSocket", "UnixStream"] {
            assert!(!text.contains(wort), "{wort} in {}", datei.display());
        }
    }
    if cfg!(all(
        target_os = "linux",
        target_pointer_width = "64",
        target_endian = "little"
    )) {
        let programm = fs::read(env!("CARGO_BIN_EXE_drucksache")).unwrap();
        let namen = dynamische_namen(&programm);
        assert!(namen.contains("malloc"), "{namen:?}");
        // A pair of sockets inside the process is how the standard library starts another program; it reaches nothing.
        for name in [
            "socket",
            "connect",
            "bind",
            "listen",
            "accept",
            "accept4",
            "getaddrinfo",
            "gethostbyname",
            "res_query",
            "sendto",
            "recvfrom",
        ] {
            assert!(!namen.contains(name), "{name}");
        }
    }
}

/// What a program (ELF, 64 bits) takes from other libraries, by name.
fn dynamische_namen(elf: &[u8]) -> BTreeSet<String> {
    let zahl = |at: usize, bytes: usize| {
        elf[at..at + bytes]
            .iter()
            .rev()
            .fold(0_usize, |zahl, byte| zahl << 8 | usize::from(*byte))
    };
    let abschnitt = |i: usize| zahl(0x28, 8) + i * zahl(0x3A, 2);
    // The section of type 11 holds the dynamic symbols and names the section with their names.
    let symbole = (0..zahl(0x3C, 2))
        .map(abschnitt)
        .find(|at| zahl(at + 4, 4) == 11)
        .unwrap();
    let texte = abschnitt(zahl(symbole + 0x28, 4));
    let (von, lang) = (zahl(texte + 0x18, 8), zahl(texte + 0x20, 8));
    elf[von..von + lang]
        .split(|byte| *byte == 0)
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect()
}

/// The crates with `unsafe`, each with its reason.
fn begruendet() -> BTreeMap<String, String> {
    let text = fs::read_to_string(wurzel().join("tests/abhaengigkeiten/unsafe.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn each_crate_with_unsafe_has_a_reason_and_no_reason_is_stale() {
    let (pakete, ziele) = alles();
    let quellen = pakete_mit_angaben();
    let mit_unsafe: BTreeSet<String> = pakete
        .iter()
        .filter(|paket| {
            // A package that nobody looked into must not pass for one without.
            let dateien = alle_quellen(&quellen[*paket].ordner);
            assert!(!dateien.is_empty(), "{paket:?} ohne Quelltext");
            dateien.iter().any(|datei| {
                let bytes = fs::read(datei).unwrap();
                hat_unsafe(&String::from_utf8_lossy(&bytes))
            })
        })
        .map(|(name, _)| name.clone())
        .collect();
    let begruendet = begruendet();
    let ohne_grund: Vec<_> = mit_unsafe
        .iter()
        .filter(|name| begruendet.get(*name).is_none_or(String::is_empty))
        .collect();
    assert_eq!(
        ohne_grund,
        Vec::<&String>::new(),
        "in unsafe.json begründen"
    );
    // Where packages of another system are missing, its entries cannot be judged.
    let veraltet: Vec<_> = begruendet
        .keys()
        .filter(|name| ziele == ZIELE.len() && !mit_unsafe.contains(*name))
        .collect();
    assert_eq!(veraltet, Vec::<&String>::new(), "aus unsafe.json streichen");
    assert!(mit_unsafe.len() > 20);
}

#[test]
fn unsafe_is_found_however_it_is_set() {
    for text in [
        "unsafe { a() }",
        "let a = |x| unsafe{x};",
        "|x|unsafe{x}",
        "unsafe\nfn a() {}",
        "pub unsafe extern \"C\" fn a();",
        "unsafe impl Send for A {}",
        "#[unsafe(no_mangle)]",
    ] {
        assert!(hat_unsafe(text), "{text}");
    }
    for text in [
        "#![forbid(unsafe_code)]",
        "// unsafe { }",
        "let unsafe_ = 1;",
    ] {
        assert!(!hat_unsafe(text), "{text}");
    }
}

/// cargo-deny says the same and more; this needs no other program.
#[test]
fn each_licence_is_one_that_deny_toml_allows() {
    let deny = fs::read_to_string(wurzel().join("deny.toml")).unwrap();
    let erlaubt = deny.split_once("allow = [").unwrap().1;
    let erlaubt: BTreeSet<_> = erlaubt.split_once(']').unwrap().0.split('"').collect();
    let (pakete, _) = alles();
    let angaben = pakete_mit_angaben();
    for paket in pakete {
        let lizenz = &angaben[&paket].lizenz;
        // No licence here has an „OR“ of „AND“s, so that each „AND“ joins alternatives.
        let ist_erlaubt = lizenz.split(" AND ").all(|teil| {
            teil.trim_matches(['(', ')'])
                .split(" OR ")
                .flat_map(|teil| teil.split('/'))
                .any(|teil| erlaubt.contains(teil))
        });
        assert!(ist_erlaubt, "{paket:?}: {lizenz}");
    }
}

/// What cargo knows of a package.
struct Paket {
    /// Where its sources lie.
    ordner: PathBuf,
    lizenz: String,
}

fn pakete_mit_angaben() -> BTreeMap<(String, String), Paket> {
    let mut pakete = BTreeMap::new();
    for ziel in ZIELE {
        let Some(text) = cargo(&[
            "metadata",
            "--format-version",
            "1",
            "--filter-platform",
            ziel,
        ]) else {
            continue;
        };
        let metadaten: Value = serde_json::from_str(&text).unwrap();
        for paket in metadaten["packages"].as_array().unwrap() {
            let text = |feld: &str| paket[feld].as_str().unwrap_or_default().to_owned();
            let bibliothek = paket["targets"].as_array().unwrap().iter().find(|ziel| {
                let art = ziel["kind"][0].as_str().unwrap();
                !["bin", "test", "bench", "example", "custom-build"].contains(&art)
            });
            let Some(bibliothek) = bibliothek else {
                continue;
            };
            let wurzel = PathBuf::from(bibliothek["src_path"].as_str().unwrap());
            let ordner = wurzel.parent().unwrap().to_owned();
            let lizenz = text("license");
            pakete.insert((text("name"), text("version")), Paket { ordner, lizenz });
        }
    }
    assert!(!pakete.is_empty());
    pakete
}

fn alle_quellen(ordner: &Path) -> Vec<PathBuf> {
    let Ok(eintraege) = fs::read_dir(ordner) else {
        return Vec::new();
    };
    eintraege
        .flatten()
        .flat_map(|eintrag| {
            let pfad = eintrag.path();
            if pfad.is_dir() {
                alle_quellen(&pfad)
            } else if pfad.extension().is_some_and(|endung| endung == "rs") {
                vec![pfad]
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// Whether code holds a block, function, trait or implementation that is `unsafe`, under whatever condition.
fn hat_unsafe(text: &str) -> bool {
    if !text.contains("unsafe") {
        return false;
    }
    let mut danach = false;
    for zeile in text.lines() {
        let zeile = zeile.split("//").next().unwrap_or_default();
        let zeile = zeile.replace(['{', '('], " { ");
        let worte = zeile.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '{');
        for wort in worte.filter(|wort| !wort.is_empty()) {
            if danach && matches!(wort, "{" | "fn" | "impl" | "trait" | "extern") {
                return true;
            }
            danach = wort == "unsafe";
        }
    }
    false
}
