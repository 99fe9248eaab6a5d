//! The structure after all pieces have their places: without gaps, with marks counted behind the artifacts.

use super::Flow;
use crate::layout::page::{Kid, NodeId, Owner};

impl Flow<'_> {
    /// Drops the nodes of which nothing was placed, and numbers the others without gaps.
    pub(crate) fn drop_unplaced(&mut self) {
        if self.attached.iter().all(|attached| *attached) {
            return;
        }
        let mut count = 0;
        let numbers: Vec<NodeId> = self
            .attached
            .iter()
            .map(|attached| {
                count += usize::from(*attached);
                count.saturating_sub(1)
            })
            .collect();
        let number = |node: NodeId| numbers.get(node).copied().unwrap_or(0);
        let mut attached = self.attached.iter();
        self.tree
            .retain(|_| attached.next().copied().unwrap_or(false));
        for node in &mut self.tree {
            node.parent = number(node.parent);
            for kid in &mut node.kids {
                if let Kid::Node(node) = kid {
                    *node = number(*node);
                }
            }
        }
        for draft in &mut self.drafts {
            for mark in &mut draft.marks {
                if let Owner::Node(node) = &mut mark.owner {
                    *node = number(*node);
                }
            }
            for link in &mut draft.links {
                link.node = number(link.node);
            }
        }
        self.attached = vec![true; self.tree.len()];
    }

    /// Tells the tree that each page's marks begin with some artifacts.
    pub(crate) fn shift_marks(&mut self, before: &[usize]) {
        for node in &mut self.tree {
            for kid in &mut node.kids {
                if let Kid::Mark { page, mark } = kid {
                    *mark += before.get(*page).copied().unwrap_or(0);
                }
            }
        }
    }
}
