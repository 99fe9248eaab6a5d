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

/// Where rendered prose joins the facts, and the titles that come with it: `[]` stands for an entry of a list,
/// `<schlüssel>` for a key of the matter.
pub(in crate::template) const PROSA: [&str; 10] = [
    "drucksache.beschlussvorschlag",
    "drucksache.sachbericht",
    "drucksache.abschnitte[].schluessel",
    "drucksache.abschnitte[].titel",
    "drucksache.abschnitte[].text",
    "drucksache.abschnitt.<schlüssel>.schluessel",
    "drucksache.abschnitt.<schlüssel>.titel",
    "drucksache.abschnitt.<schlüssel>.text",
    "vereinbarung.praeambel",
    "anlage.text",
];

/// The form of the facts, of the rendered prose too.
pub(in crate::template) fn fakten() -> &'static Form {
    static FAKTEN: LazyLock<Form> = LazyLock::new(|| {
        let schema = schema_for!(Fakten);
        let wurzel = schema.as_value();
        let mut form = aus(wurzel, wurzel, &mut BTreeMap::new());
        for pfad in PROSA {
            form.ergaenze(pfad);
        }
        form
    });
    &FAKTEN
}

/// The group of the facts that holds the last field of a path: the name of its type, or that of the map that it is an
/// entry of.
pub(in crate::template) fn gruppe(pfad: &[Schritt]) -> Option<String> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema_for!(Fakten).to_value());
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
        if let Some((name, ziel)) = aufgeloest(hier, &SCHEMA) {
            (gruppe, hier) = (name.to_owned(), ziel);
        }
    }
    Some(gruppe)
}

/// The type that a schema refers to, maybe as one that may be absent: its name and its schema in `wurzel`.
pub(in crate::template) fn aufgeloest<'a>(
    schema: &'a Value,
    wurzel: &'a Value,
) -> Option<(&'a str, &'a Value)> {
    let arten = schema.get("anyOf").and_then(Value::as_array);
    let art = arten.into_iter().flatten();
    let schema = art
        .into_iter()
        .find(|art| art.get("$ref").is_some())
        .unwrap_or(schema);
    let verweis = schema.get("$ref").and_then(Value::as_str)?;
    let ziel = wurzel.pointer(verweis.strip_prefix('#')?)?;
    Some((verweis.rsplit('/').next()?, ziel))
}

impl Form {
    /// Adds what a path of [`PROSA`] leads to; groups on the way that are not there yet come along.
    fn ergaenze(&mut self, pfad: &str) {
        let Self::Gruppe(felder) = self else {
            return;
        };
        let (kopf, rest) = pfad.split_once('.').unwrap_or((pfad, ""));
        let (name, liste) = match kopf.strip_suffix("[]") {
            Some(name) => (name, true),
            None => (kopf, false),
        };
        let karte = rest.strip_prefix("<schlüssel>.");
        let gruppe = || Self::Gruppe(Arc::new(BTreeMap::new()));
        let form = Arc::make_mut(felder)
            .entry(name.to_owned())
            .or_insert_with(|| {
                if rest.is_empty() {
                    Self::Wert
                } else if liste {
                    Self::Liste(Box::new(gruppe()))
                } else if karte.is_some() {
                    Self::Karte(Box::new(gruppe()))
                } else {
                    gruppe()
                }
            });
        match form {
            Self::Liste(eintrag) | Self::Karte(eintrag) => eintrag.ergaenze(karte.unwrap_or(rest)),
            form => form.ergaenze(rest),
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

    #[test]
    fn a_section_by_its_key_is_a_group_not_a_text() {
        let Form::Gruppe(fakten) = fakten() else {
            panic!("keine Gruppe");
        };
        let abschnitt = feld(&fakten["drucksache"], "abschnitt");
        let Form::Karte(eintrag) = abschnitt else {
            panic!("{abschnitt:?}");
        };
        assert_eq!(feld(eintrag, "text"), &Form::Wert);
        for pfad in PROSA {
            let ist_gruppe = pfad.ends_with("<schlüssel>") || pfad.ends_with("[]");
            assert!(!ist_gruppe, "{pfad}");
        }
    }
}
