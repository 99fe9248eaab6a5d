//! Signature blocks: a line for place and date, a line to sign on, who signs. Two stand side by side.

use super::line::{self, Align};
use super::page::{Artifact, Item, Mpt, Owner, Rect, Role};
use super::piece::{Draw, PageBreak};
use super::setting::{Frame, Setting};
use super::sheet;
use super::text;
use crate::markdown::ast::{Block, BlockKind, Inline, Run, Style};

const GUTTER: Mpt = 28_000;
/// Room to write above the line for place and date, and above the line for the name.
const DATE_ROOM: Mpt = 30_000;
const NAME_ROOM: Mpt = 44_000;

/// Sets signature blocks two in a row, none of them divided.
pub(crate) fn signatures(setting: &mut Setting<'_>, blocks: &[Block], frame: &Frame) {
    let width = ((frame.measure - GUTTER) / 2).max(sheet::NARROWEST / 2);
    for (row, pair) in blocks.chunks(2).enumerate() {
        let mut draws = Vec::new();
        let mut height = 0;
        for (column, block) in (0..).zip(pair) {
            let x = frame.x + column * (width + GUTTER);
            height = height.max(signature(setting, block, (x, width), frame, &mut draws));
        }
        setting.space(if row == 0 {
            sheet::TEXT.leading
        } else {
            sheet::TEXT.leading / 2
        });
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
    let rule = |y: Mpt| {
        let area = Rect {
            x,
            y,
            width,
            height: sheet::HAIRLINE,
        };
        Draw::Over(Item::Fill {
            area,
            color: sheet::GREY,
        })
    };
    let mut y = DATE_ROOM;
    draws.push(rule(y));
    // The hint below the line is part of the form, not of the paper's text.
    let small = sheet::NOTE;
    let mut hint_kind = sheet::sans(small.size, false);
    hint_kind.color = sheet::GREY;
    let hint = text::plain(setting, "Ort, Datum", hint_kind, frame.node, &block.range);
    let mut hint_draws = Vec::new();
    let whole = super::breaking::Line {
        start: 0,
        end: hint.parts.len(),
        last: true,
    };
    line::set(
        setting.shaper,
        &hint,
        whole,
        place,
        y + sheet::baseline(small),
        Align::Left,
        &mut hint_draws,
    );
    for draw in hint_draws {
        draws.push(match draw {
            Draw::Text { run, .. } => Draw::Text {
                owner: Owner::Artifact(Artifact::Layout),
                run,
            },
            other => other,
        });
    }
    y += small.leading + NAME_ROOM;
    draws.push(rule(y));
    y += 2_000;
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
