//! Templates and prose at fault: a finding at the place, in German; loops and output end at their budgets.

use crate::fixture::{befunde, drucksache_215_21, ersetze};

/// The findings when the Sachbericht begins with this text.
fn mit_sachbericht(text: &str) -> String {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "texte/sachbericht.md",
        "{% include \"texte/anlass.md\" %}\n",
        text,
    );
    befunde(&eingabe)
}

#[test]
fn an_unknown_name_is_told_with_its_nearest() {
    assert_eq!(
        mit_sachbericht("Es sind {{ bestnd.zahlwort }}.\n"),
        "Fehler[vorlage-ausdruck]: den Namen „bestnd“ gibt es hier nicht\n \
         --> drucksache-215-21/texte/sachbericht.md:1:12\n  |\n1 | Es sind {{ bestnd.zahlwort }}.\n  |            ^^^^^^\n  |\n  \
         = Abhilfe: meinten Sie „bestand“?\n\n"
    );
}

#[test]
fn an_unknown_field_is_told_with_its_nearest() {
    let text = mit_sachbericht("{{ bestand.zahlwrt }}\n");
    assert!(
        text.contains("das Feld „zahlwrt“ gibt es hier nicht"),
        "{text}"
    );
    assert!(text.contains("meinten Sie „zahlwort“?"), "{text}");
}

#[test]
fn a_mistyped_name_in_a_condition_is_told_and_nothing_is_silently_left_out() {
    let text = mit_sachbericht(
        "{% if beitritt.anzhal > 0 %}Text{% endif %}\n{% if vorgaengr %}x{% endif %}\n",
    );
    assert!(
        text.contains(
            "das Feld „anzhal“ gibt es hier nicht\n --> drucksache-215-21/texte/sachbericht.md:1:16"
        ),
        "{text}"
    );
    assert!(text.contains("meinten Sie „anzahl“?"), "{text}");
    assert!(
        text.contains("den Namen „vorgaengr“ gibt es hier nicht\n --> drucksache-215-21/texte/sachbericht.md:2:7"),
        "{text}"
    );
    assert!(text.contains("meinten Sie „vorgaenger“?"), "{text}");
}

#[test]
fn a_mistyped_name_in_the_condition_of_a_paper_is_told_at_its_place() {
    let mut eingabe = drucksache_215_21();
    let vorlage = "---\nje: drucksache\nwenn: drucksache.nichtöffentlch\ndatei: \"{{ drucksache.dateiname }}-x\"\ntitel: X\n---\n# X\n";
    eingabe.vorgang.dateien.insert(
        "templates/x.md".to_owned(),
        vorlage.as_bytes().to_vec().into(),
    );
    let text = befunde(&eingabe);
    assert!(
        text.starts_with("Fehler[vorlage-ausdruck]: das Feld „nichtoeffentlch“ gibt es hier nicht\n --> drucksache-215-21/templates/x.md:3:18"),
        "{text}"
    );
    assert!(text.contains("^^^^^^^^^^^^^^\n"), "{text}");
    assert!(text.contains("meinten Sie „nichtoeffentlich“?"), "{text}");
}

#[test]
fn an_unclosed_tag_is_told_at_its_place() {
    let text = mit_sachbericht("Anfang\n{% if bestand.anzahl %}\n");
    assert!(text.starts_with("Fehler[vorlage-syntax]"), "{text}");
    assert!(text.contains("texte/sachbericht.md:"), "{text}");
}

#[test]
fn an_included_text_that_does_not_exist_is_told() {
    let text = mit_sachbericht("{% include \"texte/anlas.md\" %}\n");
    assert!(
        text.starts_with("Fehler[vorlage-fehlt]: die Vorlage „texte/anlas.md“ gibt es nicht"),
        "{text}"
    );
    assert!(text.contains("texte/sachbericht.md:1:"), "{text}");
}

