//! No agreement takes effect before the day after its publication, and none reaches back.

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::input::Datum;
use crate::model::Vereinbarung;

pub(super) const REGEL: Regel = Regel {
    name: "wirksam-vor-bekanntmachung",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 4")],
    gilt: "wenn eine Vereinbarung einen festen Tag nennt, an dem sie wirksam wird, oder schon in Kraft ist",
    braucht: &["vereinbarungen.*.veröffentlichung"],
    text: include_str!("wirksam_vor_bekanntmachung.md"),
    pruefe,
};

/// Words between a day and its verb with which a clause fixes the day: „tritt am 1. Januar 2022 in Kraft“.
const FEST: [&str; 5] = ["am", "zum", "vom", "ab", "dem"];

/// Words that keep a day from being fixed.
const VORBEHALT: [&str; 4] = [
    "frühestens",
    "nicht jedoch vor",
    "nicht vor",
    "nicht aber vor",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.vorgang.vereinbarungen.values() {
        if let (Some(seit), Some(veroeffentlichung)) =
            (vereinbarung.in_kraft_seit, &vereinbarung.veroeffentlichung)
            && seit <= veroeffentlichung.am
        {
            protokoll
                .melde(
                    vereinbarung.route.feld("in_kraft_seit"),
                    format!(
                        "die Vereinbarung soll seit dem {seit} gelten, ist aber erst am {} bekannt gemacht",
                        veroeffentlichung.am
                    ),
                )
                .abhilfe("frühestens den Tag nach der Bekanntmachung eintragen")
                .dazu(vereinbarung.route.feld("veröffentlichung"), "die Bekanntmachung");
        }
        if let Some(klausel) = lage
            .blatt_der_vereinbarung(vereinbarung)
            .and_then(|blatt| blatt.klausel("inkrafttreten"))
        {
            for satz in saetze(&klausel) {
                pruefe_satz(vereinbarung, &satz, protokoll);
            }
        }
    }
}

fn pruefe_satz(vereinbarung: &Vereinbarung, satz: &Passage<'_>, protokoll: &mut Protokoll<'_>) {
    // A retroactive effect that is ruled out is none.
    let verneint = satz.enthaelt("nicht rückwirkend*") || satz.enthaelt("keine rückwirkend*");
    if let Some(worte) = satz.finde("rückwirkend*").next().filter(|_| !verneint) {
        protokoll
            .melde_milder(
                &worte,
                "die Vereinbarung soll rückwirkend gelten; sie wirkt frühestens am Tag nach der Bekanntmachung",
            )
            .abhilfe("die Rückwirkung streichen und für die Zeit davor eine eigene Regelung suchen");
    }
    let Some((stelle, tag)) = fester_tag(satz) else {
        return;
    };
    match &vereinbarung.veroeffentlichung {
        Some(veroeffentlichung) if tag <= veroeffentlichung.am => {
            protokoll
                .melde(
                    &stelle,
                    format!(
                        "die Vereinbarung soll am {tag} wirksam werden, ist aber erst am {} bekannt gemacht",
                        veroeffentlichung.am
                    ),
                )
                .abhilfe("auf den Tag nach der Bekanntmachung abstellen, mit „nicht jedoch vor dem …“ für einen späteren Tag")
                .dazu(vereinbarung.route.feld("veröffentlichung"), "die Bekanntmachung");
        }
        Some(_) => {}
        None => protokoll.nicht_pruefbar(
            &stelle,
            &format!("es fehlt `veröffentlichung`, vor der der feste Tag {tag} nicht liegen darf"),
        ),
    }
}

/// The day that a sentence fixes for the agreement to take effect.
fn fester_tag<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Datum)> {
    let wirkt = satz.enthaelt("in Kraft") || satz.enthaelt("wirksam");
    if !wirkt || VORBEHALT.iter().any(|worte| satz.enthaelt(worte)) {
        return None;
    }
    let text = satz.text();
    satz.tage().find(|(stelle, _)| {
        let Some(davor) = text.find(stelle.text()).and_then(|at| text.get(..at)) else {
            return false;
        };
        let mut worte = davor.split_whitespace().rev();
        let fest = worte.next().is_some_and(|wort| FEST.contains(&wort));
        // „die Vereinbarung vom 30.10.2019 tritt außer Kraft“ names another agreement.
        let andere = davor.trim_end().ends_with("ereinbarung vom");
        fest && !andere && !text.contains("außer Kraft")
    })
}

/// The sentences of a clause: a point ends one where a blank and a capital follow a word, not behind a number.
fn saetze<'b>(klausel: &Passage<'b>) -> Vec<Passage<'b>> {
    klausel
        .zeilen()
        .flat_map(|zeile| {
            let text = zeile.text();
            let mut grenzen = vec![0];
            grenzen.extend(text.match_indices(". ").filter_map(|(at, _)| {
                let davor = text.get(..at)?.chars().next_back()?;
                let danach = text.get(at + 2..)?.chars().next()?;
                let kurz = text
                    .get(..at)?
                    .split([' ', '('])
                    .next_back()
                    .is_some_and(|wort| wort.chars().count() <= 3);
                (davor.is_alphabetic() && !kurz || davor == ')')
                    .then_some(danach)
                    .filter(|c| c.is_uppercase())
                    .map(|_| at + 2)
            }));
            grenzen.push(text.len());
            grenzen
                .windows(2)
                .filter_map(|paar| match paar {
                    [von, bis] => Some(zeile.teil(*von..*bis)),
                    _ => None,
                })
                .collect::<Vec<_>>()
        })
        .collect()
}
