//! The whole way on one screen: files → facts → numbers → papers → findings → pages → bytes.
//!
//! Pure: the same files give the same bytes, whatever the day, the machine, the folder or the language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::anlagen;
use crate::check::UMBENANNT;
use crate::check::vermerke::{self, Umfeld};
use crate::check::{self, Lage};
use crate::compute::{self, Ansicht};
use crate::diagnostic::render::Tafel;
use crate::diagnostic::{Befund, Stelle};
use crate::gesamt;
use crate::input::{self, Datum, Tree};
use crate::layout::Pictures;
use crate::model::{Drucksache, Vorgang, haelt_nur_papiere_auf, ist_ersetzbar};
use crate::pdf::PdfError;
use crate::recht;
use crate::source::{Source, Sources};
use crate::template::{self, Abdeckung, Auswahl, Papier, Texte, Vorlagen};

mod diagramme;
pub mod entwurf;
mod logos;
mod pruefung;
mod setzerei;
mod wertprobe;
mod wertstellen;

pub(crate) use setzerei::metadaten;
pub use setzerei::{Blick, Gesetzt, Setzer, Setzerei, setze};
use wertprobe::Druck;

/// The files of a matter and of its base data.
#[derive(Debug, Clone, Default)]
pub struct Eingabe {
    /// Name of the matter: the name of its folder.
    pub name: String,
    /// The matter's own files.
    pub vorgang: Ordner,
    /// The files of the base data.
    pub stammdaten: Ordner,
}

/// A folder's files by their path inside it, with `/`.
#[derive(Debug, Clone, Default)]
pub struct Ordner {
    /// The folder as findings name it; empty if it is the one at hand.
    pub anzeige: String,
    /// The files.
    pub dateien: BTreeMap<String, Arc<[u8]>>,
}

impl Ordner {
    /// A file's name in findings.
    fn name(&self, pfad: &str) -> String {
        if self.anzeige.is_empty() {
            pfad.to_owned()
        } else {
            format!("{}/{pfad}", self.anzeige)
        }
    }
}

/// What came of a matter.
#[derive(Debug, Default)]
pub struct Ergebnis {
    /// The texts that findings point to.
    pub quellen: Sources,
    /// Faults that keep papers from being made, and what else was seen on the way, sorted by place.
    pub befunde: Vec<Befund>,
    /// What the rules found, sorted by place.
    pub pruefung: Vec<Befund>,
    /// The rules that did not look, by name: where papers are missing, those that read papers; where the facts are at
    /// fault, all.
    pub ungeprueft: Vec<&'static str>,
    /// The papers; empty if a finding among `befunde` is an error.
    pub papiere: Vec<Fertig>,
    /// What papers could have been chosen from.
    pub vorhanden: Vorhanden,
    /// The computed values; `None` if the facts are at fault.
    pub zahlen: Option<Ansicht>,
    /// The days of effect of each agreement of which papers are made.
    pub tafeln: Vec<Tafel>,
    /// The matter's day: that of its last decision, else the one for which its agreements cite the law.
    pub tag: Option<NaiveDate>,
}

/// What a matter has to choose from.
#[derive(Debug, Default, Clone)]
pub struct Vorhanden {
    /// The kinds of its papers.
    pub arten: BTreeSet<String>,
    /// The kinds that a template makes, but for no subject of this matter as it stands.
    pub ruhende: BTreeSet<String>,
    /// The numbers of its Drucksachen.
    pub nummern: BTreeSet<String>,
}

impl Vorhanden {
    fn aus(vorgang: &Vorgang, vorlagen: &Vorlagen, papiere: &[Papier]) -> Self {
        let drucksachen = vorgang.drucksachen.iter();
        let arten: BTreeSet<_> = papiere.iter().map(|papier| papier.art.clone()).collect();
        let eigene = vorlagen.iter().filter(|(_, vorlage)| {
            let kopf = vorlage.kopf.as_ref();
            kopf.is_some_and(|kopf| kopf.vertritt.is_none())
        });
        Self {
            ruhende: eigene
                .map(|(name, _)| name.trim_end_matches(".md").to_owned())
                .filter(|art| !arten.contains(art))
                .collect(),
            arten,
            nummern: drucksachen.map(|d| d.nummer.to_string()).collect(),
        }
    }
}

