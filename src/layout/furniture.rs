//! What stands around the text: letterhead, heads and feet, the marks „Entwurf“ and „Muster“.
//!
//! All of it is an artifact: it is not part of the paper's text.

use std::collections::BTreeMap;

use super::figure;
use super::flow::Draft;
use super::line::Align;
use super::page::{Item, Mpt, Rect};
use super::setting::Setting;
use super::sheet::{self, MARGIN, Sheet};
use super::text::Type;
use crate::markdown::front::{Absender, FrontMatter};

pub mod review;
mod text_line;
mod watermark;

use text_line::{one_line, wrapped};
use watermark::watermark;

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
/// The status that is said on each page, and how.
const CLOSED: &str = "nichtöffentlich";
const NICHTOEFFENTLICH: &str = "Nichtöffentlich";

/// The letterhead of page 1.
#[derive(Debug, Default)]
pub(crate) struct Letterhead {
    pub(crate) items: Vec<Item>,
    /// Where the text below it begins.
    pub(crate) text_top: Mpt,
}

/// Sets the letterhead: who issues the paper, and what it is called by; nothing where neither is known.
pub(crate) fn letterhead(setting: &mut Setting<'_>, landscape: bool) -> Letterhead {
    let sheet = Sheet::new(landscape);
    let document = setting.document;
    let name = called(&document.front);
    if document.front.absender.is_none() && name.is_none() {
        return Letterhead {
            items: Vec::new(),
            text_top: sheet.top,
        };
    }
    let nobody = Absender {
        name: String::new(),
        anschrift: Vec::new(),
        logo: None,
    };
    let sender = document.front.absender.as_ref().unwrap_or(&nobody);
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
    let whole = measure;
    let number = sheet::sans(sheet::TEXT.size, true);
    if let Some(words) = &name {
        let width = one_line(
            setting,
            words,
            number,
            (sheet.left, whole),
            y,
            Align::Right,
            whole / 2,
            &mut Vec::new(),
        );
        measure -= width + sheet::INDENT;
    }
    let kind = sheet::sans(15_000, true);
    y += wrapped(
        setting,
        &sender.name,
        kind,
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
    if let Some(words) = name {
        let baseline = y - MARGIN.leading / 3;
        let place = (sheet.left, whole);
        one_line(
            setting,
            &words,
            number,
            place,
            baseline,
            Align::Right,
            whole / 2,
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

/// What stands around the text of one page.
pub(crate) struct Margins {
    pub(crate) head: Vec<Item>,
    pub(crate) foot: Vec<Item>,
    pub(crate) watermark: Vec<Item>,
}

/// What stands around the text of all pages. What is the same on several of them is made when first needed.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    /// How many pages there are.
    count: usize,
    /// For the paper and each annex: its first page and how many it has.
    sections: BTreeMap<usize, (usize, usize)>,
    /// By section and whether the page is turned.
    fixed: BTreeMap<(usize, bool), Fixed>,
}

#[derive(Debug)]
struct Fixed {
    head: Vec<Item>,
    foot: Vec<Item>,
    watermark: Vec<Item>,
}

impl Furniture {
    /// For these pages.
    pub(crate) fn new(drafts: &[Draft]) -> Self {
        let mut sections = BTreeMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            sections.entry(draft.section).or_insert((index, 0)).1 += 1;
        }
        Self {
            count: drafts.len(),
            sections,
            fixed: BTreeMap::new(),
        }
    }

    /// Sets what stands around the text of page `index`.
    pub(crate) fn margins(
        &mut self,
        setting: &mut Setting<'_>,
        draft: &Draft,
        index: usize,
    ) -> Margins {
        let sheet = Sheet::new(draft.landscape);
        let (first, pages) = self
            .sections
            .get(&draft.section)
            .copied()
            .unwrap_or_default();
        let widest = self.page_number(draft.section, self.count.saturating_sub(1), pages);
        let fixed = self
            .fixed
            .entry((draft.section, draft.landscape))
            .or_insert_with(|| {
                let annex = draft
                    .section
                    .checked_sub(1)
                    .and_then(|annex| setting.annexes.get(annex).cloned());
                let (label, front) = match annex {
                    Some((label, front)) => (Some(label), front),
                    None => (None, setting.document.front.clone()),
                };
                Fixed {
                    head: head(setting, label.as_deref(), &front, &sheet),
                    foot: foot(setting, &front, &sheet, &widest),
                    watermark: if front.entwurf {
                        watermark(setting, &sheet)
                    } else {
                        Vec::new()
                    },
                }
            });
        let (head, mut fixed_foot, watermark) = (
            fixed.head.clone(),
            fixed.foot.clone(),
            fixed.watermark.clone(),
        );
        let mut words = self.page_number(draft.section, index, index - first.min(index) + 1);
        if setting.document.front.art.as_deref() == Some(review::NOTES) {
            words.insert_str(0, "Prüfnotizen, ");
        }
        let mut foot = Vec::new();
        page_number(setting, &sheet, &words, &mut foot);
        foot.append(&mut fixed_foot);
        Margins {
            head: if index == first { Vec::new() } else { head },
            foot,
            watermark,
        }
    }

    /// „Seite 3 von 9“; in an annex its own count goes before.
    fn page_number(&self, section: usize, index: usize, own: usize) -> String {
        let whole = format!("Seite {} von {}", index + 1, self.count);
        match self.sections.get(&section) {
            Some((_, pages)) if section > 0 => {
                format!("Seite {own} von {pages} dieser Anlage · {whole}")
            }
            _ => whole,
        }
    }
}

fn page_number(
    setting: &mut Setting<'_>,
    sheet: &Sheet,
    words: &str,
    items: &mut Vec<Item>,
) -> Mpt {
    let y = sheet.height - FOOT_BASELINE;
    one_line(
        setting,
        words,
        grey(false),
        sheet.column(),
        y,
        Align::Right,
        sheet.measure(),
        items,
    )
}

/// The head of a page: what the paper is called by, and its short title. An annex is called by its label.
fn head(
    setting: &mut Setting<'_>,
    label: Option<&str>,
    front: &FrontMatter,
    sheet: &Sheet,
) -> Vec<Item> {
    let mut items = Vec::new();
    let grey = grey(false);
    let mut left = 0;
    let name = label.map(str::to_owned).or_else(|| called(front));
    if let Some(words) = name {
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
    let first = setting.targets.first().filter(|_| label.is_none());
    let heading = first.map(|target| target.text.clone());
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

/// What a paper is called by: „Drucksache 215/21“, „Anlage 2 zur Drucksache 88/26“.
fn called(front: &FrontMatter) -> Option<String> {
    let number = || {
        let number = front.nummer.as_ref()?;
        Some(format!("Drucksache {number}"))
    };
    front.anlage.clone().or_else(number)
}

/// The foot of a page but for its number, which is at most as wide as these words.
fn foot(setting: &mut Setting<'_>, front: &FrontMatter, sheet: &Sheet, widest: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let y = sheet.height - FOOT_BASELINE;
    let right = page_number(setting, sheet, widest, &mut Vec::new());
    let sender = front.absender.as_ref().map(|sender| sender.name.trim());
    let entwurf = front.entwurf.then_some(ENTWURF);
    let closed = front.status.as_deref().filter(|status| *status == CLOSED);
    let closed = closed.map(|_| NICHTOEFFENTLICH);
    let words: Vec<&str> = [sender, closed, entwurf]
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
