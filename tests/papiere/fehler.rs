//! What can be wrong with annexes, sections and own templates: findings at their places, with a remedy.

use drucksache::pipeline::Eingabe;
use drucksache::template::Auswahl;

use crate::fixture::{self, befunde, ersetze};

const VORLAGE: &str = "drucksachen/88-26.yaml";

fn klima(pfad: &str, alt: &str, neu: &str) -> Eingabe {
    let mut eingabe = fixture::vorgang("klima-check");
    ersetze(&mut eingabe.vorgang, pfad, alt, neu);
    eingabe
}

/// The findings hold all of these.
fn findet(eingabe: &Eingabe, teile: &[&str]) {
    let text = befunde(eingabe);
    for teil in teile {
        assert!(text.contains(teil), "„{teil}“ fehlt in\n{text}");
    }
}

#[test]
fn an_annex_file_that_is_not_there_is_told_with_the_nearest() {
    findet(
        &klima(VORLAGE, "anlagen/lageplan.pdf", "anlagen/lagplan.pdf"),
        &[
            "Fehler[anlagedatei-fehlt]: die Datei „anlagen/lagplan.pdf“ gibt es im Vorgang nicht",
            "drucksachen/88-26.yaml:48:48",
            "meinten Sie „anlagen/lageplan.pdf“?",
        ],
    );
}

#[test]
fn an_annex_file_outside_the_matter_is_refused() {
    for pfad in ["../geheim.pdf", "/etc/plan.pdf", "anlagen/../../plan.pdf"] {
        findet(
            &klima(VORLAGE, "anlagen/lageplan.pdf", pfad),
            &[
                "Fehler[anlage-ausserhalb]",
                "88-26.yaml:48:48",
                "= Abhilfe: die Datei in den Vorgang legen",
            ],
        );
    }
}

#[test]
fn an_annex_that_is_no_pdf_is_refused() {
    findet(
        &klima(VORLAGE, "anlagen/lageplan.pdf", "texte/problem.md"),
        &["Fehler[anlage-kein-pdf]: „texte/problem.md“ ist kein PDF"],
    );
    let mut eingabe = fixture::vorgang("klima-check");
    let platz = "anlagen/lageplan.pdf".to_owned();
    eingabe.vorgang.dateien.insert(platz, b"PK".to_vec().into());
    findet(&eingabe, &["lässt sich nicht als PDF lesen"]);
}

#[test]
fn a_file_that_is_not_archival_is_a_warning_and_an_error_in_the_whole() {
    let mut eingabe = fixture::vorgang("klima-check");
    let pfad = "anlagen/lageplan.pdf";
    let bytes = eingabe.vorgang.dateien[pfad].to_vec();
    let alt = b"<pdfaid:part>2<";
    let at = bytes
        .windows(alt.len())
        .position(|teil| teil == alt)
        .unwrap();
    let mut neu = bytes.clone();
    neu[at + alt.len() - 2] = b'3';
    eingabe.vorgang.dateien.insert(pfad.to_owned(), neu.into());
    findet(
        &eingabe,
        &["Warnung[anlage-ohne-pdfa]: „anlagen/lageplan.pdf“ ist PDF/A-3"],
    );
    let gesamt = Auswahl {
        gesamt: true,
        ..Auswahl::default()
    };
    let ergebnis = drucksache::pipeline::baue(&eingabe, &gesamt).unwrap();
    let fehler: Vec<_> = ergebnis
        .befunde
        .iter()
        .filter(|befund| befund.ist_fehler())
        .map(|befund| befund.regel)
        .collect();
    assert!(fehler.contains(&"anlage-ohne-pdfa"), "{fehler:?}");
    assert!(ergebnis.papiere.is_empty());
}

#[test]
fn annexes_in_a_circle_are_told_with_their_way() {
    findet(
        &klima(
            VORLAGE,
            "    - { titel: Klima-Check im Einzelnen, text: texte/klima-check.md }",
            "    - { drucksache: 88/26-1 }",
        ),
        &[
            "Fehler[anlagen-im-kreis]: die Anlagen führen im Kreis: 88/26 → 88/26-1 → 88/26",
            "88-26.yaml:47:",
            "= Abhilfe: eine dieser Anlagen entfernen",
        ],
    );
}

#[test]
fn an_annex_that_is_its_own_paper_is_a_circle_too() {
    findet(
        &klima(
            "drucksachen/88-26-1.yaml",
            "drucksache: 88/26 }",
            "drucksache: 88/26-1 }",
        ),
        &["die Anlagen führen im Kreis: 88/26-1 → 88/26-1"],
    );
}

#[test]
fn an_annex_that_no_paper_is_is_told() {
    findet(
        &klima(
            "drucksachen/88-26-1.yaml",
            "drucksache: 88/26 }",
            "drucksache: 88/27 }",
        ),
        &[
            "Fehler[unbekannte-drucksache]: eine Drucksache „88/27“ gibt es im Vorgang nicht",
            "meinten Sie „88/26“?",
        ],
    );
}

