//! Which other values each scalar of the YAML is tried with.
//!
//! What a field means is read from its schema where that names words, else from the look of its value. A value that
//! makes the matter invalid is no trial, so a guess too many does no harm. Numbers and days are moved by little and by
//! much, up and down, because rounding or a maximum may hide a change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use serde_json::Value;

use crate::diagnostic::{Route, Schritt};
use crate::input::tree::{Entry, Kind, Node};
use crate::input::{Datum, Tree};
use crate::model::{Vorgang, schema};
use crate::pipeline::entwurf::{Tausch, Werkbank};

/// What a text is replaced by; no matter holds it.
const PROBETEXT: &str = "Probewort";
/// What a name is replaced by too: lists are in the order of their names.
const ANDERE_NAMEN: [&str; 2] = ["Aachprobe", "Zuletztprobe"];
/// Most words that a key is replaced by, one after the other.
const SCHLUESSEL: usize = 12;
/// Most days on which something may change that each day is tried with.
const WENDEPUNKTE: usize = 12;
/// Days on which something may change that lie closer together, in days, count as one.
const ABSTAND: i64 = 60;

/// A scalar of the YAML.
#[derive(Debug, Clone)]
pub(super) struct Skalar {
    pub(super) route: Route,
    /// Its place without numbers of items and without keys of our users: what is said of all of its kind.
    pub(super) muster: String,
    /// The value as it is read.
    pub(super) text: String,
    /// First byte in the file, and the one behind the last.
    pub(super) bereich: std::ops::Range<usize>,
    /// Bytes of the key or item that names it.
    pub(super) schluessel: std::ops::Range<usize>,
    /// The item of a list whose first value it is: taken out, the item goes.
    glied: Option<Route>,
    /// The fields that could stand beside it and do not.
    daneben: Vec<String>,
    schema: Vec<Value>,
}

/// What is tried for a scalar depends on the others: the words that are known, the days on which something changes.
pub(super) struct Umfeld {
    woerter: Woerter,
    tage: BTreeSet<Datum>,
}

impl Umfeld {
    pub(super) fn neu(werkbank: &Werkbank, skalare: &[Skalar]) -> Self {
        let (eigene, stamm) = werkbank.baeume();
        Self {
            woerter: Woerter::aus(eigene.iter().chain(stamm), skalare, werkbank.vorgang()),
            tage: wendepunkte(skalare),
        }
    }
}

/// A trial: whose effect it shows, and what is different.
#[derive(Debug, Clone)]
pub(super) struct Versuch {
    /// The scalars, by index; several are changed together.
    pub(super) werte: Vec<usize>,
    pub(super) tausche: Vec<Tausch>,
}

/// All scalars of a matter and of its base data, in the order of the files.
pub(super) fn skalare(werkbank: &Werkbank) -> Vec<Skalar> {
    let (eigene, stamm) = werkbank.baeume();
    let mut skalare = Vec::new();
    for (baeume, schema) in [(eigene, schema::vorgang()), (stamm, schema::stammdaten())] {
        for baum in baeume {
            let gang = Gang {
                route: Route::wurzel(baum.source().name.clone()),
                muster: String::new(),
                schluessel: baum.root().range.clone(),
                glied: None,
                daneben: Vec::new(),
                schema: vec![&schema],
            };
            gang.sammle(baum.root(), &mut skalare);
        }
    }
    skalare
}

/// The way to a node.
#[derive(Clone)]
struct Gang<'s> {
    route: Route,
    muster: String,
    schluessel: std::ops::Range<usize>,
    glied: Option<Route>,
    daneben: Vec<String>,
    schema: Vec<&'s Value>,
}

