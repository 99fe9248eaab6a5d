//! Pages as plain data: what stands where, and which block each mark belongs to.
//!
//! All lengths are integers in 1/1000 pt ([`Mpt`]), so that the same paper has the same bytes on every machine.
//! The origin is the upper left corner of the page; y grows downwards; a text's y is its baseline.

use std::ops::Range;

/// A length in 1/1000 pt.
pub type Mpt = i64;

/// A typeset paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The structure; node 0 is the document.
    pub tree: Vec<Node>,
    /// Bookmarks in reading order.
    pub outline: Vec<OutlineItem>,
    /// Pictures used on the pages.
    pub images: Vec<Image>,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Width.
    pub width: Mpt,
    /// Height.
    pub height: Mpt,
    /// Marked content in reading order, artifacts after it where they come to lie on top.
    pub marks: Vec<Mark>,
    /// Areas of links.
    pub links: Vec<LinkArea>,
}

/// A piece of marked content: things that belong to one node of the structure, or to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it belongs to.
    pub owner: Owner,
    /// Text that stands for the mark when it is read or copied, e.g. U+00AD for the hyphen at a line's end.
    pub actual_text: Option<String>,
    /// What is drawn.
    pub items: Vec<Item>,
}

/// What a mark belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A node of the structure.
    Node(NodeId),
    /// Nothing that is read aloud.
    Artifact(Artifact),
}

/// Kinds of marks that are not part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    /// Head of the page.
    Header,
    /// Foot of the page.
    Footer,
    /// „Entwurf“ across the page.
    Watermark,
    /// Rules, fills, repeated table heads.
    Layout,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Glyphs on one baseline.
    Text(TextRun),
    /// A filled rectangle; rules are thin rectangles.
    Fill {
        /// Where.
        area: Rect,
        /// In which colour.
        color: Rgb,
    },
    /// A picture scaled into a rectangle.
    Image {
        /// Index into [`Pages::images`].
        image: usize,
        /// Where.
        area: Rect,
    },
    /// A path of an SVG.
    Path(PathItem),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub x: Mpt,
    /// Upper edge.
    pub y: Mpt,
    /// Width.
    pub width: Mpt,
    /// Height.
    pub height: Mpt,
}

/// A colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Black.
    pub const BLACK: Self = Self(0, 0, 0);
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRun {
    /// The face.
    pub face: FaceId,
    /// Size of the type.
    pub size: Mpt,
    /// Left edge of the first glyph.
    pub x: Mpt,
    /// Baseline.
    pub y: Mpt,
    /// Colour.
    pub color: Rgb,
    /// Rotation counter-clockwise about (x, y) in degrees; 0 for all but the watermark.
    pub angle: u16,
    /// The text that the glyphs show.
    pub text: String,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

/// One glyph of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph {
    /// Number of the glyph in its face.
    pub id: u16,
    /// How far the pen moves, justification and kerning included.
    pub advance: Mpt,
    /// How far to the right of the pen the glyph is drawn.
    pub x_offset: Mpt,
    /// How far above the baseline of its run the glyph is drawn.
    pub y_offset: Mpt,
    /// The bytes of [`TextRun::text`] that it shows; glyphs after the first of a cluster have an empty range.
    pub text: Range<u32>,
}

/// The faces that the program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum FaceId {
    /// Source Serif 4 Regular: text.
    Serif,
    /// Source Serif 4 Bold.
    SerifBold,
    /// Source Serif 4 Italic.
    SerifItalic,
    /// Source Serif 4 Bold Italic.
    SerifBoldItalic,
    /// Source Sans 3 Regular: tables, heads, feet.
    Sans,
    /// Source Sans 3 Bold: headings.
    SansBold,
    /// Source Sans 3 Italic.
    SansItalic,
    /// Source Sans 3 Bold Italic.
    SansBoldItalic,
}

impl FaceId {
    /// All faces in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Serif,
        Self::SerifBold,
        Self::SerifItalic,
        Self::SerifBoldItalic,
        Self::Sans,
        Self::SansBold,
        Self::SansItalic,
        Self::SansBoldItalic,
    ];

    /// The font's file, a TrueType font.
    pub fn data(self) -> &'static [u8] {
        match self {
            Self::Serif => include_bytes!("../pdf/fonts/SourceSerif4-Regular.ttf"),
            Self::SerifBold => include_bytes!("../pdf/fonts/SourceSerif4-Bold.ttf"),
            Self::SerifItalic => include_bytes!("../pdf/fonts/SourceSerif4-It.ttf"),
            Self::SerifBoldItalic => include_bytes!("../pdf/fonts/SourceSerif4-BoldIt.ttf"),
            Self::Sans => include_bytes!("../pdf/fonts/SourceSans3-Regular.ttf"),
            Self::SansBold => include_bytes!("../pdf/fonts/SourceSans3-Bold.ttf"),
            Self::SansItalic => include_bytes!("../pdf/fonts/SourceSans3-It.ttf"),
            Self::SansBoldItalic => include_bytes!("../pdf/fonts/SourceSans3-BoldIt.ttf"),
        }
    }
}

/// A picture of pixels as its file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The bytes of the file, PNG or JPEG.
    pub bytes: std::sync::Arc<[u8]>,
    /// Width of the stored picture in pixels.
    pub width: u32,
    /// Height of the stored picture in pixels.
    pub height: u32,
    /// How it is turned and mirrored before it fills its area, 1 to 8 as in EXIF; 1 is as stored.
    pub orientation: u8,
}

