//! An old text in another dialect, written as the new one is: front matter, directives, marks of headings and links,
//! signatures and the breaks of lines are taken from the new text, the words stay.

use crate::diff::gliederung::{Form, Gliederung, gliedere};
use crate::diff::klasse::ist_auszeichnung;
use crate::diff::stellen::block_bei;
use crate::diff::text::{Block, Blockart, Stueck, vergleiche, zerlege};

/// The longest line that may be a heading without marks, in characters.
const LAENGSTE_UEBERSCHRIFT: usize = 90;

/// The old text, marked up as the new one.
pub(super) fn gleiche_an(alt: &str, neu: &str) -> String {
    let alt = mit_ueberschriften(alt, neu);
    let (alt, unterschriften) = ohne_unterschriften(&alt, neu);
    let vergleich = vergleiche(&alt, neu);
    let (ga, gn) = (gliedere(&alt), gliedere(neu));
    let mut ergebnis = String::with_capacity(neu.len());
    // The head stands first, whatever was dropped before it: elsewhere it would be text.
    let ist_kopf = |block: &&Block| form(&gn, block.neu.as_ref()) == Some(Form::Kopf);
    let (kopf, rest): (Vec<&Block>, Vec<&Block>) = vergleich.bloecke.iter().partition(ist_kopf);
    for block in kopf.into_iter().chain(rest) {
        let alter = block.alt.as_ref().and_then(|b| alt.get(b.clone()));
        let neuer = block.neu.as_ref().and_then(|b| neu.get(b.clone()));
        match block.art {
            Blockart::Neu => {
                let neuer = neuer.unwrap_or_default();
                let uebernimmt = match form(&gn, block.neu.as_ref()) {
                    Some(Form::Kopf) => true,
                    Some(Form::Anweisung) => match name_der_unterschrift(neuer) {
                        Some(name) => unterschriften.iter().any(|u| u == name),
                        None => !neuer.contains("titel:"),
                    },
                    _ => false,
                };
                if uebernimmt {
                    ergebnis.push_str(neuer);
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
                    ergebnis.push_str(alter);
                }
            }
            Blockart::Geblieben | Blockart::Verschoben => worte(block, &alt, neu, &mut ergebnis),
        }
    }
    ergebnis
}

fn form(gliederung: &Gliederung, bereich: Option<&std::ops::Range<usize>>) -> Option<Form> {
    let block = block_bei(gliederung, bereich?.start)?;
    Some(gliederung.bloecke.get(block)?.form)
}

/// The words of the old block with the marks and breaks of the new one.
fn worte(block: &Block, alt: &str, neu: &str, ergebnis: &mut String) {
    let mut stuecke = block.stuecke.iter().peekable();
    while let Some(stueck) = stuecke.next() {
        let (mut weg, mut dazu) = (String::new(), String::new());
        let mut lauf = Some(stueck);
        while let Some(teil) = lauf {
            match teil {
                Stueck::Gleich { alt: bereich, .. } => {
                    ergebnis.push_str(alt.get(bereich.clone()).unwrap_or_default());
                }
                Stueck::Weg(bereich) => weg.push_str(alt.get(bereich.clone()).unwrap_or_default()),
                Stueck::Neu { neu: bereich, .. } => {
                    dazu.push_str(neu.get(bereich.clone()).unwrap_or_default());
                }
            }
            lauf = match (teil, stuecke.peek()) {
                (Stueck::Gleich { .. }, _) | (_, None | Some(Stueck::Gleich { .. })) => None,
                _ => stuecke.next(),
            };
        }
        ergebnis.push_str(if ist_nur_auszeichnung(&weg, &dazu) {
            &dazu
        } else {
            &weg
        });
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

/// Lines of the old text that are headings in the new one, or „§ 5 Kosten“ alone, as headings; a heading that runs over
/// several lines in one.
fn mit_ueberschriften(alt: &str, neu: &str) -> String {
    let kern = |text: &str| {
        let worte: Vec<&str> = text.split_whitespace().collect();
        worte.join(" ").trim_matches(['#', '*', ' ']).to_owned()
    };
    let ueberschriften: Vec<(String, &str)> = neu
        .lines()
        .filter(|zeile| zeile.starts_with('#'))
        .map(|zeile| (kern(zeile), zeile))
        .collect();
    let mut ergebnis = String::with_capacity(alt.len());
    for absatz in alt.split_inclusive("\n\n") {
        let text = kern(absatz);
        let gleiche = ueberschriften.iter().find(|(titel, _)| *titel == text);
        let paragraf = text.strip_prefix('§').is_some_and(|rest| {
            let name = rest
                .trim_start()
                .trim_start_matches(|c: char| c.is_ascii_digit());
            name.starts_with(' ')
                && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
                && !name.trim_start().starts_with("Abs")
                && !text.ends_with(['.', ';', ',', ':'])
                && text.chars().count() <= LAENGSTE_UEBERSCHRIFT
        });
        let leer = absatz.get(absatz.trim_end().len()..).unwrap_or_default();
        match gleiche {
            Some((_, zeile)) => ergebnis.push_str(zeile),
            None if paragraf && !absatz.trim_start().starts_with('#') => {
                ergebnis.push_str("## ");
                ergebnis.push_str(&text);
            }
            None => {
                ergebnis.push_str(absatz);
                continue;
            }
        }
        ergebnis.push_str(if leer.is_empty() { "\n" } else { leer });
    }
    ergebnis
}

fn name_der_unterschrift(anweisung: &str) -> Option<&str> {
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
