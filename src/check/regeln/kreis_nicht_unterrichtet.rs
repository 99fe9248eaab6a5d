//! A municipality that negotiates outside its Kreis tells its Kreis in time.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "kreis-nicht-unterrichtet",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 1 Satz 2")],
    gilt: "wenn eine kreisangehörige Partei mit Partnern außerhalb ihres Kreises zusammenarbeitet",
    braucht: &["vereinbarungen.*.unterrichtung_kreis"],
    text: include_str!("kreis_nicht_unterrichtet.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        for partei in beteiligte.parteien.iter() {
            let Some(kreis) = &partei.kreis else {
                continue;
            };
            let draussen = beteiligte
                .parteien
                .iter()
                .find(|andere| andere.schluessel != *kreis && andere.kreis.as_ref() != Some(kreis));
            let unterrichtet = vereinbarung
                .unterrichtung_kreis
                .iter()
                .any(|unterrichtung| unterrichtung.koerperschaft == partei.schluessel);
            if let Some(draussen) = draussen
                && !unterrichtet
            {
                protokoll
                    .melde(
                        &vereinbarung.route,
                        format!(
                            "{} verhandelt mit {} außerhalb ihres Kreises; dass der Kreis unterrichtet ist, steht nirgends",
                            partei.amtsform(),
                            draussen.amtsform()
                        ),
                    )
                    .abhilfe("den Kreis unterrichten und das unter `unterrichtung_kreis` eintragen");
            }
        }
    }
}
