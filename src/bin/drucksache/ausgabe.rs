//! Writes files so that each is old or new, never half: aside first, then renamed.
//!
//! Two runs into one folder wait for each other, and what a killed run left behind is cleared by the next. A link in the
//! place of a file is replaced, never written through; a link in the place of a folder is followed, for that is how
//! folders of others are brought in.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Ergebnis;
use crate::lesen::{self, anzeige};
use crate::melden::{self, Ausgang};

/// Ends the name of a file that lies aside.
const BEISEITE: &str = ".neu";

/// Writes files into a folder, which is made if it does not exist. What is wrong is said.
pub(crate) fn schreibe(ordner: &Path, dateien: &[(String, &[u8])]) -> Ergebnis<()> {
    ersetze(ordner, dateien, &[]).map_err(|(pfad, fehler)| {
        melden::klage(&format!("Fehler: {}\n", grund(&pfad, &fehler)));
        Ausgang::NichtGebaut
    })
}

/// Why a file could not be written: a German sentence without a full stop.
pub(crate) fn grund(pfad: &Path, fehler: &io::Error) -> String {
    let grund = match fehler.kind() {
        io::ErrorKind::PermissionDenied => "darf dieses Programm nicht beschreiben".to_owned(),
        io::ErrorKind::NotFound => {
            "lässt sich nicht anlegen: den Ordner darüber gibt es nicht".to_owned()
        }
        _ => lesen::grund(fehler),
    };
    format!("„{}“ {grund}", anzeige(pfad))
}

/// Removes files from a folder and writes others into it, in the given order. Nothing is removed or replaced unless all
/// that is to be written lies ready.
///
/// # Errors
/// What could not be written or removed, and why; the old files are still there.
pub(crate) fn ersetze(
    ordner: &Path,
    dateien: &[(String, &[u8])],
    veraltet: &[String],
) -> Result<(), (PathBuf, io::Error)> {
    fs::create_dir_all(ordner).map_err(|fehler| {
        // A file on the way is what is wrong, not the folder that was to be made in it.
        let im_weg = ordner.ancestors().find(|pfad| pfad.is_file());
        match im_weg {
            Some(datei) => (datei.to_owned(), io::ErrorKind::NotADirectory.into()),
            None => (ordner.to_owned(), fehler),
        }
    })?;
    let sperre = Sperre::nimm(ordner);
    let ziele: Vec<_> = dateien.iter().map(|(name, _)| ordner.join(name)).collect();
    if sperre.is_some() {
        raeume_auf(ordner, &ziele);
    }
    let mut beiseite = Vec::new();
    let ergebnis = ziele
        .iter()
        .zip(dateien)
        .try_for_each(|(ziel, (_, bytes))| {
            let neben = lege_beiseite(ziel, bytes).map_err(|fehler| (ziel.clone(), fehler))?;
            beiseite.push((neben, ziel));
            Ok(())
        })
        .and_then(|()| {
            veraltet
                .iter()
                .try_for_each(|name| entferne(&ordner.join(name)))
        })
        .and_then(|()| {
            beiseite.iter().try_for_each(|(neben, ziel)| {
                fs::rename(neben, ziel).map_err(|fehler| ((*ziel).clone(), fehler))
            })
        });
    if ergebnis.is_err() {
        for (neben, _) in &beiseite {
            // Already renamed or never written: nothing is left to remove.
            let _ = fs::remove_file(neben);
        }
    }
    ergebnis
}

fn entferne(pfad: &Path) -> Result<(), (PathBuf, io::Error)> {
    match fs::remove_file(pfad) {
        Err(fehler) if fehler.kind() != io::ErrorKind::NotFound => Err((pfad.to_owned(), fehler)),
        _ => Ok(()),
    }
}

/// Holds the folder until it is dropped, or until the program ends in whatever way. Where a system cannot lock a folder
/// (Windows), runs do not wait for each other and nothing is cleared away; each file is still old or new.
struct Sperre {
    _ordner: File,
}

impl Sperre {
    fn nimm(ordner: &Path) -> Option<Self> {
        let datei = File::open(ordner).ok()?;
        datei.lock().ok()?;
        Some(Self { _ordner: datei })
    }
}

/// Removes what a killed run left in a folder to which nothing is to be written now.
pub(crate) fn raeume(ordner: &Path) {
    if let Some(_sperre) = Sperre::nimm(ordner) {
        raeume_auf(ordner, &[]);
    }
}

/// Removes what a killed run left in a folder or beside these targets. Nobody else writes here now: the folder is locked.
fn raeume_auf(ordner: &Path, ziele: &[PathBuf]) {
    let alle: BTreeSet<_> = ziele
        .iter()
        .filter_map(|ziel| ziel.parent())
        .chain([ordner])
        .collect();
    for eintrag in alle
        .into_iter()
        .filter_map(|ordner| fs::read_dir(ordner).ok())
        .flatten()
        .flatten()
    {
        if eintrag.file_name().to_str().is_some_and(ist_beiseite) {
            // What cannot be removed is only in the way, not wrong.
            let _ = fs::remove_file(eintrag.path());
        }
    }
}

/// The name of a file that lies aside.
fn name_beiseite(name: &str) -> String {
    format!(".{name}.{}{BEISEITE}", std::process::id())
}

/// Whether [`name_beiseite`] of some run made this name.
fn ist_beiseite(name: &str) -> bool {
    let Some((ziel, nummer)) = name
        .strip_prefix('.')
        .and_then(|rest| rest.strip_suffix(BEISEITE))
        .and_then(|rest| rest.rsplit_once('.'))
    else {
        return false;
    };
    ziel.contains('.') && !nummer.is_empty() && nummer.bytes().all(|b| b.is_ascii_digit())
}

/// Writes the bytes beside the target and gives the name there.
fn lege_beiseite(ziel: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    // A link to a folder is replaced like any other link.
    if fs::symlink_metadata(ziel).is_ok_and(|art| art.is_dir()) {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let name = ziel
        .file_name()
        .ok_or(io::ErrorKind::InvalidFilename)?
        .to_string_lossy();
    let neben = ziel.with_file_name(name_beiseite(&name));
    if let Some(ordner) = ziel.parent() {
        fs::create_dir_all(ordner)?;
    }
    // Not synced to the disk: what a power cut takes can be made again, and waiting costs more than typesetting.
    // A new file only: a link that somebody laid here is not followed.
    let geschrieben = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&neben)
        .and_then(|mut datei| datei.write_all(bytes));
    match geschrieben {
        Ok(()) => Ok(neben),
        Err(fehler) => {
            // The first error is the one that counts.
            let _ = fs::remove_file(&neben);
            Err(fehler)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_are_cleared_away() {
        assert!(ist_beiseite(&name_beiseite("88-26-beschlussvorlage.pdf")));
        for fremd in [
            ".neu",
            ".a.neu",
            "a.md.1.neu",
            ".a.md.1",
            ".a.md.x.neu",
            "..1.neu",
            ".gitignore",
        ] {
            assert!(!ist_beiseite(fremd), "{fremd}");
        }
    }
}
