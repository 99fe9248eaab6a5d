//! What a cause itself says of the class and the area of all that it does.

use super::{ANDERER_NAME, Gruppe, UMGESTELLT, Werk};
use crate::diff::daten::{Unterschied as Faktum, Unterschiedsart, ist_geordnet, ist_reihe};
use crate::diff::klasse::{self, Klasse};
use crate::diff::stellen::KOPFDATEN;
use crate::diff::{Bereich, Fundstelle};
use crate::template::Bezug;

/// Last steps of ways to values that tell of the course of a matter, not of its contents.
const VERFAHREN: [&str; 21] = [
    "beratungsfolge",
    "gremien",
    "gremium",
    "datum",
    "vorlage_vom",
    "beschlüsse",
    "ergebnis",
    "unterzeichnet",
    "unterzeichnet_bis",
    "eingang",
    "einwendung",
    "genehmigung",
    "veröffentlichung",
    "status",
    "geschlossen",
    "dringlichkeit",
    "termine",
    "in_kraft_seit",
    "unterrichtung_kreis",
    "rechtsstand",
    "nummer",
];

impl Werk<'_> {
    /// Whether the cause is the order of entries alone, which papers follow.
    pub(super) fn folgt_einer_reihe(&self, gruppe: &Gruppe) -> bool {
        let fakten = self.fakten(&gruppe.schuld);
        !gruppe.recht
            && fakten.iter().any(|f| ist_reihe(&f.pfad))
            && fakten.iter().all(|f| f.art == Unterschiedsart::Umgestellt)
    }

    /// The class of all that a cause does, where the cause itself says so.
    pub(super) fn vorgabe(&self, gruppe: &Gruppe) -> Option<(Klasse, &'static str)> {
        let fakten = self.fakten(&gruppe.schuld);
        if fakten.is_empty() || gruppe.recht {
            return None;
        }
        if fakten.iter().all(|f| f.art == Unterschiedsart::Umgestellt) {
            // Where papers follow the order of a map, what they say may hang on it: each place speaks for itself.
            if fakten.iter().any(|f| ist_reihe(&f.pfad)) {
                return None;
            }
            return Some(if fakten.iter().any(|f| ist_geordnet(&f.pfad)) {
                (Klasse::Materiell, "Reihenfolge, die etwas besagt")
            } else if fakten.iter().all(|f| f.alt.is_none()) {
                (Klasse::Redaktionell, UMGESTELLT)
            } else {
                (Klasse::Redaktionell, "Reihenfolge einer Liste")
            });
        }
        let ist_name = |f: &&Faktum| {
            f.pfad.starts_with("stammdaten.körperschaften.") && f.pfad.ends_with(".name")
        };
        let ist_umbenannt =
            || fakten.iter().any(ist_name) && self.umbenennung(&gruppe.schuld).is_some();
        if fakten.iter().all(ist_name) || ist_umbenannt() {
            return Some((Klasse::Materiell, ANDERER_NAME));
        }
        if fakten
            .iter()
            .all(|f| f.pfad.split('.').any(|s| s.starts_with("anschrift")))
        {
            return Some((Klasse::Materiell, klasse::ANSCHRIFT));
        }
        if fakten
            .iter()
            .all(|f| f.pfad.starts_with("drucksachen.") && f.pfad.ends_with(".nummer"))
        {
            return Some((Klasse::Materiell, "Nummer der Drucksache"));
        }
        let ist_amtsform = |f: &&Faktum| {
            f.pfad.starts_with("stammdaten.körperschaften.")
                && (f.pfad.ends_with(".amtsform") || f.pfad.ends_with(".gattung"))
        };
        fakten
            .iter()
            .all(ist_amtsform)
            .then_some((Klasse::Redaktionell, "Amtsform"))
    }

    /// The course of the matter is what only tells of sessions and votes: what stands in the text of an agreement or of
    /// its annexes is agreed, whatever it tells of, and so is the state of the law that they cite.
    pub(super) fn bereich(&self, gruppe: &Gruppe, stellen: &[Fundstelle]) -> Bereich {
        let fakten = self.fakten(&gruppe.schuld);
        let ist_verfahren = |f: &&Faktum| {
            f.datei.is_none()
                && f.pfad.split('.').any(|schritt| {
                    VERFAHREN.contains(&schritt.split('[').next().unwrap_or_default())
                })
        };
        let in_vereinbarung = stellen.iter().any(|stelle| {
            stelle.ort != KOPFDATEN
                && self.plaene.iter().any(|plan| {
                    plan.paar.name == stelle.papier
                        && matches!(plan.paar.bezug, Some(Bezug::Vereinbarung(_)))
                })
        });
        if !gruppe.recht
            && !in_vereinbarung
            && !fakten.is_empty()
            && fakten.iter().all(ist_verfahren)
        {
            Bereich::Verfahren
        } else {
            Bereich::Inhalt
        }
    }
}
