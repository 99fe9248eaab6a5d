//! A count that was right once: so many used the service, or were parties, before the agreement.

use chrono::Datelike;

use super::super::super::zaehlung::{Fund, Zaehlt};
use super::super::super::{Lage, Passage};
use super::{Anwenderstand, groessen};
use crate::compute::{Beteiligte, Menge};
use crate::input::Datum;
use crate::model::Vereinbarung;

/// The sets of an agreement, and those that were before it.
#[derive(Debug)]
pub(super) struct Stand<'l, 'a> {
    beteiligte: &'l Beteiligte<'a>,
    beginn: Option<Datum>,
    frueher: Vec<&'l Menge<'a>>,
    /// The providers of the tasks, each with those for whom it works.
    anbieter: Vec<(&'a str, &'l Menge<'a>)>,
}

/// Of which time a sentence speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zeit {
    /// Of that of the agreement: „ab dem 01.01.2022“, „künftig“, „die neue Vereinbarung“.
    Vereinbarung,
    /// Of another: „derzeit“, „am 30.10.2019“.
    Andere,
    /// It does not say.
    Offen,
}

/// Words for the time of the agreement.
const KUENFTIG: [&str; 5] = [
    "künftig*",
    "zukünftig*",
    "fortan",
    "neue* Vereinbarung",
    "neue* öffentlich-rechtliche* Vereinbarung",
];

/// Words for another time, for those who were there before, and for those whom a sentence before has named.
const ANDERE_ZEIT: [&str; 22] = [
    "zunächst",
    "derzeit*",
    "zurzeit",
    "aktuell*",
    "gegenwärtig*",
    "heute",
    "noch",
    "bisher*",
    "bislang",
    "bis zum",
    "bis dahin",
    "vor dem",
    "Bestandskommune*",
    "frühere*",
    "ehemalige*",
    "damalige*",
    "ersetz*",
    "an die Stelle",
    "genannte*",
    "vorgenannte*",
    "o. g.",
    "v. g.",
];

impl<'l, 'a> Stand<'l, 'a> {
    pub(super) fn von(
        lage: &'l Lage<'a>,
        vereinbarung: &'a Vereinbarung,
        beteiligte: &'l Beteiligte<'a>,
        anwender: &'l [Anwenderstand<'a>],
    ) -> Self {
        let beginn = vereinbarung.beginn();
        let vorher = anwender
            .iter()
            .filter(|(tag, _)| beginn.is_some_and(|beginn| *tag < beginn))
            .map(|(_, menge)| menge);
        let vorgaenger = vereinbarung.ersetzt.as_ref();
        let vorgaenger = vorgaenger.and_then(|key| lage.zahlen.vereinbarungen.get(key));
        let alte = vorgaenger
            .into_iter()
            .flat_map(|alte| [&alte.parteien, &alte.anwender]);
        let anbieter = vereinbarung.aufgaben.iter().filter_map(|(key, aufgabe)| {
            let wer = lage.vorgang.koerperschaften.get(&aufgabe.anbieter)?;
            Some((wer.name.as_str(), beteiligte.empfaenger.get(key)?))
        });
        Self {
            beteiligte,
            beginn,
            frueher: vorher.chain(alte).collect(),
            anbieter: anbieter.collect(),
        }
    }

    /// Whether a count fits only sets from before the agreement.
    pub(super) fn war_nur_frueher(&self, satz: &Passage<'_>, fund: &Fund) -> bool {
        let hat = |mengen: &[&Menge<'_>]| {
            groessen(mengen.iter().copied(), fund.zaehlt, fund.uebrige).contains(&fund.wert)
        };
        let jetzt = [
            &self.beteiligte.parteien,
            &self.beteiligte.anwender,
            &self.beteiligte.beitritt,
        ];
        hat(&self.frueher) && !hat(&jetzt) && !hat(&self.andere(satz, fund))
    }

    /// Those whom a provider works for, where the sentence may mean them: it names the provider, or does something for them.
    fn andere(&self, satz: &Passage<'_>, fund: &Fund) -> Vec<&'l Menge<'a>> {
        if fund.zaehlt == Zaehlt::Alle {
            return Vec::new();
        }
        let davor = satz.text().get(..fund.zahl.start).unwrap_or_default();
        let davor = davor.trim_end().to_lowercase();
        let fuer_sie = ["den", "für die", "an die"]
            .iter()
            .any(|worte| davor.ends_with(worte));
        let anbieter = self.anbieter.iter();
        anbieter
            .filter(|(name, _)| fuer_sie || satz.enthaelt(name))
            .map(|(_, menge)| *menge)
            .collect()
    }

    /// Of which time a sentence speaks.
    pub(super) fn zeit(&self, satz: &Passage<'_>) -> Zeit {
        if satz.sagt(&ANDERE_ZEIT) {
            return Zeit::Andere;
        }
        let Some(beginn) = self.beginn else {
            return Zeit::Offen;
        };
        let tage: Vec<Datum> = satz.tage().map(|(_, tag)| tag).collect();
        let jahre = jahre(satz.text());
        let beginnt = u32::try_from(beginn.tag().year()).unwrap_or_default();
        if tage.iter().any(|tag| *tag < beginn) || jahre.iter().any(|jahr| *jahr < beginnt) {
            Zeit::Andere
        } else if !tage.is_empty() || !jahre.is_empty() || satz.sagt(&KUENFTIG) {
            Zeit::Vereinbarung
        } else {
            Zeit::Offen
        }
    }

    /// How many there are under the agreement.
    pub(super) fn jetzt(&self, zaehlt: Zaehlt) -> usize {
        let menge = match zaehlt {
            Zaehlt::Alle => return self.beteiligte.parteien.anzahl(),
            Zaehlt::Gemeinden | Zaehlt::Gattungslose | Zaehlt::Staedte => &self.beteiligte.anwender,
        };
        let gemeinden = menge.gemeinden();
        match zaehlt {
            Zaehlt::Staedte => gemeinden.iter().filter(|k| k.gattung == "Stadt").count(),
            _ => gemeinden.anzahl(),
        }
    }
}

/// The years of this century that stand in a text.
fn jahre(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|ziffern| ziffern.len() == 4 && ziffern.starts_with("20"))
        .filter_map(|ziffern| ziffern.parse().ok())
        .collect()
}
