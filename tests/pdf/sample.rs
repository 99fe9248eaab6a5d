//! Pages made by hand that use every item, role, link and artifact that pages can hold.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use drucksache::layout::page::{
    Artifact, Destination, FaceId, Glyph, Image, Item, Kid, LinkArea, ListNumbering, Mark, Mpt,
    Node, NodeId, OutlineItem, Owner, Page, Pages, Rect, Rgb, Role, Scope, TextRun,
};
use drucksache::layout::svg;
use harfrust::{Buffer, Direction, Font, Script, ShapeOptions, ShapePlan, ShaperFont};

const WIDTH: Mpt = 595_276;
const HEIGHT: Mpt = 841_890;
const LEFT: Mpt = 70_866;
const SIZE: Mpt = 11_000;

/// Glyphs of a text on one line; justified into `width` if given.
pub(crate) fn run(
    face: FaceId,
    size: Mpt,
    (x, y): (Mpt, Mpt),
    text: &str,
    width: Option<Mpt>,
) -> TextRun {
    let font = Font::new(face_data(face), 0).unwrap();
    let plan = ShapePlan::new(
        &font,
        Direction::LeftToRight,
        Some(Script::LATIN),
        None,
        &[],
    );
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(Some(Script::LATIN));
    harfrust::shape(
        &ShaperFont::new(&font),
        &mut buffer,
        ShapeOptions::new().plan(Some(&plan)),
    )
    .unwrap();
    let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
    let mut glyphs: Vec<Glyph> = Vec::new();
    for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
        let start = info.cluster;
        let end = infos[index + 1..]
            .iter()
            .map(|next| next.cluster)
            .find(|next| *next != start);
        let continues = index > 0 && infos[index - 1].cluster == start;
        let end = end.unwrap_or(text.len() as u32);
        glyphs.push(Glyph {
            id: info.glyph_id as u16,
            advance: i64::from(position.x_advance) * size / 1000,
            x_offset: i64::from(position.x_offset) * size / 1000,
            y_offset: i64::from(position.y_offset) * size / 1000,
            text: if continues { end..end } else { start..end },
        });
    }
    if let Some(width) = width {
        let natural: Mpt = glyphs.iter().map(|glyph| glyph.advance).sum();
        let spaces = text.matches(' ').count() as Mpt;
        let mut left = (width - natural).max(0);
        for (index, glyph) in glyphs
            .iter_mut()
            .filter(|glyph| text.get(range(glyph)) == Some(" "))
            .enumerate()
        {
            let share = left / (spaces - index as Mpt);
            glyph.advance += share;
            left -= share;
        }
    }
    TextRun {
        face,
        size,
        x,
        y,
        color: Rgb::BLACK,
        angle: 0,
        text: text.to_owned(),
        glyphs,
    }
}

fn range(glyph: &Glyph) -> std::ops::Range<usize> {
    glyph.text.start as usize..glyph.text.end as usize
}

fn face_data(face: FaceId) -> &'static [u8] {
    face.data()
}

/// Pages in the making; the pen goes down the last page.
pub(crate) struct Sheet {
    pub(crate) pages: Pages,
    pub(crate) y: Mpt,
}

impl Sheet {
    pub(crate) fn new() -> Self {
        let mut sheet = Self {
            pages: Pages::default(),
            y: 0,
        };
        sheet.pages.tree.push(node(Role::Document, 0));
        sheet.page(WIDTH, HEIGHT);
        sheet
    }

    pub(crate) fn page(&mut self, width: Mpt, height: Mpt) {
        self.pages.pages.push(Page {
            width,
            height,
            ..Page::default()
        });
        self.y = 80_000;
    }