impl Gang<'_> {
    fn sammle(&self, node: &Node, skalare: &mut Vec<Skalar>) {
        match &node.kind {
            Kind::Scalar(skalar) if !skalar.is_empty() => skalare.push(Skalar {
                route: self.route.clone(),
                muster: self.muster.clone(),
                text: skalar.text().to_owned(),
                bereich: node.range.clone(),
                schluessel: self.schluessel.clone(),
                glied: self.glied.clone(),
                daneben: self.daneben.clone(),
                schema: self.schema.iter().map(|s| (*s).clone()).collect(),
            }),
            Kind::Scalar(_) => {}
            Kind::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    let route = self.route.index(i);
                    let gang = Self {
                        glied: Some(route.clone()),
                        route,
                        muster: format!("{}[]", self.muster),
                        schluessel: item.range.clone(),
                        daneben: Vec::new(),
                        schema: self.unter(|s| s.get("items")),
                    };
                    gang.sammle(item, skalare);
                }
            }
            Kind::Map(entries) => {
                let fehlende = self.fehlende(entries);
                for (i, entry) in entries.iter().enumerate() {
                    self.eintrag(entry, &fehlende)
                        .mit_glied(self, i)
                        .sammle(&entry.value, skalare);
                }
            }
        }
    }

    /// The fields that a map could have and has not.
    fn fehlende(&self, entries: &[Entry]) -> Vec<String> {
        let felder = self.schema.iter().filter_map(|s| s.get("properties"));
        let namen = felder.filter_map(Value::as_object).flat_map(|f| f.keys());
        namen
            .filter(|name| entries.iter().all(|entry| entry.key.text() != *name))
            .cloned()
            .collect()
    }

    fn eintrag(&self, entry: &Entry, fehlende: &[String]) -> Self {
        let name = entry.key.text();
        let feld = self.unter(|s| s.get("properties")?.get(name));
        let eigener = feld.is_empty();
        let schema = if eigener {
            self.unter(|s| s.get("additionalProperties"))
        } else {
            feld
        };
        let stufe = if eigener { "*" } else { name };
        Self {
            route: self.route.feld(name),
            muster: if self.muster.is_empty() {
                stufe.to_owned()
            } else {
                format!("{}.{stufe}", self.muster)
            },
            schluessel: entry.key_range.clone(),
            glied: None,
            daneben: fehlende.to_vec(),
            schema,
        }
    }

    /// The first value of an item stands for the item.
    fn mit_glied(mut self, oben: &Self, stelle: usize) -> Self {
        let ist_glied = matches!(oben.route.schritte.last(), Some(Schritt::Index(_)));
        if stelle == 0 && ist_glied {
            self.glied.clone_from(&oben.glied);
        }
        self
    }
}

impl<'s> Gang<'s> {
    fn unter(&self, weg: impl Fn(&'s Value) -> Option<&'s Value>) -> Vec<&'s Value> {
        self.schema.iter().filter_map(|s| weg(s)).collect()
    }
}

/// All trials of a matter.
pub(super) fn versuche(skalare: &[Skalar], umfeld: &Umfeld) -> Vec<Versuch> {
    let mut versuche = Vec::new();
    for (i, skalar) in skalare.iter().enumerate() {
        let neu = werte(skalar, umfeld).into_iter().map(Some);
        versuche.extend(neu.map(|neu| Versuch {
            werte: vec![i],
            tausche: vec![(skalar.route.clone(), neu)],
        }));
        let weg = [Some(&skalar.route), skalar.glied.as_ref()];
        let weg: BTreeSet<&Route> = weg.into_iter().flatten().collect();
        versuche.extend(weg.into_iter().map(|route| Versuch {
            werte: vec![i],
            tausche: vec![(route.clone(), None)],
        }));
    }
    versuche.extend(gemeinsame(skalare, umfeld));
    versuche
}

/// What a value that another one broke could be instead: the words that its field or its kind knows, else other values;
/// at last it is taken out.
pub(super) fn ersatz(skalar: &Skalar, umfeld: &Umfeld) -> Vec<Option<String>> {
    let mut andere = aufzaehlung(&skalar.schema);
    if andere.is_empty() {
        andere = umfeld.woerter.andere(skalar);
    }
    if andere.is_empty() {
        andere = werte(skalar, umfeld);
    }
    andere.retain(|wert| wert != skalar.text.trim());
    andere.into_iter().map(Some).chain([None]).collect()
}

/// What could stand beside a value that says which other fields there are: each with some text.
pub(super) fn zugaben(skalar: &Skalar) -> Vec<Tausch> {
    if aufzaehlung(&skalar.schema).is_empty() {
        return Vec::new();
    }
    let namen = skalar.daneben.iter().filter_map(|name| {
        let mut route = skalar.route.clone();
        route.schritte.pop()?;
        Some((route.feld(name), Some(PROBETEXT.to_owned())))
    });
    namen.collect()
}

