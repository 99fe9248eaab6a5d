//! Between a recommendation and the decision there is time to take the recommendation in.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "sitzungen-ohne-abstand",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "wenn zwei Gremien am selben oder an aufeinanderfolgenden Tagen beraten",
    braucht: &[],
    text: include_str!("sitzungen_ohne_abstand.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let schritte = lage.schritte(drucksache);
        for paar in schritte.windows(2) {
            let [vorher, nachher] = paar else { continue };
            let (Some(tag), Some(naechster)) = (vorher.tag(), nachher.tag()) else {
                continue;
            };
            let abstand = (naechster.tag() - tag.tag()).num_days();
            let beraet =
                vorher.bereitet_vor() && vorher.beratung.gremium != nachher.beratung.gremium;
            if beraet && (0..=1).contains(&abstand) {
                protokoll
                    .melde(
                        nachher.route_des_tags(),
                        format!(
                            "zwischen den Sitzungen {} und {} liegt kein Tag: Änderungen erreichen die Mitglieder nur als Tischvorlage",
                            vorher.wer(Kasus::Genitiv),
                            nachher.wer(Kasus::Genitiv)
                        ),
                    )
                    .abhilfe("für Änderungen eine Tischvorlage vorsehen")
                    .dazu(vorher.route_des_tags(), "die Sitzung davor");
            }
        }
    }
}
