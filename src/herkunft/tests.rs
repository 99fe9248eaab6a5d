//! Trials beside the matter as it is give the very papers that they give alone.

use std::path::Path;

use super::*;
use crate::pipeline::Ordner;

fn lies(ordner: &Path, innen: &str, gelesen: &mut Ordner) {
    for eintrag in std::fs::read_dir(ordner.join(innen)).unwrap() {
        let eintrag = eintrag.unwrap();
        let name = eintrag.file_name().into_string().unwrap();
        let pfad = if innen.is_empty() {
            name
        } else {
            format!("{innen}/{name}")
        };
        if pfad == "golden" || pfad == "stammdaten" {
            continue;
        }
        if eintrag.file_type().unwrap().is_dir() {
            lies(ordner, &pfad, gelesen);
        } else {
            let bytes = std::fs::read(eintrag.path()).unwrap();
            gelesen.dateien.insert(pfad, bytes.into());
        }
    }
}

fn eingabe(vorgang: &str, stammdaten: &str) -> Eingabe {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut eingabe = Eingabe::default();
    lies(&fixtures.join(vorgang), "", &mut eingabe.vorgang);
    lies(&fixtures.join(stammdaten), "", &mut eingabe.stammdaten);
    eingabe.stammdaten.anzeige = "stammdaten".to_owned();
    eingabe
}

/// Makes each n-th trial twice: with what is known of the matter as it is, and without.
fn vergleiche(eingabe: &Eingabe, jeder: usize) -> usize {
    let neben = Werkbank::neu(eingabe).unwrap();
    let allein = Werkbank::neu(eingabe).unwrap().vergesslich();
    let skalare = skalare::skalare(&neben);
    let umfeld = Umfeld::neu(&neben, &skalare);
    let versuche = versuche::versuche(&skalare, &umfeld);
    let gebaut: Vec<bool> = versuche
        .par_iter()
        .step_by(jeder)
        .map(|versuch| {
            let papiere = neben.mit(&versuch.tausche);
            assert!(
                papiere == allein.mit(&versuch.tausche),
                "{:?}",
                versuch.tausche
            );
            papiere.is_some()
        })
        .collect();
    gebaut.into_iter().filter(|gebaut| *gebaut).count()
}

#[test]
fn a_trial_makes_the_same_papers_beside_the_matter_and_alone() {
    let jeder = if ganz() { 1 } else { 3 };
    let klima = eingabe("klima-check", "klima-check/stammdaten");
    assert!(vergleiche(&klima, jeder) > 50);
}

#[test]
fn a_trial_of_an_agreement_makes_the_same_papers_beside_it_and_alone() {
    let jeder = if ganz() { 1 } else { 61 };
    let kreis = eingabe("drucksache-215-21", "stammdaten");
    assert!(vergleiche(&kreis, jeder) > 5);
}

/// Whether all trials are made: `HERKUNFT_GANZ=1`.
fn ganz() -> bool {
    std::env::var_os("HERKUNFT_GANZ").is_some()
}

#[test]
fn entries_of_lists_count_from_one() {
    let weg = Route {
        datei: "drucksachen/215-21.yaml".into(),
        schritte: vec![
            Schritt::Feld("beratungsfolge".into()),
            Schritt::Index(0),
            Schritt::Feld("gremium".into()),
        ],
    };
    assert_eq!(pfad(&weg), "beratungsfolge[1].gremium");
}
