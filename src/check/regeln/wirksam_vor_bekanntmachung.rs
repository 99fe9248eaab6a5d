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
const FEST: [&str; 6] = ["am", "zum", "vom", "ab", "dem", "seit"];

/// Headings of the clause, where it is not marked.
const UEBERSCHRIFTEN: [&str; 4] = [
    "Inkrafttreten*",
    "In-Kraft-Treten",
    "Wirksam*",
    "Geltungsdauer",
];

/// What follows a day that belongs to something else: „die am 30. Oktober 2019 geschlossene Absprache“.
const ANDERES: [&str; 8] = [
    "geschlossen",
    "abgeschlossen",
    "vereinbart",
    "beschlossen",
    "unterzeichnet",
    "genehmigt",
    "bekannt",
    "veröffentlicht",
];

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
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let vorschriften = blatt.vorschriften("inkrafttreten", &UEBERSCHRIFTEN);
        if vorschriften.is_empty() {
            protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                "es fehlt die Klausel `inkrafttreten`, und keine Überschrift nennt das Inkrafttreten",
            );
        }
        for satz in vorschriften.iter().flat_map(Passage::saetze) {
            pruefe_satz(vereinbarung, &satz, protokoll);
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
    // „sie wirkt auf diesen Tag zurück“
    let wirkt_zurueck = ["wirkt", "wirken"]
        .iter()
        .filter_map(|wort| satz.finde(wort).next())
        .next()
        .filter(|_| satz.enthaelt("zurück") && !satz.enthaelt("nicht"));
    if let Some(worte) = wirkt_zurueck {
        protokoll
            .melde_milder(
                &worte,
                "die Vereinbarung soll auf einen früheren Tag zurückwirken; sie wirkt frühestens am Tag nach der Bekanntmachung",
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
    if VORBEHALT.iter().any(|worte| satz.enthaelt(worte)) {
        return None;
    }
    let text = satz.text();
    satz.tage().find(|(stelle, _)| {
        let von = satz.versatz(stelle);
        let bis = von + stelle.text().len();
        // The day and the verb stand between the same commas.
        let anfang = text
            .get(..von)
            .and_then(|t| t.rfind([',', ';']))
            .unwrap_or(0);
        let ende = text
            .get(bis..)
            .and_then(|t| t.find([',', ';']))
            .map_or(text.len(), |i| bis + i);
        let teil = satz.teil(anfang..ende);
        let gilt = ["gilt ab", "gilt vom", "gilt seit"];
        let wirkt = ["in Kraft", "wirksam"].iter().any(|worte| teil.enthaelt(worte))
            // Something else may be valid from a day: a key, a price.
            || gilt.iter().any(|worte| teil.enthaelt(worte))
                && (teil.enthaelt("Vereinbarung") || teil.enthaelt("Sie"));
        let (Some(davor), Some(danach)) = (text.get(..von), text.get(bis..)) else {
            return false;
        };
        let mut worte = davor.split_whitespace().rev();
        let fest = worte.next().is_some_and(|wort| FEST.contains(&wort));
        // „die Vereinbarung vom 30.10.2019 tritt außer Kraft“ names another agreement.
        let andere = davor.trim_end().ends_with("ereinbarung vom")
            || ANDERES
                .iter()
                .any(|wort| danach.trim_start().starts_with(wort));
        wirkt && fest && !andere && !text.contains("außer Kraft")
    })
}
