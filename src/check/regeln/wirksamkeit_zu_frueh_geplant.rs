//! The day on which the agreement is meant to take effect can be reached, whichever way the approval goes.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use super::wirksamkeitstage_berechnet::was_fehlt;
use crate::compute::fristen::{Fall, Verlauf};

pub(super) const REGEL: Regel = Regel {
    name: "wirksamkeit-zu-frueh-geplant",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::gesehen("gkg", "§ 24 Abs. 2"),
        Norm::gesehen("gkg", "§ 24 Abs. 4"),
    ],
    gilt: "wenn die Vereinbarung noch nicht in Kraft ist und einen Beginn nennt",
    braucht: &["vereinbarungen.*.wirksam_ab", "vereinbarungen.*.eingang"],
    text: include_str!("wirksamkeit_zu_frueh_geplant.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let verlaeufe = &beteiligte.fristen.verlaeufe;
        if verlaeufe.iter().any(|v| v.fall == Fall::InKraft) {
            continue;
        }
        let Some(geplant) = vereinbarung.beginn() else {
            protokoll.nicht_pruefbar(
                &vereinbarung.route,
                "es fehlt `wirksam_ab`, der geplante Beginn",
            );
            continue;
        };
        if verlaeufe.is_empty() {
            let fehlt = was_fehlt(&beteiligte.fristen);
            protokoll.nicht_pruefbar(&vereinbarung.route, &fehlt);
            continue;
        }
        let zu_spaet: Vec<String> = verlaeufe
            .iter()
            .filter_map(|verlauf| {
                let moeglich = verlauf.fruehestens.filter(|tag| geplant < *tag)?;
                let wort = if verlauf.ist_fruehestens {
                    "frühestens"
                } else {
                    "erst"
                };
                Some(format!("{} {wort} am {moeglich}", worte(verlauf)))
            })
            .collect();
        if zu_spaet.is_empty() {
            continue;
        }
        let feld = if vereinbarung.wirksam_ab.is_some() {
            "wirksam_ab"
        } else {
            "anwender_zum"
        };
        protokoll
            .melde(
                vereinbarung.route.feld(feld),
                format!(
                    "geplant ist der {geplant}; wirksam werden kann die Vereinbarung aber {}",
                    zu_spaet.join(", ")
                ),
            )
            .abhilfe("den Beginn später legen, früher unterzeichnen und einreichen oder die Genehmigung vorab abstimmen");
    }
}

/// Which way it is, after „wirksam werden kann die Vereinbarung aber“.
pub(super) fn worte(verlauf: &Verlauf) -> &'static str {
    match verlauf.fall {
        Fall::InKraft | Fall::Veroeffentlicht => "nach der Veröffentlichung",
        Fall::Genehmigt => "nach der Genehmigung",
        Fall::OhneEinwendung => "ohne Einwendung der Aufsicht",
        Fall::OhneEroerterung => "nach einer Einwendung ohne Erörterungstermin",
        Fall::Eroerterung => "nach einer Erörterung",
    }
}
