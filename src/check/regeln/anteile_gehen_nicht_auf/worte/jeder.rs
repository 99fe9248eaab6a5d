//! Shares that a sentence gives to each of those who share: „jede Kommune zahlt ein Neuntel“, „zu neun gleichen Teilen“.

use super::super::super::super::Passage;
use super::{
    Anteil, BRUCHTEILE, TEILENDE, TRAGEN, beginnt_mit_allen_kosten, ist_kosten, prozentsatz,
};
use crate::compute::sprache;

/// Words of a sentence on what is somebody's own, or on who else pays.
const EIGENES: [&str; 9] = [
    "ihre", "ihrer", "eigene*", "selbst", "Land", "Landes", "Bund", "Bundes", "Rest*",
];

/// How the words before a percentage end that is no share.
const GRENZEN: [&str; 6] = [
    " um",
    "bis zu",
    "mindestens",
    "höchstens",
    "maximal",
    "über",
];

/// Words before those who share.
const JE: [&str; 3] = ["je", "pro", "für jede"];

/// The share of each: „jede Anwenderkommune trägt 12 % der Kosten“, „zu einem Neuntel je Kommune“.
pub(super) fn teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Anteil)> {
    if !satz.sagt(&["jede*", "je", "pro"]) || satz.sagt(&EIGENES) || !satz.sagt(&TRAGEN) {
        return None;
    }
    anteile(satz)
        .into_iter()
        .find(|(stelle, _)| gilt_jedem(satz, stelle))
}

/// „zu neun gleichen Teilen“; two such parts are halves of something.
pub(super) fn gleiche_teile<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, Anteil)> {
    let wird_geteilt = |satz: &Passage<'_>| {
        let mut worte = TRAGEN.iter().filter(|worte| **worte != "gleichen Teilen");
        ist_kosten(satz.text()) && worte.any(|worte| satz.enthaelt(worte))
    };
    satz.finde("gleichen Teilen").find_map(|teile| {
        let ende = satz.versatz(&teile) + teile.text().len();
        let davor = satz.text().get(..satz.versatz(&teile))?.trim_end();
        let wort = davor.rsplit(' ').next()?;
        let n = sprache::zahl(&wort.to_lowercase()).or_else(|| wort.parse().ok())?;
        let zu = davor.get(..davor.len() - wort.len())?;
        let von = zu.trim_end().strip_suffix("zu")?.len();
        (n > 2 && wird_geteilt(satz) && !satz.sagt(&EIGENES))
            .then(|| (satz.teil(von..ende), Anteil::GleicheTeile(n)))
    })
}

/// The shares that a sentence names.
fn anteile<'b>(satz: &Passage<'b>) -> Vec<(Passage<'b>, Anteil)> {
    let text = satz.text();
    let mut anteile = Vec::new();
    for stelle in satz.finde("1/*") {
        let n = stelle.text().strip_prefix("1/").map(str::parse);
        if let Some(Ok(n)) = n {
            anteile.push((stelle, Anteil::Teil(n)));
        }
    }
    if text.contains("tel") {
        for (wort, n) in BRUCHTEILE {
            for ein in ["ein", "einem", "einen"] {
                let stellen = satz.finde(wort).filter_map(|stelle| {
                    let von = satz.versatz(&stelle);
                    let davor = text.get(..von)?.trim_end();
                    let anfang = davor.strip_suffix(ein)?;
                    (!anfang.ends_with(char::is_alphanumeric))
                        .then(|| satz.teil(anfang.len()..von + stelle.text().len()))
                });
                anteile.extend(stellen.map(|stelle| (stelle, Anteil::Teil(n))));
            }
        }
    }
    for einheit in ["%", "Prozent"] {
        for (at, _) in text.match_indices(einheit) {
            let davor = text.get(..at).unwrap_or_default().trim_end();
            let ohne = davor.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
            // „um 5 %“ is a difference, „bis zu 10 %“ a limit.
            let grenze = GRENZEN.iter().any(|wort| ohne.trim_end().ends_with(wort));
            if let Some((bis, anteil)) = prozentsatz(text, ohne.len()).filter(|_| !grenze) {
                anteile.push((satz.teil(ohne.len()..bis), anteil));
            }
        }
    }
    anteile
}

/// Whether a share is that of each of those who share, and one of all costs.
fn gilt_jedem(satz: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    let teil = satz.teilsatz_um(stelle);
    let jedem = teil.enthaelt("jede*") && teil.sagt(&TEILENDE);
    let nach = satz.versatz(stelle) + stelle.text().len();
    let danach = satz.text().get(nach..).unwrap_or_default().trim_start();
    // „zu einem Neuntel je Kommune“
    let folgt_je = JE.iter().any(|je| {
        let rest = danach.strip_prefix(je).and_then(|r| r.strip_prefix(' '));
        let wort = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
        wort.is_some_and(|wort| {
            let passt = |muster: &str| {
                let stamm = muster.trim_end_matches('*');
                wort == stamm || muster.ends_with('*') && wort.starts_with(stamm)
            };
            wort == "Partei" || TEILENDE.iter().any(|muster| passt(muster))
        })
    });
    let endet = danach.is_empty() || danach.starts_with(['.', ',', ';', ':', ')']);
    // „der Kosten der Schulung“ are some of them.
    let davon = ["der", "des", "einer", "eines", "für"].iter();
    let weiter = danach.split_whitespace().nth(2).unwrap_or_default();
    let mancher = davon.into_iter().any(|wort| *wort == weiter);
    let von_allem = beginnt_mit_allen_kosten(danach) && !mancher
        || danach.strip_prefix("von den Kosten").is_some()
        || danach.strip_prefix("an den Kosten").is_some();
    // Where the share ends the sentence, it says elsewhere that these are the costs.
    folgt_je && ist_kosten(satz.text()) || jedem && (von_allem || endet && ist_kosten(satz.text()))
}
