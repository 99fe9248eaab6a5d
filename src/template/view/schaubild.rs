//! The charts of an agreement's costs: which there are, what their files are called, what they say in words.
//!
//! One place decides it for the template that names a chart and for the pipeline that draws it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::vereinbarung::gross;
use crate::compute::sprache::zahlwort;
use crate::diagramm::{Balken, Diagramm, Reihe};
use crate::input::Cent;

/// A chart as a template names it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SchaubildSicht {
    /// Its file beside the Markdown.
    pub datei: String,
    /// Its caption.
    pub titel: String,
    /// What it says, in words.
    pub alt: String,
}

/// A chart with its file.
#[derive(Debug, Clone)]
pub(super) struct Schaubild {
    pub(super) datei: String,
    pub(super) diagramm: Diagramm,
}

impl Schaubild {
    pub(super) fn sicht(&self) -> SchaubildSicht {
        SchaubildSicht {
            datei: self.datei.clone(),
            titel: self.diagramm.titel.clone(),
            alt: self.diagramm.beschreibung.clone(),
        }
    }
}

/// A body in a chart.
#[derive(Debug, Clone)]
pub(super) struct Zahlend {
    /// As in tables: „Kreisstadt Unna“.
    pub(super) amtsform: String,
    /// „die Stadt Unna“.
    pub(super) nominativ: String,
    /// „der Stadt Unna“.
    pub(super) genitiv: String,
}

/// The bars of a year's shares, in the order of its tables; `true` marks a share that is not invoiced.
pub(super) fn anteile(stamm: &str, jahr: u32, anteile: &[(Zahlend, Cent, bool)]) -> Vec<Schaubild> {
    let Some(gesamt) = summe(anteile.iter().map(|(_, cent, _)| *cent)) else {
        return Vec::new();
    };
    let balken: Vec<_> = anteile
        .iter()
        .map(|(wer, cent, eigen)| Balken {
            name: wer.amtsform.clone(),
            betrag: *cent,
            zusatz: if *eigen { "Eigenanteil" } else { "" }.to_owned(),
        })
        .collect();
    let diagramm = Diagramm::anteile(
        format!("Anteile {jahr}"),
        anteile_in_worten(jahr, gesamt, anteile),
        balken,
    );
    dateien(&format!("{stamm}-kosten-{jahr}"), &diagramm)
}

fn anteile_in_worten(jahr: u32, gesamt: Cent, anteile: &[(Zahlend, Cent, bool)]) -> String {
    let groesster = anteile.iter().max_by_key(|(_, cent, _)| *cent);
    let kleinster = anteile.iter().min_by_key(|(_, cent, _)| *cent);
    let (Some((reich, hoch, _)), Some((arm, niedrig, _))) = (groesster, kleinster) else {
        return String::new();
    };
    let mut worte = if anteile.len() == 1 {
        format!(
            "Balken: {} {} {jahr} den ganzen Betrag von {gesamt}.",
            gross(&reich.nominativ),
            if gesamt.0 < 0 { "erhält" } else { "trägt" }
        )
    } else {
        format!(
            "Balken der {} Anteile am Gesamtbetrag {jahr} von {gesamt}. ",
            zahlwort(anteile.len())
        ) + &match hoch.0.abs_diff(niedrig.0) {
            0 => format!("Jeder Anteil beträgt {hoch}."),
            1 => format!("Jeder Anteil beträgt {niedrig} oder {hoch}."),
            // Of credits none is the greatest; of several equal ones none is named.
            _ if niedrig.0 < 0 => format!("Die Anteile reichen von {niedrig} bis {hoch}."),
            _ => {
                let der_einzige = |betrag: Cent, wer: &Zahlend| {
                    let gleiche = anteile.iter().filter(|(_, cent, _)| *cent == betrag);
                    match gleiche.count() {
                        1 => format!("hat {} mit {betrag}", wer.nominativ),
                        mehrere => {
                            format!("haben {} Beteiligte mit je {betrag}", zahlwort(mehrere))
                        }
                    }
                };
                format!(
                    "Den größten Anteil {}, den kleinsten {}.",
                    der_einzige(*hoch, reich),
                    der_einzige(*niedrig, arm)
                )
            }
        }
    };
    for (wer, _, _) in anteile.iter().filter(|(_, _, eigen)| *eigen) {
        worte.push_str(&format!(
            " Der Balken {} ist nur umrandet: Eigenanteil, keine Rechnung.",
            wer.genitiv
        ));
    }
    worte
}