/// A finished paper.
#[derive(Debug, Clone)]
pub struct Fertig {
    /// The paper.
    pub papier: Papier,
    /// The bytes of its PDF.
    pub pdf: Vec<u8>,
    /// Pictures that must stand beside the Markdown, by path.
    pub beilagen: Pictures,
}

impl Ergebnis {
    /// Whether the papers could be made.
    pub fn ist_gebaut(&self) -> bool {
        !self.befunde.iter().any(Befund::ist_fehler)
    }
}

/// Reads a matter and computes its values, for those who want figures and no papers.
///
/// `nimm` gets facts and values; what it makes of them is given back, unless a finding is an error.
pub fn rechne<T>(
    eingabe: &Eingabe,
    nimm: impl FnOnce(&Vorgang, &compute::Zahlen<'_>) -> T,
) -> (Option<T>, Ergebnis) {
    let mut gelesen = lies(eingabe);
    let (vorgang, befunde) = Vorgang::aus(&gelesen.vorgang, &gelesen.stammdaten);
    gelesen.befunde.extend(befunde);
    if gelesen.befunde.iter().any(Befund::ist_fehler) {
        return (None, gelesen.ohne_papiere());
    }
    let zahlen = compute::rechne(&vorgang);
    gelesen.befunde.extend(zahlen.befunde.iter().cloned());
    let fertig = !gelesen.befunde.iter().any(Befund::ist_fehler);
    let genommen = fertig.then(|| nimm(&vorgang, &zahlen));
    (genommen, gelesen.ohne_papiere())
}

/// Makes all papers of a matter.
///
/// # Errors
/// If a PDF cannot be written although the paper is sound: our bug, not the user's.
pub fn baue(eingabe: &Eingabe, auswahl: &Auswahl) -> Result<Ergebnis, PdfError> {
    baue_mit(&Setzerei::default(), eingabe, auswahl)
}

/// As [`baue`], with typesetters that know the words of other matters: the same bytes, sooner.
///
/// # Errors
/// See [`baue`].
pub fn baue_mit(
    setzerei: &Setzerei,
    eingabe: &Eingabe,
    auswahl: &Auswahl,
) -> Result<Ergebnis, PdfError> {
    mache(setzerei, eingabe, auswahl, Ziel::Pdf(&|_, _| ()))
}

/// As [`baue`], and shows the pages of each paper that is sound: they are gone once its PDF is written.
///
/// # Errors
/// See [`baue`].
pub fn baue_und_zeige(
    eingabe: &Eingabe,
    auswahl: &Auswahl,
    blick: &Blick<'_>,
) -> Result<Ergebnis, PdfError> {
    mache(&Setzerei::default(), eingabe, auswahl, Ziel::Pdf(blick))
}

/// Finds all that is wrong with a matter and writes nothing: runs the rules and sets the pages, but makes no PDF.
/// `papiere` stays empty.
///
/// # Errors
/// If a PDF cannot be written although the paper is sound: our bug, not the user's.
pub fn pruefe(eingabe: &Eingabe) -> Result<Ergebnis, PdfError> {
    mache(
        &Setzerei::default(),
        eingabe,
        &Auswahl::default(),
        Ziel::Seiten,
    )
}

/// Runs the rules over a matter and sets no page: `papiere` stays empty, and what only pages show is not found, such as
/// a missing glyph.
pub fn pruefe_regeln(eingabe: &Eingabe) -> Ergebnis {
    // Only a PDF that cannot be written is an error, and none is written.
    mache(
        &Setzerei::default(),
        eingabe,
        &Auswahl::default(),
        Ziel::Regeln,
    )
    .unwrap_or_default()
}

/// How far the way is gone.
#[derive(Clone, Copy)]
enum Ziel<'a> {
    Regeln,
    Seiten,
    Pdf(&'a Blick<'a>),
}

