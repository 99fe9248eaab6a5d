//! The agreement, its annexes and the letters after the decision follow the facts.

use std::sync::Arc;

use drucksache::diagnostic::render;
use drucksache::pipeline::Eingabe;

use crate::fixture::{baue, befunde, drucksache_215_21, entwirf, ersetze, markdown, namen};

const VEREINBARUNG: &str = "vereinbarung";
const KOSTEN: &str = "vereinbarung-anlage-2-kostenuebersicht";
const KONZEPT: &str = "vereinbarung-anlage-1-organisationskonzept";

fn mit(ersetzungen: &[(&str, &str)]) -> Eingabe {
    let mut eingabe = drucksache_215_21();
    for (alt, neu) in ersetzungen {
        ersetze(&mut eingabe.vorgang, "vereinbarungen.yaml", alt, neu);
    }
    eingabe
}

fn text(ersetzungen: &[(&str, &str)]) -> String {
    markdown(&entwirf(&mit(ersetzungen)), VEREINBARUNG)
}

/// The fixture without its section on personal data.
fn ohne_datenschutz() -> Eingabe {
    let mut eingabe = drucksache_215_21();
    let yaml = String::from_utf8(eingabe.vorgang.dateien["vereinbarungen.yaml"].to_vec()).unwrap();
    let (vor, rest) = yaml.split_once("    datenschutz:\n").unwrap();
    let (_, nach) = rest.split_once("    kündigung:\n").unwrap();
    let neu = format!("{vor}    kündigung:\n{nach}");
    let neu: Arc<[u8]> = neu.into_bytes().into();
    eingabe
        .vorgang
        .dateien
        .insert("vereinbarungen.yaml".to_owned(), neu);
    eingabe
}

/// The headings of the clauses: key and heading.
fn klauseln(markdown: &str) -> Vec<(String, String)> {
    let mut zeilen = markdown.lines();
    let mut klauseln = Vec::new();
    while let Some(zeile) = zeilen.next() {
        if let Some(schluessel) = zeile.strip_prefix("<!-- klausel: ") {
            let titel = zeilen.find(|zeile| !zeile.is_empty()).unwrap();
            klauseln.push((
                schluessel.trim_end_matches(" -->").to_owned(),
                titel.to_owned(),
            ));
        }
    }
    klauseln
}

/// Clauses are numbered without a gap, and each reference names the number of the clause that it leads to.
fn ist_in_ordnung(markdown: &str) {
    let klauseln = klauseln(markdown);
    for (i, (_, titel)) in klauseln.iter().enumerate() {
        assert!(
            titel.starts_with(&format!("## § {} ", i + 1)),
            "{titel} in\n{markdown}"
        );
    }
    for stueck in markdown.split("[§ ").skip(1) {
        let (text, rest) = stueck.split_once("](#").unwrap();
        let (ziel, _) = rest.split_once(')').unwrap();
        let nummer = klauseln.iter().position(|(k, _)| k == ziel).unwrap() + 1;
        let genannt = text.split(' ').next().unwrap();
        assert_eq!(genannt, nummer.to_string(), "{stueck}");
    }
}

#[test]
fn clauses_are_numbered_and_references_lead_forward_and_backward() {
    let text = text(&[]);
    ist_in_ordnung(&text);
    assert_eq!(klauseln(&text).len(), 14);
    assert!(text.contains("durch die Stadt Lünen ([§ 2](#aufgabe-fachadministration))"));
    assert!(text.contains("Die Kosten nach [§ 6](#kosten) tragen"));
}

#[test]
fn every_party_of_the_rubrum_signs_once_in_its_order() {
    let text = text(&[]);
    let unterschriften: Vec<_> = text
        .lines()
        .filter_map(|zeile| zeile.strip_prefix("<!-- unterschrift: "))
        .map(|zeile| zeile.split(" | ").next().unwrap())
        .collect();
    let rubrum: Vec<_> = text
        .lines()
        .filter(|zeile| zeile.contains(", vertreten durch "))
        .map(|zeile| zeile.split(", vertreten").next().unwrap())
        .map(|zeile| zeile.split_once(". ").unwrap().1.split_once(' ').unwrap().1)
        .collect();
    assert_eq!(unterschriften.len(), 9);
    assert_eq!(unterschriften, rubrum);
}

#[test]
fn an_office_that_signs_with_another_has_a_line_for_each() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "vertretung: [{ amt: landrat }]",
        "vertretung: [{ amt: landrat }, { ab: 01.01.2021, amt: landrat, weitere_unterschriften: [bürgermeisteramt] }]",
    );
    let text = markdown(&entwirf(&eingabe), VEREINBARUNG);
    assert_eq!(text.matches("<!-- unterschrift: Kreis Unna |").count(), 2);
}

