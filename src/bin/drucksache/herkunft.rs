//! `drucksache herkunft`: where a line or a sentence of a paper comes from, as text or JSON.

use std::path::{Path, PathBuf};

use drucksache::herkunft::{Frage, Index, bericht, finde, json};
use drucksache::pipeline::entwurf::{Entwurf, entwerfe};
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
    let frage = match &befehl.suche {
        Some(text) => Frage::Text(text),
        None => Frage::Zeile(befehl.zeile.unwrap_or_default()),
    };
    let entwurf = entwerfe(&eingabe);
    if !entwurf.ist_gebaut() {
        return nicht_gebaut(pfad, &entwurf);
    }
    let (i, bereich) = finde(&entwurf.papiere, papier, frage).map_err(|fehlschlag| {
        melden::klage(&format!("Fehler: {fehlschlag}\n"));
        Ausgang::NichtGebaut
    })?;
    let index = match Index::neu(&eingabe) {
        Ok(index) => index,
        Err(entwurf) => return nicht_gebaut(pfad, &entwurf),
    };
    let name = entwurf
        .papiere
        .get(i)
        .map_or("", |papier| papier.name.as_str());
    let Some(auskunft) = index.des_bereichs(name, &bereich) else {
        return nicht_gebaut(pfad, &entwurf);
    };
    melden::sage(&match befehl.format {
        Zahlenform::Text => bericht::text(&auskunft),
        Zahlenform::Json => json::json(&auskunft),
    });
    Ok(Ausgang::Gut)
}

fn nicht_gebaut(pfad: &Path, entwurf: &Entwurf) -> Ergebnis<Ausgang> {
    melden::zeige(&entwurf.befunde, &entwurf.quellen);
    melden::klage(&format!(
        "{}der Vorgang lässt sich nicht setzen; so lange hat keine Zeile eine Herkunft\n",
        lesen::vorsatz(pfad)
    ));
    Err(Ausgang::NichtGebaut)
}
