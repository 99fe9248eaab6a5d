//! What is not public stays out of what is.

use std::collections::BTreeMap;

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel, Schritt};
use crate::model::anlage::Inhalt;
use crate::model::beratung::Beratungsstatus;
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "oeffentlichkeit-widerspruechlich",
    schwere: Gewicht::Fehler,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache",
    braucht: &[],
    text: include_str!("oeffentlichkeit_widerspruechlich.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    anlagen(lage, protokoll);
    doppelte_schritte(lage, protokoll);
}

/// A paper that some body deliberates in public carries nothing that is not public.
fn anlagen(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        if drucksache.ist_nichtoeffentlich() {
            continue;
        }
        for (i, anlage) in drucksache.anlagen.iter().enumerate() {
            let andere = match &anlage.inhalt {
                Inhalt::Drucksache(nummer) => lage.vorgang.drucksache(nummer),
                _ => None,
            };
            let text = if anlage.beratungsstatus == Beratungsstatus::Nichtoeffentlich {
                "eine öffentliche Drucksache führt eine nichtöffentliche Anlage".to_owned()
            } else if let Some(andere) = andere.filter(|d| d.ist_nichtoeffentlich()) {
                format!(
                    "eine öffentliche Drucksache führt die nichtöffentliche Drucksache {} als Anlage",
                    andere.nummer
                )
            } else {
                continue;
            };
            protokoll
                .melde(drucksache.route.feld("anlagen").index(i), text)
                .abhilfe(
                    "die Anlage in eine nichtöffentliche Drucksache verlegen, oder die Beratung nichtöffentlich führen",
                );
        }
    }
}

/// One session deals with a paper in public or not, never both.
fn doppelte_schritte(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let schritte = lage.schritte(drucksache);
        // The first step of each session in public, and the first that is not.
        let mut erste: BTreeMap<_, BTreeMap<bool, &Schritt>> = BTreeMap::new();
        for schritt in &schritte {
            let Some(tag) = schritt.tag() else { continue };
            let oeffentlich = schritt.beratung.beratungsstatus == Beratungsstatus::Oeffentlich;
            let sitzung = erste
                .entry((tag, schritt.beratung.gremium.as_str()))
                .or_default();
            sitzung.entry(oeffentlich).or_insert(schritt);
            let frueher = sitzung.get(&!oeffentlich);
            if let Some(frueher) = frueher {
                protokoll
                    .melde(
                        schritt.route_des_gremiums(),
                        format!(
                            "{} berät in derselben Sitzung öffentlich und nichtöffentlich",
                            schritt.wer(Kasus::Nominativ)
                        ),
                    )
                    .abhilfe(
                        "nur einen der beiden Schritte behalten und den nichtöffentlichen Teil in eine eigene Drucksache setzen",
                    )
                    .dazu(frueher.route_des_gremiums(), "der andere Schritt");
            }
        }
    }
}
