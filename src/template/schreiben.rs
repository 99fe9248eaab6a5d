//! Writes all papers of a matter: prose first, which sees the facts; then the papers, which see the prose too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::abdeckung::Abdeckung;
use super::auswahl::{Ausschnitt, Auswahl};
use super::engine::{Engine, Sicht, Wert};
use super::gedaechtnis::{Gedaechtnis, Gemerkt, Lesende};
use super::papier::{self, Bezug, MitBefunden, Papier};
use super::prosa;
use super::view::geteilt::Vorrat;
use super::view::{self, Gegenstand, Titel};
use super::vorlage::{Je, Kopf, Vorlagen};
use crate::compute::Zahlen;
use crate::diagnostic::{Befund, Stelle};
use crate::input::Tree;
use crate::markdown::front::FrontMatter;
use crate::model::anlage::Inhalt;
use crate::model::text::Prosa;
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Drucksache, Vorgang};
use crate::recht::Gesetz;
use crate::source::Source;

mod druckstock;
mod kopf;
mod laden;
mod titel;

pub use druckstock::{Druckstock, lies_eingebaute, lies_form};
use laden::{kopf_name, praeambel_route, prosa_name, titel_name};

/// What the authors wrote: YAML with prose in it, and text files.
#[derive(Debug, Clone, Copy)]
pub struct Texte<'a> {
    /// The YAML files of the matter.
    pub baeume: &'a [Tree],
    /// The text files of the matter by their path inside it: `texte/sachbericht.md`.
    pub dateien: &'a BTreeMap<String, Source>,
}

/// All papers of a matter, sorted by name. A paper that cannot be made is a finding.
pub fn papiere(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
    auswahl: &Auswahl,
) -> (Vec<Papier>, Vec<Befund>) {
    let (papiere, befunde, _) = papiere_und_druckstock(vorgang, zahlen, vorlagen, texte, auswahl);
    (papiere, befunde)
}

/// As [`papiere`], and what they were made with, for whoever makes them again with other values.
pub fn papiere_und_druckstock(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
    auswahl: &Auswahl,
) -> (Vec<Papier>, Vec<Befund>, Druckstock) {
    let druckstock = Druckstock::eingebauter();
    let werkstatt = Werkstatt::bereit(vorgang, zahlen, vorlagen, texte, druckstock);
    werkstatt.schreibe(auswahl)
}

/// The papers of a part of a matter, with templates that are ready; prose that differs from theirs is read anew.
pub fn papiere_mit(
    druckstock: Druckstock,
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
    ausschnitt: &Ausschnitt,
) -> (Vec<Papier>, Vec<Befund>) {
    let mut werkstatt = Werkstatt::bereit(vorgang, zahlen, vorlagen, texte, druckstock);
    werkstatt.ausschnitt = ausschnitt.fuer(vorgang);
    let (papiere, befunde, _) = werkstatt.schreibe(&Auswahl::default());
    (papiere, befunde)
}

/// Which places of the templates the papers of a matter reach.
pub fn abdeckung(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
) -> Abdeckung {
    let druckstock = Druckstock {
        engine: Engine::messend(),
        gedaechtnis: None,
    };
    let mut werkstatt = Werkstatt::bereit(vorgang, zahlen, vorlagen, texte, druckstock);
    if werkstatt.befunde.is_empty() {
        werkstatt.alle(&Auswahl::default());
    }
    Abdeckung::aus(vorlagen, &werkstatt.engine)
}

/// For so many subjects facts lie ready at once, so that a large matter does not fill the memory.
const ZUGLEICH: usize = 16;

/// A template with the subject that it makes a paper for.
struct Auftrag<'a> {
    vorlage: &'a str,
    kopf: &'a Kopf,
    /// Kind of paper: the name of the template, or of the one that it stands in for.
    art: &'a str,
    gegenstand: Gegenstand<'a>,
    sicht: &'a Sicht,
}

/// What was printed for a subject.
#[derive(Default)]
struct Gedruckt {
    papiere: Vec<Papier>,
    befunde: Vec<Befund>,
    /// What it was made of, where that is kept.
    gemerkt: Option<Gemerkt>,
}

