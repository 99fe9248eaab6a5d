//! What a typesetter would not sign: flaws found by walking over finished pages.
//!
//! Reads the pages only; knows nothing of how they were made, so that it can find fault with it.

use std::collections::BTreeMap;

use super::nobreak;
use super::page::{Item, Kid, Mpt, NodeId, Owner, Pages, Role, TextRun};

/// A flaw that a reader would see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Index of the page.
    pub page: usize,
    /// Baseline of the line.
    pub y: Mpt,
    /// What is wrong.
    pub kind: FlawKind,
    /// The line's text.
    pub text: String,
}

/// The kinds of flaws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlawKind {
    /// A heading is the last text of its page.
    OrphanedHeading,
    /// One line of a paragraph stands alone at a page's end.
    Orphan,
    /// One line of a paragraph stands alone at a page's begin.
    Widow,
    /// One row of a table stands alone on a page.
    LoneRow,
    /// A row goes on over the page's end.
    SplitRow,
    /// Text reaches over the right edge of its area.
    Overfull,
    /// A line ends inside „§ 5“ or the like.
    BrokenPair,
    /// A heading is hyphenated.
    HyphenInHeading,
    /// More than three lines in a row end with a hyphen.
    HyphenLadder,
    /// A space of a justified line is wider than 1,6 em.
    River,
}

/// A line of one paragraph, heading or cell.
struct Line<'a> {
    page: usize,
    y: Mpt,
    right: Mpt,
    runs: Vec<&'a TextRun>,
    hyphen: bool,
}

impl Line<'_> {
    fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// All flaws of a paper, in reading order.
///
/// A row longer than a page, and words in a cell narrower than they are, cannot be set without a flaw.
pub fn flaws(pages: &Pages) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let lines = lines_by_block(pages);
    let last_lines = last_lines(pages, &lines);
    for (node, lines) in &lines {
        let role = pages.tree.get(*node).map(|node| &node.role);
        let mut found = |line: &Line<'_>, kind| {
            flaws.push(Flaw {
                page: line.page,
                y: line.y,
                kind,
                text: line.text(),
            });
        };
        let heading = matches!(role, Some(Role::Heading(_)));
        for (index, line) in lines.iter().enumerate() {
            if heading && line.hyphen {
                found(line, FlawKind::HyphenInHeading);
            }
            if line.right > right_edge(pages, line.page) {
                found(line, FlawKind::Overfull);
            }
            if has_river(line) {
                found(line, FlawKind::River);
            }
            if let Some(next) = lines.get(index + 1)
                && broken_pair(line, next)
            {
                found(line, FlawKind::BrokenPair);
            }
        }
        for window in lines.windows(4) {
            if window.iter().all(|line| line.hyphen)
                && let Some(last) = window.last()
            {
                found(last, FlawKind::HyphenLadder);
            }
        }
        if let Some(last) = lines.last()
            && heading
            && last_lines.get(&last.page) == Some(&(last.y, *node))
            && last.page + 1 < pages.pages.len()
        {
            found(last, FlawKind::OrphanedHeading);
        }
        if matches!(
            role,
            Some(Role::Paragraph | Role::ListBody | Role::Heading(_))
        ) {
            lonely_lines(lines, &mut found);
        }
        if matches!(role, Some(Role::TableData | Role::TableHeading(_)))
            && let (Some(first), Some(last)) = (lines.first(), lines.last())
            && first.page != last.page
        {
            found(last, FlawKind::SplitRow);
        }
    }
    lone_rows(pages, &mut flaws);
    flaws.sort_by_key(|flaw| (flaw.page, flaw.y, flaw.kind));
    flaws
}

/// The lines of each block that holds text.
fn lines_by_block(pages: &Pages) -> BTreeMap<NodeId, Vec<Line<'_>>> {
    let mut blocks: BTreeMap<NodeId, Vec<Line<'_>>> = BTreeMap::new();
    for (page, content) in pages.pages.iter().enumerate() {
        for mark in &content.marks {
            let Owner::Node(node) = mark.owner else {
                continue;
            };
            let lines = blocks.entry(block_of(pages, node)).or_default();
            for item in &mark.items {
                let Item::Text(run) = item else {
                    continue;
                };
                let hyphen = mark.actual_text.as_deref() == Some("\u{ad}");
                let right = run.x + ink_width(run);
                match lines.last_mut() {
                    // Raised figures stand on the line of their word.
                    Some(line) if line.page == page && (line.y - run.y).abs() < run.size / 2 => {
                        line.right = line.right.max(right);
                        line.hyphen = hyphen;
                        line.runs.push(run);
                    }
                    _ => lines.push(Line {
                        page,
                        y: run.y,
                        right,
                        runs: vec![run],
                        hyphen,
                    }),
                }
            }
        }
    }
    blocks
}

