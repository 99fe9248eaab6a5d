//! Findings as JSON for editors and CI. The form is a promise: fields may be added, none is renamed or removed.
//!
//! ```json
//! {
//!   "schema": "drucksache.befunde/1",
//!   "vorgaenge": [{
//!     "pfad": "vorgaenge/88-26",
//!     "gebaut": false,
//!     "summe": { "fehler": 1, "warnungen": 0, "hinweise": 0 },
//!     "befunde": [{
//!       "regel": "unbekannter-schluessel",
//!       "schwere": "fehler",
//!       "text": "unbekannter Schlüssel „numer“",
//!       "abhilfe": "meinten Sie „nummer“?",
//!       "stelle": {
//!         "datei": "vorgaenge/88-26/drucksache.yaml",
//!         "von": { "zeile": 1, "spalte": 1 },
//!         "bis": { "zeile": 1, "spalte": 6 }
//!       },
//!       "dazu": []
//!     }]
//!   }]
//! }
//! ```
//!
//! Lines and columns count from 1, columns count characters; `bis` is the place behind the last character. `abhilfe` and
//! `stelle` may be `null`; `von` and `bis` are `null` where a file or folder is meant as a whole.

use serde::Serialize;

use super::ort::ort;
use super::{Befund, Schwere, Stelle};
use crate::source::{LineColumn, Sources};

/// Name and version of the form.
pub const SCHEMA: &str = "drucksache.befunde/1";

/// What was found in one matter.
#[derive(Debug, Clone, Copy)]
pub struct Bericht<'a> {
    /// The matter's folder as the user named it.
    pub pfad: &'a str,
    /// Whether its papers could be made.
    pub gebaut: bool,
    /// What was found.
    pub befunde: &'a [Befund],
    /// The texts that the findings point to.
    pub quellen: &'a Sources,
}

/// All reports of a run as one JSON document with a line break at its end.
pub fn json(berichte: &[Bericht<'_>]) -> String {
    let dokument = Dokument {
        schema: SCHEMA,
        vorgaenge: berichte.iter().map(VorgangJson::aus).collect(),
    };
    // Plain structs with text keys always serialise.
    let mut text = serde_json::to_string_pretty(&dokument).unwrap_or_default();
    text.push('\n');
    text
}

/// Findings alone, in the form that they have in the whole document.
pub fn werte(befunde: &[Befund], quellen: &Sources) -> Vec<serde_json::Value> {
    befunde
        .iter()
        // Plain structs with text keys always serialise.
        .map(|befund| serde_json::to_value(BefundJson::aus(befund, quellen)).unwrap_or_default())
        .collect()
}

#[derive(Serialize)]
struct Dokument<'a> {
    schema: &'static str,
    vorgaenge: Vec<VorgangJson<'a>>,
}

#[derive(Serialize)]
struct VorgangJson<'a> {
    pfad: &'a str,
    gebaut: bool,
    summe: Summe,
    befunde: Vec<BefundJson<'a>>,
}

#[derive(Serialize)]
struct Summe {
    fehler: usize,
    warnungen: usize,
    hinweise: usize,
}

#[derive(Serialize)]
struct BefundJson<'a> {
    regel: &'a str,
    schwere: &'static str,
    text: &'a str,
    abhilfe: Option<&'a str>,
    stelle: Option<StelleJson<'a>>,
    dazu: Vec<DazuJson<'a>>,
}

#[derive(Serialize)]
struct DazuJson<'a> {
    text: &'a str,
    stelle: Option<StelleJson<'a>>,
}

#[derive(Serialize)]
struct StelleJson<'a> {
    datei: &'a str,
    von: Option<PunktJson>,
    bis: Option<PunktJson>,
}

#[derive(Serialize)]
struct PunktJson {
    zeile: usize,
    spalte: usize,
}

impl<'a> VorgangJson<'a> {
    fn aus(bericht: &Bericht<'a>) -> Self {
        let zaehle = |schwere| {
            bericht
                .befunde
                .iter()
                .filter(|b| b.schwere == schwere)
                .count()
        };
        Self {
            pfad: bericht.pfad,
            gebaut: bericht.gebaut,
            summe: Summe {
                fehler: zaehle(Schwere::Fehler),
                warnungen: zaehle(Schwere::Warnung),
                hinweise: zaehle(Schwere::Hinweis),
            },
            befunde: bericht
                .befunde
                .iter()
                .map(|befund| BefundJson::aus(befund, bericht.quellen))
                .collect(),
        }
    }
}

impl<'a> BefundJson<'a> {
    fn aus(befund: &'a Befund, quellen: &Sources) -> Self {
        Self {
            regel: befund.regel,
            schwere: befund.schwere.name(),
            text: &befund.text,
            abhilfe: befund.abhilfe.as_deref(),
            stelle: stelle(&befund.stelle, quellen),
            dazu: befund
                .dazu
                .iter()
                .map(|(ort, wort)| DazuJson {
                    text: wort,
                    stelle: stelle(ort, quellen),
                })
                .collect(),
        }
    }
}

fn stelle<'a>(stelle: &'a Stelle, quellen: &Sources) -> Option<StelleJson<'a>> {
    let punkt = |LineColumn { line, column }| PunktJson {
        zeile: line,
        spalte: column,
    };
    ort(stelle, quellen).map(|ort| StelleJson {
        datei: ort.datei,
        von: ort.bereich.map(|(von, _)| punkt(von)),
        bis: ort.bereich.map(|(_, bis)| punkt(bis)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_finding_is_written_as_documented() {
        let mut quellen = Sources::default();
        quellen.insert(Source::new("a/b.yaml", "titel: x\nnümer: 215/21\n"));
        let stelle = |bereich| Stelle::Datei {
            datei: "a/b.yaml".into(),
            bereich,
        };
        let befund = Befund::fehler(
            "unbekannter-schluessel",
            stelle(9..15),
            "unbekannter Schlüssel „nümer“",
        )
        .abhilfe("meinten Sie „nummer“?")
        .dazu(Stelle::Pfad("a".into()), "im Ordner");
        let text = json(&[Bericht {
            pfad: "a",
            gebaut: false,
            befunde: &[befund],
            quellen: &quellen,
        }]);
        let gelesen: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            gelesen,
            serde_json::json!({
                "schema": "drucksache.befunde/1",
                "vorgaenge": [{
                    "pfad": "a",
                    "gebaut": false,
                    "summe": { "fehler": 1, "warnungen": 0, "hinweise": 0 },
                    "befunde": [{
                        "regel": "unbekannter-schluessel",
                        "schwere": "fehler",
                        "text": "unbekannter Schlüssel „nümer“",
                        "abhilfe": "meinten Sie „nummer“?",
                        "stelle": {
                            "datei": "a/b.yaml",
                            "von": { "zeile": 2, "spalte": 1 },
                            "bis": { "zeile": 2, "spalte": 6 },
                        },
                        "dazu": [{
                            "text": "im Ordner",
                            "stelle": { "datei": "a", "von": null, "bis": null },
                        }],
                    }],
                }],
            })
        );
    }

    #[test]
    fn nothing_found_is_a_document_too() {
        assert!(json(&[]).contains("\"vorgaenge\": []"));
    }
}
