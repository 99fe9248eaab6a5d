//! Blocks → pieces: headings, paragraphs, lists, quotes, code, rules, signatures.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::line::{self, Align};
use super::page::{Item, ListNumbering, Mpt, Rect, Role};
use super::piece::{Draw, PageBreak};
use super::setting::{Frame, Setting, Target};
use super::sheet::{self, Measures, Sheet};
use super::text::{self, Paragraph};
use super::{figure, font, signature, table};
use crate::diagnostic::{Befund, Stelle};
use crate::markdown::ast::{Block, BlockKind, Inline, List, ListKind};
use crate::markdown::front::{FrontMatter, Satz};
use crate::markdown::text::heading_text;

/// The frame of the page's own text.
pub(crate) fn page_frame(landscape: bool) -> Frame {
    let sheet = Sheet::new(landscape);
    Frame {
        x: sheet.left,
        measure: sheet.measure(),
        node: 0,
        kind: sheet::serif(sheet::TEXT.size),
        measures: sheet::TEXT,
        gap: sheet::TEXT.below,
        outermost: true,
    }
}

/// Sets blocks one below the other.
pub(crate) fn blocks(setting: &mut Setting<'_>, blocks: &[Block], frame: &Frame) {
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        if matches!(block.kind, BlockKind::Signature { .. }) {
            let count = blocks[at..]
                .iter()
                .take_while(|block| matches!(block.kind, BlockKind::Signature { .. }))
                .count();
            signature::signatures(setting, &blocks[at..at + count], frame);
            at += count;
            continue;
        }
        let next = blocks.get(at + 1);
        // A heading, or an introducing line, goes along with what turns its page.
        if frame.outermost
            && !setting.landscape
            && leads_to_turned_page(setting, &blocks[at..], frame)
        {
            let leads = blocks[at..]
                .iter()
                .take_while(|block| {
                    !matches!(block.kind, BlockKind::Table(_) | BlockKind::Landscape(_))
                })
                .count();
            let frame = page_frame(true);
            setting.landscape = true;
            for (index, block) in blocks[at..=at + leads].iter().enumerate() {
                one(setting, block, blocks.get(at + index + 1), &frame);
            }
            setting.landscape = false;
            at += leads + 1;
            continue;
        }
        one(setting, block, next, frame);
        at += 1;
    }
}

/// Most headings and introducing lines that go along with a turned page.
const MOST_LEADS: usize = 20;

fn leads_to_turned_page(setting: &mut Setting<'_>, blocks: &[Block], frame: &Frame) -> bool {
    for (index, block) in blocks.iter().take(MOST_LEADS).enumerate() {
        match &block.kind {
            BlockKind::Heading { .. } => {}
            BlockKind::Paragraph(text) if introduces(text, blocks.get(index + 1)) => {}
            BlockKind::Table(table) => return table::turns(setting, table, frame),
            BlockKind::Landscape(_) => return index > 0,
            _ => return false,
        }
    }
    false
}

fn one(setting: &mut Setting<'_>, block: &Block, next: Option<&Block>, frame: &Frame) {
    match &block.kind {
        BlockKind::Heading {
            level,
            text,
            anchor,
        } => heading(setting, *level, text, anchor, &block.range, frame),
        BlockKind::Paragraph(text) => {
            let node = setting.node(Role::Paragraph, frame.node, block.range.clone());
            paragraph(setting, text, &Frame { node, ..*frame });
            if introduces(text, next) {
                setting.keep_next();
            }
        }
        BlockKind::List(items) => list(setting, items, &block.range, frame),
        BlockKind::Table(content) => table::table(setting, content, &block.range, frame),
        BlockKind::Quote(inner) => {
            let node = setting.node(Role::Quote, frame.node, block.range.clone());
            let step = sheet::INDENT.min((frame.measure - sheet::NARROWEST).max(0) / 2);
            let inside = Frame {
                x: frame.x + step,
                measure: frame.measure - 2 * step,
                node,
                outermost: false,
                ..*frame
            };
            blocks(setting, inner, &inside);
        }
        BlockKind::Code(text) => code(setting, text, &block.range, frame),
        BlockKind::Rule => {
            setting.space(sheet::TEXT.below);
            let area = Rect {
                x: frame.x,
                y: 0,
                width: frame.measure,
                height: sheet::HAIRLINE,
            };
            let rule = Draw::Over(Item::Fill {
                area,
                color: sheet::RULE_COLOR,
            });
            setting.push(
                sheet::HAIRLINE,
                vec![rule],
                Vec::new(),
                PageBreak::Allowed(0),
            );
            setting.space(sheet::TEXT.below);
        }
        BlockKind::Figure { path, alt, caption } => {
            figure::figure(
                setting,
                (path, alt, caption.as_deref()),
                &block.range,
                frame,
            );
        }
        BlockKind::Signature { .. } => {
            signature::signatures(setting, std::slice::from_ref(block), frame);
        }
        BlockKind::Together(inner) => together(setting, inner, &block.range, frame),
        BlockKind::Landscape(inner) => {
            let before = std::mem::replace(&mut setting.landscape, true);
            let inside = if frame.outermost {
                page_frame(true)
            } else {
                *frame
            };
            blocks(setting, inner, &inside);
            setting.landscape = before;
        }
        BlockKind::PageBreak => setting.new_page(),
        BlockKind::Annex { label, front } => annex(setting, label, front, &block.range),
    }
}

