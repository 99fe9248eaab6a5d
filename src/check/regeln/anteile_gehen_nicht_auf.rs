//! Shares sum to exactly 1, and only those pay who use the service or are parties: in the figures and as printed.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::{Beteiligte, kosten::Rechnung};
use crate::input::{Betrag, Bruch, Cent};
use crate::model::Vereinbarung;

pub(super) const REGEL: Regel = Regel {
    name: "anteile-gehen-nicht-auf",
    schwere: Gewicht::Fehler,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht, und die Drucksachen dazu",
    braucht: &["kosten"],
    text: include_str!("anteile_gehen_nicht_auf.md"),
    pruefe,
};

/// What the head of a column with shares begins with.
const ANTEIL: &str = "Anteil";

/// What the first cell of a row with totals begins with.
const SUMMEN: [&str; 3] = ["Summe", "Gesamt", "Insgesamt"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        for rechnung in &beteiligte.kosten.rechnungen {
            zahler(lage, vereinbarung, rechnung, protokoll);
            summen(rechnung, protokoll);
        }
        let mengen = groessen(lage, beteiligte);
        let papiere = ["vereinbarung", "kostenuebersicht"].into_iter();
        let papiere = papiere.filter_map(|art| lage.papier_zu(vereinbarung, art));
        let vorlagen = lage
            .drucksachen_zu(vereinbarung)
            .filter_map(|drucksache| lage.vorlage(drucksache));
        for blatt in papiere.chain(vorlagen) {
            tabellen(blatt, protokoll);
            if gleiche_teile(beteiligte) {
                je(blatt, &mengen, protokoll);
            }
        }
    }
}

/// Whoever pays uses the service or is a party.
fn zahler(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    rechnung: &Rechnung<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let mut gemeldet = Vec::new();
    for anteil in rechnung.jahre.iter().flat_map(|jahr| &jahr.anteile) {
        let wer = &anteil.koerperschaft.schluessel;
        let nutzt = lage.vorgang.nutzung.iter().any(|n| n.anwender == *wer);
        if nutzt || lage.vorgang.ist_partei(vereinbarung, wer) || gemeldet.contains(&wer) {
            continue;
        }
        gemeldet.push(wer);
        protokoll
            .melde(
                &rechnung.position.route,
                format!(
                    "{} soll zahlen, ist aber weder Anwender noch Partei dieser Vereinbarung",
                    anteil.koerperschaft.amtsform()
                ),
            )
            .abhilfe("die Zahler prüfen oder die Körperschaft als Partei aufnehmen");
    }
}

/// The shares of a year are its total, what is invoiced and what is not are the total too.
fn summen(rechnung: &Rechnung<'_>, protokoll: &mut Protokoll<'_>) {
    for jahr in &rechnung.jahre {
        let summe = summe(jahr.anteile.iter().map(|anteil| anteil.betrag));
        if summe == Some(jahr.gesamt)
            && jahr.rechnungen.checked_add(jahr.eigenanteil) == Some(jahr.gesamt)
        {
            continue;
        }
        protokoll
            .melde(
                &rechnung.position.route,
                format!(
                    "die Anteile des Jahres {} ergeben nicht den Jahresbetrag von {}",
                    jahr.jahr, jahr.gesamt
                ),
            )
            .abhilfe("die Kostenposition prüfen");
    }
}

/// Whether all items are shared in equal parts, so that „je 1/8“ says it all.
fn gleiche_teile(beteiligte: &Beteiligte<'_>) -> bool {
    let mut schluessel = beteiligte
        .kosten
        .rechnungen
        .iter()
        .map(|rechnung| rechnung.position.schluessel.name());
    schluessel.next() == Some("gleiche-teile") && schluessel.all(|name| name == "gleiche-teile")
}

/// How many share, on any day.
fn groessen(lage: &Lage<'_>, beteiligte: &Beteiligte<'_>) -> Vec<usize> {
    let abschnitte = beteiligte
        .kosten
        .rechnungen
        .iter()
        .flat_map(|rechnung| &rechnung.jahre)
        .flat_map(|jahr| &jahr.abschnitte)
        .map(|abschnitt| abschnitt.gewichte.len());
    let nutzung = lage.vorgang.nutzung.iter();
    let tage = nutzung
        .map(|nutzung| crate::compute::mengen::anwender_am(lage.vorgang, nutzung.von).anzahl());
    let jetzt = [beteiligte.anwender.anzahl(), beteiligte.bestand.anzahl()];
    abschnitte.chain(tage).chain(jetzt).collect()
}

