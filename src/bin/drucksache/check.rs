//! `drucksache check`: what the rules find, without writing anything.

use std::path::Path;

use drucksache::check::REGELN;
use drucksache::diagnostic::Schwere;
use drucksache::diagnostic::render::bilanz;
use drucksache::template::Auswahl;

use crate::befehle::Check;
use crate::melden::{self, Ausgang};
use crate::render::{baue, pfade};
use crate::{Ergebnis, lesen};

/// Runs the command.
pub(crate) fn check(befehl: &Check) -> Ausgang {
    pfade(&befehl.pfade)
        .iter()
        .map(|pfad| vorgang(pfad, befehl.streng).unwrap_or_else(|ausgang| ausgang))
        .max()
        .unwrap_or(Ausgang::Gut)
}

fn vorgang(pfad: &Path, streng: bool) -> Ergebnis<Ausgang> {
    let (_, gebaut) = baue(pfad, &Auswahl::default())?;
    melden::zeige(&gebaut.pruefung, &gebaut.quellen);
    melden::sage(&format!(
        "{}: {}; {} Regeln geprüft; ersetzt keine Rechtsprüfung\n",
        lesen::anzeige(pfad),
        bilanz(&gebaut.pruefung),
        REGELN.len()
    ));
    let grenze = if streng {
        Schwere::Warnung
    } else {
        Schwere::Fehler
    };
    let verletzt = gebaut
        .pruefung
        .iter()
        .any(|befund| befund.schwere <= grenze);
    Ok(if verletzt {
        Ausgang::Befunde
    } else {
        Ausgang::Gut
    })
}
