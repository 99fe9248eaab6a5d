//! Rows of columns: one row for each name, one column for each year, the amount above its column.
//!
//! All columns share a scale, so they compare along a row and down a year. A credit hangs below its row's line, with its
//! amount below it.

use std::ops::Range;

use super::zeichnung::{
    BREITE, Farbe, OBERLAENGE, Rechteck, STRICHSTAERKE, Text, UNTERLAENGE, ZEILENABSTAND,
    Zeichnung, breiteste, laenge, umbrochen,
};
use super::{HOECHSTENS_REIHEN, Reihe, Schnitt, Schrift};
use crate::input::Cent;

/// The names' part of the width, at most.
const NAMEN: i64 = BREITE * 3 / 10;
/// Between names and columns.
const ABSTAND: i64 = 800;
/// Size of the amounts: 7.5 pt.
const GRAD: i64 = 833;
/// Between neighbouring amounts, at least.
const LUFT: i64 = 400;
/// Between a column and its amount.
const UEBER: i64 = 220;
/// Between the amounts of a row and what stands above.
const ZWISCHEN: i64 = 650;
/// From the middle of a year to that of the next, at most.
const TEILUNG: i64 = 15_000;
/// Width of a column, at most.
const SAEULE: i64 = 3_600;
/// Height of the head with the years.
const KOPF: i64 = 1_500;
/// Height of amounts and years: they have no ascenders above figures, but a comma below.
const BETRAG: i64 = 560;
/// How far a comma reaches below the baseline.
const KOMMA: i64 = 140;

/// What is drawn.
pub(super) struct Bild<'a> {
    pub(super) jahre: &'a [String],
    pub(super) reihen: &'a [Reihe],
    pub(super) summe: Option<&'a Reihe>,
    pub(super) zeigt_jahre: &'a Range<usize>,
    pub(super) zeigt_reihen: &'a Range<usize>,
}

/// How many years find room side by side, whatever the names; at least one.
pub(super) fn spalten<'a>(reihen: impl Iterator<Item = &'a Reihe>) -> usize {
    // Figures are no wider than 0.54 em, even when bold, points and commas than 0.29.
    let weite = |text: String| -> i64 {
        let zeichen = text.chars();
        zeichen
            .map(|z| if z.is_ascii_punctuation() { 290 } else { 540 })
            .sum()
    };
    let weiteste = reihen
        .flat_map(|reihe| reihe.werte.iter().flatten())
        .map(|cent| weite(cent.zahl()))
        .max()
        .unwrap_or(0);
    let breite = weiteste * GRAD / 1_000 + LUFT;
    usize::try_from((BREITE - NAMEN - ABSTAND) / breite.max(1))
        .unwrap_or(1)
        .max(1)
}

pub(super) fn zeichne(bild: &Bild<'_>, schrift: &mut dyn Schrift) -> Zeichnung {
    let reihen = bild.reihen.get(bild.zeigt_reihen.clone()).unwrap_or(&[]);
    let namen: Vec<_> = reihen
        .iter()
        .map(|reihe| umbrochen(&reihe.name, NAMEN, schrift))
        .collect();
    let masse = Masse::neu(bild, &namen, schrift);
    let mut z = Zeichnung {
        breite: masse.breite,
        ..Zeichnung::default()
    };
    masse.kopf(&mut z, bild, schrift);
    let mut y = KOPF;
    for (reihe, namen) in reihen.iter().zip(namen) {
        y = masse.reihe(&mut z, (reihe, namen), bild.zeigt_jahre, y, schrift);
    }
    if let Some(summe) = bild.summe {
        y = masse.summe(&mut z, summe, bild.zeigt_jahre, y, schrift);
    }
    z.hoehe = y + KOMMA;
    z
}

/// Where things stand.
struct Masse {
    /// Left edge of the first year.
    links: i64,
    /// Width of a year.
    teilung: i64,
    /// Width of a column.
    saeule: i64,
    /// Height of the highest column.
    ganz: i64,
    /// The amount of the highest column, without its sign.
    groesster: u64,
    /// Height above the line, without amounts.
    oben: i64,
    /// Depth below the line, amounts included; 0 without credits.
    unten: i64,
    breite: i64,
}

impl Masse {
    fn neu(bild: &Bild<'_>, namen: &[Vec<Text>], schrift: &mut dyn Schrift) -> Self {
        let alle = || {
            bild.reihen
                .iter()
                .flat_map(|reihe| reihe.werte.iter().flatten())
        };
        let groesster = alle().map(|c| c.0.unsigned_abs()).max().unwrap_or(0);
        let anzahl = i64::try_from(bild.zeigt_jahre.len().max(1)).unwrap_or(1);
        let summe_name = bild.summe.map(|summe| fett(&summe.name, schrift));
        let breite_der_namen = breiteste(namen.iter().flatten().chain(&summe_name))
            .max(klein(EINHEIT, schrift).breite());
        let links = breite_der_namen + ABSTAND;
        let breitester = bild
            .reihen
            .iter()
            .map(|reihe| (reihe, false))
            .chain(bild.summe.map(|summe| (summe, true)))
            .flat_map(|(reihe, ist_fett)| reihe.werte.iter().flatten().map(move |c| (c, ist_fett)))
            .map(|(cent, ist_fett)| betrag(*cent, ist_fett, schrift).breite())
            .max()
            .unwrap_or(0);
        let teilung = ((BREITE - links) / anzahl)
            .min(TEILUNG)
            .max(breitester + LUFT);
        // All parts of a chart have the same scale, so the rows of all count.
        let hoechstens = bild.reihen.len().clamp(1, HOECHSTENS_REIHEN);
        let ganz = (22_000 / i64::try_from(hoechstens).unwrap_or(1)).clamp(1_800, 3_600);
        let hoechste = |welche: fn(&Cent) -> bool| {
            alle()
                .filter(|cent| welche(cent))
                .map(|cent| laenge(*cent, ganz, groesster))
                .max()
        };
        Self {
            links,
            teilung,
            saeule: (teilung * 55 / 100).min(SAEULE),
            ganz,
            groesster,
            oben: hoechste(|cent| cent.0 >= 0).unwrap_or(0),
            unten: hoechste(|cent| cent.0 < 0).map_or(0, |tief| tief + UEBER + BETRAG + KOMMA),
            breite: BREITE.max(links + anzahl * teilung),
        }
    }

