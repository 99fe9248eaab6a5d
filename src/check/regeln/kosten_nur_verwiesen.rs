//! The clause on costs names base, formula, key and due date itself; it does not leave them to another arrangement.

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::model::vereinbarung::Entgelt;

pub(super) const REGEL: Regel = Regel {
    name: "kosten-nur-verwiesen",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Aufsichtspraxis,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 4")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("kosten_nur_verwiesen.md"),
    pruefe,
};

/// The keys of the clauses that say what is paid.
const KLAUSELN: [&str; 2] = ["kosten", "abrechnung"];

/// Headings of the clauses, where they are not marked.
const UEBERSCHRIFTEN: [&str; 9] = [
    "Kosten*",
    "Kostenerstattung*",
    "Kostenverteilung*",
    "Entgelt*",
    "Entschädigung*",
    "Erstattung*",
    "Vergütung*",
    "Finanzierung*",
    "Abrechnung*",
];

/// Words for another arrangement.
const ABREDEN: [&str; 10] = [
    "Vereinbarung*",
    "Regelung*",
    "Abrede*",
    "Absprache*",
    "Vertrag",
    "Vertrages",
    "Verträge*",
    "Abkommen*",
    "Verwaltungsvereinbarung*",
    "Nebenabrede*",
];

/// Stems of words that make it another one than this.
const ANDERE: [&str; 10] = [
    "gesondert",
    "besonder",
    "separat",
    "weiter",
    "eigen",
    "zusätzlich",
    "ergänzend",
    "später",
    "künftig",
    "noch",
];

/// Words with which a clause leaves something to be agreed.
const OFFEN: [&str; 18] = [
    "gesondert geregelt",
    "gesondert vereinbart",
    "gesondert festgelegt",
    "gesondert bestimmt",
    "separat geregelt",
    "separat vereinbart",
    "separat festgelegt",
    "besonders geregelt",
    "anderweitig geregelt",
    "noch geregelt",
    "noch vereinbart",
    "noch festgelegt",
    "einvernehmlich fest*",
    "einvernehmlich geregelt",
    "im Einvernehmen fest*",
    "bleibt vorbehalten",
    "bleiben vorbehalten",
    "nach Absprache",
];

/// What a clause on costs must say, and words that show it.
const INHALTE: [(&str, &[&str]); 4] = [
    (
        "die Bemessungsgrundlage",
        &[
            "Personalkosten*",
            "Sachkosten*",
            "Gemeinkosten*",
            "Wartungskosten*",
            "Lizenz*",
            "Pauschale*",
            "festen Betrag",
            "Festbetrag*",
            "Aufwendungen",
            "Auslagen",
            "tatsächlich*",
            "Vollkosten*",
            "Stundensatz*",
            "Stundensätze*",
            "Fallpauschale*",
            "€",
            "Euro",
        ],
    ),
    (
        "die Berechnung",
        &[
            "Summe",
            "Zuschlag*",
            "vervielfacht*",
            "multipliziert*",
            "Höhe",
            "Prozent",
            "%",
            "€",
            "Euro",
            "tatsächlich*",
            "Stunden*",
            "Anteil*",
            "1/*",
            "gleichen Teilen",
        ],
    ),
    (
        "den Verteilungsschlüssel",
        &[
            "gleichen Teilen",
            "Anteil*",
            "verteilt",
            "Verteilung*",
            "Verhältnis*",
            "Einwohner*",
            "Quote*",
            "Fallzahl*",
            "Lizenz*",
            "Verursach*",
            "verursach*",
            "je 1/*",
            "trägt",
            "hälftig",
            "Schlüssel*",
            "Kostenschlüssel*",
        ],
    ),
    (
        "die Fälligkeit",
        &[
            "fällig*",
            "Fälligkeit*",
            "innerhalb von",
            "binnen",
            "bis zum",
            "zum 1.",
            "zum 15.",
            "Zugang",
            "zu zahlen",
            "Abschlag*",
            "Abschläge*",
            "Zahlungsziel*",
            "Kalenderjahr*",
            "jährlich*",
            "vierteljährlich*",
            "monatlich*",
        ],
    ),
];

