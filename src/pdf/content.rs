//! What is drawn: a page's marks as a content stream.
//!
//! One operator shows a whole run of glyphs; a text object stays open over as many marks as it can.

use super::font::{self, Face, Fonts};
use super::syntax;
use crate::layout::page::{
    Artifact, FaceId, Image, Item, LineCap, LineJoin, Mark, Mpt, Owner, Page, PathItem, Rect, Rgb,
    Role, Segment, Stroke, TextRun,
};

/// The content stream of a page; `role` tells what a node is.
///
/// Marks of nodes are numbered from 0 in the page's order, as [`super::tags`] numbers them.
pub(super) fn stream<'a>(
    page: &Page,
    fonts: &Fonts,
    images: &[Image],
    role: impl Fn(usize) -> Option<&'a Role>,
) -> Vec<u8> {
    let mut writer = Writer {
        out: Vec::with_capacity(16 << 10),
        fonts,
        images,
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
            self.segment(*segment);
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

    fn segment(&mut self, segment: Segment) {
        let flip = |y: Mpt| self.height - y;
        match segment {
            Segment::Move(x, y) => {
                let y = flip(y);
                syntax::numbers(&mut self.out, &[x, y]);
                self.out.extend_from_slice(b"m\n");
            }
            Segment::Line(x, y) => {
                let y = flip(y);
                syntax::numbers(&mut self.out, &[x, y]);
                self.out.extend_from_slice(b"l\n");
            }
            Segment::Cubic(a, b, c, d, x, y) => {
                let (b, d, y) = (flip(b), flip(d), flip(y));
                syntax::numbers(&mut self.out, &[a, b, c, d, x, y]);
                self.out.extend_from_slice(b"c\n");
            }
            Segment::Close => self.out.extend_from_slice(b"h\n"),
        }
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

    /// Shows the run's glyphs; a cluster that readers could not read from its glyphs carries its text.
    fn show(&mut self, run: &TextRun, face: &Face, may_span: bool) {
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

/// The matrix that turns the unit square, in which a picture lies, into its area on the page.
fn placement(area: Rect, page_height: Mpt, orientation: u8) -> [Mpt; 6] {
    let (width, height) = (area.width, area.height);
    let (left, bottom) = (area.x, page_height - area.y - height);
    let (right, top) = (left + width, bottom + height);
    match orientation {
        2 => [-width, 0, 0, height, right, bottom],
        3 => [-width, 0, 0, -height, right, top],
        4 => [width, 0, 0, -height, left, top],
        5 => [0, -height, -width, 0, right, top],
        6 => [0, -height, width, 0, left, top],
        7 => [0, height, width, 0, left, bottom],
        8 => [0, height, -width, 0, right, bottom],
        _ => [width, 0, 0, height, left, bottom],
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

/// Appends a number given in 1/100000, and a space.
fn hundred_thousandths(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let value = value.abs();
    syntax::integer(out, value / 100_000);
    out.push(b'.');
    let mut unit = 10_000;
    while unit > 0 {
        out.push(b'0' + (value / unit % 10) as u8);
        unit /= 10;
    }
    out.push(b' ');
}

/// Sine and cosine of an angle in degrees, in 1/100000.
fn sine_and_cosine(degrees: u16) -> (i64, i64) {
    let sine = |degrees: usize| SINES.get(degrees).copied().unwrap_or_default();
    let within = usize::from(degrees % 90);
    let (sine, cosine) = (sine(within), sine(90 - within));
    match degrees / 90 % 4 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

/// Sines of 0 to 90 degrees in 1/100000: written down because computed ones differ between systems.
#[rustfmt::skip]
const SINES: [i64; 91] = [
    0, 1745, 3490, 5234, 6976, 8716, 10453, 12187, 13917, 15643, 17365, 19081, 20791, 22495, 24192, 25882, 27564,
    29237, 30902, 32557, 34202, 35837, 37461, 39073, 40674, 42262, 43837, 45399, 46947, 48481, 50000, 51504, 52992,
    54464, 55919, 57358, 58779, 60182, 61566, 62932, 64279, 65606, 66913, 68200, 69466, 70711, 71934, 73135, 74314,
    75471, 76604, 77715, 78801, 79864, 80902, 81915, 82904, 83867, 84805, 85717, 86603, 87462, 88295, 89101, 89879,
    90631, 91355, 92050, 92718, 93358, 93969, 94552, 95106, 95630, 96126, 96593, 97030, 97437, 97815, 98163, 98481,
    98769, 99027, 99255, 99452, 99619, 99756, 99863, 99939, 99985, 100000,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_picture_fills_its_area_however_it_is_turned() {
        let area = Rect {
            x: 10,
            y: 20,
            width: 30,
            height: 40,
        };
        // Where the picture's upper left corner comes to lie, as EXIF names the orientations.
        let corners = [
            (10, 80),
            (40, 80),
            (40, 40),
            (10, 40),
            (10, 80),
            (40, 80),
            (40, 40),
            (10, 40),
        ];
        for (orientation, corner) in (1..).zip(corners) {
            let [a, b, c, d, e, f] = placement(area, 100, orientation);
            assert_eq!((c + e, d + f), corner, "{orientation}");
            let opposite = (a + e, b + f);
            assert_eq!(
                (corner.0 + opposite.0, corner.1 + opposite.1),
                (50, 120),
                "{orientation}"
            );
        }
    }

    #[test]
    fn angles_of_all_quadrants() {
        assert_eq!(sine_and_cosine(0), (0, 100_000));
        assert_eq!(sine_and_cosine(55), (81_915, 57_358));
        assert_eq!(sine_and_cosine(90), (100_000, 0));
        assert_eq!(sine_and_cosine(225), (-70_711, -70_711));
        assert_eq!(sine_and_cosine(270), (-100_000, 0));
    }

    #[test]
    fn small_numbers_keep_their_zeros() {
        let mut out = Vec::new();
        hundred_thousandths(&mut out, -1_745);
        assert_eq!(out, b"-0.01745 ");
    }

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
