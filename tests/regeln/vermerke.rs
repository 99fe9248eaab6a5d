//! What ends a waiver and what does not: all findings of a fixture are accepted, then its files are edited.

use std::collections::BTreeSet;

use drucksache::input::tree::{Kind, Node};
use drucksache::input::{Tree, parse};
use drucksache::pipeline::{self, Eingabe, Ergebnis};
use drucksache::source::Source;
use serde_json::{Value, json};

use crate::ersetzung::ersetze;
use crate::fall;

const VORGANG: &str = "drucksache-215-21";
const DATEI: &str = "vermerke.yaml";
const VEREINBARUNGEN: &str = "vereinbarungen.yaml";
const VORLAGE: &str = "drucksachen/215-21.yaml";
const SACHBERICHT: &str = "texte/sachbericht.md";
const NUTZUNG: &str = "nutzung.yaml";

/// The fixture with all its findings accepted, after these changes.
fn vermerkt(aenderungen: &[(&str, &str, &str)]) -> Eingabe {
    let mut eingabe = fall::grundlage(VORGANG);
    for (datei, suche, durch) in aenderungen {
        ersetze(&mut eingabe, datei, suche, durch).unwrap();
    }
    let ergebnis = pipeline::pruefe_regeln(&eingabe);
    assert!(ergebnis.ist_gebaut());
    let eintraege: Vec<Value> = ergebnis
        .pruefung
        .iter()
        .map(|befund| {
            let pruefung = befund.pruefung.as_ref().unwrap();
            json!({
                "regel": befund.regel, "stelle": pruefung.stelle, "grund": "so gewollt", "name": "M. B.",
                "deckt": pruefung.deckt,
            })
        })
        .collect();
    let yaml = json!({ "vermerke": eintraege }).to_string();
    schreibe(&mut eingabe, DATEI, &yaml);
    assert_eq!(verfallen(&eingabe), BTreeSet::new());
    let offen = pipeline::pruefe_regeln(&eingabe);
    assert!(offen.pruefung.iter().all(|befund| !befund.zaehlt()));
    eingabe
}

fn schreibe(eingabe: &mut Eingabe, datei: &str, text: &str) {
    let bytes = text.as_bytes().to_vec().into();
    eingabe.vorgang.dateien.insert(datei.to_owned(), bytes);
}

fn text(eingabe: &Eingabe, datei: &str) -> String {
    String::from_utf8(eingabe.vorgang.dateien[datei].to_vec()).unwrap()
}

/// The rules whose waivers hold no longer.
fn verfallen(eingabe: &Eingabe) -> BTreeSet<String> {
    let ergebnis = pipeline::pruefe_regeln(eingabe);
    assert!(ergebnis.ist_gebaut(), "{:#?}", ergebnis.befunde);
    let klagen = ergebnis.pruefung.iter();
    let klagen = klagen.filter(|befund| befund.regel.starts_with("vermerk-"));
    klagen.map(|befund| regel(befund, &ergebnis)).collect()
}

