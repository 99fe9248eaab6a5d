//! Bookmarks, nested by their level.

use super::PdfError;
use super::save::Objects;
use super::syntax;
use super::tags::Tags;
use crate::layout::page::OutlineItem;

/// Where a bookmark hangs.
#[derive(Clone, Default)]
struct Links {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    /// Descendants at any depth; all are shown.
    count: i64,
}

/// Writes the bookmarks; none, no outline.
///
/// # Errors
/// [`PdfError::Pages`] where a bookmark leads to a page that is not there.
pub(super) fn write(
    items: &[OutlineItem],
    tags: &Tags<'_>,
    objects: &mut Objects,
) -> Result<Option<u32>, PdfError> {
    if items.is_empty() {
        return Ok(None);
    }
    let root = objects.reserve();
    let first = objects.reserve_many(items.len());
    let object = |index: Option<usize>| {
        index.map_or(root, |index| {
            first + u32::try_from(index).unwrap_or_default()
        })
    };
    let (links, top) = nest(items);
    for (index, (item, links)) in items.iter().zip(&links).enumerate() {
        let out = objects.begin(object(Some(index)));
        out.extend_from_slice(b"<</Title");
        syntax::text(out, &item.text);
        out.extend_from_slice(b"/Dest");
        tags.destination(item.page, item.y, out)?;
        out.extend_from_slice(b"/Parent ");
        syntax::reference(out, object(links.parent));
        for (key, other) in [("/Prev ", links.previous), ("/Next ", links.next)] {
            if other.is_some() {
                out.extend_from_slice(key.as_bytes());
                syntax::reference(out, object(other));
            }
        }
        children(links, &object, out);
        out.extend_from_slice(b">>");
    }
    let out = objects.begin(root);
    out.extend_from_slice(b"<</Type/Outlines");
    children(&top, &object, out);
    out.extend_from_slice(b">>");
    Ok(Some(root))
}

fn children(links: &Links, object: &impl Fn(Option<usize>) -> u32, out: &mut Vec<u8>) {
    if links.first.is_none() {
        return;
    }
    out.extend_from_slice(b"/First ");
    syntax::reference(out, object(links.first));
    out.extend_from_slice(b"/Last ");
    syntax::reference(out, object(links.last));
    out.extend_from_slice(b"/Count ");
    syntax::integer(out, links.count);
}

fn nest(items: &[OutlineItem]) -> (Vec<Links>, Links) {
    let mut links = vec![Links::default(); items.len()];
    let mut top = Links::default();
    // The bookmarks that are still open, outermost first.
    let mut open: Vec<usize> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        while open
            .last()
            .and_then(|open| items.get(*open))
            .is_some_and(|open| open.level >= item.level)
        {
            open.pop();
        }
        let parent = open.last().copied();
        let siblings = match parent.and_then(|parent| links.get_mut(parent)) {
            Some(links) => links,
            None => &mut top,
        };
        let previous = siblings.last.replace(index);
        siblings.first.get_or_insert(index);
        if let Some(own) = links.get_mut(index) {
            (own.parent, own.previous) = (parent, previous);
        }
        if let Some(previous) = previous.and_then(|previous| links.get_mut(previous)) {
            previous.next = Some(index);
        }
        top.count += 1;
        for ancestor in &open {
            if let Some(ancestor) = links.get_mut(*ancestor) {
                ancestor.count += 1;
            }
        }
        open.push(index);
    }
    (links, top)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(levels: &[u8]) -> (Vec<Links>, Links) {
        let items: Vec<OutlineItem> = levels
            .iter()
            .map(|level| OutlineItem {
                level: *level,
                text: String::new(),
                page: 0,
                y: 0,
            })
            .collect();
        nest(&items)
    }

    #[test]
    fn deeper_levels_hang_below_their_predecessor() {
        let (links, top) = nested(&[1, 2, 3, 2, 1]);
        let parents: Vec<Option<usize>> = links.iter().map(|links| links.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(1), Some(0), None]);
        assert_eq!((top.first, top.last, top.count), (Some(0), Some(4), 5));
        assert_eq!(links[0].count, 3);
    }

    #[test]
    fn siblings_know_each_other() {
        let (links, _) = nested(&[1, 2, 3, 2, 1]);
        assert_eq!((links[1].next, links[3].previous), (Some(3), Some(1)));
        assert_eq!((links[0].next, links[4].previous), (Some(4), Some(0)));
    }
}