#[test]
fn texts_that_include_each_other_are_told_as_a_circle() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "texte/anlass.md",
        "Bereits im Jahr 2012",
        "{% include \"texte/sachbericht.md\" %}",
    );
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[vorlage-im-kreis]"), "{text}");
}

#[test]
fn nested_loops_end_at_the_budget() {
    let reihen = "{% for a in range(end=1000) %}".repeat(3);
    let enden = "{% endfor %}".repeat(3);
    let text = mit_sachbericht(&format!("{reihen}{enden}\n"));
    assert!(text.contains("laufen hier zu oft"), "{text}");
    assert!(text.contains("texte/sachbericht.md:1:"), "{text}");
}

#[test]
fn loops_that_write_nothing_end_at_the_budget_too() {
    let reihen = "{% for a in range(end=1000) %}".repeat(3);
    let enden = "{% endfor %}".repeat(3);
    let text = mit_sachbericht(&format!("{{% set x %}}{reihen}{enden}{{% endset %}}\n"));
    assert!(text.contains("laufen hier zu oft"), "{text}");
}

#[test]
fn output_ends_at_the_budget() {
    let satz = "Ein Satz, der sich sehr oft wiederholt. ".repeat(20);
    let text = mit_sachbericht(&format!(
        "{{% for a in range(end=1000) %}}{{% for b in range(end=100) %}}{satz}{{% endfor %}}{{% endfor %}}\n"
    ));
    assert!(
        text.contains("schreibt mehr Text, als in ein Papier passt"),
        "{text}"
    );
}

#[test]
fn a_range_is_bounded() {
    let text = mit_sachbericht("{% for a in range(end=2000) %}x{% endfor %}\n");
    assert!(
        text.contains("`range` darf höchstens 1000 Werte ergeben"),
        "{text}"
    );
}

#[test]
fn safe_does_not_make_markup_of_data() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "organisationseinheit: Steuerungsdienst",
        "organisationseinheit: '*Steuerungsdienst*'",
    );
    ersetze(
        &mut eingabe.vorgang,
        "texte/sachbericht.md",
        "{% include",
        "{{ drucksache.organisationseinheit | safe }}\n\n{% include",
    );
    let ergebnis = crate::fixture::entwirf(&eingabe);
    let text = crate::fixture::markdown(&ergebnis, "215-21-beschlussvorlage");
    assert!(
        text.contains("## Sachbericht\n\n\\*Steuerungsdienst\\*\n"),
        "{text}"
    );
}

#[test]
fn a_missing_text_file_is_told_where_it_is_named() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "sachbericht: texte/sachbericht.md",
        "sachbericht: texte/sachberichte.md",
    );
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[textdatei-fehlt]"), "{text}");
    assert!(text.contains("drucksachen/215-21.yaml:21:16"), "{text}");
    assert!(
        text.contains("meinten Sie „texte/sachbericht.md“?"),
        "{text}"
    );
}

#[test]
fn a_character_without_a_face_is_told_where_the_author_wrote_it() {
    let text = mit_sachbericht("Ein Zeichen: 漢.\n");
    assert!(text.starts_with("Fehler[fehlendes-zeichen]"), "{text}");
    assert!(text.contains("texte/sachbericht.md:1:14"), "{text}");
}

#[test]
fn a_character_without_a_face_in_a_value_is_told_in_the_yaml() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "Mike-Sebastian",
        "Mike-漢",
    );
    let text = befunde(&eingabe);
    assert!(text.contains("drucksachen/215-21.yaml:10:41"), "{text}");
    assert!(text.contains("die Vorlage übernimmt es hier"), "{text}");
}

#[test]
fn a_character_without_a_face_in_the_letterhead_is_told_in_the_base_data() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "Friedrich-Ebert-Straße 17",
        "Friedrich-漢-Straße 17",
    );
    let text = befunde(&eingabe);
    assert!(text.contains("stammdaten/koerperschaften.yaml:"), "{text}");
    assert!(!text.contains("beschlussvorlage.md"), "{text}");
}

