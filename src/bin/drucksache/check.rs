//! `drucksache check`: what the rules find, without writing anything.

use std::collections::BTreeMap;
use std::path::Path;

use drucksache::check::{REGELN, Regel, erklaerung, meldung, rechtsstand};
use drucksache::diagnostic::github::github;
use drucksache::diagnostic::json::{Bericht, json};
use drucksache::diagnostic::render::{Tafel, bilanz};
use drucksache::diagnostic::sarif::{Regelangabe, sarif};
use drucksache::diagnostic::{Befund, Schwere};
use drucksache::source::Sources;

use crate::befehle::{Check, Form};
use crate::lesen;
use crate::melden::{self, Ausgang};
use crate::render::{pfade, pruefe};

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
        Form::Sarif => {
            let berichte: Vec<_> = geprueft.iter().map(Geprueft::bericht).collect();
            melden::sage(&sarif(&berichte, &angaben(&berichte)));
        }
        Form::Github => {
            for vorgang in &geprueft {
                let offen: Vec<_> = vorgang
                    .befunde
                    .iter()
                    .filter(|b| b.zaehlt())
                    .cloned()
                    .collect();
                melden::sage(&github(&offen, &vorgang.quellen));
            }
        }
    }
    geprueft
        .iter()
        .map(|vorgang| vorgang.ausgang(befehl.streng))
        .max()
        .unwrap_or(Ausgang::Gut)
}

/// What is known of the rules, and of the other findings that occur.
fn angaben(berichte: &[Bericht<'_>]) -> Vec<Regelangabe> {
    let befunde = berichte.iter().flat_map(|bericht| bericht.befunde);
    let andere: BTreeMap<&str, Regelangabe> = befunde
        .filter_map(|befund| {
            let meldung = meldung(befund.regel)?;
            let angabe = Regelangabe {
                name: meldung.name,
                titel: meldung.titel.to_owned(),
                hilfe: meldung.erklaerung(),
                schwere: befund.schwere,
            };
            Some((meldung.name, angabe))
        })
        .collect();
    let regeln = REGELN.iter().map(angabe);
    regeln.chain(andere.into_values()).collect()
}

fn angabe(regel: &Regel) -> Regelangabe {
    Regelangabe {
        name: regel.name,
        titel: regel.anleitung().titel.to_owned(),
        hilfe: erklaerung(regel),
        schwere: regel.schwere.schwer(),
    }
}

/// A matter and all that was found in it.
struct Geprueft {
    pfad: String,
    /// The path before a remark on it.
    vorsatz: String,
    gebaut: bool,
    /// The rules that could not look.
    ungeprueft: Vec<&'static str>,
    /// What keeps the papers from being made, and behind it what the rules found.
    befunde: Vec<Befund>,
    /// How many of them are faults of an input of which no papers can be made.
    stoerungen: usize,
    /// The days of effect of each agreement.
    tafeln: Vec<Tafel>,
    quellen: Sources,
}

impl Geprueft {
    fn aus(pfad: &Path) -> Self {
        let (_, ergebnis) = pruefe(pfad);
        let gebaut = ergebnis.ist_gebaut();
        let mut befunde = ergebnis.befunde;
        let stoerungen = if gebaut { 0 } else { befunde.len() };
        befunde.extend(ergebnis.pruefung);
        Self {
            pfad: lesen::anzeige(pfad),
            vorsatz: lesen::vorsatz(pfad),
            gebaut,
            ungeprueft: ergebnis.ungeprueft,
            befunde,
            stoerungen,
            tafeln: ergebnis.tafeln,
            quellen: ergebnis.quellen,
        }
    }

    /// What keeps the papers from being made goes to standard error, as with every command; the report is data.
    fn zeige(&self) {
        let (stoerungen, gefunden) = self
            .befunde
            .split_at_checked(self.stoerungen)
            .unwrap_or((&[], &self.befunde));
        melden::zeige(stoerungen, &self.quellen);
        melden::sage_bericht(gefunden, &self.tafeln, &self.quellen);
        let bilanz = bilanz(&self.befunde);
        let ungebaut = if self.gebaut {
            ""
        } else if self.ungeprueft.len() == REGELN.len() {
            "; die Regeln wurden nicht geprüft"
        } else {
            "; die Papiere lassen sich so nicht machen"
        };
        melden::sage(&format!(
            "{}{bilanz}{ungebaut}\n{}\n",
            self.vorsatz,
            self.schlusszeile()
        ));
    }

    fn bericht(&self) -> Bericht<'_> {
        Bericht {
            pfad: &self.pfad,
            gebaut: self.gebaut,
            ungeprueft: &self.ungeprueft,
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
        } else if self
            .befunde
            .iter()
            .any(|befund| befund.zaehlt() && befund.schwere <= grenze)
        {
            Ausgang::Befunde
        } else {
            Ausgang::Gut
        }
    }

    /// „n Regeln geprüft, Rechtsstand …; nicht geprüft: …; ersetzt keine Rechtsprüfung“
    fn schlusszeile(&self) -> String {
        let mut teilweise: Vec<&str> = self
            .befunde
            .iter()
            .filter(|befund| befund.ist_nicht_pruefbar())
            .map(|befund| befund.regel)
            .collect();
        teilweise.sort_unstable();
        teilweise.dedup();
        let mut zeile = format!(
            "{} Regeln geprüft, Rechtsstand {}",
            REGELN.len() - self.ungeprueft.len(),
            rechtsstand()
        );
        if self.ungeprueft.len() == REGELN.len() {
            zeile.push_str(
                "; nicht geprüft, weil sich der Vorgang so nicht bauen lässt: alle Regeln",
            );
        } else if !self.ungeprueft.is_empty() {
            zeile.push_str(&format!(
                "; nicht geprüft, weil nicht alle Papiere gemacht werden konnten: {}",
                self.ungeprueft.join(", ")
            ));
        }
        if !teilweise.is_empty() {
            zeile.push_str(&format!(
                "; nicht oder nicht ganz geprüft: {}",
                teilweise.join(", ")
            ));
        }
        zeile.push_str("; ersetzt keine Rechtsprüfung");
        zeile
    }
}
