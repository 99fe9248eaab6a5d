//! Loads what a matter's papers are made of: templates, text files, and prose that stands in the YAML.

use std::collections::BTreeSet;

use super::super::engine::{Engine, Quelle};
use super::super::papier::Herkunft;
use super::super::prosa;
use super::super::vorlage::{Kopf, Vorlagen};
use super::Werkstatt;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{Scalar, suggest};
use crate::model::text::Prosa;
use crate::model::{Drucksache, Vereinbarung};
use crate::source::Source;

/// Folder of the text files of a matter.
const TEXTE: &str = "texte/";

impl<'a> Werkstatt<'a> {
    /// Loads templates, text files and all prose that stands in the YAML.
    pub(super) fn lade(&mut self) {
        let genannte = self.genannte_texte();
        // Any other Markdown in the folder, such as a README, is nobody's prose.
        let texte = self.texte.dateien.iter();
        let texte: Vec<_> = texte
            .filter(|(pfad, _)| pfad.starts_with(TEXTE) || genannte.contains(pfad.as_str()))
            .collect();
        for (pfad, datei) in &texte {
            if self.vorlagen.iter().any(|(name, _)| name == *pfad) {
                let stelle = Stelle::Pfad(datei.name.clone());
                let text = format!("die Textdatei „{pfad}“ heißt wie eine Vorlage");
                self.befunde.push(
                    Befund::fehler("textdatei-wie-vorlage", stelle, text)
                        .abhilfe("die Datei umbenennen und in den Ordner texte/ legen"),
                );
            }
        }
        let befunde = lade_vorlagen(&mut self.engine, self.vorlagen, &texte);
        self.befunde.extend(befunde);
        for drucksache in &self.vorgang.drucksachen {
            self.lade_titel(drucksache);
            for feld in prosa::felder(drucksache) {
                self.lade_prosa(&feld.route, feld.prosa);
            }
        }
        for vereinbarung in self.vorgang.vereinbarungen.values() {
            if let Some(praeambel) = &vereinbarung.praeambel {
                self.lade_prosa(&praeambel_route(vereinbarung), praeambel);
            }
        }
        self.befunde.extend(self.engine.unbekannte_namen());
    }

    /// The text files that prose fields name.
    fn genannte_texte(&self) -> BTreeSet<&'a str> {
        let praeambeln = self
            .vorgang
            .vereinbarungen
            .values()
            .filter_map(|v| v.praeambel.as_ref());
        let felder = self.vorgang.drucksachen.iter().flat_map(prosa::felder);
        felder
            .map(|feld| feld.prosa)
            .chain(praeambeln)
            .filter_map(|prosa| match prosa {
                Prosa::Datei(pfad) => Some(pfad.as_str()),
                Prosa::Text(_) => None,
            })
            .collect()
    }

    /// Loads titles: expressions may stand in them, but what comes out is data.
    fn lade_titel(&mut self, drucksache: &Drucksache) {
        for feld in ["titel", "kurztitel"] {
            let route = drucksache.route.feld(feld);
            if let Some(skalar) = self.skalar(&route) {
                let quelle = Quelle {
                    art: Herkunft::Prosa,
                    datei: route.datei.clone(),
                    text: skalar.text().trim(),
                    platz: &|i| skalar.source_offset(i),
                };
                let geladen = self.engine.lade_schlichte(&[(titel_name(&route), quelle)]);
                self.befunde.extend(geladen);
            }
        }
    }

    /// The scalar at a place in the YAML.
    pub(in crate::template) fn skalar(&self, route: &Route) -> Option<&'a Scalar> {
        self.texte
            .baeume
            .iter()
            .filter(|baum| baum.source().name == route.datei)
            .find_map(|baum| baum.node(route)?.scalar())
    }

    fn lade_prosa(&mut self, route: &Route, prosa: &Prosa) {
        match prosa {
            Prosa::Datei(pfad) if !self.texte.dateien.contains_key(pfad) => {
                let aehnlich =
                    suggest::nearest(pfad, self.texte.dateien.keys().map(String::as_str));
                let abhilfe = match aehnlich {
                    Some(aehnlich) => format!("meinten Sie „{aehnlich}“?"),
                    None => "die Datei im Ordner des Vorgangs anlegen oder den Text hier eintragen"
                        .to_owned(),
                };
                self.befunde.push(
                    Befund::fehler(
                        "textdatei-fehlt",
                        Stelle::Route(route.clone()),
                        format!("die Textdatei „{pfad}“ gibt es im Vorgang nicht"),
                    )
                    .abhilfe(abhilfe),
                );
            }
            Prosa::Datei(pfad) => {
                let datei = self.texte.dateien.get(pfad);
                if datei.is_some_and(|datei| datei.text.trim().is_empty()) {
                    let stelle = Stelle::Route(route.clone());
                    let text = format!("die Textdatei „{pfad}“ ist leer");
                    self.befunde.push(
                        Befund::fehler("leere-textdatei", stelle, text)
                            .abhilfe("den Text in die Datei schreiben und sie speichern"),
                    );
                }
            }
            Prosa::Text(_) => {
                if let Some(skalar) = self.skalar(route) {
                    let quelle = Quelle {
                        art: Herkunft::Prosa,
                        datei: route.datei.clone(),
                        text: skalar.text(),
                        platz: &|i| skalar.source_offset(i),
                    };
                    let geladen = self.engine.lade(&prosa_name(route), &quelle);
                    self.befunde.extend(geladen.err());
                }
            }
        }
    }
}

