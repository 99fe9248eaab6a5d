//! A literal count of municipalities or parties fits a set of the matter on some day.

mod frueher;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::Days;

use frueher::{Stand, Zeit};

use super::super::zaehlung::{Fund, Zaehlt, funde, worte};
use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::{Menge, mengen, sprache};
use crate::diagnostic::Stelle;
use crate::input::Datum;
use crate::template::Herkunft;

pub(super) const REGEL: Regel = Regel {
    name: "zahl-passt-zu-keiner-menge",
    schwere: Gewicht::WarnungOderHinweis,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht, und die Drucksachen dazu",
    braucht: &["nutzung", "vereinbarungen.*.parteien"],
    text: include_str!("zahl_passt_zu_keiner_menge.md"),
    pruefe,
};

/// Stems of words in the same sentence that make it a count of some of them, or of a meeting.
const TEILMENGE: [&str; 25] = [
    "würd",
    "wäre",
    "käme",
    "hätte",
    "davon",
    "zugestimm",
    "zustimm",
    "stimmt",
    "abgelehn",
    "lehnte",
    "bedenken",
    "gesprochen",
    "nachfolg",
    "folgen",
    "bislang",
    "konferenz",
    "nahmen",
    "teilgenommen",
    "teilnehm",
    "einzig",
    "hersteller",
    "einwohner",
    "leben",
    "befrag",
    "beschlussfähig",
];

/// Verbs with which municipalities take part in a matter: a bare number before another one may count any of them.
const TEILNAHME: [&str; 36] = [
    "beteiligen",
    "beteiligten",
    "beteiligt",
    "teil",
    "nutzen",
    "nutzten",
    "genutzt",
    "verwenden",
    "angeschlossen",
    "arbeiten",
    "kooperieren",
    "mitwirken",
    "bilden",
    "tragen",
    "trugen",
    "getragen",
    "teilen",
    "teilten",
    "geteilt",
    "verteilt",
    "verteilen",
    "zahlen",
    "zahlten",
    "bezahlen",
    "erstatten",
    "finanzieren",
    "schließen",
    "schlossen",
    "geschlossen",
    "abgeschlossen",
    "vereinbaren",
    "vereinbarten",
    "unterzeichnen",
    "unterzeichneten",
    "beitreten",
    "beigetreten",
];

/// Words before a number that has to be reached or kept to.
const SCHWELLE: [&str; 8] = [
    "mindestens",
    "wenigstens",
    "höchstens",
    "maximal",
    "mind",
    "max",
    "jeweils",
    "je",
];

/// Words in the same part of a sentence that make it a condition.
const BEDINGUNG: [&str; 5] = ["wenn", "sofern", "falls", "sobald", "solange"];

/// Stems of words in the same sentence that make „Parteien“ political ones.
const POLITIK: [&str; 8] = [
    "kreistag",
    "stadtrat",
    "fraktion",
    "landtag",
    "bundestag",
    "wahl",
    "vertreten",
    "koalition",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    let anwender = anwender_je_tag(lage);
    let mengen = alle_mengen(lage, &anwender);
    let mut hingewiesen: BTreeSet<(String, usize)> = BTreeSet::new();
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let mut blaetter: Vec<&Blatt<'_>> = Vec::new();
        for art in ["vereinbarung", "organisationskonzept", "kostenuebersicht"] {
            blaetter.extend(lage.papier_zu(vereinbarung, art));
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            blaetter.extend(lage.vorlage(drucksache));
        }
        let stand = Stand::von(lage, vereinbarung, beteiligte, &anwender);
        let vergleich = Vergleich {
            mengen: &mengen,
            stand,
        };
        for blatt in blaetter {
            pruefe_blatt(blatt, &vergleich, &mut hingewiesen, protokoll);
        }
    }
}

/// What a number is held against.
struct Vergleich<'l, 'a> {
    /// All sets of the matter.
    mengen: &'l [Menge<'a>],
    /// Those of the agreement.
    stand: Stand<'l, 'a>,
}

