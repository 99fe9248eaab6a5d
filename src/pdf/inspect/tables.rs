//! What must hold within tables, lists and figures.

use super::content::PageContent;
use super::structure::{Element, Part};
use super::text;

/// Checks the element itself, not what lies below it.
pub(super) fn check(element: &Element, pages: &[PageContent], defects: &mut Vec<String>) {
    match element.role.as_str() {
        "Table" => table(element, defects),
        "TR" if element.children().next().is_none() => {
            defects.push(format!("TR {} hat keine Zellen", element.id.0));
        }
        "L" => list(element, pages, defects),
        "Figure" => figure(element, pages, defects),
        _ => {}
    }
}

/// A caption first, then at most one head, then the body; rows of equal length; headings that say what they head.
fn table(table: &Element, defects: &mut Vec<String>) {
    let id = table.id.0;
    let rank = |element: &Element| match element.role.as_str() {
        "Caption" => 0,
        "THead" => 1,
        "TBody" | "TR" => 2,
        _ => 3,
    };
    let ranks: Vec<u8> = table.children().map(rank).collect();
    if ranks.contains(&3) {
        defects.push(format!("Table {id} enthält, was keine Zeile ist"));
    }
    let head_twice = ranks.iter().filter(|rank| **rank == 1).count() > 1;
    if !ranks.is_sorted() || head_twice {
        defects.push(format!(
            "Table {id} hat Titel, Kopf und Zeilen nicht in dieser Reihenfolge"
        ));
    }
    let with_head = ranks.contains(&1);
    if with_head && !ranks.contains(&2) {
        defects.push(format!("Table {id} hat einen Kopf ohne Zeilen"));
    }
    let mut lengths = Vec::new();
    table.walk("", &mut |element, parent| {
        if element.role == "TR" {
            lengths.push(element.children().count());
            // Where there is nothing to head, the names of the columns are the only row.
            let names = |cell: &Element| cell.property("Scope") == Some("Column");
            let in_head = parent == "THead" || (!with_head && element.children().all(names));
            element
                .children()
                .for_each(|cell| heading(cell, in_head, defects));
        }
    });
    match lengths.split_first() {
        None => defects.push(format!("Table {id} hat keine Zeilen")),
        Some((first, rest)) if rest.iter().any(|length| length != first) => {
            defects.push(format!("Table {id} hat Zeilen verschiedener Länge"));
        }
        Some(_) => {}
    }
}

fn heading(cell: &Element, in_head: bool, defects: &mut Vec<String>) {
    let id = cell.id.0;
    match (cell.role.as_str(), in_head) {
        ("TD", true) => defects.push(format!("TD {id} steht im Tabellenkopf")),
        ("TH", _) => {
            let expected = if in_head { "Column" } else { "Row" };
            if cell
                .property("Scope")
                .is_some_and(|scope| scope != expected)
            {
                defects.push(format!("TH {id} gilt in der falschen Richtung (Scope)"));
            }
        }
        _ => {}
    }
}

/// Items alone, each with its body, and labels of the kind that the list claims.
fn list(list: &Element, pages: &[PageContent], defects: &mut Vec<String>) {
    let id = list.id.0;
    let numbering = list.property("ListNumbering").unwrap_or_default();
    for item in list.children() {
        if item.role != "LI" {
            defects.push(format!("L {id} enthält {}", item.role));
        } else if !item.children().any(|part| part.role == "LBody") {
            defects.push(format!("LI {} hat keinen Inhalt (LBody)", item.id.0));
        }
        for label in item.children().filter(|part| part.role == "Lbl") {
            let said = text::plain(&text::of_element(label, pages));
            if !label_fits(numbering, &said) {
                defects.push(format!(
                    "L {id} nennt sich {numbering} und zählt mit „{}“",
                    said.trim()
                ));
            }
        }
    }
}

/// Whether labels are of the kind that a list claims: figures, letters, or signs.
fn label_fits(numbering: &str, label: &str) -> bool {
    let first = label.trim().chars().next();
    match numbering {
        "Decimal" => first.is_some_and(char::is_numeric),
        "LowerAlpha" => first.is_some_and(char::is_lowercase),
        "Disc" => first.is_some_and(|c| !c.is_alphanumeric()),
        _ => true,
    }
}

/// A figure lies on its page.
fn figure(figure: &Element, pages: &[PageContent], defects: &mut Vec<String>) {
    let Some(bounds) = figure.property("BBox") else {
        return;
    };
    let numbers: Vec<i64> = bounds
        .split(',')
        .filter_map(super::content::thousandths_of)
        .collect();
    let page = figure.parts.iter().find_map(|part| match part {
        Part::Mark { page, .. } => pages.get(*page),
        _ => None,
    });
    let fits = match (numbers[..].first_chunk::<4>(), page) {
        (Some(area), Some(page)) => page.holds(*area),
        // Without content of its own it is reported as empty.
        (Some(_), None) => true,
        (None, _) => false,
    };
    if !fits {
        defects.push(format!("Figure {} liegt nicht auf der Seite", figure.id.0));
    }
}
