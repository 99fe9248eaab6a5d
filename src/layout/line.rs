//! A line of parts → glyph runs at their places.
//!
//! The space at a line's end stays in the text as a glyph beyond the measure, so that lines read on.

use super::breaking::{Line, WIDEST_SPACE};
use super::page::{Glyph, Item, Mpt, Owner, Rect, TextRun};
use super::piece::Draw;
use super::shape::{Shaper, Word, scale};
use super::text::{After, Look, Paragraph, Part};

/// Where the text of a line stands in its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
    Justified,
}

/// A run that is being set.
struct Setting<'p> {
    look: &'p Look,
    run: TextRun,
    /// Indices of glyphs that are stretchable spaces.
    spaces: Vec<usize>,
    width: Mpt,
    /// Width of a space at the line's end, beyond the measure.
    trailing: Mpt,
}

/// Sets a line with its baseline at `y` between `x` and `x + measure`; returns its natural width.
pub(crate) fn set(
    shaper: &mut Shaper,
    paragraph: &Paragraph,
    line: Line,
    frame: (Mpt, Mpt),
    y: Mpt,
    align: Align,
    draws: &mut Vec<Draw>,
) -> Mpt {
    let (x, measure) = frame;
    let mut runs: Vec<Setting<'_>> = Vec::new();
    let hyphen = gather(shaper, paragraph, line, &mut runs);
    let hyphen_width = hyphen.as_ref().map_or(0, |run| run.width);
    let natural: Mpt = runs.iter().map(|run| run.width).sum::<Mpt>() + hyphen_width;
    let room = measure - natural;
    let count: usize = runs.iter().map(|run| run.spaces.len()).sum();
    let stretches = align == Align::Justified && !line.last;
    if room < 0 || stretches {
        spread(&mut runs, room, count);
    }
    let mut x = match align {
        Align::Right => x + room.max(0),
        Align::Center => x + room.max(0) / 2,
        Align::Left | Align::Justified => x,
    };
    for setting in runs.into_iter().chain(hyphen) {
        let is_hyphen = setting.run.text.is_empty();
        x = emit(setting, x, y, is_hyphen, draws);
    }
    natural
}

/// Collects the runs of a line and the hyphen at its end, which has an empty text for now.
fn gather<'p>(
    shaper: &mut Shaper,
    paragraph: &'p Paragraph,
    line: Line,
    runs: &mut Vec<Setting<'p>>,
) -> Option<Setting<'p>> {
    let parts = paragraph.parts.get(line.start..line.end)?;
    let mut at = 0;
    while let Some(part) = parts.get(at) {
        // Neighbouring parts of one word are set as one, with its ligatures and kerning.
        let mut to = at;
        while let (Some(here), Some(next)) = (parts.get(to), parts.get(to + 1)) {
            let inside = !matches!(here.after, After::Space { .. } | After::Forced);
            if !inside || next.word != here.word || next.from != here.to || next.look != here.look {
                break;
            }
            to += 1;
        }
        let last = parts.get(to)?;
        let Some(look) = paragraph.look(part.look) else {
            at = to + 1;
            continue;
        };
        append_word(shaper, open(runs, look), part, last);
        let ends = to + 1 == parts.len();
        match last.after {
            After::Space { .. } | After::Forced => {
                let look = if ends {
                    Some(look)
                } else {
                    paragraph.look(last.space_look)
                };
                if let Some(look) = look {
                    append_space(shaper, open(runs, look), ends);
                }
            }
            After::Hyphen(_) if ends && !line.last => {
                let mut hyphen = begin(look);
                append(shaper, &mut hyphen, "-");
                hyphen.run.text.clear();
                return Some(hyphen);
            }
            _ => {}
        }
        at = to + 1;
    }
    None
}

fn begin(look: &Look) -> Setting<'_> {
    Setting {
        look,
        run: TextRun {
            face: look.face,
            size: look.size,
            x: 0,
            y: 0,
            color: look.color,
            angle: 0,
            text: String::new(),
            glyphs: Vec::new(),
        },
        spaces: Vec::new(),
        width: 0,
        trailing: 0,
    }
}

fn open<'r, 'p>(runs: &'r mut Vec<Setting<'p>>, look: &'p Look) -> &'r mut Setting<'p> {
    let fits = runs.last().is_some_and(|run| std::ptr::eq(run.look, look));
    if !fits {
        runs.push(begin(look));
    }
    let at = runs.len() - 1;
    &mut runs[at]
}

