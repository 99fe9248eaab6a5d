//! The only stage that knows Tera: marked templates in, marked text out, within budgets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use tera::Tera;

use super::escape;
use super::fehlend;
use super::fehler;
use super::gedaechtnis::Lesende;
use super::instrument::{self, Markiert};
use super::messung::Messung;
use super::papier::Ursprung;
use super::view::form;
use crate::diagnostic::{Befund, Stelle};

mod funktionen;
mod geladen;
mod sicht;

use geladen::Bereit;
pub(super) use geladen::{Geladen, Quelle};
pub(super) use sicht::{Sicht, Wert};

/// How many bytes one template may write, marks included.
const AUSGABE: usize = 8 * 1024 * 1024;

/// More origins than any of the engines has that others are put together from.
const STUECK: usize = 10_000;

/// Templates ready to render.
pub(super) struct Engine {
    /// Our own templates.
    tera: Arc<Tera>,
    /// Engines whose templates are here too.
    stuecke: Vec<&'static Engine>,
    /// Our own origins; their numbers, counted from `basis`, stand in the output.
    urspruenge: Arc<Vec<Ursprung>>,
    basis: usize,
    /// All templates.
    geladen: BTreeMap<String, Arc<Geladen>>,
    /// What was reached, where that is counted.
    messung: Option<Messung>,
    /// What was loaded since this was copied.
    neue: BTreeSet<String>,
}

impl Engine {
    /// An engine without templates, the `i`-th of those that another one will be put together from.
    pub(super) fn stueck(i: usize) -> Self {
        Self {
            basis: i * STUECK,
            ..Self::um(tera())
        }
    }

    /// All templates of some engines, to which others may come.
    pub(super) fn aus(stuecke: Vec<&'static Engine>) -> Self {
        let geladen = stuecke.iter().flat_map(|stueck| &stueck.geladen);
        Self {
            geladen: geladen
                .map(|(name, geladen)| (name.clone(), Arc::clone(geladen)))
                .collect(),
            basis: stuecke.len() * STUECK,
            stuecke,
            ..Self::um(tera())
        }
    }

    /// An engine that counts what of its templates is reached.
    pub(super) fn messend() -> Self {
        let mut tera = tera();
        let messung = Messung::neu(&mut tera);
        Self {
            messung: Some(messung),
            ..Self::um(tera)
        }
    }

    fn um(tera: Tera) -> Self {
        Self {
            tera: Arc::new(tera),
            stuecke: Vec::new(),
            urspruenge: Arc::default(),
            basis: 0,
            geladen: BTreeMap::new(),
            messung: None,
            neue: BTreeSet::new(),
        }
    }

    /// The same templates, to which others may come.
    pub(super) fn kopie(&self) -> Self {
        Self {
            tera: Arc::clone(&self.tera),
            stuecke: self.stuecke.clone(),
            urspruenge: Arc::clone(&self.urspruenge),
            basis: self.basis,
            geladen: self.geladen.clone(),
            messung: None,
            neue: BTreeSet::new(),
        }
    }

    /// Its own origins, each with its number.
    pub(super) fn urspruenge(&self) -> impl Iterator<Item = (usize, &Ursprung)> {
        (self.basis..).zip(self.urspruenge.iter())
    }

    /// The origin of a number in the output.
    pub(super) fn ursprung(&self, nummer: usize) -> Option<&Ursprung> {
        match nummer.checked_sub(self.basis) {
            Some(eigene) => self.urspruenge.get(eigene),
            None => self.stuecke.get(nummer / STUECK)?.ursprung(nummer),
        }
    }

    /// Whether its origins are few enough for others to be put together from it.
    #[cfg(test)]
    pub(super) fn hat_platz(&self) -> bool {
        self.urspruenge.len() < STUECK
    }

    /// Where a template is rendered.
    fn tera_mit(&self, name: &str) -> &Tera {
        let hat = |tera: &Tera| tera.contains_template(name);
        let stuecke = self.stuecke.iter().map(|stueck| stueck.tera.as_ref());
        let fremd = || stuecke.into_iter().find(|tera| hat(tera));
        let eigen = Some(self.tera.as_ref()).filter(|tera| hat(tera));
        eigen.or_else(fremd).unwrap_or(&self.tera)
    }

