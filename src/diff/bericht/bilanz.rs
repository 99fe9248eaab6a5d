//! What stands above a report: how many changes there are, whether they ask for a new decision, and what to mind.

use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::diff::klasse;
use crate::diff::sinn::BEZEICHNUNG;
use crate::diff::{
    Aenderung, Beschlussfrage, Fundstelle, Klasse, Sinn, Sinnaenderung, Unterschied,
};

/// How many changes of each class, and whether they ask for a new decision: one German sentence without a full stop.
pub fn bilanz(unterschied: &Unterschied) -> String {
    if unterschied.ist_leer() {
        return "kein Unterschied".to_owned();
    }
    let wort = |anzahl: usize, stamm: &str| {
        let endung = if anzahl == 1 {
            "e Änderung"
        } else {
            "e Änderungen"
        };
        format!("{anzahl} {stamm}{endung}")
    };
    let (m, r) = (
        unterschied.anzahl(Klasse::Materiell),
        unterschied.anzahl(Klasse::Redaktionell),
    );
    let zahlen = match (m, r) {
        (m, 0) => wort(m, "materiell"),
        (0, r) => wort(r, "redaktionell"),
        (m, r) => format!("{m} materielle, {}", wort(r, "redaktionell")),
    };
    match frage(unterschied) {
        Some(frage) => format!("{zahlen}; {frage}"),
        None => zahlen,
    }
}

fn frage(unterschied: &Unterschied) -> Option<String> {
    match &unterschied.beschluss {
        Beschlussfrage::Unbekannt => None,
        Beschlussfrage::Nein(grund) => Some(format!("neuer Beschluss erforderlich: nein, {grund}")),
        Beschlussfrage::Ja { wegen, .. } => {
            let mut gruende: Vec<&Aenderung> = wegen
                .iter()
                .filter_map(|n| unterschied.aenderungen.iter().find(|a| a.nummer == *n))
                .collect();
            gruende.sort_by_key(|a| rang(a));
            let anlaesse: Vec<String> = gruende
                .iter()
                .take(3)
                .map(|a| {
                    let (wo, warum) = anlass_und_grund(a);
                    let trenner = if warum.is_empty() { "" } else { ", " };
                    format!("{wo} ({warum}{trenner}Nr. {})", a.nummer)
                })
                .collect();
            let mut namen: Vec<&str> = anlaesse.iter().map(String::as_str).collect();
            let weitere = format!("{} weiterer", wegen.len().saturating_sub(namen.len()));
            if wegen.len() > namen.len() {
                namen.push(&weitere);
            }
            Some(format!(
                "neuer Beschluss erforderlich: ja, wegen {}",
                aufzaehlung(&namen, Verbindung::Und)
            ))
        }
    }
}

/// What a change is about, in a few words.
pub(super) fn anlass(aenderung: &Aenderung) -> String {
    match anlass_und_grund(aenderung) {
        (wo, warum) if warum.is_empty() => wo,
        (wo, warum) => format!("{wo} ({warum})"),
    }
}

/// What a change is about, and where only a place tells that, why it counts.
fn anlass_und_grund(aenderung: &Aenderung) -> (String, String) {
    let ist_anteil = |s: &Sinnaenderung| {
        matches!(s.sinn, Sinn::Betrag | Sinn::Anteil) && !s.gegenstand.starts_with("Jahresbetrag")
    };
    let bester = aenderung
        .sinn
        .iter()
        .min_by_key(|s| (s.sinn.rang(), ist_anteil(s)));
    if let Some(sinn) = bester {
        // What all bear is not named after one of them.
        if ist_anteil(sinn) && aenderung.sinn.iter().filter(|s| ist_anteil(s)).count() > 1 {
            return ("Kostenanteile".to_owned(), String::new());
        }
        // Another name is told with what it names.
        return match (&sinn.alt, sinn.gegenstand.as_str()) {
            (Some(alt), BEZEICHNUNG) => (alt.clone(), "anderer Name".to_owned()),
            _ => (sinn.gegenstand.clone(), String::new()),
        };
    }
    let namenlos = |s: &&Fundstelle| matches!(s.ort.as_str(), "" | "Eingang" | "Kopfdaten");
    let beste = aenderung.stellen.iter().min_by_key(|s| {
        (
            s.klasse,
            // What stands in a clause is agreed; everything else only tells of it.
            !s.ort.starts_with('§'),
            klasse::rang(&s.grund),
            namenlos(s),
            s.papier.contains("auszug"),
        )
    });
    let Some(stelle) = beste else {
        return (aenderung.grund.clone(), String::new());
    };
    let wo = if namenlos(&stelle) {
        stelle.papier.clone()
    } else {
        stelle.ort.clone()
    };
    let warum = stelle.grund.split("; ").next().unwrap_or_default();
    (wo, warum.to_owned())
}

/// Who takes part counts before what is done, that before money and time, those before mere words.
fn rang(aenderung: &Aenderung) -> (u8, usize) {
    let vom_sinn = aenderung.sinn.iter().map(|s| s.sinn.rang()).min();
    let von_stellen = aenderung
        .stellen
        .iter()
        .filter(|s| s.klasse == aenderung.klasse)
        .map(|s| klasse::rang(&s.grund))
        .min();
    let rang = match (vom_sinn, von_stellen) {
        (Some(sinn), Some(stelle)) => sinn.min(stelle),
        (Some(rang), None) | (None, Some(rang)) => rang,
        (None, None) => u8::MAX,
    };
    (rang, aenderung.nummer)
}

/// What stands on top of every form of the report after the balance, each a sentence without a full stop.
pub(in crate::diff) fn warnungen(unterschied: &Unterschied) -> Vec<String> {
    let mut warnungen = Vec::new();
    if let Beschlussfrage::Ja { beschlossen, .. } = &unterschied.beschluss {
        let namen: Vec<&str> = beschlossen.iter().map(String::as_str).collect();
        warnungen.push(format!(
            "nach dem Beschluss ({}) hat sich Materielles geändert; ob das einen neuen Beschluss braucht, entscheiden die Gremien, nicht dieses Programm",
            aufzaehlung(&namen, Verbindung::Und)
        ));
    }
    warnungen.extend(unterschied.hinweise.iter().cloned());
    warnungen
}
