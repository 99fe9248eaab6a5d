//! The letters after the decision, for each way in which § 29 Abs. 4 GkG NRW finds the authority.

use drucksache::pipeline::{Eingabe, Ergebnis, entwurf::Entwurf};

use crate::fixture::{baue, drucksache_215_21, entwirf, ersetze, markdown, namen};

const ANTRAG: &str = "vereinbarung-genehmigungsantrag";
const ANZEIGE: &str = "vereinbarung-anzeige-aufhebung";
const HINWEIS: &str = "215-21-hinweisbekanntmachung";

/// 215/21 after its publication, with changes in the agreements and in the base data.
fn veroeffentlicht(vereinbarung: &[(&str, &str)], stammdaten: &[(&str, &str)]) -> Eingabe {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "status: entwurf",
        "status: genehmigt\n    geschlossen: 30.11.2021\n    genehmigung: { vom: 14.12.2021 }\n    veröffentlichung: { am: 18.12.2021, nummer: 50 }",
    );
    for (alt, neu) in vereinbarung {
        ersetze(&mut eingabe.vorgang, "vereinbarungen.yaml", alt, neu);
    }
    for (alt, neu) in stammdaten {
        ersetze(&mut eingabe.stammdaten, "koerperschaften.yaml", alt, neu);
    }
    eingabe
}

/// A town for the base data.
fn stadt(schluessel: &str, name: &str, ags: &str, dazu: &str) -> String {
    format!(
        "  {schluessel}:\n    name: {name}\n    gattung: Stadt\n    ags: {ags}\n{dazu}    vertretung: [{{ amt: bürgermeisteramt }}]\n\n  stadt-bergkamen:"
    )
}

/// All papers say these and none of those.
fn sagen(ergebnis: &Entwurf, da: &[(&str, &str)], nie: &[&str]) {
    for (name, text) in da {
        let papier = markdown(ergebnis, name);
        assert!(papier.contains(text), "{name}: „{text}“ fehlt in\n{papier}");
    }
    for papier in &ergebnis.papiere {
        for text in nie {
            assert!(!papier.markdown.contains(text), "{}: {text}", papier.name);
        }
    }
}

#[test]
fn with_a_kreis_the_bezirksregierung_is_asked() {
    let ergebnis = entwirf(&veroeffentlicht(&[], &[]));
    sagen(
        &ergebnis,
        &[
            (ANTRAG, "\nAn die Bezirksregierung Arnsberg\n"),
            (
                ANTRAG,
                "Die Aufgaben führen der Kreis Unna und die Stadt Lünen aus. Die Zuständigkeit der Bezirksregierung Arnsberg ergibt sich aus § 29 Abs. 4 GkG NRW.",
            ),
            (ANZEIGE, "\nAn die Bezirksregierung Arnsberg\n"),
            (
                ANZEIGE,
                "bittet, sie im Amtsblatt für den Regierungsbezirk Arnsberg zusammen",
            ),
            (
                HINWEIS,
                "Die Bezirksregierung Arnsberg hat sie am 14. Dezember 2021 genehmigt",
            ),
        ],
        &["Verwaltungsbehörde", "Aufsichtsbehörde hat"],
    );
}