#[test]
fn a_delegated_task_passes_over_at_a_moment() {
    let text = text(&[(
        "        art: mandatierend\n        seit: 2019\n        dient: ",
        "        art: delegierend\n        übergang: 01.03.2022\n        seit: 2019\n        dient: ",
    )]);
    ist_in_ordnung(&text);
    assert!(
        text.contains("Die Stadt Lünen übernimmt von den übrigen Anwenderkommunen in die eigene Zuständigkeit:"),
        "{text}"
    );
    assert!(
        text.contains("Am 1. März 2022, nicht jedoch vor dem Wirksamwerden dieser Vereinbarung ([§ 14](#inkrafttreten)), gehen das Recht und die Pflicht, diese Aufgabe zu erfüllen, auf die Stadt Lünen über"),
        "{text}"
    );
    assert!(text.contains("Soweit eine Aufgabe nicht ausdrücklich übertragen wird"));
    assert!(text.contains("im Sinne des Art. 4 Nr. 7 DSGVO"));
}

#[test]
fn without_a_day_of_its_own_a_delegated_task_passes_over_with_the_effect() {
    let text = text(&[(
        "        art: mandatierend\n        seit: 2019\n        dient: ",
        "        art: delegierend\n        seit: 2019\n        dient: ",
    )]);
    assert!(
        text.contains("Mit dem Wirksamwerden dieser Vereinbarung ([§ 14"),
        "{text}"
    );
}

#[test]
fn a_mandate_alone_says_nothing_of_a_transfer() {
    let text = text(&[]);
    for wort in ["delegier", "übertragen", "Recht und die Pflicht, diese"] {
        let ohne_grund = text.replace("delegierten existenzsichernden", "");
        assert!(!ohne_grund.contains(wort), "{wort}");
    }
}

#[test]
fn without_personal_data_there_is_no_clause_on_them() {
    let text = markdown(&entwirf(&ohne_datenschutz()), VEREINBARUNG);
    ist_in_ordnung(&text);
    assert_eq!(klauseln(&text).len(), 13);
    for wort in ["Datenschutz", "DSGVO", "Auftragsverarbeit"] {
        assert!(!text.contains(wort), "{wort}");
    }
}

#[test]
fn three_providers_have_a_clause_each() {
    let eingabe = mit(&[(
        "    lenkungskreis:",
        "      schulung:\n        bezeichnung: Schulung\n        anbieter: stadt-selm\n        empfänger: [stadt-werne, gemeinde-boenen]\n        leistungen: [Schulung neuer Beschäftigter]\n    lenkungskreis:",
    )]);
    let ergebnis = entwirf(&eingabe);
    let text = markdown(&ergebnis, VEREINBARUNG);
    ist_in_ordnung(&text);
    assert!(
        text.contains("3. Schulung, ausgeführt durch die Stadt Selm ([§ 4](#aufgabe-schulung)).\n"),
        "{text}"
    );
    assert!(
        text.contains("Die Stadt Selm führt für die Stadt Werne und die Gemeinde Bönen durch: Schulung neuer Beschäftigter.\n"),
        "{text}"
    );
    let konzept = markdown(&ergebnis, KONZEPT);
    assert!(
        konzept.contains("| Leistung | Kreis Unna | Stadt Lünen | Stadt Selm | übrige Parteien |"),
        "{konzept}"
    );
    assert!(
        konzept.contains(
            "| Schulung neuer Beschäftigter | wird informiert | wird informiert | führt aus |"
        ),
        "{konzept}"
    );
}

#[test]
fn cost_items_come_in_the_order_in_which_they_were_typed() {
    let mut eingabe = drucksache_215_21();
    let mut kosten = String::from_utf8(eingabe.vorgang.dateien["kosten.yaml"].to_vec()).unwrap();
    for name in ["Zusatz", "Anbau"] {
        kosten.push_str(&format!(
            "  {}:\n    aufgabe: fachadministration\n    bezeichnung: {name}\n    schlüssel: gleiche-teile\n    festbetrag: [{{ betrag: 1200 }}]\n",
            name.to_lowercase()
        ));
    }
    let kosten: Arc<[u8]> = kosten.into_bytes().into();
    let dateien = &mut eingabe.vorgang.dateien;
    dateien.insert("kosten.yaml".to_owned(), kosten);
    let ergebnis = entwirf(&eingabe);
    for (papier, wort) in [(KOSTEN, "gerechnet: "), (VEREINBARUNG, "für „")] {
        let text = markdown(&ergebnis, papier);
        let at = |name: &str| text.find(&format!("{wort}{name}")).unwrap();
        assert!(at("Zusatz") < at("Anbau"), "{text}");
    }
}

