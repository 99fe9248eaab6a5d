//! Outlines of text for drawings: glyphs of Source Sans 3 as contours in integers.
//!
//! The border to the font library's floats: the faces store whole font units, and halves of them where it puts a point
//! between two others.

use harfrust::GlyphId;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};

use super::font::{Face, other_family};
use super::page::FaceId;
use super::shape::Shaper;
use crate::diagramm::{Schnitt, Schrift, Strich, Zeile};

/// Units an em that drawings count in.
const EM: i64 = 1_000;

impl Schrift for Shaper {
    fn zeile(&mut self, text: &str, schnitt: Schnitt) -> Zeile {
        let sans = match schnitt {
            Schnitt::Normal => FaceId::Sans,
            Schnitt::Fett => FaceId::SansBold,
        };
        // A character that the one family lacks may be in the other, as in running text.
        let face = [sans, other_family(sans)]
            .into_iter()
            .find(|face| {
                let word = self.word(*face, true, text);
                self.get(word).complete
            })
            .unwrap_or(sans);
        let word = self.word(face, true, text);
        let upm = Face::get(face).map_or(EM, Face::units_per_em);
        let units = |value: i64| (value * EM * 2 + upm).div_euclid(2 * upm);
        let mut pen = 0;
        let mut glyphen = Vec::new();
        for glyph in &self.get(word).glyphs {
            glyphen.push((
                glyph.id,
                units(pen + i64::from(glyph.x_offset)),
                units(i64::from(glyph.y_offset)),
            ));
            pen += i64::from(glyph.advance);
        }
        Zeile {
            face: face as u8,
            glyphen,
            breite: units(pen),
        }
    }

    fn umriss(&self, face: u8, glyphe: u16) -> Vec<Strich> {
        let Some(face) = FaceId::ALL
            .get(usize::from(face))
            .copied()
            .and_then(Face::get)
        else {
            return Vec::new();
        };
        let Some(glyph) = face.outline(GlyphId::new(u32::from(glyphe))) else {
            return Vec::new();
        };
        let mut contours = Contours {
            striche: Vec::new(),
            upm: face.units_per_em(),
        };
        match glyph.draw(&DrawOptions::new(), DrawMemory::default(), &mut contours) {
            Ok(_) => contours.striche,
            Err(_) => Vec::new(),
        }
    }
}

/// Takes an outline in font units.
struct Contours {
    striche: Vec<Strich>,
    upm: i64,
}

impl Contours {
    /// Twice the coordinate is a whole number, so that nothing is lost before the one rounding.
    #[allow(clippy::float_arithmetic, clippy::cast_possible_truncation)]
    fn units(&self, value: f32) -> i64 {
        let doubled = (value * 2.0) as i64;
        (doubled * EM + self.upm).div_euclid(2 * self.upm)
    }
}

impl PathSink for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.striche
            .push(Strich::Nach(self.units(x), self.units(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.striche
            .push(Strich::Linie(self.units(x), self.units(y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.striche.push(Strich::Bogen(
            self.units(cx),
            self.units(cy),
            self.units(x),
            self.units(y),
        ));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.striche.push(Strich::Kurve(
            self.units(ax),
            self.units(ay),
            self.units(bx),
            self.units(by),
            self.units(x),
            self.units(y),
        ));
    }

    fn close(&mut self) {
        self.striche.push(Strich::Zu);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str) -> Vec<Vec<Strich>> {
        let mut shaper = Shaper::default();
        let line = shaper.zeile(text, Schnitt::Normal);
        line.glyphen
            .iter()
            .map(|(glyph, _, _)| shaper.umriss(line.face, *glyph))
            .collect()
    }

    #[test]
    fn an_umlaut_has_a_letter_and_two_dots() {
        let contours = |text| {
            let outline = glyphs(text).concat();
            outline.iter().filter(|s| **s == Strich::Zu).count()
        };
        assert_eq!(contours("o"), 2);
        assert_eq!(contours("ö"), 4);
        assert_eq!(contours("Ü"), 3);
    }

    #[test]
    fn a_space_has_no_outline() {
        assert_eq!(glyphs(" "), vec![Vec::new()]);
    }

    #[test]
    fn a_capital_is_as_high_as_the_charts_take_it() {
        let top = glyphs("H")
            .concat()
            .into_iter()
            .filter_map(|strich| match strich {
                Strich::Nach(_, y) | Strich::Linie(_, y) => Some(y),
                _ => None,
            })
            .max();
        assert_eq!(top, Some(656));
    }

    #[test]
    fn figures_stand_in_columns() {
        let mut shaper = Shaper::default();
        let one = shaper.zeile("1.111,11 €", Schnitt::Normal);
        let eight = shaper.zeile("8.888,88 €", Schnitt::Normal);
        assert_eq!(one.breite, eight.breite);
    }

    #[test]
    fn a_chart_is_a_drawing_that_pages_can_show() {
        use crate::diagramm::{Balken, Diagramm};
        use crate::input::Cent;
        let balken = |name: &str, cent, zusatz: &str| Balken {
            name: name.into(),
            betrag: Cent(cent),
            zusatz: zusatz.into(),
        };
        let chart = Diagramm::anteile(
            "Anteile 2022".into(),
            "Zwei Balken".into(),
            vec![
                balken("Gemeinde Bönen", 332_813, ""),
                balken("Stadt Lünen", 332_812, "Eigenanteil"),
            ],
        );
        let svg = chart.svg(&mut Shaper::default());
        assert_eq!(svg, chart.svg(&mut Shaper::default()));
        let drawing = super::super::svg::read(svg.as_bytes()).unwrap();
        assert_eq!(drawing.title.as_deref(), Some("Anteile 2022"));
        assert_eq!(drawing.description.as_deref(), Some("Zwei Balken"));
        // The measure of a page, give or take a third of a point; two rows of 15 pt.
        assert_eq!(drawing.size(), (468_000, 31_500));
    }
}
