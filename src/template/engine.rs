//! The only file that knows Tera: marked templates in, marked text out, within budgets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::escape;
use super::fehlend;
use super::fehler;
use super::instrument::{self, Markiert};
use super::messung::Messung;
use super::namen::{Namen, Schritt, Unbekannt};
use super::papier::{Herkunft, Ursprung};
use super::view::{Fakten, form};
use super::werte;
use super::zeichen::{ABSATZNUMMER, KLAUSELNUMMER, RECHT, RECHT_ENDE, VERWEIS, VERWEIS_ENDE};
use crate::compute::sprache;
use crate::diagnostic::{Befund, Stelle};
use crate::input::Datum;
use crate::source::{FileName, Source};

/// What turns of loops and includes may cost together while one template renders.
const TAKTE: u64 = 200_000;
/// How many bytes one template may write, marks included.
const AUSGABE: usize = 8 * 1024 * 1024;
/// Longest list that `range` makes.
const REIHE: u64 = 1_000;

/// Where the text of a template stands in the users' files.
pub(super) struct Quelle<'a> {
    /// A template or the authors' prose.
    pub(super) art: Herkunft,
    /// The file.
    pub(super) datei: FileName,
    /// The text.
    pub(super) text: &'a str,
    /// From a byte of the text to a byte of the file.
    pub(super) platz: &'a dyn Fn(usize) -> usize,
}

/// The facts that a template sees.
pub(super) struct Sicht(Context);

impl Sicht {
    /// The facts for Tera.
    ///
    /// # Errors
    /// If they do not serialise, which would be our bug.
    pub(super) fn aus(fakten: &Fakten) -> Result<Self, Befund> {
        Value::try_from_serializable(fakten)
            .map(|fakten| {
                let mut sicht = Context::new();
                for (gruppe, wert) in ohne_leere(fakten).into_map().unwrap_or_default() {
                    sicht.insert_value(gruppe.to_string(), wert);
                }
                Self(sicht)
            })
            .map_err(|fehler| {
                Befund::fehler(
                    "fakten",
                    Stelle::Pfad("templates".into()),
                    format!("die Angaben lassen sich nicht an die Vorlagen übergeben. Originalmeldung: {fehler}"),
                )
            })
    }

    /// Adds values to one group of facts.
    pub(super) fn ergaenze(&mut self, gruppe: &str, werte: Vec<(String, Wert)>) {
        let mut karte = self
            .0
            .get(gruppe)
            .and_then(|wert| wert.clone().into_map())
            .unwrap_or_default();
        for (name, wert) in werte {
            let wert = wert.fuer_tera();
            if ist_leer(&wert) {
                karte.shift_remove(&Key::from(name));
            } else {
                karte.insert(name.into(), wert);
            }
        }
        self.0.insert_value(gruppe.to_owned(), Value::from(karte));
    }
}

/// The value without empty texts in its groups: what is not known is absent, and an expression that prints it is a
/// finding, not a hole in a sentence. The cells of a table, which are entries of a list, may be empty.
fn ohne_leere(wert: Value) -> Value {
    if let Some(liste) = wert.as_array() {
        return Value::from(liste.iter().cloned().map(ohne_leere).collect::<Vec<_>>());
    }
    if !wert.is_map() {
        return wert;
    }
    let mut karte = wert.into_map().unwrap_or_default();
    karte.retain(|_, wert| !ist_leer(wert));
    for wert in karte.values_mut() {
        *wert = ohne_leere(std::mem::replace(wert, Value::none()));
    }
    Value::from(karte)
}

fn ist_leer(wert: &Value) -> bool {
    wert.as_str().is_some_and(str::is_empty)
}

/// A value that is known only after the facts are.
pub(super) enum Wert {
    /// Data: escaped where it is printed.
    Daten(String),
    /// Rendered prose: Markdown already.
    Prosa(String),
    /// Values by name.
    Karte(Vec<(String, Wert)>),
    /// Values in order.
    Liste(Vec<Wert>),
}

