//! The facts of a matter as one tree, whatever files they stand in, and how two such trees differ.
//!
//! Any choice among the differences can be applied to the old facts: that is how the cause of a changed sentence is
//! found. Knows no field of the model; what a field means is read from its name only for order and identity of lists.

use std::collections::BTreeMap;

use crate::check::vermerke;
use crate::input::scalar::Style;
use crate::input::tree::Kind;
use crate::input::{self, Tree, tree::Node};
use crate::model::Drucksache;
use crate::model::datei::VorgangDatei;
use crate::pipeline::{Eingabe, Ordner};

mod mischung;
mod umbenennung;

pub(super) use mischung::{
    Dateiart, Unterschied, Unterschiedsart, ist_geordnet, mische, unterschiede,
};

pub(super) use umbenennung::{Umbenennung, umbenennungen};

/// Keys that tell the items of a list apart, the first one that an item has.
const KENNUNGEN: [&str; 12] = [
    "gremium",
    "anwender",
    "körperschaft",
    "partei",
    "papier",
    "vereinbarung",
    "drucksache",
    "titel",
    "bezeichnung",
    "name",
    "jahr",
    "amt",
];

/// Maps in which what stands first is more than printed first: who takes a fault report, for one.
const REIHEN: [&str; 4] = ["aufgaben", "kosten", "termine", "angaben"];

/// Whether more than the order of paragraphs may follow the order of the map at this way.
pub(super) fn ist_reihe(pfad: &str) -> bool {
    REIHEN.contains(&pfad.rsplit('.').next().unwrap_or_default())
}

/// A value of the YAML, without its spelling.
#[derive(Debug, Clone)]
pub(super) struct Wert {
    pub(super) ort: Ort,
    pub(super) art: Wertart,
}

/// A place in a file as people name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ort {
    /// The file.
    pub datei: String,
    /// The line, from 1; 0 for a file as a whole.
    pub zeile: usize,
}

#[derive(Debug, Clone)]
pub(super) enum Wertart {
    Nichts,
    Text(String),
    Liste(Vec<Wert>),
    Karte(Vec<(String, Wert)>),
}

impl PartialEq for Wert {
    fn eq(&self, andere: &Self) -> bool {
        match (&self.art, &andere.art) {
            (Wertart::Nichts, Wertart::Nichts) => true,
            (Wertart::Text(a), Wertart::Text(b)) => a == b,
            (Wertart::Liste(a), Wertart::Liste(b)) => a == b,
            (Wertart::Karte(a), Wertart::Karte(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .all(|(k, v)| b.iter().any(|(l, w)| k == l && v == w))
            }
            _ => false,
        }
    }
}

impl Wert {
    fn leer() -> Self {
        Self {
            ort: Ort::default(),
            art: Wertart::Karte(Vec::new()),
        }
    }

    fn aus(baum: &Tree, knoten: &Node, datei: &str) -> Self {
        let ort = Ort {
            datei: datei.to_owned(),
            zeile: baum.source().line_column(knoten.range.start).line,
        };
        let art = match &knoten.kind {
            Kind::Scalar(skalar) if skalar.style() == Style::Plain && skalar.is_empty() => {
                Wertart::Nichts
            }
            Kind::Scalar(skalar) => Wertart::Text(skalar.text().to_owned()),
            Kind::List(glieder) => Wertart::Liste(
                glieder
                    .iter()
                    .map(|glied| Self::aus(baum, glied, datei))
                    .collect(),
            ),
            Kind::Map(eintraege) => Wertart::Karte(
                eintraege
                    .iter()
                    .map(|eintrag| {
                        (
                            eintrag.key.text().to_owned(),
                            Self::aus(baum, &eintrag.value, datei),
                        )
                    })
                    .collect(),
            ),
        };
        Self { ort, art }
    }

