//! What the agreement lays down of a cost item, in words: sums, the post and how it is held, who shares, from when to when.
//!
//! Speaks of what was agreed, never of what was computed from it.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Blick, leer};
use crate::compute::Menge;
use crate::input::{Bruch, Datum};
use crate::model::kosten::{
    Arbeitsplatz, Besetzung, Festbetrag, Gemeinkostenbasis, Kostenposition, Takt, Verteilung,
};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Schluessel};

/// A cost item.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KostenSicht {
    /// Share of a full-time post: `0,25`.
    pub stellenanteil: String,
    /// The grades.
    pub bewertung: Vec<String>,
    /// Rate of the Gemeinkosten: `10 %`.
    pub gemeinkosten: String,
    /// Share of the Sachkosten: `¼`.
    pub sachkosten: String,
    /// Whether the Gemeinkosten are charged on the Sachkosten too.
    pub gemeinkosten_auf_sachkosten: bool,
    /// „zu gleichen Teilen“.
    pub schluessel: &'static str,
    /// Whether all have the same share.
    pub gleiche_teile: bool,
    /// From when on the post is held otherwise than first agreed: „ab dem 1. September 2022 von 0,3 Vollzeitäquivalent“.
    pub besetzung: Vec<String>,
    /// Agreed sums that the key shares: „1.200,00 € im Jahr“, „100,00 € im Monat ab dem 01.07.2022“.
    pub festbetraege: Vec<String>,
    /// The report that the figures are taken from, or empty.
    pub bericht: String,
    /// Which edition of the report counts, or empty.
    pub ausgabe: String,
    /// What is assumed because nobody has said it.
    pub annahmen: Vec<String>,
}

impl Blick<'_> {
    /// Whether all who use the service bear each of its cost items in equal parts, and nobody a sum of its own; also where
    /// there are none.
    pub(in crate::template::view) fn tragen_gleich(&self, vereinbarung: &Vereinbarung) -> bool {
        let anwender = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let Some(anwender) = anwender.map(|beteiligte| &beteiligte.anwender) else {
            return true;
        };
        self.vorgang
            .kosten
            .values()
            .filter(|position| vereinbarung.aufgaben.contains_key(&position.aufgabe))
            .all(|position| {
                let tragende = self.tragende_der_position(vereinbarung, position);
                position.schluessel == Verteilung::GleicheTeile
                    && direkte(position).next().is_none()
                    && tragende.ohne(anwender).ist_leer()
                    && anwender.ohne(&tragende).ist_leer()
            })
    }

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

/// `von` is the first day that the papers speak of: what is assumed of earlier times they do not repeat.
pub(in crate::template::view) fn kosten(
    position: &Kostenposition,
    von: Option<Datum>,
) -> KostenSicht {
    let platz = position.arbeitsplatz.as_ref();
    KostenSicht {
        stellenanteil: leer(platz.map(|platz| stellenanteil(platz, von))),
        besetzung: platz.map(|platz| besetzung(platz, von)).unwrap_or_default(),
        bewertung: platz
            .iter()
            .flat_map(|platz| platz.bewertung.iter().map(ToString::to_string))
            .collect(),
        gemeinkosten: leer(platz.map(|platz| {
            let satz = &platz.gemeinkosten;
            satz.prozent().unwrap_or_else(|| satz.to_string())
        })),
        sachkosten: leer(platz.map(|platz| platz.sachkosten.zeichen())),
        gemeinkosten_auf_sachkosten: platz
            .is_some_and(|platz| platz.basis() == Gemeinkostenbasis::PersonalUndSachkosten),
        schluessel: position.schluessel.wortlaut(),
        gleiche_teile: position.schluessel == Verteilung::GleicheTeile,
        festbetraege: position
            .festbetrag
            .iter()
            .flatten()
            .filter(|fest| fest.fuer.is_none())
            .map(festbetrag)
            .collect(),
        bericht: leer(platz.and_then(|platz| platz.bericht.as_ref())),
        ausgabe: leer(platz.and_then(|platz| platz.ausgabe.as_ref())),
        annahmen: position
            .annahmen_in(von, None)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    }
}

/// An agreed sum in words: „100,00 € im Monat ab dem 01.07.2022“.
fn festbetrag(festbetrag: &Festbetrag) -> String {
    let mut worte = match festbetrag.je {
        Takt::Jahr => format!("{} im Jahr", festbetrag.betrag),
        Takt::Monat => format!("{} im Monat", festbetrag.betrag),
    };
    let von = festbetrag.von.map(|von| von.to_string());
    let bis = festbetrag.bis.map(|bis| bis.to_string());
    let spanne = spanne(von, bis);
    if !spanne.is_empty() {
        worte.push(' ');
        worte.push_str(&spanne);
    }
    worte
}

/// Whether the key shares anything: a post, an invoice that may come, an agreed sum that nobody bears alone.
pub(in crate::template::view) fn wird_verteilt(position: &Kostenposition) -> bool {
    let feste = position.festbetrag.as_deref();
    position.schluessel != Verteilung::Direkt
        && feste.is_none_or(|feste| feste.iter().any(|fest| fest.fuer.is_none()))
}

/// Who bears a sum alone, and which: „1.200,00 € im Jahr“, in words behind the name.
fn direkte(position: &Kostenposition) -> impl Iterator<Item = (&Schluessel, String)> {
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
fn stellenanteil(platz: &Arbeitsplatz, am: Option<Datum>) -> String {
    let bisher = sortiert(platz)
        .into_iter()
        .filter(|b| am.is_some_and(|am| b.ab <= am));
    let anteil = bisher
        .filter_map(|b| b.stellenanteil.as_ref())
        .next_back()
        .map_or(&platz.stellenanteil.0, |umfang| &umfang.0);
    zahl(anteil)
}

/// How the post is held from later days on: „ab dem 1. September 2022 von 1/3 Vollzeitäquivalent in der
/// Bewertung EG 10“.
fn besetzung(platz: &Arbeitsplatz, nach: Option<Datum>) -> Vec<String> {
    sortiert(platz)
        .into_iter()
        .filter(|b| nach.is_none_or(|nach| nach < b.ab))
        .map(|b| {
            let anteil = b.stellenanteil.as_ref();
            let anteil = anteil.map(|a| format!("von {} Vollzeitäquivalent", zahl(&a.0)));
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
        .map(Datum::lang);
    let bis = eigener.and_then(|z| z.bis).or(vereinbarung.ende);
    spanne(von, bis.map(Datum::lang))
}

/// „vom 1. März 2022 bis zum 31. Dezember 2023“, „ab dem 1. März 2022“, or empty where neither day is given.
fn spanne(von: Option<String>, bis: Option<String>) -> String {
    match (von, bis) {
        (Some(von), Some(bis)) => format!("vom {von} bis zum {bis}"),
        (Some(von), None) => format!("ab dem {von}"),
        (None, Some(bis)) => format!("bis zum {bis}"),
        (None, None) => String::new(),
    }
}
