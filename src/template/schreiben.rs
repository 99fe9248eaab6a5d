//! Writes all papers of a matter: prose first, which sees the facts; then the papers, which see the prose too.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::abdeckung::Abdeckung;
use super::engine::{Engine, Quelle, Sicht, Wert};
use super::papier::{self, Bezug, Herkunft, MitBefunden, Papier};
use super::prosa;
use super::view::{self, Gegenstand, Titel};
use super::vorlage::{Je, Kopf, Vorlage, Vorlagen};
use crate::compute::Zahlen;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{Datum, Scalar, Tree, Wertfehler, suggest, umschrift};
use crate::markdown::front::{Absender, FrontMatter, Satz};
use crate::model::anlage::Inhalt;
use crate::model::beratung::Beratungsstatus;
use crate::model::koerperschaft::SatzWahl;
use crate::model::text::Prosa;
use crate::model::vereinbarung::{Status, Vereinbarung};
use crate::model::{Drucksache, Koerperschaft, Vorgang};
use crate::recht::{Gesetz, Zitat};
use crate::source::Source;

mod titel;

/// What the authors wrote: YAML with prose in it, and text files.
#[derive(Debug, Clone, Copy)]
pub struct Texte<'a> {
    /// The YAML files of the matter.
    pub baeume: &'a [Tree],
    /// The text files of the matter by their path inside it: `texte/sachbericht.md`.
    pub dateien: &'a BTreeMap<String, Source>,
}

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
    let werkstatt = Werkstatt::bereit(vorgang, zahlen, vorlagen, texte, Engine::neu());
    werkstatt.schreibe(auswahl)
}

/// Templates and prose ready to render, for whoever writes the papers of many states of one matter.
pub struct Druckstock(Engine);

impl Druckstock {
    /// The templates and the prose of a matter.
    pub fn neu(
        vorgang: &Vorgang,
        zahlen: &Zahlen<'_>,
        vorlagen: &Vorlagen,
        texte: Texte<'_>,
    ) -> Self {
        let mut werkstatt = Werkstatt::neu(vorgang, zahlen, vorlagen, texte, Engine::neu());
        werkstatt.lade();
        Self(werkstatt.engine)
    }

    /// A copy to write one state with; copies may be used at the same time.
    pub fn kopie(&self) -> Self {
        Self(self.0.kopie())
    }
}

/// As [`papiere`], with templates that are ready; prose that differs from theirs is read anew.
pub fn papiere_mit(
    druckstock: Druckstock,
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
    auswahl: &Auswahl,
) -> (Vec<Papier>, Vec<Befund>) {
    let werkstatt = Werkstatt::bereit(vorgang, zahlen, vorlagen, texte, druckstock.0);
    let (papiere, befunde, _) = werkstatt.schreibe(auswahl);
    (papiere, befunde)
}

/// Which places of the templates the papers of a matter reach.
pub fn abdeckung(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
) -> Abdeckung {
    let mut werkstatt = Werkstatt::bereit(vorgang, zahlen, vorlagen, texte, Engine::messend());
    if werkstatt.befunde.is_empty() {
        werkstatt.alle(&Auswahl::default());
    }
    Abdeckung::aus(vorlagen, &werkstatt.engine)
}

/// For so many subjects facts lie ready at once, so that a large matter does not fill the memory.
const ZUGLEICH: usize = 16;

/// Folder of the text files of a matter.
const TEXTE: &str = "texte/";

/// The kind of paper that is named after the kind of its Drucksache: Beschlussvorlage, Mitteilung, Antrag.
const HAUPTART: &str = "beschlussvorlage";

/// What the front matter says of a paper that is not public.
const NICHTOEFFENTLICH: &str = "nichtöffentlich";

/// A template with the subject that it makes a paper for.
struct Auftrag<'a> {
    vorlage: &'a str,
    kopf: &'a Kopf,
    /// Kind of paper: the name of the template, or of the one that it stands in for.
    art: &'a str,
    gegenstand: Gegenstand<'a>,
    sicht: &'a Sicht,
}

