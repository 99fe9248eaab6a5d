//! The vectors that an independent program computed, each with the calculation by hand.

use drucksache::compute::Menge;
use drucksache::compute::kosten::Faelligkeit;
use drucksache::compute::kosten::vergleich;
use drucksache::model::Schluessel;
use drucksache::pipeline::Eingabe;

use crate::vorgang::{drucksache_215_21, rechne};

/// The shares of a year of the one item, by the names of the bodies, in cents; in the order of AGS.
fn anteile(aenderungen: &[(&str, &str)], jahr: u32) -> Vec<(String, i64)> {
    rechne(&drucksache_215_21(aenderungen), |_, zahlen| {
        let kosten = &zahlen.vereinbarungen[&Schluessel::from("vereinbarung-2021")].kosten;
        let jahr = kosten.rechnungen[0]
            .jahre
            .iter()
            .find(|j| j.jahr == jahr)
            .unwrap();
        assert_eq!(jahr.gesamt.0, 2_662_500);
        let mut anteile: Vec<_> = jahr
            .anteile
            .iter()
            .map(|a| {
                (
                    a.koerperschaft.ags.clone(),
                    a.koerperschaft.name.to_string(),
                    a.betrag.0,
                )
            })
            .collect();
        anteile.sort();
        anteile
            .into_iter()
            .map(|(_, name, cent)| (name, cent))
            .collect()
    })
}

#[track_caller]
fn gleich(ist: &[(String, i64)], soll: &[(&str, i64)]) {
    let ist: Vec<_> = ist.iter().map(|(n, c)| (n.as_str(), *c)).collect();
    assert_eq!(ist, soll);
    assert_eq!(ist.iter().map(|(_, cent)| cent).sum::<i64>(), 2_662_500);
}

const TAGE: (&str, &str) = (
    "einwendungsfrist_monate: 3 }",
    "einwendungsfrist_monate: 3, zeitrechnung: tage }",
);

#[test]
fn in_2022_eight_users_bear_an_eighth() {
    // 26.625,00 : 8 = 3.328,125; four cents are left for the four smallest AGS.
    gleich(
        &anteile(&[], 2022),
        &[
            ("Bergkamen", 332_813),
            ("Bönen", 332_813),
            ("Holzwickede", 332_813),
            ("Lünen", 332_813),
            ("Schwerte", 332_812),
            ("Selm", 332_812),
            ("Unna", 332_812),
            ("Werne", 332_812),
        ],
    );
}

#[test]
fn in_2021_seven_users_bear_a_seventh() {
    // 26.625,00 : 7 = 3.803,571…; one cent is left.
    gleich(
        &anteile(&[], 2021),
        &[
            ("Bergkamen", 380_358),
            ("Bönen", 380_357),
            ("Lünen", 380_357),
            ("Schwerte", 380_357),
            ("Selm", 380_357),
            ("Unna", 380_357),
            ("Werne", 380_357),
        ],
    );
}

#[test]
fn in_2020_by_months_selm_bears_half_a_year() {
    // 6/12 : 6 + 6/12 : 7 = 13/84 each, Selm 6/12 : 7 = 1/14.
    gleich(
        &anteile(&[], 2020),
        &[
            ("Bergkamen", 412_054),
            ("Bönen", 412_054),
            ("Lünen", 412_054),
            ("Schwerte", 412_054),
            ("Selm", 190_178),
            ("Unna", 412_053),
            ("Werne", 412_053),
        ],
    );
}

#[test]
fn in_2020_by_days_selm_bears_184_of_366() {
    gleich(
        &anteile(&[TAGE], 2020),
        &[
            ("Bergkamen", 411_881),
            ("Bönen", 411_881),
            ("Lünen", 411_880),
            ("Schwerte", 411_880),
            ("Selm", 191_218),
            ("Unna", 411_880),
            ("Werne", 411_880),
        ],
    );
}

/// Base data with the residents of all eight, as of 31.12.2022.
fn mit_einwohnern() -> Vec<(String, String)> {
    [
        ("05978004", "49.263"),
        ("05978008", "18.438"),
        ("05978016", "17.298"),
        ("05978024", "86.868"),
        ("05978028", "46.658"),
        ("05978032", "26.163"),
        ("05978036", "60.892"),
        ("05978040", "29.680"),
    ]
    .into_iter()
    .map(|(ags, zahl)| {
        let zeile = format!("    ags: {ags}\n");
        let neu = format!(
            "{zeile}    einwohner: [{{ stand: 31.12.2022, zahl: {zahl}, quelle: Gemeindeverzeichnis }}]\n"
        );
        (zeile, neu)
    })
    .collect()
}

