//! A paper that is being set: what blocks, tables and lines share until there are pages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Pictures;
use super::breaking::{Breaker, Line, Mode};
use super::line::{self, Align};
use super::page::{Image, Mpt, Node, NodeId, Role};
use super::piece::{Draw, PageBreak, Piece};
use super::shape::Shaper;
use super::sheet::{self, Measures};
use super::text::{Paragraph, Type, split_overlong};
use crate::diagnostic::Befund;
use crate::markdown::ast::Document;
use crate::markdown::front::FrontMatter;

/// A heading as the target of links and as a bookmark.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) anchor: String,
    pub(crate) level: u8,
    pub(crate) text: String,
}

/// A table's head, to be set again on its later pages.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) height: Mpt,
    pub(crate) draws: Vec<Draw>,
}

/// Where blocks are set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) x: Mpt,
    pub(crate) measure: Mpt,
    /// The node that blocks become children of.
    pub(crate) node: NodeId,
    pub(crate) kind: Type,
    pub(crate) measures: Measures,
    /// Space below a paragraph.
    pub(crate) gap: Mpt,
    /// Whether the frame is the page's own, so that a table may turn the page.
    pub(crate) outermost: bool,
}

/// The state.
pub(crate) struct Setting<'a> {
    pub(crate) shaper: &'a mut Shaper,
    pub(crate) document: &'a Document,
    pub(crate) pictures: &'a Pictures,
    /// Nodes know their parents; they become children when something of them is placed on a page.
    pub(crate) tree: Vec<Node>,
    pub(crate) findings: Vec<Befund>,
    /// Characters that no font has, with the places of each in the order of setting.
    pub(crate) missing: BTreeMap<char, Vec<Range<usize>>>,
    pub(crate) breaker: Breaker,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) heads: Vec<Head>,
    pub(crate) targets: Vec<Target>,
    pub(crate) images: Vec<Image>,
    pub(crate) image_numbers: BTreeMap<String, usize>,
    /// Levels of the headings above the present place, as written.
    pub(crate) levels: Vec<u8>,
    pub(crate) landscape: bool,
    /// The annexes begun so far: what each bears at its head, and its front matter.
    pub(crate) annexes: Vec<(String, FrontMatter)>,
    /// Space that the last block wants below it.
    gap: Mpt,
    next_break: PageBreak,
    /// Labels that wait for the first line of their items.
    labels: Vec<Draw>,
}

impl<'a> Setting<'a> {
    /// Nothing set yet.
    pub(crate) fn new(
        document: &'a Document,
        pictures: &'a Pictures,
        shaper: &'a mut Shaper,
    ) -> Self {
        shaper.begin_document();
        let root = Node {
            role: Role::Document,
            parent: 0,
            kids: Vec::new(),
            alt: None,
            language: None,
            source: 0..0,
        };
        Self {
            shaper,
            document,
            pictures,
            tree: vec![root],
            findings: Vec::new(),
            missing: BTreeMap::new(),
            breaker: Breaker::default(),
            pieces: Vec::new(),
            heads: Vec::new(),
            targets: Vec::new(),
            images: Vec::new(),
            image_numbers: BTreeMap::new(),
            levels: Vec::new(),
            landscape: false,
            annexes: Vec::new(),
            gap: 0,
            next_break: PageBreak::Allowed(0),
            labels: Vec::new(),
        }
    }

    /// The front matter of the paper, or of the annex, that is being set.
    pub(crate) fn front(&self) -> &FrontMatter {
        self.annexes
            .last()
            .map_or(&self.document.front, |(_, front)| front)
    }

    /// A new node below `parent`.
    pub(crate) fn node(&mut self, role: Role, parent: NodeId, source: Range<usize>) -> NodeId {
        self.tree.push(Node {
            role,
            parent,
            kids: Vec::new(),
            alt: None,
            language: None,
            source,
        });
        self.tree.len() - 1
    }

    /// Asks for at least this space before the next piece.
    pub(crate) fn space(&mut self, gap: Mpt) {
        self.gap = self.gap.max(gap);
    }

    /// No page is to end before the next piece.
    pub(crate) fn keep_next(&mut self) {
        if self.next_break != PageBreak::Forced {
            self.next_break = PageBreak::Forbidden;
        }
    }

    /// The next piece begins a page.
    pub(crate) fn new_page(&mut self) {
        self.next_break = PageBreak::Forced;
    }

