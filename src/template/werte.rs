//! Budgets of the values that a template makes itself, and the filters that could break them in one step.
//!
//! The output of a template has its own budget; a value is kept aside, where that one does not see it.

use tera::{Kwargs, TeraResult, Value};

use serde::Serialize;

use super::{escape, fehler};

/// Size of a value that a template makes itself, in bytes.
const WERT: usize = 128 * 1024;

/// A fact as templates see it: without empty texts in its groups. What is not known is absent, and an expression that
/// prints it is a finding, not a hole in a sentence. The cells of a table, which are entries of a list, may be empty.
///
/// # Errors
/// If it does not serialise.
pub(super) fn fuer_vorlagen(fakt: &impl Serialize) -> TeraResult<Value> {
    let wert = Value::try_from_serializable(fakt)?;
    Ok(ohne_leere(&wert).unwrap_or(wert))
}

/// The value without empty texts in its groups; `None` if it holds none.
fn ohne_leere(wert: &Value) -> Option<Value> {
    if let Some(liste) = wert.as_array() {
        let neue: Vec<_> = liste.iter().map(ohne_leere).collect();
        if neue.iter().all(Option::is_none) {
            return None;
        }
        let werte = neue.into_iter().zip(liste);
        let werte = werte.map(|(neu, alt)| neu.unwrap_or_else(|| alt.clone()));
        return Some(Value::from(werte.collect::<Vec<_>>()));
    }
    let karte = wert.as_map()?;
    let mut anders = false;
    let mut neue = tera::Map::new();
    let mut neue_werte = Vec::with_capacity(karte.len());
    for eintrag in karte.values() {
        let neu = ohne_leere(eintrag);
        anders |= neu.is_some() || ist_leer(eintrag);
        neue_werte.push(neu);
    }
    if !anders {
        return None;
    }
    for ((name, alt), neu) in karte.iter().zip(neue_werte) {
        if !ist_leer(alt) {
            neue.insert(name.clone(), neu.unwrap_or_else(|| alt.clone()));
        }
    }
    Some(Value::from(neue))
}

/// Whether it is a text in which nothing stands.
pub(super) fn ist_leer(wert: &Value) -> bool {
    wert.as_str().is_some_and(str::is_empty)
}

/// Refuses a value that is larger than its budget.
pub(super) fn miss(wert: &Value) -> TeraResult<()> {
    let mut rest = WERT;
    zaehle(wert, &mut rest)
}

/// Takes the size of a value from what is left of the budget. A list that holds itself many times counts as often.
fn zaehle(wert: &Value, rest: &mut usize) -> TeraResult<()> {
    let eigenes = wert.as_str().map_or(16, str::len);
    match rest.checked_sub(eigenes) {
        Some(weniger) => *rest = weniger,
        None => return Err(tera::Error::message(fehler::ZU_GROSSER_WERT)),
    }
    for eintrag in wert.as_array().unwrap_or_default() {
        zaehle(eintrag, rest)?;
    }
    for (_, eintrag) in wert.as_map().into_iter().flatten() {
        zaehle(eintrag, rest)?;
    }
    Ok(())
}

/// Tera's `join` within the budget of a value.
pub(super) fn verbinde(werte: &[Value], kwargs: &Kwargs) -> TeraResult<Value> {
    let trenner = kwargs
        .get::<Value>("sep")?
        .unwrap_or_else(|| Value::from(""));
    let ist_auszeichnung = werte.iter().chain([&trenner]).any(ist_fertig);
    let mut text = String::new();
    for (i, wert) in werte.iter().enumerate() {
        if i > 0 {
            haenge_an(&mut text, &trenner, ist_auszeichnung)?;
        }
        if !wert.is_undefined() {
            haenge_an(&mut text, wert, ist_auszeichnung)?;
        }
    }
    Ok(als_wert(text, ist_auszeichnung))
}

/// Tera's `replace` within the budget of a value.
pub(super) fn ersetze(wert: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let von = kwargs.must_get::<&str>("from")?;
    let nach = kwargs.must_get::<Value>("to")?;
    let ist_auszeichnung = ist_fertig(wert) || ist_fertig(&nach);
    let mut vorher = String::new();
    haenge_an(&mut vorher, wert, ist_auszeichnung)?;
    let mut text = String::new();
    let mut nach_text = String::new();
    haenge_an(&mut nach_text, &nach, ist_auszeichnung)?;
    for (i, stueck) in vorher.split(von).enumerate() {
        if i > 0 {
            text.push_str(&nach_text);
        }
        text.push_str(stueck);
        if text.len() > WERT {
            return Err(tera::Error::message(fehler::ZU_GROSSER_WERT));
        }
    }
    Ok(als_wert(text, ist_auszeichnung))
}

/// Whether the value is text that may hold markup.
fn ist_fertig(wert: &Value) -> bool {
    wert.is_string() && wert.is_safe()
}

fn haenge_an(text: &mut String, wert: &Value, ist_auszeichnung: bool) -> TeraResult<()> {
    if wert.is_undefined() || wert.is_none() {
        return Err(tera::Error::message(fehler::OHNE_WERT));
    }
    miss(wert)?;
    let geschrieben = wert.to_string();
    if text.len() + geschrieben.len() > WERT {
        return Err(tera::Error::message(fehler::ZU_GROSSER_WERT));
    }
    if ist_auszeichnung && !ist_fertig(wert) {
        let mut maskiert = Vec::new();
        escape::markiere(&geschrieben, &mut maskiert)?;
        text.push_str(&String::from_utf8_lossy(&maskiert));
    } else {
        text.push_str(&geschrieben);
    }
    Ok(())
}

fn als_wert(text: String, ist_auszeichnung: bool) -> Value {
    if ist_auszeichnung {
        Value::safe_string(&text)
    } else {
        Value::from(text)
    }
}
