//! Directives and where they may stand.

use super::super::ast::BlockKind;
use super::{all, blocks_of, clean, only, parse, shape};

#[test]
fn a_clause_bears_its_key() {
    assert_eq!(
        shape("[x](#kosten)\n\n<!-- klausel: kosten -->\n\n## § 5 Kosten\n"),
        "‹{→0:x}› h2#kosten‹§ 5 Kosten›"
    );
}

#[test]
fn a_key_wins_over_an_earlier_slug() {
    assert_eq!(
        shape("# Kosten\n\n<!-- klausel: kosten -->\n\n# Anderes\n"),
        "h1#kosten-1‹Kosten› h1#kosten‹Anderes›"
    );
}

#[test]
fn a_key_given_twice_is_an_error() {
    let markdown = "<!-- klausel: a -->\n\n# A\n\n<!-- klausel: a -->\n\n# B\n";
    let (document, befunde) = parse(markdown);
    assert_eq!(befunde.len(), 1);
    assert_eq!(befunde[0].regel, "klausel-doppelt");
    assert_eq!(befunde[0].dazu.len(), 1);
    assert_eq!(blocks_of(&document.blocks), "h1#a‹A› h1#a-1‹B›");
}

#[test]
fn groups_pages_and_signatures() {
    assert_eq!(
        shape(
            "<!-- quer -->\n\na\n\n<!-- seite -->\n\n<!-- zusammen -->\n\nb\n\n<!-- /zusammen -->\n\n<!-- /quer -->\n\n<!-- unterschrift: Kreis Unna | Der Landrat -->\n"
        ),
        "landscape(‹a› page together(‹b›)) signature(Kreis Unna, Der Landrat)"
    );
}

#[test]
fn widths_and_captions_belong_to_the_next_table() {
    let document = clean(
        "<!-- titel: Anteile -->\n<!-- spalten: 4 2 -->\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    );
    let BlockKind::Table(table) = &document.blocks[0].kind else {
        panic!("no table");
    };
    assert_eq!(table.caption.as_deref(), Some("Anteile"));
    assert_eq!(
        table
            .columns
            .iter()
            .map(|column| column.weight)
            .collect::<Vec<_>>(),
        [Some(4), Some(2)]
    );
}

#[test]
fn a_caption_belongs_to_the_next_figure() {
    assert_eq!(
        shape("<!-- titel: Kosten 2022 -->\n\n![a](k.png)\n"),
        "figure(k.png, a, Some(\"Kosten 2022\"))"
    );
}

#[test]
fn a_table_in_an_item_may_have_a_caption() {
    let document = clean("- a\n\n  <!-- titel: T -->\n\n  | x |\n  |---|\n  | 1 |\n");
    assert_eq!(blocks_of(&document.blocks), "[• ‹a› table(x // 1)]");
}

#[test]
fn a_directive_without_its_target_is_an_error() {
    for directive in [
        "<!-- klausel: a -->",
        "<!-- spalten: 1 -->",
        "<!-- titel: T -->",
    ] {
        assert_eq!(
            only(&format!("{directive}\n\nText\n")),
            ("anweisung-ohne-ziel", directive)
        );
        assert_eq!(
            only(&format!("Text\n\n{directive}\n")),
            ("anweisung-ohne-ziel", directive)
        );
    }
    assert_eq!(
        only("<!-- spalten: 1 -->\n\n![a](k.png)\n").0,
        "anweisung-ohne-ziel"
    );
}

#[test]
fn as_many_widths_as_columns() {
    assert_eq!(
        only("<!-- spalten: 1 1 -->\n\n| a |\n|---|\n| 1 |\n"),
        ("spalten-anzahl", "<!-- spalten: 1 1 -->")
    );
}

#[test]
fn the_same_directive_twice_is_an_error() {
    assert_eq!(
        only("<!-- titel: A -->\n\n<!-- titel: B -->\n\n| a |\n|---|\n| 1 |\n"),
        ("anweisung-doppelt", "<!-- titel: A -->")
    );
}

#[test]
fn an_open_group_is_an_error_and_its_text_stays() {
    let markdown = "<!-- zusammen -->\n\na\n";
    assert_eq!(only(markdown), ("anweisung-offen", "<!-- zusammen -->"));
    assert_eq!(blocks_of(&parse(markdown).0.blocks), "‹a›");
}

#[test]
fn an_end_without_a_beginning_is_an_error() {
    assert_eq!(
        only("a\n\n<!-- /quer -->\n"),
        ("anweisung-ohne-anfang", "<!-- /quer -->")
    );
}

#[test]
fn groups_do_not_overlap() {
    let markdown =
        "<!-- quer -->\n\na\n\n<!-- zusammen -->\n\nb\n\n<!-- /quer -->\n\n<!-- /zusammen -->\n";
    assert_eq!(
        all(markdown),
        [
            ("anweisung-verschachtelt", "<!-- /quer -->"),
            ("anweisung-ohne-anfang", "<!-- /zusammen -->")
        ]
    );
}

#[test]
fn a_group_in_its_like_is_one_error() {
    let markdown = "<!-- zusammen -->\n\na\n\n<!-- zusammen -->\n\nb\n\n<!-- /zusammen -->\n\n<!-- /zusammen -->\n";
    assert_eq!(all(markdown).len(), 1);
    assert_eq!(blocks_of(&parse(markdown).0.blocks), "together(‹a› ‹b›)");
    assert_eq!(
        all(
            "<!-- zusammen -->\n\na\n\n<!-- quer -->\n\nb\n\n<!-- /quer -->\n\n<!-- /zusammen -->\n"
        )
        .len(),
        1
    );
}

#[test]
fn a_page_cannot_begin_in_what_stays_together() {
    assert_eq!(
        only("<!-- zusammen -->\n\na\n\n<!-- seite -->\n\n<!-- /zusammen -->\n").0,
        "anweisung-falsche-stelle"
    );
}

#[test]
fn most_directives_stand_at_the_top_level() {
    assert_eq!(
        only("- a\n\n  <!-- seite -->\n"),
        ("anweisung-falsche-stelle", "<!-- seite -->")
    );
    assert_eq!(
        only("> <!-- quer -->\n"),
        ("anweisung-falsche-stelle", "<!-- quer -->")
    );
}

#[test]
fn blank_lines_around_a_directive() {
    assert_eq!(
        only("Text\n<!-- seite -->\n\nText\n"),
        ("anweisung-ohne-leerzeile", "<!-- seite -->")
    );
    assert_eq!(
        only("<!-- seite -->\nText\n"),
        ("anweisung-ohne-leerzeile", "<!-- seite -->")
    );
}

#[test]
fn an_unknown_directive_gets_a_suggestion() {
    let (_, befunde) = parse("<!-- klasuel: a -->\n\n# A\n");
    assert_eq!(befunde[0].regel, "anweisung-unbekannt");
    assert_eq!(
        befunde[0].abhilfe.as_deref(),
        Some("meinten Sie „klausel“?")
    );
}

#[test]
fn any_other_comment_is_dropped_with_a_hint() {
    let markdown = "a\n\n<!-- noch\nprüfen -->\n\nb\n";
    assert_eq!(only(markdown).0, "kommentar");
    assert_eq!(blocks_of(&parse(markdown).0.blocks), "‹a› ‹b›");
}
