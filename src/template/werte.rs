//! Budgets of the values that a template makes itself, and the filters that could break them in one step.
//!
//! The output of a template has its own budget; a value is kept aside, where that one does not see it.

use tera::{Kwargs, TeraResult, Value};

use super::{escape, fehler};

/// Size of a value that a template makes itself, in bytes.
const WERT: usize = 128 * 1024;

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
