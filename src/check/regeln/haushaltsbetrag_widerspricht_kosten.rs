//! What the budget block of a Vorlage says is what the agreement costs its body, as far as that is computed.

use std::collections::BTreeSet;

use super::super::haushaltsjahr::Jahre;
use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::compute::Beteiligte;
use crate::compute::kosten::Haushaltswirkung;
use crate::diagnostic::Route;
use crate::input::{Betrag, Cent};
use crate::model::drucksache::Haushalt;
use crate::model::koerperschaft::Kasus;
use crate::model::{Koerperschaft, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsbetrag-widerspricht-kosten",
    schwere: Gewicht::WarnungOderHinweis,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache zu einer Vereinbarung mit Kosten, die einen Betrag für den Haushalt nennt",
    braucht: &["kosten", "drucksache.haushalt.haushaltsjahr"],
    text: include_str!("haushaltsbetrag_widerspricht_kosten.md"),
    pruefe,
};

/// Cents of a euro: a smaller difference is one of rounding.
const EIN_EURO: u64 = 100;

/// Budgets are planned in round figures: to one, ten, a hundred, a thousand euros, in cents.
const RUNDE: [i64; 4] = [100, 1_000, 10_000, 100_000];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            let haushalt = drucksache.haushalt.as_ref();
            if let Some(eigenes) = haushalt.zip(lage.vorgang.koerperschaft_von(drucksache)) {
                let route = drucksache.route.feld("haushalt");
                pruefe_haushalt(lage, vereinbarung, eigenes, route, protokoll);
            }
        }
    }
}

fn pruefe_haushalt(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    (haushalt, koerperschaft): (&Haushalt, &Koerperschaft),
    route: Route,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
        return;
    };
    if haushalt.ertrag.is_none() && haushalt.aufwand.is_none()
        || beteiligte.kosten.rechnungen.is_empty()
    {
        return;
    }
    let Some(genannt) = &haushalt.haushaltsjahr else {
        protokoll.nicht_pruefbar(
            route,
            "es fehlt `haushaltsjahr`, zu dem die Beträge gehören",
        );
        return;
    };
    let wirkungen: Vec<Haushaltswirkung> = jahre(beteiligte, genannt.as_str())
        .into_iter()
        .filter_map(|jahr| beteiligte.kosten.haushalt(&koerperschaft.schluessel, jahr))
        .collect();
    if wirkungen.is_empty() {
        protokoll.nicht_pruefbar(
            route.feld("haushaltsjahr"),
            &format!("es fehlen Kosten für das Haushaltsjahr {genannt}"),
        );
        return;
    }
    let jahresbetrag = jahresbetrag(beteiligte, genannt.as_str());
    let wer = lage.name(koerperschaft, Kasus::Akkusativ);
    if let Some(aufwand) = haushalt.aufwand {
        let moegliche: Vec<Cent> = wirkungen.iter().flat_map(aufwaende).collect();
        // Outlays come on top for who uses the service and for who passes them on.
        let hoechstens = (gibt_weiter(vereinbarung, koerperschaft)
            || hat_auslagen(vereinbarung) && beteiligte.anwender.enthaelt(koerperschaft))
        .then_some(jahresbetrag);
        let nutzt_nur = !gibt_weiter(vereinbarung, koerperschaft);
        if let Some(soll) =
            zu_viel(aufwand, &moegliche).filter(|_| hoechstens.is_some() && nutzt_nur)
            && !widerspricht(aufwand, &moegliche, hoechstens)
        {
            let rest = aufwand.cent().and_then(|cent| cent.checked_sub(soll));
            protokoll
                .melde(
                    route.feld("aufwand"),
                    format!(
                        "Aufwand {aufwand}: nach der Kostenrechnung sind es {soll} für {wer} im Haushaltsjahr {genannt}; der Rest von {} müsste auf Auslagen entfallen",
                        rest.unwrap_or_default()
                    ),
                )
                .abhilfe("den Betrag prüfen; sind Auslagen darin, sie im Sachbericht nennen");
        }
        if widerspricht(aufwand, &moegliche, hoechstens) {
            let naechster = moegliche
                .iter()
                .copied()
                .filter(|soll| nur_gerundet(aufwand, *soll))
                .min();
            let soll = naechster.or_else(|| wirkungen.first().map(|w| hoechster(&aufwaende(w))));
            melde(
                &wer,
                "Aufwand",
                aufwand,
                soll,
                genannt.as_str(),
                protokoll,
                route.feld("aufwand"),
            );
        }
    }
    if let Some(ertrag) = haushalt.ertrag {
        let moegliche: Vec<Cent> = wirkungen.iter().map(|wirkung| wirkung.erhaelt).collect();
        let hoechstens = gibt_weiter(vereinbarung, koerperschaft).then_some(jahresbetrag);
        if widerspricht(ertrag, &moegliche, hoechstens) {
            let naechster = moegliche
                .iter()
                .copied()
                .filter(|soll| nur_gerundet(ertrag, *soll))
                .min();
            let soll = naechster.or_else(|| wirkungen.first().map(|w| w.erhaelt));
            melde(
                &wer,
                "Ertrag",
                ertrag,
                soll,
                genannt.as_str(),
                protokoll,
                route.feld("ertrag"),
            );
        }
    }
}

