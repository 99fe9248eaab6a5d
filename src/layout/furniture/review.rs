//! What a review copy bears beside the text of the clean paper: numbers of lines, notes in the margin, a stamp, and
//! pages at the end. The text itself is not set anew, so that no line and no page breaks elsewhere.
//!
//! Numbers, notes and stamp are artifacts; the pages at the end are pages like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::text_line::one_line;
use crate::layout::Pictures;
use crate::layout::flow::artifact;
use crate::layout::line::Align;
use crate::layout::page::{
    Artifact, Destination, Item, Kid, LinkArea, Mark, Mpt, Node, NodeId, Owner, Page, Pages, Rgb,
};
use crate::layout::setting::Setting;
use crate::layout::shape::Shaper;
use crate::layout::sheet::{self, Sheet};
use crate::layout::text::Type;
use crate::markdown;

/// The kind of the pages with the notes: they count by themselves, and their numbers say so.
pub const NOTES: &str = "pruefnotizen";

mod lines;

pub use lines::{Count, Line, Place, lines, place};

/// Baseline of the stamp from the upper edge, above every head.
const STAMP_BASELINE: Mpt = 22_000;
const STAMP_SIZE: Mpt = 8_500;
const STAMP_COLOR: Rgb = Rgb(0x9c, 0x1c, 0x1c);
/// Space between the text and what stands beside it.
const GAP: Mpt = 8_000;
const NUMBER_SIZE: Mpt = 6_500;
const NUMBER_COLOR: Rgb = Rgb(0x70, 0x70, 0x70);
const NOTE_SIZE: Mpt = 7_500;
/// What a note leaves free at the edge of the page, where printers do not reach.
const EDGE: Mpt = 12_000;
/// Notes beside one line take so many lines of the margin at most.
const NOTE_LINES: usize = 4;
/// So many characters fill a row of the margin, without what parts and encloses them.
const ROW: usize = 6;
/// What numbers of figures begin with, in the margin and in the notes.
pub const FIGURE: &str = "Z";
const FIGURE_SIZE: Mpt = 6_500;
const NOTE_LEADING: Mpt = 8_500;
/// Space between notes and figures that share a row.
const NOTE_GAP: Mpt = 4_000;

/// What stands in the margin beside a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The numbers of its notes, ascending.
    pub notes: Vec<usize>,
    /// The numbers under which its figures are explained, ascending.
    pub figures: Vec<usize>,
}

/// Puts numbers beside the lines, notes beside the lines that they are on, and the stamp on each page. Returns the lines
/// beside which not all numbers have room: there the last one says how many more there are, `+3`.
pub fn annotate(
    shaper: &mut Shaper,
    pages: &mut Pages,
    lines: &[Vec<Line>],
    stamp: &str,
    notes: &BTreeMap<Place, Beside>,
) -> BTreeSet<Place> {
    let mut shortened = BTreeSet::new();
    let (document, pictures) = (markdown::parse("").0, Pictures::new());
    let mut setting = Setting::new(&document, &pictures, shaper);
    for (index, page) in pages.pages.iter_mut().enumerate() {
        let mut items = Vec::new();
        let sheet = Sheet::new(page.width > page.height);
        let mut open: Vec<(Place, &Line, &Beside)> = Vec::new();
        for (row, line) in lines.get(index).into_iter().flatten().enumerate() {
            number(&mut setting, &sheet, line, &mut items);
            let place = Place {
                page: index,
                line: row,
            };
            open.extend(notes.get(&place).map(|beside| (place, line, beside)));
        }
        for (at, (place, line, beside)) in open.iter().enumerate() {
            let below = open.get(at + 1).map(|(_, next, _)| next.y - line.y);
            let limit = below.map_or(NOTE_LINES, rows_above);
            if !margin(&mut setting, &sheet, line, beside, limit, &mut items) {
                shortened.insert(*place);
            }
        }
        page.marks.extend(artifact(Artifact::Layout, items));
        stamp_page(&mut setting, page, stamp);
    }
    shortened
}

/// How many rows have room above those of a line so far below.
fn rows_above(below: Mpt) -> usize {
    let more = (below - NOTE_LEADING).max(0) / NOTE_LEADING;
    usize::try_from(more).unwrap_or(0).min(NOTE_LINES - 1) + 1
}

/// Stamps each page.
pub fn stamp(shaper: &mut Shaper, pages: &mut Pages, stamp: &str) {
    annotate(shaper, pages, &[], stamp, &BTreeMap::new());
}