fn mache(
    setzerei: &Setzerei,
    eingabe: &Eingabe,
    auswahl: &Auswahl,
    ziel: Ziel<'_>,
) -> Result<Ergebnis, PdfError> {
    // While the facts are read, other threads read what every matter needs.
    rayon::scope(|neben| {
        // What takes longest first.
        neben.spawn(|_| template::lies_eingebaute());
        neben.spawn(|_| drop(recht::recht()));
        neben.spawn(|_| template::lies_form());
        mache_papiere(setzerei, eingabe, auswahl, ziel)
    })
}

fn mache_papiere(
    setzerei: &Setzerei,
    eingabe: &Eingabe,
    auswahl: &Auswahl,
    ziel: Ziel<'_>,
) -> Result<Ergebnis, PdfError> {
    let mut gelesen = lies(eingabe);
    let (mut vorgang, befunde) = Vorgang::gestalt(&gelesen.vorgang, &gelesen.stammdaten);
    gelesen.befunde.extend(befunde);
    if !gelesen.befunde.iter().any(Befund::ist_fehler) {
        gelesen.befunde.extend(vorgang.verweise());
    }
    let (vorlagen, befunde) = Vorlagen::laden(&gelesen.vorlagen);
    gelesen.befunde.extend(befunde);
    let mut beiwerk = beiwerk(eingabe);
    if !unbrauchbar(&gelesen.befunde) {
        gelesen.befunde.extend(logos::pruefe(&vorgang, &beiwerk));
    }
    if unbrauchbar(&gelesen.befunde) {
        return Ok(gelesen.ohne_papiere());
    }
    let ohne_papiere = !ergaenze(&mut vorgang, &gelesen.befunde);

    let zahlen = compute::rechne(&vorgang);
    gelesen.befunde.extend(zahlen.befunde.iter().cloned());
    if zahlen.befunde.iter().any(Befund::ist_fehler) {
        return Ok(gelesen.ohne_papiere());
    }
    let texte = Texte {
        baeume: &gelesen.vorgang,
        dateien: &gelesen.texte,
    };
    let (mut papiere, mut befunde, druckstock) =
        template::papiere_und_druckstock(&vorgang, &zahlen, &vorlagen, texte, auswahl);
    if ohne_papiere {
        papiere.clear();
        befunde.clear();
    }
    let vollstaendig = !ohne_papiere && !befunde.iter().any(Befund::ist_fehler);
    let ganze = if auswahl.gesamt {
        gesamt::gesamt(&vorgang, &papiere)
    } else {
        Default::default()
    };
    let alle: Vec<&Papier> = papiere.iter().chain(&ganze.0).collect();
    let druck = Druck {
        vorlagen: &vorlagen,
        druckstock: &druckstock,
        vorgang: &vorgang,
        papiere: &alle,
    };
    gelesen.melde_daten(&druck, befunde);
    gelesen.befunde.extend(anlagen::pruefe(
        &vorgang,
        &eingabe.vorgang.dateien,
        auswahl.gesamt,
    ));

    let lage = Lage::neu(&vorgang, &zahlen, &papiere);
    let regeln = || {
        if vollstaendig {
            (check::pruefe(&lage), Vec::new())
        } else {
            // A view of its own: who else looks at papers meanwhile is no rule.
            check::pruefe_ohne_papiere(&Lage::neu(&vorgang, &zahlen, &papiere))
        }
    };
    let schaubilder = || template::schaubilder(&vorgang, &zahlen);
    let mut gewaehlte = alle.clone();
    gewaehlte.sort_by(|a, b| a.name.cmp(&b.name));
    gewaehlte.retain(|papier| auswahl.will(papier));
    // Rules and pages ask nothing of each other.
    let ((gefunden, ungeprueft), gesetzt) = match ziel {
        Ziel::Regeln => (regeln(), Vec::new()),
        Ziel::Seiten => {
            lage.lies_alle();
            rayon::join(regeln, || setzerei.maengel(&lage, &beiwerk, &schaubilder()))
        }
        Ziel::Pdf(blick) => rayon::join(regeln, || {
            // A picture of the same name is what an earlier run left; the numbers of this one count.
            let gezeichnet = setzerei.nimm(|setzer| setzer.diagramme(&schaubilder(), &gewaehlte));
            beiwerk.extend(gezeichnet);
            setzerei.alle(&gewaehlte, &beiwerk, blick)
        }),
    };
    let pruefung = gelesen.eingeordnet(gefunden, &lage, &druck, eingabe);
    let tafeln = pruefung::wirksamkeitstage(&lage);
    gelesen.befunde.extend(ganze.1);
    let mut fertige = Vec::new();
    let mut maengel = Vec::new();
    for (papier, gesetzt) in gewaehlte.into_iter().zip(gesetzt) {
        let (gesetzt, befunde) = gesetzt?;
        maengel.push((papier, befunde));
        fertige.extend(gesetzt.map(|gesetzt| Fertig {
            papier: papier.clone(),
            pdf: gesetzt.pdf,
            beilagen: gesetzt.beilagen,
        }));
    }
    gelesen.melde(&druck, maengel);
    Ok(Ergebnis {
        vorhanden: Vorhanden::aus(&vorgang, &vorlagen, &papiere),
        zahlen: Some(Ansicht::aus(&vorgang, &zahlen)),
        tafeln,
        tag: tag(&vorgang),
        ..gelesen.ergebnis(pruefung, fertige, ungeprueft)
    })
}

