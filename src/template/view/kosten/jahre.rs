//! What each body bears in each of the years: tables that fit on a page, and the charts of the same figures.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::geteilt::Vorrat;
use super::super::schaubild::{self, Schaubild, Zahlend};
use super::super::{Blick, Titel};
use super::gedruckt;
use crate::compute::kosten::{Jahressumme, Kosten};
use crate::compute::{Menge, Zahlen};
use crate::diagramm::Diagramm;
use crate::input::Cent;
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Schluessel, Vorgang};

/// Some of the years side by side.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct JahrestabelleSicht {
    /// The years.
    pub jahre: Vec<u32>,
    /// What each body bears, in the order of lists.
    pub zeilen: Vec<ZeileSicht>,
    /// What each of the years costs.
    pub summen: Vec<String>,
}

/// A row of amounts.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZeileSicht {
    /// Official form of the body.
    pub name: String,
    /// The amounts; a dash where there is none.
    pub betraege: Vec<String>,
}

/// All charts that papers of a matter may show, by the file beside the Markdown.
pub fn schaubilder(vorgang: &Vorgang, zahlen: &Zahlen<'_>) -> BTreeMap<String, Diagramm> {
    let blick = Blick {
        vorgang,
        zahlen,
        titel: &Titel::new(),
        vorrat: &Vorrat::default(),
        stichtag: None,
        amtstag: None,
    };
    let geschriebene = vorgang
        .vereinbarungen
        .values()
        .filter(|vereinbarung| vereinbarung.wird_geschrieben());
    schaubild::nach_dateien(geschriebene.flat_map(|vereinbarung| {
        let beteiligte = zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        beteiligte
            .map(|beteiligte| blick.schaubilder(vereinbarung, &beteiligte.kosten))
            .unwrap_or_default()
    }))
}

impl Blick<'_> {
    pub(super) fn jahrestabellen(&self, plan: &Kosten<'_>) -> Vec<JahrestabelleSicht> {
        let breiteste = plan
            .jahre
            .iter()
            .map(|jahr| jahr.summe.to_string().chars().count())
            .max()
            .unwrap_or_default();
        // A turned page leaves about 590 pt beside the names; a figure takes 5 pt, a column's edges 9 pt.
        let hoechstens = (590 / (5 * breiteste + 9)).max(1);
        let tabellen = plan.jahre.len().div_ceil(hoechstens).max(1);
        plan.jahre
            .chunks(plan.jahre.len().div_ceil(tabellen).max(1))
            .map(|jahre| JahrestabelleSicht {
                jahre: jahre.iter().map(|summe| summe.jahr).collect(),
                zeilen: self
                    .tragende(plan)
                    .iter()
                    .map(|wer| ZeileSicht {
                        name: wer.amtsform(),
                        betraege: jahre
                            .iter()
                            .map(|summe| gedruckt(traegt(summe, wer)))
                            .collect(),
                    })
                    .collect(),
                summen: jahre.iter().map(|jahr| jahr.summe.to_string()).collect(),
            })
            .collect()
    }

    /// All who bear something in a year, in the order of lists.
    fn tragende<'a>(&'a self, plan: &Kosten<'a>) -> Vec<&'a Koerperschaft> {
        let alle = plan.jahre.iter().flat_map(|summe| &summe.je_beteiligtem);
        Menge::aus(self.vorgang, alle.map(|(koerperschaft, _)| *koerperschaft))
            .iter()
            .collect()
    }

    pub(super) fn schaubilder(
        &self,
        vereinbarung: &Vereinbarung,
        plan: &Kosten<'_>,
    ) -> Vec<Schaubild> {
        let Some(letztes) = plan.jahre.last() else {
            return Vec::new();
        };
        let stamm = self.dateiname(vereinbarung);
        let anteile: Vec<_> = letztes
            .je_beteiligtem
            .iter()
            .map(|(wer, betrag)| {
                let eigen = traegt_nur_eigenes(plan, letztes.jahr, &wer.schluessel);
                (self.zahlend(wer), *betrag, eigen)
            })
            .collect();
        let reihen: Vec<_> = self
            .tragende(plan)
            .into_iter()
            .map(|wer| {
                let werte = plan.jahre.iter().map(|summe| traegt(summe, wer));
                (self.zahlend(wer), werte.collect())
            })
            .collect();
        let jahre: Vec<_> = plan.jahre.iter().map(|summe| summe.jahr).collect();
        let mut bilder = schaubild::anteile(&stamm, letztes.jahr, &anteile);
        bilder.extend(schaubild::jahre(&stamm, &jahre, &reihen));
        bilder
    }

    fn zahlend(&self, koerperschaft: &Koerperschaft) -> Zahlend {
        let sicht = self.koerperschaft(koerperschaft);
        Zahlend {
            amtsform: sicht.amtsform.clone(),
            nominativ: sicht.nominativ.clone(),
            genitiv: sicht.genitiv.clone(),
        }
    }
}

/// What a body bears in a year, if it takes part.
fn traegt(summe: &Jahressumme<'_>, wer: &Koerperschaft) -> Option<Cent> {
    let (_, betrag) = summe
        .je_beteiligtem
        .iter()
        .find(|(k, _)| k.schluessel == wer.schluessel)?;
    Some(*betrag)
}

/// Whether all that a body bears in a year is what it would invoice to itself.
fn traegt_nur_eigenes(plan: &Kosten<'_>, jahr: u32, wer: &Schluessel) -> bool {
    let mut anteile = plan
        .rechnungen
        .iter()
        .flat_map(|rechnung| &rechnung.jahre)
        .filter(|j| j.jahr == jahr)
        .filter_map(|j| j.anteil_von(wer))
        .peekable();
    anteile.peek().is_some() && anteile.all(|anteil| anteil.eigen)
}
