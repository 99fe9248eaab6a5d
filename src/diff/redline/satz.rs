//! The pieces of a redline put together to Markdown: directives before what they steer, rows in tables, and a word where
//! a table, a row or a figure came or went.

use crate::diff::bericht::sicher;
use crate::diff::gliederung::Form;

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lage {
    /// It was there, with other words perhaps.
    Bleibt,
    /// It is new.
    Neu,
    /// It is gone.
    Weg,
}

/// A piece of the redline: a paragraph, an item, a row, a directive.
#[derive(Debug, Clone)]
pub(super) struct Teil {
    pub(super) text: String,
    pub(super) form: Form,
    pub(super) lage: Lage,
    /// Whether the next piece of the same form follows on the next line.
    pub(super) eng: bool,
}

impl Teil {
    pub(super) fn neu(text: impl Into<String>, form: Form, lage: Lage) -> Self {
        Self {
            text: text.into(),
            form,
            lage,
            eng: false,
        }
    }

    /// A remark of the redline itself.
    pub(super) fn notiz(text: impl Into<String>) -> Self {
        Self::neu(text, Form::Absatz, Lage::Weg)
    }

    fn ist_abbildung(&self) -> bool {
        self.text.starts_with("![")
    }
}

/// Adds the pieces to the head of the Markdown.
pub(super) fn zusammengesetzt(kopf: String, teile: Vec<Teil>) -> String {
    let mut ziel = kopf;
    let mut letzter: Option<Teil> = None;
    for teil in tabellen(an_ihr_ziel(teile)) {
        if teil.text.trim().is_empty() {
            continue;
        }
        let auf_der_naechsten_zeile = letzter
            .as_ref()
            .is_some_and(|letzter| letzter.eng && letzter.form == teil.form);
        while ziel.ends_with('\n') {
            ziel.pop();
        }
        ziel.push_str(if auf_der_naechsten_zeile {
            "\n"
        } else {
            "\n\n"
        });
        ziel.push_str(teil.text.trim_end());
        letzter = Some(teil);
    }
    ziel.push('\n');
    ziel
}

/// What is gone must not come between a directive and what it steers; what is new is told before both.
fn an_ihr_ziel(teile: Vec<Teil>) -> Vec<Teil> {
    let mut ziel: Vec<Teil> = Vec::with_capacity(teile.len());
    let mut wartend: Vec<Teil> = Vec::new();
    let mut in_tabelle = false;
    // A table is new if the rule below its head is.
    let strich_neu = |ab: usize| {
        let rest = teile.get(ab + 1..).unwrap_or_default();
        let naechste = rest.iter().find(|teil| teil.lage != Lage::Weg);
        naechste.is_none_or(|teil| teil.lage == Lage::Neu)
    };
    let neue_tabellen: Vec<bool> = (0..teile.len()).map(strich_neu).collect();
    for (teil, neue_tabelle) in teile.into_iter().zip(neue_tabellen) {
        if teil.lage == Lage::Weg {
            ziel.push(teil);
        } else if teil.form == Form::Anweisung && (!wartend.is_empty() || bindet(&teil.text)) {
            wartend.push(teil);
        } else {
            let ist_zeile = teil.form == Form::Zeile;
            if teil.lage == Lage::Neu && ist_zeile && !in_tabelle && neue_tabelle {
                ziel.push(Teil::notiz("<ins>(neue Tabelle)</ins>"));
            } else if teil.lage == Lage::Neu && teil.ist_abbildung() {
                ziel.push(Teil::notiz("<ins>(neue Abbildung)</ins>"));
            } else {
                neue_titel(&wartend, &mut ziel);
            }
            in_tabelle = ist_zeile;
            ziel.append(&mut wartend);
            ziel.push(teil);
        }
    }
    ziel.append(&mut wartend);
    ziel
}

