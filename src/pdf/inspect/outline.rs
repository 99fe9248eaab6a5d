//! Bookmarks: each heading has one, in the same order, that leads to its page.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::{PageContent, page_index};
use super::structure::{Element, Part, decode, list};
use super::text;

/// More bookmarks than this are not read.
const MOST: usize = 100_000;

struct Bookmark {
    /// Letters and figures only.
    title: String,
    page: Option<usize>,
}

/// Compares headings and bookmarks. Bookmarks may say more: annexes have some of their own.
pub(super) fn check(
    document: &Document,
    pages: &[PageContent],
    root: &Element,
    defects: &mut Vec<String>,
) {
    let mut bookmarks = Vec::new();
    let top = document
        .catalog()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"Outlines"));
    if let Ok(top) = top {
        children(document, pages, top, &mut bookmarks, defects);
    }
    let mut left = bookmarks.iter();
    root.walk("", &mut |element, _| {
        let is_heading = element
            .role
            .strip_prefix('H')
            .is_some_and(|level| level.parse::<u8>().is_ok());
        if !is_heading {
            return;
        }
        let title = letters(&heading_text(element, pages));
        match left.by_ref().find(|bookmark| bookmark.title == title) {
            None => defects.push(format!(
                "{} {} hat kein Lesezeichen",
                element.role, element.id.0
            )),
            Some(bookmark) if bookmark.page != page_of(element) => defects.push(format!(
                "Das Lesezeichen zu {} {} führt auf eine andere Seite",
                element.role, element.id.0
            )),
            Some(_) => {}
        }
    });
}

/// The bookmarks below one, in order.
fn children(
    document: &Document,
    pages: &[PageContent],
    parent: &Dictionary,
    bookmarks: &mut Vec<Bookmark>,
    defects: &mut Vec<String>,
) {
    let reference = |dictionary: &Dictionary, key: &[u8]| -> Option<ObjectId> {
        dictionary.get(key).and_then(Object::as_reference).ok()
    };
    let mut next = reference(parent, b"First");
    let mut last = None;
    while let Some(id) = next {
        let Ok(item) = document.get_dictionary(id) else {
            defects.push(format!("Lesezeichen {} fehlt", id.0));
            return;
        };
        if reference(item, b"Prev") != last || bookmarks.len() > MOST {
            defects.push(format!("Lesezeichen {} hängt an falscher Stelle", id.0));
            return;
        }
        let title = item.get(b"Title").and_then(Object::as_str);
        let page = list(item, b"Dest", document)
            .first()
            .and_then(|page| page.as_reference().ok())
            .and_then(|page| page_index(pages, page));
        if page.is_none() {
            defects.push(format!("Lesezeichen {} führt auf keine Seite", id.0));
        }
        bookmarks.push(Bookmark {
            title: letters(&title.map(decode).unwrap_or_default()),
            page,
        });
        children(document, pages, item, bookmarks, defects);
        last = Some(id);
        next = reference(item, b"Next");
    }
    if reference(parent, b"Last") != last {
        defects.push("Die Kette der Lesezeichen ist unterbrochen".to_owned());
    }
}

/// The text of a heading without the figures of its notes.
fn heading_text(element: &Element, pages: &[PageContent]) -> String {
    let mut said = String::new();
    for part in &element.parts {
        match part {
            Part::Element(child) if child.role != "Reference" => {
                said.push_str(&heading_text(child, pages));
            }
            Part::Mark { page, number } => {
                said.push_str(text::mark_text(pages, *page, *number).unwrap_or_default());
            }
            _ => {}
        }
    }
    said
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The page on which an element's own content begins.
fn page_of(element: &Element) -> Option<usize> {
    element.parts.iter().find_map(|part| match part {
        Part::Mark { page, .. } => Some(*page),
        Part::Element(child) => page_of(child),
        Part::Object { .. } => None,
    })
}