impl Wert {
    fn fuer_tera(self) -> Value {
        match self {
            Self::Daten(text) => Value::from(text),
            Self::Prosa(text) => Value::safe_string(&text),
            Self::Karte(werte) => {
                let mut karte = tera::Map::new();
                for (name, wert) in werte {
                    karte.insert(name.into(), wert.fuer_tera());
                }
                Value::from(karte)
            }
            Self::Liste(werte) => {
                Value::from(werte.into_iter().map(Self::fuer_tera).collect::<Vec<_>>())
            }
        }
    }
}

/// Templates ready to render.
pub(super) struct Engine {
    tera: Tera,
    /// All origins; their numbers stand in the output.
    pub(super) urspruenge: Vec<Ursprung>,
    geladen: BTreeMap<String, Arc<Geladen>>,
    takte: Arc<AtomicU64>,
    /// What was reached, where that is counted.
    messung: Option<Messung>,
}

/// Bytes of an expression in the file, up to the end of its first line.
fn laenge(quelle: &Quelle<'_>, offset: usize) -> usize {
    let ende = instrument::tag_ende(quelle.text, offset).unwrap_or(offset + 2);
    let ausdruck = quelle.text.get(offset..ende).unwrap_or_default();
    let zeile = ausdruck.lines().next().unwrap_or_default();
    (quelle.platz)(offset + zeile.len()) - (quelle.platz)(offset)
}

/// The bytes of a text before which its file holds something else than the text: an indent, a doubled quote.
fn naehte(quelle: &Quelle<'_>) -> Vec<usize> {
    if quelle.art == Herkunft::Vorlage {
        return Vec::new();
    }
    let zeichen = quelle.text.char_indices();
    let mut erwartet = (quelle.platz)(0);
    let mut naehte = Vec::new();
    for (i, c) in zeichen {
        let hier = (quelle.platz)(i);
        if hier != erwartet {
            naehte.push(i);
        }
        erwartet = hier + c.len_utf8();
    }
    naehte
}

/// A template that is about to be loaded.
#[derive(Clone)]
struct Bereit<'a> {
    name: String,
    text: &'a str,
    geladen: Geladen,
    /// The bytes in the file of a tag that is longer than anybody writes.
    zu_lang: Option<Range<usize>>,
}

impl<'a> Bereit<'a> {
    /// `text` is that of the source.
    fn aus(name: &str, text: &'a str, quelle: &Quelle<'_>, markiert: Markiert) -> Self {
        let in_datei = |tag: &Range<usize>| (quelle.platz)(tag.start)..(quelle.platz)(tag.end);
        let einbindungen = instrument::einbindungen(text).into_iter();
        Self {
            name: name.to_owned(),
            text,
            zu_lang: instrument::zu_langes_tag(text).map(|tag| in_datei(&tag)),
            geladen: Geladen {
                markiert,
                text: text.to_owned(),
                datei: quelle.datei.clone(),
                platz: (0..=text.len()).map(|i| (quelle.platz)(i)).collect(),
                namen: None,
                einbindungen: einbindungen
                    .map(|(name, tag)| (name, in_datei(&tag)))
                    .collect(),
            },
        }
    }
}

/// What is needed to lead an error back to its place.
#[derive(Clone)]
pub(super) struct Geladen {
    markiert: Markiert,
    /// The template's own text.
    text: String,
    datei: FileName,
    /// Begin of each byte of the template's own text in the file.
    platz: Vec<usize>,
    /// The names that it uses; none where it does not load.
    namen: Option<Namen>,
    /// The templates that it includes: name, and bytes of the tag in the file.
    pub(super) einbindungen: Vec<(String, Range<usize>)>,
}

impl Geladen {
    /// The file, and the byte in it that stands at this byte of the marked text.
    pub(super) fn ort(&self, offset: usize) -> (FileName, usize) {
        let im_text = self
            .markiert
            .quelle(offset)
            .min(self.platz.len().saturating_sub(1));
        (
            self.datei.clone(),
            self.platz.get(im_text).copied().unwrap_or_default(),
        )
    }

    /// The file.
    pub(super) fn datei(&self) -> FileName {
        self.datei.clone()
    }

    /// A finding on a name.
    fn unbekannt(&self, unbekannt: &Unbekannt) -> Befund {
        let platz = |i: usize| self.platz.get(i).copied().unwrap_or_default();
        let stelle = Stelle::Datei {
            datei: self.datei(),
            bereich: platz(unbekannt.bereich.start)..platz(unbekannt.bereich.end),
        };
        fehler::unbekannter_name(stelle, unbekannt)
    }