/// Tells the new captions of what was there before, with the old one if that is what went last.
fn neue_titel(wartend: &[Teil], ziel: &mut Vec<Teil>) {
    for teil in wartend.iter().filter(|teil| teil.lage == Lage::Neu) {
        let innen = teil.text.trim().strip_prefix("<!--");
        let Some(titel) = innen
            .and_then(|innen| innen.strip_suffix("-->"))
            .and_then(|innen| innen.trim().strip_prefix("titel:"))
        else {
            continue;
        };
        let neuer = format!("<ins>Titel: {}</ins>", sicher(titel.trim()));
        match ziel.last_mut() {
            Some(letzter) if letzter.text.starts_with("<del>Titel: ") => {
                letzter.text.push(' ');
                letzter.text.push_str(&neuer);
            }
            _ => ziel.push(Teil::notiz(neuer)),
        }
    }
}

/// Whether a directive steers the next block.
fn bindet(anweisung: &str) -> bool {
    let innen = anweisung.trim().trim_start_matches("<!--").trim_start();
    ["titel:", "spalten:", "klausel:"]
        .iter()
        .any(|name| innen.starts_with(name))
}

fn tabellen(teile: Vec<Teil>) -> Vec<Teil> {
    let mut ziel: Vec<Teil> = Vec::with_capacity(teile.len());
    let mut lauf: Vec<Teil> = Vec::new();
    for teil in teile {
        if teil.form == Form::Zeile {
            lauf.push(teil);
        } else {
            setze_zeilen(std::mem::take(&mut lauf), &mut ziel);
            ziel.push(teil);
        }
    }
    setze_zeilen(lauf, &mut ziel);
    ziel
}

/// Sets a run of rows: those of the tables that are there, dropped ones at their places, and tables that are gone.
fn setze_zeilen(lauf: Vec<Teil>, ziel: &mut Vec<Teil>) {
    // A row is the head of a table where the next row that is there is the rule below a head.
    let bleibende: Vec<usize> = (0..lauf.len())
        .filter(|i| lauf.get(*i).is_some_and(|t| t.lage != Lage::Weg))
        .collect();
    let koepfe: Vec<usize> = bleibende
        .windows(2)
        .filter_map(|paar| match paar {
            [kopf, strich] => lauf
                .get(*strich)
                .is_some_and(|t| ist_strich(&t.text))
                .then_some(*kopf),
            _ => None,
        })
        .collect();
    let erster = koepfe.first().copied().unwrap_or(lauf.len());
    let mut tabellen: Vec<Vec<Teil>> = Vec::new();
    let mut davor: Vec<Teil> = Vec::new();
    for (i, teil) in lauf.into_iter().enumerate() {
        if koepfe.contains(&i) {
            tabellen.push(Vec::new());
        }
        match tabellen.last_mut() {
            Some(tabelle) if i >= erster => tabelle.push(teil),
            _ => davor.push(teil),
        }
    }
    entfallene_tabellen(davor, ziel);
    for tabelle in tabellen {
        setze_tabelle(tabelle, ziel);
    }
}

fn setze_tabelle(tabelle: Vec<Teil>, ziel: &mut Vec<Teil>) {
    let breite = tabelle.first().map_or(1, |kopf| zellen(&kopf.text).len());
    let strich = tabelle
        .iter()
        .position(|t| t.lage != Lage::Weg && ist_strich(&t.text))
        .unwrap_or(0);
    // A new column changes the rule below the head too, but not all of the head.
    let neu = |zeile: Option<&Teil>| zeile.is_some_and(|t| t.lage == Lage::Neu);
    let ist_neu = neu(tabelle.get(strich)) && neu(tabelle.first());
    let mut aufgeschoben = Vec::new();
    for (i, mut teil) in tabelle.into_iter().enumerate() {
        teil.eng = true;
        match teil.lage {
            Lage::Weg if ist_strich(&teil.text) => continue,
            Lage::Weg => {
                teil.text = gestrichene_zeile(&teil.text, breite, true);
                if i < strich {
                    aufgeschoben.push(teil);
                    continue;
                }
            }
            Lage::Neu if i > strich && !ist_neu => {
                teil.text = in_erster_zelle(&teil.text, "<ins>(neue Zeile)</ins>");
            }
            Lage::Neu | Lage::Bleibt => {}
        }
        ziel.push(teil);
        if i == strich {
            ziel.append(&mut aufgeschoben);
        }
    }
    if let Some(letzte) = ziel.last_mut() {
        letzte.eng = false;
    }
}

