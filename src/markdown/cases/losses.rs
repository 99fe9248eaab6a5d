//! What the parser would drop or turn into something else without a word.

use super::super::plain_text;
use super::{all, blocks_of, only, parse};

#[test]
fn a_surplus_cell() {
    assert_eq!(
        only("| A | B |\n|---|---|\n| 1 | 2 | drei |\n"),
        ("tabelle-zelle-ueberzaehlig", "drei")
    );
    assert_eq!(all("| A | B |\n|---|---|\n| 1 | 2 | |\n"), []);
}

#[test]
fn a_table_whose_head_has_another_number_of_cells() {
    assert_eq!(
        only("| A |\n|---|---|\n| 1 | 2 |\n").0,
        "tabelle-nicht-erkannt"
    );
}

#[test]
fn a_footnote_without_definition() {
    assert_eq!(
        only("Text[^x] und mehr\n"),
        ("fussnote-ohne-definition", "[^x]")
    );
    assert_eq!(
        only("| a[^2] |\n|---|\n| 1 |\n"),
        ("fussnote-ohne-definition", "[^2]")
    );
    assert_eq!(all("Text\\[^x]\n"), []);
}

#[test]
fn a_footnote_without_reference() {
    assert_eq!(
        only("Text\n\n[^x]: Note\n"),
        ("fussnote-ohne-verweis", "[^x]: Note")
    );
    assert_eq!(only("Text\n\n[^x]: Note[^x]\n").0, "fussnote-ohne-verweis");
}

#[test]
fn a_footnote_defined_twice() {
    assert_eq!(
        only("a[^x]\n\n[^x]: eins\n\n[^x]: zwei\n"),
        ("fussnote-doppelt", "[^x]: zwei")
    );
}

#[test]
fn a_footnote_holds_paragraphs_and_lists() {
    let markdown = "a[^x]\n\n[^x]: eins\n\n    # Zwei\n";
    assert_eq!(only(markdown).0, "fussnote-inhalt");
    assert_eq!(plain_text(&parse(markdown).0), "a1\n1 eins\nZwei");
}

#[test]
fn a_heading_made_by_a_line_below() {
    assert_eq!(
        only("Text\n---\n"),
        ("ueberschrift-unterstrichen", "Text\n---")
    );
    assert_eq!(only("Text\n===\n").0, "ueberschrift-unterstrichen");
}

#[test]
fn code_made_by_four_spaces() {
    assert_eq!(only("a\n\n    b\n"), ("eingerueckter-text", "b"));
}

#[test]
fn a_link_definition_given_twice() {
    let markdown = "[a]\n\n[a]: https://x.de\n[A]: https://y.de\n";
    assert_eq!(
        only(markdown),
        ("link-definition-doppelt", "[A]: https://y.de")
    );
}

#[test]
fn a_link_definition_that_nothing_uses() {
    assert_eq!(
        only("Text\n\n[Hinweis]: siehe\n").0,
        "link-definition-unbenutzt"
    );
}

#[test]
fn a_block_of_html() {
    let markdown = "a\n\n<div>\nText\n</div>\n\nb\n";
    assert_eq!(only(markdown).0, "html-nicht-setzbar");
    assert_eq!(
        blocks_of(&parse(markdown).0.blocks),
        "‹a› ‹<div> Text </div>› ‹b›"
    );
}

#[test]
fn text_behind_a_comment() {
    let markdown = "<!-- seite --> Text\n";
    assert_eq!(only(markdown), ("html-nicht-setzbar", "Text"));
    assert_eq!(plain_text(&parse(markdown).0), "Text");
}

#[test]
fn an_open_comment() {
    let markdown = "a\n\n<!-- seite\n\nb\n";
    assert_eq!(only(markdown), ("kommentar-offen", "<!--"));
    assert!(plain_text(&parse(markdown).0).ends_with('b'));
}

#[test]
fn a_second_front_matter() {
    let markdown = "a\n\n---\nb\n---\n\nc\n";
    assert_eq!(only(markdown).0, "vorspann-mitten-im-text");
    assert_eq!(plain_text(&parse(markdown).0), "a\nb\nc");
}

#[test]
fn a_front_matter_without_end() {
    assert_eq!(all("---\ndrucksache: 1\n\nText\n")[0].0, "vorspann-offen");
}

#[test]
fn an_empty_heading_and_an_empty_table() {
    assert_eq!(only("#\n\nText\n").0, "ueberschrift-leer");
    assert_eq!(only("| | |\n|---|---|\n").0, "tabelle-leer");
    assert_eq!(only("| A | B |\n|---|---|\n").0, "tabelle-ohne-zeilen");
}