/// Scalars of one kind with one value, changed together: „ist eines davon ein Beispielwert?“ stays true as long as one is.
fn gemeinsame(skalare: &[Skalar], umfeld: &Umfeld) -> Vec<Versuch> {
    let mut gruppen: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (i, skalar) in skalare.iter().enumerate() {
        let kennung = (&*skalar.route.datei, &*skalar.muster, &*skalar.text);
        gruppen.entry(kennung).or_default().push(i);
    }
    let mehrere = gruppen.into_values().filter(|gruppe| gruppe.len() > 1);
    let mut versuche = Vec::new();
    for gruppe in mehrere {
        let glieder = || gruppe.iter().filter_map(|i| skalare.get(*i));
        let Some(erster) = glieder().next() else {
            continue;
        };
        for neu in werte(erster, umfeld) {
            versuche.push(Versuch {
                werte: gruppe.clone(),
                tausche: glieder()
                    .map(|skalar| (skalar.route.clone(), Some(neu.clone())))
                    .collect(),
            });
        }
    }
    versuche
}

/// Other values for a scalar, as they would be typed.
fn werte(skalar: &Skalar, umfeld: &Umfeld) -> Vec<String> {
    let text = skalar.text.trim();
    let aufzaehlung = aufzaehlung(&skalar.schema);
    let mut werte = Vec::new();
    if !aufzaehlung.is_empty() {
        werte.extend(aufzaehlung);
    } else if let Ok(tag) = text.parse::<Datum>() {
        werte.extend(tage(tag, &umfeld.tage));
        werte.push(PROBETEXT.to_owned());
    } else {
        werte.push(PROBETEXT.to_owned());
        if skalar.muster.ends_with(".name") {
            werte.extend(ANDERE_NAMEN.map(str::to_owned));
        }
        werte.extend(zahlen(text));
        werte.extend(umfeld.woerter.andere(skalar));
    }
    werte.retain(|wert| wert != text);
    werte
}

/// The words that a field knows.
fn aufzaehlung(schema: &[Value]) -> Vec<String> {
    let worte = schema
        .iter()
        .filter_map(|s| s.get("enum")?.as_array())
        .flatten();
    worte
        .filter_map(Value::as_str)
        .filter(|wort| !matches!(*wort, "Ja" | "Nein"))
        .map(str::to_owned)
        .collect()
}

/// Another day: a little and much earlier and later, and on the other side of each day on which something may change.
fn tage(tag: Datum, wendepunkte: &BTreeSet<Datum>) -> Vec<String> {
    let um = tag.tag();
    let andere = [
        um.checked_add_days(Days::new(1)),
        um.checked_sub_days(Days::new(1)),
        um.checked_add_months(Months::new(7)),
        um.checked_sub_months(Months::new(60)),
        um.checked_add_months(Months::new(60)),
    ];
    let mut tage: BTreeSet<Datum> = andere.into_iter().flatten().map(Datum::from).collect();
    tage.extend(wendepunkte);
    tage.remove(&tag);
    tage.into_iter().map(|tag| tag.to_string()).collect()
}

/// A day behind each day of the matter, and one in each year that it names: between two of them no order changes.
fn wendepunkte(skalare: &[Skalar]) -> BTreeSet<Datum> {
    let mut tage = BTreeSet::new();
    for skalar in skalare {
        let text = skalar.text.trim();
        if let Ok(tag) = text.parse::<Datum>() {
            tage.extend(tag.tag().succ_opt().map(Datum::from));
        } else if skalar.muster.ends_with("jahr")
            && let Some(mitte) = text
                .parse()
                .ok()
                .and_then(|jahr| NaiveDate::from_ymd_opt(jahr, 6, 2))
        {
            tage.insert(Datum::from(mitte));
        }
    }
    let mut vorher: Option<Datum> = None;
    tage.retain(|tag| {
        let weit = vorher.is_none_or(|v| (tag.tag() - v.tag()).num_days() >= ABSTAND);
        if weit {
            vorher = Some(*tag);
        }
        weit
    });
    if tage.len() > WENDEPUNKTE {
        let jeder = tage.len().div_ceil(WENDEPUNKTE);
        return tage.into_iter().step_by(jeder).collect();
    }
    tage
}

