//! Charts of amounts: plain data → SVG, drawn for print.
//!
//! Two forms: horizontal bars, one for each payer ([`Form::Anteile`]), and rows of columns, one row for each payer and
//! one column for each year ([`Form::Jahre`]). Every bar carries its name and its amount, so neither needs a legend, a
//! grid, a scale or a second colour, and both read the same in grey.
//!
//! Integers only: a unit is a thousandth of the em of the chart's type (9 pt). Text is written as outlines, which a
//! [`Schrift`] supplies; this module knows no font, no cost item and no paper. It never drops an amount: a chart too
//! large for a page comes in parts ([`Diagramm::teile`]) of one scale.

mod anteile;
mod jahre;
mod schreiben;
mod zeichnung;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::input::Cent;

/// So many bars stand below one another in one chart.
pub const HOECHSTENS_BALKEN: usize = 40;
/// So many rows of columns stand below one another in one chart.
pub const HOECHSTENS_REIHEN: usize = 15;
/// So many years stand side by side in one chart; fewer where amounts are long.
pub const HOECHSTENS_JAHRE: usize = 10;

/// A chart, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagramm {
    /// What it shows, in a few words: the SVG's `<title>`.
    pub titel: String,
    /// What it says, for those who do not see it: the SVG's `<desc>`.
    pub beschreibung: String,
    /// Its data.
    pub form: Form,
}

/// The data of a chart, in the form that suits them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Horizontal bars.
    Anteile {
        /// All bars of the chart, from above; they set the scale.
        balken: Vec<Balken>,
        /// Which of them this part shows.
        zeigt: Range<usize>,
    },
    /// Rows of columns by year.
    Jahre {
        /// All years, from the left.
        jahre: Vec<String>,
        /// All rows, from above; they set the scale. A row has a value for each year.
        reihen: Vec<Reihe>,
        /// A last row of figures without columns, such as the sums.
        summe: Option<Reihe>,
        /// Which of the years this part shows.
        zeigt_jahre: Range<usize>,
        /// Which of the rows this part shows.
        zeigt_reihen: Range<usize>,
    },
}

/// A horizontal bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balken {
    /// Whose it is; a long name is broken.
    pub name: String,
    /// Its amount; a credit runs to the left.
    pub betrag: Cent,
    /// A word behind the amount, or empty; the bar is then drawn as an outline.
    pub zusatz: String,
}

/// A row of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reihe {
    /// Whose it is; a long name is broken.
    pub name: String,
    /// The amount of each year; `None` prints as a dash.
    pub werte: Vec<Option<Cent>>,
}

/// Weight of a chart's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Schnitt {
    /// For names and amounts.
    Normal,
    /// For years and sums.
    Fett,
}

/// Where the outlines of text come from.
pub trait Schrift {
    /// The glyphs of a line, at 1000 units an em.
    fn zeile(&mut self, text: &str, schnitt: Schnitt) -> Zeile;
    /// The outline of a glyph of the given face, at 1000 units an em; y grows upwards.
    fn umriss(&self, face: u8, glyphe: u16) -> Vec<Strich>;
}

/// The glyphs of a line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zeile {
    /// Number of the face that the glyphs' numbers belong to.
    pub face: u8,
    /// Each glyph with its distance from the line's start and above its baseline.
    pub glyphen: Vec<(u16, i64, i64)>,
    /// How far the pen moves.
    pub breite: i64,
}

/// A piece of an outline; ends are absolute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strich {
    /// Begins a contour.
    Nach(i64, i64),
    /// A straight line.
    Linie(i64, i64),
    /// A quadratic curve: control point, end.
    Bogen(i64, i64, i64, i64),
    /// A cubic curve: control points, end.
    Kurve(i64, i64, i64, i64, i64, i64),
    /// Closes the contour.
    Zu,
}

impl Diagramm {
    /// Horizontal bars.
    pub fn anteile(titel: String, beschreibung: String, balken: Vec<Balken>) -> Self {
        Self {
            titel,
            beschreibung,
            form: Form::Anteile {
                zeigt: 0..balken.len(),
                balken,
            },
        }
    }

    /// Rows of columns by year. A row without a value for a year shows a dash there.
    pub fn jahre(
        titel: String,
        beschreibung: String,
        jahre: Vec<String>,
        reihen: Vec<Reihe>,
        summe: Option<Reihe>,
    ) -> Self {
        Self {
            titel,
            beschreibung,
            form: Form::Jahre {
                zeigt_jahre: 0..jahre.len(),
                zeigt_reihen: 0..reihen.len(),
                jahre,
                reihen,
                summe,
            },
        }
    }