/// All that is at hand while papers are made.
pub(super) struct Werkstatt<'a> {
    pub(super) vorgang: &'a Vorgang,
    zahlen: &'a Zahlen<'a>,
    pub(super) vorlagen: &'a Vorlagen,
    pub(super) texte: Texte<'a>,
    engine: Engine,
    /// Views that several papers share.
    vorrat: Arc<Vorrat>,
    /// The facts of another state, as far as they are known.
    frueheres: Option<Arc<Gedaechtnis>>,
    /// The facts of this state, where they are to be kept.
    neues: Option<(Gedaechtnis, Arc<Lesende>)>,
    /// What papers are made of.
    ausschnitt: Ausschnitt,
    /// The laws that papers may cite.
    gesetze: &'a BTreeMap<String, Gesetz>,
    /// The titles of the papers that others name as annexes.
    titel: Titel,
    pub(super) befunde: Vec<Befund>,
}

impl<'a> Werkstatt<'a> {
    fn neu(
        vorgang: &'a Vorgang,
        zahlen: &'a Zahlen<'a>,
        vorlagen: &'a Vorlagen,
        texte: Texte<'a>,
        engine: Engine,
    ) -> Self {
        Self {
            vorgang,
            zahlen,
            vorlagen,
            texte,
            engine,
            vorrat: Arc::default(),
            frueheres: None,
            neues: None,
            ausschnitt: Ausschnitt::Alles,
            gesetze: &vorgang.recht.gesetze,
            titel: Titel::new(),
            befunde: Vec::new(),
        }
    }

    /// With templates and prose loaded, and the titles of annexes known; what is wrong with them is among the findings.
    fn bereit(
        vorgang: &'a Vorgang,
        zahlen: &'a Zahlen<'a>,
        vorlagen: &'a Vorlagen,
        texte: Texte<'a>,
        druckstock: Druckstock,
    ) -> Self {
        let mut werkstatt = Self::neu(vorgang, zahlen, vorlagen, texte, druckstock.engine);
        if let Some(frueheres) = druckstock.gedaechtnis {
            werkstatt.vorrat = Arc::new(Vorrat::neben(Arc::clone(&frueheres.vorrat)));
            werkstatt.frueheres = Some(frueheres);
        }
        werkstatt.lade();
        werkstatt.hausstile();
        werkstatt.titel();
        werkstatt
    }

    /// All papers, what was found, and what they were made with.
    fn schreibe(mut self, auswahl: &Auswahl) -> (Vec<Papier>, Vec<Befund>, Druckstock) {
        if !self.befunde.is_empty() {
            let druckstock = Druckstock {
                engine: self.engine,
                gedaechtnis: self.frueheres,
            };
            return (Vec::new(), self.befunde, druckstock);
        }
        let mut papiere = self.alle(auswahl);
        papiere.sort_by(|a, b| a.name.cmp(&b.name));
        self.gleiche_namen(&mut papiere);
        self.verwaiste_prosa(&papiere);
        let druckstock = Druckstock {
            engine: self.engine,
            gedaechtnis: self.frueheres,
        };
        (papiere, self.befunde, druckstock)
    }

    fn alle(&mut self, auswahl: &Auswahl) -> Vec<Papier> {
        let mut papiere = Vec::new();
        let alle = gegenstaende(self.vorgang).into_iter().enumerate();
        let alle: Vec<_> = alle
            .filter(|(i, gegenstand)| self.ausschnitt.will(self.vorgang, *gegenstand, *i))
            .collect();
        for gegenstaende in alle.chunks(ZUGLEICH) {
            let gedruckt: Vec<_> = gegenstaende
                .par_iter()
                .map(|(i, gegenstand)| self.zu(*i, *gegenstand, auswahl))
                .collect();
            for gedruckt in gedruckt {
                papiere.extend(gedruckt.papiere);
                self.befunde.extend(gedruckt.befunde);
                if let Some((neues, _)) = &mut self.neues {
                    neues.gegenstaende.extend(gedruckt.gemerkt.map(Arc::new));
                }
            }
        }
        papiere
    }

