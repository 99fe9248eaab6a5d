//! What a chart consists of before it is written: rectangles and lines of text at their places.
//!
//! Lengths are thousandths of the em of the chart's type; the origin is the upper left corner, y grows downwards.

use super::{Schnitt, Schrift, Zeile};
use crate::input::Cent;

/// Width of a chart: 468 pt, the measure of a page at 9 pt an em.
pub(super) const BREITE: i64 = 52_000;
/// Height of capitals and figures of type of 1000 units.
pub(super) const VERSALHOEHE: i64 = 660;
/// How far type of 1000 units reaches below its baseline.
pub(super) const UNTERLAENGE: i64 = 230;
/// How far type of 1000 units reaches above its baseline, umlauts on capitals included.
pub(super) const OBERLAENGE: i64 = 860;
/// Between the baselines of a name that is broken.
pub(super) const ZEILENABSTAND: i64 = 1_150;
/// Thickness of a line.
pub(super) const STRICHSTAERKE: i64 = 56;

/// Something to be drawn, in one of these colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Farbe {
    /// Text.
    Schwarz,
    /// Text of less weight.
    Grau,
    /// Bars.
    Balken,
    /// Lines from which bars grow.
    Achse,
}

impl Farbe {
    /// The colour as red, green and blue.
    pub(super) fn rgb(self) -> [u8; 3] {
        match self {
            Self::Schwarz => [0, 0, 0],
            Self::Grau => [0x50, 0x50, 0x50],
            Self::Balken => [0x3f, 0x5f, 0x7d],
            Self::Achse => [0x6e, 0x6e, 0x6e],
        }
    }
}

/// A filled rectangle, or its outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rechteck {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) breite: i64,
    pub(super) hoehe: i64,
    pub(super) farbe: Farbe,
    /// Only its edge is drawn, inside the rectangle.
    pub(super) leer: bool,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) zeile: Zeile,
    /// Where it begins.
    pub(super) x: i64,
    /// Its baseline.
    pub(super) y: i64,
    /// Units an em.
    pub(super) grad: i64,
    pub(super) farbe: Farbe,
}

impl Text {
    /// A line that begins at the origin.
    pub(super) fn neu(
        text: &str,
        (schnitt, grad): (Schnitt, i64),
        farbe: Farbe,
        schrift: &mut dyn Schrift,
    ) -> Self {
        Self {
            zeile: schrift.zeile(text, schnitt),
            x: 0,
            y: 0,
            grad,
            farbe,
        }
    }

    /// Its width, rounded up.
    pub(super) fn breite(&self) -> i64 {
        (self.zeile.breite * self.grad + 999).div_euclid(1_000)
    }

    /// The line beginning at a place.
    pub(super) fn bei(self, x: i64, y: i64) -> Self {
        Self { x, y, ..self }
    }

    /// The line with its middle at a place.
    pub(super) fn mittig(self, mitte: i64, y: i64) -> Self {
        let x = mitte - self.breite() / 2;
        self.bei(x, y)
    }
}

/// A chart, ready to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Zeichnung {
    pub(super) breite: i64,
    pub(super) hoehe: i64,
    pub(super) rechtecke: Vec<Rechteck>,
    pub(super) texte: Vec<Text>,
}

/// The length of an amount's bar where the largest amount has the length `ganz`; rounded half up.
pub(super) fn laenge(betrag: Cent, ganz: i64, groesster: u64) -> i64 {
    if groesster == 0 {
        return 0;
    }
    let zaehler = i128::from(betrag.0.unsigned_abs()) * i128::from(ganz);
    let nenner = i128::from(groesster);
    i64::try_from((2 * zaehler + nenner).div_euclid(2 * nenner)).unwrap_or(ganz)
}

/// A name in lines no wider than `hoechstens`: broken between words, after `-` and `/`, and only where nothing else
/// helps inside a word.
pub(super) fn umbrochen(name: &str, hoechstens: i64, schrift: &mut dyn Schrift) -> Vec<Text> {
    let mut breite = |text: &str| schrift.zeile(text.trim_end(), Schnitt::Normal).breite;
    let mut zeilen = vec![String::new()];
    for stueck in name.split_inclusive([' ', '-', '/']) {
        let Some(zeile) = zeilen.last_mut() else {
            break;
        };
        if breite(&format!("{zeile}{stueck}")) <= hoechstens {
            zeile.push_str(stueck);
            continue;
        }
        if !zeile.is_empty() {
            zeilen.push(String::new());
        }
        if breite(stueck) <= hoechstens {
            if let Some(zeile) = zeilen.last_mut() {
                zeile.push_str(stueck);
            }
            continue;
        }
        for zeichen in stueck.chars() {
            let Some(zeile) = zeilen.last_mut() else {
                break;
            };
            let laenger = format!("{zeile}{zeichen}");
            if zeile.is_empty() || breite(&format!("{laenger}-")) <= hoechstens {
                *zeile = laenger;
            } else {
                if !zeile.ends_with(['-', '/', ' ']) {
                    zeile.push('-');
                }
                zeilen.push(zeichen.into());
            }
        }
    }
    zeilen
        .iter()
        .map(|zeile| {
            Text::neu(
                zeile.trim_end(),
                (Schnitt::Normal, 1_000),
                Farbe::Schwarz,
                schrift,
            )
        })
        .collect()
}

/// The width of the widest of some texts.
pub(super) fn breiteste<'a>(texte: impl IntoIterator<Item = &'a Text>) -> i64 {
    texte.into_iter().map(Text::breite).max().unwrap_or(0)
}
