//! Writes all papers of a matter: prose first, which sees the facts; then the papers, which see the prose too.

use std::collections::BTreeMap;

use super::engine::{Engine, Quelle, Sicht};
use super::papier::{self, Herkunft, Papier};
use super::view::{self, DrucksacheSicht};
use super::vorlage::{Je, Kopf, Vorlage, Vorlagen};
use crate::compute::Zahlen;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{Datum, Tree, suggest};
use crate::markdown::front::{Absender, FrontMatter, Satz};
use crate::model::koerperschaft::SatzWahl;
use crate::model::text::Prosa;
use crate::model::{Drucksache, Koerperschaft, Vorgang};
use crate::source::Source;

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
        befunde: Vec::new(),
    };
    werkstatt.lade();
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

struct Werkstatt<'a> {
    vorgang: &'a Vorgang,
    zahlen: &'a Zahlen<'a>,
    vorlagen: &'a Vorlagen,
    texte: Texte<'a>,
    engine: Engine,
    befunde: Vec<Befund>,
}

impl Werkstatt<'_> {
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
                self.lade_prosa(drucksache, feld, prosa(drucksache));
            }
        }
    }

    fn lade_prosa(&mut self, drucksache: &Drucksache, feld: &str, prosa: &Prosa) {
        let route = drucksache.route.feld(feld);
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
        for drucksache in &self.vorgang.drucksachen {
            let gemeint = |nummer: &String| {
                *nummer == drucksache.nummer.dateiname() || *nummer == drucksache.nummer.to_string()
            };
            if !auswahl.drucksache.as_ref().is_none_or(gemeint) {
                continue;
            }
            let sicht = view::drucksache(self.vorgang, self.zahlen, drucksache);
            let Some(sicht) = self.sicht_mit_prosa(drucksache, &sicht) else {
                continue;
            };
            for (name, vorlage) in self.vorlagen.iter() {
                let art = name.trim_end_matches(".md");
                if auswahl.nur.as_deref().is_some_and(|nur| nur != art) {
                    continue;
                }
                let Some(kopf) = vorlage
                    .kopf
                    .as_ref()
                    .filter(|kopf| kopf.je == Je::Drucksache)
                else {
                    continue;
                };
                match self.papier(name, kopf, drucksache, &sicht, auswahl) {
                    Ok(papier) => papiere.extend(papier),
                    Err(befund) => self.befunde.push(befund),
                }
            }
        }
        papiere
    }

    /// The facts of a Drucksache with its prose; `None` if the prose cannot be made.
    fn sicht_mit_prosa(
        &mut self,
        drucksache: &Drucksache,
        sicht: &DrucksacheSicht,
    ) -> Option<Sicht> {
        let fakten = match Sicht::aus(sicht) {
            Ok(fakten) => fakten,
            Err(meldung) => {
                self.befunde.push(Befund::fehler(
                    "sicht",
                    Stelle::Route(drucksache.route.clone()),
                    format!("die Angaben lassen sich nicht an die Vorlagen übergeben. Originalmeldung: {meldung}"),
                ));
                return None;
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

    /// One paper; `None` if its template's condition does not hold.
    fn papier(
        &mut self,
        vorlage: &str,
        kopf: &Kopf,
        drucksache: &Drucksache,
        sicht: &Sicht,
        auswahl: &Auswahl,
    ) -> Result<Option<Papier>, Befund> {
        let feld = |feld| self.engine.render(&kopf_name(vorlage, feld), sicht);
        if kopf.wenn.is_some() && feld("wenn")?.is_empty() {
            return Ok(None);
        }
        let kurztitel = match kopf.kurztitel {
            Some(_) => Some(einzeilig(&feld("kurztitel")?)),
            None => None,
        };
        let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
        let art = vorlage.trim_end_matches(".md");
        let front = FrontMatter {
            art: Some(art.to_owned()),
            titel: Some(einzeilig(&feld("titel")?)),
            kurztitel,
            nummer: Some(drucksache.nummer.to_string()),
            datum: drucksache.vorlage_vom.map(Datum::tag),
            status: None,
            entwurf: auswahl.entwurf,
            muster: kopf.muster && self.vorgang.kopf.muster,
            sprache: Some("de-DE".to_owned()),
            absender: koerperschaft.map(absender),
            satz: match koerperschaft.map(|k| k.hausstil.satz).unwrap_or_default() {
                SatzWahl::Block => Satz::Block,
                SatzWahl::Flatter => Satz::Flatter,
            },
        };
        let name = einzeilig(&feld("datei")?);
        if !ist_dateiname(&name) {
            return Err(Befund::fehler(
                "ungueltiger-dateiname",
                self.vorlagen.stelle(vorlage, "datei"),
                format!("„{name}“ taugt nicht als Name einer Datei"),
            )
            .abhilfe("nur Buchstaben ohne Umlaute, Ziffern und Bindestriche verwenden"));
        }
        let roh = self.engine.render(vorlage, sicht)?;
        let text = papier::fertig(&roh, &self.engine.urspruenge);
        let papier = Papier::aus(name, art, front, text);
        let mut befunde = papier.befunde;
        for befund in &mut befunde {
            papier.papier.verorte(befund);
        }
        self.befunde.extend(befunde);
        Ok(Some(papier.papier))
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

/// The expressions in a template's head, as templates.
fn kopf_ausdruecke(kopf: &Kopf) -> Vec<(&'static str, String)> {
    let mut ausdruecke = vec![("datei", kopf.datei.clone()), ("titel", kopf.titel.clone())];
    ausdruecke.extend(kopf.kurztitel.clone().map(|text| ("kurztitel", text)));
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
