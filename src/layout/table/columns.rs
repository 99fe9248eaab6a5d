//! How wide the columns of a table are.

use super::amounts::Decimals;
use crate::layout::page::Mpt;
use crate::layout::sheet::CELL_PAD;
use crate::layout::text::{After, Paragraph};
use crate::markdown::ast::{Alignment, Table};

/// Labels of a label/value head get this part of the measure at least, so that heads below one another align.
const LABEL_PART: Mpt = 4;

/// What a column's cells need.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    /// Its longest text on one line.
    pub(super) widest: Mpt,
    /// Its longest word.
    pub(super) word: Mpt,
    /// Its longest part of a word that hyphenation leaves whole.
    pub(super) syllable: Mpt,
    /// Whether it names the rows of a label/value head.
    pub(super) label: bool,
    /// Room of its amounts on both sides of the comma.
    pub(super) decimals: Option<Decimals>,
}

impl Extent {
    /// Takes a cell into account.
    pub(super) fn include(&mut self, paragraph: &Paragraph) {
        let (mut line, mut word, mut syllable) = (0, 0, 0);
        for part in &paragraph.parts {
            line += part.width;
            word += part.width;
            syllable += part.width;
            self.widest = self.widest.max(line);
            self.word = self.word.max(word);
            let space = paragraph.space(part);
            let hyphen = paragraph.look(part.look).map_or(0, |look| look.hyphen);
            match part.after {
                After::Hyphen(_) => {
                    self.syllable = self.syllable.max(syllable + hyphen);
                    syllable = 0;
                }
                After::Cut | After::Space { breakable: true } => {
                    self.syllable = self.syllable.max(syllable);
                    (word, syllable) = (0, 0);
                }
                After::Forced => {
                    self.syllable = self.syllable.max(syllable);
                    (line, word, syllable) = (0, 0, 0);
                }
                After::Space { breakable: false } => {
                    word += space;
                    syllable += space;
                }
                After::Joined | After::Emergency => {}
            }
            if part.after != After::Forced {
                line += space;
            }
        }
        self.syllable = self.syllable.max(syllable);
    }
}

/// The widths of a table's columns, padding included.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Widths {
    /// They fit the frame.
    Here(Vec<Mpt>),
    /// They need a turned page.
    Turned(Vec<Mpt>),
}

/// What an empty column weighs when room is given away.
const MORE_OR_LESS_EMPTY: Mpt = 20_000;

/// Tables of few columns rather break words than turn the page.
const FEW_COLUMNS: usize = 5;

/// Chooses the widths for a measure, or for that of a turned page where there may be one.
pub(super) fn choose(
    table: &Table,
    extents: &[Extent],
    measure: Mpt,
    turned: Option<Mpt>,
) -> Widths {
    let words: Vec<Mpt> = extents.iter().map(|extent| extent.word).collect();
    let syllables: Vec<Mpt> = extents.iter().map(|extent| extent.syllable).collect();
    if let Some(widths) = weighted(table, &syllables, measure) {
        return Widths::Here(widths);
    }
    let few = extents.len() <= FEW_COLUMNS;
    if let Some(widths) = fit(table, extents, &words, measure) {
        return Widths::Here(widths);
    }
    if let Some(widths) =
        fit(table, extents, &syllables, measure).filter(|_| few || turned.is_none())
    {
        return Widths::Here(widths);
    }
    if let Some(turned) = turned {
        let widths = weighted(table, &syllables, turned)
            .or_else(|| fit(table, extents, &words, turned))
            .or_else(|| fit(table, extents, &syllables, turned))
            .unwrap_or_else(|| squeeze(&syllables, turned));
        return Widths::Turned(widths);
    }
    Widths::Here(squeeze(&syllables, measure))
}

/// The widths that the author's weights say, if the longest syllables fit them.
fn weighted(table: &Table, least: &[Mpt], measure: Mpt) -> Option<Vec<Mpt>> {
    let weights: Option<Vec<Mpt>> = table
        .columns
        .iter()
        .map(|column| column.weight.map(|weight| Mpt::from(weight.max(1))))
        .collect();
    let widths = share(measure, &weights?);
    let fits = widths
        .iter()
        .zip(least)
        .all(|(width, least)| width - 2 * CELL_PAD >= *least);
    fits.then_some(widths)
}

/// Widths between the least and the widest; `None` if not even the least fit.
fn fit(table: &Table, extents: &[Extent], least: &[Mpt], measure: Mpt) -> Option<Vec<Mpt>> {
    let columns = Mpt::try_from(extents.len()).ok()?;
    let room = measure - 2 * CELL_PAD * columns;
    let needed: Mpt = least.iter().sum();
    if needed > room {
        return None;
    }
    let widest: Vec<Mpt> = extents.iter().map(|extent| extent.widest).collect();
    let wanted: Mpt = widest.iter().sum();
    let extra = if wanted <= room {
        // All on one line: what is left goes to the columns of words.
        let weights: Vec<Mpt> = table
            .columns
            .iter()
            .zip(extents)
            .map(|(column, extent)| match column.alignment {
                _ if extent.label => 0,
                Alignment::Right => extent.widest / 4,
                _ => extent.widest + MORE_OR_LESS_EMPTY,
            })
            .collect();
        (share(room - wanted, &weights), &widest)
    } else {
        // Long columns get more of what is left, but less than in proportion: a long text may take another line.
        let weights: Vec<Mpt> = widest
            .iter()
            .zip(least)
            .map(|(widest, least)| (widest - least).max(0))
            .collect();
        let gains = fill(room - needed, &weights);
        return Some(
            least
                .iter()
                .zip(gains)
                .map(|(least, gain)| least + gain + 2 * CELL_PAD)
                .collect(),
        );
    };
    let (gains, widest) = extra;
    Some(
        widest
            .iter()
            .zip(gains)
            .map(|(width, gain)| width + gain + 2 * CELL_PAD)
            .collect(),
    )
}

