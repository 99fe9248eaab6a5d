//! A case: a fixture, changes to it, and what the rule of the case's folder must find because of them.
//!
//! ```yaml
//! # What this case shows, in a sentence.
//! vorgang: drucksache-215-21        # the fixture; this one if absent
//! ändere:                           # each text must occur exactly once; base data by `stammdaten/…`, a built-in
//!                                   # template by `templates/…`; without `ersetze` the text is taken out
//!   - { datei: drucksachen/215-21.yaml, suche: 08.11.2021, ersetze: 10.11.2021 }
//! neu:                              # files that the fixture does not have
//!   - { datei: texte/neu.md, text: Ein Satz. }
//! ohne: [kosten.yaml]               # files of the fixture that are left out
//! auch: [ladungsfrist-unterschritten]   # other rules that may find something new
//! erwartet: |                       # `nichts` if the rule must stay silent
//!   drucksachen/215-21.yaml:14:42 Warnung: Kreistag berät …
//! ```
//!
//! A place in a built-in template is told by the words that are marked there, not by its line.
//!
//! `erwartet` is the last key; in a new case that is to fire it says `offen` until the update switch fills it. All that the rule finds *more* than on the unchanged fixture stands there, a line each;
//! no rule but those in `auch` may find anything more if the case fires.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use drucksache::diagnostic::{Befund, Schwere, Stelle, render};
use drucksache::input::{decode, parse};
use drucksache::pipeline::{self, Eingabe, Ergebnis};
use drucksache::source::Source;
use serde::Deserialize;

use crate::ersetzung;
use crate::fixture;

