//! Which calculation a number in the text of a paper comes from.
//!
//! An amount is known by its cents and by what stands around it: the body named in its row, the year of its column, table
//! or heading. Where this leaves several, all are told.

use std::ops::Range;

use super::{Betrag, Rechenweg, Rechnungen, euro};
use crate::herkunft::Textstelle;
use crate::input::Cent;
use crate::source;
use crate::template::{Bezug, Papier};

/// Most calculations that are told of one amount.
const HOECHSTENS: usize = 3;

impl Rechnungen {
    /// How the amounts and counts in these bytes of a paper came about, each once, and how many further ways there are.
    pub(in crate::herkunft) fn zu(
        &self,
        papier: &Papier,
        bereich: &Range<usize>,
        texte: &[Textstelle],
    ) -> (Vec<Rechenweg>, usize) {
        let mut wege: Vec<Rechenweg> = Vec::new();
        let mut weitere: Vec<Rechenweg> = Vec::new();
        let md = &papier.markdown;
        for betrag in betraege(md, bereich) {
            for (i, weg) in self.zum_betrag(md, &betrag).into_iter().enumerate() {
                let ziel = if i < HOECHSTENS {
                    &mut wege
                } else {
                    &mut weitere
                };
                if !ziel.contains(&weg) {
                    ziel.push(weg);
                }
            }
        }
        weitere.retain(|weg| !wege.contains(weg));
        for weg in texte
            .iter()
            .filter_map(|stelle| self.zum_satz(papier, stelle.ausdruck.as_deref()?))
        {
            if !wege.contains(&weg) {
                wege.push(weg);
            }
        }
        (wege, weitere.len())
    }

    fn zum_betrag(&self, md: &str, (bereich, cent): &(Range<usize>, Cent)) -> Vec<Rechenweg> {
        let gleich = self
            .betraege
            .iter()
            .filter(|b| b.cent.0.abs() == cent.0.abs());
        let lage = Lage::aus(md, bereich.start);
        let jemand = self
            .betraege
            .iter()
            .filter_map(|b| b.wer.as_deref())
            .any(|wer| lage.zeile.contains(wer));
        let punkte = |b: &Betrag| {
            let wer = match &b.wer {
                Some(wer) if lage.zeile.contains(wer.as_str()) => 6,
                None if !jemand => 4,
                _ => 0,
            };
            let jahr = b.jahr.to_string();
            let jahr = match lage.umfeld.iter().position(|text| text.contains(&jahr)) {
                Some(abstand) => 3 - abstand.min(2),
                None => 0,
            };
            let wort = match b.stichwort {
                Some(wort) if lage.alles().any(|text| text.contains(wort)) => 1,
                _ => 0,
            };
            wer + jahr + wort
        };
        let mut gewertet: Vec<(usize, &Betrag)> = gleich.map(|b| (punkte(b), b)).collect();
        let beste = gewertet.iter().map(|(punkte, _)| *punkte).max();
        gewertet.retain(|(punkte, _)| Some(*punkte) == beste);
        let mut wege: Vec<Rechenweg> = Vec::new();
        for (_, betrag) in gewertet {
            if !wege.contains(&betrag.weg) {
                wege.push(betrag.weg.clone());
            }
        }
        wege
    }

    /// The set that an expression speaks of: `{{ bestand.zahlwort }}`.
    fn zum_satz(&self, papier: &Papier, ausdruck: &str) -> Option<Rechenweg> {
        let inhalt = ausdruck
            .strip_prefix("{{")?
            .trim_start_matches('-')
            .trim_start();
        // In „rechnung.tragende.zahlwort“ a loop gives the first name.
        let mut namen = inhalt.split([' ', '|', '}']).next()?.split('.');
        let name = namen.next()?;
        let name = if name == "rechnung" {
            namen.next()?
        } else {
            name
        };
        let vereinbarung = match &papier.bezug {
            Bezug::Vereinbarung(schluessel) => schluessel.as_str(),
            Bezug::Drucksache(nummer) | Bezug::Anlage(nummer, _) => {
                self.vereinbarung_zu.get(&nummer.to_string())?
            }
        };
        let (name, satz) = self.saetze.get(vereinbarung)?.get_key_value(name)?;
        let was = match *name {
            "parteien" => "Parteien der Vereinbarung",
            "bestand" => "Gemeinden, die schon Partei der abgelösten Vereinbarung sind",
            "beitritt" => "Gemeinden, die der abgelösten Vereinbarung nicht angehören",
            _ => "Anwender am Stichtag der Vereinbarung",
        };
        let anteil = satz.anteil.as_ref();
        let namen = satz.namen.iter().map(|name| (name.clone(), String::new()));
        let anteil = anteil.map(|anteil| ("gleicher Anteil".to_owned(), anteil.clone()));
        Some(Rechenweg {
            titel: format!("{was} ({name})"),
            ergebnis: satz.anzahl.to_string(),
            schritte: namen.chain(anteil).collect(),
        })
    }
}

