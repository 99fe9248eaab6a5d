//! Drawings: SVG → paths of one colour each, in integers.
//!
//! Refuses whatever the page could not show as the author sees it (text that needs a font, pictures, gradients,
//! transparency, masks, scripts) instead of leaving it out. Opens no files and loads no fonts.

mod convert;

use usvg::roxmltree::{Document, Node, ParsingOptions};

use super::page::{Mpt, PathItem, Rect, Rgb, Segment, Stroke};
use super::picture::Refusal;

/// A larger file is refused.
const MAX_BYTES: usize = 4 << 20;
/// More segments of paths are refused.
const MAX_SEGMENTS: usize = 500_000;
/// A path with so many segments may be one of several copies.
const SHAPE: usize = 6;
/// Deeper nesting of elements is refused.
const MAX_DEPTH: usize = 100;
/// Longer styles are refused, in bytes of one attribute or element: whoever reads them counts lines anew for each rule.
const MAX_STYLE: usize = 16 << 10;
/// More elements than this are refused.
const MAX_ELEMENTS: u32 = 100_000;

/// A drawing, ready to be fitted into a rectangle.
///
/// Its lengths are in 1/1000 Mpt, so that a small drawing can be set large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    width: i64,
    height: i64,
    paths: Vec<PathItem>,
    /// The drawing's `<title>`.
    pub title: Option<String>,
    /// The drawing's `<desc>`.
    pub description: Option<String>,
}

/// One unit of SVG (1/96 inch) in the drawing's lengths.
const PIXEL: i64 = 750_000;

/// Reads a drawing.
///
/// # Errors
/// Refuses broken files, files beyond the budgets, and everything that is not a path of one opaque colour: `<text>`
/// (charts hold text as outlines), `<image>`, `<marker>` (turned by trigonometry of single precision, whose last bits
/// differ between systems), `<script>`, `<foreignObject>`, entities, gradients, patterns, masks,
/// filters, transparency, and clipping by anything but a rectangle.
pub fn read(bytes: &[u8]) -> Result<Drawing, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(format!(
            "die SVG-Datei hat mehr als {} MB",
            MAX_BYTES >> 20
        )));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| broken("die SVG-Datei ist nicht in UTF-8 geschrieben"))?;
    if text.contains("<!ENTITY") {
        return Err(Refusal::new(
            "svg-entitaeten",
            "die SVG-Datei definiert eigene Entitäten („<!ENTITY“); sie werden aus Vorsicht nicht ausgewertet",
            "die Zeichnung als „einfaches SVG“ speichern",
        ));
    }
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: 4 * MAX_ELEMENTS,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        broken(format!(
            "die SVG-Datei ist kein gültiges XML (Originalmeldung: {error})"
        ))
    })?;
    screen(document.root_element(), 0)?;
    let mut drawing = convert::drawing(&document)?;
    if drawing.paths.is_empty() {
        return Err(Refusal::new(
            "svg-leer",
            "die Zeichnung zeigt nichts: sie enthält keine sichtbare Fläche oder Linie",
            "die Zeichnung neu als „einfaches SVG“ speichern",
        ));
    }
    drawing.drop_ground();
    drawing.title = child_text(document.root_element(), "title");
    drawing.description = child_text(document.root_element(), "desc");
    Ok(drawing)
}

impl Drawing {
    /// Takes away a white ground: paper is white, and the ground would hide the mark of a draft that lies below.
    fn drop_ground(&mut self) {
        let (width, height) = (self.width, self.height);
        let is_ground = self.paths.first().is_some_and(|path| {
            let corners: Vec<_> = path
                .segments
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Move(x, y) | Segment::Line(x, y) => Some((*x, *y)),
                    Segment::Cubic(..) | Segment::Close => None,
                })
                .collect();
            let is_corner = |(x, y): (i64, i64)| (x == 0 || x == width) && (y == 0 || y == height);
            path.fill == Some(Rgb(255, 255, 255))
                && path.stroke.is_none()
                && !path
                    .segments
                    .iter()
                    .any(|s| matches!(s, Segment::Cubic(..)))
                && [(0, 0), (width, 0), (width, height), (0, height)]
                    .iter()
                    .all(|corner| corners.contains(corner))
                && corners.into_iter().all(is_corner)
        });
        if is_ground {
            self.paths.remove(0);
        }
    }

    /// Width and height in units of 1/96 inch, rounded up.
    pub fn size_in_pixels(&self) -> (u32, u32) {
        let pixels =
            |length: i64| u32::try_from((length.max(1) + PIXEL - 1) / PIXEL).unwrap_or(u32::MAX);
        (pixels(self.width), pixels(self.height))
    }

    /// Natural width and height.
    pub fn size(&self) -> (Mpt, Mpt) {
        ((self.width + 999) / 1000, (self.height + 999) / 1000)
    }

    /// The drawing's paths on the page: as large as `area` allows without distortion, in its middle.
    pub fn fit(&self, area: Rect) -> Vec<PathItem> {
        let by_width = i128::from(area.width) * i128::from(self.height)
            <= i128::from(area.height) * i128::from(self.width);
        let (numerator, denominator) = if by_width {
            (area.width, self.width)
        } else {
            (area.height, self.height)
        };
        let scale = Scale {
            numerator,
            denominator,
        };
        let x = area.x + (area.width - scale.length(self.width)) / 2;
        let y = area.y + (area.height - scale.length(self.height)) / 2;
        self.paths
            .iter()
            .map(|path| place(path, scale, x, y))
            .collect()
    }
}

