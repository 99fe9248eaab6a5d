//! Tables: rows of equal length, label/value heads, and the cells that the parser drops.

use std::ops::Range;

use pulldown_cmark::Alignment as Written;

use super::ast::{Alignment, Cell, Column, Inline, Table};
use super::inline::{Inlines, shortened};
use super::reader::Context;

/// A table while it is read.
#[derive(Debug)]
pub(super) struct TableBuilder {
    range: Range<usize>,
    columns: Vec<Column>,
    head: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
}

impl TableBuilder {
    /// Begins the table at `range` with the alignments of the delimiter row.
    pub(super) fn new(range: Range<usize>, alignments: &[Written]) -> Self {
        let column = |alignment: &Written| Column {
            alignment: match alignment {
                Written::None | Written::Left => Alignment::Left,
                Written::Center => Alignment::Center,
                Written::Right => Alignment::Right,
            },
            weight: None,
        };
        Self {
            range,
            columns: alignments.iter().map(column).collect(),
            head: Vec::new(),
            rows: Vec::new(),
            row: Vec::new(),
        }
    }

    /// Takes a cell of the open row.
    pub(super) fn cell(&mut self, text: Inlines) {
        self.row.push(Cell {
            range: text.range,
            text: text.out,
            row_heading: false,
        });
    }

    /// Ends the head row.
    pub(super) fn end_head(&mut self, range: &Range<usize>) {
        self.head = self.take_row(range);
    }

    /// Ends a body row; what follows its last cell on the line is a finding.
    pub(super) fn end_row(&mut self, range: &Range<usize>, context: &mut Context<'_>) {
        self.report_surplus(range, context);
        let mut row = self.take_row(range);
        for cell in &mut row {
            cell.row_heading = is_bold(&cell.text);
        }
        self.rows.push(row);
    }

    /// The table and its place.
    pub(super) fn finish(self) -> (Range<usize>, Table) {
        let empty = self.head.iter().all(|cell| cell.text.is_empty());
        let table = Table {
            columns: self.columns,
            head: (!empty).then_some(self.head),
            rows: self.rows,
            caption: None,
        };
        (self.range, table)
    }

    fn take_row(&mut self, range: &Range<usize>) -> Vec<Cell> {
        let mut row = std::mem::take(&mut self.row);
        row.resize_with(self.columns.len(), || Cell {
            range: range.end..range.end,
            text: Vec::new(),
            row_heading: false,
        });
        row
    }

    /// The parser cuts a row off after its last column; the rest of the line tells what was lost.
    fn report_surplus(&self, range: &Range<usize>, context: &mut Context<'_>) {
        let Some(last) = self
            .row
            .last()
            .filter(|_| self.row.len() == self.columns.len())
        else {
            return;
        };
        let end = last.range.end;
        let rest = context.source.get(end..range.end).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let kept = |c: char| c == '|' || c.is_whitespace();
        let lost = line.trim_matches(kept);
        if lost.is_empty() {
            return;
        }
        let start = end + (line.len() - line.trim_start_matches(kept).len());
        context.befunde.fehler(
            "tabelle-zelle-ueberzaehlig",
            &(start..start + lost.len()),
            format!(
                "die Zeile hat mehr Zellen als die Tabelle Spalten ({}); „{}“ ginge verloren",
                self.columns.len(),
                shortened(lost)
            ),
            "im Kopf eine Spalte ergänzen, oder „\\|“ schreiben, wenn der Strich zum Text gehört",
        );
    }
}

/// Whether all visible text of a cell is bold.
fn is_bold(text: &[Inline]) -> bool {
    let mut any = false;
    let all = text.iter().all(|inline| match inline {
        Inline::Text(run) => {
            any |= run.style.bold;
            run.style.bold || run.text.trim().is_empty()
        }
        Inline::Break | Inline::NoteRef { .. } => true,
    });
    any && all
}

/// Whether a paragraph was meant as a table: one of its lines is a delimiter row.
pub(super) fn looks_like_table(source: &str) -> bool {
    source.lines().skip(1).any(|line| {
        line.contains('|')
            && line.contains("--")
            && line
                .chars()
                .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>'))
    })
}
