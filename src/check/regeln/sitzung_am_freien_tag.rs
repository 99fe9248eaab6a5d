//! No session falls on a weekend or a holiday.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "sitzung-am-freien-tag",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Sitzung, deren Tag bekannt ist",
    braucht: &[],
    text: include_str!("sitzung_am_freien_tag.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    let kalender = &lage.vorgang.recht.kalender;
    for drucksache in &lage.vorgang.drucksachen {
        for schritt in lage.schritte(drucksache) {
            let Some(tag) = schritt.tag() else {
                continue;
            };
            if let Some(grund) = kalender.kein_fristende(tag) {
                protokoll
                    .melde(
                        schritt.route_des_tags(),
                        format!(
                            "{} tagt am {tag}, das ist ein freier Tag: {grund}",
                            schritt.wer(Kasus::Nominativ)
                        ),
                    )
                    .abhilfe("das Sitzungsdatum prüfen");
            } else if !kalender.kennt(tag) {
                protokoll.nicht_pruefbar(
                    schritt.route_des_tags(),
                    &format!("es fehlen die Feiertage vor {}", kalender.bekannt_ab),
                );
            }
        }
    }
}