impl Pages {
    /// Place in the Markdown of the figure that shows a picture; empty for logos.
    pub fn source_of_image(&self, index: usize) -> Range<usize> {
        let shows = |item: &Item| matches!(item, Item::Image { image, .. } if *image == index);
        self.pages
            .iter()
            .flat_map(|page| &page.marks)
            .filter(|mark| mark.items.iter().any(shows))
            .find_map(|mark| match mark.owner {
                Owner::Node(node) => self.tree.get(node).map(|node| node.source.clone()),
                Owner::Artifact(_) => None,
            })
            .unwrap_or(0..0)
    }
}

/// A path of an SVG in page coordinates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathItem {
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Colour of its area.
    pub fill: Option<Rgb>,
    /// Whether areas are counted even-odd.
    pub even_odd: bool,
    /// Its outline.
    pub stroke: Option<Stroke>,
    /// What lies outside of it is not drawn.
    pub clip: Option<Rect>,
}

/// The outline of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stroke {
    /// Colour.
    pub color: Rgb,
    /// Width.
    pub width: Mpt,
    /// How open ends look.
    pub cap: LineCap,
    /// How corners look.
    pub join: LineJoin,
    /// How far a mitred corner may reach, in 1/1000 of the width.
    pub miter_limit: i64,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dashes: Vec<Mpt>,
    /// Where in `dashes` the line begins.
    pub dash_offset: Mpt,
}

/// How the open ends of a line look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCap {
    /// Cut off at the end.
    Butt,
    /// With half a disc.
    Round,
    /// With half a square.
    Square,
}

/// How the corners of a line look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineJoin {
    /// Pointed.
    Miter,
    /// Rounded.
    Round,
    /// Cut off.
    Bevel,
}

/// A segment of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// Begins a new figure.
    Move(Mpt, Mpt),
    /// A straight line.
    Line(Mpt, Mpt),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Mpt, Mpt, Mpt, Mpt, Mpt, Mpt),
    /// Back to the figure's begin.
    Close,
}

impl Segment {
    /// The same segment elsewhere.
    pub fn moved(self, dx: Mpt, dy: Mpt) -> Self {
        match self {
            Self::Move(x, y) => Self::Move(x + dx, y + dy),
            Self::Line(x, y) => Self::Line(x + dx, y + dy),
            Self::Cubic(a, b, c, d, x, y) => {
                Self::Cubic(a + dx, b + dy, c + dx, d + dy, x + dx, y + dy)
            }
            Self::Close => Self::Close,
        }
    }
}

/// Number of a node in [`Pages::tree`].
pub type NodeId = usize;

/// A node of the structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// Its parent; the document is its own.
    pub parent: NodeId,
    /// What it holds, in reading order.
    pub kids: Vec<Kid>,
    /// What is read aloud instead: figures, and changed text with a word on the change.
    pub alt: Option<String>,
    /// Language where it differs from the document's.
    pub language: Option<String>,
    /// Place in the Markdown, in bytes; empty for nodes without one.
    pub source: Range<usize>,
}

/// A child of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kid {
    /// Another node.
    Node(NodeId),
    /// A mark on a page.
    Mark {
        /// Index of the page.
        page: usize,
        /// Index into [`Page::marks`].
        mark: usize,
    },
    /// An area of a link.
    Link {
        /// Index of the page.
        page: usize,
        /// Index into [`Page::links`].
        link: usize,
    },
}

/// What a node is, in terms of PDF 1.7, 14.8.4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The whole paper.
    Document,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list; how it is numbered.
    List(ListNumbering),
    /// An item of a list.
    ListItem,
    /// An item's label.
    Label,
    /// An item's text.
    ListBody,
    /// A table.
    Table,
    /// Its head.
    TableHead,
    /// Its body.
    TableBody,
    /// A row.
    TableRow,
    /// A heading cell.
    TableHeading(Scope),
    /// A data cell.
    TableData,
    /// Title of a table or figure.
    Caption,
    /// A link.
    Link,
    /// A footnote.
    Note,
    /// A reference to a footnote.
    Reference,
    /// A figure with its bounding box on the page.
    Figure(Rect),
    /// A block quote.
    Quote,
    /// Preformatted text.
    Code,
    /// A stretch of text with a property of its own.
    Span,
}

/// What a heading cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

/// How a list is numbered, in terms of PDF 1.7, table 347.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListNumbering {
    /// Not at all: other labels.
    None,
    /// Bullets.
    Disc,
    /// Arabic numbers.
    Decimal,
    /// Small letters.
    LowerAlpha,
}

/// A rectangle that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkArea {
    /// The link's node.
    pub node: NodeId,
    /// Where.
    pub area: Rect,
    /// Where to.
    pub target: Destination,
    /// What a screen reader says of it.
    pub contents: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// An address.
    Uri(String),
    /// A place in the paper.
    Page {
        /// Index of the page.
        page: usize,
        /// Upper edge of the target.
        y: Mpt,
    },
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// 1 for the outermost; never more than one deeper than its predecessor.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Index of the page.
    pub page: usize,
    /// Upper edge of the heading.
    pub y: Mpt,
}