#[test]
fn by_residents_each_bears_its_part_of_335260() {
    let mut aenderungen = mit_einwohnern();
    aenderungen.push((
        "schlüssel: gleiche-teile\n".to_owned(),
        "schlüssel: { einwohner: [{ stichtag: 31.12.2022 }] }\n".to_owned(),
    ));
    let aenderungen: Vec<_> = aenderungen
        .iter()
        .map(|(alt, neu)| (alt.as_str(), neu.as_str()))
        .collect();
    gleich(
        &anteile(&aenderungen, 2022),
        &[
            ("Bergkamen", 391_227),
            ("Bönen", 146_427),
            ("Holzwickede", 137_374),
            ("Lünen", 689_871),
            ("Schwerte", 370_539),
            ("Selm", 207_776),
            ("Unna", 483_580),
            ("Werne", 235_706),
        ],
    );
}

#[test]
fn luenen_invoices_seven_eighths() {
    rechne(&drucksache_215_21(&[]), |_, zahlen| {
        let kosten = &zahlen.vereinbarungen[&Schluessel::from("vereinbarung-2021")].kosten;
        let jahr = &kosten.rechnungen[0].jahre[2];
        assert_eq!(
            (jahr.rechnungen.0, jahr.eigenanteil.0),
            (2_329_687, 332_813)
        );
        let wirkung = kosten
            .haushalt(&Schluessel::from("stadt-luenen"), 2022)
            .unwrap();
        assert_eq!(
            (wirkung.traegt.0, wirkung.zahlt.0, wirkung.erhaelt.0),
            (332_813, 0, 2_329_687)
        );
        let wirkung = kosten
            .haushalt(&Schluessel::from("kreis-unna"), 2022)
            .unwrap();
        assert_eq!(
            (wirkung.traegt.0, wirkung.zahlt.0, wirkung.erhaelt.0),
            (0, 0, 0)
        );
    });
}

#[test]
fn holzwickede_takes_475_euros_off_the_others() {
    // 3.803,57 − 3.328,12 = 475,45; with the cents that ties give away.
    rechne(&drucksache_215_21(&[]), |vorgang, zahlen| {
        let schluessel = Schluessel::from("vereinbarung-2021");
        let beteiligte = &zahlen.vereinbarungen[&schluessel];
        let weg = Menge::aus(
            vorgang,
            vorgang
                .koerperschaften
                .get(&Schluessel::from("gemeinde-holzwickede"))
                .into_iter(),
        );
        let vereinbarung = &vorgang.vereinbarungen[&schluessel];
        let parteien = (&beteiligte.parteien, &weg);
        let vergleich = vergleich(vorgang, vereinbarung, parteien, &beteiligte.kosten).unwrap();
        assert_eq!(vergleich.jahr, 2022);
        let zeilen: Vec<_> = vergleich
            .zeilen
            .iter()
            .map(|z| (z.koerperschaft.name.as_str(), z.mit.0, z.ohne.map(|o| o.0)))
            .collect();
        assert_eq!(
            zeilen,
            [
                ("Bergkamen", 332_813, Some(380_358)),
                ("Lünen", 332_813, Some(380_357)),
                ("Schwerte", 332_812, Some(380_357)),
                ("Selm", 332_812, Some(380_357)),
                ("Unna", 332_812, Some(380_357)),
                ("Werne", 332_812, Some(380_357)),
                ("Bönen", 332_813, Some(380_357)),
                ("Holzwickede", 332_813, None),
            ]
        );
    });
}

