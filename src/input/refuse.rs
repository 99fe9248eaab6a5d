//! What is valid YAML and yet refused: because drucksache reads a smaller YAML, or because it cannot have been meant.
//!
//! Each finding stands on the token and says how to write what was meant.

use std::ops::Range;

use super::scalar::{Scalar, Style};
use super::spelling::{is_invisible, shorten};
use super::tree::{Kind, MAX_DEPTH, Node};
use crate::diagnostic::{Befund, Stelle};
use crate::source::{Source, line_column};

/// The rule for everything that is not YAML as drucksache reads it.
pub(crate) const YAML_SYNTAX: &str = "yaml-syntax";

/// An error at bytes of the file; a range that cuts a character is widened to the whole of it.
pub(crate) fn at(
    source: &Source,
    regel: &'static str,
    bereich: Range<usize>,
    text: impl Into<String>,
) -> Befund {
    let start = source.text.floor_char_boundary(bereich.start);
    let stelle = Stelle::Datei {
        datei: source.name.clone(),
        bereich: start..source.text.ceil_char_boundary(bereich.end).max(start),
    };
    Befund::fehler(regel, stelle, text)
}

/// The word at a byte: up to the next blank, at least one character.
pub(crate) fn word_at(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    start..start + end.max(first)
}

/// How to write a text that begins with a sign of YAML.
pub(crate) fn quote_it(text: &str, range: &Range<usize>) -> String {
    let rest = text.get(range.start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default().trim_end();
    if line.is_empty() || line.chars().count() > 40 {
        "den ganzen Text in Anführungszeichen setzen".to_owned()
    } else if line.contains('"') {
        format!(
            "den Text in Anführungszeichen setzen: '{}'",
            line.replace('\'', "''")
        )
    } else {
        format!(
            "den Text in Anführungszeichen setzen: \"{}\"",
            line.replace('\\', "\\\\")
        )
    }
}

pub(crate) fn alias(source: &Source, range: Range<usize>) -> Befund {
    let text = "Anker und Verweise (&, *) versteht drucksache nicht, und „*“ am Anfang eines Wertes ist für YAML ein Verweis";
    let remedy = quote_it(&source.text, &range);
    at(source, YAML_SYNTAX, range, text).abhilfe(remedy)
}

/// An anchor; `node` is where the node behind it starts, the anchor stands before it.
pub(crate) fn anchor(source: &Source, node: usize) -> Befund {
    let start = source
        .text
        .get(..node)
        .and_then(|before| before.rfind('&'))
        .unwrap_or(node);
    let range = word_at(&source.text, start);
    let text = "Anker und Verweise (&, *) versteht drucksache nicht, und „&“ am Anfang eines Wertes ist für YAML ein Anker";
    let remedy = quote_it(&source.text, &range);
    at(source, YAML_SYNTAX, range, text).abhilfe(remedy)
}

pub(crate) fn tag(source: &Source, start: usize) -> Befund {
    let range = word_at(&source.text, start);
    let text = "Typangaben (!…) versteht drucksache nicht, und „!“ am Anfang eines Wertes ist für YAML eine Typangabe";
    let remedy = match source.text.get(range.clone()) {
        Some(tag) if tag.starts_with("!!") => format!("„{tag}“ löschen"),
        _ => quote_it(&source.text, &range),
    };
    at(source, YAML_SYNTAX, range, text).abhilfe(remedy)
}

pub(crate) fn second_document(source: &Source, range: Range<usize>) -> Befund {
    at(
        source,
        YAML_SYNTAX,
        range,
        "hier beginnt mit „---“ ein zweites Dokument in derselben Datei",
    )
    .abhilfe("„---“ löschen oder den zweiten Teil in eine eigene Datei schreiben")
}

pub(crate) fn too_deep(source: &Source, start: usize) -> Befund {
    let range = word_at(&source.text, start);
    at(
        source,
        "zu-gross",
        range,
        format!("die Angaben sind tiefer als {MAX_DEPTH} Ebenen ineinander geschachtelt"),
    )
    .abhilfe("Einrückungen und Klammern an dieser Stelle prüfen")
}

pub(crate) fn hidden_character(source: &Source, range: Range<usize>) -> Befund {
    at(
        source,
        "steuerzeichen",
        range,
        "dieser Text enthält in der Schreibweise mit „\\“ ein Steuerzeichen",
    )
    .abhilfe("das Zeichen löschen; einen Text mit „\\“ in einfache Anführungszeichen setzen: '…'")
}

pub(crate) fn duplicate_key(
    source: &Source,
    key: &str,
    second: Range<usize>,
    first: Range<usize>,
) -> Befund {
    let line = line_column(&source.text, first.start).line;
    let hinter_komma = |range: &Range<usize>| {
        let davor = source.text.get(..range.start).unwrap_or_default();
        davor.ends_with(',')
    };
    let ist_nachkomma = key.starts_with(|c: char| c.is_ascii_digit())
        && hinter_komma(&first)
        && hinter_komma(&second);
    let stelle = Stelle::Datei {
        datei: source.name.clone(),
        bereich: first,
    };
    if ist_nachkomma {
        // `{ a: 0,25, b: 0,25 }`: nobody meant a key `25`.
        return at(
            source,
            "doppelter-schluessel",
            second,
            format!(
                "das Komma vor „{}“ trennt in einer Klammer zwei Angaben",
                shorten(key)
            ),
        )
        .abhilfe("Zahlen mit Komma in Klammern in Anführungszeichen setzen, etwa \"0,25\", oder als Bruch schreiben, etwa 1/4")
        .dazu(stelle, "hier auch");
    }
    at(
        source,
        "doppelter-schluessel",
        second,
        format!(
            "„{}“ steht hier ein zweites Mal, zuerst in Zeile {line}",
            shorten(key)
        ),
    )
    .abhilfe("eine der beiden Angaben löschen")
    .dazu(stelle, "zuerst hier")
}

/// A map or list stands where a key belongs. Mostly somebody wrote `{{ … }}` without quotes.
pub(crate) fn key_is_collection(source: &Source, range: Range<usize>) -> Befund {
    let before = source.text.get(..range.start).unwrap_or_default();
    if source
        .text
        .get(range.start..)
        .is_some_and(|rest| rest.starts_with('{'))
        && before.ends_with('{')
    {
        return template_expression(source, range.start - 1);
    }
    let range = word_at(&source.text, range.start);
    at(
        source,
        YAML_SYNTAX,
        range,
        "hier steht eine Liste oder eine Klammer, wo ein Schlüssel stehen muss",
    )
    .abhilfe("einen Schlüssel als Wort schreiben: „titel: …“")
}

/// `{{ … }}` at the start of an unquoted value.
pub(crate) fn template_expression(source: &Source, start: usize) -> Befund {
    let rest = source.text.get(start..).unwrap_or_default();
    let length = rest.find("}}").map_or(2, |end| end + 2);
    let expression = rest.get(..length).unwrap_or_default();
    let behind = rest
        .get(length..)
        .unwrap_or_default()
        .trim_start_matches(' ');
    // In a list or a map in brackets the text ends where the expression does.
    let remedy = if behind.starts_with([',', ']', '}']) && !expression.contains(['"', '\n']) {
        format!("den Text in Anführungszeichen setzen: \"{expression}\"")
    } else {
        quote_it(&source.text, &(start..start))
    };
    at(
        source,
        YAML_SYNTAX,
        start..start + length,
        "„{{ … }}“ am Anfang eines Wertes ist für YAML eine Klammer",
    )
    .abhilfe(remedy)
}

/// Refuses keys that were hardly meant.
pub(crate) fn check_key(source: &Source, key: &Scalar, range: &Range<usize>) -> Result<(), Befund> {
    let text = key.text();
    if text.is_empty() {
        let range = word_at(&source.text, range.start);
        return Err(at(
            source,
            YAML_SYNTAX,
            range,
            "vor dem Doppelpunkt fehlt der Schlüssel",
        )
        .abhilfe("den Schlüssel ergänzen: „titel: …“"));
    }
    if text == "<<" {
        return Err(at(
            source,
            YAML_SYNTAX,
            range.clone(),
            "das Einmischen mit „<<“ versteht drucksache nicht",
        )
        .abhilfe("die Angaben hier noch einmal ausschreiben"));
    }
    if key.style() == Style::Plain
        && text.starts_with(|c: char| c.is_whitespace() || is_invisible(c))
    {
        let blank = range.start
            ..range.start + text.len()
                - text
                    .trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
                    .len();
        return Err(at(
            source,
            YAML_SYNTAX,
            blank,
            "vor dem Schlüssel stehen geschützte oder unsichtbare Leerzeichen, die YAML nicht als Einrückung liest",
        )
        .abhilfe("die Zeichen vor dem Schlüssel löschen und gewöhnliche Leerzeichen tippen"));
    }
    let visible = text.trim_end();
    let hidden = text
        .char_indices()
        .find(|(at, c)| is_invisible(*c) || *at >= visible.len());
    if let Some((hidden_at, character)) = hidden {
        let start = key.source_offset(hidden_at);
        let place = start..start + character.len_utf8();
        let shown: String = visible.chars().filter(|c| !is_invisible(*c)).collect();
        let what = if is_invisible(character) {
            "steckt ein unsichtbares Zeichen"
        } else {
            "steht ein geschütztes Leerzeichen"
        };
        let shown = shorten(&shown);
        let text = format!(
            "am Schlüssel „{shown}“ {what} (U+{:04X})",
            u32::from(character)
        );
        return Err(at(source, YAML_SYNTAX, place, text)
            .abhilfe(format!("das Zeichen löschen, damit hier „{shown}:“ steht")));
    }
    Ok(())
}

/// Refuses unquoted values that swallowed what was meant as a key or a list.
pub(crate) fn check_value(
    source: &Source,
    value: &Scalar,
    range: &Range<usize>,
) -> Result<(), Befund> {
    if value.style() != Style::Plain {
        return Ok(());
    }
    let written = source.text.get(range.clone()).unwrap_or_default();
    let mut start = range.start;
    for (index, line) in written.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        let line_start = start + indent;
        start += line.len();
        if index == 0 {
            continue;
        }
        if let Some(key) = key_without_space(line.trim_start()) {
            return Err(missing_space_after_colon(source, line_start, key));
        }
        if glued_dash(line.trim_start()) && glued_dash(written) {
            return Err(missing_space_after_dash(source, range.start));
        }
    }
    Ok(())
}