fn melde(
    wer: &str,
    feld: &str,
    betrag: Betrag,
    soll: Option<Cent>,
    jahr: &str,
    protokoll: &mut Protokoll<'_>,
    route: Route,
) {
    let soll = soll.unwrap_or_default();
    let text = format!(
        "{feld} {betrag}: nach der Kostenrechnung sind es {soll} für {wer} im Haushaltsjahr {jahr}"
    );
    match abstand(betrag, soll).filter(|abstand| *abstand < EIN_EURO) {
        // Whoever divides by hand and rounds misses the computed share by cents.
        Some(abstand) => protokoll.melde_milder(
            route,
            format!("{text}; der Unterschied von {abstand} Cent kommt wohl vom Runden"),
        ),
        None => protokoll.melde(route, text),
    }
    .abhilfe("den Betrag aus der Kostenrechnung übernehmen oder ihre Werte prüfen; gerundete Ansätze sind in Ordnung");
}

/// How many cents lie between two amounts.
fn abstand(betrag: Betrag, soll: Cent) -> Option<u64> {
    Some(betrag.cent()?.0.abs_diff(soll.0))
}

fn nur_gerundet(betrag: Betrag, soll: Cent) -> bool {
    abstand(betrag, soll).is_some_and(|abstand| abstand < EIN_EURO)
}

/// The expense of a body: what it pays, what it bears, or all that the task costs it before others pay.
fn aufwaende(wirkung: &Haushaltswirkung) -> Vec<Cent> {
    let brutto = wirkung.traegt.checked_add(wirkung.erhaelt);
    [Some(wirkung.zahlt), Some(wirkung.traegt), brutto]
        .into_iter()
        .flatten()
        .collect()
}

fn hoechster(betraege: &[Cent]) -> Cent {
    betraege.iter().copied().max().unwrap_or_default()
}

/// Whether the amount is none of the possible ones, exact or rounded. Where expenses are passed on whose amounts nobody
/// knows yet (`hoechstens`), only less than the least is a contradiction, and more than all costs of the year besides.
fn widerspricht(betrag: Betrag, moegliche: &[Cent], hoechstens: Option<Cent>) -> bool {
    let Some(betrag) = betrag.cent() else {
        return false;
    };
    if moegliche.iter().any(|soll| passt(betrag.0, soll.0)) {
        return false;
    }
    let mindestens = moegliche.iter().min().copied().unwrap_or_default();
    let oben = moegliche.iter().copied().chain(hoechstens).max();
    hoechstens.is_none() || betrag < mindestens || oben.is_some_and(|oben| betrag > oben)
}

