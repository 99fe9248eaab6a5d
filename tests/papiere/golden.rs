//! The fixtures' papers are what their golden files say, and what differs is told at the lowest layer that broke.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use drucksache::golden::{self, Ebene, Stand, Vergleich};
use drucksache::pipeline;
use serde_json::Value;

use crate::befehle::{drucksache, geklagt, gesagt, kopie};
use crate::fixture;

fn gespeichert(name: &str) -> Stand {
    let ordner = fixture::ordner().join(name).join("golden");
    let dateien: BTreeMap<_, _> = fs::read_dir(ordner)
        .unwrap()
        .map(|eintrag| {
            let pfad = eintrag.unwrap().path();
            let name = pfad.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(pfad).unwrap())
        })
        .collect();
    Stand::gespeichert(&dateien)
}

fn vergleiche(name: &str, eingabe: &pipeline::Eingabe) -> Vergleich {
    let (gebaut, jetzt) = Stand::baue(eingabe, &fixture::ganz()).unwrap();
    assert!(gebaut.ist_gebaut());
    golden::vergleiche(gespeichert(name), &jetzt)
}

#[test]
fn all_matters_are_as_in_their_golden_files() {
    let namen = fixture::vorgaenge_mit_golden();
    assert!(namen.len() >= 3, "{namen:?}");
    for name in namen {
        let vergleich = vergleiche(&name, &fixture::vorgang(&name));
        assert!(
            vergleich == Vergleich::default(),
            "{vergleich:#?}\ngewollt? cargo run -- golden fixtures/{name} --update"
        );
    }
}

#[test]
fn one_missing_comma_fails_at_the_text_of_each_paper_that_shows_it() {
    let mut eingabe = fixture::drucksache_215_21();
    let alt = "getroffen, im Rahmen";
    fixture::ersetze(
        &mut eingabe.vorgang,
        "texte/anlass.md",
        alt,
        "getroffen im Rahmen",
    );
    let vergleich = vergleiche("drucksache-215-21", &eingabe);
    let gefunden: Vec<_> = vergleich
        .abweichungen
        .iter()
        .map(|a| (a.ebene, a.papier.as_deref().unwrap()))
        .collect();
    assert_eq!(
        gefunden,
        [
            (Ebene::Text, "12-0544-beschlussvorlage"),
            (Ebene::Text, "215-21-beschlussvorlage"),
            (Ebene::Text, "215-21-gesamt")
        ]
    );
    assert!(
        vergleich.abweichungen[0].folge.starts_with(
            "Zahlen gleich, Text geändert: in Zeile 38 fehlt ein Komma nach „getroffen“"
        ),
        "{}",
        vergleich.abweichungen[0].folge
    );
    assert!(
        vergleich.abweichungen[2]
            .folge
            .starts_with("dieselben Änderungen wie in")
    );
}

#[test]
fn a_party_less_fails_at_the_numbers_first() {
    let mut eingabe = fixture::drucksache_215_21();
    let nutzung = "nutzung.yaml";
    fixture::ersetze(&mut eingabe.vorgang, nutzung, "01.01.2022", "02.01.2022");
    let vergleich = vergleiche("drucksache-215-21", &eingabe);
    let erste = &vergleich.abweichungen[0];
    assert_eq!((erste.ebene, &erste.papier), (Ebene::Zahlen, &None));
    assert!(
        erste.folge.contains("ohne „gemeinde-holzwickede“"),
        "{}",
        erste.folge
    );
}

#[test]
fn counting_coverage_changes_no_paper() {
    // The engine that counts renders other templates; what they reach must be all that the papers show.
    for name in fixture::vorgaenge_mit_golden() {
        let eingabe = fixture::vorgang(&name);
        let abdeckung = pipeline::abdeckung(&eingabe);
        let unerreicht: Vec<_> = abdeckung
            .unerreicht()
            .map(|stelle| (stelle.datei.to_string(), stelle.zeile, stelle.spalte))
            .collect();
        let ergebnis = fixture::baue(&eingabe);
        for fertig in &ergebnis.papiere {
            for (_, ursprung) in &fertig.papier.spuren {
                let Some(quelle) = ergebnis.quellen.get(&ursprung.datei) else {
                    continue;
                };
                let ort = quelle.line_column(ursprung.offset);
                let stelle = (ursprung.datei.to_string(), ort.line, ort.column);
                assert!(!unerreicht.contains(&stelle), "{name}: {stelle:?}");
            }
        }
        let quote = abdeckung.quote(true);
        assert!(quote.erreicht > 0 && quote.gesamt > quote.erreicht);
    }
}

const MINIMAL: &str = "fixtures/minimal";
const SEITEN: &str = "fixtures/minimal/golden/88-26-beschlussvorlage.seiten.txt";
const MD: &str = "fixtures/minimal/golden/88-26-beschlussvorlage.md";

