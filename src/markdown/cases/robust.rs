//! No input makes the stage panic, exhaust the stack or lose its invariants.

use proptest::prelude::*;

use super::super::ast::{Block, BlockKind, Document, Inline};
use super::super::{MAX_BYTES, plain_text};
use super::parse;
use crate::diagnostic::{Befund, Stelle};

/// What the layout relies on.
fn check(markdown: &str, document: &Document, befunde: &[Befund]) {
    for befund in befunde {
        let Stelle::Papier(range) = &befund.stelle else {
            panic!("{befund:?}");
        };
        assert!(markdown.get(range.clone()).is_some(), "{befund:?}");
        assert!(!befund.text.ends_with('.'), "{befund:?}");
    }
    let mut anchors = std::collections::BTreeSet::new();
    check_blocks(markdown, document, &document.blocks, &mut anchors);
    for note in &document.notes {
        check_blocks(markdown, document, &note.blocks, &mut anchors);
    }
}

fn check_blocks(
    markdown: &str,
    document: &Document,
    blocks: &[Block],
    anchors: &mut std::collections::BTreeSet<String>,
) {
    for block in blocks {
        assert!(markdown.get(block.range.clone()).is_some(), "{block:?}");
        match &block.kind {
            BlockKind::Heading { text, anchor, .. } => {
                assert!(anchors.insert(anchor.clone()), "{anchor} twice");
                check_inlines(markdown, document, text);
            }
            BlockKind::Paragraph(text) => check_inlines(markdown, document, text),
            BlockKind::List(list) => {
                assert!(!list.items.is_empty());
                for item in &list.items {
                    assert!(!item.label.is_empty());
                    assert!(markdown.get(item.range.clone()).is_some());
                    check_blocks(markdown, document, &item.blocks, anchors);
                }
            }
            BlockKind::Table(table) => {
                for row in table.head.iter().chain(&table.rows) {
                    assert_eq!(row.len(), table.columns.len());
                    for cell in row {
                        check_inlines(markdown, document, &cell.text);
                    }
                }
            }
            BlockKind::Quote(inner) | BlockKind::Together(inner) | BlockKind::Landscape(inner) => {
                check_blocks(markdown, document, inner, anchors);
            }
            BlockKind::Figure { alt, .. } => assert!(!alt.trim().is_empty()),
            BlockKind::Code(_)
            | BlockKind::Rule
            | BlockKind::Signature { .. }
            | BlockKind::Annex { .. }
            | BlockKind::PageBreak => {}
        }
    }
}

fn check_inlines(markdown: &str, document: &Document, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(run) => {
                assert!(!run.text.is_empty());
                assert!(markdown.get(run.range.clone()).is_some(), "{run:?}");
                assert!(
                    !run.text.chars().any(super::super::characters::is_dropped),
                    "{run:?}"
                );
                assert!(run.link.is_none_or(|link| link < document.links.len()));
            }
            Inline::NoteRef { note, .. } => assert!(*note < document.notes.len()),
            Inline::Break => {}
        }
    }
}

fn survives(markdown: &str) {
    let (document, befunde) = parse(markdown);
    check(markdown, &document, &befunde);
    plain_text(&document);
}

#[test]
fn deep_nesting_is_flattened_with_one_error_and_keeps_its_text() {
    for opener in ["> ", "- ", "1. ", ">", "* > "] {
        let markdown = format!("{}Text\n", opener.repeat(5_000));
        let (document, befunde) = parse(&markdown);
        let deep = befunde
            .iter()
            .filter(|b| b.regel == "zu-tief-verschachtelt")
            .count();
        assert_eq!(deep, 1, "{opener}");
        assert!(plain_text(&document).ends_with("Text"), "{opener}");
        check(&markdown, &document, &befunde);
    }
}

