//! Tables → pieces: one piece a row, with its head to be set again on later pages.
//!
//! Widths of columns are found by [`columns`], places of amounts by [`amounts`].

use std::ops::Range;

use super::line::Align;
use super::page::{Item, Mpt, NodeId, Rect, Role, Scope};
use super::piece::{Draw, PageBreak};
use super::setting::{Frame, Head, Setting};
use super::sheet::{self, CELL_PAD, Sheet};
use super::text::{self, Paragraph};
use crate::diagnostic::{Befund, Stelle};
use crate::markdown::ast::{self, Alignment};

mod amounts;
mod columns;
mod rows;

use amounts::Decimals;
use columns::{Extent, Widths};
use rows::{set_head, set_row};

/// More columns than this leave no room for a word.
const MANY_COLUMNS: usize = 30;

struct Cell {
    node: NodeId,
    /// Whether it names its row.
    heading: bool,
    paragraph: Paragraph,
}

struct Row {
    node: NodeId,
    cells: Vec<Cell>,
}

/// A column as it is set.
struct Column {
    x: Mpt,
    width: Mpt,
    align: Align,
    decimals: Option<Decimals>,
}

/// Whether a table is too wide for the frame and finds room on a turned page.
pub(crate) fn turns(setting: &mut Setting<'_>, table: &ast::Table, frame: &Frame) -> bool {
    // Nodes and findings of the trial are thrown away.
    let (nodes, findings) = (setting.tree.len(), setting.findings.len());
    let known = setting.missing.clone();
    let (head, rows) = rows(setting, table, 0);
    let extents = extents(setting, table, head.as_ref(), &rows, frame.measure);
    setting.tree.truncate(nodes);
    setting.findings.truncate(findings);
    setting.missing = known;
    matches!(
        columns::choose(
            table,
            &extents,
            frame.measure,
            Some(Sheet::new(true).measure())
        ),
        Widths::Turned(_)
    )
}

/// Whether the table has more columns than could ever fit on a page.
pub(crate) fn has_too_many_columns(table: &ast::Table) -> bool {
    table.columns.len() > MANY_COLUMNS
}

/// Sets a table.
pub(crate) fn table(
    setting: &mut Setting<'_>,
    table: &ast::Table,
    range: &Range<usize>,
    frame: &Frame,
) {
    if table.columns.is_empty() {
        return;
    }
    if has_too_many_columns(table) {
        let text = format!(
            "die Tabelle hat {} Spalten, mehr als {MANY_COLUMNS} passen nicht auf eine Seite",
            table.columns.len()
        );
        let finding = Befund::fehler("tabelle-zu-breit", Stelle::Papier(range.clone()), text);
        setting.findings.push(finding.abhilfe("die Tabelle teilen"));
        return;
    }
    let node = setting.node(Role::Table, frame.node, range.clone());
    let (head, rows) = rows(setting, table, node);
    let extents = extents(setting, table, head.as_ref(), &rows, frame.measure);
    let turned = (frame.outermost && !setting.landscape).then(|| Sheet::new(true).measure());
    let widths = columns::choose(table, &extents, frame.measure, turned);
    let was_landscape = setting.landscape;
    let (frame, widths) = match widths {
        Widths::Here(widths) => (*frame, widths),
        Widths::Turned(widths) => {
            setting.landscape = true;
            (super::block::page_frame(true), widths)
        }
    };
    setting.space(sheet::TABLE.above);
    caption(setting, table.caption.as_deref(), node, range, &frame);
    let columns = place_columns(table, &extents, &widths, frame.x);
    body(setting, head, rows, &columns, &frame, table.head.is_some());
    setting.landscape = was_landscape;
    setting.space(sheet::TABLE.below);
}

/// Sets the caption of a table above it.
fn caption(
    setting: &mut Setting<'_>,
    caption: Option<&str>,
    table: NodeId,
    range: &Range<usize>,
    frame: &Frame,
) {
    let Some(caption) = caption else {
        return;
    };
    let node = setting.node(Role::Caption, table, range.clone());
    let measures = sheet::CAPTION;
    let kind = sheet::sans(measures.size, true);
    let mut paragraph = text::plain(setting, caption, kind, node, range);
    setting.space(measures.above);
    let first = setting.pieces.len();
    setting.set_paragraph(
        &mut paragraph,
        &Frame {
            kind,
            measures,
            ..*frame
        },
        Align::Left,
    );
    for piece in setting.pieces.iter_mut().skip(first + 1) {
        piece.page_break = PageBreak::Forbidden;
    }
    setting.space(measures.below);
    setting.keep_next();
}

/// The paragraphs of all cells, with their nodes.
fn rows(setting: &mut Setting<'_>, table: &ast::Table, node: NodeId) -> (Option<Row>, Vec<Row>) {
    // A THead needs a TBody beside it (ISO 14289-1, 7.2): without rows, what names the columns is the body.
    let alone = table
        .rows
        .is_empty()
        .then(|| setting.node(Role::TableBody, node, 0..0));
    let head = table.head.as_ref().map(|cells| {
        let head = alone.unwrap_or_else(|| setting.node(Role::TableHead, node, 0..0));
        row(setting, table, cells, head, true)
    });
    let body = alone.unwrap_or_else(|| setting.node(Role::TableBody, node, 0..0));
    let rows = table
        .rows
        .iter()
        .map(|cells| row(setting, table, cells, body, false))
        .collect();
    (head, rows)
}