/// Changes a file.
fn ersetze(ordner: &Path, pfad: &str, alt: &str, neu: &str) {
    let pfad = ordner.join(pfad);
    let text = fs::read_to_string(&pfad).unwrap();
    assert!(text.contains(alt), "„{alt}“ fehlt in\n{text}");
    fs::write(&pfad, text.replace(alt, neu)).unwrap();
}

#[test]
fn a_program_that_only_moves_a_line_fails_at_the_pages() {
    let ordner = kopie("golden-seiten");
    ersetze(
        &ordner,
        SEITEN,
        " +18.90 Sans 9.50 Rat",
        " +17.90 Sans 9.50 Rat",
    );
    ersetze(&ordner, "fixtures/minimal/golden/bytes.sha256", "0a", "1b");
    let lauf = drucksache(&ordner, &["golden", MINIMAL]);
    assert_eq!(lauf.status.code(), Some(1));
    let gesagt = gesagt(&lauf);
    assert!(
        gesagt.starts_with(
            "88-26-beschlussvorlage [seiten]: Text und Struktur gleich; auf Seite 1 steht „Rat“ 1,00 pt tiefer\n  \
             darüber auch anders: bytes\n"
        ),
        "{gesagt}"
    );
}

#[test]
fn changed_tags_fail_at_the_structure() {
    let ordner = kopie("golden-struktur");
    let struktur = "fixtures/minimal/golden/88-26-beschlussvorlage.struktur.txt";
    ersetze(&ordner, struktur, "H2 „Sachbericht“", "P „Sachbericht“");
    ersetze(&ordner, "fixtures/minimal/golden/bytes.sha256", "0a", "1b");
    let gesagt = gesagt(&drucksache(&ordner, &["golden", MINIMAL]));
    assert!(
        gesagt.starts_with(
            "88-26-beschlussvorlage [struktur]: Text gleich; Struktur geändert: „H2“ statt „P“ bei „Sachbericht“; \
             Seiten gleich\n"
        ),
        "{gesagt}"
    );
}

#[test]
fn a_changed_amount_is_named_with_what_follows_where_it_stands_and_what_stays() {
    let ordner = kopie("golden-betrag");
    let pfad = "fixtures/drucksache-215-21";
    ersetze(
        &ordner,
        &format!("{pfad}/kosten.yaml"),
        "jahr: 2020, personalkosten: 88000",
        "jahr: 2020, personalkosten: 89000",
    );
    let gesagt = gesagt(&drucksache(&ordner, &["golden", pfad]));
    let erwartet = format!(
        "{pfad} [zahlen]: Zahlen geändert: Personalkosten 2020 von „fachadministration“: 89.000,00 € statt 88.000,00 €\n  \
         daraus folgt: Summe 2020: 26.900,00 € statt 26.625,00 €; Anteile und Zahlungen 2020\n  \
         im Text anders: 215-21-gesamt und vereinbarung-anlage-2-kostenuebersicht\n  \
         gleich bleiben: Entscheidungstage, Parteien, Anwender, Zuständigkeit, Fristen und Kosten 2021 und 2022\n"
    );
    assert!(gesagt.starts_with(&erwartet), "{gesagt}");
    assert!(
        gesagt.contains(
            "\n215-21-gesamt [text]: dieselben Änderungen wie in vereinbarung-anlage-2-kostenuebersicht; weiterhin "
        ),
        "{gesagt}"
    );
}

/// Drucksache 215/21 with other words in a file, against its golden files.
fn nach_ersetzung(datei: &str, alt: &str, neu: &str) -> Vergleich {
    let mut eingabe = fixture::drucksache_215_21();
    fixture::ersetze(&mut eingabe.vorgang, datei, alt, neu);
    vergleiche("drucksache-215-21", &eingabe)
}

#[test]
fn who_leaves_is_the_cause_of_every_set_that_shrinks() {
    let vergleich = nach_ersetzung("nutzung.yaml", "01.01.2022", "02.01.2022");
    let erste = &vergleich.abweichungen[0];
    assert_eq!(
        erste.folge,
        "Zahlen geändert: Anwender von „vereinbarung-2021“: ohne „gemeinde-holzwickede“"
    );
    assert_eq!(
        erste.dazu[0],
        "daraus folgt: Anzahl und Anteil (Anwender, Beitritt, Empfänger und Parteien)"
    );
}

#[test]
fn a_day_of_decision_is_the_cause_of_the_periods() {
    let vergleich = nach_ersetzung("drucksachen/215-21.yaml", "09.11.2021", "16.11.2021");
    let erste = &vergleich.abweichungen[0];
    assert_eq!(
        erste.folge,
        "Zahlen geändert: Entscheidungstag der Drucksache 215/21: 16.11.2021 statt 09.11.2021"
    );
    assert_eq!(erste.dazu[0], "daraus folgt: Rechtsstand; Fristen");
    assert!(
        vergleich.abweichungen[1]
            .folge
            .contains("steht „16.11.2021“ statt „09.11.2021“"),
        "{}",
        vergleich.abweichungen[1].folge
    );
}

