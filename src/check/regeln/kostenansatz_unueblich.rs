//! Rates of a post that are unusual: little Gemeinkosten, or another share of the Sachkosten than of the post.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::input::Bruch;
use crate::model::kosten::Arbeitsplatz;

pub(super) const REGEL: Regel = Regel {
    name: "kostenansatz-unueblich",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Kostenposition, die aus einem Arbeitsplatz berechnet wird",
    braucht: &["kosten.*.arbeitsplatz"],
    text: include_str!("kostenansatz_unueblich.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for position in lage.vorgang.kosten.values() {
        let Some(platz) = &position.arbeitsplatz else {
            continue;
        };
        let route = position.route.feld("arbeitsplatz");
        if ist_wenig(&platz.gemeinkosten) {
            protokoll
                .melde(
                    route.feld("gemeinkosten"),
                    format!(
                        "{} Gemeinkosten sind für einen Büroarbeitsplatz wenig; üblich sind mindestens 20 %",
                        prozent(&platz.gemeinkosten)
                    ),
                )
                .abhilfe("den Zuschlag prüfen; wenn er so vereinbart ist, das mit einem Vermerk festhalten");
        }
        for (i, wert) in platz.werte.iter().enumerate() {
            if let Some(satz) = wert.gemeinkosten.as_ref().filter(|satz| ist_wenig(satz)) {
                protokoll
                    .melde(
                        route.feld("werte").index(i).feld("gemeinkosten"),
                        format!(
                            "{} Gemeinkosten im Jahr {} sind für einen Büroarbeitsplatz wenig; üblich sind mindestens 20 %",
                            prozent(satz),
                            wert.jahr.0
                        ),
                    )
                    .abhilfe("den Zuschlag dieses Jahres prüfen");
            }
        }
        if !gleicher_anteil(platz) {
            protokoll
                .melde(
                    route.feld("sachkosten"),
                    format!(
                        "der Anteil an der Sachkostenpauschale ({}) ist ein anderer als der Stellenanteil ({})",
                        zahl(&platz.sachkosten),
                        zahl(&platz.stellenanteil.0)
                    ),
                )
                .abhilfe("prüfen, ob beide Anteile gleich sein sollen, und sonst den Grund nennen");
        }
    }
}

/// Less than 10 % for the administration and 10 % for the department.
fn ist_wenig(satz: &Bruch) -> bool {
    *satz.wert() < BigRational::new(BigInt::from(20), BigInt::from(100))
}

fn gleicher_anteil(platz: &Arbeitsplatz) -> bool {
    platz.sachkosten.wert() == platz.stellenanteil.0.wert()
}

fn prozent(satz: &Bruch) -> String {
    satz.prozent().unwrap_or_else(|| satz.to_string())
}

fn zahl(bruch: &Bruch) -> String {
    bruch.dezimal().unwrap_or_else(|| bruch.to_string())
}