#[test]
fn the_law_is_cited_in_full_once_as_of_the_last_decision() {
    let voll = "des Gesetzes über kommunale Gemeinschaftsarbeit (GkG NRW) in der Fassung der Bekanntmachung vom 1. Oktober 1979 (GV. NRW. S. 621), ";
    let jetzt = text(&[]);
    assert_eq!(
        jetzt
            .matches("Gesetzes über kommunale Gemeinschaftsarbeit")
            .count(),
        1
    );
    assert!(jetzt.contains(&format!(
        "{voll}in der zum 09.11.2021 geltenden Fassung, folgende"
    )));
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "sitzungsdatum: 09.11.2021",
        "sitzungsdatum: 14.12.2021",
    );
    let spaeter = markdown(&entwirf(&eingabe), VEREINBARUNG);
    assert!(
        spaeter.contains(&format!(
            "{voll}zuletzt geändert durch Gesetz vom 1. Dezember 2021 (GV. NRW. S. 1346), folgende"
        )),
        "{spaeter}"
    );
    assert!(!spaeter.contains("09.11.2021"));
}

#[test]
fn an_unknown_law_is_told_where_it_is_cited() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "texte/praeambel.md",
        "recht(gesetz=\"asylblg\")",
        "recht(gesetz=\"asylbg\")",
    );
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[unbekanntes-gesetz]"), "{text}");
    assert!(text.contains("texte/praeambel.md:3:"), "{text}");
    assert!(text.contains("meinten Sie „asylblg“?"), "{text}");
}

#[test]
fn the_shares_are_those_of_the_worked_example() {
    let text = markdown(&entwirf(&drucksache_215_21()), KOSTEN);
    for zeile in [
        "| Personalkosten | 88.000,00 € × 0,25 (Beispielwert) | 22.000,00 € |",
        "| Gemeinkosten | 10 % von 22.000,00 € Personalkosten | 2.200,00 € |",
        "| Sachkosten | 9.700,00 € × ¼ (Beispielwert) | 2.425,00 € |",
        "| **Jahresbetrag** | | **26.625,00 €** |",
        "| Stadt Bergkamen | 1/8 | 3.328,13 € |",
        "| Stadt Lünen (Eigenanteil) | 1/8 | 3.328,13 € |",
        "| Stadt Schwerte | 1/8 | 3.328,12 € |",
        "| Gemeinde Holzwickede | 1/8 | 3.328,13 € |",
        "Die Stadt Lünen stellt 23.296,87 € in Rechnung und trägt 3.328,13 € als Eigenanteil selbst.",
    ] {
        assert!(text.contains(zeile), "{zeile} fehlt in\n{text}");
    }
    assert!(!text.contains("Rundung |"));
}

#[test]
fn printed_steps_that_miss_the_total_show_the_difference() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "kosten.yaml",
        "jahr: 2022, personalkosten: 88000, sachkosten_pauschale: 9700,",
        "jahr: 2022, personalkosten: '88000,02', sachkosten_pauschale: '9700,02',",
    );
    let text = markdown(&entwirf(&eingabe), KOSTEN);
    for zeile in [
        "| ≈ 22.000,01 € |",
        "| ≈ 2.200,00 € |",
        "| ≈ 2.425,01 € |",
        "| −0,01 € |",
        "**26.625,01 €**",
    ] {
        assert!(text.contains(zeile), "{zeile} fehlt in\n{text}");
    }
}

#[test]
fn a_provider_that_uses_nothing_invoices_all() {
    let eingabe = mit(&[("anbieter: stadt-luenen", "anbieter: kreis-unna")]);
    let ergebnis = entwirf(&eingabe);
    let text = markdown(&ergebnis, KOSTEN);
    assert!(text.contains("Der Kreis Unna stellt den ganzen Betrag in Rechnung."));
    assert!(!text.contains("Eigenanteil"));
    assert!(!markdown(&ergebnis, VEREINBARUNG).contains("Eigenanteil"));
}

#[test]
fn letters_are_written_when_their_time_has_come() {
    let anlagen = [KONZEPT, KOSTEN];
    let mut erwartet = vec![
        "12-0544-beschlussvorlage",
        "215-21-beschlussvorlage",
        VEREINBARUNG,
    ];
    erwartet.extend(anlagen);
    erwartet.sort_unstable();
    assert_eq!(namen(&entwirf(&drucksache_215_21())), erwartet);

    let unterzeichnet = [(
        "status: entwurf",
        "status: unterzeichnet\n    geschlossen: 30.11.2021",
    )];
    let ergebnis = entwirf(&mit(&unterzeichnet));
    erwartet.extend([
        "vereinbarung-anzeige-aufhebung",
        "vereinbarung-genehmigungsantrag",
    ]);
    erwartet.sort_unstable();
    assert_eq!(namen(&ergebnis), erwartet);
    assert!(
        markdown(&ergebnis, "vereinbarung-genehmigungsantrag")
            .contains("An die Bezirksregierung Arnsberg\n")
    );
    assert!(!markdown(&ergebnis, VEREINBARUNG).contains("entwurf: ja"));
}

