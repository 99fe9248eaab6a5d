//! Rows of cells → pieces.

use std::ops::Range;

use super::{Cell, Column, Row, amounts, columns};
use crate::layout::breaking::{Line, Mode};
use crate::layout::line::{self, Align};
use crate::layout::page::{Item, Mpt, NodeId, Rect, Rgb};
use crate::layout::piece::{Draw, PageBreak};
use crate::layout::setting::{Frame, Setting, notes_of};
use crate::layout::sheet::{self, CELL_PAD_Y};

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

/// Sets the head; it stands on the rule below it.
pub(super) fn set_head(
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

/// Sets a row as one piece, or line by line where it is longer than a page.
pub(super) fn set_row(
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

fn rule(frame: &Frame, y: Mpt, color: Rgb) -> Draw {
    let area = Rect {
        x: frame.x,
        y: y - sheet::HAIRLINE,
        width: frame.measure,
        height: sheet::HAIRLINE,
    };
    Draw::Over(Item::Fill { area, color })
}
