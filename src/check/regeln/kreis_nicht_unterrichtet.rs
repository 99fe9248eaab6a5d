//! A municipality that negotiates outside its Kreis tells its Kreis in time.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Menge;
use crate::model::koerperschaft::Kasus;
use crate::model::{Schluessel, Vereinbarung, Vorgang};

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
        ohne_kreis(lage.vorgang, vereinbarung, &beteiligte.parteien, protokoll);
        zu_spaet(lage, vereinbarung, protokoll);
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

/// A Gemeinde always lies in a Kreis; where nobody says in which, nothing can be told of it.
fn ohne_kreis(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    parteien: &Menge<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let ohne = parteien
        .iter()
        .filter(|partei| partei.kreis.is_none() && partei.gattung == "Gemeinde");
    let ohne = Menge::aus(vorgang, ohne);
    if !ohne.ist_leer() {
        protokoll.nicht_pruefbar(
            &vereinbarung.route,
            &format!(
                "es fehlt in den Stammdaten der `kreis` {}",
                ohne.aufzaehlung(Kasus::Genitiv)
            ),
        );
    }
}

/// Who tells the Kreis only after the agreement was concluded tells it too late.
fn zu_spaet(lage: &Lage<'_>, vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    let unterschriften = vereinbarung.unterzeichnet.iter().map(|u| u.am);
    let Some(geschlossen) = vereinbarung.geschlossen.or(unterschriften.max()) else {
        return;
    };
    for (i, unterrichtung) in vereinbarung.unterrichtung_kreis.iter().enumerate() {
        let Some(am) = unterrichtung.am.filter(|am| *am > geschlossen) else {
            continue;
        };
        let wer = lage
            .vorgang
            .koerperschaften
            .get(&unterrichtung.koerperschaft)
            .map_or_else(
                || unterrichtung.koerperschaft.to_string(),
                |koerperschaft| lage.name(koerperschaft, Kasus::Nominativ),
            );
        protokoll
            .melde(
                vereinbarung.route.feld("unterrichtung_kreis").index(i),
                format!(
                    "{wer} hat den Kreis erst am {am} unterrichtet; geschlossen war die Vereinbarung schon am {geschlossen}"
                ),
            )
            .abhilfe("den Kreis rechtzeitig unterrichten, also während der Verhandlungen; sonst das Datum prüfen");
    }
}

/// Whether somebody from outside this Kreis takes part. A Kreis that is a party itself knows of it.
fn verhandelt_draussen(parteien: &Menge<'_>, kreis: &Schluessel) -> bool {
    !parteien.iter().any(|partei| partei.schluessel == *kreis)
        && parteien
            .iter()
            .any(|partei| partei.kreis.as_ref() != Some(kreis))
}
