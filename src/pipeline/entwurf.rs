//! A matter up to its papers, before any rule runs and any page is set: for whoever compares many states of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Eingabe, Gelesen, Setzer, beiwerk, lies};
use crate::check::{self, Lage};
use crate::compute::{self, Zahlen};
use crate::diagnostic::{Befund, Route};
use crate::diagramm::Diagramm;
use crate::gesamt;
use crate::input::Tree;
use crate::input::tree::Angabe;
use crate::layout::Pictures;
use crate::model::Vorgang;
use crate::source::{FileName, Sources};
use crate::template::{self, Ausschnitt, Auswahl, Druckstock, Papier, Texte, Vorlagen};

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
    entwerfe_mit(eingabe, &Auswahl::default())
}

/// As [`entwerfe`], with the papers that are chosen: those that join others too, if that is wanted.
pub fn entwerfe_mit(eingabe: &Eingabe, auswahl: &Auswahl) -> Entwurf {
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
        let (gemacht, befunde) = template::papiere(&vorgang, &zahlen, &vorlagen, texte, auswahl);
        gelesen.befunde.extend(befunde);
        papiere = gemacht;
        if auswahl.gesamt {
            let (ganze, befunde) = gesamt::gesamt(&vorgang, &papiere);
            gelesen.befunde.extend(befunde);
            papiere.extend(ganze);
            papiere.sort_by(|a, b| a.name.cmp(&b.name));
        }
        papiere.retain(|papier| auswahl.will(papier));
    }
    let ergebnis = gelesen.ohne_papiere();
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

/// A matter whose papers are made again and again, each time with another value somewhere: files and templates are read
/// once.
pub struct Werkbank {
    gelesen: Gelesen,
    vorlagen: Vorlagen,
    druckstock: Druckstock,
    vorgang: Vorgang,
    alle: Vec<Papier>,
    /// The one paper that is asked for, if it is only one.
    eines: Option<Vec<Papier>>,
    ausschnitt: Ausschnitt,
    /// The files of the templates that the program ships.
    eingebaute: BTreeSet<FileName>,
}

/// A value that is another one for a trial: its place, and what stands there instead; `None` where the entry or item is
/// taken out.
pub type Tausch = (Route, Option<Angabe>);

/// What becomes of papers with other values.
#[derive(Debug, PartialEq, Eq)]
pub struct Probedruck<'w> {
    /// The papers as they are: those that were to be made anew, and perhaps others.
    pub alte: &'w [Papier],
    /// The papers with the other values.
    pub neue: Vec<Papier>,
    /// The errors that kept some of them from being made.
    pub befunde: Vec<Befund>,
}

impl Werkbank {
    /// Reads a matter and makes its papers.
    ///
    /// # Errors
    /// The draft with its findings, if the papers cannot be made.
    pub fn neu(eingabe: &Eingabe) -> Result<Self, Box<Entwurf>> {
        let entwurf = entwerfe(eingabe);
        if !entwurf.ist_gebaut() {
            return Err(Box::new(entwurf));
        }
        let gelesen = lies(eingabe);
        let (vorlagen, _) = Vorlagen::laden(&gelesen.vorlagen);
        let druckstock = {
            let zahlen = compute::rechne(&entwurf.vorgang);
            let texte = Texte {
                baeume: &gelesen.vorgang,
                dateien: &gelesen.texte,
            };
            Druckstock::neu(&entwurf.vorgang, &zahlen, &vorlagen, texte)
        };
        Ok(Self {
            gelesen,
            vorlagen,
            druckstock,
            vorgang: entwurf.vorgang,
            alle: entwurf.papiere,
            eines: None,
            ausschnitt: Ausschnitt::Alles,
            eingebaute: Vorlagen::eingebaut().map(|(_, q)| q.name).collect(),
        })
    }

    /// The same for one paper: no other is asked for, and made anew only where one cannot tell without. All of them if it
    /// has no such paper.
    #[must_use]
    pub fn nur(mut self, papier: &str) -> Self {
        if let Some(papier) = self.alle.iter().find(|da| da.name == papier) {
            self.ausschnitt = Ausschnitt::eines(&self.vorgang, papier);
            self.eines = Some(vec![papier.clone()]);
        }
        self
    }

    /// The same, but each state is made from nothing.
    #[cfg(test)]
    pub(crate) fn vergesslich(mut self) -> Self {
        self.druckstock = self.druckstock.vergesslich();
        self
    }

    /// The YAML files: those of the matter, then those of the base data.
    pub fn baeume(&self) -> (&[Tree], &[Tree]) {
        (&self.gelesen.vorgang, &self.gelesen.stammdaten)
    }

    /// All texts that were read, the templates among them.
    pub fn quellen(&self) -> &Sources {
        &self.gelesen.quellen
    }

    /// The papers as they are, by name: those that are asked for.
    pub fn papiere(&self) -> &[Papier] {
        self.eines.as_deref().unwrap_or(&self.alle)
    }

    /// The facts as they are.
    pub fn vorgang(&self) -> &Vorgang {
        &self.vorgang
    }