/// The columns of the shares by year, in the order of the tables; `None` where a body pays nothing in a year. There are
/// none for a single year, which the bars show.
pub(super) fn jahre(
    stamm: &str,
    jahre: &[u32],
    reihen: &[(Zahlend, Vec<Option<Cent>>)],
) -> Vec<Schaubild> {
    let (Some(erstes), Some(letztes)) = (jahre.first(), jahre.last()) else {
        return Vec::new();
    };
    let im_jahr = |spalte: usize| {
        reihen
            .iter()
            .filter_map(move |(_, werte)| werte.get(spalte).copied().flatten())
    };
    let summen: Option<Vec<Cent>> = (0..jahre.len())
        .map(|spalte| summe(im_jahr(spalte)))
        .collect();
    let Some(summen) = summen.filter(|summen| summen.len() > 1) else {
        return Vec::new();
    };
    let groesste: Vec<_> = (0..jahre.len())
        .map(|spalte| im_jahr(spalte).max().unwrap_or_default())
        .collect();
    // Of credits the highest is the least, so it is not told.
    let nur_soll = (0..jahre.len()).all(|spalte| im_jahr(spalte).all(|betrag| betrag.0 >= 0));
    let hoechster = if nur_soll {
        format!(" {}", je_jahr("Höchster Anteil", jahre, &groesste))
    } else {
        " Gutschriften gehen unter die Nulllinie.".to_owned()
    };
    let diagramm = Diagramm::jahre(
        format!("Anteile {erstes} bis {letztes}"),
        format!(
            "Säulen der Anteile von {erstes} bis {letztes}. {}{hoechster}",
            je_jahr("Gesamtbetrag", jahre, &summen)
        ),
        jahre.iter().map(ToString::to_string).collect(),
        reihen
            .iter()
            .map(|(wer, werte)| Reihe {
                name: wer.amtsform.clone(),
                werte: werte.clone(),
            })
            .collect(),
        Some(Reihe {
            name: "Summe".to_owned(),
            werte: summen.iter().copied().map(Some).collect(),
        }),
    );
    dateien(&format!("{stamm}-kosten-jahre"), &diagramm)
}

/// „Gesamtbetrag in jedem Jahr 5,00 €.“ or „Gesamtbetrag: 2021 5,00 €, 2022 6,00 €.“
fn je_jahr(was: &str, jahre: &[u32], betraege: &[Cent]) -> String {
    match betraege.split_first() {
        Some((erster, weitere)) if weitere.iter().all(|betrag| betrag == erster) => {
            format!("{was} in jedem Jahr {erster}.")
        }
        _ => {
            let teile: Vec<_> = jahre
                .iter()
                .zip(betraege)
                .map(|(jahr, betrag)| format!("{jahr} {betrag}"))
                .collect();
            format!("{was}: {}.", teile.join(", "))
        }
    }
}

/// The sum; `None` if there is nothing to add or it does not fit.
fn summe(mut betraege: impl Iterator<Item = Cent>) -> Option<Cent> {
    let erster = betraege.next()?;
    betraege.try_fold(erster, Cent::checked_add)
}

/// A chart's parts, each with its file.
fn dateien(stamm: &str, diagramm: &Diagramm) -> Vec<Schaubild> {
    let teile = diagramm.teile();
    let mehrere = teile.len() > 1;
    teile
        .into_iter()
        .enumerate()
        .map(|(index, diagramm)| Schaubild {
            datei: if mehrere {
                format!("{stamm}-teil-{}.svg", index + 1)
            } else {
                format!("{stamm}.svg")
            },
            diagramm,
        })
        .collect()
}

