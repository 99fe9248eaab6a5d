//! The matter as a whole: the sections of all its files put together, every name resolved.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::anlage::Inhalt;
use super::datei::{StammdatenDatei, VorgangDatei};
use super::drucksache::{Drucksache, Nummer};
use super::frist::Amtsblatt;
use super::koerperschaft::{Amt, Behoerde, Gattung, Koerperschaft, Schluessel};
use super::kosten::Kostenposition;
use super::nutzung::Nutzung;
use super::reihe::Reihe;
use super::text::Text;
use super::vereinbarung::Vereinbarung;
use super::verweise;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::{Datum, Scalar, Tree, decode, parse};
use crate::recht::{self, Recht};
use crate::source::{FileName, Source};

/// The kinds of bodies that the program knows, as YAML.
const GATTUNGEN: &str = include_str!("gattungen.yaml");

/// The one version of the input format.
const FORMAT: u32 = 1;

/// What a matter is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kopf {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Version of the input format; 1.
    pub format: Option<u32>,
    /// What the matter is called.
    pub titel: Option<Text>,
    /// The body that leads it.
    #[serde(rename = "federführend")]
    pub federfuehrend: Option<Schluessel>,
    /// Whether its agreements are samples with invented values, and say so on each page.
    #[serde(default)]
    pub muster: bool,
}

/// A matter.
#[derive(Debug, Clone, Default)]
pub struct Vorgang {
    /// What it is.
    pub kopf: Kopf,
    /// Kinds of bodies by name.
    pub gattungen: BTreeMap<String, Gattung>,
    /// The law: what ships in the binary and what the base data add.
    pub recht: Recht,
    /// When gazettes appear, by their name as it stands after „im“.
    pub amtsblaetter: BTreeMap<String, Amtsblatt>,
    /// Authorities by their name without its article.
    pub behoerden: BTreeMap<String, Behoerde>,
    /// Offices by key.
    pub aemter: BTreeMap<Schluessel, Amt>,
    /// Bodies by key.
    pub koerperschaften: BTreeMap<Schluessel, Koerperschaft>,
    /// Agreements by key.
    pub vereinbarungen: BTreeMap<Schluessel, Vereinbarung>,
    /// Who uses the service, and since when.
    pub nutzung: Vec<Nutzung>,
    /// Cost items by key.
    pub kosten: Reihe<Kostenposition>,
    /// The papers for councils, in the order of their files.
    pub drucksachen: Vec<Drucksache>,
    /// The first file of a matter that holds neither a paper nor an agreement.
    pub leer_in: Option<FileName>,
}

impl Vorgang {
    /// Puts a matter together from its own files and those of the base data.
    ///
    /// The matter is complete only if no finding is an error.
    pub fn aus(vorgang: &[Tree], stammdaten: &[Tree]) -> (Self, Vec<Befund>) {
        let (vorgang, mut befunde) = Self::gestalt(vorgang, stammdaten);
        if !befunde.iter().any(Befund::ist_fehler) {
            befunde.extend(vorgang.verweise());
        }
        (vorgang, befunde)
    }

    /// Names that lead nowhere and values that contradict another section. Only a matter of which every file could be
    /// read can be asked: else the missing file's names would be missing too.
    pub fn verweise(&self) -> Vec<Befund> {
        verweise::pruefe(self)
    }

    /// Puts a matter together and says what is wrong with the shape of each file.
    pub fn gestalt(vorgang: &[Tree], stammdaten: &[Tree]) -> (Self, Vec<Befund>) {
        let mut aufbau = Aufbau::default();
        aufbau.vorgang.recht = recht::recht();
        aufbau.gattungen();
        for tree in stammdaten {
            aufbau.stammdaten(tree);
        }
        for tree in vorgang {
            aufbau.datei(tree);
        }
        if aufbau.vorgang.drucksachen.is_empty() && aufbau.vorgang.vereinbarungen.is_empty() {
            aufbau.vorgang.leer_in = vorgang.first().map(|tree| tree.source().name.clone());
        }
        (aufbau.vorgang, aufbau.befunde)
    }