/// Whether faults of the facts keep even the rules that read no paper from looking.
fn unbrauchbar(befunde: &[Befund]) -> bool {
    let mut fehler = befunde.iter().filter(|befund| befund.ist_fehler());
    fehler.any(|befund| !haelt_nur_papiere_auf(befund))
}

/// Lets something stand in for what only papers need, so that the rules can look at papers that nobody gets. Whether that
/// can be: else no paper is made, and what would be wrong with it comes of what is missing.
fn ergaenze(vorgang: &mut Vorgang, befunde: &[Befund]) -> bool {
    let mut fehlend = befunde.iter().filter(|befund| befund.ist_fehler());
    let ersetzbar = fehlend.clone().all(ist_ersetzbar);
    if fehlend.any(ist_ersetzbar) {
        vorgang.ersetze_fehlende_vertretungen();
    }
    ersetzbar
}

/// The matter's day.
fn tag(vorgang: &Vorgang) -> Option<NaiveDate> {
    let entschieden = vorgang.drucksachen.iter();
    let entschieden = entschieden.filter_map(Drucksache::entscheidungstag).max();
    let vereinbart = || {
        let vereinbarungen = vorgang.vereinbarungen.values();
        vereinbarungen.filter_map(|v| vorgang.rechtsstand(v)).max()
    };
    entschieden.or_else(vereinbart).map(Datum::tag)
}

/// Which places of its templates a matter reaches; of a matter that is at fault, none.
pub fn abdeckung(eingabe: &Eingabe) -> Abdeckung {
    let gelesen = lies(eingabe);
    let (vorgang, _) = Vorgang::aus(&gelesen.vorgang, &gelesen.stammdaten);
    let (vorlagen, _) = Vorlagen::laden(&gelesen.vorlagen);
    let zahlen = compute::rechne(&vorgang);
    let texte = Texte {
        baeume: &gelesen.vorgang,
        dateien: &gelesen.texte,
    };
    template::abdeckung(&vorgang, &zahlen, &vorlagen, texte)
}

