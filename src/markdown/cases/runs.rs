//! Running text and inline HTML.

use super::super::ast::{BlockKind, Inline};
use super::super::plain_text;
use super::{all, clean, only, parse, shape};

#[test]
fn styles_and_changes() {
    assert_eq!(
        shape(
            "a **b *c*** ~~d~~ `e  f` <ins>g</ins> <del>h</del> m<sup>2</sup> H<sub>2</sub>O <span lang=\"en\">i *j*</span>\n"
        ),
        "‹a {b:b }{bi:c} {s:d} {c:e  f} {+:g} {-:h} m{^:2} H{_:2}O {@en:i }{i@en:j}›"
    );
}

#[test]
fn entities_and_escapes_are_resolved() {
    assert_eq!(
        shape("Müller &amp; S&ouml;hne \\*nicht\\* &lt;br&gt;\n"),
        "‹Müller & Söhne *nicht* <br>›"
    );
}

#[test]
fn hard_breaks() {
    assert_eq!(shape("a  \nb\\\nc<br>d<br/> e\n"), "‹a⏎b⏎c⏎d⏎e›");
}

#[test]
fn neighbouring_runs_of_one_style_are_merged_and_cover_both_places() {
    let markdown = "a &amp; b\nc \\* d\n";
    let document = clean(markdown);
    let BlockKind::Paragraph(inlines) = &document.blocks[0].kind else {
        panic!("no paragraph");
    };
    let [Inline::Text(run)] = &inlines[..] else {
        panic!("{inlines:?}");
    };
    assert_eq!(run.text, "a & b c * d");
    assert_eq!(run.range, 0..markdown.len() - 1);
}

#[test]
fn other_html_stays_visible_and_is_an_error() {
    let markdown = "a <b class=\"x\">fett</b> c\n";
    assert_eq!(
        all(markdown),
        [
            ("html-nicht-setzbar", "<b class=\"x\">"),
            ("html-nicht-setzbar", "</b>")
        ]
    );
    assert_eq!(
        plain_text(&parse(markdown).0),
        "a <b class=\"x\">fett</b> c"
    );
}

#[test]
fn html_is_closed_where_it_was_opened() {
    for (markdown, place) in [
        ("a <ins>b\n", "<ins>"),
        ("a </ins>b\n", "</ins>"),
        ("*a <ins>b* c\n", "<ins>"),
        ("<ins>a <del>b</ins> c\n\nx\n", "<del>"),
        ("<ins>*a</ins> b*\n", "</ins>"),
    ] {
        let found = all(markdown);
        assert!(
            found.contains(&("html-verschachtelung", place)),
            "{markdown}: {found:?}"
        );
    }
}

#[test]
fn a_language_has_the_shape_of_a_tag() {
    let found = all("a <span lang=\"x y\">b</span>\n");
    assert_eq!(found[0], ("html-nicht-setzbar", "<span lang=\"x y\">"));
}

#[test]
fn a_comment_in_text_is_dropped_with_a_hint() {
    let markdown = "a <!-- merken --> b\n";
    assert_eq!(only(markdown), ("kommentar", "<!-- merken -->"));
    assert_eq!(plain_text(&parse(markdown).0), "a b");
}

#[test]
fn a_directive_in_text_is_an_error() {
    assert_eq!(
        only("a <!-- seite --> b\n"),
        ("anweisung-im-text", "<!-- seite -->")
    );
}

#[test]
fn dropped_spaces_do_not_glue_words() {
    assert_eq!(shape("a **b** c\n"), "‹a {b:b} c›");
}
