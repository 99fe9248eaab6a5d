//! What is drawn on the pages: marked content with its text.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::structure::{decode, utf16};

/// The marked content of a page.
pub(super) struct PageContent {
    /// The page.
    pub(super) id: ObjectId,
    /// Left, bottom, right, top in 1/1000 pt.
    pub(super) media: [i64; 4],
    /// Content that belongs to the structure, by its number.
    pub(super) marks: BTreeMap<i64, MarkedContent>,
}

/// A piece of content.
#[derive(Default)]
pub(super) struct MarkedContent {
    /// Its place in the order of drawing.
    pub(super) place: usize,
    /// What it says.
    pub(super) text: String,
    /// Where its pieces of text begin, in 1/1000 pt from the page's lower left corner.
    pub(super) origins: Vec<(i64, i64)>,
}

impl PageContent {
    /// Whether an area (left, bottom, right, top) has an extent and lies on the page, give or take a tenth of a point.
    pub(super) fn holds(&self, [left, bottom, right, top]: [i64; 4]) -> bool {
        let [page_left, page_bottom, page_right, page_top] = self.media;
        left < right
            && bottom < top
            && left >= page_left - 100
            && bottom >= page_bottom - 100
            && right <= page_right + 100
            && top <= page_top + 100
    }
}

/// Index of a page.
pub(super) fn page_index(pages: &[PageContent], id: ObjectId) -> Option<usize> {
    pages.iter().position(|page| page.id == id)
}

type CodeMap = BTreeMap<u16, String>;

/// Reads all pages.
pub(super) fn read(document: &Document, defects: &mut Vec<String>) -> Vec<PageContent> {
    let mut fonts = BTreeMap::new();
    document
        .get_pages()
        .into_iter()
        .map(|(number, id)| {
            let media = media(document, id);
            let mut reader = Reader {
                number,
                media,
                line: Some((0, 0)),
                invisible: 0,
                outside: 0,
                fonts: page_fonts(document, id, &mut fonts, defects),
                font: None,
                open: Vec::new(),
                marks: BTreeMap::new(),
                loose: 0,
                defects,
            };
            match Content::decode(&document.get_page_content(id)) {
                Ok(content) => content
                    .operations
                    .iter()
                    .for_each(|operation| reader.operation(operation)),
                Err(_) => reader.defect("Der Inhalt ist nicht lesbar"),
            }
            let turned = document
                .get_dictionary(id)
                .and_then(|page| page.get(b"Rotate"))
                .and_then(Object::as_i64);
            if turned.is_ok_and(|angle| angle != 0) {
                reader.defect("Die Seite ist gedreht");
            }
            reader.finish(id)
        })
        .collect()
}

struct Reader<'a> {
    number: u32,
    media: [i64; 4],
    /// Where the line of text begins; unknown where the text is turned.
    line: Option<(i64, i64)>,
    /// Pieces of text that nobody sees, and pieces that begin beside the page.
    invisible: usize,
    outside: usize,
    fonts: BTreeMap<Vec<u8>, Rc<CodeMap>>,
    font: Option<Rc<CodeMap>>,
    open: Vec<Open>,
    marks: BTreeMap<i64, MarkedContent>,
    /// Operators that draw outside of all marked content.
    loose: usize,
    defects: &'a mut Vec<String>,
}

/// Marked content that has begun.
struct Open {
    artifact: bool,
    number: Option<i64>,
    actual_text: bool,
}

