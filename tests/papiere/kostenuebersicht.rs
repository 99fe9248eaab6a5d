//! The cost annex: what it says of shares, changes and payments, its charts, and the budget block that draws on it.

use std::sync::Arc;

use drucksache::pipeline::{Eingabe, Fertig};

use crate::fixture::{baue, befunde, drucksache_215_21, ersetze, markdown};

const ANNEX: &str = "vereinbarung-anlage-2-kostenuebersicht";

fn annex(eingabe: &Eingabe) -> String {
    markdown(&baue(eingabe), ANNEX)
}

fn enthaelt(text: &str, zeilen: &[&str]) {
    for zeile in zeilen {
        assert!(text.contains(zeile), "{zeile} fehlt in\n{text}");
    }
}

fn mit(datei: &str, alt: &str, neu: &str) -> Eingabe {
    let mut eingabe = drucksache_215_21();
    ersetze(&mut eingabe.vorgang, datei, alt, neu);
    eingabe
}

fn papier(eingabe: &Eingabe, name: &str) -> Fertig {
    let mut papiere = baue(eingabe).papiere.into_iter();
    papiere.find(|fertig| fertig.papier.name == name).unwrap()
}

#[test]
fn shares_of_all_years_stand_side_by_side() {
    enthaelt(
        &annex(&drucksache_215_21()),
        &[
            "| Beteiligte | 2020 | 2021 | 2022 |\n|---|--:|--:|--:|\n| Stadt Bergkamen | 4.120,54 € | 3.803,58 € | 3.328,13 € |\n",
            "| Gemeinde Holzwickede | – | – | 3.328,13 € |\n",
            "| **Summe** | **26.625,00 €** | **26.625,00 €** | **26.625,00 €** |\n",
            "Die Jahre 2020 und 2021 liegen vor dem Beginn dieser Vereinbarung",
            "Annahme (2020 und 2021): Vor dem 1. Januar 2022",
        ],
    );
}

#[test]
fn a_year_that_is_cut_shows_its_parts() {
    enthaelt(
        &annex(&drucksache_215_21()),
        &[
            "| Januar bis Juni 2020 | 6/12 | 13.312,50 € | 6 | 1/6 |\n",
            "| Juli bis Dezember 2020 | 6/12 | 13.312,50 € | 7 | 1/7 |\n",
            "| Stadt Lünen (Eigenanteil) | 13/84 | 4.120,54 € |\n",
            "| Stadt Selm | 1/14 | 1.901,78 € |\n",
        ],
    );
}

#[test]
fn days_are_counted_where_the_agreement_says_so() {
    let text = annex(&mit(
        "vereinbarungen.yaml",
        "einwendungsfrist_monate: 3 }",
        "einwendungsfrist_monate: 3, zeitrechnung: tage }",
    ));
    enthaelt(
        &text,
        &[
            "| 01.01. – 30.06.2020 | 182/366 | ≈ 13.239,75 € | 6 | 1/6 |\n",
            "| Stadt Bergkamen | 4.118,81 € |",
            "wird dieses Jahr nach Tagen verteilt.",
        ],
    );
}

#[test]
fn a_day_within_a_month_is_told_beside_the_months() {
    let eingabe = mit(
        "nutzung.yaml",
        "anwender: stadt-selm, von: 01.07.2020",
        "anwender: stadt-selm, von: 15.07.2020",
    );
    enthaelt(
        &annex(&eingabe),
        &[
            "| Januar bis Juni 2020 (tatsächlich bis zum 14.07.2020) | 6/12 |",
            "| Juli bis Dezember 2020 (tatsächlich ab dem 15.07.2020) | 6/12 |",
        ],
    );
}

#[test]
fn accession_of_several_is_compared_with_the_time_before() {
    enthaelt(
        &annex(&drucksache_215_21()),
        &[
            "## Was ändert der Beitritt der Stadt Selm und der Gemeinde Holzwickede?\n",
            "Die Stadt Selm nutzt den Dienst schon seit dem 1. Juli 2020; auch diese Nutzung ist dabei weggedacht.",
            "Die Stadt Selm und die Gemeinde Holzwickede tragen zusammen 6.656,25 €. Die übrigen Beteiligten tragen zusammen 6.656,25 € weniger",
            "| Stadt Bergkamen | 4.437,50 € | 3.328,13 € | −1.109,37 € |\n",
            "| Stadt Selm | – | 3.328,12 € | 3.328,12 € |\n",
        ],
    );
}

#[test]
fn accession_of_one_is_told_in_the_singular() {
    let text = annex(&mit(
        "vereinbarungen.yaml",
        "      - stadt-werne\n",
        "      - stadt-selm\n      - stadt-werne\n",
    ));
    enthaelt(
        &text,
        &[
            "## Was ändert der Beitritt der Gemeinde Holzwickede?\n",
            "Die Gemeinde Holzwickede trägt 3.328,13 €. Die übrigen Beteiligten",
            "| Stadt Bergkamen | 3.803,58 € | 3.328,13 € | −475,45 € |\n",
        ],
    );
}