    /// A label that stands beside the first line of what comes next.
    pub(crate) fn label(&mut self, draws: Vec<Draw>) {
        self.labels.extend(draws);
    }

    /// Sets labels whose item says nothing.
    pub(crate) fn flush_label(&mut self, measures: Measures) {
        if !self.labels.is_empty() {
            self.push(
                measures.leading,
                Vec::new(),
                Vec::new(),
                PageBreak::Allowed(0),
            );
        }
    }

    /// Adds a piece; what earlier blocks asked for outweighs the break given here.
    pub(crate) fn push(
        &mut self,
        height: Mpt,
        draws: Vec<Draw>,
        notes: Vec<usize>,
        page_break: PageBreak,
    ) {
        let page_break = match (self.next_break, page_break) {
            (PageBreak::Forced, _) | (_, PageBreak::Forced) => PageBreak::Forced,
            (PageBreak::Forbidden, _) | (_, PageBreak::Forbidden) => PageBreak::Forbidden,
            (PageBreak::Allowed(one), PageBreak::Allowed(other)) => {
                PageBreak::Allowed(one.max(other))
            }
        };
        self.next_break = PageBreak::Allowed(0);
        let draws = if self.labels.is_empty() {
            draws
        } else {
            let mut all = std::mem::take(&mut self.labels);
            all.extend(draws);
            all
        };
        self.pieces.push(Piece {
            height,
            before: std::mem::take(&mut self.gap),
            page_break,
            landscape: self.landscape,
            section: self.annexes.len(),
            draws,
            notes,
            head: None,
        });
    }

    /// Breaks a paragraph for a measure.
    pub(crate) fn break_lines(
        &mut self,
        paragraph: &mut Paragraph,
        measure: Mpt,
        mode: Mode,
    ) -> Vec<Line> {
        split_overlong(paragraph, self.shaper, measure);
        self.breaker.lines(paragraph, measure, mode)
    }

    /// Lines of a heading: as few as possible, and of these the evenest.
    fn balanced_lines(&mut self, paragraph: &mut Paragraph, measure: Mpt) -> Vec<Line> {
        let widest = self.break_lines(paragraph, measure, Mode::Ragged);
        if !(2..=4).contains(&widest.len()) {
            return widest;
        }
        let (mut least, mut most) = (measure / 2, measure);
        let mut best = widest;
        while most - least > measure / 64 {
            let middle = i64::midpoint(least, most);
            let lines = self.breaker.lines(paragraph, middle, Mode::Ragged);
            if lines.len() <= best.len() {
                (best, most) = (lines, middle);
            } else {
                least = middle;
            }
        }
        best
    }

    /// Sets a paragraph line by line into pieces, with two lines at least at each side of a page break.
    pub(crate) fn set_paragraph(&mut self, paragraph: &mut Paragraph, frame: &Frame, align: Align) {
        let align = match align {
            Align::Justified if frame.measure < sheet::NARROW => Align::Left,
            other => other,
        };
        let mode = if align == Align::Justified {
            Mode::Justified
        } else {
            Mode::Ragged
        };
        let lines = if frame.kind.bold {
            self.balanced_lines(paragraph, frame.measure)
        } else {
            self.break_lines(paragraph, frame.measure, mode)
        };
        let count = lines.len();
        let baseline = sheet::baseline(frame.measures);
        for (index, line) in lines.into_iter().enumerate() {
            let mut draws = Vec::with_capacity(2);
            let place = (frame.x, frame.measure);
            line::set(
                self.shaper,
                paragraph,
                line,
                place,
                baseline,
                align,
                &mut draws,
            );
            let notes = notes_of(paragraph, line);
            let page_break =
                if count <= 3 && index > 0 || index == 1 || index > 0 && index + 1 == count {
                    PageBreak::Forbidden
                } else {
                    PageBreak::Allowed(0)
                };
            self.push(frame.measures.leading, draws, notes, page_break);
        }
    }
}

/// The notes that a line refers to.
pub(crate) fn notes_of(paragraph: &Paragraph, line: Line) -> Vec<usize> {
    if !paragraph.has_notes {
        return Vec::new();
    }
    let parts = paragraph
        .parts
        .get(line.start..line.end)
        .unwrap_or_default();
    parts
        .iter()
        .filter_map(|part| paragraph.look(part.look).and_then(|look| look.note))
        .collect()
}
