//! Which other values a scalar could have, as they would be typed.
//!
//! What a field means is read from its schema where that names words, else from the look of its value. A value that
//! makes the matter invalid is no trial, so a guess too many does no harm. Numbers and days are moved by little and by
//! much, up and down, because rounding or a maximum may hide a change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use serde_json::Value;

use super::skalare::Skalar;
use crate::input::tree::{Kind, Node};
use crate::input::{Datum, Tree};
use crate::model::Vorgang;
use crate::pipeline::entwurf::Werkbank;

/// What a text is replaced by; no matter holds it.
pub(super) const PROBETEXT: &str = "Probewort";
/// What a name is replaced by too: lists are in the order of their names.
const ANDERE_NAMEN: [&str; 2] = ["Aachprobe", "Zuletztprobe"];
/// Most words that a key is replaced by, one after the other.
const SCHLUESSEL: usize = 12;
/// Most days on which something may change that each day is tried with.
const WENDEPUNKTE: usize = 12;
/// Days on which something may change that lie closer together, in days, count as one.
const ABSTAND: i64 = 60;

/// What is tried for a scalar depends on the others: the words that are known, the days on which something changes.
pub(super) struct Umfeld {
    pub(super) woerter: Woerter,
    tage: BTreeSet<Datum>,
    /// The keys of all bodies.
    pub(super) koerperschaften: Vec<String>,
}

impl Umfeld {
    pub(super) fn neu(werkbank: &Werkbank, skalare: &[Skalar]) -> Self {
        let (eigene, stamm) = werkbank.baeume();
        Self {
            woerter: Woerter::aus(eigene.iter().chain(stamm), skalare, werkbank.vorgang()),
            tage: wendepunkte(skalare),
            koerperschaften: werkbank
                .vorgang()
                .koerperschaften
                .keys()
                .map(ToString::to_string)
                .collect(),
        }
    }
}

/// Other values for a scalar, as they would be typed.
pub(super) fn werte(skalar: &Skalar, umfeld: &Umfeld) -> Vec<String> {
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
pub(super) fn aufzaehlung(schema: &[Value]) -> Vec<String> {
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
pub(super) struct Woerter {
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
    pub(super) fn andere(&self, skalar: &Skalar) -> Vec<String> {
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