fn stamp_page(setting: &mut Setting<'_>, page: &mut Page, stamp: &str) {
    let sheet = Sheet::new(page.width > page.height);
    let mut kind = sheet::sans(STAMP_SIZE, true);
    kind.color = STAMP_COLOR;
    let mut items = Vec::new();
    one_line(
        setting,
        stamp,
        kind,
        sheet.column(),
        STAMP_BASELINE,
        Align::Right,
        sheet.measure(),
        &mut items,
    );
    page.marks.extend(artifact(Artifact::Header, items));
}

fn number(setting: &mut Setting<'_>, sheet: &Sheet, line: &Line, items: &mut Vec<Item>) {
    let mut kind = sheet::sans(NUMBER_SIZE, false);
    kind.color = NUMBER_COLOR;
    kind.tabular = true;
    let room = sheet.left - GAP;
    one_line(
        setting,
        &line.number.to_string(),
        kind,
        (0, room),
        line.y,
        Align::Right,
        room,
        items,
    );
}

/// A row of numbers in the margin.
struct Row {
    text: String,
    kind: Type,
    /// Whether it stands behind the row before it where there is room. Below, the first figures would come between the
    /// notes and those of the next line.
    behind: bool,
}

/// What stands in the outer margin: `[3–5, 9]` for notes, `Z4–6` for figures behind them where there is room, else
/// below, in several rows where they are many. What has no room in so many rows as `limit` is counted: `+3`. Returns
/// whether all numbers have room.
fn margin(
    setting: &mut Setting<'_>,
    sheet: &Sheet,
    line: &Line,
    beside: &Beside,
    limit: usize,
    items: &mut Vec<Item>,
) -> bool {
    let x = sheet.width - sheet.right + GAP;
    let room = sheet.width - EDGE - x;
    for most in (0..=limit).rev() {
        let (rows, hidden) = rows_of(beside, most);
        let mut placed = Vec::new();
        let (mut y, mut end, mut used) = (line.y, 0, 0);
        for row in &rows {
            let mut set = |from: Mpt, y: Mpt| {
                let mut items = Vec::new();
                let place = (x + from, room);
                let (text, kind) = (&row.text, row.kind);
                let width = one_line(setting, text, kind, place, y, Align::Left, room, &mut items);
                (from + width, items)
            };
            let behind = (row.behind && used > 0)
                .then(|| set(end + NOTE_GAP, y))
                .filter(|(end, _)| *end <= room);
            let (reached, row) = behind.unwrap_or_else(|| {
                if used > 0 {
                    y += NOTE_LEADING;
                }
                used += 1;
                set(0, y)
            });
            end = reached;
            placed.extend(row);
        }
        if used <= limit {
            items.extend(placed);
            return hidden == 0;
        }
    }
    true
}

/// The numbers in so many rows as `most`, with a row that counts those that are left out, and how many these are.
fn rows_of(beside: &Beside, most: usize) -> (Vec<Row>, usize) {
    let mut note = sheet::sans(NOTE_SIZE, true);
    note.color = STAMP_COLOR;
    let mut figure = sheet::sans(FIGURE_SIZE, false);
    figure.color = NUMBER_COLOR;
    // The first figures may share a row with the last notes.
    let both = usize::from(most > 0 && !beside.notes.is_empty() && !beside.figures.is_empty());
    let (notes, more_notes) = in_rows(&beside.notes, "[", "]", most);
    let left = (most + both).saturating_sub(notes.len());
    let (figures, more_figures) = in_rows(&beside.figures, FIGURE, "", left);
    let row = |text, kind, behind| Row { text, kind, behind };
    let mut rows: Vec<Row> = notes
        .into_iter()
        .map(|text| row(text, note, false))
        .collect();
    let figures = figures.into_iter().enumerate();
    rows.extend(figures.map(|(at, text)| row(text, figure, at == 0)));
    let hidden = more_notes + more_figures;
    if hidden > 0 {
        let kind = if more_notes > 0 { note } else { figure };
        rows.push(row(format!("+{hidden}"), kind, true));
    }
    (rows, hidden)
}

/// As many of the numbers as have room in so many rows, and how many have none.
fn in_rows(numbers: &[usize], open: &str, close: &str, most: usize) -> (Vec<String>, usize) {
    let fitting = (0..=numbers.len()).rev().find_map(|count| {
        let shown = rows(numbers.get(..count)?, open, close);
        (shown.len() <= most).then(|| (shown, numbers.len() - count))
    });
    fitting.unwrap_or_default()
}

/// Numbers between two signs, in a row as many as fill the margin.
fn rows(numbers: &[usize], open: &str, close: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    for entry in spans(numbers) {
        match chunks.last_mut() {
            Some(row) if row.chars().count() + entry.chars().count() <= ROW => {
                row.push_str(", ");
                row.push_str(&entry);
            }
            _ => chunks.push(entry),
        }
    }
    let last = chunks.len().saturating_sub(1);
    let row = |(index, chunk): (usize, &String)| {
        let open = if index == 0 { open } else { "" };
        let close = if index == last { close } else { "," };
        format!("{open}{chunk}{close}")
    };
    chunks.iter().enumerate().map(row).collect()
}

