//! Names of municipalities that a text enumerates after what they are: „der Stadt Lünen“, „den Städten Bergkamen, Selm und
//! Werne sowie der Gemeinde Bönen“.

use std::ops::Range;

use super::super::super::Passage;

/// Words before names of municipalities.
const GATTUNGEN: [&str; 6] = [
    "Stadt",
    "Städte",
    "Städten",
    "Gemeinde",
    "Gemeinden",
    "Kreisstadt",
];

/// Words between names.
const VERBINDER: [&str; 3] = ["und", "sowie", "oder"];

/// Nouns that follow such words and are no names.
const KEINE_NAMEN: [&str; 14] = [
    "Rat",
    "Räte",
    "Kreis",
    "Kreises",
    "Land",
    "Landes",
    "Drucksache",
    "Anlage",
    "Vereinbarung",
    "Vertreter",
    "Bürgermeister",
    "Bürgermeisterin",
    "Rathaus",
    "Postfach",
];

/// The names in a text, in order.
pub(super) fn aufgezaehlte<'b>(text: &Passage<'b>) -> Vec<Passage<'b>> {
    namen(text.text())
        .into_iter()
        .map(|bereich| text.teil(bereich))
        .collect()
}

fn namen(text: &str) -> Vec<Range<usize>> {
    let mut namen = Vec::new();
    // Whether the next word may be a name.
    let mut offen = false;
    let mut nach_komma = false;
    let mut von = 0;
    for wort in text.split_inclusive([' ', '\t', '\n']) {
        let anfang = von;
        von += wort.len();
        let nackt = wort.trim_end();
        let kern = nackt.trim_end_matches([',', ';', '.', ':', ')']);
        if GATTUNGEN.contains(&kern) {
            offen = kern.len() == nackt.len();
            nach_komma = false;
            continue;
        }
        if !offen || VERBINDER.contains(&kern) {
            nach_komma = false;
            continue;
        }
        let ist_name = kern.starts_with(char::is_uppercase)
            && kern
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '/'))
            && kern.chars().skip(1).any(char::is_lowercase)
            && !KEINE_NAMEN.contains(&kern);
        // Behind a name the list goes on after a comma or an „und“ only.
        let weiter = text.get(von..).unwrap_or_default();
        let verbunden = VERBINDER.iter().any(|wort| {
            let rest = weiter.strip_prefix(wort);
            rest.is_some_and(|rest| rest.starts_with(' '))
        });
        let komma = nackt.ends_with(',');
        let geht_weiter = komma || kern.len() == nackt.len() && verbunden;
        // „der Stadt Lünen, Willy-Brandt-Platz 1“: behind a comma there is a list only if it goes on.
        if ist_name && (!nach_komma || geht_weiter) {
            namen.push(anfang..anfang + kern.len());
            offen = geht_weiter;
        } else {
            offen = false;
        }
        nach_komma = komma;
    }
    namen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gefunden(text: &str) -> Vec<&str> {
        namen(text)
            .into_iter()
            .map(|bereich| &text[bereich])
            .collect()
    }

    #[test]
    fn names_follow_what_they_are() {
        assert_eq!(gefunden("mit der Stadt Kamen abzuschließen"), ["Kamen"]);
        assert_eq!(
            gefunden(
                "den Städten Bergkamen, Fröndenberg/Ruhr und Werne sowie den Gemeinden Bönen und Holzwickede im Kreis"
            ),
            [
                "Bergkamen",
                "Fröndenberg/Ruhr",
                "Werne",
                "Bönen",
                "Holzwickede"
            ]
        );
        assert_eq!(
            gefunden("der Stadt Lünen, vertreten durch den Bürgermeister"),
            ["Lünen"]
        );
        assert_eq!(
            gefunden("der Stadt Lünen, Willy-Brandt-Platz 1, 44532 Lünen"),
            ["Lünen"]
        );
    }

    #[test]
    fn other_nouns_are_no_names() {
        for text in [
            "den beteiligten Städten und Gemeinden im Kreis Unna",
            "der Stadt im Kreis Unna",
            "die Gemeinden. Der Landrat",
            "der Rat der Stadt, Rathausplatz 1",
            "die Städte und Gemeinden des Landes",
            "die Stadt, Rathaus, 44532",
        ] {
            assert!(gefunden(text).is_empty(), "{text}: {:?}", gefunden(text));
        }
    }
}
