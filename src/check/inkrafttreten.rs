//! Days of effect in words: what a clause or a Vorlage says of when the agreement takes effect.

use super::{Blatt, Passage};
use crate::compute::fristen::{Fall, Verlauf};
use crate::input::Datum;
use crate::recht::kalender::plus_tage;

/// Headings of the clause, where it is not marked.
pub(super) const UEBERSCHRIFTEN: [&str; 4] = [
    "Inkrafttreten*",
    "In-Kraft-Treten",
    "Wirksam*",
    "Geltungsdauer",
];

/// Words before a day with which a clause fixes it: „tritt am 1. Januar 2022 in Kraft“.
const FEST: [&str; 6] = ["am", "zum", "vom", "ab", "dem", "seit"];

/// What follows a day that belongs to something else: „die am 30. Oktober 2019 geschlossene Absprache“.
const ANDERES: [&str; 9] = [
    "geschlossen",
    "abgeschlossen",
    "vereinbart",
    "beschlossen",
    "unterzeichnet",
    "genehmigt",
    "bekannt",
    "veröffentlicht",
    "geltend",
];

/// Words before these that make the day an end, or only a limit.
const GRENZEN: [&str; 6] = ["vor", "Vor", "bis", "Bis", "nach", "Nach"];

/// Words that keep a day from being fixed.
const VORBEHALT: [&str; 5] = [
    "frühestens",
    "nicht jedoch vor",
    "jedoch nicht vor",
    "nicht vor",
    "nicht aber vor",
];

/// Words for the publication: a day that must wait for it is lawful.
pub(super) const BEKANNTMACHUNG: [&str; 4] = [
    "Bekanntmachung*",
    "Veröffentlichung*",
    "Amtsblatt*",
    "bekannt gemacht",
];

/// Between these a clause says one thing.
pub(super) const TRENNER: [&str; 3] = [",", ";", " und "];

/// Words in a sentence that speaks of the day of effect.
const WIRKUNG: [&str; 9] = [
    "in Kraft",
    "Inkrafttreten*",
    "wirksam",
    "Wirksamkeit",
    "Wirksamwerden",
    "mit Wirkung",
    "rückwirkend*",
    "gilt",
    "gelten",
];

/// Of these, words that need no more to say that something takes effect on a day.
const TRITT_EIN: [&str; 7] = [
    "in Kraft",
    "Inkrafttreten*",
    "wirksam",
    "Wirksamkeit",
    "Wirksamwerden",
    "mit Wirkung",
    "rückwirkend*",
];

/// With what the words before a day end from which something is valid: „gilt ab dem“.
const GILT_VON: [&str; 4] = ["ab", "ab dem", "vom", "von dem"];

/// Words for what was: an earlier agreement, an earlier day.
const VERGANGEN: [&str; 12] = [
    "trat", "traten", "getreten", "wurde", "wurden", "worden", "war", "waren", "galt", "galten",
    "hatte", "seit",
];

/// Words for another agreement than that of the paper.
const FRUEHERE: [&str; 8] = [
    "bisherige*",
    "frühere*",
    "vorherige*",
    "bestehende*",
    "alte",
    "alten",
    "damalige*",
    "vorangegangene*",
];

/// What else takes effect at some time; a pronoun behind one of them may mean it.
const ANDERE: [&str; 7] = [
    "Satzung",
    "Verordnung",
    "Richtlinie",
    "Kündigung",
    "Änderung",
    "Aufhebung",
    "Ergänzung",
];

/// What may be done with effect from a day, and is not the effect of the agreement.
const ABRECHNUNG: [&str; 6] = [
    "abgerechnet",
    "abzurechnen",
    "erstattet",
    "erstatten",
    "gezahlt",
    "genehmigt",
];

/// How long adjectives may go on between an article and its noun, in words.
const ADJEKTIVE: usize = 4;

/// A day of effect that somebody wrote.
#[derive(Debug)]
pub(super) struct Wirkungstag<'b> {
    /// Where the day stands.
    pub(super) stelle: Passage<'b>,
    /// The day.
    pub(super) tag: Datum,
    /// Whether it is only said that there is no effect before it.
    pub(super) ist_grenze: bool,
}