    pub(crate) fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.pages.tree.len();
        self.pages.tree.push(node(role, parent));
        self.pages.tree[parent].kids.push(Kid::Node(id));
        id
    }

    pub(crate) fn mark(&mut self, owner: Owner, actual_text: Option<&str>, items: Vec<Item>) {
        let page = self.pages.pages.len() - 1;
        let mark = self.pages.pages[page].marks.len();
        if let Owner::Node(node) = owner {
            self.pages.tree[node].kids.push(Kid::Mark { page, mark });
        }
        self.pages.pages[page].marks.push(Mark {
            owner,
            actual_text: actual_text.map(str::to_owned),
            items,
        });
    }

    /// A line of text, and the pen below it.
    pub(crate) fn line(&mut self, owner: NodeId, face: FaceId, x: Mpt, text: &str) {
        let run = run(face, SIZE, (LEFT + x, self.y), text, None);
        self.mark(Owner::Node(owner), None, vec![Item::Text(run)]);
        self.y += 14_000;
    }

    pub(crate) fn artifact(&mut self, kind: Artifact, items: Vec<Item>) {
        self.mark(Owner::Artifact(kind), None, items);
    }

    pub(crate) fn block(&mut self, parent: NodeId, role: Role, face: FaceId, text: &str) -> NodeId {
        let node = self.node(parent, role);
        self.line(node, face, 0, text);
        node
    }

    pub(crate) fn link(&mut self, parent: NodeId, target: Destination, text: &str) {
        let node = self.node(parent, Role::Link);
        let area = Rect {
            x: LEFT,
            y: self.y - 10_000,
            width: 150_000,
            height: 13_000,
        };
        self.line(node, FaceId::Serif, 0, text);
        let page = self.pages.pages.len() - 1;
        let link = self.pages.pages[page].links.len();
        self.pages.pages[page].links.push(LinkArea {
            node,
            area,
            target,
            contents: format!("Verweis: {text}"),
        });
        self.pages.tree[node].kids.push(Kid::Link { page, link });
    }

    pub(crate) fn area(&mut self, width: Mpt, height: Mpt) -> Rect {
        let area = Rect {
            x: LEFT,
            y: self.y,
            width,
            height,
        };
        self.y += height + 14_000;
        area
    }
}

fn node(role: Role, parent: NodeId) -> Node {
    Node {
        role,
        parent,
        kids: Vec::new(),
        alt: None,
        language: None,
        source: 0..0,
    }
}

/// A paper of three pages that uses everything.
pub(crate) fn everything() -> Pages {
    let mut sheet = Sheet::new();
    first_page(&mut sheet);
    sheet.page(HEIGHT, WIDTH);
    second_page(&mut sheet);
    sheet.page(WIDTH, HEIGHT);
    third_page(&mut sheet);
    let count = sheet.pages.pages.len();
    for page in 0..count {
        frame(&mut sheet.pages, page, count);
    }
    sheet.pages
}

fn first_page(sheet: &mut Sheet) {
    let heading = "Öffentlich-rechtliche Vereinbarung – Kosten";
    outline(sheet, 1, heading);
    sheet.block(0, Role::Heading(1), FaceId::SansBold, heading);
    outline(sheet, 2, "§ 1 Aufgabe");
    sheet.block(0, Role::Heading(2), FaceId::SansBold, "§ 1 Aufgabe");
    paragraph(sheet);
    outline(sheet, 2, "§ 2 Verweise");
    sheet.block(0, Role::Heading(2), FaceId::SansBold, "§ 2 Verweise");
    let links = sheet.node(0, Role::Paragraph);
    let uri = Destination::Uri("https://www.kreis-unna.de/über uns?a=(1)".to_owned());
    sheet.link(links, uri, "Kreis Unna");
    sheet.link(
        links,
        Destination::Page { page: 2, y: 80_000 },
        "siehe Anlage",
    );
    list(sheet);
    note(sheet);
}

fn paragraph(sheet: &mut Sheet) {
    let paragraph = sheet.node(0, Role::Paragraph);
    for text in [
        "Die Städte „Bergkamen“ und „Selm“ tragen ⅛ der Kosten, auflaufend auf 10\u{a0}%, nach ",
        "Maßgabe des §\u{a0}5 fiktiv offen; Auflage, Pfiffigkeit, Schifffahrt und Straße, STRAẞE, 1.234,56\u{202f}€ ",
    ] {
        let text = run(FaceId::Serif, SIZE, (LEFT, sheet.y), text, Some(440_000));
        sheet.mark(Owner::Node(paragraph), None, vec![Item::Text(text)]);
        sheet.y += 14_000;
    }
    let text = run(
        FaceId::Serif,
        SIZE,
        (LEFT, sheet.y),
        "werden sie nach dem Asylbewerber",
        None,
    );
    let end = LEFT + text.glyphs.iter().map(|glyph| glyph.advance).sum::<Mpt>();
    sheet.mark(Owner::Node(paragraph), None, vec![Item::Text(text)]);
    let hyphen = run(FaceId::Serif, SIZE, (end, sheet.y), "-", None);
    sheet.mark(
        Owner::Node(paragraph),
        Some("\u{ad}"),
        vec![Item::Text(hyphen)],
    );
    sheet.y += 14_000;
    sheet.line(
        paragraph,
        FaceId::Serif,
        0,
        "leistungsgesetz zwischen den Beteiligten auf\u{2010}geteilt (e\u{301}tude). ",
    );
    let span = sheet.node(paragraph, Role::Span);
    sheet.pages.tree[span].language = Some("en".to_owned());
    sheet.line(span, FaceId::SerifItalic, 0, "fair share ");
    let bold = run(FaceId::SerifBold, SIZE, (LEFT, sheet.y), "fett ", None);
    let both = run(
        FaceId::SerifBoldItalic,
        SIZE,
        (LEFT + 60_000, sheet.y),
        "und kursiv.",
        None,
    );
    sheet.mark(
        Owner::Node(paragraph),
        None,
        vec![Item::Text(bold), Item::Text(both)],
    );
    sheet.y += 20_000;
}