    /// The papers for a subject, the `i`-th of all.
    fn zu(&self, i: usize, gegenstand: Gegenstand<'a>, auswahl: &Auswahl) -> Gedruckt {
        let gelesen = self.gelesene_gruppen(gegenstand);
        let fakten = view::fakten_mit(
            &self.vorrat,
            &|gruppe| gelesen.contains(gruppe),
            self.vorgang,
            self.zahlen,
            &self.titel,
            gegenstand,
        );
        let frueher = self.frueheres.as_ref();
        let frueher = frueher.and_then(|frueheres| frueheres.gegenstaende.get(i));
        let mut sicht = match Sicht::aus(&fakten, frueher) {
            Ok(sicht) => sicht,
            Err(befund) => {
                return Gedruckt {
                    befunde: vec![befund],
                    ..Gedruckt::default()
                };
            }
        };
        let liest = self.neues.as_ref().map(|(_, liest)| Arc::clone(liest));
        if liest.is_some() {
            sicht.zettel.schreibe_mit();
        }
        let anfangs = liest.map(|liest| (sicht.clone(), liest));
        let mut gedruckt = self.drucke(gegenstand, sicht, auswahl);
        gedruckt.gemerkt = anfangs.map(|(anfangs, liest)| Gemerkt::aus(fakten, anfangs, liest));
        gedruckt
    }