/// A ratio of page to drawing.
#[derive(Clone, Copy)]
struct Scale {
    numerator: i64,
    denominator: i64,
}

impl Scale {
    fn length(self, length: i64) -> Mpt {
        let denominator = i128::from(self.denominator.max(1));
        let product = i128::from(length) * i128::from(self.numerator);
        let rounded = (2 * product + denominator).div_euclid(2 * denominator);
        Mpt::try_from(rounded).unwrap_or_default()
    }
}

fn place(path: &PathItem, scale: Scale, dx: Mpt, dy: Mpt) -> PathItem {
    let x = |value| dx + scale.length(value);
    let y = |value| dy + scale.length(value);
    let segments = match path.segments.first().copied() {
        // Copies of a shape stay copies: what lies between their points is rounded apart from where they lie.
        Some(Segment::Move(a, b)) if path.segments.len() >= SHAPE => {
            let along = |value| scale.length(value);
            let scaled = path.segments.iter();
            scaled
                .map(|segment| scaled_by(segment.moved(-a, -b), along, along).moved(x(a), y(b)))
                .collect()
        }
        _ => {
            let segments = path.segments.iter();
            segments.map(|segment| scaled_by(*segment, x, y)).collect()
        }
    };
    PathItem {
        segments,
        fill: path.fill,
        even_odd: path.even_odd,
        stroke: path.stroke.as_ref().map(|stroke| Stroke {
            width: scale.length(stroke.width),
            dashes: stroke
                .dashes
                .iter()
                .map(|dash| scale.length(*dash))
                .collect(),
            dash_offset: scale.length(stroke.dash_offset),
            ..stroke.clone()
        }),
        clip: path.clip.map(|clip| {
            let (left, top) = (x(clip.x), y(clip.y));
            Rect {
                x: left,
                y: top,
                width: x(clip.x + clip.width) - left,
                height: y(clip.y + clip.height) - top,
            }
        }),
    }
}

fn scaled_by(segment: Segment, x: impl Fn(i64) -> Mpt, y: impl Fn(i64) -> Mpt) -> Segment {
    match segment {
        Segment::Move(a, b) => Segment::Move(x(a), y(b)),
        Segment::Line(a, b) => Segment::Line(x(a), y(b)),
        Segment::Cubic(a, b, c, d, e, f) => Segment::Cubic(x(a), y(b), x(c), y(d), x(e), y(f)),
        Segment::Close => Segment::Close,
    }
}

/// Refuses elements that cannot be set, before the drawing library would drop them without a word.
fn screen(element: Node<'_, '_>, depth: usize) -> Result<(), Refusal> {
    if depth > MAX_DEPTH {
        return Err(too_large("die SVG-Datei ist zu tief verschachtelt"));
    }
    let is_style = element.tag_name().name() == "style";
    let rules = element.text().filter(|_| is_style);
    let styles = element.attribute("style").into_iter().chain(rules);
    if styles.map(str::len).any(|bytes| bytes > MAX_STYLE) {
        return Err(too_large(format!(
            "eine Angabe „style“ der SVG-Datei hat mehr als {} kB",
            MAX_STYLE >> 10
        )));
    }
    let refused = match element.tag_name().name() {
        "text" | "tspan" | "textPath" => Some((
            "svg-text",
            "die Zeichnung enthält Text („<text>“), der je nach Rechner in einer anderen Schrift erschiene",
            "den Text vor dem Speichern in Pfade umwandeln und seinen Wortlaut in „<title>“ und „<desc>“ angeben",
        )),
        "image" | "feImage" => Some((
            "svg-bild",
            "die Zeichnung bindet ein Bild ein („<image>“)",
            "das Bild für sich als PNG oder JPEG einbinden",
        )),
        "marker" => Some((
            "svg-marke",
            "die Zeichnung setzt Marken an Linien („<marker>“), die auf jedem Rechner ein wenig anders gedreht würden",
            "die Marken vor dem Speichern in Pfade umwandeln",
        )),
        "script" | "foreignObject" | "iframe" | "audio" | "video" => Some((
            "svg-skript",
            "die Zeichnung enthält Programmcode oder fremde Inhalte",
            "die Zeichnung als „einfaches SVG“ speichern",
        )),
        _ => None,
    };
    if let Some((regel, text, abhilfe)) = refused {
        return Err(Refusal::new(regel, text, abhilfe));
    }
    element
        .children()
        .filter(Node::is_element)
        .try_for_each(|child| screen(child, depth + 1))
}

