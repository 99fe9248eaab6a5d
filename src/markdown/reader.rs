//! The parser's block events become blocks; the running text in them is the matter of `inline`.
//!
//! Containers stand on a stack of their own, at most [`DEPTH`] deep, so that no input can exhaust the program's.

mod raw;
mod running;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Tag, TagEnd};

use self::raw::{Raw, RawKind};
use self::running::TextKind;
use super::assemble::{self, Part, PartKind, Place};
use super::ast::{Block, BlockKind, LinkTarget, List, ListItem, ListKind, Note};
use super::finding::Befunde;
use super::inline::InlineBuilder;
use super::notes::NoteTable;
use super::numbering;
use super::table::TableBuilder;

/// How many quotes, lists, items and notes may be open inside each other.
const DEPTH: usize = 32;

/// What the whole document shares while it is read.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The Markdown.
    pub(super) source: &'a str,
    /// The findings so far.
    pub(super) befunde: Befunde,
    /// Targets of links with the place of the first link.
    pub(super) links: Vec<(LinkTarget, Range<usize>)>,
    /// Footnotes by label.
    pub(super) notes: NoteTable,
    /// Labels of link definitions that are used, normalized.
    pub(super) used_definitions: BTreeSet<String>,
    /// Keys of clauses with their places.
    pub(super) klauseln: Vec<(String, Range<usize>)>,
    /// Places of all text that the parser handed over, in order.
    pub(super) text: Vec<Range<usize>>,
}

impl<'a> Context<'a> {
    /// A context without anything in it.
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            befunde: Befunde::default(),
            links: Vec::new(),
            notes: NoteTable::default(),
            used_definitions: BTreeSet::new(),
            klauseln: Vec::new(),
            text: Vec::new(),
        }
    }
}

/// Reads all events and returns the blocks of the paper and the place of the front matter's YAML.
pub(super) fn read(
    events: OffsetIter<'_>,
    context: &mut Context<'_>,
) -> (Vec<Block>, Option<Range<usize>>) {
    let mut reader = Reader {
        context,
        frames: vec![Frame::new(FrameKind::Root, 0..0)],
        skipped: 0,
        reported_depth: false,
        text: None,
        table: None,
        raw: None,
        front: None,
    };
    for (event, range) in events {
        reader.event(&event, range);
    }
    reader.finish()
}

#[derive(Debug)]
struct Frame {
    kind: FrameKind,
    range: Range<usize>,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum FrameKind {
    Root,
    Quote,
    List {
        start: Option<u64>,
        items: Vec<ListItem>,
        written: Vec<(u64, Range<usize>)>,
    },
    Item {
        label: String,
    },
    Note {
        label: String,
    },
}

impl Frame {
    fn new(kind: FrameKind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            parts: Vec::new(),
        }
    }
}

