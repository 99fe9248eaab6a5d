//! Footnotes → pieces for the feet of pages.

use super::block;
use super::line::{self, Align};
use super::page::{Mpt, Role};
use super::piece::Piece;
use super::setting::{Frame, Setting};
use super::sheet::{self, NOTE, Sheet};
use super::text;

/// How far a note's text stands in from its number.
const NUMBER_ROOM: Mpt = 13_000;

/// Sets all notes of the document, in the order of their numbers.
pub(crate) fn notes(setting: &mut Setting<'_>) -> Vec<Vec<Piece>> {
    let text = std::mem::take(&mut setting.pieces);
    let document = setting.document;
    let notes = document
        .notes
        .iter()
        .enumerate()
        .map(|(index, note)| {
            let node = setting.node(Role::Note, 0, note.range.clone());
            // Notes keep the upright measure on turned pages too: longer lines of small type read badly.
            let sheet = Sheet::new(false);
            let number = (index + 1).to_string();
            let label = setting.node(Role::Label, node, note.range.clone());
            let mut kind = sheet::serif(NOTE.size * 70 / 100);
            kind.hyphenate = false;
            let paragraph = text::plain(setting, &number, kind, label, &note.range);
            let whole = super::breaking::Line {
                start: 0,
                end: paragraph.parts.len(),
                last: true,
            };
            let baseline = sheet::baseline(NOTE) - NOTE.size * 30 / 100;
            let mut draws = Vec::new();
            let place = (sheet.left, sheet.measure());
            line::set(
                setting.shaper,
                &paragraph,
                whole,
                place,
                baseline,
                Align::Left,
                &mut draws,
            );
            setting.label(draws);
            let frame = Frame {
                x: sheet.left + NUMBER_ROOM,
                measure: sheet.measure() - NUMBER_ROOM,
                node,
                kind: sheet::serif(NOTE.size),
                measures: NOTE,
                gap: NOTE.below,
                outermost: false,
            };
            block::blocks(setting, &note.blocks, &frame);
            setting.flush_label(NOTE);
            setting.space(NOTE.below);
            std::mem::take(&mut setting.pieces)
        })
        .collect();
    setting.pieces = text;
    notes
}