fn append_word(shaper: &mut Shaper, setting: &mut Setting<'_>, first: &Part, last: &Part) {
    let word = shaper.get(first.word);
    if first.from == 0 && last.to as usize >= word.text.len() {
        append_glyphs(setting, word);
        return;
    }
    // A part of a word is shaped anew: no ligature may reach over the line's end.
    let part = word
        .text
        .get(first.from as usize..last.to as usize)
        .unwrap_or_default()
        .to_owned();
    append(shaper, setting, &part);
}

fn append(shaper: &mut Shaper, setting: &mut Setting<'_>, text: &str) {
    let id = shaper.word(setting.look.face, setting.look.tabular, text);
    append_glyphs(setting, shaper.get(id));
}

fn append_space(shaper: &mut Shaper, setting: &mut Setting<'_>, trailing: bool) {
    let before = setting.width;
    append(shaper, setting, " ");
    if trailing {
        setting.trailing = setting.width - before;
        setting.width = before;
    } else if let Some(at) = setting.run.glyphs.len().checked_sub(1) {
        setting.spaces.push(at);
    }
}

fn append_glyphs(setting: &mut Setting<'_>, word: &Word) {
    let (face, size) = (setting.run.face, setting.run.size);
    let base = u32::try_from(setting.run.text.len()).unwrap_or(u32::MAX);
    let length = u32::try_from(word.text.len()).unwrap_or(u32::MAX);
    setting.run.text.push_str(&word.text);
    setting.run.glyphs.reserve(word.glyphs.len());
    let (mut units, mut x) = (0, 0);
    let mut previous = None;
    for (index, glyph) in word.glyphs.iter().enumerate() {
        units += i64::from(glyph.advance);
        let next = scale(units, face, size);
        let from = glyph.cluster;
        let to = if previous == Some(from) {
            from
        } else {
            let rest = word.glyphs.get(index + 1..).unwrap_or_default();
            rest.iter()
                .map(|glyph| glyph.cluster)
                .find(|at| *at != from)
                .unwrap_or(length)
        };
        previous = Some(from);
        setting.run.glyphs.push(Glyph {
            id: glyph.id,
            advance: next - x,
            x_offset: scale(i64::from(glyph.x_offset), face, size),
            y_offset: scale(i64::from(glyph.y_offset), face, size),
            text: base + from..base + to,
        });
        x = next;
    }
    setting.width += x;
}

/// Divides the room of a line among its spaces; a line that would get a river stays ragged.
fn spread(runs: &mut [Setting<'_>], room: Mpt, count: usize) {
    let Ok(count) = i64::try_from(count) else {
        return;
    };
    if count == 0 {
        return;
    }
    let widest = runs
        .first()
        .map_or(0, |run| run.look.size * WIDEST_SPACE / 100 - run.look.space);
    if room / count >= widest {
        return;
    }
    let mut index = 0;
    for setting in runs {
        for at in &setting.spaces {
            let extra = (room * (index + 1)).div_euclid(count) - (room * index).div_euclid(count);
            if let Some(glyph) = setting.run.glyphs.get_mut(*at) {
                glyph.advance += extra;
            }
            setting.width += extra;
            index += 1;
        }
    }
}

/// Places a run and what belongs to it; returns where the next one begins.
fn emit(setting: Setting<'_>, x: Mpt, y: Mpt, is_hyphen: bool, draws: &mut Vec<Draw>) -> Mpt {
    let Setting {
        look,
        mut run,
        width,
        ..
    } = setting;
    if run.glyphs.is_empty() {
        return x + width;
    }
    run.x = x;
    run.y = y - look.rise;
    let (baseline, size) = (run.y, run.size);
    let owner = Owner::Node(look.node);
    if is_hyphen {
        run.text.push('-');
        draws.push(Draw::Hyphen { owner, run });
    } else {
        draws.push(Draw::Text { owner, run });
    }
    let mut rule = |y: Mpt| {
        let area = Rect {
            x,
            y,
            width,
            height: size / 20,
        };
        draws.push(Draw::Over(Item::Fill {
            area,
            color: look.color,
        }));
    };
    if look.underline {
        rule(baseline + size * 13 / 100);
    }
    if look.strike {
        rule(baseline - size * 26 / 100);
    }
    if let Some(link) = look.link {
        let area = Rect {
            x,
            y: baseline - size * 80 / 100,
            width,
            height: size * 105 / 100,
        };
        draws.push(Draw::Link {
            node: look.node,
            area,
            link,
        });
    }
    x + width
}
