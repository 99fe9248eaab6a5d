//! What stands around the text: letterhead, heads and feet, the marks „Entwurf“ and „Muster“.
//!
//! All of it is an artifact: it is not part of the paper's text.

use super::breaking::{Line, Mode};
use super::flow::Draft;
use super::line::{self, Align};
use super::page::{Item, Mpt, Rect, Rgb};
use super::piece::Draw;
use super::setting::Setting;
use super::sheet::{self, MARGIN, Sheet};
use super::text::{self, Type};
use super::{figure, page};
use crate::markdown::front::FrontMatter;

const LETTERHEAD_TOP: Mpt = 40_000;
const LOGO_HEIGHT: Mpt = 42_000;
const LOGO_WIDTH: Mpt = 150_000;
/// Baselines of the head from the upper edge, of the foot from the lower one.
const HEAD_BASELINE: Mpt = 44_000;
const HEAD_RULE: Mpt = 50_000;
const FOOT_BASELINE: Mpt = 38_000;
const MUSTER_BASELINE: Mpt = 50_000;

const MUSTER: &str =
    "Muster mit Beispielwerten – nicht die von den Beteiligten geschlossene Fassung";
const ENTWURF: &str = "Entwurf";
const WATERMARK_COLOR: Rgb = Rgb(0xef, 0xef, 0xef);
const WATERMARK_SIZE: Mpt = 150_000;
/// The watermark rises by this angle, in degrees, with its sine and cosine in thousandths.
const STEEP: (u16, Mpt, Mpt) = (55, 819, 574);
const FLAT: (u16, Mpt, Mpt) = (35, 574, 819);

/// The letterhead of page 1.
#[derive(Debug, Default)]
pub(crate) struct Letterhead {
    pub(crate) items: Vec<Item>,
    /// Where the text below it begins.
    pub(crate) text_top: Mpt,
}

/// Sets the letterhead; nothing where nobody is named.
pub(crate) fn letterhead(setting: &mut Setting<'_>, landscape: bool) -> Letterhead {
    let sheet = Sheet::new(landscape);
    let document = setting.document;
    let Some(sender) = &document.front.absender else {
        return Letterhead {
            items: Vec::new(),
            text_top: sheet.top,
        };
    };
    let mut items = Vec::new();
    let mut y = LETTERHEAD_TOP;
    let mut logo_bottom = y;
    let mut measure = sheet.measure();
    if let Some(logo) = &sender.logo
        && let Some((drawn, width, height)) = figure::logo(
            setting,
            logo,
            (sheet.left + measure, y),
            (LOGO_WIDTH, LOGO_HEIGHT),
        )
    {
        items.extend(drawn);
        logo_bottom = y + height;
        measure -= width + sheet::INDENT;
    }
    let name = sheet::sans(15_000, true);
    y += wrapped(
        setting,
        &sender.name,
        name,
        (sheet.left, y, measure),
        18_500,
        &mut items,
    );
    let mut address = sheet::sans(MARGIN.size, false);
    address.color = sheet::GREY;
    for words in &sender.anschrift {
        y += wrapped(
            setting,
            words,
            address,
            (sheet.left, y, measure),
            MARGIN.leading,
            &mut items,
        );
    }
    if let Some(number) = &document.front.nummer {
        let kind = sheet::sans(sheet::TEXT.size, true);
        let words = format!("Drucksache {number}");
        let baseline = y - MARGIN.leading / 3;
        let place = (sheet.left, measure);
        one_line(
            setting,
            &words,
            kind,
            place,
            baseline,
            Align::Right,
            measure / 2,
            &mut items,
        );
    }
    let y = y.max(logo_bottom) + 7_000;
    items.push(hairline(sheet.left, y, sheet.measure()));
    Letterhead {
        items,
        text_top: (y + 22_000).max(sheet.top),
    }
}

/// Sets text of as many lines as it needs; returns their height.
fn wrapped(
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

/// What stands around the text of one page.
pub(crate) struct Margins {
    pub(crate) head: Vec<Item>,
    pub(crate) foot: Vec<Item>,
    pub(crate) watermark: Vec<Item>,
}

/// What is the same on all pages of one position; made when first needed.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    upright: Option<Fixed>,
    turned: Option<Fixed>,
}

#[derive(Debug)]
struct Fixed {
    head: Vec<Item>,
    foot: Vec<Item>,
    watermark: Vec<Item>,
}

