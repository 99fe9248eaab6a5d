//! The rules of pages, each with a test.

use super::build::*;
use crate::diagnostic::Schwere;
use crate::layout::page::{Artifact, Destination, Item, Owner, Pages, Role};
use crate::layout::quality::flaws;
use crate::layout::{Pictures, layout};
use crate::markdown::ast::{BlockKind, Document, Inline, LinkTarget, ListKind, Run, Style};
use crate::markdown::front::Absender;

/// Sets blocks below more and more lines, so that the page's end falls on each place of them once.
fn at_every_height(blocks: impl Fn() -> Vec<crate::markdown::ast::Block>, check: impl Fn(&Pages)) {
    for height in 18..35 {
        let mut all: Vec<_> = (0..height).map(|_| paragraph("Zeile")).collect();
        all.extend(blocks());
        check(&set(all));
    }
}

fn artifacts(pages: &Pages, page: usize, kind: Artifact) -> String {
    let marks = pages.pages[page]
        .marks
        .iter()
        .filter(|mark| mark.owner == Owner::Artifact(kind));
    marks
        .flat_map(|mark| &mark.items)
        .filter_map(|item| match item {
            Item::Text(run) => Some(run.text.as_str()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("|")
}

#[test]
fn no_heading_ends_a_page_and_no_line_stands_alone() {
    at_every_height(
        || {
            vec![
                heading(2, "Erste"),
                heading(3, "Zweite"),
                lines(6),
                heading(3, "Dritte"),
                lines(9),
            ]
        },
        |pages| assert_eq!(flaws(pages), []),
    );
}

#[test]
fn a_paragraph_of_three_lines_is_not_divided() {
    at_every_height(
        || vec![lines(2), lines(2)],
        |pages| {
            let starts: Vec<_> = pages
                .tree
                .iter()
                .filter(|node| node.kids.len() > 1)
                .collect();
            let divided = starts.iter().any(|node| {
                node.role == Role::Paragraph && {
                    let mut pages: Vec<_> = node
                        .kids
                        .iter()
                        .filter_map(|kid| match kid {
                            crate::layout::page::Kid::Mark { page, .. } => Some(*page),
                            _ => None,
                        })
                        .collect();
                    pages.dedup();
                    pages.len() > 1
                }
            });
            assert!(!divided);
        },
    );
}

#[test]
fn an_introducing_line_stays_with_its_list() {
    at_every_height(
        || {
            vec![
                paragraph("Folgendes gilt:"),
                list(ListKind::Bullet, vec![("•", vec![paragraph("Punkt")])]),
            ]
        },
        |pages| assert_eq!(page_of(pages, "Folgendes"), page_of(pages, "Punkt")),
    );
}

#[test]
fn a_label_stands_on_the_first_line_of_its_item() {
    let pages = set(vec![list(
        ListKind::Parenthesized,
        vec![("(1)", vec![lines(2)])],
    )]);
    let runs = text_runs(&pages, 0);
    let label = runs.iter().find(|run| run.text == "(1)").unwrap();
    let first = runs
        .iter()
        .find(|run| run.text.starts_with("Der Kreis"))
        .unwrap();
    assert_eq!(label.y, first.y);
    assert!(label.x < first.x);
}

#[test]
fn what_belongs_together_stays_together() {
    at_every_height(
        || {
            vec![block(BlockKind::Together(vec![
                paragraph("Anfang"),
                lines(5),
                paragraph("Ende"),
            ]))]
        },
        |pages| assert_eq!(page_of(pages, "Anfang"), page_of(pages, "Ende")),
    );
}

#[test]
fn what_is_too_long_to_stay_together_is_divided_with_a_note() {
    let together = block(BlockKind::Together(vec![lines(40), lines(40)]));
    let (pages, findings) = layout(&document(vec![together]), &Pictures::new());
    assert_eq!(pages.pages.len(), 2);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].regel, findings[0].schwere),
        ("zusammen-zu-lang", Schwere::Hinweis)
    );
}

#[test]
fn signatures_are_never_divided_and_stand_side_by_side() {
    let signature = |party: &str| {
        block(BlockKind::Signature {
            party: party.to_owned(),
            office: format!("Amt {party}"),
        })
    };
    at_every_height(
        || vec![signature("Unna"), signature("Werne"), signature("Selm")],
        |pages| {
            for party in ["Unna", "Werne", "Selm"] {
                let runs: Vec<_> = (0..pages.pages.len())
                    .filter(|page| shows(pages, *page, party))
                    .collect();
                assert_eq!(runs.len(), 1);
            }
            assert_eq!(
                read(pages).split_once("Unna").unwrap().1,
                " Amt Unna Werne Amt Werne Selm Amt Selm"
            );
        },
    );
}

#[test]
fn a_page_break_begins_a_page() {
    let pages = set(vec![
        paragraph("Eins"),
        block(BlockKind::PageBreak),
        paragraph("Zwei"),
    ]);
    assert_eq!((page_of(&pages, "Eins"), page_of(&pages, "Zwei")), (0, 1));
}

