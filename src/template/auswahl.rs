//! Which papers of a matter are wanted.

use std::collections::BTreeSet;

use super::papier::{Bezug, Papier};
use super::schreiben::{bezug, gegenstaende};
use super::view::Gegenstand;
use crate::input::umschrift;
use crate::model::Vorgang;

/// Which papers are wanted, and how. All are made; only the wanted ones are typeset.
#[derive(Debug, Clone, Default)]
pub struct Auswahl {
    /// Marks each paper „Entwurf“.
    pub entwurf: bool,
    /// Only papers of this kind.
    pub nur: Option<String>,
    /// Only papers of the Drucksache with this number, as it is spelled in file names.
    pub drucksache: Option<String>,
    /// Also each Vorlage with its annexes in one paper.
    pub gesamt: bool,
}

impl Auswahl {
    /// Whether papers of this kind are wanted: `kostenübersicht` means `kostenuebersicht`.
    pub fn will_art(&self, art: &str) -> bool {
        self.nur.as_ref().is_none_or(|nur| {
            let ascii = |c| umschrift(c).map_or_else(|| char::to_string(&c), str::to_owned);
            *nur == art || nur.chars().map(ascii).collect::<String>() == art
        })
    }

    /// Whether the paper is among those that are wanted.
    pub fn will(&self, papier: &Papier) -> bool {
        let art = self.will_art(&papier.art);
        let drucksache = self.drucksache.as_ref().is_none_or(|nummer| {
            matches!(&papier.bezug, Bezug::Drucksache(n) | Bezug::Anlage(n, _)
                if *nummer == n.dateiname() || *nummer == n.to_string())
        });
        art && drucksache
    }
}

/// What papers are made of at all, where not all are needed: told by the places of Drucksachen, which hold though their
/// numbers change.
#[derive(Debug, Clone, Default)]
pub enum Ausschnitt {
    /// All papers of the matter.
    #[default]
    Alles,
    /// Those of some Drucksachen by their places in the matter, and those of its agreements or none of these.
    Nur {
        /// Places of the Drucksachen.
        drucksachen: BTreeSet<usize>,
        /// Whether those of all agreements.
        vereinbarungen: bool,
    },
    /// One paper.
    Eines {
        /// The place of its subject among all subjects.
        gegenstand: usize,
        /// How many subjects there are.
        von: usize,
        /// Its kind.
        art: String,
    },
}

impl Ausschnitt {
    /// The smallest that holds papers of these subjects.
    pub fn um<'b>(vorgang: &Vorgang, bezuege: impl IntoIterator<Item = &'b Bezug>) -> Self {
        let (mut drucksachen, mut vereinbarungen) = (BTreeSet::new(), false);
        for bezug in bezuege {
            match bezug {
                Bezug::Vereinbarung(_) => vereinbarungen = true,
                Bezug::Drucksache(nummer) | Bezug::Anlage(nummer, _) => {
                    let alle = vorgang.drucksachen.iter().enumerate();
                    let seine = alle.filter(|(_, drucksache)| drucksache.nummer == *nummer);
                    drucksachen.extend(seine.map(|(i, _)| i));
                }
            }
        }
        Self::Nur {
            drucksachen,
            vereinbarungen,
        }
    }

    /// One paper and no other.
    pub fn eines(vorgang: &Vorgang, papier: &Papier) -> Self {
        let alle: Vec<_> = gegenstaende(vorgang).into_iter().map(bezug).collect();
        match alle.iter().position(|da| *da == papier.bezug) {
            Some(gegenstand) => Self::Eines {
                gegenstand,
                von: alle.len(),
                art: papier.art.clone(),
            },
            None => Self::Alles,
        }
    }

    /// Whether a paper on this subject may be among them.
    pub fn hat(&self, vorgang: &Vorgang, gesucht: &Bezug) -> bool {
        match (self, Self::um(vorgang, [gesucht])) {
            (Self::Nur { .. }, Self::Alles | Self::Eines { .. }) | (Self::Alles, _) => true,
            (Self::Eines { gegenstand, .. }, _) => {
                let mut alle = gegenstaende(vorgang).into_iter();
                alle.nth(*gegenstand)
                    .is_some_and(|da| bezug(da) == *gesucht)
            }
            (
                Self::Nur {
                    drucksachen,
                    vereinbarungen,
                },
                Self::Nur {
                    drucksachen: seine,
                    vereinbarungen: auch,
                },
            ) => drucksachen.is_superset(&seine) && (*vereinbarungen || !auch),
        }
    }

    /// The same for another state of the matter: in one that has more or fewer subjects no place says which one is meant.
    pub fn fuer(&self, vorgang: &Vorgang) -> Self {
        match self {
            Self::Eines { von, .. } if *von != gegenstaende(vorgang).len() => Self::Alles,
            gleich => gleich.clone(),
        }
    }

    /// Whether papers are made for this subject, which is the `i`-th of all.
    pub(super) fn will(&self, vorgang: &Vorgang, gegenstand: Gegenstand<'_>, i: usize) -> bool {
        match (self, gegenstand) {
            (Self::Alles, _) => true,
            (Self::Eines { gegenstand, .. }, _) => *gegenstand == i,
            (Self::Nur { vereinbarungen, .. }, Gegenstand::Vereinbarung(_)) => *vereinbarungen,
            (
                Self::Nur { drucksachen, .. },
                Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _),
            ) => {
                let mut alle = vorgang.drucksachen.iter();
                let platz = alle.position(|andere| std::ptr::eq(andere, drucksache));
                platz.is_some_and(|platz| drucksachen.contains(&platz))
            }
        }
    }

    /// Whether papers of this kind are made.
    pub(super) fn will_art(&self, gefragt: &str) -> bool {
        match self {
            Self::Alles | Self::Nur { .. } => true,
            Self::Eines { art, .. } => art == gefragt,
        }
    }
}
