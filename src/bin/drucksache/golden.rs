//! `drucksache golden`: compares papers with the golden files beside their matter, or writes these anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use drucksache::golden::{self, Abweichung};
use drucksache::template::Auswahl;

use crate::befehle::Golden;
use crate::melden::{self, Ausgang};
use crate::render::{baue, pfade};
use crate::{Ergebnis, ausgabe, lesen};

/// Folder of the golden files in a matter.
const ORDNER: &str = "golden";

/// Runs the command.
pub(crate) fn golden(befehl: &Golden) -> Ausgang {
    pfade(&befehl.pfade)
        .iter()
        .map(|pfad| vorgang(pfad, befehl.update).unwrap_or_else(|ausgang| ausgang))
        .max()
        .unwrap_or(Ausgang::Gut)
}

fn vorgang(pfad: &Path, update: bool) -> Ergebnis<Ausgang> {
    let (_, gebaut) = baue(
        pfad,
        &Auswahl {
            gesamt: true,
            ..Auswahl::default()
        },
    )?;
    let ordner = pfad.join(ORDNER);
    let gespeichert = lies(&ordner)?;
    let jetzt = golden::dateien(&gebaut.papiere);
    let abweichungen = golden::vergleiche(&gespeichert, &jetzt);
    for abweichung in &abweichungen {
        melden::sage(&zeile(abweichung));
    }
    let anzeige = lesen::anzeige(pfad);
    if update {
        let dateien: Vec<_> = jetzt
            .iter()
            .map(|(name, text)| (name.clone(), text.as_bytes()))
            .collect();
        ausgabe::schreibe(&ordner, &dateien)?;
        for name in golden::veraltet(&gespeichert, &jetzt) {
            // A stale file that cannot be removed is reported again by the next comparison.
            let _ = fs::remove_file(ordner.join(name));
        }
        melden::sage(&format!(
            "{anzeige}: {} Golden-Dateien geschrieben\n",
            jetzt.len()
        ));
        return Ok(Ausgang::Gut);
    }
    if abweichungen.is_empty() {
        let papiere = match gebaut.papiere.len() {
            1 => "1 Papier".to_owned(),
            anzahl => format!("{anzahl} Papiere"),
        };
        melden::sage(&format!("{anzeige}: {papiere} wie in den Golden-Dateien\n"));
        return Ok(Ausgang::Gut);
    }
    melden::sage(&format!(
        "{anzeige}: Abweichungen: {} von {} Papieren; sind die Änderungen gewollt: drucksache golden {anzeige} --update\n",
        abweichungen.len(),
        gebaut.papiere.len().max(abweichungen.len())
    ));
    Ok(Ausgang::Befunde)
}

fn zeile(abweichung: &Abweichung) -> String {
    let Abweichung {
        ebene,
        papier,
        folge,
        unterschied,
    } = abweichung;
    format!("{papier} [{}]: {folge}\n{unterschied}", ebene.name())
}

/// The stored golden files by name; none if there is no folder yet.
fn lies(ordner: &Path) -> Ergebnis<BTreeMap<String, String>> {
    let mut dateien = BTreeMap::new();
    let Ok(eintraege) = fs::read_dir(ordner) else {
        return Ok(dateien);
    };
    for pfad in eintraege.filter_map(|eintrag| Some(eintrag.ok()?.path())) {
        let name = pfad
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let gemeint = name.ends_with(".md") || name.ends_with(".sha256");
        if gemeint && !name.starts_with('.') {
            let bytes = lesen::datei(&pfad)?;
            dateien.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(dateien)
}