/// A warning if a comment behind an unquoted value was probably meant as text: `Projekt #3`, `#fff`.
pub(crate) fn cut_by_comment(source: &Source, value: &Range<usize>) -> Option<Befund> {
    let rest = source.text.get(value.end..)?;
    // An empty value is placed before the colon of its key.
    let behind = rest.trim_start_matches([':', ' ', '\t']);
    let comment = behind.strip_prefix('#')?;
    if !comment.starts_with(char::is_alphanumeric) {
        return None;
    }
    let start = value.end + rest.len() - behind.len();
    let stelle = Stelle::Datei {
        datei: source.name.clone(),
        bereich: start..start + behind.lines().next().unwrap_or_default().trim_end().len(),
    };
    Some(
        Befund::warnung("raute-im-text", stelle, "ab „#“ liest YAML einen Kommentar, er gehört nicht zum Wert").abhilfe(
            "soll er zum Text gehören, den ganzen Text in Anführungszeichen setzen, sonst hinter „#“ ein Leerzeichen",
        ),
    )
}

/// Refuses a file that is one text; an unquoted `titel:Text` is one.
pub(crate) fn check_root(source: &Source, root: &Node) -> Result<(), Befund> {
    let Kind::Scalar(scalar) = &root.kind else {
        return Ok(());
    };
    if let Some(key) = key_without_space(scalar.text()) {
        return Err(missing_space_after_colon(source, root.range.start, key));
    }
    let range = word_at(&source.text, root.range.start);
    Err(at(
        source,
        YAML_SYNTAX,
        range,
        "die Datei besteht nur aus einem Text, erwartet werden Angaben wie „titel: …“",
    )
    .abhilfe("hinter den Schlüssel Doppelpunkt und Leerzeichen setzen"))
}

