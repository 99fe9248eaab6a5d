//! Lines of text in a page's margins: wrapped, or one line that is shortened where it is too long.

use crate::layout::breaking::{Line, Mode};
use crate::layout::line::{self, Align};
use crate::layout::page::{Item, Mpt};
use crate::layout::piece::Draw;
use crate::layout::setting::Setting;
use crate::layout::text::{self, Type};

/// Sets text of as many lines as it needs; returns their height.
pub(super) fn wrapped(
    setting: &mut Setting<'_>,
    words: &str,
    kind: Type,
    (x, y, measure): (Mpt, Mpt, Mpt),
    leading: Mpt,
    items: &mut Vec<Item>,
) -> Mpt {
    let mut paragraph = text::plain(setting, words, kind, 0, &(0..0));
    let mut height = 0;
    for line in setting.break_lines(&mut paragraph, measure, Mode::Ragged) {
        let mut draws = Vec::new();
        let baseline = y + height + (leading - kind.size) / 2 + kind.size * 77 / 100;
        line::set(
            setting.shaper,
            &paragraph,
            line,
            (x, measure),
            baseline,
            Align::Left,
            &mut draws,
        );
        items.extend(draws.into_iter().filter_map(item));
        height += leading;
    }
    height
}

/// Sets one line, shortened with „…“ where it is too long; returns its width.
#[expect(
    clippy::too_many_arguments,
    reason = "one line of a page's margin, named at each call"
)]
pub(super) fn one_line(
    setting: &mut Setting<'_>,
    words: &str,
    kind: Type,
    place: (Mpt, Mpt),
    y: Mpt,
    align: Align,
    room: Mpt,
    items: &mut Vec<Item>,
) -> Mpt {
    let words = shorten(setting, words, kind, room);
    let paragraph = text::plain(setting, &words, kind, 0, &(0..0));
    let whole = Line {
        start: 0,
        end: paragraph.parts.len(),
        last: true,
    };
    let mut draws = Vec::new();
    let width = line::set(
        setting.shaper,
        &paragraph,
        whole,
        place,
        y,
        align,
        &mut draws,
    );
    items.extend(draws.into_iter().filter_map(item));
    width
}

/// More letters than a line of a head or foot can hold.
const MOST_LETTERS: usize = 300;

/// Leaves out the last words of what is wider than the room.
fn shorten(setting: &mut Setting<'_>, words: &str, kind: Type, room: Mpt) -> String {
    let width = |setting: &mut Setting<'_>, words: &str| -> Mpt {
        let paragraph = text::plain(setting, words, kind, 0, &(0..0));
        paragraph
            .parts
            .iter()
            .map(|part| part.width + paragraph.space(part))
            .sum()
    };
    // No line holds more letters than this; a longer text need not be measured.
    let mut kept: String = words.chars().take(MOST_LETTERS).collect();
    if kept.len() == words.len() && width(setting, words) <= room {
        return words.to_owned();
    }
    while let Some((before, _)) = kept.rsplit_once(' ') {
        let shorter = before
            .trim_end_matches([' ', ',', ';', ':', '–', '-'])
            .to_owned();
        let shown = format!("{shorter} …");
        if width(setting, &shown) <= room {
            return shown;
        }
        kept = shorter;
    }
    while kept.pop().is_some() {
        let shown = format!("{kept}…");
        if width(setting, &shown) <= room {
            return shown;
        }
    }
    String::new()
}

pub(super) fn item(draw: Draw) -> Option<Item> {
    match draw {
        Draw::Text { run, .. } | Draw::Hyphen { run, .. } => Some(Item::Text(run)),
        Draw::Item { item, .. } | Draw::Over(item) | Draw::Under(item) => Some(item),
        Draw::Touch(_) | Draw::Link { .. } | Draw::Target(_) | Draw::Bounds { .. } => None,
    }
}