#[test]
fn instalments_and_settlement_are_due_in_turn() {
    let abschlaege = (
        "einwendungsfrist_monate: 3 }",
        "einwendungsfrist_monate: 3, abschläge: [{ zum: 1. April, anteil: 1/3 }, { zum: 1. Oktober, anteil: 1/3 }] }",
    );
    let beitritt = (
        "gemeinde-holzwickede, von: 01.01.2022",
        "gemeinde-holzwickede, von: 01.07.2022",
    );
    rechne(&drucksache_215_21(&[abschlaege, beitritt]), |_, zahlen| {
        let kosten = &zahlen.vereinbarungen[&Schluessel::from("vereinbarung-2021")].kosten;
        let zahlt = |wer: &str| -> Vec<(String, i64)> {
            let zahlungen = &kosten.jahr(2022).unwrap().zahlungen;
            let zahlung = zahlungen
                .iter()
                .find(|z| z.von.schluessel.as_str() == wer)
                .unwrap();
            assert_eq!(zahlung.an.schluessel.as_str(), "stadt-luenen");
            zahlung
                .teile
                .iter()
                .map(|teil| (teil.bis.unwrap().to_string(), teil.betrag.0))
                .collect()
        };
        // 3.565,85 : 3 = 1.188,61 2/3; the cents go to what is due first. 1 October is a Saturday, 3 October a holiday.
        assert_eq!(
            zahlt("stadt-bergkamen"),
            [
                ("01.04.2022".to_owned(), 118_862),
                ("04.10.2022".to_owned(), 118_862),
                ("02.05.2023".to_owned(), 118_861)
            ]
        );
        // It was not there in April: 1.664,06 × 1/3 = 554,68 2/3 in October, the rest with the settlement.
        assert_eq!(
            zahlt("gemeinde-holzwickede"),
            [
                ("04.10.2022".to_owned(), 55_469),
                ("02.05.2023".to_owned(), 110_937)
            ]
        );
        // Before the agreement begins nobody owes instalments by it.
        let vorher = kosten.jahr(2020).unwrap().zahlungen.iter();
        assert!(
            vorher
                .flat_map(|z| &z.teile)
                .all(|teil| teil.art == Faelligkeit::Abrechnung)
        );
    });
}

/// Drucksache 215/21 with an invoice of Unna to all users beside: its day, its text and its sum.
fn mit_rechnung_unnas(datum: &str, text: &str, brutto: &str) -> Eingabe {
    let drucker = format!(
        "kosten:\n  drucker:\n    aufgabe: fachadministration\n    bezeichnung: Drucker\n    \
         anbieter: {{ wer: stadt-unna, grund: Unna druckt. }}\n    schlüssel: gleiche-teile\n    \
         rechnungen: [{{ datum: {datum}, text: {text}, brutto: \"{brutto}\", quelle: Beispielwert }}]\n  \
         fachadministration:\n"
    );
    drucksache_215_21(&[("kosten:\n  fachadministration:\n", &drucker)])
}

#[test]
fn claims_of_two_bodies_on_each_other_stand_gross() {
    rechne(
        &mit_rechnung_unnas("01.06.2022", "Toner", "800"),
        |_, zahlen| {
            let kosten = &zahlen.vereinbarungen[&Schluessel::from("vereinbarung-2021")].kosten;
            let zwischen = |von: &str, an: &str| {
                let zahlungen = &kosten.jahr(2022).unwrap().zahlungen;
                let passend = zahlungen
                    .iter()
                    .filter(|z| z.von.schluessel.as_str() == von && z.an.schluessel.as_str() == an);
                passend.map(|z| z.betrag.0).collect::<Vec<_>>()
            };
            assert_eq!(zwischen("stadt-luenen", "stadt-unna"), [10_000]);
            assert_eq!(zwischen("stadt-unna", "stadt-luenen"), [332_812]);
            let haushalt = kosten.haushalt(&"stadt-unna".into(), 2022).unwrap();
            assert_eq!((haushalt.zahlt.0, haushalt.erhaelt.0), (332_812, 70_000));
        },
    );
}

#[test]
fn credits_stand_by_who_grants_them() {
    rechne(
        &mit_rechnung_unnas("01.06.2022", "Gutschrift", "-800"),
        |_, zahlen| {
            let kosten = &zahlen.vereinbarungen[&Schluessel::from("vereinbarung-2021")].kosten;
            let gutschriften: Vec<_> = kosten
                .jahr(2022)
                .unwrap()
                .zahlungen
                .iter()
                .map(|z| z.gutschrift)
                .collect();
            // Lünen's seven bills, then Unna's seven credits.
            assert_eq!(gutschriften, [[false; 7], [true; 7]].concat());
        },
    );
}

#[test]
fn a_providers_budget_of_a_year_of_credits_is_gross() {
    rechne(
        &mit_rechnung_unnas("01.06.2023", "Gutschrift", "-1000,03"),
        |_, zahlen| {
            let kosten = &zahlen.vereinbarungen[&Schluessel::from("vereinbarung-2021")].kosten;
            let haushalt = |wer: &str, jahr| {
                let wirkung = kosten.haushalt(&wer.into(), jahr).unwrap();
                (wirkung.ertrag.0, wirkung.aufwand.0)
            };
            // The refund is income; seven of eight parts are passed on (the own share is 125,00 €).
            assert_eq!(haushalt("stadt-unna", 2023), (100_003, 87_503));
            assert_eq!(haushalt("stadt-werne", 2023), (12_500, 0));
            assert_eq!(haushalt("stadt-luenen", 2022), (2_329_687, 2_662_500));
            assert_eq!(haushalt("kreis-unna", 2022), (0, 0));
        },
    );
}
