//! Signature blocks: side by side a line for place and date and one to sign on, below them who signs. Two make a row.

use super::line::{self, Align};
use super::page::{Artifact, Item, Mpt, Owner, Rect, Role};
use super::piece::{Draw, PageBreak};
use super::setting::{Frame, Setting};
use super::sheet;
use super::text;
use crate::markdown::ast::{Block, BlockKind, Inline, Run, Style};

const GUTTER: Mpt = 28_000;
/// Room to write, and for a seal, above the lines.
const ROOM: Mpt = 36_000;
/// Parts of a block's width in hundredths: the line for place and date, and what is left free before the other one.
const DATE_PART: Mpt = 42;
const BETWEEN_PART: Mpt = 5;

/// Sets signature blocks two in a row, none of them divided; the first row goes along with the text above it.
pub(crate) fn signatures(setting: &mut Setting<'_>, blocks: &[Block], frame: &Frame) {
    let width = ((frame.measure - GUTTER) / 2).max(sheet::NARROWEST / 2);
    for (row, pair) in blocks.chunks(2).enumerate() {
        let mut draws = Vec::new();
        let mut height = 0;
        for (column, block) in (0..).zip(pair) {
            let x = frame.x + column * (width + GUTTER);
            height = height.max(signature(setting, block, (x, width), frame, &mut draws));
        }
        if row == 0 {
            setting.space(sheet::TEXT.leading / 2);
            setting.keep_next();
        }
        setting.push(height, draws, Vec::new(), PageBreak::Allowed(0));
    }
    setting.space(sheet::TEXT.leading);
}

fn signature(
    setting: &mut Setting<'_>,
    block: &Block,
    place: (Mpt, Mpt),
    frame: &Frame,
    draws: &mut Vec<Draw>,
) -> Mpt {
    let BlockKind::Signature { party, office } = &block.kind else {
        return 0;
    };
    let (x, width) = place;
    let date = width * DATE_PART / 100;
    let name = date + width * BETWEEN_PART / 100;
    line_to_write_on(setting, block, (x, date), "Ort, Datum", frame, draws);
    line_to_write_on(
        setting,
        block,
        (x + name, width - name),
        "Unterschrift",
        frame,
        draws,
    );
    let mut y = ROOM + sheet::NOTE.leading + 1_000;
    let node = setting.node(Role::Paragraph, frame.node, block.range.clone());
    draws.push(Draw::Touch(node));
    let measures = sheet::TEXT;
    let run = |words: &str, bold| {
        Inline::Text(Run {
            text: words.to_owned(),
            style: Style {
                bold,
                ..Style::default()
            },
            link: None,
            range: block.range.clone(),
        })
    };
    let mut words = vec![run(party, true)];
    if !office.trim().is_empty() {
        words.extend([Inline::Break, run(office, false)]);
    }
    let mut kind = sheet::serif(measures.size);
    kind.hyphenate = false;
    let mut paragraph = text::paragraph(setting, &words, kind, node);
    for line in setting.break_lines(&mut paragraph, width, super::breaking::Mode::Ragged) {
        let baseline = y + sheet::baseline(measures);
        line::set(
            setting.shaper,
            &paragraph,
            line,
            place,
            baseline,
            Align::Left,
            draws,
        );
        y += measures.leading;
    }
    y
}

/// A line with a hint below it. The hint is part of the form, not of the paper's text.
fn line_to_write_on(
    setting: &mut Setting<'_>,
    block: &Block,
    place: (Mpt, Mpt),
    hint: &str,
    frame: &Frame,
    draws: &mut Vec<Draw>,
) {
    let (x, width) = place;
    let area = Rect {
        x,
        y: ROOM,
        width,
        height: sheet::HAIRLINE,
    };
    draws.push(Draw::Over(Item::Fill {
        area,
        color: sheet::GREY,
    }));
    let small = sheet::NOTE;
    let mut kind = sheet::sans(small.size, false);
    kind.color = sheet::GREY;
    let hint = text::plain(setting, hint, kind, frame.node, &block.range);
    let whole = super::breaking::Line {
        start: 0,
        end: hint.parts.len(),
        last: true,
    };
    let mut set = Vec::new();
    line::set(
        setting.shaper,
        &hint,
        whole,
        place,
        ROOM + sheet::baseline(small),
        Align::Left,
        &mut set,
    );
    draws.extend(set.into_iter().map(|draw| match draw {
        Draw::Text { run, .. } => Draw::Text {
            owner: Owner::Artifact(Artifact::Layout),
            run,
        },
        other => other,
    }));
}