#[test]
fn a_golden_file_of_which_only_a_part_is_left_is_what_is_wrong() {
    let ordner = kopie("golden-halb");
    let ganz = fs::read_to_string(ordner.join(SEITEN)).unwrap();
    fs::write(ordner.join(SEITEN), &ganz[..300]).unwrap();
    let gesagt = gesagt(&drucksache(&ordner, &["golden", MINIMAL]));
    assert!(
        gesagt.starts_with(
            "88-26-beschlussvorlage [seiten]: das PDF ist Byte für Byte das alte; nur \
             „88-26-beschlussvorlage.seiten.txt“ passt nicht dazu: "
        ),
        "{gesagt}"
    );
}

#[test]
fn json_says_all_that_the_text_says() {
    let ordner = kopie("golden-json");
    ersetze(
        &ordner,
        "fixtures/minimal/vorgang.yaml",
        "Die alten Bänke sind morsch.",
        "Die Bänke sind morsch.",
    );
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "--format", "json", "--abdeckung"],
    );
    assert_eq!((lauf.status.code(), geklagt(&lauf).as_str()), (Some(1), ""));
    let bericht: Value = serde_json::from_str(&gesagt(&lauf)).unwrap();
    assert_eq!(bericht["schema"], "drucksache.golden/1");
    let vorgang = &bericht["vorgaenge"][0];
    assert_eq!(vorgang["ausgang"], "abweichungen");
    let abweichung = &vorgang["abweichungen"][0];
    assert_eq!(abweichung["ebene"], "text");
    assert_eq!(abweichung["datei"], MD);
    assert_eq!(
        abweichung["herkunft"]["datei"],
        "fixtures/minimal/vorgang.yaml"
    );
    assert_eq!(abweichung["darueber"][0], "struktur");
    assert_eq!(abweichung["zeilen"]["weg"], 1);
    assert!(
        bericht["abdeckung"]["mitgelieferte"]["prozent"]
            .as_u64()
            .unwrap()
            < 100
    );
    assert!(bericht["abdeckung"]["regeln"]["unerreicht"].is_array());
}

/// The names of a JSON document's fields, each by its way.
fn felder(wert: &Value, weg: &str, ziel: &mut BTreeSet<String>) {
    match wert {
        Value::Object(felder) => {
            for (name, wert) in felder {
                let weg = format!("{weg}.{name}");
                self::felder(wert, &weg, ziel);
                ziel.insert(weg);
            }
        }
        Value::Array(werte) => werte.iter().for_each(|wert| felder(wert, weg, ziel)),
        _ => {}
    }
}

#[test]
fn no_field_of_the_json_is_renamed_or_removed() {
    let ordner = kopie("golden-json-felder");
    ersetze(
        &ordner,
        "fixtures/minimal/vorgang.yaml",
        "Die alten Bänke sind morsch.",
        "Die Bänke sind morsch.",
    );
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "--format", "json", "--abdeckung"],
    );
    let mut da = BTreeSet::new();
    felder(&serde_json::from_str(&gesagt(&lauf)).unwrap(), "", &mut da);
    // What stands here is promised while „schema“ says /1; more may be added.
    let versprochen = [
        ".schema",
        ".vorgaenge.pfad",
        ".vorgaenge.ausgang",
        ".vorgaenge.papiere",
        ".vorgaenge.abweichungen.ebene",
        ".vorgaenge.abweichungen.papier",
        ".vorgaenge.abweichungen.datei",
        ".vorgaenge.abweichungen.zeile",
        ".vorgaenge.abweichungen.folge",
        ".vorgaenge.abweichungen.dazu",
        ".vorgaenge.abweichungen.darueber",
        ".vorgaenge.abweichungen.herkunft.datei",
        ".vorgaenge.abweichungen.herkunft.zeile",
        ".vorgaenge.abweichungen.herkunft.spalte",
        ".vorgaenge.abweichungen.unterschied",
        ".vorgaenge.abweichungen.zeilen.weg",
        ".vorgaenge.abweichungen.zeilen.neu",
        ".vorgaenge.abweichungen.zeilen.nicht_gezeigt",
        ".vorgaenge.veraltet",
        ".vorgaenge.hinweise",
        ".vorgaenge.geschrieben",
        ".vorgaenge.entfernt",
        ".vorgaenge.befunde",
        ".abdeckung.ohne",
        ".abdeckung.eigene.erreicht",
        ".abdeckung.eigene.gesamt",
        ".abdeckung.eigene.prozent",
        ".abdeckung.mitgelieferte.prozent",
        ".abdeckung.vorlagen.datei",
        ".abdeckung.vorlagen.mitgeliefert",
        ".abdeckung.vorlagen.abdeckung.prozent",
        ".abdeckung.vorlagen.unerreicht.zeile",
        ".abdeckung.vorlagen.unerreicht.spalte",
        ".abdeckung.vorlagen.unerreicht.art",
        ".abdeckung.vorlagen.unerreicht.auszug",
        ".abdeckung.regeln.abdeckung.prozent",
        ".abdeckung.regeln.unerreicht",
    ];
    let fehlt: Vec<_> = versprochen
        .iter()
        .filter(|weg| !da.contains(**weg))
        .collect();
    assert!(fehlt.is_empty(), "{fehlt:?}");
}

