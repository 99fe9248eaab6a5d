//! What changed in the matter itself, laid to the change that does it, and what no paper shows.

use std::collections::BTreeSet;

use super::quellen::ist_derselbe_betrag;
use super::{Gruppe, UMBENANNT, UMGESTELLT, Werk};
use crate::diff::Aenderung;
use crate::diff::daten::{Dateiart, Unterschiedsart};
use crate::diff::klasse::{self, Klasse};
use crate::diff::sinn::{self, Sinn, Sinnaenderung};
use crate::diff::ursache::Schuld;

impl Werk<'_> {
    /// Puts what changed in the matter itself to the change that does it.
    pub(super) fn ordne_sinn_zu(
        &self,
        aenderungen: &mut Vec<(Gruppe, Aenderung)>,
        sinn: Vec<Sinnaenderung>,
        von: Vec<Schuld>,
    ) {
        for (mut eintrag, schuld) in sinn.into_iter().zip(von) {
            let ist_umnummeriert =
                eintrag.sinn == Sinn::Klausel && eintrag.alt.is_some() && eintrag.neu.is_some();
            let ist_dieselbe = |gruppe: &Gruppe| gruppe.schuld == schuld && !gruppe.recht;
            let genau = aenderungen
                .iter()
                // Another number stands with the numbers.
                .position(|(gruppe, a)| {
                    ist_umnummeriert
                        && ist_dieselbe(gruppe)
                        && a.grund.contains("Umnummerierung")
                        && a.klasse == Klasse::Redaktionell
                })
                .or_else(|| {
                    aenderungen
                        .iter()
                        .position(|(gruppe, _)| ist_dieselbe(gruppe))
                });
            // What several do together is told with the first of them that shows anything.
            let platz = genau.or_else(|| {
                aenderungen.iter().position(|(gruppe, _)| {
                    !gruppe.recht
                        && !gruppe.schuld.is_empty()
                        && gruppe.schuld.iter().all(|i| schuld.contains(i))
                })
            });
            let (gruppe, aenderung) = match platz.and_then(|i| aenderungen.get_mut(i)) {
                Some((gruppe, aenderung)) => (&*gruppe, aenderung),
                None => {
                    let gruppe = Gruppe {
                        schuld,
                        recht: false,
                        wortlaut: None,
                    };
                    let aenderung = Aenderung {
                        grund: "Tatsachen".to_owned(),
                        ..self.aenderung(&gruppe, &[])
                    };
                    aenderungen.push((gruppe, aenderung));
                    let Some((gruppe, aenderung)) = aenderungen.last_mut() else {
                        continue;
                    };
                    (&*gruppe, aenderung)
                }
            };
            if eintrag.sinn != Sinn::Klausel || !ist_umnummeriert {
                // A clause that only bears another number is no material change.
                if aenderung.klasse == Klasse::Redaktionell
                    && !matches!(
                        aenderung.grund.as_str(),
                        "Amtsform" | "Reihenfolge einer Liste" | UMGESTELLT
                    )
                {
                    aenderung.klasse = Klasse::Materiell;
                    aenderung.grund = "Tatsachen".to_owned();
                }
            }
            // One body under another name, where the base data say so.
            let heisst_jetzt = self.umbenennung(&gruppe.schuld).is_some_and(|u| {
                Some(&u.alt) == eintrag.alt.as_ref() && Some(&u.neu) == eintrag.neu.as_ref()
            });
            if heisst_jetzt {
                eintrag.gegenstand = sinn::BEZEICHNUNG.to_owned();
            }
            if !aenderung.sinn.contains(&eintrag) {
                aenderung.sinn.push(eintrag);
            }
        }
    }

    /// Differences of the facts and files that no paper shows.
    pub(super) fn ohne_wirkung(&self, aenderungen: &mut Vec<(Gruppe, Aenderung)>) {
        let Some(labor) = self.labor else { return };
        let gezeigt: BTreeSet<usize> = aenderungen
            .iter()
            .flat_map(|(g, _)| g.schuld.iter().copied())
            .collect();
        let gebraucht: BTreeSet<usize> = labor
            .versuche
            .iter()
            .enumerate()
            .filter(|(i, _)| gezeigt.contains(i))
            .flat_map(|(_, versuch)| versuch.mit.iter().copied())
            .collect();
        for (i, versuch) in labor.versuche.iter().enumerate() {
            if gezeigt.contains(&i) || versuch.von.is_subset(&gebraucht) {
                continue;
            }
            let gruppe = Gruppe {
                schuld: vec![i],
                recht: false,
                wortlaut: None,
            };
            let fakten = self.fakten(&gruppe.schuld);
            // The order of keys that no paper shows says nothing.
            if fakten
                .iter()
                .all(|f| f.art == Unterschiedsart::Umgestellt && f.alt.is_none())
            {
                continue;
            }
            let (klasse, grund) = if self.umbenennung(&gruppe.schuld).is_some() {
                (Klasse::Redaktionell, UMBENANNT)
            } else if fakten
                .iter()
                .all(|f| f.datei.is_none() && (!versuch.andere_tatsachen || ist_derselbe_betrag(f)))
            {
                (
                    Klasse::Redaktionell,
                    "derselbe Wert in anderer Schreibweise",
                )
            } else if fakten.iter().any(|f| f.datei == Some(Dateiart::Sonstige)) {
                (
                    Klasse::Materiell,
                    "eine Datei, die das Programm nicht liest",
                )
            } else if fakten
                .iter()
                .all(|f| f.datei.is_some() || f.pfad.starts_with("stammdaten."))
            {
                (Klasse::Redaktionell, "ohne Wirkung auf die Papiere")
            } else {
                (
                    Klasse::Materiell,
                    "ohne Wirkung auf die Papiere; im Zweifel materiell",
                )
            };
            let (klasse, grund) = self
                .vorgabe(&gruppe)
                .filter(|(_, grund)| *grund != klasse::ANSCHRIFT)
                .unwrap_or((klasse, grund));
            let aenderung = Aenderung {
                klasse,
                grund: grund.to_owned(),
                ..self.aenderung(&gruppe, &[])
            };
            aenderungen.push((gruppe, aenderung));
        }
    }
}
