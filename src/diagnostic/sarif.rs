//! Findings as SARIF 2.1.0, which code hosts and editors read.
//!
//! Columns count characters. A finding that somebody accepted is suppressed with its reason; one that says that a rule
//! misses an input is `open`, not failed. Where a rule gives a finding a fingerprint, the host follows it across lines.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::Bericht;
use super::ort::{Ort, ort};
use super::{Befund, Schwere, Stelle};
use crate::source::Sources;

/// What the report says of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regelangabe {
    /// Its name.
    pub name: &'static str,
    /// The defect in a short sentence.
    pub titel: String,
    /// What it looks at, why, and what to do, in Markdown.
    pub hilfe: String,
    /// What a violation weighs.
    pub schwere: Schwere,
}

/// All reports of a run as one SARIF document with a line break at its end.
///
/// `angaben`: what is known of the rules that ran, and of other findings, such as faults of the input. A name that occurs
/// and is not among them is listed without help.
pub fn sarif(berichte: &[Bericht<'_>], angaben: &[Regelangabe]) -> String {
    let befunde = || {
        berichte.iter().flat_map(|bericht| {
            bericht
                .befunde
                .iter()
                .map(|befund| (befund, bericht.quellen))
        })
    };
    let mut regeln: BTreeMap<&str, Value> = angaben
        .iter()
        .map(|regel| (regel.name, regelangabe(regel)))
        .collect();
    for (befund, _) in befunde() {
        regeln
            .entry(befund.regel)
            .or_insert_with(|| json!({ "id": befund.regel }));
    }
    let stellen: BTreeMap<&str, usize> = regeln
        .keys()
        .enumerate()
        .map(|(i, name)| (*name, i))
        .collect();
    let ergebnisse: Vec<Value> = befunde()
        .map(|(befund, quellen)| ergebnis(befund, quellen, stellen.get(befund.regel)))
        .collect();
    let dokument = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "drucksache",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "de-DE",
                "rules": regeln.into_values().collect::<Vec<_>>(),
            } },
            "language": "de-DE",
            "columnKind": "unicodeCodePoints",
            "invocations": [aufruf(berichte)],
            "results": ergebnisse,
        }],
    });
    // A document of texts and numbers always serialises.
    let mut text = serde_json::to_string_pretty(&dokument).unwrap_or_default();
    text.push('\n');
    text
}

/// How the run went; what could not be looked at is said here, since no result can.
fn aufruf(berichte: &[Bericht<'_>]) -> Value {
    let luecken = berichte
        .iter()
        .filter(|bericht| !bericht.ungeprueft.is_empty());
    let luecken: Vec<Value> = luecken
        .map(|bericht| {
            let namen = bericht.ungeprueft.join(", ");
            let ungebaut = if bericht.gebaut {
                ""
            } else {
                "die Papiere lassen sich so nicht machen; "
            };
            json!({
                "level": "warning",
                "message": { "text": format!("{}: {ungebaut}nicht geprüft: {namen}", bericht.pfad) },
            })
        })
        .collect();
    json!({
        "executionSuccessful": berichte.iter().all(|bericht| bericht.gebaut),
        "toolExecutionNotifications": luecken,
    })
}

fn stufe(schwere: Schwere) -> &'static str {
    match schwere {
        Schwere::Fehler => "error",
        Schwere::Warnung => "warning",
        Schwere::Hinweis => "note",
    }
}

fn regelangabe(regel: &Regelangabe) -> Value {
    json!({
        "id": regel.name,
        "shortDescription": { "text": regel.titel },
        "help": { "text": regel.hilfe, "markdown": regel.hilfe },
        "defaultConfiguration": { "level": stufe(regel.schwere) },
    })
}

fn ergebnis(befund: &Befund, quellen: &Sources, regel: Option<&usize>) -> Value {
    let mut text = befund.text.clone();
    if let Some(abhilfe) = &befund.abhilfe {
        text.push_str("\nAbhilfe: ");
        text.push_str(abhilfe);
    }
    let mut ergebnis = json!({
        "ruleId": befund.regel,
        "message": { "text": text },
        "locations": ort_json(&befund.stelle, None, quellen).into_iter().collect::<Vec<_>>(),
    });
    let mut setze = |schluessel: &str, wert: Value| {
        if let Some(objekt) = ergebnis.as_object_mut() {
            objekt.insert(schluessel.to_owned(), wert);
        }
    };
    if let Some(regel) = regel {
        setze("ruleIndex", json!(regel));
    }
    if befund.ist_nicht_pruefbar() {
        setze("kind", json!("open"));
        setze("level", json!("none"));
    } else {
        setze("level", json!(stufe(befund.schwere)));
    }
    let dazu: Vec<Value> = befund
        .dazu
        .iter()
        .filter_map(|(stelle, wort)| ort_json(stelle, Some(wort), quellen))
        .collect();
    if !dazu.is_empty() {
        setze("relatedLocations", json!(dazu));
    }
    if let Some(pruefung) = befund
        .pruefung
        .as_ref()
        .filter(|pruefung| !pruefung.deckt.is_empty())
    {
        setze(
            "partialFingerprints",
            json!({ "drucksache/1": pruefung.deckt }),
        );
        setze(
            "properties",
            json!({
                "gegenstand": pruefung.stelle,
                "normen": pruefung.normen,
                "papiere": befund.papiere.iter().map(|papier| &**papier).collect::<Vec<_>>(),
            }),
        );
    }
    if let Some(vermerk) = befund.vermerk() {
        let am = vermerk
            .am
            .as_ref()
            .map(|am| format!(", {am}"))
            .unwrap_or_default();
        setze(
            "suppressions",
            json!([{
                "kind": "external",
                "status": "accepted",
                "justification": format!("{} ({}{am})", vermerk.grund, vermerk.name),
            }]),
        );
    }
    ergebnis
}

