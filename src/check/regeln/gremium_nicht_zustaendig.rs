//! The body that decides may decide: the elected council, or one to which a norm or the council gave the decision.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel, Schritt};
use crate::model::Drucksache;
use crate::model::koerperschaft::{Kasus, Rolle};

pub(super) const REGEL: Regel = Regel {
    name: "gremium-nicht-zustaendig",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::gesehen("kro", "§ 26 Abs. 1"),
        Norm::sekundaer("kro", "§ 50 Abs. 1"),
        Norm::gesehen("go", "§ 41 Abs. 1"),
        Norm::erinnert("go", "§ 41 Abs. 2"),
    ],
    gilt: "wenn ein Gremium entscheidet",
    braucht: &["körperschaften.*.gremien"],
    text: include_str!("gremium_nicht_zustaendig.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        for schritt in lage.schritte(drucksache) {
            if schritt.entscheidet() && !ist_uebertragen(lage, drucksache, &schritt) {
                pruefe_schritt(lage, drucksache, &schritt, protokoll);
            }
        }
    }
}

/// Whether somebody gave the decision to the body: the council by an act that is named, or a norm of the law on its organs.
fn ist_uebertragen(lage: &Lage<'_>, drucksache: &Drucksache, schritt: &Schritt) -> bool {
    // In a matter of urgency the law lets others decide, and the council approves.
    if schritt.ist_dringlich(drucksache) {
        return true;
    }
    drucksache
        .zustaendigkeit
        .as_ref()
        .is_some_and(|zustaendigkeit| {
            let organe = if ist_kreis(lage, drucksache) {
                "kro"
            } else {
                "go"
            };
            zustaendigkeit.uebertragen_durch.is_some()
                || schritt.rolle == Some(Rolle::Hauptausschuss)
                    && zustaendigkeit.norm.gesetz.as_str() == organe
        })
}

fn pruefe_schritt(
    lage: &Lage<'_>,
    drucksache: &Drucksache,
    schritt: &Schritt,
    protokoll: &mut Protokoll<'_>,
) {
    let gremium = schritt.wer(Kasus::Nominativ);
    let grund = match schritt.rolle {
        Some(Rolle::Vertretung) => return,
        Some(Rolle::Ausschuss) => {
            format!("{gremium} entscheidet als Ausschuss nur über das, was übertragen ist")
        }
        Some(Rolle::Hauptausschuss) if ist_kreis(lage, drucksache) => {
            // The Kreisausschuss decides what is not reserved to the Kreistag; an agreement by its weight usually is.
            if lage.vorgang.vereinbarung_zu(drucksache).is_none() {
                return;
            }
            format!(
                "{gremium} entscheidet über eine Vereinbarung, die meist dem Kreistag vorbehalten ist"
            )
        }
        Some(Rolle::Hauptausschuss) => {
            format!("{gremium} entscheidet nur über das, was der Rat übertragen hat")
        }
        None => {
            protokoll.nicht_pruefbar(
                schritt.route_des_gremiums(),
                &format!(
                    "es fehlt die Rolle von „{}“ unter `gremien` der Körperschaft",
                    schritt.beratung.gremium
                ),
            );
            return;
        }
    };
    let meldung = protokoll
        .melde(schritt.route_des_gremiums(), grund)
        .fuer_eine(lage.vorgang.koerperschaft_von(drucksache));
    meldung.abhilfe(
        "unter `zuständigkeit` die Norm nennen und unter `übertragen_durch` die Hauptsatzung oder den Beschluss, \
         oder das zuständige Gremium entscheiden lassen",
    );
}

fn ist_kreis(lage: &Lage<'_>, drucksache: &Drucksache) -> bool {
    lage.vorgang
        .koerperschaft_von(drucksache)
        .is_some_and(|koerperschaft| !koerperschaft.ist_gemeinde())
}