    /// The body whose council gets the paper, if it can be told.
    pub fn koerperschaft_von(&self, drucksache: &Drucksache) -> Option<&Koerperschaft> {
        let schluessel = drucksache
            .koerperschaft
            .as_ref()
            .or(self.kopf.federfuehrend.as_ref());
        match schluessel {
            Some(schluessel) => self.koerperschaften.get(schluessel),
            None if self.koerperschaften.len() == 1 => self.koerperschaften.values().next(),
            None => None,
        }
    }

    /// The paper with this number.
    pub fn drucksache(&self, nummer: &Nummer) -> Option<&Drucksache> {
        self.drucksachen
            .iter()
            .find(|drucksache| drucksache.nummer == *nummer)
    }

    /// Whether a body is a party: named, or one of the users on the day that the agreement names.
    pub fn ist_partei(&self, vereinbarung: &Vereinbarung, schluessel: &Schluessel) -> bool {
        vereinbarung.parteien.contains(schluessel)
            || vereinbarung.anwender_zum.is_some_and(|tag| {
                self.nutzung
                    .iter()
                    .any(|nutzung| nutzung.anwender == *schluessel && nutzung.gilt_am(tag))
            })
    }

    /// The day for which an agreement cites the law and names its offices: the day that it says, else that of its
    /// conclusion, else of the last session that deals with it; before a session is known, of the last decision that was
    /// recorded, of the last paper on it, or the one by which all mean to have signed.
    pub fn rechtsstand(&self, vereinbarung: &Vereinbarung) -> Option<Datum> {
        vereinbarung
            .rechtsstand
            .or(vereinbarung.geschlossen)
            .or_else(|| {
                let drucksachen = || {
                    self.drucksachen.iter().filter(|drucksache| {
                        self.vereinbarung_zu(drucksache)
                            .is_some_and(|v| v.schluessel == vereinbarung.schluessel)
                    })
                };
                let sitzung = drucksachen().filter_map(Drucksache::entscheidungstag).max();
                let beschluss = vereinbarung.beschluesse.iter().map(|b| b.datum).max();
                let vorlage = || drucksachen().filter_map(|d| d.vorlage_vom).max();
                sitzung
                    .or(beschluss)
                    .or_else(vorlage)
                    .or(vereinbarung.unterzeichnet_bis)
            })
    }

    /// The agreement that the paper is about, if there is one.
    pub fn vereinbarung_zu(&self, drucksache: &Drucksache) -> Option<&Vereinbarung> {
        let schluessel = drucksache.vereinbarung.as_ref().or_else(|| {
            drucksache
                .anlagen
                .iter()
                .find_map(|anlage| match &anlage.inhalt {
                    Inhalt::Vereinbarung(schluessel) => Some(schluessel),
                    _ => None,
                })
        })?;
        self.vereinbarungen.get(schluessel)
    }
}

/// The finding for a file that says what a paper says beside sections instead of in one: each of its keys alone would
/// only be unknown.
fn neben_abschnitten(tree: &Tree) -> Option<Befund> {
    let steht = |name: &str| tree.root().entry(name);
    let abschnitt = VorgangDatei::ABSCHNITTE
        .iter()
        .find_map(|name| steht(name))?;
    let eigene: Vec<_> = Drucksache::EIGENE
        .iter()
        .filter_map(|name| steht(name))
        .collect();
    let [erster, _, ..] = eigene[..] else {
        return None;
    };
    let drucksache = tree.root().entry("drucksache");
    let ist_leer = drucksache.is_some_and(|d| d.value.scalar().is_some_and(Scalar::is_empty));
    let stelle = tree.stelle(erster.key_range.clone());
    Some(if ist_leer {
        Befund::fehler(
            "angabe-neben-abschnitt",
            stelle,
            format!(
                "„{}“ gehört zur Drucksache, ist aber nicht eingerückt",
                erster.key.text()
            ),
        )
        .abhilfe("alle Angaben der Drucksache zwei Leerzeichen tiefer einrücken als „drucksache:“")
    } else {
        Befund::fehler(
            "angabe-neben-abschnitt",
            stelle,
            format!(
                "„{}“ steht neben dem Abschnitt „{}“, gehört aber zu einer Drucksache",
                erster.key.text(),
                abschnitt.key.text()
            ),
        )
        .abhilfe("über die Angaben der Drucksache „drucksache:“ schreiben und sie zwei Leerzeichen einrücken")
        .dazu(tree.stelle(abschnitt.key_range.clone()), "der Abschnitt")
    })
}

