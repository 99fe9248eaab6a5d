//! Scalars are read as their field means them, from the source text: one test for each that other programs get wrong.

use drucksache::diagnostic::Befund;
use drucksache::input;
use drucksache::model::Vorgang;
use drucksache::source::Source;

use crate::programm::KLEINSTER;

/// The smallest matter with this line in place of its own, or added.
fn lies(zeile: &str) -> (Vorgang, Vec<Befund>) {
    let name = zeile.split(':').next().unwrap();
    let mut text: String = KLEINSTER
        .lines()
        .filter(|alt| alt.split(':').next() != Some(name))
        .map(|alt| format!("{alt}\n"))
        .collect();
    text.push_str(zeile);
    text.push('\n');
    let quelle = input::read("a.yaml".into(), text.as_bytes()).unwrap();
    Vorgang::aus(&[input::parse(&quelle).unwrap()], &[])
}

/// What a field holds, or the text of the only finding.
fn gelesen(zeile: &str, feld: impl Fn(&drucksache::model::Drucksache) -> Option<String>) -> String {
    let (vorgang, befunde) = lies(zeile);
    match &befunde[..] {
        [] => feld(&vorgang.drucksachen[0]).unwrap_or_else(|| "leer".to_owned()),
        [befund] => befund.text.clone(),
        mehrere => panic!("{mehrere:?}"),
    }
}

fn titel(wert: &str) -> String {
    gelesen(&format!("titel: {wert}"), |d| {
        Some(d.titel.as_str().to_owned())
    })
}

fn datum(wert: &str) -> String {
    gelesen(&format!("datum: {wert}"), |d| {
        d.datum.map(|tag| tag.to_string())
    })
}

fn aufwand(wert: &str) -> String {
    gelesen(&format!("haushalt:\n  aufwand: {wert}"), |d| {
        Some(d.haushalt.as_ref()?.aufwand?.to_string())
    })
}

fn nummer(wert: &str) -> String {
    gelesen(&format!("nummer: {wert}"), |d| Some(d.nummer.to_string()))
}

/// A whole file, and what is found in it.
fn ganze(text: &str) -> (Vorgang, Vec<Befund>) {
    Vorgang::aus(&[input::parse(&Source::new("a.yaml", text)).unwrap()], &[])
}

fn kosten(gemeinkosten: &str) -> String {
    let (vorgang, befunde) = ganze(&format!(
        "kosten:\n  a:\n    aufgabe: a\n    arbeitsplatz: {{ stellenanteil: 1, bewertung: [A11], gemeinkosten: {gemeinkosten}, \
         sachkosten: 1/4 }}\n    schlüssel: gleiche-teile\nvereinbarungen:\n  v:\n    parteien: []\n    aufgaben:\n      \
         a: {{ bezeichnung: A, anbieter: b }}\n"
    ));
    match vorgang.kosten.values().next() {
        Some(position) => position
            .arbeitsplatz
            .as_ref()
            .unwrap()
            .gemeinkosten
            .to_string(),
        None => befunde[0].text.clone(),
    }
}

fn muster(wert: &str) -> String {
    let (vorgang, befunde) = ganze(&format!(
        "vorgang:\n  muster: {wert}\nvereinbarungen:\n  v:\n    parteien: []\n"
    ));
    befunde
        .first()
        .map_or(vorgang.kopf.muster.to_string(), |b| b.text.clone())
}

fn ags(wert: &str) -> String {
    let text = format!("körperschaften:\n  a:\n    name: A\n    gattung: Stadt\n    ags: {wert}\n");
    let (vorgang, befunde) =
        Vorgang::aus(&[], &[input::parse(&Source::new("a.yaml", text)).unwrap()]);
    match vorgang
        .koerperschaften
        .values()
        .next()
        .and_then(|k| k.ags.as_ref())
    {
        Some(ags) => ags.as_str().to_owned(),
        None => befunde[0].text.clone(),
    }
}

macro_rules! skalare {
    ($($name:ident: $feld:ident($wert:literal) => $erwartet:literal;)*) => {
        $(#[test]
        fn $name() {
            assert_eq!($feld($wert), $erwartet);
        })*
    };
}

skalare! {
    two_digits_stay_two: titel("01") => "01";
    a_number_with_a_point_stays_text: titel("01.05") => "01.05";
    a_leading_zero_stays: nummer("0544") => "0544";
    an_ags_keeps_its_zero: ags("05978004") => "05978004";
    an_ags_without_its_zero_is_refused: ags("5978004") => "„5978004“ ist kein amtlicher Gemeindeschlüssel";
    a_year_is_text: titel("2021") => "2021";
    a_year_with_ff_is_text: titel("2021ff.") => "2021ff.";
    nein_is_a_word_where_a_text_belongs: titel("nein") => "nein";
    nein_is_no_where_a_truth_belongs: muster("nein") => "false";
    ja_is_yes_where_a_truth_belongs: muster("ja") => "true";
    no_is_no_german_truth: muster("no") => "„no“ ist weder „ja“ noch „nein“";
    a_german_date: datum("08.11.2021") => "08.11.2021";
    a_number_with_a_slash: nummer("215/21") => "215/21";
    a_fraction: kosten("1/4") => "1/4";
    a_percentage_is_exact: kosten("10 %") => "1/10";
    a_bare_ten_is_ambiguous: kosten("10") => "„10“ ist zweideutig: 10 % oder das 10-Fache";
    a_grouped_amount: aufwand("88.000,00") => "88.000,00 €";
    a_typographic_minus: aufwand("−5,00") => "−5,00 €";
    a_power_of_ten_is_no_amount: aufwand("1e3") => "„1e3“ ist kein Betrag";
    a_power_of_ten_is_text_where_a_text_belongs: titel("1e3") => "1e3";
    one_point_is_ambiguous: aufwand("88.000") => "„88.000“ ist zweideutig: 88000,00 oder 88,000";
    smart_quotes_stay_in_a_text: titel("„Sozialwesen“") => "„Sozialwesen“";
    smart_quotes_are_refused_around_a_date: datum("„08.11.2021“") => "die Anführungszeichen um „08.11.2021“ gehören nicht zum Wert";
    blanks_at_the_end_do_not_count: datum("08.11.2021   ") => "08.11.2021";
    no_break_spaces_do_not_count_in_a_date: datum("8.\u{A0}11.\u{A0}2021") => "08.11.2021";
    a_decomposed_umlaut_is_composed: titel("Ba\u{308}nke") => "Bänke";
}
