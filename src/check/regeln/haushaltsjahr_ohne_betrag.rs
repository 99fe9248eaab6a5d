//! A paper that names a Haushaltsjahr says what it costs or brings.
//!
//! Why it matters: the council decides on an expense whose amount it does not see. An amount of 0 is an amount;
//! an empty field is none.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsjahr-ohne-betrag",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache mit einem Haushaltsjahr",
    braucht: &[],
    text: include_str!("haushaltsjahr_ohne_betrag.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let Some(haushalt) = &drucksache.haushalt else {
            continue;
        };
        if let Some(jahr) = &haushalt.haushaltsjahr
            && haushalt.ertrag.is_none()
            && haushalt.aufwand.is_none()
            && haushalt.kosten_des_jahres.is_none()
        {
            protokoll
                .melde(
                    drucksache.route.feld("haushalt").feld("haushaltsjahr"),
                    format!(
                        "das Haushaltsjahr {jahr} ist angegeben, aber weder Ertrag noch Aufwand"
                    ),
                )
                .abhilfe("`ertrag` oder `aufwand` eintragen, auch 0 ist eine Angabe, oder mit `kosten_des_jahres` aus den Kosten übernehmen");
        }
    }
}
