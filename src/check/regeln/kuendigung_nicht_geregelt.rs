//! An agreement without an end, or one of more than twenty years, says when and how a party can leave.

use chrono::Months;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
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
            Dauer::Lang(warum) => {
                let blatt = lage.blatt_der_vereinbarung(vereinbarung);
                lang(vereinbarung, blatt, warum, protokoll);
            }
            Dauer::Kurz => {}
            Dauer::Unbekannt => protokoll.nicht_pruefbar(
                vereinbarung.route.feld("ende"),
                "es fehlt `wirksam_ab`, von dem an die Dauer zählt",
            ),
        }
    }
}

/// Words with which an agreement lets its parties terminate it; that a termination is told to the authority is not one.
const KUENDBAR: [&str; 6] = [
    "kündigen",
    "gekündigt werden",
    "kündbar",
    "Kündigungsfrist*",
    "Kündigung ist",
    "Kündigung bedarf",
];

fn lang(
    vereinbarung: &Vereinbarung,
    blatt: Option<&Blatt<'_>>,
    warum: &str,
    protokoll: &mut Protokoll<'_>,
) {
    let gedruckt = blatt.is_none_or(|blatt| {
        let alles = blatt.alles();
        KUENDBAR.iter().any(|worte| alles.enthaelt(worte))
    });
    let Some(kuendigung) = &vereinbarung.kuendigung else {
        if let Some(blatt) = blatt.filter(|_| gedruckt) {
            // A template of one's own may say what the data do not.
            protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                "es fehlt `kündigung`; ob der Wortlaut Voraussetzungen und Form nennt, ist selbst zu prüfen",
            );
            return;
        }
        protokoll
            .melde(
                &vereinbarung.route,
                format!("die Vereinbarung {warum}, regelt die Kündigung aber nicht"),
            )
            .abhilfe("unter `kündigung` Voraussetzungen, Form und Frist eintragen");
        return;
    };
    let route = vereinbarung.route.feld("kündigung");
    if let Some(blatt) = blatt.filter(|_| !gedruckt) {
        protokoll
            .melde(
                blatt.alles().erste_zeile(),
                format!("die Vereinbarung {warum}; `kündigung` ist eingetragen, ihr Wortlaut regelt die Kündigung aber nicht"),
            )
            .abhilfe("in die Vorlage der Vereinbarung eine Vorschrift zur Kündigung aufnehmen")
            .dazu(route.clone(), "eingetragen");
        return;
    }
    if kuendigung.voraussetzungen.is_empty() && !kuendigung.ohne_gruende {
        // Whether a period alone is a condition is open: whoever may terminate without reasons should say so.
        let (meldung, text) = match kuendigung.frist_monate {
            Some(_) => (
                protokoll.melde_milder(
                    route.clone(),
                    format!("die Vereinbarung {warum}, nennt außer der Frist aber keine Voraussetzungen der Kündigung"),
                ),
                "die `voraussetzungen` eintragen oder, wenn ohne Gründe gekündigt werden kann, `ohne_gründe: ja`",
            ),
            None => (
                protokoll.melde(
                    route.clone(),
                    format!("die Vereinbarung {warum}, nennt aber keine Voraussetzungen der Kündigung"),
                ),
                "die `voraussetzungen` eintragen, unter denen eine Partei kündigen kann, oder `ohne_gründe: ja`",
            ),
        };
        meldung.abhilfe(text);
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