#[test]
fn a_matter_that_cannot_be_built_is_json_too_and_leaves_its_golden_files() {
    let ordner = kopie("golden-kaputt");
    ersetze(
        &ordner,
        "fixtures/minimal/vorgang.yaml",
        "nummer:",
        "numer:",
    );
    let vorher = fs::read(ordner.join(MD)).unwrap();
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "--update", "--format", "json"],
    );
    assert_eq!(lauf.status.code(), Some(2));
    let bericht: Value = serde_json::from_str(&gesagt(&lauf)).unwrap();
    let vorgang = &bericht["vorgaenge"][0];
    assert_eq!(vorgang["ausgang"], "fehler");
    assert_eq!(vorgang["befunde"][0]["abhilfe"], "meinten Sie „nummer“?");
    // Without its papers nothing is known of what it reaches.
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "--abdeckung", "--format", "github"],
    );
    assert!(
        gesagt(&lauf)
            .contains("\n  nicht mitgezählt, weil es sich nicht setzen lässt: fixtures/minimal\n"),
        "{}",
        gesagt(&lauf)
    );
    assert_eq!(fs::read(ordner.join(MD)).unwrap(), vorher);
}

#[test]
fn annotations_stand_at_the_text_that_changed_and_show_how() {
    let ordner = kopie("golden-github");
    let neu = "„alt“ zu 50 %";
    ersetze(&ordner, "fixtures/minimal/vorgang.yaml", "morsch", neu);
    let zeilen = |mehr: &[&str]| {
        let aufruf = [&["golden", MINIMAL, "--format", "github"], mehr].concat();
        gesagt(&drucksache(&ordner, &aufruf))
    };
    let gesagt = zeilen(&[]);
    assert!(
        gesagt.starts_with("::error title=golden-text,file=fixtures/minimal/vorgang.yaml,line=6,"),
        "{gesagt}"
    );
    assert_eq!(gesagt.lines().count(), 1, "{gesagt}");
    for teil in [
        "steht „„alt“ zu 50 %25“ statt „morsch“",
        "%0A--- golden/88-26-beschlussvorlage.md%0A+++ jetzt%0A@@ -24,2 +24,2 @@%0A",
        "%0AAbhilfe: ist die Änderung gewollt: drucksache golden fixtures/minimal --update\n",
    ] {
        assert!(gesagt.contains(teil), "„{teil}“ fehlt in\n{gesagt}");
    }
    let gesagt = zeilen(&["--update"]);
    assert!(
        gesagt.starts_with("::notice title=golden-text,"),
        "{gesagt}"
    );
    assert_eq!(zeilen(&[]), "");
}

#[test]
fn coverage_names_templates_and_rules_that_the_set_does_not_reach() {
    let ordner = kopie("golden-abdeckung");
    let lauf = drucksache(
        &ordner,
        &["golden", MINIMAL, "fixtures/klima-check", "--abdeckung"],
    );
    assert_eq!(lauf.status.code(), Some(0));
    let gesagt = gesagt(&lauf);
    for teil in [
        "eigene Vorlagen: ",
        "templates/genehmigungsantrag.md (mitgeliefert): 0 %\n  kein Vorgang braucht diese Vorlage\n",
        "fixtures/klima-check/templates/_klima-check.md: 75 %\n  Zeile 7 nie der andere Fall: {% else %}",
        "Regeln, die in keinem Vorgang etwas gefunden haben: ",
    ] {
        assert!(gesagt.contains(teil), "„{teil}“ fehlt in\n{gesagt}");
    }
}

#[test]
fn an_update_without_a_change_writes_nothing() {
    let ordner = kopie("golden-unveraendert");
    let alt = fs::metadata(ordner.join(MD)).unwrap().modified().unwrap();
    let lauf = drucksache(&ordner, &["golden", MINIMAL, "--update"]);
    assert_eq!(
        gesagt(&lauf),
        "fixtures/minimal: 5 Golden-Dateien unverändert\n"
    );
    assert_eq!(
        fs::metadata(ordner.join(MD)).unwrap().modified().unwrap(),
        alt
    );
}