/// Begins an annex: a new page with its label at the head, and a bookmark.
fn annex(setting: &mut Setting<'_>, label: &str, front: &FrontMatter, range: &Range<usize>) {
    setting.annexes.push((label.to_owned(), front.clone()));
    setting.levels.clear();
    setting.landscape = false;
    setting.new_page();
    let frame = page_frame(false);
    let node = setting.node(Role::Paragraph, frame.node, range.clone());
    let kind = sheet::sans(sheet::TEXT.size, true);
    let mut paragraph = text::plain(setting, label, kind, node, range);
    let target = setting.targets.len();
    setting.targets.push(Target {
        anchor: format!("anlage-{}", setting.annexes.len()),
        level: 1,
        text: label.to_owned(),
    });
    let first = setting.pieces.len();
    setting.set_paragraph(
        &mut paragraph,
        &Frame {
            node,
            kind,
            ..frame
        },
        Align::Right,
    );
    if let Some(piece) = setting.pieces.get_mut(first) {
        piece.draws.insert(0, Draw::Target(target));
    }
    setting.space(frame.gap);
    setting.keep_next();
}

/// Whether a paragraph ends with a colon and so belongs to the block after it.
fn introduces(text: &[Inline], next: Option<&Block>) -> bool {
    let colon = text.iter().rev().find_map(|inline| match inline {
        Inline::Text(run) => Some(run.text.trim_end().ends_with(':')),
        _ => None,
    });
    colon == Some(true)
        && next.is_some_and(|block| {
            !matches!(
                block.kind,
                BlockKind::Heading { .. } | BlockKind::PageBreak | BlockKind::Annex { .. }
            )
        })
}

fn heading(
    setting: &mut Setting<'_>,
    level: u8,
    inlines: &[Inline],
    anchor: &str,
    range: &Range<usize>,
    frame: &Frame,
) {
    // A heading that says nothing is none; it must not open a level for those below it.
    if !says_something(inlines) {
        return;
    }
    while setting.levels.last().is_some_and(|above| *above >= level) {
        setting.levels.pop();
    }
    setting.levels.push(level);
    // The structure knows no gaps: a heading is one deeper than the one it stands under.
    let depth = u8::try_from(setting.levels.len()).unwrap_or(6).min(6);
    let node = setting.node(Role::Heading(depth), frame.node, range.clone());
    let measures = sheet::heading(level);
    let kind = sheet::sans(measures.size, true);
    let mut paragraph = text::paragraph(setting, inlines, kind, node);
    setting.space(measures.above);
    let target = setting.targets.len();
    setting.targets.push(Target {
        anchor: anchor.to_owned(),
        // In the bookmarks an annex's headings stand below the annex.
        level: depth + u8::from(!setting.annexes.is_empty()),
        text: title(inlines),
    });
    let first = setting.pieces.len();
    setting.set_paragraph(
        &mut paragraph,
        &Frame {
            node,
            kind,
            measures,
            ..*frame
        },
        Align::Left,
    );
    for piece in setting.pieces.iter_mut().skip(first + 1) {
        piece.page_break = PageBreak::Forbidden;
    }
    if let Some(piece) = setting.pieces.get_mut(first) {
        piece.draws.insert(0, Draw::Target(target));
    }
    setting.space(measures.below);
    setting.keep_next();
}

/// A heading as bookmarks and links name it: in one line, without the figures of its notes.
fn title(inlines: &[Inline]) -> String {
    let title: String = heading_text(inlines).nfc().collect();
    title.replace('\u{a0}', " ").replace('\u{ad}', "")
}

fn says_something(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(run) => run.text.chars().any(|c| !c.is_whitespace()),
        Inline::NoteRef { .. } => true,
        Inline::Break => false,
    })
}

