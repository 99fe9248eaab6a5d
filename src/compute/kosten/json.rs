//! Costs as JSON for other programs. The form is a promise: fields may be added, none is renamed or removed.
//!
//! ```json
//! {
//!   "schema": "drucksache.kosten/1",
//!   "positionen": [{
//!     "id": "fachadministration", "bezeichnung": "Fachadministration", "anbieter": "stadt-luenen",
//!     "jahre": [{
//!       "jahr": 2022, "gesamt": "26625.00",
//!       "rechenweg": [{ "text": "Personalkosten: 88.000,00 € × 0,25 (Beispielwert)", "betrag": "22000.00" }],
//!       "anteile": [{ "beteiligter": "stadt-bergkamen", "anteil": "1/8", "betrag": "3328.13", "eigenanteil": false }]
//!     }]
//!   }],
//!   "jahre": [{
//!     "jahr": 2022, "summe": "26625.00",
//!     "je_beteiligtem": [{ "beteiligter": "stadt-bergkamen", "betrag": "3328.13" }],
//!     "zahlungen": [{ "von": "stadt-bergkamen", "an": "stadt-luenen", "betrag": "3328.13" }]
//!   }]
//! }
//! ```
//!
//! Bodies stand by their keys, amounts as texts with a point and two digits. The steps and a last one „Rundung“, where
//! there is one, sum to the total; a step names the source, edition and Stichtag of its figures. `anteil` is `null`
//! where debits and credits leave no fraction. Where figures decide the shares the year has a list `gewichte` besides,
//! one entry for each part of the year: `{ "von", "bis", "quelle": "Einwohner am 31.12.2022 (Destatis)",
//! "je_beteiligtem": [{ "beteiligter", "gewicht": "49263" }] }`, a quota as the fraction `1/3`.

use serde::Serialize;

use super::{Abschnitt, Herkunft, Jahr, Jahressumme, Kosten, Rechnung};
use crate::input::Cent;

/// Name and version of the form.
pub const SCHEMA: &str = "drucksache.kosten/1";

/// The costs of a matter as one JSON document with a line break at its end; only those of `jahr`, if given.
pub fn json(kosten: &Kosten<'_>, jahr: Option<u32>) -> String {
    let will = |dieses: u32| jahr.is_none_or(|jahr| jahr == dieses);
    let dokument = Dokument {
        schema: SCHEMA,
        positionen: kosten
            .rechnungen
            .iter()
            .map(|rechnung| PositionJson::aus(rechnung, will))
            .collect(),
        jahre: kosten
            .jahre
            .iter()
            .filter(|summe| will(summe.jahr))
            .map(SummeJson::aus)
            .collect(),
    };
    // Plain structs with text keys always serialise.
    let mut text = serde_json::to_string_pretty(&dokument).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Dokument<'a> {
    schema: &'static str,
    positionen: Vec<PositionJson<'a>>,
    jahre: Vec<SummeJson<'a>>,
}

#[derive(Serialize)]
struct PositionJson<'a> {
    id: &'a str,
    bezeichnung: String,
    anbieter: &'a str,
    jahre: Vec<JahrJson<'a>>,
}

#[derive(Serialize)]
struct JahrJson<'a> {
    jahr: u32,
    gesamt: String,
    rechenweg: Vec<SchrittJson>,
    anteile: Vec<AnteilJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gewichte: Vec<GewichteJson<'a>>,
}

#[derive(Serialize)]
struct GewichteJson<'a> {
    von: String,
    bis: String,
    quelle: String,
    je_beteiligtem: Vec<GewichtJson<'a>>,
}

#[derive(Serialize)]
struct GewichtJson<'a> {
    beteiligter: &'a str,
    gewicht: String,
}

#[derive(Serialize)]
struct SchrittJson {
    text: String,
    betrag: String,
}

#[derive(Serialize)]
struct AnteilJson<'a> {
    beteiligter: &'a str,
    anteil: Option<String>,
    betrag: String,
    eigenanteil: bool,
}

