//! How the amounts and counts of a paper came about: the steps of the cost engine, the sets of parties.
//!
//! An amount is known by its cents and by what stands around it: the body named in its row, the year of its column, table
//! or heading. Where this leaves several, all are told. Computes nothing anew.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Textstelle;
use crate::compute::kosten::{
    Abschnitt, Jahr, Jahressumme, Kosten, Rechnung, Schritt, Vergleich, lesbar,
};
use crate::compute::{Menge, Zahlen};
use crate::input::Cent;
use crate::model::Vorgang;
use crate::source;
use crate::template::{Bezug, Papier};

/// Most calculations that are told of one amount.
const HOECHSTENS: usize = 3;

/// How an amount or a count came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rechenweg {
    /// What it is: „Fachadministration 2022: Anteil Stadt Bergkamen“.
    pub titel: String,
    /// What came out: „3.328,13 €“, „6“.
    pub ergebnis: String,
    /// The steps: what is computed, and the result of it, which may be empty.
    pub schritte: Vec<(String, String)>,
}

/// A computed amount.
#[derive(Debug, Clone)]
struct Betrag {
    cent: Cent,
    jahr: u32,
    /// The body that it is for, as papers name it.
    wer: Option<String>,
    /// A word that a line on it has.
    stichwort: Option<&'static str>,
    weg: Rechenweg,
}

/// A set of bodies.
#[derive(Debug, Clone)]
struct Satz {
    anzahl: usize,
    anteil: Option<String>,
    namen: Vec<String>,
}

/// All that was computed for a matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Rechnungen {
    betraege: Vec<Betrag>,
    /// The sets of each agreement by their names in templates.
    saetze: BTreeMap<String, BTreeMap<&'static str, Satz>>,
    /// The agreement that each Drucksache is about, by number.
    vereinbarung_zu: BTreeMap<String, String>,
}