    /// The chart in parts that each fit on a page, all of one scale; itself if it fits. Each part says in words what it
    /// shows of the whole.
    pub fn teile(&self) -> Vec<Self> {
        let formen: Vec<Form> = match &self.form {
            Form::Anteile { balken, zeigt } => stuecke(zeigt, HOECHSTENS_BALKEN)
                .into_iter()
                .map(|zeigt| Form::Anteile {
                    balken: balken.clone(),
                    zeigt,
                })
                .collect(),
            Form::Jahre {
                jahre,
                reihen,
                summe,
                zeigt_jahre,
                zeigt_reihen,
            } => {
                let spalten = jahre::spalten(reihen.iter().chain(summe));
                let mut formen = Vec::new();
                for zeigt_jahre in stuecke(zeigt_jahre, spalten.min(HOECHSTENS_JAHRE)) {
                    for teil in stuecke(zeigt_reihen, HOECHSTENS_REIHEN) {
                        // Sums stand below the last of the rows that they add up.
                        let letzter = teil.end == zeigt_reihen.end;
                        formen.push(Form::Jahre {
                            jahre: jahre.clone(),
                            reihen: reihen.clone(),
                            summe: summe.clone().filter(|_| letzter),
                            zeigt_jahre: zeigt_jahre.clone(),
                            zeigt_reihen: teil,
                        });
                    }
                }
                formen
            }
        };
        let anzahl = formen.len();
        formen
            .into_iter()
            .enumerate()
            .map(|(index, form)| Self {
                titel: if anzahl > 1 {
                    format!(
                        "{} (Teil {} von {anzahl}, gleicher Maßstab)",
                        self.titel,
                        index + 1
                    )
                } else {
                    self.titel.clone()
                },
                beschreibung: if anzahl > 1 {
                    format!(
                        "Teil {} von {anzahl} zeigt {}; alle Teile haben denselben Maßstab. {}",
                        index + 1,
                        form.ausschnitt(),
                        self.beschreibung
                    )
                } else {
                    self.beschreibung.clone()
                },
                form,
            })
            .collect()
    }

    /// The chart as the text of an SVG file.
    pub fn svg(&self, schrift: &mut dyn Schrift) -> String {
        let zeichnung = match &self.form {
            Form::Anteile { balken, zeigt } => anteile::zeichne(balken, zeigt, schrift),
            Form::Jahre {
                jahre,
                reihen,
                summe,
                zeigt_jahre,
                zeigt_reihen,
            } => jahre::zeichne(
                &jahre::Bild {
                    jahre,
                    reihen,
                    summe: summe.as_ref(),
                    zeigt_jahre,
                    zeigt_reihen,
                },
                schrift,
            ),
        };
        schreiben::svg(&self.titel, &self.beschreibung, &zeichnung, schrift)
    }
}

impl Form {
    /// What is shown of all the data: „2020 bis 2026, Stadt Ahlen bis Stadt Hamm“.
    fn ausschnitt(&self) -> String {
        match self {
            Self::Anteile { balken, zeigt } => {
                let namen = balken.get(zeigt.clone()).unwrap_or_default();
                von_bis(namen.iter().map(|balken| balken.name.as_str()))
            }
            Self::Jahre {
                jahre,
                reihen,
                zeigt_jahre,
                zeigt_reihen,
                ..
            } => {
                let jahre = jahre.get(zeigt_jahre.clone()).unwrap_or_default();
                let reihen = reihen.get(zeigt_reihen.clone()).unwrap_or_default();
                format!(
                    "{}, {}",
                    von_bis(jahre.iter().map(String::as_str)),
                    von_bis(reihen.iter().map(|reihe| reihe.name.as_str()))
                )
            }
        }
    }
}

/// „2020 bis 2026“; the only one alone.
fn von_bis<'a>(mut namen: impl DoubleEndedIterator<Item = &'a str>) -> String {
    match (namen.next(), namen.next_back()) {
        (Some(erster), Some(letzter)) => format!("{erster} bis {letzter}"),
        (einziger, _) => einziger.unwrap_or_default().to_owned(),
    }
}

/// A range in as few pieces as possible, none longer than `hoechstens`, all about as long; one empty piece for none.
fn stuecke(bereich: &Range<usize>, hoechstens: usize) -> Vec<Range<usize>> {
    let anzahl = bereich.len().div_ceil(hoechstens.max(1)).max(1);
    let grenze = |stueck: usize| bereich.start + bereich.len() * stueck / anzahl;
    (0..anzahl)
        .map(|stueck| grenze(stueck)..grenze(stueck + 1))
        .collect()
}
