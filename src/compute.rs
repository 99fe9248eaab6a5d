//! Facts → computed values: sets of parties, fractions. Exact, pure, without floats, independent of the order of input.
//!
//! Knows no template: how a set reads in a sentence is [`sprache`]'s business only as far as grammar goes.

use std::collections::BTreeMap;

use crate::diagnostic::Befund;
use crate::model::vereinbarung::Aufgabe;
use crate::model::{Schluessel, Vereinbarung, Vorgang};

pub mod ansicht;
pub mod anteile;
pub mod fristen;
pub mod haushalt;
pub mod kosten;
pub mod mengen;
pub mod sprache;
pub mod zeit;
pub mod zustaendigkeit;

pub use ansicht::Ansicht;
pub use fristen::Fristen;
pub use kosten::Kosten;
pub use mengen::Menge;
pub use zustaendigkeit::Zustaendigkeit;

/// All computed values of a matter.
#[derive(Debug, Clone, Default)]
pub struct Zahlen<'a> {
    /// The sets of each agreement.
    pub vereinbarungen: BTreeMap<&'a Schluessel, Beteiligte<'a>>,
    /// What keeps costs from being computed; errors of the facts.
    pub befunde: Vec<Befund>,
}

/// The sets of parties of an agreement that prose and tables draw on.
#[derive(Debug, Clone)]
pub struct Beteiligte<'a> {
    /// All parties, the Kreis too.
    pub parteien: Menge<'a>,
    /// The municipal parties of the predecessor.
    pub bestand: Menge<'a>,
    /// The municipal parties that the predecessor does not have.
    pub beitritt: Menge<'a>,
    /// All who use the service on the day that the agreement names; without a day, its municipal parties.
    pub anwender: Menge<'a>,
    /// For whom each task is done, without its provider.
    pub empfaenger: BTreeMap<&'a Schluessel, Menge<'a>>,
    /// The authority that approves it.
    pub zustaendigkeit: Zustaendigkeit,
    /// When it takes effect.
    pub fristen: Fristen,
    /// What its tasks cost.
    pub kosten: Kosten<'a>,
    /// What it changes that `beitritt` takes part, in the first year of the agreement; none without a predecessor.
    pub vergleich: Option<kosten::Vergleich<'a>>,
}

/// Computes all values of a matter.
pub fn rechne(vorgang: &Vorgang) -> Zahlen<'_> {
    let mut zahlen = Zahlen::default();
    for (schluessel, vereinbarung) in &vorgang.vereinbarungen {
        let (beteiligte, befunde) = beteiligte(vorgang, vereinbarung);
        zahlen.vereinbarungen.insert(schluessel, beteiligte);
        zahlen.befunde.extend(befunde);
    }
    zahlen
        .befunde
        .extend(haushalt::pruefe(vorgang, &zahlen.vereinbarungen));
    // An item of two agreements is at fault once.
    let mut gesehen = Vec::new();
    zahlen.befunde.retain(|befund| {
        let neu = !gesehen.contains(befund);
        if neu {
            gesehen.push(befund.clone());
        }
        neu
    });
    zahlen
}

fn beteiligte<'a>(
    vorgang: &'a Vorgang,
    vereinbarung: &'a Vereinbarung,
) -> (Beteiligte<'a>, Vec<Befund>) {
    let parteien = parteien(vorgang, vereinbarung);
    let vorgaenger = vereinbarung
        .ersetzt
        .as_ref()
        .and_then(|schluessel| vorgang.vereinbarungen.get(schluessel))
        .map(|vorgaenger| self::parteien(vorgang, vorgaenger))
        .unwrap_or_default();
    let bestand = vorgaenger.gemeinden();
    let anwender = match vereinbarung.anwender_zum {
        Some(tag) => mengen::anwender_am(vorgang, tag),
        None => parteien.gemeinden(),
    };
    let zustaendigkeit = zustaendigkeit::zustaendigkeit(vorgang, vereinbarung, &parteien);
    let (kosten, befunde) = kosten::kosten(vorgang, vereinbarung, &parteien, &[]);
    let beitritt = parteien.gemeinden().ohne(&bestand);
    let vergleich = if bestand.ist_leer() || beitritt.ist_leer() {
        None
    } else {
        kosten::vergleich_zu_beginn(vorgang, vereinbarung, (&parteien, &beitritt), &kosten)
    };
    let beteiligte = Beteiligte {
        vergleich,
        beitritt,
        empfaenger: vereinbarung
            .aufgaben
            .iter()
            .map(|(schluessel, aufgabe)| (schluessel, empfaenger(vorgang, aufgabe, &parteien)))
            .collect(),
        fristen: fristen::fristen(vorgang, vereinbarung, &parteien, &zustaendigkeit),
        zustaendigkeit,
        kosten,
        anwender,
        bestand,
        parteien,
    };
    (beteiligte, befunde)
}

/// Those for whom a task is done, named or all municipal parties, without its provider.
fn empfaenger<'a>(vorgang: &'a Vorgang, aufgabe: &Aufgabe, parteien: &Menge<'a>) -> Menge<'a> {
    let anbieter = Menge::aus(
        vorgang,
        vorgang.koerperschaften.get(&aufgabe.anbieter).into_iter(),
    );
    let genannte = aufgabe
        .empfaenger
        .iter()
        .filter_map(|schluessel| vorgang.koerperschaften.get(schluessel));
    let empfaenger = if aufgabe.empfaenger.is_empty() {
        parteien.gemeinden()
    } else {
        Menge::aus(vorgang, genannte)
    };
    empfaenger.ohne(&anbieter)
}

/// The parties named one by one, and all who use the service on the day that the agreement names.
fn parteien<'a>(vorgang: &'a Vorgang, vereinbarung: &'a Vereinbarung) -> Menge<'a> {
    let genannte = vereinbarung
        .parteien
        .iter()
        .filter_map(|schluessel| vorgang.koerperschaften.get(schluessel));
    let anwender = vereinbarung
        .anwender_zum
        .map(|tag| mengen::anwender_am(vorgang, tag))
        .unwrap_or_default();
    Menge::aus(vorgang, genannte.chain(anwender.iter()))
}
