//! `drucksache check`: what the rules find, without writing anything.

use std::path::Path;

use drucksache::check::REGELN;
use drucksache::diagnostic::github::github;
use drucksache::diagnostic::json::{Bericht, json};
use drucksache::diagnostic::render::bilanz;
use drucksache::diagnostic::{Befund, Schwere};
use drucksache::source::Sources;
use drucksache::template::Auswahl;

use crate::befehle::{Check, Form};
use crate::lesen;
use crate::melden::{self, Ausgang};
use crate::render::{pfade, versuche};

/// Runs the command.
pub(crate) fn check(befehl: &Check) -> Ausgang {
    let geprueft: Vec<_> = pfade(&befehl.pfade)
        .iter()
        .map(|pfad| Geprueft::aus(pfad))
        .collect();
    match befehl.format {
        Form::Text => geprueft.iter().for_each(Geprueft::zeige),
        Form::Json => {
            let berichte: Vec<_> = geprueft.iter().map(Geprueft::bericht).collect();
            melden::sage(&json(&berichte));
        }
        Form::Github => {
            for vorgang in &geprueft {
                melden::sage(&github(&vorgang.befunde, &vorgang.quellen));
            }
        }
    }
    geprueft
        .iter()
        .map(|vorgang| vorgang.ausgang(befehl.streng))
        .max()
        .unwrap_or(Ausgang::Gut)
}

/// A matter and all that was found in it.
struct Geprueft {
    pfad: String,
    /// The path before a remark on it.
    vorsatz: String,
    gebaut: bool,
    befunde: Vec<Befund>,
    quellen: Sources,
}

impl Geprueft {
    fn aus(pfad: &Path) -> Self {
        let (_, ergebnis) = versuche(pfad, &Auswahl::default());
        let gebaut = ergebnis.ist_gebaut();
        let mut befunde = ergebnis.befunde;
        befunde.extend(ergebnis.pruefung);
        Self {
            pfad: lesen::anzeige(pfad),
            vorsatz: lesen::vorsatz(pfad),
            gebaut,
            befunde,
            quellen: ergebnis.quellen,
        }
    }

    fn zeige(&self) {
        melden::zeige(&self.befunde, &self.quellen);
        let bilanz = bilanz(&self.befunde);
        if self.gebaut {
            melden::sage(&format!(
                "{}{bilanz}; {} Regeln geprüft; ersetzt keine Rechtsprüfung\n",
                self.vorsatz,
                REGELN.len()
            ));
        } else {
            melden::klage(&format!(
                "{}{bilanz}; die Regeln wurden nicht geprüft\n",
                self.vorsatz
            ));
        }
    }

    fn bericht(&self) -> Bericht<'_> {
        Bericht {
            pfad: &self.pfad,
            gebaut: self.gebaut,
            befunde: &self.befunde,
            quellen: &self.quellen,
        }
    }

    fn ausgang(&self, streng: bool) -> Ausgang {
        let grenze = if streng {
            Schwere::Warnung
        } else {
            Schwere::Fehler
        };
        if !self.gebaut {
            Ausgang::NichtGebaut
        } else if self.befunde.iter().any(|befund| befund.schwere <= grenze) {
            Ausgang::Befunde
        } else {
            Ausgang::Gut
        }
    }
}
