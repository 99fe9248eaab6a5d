//! Figures: pictures scaled to the measure, with a caption.

use std::ops::Range;

use super::line::Align;
use super::page::{Image, Item, Mpt, Rect, Role};
use super::picture::{self, Kind, Refusal};
use super::piece::{Draw, PageBreak};
use super::setting::{Frame, Setting};
use super::sheet::{self, Sheet};
use super::svg::Drawing;
use super::text;
use crate::diagnostic::{Befund, Stelle};

/// Pixels per inch below which a picture is not stretched.
const LEAST_RESOLUTION: Mpt = 150;
/// Room that a figure leaves on its page, for a caption and a line of text.
const ROOM_BESIDE: Mpt = 60_000;

/// Sets a picture with its text alternative and caption.
pub(crate) fn figure(
    setting: &mut Setting<'_>,
    (path, alt, caption): (&str, &str, Option<&str>),
    range: &Range<usize>,
    frame: &Frame,
) {
    let node = setting.node(Role::Figure(Rect::default()), frame.node, range.clone());
    if let Some(node) = setting.tree.get_mut(node) {
        node.alt = Some(alt.to_owned());
    }
    let most = (
        frame.measure,
        Sheet::new(setting.landscape).depth() - ROOM_BESIDE,
    );
    let Some((content, width, height)) = load(setting, path, most, range) else {
        return;
    };
    let x = frame.x + (frame.measure - width) / 2;
    let area = Rect {
        x,
        y: 0,
        width,
        height,
    };
    let mut draws = vec![Draw::Bounds { node, area }];
    match content {
        Content::Image(image) => draws.push(Draw::Item {
            node,
            item: Item::Image { image, area },
        }),
        Content::Drawing(drawing) => {
            let paths = drawing.fit(area).into_iter().map(Item::Path);
            draws.extend(paths.map(|item| Draw::Item { node, item }));
        }
    }
    setting.space(sheet::CAPTION.above);
    setting.push(height, draws, Vec::new(), PageBreak::Allowed(0));
    if let Some(caption) = caption {
        let node = setting.node(Role::Caption, frame.node, range.clone());
        let measures = sheet::CAPTION;
        let kind = sheet::sans(measures.size, false);
        let mut paragraph = text::plain(setting, caption, kind, node, range);
        setting.space(measures.below);
        let first = setting.pieces.len();
        setting.set_paragraph(
            &mut paragraph,
            &Frame {
                kind,
                measures,
                ..*frame
            },
            Align::Center,
        );
        for piece in setting.pieces.iter_mut().skip(first) {
            piece.page_break = PageBreak::Forbidden;
        }
    }
    setting.space(sheet::TABLE.below);
}

/// The logo of a letterhead at the upper right corner of a place, as large as fits: what is drawn, width, height.
pub(crate) fn logo(
    setting: &mut Setting<'_>,
    path: &str,
    (right, y): (Mpt, Mpt),
    most: (Mpt, Mpt),
) -> Option<(Vec<Item>, Mpt, Mpt)> {
    let (content, width, height) = load(setting, path, most, &(0..0))?;
    let area = Rect {
        x: right - width,
        y,
        width,
        height,
    };
    let items = match content {
        Content::Image(image) => vec![Item::Image { image, area }],
        Content::Drawing(drawing) => drawing.fit(area).into_iter().map(Item::Path).collect(),
    };
    Some((items, width, height))
}

enum Content {
    Image(usize),
    Drawing(Drawing),
}

/// Reads a picture and finds its size on the page; trouble becomes a finding.
fn load(
    setting: &mut Setting<'_>,
    path: &str,
    most: (Mpt, Mpt),
    range: &Range<usize>,
) -> Option<(Content, Mpt, Mpt)> {
    let Some(bytes) = setting.pictures.get(path) else {
        let finding = Befund::fehler(
            "bild-fehlt",
            Stelle::Papier(range.clone()),
            format!("die Bilddatei „{path}“ gibt es nicht"),
        );
        setting
            .findings
            .push(finding.abhilfe("sie in den Ordner des Vorgangs (oder neben die Markdown-Datei) legen oder den Pfad berichtigen"));
        return None;
    };
    match read(setting, path, bytes, most) {
        Ok(found) => Some(found),
        Err(refusal) => {
            let finding =
                Befund::fehler(refusal.regel, Stelle::Papier(range.clone()), refusal.text);
            setting.findings.push(finding.abhilfe(refusal.abhilfe));
            None
        }
    }
}

fn read(
    setting: &mut Setting<'_>,
    path: &str,
    bytes: &std::sync::Arc<[u8]>,
    most: (Mpt, Mpt),
) -> Result<(Content, Mpt, Mpt), Refusal> {
    let found = picture::probe(bytes)?;
    if let Kind::Svg(drawing) = found.kind {
        let (width, height) = shrink(drawing.size(), most);
        return Ok((Content::Drawing(drawing), width, height));
    }
    let points = |pixels: u32| Mpt::from(pixels) * 72_000 / LEAST_RESOLUTION;
    let (width, height) = (points(found.width), points(found.height));
    // The four last orientations lie on their side.
    let upright = found.orientation < 5;
    let (width, height) = shrink(
        if upright {
            (width, height)
        } else {
            (height, width)
        },
        most,
    );
    let number = match setting.image_numbers.get(path) {
        Some(number) => *number,
        None => {
            let number = setting.images.len();
            setting.images.push(Image {
                bytes: bytes.clone(),
                width: found.width,
                height: found.height,
                orientation: found.orientation,
            });
            setting.image_numbers.insert(path.to_owned(), number);
            number
        }
    };
    Ok((Content::Image(number), width, height))
}

/// Scales a size down until it fits.
fn shrink((width, height): (Mpt, Mpt), (most_width, most_height): (Mpt, Mpt)) -> (Mpt, Mpt) {
    let (mut width, mut height) = (width.max(1), height.max(1));
    if width > most_width {
        height = (height * most_width / width).max(1);
        width = most_width;
    }
    if height > most_height {
        width = (width * most_height / height).max(1);
        height = most_height;
    }
    (width, height)
}

#[cfg(test)]
mod tests {
    use super::shrink;

    #[test]
    fn pictures_shrink_in_proportion_and_never_grow() {
        assert_eq!(shrink((200, 100), (100, 100)), (100, 50));
        assert_eq!(shrink((100, 400), (100, 100)), (25, 100));
        assert_eq!(shrink((10, 10), (100, 100)), (10, 10));
    }
}