impl Reader<'_> {
    fn defect(&mut self, text: &str) {
        self.defects.push(format!("Seite {}: {text}", self.number));
    }

    fn operation(&mut self, operation: &Operation) {
        match operation.operator.as_str() {
            "BDC" | "BMC" => self.begin(operation),
            "EMC" => self.end(),
            "BT" => self.line = Some((0, 0)),
            "Td" | "TD" => {
                let by = (
                    thousandths(operation.operands.first()),
                    thousandths(operation.operands.get(1)),
                );
                self.line = self.line.map(|(x, y)| (x + by.0, y + by.1));
            }
            "Tm" => {
                let numbers: Vec<i64> = operation
                    .operands
                    .iter()
                    .map(|n| thousandths(Some(n)))
                    .collect();
                self.line = match numbers[..] {
                    [1000, 0, 0, 1000, x, y] => Some((x, y)),
                    _ => None,
                };
            }
            "Tr" if thousandths(operation.operands.first()) != 0 => self.invisible += 1,
            "Tf" => {
                if thousandths(operation.operands.get(1)) <= 0 {
                    self.invisible += 1;
                }
                let name = operation
                    .operands
                    .first()
                    .and_then(|name| name.as_name().ok());
                self.font = name.and_then(|name| self.fonts.get(name)).cloned();
                if self.font.is_none() {
                    self.defect("Eine Schrift fehlt oder hat keine Tabelle zum Text (ToUnicode)");
                }
            }
            "Tj" | "TJ" => {
                let text = self.shown(&operation.operands);
                self.drawn();
                self.say(&text);
                self.stand();
            }
            "Do" | "BI" | "f" | "f*" | "F" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "'"
            | "\"" => {
                self.drawn();
            }
            _ => {}
        }
    }

    fn begin(&mut self, operation: &Operation) {
        let properties = operation
            .operands
            .get(1)
            .and_then(|properties| properties.as_dict().ok());
        let entry = |key: &[u8]| properties.and_then(|properties| properties.get(key).ok());
        let number = entry(b"MCID").and_then(|number| number.as_i64().ok());
        let actual = entry(b"ActualText")
            .and_then(|text| text.as_str().ok())
            .map(decode);
        let tag = operation
            .operands
            .first()
            .and_then(|tag| tag.as_name().ok());
        let artifact = tag == Some(b"Artifact");
        if artifact && number.is_some() {
            self.defect("Beiwerk gehört zugleich zur Struktur");
        }
        if let Some(number) = number {
            let place = self.marks.len();
            let mark = MarkedContent {
                place,
                ..MarkedContent::default()
            };
            if self.marks.insert(number, mark).is_some() {
                self.defect(&format!("Die Nummer {number} ist zweimal vergeben"));
            }
            if self
                .open
                .iter()
                .any(|open| open.number.is_some() || open.artifact)
            {
                self.defect(&format!(
                    "Inhalt {number} steht in anderem markierten Inhalt"
                ));
            }
        }
        let nested = self.open.iter().any(|open| open.actual_text);
        if actual.is_some() && nested {
            self.defect("Ersatztext steht in anderem Ersatztext");
        }
        self.open.push(Open {
            artifact,
            number,
            actual_text: false,
        });
        if let Some(text) = &actual {
            self.say(text);
            if let Some(open) = self.open.last_mut() {
                open.actual_text = true;
            }
        }
    }

    fn end(&mut self) {
        if self.open.pop().is_none() {
            self.defect("Markierter Inhalt endet, ohne zu beginnen");
        }
    }

    /// Adds text to the content that is open, unless a text stands in its place.
    fn say(&mut self, text: &str) {
        if self
            .open
            .iter()
            .any(|open| open.actual_text || open.artifact)
        {
            return;
        }
        let number = self.open.iter().rev().find_map(|open| open.number);
        if let Some(mark) = number.and_then(|number| self.marks.get_mut(&number)) {
            mark.text.push_str(text);
        }
    }

    /// Notes where the text stands that belongs to the open content.
    fn stand(&mut self) {
        let Some((x, y)) = self.line else { return };
        let [left, bottom, right, top] = self.media;
        if !(left..=right).contains(&x) || !(bottom..=top).contains(&y) {
            self.outside += 1;
        }
        let number = self.open.iter().rev().find_map(|open| open.number);
        if let Some(mark) = number.and_then(|number| self.marks.get_mut(&number)) {
            mark.origins.push((x, y));
        }
    }

    fn drawn(&mut self) {
        if !self
            .open
            .iter()
            .any(|open| open.artifact || open.number.is_some())
        {
            self.loose += 1;
        }
    }

    fn shown(&mut self, operands: &[Object]) -> String {
        let mut text = String::new();
        let Some(font) = self.font.clone() else {
            return text;
        };
        let items = operands.iter().flat_map(|operand| match operand {
            Object::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        });
        for bytes in items.filter_map(|item| item.as_str().ok()) {
            for pair in bytes.chunks_exact(2) {
                let code = pair
                    .iter()
                    .fold(0, |code, byte| code << 8 | u16::from(*byte));
                match font.get(&code) {
                    Some(meaning) => text.push_str(meaning),
                    None => self.defect(&format!("Das Zeichen {code} hat keinen Text")),
                }
            }
        }
        text
    }

    fn finish(mut self, id: ObjectId) -> PageContent {
        if self.loose > 0 {
            let text = format!(
                "{} Zeichenbefehle gehören weder zu einem Tag noch zum Beiwerk",
                self.loose
            );
            self.defect(&text);
        }
        if !self.open.is_empty() {
            self.defect("Markierter Inhalt endet nicht");
        }
        if self.invisible > 0 {
            self.defect("Text wird unsichtbar gesetzt");
        }
        if self.outside > 0 {
            self.defect("Text steht außerhalb der Seite");
        }
        PageContent {
            id,
            media: self.media,
            marks: self.marks,
        }
    }
}