/// The rule that the waiver names at which a finding stands.
fn regel(befund: &drucksache::diagnostic::Befund, ergebnis: &Ergebnis) -> String {
    let drucksache::diagnostic::Stelle::Datei { datei, bereich } = &befund.stelle else {
        panic!("{befund:?}");
    };
    let text = &ergebnis.quellen.get(datei).unwrap().text;
    let eintrag = &text[text[..bereich.start].rfind('{').unwrap()..];
    let (_, rest) = eintrag.split_once("\"regel\":\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// The YAML files of the matter with their trees.
fn baeume(eingabe: &Eingabe) -> Vec<(String, Tree)> {
    let dateien = eingabe.vorgang.dateien.keys();
    let yaml = dateien.filter(|datei| datei.ends_with(".yaml") && *datei != DATEI);
    yaml.map(|datei| {
        let quelle = Source::new(datei.as_str(), text(eingabe, datei));
        (datei.clone(), parse(&quelle).unwrap())
    })
    .collect()
}

/// The same in the style of JSON: all values in quotes, all keys from last to first.
fn umgekehrt(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar(skalar) if skalar.is_empty() => String::new(),
        Kind::Scalar(skalar) => json!(skalar.text()).to_string(),
        Kind::List(zeilen) => {
            let zeilen: Vec<_> = zeilen.iter().map(umgekehrt).collect();
            format!("[{}]", zeilen.join(", "))
        }
        Kind::Map(eintraege) => {
            let eintraege: Vec<_> = eintraege
                .iter()
                .rev()
                .map(|e| format!("{}: {}", json!(e.key.text()), umgekehrt(&e.value)))
                .collect();
            format!("{{{}}}", eintraege.join(", "))
        }
    }
}

#[test]
fn quotes_and_the_order_of_keys_end_no_waiver() {
    let mut eingabe = vermerkt(&[]);
    for (datei, baum) in baeume(&eingabe) {
        // The order of tasks is that of the clauses.
        if datei != VEREINBARUNGEN {
            schreibe(&mut eingabe, &datei, &umgekehrt(baum.root()));
        }
    }
    assert_eq!(verfallen(&eingabe), BTreeSet::new());
}

#[test]
fn comments_and_blank_lines_end_no_waiver() {
    let mut eingabe = vermerkt(&[]);
    for (datei, baum) in baeume(&eingabe) {
        let alt = text(&eingabe, &datei);
        let in_wert = |at: usize| {
            let mut skalare = baum.scalars().filter_map(|(route, _)| baum.node(&route));
            skalare.any(|node| node.range.contains(&at))
        };
        let mut neu = String::new();
        let mut at = 0;
        for zeile in alt.split_inclusive('\n') {
            // The first line of a block begins before its text.
            let im_block = neu.trim_end().ends_with(['|', '>', '-']);
            if !in_wert(at) && !im_block {
                neu.push_str("\n# eine Bemerkung\n");
            }
            neu.push_str(zeile);
            at += zeile.len();
        }
        assert!(neu.len() > alt.len());
        schreibe(&mut eingabe, &datei, &neu);
    }
    assert_eq!(verfallen(&eingabe), BTreeSet::new());
}

#[test]
fn another_order_of_the_rows_of_use_ends_no_waiver() {
    let mut eingabe = vermerkt(&[]);
    let alt = text(&eingabe, NUTZUNG);
    let (zeilen, kopf): (Vec<_>, Vec<_>) = alt.lines().partition(|z| z.starts_with("  - "));
    let zeilen: Vec<_> = zeilen.into_iter().rev().collect();
    let neu = format!("{}\n{}\n", kopf.join("\n"), zeilen.join("\n"));
    schreibe(&mut eingabe, NUTZUNG, &neu);
    assert_eq!(verfallen(&eingabe), BTreeSet::new());
}

#[test]
fn a_step_added_before_ends_no_waiver_of_another_step() {
    let mut eingabe = vermerkt(&[]);
    let schritt = "    - { gremium: Kreisausschuss, sitzungsdatum: 08.11.2021";
    let davor = "    - { gremium: Kreisausschuss, sitzungsdatum: 25.10.2021, beschlussstatus: Vorberatung, beratungsstatus: öffentlich }\n";
    ersetze(&mut eingabe, VORLAGE, schritt, &format!("{davor}{schritt}")).unwrap();
    assert_eq!(verfallen(&eingabe), BTreeSet::new());
}

/// A paragraph of the agreement on whose words a rule finds something.
const VERWEIS: (&str, &str, &str) = (
    "templates/vereinbarung.md",
    "<!-- klausel: abrechnung -->",
    "({{ absatz() }}) Die Höhe der Kosten wird gesondert geregelt.\n\n<!-- klausel: abrechnung -->",
);

#[test]
fn words_in_another_paragraph_end_no_waiver() {
    for (datei, suche, durch) in [
        (SACHBERICHT, "besprochen.", "ausführlich besprochen."),
        (SACHBERICHT, "Nunmehr", "Ein Absatz davor.\n\nNunmehr"),
        (
            VERWEIS.0,
            "({{ absatz() }}) Die Höhe der Kosten",
            "({{ absatz() }}) Ein Absatz davor sagt etwas.\n\n({{ absatz() }}) Die Höhe der Kosten",
        ),
    ] {
        let mut eingabe = vermerkt(&[VERWEIS]);
        ersetze(&mut eingabe, datei, suche, durch).unwrap();
        assert_eq!(verfallen(&eingabe), BTreeSet::new(), "{durch}");
    }
}

#[test]
fn what_a_waiver_covers_ends_it_when_its_meaning_changes() {
    for (datei, suche, durch, regel) in [
        (
            VORLAGE,
            "haushaltsjahr: 2021ff.",
            "haushaltsjahr: 2022ff.",
            "haushaltsjahr-ohne-betrag",
        ),
        (
            VORLAGE,
            "wird beauftragt",
            "wird gebeten",
            "beschlussvorschlag-unbestimmt",
        ),
        (
            VORLAGE,
            "sitzungsdatum: 08.11.2021",
            "sitzungsdatum: 09.11.2021",
            "sitzungen-ohne-abstand",
        ),
        (
            NUTZUNG,
            "stadt-selm, von: 01.07.2020",
            "stadt-selm, von: 01.08.2020",
            "nutzung-ohne-vereinbarung",
        ),
        (
            NUTZUNG,
            "stadt-werne, von: 01.01.2019",
            "stadt-werne, von: 01.02.2019",
            "nutzung-ohne-vereinbarung",
        ),
        (
            "kosten.yaml",
            "gemeinkosten: 10 %",
            "gemeinkosten: 5 %",
            "kostenansatz-unueblich",
        ),
        (
            "kosten.yaml",
            "A11 LBesG NRW",
            "A12 LBesG NRW",
            "bemessung-mehrdeutig",
        ),
        (
            SACHBERICHT,
            "keine Personal-, Sach-",
            "nur Personal-, Sach-",
            "bemessung-mehrdeutig",
        ),
        (
            VEREINBARUNGEN,
            "parteien: [kreis-unna]",
            "parteien: [kreis-unna, stadt-selm]",
            "bekanntmachungsform-fehlt",
        ),
        (
            VERWEIS.0,
            "wird gesondert geregelt",
            "wird jährlich gesondert geregelt",
            "kosten-nur-verwiesen",
        ),
    ] {
        let mut eingabe = vermerkt(&[VERWEIS]);
        ersetze(&mut eingabe, datei, suche, durch).unwrap();
        assert!(
            verfallen(&eingabe).contains(regel),
            "{durch}: {:?}",
            verfallen(&eingabe)
        );
    }
}

/// An agreement whose terms of termination lack conditions.
const OHNE_VORAUSSETZUNGEN: (&str, &str, &str) = (
    VEREINBARUNGEN,
    "      voraussetzungen:\n        - die kündigende Partei den anderen Parteien die künftige Wahrnehmung ihrer Aufgaben darlegt\n        - sie die bis dahin angefallenen Kosten ausgleicht\n",
    "",
);

#[test]
fn a_waiver_on_terms_of_termination_ends_with_any_of_them() {
    for (suche, durch) in [
        ("      frist_monate: 12\n", "      frist_monate: 3\n"),
        ("zum: Ende eines Kalenderjahres", "zum: Ende eines Monats"),
        ("frühestens: 31.12.2024", "frühestens: 31.12.2022"),
        ("form: schriftlich gegenüber", "form: in Textform gegenüber"),
    ] {
        let mut eingabe = vermerkt(&[OHNE_VORAUSSETZUNGEN]);
        ersetze(&mut eingabe, VEREINBARUNGEN, suche, durch).unwrap();
        let verfallen = verfallen(&eingabe);
        assert!(verfallen.contains("kuendigung-nicht-geregelt"), "{durch}");
    }
    // The same said otherwise, and what is no term of it.
    for (suche, durch) in [
        ("      frist_monate: 12\n", "      frist_monate: '12'\n"),
        ("frühestens: 31.12.2024", "frühestens: 2024-12-31"),
        (
            "      vertretung: Vertretung im Team der Fachverfahrensbetreuung",
            "      vertretung: Vertretung im Team",
        ),
    ] {
        let mut eingabe = vermerkt(&[OHNE_VORAUSSETZUNGEN]);
        ersetze(&mut eingabe, VEREINBARUNGEN, suche, durch).unwrap();
        assert_eq!(verfallen(&eingabe), BTreeSet::new(), "{durch}");
    }
}

#[test]
fn a_waiver_on_a_long_term_ends_with_another_end() {
    let ende = (
        VEREINBARUNGEN,
        "      form: schriftlich gegenüber allen anderen Parteien\n",
        "    ende: 31.12.2049\n",
    );
    let mut eingabe = vermerkt(&[ende]);
    ersetze(&mut eingabe, VEREINBARUNGEN, "31.12.2049", "31.12.2059").unwrap();
    assert!(verfallen(&eingabe).contains("kuendigung-nicht-geregelt"));
}

#[test]
fn a_waiver_on_a_paid_task_ends_when_it_is_paid_otherwise() {
    let ohne_grund = (
        VEREINBARUNGEN,
        "        kooperation_weil: |\n          alle Anwenderkommunen die Anwendung gemeinsam nutzen und ihre Einrichtung im Lenkungskreis gemeinsam steuern\n",
        "",
    );
    let mut eingabe = vermerkt(&[ohne_grund]);
    ersetze(
        &mut eingabe,
        VEREINBARUNGEN,
        "entgelt: kostenerstattung",
        "entgelt: pauschale",
    )
    .unwrap();
    assert!(verfallen(&eingabe).contains("entgelt-ohne-vergabegrund"));
}

#[test]
fn a_waiver_of_an_older_program_is_to_be_written_anew() {
    let mut eingabe = vermerkt(&[]);
    let alt = text(&eingabe, DATEI).replace("\"deckt\":\"2-", "\"deckt\":\"");
    schreibe(&mut eingabe, DATEI, &alt);
    let ergebnis = pipeline::pruefe_regeln(&eingabe);
    let klagen: Vec<_> = ergebnis
        .pruefung
        .iter()
        .filter(|befund| befund.regel.starts_with("vermerk-"))
        .collect();
    assert!(!klagen.is_empty());
    for klage in klagen {
        assert_eq!(klage.regel, "vermerk-abgelaufen");
        assert!(klage.abhilfe.as_ref().unwrap().contains("neu vermerken"));
    }
}
