//! What the facts lack leaves no hole in a paper: it is told where it is named, with the key to add.

use std::sync::Arc;

use drucksache::pipeline::Eingabe;

use crate::fixture::{befunde, drucksache_215_21, entwirf, ersetze, markdown, vorgang};

/// The smallest matter with this text in its Sachbericht.
fn mit_sachbericht(text: &str) -> Eingabe {
    let mut eingabe = vorgang("minimal");
    ersetze(
        &mut eingabe.vorgang,
        "vorgang.yaml",
        "sachbericht: ",
        &format!("sachbericht: {text} "),
    );
    eingabe
}

#[test]
fn an_absent_fact_that_prose_names_is_told_at_its_place_with_the_key_to_add() {
    let text = befunde(&mit_sachbericht("Az. {{ drucksache.aktenzeichen }}"));
    assert!(
        text.starts_with("Fehler[angabe-fehlt]: die Angabe „aktenzeichen“ fehlt in den Daten"),
        "{text}"
    );
    assert!(text.contains("^^^^^^^^^^^^^^^^^^^^^^^\n"), "{text}");
    assert!(
        text.contains("Abhilfe: `aktenzeichen:` bei der Drucksache eintragen"),
        "{text}"
    );
}

#[test]
fn the_first_step_that_is_missing_is_told() {
    let text = befunde(&mit_sachbericht("Zu {{ drucksache.haushalt.produkt }}"));
    assert!(
        text.contains("`haushalt:` bei der Drucksache eintragen"),
        "{text}"
    );
}

#[test]
fn an_absent_fact_is_told_behind_filters_and_in_loops_too() {
    for (ausdruck, abhilfe) in [
        (
            "{{ drucksache.vorlage_vom | lang }}",
            "`vorlage_vom:` bei der Drucksache",
        ),
        (
            "{{ drucksache.aktenzeichen | replace(from='a', to='b') }}",
            "`aktenzeichen:` bei",
        ),
        (
            "{% for schritt in drucksache.beratungsfolge %}{{ schritt.ergebnis.ja }}{% endfor %}",
            "`ja:` unter `ergebnis:` dieses Schritts",
        ),
        (
            "{{ angaben.klima }}",
            "`klima:` unter `angaben:` der Drucksache",
        ),
        (
            "{{ parteien.dativ }}",
            "die Stelle mit {% if parteien.dativ %}",
        ),
    ] {
        let text = befunde(&mit_sachbericht(&format!("\"{ausdruck}\" #")));
        assert!(
            text.starts_with("Fehler[angabe-fehlt]"),
            "{ausdruck}: {text}"
        );
        assert!(text.contains(abhilfe), "{ausdruck}: {text}");
    }
}

#[test]
fn who_asks_first_or_names_another_word_gets_no_finding() {
    let eingabe = mit_sachbericht(
        "Az. {{ drucksache.aktenzeichen | default(value='offen') }}{% if drucksache.zu %}, zu {{ drucksache.zu }}{% endif %}.",
    );
    let text = markdown(&entwirf(&eingabe), "88-26-beschlussvorlage");
    assert!(text.contains("Az. offen. "), "{text}");
}

#[test]
fn a_step_without_a_day_says_so() {
    let mut eingabe = drucksache_215_21();
    let weg = "sitzungsdatum: 08.11.2021";
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        &format!("{weg},"),
        "",
    );
    let text = markdown(&entwirf(&eingabe), "215-21-beschlussvorlage");
    assert!(
        text.contains("| Kreisausschuss | offen | Empfehlungsbeschluss | öffentlich |"),
        "{text}"
    );
}

#[test]
fn a_sign_that_breaks_a_directive_is_told_in_the_base_data() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "name: Selm",
        "name: Se|lm",
    );
    let text = befunde(&eingabe);
    assert!(text.contains("Fehler[zeichen-in-anweisung]"), "{text}");
    assert!(text.contains("name: Se|lm\n"), "{text}");
    assert_eq!(
        text.matches("Fehler[zeichen-in-anweisung]").count(),
        1,
        "{text}"
    );
}

#[test]
fn a_reference_to_no_absatz_is_marked_as_a_whole() {
    let mut eingabe = drucksache_215_21();
    let verweis = "{{ verweis(klausel=\"kosten\", absatz=99) }}";
    let vorlage = include_str!("../../templates/vereinbarung.md").replacen(
        "{{ verweis(klausel=\"kosten\") }}",
        verweis,
        1,
    );
    let vorlage: Arc<[u8]> = vorlage.into_bytes().into();
    let dateien = &mut eingabe.vorgang.dateien;
    dateien.insert("templates/vereinbarung.md".to_owned(), vorlage);
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[verweis-ohne-absatz]"), "{text}");
    assert!(
        text.contains(&format!("{}\n", "^".repeat(verweis.len()))),
        "{text}"
    );
}
