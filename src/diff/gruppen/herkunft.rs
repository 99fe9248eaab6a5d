//! From which places of a template or text file changed words were made, as far as the papers remember it.

use std::ops::Range;

use crate::diff::daten::Unterschied as Faktum;
use crate::diff::klasse::Klasse;
use crate::diff::stellen::{Lageplan, Rohstelle};
use crate::diff::ursache::Labor;
use crate::template::Papier;

/// Bytes of the old and of the new state of a file from which changed words were made.
#[derive(Debug, Default)]
pub(super) struct Herkunft {
    pub(super) alt: Vec<usize>,
    pub(super) neu: Vec<usize>,
}

impl Herkunft {
    pub(super) fn aus(
        labor: &Labor<'_>,
        plaene: &[Lageplan<'_>],
        faktum: &Faktum,
        stellen: &[(&Rohstelle, Klasse, &'static str)],
    ) -> Self {
        let mut herkunft = Self::default();
        if faktum.datei.is_none() {
            return herkunft;
        }
        for (stelle, ..) in stellen {
            let Some(plan) = plaene.get(stelle.paar) else {
                continue;
            };
            let seiten = [
                (labor.alte_papiere, plan.paar.kennung(), &stelle.alt),
                (labor.neue_papiere, plan.paar.name.as_str(), &stelle.neu),
            ];
            let [alt, neu] = seiten.map(|(papiere, name, bereich)| {
                let papier = papiere.iter().find(|papier| papier.name == name);
                papier.map_or_else(Vec::new, |p| bytes(p, &faktum.ort.datei, bereich))
            });
            herkunft.alt.extend(alt);
            herkunft.neu.extend(neu);
        }
        herkunft
    }
}

/// The bytes of a file that made a piece of a paper: the first of each run.
fn bytes(papier: &Papier, datei: &str, bereich: &Range<usize>) -> Vec<usize> {
    let von = papier
        .spuren
        .partition_point(|(spur, _)| spur.end <= bereich.start);
    let spuren = papier.spuren.get(von..).unwrap_or_default().iter();
    spuren
        .take_while(|(spur, _)| spur.start < bereich.end)
        .filter(|(_, ursprung)| ist_datei(&ursprung.datei, datei))
        .map(|(spur, ursprung)| {
            let vor = bereich.start.saturating_sub(spur.start);
            ursprung.offset + if ursprung.ausdruck { 0 } else { vor }
        })
        .collect()
}

/// Whether a file as it is shown is the one of this way inside its folder.
fn ist_datei(gezeigt: &str, innen: &str) -> bool {
    let ordner = gezeigt.strip_suffix(innen);
    ordner.is_some_and(|ordner| ordner.is_empty() || ordner.ends_with('/'))
}