    /// The groups of the facts that anything reads from which a paper for the subject is made, and those to which its prose
    /// comes.
    fn gelesene_gruppen(&self, gegenstand: Gegenstand<'_>) -> BTreeSet<&'static str> {
        let fremde: BTreeSet<&str> = self
            .vorlagen
            .iter()
            .filter(|(name, vorlage)| {
                let kopf = vorlage.kopf.as_ref();
                kopf.is_some_and(|kopf| {
                    let art = kopf.vertritt.as_deref().unwrap_or(name);
                    let art = art.trim_end_matches(".md");
                    !passt(kopf, gegenstand) || !self.ausschnitt.will_art(art)
                })
            })
            .map(|(name, _)| name)
            .collect();
        self.engine
            .namen()
            .filter(|name| !fremde.contains(name.split('#').next().unwrap_or_default()))
            .flat_map(|name| self.engine.gelesene_gruppen(name))
            .chain(["drucksache", "vereinbarung", "anlage"])
            .collect()
    }

    /// The papers for a subject of which these are the facts.
    fn drucke(&self, gegenstand: Gegenstand<'a>, fakten: Sicht, auswahl: &Auswahl) -> Gedruckt {
        let mut gedruckt = Gedruckt::default();
        let Some(sicht) = self.sicht(gegenstand, fakten, &mut gedruckt.befunde) else {
            return gedruckt;
        };
        let auftraege: Vec<_> = self
            .vorlagen
            .iter()
            .filter_map(|(name, vorlage)| {
                let kopf = vorlage.kopf.as_ref()?;
                if kopf.vertritt.is_some() || !passt(kopf, gegenstand) {
                    return None;
                }
                let art = name.trim_end_matches(".md");
                if !self.ausschnitt.will_art(art) {
                    return None;
                }
                let (name, vorlage) = self.vertretung(art, gegenstand).unwrap_or((name, vorlage));
                Some(Auftrag {
                    vorlage: name,
                    kopf: vorlage.kopf.as_ref()?,
                    art,
                    gegenstand,
                    sicht: &sicht,
                })
            })
            .collect();
        let papiere: Vec<_> = auftraege
            .par_iter()
            .map(|auftrag| self.papier(auftrag, auswahl))
            .collect();
        for papier in papiere {
            match papier {
                Ok(None) => {}
                Ok(Some(MitBefunden { papier, befunde })) => {
                    gedruckt.papiere.push(papier);
                    gedruckt.befunde.extend(befunde);
                }
                Err(befund) => gedruckt.befunde.push(befund),
            }
        }
        gedruckt
    }

    /// The facts with the subject's titles and prose; `None` if these cannot be made.
    fn sicht(
        &self,
        gegenstand: Gegenstand<'_>,
        mut fakten: Sicht,
        befunde: &mut Vec<Befund>,
    ) -> Option<Sicht> {
        let drucksache = match gegenstand {
            Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => drucksache,
            Gegenstand::Vereinbarung(vereinbarung) => {
                return self.mit_praeambel(fakten, vereinbarung, befunde);
            }
        };
        let titel = self.drucksachentitel(drucksache, &fakten, befunde)?;
        fakten.ergaenze("drucksache", titel);
        let felder = prosa::felder(drucksache);
        let mut texte = Vec::new();
        for feld in &felder {
            let name = match feld.prosa {
                Prosa::Datei(pfad) => pfad.clone(),
                Prosa::Text(_) => prosa_name(&feld.route),
            };
            match self.engine.render(&name, &fakten) {
                Ok(text) => texte.push((feld.platz, text.trim_end().to_owned())),
                Err(befund) => befunde.push(befund),
            }
        }
        if texte.len() < felder.len() {
            return None;
        }
        prosa::ergaenze(&mut fakten, gegenstand, texte);
        Some(fakten)
    }

    /// The titles as they read with this matter's facts.
    fn drucksachentitel(
        &self,
        drucksache: &Drucksache,
        fakten: &Sicht,
        befunde: &mut Vec<Befund>,
    ) -> Option<Vec<(String, Wert)>> {
        let render = |feld| {
            self.engine
                .render(&titel_name(&drucksache.route.feld(feld)), fakten)
                .map(|text| text.trim().to_owned())
        };
        let titel = render("titel");
        let kurztitel = match drucksache.kurztitel {
            Some(_) => render("kurztitel"),
            None => titel.clone(),
        };
        match (titel, kurztitel) {
            (Ok(titel), Ok(kurztitel)) => Some(vec![
                ("titel".to_owned(), Wert::Daten(titel)),
                ("kurztitel".to_owned(), Wert::Daten(einzeilig(&kurztitel))),
            ]),
            (titel, kurztitel) => {
                befunde.extend(titel.err());
                befunde.extend(kurztitel.err());
                None
            }
        }
    }

    /// The facts with the agreement's preamble; `None` if it cannot be made.
    fn mit_praeambel(
        &self,
        mut fakten: Sicht,
        vereinbarung: &Vereinbarung,
        befunde: &mut Vec<Befund>,
    ) -> Option<Sicht> {
        let text = match &vereinbarung.praeambel {
            None => Ok(String::new()),
            Some(Prosa::Datei(pfad)) => self.engine.render(pfad, &fakten),
            Some(Prosa::Text(_)) => self
                .engine
                .render(&prosa_name(&praeambel_route(vereinbarung)), &fakten),
        };
        match text {
            Ok(text) => {
                let praeambel = Wert::Prosa(text.trim_end().to_owned());
                fakten.ergaenze("vereinbarung", vec![("praeambel".to_owned(), praeambel)]);
                Some(fakten)
            }
            Err(befund) => {
                befunde.push(befund);
                None
            }
        }
    }

    /// One paper; `None` if its template's condition does not hold.
    fn papier(
        &self,
        auftrag: &Auftrag<'_>,
        auswahl: &Auswahl,
    ) -> Result<Option<MitBefunden>, Befund> {
        let feld = |feld| {
            self.engine
                .render(&kopf_name(auftrag.vorlage, feld), auftrag.sicht)
        };
        if auftrag.kopf.wenn.is_some() && feld("wenn")?.is_empty() {
            return Ok(None);
        }
        let name = einzeilig(&feld("datei")?);
        if !ist_dateiname(&name) {
            return Err(Befund::fehler(
                "ungueltiger-dateiname",
                self.vorlagen.stelle(auftrag.vorlage, "datei"),
                format!("„{name}“ taugt nicht als Name einer Datei"),
            )
            .abhilfe("nur Buchstaben ohne Umlaute, Ziffern und Bindestriche verwenden"));
        }
        let kurztitel = match auftrag.kopf.kurztitel {
            Some(_) => Some(einzeilig(&feld("kurztitel")?)),
            None => None,
        };
        let front = FrontMatter {
            titel: Some(einzeilig(&feld("titel")?)),
            kurztitel,
            ..self.front(auftrag)
        };
        let front = FrontMatter {
            entwurf: front.entwurf || auswahl.entwurf,
            ..front
        };
        let roh = self.engine.render(auftrag.vorlage, auftrag.sicht)?;
        let rechtsstand = self.rechtsstand(auftrag)?;
        let zitate = self.zitate(auftrag, rechtsstand);
        let zettel = &auftrag.sicht.zettel;
        let text = zettel.text(auftrag.vorlage, &roh, &zitate);
        let text = text.unwrap_or_else(|| {
            let text = papier::fertig(&roh, &|nummer| self.engine.ursprung(nummer), &zitate);
            zettel.merke_text(auftrag.vorlage, &zitate, &text);
            text
        });
        let MitBefunden {
            papier,
            mut befunde,
        } = Papier::aus(
            name,
            auftrag.art,
            (bezug(auftrag.gegenstand), auftrag.kopf.gesamt, rechtsstand),
            front,
            text,
        );
        for befund in &mut befunde {
            match &befund.stelle {
                // Where data came from is known to who has all files.
                Stelle::Papier(bereich) if papier.ausdruck(bereich).is_some() => {
                    befund.stelle = Stelle::ImPapier {
                        papier: papier.name.as_str().into(),
                        bereich: bereich.clone(),
                    };
                }
                _ => papier.verorte(befund),
            }
        }
        Ok(Some(MitBefunden { papier, befunde }))
    }

    /// Two papers of one name would be one file: only the first stays.
    fn gleiche_namen(&mut self, papiere: &mut Vec<Papier>) {
        papiere.dedup_by(|b, a| {
            let gleich = a.name == b.name;
            if gleich {
                self.befunde.push(
                    Befund::fehler(
                        "gleicher-dateiname",
                        self.vorlagen.stelle(&format!("{}.md", b.art), "datei"),
                        format!("zwei Papiere heißen „{}“", b.name),
                    )
                    .abhilfe("im Kopf der Vorlage unter `datei` etwas Unterscheidendes aufnehmen, etwa die Nummer"),
                );
            }
            gleich
        });
    }
}

/// All that papers are made for: the Drucksachen with those of their annexes that are texts, then the agreements.
pub(super) fn gegenstaende(vorgang: &Vorgang) -> Vec<Gegenstand<'_>> {
    let mut gegenstaende = Vec::new();
    for drucksache in &vorgang.drucksachen {
        gegenstaende.push(Gegenstand::Drucksache(drucksache));
        for (i, anlage) in drucksache.anlagen.iter().enumerate() {
            if matches!(anlage.inhalt, Inhalt::Text { .. }) {
                gegenstaende.push(Gegenstand::Anlage(drucksache, i));
            }
        }
    }
    let vereinbarungen = vorgang.vereinbarungen.values();
    gegenstaende.extend(vereinbarungen.map(Gegenstand::Vereinbarung));
    gegenstaende
}

/// Whether the template makes papers for subjects of this kind.
fn passt(kopf: &Kopf, gegenstand: Gegenstand<'_>) -> bool {
    match gegenstand {
        Gegenstand::Drucksache(_) => kopf.je == Je::Drucksache,
        Gegenstand::Vereinbarung(_) => kopf.je == Je::Vereinbarung,
        Gegenstand::Anlage(..) => kopf.je == Je::Anlage,
    }
}

/// What a paper for a subject is said to be made for.
pub(super) fn bezug(gegenstand: Gegenstand<'_>) -> Bezug {
    match gegenstand {
        Gegenstand::Drucksache(drucksache) => Bezug::Drucksache(drucksache.nummer.clone()),
        Gegenstand::Vereinbarung(vereinbarung) => {
            Bezug::Vereinbarung(vereinbarung.schluessel.clone())
        }
        Gegenstand::Anlage(drucksache, i) => Bezug::Anlage(drucksache.nummer.clone(), i),
    }
}

fn einzeilig(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ist_dateiname(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && !name.starts_with('-')
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}