#[test]
fn the_publication_is_announced_with_the_day_of_effect() {
    let eingabe = mit(&[(
        "status: entwurf",
        "status: genehmigt\n    geschlossen: 30.11.2021\n    genehmigung: { vom: 14.12.2021 }\n    veröffentlichung: { am: 18.12.2021, nummer: 50 }",
    )]);
    let text = markdown(&entwirf(&eingabe), "215-21-hinweisbekanntmachung");
    assert!(
        text.contains("im Amtsblatt für den Regierungsbezirk Arnsberg Nr. 50 vom 18. Dezember 2021 bekannt gemacht"),
        "{text}"
    );
    // The day after would be 19 December; the agreement names a later one.
    assert!(text.contains("Tag des Wirksamwerdens ist der 1. Januar 2022."));
    assert!(!text.contains("aufgehoben"));
    assert!(text.contains(
        "Die Vereinbarung tritt an die Stelle der öffentlich-rechtlichen Vereinbarung vom 30. Oktober 2019."
    ));
    assert!(text.contains("zuletzt geändert durch Gesetz vom 1. Dezember 2021"));
}

#[test]
fn the_title_of_the_annex_is_that_of_the_paper() {
    let mut eingabe = drucksache_215_21();
    let vorlage = include_str!("../../templates/vereinbarung.md").replacen(
        "titel: \"Öffentlich-rechtliche Vereinbarung zwischen {{ parteien.dativ }}\"",
        "titel: Vertrag über {{ anwender.zahlwort }} Kommunen",
        1,
    );
    let vorlage: Arc<[u8]> = vorlage.into_bytes().into();
    eingabe
        .vorgang
        .dateien
        .insert("templates/vereinbarung.md".to_owned(), vorlage);
    let text = markdown(&entwirf(&eingabe), "215-21-beschlussvorlage");
    assert!(
        text.ends_with("## Anlage\n\nVertrag über acht Kommunen\n"),
        "{text}"
    );
}

#[test]
fn authority_of_municipalities_alone_is_that_of_their_kreis() {
    let text = text(&[
        ("    parteien: [kreis-unna]", "    parteien: [stadt-luenen]"),
        ("anbieter: kreis-unna", "anbieter: stadt-selm"),
    ]);
    assert!(
        text.contains("Sie bedarf der Genehmigung des Landrats des Kreises Unna als unterer staatlicher Verwaltungsbehörde ("),
        "{text}"
    );
    assert!(!text.contains("Bezirksregierung"));
}

#[test]
fn providers_in_two_bezirke_leave_the_authority_open() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "    ags: 05978024\n",
        "    ags: 05978024\n    regierungsbezirk: Münster\n",
    );
    let ergebnis = baue(&eingabe);
    let befund = ergebnis
        .pruefung
        .iter()
        .find(|befund| befund.regel == "zustaendigkeit-unklar")
        .unwrap();
    assert!(befund.text.ends_with("Arnsberg, Münster"), "{befund:?}");
    let text = markdown(&ergebnis, VEREINBARUNG);
    assert!(text.contains("Sie bedarf der Genehmigung der Aufsichtsbehörde ("));
    assert!(!text.contains("Bezirksregierung"));
}

#[test]
fn a_typed_authority_needs_its_reason_and_wins() {
    let text = text(&[(
        "    lenkungskreis:",
        "    aufsicht:\n      nominativ: die Bezirksregierung Münster\n      genitiv: der Bezirksregierung Münster\n      dativ: der Bezirksregierung Münster\n      akkusativ: die Bezirksregierung Münster\n      amtsblatt: Amtsblatt für den Regierungsbezirk Münster\n      grund: Bestimmung durch das Ministerium\n    lenkungskreis:",
    )]);
    assert!(text.contains("Genehmigung der Bezirksregierung Münster"));
    assert!(!text.contains("Arnsberg"));
}

/// The rule and place of the first finding.
fn erster(eingabe: &Eingabe) -> String {
    let text = befunde(eingabe);
    let mut zeilen = text.lines();
    let regel = zeilen.next().unwrap_or_default();
    let ort = zeilen.next().unwrap_or_default().trim();
    let regel = regel.split(']').next().unwrap_or_default();
    format!("{regel}] {ort}")
}

#[test]
fn a_provider_that_is_no_party_is_told() {
    let mut eingabe = mit(&[("anbieter: stadt-luenen", "anbieter: stadt-kamen")]);
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "  stadt-bergkamen:",
        "  stadt-kamen:\n    name: Kamen\n    gattung: Stadt\n\n  stadt-bergkamen:",
    );
    assert_eq!(
        erster(&eingabe),
        "Fehler[keine-partei] --> drucksache-215-21/vereinbarungen.yaml:30:19"
    );
}