/// A matter in the making.
#[derive(Default)]
struct Aufbau {
    vorgang: Vorgang,
    befunde: Vec<Befund>,
    /// Where each section that may stand only once was found first.
    abschnitte: BTreeMap<&'static str, Route>,
}

impl Aufbau {
    /// Reads the kinds of bodies that the program ships.
    fn gattungen(&mut self) {
        static BAUM: LazyLock<Result<Tree, Befund>> =
            LazyLock::new(|| parse(&Source::new("gattungen.yaml", GATTUNGEN)));
        match &*BAUM {
            Ok(tree) => self.stammdaten(tree),
            Err(befund) => self.befunde.push(befund.clone()),
        }
    }

    fn stammdaten(&mut self, tree: &Tree) {
        let Some(datei) = self.decode::<StammdatenDatei>(tree) else {
            return;
        };
        self.vorgang.gattungen.extend(datei.gattungen);
        self.vorgang.amtsblaetter.extend(datei.amtsblaetter);
        self.vorgang.behoerden.extend(datei.behoerden);
        if let Some(zusatz) = datei.recht {
            let route = Route::wurzel(tree.source().name.clone()).feld("recht");
            let befunde = self.vorgang.recht.ergaenze(zusatz, &route);
            self.befunde.extend(befunde);
        }
        let aemter = Route::wurzel(tree.source().name.clone()).feld("ämter");
        for (schluessel, mut amt) in datei.aemter {
            amt.route = aemter.feld(schluessel.as_str());
            self.vorgang.aemter.insert(schluessel, amt);
        }
        let route = Route::wurzel(tree.source().name.clone()).feld("körperschaften");
        for (schluessel, mut koerperschaft) in datei.koerperschaften {
            koerperschaft.route = route.feld(schluessel.as_str());
            koerperschaft.schluessel = schluessel.clone();
            match self.vorgang.koerperschaften.entry(schluessel) {
                Entry::Vacant(platz) => {
                    platz.insert(koerperschaft);
                }
                Entry::Occupied(erste) => self.befunde.push(
                    Befund::fehler(
                        "doppelte-koerperschaft",
                        Stelle::Route(koerperschaft.route),
                        format!("die Körperschaft „{}“ gibt es zweimal", erste.key()),
                    )
                    .abhilfe("eine der beiden löschen oder anders benennen")
                    .dazu(Stelle::Route(erste.get().route.clone()), "zuerst hier"),
                ),
            }
        }
    }

