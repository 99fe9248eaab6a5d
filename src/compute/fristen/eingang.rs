//! Receipt of an agreement at the authority: the day, or the earliest one that signatures and decisions allow.

use std::collections::BTreeSet;

use super::Rechner;
use crate::compute::Menge;
use crate::input::Datum;
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::vereinbarung::Status;
use crate::model::{Drucksache, Koerperschaft, Vereinbarung, Vorgang};

/// Receipt of the signed agreement at the authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eingang {
    /// The day.
    pub tag: Datum,
    /// Where it comes from.
    pub grundlage: Grundlage,
}

/// Where the day of receipt comes from. All but the first are the earliest day that is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grundlage {
    /// It was received on that day.
    Eingang,
    /// The last party signed on that day.
    Unterschrift,
    /// All parties mean to have signed by that day.
    UnterzeichnetBis,
    /// The last decision that is known fell on that day.
    Beschluss,
}

impl Eingang {
    /// Whether the day is only the earliest one that is possible.
    pub fn ist_fruehestens(self) -> bool {
        self.grundlage != Grundlage::Eingang
    }
}

impl Eingang {
    /// What the day is, in a step.
    pub(super) fn worte(self) -> &'static str {
        match self.grundlage {
            Grundlage::Eingang => "Eingang bei der Aufsichtsbehörde",
            Grundlage::Unterschrift => "Eingang frühestens: der Tag der letzten Unterschrift",
            Grundlage::UnterzeichnetBis => "Eingang frühestens: bis dahin soll unterzeichnet sein",
            Grundlage::Beschluss => "Eingang frühestens: der Tag des letzten bekannten Beschlusses",
        }
    }
}

impl Rechner<'_> {
    /// The day of receipt, else the earliest one that is possible, and what is missing for the real one.
    pub(super) fn eingang(&mut self, vorgang: &Vorgang, parteien: &Menge<'_>) -> Option<Eingang> {
        let v = self.vereinbarung;
        if let Some(tag) = v.eingang {
            return Some(Eingang {
                tag,
                grundlage: Grundlage::Eingang,
            });
        }
        // Once the end is known the day of receipt no longer matters.
        let offen = v.in_kraft_seit.is_none()
            && v.veroeffentlichung.is_none()
            && v.genehmigung.is_none()
            && v.status < Status::InKraft;
        if offen {
            self.luecke(
                "eingang",
                "der Tag des Eingangs bei der Aufsichtsbehörde fehlt",
            );
        }
        let letzte = v.unterzeichnet.iter().map(|u| u.am).max();
        let haben: BTreeSet<_> = v.unterzeichnet.iter().map(|u| &u.koerperschaft).collect();
        let ohne: Vec<_> = parteien
            .iter()
            .filter(|partei| !haben.contains(&partei.schluessel))
            .map(Koerperschaft::amtsform)
            .collect();
        // `geschlossen` is the day of the last signature; one that is recorded and later goes before it.
        let fertig = match v.geschlossen {
            Some(tag) => Some(letzte.map_or(tag, |letzte| letzte.max(tag))),
            None => letzte.filter(|_| ohne.is_empty()),
        };
        let (tag, grundlage) = if let Some(tag) = fertig {
            (tag, Grundlage::Unterschrift)
        } else {
            // Who has decided or signed later than was meant cannot have signed earlier. Of one day the surest counts.
            [
                letzte.map(|tag| (tag, Grundlage::Unterschrift)),
                letzter_beschluss(vorgang, v).map(|tag| (tag, Grundlage::Beschluss)),
                v.unterzeichnet_bis
                    .map(|tag| (tag, Grundlage::UnterzeichnetBis)),
            ]
            .into_iter()
            .flatten()
            .reduce(|a, b| if b.0 >= a.0 { b } else { a })?
        };
        if offen && fertig.is_none() {
            self.luecke(
                "unterzeichnet",
                &format!("die Tage der Unterschriften fehlen: {}", ohne.join(", ")),
            );
        }
        Some(Eingang { tag, grundlage })
    }
}

/// The last day on which a council decided for the agreement, as far as is known.
fn letzter_beschluss(vorgang: &Vorgang, vereinbarung: &Vereinbarung) -> Option<Datum> {
    let beschluesse = vereinbarung
        .beschluesse
        .iter()
        .filter(|beschluss| beschluss.stimmt_zu())
        .map(|beschluss| beschluss.datum);
    let sitzungen = vorgang
        .drucksachen
        .iter()
        .filter(|drucksache| {
            vorgang
                .vereinbarung_zu(drucksache)
                .is_some_and(|v| v.schluessel == vereinbarung.schluessel)
        })
        .flat_map(Drucksache::beratungen)
        .filter(|beratung| {
            let stimmt_zu = beratung.ergebnis.as_ref().is_none_or(|ergebnis| {
                matches!(
                    ergebnis.status,
                    Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert
                )
            });
            beratung.beschlussstatus == Beschlussstatus::Entscheidung && stimmt_zu
        })
        .filter_map(|beratung| beratung.sitzungsdatum);
    beschluesse.chain(sitzungen).max()
}
