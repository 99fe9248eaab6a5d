//! The crossed box ☒, which no face of ours has: the empty box with a multiplication sign in its middle.
//!
//! Both glyphs are one cluster that reads as ☒. Both signs take three bytes in UTF-8, so places in the word stay right.

use std::borrow::Cow;

use super::font::Face;
use super::page::FaceId;
use super::shape::{Word, WordGlyph};

/// The sign that is put together.
pub(crate) const CROSSED: char = '☒';
/// The sign around the cross.
pub(crate) const EMPTY: char = '☐';
/// The cross.
pub(crate) const CROSS: char = '×';

/// The text as it is shaped.
pub(crate) fn as_empty(text: &str) -> Cow<'_, str> {
    if text.contains(CROSSED) {
        Cow::Owned(text.replace(CROSSED, "☐"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Puts the crosses into the boxes of a shaped word.
pub(crate) fn cross(word: &mut Word, id: FaceId, face: &Face) {
    if !word.text.contains(CROSSED) {
        return;
    }
    let Some(cross) = face.glyph(CROSS) else {
        return;
    };
    let (right, up) = middle(id);
    let mut glyphs = Vec::with_capacity(word.glyphs.len() + 1);
    for glyph in &word.glyphs {
        glyphs.push(*glyph);
        let crossed = word
            .text
            .get(glyph.cluster as usize..)
            .is_some_and(|rest| rest.starts_with(CROSSED));
        if crossed {
            glyphs.push(WordGlyph {
                id: cross,
                advance: 0,
                x_offset: right - glyph.advance,
                y_offset: up,
                cluster: glyph.cluster,
            });
        }
    }
    word.glyphs = glyphs.into();
}

/// How far the cross stands to the right of and above its place in running text, in font units, so that its middle
/// is that of the box.
fn middle(id: FaceId) -> (i32, i32) {
    match id {
        FaceId::Serif => (134, -30),
        FaceId::SerifBold => (128, -22),
        FaceId::SerifItalic => (119, -30),
        FaceId::SerifBoldItalic => (110, -23),
        FaceId::Sans => (151, 1),
        FaceId::SansBold => (140, 3),
        FaceId::SansItalic => (129, 0),
        FaceId::SansBoldItalic => (120, 2),
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::page::FaceId;
    use crate::layout::shape::Shaper;

    #[test]
    fn a_crossed_box_is_as_wide_as_an_empty_one() {
        let mut shaper = Shaper::default();
        for face in FaceId::ALL {
            let crossed = shaper.word(face, false, "☒");
            let empty = shaper.word(face, false, "☐");
            let (crossed, empty) = (shaper.get(crossed), shaper.get(empty));
            assert!(crossed.complete, "{face:?}");
            assert_eq!(crossed.glyphs.len(), 2, "{face:?}");
            assert_eq!(crossed.units(), empty.units(), "{face:?}");
            assert_eq!(crossed.glyphs[0].id, empty.glyphs[0].id, "{face:?}");
        }
    }

    #[test]
    fn letters_beside_it_keep_their_places() {
        let mut shaper = Shaper::default();
        let id = shaper.word(FaceId::Serif, false, "a☒b");
        let clusters: Vec<u32> = shaper.get(id).glyphs.iter().map(|g| g.cluster).collect();
        assert_eq!(clusters, [0, 1, 1, 4]);
    }
}
