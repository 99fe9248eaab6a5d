//! Columns of amounts, whose commas stand one below the other.

use crate::layout::page::Mpt;
use crate::layout::shape::{Shaper, scale};
use crate::layout::text::Paragraph;

/// The room that a column's amounts need before and after the comma.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Decimals {
    /// Before the comma.
    pub(crate) before: Mpt,
    /// From the comma on.
    pub(crate) after: Mpt,
}

/// The room of a column's amounts; `None` unless one of them has a comma.
pub(super) fn decimals<'p>(
    shaper: &Shaper,
    cells: impl Iterator<Item = &'p Paragraph>,
) -> Option<Decimals> {
    let mut decimals = Decimals::default();
    let mut commas = false;
    for paragraph in cells {
        let Some((point, comma)) = point(&paragraph.text) else {
            continue;
        };
        commas |= comma;
        let before = width_before(shaper, paragraph, point);
        decimals.before = decimals.before.max(before);
        decimals.after = decimals.after.max(width(paragraph) - before);
    }
    commas.then_some(decimals)
}

/// The width of an amount before its comma; `None` if the text is no amount.
pub(super) fn before_point(shaper: &Shaper, paragraph: &Paragraph) -> Option<Mpt> {
    let (point, _) = point(&paragraph.text)?;
    Some(width_before(shaper, paragraph, point))
}

/// The byte at which the comma of an amount stands or would stand, and whether it has one.
fn point(text: &str) -> Option<(usize, bool)> {
    let number = text.trim_start_matches(['+', '-', '−', '–', '±']);
    let start = text.len() - number.len();
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut end = start;
    for (at, character) in number.char_indices() {
        let grouping = matches!(character, '.' | ' ' | '\u{a0}' | '\u{202f}')
            && number
                .get(at + character.len_utf8()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !character.is_ascii_digit() && !grouping {
            break;
        }
        end = start + at + character.len_utf8();
    }
    let rest = text.get(end..)?;
    let (unit, comma) = match rest.strip_prefix(',') {
        Some(decimals) => (
            decimals.trim_start_matches(|c: char| c.is_ascii_digit() || c == '–' || c == '-'),
            true,
        ),
        None => (rest, false),
    };
    // After the number there may be a unit, not a sentence.
    let short = unit.chars().count() <= 14 && !unit.contains(|c: char| c.is_ascii_digit());
    short.then_some((end, comma))
}

fn width(paragraph: &Paragraph) -> Mpt {
    let last = paragraph.parts.len().saturating_sub(1);
    paragraph
        .parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            part.width
                + if index < last {
                    paragraph.space(part)
                } else {
                    0
                }
        })
        .sum()
}

fn width_before(shaper: &Shaper, paragraph: &Paragraph, byte: usize) -> Mpt {
    let mut x = 0;
    for part in &paragraph.parts {
        let end = part.end as usize;
        let start = end.saturating_sub((part.to - part.from) as usize);
        if byte <= start {
            break;
        }
        if byte >= end {
            x += part.width;
            if byte > end {
                x += paragraph.space(part);
            }
            continue;
        }
        if let Some(look) = paragraph.look(part.look) {
            let word = shaper.get(part.word);
            let until = part.from + u32::try_from(byte - start).unwrap_or(0);
            let units = word.units_before(until) - word.units_before(part.from);
            x += scale(units, look.face, look.size);
        }
        break;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::point;

    #[test]
    fn amounts_are_recognised() {
        assert_eq!(point("48.200,00 €"), Some((6, true)));
        assert_eq!(point("1 psch"), Some((1, false)));
        assert_eq!(point("−5,5 %"), Some(("−5".len(), true)));
        assert_eq!(point("1 234,–"), Some((5, true)));
    }

    #[test]
    fn words_and_dates_are_none() {
        assert_eq!(point("Summe"), None);
        assert_eq!(point("2021, davon 3 neu"), None);
        assert_eq!(point(""), None);
    }
}
