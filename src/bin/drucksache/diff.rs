//! `drucksache diff`: what changed between two states of a matter, where it comes from, and whether it matters.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use drucksache::diff::{self, Unterschied, bericht, json};
use drucksache::input;
use drucksache::pipeline::Eingabe;
use drucksache::source::{Source, Sources};

use crate::befehle::{Diff, Vergleichsform};
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, aufgezaehlt, git, lesen};

/// Runs the command.
pub(crate) fn diff(befehl: &Diff) -> Ausgang {
    vergleiche(befehl)
        .and_then(|unterschied| zeige(&unterschied, befehl))
        .unwrap_or_else(|ausgang| ausgang)
}

fn klage<T>(text: &str) -> Ergebnis<T> {
    melden::klage(&format!("Fehler: {text}\n"));
    Err(Ausgang::NichtGebaut)
}

fn vergleiche(befehl: &Diff) -> Ergebnis<Unterschied> {
    if let Some(revision) = &befehl.git {
        let pfad = match befehl.pfade.as_slice() {
            [] => PathBuf::from("."),
            [pfad] => pfad.clone(),
            _ => return klage("mit --git wird nur ein Ordner angegeben: sein früherer Stand ist der alte"),
        };
        let (alt, hinweise) = match git::vorgang(&pfad, revision) {
            Ok(gelesen) => gelesen,
            Err(grund) => return klage(&grund),
        };
        let mut unterschied = vorgaenge(&alt, &vorgang(&pfad)?)?;
        unterschied.hinweise.extend(hinweise);
        return Ok(unterschied);
    }
    let [alt, neu] = befehl.pfade.as_slice() else {
        return klage("es fehlen die beiden Stände; etwa: drucksache diff ALT NEU, oder drucksache diff PFAD --git STAND");
    };
    match (ist_markdown(alt), ist_markdown(neu)) {
        (true, true) => {
            let (alt, neu) = (text(alt)?, text(neu)?);
            Ok(diff::vergleiche_texte((&alt.name, &alt.text), (&neu.name, &neu.text)))
        }
        (true, false) => mit_papier(&text(alt)?, &vorgang(neu)?, befehl.papier.as_deref()),
        (false, true) => klage("die Markdown-Datei ist hier der neue Stand; sie gehört an die erste Stelle, der Ordner an die zweite"),
        (false, false) => vorgaenge(&vorgang(alt)?, &vorgang(neu)?),
    }
}

fn vorgaenge(alt: &Eingabe, neu: &Eingabe) -> Ergebnis<Unterschied> {
    diff::vergleiche(alt, neu).map_err(|ungebaut| nicht_gebaut(&ungebaut))
}

fn nicht_gebaut(ungebaut: &diff::Ungebaut) -> Ausgang {
    melden::zeige(&ungebaut.befunde, &ungebaut.quellen);
    let welcher = if ungebaut.ist_alt { "alte" } else { "neue" };
    melden::klage(&format!("Fehler: der {welcher} Stand lässt sich nicht setzen; es wurde nichts verglichen\n"));
    Ausgang::NichtGebaut
}

fn mit_papier(alt: &Source, neu: &Eingabe, papier: Option<&str>) -> Ergebnis<Unterschied> {
    // A text of old is an agreement unless something else is said.
    let gesucht = papier.unwrap_or("vereinbarung");
    match diff::vergleiche_mit_papier((&alt.name, &alt.text), neu, gesucht) {
        Ok(Ok(unterschied)) => Ok(unterschied),
        Ok(Err(vorhandene)) => {
            let namen: Vec<&str> = vorhandene.iter().map(String::as_str).collect();
            klage(&format!(
                "ein Papier „{gesucht}“ hat der neue Stand nicht; mit --papier eines angeben: {}",
                aufgezaehlt(&namen)
            ))
        }
        Err(ungebaut) => Err(nicht_gebaut(&ungebaut)),
    }
}

fn ist_markdown(pfad: &Path) -> bool {
    !pfad.is_dir() && pfad.extension().is_some_and(|endung| endung.eq_ignore_ascii_case("md"))
}

fn text(pfad: &Path) -> Ergebnis<Source> {
    let bytes = lesen::datei(pfad)?;
    input::read(lesen::anzeige(pfad).into(), &bytes).map_err(|befund| {
        let mut quellen = Sources::default();
        quellen.insert(Source::new(lesen::anzeige(pfad), String::from_utf8_lossy(&bytes).as_ref()));
        melden::zeige(&[befund], &quellen);
        Ausgang::NichtGebaut
    })
}

fn vorgang(pfad: &Path) -> Ergebnis<Eingabe> {
    lesen::vorgang(pfad).map_err(|befunde| {
        melden::zeige(&befunde, &Sources::default());
        Ausgang::NichtGebaut
    })
}

fn zeige(unterschied: &Unterschied, befehl: &Diff) -> Ergebnis<Ausgang> {
    match befehl.format {
        Vergleichsform::Text => {
            let farbig = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|wert| wert.is_empty());
            melden::sage(&bericht::text(unterschied, farbig));
        }
        Vergleichsform::Md => melden::sage(&bericht::markdown(unterschied)),
        Vergleichsform::Json => melden::sage(&json::json(unterschied)),
        Vergleichsform::Pdf => {}
    }
    Ok(if unterschied.ist_leer() { Ausgang::Gut } else { Ausgang::Befunde })
}
