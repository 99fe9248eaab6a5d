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
    schwere: Gewicht::FehlerOderWarnung,
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

/// Words in the same sentence for those who share.
const TEILENDE: [&str; 9] = [
    "Kommune*",
    "Anwender*",
    "Anwenderkommune*",
    "Bestandskommune*",
    "Parteien",
    "Vertragspartei*",
    "Beteiligten",
    "Städte*",
    "Gemeinden",
];

/// Words near a share for parts of something else.
const ANDERES: [&str; 6] = [
    "Sachkosten*",
    "Stelle*",
    "Stellenanteil*",
    "Vollzeit*",
    "Land",
    "Jahre*",
];

/// Shares in words: „je einem Neuntel“.
const BRUCHTEILE: [(&str, usize); 9] = [
    ("Hälfte", 2),
    ("Drittel", 3),
    ("Viertel", 4),
    ("Fünftel", 5),
    ("Sechstel", 6),
    ("Siebtel", 7),
    ("Achtel", 8),
    ("Neuntel", 9),
    ("Zehntel", 10),
];

/// „je 1/7“ that nobody computed, where never seven share. What „je 1/2“ shares is only known where the sentence names
/// those who share.
fn je(blatt: &Blatt<'_>, groessen: &[usize], protokoll: &mut Protokoll<'_>) {
    for satz in blatt.alles().saetze() {
        let von_allen = TEILENDE
            .iter()
            .any(|worte| satz.enthaelt(worte))
            .then(|| gleicher_teil(&satz))
            .flatten();
        let Some((stelle, n)) = von_allen.or_else(|| eigener_teil(&satz)) else {
            continue;
        };
        // „je 1/4 Stelle“ is no share of the costs.
        let danach = satz.versatz(&stelle) + stelle.text().len();
        let danach = satz
            .text()
            .get(danach..)
            .and_then(|rest| rest.strip_prefix(' '));
        let von_etwas = danach.is_some_and(|rest| rest.starts_with(char::is_uppercase))
            || ist_anderes(&satz, &stelle);
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

/// How far around a share a word belongs to it, in bytes.
const NAEHE: usize = 25;

fn ist_anderes(satz: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    let text = satz.text();
    let von = satz.versatz(stelle);
    let bis = von + stelle.text().len();
    let umfeld = satz.teil(
        text.floor_char_boundary(von.saturating_sub(NAEHE))..text.ceil_char_boundary(bis + NAEHE),
    );
    ANDERES.iter().any(|worte| umfeld.enthaelt(worte))
}

/// Words of a sentence that says what one body bears.
const TRAEGT: [&str; 5] = ["Anteil*", "trägt", "übernimmt", "zahlt", "entfällt"];

/// What a share of all costs stands before.
const DER_KOSTEN: [&str; 5] = [
    "der Kosten",
    "der Gesamtkosten",
    "der jährlichen Kosten",
    "der laufenden Kosten",
    "des Jahresbetrags",
];

/// The share of one body in all costs, and among how many that would be: „Der Anteil der Stadt beträgt 1/9 der Kosten“.
fn eigener_teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, usize)> {
    if !TRAEGT.iter().any(|worte| satz.enthaelt(worte)) {
        return None;
    }
    let mut teile = satz.finde("1/*");
    teile.find_map(|stelle| {
        let n = stelle.text().strip_prefix("1/")?.parse().ok()?;
        let danach = satz.versatz(&stelle) + stelle.text().len();
        let danach = satz.text().get(danach..)?.trim_start();
        let aller = DER_KOSTEN.iter().any(|worte| danach.starts_with(worte));
        aller.then_some((stelle, n))
    })
}

/// The first equal share that a sentence names, and among how many.
fn gleicher_teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, usize)> {
    let in_ziffern = ["je 1/*", "jeweils 1/*"].into_iter().flat_map(|worte| {
        satz.finde(worte)
            .filter_map(|stelle| {
                let (_, bruch) = stelle.text().split_once('/')?;
                let n = bruch.parse().ok()?;
                Some((stelle, n))
            })
            .collect::<Vec<_>>()
    });
    let in_worten = BRUCHTEILE.iter().filter_map(|(wort, n)| {
        ["je ein", "je einem", "jeweils ein", "jeweils einem"]
            .iter()
            .find_map(|je| satz.finde(&format!("{je} {wort}")).next())
            .map(|stelle| (stelle, *n))
    });
    in_ziffern
        .chain(in_worten)
        .min_by_key(|(stelle, _)| satz.versatz(stelle))
}

/// A table with shares: these sum to 1, and the amounts beside them to the sum that the table prints.
fn tabellen(blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    let mut kopf: Option<(Vec<&str>, Vec<Passage<'_>>)> = None;
    for zeile in alles.zeilen() {
        let text = zeile.text();
        if !text.contains('\t') {
            if let Some((titel, reihen)) = &kopf {
                ohne_summe(blatt, titel, reihen, protokoll);
            }
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
    if let Some((titel, reihen)) = &kopf {
        ohne_summe(blatt, titel, reihen, protokoll);
    }
}

/// A table without a row of totals may show only some of the shares; that they are not 1 is worth a look.
fn ohne_summe(
    blatt: &Blatt<'_>,
    titel: &[&str],
    reihen: &[Passage<'_>],
    protokoll: &mut Protokoll<'_>,
) {
    let spalte = titel.iter().position(|titel| titel.starts_with(ANTEIL));
    let (Some(i), Some(letzte), true) = (spalte, reihen.last(), reihen.len() > 1) else {
        return;
    };
    // A computed table shows what it means to show.
    let berechnet = reihen.iter().any(|zeile| {
        let text = zeile.text();
        let zelle = text.split('\t').nth(i).unwrap_or_default();
        let von = text.rfind(zelle).unwrap_or_default();
        let zelle = zeile.teil(von..von + zelle.len());
        blatt.papier.ausdruck(&zelle.bereich()).is_some()
    });
    if berechnet {
        return;
    }
    let brueche: Option<Vec<BigRational>> = reihen
        .iter()
        .map(|zeile| bruch(zeile.text().split('\t').nth(i)?))
        .collect();
    let summe = brueche.map(|b| b.into_iter().fold(BigRational::zero(), |a, b| a + b));
    if let Some(summe) = summe.filter(|summe| !summe.is_one()) {
        protokoll
            .melde_milder(
                letzte,
                format!("die Anteile dieser Tabelle ergeben zusammen {summe}, nicht 1"),
            )
            .abhilfe("die Anteile prüfen, die fehlenden ergänzen und durch Ausdrücke ersetzen");
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
