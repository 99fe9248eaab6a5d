//! CommonMark's lists and legal lists.

use super::super::plain_text;
use super::{all, clean, only, parse, shape};

#[test]
fn bullets_numbers_and_tasks() {
    assert_eq!(shape("- a\n  - b\n- c\n"), "[• ‹a› [• ‹b›] / • ‹c›]");
    assert_eq!(shape("1. a\n1. b\n"), "[1. ‹a› / 2. ‹b›]");
    assert_eq!(shape("3) a\n4) b\n"), "[3) ‹a› / 4) ‹b›]");
    assert_eq!(
        shape("- [ ] offen\n- [x] erledigt\n"),
        "[☐ ‹offen› / ☒ ‹erledigt›]"
    );
    assert_eq!(shape("1. [x] a\n\n2. b\n"), "[1. ☒ ‹a› / 2. ‹b›]");
}

#[test]
fn paragraphs_with_labels_are_items() {
    assert_eq!(
        shape("(1) Eins.\n\n(2) Zwei.\n"),
        "[(1) ‹Eins.› / (2) ‹Zwei.›]"
    );
    assert_eq!(shape("a) Eins\n\nb) Zwei\n"), "[a) ‹Eins› / b) ‹Zwei›]");
    assert_eq!(shape("aa) Eins\n\nbb) Zwei\n"), "[aa) ‹Eins› / bb) ‹Zwei›]");
}

#[test]
fn the_label_stays_in_the_text() {
    let document = clean("(1) Eins **fett**\n\n(2)\u{A0}Zwei\n");
    assert_eq!(plain_text(&document), "(1) Eins fett\n(2) Zwei");
}

#[test]
fn four_levels_nest() {
    assert_eq!(
        shape("(1) A:\n\n1. B:\n\na) C:\n\naa) D\n\nbb) E\n\nb) F\n\n2. G\n\n(2) H\n"),
        "[(1) ‹A:› [1. ‹B:› [a) ‹C:› [aa) ‹D› / bb) ‹E›] / b) ‹F›] / 2. ‹G›] / (2) ‹H›]"
    );
}

#[test]
fn indented_items_nest_in_the_numbered_list_that_holds_them() {
    assert_eq!(
        shape("(1) A:\n\n1. B\n\n2. C:\n\n   a) D\n\n   b) E\n\n(2) F\n"),
        "[(1) ‹A:› [1. ‹B› / 2. ‹C:› [a) ‹D› / b) ‹E›]] / (2) ‹F›]"
    );
}

#[test]
fn letters_begin_anew_in_each_item() {
    assert_eq!(
        shape("(1) A\n\na) B\n\nb) C\n\n(2) D\n\na) E\n\nb) F\n"),
        "[(1) ‹A› [a) ‹B› / b) ‹C›] / (2) ‹D› [a) ‹E› / b) ‹F›]]"
    );
}

#[test]
fn i_follows_h_in_the_alphabet() {
    let markdown: String = ('a'..='k')
        .map(|letter| format!("{letter}) Glied\n\n"))
        .collect();
    let wanted: Vec<String> = ('a'..='k')
        .map(|letter| format!("{letter}) ‹Glied›"))
        .collect();
    assert_eq!(shape(&markdown), format!("[{}]", wanted.join(" / ")));
}

#[test]
fn a_paragraph_between_two_labels_belongs_to_the_item_before_the_next_label() {
    assert_eq!(shape("(1) A\n\nB\n\n(2) C\n"), "[(1) ‹A› ‹B› / (2) ‹C›]");
    assert_eq!(
        shape("(1) A\n\na) B\n\nb) C\n\nD\n\n(2) E\n"),
        "[(1) ‹A› [a) ‹B› / b) ‹C›] ‹D› / (2) ‹E›]"
    );
    assert_eq!(
        shape("(1) A\n\na) B\n\nC\n\nb) D\n\n(2) E\n"),
        "[(1) ‹A› [a) ‹B› ‹C› / b) ‹D›] / (2) ‹E›]"
    );
}

#[test]
fn a_table_between_two_labels_belongs_to_its_item() {
    assert_eq!(
        shape("(1) A\n\n| x |\n|---|\n| 1 |\n\n(2) B\n"),
        "[(1) ‹A› table(x // 1) / (2) ‹B›]"
    );
}

#[test]
fn a_paragraph_after_the_last_label_stands_outside() {
    assert_eq!(shape("a) A\n\nb) B\n\nC\n"), "[a) ‹A› / b) ‹B›] ‹C›");
}

#[test]
fn a_list_right_after_an_item_belongs_to_it() {
    assert_eq!(
        shape("(1) A\n\n(2) B\n\n- x\n\nC\n"),
        "[(1) ‹A› / (2) ‹B› [• ‹x›]] ‹C›"
    );
    assert_eq!(
        shape("(1) A\n\n(2) B\n\n1. x\n"),
        "[(1) ‹A› / (2) ‹B› [1. ‹x›]]"
    );
}

