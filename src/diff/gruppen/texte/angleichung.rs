//! An old text in another dialect, written as the new one is: front matter, directives, marks of headings and links,
//! signatures and the breaks of lines are taken from the new text, the words stay.

use std::ops::Range;

use super::absaetze::{mit_absaetzen, mit_ueberschriften};
use crate::diff::gliederung::{Form, Gliederung, gliedere};
use crate::diff::klasse::ist_auszeichnung;
use crate::diff::stellen::block_bei;
use crate::diff::text::{Block, Blockart, Stueck, vergleiche, zerlege};

/// The old text, marked up as the new one. Its paragraphs stay in their order: what moved is for the comparison to tell.
pub(super) fn gleiche_an(alt: &str, neu: &str) -> String {
    let alt = mit_ueberschriften(&mit_absaetzen(alt, neu), neu);
    let (alt, unterschriften) = ohne_unterschriften(&alt, neu);
    let vergleich = vergleiche(&alt, neu);
    let (ga, gn) = (gliedere(&alt), gliedere(neu));
    let mut teile: Vec<Teil> = Vec::new();
    // What is taken over from the new text and stands before the next paragraph of the old one.
    let mut davor: Vec<&str> = Vec::new();
    // The head stands first, whatever was dropped before it: elsewhere it would be text.
    let ist_kopf = |block: &&Block| form(&gn, block.neu.as_ref()) == Some(Form::Kopf);
    let (kopf, rest): (Vec<&Block>, Vec<&Block>) = vergleich.bloecke.iter().partition(ist_kopf);
    for block in kopf.into_iter().chain(rest) {
        let alter = block.alt.as_ref().and_then(|b| alt.get(b.clone()));
        let neuer = block.neu.as_ref().and_then(|b| neu.get(b.clone()));
        match block.art {
            Blockart::Neu => {
                let neuer = neuer.unwrap_or_default();
                match form(&gn, block.neu.as_ref()) {
                    Some(Form::Kopf) => teile.push(Teil {
                        von: None,
                        text: neuer.to_owned(),
                        ..Teil::default()
                    }),
                    Some(Form::Anweisung) => {
                        let uebernimmt = match name_der_unterschrift(neuer) {
                            Some(name) => unterschriften.iter().any(|u| u == name),
                            None => !neuer.contains("titel:"),
                        };
                        if uebernimmt {
                            davor.push(neuer);
                        }
                    }
                    // A clause that the old text has not: nor has it its key.
                    Some(Form::Ueberschrift) => {
                        davor.pop_if(|anweisung| anweisung.contains("klausel:"));
                    }
                    _ => {}
                }
            }
            Blockart::Weg => {
                let alter = alter.unwrap_or_default();
                let faellt = alter.trim().is_empty()
                    || match form(&ga, block.alt.as_ref()) {
                        Some(Form::Kopf) => true,
                        Some(Form::Anweisung) => {
                            !alter.contains("unterschrift:") && !alter.contains("titel:")
                        }
                        _ => false,
                    };
                if !faellt {
                    teile.push(Teil {
                        von: block.alt.as_ref().map(|b| b.start),
                        text: alter.to_owned(),
                        ..Teil::default()
                    });
                }
            }
            Blockart::Geblieben | Blockart::Verschoben => {
                let mut text = std::mem::take(&mut davor).concat();
                worte(block, &alt, neu, &mut text);
                let ist_kopf = form(&gn, block.neu.as_ref()) == Some(Form::Kopf);
                let von = block.alt.as_ref().map(|b| b.start);
                teile.push(Teil {
                    von: von.filter(|_| !ist_kopf),
                    text,
                    neu: block.neu.clone(),
                });
            }
        }
    }
    teile.sort_by_key(|teil| teil.von);
    let mut ergebnis = String::with_capacity(neu.len());
    let mut ende = None;
    for teil in &teile {
        // What stood elsewhere in the new text may end without the blank line that it needs here.
        let folgt = teil.neu.as_ref().map(|b| b.start);
        if ende.is_some() && folgt != ende && !ergebnis.is_empty() {
            trenne(&mut ergebnis, &teil.text);
        }
        ergebnis.push_str(&teil.text);
        ende = teil.neu.as_ref().map(|b| b.end);
    }
    let davor = davor.concat();
    if !davor.is_empty() && !ergebnis.is_empty() {
        trenne(&mut ergebnis, &davor);
    }
    ergebnis.push_str(&davor);
    ergebnis
}

/// A piece of the old text in the marks of the new one.
#[derive(Debug, Default)]
struct Teil {
    /// First byte in the old text; none for the head.
    von: Option<usize>,
    text: String,
    /// Its bytes in the new text.
    neu: Option<Range<usize>>,
}