/// Loads templates and the text files beside them, which may include each other, and what stands in the heads of the
/// templates; gives what is wrong with them.
pub(super) fn lade_vorlagen(
    engine: &mut Engine,
    vorlagen: &Vorlagen,
    texte: &[(&String, &Source)],
) -> Vec<Befund> {
    let wie_es_ist = |i| i;
    let plaetze: Vec<_> = vorlagen
        .iter()
        .map(|(_, vorlage)| |i: usize| vorlage.rumpf.start + i)
        .collect();
    let texte = texte.iter().map(|(pfad, datei)| {
        let quelle = Quelle {
            art: Herkunft::Prosa,
            datei: datei.name.clone(),
            text: &datei.text,
            platz: &wie_es_ist,
        };
        ((*pfad).clone(), quelle)
    });
    let ruempfe = vorlagen
        .iter()
        .zip(&plaetze)
        .map(|((name, vorlage), platz)| {
            let quelle = Quelle {
                art: Herkunft::Vorlage,
                datei: vorlage.datei(),
                text: vorlage.text(),
                platz,
            };
            (name.to_owned(), quelle)
        });
    let quellen: Vec<_> = texte.chain(ruempfe).collect();
    let mut befunde = engine.lade_alle(&quellen);
    befunde.extend(lade_koepfe(engine, vorlagen));
    befunde
}

/// Loads what stands in the heads of templates.
fn lade_koepfe(engine: &mut Engine, vorlagen: &Vorlagen) -> Vec<Befund> {
    let felder: Vec<_> = vorlagen
        .iter()
        .flat_map(|(name, vorlage)| {
            let ausdruecke = vorlage.kopf.iter().flat_map(kopf_ausdruecke);
            ausdruecke.map(move |(feld, ausdruck)| {
                let platz = move |i| vorlage.platz(feld, i);
                (kopf_name(name, feld), vorlage.datei(), ausdruck, platz)
            })
        })
        .collect();
    let quellen: Vec<_> = felder
        .iter()
        .map(|(name, datei, ausdruck, platz)| {
            let quelle = Quelle {
                art: Herkunft::Vorlage,
                datei: datei.clone(),
                text: ausdruck,
                platz,
            };
            (name.clone(), quelle)
        })
        .collect();
    engine.lade_schlichte(&quellen)
}

/// The expressions in a template's head, as templates.
fn kopf_ausdruecke(kopf: &Kopf) -> Vec<(&'static str, String)> {
    let mut ausdruecke = vec![("datei", kopf.datei.clone()), ("titel", kopf.titel.clone())];
    ausdruecke.extend(kopf.kurztitel.clone().map(|text| ("kurztitel", text)));
    ausdruecke.extend(kopf.rechtsstand.clone().map(|text| ("rechtsstand", text)));
    ausdruecke.extend(
        kopf.wenn
            .as_ref()
            .map(|bedingung| ("wenn", format!("{{% if {bedingung} %}}ja{{% endif %}}"))),
    );
    ausdruecke
}

pub(super) fn kopf_name(vorlage: &str, feld: &str) -> String {
    format!("{vorlage}#{feld}")
}

pub(super) fn prosa_name(route: &Route) -> String {
    let schritte: Vec<_> = route
        .schritte
        .iter()
        .map(|schritt| format!("{schritt:?}"))
        .collect();
    format!("{}#{}.md", route.datei, schritte.join("."))
}

pub(super) fn titel_name(route: &Route) -> String {
    // Without the ending of Markdown: nothing is escaped.
    prosa_name(route).trim_end_matches(".md").to_owned()
}

pub(super) fn praeambel_route(vereinbarung: &Vereinbarung) -> Route {
    vereinbarung.route.feld("präambel")
}
