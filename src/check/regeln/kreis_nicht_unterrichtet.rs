//! A municipality that negotiates outside its Kreis tells its Kreis in time.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Menge;
use crate::model::Schluessel;
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "kreis-nicht-unterrichtet",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 1 Satz 2")],
    gilt: "wenn eine kreisangehörige Partei mit Partnern außerhalb ihres Kreises zusammenarbeitet und der Kreis nicht selbst Partei ist",
    braucht: &["vereinbarungen.*.unterrichtung_kreis"],
    text: include_str!("kreis_nicht_unterrichtet.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let offen: Vec<_> = beteiligte
            .parteien
            .iter()
            .filter(|partei| {
                let Some(kreis) = &partei.kreis else {
                    return false;
                };
                let schon = vereinbarung.unterrichtung_kreis.iter();
                let mut schon = schon.map(|unterrichtung| &unterrichtung.koerperschaft);
                verhandelt_draussen(&beteiligte.parteien, kreis)
                    && !schon.any(|wer| *wer == partei.schluessel)
            })
            .collect();
        if offen.is_empty() {
            continue;
        }
        let offen = Menge::aus(lage.vorgang, offen.into_iter());
        let (verhandelt, wessen) = if offen.anzahl() == 1 {
            ("verhandelt", "ihres Kreises")
        } else {
            ("verhandeln", "ihres jeweiligen Kreises")
        };
        protokoll
            .melde(
                &vereinbarung.route,
                format!(
                    "{} {verhandelt} mit Partnern außerhalb {wessen}; dass der Kreis unterrichtet ist, steht nirgends",
                    offen.aufzaehlung(Kasus::Nominativ),
                ),
            )
            .abhilfe("den Kreis unterrichten und das unter `unterrichtung_kreis` eintragen");
    }
}

/// Whether somebody from outside this Kreis takes part. A Kreis that is a party itself knows of it.
fn verhandelt_draussen(parteien: &Menge<'_>, kreis: &Schluessel) -> bool {
    !parteien.iter().any(|partei| partei.schluessel == *kreis)
        && parteien
            .iter()
            .any(|partei| partei.kreis.as_ref() != Some(kreis))
}
