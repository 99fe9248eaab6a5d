//! Sentences that leave what is paid to somebody else or to a later day, in words that may stand apart.

use super::super::super::Passage;

/// To whom a sentence leaves the costs, after „überlässt die Kosten“.
pub(super) const ABREDE: &str = "einer anderen Abrede";

/// The same, where a body or an office settles them.
const FESTLEGUNG: &str = "einer späteren Festlegung";

/// Parts of words for what is paid.
const KOSTEN: [&str; 7] = [
    "kosten",
    "erstattung",
    "schlüssel",
    "entgelt",
    "aufwendung",
    "art und umfang",
    "jahresbetrag",
];

/// Words for what is paid that are parts of too many others.
const BEZUG: [&str; 3] = ["Höhe", "Nähere", "Näheres"];

/// Words for what goes with an invoice: who regulates these leaves no costs open.
const ABLAUF: [&str; 6] = [
    "Nachweis*",
    "Rechnungsstellung",
    "Form",
    "Verfahren*",
    "Ablauf*",
    "Unterlagen",
];

/// Words for apart from this agreement.
const GETRENNT: [&str; 4] = ["gesondert", "separat", "bilateral", "anderweitig"];

/// Participles with which something is regulated.
const GEREGELT: [&str; 9] = [
    "geregelt",
    "vereinbart",
    "festgelegt",
    "festgesetzt",
    "bestimmt",
    "abgestimmt",
    "ausgehandelt",
    "verhandelt",
    "geklärt",
];

/// The same in the active voice.
const REGELN: [&str; 8] = [
    "regelt",
    "regeln",
    "bestimmt",
    "bestimmen",
    "vereinbart",
    "vereinbaren",
    "beschließt",
    "beschließen",
];

/// Words whose „fest“ stands apart.
const LEGEN: [&str; 4] = ["legt", "legen", "setzt", "setzen"];

/// Participles between: what is shown apart is not regulated apart.
const GEZEIGT: [&str; 9] = [
    "wie",
    "ausgewiesen",
    "berechnet",
    "abgerechnet",
    "erfasst",
    "aufgeführt",
    "dargestellt",
    "nachgewiesen",
    "gestellt",
];

/// Words for what is still to be agreed, in lower case.
const ABREDEN: [&str; 11] = [
    "regelung",
    "vereinbarung",
    "abrede",
    "absprache",
    "abstimmung",
    "verständigung",
    "einigung",
    "klärung",
    "festlegung",
    "festsetzung",
    "verhandlung",
];

/// Who settles things apart from the agreement, in lower case.
const ORGANE: [&str; 22] = [
    "lenkungskreis",
    "lenkungskreises",
    "lenkungsgruppe",
    "arbeitskreis",
    "arbeitsgruppe",
    "beirat",
    "verwaltung",
    "verwaltungen",
    "verwaltungsleitung",
    "verwaltungsleitungen",
    "verwaltungsebene",
    "verwaltungsspitze",
    "verwaltungsspitzen",
    "kämmerer",
    "kämmereien",
    "hauptverwaltungsbeamten",
    "bürgermeisterkonferenz",
    "bürgermeistern",
    "kämmerern",
    "kämmerinnen",
    "verwaltungsvorstand",
    "verwaltungsvorstände",
];

/// Who may agree on something later, besides, in lower case.
const PARTEIEN: [&str; 4] = ["parteien", "beteiligten", "vertragsparteien", "kommunen"];

/// Words between a negation and what it denies.
const ARTIKEL: [&str; 12] = [
    "in", "durch", "mit", "von", "einer", "eine", "einem", "eines", "der", "den", "dem", "es",
];

/// Words with which an agreement says what happens when things change; that is none of its gaps.
const ANPASSUNG: [&str; 4] = ["Anpassung*", "Änderung*", "ändern", "ändert"];

/// How many words a verb may stand from what goes with it.
const WEITE: usize = 7;

/// A word of a sentence without the signs around it: its first byte, and its letters in lower case.
pub(super) struct Wort {
    pub(super) von: usize,
    pub(super) bis: usize,
    pub(super) klein: String,
}

