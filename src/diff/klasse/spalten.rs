//! Columns of tables that came or went: of which rows they are all that changed.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diff::gliederung::{Form, Gliederung, gliedere};
use crate::diff::redline::{ist_strich, zellen};
use crate::diff::stellen::{Paar, block_bei};
use crate::diff::text::Block;

/// Why a column counts that came.
pub(in crate::diff) const SPALTE_NEU: &str = "neue Tabellenspalte";
/// Why a column counts that went.
pub(in crate::diff) const SPALTE_WEG: &str = "Tabellenspalte entfällt";

/// For each block of a comparison that only shows a column that came or went, which of both it is.
#[derive(Debug, Default)]
pub(super) struct Spalten(BTreeMap<usize, &'static str>);

/// A block of a comparison with the words of both sides, and whether it is a row of a table.
struct Zeile<'t> {
    alt: Option<&'t str>,
    neu: Option<&'t str>,
    ist_zeile: bool,
}

impl Spalten {
    pub(super) fn aus(paar: &Paar) -> Self {
        let (alt, neu) = (paar.alter_text(), paar.neuer_text());
        let (ga, gn) = (gliedere(alt), gliedere(neu));
        let zeilen: Vec<Zeile<'_>> = paar
            .vergleich
            .bloecke
            .iter()
            .map(|block| zeile(block, (alt, &ga), (neu, &gn)))
            .collect();
        let mut spalten = Self::default();
        let mut von = 0;
        while von < zeilen.len() {
            let lauf = zeilen.get(von..).unwrap_or_default().iter();
            let bis = von + lauf.take_while(|zeile| zeile.ist_zeile).count();
            spalten.merke(&zeilen, von..bis);
            von = bis.max(von + 1);
        }
        spalten
    }

    /// Which kind of change of columns is all that a block shows.
    pub(super) fn grund(&self, block: usize) -> Option<&'static str> {
        self.0.get(&block).copied()
    }

    /// Looks at the rows of one table.
    fn merke(&mut self, zeilen: &[Zeile<'_>], tabelle: Range<usize>) {
        let reihen = zeilen.get(tabelle.clone()).unwrap_or_default();
        let kopf = reihen.iter().find_map(|zeile| zeile.alt.zip(zeile.neu));
        let Some((alter, neuer)) = kopf.map(|(a, n)| (zellen(a), zellen(n))) else {
            return;
        };
        let (ist_neu, stellen) = match eingefuegte(&alter, &neuer) {
            Some(stellen) => (true, stellen),
            None => match eingefuegte(&neuer, &alter) {
                Some(stellen) => (false, stellen),
                None => return,
            },
        };
        let grund = if ist_neu { SPALTE_NEU } else { SPALTE_WEG };
        let ohne = |zeile: &str| -> Vec<String> {
            let alle = zellen(zeile).into_iter().enumerate();
            alle.filter(|(i, _)| !stellen.contains(i))
                .map(|(_, zelle)| zelle)
                .collect()
        };
        for (i, zeile) in tabelle.clone().zip(reihen) {
            let ist_erklaert = match (zeile.alt, zeile.neu) {
                (Some(alt), Some(neu)) if ist_neu => ohne(neu) == zellen(alt),
                (Some(alt), Some(neu)) => ohne(alt) == zellen(neu),
                (Some(einer), None) | (None, Some(einer)) => ist_strich(einer),
                (None, None) => false,
            };
            if ist_erklaert {
                self.0.insert(i, grund);
            }
        }
        // How wide the columns are goes with how many there are.
        for i in (0..tabelle.start).rev() {
            let ist_breite = zeilen.get(i).is_some_and(|zeile| {
                let texte = [zeile.alt, zeile.neu];
                texte.into_iter().flatten().all(|text| {
                    let innen = text.trim().trim_start_matches("<!--").trim_start();
                    text.trim().starts_with("<!--") && innen.starts_with("spalten:")
                })
            });
            if !ist_breite {
                break;
            }
            self.0.insert(i, grund);
        }
    }
}

fn zeile<'t>(
    block: &Block,
    (alt, ga): (&'t str, &Gliederung),
    (neu, gn): (&'t str, &Gliederung),
) -> Zeile<'t> {
    let roh = |text: &'t str, gliederung: &Gliederung, bereich: &Option<Range<usize>>| {
        let bereich = bereich.as_ref()?;
        let form = block_bei(gliederung, bereich.start).and_then(|i| gliederung.bloecke.get(i));
        let ist_zeile = form.is_some_and(|block| block.form == Form::Zeile);
        Some((text.get(bereich.clone())?.trim(), ist_zeile))
    };
    let (alt, neu) = (roh(alt, ga, &block.alt), roh(neu, gn, &block.neu));
    Zeile {
        ist_zeile: [alt, neu].iter().flatten().all(|(_, ist_zeile)| *ist_zeile),
        alt: alt.map(|(text, _)| text),
        neu: neu.map(|(text, _)| text),
    }
}

/// The places of the cells that a longer row has more than a shorter one; none if it is not the same row with more cells.
fn eingefuegte(kurz: &[String], lang: &[String]) -> Option<Vec<usize>> {
    if kurz.len() >= lang.len() {
        return None;
    }
    let mut rest = kurz.iter().peekable();
    let mut stellen = Vec::new();
    for (i, zelle) in lang.iter().enumerate() {
        if rest.next_if_eq(&zelle).is_none() {
            stellen.push(i);
        }
    }
    rest.peek().is_none().then_some(stellen)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHMAL: &str =
        "<!-- spalten: 1 2 -->\n\n| Bieter | Preis |\n|---|--:|\n| 1 | 90 |\n| 2 | 89 |\n";
    const BREIT: &str = "<!-- spalten: 1 1 2 -->\n\n| Bieter | Rang | Preis |\n|---|---|--:|\n| 1 | 2 | 90 |\n| 2 | 1 | 88 |\n";

    fn gruende(alt: &str, neu: &str) -> Vec<Option<&'static str>> {
        let paar = Paar::neu("p", "P", Some(alt), Some(neu));
        let spalten = Spalten::aus(&paar);
        (0..paar.vergleich.bloecke.len())
            .map(|i| spalten.grund(i))
            .collect()
    }

    #[test]
    fn a_column_that_came_explains_the_rows_in_which_nothing_else_changed() {
        let gruende = gruende(SCHMAL, BREIT);
        assert!(gruende.iter().flatten().all(|grund| *grund == SPALTE_NEU));
        assert_eq!(gruende.last(), Some(&None), "{gruende:?}");
        assert!(gruende.iter().flatten().count() >= 4, "{gruende:?}");
    }

    #[test]
    fn a_column_that_went_is_told_so() {
        let gruende = gruende(BREIT, SCHMAL);
        assert!(gruende.iter().flatten().all(|grund| *grund == SPALTE_WEG));
        assert!(gruende.iter().flatten().count() >= 4, "{gruende:?}");
    }

    #[test]
    fn another_cell_is_no_column() {
        assert!(
            gruende(SCHMAL, &SCHMAL.replace("Preis", "Betrag"))
                .iter()
                .all(Option::is_none)
        );
    }
}
