//! Writes all papers of a matter: prose first, which sees the facts; then the papers, which see the prose too.

use std::collections::BTreeMap;

use super::engine::{Engine, Quelle, Sicht};
use super::papier::{self, Herkunft, MitBefunden, Papier};
use super::view::{self, Gegenstand, Titel};
use super::vorlage::{Je, Kopf, Vorlage, Vorlagen};
use crate::compute::Zahlen;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{Datum, Tree, Wertfehler, suggest};
use crate::markdown::front::{Absender, FrontMatter, Satz};
use crate::model::koerperschaft::SatzWahl;
use crate::model::text::Prosa;
use crate::model::vereinbarung::{Status, Vereinbarung};
use crate::model::{Drucksache, Koerperschaft, Vorgang};
use crate::recht::{self, Gesetz, Zitat};
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

/// Which papers are wanted, and how.
#[derive(Debug, Clone, Default)]
pub struct Auswahl {
    /// Marks each paper „Entwurf“.
    pub entwurf: bool,
    /// Only papers of this kind.
    pub nur: Option<String>,
    /// Only papers of the Drucksache with this number, as it is spelled in file names.
    pub drucksache: Option<String>,
}

/// All papers of a matter, sorted by name. A paper that cannot be made is a finding.
pub fn papiere(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    vorlagen: &Vorlagen,
    texte: Texte<'_>,
    auswahl: &Auswahl,
) -> (Vec<Papier>, Vec<Befund>) {
    let mut werkstatt = Werkstatt {
        vorgang,
        zahlen,
        vorlagen,
        texte,
        engine: Engine::neu(),
        gesetze: recht::gesetze(),
        titel: Titel::new(),
        befunde: Vec::new(),
    };
    werkstatt.lade();
    werkstatt.titel();
    if !werkstatt.befunde.is_empty() {
        return (Vec::new(), werkstatt.befunde);
    }
    let mut papiere = werkstatt.alle(auswahl);
    papiere.sort_by(|a, b| a.name.cmp(&b.name));
    werkstatt.gleiche_namen(&mut papiere);
    (papiere, werkstatt.befunde)
}

/// The prose fields of a Drucksache: name in the view, key in the YAML.
const PROSA: [(&str, ProsaFeld); 2] = [
    ("beschlussvorschlag", |drucksache| {
        &drucksache.beschlussvorschlag
    }),
    ("sachbericht", |drucksache| &drucksache.sachbericht),
];

type ProsaFeld = fn(&Drucksache) -> &Prosa;

/// A template with the subject that it makes a paper for.
struct Auftrag<'a> {
    vorlage: &'a str,
    kopf: &'a Kopf,
    gegenstand: Gegenstand<'a>,
    sicht: &'a Sicht,
}

impl Auftrag<'_> {
    /// Kind of paper: the template's name without its ending.
    fn art(&self) -> &str {
        self.vorlage.trim_end_matches(".md")
    }
}

struct Werkstatt<'a> {
    vorgang: &'a Vorgang,
    zahlen: &'a Zahlen<'a>,
    vorlagen: &'a Vorlagen,
    texte: Texte<'a>,
    engine: Engine,
    /// The laws that papers may cite.
    gesetze: BTreeMap<String, Gesetz>,
    /// The titles of the papers that others name as annexes.
    titel: Titel,
    befunde: Vec<Befund>,
}

