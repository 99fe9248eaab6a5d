//! The cost annex: what it says of shares, changes and payments, its charts, and the budget block that draws on it.

use std::sync::Arc;

use drucksache::pipeline::{Eingabe, Fertig};

use crate::fixture::{baue, befunde, drucksache_215_21, entwirf, ersetze, markdown};

const ANNEX: &str = "vereinbarung-anlage-2-kostenuebersicht";

fn annex(eingabe: &Eingabe) -> String {
    markdown(&entwirf(eingabe), ANNEX)
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
    let eingabe = ohne_achtel(mit(
        "kosten.yaml",
        "kosten:\n",
        "kosten:\n  lizenzen:\n    aufgabe: fachadministration\n    bezeichnung: Lizenzen\n    \
         schlüssel: gleiche-teile\n    rechnungen:\n      \
         - { datum: 01.06.2022, text: Grundpaket, brutto: 800, quelle: Beispielwert }\n      \
         - { datum: 01.06.2022, text: Zusatz, brutto: 50, für: gemeinde-holzwickede, quelle: Beispielwert }\n",
    ));
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
            // 15 May is a Sunday.
            "| Von | An | Abschlag zum 16.05.2022 | Abschlag zum 15.11.2022 | Abrechnung, fällig bis 02.05.2023 | Summe |\n",
            "| Stadt Bergkamen | Stadt Lünen | 1.664,07 € | 832,03 € | 832,03 € | 3.328,13 € |\n",
        ],
    );
    let vereinbarung = markdown(&entwirf(&eingabe), "vereinbarung");
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
    let vorlage = markdown(&entwirf(&eingabe), "12-0544-beschlussvorlage");
    enthaelt(
        &vorlage,
        &[
            "| | | **Aufwand/Auszahlung** | 3.328,13 € (Beispielwert) |",
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

/// The matter without „je 1/8“ in its prose.
fn ohne_achtel(mut eingabe: Eingabe) -> Eingabe {
    for text in ["texte/sachbericht.md", "texte/sachbericht-bergkamen.md"] {
        ersetze(
            &mut eingabe.vorgang,
            text,
            " (je {{ anwender.anteil }})",
            "",
        );
    }
    eingabe
}

fn vereinbarung(eingabe: &Eingabe) -> String {
    markdown(&entwirf(eingabe), "vereinbarung")
}

#[test]
fn a_task_for_some_is_paid_by_some() {
    let eingabe = mit(
        "vereinbarungen.yaml",
        "        anbieter: stadt-luenen\n",
        "        anbieter: stadt-luenen\n        empfänger: [stadt-bergkamen, stadt-werne]\n",
    );
    assert!(befunde(&eingabe).contains("„anteil“"));
    let text = vereinbarung(&ohne_achtel(eingabe));
    enthaelt(
        &text,
        &[
            "Die Städte Bergkamen, Lünen und Werne tragen gemeinsam die Aufwendungen",
            "zu gleichen Teilen auf die Städte Bergkamen, Lünen und Werne verteilt (bei drei Beteiligten je 1/3)",
        ],
    );
}

#[test]
fn named_payers_stand_in_the_agreement() {
    let text = vereinbarung(&ohne_achtel(mit(
        "kosten.yaml",
        "schlüssel: gleiche-teile",
        "schlüssel: gleiche-teile\n    zahler: { wer: [stadt-bergkamen, stadt-werne], grund: Nur beide zahlen. }",
    )));
    enthaelt(
        &text,
        &[
            "Die Städte Bergkamen und Werne tragen gemeinsam die Aufwendungen",
            "(bei zwei Beteiligten je 1/2)",
        ],
    );
    assert!(
        !text.contains("auf alle Anwenderkommunen verteilt"),
        "{text}"
    );
}

#[test]
fn a_single_payer_bears_all_alone() {
    let eingabe = ohne_achtel(mit(
        "kosten.yaml",
        "schlüssel: gleiche-teile",
        "schlüssel: gleiche-teile\n    zahler: { wer: [stadt-werne], grund: Nur Werne zahlt. }",
    ));
    enthaelt(
        &vereinbarung(&eingabe),
        &[
            "Die Stadt Werne trägt die Aufwendungen",
            "Der Jahresbetrag wird auf volle Cent gerundet.\n",
        ],
    );
    enthaelt(&annex(&eingabe), &["die Stadt Werne trägt ihn allein."]);
}

const LIZENZ: &str = "kosten:\n  lizenz:\n    aufgabe: fachadministration\n    bezeichnung: Lizenz\n    \
     schlüssel: gleiche-teile\n    festbetrag:\n      - { von: 01.01.2022, bis: 31.12.2022, betrag: 1200 }\n      \
     - { von: 01.01.2022, bis: 31.12.2022, betrag: 7, für: stadt-selm }\n";

#[test]
fn the_agreement_says_who_bears_what_alone() {
    let text = vereinbarung(&ohne_achtel(mit("kosten.yaml", "kosten:\n", LIZENZ)));
    enthaelt(
        &text,
        &[
            "Er beträgt 1.200,00 € im Jahr vom 01.01.2022 bis zum 31.12.2022.",
            "Der Jahresbetrag wird ohne das, was jemand nach dieser Vorschrift allein trägt, auf volle Cent",
            "Allein trägt:\n\n- die Stadt Selm 7,00 € im Jahr vom 01.01.2022 bis zum 31.12.2022\n",
        ],
    );
}

#[test]
fn an_equal_share_is_no_fact_where_one_bears_a_sum_alone() {
    let klagen = befunde(&mit("kosten.yaml", "kosten:\n", LIZENZ));
    assert!(klagen.contains("„anteil“"), "{klagen}");
}

#[test]
fn the_post_is_told_as_it_is_held() {
    let eingabe = mit(
        "kosten.yaml",
        "      werte:\n",
        "      besetzung:\n        - { ab: 01.01.2020, stellenanteil: \"0,5\" }\n        - { ab: 01.09.2022, stellenanteil: 1/3, gruppe: Entgeltgruppe 10 TVöD-VKA }\n      werte:\n",
    );
    let worte = "ab dem 1. September 2022 von 1/3 Vollzeitäquivalent in der Bewertung Entgeltgruppe 10 TVöD-VKA";
    enthaelt(
        &vereinbarung(&eingabe),
        &[
            &format!(
                "einen Stellenanteil von 0,5 Vollzeitäquivalent der Bewertung A11 LBesG NRW oder Entgeltgruppe 10 TVöD-VKA vor, {worte}."
            ),
            &format!("vervielfacht mit dem Stellenanteil von 0,5 ({worte}),"),
        ],
    );
    enthaelt(
        &annex(&eingabe),
        &[&format!(
            "hält für diese Aufgabe einen Stellenanteil von 0,5 Vollzeitäquivalent der Bewertung A11 LBesG NRW oder Entgeltgruppe 10 TVöD-VKA vor, {worte}."
        )],
    );
}

#[test]
fn another_rate_than_agreed_is_said() {
    let text = annex(&mit(
        "kosten.yaml",
        "{ jahr: 2022, ",
        "{ jahr: 2022, gemeinkosten: 12 %, gemeinkosten_grund: der Kreistag hat es so beschlossen, ",
    ));
    enthaelt(
        &text,
        &[
            "Abweichung: Für 2022 ist der Zuschlag für Gemeinkosten mit 12 % statt der vereinbarten 10 % gerechnet.",
        ],
    );
}

#[test]
fn a_period_of_its_own_stands_in_agreement_and_annex() {
    let eingabe = mit(
        "kosten.yaml",
        "schlüssel: gleiche-teile",
        "schlüssel: gleiche-teile\n    zeitraum: { von: 15.03.2022, grund: Die Stelle ist erst dann besetzt. }",
    );
    enthaelt(
        &vereinbarung(&eingabe),
        &["entstehen Kosten nur ab dem 15. März 2022;"],
    );
    enthaelt(
        &annex(&eingabe),
        &["Kosten entstehen nur ab dem 15. März 2022;"],
    );
}

#[test]
fn what_a_joiner_bears_alone_is_thought_away_with_it() {
    let text = annex(&ohne_achtel(mit("kosten.yaml", "kosten:\n", LIZENZ)));
    // 26.625,00 € and 1.200,00 € among six; the 7,00 € of Selm are gone.
    enthaelt(
        &text,
        &["| **Summe** | **27.825,00 €** | **27.832,00 €** |"],
    );
}

#[test]
fn an_assumption_names_its_item_where_there_are_several() {
    enthaelt(
        &annex(&ohne_achtel(mit("kosten.yaml", "kosten:\n", LIZENZ))),
        &["Annahme (2020 und 2021, Fachadministration): Vor dem 1. Januar 2022"],
    );
}

#[test]
fn invoices_may_be_passed_on_where_work_costs_nothing() {
    let eingabe = ohne_achtel(mit(
        "kosten.yaml",
        "kosten:\n",
        "kosten:\n  wartung:\n    aufgabe: support\n    bezeichnung: Wartung\n    schlüssel: gleiche-teile\n    \
         rechnungen: [{ datum: 01.06.2022, text: Wartung, netto: 100, steuersatz: 19 %, quelle: Beispielwert }]\n",
    ));
    let text = annex(&eingabe);
    enthaelt(&text, &["### Wartung 2022: 119,00 €"]);
    assert!(!text.contains("noch nicht bekannt"), "{text}");
    enthaelt(
        &vereinbarung(&eingabe),
        &["nur in Rechnungen Dritter, die weitergegeben werden, ist die Umsatzsteuer enthalten"],
    );
}

#[test]
fn a_sum_for_which_no_month_counts_is_a_finding() {
    let klagen = befunde(&mit(
        "kosten.yaml",
        "kosten:\n",
        "kosten:\n  lizenz:\n    aufgabe: fachadministration\n    schlüssel: gleiche-teile\n    festbetrag:\n      \
         - { von: 01.01.2022, bis: 15.06.2022, betrag: 1200 }\n      \
         - { von: 16.06.2022, bis: 20.06.2022, betrag: 2400 }\n      \
         - { von: 21.06.2022, bis: 31.12.2022, betrag: 3600 }\n",
    ));
    assert!(klagen.contains("zeitraum-ohne-monat"), "{klagen}");
}

#[test]
fn a_sum_without_a_first_day_holds_from_the_first_use() {
    let text = annex(&mit(
        "kosten.yaml",
        "kosten:\n",
        "kosten:\n  lizenz:\n    aufgabe: fachadministration\n    bezeichnung: Lizenz\n    schlüssel: gleiche-teile\n    \
         festbetrag: [{ betrag: 1200 }]\n",
    ));
    enthaelt(
        &text,
        &["### Lizenz 2019: 1.200,00 €", "### Lizenz 2022: 1.200,00 €"],
    );
}

/// With instalments, and a use that is told otherwise.
fn mit_abschlag(alt: &str, neu: &str) -> String {
    let mut eingabe = ohne_achtel(mit(
        "vereinbarungen.yaml",
        "einwendungsfrist_monate: 3 }",
        "einwendungsfrist_monate: 3, abschläge: [{ zum: 15. Juni, anteil: 1/2 }] }",
    ));
    ersetze(&mut eingabe.vorgang, "nutzung.yaml", alt, neu);
    annex(&eingabe)
}

#[test]
fn no_instalment_is_asked_before_use_begins_in_the_month() {
    let text = mit_abschlag(
        "gemeinde-holzwickede, von: 01.01.2022",
        "gemeinde-holzwickede, von: 20.06.2022",
    );
    assert!(
        text.contains("| Gemeinde Holzwickede | Stadt Lünen | – |"),
        "{text}"
    );
}

#[test]
fn no_instalment_is_asked_between_two_uses() {
    let text = mit_abschlag(
        "  - { anwender: stadt-werne, von: 01.01.2019 }\n",
        "  - { anwender: stadt-werne, von: 01.01.2019, bis: 30.04.2022 }\n  - { anwender: stadt-werne, von: 01.09.2022 }\n",
    );
    assert!(text.contains("| Stadt Werne | Stadt Lünen | – |"), "{text}");
}