fn row(
    setting: &mut Setting<'_>,
    table: &ast::Table,
    cells: &[ast::Cell],
    parent: NodeId,
    head: bool,
) -> Row {
    let source = match (cells.first(), cells.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => 0..0,
    };
    let node = setting.node(Role::TableRow, parent, source);
    let cells = cells
        .iter()
        .zip(&table.columns)
        .map(|(cell, column)| {
            let role = match (head, cell.row_heading) {
                (true, _) => Role::TableHeading(Scope::Column),
                (false, true) => Role::TableHeading(Scope::Row),
                (false, false) => Role::TableData,
            };
            let node = setting.node(role, node, cell.range.clone());
            let mut kind = sheet::sans(sheet::TABLE.size, head);
            kind.tabular = column.alignment == Alignment::Right;
            kind.hyphenate = !head;
            let mut paragraph = text::paragraph(setting, &cell.text, kind, node);
            text::keep_name(&mut paragraph);
            Cell {
                node,
                heading: cell.row_heading,
                paragraph,
            }
        })
        .collect();
    Row { node, cells }
}

fn extents(
    setting: &Setting<'_>,
    table: &ast::Table,
    head: Option<&Row>,
    rows: &[Row],
    measure: Mpt,
) -> Vec<Extent> {
    let mut extents: Vec<Extent> = vec![Extent::default(); table.columns.len()];
    for row in head.into_iter().chain(rows) {
        for (extent, cell) in extents.iter_mut().zip(&row.cells) {
            extent.include(&cell.paragraph);
        }
    }
    for (index, (extent, column)) in extents.iter_mut().zip(&table.columns).enumerate() {
        if column.alignment == Alignment::Right {
            let cells = rows.iter().filter_map(|row| row.cells.get(index));
            extent.decimals = amounts::decimals(setting.shaper, cells.map(|cell| &cell.paragraph));
            if let Some(decimals) = extent.decimals {
                extent.widest = extent.widest.max(decimals.before + decimals.after);
            }
        }
    }
    if table.head.is_none() {
        for (index, extent) in extents.iter_mut().enumerate() {
            let cells = || rows.iter().filter_map(|row| row.cells.get(index));
            extent.label = cells().any(|cell| cell.heading)
                && cells().all(|cell| cell.heading || cell.paragraph.parts.is_empty());
        }
        columns::widen_labels(&mut extents, measure);
    }
    extents
}

fn place_columns(table: &ast::Table, extents: &[Extent], widths: &[Mpt], left: Mpt) -> Vec<Column> {
    let mut x = left;
    table
        .columns
        .iter()
        .zip(extents)
        .zip(widths)
        .map(|((column, extent), width)| {
            let inner = (width - 2 * CELL_PAD).max(1);
            let place = x + CELL_PAD;
            x += width;
            let align = match column.alignment {
                Alignment::Left => Align::Left,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::Right,
            };
            let decimals = extent.decimals.filter(|d| d.before + d.after <= inner);
            Column {
                x: place,
                width: inner,
                align,
                decimals,
            }
        })
        .collect()
}

fn body(
    setting: &mut Setting<'_>,
    head: Option<Row>,
    rows: Vec<Row>,
    columns: &[Column],
    frame: &Frame,
    has_head: bool,
) {
    let first = setting.pieces.len();
    let mut head_number = None;
    let mut head_height = 0;
    if let Some(head) = head {
        let (draws, height, notes) = set_head(setting, head, columns, frame);
        head_number = Some(setting.heads.len());
        head_height = height;
        setting.heads.push(Head {
            height,
            draws: draws.clone(),
        });
        setting.push(height, draws, notes, PageBreak::Allowed(0));
        setting.keep_next();
    } else if !has_head {
        let area = Rect {
            x: frame.x,
            y: 0,
            width: frame.measure,
            height: sheet::HAIRLINE,
        };
        let rule = Draw::Over(Item::Fill {
            area,
            color: sheet::FAINT_RULE,
        });
        setting.push(
            sheet::HAIRLINE,
            vec![rule],
            Vec::new(),
            PageBreak::Allowed(0),
        );
        setting.keep_next();
    }
    let deepest = Sheet::new(setting.landscape).depth() - head_height;
    let count = rows.len();
    for (index, row) in rows.into_iter().enumerate() {
        // The first and the last row are never left alone.
        let page_break = if index == 1 || index > 0 && index + 1 == count {
            PageBreak::Forbidden
        } else {
            PageBreak::Allowed(0)
        };
        let start = setting.pieces.len();
        set_row(setting, row, columns, frame, deepest, page_break);
        for piece in setting.pieces.iter_mut().skip(start) {
            piece.head = head_number;
        }
    }
    // The first piece is the head itself, and no page begins with the row right after it.
    if let Some(piece) = setting.pieces.get_mut(first) {
        piece.head = None;
    }
}
