//! Small matters, each with the calculation by hand: what a clerk would check with a pocket calculator.

use drucksache::compute::Kosten;
use drucksache::model::Schluessel;
use drucksache::pipeline::Eingabe;

use crate::vorgang::{befunde, eingabe, rechne};

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

const ZAEHLT_NICHT: &str = "angefangener_monat: zählt-nicht";

/// Adorf a half, Bestadt and Cestadt a quarter; Bestadt goes on 15 May, and from `ab` on two have a half.
fn ausscheiden(zeit: &str, ab: &str) -> Eingabe {
    fall(
        zeit,
        &[
            "stadt-a, von: 01.01.2027",
            "stadt-b, von: 01.01.2027, bis: 15.05.2027",
            "stadt-c, von: 01.01.2027",
        ],
        &[
            "schlüssel:",
            "  quoten:",
            "    - { anteile: { stadt-a: 1/2, stadt-b: 1/4, stadt-c: 1/4 } }",
            &format!("    - {{ ab: {ab}, anteile: {{ stadt-a: 1/2, stadt-c: 1/2 }} }}"),
            "festbetrag: [{ betrag: 1200 }]",
        ],
    )
}

#[test]
fn a_quota_ends_with_the_last_month_that_counts_for_its_user() {
    // Bestadt bears a quarter of five months: 1.200 × 5/12 × 1/4 = 125,00; of four: 100,00; of 135 days: 110,96.
    for (zeit, erwartet) in [
        ("", [60_000, 12_500, 47_500, 0]),
        (ZAEHLT_NICHT, [60_000, 10_000, 50_000, 0]),
        (TAGE, [60_000, 11_096, 48_904, 0]),
    ] {
        assert_eq!(
            anteile(&ausscheiden(zeit, "16.05.2027"), 2027),
            erwartet,
            "{zeit}"
        );
    }
    // Where the month counts for Bestadt the next version may also begin behind it.
    assert_eq!(
        anteile(&ausscheiden("", "01.06.2027"), 2027),
        [60_000, 12_500, 47_500, 0]
    );
}

#[test]
fn where_one_follows_another_within_a_month_its_quota_is_borne_once() {
    let folge = |zeit| {
        fall(
            zeit,
            &[
                "stadt-a, von: 01.01.2027",
                "stadt-b, von: 01.01.2027, bis: 15.05.2027",
                "stadt-d, von: 16.05.2027",
            ],
            &[
                "schlüssel: { quoten: [{ anteile: { stadt-a: 3/4, stadt-b: 1/4 } }, { ab: 16.05.2027, anteile: { stadt-a: 3/4, stadt-d: 1/4 } }] }",
                "festbetrag: [{ betrag: 1200 }]",
            ],
        )
    };
    // May is Destadt's where a month that has begun counts, else Bestadt's: 4 and 8 months, or 5 and 7.
    assert_eq!(anteile(&folge(""), 2027), [90_000, 10_000, 0, 20_000]);
    assert_eq!(
        anteile(&folge(ZAEHLT_NICHT), 2027),
        [90_000, 12_500, 0, 17_500]
    );
}

#[test]
fn the_remedy_for_an_exit_leads_to_a_sound_matter() {
    for zeit in ["", ZAEHLT_NICHT, TAGE] {
        let ohne = befunde(&fall(
            zeit,
            &[
                "stadt-a, von: 01.01.2027",
                "stadt-b, von: 01.01.2027, bis: 15.05.2027",
            ],
            &[
                "schlüssel: { quoten: [{ anteile: { stadt-a: 3/4, stadt-b: 1/4 } }] }",
                "festbetrag: [{ betrag: 1200 }]",
            ],
        ));
        assert!(
            ohne.contains("Fassung mit `ab: 16.05.2027` ohne stadt-b ergänzen"),
            "{ohne}"
        );
        rechne(&ausscheiden(zeit, "16.05.2027"), |_, _| ());
    }
}

#[test]
fn a_licence_of_one_user_is_due_in_instalments_while_it_uses() {
    let fall = fall(
        "abschläge: [{ zum: 1. April, anteil: 1/4 }, { zum: 1. Oktober, anteil: 1/4 }]",
        &[
            "stadt-a, von: 01.01.2027",
            "stadt-b, von: 01.01.2027, bis: 30.06.2027",
        ],
        &[
            "schlüssel: direkt",
            "rechnungen: [{ datum: 01.03.2027, text: Lizenz, brutto: 1200, für: stadt-b }]",
        ],
    );
    let teile = mit_kosten(&fall, |kosten| {
        let zahlung = &kosten.jahr(2027).unwrap().zahlungen[0];
        let teile = zahlung.teile.iter();
        teile
            .map(|t| (t.bis.unwrap().to_string(), t.betrag.0))
            .collect::<Vec<_>>()
    });
    // A quarter in April; in October it is gone, so the rest comes with the settlement.
    assert_eq!(
        teile,
        [
            ("01.04.2027".to_owned(), 30_000),
            ("02.05.2028".to_owned(), 90_000)
        ]
    );
}

#[test]
fn each_part_of_a_year_says_which_count_of_residents_it_is_shared_by() {
    let stammdaten = STAMMDATEN
        .replace("'05978004' }", "'05978004', einwohner: [{ stand: 31.12.2025, zahl: 3000, quelle: Destatis }, { stand: 31.12.2026, zahl: 4000, quelle: IT.NRW }] }")
        .replace("'05978008' }", "'05978008', einwohner: [{ stand: 31.12.2025, zahl: 1000, quelle: Destatis }, { stand: 31.12.2026, zahl: 1000, quelle: IT.NRW }] }");
    let vorgang = "vereinbarungen:\n  v:\n    parteien: [kreis-muster]\n    rechtsstand: 01.01.2027\n    anwender_zum: 01.01.2027\n    \
        aufgaben: { t: { bezeichnung: Technik, anbieter: kreis-muster } }\nnutzung:\n  - { anwender: stadt-a, von: 01.01.2027 }\n  \
        - { anwender: stadt-b, von: 01.01.2027 }\nkosten:\n  p:\n    aufgabe: t\n    schlüssel:\n      einwohner:\n        \
        - { stichtag: 31.12.2025 }\n        - { ab: 01.07.2027, stichtag: 31.12.2026 }\n    festbetrag: [{ betrag: 1200 }]\n";
    let eingabe = eingabe(vorgang, &stammdaten);
    let quellen = mit_kosten(&eingabe, |kosten| {
        kosten.rechnungen[0].jahre[0].gewichtsquellen()
    });
    assert_eq!(
        quellen,
        [
            "Einwohner am 31.12.2025 (Destatis)",
            "Einwohner am 31.12.2026 (IT.NRW)"
        ]
    );
    // 600 × 3/4 + 600 × 4/5 = 930,00.
    assert_eq!(anteile(&eingabe, 2027), [93_000, 27_000, 0, 0]);
}