/// The `titel` of a `titel:Text`; none for `http://…` or a time.
pub(crate) fn key_without_space(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_word = key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (is_word && !rest.starts_with([' ', '\n', '/', ':']) && !rest.is_empty()).then_some(key)
}

/// Whether a line is `-Text`, a list item without its blank.
pub(crate) fn glued_dash(line: &str) -> bool {
    line.strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

pub(crate) fn missing_space_after_colon(source: &Source, line_start: usize, key: &str) -> Befund {
    let range = line_start..line_start + key.len() + 1;
    let behind = source
        .text
        .get(range.end..)
        .and_then(|rest| rest.chars().next())
        .filter(|c| c.is_whitespace() || is_invisible(*c));
    let text = match behind {
        Some(blank) => format!(
            "hinter „{key}:“ steht kein gewöhnliches Leerzeichen, sondern das Zeichen U+{:04X}",
            u32::from(blank)
        ),
        None => format!("hinter „{key}:“ fehlt ein Leerzeichen"),
    };
    at(source, YAML_SYNTAX, range, text).abhilfe(format!(
        "ein Leerzeichen hinter den Doppelpunkt setzen: „{key}: …“"
    ))
}

pub(crate) fn missing_space_after_dash(source: &Source, start: usize) -> Befund {
    at(
        source,
        YAML_SYNTAX,
        start..start + 1,
        "hinter dem „-“ eines Listeneintrags fehlt ein Leerzeichen",
    )
    .abhilfe("ein Leerzeichen hinter den Strich setzen: „- …“")
}