/// Gives each column what it still wants if that is little, and shares the rest among the others by the root of their
/// wants, so that no column of a few words starves beside one of long sentences.
fn fill(room: Mpt, wants: &[Mpt]) -> Vec<Mpt> {
    let mut gains = vec![0; wants.len()];
    let mut open: Vec<usize> = (0..wants.len())
        .filter(|index| wants.get(*index).is_some_and(|want| *want > 0))
        .collect();
    let mut left = room;
    while !open.is_empty() && left > 0 {
        let roots: Vec<Mpt> = open
            .iter()
            .map(|index| wants.get(*index).map_or(1, |want| want.isqrt().max(1)))
            .collect();
        let shares = share(left, &roots);
        let content: Vec<(usize, Mpt)> = open
            .iter()
            .zip(&shares)
            .filter_map(|(index, share)| {
                wants
                    .get(*index)
                    .filter(|want| *want <= share)
                    .map(|want| (*index, *want))
            })
            .collect();
        if content.is_empty() {
            for (index, share) in open.iter().zip(shares) {
                if let Some(gain) = gains.get_mut(*index) {
                    *gain = share;
                }
            }
            return gains;
        }
        for (index, want) in content {
            if let Some(gain) = gains.get_mut(index) {
                *gain = want;
            }
            left -= want;
            open.retain(|other| *other != index);
        }
    }
    if let Some(last) = gains.last_mut() {
        *last += left.max(0);
    }
    gains
}

/// Widths for a table that does not fit: words will be broken anywhere.
fn squeeze(least: &[Mpt], measure: Mpt) -> Vec<Mpt> {
    let roots: Vec<Mpt> = least.iter().map(|width| width.isqrt().max(30)).collect();
    share(measure, &roots)
}

/// Divides a length by weights without losing a unit.
fn share(length: Mpt, weights: &[Mpt]) -> Vec<Mpt> {
    let total: Mpt = weights.iter().sum::<Mpt>().max(1);
    let (mut sum, mut given) = (0, 0);
    weights
        .iter()
        .map(|weight| {
            sum += weight;
            let until = length * sum / total;
            let share = until - given;
            given = until;
            share
        })
        .collect()
}

/// Gives the first labels of a label/value head some room, unless the values need it.
pub(super) fn widen_labels(extents: &mut [Extent], measure: Mpt) {
    let columns = Mpt::try_from(extents.len()).unwrap_or(1);
    let wanted: Mpt = extents.iter().map(|extent| extent.widest).sum();
    let room = measure - 2 * CELL_PAD * columns - wanted;
    if extents.iter().all(|extent| extent.label) {
        for extent in extents {
            extent.label = false;
        }
        return;
    }
    if let Some(first) = extents.first_mut().filter(|first| first.label) {
        let missing = (measure / LABEL_PART - first.widest).max(0);
        if missing <= room {
            first.widest += missing;
        }
    }
}

/// Where each word fits the column, none of them is hyphenated.
pub(super) fn drop_needless_hyphens(paragraph: &mut Paragraph, width: Mpt) {
    if !paragraph
        .parts
        .iter()
        .any(|part| matches!(part.after, After::Hyphen(_)))
    {
        return;
    }
    let mut extent = Extent::default();
    extent.include(paragraph);
    if extent.word <= width {
        for part in &mut paragraph.parts {
            if matches!(part.after, After::Hyphen(_)) {
                part.after = After::Joined;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::ast::Column;

    fn table(columns: usize) -> Table {
        let column = Column {
            alignment: Alignment::Left,
            weight: None,
        };
        Table {
            columns: vec![column; columns],
            head: None,
            rows: Vec::new(),
            caption: None,
        }
    }

    fn extent(widest: Mpt, word: Mpt, syllable: Mpt) -> Extent {
        Extent {
            widest,
            word,
            syllable,
            label: false,
            decimals: None,
        }
    }

    #[test]
    fn no_unit_of_the_measure_is_lost() {
        for measure in [1, 7, 1_000, 467_717] {
            let shares = share(measure, &[3, 1, 7, 11]);
            assert_eq!(shares.iter().sum::<Mpt>(), measure);
        }
    }

    #[test]
    fn a_short_column_beside_a_long_one_keeps_its_line() {
        let extents = [
            extent(60_000, 30_000, 20_000),
            extent(900_000, 50_000, 20_000),
        ];
        let Widths::Here(widths) = choose(&table(2), &extents, 400_000, None) else {
            panic!("fits");
        };
        assert_eq!(widths[0], 60_000 + 2 * CELL_PAD);
        assert_eq!(widths.iter().sum::<Mpt>(), 400_000);
    }

    #[test]
    fn a_table_whose_words_do_not_fit_turns() {
        let extents = vec![extent(90_000, 90_000, 40_000); 7];
        assert!(matches!(
            choose(&table(7), &extents, 400_000, Some(700_000)),
            Widths::Turned(_)
        ));
        assert!(matches!(
            choose(&table(7), &extents, 400_000, None),
            Widths::Here(_)
        ));
    }
}
