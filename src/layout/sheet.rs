//! The sheet and the measures of its type: all sizes of a paper in one place.

use super::font::Family;
use super::page::{Mpt, Rgb};
use super::text::Type;

const SHORT: Mpt = 595_276;
const LONG: Mpt = 841_890;

/// A4 in one of its two positions, and the area of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) width: Mpt,
    pub(crate) height: Mpt,
    pub(crate) left: Mpt,
    pub(crate) right: Mpt,
    pub(crate) top: Mpt,
    pub(crate) bottom: Mpt,
}

impl Sheet {
    /// The sheet upright or turned.
    pub(crate) fn new(landscape: bool) -> Self {
        let (width, height) = if landscape {
            (LONG, SHORT)
        } else {
            (SHORT, LONG)
        };
        // 25 mm at the left for the file's holes, 20 mm at the right, 25 mm above and below.
        Self {
            width,
            height,
            left: 70_866,
            right: 56_693,
            top: 70_866,
            bottom: 70_866,
        }
    }

    /// Width of the text.
    pub(crate) fn measure(&self) -> Mpt {
        self.width - self.left - self.right
    }

    /// Left edge and width of the text.
    pub(crate) fn column(&self) -> (Mpt, Mpt) {
        (self.left, self.measure())
    }

    /// Height of the text.
    pub(crate) fn depth(&self) -> Mpt {
        self.height - self.top - self.bottom
    }
}

/// Size and leading of a kind of text, and the space around its blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measures {
    pub(crate) size: Mpt,
    pub(crate) leading: Mpt,
    pub(crate) above: Mpt,
    pub(crate) below: Mpt,
}

pub(crate) const TEXT: Measures = Measures {
    size: 10_500,
    leading: 14_500,
    above: 0,
    below: 6_500,
};
pub(crate) const TABLE: Measures = Measures {
    size: 9_500,
    leading: 12_500,
    above: 5_000,
    below: 11_000,
};
pub(crate) const NOTE: Measures = Measures {
    size: 8_500,
    leading: 11_000,
    above: 0,
    below: 1_500,
};
pub(crate) const CODE: Measures = Measures {
    size: 9_000,
    leading: 12_500,
    above: 3_000,
    below: 9_000,
};
pub(crate) const CAPTION: Measures = Measures {
    size: 9_500,
    leading: 12_500,
    above: 6_000,
    below: 4_000,
};
/// Heads and feet of pages.
pub(crate) const MARGIN: Measures = Measures {
    size: 8_500,
    leading: 11_000,
    above: 0,
    below: 0,
};

/// Measures of a heading as written, 1 to 6.
pub(crate) fn heading(level: u8) -> Measures {
    match level {
        0 | 1 => Measures {
            size: 15_000,
            leading: 19_000,
            above: 16_000,
            below: 8_000,
        },
        2 => Measures {
            size: 12_000,
            leading: 15_500,
            above: 16_000,
            below: 4_500,
        },
        3 => Measures {
            size: 11_000,
            leading: 14_500,
            above: 12_000,
            below: 3_500,
        },
        _ => Measures {
            size: 10_500,
            leading: 14_000,
            above: 9_000,
            below: 2_500,
        },
    }
}

/// Space between items of a list that hold more than a line or two each.
pub(crate) const ITEM_GAP: Mpt = 3_000;
/// Space between a cell's text and its edge.
pub(crate) const CELL_PAD: Mpt = 4_000;
pub(crate) const CELL_PAD_Y: Mpt = 3_200;
/// How far quotes stand in.
pub(crate) const INDENT: Mpt = 18_000;
/// A hairline.
pub(crate) const HAIRLINE: Mpt = 400;
pub(crate) const RULE_COLOR: Rgb = Rgb(0x8a, 0x8a, 0x8a);
pub(crate) const FAINT_RULE: Rgb = Rgb(0xc4, 0xc4, 0xc4);
pub(crate) const SHADE: Rgb = Rgb(0xec, 0xee, 0xf1);
pub(crate) const CODE_SHADE: Rgb = Rgb(0xf3, 0xf3, 0xf3);
pub(crate) const GREY: Rgb = Rgb(0x50, 0x50, 0x50);
/// A measure narrower than this is set ragged: justified it would gape.
pub(crate) const NARROW: Mpt = 200_000;
/// No frame gets narrower than this, however deep lists nest.
pub(crate) const NARROWEST: Mpt = 110_000;

/// Baseline of a line below its upper edge.
pub(crate) fn baseline(measures: Measures) -> Mpt {
    // Ascenders and descenders of both families share the em about 3 : 1.
    (measures.leading - measures.size) / 2 + measures.size * 77 / 100
}

/// Running text.
pub(crate) fn serif(size: Mpt) -> Type {
    Type {
        family: Family::Serif,
        bold: false,
        size,
        color: Rgb::BLACK,
        tabular: false,
        hyphenate: true,
        verbatim: false,
    }
}

/// Tables, heads, feet, headings.
pub(crate) fn sans(size: Mpt, bold: bool) -> Type {
    Type {
        family: Family::Sans,
        bold,
        hyphenate: false,
        ..serif(size)
    }
}
