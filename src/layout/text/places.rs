//! Where a line may end inside a paragraph beside its spaces, and where it must not although there is a space.

use std::ops::Range;

use super::{After, Paragraph, Part};
use crate::layout::page::Mpt;
use crate::layout::shape::{Shaper, scale};
use crate::layout::{hyphen, nobreak};

/// Takes the spaces of [`nobreak`] out of the places where a line may end.
pub(super) fn keep_together(paragraph: &mut Paragraph) {
    let text = paragraph.text.as_str();
    let boundary = [' ', '\u{a0}'];
    for part in &mut paragraph.parts {
        if part.after != (After::Space { breakable: true }) {
            continue;
        }
        let Some((before, after)) = text.split_at_checked(part.end as usize) else {
            continue;
        };
        let before = before.rsplit(boundary).next().unwrap_or(before);
        let after = after.trim_start_matches(boundary);
        let after = after.split(boundary).next().unwrap_or(after);
        if nobreak::keeps(before, after) {
            part.after = After::Space { breakable: false };
        }
    }
}

/// Takes the first space of a cell that is a body's name out of those places.
pub(crate) fn keep_name(paragraph: &mut Paragraph) {
    if !nobreak::is_name(&paragraph.text) {
        return;
    }
    let mut parts = paragraph.parts.iter_mut();
    if let Some(first) = parts.find(|part| matches!(part.after, After::Space { .. })) {
        first.after = After::Space { breakable: false };
    }
}

/// Adds the places after hyphens, slashes and dashes at which a word may be cut without a sign; keeps the order.
pub(super) fn cuts(word: &str, points: &mut Vec<(u32, After)>) {
    if !word
        .bytes()
        .any(|b| matches!(b, b'-' | b'/' | b'@' | b'_' | b'.' | b'?' | b'&' | b'=') || b == 0xe2)
    {
        return;
    }
    let known = points.len();
    let address = hyphen::is_address(word);
    for (at, sign) in word.char_indices() {
        let to = at + sign.len_utf8();
        let (Some(before), Some(after)) = (word.get(..at), word.get(to..)) else {
            continue;
        };
        let letters_before = before
            .chars()
            .rev()
            .take_while(|c| c.is_alphabetic())
            .take(3)
            .count();
        let letters_after = after
            .chars()
            .take_while(|c| c.is_alphabetic())
            .take(3)
            .count();
        let cut = if address {
            matches!(sign, '/' | '.' | '-' | '?' | '&' | '=' | '_' | '@')
                && !after.is_empty()
                && !after.starts_with(['/', '.'])
        } else {
            match sign {
                '-' | '\u{2010}' => {
                    letters_before >= 2 && letters_after >= 3 && !is_abbreviation(after)
                }
                '/' | '–' | '—' => letters_before >= 3 && letters_after >= 3,
                _ => false,
            }
        };
        if cut && let Ok(to) = u32::try_from(to) {
            points.push((to, After::Cut));
        }
    }
    if points.len() > known {
        points.sort_unstable_by_key(|(at, _)| *at);
        points.dedup_by_key(|(at, _)| *at);
    }
}

/// Two capitals: `VKA`.
fn is_abbreviation(word: &str) -> bool {
    word.chars().take(2).all(char::is_uppercase)
}

/// Splits what is wider than the measure and has no place for a line's end, cluster by cluster.
pub(crate) fn split_overlong(paragraph: &mut Paragraph, shaper: &Shaper, measure: Mpt) {
    let mut overlong: Vec<Range<usize>> = Vec::new();
    let (mut start, mut width) = (0, 0);
    for (index, part) in paragraph.parts.iter().enumerate() {
        width += part.width;
        let may_end = match part.after {
            After::Joined | After::Space { breakable: false } => false,
            // A generous hyphen: an em has room for it in any face.
            After::Hyphen(_) => {
                width += paragraph.look(part.look).map_or(0, |look| look.size / 2);
                true
            }
            _ => true,
        };
        if may_end || index + 1 == paragraph.parts.len() {
            if width > measure {
                overlong.push(start..index + 1);
            }
            (start, width) = (index + 1, 0);
        } else {
            width += paragraph.space(part);
        }
    }
    if overlong.is_empty() {
        return;
    }
    let old = std::mem::take(&mut paragraph.parts);
    let mut ranges = overlong.into_iter().peekable();
    for (index, part) in old.into_iter().enumerate() {
        while ranges.next_if(|range| range.end <= index).is_some() {}
        if ranges.peek().is_some_and(|range| range.contains(&index)) {
            split(paragraph, shaper, part);
        } else {
            paragraph.parts.push(part);
        }
    }
}

fn split(paragraph: &mut Paragraph, shaper: &Shaper, part: Part) {
    let Some((face, size)) = paragraph.look(part.look).map(|look| (look.face, look.size)) else {
        return;
    };
    let after = match part.after {
        After::Joined => After::Emergency,
        After::Space { .. } => After::Space { breakable: true },
        other => other,
    };
    let word = shaper.get(part.word);
    let mut starts: Vec<u32> = word
        .glyphs
        .iter()
        .map(|glyph| glyph.cluster)
        .filter(|at| *at > part.from && *at < part.to)
        .collect();
    starts.dedup();
    let mut from = part.from;
    let mut glyphs = word.glyphs.iter().peekable();
    while glyphs.next_if(|glyph| glyph.cluster < from).is_some() {}
    for to in starts.into_iter().chain([part.to]) {
        let mut units = 0;
        while let Some(glyph) = glyphs.next_if(|glyph| glyph.cluster < to) {
            units += i64::from(glyph.advance);
        }
        paragraph.parts.push(Part {
            from,
            to,
            width: scale(units, face, size),
            after: if to == part.to {
                after
            } else {
                After::Emergency
            },
            end: part.end - (part.to - to),
            ..part
        });
        from = to;
    }
}
