//! What templates and prose may name, as a list for their authors: each fact with its value in a matter.

use std::collections::BTreeMap;

use schemars::schema_for;
use serde_json::Value;

use super::fehler::{FILTER, FUNKTIONEN};
use super::view::{self, Fakten, Gegenstand, Titel, form};
use crate::compute::Zahlen;
use crate::model::{Drucksache, Vorgang};

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feld {
    /// How an expression names it; `[]` stands for an entry of a list, `<schlüssel>` for a key of the matter.
    pub name: String,
    /// Its value here, in German; `–` where the matter does not have it.
    pub wert: String,
}

/// How much of a value is shown.
const LAENGE: usize = 60;

/// What is told first, so that other groups can point to it.
const ZUERST: [&str; 5] = [
    "vorgang",
    "drucksache",
    "koerperschaft",
    "parteien",
    "vereinbarung",
];

/// Types whose title comes from the head of a template.
const MIT_TITEL: [&str; 3] = ["VereinbarungSicht", "BeipapierSicht", "AnlageSicht"];

/// What a paper on a Drucksache sees; without one, what a paper on the first agreement sees. A group that stood before is
/// not told again. Nothing if the matter has neither.
pub fn felder(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    drucksache: Option<&Drucksache>,
) -> Vec<Feld> {
    let vereinbarung = || {
        let mut alle = vorgang.vereinbarungen.values();
        alle.find(|vereinbarung| vereinbarung.wird_geschrieben())
    };
    let gegenstand = match drucksache {
        Some(drucksache) => Gegenstand::Drucksache(drucksache),
        None => match vereinbarung() {
            Some(vereinbarung) => Gegenstand::Vereinbarung(vereinbarung),
            None => return Vec::new(),
        },
    };
    let fakten = view::fakten(vorgang, zahlen, &Titel::new(), gegenstand);
    // Plain structs with text keys always serialise.
    let werte = serde_json::to_value(&fakten).unwrap_or_default();
    let schema = schema_for!(Fakten).to_value();
    let mut lauf = Lauf {
        wurzel: &schema,
        gesehen: BTreeMap::new(),
        felder: Vec::new(),
    };
    lauf.gruppe("", &schema, &werte, "");
    for name in form::PROSA {
        let ist_text = name.ends_with(".titel") || name.ends_with(".schluessel");
        let wert = if ist_text { "Text" } else { "Markdown" };
        lauf.feld(name, wert.to_owned());
    }
    lauf.felder
}

/// The filters and the functions that templates may call.
pub fn filter_und_funktionen() -> (&'static [&'static str], &'static [&'static str]) {
    (&FILTER, &FUNKTIONEN)
}

struct Lauf<'a> {
    wurzel: &'a Value,
    /// Where each type stood first.
    gesehen: BTreeMap<String, String>,
    felder: Vec<Feld>,
}

impl<'a> Lauf<'a> {
    fn feld(&mut self, name: &str, wert: String) {
        self.felder.push(Feld {
            name: name.to_owned(),
            wert,
        });
    }

    fn gruppe(&mut self, name: &str, schema: &'a Value, wert: &Value, art: &str) {
        let felder = schema.get("properties").and_then(Value::as_object);
        let mut felder: Vec<_> = felder.into_iter().flatten().collect();
        if name.is_empty() {
            felder.sort_by_key(|(feld, _)| {
                let vorn = ZUERST.iter().position(|vorn| vorn == feld);
                (vorn.unwrap_or(ZUERST.len()), *feld)
            });
        }
        for (feld, schema) in felder {
            let weg = if name.is_empty() {
                feld.clone()
            } else {
                format!("{name}.{feld}")
            };
            let wert = wert.get(feld).unwrap_or(&Value::Null);
            if feld == "titel" && MIT_TITEL.contains(&art) && text(wert) == "–" {
                self.feld(&weg, "aus dem Kopf der Vorlage".to_owned());
            } else {
                self.wert(&weg, schema, wert);
            }
        }
    }

    fn wert(&mut self, name: &str, schema: &'a Value, wert: &Value) {
        let (art, schema) = self.aufgeloest(schema);
        if let Some(eintrag) = schema.get("items") {
            self.liste(name, eintrag, wert);
        } else if let Some(eintrag) = schema.get("additionalProperties") {
            let karte = wert.as_object();
            let schluessel: Vec<_> = karte.into_iter().flat_map(|k| k.keys()).collect();
            self.feld(name, gekuerzt(&aufgezaehlt(&schluessel)));
            let erster = karte.and_then(|karte| karte.values().next());
            self.wert(
                &format!("{name}.<schlüssel>"),
                eintrag,
                erster.unwrap_or(&Value::Null),
            );
        } else if schema.get("properties").is_some() {
            if let Some(zuerst) = self.gesehen.get(art) {
                let fehlt = if wert.is_null() { "–, sonst " } else { "" };
                let wert = format!("{fehlt}wie {zuerst}");
                self.feld(name, wert);
            } else {
                self.gesehen.insert(art.to_owned(), name.to_owned());
                if wert.is_null() {
                    self.feld(name, "–".to_owned());
                }
                self.gruppe(name, schema, wert, art);
            }
        } else {
            self.feld(name, text(wert));
        }
    }

    fn liste(&mut self, name: &str, schema: &'a Value, wert: &Value) {
        let eintraege = wert.as_array().map_or(&[][..], Vec::as_slice);
        let (_, form) = self.aufgeloest(schema);
        if form.get("properties").is_none() {
            let werte: Vec<_> = eintraege.iter().map(text).collect();
            self.feld(&format!("{name}[]"), gekuerzt(&aufgezaehlt(&werte)));
            return;
        }
        let anzahl = match eintraege.len() {
            0 => "–".to_owned(),
            1 => "1 Eintrag".to_owned(),
            n => format!("{n} Einträge"),
        };
        let name = format!("{name}[]");
        let (art, form) = self.aufgeloest(schema);
        if let Some(zuerst) = self.gesehen.get(art) {
            let wert = format!("{anzahl}, wie {zuerst}");
            self.feld(&name, wert);
            return;
        }
        self.gesehen.insert(art.to_owned(), name.clone());
        self.feld(&name, anzahl);
        let erster = eintraege.first().unwrap_or(&Value::Null);
        self.gruppe(&name, form, erster, art);
    }

    /// The schema that is meant, and the name of its type.
    fn aufgeloest(&self, schema: &'a Value) -> (&'a str, &'a Value) {
        form::aufgeloest(schema, self.wurzel).unwrap_or(("", schema))
    }
}

fn aufgezaehlt(werte: &[impl AsRef<str>]) -> String {
    if werte.is_empty() {
        return "–".to_owned();
    }
    let werte: Vec<_> = werte.iter().map(AsRef::as_ref).collect();
    werte.join(", ")
}

fn text(wert: &Value) -> String {
    match wert {
        Value::Null => "–".to_owned(),
        Value::Bool(wert) => if *wert { "ja" } else { "nein" }.to_owned(),
        Value::String(text) if text.is_empty() => "–".to_owned(),
        Value::String(text) => gekuerzt(text),
        wert => wert.to_string(),
    }
}

fn gekuerzt(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LAENGE {
        return text;
    }
    let anfang: String = text.chars().take(LAENGE - 1).collect();
    format!("{}…", anfang.trim_end())
}
