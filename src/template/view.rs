//! What templates and prose see: facts and computed values in the forms in which German sentences need them.
//!
//! Names are ASCII here; in a template `körperschaft` may be written as in the YAML. Everything is text, number or list:
//! a template never computes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::compute::{Beteiligte, Menge, Zahlen};
use crate::input::{Datum, umschrift};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Drucksache, Reihe, Schluessel, Vorgang};
use geteilt::Vorrat;

mod drucksache;
pub(in crate::template) mod form;
pub(in crate::template) mod geteilt;
mod koerperschaft;
mod kosten;
mod schaubild;
mod vereinbarung;
mod verfahren;
mod verteilung;

pub use drucksache::{AnlageSicht, DrucksacheSicht, anlagenkopf, anlagenname};
pub use geteilt::Geteilt;
pub use koerperschaft::{KoerperschaftSicht, MengeSicht};
use kosten::kosten;
pub use kosten::{KostenSicht, schaubilder};
pub use schaubild::SchaubildSicht;
pub(in crate::template) use vereinbarung::papierart;
pub use vereinbarung::{AufgabeSicht, Titel, VEREINBARUNG, VereinbarungSicht};
pub(in crate::template) use verfahren::antragstellend;

/// What the prose and the templates of one subject see.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct Fakten {
    /// The matter.
    pub vorgang: VorgangSicht,
    /// The paper for a council, where the subject is one.
    pub drucksache: Option<DrucksacheSicht>,
    /// The body whose council gets the paper.
    pub koerperschaft: Option<Geteilt<KoerperschaftSicht>>,
    /// All bodies by key, with `_` for `-`.
    pub koerperschaften: BTreeMap<String, Geteilt<KoerperschaftSicht>>,
    /// The agreement that the paper is about.
    pub vereinbarung: Option<VereinbarungSicht>,
    /// The agreement that it replaces.
    pub vorgaenger: Option<VereinbarungSicht>,
    /// The tasks of the agreement by key.
    pub aufgaben: Reihe<AufgabeSicht, String>,
    /// The cost items by key.
    pub kosten: Reihe<KostenSicht, String>,
    /// All parties of the agreement.
    pub parteien: Geteilt<MengeSicht>,
    /// The municipal parties of the predecessor.
    pub bestand: Geteilt<MengeSicht>,
    /// The municipal parties that the predecessor does not have.
    pub beitritt: Geteilt<MengeSicht>,
    /// All who use the service on the day that the agreement names.
    pub anwender: MengeSicht,
    /// The body that leads the matter.
    pub federfuehrend: Option<Geteilt<KoerperschaftSicht>>,
    /// Days that the prose mentions, by key.
    pub termine: Reihe<String, String>,
    /// Whatever else the council's own templates want to know, by key.
    pub angaben: Reihe<String, String>,
    /// The annex that the paper is made for, where the subject is one.
    pub anlage: Option<AnlageSicht>,
}

/// The matter.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VorgangSicht {
    /// Its title.
    pub titel: String,
    /// Whether its agreements are samples.
    pub muster: bool,
}

