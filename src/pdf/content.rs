//! What is drawn: a page's marks as a content stream.
//!
//! One operator shows a whole run of glyphs; a text object stays open over as many marks as it can.

use super::font::{self, Fonts};
use super::shapes::{self, Shapes};
use super::syntax;
use crate::layout::page::{
    Artifact, FaceId, Image, Item, LineCap, LineJoin, Mark, Mpt, Owner, Page, PathItem, Rect, Rgb,
    Role, Stroke, TextRun,
};

mod show;
mod turn;

use turn::{hundred_thousandths, placement, sine_and_cosine};

/// The content stream of a page; `role` tells what a node is.
///
/// Marks of nodes are numbered from 0 in the page's order, as [`super::tags`] numbers them.
pub(super) fn stream<'a>(
    page: &Page,
    fonts: &Fonts,
    (images, shapes): (&[Image], &Shapes),
    role: impl Fn(usize) -> Option<&'a Role>,
) -> Vec<u8> {
    let mut writer = Writer {
        out: Vec::with_capacity(16 << 10),
        fonts,
        images,
        shapes,
        height: page.height,
        text: None,
        font: None,
        color: Rgb::BLACK,
    };
    let mut number = 0;
    for mark in &page.marks {
        writer.mark(mark, number, &role);
        if matches!(mark.owner, Owner::Node(_)) {
            number += 1;
        }
    }
    writer.end_text();
    writer.out
}

/// The name of a node's kind in the structure and in content streams.
pub(super) fn role_name(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::List(_) => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableRow => "TR",
        Role::TableHeading(_) => "TH",
        Role::TableData => "TD",
        Role::Caption => "Caption",
        Role::Link => "Link",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::Figure(_) => "Figure",
        Role::Quote => "BlockQuote",
        Role::Code => "Code",
        Role::Span => "Span",
    }
}

/// The resource name of a picture.
pub(super) fn image_name(index: usize) -> String {
    format!("Im{index}")
}

struct Writer<'a> {
    out: Vec<u8>,
    fonts: &'a Fonts,
    images: &'a [Image],
    shapes: &'a Shapes,
    height: Mpt,
    /// An open text object: the begin of its line, or none known after a rotation.
    text: Option<Option<(Mpt, Mpt)>>,
    font: Option<(FaceId, Mpt)>,
    color: Rgb,
}