#[test]
fn without_accession_there_is_nothing_to_compare() {
    let mut eingabe = mit(
        "vereinbarungen.yaml",
        "      - stadt-werne\n",
        "      - stadt-selm\n      - stadt-werne\n      - gemeinde-holzwickede\n",
    );
    // Its title tells of the accession.
    eingabe.vorgang.dateien.remove("drucksachen/12-0544.yaml");
    let text = annex(&eingabe);
    assert!(!text.contains("Was ändert"), "{text}");
}

#[test]
fn an_assumption_stands_once() {
    let text = annex(&drucksache_215_21());
    assert_eq!(
        text.matches("Vor dem 1. Januar 2022 tragen").count(),
        1,
        "{text}"
    );
}

#[test]
fn what_one_bears_alone_is_marked_and_not_shared() {
    let eingabe = mit(
        "kosten.yaml",
        "kosten:\n",
        "kosten:\n  lizenzen:\n    aufgabe: fachadministration\n    bezeichnung: Lizenzen\n    \
         schlüssel: gleiche-teile\n    rechnungen:\n      \
         - { datum: 01.06.2022, text: Grundpaket, brutto: 800, quelle: Beispielwert }\n      \
         - { datum: 01.06.2022, text: Zusatz, brutto: 50, für: gemeinde-holzwickede, quelle: Beispielwert }\n",
    );
    enthaelt(
        &annex(&eingabe),
        &[
            "Was jemand allein trägt, ist so bezeichnet; das Übrige wird zu gleichen Teilen verteilt.",
            "| Zusatz (01.06.2022), allein Gemeinde Holzwickede |",
            "| davon zu verteilen | ohne das, was jemand allein trägt | 800,00 € |",
        ],
    );
}

#[test]
fn payments_name_the_last_day() {
    let text = annex(&drucksache_215_21());
    enthaelt(
        &text,
        &[
            "| Von | An | Abrechnung, fällig bis 02.05.2023 |\n|---|---|--:|\n",
            "| Stadt Bergkamen | Stadt Lünen | 3.328,13 € |\n",
        ],
    );
    assert!(!text.contains("Zahlungen für 2021"), "{text}");
    assert!(!text.contains("| Stadt Lünen | Stadt Lünen |"), "{text}");
}

#[test]
fn instalments_have_columns_of_their_own() {
    let eingabe = mit(
        "vereinbarungen.yaml",
        "einwendungsfrist_monate: 3 }",
        "einwendungsfrist_monate: 3, abschläge: [{ zum: 15. Mai, anteil: 1/2 }, { zum: 15. November, anteil: 1/4 }] }",
    );
    enthaelt(
        &annex(&eingabe),
        &[
            "| Von | An | Abschlag zum 15.05.2022 | Abschlag zum 15.11.2022 | Abrechnung, fällig bis 02.05.2023 | Summe |\n",
            "| Stadt Bergkamen | Stadt Lünen | 1.664,07 € | 832,03 € | 832,03 € | 3.328,13 € |\n",
        ],
    );
    let vereinbarung = markdown(&baue(&eingabe), "vereinbarung");
    enthaelt(
        &vereinbarung,
        &["sind Abschläge zu zahlen: 50 % zum 15. Mai und 25 % zum 15. November."],
    );
}

#[test]
fn weights_stand_beside_the_shares() {
    let zahlen = |holzwickede: &str| {
        format!(
            "zahlen: {{ stadt-bergkamen: 1200, gemeinde-boenen: 100, stadt-luenen: 300, stadt-schwerte: 100, \
             stadt-selm: 100, stadt-unna: 100, stadt-werne: 100{holzwickede} }}"
        )
    };
    let schluessel = format!(
        "schlüssel: {{ fallzahlen: [{{ jahr: 2020, {0} }}, {{ jahr: 2021, {0} }}, {{ jahr: 2022, {1} }}] }}",
        zahlen(""),
        zahlen(", gemeinde-holzwickede: 0"),
    );
    let mut eingabe = mit("kosten.yaml", "schlüssel: gleiche-teile", &schluessel);
    // Where shares are not equal, „je 1/8“ is no fact.
    for text in ["texte/sachbericht.md", "texte/sachbericht-bergkamen.md"] {
        ersetze(
            &mut eingabe.vorgang,
            text,
            " (je {{ anwender.anteil }})",
            "",
        );
    }
    enthaelt(
        &annex(&eingabe),
        &[
            "| Beteiligte | Fälle ab Januar 2020 | Fälle ab Juli 2020 | Anteil | Betrag |\n",
            "| Beteiligte | Fälle | Anteil | Betrag |\n|---|--:|:-:|--:|\n| Stadt Bergkamen | 1.200 | 3/5 | 15.975,00 € |\n",
            "| Gemeinde Holzwickede | 0 | 0 | 0,00 € |\n",
            "nach Fallzahlen verteilt",
        ],
    );
}

