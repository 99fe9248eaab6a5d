//! An answer as JSON for programs. The form is a promise: fields may be added, none is renamed or removed.
//!
//! ```json
//! {
//!   "schema": "drucksache.herkunft/1",
//!   "papier": "vereinbarung-anlage-2-kostenuebersicht",
//!   "zeilen": { "von": 98, "bis": 98 },
//!   "text": "| Stadt Bergkamen | 1/8 | 3.328,13 € |",
//!   "werte": [{
//!     "datei": "kosten.yaml", "zeile": 6, "spalte": 21,
//!     "pfad": "kosten.fachadministration.arbeitsplatz.stellenanteil", "wert": "0,25", "quelltext": "stellenanteil: 0,25",
//!     "zusammen_mit": null
//!   }],
//!   "bedingungen": [],
//!   "texte": [{
//!     "datei": "templates/kostenuebersicht.md", "zeile": 148, "spalte": 3, "art": "vorlage", "eingebaut": true,
//!     "ausdruck": "{{ anteil.name }}", "quelltext": "| {{ anteil.name }} | …"
//!   }],
//!   "rechenwege": [{
//!     "titel": "Fachadministration 2022: Anteil Stadt Bergkamen", "ergebnis": "3.328,13 €",
//!     "schritte": [{ "text": "Jahresbetrag", "ergebnis": "26.625,00 €" }]
//!   }],
//!   "weitere_rechenwege": 0
//! }
//! ```
//!
//! `zusammen_mit` is `null` where the value moves the piece alone. Else
//! `{ "gleiche": true, "werte": [{ "datei": "nutzung.yaml", "pfad": "nutzung[1].von" }] }` names what had to change with
//! it, and whether all of that says the same.
//!
//! Lines and columns count from 1, columns count characters. `art` is `vorlage` or `prosa`; `eingebaut` says
//! that the program ships the template, so that no such file is the matter's; `ausdruck` is `null` where the text stands
//! in the file as it is; `ergebnis` of a step may be empty; `weitere_rechenwege` counts those of the same result that are
//! not listed.

use serde::Serialize;

use super::{Auskunft, Kopplung, Ort, Rechenweg, Textstelle, Wert};

/// Name and version of the form.
pub const SCHEMA: &str = "drucksache.herkunft/1";

/// The answer as one JSON document with a line break at its end.
pub fn json(auskunft: &Auskunft) -> String {
    let (von, bis) = auskunft.zeilen;
    let dokument = Dokument {
        schema: SCHEMA,
        papier: &auskunft.papier,
        zeilen: Zeilen { von, bis },
        text: &auskunft.text,
        werte: auskunft.werte.iter().map(WertJson::aus).collect(),
        bedingungen: auskunft.bedingungen.iter().map(WertJson::aus).collect(),
        texte: auskunft.texte.iter().map(TextJson::aus).collect(),
        rechenwege: auskunft.rechenwege.iter().map(WegJson::aus).collect(),
        weitere_rechenwege: auskunft.weitere,
    };
    // Plain structs with text keys always serialise.
    let mut text = serde_json::to_string_pretty(&dokument).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Dokument<'a> {
    schema: &'static str,
    papier: &'a str,
    zeilen: Zeilen,
    text: &'a str,
    werte: Vec<WertJson<'a>>,
    bedingungen: Vec<WertJson<'a>>,
    texte: Vec<TextJson<'a>>,
    rechenwege: Vec<WegJson<'a>>,
    weitere_rechenwege: usize,
}

#[derive(Serialize)]
struct Zeilen {
    von: usize,
    bis: usize,
}

#[derive(Serialize)]
struct WertJson<'a> {
    datei: &'a str,
    zeile: usize,
    spalte: usize,
    pfad: &'a str,
    wert: &'a str,
    quelltext: &'a str,
    zusammen_mit: Option<KopplungJson<'a>>,
}

#[derive(Serialize)]
struct KopplungJson<'a> {
    gleiche: bool,
    werte: Vec<PfadJson<'a>>,
}

#[derive(Serialize)]
struct PfadJson<'a> {
    datei: &'a str,
    pfad: &'a str,
}

#[derive(Serialize)]
struct TextJson<'a> {
    datei: &'a str,
    zeile: usize,
    spalte: usize,
    art: &'static str,
    eingebaut: bool,
    ausdruck: Option<&'a str>,
    quelltext: &'a str,
}

#[derive(Serialize)]
struct WegJson<'a> {
    titel: &'a str,
    ergebnis: &'a str,
    schritte: Vec<SchrittJson<'a>>,
}

#[derive(Serialize)]
struct SchrittJson<'a> {
    text: &'a str,
    ergebnis: &'a str,
}

impl<'a> WertJson<'a> {
    fn aus(wert: &'a Wert) -> Self {
        let Ort {
            datei,
            punkt,
            zeilentext,
            im_text: _,
        } = &wert.ort;
        Self {
            datei,
            zeile: punkt.line,
            spalte: punkt.column,
            pfad: &wert.pfad,
            wert: &wert.wert,
            quelltext: zeilentext,
            zusammen_mit: wert.kopplung.as_ref().map(KopplungJson::aus),
        }
    }
}

impl<'a> KopplungJson<'a> {
    fn aus(kopplung: &'a Kopplung) -> Self {
        let werte = kopplung.mit.iter();
        Self {
            gleiche: kopplung.gleiche,
            werte: werte
                .map(|(datei, pfad)| PfadJson { datei, pfad })
                .collect(),
        }
    }
}

impl<'a> TextJson<'a> {
    fn aus(stelle: &'a Textstelle) -> Self {
        Self {
            datei: &stelle.ort.datei,
            zeile: stelle.ort.punkt.line,
            spalte: stelle.ort.punkt.column,
            art: stelle.art.name(),
            eingebaut: stelle.eingebaut,
            ausdruck: stelle.ausdruck.as_deref(),
            quelltext: &stelle.ort.zeilentext,
        }
    }
}

impl<'a> WegJson<'a> {
    fn aus(weg: &'a Rechenweg) -> Self {
        let schritte = weg.schritte.iter();
        Self {
            titel: &weg.titel,
            ergebnis: &weg.ergebnis,
            schritte: schritte
                .map(|(text, ergebnis)| SchrittJson { text, ergebnis })
                .collect(),
        }
    }
}