/// All that is at hand while papers are made.
pub(super) struct Werkstatt<'a> {
    pub(super) vorgang: &'a Vorgang,
    zahlen: &'a Zahlen<'a>,
    pub(super) vorlagen: &'a Vorlagen,
    pub(super) texte: Texte<'a>,
    engine: Engine,
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
        engine: Engine,
    ) -> Self {
        let mut werkstatt = Self::neu(vorgang, zahlen, vorlagen, texte, engine);
        werkstatt.lade();
        werkstatt.hausstile();
        werkstatt.titel();
        werkstatt
    }

    /// All papers, what was found, and what they were made with.
    fn schreibe(mut self, auswahl: &Auswahl) -> (Vec<Papier>, Vec<Befund>, Druckstock) {
        if !self.befunde.is_empty() {
            return (Vec::new(), self.befunde, Druckstock(self.engine));
        }
        let mut papiere = self.alle(auswahl);
        papiere.sort_by(|a, b| a.name.cmp(&b.name));
        self.gleiche_namen(&mut papiere);
        self.verwaiste_prosa(&papiere);
        (papiere, self.befunde, Druckstock(self.engine))
    }

    /// Loads templates, text files and all prose that stands in the YAML.
    fn lade(&mut self) {
        let mut auftraege = Vec::new();
        let genannte = self.genannte_texte();
        for (pfad, datei) in self.texte.dateien {
            // Any other Markdown in the folder, such as a README, is nobody's prose.
            if !pfad.starts_with(TEXTE) && !genannte.contains(pfad.as_str()) {
                continue;
            }
            auftraege.push((pfad.clone(), Herkunft::Prosa, datei.clone(), 0));
        }
        for (name, vorlage) in self.vorlagen.iter() {
            let rumpf = Source::new(vorlage.datei(), vorlage.text());
            auftraege.push((
                name.to_owned(),
                Herkunft::Vorlage,
                rumpf,
                vorlage.rumpf.start,
            ));
        }
        let mut befunde = self.engine.lade_alle(&auftraege);
        befunde.extend(self.lade_koepfe());
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

    /// Loads what stands in the heads of templates.
    fn lade_koepfe(&mut self) -> Vec<Befund> {
        let felder: Vec<_> = self
            .vorlagen
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
        self.engine.lade_schlichte(&quellen)
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
                let geladen = self.engine.lade_schlicht(&titel_name(&route), &quelle);
                self.befunde.extend(geladen.err());
            }
        }
    }

    /// The scalar at a place in the YAML.
    pub(super) fn skalar(&self, route: &Route) -> Option<&'a Scalar> {
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

    fn alle(&mut self, auswahl: &Auswahl) -> Vec<Papier> {
        let mut papiere = Vec::new();
        // Facts are put together for several subjects at once; templates take them one after the other.
        for gegenstaende in self.gegenstaende().chunks(ZUGLEICH) {
            let sichten: Vec<_> = gegenstaende
                .par_iter()
                .map(|gegenstand| {
                    let fakten = view::fakten(self.vorgang, self.zahlen, &self.titel, *gegenstand);
                    Sicht::aus(&fakten)
                })
                .collect();
            for (gegenstand, sicht) in gegenstaende.iter().zip(sichten) {
                match sicht {
                    Ok(sicht) => papiere.extend(self.zu(*gegenstand, sicht, auswahl)),
                    Err(befund) => self.befunde.push(befund),
                }
            }
        }
        papiere
    }

    /// The papers for a subject.
    fn zu(&mut self, gegenstand: Gegenstand<'a>, fakten: Sicht, auswahl: &Auswahl) -> Vec<Papier> {
        let mut papiere = Vec::new();
        if let Some(sicht) = self.sicht(gegenstand, fakten) {
            let vorlagen = self.vorlagen;
            for (name, vorlage) in vorlagen.iter() {
                let passt = |kopf: &&Kopf| kopf.vertritt.is_none() && passt(kopf, gegenstand);
                if !vorlage.kopf.as_ref().is_some_and(|kopf| passt(&kopf)) {
                    continue;
                }
                let art = name.trim_end_matches(".md");
                let (name, vorlage) = self.vertretung(art, gegenstand).unwrap_or((name, vorlage));
                let Some(kopf) = &vorlage.kopf else {
                    continue;
                };
                let auftrag = Auftrag {
                    vorlage: name,
                    kopf,
                    art,
                    gegenstand,
                    sicht: &sicht,
                };
                match self.papier(&auftrag, auswahl) {
                    Ok(papier) => papiere.extend(papier),
                    Err(befund) => self.befunde.push(befund),
                }
            }
        }
        papiere
    }

    /// All that papers are made for: the Drucksachen with those of their annexes that are texts, then the agreements.
    fn gegenstaende(&self) -> Vec<Gegenstand<'a>> {
        let mut gegenstaende = Vec::new();
        for drucksache in &self.vorgang.drucksachen {
            gegenstaende.push(Gegenstand::Drucksache(drucksache));
            for (i, anlage) in drucksache.anlagen.iter().enumerate() {
                if matches!(anlage.inhalt, Inhalt::Text { .. }) {
                    gegenstaende.push(Gegenstand::Anlage(drucksache, i));
                }
            }
        }
        let vereinbarungen = self.vorgang.vereinbarungen.values();
        gegenstaende.extend(vereinbarungen.map(Gegenstand::Vereinbarung));
        gegenstaende
    }

    /// The facts with the subject's titles and prose; `None` if these cannot be made.
    fn sicht(&mut self, gegenstand: Gegenstand<'_>, mut fakten: Sicht) -> Option<Sicht> {
        let drucksache = match gegenstand {
            Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => drucksache,
            Gegenstand::Vereinbarung(vereinbarung) => {
                return self.mit_praeambel(fakten, vereinbarung);
            }
        };
        let titel = self.drucksachentitel(drucksache, &fakten)?;
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
                Err(befund) => self.befunde.push(befund),
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
        &mut self,
        drucksache: &Drucksache,
        fakten: &Sicht,
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
                self.befunde.extend(titel.err());
                self.befunde.extend(kurztitel.err());
                None
            }
        }
    }

    /// The facts with the agreement's preamble; `None` if it cannot be made.
    fn mit_praeambel(&mut self, mut fakten: Sicht, vereinbarung: &Vereinbarung) -> Option<Sicht> {
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
                self.befunde.push(befund);
                None
            }
        }
    }

    /// One paper; `None` if its template's condition does not hold.
    fn papier(
        &mut self,
        auftrag: &Auftrag<'_>,
        auswahl: &Auswahl,
    ) -> Result<Option<Papier>, Befund> {
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
        let zitate = self.zitate(auftrag)?;
        let text = papier::fertig(&roh, &self.engine.urspruenge, &zitate);
        let MitBefunden { papier, befunde } = Papier::aus(
            name,
            auftrag.art,
            (bezug(auftrag.gegenstand), auftrag.kopf.gesamt),
            front,
            text,
        );
        self.befunde.extend(befunde.into_iter().map(|mut befund| {
            match &befund.stelle {
                // Where data came from is known to who has all files.
                Stelle::Papier(bereich) if papier.ausdruck(bereich).is_some() => {
                    befund.stelle = Stelle::ImPapier {
                        papier: papier.name.as_str().into(),
                        bereich: bereich.clone(),
                    };
                }
                _ => papier.verorte(&mut befund),
            }
            befund
        }));
        Ok(Some(papier))
    }

    /// How the laws are cited on the day of the paper.
    fn zitate(&self, auftrag: &Auftrag<'_>) -> Result<BTreeMap<String, Zitat>, Befund> {
        let tag = match auftrag.kopf.rechtsstand {
            None => view::rechtsstand(self.vorgang, auftrag.gegenstand),
            Some(_) => {
                let feld = kopf_name(auftrag.vorlage, "rechtsstand");
                let text = self.engine.render(&feld, auftrag.sicht)?;
                Some(text.trim().parse().map_err(|fehler: Wertfehler| {
                    let stelle = self.vorlagen.stelle(auftrag.vorlage, "rechtsstand");
                    Befund::fehler("rechtsstand-ohne-datum", stelle, fehler.text)
                        .abhilfe("einen Ausdruck angeben, der ein Datum wie 09.11.2021 ergibt")
                })?)
            }
        };
        let gesetze = self.gesetze.iter();
        Ok(gesetze
            .map(|(schluessel, gesetz)| (schluessel.clone(), gesetz.zitat(tag)))
            .collect())
    }

    /// What the front matter says of the subject.
    fn front(&self, auftrag: &Auftrag<'_>) -> FrontMatter {
        let mut front = FrontMatter {
            art: Some(auftrag.art.to_owned()),
            muster: auftrag.kopf.muster && self.vorgang.kopf.muster,
            sprache: Some("de-DE".to_owned()),
            ..FrontMatter::default()
        };
        let drucksache = match auftrag.gegenstand {
            Gegenstand::Drucksache(drucksache) => {
                front.art = Some(drucksache.art.dateiname().to_owned())
                    .filter(|_| auftrag.art == HAUPTART)
                    .or(front.art);
                drucksache
            }
            Gegenstand::Anlage(drucksache, i) => {
                front.anlage = Some(view::anlagenkopf(drucksache, i));
                drucksache
            }
            Gegenstand::Vereinbarung(vereinbarung) => {
                front.entwurf = vereinbarung.status == Status::Entwurf;
                front.datum = vereinbarung
                    .geschlossen
                    .filter(|_| auftrag.kopf.briefkopf.is_none())
                    .map(Datum::tag);
                front.absender = auftrag
                    .kopf
                    .briefkopf
                    .and_then(|_| view::antragstellend(self.vorgang, self.zahlen, vereinbarung))
                    .map(absender);
                return front;
            }
        };
        let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
        front.nummer = Some(drucksache.nummer.to_string());
        front.datum = drucksache.vorlage_vom.map(Datum::tag);
        front.status =
            ist_nichtoeffentlich(auftrag.gegenstand).then(|| NICHTOEFFENTLICH.to_owned());
        front.absender = koerperschaft.map(absender);
        front.satz = match koerperschaft.map(|k| k.hausstil.satz).unwrap_or_default() {
            SatzWahl::Block => Satz::Block,
            SatzWahl::Flatter => Satz::Flatter,
        };
        front
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

/// Whether the template makes papers for subjects of this kind.
fn passt(kopf: &Kopf, gegenstand: Gegenstand<'_>) -> bool {
    match gegenstand {
        Gegenstand::Drucksache(_) => kopf.je == Je::Drucksache,
        Gegenstand::Vereinbarung(_) => kopf.je == Je::Vereinbarung,
        Gegenstand::Anlage(..) => kopf.je == Je::Anlage,
    }
}

fn bezug(gegenstand: Gegenstand<'_>) -> Bezug {
    match gegenstand {
        Gegenstand::Drucksache(drucksache) => Bezug::Drucksache(drucksache.nummer.clone()),
        Gegenstand::Vereinbarung(vereinbarung) => {
            Bezug::Vereinbarung(vereinbarung.schluessel.clone())
        }
        Gegenstand::Anlage(drucksache, i) => Bezug::Anlage(drucksache.nummer.clone(), i),
    }
}

/// Whether the subject is nowhere dealt with in public; an annex is so too where its Drucksache is.
fn ist_nichtoeffentlich(gegenstand: Gegenstand<'_>) -> bool {
    match gegenstand {
        Gegenstand::Drucksache(drucksache) => drucksache.ist_nichtoeffentlich(),
        Gegenstand::Anlage(drucksache, i) => {
            let anlage = drucksache.anlagen.get(i);
            drucksache.ist_nichtoeffentlich()
                || anlage.is_some_and(|a| a.beratungsstatus == Beratungsstatus::Nichtoeffentlich)
        }
        Gegenstand::Vereinbarung(_) => false,
    }
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

fn kopf_name(vorlage: &str, feld: &str) -> String {
    format!("{vorlage}#{feld}")
}

fn prosa_name(route: &Route) -> String {
    let schritte: Vec<_> = route
        .schritte
        .iter()
        .map(|schritt| format!("{schritt:?}"))
        .collect();
    format!("{}#{}.md", route.datei, schritte.join("."))
}

fn titel_name(route: &Route) -> String {
    // Without the ending of Markdown: nothing is escaped.
    prosa_name(route).trim_end_matches(".md").to_owned()
}

fn praeambel_route(vereinbarung: &Vereinbarung) -> Route {
    vereinbarung.route.feld("präambel")
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

fn absender(koerperschaft: &Koerperschaft) -> Absender {
    Absender {
        name: koerperschaft.amtsform(),
        anschrift: koerperschaft
            .anschrift
            .iter()
            .map(ToString::to_string)
            .collect(),
        logo: koerperschaft.hausstil.logo.clone(),
    }
}

impl Vorlagen {
    /// The place of a value in the head of a template.
    fn stelle(&self, name: &str, feld: &str) -> Stelle {
        match self.iter().find(|(n, _)| *n == name) {
            Some((_, vorlage)) => {
                let start = vorlage.platz(feld, 0);
                Stelle::Datei {
                    datei: vorlage.datei(),
                    bereich: start..start + 1,
                }
            }
            None => Stelle::Pfad(name.into()),
        }
    }
}

impl Vorlage {
    /// The byte in the file of a byte in a value of the head.
    fn platz(&self, feld: &str, i: usize) -> usize {
        // „{% if “ stands before a condition that the file does not hold.
        let i = if feld == "wenn" {
            i.saturating_sub(6)
        } else {
            i
        };
        self.kopf_stellen.get(feld).map_or(0, |start| start + i)
    }
}