#[test]
fn charts_stand_beside_the_annex_and_nowhere_else() {
    let beilagen = |name| {
        let beilagen = papier(&drucksache_215_21(), name).beilagen;
        beilagen.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        beilagen(ANNEX),
        [
            "vereinbarung-kosten-2022.svg",
            "vereinbarung-kosten-jahre.svg"
        ]
    );
    assert_eq!(beilagen("vereinbarung"), Vec::<String>::new());
}

#[test]
fn a_chart_of_an_earlier_run_does_not_count() {
    let datei = "vereinbarung-kosten-2022.svg";
    let mut eingabe = drucksache_215_21();
    let alt: Arc<[u8]> =
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"[..].into();
    eingabe.vorgang.dateien.insert(datei.to_owned(), alt);
    let jetzt = papier(&eingabe, ANNEX);
    let svg = std::str::from_utf8(&jetzt.beilagen[datei]).unwrap();
    assert!(
        svg.contains("<title id=\"titel\">Anteile 2022</title>"),
        "{svg}"
    );
}

#[test]
fn a_payers_budget_block_takes_its_share_on_request() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/12-0544.yaml",
        "  sachbericht:",
        "  haushalt: { haushaltsjahr: 2022, kosten_des_jahres: 2022 }\n  sachbericht:",
    );
    // Bergkamen's own form has no budget block.
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "    hausstil:\n      vorlagen: { beschlussvorlage: beschlussvorlage-bergkamen }\n",
        "",
    );
    let vorlage = markdown(&baue(&eingabe), "12-0544-beschlussvorlage");
    enthaelt(
        &vorlage,
        &[
            "| | | **Aufwand/Auszahlung** | 3.328,13 € |",
            "| **Ertrag/Einzahlung [€]** |  |",
        ],
    );
}

#[test]
fn a_budget_block_without_costs_is_a_finding() {
    let klagen = befunde(&mit(
        "drucksachen/215-21.yaml",
        "    haushaltsjahr: 2021ff.\n",
        "    haushaltsjahr: 2021ff.\n    kosten_des_jahres: 2022\n",
    ));
    assert!(
        klagen.contains("für 2022 ergeben die Kosten keinen Betrag für „Kreis Unna“"),
        "{klagen}"
    );
}

#[test]
fn a_budget_block_has_its_amounts_from_one_place() {
    let klagen = befunde(&mit(
        "drucksachen/215-21.yaml",
        "    haushaltsjahr: 2021ff.\n",
        "    haushaltsjahr: 2021ff.\n    kosten_des_jahres: 2022\n    aufwand: 5\n",
    ));
    assert!(klagen.contains("haushalt-doppelt"), "{klagen}");
}

/// One more item, of Unna, in 2022.
fn mit_position(betrag: &str) -> Eingabe {
    mit(
        "kosten.yaml",
        "kosten:\n",
        &format!(
            "kosten:\n  drucker:\n    aufgabe: fachadministration\n    bezeichnung: Drucker\n    \
             anbieter: {{ wer: stadt-unna, grund: Unna druckt. }}\n    schlüssel: gleiche-teile\n    \
             rechnungen: [{{ datum: 01.06.2022, text: Toner, brutto: \"{betrag}\", quelle: Beispielwert }}]\n"
        ),
    )
}

#[test]
fn claims_on_each_other_are_both_printed() {
    enthaelt(
        &annex(&mit_position("800")),
        &[
            "Die Stadt Unna stellt 700,00 € in Rechnung und trägt 100,00 € als Eigenanteil selbst.",
            "| Stadt Lünen | Kreisstadt Unna | 100,00 € |",
            "| Kreisstadt Unna | Stadt Lünen | 3.328,12 € |",
        ],
    );
}

#[test]
fn a_credit_is_called_a_credit() {
    enthaelt(
        &annex(&mit_position("-80000")),
        &[
            "Die Stadt Unna schreibt 70.000,00 € gut und behält 10.000,00 € als Eigenanteil selbst.",
            "| Kreisstadt Unna | Stadt Lünen (Gutschrift) | 10.000,00 € |",
            "erhalten zusammen 13.343,75 € gutgeschrieben. Die übrigen Beteiligten erhalten zusammen 13.343,75 € \
             weniger gutgeschrieben als ohne den Beitritt.",
        ],
    );
}

#[test]
fn an_equal_share_is_no_fact_where_costs_are_shared_otherwise() {
    let klagen = befunde(&mit(
        "kosten.yaml",
        "schlüssel: gleiche-teile",
        "schlüssel: { quoten: [{ anteile: { stadt-bergkamen: 50 %, stadt-unna: 50 % } }] }\n    \
         zahler: { wer: [stadt-bergkamen, stadt-unna], grund: Nur beide zahlen. }",
    ));
    assert!(klagen.contains("je {{ anwender.anteil }}"), "{klagen}");
    assert!(
        klagen.contains("keinen Wert") || klagen.contains("„anteil“"),
        "{klagen}"
    );
}