struct Reader<'c, 'a> {
    context: &'c mut Context<'a>,
    frames: Vec<Frame>,
    /// How many containers beyond the depth are open; their blocks go to the deepest frame.
    skipped: usize,
    reported_depth: bool,
    text: Option<(TextKind, InlineBuilder)>,
    table: Option<TableBuilder>,
    raw: Option<Raw>,
    front: Option<Range<usize>>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        if matches!(
            event,
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_)
        ) {
            self.context.text.push(range.clone());
        }
        match event {
            Event::Start(tag) if !is_inline(tag) => self.start(tag, range),
            Event::End(tag) if !is_inline_end(*tag) => self.end(*tag, &range),
            Event::Rule => {
                self.end_text();
                self.push(range, BlockKind::Rule);
            }
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                self.raw_text(text, &range);
            }
            _ => {
                let (_, builder) = self.text.get_or_insert_with(|| {
                    (TextKind::Paragraph, InlineBuilder::new(range.clone()))
                });
                builder.event(event, &range, self.context);
            }
        }
    }

    fn finish(mut self) -> (Vec<Block>, Option<Range<usize>>) {
        self.end_text();
        self.end_raw();
        self.end_table();
        while self.frames.len() > 1 {
            self.close_frame();
        }
        let parts = self.frames.pop().map(|root| root.parts).unwrap_or_default();
        let blocks = assemble::assemble(parts, Place::Top, self.context);
        (blocks, self.front)
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        self.end_text();
        match tag {
            Tag::Paragraph => self.begin_text(TextKind::Paragraph, range),
            Tag::Heading { level, .. } => self.begin_text(TextKind::Heading(*level as u8), range),
            Tag::TableCell => self.begin_text(TextKind::Cell, range),
            Tag::BlockQuote(_) => self.open_frame(FrameKind::Quote, range),
            Tag::List(start) => self.open_frame(
                FrameKind::List {
                    start: *start,
                    items: Vec::new(),
                    written: Vec::new(),
                },
                range,
            ),
            Tag::Item => {
                let label = self.item_label(&range);
                self.open_frame(FrameKind::Item { label }, range);
            }
            Tag::FootnoteDefinition(label) => self.open_frame(
                FrameKind::Note {
                    label: label.to_string(),
                },
                range,
            ),
            Tag::Table(alignments) => self.table = Some(TableBuilder::new(range, alignments)),
            Tag::CodeBlock(kind) => {
                if matches!(kind, CodeBlockKind::Indented) {
                    self.context.befunde.hinweis(
                        "eingerueckter-text",
                        &range,
                        "vier Leerzeichen am Anfang machen aus diesem Text einen Block in Schreibmaschinenschrift",
                        "den Text weniger als vier Zeichen einrücken; ist der Block gewollt, „```“ davor und danach setzen",
                    );
                }
                self.begin_raw(RawKind::Code, range);
            }
            Tag::HtmlBlock => self.begin_raw(RawKind::Html, range),
            Tag::MetadataBlock(_) => self.begin_raw(RawKind::Metadata, range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_text();
                if self.skipped > 0 {
                    self.skipped -= 1;
                } else {
                    self.close_frame();
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.end_head(range);
                }
            }
            TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.end_row(range, self.context);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.end_raw(),
            _ => self.end_text(),
        }
    }

    fn push(&mut self, range: Range<usize>, kind: BlockKind) {
        self.push_part(Part {
            range,
            kind: PartKind::Block(kind),
        });
    }

    fn push_part(&mut self, part: Part) {
        if let Some(frame) = self.frames.last_mut() {
            frame.parts.push(part);
        }
    }

    fn open_frame(&mut self, kind: FrameKind, range: Range<usize>) {
        if self.skipped == 0 && self.frames.len() <= DEPTH {
            self.frames.push(Frame::new(kind, range));
            return;
        }
        self.skipped += 1;
        if !self.reported_depth {
            self.reported_depth = true;
            self.context.befunde.fehler(
                "zu-tief-verschachtelt",
                &range,
                "hier sind zu viele Listen und Zitate ineinander verschachtelt; die tieferen werden flach gesetzt",
                "den Text mit weniger Ebenen gliedern",
            );
        }
    }

    fn close_frame(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let inside =
            |parts, context: &mut Context<'_>| assemble::assemble(parts, Place::Inside, context);
        match frame.kind {
            FrameKind::Root => {}
            FrameKind::Quote => {
                let blocks = inside(frame.parts, self.context);
                self.push(frame.range, BlockKind::Quote(blocks));
            }
            FrameKind::Note { label } => {
                let blocks = inside(frame.parts, self.context);
                let note = Note {
                    range: frame.range,
                    blocks,
                };
                let Context { notes, befunde, .. } = &mut *self.context;
                notes.define(&label, note, befunde);
            }
            FrameKind::Item { label } => {
                let blocks = inside(frame.parts, self.context);
                let item = ListItem {
                    range: frame.range,
                    label,
                    blocks,
                };
                if let Some(Frame {
                    kind: FrameKind::List { items, .. },
                    ..
                }) = self.frames.last_mut()
                {
                    items.push(item);
                }
            }
            FrameKind::List {
                start,
                items,
                written,
            } => {
                let kind = if start.is_some() {
                    ListKind::Decimal
                } else {
                    ListKind::Bullet
                };
                numbering::check_written(&written, &mut self.context.befunde);
                let list = List { kind, items };
                numbering::check_months(&list, &mut self.context.befunde);
                self.push(frame.range, BlockKind::List(list));
            }
        }
    }

    /// The label of the item that begins at `range`: what CommonMark counts, with the author's own sign behind it.
    fn item_label(&mut self, range: &Range<usize>) -> String {
        let source = self.context.source;
        let Some(Frame {
            kind:
                FrameKind::List {
                    start,
                    items,
                    written,
                },
            ..
        }) = self.frames.last_mut().filter(|_| self.skipped == 0)
        else {
            return numbering::BULLET.to_owned();
        };
        let Some(start) = *start else {
            return numbering::BULLET.to_owned();
        };
        let at_label = source.get(range.clone()).unwrap_or_default().trim_start();
        if let Some(number) = numbering::written_number(at_label) {
            written.push((number, range.clone()));
        }
        let count = start.saturating_add(items.len() as u64);
        numbering::decimal_label(count, at_label)
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        let (range, table) = table.finish();
        if table.head.is_none() && table.rows.is_empty() {
            self.context.befunde.warnung(
                "tabelle-leer",
                &range,
                "diese Tabelle hat weder Kopf noch Zeilen",
                "Zeilen ergänzen oder die Tabelle löschen",
            );
            return;
        }
        if table.rows.is_empty() {
            self.context.befunde.warnung(
                "tabelle-ohne-zeilen",
                &range,
                "diese Tabelle hat einen Kopf, aber keine Zeilen",
                "Zeilen ergänzen oder die Tabelle löschen",
            );
        }
        self.push(range, BlockKind::Table(table));
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