/// From how many of them on a party pays by a key.
const AB_ZAHLERN: usize = 2;

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let (Some(blatt), Some(beteiligte)) = (
            lage.blatt_der_vereinbarung(vereinbarung),
            lage.beteiligte(vereinbarung),
        ) else {
            continue;
        };
        let mut klauseln: Vec<Passage<'_>> = KLAUSELN
            .iter()
            .filter_map(|name| blatt.klausel(name))
            .collect();
        if klauseln.is_empty() {
            klauseln = blatt.vorschriften("kosten", &UEBERSCHRIFTEN);
        }
        let wird_gezahlt = !beteiligte.kosten.rechnungen.is_empty()
            || vereinbarung
                .aufgaben
                .values()
                .any(|a| !a.auslagen.is_empty() || a.entgelt == Some(Entgelt::Pauschale));
        let Some(erste) = klauseln.first() else {
            if wird_gezahlt {
                protokoll.nicht_pruefbar(
                    blatt.alles().erste_zeile(),
                    "es fehlt die Klausel `kosten`, und keine Überschrift nennt die Kosten",
                );
            }
            continue;
        };
        let mut verwiesen = false;
        for satz in klauseln.iter().flat_map(Passage::saetze) {
            if let Some(stelle) = verweis(&satz) {
                verwiesen = true;
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“ überlässt die Kosten einer anderen Abrede",
                            stelle.text()
                        ),
                    )
                    .abhilfe(
                        "Bemessung, Formel, Schlüssel und Fälligkeit in die Vereinbarung selbst schreiben",
                    );
            }
        }
        let zahler = beteiligte.anwender.anzahl();
        let fehlt: Vec<&str> = INHALTE
            .iter()
            .filter(|(was, _)| zahler >= AB_ZAHLERN || *was != "den Verteilungsschlüssel")
            .filter(|(_, worte)| {
                !klauseln
                    .iter()
                    .any(|klausel| worte.iter().any(|worte| klausel.enthaelt(worte)))
            })
            .map(|(was, _)| *was)
            .collect();
        if wird_gezahlt && !verwiesen && !fehlt.is_empty() {
            protokoll
                .melde(
                    erste.erste_zeile(),
                    format!(
                        "die Vorschrift über die Kosten regelt nicht selbst: {}",
                        fehlt.join(", ")
                    ),
                )
                .abhilfe(
                    "Bemessung, Formel, Schlüssel und Fälligkeit in die Vereinbarung selbst schreiben",
                );
        }
    }
}

/// The words with which a sentence leaves the costs to another arrangement; none where it rules that out.
fn verweis<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let stelle = OFFEN
        .iter()
        .find_map(|worte| satz.finde(worte).next())
        .or_else(|| andere_abrede(satz))?;
    let text = satz.text();
    let at = satz.versatz(&stelle);
    let von = text
        .get(..at)
        .and_then(|t| t.rfind([',', ';']))
        .unwrap_or(0);
    let bis = text
        .get(at..)
        .and_then(|t| t.find([',', ';']))
        .map_or(text.len(), |i| at + i);
    let teil = satz.teil(von..bis);
    let verneint = [
        "nicht",
        "kein",
        "keine",
        "keiner",
        "keinen",
        "ohne",
        "unberührt",
    ]
    .iter()
    .any(|wort| teil.enthaelt(wort));
    (!verneint).then_some(stelle)
}

/// „einer besonderen schriftlichen Vereinbarung“, „eine Verwaltungsvereinbarung“.
fn andere_abrede<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let text = satz.text();
    ABREDEN.iter().find_map(|worte| {
        satz.finde(worte).find_map(|stelle| {
            let at = satz.versatz(&stelle);
            if matches!(stelle.text().to_lowercase().as_str(), wort if wort.starts_with("verwaltungsv") || wort.starts_with("nebenabr"))
            {
                return Some(stelle);
            }
            // The words right before, as far as they are adjectives.
            let mut von = at;
            for wort in text.get(..at)?.split_whitespace().rev().take(3) {
                if wort.starts_with(char::is_uppercase) {
                    break;
                }
                von = text.get(..von)?.trim_end().len().checked_sub(wort.len())?;
                if ANDERE.iter().any(|stamm| wort.to_lowercase().starts_with(stamm)) {
                    return Some(satz.teil(von..at + stelle.text().len()));
                }
            }
            None
        })
    })
}