fn pruefe_blatt(
    blatt: &Blatt<'_>,
    vergleich: &Vergleich<'_, '_>,
    hingewiesen: &mut BTreeSet<(String, usize)>,
    protokoll: &mut Protokoll<'_>,
) {
    for satz in blatt.alles().saetze() {
        let funde = funde(satz.text());
        if funde.is_empty() || satz.von_anderen_vereinbarungen() {
            continue;
        }
        let teilmenge = ist_teilmenge(satz.text());
        let politisch = ist_politisch(satz.text());
        for fund in funde {
            // „die acht Kommunen“ are all of them, whatever they do.
            let alle = mit_artikel(satz.text(), &fund.zahl);
            if politisch || teilmenge && !alle || ist_schwelle(satz.text(), &fund) {
                continue;
            }
            // „Die beiden Städte Selm und Werne“ says itself which ones it counts.
            if satz
                .text()
                .get(fund.nomen.end..)
                .is_some_and(|danach| aufgezaehlte(danach) == fund.wert)
            {
                continue;
            }
            let zahl = satz.teil(fund.zahl.clone());
            let ganz = satz.teil(fund.zahl.start..fund.nomen.end);
            if !ist_woertlich(blatt, &zahl, &ganz) {
                continue;
            }
            let gemeint = alle || spricht_von_teilnahme(&satz, &fund);
            let urteil = urteil(blatt, vergleich, &satz, &fund, alle, gemeint);
            // Of a number that fits, one note in each place of the prose: templates are included in many papers.
            let neu = |hingewiesen: &mut BTreeSet<_>| {
                in_prosa(blatt, &zahl).is_some_and(|stelle| hingewiesen.insert(stelle))
            };
            let text = ganz.text();
            match urteil {
                Urteil::NieAlle => protokoll
                    .melde(&ganz, format!("„{text}“: so viele sind es zu keiner Zeit"))
                    .abhilfe(AUSDRUCK),
                Urteil::NieVielleicht => protokoll
                    .melde_milder(
                        &ganz,
                        format!("„{text}“: falls damit alle gemeint sind, stimmt die Zahl nicht; so viele sind es zu keiner Zeit"),
                    )
                    .abhilfe("prüfen, ob nur ein Teil gemeint ist; sind es alle, die Zahl berichtigen"),
                Urteil::Frueher(schwer) if schwer || neu(hingewiesen) => {
                    let jetzt = sprache::zahlwort(vergleich.stand.jetzt(fund.zaehlt));
                    let text = format!("„{text}“: so viele waren es früher; nach der Vereinbarung sind es {jetzt}");
                    let meldung = if schwer {
                        protokoll.melde(&ganz, text)
                    } else {
                        protokoll.melde_milder(&ganz, text)
                    };
                    meldung.abhilfe(match fund.zaehlt {
                        Zaehlt::Alle => "die Zahl prüfen; am besten einen Ausdruck wie {{ parteien.zahlwort }} schreiben",
                        _ => AUSDRUCK,
                    })
                }
                Urteil::VonHand if neu(hingewiesen) => protokoll
                    .melde_milder(
                        &ganz,
                        format!("„{text}“ stimmt, ändert sich aber nicht mit den Angaben"),
                    )
                    .abhilfe("statt der Zahl einen Ausdruck wie {{ anwender.zahlwort }} oder {{ bestand.zahlwort }} schreiben"),
                Urteil::Frueher(_) | Urteil::VonHand | Urteil::Keins => continue,
            };
        }
    }
}

/// What to do about a number that does not fit.
const AUSDRUCK: &str =
    "die Zahl prüfen; am besten einen Ausdruck wie {{ anwender.zahlwort }} schreiben";

/// What there is to say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Urteil {
    /// All are counted, and there never were so many.
    NieAlle,
    /// The same, if all are counted.
    NieVielleicht,
    /// There were so many only before the agreement; whether the sentence speaks of its time.
    Frueher(bool),
    /// It fits, but somebody typed it.
    VonHand,
    /// Nothing.
    Keins,
}

fn urteil(
    blatt: &Blatt<'_>,
    vergleich: &Vergleich<'_, '_>,
    satz: &Passage<'_>,
    fund: &Fund,
    alle: bool,
    gemeint: bool,
) -> Urteil {
    if !groessen(vergleich.mengen, fund.zaehlt, fund.uebrige).contains(&fund.wert) {
        return match (alle, gemeint) {
            (true, _) => Urteil::NieAlle,
            (false, true) => Urteil::NieVielleicht,
            (false, false) => Urteil::Keins,
        };
    }
    if ist_vergangen(satz) {
        return Urteil::Keins;
    }
    let zeit = vergleich.stand.zeit(satz);
    if zeit == Zeit::Andere || !vergleich.stand.war_nur_frueher(satz, fund) {
        return Urteil::VonHand;
    }
    if !gemeint {
        return Urteil::Keins;
    }
    // What an agreement says, it says of its own time.
    Urteil::Frueher(zeit == Zeit::Vereinbarung || blatt.papier.art == "vereinbarung")
}

/// Words of a sentence that tells what was: its number does not change with the data.
const VERGANGEN: [&str; 16] = [
    "trug",
    "trugen",
    "teilten",
    "nutzten",
    "waren",
    "war",
    "wurde",
    "wurden",
    "hatten",
    "schlossen",
    "beschlossen",
    "einigten",
    "damals",
    "seinerzeit",
    "früher",
    "zunächst",
];

fn ist_vergangen(satz: &Passage<'_>) -> bool {
    satz.sagt(&VERGANGEN)
}

