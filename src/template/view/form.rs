//! The form of the facts: which names lead where, whatever a matter says. Made from the types themselves.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use schemars::schema_for;
use serde_json::Value;

use super::super::namen::Schritt;
use super::Fakten;

/// What an expression can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::template) enum Form {
    /// Text, number, yes or no: nothing leads on from it.
    Wert,
    /// Values in order.
    Liste(Box<Form>),
    /// Values by keys that the matter gives.
    Karte(Box<Form>),
    /// Fields that are always the same ones; groups of one type share them.
    Gruppe(Arc<BTreeMap<String, Form>>),
    /// Not known.
    Offen,
}

/// The form of the facts, of the rendered prose too.
pub(in crate::template) fn fakten() -> &'static Form {
    static FAKTEN: LazyLock<Form> = LazyLock::new(|| {
        let schema = schema_for!(Fakten);
        let wurzel = schema.as_value();
        let mut form = aus(wurzel, wurzel, &mut BTreeMap::new());
        let abschnitt = || Form::gruppe(["schluessel", "titel", "text"]);
        for (gruppe, feld, dazu) in [
            ("drucksache", "beschlussvorschlag", Form::Wert),
            ("drucksache", "sachbericht", Form::Wert),
            (
                "drucksache",
                "abschnitte",
                Form::Liste(Box::new(abschnitt())),
            ),
            (
                "drucksache",
                "abschnitt",
                Form::Karte(Box::new(abschnitt())),
            ),
            ("anlage", "text", Form::Wert),
            ("vereinbarung", "praeambel", Form::Wert),
        ] {
            form.ergaenze(gruppe, feld, dazu);
        }
        form
    });
    &FAKTEN
}

/// The group of the facts that holds the last field of a path: the name of its type, or that of the map that it is an
/// entry of.
pub(in crate::template) fn gruppe(pfad: &[Schritt]) -> Option<String> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema_for!(Fakten).to_value());
    let aufgeloest = |schema: &'static Value| {
        let arten = schema.get("anyOf").and_then(Value::as_array);
        let art = arten.into_iter().flatten();
        let schema = art
            .into_iter()
            .find(|art| art.get("$ref").is_some())
            .unwrap_or(schema);
        let name = schema.get("$ref").and_then(Value::as_str)?;
        let ziel = SCHEMA.pointer(name.strip_prefix('#')?)?;
        Some((name.rsplit('/').next()?.to_owned(), ziel))
    };
    let (_, davor) = pfad.split_last()?;
    let (mut gruppe, mut hier): (String, &'static Value) = ("Fakten".to_owned(), &SCHEMA);
    for schritt in davor {
        let naechstes = match schritt.name() {
            Some(name) => hier
                .get("properties")
                .and_then(|felder| felder.get(name))
                .inspect(|_| gruppe = name.to_owned())
                .or_else(|| hier.get("additionalProperties")),
            None => hier.get("items"),
        };
        hier = naechstes?;
        if let Some((name, ziel)) = aufgeloest(hier) {
            (gruppe, hier) = (name, ziel);
        }
    }
    Some(gruppe)
}

impl Form {
    fn gruppe<const N: usize>(felder: [&str; N]) -> Self {
        let felder = felder.map(|feld| (feld.to_owned(), Self::Wert));
        Self::Gruppe(Arc::new(felder.into()))
    }

    fn ergaenze(&mut self, gruppe: &str, feld: &str, dazu: Self) {
        if let Self::Gruppe(felder) = self
            && let Some(Self::Gruppe(felder)) = Arc::make_mut(felder).get_mut(gruppe)
        {
            Arc::make_mut(felder).insert(feld.to_owned(), dazu);
        }
    }
}

/// The form that a schema describes; `benannte` are those of the types that were met before.
fn aus<'s>(schema: &'s Value, wurzel: &'s Value, benannte: &mut BTreeMap<&'s str, Form>) -> Form {
    if let Some(verweis) = schema.get("$ref").and_then(Value::as_str) {
        if let Some(form) = benannte.get(verweis) {
            return form.clone();
        }
        let ziel = verweis
            .strip_prefix('#')
            .and_then(|pfad| wurzel.pointer(pfad));
        let form = ziel.map_or(Form::Offen, |ziel| aus(ziel, wurzel, benannte));
        benannte.insert(verweis, form.clone());
        return form;
    }
    if let Some(arten) = schema.get("anyOf").and_then(Value::as_array) {
        let art = arten
            .iter()
            .find(|art| art.get("type").and_then(Value::as_str) != Some("null"));
        return art.map_or(Form::Offen, |art| aus(art, wurzel, benannte));
    }
    if let Some(felder) = schema.get("properties").and_then(Value::as_object) {
        let felder = felder
            .iter()
            .map(|(name, feld)| (name.clone(), aus(feld, wurzel, benannte)));
        return Form::Gruppe(Arc::new(felder.collect()));
    }
    if let Some(wert) = schema.get("additionalProperties") {
        return Form::Karte(Box::new(aus(wert, wurzel, benannte)));
    }
    if let Some(eintrag) = schema.get("items") {
        return Form::Liste(Box::new(aus(eintrag, wurzel, benannte)));
    }
    if schema.get("type").is_some() {
        Form::Wert
    } else {
        Form::Offen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feld<'a>(form: &'a Form, name: &str) -> &'a Form {
        match form {
            Form::Gruppe(felder) => &felder[name],
            Form::Liste(eintrag) | Form::Karte(eintrag) => feld(eintrag, name),
            Form::Wert | Form::Offen => panic!("{name}"),
        }
    }

    #[test]
    fn fields_that_a_matter_may_lack_belong_to_the_form() {
        let vereinbarung = feld(fakten(), "vereinbarung");
        assert_eq!(feld(vereinbarung, "titel"), &Form::Wert);
        assert_eq!(feld(feld(vereinbarung, "aufsicht"), "dativ"), &Form::Wert);
        assert_eq!(feld(feld(fakten(), "parteien"), "anteil"), &Form::Wert);
    }

    #[test]
    fn nothing_of_the_form_is_open() {
        fn ist_zu(form: &Form) -> bool {
            match form {
                Form::Wert => true,
                Form::Offen => false,
                Form::Liste(eintrag) | Form::Karte(eintrag) => ist_zu(eintrag),
                Form::Gruppe(felder) => felder.values().all(ist_zu),
            }
        }
        assert!(ist_zu(fakten()));
    }

    #[test]
    fn lists_and_keys_lead_on() {
        let glieder = feld(feld(fakten(), "parteien"), "glieder");
        assert!(matches!(glieder, Form::Liste(_)), "{glieder:?}");
        assert_eq!(feld(feld(glieder, "amt"), "nominativ"), &Form::Wert);
        assert!(matches!(feld(fakten(), "termine"), Form::Karte(_)));
        assert_eq!(
            feld(feld(feld(fakten(), "drucksache"), "abschnitt"), "titel"),
            &Form::Wert
        );
    }
}
