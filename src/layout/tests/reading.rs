//! No word is lost, and the structure agrees with the pages.

use proptest::prelude::*;

use super::build::*;
use crate::layout::page::{Kid, Owner, Pages, Role};
use crate::layout::{Pictures, Shaper, layout, layout_with};
use crate::markdown::ast::{BlockKind, Inline, ListKind, Run, Shift, Style};

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each mark stands in the tree once, and each page's marks in their order.
fn assert_sound(pages: &Pages) {
    let mut seen: Vec<Vec<usize>> = vec![Vec::new(); pages.pages.len()];
    let mut stack = vec![0];
    let mut nodes = 0;
    while let Some(node) = stack.pop() {
        nodes += 1;
        for kid in &pages.tree[node].kids {
            match kid {
                Kid::Node(kid) => {
                    assert_eq!(pages.tree[*kid].parent, node);
                    stack.push(*kid);
                }
                Kid::Mark { page, mark } => {
                    assert_eq!(pages.pages[*page].marks[*mark].owner, Owner::Node(node));
                    seen[*page].push(*mark);
                }
                Kid::Link { page, link } => assert_eq!(pages.pages[*page].links[*link].node, node),
            }
        }
    }
    assert_eq!(nodes, pages.tree.len(), "nodes that nobody reaches");
    for (page, mut marks) in pages.pages.iter().zip(seen) {
        marks.sort_unstable();
        let owned: Vec<usize> = (0..page.marks.len())
            .filter(|mark| matches!(page.marks[*mark].owner, Owner::Node(_)))
            .collect();
        assert_eq!(marks, owned);
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zäöüß]{1,12}",
        "[A-ZÄÖÜ][a-zäöüß]{2,30}",
        Just("§ 5".to_owned()),
        Just("10 %".to_owned()),
        Just("Verwaltungsverfahrensgesetz".to_owned()),
        Just("IKZ-Projekt".to_owned()),
        Just("Ertrag/Einzahlung".to_owned()),
        Just("–".to_owned()),
        Just("https://www.kreis-unna.de/a/b?c=d".to_owned()),
        "[a-z]{80,160}",
    ];
    prop::collection::vec(word, 0..80).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn paragraphs_lose_nothing(text in words()) {
        let pages = set(vec![paragraph(&text)]);
        prop_assert_eq!(read(&pages), text);
    }

    #[test]
    fn cells_lose_nothing(first in words(), second in words()) {
        let table = table("lr", &["Kopf", "Zweiter"], &[vec![first.clone(), second.clone()]]);
        let pages = set(vec![block(BlockKind::Table(table))]);
        prop_assert_eq!(read(&pages), spaced(&format!("Kopf Zweiter {first} {second}")));
        assert_sound(&pages);
    }

    #[test]
    fn any_characters_do_no_harm(text in "\\PC{0,60}") {
        let (pages, _) = layout(&document(vec![paragraph(&text), heading(1, &text)]), &Pictures::new());
        assert_sound(&pages);
    }
}

#[test]
fn styled_runs_read_in_order_and_own_their_marks() {
    let styled = |text: &str, style: Style, link| {
        Inline::Text(Run {
            text: text.to_owned(),
            style,
            link,
            range: 0..0,
        })
    };
    let shift = Style {
        shift: Some(Shift::Up),
        ..Style::default()
    };
    let english = Style {
        language: Some("en".to_owned()),
        ..Style::default()
    };
    let text = vec![
        run("Ein "),
        styled(
            "Verweis",
            Style {
                bold: true,
                ..Style::default()
            },
            Some(0),
        ),
        styled(" hierher", Style::default(), Some(0)),
        run(", 5 m"),
        styled("2", shift, None),
        run(" und "),
        styled("open data", english, None),
        run("."),
    ];
    let mut document = document(vec![block(BlockKind::Paragraph(text))]);
    document.links.push(crate::markdown::ast::LinkTarget::Uri(
        "https://kreis-unna.de".to_owned(),
    ));
    let (pages, findings) = layout(&document, &Pictures::new());
    assert!(findings.is_empty());
    assert_eq!(read(&pages), "Ein Verweis hierher, 5 m2 und open data.");
    assert_sound(&pages);
    let links = pages
        .tree
        .iter()
        .filter(|node| node.role == Role::Link)
        .count();
    assert_eq!(links, 1);
    let span = pages
        .tree
        .iter()
        .find(|node| node.role == Role::Span)
        .unwrap();
    assert_eq!(span.language.as_deref(), Some("en"));
}

#[test]
fn lists_thirty_deep_lose_nothing() {
    let mut inner = vec![paragraph("Ganz unten stehen mehrere Wörter")];
    for depth in (0..30).rev() {
        let text = format!("Tiefe{depth}");
        let mut blocks = vec![paragraph(&text)];
        blocks.extend(inner);
        inner = vec![list(ListKind::Bullet, vec![("•", blocks)])];
    }
    let pages = set(inner);
    let read = read(&pages);
    assert!(
        (0..30).all(|depth| read.contains(&format!("• Tiefe{depth}"))),
        "{read}"
    );
    assert!(read.ends_with("Ganz unten stehen mehrere Wörter"));
    assert_sound(&pages);
}

#[test]
fn an_empty_document_is_one_empty_page() {
    let pages = set(Vec::new());
    assert_eq!(pages.pages.len(), 1);
    assert_eq!(read(&pages), "");
}

#[test]
fn empty_blocks_do_no_harm() {
    let empty = table("ll", &[], &[]);
    let pages = set(vec![
        heading(2, ""),
        paragraph(""),
        list(
            ListKind::Decimal,
            vec![("1.", Vec::new()), ("2.", vec![paragraph("Text")])],
        ),
        block(BlockKind::Table(empty)),
        block(BlockKind::Code(String::new())),
        block(BlockKind::Quote(Vec::new())),
        block(BlockKind::Together(Vec::new())),
    ]);
    assert_eq!(read(&pages), "1. 2. Text");
    assert_sound(&pages);
}

#[test]
fn a_shaper_that_has_worked_before_gives_the_same_pages() {
    let document = document(vec![
        heading(1, "Titel"),
        lines(70),
        paragraph("Gemäß § 5 Abs. 2"),
    ]);
    let mut shaper = Shaper::default();
    let first = layout_with(&mut shaper, &document, &Pictures::new());
    let second = layout_with(&mut shaper, &document, &Pictures::new());
    assert!(first == second);
}