    /// The end of the name or quoted text that begins at a byte of the marked text.
    pub(super) fn wortende(&self, von: usize) -> usize {
        let rest = self.markiert.text.get(von..).unwrap_or_default();
        let laenge = match rest.chars().next() {
            Some(zeichen @ ('"' | '\'')) => rest[1..].find(zeichen).map_or(1, |at| at + 2),
            _ => rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
        };
        von + laenge
    }

    /// The byte at a line (from 1) and column (from 1, in characters) of the marked text.
    pub(super) fn offset(&self, zeile: usize, spalte: usize) -> usize {
        let bereich = crate::source::line_range(&self.markiert.text, zeile);
        let vor: usize = self.markiert.text[bereich.clone()]
            .chars()
            .take(spalte.saturating_sub(1))
            .map(char::len_utf8)
            .sum();
        bereich.start + vor
    }
}

impl Engine {
    /// An engine without templates.
    pub(super) fn neu() -> Self {
        let mut tera = Tera::new();
        let takte = Arc::new(AtomicU64::new(0));
        tera.autoescape_on([".md"]);
        tera.set_escape_fn(escape::markiere);
        registriere(&mut tera, &takte);
        Self {
            tera,
            urspruenge: Vec::new(),
            geladen: BTreeMap::new(),
            takte,
            messung: None,
        }
    }

    /// An engine that counts what of its templates is reached.
    pub(super) fn messend() -> Self {
        let mut engine = Self::neu();
        engine.messung = Some(Messung::neu(&mut engine.tera));
        engine
    }

    /// The same templates with a budget of their own: copies may render at the same time.
    pub(super) fn kopie(&self) -> Self {
        let mut tera = self.tera.clone();
        let takte = Arc::new(AtomicU64::new(0));
        registriere(&mut tera, &takte);
        Self {
            tera,
            urspruenge: self.urspruenge.clone(),
            geladen: self.geladen.clone(),
            takte,
            messung: None,
        }
    }

    /// Whether this very text is loaded under the name; only a copy of an engine has loaded anything before.
    fn kennt(&self, name: &str, text: &str) -> bool {
        self.messung.is_none()
            && self
                .geladen
                .get(name)
                .is_some_and(|geladen| geladen.namen.is_some() && geladen.text == text)
    }

    /// What was reached; `None` if nobody counted.
    pub(super) fn messung(&self) -> Option<&Messung> {
        self.messung.as_ref()
    }

    /// Adds a template whose output is Markdown. Its name ends with `.md`.
    pub(super) fn lade(&mut self, name: &str, quelle: &Quelle<'_>) -> Result<(), Befund> {
        if self.kennt(name, quelle.text) {
            return Ok(());
        }
        let markiert = self.markiere(quelle);
        self.lade_markiert(name, quelle, markiert)
    }

    fn markiere(&mut self, quelle: &Quelle<'_>) -> Markiert {
        let urspruenge = &mut self.urspruenge;
        let mut neu = |offset, ausdruck| {
            urspruenge.push(Ursprung {
                art: quelle.art,
                datei: quelle.datei.clone(),
                offset: (quelle.platz)(offset),
                ausdruck,
                laenge: if ausdruck { laenge(quelle, offset) } else { 0 },
            });
            urspruenge.len() - 1
        };
        // A text of many lines stands in its file as it is; where a piece of it does not, it gets an origin of its own.
        let naehte = naehte(quelle);
        match &mut self.messung {
            None => instrument::markiere(quelle.text, &naehte, &mut neu),
            Some(messung) => {
                instrument::markiere_zweige(quelle.text, &naehte, &mut neu, &mut |offset, art| {
                    messung.zweig(&quelle.datei, (quelle.platz)(offset), art)
                })
            }
        }
    }

