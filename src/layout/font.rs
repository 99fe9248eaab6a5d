//! The eight faces the program carries: parsed, with what shaping needs.
//!
//! Every face is parsed once per process, when it is first used. Knows nothing of text.

use std::sync::OnceLock;

use harfrust::font::glyph::outline::OutlineGlyph;
use harfrust::{Direction, Feature, Font, GlyphId, Language, Script, ShapePlan, ShaperFont, Tag};

use super::crossed;
use super::page::FaceId;

/// The two families.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Source Serif 4: running text.
    Serif,
    /// Source Sans 3: headings, tables, heads, feet, code.
    Sans,
}

/// The face of a family in a weight and posture.
pub(crate) fn face(family: Family, bold: bool, italic: bool) -> FaceId {
    match (family, bold, italic) {
        (Family::Serif, false, false) => FaceId::Serif,
        (Family::Serif, true, false) => FaceId::SerifBold,
        (Family::Serif, false, true) => FaceId::SerifItalic,
        (Family::Serif, true, true) => FaceId::SerifBoldItalic,
        (Family::Sans, false, false) => FaceId::Sans,
        (Family::Sans, true, false) => FaceId::SansBold,
        (Family::Sans, false, true) => FaceId::SansItalic,
        (Family::Sans, true, true) => FaceId::SansBoldItalic,
    }
}

/// The same weight and posture in the other family: where a missing character is looked for.
pub(crate) fn other_family(face: FaceId) -> FaceId {
    match face {
        FaceId::Serif => FaceId::Sans,
        FaceId::SerifBold => FaceId::SansBold,
        FaceId::SerifItalic => FaceId::SansItalic,
        FaceId::SerifBoldItalic => FaceId::SansBoldItalic,
        FaceId::Sans => FaceId::Serif,
        FaceId::SansBold => FaceId::SerifBold,
        FaceId::SansItalic => FaceId::SerifItalic,
        FaceId::SansBoldItalic => FaceId::SerifBoldItalic,
    }
}

/// A face ready for shaping.
pub(crate) struct Face {
    font: Font,
    units_per_em: i64,
    /// How it shapes running text, and columns of figures; made when first asked for.
    plans: [OnceLock<ShapePlan>; 2],
}

impl Face {
    /// The face of this number; `None` if its file cannot be read, which a test excludes.
    pub(crate) fn get(id: FaceId) -> Option<&'static Self> {
        static FACES: [OnceLock<Option<Face>>; 8] = [const { OnceLock::new() }; 8];
        FACES
            .get(id as usize)?
            .get_or_init(|| Self::parse(id))
            .as_ref()
    }

    fn parse(id: FaceId) -> Option<Self> {
        let font = Font::new(id.data(), 0)?;
        Some(Self {
            units_per_em: i64::from(font.units_per_em()).max(1),
            plans: [OnceLock::new(), OnceLock::new()],
            font,
        })
    }

    /// Font units per em.
    pub(crate) fn units_per_em(&self) -> i64 {
        self.units_per_em
    }

    /// What harfrust shapes with; cheap, since the tables' caches live in the face.
    pub(crate) fn shaper(&'static self) -> ShaperFont<'static, 'static> {
        ShaperFont::new(&self.font)
    }

    /// The plan for running text or for columns of figures.
    pub(crate) fn plan(&self, tabular: bool) -> &ShapePlan {
        let [plain, figures] = &self.plans;
        let plan = |features: &[Feature]| {
            ShapePlan::new(
                &self.font,
                Direction::LeftToRight,
                Some(Script::LATIN),
                Language::new("de").as_ref(),
                features,
            )
        };
        if tabular {
            figures.get_or_init(|| {
                let tag = |name| Feature::new(Tag::new(name), 1, ..);
                plan(&[tag(b"tnum"), tag(b"lnum")])
            })
        } else {
            plain.get_or_init(|| plan(&[]))
        }
    }

    /// The glyph of a character.
    pub(crate) fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(character)?.to_u32();
        u16::try_from(glyph).ok().filter(|glyph| *glyph != 0)
    }

    /// The outline of a glyph, if it has one.
    pub(crate) fn outline(&self, glyph: GlyphId) -> Option<OutlineGlyph<'_>> {
        self.font.outline_glyphs().get(glyph)
    }

    /// Whether the face can show this character.
    pub(crate) fn has(&self, character: char) -> bool {
        if character == crossed::CROSSED {
            return [crossed::EMPTY, crossed::CROSS]
                .iter()
                .all(|part| self.glyph(*part).is_some());
        }
        self.glyph(character).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faces_can_be_read() {
        for id in FaceId::ALL {
            assert!(Face::get(id).is_some(), "{id:?}");
        }
    }

    #[test]
    fn the_faces_have_the_letters_of_german_papers() {
        for id in FaceId::ALL {
            let face = Face::get(id).unwrap();
            for character in "äöüÄÖÜßẞ„“‚‘–§€⅛¼☐•×−²".chars() {
                assert!(face.has(character), "{id:?} lacks {character}");
            }
        }
    }
}
