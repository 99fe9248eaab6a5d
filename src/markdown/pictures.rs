//! The files beside the Markdown that a document shows.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ast::{Block, BlockKind, Document};

impl Document {
    /// The paths of all figures and of the logo, sorted, each once.
    pub fn pictures(&self) -> Vec<&str> {
        let mut paths = BTreeSet::new();
        let logo = self
            .front
            .absender
            .as_ref()
            .and_then(|absender| absender.logo.as_deref());
        paths.extend(logo);
        collect(&self.blocks, &mut paths);
        for note in &self.notes {
            collect(&note.blocks, &mut paths);
        }
        paths.into_iter().collect()
    }

    /// The bytes of the first figure that shows the picture; none if only the logo does.
    pub fn picture_range(&self, path: &str) -> Option<Range<usize>> {
        let notes = self.notes.iter().flat_map(|note| &note.blocks);
        self.blocks
            .iter()
            .chain(notes)
            .find_map(|block| range_of(block, path))
    }
}

fn range_of(block: &Block, path: &str) -> Option<Range<usize>> {
    match &block.kind {
        BlockKind::Figure { path: shown, .. } if shown == path => Some(block.range.clone()),
        BlockKind::List(list) => list
            .items
            .iter()
            .flat_map(|item| &item.blocks)
            .find_map(|block| range_of(block, path)),
        BlockKind::Quote(blocks) | BlockKind::Together(blocks) | BlockKind::Landscape(blocks) => {
            blocks.iter().find_map(|block| range_of(block, path))
        }
        _ => None,
    }
}

fn collect<'a>(blocks: &'a [Block], paths: &mut BTreeSet<&'a str>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Figure { path, .. } => {
                paths.insert(path);
            }
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| collect(&item.blocks, paths)),
            BlockKind::Quote(blocks)
            | BlockKind::Together(blocks)
            | BlockKind::Landscape(blocks) => {
                collect(blocks, paths);
            }
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Table(_)
            | BlockKind::Code(_)
            | BlockKind::Rule
            | BlockKind::Signature { .. }
            | BlockKind::PageBreak => {}
        }
    }
}
