//! Structure → readable text, alike for pages in memory and for pages in a file.

use std::borrow::Cow;

use super::content::PageContent;
use super::structure::{Element, Part, bounds};
use crate::layout::page::{Item, Kid, Node, NodeId, Pages, Role};
use crate::pdf::content::role_name;
use crate::pdf::tags;

/// An element with its text, from wherever it was read.
pub(super) struct TextNode<'a> {
    role: &'a str,
    /// By name, in the order of [`Element::properties`].
    properties: Vec<(&'static str, Cow<'a, str>)>,
    parts: Vec<TextPart<'a>>,
}

enum TextPart<'a> {
    Text(Cow<'a, str>),
    Node(TextNode<'a>),
    /// Content that the page does not have.
    Lost,
}

/// The text of a file's structure.
pub(super) fn of_element<'a>(element: &'a Element, pages: &'a [PageContent]) -> TextNode<'a> {
    let parts = element
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Element(child) => Some(TextPart::Node(of_element(child, pages))),
            Part::Mark { page, number } => Some(match mark_text(pages, *page, *number) {
                Some(text) => TextPart::Text(Cow::Borrowed(text)),
                None => TextPart::Lost,
            }),
            Part::Object { .. } => None,
        })
        .collect();
    let properties = element.properties.iter();
    TextNode {
        role: &element.role,
        properties: properties
            .map(|(key, value)| (*key, Cow::Borrowed(value.as_str())))
            .collect(),
        parts,
    }
}

/// The text of pages in memory.
pub(super) fn of_pages(pages: &Pages) -> TextNode<'_> {
    let notes = tags::notes(pages);
    of_node((pages, &notes), 0, 0)
}

/// `notes` are the nodes that are notes, in the order of their numbers.
fn of_node<'a>((pages, notes): (&'a Pages, &[NodeId]), id: NodeId, depth: usize) -> TextNode<'a> {
    let mut text = TextNode {
        role: "",
        properties: Vec::new(),
        parts: Vec::new(),
    };
    let Some(node) = pages.tree.get(id) else {
        return text;
    };
    text.role = role_name(&node.role);
    text.properties = properties((pages, notes), id, node);
    text.parts.reserve_exact(node.kids.len());
    for kid in &node.kids {
        match kid {
            Kid::Node(child) if depth < super::structure::MAX_DEPTH => {
                let child = of_node((pages, notes), *child, depth + 1);
                text.parts.push(TextPart::Node(child));
            }
            Kid::Mark { page, mark } => {
                let mark = pages
                    .pages
                    .get(*page)
                    .and_then(|page| page.marks.get(*mark));
                if let Some(mark) = mark {
                    text.parts.push(TextPart::Text(match &mark.actual_text {
                        Some(actual) => Cow::Borrowed(actual),
                        None => mark.items.iter().filter_map(run_text).collect(),
                    }));
                }
            }
            Kid::Node(_) | Kid::Link { .. } => {}
        }
    }
    text
}

/// What the file says of a node besides its role and its content.
fn properties<'a>(
    (pages, notes): (&'a Pages, &[NodeId]),
    id: NodeId,
    node: &'a Node,
) -> Vec<(&'static str, Cow<'a, str>)> {
    let mut properties: Vec<(&'static str, Cow<'a, str>)> = Vec::new();
    properties.extend(node.language.as_deref().map(|value| ("Lang", value.into())));
    properties.extend(node.alt.as_deref().map(|value| ("Alt", value.into())));
    match &node.role {
        Role::Note => properties.push(("ID", tags::note_id(notes, id).into())),
        Role::TableHeading(scope) => properties.push(("Scope", tags::scope_name(*scope).into())),
        Role::List(numbering) => {
            properties.push(("ListNumbering", tags::numbering_name(*numbering).into()));
        }
        Role::Figure(area) => {
            let page = tags::own_page(node).and_then(|page| pages.pages.get(page));
            let corners = tags::corners(*area, page.map_or(0, |page| page.height));
            properties.push(("BBox", bounds(corners).into()));
        }
        _ => {}
    }
    properties
}

