//! Places in the papers as they are shown: with their words and what stands around them, those side by side as one.

use super::abschnitt;
use crate::diff::Fundstelle;
use crate::diff::klasse::{Klasse, rang};
use crate::diff::stellen::{Lageplan, Rohstelle, Stellenart};
use crate::diff::text::zerlege;

pub(super) fn fundstelle(
    plan: &Lageplan<'_>,
    stelle: &Rohstelle,
    klasse: Klasse,
    grund: &str,
) -> Fundstelle {
    let (vorher, nachher) = plan.umgebung(stelle);
    let ganz = matches!(stelle.art, Stellenart::PapierNeu | Stellenart::PapierWeg);
    let mut gefunden = Fundstelle {
        papier: plan.paar.name.clone(),
        ort: plan.ort(stelle),
        bisher: match stelle.art {
            Stellenart::Verschoben => plan.bisher(stelle),
            _ => String::new(),
        },
        art: stelle.art,
        alt: if ganz || stelle.art == Stellenart::Verschoben {
            String::new()
        } else {
            stelle.alter_text.clone()
        },
        neu: if ganz {
            plan.paar.titel.clone()
        } else {
            stelle.neuer_text.clone()
        },
        vorher,
        nachher,
        klasse,
        grund: grund.to_owned(),
        byte: if stelle.art == Stellenart::Weg {
            stelle.alt.start
        } else {
            stelle.neu.start
        },
    };
    if stelle.art == Stellenart::Wortlaut {
        nur_die_worte(&mut gefunden);
    }
    gefunden
}

/// Of the signature of another body only the words that differ are shown as changed.
fn nur_die_worte(stelle: &mut Fundstelle) {
    let innen = |text: &str| -> Option<String> {
        let innen = text.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
        let wer = innen.trim().strip_prefix("unterschrift:")?;
        Some(format!("Unterschrift: {}", wer.trim()))
    };
    let (Some(alt), Some(neu)) = (innen(&stelle.alt), innen(&stelle.neu)) else {
        return;
    };
    let (alte, neue) = (zerlege(&alt), zerlege(&neu));
    let vorn = alte.iter().zip(&neue).take_while(|(a, n)| a == n).count();
    let laengste = alte.len().min(neue.len()) - vorn;
    let hinten = alte.iter().rev().zip(neue.iter().rev());
    let hinten = hinten.take_while(|(a, n)| a == n).count().min(laengste);
    let stueck =
        |worte: &[&str], von: usize, bis: usize| worte.get(von..bis).unwrap_or_default().concat();
    stelle.vorher = stueck(&neue, 0, vorn);
    stelle.nachher = stueck(&neue, neue.len() - hinten, neue.len());
    stelle.alt = stueck(&alte, vorn, alte.len() - hinten);
    stelle.neu = stueck(&neue, vorn, neue.len() - hinten);
}

/// Whether a place goes on where the one before it ended, so that both are shown as one.
pub(super) fn schliesst_an(plan: &Lageplan<'_>, davor: &Rohstelle, stelle: &Rohstelle) -> bool {
    if davor.paar != stelle.paar || davor.art != stelle.art {
        return false;
    }
    match stelle.art {
        Stellenart::Wortlaut => {
            let zwischen = |text: &str, von: usize, bis: usize| {
                text.get(von..bis)
                    .is_some_and(|t| t.chars().all(|c| c == ' '))
            };
            davor.block == stelle.block
                && zwischen(plan.paar.alter_text(), davor.alt.end, stelle.alt.start)
                && zwischen(plan.paar.neuer_text(), davor.neu.end, stelle.neu.start)
        }
        Stellenart::Neu | Stellenart::Weg | Stellenart::Verschoben => {
            davor.block + 1 == stelle.block && abschnitt(plan, davor) == abschnitt(plan, stelle)
        }
        Stellenart::PapierNeu | Stellenart::PapierWeg => false,
    }
}

pub(super) fn fuege_an(vorige: &mut Fundstelle, neue: &Fundstelle) {
    let trenner = if vorige.art == Stellenart::Wortlaut {
        " "
    } else {
        "\n\n"
    };
    for (ziel, zusatz) in [(&mut vorige.alt, &neue.alt), (&mut vorige.neu, &neue.neu)] {
        // The blank between both was there, whatever stood before it.
        if !zusatz.is_empty() && (!ziel.is_empty() || vorige.art == Stellenart::Wortlaut) {
            ziel.push_str(trenner);
        }
        ziel.push_str(zusatz);
    }
    vorige.nachher.clone_from(&neue.nachher);
    let wiegt_mehr = neue.klasse == vorige.klasse && rang(&neue.grund) < rang(&vorige.grund);
    if neue.klasse < vorige.klasse || wiegt_mehr {
        vorige.klasse = neue.klasse;
        vorige.grund.clone_from(&neue.grund);
    }
}
