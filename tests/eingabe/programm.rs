//! The program as its users call it, and folders to call it in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty folder for one test.
pub(crate) fn ordner(name: &str) -> PathBuf {
    let ordner = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("eingabe")
        .join(name);
    let _ = fs::remove_dir_all(&ordner);
    fs::create_dir_all(&ordner).unwrap();
    ordner
}

/// A folder with the smallest matter in `vorgang/`.
pub(crate) fn mit_vorgang(name: &str) -> PathBuf {
    let ordner = ordner(name);
    schreibe(&ordner, "vorgang/drucksache.yaml", KLEINSTER);
    ordner
}

/// The smallest matter.
pub(crate) const KLEINSTER: &str = "\
nummer: 88/26
titel: Neue Bänke für den Stadtpark
gremium: Rat
datum: 17.03.2026
beschlussvorschlag: Der Rat beschließt, zehn Bänke zu beschaffen.
sachbericht: Die alten Bänke sind morsch.
";

/// Writes a file and the folders above it.
pub(crate) fn schreibe(ordner: &Path, pfad: &str, inhalt: impl AsRef<[u8]>) {
    let pfad = ordner.join(pfad);
    fs::create_dir_all(pfad.parent().unwrap()).unwrap();
    fs::write(pfad, inhalt).unwrap();
}

/// A call of the program, ready to run.
pub(crate) fn aufruf(in_ordner: &Path, argumente: &[&str]) -> Command {
    let mut aufruf = Command::new(env!("CARGO_BIN_EXE_drucksache"));
    aufruf.args(argumente).current_dir(in_ordner);
    aufruf
}

/// Runs the program.
pub(crate) fn drucksache(in_ordner: &Path, argumente: &[&str]) -> Gelaufen {
    Gelaufen::aus(&aufruf(in_ordner, argumente).output().unwrap())
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Gelaufen {
    /// The exit code; -1 where a signal ended the program.
    pub(crate) rueckgabe: i32,
    /// Standard output.
    pub(crate) gesagt: String,
    /// Standard error.
    pub(crate) geklagt: String,
}

impl Gelaufen {
    pub(crate) fn aus(ausgabe: &Output) -> Self {
        Self {
            rueckgabe: ausgabe.status.code().unwrap_or(-1),
            gesagt: String::from_utf8(ausgabe.stdout.clone()).unwrap(),
            geklagt: String::from_utf8(ausgabe.stderr.clone()).unwrap(),
        }
    }
}

/// All files below a folder by their path in it, the hidden ones too.
pub(crate) fn dateien(ordner: &Path) -> Vec<(String, Vec<u8>)> {
    let mut gefunden = Vec::new();
    sammle(ordner, "", &mut gefunden);
    gefunden.sort();
    gefunden
}

fn sammle(ordner: &Path, vorsatz: &str, gefunden: &mut Vec<(String, Vec<u8>)>) {
    for eintrag in fs::read_dir(ordner).unwrap() {
        let eintrag = eintrag.unwrap();
        let name = format!("{vorsatz}{}", eintrag.file_name().to_string_lossy());
        if eintrag.path().is_dir() {
            sammle(&eintrag.path(), &format!("{name}/"), gefunden);
        } else {
            gefunden.push((name, fs::read(eintrag.path()).unwrap()));
        }
    }
}

/// The names of all files below a folder.
pub(crate) fn namen(ordner: &Path) -> Vec<String> {
    dateien(ordner).into_iter().map(|(name, _)| name).collect()
}
