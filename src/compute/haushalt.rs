//! What a paper's budget block says where it is to come from the costs: amounts of the body whose council decides.
//!
//! Gross, as public budgets are: who provides a task has all of its costs as expense and what the others pay as
//! income. Where a year of an item is a credit, the provider has that as income, and what it passes on as expense.

use std::collections::BTreeMap;

use super::Beteiligte;
use crate::diagnostic::{Befund, Stelle};
use crate::input::Cent;
use crate::model::drucksache::Drucksache;
use crate::model::{Koerperschaft, Schluessel, Vorgang};

/// Income and expense of a year; `None` where there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Haushaltsbetraege {
    /// What others pay or credit to the body.
    pub ertrag: Option<Cent>,
    /// What the body bears itself, and what it spends for the others.
    pub aufwand: Option<Cent>,
}

/// The amounts of a paper's body in the year that its budget block names; `None` if it names none or nothing is known.
pub fn betraege(
    vorgang: &Vorgang,
    vereinbarungen: &BTreeMap<&Schluessel, Beteiligte<'_>>,
    drucksache: &Drucksache,
) -> Option<Haushaltsbetraege> {
    let jahr = drucksache.haushalt.as_ref()?.kosten_des_jahres?;
    let vereinbarung = vorgang.vereinbarung_zu(drucksache)?;
    let koerperschaft = vorgang.koerperschaft_von(drucksache)?;
    let kosten = &vereinbarungen.get(&vereinbarung.schluessel)?.kosten;
    let wirkung = kosten.haushalt(&koerperschaft.schluessel, jahr.0)?;
    let betrag = |cent: Cent| (cent != Cent(0)).then_some(cent);
    let betraege = Haushaltsbetraege {
        ertrag: betrag(wirkung.ertrag),
        aufwand: betrag(wirkung.aufwand),
    };
    (betraege.ertrag.is_some() || betraege.aufwand.is_some()).then_some(betraege)
}

/// Budget blocks that ask for amounts that are not there, or that have them already.
pub(super) fn pruefe(
    vorgang: &Vorgang,
    vereinbarungen: &BTreeMap<&Schluessel, Beteiligte<'_>>,
) -> Vec<Befund> {
    let mut befunde = Vec::new();
    for drucksache in &vorgang.drucksachen {
        let Some(haushalt) = &drucksache.haushalt else {
            continue;
        };
        let Some(jahr) = haushalt.kosten_des_jahres else {
            continue;
        };
        let route = drucksache.route.feld("haushalt").feld("kosten_des_jahres");
        if haushalt.ertrag.is_some() || haushalt.aufwand.is_some() {
            let text = "die Beträge stehen da und sollen zugleich aus den Kosten kommen";
            befunde.push(
                Befund::fehler("haushalt-doppelt", Stelle::Route(route), text).abhilfe(
                    "`kosten_des_jahres` streichen, oder `ertrag` und `aufwand` streichen",
                ),
            );
        } else if betraege(vorgang, vereinbarungen, drucksache).is_none() {
            let wer = vorgang
                .koerperschaft_von(drucksache)
                .map(Koerperschaft::amtsform)
                .unwrap_or_default();
            let text = format!("für {jahr} ergeben die Kosten keinen Betrag für „{wer}“");
            befunde.push(
                Befund::fehler("haushalt-ohne-kosten", Stelle::Route(route), text).abhilfe(
                    "ein Jahr nennen, für das `kosten` Werte hat und in dem die Körperschaft zahlt oder Geld erhält, \
                     oder `kosten_des_jahres` streichen",
                ),
            );
        }
    }
    befunde
}