impl<'a> Werkstatt<'a> {
    /// Loads templates, text files and all prose that stands in the YAML.
    fn lade(&mut self) {
        let mut auftraege = Vec::new();
        for (pfad, datei) in self.texte.dateien {
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
        for (name, vorlage) in self.vorlagen.iter() {
            for (feld, ausdruck) in vorlage.kopf.iter().flat_map(kopf_ausdruecke) {
                let platz = |i| vorlage.platz(feld, i);
                let quelle = Quelle {
                    art: Herkunft::Vorlage,
                    datei: vorlage.datei(),
                    text: &ausdruck,
                    platz: &platz,
                };
                befunde.extend(
                    self.engine
                        .lade_schlicht(&kopf_name(name, feld), &quelle)
                        .err(),
                );
            }
        }
        self.befunde.extend(befunde);
        for drucksache in &self.vorgang.drucksachen {
            for (feld, prosa) in PROSA {
                self.lade_prosa(drucksache.route.feld(feld), prosa(drucksache));
            }
        }
        for vereinbarung in self.vorgang.vereinbarungen.values() {
            if let Some(praeambel) = &vereinbarung.praeambel {
                self.lade_prosa(praeambel_route(vereinbarung), praeambel);
            }
        }
    }

    fn lade_prosa(&mut self, route: Route, prosa: &Prosa) {
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
                        Stelle::Route(route),
                        format!("die Textdatei „{pfad}“ gibt es im Vorgang nicht"),
                    )
                    .abhilfe(abhilfe),
                );
            }
            Prosa::Datei(_) => {}
            Prosa::Text(_) => {
                let skalar = self
                    .texte
                    .baeume
                    .iter()
                    .filter(|baum| baum.source().name == route.datei)
                    .find_map(|baum| baum.node(&route)?.scalar());
                if let Some(skalar) = skalar {
                    let quelle = Quelle {
                        art: Herkunft::Prosa,
                        datei: route.datei.clone(),
                        text: skalar.text(),
                        platz: &|i| skalar.source_offset(i),
                    };
                    let geladen = self.engine.lade(&prosa_name(&route), &quelle);
                    self.befunde.extend(geladen.err());
                }
            }
        }
    }

    fn alle(&mut self, auswahl: &Auswahl) -> Vec<Papier> {
        let mut papiere = Vec::new();
        for gegenstand in self.gegenstaende(auswahl) {
            let Some(sicht) = self.sicht(gegenstand) else {
                continue;
            };
            for (name, vorlage) in self.vorlagen.iter() {
                let Some(kopf) = vorlage.kopf.as_ref().filter(|kopf| passt(kopf, gegenstand))
                else {
                    continue;
                };
                let auftrag = Auftrag {
                    vorlage: name,
                    kopf,
                    gegenstand,
                    sicht: &sicht,
                };
                if auswahl
                    .nur
                    .as_deref()
                    .is_some_and(|nur| nur != auftrag.art())
                {
                    continue;
                }
                match self.papier(&auftrag, auswahl) {
                    Ok(papier) => papiere.extend(papier),
                    Err(befund) => self.befunde.push(befund),
                }
            }
        }
        papiere
    }

    /// All that papers are made for: the wanted Drucksachen, then, unless one was named, the agreements.
    fn gegenstaende(&self, auswahl: &Auswahl) -> Vec<Gegenstand<'a>> {
        let gemeint = |drucksache: &&Drucksache| {
            auswahl.drucksache.as_ref().is_none_or(|nummer| {
                *nummer == drucksache.nummer.dateiname() || *nummer == drucksache.nummer.to_string()
            })
        };
        let drucksachen = self.vorgang.drucksachen.iter().filter(gemeint);
        let vereinbarungen = match auswahl.drucksache {
            Some(_) => None,
            None => Some(self.vorgang.vereinbarungen.values()),
        };
        drucksachen
            .map(Gegenstand::Drucksache)
            .chain(
                vereinbarungen
                    .into_iter()
                    .flatten()
                    .map(Gegenstand::Vereinbarung),
            )
            .collect()
    }

    /// The facts with the subject's prose; `None` if the prose cannot be made.
    fn sicht(&mut self, gegenstand: Gegenstand<'_>) -> Option<Sicht> {
        let fakten = view::fakten(self.vorgang, self.zahlen, &self.titel, gegenstand);
        let fakten = match Sicht::aus(&fakten) {
            Ok(fakten) => fakten,
            Err(befund) => {
                self.befunde.push(befund);
                return None;
            }
        };
        let drucksache = match gegenstand {
            Gegenstand::Drucksache(drucksache) => drucksache,
            Gegenstand::Vereinbarung(vereinbarung) => {
                return self.mit_praeambel(&fakten, vereinbarung);
            }
        };
        let mut prosa = Vec::new();
        for (feld, waehle) in PROSA {
            let name = match waehle(drucksache) {
                Prosa::Datei(pfad) => pfad.clone(),
                Prosa::Text(_) => prosa_name(&drucksache.route.feld(feld)),
            };
            match self.engine.render(&name, &fakten) {
                Ok(text) => prosa.push((feld, text.trim_end().to_owned())),
                Err(befund) => self.befunde.push(befund),
            }
        }
        (prosa.len() == PROSA.len()).then(|| fakten.mit_prosa("drucksache", &prosa))
    }

    /// The facts with the agreement's preamble; `None` if it cannot be made.
    fn mit_praeambel(&mut self, fakten: &Sicht, vereinbarung: &Vereinbarung) -> Option<Sicht> {
        let text = match &vereinbarung.praeambel {
            None => Ok(String::new()),
            Some(Prosa::Datei(pfad)) => self.engine.render(pfad, fakten),
            Some(Prosa::Text(_)) => self
                .engine
                .render(&prosa_name(&praeambel_route(vereinbarung)), fakten),
        };
        match text {
            Ok(text) => {
                let prosa = [("praeambel", text.trim_end().to_owned())];
                Some(fakten.mit_prosa("vereinbarung", &prosa))
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
        let MitBefunden { papier, befunde } = Papier::aus(name, auftrag.art(), front, text);
        self.befunde.extend(befunde.into_iter().map(|mut befund| {
            papier.verorte(&mut befund);
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
            art: Some(auftrag.art().to_owned()),
            muster: auftrag.kopf.muster && self.vorgang.kopf.muster,
            sprache: Some("de-DE".to_owned()),
            ..FrontMatter::default()
        };
        if let Gegenstand::Vereinbarung(vereinbarung) = auftrag.gegenstand {
            front.entwurf = vereinbarung.status == Status::Entwurf;
            front.datum = vereinbarung
                .geschlossen
                .filter(|_| auftrag.kopf.briefkopf.is_none())
                .map(Datum::tag);
            front.absender = auftrag
                .kopf
                .briefkopf
                .and(self.vorgang.kopf.federfuehrend.as_ref())
                .and_then(|schluessel| self.vorgang.koerperschaften.get(schluessel))
                .map(absender);
        }
        if let Gegenstand::Drucksache(drucksache) = auftrag.gegenstand {
            let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
            front.nummer = Some(drucksache.nummer.to_string());
            front.datum = drucksache.vorlage_vom.map(Datum::tag);
            front.absender = koerperschaft.map(absender);
            front.satz = match koerperschaft.map(|k| k.hausstil.satz).unwrap_or_default() {
                SatzWahl::Block => Satz::Block,
                SatzWahl::Flatter => Satz::Flatter,
            };
        }
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
