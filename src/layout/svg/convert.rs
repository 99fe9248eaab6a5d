//! The border to the drawing library: its floats become integers here and nowhere else.
//!
//! Coordinates are rounded to 1/1000 Mpt as they come in. The library stores IEEE 754 single precision. Only arcs and
//! rotations use trigonometry, whose last bit may differ between systems: it is of double precision, nine digits below
//! what is stored, and thus goes in rounding. Markers, which it turns in single precision, are refused, and bounds of
//! strokes, which it finds with single precision, are not asked for.
#![allow(clippy::float_arithmetic)]

use usvg::tiny_skia_path::{PathSegment, Point, Transform};
use usvg::{Group, Node, Options, Paint, PaintOrder, Path, Tree, roxmltree};

use super::super::page::{LineCap, LineJoin, PathItem, Rect, Rgb, Segment, Stroke};
use super::super::picture::Refusal;
use super::{Drawing, MAX_SEGMENTS, PIXEL, SHAPE, broken, too_large};

/// Larger coordinates are drawn at this distance, which no page shows.
const FAR: f32 = 1e6;

/// The drawing of a document that holds nothing but paths; without its title.
pub(super) fn drawing(document: &roxmltree::Document<'_>) -> Result<Drawing, Refusal> {
    let tree = Tree::from_xmltree(document, &Options::default()).map_err(|error| match error {
        usvg::Error::ElementsLimitReached => too_large("die SVG-Datei hat zu viele Elemente"),
        usvg::Error::InvalidSize => {
            broken("die Zeichnung hat keine Größe („width“, „height“ oder „viewBox“ fehlt)")
        }
        other => broken(format!(
            "die SVG-Datei lässt sich nicht lesen (Originalmeldung: {other})"
        )),
    })?;
    let canvas = Rect {
        x: 0,
        y: 0,
        width: length(tree.size().width()).max(1),
        height: length(tree.size().height()).max(1),
    };
    let mut converter = Converter {
        paths: Vec::new(),
        segments: 0,
        canvas,
    };
    converter.group(tree.root(), None)?;
    Ok(Drawing {
        width: canvas.width,
        height: canvas.height,
        paths: converter.paths,
        title: None,
        description: None,
    })
}

struct Converter {
    paths: Vec<PathItem>,
    segments: usize,
    canvas: Rect,
}

impl Converter {
    fn group(&mut self, group: &Group, clip: Option<Rect>) -> Result<(), Refusal> {
        if group.opacity().get() < 1.0 || group.blend_mode() != usvg::BlendMode::Normal {
            return Err(transparent());
        }
        if group.mask().is_some() || !group.filters().is_empty() {
            return Err(masked());
        }
        let clip = match group.clip_path() {
            Some(path) => Some(intersection(clip, clip_area(path, group.abs_transform())?)),
            None => clip,
        };
        for child in group.children() {
            match child {
                Node::Group(child) => self.group(child, clip)?,
                Node::Path(path) => self.path(path, clip)?,
                Node::Image(_) | Node::Text(_) => {
                    return Err(broken("die Zeichnung enthält mehr als Pfade"));
                }
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, clip: Option<Rect>) -> Result<(), Refusal> {
        if !path.is_visible() {
            return Ok(());
        }
        let fill = path
            .fill()
            .map(|fill| color(fill.paint(), fill.opacity()))
            .transpose()?;
        let stroke = path
            .stroke()
            .map(|line| stroke(line, path.abs_transform()))
            .transpose()?;
        let segments = segments(path.data(), path.abs_transform());
        self.segments += segments.len();
        if self.segments > MAX_SEGMENTS {
            return Err(too_large(format!(
                "die Zeichnung hat mehr als {MAX_SEGMENTS} Striche"
            )));
        }
        let leaves = leaves(&segments, stroke.as_ref(), self.canvas);
        let item = PathItem {
            segments,
            fill,
            even_odd: path
                .fill()
                .is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd),
            stroke,
            clip: if leaves {
                Some(intersection(clip, self.canvas))
            } else {
                clip
            },
        };
        if path.paint_order() == PaintOrder::StrokeAndFill
            && item.fill.is_some()
            && item.stroke.is_some()
        {
            self.paths.push(PathItem {
                fill: None,
                ..item.clone()
            });
            self.paths.push(PathItem {
                stroke: None,
                ..item
            });
        } else if item.fill.is_some() || item.stroke.is_some() {
            self.paths.push(item);
        }
        Ok(())
    }
}

/// Whether a path may reach beyond the canvas, judged by its points and the reach of its stroke, in integers: the
/// library's own bounds of strokes come from trigonometry of single precision.
fn leaves(segments: &[Segment], stroke: Option<&Stroke>, canvas: Rect) -> bool {
    let reach = stroke.map_or(0, |stroke| {
        let factor = match stroke.join {
            LineJoin::Miter => stroke.miter_limit.max(2_000),
            LineJoin::Round | LineJoin::Bevel => 2_000,
        };
        stroke.width.saturating_mul(factor) / 2_000
    });
    let beyond = |x: i64, y: i64| {
        x - reach < 0 || y - reach < 0 || x + reach > canvas.width || y + reach > canvas.height
    };
    segments.iter().any(|segment| match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => beyond(x, y),
        Segment::Cubic(a, b, c, d, x, y) => beyond(a, b) || beyond(c, d) || beyond(x, y),
        Segment::Close => false,
    })
}