/// The same text with another number where its first one stands: one more, one less, much more.
fn zahlen(text: &str) -> Vec<String> {
    let von = text.find(|c: char| c.is_ascii_digit());
    let Some(von) = von.filter(|von| *von <= 1) else {
        return bruchzeichen(text);
    };
    let rest = text.get(von..).unwrap_or_default();
    let lang = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (ziffern, dahinter) = rest.split_at(lang);
    let davor = text.get(..von).unwrap_or_default();
    let Ok(zahl) = ziffern.parse::<u64>() else {
        return Vec::new();
    };
    let breite = ziffern.len();
    let andere = [
        zahl.checked_add(1),
        zahl.checked_sub(1),
        (zahl > 3).then_some(zahl / 2),
        zahl.checked_mul(3).and_then(|zahl| zahl.checked_add(7)),
    ];
    let mut werte: Vec<String> = andere
        .into_iter()
        .flatten()
        .map(|zahl| format!("{davor}{zahl:0breite$}{dahinter}"))
        .collect();
    // „0,25“ grows behind the comma, „1/4“ below the line.
    if let Some((zeichen, hinten)) = dahinter
        .split_at_checked(1)
        .filter(|(zeichen, hinten)| matches!(*zeichen, "," | "/") && hinten.parse::<u32>().is_ok())
    {
        let hinten: u32 = hinten.parse().unwrap_or_default();
        let mehr = [hinten.saturating_add(1), hinten.saturating_mul(2)];
        werte.extend(mehr.map(|hinten| format!("{davor}{ziffern}{zeichen}{hinten:02}")));
        werte.extend(mehr.map(|hinten| format!("{davor}{ziffern}{zeichen}{hinten}")));
    }
    werte
}

fn bruchzeichen(text: &str) -> Vec<String> {
    let ist_bruch = |c: char| "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞".contains(c);
    if text.chars().count() == 1 && text.chars().all(ist_bruch) {
        return ["¼", "½", "⅞"].map(str::to_owned).into();
    }
    Vec::new()
}

/// The words that name something: keys of maps, and texts that stand in several places.
struct Woerter {
    /// Each set of keys that stand beside each other.
    geschwister: Vec<Vec<String>>,
    /// The texts of each kind of place.
    gleichartige: BTreeMap<String, BTreeSet<String>>,
}

impl Woerter {
    fn aus<'t>(
        baeume: impl Iterator<Item = &'t Tree>,
        skalare: &[Skalar],
        vorgang: &Vorgang,
    ) -> Self {
        let mut geschwister = vec![
            vorgang.gattungen.keys().cloned().collect(),
            vorgang.recht.gesetze.keys().cloned().collect(),
        ];
        for baum in baeume {
            sammle_schluessel(baum.root(), &mut geschwister);
        }
        let mut gleichartige: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for skalar in skalare {
            let texte = gleichartige.entry(skalar.muster.clone()).or_default();
            texte.insert(skalar.text.trim().to_owned());
        }
        Self {
            geschwister,
            gleichartige,
        }
    }

    /// The words that could stand where this one does: those that stand beside its namesakes.
    fn andere(&self, skalar: &Skalar) -> Vec<String> {
        let wort = skalar.text.trim();
        let schluessel = self.geschwister.iter();
        let schluessel = schluessel.filter(|namen| namen.iter().any(|name| name == wort));
        let texte = self.gleichartige.iter();
        let texte =
            texte.filter(|(muster, texte)| **muster != skalar.muster && texte.contains(wort));
        let mut andere: Vec<String> = Vec::new();
        for name in schluessel
            .flatten()
            .chain(texte.flat_map(|(_, texte)| texte))
        {
            if name != wort && !andere.contains(name) {
                andere.push(name.clone());
            }
        }
        if andere.len() > SCHLUESSEL {
            let jeder = andere.len().div_ceil(SCHLUESSEL);
            return andere.into_iter().step_by(jeder).collect();
        }
        andere
    }
}

/// A value that cannot be another one alone: what else says the same is changed with it, what stands beside it first;
/// or it changes places with another of its kind; or its item goes with all before it or behind it.
pub(super) fn gekoppelte(skalare: &[Skalar], i: usize) -> Vec<Versuch> {
    let Some(skalar) = skalare.get(i) else {
        return Vec::new();
    };
    let mut versuche = umbenennungen(skalare, i, skalar);
    let andere = skalare.iter().filter(|s| {
        s.muster == skalar.muster && s.route.datei == skalar.route.datei && s.text != skalar.text
    });
    versuche.extend(andere.map(|andere| Versuch {
        werte: vec![i],
        tausche: vec![
            (skalar.route.clone(), Some(andere.text.clone())),
            (andere.route.clone(), Some(skalar.text.clone())),
        ],
    }));
    versuche.extend(ohne_anfang_und_ende(skalare, i, skalar));
    versuche
}

