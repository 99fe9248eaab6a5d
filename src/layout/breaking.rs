//! Paragraph → lines: the total-fit method of Knuth and Plass in integers.
//!
//! Unlike a general algorithm it knows shrinking spaces, hyphens in a row and the last line. The places that are
//! still open for the begin of a line are a window over the latest breaks, so the time is linear in the text.

use super::hyphen::Quality;
use super::page::Mpt;
use super::text::{After, Paragraph};

/// How lines are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Spaces stretch and shrink to fill the measure.
    Justified,
    /// Spaces keep their width.
    Ragged,
}

/// A line: a range of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether the paragraph ends here, or a forced break stands here.
    pub(crate) last: bool,
}

/// Breaks paragraphs; keeps its buffers between them.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    /// Where each part begins on one endless line.
    x: Vec<Mpt>,
    /// Width of all spaces before each part.
    spaces: Vec<Mpt>,
    nodes: Vec<Node>,
}

/// Numbers of hyphens in a row that are told apart: none, one, two, three or more.
const ROWS: usize = 4;

/// By the number of hyphens in a row.
type Best = [Option<Node>; ROWS];

#[derive(Debug, Clone, Copy)]
struct Node {
    /// First part of the next line.
    start: usize,
    demerits: i64,
    previous: usize,
    /// Lines in a row that end with a hyphen.
    hyphens: u8,
    fitness: i8,
    /// Whether a line had to end here.
    forced: bool,
}

/// How far spaces shrink and stretch before a line looks bad, in percent of their width.
const SHRINK: Mpt = 28;
const STRETCH: Mpt = 60;
/// What any line costs: few lines are better than many.
const LINE: i64 = 10;
/// What a hyphen costs, by how many end in a row.
const HYPHENS: [i64; 4] = [50_000, 140_000, 4_000_000, 1_000_000_000_000];
/// A hyphen in ragged text is worse: nothing needs to be filled.
const RAGGED_HYPHEN: i64 = 25_000;
/// A hyphen that leaves three letters on a line.
const POOR_HYPHEN: i64 = 120_000;
/// A hyphen within a word of a compound.
const INNER_HYPHEN: i64 = 20_000;
const CUT: i64 = 600;
const EMERGENCY: i64 = 9_000_000_000;
/// A hyphen at the end of the last line but one.
const LATE_HYPHEN: i64 = 30_000;
/// A last line shorter than this part of the measure looks lost.
const SHORT_LAST_PART: Mpt = 9;
const SHORT_LAST: i64 = 20_000;
/// A last line that is nothing but the rest of a word.
const REST_ALONE: i64 = 400_000;
/// A tight line beside a loose one.
const UNEVEN: i64 = 6_000;
const WORST: i64 = 30_000;
/// A line that only a river could fill, beside what it lacks in points: it stays ragged, the less the better.
const RIVER: i64 = 60_000;
/// A line of a piece of an address has no space that could be stretched; better so than loose lines around it.
const ADDRESS: i64 = 16_000;
/// No space of a justified line is to be wider than this, in percent of the em.
pub(crate) const WIDEST_SPACE: Mpt = 160;