    /// Adds templates that may include each other: name, who wrote it, text with its file, first byte in the file.
    pub(super) fn lade_alle(
        &mut self,
        auftraege: &[(String, Herkunft, Source, usize)],
    ) -> Vec<Befund> {
        let neue: Vec<_> = auftraege
            .iter()
            .filter(|(name, _, text, _)| !self.kennt(name, &text.text))
            .collect();
        let mut bereite: Vec<Bereit<'_>> = neue
            .into_iter()
            .map(|(name, art, text, vor)| {
                let quelle = Quelle {
                    art: *art,
                    datei: text.name.clone(),
                    text: &text.text,
                    platz: &|i| i + vor,
                };
                let markiert = self.markiere(&quelle);
                Bereit::aus(name, &text.text, &quelle, markiert)
            })
            .collect();
        if self.lade_zusammen(&mut bereite) {
            return Vec::new();
        }
        let mut offen: Vec<&Bereit<'_>> = bereite.iter().collect();
        loop {
            let vorher = offen.len();
            let mut befunde = Vec::new();
            offen.retain(|bereit| match self.lade_bereites(bereit) {
                Ok(()) => false,
                Err(befund) => {
                    befunde.push(befund);
                    true
                }
            });
            if offen.is_empty() || offen.len() == vorher {
                let offene: Vec<&str> = offen.iter().map(|bereit| bereit.name.as_str()).collect();
                return fehler::ohne_folgefehler(befunde, &offene);
            }
        }
    }

