//! Horizontal bars: name, bar, amount at the bar's end.
//!
//! The bar of a credit runs to the left of the axis; its amount stands to the right of it, where there is always room.

use std::ops::Range;

use super::zeichnung::{
    BREITE, Farbe, Rechteck, STRICHSTAERKE, Text, VERSALHOEHE, ZEILENABSTAND, Zeichnung, breiteste,
    laenge, umbrochen,
};
use super::{Balken, Schnitt, Schrift};

/// The names' part of the width, at most.
const NAMEN: i64 = BREITE * 2 / 5;
/// Between names and bars.
const ABSTAND: i64 = 1_000;
/// Between a bar and its amount.
const LUFT: i64 = 450;
/// Thickness of a bar.
const DICKE: i64 = 1_050;
/// Height of a row with a name of one line.
const ZEILE: i64 = 1_700;

/// What stands in a row, measured for all rows since they share a scale.
struct Reihe {
    namen: Vec<Text>,
    betrag: Text,
    zusatz: Option<Text>,
}

impl Reihe {
    fn beschriftung(&self) -> i64 {
        let zusatz = self.zusatz.as_ref().map_or(0, |text| LUFT + text.breite());
        LUFT + self.betrag.breite() + zusatz
    }

    fn hoehe(&self) -> i64 {
        ZEILE + (zahl(self.namen.len()) - 1).max(0) * ZEILENABSTAND
    }
}

pub(super) fn zeichne(
    balken: &[Balken],
    zeigt: &Range<usize>,
    schrift: &mut dyn Schrift,
) -> Zeichnung {
    let reihen: Vec<_> = balken
        .iter()
        .map(|balken| Reihe {
            namen: umbrochen(&balken.name, NAMEN, schrift),
            betrag: Text::neu(
                &balken.betrag.to_string(),
                (Schnitt::Normal, 1_000),
                Farbe::Schwarz,
                schrift,
            ),
            zusatz: (!balken.zusatz.is_empty()).then(|| {
                Text::neu(
                    &balken.zusatz,
                    (Schnitt::Normal, 1_000),
                    Farbe::Grau,
                    schrift,
                )
            }),
        })
        .collect();
    let masse = Masse::neu(balken, &reihen);
    let mut bild = Zeichnung {
        breite: masse.breite,
        ..Zeichnung::default()
    };
    let mut y = 0;
    for (balken, reihe) in balken.iter().zip(reihen).take(zeigt.end).skip(zeigt.start) {
        let hoehe = reihe.hoehe();
        let mitte = y + hoehe / 2;
        masse.reihe(&mut bild, balken, reihe, mitte);
        y += hoehe;
    }
    bild.hoehe = y;
    bild.rechtecke.push(Rechteck {
        x: masse.achse - STRICHSTAERKE / 2,
        y: 0,
        breite: STRICHSTAERKE,
        hoehe: y,
        farbe: Farbe::Achse,
        leer: false,
    });
    bild
}

/// Where things stand from left to right.
struct Masse {
    /// Where bars begin.
    achse: i64,
    /// Length of the longest bar.
    ganz: i64,
    /// The amount of the longest bar, without its sign.
    groesster: u64,
    breite: i64,
}

impl Masse {
    fn neu(balken: &[Balken], reihen: &[Reihe]) -> Self {
        let groesster = balken
            .iter()
            .map(|b| b.betrag.0.unsigned_abs())
            .max()
            .unwrap_or(0);
        let namen = breiteste(reihen.iter().flat_map(|reihe| &reihe.namen));
        let links = namen + ABSTAND;
        // Room to the left and to the right of the axis, for a length of the longest bar.
        let bedarf = |ganz: i64| {
            let mut bedarf = (0, 0);
            for (balken, reihe) in balken.iter().zip(reihen) {
                let laenge = laenge(balken.betrag, ganz, groesster);
                if balken.betrag.0 < 0 {
                    bedarf.0 = laenge.max(bedarf.0);
                    bedarf.1 = reihe.beschriftung().max(bedarf.1);
                } else {
                    bedarf.1 = (laenge + reihe.beschriftung()).max(bedarf.1);
                }
            }
            bedarf
        };
        // The greatest length that fits: the need grows with it.
        let (mut passt, mut zu_gross) = (0, BREITE);
        while zu_gross - passt > 1 {
            let versuch = i64::midpoint(passt, zu_gross);
            let (neben, hinter) = bedarf(versuch);
            if links + neben + hinter <= BREITE {
                passt = versuch;
            } else {
                zu_gross = versuch;
            }
        }
        // Labels that leave no room for bars widen the drawing instead.
        let ganz = passt.max(BREITE / 10);
        let (neben, hinter) = bedarf(ganz);
        Self {
            achse: links + neben,
            ganz,
            groesster,
            breite: BREITE.max(links + neben + hinter),
        }
    }

    fn reihe(&self, bild: &mut Zeichnung, balken: &Balken, reihe: Reihe, mitte: i64) {
        let laenge = laenge(balken.betrag, self.ganz, self.groesster);
        let nach_links = balken.betrag.0 < 0;
        if laenge > 0 {
            bild.rechtecke.push(Rechteck {
                x: if nach_links {
                    self.achse - laenge
                } else {
                    self.achse
                },
                y: mitte - DICKE / 2,
                breite: laenge,
                hoehe: DICKE,
                farbe: Farbe::Balken,
                leer: !balken.zusatz.is_empty(),
            });
        }
        let grundlinie = mitte + VERSALHOEHE / 2;
        let mut zeile = grundlinie - (zahl(reihe.namen.len()) - 1) * ZEILENABSTAND / 2;
        for name in reihe.namen {
            bild.texte.push(name.bei(0, zeile));
            zeile += ZEILENABSTAND;
        }
        let ende = if nach_links { 0 } else { laenge };
        let x = self.achse + ende + LUFT;
        let dahinter = x + reihe.betrag.breite() + LUFT;
        bild.texte.push(reihe.betrag.bei(x, grundlinie));
        if let Some(zusatz) = reihe.zusatz {
            bild.texte.push(zusatz.bei(dahinter, grundlinie));
        }
    }
}

fn zahl(anzahl: usize) -> i64 {
    i64::try_from(anzahl).unwrap_or(i64::MAX)
}
