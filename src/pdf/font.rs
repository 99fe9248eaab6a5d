//! Fonts: which glyphs the pages use, what text each of them stands for, and the subsets that go into the file.
//!
//! The dictionaries are made here and not by printpdf, which truncates widths and embeds only glyphs that pass one by
//! one through its own text operators.

use subsetter::GlyphRemapper;

use super::PdfError;
use super::save::Objects;
use super::syntax;
use crate::layout::page::{FaceId, Item, Pages};

/// The faces that a document uses.
pub(super) struct Fonts {
    faces: [Option<Face>; FaceId::ALL.len()],
}

/// A face's glyphs by their number in the font.
pub(super) struct Face {
    glyphs: Vec<GlyphUse>,
    /// Texts of more than one character.
    long: Vec<String>,
    metrics: Metrics,
}

#[derive(Clone, Copy)]
struct GlyphUse {
    /// Number in the subset.
    code: u16,
    /// Width in 1/1000 em as the reader knows it.
    width: u16,
    text: Text,
}

/// What a glyph stands for.
#[derive(Clone, Copy, PartialEq)]
enum Text {
    /// The glyph is not used.
    Unused,
    /// It is used, but shows only parts of clusters.
    Nothing,
    /// Known only from marks that bring their own text; any other use overrides it.
    Weak(char),
    /// One character.
    One(char),
    /// Several characters: index into [`Face::long`].
    Many(usize),
}

const UNUSED: GlyphUse = GlyphUse {
    code: 0,
    width: 0,
    text: Text::Unused,
};

impl Fonts {
    /// Collects the glyphs of all pages.
    ///
    /// # Errors
    /// A font of ours that cannot be read, or a glyph that it does not have.
    pub(super) fn collect(pages: &Pages) -> Result<Self, PdfError> {
        let mut faces: [Option<Face>; FaceId::ALL.len()] = Default::default();
        for mark in pages.pages.iter().flat_map(|page| &page.marks) {
            let weak = mark.actual_text.is_some();
            for item in &mark.items {
                let Item::Text(run) = item else { continue };
                let Some(slot) = faces.get_mut(run.face as usize) else {
                    continue;
                };
                let face = match slot {
                    Some(face) => face,
                    None => slot.insert(Face::new(run.face)?),
                };
                for glyph in &run.glyphs {
                    let text = run
                        .text
                        .get(glyph.text.start as usize..glyph.text.end as usize);
                    face.add(glyph.id, text.unwrap_or_default(), weak)
                        .ok_or_else(|| PdfError::Font {
                            face: run.face,
                            reason: format!("kein Zeichen {}", glyph.id),
                        })?;
                }
            }
        }
        faces.iter_mut().flatten().for_each(Face::number);
        Ok(Self { faces })
    }

    /// A face in use.
    pub(super) fn face(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(id as usize)?.as_ref()
    }

    /// Writes the fonts and returns the dictionary of their names.
    ///
    /// # Errors
    /// A font of ours that cannot be cut down.
    pub(super) fn write(&self, objects: &mut Objects) -> Result<Vec<u8>, PdfError> {
        let mut names = b"<<".to_vec();
        for (id, face) in FaceId::ALL.into_iter().zip(&self.faces) {
            if let Some(face) = face {
                syntax::name(&mut names, resource_name(id).as_bytes());
                names.push(b' ');
                syntax::reference(&mut names, face.write(id, objects)?);
            }
        }
        names.extend_from_slice(b">>");
        Ok(names)
    }
}

/// The name by which content streams know a face.
pub(super) fn resource_name(id: FaceId) -> &'static str {
    ["SF0", "SF1", "SF2", "SF3", "SF4", "SF5", "SF6", "SF7"]
        .get(id as usize)
        .copied()
        .unwrap_or("SF0")
}