/// What a run's glyphs show of its text.
fn run_text(item: &Item) -> Option<String> {
    let Item::Text(run) = item else { return None };
    let shown = run.glyphs.iter().filter_map(|glyph| {
        run.text
            .get(glyph.text.start as usize..glyph.text.end as usize)
    });
    Some(shown.collect())
}

pub(super) fn mark_text(pages: &[PageContent], page: usize, number: i64) -> Option<&str> {
    Some(pages.get(page)?.marks.get(&number)?.text.as_str())
}

/// One block a line, the notes at the end.
pub(super) fn plain(node: &TextNode<'_>) -> String {
    let mut raw = String::new();
    let mut notes = Vec::new();
    append(node, &mut notes, &mut raw);
    // Notes hold no notes of their own in the structure; a reference inside one only queues the next.
    for note in notes {
        append(note, &mut Vec::new(), &mut raw);
    }
    let mut text = String::new();
    for line in raw.split('\n') {
        let cells: Vec<String> = line.split('\t').map(tidy).collect();
        let line = cells.join("\t");
        if !line.trim().is_empty() {
            text.push_str(line.trim_end_matches('\t'));
            text.push('\n');
        }
    }
    text
}

fn append<'a>(node: &'a TextNode<'a>, notes: &mut Vec<&'a TextNode<'a>>, out: &mut String) {
    let role = node.role;
    let block = !matches!(
        role,
        "Span" | "Link" | "Reference" | "Lbl" | "LBody" | "TH" | "TD"
    );
    // A block begins a line, except right behind its label or in its cell.
    if block && !out.ends_with(['\t', '\u{1}']) {
        out.push('\n');
    }
    for part in &node.parts {
        match part {
            TextPart::Text(text) => out.extend(text.chars().map(|character| match character {
                '\n' | '\t' | '\u{1}' => ' ',
                other => other,
            })),
            TextPart::Node(child) if child.role == "Note" => notes.push(child),
            TextPart::Node(child) => append(child, notes, out),
            TextPart::Lost => {}
        }
    }
    match role {
        "TH" | "TD" => out.push('\t'),
        // A mark that the next block recognises; becomes a space.
        "Lbl" => out.push('\u{1}'),
        _ if block => out.push('\n'),
        _ => {}
    }
}

/// No-break spaces as spaces, no soft hyphens, runs of spaces as one, none at the ends.
fn tidy(text: &str) -> String {
    let text: String = text
        .chars()
        .filter_map(shown)
        .map(|character| match character {
            '\u{1}' => ' ',
            other => other,
        })
        .collect();
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a file can say of a character: its spaces are all alike, soft hyphens are gone.
fn shown(character: char) -> Option<char> {
    match character {
        '\u{ad}' => None,
        '\u{a0}' | '\u{202f}' => Some(' '),
        other => Some(other),
    }
}

/// The tag tree for people: one element a line.
pub(super) fn tree(root: &TextNode<'_>) -> String {
    let mut out = String::new();
    branch(root, 0, &mut out);
    out
}

fn branch(node: &TextNode<'_>, depth: usize, out: &mut String) {
    indent(depth, out);
    out.push_str(node.role);
    for (key, value) in &node.properties {
        out.extend([" ", key, "=", value]);
    }
    let mut text = String::new();
    let mut lines = 0;
    for part in &node.parts {
        match part {
            TextPart::Text(more) => text.push_str(more),
            TextPart::Lost => text.push_str("???"),
            TextPart::Node(child) => {
                flush(&mut text, depth, &mut lines, out);
                if lines == 0 {
                    out.push('\n');
                    lines = 1;
                }
                branch(child, depth + 1, out);
            }
        }
    }
    flush(&mut text, depth, &mut lines, out);
    if lines == 0 {
        out.push('\n');
    }
}

/// The first text stands behind the element's name, later ones on lines of their own.
fn flush(text: &mut String, depth: usize, lines: &mut usize, out: &mut String) {
    if text.is_empty() {
        return;
    }
    if *lines == 0 {
        out.push(' ');
    } else {
        indent(depth + 1, out);
    }
    out.push('„');
    out.extend(text.chars().filter_map(shown));
    out.push_str("“\n");
    *lines += 1;
    text.clear();
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}
