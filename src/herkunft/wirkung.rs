//! Which words of the papers move when values are other ones.

use std::collections::BTreeMap;
use std::ops::Range;

use super::versuche::Versuch;
use crate::diagnostic::Stelle;
use crate::diff::text::{Block, Blockart, Stueck};
use crate::diff::{Paar, paare};
use crate::pipeline::entwurf::{Probedruck, Werkbank};
use crate::source::{Sources, line_range};
use crate::template::Papier;

/// What a trial moves.
#[derive(Debug, Clone, Default)]
pub(super) struct Wirkung {
    /// The moved bytes of each paper, by its index, in order.
    pub(super) bewegt: BTreeMap<usize, Vec<Range<usize>>>,
    /// The papers that are not made any more, by index.
    pub(super) weg: Vec<usize>,
    /// Whether a paper failed and nothing tells which of its text is the reason.
    pub(super) ungeklaert: bool,
}

/// What a trial moves; `None` if such a matter cannot be built.
pub(super) fn wirkung(werkbank: &Werkbank, versuch: &Versuch) -> Option<Wirkung> {
    probe(werkbank, versuch).filter(|wirkung| !wirkung.ungeklaert)
}

/// What a trial moves in those papers that it leaves sound, or that tell why they fail; `None` if the facts themselves are
/// at fault.
pub(super) fn probe(werkbank: &Werkbank, versuch: &Versuch) -> Option<Wirkung> {
    let druck = werkbank.mit(&versuch.tausche)?;
    let befunde = &druck.befunde;
    let mut wirkung = unterschied(werkbank.papiere(), &druck);
    if befunde.is_empty() {
        return Some(wirkung);
    }
    // A paper that fails is no paper less: its text asks for something that is not there now, and so depends on it.
    let gescheitert = std::mem::take(&mut wirkung.weg);
    let mut gefunden = false;
    for befund in befunde {
        let Stelle::Datei { datei, bereich } = &befund.stelle else {
            continue;
        };
        for i in &gescheitert {
            let Some(papier) = werkbank.papiere().get(*i) else {
                continue;
            };
            let getroffen = scheitert(werkbank.quellen(), papier, datei, bereich.start);
            gefunden |= !getroffen.is_empty();
            let bewegt = wirkung.bewegt.entry(*i).or_default();
            bewegt.extend(getroffen);
            *bewegt = vereint(std::mem::take(bewegt));
        }
    }
    wirkung.bewegt.retain(|_, bewegt| !bewegt.is_empty());
    // Beside one that fails another may be one less.
    let uebrige = gescheitert.into_iter();
    let uebrige = uebrige.filter(|i| !wirkung.bewegt.contains_key(i));
    wirkung.weg = uebrige
        .filter(|i| {
            let papier = werkbank.papiere().get(*i);
            papier.is_some_and(|papier| werkbank.entfaellt(papier, &versuch.tausche))
        })
        .collect();
    wirkung.ungeklaert = !gefunden;
    Some(wirkung)
}

/// What a line of a template or of prose made in a paper: its expressions, else all of it.
fn scheitert(quellen: &Sources, papier: &Papier, datei: &str, at: usize) -> Vec<Range<usize>> {
    let Some(quelle) = quellen.get(datei) else {
        return Vec::new();
    };
    let zeile = line_range(&quelle.text, quelle.line_column(at).line);
    let hier = papier
        .spuren
        .iter()
        .filter(|(_, ursprung)| *ursprung.datei == *datei && zeile.contains(&ursprung.offset));
    let genau: Vec<_> = hier
        .clone()
        .filter(|(_, ursprung)| ursprung.ausdruck && ursprung.offset <= at)
        .collect();
    // The expression that fails is the last one that begins before the fault.
    let letzter = genau.iter().map(|(_, ursprung)| ursprung.offset).max();
    match letzter {
        Some(offset) => genau
            .into_iter()
            .filter(|(_, ursprung)| ursprung.offset == offset)
            .map(|(spur, _)| spur.clone())
            .collect(),
        None => hier.map(|(spur, _)| spur.clone()).collect(),
    }
}

