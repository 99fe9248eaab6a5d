//! The lines of typeset pages, and the line on which a place of the Markdown stands.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::layout::page::{Item, Kid, Mark, Mpt, NodeId, Owner, Page, Pages, Role, TextRun};

/// Baselines nearer to each other than this are one line: raised figures, cells of a row in other sizes.
const ONE_LINE: Mpt = 5_500;
/// So many letters tell one place of a block from another.
const TELLING: usize = 12;

/// How lines are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Count {
    /// From 1 on each page.
    #[default]
    PerPage,
    /// From 1 through the whole paper.
    Through,
}

/// A line of text on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub number: usize,
    /// Its baseline.
    pub y: Mpt,
    /// Upper edge of its letters.
    pub top: Mpt,
}

/// A line by its place among the lines of its page, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the page.
    pub page: usize,
    /// Index of the line on it.
    pub line: usize,
}

/// The lines of all pages from top to bottom. Heads, feet and whatever else is no text are none.
pub fn lines(pages: &Pages, count: Count) -> Vec<Vec<Line>> {
    let mut before = 0;
    pages
        .pages
        .iter()
        .map(|page| {
            let mut lines = of_page(page);
            for (index, line) in lines.iter_mut().enumerate() {
                line.number = before + index + 1;
            }
            if count == Count::Through {
                before += lines.len();
            }
            lines
        })
        .collect()
}

