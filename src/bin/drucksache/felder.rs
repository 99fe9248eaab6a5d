//! `drucksache felder`: what templates and prose may name, with the values of a matter.

use std::path::{Path, PathBuf};

use drucksache::diagnostic::render::bilanz;
use drucksache::pipeline;
use drucksache::source::Sources;
use drucksache::template::{Feld, felder, filter_und_funktionen};
use unicode_width::UnicodeWidthStr;

use crate::befehle;
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, aufgezaehlt, lesen};

/// Runs the command.
pub(crate) fn zeige(befehl: &befehle::Felder) -> Ausgang {
    let pfad = befehl.pfad.clone().unwrap_or_else(|| PathBuf::from("."));
    liste(&pfad, befehl).unwrap_or_else(|ausgang| ausgang)
}

fn liste(pfad: &Path, befehl: &befehle::Felder) -> Ergebnis<Ausgang> {
    let eingabe = lesen::vorgang(pfad).map_err(|befunde| {
        melden::zeige(&befunde, &Sources::default());
        Ausgang::NichtGebaut
    })?;
    let (antwort, ergebnis) = pipeline::rechne(&eingabe, |vorgang, zahlen| {
        let Some(nummer) = &befehl.drucksache else {
            return Ok(felder(vorgang, zahlen, vorgang.drucksachen.first()));
        };
        let mut alle = vorgang.drucksachen.iter();
        match alle.find(|d| d.nummer.to_string() == *nummer || d.nummer.dateiname() == *nummer) {
            Some(drucksache) => Ok(felder(vorgang, zahlen, Some(drucksache))),
            None => Err(vorgang
                .drucksachen
                .iter()
                .map(|d| d.nummer.to_string())
                .collect::<Vec<_>>()),
        }
    });
    melden::zeige(&ergebnis.befunde, &ergebnis.quellen);
    match antwort {
        Some(Ok(felder)) => {
            melden::sage(&text(&felder, befehl.suche.as_deref()));
            Ok(Ausgang::Gut)
        }
        Some(Err(nummern)) => {
            let nummern: Vec<_> = nummern.iter().map(String::as_str).collect();
            let gesucht = befehl.drucksache.as_deref().unwrap_or_default();
            melden::klage(&format!(
                "Fehler: die Drucksache {gesucht} gibt es nicht; es gibt {}\n",
                aufgezaehlt(&nummern)
            ));
            Err(Ausgang::NichtGebaut)
        }
        None => {
            melden::klage(&format!(
                "{}{}; es wurde nichts aufgeführt\n",
                lesen::vorsatz(pfad),
                bilanz(&ergebnis.befunde)
            ));
            Err(Ausgang::NichtGebaut)
        }
    }
}

/// One fact a line; only those in whose name or value the word stands, if one is given.
fn text(felder: &[Feld], suche: Option<&str>) -> String {
    let wort = suche.unwrap_or_default().to_lowercase();
    let passt = |feld: &&Feld| {
        feld.name.to_lowercase().contains(&wort) || feld.wert.to_lowercase().contains(&wort)
    };
    let zeilen: Vec<_> = felder.iter().filter(passt).collect();
    let breite = zeilen.iter().map(|feld| feld.name.width()).max();
    let breite = breite.unwrap_or_default();
    let mut text = String::new();
    for feld in &zeilen {
        let luecke = " ".repeat(breite - feld.name.width());
        text.push_str(&format!("{}{luecke}  {}\n", feld.name, feld.wert));
    }
    if suche.is_some() {
        return if text.is_empty() {
            "nichts gefunden\n".to_owned()
        } else {
            text
        };
    }
    let (filter, funktionen) = filter_und_funktionen();
    text.push_str(&format!(
        "\n„–“ fehlt in diesem Vorgang: mit {{% if … %}} fragen oder mit | default(value=\"…\") ersetzen\nFilter: {}\nFunktionen: {}\n",
        filter.join(", "),
        funktionen.join(", ")
    ));
    text
}