/// The node that a piece of text stands in as a block.
fn block_of(pages: &Pages, node: NodeId) -> NodeId {
    let mut at = node;
    while let Some(inner) = pages.tree.get(at)
        && matches!(inner.role, Role::Link | Role::Span | Role::Reference)
    {
        at = inner.parent;
    }
    at
}

/// The width of a run without a space at its end.
fn ink_width(run: &TextRun) -> Mpt {
    let all: Mpt = run.glyphs.iter().map(|glyph| glyph.advance).sum();
    let trailing = run
        .text
        .ends_with(' ')
        .then(|| run.glyphs.last().map_or(0, |glyph| glyph.advance));
    all - trailing.unwrap_or(0)
}

fn right_edge(pages: &Pages, page: usize) -> Mpt {
    // The right margin is 20 mm; rounding may take a few thousandths of a point.
    pages.pages.get(page).map_or(0, |page| page.width) - 56_693 + 5
}

fn has_river(line: &Line<'_>) -> bool {
    line.runs.iter().any(|run| {
        let spaces = run.glyphs.iter().filter(|glyph| {
            let range = glyph.text.start as usize..glyph.text.end as usize;
            run.text.get(range) == Some(" ")
        });
        spaces
            .into_iter()
            .any(|glyph| glyph.advance * 10 > run.size * 16 + 10)
    })
}

fn broken_pair(line: &Line<'_>, next: &Line<'_>) -> bool {
    let (text, next) = (line.text(), next.text());
    let Some(text) = text.strip_suffix(' ') else {
        return false;
    };
    let before = text.rsplit(' ').next().unwrap_or(text);
    let after = next.split(' ').next().unwrap_or(&next);
    nobreak::keeps(before, after)
}

/// The last line of each page's text: its baseline and block.
fn last_lines(
    pages: &Pages,
    blocks: &BTreeMap<NodeId, Vec<Line<'_>>>,
) -> BTreeMap<usize, (Mpt, NodeId)> {
    let mut last: BTreeMap<usize, (Mpt, NodeId)> = BTreeMap::new();
    for (node, lines) in blocks.iter().filter(|(node, _)| !in_note(pages, **node)) {
        for line in lines {
            let entry = last.entry(line.page).or_insert((line.y, *node));
            if line.y > entry.0 {
                *entry = (line.y, *node);
            }
        }
    }
    last
}

/// Whether a block stands in a footnote.
fn in_note(pages: &Pages, node: NodeId) -> bool {
    let mut at = node;
    while let Some(inner) = pages.tree.get(at)
        && inner.parent != at
    {
        if inner.role == Role::Note {
            return true;
        }
        at = inner.parent;
    }
    false
}

fn lonely_lines<'a>(lines: &[Line<'a>], found: &mut impl FnMut(&Line<'a>, FlawKind)) {
    if let [first, second, ..] = lines
        && first.page != second.page
    {
        found(first, FlawKind::Orphan);
    }
    if let [.., before, last] = lines
        && before.page != last.page
    {
        found(last, FlawKind::Widow);
    }
}

/// Tables that leave one row alone before or after a page's end.
fn lone_rows(pages: &Pages, flaws: &mut Vec<Flaw>) {
    for node in pages
        .tree
        .iter()
        .filter(|node| node.role == Role::TableBody)
    {
        let rows: Vec<(usize, usize)> = node
            .kids
            .iter()
            .filter_map(|kid| match kid {
                Kid::Node(row) => pages_of(pages, *row),
                _ => None,
            })
            .collect();
        // A row that goes on over a page's end is where the next one begins.
        let lone = match rows.as_slice() {
            [first, second, ..] if first.1 != second.0 => Some(first.1),
            [.., before, last] if before.1 != last.0 => Some(last.0),
            _ => None,
        };
        if let Some(page) = lone {
            flaws.push(Flaw {
                page,
                y: 0,
                kind: FlawKind::LoneRow,
                text: String::new(),
            });
        }
    }
}

/// The pages on which a node's text begins and ends.
fn pages_of(pages: &Pages, node: NodeId) -> Option<(usize, usize)> {
    let kids = pages.tree.get(node)?.kids.iter();
    kids.filter_map(|kid| match kid {
        Kid::Mark { page, .. } | Kid::Link { page, .. } => Some((*page, *page)),
        Kid::Node(node) => pages_of(pages, *node),
    })
    .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}