/// Sets a paragraph of running text into its own node.
fn paragraph(setting: &mut Setting<'_>, inlines: &[Inline], frame: &Frame) {
    let mut paragraph = text::paragraph(setting, inlines, frame.kind, frame.node);
    let align = match setting.front().satz {
        Satz::Block => Align::Justified,
        Satz::Flatter => Align::Left,
    };
    setting.set_paragraph(&mut paragraph, frame, align);
    setting.space(frame.gap);
}

fn list(setting: &mut Setting<'_>, list: &List, range: &Range<usize>, frame: &Frame) {
    let numbering = match list.kind {
        ListKind::Bullet => ListNumbering::Disc,
        ListKind::Decimal => ListNumbering::Decimal,
        ListKind::Alphabetic => ListNumbering::LowerAlpha,
        // The labels stand in the text; PDF has no name for these.
        ListKind::Parenthesized | ListKind::DoubleAlphabetic => ListNumbering::None,
    };
    let node = setting.node(Role::List(numbering), frame.node, range.clone());
    let mut labels: Vec<(Paragraph, usize)> = Vec::with_capacity(list.items.len());
    let mut widest = 0;
    for item in &list.items {
        let label_node = setting.node(Role::Label, node, item.range.clone());
        let label = text::plain(setting, &item.label, frame.kind, label_node, &item.range);
        widest = widest.max(
            label
                .parts
                .iter()
                .map(|part| part.width + label.space(part))
                .sum::<Mpt>(),
        );
        labels.push((label, label_node));
    }
    let least = match list.kind {
        ListKind::Bullet => 13_000,
        ListKind::Parenthesized => 21_000,
        _ => 18_000,
    };
    let room = (frame.measure - sheet::NARROWEST).max(0);
    let indent = (widest + 4_500).max(least).min(room.max(widest + 1_500));
    // Absätze of a clause are paragraphs, however short.
    let tight = list.kind != ListKind::Parenthesized
        && list.items.iter().all(|item| is_short(&item.blocks));
    for (item, (label, label_node)) in list.items.iter().zip(labels) {
        let item_node = setting.node(Role::ListItem, node, item.range.clone());
        if let Some(label) = setting.tree.get_mut(label_node) {
            label.parent = item_node;
        }
        let body = setting.node(Role::ListBody, item_node, item.range.clone());
        let draws = set_label(setting, &label, frame);
        setting.label(draws);
        let inside = Frame {
            x: frame.x + indent,
            measure: (frame.measure - indent).max(sheet::NARROWEST / 4),
            node: body,
            gap: if tight { sheet::ITEM_GAP } else { frame.gap },
            outermost: false,
            ..*frame
        };
        item_blocks(setting, &item.blocks, &inside);
        setting.flush_label(frame.measures);
        setting.space(if tight { sheet::ITEM_GAP } else { frame.gap });
    }
    setting.space(frame.gap);
}

fn set_label(setting: &mut Setting<'_>, label: &Paragraph, frame: &Frame) -> Vec<Draw> {
    let mut draws = Vec::new();
    let line = super::breaking::Line {
        start: 0,
        end: label.parts.len(),
        last: true,
    };
    let baseline = sheet::baseline(frame.measures);
    line::set(
        setting.shaper,
        label,
        line,
        (frame.x, frame.measure),
        baseline,
        Align::Left,
        &mut draws,
    );
    draws
}

/// An item that is one paragraph, perhaps with lists below it, says so directly; else its paragraphs are told apart.
fn item_blocks(setting: &mut Setting<'_>, inner: &[Block], frame: &Frame) {
    let direct = inner
        .iter()
        .enumerate()
        .all(|(index, block)| match block.kind {
            BlockKind::Paragraph(_) => index == 0,
            BlockKind::List(_) => true,
            _ => false,
        });
    match inner.split_first() {
        Some((
            Block {
                kind: BlockKind::Paragraph(text),
                ..
            },
            rest,
        )) if direct => {
            paragraph(setting, text, frame);
            if introduces(text, rest.first()) {
                setting.keep_next();
            }
            blocks(setting, rest, frame);
        }
        _ => blocks(setting, inner, frame),
    }
}

fn is_short(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .enumerate()
        .all(|(index, block)| match &block.kind {
            BlockKind::Paragraph(text) => index == 0 && length(text) < LONG_ITEM,
            BlockKind::List(list) => list.items.iter().all(|item| is_short(&item.blocks)),
            _ => false,
        })
}

/// An item of more bytes sets the items of its list apart.
const LONG_ITEM: usize = 240;

fn length(text: &[Inline]) -> usize {
    text.iter()
        .map(|inline| match inline {
            Inline::Text(run) => run.text.len(),
            _ => 1,
        })
        .sum()
}

