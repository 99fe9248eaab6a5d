//! What a difference means, in German: one sentence without a full stop. Says only what the files prove.

mod seiten;
mod zahlen;

use similar::DiffTag;

use super::unterschied;

pub(super) use seiten::{seiten, umbruch};
pub(super) use zahlen::zahlen;

/// Longest quotation, in characters.
const ZITAT: usize = 50;

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
    let (worte_alt, worte_neu) = anders(vorher, nachher);
    let passt = |worte: &str| worte.chars().count() <= ZITAT;
    match (worte_alt.is_empty(), worte_neu.is_empty()) {
        _ if !passt(&worte_alt) || !passt(&worte_neu) => None,
        (false, true) => Some(format!("fehlt „{worte_alt}“")),
        (true, false) => Some(format!("steht „{worte_neu}“ mehr")),
        (false, false) => Some(format!("steht „{worte_neu}“ statt „{worte_alt}“")),
        (true, true) => Some("sind es andere Leerzeichen".to_owned()),
    }
}

/// The words in which two lines differ: from the first to the last, without the signs around them that both have.
fn anders(vorher: &str, nachher: &str) -> (String, String) {
    let (alt, neu) = ohne_gemeinsame(vorher, nachher);
    let gleich = |c: &char| !c.is_alphanumeric();
    let vorn: usize = alt
        .chars()
        .zip(neu.chars())
        .take_while(|(a, b)| a == b && gleich(a))
        .map(|(c, _)| c.len_utf8())
        .sum();
    let (alt, neu) = (&alt[vorn..], &neu[vorn..]);
    let hinten: usize = alt
        .chars()
        .rev()
        .zip(neu.chars().rev())
        .take_while(|(a, b)| a == b && gleich(a))
        .map(|(c, _)| c.len_utf8())
        .sum();
    (
        alt[..alt.len() - hinten].to_owned(),
        neu[..neu.len() - hinten].to_owned(),
    )
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

/// Words as a list: „a, b und c“.
pub(super) fn aufzaehlung<T: AsRef<str>>(worte: &[T]) -> String {
    match worte {
        [] => String::new(),
        [eines] => eines.as_ref().to_owned(),
        [vorn @ .., letztes] => {
            let vorn: Vec<_> = vorn.iter().map(AsRef::as_ref).collect();
            format!("{} und {}", vorn.join(", "), letztes.as_ref())
        }
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

    #[test]
    fn another_tag_is_named_with_its_text() {
        assert_eq!(
            struktur("Document\n  H2 „Anlage“\n", "Document\n  P „Anlage“\n"),
            "„P“ statt „H2“ bei „Anlage“"
        );
    }
}
