//! Structure → readable text, alike for pages in memory and for pages in a file.

use super::content::PageContent;
use super::structure::{Element, Part};
use crate::layout::page::{Item, Kid, NodeId, Pages};
use crate::pdf::content::role_name;

/// The text below an element.
pub(super) struct TextNode {
    role: String,
    parts: Vec<TextPart>,
}

enum TextPart {
    Text(String),
    Node(TextNode),
}

/// The text of a file's structure.
pub(super) fn of_element(element: &Element, pages: &[PageContent]) -> TextNode {
    let parts = element
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Element(child) => Some(TextPart::Node(of_element(child, pages))),
            Part::Mark { page, number } => {
                mark_text(pages, *page, *number).map(|text| TextPart::Text(text.to_owned()))
            }
            Part::Object { .. } => None,
        })
        .collect();
    TextNode {
        role: element.role.clone(),
        parts,
    }
}

/// The text of pages in memory.
pub(super) fn of_pages(pages: &Pages) -> TextNode {
    of_node(pages, 0, 0)
}

fn of_node(pages: &Pages, id: NodeId, depth: usize) -> TextNode {
    let mut text = TextNode {
        role: String::new(),
        parts: Vec::new(),
    };
    let Some(node) = pages.tree.get(id) else {
        return text;
    };
    text.role = role_name(&node.role).to_owned();
    for kid in &node.kids {
        match kid {
            Kid::Node(child) if depth < super::structure::MAX_DEPTH => {
                text.parts
                    .push(TextPart::Node(of_node(pages, *child, depth + 1)));
            }
            Kid::Mark { page, mark } => {
                let mark = pages
                    .pages
                    .get(*page)
                    .and_then(|page| page.marks.get(*mark));
                if let Some(mark) = mark {
                    text.parts.push(TextPart::Text(match &mark.actual_text {
                        Some(actual) => actual.clone(),
                        None => mark.items.iter().filter_map(run_text).collect(),
                    }));
                }
            }
            Kid::Node(_) | Kid::Link { .. } => {}
        }
    }
    text
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
pub(super) fn plain(node: &TextNode) -> String {
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

fn append<'a>(node: &'a TextNode, notes: &mut Vec<&'a TextNode>, out: &mut String) {
    let role = node.role.as_str();
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
        .filter(|character| *character != '\u{ad}')
        .map(|character| match character {
            '\u{a0}' | '\u{202f}' | '\u{1}' => ' ',
            other => other,
        })
        .collect();
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The tag tree for people: one element a line.
pub(super) fn tree(root: &Element, pages: &[PageContent]) -> String {
    let mut out = String::new();
    branch(root, pages, 0, &mut out);
    out
}

fn branch(element: &Element, pages: &[PageContent], depth: usize, out: &mut String) {
    indent(depth, out);
    out.push_str(&element.role);
    for (key, value) in &element.properties {
        out.push_str(&format!(" {key}={value}"));
    }
    let mut text = String::new();
    let mut lines = 0;
    for part in &element.parts {
        match part {
            Part::Mark { page, number } => {
                text.push_str(mark_text(pages, *page, *number).unwrap_or("???"));
            }
            Part::Element(child) => {
                flush(&mut text, depth, &mut lines, out);
                if lines == 0 {
                    out.push('\n');
                    lines = 1;
                }
                branch(child, pages, depth + 1, out);
            }
            Part::Object { .. } => {}
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
    out.push_str(&format!("„{}“\n", text.replace('\u{ad}', "")));
    *lines += 1;
    text.clear();
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}
