//! The days of effect of the fixture's agreement, and the clauses that follow from facts of its course.

use drucksache::compute::fristen::{Grundlage, tabelle};
use drucksache::compute::{Fristen, rechne};
use drucksache::input::parse;
use drucksache::model::{Schluessel, Vorgang};
use drucksache::pipeline::{Eingabe, Ordner};
use drucksache::source::Source;

use crate::fixture::{drucksache_215_21, entwirf, ersetze, markdown};

/// The matter, with further keys of the agreement of 2021.
fn mit(zeilen: &str) -> Eingabe {
    let mut eingabe = drucksache_215_21();
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "    ersetzt: vereinbarung-2019\n",
        &format!("    ersetzt: vereinbarung-2019\n{zeilen}"),
    );
    eingabe
}

fn fristen(zeilen: &str) -> Fristen {
    let eingabe = mit(zeilen);
    let baeume = |ordner: &Ordner| -> Vec<_> {
        let yaml = ordner
            .dateien
            .iter()
            .filter(|(name, _)| name.ends_with(".yaml"));
        yaml.map(|(name, bytes)| {
            parse(&Source::new(
                name.as_str(),
                std::str::from_utf8(bytes).unwrap(),
            ))
            .unwrap()
        })
        .collect()
    };
    let (vorgang, befunde) = Vorgang::aus(&baeume(&eingabe.vorgang), &baeume(&eingabe.stammdaten));
    assert!(befunde.is_empty(), "{befunde:?}");
    rechne(&vorgang).vereinbarungen[&Schluessel::from("vereinbarung-2021")]
        .fristen
        .clone()
}

fn fiktionen(fristen: &Fristen) -> Vec<String> {
    let ende = fristen.verlaeufe.iter().filter_map(|v| v.fiktion);
    ende.map(|tag| tag.to_string()).collect()
}

#[test]
fn a_receipt_on_the_day_of_the_kreistag_leads_to_both_known_days() {
    let fristen = fristen("    eingang: 09.11.2021\n");
    assert_eq!(fiktionen(&fristen), ["07.12.2021", "04.01.2022"]);
}

#[test]
fn without_a_receipt_the_kreistag_is_the_earliest_day() {
    let fristen = fristen("");
    let eingang = fristen.eingang.unwrap();
    assert_eq!(eingang.grundlage, Grundlage::Beschluss);
    assert_eq!(eingang.tag.to_string(), "09.11.2021");
    assert_eq!(fiktionen(&fristen), ["07.12.2021", "04.01.2022"]);
    assert_eq!(fristen.luecken.len(), 3);
}

#[test]
fn the_day_that_the_agreement_names_wins_over_the_first_fiction_alone() {
    let fristen = fristen(
        "    eingang: 09.11.2021\n    amtsblatt: { wochentag: samstag, vorlauf_tage: 3, quelle: Beispielwert }\n",
    );
    let zeilen = tabelle(&fristen);
    assert_eq!(
        zeilen[1].1,
        "gilt mit Ablauf des 07.12.2021 als genehmigt, Amtsblatt 11.12.2021, wirksam 01.01.2022"
    );
    assert_eq!(
        zeilen[2].1,
        "gilt mit Ablauf des 04.01.2022 als genehmigt, Amtsblatt 08.01.2022, wirksam 09.01.2022"
    );
}

#[test]
fn a_right_to_take_part_that_is_granted_stands_in_the_agreement() {
    let mut eingabe = mit("");
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "mitwirkung: { gewährt: nein }",
        "mitwirkung: { gewährt: ja, inhalt: Neue Vordrucke bedürfen der Zustimmung aller Anwenderkommunen. }",
    );
    let text = markdown(&entwirf(&eingabe), "vereinbarung");
    assert!(
        text.contains("eingeräumt: Neue Vordrucke bedürfen der Zustimmung aller Anwenderkommunen."),
        "{text}"
    );
    assert!(!text.contains("wird nicht vereinbart"), "{text}");
}

#[test]
fn what_is_agreed_for_a_refusal_stands_in_the_agreement() {
    let satz = "Stimmt die Vertretung einer Partei nicht zu, verhandeln die übrigen Parteien neu.";
    let text = markdown(
        &entwirf(&mit(&format!("    bei_ablehnung: {satz}\n"))),
        "vereinbarung",
    );
    assert_eq!(text.matches(satz).count(), 1, "{text}");
}

#[test]
fn a_notice_without_period_form_and_good_cause_leaves_no_hole() {
    let mut eingabe = mit("");
    for (alt, neu) in [
        ("      frist_monate: 12\n", ""),
        ("      zum: Ende eines Kalenderjahres\n", ""),
        ("      frühestens: 31.12.2024\n", ""),
        (
            "      form: schriftlich gegenüber allen anderen Parteien\n",
            "      wichtiger_grund: nein\n",
        ),
    ] {
        ersetze(&mut eingabe.vorgang, "vereinbarungen.yaml", alt, neu);
    }
    let text = markdown(&entwirf(&eingabe), "vereinbarung");
    assert!(
        text.contains("Jede Partei kann diese Vereinbarung kündigen, wenn"),
        "{text}"
    );
    assert!(!text.contains("Die Kündigung ist"), "{text}");
    assert!(!text.contains("wichtigem Grund"), "{text}");
}

#[test]
fn who_only_took_note_did_not_decide() {
    let beschluesse = "    beschlüsse:\n      \
        - { körperschaft: kreis-unna, gremium: Kreistag, datum: 09.11.2021, ergebnis: beschlossen }\n      \
        - { körperschaft: stadt-bergkamen, gremium: Rat, datum: 18.11.2021, ergebnis: kenntnisgenommen }\n";
    let mut eingabe = mit(beschluesse);
    ersetze(
        &mut eingabe.vorgang,
        "vereinbarungen.yaml",
        "status: entwurf",
        "status: unterzeichnet\n    geschlossen: 30.11.2021",
    );
    let text = markdown(&entwirf(&eingabe), "vereinbarung-genehmigungsantrag");
    assert!(text.contains("| Kreistag | 09.11.2021 |"), "{text}");
    let zeile = text.lines().find(|zeile| zeile.contains("18.11.2021"));
    assert!(
        zeile.is_none_or(|zeile| zeile.contains("zur Kenntnis genommen")),
        "{text}"
    );
}
