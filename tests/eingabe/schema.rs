//! The schema and the program agree: what an editor marks is what the program refuses, as far as shape goes.

use std::fs;
use std::path::Path;

use drucksache::diagnostic::Befund;
use drucksache::input::scalar::Style;
use drucksache::input::tree::{Kind, Node};
use drucksache::input::{self, Tree};
use drucksache::model::{Vorgang, schema};
use drucksache::source::Source;
use jsonschema::Validator;
use serde_json::{Map, Value};

use crate::programm::KLEINSTER;

/// Rules about the shape of a file and its values, as opposed to names that lead nowhere.
const GESTALT: [&str; 6] = [
    "falscher-typ",
    "unbekannter-schluessel",
    "fehlender-schluessel",
    "leerer-wert",
    "ungueltiger-wert",
    "angabe-neben-abschnitt",
];

fn baum(text: &str) -> Tree {
    input::parse(&Source::new("a.yaml", text)).unwrap()
}

/// The file as an editor's YAML understands it: plain numbers and truth values are such.
fn wie_im_editor(knoten: &Node) -> Value {
    match &knoten.kind {
        Kind::Map(eintraege) => eintraege
            .iter()
            .map(|eintrag| (eintrag.key.text().to_owned(), wie_im_editor(&eintrag.value)))
            .collect::<Map<_, _>>()
            .into(),
        Kind::List(eintraege) => eintraege.iter().map(wie_im_editor).collect(),
        Kind::Scalar(skalar) if skalar.style() == Style::Plain => schlicht(skalar.text()),
        Kind::Scalar(skalar) => skalar.text().into(),
    }
}

/// The core schema of YAML 1.2.
fn schlicht(text: &str) -> Value {
    let ziffern = text.trim_start_matches(['-', '+']);
    let nur = |zeichen: &str| {
        ziffern.starts_with(|c: char| c.is_ascii_digit())
            && ziffern
                .chars()
                .all(|c| c.is_ascii_digit() || zeichen.contains(c))
    };
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        _ if nur("") => text
            .parse::<i64>()
            .map_or_else(|_| text.into(), Value::from),
        _ if nur(".e+-") => text
            .parse::<f64>()
            .map_or_else(|_| text.into(), Value::from),
        _ => text.into(),
    }
}

/// Whether the program refuses the shape, and the findings.
fn programm(vorgang: &[Tree], stammdaten: &[Tree]) -> (bool, Vec<Befund>) {
    let (_, befunde) = Vorgang::aus(vorgang, stammdaten);
    let gestalt = befunde.iter().any(|befund| GESTALT.contains(&befund.regel));
    (gestalt, befunde)
}

