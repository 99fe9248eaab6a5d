//! Headings, paragraphs, tables, figures, code, footnotes, links.

use super::super::ast::{Alignment, BlockKind, LinkTarget};
use super::super::plain_text;
use super::{all, clean, only, shape};

#[test]
fn ordinary_markdown_takes_its_title_from_the_first_heading() {
    let document = clean("Vorab\n\n## Der *erste* Titel\n\n# Zweiter\n");
    assert_eq!(document.front.titel, None);
    assert_eq!(document.title().as_deref(), Some("Der erste Titel"));
}

#[test]
fn the_front_matter_names_the_title() {
    let document = clean("---\ndrucksache: 1\ntitel: Vorn\n---\n\n# Hinten\n");
    assert_eq!(document.title().as_deref(), Some("Vorn"));
    assert_eq!(document.blocks.len(), 1);
}

#[test]
fn lines_of_a_paragraph_are_joined_by_one_space() {
    assert_eq!(shape("eins  zwei\n   drei\n"), "‹eins zwei drei›");
}

#[test]
fn quotes_code_and_rules_are_blocks() {
    assert_eq!(
        shape("> a\n>\n> b\n\n```text\nx\n\n  y\n```\n\n***\n"),
        "quote(‹a› ‹b›) code‹x\n\n  y› rule"
    );
}

#[test]
fn a_table_with_a_head() {
    assert_eq!(
        shape("| A | B |\n|---|---|\n| 1 | 2 |\n"),
        "table(A|B // 1|2)"
    );
}

#[test]
fn a_head_of_empty_cells_is_none() {
    let markdown = "| | | | |\n|---|---|---|---|\n| **Haushaltsjahr** | 2021ff. | **Ertrag/Einzahlung [€]** | |\n";
    assert_eq!(
        shape(markdown),
        "table(- // !{b:Haushaltsjahr}|2021ff.|!{b:Ertrag/Einzahlung [€]}|)"
    );
}

#[test]
fn only_a_wholly_bold_cell_names_its_row() {
    assert_eq!(shape("| A |\n|---|\n| **x** y |\n"), "table(A // {b:x} y)");
}

#[test]
fn a_head_cell_is_no_row_heading() {
    assert_eq!(shape("| **A** |\n|---|\n| x |\n"), "table({b:A} // x)");
}

#[test]
fn missing_cells_are_empty() {
    assert_eq!(shape("| A | B |\n|---|---|\n| 1 |\n"), "table(A|B // 1|)");
}

#[test]
fn columns_are_aligned_by_the_delimiter_row() {
    let document = clean("| A | B | C | D |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n");
    let BlockKind::Table(table) = &document.blocks[0].kind else {
        panic!("no table");
    };
    let alignments: Vec<_> = table
        .columns
        .iter()
        .map(|column| column.alignment)
        .collect();
    assert_eq!(
        alignments,
        [
            Alignment::Left,
            Alignment::Left,
            Alignment::Center,
            Alignment::Right
        ]
    );
}

#[test]
fn an_escaped_bar_stays_in_its_cell() {
    assert_eq!(
        shape("| A | B |\n|---|---|\n| `x\\|y` | c \\| d |\n"),
        "table(A|B // {c:x|y}|c | d)"
    );
}

#[test]
fn a_picture_alone_in_its_paragraph_is_a_figure() {
    assert_eq!(
        shape("![Kosten *2022*](kosten%202022.svg)\n"),
        "figure(kosten 2022.svg, Kosten 2022, None)"
    );
}

#[test]
fn a_picture_in_text_shows_its_alternative_and_is_an_error() {
    assert_eq!(
        only("Siehe ![Kosten](k.png) hier\n"),
        ("bild-im-text", "![Kosten](k.png)")
    );
    let (document, _) = super::parse("Siehe ![Kosten](k.png) hier\n");
    assert_eq!(plain_text(&document), "Siehe Kosten hier");
}

#[test]
fn a_linked_picture_is_no_figure() {
    assert_eq!(only("[![Kosten](k.png)](https://x.de)\n").0, "bild-im-text");
}

#[test]
fn a_picture_without_alternative_is_an_error() {
    assert_eq!(
        only("![](k.png)\n"),
        ("bild-ohne-alternativtext", "![](k.png)")
    );
}

