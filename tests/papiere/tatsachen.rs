//! Every fact once: one change in the data changes all papers, and what was there before is nowhere left.
//!
//! Looks at all papers that templates make, whichever they are; a new kind of paper is held to the same table.

use std::collections::BTreeMap;

use drucksache::pipeline::Eingabe;

use crate::fixture::{self, ersetze};

/// A change and what must follow.
struct Fall {
    /// What changes.
    was: &'static str,
    /// The matter.
    vorgang: &'static str,
    /// File (base data begin with `stammdaten/`), old text, new text.
    aenderungen: &'static [(&'static str, &'static str, &'static str)],
    /// What no paper may say any more.
    weg: &'static [&'static str],
    /// What papers must say: name of the paper, text.
    da: &'static [(&'static str, &'static str)],
}

const ASYL: &str = "drucksache-215-21";
const KLIMA: &str = "klima-check";
const UNNA: &str = "215-21-beschlussvorlage";
const BERGKAMEN: &str = "12-0544-beschlussvorlage";
const VEREINBARUNG: &str = "vereinbarung";
const KONZEPT: &str = "vereinbarung-anlage-1-organisationskonzept";
const KOSTEN: &str = "vereinbarung-anlage-2-kostenuebersicht";

const FAELLE: &[Fall] = &[
    Fall {
        was: "a party leaves",
        vorgang: ASYL,
        aenderungen: &[
            ("vereinbarungen.yaml", "      - stadt-werne\n", ""),
            (
                "nutzung.yaml",
                "  - { anwender: stadt-werne, von: 01.01.2019 }\n",
                "",
            ),
        ],
        weg: &["Werne", "1/8", "sechs o. g."],
        da: &[
            (UNNA, "die fünf o. g. Bestandskommunen"),
            (UNNA, "(je 1/7)"),
            (
                UNNA,
                "Bergkamen, Lünen, Schwerte, Selm und Unna sowie den Gemeinden Bönen und Holzwickede",
            ),
            (
                BERGKAMEN,
                "Bergkamen, Lünen, Schwerte, Selm und Unna sowie die Gemeinden Bönen und Holzwickede",
            ),
            (BERGKAMEN, "(je 1/7)"),
            (VEREINBARUNG, "bei sieben Anwenderkommunen je 1/7"),
            (KOSTEN, "| Kreisstadt Unna | 1/7 |"),
        ],
    },
    Fall {
        was: "a party joins",
        vorgang: ASYL,
        aenderungen: &[
            (
                "stammdaten/koerperschaften.yaml",
                "  stadt-bergkamen:",
                "  stadt-kamen:\n    name: Kamen\n    gattung: Stadt\n    ags: 05978020\n    vertretung: [{ amt: bürgermeisteramt }]\n\n  stadt-bergkamen:",
            ),
            (
                "nutzung.yaml",
                "  - { anwender: gemeinde-holzwickede",
                "  - { anwender: stadt-kamen, von: 01.01.2022 }\n  - { anwender: gemeinde-holzwickede",
            ),
        ],
        weg: &["1/8", "Bergkamen, Lünen, Schwerte, Selm"],
        da: &[
            (
                UNNA,
                "die Stadt Kamen (zum 01.01.2022), die Stadt Selm (seit dem 01.07.2020), als auch die Gemeinde Holzwickede",
            ),
            (UNNA, "(je 1/9)"),
            (
                BERGKAMEN,
                "Beitritt der Städte Kamen und Selm sowie der Gemeinde Holzwickede zur bestehenden Vereinbarung",
            ),
            (
                BERGKAMEN,
                "die Stadt Kamen (Nutzung ab dem 01.01.2022), die Stadt Selm (Nutzung ab dem 01.07.2020) und die Gemeinde Holzwickede",
            ),
            (VEREINBARUNG, "3. der Stadt Kamen, vertreten durch"),
            (
                VEREINBARUNG,
                "10. der Gemeinde Holzwickede, vertreten durch",
            ),
            (VEREINBARUNG, "<!-- unterschrift: Stadt Kamen |"),
            (VEREINBARUNG, "bei neun Anwenderkommunen je 1/9"),
            (KOSTEN, "| Stadt Kamen | 1/9 |"),
            (
                KONZEPT,
                "Anwenderkommunen sind die Städte Bergkamen, Kamen, Lünen,",
            ),
        ],
    },
    Fall {
        was: "only one joins",
        vorgang: ASYL,
        aenderungen: &[(
            "nutzung.yaml",
            "  - { anwender: stadt-selm, von: 01.07.2020 }\n",
            "",
        )],
        weg: &["Selm", "1/8"],
        da: &[
            (
                BERGKAMEN,
                "Beitritt der Gemeinde Holzwickede zur bestehenden Vereinbarung",
            ),
            (
                BERGKAMEN,
                "Nun will auch die Gemeinde Holzwickede (Nutzung ab dem 01.01.2022) der Vereinbarung beitreten",
            ),
            (UNNA, "(je 1/7)"),
        ],
    },
    Fall {
        was: "a party gets another name",
        vorgang: ASYL,
        aenderungen: &[
            (
                "stammdaten/koerperschaften.yaml",
                "name: Bergkamen",
                "name: Neustadt",
            ),
            (
                "stammdaten/koerperschaften.yaml",
                "59192 Bergkamen",
                "59192 Neustadt",
            ),
        ],
        weg: &["Bergkamen"],
        da: &[
            (UNNA, "Bönen, Lünen, Neustadt, Schwerte, Unna und Werne"),
            (BERGKAMEN, "name: Stadt Neustadt"),
            (BERGKAMEN, "Der Rat der Stadt Neustadt nimmt"),
            (VEREINBARUNG, "3. der Stadt Neustadt, vertreten durch"),
            (VEREINBARUNG, "<!-- unterschrift: Stadt Neustadt |"),
            (KOSTEN, "| Stadt Neustadt | 1/8 |"),
        ],
    },
    Fall {
        was: "a party becomes of another kind",
        vorgang: ASYL,
        aenderungen: &[(
            "stammdaten/koerperschaften.yaml",
            "name: Selm\n    gattung: Stadt",
            "name: Selm\n    gattung: Gemeinde",
        )],
        weg: &["Stadt Selm"],
        da: &[
            (
                BERGKAMEN,
                "Beitritt der Gemeinden Holzwickede und Selm zur bestehenden",
            ),
            (UNNA, "sowie den Gemeinden Bönen, Holzwickede und Selm"),
        ],
    },
    Fall {
        was: "the Kreis gets another name",
        vorgang: ASYL,
        aenderungen: &[(
            "stammdaten/koerperschaften.yaml",
            "name: Unna\n    gattung: Kreis",
            "name: Hellweg\n    gattung: Kreis",
        )],
        weg: &["Kreis Unna", "Kreisverwaltung Unna"],
        da: &[
            (UNNA, "name: Kreis Hellweg"),
            (UNNA, "Städten und Gemeinden im Kreis Hellweg"),
            (BERGKAMEN, "der Kreisverwaltung Hellweg (FD 16)"),
        ],
    },
    Fall {
        was: "an address changes",
        vorgang: ASYL,
        aenderungen: &[(
            "stammdaten/koerperschaften.yaml",
            "Rathausplatz 1, 59192",
            "Markt 2, 59192",
        )],
        weg: &["- Rathausplatz 1\n    - \"59192 Bergkamen\""],
        da: &[(BERGKAMEN, "- Markt 2")],
    },
    Fall {
        was: "a session moves",
        vorgang: ASYL,
        aenderungen: &[("drucksachen/215-21.yaml", "09.11.2021", "16.11.2021")],
        weg: &["09.11.2021"],
        da: &[
            (UNNA, "| Kreistag | 16.11.2021 |"),
            (VEREINBARUNG, "in der zum 16.11.2021 geltenden Fassung"),
        ],
    },
    Fall {
        was: "another person holds the office that signs",
        vorgang: ASYL,
        aenderungen: &[
            (
                "stammdaten/koerperschaften.yaml",
                "nominativ: der Landrat\n",
                "nominativ: die Landrätin\n",
            ),
            (
                "stammdaten/koerperschaften.yaml",
                "genitiv: des Landrats\n",
                "genitiv: der Landrätin\n",
            ),
            (
                "stammdaten/koerperschaften.yaml",
                "dativ: dem Landrat\n",
                "dativ: der Landrätin\n",
            ),
            (
                "stammdaten/koerperschaften.yaml",
                "akkusativ: den Landrat\n",
                "akkusativ: die Landrätin\n",
            ),
        ],
        weg: &["Der Landrat", "den Landrat"],
        da: &[
            (UNNA, "Die Landrätin wird beauftragt,"),
            (
                VEREINBARUNG,
                "1. dem Kreis Unna, vertreten durch die Landrätin, Friedrich",
            ),
            (
                VEREINBARUNG,
                "<!-- unterschrift: Kreis Unna | Die Landrätin -->",
            ),
        ],
    },
    Fall {
        was: "the other task has another provider",
        vorgang: ASYL,
        aenderungen: &[(
            "vereinbarungen.yaml",
            "anbieter: kreis-unna",
            "anbieter: stadt-werne",
        )],
        weg: &[
            "ausgeführt durch den Kreis Unna",
            "erhebt der Kreis Unna",
            "Kosten für zusätzlich erforderliche Lizenzen durch den Kreis Unna",
            "| Leistung | Kreis Unna |",
        ],
        da: &[
            (
                UNNA,
                "Kosten für zusätzlich erforderliche Lizenzen durch die Stadt Werne",
            ),
            (
                VEREINBARUNG,
                "technischer Support, ausgeführt durch die Stadt Werne",
            ),
            (
                VEREINBARUNG,
                "Die Stadt Werne führt für die übrigen Anwenderkommunen durch:",
            ),
            (VEREINBARUNG, "erhebt die Stadt Werne keine Personal-"),
            (KONZEPT, "| Leistung | Stadt Lünen | Stadt Werne |"),
            (KOSTEN, "Die Stadt Werne erhebt keine Personal-"),
        ],
    },
    Fall {
        was: "a paper gets another number",
        vorgang: ASYL,
        aenderungen: &[(
            "drucksachen/215-21.yaml",
            "nummer: 215/21",
            "nummer: 216/21",
        )],
        weg: &["215/21", "215-21"],
        da: &[(
            "216-21-beschlussvorlage",
            "gemäß der Anlage zur Drucksache 216/21",
        )],
    },
    Fall {
        was: "the task has another provider",
        vorgang: ASYL,
        aenderungen: &[(
            "vereinbarungen.yaml",
            "anbieter: stadt-luenen",
            "anbieter: gemeinde-boenen",
        )],
        weg: &[
            "durch die Stadt Lünen",
            "der Stadt Lünen für die Fachadministration",
            "| Stadt Lünen | 3.328,1",
            "| Leistung | Kreis Unna | Stadt Lünen |",
        ],
        da: &[
            (UNNA, "durch die Gemeinde Bönen seit dem Jahr 2019"),
            (
                UNNA,
                "Fachadministration durch die Gemeinde Bönen anfallenden",
            ),
            (
                BERGKAMEN,
                "die der Gemeinde Bönen für die Fachadministration entstehen",
            ),
            (
                VEREINBARUNG,
                "Der auf die Gemeinde Bönen entfallende Anteil ist Eigenanteil",
            ),
            (
                KOSTEN,
                "| Gemeinde Bönen (Eigenanteil) | 1/8 | 3.328,13 € |",
            ),
            (KOSTEN, "| Stadt Lünen | Gemeinde Bönen | 3.328,13 € |"),
            (KONZEPT, "| Leistung | Kreis Unna | Gemeinde Bönen |"),
        ],
    },
    Fall {
        was: "another office gives support",
        vorgang: ASYL,
        aenderungen: &[("vereinbarungen.yaml", "stelle: FD 16", "stelle: FD 18")],
        weg: &["FD 16"],
        da: &[(UNNA, "Support des FD 18"), (BERGKAMEN, "(FD 18)")],
    },
    Fall {
        was: "the first agreement has another day",
        vorgang: ASYL,
        aenderungen: &[("vereinbarungen.yaml", "30.10.2019", "05.11.2019")],
        weg: &["30.10.2019"],
        da: &[
            (UNNA, "am 05.11.2019 eine"),
            (BERGKAMEN, "am 05.11.2019 eine"),
        ],
    },
    Fall {
        was: "use begins on another day",
        vorgang: ASYL,
        aenderungen: &[(
            "nutzung.yaml",
            "stadt-selm, von: 01.07.2020",
            "stadt-selm, von: 01.10.2020",
        )],
        weg: &["01.07.2020"],
        da: &[
            (UNNA, "seit dem 01.10.2020"),
            (BERGKAMEN, "ab dem 01.10.2020"),
        ],
    },
    Fall {
        was: "another rate of Gemeinkosten",
        vorgang: ASYL,
        aenderungen: &[("kosten.yaml", "10 %", "15 %")],
        weg: &["10 %"],
        da: &[(UNNA, "zzgl. 15 % Gemeinkosten")],
    },
    Fall {
        was: "another reporter",
        vorgang: ASYL,
        aenderungen: &[(
            "drucksachen/215-21.yaml",
            "Kreisdirektor Mike-Sebastian Janke",
            "Kreisdirektorin N. N.",
        )],
        weg: &["Janke"],
        da: &[(UNNA, "| **Berichterstattung** | Kreisdirektorin N. N. |")],
    },
    Fall {
        was: "the town gets another name",
        vorgang: KLIMA,
        aenderungen: &[
            (
                "stammdaten/koerperschaften.yaml",
                "name: Beispielstadt",
                "name: Musterhausen",
            ),
            (
                "stammdaten/koerperschaften.yaml",
                "12345 Beispielstadt",
                "12345 Musterhausen",
            ),
        ],
        weg: &["Beispielstadt"],
        da: &[
            ("88-26-gesamt", "name: Stadt Musterhausen"),
            ("88-26-anlage-1", "name: Stadt Musterhausen"),
        ],
    },
    Fall {
        was: "a vote was counted wrongly",
        vorgang: KLIMA,
        aenderungen: &[(
            "drucksachen/88-26.yaml",
            "ja: 11, nein: 2",
            "ja: 12, nein: 1",
        )],
        weg: &["| 11 | 2 |"],
        da: &[
            ("88-26-beschlussvorlage", "| 12 | 1 | 1 | 1 |"),
            ("88-26-gesamt", "| 12 | 1 | 1 | 1 |"),
        ],
    },
    Fall {
        was: "a session was adjourned to another day, and what came of it is another thing",
        vorgang: KLIMA,
        aenderungen: &[(
            "drucksachen/88-26.yaml",
            "sitzungsdatum: 10.03.2026\n      beschlussstatus: Vorberatung\n      ergebnis: { status: vertagt }",
            "sitzungsdatum: 17.03.2026\n      beschlussstatus: Vorberatung\n      ergebnis: { status: abgesetzt }",
        )],
        weg: &["10.03.2026", "10. März 2026", "vertagt"],
        da: &[
            (
                "88-26-beschlussvorlage",
                "hat die Vorlage am 17.03.2026 abgesetzt",
            ),
            (
                "88-26-sprechzettel",
                "17.03.2026, Ausschuss für Klima und Umwelt: Vorberatung – abgesetzt",
            ),
            (
                "88-26-beschlussauszug",
                "öffentliche Sitzung am 17. März 2026",
            ),
        ],
    },
    Fall {
        was: "an annex has another title",
        vorgang: KLIMA,
        aenderungen: &[(
            "drucksachen/88-26.yaml",
            "Wirtschaftlichkeit der Photovoltaikanlage",
            "Rentabilität",
        )],
        weg: &["Wirtschaftlichkeit der Photovoltaikanlage"],
        da: &[
            ("88-26-anlage-1", "# Rentabilität"),
            ("88-26-gesamt", "# Rentabilität"),
            ("88-26-gesamt", "- Anlage 1: Rentabilität"),
        ],
    },
    Fall {
        was: "an annex goes",
        vorgang: KLIMA,
        aenderungen: &[(
            "drucksachen/88-26.yaml",
            "    - { titel: Klima-Check im Einzelnen, text: texte/klima-check.md }\n",
            "",
        )],
        weg: &["Klima-Check im Einzelnen", "Anlage 3"],
        da: &[
            ("88-26-gesamt", "- Anlage 2: Lageplan des Schuldachs"),
            (
                "88-26-gesamt",
                "titel: \"Anlage 2: Lageplan des Schuldachs\"",
            ),
        ],
    },
    Fall {
        was: "the only annex has no number",
        vorgang: KLIMA,
        aenderungen: &[(
            "drucksachen/88-26-1.yaml",
            "    - { drucksache: 88/26 }\n",
            "",
        )],
        weg: &[],
        da: &[
            (
                "88-26-1-gesamt",
                "<!-- anlage: Anlage zur Drucksache 88/26-1\n",
            ),
            (
                "88-26-1-ergaenzungsvorlage",
                "Sie sind in der Anlage gegenübergestellt",
            ),
        ],
    },
    Fall {
        was: "another amount",
        vorgang: KLIMA,
        aenderungen: &[(
            "drucksachen/88-26.yaml",
            "aufwand: 96.000,00",
            "aufwand: 102.000,00",
        )],
        weg: &["96.000"],
        da: &[
            ("88-26-beschlussvorlage", "Die Anlage kostet 102.000,00 €"),
            ("88-26-anlage-1", "Bei Kosten von 102.000,00 €"),
        ],
    },
];

