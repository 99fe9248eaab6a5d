//! Labels of CommonMark's own lists, and lists that nobody meant.

use std::ops::Range;

use super::ast::{BlockKind, List, ListKind};
use super::finding::Befunde;
use super::text;
use crate::input::datum::MONATE;

/// The label of a bulleted item.
pub(super) const BULLET: &str = "•";

/// January, as the south writes it.
const JAENNER: &str = "Jänner";

/// The number with which the source of an item begins.
pub(super) fn written_number(item: &str) -> Option<u64> {
    let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    item.get(..digits)?.parse().ok()
}

/// The label of the item with this number; `item` is its source, whose sign behind the number it keeps.
pub(super) fn decimal_label(count: u64, item: &str) -> String {
    let sign = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign = if sign.starts_with(')') { ')' } else { '.' };
    format!("{count}{sign}")
}

/// Turns the label of an item into that of a task; a numbered task keeps its number.
pub(super) fn tick(label: &mut String, ticked: bool) {
    let sign = if ticked { '☒' } else { '☐' };
    if label == BULLET {
        label.clear();
    } else {
        label.push(' ');
    }
    label.push(sign);
}

/// Markdown counts by itself: written numbers that differ would say one thing in the source and another on paper.
pub(super) fn check_written(written: &[(u64, Range<usize>)], befunde: &mut Befunde) {
    let Some((first, _)) = written.first() else {
        return;
    };
    if written.iter().all(|(number, _)| number == first) {
        return;
    }
    for (counted, (number, range)) in (*first..).zip(written) {
        if *number != counted {
            let place = range.start..range.start + number.to_string().len() + 1;
            befunde.warnung(
                "nummer-weicht-ab",
                &place,
                format!("Markdown zählt hier „{counted}“, geschrieben steht „{number}“"),
                "fortlaufend zählen oder die Listen durch einen Absatz trennen",
            );
        }
    }
}

/// „30. Oktober“ at the beginning of a paragraph is a list for Markdown.
pub(super) fn check_months(list: &List, befunde: &mut Befunde) {
    if list.kind != ListKind::Decimal {
        return;
    }
    for item in &list.items {
        let Some(BlockKind::Paragraph(inlines)) = item.blocks.first().map(|block| &block.kind)
        else {
            continue;
        };
        let said = text::of_inlines(inlines);
        let word = said
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        if MONATE.contains(&word) || word == JAENNER {
            let number = item.label.trim_end_matches(['.', ')']);
            befunde.warnung(
                "datum-wird-liste",
                &item.range,
                format!("„{number}. {word}“ am Anfang eines Absatzes ist für Markdown eine nummerierte Liste"),
                format!("„{number}\\. {word}“ schreiben oder ein Wort davor stellen"),
            );
        }
    }
}

/// The number with which a decimal list begins.
pub(super) fn first_number(list: &List) -> Option<u64> {
    list.items
        .first()
        .and_then(|item| written_number(&item.label))
}
