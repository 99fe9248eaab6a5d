//! Each number in a paper can be looked up in its review copy, or is plainly none that anybody would.
//!
//! What counts as none is written down here a second time, by other means than the program's.

use drucksache::herkunft::Index;
use drucksache::layout::Shaper;
use drucksache::layout::review::Count;
use drucksache::pdf::inspect::inspect;
use drucksache::pipeline::{self, Eingabe};
use drucksache::pruefexemplar::{self, Angaben};
use drucksache::template::{Auswahl, Vorlagen};

use crate::grundlage::alle;

/// Why a number has no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ausnahme {
    Tag,
    Jahr,
    Uhrzeit,
    /// The number of a clause, an annex, a page, a law's gazette, a grade.
    Verweis,
    /// The number of an item, a paragraph or a footnote.
    Nummerierung,
    Anschrift,
    /// A name that has digits: a file number, a product, a department, a body's own number.
    Kennzeichen,
}

/// What stands before digits that name something.
const DAVOR: [&str; 26] = [
    "Bieter",
    "Bieters",
    "L",
    "§",
    "§§",
    "Abs.",
    "Absatz",
    "Art.",
    "Artikel",
    "Nr.",
    "Nummer",
    "Satz",
    "Alternative",
    "Anlage",
    "S.",
    "FD",
    "Entgeltgruppe",
    "Drucksache",
    "Drucksache**",
    "Absatzes",
    "Nummern",
    "Anlagen",
    "Abschnitt",
    "Tagesordnungspunkt",
    "Vorlage",
    "Seite",
];

fn ausnahme(zeile: &str, von: usize, bis: usize) -> Option<Ausnahme> {
    // The word around the digits.
    let trennt = |c: char| c.is_whitespace() || "|()[]*„“\"#".contains(c);
    let beginn = zeile[..von].rfind(trennt).map_or(0, |at| {
        at + zeile[at..].chars().next().map_or(1, char::len_utf8)
    });
    let ende = zeile[bis..].find(trennt).map_or(zeile.len(), |at| bis + at);
    let wort = &zeile[beginn..ende];
    let kern = wort.trim_end_matches(['.', ',', ':', ';', '?', '!']);
    let danach = zeile[ende..].trim_start_matches([' ', '\u{a0}', '|']);
    let davor = zeile[..beginn].trim_end_matches([' ', '\u{a0}', '(', '|']);
    let davor = davor
        .rsplit([' ', '\u{a0}', '(', '[', '„'])
        .next()
        .unwrap_or_default();
    let monat =
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember";
    let ziffern = kern.bytes().all(|b| b.is_ascii_digit());
    let ist_datum =
        kern.split('.').count() == 3 && kern.split('.').next_back().is_some_and(|j| j.len() == 4);
    let vor_monat =
        ziffern && wort.ends_with('.') && monat.split(' ').any(|m| danach.starts_with(m));
    let reihe = matches!(davor, "bis" | "und") || davor.ends_with(',');
    let in_reihe = reihe && (zeile.contains("§§") || zeile.contains("Art. "));
    if ist_datum || vor_monat {
        Some(Ausnahme::Tag)
    } else if kern.len() == 4 && ziffern && (kern.starts_with("19") || kern.starts_with("20")) {
        Some(Ausnahme::Jahr)
    } else if zeile[ende..]
        .chars()
        .take(14)
        .collect::<String>()
        .contains("Uhr")
    {
        Some(Ausnahme::Uhrzeit)
    } else if DAVOR.contains(&davor) || in_reihe {
        Some(Ausnahme::Verweis)
    } else if beginn <= 1 && (wort.ends_with('.') || zeile.starts_with('(')) || kern.contains('^') {
        Some(Ausnahme::Nummerierung)
    } else if kern.len() == 5 && ziffern
        || ["straße", "platz", "Platz", "Straße", "weg"]
            .iter()
            .any(|s| davor.ends_with(s))
    {
        Some(Ausnahme::Anschrift)
    } else if kern.contains(|c: char| c.is_alphabetic())
        || kern.matches(['-', '/', '.']).count() > 1
        || kern.contains('-')
        || kern.starts_with('0') && !kern.starts_with("0,")
        || kern.split_once('/').is_some_and(|(a, b)| {
            a.parse::<u32>().ok() > b.parse::<u32>().ok() || b.starts_with('0')
        })
    {
        Some(Ausnahme::Kennzeichen)
    } else {
        None
    }
}

