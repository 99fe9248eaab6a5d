//! A value is named as the cause of a piece only if it moves it alone; else what had to change with it is said.

use std::collections::BTreeSet;

use drucksache::herkunft::{Auskunft, Index, bericht, json};
use drucksache::pipeline::Eingabe;

use crate::fixture;
use crate::grundlage::alle;

fn index(yaml: &str) -> Index {
    let mut eingabe = Eingabe::default();
    let dateien = &mut eingabe.vorgang.dateien;
    dateien.insert("vorgang.yaml".to_owned(), yaml.as_bytes().to_vec().into());
    Index::neu(&eingabe).unwrap_or_else(|entwurf| panic!("{:#?}", entwurf.befunde))
}

const MARKT: &str = r#"nummer: 88/26
titel: Neue Bänke
gremium: Rat
datum: 17.03.2026
beschlussvorschlag: Der Rat nimmt Kenntnis.
termine: { begehung: 02.03.2026, vergabe: 02.03.2026 }
sachbericht: |
  {% if termine.begehung == "02.03.2026" or termine.vergabe == "02.03.2026" %}Dann ist Markt.{% endif %}

  Vergeben wird am {{ termine.vergabe }}.
"#;

fn auskunft(suche: &str) -> Auskunft {
    let index = index(MARKT);
    index
        .der_fundstelle("88-26-beschlussvorlage", suche)
        .unwrap()
}

#[test]
fn what_two_values_move_only_together_is_said_of_both() {
    let auskunft = auskunft("Dann ist Markt.");
    let gekoppelt: Vec<_> = auskunft
        .werte
        .iter()
        .filter_map(|wert| Some((wert.pfad.as_str(), wert.kopplung.as_ref()?)))
        .map(|(pfad, kopplung)| (pfad, kopplung.gleiche, kopplung.mit[0].1.as_str()))
        .collect();
    assert_eq!(
        gekoppelt,
        [
            ("termine.begehung", true, "termine.vergabe"),
            ("termine.vergabe", true, "termine.begehung")
        ]
    );
    let text = bericht::text(&auskunft);
    assert!(
        text.contains("nur zusammen mit gleichen Angaben: termine.vergabe\n"),
        "{text}"
    );
}

#[test]
fn programs_learn_what_had_to_change_with_a_value() {
    let dokument = json::json(&auskunft("Dann ist Markt."));
    let wert: serde_json::Value = serde_json::from_str(&dokument).unwrap();
    let zusammen = &wert["werte"][1]["zusammen_mit"];
    assert_eq!(zusammen["gleiche"], true);
    assert_eq!(zusammen["werte"][0]["pfad"], "termine.vergabe");
    assert_eq!(zusammen["werte"][0]["datei"], "vorgang.yaml");
    assert!(wert["werte"][0]["zusammen_mit"].is_null(), "{dokument}");
}

#[test]
fn a_value_that_moves_a_piece_alone_is_its_cause() {
    let auskunft = auskunft("Vergeben wird am 02.03.2026.");
    let mut tage = auskunft.werte.iter().filter(|w| w.pfad.contains("termine"));
    let tag = tage.next().unwrap();
    assert_eq!(
        (tag.pfad.as_str(), &tag.kopplung),
        ("termine.vergabe", &None)
    );
    assert!(tage.next().is_none(), "{auskunft:#?}");
}

/// What is named for a line, with what had to change with it.
type Genannt = BTreeSet<(String, String, String)>;

fn genannt(index: &Index, papier: &str, zeile: usize) -> Genannt {
    let auskunft = index.der_zeile(papier, zeile).ok();
    let werte = auskunft.map(|a| [a.werte, a.bedingungen].concat());
    let werte = werte.unwrap_or_default().into_iter().map(|wert| {
        let kopplung = format!("{:?}", wert.kopplung);
        (wert.ort.datei.to_string(), wert.pfad, kopplung)
    });
    werte.collect()
}

#[test]
fn asked_for_one_paper_the_answers_are_the_same() {
    let mut anders = Vec::new();
    for grundlage in alle() {
        for papier in grundlage.index.papiere() {
            let einzeln = Index::nur(&grundlage.eingabe, &papier.name).ok().unwrap();
            assert_eq!(einzeln.papiere().len(), 1);
            for zeile in 1..=papier.markdown.lines().count() {
                let dort = genannt(&grundlage.index, &papier.name, zeile);
                let hier = genannt(&einzeln, &papier.name, zeile);
                for wert in dort.symmetric_difference(&hier) {
                    anders.push(format!("{} {zeile}: {wert:?}", papier.name));
                }
            }
        }
    }
    assert!(anders.is_empty(), "{}", anders.join("\n"));
}

#[test]
fn the_key_by_which_costs_are_shared_is_the_cause_of_the_shares() {
    let eingabe = fixture::vorgang("drucksache-215-21");
    let papier = "vereinbarung-anlage-2-kostenuebersicht";
    let index = Index::nur(&eingabe, papier).ok().unwrap();
    let zeile = "| Stadt Bergkamen | 1/8 | 3.328,13 € |";
    let md = &index.papiere()[0].markdown;
    let nummer = md.lines().position(|da| da == zeile).unwrap() + 1;
    let auskunft = index.der_zeile(papier, nummer).unwrap();
    let pfad = "kosten.fachadministration.schlüssel";
    let schluessel = auskunft.werte.iter().find(|wert| wert.pfad == pfad);
    assert_eq!(schluessel.unwrap().kopplung, None);
}
