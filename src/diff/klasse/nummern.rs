//! Which §, Absatz or annex bears which other number in the new text.

use std::collections::BTreeMap;

use crate::diff::gliederung::{Gliederung, gliedere};
use crate::diff::stellen::{Paar, block_bei};
use crate::diff::text::umnummerierung;

/// What bears another number in the new text of a paper.
#[derive(Debug, Default)]
pub(super) struct Nummern {
    /// Old and new number of each §.
    pub(super) paragrafen: BTreeMap<u32, u32>,
    /// § and Absatz, old and new.
    pub(super) absaetze: BTreeMap<(u32, u32), (u32, u32)>,
    /// Old and new number of each annex that is called by name beside its number: „Kostenübersicht (Anlage 2)“.
    pub(super) anlagen: BTreeMap<u32, u32>,
}

impl Nummern {
    pub(super) fn aus(paar: &Paar) -> Self {
        let (alt, neu) = (paar.alter_text(), paar.neuer_text());
        let (ga, gn) = (gliedere(alt), gliedere(neu));
        let absatz = |gliederung: &Gliederung, text: &str, ab: usize| {
            let block = gliederung.bloecke.get(block_bei(gliederung, ab)?)?;
            // Only the block that bears the label is the Absatz itself.
            text.get(block.inhalt.clone())?.strip_prefix('(')?;
            let abschnitt = gliederung.abschnitte.get(block.abschnitt)?;
            Some((abschnitt.paragraf()?, block.absatz?))
        };
        let absaetze = paar.vergleich.bloecke.iter().filter_map(|block| {
            let (a, n) = (block.alt.as_ref()?, block.neu.as_ref()?);
            Some((absatz(&ga, alt, a.start)?, absatz(&gn, neu, n.start)?))
        });
        let (alte, neue) = (benannte_anlagen(alt), benannte_anlagen(neu));
        let mut anlagen: BTreeMap<u32, Option<u32>> = BTreeMap::new();
        for (name, nummer) in &alte {
            let neue = neue.get(name).copied().flatten();
            if let (Some(alte), Some(neue)) = (nummer, neue) {
                // Two names that tell different stories of one number tell nothing.
                anlagen
                    .entry(*alte)
                    .and_modify(|bekannt| *bekannt = bekannt.filter(|b| *b == neue))
                    .or_insert(Some(neue));
            }
        }
        Self {
            paragrafen: umnummerierung(alt, neu),
            absaetze: absaetze.collect(),
            anlagen: anlagen
                .into_iter()
                .filter_map(|(alte, neue)| Some((alte, neue?)))
                .collect(),
        }
    }
}

/// The numbers of annexes by the name that stands before them; none for a name with several.
fn benannte_anlagen(text: &str) -> BTreeMap<&str, Option<u32>> {
    let mut anlagen = BTreeMap::new();
    for (at, _) in text.match_indices("(Anlage ") {
        let davor = text.get(..at).unwrap_or_default().trim_end();
        let name = davor
            .rsplit(|c: char| !c.is_alphanumeric() && c != '-')
            .next()
            .unwrap_or_default();
        let danach = text.get(at + "(Anlage ".len()..).unwrap_or_default();
        let ziffern = danach
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap_or_default();
        if let Ok(nummer) = ziffern.parse::<u32>()
            && name.chars().next().is_some_and(char::is_uppercase)
        {
            anlagen
                .entry(name)
                .and_modify(|bekannt: &mut Option<u32>| *bekannt = bekannt.filter(|b| *b == nummer))
                .or_insert(Some(nummer));
        }
    }
    anlagen
}

/// The § whose Absatz is meant by a number: the one named before it, or else the one in which it stands.
pub(super) fn paragraf_davor(davor: &str, gliederung: &Gliederung, ab: usize) -> Option<u32> {
    let rest = davor.trim_end();
    let rest = rest
        .strip_suffix("Abs.")
        .or_else(|| rest.strip_suffix("Absatz"))?
        .trim_end();
    let ohne = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    match rest.get(ohne.len()..).filter(|ziffern| !ziffern.is_empty()) {
        Some(ziffern) if ohne.trim_end().ends_with('§') => ziffern.parse().ok(),
        // „Art. 28 Abs. 3“ is none of this text.
        Some(_) => None,
        None => {
            let block = gliederung.bloecke.get(block_bei(gliederung, ab)?)?;
            gliederung.abschnitte.get(block.abschnitt)?.paragraf()
        }
    }
}