/// The matter with the changes of a case.
fn geaendert(fall: &Fall) -> Eingabe {
    let mut eingabe = fixture::vorgang(fall.vorgang);
    for (datei, alt, neu) in fall.aenderungen {
        match datei.strip_prefix("stammdaten/") {
            Some(datei) => ersetze(&mut eingabe.stammdaten, datei, alt, neu),
            None => ersetze(&mut eingabe.vorgang, datei, alt, neu),
        }
    }
    eingabe
}

/// The matter of 215/21 when all is decided, signed, approved and published: every letter is written.
fn nach_dem_beschluss(mut eingabe: Eingabe) -> Eingabe {
    let vorgang = &mut eingabe.vorgang;
    ersetze(
        vorgang,
        "vereinbarungen.yaml",
        "status: entwurf",
        "status: genehmigt\n    geschlossen: 30.11.2021\n    genehmigung: { vom: 14.12.2021 }\n    veröffentlichung: { am: 18.12.2021, nummer: 50 }",
    );
    ersetze(
        vorgang,
        "drucksachen/215-21.yaml",
        "beschlussstatus: Entscheidung",
        "beschlussstatus: Entscheidung, ergebnis: { status: beschlossen, ja: 50, nein: 4 }",
    );
    eingabe
}

/// The text on one line, however its lines were broken.
fn fliessend(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All papers of a matter: name, and name and text on one line.
fn papiere(eingabe: &Eingabe) -> BTreeMap<String, String> {
    let papiere = fixture::entwirf_ganz(eingabe).papiere.into_iter();
    papiere
        .map(|papier| {
            let text = format!("{} {}", papier.name, fliessend(&papier.markdown));
            (papier.name, text)
        })
        .collect()
}

/// What is still there and what is missing after the change of a case.
fn maengel(fall: &Fall) -> Vec<String> {
    let papiere = papiere(&geaendert(fall));
    let mut maengel = Vec::new();
    for (name, text) in &papiere {
        for alt in fall.weg {
            if text.contains(&fliessend(alt)) {
                maengel.push(format!("{}: {name} still says „{alt}“", fall.was));
            }
        }
    }
    for (name, neu) in fall.da {
        let text = papiere.get(*name);
        if !text.is_some_and(|text| text.contains(&fliessend(neu))) {
            maengel.push(format!("{}: {name} does not say „{neu}“", fall.was));
        }
    }
    maengel
}

#[test]
fn a_changed_fact_leaves_nothing_stale() {
    let maengel: Vec<String> = std::thread::scope(|scope| {
        let faeden: Vec<_> = FAELLE
            .iter()
            .map(|fall| scope.spawn(|| maengel(fall)))
            .collect();
        faeden
            .into_iter()
            .flat_map(|faden| faden.join().unwrap())
            .collect()
    });
    assert!(maengel.is_empty(), "{}", maengel.join("\n"));
}

#[test]
fn a_changed_fact_leaves_nothing_stale_in_the_letters_after_the_decision() {
    for fall in FAELLE.iter().filter(|fall| fall.vorgang == ASYL) {
        let papiere = papiere(&nach_dem_beschluss(geaendert(fall)));
        for brief in [
            "beschlussauszug",
            "genehmigungsantrag",
            "anzeige-aufhebung",
            "hinweisbekanntmachung",
        ] {
            let da = papiere.keys().any(|name| name.ends_with(brief));
            assert!(da, "{}: no {brief}", fall.was);
        }
        for (name, text) in &papiere {
            for alt in fall.weg {
                let noch = text.contains(&fliessend(alt));
                assert!(!noch, "{}: {name} still says „{alt}“", fall.was);
            }
        }
    }
}

#[test]
fn what_is_searched_for_was_there_before() {
    for vorgang in [ASYL, KLIMA] {
        let vorher = papiere(&fixture::vorgang(vorgang));
        for fall in FAELLE.iter().filter(|fall| fall.vorgang == vorgang) {
            for alt in fall.weg {
                let alt = fliessend(alt);
                let da = vorher.values().any(|text| text.contains(&alt));
                assert!(da, "{}: no paper ever said „{alt}“", fall.was);
            }
        }
    }
}
