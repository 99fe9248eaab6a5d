//! What a difference means, in German: one sentence without a full stop. Says only what the files prove.

use similar::DiffTag;

use super::seiten::{self, Zeile};
use super::unterschied;

/// Longest quotation, in characters.
const ZITAT: usize = 50;
/// From how many characters on a line is easily found on a page.
const KENNTLICH: usize = 12;

/// What changed in a text: the one word or sign where it is one, else how many lines.
pub(super) fn text(alt: &str, neu: &str) -> String {
    let (alte, neue) = (unterschied::zeilen(alt), unterschied::zeilen(neu));
    let ops: Vec<_> = unterschied::schritte(&alte, &neue)
        .into_iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .collect();
    let weg: usize = ops.iter().map(|op| op.old_range().len()).sum();
    let dazu: usize = ops.iter().map(|op| op.new_range().len()).sum();
    let Some(erste) = ops.first() else {
        return "kein Unterschied".to_owned();
    };
    let zeile = erste.old_range().start + 1;
    if let ([_], 1, 1) = (ops.as_slice(), weg, dazu)
        && let (Some(vorher), Some(nachher)) = (
            alte.get(erste.old_range().start),
            neue.get(erste.new_range().start),
        )
        && let Some(genau) = stelle(vorher.trim_end(), nachher.trim_end())
    {
        return format!("in Zeile {zeile} {genau}");
    }
    let mut teile = Vec::new();
    let ersetzt = weg.min(dazu);
    for (anzahl, wie) in [
        (ersetzt, "anders"),
        (dazu - ersetzt, "neu"),
        (weg - ersetzt, "weg"),
    ] {
        match anzahl {
            0 => {}
            1 => teile.push(format!("1 Zeile {wie}")),
            _ => teile.push(format!("{anzahl} Zeilen {wie}")),
        }
    }
    format!("{}, zuerst in Zeile {zeile}", teile.join(", "))
}

