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
    let frage = match frage(befehl) {
        Ok(frage) => frage,
        Err(klage) => {
            melden::klage(&format!("Fehler: {klage}\n"));
            return Ausgang::NichtGebaut;
        }
    };
    let papier = papier.to_string_lossy();
    antworte(&pfad, &papier, frage, befehl.format).unwrap_or_else(|ausgang| ausgang)
}

/// The piece that is asked for, or what is wrong with the question.
fn frage(befehl: &befehle::Herkunft) -> Result<Frage<'_>, &'static str> {
    match (befehl.zeile, befehl.suche.as_deref()) {
        (Some(zeile), None) => Ok(Frage::Zeile(zeile)),
        (None, Some(text)) if text.trim().is_empty() => {
            Err("hinter --suche fehlt der Wortlaut; etwa: --suche 'innerhalb von 30 Tagen'")
        }
        (None, Some(text)) => Ok(Frage::Text(text)),
        (Some(_), Some(_)) => {
            Err("--zeile und --suche nennen beide die Stelle; nur eine von beiden angeben")
        }
        (None, None) => Err(
            "es fehlt die Angabe der Stelle; mit --zeile N eine Zeile des Markdowns nennen oder mit --suche TEXT ihren Wortlaut",
        ),
    }
}

fn antworte(pfad: &Path, papier: &str, frage: Frage<'_>, form: Zahlenform) -> Ergebnis<Ausgang> {
    let eingabe = lesen::vorgang(pfad).map_err(|befunde| {
        melden::zeige(&befunde, &Sources::default());
        Ausgang::NichtGebaut
    })?;
    let entwurf = entwerfe(&eingabe);
    if !entwurf.ist_gebaut() {
        return nicht_gebaut(pfad, &entwurf);
    }
    let (i, bereich) = finde(&entwurf.papiere, papier, frage).map_err(|fehlschlag| {
        melden::klage(&format!("Fehler: {fehlschlag}\n"));
        Ausgang::NichtGebaut
    })?;
    let name = entwurf
        .papiere
        .get(i)
        .map_or("", |papier| papier.name.as_str());
    let index = match Index::nur(&eingabe, name) {
        Ok(index) => index,
        Err(entwurf) => return nicht_gebaut(pfad, &entwurf),
    };
    let Some(auskunft) = index.des_bereichs(name, &bereich) else {
        return nicht_gebaut(pfad, &entwurf);
    };
    melden::sage(&match form {
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
