//! A text of others with its paragraphs and headings as our dialect has them: whatever way they were set off in it.

use super::angleichung::name_der_unterschrift;
use crate::diff::gliederung::nach_artikel;

/// The longest line that may be a heading without marks, in characters.
const LAENGSTE_UEBERSCHRIFT: usize = 90;
/// Where a paragraph has more lines than this on average, most blank lines were left out.
const ZEILEN_JE_ABSATZ: usize = 10;
/// By so many of its first words a paragraph is known.
const ANFANG: usize = 4;

/// A text that hardly any blank line divides, with one before each heading, each Absatz, each signature, and each line with
/// which a paragraph of the new text begins; any other text as it is.
pub(super) fn mit_absaetzen(alt: &str, neu: &str) -> String {
    let zeilen = alt.lines().filter(|zeile| !zeile.trim().is_empty()).count();
    let absaetze = alt.trim().split("\n\n").count();
    if absaetze * ZEILEN_JE_ABSATZ > zeilen {
        return alt.to_owned();
    }
    let namen: Vec<&str> = neu.lines().filter_map(name_der_unterschrift).collect();
    let anfang = |text: &str| -> Vec<String> {
        let worte = text
            .split_whitespace()
            .filter(|wort| wort.chars().any(|c| c != '#'));
        worte.take(ANFANG).map(str::to_owned).collect()
    };
    let anfaenge: Vec<Vec<String>> = neu.split("\n\n").map(anfang).collect();
    let mut ergebnis = String::with_capacity(alt.len() + alt.len() / 16);
    let mut nach_ueberschrift = false;
    for zeile in alt.trim_start_matches('\n').split_inclusive('\n') {
        let worte = anfang(zeile);
        let ist_ueberschrift = ist_paragraf(&kern(zeile)) || zeile.starts_with('#');
        // A short line may be the end of any sentence.
        let bekannt = anfaenge.iter().any(|a| {
            !worte.is_empty()
                && (*a == worte)
                && (worte.len() == ANFANG || neu.contains(&kern(zeile)))
        });
        let beginnt = nach_ueberschrift
            || ist_ueberschrift
            || bekannt
            || ist_absatz(zeile)
            || namen.contains(&zeile.trim());
        if beginnt && !ergebnis.is_empty() && !ergebnis.ends_with("\n\n") {
            ergebnis.push('\n');
        }
        ergebnis.push_str(zeile);
        nach_ueberschrift = ist_ueberschrift;
    }
    ergebnis
}

/// Lines of the old text that are headings in the new one, that „§ 5 Kosten“ stands in alone, or that are underlined, as
/// headings with marks; a heading that runs over several lines or paragraphs in one line.
pub(super) fn mit_ueberschriften(alt: &str, neu: &str) -> String {
    let ueberschriften: Vec<(String, &str)> = neu
        .lines()
        .filter(|zeile| zeile.starts_with('#'))
        .map(|zeile| (kern(zeile), zeile))
        .collect();
    let alt = ohne_unterstreichung(alt);
    let mut ergebnis = String::with_capacity(alt.len());
    let mut absaetze = alt.split_inclusive("\n\n").peekable();
    while let Some(absatz) = absaetze.next() {
        let mut text = kern(absatz);
        let mut leer = ende(absatz);
        let mut ist_neu = !absatz.trim_start().starts_with('#');
        // „§ 5“ alone has its title in the paragraph after it.
        if ist_nur_nummer(&text)
            && let Some(titel) = absaetze.next_if(|titel| ist_titel(titel))
        {
            text = format!("{text} {}", kern(titel));
            leer = ende(titel);
            ist_neu = true;
        }
        let gleiche = ueberschriften.iter().find(|(titel, _)| *titel == text);
        match gleiche {
            Some((_, zeile)) => ergebnis.push_str(zeile),
            None if ist_neu && ist_paragraf(&text) => {
                ergebnis.push_str("## ");
                ergebnis.push_str(&text);
            }
            None => {
                ergebnis.push_str(absatz);
                continue;
            }
        }
        ergebnis.push_str(if leer.is_empty() { "\n" } else { leer });
    }
    ergebnis
}

/// The words of a paragraph in one line, without marks around them.
fn kern(text: &str) -> String {
    let worte: Vec<&str> = text.split_whitespace().collect();
    worte.join(" ").trim_matches(['#', '*', ' ']).to_owned()
}

/// The blank space at the end of a paragraph.
fn ende(absatz: &str) -> &str {
    absatz.get(absatz.trim_end().len()..).unwrap_or_default()
}

/// What follows „§ 5“ or „Artikel 5“ at the beginning of a line.
fn nach_nummer(text: &str) -> Option<&str> {
    if let Some(titel) = nach_artikel(text) {
        // With the blank before it, as after „§ 5“.
        return text.get(text.len() - titel.len() - usize::from(!titel.is_empty())..);
    }
    let rest = text.strip_prefix('§')?.trim_start();
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    (name.len() < rest.len()).then_some(name)
}

fn ist_nur_nummer(text: &str) -> bool {
    nach_nummer(text).is_some_and(|name| name.is_empty() || matches!(name, "." | "a" | "b" | "c"))
}

/// Whether a line is „§ 5 Kosten“ and no sentence.
fn ist_paragraf(text: &str) -> bool {
    nach_nummer(text).is_some_and(|name| {
        name.starts_with(' ') && !name.trim_start().starts_with("Abs") && ist_kurz(text)
    })
}

fn ist_kurz(text: &str) -> bool {
    !text.ends_with(['.', ';', ',', ':']) && text.chars().count() <= LAENGSTE_UEBERSCHRIFT
}

/// Whether a paragraph may be the title of the „§ 5“ before it.
fn ist_titel(absatz: &str) -> bool {
    let text = kern(absatz);
    let beginnt = text.chars().next();
    // A name begins with a capital, a label with a digit or a bracket.
    beginnt.is_some_and(char::is_uppercase)
        && ist_kurz(&text)
        && !absatz.trim_start().starts_with('|')
}

/// Whether a line begins with „(2) “.
fn ist_absatz(zeile: &str) -> bool {
    let nummer = zeile
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(") "));
    nummer.is_some_and(|(nummer, _)| {
        !nummer.is_empty() && nummer.len() <= 3 && nummer.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A text with `# ` before headings that are underlined by `=====` or `-----`.
fn ohne_unterstreichung(text: &str) -> String {
    let mut ergebnis = String::with_capacity(text.len());
    for absatz in text.split_inclusive("\n\n") {
        let zeilen: Vec<&str> = absatz.lines().collect();
        let ist_strich = |zeile: &str, zeichen: char| {
            let zeile = zeile.trim();
            zeile.len() > 1 && zeile.chars().all(|c| c == zeichen)
        };
        let strich = zeilen.iter().enumerate().skip(1).find_map(|(i, zeile)| {
            let marke = if ist_strich(zeile, '=') {
                "#"
            } else if ist_strich(zeile, '-') {
                "##"
            } else {
                return None;
            };
            Some((i, marke))
        });
        let Some((i, marke)) = strich else {
            ergebnis.push_str(absatz);
            continue;
        };
        let titel = zeilen.get(..i).unwrap_or_default().join(" ");
        ergebnis.push_str(&format!("{marke} {}\n\n", kern(&titel)));
        let rest = zeilen.get(i + 1..).unwrap_or_default();
        if rest.iter().any(|zeile| !zeile.trim().is_empty()) {
            ergebnis.push_str(rest.join("\n").trim_end());
            ergebnis.push_str(ende(absatz));
        }
    }
    ergebnis
}
