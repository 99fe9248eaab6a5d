//! Pages as a golden file: one line of type a line, with where it begins and ends.
//!
//! ```text
//! Seite 1 595.28×841.89
//!   70.87–345.10 124.55 SansBold 15.00 Ein Titel
//!   70.87–524.53 +25.86 Serif 10.50 Text mit ⟨SerifItalic 10.50⟩kursiven⟨Serif 10.50⟩ Wörtern
//! ```
//!
//! Lengths are points. The baseline of a page's first line is counted from the page's upper edge, that of each further
//! line from the line before, so that a line more moves only those that it really moves. Heads `^`, feet `_`,
//! watermarks `*` and repeated rows `#` are marked in front and counted from the edge. Pieces of one line that stand
//! apart, such as cells, are lines of their own; rules, areas and drawings are counted and summed up in a hash.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::layout::page::{
    Artifact, Destination, Item, Mpt, OutlineItem, Owner, Page, Pages, TextRun,
};

/// The golden file of these pages.
pub(super) fn text(pages: &Pages) -> String {
    let mut text = String::new();
    for (i, page) in pages.pages.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "Seite {} {}×{}",
            i + 1,
            Punkt(page.width),
            Punkt(page.height)
        );
        seite(page, &mut text);
    }
    for eintrag in &pages.outline {
        lesezeichen(eintrag, &mut text);
    }
    text
}

fn lesezeichen(eintrag: &OutlineItem, text: &mut String) {
    let einzug = usize::from(eintrag.level);
    let _ = writeln!(
        text,
        "Lesezeichen {:·<einzug$}{} → Seite {}",
        "",
        eintrag.text,
        eintrag.page + 1
    );
}

fn seite(page: &Page, text: &mut String) {
    let mut zeilen: Vec<Satzzeile> = Vec::new();
    let mut zeichnung = Zeichnung::default();
    for mark in &page.marks {
        let art = art(mark.owner);
        for item in &mark.items {
            match item {
                Item::Text(run) => match zeilen.last_mut() {
                    Some(zeile) if zeile.art == art && zeile.geht_weiter(run) => zeile.nimm(run),
                    _ => zeilen.push(Satzzeile::neu(art, run)),
                },
                Item::Image { area, .. } => zeilen.push(Satzzeile {
                    art,
                    von: area.x,
                    bis: area.x + area.width,
                    y: area.y,
                    schrift: String::new(),
                    text: format!("Bild {}×{}", Punkt(area.width), Punkt(area.height)),
                }),
                Item::Fill { area, color } => zeichnung.nimm(&format!("{area:?}{color:?}")),
                Item::Path(path) => zeichnung.nimm(&format!("{path:?}")),
            }
        }
    }
    let mut davor = None;
    for zeile in &zeilen {
        let grund = zeile.schreibe(davor, text);
        if zeile.art == ' ' {
            davor = Some(grund);
        }
    }
    for link in &page.links {
        let ziel = match &link.target {
            Destination::Uri(uri) => uri.clone(),
            Destination::Page { page, .. } => format!("Seite {}", page + 1),
        };
        let (von, bis) = (link.area.x, link.area.x + link.area.width);
        let _ = writeln!(text, "  Verweis {}–{} → {ziel}", Punkt(von), Punkt(bis));
    }
    if zeichnung.stuecke > 0 {
        let hash: Vec<u8> = zeichnung.hash.finalize().to_vec();
        let kurz: String = hash.iter().take(4).map(|b| format!("{b:02x}")).collect();
        let _ = writeln!(text, "  Zeichnung {} {kurz}", zeichnung.stuecke);
    }
}

/// What is drawn and is no text.
#[derive(Default)]
struct Zeichnung {
    stuecke: usize,
    hash: Sha256,
}

impl Zeichnung {
    fn nimm(&mut self, stueck: &str) {
        self.stuecke += 1;
        self.hash.update(stueck.as_bytes());
    }
}

fn art(owner: Owner) -> char {
    match owner {
        Owner::Node(_) => ' ',
        Owner::Artifact(Artifact::Header) => '^',
        Owner::Artifact(Artifact::Footer) => '_',
        Owner::Artifact(Artifact::Watermark) => '*',
        Owner::Artifact(Artifact::Layout) => '#',
    }
}

/// A line of type, or a piece of it that stands apart.
struct Satzzeile {
    art: char,
    von: Mpt,
    bis: Mpt,
    y: Mpt,
    /// Face and size at its end.
    schrift: String,
    text: String,
}

impl Satzzeile {
    fn neu(art: char, run: &TextRun) -> Self {
        let schrift = schrift(run);
        Self {
            art,
            von: run.x,
            bis: ende(run),
            y: run.y,
            text: format!("{schrift} {}", run.text),
            schrift,
        }
    }

    /// Whether a run continues this line without a gap; a raised or lowered one does too.
    fn geht_weiter(&self, run: &TextRun) -> bool {
        let hoehe = run.size.max(1);
        (run.x - self.bis).abs() * 8 < hoehe && (run.y - self.y).abs() * 2 < hoehe
    }

    fn nimm(&mut self, run: &TextRun) {
        let schrift = schrift(run);
        if schrift != self.schrift {
            let _ = write!(self.text, "⟨{schrift}⟩");
            self.schrift = schrift;
        }
        self.text.push_str(&run.text);
        self.bis = ende(run);
    }

