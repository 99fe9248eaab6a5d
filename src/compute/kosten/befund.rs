//! What keeps costs from being computed: each finding names the year and the key to add.

use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::Datum;
use crate::model::Text;
use crate::model::kosten::{Beleg, Kostenposition};

const WERT: &str = "personalkosten: …, sachkosten_pauschale: …, quelle: … }";

pub(super) fn wert_fehlt(jahr: u32, route: &Route) -> Befund {
    Befund::fehler(
        "wert-fehlt",
        Stelle::Route(route.feld("werte")),
        format!("für das Jahr {jahr} fehlen Personalkosten und Sachkostenpauschale"),
    )
    .abhilfe(format!("unter `werte` ergänzen: {{ jahr: {jahr}, {WERT}"))
}

pub(super) fn gruppe_ohne_wert(jahr: u32, gruppe: &Text, route: &Route) -> Befund {
    let gruppe = gruppe.einzeilig();
    Befund::fehler(
        "gruppe-ohne-wert",
        Stelle::Route(route.feld("werte")),
        format!("für „{gruppe}“ gibt es im Jahr {jahr} keinen Wert"),
    )
    .abhilfe(format!(
        "unter `werte` ergänzen: {{ jahr: {jahr}, gruppe: {gruppe}, {WERT}"
    ))
}

pub(super) fn besetzung_fehlt(jahr: u32, beispiel: &Text, route: &Route) -> Befund {
    Befund::fehler(
        "besetzung-fehlt",
        Stelle::Route(route.feld("bewertung")),
        format!(
            "für das Jahr {jahr} gibt es Werte mehrerer Gruppen, aber nicht, wer die Stelle hat"
        ),
    )
    .abhilfe(format!(
        "unter `besetzung` ergänzen, etwa {{ ab: 01.01.{jahr}, gruppe: {} }}",
        beispiel.einzeilig()
    ))
}

pub(super) fn beleg_ohne_zahler(beleg: &Beleg, route: Route) -> Befund {
    Befund::fehler(
        "zeitraum-ohne-zahler",
        Stelle::Route(route),
        format!(
            "in dem Zeitraum, für den die Rechnung vom {} gilt, nutzt niemand den Dienst",
            beleg.datum
        ),
    )
    .abhilfe("`von` und `bis` der Rechnung prüfen, die Nutzung ergänzen oder mit `für` sagen, wer sie allein trägt")
}

pub(super) fn ohne_ganzen_monat(route: Route) -> Befund {
    Befund::fehler(
        "zeitraum-ohne-monat",
        Stelle::Route(route),
        "in diesem Zeitraum liegt kein ganzer Monat, und ein angefangener zählt nicht",
    )
    .abhilfe("`von` und `bis` auf ganze Monate legen oder weglassen")
}

/// An agreed sum that lasts so short that the next one, or nothing, counts in its month.
pub(super) fn betrag_ohne_monat(route: Route) -> Befund {
    Befund::fehler(
        "zeitraum-ohne-monat",
        Stelle::Route(route),
        "für diesen Betrag zählt nach der Zeitrechnung der Vereinbarung kein Monat, er fiele also weg",
    )
    .abhilfe("`von` und `bis` auf ganze Monate legen, den Betrag streichen oder `zeitrechnung: tage` vereinbaren")
}

pub(super) fn leerer_zeitraum(route: Route) -> Befund {
    Befund::fehler(
        "leerer-zeitraum",
        Stelle::Route(route),
        "in diesem Zeitraum fallen keine Kosten an: niemand nutzt den Dienst, oder es ist kein ganzer Monat",
    )
    .abhilfe("`von` und `bis` prüfen")
}

pub(super) fn vor_nutzung(jahr: u32, beginn: Option<Datum>, route: Route) -> Befund {
    let text = match beginn {
        Some(beginn) => {
            format!("die Kosten des Jahres {jahr} liegen vor der ersten Nutzung am {beginn}")
        }
        None => format!("im Jahr {jahr} nutzt niemand den Dienst"),
    };
    Befund::fehler("kosten-vor-nutzung", Stelle::Route(route), text).abhilfe(
        "das Jahr prüfen, die Nutzung ergänzen oder unter `zahler` mit Grund sagen, wer zahlt",
    )
}

