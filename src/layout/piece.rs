//! What blocks are set into: pieces that no page break divides, with drawings relative to their upper edge.

use super::page::{Item, Mpt, NodeId, Owner, Rect, Segment, TextRun};

/// Something to draw, relative to the upper edge of its piece; x is absolute.
#[derive(Debug, Clone)]
pub(crate) enum Draw {
    /// Text of a node, or of an artifact.
    Text { owner: Owner, run: TextRun },
    /// The hyphen at a line's end, which is no part of the text.
    Hyphen { owner: Owner, run: TextRun },
    /// A picture or path of a node.
    Item { node: NodeId, item: Item },
    /// A fill behind the text.
    Under(Item),
    /// A rule, or other decoration on top.
    Over(Item),
    /// A node that must stand in the tree even if it stays empty.
    Touch(NodeId),
    /// An area of a link, by index into the document's links.
    Link {
        node: NodeId,
        area: Rect,
        link: usize,
    },
    /// A heading: target of links, and bookmark.
    Target(usize),
    /// A figure's node gets its place on the page.
    Bounds { node: NodeId, area: Rect },
}

/// Whether a page may end before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageBreak {
    /// It may; the cost is weighed against thousandths of the page left empty.
    Allowed(Mpt),
    /// Only if there is no other way.
    Forbidden,
    /// It must.
    Forced,
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) height: Mpt,
    /// Space above it, dropped at the top of a page.
    pub(crate) before: Mpt,
    pub(crate) page_break: PageBreak,
    pub(crate) landscape: bool,
    pub(crate) draws: Vec<Draw>,
    /// Notes that it refers to, by index into the document's notes.
    pub(crate) notes: Vec<usize>,
    /// The head of its table, by index, set again where a page begins with the piece.
    pub(crate) head: Option<usize>,
}

impl Draw {
    /// Moves it.
    pub(crate) fn shift(&mut self, dx: Mpt, dy: Mpt) {
        match self {
            Self::Text { run, .. } | Self::Hyphen { run, .. } => {
                run.x += dx;
                run.y += dy;
            }
            Self::Item { item, .. } | Self::Under(item) | Self::Over(item) => {
                shift_item(item, dx, dy);
            }
            Self::Link { area, .. } | Self::Bounds { area, .. } => {
                area.x += dx;
                area.y += dy;
            }
            Self::Touch(_) | Self::Target(_) => {}
        }
    }
}

fn shift_item(item: &mut Item, dx: Mpt, dy: Mpt) {
    match item {
        Item::Text(run) => {
            run.x += dx;
            run.y += dy;
        }
        Item::Fill { area, .. } | Item::Image { area, .. } => {
            area.x += dx;
            area.y += dy;
        }
        Item::Path(path) => {
            for segment in &mut path.segments {
                shift_segment(segment, dx, dy);
            }
            if let Some(clip) = &mut path.clip {
                clip.x += dx;
                clip.y += dy;
            }
        }
    }
}

fn shift_segment(segment: &mut Segment, dx: Mpt, dy: Mpt) {
    match segment {
        Segment::Move(x, y) | Segment::Line(x, y) => {
            *x += dx;
            *y += dy;
        }
        Segment::Cubic(x1, y1, x2, y2, x3, y3) => {
            for x in [x1, x2, x3] {
                *x += dx;
            }
            for y in [y1, y2, y3] {
                *y += dy;
            }
        }
        Segment::Close => {}
    }
}