/// Rows of tables that are gone, each table with a word on it.
fn entfallene_tabellen(zeilen: Vec<Teil>, ziel: &mut Vec<Teil>) {
    let mut tabellen: Vec<Vec<Teil>> = Vec::new();
    let mut rest = zeilen.into_iter().peekable();
    while let Some(teil) = rest.next() {
        let ist_kopf = rest.peek().is_some_and(|t| ist_strich(&t.text));
        match tabellen.last_mut() {
            Some(tabelle) if !ist_kopf => tabelle.push(teil),
            _ => tabellen.push(vec![teil]),
        }
    }
    for tabelle in tabellen {
        let hat_kopf = tabelle.get(1).is_some_and(|t| ist_strich(&t.text));
        let wort = if hat_kopf {
            "(Tabelle entfällt)"
        } else {
            "(Zeilen entfallen)"
        };
        ziel.push(Teil::notiz(format!("<ins>{wort}</ins>")));
        let breite = tabelle
            .iter()
            .map(|teil| zellen(&teil.text).len())
            .max()
            .unwrap_or(1);
        let mut reihen: Vec<String> = Vec::new();
        if !hat_kopf {
            reihen.push(format!("|{}", " |".repeat(breite)));
            reihen.push(format!("|{}", "---|".repeat(breite)));
        }
        for (i, teil) in tabelle.iter().enumerate() {
            if !ist_strich(&teil.text) {
                reihen.push(gestrichene_zeile(&teil.text, breite, false));
            } else if i == 1 {
                reihen.push(format!("|{}", "---|".repeat(breite)));
            }
        }
        ziel.push(Teil::neu(reihen.join("\n"), Form::Zeile, Lage::Weg));
    }
}

/// A dropped row with as many cells as its table has.
fn gestrichene_zeile(zeile: &str, breite: usize, nennt_es: bool) -> String {
    let mut alle = zellen(zeile);
    if alle.len() > breite {
        let rest = alle.split_off(breite.saturating_sub(1));
        let rest: Vec<String> = rest.into_iter().filter(|zelle| !zelle.is_empty()).collect();
        alle.push(rest.join(" · "));
    }
    alle.resize(breite, String::new());
    let alle: Vec<String> = alle
        .into_iter()
        .map(|zelle| {
            if zelle.is_empty() {
                zelle
            } else {
                format!("<del>{zelle}</del>")
            }
        })
        .collect();
    let reihe = format!("| {} |", alle.join(" | "));
    if nennt_es {
        in_erster_zelle(&reihe, "<ins>(Zeile entfällt)</ins>")
    } else {
        reihe
    }
}

/// The row with a word before the words of its first cell.
pub(super) fn in_erster_zelle(zeile: &str, wort: &str) -> String {
    match zeile.trim_start().strip_prefix('|') {
        Some(rest) => format!("| {wort} {}", rest.trim_start()),
        None => zeile.to_owned(),
    }
}

/// The row with no more cells than this: what was taken out behind the last one goes into it.
pub(super) fn mit_zellen(zeile: &str, breite: usize) -> String {
    let mut alle = zellen(zeile);
    if alle.len() <= breite {
        return zeile.to_owned();
    }
    let rest = alle.split_off(breite.saturating_sub(1));
    alle.push(rest.join(" ").trim().to_owned());
    format!("| {} |", alle.join(" | "))
}

