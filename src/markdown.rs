//! Markdown → blocks: reads the one dialect that templates write and authors may use.
//!
//! [`parse`] always gives a document. What the dialect does not know, and what Markdown would drop or turn into
//! something else unseen, is a finding with its place; text stays visible wherever it can.
//!
//! # The dialect
//!
//! CommonMark with tables, footnotes, strikethrough, task lists and a YAML front matter; no heading attributes, definition
//! lists, smart punctuation or math. On top of it:
//!
//! | Written | Means |
//! |---|---|
//! | `---` … `---` at the top | front matter, see [`front::FrontMatter`]; unknown keys are errors |
//! | a table whose head cells are all empty | no head row; a body cell that is wholly bold heads its row |
//! | `(1)`, `1.`, `a)`, `aa)` at the begin of paragraphs | legal lists, nested in this order; the label is text |
//! | `<!-- klausel: kosten -->` | before a clause's heading: its stable key and link target `#kosten` |
//! | `<!-- zusammen -->` … `<!-- /zusammen -->` | stays on one page |
//! | `<!-- quer -->` … `<!-- /quer -->` | on landscape pages |
//! | `<!-- seite -->` | a new page |
//! | `<!-- spalten: 4 2 2 -->` | widths of the next table's columns, relative to each other |
//! | `<!-- titel: … -->` | caption of the next table or figure |
//! | `<!-- unterschrift: Kreis Unna \| Der Landrat -->` | a signature block; two in a row stand side by side |
//! | `<!-- anlage: Anlage 1 zur Drucksache 215/21 -->` | an annex begins, see below |
//! | `![Alternativtext](bild.svg)` alone in its paragraph | a figure, PNG, JPEG or SVG from beside the file |
//! | `<ins>` `<del>` `<sup>` `<sub>` `<br>` `<span lang="en">` | the only HTML |
//!
//! Directives stand on a line of their own with blank lines around them. Lines are never wrapped anew. Keeping „§ 5“ or
//! „10 %“ together is the layout's business, not the text's.
//!
//! # A paper with its annexes
//!
//! An annex starts a page, bears the words of its directive at its head, and counts its own pages beside those of the
//! whole. The lines of the comment after the first are the annex's own front matter (`kurztitel`, `muster`, …). Its
//! footnotes, keys of clauses and anchors are its own. `anhang` in the front matter of the whole names PDFs beside the
//! file that the PDF carries with it: `- { datei: anlagen/lageplan.pdf, titel: Lageplan }`.
//!
//! # Inside
//!
//! The steps: front matter · the parser's events → blocks ([`reader`]) with directives ([`assemble`]) and legal lists
//! ([`legal`]) · numbers of footnotes ([`notes`]) · anchors ([`anchors`]). Only `reader`, `inline`, `table` and this file
//! know the parser. This stage opens no file, knows no paper's meaning and no page.

pub mod ast;
pub mod front;
pub mod text;

mod anchors;
mod annex;
mod assemble;
mod characters;
mod comment;
mod directive;
mod finding;
mod html;
mod inline;
mod legal;
mod links;
mod notes;
mod numbering;
mod pictures;
mod reader;
mod table;

#[cfg(test)]
mod cases;

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use self::ast::{Document, LinkTarget};
use self::finding::Befunde;
use self::front::FrontMatter;
use self::reader::Context;
use crate::diagnostic::Befund;

pub use self::text::plain_text;

/// The largest Markdown that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// How many lines may look like the beginning of a front matter and never like its end: each costs the parser a search.
const MAX_OPEN_FENCES: usize = 64;

