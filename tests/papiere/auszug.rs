//! The extract from the minutes: what came of each step, with the votes that were counted and no others.

use crate::fixture::{self, drucksache_215_21, entwirf, ersetze, markdown, namen};

const AUSZUG: &str = "215-21-beschlussauszug";

/// The extract when the two steps of 215/21 end so; empty: no result is known.
fn auszug(ausschuss: &str, kreistag: &str) -> String {
    let mut eingabe = drucksache_215_21();
    for (status, ergebnis) in [
        ("Empfehlungsbeschluss", ausschuss),
        ("Entscheidung", kreistag),
    ] {
        if ergebnis.is_empty() {
            continue;
        }
        let yaml = String::from_utf8(eingabe.vorgang.dateien["drucksachen/215-21.yaml"].to_vec());
        let yaml = yaml.unwrap();
        let zeile = yaml.lines().find(|zeile| zeile.contains(status)).unwrap();
        let neu = zeile.replace(" }", &format!(", ergebnis: {ergebnis} }}"));
        ersetze(&mut eingabe.vorgang, "drucksachen/215-21.yaml", zeile, &neu);
    }
    markdown(&entwirf(&eingabe), AUSZUG)
}

#[test]
fn without_a_result_there_is_no_extract() {
    let ergebnis = entwirf(&drucksache_215_21());
    assert!(!namen(&ergebnis).contains(&AUSZUG));
}

#[test]
fn each_step_tells_what_came_of_it_and_only_counted_votes() {
    let text = auszug(
        "{ status: beschlossen }",
        "{ status: beschlossen, ja: 58, nein: 0, enthaltungen: 2 }",
    );
    let (_, text) = text.split_once("# Auszug aus der Niederschrift\n").unwrap();
    let (ausschuss, kreistag) = text
        .split_once("## Kreistag, öffentliche Sitzung am 9. November 2021\n")
        .unwrap();
    assert!(
        ausschuss.contains(
            "## Kreisausschuss, öffentliche Sitzung am 8. November 2021\n\n\
             Der Beschlussvorschlag wurde unverändert zur Annahme empfohlen.\n\n\
             Stimmen sind zu diesem Beschluss nicht angegeben.\n"
        ),
        "{ausschuss}"
    );
    assert!(!ausschuss.contains("| Ja |"), "{ausschuss}");
    assert!(
        kreistag.contains(
            "Der Beschlussvorschlag wurde unverändert beschlossen:\n\nDer Landrat wird beauftragt,"
        ),
        "{kreistag}"
    );
    assert!(kreistag.contains("\n| 58 | 0 | 2 | – |\n"), "{kreistag}");
    assert!(
        kreistag.ends_with(
            "<!-- unterschrift: Kreis Unna | Schriftführung -->\n\n<!-- /zusammen -->\n"
        ),
        "{kreistag}"
    );
}

#[test]
fn a_step_that_was_not_yet_held_is_left_out() {
    let text = auszug("{ status: vertagt }", "");
    assert!(text.contains("\n\nDie Beratung wurde vertagt.\n"), "{text}");
    assert!(!text.contains("Kreistag"), "{text}");
    assert!(!text.contains("Stimmen"), "{text}");
}

#[test]
fn what_was_decided_with_changes_is_never_quoted_as_it_was_proposed() {
    let text = auszug(
        "{ status: geändert }",
        "{ status: geändert, ja: 40, nein: 20, wortlaut: Der Landrat wird gebeten zu berichten. }",
    );
    assert!(
        text.contains(
            "mit Änderungen zur Annahme empfohlen. Den geänderten Wortlaut enthält die Niederschrift.\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("mit Änderungen beschlossen:\n\n> Der Landrat wird gebeten zu berichten.\n"),
        "{text}"
    );
    assert!(!text.contains("Der Landrat wird beauftragt"), "{text}");
}

#[test]
fn each_outcome_has_its_sentence() {
    for (status, satz) in [
        ("abgelehnt", "Der Beschlussvorschlag wurde abgelehnt."),
        (
            "kenntnisgenommen",
            "Die Drucksache wurde zur Kenntnis genommen.",
        ),
        (
            "verwiesen",
            "Die Drucksache wurde an ein anderes Gremium verwiesen.",
        ),
        (
            "abgesetzt",
            "Die Drucksache wurde von der Tagesordnung abgesetzt.",
        ),
        ("zurückgezogen", "Die Drucksache wurde zurückgezogen."),
    ] {
        let text = auszug("", &format!("{{ status: {status} }}"));
        assert!(text.contains(&format!("\n\n{satz}\n")), "{text}");
        assert!(!text.contains("Der Landrat wird beauftragt"), "{text}");
    }
}

#[test]
fn a_public_extract_is_silent_on_what_is_not_public() {
    let mut eingabe = fixture::vorgang("klima-check");
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/88-26.yaml",
        "      sitzungsdatum: 21.04.2026\n",
        "      sitzungsdatum: 21.04.2026\n      beratungsstatus: nichtöffentlich\n",
    );
    let text = markdown(&entwirf(&eingabe), "88-26-beschlussauszug");
    assert!(!text.contains("Haupt- und Finanzausschuss"), "{text}");
    assert!(text.contains("| 11 | 2 | 1 | 1 |"), "{text}");

    // A Drucksache that is nowhere public tells it, and says so of itself.
    let mut eingabe = fixture::vorgang("klima-check");
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/88-26-1.yaml",
        "      beratungsstatus: nichtöffentlich\n  beschlussvorschlag",
        "      beratungsstatus: nichtöffentlich\n      ergebnis: { status: beschlossen }\n  beschlussvorschlag",
    );
    let text = markdown(&entwirf(&eingabe), "88-26-1-beschlussauszug");
    assert!(text.contains("status: nichtöffentlich\n"), "{text}");
    assert!(
        text.contains("## Rat, nichtöffentliche Sitzung am 28. April 2026\n"),
        "{text}"
    );
}

#[test]
fn who_only_takes_note_decides_nothing() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/12-0544.yaml",
        "beschlussstatus: Kenntnisnahme }",
        "beschlussstatus: Kenntnisnahme, ergebnis: { status: beschlossen } }",
    );
    let text = markdown(&entwirf(&eingabe), "12-0544-beschlussauszug");
    assert!(text.contains("Die Drucksache wurde zur Kenntnis genommen.\n"));
    assert!(!text.contains("zu diesem Beschluss"), "{text}");
}
