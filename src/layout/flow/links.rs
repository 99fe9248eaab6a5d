//! Links: their areas on the pages, and where they lead once all targets have their places.

use std::collections::BTreeMap;

use super::Flow;
use crate::layout::page::{Destination, Kid, LinkArea, Mpt, NodeId, Rect, Role};
use crate::markdown::ast::LinkTarget;

impl Flow<'_> {
    /// Adds the area of a link to the page and to the structure.
    pub(super) fn link(&mut self, node: NodeId, area: Rect, link: usize) {
        self.attach(node);
        // A span inside a link: the area belongs to the link itself.
        let mut owner = node;
        while let Some(inner) = self.tree.get(owner)
            && inner.role != Role::Link
            && inner.parent != owner
        {
            owner = inner.parent;
        }
        let page = self.drafts.len().saturating_sub(1);
        let Some(draft) = self.drafts.last_mut() else {
            return;
        };
        if let Some(node) = self.tree.get_mut(owner) {
            node.kids.push(Kid::Link {
                page,
                link: draft.links.len(),
            });
        }
        self.open_links.push((page, draft.links.len(), link));
        draft.links.push(LinkArea {
            node: owner,
            area,
            target: Destination::Page { page: 0, y: 0 },
            contents: String::new(),
        });
    }

    /// Says of each link where it leads.
    pub(super) fn resolve_links(&mut self) {
        let mut anchors: BTreeMap<&str, (usize, usize, Mpt)> = BTreeMap::new();
        for (index, (page, y)) in &self.places {
            if let Some(target) = self.targets.get(*index) {
                anchors.entry(&target.anchor).or_insert((*index, *page, *y));
            }
        }
        for (page, link, number) in &self.open_links {
            let (Some(area), Some(target)) = (
                self.drafts
                    .get_mut(*page)
                    .and_then(|draft| draft.links.get_mut(*link)),
                self.links.get(*number),
            ) else {
                continue;
            };
            match target {
                LinkTarget::Uri(uri) => {
                    area.contents = format!("Verweis auf {uri}");
                    area.target = Destination::Uri(uri.clone());
                }
                LinkTarget::Anchor(anchor) => {
                    let place = anchors.get(anchor.as_str());
                    let title = place.and_then(|(index, ..)| self.targets.get(*index));
                    area.contents = match title {
                        Some(title) => format!("Verweis auf „{}“", title.text),
                        None => "Verweis auf den Anfang".to_owned(),
                    };
                    let (_, page, y) = place.copied().unwrap_or_default();
                    area.target = Destination::Page { page, y };
                }
            }
        }
    }
}
