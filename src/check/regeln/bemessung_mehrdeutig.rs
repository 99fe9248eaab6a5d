//! A paper that says how costs are computed leaves no choice: which grade, which edition, which base.

use std::ops::Range;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Meldung, Passage, Protokoll, Regel};
use crate::diagnostic::Stelle;
use crate::model::Vereinbarung;
use crate::model::kosten::{Arbeitsplatz, Gemeinkostenbasis, Kostenposition};

mod angaben;

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
const FASSUNGEN: [&str; 23] = [
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
    "jeweils aktuell* Auflage",
    "jeweils gültig* Auflage",
    "jeweils neuest* Auflage",
    "Fassung, die jeweils",
    "jeweilig* Fassung",
    "aktuell* Fassung",
    "jeweils geltend* Bericht*",
    "jeweils gültig* Bericht*",
    "jeweils aktuell* KGSt*",
    "jeweils geltend* KGSt*",
    "jeweils gültig* KGSt*",
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
            angaben::pruefe(blatt, vereinbarung, &positionen, protokoll);
            let plaetze = || {
                let positionen = positionen.iter();
                positionen.filter_map(|p| Some((*p, p.arbeitsplatz.as_ref()?)))
            };
            let mut schon = false;
            for (position, platz) in plaetze() {
                gemeinkosten(blatt, platz, protokoll);
                schon |= bewertung(blatt, position, platz, protokoll);
            }
            let vergeben = plaetze().any(|(_, p)| p.besetzung.iter().any(|b| b.gruppe.is_some()));
            if !schon && !vergeben {
                zwei_gruppen(blatt, protokoll);
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

/// „A11 / EG 10“ without a word on which of them counts; whether it was reported.
fn bewertung(
    blatt: &Blatt<'_>,
    position: &Kostenposition,
    platz: &Arbeitsplatz,
    protokoll: &mut Protokoll<'_>,
) -> bool {
    let mehrere = platz.bewertung.len() > 1;
    let vergeben = platz.besetzung.iter().any(|b| b.gruppe.is_some());
    let alles = blatt.alles();
    if !mehrere || vergeben || BESETZT.iter().any(|worte| alles.enthaelt(worte)) {
        return false;
    }
    let gruppen: Vec<String> = platz
        .bewertung
        .iter()
        .map(crate::model::Text::einzeilig)
        .collect();
    let stelle = [" / ", "/", " oder ", " bzw. "]
        .iter()
        .find_map(|verbindung| alles.finde(&gruppen.join(verbindung)).next());
    if let Some(stelle) = &stelle {
        let aus_angaben = blatt.papier.ausdruck(&stelle.bereich()).is_some();
        let ort = if aus_angaben {
            let bewertung = position.route.feld("arbeitsplatz").feld("bewertung");
            Stelle::from(bewertung.index(0))
        } else {
            stelle.stelle()
        };
        let meldung = melde_gruppen(ort, stelle.text(), protokoll);
        // The grades stand in the data, and there `besetzung` belongs; the words that leave it open stand here.
        let saetze = alles.saetze();
        let satz = saetze
            .iter()
            .rev()
            .find(|satz| alles.versatz(satz) <= alles.versatz(stelle));
        if let Some(satz) = satz
            && aus_angaben
        {
            meldung.dazu(satz, "in diesem Satz des Papiers");
        }
    }
    stelle.is_some()
}

/// Two grades side by side that somebody typed: „A 11 … bzw. Entgeltgruppe 10“.
fn zwei_gruppen(blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    if BESETZT.iter().any(|worte| alles.enthaelt(worte)) {
        return;
    }
    for satz in alles.saetze() {
        let gruppen = gruppen(satz.text());
        let paar = gruppen.windows(2).find_map(|paar| {
            let [(erste, art), (zweite, andere)] = paar else {
                return None;
            };
            let luecke = satz.text().get(erste.end..zweite.start)?;
            let verbunden = ["/", "oder", "bzw.", "beziehungsweise"]
                .iter()
                .any(|wort| luecke.split_whitespace().any(|w| w == *wort) || luecke == *wort);
            (art != andere && verbunden && luecke.chars().count() <= 40)
                .then(|| satz.teil(erste.start..zweite.end))
        });
        if let Some(stelle) = paar {
            melde_gruppen(stelle.stelle(), stelle.text(), protokoll);
            return;
        }
    }
}

fn melde_gruppen<'p>(stelle: Stelle, worte: &str, protokoll: &'p mut Protokoll<'_>) -> Meldung<'p> {
    protokoll
        .melde(
            stelle,
            format!("„{worte}“ lässt offen, welche Bewertung zählt"),
        )
        .abhilfe("sagen, dass die tatsächlich besetzte Gruppe zählt, oder unter `besetzung` eintragen, wer die Stelle seit wann hat")
}

/// What pays a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gruppe {
    Besoldung,
    Entgelt,
}

/// The grades of a text in order: „A 11“, „A11“, „EG 10“, „Entgeltgruppe 9a“, „E10“.
fn gruppen(text: &str) -> Vec<(Range<usize>, Gruppe)> {
    let mut gefunden = Vec::new();
    let mut von = 0;
    let mut offen: Option<(usize, Gruppe)> = None;
    for wort in text.split_inclusive([' ', '/', '(', ')', ',', ';']) {
        let nackt = wort.trim_end_matches([' ', '/', '(', ')', ',', ';', '.']);
        let ende = von + nackt.len();
        let ist_stufe = |rest: &str| {
            let ziffern = rest.trim_end_matches(['a', 'b', 'c']);
            (1..=2).contains(&ziffern.len()) && ziffern.bytes().all(|b| b.is_ascii_digit())
        };
        let vorn = |anfang: &str| nackt.strip_prefix(anfang).is_some_and(ist_stufe);
        if let Some((anfang, art)) = offen.take().filter(|_| ist_stufe(nackt)) {
            gefunden.push((anfang..ende, art));
        } else if vorn("A") {
            gefunden.push((von..ende, Gruppe::Besoldung));
        } else if vorn("EG") || vorn("E") {
            gefunden.push((von..ende, Gruppe::Entgelt));
        } else {
            offen = match nackt {
                "A" | "Besoldungsgruppe" => Some((von, Gruppe::Besoldung)),
                "EG" | "E" | "Entgeltgruppe" => Some((von, Gruppe::Entgelt)),
                _ => None,
            };
        }
        von += wort.len();
    }
    gefunden
}

/// Words of a sentence that speaks of what others take for a figure, or once took.
const UEBLICH: [&str; 8] = [
    "üblich*",
    "empfiehlt",
    "empfohlen*",
    "mindestens",
    "früher*",
    "ehemals",
    "ursprünglich*",
    "seinerzeit*",
];

/// „10 % Gemeinkosten“, of what? And is it what the data say?
fn gemeinkosten(blatt: &Blatt<'_>, platz: &Arbeitsplatz, protokoll: &mut Protokoll<'_>) {
    let Some(satz) = platz.gemeinkosten.prozent() else {
        return;
    };
    for zeile in blatt.alles().saetze() {
        if zeile.sagt(&UEBLICH) {
            continue;
        }
        let Some((stelle, zahl, wort)) = naechster_satz(&zeile) else {
            continue;
        };
        let benannt = zeile.enthaelt("Personalkosten")
            || zeile.enthaelt("des Betrages")
            || zeile.enthaelt("der Personal-")
            || zeile.enthaelt("Personal- und Sachkosten")
            || zeile.enthaelt("der Summe der Beträge");
        if !satz.starts_with(&format!("{zahl} ")) {
            protokoll
                .melde(
                    &stelle,
                    format!("hier steht „{}“ als Satz der Gemeinkosten; nach den Angaben sind es {satz}", stelle.text()),
                )
                .abhilfe("den Satz prüfen und durch einen Ausdruck ersetzen, oder `gemeinkosten` berichtigen");
        } else if !benannt && !platz.gemeinkosten.ist_null() {
            let basis = match platz.basis() {
                Gemeinkostenbasis::Personalkosten => "der anteiligen Personalkosten",
                Gemeinkostenbasis::PersonalUndSachkosten => {
                    "der anteiligen Personal- und Sachkosten"
                }
            };
            // Who reads the paper does not see the data.
            let abhilfe = if platz.gemeinkosten_auf.is_some() {
                format!("„{basis}“ ergänzen")
            } else {
                format!("„{basis}“ ergänzen und `gemeinkosten_auf` eintragen")
            };
            // What is missing is missing here, wherever the rate was typed.
            protokoll
                .melde(
                    &wort,
                    format!("worauf der Zuschlag für Gemeinkosten von {satz} berechnet wird, steht hier nicht"),
                )
                .abhilfe(abhilfe);
        }
    }
}

/// What the surcharge is called.
const ZUSCHLAG: [&str; 4] = [
    "Gemeinkosten*",
    "Verwaltungsgemeinkosten*",
    "Verwaltungskostenzuschlag*",
    "Overhead*",
];

/// The rate that stands nearest to the word, shortly before or behind it, its number, and the word.
fn naechster_satz<'b>(zeile: &Passage<'b>) -> Option<(Passage<'b>, &'b str, Passage<'b>)> {
    let text = zeile.text();
    let worte = ZUSCHLAG.iter().flat_map(|wort| zeile.finde(wort));
    let worte: Vec<Passage<'b>> = worte.collect();
    let mut beste: Option<(usize, Passage<'b>, &'b str, &Passage<'b>)> = None;
    for einheit in ["%", "Prozent", "v. H.", "v.H."] {
        for (at, _) in text.match_indices(einheit) {
            let davor = text.get(..at)?.trim_end();
            let zahl = davor
                .rsplit(|c: char| !(c.is_ascii_digit() || c == ','))
                .next()
                .filter(|zahl| zahl.starts_with(|c: char| c.is_ascii_digit()));
            let Some(zahl) = zahl else { continue };
            let von = davor.len() - zahl.len();
            // „steigen um 3 %“ is a difference.
            if text.get(..von)?.trim_end().ends_with(" um") {
                continue;
            }
            let in_einem_teil = |wort: &&Passage<'b>| {
                let anfang = zeile.versatz(wort);
                let zwischen = if anfang < von {
                    text.get(anfang + wort.text().len()..von)
                } else {
                    text.get(at..anfang)
                };
                zwischen.is_some_and(|zwischen| !zwischen.contains([',', ';']))
            };
            let entfernt = worte
                .iter()
                .filter(in_einem_teil)
                .map(|wort| (zeile.versatz(wort).abs_diff(von), wort));
            let Some((abstand, wort)) = entfernt.min_by_key(|(abstand, _)| *abstand) else {
                continue;
            };
            if abstand < 60 && beste.as_ref().is_none_or(|(bisher, ..)| abstand < *bisher) {
                beste = Some((abstand, zeile.teil(von..at + einheit.len()), zahl, wort));
            }
        }
    }
    beste.map(|(_, stelle, zahl, wort)| (stelle, zahl, wort.clone()))
}

