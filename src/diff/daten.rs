//! The facts of a matter as one tree, whatever files they stand in, and how two such trees differ.
//!
//! Any choice among the differences can be applied to the old facts: that is how the cause of a changed sentence is
//! found. Knows no field of the model; what a field means is read from its name only for order and identity of lists.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::text::laengste_aufsteigende;
use crate::check::vermerke;
use crate::input::scalar::Style;
use crate::input::tree::Kind;
use crate::input::{self, Tree, tree::Node};
use crate::model::Drucksache;
use crate::model::datei::VorgangDatei;
use crate::pipeline::{Eingabe, Ordner};

/// Lists whose order says something.
const GEORDNET: [&str; 1] = ["beratungsfolge"];
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

/// One difference of the facts.
#[derive(Debug, Clone)]
pub(super) struct Unterschied {
    /// The way to the value, as people write it: `kündigung.frist_monate`.
    pub(super) pfad: String,
    pub(super) art: Unterschiedsart,
    pub(super) ort: Ort,
    pub(super) alt: Option<Wert>,
    pub(super) neu: Option<Wert>,
    /// The old and new text, where the difference is that of a text file or a template.
    pub(super) datei: Option<Dateiart>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unterschiedsart {
    Geaendert,
    Neu,
    Weg,
    /// The same items in another order.
    Umgestellt,
}

/// What a file is that holds no facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dateiart {
    Text,
    Vorlage,
    Sonstige,
}

/// Compares two sets of facts: all differences in a fixed order.
pub(super) fn unterschiede(alt: &Daten, neu: &Daten) -> Vec<Unterschied> {
    let mut lauf = Mischung {
        wahl: &|_| true,
        gefunden: Vec::new(),
    };
    lauf.daten(alt, neu);
    lauf.gefunden
}

/// The old facts with some of the differences applied, by their place in [`unterschiede`].
pub(super) fn mische(alt: &Daten, neu: &Daten, wahl: &BTreeSet<usize>) -> Daten {
    let mut lauf = Mischung {
        wahl: &|i| wahl.contains(&i),
        gefunden: Vec::new(),
    };
    lauf.daten(alt, neu)
}

/// Walks both trees once and takes of each difference the side that is chosen.
struct Mischung<'w> {
    wahl: &'w dyn Fn(usize) -> bool,
    gefunden: Vec<Unterschied>,
}