fn child_text(element: Node<'_, '_>, name: &str) -> Option<String> {
    let child = element
        .children()
        .find(|child| child.tag_name().name() == name)?;
    let text: Vec<&str> = child
        .descendants()
        .filter(Node::is_text)
        .filter_map(|node| node.text())
        .flat_map(str::split_whitespace)
        .collect();
    (!text.is_empty()).then(|| text.join(" "))
}

fn too_large(text: impl Into<String>) -> Refusal {
    Refusal::new(
        "bild-zu-gross",
        text,
        "die Zeichnung vereinfachen oder als PNG speichern",
    )
}

fn broken(text: impl Into<String>) -> Refusal {
    Refusal::new(
        "bild-defekt",
        text,
        "die Zeichnung neu als „einfaches SVG“ speichern",
    )
}

#[cfg(test)]
mod tests {
    use super::super::page::LineCap;
    use super::*;
    use proptest::prelude::*;

    fn svg(body: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"200\" height=\"100\">{body}</svg>"
        )
    }

    fn refused(body: &str) -> &'static str {
        read(svg(body).as_bytes()).unwrap_err().regel
    }

    const SQUARE: Rect = Rect {
        x: 10_000,
        y: 20_000,
        width: 400_000,
        height: 400_000,
    };

    #[test]
    fn a_rectangle_lands_in_the_middle_of_its_area() {
        let drawing =
            read(svg("<rect width='100' height='50' fill='#ff8000'/>").as_bytes()).unwrap();
        let paths = drawing.fit(SQUARE);
        assert_eq!(paths.len(), 1);
        assert_eq!(paths[0].fill, Some(Rgb(255, 128, 0)));
        assert_eq!(paths[0].segments[0], Segment::Move(10_000, 120_000));
        assert!(
            paths[0].segments.contains(&Segment::Line(210_000, 220_000)),
            "{paths:?}"
        );
    }

    #[test]
    fn a_white_ground_is_the_papers_own() {
        let ground = "<rect width='200' height='100' fill='#fff'/>";
        let paths = |body: &str| read(svg(body).as_bytes()).unwrap().paths.len();
        assert_eq!(paths(ground), 0);
        assert_eq!(paths(&format!("{ground}{ground}")), 1);
        assert_eq!(paths("<rect width='200' height='50' fill='#fff'/>"), 1);
        assert_eq!(paths("<rect width='200' height='100' fill='#ffe'/>"), 1);
    }

    #[test]
    fn size_comes_in_points_and_pixels() {
        let drawing = read(svg("<path d='M0 0H9' stroke='red'/>").as_bytes()).unwrap();
        assert_eq!(drawing.size(), (150_000, 75_000));
        assert_eq!(drawing.size_in_pixels(), (200, 100));
    }

    #[test]
    fn a_style_beyond_its_budget_is_refused() {
        let rules = "a{fill:red}".repeat(MAX_STYLE / 10);
        let square = "<rect width='9' height='9'/>";
        assert_eq!(
            refused(&format!("<style>{rules}</style>{square}")),
            too_large("").regel
        );
        let attribute = "fill:red;".repeat(MAX_STYLE / 8);
        assert_eq!(
            refused(&format!("<rect width='9' height='9' style='{attribute}'/>")),
            too_large("").regel
        );
        let short = "<style>rect{fill:#00f}</style>";
        let drawing = read(svg(&format!("{short}{square}")).as_bytes()).unwrap();
        assert_eq!(drawing.paths[0].fill, Some(Rgb(0, 0, 255)));
    }

    #[test]
    fn title_and_description_are_read() {
        let drawing = read(
            svg("<title> Kosten\n 2022</title><desc>Balken</desc><rect width='9' height='9'/>")
                .as_bytes(),
        )
        .unwrap();
        assert_eq!(drawing.title.as_deref(), Some("Kosten 2022"));
        assert_eq!(drawing.description.as_deref(), Some("Balken"));
    }

    #[test]
    fn strokes_keep_their_dashes_and_caps() {
        let body = "<path d='M0 0H100' stroke='black' stroke-width='2' stroke-dasharray='4 2' stroke-linecap='round'/>";
        let paths = read(svg(body).as_bytes()).unwrap().fit(SQUARE);
        let stroke = paths[0].stroke.clone().unwrap();
        assert_eq!(stroke.width, 4_000);
        assert_eq!(stroke.dashes, vec![8_000, 4_000]);
        assert_eq!(stroke.cap, LineCap::Round);
    }

    #[test]
    fn what_leaves_the_canvas_is_clipped_to_it() {
        let paths = read(svg("<rect x='150' width='100' height='50'/>").as_bytes())
            .unwrap()
            .fit(SQUARE);
        let canvas = Rect {
            y: 120_000,
            height: 200_000,
            ..SQUARE
        };
        assert_eq!(paths[0].clip, Some(canvas));
    }

    #[test]
    fn a_rectangular_clip_is_kept() {
        let body = "<clipPath id='c'><rect x='10' y='10' width='50' height='20'/></clipPath>\
                    <g clip-path='url(#c)'><rect width='200' height='100'/></g>";
        let paths = read(svg(body).as_bytes()).unwrap().fit(SQUARE);
        let clip = Rect {
            x: 30_000,
            y: 140_000,
            width: 100_000,
            height: 40_000,
        };
        assert_eq!(paths[0].clip, Some(clip));
    }

    #[test]
    fn a_drawing_that_shows_nothing_is_refused() {
        for body in [
            "",
            "<g/>",
            "<rect width='9' height='9' fill='none'/>",
            "<g id='a'><use xlink:href='#a'/></g>",
        ] {
            assert_eq!(refused(body), "svg-leer", "{body}");
        }
    }

    #[test]
    fn text_is_refused() {
        assert_eq!(refused("<text>12 %</text>"), "svg-text");
    }

    #[test]
    fn pictures_are_refused() {
        assert_eq!(
            refused("<image xlink:href='https://example.org/x.png'/>"),
            "svg-bild"
        );
    }

    #[test]
    fn markers_are_refused() {
        assert_eq!(
            refused("<marker id='m'><path d='M0 0L9 9'/></marker>"),
            "svg-marke"
        );
    }

    #[test]
    fn scripts_are_refused() {
        assert_eq!(refused("<script>alert(1)</script>"), "svg-skript");
    }

    #[test]
    fn an_entity_bomb_is_refused() {
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>";
        assert_eq!(read(bomb.as_bytes()).unwrap_err().regel, "svg-entitaeten");
    }

    #[test]
    fn gradients_are_refused() {
        let body = "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>\
                    <rect width='9' height='9' fill='url(#g)'/>";
        assert_eq!(refused(body), "svg-verlauf");
    }

    #[test]
    fn transparency_is_refused() {
        assert_eq!(
            refused("<rect width='9' height='9' fill-opacity='0.5'/>"),
            "svg-transparenz"
        );
        assert_eq!(
            refused("<g opacity='0.5'><rect width='9' height='9'/></g>"),
            "svg-transparenz"
        );
    }

    #[test]
    fn a_round_clip_is_refused() {
        let body = "<clipPath id='c'><circle r='9'/></clipPath><g clip-path='url(#c)'><rect width='9' height='9'/></g>";
        assert_eq!(refused(body), "svg-maske");
    }

    #[test]
    fn deep_nesting_is_refused() {
        let body = format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000));
        assert_eq!(refused(&body), "bild-zu-gross");
    }

    #[test]
    fn broken_xml_is_refused() {
        assert_eq!(read(b"<svg").unwrap_err().regel, "bild-defekt");
    }

    proptest! {
        #[test]
        fn every_point_stays_in_its_area(x in 0i64..200, y in 0i64..100, width in 1i64..900_000, height in 1i64..900_000) {
            let drawing = read(svg(&format!("<path d='M{x} {y}L0 0L200 100z'/>")).as_bytes()).unwrap();
            let area = Rect { x: 7, y: 9, width, height };
            for path in drawing.fit(area) {
                for segment in path.segments {
                    if let Segment::Move(x, y) | Segment::Line(x, y) = segment {
                        prop_assert!((7..=7 + width).contains(&x) && (9..=9 + height).contains(&y));
                    }
                }
            }
        }
    }
}
