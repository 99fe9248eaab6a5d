//! The table of rules: names, files, texts, norms.

use std::path::Path;

use drucksache::check::{ABSCHNITTE, Gewicht, Grundlage, REGELN};
use drucksache::recht::{self, Beleg};

#[test]
fn rules_stand_in_the_order_of_their_names() {
    assert!(REGELN.is_sorted_by(|a, b| a.name < b.name));
}

#[test]
fn a_name_is_kebab_case_in_ascii() {
    for regel in REGELN {
        let erlaubt = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(regel.name.chars().all(erlaubt), "{}", regel.name);
    }
}

#[test]
fn the_text_of_a_rule_lies_in_a_file_named_like_it() {
    let ordner = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/regeln");
    for regel in REGELN {
        let datei = ordner.join(format!("{}.md", regel.name.replace('-', "_")));
        let text = std::fs::read_to_string(&datei).unwrap_or_default();
        assert_eq!(text, regel.text, "{}", datei.display());
    }
}

#[test]
fn each_rule_explains_itself_in_all_sections() {
    for regel in REGELN {
        let anleitung = regel.anleitung();
        let koepfe: Vec<_> = anleitung.abschnitte.iter().map(|(kopf, _)| *kopf).collect();
        assert_eq!(koepfe, ABSCHNITTE, "{}", regel.name);
        assert!(
            !anleitung.titel.is_empty() && !anleitung.titel.ends_with('.'),
            "{}",
            regel.name
        );
        assert!(
            anleitung
                .abschnitte
                .iter()
                .all(|(_, text)| !text.is_empty()),
            "{}",
            regel.name
        );
    }
}

#[test]
fn each_norm_names_a_law_that_is_in_the_data() {
    let gesetze = recht::recht().gesetze;
    for regel in REGELN {
        for norm in regel.normen {
            assert!(
                gesetze.contains_key(norm.gesetz),
                "{}: {norm:?}",
                regel.name
            );
        }
    }
}

#[test]
fn an_error_rests_on_a_norm_that_was_seen_or_on_the_paper_itself() {
    for regel in REGELN {
        if matches!(regel.schwere, Gewicht::Fehler | Gewicht::FehlerOderWarnung)
            && regel.grundlage != Grundlage::Redaktion
        {
            let gesehen = regel.normen.iter().any(|norm| norm.beleg == Beleg::Gesehen);
            assert!(gesehen, "{}", regel.name);
        }
    }
}

#[test]
fn a_rule_of_law_or_practice_names_its_norm() {
    for regel in REGELN {
        assert!(
            regel.grundlage != Grundlage::Gesetz || !regel.normen.is_empty(),
            "{}",
            regel.name
        );
        assert!(!regel.gilt.is_empty(), "{}", regel.name);
    }
}
