//! Words → glyphs in font units, remembered across documents.
//!
//! A word is shaped once per face, independent of its size. Knows nothing of lines.

use std::cell::RefCell;
use std::collections::BTreeMap;

use harfrust::{Buffer, Direction, Script, ShapeOptions, ShaperFont};

use super::crossed;
use super::font::Face;
use super::hyphen::{self, Quality};
use super::page::{FaceId, Mpt};

/// Number of a word in its [`Shaper`].
pub(crate) type WordId = u32;

/// When a shaper has seen so many words, it forgets them before the next document.
const MANY_WORDS: usize = 100_000;

/// A glyph of a shaped word, in font units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordGlyph {
    pub(crate) id: u16,
    pub(crate) advance: i32,
    pub(crate) x_offset: i32,
    pub(crate) y_offset: i32,
    /// Byte of the word at which the glyph's cluster begins.
    pub(crate) cluster: u32,
}

/// A shaped word.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: Box<str>,
    pub(crate) glyphs: Box<[WordGlyph]>,
    /// Whether the face has all its characters.
    pub(crate) complete: bool,
    /// Bytes at which German hyphenation may break the word; found when first asked for.
    hyphens: Option<Box<[(u32, Quality)]>>,
}

thread_local! {
    /// The faces as harfrust shapes with them. They cannot leave their thread; words can.
    static FONTS: RefCell<[Option<ShaperFont<'static, 'static>>; 8]> =
        const { RefCell::new([const { None }; 8]) };
}

/// Shapes words and remembers them; one shaper can serve many documents, one after the other.
pub struct Shaper {
    buffer: Buffer,
    words: Vec<Word>,
    /// By face and kind of figures.
    index: [BTreeMap<Box<str>, WordId>; 16],
}

impl std::fmt::Debug for Shaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shaper")
            .field("words", &self.words.len())
            .finish_non_exhaustive()
    }
}

impl Default for Shaper {
    fn default() -> Self {
        Self {
            buffer: Buffer::new(),
            words: Vec::new(),
            index: std::array::from_fn(|_| BTreeMap::new()),
        }
    }
}

impl Shaper {
    /// Forgets the words if they have become too many; called between documents, since numbers of words become void.
    pub(crate) fn begin_document(&mut self) {
        if self.words.len() > MANY_WORDS {
            self.words.clear();
            for index in &mut self.index {
                index.clear();
            }
        }
    }

    /// The number of a word in a face, shaped if it is not known yet.
    pub(crate) fn word(&mut self, face: FaceId, tabular: bool, text: &str) -> WordId {
        let slot = face as usize * 2 + usize::from(tabular);
        if let Some(id) = self.index.get(slot).and_then(|index| index.get(text)) {
            return *id;
        }
        let word = self.shape(face, tabular, text);
        let id = WordId::try_from(self.words.len()).unwrap_or(WordId::MAX);
        if let Some(index) = self.index.get_mut(slot) {
            index.insert(word.text.clone(), id);
        }
        self.words.push(word);
        id
    }

    /// The word of this number.
    pub(crate) fn get(&self, id: WordId) -> &Word {
        // A number comes from this very shaper; the fallback keeps a bug from becoming a panic.
        static NOTHING: std::sync::OnceLock<Word> = std::sync::OnceLock::new();
        self.words.get(id as usize).unwrap_or_else(|| {
            NOTHING.get_or_init(|| Word {
                text: "".into(),
                glyphs: Box::new([]),
                complete: true,
                hyphens: None,
            })
        })
    }

    /// Bytes at which German hyphenation may break a word, and how well.
    pub(crate) fn hyphens(&mut self, id: WordId) -> &[(u32, Quality)] {
        match self.words.get_mut(id as usize) {
            Some(word) => word.hyphens.get_or_insert_with(|| {
                let points = hyphen::points(&word.text).into_iter();
                points
                    .map(|at| (at, hyphen::quality(&word.text, at)))
                    .collect()
            }),
            None => &[],
        }
    }

    /// Width of a word at a size.
    pub(crate) fn width(&mut self, face: FaceId, tabular: bool, size: Mpt, text: &str) -> Mpt {
        let id = self.word(face, tabular, text);
        scale(self.get(id).units(), face, size)
    }

    fn shape(&mut self, id: FaceId, tabular: bool, text: &str) -> Word {
        let mut word = Word {
            text: text.into(),
            glyphs: Box::new([]),
            complete: false,
            hyphens: None,
        };
        let Some(face) = Face::get(id) else {
            return word;
        };
        word.complete = text.chars().all(|character| face.has(character));
        self.buffer.clear();
        self.buffer.push_str(&crossed::as_empty(text));
        self.buffer.set_direction(Direction::LeftToRight);
        self.buffer.set_script(Some(Script::LATIN));
        let options = ShapeOptions::new().plan(Some(face.plan(tabular)));
        let shaped = FONTS.with_borrow_mut(|fonts| {
            let font = fonts
                .get_mut(id as usize)?
                .get_or_insert_with(|| face.shaper());
            harfrust::shape(font, &mut self.buffer, options).ok()
        });
        if shaped.is_none() {
            return word;
        }
        word.glyphs = self
            .buffer
            .glyph_infos()
            .iter()
            .zip(self.buffer.glyph_positions())
            .map(|(info, position)| WordGlyph {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: position.x_advance,
                x_offset: position.x_offset,
                y_offset: position.y_offset,
                cluster: info.cluster,
            })
            .collect();
        crossed::cross(&mut word, id, face);
        word
    }
}

impl Word {
    /// Width in font units.
    pub(crate) fn units(&self) -> i64 {
        self.glyphs.iter().map(|g| i64::from(g.advance)).sum()
    }

    /// Width in font units of what stands before a byte of the word.
    pub(crate) fn units_before(&self, byte: u32) -> i64 {
        self.glyphs
            .iter()
            .filter(|g| g.cluster < byte)
            .map(|g| i64::from(g.advance))
            .sum()
    }
}

/// Font units at a size, rounded half up.
pub(crate) fn scale(units: i64, face: FaceId, size: Mpt) -> Mpt {
    let upm = Face::get(face).map_or(1000, Face::units_per_em);
    (units * size * 2 + upm).div_euclid(2 * upm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_shaped_once() {
        let mut shaper = Shaper::default();
        let first = shaper.word(FaceId::Serif, false, "Kreistag");
        assert_eq!(first, shaper.word(FaceId::Serif, false, "Kreistag"));
        assert_ne!(first, shaper.word(FaceId::Sans, false, "Kreistag"));
    }

    #[test]
    fn tabular_figures_have_one_width() {
        let mut shaper = Shaper::default();
        let widths: Vec<_> = ["0", "1", "4", "7", "9"]
            .iter()
            .map(|figure| shaper.width(FaceId::Sans, true, 9500, figure))
            .collect();
        assert!(widths.iter().all(|w| *w == widths[0]), "{widths:?}");
    }

    #[test]
    fn a_missing_character_is_noticed() {
        let mut shaper = Shaper::default();
        let id = shaper.word(FaceId::Serif, false, "a\u{5d0}");
        assert!(!shaper.get(id).complete);
    }

    #[test]
    fn scaling_rounds_half_up() {
        assert_eq!(scale(1, FaceId::Serif, 10_500), 11);
        assert_eq!(scale(-1, FaceId::Serif, 10_500), -10);
    }
}