    /// The templates of other engines that some of ours include: to render them in one go, ours takes them in.
    fn fremde_eingebundene(&self, bereite: &[&Bereit]) -> Vec<(String, String)> {
        let fremd = |name: &str| {
            let mut stuecke = self.stuecke.iter();
            stuecke.any(|stueck| stueck.tera.contains_template(name))
                && !self.tera.contains_template(name)
                && !bereite.iter().any(|bereit| bereit.name == name)
        };
        let genannt = bereite.iter().flat_map(|b| &b.geladen.einbindungen);
        let genannt: BTreeMap<_, _> = genannt
            .flat_map(|(name, _)| self.mit_eingebundenen(name))
            .collect();
        let fremde = genannt.into_iter().filter(|(name, _)| fremd(name));
        fremde
            .map(|(name, geladen)| (name.to_owned(), geladen.markiert.text.clone()))
            .collect()
    }

    /// Whether this very template is loaded under the name.
    fn kennt(&self, name: &str, quelle: &Quelle<'_>) -> bool {
        self.messung.is_none()
            && self
                .geladen
                .get(name)
                .is_some_and(|geladen| geladen.ist(quelle))
    }

    /// What was reached; `None` if nobody counted.
    pub(super) fn messung(&self) -> Option<&Messung> {
        self.messung.as_ref()
    }

    /// Adds a template whose output is Markdown. Its name ends with `.md`.
    pub(super) fn lade(&mut self, name: &str, quelle: &Quelle<'_>) -> Result<(), Befund> {
        if self.kennt(name, quelle) {
            return Ok(());
        }
        let markiert = self.markiere(quelle);
        self.lade_bereites(&Bereit::aus(name, quelle, markiert))
    }

    fn markiere(&mut self, quelle: &Quelle<'_>) -> Markiert {
        let basis = self.basis;
        let urspruenge = Arc::make_mut(&mut self.urspruenge);
        let mut neu = |offset, ausdruck| {
            urspruenge.push(Ursprung {
                art: quelle.art,
                datei: quelle.datei.clone(),
                offset: (quelle.platz)(offset),
                ausdruck,
                laenge: if ausdruck {
                    geladen::laenge(quelle, offset)
                } else {
                    0
                },
            });
            basis + urspruenge.len() - 1
        };
        // A text of many lines stands in its file as it is; where a piece of it does not, it gets an origin of its own.
        let naehte = geladen::naehte(quelle);
        match &mut self.messung {
            None => instrument::markiere(quelle.text, &naehte, &mut neu),
            Some(messung) => {
                instrument::markiere_zweige(quelle.text, &naehte, &mut neu, &mut |offset, art| {
                    messung.zweig(&quelle.datei, (quelle.platz)(offset), art)
                })
            }
        }
    }