/// „je 1/7“ that nobody computed, where never seven share.
fn je(blatt: &Blatt<'_>, groessen: &[usize], protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    for stelle in alles.finde("je 1/*") {
        let Some((_, bruch)) = stelle.text().split_once('/') else {
            continue;
        };
        let Ok(n) = bruch.parse::<usize>() else {
            continue;
        };
        // „je 1/4 Stelle“ is no share of the costs.
        let danach = alles.versatz(&stelle) + stelle.text().len();
        let danach = alles
            .text()
            .get(danach..)
            .and_then(|rest| rest.strip_prefix(' '));
        let von_etwas = danach.is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if groessen.contains(&n) || von_etwas {
            continue;
        }
        protokoll
            .melde(
                &stelle,
                format!(
                    "„{}“ ergibt zusammen nicht 1: zu keiner Zeit teilen sich {n} die Kosten",
                    stelle.text()
                ),
            )
            .abhilfe("den Anteil durch einen Ausdruck wie {{ anwender.anteil }} ersetzen");
    }
}

/// A table with shares: these sum to 1, and the amounts beside them to the sum that the table prints.
fn tabellen(blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    let mut kopf: Option<(Vec<&str>, Vec<Passage<'_>>)> = None;
    for zeile in alles.zeilen() {
        let text = zeile.text();
        if !text.contains('\t') {
            kopf = None;
            continue;
        }
        let zellen: Vec<&str> = text.split('\t').map(str::trim).collect();
        match &mut kopf {
            None => {
                if zellen.iter().any(|zelle| zelle.starts_with(ANTEIL)) {
                    kopf = Some((zellen, Vec::new()));
                } else {
                    kopf = Some((Vec::new(), Vec::new()));
                }
            }
            Some((titel, _)) if titel.is_empty() => {}
            Some((titel, reihen)) => {
                let ist_summe = zellen
                    .first()
                    .is_some_and(|erste| SUMMEN.iter().any(|wort| erste.starts_with(wort)));
                if ist_summe {
                    tabelle(titel, reihen, &zeile, protokoll);
                    kopf = Some((Vec::new(), Vec::new()));
                } else {
                    reihen.push(zeile);
                }
            }
        }
    }
}

fn tabelle(
    titel: &[&str],
    reihen: &[Passage<'_>],
    summe_der_tabelle: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let zelle = |zeile: &Passage<'_>, i: usize| -> String {
        zeile
            .text()
            .split('\t')
            .nth(i)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    for (i, titel) in titel.iter().enumerate() {
        let spalte: Vec<String> = reihen.iter().map(|zeile| zelle(zeile, i)).collect();
        if titel.starts_with(ANTEIL) {
            let brueche: Option<Vec<BigRational>> = spalte.iter().map(|z| bruch(z)).collect();
            let Some(brueche) = brueche.filter(|brueche| !brueche.is_empty()) else {
                continue;
            };
            let summe = brueche.into_iter().fold(BigRational::zero(), |a, b| a + b);
            if !summe.is_one() {
                protokoll
                    .melde(
                        summe_der_tabelle,
                        format!("die Anteile dieser Tabelle ergeben zusammen {summe}, nicht 1"),
                    )
                    .abhilfe("die Anteile prüfen und durch Ausdrücke ersetzen");
            }
            continue;
        }
        let betraege: Option<Vec<Cent>> = spalte.iter().map(|z| betrag(z)).collect();
        let (Some(betraege), Some(gedruckt)) = (betraege, betrag(&zelle(summe_der_tabelle, i)))
        else {
            continue;
        };
        if let Some(summe) = summe(betraege.into_iter()).filter(|summe| *summe != gedruckt) {
            protokoll
                .melde(
                    summe_der_tabelle,
                    format!(
                        "die Beträge dieser Tabelle ergeben zusammen {summe}, nicht {gedruckt}"
                    ),
                )
                .abhilfe("die Beträge prüfen und durch Ausdrücke ersetzen");
        }
    }
}

fn summe(betraege: impl Iterator<Item = Cent>) -> Option<Cent> {
    betraege.into_iter().try_fold(Cent(0), Cent::checked_add)
}

/// „1/8“ as printed; percentages are often rounded and say nothing.
fn bruch(zelle: &str) -> Option<BigRational> {
    let (zaehler, nenner) = zelle.split_once('/')?;
    let zaehler: BigInt = zaehler.trim().parse().ok()?;
    let nenner: BigInt = nenner.trim().parse().ok()?;
    if nenner.is_zero() {
        return None;
    }
    Bruch::neu(BigRational::new(zaehler, nenner)).map(|bruch| bruch.wert().clone())
}

/// „3.328,13 €“ as printed.
fn betrag(zelle: &str) -> Option<Cent> {
    let zahl = zelle.strip_suffix('€')?.trim();
    zahl.parse::<Betrag>().ok()?.cent()
}