    /// Writes the line and gives its baseline, rounded as it is printed.
    fn schreibe(&self, davor: Option<Mpt>, text: &mut String) -> Mpt {
        let y = hundertstel(self.y);
        let hoehe = match davor.filter(|_| self.art == ' ') {
            Some(davor) => {
                let zeichen = if y < davor { '-' } else { '+' };
                format!("{zeichen}{}", Hundertstel((y - davor).abs()))
            }
            None => Hundertstel(y).to_string(),
        };
        let _ = writeln!(
            text,
            "{} {}–{} {hoehe} {}",
            self.art,
            Punkt(self.von),
            Punkt(self.bis),
            self.text
        );
        y
    }
}

fn schrift(run: &TextRun) -> String {
    format!("{:?} {}", run.face, Punkt(run.size))
}

fn ende(run: &TextRun) -> Mpt {
    run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<Mpt>()
}

fn hundertstel(laenge: Mpt) -> i64 {
    (laenge + 5).div_euclid(10)
}

/// A length in points with two decimals.
struct Punkt(Mpt);

impl std::fmt::Display for Punkt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Hundertstel(hundertstel(self.0)).fmt(f)
    }
}

/// Hundredths of a point as points.
struct Hundertstel(i64);

impl std::fmt::Display for Hundertstel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let minus = if self.0 < 0 { "-" } else { "" };
        let betrag = self.0.unsigned_abs();
        write!(f, "{minus}{}.{:02}", betrag / 100, betrag % 100)
    }
}

/// A line of type as a golden file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zeile {
    /// Number of its page.
    pub(super) seite: usize,
    /// Where it begins and ends, as printed.
    pub(super) breite: String,
    /// Its baseline from the page's upper edge, in hundredths of a point.
    pub(super) y: i64,
    /// Face and size at its beginning.
    pub(super) schrift: String,
    /// Its text with changes of the face.
    pub(super) satz: String,
    /// Its text alone.
    pub(super) text: String,
}

/// What a golden file says of the text of its pages; heads, feet and all that is no text are left out.
pub(super) fn zeilen(datei: &str) -> Vec<Zeile> {
    let mut zeilen: Vec<Zeile> = Vec::new();
    let mut seite = 0;
    let mut y = 0;
    for zeile in datei.lines() {
        if zeile.starts_with("Seite ") {
            seite += 1;
            y = 0;
        } else if let Some(gelesen) = zeile
            .strip_prefix("  ")
            .and_then(|rest| gelesen(rest, seite, y))
        {
            y = gelesen.y;
            zeilen.push(gelesen);
        }
    }
    zeilen
}

/// How many pages a golden file has.
pub(super) fn anzahl(datei: &str) -> usize {
    datei.lines().filter(|z| z.starts_with("Seite ")).count()
}

fn gelesen(rest: &str, seite: usize, davor: i64) -> Option<Zeile> {
    let mut teile = rest.splitn(5, ' ');
    let breite = teile.next()?.to_owned();
    let hoehe = teile.next()?;
    let (face, groesse, satz) = (teile.next()?, teile.next()?, teile.next()?);
    let wert: i64 = hoehe
        .trim_start_matches(['+', '-'])
        .replace('.', "")
        .parse()
        .ok()?;
    let y = match hoehe.as_bytes().first()? {
        b'+' => davor.checked_add(wert)?,
        b'-' => davor.checked_sub(wert)?,
        _ => wert,
    };
    Some(Zeile {
        seite,
        breite,
        y,
        schrift: format!("{face} {groesse}"),
        satz: satz.to_owned(),
        text: ohne_schriftwechsel(satz),
    })
}

fn ohne_schriftwechsel(satz: &str) -> String {
    let mut text = String::with_capacity(satz.len());
    let mut rest = satz;
    while let Some((davor, nach)) = rest.split_once('⟨') {
        text.push_str(davor);
        rest = nach.split_once('⟩').map_or("", |(_, nach)| nach);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    fn gesetzt(markdown: &str) -> String {
        let (pages, _) = crate::layout::layout(&markdown::parse(markdown).0, &Default::default());
        text(&pages)
    }

    #[test]
    fn a_line_of_several_faces_is_one_line() {
        let datei = gesetzt("Ein *schiefes* Wort.\n");
        assert!(
            datei.contains(" Ein ⟨SerifItalic 10.50⟩schiefes⟨Serif 10.50⟩ Wort.\n"),
            "{datei}"
        );
        assert_eq!(zeilen(&datei)[0].text, "Ein schiefes Wort.");
    }

    #[test]
    fn cells_are_lines_of_their_own_on_one_baseline() {
        let zeilen = zeilen(&gesetzt("| A | B |\n|---|---|\n| eins | zwei |\n"));
        let zelle = |text: &str| zeilen.iter().find(|z| z.text == text).unwrap();
        assert_eq!(zelle("eins").y, zelle("zwei").y);
        assert_ne!(zelle("eins").breite, zelle("zwei").breite);
    }

    #[test]
    fn what_stands_below_a_line_more_keeps_its_line() {
        let eins = gesetzt("Erstens.\n\nZweitens.\n\nDrittens.\n");
        let zwei = gesetzt("Nulltens.\n\nErstens.\n\nZweitens.\n\nDrittens.\n");
        let letzte = |datei: &str| {
            datei
                .lines()
                .find(|z| z.ends_with("Drittens."))
                .unwrap()
                .to_owned()
        };
        assert_eq!(letzte(&eins), letzte(&zwei));
        let y = |datei: &str| zeilen(datei).last().unwrap().y;
        assert!(y(&zwei) > y(&eins));
    }

    #[test]
    fn lengths_have_two_decimals() {
        assert_eq!(Punkt(70_866).to_string(), "70.87");
        assert_eq!(Punkt(-5).to_string(), "0.00");
        assert_eq!(Punkt(-15).to_string(), "-0.01");
    }
}
