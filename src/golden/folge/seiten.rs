//! What changed on the pages: breaks that moved, lines that stand elsewhere or in another face.

use similar::DiffTag;

use super::zitat;
use crate::golden::seiten::{self, Zeile};
use crate::golden::unterschied;

/// From how many characters on a line is easily found on a page.
const KENNTLICH: usize = 12;

/// What a changed text did to the breaks of pages.
pub(in crate::golden) fn umbruch(alt: &str, neu: &str) -> String {
    let (vorher, nachher) = (seiten::anzahl(alt), seiten::anzahl(neu));
    let (alt, neu) = (seiten::zeilen(alt), seiten::zeilen(neu));
    let texte = |zeilen: &[Zeile]| zeilen.iter().map(|z| z.text.clone()).collect::<Vec<_>>();
    let ops = unterschied::schritte(&texte(&alt), &texte(&neu));
    // A line that both have and that stands on another page now proves that a break moved.
    let verschobene: Vec<_> = ops
        .iter()
        .filter(|op| op.tag() == DiffTag::Equal)
        .flat_map(|op| op.old_range().zip(op.new_range()))
        .filter_map(|(a, b)| alt.get(a).zip(neu.get(b)))
        .filter(|(a, b)| a.seite != b.seite)
        .collect();
    // A line that can be found again on paper says more than „(2)“.
    let verschoben = verschobene
        .iter()
        .find(|(a, _)| a.text.chars().count() >= KENNTLICH)
        .or(verschobene.first());
    let anzahl = seitenzahl(vorher, nachher);
    match verschoben {
        Some((a, b)) => format!(
            "{anzahl}, Umbruch ab Seite {} verschoben: {} steht auf Seite {} statt {}",
            a.seite.min(b.seite),
            zitat(&a.text),
            b.seite,
            a.seite
        ),
        None if vorher == nachher && nachher > 1 => format!("{anzahl}, Seitenumbruch unverändert"),
        None => anzahl,
    }
}

fn seitenzahl(vorher: usize, nachher: usize) -> String {
    match (vorher, nachher) {
        (1, 1) => "weiterhin 1 Seite".to_owned(),
        (vorher, nachher) if vorher == nachher => format!("weiterhin {nachher} Seiten"),
        (vorher, 1) => format!("jetzt 1 Seite statt {vorher}"),
        (vorher, nachher) => format!("jetzt {nachher} Seiten statt {vorher}"),
    }
}

/// What changed on pages whose text is the same: the first line that moved.
pub(in crate::golden) fn seiten(alt: &str, neu: &str) -> String {
    let (vorher, nachher) = (seiten::anzahl(alt), seiten::anzahl(neu));
    let seitenzahl = if vorher == nachher {
        String::new()
    } else {
        format!("; {}", seitenzahl(vorher, nachher))
    };
    let (alt, neu) = (seiten::zeilen(alt), seiten::zeilen(neu));
    let erste = alt.iter().zip(&neu).find(|(a, b)| a != b);
    let was = match erste {
        Some((a, b)) => bewegung(a, b, &alt, &neu),
        None if alt.len() == neu.len() => {
            "Kopf, Fuß, Verweise, Lesezeichen, Bilder oder Linien sind anders gesetzt".to_owned()
        }
        None => format!(
            "auf Seite {} stehen {} Zeilen statt {}",
            alt.last().or(neu.last()).map_or(1, |zeile| zeile.seite),
            neu.len(),
            alt.len()
        ),
    };
    format!("{was}{seitenzahl}")
}

fn bewegung(a: &Zeile, b: &Zeile, alt: &[Zeile], neu: &[Zeile]) -> String {
    let zitat = zitat(&a.text);
    let seite = a.seite;
    if a.text != b.text {
        return if ohne_umbruch(alt) == ohne_umbruch(neu) {
            format!("Zeilenumbruch auf Seite {seite} verschoben, zuerst in der Zeile {zitat}")
        } else {
            format!(
                "auf Seite {seite} steht {} statt {zitat}",
                self::zitat(&b.text)
            )
        };
    }
    if a.seite != b.seite {
        let frueher = a.seite.min(b.seite);
        return format!(
            "Umbruch auf Seite {frueher} verschoben: {zitat} steht jetzt auf Seite {} statt {seite}",
            b.seite
        );
    }
    if a.y != b.y {
        let richtung = if b.y > a.y { "tiefer" } else { "höher" };
        let um = b.y.abs_diff(a.y);
        return format!(
            "auf Seite {seite} steht {zitat} {},{:02} pt {richtung}",
            um / 100,
            um % 100
        );
    }
    if a.schrift != b.schrift || a.satz != b.satz {
        return format!("auf Seite {seite} ist {zitat} in anderer Schrift oder Größe gesetzt");
    }
    format!("auf Seite {seite} beginnt oder endet {zitat} an anderer Stelle")
}

/// All text without what ends lines: spaces and hyphens.
fn ohne_umbruch(zeilen: &[Zeile]) -> String {
    zeilen
        .iter()
        .flat_map(|zeile| zeile.text.chars())
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seite(nummer: usize, zeilen: &[&str]) -> String {
        format!("Seite {nummer} 595.28×841.89\n  {}\n", zeilen.join("\n  "))
    }

    #[test]
    fn a_line_that_moved_is_named_with_its_page() {
        let eins = "70.87–100.00 70.00 Serif 10.50 eins";
        let alt = seite(1, &[eins, "70.87–100.00 +14.50 Serif 10.50 zwei"]);
        let neu = seite(1, &[eins, "70.87–100.00 +15.75 Serif 10.50 zwei"]);
        assert_eq!(
            seiten(&alt, &neu),
            "auf Seite 1 steht „zwei“ 1,25 pt tiefer"
        );
        let zwei = seite(1, &[eins]) + &seite(2, &["70.87–100.00 70.00 Serif 10.50 zwei"]);
        assert_eq!(
            seiten(&alt, &zwei),
            "Umbruch auf Seite 1 verschoben: „zwei“ steht jetzt auf Seite 2 statt 1; jetzt 2 Seiten statt 1"
        );
    }

    #[test]
    fn another_line_break_is_not_another_text() {
        let alt = seite(
            1,
            &[
                "1–2 70.00 Serif 10.50 eins zwei-",
                "1–2 +14.50 Serif 10.50 te",
            ],
        );
        let neu = seite(
            1,
            &[
                "1–2 70.00 Serif 10.50 eins",
                "1–2 +14.50 Serif 10.50 zweite",
            ],
        );
        assert_eq!(
            seiten(&alt, &neu),
            "Zeilenumbruch auf Seite 1 verschoben, zuerst in der Zeile „eins zwei-“"
        );
    }

    #[test]
    fn the_effect_on_pages_is_told() {
        let alt = seite(1, &["1–2 70.00 Serif 10.50 a"]) + &seite(2, &["1–2 70.00 Serif 10.50 b"]);
        let neu = seite(1, &["1–2 70.00 Serif 10.50 A"]) + &seite(2, &["1–2 70.00 Serif 10.50 b"]);
        assert_eq!(
            umbruch(&alt, &neu),
            "weiterhin 2 Seiten, Seitenumbruch unverändert"
        );
        let neu = seite(1, &["1–2 70.00 Serif 10.50 A", "1–2 +14.50 Serif 10.50 b"]);
        assert_eq!(
            umbruch(&alt, &neu),
            "jetzt 1 Seite statt 2, Umbruch ab Seite 1 verschoben: „b“ steht auf Seite 1 statt 2"
        );
    }
}
