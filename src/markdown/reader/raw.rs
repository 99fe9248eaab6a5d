//! Blocks whose text is taken as it stands: code, HTML, and lines between two lines of dashes.

use std::ops::Range;

use super::Reader;
use crate::markdown::ast::BlockKind;
use crate::markdown::{characters, comment, text};

/// A block whose text is taken as it stands.
#[derive(Debug)]
pub(super) struct Raw {
    kind: RawKind,
    range: Range<usize>,
    text: String,
    /// Place of the text itself.
    inner: Option<Range<usize>>,
}

/// What such a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawKind {
    /// Preformatted text.
    Code,
    /// HTML: a comment, mostly.
    Html,
    /// Lines between two lines of dashes.
    Metadata,
}

impl Reader<'_, '_> {
    /// Begins a block whose text is taken as it stands.
    pub(super) fn begin_raw(&mut self, kind: RawKind, range: Range<usize>) {
        self.raw = Some(Raw {
            kind,
            range,
            text: String::new(),
            inner: None,
        });
    }

    /// Takes a piece of its text.
    pub(super) fn raw_text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(raw) = &mut self.raw {
            raw.text.push_str(text);
            let start = raw.inner.as_ref().map_or(range.start, |inner| inner.start);
            raw.inner = Some(start..range.end);
        }
    }

    /// Ends the block and makes of it what it is.
    pub(super) fn end_raw(&mut self) {
        let Some(raw) = self.raw.take() else {
            return;
        };
        match raw.kind {
            RawKind::Code => {
                let text: String = raw
                    .text
                    .chars()
                    .filter(|c| !characters::is_dropped(*c) && *c != '\r')
                    .collect();
                self.push(
                    raw.range,
                    BlockKind::Code(text.trim_end_matches('\n').to_owned()),
                );
            }
            RawKind::Metadata if raw.range.start == 0 => self.front = raw.inner,
            RawKind::Metadata => {
                self.context.befunde.fehler(
                    "vorspann-mitten-im-text",
                    &raw.range,
                    "Text zwischen zwei Zeilen „---“ verschwindet in Markdown; hier erscheint er als Absatz",
                    "Trennlinien als „***“ schreiben oder eine Leerzeile nach „---“ setzen",
                );
                let range = raw.inner.unwrap_or(raw.range);
                self.plain_paragraph(&raw.text, range);
            }
            RawKind::Html => {
                let html = comment::read_block(&raw.text, &raw.range, self.context);
                for part in html.directives {
                    self.push_part(part);
                }
                if let Some((range, visible)) = html.visible {
                    self.plain_paragraph(&visible, range);
                }
            }
        }
    }

    /// A paragraph that shows source text as it stands.
    fn plain_paragraph(&mut self, written: &str, range: Range<usize>) {
        if let Some(inline) = text::plain_inline(written, &range) {
            self.push(range, BlockKind::Paragraph(vec![inline]));
        }
    }
}
