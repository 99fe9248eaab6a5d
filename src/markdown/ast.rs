//! What a paper's Markdown says: blocks and runs of styled text, plain data for the layout.

use std::ops::Range;

use super::front::FrontMatter;

/// A parsed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What the front matter says; defaults where there is none.
    pub front: FrontMatter,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// Targets of links; a run names one by its index, so several runs can be one link.
    pub links: Vec<LinkTarget>,
    /// Footnotes in the order of their first reference; the label is the index + 1.
    pub notes: Vec<Note>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address outside the paper.
    Uri(String),
    /// A heading of the paper by its anchor (`#kosten` without the `#`).
    Anchor(String),
}

/// A footnote's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Place of the definition in the Markdown, in bytes.
    pub range: Range<usize>,
    /// The blocks of the note: paragraphs and lists.
    pub blocks: Vec<Block>,
}

/// A block and its place in the Markdown, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Place in the Markdown, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of blocks that a paper can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 to 6, as written.
        level: u8,
        /// Its text.
        text: Vec<Inline>,
        /// Link target: the key of the `klausel` directive before it, else a slug made from its text.
        anchor: String,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, bulleted, numbered or legal.
    List(List),
    /// A table.
    Table(Table),
    /// A block quote.
    Quote(Vec<Block>),
    /// Preformatted text.
    Code(String),
    /// A thematic break.
    Rule,
    /// A picture that stands alone in its paragraph.
    Figure {
        /// Path beside the Markdown file.
        path: String,
        /// Text alternative, never empty.
        alt: String,
        /// From the `titel` directive before it.
        caption: Option<String>,
    },
    /// A signature block.
    Signature {
        /// The body that signs.
        party: String,
        /// The office that signs.
        office: String,
    },
    /// Blocks that stay on one page.
    Together(Vec<Block>),
    /// Blocks on pages turned by 90°.
    Landscape(Vec<Block>),
    /// The next block begins a new page.
    PageBreak,
    /// An annex begins: all up to the next one is a paper of its own.
    Annex {
        /// What it bears at its head: `Anlage 1 zur Drucksache 215/21`.
        label: String,
        /// Its own front matter; defaults where it has none.
        front: Box<FrontMatter>,
    },
}

/// A list; the label of each item is text that stands in the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// How its items are labelled.
    pub kind: ListKind,
    /// The items in order.
    pub items: Vec<ListItem>,
}

/// How a list's items are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// Bullets (`-`, `*`, `+`).
    Bullet,
    /// `1.` `2.`: CommonMark's own numbered list.
    Decimal,
    /// `(1)` `(2)`: Absätze of a clause.
    Parenthesized,
    /// `a)` `b)`.
    Alphabetic,
    /// `aa)` `bb)`.
    DoubleAlphabetic,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Place in the Markdown, in bytes.
    pub range: Range<usize>,
    /// The label as it is set: `•`, `1.`, `(2)`, `a)`, `☐`, `☒`.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The head row, `None` where all its cells are empty (a label/value head).
    pub head: Option<Vec<Cell>>,
    /// The body rows.
    pub rows: Vec<Vec<Cell>>,
    /// From the `titel` directive before it.
    pub caption: Option<String>,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// From the delimiter row.
    pub alignment: Alignment,
    /// From the `spalten` directive: share of the width relative to the other columns.
    pub weight: Option<u32>,
}

/// How a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At the left (also where the delimiter row says nothing).
    Left,
    /// Centred.
    Center,
    /// At the right; a column of amounts aligns at the comma.
    Right,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Place in the Markdown, in bytes.
    pub range: Range<usize>,
    /// Its text.
    pub text: Vec<Inline>,
    /// Whether it names its row (a body cell that is wholly bold).
    pub row_heading: bool,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text in one style.
    Text(Run),
    /// A forced line break.
    Break,
    /// A reference to a footnote, by index into [`Document::notes`].
    NoteRef {
        /// Index of the note.
        note: usize,
        /// Place in the Markdown, in bytes.
        range: Range<usize>,
    },
}

/// Text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text as readers see it: entities and escapes resolved, line ends are spaces.
    pub text: String,
    /// How it looks and what it means.
    pub style: Style,
    /// The link that it belongs to, by index into [`Document::links`].
    pub link: Option<usize>,
    /// Place in the Markdown, in bytes.
    pub range: Range<usize>,
}

/// How a run looks and what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// `**…**`.
    pub bold: bool,
    /// `*…*`.
    pub italic: bool,
    /// `` `…` ``.
    pub code: bool,
    /// `~~…~~`: struck out by the author.
    pub struck: bool,
    /// `<ins>` or `<del>`: a change against an older text.
    pub change: Option<Change>,
    /// `<sup>` or `<sub>`.
    pub shift: Option<Shift>,
    /// `<span lang="…">`: a BCP 47 tag.
    pub language: Option<String>,
}

/// A change against an older text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Added.
    Inserted,
    /// Removed.
    Deleted,
}

/// A shift of the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// Superscript.
    Up,
    /// Subscript.
    Down,
}