/// The days on which the agreement is to take effect, as a Vorlage has them; none where it waits for the publication.
///
/// Only what is said of the agreement itself counts: by name with its article, or by a pronoun behind a sentence that
/// names it. What is told of the past is told of its predecessor.
pub(super) fn in_der_vorlage<'b>(blatt: &'b Blatt<'_>) -> Vec<Wirkungstag<'b>> {
    let alles = blatt.alles();
    let saetze = alles.saetze_mit(WIRKUNG);
    if saetze.is_empty() {
        return Vec::new();
    }
    let alle = alles.saetze();
    let mut gefunden = Vec::new();
    for satz in saetze {
        let von = alles.versatz(&satz);
        let davor = alle.partition_point(|andere| alles.versatz(andere) < von);
        let vorher = davor.checked_sub(1).and_then(|i| alle.get(i));
        im_satz(&satz, vorher, &mut gefunden);
    }
    gefunden
}

fn im_satz<'b>(
    satz: &Passage<'b>,
    vorher: Option<&Passage<'b>>,
    gefunden: &mut Vec<Wirkungstag<'b>>,
) {
    if wartet_auf_die_bekanntmachung(satz) {
        return;
    }
    for (stelle, tag) in satz.tage().chain(satz.anfaenge()) {
        let hier = teil(satz, &stelle, &[",", ";"]);
        let ist_grenze = ist_grenze(satz, &stelle);
        let ist_fest = ist_fest(satz, &stelle) || ist_rueckwirkend(satz, &stelle);
        if !(ist_grenze || ist_fest && !hier.enthaelt("nicht"))
            || hier.enthaelt("außer Kraft")
            || hier.sagt(&VERGANGEN)
            || hier.sagt(&ABRECHNUNG)
            || !wirkt(satz, &hier, &stelle)
            || !von_ihr(satz, &hier, vorher)
        {
            continue;
        }
        gefunden.push(Wirkungstag {
            stelle,
            tag,
            ist_grenze,
        });
    }
}

/// The day before which a sentence of the clause gives the agreement no effect: „nicht jedoch vor dem 1. Januar 2022“.
pub(super) fn beginn_der_klausel<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Datum)> {
    let anderes = ["Kündigung*", "Änderung*", "Beitritt*", "Austritt*"];
    if !satz.sagt(&["wirksam", "in Kraft"]) || satz.enthaelt("außer Kraft") || satz.sagt(&anderes)
    {
        return None;
    }
    let fruehestens = |stelle: &Passage<'_>| {
        let davor = satz.text().get(..satz.versatz(stelle)).unwrap_or_default();
        let mut worte = davor.split_whitespace().rev();
        worte.next().is_some_and(|wort| FEST.contains(&wort))
            && worte
                .take(2)
                .any(|wort| wort.eq_ignore_ascii_case("frühestens"))
    };
    let mut tage = satz.tage();
    tage.find(|(stelle, _)| ist_grenze(satz, stelle) || fruehestens(stelle))
}

/// „nicht vor dem 1. Januar 2022“
fn ist_grenze(satz: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let davor = satz.text().get(..satz.versatz(tag)).unwrap_or_default();
    let davor = davor.trim_end();
    davor.ends_with("vor dem") && teil(satz, tag, &[",", ";"]).enthaelt("nicht")
}

/// „rückwirkend zum 1. Juli 2020“, whatever follows.
fn ist_rueckwirkend(satz: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let davor = satz.text().get(..satz.versatz(tag)).unwrap_or_default();
    let mut worte = davor.split_whitespace().rev().take(3);
    worte.any(|wort| wort.eq_ignore_ascii_case("rückwirkend"))
}

/// Whether the words around a day say that something takes effect on it.
fn wirkt(satz: &Passage<'_>, hier: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let davor = satz.text().get(..satz.versatz(tag)).unwrap_or_default();
    let davor = davor.trim_end();
    let vom_tag_an = GILT_VON.iter().any(|worte| {
        davor
            .strip_suffix(worte)
            .is_some_and(|rest| rest.ends_with(' '))
    });
    hier.sagt(&TRITT_EIN) || hier.sagt(&["gilt", "gelten"]) && vom_tag_an
}