/// The files of a matter, read.
#[derive(Default)]
struct Gelesen {
    quellen: Sources,
    vorgang: Vec<Tree>,
    stammdaten: Vec<Tree>,
    texte: BTreeMap<String, Source>,
    vorlagen: Vec<(String, Source)>,
    /// The waivers, or what keeps them from being read: no fault of the matter.
    vermerke: Option<Result<Source, Befund>>,
    /// Waivers in files where nobody looks for them.
    verlegte: Vec<Befund>,
    /// Files and papers as places of waivers begin.
    namen: BTreeSet<String>,
    befunde: Vec<Befund>,
}

fn lies(eingabe: &Eingabe) -> Gelesen {
    let mut gelesen = Gelesen::default();
    // First: a matter's own template may bear the same name, and then it is the one that is read.
    for (_, quelle) in Vorlagen::eingebaut() {
        gelesen.quellen.insert(quelle);
    }
    for (pfad, bytes) in &eingabe.stammdaten.dateien {
        if ist_yaml(pfad) {
            if let Some(baum) = gelesen.baum(&eingabe.stammdaten, pfad, bytes) {
                gelesen.stammdaten.push(baum);
            }
        } else {
            gelesen.vorlage(&eingabe.stammdaten, pfad, bytes);
        }
    }
    for (pfad, bytes) in &eingabe.vorgang.dateien {
        if pfad == vermerke::DATEI {
            gelesen.vermerke = Some(gelesen.vermerkdatei(&eingabe.vorgang, pfad, bytes));
        } else if vermerke::ist_verlegt(pfad) {
            let name = eingabe.vorgang.name(pfad);
            gelesen.verlegte.push(vermerke::verlegt(&name));
        } else if ist_yaml(pfad) {
            if let Some(baum) = gelesen.baum(&eingabe.vorgang, pfad, bytes) {
                gelesen.vorgang.push(baum);
            }
        } else if !gelesen.vorlage(&eingabe.vorgang, pfad, bytes)
            && pfad.to_lowercase().ends_with(".md")
            && let Some(quelle) = gelesen.quelle(&eingabe.vorgang, pfad, bytes)
        {
            gelesen.texte.insert(pfad.clone(), quelle);
        }
    }
    gelesen
}

impl Gelesen {
    fn quelle(&mut self, ordner: &Ordner, pfad: &str, bytes: &[u8]) -> Option<Source> {
        let name = ordner.name(pfad);
        match input::read(name.into(), bytes) {
            Ok(quelle) => {
                self.quellen.insert(quelle.clone());
                Some(quelle)
            }
            Err(befund) => {
                self.befunde.push(befund);
                None
            }
        }
    }

    fn vermerkdatei(
        &mut self,
        ordner: &Ordner,
        pfad: &str,
        bytes: &[u8],
    ) -> Result<Source, Befund> {
        let quelle = input::read(ordner.name(pfad).into(), bytes).map_err(vermerke::unlesbar)?;
        self.quellen.insert(quelle.clone());
        Ok(quelle)
    }

    /// Takes a file for a template if it is one: those of the base data first, then the matter's, which win.
    fn vorlage(&mut self, ordner: &Ordner, pfad: &str, bytes: &[u8]) -> bool {
        let Some(name) = pfad
            .strip_prefix("templates/")
            .filter(|name| name.ends_with(".md"))
        else {
            return false;
        };
        if let Some(quelle) = self.quelle(ordner, pfad, bytes) {
            self.vorlagen.push((name.to_owned(), quelle));
        }
        true
    }

    fn baum(&mut self, ordner: &Ordner, pfad: &str, bytes: &[u8]) -> Option<Tree> {
        let quelle = self.quelle(ordner, pfad, bytes)?;
        match input::parse(&quelle) {
            Ok(baum) => {
                self.befunde.extend_from_slice(baum.remarks());
                Some(baum)
            }
            Err(befund) => {
                self.befunde.push(befund);
                None
            }
        }
    }