#[test]
fn markup_that_cannot_be_set_is_told_where_the_author_wrote_it() {
    let text = mit_sachbericht("Ein <blink>Text</blink>.\n");
    assert!(text.contains("texte/sachbericht.md:1:5"), "{text}");
}

#[test]
fn markdown_that_no_prose_names_is_left_alone() {
    let mut eingabe = drucksache_215_21();
    let text: &[u8] = b"{% if nie geschlossen";
    eingabe
        .vorgang
        .dateien
        .insert("README.md".to_owned(), text.into());
    crate::fixture::entwirf(&eingabe);
}

#[test]
fn an_empty_set_leaves_no_hole_in_a_sentence() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "    ersetzt: vereinbarung-2019\n",
        "",
    );
    let text = befunde(&eingabe);
    assert!(text.contains("texte/anlass.md"), "{text}");
}

#[test]
fn the_day_of_a_session_needs_its_body() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "  beratungsfolge:",
        "  datum: 09.11.2021\n  beratungsfolge:",
    );
    let text = befunde(&eingabe);
    assert!(text.starts_with("Fehler[datum-ohne-gremium]"), "{text}");
}

#[test]
fn all_that_templates_may_name_is_listed_once_with_its_value() {
    let eingabe = drucksache_215_21();
    let (felder, _) = drucksache::pipeline::rechne(&eingabe, |vorgang, zahlen| {
        drucksache::template::felder(vorgang, zahlen, vorgang.drucksachen.last())
    });
    let felder = felder.unwrap();
    let wert = |name: &str| {
        let mut alle = felder.iter().filter(|feld| feld.name == name);
        let wert = alle.next().map(|feld| feld.wert.as_str());
        assert!(alle.next().is_none(), "{name}");
        wert.unwrap_or_default()
    };
    assert_eq!(wert("drucksache.nummer"), "215/21");
    assert_eq!(wert("drucksache.aktenzeichen"), "–");
    assert_eq!(wert("drucksache.beratungsfolge[]"), "2 Einträge");
    assert_eq!(
        wert("drucksache.beratungsfolge[].gremium"),
        "Kreisausschuss"
    );
    assert_eq!(wert("anwender"), "wie parteien");
    assert_eq!(wert("vereinbarung.praeambel"), "Markdown");
    for feld in &felder {
        wert(&feld.name);
    }
}

#[test]
fn a_template_of_ones_own_can_include_a_built_in_one() {
    let mut eingabe = drucksache_215_21();
    let vorlage = "---\nje: vereinbarung\nwenn: vereinbarung.wird_geschrieben\ndatei: kosten\ntitel: Kostenübersicht\n---\n{% include \"kostenuebersicht.md\" %}";
    eingabe.vorgang.dateien.insert(
        "templates/kosten.md".to_owned(),
        vorlage.as_bytes().to_vec().into(),
    );
    let ergebnis = crate::fixture::entwirf(&eingabe);
    let text = |art: &str| {
        let mut papiere = ergebnis.papiere.iter();
        let papier = papiere.find(|papier| papier.art == art).unwrap();
        let kopf = papier.markdown.find("\n---\n").unwrap();
        papier.markdown[kopf..].to_owned()
    };
    assert_eq!(text("kosten"), text("kostenuebersicht"));
}

#[test]
fn a_text_that_is_called_like_a_template_is_told() {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "drucksachen/215-21.yaml",
        "texte/sachbericht.md",
        "vereinbarung.md",
    );
    eingabe
        .vorgang
        .dateien
        .insert("vereinbarung.md".to_owned(), b"Ein Satz.\n".to_vec().into());
    let text = befunde(&eingabe);
    assert!(
        text.starts_with("Fehler[textdatei-wie-vorlage]: die Textdatei „vereinbarung.md“"),
        "{text}"
    );
}