#[test]
fn towns_of_one_kreis_ask_its_landrat() {
    let mut eingabe = veroeffentlicht(
        &[
            (
                "      - kreis-unna\n      - stadt-bergkamen",
                "      - stadt-bergkamen",
            ),
            ("    parteien: [kreis-unna]", "    parteien: [stadt-luenen]"),
            ("anbieter: kreis-unna", "anbieter: stadt-selm"),
        ],
        &[],
    );
    ersetze(
        &mut eingabe.vorgang,
        "vorgang.yaml",
        "federführend: kreis-unna",
        "federführend: stadt-luenen",
    );
    let ergebnis = entwirf(&eingabe);
    sagen(
        &ergebnis,
        &[
            (
                ANTRAG,
                "\nAn den Landrat des Kreises Unna als untere staatliche Verwaltungsbehörde, Friedrich-Ebert-Straße 17, 59425 Unna\n",
            ),
            (
                ANTRAG,
                "Namens aller Parteien beantragt die Stadt Lünen, sie nach",
            ),
            (
                ANTRAG,
                "mit der Genehmigung im Veröffentlichungsblatt des Kreises Unna bekannt zu machen.",
            ),
            (ANTRAG, "Die Aufgaben führen die Städte Lünen und Selm aus."),
            (
                ANZEIGE,
                "\nAn den Landrat des Kreises Unna als untere staatliche Verwaltungsbehörde, Friedrich-Ebert-Straße 17, 59425 Unna\n",
            ),
            (
                ANZEIGE,
                "Die Städte Bergkamen, Lünen, Schwerte, Unna und Werne sowie die Gemeinde Bönen haben am",
            ),
            (
                HINWEIS,
                "Der Landrat des Kreises Unna als untere staatliche Verwaltungsbehörde hat sie am 14. Dezember 2021 genehmigt",
            ),
        ],
        &["Bezirksregierung", "Regierungsbezirk"],
    );
}

#[test]
fn with_a_kreisfreie_stadt_the_bezirksregierung_of_the_performing_town_is_asked() {
    let dortmund = stadt(
        "stadt-dortmund",
        "Dortmund",
        "05913000",
        "    regierungsbezirk: Arnsberg\n",
    );
    let ergebnis = entwirf(&veroeffentlicht(
        &[
            (
                "    parteien: [kreis-unna]",
                "    parteien: [stadt-dortmund]",
            ),
            ("anbieter: kreis-unna", "anbieter: stadt-dortmund"),
        ],
        &[("  stadt-bergkamen:", &dortmund)],
    ));
    sagen(
        &ergebnis,
        &[
            (ANTRAG, "\nAn die Bezirksregierung Arnsberg\n"),
            (ANTRAG, "Die Städte Bergkamen, Dortmund, Lünen,"),
            (
                ANTRAG,
                "Die Aufgaben führen die Städte Dortmund und Lünen aus.",
            ),
        ],
        &["Verwaltungsbehörde"],
    );
}

#[test]
fn with_a_town_of_another_land_the_bezirksregierung_is_asked() {
    let melle = stadt("stadt-melle", "Melle", "03459024", "");
    let changes = [
        ("    parteien: [kreis-unna]", "    parteien: [stadt-melle]"),
        ("anbieter: kreis-unna", "anbieter: stadt-selm"),
    ];
    let ergebnis = entwirf(&veroeffentlicht(
        &changes,
        &[("  stadt-bergkamen:", &melle)],
    ));
    sagen(
        &ergebnis,
        &[(ANTRAG, "\nAn die Bezirksregierung Arnsberg\n")],
        &["Verwaltungsbehörde"],
    );
    // Where that town performs a task, no Bezirk of ours is its seat.
    let changes = [
        changes[0],
        ("anbieter: kreis-unna", "anbieter: stadt-melle"),
    ];
    let ergebnis = baue(&veroeffentlicht(
        &changes,
        &[("  stadt-bergkamen:", &melle)],
    ));
    ist_offen(&ergebnis);
}

#[test]
fn where_the_authority_is_open_no_letter_is_written_and_the_check_says_so() {
    let ergebnis = baue(&veroeffentlicht(
        &[],
        &[(
            "    ags: 05978024\n",
            "    ags: 05978024\n    regierungsbezirk: Münster\n",
        )],
    ));
    ist_offen(&ergebnis);
}

fn ist_offen(ergebnis: &Ergebnis) {
    let namen = namen(ergebnis);
    for brief in [ANTRAG, ANZEIGE, HINWEIS] {
        assert!(!namen.contains(&brief), "{brief}");
    }
    let befund = ergebnis
        .pruefung
        .iter()
        .find(|b| b.regel == "zustaendigkeit-unklar");
    assert!(befund.is_some(), "{:?}", ergebnis.pruefung);
}