    fn datei(&mut self, tree: &Tree) {
        let wurzel = Route::wurzel(tree.source().name.clone());
        let hat = |namen: &[&str]| namen.iter().any(|name| tree.root().entry(name).is_some());
        if !hat(&VorgangDatei::ABSCHNITTE) && hat(&Drucksache::EIGENE) {
            if let Some(mut drucksache) = self.decode::<Drucksache>(tree) {
                drucksache.route = wurzel;
                self.vorgang.drucksachen.push(drucksache);
            }
            return;
        }
        if let Some(befund) = neben_abschnitten(tree) {
            let (_, befunde) = decode::<VorgangDatei>(tree);
            self.befunde.push(befund);
            // That its keys are unknown here has been said; all else that is wrong has not.
            let gesagt = |befund: &Befund| {
                let entries = tree.root().entries().iter();
                befund.regel == "unbekannter-schluessel"
                    && entries
                        .map(|entry| tree.stelle(entry.key_range.clone()))
                        .any(|stelle| stelle == befund.stelle)
            };
            self.befunde
                .extend(befunde.into_iter().filter(|befund| !gesagt(befund)));
            return;
        }
        let Some(datei) = self.decode::<VorgangDatei>(tree) else {
            return;
        };
        if let Some(mut kopf) = datei.vorgang {
            kopf.route = self.einmal("vorgang", &wurzel);
            self.pruefe_format(&kopf);
            self.vorgang.kopf = kopf;
        }
        if let Some(vereinbarungen) = datei.vereinbarungen {
            let route = self.einmal("vereinbarungen", &wurzel);
            for (schluessel, mut vereinbarung) in vereinbarungen {
                vereinbarung.route = route.feld(schluessel.as_str());
                vereinbarung.schluessel = schluessel.clone();
                self.vorgang.vereinbarungen.insert(schluessel, vereinbarung);
            }
        }
        if let Some(nutzung) = datei.nutzung {
            let route = self.einmal("nutzung", &wurzel);
            for (i, mut eintrag) in nutzung.into_iter().enumerate() {
                eintrag.route = route.index(i);
                self.vorgang.nutzung.push(eintrag);
            }
        }
        if let Some(kosten) = datei.kosten {
            let route = self.einmal("kosten", &wurzel);
            for (schluessel, mut position) in kosten {
                position.route = route.feld(schluessel.as_str());
                self.vorgang.kosten.insert(schluessel, position);
            }
        }
        if let Some(mut drucksache) = datei.drucksache {
            drucksache.route = wurzel.feld("drucksache");
            self.vorgang.drucksachen.push(drucksache);
        }
    }

    fn decode<T: DeserializeOwned>(&mut self, tree: &Tree) -> Option<T> {
        let (wert, befunde) = decode(tree);
        self.befunde.extend(befunde);
        wert
    }

    /// The route of a section that may stand only once; a finding where it stands again.
    fn einmal(&mut self, name: &'static str, wurzel: &Route) -> Route {
        let route = wurzel.feld(name);
        match self.abschnitte.entry(name) {
            Entry::Vacant(platz) => {
                platz.insert(route.clone());
            }
            Entry::Occupied(erste) => {
                let ordner = |route: &Route| {
                    route
                        .datei
                        .rsplit_once('/')
                        .map(|(vorn, _)| vorn.to_owned())
                };
                let abhilfe = if name == "vorgang" && ordner(&route) != ordner(erste.get()) {
                    "sind es mehrere Vorgänge, jeden Ordner für sich nennen; sonst einen der beiden Abschnitte löschen"
                } else {
                    "beide Abschnitte in einer Datei zusammenführen"
                };
                self.befunde.push(
                    Befund::fehler(
                        "doppelter-abschnitt",
                        Stelle::Route(route.clone()),
                        format!("den Abschnitt „{name}“ gibt es zweimal"),
                    )
                    .abhilfe(abhilfe)
                    .dazu(Stelle::Route(erste.get().clone()), "zuerst hier"),
                );
            }
        }
        route
    }

    fn pruefe_format(&mut self, kopf: &Kopf) {
        if let Some(format) = kopf.format.filter(|format| *format != FORMAT) {
            self.befunde.push(
                Befund::fehler(
                    "unbekanntes-format",
                    Stelle::Route(kopf.route.feld("format")),
                    format!("das Format {format} kennt dieses Programm nicht"),
                )
                .abhilfe(format!(
                    "`format: {FORMAT}` eintragen oder ein neueres Programm verwenden"
                )),
            );
        }
    }
}
