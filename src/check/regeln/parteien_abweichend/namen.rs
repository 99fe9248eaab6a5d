//! Names of municipalities that a text enumerates after what they are: „der Stadt Lünen“, „den Städten Bergkamen, Selm und
//! Werne sowie der Gemeinde Bönen“.

use std::ops::Range;

use super::super::super::Passage;

/// Words before names of municipalities.
pub(super) const GATTUNGEN: [&str; 6] = [
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

/// The same in words that stand in no paper.
pub(super) fn in_text(text: &str) -> impl Iterator<Item = &str> {
    let namen = namen(text).into_iter();
    namen.filter_map(|bereich| text.get(bereich))
}

/// The names in enumerations of at least two known ones, „Bergkamen, Kamen und Lünen“, in order: the known ones, and those
/// that stand between others.
pub(super) fn unter_bekannten<'b>(
    text: &Passage<'b>,
    bekannt: &dyn Fn(&str) -> bool,
) -> Vec<Passage<'b>> {
    let mut gefunden = Vec::new();
    for liste in listen(text.text()) {
        let kennt = |bereich: &Range<usize>| text.text().get(bereich.clone()).is_some_and(bekannt);
        if liste.iter().filter(|bereich| kennt(bereich)).count() < 2 {
            continue;
        }
        let letzter = liste.len() - 1;
        for (i, bereich) in liste.iter().enumerate() {
            if kennt(bereich) || i > 0 && i < letzter {
                gefunden.push(text.teil(bereich.clone()));
            }
        }
    }
    gefunden
}

/// A word of a text.
struct Wort<'t> {
    /// Its first byte.
    anfang: usize,
    /// The byte behind it and the white space that follows.
    ende: usize,
    /// The word with its punctuation.
    nackt: &'t str,
    /// The word alone.
    kern: &'t str,
}

fn worte(text: &str) -> impl Iterator<Item = Wort<'_>> {
    let mut ende = 0;
    text.split_inclusive([' ', '\t', '\n']).map(move |wort| {
        let anfang = ende;
        ende += wort.len();
        let nackt = wort.trim_end();
        Wort {
            anfang,
            ende,
            nackt,
            kern: nackt.trim_end_matches([',', ';', '.', ':', ')']),
        }
    })
}

/// Enumerations of words in capitals: one word each, with a comma or an „und“ between.
fn listen(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut listen = Vec::new();
    let mut liste: Vec<Range<usize>> = Vec::new();
    let mut offen = true;
    for Wort {
        anfang,
        nackt,
        kern,
        ..
    } in worte(text)
    {
        if VERBINDER.contains(&kern) {
            offen = !liste.is_empty();
            continue;
        }
        let ist_name = ist_name(kern) && !GATTUNGEN.contains(&kern);
        if !(ist_name && offen) {
            listen.push(std::mem::take(&mut liste));
            offen = true;
            if !ist_name {
                continue;
            }
        }
        liste.push(anfang..anfang + kern.len());
        offen = nackt.ends_with(',') && kern.len() + 1 == nackt.len();
        if !offen && kern.len() != nackt.len() {
            listen.push(std::mem::take(&mut liste));
            offen = true;
        }
    }
    listen.push(liste);
    listen.retain(|liste| liste.len() > 1);
    listen
}

fn ist_name(wort: &str) -> bool {
    wort.starts_with(char::is_uppercase)
        && wort
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '/'))
        && wort.chars().skip(1).any(char::is_lowercase)
        && !KEINE_NAMEN.contains(&wort)
}

fn namen(text: &str) -> Vec<Range<usize>> {
    let mut namen = Vec::new();
    // Whether the next word may be a name.
    let mut offen = false;
    let mut nach_komma = false;
    for Wort {
        anfang,
        ende,
        nackt,
        kern,
    } in worte(text)
    {
        if GATTUNGEN.contains(&kern) {
            offen = kern.len() == nackt.len();
            nach_komma = false;
            continue;
        }
        if !offen || VERBINDER.contains(&kern) {
            nach_komma = false;
            continue;
        }
        let ist_name = ist_name(kern);
        // Behind a name the list goes on after a comma or an „und“ only.
        let weiter = text.get(ende..).unwrap_or_default();
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

    fn aufgelistet(text: &str) -> Vec<Vec<&str>> {
        let listen = listen(text).into_iter();
        listen
            .map(|liste| liste.into_iter().map(|bereich| &text[bereich]).collect())
            .collect()
    }

    #[test]
    fn enumerations_need_no_word_for_what_they_are() {
        assert_eq!(
            aufgelistet("Leistungen in Bergkamen, Kamen und Lünen, soweit sie reichen"),
            [["Bergkamen", "Kamen", "Lünen"]]
        );
        assert_eq!(
            aufgelistet("Der Landrat tritt bei. Bönen und Unna zahlen"),
            [["Bönen", "Unna"]]
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
