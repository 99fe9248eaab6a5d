//! Groups in the place of a word: a field such as the key by which costs are shared knows words, and groups that say the
//! same of another kind and with numbers of their own.
//!
//! What a group holds is read from its schema: what is demanded, with a number of its own for each body. One that makes
//! the matter invalid is no trial.

use serde_json::Value;

use super::skalare::Skalar;
use super::werte::{PROBETEXT, Umfeld};
use crate::input::Datum;
use crate::input::tree::Angabe;

/// A day before all days of a matter, so that what begins on it holds throughout.
const FRUEHER_TAG: &str = "01.01.1970";
/// How deep groups nest.
const TIEFE: usize = 4;

/// The groups that could stand in the place of a word.
pub(super) fn gruppen(skalar: &Skalar, umfeld: &Umfeld) -> Vec<Angabe> {
    let mut gruppen = Vec::new();
    for schema in &skalar.schema {
        let Some(felder) = schema.get("properties").and_then(Value::as_object) else {
            continue;
        };
        // Of several kinds one is chosen.
        if schema.get("maxProperties").and_then(Value::as_u64) == Some(1) {
            let je_eine = felder.iter().filter_map(|(name, feld)| {
                Some(Angabe::Gruppe(vec![(
                    name.clone(),
                    probe(feld, umfeld, 1, TIEFE)?,
                )]))
            });
            gruppen.extend(je_eine);
        } else {
            gruppen.extend(probe(schema, umfeld, 1, TIEFE));
        }
    }
    gruppen
}

/// Something of the form of a schema; numbers are `nummer`.
fn probe(schema: &Value, umfeld: &Umfeld, nummer: usize, tiefe: usize) -> Option<Angabe> {
    let tiefe = tiefe.checked_sub(1)?;
    if let Some(felder) = schema.get("properties").and_then(Value::as_object) {
        let verlangt = schema.get("required").and_then(Value::as_array);
        let verlangt = verlangt.into_iter().flatten().filter_map(Value::as_str);
        let felder: Option<Vec<_>> = verlangt
            .map(|name| {
                let wert = probe(felder.get(name)?, umfeld, nummer, tiefe)?;
                Some((name.to_owned(), wert))
            })
            .collect();
        return felder.filter(|f| !f.is_empty()).map(Angabe::Gruppe);
    }
    if let Some(je) = schema.get("additionalProperties").filter(|s| s.is_object()) {
        let je_koerperschaft = umfeld.koerperschaften.iter().zip(1..);
        let werte: Option<Vec<_>> = je_koerperschaft
            .map(|(name, nummer)| Some((name.clone(), probe(je, umfeld, nummer, tiefe)?)))
            .collect();
        return werte.filter(|w| !w.is_empty()).map(Angabe::Gruppe);
    }
    if let Some(glied) = schema.get("items") {
        let glied = probe(glied, umfeld, nummer, tiefe)?;
        return Some(Angabe::Liste(vec![glied]));
    }
    Some(Angabe::Text(text(schema, nummer)))
}

fn text(schema: &Value, nummer: usize) -> String {
    let beispiel = schema
        .get("examples")
        .and_then(|beispiele| beispiele.get(0));
    let beispiel = beispiel.and_then(Value::as_str);
    let arten = schema.get("type").and_then(Value::as_array);
    let hat = |art: &str| arten.is_some_and(|arten| arten.iter().any(|da| da == art));
    // What may be a truth value too is a text of any look.
    let ist_zahl = hat("integer") || (hat("number") && !hat("boolean"));
    match beispiel {
        Some(beispiel) if beispiel.parse::<Datum>().is_ok() => FRUEHER_TAG.to_owned(),
        Some(beispiel) => beispiel.to_owned(),
        None if ist_zahl => nummer.to_string(),
        None => PROBETEXT.to_owned(),
    }
}