/// Whether a sentence says of those whom it counts that they take part in the matter.
fn spricht_von_teilnahme(satz: &Passage<'_>, fund: &Fund) -> bool {
    let mut worte = TEILNAHME.iter().flat_map(|wort| satz.finde(wort));
    worte.any(|wort| !fund.nomen.contains(&satz.versatz(&wort)))
}

/// Whether a sentence may speak of some of the set only, or of something else.
fn ist_teilmenge(satz: &str) -> bool {
    hat_stamm(satz, &TEILMENGE)
}

/// Whether „Parteien“ are political ones.
fn ist_politisch(satz: &str) -> bool {
    worte(satz).iter().any(|(_, wort)| wort == "parteien") && hat_stamm(satz, &POLITIK)
}

fn hat_stamm(satz: &str, staemme: &[&str]) -> bool {
    let worte = worte(satz);
    let mut worte = worte.iter();
    worte.any(|(_, wort)| staemme.iter().any(|stamm| wort.starts_with(stamm)))
}

/// Whether an article or „alle“ stands before the number, with at most one adjective between: „die übrigen sieben“.
fn mit_artikel(satz: &str, zahl: &Range<usize>) -> bool {
    let ist_artikel = |wort: &str| {
        [
            "die",
            "den",
            "der",
            "alle",
            "allen",
            "aller",
            "sämtliche",
            "sämtlichen",
            "sämtlicher",
        ]
        .contains(&wort.to_lowercase().as_str())
    };
    let davor = satz.get(..zahl.start).unwrap_or_default();
    let mut worte = davor.split_whitespace().rev();
    let wort = worte.next().unwrap_or_default();
    let ist_adjektiv = wort.starts_with(char::is_lowercase)
        && wort.ends_with(['e', 'n', 'r'])
        && !wort.starts_with("einzig");
    let zahlwort = satz.get(zahl.clone()).unwrap_or_default().to_lowercase();
    ist_artikel(wort)
        || ist_adjektiv && worte.next().is_some_and(ist_artikel)
        || matches!(zahlwort.as_str(), "beide" | "beider")
}

/// Whether the number is one that is to be reached or kept to: „mindestens drei Parteien“, „wenn fünf Parteien
/// anwesend sind“.
fn ist_schwelle(satz: &str, fund: &Fund) -> bool {
    let davor = satz.get(..fund.zahl.start).unwrap_or_default();
    let teil = davor.rsplit([',', ';', ':']).next().unwrap_or_default();
    let worte = worte(teil);
    let vor = |i: usize| {
        let wort = worte.iter().rev().nth(i);
        wort.map_or("", |(_, wort)| wort.as_str())
    };
    SCHWELLE.contains(&vor(0))
        || SCHWELLE.contains(&vor(1))
        || vor(0) == "als" && ["weniger", "mehr", "andere"].contains(&vor(1))
        || vor(0) == "zu" && vor(1) == "bis"
        || !mit_artikel(satz, &fund.zahl)
            && worte
                .iter()
                .any(|(_, wort)| BEDINGUNG.contains(&wort.as_str()))
}

/// How many names are enumerated right behind a noun: „Selm und Werne“, „ (Bönen, Kamen und Unna)“.
fn aufgezaehlte(danach: &str) -> usize {
    let mut rest = danach;
    for zeichen in [" (", ": ", ", ", " "] {
        if let Some(ohne) = danach.strip_prefix(zeichen) {
            rest = ohne;
            break;
        }
    }
    let mut zahl = 0;
    loop {
        for gattung in ["der ", "die ", "den ", "Stadt ", "Gemeinde ", "Kreisstadt "] {
            rest = rest.strip_prefix(gattung).unwrap_or(rest);
        }
        let ohne = name(rest);
        if ohne.len() == rest.len() {
            return zahl;
        }
        zahl += 1;
        let weiter = [", ", " und ", " sowie "]
            .iter()
            .find_map(|zeichen| ohne.strip_prefix(*zeichen));
        match weiter {
            Some(weiter) => rest = weiter,
            None => return zahl,
        }
    }
}

/// What is left behind a name of one or more words: „Bad Sassendorf“, „Fröndenberg/Ruhr“.
fn name(text: &str) -> &str {
    let mut rest = text;
    loop {
        let wort = rest.strip_prefix(' ').unwrap_or(rest);
        if !wort.starts_with(char::is_uppercase) {
            return rest;
        }
        rest = wort.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-'));
    }
}

/// Whether somebody wrote the number down: no expression made it alone.
fn ist_woertlich(blatt: &Blatt<'_>, zahl: &Passage<'_>, ganz: &Passage<'_>) -> bool {
    match blatt.papier.ausdruck(&zahl.bereich()) {
        None => true,
        // A longer value of the facts holds number and noun; what is computed gives the number alone.
        Some(ausdruck) => ausdruck.end >= ganz.bereich().end && ausdruck.len() > ganz.text().len(),
    }
}

