//! Where links and images may lead, and the link definitions that the parser hides.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ast::LinkTarget;
use super::finding::Befunde;
use super::inline::shortened;
use super::reader::Context;

/// The schemes that a link may have.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Registers a link's target and returns its index; a target that a paper cannot have is a finding.
pub(super) fn target(
    written: &str,
    email: bool,
    range: &Range<usize>,
    context: &mut Context<'_>,
) -> Option<usize> {
    let target = if email {
        LinkTarget::Uri(format!("mailto:{written}"))
    } else if let Some(anchor) = written.strip_prefix('#') {
        LinkTarget::Anchor(percent_decoded(anchor))
    } else if is_outside(written) {
        LinkTarget::Uri(written.to_owned())
    } else {
        context.befunde.fehler(
            "link-ziel",
            range,
            format!(
                "das Ziel „{}“ kann ein Papier nicht öffnen; der Text bleibt ohne Link",
                shortened(written)
            ),
            "erlaubt sind „#anker“ im selben Papier, „https://…“, „http://…“ und „mailto:…“",
        );
        return None;
    };
    context.links.push((target, range.clone()));
    Some(context.links.len() - 1)
}

/// Reports the title in quotes behind a target, which nothing shows.
pub(super) fn report_title(regel: &'static str, range: &Range<usize>, context: &mut Context<'_>) {
    context.befunde.hinweis(
        regel,
        range,
        "der Titel in Anführungszeichen hinter dem Ziel erscheint nicht im Papier",
        "ihn löschen; über Tabellen und Abbildungen setzt „<!-- titel: … -->“ einen Titel",
    );
}

/// The path of a figure beside the Markdown, or why it cannot be one.
pub(super) fn figure_path(written: &str) -> Result<String, &'static str> {
    let path = percent_decoded(written);
    beside(&path)?;
    if ends_with_one_of(&path, &["png", "jpg", "jpeg", "svg"]) {
        Ok(path)
    } else {
        Err("Abbildungen sind Dateien im Format PNG, JPEG oder SVG")
    }
}

/// Whether a file can be attached: a PDF beside the Markdown. Else why not.
pub(super) fn attachment_path(path: &str) -> Result<(), &'static str> {
    beside(path)?;
    if ends_with_one_of(path, &["pdf"]) {
        Ok(())
    } else {
        Err("angehängt werden Dateien im Format PDF")
    }
}

fn beside(path: &str) -> Result<(), &'static str> {
    let inside = path.split('/').all(|part| !part.is_empty() && part != "..");
    if !inside || path.contains([':', '\\']) || path.chars().any(char::is_control) {
        return Err(
            "die Datei muss neben dem Markdown liegen, ohne „..“, Laufwerk oder Adresse im Netz",
        );
    }
    Ok(())
}

fn ends_with_one_of(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, end)| endings.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// The label of a link definition as the parser compares it.
pub(super) fn normalize(label: &str) -> String {
    label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Reports link definitions that nothing uses, and those that an earlier one of the same label beats.
///
/// `definitions` are the parser's (label and place), `text` the sorted places of all that the parser did see as text.
pub(super) fn check_definitions(
    source: &str,
    definitions: &[(String, Range<usize>)],
    used: &BTreeSet<String>,
    text: &[Range<usize>],
    befunde: &mut Befunde,
) {
    for (label, range) in definitions {
        if !used.contains(label) {
            befunde.warnung(
                "link-definition-unbenutzt",
                range,
                format!("Markdown liest „[{label}]: …“ als Ziel eines Links, den es nicht gibt; im Papier fehlt diese Zeile"),
                "soll sie Text sein, „\\[“ statt „[“ schreiben, sonst sie löschen",
            );
        }
    }
    let labels: BTreeSet<&str> = definitions
        .iter()
        .map(|(label, _)| label.as_str())
        .collect();
    let winners: BTreeSet<usize> = definitions.iter().map(|(_, range)| range.start).collect();
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let Some((indent, label)) = definition_label(line) else {
            continue;
        };
        let at = start + indent;
        if labels.contains(normalize(label).as_str())
            && !winners.contains(&at)
            && !covered(text, at)
        {
            befunde.fehler(
                "link-definition-doppelt",
                &(at..start + line.trim_end().len()),
                format!(
                    "das Ziel von „[{label}]“ ist schon festgelegt; diese Zeile bewirkt nichts"
                ),
                "eine der beiden Zeilen löschen oder ihr einen anderen Namen geben",
            );
        }
    }
}

/// The label of a line `[label]: …` and where it begins in the line.
fn definition_label(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    let inner = rest.strip_prefix('[')?;
    let (label, _) = inner.split_once("]:")?;
    let plain = !label.starts_with('^') && !label.contains(['[', ']']);
    plain.then_some((line.len() - rest.len(), label))
}

fn covered(text: &[Range<usize>], at: usize) -> bool {
    let after = text.partition_point(|range| range.start <= at);
    after
        .checked_sub(1)
        .and_then(|last| text.get(last))
        .is_some_and(|range| range.contains(&at))
}

fn is_outside(target: &str) -> bool {
    let visible = |rest: &str| {
        !rest.is_empty()
            && !rest.contains(|c: char| c.is_whitespace() || super::characters::is_dropped(c))
    };
    SCHEMES.iter().any(|scheme| {
        target.get(..scheme.len()).is_some_and(|start| {
            start.eq_ignore_ascii_case(scheme) && visible(&target[scheme.len()..])
        })
    })
}

/// `%20` and the like resolved; anything that is no UTF-8 stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = text
            .get(at + 1..at + 3)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) if *byte == b'%' => {
                decoded.push(value);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
