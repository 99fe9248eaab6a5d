//! Annexes: `<!-- anlage: … -->` begins one, and what follows is a paper of its own.
//!
//! Footnotes, definitions of links, keys of clauses and anchors of an annex are its own: two papers put together never
//! meddle with each other. Notes are numbered on through the whole.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::ast::{Block, BlockKind, Document, Inline, LinkTarget, List, Note, Table};
use super::directive::{self, Comment, Directive};
use super::finding::Befunde;
use super::front::{self, FrontMatter};

/// How many annexes a document may have: each is read by itself.
const MOST: usize = 99;

/// A stretch of the Markdown that is read by itself.
#[derive(Debug)]
pub(super) struct Part {
    /// The directive that begins it; none for the paper that the annexes belong to.
    pub(super) begin: Option<Begin>,
    /// Its text.
    pub(super) text: Range<usize>,
}

/// The directive that begins an annex.
#[derive(Debug)]
pub(super) struct Begin {
    /// Its place.
    pub(super) range: Range<usize>,
    /// What the annex bears at its head.
    pub(super) label: String,
    /// The annex's own front matter: the lines after the first.
    pub(super) front: Option<Range<usize>>,
}

impl Begin {
    /// The block that stands for the directive.
    pub(super) fn block(self, markdown: &str, befunde: &mut Befunde) -> Block {
        let front = match self.front {
            Some(range) => front::read::read(markdown, range, befunde),
            None => FrontMatter::default(),
        };
        Block {
            range: self.range,
            kind: BlockKind::Annex {
                label: self.label,
                front: Box::new(front),
            },
        }
    }
}

/// The paper and its annexes.
pub(super) fn split(markdown: &str, befunde: &mut Befunde) -> Vec<Part> {
    let mut begins = Vec::new();
    if markdown.contains("anlage:") {
        let mut depth = 0usize;
        for (event, range) in Parser::new_ext(markdown, super::options()).into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) if depth == 0 => {
                    begins.extend(begin(markdown, range));
                    depth += 1;
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    if let Some(surplus) = begins.get(MOST) {
        befunde.fehler(
            "zu-viele-anlagen",
            &surplus.range,
            format!("mehr als {MOST} Anlagen passen nicht in ein Papier"),
            "das Papier aufteilen",
        );
        begins.truncate(MOST);
    }
    let ends: Vec<usize> = begins.iter().map(|begin| begin.range.start).collect();
    let mut ends = ends.into_iter().chain([markdown.len()]);
    let mut parts = vec![Part {
        begin: None,
        text: 0..ends.next().unwrap_or_default(),
    }];
    for (begin, end) in begins.into_iter().zip(ends) {
        parts.push(Part {
            text: begin.range.end..end,
            begin: Some(begin),
        });
    }
    parts
}

/// The directive that a block of HTML is, if it begins an annex.
fn begin(markdown: &str, range: Range<usize>) -> Option<Begin> {
    let html = markdown.get(range.clone())?;
    let start = range.start + (html.len() - html.trim_start().len());
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    if inner.contains("-->") {
        return None;
    }
    let Comment::Directive(Directive::Anlage(label)) = directive::read(inner) else {
        return None;
    };
    let at = inner.find("anlage:")?;
    let front = inner.get(at..)?.find('\n').map(|line| at + line + 1);
    let front = front
        .filter(|from| !inner.get(*from..).unwrap_or_default().trim().is_empty())
        .map(|from| start + "<!--".len() + from..start + "<!--".len() + inner.len());
    Some(Begin {
        range: start..start + html.trim().len(),
        label,
        front,
    })
}

/// The part's text with all before it blanked, so that places stay those of the whole.
pub(super) fn isolated<'a>(markdown: &'a str, part: &Part) -> Cow<'a, str> {
    let text = markdown.get(part.text.clone()).unwrap_or_default();
    if part.begin.is_none() {
        return Cow::Borrowed(text);
    }
    let mut isolated = "\n".repeat(part.text.start);
    isolated.push_str(text);
    Cow::Owned(isolated)
}

/// Adds an annex to the document: notes and links are numbered on, anchors get a prefix that no other has.
pub(super) fn append(
    document: &mut Document,
    begin: Block,
    (mut blocks, links, mut notes): (Vec<Block>, Vec<LinkTarget>, Vec<Note>),
) {
    let earlier = document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Annex { .. }));
    let shift = Shift {
        notes: document.notes.len(),
        links: document.links.len(),
        // No slug and no key holds a slash.
        prefix: format!("anlage-{}/", earlier.count() + 1),
    };
    shift.blocks(&mut blocks);
    for note in &mut notes {
        shift.blocks(&mut note.blocks);
    }
    document.blocks.push(begin);
    document.blocks.extend(blocks);
    document.notes.extend(notes);
    document
        .links
        .extend(links.into_iter().map(|target| match target {
            LinkTarget::Anchor(anchor) => LinkTarget::Anchor(format!("{}{anchor}", shift.prefix)),
            uri => uri,
        }));
}

/// What becomes of the numbers and anchors of an annex.
struct Shift {
    notes: usize,
    links: usize,
    prefix: String,
}

impl Shift {
    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { text, anchor, .. } => {
                    anchor.insert_str(0, &self.prefix);
                    self.inlines(text);
                }
                BlockKind::Paragraph(text) => self.inlines(text),
                BlockKind::List(List { items, .. }) => {
                    for item in items {
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Table(Table { head, rows, .. }) => {
                    for cell in head.iter_mut().chain(rows).flatten() {
                        self.inlines(&mut cell.text);
                    }
                }
                BlockKind::Quote(inner)
                | BlockKind::Together(inner)
                | BlockKind::Landscape(inner) => self.blocks(inner),
                BlockKind::Code(_)
                | BlockKind::Rule
                | BlockKind::Figure { .. }
                | BlockKind::Signature { .. }
                | BlockKind::Annex { .. }
                | BlockKind::PageBreak => {}
            }
        }
    }

    fn inlines(&self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(run) => run.link = run.link.map(|link| link + self.links),
                Inline::NoteRef { note, .. } => *note += self.notes,
                Inline::Break => {}
            }
        }
    }
}
