//! What the agreement lays down of a cost item, in words: sums, the post and how it is held, who shares, from when to when.
//!
//! Speaks of what was agreed, never of what was computed from it.

use super::super::{Blick, leer};
use crate::compute::Menge;
use crate::input::{Bruch, Datum};
use crate::model::kosten::{Arbeitsplatz, Besetzung, Festbetrag, Kostenposition, Takt};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Schluessel};

impl Blick<'_> {
    /// Who shares an item by its key under the agreement: those whom it names as payers, else the users for whom the task
    /// is done.
    pub(in crate::template::view) fn tragende_der_position(
        &self,
        vereinbarung: &Vereinbarung,
        position: &Kostenposition,
    ) -> Menge<'_> {
        let koerperschaften = &self.vorgang.koerperschaften;
        if let Some(zahler) = &position.zahler {
            let genannte = zahler.wer.iter().filter_map(|wer| koerperschaften.get(wer));
            return Menge::aus(self.vorgang, genannte);
        }
        let anwender = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe);
        let gehoert_dazu = |wer: &&Koerperschaft| {
            aufgabe.is_none_or(|aufgabe| {
                aufgabe.empfaenger.is_empty()
                    || aufgabe.empfaenger.contains(&wer.schluessel)
                    || aufgabe.anbieter == wer.schluessel
            })
        };
        let dabei: Vec<_> = anwender
            .iter()
            .flat_map(|beteiligte| beteiligte.anwender.iter())
            .filter(gehoert_dazu)
            .filter_map(|wer| koerperschaften.get(&wer.schluessel))
            .collect();
        Menge::aus(self.vorgang, dabei.into_iter())
    }

    /// What somebody bears alone.
    pub(super) fn allein(&self, position: &Kostenposition) -> Vec<String> {
        let wer = |schluessel: &Schluessel| {
            let koerperschaft = self.vorgang.koerperschaften.get(schluessel);
            koerperschaft
                .map(|k| self.koerperschaft(k).nominativ)
                .unwrap_or_default()
        };
        direkte(position)
            .map(|(schluessel, was)| format!("{} {was}", wer(schluessel)))
            .collect()
    }
}

/// An agreed sum in words: „100,00 € im Monat ab dem 01.07.2022“.
pub(in crate::template::view) fn festbetrag(festbetrag: &Festbetrag) -> String {
    let mut worte = match festbetrag.je {
        Takt::Jahr => format!("{} im Jahr", festbetrag.betrag),
        Takt::Monat => format!("{} im Monat", festbetrag.betrag),
    };
    if let Some(von) = festbetrag.von {
        worte.push_str(&format!(" ab dem {von}"));
    }
    if let Some(bis) = festbetrag.bis {
        worte.push_str(&format!(" bis zum {bis}"));
    }
    worte
}

/// Who bears a sum alone, and which: „1.200,00 € im Jahr“, in words behind the name.
pub(in crate::template::view) fn direkte(
    position: &Kostenposition,
) -> impl Iterator<Item = (&Schluessel, String)> {
    let feste = position.festbetrag.iter().flatten();
    let feste = feste.filter_map(|fest| Some((fest.fuer.as_ref()?, festbetrag(fest))));
    let belege = position.rechnungen.iter().flatten();
    let belege = belege.filter_map(|beleg| {
        let text = format!(
            "die Rechnung „{}“ vom {}",
            beleg.text.einzeilig(),
            beleg.datum
        );
        Some((beleg.fuer.as_ref()?, text))
    });
    feste.chain(belege)
}

/// The share of the post on a day: as agreed, or as it is held by then.
pub(in crate::template::view) fn stellenanteil(platz: &Arbeitsplatz, am: Option<Datum>) -> String {
    let bisher = sortiert(platz)
        .into_iter()
        .filter(|b| am.is_none_or(|am| b.ab <= am));
    let anteil = bisher
        .filter_map(|b| b.stellenanteil.as_ref())
        .next_back()
        .map_or(&platz.stellenanteil.0, |umfang| &umfang.0);
    zahl(anteil)
}

/// How the post is held from later days on: „ab dem 1. September 2022 mit 1/3 Vollzeitäquivalent der Bewertung EG 10“.
pub(in crate::template::view) fn besetzung(
    platz: &Arbeitsplatz,
    nach: Option<Datum>,
) -> Vec<String> {
    sortiert(platz)
        .into_iter()
        .filter(|b| nach.is_some_and(|nach| nach < b.ab))
        .map(|b| {
            let anteil = b.stellenanteil.as_ref();
            let anteil = anteil.map(|a| format!("mit {} Vollzeitäquivalent", zahl(&a.0)));
            let gruppe = b.gruppe.as_ref();
            let gruppe = gruppe.map(|g| format!("in der Bewertung {}", g.einzeilig()));
            let worte: Vec<_> = anteil.into_iter().chain(gruppe).collect();
            format!("ab dem {} {}", b.ab.lang(), worte.join(" "))
        })
        .collect()
}

fn sortiert(platz: &Arbeitsplatz) -> Vec<&Besetzung> {
    let mut besetzung: Vec<_> = platz.besetzung.iter().collect();
    besetzung.sort_by_key(|b| b.ab);
    besetzung
}

fn zahl(bruch: &Bruch) -> String {
    bruch.dezimal().unwrap_or_else(|| bruch.to_string())
}

/// Years whose rate of the Gemeinkosten is not the agreed one, each in a sentence.
pub(super) fn andere_saetze(position: &Kostenposition) -> Vec<String> {
    let satz = |satz: &Bruch| satz.prozent().unwrap_or_else(|| satz.to_string());
    let mut saetze: Vec<String> = Vec::new();
    if let Some(platz) = &position.arbeitsplatz {
        for wert in &platz.werte {
            let Some(anderer) = wert
                .gemeinkosten
                .as_ref()
                .filter(|s| **s != platz.gemeinkosten)
            else {
                continue;
            };
            let ab = wert.ab.map(|ab| format!(" ab dem {}", ab.lang()));
            let text = format!(
                "Für {}{} ist der Zuschlag für Gemeinkosten mit {} statt der vereinbarten {} gerechnet.",
                wert.jahr,
                leer(ab),
                satz(anderer),
                satz(&platz.gemeinkosten)
            );
            if !saetze.contains(&text) {
                saetze.push(text);
            }
        }
    }
    saetze
}

/// The time for which there are costs, where the item or the end of the agreement cuts it.
pub(super) fn zeitraum(position: &Kostenposition, vereinbarung: &Vereinbarung) -> String {
    let eigener = position.zeitraum.as_ref();
    let beginn = vereinbarung.beginn();
    let von = eigener
        .and_then(|z| z.von)
        .filter(|von| beginn.is_none_or(|beginn| beginn < *von))
        .map(|von| format!("ab dem {}", von.lang()));
    let bis = eigener
        .and_then(|z| z.bis)
        .or(vereinbarung.ende)
        .map(|bis| format!("bis zum {}", bis.lang()));
    let teile: Vec<_> = von.into_iter().chain(bis).collect();
    teile.join(" ")
}
