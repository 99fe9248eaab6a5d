//! JSON Schema of the files, made from the very types that read them: completion and hover for editors.
//!
//! The German titles, descriptions and examples stand in `schema/texte.yaml` by the way to each key. There is no `anyOf`
//! and no `oneOf`, which make editors guess: what a key may hold is said in one schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::datei::{StammdatenDatei, VorgangDatei};
use super::drucksache::Drucksache;
use crate::input::{decode, parse};
use crate::source::Source;

mod skalare;

/// German titles and descriptions, as YAML.
const TEXTE: &str = include_str!("schema/texte.yaml");

/// The schema of a matter's file: sections, or the keys of a Drucksache alone.
pub fn vorgang() -> Value {
    let mut texte = Texte::lesen();
    texte.verdopple("drucksache.", "");
    let mut schema = fertig(
        roh::<VorgangDatei>(),
        &texte,
        "Vorgang",
        "Tatsachen eines Vorgangs für drucksache: Abschnitte, oder die Angaben einer einzigen Drucksache.",
    );
    let drucksache = fertig(roh::<Drucksache>(), &texte, "Drucksache", "");
    let nur = |schema: &Value| json!({ "propertyNames": { "enum": schluessel(schema) } });
    let abschnitte = nur(&schema);
    let mut felder = nur(&drucksache);
    if let Some(pflicht) = drucksache.get("required") {
        setze(&mut felder, "required", pflicht.clone());
    }
    if let (Some(eigene), Some(weitere)) = (
        schema.get_mut("properties").and_then(Value::as_object_mut),
        drucksache.get("properties").and_then(Value::as_object),
    ) {
        eigene.extend(weitere.clone());
    }
    let ohne_abschnitt: Map<_, _> = VorgangDatei::ABSCHNITTE
        .iter()
        .map(|name| ((*name).to_owned(), false.into()))
        .collect();
    setze(
        &mut schema,
        "if",
        json!({ "minProperties": 1, "properties": ohne_abschnitt }),
    );
    setze(&mut schema, "then", felder);
    setze(&mut schema, "else", abschnitte);
    schema
}

/// The schema of a file of the base data.
pub fn stammdaten() -> Value {
    fertig(
        roh::<StammdatenDatei>(),
        &Texte::lesen(),
        "Stammdaten",
        "Körperschaften und ihre Gremien, die in mehreren Vorgängen vorkommen.",
    )
}

/// What schemars makes of a type, without references.
fn roh<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

fn schluessel(schema: &Value) -> Vec<String> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|felder| felder.keys().cloned().collect())
        .unwrap_or_default()
}

fn setze(schema: &mut Value, name: &str, wert: Value) {
    if let Some(objekt) = schema.as_object_mut() {
        objekt.insert(name.to_owned(), wert);
    }
}

fn fertig(mut schema: Value, texte: &Texte, titel: &str, text: &str) -> Value {
    if let Some(objekt) = schema.as_object_mut() {
        glaette(objekt, "", texte, true);
        objekt.insert("title".to_owned(), titel.into());
        objekt.insert("description".to_owned(), text.into());
    }
    schema
}

/// Makes a schema of one shape and German; `leer` says whether the value may be left empty.
fn glaette(schema: &mut Map<String, Value>, weg: &str, texte: &Texte, leer: bool) {
    ohne_wahl(schema);
    for englisch in ["title", "description", "default", "format"] {
        schema.remove(englisch);
    }
    if ist_typ(schema, "boolean") && !schema.contains_key("pattern") {
        schema.insert("type".to_owned(), json!(["boolean", "string"]));
        schema.insert(
            "enum".to_owned(),
            json!(["ja", "nein", "Ja", "Nein", true, false]),
        );
    }
    darf_leer_sein(schema, leer);
    texte.beschrifte(schema, weg);

    let pflicht: Vec<String> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    if let Some(felder) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, feld) in felder {
            if let Some(feld) = feld.as_object_mut() {
                let weg = tiefer(weg, name);
                glaette(feld, &weg, texte, !pflicht.contains(name));
            }
        }
    }
    if let Some(eintrag) = schema.get_mut("items").and_then(Value::as_object_mut) {
        glaette(eintrag, weg, texte, false);
        ohne_beschriftung(eintrag);
    }
    if let Some(wert) = schema
        .get_mut("additionalProperties")
        .and_then(Value::as_object_mut)
    {
        glaette(wert, &tiefer(weg, "*"), texte, false);
        // Kinds of bodies and gazettes are named as they are printed; everything else has a key.
        if !["gattungen", "amtsblätter"].contains(&weg) {
            schema.insert(
                "propertyNames".to_owned(),
                json!({ "pattern": skalare::SCHLUESSEL }),
            );
        }
    }
}

fn tiefer(weg: &str, name: &str) -> String {
    if weg.is_empty() {
        name.to_owned()
    } else {
        format!("{weg}.{name}")
    }
}

/// Turns „this or nothing“ into this, and a choice of words into an `enum`.
fn ohne_wahl(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(wahl)) = schema.remove("anyOf") {
        let inhalt = wahl
            .into_iter()
            .find(|zweig| zweig.get("type") != Some(&"null".into()));
        if let Some(Value::Object(inhalt)) = inhalt {
            schema.extend(inhalt);
        }
    }
    if let Some(Value::Array(wahl)) = schema.remove("oneOf") {
        let worte: Vec<_> = wahl
            .into_iter()
            .filter_map(|zweig| zweig.get("const").cloned())
            .collect();
        schema.insert("type".to_owned(), "string".into());
        schema.insert("enum".to_owned(), worte.into());
    }
}