#[test]
fn a_reference_to_a_clause_that_the_data_switched_off_is_told() {
    let mut eingabe = ohne_datenschutz();
    ersetze(
        &mut eingabe.vorgang,
        "texte/praeambel.md",
        "in eigener Zuständigkeit",
        "nach {{ verweis(klausel=\"datenschutz\") }}",
    );
    assert_eq!(
        erster(&eingabe),
        "Fehler[verweis-ohne-ziel] --> drucksache-215-21/texte/praeambel.md:3:53"
    );
}

#[test]
fn a_template_without_its_include_is_told() {
    let mut eingabe = drucksache_215_21();
    let vorlage = "---\nje: vereinbarung\ndatei: avv\ntitel: AVV\n---\n# AVV\n\n{% include \"_anhang.md\" %}\n";
    eingabe.vorgang.dateien.insert(
        "templates/avv.md".to_owned(),
        vorlage.as_bytes().to_vec().into(),
    );
    assert_eq!(
        erster(&eingabe),
        "Fehler[vorlage-fehlt] --> drucksache-215-21/templates/avv.md:8:12"
    );
}

#[test]
fn an_agreement_that_is_its_own_annex_is_told() {
    let eingabe = mit(&[("{ papier: kostenübersicht }", "{ papier: vereinbarung }")]);
    assert_eq!(
        erster(&eingabe),
        "Fehler[anlage-im-kreis] --> drucksache-215-21/vereinbarungen.yaml:103:19"
    );
}

#[test]
fn an_annex_that_no_template_makes_is_told() {
    let eingabe = mit(&[("{ papier: kostenübersicht }", "{ papier: kostenübersciht }")]);
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[unbekanntes-papier]"), "{text}");
    assert!(text.contains("meinten Sie „kostenuebersicht“?"), "{text}");
}

#[test]
fn a_title_that_names_itself_is_told() {
    let mut eingabe = drucksache_215_21();
    let vorlage = include_str!("../../templates/kostenuebersicht.md").replacen(
        "titel: Kostenübersicht",
        "titel: \"{{ vereinbarung.anlage.kostenuebersicht.titel }}\"",
        1,
    );
    eingabe.vorgang.dateien.insert(
        "templates/kostenuebersicht.md".to_owned(),
        vorlage.into_bytes().into(),
    );
    let text = befunde(&eingabe);
    assert!(
        text.starts_with("Fehler[angabe-fehlt]: „vereinbarung.anlage.kostenuebersicht.titel“ steht noch nicht fest"),
        "{text}"
    );
}

#[test]
fn a_body_without_an_office_is_told() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "    vertretung: [{ amt: landrat }]\n",
        "    vertretung: [{ ab: 01.01.2022, amt: landrat }]\n",
    );
    let text = befunde(&eingabe);
    assert!(
        text.starts_with(
            "Fehler[vertretung-fehlt]: wer den Kreis Unna am 09.11.2021 vertritt, ist nicht angegeben"
        ),
        "{text}"
    );
}

#[test]
fn the_remedy_for_a_missing_office_fits_the_kind_of_body() {
    let abhilfe = |nach: &str, alt: &str| {
        let mut eingabe = drucksache_215_21();
        let yaml = &eingabe.stammdaten.dateien["koerperschaften.yaml"];
        let yaml = String::from_utf8(yaml.to_vec()).unwrap();
        let (vor, rest) = yaml.split_once(nach).unwrap();
        let neu = format!("{vor}{nach}{}", rest.replacen(alt, "", 1));
        eingabe
            .stammdaten
            .dateien
            .insert("koerperschaften.yaml".to_owned(), neu.into_bytes().into());
        let text = befunde(&eingabe);
        assert_eq!(
            text.matches("Fehler[vertretung-fehlt]").count(),
            1,
            "{text}"
        );
        text.split_once("= Abhilfe: ").unwrap().1.trim().to_owned()
    };
    assert_eq!(
        abhilfe("  kreis-unna:\n", "    vertretung: [{ amt: landrat }]\n"),
        "in den Stammdaten eintragen, etwa vertretung: [{ amt: landrat }]"
    );
    for stadt in ["  stadt-selm:\n", "  gemeinde-boenen:\n"] {
        assert_eq!(
            abhilfe(stadt, "    vertretung: [{ amt: bürgermeisteramt }]\n"),
            "in den Stammdaten eintragen, etwa vertretung: [{ amt: bürgermeisteramt }]"
        );
    }
}

#[test]
fn a_body_that_is_no_party_needs_no_office() {
    let mut eingabe = mit(&[("      - stadt-werne\n", "")]);
    ersetze(
        &mut eingabe.vorgang,
        "nutzung.yaml",
        "  - { anwender: stadt-werne, von: 01.01.2019 }\n",
        "",
    );
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "59368 Werne]\n    kreis: kreis-unna\n    vertretung: [{ amt: bürgermeisteramt }]\n",
        "59368 Werne]\n    kreis: kreis-unna\n",
    );
    entwirf(&eingabe);
}