fn pruefer(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

/// The smallest matter with one line replaced, or a line added.
fn mit(zeile: &str) -> String {
    let name = zeile.split(':').next().unwrap();
    let mut zeilen: Vec<String> = KLEINSTER
        .lines()
        .filter(|alt| alt.split(':').next() != Some(name))
        .map(str::to_owned)
        .collect();
    zeilen.push(zeile.to_owned());
    zeilen.join("\n") + "\n"
}

/// Lines that make a Drucksache broken.
const KAPUTTE_ZEILEN: &[&str] = &[
    "nummer: [1, 2]",
    "nummer: {a: b}",
    "nummer:",
    "nummer: '?'",
    "titel:",
    "titel: [a, b]",
    "titel: {a: b}",
    "titel: '  '",
    "tittel: a",
    "koerperschaft: kreis-unna",
    "körperschaft: Kreis Unna",
    "körperschaft: [kreis-unna]",
    "art: vorlage",
    "art: Beschlussvorlage",
    "art: [antrag]",
    "kurztitel: [a]",
    "vorlage_vom: 2021",
    "vorlage_vom: 27.10",
    "vorlage_vom: 27.10.21",
    "vorlage_vom: morgen",
    "vorlage_vom: [27.10.2021]",
    "datum: 17/03/2026",
    "datum: 17.03.",
    "gremium: {name: Rat}",
    "beratungsfolge: Rat",
    "beratungsfolge: [Rat]",
    "beratungsfolge: {gremium: Rat}",
    "beratungsfolge: [{gremium: }]",
    "beratungsfolge: [{sitzungsdatum: 17.03.2026}]",
    "beratungsfolge: [{gremium: Rat, datum: 17.03.2026}]",
    "beratungsfolge: [{gremium: Rat, sitzungsdatum: bald}]",
    "beratungsfolge: [{gremium: Rat, beschlussstatus: entscheidung}]",
    "beratungsfolge: [{gremium: Rat, beschlussstatus: Beschluss}]",
    "beratungsfolge: [{gremium: Rat, beratungsstatus: geheim}]",
    "beratungsfolge: [[Rat]]",
    "haushalt: 2026",
    "haushalt: [2026]",
    "haushalt: {jahr: 2026}",
    "haushalt: {aufwand: viel}",
    "haushalt: {aufwand: [1]}",
    "haushalt: {ertrag: {a: 1}}",
    "haushalt: {budget: [01]}",
    "beschlussvorschlag:",
    "beschlussvorschlag: [a]",
    "sachbericht: {a: b}",
    "anlagen: vereinbarung",
    "anlagen: {titel: Plan}",
    "anlagen: [{name: Plan}]",
    "anlagen: [{titel: Plan, seite: 1}]",
    "anlagen: [{titel: }]",
    "anlagen: [Lageplan Süd]",
    "anlagen: [[a]]",
    "termine: 17.03.2026",
    "termine: [17.03.2026]",
    "termine: {Ortstermin: 17.03.2026}",
    "termine: {ortstermin: bald}",
    "termine: {ortstermin: }",
    "vereinbarung: {a: b}",
    "vorgang: {titel: a}",
];

/// Broken files in sections.
const KAPUTTE_ABSCHNITTE: &[&str] = &[
    "vorgangg: {}\n",
    "titel: ohne Nummer\n",
    "- a\n",
    "vorgang: [a]\n",
    "vorgang: {muster: vielleicht}\n",
    "vorgang: {format: eins}\n",
    "vorgang: {federfuehrend: kreis-unna}\n",
    "vereinbarungen: [a]\n",
    "vereinbarungen: {a: }\n",
    "vereinbarungen: {a: {}}\n",
    "vereinbarungen: {a: {parteien: kreis-unna}}\n",
    "vereinbarungen: {a: {parteien: [Kreis Unna]}}\n",
    "vereinbarungen: {a: {parteien: [a], status: fertig}}\n",
    "vereinbarungen: {A b: {parteien: [a]}}\n",
    "vereinbarungen: {a: {parteien: [a], aufgaben: {b: {bezeichnung: c}}}}\n",
    "vereinbarungen: {a: {parteien: [a], aufgaben: [b]}}\n",
    "nutzung: {anwender: a, von: 01.01.2022}\n",
    "nutzung: [{anwender: a}]\n",
    "nutzung: [{anwender: a, von: 2022}]\n",
    "nutzung: [a]\n",
    "kosten: [a]\n",
    "kosten: {a: {aufgabe: b}}\n",
    "kosten: {a: {aufgabe: b, arbeitsplatz: {stellenanteil: viel, bewertung: [c], gemeinkosten: 10 %, sachkosten: 1/4}, schlüssel: gleiche-teile}}\n",
    "kosten: {a: {aufgabe: b, arbeitsplatz: {stellenanteil: 0.25, bewertung: [c], gemeinkosten: 10 %, sachkosten: 1/4}, schlüssel: gleiche-teile}}\n",
    "kosten: {a: {aufgabe: b, arbeitsplatz: {stellenanteil: '0,25', bewertung: c, gemeinkosten: 10 %, sachkosten: 1/4}, schlüssel: gleiche-teile}}\n",
    "kosten: {a: {aufgabe: b, arbeitsplatz: {stellenanteil: '0,25', bewertung: [c], gemeinkosten: 10, sachkosten: 1/4}, schlüssel: gleiche-teile}}\n",
    "kosten: {a: {aufgabe: b, arbeitsplatz: {stellenanteil: '0,25', bewertung: [c], gemeinkosten: 10 %, sachkosten: 0.25}, schlüssel: gleiche-teile}}\n",
    "kosten: {a: {aufgabe: b, arbeitsplatz: {stellenanteil: '0,25', bewertung: [c], gemeinkosten: 10 %, sachkosten: 1/4}, schlüssel: einwohner}}\n",
    "drucksache: {nummer: 1/26}\n",
    "drucksache: [a]\n",
];

/// Broken base data.
const KAPUTTE_STAMMDATEN: &[&str] = &[
    "koerperschaften: {}\n",
    "körperschaften: [a]\n",
    "körperschaften: {a: {name: A}}\n",
    "körperschaften: {a: {name: A, gattung: [Stadt]}}\n",
    "körperschaften: {Stadt A: {name: A, gattung: Stadt}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, ags: '123'}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, anschrift: Rathausplatz 1}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, gremien: [Rat]}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, gremien: [{name: Rat}]}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, gremien: [{name: Rat, rolle: Rat}]}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, hausstil: {satz: rechts}}}\n",
    "körperschaften: {a: {name: A, gattung: Stadt, hausstil: {wappen: a.png}}}\n",
    "gattungen: {Amt: {rang: 3}}\n",
    "gattungen: {Amt: 3}\n",
];

/// What clerks write and both accept.
const GUTE_ZEILEN: &[&str] = &[
    "nummer: 2026",
    "nummer: 01.05",
    "titel: 2026",
    "titel: ja",
    "kurztitel:",
    "körperschaft: kreis-unna",
    "vorlage_vom: 2021-10-27",
    "vorlage_vom: 27. Oktober 2021",
    "haushalt:",
    "haushalt: {haushaltsjahr: 2026, budget: 01.05, aufwand: 12500}",
    "haushalt: {haushaltsjahr: 2021ff., aufwand: '88.000,00', ertrag: }",
    "haushalt: {aufwand: '−5,00'}",
    "anlagen: [{titel: Lageplan}]",
    "anlagen:",
    "beratungsfolge: []",
    "termine: {ortstermin: 1.3.2026}",
    "berichterstattung: nein",
];

/// What program and schema say of a file, where it is not what is expected.
fn widerspruch(text: &str, schema: &Validator, stammdaten: bool, gut: bool) -> Option<String> {
    let baum = baum(text);
    let json = wie_im_editor(baum.root());
    let fehler: Vec<_> = schema.iter_errors(&json).map(|e| e.to_string()).collect();
    let (abgelehnt, befunde) = if stammdaten {
        programm(&[], &[baum])
    } else {
        programm(&[baum], &[])
    };
    let einig = abgelehnt != gut && fehler.is_empty() == gut;
    (!einig).then(|| format!("{text}Programm: {befunde:?}\nSchema: {fehler:?}\n"))
}

#[test]
fn more_than_sixty_broken_inputs_are_refused_by_both() {
    let vorgang = pruefer(&schema::vorgang());
    let stammdaten = pruefer(&schema::stammdaten());
    assert!(KAPUTTE_ZEILEN.len() + KAPUTTE_ABSCHNITTE.len() + KAPUTTE_STAMMDATEN.len() > 60);
    let widersprueche: Vec<_> = KAPUTTE_ZEILEN
        .iter()
        .map(|zeile| mit(zeile))
        .chain(KAPUTTE_ABSCHNITTE.iter().map(|text| (*text).to_owned()))
        .filter_map(|text| widerspruch(&text, &vorgang, false, false))
        .chain(
            KAPUTTE_STAMMDATEN
                .iter()
                .filter_map(|text| widerspruch(text, &stammdaten, true, false)),
        )
        .collect();
    assert!(widersprueche.is_empty(), "{}", widersprueche.join("\n"));
}

#[test]
fn what_clerks_write_is_accepted_by_both() {
    let vorgang = pruefer(&schema::vorgang());
    let ganze = [
        KLEINSTER,
        "",
        "# nichts\n",
        "vorgang:\n",
        "vereinbarungen: {}\nnutzung:\n",
    ];
    let widersprueche: Vec<_> = GUTE_ZEILEN
        .iter()
        .map(|zeile| mit(zeile))
        .chain(ganze.map(str::to_owned))
        .filter_map(|text| widerspruch(&text, &vorgang, false, true))
        .collect();
    assert!(widersprueche.is_empty(), "{}", widersprueche.join("\n"));
}

/// All YAML files below a folder.
fn yaml(ordner: &Path, gefunden: &mut Vec<(String, String)>) {
    for eintrag in fs::read_dir(ordner).unwrap() {
        let pfad = eintrag.unwrap().path();
        if pfad.is_dir() {
            yaml(&pfad, gefunden);
        } else if pfad.extension().is_some_and(|endung| endung == "yaml") {
            gefunden.push((
                pfad.display().to_string(),
                fs::read_to_string(pfad).unwrap(),
            ));
        }
    }
}

#[test]
fn all_fixtures_and_all_new_matters_satisfy_the_schema() {
    let wurzel = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut dateien = Vec::new();
    yaml(&wurzel.join("fixtures"), &mut dateien);
    yaml(&wurzel.join("src/bin/drucksache/neu"), &mut dateien);
    assert!(dateien.len() >= 10);
    let vorgang = pruefer(&schema::vorgang());
    let stammdaten = pruefer(&schema::stammdaten());
    for (pfad, text) in dateien {
        let schema = if pfad.contains("stammdaten") {
            &stammdaten
        } else {
            &vorgang
        };
        let json = wie_im_editor(baum(&text).root());
        let fehler: Vec<_> = schema.iter_errors(&json).map(|e| e.to_string()).collect();
        assert_eq!(fehler, [""; 0], "{pfad}");
    }
}
