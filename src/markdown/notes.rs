//! Footnotes: numbered by their first reference, each with one definition.

use std::collections::{BTreeMap, VecDeque};

use super::ast::{Block, BlockKind, Inline, Note};
use super::finding::Befunde;
use super::reader::Context;
use super::text::plain_inline;

/// The footnotes of a document while it is read, by label; a reference may come before its definition.
#[derive(Debug, Default)]
pub(super) struct NoteTable {
    ids: BTreeMap<String, usize>,
    notes: Vec<Option<Note>>,
}

impl NoteTable {
    /// The preliminary number of the note with this label.
    pub(super) fn id(&mut self, label: &str) -> usize {
        let next = self.notes.len();
        let id = *self.ids.entry(label.to_lowercase()).or_insert(next);
        if id == next {
            self.notes.push(None);
        }
        id
    }

    /// Takes a definition; a second one of the same label is a finding.
    pub(super) fn define(&mut self, label: &str, mut note: Note, befunde: &mut Befunde) {
        let id = self.id(label);
        let Some(slot) = self.notes.get_mut(id) else {
            return;
        };
        if slot.is_some() {
            befunde.fehler(
                "fussnote-doppelt",
                &note.range,
                format!(
                    "die Fußnote „[^{label}]“ ist schon festgelegt; dieser Text erscheint nicht"
                ),
                "einer der beiden einen anderen Namen geben",
            );
            return;
        }
        note.blocks = simple(note.blocks, befunde);
        *slot = Some(note);
    }
}

/// Numbers the notes by their first reference in `blocks`, then in the notes themselves, and returns them in order.
pub(super) fn number(blocks: &mut [Block], context: &mut Context<'_>) -> Vec<Note> {
    let table = std::mem::take(&mut context.notes);
    let mut numbering = Numbering {
        numbers: vec![None; table.notes.len()],
        count: 0,
        waiting: VecDeque::new(),
    };
    let mut drafts = table.notes;
    let defined: Vec<bool> = drafts.iter().map(Option::is_some).collect();
    numbering.blocks(blocks, &defined);
    let mut notes = Vec::new();
    while let Some(id) = numbering.waiting.pop_front() {
        if let Some(mut note) = drafts.get_mut(id).and_then(Option::take) {
            numbering.blocks(&mut note.blocks, &defined);
            notes.push(note);
        }
    }
    for note in drafts.into_iter().flatten() {
        context.befunde.warnung(
            "fussnote-ohne-verweis",
            &note.range,
            "auf diese Fußnote verweist nichts; sie erscheint nicht im Papier",
            "den Verweis in den Text setzen oder die Fußnote löschen",
        );
    }
    notes
}

struct Numbering {
    /// By preliminary number.
    numbers: Vec<Option<usize>>,
    count: usize,
    /// Preliminary numbers in the order of their first reference, whose texts are still to be walked.
    waiting: VecDeque<usize>,
}

impl Numbering {
    fn blocks(&mut self, blocks: &mut [Block], defined: &[bool]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => {
                    self.inlines(text, defined);
                }
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks, defined);
                    }
                }
                BlockKind::Table(table) => {
                    let cells = table.head.iter_mut().chain(table.rows.iter_mut()).flatten();
                    for cell in cells {
                        self.inlines(&mut cell.text, defined);
                    }
                }
                BlockKind::Quote(inner)
                | BlockKind::Together(inner)
                | BlockKind::Landscape(inner) => {
                    self.blocks(inner, defined);
                }
                BlockKind::Code(_)
                | BlockKind::Rule
                | BlockKind::Figure { .. }
                | BlockKind::Signature { .. }
                | BlockKind::Annex { .. }
                | BlockKind::PageBreak => {}
            }
        }
    }

    /// Replaces preliminary numbers; a reference whose definition was lost goes, its finding stands elsewhere.
    fn inlines(&mut self, inlines: &mut Vec<Inline>, defined: &[bool]) {
        inlines.retain_mut(|inline| match inline {
            Inline::NoteRef { note, .. } => match self.number(*note, defined) {
                Some(number) => {
                    *note = number;
                    true
                }
                None => false,
            },
            Inline::Text(_) | Inline::Break => true,
        });
    }

    fn number(&mut self, id: usize, defined: &[bool]) -> Option<usize> {
        if !defined.get(id).copied().unwrap_or_default() {
            return None;
        }
        let slot = self.numbers.get_mut(id)?;
        if slot.is_none() {
            *slot = Some(self.count);
            self.count += 1;
            self.waiting.push_back(id);
        }
        *slot
    }
}

/// A note holds paragraphs and lists; anything else becomes paragraphs and is a finding.
fn simple(blocks: Vec<Block>, befunde: &mut Befunde) -> Vec<Block> {
    let mut simple_blocks = Vec::with_capacity(blocks.len());
    for Block { range, kind } in blocks {
        let paragraph = |text: Vec<Inline>| Block {
            range: range.clone(),
            kind: BlockKind::Paragraph(text),
        };
        let mut flat = match kind {
            BlockKind::Paragraph(_) => {
                simple_blocks.push(Block { range, kind });
                continue;
            }
            BlockKind::List(mut list) => {
                for item in &mut list.items {
                    item.blocks = simple(std::mem::take(&mut item.blocks), befunde);
                }
                simple_blocks.push(Block {
                    range,
                    kind: BlockKind::List(list),
                });
                continue;
            }
            BlockKind::Heading { text, .. } => vec![paragraph(text)],
            BlockKind::Quote(inner) | BlockKind::Together(inner) | BlockKind::Landscape(inner) => {
                simple(inner, befunde)
            }
            BlockKind::Table(table) => table
                .head
                .into_iter()
                .chain(table.rows)
                .flatten()
                .filter(|cell| !cell.text.is_empty())
                .map(|cell| Block {
                    range: cell.range,
                    kind: BlockKind::Paragraph(cell.text),
                })
                .collect(),
            BlockKind::Code(text) | BlockKind::Figure { alt: text, .. } => {
                plain_inline(&text, &range)
                    .map(|inline| paragraph(vec![inline]))
                    .into_iter()
                    .collect()
            }
            BlockKind::Signature { .. }
            | BlockKind::Rule
            | BlockKind::Annex { .. }
            | BlockKind::PageBreak => Vec::new(),
        };
        befunde.fehler(
            "fussnote-inhalt",
            &range,
            "eine Fußnote kann nur Absätze und Listen enthalten",
            "Überschriften, Tabellen, Zitate und Abbildungen in den Text setzen",
        );
        simple_blocks.append(&mut flat);
    }
    simple_blocks
}
