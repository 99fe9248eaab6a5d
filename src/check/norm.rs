//! The norm that a rule rests on, and the state in which it was read.

use std::collections::{BTreeMap, BTreeSet};

use super::REGELN;
use crate::recht::{self, Beleg, Gesetz};

/// A place in a law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm {
    /// Key of the law in `recht/gesetze.yaml`: `gkg`.
    pub gesetz: &'static str,
    /// The place in it: `§ 23 Abs. 5`.
    pub stelle: &'static str,
    /// How far its text was seen. What was not seen itself never makes an error.
    pub beleg: Beleg,
}

impl Norm {
    /// A norm whose text was seen.
    pub const fn gesehen(gesetz: &'static str, stelle: &'static str) -> Self {
        Self {
            gesetz,
            stelle,
            beleg: Beleg::Gesehen,
        }
    }

    /// A norm that was seen in part or quoted elsewhere.
    pub const fn sekundaer(gesetz: &'static str, stelle: &'static str) -> Self {
        Self {
            gesetz,
            stelle,
            beleg: Beleg::Sekundaer,
        }
    }

    /// A norm that is only remembered.
    pub const fn erinnert(gesetz: &'static str, stelle: &'static str) -> Self {
        Self {
            gesetz,
            stelle,
            beleg: Beleg::Erinnert,
        }
    }

    /// „§ 23 Abs. 5 GkG NRW“; a law that is not in the data is named by its key.
    pub fn kurz(&self, gesetze: &BTreeMap<String, Gesetz>) -> String {
        let gesetz = gesetze.get(self.gesetz);
        let kurz = gesetz.map_or(self.gesetz, |gesetz| gesetz.kurz.as_str());
        format!("{} {kurz}", self.stelle)
    }

    /// „§ 23 Abs. 5 GkG NRW (Stand 09.07.2025)“.
    pub fn mit_stand(&self, gesetze: &BTreeMap<String, Gesetz>) -> String {
        format!("{} ({})", self.kurz(gesetze), self.stand(gesetze))
    }

    /// What an accepted deviation rests on: the place and the last change of the law, not how far the data reach.
    pub(super) fn rechtsstand(&self, gesetze: &BTreeMap<String, Gesetz>) -> String {
        let letzte = gesetze
            .get(self.gesetz)
            .and_then(|gesetz| gesetz.aenderungen.last())
            .map(|aenderung| aenderung.vom.to_string());
        format!(
            "{} {} {}",
            self.gesetz,
            self.stelle,
            letzte.unwrap_or_default()
        )
    }

    fn stand(&self, gesetze: &BTreeMap<String, Gesetz>) -> String {
        match gesetze.get(self.gesetz) {
            None => "dieses Gesetz kennt das Programm nicht".to_owned(),
            Some(gesetz) => match gesetz.vollstaendig_bis {
                Some(tag) => format!("Stand {tag}"),
                None => "Stand nicht hinterlegt".to_owned(),
            },
        }
    }
}

/// The states of the laws that the rules rest on: „GkG NRW 09.07.2025, DSGVO 30.06.2025; ohne hinterlegten Stand: UStG“.
pub fn rechtsstand() -> String {
    let gesetze = recht::gesetze();
    let mut mit = BTreeSet::new();
    let mut ohne = BTreeSet::new();
    for norm in REGELN.iter().flat_map(|regel| regel.normen) {
        match gesetze.get(norm.gesetz) {
            Some(gesetz) => match gesetz.vollstaendig_bis {
                Some(tag) => mit.insert(format!("{} {tag}", gesetz.kurz)),
                None => ohne.insert(gesetz.kurz.clone()),
            },
            None => ohne.insert(norm.gesetz.to_owned()),
        };
    }
    let mut text = Vec::from_iter(mit).join(", ");
    if !ohne.is_empty() {
        let vor = if text.is_empty() { "" } else { ", " };
        text.push_str(&format!(
            "{vor}nicht hinterlegt für {}",
            Vec::from_iter(ohne).join(", ")
        ));
    }
    text
}
