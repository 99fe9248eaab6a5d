//! `drucksache new`: a small commented matter to begin with. Asks nothing, overwrites nothing.

use std::fs;
use std::path::Path;

use drucksache::model::schema;

use crate::befehle::{Neu, Vorlage};
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, ausgabe, lesen};

/// A file of a new matter: its path in the folder and its text.
type Datei = (&'static str, &'static str);

macro_rules! dateien {
    ($ordner:literal: $($pfad:literal),*) => {
        &[$(($pfad, include_str!(concat!("neu/", $ordner, "/", $pfad)))),*]
    };
}

const BESCHLUSSVORLAGE: &[Datei] = dateien!(
    "beschlussvorlage": "drucksache.yaml", "texte/sachbericht.md", "stammdaten/koerperschaften.yaml"
);

const VEREINBARUNG: &[Datei] = dateien!(
    "vereinbarung": "vorgang.yaml", "drucksache.yaml", "texte/sachbericht.md", "stammdaten/koerperschaften.yaml"
);

/// Runs the command.
pub(crate) fn neu(befehl: &Neu) -> Ausgang {
    schreibe(&befehl.ordner, befehl.vorlage).unwrap_or_else(|ausgang| ausgang)
}

fn schreibe(ordner: &Path, vorlage: Vorlage) -> Ergebnis<Ausgang> {
    let anzeige = lesen::anzeige(ordner);
    if fs::read_dir(ordner).is_ok_and(|mut inhalt| inhalt.next().is_some()) {
        melden::klage(&format!(
            "Fehler: „{anzeige}“ ist nicht leer; einen neuen Ordner angeben, damit nichts verloren geht\n"
        ));
        return Err(Ausgang::NichtGebaut);
    }
    let eigene_stammdaten = vorlage == Vorlage::Vereinbarung || !lesen::hat_stammdaten(ordner);
    let vorgang = schema_text(&schema::vorgang());
    let stammdaten = schema_text(&schema::stammdaten());
    let mut dateien: Vec<(String, &[u8])> = match vorlage {
        Vorlage::Beschlussvorlage => BESCHLUSSVORLAGE,
        Vorlage::Vereinbarung => VEREINBARUNG,
    }
    .iter()
    .filter(|(pfad, _)| eigene_stammdaten || !pfad.starts_with("stammdaten/"))
    .map(|(pfad, text)| ((*pfad).to_owned(), text.as_bytes()))
    .collect();
    let sichtbar = dateien.len();
    dateien.push((".schema/vorgang.json".to_owned(), vorgang.as_bytes()));
    if eigene_stammdaten {
        dateien.push((".schema/stammdaten.json".to_owned(), stammdaten.as_bytes()));
    }
    ausgabe::schreibe(ordner, &dateien)?;

    let namen: Vec<_> = dateien
        .iter()
        .take(sichtbar)
        .map(|(name, _)| name.as_str())
        .collect();
    melden::sage(&format!(
        "{anzeige}: {} geschrieben\nWeiter mit: drucksache render {anzeige}\n",
        crate::aufgezaehlt(&namen)
    ));
    Ok(Ausgang::Gut)
}

/// A schema as it is printed.
pub(crate) fn schema_text(schema: &serde_json::Value) -> String {
    // A JSON value always prints.
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