pub(super) fn woerter(text: &str) -> Vec<Wort> {
    let mut von = 0;
    let mut woerter = Vec::new();
    for teil in text.split([' ', '\t']) {
        let nackt = teil.trim_matches(|c: char| !c.is_alphanumeric());
        if !nackt.is_empty() {
            let at = von + teil.find(nackt).unwrap_or_default();
            woerter.push(Wort {
                von: at,
                bis: at + nackt.len(),
                klein: nackt.to_lowercase(),
            });
        }
        von += teil.len() + 1;
    }
    woerter
}

fn ist(wort: &Wort, liste: &[&str]) -> bool {
    liste.contains(&wort.klein.as_str())
}

/// The words with which a sentence on costs leaves these to somebody or to a later arrangement, in any order.
pub(super) fn auf_andere<'b>(satz: &Passage<'b>) -> Vec<(Passage<'b>, &'static str)> {
    let klein = satz.text().to_lowercase();
    let von_kosten = KOSTEN.iter().any(|teil| klein.contains(teil))
        || BEZUG.iter().any(|wort| satz.enthaelt(wort))
            && !ABLAUF.iter().any(|wort| satz.enthaelt(wort));
    if !von_kosten {
        return Vec::new();
    }
    let woerter = woerter(satz.text());
    let bereiche = [
        (getrennt(&woerter), ABREDE),
        (ueberlassen(&woerter), ABREDE),
        (verstaendigt(satz), ABREDE),
        (nach_ermessen(satz), FESTLEGUNG),
        (durch_organ(&woerter), FESTLEGUNG),
    ];
    bereiche
        .into_iter()
        .filter_map(|(bereich, wem)| {
            let (von, bis) = bereich?;
            Some((satz.teil(von..bis), wem))
        })
        .collect()
}

/// „gesondert zwischen den Parteien geregelt“, „regeln die Parteien gesondert“.
fn getrennt(woerter: &[Wort]) -> Option<(usize, usize)> {
    for (i, wort) in woerter.iter().enumerate() {
        if !ist(wort, &GETRENNT) {
            continue;
        }
        let danach = woerter.iter().skip(i + 1).take(WEITE);
        for spaeter in danach {
            if ist(spaeter, &GEZEIGT) {
                break;
            }
            if ist(spaeter, &GEREGELT) {
                return Some((wort.von, spaeter.bis));
            }
        }
        let davor = woerter.iter().take(i).rev().take(WEITE);
        let endet = woerter.get(i + 1).is_none_or(|w| w.klein == "fest");
        if let Some(verb) = davor
            .take_while(|w| !ist(w, &GEZEIGT))
            .find(|w| ist(w, &REGELN) || ist(w, &LEGEN))
            && endet
        {
            return Some((verb.von, woerter.get(i + 1).unwrap_or(wort).bis));
        }
    }
    None
}

/// „bleiben einer Regelung zwischen den Verwaltungen überlassen“.
fn ueberlassen(woerter: &[Wort]) -> Option<(usize, usize)> {
    let i = woerter
        .iter()
        .position(|wort| ist(wort, &["überlassen", "vorbehalten"]))?;
    let davor = || woerter.iter().take(i).rev().take(WEITE);
    let abrede = |wort: &&Wort| ABREDEN.iter().any(|stamm| wort.klein.starts_with(stamm));
    let wem = davor()
        .find(abrede)
        .or_else(|| davor().find(|wort| ist(wort, &ORGANE) || ist(wort, &PARTEIEN)))?;
    Some((wem.von, woerter.get(i)?.bis))
}

/// „verständigen sich die Beteiligten“; that they do so when something changes leaves nothing open today.
fn verstaendigt(satz: &Passage<'_>) -> Option<(usize, usize)> {
    let stelle = [
        "verständigen sich",
        "sich verständigen",
        "einigen sich",
        "ins Benehmen",
    ]
    .iter()
    .find_map(|worte| satz.finde(worte).next())?;
    let von = satz.versatz(&stelle);
    let angepasst = ANPASSUNG.iter().any(|worte| satz.enthaelt(worte));
    (!angepasst).then(|| (von, von + stelle.text().len()))
}

