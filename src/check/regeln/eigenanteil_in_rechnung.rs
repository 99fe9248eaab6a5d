//! A provider that uses the service itself bears its own share; it does not invoice it.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::Beteiligte;
use crate::compute::kosten::{Jahr, Rechnung};
use crate::model::koerperschaft::Kasus;
use crate::model::{Koerperschaft, Vereinbarung};
use chrono::Datelike;

pub(super) const REGEL: Regel = Regel {
    name: "eigenanteil-in-rechnung",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "wenn eine Partei eine Aufgabe ausführt, deren Kosten sie selbst mitträgt",
    braucht: &["kosten"],
    text: include_str!("eigenanteil_in_rechnung.md"),
    pruefe,
};

/// Words with which the clause on costs says it.
const WORTE: [&str; 5] = [
    "Eigenanteil*",
    "eigener Anteil",
    "eigenen Anteil",
    "nicht in Rechnung gestellt",
    "stellt ihren Anteil nicht",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        if let Some((stelle, aufgabe)) = lage.ohne_kosten(vereinbarung) {
            let mut anwender = beteiligte.anwender.iter();
            if anwender.any(|wer| wer.schluessel == aufgabe.anbieter) {
                protokoll.nicht_pruefbar(
                    stelle,
                    "es fehlt `kosten`: wie hoch der Eigenanteil der ausführenden Partei ist",
                );
            }
        }
        for rechnung in &beteiligte.kosten.rechnungen {
            let jahre = jahre(vereinbarung, rechnung);
            if jahre.is_empty() {
                // Without figures of a year the engine knows no payers; the clause then cannot say it either.
                if beteiligte.anwender.enthaelt(rechnung.anbieter) {
                    protokoll.nicht_pruefbar(
                        &rechnung.position.route,
                        "es fehlen Werte für ein Jahr, in dem die Vereinbarung gilt",
                    );
                }
                continue;
            }
            if !jahre.iter().any(|jahr| hat_eigenanteil(jahr)) {
                continue;
            }
            if let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) {
                klausel(lage, blatt, rechnung, protokoll);
            }
            for drucksache in lage.drucksachen_zu(vereinbarung) {
                if let Some(blatt) = lage.vorlage(drucksache) {
                    betraege(lage, blatt, beteiligte, rechnung, &jahre, protokoll);
                }
            }
        }
    }
}

/// The years from the one in which the agreement begins.
fn jahre<'r, 'a>(vereinbarung: &Vereinbarung, rechnung: &'r Rechnung<'a>) -> Vec<&'r Jahr<'a>> {
    let erstes = vereinbarung
        .beginn()
        .map_or(0, |tag| tag.tag().year().unsigned_abs());
    let jahre = rechnung.jahre.iter();
    jahre.filter(|jahr| jahr.jahr >= erstes).collect()
}

fn hat_eigenanteil(jahr: &Jahr<'_>) -> bool {
    jahr.eigenanteil.0 != 0
}

/// The clause on costs says that the own share is not invoiced.
fn klausel(
    lage: &Lage<'_>,
    blatt: &Blatt<'_>,
    rechnung: &Rechnung<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let klauseln: Vec<_> = ["kosten", "abrechnung"]
        .iter()
        .flat_map(|name| blatt.vorschriften(name, &["Kosten*", "Abrechnung*"]))
        .collect();
    let gesagt = klauseln
        .iter()
        .any(|klausel| WORTE.iter().any(|worte| klausel.enthaelt(worte)));
    if gesagt {
        return;
    }
    let Some(erste) = klauseln.first() else {
        return;
    };
    protokoll
        .melde(
            erste.erste_zeile(),
            format!(
                "{} trägt einen Teil der Kosten selbst, aber die Klausel sagt nicht, dass dieser Eigenanteil nicht in Rechnung gestellt wird",
                lage.name(rechnung.anbieter, Kasus::Nominativ)
            ),
        )
        .abhilfe("einen Satz zum Eigenanteil der ausführenden Partei aufnehmen");
}

/// „stellt 26.625,00 € in Rechnung“: the whole, own share and all.
fn betraege(
    lage: &Lage<'_>,
    blatt: &Blatt<'_>,
    beteiligte: &Beteiligte<'_>,
    rechnung: &Rechnung<'_>,
    jahre: &[&Jahr<'_>],
    protokoll: &mut Protokoll<'_>,
) {
    for zeile in blatt.alles().saetze() {
        // Others invoice too.
        let von_anderen = [
            "Hersteller*",
            "Softwareanbieter*",
            "Dienstleister*",
            "Lieferant*",
        ]
        .iter()
        .any(|worte| zeile.enthaelt(worte));
        if !zeile.enthaelt("in Rechnung") || von_anderen {
            continue;
        }
        let getroffen = jahre.iter().filter(|jahr| hat_eigenanteil(jahr));
        for jahr in getroffen {
            let betrag = jahr.gesamt.to_string();
            let richtig = zeile.enthaelt(&jahr.rechnungen.to_string());
            // „26.625 €“ leaves out the cents that are none.
            let kurz = betrag.replace(",00", "");
            let genannt = zeile
                .finde(&betrag)
                .next()
                .or_else(|| zeile.finde(&kurz).next());
            if let Some(stelle) = genannt.filter(|_| !richtig) {
                let falscher = falscher_absender(lage, beteiligte, rechnung, &zeile);
                let durch = falscher.map_or_else(String::new, |falscher| {
                    format!(
                        ", und zwar durch {}, nicht durch {}",
                        lage.name(rechnung.anbieter, Kasus::Akkusativ),
                        lage.name(falscher, Kasus::Akkusativ)
                    )
                });
                let statt = falscher.map_or_else(String::new, |_| {
                    format!(
                        " und {} als die Stelle, die ihn in Rechnung stellt",
                        lage.name(rechnung.anbieter, Kasus::Akkusativ)
                    )
                });
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "{betrag} sind die gesamten Kosten des Jahres {}; in Rechnung gestellt werden ohne den Eigenanteil von {} nur {}{durch}",
                            jahr.jahr,
                            jahr.eigenanteil,
                            jahr.rechnungen
                        ),
                    )
                    .abhilfe(format!(
                        "den Betrag ohne den Eigenanteil {} nennen{statt}",
                        lage.name(rechnung.anbieter, Kasus::Genitiv)
                    ));
                // The same total in several years is one fault.
                break;
            }
        }
    }
}

/// The party that a sentence lets invoice instead of the provider: the one right before „stellt“.
fn falscher_absender<'l>(
    lage: &Lage<'_>,
    beteiligte: &'l Beteiligte<'_>,
    rechnung: &Rechnung<'_>,
    satz: &Passage<'_>,
) -> Option<&'l Koerperschaft> {
    let stellt = satz.finde("stellt").next()?;
    let davor = satz.text().get(..satz.versatz(&stellt))?.trim_end();
    let vor = |k: &Koerperschaft| {
        davor.ends_with(lage.name(k, Kasus::Nominativ).as_str())
            || k.namensformen()
                .iter()
                .any(|form| davor.ends_with(form.as_str()))
    };
    let mut parteien = beteiligte.parteien.iter();
    parteien
        .find(|partei| vor(partei) && partei.schluessel != rechnung.anbieter.schluessel)
        .filter(|_| !vor(rechnung.anbieter))
}