/// Ends a paragraph, unless rows of a table or items of a list follow each other.
fn trenne(ergebnis: &mut String, danach: &str) {
    let letzte = ergebnis.lines().next_back().unwrap_or_default().trim();
    let (naechste, reihe) = (danach.trim_start(), |zeile: &str| zeile.starts_with('|'));
    if reihe(letzte) && reihe(naechste) {
        return;
    }
    while !ergebnis.ends_with("\n\n") {
        ergebnis.push('\n');
    }
}

fn form(gliederung: &Gliederung, bereich: Option<&Range<usize>>) -> Option<Form> {
    let block = block_bei(gliederung, bereich?.start)?;
    Some(gliederung.bloecke.get(block)?.form)
}

/// The words of the old block with the marks and breaks of the new one.
fn worte(block: &Block, alt: &str, neu: &str, ergebnis: &mut String) {
    let alter = |bereich: &Range<usize>| alt.get(bereich.clone()).unwrap_or_default();
    let neuer = |bereich: &Range<usize>| neu.get(bereich.clone()).unwrap_or_default();
    let ist_luecke = |stueck: &Stueck| matches!(stueck, Stueck::Gleich { alt, .. } if alter(alt).trim().is_empty());
    // Blank space parts nothing: a line may break before a word or behind it.
    let ist_fest = |stueck: &Stueck| matches!(stueck, Stueck::Gleich { .. }) && !ist_luecke(stueck);
    let seiten = |stuecke: &[Stueck]| -> (String, String) {
        let (mut weg, mut dazu) = (String::new(), String::new());
        for stueck in stuecke {
            match stueck {
                Stueck::Gleich { alt, .. } => {
                    weg.push_str(alter(alt));
                    dazu.push_str(alter(alt));
                }
                Stueck::Weg(alt) => weg.push_str(alter(alt)),
                Stueck::Neu { neu, .. } => dazu.push_str(neuer(neu)),
            }
        }
        (weg, dazu)
    };
    let mut nimm = |stuecke: &[Stueck]| -> bool {
        let (weg, dazu) = seiten(stuecke);
        let gleich = ist_nur_auszeichnung(&weg, &dazu);
        if gleich {
            ergebnis.push_str(&dazu);
        } else if stuecke.iter().all(|s| !matches!(s, Stueck::Gleich { .. })) {
            ergebnis.push_str(&weg);
        } else {
            return false;
        }
        true
    };
    for lauf in block.stuecke.chunk_by(|a, b| ist_fest(a) == ist_fest(b)) {
        if !nimm(lauf) {
            let ist_gleich = |stueck: &Stueck| matches!(stueck, Stueck::Gleich { .. });
            for teil in lauf.chunk_by(|a, b| ist_gleich(a) == ist_gleich(b)) {
                nimm(teil);
            }
        }
    }
}

/// Whether two runs differ in marks and blank space alone.
fn ist_nur_auszeichnung(weg: &str, dazu: &str) -> bool {
    let kern = |text: &str| -> String {
        zerlege(text)
            .into_iter()
            .filter(|teil| !teil.trim().is_empty() && !ist_auszeichnung(teil))
            .collect()
    };
    kern(weg) == kern(dazu)
}

/// Whose signature a directive asks for.
pub(super) fn name_der_unterschrift(anweisung: &str) -> Option<&str> {
    let innen = anweisung.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let wert = innen.trim().strip_prefix("unterschrift:")?;
    Some(wert.split('|').next().unwrap_or_default().trim())
}

/// The old text without the blocks of signatures that the new one has too, and whose they are.
fn ohne_unterschriften(alt: &str, neu: &str) -> (String, Vec<String>) {
    let namen: Vec<(&str, String)> = neu
        .lines()
        .filter_map(|zeile| {
            let innen = zeile.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
            let wert = innen.trim().strip_prefix("unterschrift:")?;
            let worte: Vec<&str> = wert.split_whitespace().filter(|w| *w != "|").collect();
            Some((name_der_unterschrift(zeile)?, worte.join(" ")))
        })
        .collect();
    let mut gefunden = Vec::new();
    let mut ergebnis = String::with_capacity(alt.len());
    for absatz in alt.split_inclusive("\n\n") {
        let mut zeilen = absatz
            .lines()
            .map(|zeile| zeile.trim_matches(['_', '*', '|', ' ', '\\']));
        let erste = zeilen.by_ref().find(|zeile| !zeile.is_empty());
        // A name, and at most one line that tells the office.
        let weitere = zeilen.filter(|zeile| !zeile.is_empty()).count();
        let worte: Vec<&str> = absatz
            .split_whitespace()
            .filter(|w| !matches!(*w, "|" | "\\"))
            .collect();
        let ganz = worte.join(" ");
        let name = namen
            .iter()
            .find(|(name, mit_amt)| *mit_amt == ganz || (erste == Some(*name) && weitere <= 1));
        match name {
            Some((name, _)) => gefunden.push((*name).to_owned()),
            None => ergebnis.push_str(absatz),
        }
    }
    (ergebnis, gefunden)
}