#[test]
fn numbered_lists_hold_only_what_is_indented() {
    assert_eq!(shape("1. a\n\nb\n\n2. c\n"), "[1. ‹a›] ‹b› [2. ‹c›]");
    assert_eq!(shape("1. a\n\n- b\n"), "[1. ‹a›] [• ‹b›]");
}

#[test]
fn a_heading_ends_the_counting() {
    assert_eq!(
        shape("# A\n\n(1) B\n\n(2) C\n\n# D\n\n(1) E\n\n(2) F\n"),
        "h1#a‹A› [(1) ‹B› / (2) ‹C›] h1#d‹D› [(1) ‹E› / (2) ‹F›]"
    );
}

#[test]
fn a_single_absatz_is_an_item_only_below_a_heading() {
    assert_eq!(shape("# A\n\n(1) B\n\nC\n"), "h1#a‹A› [(1) ‹B›] ‹C›");
    assert_eq!(shape("A\n\n(1) B\n"), "‹A› ‹(1) B›");
    assert_eq!(shape("a) B\n\nC\n"), "‹a) B› ‹C›");
    assert_eq!(
        shape("(1) A\n\na) B\n\n(2) C\n"),
        "[(1) ‹A› ‹a) B› / (2) ‹C›]"
    );
}

#[test]
fn a_label_without_a_run_before_it_is_text() {
    for text in [
        "(2) B",
        "b) B",
        "(0) B",
        "(01) B",
        "(2019) B",
        "(1)B",
        "a)b",
        "ab) B",
        "A) B",
        "(a) B",
        "(1) *B* (2)",
    ] {
        assert_eq!(
            shape(&format!("Davor\n\n{text}\n")).matches('[').count(),
            0,
            "{text}"
        );
    }
}

#[test]
fn an_escaped_label_is_text() {
    assert_eq!(shape("\\(1) A\n\n\\(2) B\n"), "‹(1) A› ‹(2) B›");
    assert_eq!(shape("a\\) A\n\nb\\) B\n"), "‹a) A› ‹b) B›");
}

#[test]
fn a_missing_item_is_a_warning() {
    assert_eq!(
        only("(1) A\n\n(2) B\n\n(4) C\n"),
        ("zaehlung-springt", "(4)")
    );
}

#[test]
fn items_need_blank_lines() {
    assert_eq!(
        all("a) eins\nb) zwei\nc) drei\n"),
        [
            ("aufzaehlung-ohne-leerzeile", "b)"),
            ("aufzaehlung-ohne-leerzeile", "c)")
        ]
    );
}

#[test]
fn groups_interrupt_a_list_but_not_its_counting() {
    assert_eq!(
        shape(
            "(1) A\n\n<!-- zusammen -->\n\n(2) B\n\na) C\n\n<!-- /zusammen -->\n\nb) D\n\n(3) E\n"
        ),
        "[(1) ‹A›] together([(2) ‹B› [a) ‹C›]]) [b) ‹D›] [(3) ‹E›]"
    );
}

#[test]
fn a_clause_kept_together_goes_on_after_the_group() {
    assert_eq!(
        shape("<!-- zusammen -->\n\n# A\n\n(1) B\n\n<!-- /zusammen -->\n\n(2) C\n"),
        "together(h1#a‹A› [(1) ‹B›]) [(2) ‹C›]"
    );
}

#[test]
fn places_of_items_cover_what_they_hold() {
    let markdown = "(1) A\n\nB\n\n(2) C\n";
    let document = clean(markdown);
    let super::BlockKind::List(list) = &document.blocks[0].kind else {
        panic!("no list");
    };
    let places: Vec<&str> = list
        .items
        .iter()
        .map(|item| markdown[item.range.clone()].trim_end())
        .collect();
    assert_eq!(places, ["(1) A\n\nB", "(2) C"]);
    assert_eq!(&markdown[list.items[0].blocks[0].range.clone()], "A\n");
}

#[test]
fn a_date_that_becomes_a_list_is_a_warning() {
    assert_eq!(only("1. Januar 2022 beginnt es\n").0, "datum-wird-liste");
    assert_eq!(
        all("Seit dem\n1. Januar\n")
            .first()
            .map(|(regel, _)| *regel),
        Some("datum-wird-liste")
    );
    assert!(
        all("30. Oktober\n")
            .iter()
            .any(|(regel, _)| *regel == "datum-wird-liste")
    );
    assert_eq!(shape("30\\. Oktober\n"), "‹30. Oktober›");
}

#[test]
fn a_sentence_that_begins_with_a_number_is_a_warning() {
    assert_eq!(only("16. Sitzung des Rates\n").0, "zahl-wird-liste");
    assert_eq!(all("1. a\n\nText\n\n2. b\n"), []);
}

#[test]
fn numbers_that_markdown_counts_otherwise_are_a_warning() {
    assert_eq!(only("1. a\n2. b\n4. c\n"), ("nummer-weicht-ab", "4."));
    assert_eq!(
        plain_text(&parse("1. a\n2. b\n4. c\n").0),
        "1. a\n2. b\n3. c"
    );
}