/// The page's area; empty where it has none of its own.
fn media(document: &Document, page: ObjectId) -> [i64; 4] {
    let area = document
        .get_dictionary(page)
        .map(|page| super::structure::list(page, b"MediaBox", document))
        .unwrap_or_default();
    let numbers: Vec<i64> = area.into_iter().map(|n| thousandths(Some(n))).collect();
    numbers[..].first_chunk().copied().unwrap_or_default()
}

/// A number in 1/1000; 0 where it is none.
pub(super) fn thousandths(number: Option<&Object>) -> i64 {
    match number {
        Some(Object::Integer(number)) => number.saturating_mul(1000),
        Some(Object::Real(number)) => thousandths_of(&number.to_string()).unwrap_or_default(),
        _ => 0,
    }
}

/// Decimal digits in 1/1000, cut off behind the third.
pub(super) fn thousandths_of(digits: &str) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let unsigned: i64 = format!("{}{part}", whole.trim_start_matches('-'))
        .parse()
        .ok()?;
    Some(if whole.starts_with('-') {
        -unsigned
    } else {
        unsigned
    })
}

fn page_fonts(
    document: &Document,
    page: ObjectId,
    known: &mut BTreeMap<Vec<u8>, Rc<CodeMap>>,
    defects: &mut Vec<String>,
) -> BTreeMap<Vec<u8>, Rc<CodeMap>> {
    let mut fonts = BTreeMap::new();
    for (name, font) in document.get_page_fonts(page).unwrap_or_default() {
        let base = font
            .get(b"BaseFont")
            .and_then(Object::as_name)
            .unwrap_or_default()
            .to_vec();
        let map = match known.get(&base) {
            Some(map) => Some(Rc::clone(map)),
            None => {
                if !is_embedded(document, font) {
                    defects.push(format!(
                        "Die Schrift {} ist nicht eingebettet",
                        String::from_utf8_lossy(&base)
                    ));
                }
                let map = code_map(document, font).map(Rc::new);
                known.extend(map.clone().map(|map| (base, map)));
                map
            }
        };
        fonts.extend(map.map(|map| (name, map)));
    }
    fonts
}

fn is_embedded(document: &Document, font: &Dictionary) -> bool {
    let descendants = font
        .get_deref(b"DescendantFonts", document)
        .and_then(Object::as_array);
    let descriptor = descendants
        .ok()
        .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok())
        .and_then(|font| document.get_dict_in_dict(font, b"FontDescriptor").ok());
    descriptor
        .is_some_and(|descriptor| descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"))
}

/// The `bfchar` entries of a ToUnicode table.
fn code_map(document: &Document, font: &Dictionary) -> Option<CodeMap> {
    let stream = font
        .get_deref(b"ToUnicode", document)
        .and_then(Object::as_stream)
        .ok()?;
    let text = String::from_utf8(stream.get_plain_content().ok()?).ok()?;
    let mut map = CodeMap::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "endbfchar" => inside = false,
            _ if line.ends_with("beginbfchar") => inside = true,
            _ if inside => {
                let mut strings = line.split(['<', '>']).filter(|part| !part.is_empty());
                let code = u16::from_str_radix(strings.next()?, 16).ok()?;
                map.insert(code, utf16(&bytes(strings.next()?)?));
            }
            _ => {}
        }
    }
    Some(map)
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
