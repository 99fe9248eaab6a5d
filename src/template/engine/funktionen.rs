//! What templates can call: our functions and filters, and the budget that every turn of a loop draws on.

use std::cell::Cell;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::compute::sprache;
use crate::input::Datum;
use crate::template::zeichen::{
    ABSATZNUMMER, KLAUSELNUMMER, RECHT, RECHT_ENDE, VERWEIS, VERWEIS_ENDE,
};
use crate::template::{escape, fehler, werte};

/// What turns of loops and includes may cost together while one template renders.
const TAKTE: u64 = 200_000;

/// Longest list that `range` makes.
const REIHE: u64 = 1_000;

thread_local! {
    /// What the template that renders on this thread has used up: from begin to end a template stays on one.
    static VERBRAUCHT: Cell<u64> = const { Cell::new(0) };
}

/// Gives the template that renders next on this thread its whole budget.
pub(super) fn volles_budget() {
    VERBRAUCHT.set(0);
}

/// The functions and filters of our templates. `range` is bounded and `safe` does nothing: only the program decides
/// what is markup.
pub(super) fn registriere(tera: &mut Tera) {
    tera.register_function("takt", |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let preis = kwargs.get::<u64>("n")?.unwrap_or(1);
        if VERBRAUCHT.replace(VERBRAUCHT.get().saturating_add(preis)) >= TAKTE {
            return Err(tera::Error::message(fehler::ZU_VIELE_SCHLEIFEN));
        }
        if let Some(wert) = kwargs.get::<Value>("wert")? {
            werte::miss(&wert)?;
        }
        Ok(Value::safe_string(""))
    });
    tera.register_function(
        "range",
        |kwargs: Kwargs, _: &State| -> TeraResult<Vec<u64>> {
            let ende = kwargs.must_get::<u64>("end")?;
            let anfang = kwargs.get::<u64>("start")?.unwrap_or(0);
            if ende.saturating_sub(anfang) > REIHE {
                return Err(tera::Error::message(fehler::ZU_LANGE_REIHE));
            }
            Ok((anfang..ende).collect())
        },
    );
    tera.register_function("paragraf", |_: Kwargs, _: &State| {
        Value::safe_string(&KLAUSELNUMMER.to_string())
    });
    tera.register_function("absatz", |_: Kwargs, _: &State| {
        Value::safe_string(&ABSATZNUMMER.to_string())
    });
    tera.register_function(
        "verweis",
        |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let klausel = kwargs.must_get::<&str>("klausel")?;
            let absatz = kwargs.get::<u32>("absatz")?;
            let absatz = absatz
                .map(|absatz| format!("|{absatz}"))
                .unwrap_or_default();
            Ok(Value::safe_string(&format!(
                "{VERWEIS}{klausel}{absatz}{VERWEIS_ENDE}"
            )))
        },
    );
    tera.register_function("recht", |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let gesetz = kwargs.must_get::<&str>("gesetz")?;
        let mut zitat = Vec::new();
        let mut form = "";
        if let Some(stelle) = kwargs.get::<&str>("stelle")? {
            escape::markiere(stelle, &mut zitat)?;
            zitat.push(b' ');
            form = "|genitiv";
        }
        let zitat = String::from_utf8_lossy(&zitat);
        Ok(Value::safe_string(&format!(
            "{zitat}{RECHT}{gesetz}{form}{RECHT_ENDE}"
        )))
    });
    tera.register_filter(
        "einzeilig",
        |wert: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            Ok(wert.split_whitespace().collect::<Vec<_>>().join(" "))
        },
    );
    tera.register_filter("join", |werte: &[Value], kwargs: Kwargs, _: &State| {
        werte::verbinde(werte, &kwargs)
    });
    tera.register_filter("replace", |wert: Value, kwargs: Kwargs, _: &State| {
        werte::ersetze(&wert, &kwargs)
    });
    tera.register_filter("safe", |wert: Value, _: Kwargs, _: &State| wert);
    tera.register_filter(
        "roemisch",
        |wert: u64, _: Kwargs, _: &State| -> TeraResult<String> {
            sprache::roemisch(wert).ok_or_else(|| tera::Error::message(fehler::KEINE_ROEMISCHE))
        },
    );
    tera.register_filter(
        "lang",
        |wert: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            wert.parse::<Datum>()
                .map(Datum::lang)
                .map_err(|_| tera::Error::message(fehler::KEIN_DATUM))
        },
    );
}
