//! A paper that says how costs are computed leaves no choice: which grade, which edition, which base.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::model::Vereinbarung;
use crate::model::kosten::{Arbeitsplatz, Kostenposition};

pub(super) const REGEL: Regel = Regel {
    name: "bemessung-mehrdeutig",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung mit Kosten und die Drucksachen dazu",
    braucht: &[],
    text: include_str!("bemessung_mehrdeutig.md"),
    pruefe,
};

/// Words for an edition that changes by itself.
const FASSUNGEN: [&str; 12] = [
    "jeweils aktuell* Fassung",
    "jeweils aktuellst* Fassung",
    "jeweils gültig* Fassung",
    "jeweils geltend* Fassung",
    "jeweils neuest* Fassung",
    "jeweils aktuell* Ausgabe",
    "jeweils neuest* Ausgabe",
    "jeweils gültig* Ausgabe",
    "jeweils aktuell* Bericht*",
    "jeweils aktuell* Tabelle*",
    "jeweils aktuell* Werte*",
    "jeweils gültig* Werte*",
];

/// What such an edition is of, in the same sentence; laws may be cited „in der jeweils geltenden Fassung“.
const BERICHTE: [&str; 6] = [
    "KGSt*",
    "Bericht*",
    "Gutachten*",
    "Kosten eines Arbeitsplatzes",
    "Pauschale*",
    "Personalkostentabelle*",
];

/// Words that name the day that decides.
const STICHTAGE: [&str; 4] = [
    "Stichtag*",
    "am 1. Januar",
    "zum 1. Januar",
    "zu Beginn des",
];

/// Words that say which grade decides.
const BESETZT: [&str; 3] = [
    "tatsächlich besetzt*",
    "tatsächlich* Besetzung",
    "tatsächlich* Eingruppierung",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let positionen: Vec<&Kostenposition> = lage
            .vorgang
            .kosten
            .values()
            .filter(|position| vereinbarung.aufgaben.contains_key(&position.aufgabe))
            .collect();
        for blatt in blaetter(lage, vereinbarung) {
            fassung(blatt, protokoll);
            for platz in positionen.iter().filter_map(|p| p.arbeitsplatz.as_ref()) {
                bewertung(blatt, platz, protokoll);
                gemeinkosten(blatt, platz, protokoll);
            }
        }
    }
}

/// The agreement and the papers that councils get on it.
fn blaetter<'l, 'a>(
    lage: &'l Lage<'a>,
    vereinbarung: &'a Vereinbarung,
) -> impl Iterator<Item = &'l Blatt<'a>> {
    lage.blatt_der_vereinbarung(vereinbarung).into_iter().chain(
        lage.drucksachen_zu(vereinbarung)
            .filter_map(|drucksache| lage.vorlage(drucksache)),
    )
}

/// „A11 / EG 10“ without a word on which of them counts.
fn bewertung(blatt: &Blatt<'_>, platz: &Arbeitsplatz, protokoll: &mut Protokoll<'_>) {
    let mehrere = platz.bewertung.len() > 1;
    let vergeben = platz.besetzung.iter().any(|b| b.gruppe.is_some());
    let alles = blatt.alles();
    if !mehrere || vergeben || BESETZT.iter().any(|worte| alles.enthaelt(worte)) {
        return;
    }
    for verbindung in [" / ", "/", " oder ", " bzw. "] {
        let gruppen: Vec<String> = platz
            .bewertung
            .iter()
            .map(crate::model::Text::einzeilig)
            .collect();
        if let Some(stelle) = alles.finde(&gruppen.join(verbindung)).next() {
            protokoll
                .melde(
                    &stelle,
                    format!("„{}“ lässt offen, welche Bewertung zählt", stelle.text()),
                )
                .abhilfe("sagen, dass die tatsächlich besetzte Gruppe zählt, oder unter `besetzung` eintragen, wer die Stelle seit wann hat");
            return;
        }
    }
}

/// „10 % Gemeinkosten“, of what?
fn gemeinkosten(blatt: &Blatt<'_>, platz: &Arbeitsplatz, protokoll: &mut Protokoll<'_>) {
    if platz.gemeinkosten_auf.is_some() || platz.gemeinkosten.ist_null() {
        return;
    }
    let Some(satz) = platz.gemeinkosten.prozent() else {
        return;
    };
    for zeile in blatt.alles().zeilen() {
        let Some(stelle) = zeile
            .finde(&satz)
            .find(|stelle| von_gemeinkosten(&zeile, stelle))
        else {
            continue;
        };
        let benannt = zeile.enthaelt("Personalkosten")
            || zeile.enthaelt("des Betrages")
            || zeile.enthaelt("der Personal-");
        if !benannt {
            protokoll
                .melde(
                    &stelle,
                    format!("worauf der Zuschlag für Gemeinkosten von {satz} berechnet wird, steht hier nicht"),
                )
                .abhilfe("„der anteiligen Personalkosten“ ergänzen und `gemeinkosten_auf` eintragen");
        }
    }
}

/// Whether the word follows or comes shortly before, in the same part of the sentence.
fn von_gemeinkosten(zeile: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    zeile.enthaelt("Gemeinkosten*")
        && zeile
            .finde("Gemeinkosten*")
            .any(|wort| wort.bereich().start.abs_diff(stelle.bereich().start) < 60)
}

/// „in der jeweils aktuellen Fassung“ of a report, without the day that decides.
fn fassung(blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    for zeile in blatt.alles().zeilen() {
        let text = zeile.text();
        for worte in FASSUNGEN {
            for stelle in zeile.finde(worte) {
                let von = zeile.versatz(&stelle);
                let anfang = text.get(..von).map_or(0, satzanfang);
                let satz = zeile.teil(anfang..text.len());
                let davor = zeile.teil(anfang..von);
                let ist_bericht = BERICHTE.iter().any(|worte| davor.enthaelt(worte))
                    || stelle.enthaelt("Bericht*")
                    || stelle.enthaelt("Tabelle*");
                let hat_tag = STICHTAGE.iter().any(|worte| satz.enthaelt(worte));
                if ist_bericht && !hat_tag {
                    protokoll
                        .melde(
                            &stelle,
                            format!("„{}“: welche Fassung für welches Jahr gilt, bleibt offen", stelle.text()),
                        )
                        .abhilfe("einen Stichtag nennen, etwa „in der am 1. Januar des Abrechnungsjahres veröffentlichten Fassung“");
                }
            }
        }
    }
}

/// Where the last sentence begins: behind a full stop that is followed by a capital and ends a word, not a number.
fn satzanfang(text: &str) -> usize {
    let mut anfang = 0;
    for (i, _) in text.match_indices(". ") {
        let davor = text.get(..i).unwrap_or_default();
        let danach = text.get(i + 2..).unwrap_or_default();
        let wort = davor
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        if wort.chars().filter(|c| c.is_alphabetic()).count() > 3
            && danach.starts_with(char::is_uppercase)
        {
            anfang = i + 2;
        }
    }
    anfang
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_behind_a_word_and_not_behind_a_number_or_abbreviation() {
        assert_eq!(satzanfang("am 1. Januar und z. B. Unna"), 0);
        assert_eq!(satzanfang("Das gilt. Der Bericht"), 10);
    }
}
