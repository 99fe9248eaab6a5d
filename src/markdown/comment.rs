//! Blocks of HTML: comments are directives or remarks, all else stays visible and is a finding.

use std::ops::Range;

use super::assemble::{Part, PartKind};
use super::directive::{self, Comment};
use super::inline::shortened;
use super::reader::Context;

/// What a block of HTML holds.
#[derive(Debug, Default)]
pub(super) struct HtmlBlock {
    /// The directives in it, in order.
    pub(super) directives: Vec<Part>,
    /// HTML that no comment hides, with its place.
    pub(super) visible: Option<(Range<usize>, String)>,
}

/// Reads the block at `range`, whose lines without the signs of quotes are `html`.
pub(super) fn read_block(html: &str, range: &Range<usize>, context: &mut Context<'_>) -> HtmlBlock {
    let html = html.trim();
    // Inside a quote over several lines the text has holes: then the place is the whole block.
    let exact = context
        .source
        .get(range.clone())
        .and_then(|written| written.find(html));
    let place = |from: usize, length: usize| match exact {
        Some(start) => range.start + start + from..range.start + start + from + length,
        None => range.clone(),
    };
    let mut block = HtmlBlock::default();
    let mut rest = html;
    loop {
        rest = rest.trim_start();
        let from = html.len() - rest.len();
        let Some(inner) = rest.strip_prefix("<!--") else {
            break;
        };
        let Some((inner, after)) = inner.split_once("-->") else {
            context.befunde.fehler(
                "kommentar-offen",
                &place(from, 4),
                "dieser Kommentar wird nicht geschlossen und verschluckt den Rest; hier erscheint er als Text",
                "ihn mit „-->“ schließen",
            );
            block.visible = Some((place(from, rest.trim_end().len()), rest.to_owned()));
            return block;
        };
        let place = place(from, rest.len() - after.len());
        read_comment(inner, place, &mut block, context);
        rest = after;
    }
    if !rest.is_empty() {
        let from = html.len() - rest.len();
        let place = place(from, rest.trim_end().len());
        context.befunde.fehler(
            "html-nicht-setzbar",
            &place,
            format!(
                "„{}“ ist für Markdown HTML und lässt sich nicht setzen; es erscheint als Text",
                shortened(rest)
            ),
            "es als Markdown schreiben; nach einem Kommentar beginnt Text auf einer neuen Zeile",
        );
        block.visible = Some((place, rest.to_owned()));
    }
    block
}

fn read_comment(
    inner: &str,
    range: Range<usize>,
    block: &mut HtmlBlock,
    context: &mut Context<'_>,
) {
    match directive::read(inner) {
        Comment::Directive(directive) => {
            check_blank_lines(&range, context);
            block.directives.push(Part {
                range,
                kind: PartKind::Directive(directive),
            });
        }
        Comment::Faulty {
            regel,
            text,
            abhilfe,
        } => context.befunde.fehler(regel, &range, text, abhilfe),
        Comment::Remark => context.befunde.hinweis(
            "kommentar",
            &range,
            "dieser Kommentar erscheint nicht im Papier",
            "ihn löschen, wenn er nicht mehr gebraucht wird",
        ),
    }
}

/// A directive stands on a line of its own with blank lines around; other directives may be its neighbours.
fn check_blank_lines(range: &Range<usize>, context: &mut Context<'_>) {
    let before = context.source.get(..range.start).unwrap_or_default();
    let after = context.source.get(range.end..).unwrap_or_default();
    let mut before = before.rsplit('\n');
    let mut after = after.split('\n');
    // Text on the same line is an error of its own.
    let second = before
        .next()
        .is_some_and(|beside| beside.trim_end().ends_with("-->"));
    after.next();
    if !second && before.next().is_none_or(is_quiet) && after.next().is_none_or(is_quiet) {
        return;
    }
    context.befunde.hinweis(
        "anweisung-ohne-leerzeile",
        range,
        "eine Anweisung steht auf einer eigenen Zeile mit Leerzeilen davor und danach",
        "vor und nach der Zeile eine Leerzeile setzen",
    );
}

/// Whether nothing stands on a line but the signs of quotes.
fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '\r', '>']).is_empty()
}

/// Whether a line may stand next to a directive: blank, another comment, or the end of the front matter.
fn is_quiet(line: &str) -> bool {
    let text = line.trim();
    is_blank(line) || text == "---" || (text.starts_with("<!--") && text.ends_with("-->"))
}