fn ort_json(stelle: &Stelle, wort: Option<&str>, quellen: &Sources) -> Option<Value> {
    let Ort { datei, bereich } = ort(stelle, quellen)?;
    let mut physisch = json!({ "artifactLocation": { "uri": uri(datei) } });
    if let (Some((von, bis)), Some(objekt)) = (bereich, physisch.as_object_mut()) {
        objekt.insert(
            "region".to_owned(),
            json!({
                "startLine": von.line,
                "startColumn": von.column,
                "endLine": bis.line,
                "endColumn": bis.column,
            }),
        );
    }
    Some(match wort {
        Some(wort) => json!({ "physicalLocation": physisch, "message": { "text": wort } }),
        None => json!({ "physicalLocation": physisch }),
    })
}

/// A path as a relative reference of RFC 3986.
fn uri(pfad: &str) -> String {
    let mut uri = String::with_capacity(pfad.len());
    for byte in pfad.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Pruefung, Vermerk};
    use crate::source::Source;

    fn dokument(befund: Befund) -> Value {
        let mut quellen = Sources::default();
        quellen.insert(Source::new("a ö/b.yaml", "titel: x\nnümer: 215/21\n"));
        let regel = Regelangabe {
            name: "kosten-fehlen",
            titel: "Die Kosten fehlen".to_owned(),
            hilfe: "# Hilfe".to_owned(),
            schwere: Schwere::Warnung,
        };
        let bericht = Bericht {
            pfad: "a",
            gebaut: true,
            ungeprueft: &[],
            befunde: &[befund],
            quellen: &quellen,
        };
        serde_json::from_str(&sarif(&[bericht], &[regel])).unwrap()
    }

    fn befund(regel: &'static str) -> Befund {
        let stelle = Stelle::Datei {
            datei: "a ö/b.yaml".into(),
            bereich: 9..15,
        };
        Befund::warnung(regel, stelle, "es fehlt etwas").abhilfe("es ergänzen")
    }

    #[test]
    fn a_finding_has_rule_level_words_and_place() {
        let dokument = dokument(befund("kosten-fehlen"));
        let lauf = &dokument["runs"][0];
        assert_eq!(lauf["columnKind"], "unicodeCodePoints");
        assert_eq!(
            lauf["results"][0],
            json!({
                "ruleId": "kosten-fehlen",
                "ruleIndex": 0,
                "level": "warning",
                "message": { "text": "es fehlt etwas\nAbhilfe: es ergänzen" },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": "a%20%C3%B6/b.yaml" },
                    "region": { "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 6 },
                } }],
            })
        );
    }

    #[test]
    fn a_name_that_is_no_rule_is_listed_too() {
        let dokument = dokument(befund("leerer-wert"));
        let lauf = &dokument["runs"][0];
        let i = usize::try_from(lauf["results"][0]["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(lauf["tool"]["driver"]["rules"][i]["id"], "leerer-wert");
    }

    #[test]
    fn what_somebody_accepted_is_suppressed_with_the_reason() {
        let mut befund = befund("kosten-fehlen");
        befund.pruefung = Some(Box::new(Pruefung {
            deckt: "0123".to_owned(),
            vermerk: Some(Vermerk {
                grund: "so gewollt".to_owned(),
                name: "M. Beispiel".to_owned(),
                am: None,
            }),
            ..Pruefung::default()
        }));
        let ergebnis = &dokument(befund)["runs"][0]["results"][0];
        assert_eq!(
            ergebnis["suppressions"][0]["justification"],
            "so gewollt (M. Beispiel)"
        );
        assert_eq!(ergebnis["partialFingerprints"]["drucksache/1"], "0123");
    }

    #[test]
    fn what_could_not_be_looked_at_did_not_fail() {
        let mut befund = befund("kosten-fehlen");
        befund.pruefung = Some(Box::new(Pruefung {
            nicht_pruefbar: true,
            ..Pruefung::default()
        }));
        let ergebnis = &dokument(befund)["runs"][0]["results"][0];
        assert_eq!(
            (&ergebnis["kind"], &ergebnis["level"]),
            (&json!("open"), &json!("none"))
        );
    }
}
