//! The visible text of a paper without its looks.

use std::ops::Range;

use super::ast::{Block, BlockKind, Cell, Document, Inline, ListItem, Run, Style};
use super::characters::is_dropped;

impl Document {
    /// The paper's title: that of the front matter, else the text of the first heading.
    pub fn title(&self) -> Option<String> {
        self.front
            .titel
            .clone()
            .or_else(|| first_heading(&self.blocks))
    }
}

/// The visible text in reading order, for comparison with the text of a PDF.
///
/// One line for each heading, paragraph, row of a table and line of code. An item begins with its label and a space,
/// the cells of a row are separated by tabs (empty cells too), a caption stands on the line before its table or
/// figure, a signature block gives body and office a line each, a forced break begins a new line (in a cell: a space).
/// A reference to a footnote is its number right behind the text; the notes follow at the end, each with its number
/// and a space. Text alternatives of figures are not visible and do not appear, nor do blank lines.
pub fn plain_text(document: &Document) -> String {
    let mut lines = Vec::new();
    push_blocks(&document.blocks, &mut lines);
    for (index, note) in document.notes.iter().enumerate() {
        let mut note_lines = Vec::new();
        push_blocks(&note.blocks, &mut note_lines);
        push_labelled(&(index + 1).to_string(), note_lines, &mut lines);
    }
    lines.join("\n")
}

/// The text of runs; a break is a new line, a reference to a note its number.
pub(super) fn of_inlines(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(run) => run.text.clone(),
            Inline::Break => "\n".to_owned(),
            Inline::NoteRef { note, .. } => (note + 1).to_string(),
        })
        .collect()
}

/// Source text as a run without style: white space is one space, hidden characters go; `None` where nothing is left.
pub(super) fn plain_inline(written: &str, range: &Range<usize>) -> Option<Inline> {
    let visible: String = written.chars().filter(|c| !is_dropped(*c)).collect();
    let text = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| {
        Inline::Text(Run {
            text,
            style: Style::default(),
            link: None,
            range: range.clone(),
        })
    })
}

fn first_heading(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading { text, .. } => {
            Some(heading_text(text)).filter(|title| !title.is_empty())
        }
        BlockKind::Together(inner) | BlockKind::Landscape(inner) => first_heading(inner),
        _ => None,
    })
}

/// A title is one line and bears no numbers of footnotes.
pub(crate) fn heading_text(inlines: &[Inline]) -> String {
    let text: String = inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(run) => run.text.as_str(),
            Inline::Break => " ",
            Inline::NoteRef { .. } => "",
        })
        .collect();
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn push_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => {
                push_lines(&of_inlines(text), lines);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    push_item(item, lines);
                }
            }
            BlockKind::Table(table) => {
                lines.extend(table.caption.clone());
                for row in table.head.iter().chain(&table.rows) {
                    lines.push(row_text(row));
                }
            }
            BlockKind::Quote(inner) | BlockKind::Together(inner) | BlockKind::Landscape(inner) => {
                push_blocks(inner, lines);
            }
            BlockKind::Code(text) => push_lines(text, lines),
            BlockKind::Figure { caption, .. } => lines.extend(caption.clone()),
            BlockKind::Signature { party, office } => lines.extend([party.clone(), office.clone()]),
            BlockKind::Annex { label, .. } => lines.push(label.clone()),
            BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}

fn push_item(item: &ListItem, lines: &mut Vec<String>) {
    let mut inner = Vec::new();
    push_blocks(&item.blocks, &mut inner);
    push_labelled(&item.label, inner, lines);
}

fn push_labelled(label: &str, inner: Vec<String>, lines: &mut Vec<String>) {
    let mut inner = inner.into_iter();
    match inner.next() {
        Some(first) => lines.push(format!("{label} {first}")),
        None => lines.push(label.to_owned()),
    }
    lines.extend(inner);
}

fn push_lines(text: &str, lines: &mut Vec<String>) {
    lines.extend(
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned),
    );
}

fn row_text(row: &[Cell]) -> String {
    let cells: Vec<String> = row
        .iter()
        .map(|cell| of_inlines(&cell.text).replace('\n', " "))
        .collect();
    cells.join("\t")
}