/// The visible lines of a paper's text.
fn zeilen(markdown: &str) -> impl Iterator<Item = String> {
    let text = markdown.splitn(3, "---\n").nth(2).unwrap_or(markdown);
    text.lines()
        .filter(|zeile| !zeile.starts_with("<!--"))
        .map(|zeile| {
            // Targets of links are no text.
            let mut sichtbar = String::new();
            let mut rest = zeile;
            while let Some((vorn, hinten)) = rest.split_once("](") {
                sichtbar.push_str(vorn);
                sichtbar.push(']');
                rest = hinten.split_once(')').map_or("", |(_, rest)| rest);
            }
            sichtbar + rest
        })
}

/// Whether these words stand so in a template that the program ships.
fn steht_in_vorlage(zeile: &str, von: usize, bis: usize) -> bool {
    let davor = zeile[..von]
        .char_indices()
        .rev()
        .nth(11)
        .map_or(0, |(at, _)| at);
    let danach = zeile[bis..]
        .char_indices()
        .nth(11)
        .map_or(zeile.len(), |(at, _)| bis + at);
    let worte = &zeile[davor..danach];
    Vorlagen::eingebaut().any(|(_, quelle)| quelle.text.contains(worte))
}

/// The numbers without a note, and how many have one.
fn ohne_notiz(eingabe: &Eingabe, index: &Index) -> (Vec<String>, usize) {
    let ergebnis = pipeline::baue(eingabe, &Auswahl::default()).unwrap();
    let mut shaper = Shaper::default();
    let (mut fehlt, mut gefunden) = (Vec::new(), 0);
    for fertig in &ergebnis.papiere {
        let angaben = Angaben {
            stand: None,
            zaehlung: Count::PerPage,
        };
        let woher = (eingabe, &ergebnis);
        let exemplar = pruefexemplar::setze(&mut shaper, fertig, woher, Some(index), angaben);
        let text = inspect(&exemplar.unwrap().pdf.unwrap()).unwrap().text;
        let notizen: Vec<&str> = text
            .lines()
            .filter_map(|zeile| zeile.strip_prefix('Z')?.split_once("\tS. "))
            .filter_map(|(nummer, _)| Some(nummer.split_once('\t')?.1))
            .collect();
        for zeile in zeilen(&fertig.papier.markdown) {
            let mut ab = 0;
            while let Some(von) = zeile[ab..].find(|c: char| c.is_ascii_digit() || c == '¼') {
                let von = ab + von;
                let ist_zahl = |c: char| c.is_ascii_digit() || "¼.,/".contains(c);
                let bis = zeile[von..]
                    .find(|c| !ist_zahl(c))
                    .map_or(zeile.len(), |at| von + at);
                ab = bis;
                let zahl = zeile[von..bis].trim_end_matches(['.', ',', '/']);
                if ausnahme(&zeile, von, bis).is_some() || steht_in_vorlage(&zeile, von, bis) {
                    continue;
                }
                gefunden += 1;
                if !notizen
                    .iter()
                    .any(|n| n.trim_start_matches('−').split(' ').next() == Some(zahl))
                {
                    fehlt.push(format!("{}: {zahl} in „{zeile}“", fertig.papier.name));
                }
            }
        }
    }
    (fehlt, gefunden)
}

#[test]
fn each_number_of_a_paper_has_a_note_or_is_plainly_none() {
    for grundlage in alle() {
        let (fehlt, gefunden) = ohne_notiz(&grundlage.eingabe, &grundlage.index);
        assert!(gefunden > 20, "{gefunden}");
        assert!(
            fehlt.is_empty(),
            "{}: {} von {gefunden} ohne Notiz:\n{}",
            grundlage.name,
            fehlt.len(),
            fehlt.join("\n")
        );
        println!("{}: {gefunden} Zahlen haben eine Notiz", grundlage.name);
    }
}

#[test]
fn a_period_and_a_share_are_explained_where_they_stand() {
    let text = "Die Frist beträgt 30 Tage (je 1/8), ab 09.11.2021.";
    let ab = |wort: &str| text.find(wort).unwrap();
    assert_eq!(ausnahme(text, ab("30"), ab("30") + 2), None);
    assert_eq!(ausnahme(text, ab("1/8"), ab("1/8") + 3), None);
    assert_eq!(
        ausnahme(text, ab("09."), ab("09.") + 10),
        Some(Ausnahme::Tag)
    );
}
