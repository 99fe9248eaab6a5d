//! The titles of papers that others name as annexes: an annex's title comes from the head of its own template.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::engine::Sicht;
use super::super::gedaechtnis::Gemerkt;
use super::super::view::{self, Gegenstand, Titel, VEREINBARUNG};
use super::{Werkstatt, einzeilig, kopf_name};
use crate::diagnostic::{Befund, Stelle};
use crate::input::suggest;
use crate::model::Vereinbarung;

impl Werkstatt<'_> {
    /// Reads the titles of all agreements and of their annexes.
    pub(super) fn titel(&mut self) {
        if !self.befunde.is_empty() {
            return;
        }
        let mut titel = Titel::new();
        for (i, vereinbarung) in self.vorgang.vereinbarungen.values().enumerate() {
            if !self.beipapiere(vereinbarung) {
                continue;
            }
            // While a title is read there are no titles: one that names itself or, in a circle, another finds none.
            let gegenstand = Gegenstand::Vereinbarung(vereinbarung);
            let arten: Vec<_> = vereinbarung
                .anlagen
                .iter()
                .map(|beipapier| view::papierart(&beipapier.papier))
                .chain([VEREINBARUNG.to_owned()])
                .collect();
            let koepfe = arten
                .iter()
                .map(|art| kopf_name(&format!("{art}.md"), "titel"));
            let gelesen: BTreeSet<_> = koepfe
                .flat_map(|kopf| self.engine.gelesene_gruppen(&kopf))
                .collect();
            let fakten = view::fakten_mit(
                &self.vorrat,
                &|gruppe| gelesen.contains(gruppe),
                self.vorgang,
                self.zahlen,
                &Titel::new(),
                gegenstand,
            );
            let frueher = self.frueheres.as_ref();
            let frueher = frueher.and_then(|frueheres| frueheres.titel.get(i));
            let mut sicht = match Sicht::aus(&fakten, frueher) {
                Ok(sicht) => sicht,
                Err(befund) => {
                    self.befunde.push(befund);
                    return;
                }
            };
            if self.neues.is_some() {
                sicht.zettel.schreibe_mit();
            }
            for art in arten {
                match self
                    .engine
                    .render(&kopf_name(&format!("{art}.md"), "titel"), &sicht)
                {
                    Ok(text) => {
                        titel.insert((vereinbarung.schluessel.clone(), art), einzeilig(&text));
                    }
                    Err(befund) => self.befunde.push(befund),
                }
            }
            if let Some((neues, liest)) = &mut self.neues {
                let gemerkt = Gemerkt::aus(fakten, sicht, Arc::clone(liest));
                neues.titel.push(Arc::new(gemerkt));
            }
        }
        self.titel = titel;
    }

    /// Whether each annex of an agreement is a paper that some template makes, other than the agreement itself.
    fn beipapiere(&mut self, vereinbarung: &Vereinbarung) -> bool {
        let vorher = self.befunde.len();
        for (i, beipapier) in vereinbarung.anlagen.iter().enumerate() {
            let stelle = Stelle::Route(vereinbarung.route.feld("anlagen").index(i).feld("papier"));
            let art = view::papierart(&beipapier.papier);
            let doppelt = vereinbarung
                .anlagen
                .iter()
                .take(i)
                .any(|andere| andere.papier == beipapier.papier);
            if art == VEREINBARUNG {
                self.befunde.push(
                    Befund::fehler(
                        "anlage-im-kreis",
                        stelle,
                        "die Vereinbarung ist hier ihre eigene Anlage",
                    )
                    .abhilfe("den Eintrag löschen oder ein anderes Papier nennen"),
                );
            } else if doppelt {
                self.befunde.push(
                    Befund::fehler(
                        "doppelte-anlage",
                        stelle,
                        format!("die Anlage „{}“ steht hier zweimal", beipapier.papier),
                    )
                    .abhilfe("einen der beiden Einträge löschen"),
                );
            } else if !self.ist_papierart(&art) {
                let arten = self
                    .vorlagen
                    .iter()
                    .filter(|(_, vorlage)| vorlage.kopf.is_some());
                let arten: Vec<_> = arten
                    .map(|(name, _)| name.trim_end_matches(".md"))
                    .collect();
                let abhilfe = match suggest::nearest(&art, arten.iter().copied()) {
                    Some(aehnlich) => format!("meinten Sie „{aehnlich}“?"),
                    None => format!(
                        "eine Vorlage templates/{art}.md anlegen; vorhanden sind: {}",
                        arten.join(", ")
                    ),
                };
                self.befunde.push(
                    Befund::fehler(
                        "unbekanntes-papier",
                        stelle,
                        format!("zur Anlage „{}“ gibt es keine Vorlage", beipapier.papier),
                    )
                    .abhilfe(abhilfe),
                );
            }
        }
        self.befunde.len() == vorher
    }

    fn ist_papierart(&self, art: &str) -> bool {
        let name = format!("{art}.md");
        self.vorlagen
            .iter()
            .any(|(vorhanden, vorlage)| vorhanden == name && vorlage.kopf.is_some())
    }
}
