//! Cases of the dialect: each convention with a test, each loss with its finding.

mod blocks;
mod directives;
mod lists;
mod losses;
mod robust;
mod runs;

use super::ast::{Block, BlockKind, Change, Document, Inline, Run, Shift, Table};
use super::parse;
use crate::diagnostic::{Befund, Stelle};

/// The document of Markdown without findings.
fn clean(markdown: &str) -> Document {
    let (document, befunde) = parse(markdown);
    assert_eq!(befunde, [], "{markdown}");
    document
}

/// The blocks of Markdown without findings, in short.
fn shape(markdown: &str) -> String {
    blocks_of(&clean(markdown).blocks)
}

/// The only finding: its rule and the Markdown that it marks.
fn only(markdown: &str) -> (&'static str, &str) {
    match &all(markdown)[..] {
        [one] => *one,
        found => panic!("{markdown}: {found:?}"),
    }
}

/// All findings: rule and marked Markdown.
fn all(markdown: &str) -> Vec<(&'static str, &str)> {
    let (_, befunde) = parse(markdown);
    befunde
        .iter()
        .map(|befund| (befund.regel, marked(markdown, befund)))
        .collect()
}

fn marked<'m>(markdown: &'m str, befund: &Befund) -> &'m str {
    match &befund.stelle {
        Stelle::Papier(range) => markdown[range.clone()].trim_end(),
        other => panic!("{other:?}"),
    }
}

fn blocks_of(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading {
            level,
            text,
            anchor,
        } => format!("h{level}#{anchor}‹{}›", inlines(text)),
        BlockKind::Paragraph(text) => format!("‹{}›", inlines(text)),
        BlockKind::List(list) => {
            let items = list
                .items
                .iter()
                .map(|item| format!("{} {}", item.label, blocks_of(&item.blocks)));
            format!("[{}]", items.collect::<Vec<_>>().join(" / "))
        }
        BlockKind::Table(table) => table_of(table),
        BlockKind::Quote(inner) => format!("quote({})", blocks_of(inner)),
        BlockKind::Code(text) => format!("code‹{text}›"),
        BlockKind::Rule => "rule".into(),
        BlockKind::Figure { path, alt, caption } => format!("figure({path}, {alt}, {caption:?})"),
        BlockKind::Signature { party, office } => format!("signature({party}, {office})"),
        BlockKind::Together(inner) => format!("together({})", blocks_of(inner)),
        BlockKind::Landscape(inner) => format!("landscape({})", blocks_of(inner)),
        BlockKind::PageBreak => "page".into(),
        BlockKind::Annex { label, .. } => format!("annex {label}"),
    }
}

fn table_of(table: &Table) -> String {
    let row = |cells: &Vec<super::ast::Cell>| {
        let cells = cells.iter().map(|cell| {
            let sign = if cell.row_heading { "!" } else { "" };
            format!("{sign}{}", inlines(&cell.text))
        });
        cells.collect::<Vec<_>>().join("|")
    };
    let head = table.head.as_ref().map_or("-".into(), row);
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    format!("table({head} // {})", rows.join(" / "))
}

fn inlines(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(run) => styled(run),
            Inline::Break => "⏎".into(),
            Inline::NoteRef { note, .. } => format!("[^{note}]"),
        })
        .collect()
}

/// A run with its style in front: b bold, i italic, c code, s struck, + inserted, - deleted, ^ up, _ down, @ language, → link.
fn styled(run: &Run) -> String {
    let style = &run.style;
    let mut signs = String::new();
    for (on, sign) in [
        (style.bold, "b"),
        (style.italic, "i"),
        (style.code, "c"),
        (style.struck, "s"),
        (style.change == Some(Change::Inserted), "+"),
        (style.change == Some(Change::Deleted), "-"),
        (style.shift == Some(Shift::Up), "^"),
        (style.shift == Some(Shift::Down), "_"),
    ] {
        if on {
            signs.push_str(sign);
        }
    }
    if let Some(language) = &style.language {
        signs.push_str(&format!("@{language}"));
    }
    if let Some(link) = run.link {
        signs.push_str(&format!("→{link}"));
    }
    if signs.is_empty() {
        run.text.clone()
    } else {
        format!("{{{signs}:{}}}", run.text)
    }
}
