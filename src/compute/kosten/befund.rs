//! What keeps costs from being computed: each finding names the years and the key to add.
//!
//! A year is computed for itself, so the same defect is met year after year. What is wrong at one place is told once,
//! with all years, days and bodies that it is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::Datum;
use crate::model::Text;
use crate::model::kosten::{Beleg, Kostenposition, Verteilung};

mod worte;

use worte::befund;

/// What is wrong; the order is that of the findings of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Was {
    WertFehlt,
    GruppeOhneWert(String),
    BesetzungFehlt(String),
    OhneZahler,
    GewichteNull,
    /// For which day the count is missing; whoever needs it, it is missing once.
    EinwohnerFehlt(Datum),
    StichtagFehlt(Datum),
    FallzahlFehlt {
        eintrag: bool,
    },
    LizenzFehlt(Datum),
    /// From when on, and whether a version begins on that day.
    QuoteFehlt(Datum, bool),
    QuoteOhneNutzung,
    VorNutzung(Option<Datum>),
    ZuGross,
}

/// Something that is wrong with a year.
#[derive(Debug)]
pub(super) struct Mangel {
    was: Was,
    route: Route,
    jahr: u32,
    wer: Option<String>,
    tage: Option<(Datum, Datum)>,
    /// The entry that it is about, where the place is a list.
    eintrag: Option<Route>,
}

/// A finding that is complete, or something that may be wrong with other years as well.
#[derive(Debug)]
pub(super) enum Meldung {
    Fertig(Befund),
    Mangel(Mangel),
}

impl From<Befund> for Meldung {
    fn from(befund: Befund) -> Self {
        Self::Fertig(befund)
    }
}

impl Mangel {
    fn neu(was: Was, route: Route, jahr: u32) -> Self {
        Self {
            was,
            route,
            jahr,
            wer: None,
            tage: None,
            eintrag: None,
        }
    }

    /// The day from which on something is missing, where what is missing has such a day.
    fn seit(&self) -> Option<Datum> {
        match self.was {
            Was::StichtagFehlt(von) | Was::LizenzFehlt(von) | Was::QuoteFehlt(von, _) => Some(von),
            _ => None,
        }
    }

    fn wem(&self) -> (Route, Option<String>) {
        (self.route.clone(), self.wer.clone())
    }

    fn von(mut self, wer: &str) -> Self {
        self.wer = Some(wer.to_owned());
        self
    }
}

impl From<Mangel> for Meldung {
    fn from(mangel: Mangel) -> Self {
        Self::Mangel(mangel)
    }
}

pub(super) fn wert_fehlt(jahr: u32, route: &Route) -> Meldung {
    Mangel::neu(Was::WertFehlt, route.feld("werte"), jahr).into()
}

pub(super) fn gruppe_ohne_wert(jahr: u32, gruppe: &Text, route: &Route) -> Meldung {
    let was = Was::GruppeOhneWert(gruppe.einzeilig());
    Mangel::neu(was, route.feld("werte"), jahr).into()
}

pub(super) fn besetzung_fehlt(jahr: u32, beispiel: &Text, route: &Route) -> Meldung {
    let was = Was::BesetzungFehlt(beispiel.einzeilig());
    Mangel::neu(was, route.feld("bewertung"), jahr).into()
}

pub(super) fn beleg_ohne_zahler(beleg: &Beleg, route: Route) -> Meldung {
    Befund::fehler(
        "zeitraum-ohne-zahler",
        Stelle::Route(route),
        format!(
            "in dem Zeitraum, für den die Rechnung vom {} gilt, nutzt niemand den Dienst",
            beleg.datum
        ),
    )
    .abhilfe("`von` und `bis` der Rechnung prüfen, die Nutzung ergänzen oder mit `für` sagen, wer sie allein trägt")
    .into()
}

pub(super) fn ohne_ganzen_monat(route: Route) -> Meldung {
    Befund::fehler(
        "zeitraum-ohne-monat",
        Stelle::Route(route),
        "in diesem Zeitraum liegt kein ganzer Monat, und ein angefangener zählt nicht",
    )
    .abhilfe("`von` und `bis` auf ganze Monate legen oder weglassen")
    .into()
}

/// An agreed sum that lasts so short that the next one, or nothing, counts in its month.
pub(super) fn betrag_ohne_monat(route: Route) -> Meldung {
    Befund::fehler(
        "zeitraum-ohne-monat",
        Stelle::Route(route),
        "für diesen Betrag zählt nach der Zeitrechnung der Vereinbarung kein Monat, er fiele also weg",
    )
    .abhilfe("`von` und `bis` auf ganze Monate legen, den Betrag streichen oder `zeitrechnung: tage` vereinbaren")
    .into()
}

pub(super) fn leerer_zeitraum(route: Route) -> Meldung {
    Befund::fehler(
        "leerer-zeitraum",
        Stelle::Route(route),
        "in diesem Zeitraum fallen keine Kosten an: niemand nutzt den Dienst, oder es ist kein ganzer Monat",
    )
    .abhilfe("`von` und `bis` prüfen")
    .into()
}

/// Costs of a year in which nobody uses the service: in an entry of a list, or in a list that spans the year.
pub(super) fn vor_nutzung(
    jahr: u32,
    beginn: Option<Datum>,
    liste: Route,
    eintrag: Option<Route>,
) -> Meldung {
    let mut mangel = Mangel::neu(Was::VorNutzung(beginn), liste, jahr);
    mangel.eintrag = eintrag;
    mangel.into()
}