/// Charts by their files.
pub(super) fn nach_dateien(
    bilder: impl IntoIterator<Item = Schaubild>,
) -> BTreeMap<String, Diagramm> {
    bilder
        .into_iter()
        .map(|bild| (bild.datei, bild.diagramm))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stadt(name: &str) -> Zahlend {
        Zahlend {
            amtsform: format!("Stadt {name}"),
            nominativ: format!("die Stadt {name}"),
            genitiv: format!("der Stadt {name}"),
        }
    }

    fn worte(bilder: &[Schaubild]) -> &str {
        &bilder[0].diagramm.beschreibung
    }

    #[test]
    fn equal_shares_are_said_to_be_equal() {
        let bilder = anteile(
            "v",
            2022,
            &[
                (stadt("Lünen"), Cent(101), true),
                (stadt("Unna"), Cent(100), false),
            ],
        );
        assert_eq!(
            worte(&bilder),
            "Balken der zwei Anteile am Gesamtbetrag 2022 von 2,01 €. Jeder Anteil beträgt 1,00 € oder 1,01 €. \
             Der Balken der Stadt Lünen ist nur umrandet: Eigenanteil, keine Rechnung."
        );
        assert_eq!(bilder[0].datei, "v-kosten-2022.svg");
    }

    #[test]
    fn unequal_shares_name_the_greatest_and_the_least() {
        let bilder = anteile(
            "v",
            2022,
            &[
                (stadt("Lünen"), Cent(500), false),
                (stadt("Unna"), Cent(100), false),
            ],
        );
        assert!(worte(&bilder).ends_with(
            "Den größten Anteil hat die Stadt Lünen mit 5,00 €, den kleinsten hat die Stadt Unna mit 1,00 €."
        ));
    }

    #[test]
    fn of_several_equal_shares_none_is_named() {
        let bilder = anteile(
            "v",
            2022,
            &[
                (stadt("Lünen"), Cent(500), false),
                (stadt("Selm"), Cent(100), false),
                (stadt("Unna"), Cent(500), false),
            ],
        );
        assert!(worte(&bilder).ends_with(
            "Den größten Anteil haben zwei Beteiligte mit je 5,00 €, den kleinsten hat die Stadt Selm mit 1,00 €."
        ));
    }

    #[test]
    fn no_credit_is_called_the_highest_share() {
        let gutschrift = [
            (stadt("Lünen"), vec![Some(Cent(-100)), Some(Cent(300))]),
            (stadt("Unna"), vec![Some(Cent(-300)), Some(Cent(300))]),
        ];
        let bilder = jahre("v", &[2021, 2022], &gutschrift);
        assert!(!worte(&bilder).contains("Höchster"), "{}", worte(&bilder));
        let bilder = anteile(
            "v",
            2021,
            &[
                (stadt("Lünen"), Cent(-100), false),
                (stadt("Unna"), Cent(-300), false),
            ],
        );
        assert!(worte(&bilder).ends_with("Die Anteile reichen von −3,00 € bis −1,00 €."));
    }

    #[test]
    fn a_single_payer_bears_it_all() {
        let bilder = anteile("v", 2022, &[(stadt("Unna"), Cent(100), false)]);
        assert_eq!(
            worte(&bilder),
            "Balken: Die Stadt Unna trägt 2022 den ganzen Betrag von 1,00 €."
        );
    }

    #[test]
    fn a_year_alone_has_no_columns() {
        assert!(jahre("v", &[2022], &[(stadt("Unna"), vec![Some(Cent(1))])]).is_empty());
        assert!(jahre("v", &[], &[]).is_empty());
        assert!(anteile("v", 2022, &[]).is_empty());
    }

    #[test]
    fn years_tell_totals_and_highest_shares() {
        let bilder = jahre(
            "v",
            &[2021, 2022],
            &[
                (stadt("Lünen"), vec![Some(Cent(600)), Some(Cent(300))]),
                (stadt("Unna"), vec![None, Some(Cent(300))]),
            ],
        );
        assert_eq!(
            worte(&bilder),
            "Säulen der Anteile von 2021 bis 2022. Gesamtbetrag in jedem Jahr 6,00 €. \
             Höchster Anteil: 2021 6,00 €, 2022 3,00 €."
        );
    }

    #[test]
    fn parts_have_files_of_their_own() {
        let viele: Vec<_> = (0..60).map(|i| (stadt("A"), Cent(i), false)).collect();
        let bilder = anteile("v", 2022, &viele);
        let namen: Vec<_> = bilder.iter().map(|bild| bild.datei.as_str()).collect();
        assert_eq!(
            namen,
            ["v-kosten-2022-teil-1.svg", "v-kosten-2022-teil-2.svg"]
        );
    }
}