/// What a trial takes out beside the item of its value.
pub(super) fn andere_weggenommene(skalare: &[Skalar], i: usize, versuch: &Versuch) -> Vec<Tausch> {
    let Some(skalar) = skalare.get(i) else {
        return Vec::new();
    };
    let weggenommen = versuch.tausche.iter().filter(|(_, neu)| neu.is_none());
    let andere = weggenommen.filter(|(route, _)| {
        let schritte = &skalar.route.schritte;
        route.datei != skalar.route.datei || !schritte.starts_with(&route.schritte)
    });
    andere.cloned().collect()
}

fn ohne_anfang_und_ende(skalare: &[Skalar], i: usize, skalar: &Skalar) -> Vec<Versuch> {
    let Some((Schritt::Index(hier), liste)) = skalar
        .glied
        .as_ref()
        .and_then(|glied| glied.schritte.split_last())
    else {
        return Vec::new();
    };
    let mut glieder: Vec<usize> = skalare
        .iter()
        .filter(|s| s.route.datei == skalar.route.datei)
        .filter_map(|s| match s.route.schritte.strip_prefix(liste)?.first() {
            Some(Schritt::Index(glied)) => Some(*glied),
            _ => None,
        })
        .collect();
    glieder.sort_unstable();
    glieder.dedup();
    // Taken out from the end, so that the numbers of the others stay.
    glieder.reverse();
    let ohne = |weg: &dyn Fn(usize) -> bool| Versuch {
        werte: vec![i],
        tausche: glieder
            .iter()
            .filter(|glied| weg(**glied))
            .map(|glied| {
                let mut route = Route::wurzel(skalar.route.datei.clone());
                route.schritte.extend(liste.iter().cloned());
                (route.index(*glied), None)
            })
            .collect(),
    };
    vec![ohne(&|glied| glied <= *hier), ohne(&|glied| glied >= *hier)]
}

fn umbenennungen(skalare: &[Skalar], i: usize, skalar: &Skalar) -> Vec<Versuch> {
    let text = skalar.text.trim();
    if text.chars().count() < 3 {
        return Vec::new();
    }
    let neu = match text.rfind(|c: char| c.is_ascii_digit()) {
        // A number stays one.
        Some(at) if text.starts_with(|c: char| c.is_ascii_digit()) => {
            let ziffer = if text.get(at..=at) == Some("9") {
                "8"
            } else {
                "9"
            };
            let mut neu = text.to_owned();
            neu.replace_range(at..=at, ziffer);
            neu
        }
        _ => PROBETEXT.to_owned(),
    };
    let neben = |s: &&Skalar| {
        let (a, b) = (&s.route.schritte, &skalar.route.schritte);
        a.len() == b.len()
            && s.route.datei == skalar.route.datei
            && a.split_last().map(|(_, oben)| oben) == b.split_last().map(|(_, oben)| oben)
            && s.text.contains(text)
    };
    let gleich = |s: &&Skalar| s.text.trim() == text;
    let versuch = |welche: &dyn Fn(&&Skalar) -> bool| Versuch {
        werte: vec![i],
        tausche: skalare
            .iter()
            .filter(|s| welche(s))
            .map(|s| (s.route.clone(), Some(s.text.replace(text, &neu))))
            .collect(),
    };
    let versuche = [versuch(&neben), versuch(&gleich)];
    versuche
        .into_iter()
        .filter(|v| v.tausche.len() > 1)
        .collect()
}

fn sammle_schluessel(node: &Node, geschwister: &mut Vec<Vec<String>>) {
    match &node.kind {
        Kind::Map(entries) => {
            let namen = entries.iter().map(|entry| entry.key.text().to_owned());
            geschwister.push(namen.collect());
            for entry in entries {
                sammle_schluessel(&entry.value, geschwister);
            }
        }
        Kind::List(items) => {
            for item in items {
                sammle_schluessel(item, geschwister);
            }
        }
        Kind::Scalar(_) => {}
    }
}