    /// As one line of YAML that means the same.
    fn yaml(&self, ziel: &mut String) {
        match &self.art {
            Wertart::Nichts => ziel.push('~'),
            Wertart::Text(text) => zeichenkette(text, ziel),
            Wertart::Liste(glieder) => {
                ziel.push('[');
                for glied in glieder {
                    glied.yaml(ziel);
                    ziel.push_str(", ");
                }
                ziel.push(']');
            }
            Wertart::Karte(eintraege) => {
                ziel.push('{');
                for (schluessel, wert) in eintraege {
                    zeichenkette(schluessel, ziel);
                    ziel.push_str(": ");
                    wert.yaml(ziel);
                    ziel.push_str(", ");
                }
                ziel.push('}');
            }
        }
    }

    /// For people: `2 von: 01.01.2022`, short.
    pub(super) fn kurz(&self) -> String {
        match &self.art {
            Wertart::Nichts => "leer".to_owned(),
            Wertart::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Wertart::Liste(glieder) => {
                let glieder: Vec<_> = glieder.iter().map(Self::kurz).collect();
                format!("[{}]", glieder.join(", "))
            }
            Wertart::Karte(eintraege) => {
                let eintraege: Vec<_> = eintraege
                    .iter()
                    .map(|(k, v)| format!("{k}: {}", v.kurz()))
                    .collect();
                format!("{{ {} }}", eintraege.join(", "))
            }
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.art {
            Wertart::Text(text) => Some(text),
            _ => None,
        }
    }

    fn eintrag(&self, schluessel: &str) -> Option<&Self> {
        match &self.art {
            Wertart::Karte(eintraege) => eintraege
                .iter()
                .find(|(k, _)| k == schluessel)
                .map(|(_, v)| v),
            _ => None,
        }
    }

    /// Equal, and in the same order: what stands first in a map may be printed first.
    fn ist_gleich(&self, andere: &Self) -> bool {
        match (&self.art, &andere.art) {
            (Wertart::Karte(a), Wertart::Karte(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .zip(b)
                        .all(|((k, v), (l, w))| k == l && v.ist_gleich(w))
            }
            (Wertart::Liste(a), Wertart::Liste(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(v, w)| v.ist_gleich(w))
            }
            _ => self == andere,
        }
    }

    /// Whether two items are one that bears another title or name: all else that they say is the same.
    fn ist_umbenannt_in(&self, andere: &Self) -> bool {
        let (Wertart::Karte(a), Wertart::Karte(b)) = (&self.art, &andere.art) else {
            return false;
        };
        let kennung = KENNUNGEN.iter().find(|name| self.eintrag(name).is_some());
        let ist_titel = kennung.is_some_and(|name| {
            matches!(*name, "titel" | "bezeichnung" | "name" | "gremium" | "amt")
        });
        // An item that says nothing but its name is another one under another name; an office is one of a list by its place.
        ist_titel
            && a.len() == b.len()
            && (a.len() > 1 || kennung == Some(&"amt"))
            && a.iter()
                .all(|(k, v)| Some(&k.as_str()) == kennung || andere.eintrag(k) == Some(v))
    }

    /// The same with one word for another, as keys and as texts.
    pub(super) fn ersetzt(&self, alt: &str, neu: &str) -> Self {
        let wort = |text: &str| {
            if text == alt {
                neu.to_owned()
            } else {
                text.to_owned()
            }
        };
        Self {
            ort: self.ort.clone(),
            art: match &self.art {
                Wertart::Nichts => Wertart::Nichts,
                Wertart::Text(text) => Wertart::Text(wort(text)),
                Wertart::Liste(glieder) => {
                    Wertart::Liste(glieder.iter().map(|g| g.ersetzt(alt, neu)).collect())
                }
                Wertart::Karte(eintraege) => Wertart::Karte(
                    eintraege
                        .iter()
                        .map(|(k, v)| (wort(k), v.ersetzt(alt, neu)))
                        .collect(),
                ),
            },
        }
    }

    /// What an item of a list is known by.
    fn kennung(&self) -> String {
        match &self.art {
            Wertart::Karte(eintraege) => KENNUNGEN
                .iter()
                .find_map(|name| self.eintrag(name))
                .or_else(|| eintraege.first().map(|(_, wert)| wert))
                .map_or_else(String::new, |wert| format!("{{{}", wert.kurz())),
            _ => self.kurz(),
        }
    }

    /// Puts the entries of another map into this one; lists run on.
    fn vereine(&mut self, andere: Self) {
        match (&mut self.art, andere.art) {
            (Wertart::Karte(eigene), Wertart::Karte(neue)) => {
                for (schluessel, wert) in neue {
                    match eigene.iter_mut().find(|(k, _)| *k == schluessel) {
                        Some((_, vorhanden)) => vorhanden.vereine(wert),
                        None => eigene.push((schluessel, wert)),
                    }
                }
            }
            (Wertart::Liste(eigene), Wertart::Liste(neue)) => eigene.extend(neue),
            (eigene, neue) => *eigene = neue,
        }
    }
}

/// In double quotes; JSON's escapes are YAML's.
fn zeichenkette(text: &str, ziel: &mut String) {
    ziel.push_str(&serde_json::Value::from(text).to_string());
}

/// All that a matter is made of.
#[derive(Debug, Clone)]
pub(super) struct Daten {
    name: String,
    /// Sections of the matter and of the base data, Drucksachen by key.
    baum: Wert,
    /// Every other file: `true` for the base data's.
    dateien: BTreeMap<(bool, String), std::sync::Arc<[u8]>>,
    /// What folders are called.
    anzeigen: [String; 2],
}

/// First step of the ways to the matter's and the base data's sections.
const VORGANG: &str = "vorgang";
const STAMMDATEN: &str = "stammdaten";
const DRUCKSACHEN: &str = "drucksachen";

impl Daten {
    /// Reads the facts of a matter that can be built; what cannot be read is left out.
    pub(super) fn aus(eingabe: &Eingabe) -> Self {
        let mut vorgang = Wert::leer();
        let mut drucksachen = Wert::leer();
        let mut stammdaten = Wert::leer();
        let mut dateien = BTreeMap::new();
        for (ist_stamm, ordner) in [(true, &eingabe.stammdaten), (false, &eingabe.vorgang)] {
            for (pfad, bytes) in &ordner.dateien {
                let klein = pfad.to_lowercase();
                let ist_yaml = klein.ends_with(".yaml") || klein.ends_with(".yml");
                if !ist_yaml {
                    dateien.insert((ist_stamm, pfad.clone()), bytes.clone());
                    continue;
                }
                if !ist_stamm && pfad == vermerke::DATEI {
                    continue;
                }
                let Some(baum) = lies(pfad, bytes) else {
                    continue;
                };
                let wurzel = Wert::aus(&baum, baum.root(), &innen(ist_stamm, pfad));
                if ist_stamm {
                    stammdaten.vereine(wurzel);
                } else {
                    abschnitte(wurzel, pfad, &mut vorgang, &mut drucksachen);
                }
            }
        }
        let mut baum = Wert::leer();
        if let Wertart::Karte(eintraege) = &mut baum.art {
            eintraege.push((VORGANG.to_owned(), vorgang));
            eintraege.push((DRUCKSACHEN.to_owned(), drucksachen));
            eintraege.push((STAMMDATEN.to_owned(), stammdaten));
        }
        Self {
            name: eingabe.name.clone(),
            baum,
            dateien,
            anzeigen: [
                eingabe.vorgang.anzeige.clone(),
                eingabe.stammdaten.anzeige.clone(),
            ],
        }
    }

    /// Gives a Drucksache that stands in another file than before the name under which it is known there.
    pub(super) fn gleiche_drucksachen_an(&mut self, alt: &Self) {
        let nummern = |daten: &Self| -> Vec<(String, String)> {
            let Some(Wertart::Karte(eintraege)) = daten.baum.eintrag(DRUCKSACHEN).map(|w| &w.art)
            else {
                return Vec::new();
            };
            eintraege
                .iter()
                .map(|(pfad, wert)| {
                    let nummer = wert.eintrag("nummer").map(Wert::kurz).unwrap_or_default();
                    (pfad.clone(), nummer)
                })
                .collect()
        };
        let (alte, neue) = (nummern(alt), nummern(self));
        let mut umbenannt = BTreeMap::new();
        for (pfad, nummer) in &neue {
            let gleich_da = alte.iter().any(|(p, _)| p == pfad);
            let anderswo = alte
                .iter()
                .find(|(p, n)| n == nummer && !neue.iter().any(|(q, _)| q == p));
            if let Some((alter_pfad, _)) = anderswo.filter(|_| !gleich_da) {
                umbenannt.insert(pfad.clone(), alter_pfad.clone());
            }
        }
        if let Wertart::Karte(wurzel) = &mut self.baum.art
            && let Some((_, drucksachen)) = wurzel.iter_mut().find(|(k, _)| k == DRUCKSACHEN)
            && let Wertart::Karte(eintraege) = &mut drucksachen.art
        {
            for (pfad, _) in eintraege {
                if let Some(alter) = umbenannt.get(pfad) {
                    pfad.clone_from(alter);
                }
            }
        }
    }

    /// The bytes of a file of the matter that holds no facts.
    pub(super) fn datei(&self, pfad: &str) -> Option<&[u8]> {
        let bytes = self.dateien.get(&(false, pfad.to_owned()))?;
        Some(bytes.as_ref())
    }

    /// The matter as files again.
    pub(super) fn eingabe(&self) -> Eingabe {
        let mut vorgang = Ordner {
            anzeige: self.anzeigen[0].clone(),
            dateien: BTreeMap::new(),
        };
        let mut stammdaten = Ordner {
            anzeige: self.anzeigen[1].clone(),
            dateien: BTreeMap::new(),
        };
        for ((ist_stamm, pfad), bytes) in &self.dateien {
            let ordner = if *ist_stamm {
                &mut stammdaten
            } else {
                &mut vorgang
            };
            ordner.dateien.insert(pfad.clone(), bytes.clone());
        }
        let schreibe = |wert: &Wert| {
            let mut yaml = String::new();
            wert.yaml(&mut yaml);
            yaml.push('\n');
            yaml.into_bytes().into()
        };
        if let Some(wert) = self.baum.eintrag(VORGANG) {
            vorgang
                .dateien
                .insert("vorgang.yaml".to_owned(), schreibe(wert));
        }
        if let Some(wert) = self.baum.eintrag(STAMMDATEN) {
            stammdaten
                .dateien
                .insert("stammdaten.yaml".to_owned(), schreibe(wert));
        }
        if let Some(Wertart::Karte(drucksachen)) = self.baum.eintrag(DRUCKSACHEN).map(|w| &w.art) {
            for (i, (_, wert)) in drucksachen.iter().enumerate() {
                let umschlag = Wert {
                    ort: Ort::default(),
                    art: Wertart::Karte(vec![("drucksache".to_owned(), wert.clone())]),
                };
                vorgang
                    .dateien
                    .insert(format!("zz-{i:05}.yaml"), schreibe(&umschlag));
            }
        }
        Eingabe {
            name: self.name.clone(),
            vorgang,
            stammdaten,
        }
    }
}

fn innen(ist_stamm: bool, pfad: &str) -> String {
    if ist_stamm {
        format!("{STAMMDATEN}/{pfad}")
    } else {
        pfad.to_owned()
    }
}

fn lies(pfad: &str, bytes: &[u8]) -> Option<Tree> {
    let quelle = input::read(pfad.into(), bytes).ok()?;
    input::parse(&quelle).ok()
}

/// Puts the sections of a file where they belong.
fn abschnitte(wurzel: Wert, pfad: &str, vorgang: &mut Wert, drucksachen: &mut Wert) {
    let ist_nackt = !VorgangDatei::ABSCHNITTE
        .iter()
        .any(|name| wurzel.eintrag(name).is_some())
        && Drucksache::EIGENE
            .iter()
            .any(|name| wurzel.eintrag(name).is_some());
    let lege_ab = |wert: Wert, drucksachen: &mut Wert| {
        if let Wertart::Karte(eintraege) = &mut drucksachen.art {
            eintraege.push((pfad.to_owned(), wert));
        }
    };
    if ist_nackt {
        lege_ab(wurzel, drucksachen);
        return;
    }
    let Wertart::Karte(eintraege) = wurzel.art else {
        return;
    };
    for (name, wert) in eintraege {
        if name == "drucksache" {
            lege_ab(wert, drucksachen);
        } else {
            vorgang.vereine(Wert {
                ort: Ort::default(),
                art: Wertart::Karte(vec![(name, wert)]),
            });
        }
    }
}
