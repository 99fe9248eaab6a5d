//! The clause on costs names base, formula, key and due date itself; it does not leave them to another arrangement.

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::compute::sprache;
use crate::model::vereinbarung::Entgelt;

mod verweis;

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

/// Headings of the clause on costs, where it is not marked.
const KOSTEN: [&str; 8] = [
    "Kosten*",
    "Kostenerstattung*",
    "Kostenverteilung*",
    "Entgelt*",
    "Entschädigung*",
    "Erstattung*",
    "Vergütung*",
    "Finanzierung*",
];

/// Headings of the clause on invoices, where it is not marked.
const ABRECHNUNG: [&str; 1] = ["Abrechnung*"];

/// Words for another arrangement.
const ABREDEN: [&str; 9] = [
    "Vereinbarung*",
    "Regelung*",
    "Abrede*",
    "Absprache*",
    "Vertrag",
    "Vertrages",
    "Verträge*",
    "Abkommen*",
    "Dokument*",
];

/// Stems of words that name another arrangement by themselves, in lower case.
const NEBENABREDEN: [&str; 11] = [
    "verwaltungsv",
    "nebenabr",
    "leistungsschein",
    "zusatzvertr",
    "zusatzvereinb",
    "finanzierungsvereinb",
    "durchführungsvereinb",
    "kostenvereinb",
    "protokollnotiz",
    "briefwechsel",
    "schriftwechsel",
];

/// Stems of words that make it another one than this.
const ANDERE: [&str; 11] = [
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
    "jährlich",
];

/// Words with which a clause leaves something to be agreed.
const OFFEN: [&str; 24] = [
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
    "noch abgestimmt",
    "noch verhandelt",
    "neu verhandelt",
    "einvernehmlich fest*",
    "einvernehmlich geregelt",
    "einvernehmlich vereinbart",
    "einvernehmlich bestimmt",
    "einvernehmlich abgestimmt",
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
        FAELLIGKEIT,
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

/// The content that may stand in the clause on invoices.
const FAELLIGKEIT: &str = "die Fälligkeit";

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
        let mut kosten = blatt.vorschriften("kosten", &KOSTEN);
        let mut abrechnung = blatt.vorschriften("abrechnung", &ABRECHNUNG);
        // One heading may name both.
        abrechnung.retain(|klausel| kosten.iter().all(|k| k.bereich() != klausel.bereich()));
        if kosten.is_empty() {
            kosten = std::mem::take(&mut abrechnung);
        }
        let wird_gezahlt = !beteiligte.kosten.rechnungen.is_empty()
            || vereinbarung
                .aufgaben
                .values()
                .any(|a| !a.auslagen.is_empty() || a.entgelt == Some(Entgelt::Pauschale));
        let Some(erste) = kosten.first() else {
            if wird_gezahlt {
                protokoll.nicht_pruefbar(
                    blatt.alles().erste_zeile(),
                    "es fehlt die Klausel `kosten`, und keine Überschrift nennt die Kosten",
                );
            }
            continue;
        };
        let mut verwiesen = false;
        for satz in kosten.iter().chain(&abrechnung).flat_map(Passage::saetze) {
            if let Some((stelle, wem)) = verweis(&satz) {
                verwiesen = true;
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“: das überlässt die Kosten {wem}",
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
            .filter(|(was, worte)| {
                // When to pay may stand beside the invoices; what is paid is the clause's own matter.
                let daneben = if *was == FAELLIGKEIT {
                    abrechnung.as_slice()
                } else {
                    &[]
                };
                !kosten
                    .iter()
                    .chain(daneben)
                    .any(|klausel| worte.iter().any(|worte| klausel.enthaelt(worte)))
            })
            .map(|(was, _)| *was)
            .collect();
        if wird_gezahlt && !verwiesen && !fehlt.is_empty() {
            protokoll
                .melde(
                    erste.erste_zeile(),
                    format!(
                        "die Vorschrift über die Kosten regelt {} nicht selbst",
                        sprache::aufzaehlung(&fehlt, sprache::Verbindung::Und)
                    ),
                )
                .abhilfe(
                    "Bemessung, Formel, Schlüssel und Fälligkeit in die Vereinbarung selbst schreiben",
                );
        }
    }
}

/// The words with which a sentence leaves the costs to somebody else, and to whom; none where it rules that out.
fn verweis<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, &'static str)> {
    let offen = OFFEN.iter().flat_map(|worte| satz.finde(worte));
    let abreden = offen.chain(andere_abrede(satz));
    abreden
        .map(|stelle| (stelle, verweis::ABREDE))
        .chain(verweis::auf_andere(satz))
        .find(|(stelle, _)| !verweis::ist_verneint(satz, stelle))
}

/// „einer besonderen schriftlichen Vereinbarung“, „eine Verwaltungsvereinbarung“, „nach Maßgabe einer Protokollnotiz“.
fn andere_abrede<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let text = satz.text();
    // What others pay is agreed with them.
    let mit_dritten = ["Land", "Landes", "Bund", "Fördergeber*"];
    let neben = verweis::woerter(text).into_iter().find(|wort| {
        NEBENABREDEN
            .iter()
            .any(|stamm| wort.klein.starts_with(stamm))
    });
    if let Some(wort) = neben.filter(|_| !mit_dritten.iter().any(|w| satz.enthaelt(w))) {
        return Some(satz.teil(wort.von..wort.bis));
    }
    ABREDEN.iter().find_map(|worte| {
        satz.finde(worte).find_map(|stelle| {
            let at = satz.versatz(&stelle);
            // The words right before, as far as they are adjectives.
            let mut von = at;
            for wort in text.get(..at)?.split_whitespace().rev().take(3) {
                if wort.starts_with(char::is_uppercase) {
                    break;
                }
                von = text.get(..von)?.trim_end().len().checked_sub(wort.len())?;
                if ANDERE
                    .iter()
                    .any(|stamm| wort.to_lowercase().starts_with(stamm))
                {
                    return Some(satz.teil(von..at + stelle.text().len()));
                }
            }
            None
        })
    })
}