#[test]
fn each_council_announces_over_its_own_office() {
    let ergebnis = entwirf(&veroeffentlicht(
        &[],
        &[(
            "name: Bergkamen\n",
            "name: Bergkamen\n    bekanntmachung: im Amtsblatt der Stadt Bergkamen\n",
        )],
    ));
    sagen(
        &ergebnis,
        &[
            (HINWEIS, "# Bekanntmachung des Kreises Unna\n"),
            (HINWEIS, "<!-- unterschrift: Kreis Unna | Der Landrat -->"),
            (
                "12-0544-hinweisbekanntmachung",
                "# Bekanntmachung der Stadt Bergkamen\n",
            ),
            (
                "12-0544-hinweisbekanntmachung",
                "Diese Bekanntmachung erscheint im Amtsblatt der Stadt Bergkamen.",
            ),
            (
                "12-0544-hinweisbekanntmachung",
                "<!-- unterschrift: Stadt Bergkamen | Die Bürgermeisterin oder der Bürgermeister -->",
            ),
        ],
        &[],
    );
}

#[test]
fn the_letter_tells_the_result_of_each_council_and_who_is_missing() {
    let ergebnis = entwirf(&veroeffentlicht(
        &[(
            "    lenkungskreis:",
            "    beschlüsse:\n      - { körperschaft: kreis-unna, gremium: Kreistag, datum: 09.11.2021 }\n      - { körperschaft: stadt-selm, gremium: Rat, datum: 11.11.2021, ergebnis: abgelehnt }\n    lenkungskreis:",
        )],
        &[],
    ));
    sagen(
        &ergebnis,
        &[
            (
                ANTRAG,
                "| Kreis Unna | Kreistag | 09.11.2021 | – | beschlossen |",
            ),
            (ANTRAG, "| Stadt Selm | Rat | 11.11.2021 | – | abgelehnt |"),
            (ANTRAG, "| Stadt Werne | – | – | – | liegt nicht vor |"),
            (
                ANTRAG,
                "Ein zustimmender Beschluss fehlt bisher für die Städte Bergkamen,",
            ),
        ],
        &["fehlt bisher für den Kreis"],
    );
}

#[test]
fn the_letter_waits_for_the_last_signature() {
    let unterschrift =
        "    unterzeichnet: [{ körperschaft: kreis-unna, am: 30.11.2021 }]\n    lenkungskreis:";
    let ergebnis = entwirf(&veroeffentlicht(
        &[("    lenkungskreis:", unterschrift)],
        &[],
    ));
    assert!(!namen(&ergebnis).contains(&ANTRAG));
}

#[test]
fn an_approval_that_is_deemed_granted_is_told_as_such() {
    let ergebnis = entwirf(&veroeffentlicht(
        &[("genehmigung: { vom: 14.12.2021 }", "eingang: 01.12.2021")],
        &[],
    ));
    sagen(
        &ergebnis,
        &[
            (HINWEIS, "Die Genehmigung gilt als erteilt (§ 24 Abs. 2"),
            (
                HINWEIS,
                "Die Bezirksregierung Arnsberg hat die Vereinbarung im Amtsblatt",
            ),
        ],
        &["hat sie am", "Arnsberg hat sie genehmigt"],
    );
}

#[test]
fn the_address_of_the_authority_comes_from_the_base_data_and_else_is_left_to_fill_in() {
    let ohne = entwirf(&veroeffentlicht(&[], &[]));
    for brief in [ANTRAG, ANZEIGE] {
        let text = markdown(&ohne, brief);
        let kopf = "\nAn die Bezirksregierung Arnsberg\n\nAnschrift:\n\nDatum:\n";
        assert!(text.contains(kopf), "{text}");
    }
    let behoerde = "behörden:\n  Bezirksregierung Arnsberg: { anschrift: [Beispielweg 1, 12345 Beispielstadt] }\n\nkörperschaften:\n";
    let mit = entwirf(&veroeffentlicht(&[], &[("körperschaften:\n", behoerde)]));
    for brief in [ANTRAG, ANZEIGE] {
        let text = markdown(&mit, brief);
        let kopf =
            "\nAn die Bezirksregierung Arnsberg, Beispielweg 1, 12345 Beispielstadt\n\nDatum:\n";
        assert!(text.contains(kopf), "{text}");
    }
}
