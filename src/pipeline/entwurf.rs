//! A matter up to its papers, before any rule runs and any page is set: for whoever compares many states of it.

use std::collections::BTreeMap;

use super::{Eingabe, Setzer, beiwerk, lies};
use crate::compute;
use crate::diagnostic::Befund;
use crate::diagramm::Diagramm;
use crate::layout::Pictures;
use crate::model::Vorgang;
use crate::source::Sources;
use crate::template::{self, Auswahl, Papier, Texte, Vorlagen};

/// A matter and its papers as Markdown.
#[derive(Debug, Default)]
pub struct Entwurf {
    /// The texts that findings point to.
    pub quellen: Sources,
    /// Faults that keep papers from being made, and what else was seen on the way, sorted by place.
    pub befunde: Vec<Befund>,
    /// The facts; complete only if the papers could be made.
    pub vorgang: Vorgang,
    /// The papers by name; empty if a finding is an error.
    pub papiere: Vec<Papier>,
    /// The charts that papers may show, by file; not drawn yet.
    pub schaubilder: BTreeMap<String, Diagramm>,
}

impl Entwurf {
    /// Whether the papers could be made.
    pub fn ist_gebaut(&self) -> bool {
        !self.befunde.iter().any(Befund::ist_fehler)
    }
}

/// Makes the papers of a matter as Markdown and goes no further.
pub fn entwerfe(eingabe: &Eingabe) -> Entwurf {
    let mut gelesen = lies(eingabe);
    let (vorgang, befunde) = Vorgang::aus(&gelesen.vorgang, &gelesen.stammdaten);
    gelesen.befunde.extend(befunde);
    let (vorlagen, befunde) = Vorlagen::laden(&gelesen.vorlagen);
    gelesen.befunde.extend(befunde);
    let mut papiere = Vec::new();
    let mut schaubilder = BTreeMap::new();
    if !gelesen.befunde.iter().any(Befund::ist_fehler) {
        let zahlen = compute::rechne(&vorgang);
        gelesen.befunde.extend(zahlen.befunde.iter().cloned());
        schaubilder = template::schaubilder(&vorgang, &zahlen);
        let texte = Texte {
            baeume: &gelesen.vorgang,
            dateien: &gelesen.texte,
        };
        let (gemacht, befunde) =
            template::papiere(&vorgang, &zahlen, &vorlagen, texte, &Auswahl::default());
        gelesen.befunde.extend(befunde);
        papiere = gemacht;
    }
    let ergebnis = gelesen.ergebnis(Vec::new(), Vec::new());
    if ergebnis.befunde.iter().any(Befund::ist_fehler) {
        papiere.clear();
        schaubilder.clear();
    }
    Entwurf {
        quellen: ergebnis.quellen,
        befunde: ergebnis.befunde,
        vorgang,
        papiere,
        schaubilder,
    }
}

/// All pictures that papers of a matter may show, by path: its own files, and charts drawn from its values, which win.
pub fn bilder(eingabe: &Eingabe) -> Pictures {
    let entwurf = entwerfe(eingabe);
    let mut bilder = beiwerk(eingabe);
    let papiere: Vec<&Papier> = entwurf.papiere.iter().collect();
    bilder.extend(Setzer::default().diagramme(&entwurf.schaubilder, &papiere));
    bilder
}