pub(super) fn ohne_zahler(
    jahr: u32,
    tage: Option<(Datum, Datum)>,
    null: bool,
    route: Route,
) -> Meldung {
    let mut mangel = if null {
        Mangel::neu(Was::GewichteNull, route.feld("schlüssel"), jahr)
    } else {
        Mangel::neu(Was::OhneZahler, route, jahr)
    };
    mangel.tage = tage;
    mangel.into()
}

/// A payer whose weight nobody says, from a day of the year on.
pub(super) fn gewicht_fehlt(
    position: &Kostenposition,
    wer: &str,
    von: Datum,
    jahr: u32,
) -> Meldung {
    let schluessel = position.route.feld("schlüssel");
    let innen = schluessel.feld(position.schluessel.name());
    let (was, route) = match &position.schluessel {
        Verteilung::Einwohner(wahlen) => {
            let gilt = wahlen
                .iter()
                .enumerate()
                .filter(|(_, wahl)| wahl.ab.is_none_or(|ab| ab <= von))
                .max_by_key(|(_, wahl)| wahl.ab);
            match gilt {
                Some((i, wahl)) => (
                    Was::EinwohnerFehlt(wahl.stichtag),
                    innen.index(i).feld("stichtag"),
                ),
                None => (Was::StichtagFehlt(von), innen),
            }
        }
        Verteilung::Fallzahlen(jahre) => {
            let eintrag = jahre.iter().position(|j| j.jahr.0 == jahr);
            let was = Was::FallzahlFehlt {
                eintrag: eintrag.is_some(),
            };
            (
                was,
                eintrag.map_or(innen.clone(), |i| innen.index(i).feld("zahlen")),
            )
        }
        Verteilung::Lizenzen(_) => (Was::LizenzFehlt(von), innen),
        Verteilung::Quoten(fassungen) => {
            let beginnt = fassungen.iter().any(|f| f.ab == Some(von));
            (Was::QuoteFehlt(von, beginnt), innen)
        }
        Verteilung::GleicheTeile | Verteilung::Direkt => (Was::GewichteNull, schluessel),
    };
    Mangel::neu(was, route, jahr).von(wer).into()
}

/// A quota of a body that takes no part.
pub(super) fn quote_ohne_nutzung(
    position: &Kostenposition,
    wer: &str,
    jahr: u32,
    tage: (Datum, Datum),
) -> Meldung {
    let route = position.route.feld("schlüssel").feld("quoten");
    let mut mangel = Mangel::neu(Was::QuoteOhneNutzung, route, jahr).von(wer);
    mangel.tage = Some(tage);
    mangel.into()
}

pub(super) fn zu_gross(jahr: u32, route: Route) -> Meldung {
    Mangel::neu(Was::ZuGross, route, jahr).into()
}

/// All that is wrong with one place in one way.
#[derive(Default)]
struct Sammlung {
    jahre: BTreeSet<u32>,
    wer: Vec<String>,
    tage: BTreeSet<(Datum, Datum)>,
    eintraege: BTreeSet<Route>,
    /// All places, where it is the same defect at several.
    stellen: BTreeSet<Route>,
}

/// The findings, each defect of a place once.
pub(super) fn zusammengefasst(meldungen: Vec<Meldung>) -> Vec<Befund> {
    let mut fertige = Vec::new();
    let mut gesammelt: BTreeMap<(Was, Option<Route>, Option<String>), Sammlung> = BTreeMap::new();
    let zuerst = zuerst(&meldungen);
    for meldung in meldungen {
        let mangel = match meldung {
            Meldung::Fertig(befund) => {
                fertige.push(befund);
                continue;
            }
            Meldung::Mangel(mangel) => mangel,
        };
        if mangel
            .seit()
            .is_some_and(|seit| zuerst.get(&mangel.wem()) != Some(&seit))
        {
            continue;
        }
        // A count of residents is missing in the base data, however many items ask for it.
        let ueberall = matches!(mangel.was, Was::EinwohnerFehlt(_));
        // When somebody has a quota without use is told of each.
        let eigens = matches!(mangel.was, Was::QuoteOhneNutzung);
        let schluessel = (
            mangel.was,
            (!ueberall).then(|| mangel.route.clone()),
            mangel.wer.clone().filter(|_| eigens),
        );
        let sammlung = gesammelt.entry(schluessel).or_default();
        sammlung.jahre.insert(mangel.jahr);
        sammlung.tage.extend(mangel.tage);
        sammlung.eintraege.extend(mangel.eintrag);
        sammlung.stellen.insert(mangel.route);
        if let Some(wer) = mangel.wer.filter(|wer| !sammlung.wer.contains(wer)) {
            sammlung.wer.push(wer);
        }
    }
    let gesammelt = gesammelt
        .into_iter()
        .map(|((was, ..), sammlung)| befund(&was, sammlung));
    fertige.into_iter().chain(gesammelt).collect()
}

/// From when on each lacks what holds from a day on: year after year it is the same entry.
fn zuerst(meldungen: &[Meldung]) -> BTreeMap<(Route, Option<String>), Datum> {
    let mut zuerst = BTreeMap::new();
    for meldung in meldungen {
        if let Meldung::Mangel(mangel) = meldung
            && let Some(seit) = mangel.seit()
        {
            let tag = zuerst.entry(mangel.wem()).or_insert(seit);
            *tag = (*tag).min(seit);
        }
    }
    zuerst
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_defect_of_a_place_is_one_finding() {
        let route = Route::wurzel("a.yaml");
        let meldungen = vec![
            wert_fehlt(2029, &route),
            zu_gross(2028, route.clone()),
            wert_fehlt(2028, &route),
        ];
        let befunde = zusammengefasst(meldungen);
        assert_eq!(befunde.len(), 2);
        assert_eq!(
            befunde[0].text,
            "für die Jahre 2028 und 2029 fehlen Personalkosten und Sachkostenpauschale"
        );
    }
}