#[test]
fn an_office_without_the_case_of_the_rubrum_is_told_once() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "    akkusativ: die Bürgermeisterin oder den Bürgermeister\n",
        "",
    );
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[kasus-fehlt]"), "{text}");
    assert_eq!(text.matches("Fehler[").count(), 1, "{text}");
}

#[test]
fn an_official_form_whose_kind_has_no_forms_is_told() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "amtsform: Kreisstadt Unna",
        "amtsform: Hansestadt Unna",
    );
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[amtsform-ohne-beugung]"), "{text}");
}

#[test]
fn a_signed_agreement_without_its_day_is_told() {
    let text = befunde(&mit(&[("status: entwurf", "status: unterzeichnet")]));
    assert!(
        text.starts_with("Fehler[unterzeichnet-ohne-datum]"),
        "{text}"
    );
}

#[test]
fn sound_papers_have_no_findings() {
    let ergebnis = entwirf(&drucksache_215_21());
    assert_eq!(
        render::text(&ergebnis.befunde, &ergebnis.quellen, false),
        ""
    );
}

#[test]
fn a_task_that_enumerates_nothing_beside_one_that_does_is_told() {
    let eingabe = mit(&[(
        "    lenkungskreis:",
        "      schulung: { bezeichnung: Schulung, anbieter: stadt-selm }\n    lenkungskreis:",
    )]);
    let text = befunde(&eingabe);
    assert!(
        text.starts_with("Fehler[aufgabe-ohne-leistungen]"),
        "{text}"
    );
}

/// The fixture's agreement with another key of its cost item.
fn mit_schluessel(schluessel: &str) -> String {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "kosten.yaml",
        "schlüssel: gleiche-teile",
        &format!("schlüssel: {schluessel}"),
    );
    for text in ["texte/sachbericht.md", "texte/sachbericht-bergkamen.md"] {
        ersetze(
            &mut eingabe.vorgang,
            text,
            " (je {{ anwender.anteil }})",
            "",
        );
    }
    let stammdaten = eingabe.stammdaten.dateien["koerperschaften.yaml"].to_vec();
    let gezaehlt = String::from_utf8(stammdaten).unwrap().replace(
        "    kreis: kreis-unna\n",
        "    kreis: kreis-unna\n    einwohner: [{ stand: 31.12.2020, zahl: 49000, quelle: Beispielwert }]\n",
    );
    let gezaehlt: Arc<[u8]> = gezaehlt.into_bytes().into();
    let dateien = &mut eingabe.stammdaten.dateien;
    dateien.insert("koerperschaften.yaml".to_owned(), gezaehlt);
    markdown(&entwirf(&eingabe), VEREINBARUNG)
}

#[test]
fn quotas_stand_in_the_agreement_as_they_hold_from_its_first_day_on() {
    let text = mit_schluessel(
        "{ quoten: [{ anteile: { stadt-bergkamen: 15 %, gemeinde-boenen: 10 %, stadt-luenen: 30 %, stadt-schwerte: 15 %, stadt-unna: 20 %, stadt-werne: 10 % } }, { ab: 01.07.2020, anteile: { stadt-bergkamen: 15 %, gemeinde-boenen: 5 %, stadt-selm: 5 %, stadt-luenen: 30 %, stadt-schwerte: 15 %, stadt-unna: 20 %, stadt-werne: 10 % } }, { ab: 01.01.2022, anteile: { stadt-bergkamen: 10 %, gemeinde-boenen: 5 %, gemeinde-holzwickede: 1/20, stadt-luenen: 30 %, stadt-schwerte: 15 %, stadt-selm: 5 %, stadt-unna: 20 %, stadt-werne: 10 % } }, { ab: 01.07.2022, anteile: { stadt-bergkamen: 15 %, gemeinde-boenen: 5 %, gemeinde-holzwickede: 5 %, stadt-luenen: 25 %, stadt-schwerte: 15 %, stadt-selm: 5 %, stadt-unna: 20 %, stadt-werne: 10 % } }] }",
    );
    ist_in_ordnung(&text);
    assert!(
        text.contains("Die Quoten betragen vom 1. Januar 2022 an:\n\n- Stadt Bergkamen: 10 %\n- Stadt Lünen: 30 %\n"),
        "{text}"
    );
    assert!(text.contains("- Gemeinde Holzwickede: 5 %\n"), "{text}");
    assert!(
        text.contains("Die Quoten betragen ab dem 1. Juli 2022:\n\n- Stadt Bergkamen: 15 %\n- Stadt Lünen: 25 %\n"),
        "{text}"
    );
    assert_eq!(text.matches("Die Quoten betragen").count(), 2);
}