/// The one place where two lines differ: a sign that is missing or new, words that are others.
fn stelle(vorher: &str, nachher: &str) -> Option<String> {
    let (alt, neu): (Vec<char>, Vec<char>) = (vorher.chars().collect(), nachher.chars().collect());
    let vorn = alt.iter().zip(&neu).take_while(|(a, b)| a == b).count();
    let hinten = alt[vorn..]
        .iter()
        .rev()
        .zip(neu[vorn..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mitte_alt: String = alt[vorn..alt.len() - hinten].iter().collect();
    let mitte_neu: String = neu[vorn..neu.len() - hinten].iter().collect();
    let davor = wort_vor(&alt[..vorn]);
    let nach = |satz: &str| match &davor {
        Some(wort) => format!("{satz} nach „{wort}“"),
        None => format!("{satz} am Anfang"),
    };
    match (zeichenname(&mitte_alt), zeichenname(&mitte_neu)) {
        (Some(name), None) if mitte_neu.is_empty() => return Some(nach(&format!("fehlt {name}"))),
        (None, Some(name)) if mitte_alt.is_empty() => {
            return Some(nach(&format!("steht {name} mehr")));
        }
        _ => {}
    }
    // To the edges of words, so that a word is not cut.
    let ist_wort = |c: &char| c.is_alphanumeric();
    let von = vorn - alt[..vorn].iter().rev().take_while(|c| ist_wort(c)).count();
    let um = alt[alt.len() - hinten..]
        .iter()
        .take_while(|c| ist_wort(c))
        .count();
    let worte_alt: String = alt[von..alt.len() - hinten + um].iter().collect();
    let worte_neu: String = neu[von..neu.len() - hinten + um].iter().collect();
    let (worte_alt, worte_neu) = ohne_gemeinsame(&worte_alt, &worte_neu);
    let passt = |worte: &str| worte.chars().count() <= ZITAT;
    match (worte_alt.is_empty(), worte_neu.is_empty()) {
        _ if !passt(&worte_alt) || !passt(&worte_neu) => None,
        (false, true) => Some(format!("fehlt „{worte_alt}“")),
        (true, false) => Some(format!("steht „{worte_neu}“ mehr")),
        (false, false) => Some(format!("steht „{worte_neu}“ statt „{worte_alt}“")),
        (true, true) => Some("sind es andere Leerzeichen".to_owned()),
    }
}

/// Both without the words that they have in common at their ends.
fn ohne_gemeinsame(alt: &str, neu: &str) -> (String, String) {
    let (mut alt, mut neu): (Vec<_>, Vec<_>) = (
        alt.split_whitespace().collect(),
        neu.split_whitespace().collect(),
    );
    while let (Some(a), Some(b)) = (alt.last(), neu.last())
        && a == b
    {
        alt.pop();
        neu.pop();
    }
    let vorn = alt.iter().zip(&neu).take_while(|(a, b)| a == b).count();
    (alt.split_off(vorn).join(" "), neu.split_off(vorn).join(" "))
}

/// The last word before a place.
fn wort_vor(davor: &[char]) -> Option<String> {
    let ende = davor.iter().rposition(|c| c.is_alphanumeric())? + 1;
    let anfang = davor[..ende]
        .iter()
        .rposition(|c| !c.is_alphanumeric())
        .map_or(0, |at| at + 1);
    Some(davor[anfang..ende].iter().collect())
}

fn zeichenname(zeichen: &str) -> Option<&'static str> {
    Some(match zeichen {
        "," => "ein Komma",
        "." => "ein Punkt",
        ";" => "ein Semikolon",
        ":" => "ein Doppelpunkt",
        "-" => "ein Bindestrich",
        "–" => "ein Gedankenstrich",
        "!" => "ein Ausrufezeichen",
        "?" => "ein Fragezeichen",
        " " => "ein Leerzeichen",
        "\u{a0}" => "ein geschütztes Leerzeichen",
        _ => return None,
    })
}

/// What a changed text did to the breaks of pages.
pub(super) fn umbruch(alt: &str, neu: &str) -> String {
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
pub(super) fn seiten(alt: &str, neu: &str) -> String {
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

/// What changed in a tag tree whose text is the same.
pub(super) fn struktur(alt: &str, neu: &str) -> String {
    let erste = alt
        .lines()
        .zip(neu.lines())
        .enumerate()
        .find(|(_, (a, b))| a != b);
    match erste {
        None => format!(
            "{} Elemente statt {}",
            neu.lines().count(),
            alt.lines().count()
        ),
        Some((i, (a, b))) => {
            let (a, b) = (a.trim(), b.trim());
            let tag = |zeile: &str| zeile.split([' ', '„']).next().unwrap_or("").to_owned();
            let bei = [a, b]
                .into_iter()
                .find_map(|zeile| zeile.find('„').map(|at| zeile[at..].to_owned()))
                .map(|text| format!(" bei {text}"))
                .unwrap_or_default();
            if tag(a) == tag(b) || tag(a).is_empty() || tag(b).is_empty() {
                format!("in Zeile {} des Strukturbaums{bei}", i + 1)
            } else {
                format!("„{}“ statt „{}“{bei}", tag(b), tag(a))
            }
        }
    }
}

/// What changed in the numbers: the first value that is another, by its way through the JSON.
pub(super) fn zahlen(alt: &serde_json::Value, neu: &serde_json::Value) -> String {
    let mut anders = Vec::new();
    vergleiche("", alt, neu, &mut anders);
    let weitere = match anders.len() {
        0 | 1 => String::new(),
        2 => " und ein weiterer Wert".to_owned(),
        n => format!(" und {} weitere Werte", n - 1),
    };
    // Who joined or left explains the sums that follow.
    let glieder = anders.iter().find(|satz| satz.contains(": "));
    match glieder.or(anders.first()) {
        Some(erster) => format!("{erster}{weitere}"),
        None => "die Zahlen sind gleich".to_owned(),
    }
}

fn vergleiche(
    weg: &str,
    alt: &serde_json::Value,
    neu: &serde_json::Value,
    anders: &mut Vec<String>,
) {
    use serde_json::Value::{Array, Object};
    let weiter = |name: &str| {
        if weg.is_empty() {
            name.to_owned()
        } else {
            format!("{weg}.{name}")
        }
    };
    match (alt, neu) {
        _ if alt == neu => {}
        (Object(alt), Object(neu)) => {
            for (name, wert) in alt {
                match neu.get(name) {
                    Some(jetzt) => vergleiche(&weiter(name), wert, jetzt, anders),
                    None => anders.push(format!("{} fehlt", weiter(name))),
                }
            }
            for name in neu.keys().filter(|name| !alt.contains_key(*name)) {
                anders.push(format!("{} ist neu", weiter(name)));
            }
        }
        (Array(alt), Array(neu)) if alt.len() == neu.len() => {
            for (i, (a, b)) in alt.iter().zip(neu).enumerate() {
                vergleiche(&weiter(&(i + 1).to_string()), a, b, anders);
            }
        }
        (Array(alt), Array(neu)) => {
            let worte = |werte: &[serde_json::Value], andere: &[serde_json::Value]| {
                werte
                    .iter()
                    .filter(|wert| !andere.contains(wert))
                    .map(wort)
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let (weg_damit, dazu) = (worte(alt, neu), worte(neu, alt));
            let mut satz = Vec::new();
            if !dazu.is_empty() {
                satz.push(format!("dazu {dazu}"));
            }
            if !weg_damit.is_empty() {
                satz.push(format!("ohne {weg_damit}"));
            }
            anders.push(format!("{weg}: {}", satz.join(", ")));
        }
        _ => anders.push(format!("{weg} ist {} statt {}", wort(neu), wort(alt))),
    }
}

fn wort(wert: &serde_json::Value) -> String {
    match wert {
        serde_json::Value::String(text) => zitat(text),
        serde_json::Value::Null => "leer".to_owned(),
        wert => wert.to_string(),
    }
}

fn zitat(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(ZITAT) {
        Some((ende, _)) => format!("„{}…“", text[..ende].trim_end()),
        None => format!("„{text}“"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_comma_is_named_with_its_place() {
        assert_eq!(
            text(
                "x\nin Bergkamen, Selm und Unna\n",
                "x\nin Bergkamen Selm und Unna\n"
            ),
            "in Zeile 2 fehlt ein Komma nach „Bergkamen“"
        );
        assert_eq!(
            text("Ja\n", "Ja.\n"),
            "in Zeile 1 steht ein Punkt mehr nach „Ja“"
        );
    }

    #[test]
    fn words_are_quoted_whole() {
        assert_eq!(
            text("je sechs Städte\n", "je sieben Städte\n"),
            "in Zeile 1 steht „sieben“ statt „sechs“"
        );
        assert_eq!(
            text("ganz alte Bank\n", "alte Bank\n"),
            "in Zeile 1 fehlt „ganz“"
        );
        assert_eq!(
            text("a  b\n", "a   b\n"),
            "in Zeile 1 steht ein Leerzeichen mehr nach „a“"
        );
    }

    #[test]
    fn more_than_one_place_is_counted() {
        assert_eq!(
            text("a\nb\nc\n", "A\nb\nC\nd\n"),
            "2 Zeilen anders, 1 Zeile neu, zuerst in Zeile 1"
        );
    }

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
    fn another_tag_is_named_with_its_text() {
        assert_eq!(
            struktur("Document\n  H2 „Anlage“\n", "Document\n  P „Anlage“\n"),
            "„P“ statt „H2“ bei „Anlage“"
        );
    }

    #[test]
    fn numbers_are_named_by_their_way() {
        let alt = serde_json::json!({"v": {"anwender": {"anzahl": 8, "glieder": ["a", "b"]}}});
        let neu = serde_json::json!({"v": {"anwender": {"anzahl": 9, "glieder": ["a", "b", "c"]}}});
        assert_eq!(
            zahlen(&alt, &neu),
            "v.anwender.glieder: dazu „c“ und ein weiterer Wert"
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