fn ist_typ(schema: &Map<String, Value>, name: &str) -> bool {
    typen(schema).iter().any(|typ| typ == name) && typen(schema).len() <= 2
}

fn typen(schema: &Map<String, Value>) -> Vec<Value> {
    match schema.get("type") {
        Some(Value::Array(typen)) => typen.clone(),
        Some(typ) => vec![typ.clone()],
        None => Vec::new(),
    }
}

/// An optional key without a value counts as not given; everything else needs one.
fn darf_leer_sein(schema: &mut Map<String, Value>, leer: bool) {
    let null = Value::from("null");
    let mut erlaubt = typen(schema);
    erlaubt.retain(|typ| *typ != null);
    if leer {
        erlaubt.push(null);
    }
    if let Some(Value::Array(worte)) = schema.get_mut("enum") {
        worte.retain(|wort| !wort.is_null());
        if leer {
            worte.push(Value::Null);
        }
    }
    let typ = match <[Value; 1]>::try_from(erlaubt) {
        Ok([einer]) => einer,
        Err(mehrere) => mehrere.into(),
    };
    schema.insert("type".to_owned(), typ);
}

/// An item of a list is described where the list is.
fn ohne_beschriftung(schema: &mut Map<String, Value>) {
    for text in ["title", "description", "examples"] {
        schema.remove(text);
    }
}

/// What is said of a key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zeile {
    titel: String,
    text: String,
    #[serde(default)]
    beispiele: Vec<String>,
}

/// What is said of all keys, by the way to them: `drucksache.beratungsfolge.gremium`, `vereinbarungen.*.parteien`.
#[derive(Debug, Default)]
struct Texte(BTreeMap<String, Zeile>);

impl Texte {
    fn lesen() -> Self {
        parse(&Source::new("texte.yaml", TEXTE))
            .ok()
            .and_then(|baum| decode(&baum).0)
            .map(Self)
            .unwrap_or_default()
    }

    /// Says the same of other ways: those that begin with `statt` instead of `vor`.
    fn verdopple(&mut self, vor: &str, statt: &str) {
        let weitere: Vec<_> = self
            .0
            .iter()
            .filter_map(|(weg, zeile)| {
                let rest = weg.strip_prefix(vor)?;
                Some((format!("{statt}{rest}"), zeile.clone()))
            })
            .collect();
        self.0.extend(weitere);
    }

    fn beschrifte(&self, schema: &mut Map<String, Value>, weg: &str) {
        let Some(zeile) = self.0.get(weg) else {
            return;
        };
        schema.insert("title".to_owned(), zeile.titel.as_str().into());
        schema.insert("description".to_owned(), zeile.text.as_str().into());
        if !zeile.beispiele.is_empty() {
            schema.insert("examples".to_owned(), zeile.beispiele.clone().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All ways to keys in a schema, with the schema there.
    fn felder(schema: &Value, weg: &str, gefunden: &mut BTreeMap<String, Value>) {
        if let Some(felder_hier) = schema.get("properties").and_then(Value::as_object) {
            for (name, feld) in felder_hier {
                let weg = tiefer(weg, name);
                gefunden.insert(weg.clone(), feld.clone());
                felder(feld, &weg, gefunden);
            }
        }
        if let Some(eintrag) = schema.get("items") {
            felder(eintrag, weg, gefunden);
        }
        if let Some(wert) = schema.get("additionalProperties") {
            felder(wert, &tiefer(weg, "*"), gefunden);
        }
    }

    fn alle_felder() -> BTreeMap<String, Value> {
        let mut gefunden = BTreeMap::new();
        felder(&vorgang(), "", &mut gefunden);
        felder(&stammdaten(), "", &mut gefunden);
        gefunden
    }

    #[test]
    fn the_texts_are_read() {
        let (texte, befunde) =
            decode::<BTreeMap<String, Zeile>>(&parse(&Source::new("texte.yaml", TEXTE)).unwrap());
        assert!(befunde.is_empty(), "{befunde:?}");
        assert!(texte.is_some());
    }

    #[test]
    fn each_key_has_a_german_title_and_a_description() {
        let ohne: Vec<_> = alle_felder()
            .into_iter()
            .filter(|(_, feld)| feld.get("title").is_none() || feld.get("description").is_none())
            .map(|(weg, _)| weg)
            .collect();
        assert_eq!(ohne, [""; 0], "in src/model/schema/texte.yaml ergänzen");
    }

    #[test]
    fn each_text_belongs_to_a_key() {
        let felder = alle_felder();
        let ohne: Vec<_> = Texte::lesen()
            .0
            .into_keys()
            .filter(|weg| !felder.contains_key(weg))
            .collect();
        assert_eq!(ohne, [""; 0], "aus src/model/schema/texte.yaml streichen");
    }

    #[test]
    fn nothing_makes_an_editor_guess_and_nothing_is_english() {
        for schema in [vorgang(), stammdaten()] {
            let text = schema.to_string();
            for wort in [
                "anyOf",
                "oneOf",
                "allOf",
                "$ref",
                "$defs",
                "\"default\"",
                "\"format\":\"uint",
            ] {
                assert!(!text.contains(wort), "{wort}");
            }
            assert_eq!(
                schema["$schema"],
                "https://json-schema.org/draft/2020-12/schema"
            );
        }
    }

    #[test]
    fn each_example_satisfies_its_own_schema() {
        for (weg, feld) in alle_felder() {
            let pruefer = jsonschema::draft202012::new(&feld).unwrap();
            for beispiel in feld["examples"].as_array().into_iter().flatten() {
                assert!(pruefer.is_valid(beispiel), "{weg}: {beispiel}");
            }
        }
    }
}
