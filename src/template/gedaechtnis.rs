//! What the papers of one state of a matter were made of: where another state is equal, it need not be made again.
//!
//! Nothing is guessed. A group of the facts is taken over where it is equal; what a template made is taken over where all
//! groups that its text names are equal, those of the templates that it includes among them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;

use super::engine::Sicht;
use super::papier::Text;
use super::view::Fakten;
use super::view::geteilt::Vorrat;
use crate::recht::Zitat;

/// The facts of one state of a matter as its papers saw them, and what became of them.
#[derive(Default)]
pub(super) struct Gedaechtnis {
    pub(super) vorrat: Arc<Vorrat>,
    /// What the titles of agreements were made of, in the order of the agreements.
    pub(super) titel: Vec<Arc<Gemerkt>>,
    /// What the papers of each subject were made of, in their order.
    pub(super) gegenstaende: Vec<Arc<Gemerkt>>,
}

/// What the papers of one subject were made of.
pub(super) struct Gemerkt {
    pub(super) fakten: Fakten,
    /// The same for templates, before titles and prose came to it.
    pub(super) sicht: Sicht,
    verlauf: Verlauf,
    liest: Arc<Lesende>,
}

/// The groups of the facts that the text of each template names.
pub(super) type Lesende = BTreeMap<String, BTreeSet<&'static str>>;

/// What became of the facts of one subject, step by step.
#[derive(Debug, Default)]
struct Verlauf {
    /// The groups to which something came, as they stood afterwards.
    zusaetze: Vec<(String, Value)>,
    /// What each template made.
    ausgaben: BTreeMap<String, String>,
    /// What each paper's text became, with the citations that stand in it.
    texte: BTreeMap<String, (BTreeMap<String, Zitat>, Text)>,
}

/// What is known of another state while the papers of a subject are made, and what is noted of this one.
#[derive(Clone, Default)]
pub(super) struct Merkzettel {
    frueher: Option<Arc<Gemerkt>>,
    /// The groups that are equal to those of the other state.
    gleich: BTreeSet<&'static str>,
    /// How many additions there were.
    zusaetze: usize,
    verlauf: Option<Arc<Mutex<Verlauf>>>,
}

impl Merkzettel {
    /// Beside another state, in which these groups are equal.
    pub(super) fn neben(frueher: Option<&Arc<Gemerkt>>, gleich: BTreeSet<&'static str>) -> Self {
        Self {
            frueher: frueher.cloned(),
            gleich,
            ..Self::default()
        }
    }

    /// Begins to note what becomes of the facts.
    pub(super) fn schreibe_mit(&mut self) {
        self.verlauf = Some(Arc::default());
    }

    /// Something came to a group, which now stands so.
    pub(super) fn ergaenzt(&mut self, gruppe: &str, wert: &Value) {
        self.notiere(|verlauf| verlauf.zusaetze.push((gruppe.to_owned(), wert.clone())));
        let frueher = self.frueher.as_ref();
        let frueher = frueher.and_then(|f| f.verlauf.zusaetze.get(self.zusaetze));
        let ist_gleich = frueher.is_some_and(|(name, da)| name == gruppe && da == wert);
        self.zusaetze += 1;
        if !ist_gleich {
            self.gleich.remove(gruppe);
        }
    }

    /// What the template made of these facts in the other state.
    pub(super) fn ausgabe(&self, vorlage: &str) -> Option<&str> {
        let frueher = self.frueher.as_ref()?;
        let liest = frueher.liest.get(vorlage)?;
        let ausgabe = frueher.verlauf.ausgaben.get(vorlage)?;
        liest.is_subset(&self.gleich).then_some(ausgabe)
    }

    /// Notes what a template made.
    pub(super) fn merke_ausgabe(&self, vorlage: &str, text: &str) {
        self.notiere(|verlauf| {
            verlauf.ausgaben.insert(vorlage.to_owned(), text.to_owned());
        });
    }

    /// What the output of a template became, where it and the citations in it are the same as in the other state.
    pub(super) fn text(
        &self,
        vorlage: &str,
        roh: &str,
        zitate: &BTreeMap<String, Zitat>,
    ) -> Option<Text> {
        let verlauf = &self.frueher.as_ref()?.verlauf;
        let (zitiert, text) = verlauf.texte.get(vorlage)?;
        let ist_gleich =
            verlauf.ausgaben.get(vorlage).is_some_and(|da| da == roh) && zitiert == zitate;
        ist_gleich.then(|| text.clone())
    }

    /// Notes what the output of a template became.
    pub(super) fn merke_text(&self, vorlage: &str, zitate: &BTreeMap<String, Zitat>, text: &Text) {
        self.notiere(|verlauf| {
            let text = (zitate.clone(), text.clone());
            verlauf.texte.insert(vorlage.to_owned(), text);
        });
    }

    fn notiere(&self, was: impl FnOnce(&mut Verlauf)) {
        if let Some(verlauf) = &self.verlauf {
            was(&mut verlauf.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

impl Gemerkt {
    /// What was noted of a subject: its facts as they were at first, and the view that took notes.
    pub(super) fn aus(fakten: Fakten, sicht: Sicht, liest: Arc<Lesende>) -> Self {
        let verlauf = sicht.zettel.verlauf.as_ref().map(|verlauf| {
            let mut verlauf = verlauf.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *verlauf)
        });
        Self {
            fakten,
            sicht,
            verlauf: verlauf.unwrap_or_default(),
            liest,
        }
    }
}
