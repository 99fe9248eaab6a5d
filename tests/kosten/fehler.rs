//! What cannot be computed is told with its year and the key to add.

use crate::vorgang::{befunde, drucksache_215_21};

#[track_caller]
fn sagt(aenderungen: &[(&str, &str)], saetze: &[&str]) {
    let text = befunde(&drucksache_215_21(aenderungen));
    for satz in saetze {
        assert!(text.contains(satz), "„{satz}“ fehlt in\n{text}");
    }
}

#[test]
fn a_year_without_figures_between_two_others() {
    sagt(
        &[(
            "        - { jahr: 2021, personalkosten: 88000, sachkosten_pauschale: 9700, quelle: Beispielwert }\n",
            "",
        )],
        &[
            "Fehler[wert-fehlt]: für das Jahr 2021 fehlen Personalkosten und Sachkostenpauschale",
            "unter `werte` ergänzen: { jahr: 2021, personalkosten: …",
        ],
    );
}