/// „in der jeweils aktuellen Fassung“ of a report, without the day that decides.
fn fassung(blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    for satz in blatt.alles().saetze() {
        let gefunden = FASSUNGEN.iter().find_map(|worte| satz.finde(worte).next());
        let Some(stelle) = gefunden else {
            continue;
        };
        let davor = satz.teil(0..satz.versatz(&stelle));
        let ist_bericht = BERICHTE.iter().any(|worte| davor.enthaelt(worte))
            || stelle.enthaelt("Bericht*")
            || stelle.enthaelt("Tabelle*")
            || stelle.enthaelt("KGSt*");
        // „die KGSt verweist auf das SGB XII in der jeweils geltenden Fassung“: a law is cited so.
        let gesetz = davor.text().split_whitespace().rev().take(6).any(|wort| {
            wort == "§" || !wort.trim_start_matches('(').starts_with("KGSt") && ist_kuerzel(wort)
        });
        let hat_tag = STICHTAGE.iter().any(|worte| satz.enthaelt(worte));
        if ist_bericht && !gesetz && !hat_tag {
            protokoll
                .melde(
                    &stelle,
                    format!("„{}“: welche Fassung für welches Jahr gilt, bleibt offen", stelle.text()),
                )
                .abhilfe("einen Stichtag nennen, etwa „in der am 1. Januar des Abrechnungsjahres veröffentlichten Fassung“");
        }
    }
}

/// „SGB“, „TVöD-VKA“: capitals inside.
fn ist_kuerzel(wort: &str) -> bool {
    wort.chars().filter(|c| c.is_uppercase()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_people_type_them() {
        let gelesen = |text: &str| -> Vec<String> {
            gruppen(text)
                .into_iter()
                .map(|(bereich, _)| text[bereich].to_owned())
                .collect()
        };
        assert_eq!(gelesen("A11 / EG 10"), ["A11", "EG 10"]);
        assert_eq!(
            gelesen("von A 11 LBesG NRW bzw. Entgeltgruppe 9a TVöD"),
            ["A 11", "Entgeltgruppe 9a"]
        );
        assert!(gelesen("Anlage 1, A 400 und Ende 10").is_empty());
    }
}