    /// Computes the values as they are.
    pub fn zahlen(&self) -> Zahlen<'_> {
        compute::rechne(&self.vorgang)
    }

    /// What becomes of the papers with other values; `None` if the facts themselves are at fault.
    pub fn mit(&self, tausche: &[Tausch]) -> Option<Probedruck<'_>> {
        self.gebaut(tausche, |vorgang, _, neue, befunde| Probedruck {
            alte: match self.ausschnitt.fuer(vorgang) {
                Ausschnitt::Alles => &self.alle,
                _ => self.papiere(),
            },
            neue,
            befunde,
        })
    }

    /// Whether with other values there is no such paper, and nothing is wrong with it.
    pub fn entfaellt(&self, papier: &Papier, tausche: &[Tausch]) -> bool {
        let eines = Ausschnitt::eines(&self.vorgang, papier);
        let entfaellt = drucke_neu(
            &self.gelesen,
            &self.vorlagen,
            &self.druckstock,
            &eines,
            tausche,
            |_, _, neue, befunde| neue.is_empty() && befunde.is_empty(),
        );
        entfaellt == Some(true)
    }

    /// What the rules find with other values, by name and text; `None` if such a matter cannot be built.
    pub fn pruefe_mit(&self, tausche: &[Tausch]) -> Option<BTreeSet<(String, String)>> {
        self.gebaut(tausche, |vorgang, zahlen, papiere, befunde| {
            let gefunden = check::pruefe(&Lage::neu(vorgang, zahlen, &papiere));
            let namen = gefunden.into_iter();
            let namen = namen
                .map(|befund| (befund.regel.to_owned(), befund.text))
                .collect();
            befunde.is_empty().then_some(namen)
        })?
    }

    /// The errors of the facts and of what is computed from them with other values, before any paper is made; `None` if
    /// one of the values cannot be put in its place.
    pub fn fehler_mit(&self, tausche: &[Tausch]) -> Option<Vec<Befund>> {
        let (eigene, stamm) = getauscht(&self.gelesen, tausche)?;
        let (vorgang, mut befunde) = Vorgang::aus(&eigene, &stamm);
        befunde.retain(Befund::ist_fehler);
        if befunde.is_empty() {
            befunde = compute::rechne(&vorgang).befunde;
            befunde.retain(Befund::ist_fehler);
        }
        Some(befunde)
    }

    /// Whether this is the name of a template that the program ships, and no file of the matter or its base data.
    pub fn ist_eingebaut(&self, datei: &str) -> bool {
        self.eingebaute.contains(datei)
            && !self
                .gelesen
                .vorlagen
                .iter()
                .any(|(_, quelle)| *quelle.name == *datei)
    }

    fn gebaut<T>(
        &self,
        tausche: &[Tausch],
        nimm: impl FnOnce(&Vorgang, &Zahlen<'_>, Vec<Papier>, Vec<Befund>) -> T,
    ) -> Option<T> {
        drucke_neu(
            &self.gelesen,
            &self.vorlagen,
            &self.druckstock,
            &self.ausschnitt,
            tausche,
            nimm,
        )
    }
}

/// Makes the papers of a part of a matter with other values; `nimm` gets the facts, what comes of them, and the errors that kept
/// some of the papers from being made. `None` if the facts themselves are at fault.
pub(super) fn drucke_neu<T>(
    gelesen: &Gelesen,
    vorlagen: &Vorlagen,
    druckstock: &Druckstock,
    ausschnitt: &Ausschnitt,
    tausche: &[Tausch],
    nimm: impl FnOnce(&Vorgang, &Zahlen<'_>, Vec<Papier>, Vec<Befund>) -> T,
) -> Option<T> {
    let (eigene, stamm) = getauscht(gelesen, tausche)?;
    let sauber = |befunde: &[Befund]| !befunde.iter().any(Befund::ist_fehler);
    let (vorgang, befunde) = Vorgang::aus(&eigene, &stamm);
    if !sauber(&befunde) {
        return None;
    }
    let zahlen = compute::rechne(&vorgang);
    if !sauber(&zahlen.befunde) {
        return None;
    }
    let texte = Texte {
        baeume: &eigene,
        dateien: &gelesen.texte,
    };
    let (papiere, mut befunde) = template::papiere_mit(
        druckstock.kopie(),
        &vorgang,
        &zahlen,
        vorlagen,
        texte,
        ausschnitt,
    );
    befunde.retain(Befund::ist_fehler);
    Some(nimm(&vorgang, &zahlen, papiere, befunde))
}

/// The files of the matter and of its base data with other values.
fn getauscht(gelesen: &Gelesen, tausche: &[Tausch]) -> Option<(Vec<Tree>, Vec<Tree>)> {
    let tausche_in = |baeume: &[Tree]| -> Option<Vec<Tree>> {
        let mut baeume = baeume.to_vec();
        for (route, neu) in tausche {
            for baum in &mut baeume {
                if baum.source().name == route.datei {
                    baum.replace(route, neu.as_ref())?;
                }
            }
        }
        Some(baeume)
    };
    Some((
        tausche_in(&gelesen.vorgang)?,
        tausche_in(&gelesen.stammdaten)?,
    ))
}
