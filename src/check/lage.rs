//! What rules look at: facts, computed values, papers as they read, and the laws as data.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::Blatt;
use crate::compute::{Beteiligte, Zahlen};
use crate::diagnostic::Route;
use crate::model::drucksache::Art;
use crate::model::koerperschaft::Kasus;
use crate::model::vereinbarung::{Aufgabe, Entgelt};
use crate::model::{Drucksache, Koerperschaft, Vereinbarung, Vorgang, namen};
use crate::recht::Gesetz;
use crate::template::{Bezug, Papier};

/// What rules look at.
#[derive(Debug)]
pub struct Lage<'a> {
    /// The facts.
    pub vorgang: &'a Vorgang,
    /// The computed values.
    pub zahlen: &'a Zahlen<'a>,
    blaetter: Vec<Blatt<'a>>,
    /// Whether anybody asked for a paper since this was last asked.
    gefragt: AtomicBool,
}

impl<'a> Lage<'a> {
    /// What rules look at when these are the papers of a matter.
    pub fn neu(vorgang: &'a Vorgang, zahlen: &'a Zahlen<'a>, papiere: &'a [Papier]) -> Self {
        Self {
            vorgang,
            zahlen,
            blaetter: papiere.iter().map(Blatt::neu).collect(),
            gefragt: AtomicBool::new(false),
        }
    }

    /// Whether anybody asked for a paper, or whether there is one, since this was last asked.
    pub(super) fn wurde_nach_papieren_gefragt(&self) -> bool {
        self.gefragt.swap(false, Ordering::Relaxed)
    }

    /// The laws that the program knows, by key.
    pub fn gesetze(&self) -> &'a BTreeMap<String, Gesetz> {
        &self.vorgang.recht.gesetze
    }

    /// A body as sentences name it: „die Kreisstadt Unna“.
    pub(super) fn name(&self, koerperschaft: &Koerperschaft, kasus: Kasus) -> String {
        namen::koerperschaft(self.vorgang, koerperschaft, kasus)
    }

    /// A council or committee of a body as sentences name it: „der Rat der Kreisstadt Unna“.
    pub(super) fn gremium(&self, name: &str, traeger: &Koerperschaft, kasus: Kasus) -> String {
        namen::gremium_von(self.vorgang, name, traeger, kasus)
    }

    /// All papers, sorted by name.
    pub fn blaetter(&self) -> &[Blatt<'a>] {
        self.gefragt.store(true, Ordering::Relaxed);
        &self.blaetter
    }

    /// Reads all papers at once, so that rules that run side by side need not wait for each other.
    pub fn lies_alle(&self) {
        self.blaetter.par_iter().for_each(|blatt| {
            blatt.dokument();
        });
    }

    /// The agreements of which papers are made: others are known by their parties alone, and no rule on wording or
    /// contents asks anything of them.
    pub fn geschriebene_vereinbarungen(&self) -> impl Iterator<Item = &'a Vereinbarung> {
        let vereinbarungen: &'a BTreeMap<_, Vereinbarung> = &self.vorgang.vereinbarungen;
        vereinbarungen.values().filter(|v| v.wird_geschrieben())
    }

    /// The sets, costs and authority of an agreement.
    pub fn beteiligte(&self, vereinbarung: &Vereinbarung) -> Option<&Beteiligte<'a>> {
        self.zahlen.vereinbarungen.get(&vereinbarung.schluessel)
    }

    /// The first task of an agreement for which something is paid, with its place, where nothing says how much: no rule can
    /// look at shares that nobody computed.
    pub(super) fn ohne_kosten(
        &self,
        vereinbarung: &'a Vereinbarung,
    ) -> Option<(Route, &'a Aufgabe)> {
        let beteiligte = self.beteiligte(vereinbarung)?;
        let mut bezahlt = vereinbarung.aufgaben.iter().filter(|(_, aufgabe)| {
            aufgabe.entgelt != Some(Entgelt::Unentgeltlich) && aufgabe.unentgeltlich_weil.is_none()
        });
        let (schluessel, aufgabe) = bezahlt
            .next()
            .filter(|_| beteiligte.kosten.rechnungen.is_empty())?;
        let route = vereinbarung.route_der_aufgabe(schluessel);
        Some((route.feld("entgelt"), aufgabe))
    }

    /// The paper of the agreement itself, without its annexes and letters.
    pub fn blatt_der_vereinbarung(&self, vereinbarung: &Vereinbarung) -> Option<&Blatt<'a>> {
        self.papier_zu(vereinbarung, "vereinbarung")
    }

    /// The paper of this kind that was made for the agreement: `organisationskonzept`, `kostenuebersicht`.
    pub fn papier_zu(&self, vereinbarung: &Vereinbarung, art: &str) -> Option<&Blatt<'a>> {
        self.blaetter().iter().find(|blatt| {
            blatt.papier.art == art
                && matches!(&blatt.papier.bezug, Bezug::Vereinbarung(s) if *s == vereinbarung.schluessel)
        })
    }

    /// The paper that the council gets: the Vorlage, Mitteilung or Antrag of a Drucksache without its annexes.
    ///
    /// One template makes them all unless somebody wrote one for the kind: `tischvorlage.md`.
    pub fn vorlage(&self, drucksache: &Drucksache) -> Option<&Blatt<'a>> {
        let papier = |art: &str| {
            self.blaetter().iter().find(|blatt| {
                blatt.papier.art == art
                    && matches!(&blatt.papier.bezug, Bezug::Drucksache(n) if *n == drucksache.nummer)
            })
        };
        papier(drucksache.art.dateiname()).or_else(|| papier(Art::Beschlussvorlage.dateiname()))
    }

    /// The papers for councils that are about an agreement.
    pub fn drucksachen_zu(
        &self,
        vereinbarung: &'a Vereinbarung,
    ) -> impl Iterator<Item = &'a Drucksache> {
        let vorgang = self.vorgang;
        vorgang.drucksachen.iter().filter(move |drucksache| {
            vorgang
                .vereinbarung_zu(drucksache)
                .is_some_and(|v| v.schluessel == vereinbarung.schluessel)
        })
    }
}
