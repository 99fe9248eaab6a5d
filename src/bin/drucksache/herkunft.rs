//! `drucksache herkunft`: where a line or a sentence of a paper comes from, as text or JSON.

use std::path::{Path, PathBuf};

use drucksache::herkunft::{Index, bericht, json};
use drucksache::source::Sources;

use crate::befehle::{self, Zahlenform};
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, lesen};

/// Runs the command.
pub(crate) fn herkunft(befehl: &befehle::Herkunft) -> Ausgang {
    let (pfad, papier) = match befehl.papier.as_slice() {
        [pfad, papier] => (pfad.clone(), papier),
        [papier] if papier.is_dir() => {
            melden::klage(
                "Fehler: es fehlt das Papier; etwa: drucksache herkunft PFAD 88-26-beschlussvorlage --zeile 25\n",
            );
            return Ausgang::NichtGebaut;
        }
        [papier] => (PathBuf::from("."), papier),
        _ => return Ausgang::NichtGebaut,
    };
    antworte(&pfad, &papier.to_string_lossy(), befehl).unwrap_or_else(|ausgang| ausgang)
}

fn antworte(pfad: &Path, papier: &str, befehl: &befehle::Herkunft) -> Ergebnis<Ausgang> {
    let eingabe = lesen::vorgang(pfad).map_err(|befunde| {
        melden::zeige(&befunde, &Sources::default());
        Ausgang::NichtGebaut
    })?;
    let index = Index::neu(&eingabe).map_err(|entwurf| {
        melden::zeige(&entwurf.befunde, &entwurf.quellen);
        melden::klage(&format!(
            "{}der Vorgang lässt sich nicht setzen; so lange hat keine Zeile eine Herkunft\n",
            lesen::vorsatz(pfad)
        ));
        Ausgang::NichtGebaut
    })?;
    let auskunft = match (befehl.zeile, &befehl.suche) {
        (Some(zeile), _) => index.der_zeile(papier, zeile),
        (None, suche) => index.der_fundstelle(papier, suche.as_deref().unwrap_or_default()),
    };
    let auskunft = auskunft.map_err(|fehlschlag| {
        melden::klage(&format!("Fehler: {fehlschlag}\n"));
        Ausgang::NichtGebaut
    })?;
    melden::sage(&match befehl.format {
        Zahlenform::Text => bericht::text(&auskunft),
        Zahlenform::Json => json::json(&auskunft),
    });
    Ok(Ausgang::Gut)
}