fn color(paint: &Paint, opacity: usvg::Opacity) -> Result<Rgb, Refusal> {
    if opacity.get() < 1.0 {
        return Err(transparent());
    }
    match paint {
        Paint::Color(color) => Ok(Rgb(color.red, color.green, color.blue)),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) | Paint::Pattern(_) => {
            Err(Refusal::new(
                "svg-verlauf",
                "die Zeichnung enthält einen Farbverlauf oder ein Füllmuster",
                "die Flächen einfarbig füllen oder die Zeichnung als PNG speichern",
            ))
        }
    }
}

fn stroke(stroke: &usvg::Stroke, transform: Transform) -> Result<Stroke, Refusal> {
    // A line under a distorting transform gets the width that keeps its area.
    let scale = (transform.sx * transform.sy - transform.kx * transform.ky)
        .abs()
        .sqrt();
    Ok(Stroke {
        color: color(stroke.paint(), stroke.opacity())?,
        width: length(stroke.width().get() * scale),
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        miter_limit: integer(stroke.miterlimit().get() * 1000.0),
        dashes: stroke
            .dasharray()
            .unwrap_or_default()
            .iter()
            .map(|dash| length(dash * scale))
            .collect(),
        dash_offset: length(stroke.dashoffset() * scale),
    })
}

/// The segments of a path on the canvas. Those of a shape are rounded as seen from its first point, so that copies of a
/// shape are copies of each other; a line or rectangle is rounded where it lies, so that it meets its neighbours.
fn segments(path: &usvg::tiny_skia_path::Path, transform: Transform) -> Vec<Segment> {
    let mut here = Point::zero();
    let on_canvas = |mut point: Point| {
        transform.map_point(&mut point);
        (length(point.x), length(point.y))
    };
    let linear = Transform {
        tx: 0.0,
        ty: 0.0,
        ..transform
    };
    let origin = path.points().first().copied().unwrap_or_default();
    let (left, top) = on_canvas(origin);
    let is_shape = path.len() >= SHAPE;
    let map = |point: Point| {
        if !is_shape {
            return on_canvas(point);
        }
        let mut point = point - origin;
        linear.map_point(&mut point);
        (left + length(point.x), top + length(point.y))
    };
    let path = path.segments();
    path.map(|segment| match segment {
        PathSegment::MoveTo(to) => {
            here = to;
            let (x, y) = map(to);
            Segment::Move(x, y)
        }
        PathSegment::LineTo(to) => {
            here = to;
            let (x, y) = map(to);
            Segment::Line(x, y)
        }
        PathSegment::QuadTo(control, to) => {
            let (a, b) = map(between(here, control));
            let (c, d) = map(between(to, control));
            here = to;
            let (x, y) = map(to);
            Segment::Cubic(a, b, c, d, x, y)
        }
        PathSegment::CubicTo(first, second, to) => {
            here = to;
            let ((a, b), (c, d), (x, y)) = (map(first), map(second), map(to));
            Segment::Cubic(a, b, c, d, x, y)
        }
        PathSegment::Close => Segment::Close,
    })
    .collect()
}