    /// Adds templates that may include each other: each with its name, and its output is Markdown.
    pub(super) fn lade_alle(&mut self, quellen: &[(String, Quelle<'_>)]) -> Vec<Befund> {
        let mut bereite = Vec::new();
        for (name, quelle) in quellen {
            if !self.kennt(name, quelle) {
                let markiert = self.markiere(quelle);
                bereite.push(Bereit::aus(name, quelle, markiert));
            }
        }
        if self.lade_zusammen(&mut bereite) {
            return Vec::new();
        }
        let mut offen: Vec<&Bereit> = bereite.iter().collect();
        loop {
            let vorher = offen.len();
            let mut befunde = Vec::new();
            offen.retain(|bereit| match self.lade_bereites(bereit) {
                Ok(()) => false,
                Err(befund) => {
                    befunde.push(befund);
                    true
                }
            });
            if offen.is_empty() || offen.len() == vorher {
                let offene: Vec<&str> = offen.iter().map(|bereit| bereit.name.as_str()).collect();
                return fehler::ohne_folgefehler(befunde, &offene);
            }
        }
    }

    /// Adds templates whose output is plain text: nothing is escaped, no origin is marked.
    pub(super) fn lade_schlichte(&mut self, quellen: &[(String, Quelle<'_>)]) -> Vec<Befund> {
        let mut bereite: Vec<Bereit> = quellen
            .iter()
            .filter(|(name, quelle)| !self.kennt(name, quelle))
            .map(|(name, quelle)| Bereit::aus(name, quelle, Markiert::ohne_marken(quelle.text)))
            .collect();
        if self.lade_zusammen(&mut bereite) {
            return Vec::new();
        }
        let bereite = bereite.iter();
        bereite
            .filter_map(|bereit| self.lade_bereites(bereit).err())
            .collect()
    }

    /// Adds templates that are all sound, in one go: Tera looks at all that it knows again with each addition. Where one
    /// is at fault none is added, and what is at fault shows when they come one by one.
    fn lade_zusammen(&mut self, bereite: &mut Vec<Bereit>) -> bool {
        if bereite.is_empty() {
            return true;
        }
        let unlesbar = bereite.iter().any(|bereit| bereit.uebermass.is_some());
        let fremde = self.fremde_eingebundene(&bereite.iter().collect::<Vec<_>>());
        let fremde = fremde.iter().map(|(name, text)| (name, text));
        let eigene = bereite
            .iter()
            .map(|bereit| (&bereit.name, &bereit.geladen.markiert.text));
        let tera = Arc::make_mut(&mut self.tera);
        if unlesbar || tera.add_raw_templates(fremde.chain(eigene)).is_err() {
            return false;
        }
        for bereit in bereite.drain(..) {
            self.merke(bereit, true);
        }
        true
    }

    fn lade_bereites(&mut self, bereit: &Bereit) -> Result<(), Befund> {
        if let Some((was, tag)) = &bereit.uebermass {
            let stelle = Stelle::Datei {
                datei: bereit.geladen.datei(),
                bereich: tag.clone(),
            };
            return Err(fehler::uebermass(*was, stelle));
        }
        let name = &bereit.name;
        let fremde = self.fremde_eingebundene(&[bereit]);
        let eigene = (name.clone(), bereit.geladen.markiert.text.clone());
        let tera = Arc::make_mut(&mut self.tera);
        let ergebnis = tera.add_raw_templates(fremde.into_iter().chain([eigene]));
        self.merke(bereit.clone(), ergebnis.is_ok());
        ergebnis.map_err(|e| fehler::befund(&e, name, &self.geladen))
    }

    fn merke(&mut self, mut bereit: Bereit, laedt: bool) {
        bereit.geladen.laedt = laedt;
        self.neue.insert(bereit.name.clone());
        self.geladen.insert(bereit.name, Arc::new(bereit.geladen));
    }

    /// The names in what was loaded since this was copied that no facts could answer to, in the order of the files; of
    /// what was there before they are known.
    pub(super) fn unbekannte_namen(&self) -> Vec<Befund> {
        let einbindende = self.geladen.values();
        let einbindende = einbindende.filter(|geladen| !geladen.einbindungen.is_empty());
        let eingebunden: BTreeSet<&str> = einbindende
            .clone()
            .flat_map(|geladen| &geladen.einbindungen)
            .map(|(name, _)| name.as_str())
            .collect();
        // What is included sees the names that are bound around it.
        let gebunden: BTreeSet<String> = einbindende
            .filter_map(|geladen| geladen.namen())
            .flat_map(|namen| namen.gebunden.iter().cloned())
            .collect();
        let keine = BTreeSet::new();
        let mut befunde = Vec::new();
        for (name, geladen) in &self.geladen {
            let fremde = if eingebunden.contains(name.as_str()) {
                &gebunden
            } else if self.neue.contains(name) {
                &keine
            } else {
                continue;
            };
            if let Some(namen) = geladen.namen() {
                let unbekannte = namen.unbekannte(form::fakten(), fremde);
                befunde.extend(unbekannte.iter().map(|unbekannt| {
                    fehler::eingebunden(geladen.unbekannt(unbekannt), name, &self.geladen)
                }));
            }
        }
        befunde
    }

    /// The names of all templates.
    pub(super) fn namen(&self) -> impl Iterator<Item = &str> {
        self.geladen.keys().map(String::as_str)
    }

    /// The groups of the facts that the text of each template names, that of what it includes too.
    pub(super) fn lesende(&self) -> Lesende {
        let namen = self.geladen.keys();
        namen
            .map(|name| (name.clone(), self.gelesene_gruppen(name)))
            .collect()
    }

    /// The groups of the facts that the text of a template names, that of what it includes too.
    pub(super) fn gelesene_gruppen(&self, vorlage: &str) -> BTreeSet<&'static str> {
        let alle = self.mit_eingebundenen(vorlage).into_values();
        alle.flat_map(Geladen::gruppen).copied().collect()
    }

    /// A template and all that it includes, by name.
    fn mit_eingebundenen<'s>(&'s self, vorlage: &'s str) -> BTreeMap<&'s str, &'s Geladen> {
        let mut alle = BTreeMap::new();
        let mut offen = vec![vorlage];
        while let Some(name) = offen.pop() {
            if let Some(geladen) = self.geladen.get(name).filter(|_| !alle.contains_key(name)) {
                alle.insert(name, geladen.as_ref());
                offen.extend(geladen.einbindungen.iter().map(|(name, _)| name.as_str()));
            }
        }
        alle
    }

    /// Whether the template reads as it did in the engine that this is a copy of.
    fn ist_unveraendert(&self, vorlage: &str) -> bool {
        let mut namen = self.mit_eingebundenen(vorlage).into_keys();
        self.neue.is_empty() || !namen.any(|name| self.neue.contains(name))
    }

    /// Renders a template.
    pub(super) fn render(&self, name: &str, sicht: &Sicht) -> Result<String, Befund> {
        let bekannt = sicht.zettel.ausgabe(name);
        if let Some(text) = bekannt.filter(|_| self.ist_unveraendert(name)) {
            return Ok(text.to_owned());
        }
        let text = self.rendere(name, sicht)?;
        sicht.zettel.merke_ausgabe(name, &text);
        Ok(text)
    }

    fn rendere(&self, name: &str, sicht: &Sicht) -> Result<String, Befund> {
        funktionen::volles_budget();
        let mut ausgabe = Begrenzt::default();
        self.tera_mit(name)
            .render_to(name, &sicht.werte, &mut ausgabe)
            .map_err(|e| {
                let befund = fehler::befund(&e, name, &self.geladen);
                self.fehlende_angabe(&e, name, sicht, &befund)
                    .unwrap_or(befund)
            })?;
        let text = String::from_utf8_lossy(&ausgabe.0).into_owned();
        if let Some(messung) = &self.messung {
            messung.lies(&text);
        }
        Ok(text)
    }
}

impl Engine {
    /// The finding on a fact that this matter lacks, where an error comes of that.
    fn fehlende_angabe(
        &self,
        fehler: &tera::Error,
        name: &str,
        sicht: &Sicht,
        befund: &Befund,
    ) -> Option<Befund> {
        let (name, spanne, feld) = fehler::ohne_wert(fehler, name)?;
        let geladen = self.geladen.get(name)?;
        let namen = geladen.namen()?;
        let im_text = geladen.markiert.quelle(spanne.start)..geladen.markiert.quelle(spanne.end);
        // The error marks a part of a path, or what a filter did with it.
        let tag = instrument::tag_um(&geladen.text, im_text.start).unwrap_or(im_text.clone());
        let getroffen = namen.pfade_in(&im_text).into_iter();
        let (pfad, ab) = getroffen
            .chain(namen.pfade_in(&tag))
            .find_map(|pfad| Some((pfad, sicht.fehlt_ab(pfad, feld)?)))?;
        let bereich = fehlend::bereich(pfad)?;
        let stelle = Stelle::Datei {
            datei: geladen.datei(),
            bereich: geladen.in_datei(bereich.start)..geladen.in_datei(bereich.end),
        };
        let bis_ab = pfad
            .get(..=ab)
            .and_then(fehlend::bereich)
            .unwrap_or_else(|| bereich.clone());
        let geschrieben = fehlend::geschrieben(&geladen.text, &bis_ab);
        Some(Befund {
            dazu: befund.dazu.clone(),
            ..fehlend::befund(pfad, ab, geschrieben, stelle)
        })
    }
}

/// Tera with our functions and no templates.
fn tera() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".md"]);
    tera.set_escape_fn(escape::markiere);
    funktionen::registriere(&mut tera);
    tera
}

/// Output that refuses to grow beyond its budget.
#[derive(Default)]
struct Begrenzt(Vec<u8>);

impl Write for Begrenzt {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > AUSGABE {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
