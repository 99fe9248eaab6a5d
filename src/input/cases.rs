//! Broken files and the findings that they get, against a small model.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Befund, Stelle};
use crate::input::{Betrag, Bruch, Datum, decode, parse};
use crate::source::Source;

mod broken;
mod hostile;
mod mutations;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Modell {
    nummer: String,
    titel: String,
    #[serde(rename = "körperschaft")]
    koerperschaft: Option<String>,
    #[serde(default)]
    schritte: Vec<Schritt>,
    #[serde(default)]
    muster: bool,
    #[serde(default)]
    quoten: BTreeMap<String, u8>,
    regelung: Option<Regelung>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Schritt {
    gremium: String,
    beschluss: Beschluss,
    top: Option<u8>,
}

#[derive(Debug, Deserialize, PartialEq)]
enum Beschluss {
    Entscheidung,
    Empfehlungsbeschluss,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Regelung {
    Keine,
    Frist(Monate),
    Stichtag { jahr: u16, grund: String },
}

#[derive(Debug, Deserialize, PartialEq)]
struct Monate(u8);

fn read(text: &str) -> (Option<Modell>, Vec<Befund>) {
    match parse(&Source::new("a.yaml", text)) {
        Ok(tree) => decode(&tree),
        Err(befund) => (None, vec![befund]),
    }
}

/// The findings, each as `Zeile:Spalte regel [what is marked] text | abhilfe`.
fn findings(text: &str) -> Vec<String> {
    let source = Source::new("a.yaml", text);
    let show = |befund: &Befund| {
        let Stelle::Datei { bereich, .. } = &befund.stelle else {
            return format!("{befund:?}");
        };
        let place = source.line_column(bereich.start);
        let (line, column, regel) = (place.line, place.column, befund.regel);
        let abhilfe = befund.abhilfe.as_deref().unwrap_or_default();
        format!(
            "{line}:{column} {regel} [{}] {} | {abhilfe}",
            &text[bereich.clone()],
            befund.text
        )
    };
    read(text).1.iter().map(show).collect()
}

/// Each of the findings starts as stated, up to `⇒`, and says what stands behind it.
#[track_caller]
fn assert_findings(text: &str, expected: &[&str]) {
    let found = findings(text);
    let fits = |found: &str, expected: &str| match expected.split_once(" ⇒ ") {
        Some((start, part)) => found.starts_with(start) && found.contains(part),
        None => found.starts_with(expected),
    };
    let all_fit = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(found, expected)| fits(found, expected));
    assert!(
        all_fit,
        "{text}\nfound:\n{}\nexpected:\n{}",
        found.join("\n"),
        expected.join("\n")
    );
}

#[test]
fn a_whole_file_is_read() {
    let text = "nummer: 0544\ntitel: 01.05 nein\nkörperschaft:\nschritte: [{gremium: KA, beschluss: Entscheidung, top: 3}]\n\
                muster: ja\nquoten: {a: 1}\nregelung: {stichtag: {jahr: 2021, grund: x}}\n";
    let (modell, findings) = read(text);
    assert_eq!(findings, []);
    let expected = Modell {
        nummer: "0544".into(),
        titel: "01.05 nein".into(),
        koerperschaft: None,
        schritte: vec![Schritt {
            gremium: "KA".into(),
            beschluss: Beschluss::Entscheidung,
            top: Some(3),
        }],
        muster: true,
        quoten: BTreeMap::from([("a".into(), 1)]),
        regelung: Some(Regelung::Stichtag {
            jahr: 2021,
            grund: "x".into(),
        }),
    };
    assert_eq!(modell, Some(expected));
}

#[test]
fn scalars_are_the_text_of_the_file() {
    for scalar in [
        "01", "01.05", "0544", "05978004", "2021", "2021ff.", "nein", "215/21", "1e3", "88.000",
        "0x1F", "1_000", "12:30", ".5", "NaN",
    ] {
        let (modell, findings) = read(&format!("nummer: {scalar}\ntitel: T\n"));
        assert_eq!(findings, [], "{scalar}");
        assert_eq!(modell.map(|modell| modell.nummer).as_deref(), Some(scalar));
    }
}

#[test]
fn variants_are_words_or_maps_with_one_key() {
    let read = |regelung: &str| {
        read(&format!("nummer: 1\ntitel: T\nregelung: {regelung}\n"))
            .0
            .and_then(|m| m.regelung)
    };
    assert_eq!(read("keine"), Some(Regelung::Keine));
    assert_eq!(read("{frist: 3}"), Some(Regelung::Frist(Monate(3))));
    assert_eq!(read(""), None);
    assert_eq!(read("~"), None);
}

#[test]
fn all_findings_of_a_file_come_at_once() {
    assert_findings(
        "numer: 215/21\nschritte:\n  - {gremium: KA, beschluss: Entscheidun, top: x}\n  - {gremum: KT, beschluss: Entscheidung}\n  - gremium: [a]\n    top: 300\n",
        &[
            "1:1 unbekannter-schluessel [numer] unbekannter Schlüssel „numer“ | meinten Sie „nummer“?",
            "1:1 fehlender-schluessel [numer] es fehlt „titel“ | die Zeile „titel: …“ ergänzen (ein Text)",
            "3:30 ungueltiger-wert [Entscheidun] „Entscheidun“ ist hier nicht vorgesehen | meinten Sie „Entscheidung“? (erlaubt sind: Entscheidung, Empfehlungsbeschluss)",
            "3:48 ungueltiger-wert [x] „x“ ist keine ganze Zahl",
            "4:6 unbekannter-schluessel [gremum] ⇒ meinten Sie „gremium“?",
            "5:5 falscher-typ [gremium] erwartet wird ein Text, hier steht eine Liste",
            "5:5 fehlender-schluessel [gremium] im 3. Eintrag von „schritte“ fehlt „beschluss“ | die Zeile „beschluss: …“ ergänzen (eins von: Entscheidung, Empfehlungsbeschluss)",
            "6:10 ungueltiger-wert [300] ⇒ von 0 bis 255",
        ],
    );
}

#[test]
fn a_refused_field_is_not_missing_as_well() {
    assert_findings("nummer: [x]\ntitel: T\n", &["1:1 falscher-typ [nummer]"]);
}

#[test]
fn a_mistyped_needed_field_is_not_missing_as_well() {
    assert_findings(
        "Nummer: 1\ntitel: T\n",
        &["1:1 unbekannter-schluessel [Nummer] ⇒ meinten Sie „nummer“?"],
    );
}

#[test]
fn an_empty_file_lacks_all_needed_fields() {
    for text in ["", "# nur ein Kommentar\n", "---\n", "{}\n"] {
        let found = findings(text);
        assert_eq!(found.len(), 2, "{text:?}: {found:?}");
        assert!(
            found
                .iter()
                .all(|found| found.contains("fehlender-schluessel")),
            "{text:?}: {found:?}"
        );
    }
}

#[test]
fn shapes_and_values() {
    const HEAD: &str = "nummer: 1\ntitel: T\n";
    let cases: &[(&str, &[&str])] = &[
        (
            "schritte: x",
            &[
                "3:11 falscher-typ [x] erwartet wird eine Liste („- …“), hier steht der Text „x“ | jeden Eintrag",
            ],
        ),
        (
            "schritte: {a: b}",
            &["3:1 falscher-typ [schritte] erwartet wird eine Liste"],
        ),
        (
            "schritte:\n  -\n",
            &[
                "4:4 fehlender-schluessel [] im 1. Eintrag von „schritte“ fehlt „gremium“",
                "4:4 fehlender-schluessel [] im 1. Eintrag von „schritte“ fehlt „beschluss“",
            ],
        ),
        (
            "schritte: [x]",
            &[
                "3:12 falscher-typ [x] erwartet wird eine Gruppe von Angaben („schlüssel: Wert“) mit gremium, beschluss, top",
            ],
        ),
        (
            "muster: yes",
            &[
                "3:9 ungueltiger-wert [yes] „yes“ ist weder „ja“ noch „nein“ | „ja“ oder „nein“ schreiben",
            ],
        ),
        (
            "muster: [ja]",
            &["3:1 falscher-typ [muster] erwartet wird „ja“ oder „nein“, hier steht eine Liste"],
        ),
        (
            "quoten: [1]",
            &["3:1 falscher-typ [quoten] erwartet wird eine Gruppe von Angaben"],
        ),
        (
            "quoten: {a: 1.000}",
            &["3:13 ungueltiger-wert [1.000] „1.000“ ist zweideutig"],
        ),
        (
            "quoten: {a: }",
            &["3:10 leerer-wert [a] „a“ ist leer | den Wert ergänzen oder die Zeile löschen"],
        ),
        (
            "quoten: {a: {b: c}}",
            &[
                "3:10 falscher-typ [a] erwartet wird eine ganze Zahl, hier steht eine Gruppe von Angaben",
            ],
        ),
        (
            "regelung: frist",
            &[
                "3:11 ungueltiger-wert [frist] zu „frist“ gehört eine weitere Angabe | „frist: …“ schreiben",
            ],
        ),
        (
            "regelung: {keine: 1}",
            &["3:1 ungueltiger-wert [regelung] zu „keine“ gehört keine weitere Angabe"],
        ),
        (
            "regelung: {fris: 1}",
            &["3:12 ungueltiger-wert [fris] ⇒ meinten Sie „frist“?"],
        ),
        (
            "regelung: {frist: 3, keine: 1}",
            &[
                "3:1 falscher-typ [regelung] erwartet wird genau eine Angabe von keine, frist, stichtag",
            ],
        ),
        (
            "regelung: [keine]",
            &["3:1 falscher-typ [regelung] erwartet wird eins von keine, frist, stichtag"],
        ),
        (
            "regelung: {stichtag: {jahr: 2O21}}",
            &[
                "3:12 fehlender-schluessel [stichtag] in „stichtag“ fehlt „grund“ | die Zeile „grund: …“ ergänzen (ein Text)",
                "3:29 ungueltiger-wert [2O21]",
            ],
        ),
        (
            "koerperschaft: x",
            &["3:1 unbekannter-schluessel [koerperschaft] ⇒ meinten Sie „körperschaft“?"],
        ),
        (
            "farbe: rot",
            &[
                "3:1 unbekannter-schluessel [farbe] ⇒ erlaubt sind hier: nummer, titel, körperschaft, schritte, muster, quoten, regelung",
            ],
        ),
        ("farbe:", &["3:1 unbekannter-schluessel [farbe]"]),
    ];
    for (text, expected) in cases {
        assert_findings(&format!("{HEAD}{text}\n"), expected);
    }
}

#[test]
fn empty_values_count_as_not_given() {
    assert_findings(
        "nummer:\ntitel: ''\nmuster:\nschritte:\n",
        &[
            "1:1 leerer-wert [nummer] „nummer“ ist leer | hinter „nummer:“ den Wert ergänzen (ein Text)",
            "2:1 leerer-wert [titel] „titel“ ist leer",
        ],
    );
}

#[test]
fn the_root_must_be_a_map() {
    assert_findings(
        "- a\n",
        &["1:3 falscher-typ [a] erwartet wird eine Gruppe von Angaben"],
    );
    assert_findings(
        "x\n",
        &["1:1 yaml-syntax [x] die Datei besteht nur aus einem Text"],
    );
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its findings are looked at")]
struct Werte {
    datum: Datum,
    betrag: Betrag,
    satz: Bruch,
    grund: String,
}

#[track_caller]
fn assert_werte(text: &str, expected: &[&str]) {
    let tree = parse(&Source::new("a.yaml", text)).unwrap();
    let (werte, findings) = decode::<Werte>(&tree);
    assert_eq!(werte.is_some(), expected.is_empty());
    let show = |befund: &Befund| {
        format!(
            "{} {} | {}",
            befund.regel,
            befund.text,
            befund.abhilfe.as_deref().unwrap_or_default()
        )
    };
    assert_eq!(findings.iter().map(show).collect::<Vec<_>>(), expected);
}

#[test]
fn scalar_types_bring_their_own_words() {
    assert_werte(
        "datum: 31.02.2021\nbetrag: 12.50\nsatz: 1/0\n",
        &[
            "fehlender-schluessel es fehlt „grund“ | die Zeile „grund: …“ ergänzen (ein Text)",
            "ungueltiger-wert den 31.02.2021 gibt es nicht; der Februar 2021 hat 28 Tage | den Tag prüfen",
            "ungueltiger-wert „12.50“ ist nicht deutsch geschrieben: vor den Cent steht ein Komma | „12,50“ schreiben",
            "ungueltiger-wert „1/0“ teilt durch null | unter dem Bruchstrich eine Zahl ab 1 schreiben",
        ],
    );
}

#[test]
fn missing_scalar_types_show_an_example() {
    assert_werte(
        "grund: x\nsatz: 10 %\nbetrag: [88000]\n",
        &[
            "fehlender-schluessel es fehlt „datum“ | die Zeile „datum: …“ ergänzen (ein Datum wie 08.11.2021)",
            "falscher-typ erwartet wird ein Betrag wie 88.000,00, hier steht eine Liste | \
             einen einzelnen Wert hinter den Doppelpunkt schreiben, ohne „- “, Klammern und Unterpunkte",
        ],
    );
}

#[test]
fn typographic_quotes_around_a_value_are_named() {
    assert_werte(
        "datum: „08.11.2021“\nbetrag: 1\nsatz: ½\ngrund: „x“\n",
        &[
            "ungueltiger-wert die Anführungszeichen um „08.11.2021“ gehören nicht zum Wert | nur 08.11.2021 schreiben",
        ],
    );
}
