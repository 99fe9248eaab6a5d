//! The drawing as SVG text: every glyph's outline once, then where it stands.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::zeichnung::{Farbe, STRICHSTAERKE, Text, Zeichnung};
use super::{Schrift, Strich};

/// Units to pixels of 1/96 inch: 1000 to 12. Sizes are multiples of this many units, so that pixels are whole numbers.
const RASTER: i64 = 250;
/// Pixels in so many units.
const PIXEL: i64 = 3;

pub(super) fn svg(
    titel: &str,
    beschreibung: &str,
    zeichnung: &Zeichnung,
    schrift: &dyn Schrift,
) -> String {
    let felder = |laenge: i64| laenge.max(1).div_euclid(RASTER) + 1;
    let (breite, hoehe) = (
        (zeichnung.breite + RASTER - 1).div_euclid(RASTER).max(1),
        felder(zeichnung.hoehe - 1),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" \
         aria-labelledby=\"titel beschreibung\" lang=\"de\">\n\
         <title id=\"titel\">{}</title>\n<desc id=\"beschreibung\">{}</desc>\n",
        breite * PIXEL,
        hoehe * PIXEL,
        breite * RASTER,
        hoehe * RASTER,
        xml(titel),
        xml(beschreibung),
    );
    // A chart is read on paper, and on a screen whose background may be dark.
    let _ = writeln!(
        svg,
        "<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>",
        breite * RASTER,
        hoehe * RASTER
    );
    for rechteck in &zeichnung.rechtecke {
        let (x, y, b, h) = (rechteck.x, rechteck.y, rechteck.breite, rechteck.hoehe);
        let farbe = farbwert(rechteck.farbe);
        // An outline lies inside its rectangle, so that the bar is as long as a filled one.
        let rand = (2 * STRICHSTAERKE).min(b / 2).min(h / 2);
        let _ = if rechteck.leer && rand > 0 {
            let (innen_b, innen_h) = (b - 2 * rand, h - 2 * rand);
            writeln!(
                svg,
                "<path fill=\"{farbe}\" fill-rule=\"evenodd\" d=\"M{x} {y}h{b}v{h}h-{b}zM{} {}h{innen_b}v{innen_h}h-{innen_b}z\"/>",
                x + rand,
                y + rand,
            )
        } else {
            writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{b}\" height=\"{h}\" fill=\"{farbe}\"/>"
            )
        };
    }
    texte(&mut svg, &zeichnung.texte, schrift);
    svg.push_str("</svg>\n");
    svg
}

/// The outlines that are used, numbered as they first come, and the texts that use them.
fn texte(svg: &mut String, texte: &[Text], schrift: &dyn Schrift) {
    let mut nummern: BTreeMap<(u8, u16, i64), Option<usize>> = BTreeMap::new();
    let mut umrisse = String::new();
    let mut anzahl = 0;
    let mut zeilen = String::new();
    for text in texte {
        let mut glyphen = String::new();
        for (glyphe, dx, dy) in &text.zeile.glyphen {
            let nummer = nummern
                .entry((text.zeile.face, *glyphe, text.grad))
                .or_insert_with(|| {
                    let pfad = pfad(&schrift.umriss(text.zeile.face, *glyphe), text.grad);
                    (!pfad.is_empty()).then(|| {
                        anzahl += 1;
                        let _ = writeln!(umrisse, "<path id=\"g{anzahl}\" d=\"{pfad}\"/>");
                        anzahl
                    })
                });
            if let Some(nummer) = nummer {
                let x = text.x + im_grad(*dx, text.grad);
                let y = text.y - im_grad(*dy, text.grad);
                let _ = write!(glyphen, "<use href=\"#g{nummer}\" x=\"{x}\" y=\"{y}\"/>");
            }
        }
        if !glyphen.is_empty() {
            let _ = writeln!(zeilen, "<g fill=\"{}\">{glyphen}</g>", farbwert(text.farbe));
        }
    }
    if !umrisse.is_empty() {
        let _ = write!(svg, "<defs>\n{umrisse}</defs>\n{zeilen}");
    }
}

/// An outline as path data relative to the baseline, y downwards.
fn pfad(striche: &[Strich], grad: i64) -> String {
    let x = |wert: i64| im_grad(wert, grad);
    let y = |wert: i64| -im_grad(wert, grad);
    let mut pfad = String::new();
    // Relative commands are shorter; they are taken between rounded points, so nothing adds up.
    let (mut hier_x, mut hier_y) = (0, 0);
    for strich in striche {
        let (befehl, punkte): (char, Vec<(i64, i64)>) = match *strich {
            Strich::Nach(a, b) => ('M', vec![(x(a), y(b))]),
            Strich::Linie(a, b) => ('l', vec![(x(a), y(b))]),
            Strich::Bogen(a, b, c, d) => ('q', vec![(x(a), y(b)), (x(c), y(d))]),
            Strich::Kurve(a, b, c, d, e, f) => {
                ('c', vec![(x(a), y(b)), (x(c), y(d)), (x(e), y(f))])
            }
            Strich::Zu => ('z', Vec::new()),
        };
        pfad.push(befehl);
        for (index, (px, py)) in punkte.iter().enumerate() {
            let (zahl_x, zahl_y) = if befehl == 'M' {
                (*px, *py)
            } else {
                (px - hier_x, py - hier_y)
            };
            let davor = if index > 0 && zahl_x >= 0 { " " } else { "" };
            let zwischen = if zahl_y >= 0 { " " } else { "" };
            let _ = write!(pfad, "{davor}{zahl_x}{zwischen}{zahl_y}");
        }
        if let Some(ende) = punkte.last() {
            (hier_x, hier_y) = *ende;
        }
    }
    pfad
}

/// A length of type at a size, rounded half up.
fn im_grad(laenge: i64, grad: i64) -> i64 {
    (laenge * grad * 2 + 1_000).div_euclid(2_000)
}

fn farbwert(farbe: Farbe) -> String {
    let [r, g, b] = farbe.rgb();
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Text as XML holds it: no control characters, no markup.
fn xml(text: &str) -> String {
    let mut xml = String::new();
    for zeichen in text.chars() {
        match zeichen {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '\n' | '\t' => xml.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            zeichen if zeichen.is_control() => {}
            zeichen => xml.push(zeichen),
        }
    }
    xml
}