#[test]
fn the_count_of_residents_is_named_by_its_day_and_source() {
    let text = mit_schluessel("{ einwohner: [{ stichtag: 31.12.2020 }] }");
    assert!(
        text.contains("Maßgeblich ist die Einwohnerzahl zum 31. Dezember 2020 (Beispielwert).\n"),
        "{text}"
    );
}

#[test]
fn cases_and_licences_say_which_of_them_count() {
    let alle = "stadt-bergkamen: 1, gemeinde-boenen: 1, gemeinde-holzwickede: 1, stadt-luenen: 3, stadt-schwerte: 1, stadt-selm: 1, stadt-unna: 2, stadt-werne: 1";
    let text = mit_schluessel(&format!(
        "{{ fallzahlen: [{{ jahr: 2020, zahlen: {{ {alle} }} }}, {{ jahr: 2021, zahlen: {{ {alle} }} }}, {{ jahr: 2022, zahlen: {{ {alle} }} }}] }}"
    ));
    assert!(
        text.contains(
            "Fallzahlen der Anwenderkommunen für das Kalenderjahr, das abgerechnet wird."
        ),
        "{text}"
    );
    let text = mit_schluessel(&format!(
        "{{ lizenzen: [{{ ab: 01.01.2019, zahlen: {{ {alle} }} }}, {{ ab: 01.01.2022, zahlen: {{ stadt-luenen: 4 }} }}] }}"
    ));
    assert!(
        text.contains("Die Zahl der Lizenzen beträgt vom 1. Januar 2022 an:\n\n- Stadt Bergkamen: 1\n- Stadt Lünen: 4\n"),
        "{text}"
    );
    assert!(text.contains("gilt die neue Zahl vom Tag der Änderung an"));
}

#[test]
fn turnover_tax_is_borne_on_ones_own_share_with_and_without_an_account() {
    let ohne = [(
        "    abrechnung: { bis: 31. März, zahlungsziel_tage: 30, einwendungsfrist_monate: 3 }\n",
        "",
    )];
    for text in [text(&[]), text(&ohne)] {
        ist_in_ordnung(&text);
        assert!(
            text.contains("trägt jede Anwenderkommune zusätzlich die Steuer, die auf den ihr in Rechnung gestellten Anteil entfällt"),
            "{text}"
        );
        for wort in [
            "Nachweise beizufügen",
            "Einwendungen gegen die Abrechnung",
            "Zugang",
        ] {
            assert!(text.contains(wort), "{wort}");
        }
    }
}

const MANDAT_LUENEN: &str = "        art: mandatierend\n        seit: 2019\n";
const MANDAT_UNNA: &str = "        art: mandatierend\n        seit: 2014\n";

#[test]
fn who_decides_depends_on_what_is_delegated() {
    let teils = text(&[(
        MANDAT_LUENEN,
        "        art: delegierend\n        seit: 2019\n",
    )]);
    assert!(
        teils.contains("Insoweit entscheidet über die Leistungen selbst"),
        "{teils}"
    );
    assert!(teils.contains("fallen das Recht und die Pflicht, eine übertragene Aufgabe zu erfüllen, insoweit an die abgebende Partei zurück"));
    let ganz = text(&[
        (
            MANDAT_LUENEN,
            "        art: delegierend\n        seit: 2019\n",
        ),
        (
            MANDAT_UNNA,
            "        art: delegierend\n        seit: 2014\n",
        ),
    ]);
    ist_in_ordnung(&ganz);
    assert!(!ganz.contains("entscheidet weiterhin"), "{ganz}");
    assert!(!ganz.contains("entscheidet über die Leistungen"));
    assert!(ganz.contains("(delegierende Vereinbarung, § 23 Abs. 1 Alternative 1 GkG NRW)"));
    assert!(ganz.contains("Verarbeitet werden Angaben zur Person"));
    let keine = text(&[]);
    assert!(
        keine.contains("Über die Leistungen selbst entscheidet weiterhin jede Anwenderkommune")
    );
    assert!(!keine.contains("abgebende Partei"));
}

#[test]
fn one_party_is_empowered_to_file_for_all() {
    let text = text(&[]);
    assert!(
        text.contains("Der Kreis Unna wird bevollmächtigt, sie für alle Parteien zu beantragen.")
    );
    assert!(
        text.contains(
            "der Kreis Unna zeigt die Aufhebung für sie der Bezirksregierung Arnsberg an"
        )
    );
}

