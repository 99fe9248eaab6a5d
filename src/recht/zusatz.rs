//! Law that base data add: whole laws under keys of their own or in place of a shipped one, and further holidays.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Recht;
use super::gesetz::Gesetz;
use super::kalender::Feiertag;
use crate::diagnostic::{Befund, Route, Stelle};

/// The section `recht` of the base data.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zusatz {
    /// Laws by key; one that the program knows counts as it stands here.
    #[serde(default)]
    pub gesetze: BTreeMap<String, Gesetz>,
    /// Holidays beyond those of the Land.
    #[serde(default)]
    pub feiertage: Vec<Feiertag>,
}

impl Recht {
    /// Takes in what the base data add; what is wrong with it is a finding, and left out.
    pub fn ergaenze(&mut self, zusatz: Zusatz, route: &Route) -> Vec<Befund> {
        let mut befunde = Vec::new();
        for (schluessel, gesetz) in zusatz.gesetze {
            match pruefe_gesetz(&gesetz, &route.feld("gesetze").feld(&schluessel)) {
                Some(befund) => befunde.push(befund),
                None => {
                    self.gesetze.insert(schluessel, gesetz);
                }
            }
        }
        for (i, feiertag) in zusatz.feiertage.into_iter().enumerate() {
            match pruefe_feiertag(&feiertag, &route.feld("feiertage").index(i)) {
                Some(befund) => befunde.push(befund),
                None => self.kalender.feiertage.push(feiertag),
            }
        }
        befunde
    }
}

fn pruefe_gesetz(gesetz: &Gesetz, route: &Route) -> Option<Befund> {
    let mut vorher = gesetz.fassung.vom;
    for (i, aenderung) in gesetz.aenderungen.iter().enumerate() {
        if aenderung.vom < vorher {
            return Some(
                Befund::fehler(
                    "aenderung-nicht-in-reihenfolge",
                    Stelle::Route(route.feld("änderungen").index(i).feld("vom")),
                    format!(
                        "die Änderung vom {} steht hinter dem jüngeren Stand vom {vorher}",
                        aenderung.vom
                    ),
                )
                .abhilfe("die Änderungen von der ältesten zur jüngsten aufführen"),
            );
        }
        vorher = aenderung.vom;
    }
    gesetz
        .paragrafen
        .filter(|paragrafen| paragrafen.bis < paragrafen.von)
        .map(|paragrafen| {
            Befund::fehler(
                "ende-vor-beginn",
                Stelle::Route(route.feld("paragrafen").feld("bis")),
                format!(
                    "die Paragrafen enden mit § {}, bevor sie mit § {} beginnen",
                    paragrafen.bis, paragrafen.von
                ),
            )
            .abhilfe("„von“ und „bis“ prüfen")
        })
}

fn pruefe_feiertag(feiertag: &Feiertag, route: &Route) -> Option<Befund> {
    let wie_oft = match (feiertag.am, feiertag.ostern) {
        (None, None) => Some("nicht"),
        (Some(_), Some(_)) => Some("zweimal"),
        _ => None,
    };
    if let Some(wie_oft) = wie_oft {
        return Some(
            Befund::fehler(
                "feiertag-ohne-tag",
                Stelle::Route(route.clone()),
                format!("wann „{}“ ist, steht hier {wie_oft}", feiertag.name),
            )
            .abhilfe("entweder `am: 31.10.` oder `ostern: 39` (Tage nach Ostersonntag) angeben"),
        );
    }
    feiertag
        .ab
        .zip(feiertag.bis)
        .filter(|(ab, bis)| bis < ab)
        .map(|(ab, bis)| {
            Befund::fehler(
                "ende-vor-beginn",
                Stelle::Route(route.feld("bis")),
                format!("der Feiertag endet im Jahr {bis}, bevor er im Jahr {ab} beginnt"),
            )
            .abhilfe("„ab“ und „bis“ vertauschen oder die Jahre prüfen")
        })
}