/// „werden nach billigem Ermessen festgesetzt“.
fn nach_ermessen(satz: &Passage<'_>) -> Option<(usize, usize)> {
    let stelle = satz.finde("nach billigem Ermessen").next()?;
    let von = satz.versatz(&stelle);
    Some((von, von + stelle.text().len()))
}

/// „bestimmt der Lenkungskreis“, „werden von den Verwaltungsleitungen festgelegt“.
fn durch_organ(woerter: &[Wort]) -> Option<(usize, usize)> {
    let (i, organ) = woerter.iter().enumerate().find(|(i, wort)| {
        let vor = |n: usize| {
            i.checked_sub(n)
                .and_then(|i| woerter.get(i))
                .map(|w| w.klein.as_str())
        };
        // „Kosten der Verwaltung“ names nobody who settles them.
        let handelt = match vor(1) {
            Some("der") => {
                wort.klein.ends_with("kreis") || wort.klein == "beirat" || vor(2) == Some("von")
            }
            Some("den") => matches!(vor(2), Some("von" | "durch" | "zwischen")),
            Some("die" | "vom" | "im" | "durch" | "auf") => true,
            Some("dem") => vor(2) == Some("von"),
            _ => false,
        };
        handelt && ist(wort, &ORGANE)
    })?;
    let (j, verb) = woerter
        .iter()
        .enumerate()
        .find(|(_, wort)| ist(wort, &REGELN) || ist(wort, &GEREGELT) || ist(wort, &LEGEN))?;
    let fest = woerter
        .iter()
        .enumerate()
        .find(|(_, wort)| wort.klein == "fest");
    let verneint = |i: usize| {
        i.checked_sub(1)
            .and_then(|i| woerter.get(i))
            .is_some_and(|wort| wort.klein == "nicht")
    };
    let (k, ende) = match (ist(verb, &LEGEN), fest) {
        (true, None) => return None,
        (true, Some((k, fest))) => (k, fest),
        (false, _) => (j, verb),
    };
    if verneint(j) || verneint(k) {
        return None;
    }
    // Verb and subject stand side by side, more or less.
    let weit = |a: usize, b: usize| a.abs_diff(b) > WEITE;
    if weit(i, j) && weit(i, k) {
        return None;
    }
    Some((organ.von.min(verb.von), organ.bis.max(ende.bis)))
}

/// Whether the words of a referral are denied: by a word right before them, or by one that closes their part of the
/// sentence. „Die nicht gedeckten Kosten werden gesondert geregelt“ denies nothing.
pub(super) fn ist_verneint(satz: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    let text = satz.text();
    let von = satz.versatz(stelle);
    let bis = von + stelle.text().len();
    let (Some(davor), Some(danach)) = (text.get(..von), text.get(bis..)) else {
        return false;
    };
    let davor = davor.rsplit([',', ';']).next().unwrap_or_default();
    let danach = danach.split([',', ';']).next().unwrap_or_default();
    let davor = woerter(davor);
    let vorher = davor.iter().rev().find(|wort| !ist(wort, &ARTIKEL));
    let direkt = vorher.is_some_and(|wort| {
        // „Kosten für künftige Vereinbarungen“ are those of other agreements.
        matches!(wort.klein.as_str(), "nicht" | "ohne" | "für") || wort.klein.starts_with("kein")
    });
    if direkt {
        return true;
    }
    let nach = danach
        .split_whitespace()
        .map(|wort| wort.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect::<Vec<_>>();
    if nach.contains(&"unberührt") || nach.contains(&"unverändert") {
        return true;
    }
    // „… bedarf es nicht“, „… ist nicht erforderlich“, not „… der nicht gedeckten Kosten“.
    nach.iter()
        .position(|wort| *wort == "nicht")
        .and_then(|i| nach.get(i + 1..))
        .is_some_and(|rest| {
            rest.len() <= 2 && !rest.iter().any(|w| w.starts_with(char::is_uppercase))
        })
}
