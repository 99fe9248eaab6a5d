//! What keeps costs from being computed: each finding names the years and the key to add.
//!
//! A year is computed for itself, so the same defect is met year after year. What is wrong at one place is told once,
//! with all years, days and bodies that it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sprache::{Verbindung, aufzaehlung};
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::Datum;
use crate::model::Text;
use crate::model::kosten::{Beleg, Kostenposition, Verteilung};

const WERT: &str = "personalkosten: …, sachkosten_pauschale: …, quelle: … }";

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

fn befund(was: &Was, sammlung: Sammlung) -> Befund {
    let jahre: Vec<u32> = sammlung.jahre.iter().copied().collect();
    let erstes = jahre.first().copied().unwrap_or_default();
    let ebenso = match jahre.get(1..) {
        None | Some([]) => String::new(),
        Some(weitere) => format!(", ebenso für {}", jahresliste(weitere)),
    };
    let fuer = match jahre.as_slice() {
        [eines] => format!("für das Jahr {eines}"),
        alle => format!("für die Jahre {}", jahresliste(alle)),
    };
    let im = match jahre.as_slice() {
        [eines] => format!("im Jahr {eines}"),
        alle => format!("in den Jahren {}", jahresliste(alle)),
    };
    let des = match jahre.as_slice() {
        [eines] => format!("des Jahres {eines}"),
        alle => format!("der Jahre {}", jahresliste(alle)),
    };
    let zitiert: Vec<_> = sammlung.wer.iter().map(|wer| format!("„{wer}“")).collect();
    let namen = und(&zitiert);
    let blanke = sammlung.wer.join(", ");
    let eintraege: Vec<_> = sammlung.wer.iter().map(|wer| format!("{wer}: …")).collect();
    let eintraege = eintraege.join(", ");
    let spannen = spannen(&sammlung.tage);
    let wann = if spannen.is_empty() {
        im.clone()
    } else {
        und(&spannen
            .iter()
            .map(|(von, bis)| format!("vom {von} bis {bis}"))
            .collect::<Vec<_>>())
    };
    let (regel, text, abhilfe) = match was {
        Was::WertFehlt => (
            "wert-fehlt",
            format!("{fuer} fehlen Personalkosten und Sachkostenpauschale"),
            format!("unter `werte` ergänzen: {{ jahr: {erstes}, {WERT}{ebenso}"),
        ),
        Was::GruppeOhneWert(gruppe) => (
            "gruppe-ohne-wert",
            format!("für „{gruppe}“ gibt es {im} keinen Wert"),
            format!("unter `werte` ergänzen: {{ jahr: {erstes}, gruppe: {gruppe}, {WERT}{ebenso}"),
        ),
        Was::BesetzungFehlt(beispiel) => (
            "besetzung-fehlt",
            format!("{fuer} gibt es Werte mehrerer Gruppen, aber nicht, wer die Stelle hat"),
            format!("unter `besetzung` ergänzen, etwa {{ ab: 01.01.{erstes}, gruppe: {beispiel} }}"),
        ),
        Was::OhneZahler => (
            "zeitraum-ohne-zahler",
            format!("{wann} entstehen Kosten, aber niemand nutzt den Dienst und zahlt sie"),
            "die Nutzung ergänzen, unter `zeitraum` mit Grund kürzen oder unter `zahler` mit Grund auch jemanden nennen, der zahlt, ohne den Dienst zu nutzen".to_owned(),
        ),
        Was::GewichteNull => (
            "gewichte-null",
            format!("{wann} sind alle Zahlen des Schlüssels 0, also zahlt niemand"),
            format!("die Zahlen {fuer} prüfen"),
        ),
        Was::EinwohnerFehlt(stichtag) => (
            "schluesselwert-fehlt",
            format!("für {namen} fehlt die Einwohnerzahl zum {stichtag}, nach der verteilt wird"),
            format!(
                "in den Stammdaten von {namen} unter `einwohner` {}ergänzen: {{ stand: {stichtag}, zahl: …, quelle: … }}",
                if sammlung.wer.len() > 1 { "jeweils " } else { "" }
            ),
        ),
        Was::StichtagFehlt(von) => (
            "schluesselwert-fehlt",
            format!("für {namen} fehlt ab {von} die Einwohnerzahl, nach der verteilt wird"),
            format!("unter `einwohner` ergänzen, welcher `stichtag` ab {von} gilt"),
        ),
        Was::FallzahlFehlt { eintrag } => (
            "schluesselwert-fehlt",
            format!("für {namen} fehlt {fuer} die Zahl der Fälle, nach der verteilt wird"),
            if *eintrag {
                format!("unter `fallzahlen` im Eintrag `jahr: {erstes}` ergänzen: {eintraege}")
            } else {
                format!("unter `fallzahlen` ergänzen: {{ jahr: {erstes}, zahlen: {{ {eintraege} }} }}{ebenso}")
            },
        ),
        Was::LizenzFehlt(von) => (
            "schluesselwert-fehlt",
            format!("für {namen} fehlt ab {von} die Zahl der Lizenzen, nach der verteilt wird"),
            format!("unter `lizenzen` in einem Eintrag bis `ab: {von}` ergänzen: {eintraege}"),
        ),
        Was::QuoteFehlt(von, beginnt) => (
            "schluesselwert-fehlt",
            format!("für {namen} fehlt ab {von} die Quote, nach der verteilt wird"),
            if *beginnt {
                format!("unter `quoten` in der Fassung mit `ab: {von}` auch {blanke} nennen, zur Not mit 0 %, oder die Nutzung mit dem Tag davor enden lassen")
            } else {
                format!("unter `quoten` eine Fassung mit `ab: {von}` ergänzen, die {blanke} nennt, zur Not mit 0 %")
            },
        ),
        Was::QuoteOhneNutzung => (
            "quote-ohne-nutzung",
            format!("{namen} hat eine Quote, nutzt den Dienst aber {wann} nicht"),
            quotenabhilfe(&spannen, &blanke, sammlung.jahre.last().copied()),
        ),
        Was::VorNutzung(beginn) => (
            "kosten-vor-nutzung",
            match beginn {
                Some(beginn) => {
                    format!("die Kosten {des} liegen vor der ersten Nutzung am {beginn}")
                }
                None => format!("{im} nutzt niemand den Dienst"),
            },
            "das Jahr prüfen, den Eintrag löschen oder die Nutzung ergänzen; wer zahlt, ohne den Dienst zu nutzen, gehört mit Grund unter `zahler`".to_owned(),
        ),
        Was::ZuGross => (
            "betrag-zu-gross",
            format!("die Kosten {des} sind größer als 1.000.000.000.000,00 €"),
            "die Beträge prüfen".to_owned(),
        ),
    };
    let mut stellen = if sammlung.eintraege.is_empty() {
        sammlung.stellen.into_iter()
    } else {
        sammlung.eintraege.into_iter()
    };
    let stelle = stellen.next().unwrap_or_default();
    let befund = Befund::fehler(regel, Stelle::Route(stelle), text).abhilfe(abhilfe);
    stellen.fold(befund, |befund, stelle| {
        befund.dazu(Stelle::Route(stelle), "auch hier")
    })
}

