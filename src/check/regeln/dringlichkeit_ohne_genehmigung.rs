//! An urgent decision comes before the council at its next session.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::diagnostic::Route;
use crate::model::Koerperschaft;
use crate::model::beratung::Dringlichkeit;
use crate::model::koerperschaft::{Kasus, Rolle};

pub(super) const REGEL: Regel = Regel {
    name: "dringlichkeit-ohne-genehmigung",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::sekundaer("kro", "§ 50 Abs. 3"),
        Norm::gesehen("go", "§ 60"),
    ],
    gilt: "wenn die Drucksache eine `dringlichkeit` nennt",
    braucht: &[],
    text: include_str!("dringlichkeit_ohne_genehmigung.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let Some(dringlichkeit) = &drucksache.dringlichkeit else {
            continue;
        };
        let route = drucksache.route.feld("dringlichkeit");
        let koerperschaft = lage.vorgang.koerperschaft_von(drucksache);
        if let Some(koerperschaft) = koerperschaft {
            falsches_gesetz(lage, dringlichkeit, koerperschaft, &route, protokoll);
        }
        let Some(tag) = dringlichkeit.genehmigung_am else {
            protokoll
                .melde(
                    route,
                    "die dringliche Entscheidung nennt keine Sitzung, in der die Vertretung sie genehmigt",
                )
                .abhilfe("den Tag der nächsten Sitzung unter `genehmigung_am` eintragen")
                .fuer_eine(koerperschaft);
            continue;
        };
        let schritte = lage.schritte(drucksache);
        let in_der_folge = schritte
            .iter()
            .any(|s| s.tag() == Some(tag) && s.rolle == Some(Rolle::Vertretung));
        if !in_der_folge {
            protokoll
                .melde(
                    route.feld("genehmigung_am"),
                    format!("am {tag} steht keine Sitzung der Vertretung in der Beratungsfolge"),
                )
                .abhilfe("die Sitzung in die Beratungsfolge aufnehmen oder den Tag berichtigen")
                .fuer_eine(koerperschaft);
        }
        let frueher = schritte.iter().find(|s| {
            s.rolle == Some(Rolle::Vertretung)
                && s.tag().is_some_and(|t| {
                    t < tag && dringlichkeit.entscheidung_am.is_some_and(|e| e <= t)
                })
        });
        if let Some(frueher) = frueher {
            protokoll
                .melde(
                    route.feld("genehmigung_am"),
                    format!(
                        "{} tagt schon vor dem {tag}; zu genehmigen ist in der nächsten Sitzung",
                        frueher.wer(Kasus::Nominativ)
                    ),
                )
                .abhilfe("die Genehmigung auf die frühere Sitzung legen")
                .dazu(frueher.route_des_tags(), "die nächste Sitzung")
                .fuer_eine(koerperschaft);
        }
    }
}

/// The Kreisordnung is not for towns, the Gemeindeordnung not for a Kreis. Bodies of other kinds have laws of their own.
fn falsches_gesetz(
    lage: &Lage<'_>,
    dringlichkeit: &Dringlichkeit,
    koerperschaft: &Koerperschaft,
    route: &Route,
    protokoll: &mut Protokoll<'_>,
) {
    let (gilt, norm) = match koerperschaft.gattung.as_str() {
        "Kreis" => ("kro", "§ 50 Abs. 3 KrO NRW"),
        "Stadt" | "Gemeinde" => ("go", "§ 60 Abs. 1 GO NRW"),
        _ => return,
    };
    let genannt = dringlichkeit.norm.gesetz.as_str();
    if genannt == gilt || !matches!(genannt, "go" | "kro") {
        return;
    }
    let gesetz = lage
        .gesetze()
        .get(genannt)
        .map_or(genannt, |gesetz| gesetz.kurz.as_str());
    protokoll
        .melde(
            route.feld("norm"),
            format!(
                "{} {gesetz} gilt nicht für {}; dringliche Entscheidungen regelt dort {norm}",
                dringlichkeit.norm.stelle,
                lage.name(koerperschaft, Kasus::Akkusativ)
            ),
        )
        .abhilfe(format!("{norm} nennen"))
        .fuer(koerperschaft);
}