/// No-break spaces count as spaces: they share glyphs, and readers search for spaces.
fn plain(character: char) -> char {
    match character {
        '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    }
}

impl Face {
    fn new(id: FaceId) -> Result<Self, PdfError> {
        let metrics = Metrics::read(id).ok_or_else(|| PdfError::Font {
            face: id,
            reason: "unlesbare Tabellen".to_owned(),
        })?;
        Ok(Self {
            glyphs: vec![UNUSED; usize::from(metrics.glyph_count)],
            long: Vec::new(),
            metrics,
        })
    }

    fn add(&mut self, glyph: u16, text: &str, weak: bool) -> Option<()> {
        let slot = &mut self.glyphs.get_mut(usize::from(glyph))?.text;
        if matches!(slot, Text::One(_) | Text::Many(_)) {
            return Some(());
        }
        let mut characters = text.chars();
        match (characters.next(), characters.next(), weak) {
            (None, ..) => {
                if *slot == Text::Unused {
                    *slot = Text::Nothing;
                }
            }
            (Some(one), _, true) => {
                if !matches!(slot, Text::Weak(_)) {
                    *slot = Text::Weak(plain(one));
                }
            }
            (Some(one), None, false) => *slot = Text::One(plain(one)),
            (Some(_), Some(_), false) => {
                *slot = Text::Many(self.long.len());
                self.long.push(text.chars().map(plain).collect());
            }
        }
        Some(())
    }

    fn number(&mut self) {
        let mut code = 0;
        for (glyph, used) in self.glyphs.iter_mut().enumerate() {
            // Glyph 0 keeps its number: it is the mark of a missing glyph in every font.
            if used.text != Text::Unused && glyph > 0 {
                code += 1;
                used.code = code;
            }
            if used.text != Text::Unused {
                used.width = self.metrics.width(glyph);
            }
        }
    }

    /// Number in the subset and width in 1/1000 em of a glyph of the font.
    pub(super) fn code_and_width(&self, glyph: u16) -> (u16, u16) {
        self.glyphs
            .get(usize::from(glyph))
            .map_or((0, 0), |glyph| (glyph.code, glyph.width))
    }

    /// Whether readers who know only the glyph read `text`.
    pub(super) fn reads_as(&self, glyph: u16, text: &str) -> bool {
        match self.glyphs.get(usize::from(glyph)).map(|glyph| glyph.text) {
            Some(Text::One(one) | Text::Weak(one)) => {
                let mut characters = text.chars();
                characters.next().map(plain) == Some(one) && characters.next().is_none()
            }
            Some(Text::Many(index)) => self
                .long
                .get(index)
                .is_some_and(|long| text.chars().map(plain).eq(long.chars())),
            _ => false,
        }
    }

    fn write(&self, id: FaceId, objects: &mut Objects) -> Result<u32, PdfError> {
        let used = || {
            self.glyphs
                .iter()
                .enumerate()
                .filter(|(_, glyph)| glyph.text != Text::Unused)
        };
        let numbers: Vec<u16> = used()
            .filter_map(|(glyph, _)| u16::try_from(glyph).ok())
            .collect();
        let subset = subsetter::subset(
            id.data(),
            0,
            &GlyphRemapper::new_from_glyphs_sorted(&numbers),
        )
        .map_err(|error| PdfError::Font {
            face: id,
            reason: format!("Originalmeldung: {error}"),
        })?;
        let base_font = format!("{}+{}", subset_tag(id, &numbers), postscript_name(id));
        let file = objects.stream(&format!("/Length1 {}", subset.len()), subset);
        let to_unicode = objects.stream("", self.to_unicode());

        let descriptor = objects.reserve();
        self.metrics
            .write_descriptor(id, &base_font, file, objects.begin(descriptor));

        let descendant = objects.reserve();
        let out = objects.begin(descendant);
        out.extend_from_slice(b"<</Type/Font/Subtype/CIDFontType2/BaseFont/");
        out.extend_from_slice(base_font.as_bytes());
        out.extend_from_slice(b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity");
        out.extend_from_slice(b"/FontDescriptor ");
        syntax::reference(out, descriptor);
        out.extend_from_slice(b"/DW 0/W[0[");
        if !numbers.contains(&0) {
            syntax::integer(out, i64::from(self.metrics.width(0)));
        }
        for (_, glyph) in used() {
            out.push(b' ');
            syntax::integer(out, i64::from(glyph.width));
        }
        out.extend_from_slice(b"]]>>");

        let font = objects.reserve();
        let out = objects.begin(font);
        out.extend_from_slice(b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/");
        out.extend_from_slice(base_font.as_bytes());
        out.extend_from_slice(b"/DescendantFonts[");
        syntax::reference(out, descendant);
        out.extend_from_slice(b"]/ToUnicode ");
        syntax::reference(out, to_unicode);
        out.extend_from_slice(b">>");
        Ok(font)
    }

    /// The table from codes to text.
    fn to_unicode(&self) -> Vec<u8> {
        let mut out = b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
            /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
            /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
            1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
            .to_vec();
        let used: Vec<&GlyphUse> = self
            .glyphs
            .iter()
            .filter(|glyph| glyph.text != Text::Unused)
            .collect();
        for block in used.chunks(100) {
            syntax::integer(&mut out, i64::try_from(block.len()).unwrap_or_default());
            out.extend_from_slice(b" beginbfchar\n");
            for glyph in block {
                syntax::hex_string(&mut out, &glyph.code.to_be_bytes());
                out.push(b'<');
                let mut character = [0; 4];
                let text = match glyph.text {
                    Text::One(one) | Text::Weak(one) => one.encode_utf8(&mut character),
                    Text::Many(index) => self.long.get(index).map_or("\u{fffd}", String::as_str),
                    Text::Nothing | Text::Unused => "\u{fffd}",
                };
                syntax::utf16_hex(&mut out, text);
                out.extend_from_slice(b">\n");
            }
            out.extend_from_slice(b"endbfchar\n");
        }
        out.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
        out
    }
}

/// Six letters that differ between subsets of a font.
fn subset_tag(id: FaceId, glyphs: &[u16]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ id as u64;
    for glyph in glyphs {
        hash = (hash ^ u64::from(*glyph)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut tag = String::with_capacity(6);
    for _ in 0..6 {
        tag.push(char::from(b'A' + (hash % 26) as u8));
        hash /= 26;
    }
    tag
}

fn postscript_name(id: FaceId) -> &'static str {
    match id {
        FaceId::Serif => "SourceSerif4-Regular",
        FaceId::SerifBold => "SourceSerif4-Bold",
        FaceId::SerifItalic => "SourceSerif4-It",
        FaceId::SerifBoldItalic => "SourceSerif4-BoldIt",
        FaceId::Sans => "SourceSans3-Regular",
        FaceId::SansBold => "SourceSans3-Bold",
        FaceId::SansItalic => "SourceSans3-It",
        FaceId::SansBoldItalic => "SourceSans3-BoldIt",
    }
}

/// What a reader wants to know of a font, in units of its em.
struct Metrics {
    units_per_em: i64,
    bounds: [i16; 4],
    ascent: i16,
    descent: i16,
    cap_height: i16,
    weight: u16,
    glyph_count: u16,
    long_metrics: usize,
    widths: &'static [u8],
}

impl Metrics {
    fn read(id: FaceId) -> Option<Self> {
        let data = id.data();
        let (head, hhea, os2) = (
            table(data, b"head")?,
            table(data, b"hhea")?,
            table(data, b"OS/2")?,
        );
        let long_metrics = usize::from(unsigned(hhea, 34)?);
        Some(Self {
            units_per_em: i64::from(unsigned(head, 18)?).max(1),
            bounds: [
                signed(head, 36)?,
                signed(head, 38)?,
                signed(head, 40)?,
                signed(head, 42)?,
            ],
            ascent: signed(hhea, 4)?,
            descent: signed(hhea, 6)?,
            cap_height: signed(os2, 88).unwrap_or_default(),
            weight: unsigned(os2, 4)?,
            glyph_count: unsigned(table(data, b"maxp")?, 4)?,
            long_metrics: (long_metrics > 0).then_some(long_metrics)?,
            widths: table(data, b"hmtx")?,
        })
    }

    fn per_mille(&self, value: i64) -> i64 {
        (2000 * value + self.units_per_em).div_euclid(2 * self.units_per_em)
    }

    fn width(&self, glyph: usize) -> u16 {
        let width = unsigned(self.widths, 4 * glyph.min(self.long_metrics - 1)).unwrap_or_default();
        u16::try_from(self.per_mille(i64::from(width))).unwrap_or(u16::MAX)
    }

    fn write_descriptor(&self, id: FaceId, base_font: &str, file: u32, out: &mut Vec<u8>) {
        let serif = (id as u8) < FaceId::Sans as u8;
        let italic = matches!(
            id,
            FaceId::SerifItalic
                | FaceId::SerifBoldItalic
                | FaceId::SansItalic
                | FaceId::SansBoldItalic
        );
        out.extend_from_slice(b"<</Type/FontDescriptor/FontName/");
        out.extend_from_slice(base_font.as_bytes());
        let bounds = self
            .bounds
            .map(|value| 1000 * self.per_mille(i64::from(value)));
        out.extend_from_slice(b"/FontBBox");
        syntax::number_array(out, &bounds);
        for (key, value) in [
            ("/Flags ", 4 + 2 * i64::from(serif) + 64 * i64::from(italic)),
            ("/Ascent ", self.per_mille(i64::from(self.ascent))),
            ("/Descent ", self.per_mille(i64::from(self.descent))),
            ("/CapHeight ", self.per_mille(i64::from(self.cap_height))),
            // Both families slant by 11 to 12 degrees; stems are about a fifth of the weight class.
            ("/ItalicAngle ", if italic { -11 } else { 0 }),
            ("/StemV ", i64::from(self.weight) / 5),
        ] {
            out.extend_from_slice(key.as_bytes());
            syntax::integer(out, value);
        }
        out.extend_from_slice(b"/FontFile2 ");
        syntax::reference(out, file);
        out.extend_from_slice(b">>");
    }
}

fn table(data: &'static [u8], tag: &[u8; 4]) -> Option<&'static [u8]> {
    let count = usize::from(unsigned(data, 4)?);
    let record = data
        .get(12..12 + 16 * count)?
        .chunks_exact(16)
        .find(|record| record.starts_with(tag))?;
    let at = |offset: usize| {
        Some(u32::from_be_bytes(record.get(offset..offset + 4)?.try_into().ok()?) as usize)
    };
    let start = at(8)?;
    data.get(start..start + at(12)?)
}

fn unsigned(data: &[u8], offset: usize) -> Option<u16> {
    Some(u16::from_be_bytes(
        data.get(offset..offset + 2)?.try_into().ok()?,
    ))
}

fn signed(data: &[u8], offset: usize) -> Option<i16> {
    Some(i16::from_be_bytes(
        data.get(offset..offset + 2)?.try_into().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_of_ours_is_readable() {
        for id in FaceId::ALL {
            let metrics = Metrics::read(id).unwrap();
            assert_eq!(metrics.units_per_em, 1000, "{id:?}");
            assert!(metrics.ascent > 0 && metrics.descent < 0 && metrics.glyph_count > 500);
        }
    }

    #[test]
    fn the_first_text_of_a_glyph_is_its_text() {
        let mut face = Face::new(FaceId::Serif).unwrap();
        face.add(5, "\u{ad}", true);
        face.add(5, "-", false);
        face.add(5, "\u{2010}", false);
        assert!(face.reads_as(5, "-") && !face.reads_as(5, "\u{2010}"));
    }

    #[test]
    fn a_ligature_reads_as_its_letters() {
        let mut face = Face::new(FaceId::Serif).unwrap();
        face.add(7, "fi", false);
        assert!(face.reads_as(7, "fi") && !face.reads_as(7, "f"));
    }

    #[test]
    fn a_no_break_space_reads_as_a_space() {
        let mut face = Face::new(FaceId::Sans).unwrap();
        face.add(3, "\u{a0}", false);
        assert!(face.reads_as(3, " ") && face.reads_as(3, "\u{202f}"));
    }

    #[test]
    fn numbers_in_the_subset_are_dense() {
        let mut face = Face::new(FaceId::Sans).unwrap();
        face.add(40, "a", false);
        face.add(9, "b", false);
        face.number();
        assert_eq!(
            (face.code_and_width(9).0, face.code_and_width(40).0),
            (1, 2)
        );
    }

    #[test]
    fn tags_depend_on_the_glyphs() {
        assert_eq!(
            subset_tag(FaceId::Sans, &[1, 2]),
            subset_tag(FaceId::Sans, &[1, 2])
        );
        assert_ne!(
            subset_tag(FaceId::Sans, &[1, 2]),
            subset_tag(FaceId::Sans, &[1, 3])
        );
    }
}