fn list(sheet: &mut Sheet) {
    for (numbering, labels) in [
        (ListNumbering::Disc, ["•", "•"]),
        (ListNumbering::Decimal, ["1.", "2."]),
        (ListNumbering::LowerAlpha, ["a)", "b)"]),
        (ListNumbering::None, ["(1)", "(2)"]),
    ] {
        let list = sheet.node(0, Role::List(numbering));
        for label in labels {
            let item = sheet.node(list, Role::ListItem);
            let y = sheet.y;
            sheet.block(item, Role::Label, FaceId::Serif, label);
            sheet.y = y;
            let body = sheet.node(item, Role::ListBody);
            let paragraph = sheet.node(body, Role::Paragraph);
            sheet.line(paragraph, FaceId::Serif, 20_000, "Punkt der Liste");
        }
    }
    let quote = sheet.node(0, Role::Quote);
    sheet.block(
        quote,
        Role::Paragraph,
        FaceId::SerifItalic,
        "Wer zahlt, schafft an.",
    );
    sheet.block(0, Role::Code, FaceId::Sans, "drucksache render");
}

fn note(sheet: &mut Sheet) {
    for number in ["1", "2"] {
        let paragraph = sheet.block(0, Role::Paragraph, FaceId::Serif, "Fußnote");
        sheet.block(paragraph, Role::Reference, FaceId::Serif, number);
        let note = sheet.node(paragraph, Role::Note);
        sheet.block(note, Role::Label, FaceId::Serif, number);
        sheet.block(note, Role::Paragraph, FaceId::Serif, "Text der Note.");
    }
}

fn second_page(sheet: &mut Sheet) {
    let table = sheet.node(0, Role::Table);
    sheet.block(
        table,
        Role::Caption,
        FaceId::SansItalic,
        "Tabelle 1: Anteile",
    );
    let head = sheet.node(table, Role::TableHead);
    let (column, row_head) = (
        Role::TableHeading(Scope::Column),
        Role::TableHeading(Scope::Row),
    );
    row(sheet, head, &column, &["Stadt", "Betrag in €"], &column);
    let body = sheet.node(table, Role::TableBody);
    row(
        sheet,
        body,
        &row_head,
        &["Bergkamen", "11.000,00"],
        &Role::TableData,
    );
    row(sheet, body, &row_head, &["Selm", "-2,50"], &Role::TableData);
    let rule = sheet.area(400_000, 500);
    let fill = Rect {
        height: 12_000,
        ..rule
    };
    let color = Rgb(230, 240, 250);
    sheet.artifact(
        Artifact::Layout,
        vec![
            Item::Fill { area: fill, color },
            Item::Fill {
                area: rule,
                color: Rgb::BLACK,
            },
        ],
    );
}

fn row(sheet: &mut Sheet, parent: NodeId, first: &Role, cells: &[&str], other: &Role) {
    let row = sheet.node(parent, Role::TableRow);
    let y = sheet.y;
    for (column, cell) in cells.iter().enumerate() {
        sheet.y = y;
        let role = if column == 0 {
            first.clone()
        } else {
            other.clone()
        };
        let node = sheet.node(row, role);
        let text = run(
            FaceId::Sans,
            9_000,
            (LEFT + 150_000 * column as Mpt, y),
            cell,
            None,
        );
        let area = Rect {
            x: LEFT,
            y: y - 9_000,
            width: 3_000,
            height: 3_000,
        };
        // A cell whose mark holds text and a fill at once.
        let fill = Item::Fill {
            area,
            color: Rgb(200, 0, 0),
        };
        sheet.mark(Owner::Node(node), None, vec![Item::Text(text), fill]);
        sheet.y = y + 14_000;
    }
}