#[test]
fn a_picture_lies_beside_the_markdown() {
    for target in [
        "https://x.de/k.png",
        "/k.png",
        "../k.png",
        "a/%2e%2e/k.png",
        "k.gif",
        "C:\\k.png",
        "",
    ] {
        assert_eq!(
            only(&format!("![a](<{target}>)\n")).0,
            "bild-datei",
            "{target}"
        );
    }
}

#[test]
fn footnotes_are_numbered_by_their_first_reference() {
    let document = clean("A[^b] B[^a] C[^b]\n\n[^a]: Erste\n\n[^b]: Zweite\n\n    - Punkt\n");
    assert_eq!(super::blocks_of(&document.blocks), "‹A[^0] B[^1] C[^0]›");
    let notes: Vec<_> = document
        .notes
        .iter()
        .map(|note| super::blocks_of(&note.blocks))
        .collect();
    assert_eq!(notes, ["‹Zweite› [• ‹Punkt›]", "‹Erste›"]);
}

#[test]
fn a_footnote_may_refer_to_another() {
    let document = clean("A[^1]\n\n[^2]: tief\n\n[^1]: siehe[^2]\n");
    let notes: Vec<_> = document
        .notes
        .iter()
        .map(|note| super::blocks_of(&note.blocks))
        .collect();
    assert_eq!(notes, ["‹siehe[^1]›", "‹tief›"]);
}

#[test]
fn a_footnote_in_a_table_counts_in_reading_order() {
    let document = clean("| A[^x] |\n|---|\n| b[^y] |\n\nc[^x]\n\n[^y]: Y\n\n[^x]: X\n");
    assert_eq!(
        super::blocks_of(&document.blocks),
        "table(A[^0] // b[^1]) ‹c[^0]›"
    );
}

#[test]
fn links_lead_outside_or_to_a_heading() {
    let document = clean(
        "# Die Kosten\n\n[a](https://x.de) [b][r] <https://z.de> <a@b.de> [k](#die-kosten)\n\n[r]: mailto:x@y.de\n",
    );
    let uri = |uri: &str| LinkTarget::Uri(uri.into());
    assert_eq!(
        document.links,
        [
            uri("https://x.de"),
            uri("mailto:x@y.de"),
            uri("https://z.de"),
            uri("mailto:a@b.de"),
            LinkTarget::Anchor("die-kosten".into())
        ]
    );
}

#[test]
fn other_targets_are_errors_and_the_text_stays() {
    for target in [
        "javascript:alert(1)",
        "datei.pdf",
        "ftp://x.de",
        "//x.de",
        "https://",
        "data:text/html,x",
    ] {
        let markdown = format!("[Text]({target})\n");
        assert_eq!(only(&markdown).0, "link-ziel", "{target}");
        assert_eq!(plain_text(&super::parse(&markdown).0), "Text");
    }
}

#[test]
fn a_link_without_its_anchor_is_an_error() {
    assert_eq!(
        only("# Kosten\n\n[x](#kasten)\n"),
        ("link-ohne-anker", "[x](#kasten)")
    );
}

#[test]
fn slugs_keep_umlauts_and_become_unique() {
    assert_eq!(
        shape("# § 5 Übersicht\n\n# Kosten\n\n# Kosten\n\n# Kosten-1\n\n# …\n"),
        "h1#-5-übersicht‹§ 5 Übersicht› h1#kosten‹Kosten› h1#kosten-1‹Kosten› h1#kosten-1-1‹Kosten-1› h1#abschnitt‹…›"
    );
}

#[test]
fn plain_text_is_what_readers_see() {
    let document = clean(
        "# Titel\n\nA *b*[^1]  \nneu\n\n- x\n  - y\n\n<!-- titel: Zahlen -->\n\n| A | |\n|---|---|\n| 1<br>2 | 3 |\n\n\
         ![alt](k.png)\n\n<!-- unterschrift: Kreis Unna | Der Landrat -->\n\n[^1]: Note\n",
    );
    assert_eq!(
        plain_text(&document),
        "Titel\nA b1\nneu\n• x\n• y\nZahlen\nA\t\n1 2\t3\nKreis Unna\nDer Landrat\n1 Note"
    );
}

#[test]
fn titles_of_links_are_hints() {
    assert_eq!(
        all("[x](https://x.de \"Titel\")\n\n![a](k.png \"Titel\")\n")
            .iter()
            .map(|(r, _)| *r)
            .collect::<Vec<_>>(),
        ["link-titel", "bild-titel"]
    );
}
