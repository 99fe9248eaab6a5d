//! Labels of legal lists: `(1)`, `a)`, `aa)` at the beginning of a paragraph.

use std::collections::VecDeque;
use std::fmt;

use crate::markdown::ast::{Block, BlockKind, Inline, ListItem, ListKind, Run, Style};
use crate::markdown::finding::Befunde;

/// The largest number in parentheses that is a label; more is a year.
const LARGEST_NUMBER: u64 = 199;

/// A label at the beginning of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// What it looks like.
    pub(super) kind: ListKind,
    /// From 1.
    pub(super) number: u64,
    /// Bytes of the label.
    pub(super) length: usize,
}

impl Label {
    /// The label after it.
    pub(super) fn next(self) -> Self {
        Self {
            number: self.number + 1,
            ..self
        }
    }

    /// Whether it is the one that was to come.
    pub(super) fn continues(self, next: Self) -> bool {
        self.kind == next.kind && self.number == next.number
    }

    fn written(self, text: &str) -> &str {
        text.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = u8::try_from(self.number.saturating_sub(1).min(25)).unwrap_or_default();
        let letter = char::from(b'a' + letter);
        match self.kind {
            ListKind::Alphabetic => write!(f, "{letter})"),
            ListKind::DoubleAlphabetic => write!(f, "{letter}{letter})"),
            _ => write!(f, "({})", self.number),
        }
    }
}

/// The label of a paragraph: written as it is, at the very beginning, in plain text.
pub(super) fn of_paragraph(block: &Block, source: &str) -> Option<Label> {
    let BlockKind::Paragraph(inlines) = &block.kind else {
        return None;
    };
    let Some(Inline::Text(run)) = inlines.first() else {
        return None;
    };
    let found = read(&run.text).filter(|_| run.style == Style::default() && run.link.is_none())?;
    let written = source.get(run.range.clone())?;
    written
        .starts_with(found.written(&run.text))
        .then_some(found)
}

/// Reports lines inside one paragraph that were meant as further items: they need a blank line.
pub(in crate::markdown) fn check_lines(paragraph: &str, offset: usize, befunde: &mut Befunde) {
    let mut expected = None;
    let mut at = offset;
    for line in paragraph.split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let start = at + (line.len() - text.len());
        let first = at == offset;
        at += line.len();
        let found = read(text);
        match (found, expected) {
            (Some(label), None) if first => expected = Some(label.next()),
            (Some(label), Some(next)) if label.kind == next.kind && label.number == next.number => {
                befunde.warnung(
                    "aufzaehlung-ohne-leerzeile",
                    &(start..start + label.length),
                    format!(
                        "„{}“ steht im selben Absatz wie das Glied davor",
                        label.written(text)
                    ),
                    "vor jedes Glied der Aufzählung eine Leerzeile setzen",
                );
                expected = Some(label.next());
            }
            _ if first => return,
            _ => {}
        }
    }
}

/// The item that a labelled paragraph is: its text without the label.
pub(super) fn item(block: &Block, label: Label, source: &str) -> ListItem {
    let mut item = ListItem {
        range: block.range.clone(),
        label: label.to_string(),
        blocks: Vec::new(),
    };
    let BlockKind::Paragraph(inlines) = &block.kind else {
        return item;
    };
    let mut inlines: VecDeque<Inline> = inlines.iter().cloned().collect();
    if let Some(Inline::Text(run)) = inlines.pop_front()
        && let Some(rest) = without_label(&run, label, source)
    {
        inlines.push_front(Inline::Text(rest));
    }
    while matches!(inlines.front(), Some(Inline::Break)) {
        inlines.pop_front();
    }
    if let Some(first) = inlines.front() {
        let start = match first {
            Inline::Text(run) => run.range.start,
            Inline::NoteRef { range, .. } => range.start,
            Inline::Break => block.range.start,
        };
        item.blocks.push(Block {
            range: start..block.range.end,
            kind: BlockKind::Paragraph(inlines.into()),
        });
    }
    item
}

/// The label with which a text begins, if white space or nothing follows it.
fn read(text: &str) -> Option<Label> {
    let (inner, _) = text.split_once(')')?;
    let length = inner.len() + 1;
    if !text
        .get(length..)?
        .chars()
        .next()
        .is_none_or(char::is_whitespace)
    {
        return None;
    }
    let (kind, number) = match (inner.strip_prefix('('), inner.as_bytes()) {
        (Some(digits), _) => {
            let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            let number = digits
                .parse()
                .ok()
                .filter(|number| plain && *number <= LARGEST_NUMBER)?;
            (ListKind::Parenthesized, number)
        }
        (None, [letter @ b'a'..=b'z']) => (ListKind::Alphabetic, u64::from(letter - b'a') + 1),
        (None, [letter @ b'a'..=b'z', second]) if letter == second => {
            (ListKind::DoubleAlphabetic, u64::from(letter - b'a') + 1)
        }
        _ => return None,
    };
    Some(Label {
        kind,
        number,
        length,
    })
}

fn without_label(run: &Run, label: Label, source: &str) -> Option<Run> {
    let text = run.text.get(label.length..)?.trim_start();
    // The source may hold other white space than the text, which has spaces for line ends.
    let written = source.get(run.range.start + label.length..run.range.end);
    let start = run.range.end - written.map_or(0, |written| written.trim_start().len());
    (!text.is_empty()).then(|| Run {
        text: text.to_owned(),
        range: start..run.range.end,
        ..run.clone()
    })
}
