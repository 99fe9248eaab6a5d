//! Differences of the facts and files as causes that people can look up.

use super::herkunft::Herkunft;
use crate::diff::daten::{Dateiart, Ort, Unterschied as Faktum, Unterschiedsart, Wert};
use crate::diff::{Quelle, Ursachenart};
use crate::input::{self, Betrag};

/// Longest value that is shown whole.
const KURZ: usize = 160;

/// Two spellings of one amount: the model keeps how many decimals were typed.
pub(super) fn ist_derselbe_betrag(faktum: &Faktum) -> bool {
    let betrag = |wert: &Option<Wert>| {
        wert.as_ref()
            .and_then(|wert| wert.text()?.parse::<Betrag>().ok())
            .map(Betrag::euro)
    };
    let (alt, neu) = (betrag(&faktum.alt), betrag(&faktum.neu));
    alt.is_some() && alt == neu
}

pub(super) fn art(faktum: &Faktum) -> Ursachenart {
    match faktum.datei {
        Some(Dateiart::Text) => Ursachenart::Text,
        Some(Dateiart::Vorlage) => Ursachenart::Vorlage,
        Some(Dateiart::Sonstige) => Ursachenart::Datei,
        None if faktum.pfad.starts_with("stammdaten.recht") => Ursachenart::Recht,
        None => Ursachenart::Daten,
    }
}

/// The line of a file that made the change: the one from which the paper has the changed words, if that line is another
/// one now; else the first changed one that has them, else the first changed one.
fn geaenderte_zeile(
    faktum: &Faktum,
    wortlaut: Option<&(String, String)>,
    herkunft: &Herkunft,
) -> Option<usize> {
    let [Some(alt), Some(neu)] = &faktum.inhalt else {
        return None;
    };
    let (alt, neu) = (text(faktum, alt)?, text(faktum, neu)?);
    let (alte, neue): (Vec<&str>, Vec<&str>) = (alt.lines().collect(), neu.lines().collect());
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &alte, &neue);
    let geaendert = || {
        ops.iter()
            .filter(|op| !matches!(op, similar::DiffOp::Equal { .. }))
    };
    // Lines count from 0 here.
    let mut aus_neu = herkunft.neu.iter().map(|at| zeilen_vor(&neu, *at));
    let in_neu = aus_neu.find(|zeile| geaendert().any(|op| op.new_range().contains(zeile)));
    let mut aus_alt = herkunft.alt.iter().map(|at| zeilen_vor(&alt, *at));
    let in_alt = || {
        aus_alt.find_map(|zeile| {
            let op = geaendert().find(|op| op.old_range().contains(&zeile))?;
            let (a, n) = (op.old_range(), op.new_range());
            let weit = (zeile - a.start).min(n.len().saturating_sub(1));
            Some(n.start + weit)
        })
    };
    if let Some(zeile) = in_neu.or_else(in_alt) {
        return Some(zeile + 1);
    }
    let mut erste = None;
    for op in geaendert() {
        erste = erste.or(Some(op.new_range().start + 1));
        let hat = |zeilen: &[&str], wort: &str| {
            let wort = wort.split(" … ").next().unwrap_or_default();
            let wort = wort.split_whitespace().next().unwrap_or_default();
            zeilen
                .iter()
                .position(|z| !wort.is_empty() && z.contains(wort))
        };
        if let Some((alter, neuer)) = wortlaut {
            let in_neu = neue.get(op.new_range()).and_then(|z| hat(z, neuer));
            let in_alt = alte.get(op.old_range()).and_then(|z| hat(z, alter));
            if let Some(at) = in_neu {
                return Some(op.new_range().start + at + 1);
            }
            if neuer.is_empty() && in_alt.is_some() {
                return Some(op.new_range().start + 1);
            }
        }
    }
    erste
}

/// A file as the program reads it.
fn text(faktum: &Faktum, bytes: &[u8]) -> Option<String> {
    let quelle = input::read(faktum.ort.datei.as_str().into(), bytes).ok()?;
    Some(quelle.text.to_string())
}

fn zeilen_vor(text: &str, byte: usize) -> usize {
    let davor = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
    davor.iter().filter(|b| **b == b'\n').count()
}

pub(super) fn quelle(
    faktum: &Faktum,
    wortlaut: Option<&(String, String)>,
    herkunft: &Herkunft,
) -> Quelle {
    let kurz = |wert: &Wert| {
        let text = wert.kurz();
        if text.chars().count() <= KURZ {
            return text;
        }
        let anfang: String = text.chars().take(KURZ).collect();
        format!("{anfang} …")
    };
    Quelle {
        ort: Ort {
            datei: faktum.ort.datei.clone(),
            zeile: geaenderte_zeile(faktum, wortlaut, herkunft).unwrap_or(faktum.ort.zeile),
        },
        pfad: lesbar(&faktum.pfad, &faktum.ort.datei),
        alt: faktum.alt.as_ref().map(kurz),
        neu: faktum.neu.as_ref().map(kurz),
        umgestellt: faktum.art == Unterschiedsart::Umgestellt,
    }
}

/// The way as it stands in the file, without the steps that only this program takes.
fn lesbar(pfad: &str, datei: &str) -> String {
    let drucksache = pfad.strip_prefix("drucksachen.").and_then(|rest| {
        let eigene = rest
            .strip_prefix(datei)
            .and_then(|rest| rest.strip_prefix('.'));
        eigene.or_else(|| {
            Some(
                rest.split_once(".yaml.")
                    .or_else(|| rest.split_once(".yml."))?
                    .1,
            )
        })
    });
    drucksache
        .or_else(|| pfad.strip_prefix("vorgang."))
        .or_else(|| pfad.strip_prefix("stammdaten."))
        .unwrap_or(pfad)
        .to_owned()
}
