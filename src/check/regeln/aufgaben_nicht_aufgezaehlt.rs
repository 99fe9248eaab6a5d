//! Tasks are enumerated one by one; „all tasks“ cannot be the subject of an agreement.

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "aufgaben-nicht-aufgezaehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 1")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("aufgaben_nicht_aufgezaehlt.md"),
    pruefe,
};

/// Words that leave the reader to guess which tasks are meant.
const UNBESTIMMT: [&str; 5] = [
    "alle anfallenden",
    "und Ähnliches",
    "und dergleichen",
    "usw.",
    "etc.",
];

/// Words that with a noun of [`AUFGABEN`] behind them leave it open.
const ALLE: [&str; 9] = [
    "alle",
    "aller",
    "allen",
    "sämtlich",
    "sämtliche",
    "sämtlicher",
    "sonstige",
    "sonstiger",
    "sonstigen",
];

/// What tasks are called.
const AUFGABEN: [&str; 4] = ["Aufgaben", "Leistungen", "Tätigkeiten", "Arbeiten"];

/// How many adjectives may stand between.
const DAZWISCHEN: usize = 3;

/// Headings of the clauses, where they are not marked.
const UEBERSCHRIFTEN: [&str; 4] = ["Gegenstand*", "Aufgabe*", "Leistung*", "Umfang*"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let mut klauseln: Vec<Passage<'_>> = blatt
            .klauseln()
            .filter(|(schluessel, _)| {
                *schluessel == "gegenstand" || schluessel.starts_with("aufgabe-")
            })
            .map(|(_, klausel)| klausel)
            .collect();
        if klauseln.is_empty() {
            klauseln = blatt.vorschriften("gegenstand", &UEBERSCHRIFTEN);
        }
        if klauseln.is_empty() {
            protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                "es fehlt die Klausel `gegenstand`, und keine Überschrift nennt Gegenstand oder Aufgaben",
            );
        }
        for satz in klauseln.iter().flat_map(Passage::saetze) {
            // What is not part of a task may be named by its kind.
            if satz.enthaelt("Nicht dazu gehör*") || satz.enthaelt("ausgenommen") {
                continue;
            }
            let stellen = UNBESTIMMT.iter().flat_map(|worte| satz.finde(worte));
            for stelle in stellen.chain(alle_aufgaben(&satz)) {
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“ lässt offen, welche Aufgaben gemeint sind",
                            stelle.text()
                        ),
                    )
                    .abhilfe("die Leistungen unter `leistungen` einzeln aufzählen");
            }
        }
    }
}

/// „alle damit zusammenhängenden Aufgaben“
fn alle_aufgaben<'b>(satz: &Passage<'b>) -> Vec<Passage<'b>> {
    let text = satz.text();
    let gefunden = ALLE.iter().flat_map(|worte| satz.finde(worte));
    gefunden
        .filter_map(|stelle| {
            let von = satz.versatz(&stelle);
            let mut bis = von + stelle.text().len();
            for wort in text.get(bis..)?.split(' ').skip(1).take(DAZWISCHEN + 1) {
                bis += 1 + wort.len();
                let nackt = wort.trim_matches(|c: char| !c.is_alphabetic());
                if AUFGABEN.contains(&nackt) {
                    let rest =
                        wort.len() - wort.trim_end_matches(|c: char| !c.is_alphabetic()).len();
                    return Some(satz.teil(von..bis - rest));
                }
                if wort.starts_with(char::is_uppercase) || wort.ends_with(',') {
                    return None;
                }
            }
            None
        })
        .collect()
}
