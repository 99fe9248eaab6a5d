//! A finding on words stands at the value in the YAML that made them, however the value is written.
//!
//! Each value of the fixtures in turn gets a placeholder at its end. Where a paper shows it, the rule that finds
//! placeholders must name the line and column of the placeholder in the YAML. Nothing here knows which value reaches
//! which paper: a key that is added to the model is tried as soon as a fixture has it.

use std::collections::{BTreeMap, BTreeSet};

use drucksache::diagnostic::{Route, Schritt, Stelle};
use drucksache::input::parse;
use drucksache::pipeline::{self, Eingabe};
use drucksache::source::Source;
use rayon::prelude::*;

use crate::fall;

const REGEL: &str = "platzhalter-offen";
const PLATZHALTER: &str = "TODO";

/// How many kinds of values the papers of the fixtures show at least. It grows with the model.
const GEZEIGTE: usize = 60;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Schreibweise {
    Schlicht,
    InApostrophen,
    InAnfuehrung,
    Gefaltet,
    Zeilenweise,
}

const SCHREIBWEISEN: [Schreibweise; 5] = [
    Schreibweise::Schlicht,
    Schreibweise::InApostrophen,
    Schreibweise::InAnfuehrung,
    Schreibweise::Gefaltet,
    Schreibweise::Zeilenweise,
];

impl Schreibweise {
    /// The value as YAML, `einzug` deep where it goes on in further lines; `None` where it cannot be written so.
    fn yaml(self, text: &str, einzug: &str) -> Option<String> {
        let einzeilig = !text.contains('\n');
        // Folded and quoted texts go on in a second line behind their first word.
        let geteilt = text.replacen(' ', &format!("\n{einzug}"), 1);
        match self {
            Self::Schlicht => {
                let heikel = [": ", " #", "{", "}", "[", "]", ",", "\"", "'"];
                (einzeilig && !heikel.iter().any(|h| text.contains(h))).then(|| text.to_owned())
            }
            Self::InApostrophen => einzeilig.then(|| format!("'{}'", geteilt.replace('\'', "''"))),
            Self::InAnfuehrung => {
                let maskiert = text.replace('\\', "\\\\").replace('"', "\\\"");
                Some(format!("\"{}\"", maskiert.replace('\n', "\\n")))
            }
            Self::Gefaltet => einzeilig.then(|| format!(">-\n{einzug}{geteilt}")),
            Self::Zeilenweise => {
                let zeilen: Vec<_> = text.lines().map(|z| format!("{einzug}{z}")).collect();
                Some(format!("|-\n{}", zeilen.join("\n")))
            }
        }
    }
}

/// A value of a fixture.
struct Wert {
    vorgang: &'static str,
    /// Whether it is base data.
    stamm: bool,
    pfad: String,
    route: Route,
    text: String,
    bereich: std::ops::Range<usize>,
}

/// What a value's way has in common with others of its kind.
fn art(route: &Route) -> String {
    let felder = route.schritte.iter().filter_map(|schritt| match schritt {
        Schritt::Feld(name) => Some(name.as_str()),
        Schritt::Index(_) => None,
    });
    let felder: Vec<_> = felder.collect();
    let ende = felder.len().saturating_sub(2);
    format!(
        "{:?} {:?} {}",
        felder.first(),
        &felder[ende..],
        route.schritte.len()
    )
}

/// One value of each kind.
fn werte() -> Vec<Wert> {
    let mut werte = BTreeMap::new();
    for vorgang in ["drucksache-215-21", "klima-check"] {
        let eingabe = fall::grundlage(vorgang);
        for (ordner, stamm) in [(&eingabe.vorgang, false), (&eingabe.stammdaten, true)] {
            for (pfad, bytes) in &ordner.dateien {
                if !pfad.ends_with(".yaml") {
                    continue;
                }
                let text = String::from_utf8(bytes.to_vec()).unwrap();
                let baum = parse(&Source::new(pfad.as_str(), text)).unwrap();
                for (route, skalar) in baum.scalars().filter(|(_, s)| !s.is_empty()) {
                    werte.entry(art(&route)).or_insert_with(|| Wert {
                        vorgang,
                        stamm,
                        pfad: pfad.clone(),
                        text: skalar.text().trim_end().to_owned(),
                        bereich: baum.node(&route).unwrap().range.clone(),
                        route,
                    });
                }
            }
        }
    }
    werte.into_values().collect()
}

