//! A run's glyphs as operators that show text, and the reader's pen that they move.

use super::Writer;
use crate::layout::page::{Mpt, TextRun};
use crate::pdf::font::Face;
use crate::pdf::syntax;

impl Writer<'_> {
    /// Shows the run's glyphs; a cluster that readers could not read from its glyphs carries its text.
    pub(super) fn show(&mut self, run: &TextRun, face: &Face, may_span: bool) {
        let mut pen = Pen {
            size: run.size.max(1),
            ..Pen::default()
        };
        let mut array = Array::Closed;
        let mut rise = 0;
        let mut rest = run.glyphs.as_slice();
        while let Some(first) = rest.first() {
            let length = 1 + rest
                .iter()
                .skip(1)
                .take_while(|glyph| glyph.text.is_empty())
                .count();
            let (cluster, after) = rest.split_at(length);
            rest = after;
            let text = run
                .text
                .get(first.text.start as usize..first.text.end as usize)
                .unwrap_or_default();
            let span = may_span && (length > 1 || !face.reads_as(first.id, text));
            if span {
                array.close(&mut self.out);
                self.out.extend_from_slice(b"/Span<<");
                self.actual_text(text);
                self.out.extend_from_slice(b">>BDC\n");
            }
            for glyph in cluster {
                let (code, width) = face.code_and_width(glyph.id);
                if glyph.y_offset != rise {
                    rise = glyph.y_offset;
                    array.close(&mut self.out);
                    syntax::numbers(&mut self.out, &[rise]);
                    self.out.extend_from_slice(b"Ts\n");
                }
                if let Some(back) = pen.correction(glyph.x_offset) {
                    array.number(&mut self.out, back);
                }
                array.glyph(&mut self.out, code);
                pen.advance(width, glyph.advance);
            }
            if span {
                array.close(&mut self.out);
                self.out.extend_from_slice(b"EMC\n");
            }
        }
        array.close(&mut self.out);
        if rise != 0 {
            self.out.extend_from_slice(b"0 Ts\n");
        }
    }
}

/// The array of a TJ operator in the making.
#[derive(Clone, Copy, PartialEq)]
enum Array {
    Closed,
    Between,
    Glyphs,
}

impl Array {
    fn glyph(&mut self, out: &mut Vec<u8>, code: u16) {
        out.extend_from_slice(match self {
            Self::Closed => b"[<".as_slice(),
            Self::Between => b"<",
            Self::Glyphs => b"",
        });
        let [high, low] = code.to_be_bytes();
        syntax::hex(out, high);
        syntax::hex(out, low);
        *self = Self::Glyphs;
    }

    fn number(&mut self, out: &mut Vec<u8>, value: i64) {
        out.extend_from_slice(match self {
            Self::Closed => b"[".as_slice(),
            Self::Between => b" ",
            Self::Glyphs => b">",
        });
        syntax::integer(out, value);
        *self = Self::Between;
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self {
            Self::Closed => return,
            Self::Between => b"]TJ\n".as_slice(),
            Self::Glyphs => b">]TJ\n",
        });
        *self = Self::Closed;
    }
}

/// Where the reader's pen is and where it should be, both in 1/1000 Mpt, so that errors of rounding never add up.
#[derive(Default)]
struct Pen {
    size: Mpt,
    reader: i64,
    wanted: i64,
}

impl Pen {
    /// How far to go back, in 1/1000 em, before a glyph; none where nobody would see it.
    fn correction(&mut self, x_offset: Mpt) -> Option<i64> {
        let ahead = self.reader - self.wanted - x_offset * 1000;
        let back = (2 * ahead + self.size).div_euclid(2 * self.size);
        // 1/1000 em is less than any printer resolves; widths rounded to Mpt cause such differences all the time.
        if back.abs() < 2 {
            return None;
        }
        self.reader -= back * self.size;
        Some(back)
    }

    fn advance(&mut self, width: u16, advance: Mpt) {
        self.reader += i64::from(width) * self.size;
        self.wanted += advance * 1000;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_pen_never_drifts(
            glyphs in prop::collection::vec((100u16..1000, -80i64..80), 1..300), size in 5_000i64..30_000,
        ) {
            let mut pen = Pen { size, ..Pen::default() };
            for (width, extra) in glyphs {
                let natural = i64::from(width) * size / 1000;
                pen.correction(0);
                prop_assert!((pen.reader - pen.wanted).abs() <= 2 * size);
                pen.advance(width, natural + extra);
            }
        }
    }
}