pub(super) fn ohne_zahler(
    jahr: u32,
    tage: Option<(Datum, Datum)>,
    null: bool,
    route: Route,
) -> Befund {
    let wann = tage.map_or_else(
        || format!("im Jahr {jahr}"),
        |(von, bis)| format!("vom {von} bis {bis}"),
    );
    if null {
        return Befund::fehler(
            "gewichte-null",
            Stelle::Route(route.feld("schlüssel")),
            format!("{wann} sind alle Zahlen des Schlüssels 0, also zahlt niemand"),
        )
        .abhilfe(format!("die Zahlen für das Jahr {jahr} prüfen"));
    }
    Befund::fehler(
        "zeitraum-ohne-zahler",
        Stelle::Route(route),
        format!("{wann} entstehen Kosten, aber niemand nutzt den Dienst und zahlt sie"),
    )
    .abhilfe("die Nutzung ergänzen, unter `zeitraum` mit Grund kürzen oder unter `zahler` mit Grund sagen, wer zahlt")
}

/// A payer whose weight nobody says.
pub(super) fn gewicht_fehlt(position: &Kostenposition, wer: &str, von: Datum, jahr: u32) -> Befund {
    use crate::model::kosten::Verteilung;
    let abhilfe = match &position.schluessel {
        Verteilung::Einwohner(wahlen) => {
            let gilt = wahlen
                .iter()
                .filter(|wahl| wahl.ab.is_none_or(|ab| ab <= von))
                .max_by_key(|wahl| wahl.ab);
            match gilt {
                Some(wahl) => format!(
                    "in den Stammdaten von „{wer}“ unter `einwohner` ergänzen: {{ stand: {}, zahl: …, quelle: … }}",
                    wahl.stichtag
                ),
                None => format!("unter `einwohner` ergänzen, welcher `stichtag` ab {von} gilt"),
            }
        }
        Verteilung::Fallzahlen(jahre) if jahre.iter().any(|j| j.jahr.0 == jahr) => {
            format!("unter `fallzahlen` im Eintrag `jahr: {jahr}` ergänzen: {wer}: …")
        }
        Verteilung::Fallzahlen(_) => {
            format!("unter `fallzahlen` einen Eintrag `jahr: {jahr}` ergänzen, mit {wer}: …")
        }
        Verteilung::Lizenzen(_) => {
            format!("unter `lizenzen` in einem Eintrag bis `ab: {von}` ergänzen: {wer}: …")
        }
        _ => format!(
            "unter `quoten` eine Fassung mit `ab: {von}` ergänzen, die {wer} nennt, zur Not mit 0 %"
        ),
    };
    // One number is missing once, however many years and parts of years need it: then the text is the same.
    let was = match &position.schluessel {
        Verteilung::Einwohner(wahlen) => {
            let gilt = wahlen
                .iter()
                .filter(|wahl| wahl.ab.is_none_or(|ab| ab <= von))
                .max_by_key(|wahl| wahl.ab);
            match gilt {
                Some(wahl) => format!("die Einwohnerzahl zum {}", wahl.stichtag),
                None => "die Einwohnerzahl".to_owned(),
            }
        }
        Verteilung::Fallzahlen(_) => format!("für das Jahr {jahr} die Zahl der Fälle"),
        Verteilung::Lizenzen(_) => "die Zahl der Lizenzen".to_owned(),
        _ => "die Quote".to_owned(),
    };
    Befund::fehler(
        "schluesselwert-fehlt",
        Stelle::Route(position.route.feld("schlüssel")),
        format!("für „{wer}“ fehlt {was}, nach der verteilt wird"),
    )
    .abhilfe(abhilfe)
}

/// A quota of a body that takes no part.
pub(super) fn quote_ohne_nutzung(
    position: &Kostenposition,
    wer: &str,
    tage: (Datum, Datum),
) -> Befund {
    let (von, bis) = tage;
    Befund::fehler(
        "quote-ohne-nutzung",
        Stelle::Route(position.route.feld("schlüssel")),
        format!("„{wer}“ hat eine Quote, nutzt den Dienst aber vom {von} bis {bis} nicht"),
    )
    .abhilfe(format!(
        "unter `quoten` eine Fassung mit `ab: {von}` ohne {wer} ergänzen, deren Anteile zusammen 1 ergeben"
    ))
}

pub(super) fn zu_gross(jahr: u32, route: Route) -> Befund {
    Befund::fehler(
        "betrag-zu-gross",
        Stelle::Route(route),
        format!("die Kosten des Jahres {jahr} sind größer als 1.000.000.000.000,00 €"),
    )
    .abhilfe("die Beträge prüfen")
}
