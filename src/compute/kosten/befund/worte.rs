//! The words of the findings: what is wrong, of which years, days and bodies, and what to do about it.

use super::super::super::sprache::{Verbindung, aufzaehlung};
use super::{Sammlung, Was};
use crate::diagnostic::{Befund, Stelle};
use crate::input::Datum;

use std::collections::BTreeSet;

const WERT: &str = "personalkosten: …, sachkosten_pauschale: …, quelle: … }";

/// Years, days and bodies of a defect in words.
struct Angaben {
    erstes: u32,
    letztes: u32,
    /// „, ebenso für 2029“.
    ebenso: String,
    /// „für das Jahr 2028“.
    fuer: String,
    /// „im Jahr 2028“.
    im: String,
    /// „des Jahres 2028“.
    des: String,
    /// „„a“ und „b““.
    namen: String,
    /// „a, b“.
    blanke: String,
    /// „a: …, b: …“.
    eintraege: String,
    spannen: Vec<(Datum, Datum)>,
    /// The days, or the years where none are known.
    wann: String,
}

impl Angaben {
    fn aus(sammlung: &Sammlung) -> Self {
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
        Self {
            erstes,
            letztes: jahre.last().copied().unwrap_or_default(),
            ebenso,
            fuer,
            im,
            des,
            namen,
            blanke,
            eintraege,
            spannen,
            wann,
        }
    }
}

/// The finding of a defect.
pub(super) fn befund(was: &Was, sammlung: Sammlung) -> Befund {
    let angaben = Angaben::aus(&sammlung);
    let mehrere = sammlung.wer.len() > 1;
    let (regel, text, abhilfe) =
        im_schluessel(was, &angaben, mehrere).unwrap_or_else(|| in_den_kosten(was, &angaben));
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

/// Name, text and remedy of a finding.
type Worte = (&'static str, String, String);

/// What is wrong with the figures of the key.
fn im_schluessel(was: &Was, angaben: &Angaben, mehrere: bool) -> Option<Worte> {
    let Angaben {
        erstes,
        letztes,
        ebenso,
        fuer,
        namen,
        blanke,
        eintraege,
        spannen,
        wann,
        ..
    } = angaben;
    Some(match was {
        Was::EinwohnerFehlt(stichtag) => (
            "schluesselwert-fehlt",
            format!("für {namen} fehlt die Einwohnerzahl zum {stichtag}, nach der verteilt wird"),
            format!(
                "in den Stammdaten von {namen} unter `einwohner` {}ergänzen: {{ stand: {stichtag}, zahl: …, quelle: … }}",
                if mehrere { "jeweils " } else { "" }
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
                format!(
                    "unter `fallzahlen` ergänzen: {{ jahr: {erstes}, zahlen: {{ {eintraege} }} }}{ebenso}"
                )
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
                format!(
                    "unter `quoten` in der Fassung mit `ab: {von}` auch {blanke} nennen, zur Not mit 0 %, oder die Nutzung mit dem Tag davor enden lassen"
                )
            } else {
                format!(
                    "unter `quoten` eine Fassung mit `ab: {von}` ergänzen, die {blanke} nennt, zur Not mit 0 %"
                )
            },
        ),
        Was::QuoteOhneNutzung => (
            "quote-ohne-nutzung",
            match mehrere {
                false => format!("{namen} hat eine Quote, nutzt den Dienst aber {wann} nicht"),
                true => format!("{namen} haben eine Quote, nutzen den Dienst aber {wann} nicht"),
            },
            quotenabhilfe(spannen, blanke, *letztes),
        ),
        _ => return None,
    })
}

/// What is wrong with what it costs, and when.
fn in_den_kosten(was: &Was, angaben: &Angaben) -> Worte {
    let Angaben {
        erstes,
        ebenso,
        fuer,
        im,
        des,
        wann,
        ..
    } = angaben;
    match was {
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
        // The rest is about the key.
        _ => (
            "betrag-zu-gross",
            format!("die Kosten {des} sind größer als 1.000.000.000.000,00 €"),
            "die Beträge prüfen".to_owned(),
        ),
    }
}

/// What to do about a quota without use: a version without it from the first day on, and one with it behind the last,
/// where the use begins again.
fn quotenabhilfe(spannen: &[(Datum, Datum)], wer: &str, letztes: u32) -> String {
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
        && u32::try_from(bis.tag().year()).ok() == Some(letztes);
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
}
