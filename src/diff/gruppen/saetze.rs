//! Changes of one sentence are one change: which words of a text belong together.

use std::collections::{BTreeMap, BTreeSet};

use super::Schuld;
use crate::diff::gliederung::label;
use crate::diff::klasse::{Klasse, LEERRAUM};
use crate::diff::stellen::{Lageplan, Rohstelle, Stellenart};

/// Why a sentence that only stands in a paragraph of its own counts little.
const GETEILT: &str = "Absatz geteilt oder verbunden";
/// The shortest text that is known again elsewhere, in characters.
const KUERZESTER: usize = 12;

/// Which sentence, and which class of its changes.
type Satz = (usize, usize, usize, Klasse);

/// The changed words of each sentence, and the sentences that became paragraphs or the other way round.
#[derive(Debug, Default)]
pub(super) struct Saetze {
    worte: BTreeMap<Satz, (Vec<String>, Vec<String>)>,
    geteilt: BTreeSet<(usize, String)>,
}

impl Saetze {
    pub(super) fn aus(
        plaene: &[Lageplan<'_>],
        stellen: &[(&Rohstelle, &Schuld, Klasse, &'static str)],
    ) -> Self {
        let mut saetze = Self::default();
        let mut weg = BTreeSet::new();
        let mut dazu = BTreeSet::new();
        for (stelle, _, klasse, grund) in stellen {
            let Some(plan) = plaene.get(stelle.paar) else {
                continue;
            };
            let (alt, neu) = (kern(&stelle.alter_text), kern(&stelle.neuer_text));
            match stelle.art {
                Stellenart::Wortlaut if neu.is_empty() => weg.insert((stelle.paar, alt.clone())),
                Stellenart::Wortlaut if alt.is_empty() => dazu.insert((stelle.paar, neu.clone())),
                Stellenart::Weg => weg.insert((stelle.paar, alt.clone())),
                Stellenart::Neu => dazu.insert((stelle.paar, neu.clone())),
                _ => false,
            };
            if let Some(satz) = satz(plan, stelle, *klasse, grund) {
                let (alte, neue) = saetze.worte.entry(satz).or_default();
                alte.push(alt);
                neue.push(neu);
            }
        }
        saetze.geteilt = weg
            .intersection(&dazu)
            .filter(|(_, text)| text.chars().count() >= KUERZESTER)
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
        let text = match stelle.art {
            Stellenart::Wortlaut if neu.is_empty() => alt,
            Stellenart::Wortlaut if alt.is_empty() => neu,
            Stellenart::Weg => alt,
            Stellenart::Neu => neu,
            _ => return None,
        };
        // Only whole sentences may stand alone.
        let ganz = text.ends_with(['.', '!', '?']) && plan.paar.alt.is_some();
        (ganz && klasse == Klasse::Materiell && self.geteilt.contains(&(stelle.paar, text)))
            .then_some((Klasse::Redaktionell, GETEILT))
    }
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