fn of_page(page: &Page) -> Vec<Line> {
    let mut baselines: Vec<(Mpt, Mpt)> = page
        .marks
        .iter()
        .filter(|mark| matches!(mark.owner, Owner::Node(_)))
        .flat_map(runs)
        .map(|run| (run.y, run.size))
        .collect();
    baselines.sort_unstable();
    let mut lines: Vec<(Mpt, Line)> = Vec::new();
    let mut first = 0;
    for (y, size) in baselines {
        match lines.last_mut() {
            Some((largest, line)) if y - first < ONE_LINE => {
                // The line stands where its largest letters do.
                if size >= *largest {
                    *largest = size;
                    line.y = y;
                }
                line.top = line.top.min(y - size * 3 / 4);
            }
            _ => {
                first = y;
                let line = Line {
                    number: 0,
                    y,
                    top: y - size * 3 / 4,
                };
                lines.push((size, line));
            }
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn runs(mark: &Mark) -> impl Iterator<Item = &TextRun> {
    mark.items.iter().filter_map(|item| match item {
        Item::Text(run) if run.angle == 0 && !run.text.trim().is_empty() => Some(run),
        _ => None,
    })
}

/// The line on which a place of the Markdown stands: where its first letter does, else the next block's first line.
///
/// `None` for a place before or behind all text, such as the front matter.
pub fn place(
    pages: &Pages,
    lines: &[Vec<Line>],
    markdown: &str,
    range: &Range<usize>,
) -> Option<Place> {
    let node = innermost(pages, range.start).or_else(|| following(pages, range.start))?;
    let is_figure = pages
        .tree
        .get(node)
        .is_some_and(|node| matches!(node.role, Role::Figure(_)));
    let letters = letters(pages, node);
    if is_figure || letters.is_empty() {
        return captioned(pages, lines, node).or_else(|| figure(pages, lines, node));
    }
    let source = pages.tree.get(node)?.source.clone();
    let from = range.start.max(source.start);
    let before = bare(markdown.get(source.start..from)?).count();
    let wanted: Vec<char> = bare(markdown.get(from..source.end)?)
        .take(TELLING)
        .collect();
    // The letters before it are counted; a mark that was taken for a letter shifts the count a little.
    let hits = |at: &usize| {
        let rest = letters.get(*at..).unwrap_or_default();
        !wanted.is_empty()
            && rest.len() >= wanted.len()
            && rest
                .iter()
                .zip(&wanted)
                .all(|((c, ..), wanted)| c == wanted)
    };
    let at = (0..letters.len())
        .filter(hits)
        .min_by_key(|at| at.abs_diff(before))
        .unwrap_or_else(|| before.min(letters.len() - 1));
    let (_, page, y) = *letters.get(at)?;
    nearest(lines, page, y)
}

/// The smallest node that holds a byte of the Markdown, the outermost of several.
fn innermost(pages: &Pages, byte: usize) -> Option<NodeId> {
    let holding = pages
        .tree
        .iter()
        .enumerate()
        // A label has the bytes of its whole item, and stands on its first line alone.
        .filter(|(_, node)| node.role != Role::Label && node.source.contains(&byte));
    holding
        .min_by_key(|(id, node)| (node.source.len(), *id))
        .map(|(id, _)| id)
}

/// The first node behind a byte; the paper's front matter has none that belongs to it.
fn following(pages: &Pages, byte: usize) -> Option<NodeId> {
    let nodes = pages.tree.iter().enumerate();
    let first = pages
        .tree
        .iter()
        .filter(|node| !node.source.is_empty())
        .map(|node| node.source.start)
        .min()?;
    if byte < first {
        return None;
    }
    nodes
        .filter(|(_, node)| !node.source.is_empty() && node.source.start > byte)
        .min_by_key(|(id, node)| (node.source.start, *id))
        .map(|(id, _)| id)
}

/// The letters and digits below a node in reading order, each with its page and baseline.
fn letters(pages: &Pages, node: NodeId) -> Vec<(char, usize, Mpt)> {
    let mut letters = Vec::new();
    for (page, mark) in marks(pages, node) {
        if mark.actual_text.is_some() {
            continue;
        }
        for run in runs(mark) {
            letters.extend(bare_letters(&run.text).map(|c| (c, page, run.y)));
        }
    }
    letters
}

/// A figure has no line of its own: the first one of its caption stands for it.
fn captioned(pages: &Pages, lines: &[Vec<Line>], node: NodeId) -> Option<Place> {
    let source = &pages.tree.get(node)?.source;
    let caption = pages
        .tree
        .iter()
        .position(|other| other.role == Role::Caption && other.source == *source)?;
    let (_, page, y) = *letters(pages, caption).first()?;
    nearest(lines, page, y)
}

/// Without a caption the next line on its page stands for a figure.
fn figure(pages: &Pages, lines: &[Vec<Line>], node: NodeId) -> Option<Place> {
    let mut found: BTreeMap<usize, Mpt> = BTreeMap::new();
    for (page, mark) in marks(pages, node) {
        for item in &mark.items {
            let y = match item {
                Item::Image { area, .. } | Item::Fill { area, .. } => area.y,
                Item::Text(run) => run.y,
                // A path that is not clipped tells nothing of its place.
                Item::Path(path) => match path.clip {
                    Some(clip) => clip.y,
                    None => continue,
                },
            };
            let top = found.entry(page).or_insert(y);
            *top = y.min(*top);
        }
    }
    let (page, y) = found.into_iter().next()?;
    let on_page = lines.get(page)?;
    let next = on_page.iter().position(|line| line.y >= y);
    let line = next.or_else(|| on_page.len().checked_sub(1))?;
    Some(Place { page, line })
}

fn nearest(lines: &[Vec<Line>], page: usize, y: Mpt) -> Option<Place> {
    let on_page = lines.get(page)?.iter().enumerate();
    let (line, _) = on_page.min_by_key(|(_, line)| line.y.abs_diff(y))?;
    Some(Place { page, line })
}

/// The marks below a node in reading order, each with its page.
fn marks(pages: &Pages, node: NodeId) -> Vec<(usize, &Mark)> {
    let mut found = Vec::new();
    let mut open = vec![Kid::Node(node)];
    while let Some(kid) = open.pop() {
        match kid {
            Kid::Node(id) => {
                let kids = pages.tree.get(id).map(|node| node.kids.as_slice());
                open.extend(kids.unwrap_or_default().iter().rev().copied());
            }
            Kid::Mark { page, mark } => {
                let mark = pages.pages.get(page).and_then(|page| page.marks.get(mark));
                found.extend(mark.map(|mark| (page, mark)));
            }
            Kid::Link { .. } => {}
        }
    }
    found
}

/// The letters and digits of Markdown that are seen: no targets of links, no tags, no comments.
fn bare(markdown: &str) -> impl Iterator<Item = char> {
    let mut seen = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let hidden = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("](") {
            rest.find(')').map(|at| at + 1)
        } else if rest
            .strip_prefix('<')
            .is_some_and(|tag| tag.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()))
        {
            rest.find('>').map(|at| at + 1)
        } else {
            None
        };
        let length = hidden.unwrap_or(c.len_utf8());
        if hidden.is_none() {
            seen.push(c);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    bare_letters(&seen).collect::<Vec<_>>().into_iter()
}

fn bare_letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Pictures, layout};
    use crate::markdown;

    fn placed(text: &str, needle: &str) -> (usize, usize) {
        let (pages, _) = layout(&markdown::parse(text).0, &Pictures::new());
        let lines = lines(&pages, Count::PerPage);
        let at = text.find(needle).unwrap();
        let place = place(&pages, &lines, text, &(at..at + needle.len())).unwrap();
        (place.page, lines[place.page][place.line].number)
    }

    const LONG: &str = "# Titel\n\n<!-- klausel: kosten -->\n\n## § 1 Kosten\n\n(1) Ein **langer** Satz, der [auf § 1](#kosten) verweist und über mehr als nur eine einzige Zeile geht, damit Wörter am Anfang, in der Mitte und am Schluss auf verschiedenen Zeilen stehen: ganz hinten endet er mit dem Wort Schlusswort.\n\n| Spalte | Betrag |\n|---|--:|\n| erste | 1,00 € |\n| zweite | 2,00 € |\n";

    #[test]
    fn a_place_is_found_on_its_line() {
        assert_eq!(placed(LONG, "Titel"), (0, 1));
        assert_eq!(placed(LONG, "<!-- klausel"), (0, 2));
        assert_eq!(placed(LONG, "langer"), (0, 3));
        assert_eq!(placed(LONG, "Schlusswort"), (0, 5));
        assert_eq!(placed(LONG, "Spalte"), (0, 6));
        assert_eq!(placed(LONG, "2,00"), (0, 8));
    }

    #[test]
    fn the_front_matter_stands_on_no_line() {
        let text = "---\ntitel: A\n---\n\n# A\n\nEin Satz.\n";
        let (pages, _) = layout(&markdown::parse(text).0, &Pictures::new());
        let lines = lines(&pages, Count::PerPage);
        assert_eq!(place(&pages, &lines, text, &(5..8)), None);
    }

    #[test]
    fn lines_count_through_pages_where_they_shall() {
        let text = "Eins.\n\n<!-- seite -->\n\nZwei.\n";
        let (pages, _) = layout(&markdown::parse(text).0, &Pictures::new());
        let last = |count| lines(&pages, count)[1][0].number;
        assert_eq!((last(Count::PerPage), last(Count::Through)), (1, 2));
    }

    #[test]
    fn cells_of_a_row_share_a_line() {
        let text = "| a | b |\n|---|---|\n| eins<br>zwei | drei |\n";
        let (pages, _) = layout(&markdown::parse(text).0, &Pictures::new());
        assert_eq!(lines(&pages, Count::PerPage)[0].len(), 3);
    }

    const LIST: &str = "Einleitung vor der Liste:\n\n1. Der erste Punkt ist lang genug, dass er über mehrere Zeilen geht, und nennt ganz hinten in seinem Text, also erst auf der dritten Zeile des Punktes, die Zahl der Kommunen, die daran teilnehmen: es sind siebzehn Kommunen.\n2. Der zweite Punkt nennt ebenfalls am Ende seines Textes eine Zahl, die erst auf der zweiten Zeile steht: achtzehn.\n\n- Ein Punkt\n  geht in der Datei weiter und endet nach einer längeren Zeile mit der Zahl, die auf der zweiten Zeile des Punktes steht: neunzehn.\n";

    #[test]
    fn a_place_in_an_item_is_found_on_its_line() {
        assert_eq!(placed(LIST, "Der erste"), (0, 2));
        assert_eq!(placed(LIST, "siebzehn"), (0, 4));
        assert_eq!(placed(LIST, "Der zweite"), (0, 5));
        assert_eq!(placed(LIST, "achtzehn"), (0, 6));
        assert_eq!(placed(LIST, "neunzehn"), (0, 8));
    }

    #[test]
    fn a_place_in_a_figure_is_found_on_the_line_of_its_caption() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"><rect x="0" y="0" width="100" height="40" fill="#335577"/></svg>"##;
        let mut pictures = Pictures::new();
        pictures.insert("b.svg".to_owned(), svg.as_bytes().to_vec().into());
        let text = "# Titel\n\nEin Satz.\n\n<!-- titel: Anteile -->\n\n![Balken der acht Anteile](b.svg)\n\nNoch einer.\n";
        let (pages, _) = layout(&markdown::parse(text).0, &pictures);
        let lines = lines(&pages, Count::PerPage);
        let at = text.find("acht").unwrap();
        let place = place(&pages, &lines, text, &(at..at + 4)).unwrap();
        assert_eq!((place.page, lines[place.page][place.line].number), (0, 3));
    }
}
