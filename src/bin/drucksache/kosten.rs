//! `drucksache kosten`: the calculation, the shares and the payments of a matter, as text or JSON.

use std::path::{Path, PathBuf};

use drucksache::compute::kosten::json::json;
use drucksache::compute::kosten::{
    Abschnitt, Faelligkeit, Jahr, Jahressumme, Kosten, Rechnung, Schritt, Zahlung, lesbar, zusammen,
};
use drucksache::compute::zeit::Raster;
use drucksache::diagnostic::render::bilanz;
use drucksache::input::Cent;
use drucksache::pipeline;
use drucksache::source::Sources;
use unicode_width::UnicodeWidthStr;

use crate::befehle::{self, Zahlenform};
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, aufgezaehlt, lesen};

/// Runs the command.
pub(crate) fn kosten(befehl: &befehle::Kosten) -> Ausgang {
    let pfad = befehl.pfad.clone().unwrap_or_else(|| PathBuf::from("."));
    rechne(&pfad, befehl).unwrap_or_else(|ausgang| ausgang)
}

/// What is said of a matter: the figures, or the years that there are instead of the one that was asked for.
enum Antwort {
    Zahlen(String),
    KeinJahr(Vec<u32>),
}

fn rechne(pfad: &Path, befehl: &befehle::Kosten) -> Ergebnis<Ausgang> {
    let eingabe = lesen::vorgang(pfad).map_err(|befunde| {
        melden::zeige(&befunde, &Sources::default());
        Ausgang::NichtGebaut
    })?;
    let (antwort, ergebnis) = pipeline::rechne(&eingabe, |vorgang, zahlen| {
        let kosten = zusammen(vorgang, zahlen);
        let jahre: Vec<_> = kosten.jahre.iter().map(|summe| summe.jahr).collect();
        match befehl.jahr {
            Some(jahr) if !jahre.contains(&jahr) => Antwort::KeinJahr(jahre),
            jahr => Antwort::Zahlen(match befehl.format {
                Zahlenform::Text => text(&kosten, jahr),
                Zahlenform::Json => json(&kosten, jahr),
            }),
        }
    });
    melden::zeige(&ergebnis.befunde, &ergebnis.quellen);
    match antwort {
        Some(Antwort::Zahlen(text)) => {
            melden::sage(&text);
            Ok(Ausgang::Gut)
        }
        Some(Antwort::KeinJahr(jahre)) => {
            melden::klage(&kein_jahr(befehl.jahr.unwrap_or_default(), &jahre));
            Err(Ausgang::NichtGebaut)
        }
        None => {
            melden::klage(&format!(
                "{}{}; es wurde nichts gerechnet\n",
                lesen::vorsatz(pfad),
                bilanz(&ergebnis.befunde)
            ));
            Err(Ausgang::NichtGebaut)
        }
    }
}

fn kein_jahr(jahr: u32, jahre: &[u32]) -> String {
    let jahre: Vec<_> = jahre.iter().map(ToString::to_string).collect();
    let jahre: Vec<_> = jahre.iter().map(String::as_str).collect();
    if jahre.is_empty() {
        return format!(
            "Fehler: für das Jahr {jahr} gibt es keine Kosten, auch für kein anderes\n"
        );
    }
    format!(
        "Fehler: für das Jahr {jahr} gibt es keine Kosten; Werte stehen für {} da\n",
        aufgezaehlt(&jahre)
    )
}

/// The figures for people: a block for each item and year, then what a year comes to.
fn text(kosten: &Kosten<'_>, jahr: Option<u32>) -> String {
    if kosten.jahre.is_empty() {
        return "keine Kosten\n".to_owned();
    }
    let will = |dieses: u32| jahr.is_none_or(|jahr| jahr == dieses);
    let mut text = String::new();
    for rechnung in &kosten.rechnungen {
        for jahr in rechnung.jahre.iter().filter(|jahr| will(jahr.jahr)) {
            text.push_str(&block(rechnung, jahr));
            text.push('\n');
        }
    }
    for summe in kosten.jahre.iter().filter(|summe| will(summe.jahr)) {
        text.push_str(&jahressumme(summe));
        text.push('\n');
    }
    // No blank line at the end.
    text.pop();
    text
}

