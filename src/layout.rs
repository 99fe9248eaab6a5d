//! Blocks → pages: typography and page breaks, as plain data in 1/1000 pt.
//!
//! The way: `text` makes words into parts, `breaking` parts into lines, `line` lines into glyph runs; `block`,
//! `table`, `figure`, `signature` and `note` set blocks into pieces; `flow` places pieces on pages and tells
//! the structure which mark belongs to which node; `furniture` adds heads and feet.
//!
//! Pure: no clock, no files, no floats. The same document gives the same pages on every machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Befund;
use crate::markdown::ast::Document;

mod block;
mod breaking;
mod crossed;
mod dump;
mod figure;
mod flow;
mod font;
mod furniture;
mod hyphen;
mod line;
mod nobreak;
mod note;
mod outline;
pub mod page;
pub mod picture;
mod piece;
pub mod quality;
mod setting;
mod shape;
mod sheet;
mod signature;
mod soundness;
pub mod svg;
mod table;
mod text;

pub(crate) use text::{AGAIN, MISSING};

#[cfg(test)]
mod tests;

use flow::{Flow, artifact};
use furniture::Furniture;
pub use furniture::review;
use page::{Artifact, Page, Pages};
use setting::Setting;
pub use shape::Shaper;
use sheet::Sheet;
pub use soundness::is_sound;

/// Files beside the Markdown by their path as written there: pictures and logos.
pub type Pictures = BTreeMap<String, Arc<[u8]>>;

/// Sets a document.
///
/// The findings' places are bytes of the Markdown. The pages are complete even where there are errors; but a page
/// with an error among its findings (a character that no face has, a picture that cannot be read) lacks what the
/// error names and must not be published.
pub fn layout(document: &Document, pictures: &Pictures) -> (Pages, Vec<Befund>) {
    layout_with(&mut Shaper::default(), document, pictures)
}

/// As [`layout`], with words that were shaped for earlier documents.
pub fn layout_with(
    shaper: &mut Shaper,
    document: &Document,
    pictures: &Pictures,
) -> (Pages, Vec<Befund>) {
    let mut setting = Setting::new(document, pictures, shaper);
    block::blocks(&mut setting, &document.blocks, &block::page_frame(false));
    let notes = note::notes(&mut setting);
    let pieces = std::mem::take(&mut setting.pieces);
    let first_landscape = pieces.first().is_some_and(|piece| piece.landscape);
    let letterhead = furniture::letterhead(&mut setting, first_landscape);
    let tree = std::mem::take(&mut setting.tree);
    let heads = std::mem::take(&mut setting.heads);
    let targets = std::mem::take(&mut setting.targets);
    let mut flow = Flow::run(
        tree,
        (&heads, &targets, &document.links),
        pieces,
        notes,
        letterhead.text_top,
    );
    flow.drop_unplaced();
    let outline = flow.outline();
    let drafts = std::mem::take(&mut flow.drafts);
    setting.targets.clone_from(&targets);
    let count = drafts.len();
    let mut letterhead = letterhead.items;
    let mut furniture = Furniture::new(&drafts);
    let mut before = Vec::with_capacity(count);
    let mut pages = Vec::with_capacity(count);
    for (index, draft) in drafts.into_iter().enumerate() {
        let mut margins = furniture.margins(&mut setting, &draft, index);
        margins.head.append(&mut letterhead);
        let mut marks = Vec::with_capacity(draft.marks.len() + 5);
        marks.extend(artifact(Artifact::Watermark, margins.watermark));
        marks.extend(artifact(Artifact::Layout, draft.under));
        before.push(marks.len());
        marks.extend(draft.marks);
        marks.extend(artifact(Artifact::Layout, draft.over));
        marks.extend(artifact(Artifact::Header, margins.head));
        marks.extend(artifact(Artifact::Footer, margins.foot));
        let sheet = Sheet::new(draft.landscape);
        pages.push(Page {
            width: sheet.width,
            height: sheet.height,
            marks,
            links: draft.links,
        });
    }
    flow.shift_marks(&before);
    let pages = Pages {
        pages,
        tree: flow.tree,
        outline,
        images: setting.images,
    };
    let mut findings = setting.findings;
    findings.extend(text::missing_characters(&setting.missing));
    (pages, findings)
}
