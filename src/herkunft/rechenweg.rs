//! How the amounts and counts of a matter came about: the steps of the cost engine, the sets of parties. Computes nothing
//! anew; which of them a number in a text is, [`fundstelle`] tells.

use std::collections::BTreeMap;

use crate::compute::kosten::{
    Abschnitt, Jahr, Jahressumme, Kosten, Rechnung, Schritt, Vergleich, lesbar,
};
use crate::compute::{Menge, Zahlen};
use crate::input::Cent;
use crate::model::Vorgang;

mod fundstelle;

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