/// Whether a part of a sentence speaks of the agreement.
fn von_ihr(satz: &Passage<'_>, hier: &Passage<'_>, vorher: Option<&Passage<'_>>) -> bool {
    if hier.enthaelt("Vereinbarung") {
        return nennt_sie(hier);
    }
    if ihr_beginn(hier) {
        return true;
    }
    let davor = satz.teil(0..satz.versatz(hier));
    if nennt_sie(&davor) {
        // „Die Vereinbarung, die …, wird am … wirksam“, „…, sie wird …“
        let erstes = hier.text().split_whitespace().next().unwrap_or_default();
        return ["wird", "tritt", "gilt", "soll", "und"].contains(&erstes) || hier.enthaelt("sie");
    }
    let davon = vorher.is_some_and(|vorher| {
        vorher.enthaelt("Vereinbarung")
            && !vorher.sagt(&FRUEHERE)
            && !vorher.sagt(&VERGANGEN)
            && !handelt_von_anderem(vorher)
    });
    davon && hier.enthaelt("sie")
}

/// „Das Inkrafttreten ist zum 1. Januar vorgesehen“, „Der Beitritt erfolgt rückwirkend“: in a Vorlage on an agreement these are
/// its own unless it is said whose else.
fn ihr_beginn(hier: &Passage<'_>) -> bool {
    let rueckwirkend = hier.enthaelt("rückwirkend");
    let von_selbst = ["Inkrafttreten", "Wirksamkeit", "Wirksamwerden"];
    let mit = if rueckwirkend {
        &["Beitritt", "Zusammenarbeit"][..]
    } else {
        &[]
    };
    let mut stellen = von_selbst
        .iter()
        .chain(mit)
        .flat_map(|wort| hier.finde(wort));
    stellen.any(|stelle| {
        let von = hier.versatz(&stelle) + stelle.text().len();
        let danach = hier.text().get(von..).unwrap_or_default();
        let danach = danach.split_whitespace().next().unwrap_or_default();
        !["des", "eines"].contains(&danach) && (danach != "der" || rueckwirkend)
    })
}

/// Whether a pronoun behind this sentence means something else than its agreement: what the sentence begins with, or what it
/// names later.
fn handelt_von_anderem(satz: &Passage<'_>) -> bool {
    let vereinbarung = satz.finde("Vereinbarung").last();
    let vereinbarung = vereinbarung.map_or(0, |stelle| satz.versatz(&stelle));
    let mut andere = ANDERE.iter().flat_map(|worte| satz.finde(worte));
    andere.any(|stelle| {
        let von = satz.versatz(&stelle);
        let davor = satz.text().get(..von).unwrap_or_default();
        von > vereinbarung || davor.split_whitespace().count() <= 1
    })
}

/// Whether the agreement is named as what acts or is acted upon: „die neue Vereinbarung“, „Inkrafttreten der Vereinbarung“,
/// not „Kündigung der Vereinbarung“ nor „die Vereinbarung vom 30.10.2019“.
fn nennt_sie(text: &Passage<'_>) -> bool {
    if text.sagt(&FRUEHERE) {
        return false;
    }
    text.finde("Vereinbarung").any(|stelle| {
        let von = text.versatz(&stelle);
        let davor = text.text().get(..von).unwrap_or_default();
        let danach = text.text().get(von + stelle.text().len()..);
        let danach = danach.unwrap_or_default();
        if danach.starts_with(" vom ") || danach.starts_with(" aus dem Jahr") {
            return false;
        }
        let mut worte = davor.split_whitespace().rev();
        let artikel = worte.by_ref().take(ADJEKTIVE).find(|wort| {
            ["die", "diese", "eine", "der", "dieser"].contains(&wort.to_lowercase().as_str())
        });
        match artikel {
            Some("der" | "dieser") => worte.next().is_some_and(|wort| {
                ["Inkrafttreten", "Wirksamkeit", "Wirksamwerden", "Geltung"].contains(&wort)
            }),
            Some(_) => true,
            None => false,
        }
    })
}

/// The earliest day on which an agreement that is not in force can take effect, whatever it plans, and the way to it.
pub(super) fn fruehestens(verlaeufe: &[Verlauf]) -> Option<(Datum, &Verlauf)> {
    if verlaeufe.iter().any(|v| v.fall == Fall::InKraft) {
        return None;
    }
    let moegliche = verlaeufe.iter().filter_map(|v| Some((v.fruehestens?, v)));
    moegliche.min_by_key(|(tag, _)| *tag)
}