/// Numbers in order, three and more in a row as a span: `1, 3–5`.
pub fn listed(numbers: &[usize]) -> String {
    spans(numbers).join(", ")
}

/// Numbers in order, three and more in a row as a span: `3–5`.
fn spans(numbers: &[usize]) -> Vec<String> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, to)) if *to + 1 == *number => *to = *number,
            _ => spans.push((*number, *number)),
        }
    }
    let mut words = Vec::new();
    for (from, to) in spans {
        if to > from + 1 {
            words.push(format!("{from}–{to}"));
        } else {
            words.extend((from..=to).map(|number| number.to_string()));
        }
    }
    words
}

/// Adds pages behind the others, with their structure, bookmarks and pictures.
///
/// `resolve` says where a link of the added pages leads that names a URI of its own making, and what is said of it.
pub fn append(
    pages: &mut Pages,
    more: Pages,
    resolve: impl Fn(&str) -> Option<(Destination, String)>,
) {
    let (page_base, image_base) = (pages.pages.len(), pages.images.len());
    // The document of the added pages is the one that is there already.
    let node_base = pages.tree.len().saturating_sub(1);
    let node = |id: NodeId| if id == 0 { 0 } else { id + node_base };
    let moved = |kid: Kid| match kid {
        Kid::Node(id) => Kid::Node(node(id)),
        Kid::Mark { page, mark } => Kid::Mark {
            page: page + page_base,
            mark,
        },
        Kid::Link { page, link } => Kid::Link {
            page: page + page_base,
            link,
        },
    };
    for (id, more) in more.tree.into_iter().enumerate() {
        let kids = more.kids.into_iter().map(moved);
        if id == 0 {
            if let Some(root) = pages.tree.first_mut() {
                root.kids.extend(kids);
            }
        } else {
            pages.tree.push(Node {
                parent: node(more.parent),
                kids: kids.collect(),
                // No place of this Markdown is one of the paper's.
                source: 0..0,
                ..more
            });
        }
    }
    for page in more.pages {
        let marks = page.marks.into_iter().map(|mark| Mark {
            owner: match mark.owner {
                Owner::Node(id) => Owner::Node(node(id)),
                artifact @ Owner::Artifact(_) => artifact,
            },
            items: mark
                .items
                .into_iter()
                .map(|item| match item {
                    Item::Image { image, area } => Item::Image {
                        image: image + image_base,
                        area,
                    },
                    other => other,
                })
                .collect(),
            ..mark
        });
        let links = page.links.into_iter().map(|link| LinkArea {
            node: node(link.node),
            ..target(link, page_base, &resolve)
        });
        pages.pages.push(Page {
            marks: marks.collect(),
            links: links.collect(),
            ..page
        });
    }
    pages
        .outline
        .extend(more.outline.into_iter().map(|mut item| {
            item.page += page_base;
            item
        }));
    pages.images.extend(more.images);
}

fn target(
    mut link: LinkArea,
    page_base: usize,
    resolve: &impl Fn(&str) -> Option<(Destination, String)>,
) -> LinkArea {
    match &mut link.target {
        Destination::Page { page, .. } => *page += page_base,
        Destination::Uri(uri) => {
            if let Some((target, contents)) = resolve(uri) {
                (link.target, link.contents) = (target, contents);
            }
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_notes_take_several_rows() {
        assert_eq!(rows(&[1, 3, 4, 5], "[", "]"), ["[1, 3–5]"]);
        assert_eq!(rows(&[1, 13, 14, 15, 27], FIGURE, ""), ["Z1, 13–15,", "27"]);
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let beside = Beside {
            notes: vec![1, 3],
            figures: (1..=20).step_by(2).collect(),
        };
        let texts = |most| -> Vec<String> {
            let (rows, _) = rows_of(&beside, most);
            rows.into_iter().map(|row| row.text).collect()
        };
        assert_eq!(texts(0), ["+12"]);
        assert_eq!(texts(1), ["[1, 3]", "Z1, 3, 5", "+7"]);
        assert_eq!(rows_of(&beside, 9).1, 0);
    }

    #[test]
    fn rows_end_above_the_next_line_that_has_some() {
        assert_eq!(rows_above(14_000), 1);
        assert_eq!(rows_above(28_000), 3);
        assert_eq!(rows_above(500_000), NOTE_LINES);
    }

    #[test]
    fn notes_in_a_row_are_a_span() {
        assert_eq!(spans(&[1, 3, 4, 5, 7, 8]), ["1", "3–5", "7", "8"]);
    }
}
