//! Changes of one sentence are one change: which words of a text belong together.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

/// What tells one change of words from another, old and new. All places of a sentence hold the same one, which is known
/// without reading it.
#[derive(Debug, Clone)]
pub(super) struct Wortlaut(Arc<(String, String)>);

impl Wortlaut {
    pub(super) fn neu(alter: String, neuer: String) -> Self {
        Self(Arc::new((alter, neuer)))
    }

    pub(super) fn texte(&self) -> &(String, String) {
        &self.0
    }
}

impl Ord for Wortlaut {
    fn cmp(&self, anderer: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &anderer.0) {
            Ordering::Equal
        } else {
            self.0.cmp(&anderer.0)
        }
    }
}

impl PartialOrd for Wortlaut {
    fn partial_cmp(&self, anderer: &Self) -> Option<Ordering> {
        Some(self.cmp(anderer))
    }
}

impl PartialEq for Wortlaut {
    fn eq(&self, anderer: &Self) -> bool {
        self.cmp(anderer).is_eq()
    }
}

impl Eq for Wortlaut {}

/// The changed words of each sentence, and the sentences that became paragraphs or the other way round.
#[derive(Debug, Default)]
pub(super) struct Saetze {
    worte: BTreeMap<Satz, Wortlaut>,
    /// By pair of papers and block.
    enden: BTreeMap<(usize, usize), Vec<Satzende>>,
    geteilt: BTreeSet<Ort>,
}

impl Saetze {
    pub(super) fn aus(
        plaene: &[Lageplan<'_>],
        stellen: &[(&Rohstelle, &Schuld, Klasse, &'static str)],
    ) -> Self {
        let mut worte: BTreeMap<Satz, (Vec<String>, Vec<String>)> = BTreeMap::new();
        let mut enden: BTreeMap<(usize, usize), Vec<Satzende>> = BTreeMap::new();
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
            let enden = enden.entry((stelle.paar, stelle.block)).or_insert_with(|| {
                let bloecke = &plan.paar.vergleich.bloecke;
                let neu = bloecke
                    .get(stelle.block)
                    .and_then(|block| block.neu.clone());
                let text = neu.and_then(|neu| plan.paar.neuer_text().get(neu));
                satzenden(text.unwrap_or_default())
            });
            if let Some(satz) = satz(enden, plan, stelle, *klasse, grund) {
                let (alte, neue) = worte.entry(satz).or_default();
                alte.push(alt);
                neue.push(neu);
            }
        }
        // A sentence that leaves one paragraph for another may say something else there; one that becomes a paragraph
        // of its own, or was one, says the same.
        let ([satz_weg, absatz_weg], [satz_dazu, absatz_dazu]) = (&weg, &dazu);
        let geteilt = satz_weg
            .intersection(absatz_dazu)
            .chain(absatz_weg.intersection(satz_dazu))
            .filter(|(_, _, text)| text.chars().count() >= KUERZESTER)
            .cloned()
            .collect();
        let worte = worte.into_iter().map(|(satz, (alte, neue))| {
            let wortlaut = Wortlaut::neu(alte.join(" … "), neue.join(" … "));
            (satz, wortlaut)
        });
        Self {
            worte: worte.collect(),
            enden,
            geteilt,
        }
    }

    /// What tells the change of a sentence from others: all words of its class that changed in it.
    pub(super) fn wortlaut(
        &self,
        plan: &Lageplan<'_>,
        stelle: &Rohstelle,
        klasse: Klasse,
        grund: &str,
    ) -> Option<Wortlaut> {
        if grund == GETEILT {
            let text = [&stelle.alter_text, &stelle.neuer_text].map(|text| kern(text));
            return Some(Wortlaut::neu(GETEILT.to_owned(), text.concat()));
        }
        let enden = self.enden.get(&(stelle.paar, stelle.block))?;
        let satz = satz(enden, plan, stelle, klasse, grund)?;
        self.worte.get(&satz).cloned()
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

/// The sentence of a change. `None` where its reason alone tells what it is.
fn satz(
    enden: &[Satzende],
    plan: &Lageplan<'_>,
    stelle: &Rohstelle,
    klasse: Klasse,
    grund: &str,
) -> Option<Satz> {
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
    let anfang = satzanfang(enden, stelle.neu.start.checked_sub(von)?);
    Some((stelle.paar, stelle.block, anfang, klasse))
}

/// Where sentences of a text may end, in bytes.
#[derive(Debug)]
struct Satzende {
    /// Behind the full stop.
    at: usize,
    /// Where the next word begins.
    danach: usize,
    /// Whether that word begins as a sentence does.
    beginnt_neu: bool,
}

fn satzenden(text: &str) -> Vec<Satzende> {
    let zeichen = text.match_indices(['.', '!', '?']);
    zeichen
        .filter_map(|(at, zeichen)| {
            let wort = text
                .get(..at)?
                .rsplit(|c: char| !c.is_alphanumeric())
                .next();
            let wort = wort.unwrap_or_default();
            // „Abs. 2“, „z. B.“, „9. November“ end nothing.
            let ist_abkuerzung = zeichen == "."
                && (wort.chars().count() <= 3 || wort.chars().all(|c| c.is_ascii_digit()));
            let at = at + zeichen.len();
            let rest = text.get(at..)?;
            let danach = rest.trim_start();
            let beginn = danach.chars().next();
            (!ist_abkuerzung && danach.len() < rest.len()).then(|| Satzende {
                at,
                danach: text.len() - danach.len(),
                beginnt_neu: beginn.is_none_or(|c| c.is_uppercase() || c == '„'),
            })
        })
        .collect()
}

/// Where the sentence begins in which a byte stands. What comes behind it is no matter of that sentence.
fn satzanfang(enden: &[Satzende], byte: usize) -> usize {
    let davor = enden.partition_point(|ende| ende.at < byte);
    let davor = enden.get(..davor).unwrap_or_default();
    let letztes = davor
        .iter()
        .rfind(|ende| ende.beginnt_neu || byte <= ende.danach);
    letztes.map_or(0, |ende| ende.at)
}
