//! The Kreisausschuss prepares what the Kreistag decides.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::model::beratung::Beschlussstatus;
use crate::model::koerperschaft::{Kasus, Rolle};

pub(super) const REGEL: Regel = Regel {
    name: "kreisausschuss-fehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::sekundaer("kro", "§ 50 Abs. 1")],
    gilt: "wenn der Kreistag entscheidet",
    braucht: &[],
    text: include_str!("kreisausschuss_fehlt.md"),
    pruefe,
};

/// Its name needs no base data.
const KREISAUSSCHUSS: &str = "Kreisausschuss";

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let kreis = lage.vorgang.koerperschaft_von(drucksache);
        if kreis.is_none_or(crate::model::koerperschaft::Koerperschaft::ist_gemeinde) {
            continue;
        }
        let schritte = lage.schritte(drucksache);
        let Some(entscheidung) = schritte
            .iter()
            .position(|s| s.entscheidet() && s.rolle == Some(Rolle::Vertretung))
        else {
            continue;
        };
        let vorbereitet = schritte.iter().take(entscheidung).any(|schritt| {
            let ist_kreisausschuss = schritt.rolle == Some(Rolle::Hauptausschuss)
                || schritt.beratung.gremium.as_str() == KREISAUSSCHUSS;
            // Who only takes note has not prepared anything.
            ist_kreisausschuss
                && schritt.findet_statt()
                && schritt.beratung.beschlussstatus != Beschlussstatus::Kenntnisnahme
        });
        // An urgent decision comes before the Kreistag; it is the Kreisausschuss that took it.
        if !vorbereitet && drucksache.dringlichkeit.is_none() {
            let schritt = &schritte[entscheidung];
            protokoll
                .melde(
                    schritt.route_des_gremiums(),
                    format!(
                        "{} entscheidet, ohne dass der Kreisausschuss vorher beraten hat",
                        schritt.wer(Kasus::Nominativ)
                    ),
                )
                .abhilfe("den Kreisausschuss vor dem Kreistag in die Beratungsfolge aufnehmen");
        }
    }
}