fn block(rechnung: &Rechnung<'_>, jahr: &Jahr<'_>) -> String {
    let mut text = format!(
        "{} {}, {}: {}\n",
        rechnung.bezeichnung.einzeilig(),
        jahr.jahr,
        rechnung.anbieter.amtsform(),
        jahr.gesamt
    );
    text.push_str(&tabelle(&schritte(jahr)));
    text.push_str(&abschnitte(rechnung, jahr));
    text.push_str(&tabelle(&anteile(jahr)));
    let tage = |monat, tag| {
        let jahr = i32::try_from(jahr.jahr).ok()?;
        chrono::NaiveDate::from_ymd_opt(jahr, monat, tag).map(drucksache::input::Datum::from)
    };
    let position = rechnung.position;
    let gruende = [
        position.anbieter.as_ref().map(|a| &a.grund),
        position.zahler.as_ref().map(|z| &z.grund),
        position.zeitraum.as_ref().map(|z| &z.grund),
    ];
    for grund in gruende.into_iter().flatten() {
        text.push_str(&format!("  Abweichung: {}\n", grund.einzeilig()));
    }
    for annahme in position.annahmen_in(tage(1, 1), tage(12, 31)) {
        let eine_zeile: Vec<_> = annahme.split_whitespace().collect();
        text.push_str(&format!("  Annahme: {}\n", eine_zeile.join(" ")));
    }
    text
}

fn schritte(jahr: &Jahr<'_>) -> Vec<[String; 3]> {
    let schritt = |schritt: &Schritt<'_>| {
        let mut zusatz = schritt.beleg();
        if let Some(wer) = schritt.direkt() {
            let komma = if zusatz.is_empty() { "" } else { ", " };
            let wer = jahr
                .anteil_von(wer)
                .map_or_else(|| wer.to_string(), |anteil| anteil.koerperschaft.amtsform());
            zusatz.push_str(&format!("{komma}allein {wer}"));
        }
        [schritt.text(), schritt.gedruckt(), zusatz]
    };
    let mut zeilen: Vec<_> = jahr.schritte.iter().map(schritt).collect();
    if jahr.rundung != Cent(0) {
        zeilen.push(["Rundung".into(), jahr.rundung.to_string(), String::new()]);
    }
    zeilen.push([
        "Jahresbetrag".into(),
        jahr.gesamt.to_string(),
        String::new(),
    ]);
    zeilen
}