    fn mitte(&self, spalte: usize) -> i64 {
        self.links + self.teilung * i64::try_from(spalte).unwrap_or(0) + self.teilung / 2
    }

    /// From the left of the first to the right of the last year.
    fn linie(&self, y: i64, jahre: &Range<usize>, ab: i64) -> Rechteck {
        let anzahl = i64::try_from(jahre.len()).unwrap_or(0);
        Rechteck {
            x: ab,
            y: y - STRICHSTAERKE / 2,
            breite: self.links + anzahl * self.teilung - ab,
            hoehe: STRICHSTAERKE,
            farbe: Farbe::Achse,
            leer: false,
        }
    }

    fn kopf(&self, z: &mut Zeichnung, bild: &Bild<'_>, schrift: &mut dyn Schrift) {
        let y = OBERLAENGE;
        z.texte.push(klein(EINHEIT, schrift).bei(0, y));
        let jahre = bild.jahre.get(bild.zeigt_jahre.clone()).unwrap_or(&[]);
        for (spalte, jahr) in jahre.iter().enumerate() {
            z.texte
                .push(fett(jahr, schrift).mittig(self.mitte(spalte), y));
        }
    }

    /// Draws a row below `y` and gives where it ends.
    fn reihe(
        &self,
        z: &mut Zeichnung,
        (reihe, namen): (&Reihe, Vec<Text>),
        jahre: &Range<usize>,
        y: i64,
        schrift: &mut dyn Schrift,
    ) -> i64 {
        let weitere = i64::try_from(namen.len().saturating_sub(1)).unwrap_or(0) * ZEILENABSTAND;
        let hoch = (BETRAG + UEBER + self.oben).max(weitere + OBERLAENGE);
        let linie = y + ZWISCHEN + hoch;
        z.rechtecke.push(self.linie(linie, jahre, self.links));
        let mut zeile = linie - weitere;
        for name in namen {
            z.texte.push(name.bei(0, zeile));
            zeile += ZEILENABSTAND;
        }
        for (spalte, wert) in werte(reihe, jahre).enumerate() {
            let mitte = self.mitte(spalte);
            let Some(cent) = wert else {
                z.texte
                    .push(klein("–", schrift).mittig(mitte, linie - UEBER));
                continue;
            };
            let laenge = laenge(cent, self.ganz, self.groesster);
            let hinunter = cent.0 < 0;
            if laenge > 0 {
                z.rechtecke.push(Rechteck {
                    x: mitte - self.saeule / 2,
                    y: if hinunter { linie } else { linie - laenge },
                    breite: self.saeule,
                    hoehe: laenge,
                    farbe: Farbe::Balken,
                    leer: false,
                });
            }
            let grundlinie = if hinunter {
                linie + laenge + UEBER + BETRAG
            } else {
                linie - laenge - UEBER
            };
            z.texte
                .push(betrag(cent, false, schrift).mittig(mitte, grundlinie));
        }
        linie + self.unten.max(UNTERLAENGE)
    }

    /// Writes the sums below `y` and gives where they end.
    fn summe(
        &self,
        z: &mut Zeichnung,
        summe: &Reihe,
        jahre: &Range<usize>,
        y: i64,
        schrift: &mut dyn Schrift,
    ) -> i64 {
        let strich = y + ZWISCHEN;
        z.rechtecke.push(self.linie(strich, jahre, 0));
        let grundlinie = strich + UEBER + OBERLAENGE;
        z.texte.push(fett(&summe.name, schrift).bei(0, grundlinie));
        for (spalte, wert) in werte(summe, jahre).enumerate() {
            let text = match wert {
                Some(cent) => betrag(cent, true, schrift),
                None => klein("–", schrift),
            };
            z.texte.push(text.mittig(self.mitte(spalte), grundlinie));
        }
        grundlinie + UNTERLAENGE
    }
}

/// What the figures are.
const EINHEIT: &str = "Beträge in €";

fn werte(reihe: &Reihe, jahre: &Range<usize>) -> impl Iterator<Item = Option<Cent>> {
    jahre
        .clone()
        .map(|jahr| reihe.werte.get(jahr).copied().flatten())
}

fn betrag(cent: Cent, ist_fett: bool, schrift: &mut dyn Schrift) -> Text {
    let schnitt = if ist_fett {
        Schnitt::Fett
    } else {
        Schnitt::Normal
    };
    Text::neu(&cent.zahl(), (schnitt, GRAD), Farbe::Schwarz, schrift)
}

fn klein(text: &str, schrift: &mut dyn Schrift) -> Text {
    Text::neu(text, (Schnitt::Normal, GRAD), Farbe::Grau, schrift)
}

fn fett(text: &str, schrift: &mut dyn Schrift) -> Text {
    Text::neu(text, (Schnitt::Fett, 1_000), Farbe::Schwarz, schrift)
}