    /// Adds templates whose output is plain text: nothing is escaped, no origin is marked.
    pub(super) fn lade_schlichte(&mut self, quellen: &[(String, Quelle<'_>)]) -> Vec<Befund> {
        let mut bereite: Vec<Bereit<'_>> = quellen
            .iter()
            .filter(|(name, quelle)| !self.kennt(name, quelle.text))
            .map(|(name, quelle)| {
                Bereit::aus(
                    name,
                    quelle.text,
                    quelle,
                    Markiert::ohne_marken(quelle.text),
                )
            })
            .collect();
        if self.lade_zusammen(&mut bereite) {
            return Vec::new();
        }
        let bereite = bereite.iter();
        bereite
            .filter_map(|bereit| self.lade_bereites(bereit).err())
            .collect()
    }

    /// Adds a template whose output is plain text.
    pub(super) fn lade_schlicht(&mut self, name: &str, quelle: &Quelle<'_>) -> Result<(), Befund> {
        if self.kennt(name, quelle.text) {
            return Ok(());
        }
        self.lade_markiert(name, quelle, Markiert::ohne_marken(quelle.text))
    }

    fn lade_markiert(
        &mut self,
        name: &str,
        quelle: &Quelle<'_>,
        markiert: Markiert,
    ) -> Result<(), Befund> {
        self.lade_bereites(&Bereit::aus(name, quelle.text, quelle, markiert))
    }

    /// Adds templates that are all sound, in one go: Tera looks at all that it knows again with each addition. Where one
    /// is at fault none is added, and what is at fault shows when they come one by one.
    fn lade_zusammen(&mut self, bereite: &mut Vec<Bereit<'_>>) -> bool {
        if bereite.is_empty() {
            return true;
        }
        let zu_lang = bereite.iter().any(|bereit| bereit.zu_lang.is_some());
        let texte = bereite
            .iter()
            .map(|bereit| (&bereit.name, &bereit.geladen.markiert.text));
        if zu_lang || self.tera.add_raw_templates(texte).is_err() {
            return false;
        }
        for bereit in bereite.drain(..) {
            self.merke(bereit, true);
        }
        true
    }

    fn lade_bereites(&mut self, bereit: &Bereit<'_>) -> Result<(), Befund> {
        if let Some(tag) = &bereit.zu_lang {
            let stelle = Stelle::Datei {
                datei: bereit.geladen.datei(),
                bereich: tag.clone(),
            };
            return Err(Befund::fehler(
                "vorlage-syntax",
                stelle,
                "diese Klammer wird nicht oder erst sehr viel später geschlossen",
            )
            .abhilfe("die schließende Klammer }} oder %} ergänzen"));
        }
        let name = &bereit.name;
        let ergebnis = self
            .tera
            .add_raw_template(name, &bereit.geladen.markiert.text);
        self.merke(bereit.clone(), ergebnis.is_ok());
        ergebnis.map_err(|e| fehler::befund(&e, name, &self.geladen))
    }

    fn merke(&mut self, mut bereit: Bereit<'_>, laedt: bool) {
        bereit.geladen.namen = laedt.then(|| Namen::lies(bereit.text));
        self.geladen.insert(bereit.name, Arc::new(bereit.geladen));
    }

    /// The names in all that is loaded that no facts could answer to, in the order of the files.
    pub(super) fn unbekannte_namen(&self) -> Vec<Befund> {
        let alle = self.geladen.values();
        let eingebunden: BTreeSet<&str> = alle
            .clone()
            .flat_map(|g| &g.einbindungen)
            .map(|(name, _)| name.as_str())
            .collect();
        // What is included sees the names that are bound around it.
        let gebunden: BTreeSet<String> = alle
            .flat_map(|g| &g.namen)
            .flat_map(|namen| namen.gebunden.iter().cloned())
            .collect();
        let keine = BTreeSet::new();
        let mut befunde = Vec::new();
        for (name, geladen) in &self.geladen {
            let fremde = if eingebunden.contains(name.as_str()) {
                &gebunden
            } else {
                &keine
            };
            if let Some(namen) = &geladen.namen {
                let unbekannte = namen.unbekannte(form::fakten(), fremde);
                befunde.extend(unbekannte.iter().map(|unbekannt| {
                    fehler::eingebunden(geladen.unbekannt(unbekannt), name, &self.geladen)
                }));
            }
        }
        befunde
    }

    /// Renders a template.
    pub(super) fn render(&self, name: &str, sicht: &Sicht) -> Result<String, Befund> {
        self.takte.store(0, Ordering::Relaxed);
        let mut ausgabe = Begrenzt::default();
        self.tera
            .render_to(name, &sicht.0, &mut ausgabe)
            .map_err(|e| {
                let befund = fehler::befund(&e, name, &self.geladen);
                self.fehlende_angabe(&e, name, sicht, &befund)
                    .unwrap_or(befund)
            })?;
        let text = String::from_utf8_lossy(&ausgabe.0).into_owned();
        if let Some(messung) = &self.messung {
            messung.lies(&text);
        }
        Ok(text)
    }
}

impl Engine {
    /// The finding on a fact that this matter lacks, where an error comes of that.
    fn fehlende_angabe(
        &self,
        fehler: &tera::Error,
        name: &str,
        sicht: &Sicht,
        befund: &Befund,
    ) -> Option<Befund> {
        let (name, spanne, feld) = fehler::ohne_wert(fehler, name)?;
        let geladen = self.geladen.get(name)?;
        let namen = geladen.namen.as_ref()?;
        let im_text = geladen.markiert.quelle(spanne.start)..geladen.markiert.quelle(spanne.end);
        // The error marks a part of a path, or what a filter did with it.
        let tag = instrument::tag_um(&geladen.text, im_text.start).unwrap_or(im_text.clone());
        let getroffen = namen.pfade_in(&im_text).into_iter();
        let (pfad, ab) = getroffen
            .chain(namen.pfade_in(&tag))
            .find_map(|pfad| Some((pfad, sicht.fehlt_ab(pfad, feld)?)))?;
        let bereich = fehlend::bereich(pfad)?;
        let platz = |i: usize| geladen.platz.get(i).copied().unwrap_or_default();
        let stelle = Stelle::Datei {
            datei: geladen.datei(),
            bereich: platz(bereich.start)..platz(bereich.end),
        };
        let bis_ab = pfad
            .get(..=ab)
            .and_then(fehlend::bereich)
            .unwrap_or_else(|| bereich.clone());
        let geschrieben = fehlend::geschrieben(&geladen.text, &bis_ab);
        Some(Befund {
            dazu: befund.dazu.clone(),
            ..fehlend::befund(pfad, ab, geschrieben, stelle)
        })
    }
}

impl Sicht {
    /// The first step of a path that has no value here. What a loop runs over is not followed: there it is the step to
    /// `feld`, or the last one.
    fn fehlt_ab(&self, pfad: &[Schritt], feld: &str) -> Option<usize> {
        let mut hier: Option<&Value> = None;
        for (i, schritt) in pfad.iter().enumerate() {
            let Some(name) = schritt.name() else {
                let danach = pfad.iter().skip(i);
                return danach
                    .rev()
                    .position(|schritt| schritt.name() == Some(feld))
                    .map(|von_hinten| pfad.len() - 1 - von_hinten)
                    .or((feld.is_empty()).then_some(pfad.len() - 1));
            };
            let wert = match hier {
                None => self.0.get(name),
                Some(wert) => wert
                    .as_map()
                    .and_then(|karte| karte.get(&Key::from(name.to_owned()))),
            };
            match wert {
                Some(wert) if !wert.is_none() && !wert.is_undefined() => hier = Some(wert),
                _ => return Some(i),
            }
        }
        None
    }
}

/// Output that refuses to grow beyond its budget.
#[derive(Default)]
struct Begrenzt(Vec<u8>);

impl Write for Begrenzt {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > AUSGABE {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The functions and filters of our templates. `range` is bounded and `safe` does nothing: only the program decides
/// what is markup.
fn registriere(tera: &mut Tera, takte: &Arc<AtomicU64>) {
    let takte = Arc::clone(takte);
    tera.register_function(
        "takt",
        move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let preis = kwargs.get::<u64>("n")?.unwrap_or(1);
            if takte.fetch_add(preis, Ordering::Relaxed) >= TAKTE {
                return Err(tera::Error::message(fehler::ZU_VIELE_SCHLEIFEN));
            }
            if let Some(wert) = kwargs.get::<Value>("wert")? {
                werte::miss(&wert)?;
            }
            Ok(Value::safe_string(""))
        },
    );
    tera.register_function(
        "range",
        |kwargs: Kwargs, _: &State| -> TeraResult<Vec<u64>> {
            let ende = kwargs.must_get::<u64>("end")?;
            let anfang = kwargs.get::<u64>("start")?.unwrap_or(0);
            if ende.saturating_sub(anfang) > REIHE {
                return Err(tera::Error::message(fehler::ZU_LANGE_REIHE));
            }
            Ok((anfang..ende).collect())
        },
    );
    tera.register_function("paragraf", |_: Kwargs, _: &State| {
        Value::safe_string(&KLAUSELNUMMER.to_string())
    });
    tera.register_function("absatz", |_: Kwargs, _: &State| {
        Value::safe_string(&ABSATZNUMMER.to_string())
    });
    tera.register_function(
        "verweis",
        |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let klausel = kwargs.must_get::<&str>("klausel")?;
            let absatz = kwargs.get::<u32>("absatz")?;
            let absatz = absatz
                .map(|absatz| format!("|{absatz}"))
                .unwrap_or_default();
            Ok(Value::safe_string(&format!(
                "{VERWEIS}{klausel}{absatz}{VERWEIS_ENDE}"
            )))
        },
    );
    tera.register_function("recht", |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let gesetz = kwargs.must_get::<&str>("gesetz")?;
        let mut zitat = Vec::new();
        let mut form = "";
        if let Some(stelle) = kwargs.get::<&str>("stelle")? {
            escape::markiere(stelle, &mut zitat)?;
            zitat.push(b' ');
            form = "|genitiv";
        }
        let zitat = String::from_utf8_lossy(&zitat);
        Ok(Value::safe_string(&format!(
            "{zitat}{RECHT}{gesetz}{form}{RECHT_ENDE}"
        )))
    });
    tera.register_filter(
        "einzeilig",
        |wert: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            Ok(wert.split_whitespace().collect::<Vec<_>>().join(" "))
        },
    );
    tera.register_filter("join", |werte: &[Value], kwargs: Kwargs, _: &State| {
        werte::verbinde(werte, &kwargs)
    });
    tera.register_filter("replace", |wert: Value, kwargs: Kwargs, _: &State| {
        werte::ersetze(&wert, &kwargs)
    });
    tera.register_filter("safe", |wert: Value, _: Kwargs, _: &State| wert);
    tera.register_filter(
        "roemisch",
        |wert: u64, _: Kwargs, _: &State| -> TeraResult<String> {
            sprache::roemisch(wert).ok_or_else(|| tera::Error::message(fehler::KEINE_ROEMISCHE))
        },
    );
    tera.register_filter(
        "lang",
        |wert: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            wert.parse::<Datum>()
                .map(Datum::lang)
                .map_err(|_| tera::Error::message(fehler::KEIN_DATUM))
        },
    );
}