/// The place in the matter's prose, if the number stands there as such.
fn in_prosa(blatt: &Blatt<'_>, zahl: &Passage<'_>) -> Option<(String, usize)> {
    let bereich = zahl.bereich();
    let spuren = &blatt.papier.spuren;
    let i = spuren.partition_point(|(spur, _)| spur.start <= bereich.start);
    let (_, ursprung) = spuren.get(i.checked_sub(1)?)?;
    if ursprung.ausdruck || ursprung.art != Herkunft::Prosa {
        return None;
    }
    match blatt.papier.ursprung(&bereich)? {
        Stelle::Datei { datei, bereich } => Some((datei.to_string(), bereich.start)),
        _ => None,
    }
}

/// All sets of the matter, on all days on which one changes.
fn alle_mengen<'a>(lage: &Lage<'a>, anwender: &[Anwenderstand<'a>]) -> Vec<Menge<'a>> {
    let vorgang = lage.vorgang;
    let mut mengen = Vec::new();
    for beteiligte in lage.zahlen.vereinbarungen.values() {
        mengen.push(beteiligte.parteien.clone());
        mengen.push(beteiligte.bestand.clone());
        mengen.push(beteiligte.beitritt.clone());
        mengen.push(beteiligte.anwender.clone());
        mengen.extend(beteiligte.empfaenger.values().cloned());
    }
    mengen.extend(anwender.iter().map(|(_, menge)| menge.clone()));
    mengen.push(Menge::aus(vorgang, vorgang.koerperschaften.values()));
    mengen
}

/// Who uses the service from a day on.
type Anwenderstand<'a> = (Datum, Menge<'a>);

/// Who uses the service, on all days on which that changes.
fn anwender_je_tag<'a>(lage: &Lage<'a>) -> Vec<Anwenderstand<'a>> {
    let vorgang = lage.vorgang;
    let mut tage: BTreeSet<Datum> = BTreeSet::new();
    for nutzung in &vorgang.nutzung {
        tage.insert(nutzung.von);
        let danach = nutzung
            .bis
            .and_then(|bis| bis.tag().checked_add_days(Days::new(1)));
        tage.extend(danach.map(Datum::from));
    }
    tage.into_iter()
        .map(|tag| (tag, mengen::anwender_am(vorgang, tag)))
        .collect()
}

/// How many of the sets' bodies the noun can count.
fn groessen<'m, 'a: 'm>(
    mengen: impl IntoIterator<Item = &'m Menge<'a>>,
    zaehlt: Zaehlt,
    uebrige: bool,
) -> BTreeSet<usize> {
    let mut groessen = BTreeSet::new();
    for menge in mengen {
        let gemeinden = menge.gemeinden();
        let staedte = gemeinden.iter().filter(|k| k.gattung == "Stadt").count();
        let alle = gemeinden.anzahl();
        match zaehlt {
            Zaehlt::Gemeinden => groessen.extend([alle]),
            Zaehlt::Staedte => groessen.extend([staedte]),
            Zaehlt::Gattungslose => groessen.extend([alle, alle - staedte]),
            Zaehlt::Alle => groessen.extend([menge.anzahl(), alle]),
        }
    }
    if uebrige {
        let weniger: Vec<usize> = groessen.iter().map(|n| n.saturating_sub(1)).collect();
        groessen.extend(weniger);
    }
    groessen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_the_noun_are_counted() {
        assert_eq!(aufgezaehlte(" Selm und Werne haben zugestimmt"), 2);
        assert_eq!(aufgezaehlte(", Kamen und Fröndenberg/Ruhr, fehlen"), 2);
        assert_eq!(
            aufgezaehlte(" (Bad Sassendorf, Unna sowie die Stadt Werne)"),
            3
        );
        assert_eq!(aufgezaehlte(" tragen die Kosten"), 0);
    }

    #[test]
    fn a_threshold_counts_nobody() {
        let schwelle = |satz: &str| ist_schwelle(satz, &funde(satz)[0]);
        assert!(schwelle("auf Antrag von mindestens drei Parteien"));
        assert!(schwelle("beschlussfähig, wenn fünf Parteien anwesend sind"));
        assert!(schwelle("verbleiben weniger als vier Kommunen"));
        assert!(!schwelle(
            "wenn es so ist, tragen die vier Kommunen die Kosten"
        ));
    }

    #[test]
    fn an_article_may_stand_before_an_adjective() {
        let alle = |satz: &str| mit_artikel(satz, &funde(satz)[0].zahl);
        assert!(alle("die übrigen sieben Kommunen"));
        assert!(alle("beide Parteien"));
        assert!(!alle("dafür sprachen drei Kommunen"));
    }
}
