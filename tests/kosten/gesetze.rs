//! Laws that hold for any figures, and the agreement of two implementations, over random cases.
//!
//! `FAELLE=100000 cargo test --test kosten` runs the long form.

use std::sync::atomic::{AtomicUsize, Ordering};

use drucksache::compute::{self, Kosten};
use drucksache::model::{Schluessel, Vorgang};
use rayon::prelude::*;

use crate::fall::{AGS, Art, Fall, Key, Wuerfel, Zeit, danach, schluessel};
use crate::vorgang::{eingabe, rechne};
use crate::zweite;

/// How many cases are run unless `FAELLE` says otherwise.
const FAELLE: u64 = 10_000;

#[expect(
    clippy::disallowed_methods,
    reason = "the switch decides how much is tried, never what comes out"
)]
fn faelle() -> u64 {
    std::env::var("FAELLE")
        .ok()
        .and_then(|zahl| zahl.parse().ok())
        .unwrap_or(FAELLE)
}

/// A matter with six bodies and an agreement with one task.
fn grund() -> Vorgang {
    let vereinbarung = "vereinbarungen:\n  v:\n    parteien: [k0, k1, k2, k3, k4, k5]\n    rechtsstand: 01.01.2020\n    \
        aufgaben: { a: { bezeichnung: A, anbieter: k0 } }\n    \
        abrechnung: { bis: 31. März, zahlungsziel_tage: 30, einwendungsfrist_monate: 3, abschläge: [{ zum: 1. März, anteil: 1/3 }, { zum: 1. Juli, anteil: 1/2 }] }\n";
    let koerperschaften: String = AGS
        .iter()
        .enumerate()
        .map(|(i, ags)| {
            let ags = if ags.is_empty() {
                String::new()
            } else {
                format!(", ags: {ags}")
            };
            format!("  k{i}: {{ name: K{i}, gattung: Stadt{ags} }}\n")
        })
        .collect();
    rechne(
        &eingabe(vereinbarung, &format!("körperschaften:\n{koerperschaften}")),
        |vorgang, _| vorgang.clone(),
    )
}

/// What the program says to a matter: shares in cents by year and body, or nothing where it has findings.
fn anteile(vorgang: &Vorgang) -> Option<Vec<(u32, [i64; 6])>> {
    mit_kosten(vorgang, |kosten| {
        let jahre = &kosten.rechnungen[0].jahre;
        jahre
            .iter()
            .map(|jahr| {
                let mut anteile = [0; 6];
                for (wer, anteil) in anteile.iter_mut().enumerate() {
                    *anteil = jahr.anteil_von(&schluessel(wer)).map_or(0, |a| a.betrag.0);
                }
                (jahr.jahr, anteile)
            })
            .collect()
    })
}

