//! Documents from a few words each.

use crate::layout::page::{Item, Kid, NodeId, Owner, Pages, TextRun};
use crate::layout::{Pictures, layout};
use crate::markdown::ast::{
    Alignment, Block, BlockKind, Cell, Column, Document, Inline, List, ListItem, ListKind, Note,
    Run, Style, Table,
};
use crate::markdown::front::FrontMatter;

pub(super) fn document(blocks: Vec<Block>) -> Document {
    Document {
        front: FrontMatter::default(),
        blocks,
        links: Vec::new(),
        notes: Vec::new(),
    }
}

pub(super) fn set(blocks: Vec<Block>) -> Pages {
    layout(&document(blocks), &Pictures::new()).0
}

pub(super) fn block(kind: BlockKind) -> Block {
    Block { range: 0..0, kind }
}

pub(super) fn run(text: &str) -> Inline {
    Inline::Text(Run {
        text: text.to_owned(),
        style: Style::default(),
        link: None,
        range: 0..0,
    })
}

pub(super) fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph(vec![run(text)]))
}

/// A paragraph of about as many lines.
pub(super) fn lines(count: usize) -> Block {
    let line = "Der Kreis Unna und die Städte haben sich auf die Einrichtung einer gemeinsamen Stelle verständigt und ";
    paragraph(line.repeat(count).trim_end())
}

pub(super) fn heading(level: u8, text: &str) -> Block {
    block(BlockKind::Heading {
        level,
        text: vec![run(text)],
        anchor: text.to_lowercase(),
    })
}

pub(super) fn list(kind: ListKind, items: Vec<(&str, Vec<Block>)>) -> Block {
    let items = items
        .into_iter()
        .map(|(label, blocks)| ListItem {
            range: 0..0,
            label: label.to_owned(),
            blocks,
        })
        .collect();
    block(BlockKind::List(List { kind, items }))
}

pub(super) fn cell(text: &str) -> Cell {
    Cell {
        range: 0..0,
        text: vec![run(text)],
        row_heading: false,
    }
}

/// A table with a head where the alignments are given by `l`, `c` and `r`.
pub(super) fn table(alignments: &str, head: &[&str], rows: &[Vec<String>]) -> Table {
    let columns = alignments
        .chars()
        .map(|alignment| Column {
            alignment: match alignment {
                'r' => Alignment::Right,
                'c' => Alignment::Center,
                _ => Alignment::Left,
            },
            weight: None,
        })
        .collect();
    Table {
        columns,
        head: (!head.is_empty()).then(|| head.iter().map(|text| cell(text)).collect()),
        rows: rows
            .iter()
            .map(|row| row.iter().map(|text| cell(text)).collect())
            .collect(),
        caption: None,
    }
}

pub(super) fn rows(count: usize) -> Vec<Vec<String>> {
    (0..count)
        .map(|row| vec![format!("Zeile{row}"), format!("{},50 €", row * 37)])
        .collect()
}

pub(super) fn note(text: &str) -> Note {
    Note {
        range: 0..0,
        blocks: vec![paragraph(text)],
    }
}

/// What a screen reader reads: the text in the order of the structure, runs of spaces as one.
pub(super) fn read(pages: &Pages) -> String {
    let mut text = String::new();
    read_node(pages, 0, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_node(pages: &Pages, node: NodeId, text: &mut String) {
    let inline = {
        use crate::layout::page::Role;
        matches!(
            pages.tree[node].role,
            Role::Span | Role::Link | Role::Reference
        )
    };
    for kid in &pages.tree[node].kids {
        match kid {
            Kid::Node(node) => read_node(pages, *node, text),
            Kid::Mark { page, mark } => {
                let mark = &pages.pages[*page].marks[*mark];
                if mark.actual_text.as_deref() == Some("\u{ad}") {
                    continue;
                }
                for item in &mark.items {
                    if let Item::Text(run) = item {
                        text.push_str(&run.text);
                    }
                }
            }
            Kid::Link { .. } => {}
        }
    }
    if !inline {
        text.push(' ');
    }
}

/// The runs of a page that belong to the text, in their order.
pub(super) fn text_runs(pages: &Pages, page: usize) -> Vec<&TextRun> {
    pages.pages[page]
        .marks
        .iter()
        .filter(|mark| matches!(mark.owner, Owner::Node(_)))
        .flat_map(|mark| &mark.items)
        .filter_map(|item| match item {
            Item::Text(run) => Some(run),
            _ => None,
        })
        .collect()
}

/// Whether a page shows this text, in one run, as part of the paper's text.
pub(super) fn shows(pages: &Pages, page: usize, text: &str) -> bool {
    text_runs(pages, page)
        .iter()
        .any(|run| run.text.contains(text))
}

/// The only page that shows this text.
pub(super) fn page_of(pages: &Pages, text: &str) -> usize {
    let found: Vec<usize> = (0..pages.pages.len())
        .filter(|page| shows(pages, *page, text))
        .collect();
    assert_eq!(found.len(), 1, "„{text}“ stands on pages {found:?}");
    found[0]
}
