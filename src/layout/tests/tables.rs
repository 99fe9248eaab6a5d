//! Tables: heads, rows over pages, amounts, turned pages.

use super::build::*;
use crate::layout::page::{Artifact, Item, Owner, Pages, Role, Scope};
use crate::layout::quality::{FlawKind, flaws};
use crate::layout::{Pictures, layout};
use crate::markdown::ast::{BlockKind, Table};

fn set_table(table: Table) -> Pages {
    set(vec![block(BlockKind::Table(table))])
}

fn repeated_heads(pages: &Pages) -> usize {
    let layout = Owner::Artifact(Artifact::Layout);
    pages
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter(|mark| mark.owner == layout)
        .flat_map(|mark| &mark.items)
        .filter(|item| matches!(item, Item::Text(run) if run.text == "Name"))
        .count()
}

#[test]
fn heads_repeat_and_no_row_stands_alone() {
    for count in 1..90 {
        let pages = set_table(table("lr", &["Name", "Betrag"], &rows(count)));
        assert_eq!(
            repeated_heads(&pages),
            pages.pages.len() - 1,
            "{count} rows"
        );
        assert_eq!(flaws(&pages), [], "{count} rows");
    }
}

#[test]
fn a_caption_stays_with_its_table() {
    for height in 15..28 {
        let mut blocks: Vec<_> = (0..height).map(|_| paragraph("Zeile")).collect();
        let mut table = table("lr", &["Name", "Betrag"], &rows(5));
        table.caption = Some("Kosten je Jahr".to_owned());
        blocks.push(block(BlockKind::Table(table)));
        let pages = set(blocks);
        assert_eq!(
            page_of(&pages, "Kosten je Jahr"),
            page_of(&pages, "Zeile1"),
            "{height}"
        );
    }
}

#[test]
fn a_row_longer_than_a_page_loses_nothing() {
    let long = "Wort ".repeat(3_000);
    let pages = set_table(table(
        "ll",
        &["Name", "Text"],
        &[vec!["kurz".to_owned(), long]],
    ));
    assert!(pages.pages.len() > 1);
    assert_eq!(read(&pages).matches("Wort").count(), 3_000);
    let kinds: Vec<FlawKind> = flaws(&pages).iter().map(|flaw| flaw.kind).collect();
    assert_eq!(kinds, [FlawKind::SplitRow]);
}

#[test]
fn commas_stand_one_below_the_other() {
    let amounts = ["1.234,50 €", "9,5 €", "12 €", "123.456,00 €"];
    let rows: Vec<Vec<String>> = amounts
        .iter()
        .map(|amount| vec!["Posten".to_owned(), (*amount).to_owned()])
        .collect();
    let pages = set_table(table("lr", &["Name", "Betrag"], &rows));
    let commas: Vec<i64> = text_runs(&pages, 0)
        .iter()
        .filter(|run| run.text.contains(','))
        .map(|run| {
            let comma = run.text.find(',').unwrap();
            let before = run
                .glyphs
                .iter()
                .filter(|glyph| (glyph.text.start as usize) < comma);
            run.x + before.map(|glyph| glyph.advance).sum::<i64>()
        })
        .collect();
    assert_eq!(commas.len(), 3);
    assert!(commas.iter().all(|x| *x == commas[0]), "{commas:?}");
}

#[test]
fn a_wide_table_turns_its_page_and_takes_its_heading_along() {
    let names: Vec<String> = (0..9)
        .map(|column| format!("Verwaltungsaufgabe{column}"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let row = vec!["wahrgenommen".to_owned(); 9];
    let pages = set(vec![
        paragraph("Davor"),
        heading(2, "Aufgaben"),
        block(BlockKind::Table(table(
            "lllllllll",
            &names,
            &[row.clone(), row],
        ))),
        paragraph("Danach"),
    ]);
    let widths: Vec<bool> = pages
        .pages
        .iter()
        .map(|page| page.width > page.height)
        .collect();
    assert_eq!(widths, [false, true, false]);
    assert_eq!(page_of(&pages, "Aufgaben"), 1);
}

#[test]
fn row_headings_have_their_scope() {
    let mut table = table("ll", &[], &[vec!["Budget".to_owned(), "01".to_owned()]]);
    table.rows[0][0].row_heading = true;
    let pages = set_table(table);
    let scopes = pages
        .tree
        .iter()
        .filter(|node| node.role == Role::TableHeading(Scope::Row))
        .count();
    assert_eq!(scopes, 1);
    assert!(pages.tree.iter().all(|node| node.role != Role::TableHead));
}

#[test]
fn empty_cells_stand_in_the_tree() {
    let pages = set_table(table(
        "lll",
        &["A", "B", "C"],
        &[vec![String::new(), "x".to_owned(), String::new()]],
    ));
    let cells = pages
        .tree
        .iter()
        .filter(|node| node.role == Role::TableData)
        .count();
    assert_eq!(cells, 3);
}

#[test]
fn too_many_columns_are_refused() {
    let head = vec!["x"; 31];
    let table = table(&"l".repeat(31), &head, &[]);
    let (_, findings) = layout(
        &document(vec![block(BlockKind::Table(table))]),
        &Pictures::new(),
    );
    assert_eq!(findings[0].regel, "tabelle-zu-breit");
}

#[test]
fn three_thousand_rows_are_set() {
    let pages = set_table(table("lr", &["Name", "Betrag"], &rows(3_000)));
    assert_eq!(read(&pages).matches("Zeile").count(), 3_000);
}