impl Wert {
    /// The matter with the placeholder at the value's end, and the line and column of the placeholder.
    fn mit_platzhalter(&self, schreibweise: Schreibweise) -> Option<(Eingabe, (usize, usize))> {
        let mut eingabe = fall::grundlage(self.vorgang);
        let ordner = if self.stamm {
            &mut eingabe.stammdaten
        } else {
            &mut eingabe.vorgang
        };
        let alt = String::from_utf8(ordner.dateien[&self.pfad].to_vec()).unwrap();
        let zeile = alt[..self.bereich.start].rfind('\n').map_or(0, |at| at + 1);
        let zeile = &alt[zeile..self.bereich.start];
        let einzug = " ".repeat(zeile.len() - zeile.trim_start_matches([' ', '-']).len() + 4);
        let text = format!("{} {PLATZHALTER}", self.text);
        let yaml = schreibweise.yaml(&text, &einzug)?;
        // A block ends with its last line.
        let (von, bis) = (self.bereich.start, self.bereich.end);
        let block = alt[..von]
            .trim_end_matches([' ', '\n'])
            .ends_with(['|', '>', '-']);
        let von = if block && self.text.contains('\n') {
            alt[..von].rfind(['|', '>']).unwrap()
        } else {
            von
        };
        let rest = alt[bis..]
            .strip_prefix('\n')
            .map_or(&alt[bis..], |_| &alt[bis..]);
        let umbruch = if alt[..bis].ends_with('\n') { "\n" } else { "" };
        let neu = format!("{}{yaml}{umbruch}{rest}", &alt[..von]);
        let at = neu.find(PLATZHALTER).unwrap();
        let ort = Source::new("a", neu.as_str()).line_column(at);
        ordner
            .dateien
            .insert(self.pfad.clone(), neu.into_bytes().into());
        Some((eingabe, (ort.line, ort.column)))
    }

    /// Whether a paper shows the value, and what is wrong with the places of its placeholder; nothing where the value
    /// cannot be written so.
    fn pruefe(&self, schreibweise: Schreibweise) -> Option<(bool, Vec<String>)> {
        let (eingabe, (zeile, spalte)) = self.mit_platzhalter(schreibweise)?;
        let ergebnis = pipeline::pruefe_regeln(&eingabe);
        if !ergebnis.ist_gebaut() {
            return None;
        }
        let erwartet = format!(
            "{}{}:{zeile}:{spalte}",
            if self.stamm { "stammdaten/" } else { "" },
            self.pfad
        );
        let mut gezeigt = false;
        let mut klagen = Vec::new();
        for befund in ergebnis.pruefung.iter().filter(|b| b.regel == REGEL) {
            gezeigt = true;
            let Stelle::Datei { datei, bereich } = &befund.stelle else {
                panic!("{befund:?}");
            };
            let quelle = ergebnis.quellen.get(datei).unwrap();
            let ort = quelle.line_column(bereich.start);
            let ort = format!("{datei}:{}:{}", ort.line, ort.column);
            if ort != erwartet || &quelle.text[bereich.clone()] != PLATZHALTER {
                klagen.push(format!(
                    "{:?} {schreibweise:?}: {ort} statt {erwartet}, {:?}",
                    self.route.schritte, befund.papiere
                ));
            }
        }
        Some((gezeigt, klagen))
    }
}

#[test]
fn a_placeholder_in_a_value_is_found_where_the_value_is_written() {
    let werte = werte();
    // Each kind in one way of writing; which one changes from kind to kind.
    let ergebnisse: Vec<_> = werte
        .par_iter()
        .enumerate()
        .filter_map(|(i, wert)| {
            let anfang = i % SCHREIBWEISEN.len();
            let weisen = SCHREIBWEISEN
                .iter()
                .cycle()
                .skip(anfang)
                .take(SCHREIBWEISEN.len());
            weisen
                .filter_map(|weise| Some((*weise, wert.pruefe(*weise)?)))
                .next()
        })
        .collect();
    let klagen: Vec<_> = ergebnisse
        .iter()
        .flat_map(|(_, (_, klagen))| klagen)
        .collect();
    assert!(klagen.is_empty(), "{klagen:#?}");
    let gezeigt: Vec<_> = ergebnisse
        .iter()
        .filter(|(_, (gezeigt, _))| *gezeigt)
        .collect();
    assert!(
        gezeigt.len() >= GEZEIGTE,
        "{} von {}",
        gezeigt.len(),
        werte.len()
    );
    let weisen: BTreeSet<_> = gezeigt.iter().map(|(weise, _)| *weise).collect();
    assert_eq!(weisen.len(), SCHREIBWEISEN.len(), "{weisen:?}");
}

/// Values that readers know best, in all ways of writing.
#[test]
fn the_place_does_not_depend_on_how_the_value_is_written() {
    let felder = [
        "titel",
        "beschlussvorschlag",
        "gegenstand",
        "bei_ablehnung",
        "präambel",
    ];
    let werte = werte();
    let gemeint = werte
        .iter()
        .filter(|wert| match wert.route.schritte.last() {
            Some(Schritt::Feld(name)) => felder.contains(&name.as_str()) && !wert.stamm,
            _ => false,
        });
    let versuche: Vec<_> = gemeint
        .flat_map(|wert| SCHREIBWEISEN.map(|weise| (wert, weise)))
        .collect();
    let klagen: Vec<_> = versuche
        .par_iter()
        .filter_map(|(wert, weise)| Some(wert.pruefe(*weise)?.1))
        .flatten()
        .collect();
    assert!(klagen.is_empty(), "{klagen:#?}");
}
