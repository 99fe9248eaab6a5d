//! The files beside the Markdown that a document shows.

use std::collections::BTreeSet;

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

    /// The paths of all files that must stand beside the Markdown: pictures, and those that the PDF carries with it.
    pub fn files(&self) -> Vec<&str> {
        let mut paths = self.pictures();
        paths.extend(self.front.anhang.iter().map(|anhang| anhang.datei.as_str()));
        paths.sort_unstable();
        paths.dedup();
        paths
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
            | BlockKind::Annex { .. }
            | BlockKind::PageBreak => {}
        }
    }
}