#[test]
fn an_annex_that_is_two_things_is_told_how_to_be_one() {
    findet(
        &klima(
            VORLAGE,
            "datei: anlagen/lageplan.pdf }",
            "datei: anlagen/lageplan.pdf, text: texte/problem.md }",
        ),
        &["eine Anlage ist { titel: … }", "88-26.yaml:48:"],
    );
}

#[test]
fn an_addition_names_what_it_adds_to() {
    findet(
        &klima("drucksachen/88-26-1.yaml", "  zu: 88/26\n", ""),
        &[
            "Fehler[ergaenzung-ohne-vorlage]",
            "88-26-1.yaml:3:8",
            "`zu: 88/26`",
        ],
    );
    findet(
        &klima("drucksachen/88-26-1.yaml", "zu: 88/26", "zu: 88/26-1"),
        &["Fehler[ergaenzt-sich-selbst]"],
    );
}

#[test]
fn an_addition_may_add_to_a_paper_of_another_matter() {
    let eingabe = klima("drucksachen/88-26-1.yaml", "zu: 88/26", "zu: 12/25");
    assert_eq!(fixture::baue(&eingabe).befunde, []);
}

#[test]
fn a_paper_without_any_reasons_is_told() {
    let mut eingabe = fixture::vorgang("minimal");
    let text =
        "nummer: 88/26\ntitel: Bänke\ngremium: Rat\nbeschlussvorschlag: Der Rat beschließt.\n";
    eingabe
        .vorgang
        .dateien
        .insert("vorgang.yaml".to_owned(), text.as_bytes().into());
    findet(
        &eingabe,
        &["Fehler[ohne-sachbericht]: die Drucksache 88/26 hat weder Sachbericht noch Abschnitte"],
    );
}

#[test]
fn an_unknown_filter_in_an_own_template_is_told_at_its_place() {
    findet(
        &klima(
            "templates/sprechzettel.md",
            "{{ beratung.gremium }}",
            "{{ beratung.gremium | gross }}",
        ),
        &[
            "den Filter „gross“ gibt es nicht",
            "templates/sprechzettel.md:10:",
        ],
    );
}

#[test]
fn a_template_without_its_include_is_told_where_it_includes() {
    let mut eingabe = fixture::vorgang("klima-check");
    eingabe.vorgang.dateien.remove("templates/_klima-check.md");
    findet(
        &eingabe,
        &[
            "Fehler[vorlage-fehlt]: die Vorlage „_klima-check.md“ gibt es nicht",
            "templates/beschlussvorlage.md:41:",
        ],
    );
}

#[test]
fn a_hausstil_that_names_no_template_is_told_in_the_base_data() {
    let mut eingabe = fixture::drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "beschlussvorlage-bergkamen",
        "beschlussvorlage-bergkammen",
    );
    findet(
        &eingabe,
        &[
            "Fehler[unbekannte-vorlage]: die Vorlage „beschlussvorlage-bergkammen“ gibt es nicht",
            "stammdaten/koerperschaften.yaml:38:",
            "meinten Sie „beschlussvorlage-bergkamen“?",
        ],
    );
}

#[test]
fn a_hausstil_for_an_unknown_kind_or_with_a_template_of_another_kind_is_told() {
    let mut eingabe = fixture::drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        "{ beschlussvorlage: ",
        "{ beschlusvorlage: ",
    );
    findet(
        &eingabe,
        &[
            "Fehler[unbekannte-papierart]",
            "meinten Sie „beschlussvorlage“?",
        ],
    );
    let mut eingabe = fixture::drucksache_215_21();
    ersetze(
        &mut eingabe.stammdaten,
        "koerperschaften.yaml",
        ": beschlussvorlage-bergkamen",
        ": anlage",
    );
    findet(
        &eingabe,
        &[
            "Fehler[vorlage-vertritt-nicht]",
            "`vertritt: beschlussvorlage`",
        ],
    );
}

#[test]
fn text_that_no_paper_shows_is_told() {
    findet(
        &klima(
            "templates/beschlussvorlage.md",
            "{% for abschnitt in drucksache.abschnitte %}",
            "{% for abschnitt in [] %}",
        ),
        &[
            "Warnung[text-ohne-papier]: dieser Text kommt in keinem Papier vor",
            "88-26.yaml:29:",
            "88-26-1.yaml:",
        ],
    );
}

#[test]
fn a_matter_without_base_data_works_and_has_no_letterhead() {
    let mut eingabe = fixture::vorgang("minimal");
    eingabe.stammdaten.dateien.clear();
    let ergebnis = fixture::baue(&eingabe);
    assert_eq!(ergebnis.befunde, []);
    // A rule that cannot look says so; none finds anything.
    let gefunden = |befund: &&drucksache::diagnostic::Befund| !befund.ist_nicht_pruefbar();
    assert_eq!(ergebnis.pruefung.iter().find(gefunden), None);
    let text = fixture::markdown(&ergebnis, "88-26-beschlussvorlage");
    assert!(!text.contains("absender"), "{text}");
}
