//! The prose of a Drucksache: which fields hold some, and where it stands in the facts once it is rendered.

use super::engine::{Sicht, Wert};
use super::view::{self, Gegenstand};
use crate::diagnostic::Route;
use crate::model::abschnitt::Abschnitt;
use crate::model::anlage::Inhalt;
use crate::model::text::Prosa;
use crate::model::{Drucksache, Schluessel};

/// A field with prose.
pub(super) struct ProsaFeld<'a> {
    /// Where it stands in the facts.
    pub(super) platz: Platz<'a>,
    /// What it holds.
    pub(super) prosa: &'a Prosa,
    /// Where it stands in the YAML.
    pub(super) route: Route,
}

/// Where rendered prose stands in the facts.
#[derive(Clone, Copy)]
pub(super) enum Platz<'a> {
    /// A field of the Drucksache.
    Feld(&'static str),
    /// A section.
    Abschnitt(&'a Schluessel, &'a Abschnitt),
    /// An annex, by its place from 0.
    Anlage(usize),
}

/// All fields of a Drucksache that hold prose.
pub(super) fn felder(drucksache: &Drucksache) -> Vec<ProsaFeld<'_>> {
    let feld = |name, prosa| ProsaFeld {
        platz: Platz::Feld(name),
        prosa,
        route: drucksache.route.feld(name),
    };
    let mut felder = vec![feld("beschlussvorschlag", &drucksache.beschlussvorschlag)];
    felder.extend(
        drucksache
            .sachbericht
            .as_ref()
            .map(|prosa| feld("sachbericht", prosa)),
    );
    let abschnitte = drucksache.route.feld("abschnitte");
    for (schluessel, abschnitt) in drucksache.abschnitte.iter() {
        felder.push(ProsaFeld {
            platz: Platz::Abschnitt(schluessel, abschnitt),
            prosa: &abschnitt.text,
            route: abschnitte.feld(schluessel.as_str()).feld("text"),
        });
    }
    let anlagen = drucksache.route.feld("anlagen");
    for (i, anlage) in drucksache.anlagen.iter().enumerate() {
        if let Inhalt::Text { text, .. } = &anlage.inhalt {
            felder.push(ProsaFeld {
                platz: Platz::Anlage(i),
                prosa: text,
                route: anlagen.index(i).feld("text"),
            });
        }
    }
    felder
}

/// Puts rendered prose into the facts.
pub(super) fn ergaenze(
    fakten: &mut Sicht,
    gegenstand: Gegenstand<'_>,
    texte: Vec<(Platz<'_>, String)>,
) {
    // A paper without a Sachbericht has an empty one, so that templates can ask for it.
    let mut felder = vec![("sachbericht".to_owned(), Wert::Prosa(String::new()))];
    let mut abschnitte = Vec::new();
    let mut nach_schluessel = Vec::new();
    for (platz, text) in texte {
        match platz {
            Platz::Feld(name) => felder.push((name.to_owned(), Wert::Prosa(text))),
            Platz::Abschnitt(schluessel, abschnitt) => {
                let name = view::name(schluessel);
                let werte = || {
                    Wert::Karte(vec![
                        ("schluessel".to_owned(), Wert::Daten(name.clone())),
                        ("titel".to_owned(), Wert::Daten(abschnitt.titel.to_string())),
                        ("text".to_owned(), Wert::Prosa(text.clone())),
                    ])
                };
                abschnitte.push(werte());
                nach_schluessel.push((name.clone(), werte()));
            }
            Platz::Anlage(i) => {
                if matches!(gegenstand, Gegenstand::Anlage(_, eigene) if eigene == i) {
                    fakten.ergaenze("anlage", vec![("text".to_owned(), Wert::Prosa(text))]);
                }
            }
        }
    }
    felder.push(("abschnitte".to_owned(), Wert::Liste(abschnitte)));
    felder.push(("abschnitt".to_owned(), Wert::Karte(nach_schluessel)));
    fakten.ergaenze("drucksache", felder);
}