const NICHTS: &str = "nichts";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Datei {
    vorgang: Option<String>,
    #[serde(rename = "ändere", default)]
    aendere: Vec<Aenderung>,
    #[serde(default)]
    neu: Vec<Neu>,
    #[serde(default)]
    ohne: Vec<String>,
    #[serde(default)]
    auch: Vec<String>,
    erwartet: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Aenderung {
    datei: String,
    suche: String,
    /// Nothing if absent: the text is taken out.
    ersetze: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Neu {
    datei: String,
    text: String,
}

/// A case as it stands in its file.
pub(crate) struct Fall {
    /// The rule that it is about: the name of its folder.
    pub(crate) regel: String,
    pfad: PathBuf,
    datei: Datei,
}

/// The findings on unchanged fixtures, by name of the fixture, so that each is checked once.
pub(crate) type Grundlagen = BTreeMap<String, Vec<String>>;

impl Fall {
    /// Reads a case.
    pub(crate) fn lies(regel: &str, pfad: &Path) -> Self {
        let text = fs::read_to_string(pfad).unwrap();
        let quelle = Source::new(pfad.display().to_string(), text);
        let baum = parse(&quelle);
        let (datei, befunde) = match &baum {
            Ok(baum) => decode::<Datei>(baum),
            Err(befund) => (None, vec![befund.clone()]),
        };
        let Some(datei) = datei.filter(|_| befunde.is_empty()) else {
            panic!("{}: {befunde:#?}", pfad.display());
        };
        Self {
            regel: regel.to_owned(),
            pfad: pfad.to_owned(),
            datei,
        }
    }

    /// Whether the rule must find something: a mutant of the fixture that the rule must kill.
    pub(crate) fn feuert(&self) -> bool {
        self.datei.erwartet.trim() != NICHTS
    }

    /// The fixture that it changes.
    pub(crate) fn vorgang(&self) -> &str {
        self.datei.vorgang.as_deref().unwrap_or("drucksache-215-21")
    }

    /// What is wrong with the case; empty if it holds. With `schreibe`, the findings become what is expected.
    pub(crate) fn pruefe(&self, grundlagen: &Grundlagen, schreibe: bool) -> String {
        let ergebnis = match self.eingabe() {
            Ok(eingabe) => pipeline::pruefe_regeln(&eingabe),
            Err(fehler) => return self.klage(&fehler),
        };
        if !ergebnis.ist_gebaut() {
            return self.klage(&render::text(&ergebnis.befunde, &ergebnis.quellen, false));
        }
        let mut vorher = grundlagen[self.vorgang()].clone();
        let mut eigene = String::new();
        let mut fremde = String::new();
        let mut ohne_fund: Vec<&String> = self.datei.auch.iter().collect();
        for befund in ergebnis.befunde.iter().chain(&ergebnis.pruefung) {
            let schluessel = schluessel(befund);
            if let Some(i) = vorher.iter().position(|andere| *andere == schluessel) {
                vorher.swap_remove(i);
            } else if befund.regel == self.regel {
                eigene.push_str(&zeile(befund, &ergebnis));
            } else if self.datei.auch.iter().any(|regel| regel == befund.regel) {
                ohne_fund.retain(|regel| *regel != befund.regel);
            } else {
                fremde.push_str(&format!("[{}] {}", befund.regel, zeile(befund, &ergebnis)));
            }
        }
        if !self.feuert() {
            return if eigene.is_empty() {
                String::new()
            } else {
                self.klage(&format!("findet etwas, das es nicht soll:\n{eigene}"))
            };
        }
        if eigene.is_empty() {
            return self.klage("die Regel findet nichts");
        }
        if !fremde.is_empty() {
            return self.klage(&format!(
                "andere Regeln finden auch etwas (`auch:`):\n{fremde}"
            ));
        }
        if !ohne_fund.is_empty() {
            return self.klage(&format!(
                "`auch` nennt Regeln, die nichts finden: {ohne_fund:?}"
            ));
        }
        if schreibe {
            self.schreibe(&eigene);
        } else if eigene.trim() != self.datei.erwartet.trim() {
            return self.klage(&format!(
                "erwartet:\n{}\ngefunden:\n{eigene}",
                self.datei.erwartet
            ));
        }
        String::new()
    }

    fn eingabe(&self) -> Result<Eingabe, String> {
        let mut eingabe = grundlage(self.vorgang());
        for neu in &self.datei.neu {
            let (ordner, pfad) = match neu.datei.strip_prefix("stammdaten/") {
                Some(innen) => (&mut eingabe.stammdaten, innen),
                None => (&mut eingabe.vorgang, neu.datei.as_str()),
            };
            let text = format!("{}\n", neu.text.trim_end());
            if ordner
                .dateien
                .insert(pfad.to_owned(), text.into_bytes().into())
                .is_some()
            {
                return Err(format!("{} gibt es schon", neu.datei));
            }
        }
        for datei in &self.datei.ohne {
            if eingabe.vorgang.dateien.remove(datei).is_none() {
                return Err(format!("{datei} gibt es nicht"));
            }
        }
        for Aenderung {
            datei,
            suche,
            ersetze,
        } in &self.datei.aendere
        {
            let durch = ersetze.as_deref().unwrap_or_default();
            ersetzung::ersetze(&mut eingabe, datei, suche, durch)?;
        }
        Ok(eingabe)
    }

    fn klage(&self, text: &str) -> String {
        format!("{}: {text}\n", self.pfad.display())
    }

    fn schreibe(&self, befunde: &str) {
        let text = fs::read_to_string(&self.pfad).unwrap();
        let at = text.find("\nerwartet:").unwrap() + 1;
        let zeilen: String = befunde
            .lines()
            .map(|zeile| format!("  {zeile}\n"))
            .collect();
        fs::write(&self.pfad, format!("{}erwartet: |\n{zeilen}", &text[..at])).unwrap();
    }
}

/// A fixture, its files named without its folder.
pub(crate) fn grundlage(vorgang: &str) -> Eingabe {
    let mut eingabe = fixture::vorgang(vorgang);
    eingabe.vorgang.anzeige = String::new();
    eingabe.stammdaten.anzeige = "stammdaten".to_owned();
    eingabe
}

/// What is found on an unchanged fixture.
pub(crate) fn befunde(vorgang: &str) -> Vec<String> {
    let ergebnis = pipeline::pruefe_regeln(&grundlage(vorgang));
    assert!(ergebnis.ist_gebaut(), "{vorgang}");
    ergebnis
        .befunde
        .iter()
        .chain(&ergebnis.pruefung)
        .map(schluessel)
        .collect()
}

/// A finding without its line, which a change elsewhere may shift.
fn schluessel(befund: &Befund) -> String {
    let datei = match &befund.stelle {
        Stelle::Datei { datei, .. } => datei,
        Stelle::Pfad(pfad) => pfad,
        Stelle::Route(_) | Stelle::Papier(_) | Stelle::ImPapier { .. } => "",
    };
    format!("{} {datei} {}", befund.regel, befund.text)
}

/// A finding on a line: place, weight, words.
pub(crate) fn zeile(befund: &Befund, ergebnis: &Ergebnis) -> String {
    let ort = match &befund.stelle {
        Stelle::Datei { datei, bereich } => {
            let quelle = ergebnis.quellen.get(datei).unwrap();
            let ort = quelle.line_column(bereich.start);
            if datei.starts_with("templates/") {
                // Templates change for many reasons; the marked words stay the place.
                format!("{datei} „{}“", &quelle.text[bereich.clone()])
            } else {
                format!("{datei}:{}:{}", ort.line, ort.column)
            }
        }
        Stelle::Pfad(pfad) => pfad.to_string(),
        Stelle::Route(_) | Stelle::Papier(_) | Stelle::ImPapier { .. } => {
            panic!("ein Befund ohne Datei: {befund:?}")
        }
    };
    let schwere = match befund.schwere {
        Schwere::Fehler => "Fehler",
        Schwere::Warnung => "Warnung",
        Schwere::Hinweis => "Hinweis",
    };
    format!("{ort} {schwere}: {}\n", befund.text)
}