#[test]
fn long_runs_of_signs_are_read() {
    const LENGTH: usize = 24_000;
    for sign in [
        "[",
        "*",
        ">",
        "<",
        "!",
        "`",
        "~",
        "|",
        "&",
        "\\",
        "_",
        "(1)\n\n",
        "a)\n\n",
        "<ins>",
        "</ins>",
        "<b>",
        "<!--",
        "<!-- x -->\n",
        "*a <ins>",
        "**a *b",
        "[a](",
        "[^a]",
        "[^a]: x\n\n",
        "# a\n",
        "- a\n\n    b\n",
        "\0",
        "\u{202E}",
        "[a]: b\n",
        "---\n",
        "---\t\na\n",
        "<!-- zusammen -->\n\n",
        "<!-- quer -->\n\n",
        "(1) a\n\nb\n\n",
        "(1) a\n\na) b\n\nc\n\n",
        "1. a\n\nb\n\n",
        "|a|\n|-|\n|b|\n",
        "![a](b.png)",
        "<span lang=\"en\">",
        "&#x202E;",
    ] {
        survives(&sign.repeat(LENGTH / sign.len()));
    }
}

#[test]
fn a_stair_of_lists_is_read() {
    let stair: String = (0..400)
        .map(|depth| format!("{}* a\n", " ".repeat(2 * depth)))
        .collect();
    survives(&stair);
}

#[test]
fn too_much_text_is_refused() {
    let (document, befunde) = parse(&" ".repeat(MAX_BYTES + 1));
    assert!(document.blocks.is_empty());
    assert_eq!(befunde[0].regel, "zu-gross");
}

fn nasty() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "\r\n",
        "\r",
        "a",
        "Text",
        "ß",
        "„",
        "😀",
        "#",
        "## ",
        "> ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2. ",
        "7) ",
        "(1) ",
        "(2) ",
        "(3) ",
        "a) ",
        "b) ",
        "aa) ",
        "bb) ",
        "**",
        "*",
        "_",
        "~~",
        "`",
        "```\n",
        "|",
        "|---|\n",
        "| a | b |\n|---|--:|\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](k.png)",
        "](#a)",
        "[^1]",
        "[^1]: ",
        "[a]: b\n",
        "<",
        ">",
        "<ins>",
        "</ins>",
        "<del>",
        "</del>",
        "<br>",
        "<span lang=\"en\">",
        "</span>",
        "<b>",
        "<!--",
        "-->",
        "<!-- zusammen -->\n\n",
        "<!-- /zusammen -->\n\n",
        "<!-- quer -->\n\n",
        "<!-- /quer -->\n\n",
        "<!-- seite -->\n",
        "<!-- klausel: a -->\n\n",
        "<!-- titel: T -->\n\n",
        "<!-- spalten: 1 2 -->\n\n",
        "<!-- unterschrift: A | B -->\n\n",
        "<!-- x -->",
        "---\n",
        "---\na: b\n---\n",
        "===\n",
        "***\n",
        "\\",
        "&amp;",
        "&#0;",
        "&#x202E;",
        "\0",
        "\u{202E}",
        "\u{E000}",
        "\u{FEFF}",
        "\u{A0}",
        "- [ ] ",
        "- [x] ",
        "30. Oktober",
        "<https://x.de>",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_input_breaks_the_stage(markdown in nasty()) {
        survives(&markdown);
    }
}

#[test]
fn line_ends_of_windows_change_nothing_but_places() {
    let markdown = "---\ndrucksache: 1\ntitel: T\n---\n\n<!-- klausel: a -->\n\n# A\n\n(1) B\nC\n\n(2) D[^1]\n\n| | |\n|---|---|\n| **x** | y |\n\n[^1]: N\n";
    let windows = markdown.replace('\n', "\r\n");
    let (document, befunde) = parse(&windows);
    assert_eq!(befunde, []);
    assert_eq!(document.front.titel.as_deref(), Some("T"));
    assert_eq!(plain_text(&document), plain_text(&parse(markdown).0));
}