/// What became of those papers that are asked for.
fn unterschied(gefragte: &[Papier], druck: &Probedruck<'_>) -> Wirkung {
    let mut wirkung = Wirkung::default();
    for paar in paare(druck.alte, &druck.neue) {
        let Some(i) = gefragte
            .iter()
            .position(|papier| paar.alt.is_some() && papier.name == paar.kennung())
        else {
            continue;
        };
        if paar.neu.is_none() {
            wirkung.weg.push(i);
            continue;
        }
        let bewegt = bewegt(&paar);
        if !bewegt.is_empty() {
            wirkung.bewegt.insert(i, bewegt);
        }
    }
    wirkung
}

/// The bytes of the old paper whose words are not there any more, or that something was put in between.
fn bewegt(paar: &Paar) -> Vec<Range<usize>> {
    let alt = paar.alt.as_deref().unwrap_or_default();
    let bloecke = paar.vergleich.bloecke.iter();
    let mut bereiche: Vec<_> = bloecke.flat_map(|block| im_block(block, alt)).collect();
    bereiche.retain(|bereich| {
        alt.get(bereich.clone())
            .is_some_and(|text| !text.trim().is_empty())
    });
    vereint(bereiche)
}

fn im_block(block: &Block, alt: &str) -> Vec<Range<usize>> {
    let ganz = block.alt.clone();
    if block.art == Blockart::Weg {
        return ganz.into_iter().collect();
    }
    let Some(ganz) = ganz else {
        return Vec::new();
    };
    let mut bereiche = Vec::new();
    let mut stelle = ganz.start;
    for (i, stueck) in block.stuecke.iter().enumerate() {
        // What is put in for other words has moved these, not their neighbours.
        let neben = [i.checked_sub(1), i.checked_add(1)].into_iter().flatten();
        let ersetzt = neben
            .filter_map(|i| block.stuecke.get(i))
            .any(|stueck| matches!(stueck, Stueck::Weg(_)));
        match stueck {
            Stueck::Gleich { alt, .. } => stelle = alt.end,
            Stueck::Weg(weg) => {
                bereiche.push(weg.clone());
                stelle = weg.end;
            }
            Stueck::Neu { .. } if ersetzt => {}
            Stueck::Neu { .. } => bereiche.push(naht(alt, stelle, &ganz)),
        }
    }
    bereiche
}

/// The words on both sides of a place where something was put in.
fn naht(text: &str, stelle: usize, block: &Range<usize>) -> Range<usize> {
    let davor = text.get(block.start..stelle).unwrap_or_default();
    let dahinter = text.get(stelle..block.end).unwrap_or_default();
    let wort = |c: char| !c.is_whitespace();
    let links = davor.trim_end();
    let von = links.rfind(char::is_whitespace).map_or(0, |at| {
        at + links
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8)
    });
    let rechts = dahinter.find(wort).unwrap_or(dahinter.len());
    let bis = dahinter
        .get(rechts..)
        .and_then(|rest| rest.find(char::is_whitespace))
        .map_or(dahinter.len(), |at| rechts + at);
    block.start + von..stelle + bis
}

/// Ranges in order, those that touch put together.
pub(super) fn vereint(mut bereiche: Vec<Range<usize>>) -> Vec<Range<usize>> {
    bereiche.sort_by_key(|bereich| (bereich.start, bereich.end));
    let mut vereint: Vec<Range<usize>> = Vec::new();
    for bereich in bereiche {
        match vereint.last_mut() {
            Some(voriger) if bereich.start <= voriger.end => {
                voriger.end = voriger.end.max(bereich.end);
            }
            _ => vereint.push(bereich),
        }
    }
    vereint
}

/// What of `bereiche` is in none of the others; both in order.
pub(super) fn ohne(bereiche: &[Range<usize>], andere: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut rest = Vec::new();
    for bereich in bereiche {
        let mut von = bereich.start;
        for weg in andere.iter().filter(|weg| beruehrt(weg, bereich)) {
            if von < weg.start {
                rest.push(von..weg.start);
            }
            von = von.max(weg.end);
        }
        if von < bereich.end {
            rest.push(von..bereich.end);
        }
    }
    rest
}

/// Whether two ranges have a byte in common.
pub(super) fn beruehrt(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