/// Reads a paper.
///
/// The document is the best that can be made of the text; it is fit for a PDF only if no finding is an error.
/// Findings are sorted by place, places are bytes of `markdown`.
pub fn parse(markdown: &str) -> (Document, Vec<Befund>) {
    let mut context = Context::new(markdown);
    if let Err(reason) = within_budget(markdown) {
        let start = 0..markdown.len().min(1);
        context.befunde.fehler(
            "zu-gross",
            &start,
            reason,
            "das Papier in Anlagen aufteilen",
        );
        return (empty(), context.befunde.sorted());
    }
    characters::check(markdown, 0, &mut context.befunde);
    let parts = annex::split(markdown, &mut context.befunde);
    let mut befunde = context.befunde;
    let mut document = empty();
    for part in parts {
        let text = annex::isolated(markdown, &part);
        let read = read_part(&text, part.begin.is_none(), &mut befunde);
        match part.begin {
            None => document = read,
            Some(begin) => {
                let begin = begin.block(markdown, &mut befunde);
                annex::append(&mut document, begin, (read.blocks, read.links, read.notes));
            }
        }
    }
    (document, befunde.sorted())
}

/// Reads the paper, or one of its annexes by itself; only the paper has its front matter at the beginning.
fn read_part(markdown: &str, is_paper: bool, befunde: &mut Befunde) -> Document {
    let mut context = Context::new(markdown);
    context.befunde = std::mem::take(befunde);
    let parser = Parser::new_ext(markdown, options());
    let definitions = definitions(&parser);
    let (mut blocks, yaml) = reader::read(parser.into_offset_iter(), &mut context);
    context.text.sort_by_key(|range| range.start);
    links::check_definitions(
        markdown,
        &definitions,
        &context.used_definitions,
        &context.text,
        &mut context.befunde,
    );
    let front = if is_paper {
        front_matter(markdown, yaml, &mut context.befunde)
    } else {
        FrontMatter::default()
    };
    let notes = notes::number(&mut blocks, &mut context);
    anchors::resolve(&mut blocks, &mut context);

    *befunde = context.befunde;
    Document {
        front,
        blocks,
        links: context
            .links
            .into_iter()
            .map(|(target, _)| target)
            .collect::<Vec<LinkTarget>>(),
        notes,
    }
}

/// The dialect's extensions, and no others: definition lists, for one, would turn the line above „:“ into a term.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

fn empty() -> Document {
    Document {
        front: FrontMatter::default(),
        blocks: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
    }
}

/// Keeps inputs away on which the parser takes quadratic time, and those that are no paper by their size.
fn within_budget(markdown: &str) -> Result<(), String> {
    if markdown.len() > MAX_BYTES {
        return Err(format!(
            "dieses Markdown ist größer als {} MiB",
            MAX_BYTES / 1024 / 1024
        ));
    }
    let open_fence = |line: &&str| {
        let line = line.trim_end_matches(['\n', '\r']);
        line.strip_prefix("---").is_some_and(|rest| {
            !rest.trim_matches(' ').is_empty() && rest.bytes().all(|b| b.is_ascii_whitespace())
        })
    };
    if markdown.split('\n').filter(open_fence).count() > MAX_OPEN_FENCES {
        return Err("zu viele Zeilen bestehen aus „---“ und Tabulatoren".to_owned());
    }
    Ok(())
}

/// The parser's link definitions by place, labels normalized.
fn definitions(parser: &Parser<'_>) -> Vec<(String, Range<usize>)> {
    let mut definitions: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (links::normalize(label), definition.span.clone()))
        .collect();
    definitions.sort_by_key(|(_, range)| range.start);
    definitions
}

fn front_matter(markdown: &str, yaml: Option<Range<usize>>, befunde: &mut Befunde) -> FrontMatter {
    if let Some(range) = yaml {
        return front::read::read(markdown, range, befunde);
    }
    let first = markdown.lines().next().unwrap_or_default();
    if first.trim_end() == "---" {
        befunde.fehler(
            "vorspann-offen",
            &(0..first.len()),
            "der Vorspann, der hier beginnt, ist leer oder nicht geschlossen",
            "ab der zweiten Zeile Angaben wie „titel: …“ schreiben und mit einer Zeile „---“ schließen",
        );
    }
    FrontMatter::default()
}