/// What a paper is made for.
#[derive(Debug, Clone, Copy)]
pub enum Gegenstand<'a> {
    /// A Drucksache.
    Drucksache(&'a Drucksache),
    /// An agreement.
    Vereinbarung(&'a Vereinbarung),
    /// An annex that is a text of the matter: its Drucksache, and its place among the annexes, from 0.
    Anlage(&'a Drucksache, usize),
}

/// The facts as the papers of a subject need them.
///
/// `titel` are the titles of the papers as far as they are known.
pub fn fakten(
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    titel: &Titel,
    gegenstand: Gegenstand<'_>,
) -> Fakten {
    fakten_mit(
        &Vorrat::default(),
        &|_| true,
        vorgang,
        zahlen,
        titel,
        gegenstand,
    )
}

/// As [`fakten`], with views that several subjects share, and only those groups that `will` asks for by name.
pub(in crate::template) fn fakten_mit(
    vorrat: &Vorrat,
    will: &(dyn Fn(&str) -> bool + Sync),
    vorgang: &Vorgang,
    zahlen: &Zahlen<'_>,
    titel: &Titel,
    gegenstand: Gegenstand<'_>,
) -> Fakten {
    let (drucksache, vereinbarung) = match gegenstand {
        Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => {
            (Some(drucksache), vorgang.vereinbarung_zu(drucksache))
        }
        Gegenstand::Vereinbarung(vereinbarung) => (None, Some(vereinbarung)),
    };
    let blick = Blick {
        vorgang,
        zahlen,
        titel,
        vorrat,
        stichtag: drucksache.and_then(Drucksache::entscheidungstag),
        amtstag: rechtsstand(vorgang, gegenstand),
    };
    let beteiligte = vereinbarung.and_then(|v| zahlen.vereinbarungen.get(&v.schluessel));
    let menge = |gruppe: &str, waehle: for<'m, 'a> fn(&'m Beteiligte<'a>) -> &'m Menge<'a>| {
        beteiligte
            .filter(|_| will(gruppe))
            .map(|b| blick.menge(waehle(b)))
            .unwrap_or_default()
    };
    Fakten {
        vorgang: VorgangSicht {
            titel: leer(vorgang.kopf.titel.as_ref()),
            muster: vorgang.kopf.muster,
        },
        drucksache: drucksache
            .filter(|_| will("drucksache"))
            .map(|drucksache| blick.drucksache(drucksache)),
        koerperschaft: drucksache
            .filter(|_| will("koerperschaft"))
            .and_then(|drucksache| vorgang.koerperschaft_von(drucksache))
            .map(|k| blick.koerperschaft(k)),
        koerperschaften: vorgang
            .koerperschaften
            .values()
            .filter(|_| will("koerperschaften"))
            .map(|k| (name(&k.schluessel), blick.koerperschaft(k)))
            .collect(),
        vereinbarung: vereinbarung
            .filter(|_| will("vereinbarung"))
            .map(|v| blick.vereinbarung(v)),
        vorgaenger: vereinbarung
            .filter(|_| will("vorgaenger"))
            .and_then(|v| vorgang.vereinbarungen.get(v.ersetzt.as_ref()?))
            .map(|v| blick.vereinbarung(v)),
        aufgaben: vereinbarung
            .filter(|_| will("aufgaben"))
            .iter()
            .flat_map(|v| blick.aufgaben(v))
            .map(|(schluessel, aufgabe)| (name(schluessel), aufgabe))
            .collect(),
        kosten: vorgang
            .kosten
            .iter()
            .filter(|_| will("kosten"))
            .map(|(schluessel, position)| {
                let von = vereinbarung.and_then(Vereinbarung::beginn);
                (name(schluessel), kosten(position, von))
            })
            .collect(),
        parteien: menge("parteien", |b| &b.parteien),
        bestand: menge("bestand", |b| &b.bestand),
        beitritt: menge("beitritt", |b| &b.beitritt),
        anwender: beteiligte
            .filter(|_| will("anwender"))
            .map(|b| blick.anwender(b, vereinbarung))
            .unwrap_or_default(),
        federfuehrend: vorgang
            .kopf
            .federfuehrend
            .as_ref()
            .filter(|_| will("federfuehrend"))
            .and_then(|schluessel| vorgang.koerperschaften.get(schluessel))
            .map(|k| blick.koerperschaft(k)),
        termine: drucksache
            .filter(|_| will("termine"))
            .iter()
            .flat_map(|drucksache| &drucksache.termine)
            .map(|(schluessel, tag)| (name(schluessel), tag.to_string()))
            .collect(),
        angaben: drucksache
            .filter(|_| will("angaben"))
            .iter()
            .flat_map(|drucksache| &drucksache.angaben)
            .map(|(schluessel, angabe)| (name(schluessel), angabe.to_string()))
            .collect(),
        anlage: match gegenstand {
            Gegenstand::Anlage(drucksache, i) => blick.anlagen(drucksache).into_iter().nth(i),
            _ => None,
        },
    }
}

/// The day for which the papers of a subject cite the law and name offices.
pub fn rechtsstand(vorgang: &Vorgang, gegenstand: Gegenstand<'_>) -> Option<Datum> {
    match gegenstand {
        Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => {
            let vereinbarung = || vorgang.vereinbarung_zu(drucksache);
            let tag = drucksache.entscheidungstag();
            tag.or_else(|| vorgang.rechtsstand(vereinbarung()?))
        }
        Gegenstand::Vereinbarung(vereinbarung) => vorgang.rechtsstand(vereinbarung),
    }
}

/// A key as templates spell it: `-` as `_`, umlauts written out.
pub(super) fn name(schluessel: &Schluessel) -> String {
    let mut name = String::new();
    for c in schluessel.as_str().chars() {
        match umschrift(c) {
            Some(umschrift) => name.push_str(umschrift),
            None => name.push(if c == '-' { '_' } else { c }),
        }
    }
    name
}

/// The matter as seen on the day of decision.
struct Blick<'a> {
    vorgang: &'a Vorgang,
    zahlen: &'a Zahlen<'a>,
    titel: &'a Titel,
    vorrat: &'a Vorrat,
    stichtag: Option<Datum>,
    /// The day on which offices are looked up.
    amtstag: Option<Datum>,
}

/// The value as text; empty where there is none.
fn leer(wert: Option<impl ToString>) -> String {
    wert.map(|wert| wert.to_string()).unwrap_or_default()
}