/// What to do about a quota without use: a version without it from the first day on, and one with it behind the last,
/// where the use begins again.
fn quotenabhilfe(spannen: &[(Datum, Datum)], wer: &str, letztes: Option<u32>) -> String {
    use chrono::Datelike;
    let Some((von, bis)) = spannen.first() else {
        return "die Quoten prüfen".to_owned();
    };
    let ohne = format!(
        "unter `quoten` eine Fassung mit `ab: {von}` ohne {wer} ergänzen, deren Anteile zusammen 1 ergeben"
    );
    // The last day of the last year is only where the figures end.
    let bis_zuletzt = bis.tag().ordinal() >= 365
        && bis.tag().month() == 12
        && u32::try_from(bis.tag().year()).ok() == letztes;
    match bis.tag().succ_opt().map(Datum::from) {
        Some(wieder) if !bis_zuletzt => {
            format!("{ohne}, und eine mit `ab: {wieder}`, die {wer} nennt")
        }
        _ => ohne,
    }
}

/// Days that touch are one span.
fn spannen(tage: &BTreeSet<(Datum, Datum)>) -> Vec<(Datum, Datum)> {
    let mut spannen: Vec<(Datum, Datum)> = Vec::new();
    for (von, bis) in tage {
        match spannen.last_mut() {
            Some((_, ende))
                if ende
                    .tag()
                    .succ_opt()
                    .is_none_or(|danach| von.tag() <= danach) =>
            {
                *ende = (*ende).max(*bis);
            }
            _ => spannen.push((*von, *bis)),
        }
    }
    spannen
}

/// „2028“, „2028 und 2029“, „2024, 2026 bis 2029 und 2031“.
fn jahresliste(jahre: &[u32]) -> String {
    let mut folgen: Vec<(u32, u32)> = Vec::new();
    for jahr in jahre {
        match folgen.last_mut() {
            Some((_, ende)) if *jahr == *ende + 1 => *ende = *jahr,
            _ => folgen.push((*jahr, *jahr)),
        }
    }
    let worte: Vec<String> = folgen
        .into_iter()
        .flat_map(|(von, bis)| match bis - von {
            0 => vec![von.to_string()],
            1 => vec![von.to_string(), bis.to_string()],
            _ => vec![format!("{von} bis {bis}")],
        })
        .collect();
    und(&worte)
}

fn und(worte: &[String]) -> String {
    let worte: Vec<_> = worte.iter().map(String::as_str).collect();
    aufzaehlung(&worte, Verbindung::Und)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_row_are_told_by_their_ends() {
        assert_eq!(jahresliste(&[2028]), "2028");
        assert_eq!(jahresliste(&[2028, 2029]), "2028 und 2029");
        assert_eq!(
            jahresliste(&[2024, 2026, 2027, 2028, 2031]),
            "2024, 2026 bis 2028 und 2031"
        );
    }

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