    /// The outcome where no paper is made and no rule runs.
    fn ohne_papiere(self) -> Ergebnis {
        self.ergebnis(Vec::new(), Vec::new(), check::alle_namen())
    }

    /// The outcome, every finding at a place in a file, sorted by place.
    fn ergebnis(
        self,
        pruefung: Vec<Befund>,
        papiere: Vec<Fertig>,
        ungeprueft: Vec<&'static str>,
    ) -> Ergebnis {
        let baeume: BTreeMap<_, _> = self
            .stammdaten
            .iter()
            .chain(&self.vorgang)
            .map(|baum| (baum.source().name.clone(), baum))
            .collect();
        let verorte = |befunde: Vec<Befund>| {
            let mut befunde: Vec<_> = befunde
                .into_iter()
                .map(|befund| verortet(befund, &baeume))
                .collect();
            befunde
                .sort_by_cached_key(|befund| (ort(&befund.stelle), befund.schwere, befund.regel));
            befunde.dedup();
            befunde
        };
        let befunde = verorte(self.befunde);
        let gebaut = !befunde.iter().any(Befund::ist_fehler);
        let umfeld = Umfeld {
            ungeprueft: &ungeprueft,
            umbenannt: UMBENANNT,
            namen: self.namen,
        };
        let mut pruefung = pruefung::mit_vermerken(verorte(pruefung), self.vermerke, &umfeld);
        pruefung.extend(self.verlegte);
        Ergebnis {
            tafeln: Vec::new(),
            quellen: self.quellen,
            pruefung,
            ungeprueft,
            papiere: if gebaut { papiere } else { Vec::new() },
            vorhanden: Vorhanden::default(),
            zahlen: None,
            tag: None,
            befunde,
        }
    }
}

fn verortet(mut befund: Befund, baeume: &BTreeMap<Arc<str>, &Tree>) -> Befund {
    let stellen =
        std::iter::once(&mut befund.stelle).chain(befund.dazu.iter_mut().map(|(stelle, _)| stelle));
    for stelle in stellen {
        if let Stelle::Route(route) = stelle
            && let Some(baum) = baeume.get(&route.datei)
        {
            // A group is named by its key; its first line would be one of its values.
            let ist_wert = baum.node(route).is_none_or(|node| node.scalar().is_some());
            *stelle = Stelle::Datei {
                bereich: if ist_wert {
                    input::locate(baum, route)
                } else {
                    input::locate_key(baum, route)
                },
                datei: route.datei.clone(),
            };
        }
    }
    befund
}

fn ort(stelle: &Stelle) -> (String, usize) {
    match stelle {
        Stelle::Datei { datei, bereich } => (datei.to_string(), bereich.start),
        Stelle::Route(route) => (route.datei.to_string(), 0),
        Stelle::Pfad(pfad) => (pfad.to_string(), 0),
        Stelle::Papier(bereich) | Stelle::ImPapier { bereich, .. } => {
            (String::new(), bereich.start)
        }
    }
}

/// Pictures and PDFs of the matter and of the base data; the matter's own win.
fn beiwerk(eingabe: &Eingabe) -> Pictures {
    let gehoert_dazu = |pfad: &str| {
        let pfad = pfad.to_lowercase();
        [".png", ".jpg", ".jpeg", ".svg", ".pdf"]
            .iter()
            .any(|endung| pfad.ends_with(endung))
    };
    eingabe
        .stammdaten
        .dateien
        .iter()
        .chain(&eingabe.vorgang.dateien)
        .filter(|(pfad, _)| gehoert_dazu(pfad))
        .map(|(pfad, bytes)| (pfad.clone(), Arc::clone(bytes)))
        .collect()
}

fn ist_yaml(pfad: &str) -> bool {
    let pfad = pfad.to_lowercase();
    pfad.ends_with(".yaml") || pfad.ends_with(".yml")
}
