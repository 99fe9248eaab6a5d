//! An agreement without an end, or one of more than twenty years, says when and how a party can leave.

use chrono::Months;

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::input::Datum;
use crate::model::Vereinbarung;

pub(super) const REGEL: Regel = Regel {
    name: "kuendigung-nicht-geregelt",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 5")],
    gilt: "wenn die Vereinbarung unbefristet ist oder länger als 20 Jahre gilt",
    braucht: &[],
    text: include_str!("kuendigung_nicht_geregelt.md"),
    pruefe,
};

/// Longer than this an agreement needs a way out.
const GRENZE: Months = Months::new(20 * 12);

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        match dauer(vereinbarung) {
            Dauer::Lang(warum) => lang(vereinbarung, warum, protokoll),
            Dauer::Kurz => {}
            Dauer::Unbekannt => protokoll.nicht_pruefbar(
                vereinbarung.route.feld("ende"),
                "es fehlt `wirksam_ab`, von dem an die Dauer zählt",
            ),
        }
    }
}

fn lang(vereinbarung: &Vereinbarung, warum: &str, protokoll: &mut Protokoll<'_>) {
    let Some(kuendigung) = &vereinbarung.kuendigung else {
        protokoll
            .melde(
                &vereinbarung.route,
                format!("die Vereinbarung {warum}, regelt die Kündigung aber nicht"),
            )
            .abhilfe("unter `kündigung` Voraussetzungen, Form und Frist eintragen");
        return;
    };
    let route = vereinbarung.route.feld("kündigung");
    if kuendigung.voraussetzungen.is_empty() {
        protokoll
            .melde(
                route.clone(),
                format!("die Vereinbarung {warum}, nennt aber keine Voraussetzungen der Kündigung"),
            )
            .abhilfe("die `voraussetzungen` eintragen, unter denen eine Partei kündigen kann");
    }
    if kuendigung.form.is_none() {
        protokoll
            .melde(
                route.clone(),
                format!("die Vereinbarung {warum}, nennt aber keine Form der Kündigung"),
            )
            .abhilfe("die `form` eintragen, etwa „schriftlich gegenüber allen anderen Parteien“");
    }
    if kuendigung.frist_monate.is_none() {
        protokoll
            .melde_milder(route, "die Kündigung hat keine Frist")
            .abhilfe("unter `frist_monate` eine Frist eintragen, in der sich die übrigen umstellen können");
    }
}

enum Dauer {
    /// Unlimited or beyond the limit, in words after „die Vereinbarung“.
    Lang(&'static str),
    Kurz,
    Unbekannt,
}

fn dauer(vereinbarung: &Vereinbarung) -> Dauer {
    let Some(ende) = vereinbarung.ende else {
        return Dauer::Lang("ist unbefristet");
    };
    match vereinbarung.beginn() {
        Some(beginn) if ueber_der_grenze(beginn, ende) => Dauer::Lang("gilt länger als 20 Jahre"),
        Some(_) => Dauer::Kurz,
        None => Dauer::Unbekannt,
    }
}

/// The last day belongs to the term: 01.01.2022 to 31.12.2041 are twenty years.
fn ueber_der_grenze(beginn: Datum, ende: Datum) -> bool {
    beginn
        .tag()
        .checked_add_months(GRENZE)
        .is_some_and(|grenze| ende.tag() >= grenze)
}