impl Breaker {
    /// The lines of a paragraph for a measure.
    pub(crate) fn lines(&mut self, paragraph: &Paragraph, measure: Mpt, mode: Mode) -> Vec<Line> {
        let parts = &paragraph.parts;
        if parts.is_empty() {
            return Vec::new();
        }
        self.measure_parts(paragraph);
        let total = self.x.last().copied().unwrap_or(0);
        let forced = parts.iter().any(|part| part.after == After::Forced);
        if total <= measure && !forced {
            return vec![Line {
                start: 0,
                end: parts.len(),
                last: true,
            }];
        }
        self.nodes.clear();
        self.nodes.push(Node {
            start: 0,
            demerits: 0,
            previous: 0,
            hyphens: 0,
            fitness: 1,
            forced: true,
        });
        let mut head = 0;
        for (index, part) in parts.iter().enumerate() {
            let end = index + 1 == parts.len();
            let forced = end || part.after == After::Forced;
            if !forced
                && matches!(
                    part.after,
                    After::Joined | After::Space { breakable: false }
                )
            {
                continue;
            }
            let hyphen = match part.after {
                After::Hyphen(_) if !end => paragraph.look(part.look).map_or(0, |look| look.hyphen),
                _ => 0,
            };
            let widest = paragraph
                .look(part.look)
                .map_or((1, 1), |look| (look.size * WIDEST_SPACE, look.space));
            let place = Place {
                index,
                width: part.width,
                hyphen,
                after: part.after,
                forced,
                end,
                widest,
            };
            let found = self.best(&mut head, &place, measure, mode);
            self.nodes.extend(found.into_iter().flatten());
            if forced {
                head = self.nodes.len() - 1;
            }
        }
        self.trace()
    }

    fn measure_parts(&mut self, paragraph: &Paragraph) {
        self.x.clear();
        self.spaces.clear();
        let (mut x, mut spaces) = (0, 0);
        for part in &paragraph.parts {
            self.x.push(x);
            self.spaces.push(spaces);
            let space = paragraph.space(part);
            x += part.width + space;
            spaces += space;
        }
        self.x.push(x);
        self.spaces.push(spaces);
    }

    /// The best ways to end a line at a place: one for each number of hyphens in a row that is worth its price.
    fn best(&self, head: &mut usize, place: &Place, measure: Mpt, mode: Mode) -> Best {
        let mut best: Best = [None; ROWS];
        let (Some(x), Some(spaces)) = (self.x.get(place.index), self.spaces.get(place.index))
        else {
            return best;
        };
        // Shorter lines cannot win where a longer one is possible.
        let worth_trying = match mode {
            Mode::Justified => 75,
            Mode::Ragged => 50,
        };
        let mut leading = true;
        let first = *head;
        for (at, node) in self.nodes.iter().enumerate().skip(first) {
            let (Some(from), Some(before)) = (self.x.get(node.start), self.spaces.get(node.start))
            else {
                break;
            };
            let bare = x + place.width - from;
            let spaces = spaces - before;
            let shrink = match mode {
                Mode::Justified => spaces * SHRINK / 100,
                Mode::Ragged => 0,
            };
            if bare - shrink > measure {
                // No later line that begins there can be shorter.
                if leading && at + 1 < self.nodes.len() {
                    *head = at + 1;
                }
                continue;
            }
            leading = false;
            let natural = bare + place.hyphen;
            if natural - shrink > measure {
                continue;
            }
            let found = best.iter().any(Option::is_some);
            if found && !place.forced && natural * 100 < measure * worth_trying {
                break;
            }
            let candidate = judge(node, at, place, measure - natural, spaces, measure, mode);
            let row = usize::from(candidate.hyphens).min(ROWS - 1);
            if let Some(best) = best.get_mut(row)
                && best.is_none_or(|best| candidate.demerits < best.demerits)
            {
                *best = Some(candidate);
            }
        }
        if place.forced && best.iter().all(Option::is_none) {
            best[0] = self.overlong(place);
        }
        drop_dominated(&mut best);
        best
    }

    /// A line with a part wider than the measure: longer than wanted, never lost.
    fn overlong(&self, place: &Place) -> Option<Node> {
        let last = self.nodes.len().checked_sub(1)?;
        let node = self.nodes.get(last)?;
        Some(Node {
            start: place.index + 1,
            demerits: node.demerits.saturating_add(EMERGENCY * 1_000),
            previous: last,
            hyphens: 0,
            fitness: 1,
            forced: true,
        })
    }

    fn trace(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut at = self.nodes.len().saturating_sub(1);
        while at > 0 {
            let Some(node) = self.nodes.get(at) else {
                break;
            };
            let start = self
                .nodes
                .get(node.previous)
                .map_or(0, |before| before.start);
            lines.push(Line {
                start,
                end: node.start,
                last: node.forced,
            });
            at = node.previous;
        }
        lines.reverse();
        lines
    }
}