#[test]
fn without_notice_nothing_refers_to_its_period() {
    let mut eingabe = drucksache_215_21();
    let yaml = String::from_utf8(eingabe.vorgang.dateien["vereinbarungen.yaml"].to_vec()).unwrap();
    let (vor, rest) = yaml.split_once("    kündigung:\n").unwrap();
    let (_, nach) = rest.split_once("    anlagen:\n").unwrap();
    let neu = format!("{vor}    ende: 31.12.2026\n    anlagen:\n{nach}");
    let neu: Arc<[u8]> = neu.into_bytes().into();
    eingabe
        .vorgang
        .dateien
        .insert("vereinbarungen.yaml".to_owned(), neu);
    let text = markdown(&entwirf(&eingabe), VEREINBARUNG);
    assert!(!text.contains("Kündigungsfrist"), "{text}");
    assert!(text.contains("führt sie ihre Aufgabe bis zu ihrem Ausscheiden fort"));
}

#[test]
fn one_joining_town_is_told_in_the_singular() {
    let eingabe = mit(&[(
        "      - stadt-bergkamen\n",
        "      - stadt-bergkamen\n      - stadt-selm\n",
    )]);
    let text = markdown(&entwirf(&eingabe), "215-21-beschlussvorlage");
    assert!(
        text.contains("Nunmehr hat sich auch die Gemeinde Holzwickede"),
        "{text}"
    );
    assert!(text.contains("Der Beitritt wurde in der Konferenz"));
}

#[test]
fn one_provider_and_one_task_are_told_in_the_singular() {
    let mut eingabe = drucksache_215_21();
    let yaml = String::from_utf8(eingabe.vorgang.dateien["vereinbarungen.yaml"].to_vec()).unwrap();
    let (vor, rest) = yaml.split_once("      fachadministration:\n").unwrap();
    let (_, nach) = rest.split_once("    lenkungskreis:").unwrap();
    let neu = format!(
        "{vor}      fachadministration:\n        bezeichnung: Fachadministration\n        anbieter: stadt-luenen\n        leistungen: [Beratung]\n    lenkungskreis:{nach}"
    );
    let neu: Arc<[u8]> = neu.into_bytes().into();
    eingabe
        .vorgang
        .dateien
        .insert("vereinbarungen.yaml".to_owned(), neu);
    let drucksache = "drucksachen/215-21.yaml";
    ersetze(
        &mut eingabe.vorgang,
        drucksache,
        "sachbericht: texte/sachbericht.md",
        "sachbericht: Kurz.",
    );
    for pfad in [
        "texte/anlass.md",
        "texte/sachbericht.md",
        "texte/sachbericht-bergkamen.md",
    ] {
        if let Some(datei) = eingabe.vorgang.dateien.get_mut(pfad) {
            *datei = "Kurz.\n".as_bytes().into();
        }
    }
    let text = markdown(&entwirf(&eingabe), VEREINBARUNG);
    ist_in_ordnung(&text);
    for nie in [
        "ausführenden Parteien",
        "1. Fachadministration",
        "1. Beratung",
    ] {
        assert!(!text.contains(nie), "{nie} in\n{text}");
    }
    assert!(text.contains("Die ausführende Partei rechnet die Kosten"));
    assert!(text.contains("durch: Beratung.\n"));
}

#[test]
fn a_reference_without_a_target_is_told_at_its_own_place() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "texte/praeambel.md",
        "einheitliches Sozialwesen auf.",
        "einheitliches Sozialwesen auf ({{ verweis(klausel=\"kostn\") }}).",
    );
    let text = befunde(&eingabe);
    assert!(text.contains("verweis-ohne-ziel"), "{text}");
    assert!(text.contains("texte/praeambel.md:2:"), "{text}");
}

#[test]
fn one_user_alone_shares_with_nobody() {
    let mut eingabe = mit(&[
        (
            "        anbieter: stadt-luenen\n",
            "        anbieter: kreis-unna\n",
        ),
        ("vorsitz: stadt-luenen", "vorsitz: kreis-unna"),
        ("      - gemeinde-boenen\n", ""),
    ]);
    let nutzung = "nutzung:\n  - { anwender: gemeinde-boenen, von: 01.01.2019 }\n";
    let mut setze = |pfad: &str, text: &str| {
        let text: Arc<[u8]> = text.as_bytes().into();
        eingabe.vorgang.dateien.insert(pfad.to_owned(), text);
    };
    setze("nutzung.yaml", nutzung);
    setze("texte/sachbericht.md", "Bericht.\n");
    setze("texte/sachbericht-bergkamen.md", "Bericht.\n");
    let ergebnis = entwirf(&eingabe);
    let text = markdown(&ergebnis, VEREINBARUNG);
    assert!(
        text.contains("Der Jahresbetrag wird auf volle Cent gerundet.\n"),
        "{text}"
    );
    for wort in ["zu gleichen Teilen", "Übrige Cent", "auf die sich alle"] {
        assert!(!text.contains(wort), "{wort} in\n{text}");
    }
    let konzept = markdown(&ergebnis, KONZEPT);
    assert!(
        konzept.contains("| Kreis Unna | Gemeinde Bönen |"),
        "{konzept}"
    );
    assert!(!konzept.contains("wirken mit"), "{konzept}");
}
