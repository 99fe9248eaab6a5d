//! What the budget block of a Vorlage says is what the agreement costs its body, as far as that is computed.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::compute::kosten::Haushaltswirkung;
use crate::input::{Betrag, Cent};
use crate::model::{Drucksache, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsbetrag-widerspricht-kosten",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache zu einer Vereinbarung mit Kosten, die einen Betrag für den Haushalt nennt",
    braucht: &["kosten", "drucksache.haushalt.haushaltsjahr"],
    text: include_str!("haushaltsbetrag_widerspricht_kosten.md"),
    pruefe,
};

/// Budgets are planned in round figures: to one, ten, a hundred, a thousand euros, in cents.
const RUNDE: [i64; 4] = [100, 1_000, 10_000, 100_000];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            pruefe_drucksache(lage, vereinbarung, drucksache, protokoll);
        }
    }
}

fn pruefe_drucksache(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    drucksache: &Drucksache,
    protokoll: &mut Protokoll<'_>,
) {
    let (Some(haushalt), Some(koerperschaft), Some(beteiligte)) = (
        &drucksache.haushalt,
        lage.vorgang.koerperschaft_von(drucksache),
        lage.beteiligte(vereinbarung),
    ) else {
        return;
    };
    if haushalt.ertrag.is_none() && haushalt.aufwand.is_none()
        || beteiligte.kosten.rechnungen.is_empty()
    {
        return;
    }
    let route = drucksache.route.feld("haushalt");
    let Some(genannt) = &haushalt.haushaltsjahr else {
        protokoll.nicht_pruefbar(
            route,
            "es fehlt `haushaltsjahr`, zu dem die Beträge gehören",
        );
        return;
    };
    let wirkungen: Vec<Haushaltswirkung> = jahre(genannt.as_str())
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
    let mehr = hat_auslagen(vereinbarung);
    let wer = koerperschaft.amtsform();
    if let Some(aufwand) = haushalt.aufwand {
        let moegliche: Vec<Cent> = wirkungen.iter().flat_map(aufwaende).collect();
        if widerspricht(aufwand, &moegliche, mehr) {
            let soll = wirkungen.first().map(|w| hoechster(&aufwaende(w)));
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
        if widerspricht(ertrag, &moegliche, mehr) {
            let soll = wirkungen.first().map(|w| w.erhaelt);
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
    route: crate::diagnostic::Route,
) {
    let soll = soll.unwrap_or_default();
    protokoll
        .melde(
            route,
            format!(
                "{feld} {betrag}: nach der Kostenrechnung sind es für {wer} im Haushaltsjahr {jahr} {soll}"
            ),
        )
        .abhilfe("den Betrag aus der Kostenrechnung übernehmen oder ihre Werte prüfen; gerundete Ansätze sind in Ordnung");
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
/// knows yet, only less than the least is a contradiction.
fn widerspricht(betrag: Betrag, moegliche: &[Cent], mehr_moeglich: bool) -> bool {
    let Some(betrag) = betrag.cent() else {
        return false;
    };
    if moegliche.iter().any(|soll| passt(betrag.0, soll.0)) {
        return false;
    }
    let mindestens = moegliche.iter().min().copied().unwrap_or_default();
    !(mehr_moeglich && betrag >= mindestens)
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

/// The years of „2022“, „2022 ff.“, „2022/2023“.
fn jahre(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|ziffern| ziffern.len() == 4)
        .filter_map(|ziffern| ziffern.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn years_are_read_from_usual_forms() {
        assert_eq!(jahre("2021ff."), [2021]);
        assert_eq!(jahre("2022/2023"), [2022, 2023]);
        assert!(jahre("laufend").is_empty());
    }
}