/// Who shared when, where that changed in the year or was not all of it.
fn abschnitte(rechnung: &Rechnung<'_>, jahr: &Jahr<'_>) -> String {
    let raster = Raster::aus(rechnung.vereinbarung.abrechnung.as_ref());
    let schluessel = rechnung.position.schluessel.wortlaut();
    let ganz = |teile: &[Abschnitt<'_>]| matches!(teile, [einer] if einer.teil.ist_ganz());
    if jahr.abschnitte.is_empty() || ganz(&jahr.abschnitte) {
        let mut text = format!("  Anteile {schluessel}:\n");
        for abschnitt in &jahr.abschnitte {
            text.push_str(&gewichte(abschnitt));
        }
        return text;
    }
    let mut text = format!("  Anteile {schluessel}, {}:\n", raster.wortlaut());
    for abschnitt in &jahr.abschnitte {
        text.push_str(&format!(
            "    {} ({} {}): {} auf {} Zahler\n",
            abschnitt.teil.wortlaut(),
            abschnitt.teil.bruch(),
            raster.einheit(),
            abschnitt.gedruckt(),
            abschnitt.gewichte.len()
        ));
        text.push_str(&gewichte(abschnitt));
    }
    text
}

/// By which figures a part of the year is shared; nothing where all have the same part.
fn gewichte(abschnitt: &Abschnitt<'_>) -> String {
    let quelle = abschnitt.gewichtsquelle();
    if quelle.is_empty() {
        return String::new();
    }
    let zeilen: Vec<_> = abschnitt
        .gewichte
        .iter()
        .map(|(wer, gewicht)| {
            let bruch = abschnitt.bruch(gewicht).map(|bruch| lesbar(&bruch));
            let bruch = bruch.unwrap_or_default();
            let zahl = abschnitt.gewicht(gewicht);
            // A quota is its own fraction.
            let bruch = if bruch == zahl || zahl.ends_with('%') {
                String::new()
            } else {
                bruch
            };
            [wer.amtsform(), zahl, bruch]
        })
        .collect();
    let eingerueckt: String = tabelle(&zeilen)
        .split_inclusive('\n')
        .map(|zeile| format!("    {zeile}"))
        .collect();
    format!("      {quelle}:\n{eingerueckt}")
}

fn anteile(jahr: &Jahr<'_>) -> Vec<[String; 3]> {
    jahr.anteile
        .iter()
        .map(|anteil| {
            let bruch = anteil.anteil().map(|bruch| lesbar(&bruch));
            let mut zusatz = bruch.unwrap_or_default();
            if anteil.eigen {
                zusatz.push_str(if zusatz.is_empty() {
                    "Eigenanteil"
                } else {
                    ", Eigenanteil"
                });
            }
            [
                anteil.koerperschaft.amtsform(),
                anteil.betrag.to_string(),
                zusatz,
            ]
        })
        .collect()
}

fn jahressumme(summe: &Jahressumme<'_>) -> String {
    let mut text = format!("{} zusammen: {}\n", summe.jahr, summe.summe);
    let je_beteiligtem = summe.je_beteiligtem.iter();
    let zeilen: Vec<_> = je_beteiligtem
        .map(|(k, betrag)| [k.amtsform(), betrag.to_string(), String::new()])
        .collect();
    text.push_str(&tabelle(&zeilen));
    if !summe.zahlungen.is_empty() {
        // Without a rule of settlement no day is known.
        let mut teile = summe.zahlungen.iter().flat_map(|zahlung| &zahlung.teile);
        text.push_str(if teile.any(|teil| teil.bis.is_some()) {
            "  Zahlungen, fällig bei Zugang am letzten Tag der Abrechnungsfrist:\n"
        } else {
            "  Zahlungen, fällig mit Zugang der Rechnung:\n"
        });
        text.push_str(&tabelle(
            &summe.zahlungen.iter().map(zahlung).collect::<Vec<_>>(),
        ));
    }
    text
}

fn zahlung(zahlung: &Zahlung<'_>) -> [String; 3] {
    let teile: Vec<_> = zahlung
        .teile
        .iter()
        .filter_map(|teil| {
            let was = match teil.art {
                Faelligkeit::Abschlag => "Abschlag zum",
                Faelligkeit::Abrechnung => "Abrechnung, fällig bis",
            };
            Some(format!("{was} {}: {}", teil.bis?, teil.betrag))
        })
        .collect();
    let gutschrift = if zahlung.gutschrift {
        ", Gutschrift"
    } else {
        ""
    };
    let (von, an) = (zahlung.von.amtsform(), zahlung.an.amtsform());
    let wer = format!("{von} an {an}{gutschrift}");
    [wer, zahlung.betrag.to_string(), teile.join("; ")]
}

/// Lines of a name, an amount that ends where all end, and a remark.
fn tabelle(zeilen: &[[String; 3]]) -> String {
    let breite = |spalte: fn(&[String; 3]) -> &str| {
        zeilen
            .iter()
            .map(|zeile| spalte(zeile).width())
            .max()
            .unwrap_or(0)
    };
    let (namen, betraege) = (breite(|z| &z[0]), breite(|z| &z[1]));
    let luecke = |breite: usize, text: &str| " ".repeat(breite - text.width().min(breite));
    zeilen
        .iter()
        .map(|[name, betrag, zusatz]| {
            let zeile = format!(
                "    {name}{}  {}{betrag}  {zusatz}",
                luecke(namen, name),
                luecke(betraege, betrag)
            );
            format!("{}\n", zeile.trim_end())
        })
        .collect()
}