fn mit_kosten<T>(vorgang: &Vorgang, nimm: impl FnOnce(&Kosten<'_>) -> T) -> Option<T> {
    let zahlen = compute::rechne(vorgang);
    zahlen
        .befunde
        .is_empty()
        .then(|| nimm(&zahlen.vereinbarungen[&Schluessel::from("v")].kosten))
}

/// Runs a law on many cases; it says what is wrong with one.
fn immer(anzahl: u64, gesetz: impl Fn(&Vorgang, &Fall) -> Result<(), String> + Sync) {
    let grund = grund();
    let verstoesse: Vec<_> = (0..anzahl)
        .into_par_iter()
        .filter_map(|saat| {
            let fall = Fall::neu(saat);
            let fehler = gesetz(&grund, &fall).err()?;
            Some(format!("Fall {saat}: {fehler}\n{fall:?}\n"))
        })
        .collect();
    assert!(
        verstoesse.is_empty(),
        "{} von {anzahl}\n{}",
        verstoesse.len(),
        verstoesse.concat()
    );
}

fn gleich<T: PartialEq + std::fmt::Debug>(ist: T, soll: T) -> Result<(), String> {
    if ist == soll {
        Ok(())
    } else {
        Err(format!("{ist:?} statt {soll:?}"))
    }
}

#[test]
fn two_implementations_agree() {
    let (gerechnet, abgelehnt) = (AtomicUsize::new(0), AtomicUsize::new(0));
    immer(faelle(), |grund, fall| {
        let programm = anteile(&fall.auf(grund));
        let zweite = zweite::rechne(fall).map(|jahre| jahre.into_iter().collect::<Vec<_>>());
        let zaehler = if zweite.is_some() {
            &gerechnet
        } else {
            &abgelehnt
        };
        zaehler.fetch_add(1, Ordering::Relaxed);
        gleich(programm, zweite)
    });
    let (gerechnet, abgelehnt) = (gerechnet.into_inner(), abgelehnt.into_inner());
    assert!(
        gerechnet > 2 * abgelehnt,
        "{gerechnet} gerechnet, {abgelehnt} abgelehnt"
    );
}

#[test]
fn rows_and_columns_sum_up() {
    immer(faelle() / 10, |grund, fall| {
        let vorgang = fall.auf(grund);
        mit_kosten(&vorgang, |kosten| {
            for (jahr, summe) in kosten.rechnungen[0].jahre.iter().zip(&kosten.jahre) {
                let anteile: i64 = jahr.anteile.iter().map(|a| a.betrag.0).sum();
                gleich(anteile, jahr.gesamt.0)?;
                let schritte: i64 = jahr.schritte.iter().map(|s| s.betrag.0).sum();
                gleich(schritte + jahr.rundung.0, jahr.gesamt.0)?;
                gleich(jahr.eigenanteil.0 + jahr.rechnungen.0, jahr.gesamt.0)?;
                gleich(summe.summe, jahr.gesamt)?;
                let je_beteiligtem: i64 = summe.je_beteiligtem.iter().map(|(_, c)| c.0).sum();
                gleich(je_beteiligtem, jahr.gesamt.0)?;
                let mut gezahlt = 0;
                for zahlung in &summe.zahlungen {
                    let teile: i64 = zahlung.teile.iter().map(|t| t.betrag.0).sum();
                    gleich(teile, zahlung.betrag.0)?;
                    let zum_anbieter = zahlung.an.schluessel == schluessel(0);
                    gezahlt += if zum_anbieter {
                        zahlung.betrag.0
                    } else {
                        -zahlung.betrag.0
                    };
                }
                gleich(gezahlt, jahr.rechnungen.0)?;
            }
            Ok(())
        })
        .unwrap_or(Ok(()))
    });
}

#[test]
fn who_weighs_nothing_pays_nothing_and_nobody_is_paid_for_costs() {
    immer(faelle() / 10, |grund, fall| {
        let gutschrift = matches!(&fall.art, Art::Belege(b) if b.iter().any(|b| b.cent < 0));
        let vorgang = fall.auf(grund);
        mit_kosten(&vorgang, |kosten| {
            for jahr in &kosten.rechnungen[0].jahre {
                for anteil in &jahr.anteile {
                    let wiegt = jahr
                        .abschnitte
                        .iter()
                        .flat_map(|a| &a.gewichte)
                        .any(|(k, g)| {
                            k.schluessel == anteil.koerperschaft.schluessel && *g != 0.into()
                        });
                    let direkt = jahr
                        .schritte
                        .iter()
                        .any(|s| s.direkt() == Some(&anteil.koerperschaft.schluessel));
                    if !wiegt && !direkt {
                        gleich(anteil.betrag.0, 0)?;
                    }
                    if !gutschrift {
                        gleich(anteil.betrag.0 >= 0, true)?;
                    }
                }
            }
            Ok(())
        })
        .unwrap_or(Ok(()))
    });
}

#[test]
fn the_order_of_input_does_not_matter() {
    immer(faelle() / 10, |grund, fall| {
        let mut anders = fall.clone();
        anders.nutzung.reverse();
        match &mut anders.art {
            Art::Platz(platz) => {
                platz.besetzung.reverse();
                platz.werte.reverse();
            }
            Art::Fest(feste) => feste.reverse(),
            Art::Belege(belege) => belege.reverse(),
        }
        match &mut anders.key {
            Key::Einwohner(wahlen, _) => wahlen.reverse(),
            Key::Fallzahlen(jahre) => jahre.reverse(),
            Key::Lizenzen(staende) => staende.reverse(),
            Key::Quoten(fassungen) => fassungen.reverse(),
            Key::Gleich | Key::Direkt => {}
        }
        gleich(anteile(&anders.auf(grund)), anteile(&fall.auf(grund)))
    });
}

#[test]
fn finer_segments_change_nothing() {
    immer(faelle() / 10, |grund, fall| {
        let mut w = Wuerfel::neu(fall.nutzung.len() as u64);
        let mut fein = fall.clone();
        fein.nutzung = Vec::new();
        for (wer, von, bis) in &fall.nutzung {
            let schnitt = (von.0 + w.unter(3), 1 + w.unter(12), 1 + w.unter(28));
            let innen = *von <= schnitt && bis.is_none_or(|bis| schnitt < bis);
            if innen {
                fein.nutzung.push((*wer, *von, Some(schnitt)));
                fein.nutzung.push((*wer, danach(schnitt), *bis));
            } else {
                fein.nutzung.push((*wer, *von, *bis));
            }
        }
        if let Art::Fest(feste) = &mut fein.art {
            let geteilt = feste.iter().flat_map(|fest| {
                let (Some(von), Some(bis)) = (fest.von, fest.bis) else {
                    return vec![fest.clone()];
                };
                let schnitt = (bis.0, 1, 15);
                if von > schnitt || schnitt >= bis {
                    return vec![fest.clone()];
                }
                let mut teile = vec![fest.clone(), fest.clone()];
                teile[0].bis = Some(schnitt);
                teile[1].von = Some(danach(schnitt));
                teile
            });
            *feste = geteilt.collect();
        }
        if let Key::Lizenzen(staende) = &mut fein.key {
            // Who keeps what it has says nothing new.
            staende.push(((2020, 5, 17), [None; 6]));
        }
        gleich(anteile(&fein.auf(grund)), anteile(&fall.auf(grund)))
    });
}

#[test]
fn credits_mirror_debits() {
    immer(faelle() / 10, |grund, fall| {
        let mut haben = fall.clone();
        let Art::Belege(belege) = &mut haben.art else {
            return Ok(());
        };
        belege.iter_mut().for_each(|beleg| beleg.cent = -beleg.cent);
        let gespiegelt = anteile(&haben.auf(grund))
            .map(|jahre| jahre.into_iter().map(|(j, a)| (j, a.map(|c| -c))).collect());
        gleich(gespiegelt, anteile(&fall.auf(grund)))
    });
}

#[test]
fn the_cases_reach_every_key_kind_and_way_to_count() {
    let mut gesehen = std::collections::BTreeSet::new();
    for saat in 0..500 {
        let fall = Fall::neu(saat);
        gesehen.insert(match fall.key {
            Key::Gleich => "gleich",
            Key::Direkt => "direkt",
            Key::Einwohner(..) => "einwohner",
            Key::Fallzahlen(_) => "fallzahlen",
            Key::Lizenzen(_) => "lizenzen",
            Key::Quoten(_) => "quoten",
        });
        gesehen.insert(match fall.art {
            Art::Platz(_) => "arbeitsplatz",
            Art::Fest(_) => "festbetrag",
            Art::Belege(_) => "rechnungen",
        });
        gesehen.insert(match fall.zeit {
            Zeit::Tage => "tage",
            Zeit::Zaehlt => "zählt",
            Zeit::ZaehltNicht => "zählt-nicht",
        });
    }
    assert_eq!(gesehen.len(), 12);
}