#[derive(Serialize)]
struct SummeJson<'a> {
    jahr: u32,
    summe: String,
    je_beteiligtem: Vec<BetragJson<'a>>,
    zahlungen: Vec<ZahlungJson<'a>>,
}

#[derive(Serialize)]
struct BetragJson<'a> {
    beteiligter: &'a str,
    betrag: String,
}

#[derive(Serialize)]
struct ZahlungJson<'a> {
    von: &'a str,
    an: &'a str,
    betrag: String,
}

impl<'a> PositionJson<'a> {
    fn aus(rechnung: &'a Rechnung<'_>, will: impl Fn(u32) -> bool) -> Self {
        Self {
            id: rechnung.schluessel.as_str(),
            bezeichnung: rechnung.bezeichnung.einzeilig(),
            anbieter: rechnung.anbieter.schluessel.as_str(),
            jahre: rechnung
                .jahre
                .iter()
                .filter(|jahr| will(jahr.jahr))
                .map(JahrJson::aus)
                .collect(),
        }
    }
}

impl<'a> JahrJson<'a> {
    fn aus(jahr: &'a Jahr<'_>) -> Self {
        let schritte = jahr.schritte.iter().map(|schritt| SchrittJson {
            text: schritt.text_mit_beleg(),
            betrag: punkt(schritt.betrag),
        });
        let rundung = (jahr.rundung != Cent(0)).then(|| SchrittJson {
            text: "Rundung".to_owned(),
            betrag: punkt(jahr.rundung),
        });
        Self {
            jahr: jahr.jahr,
            gesamt: punkt(jahr.gesamt),
            rechenweg: schritte.chain(rundung).collect(),
            gewichte: jahr
                .abschnitte
                .iter()
                .filter(|abschnitt| abschnitt.herkunft != Herkunft::Keine)
                .map(GewichteJson::aus)
                .collect(),
            anteile: jahr
                .anteile
                .iter()
                .map(|anteil| AnteilJson {
                    beteiligter: anteil.koerperschaft.schluessel.as_str(),
                    anteil: anteil.anteil().map(|bruch| bruch.to_string()),
                    betrag: punkt(anteil.betrag),
                    eigenanteil: anteil.eigen,
                })
                .collect(),
        }
    }
}

impl<'a> GewichteJson<'a> {
    fn aus(abschnitt: &'a Abschnitt<'_>) -> Self {
        let ist_quote = matches!(abschnitt.herkunft, Herkunft::Quoten(_));
        Self {
            von: abschnitt.teil.von.to_string(),
            bis: abschnitt.teil.bis.to_string(),
            quelle: abschnitt.gewichtsquelle(),
            je_beteiligtem: abschnitt
                .gewichte
                .iter()
                .map(|(koerperschaft, gewicht)| GewichtJson {
                    beteiligter: koerperschaft.schluessel.as_str(),
                    gewicht: abschnitt
                        .bruch(gewicht)
                        .filter(|_| ist_quote)
                        .map_or_else(|| gewicht.to_string(), |bruch| bruch.to_string()),
                })
                .collect(),
        }
    }
}

impl<'a> SummeJson<'a> {
    fn aus(summe: &'a Jahressumme<'_>) -> Self {
        Self {
            jahr: summe.jahr,
            summe: punkt(summe.summe),
            je_beteiligtem: summe
                .je_beteiligtem
                .iter()
                .map(|(koerperschaft, betrag)| BetragJson {
                    beteiligter: koerperschaft.schluessel.as_str(),
                    betrag: punkt(*betrag),
                })
                .collect(),
            zahlungen: summe
                .zahlungen
                .iter()
                .map(|zahlung| ZahlungJson {
                    von: zahlung.von.schluessel.as_str(),
                    an: zahlung.an.schluessel.as_str(),
                    betrag: punkt(zahlung.betrag),
                })
                .collect(),
        }
    }
}

/// An amount as programs read it: `-1234.05`.
fn punkt(cent: Cent) -> String {
    let betrag = cent.0.unsigned_abs();
    let vorzeichen = if cent.0 < 0 { "-" } else { "" };
    format!("{vorzeichen}{}.{:02}", betrag / 100, betrag % 100)
}