impl Mischung<'_> {
    fn daten(&mut self, alt: &Daten, neu: &Daten) -> Daten {
        let baum = self.wert("", &alt.baum, &neu.baum);
        let mut dateien = BTreeMap::new();
        let namen: BTreeSet<_> = alt.dateien.keys().chain(neu.dateien.keys()).collect();
        for name in namen {
            let (a, n) = (alt.dateien.get(name), neu.dateien.get(name));
            let genommen = if a == n || !self.merke_datei(name, a.is_some(), n.is_some()) {
                a
            } else {
                n
            };
            if let Some(bytes) = genommen {
                dateien.insert(name.clone(), bytes.clone());
            }
        }
        Daten {
            name: alt.name.clone(),
            baum,
            dateien,
            anzeigen: alt.anzeigen.clone(),
        }
    }

    fn merke_datei(&mut self, (ist_stamm, pfad): &(bool, String), alt: bool, neu: bool) -> bool {
        let datei = innen(*ist_stamm, pfad);
        let art = if pfad.starts_with("templates/") && pfad.ends_with(".md") {
            Dateiart::Vorlage
        } else if pfad.ends_with(".md") {
            Dateiart::Text
        } else {
            Dateiart::Sonstige
        };
        self.merke(Unterschied {
            pfad: String::new(),
            art: match (alt, neu) {
                (false, _) => Unterschiedsart::Neu,
                (_, false) => Unterschiedsart::Weg,
                _ => Unterschiedsart::Geaendert,
            },
            ort: Ort { datei, zeile: 0 },
            alt: None,
            neu: None,
            datei: Some(art),
        })
    }

    fn merke(&mut self, unterschied: Unterschied) -> bool {
        self.gefunden.push(unterschied);
        (self.wahl)(self.gefunden.len() - 1)
    }

    fn wert(&mut self, pfad: &str, alt: &Wert, neu: &Wert) -> Wert {
        if alt == neu {
            return alt.clone();
        }
        match (&alt.art, &neu.art) {
            (Wertart::Karte(a), Wertart::Karte(n)) => Wert {
                ort: alt.ort.clone(),
                art: Wertart::Karte(self.karte(pfad, a, n)),
            },
            (Wertart::Liste(a), Wertart::Liste(n)) => Wert {
                ort: alt.ort.clone(),
                art: Wertart::Liste(self.liste(pfad, &neu.ort, a, n)),
            },
            _ => {
                let neuer = self.merke(Unterschied {
                    pfad: pfad.to_owned(),
                    art: Unterschiedsart::Geaendert,
                    ort: neu.ort.clone(),
                    alt: Some(alt.clone()),
                    neu: Some(neu.clone()),
                    datei: None,
                });
                if neuer { neu.clone() } else { alt.clone() }
            }
        }
    }

    fn karte(
        &mut self,
        pfad: &str,
        alt: &[(String, Wert)],
        neu: &[(String, Wert)],
    ) -> Vec<(String, Wert)> {
        let mut karte = Vec::new();
        for (schluessel, wert) in alt {
            let weiter = unter(pfad, schluessel);
            match neu.iter().find(|(k, _)| k == schluessel) {
                Some((_, neuer)) => {
                    karte.push((schluessel.clone(), self.wert(&weiter, wert, neuer)))
                }
                None => {
                    if !self.merke_eintrag(weiter, Some(wert), None) {
                        karte.push((schluessel.clone(), wert.clone()));
                    }
                }
            }
        }
        for (schluessel, wert) in neu {
            if !alt.iter().any(|(k, _)| k == schluessel) {
                let weiter = unter(pfad, schluessel);
                // A whole section that is new differs entry by entry.
                let ist_abschnitt = !pfad.contains('.') && pfad != DRUCKSACHEN && !pfad.is_empty();
                let leer = Wert::leer();
                if ist_abschnitt && matches!(wert.art, Wertart::Karte(_)) {
                    let wert = self.wert(&weiter, &leer, wert);
                    if wert != leer {
                        karte.push((schluessel.clone(), wert));
                    }
                } else if self.merke_eintrag(weiter, None, Some(wert)) {
                    karte.push((schluessel.clone(), wert.clone()));
                }
            }
        }
        karte
    }

    fn merke_eintrag(&mut self, pfad: String, alt: Option<&Wert>, neu: Option<&Wert>) -> bool {
        self.merke(Unterschied {
            pfad,
            art: if alt.is_some() {
                Unterschiedsart::Weg
            } else {
                Unterschiedsart::Neu
            },
            ort: alt.or(neu).map(|wert| wert.ort.clone()).unwrap_or_default(),
            alt: alt.cloned(),
            neu: neu.cloned(),
            datei: None,
        })
    }

    fn liste(&mut self, pfad: &str, ort: &Ort, alt: &[Wert], neu: &[Wert]) -> Vec<Wert> {
        let paare = listenpaare(alt, neu);
        let folge: Vec<usize> = paare.iter().map(|(a, _)| *a).collect();
        let umgestellt = laengste_aufsteigende(&folge).len() < folge.len();
        let nach_neu = umgestellt && {
            let liste = |werte: &[Wert]| Wert {
                ort: ort.clone(),
                art: Wertart::Liste(werte.to_vec()),
            };
            self.merke(Unterschied {
                pfad: pfad.to_owned(),
                art: Unterschiedsart::Umgestellt,
                ort: ort.clone(),
                alt: Some(liste(alt)),
                neu: Some(liste(neu)),
                datei: None,
            })
        };
        // Items by old index; added ones by the old index of the item before them.
        let mut behalten: BTreeMap<usize, Wert> = BTreeMap::new();
        let mut entfallen = BTreeSet::new();
        for (i, wert) in alt.iter().enumerate() {
            let weiter = format!("{pfad}[{}]", i + 1);
            match paare
                .iter()
                .find(|(a, _)| *a == i)
                .and_then(|(_, n)| neu.get(*n))
            {
                Some(neuer) => {
                    behalten.insert(i, self.wert(&weiter, wert, neuer));
                }
                None if self.merke_eintrag(weiter, Some(wert), None) => {
                    entfallen.insert(i);
                }
                None => {
                    behalten.insert(i, wert.clone());
                }
            }
        }
        let mut zusaetze: BTreeMap<Option<usize>, Vec<Wert>> = BTreeMap::new();
        let mut davor = None;
        for (j, wert) in neu.iter().enumerate() {
            match paare.iter().find(|(_, n)| *n == j) {
                Some((a, _)) => davor = Some(*a),
                None => {
                    if self.merke_eintrag(format!("{pfad}[{}]", j + 1), None, Some(wert)) {
                        zusaetze.entry(davor).or_default().push(wert.clone());
                    }
                }
            }
        }
        let reihe: Vec<usize> = if nach_neu {
            let mut reihe = folge;
            for i in 0..alt.len() {
                if !reihe.contains(&i) {
                    let at = i
                        .checked_sub(1)
                        .and_then(|v| reihe.iter().position(|r| *r == v))
                        .map_or(0, |p| p + 1);
                    reihe.insert(at, i);
                }
            }
            reihe
        } else {
            (0..alt.len()).collect()
        };
        let mut liste: Vec<Wert> = zusaetze.remove(&None).unwrap_or_default();
        for i in reihe {
            if !entfallen.contains(&i) {
                liste.extend(behalten.remove(&i));
            }
            liste.extend(zusaetze.remove(&Some(i)).unwrap_or_default());
        }
        liste
    }
}