impl Rechnungen {
    pub(super) fn aus(vorgang: &Vorgang, zahlen: &Zahlen<'_>) -> Self {
        let mut rechnungen = Self::default();
        for (schluessel, beteiligte) in &zahlen.vereinbarungen {
            rechnungen.kosten(&beteiligte.kosten);
            if let Some(vergleich) = &beteiligte.vergleich {
                rechnungen.vergleich(vergleich);
            }
            let saetze = [
                ("parteien", &beteiligte.parteien),
                ("bestand", &beteiligte.bestand),
                ("beitritt", &beteiligte.beitritt),
                ("anwender", &beteiligte.anwender),
            ];
            let mut saetze: BTreeMap<_, _> =
                saetze.map(|(name, menge)| (name, Satz::aus(menge))).into();
            // Who bears a cost item is told where it is no other than all who use the service.
            let von_allen_getragen = |rechnung: &Rechnung<'_>| {
                let aufgaben = &rechnung.vereinbarung.aufgaben;
                rechnung.position.zahler.is_none()
                    && aufgaben
                        .get(&rechnung.position.aufgabe)
                        .is_none_or(|aufgabe| aufgabe.empfaenger.is_empty())
            };
            if beteiligte.kosten.rechnungen.iter().all(von_allen_getragen) {
                saetze.insert("tragende", Satz::aus(&beteiligte.anwender));
            }
            rechnungen.saetze.insert(schluessel.to_string(), saetze);
        }
        for drucksache in &vorgang.drucksachen {
            if let Some(vereinbarung) = vorgang.vereinbarung_zu(drucksache) {
                rechnungen.vereinbarung_zu.insert(
                    drucksache.nummer.to_string(),
                    vereinbarung.schluessel.to_string(),
                );
            }
        }
        rechnungen
    }

    fn kosten(&mut self, kosten: &Kosten<'_>) {
        for rechnung in &kosten.rechnungen {
            for jahr in &rechnung.jahre {
                self.jahr(rechnung, jahr);
            }
        }
        for summe in &kosten.jahre {
            self.summe(kosten, summe);
        }
    }

    fn jahr(&mut self, rechnung: &Rechnung<'_>, jahr: &Jahr<'_>) {
        let titel = format!("{} {}", rechnung.bezeichnung.einzeilig(), jahr.jahr);
        let mut neu = |cent, wer: Option<String>, stichwort, was: String, schritte| {
            self.betraege.push(Betrag {
                cent,
                jahr: jahr.jahr,
                wer,
                stichwort,
                weg: Rechenweg {
                    titel: format!("{titel}: {was}"),
                    ergebnis: cent.to_string(),
                    schritte,
                },
            });
        };
        let gesamt = gesamt(jahr);
        neu(
            jahr.gesamt,
            None,
            Some("Jahresbetrag"),
            "Jahresbetrag".to_owned(),
            gesamt.clone(),
        );
        for schritt in &jahr.schritte {
            let stichwort = stichwort(schritt);
            neu(
                schritt.betrag,
                None,
                stichwort,
                schritt.bezeichnung(),
                vec![zeile(schritt)],
            );
        }
        for abschnitt in &jahr.abschnitte {
            if abschnitt.teil.ist_ganz() {
                continue;
            }
            if let Some(cent) = euro(&abschnitt.gedruckt()) {
                let schritte = vec![teilbetrag(jahr, abschnitt), zahler(abschnitt)];
                neu(cent, None, None, abschnitt.teil.wortlaut(), schritte);
            }
        }
        for anteil in &jahr.anteile {
            let wer = anteil.koerperschaft.amtsform();
            let mut schritte = gesamt.clone();
            let bruch = anteil
                .anteil()
                .map(|bruch| lesbar(&bruch))
                .unwrap_or_default();
            schritte.push((
                format!(
                    "Anteil {wer}: {} × {bruch}, {}; auf volle Cent verteilt",
                    jahr.gesamt,
                    rechnung.position.schluessel.wortlaut()
                ),
                anteil.betrag.to_string(),
            ));
            let was = if anteil.eigen {
                format!("Anteil {wer} (Eigenanteil)")
            } else {
                format!("Anteil {wer}")
            };
            neu(
                anteil.betrag,
                Some(wer),
                anteil.eigen.then_some("Eigenanteil"),
                was,
                schritte,
            );
        }
        if jahr.eigenanteil != Cent(0) {
            neu(
                jahr.rechnungen,
                None,
                Some("in Rechnung"),
                format!("Rechnungen von {}", rechnung.anbieter.amtsform()),
                vec![
                    ("Jahresbetrag".to_owned(), jahr.gesamt.to_string()),
                    (
                        "abzüglich Eigenanteil".to_owned(),
                        jahr.eigenanteil.to_string(),
                    ),
                ],
            );
        }
    }

    /// What all items of a year come to; with one item only that says all.
    fn summe(&mut self, kosten: &Kosten<'_>, summe: &Jahressumme<'_>) {
        let posten: Vec<(&Rechnung<'_>, &Jahr<'_>)> = kosten
            .rechnungen
            .iter()
            .filter_map(|r| Some((r, r.jahre.iter().find(|jahr| jahr.jahr == summe.jahr)?)))
            .collect();
        if posten.len() < 2 {
            return;
        }
        let mut neu = |cent: Cent, wer: Option<String>, was: &str, schritte| {
            self.betraege.push(Betrag {
                cent,
                jahr: summe.jahr,
                wer,
                stichwort: None,
                weg: Rechenweg {
                    titel: format!("{} zusammen: {was}", summe.jahr),
                    ergebnis: cent.to_string(),
                    schritte,
                },
            });
        };
        let alle = posten
            .iter()
            .map(|(r, jahr)| (r.bezeichnung.einzeilig(), jahr.gesamt.to_string()));
        neu(summe.summe, None, "Summe", alle.collect());
        for (wer, betrag) in &summe.je_beteiligtem {
            let teile = posten.iter().filter_map(|(r, jahr)| {
                let anteil = jahr.anteil_von(&wer.schluessel)?;
                Some((r.bezeichnung.einzeilig(), anteil.betrag.to_string()))
            });
            let name = wer.amtsform();
            neu(*betrag, Some(name.clone()), &name, teile.collect());
        }
        for zahlung in &summe.zahlungen {
            let von = zahlung.von.amtsform();
            let teile = posten.iter().filter_map(|(r, jahr)| {
                let seine = r.anbieter.schluessel == zahlung.an.schluessel;
                let anteil = jahr.anteil_von(&zahlung.von.schluessel).filter(|_| seine)?;
                Some((r.bezeichnung.einzeilig(), anteil.betrag.to_string()))
            });
            let was = format!("Zahlung {von} an {}", zahlung.an.amtsform());
            neu(zahlung.betrag, Some(von), &was, teile.collect());
        }
    }

    fn vergleich(&mut self, vergleich: &Vergleich<'_>) {
        let jahr = vergleich.jahr;
        let titel = format!("Vergleich {jahr} ohne und mit Beitritt");
        let mut neu =
            |cent: Cent, wer: Option<String>, was: &str, schritte: Vec<(String, String)>| {
                self.betraege.push(Betrag {
                    cent,
                    jahr,
                    wer,
                    stichwort: Some("Beitritt"),
                    weg: Rechenweg {
                        titel: format!("{titel}: {was}"),
                        ergebnis: cent.to_string(),
                        schritte,
                    },
                });
            };
        let (mut mehr, mut weniger) = (Some(Cent(0)), Some(Cent(0)));
        for zeile in &vergleich.zeilen {
            let wer = zeile.koerperschaft.amtsform();
            let ohne = zeile.ohne.unwrap_or(Cent(0));
            if zeile.ohne.is_some() {
                let schritt =
                    "dieselbe Rechnung, als hätten die Beitretenden den Dienst nie genutzt";
                neu(
                    ohne,
                    Some(wer.clone()),
                    &format!("{wer} ohne Beitritt"),
                    vec![(schritt.to_owned(), ohne.to_string())],
                );
            }
            let unterschied = zeile.mit.checked_sub(ohne);
            if let Some(unterschied) = unterschied {
                let schritte = vec![
                    ("mit Beitritt".to_owned(), zeile.mit.to_string()),
                    ("abzüglich ohne Beitritt".to_owned(), ohne.to_string()),
                ];
                neu(
                    unterschied,
                    Some(wer.clone()),
                    &format!("{wer}, Unterschied"),
                    schritte,
                );
            }
            let summe = if zeile.ohne.is_some() {
                &mut weniger
            } else {
                &mut mehr
            };
            *summe = summe.and_then(|s| s.checked_add(unterschied?));
        }
        let zeilen = |beitretend: bool| -> Vec<(String, String)> {
            let zeilen = vergleich
                .zeilen
                .iter()
                .filter(|z| z.ohne.is_none() == beitretend);
            zeilen
                .filter_map(|z| {
                    let unterschied = z.mit.checked_sub(z.ohne.unwrap_or(Cent(0)))?;
                    Some((z.koerperschaft.amtsform(), unterschied.to_string()))
                })
                .collect()
        };
        if let Some(mehr) = mehr {
            neu(mehr, None, "die Beitretenden zusammen", zeilen(true));
        }
        if let Some(weniger) = weniger {
            neu(
                weniger,
                None,
                "die übrigen Beteiligten zusammen",
                zeilen(false),
            );
        }
    }

    /// How the amounts and counts in these bytes of a paper came about, each once, and how many further ways there are.
    pub(super) fn zu(
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

impl Satz {
    fn aus(menge: &Menge<'_>) -> Self {
        let anzahl = menge.anzahl();
        Self {
            anzahl,
            anteil: (anzahl > 1).then(|| format!("1/{anzahl}")),
            namen: menge
                .iter()
                .map(crate::model::Koerperschaft::amtsform)
                .collect(),
        }
    }
}

/// A word that a line on a step has.
fn stichwort(schritt: &Schritt<'_>) -> Option<&'static str> {
    let bezeichnung = schritt.bezeichnung();
    ["Personalkosten", "Gemeinkosten", "Sachkosten"]
        .into_iter()
        .find(|wort| bezeichnung.starts_with(wort))
}

/// What of the year is shared in one part of it.
fn teilbetrag(jahr: &Jahr<'_>, abschnitt: &Abschnitt<'_>) -> (String, String) {
    let bruch = abschnitt.teil.bruch();
    (format!("{} × {bruch}", jahr.gesamt), abschnitt.gedruckt())
}

/// Who shares in one part of a year.
fn zahler(abschnitt: &Abschnitt<'_>) -> (String, String) {
    let gewichte = abschnitt.gewichte.iter();
    let namen: Vec<_> = gewichte.map(|(k, _)| k.amtsform()).collect();
    let wer = format!("{} Zahler: {}", namen.len(), namen.join(", "));
    (wer, String::new())
}

/// The steps to a year's total, and the total.
fn gesamt(jahr: &Jahr<'_>) -> Vec<(String, String)> {
    let mut schritte: Vec<_> = jahr.schritte.iter().map(zeile).collect();
    if jahr.rundung != Cent(0) {
        schritte.push(("Rundung".to_owned(), jahr.rundung.to_string()));
    }
    schritte.push(("Jahresbetrag".to_owned(), jahr.gesamt.to_string()));
    schritte
}

fn zeile(schritt: &Schritt<'_>) -> (String, String) {
    let beleg = schritt.beleg();
    let text = if beleg.is_empty() {
        schritt.text()
    } else {
        format!("{} ({beleg})", schritt.text())
    };
    (text, schritt.gedruckt())
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

/// „3.328,13“, with a sign or a unit, as cents.
fn euro(text: &str) -> Option<Cent> {
    let zahl = text.trim_start_matches(['≈', ' ', '−', '-']);
    let zahl = zahl.split(|c: char| c.is_whitespace()).next()?;
    let (ganze, cent) = zahl.split_once(',')?;
    if cent.len() != 2 || !cent.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let ziffern: String = ganze.chars().filter(|c| *c != '.').collect();
    format!("{ziffern}{cent}").parse().ok().map(Cent)
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
