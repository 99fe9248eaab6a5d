//! Shapes that drawings show many times, such as the letters of a chart: each is written once and shown by its number.
//!
//! What is drawn stays the same; a chart of outlined letters takes a tenth of the room and of the time to compress.

use std::collections::BTreeMap;

use super::syntax;
use crate::layout::page::{Item, Mpt, Page, PathItem, Segment};

/// A shorter path is spelled as fast as it is named.
const FEWEST_SEGMENTS: usize = 6;

/// A filled path whose first point is the origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    segments: Vec<Segment>,
    even_odd: bool,
}

/// The shapes of a paper that stand in it more than once, numbered in an order that depends on them alone.
#[derive(Debug, Default)]
pub(super) struct Shapes(BTreeMap<Shape, usize>);

/// What a file holds of a shape.
pub(super) struct Form {
    /// Left, bottom, right and top of all its points.
    pub(super) bounds: [Mpt; 4],
    /// Its content stream; the colour is that of the place where it is shown.
    pub(super) content: Vec<u8>,
}

impl Shapes {
    /// Finds the shapes that stand on the pages more than once.
    pub(super) fn collect(pages: &[Page]) -> Self {
        let mut counts: BTreeMap<Shape, usize> = BTreeMap::new();
        let items = pages
            .iter()
            .flat_map(|page| &page.marks)
            .flat_map(|mark| &mark.items);
        for item in items {
            if let Item::Path(path) = item
                && let Some((shape, _)) = Shape::of(path)
            {
                *counts.entry(shape).or_default() += 1;
            }
        }
        let repeated = counts.into_iter().filter(|(_, count)| *count > 1);
        Self(
            repeated
                .enumerate()
                .map(|(number, (shape, _))| (shape, number))
                .collect(),
        )
    }

    /// The number of a path's shape and where its first point lies; `None` where the path is to be spelled out.
    pub(super) fn find(&self, path: &PathItem) -> Option<(usize, (Mpt, Mpt))> {
        if self.0.is_empty() {
            return None;
        }
        let (shape, origin) = Shape::of(path)?;
        Some((*self.0.get(&shape)?, origin))
    }

    /// The shapes in the order of their numbers.
    pub(super) fn forms(&self) -> impl Iterator<Item = Form> {
        self.0.keys().map(Shape::form)
    }
}

/// The resource name of a shape.
pub(super) fn name(number: usize) -> String {
    format!("Fm{number}")
}

impl Shape {
    /// The shape of a path and where its first point lies; `None` for what is more than a filled area.
    fn of(path: &PathItem) -> Option<(Self, (Mpt, Mpt))> {
        if path.segments.len() < FEWEST_SEGMENTS
            || path.fill.is_none()
            || path.stroke.is_some()
            || path.clip.is_some()
        {
            return None;
        }
        let Some(Segment::Move(x, y)) = path.segments.first().copied() else {
            return None;
        };
        let shape = Self {
            segments: path
                .segments
                .iter()
                .map(|segment| segment.moved(-x, -y))
                .collect(),
            even_odd: path.even_odd,
        };
        Some((shape, (x, y)))
    }

    fn form(&self) -> Form {
        let mut content = Vec::new();
        let mut bounds = [0; 4];
        for segment in &self.segments {
            spell(&mut content, *segment, 0);
            let mut reach = |x: Mpt, y: Mpt| {
                bounds = [
                    x.min(bounds[0]),
                    (-y).min(bounds[1]),
                    x.max(bounds[2]),
                    (-y).max(bounds[3]),
                ];
            };
            match *segment {
                Segment::Move(x, y) | Segment::Line(x, y) => reach(x, y),
                Segment::Cubic(a, b, c, d, x, y) => {
                    reach(a, b);
                    reach(c, d);
                    reach(x, y);
                }
                Segment::Close => {}
            }
        }
        content.extend_from_slice(if self.even_odd { b"f*" } else { b"f" });
        Form { bounds, content }
    }
}

/// Appends a segment of a path; `height` is that of the page, whose origin lies at the bottom.
pub(super) fn spell(out: &mut Vec<u8>, segment: Segment, height: Mpt) {
    let (numbers, operator): (&[Mpt], &[u8]) = match segment {
        Segment::Move(x, y) => (&[x, height - y], b"m\n"),
        Segment::Line(x, y) => (&[x, height - y], b"l\n"),
        Segment::Cubic(a, b, c, d, x, y) => {
            (&[a, height - b, c, height - d, x, height - y], b"c\n")
        }
        Segment::Close => (&[], b"h\n"),
    };
    syntax::numbers(out, numbers);
    out.extend_from_slice(operator);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::page::Rgb;

    /// A letter-like path that begins at this place.
    fn path(x: Mpt, y: Mpt) -> PathItem {
        PathItem {
            segments: vec![
                Segment::Move(x, y),
                Segment::Line(x + 10, y),
                Segment::Line(x + 10, y + 10),
                Segment::Line(x + 5, y + 20),
                Segment::Cubic(x + 5, y + 10, x + 2, y + 9, x, y + 5),
                Segment::Close,
            ],
            fill: Some(Rgb::BLACK),
            even_odd: false,
            stroke: None,
            clip: None,
        }
    }

    fn shapes(paths: &[PathItem]) -> Shapes {
        let mut counts: BTreeMap<Shape, usize> = BTreeMap::new();
        for (shape, _) in paths.iter().filter_map(Shape::of) {
            *counts.entry(shape).or_default() += 1;
        }
        let repeated = counts.into_iter().filter(|(_, count)| *count > 1);
        Shapes(
            repeated
                .enumerate()
                .map(|(i, (shape, _))| (shape, i))
                .collect(),
        )
    }

    #[test]
    fn a_shape_at_two_places_is_one() {
        let shapes = shapes(&[path(0, 0), path(700, -30)]);
        assert_eq!(shapes.forms().count(), 1);
        assert_eq!(shapes.find(&path(4, 5)), Some((0, (4, 5))));
    }

    #[test]
    fn a_shape_that_stands_alone_is_spelled_out() {
        assert_eq!(shapes(&[path(0, 0)]).find(&path(0, 0)), None);
    }

    #[test]
    fn what_is_clipped_or_has_an_outline_is_spelled_out() {
        let clipped = PathItem {
            clip: Some(Default::default()),
            ..path(0, 0)
        };
        assert_eq!(Shape::of(&clipped), None);
    }

    #[test]
    fn a_form_stands_upright_and_knows_its_bounds() {
        let shapes = shapes(&[path(1000, 1000), path(0, 0)]);
        let form = shapes.forms().next().unwrap();
        assert_eq!(form.bounds, [0, -20, 10, 0]);
        assert!(form.content.starts_with(b"0 0 m\n.01 0 l\n.01 -.01 l\n"));
        assert!(form.content.ends_with(b"h\nf"));
    }
}