fn unter(pfad: &str, schluessel: &str) -> String {
    if pfad.is_empty() {
        schluessel.to_owned()
    } else {
        format!("{pfad}.{schluessel}")
    }
}

/// Items of two lists that are the same, in the order of the new one: equal ones, then those of one name, then those that
/// are alone in the same place.
fn listenpaare(alt: &[Wert], neu: &[Wert]) -> Vec<(usize, usize)> {
    let mut paare: BTreeMap<usize, usize> = BTreeMap::new();
    let mut vergeben = BTreeSet::new();
    let kennungen = |werte: &[Wert]| werte.iter().map(Wert::kennung).collect::<Vec<_>>();
    let (ka, kn) = (kennungen(alt), kennungen(neu));
    let kurz = |werte: &[Wert]| werte.iter().map(Wert::kurz).collect::<Vec<_>>();
    let (ga, gn) = (kurz(alt), kurz(neu));
    for (links, rechts) in [(&ga, &gn), (&ka, &kn)] {
        for op in capture_diff_slices(Algorithm::Myers, links, rechts) {
            if matches!(op, DiffOp::Equal { .. }) {
                for (a, n) in op.old_range().zip(op.new_range()) {
                    if !paare.contains_key(&n) && vergeben.insert(a) {
                        paare.insert(n, a);
                    }
                }
            }
        }
        for (n, name) in rechts.iter().enumerate() {
            if paare.contains_key(&n) {
                continue;
            }
            let a = (0..links.len()).find(|a| links.get(*a) == Some(name) && !vergeben.contains(a));
            if let Some(a) = a {
                vergeben.insert(a);
                paare.insert(n, a);
            }
        }
    }
    // What is left between two pairs and of one shape was reworded.
    let mut davor: Option<usize> = None;
    for n in 0..neu.len() {
        if let Some(a) = paare.get(&n) {
            davor = Some(*a);
            continue;
        }
        let a = davor.map_or(0, |a| a + 1);
        let beide_text = alt.get(a).is_some_and(|w| w.text().is_some())
            && neu.get(n).is_some_and(|w| w.text().is_some());
        let naechster_vergeben = paare
            .get(&(n + 1))
            .is_none_or(|naechster| *naechster == a + 1)
            && (n + 1 < neu.len() || a + 1 == alt.len());
        let aehnlich = beide_text && aehnlich(ga.get(a), gn.get(n));
        if a < alt.len() && !vergeben.contains(&a) && aehnlich && naechster_vergeben {
            vergeben.insert(a);
            paare.insert(n, a);
            davor = Some(a);
        }
    }
    paare.into_iter().map(|(n, a)| (a, n)).collect()
}

/// Whether two items are one, reworded: half of their words are the same. Keys never are.
fn aehnlich(alt: Option<&String>, neu: Option<&String>) -> bool {
    let (Some(alt), Some(neu)) = (alt, neu) else {
        return false;
    };
    let (a, n): (BTreeSet<_>, BTreeSet<_>) = (alt.split(' ').collect(), neu.split(' ').collect());
    if a.len() < 2 || n.len() < 2 {
        return false;
    }
    2 * a.intersection(&n).count() >= a.len().max(n.len()) / 2 + 1
}

/// Whether the order of this list says something.
pub(super) fn ist_geordnet(pfad: &str) -> bool {
    let name = pfad.rsplit('.').next().unwrap_or_default();
    let name = name.split('[').next().unwrap_or_default();
    GEORDNET.contains(&name)
}