/// Two thirds of the way: a quadratic curve's control point as one of a cubic curve.
fn between(from: Point, control: Point) -> Point {
    Point::from_xy(
        from.x + (control.x - from.x) * 2.0 / 3.0,
        from.y + (control.y - from.y) * 2.0 / 3.0,
    )
}

/// The rectangle that a clip path is; other clips are refused.
fn clip_area(clip: &usvg::ClipPath, group: Transform) -> Result<Rect, Refusal> {
    let [Node::Path(path)] = clip.root().children() else {
        return Err(masked());
    };
    if clip.clip_path().is_some() {
        return Err(masked());
    }
    let transform = group
        .pre_concat(clip.transform())
        .pre_concat(path.abs_transform());
    let mut corners = Vec::new();
    for segment in segments(path.data(), transform) {
        match segment {
            Segment::Move(x, y) | Segment::Line(x, y) => corners.push((x, y)),
            Segment::Close => {}
            Segment::Cubic(..) => return Err(masked()),
        }
    }
    if corners.len() == 5 && corners.first() == corners.last() {
        corners.pop();
    }
    let [a, b, c, d] = corners[..] else {
        return Err(masked());
    };
    // Neighbouring corners share a coordinate, give or take a rounding.
    let near = |one: i64, other: i64| (one - other).abs() <= 2;
    let upright = near(a.0, b.0) && near(b.1, c.1) && near(c.0, d.0) && near(d.1, a.1);
    let lying = near(a.1, b.1) && near(b.0, c.0) && near(c.1, d.1) && near(d.0, a.0);
    if !upright && !lying {
        return Err(masked());
    }
    Ok(Rect {
        x: a.0.min(c.0),
        y: a.1.min(c.1),
        width: (a.0 - c.0).abs(),
        height: (a.1 - c.1).abs(),
    })
}

fn intersection(one: Option<Rect>, other: Rect) -> Rect {
    let Some(one) = one else { return other };
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    Rect {
        x,
        y,
        width: ((one.x + one.width).min(other.x + other.width) - x).max(0),
        height: ((one.y + one.height).min(other.y + other.height) - y).max(0),
    }
}

fn length(pixels: f32) -> i64 {
    // `clamp` keeps a NaN, which the conversion turns into 0.
    #[allow(clippy::cast_precision_loss)]
    let unit = PIXEL as f64;
    integer_of(f64::from(pixels.clamp(-FAR, FAR)) * unit)
}

fn integer(value: f32) -> i64 {
    integer_of(f64::from(value))
}

#[allow(clippy::cast_possible_truncation)]
fn integer_of(value: f64) -> i64 {
    value.round() as i64
}

fn transparent() -> Refusal {
    Refusal::new(
        "svg-transparenz",
        "die Zeichnung enthält durchscheinende Flächen",
        "deckende Farben verwenden oder die Zeichnung als PNG speichern",
    )
}

fn masked() -> Refusal {
    Refusal::new(
        "svg-maske",
        "die Zeichnung enthält Masken, Filter oder Beschneidungen, die kein Rechteck sind",
        "die Zeichnung vereinfachen oder als PNG speichern",
    )
}