impl Furniture {
    /// Sets what stands around the text of page `index` of `count`.
    pub(crate) fn margins(
        &mut self,
        setting: &mut Setting<'_>,
        draft: &Draft,
        index: usize,
        count: usize,
    ) -> Margins {
        let sheet = Sheet::new(draft.landscape);
        let place = if draft.landscape {
            &mut self.turned
        } else {
            &mut self.upright
        };
        let fixed = place.get_or_insert_with(|| {
            let front = &setting.document.front;
            Fixed {
                head: head(setting, front, &sheet),
                foot: foot(setting, front, &sheet, count),
                watermark: if front.entwurf {
                    watermark(setting, &sheet)
                } else {
                    Vec::new()
                },
            }
        });
        let mut foot = Vec::new();
        page_number(setting, &sheet, index, count, &mut foot);
        foot.extend(fixed.foot.iter().cloned());
        Margins {
            head: if index == 0 {
                Vec::new()
            } else {
                fixed.head.clone()
            },
            foot,
            watermark: fixed.watermark.clone(),
        }
    }
}

fn page_number(
    setting: &mut Setting<'_>,
    sheet: &Sheet,
    index: usize,
    count: usize,
    items: &mut Vec<Item>,
) -> Mpt {
    let words = format!("Seite {} von {count}", index + 1);
    let y = sheet.height - FOOT_BASELINE;
    one_line(
        setting,
        &words,
        grey(false),
        sheet.column(),
        y,
        Align::Right,
        sheet.measure(),
        items,
    )
}

fn head(setting: &mut Setting<'_>, front: &FrontMatter, sheet: &Sheet) -> Vec<Item> {
    let mut items = Vec::new();
    let grey = grey(false);
    let mut left = 0;
    if let Some(number) = &front.nummer {
        let words = format!("Drucksache {number}");
        left = one_line(
            setting,
            &words,
            grey,
            sheet.column(),
            HEAD_BASELINE,
            Align::Left,
            sheet.measure(),
            &mut items,
        );
    }
    let heading = setting.targets.first().map(|target| target.text.clone());
    let title = front
        .kurztitel
        .clone()
        .or_else(|| front.titel.clone())
        .or(heading);
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let room = sheet.measure() - left - sheet::INDENT;
        one_line(
            setting,
            &title,
            grey,
            sheet.column(),
            HEAD_BASELINE,
            Align::Right,
            room,
            &mut items,
        );
    }
    if !items.is_empty() {
        items.push(hairline(sheet.left, HEAD_RULE, sheet.measure()));
    }
    items
}

fn foot(setting: &mut Setting<'_>, front: &FrontMatter, sheet: &Sheet, count: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let y = sheet.height - FOOT_BASELINE;
    // The last number is the widest.
    let right = page_number(
        setting,
        sheet,
        count.saturating_sub(1),
        count,
        &mut Vec::new(),
    );
    let sender = front.absender.as_ref().map(|sender| sender.name.trim());
    let entwurf = front.entwurf.then_some(ENTWURF);
    let words: Vec<&str> = [sender, entwurf]
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .collect();
    let room = sheet.measure() - right - sheet::INDENT;
    one_line(
        setting,
        &words.join(" · "),
        grey(false),
        sheet.column(),
        y,
        Align::Left,
        room,
        &mut items,
    );
    if front.muster {
        let y = sheet.height - MUSTER_BASELINE;
        one_line(
            setting,
            MUSTER,
            grey(true),
            sheet.column(),
            y,
            Align::Left,
            sheet.measure(),
            &mut items,
        );
    }
    items
}

fn grey(bold: bool) -> Type {
    let mut kind = sheet::sans(MARGIN.size, bold);
    kind.color = sheet::GREY;
    kind
}

/// Sets one line, shortened with „…“ where it is too long; returns its width.
#[expect(
    clippy::too_many_arguments,
    reason = "one line of a page's margin, named at each call"
)]
fn one_line(
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

fn watermark(setting: &mut Setting<'_>, sheet: &Sheet) -> Vec<Item> {
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

fn hairline(x: Mpt, y: Mpt, width: Mpt) -> Item {
    Item::Fill {
        area: Rect {
            x,
            y,
            width,
            height: sheet::HAIRLINE,
        },
        color: sheet::RULE_COLOR,
    }
}

fn item(draw: Draw) -> Option<Item> {
    match draw {
        Draw::Text { run, .. } | Draw::Hyphen { run, .. } => Some(Item::Text(run)),
        Draw::Item { item, .. } | Draw::Over(item) | Draw::Under(item) => Some(item),
        Draw::Touch(_) | Draw::Link { .. } | Draw::Target(_) | Draw::Bounds { .. } => None,
    }
}
