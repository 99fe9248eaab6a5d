//! A paper that names a Haushaltsjahr says what it costs or brings.
//!
//! Why it matters: the council decides on an expense whose amount it does not see. An amount of 0 is an amount;
//! an empty field is none.

use super::{Grundlage, Lage, Regel};
use crate::diagnostic::{Befund, Schwere, Stelle};

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsjahr-ohne-betrag",
    schwere: Schwere::Warnung,
    grundlage: Grundlage::Redaktion,
    pruefe,
};

fn pruefe(lage: &Lage<'_>) -> Vec<Befund> {
    lage.vorgang
        .drucksachen
        .iter()
        .filter_map(|drucksache| {
            let haushalt = drucksache.haushalt.as_ref()?;
            let jahr = haushalt.haushaltsjahr.as_ref()?;
            if haushalt.ertrag.is_some()
                || haushalt.aufwand.is_some()
                || haushalt.kosten_des_jahres.is_some()
            {
                return None;
            }
            Some(
                Befund::warnung(
                    REGEL.name,
                    Stelle::Route(drucksache.route.feld("haushalt").feld("haushaltsjahr")),
                    format!(
                        "das Haushaltsjahr {jahr} ist angegeben, aber weder Ertrag noch Aufwand"
                    ),
                )
                .abhilfe("`ertrag` oder `aufwand` eintragen, auch 0 ist eine Angabe, oder mit `kosten_des_jahres` aus den Kosten übernehmen"),
            )
        })
        .collect()
}