/// The rule below the head of a table.
pub(in crate::diff) fn ist_strich(zeile: &str) -> bool {
    zeile.contains('-')
        && zeile
            .trim()
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells of a row as they are written.
pub(in crate::diff) fn zellen(zeile: &str) -> Vec<String> {
    let kern = zeile.trim();
    let kern = kern.strip_prefix('|').unwrap_or(kern);
    let kern = kern.strip_suffix('|').unwrap_or(kern);
    let mut zellen = vec![String::new()];
    let mut zeichen = kern.chars();
    while let Some(c) = zeichen.next() {
        if c == '|' {
            zellen.push(String::new());
        } else if let Some(letzte) = zellen.last_mut() {
            letzte.push(c);
            if c == '\\' {
                letzte.extend(zeichen.next());
            }
        }
    }
    zellen
        .into_iter()
        .map(|zelle| zelle.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn teil(text: &str, form: Form, lage: Lage) -> Teil {
        Teil::neu(text, form, lage)
    }

    #[test]
    fn what_is_gone_does_not_part_a_directive_from_its_table() {
        let markdown = zusammengesetzt(
            "K\n".to_owned(),
            vec![
                teil("<!-- titel: A -->", Form::Anweisung, Lage::Bleibt),
                teil("<del>weg</del>", Form::Absatz, Lage::Weg),
                teil("<!-- spalten: 1 1 -->", Form::Anweisung, Lage::Bleibt),
                teil("| a | b |", Form::Zeile, Lage::Bleibt),
                teil("|---|---|", Form::Zeile, Lage::Bleibt),
            ],
        );
        assert_eq!(
            markdown,
            "K\n\n<del>weg</del>\n\n<!-- titel: A -->\n\n<!-- spalten: 1 1 -->\n\n| a | b |\n|---|---|\n"
        );
    }

    #[test]
    fn rows_that_came_or_went_are_told_as_such() {
        let markdown = zusammengesetzt(
            String::new(),
            vec![
                teil("| a | b |", Form::Zeile, Lage::Bleibt),
                teil("|---|---|", Form::Zeile, Lage::Bleibt),
                teil("| x | y | z |", Form::Zeile, Lage::Weg),
                teil("| <ins>c</ins> | |", Form::Zeile, Lage::Neu),
            ],
        );
        assert_eq!(
            markdown.trim(),
            "| a | b |\n|---|---|\n| <ins>(Zeile entfällt)</ins> <del>x</del> | <del>y · z</del> |\n| <ins>(neue Zeile)</ins> <ins>c</ins> | |"
        );
    }

    #[test]
    fn a_new_row_is_told_where_a_column_is_new_too() {
        let markdown = zusammengesetzt(
            String::new(),
            vec![
                teil("| a | <ins>b</ins> |", Form::Zeile, Lage::Bleibt),
                teil("|---|---|", Form::Zeile, Lage::Neu),
                teil("| <ins>c</ins> | <ins>d</ins> |", Form::Zeile, Lage::Neu),
            ],
        );
        assert!(markdown.ends_with("| <ins>(neue Zeile)</ins> <ins>c</ins> | <ins>d</ins> |\n"));
    }

    #[test]
    fn a_column_that_is_gone_gives_no_surplus_cell() {
        assert_eq!(
            mit_zellen("| a | b | <del>c</del>", 2),
            "| a | b <del>c</del> |"
        );
    }

    #[test]
    fn a_table_that_is_gone_stays_a_table() {
        let markdown = zusammengesetzt(
            String::new(),
            vec![
                teil("| a | b |", Form::Zeile, Lage::Weg),
                teil("|---|--:|", Form::Zeile, Lage::Weg),
                teil("| c | 1 |", Form::Zeile, Lage::Weg),
                teil("| neu | n |", Form::Zeile, Lage::Neu),
                teil("|---|---|", Form::Zeile, Lage::Neu),
            ],
        );
        assert_eq!(
            markdown.trim(),
            "<ins>(Tabelle entfällt)</ins>\n\n| <del>a</del> | <del>b</del> |\n|---|---|\n| <del>c</del> | <del>1</del> |\n\n<ins>(neue Tabelle)</ins>\n\n| neu | n |\n|---|---|"
        );
    }
}
