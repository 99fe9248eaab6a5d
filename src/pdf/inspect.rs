//! Reads a finished file back: its tag tree and its text as a screen reader meets them, and whether the two agree with
//! what is drawn.
//!
//! A validator does not see most of this: content that no tag claims, tags in the wrong order, a heading cell without
//! a scope. Knows nothing of how the file was made, so that it can judge it.

use lopdf::Document;

use crate::layout::page::Pages;

mod claims;
mod content;
mod links;
mod outline;
mod rules;
mod structure;
mod tables;
mod text;

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The tag tree, one element a line, indented, with its properties and its text.
    pub tree: String,
    /// The text in reading order, one block a line, footnotes at the end, as [`text_of`] gives it.
    pub text: String,
    /// What is wrong with the file, in German, in the order of discovery; empty for a good one.
    pub defects: Vec<String>,
}

/// Why a file could not be inspected at all.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// It is no readable PDF.
    #[error("Die PDF-Datei lässt sich nicht lesen ({0})")]
    Unreadable(#[from] lopdf::Error),
}

/// Inspects a file.
///
/// # Errors
/// The bytes are no PDF. Everything else that is wrong is among the defects.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, InspectError> {
    let document = Document::load_mem(bytes)?;
    let mut defects = Vec::new();
    let pages = content::read(&document, &mut defects);
    let root = structure::read(&document, &pages, &mut defects);
    rules::check(&document, &pages, root.as_ref(), &mut defects);
    let (tree, text) = match &root {
        Some(root) => {
            let root = text::of_element(root, &pages);
            (text::tree(&root), text::plain(&root))
        }
        None => (String::new(), String::new()),
    };
    Ok(Inspection {
        tree,
        text,
        defects,
    })
}

/// The text of typeset pages in reading order, one block a line, footnotes at the end: what [`inspect`] must find in their file.
///
/// Cells are separated by tabs, labels from their text by a space; no-break spaces are spaces, soft hyphens are gone,
/// runs of spaces are one.
pub fn text_of(pages: &Pages) -> String {
    text::plain(&text::of_pages(pages))
}

/// The tag tree of typeset pages: what [`inspect`] must find in their file, without making or reading one.
pub fn tree_of(pages: &Pages) -> String {
    text::tree(&text::of_pages(pages))
}
