//! Changes of one sentence are one change: which words of a text belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::Schuld;
use crate::diff::gliederung::{Gliederung, label};
use crate::diff::klasse::{Klasse, LEERRAUM};
use crate::diff::stellen::{Lageplan, Rohstelle, Stellenart, block_bei};

/// Why a sentence that only stands in a paragraph of its own counts little.
const GETEILT: &str = "Absatz geteilt oder verbunden";
/// The shortest text that is known again elsewhere, in characters.
const KUERZESTER: usize = 12;

/// Which sentence, and which class of its changes.
type Satz = (usize, usize, usize, Klasse);

/// A text with its pair of papers and the key or title of its section.
type Ort = (usize, String, String);

/// Texts that stood within paragraphs, and texts that were paragraphs.
type Herkuenfte = [BTreeSet<Ort>; 2];

/// The changed words of each sentence, and the sentences that became paragraphs or the other way round.
#[derive(Debug, Default)]
pub(super) struct Saetze {
    worte: BTreeMap<Satz, (Vec<String>, Vec<String>)>,
    geteilt: BTreeSet<Ort>,
}

impl Saetze {
    pub(super) fn aus(
        plaene: &[Lageplan<'_>],
        stellen: &[(&Rohstelle, &Schuld, Klasse, &'static str)],
    ) -> Self {
        let mut saetze = Self::default();
        let mut weg: Herkuenfte = [BTreeSet::new(), BTreeSet::new()];
        let mut dazu: Herkuenfte = [BTreeSet::new(), BTreeSet::new()];
        for (stelle, _, klasse, grund) in stellen {
            let Some(plan) = plaene.get(stelle.paar) else {
                continue;
            };
            let (alt, neu) = (kern(&stelle.alter_text), kern(&stelle.neuer_text));
            let [in_absaetzen, eigene] = &mut weg;
            let [in_neuen_absaetzen, neue_eigene] = &mut dazu;
            match stelle.art {
                Stellenart::Wortlaut if neu.is_empty() => {
                    in_absaetzen.insert(ort(stelle, &plan.alt, stelle.alt.start, &alt))
                }
                Stellenart::Wortlaut if alt.is_empty() => {
                    in_neuen_absaetzen.insert(ort(stelle, &plan.neu, stelle.neu.start, &neu))
                }
                Stellenart::Weg => eigene.insert(ort(stelle, &plan.alt, stelle.alt.start, &alt)),
                Stellenart::Neu => {
                    neue_eigene.insert(ort(stelle, &plan.neu, stelle.neu.start, &neu))
                }
                _ => false,
            };
            if let Some(satz) = satz(plan, stelle, *klasse, grund) {
                let (alte, neue) = saetze.worte.entry(satz).or_default();
                alte.push(alt);
                neue.push(neu);
            }
        }
        // A sentence that leaves one paragraph for another may say something else there; one that becomes a paragraph
        // of its own, or was one, says the same.
        let ([satz_weg, absatz_weg], [satz_dazu, absatz_dazu]) = (&weg, &dazu);
        saetze.geteilt = satz_weg
            .intersection(absatz_dazu)
            .chain(absatz_weg.intersection(satz_dazu))
            .filter(|(_, _, text)| text.chars().count() >= KUERZESTER)
            .cloned()
            .collect();
        saetze
    }

    /// What tells the change of a sentence from others: all words of its class that changed in it.
    pub(super) fn wortlaut(
        &self,
        plan: &Lageplan<'_>,
        stelle: &Rohstelle,
        klasse: Klasse,
        grund: &str,
    ) -> Option<(String, String)> {
        if grund == GETEILT {
            let text = [&stelle.alter_text, &stelle.neuer_text].map(|text| kern(text));
            return Some((GETEILT.to_owned(), text.concat()));
        }
        let (alte, neue) = self.worte.get(&satz(plan, stelle, klasse, grund)?)?;
        Some((alte.join(" … "), neue.join(" … ")))
    }

    /// The class of words that left one paragraph and are another now.
    pub(super) fn geteilt(
        &self,
        plan: &Lageplan<'_>,
        stelle: &Rohstelle,
        klasse: Klasse,
    ) -> Option<(Klasse, &'static str)> {
        let (alt, neu) = (kern(&stelle.alter_text), kern(&stelle.neuer_text));
        let ort = match stelle.art {
            Stellenart::Wortlaut if neu.is_empty() => {
                ort(stelle, &plan.alt, stelle.alt.start, &alt)
            }
            Stellenart::Wortlaut if alt.is_empty() => {
                ort(stelle, &plan.neu, stelle.neu.start, &neu)
            }
            Stellenart::Weg => ort(stelle, &plan.alt, stelle.alt.start, &alt),
            Stellenart::Neu => ort(stelle, &plan.neu, stelle.neu.start, &neu),
            _ => return None,
        };
        // Only whole sentences may stand alone.
        let ganz = ort.2.ends_with(['.', '!', '?']) && plan.paar.alt.is_some();
        (ganz && klasse == Klasse::Materiell && self.geteilt.contains(&ort))
            .then_some((Klasse::Redaktionell, GETEILT))
    }
}

fn ort(stelle: &Rohstelle, gliederung: &Gliederung, byte: usize, text: &str) -> Ort {
    let abschnitt = block_bei(gliederung, byte)
        .and_then(|block| gliederung.bloecke.get(block))
        .and_then(|block| gliederung.abschnitte.get(block.abschnitt));
    let name = abschnitt.map(|abschnitt| match &abschnitt.schluessel {
        Some(schluessel) => schluessel.clone(),
        None => abschnitt.name(),
    });
    (stelle.paar, name.unwrap_or_default(), text.to_owned())
}

/// The words without a label before them and blank space around them.
fn kern(text: &str) -> String {
    let text = text.trim();
    let ohne = label(text).and_then(|laenge| text.get(laenge..));
    let worte: Vec<&str> = ohne.unwrap_or(text).split_whitespace().collect();
    worte.join(" ")
}

fn satz(plan: &Lageplan<'_>, stelle: &Rohstelle, klasse: Klasse, grund: &str) -> Option<Satz> {
    let fuer_sich = matches!(
        grund,
        "Umnummerierung"
            | "Auszeichnung"
            | "Schreibweise"
            | "Amtsform"
            | "Satzanweisung"
            | "Reihenfolge einer Aufzählung"
            | LEERRAUM
    );
    if stelle.art != Stellenart::Wortlaut || fuer_sich {
        return None;
    }
    let block = plan.paar.vergleich.bloecke.get(stelle.block)?;
    let von = block.neu.as_ref()?.start;
    let davor = plan.paar.neuer_text().get(von..stelle.neu.start)?;
    Some((stelle.paar, stelle.block, satzanfang(davor), klasse))
}

/// Where the sentence begins in which a text ends, in bytes.
fn satzanfang(davor: &str) -> usize {
    let mut anfang = 0;
    for (at, zeichen) in davor.match_indices(['.', '!', '?']) {
        let danach = davor.get(at + zeichen.len()..).unwrap_or_default();
        let wort = davor.get(..at).unwrap_or_default();
        let wort = wort
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        // „Abs. 2“, „z. B.“, „9. November“ end nothing.
        let ist_abkuerzung = zeichen == "."
            && (wort.chars().count() <= 3 || wort.chars().all(|c| c.is_ascii_digit()));
        let beginnt_neu = danach.starts_with(char::is_whitespace)
            && danach
                .trim_start()
                .chars()
                .next()
                .is_none_or(|c| c.is_uppercase() || c == '„');
        if !ist_abkuerzung && beginnt_neu {
            anfang = at + zeichen.len();
        }
    }
    anfang
}
