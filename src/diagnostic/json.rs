//! Findings as JSON for editors and CI. The form is a promise: fields may be added, none is renamed or removed.
//!
//! ```json
//! {
//!   "schema": "drucksache.befunde/1",
//!   "vorgaenge": [{
//!     "pfad": "vorgaenge/88-26",
//!     "gebaut": false,
//!     "summe": { "fehler": 1, "warnungen": 0, "hinweise": 0, "vermerkt": 0, "nicht_pruefbar": 0 },
//!     "ungeprueft": ["platzhalter-offen"],
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
//!       "dazu": [],
//!       "papiere": ["215-21-beschlussvorlage"],
//!       "normen": ["§ 23 Abs. 4 GkG NRW (Stand 09.07.2025)"],
//!       "nicht_pruefbar": false,
//!       "gegenstand": "vereinbarung-2021#kosten",
//!       "deckt": "2-5b0c9e1f2a3d4e5f",
//!       "vermerk": { "grund": "…", "name": "…", "am": null }
//!     }]
//!   }]
//! }
//! ```
//!
//! Lines and columns count from 1, columns count characters; `bis` is the place behind the last character. `abhilfe` and
//! `stelle` may be `null`; `von` and `bis` are `null` where a file or folder is meant as a whole.
//!
//! `ungeprueft` names the rules of the legal check that could not look: all where the facts are at fault, those that read
//! papers where some papers could not be made. What they would find is not known.
//!
//! `papiere` to `vermerk` belong to the rules of the legal check; elsewhere lists are empty and the rest is `null` or
//! `false`. A finding with a `vermerk` was accepted by somebody: the sums count it under `vermerkt` only. One that is
//! `nicht_pruefbar` says which input a rule misses, and counts under that name only. `gegenstand` and `deckt` stay the
//! same as long as the finding does, wherever its line moves: a key for tools that keep findings.

use serde::Serialize;

use super::ort::ort;
use super::{Befund, Stelle};
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
    /// The rules of the legal check that could not look, by name.
    pub ungeprueft: &'a [&'static str],
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
    ungeprueft: &'a [&'static str],
    befunde: Vec<BefundJson<'a>>,
}

#[derive(Serialize)]
struct Summe {
    fehler: usize,
    warnungen: usize,
    hinweise: usize,
    vermerkt: usize,
    nicht_pruefbar: usize,
}

#[derive(Serialize)]
struct BefundJson<'a> {
    regel: &'a str,
    schwere: &'static str,
    text: &'a str,
    abhilfe: Option<&'a str>,
    stelle: Option<StelleJson<'a>>,
    dazu: Vec<DazuJson<'a>>,
    papiere: Vec<&'a str>,
    normen: &'a [String],
    nicht_pruefbar: bool,
    gegenstand: Option<&'a str>,
    deckt: Option<&'a str>,
    vermerk: Option<VermerkJson<'a>>,
}

#[derive(Serialize)]
struct VermerkJson<'a> {
    grund: &'a str,
    name: &'a str,
    am: Option<&'a str>,
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
        let summe = super::Summe::aus(bericht.befunde);
        Self {
            pfad: bericht.pfad,
            gebaut: bericht.gebaut,
            summe: Summe {
                fehler: summe.fehler,
                warnungen: summe.warnungen,
                hinweise: summe.hinweise,
                vermerkt: summe.vermerkt,
                nicht_pruefbar: summe.nicht_pruefbar,
            },
            ungeprueft: bericht.ungeprueft,
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
            papiere: befund.papiere.iter().map(|papier| &**papier).collect(),
            normen: befund.pruefung.as_ref().map_or(&[], |p| &p.normen),
            nicht_pruefbar: befund.ist_nicht_pruefbar(),
            gegenstand: befund.pruefung.as_ref().map(|p| p.stelle.as_str()),
            deckt: befund.pruefung.as_ref().map(|p| p.deckt.as_str()),
            vermerk: befund.vermerk().map(|vermerk| VermerkJson {
                grund: &vermerk.grund,
                name: &vermerk.name,
                am: vermerk.am.as_deref(),
            }),
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
            ungeprueft: &[],
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
                    "summe": { "fehler": 1, "warnungen": 0, "hinweise": 0, "vermerkt": 0, "nicht_pruefbar": 0 },
                    "ungeprueft": [],
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
                        "papiere": [],
                        "normen": [],
                        "nicht_pruefbar": false,
                        "gegenstand": null,
                        "deckt": null,
                        "vermerk": null,
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