impl Writer<'_> {
    fn mark<'a>(&mut self, mark: &Mark, number: i64, role: &impl Fn(usize) -> Option<&'a Role>) {
        let only_text = mark.items.iter().all(|item| matches!(item, Item::Text(_)));
        // Marked content lies within one text object or holds whole ones.
        if !only_text {
            self.end_text();
        }
        match mark.owner {
            Owner::Node(node) => {
                let tag = match mark.actual_text {
                    Some(_) => "Span",
                    None => role(node).map_or("Span", role_name),
                };
                syntax::name(&mut self.out, tag.as_bytes());
                self.out.extend_from_slice(b"<</MCID ");
                syntax::integer(&mut self.out, number);
                if let Some(text) = &mark.actual_text {
                    self.actual_text(text);
                }
                self.out.extend_from_slice(b">>BDC\n");
            }
            Owner::Artifact(kind) => self.out.extend_from_slice(match kind {
                Artifact::Header => {
                    b"/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n".as_slice()
                }
                Artifact::Footer => {
                    b"/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n"
                }
                Artifact::Watermark => b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
                Artifact::Layout => b"/Artifact<</Type/Layout>>BDC\n",
            }),
        }
        for item in &mark.items {
            match item {
                Item::Text(run) => self.run(run, mark.actual_text.is_none()),
                Item::Fill { area, color } => {
                    self.end_text();
                    self.fill_color(*color);
                    self.rectangle(*area);
                    self.out.extend_from_slice(b"f\n");
                }
                Item::Image { image, area } => {
                    self.end_text();
                    self.image(*image, *area);
                }
                Item::Path(path) => {
                    self.end_text();
                    self.path(path);
                }
            }
        }
        if !only_text {
            self.end_text();
        }
        self.out.extend_from_slice(b"EMC\n");
    }

    fn end_text(&mut self) {
        if self.text.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }

    fn actual_text(&mut self, text: &str) {
        self.out.extend_from_slice(b"/ActualText<FEFF");
        syntax::utf16_hex(&mut self.out, text);
        self.out.push(b'>');
    }

    fn fill_color(&mut self, color: Rgb) {
        if self.color != color {
            self.color = color;
            self.paint(color, b"g\n", b"rg\n");
        }
    }

    fn paint(&mut self, color: Rgb, gray: &[u8], rgb: &[u8]) {
        let share = |part: u8| (i64::from(part) * 1000 + 127) / 255;
        let Rgb(r, g, b) = color;
        if r == g && g == b {
            syntax::numbers(&mut self.out, &[share(r)]);
            self.out.extend_from_slice(gray);
        } else {
            syntax::numbers(&mut self.out, &[share(r), share(g), share(b)]);
            self.out.extend_from_slice(rgb);
        }
    }

    fn rectangle(&mut self, area: Rect) {
        let bottom = self.height - area.y - area.height;
        syntax::numbers(&mut self.out, &[area.x, bottom, area.width, area.height]);
        self.out.extend_from_slice(b"re\n");
    }

    fn image(&mut self, image: usize, area: Rect) {
        self.out.extend_from_slice(b"q\n");
        let orientation = self.images.get(image).map_or(1, |image| image.orientation);
        syntax::numbers(&mut self.out, &placement(area, self.height, orientation));
        self.out.extend_from_slice(b"cm ");
        syntax::name(&mut self.out, image_name(image).as_bytes());
        self.out.extend_from_slice(b" Do\nQ\n");
    }

    /// A path with the graphics state that it needs, which ends with it.
    fn path(&mut self, path: &PathItem) {
        let paint: &[u8] = match (path.fill.is_some(), path.stroke.is_some(), path.even_odd) {
            (true, true, true) => b"B*\n",
            (true, true, false) => b"B\n",
            (true, false, true) => b"f*\n",
            (true, false, false) => b"f\n",
            (false, true, _) => b"S\n",
            (false, false, _) => return,
        };
        if let (Some((number, (x, y))), Some(color)) = (self.shapes.find(path), path.fill) {
            self.fill_color(color);
            self.out.extend_from_slice(b"q 1 0 0 1 ");
            syntax::numbers(&mut self.out, &[x, self.height - y]);
            self.out.extend_from_slice(b"cm ");
            syntax::name(&mut self.out, shapes::name(number).as_bytes());
            self.out.extend_from_slice(b" Do Q\n");
            return;
        }
        self.out.extend_from_slice(b"q\n");
        if let Some(clip) = path.clip {
            self.rectangle(clip);
            self.out.extend_from_slice(b"W n\n");
        }
        if let Some(color) = path.fill {
            self.paint(color, b"g\n", b"rg\n");
        }
        if let Some(stroke) = &path.stroke {
            self.paint(stroke.color, b"G\n", b"RG\n");
            self.stroke(stroke);
        }
        for segment in &path.segments {
            shapes::spell(&mut self.out, *segment, self.height);
        }
        self.out.extend_from_slice(paint);
        self.out.extend_from_slice(b"Q\n");
    }

    fn stroke(&mut self, stroke: &Stroke) {
        syntax::numbers(&mut self.out, &[stroke.width]);
        self.out.extend_from_slice(b"w");
        self.out.extend_from_slice(match stroke.cap {
            LineCap::Butt => b"".as_slice(),
            LineCap::Round => b" 1 J",
            LineCap::Square => b" 2 J",
        });
        match stroke.join {
            LineJoin::Miter => {
                self.out.push(b' ');
                syntax::numbers(&mut self.out, &[stroke.miter_limit.max(1000)]);
                self.out.push(b'M');
            }
            LineJoin::Round => self.out.extend_from_slice(b" 1 j"),
            LineJoin::Bevel => self.out.extend_from_slice(b" 2 j"),
        }
        // Dashes that add up to nothing are no dashes; readers refuse them.
        if stroke.dashes.iter().any(|dash| *dash > 0) && stroke.dashes.iter().all(|dash| *dash >= 0)
        {
            syntax::number_array(&mut self.out, &stroke.dashes);
            syntax::numbers(&mut self.out, &[stroke.dash_offset]);
            self.out.push(b'd');
        }
        self.out.push(b'\n');
    }

    fn run(&mut self, run: &TextRun, may_span: bool) {
        let Some(face) = self.fonts.face(run.face) else {
            return;
        };
        if run.glyphs.is_empty() {
            return;
        }
        if self.text.is_none() {
            self.out.extend_from_slice(b"BT\n");
            self.text = Some(Some((0, 0)));
        }
        if self.font != Some((run.face, run.size)) {
            self.font = Some((run.face, run.size));
            syntax::name(&mut self.out, font::resource_name(run.face).as_bytes());
            self.out.push(b' ');
            syntax::numbers(&mut self.out, &[run.size]);
            self.out.extend_from_slice(b"Tf\n");
        }
        self.fill_color(run.color);
        self.place(run);
        self.show(run, face, may_span);
    }

    /// Moves to the run's begin: relative to the line before, or by a matrix where the text is or was rotated.
    fn place(&mut self, run: &TextRun) {
        let (x, y) = (run.x, self.height - run.y);
        match self.text.flatten() {
            Some(line) if run.angle == 0 => {
                if line != (x, y) {
                    syntax::numbers(&mut self.out, &[x - line.0, y - line.1]);
                    self.out.extend_from_slice(b"Td\n");
                } else {
                    self.out.extend_from_slice(b"0 0 Td\n");
                }
                self.text = Some(Some((x, y)));
            }
            _ => {
                let (sine, cosine) = sine_and_cosine(run.angle);
                for value in [cosine, sine, -sine, cosine] {
                    hundred_thousandths(&mut self.out, value);
                }
                syntax::numbers(&mut self.out, &[x, y]);
                self.out.extend_from_slice(b"Tm\n");
                self.text = Some((run.angle == 0).then_some((x, y)));
            }
        }
    }
}