/// The computed amount that this one cannot be even with outlays on top: it is more than twice as much, or has its digits in
/// another order.
fn zu_viel(betrag: Betrag, moegliche: &[Cent]) -> Option<Cent> {
    let betrag = betrag.cent()?;
    let soll = hoechster(moegliche);
    if moegliche.iter().any(|soll| passt(betrag.0, soll.0)) || soll.0 <= 0 {
        return None;
    }
    let verdreht = moegliche
        .iter()
        .find(|soll| ziffern(**soll) == ziffern(betrag));
    let doppelt = betrag.0 / 2 > soll.0;
    verdreht.copied().or(doppelt.then_some(soll))
}

fn ziffern(betrag: Cent) -> Vec<char> {
    let mut ziffern: Vec<char> = betrag.0.to_string().chars().collect();
    ziffern.sort_unstable();
    ziffern
}

fn passt(betrag: i64, soll: i64) -> bool {
    let abstand = betrag.abs_diff(soll);
    betrag == soll
        || RUNDE
            .iter()
            .any(|stufe| soll >= *stufe && betrag % stufe == 0 && abstand < stufe.unsigned_abs())
}

/// Whether expenses come on top that are passed on as they fall: to users, and through the budget of who passes them on.
fn hat_auslagen(vereinbarung: &Vereinbarung) -> bool {
    vereinbarung
        .aufgaben
        .values()
        .any(|aufgabe| !aufgabe.auslagen.is_empty())
}

/// Whether the body passes on expenses as they fall: they run through its budget on both sides.
fn gibt_weiter(vereinbarung: &Vereinbarung, koerperschaft: &Koerperschaft) -> bool {
    let mut aufgaben = vereinbarung.aufgaben.values();
    aufgaben.any(|a| !a.auslagen.is_empty() && a.anbieter == koerperschaft.schluessel)
}

/// All that the agreement costs in the dearest of the years, apart from outlays.
fn jahresbetrag(beteiligte: &Beteiligte<'_>, genannt: &str) -> Cent {
    let je_jahr = jahre(beteiligte, genannt).into_iter().map(|jahr| {
        let rechnungen = beteiligte.kosten.rechnungen.iter();
        rechnungen
            .flat_map(|rechnung| &rechnung.jahre)
            .filter(|j| j.jahr == jahr)
            .fold(Cent(0), |summe, j| {
                summe.checked_add(j.gesamt).unwrap_or(summe)
            })
    });
    je_jahr.max().unwrap_or_default()
}

/// The years that a Haushaltsjahr names, of those for which costs are computed.
fn jahre(beteiligte: &Beteiligte<'_>, genannt: &str) -> BTreeSet<u32> {
    let Some(jahre) = Jahre::aus(genannt) else {
        return BTreeSet::new();
    };
    let rechnungen = beteiligte.kosten.rechnungen.iter();
    rechnungen
        .flat_map(|rechnung| &rechnung.jahre)
        .map(|jahr| jahr.jahr)
        .filter(|jahr| jahre.enthaelt(*jahr))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlays_do_not_explain_all() {
        let zu_viel = |betrag: &str| zu_viel(betrag.parse().unwrap(), &[Cent(332_813)]);
        assert_eq!(zu_viel("9.999,00"), Some(Cent(332_813)));
        assert_eq!(zu_viel("3.382,13"), Some(Cent(332_813)));
        assert_eq!(zu_viel("5.000,00"), None);
        assert_eq!(zu_viel("3.400,00"), None);
    }

    #[test]
    fn round_figures_fit_and_others_do_not() {
        assert!(passt(332_812, 332_812));
        assert!(passt(340_000, 332_812));
        assert!(passt(400_000, 332_812));
        assert!(!passt(350_000, 332_812));
        assert!(passt(332_800, 332_812));
        assert!(!passt(332_700, 332_812));
        assert!(!passt(0, 332_812));
        assert!(!passt(100_000, 0));
    }
}
