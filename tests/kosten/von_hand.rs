//! Small matters, each with the calculation by hand: what a clerk would check with a pocket calculator.

use drucksache::compute::Kosten;
use drucksache::model::Schluessel;
use drucksache::pipeline::Eingabe;

use crate::vorgang::{eingabe, rechne};

const STAMMDATEN: &str = "körperschaften:\n\
    \x20 kreis-muster: { name: Muster, gattung: Kreis }\n\
    \x20 stadt-a: { name: Adorf, gattung: Stadt, ags: '05978004' }\n\
    \x20 stadt-b: { name: Bestadt, gattung: Stadt, ags: '05978008' }\n\
    \x20 stadt-c: { name: Cestadt, gattung: Stadt, ags: '05978016' }\n\
    \x20 stadt-d: { name: Destadt, gattung: Stadt, ags: '05978024' }\n";

/// A matter with one item: the rule of its time, who uses when, and the item's lines.
fn fall(zeit: &str, nutzung: &[&str], kosten: &[&str]) -> Eingabe {
    let komma = if zeit.is_empty() { "" } else { ", " };
    let mut text = format!(
        "vereinbarungen:\n  v:\n    parteien: [kreis-muster]\n    rechtsstand: 01.01.2027\n    \
         anwender_zum: 01.01.2027\n    aufgaben: {{ t: {{ bezeichnung: Technik, anbieter: kreis-muster }} }}\n    \
         abrechnung: {{ bis: 31. März, zahlungsziel_tage: 30, einwendungsfrist_monate: 3{komma}{zeit} }}\nnutzung:\n"
    );
    for zeile in nutzung {
        text.push_str(&format!("  - {{ anwender: {zeile} }}\n"));
    }
    text.push_str("kosten:\n  p:\n    aufgabe: t\n");
    for zeile in kosten {
        text.push_str(&format!("    {zeile}\n"));
    }
    eingabe(&text, STAMMDATEN)
}

fn mit_kosten<T>(eingabe: &Eingabe, nimm: impl FnOnce(&Kosten<'_>) -> T) -> T {
    rechne(eingabe, |_, zahlen| {
        nimm(&zahlen.vereinbarungen[&Schluessel::from("v")].kosten)
    })
}

/// The shares of a year in cents: Adorf, Bestadt, Cestadt, Destadt.
fn anteile(eingabe: &Eingabe, jahr: u32) -> [i64; 4] {
    mit_kosten(eingabe, |kosten| {
        let jahr = kosten.rechnungen[0].jahre.iter().find(|j| j.jahr == jahr);
        ["stadt-a", "stadt-b", "stadt-c", "stadt-d"].map(|wer| {
            jahr.unwrap()
                .anteil_von(&wer.into())
                .map_or(0, |a| a.betrag.0)
        })
    })
}

/// The steps of a year as they are printed.
fn schritte(eingabe: &Eingabe, jahr: u32) -> Vec<(String, String)> {
    mit_kosten(eingabe, |kosten| {
        let jahr = kosten.rechnungen[0].jahre.iter().find(|j| j.jahr == jahr);
        let schritte = jahr.unwrap().schritte.iter();
        schritte.map(|s| (s.text(), s.gedruckt())).collect()
    })
}

const TAGE: &str = "zeitrechnung: tage";

#[test]
fn three_whole_months_cost_three_monthly_sums_in_days_too() {
    for zeit in ["", TAGE] {
        let fall = fall(
            zeit,
            &["stadt-a, von: 01.10.2027"],
            &[
                "schlüssel: gleiche-teile",
                "festbetrag: [{ betrag: 201, je: monat }]",
            ],
        );
        // 3 × 201,00; by the days of the year it would be 2.412,00 × 92/365 = 607,96.
        assert_eq!(anteile(&fall, 2027), [60_300, 0, 0, 0], "{zeit}");
        let worte = schritte(&fall, 2027).concat_worte();
        assert!(worte.ends_with("201,00 € × 3 Monate = 603,00 €"), "{worte}");
    }
}

#[test]
fn a_part_of_a_month_costs_its_days_of_the_month() {
    let fall = fall(
        TAGE,
        &["stadt-a, von: 10.10.2027"],
        &[
            "schlüssel: gleiche-teile",
            "festbetrag: [{ betrag: 201, je: monat }]",
        ],
    );
    // 201 × 22/31 = 142,645…; + 402,00 = 544,65.
    assert_eq!(anteile(&fall, 2027), [54_465, 0, 0, 0]);
    assert_eq!(
        schritte(&fall, 2027).concat_worte(),
        "Festbetrag, 10.10. – 31.12.2027: 201,00 € × (22/31 + 2) Monate = ≈ 544,65 €"
    );
}

#[test]
fn who_joins_within_a_month_shares_that_months_sum() {
    let fall = fall(
        TAGE,
        &["stadt-a, von: 01.01.2028", "stadt-b, von: 11.02.2028"],
        &[
            "schlüssel: gleiche-teile",
            "festbetrag: [{ bis: 31.03.2028, betrag: 290, je: monat }]",
        ],
    );
    // February 2028 has 29 days: 10 for Adorf alone (100,00), 19 for both (190,00). 290 + 100 + 95 + 145 = 630.
    assert_eq!(anteile(&fall, 2028), [63_000, 24_000, 0, 0]);
}

trait Worte {
    fn concat_worte(&self) -> String;
}

impl Worte for Vec<(String, String)> {
    fn concat_worte(&self) -> String {
        let zeilen: Vec<_> = self
            .iter()
            .map(|(text, betrag)| format!("{text} = {betrag}"))
            .collect();
        zeilen.join("; ")
    }
}
