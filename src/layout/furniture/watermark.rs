//! The word „Entwurf“ across a page, behind its text.

use super::ENTWURF;
use super::text_line::item;
use crate::layout::breaking::Line;
use crate::layout::line::{self, Align};
use crate::layout::page::{self, Item, Mpt, Rgb};
use crate::layout::setting::Setting;
use crate::layout::sheet::{self, Sheet};
use crate::layout::text;

const WATERMARK_COLOR: Rgb = Rgb(0xef, 0xef, 0xef);
const WATERMARK_SIZE: Mpt = 150_000;
/// The watermark rises by this angle, in degrees, with its sine and cosine in thousandths.
const STEEP: (u16, Mpt, Mpt) = (55, 819, 574);
const FLAT: (u16, Mpt, Mpt) = (35, 574, 819);

/// Sets it along the page's diagonal.
pub(super) fn watermark(setting: &mut Setting<'_>, sheet: &Sheet) -> Vec<Item> {
    let mut kind = sheet::sans(WATERMARK_SIZE, true);
    kind.color = WATERMARK_COLOR;
    let paragraph = text::plain(setting, ENTWURF, kind, 0, &(0..0));
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
        (0, 0),
        0,
        Align::Left,
        &mut draws,
    );
    let (angle, sine, cosine) = if sheet.width > sheet.height {
        FLAT
    } else {
        STEEP
    };
    let capitals = WATERMARK_SIZE * 66 / 100;
    // The middle of the word comes to lie on the middle of the page.
    let x = sheet.width / 2 - (width * cosine - capitals * sine) / 2_000;
    let y = sheet.height / 2 + (width * sine + capitals * cosine) / 2_000;
    draws
        .into_iter()
        .filter_map(item)
        .map(|item| match item {
            Item::Text(run) => Item::Text(page::TextRun { x, y, angle, ..run }),
            other => other,
        })
        .collect()
}