/// More hyphens in a row at a higher or an equal price lead nowhere better.
fn drop_dominated(best: &mut Best) {
    let mut least = i64::MAX;
    for node in best.iter_mut() {
        match node {
            Some(found) if found.demerits >= least => *node = None,
            Some(found) => least = found.demerits,
            None => {}
        }
    }
}

/// A place at which a line may end.
struct Place {
    index: usize,
    width: Mpt,
    hyphen: Mpt,
    after: After,
    forced: bool,
    end: bool,
    /// The widest space in 1/100 of its unit, and the natural one.
    widest: (Mpt, Mpt),
}

fn judge(
    node: &Node,
    at: usize,
    place: &Place,
    room: Mpt,
    spaces: Mpt,
    measure: Mpt,
    mode: Mode,
) -> Node {
    let hyphenated = matches!(place.after, After::Hyphen(_)) && !place.end;
    let (badness, fitness) = if place.forced && room >= 0 {
        (0, 1)
    } else {
        match mode {
            Mode::Justified => justified(room, spaces, place),
            Mode::Ragged => (ratio_cubed(room, measure / 5), 1),
        }
    };
    let mut demerits = node.demerits + (LINE + badness) * (LINE + badness);
    if hyphenated {
        let in_row = usize::from(node.hyphens).min(HYPHENS.len() - 1);
        demerits += HYPHENS.get(in_row).copied().unwrap_or(0);
        if mode == Mode::Ragged {
            demerits += RAGGED_HYPHEN;
        }
    }
    demerits += match place.after {
        After::Cut if !place.end => CUT,
        After::Hyphen(Quality::Poor) if !place.end => POOR_HYPHEN,
        After::Hyphen(Quality::Inner) if !place.end => INNER_HYPHEN,
        After::Emergency if !place.end => EMERGENCY,
        _ => 0,
    };
    if place.forced {
        if node.hyphens > 0 {
            demerits += LATE_HYPHEN;
        }
        if place.end && !node.forced && measure - room < measure / SHORT_LAST_PART {
            demerits += SHORT_LAST;
            if node.hyphens > 0 {
                demerits += REST_ALONE;
            }
        }
    }
    if (fitness - node.fitness).abs() > 1 {
        demerits += UNEVEN;
    }
    Node {
        start: place.index + 1,
        demerits,
        previous: at,
        hyphens: if hyphenated {
            node.hyphens.saturating_add(1)
        } else {
            0
        },
        fitness,
        forced: place.forced,
    }
}

/// How bad the spaces of a line look, and whether it is tight (0), even (1), loose (2) or very loose (3).
fn justified(room: Mpt, spaces: Mpt, place: &Place) -> (i64, i8) {
    let (widest, after) = (place.widest, place.after);
    if spaces == 0 {
        return match (room, after) {
            (0, _) => (0, 1),
            (_, After::Cut) => (ADDRESS + room / 30, 3),
            _ => (RIVER + room / 1_000, 3),
        };
    }
    if room < 0 {
        let badness = ratio_cubed(-room, spaces * SHRINK / 100);
        return (badness, if badness > 12 { 0 } else { 1 });
    }
    let badness = ratio_cubed(room, spaces * STRETCH / 100);
    let fitness = match badness {
        0..=12 => 1,
        13..=99 => 2,
        _ => 3,
    };
    let river = (spaces + room) * 100 * widest.1 > spaces * widest.0;
    (if river { RIVER + room / 1_000 } else { badness }, fitness)
}

/// 100 · (room ÷ stretch)³, bounded.
fn ratio_cubed(room: Mpt, stretch: Mpt) -> i64 {
    let ratio = (room * 100 / stretch.max(1)).min(1_400);
    (ratio * ratio * ratio / 10_000).min(WORST)
}