const CODE_PAD: Mpt = 3_500;

fn code(setting: &mut Setting<'_>, source: &str, range: &Range<usize>, frame: &Frame) {
    let block = setting.node(Role::Paragraph, frame.node, range.clone());
    let measures = sheet::CODE;
    let mut kind = sheet::sans(measures.size, false);
    kind.verbatim = true;
    setting.space(measures.above);
    let pad = sheet::CELL_PAD;
    let first = setting.pieces.len();
    for source_line in source.trim_end_matches('\n').split('\n') {
        // Lines are told apart when they are read.
        let node = setting.node(Role::Code, block, range.clone());
        let mut paragraph = text::plain(setting, source_line, kind, node, range);
        let indent = Indent::of(setting, source_line, kind, frame.measure - 2 * pad);
        let lines = setting.break_lines(
            &mut paragraph,
            frame.measure - 2 * pad - indent.rest,
            super::breaking::Mode::Ragged,
        );
        if lines.is_empty() {
            push_code_line(setting, Vec::new(), measures, frame);
        }
        for (number, line) in lines.into_iter().enumerate() {
            let mut draws = Vec::new();
            let indent = if number == 0 {
                indent.first
            } else {
                indent.rest
            };
            let place = (frame.x + pad + indent, frame.measure - 2 * pad - indent);
            line::set(
                setting.shaper,
                &paragraph,
                line,
                place,
                sheet::baseline(measures),
                Align::Left,
                &mut draws,
            );
            push_code_line(setting, draws, measures, frame);
        }
    }
    let count = setting.pieces.len() - first;
    for (index, piece) in setting.pieces.iter_mut().skip(first).enumerate() {
        if index > 0 && (index == 1 || index + 1 == count) {
            piece.page_break = PageBreak::Forbidden;
        }
        // The ground reaches a little beyond the first and the last line.
        let above = if index == 0 { CODE_PAD } else { 0 };
        let below = if index + 1 == count { CODE_PAD } else { 0 };
        for draw in &mut piece.draws {
            match draw {
                Draw::Under(Item::Fill { area, .. }) => area.height += above + below,
                other => other.shift(0, above),
            }
        }
        piece.height += above + below;
    }
    setting.space(measures.below);
}

/// How far a line of code is moved to the right, so that each space at its beginning is as wide as a figure: a space of
/// the face is too narrow to see what stands below what.
struct Indent {
    /// The line itself, whose spaces are set as well.
    first: Mpt,
    /// What follows where it is broken.
    rest: Mpt,
}

impl Indent {
    fn of(setting: &mut Setting<'_>, line: &str, kind: text::Type, measure: Mpt) -> Self {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let spaces = Mpt::try_from(spaces).unwrap_or(0);
        let face = font::face(kind.family, kind.bold, false);
        let figure = setting.shaper.width(face, false, kind.size, "0");
        let space = setting.shaper.width(face, false, kind.size, " ");
        let rest = spaces.saturating_mul(figure).min(measure / 2);
        Self {
            first: (rest - spaces.saturating_mul(space)).max(0),
            rest,
        }
    }
}

fn push_code_line(
    setting: &mut Setting<'_>,
    mut draws: Vec<Draw>,
    measures: Measures,
    frame: &Frame,
) {
    let area = Rect {
        x: frame.x,
        y: 0,
        width: frame.measure,
        height: measures.leading,
    };
    draws.push(Draw::Under(Item::Fill {
        area,
        color: sheet::CODE_SHADE,
    }));
    setting.push(measures.leading, draws, Vec::new(), PageBreak::Allowed(0));
}

fn together(setting: &mut Setting<'_>, inner: &[Block], range: &Range<usize>, frame: &Frame) {
    let first = setting.pieces.len();
    blocks(setting, inner, frame);
    let pieces = setting.pieces.get_mut(first..).unwrap_or_default();
    let height: Mpt = pieces.iter().map(|piece| piece.height + piece.before).sum();
    if height > Sheet::new(setting.landscape).depth() {
        setting.findings.push(
            Befund::hinweis(
                "zusammen-zu-lang",
                Stelle::Papier(range.clone()),
                "was zusammenbleiben soll, passt nicht auf eine Seite und wird deshalb geteilt",
            )
            .abhilfe("„zusammen“ um einen kürzeren Abschnitt setzen"),
        );
        return;
    }
    for piece in pieces.iter_mut().skip(1) {
        if piece.page_break != PageBreak::Forced {
            piece.page_break = PageBreak::Forbidden;
        }
    }
}
