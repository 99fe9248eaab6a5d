//! Tables → pieces: one piece a row, with its head to be set again on later pages.
//!
//! Widths of columns are found by [`columns`], places of amounts by [`amounts`].

use std::ops::Range;

use super::breaking::{Line, Mode};
use super::line::{self, Align};
use super::page::{Item, Mpt, NodeId, Rect, Role, Scope};
use super::piece::{Draw, PageBreak};
use super::setting::{Frame, Head, Setting, notes_of};
use super::sheet::{self, CELL_PAD, CELL_PAD_Y, Sheet};
use super::text::{self, Paragraph};
use crate::diagnostic::{Befund, Stelle};
use crate::markdown::ast::{self, Alignment};

mod amounts;
mod columns;

use amounts::Decimals;
use columns::{Extent, Widths};

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
    if table.columns.len() > MANY_COLUMNS {
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
    let head = table.head.as_ref().map(|cells| {
        let head = setting.node(Role::TableHead, node, 0..0);
        row(setting, table, cells, head, true)
    });
    let body = setting.node(Role::TableBody, node, 0..0);
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
            let paragraph = text::paragraph(setting, &cell.text, kind, node);
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

/// The lines of one row's cells.
struct SetCells {
    cells: Vec<(Cell, Vec<Line>)>,
    node: NodeId,
    lines: usize,
}

fn break_row(setting: &mut Setting<'_>, row: Row, columns: &[Column]) -> SetCells {
    let mut most = 1;
    let cells = row
        .cells
        .into_iter()
        .zip(columns)
        .map(|(mut cell, column)| {
            columns::drop_needless_hyphens(&mut cell.paragraph, column.width);
            let lines = setting.break_lines(&mut cell.paragraph, column.width, Mode::Ragged);
            most = most.max(lines.len());
            (cell, lines)
        })
        .collect();
    SetCells {
        cells,
        node: row.node,
        lines: most,
    }
}

fn set_head(
    setting: &mut Setting<'_>,
    head: Row,
    columns: &[Column],
    frame: &Frame,
) -> (Vec<Draw>, Mpt, Vec<usize>) {
    let set = break_row(setting, head, columns);
    let leading = sheet::TABLE.leading;
    let height = lines_height(set.lines) + 2 * CELL_PAD_Y;
    let area = Rect {
        x: frame.x,
        y: 0,
        width: frame.measure,
        height,
    };
    let mut draws = vec![
        Draw::Under(Item::Fill {
            area,
            color: sheet::SHADE,
        }),
        Draw::Touch(set.node),
    ];
    let mut notes = Vec::new();
    for ((cell, lines), column) in set.cells.iter().zip(columns) {
        draws.push(Draw::Touch(cell.node));
        // Heads stand on the rule below them.
        let mut y = height - CELL_PAD_Y - lines_height(lines.len()) + sheet::baseline(sheet::TABLE);
        for line in lines {
            set_line(setting, cell, *line, column, y, false, &mut draws);
            notes.extend(notes_of(&cell.paragraph, *line));
            y += leading;
        }
    }
    draws.push(rule(frame, height, sheet::RULE_COLOR));
    (draws, height, notes)
}

fn set_row(
    setting: &mut Setting<'_>,
    row: Row,
    columns: &[Column],
    frame: &Frame,
    deepest: Mpt,
    page_break: PageBreak,
) {
    let set = break_row(setting, row, columns);
    let height = lines_height(set.lines) + 2 * CELL_PAD_Y;
    if height <= deepest {
        let (draws, notes) = set_slice(setting, &set, columns, 0..set.lines, CELL_PAD_Y, true);
        finish_row(setting, draws, notes, height, frame, page_break, true);
        return;
    }
    // A row longer than a page goes on over the page's end, line by line.
    for line in 0..set.lines {
        let (first, last) = (line == 0, line + 1 == set.lines);
        let above = if first { CELL_PAD_Y } else { 0 };
        let below = if last { CELL_PAD_Y } else { 0 };
        let (draws, notes) = set_slice(setting, &set, columns, line..line + 1, above, first);
        let page_break = match line {
            0 => page_break,
            1 => PageBreak::Forbidden,
            _ if last => PageBreak::Forbidden,
            _ => PageBreak::Allowed(0),
        };
        let height = sheet::TABLE.leading + above + below;
        finish_row(setting, draws, notes, height, frame, page_break, last);
    }
}

fn set_slice(
    setting: &mut Setting<'_>,
    set: &SetCells,
    columns: &[Column],
    slice: Range<usize>,
    above: Mpt,
    first: bool,
) -> (Vec<Draw>, Vec<usize>) {
    let mut draws = Vec::with_capacity(3 * columns.len() + 2);
    let mut notes = Vec::new();
    if first {
        draws.push(Draw::Touch(set.node));
    }
    for ((cell, lines), column) in set.cells.iter().zip(columns) {
        if first {
            draws.push(Draw::Touch(cell.node));
        }
        let mut y = above + sheet::baseline(sheet::TABLE);
        for line in lines
            .get(slice.start..slice.end.min(lines.len()))
            .unwrap_or_default()
        {
            set_line(
                setting,
                cell,
                *line,
                column,
                y,
                lines.len() == 1,
                &mut draws,
            );
            notes.extend(notes_of(&cell.paragraph, *line));
            y += sheet::TABLE.leading;
        }
    }
    (draws, notes)
}

fn finish_row(
    setting: &mut Setting<'_>,
    mut draws: Vec<Draw>,
    notes: Vec<usize>,
    height: Mpt,
    frame: &Frame,
    page_break: PageBreak,
    ruled: bool,
) {
    if ruled {
        draws.push(rule(frame, height, sheet::FAINT_RULE));
    }
    setting.push(height, draws, notes, page_break);
}

fn set_line(
    setting: &mut Setting<'_>,
    cell: &Cell,
    line: Line,
    column: &Column,
    y: Mpt,
    single: bool,
    draws: &mut Vec<Draw>,
) {
    let mut place = (column.x, column.width);
    let mut align = column.align;
    if single
        && let Some(decimals) = column.decimals
        && let Some(before) = amounts::before_point(setting.shaper, &cell.paragraph)
    {
        // The column's amounts stand at the right as a whole; each one's comma stands where the others' do.
        place.0 = column.x + column.width - decimals.after - before;
        align = Align::Left;
    }
    line::set(
        setting.shaper,
        &cell.paragraph,
        line,
        place,
        y,
        align,
        draws,
    );
}

fn lines_height(count: usize) -> Mpt {
    i64::try_from(count.max(1)).unwrap_or(1) * sheet::TABLE.leading
}

fn rule(frame: &Frame, y: Mpt, color: super::page::Rgb) -> Draw {
    let area = Rect {
        x: frame.x,
        y: y - sheet::HAIRLINE,
        width: frame.measure,
        height: sheet::HAIRLINE,
    };
    Draw::Over(Item::Fill { area, color })
}