fn with_notes(count: usize, length: usize) -> Document {
    let mut text = Vec::new();
    for note in 0..count {
        text.push(run("Wort"));
        text.push(Inline::NoteRef { note, range: 0..0 });
        text.push(run(" "));
    }
    let mut document = document(vec![
        lines(30),
        block(BlockKind::Paragraph(text)),
        lines(30),
    ]);
    let words = "Anmerkung ".repeat(length);
    document.notes = (0..count)
        .map(|note_index| note(&format!("Note{note_index} {words}")))
        .collect();
    document
}

#[test]
fn a_note_stands_at_the_foot_of_its_page() {
    let (pages, _) = layout(&with_notes(1, 3), &Pictures::new());
    let page = page_of(&pages, "Note0");
    let runs = text_runs(&pages, page);
    let note = runs.iter().find(|run| run.text.contains("Note0")).unwrap();
    assert!(shows(&pages, page, "Wort"));
    assert!(note.y > 750_000, "{}", note.y);
    assert!(pages.tree.iter().any(|node| node.role == Role::Reference));
}

#[test]
fn fifty_notes_are_all_set() {
    let (pages, _) = layout(&with_notes(50, 4), &Pictures::new());
    for note in 0..50 {
        page_of(&pages, &format!("Note{note} "));
    }
    assert_no_overlap(&pages);
}

#[test]
fn a_long_note_goes_on_and_loses_nothing() {
    let (pages, _) = layout(&with_notes(1, 900), &Pictures::new());
    assert_eq!(read(&pages).matches("Anmerkung").count(), 900);
    assert_no_overlap(&pages);
}

/// No two runs of different lines are nearer than their type is high, and none leaves the page's text.
fn assert_no_overlap(pages: &Pages) {
    for page in 0..pages.pages.len() {
        let mut heights: Vec<i64> = text_runs(pages, page)
            .iter()
            .filter(|run| run.size > 8_000)
            .map(|run| run.y)
            .collect();
        heights.sort_unstable();
        heights.dedup();
        assert!(
            heights.windows(2).all(|pair| pair[1] - pair[0] >= 10_900),
            "page {page}: {heights:?}"
        );
        assert!(heights.last().is_none_or(|y| *y <= 841_890 - 70_866));
    }
}

#[test]
fn heads_and_feet_are_artifacts() {
    let mut document = document(vec![heading(1, "Titel"), lines(60)]);
    document.front.nummer = Some("215/21".to_owned());
    document.front.kurztitel = Some("Vereinbarung ".repeat(20));
    document.front.entwurf = true;
    document.front.muster = true;
    document.front.absender = Some(Absender {
        name: "Kreis Unna".to_owned(),
        anschrift: vec!["59425 Unna".to_owned()],
        logo: None,
    });
    let (pages, findings) = layout(&document, &Pictures::new());
    assert!(findings.is_empty());
    assert_eq!(
        artifacts(&pages, 0, Artifact::Header),
        "Kreis Unna|59425 Unna|Drucksache 215/21"
    );
    let head = artifacts(&pages, 1, Artifact::Header);
    assert!(
        head.starts_with("Drucksache 215/21|Vereinbarung ") && head.ends_with('…'),
        "{head}"
    );
    let foot = artifacts(&pages, 1, Artifact::Footer);
    assert!(
        foot.starts_with("Seite 2 von 2|Kreis Unna · Entwurf|Muster mit Beispielwerten"),
        "{foot}"
    );
    assert_eq!(artifacts(&pages, 1, Artifact::Watermark), "Entwurf");
    assert!(!read(&pages).contains("Entwurf"));
}

#[test]
fn one_page_has_a_foot_and_no_head() {
    let pages = set(vec![paragraph("Text")]);
    assert_eq!(artifacts(&pages, 0, Artifact::Footer), "Seite 1 von 1");
    assert_eq!(artifacts(&pages, 0, Artifact::Header), "");
}

#[test]
fn levels_of_headings_have_no_gaps() {
    let pages = set(vec![
        heading(2, "A"),
        heading(4, "B"),
        heading(3, "C"),
        heading(1, "D"),
        heading(2, "E"),
    ]);
    let levels: Vec<u8> = pages.outline.iter().map(|item| item.level).collect();
    assert_eq!(levels, [1, 2, 2, 1, 2]);
}

#[test]
fn a_link_leads_to_its_heading() {
    let link = Inline::Text(Run {
        text: "siehe dort".to_owned(),
        style: Style::default(),
        link: Some(0),
        range: 0..0,
    });
    let mut document = document(vec![
        block(BlockKind::Paragraph(vec![link])),
        lines(70),
        heading(2, "kosten"),
    ]);
    document.links.push(LinkTarget::Anchor("kosten".to_owned()));
    let (pages, _) = layout(&document, &Pictures::new());
    let area = &pages.pages[0].links[0];
    let Destination::Page { page, .. } = area.target else {
        panic!("leads nowhere");
    };
    assert_eq!(page, page_of(&pages, "kosten"));
    assert_eq!(area.contents, "Verweis auf „kosten“");
}
