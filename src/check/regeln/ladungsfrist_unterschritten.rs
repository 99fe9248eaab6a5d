//! The paper is old enough on the day of the session for its body to have been invited in time.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel, Schritt};
use crate::compute::fristen::ladung::spaetester_ladungstag;
use crate::compute::sprache;
use crate::model::Drucksache;
use crate::model::drucksache::Art;
use crate::model::frist::Ladungsfrist;
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "ladungsfrist-unterschritten",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache mit Sitzungstagen; nicht für eine Tischvorlage",
    braucht: &[
        "drucksache.vorlage_vom",
        "körperschaften.*.gremien.*.ladungsfrist",
    ],
    text: include_str!("ladungsfrist_unterschritten.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        if drucksache.art == Art::Tischvorlage {
            continue;
        }
        let schritte: Vec<Schritt> = lage
            .schritte(drucksache)
            .into_iter()
            .filter(|schritt| schritt.tag().is_some() && schritt.findet_statt())
            .collect();
        if schritte.is_empty() {
            continue;
        }
        let danach = drucksache.vorlage_vom.and_then(|vom| {
            let schritt = schritte
                .iter()
                .find(|s| s.tag().is_some_and(|tag| tag < vom))?;
            Some((vom, schritt))
        });
        if let Some((vom, schritt)) = danach {
            protokoll
                .melde(
                    drucksache.route.feld("vorlage_vom"),
                    format!(
                        "die Vorlage ist vom {vom}, also jünger als die Sitzung {}",
                        schritt.wer(Kasus::Genitiv)
                    ),
                )
                .abhilfe("das Datum der Vorlage oder den Sitzungstag berichtigen")
                .dazu(schritt.route_des_tags(), "die Sitzung");
            continue;
        }
        if drucksache.vorlage_vom.is_none() {
            protokoll.nicht_pruefbar(
                &drucksache.route,
                "es fehlt `vorlage_vom`, das Datum der Vorlage",
            );
            continue;
        }
        let ohne: Vec<String> = schritte
            .iter()
            .filter(|schritt| ladungsfrist(lage, drucksache, schritt).is_none())
            .map(|schritt| schritt.wer(Kasus::Genitiv))
            .collect();
        if !ohne.is_empty() {
            let ohne: Vec<&str> = ohne.iter().map(String::as_str).collect();
            let wessen = sprache::aufzaehlung(&ohne, sprache::Verbindung::Sowie);
            let fehlt = format!("es fehlt die `ladungsfrist` {wessen}");
            protokoll.nicht_pruefbar(&drucksache.route, &fehlt);
        }
        for schritt in &schritte {
            pruefe_schritt(lage, drucksache, schritt, protokoll);
        }
    }
}

fn pruefe_schritt(
    lage: &Lage<'_>,
    drucksache: &Drucksache,
    schritt: &Schritt,
    protokoll: &mut Protokoll<'_>,
) {
    let (Some(vom), Some(sitzung), Some(ladungsfrist)) = (
        drucksache.vorlage_vom,
        schritt.tag(),
        ladungsfrist(lage, drucksache, schritt),
    ) else {
        return;
    };
    let frist = if schritt.beratung.verkuerzte_ladung {
        match ladungsfrist.verkuerzt {
            Some(frist) => frist,
            None => {
                protokoll.nicht_pruefbar(
                    schritt.route_des_gremiums(),
                    &format!(
                        "es fehlt unter `ladungsfrist` die Frist `verkürzt` {}",
                        schritt.wer(Kasus::Genitiv)
                    ),
                );
                return;
            }
        }
    } else {
        ladungsfrist.frist
    };
    let Some(spaetester) = spaetester_ladungstag(&lage.vorgang.recht.kalender, sitzung, frist)
    else {
        return;
    };
    if vom > spaetester {
        protokoll
            .melde(
                schritt.route_des_tags(),
                format!(
                    "zu dieser Sitzung {} muss bis zum {spaetester} geladen sein, die Vorlage ist aber vom {vom}; Frist: {frist}, {}",
                    schritt.wer(Kasus::Genitiv),
                    ladungsfrist.quelle
                ),
            )
            .abhilfe("eine spätere Sitzung nehmen, mit verkürzter Frist laden (`verkürzte_ladung: ja`) oder als Tischvorlage vorlegen")
            .dazu(drucksache.route.feld("vorlage_vom"), "das Datum der Vorlage");
    }
}

fn ladungsfrist<'a>(
    lage: &Lage<'a>,
    drucksache: &Drucksache,
    schritt: &Schritt,
) -> Option<&'a Ladungsfrist> {
    let vorgang = lage.vorgang;
    let gremien = &vorgang.koerperschaft_von(drucksache)?.gremien;
    gremien
        .iter()
        .find(|gremium| gremium.name == schritt.beratung.gremium)?
        .ladungsfrist
        .as_ref()
}