/// What stands between the separators around these words.
pub(super) fn teil<'b>(satz: &Passage<'b>, worte: &Passage<'b>, trenner: &[&str]) -> Passage<'b> {
    let text = satz.text();
    let von = satz.versatz(worte);
    let bis = von + worte.text().len();
    let (davor, danach) = (
        text.get(..von).unwrap_or_default(),
        text.get(bis..).unwrap_or_default(),
    );
    let anfang = trenner
        .iter()
        .filter_map(|t| davor.rfind(t).map(|at| at + t.len()))
        .max();
    let ende = trenner.iter().filter_map(|t| danach.find(t)).min();
    satz.teil(anfang.unwrap_or(0)..ende.map_or(text.len(), |at| bis + at))
}

/// „…, frühestens jedoch am Tag nach der Bekanntmachung“.
fn wartet_auf_die_bekanntmachung(satz: &Passage<'_>) -> bool {
    VORBEHALT
        .iter()
        .flat_map(|worte| satz.finde(worte))
        .any(|worte| {
            let hier = teil(satz, &worte, &[",", ";"]);
            BEKANNTMACHUNG.iter().any(|wort| hier.enthaelt(wort))
        })
}

/// The day that a sentence fixes for the agreement to take effect.
pub(super) fn fester_tag<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Datum)> {
    if wartet_auf_die_bekanntmachung(satz) {
        return None;
    }
    satz.tage()
        .chain(satz.anfaenge())
        .find_map(|(stelle, tag)| {
            let tag = if ist_fest(satz, &stelle) {
                tag
            } else {
                // „mit Ablauf des 31. Dezember“ is the day after.
                let davor = satz.text().get(..satz.versatz(&stelle))?.trim_end();
                davor
                    .ends_with("Ablauf des")
                    .then(|| plus_tage(tag, 1))
                    .flatten()?
            };
            let hier = teil(satz, &stelle, &TRENNER);
            let vorbehalten = VORBEHALT.iter().any(|worte| hier.enthaelt(worte));
            let gilt = wird_wirksam(satz, &stelle) && !vorbehalten && !hier.enthaelt("außer Kraft");
            gilt.then_some((stelle, tag))
        })
}

/// Whether the words around a day say that the agreement takes effect on it.
fn wird_wirksam(satz: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let hier = teil(satz, tag, &TRENNER);
    if hier.enthaelt("in Kraft") || hier.enthaelt("wirksam") {
        return true;
    }
    // Something else may be valid from a day: a key, a price.
    let satzteil = teil(satz, tag, &[",", ";"]);
    let gilt = ["gilt ab", "gilt vom", "gilt seit"];
    if gilt.iter().any(|worte| hier.enthaelt(worte)) {
        return satzteil.enthaelt("Vereinbarung") || satzteil.enthaelt("Sie");
    }
    let wendet_an = hier.enthaelt("anzuwenden") || hier.enthaelt("Anwendung");
    let von_ihr = ["diese Vereinbarung", "die Vereinbarung", "sie"];
    wendet_an && von_ihr.iter().any(|worte| satzteil.enthaelt(worte))
}

/// Whether a day is fixed by the word before it and belongs to nothing else.
fn ist_fest(satz: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let von = satz.versatz(tag);
    let (Some(davor), Some(danach)) = (
        satz.text().get(..von),
        satz.text().get(von + tag.text().len()..),
    ) else {
        return false;
    };
    let davor = davor.trim_end();
    let mut worte = davor.split_whitespace().rev();
    let wort = worte.next();
    let fest = wort.is_some_and(|wort| FEST.contains(&wort))
        || davor.ends_with("Beginn des")
        || davor.ends_with("mit") && tag.text().starts_with("Jahres");
    // „auf Fälle vor dem 1. Januar“, „bis zum 31. Dezember“
    let fest = fest && !worte.next().is_some_and(|wort| GRENZEN.contains(&wort));
    // „die Vereinbarung vom 30.10.2019 tritt außer Kraft“ names another agreement.
    let andere = davor.ends_with("ereinbarung vom")
        || ANDERES
            .iter()
            .any(|wort| danach.trim_start().starts_with(wort));
    fest && !andere
}