fn third_page(sheet: &mut Sheet) {
    outline(sheet, 1, "Anlage");
    sheet.block(0, Role::Heading(1), FaceId::SansBoldItalic, "Anlage");
    figure(sheet, "Wappen in Farbe", |sheet, area| {
        let image = add_image(sheet, png(png::ColorType::Rgba));
        vec![Item::Image { image, area }]
    });
    figure(sheet, "Wappen in Grau", |sheet, area| {
        let image = add_image(sheet, png(png::ColorType::Grayscale));
        vec![Item::Image { image, area }]
    });
    figure(sheet, "Foto in Farbe", |sheet, area| {
        let image = add_image(sheet, include_bytes!("colour.jpg").to_vec());
        vec![Item::Image { image, area }]
    });
    figure(sheet, "Foto in Grau", |sheet, area| {
        let image = add_image(sheet, include_bytes!("gray.jpg").to_vec());
        vec![Item::Image { image, area }]
    });
    figure(sheet, "Balken: 2021 drei, 2022 fünf", |_, area| {
        let drawing = svg::read(CHART.as_bytes()).unwrap();
        drawing.fit(area).into_iter().map(Item::Path).collect()
    });
    let paragraph = sheet.node(0, Role::Paragraph);
    sheet.line(
        paragraph,
        FaceId::Serif,
        0,
        "Der letzte Absatz beginnt hier ",
    );
    sheet.page(WIDTH, HEIGHT);
    sheet.line(
        paragraph,
        FaceId::Serif,
        0,
        "und endet auf der nächsten Seite.",
    );
}

const CHART: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 60'>\
    <title>Kosten</title><rect x='10' y='20' width='20' height='40' fill='#336699'/>\
    <rect x='40' y='10' width='20' height='50' fill='#993333' stroke='black' stroke-width='.5'/>\
    <circle cx='80' cy='30' r='12' fill='none' stroke='green' stroke-width='3' stroke-dasharray='4 2' \
    stroke-linecap='round' stroke-linejoin='round'/><path fill-rule='evenodd' d='M90 50h30v30h-30zM95 52h5v5h-5z'/></svg>";

fn figure(sheet: &mut Sheet, alt: &str, items: impl FnOnce(&mut Sheet, Rect) -> Vec<Item>) {
    let area = sheet.area(100_000, 60_000);
    let figure = sheet.node(0, Role::Figure(area));
    sheet.pages.tree[figure].alt = Some(alt.to_owned());
    let items = items(sheet, area);
    sheet.mark(Owner::Node(figure), None, items);
    let caption = sheet.node(figure, Role::Caption);
    sheet.line(caption, FaceId::Sans, 0, alt);
}

fn add_image(sheet: &mut Sheet, bytes: Vec<u8>) -> usize {
    let probed = drucksache::layout::picture::probe(&bytes).unwrap();
    sheet.pages.images.push(Image {
        bytes: Arc::from(bytes),
        width: probed.width,
        height: probed.height,
        orientation: probed.orientation,
    });
    sheet.pages.images.len() - 1
}

fn png(color: png::ColorType) -> Vec<u8> {
    let (width, height) = (40u32, 24u32);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|index| {
            let pixel = [
                (index * 6 % 256) as u8,
                90,
                (index % width * 6) as u8,
                (index / width * 10) as u8,
            ];
            pixel[..color.samples()].to_vec()
        })
        .collect();
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&pixels)
        .unwrap();
    bytes
}

fn outline(sheet: &mut Sheet, level: u8, text: &str) {
    let item = OutlineItem {
        level,
        text: text.to_owned(),
        page: sheet.pages.pages.len() - 1,
        y: sheet.y,
    };
    sheet.pages.outline.push(item);
}

/// Head, foot and watermark.
fn frame(pages: &mut Pages, page: usize, count: usize) {
    let height = pages.pages[page].height;
    let artifact = |kind, run| Mark {
        owner: Owner::Artifact(kind),
        actual_text: None,
        items: vec![Item::Text(run)],
    };
    let head = run(
        FaceId::Sans,
        8_000,
        (LEFT, 40_000),
        "Drucksache 215/21",
        None,
    );
    let foot = format!("Seite {} von {count}", page + 1);
    let foot = run(FaceId::Sans, 8_000, (LEFT, height - 40_000), &foot, None);
    let mut draft = run(
        FaceId::SansBold,
        90_000,
        (150_000, height - 180_000),
        "Entwurf",
        None,
    );
    draft.angle = 55;
    draft.color = Rgb(235, 235, 235);
    let marks = &mut pages.pages[page].marks;
    marks.push(artifact(Artifact::Header, head));
    marks.push(artifact(Artifact::Watermark, draft));
    marks.push(artifact(Artifact::Footer, foot));
}
