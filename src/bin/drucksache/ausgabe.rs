//! Writes files so that each is old or new, never half: aside first, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Ergebnis;
use crate::lesen::{anzeige, grund};
use crate::melden::{self, Ausgang};

/// Writes files into a folder, which is made if it does not exist. What is wrong is said.
pub(crate) fn schreibe(ordner: &Path, dateien: &[(String, &[u8])]) -> Ergebnis<()> {
    let klage = |pfad: &Path, fehler: &io::Error| {
        melden::klage(&format!("Fehler: „{}“ {}\n", anzeige(pfad), grund(fehler)));
        Ausgang::NichtGebaut
    };
    let mut beiseite = Vec::new();
    let ergebnis = dateien
        .iter()
        .try_for_each(|(name, bytes)| {
            let ziel = ordner.join(name);
            let neben = lege_beiseite(&ziel, bytes).map_err(|fehler| klage(&ziel, &fehler))?;
            beiseite.push((neben, ziel));
            Ok(())
        })
        .and_then(|()| {
            beiseite.iter().try_for_each(|(neben, ziel)| {
                fs::rename(neben, ziel).map_err(|fehler| klage(ziel, &fehler))
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

/// Writes the bytes beside the target and gives the name there.
fn lege_beiseite(ziel: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    if ziel.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let name = ziel
        .file_name()
        .ok_or(io::ErrorKind::InvalidFilename)?
        .to_string_lossy();
    let neben = ziel.with_file_name(format!(".{name}.{}.neu", std::process::id()));
    if let Some(ordner) = ziel.parent() {
        fs::create_dir_all(ordner)?;
    }
    // Not synced to the disk: what a power cut takes can be made again, and waiting costs more than typesetting.
    match fs::File::create(&neben).and_then(|mut datei| datei.write_all(bytes)) {
        Ok(()) => Ok(neben),
        Err(fehler) => {
            // The first error is the one that counts.
            let _ = fs::remove_file(&neben);
            Err(fehler)
        }
    }
}