/// What stands around an amount.
struct Lage<'m> {
    /// Its line.
    zeile: &'m str,
    /// What may name its year, the nearest first: the head of its column, its line, the title of its table, its heading.
    umfeld: Vec<&'m str>,
}

impl<'m> Lage<'m> {
    fn aus(md: &'m str, at: usize) -> Self {
        let nummer = source::line_column(md, at).line;
        let bereich = source::line_range(md, nummer);
        let zeile = md.get(bereich.clone()).unwrap_or_default();
        let davor: Vec<&str> = md
            .get(..bereich.start)
            .unwrap_or_default()
            .lines()
            .collect();
        let spalte = md
            .get(bereich.start..at)
            .unwrap_or_default()
            .matches('|')
            .count();
        let tabelle = davor
            .iter()
            .rev()
            .take_while(|zeile| zeile.starts_with('|'));
        let kopf = tabelle.last().filter(|_| zeile.starts_with('|'));
        let zelle = kopf.and_then(|kopf| kopf.split('|').nth(spalte));
        let titel = davor
            .iter()
            .rev()
            .take_while(|zeile| !zeile.starts_with('#'))
            .find(|zeile| zeile.starts_with("<!-- titel:"));
        let ueberschrift = davor.iter().rev().find(|zeile| zeile.starts_with('#'));
        let umfeld = [zelle, Some(zeile), titel.copied(), ueberschrift.copied()];
        Self {
            zeile,
            umfeld: umfeld.into_iter().flatten().collect(),
        }
    }

    fn alles(&self) -> impl Iterator<Item = &'m str> {
        std::iter::once(self.zeile).chain(self.umfeld.iter().copied())
    }
}

/// The amounts in these bytes: „3.328,13“, with its minus if there is one.
fn betraege(md: &str, bereich: &Range<usize>) -> Vec<(Range<usize>, Cent)> {
    let text = md.get(bereich.clone()).unwrap_or_default();
    let mut betraege = Vec::new();
    let mut von = 0;
    while let Some(at) = text
        .get(von..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        let start = von + at;
        let rest = text.get(start..).unwrap_or_default();
        let lang = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .unwrap_or(rest.len());
        let wort = rest
            .get(..lang)
            .unwrap_or_default()
            .trim_end_matches(['.', ',']);
        if let Some(cent) = euro(wort) {
            let hier = bereich.start + start;
            betraege.push((hier..hier + wort.len(), cent));
        }
        von = start + lang.max(1);
    }
    betraege
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_in_a_row() {
        let text = "| Stadt Lünen | 1/8 | −1.109,37 € | 0,25 | 30.06.2020 |";
        let cent: Vec<_> = betraege(text, &(0..text.len()))
            .into_iter()
            .map(|(bereich, cent)| (&text[bereich], cent.0))
            .collect();
        assert_eq!(cent, [("1.109,37", 110_937), ("0,25", 25)]);
    }

    #[test]
    fn the_column_and_the_heading_tell_the_year() {
        let md =
            "## Kosten 2022\n\n| Wer | 2020 | 2021 |\n|---|--:|--:|\n| Stadt | 1,00 | 2,00 |\n";
        let lage = Lage::aus(md, md.find("2,00").unwrap());
        assert_eq!(lage.umfeld[0].trim(), "2021");
        assert_eq!(lage.umfeld[2], "## Kosten 2022");
    }
}
