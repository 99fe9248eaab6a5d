//! Bad input: each is set right, or is a finding at its place; nothing panics, and no word is lost.

use drucksache::diagnostic::{Befund, Stelle};
use drucksache::layout::quality::{FlawKind, flaws};

use crate::papers::Case;

/// The rules of all findings, each with the text that it points to.
fn findings(case: &Case) -> Vec<(&'static str, String)> {
    let (_, findings) = case.set();
    findings
        .iter()
        .map(|finding| (finding.regel, pointed(case, finding)))
        .collect()
}

fn pointed(case: &Case, finding: &Befund) -> String {
    match &finding.stelle {
        Stelle::Papier(range) => case.markdown[range.clone()].trim().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Refused: no file, and one finding of this rule at this place.
fn assert_refused(case: &Case, regel: &str, place: &str) {
    let (set, _) = case.set();
    assert!(set.is_none(), "{}: {:?}", case.name, findings(case));
    assert_eq!(findings(case), [(regel, place.to_owned())], "{}", case.name);
}

fn with_picture(name: &str, bytes: Vec<u8>) -> Case {
    let mut case = Case::new(
        name,
        &format!("# Bild\n\nDavor.\n\n![Ein Bild]({name})\n\nDanach.\n"),
    );
    case.pictures.insert(name.to_owned(), bytes.into());
    case
}

#[test]
fn heading_levels_that_jump_are_set_without_gaps() {
    let case = Case::new(
        "Ebenen",
        "### Erste\n\nText.\n\n###### Zweite\n\nText.\n\n# Dritte\n\nText.\n\n#### Vierte\n\nText.\n\n## Fünfte\n\nText.\n",
    );
    case.assert_sound();
    let tree = case.inspection().tree;
    let levels: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('H')?.get(..1))
        .collect();
    assert_eq!(levels, ["1", "2", "1", "2", "2"]);
}

#[test]
fn an_empty_heading_is_none_and_opens_no_level() {
    let case = Case::new(
        "leer",
        "# Eins\n\n##\n\n### Drei\n\nText.\n\n## <br>\n\n### Vier\n\nText.\n",
    );
    case.assert_sound();
    let tree = case.inspection().tree;
    assert!(
        tree.contains("  H2 „Drei“\n") && tree.contains("  H2 „Vier“\n"),
        "{tree}"
    );
    assert!(!tree.contains("H3"), "{tree}");
}

#[test]
fn an_empty_table_is_a_finding_or_set() {
    let no_rows = Case::new("ohne Zeilen", "# T\n\n| A | B |\n|---|---|\n\nText.\n");
    no_rows.assert_sound();
    assert_eq!(
        findings(&no_rows),
        [("tabelle-ohne-zeilen", "| A | B |\n|---|---|".to_owned())]
    );
    // veraPDF refuses a THead without a TBody.
    let tree = no_rows.inspection().tree;
    assert!(!tree.contains("THead") && tree.contains("TBody"), "{tree}");
    let no_words = Case::new("ohne Wörter", "# T\n\n| | |\n|---|---|\n| | |\n\nText.\n");
    no_words.assert_sound();
    let nothing = Case::new("gar nichts", "# T\n\n| | |\n|---|---|\n\nText.\n");
    nothing.assert_sound();
    assert_eq!(
        findings(&nothing),
        [("tabelle-leer", "| | |\n|---|---|".to_owned())]
    );
}

#[test]
fn a_surplus_cell_is_a_finding() {
    let case = Case::new("Zelle", "# T\n\n| A | B |\n|---|---|\n| 1 | 2 | 3 |\n");
    assert_refused(&case, "tabelle-zelle-ueberzaehlig", "3");
}

#[test]
fn a_cell_longer_than_a_page_goes_on() {
    let words: String = (0..1_500).map(|word| format!("Wort{word} ")).collect();
    let case = Case::new(
        "Zelle",
        &format!("# T\n\n| A | B |\n|---|---|\n| x | {words} |\n| y | z |\n"),
    );
    case.assert_sound();
    let pages = case.pages();
    assert!(pages.pages.len() > 2);
    // It cannot be set on one page; nothing else may be wrong.
    let flaws = flaws(&pages);
    assert!(
        flaws.iter().all(|flaw| flaw.kind == FlawKind::SplitRow),
        "{flaws:#?}"
    );
}

#[test]
fn a_word_longer_than_a_line_is_broken_and_stays_whole_in_the_text() {
    let word = "Donaudampfschifffahrt".repeat(40);
    for markdown in [
        format!("# T\n\n{word}\n"),
        format!("# {word}\n\nText.\n"),
        format!("# T\n\n- {word}\n"),
        format!("# T\n\n| A | B |\n|---|---|\n| {word} | {word} |\n"),
        format!("# T\n\n> {word}\n"),
        format!("# T\n\n`{word}`\n"),
    ] {
        let case = Case::new("Wort", &markdown);
        case.assert_sound();
        let flaws = flaws(&case.pages());
        assert!(
            flaws.iter().all(|flaw| flaw.kind != FlawKind::Overfull),
            "{flaws:?}"
        );
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let pixels = vec![200; (width * height) as usize];
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&pixels)
        .unwrap();
    bytes
}

#[test]
fn a_picture_larger_than_a_page_is_made_smaller() {
    for (width, height) in [(3_000, 20), (20, 3_000), (1_500, 2_500)] {
        let case = with_picture("gross.png", png(width, height));
        case.assert_sound();
        case.assert_flawless();
    }
}

#[test]
fn a_broken_picture_is_a_finding() {
    let whole = png(40, 30);
    let mut changed = whole.clone();
    let data = changed.windows(4).position(|part| part == b"IDAT").unwrap();
    changed[data + 9] ^= 0x55;
    let place = "![Ein Bild](bild.png)";
    assert_refused(&with_picture("bild.png", changed), "bild-defekt", place);
    let truncated = whole[..whole.len() - 20].to_vec();
    assert_refused(&with_picture("bild.png", truncated), "bild-defekt", place);
    assert_refused(
        &with_picture("bild.png", b"kein Bild".to_vec()),
        "bild-format",
        place,
    );
}

#[test]
fn all_broken_pictures_are_found_at_once() {
    let mut broken = png(40, 30);
    let data = broken.windows(4).position(|part| part == b"IDAT").unwrap();
    broken[data + 9] ^= 0x55;
    let mut case = Case::new("zwei", "# T\n\n![Eins](a.png)\n\n![Zwei](b.png)\n");
    case.pictures
        .insert("a.png".to_owned(), broken.clone().into());
    case.pictures.insert("b.png".to_owned(), broken.into());
    assert_eq!(
        findings(&case),
        [
            ("bild-defekt", "![Eins](a.png)".to_owned()),
            ("bild-defekt", "![Zwei](b.png)".to_owned()),
        ]
    );
}

#[test]
fn a_picture_of_a_hundred_thousand_pixels_is_a_finding() {
    let case = with_picture("breit.png", png(100_000, 1));
    assert_refused(&case, "bild-zu-gross", "![Ein Bild](breit.png)");
}

#[test]
fn a_missing_picture_is_a_finding() {
    let case = Case::new("fehlt", "# T\n\n![Ein Bild](fehlt.png)\n");
    assert_refused(&case, "bild-fehlt", "![Ein Bild](fehlt.png)");
}

#[test]
fn three_thousand_rows_are_set_with_a_head_on_each_page() {
    let rows: String = (0..3_000)
        .map(|row| format!("| Zeile {row} | {row},00 |\n"))
        .collect();
    let case = Case::new(
        "lang",
        &format!("# T\n\n| Zeile | Betrag |\n|---|--:|\n{rows}"),
    );
    case.assert_sound();
    case.assert_flawless();
    let pages = case.pages();
    assert!(pages.pages.len() > 60);
    let dump = pages.dump();
    assert_eq!(dump.matches(" Betrag\n").count(), pages.pages.len());
}

#[test]
fn fifty_notes_on_a_page_are_all_set() {
    let calls: String = (0..50).map(|note| format!("Wort[^n{note}] ")).collect();
    let notes: String = (0..50)
        .map(|note| format!("[^n{note}]: Anmerkung Nummer {note} mit ein paar Worten.\n\n"))
        .collect();
    let case = Case::new("Noten", &format!("# T\n\n{calls}\n\n{notes}"));
    case.assert_sound();
    case.assert_flawless();
}

#[test]
fn lists_thirty_deep_are_refused_and_sixteen_deep_stay_on_the_page() {
    for marker in ["-", "1."] {
        let indent = marker.len() + 1;
        let list = |depth: usize| -> String {
            let items = (0..depth).map(|depth| {
                format!(
                    "{}{marker} Ebene {depth} mit etlichen Worten der Verwaltungsvereinbarung dahinter\n",
                    " ".repeat(indent * depth)
                )
            });
            format!("# T\n\n{}", items.collect::<String>())
        };
        let case = Case::new("tief", &list(16));
        case.assert_sound();
        case.assert_flawless();
        let (set, findings) = Case::new("zu tief", &list(30)).set();
        assert!(set.is_none());
        assert!(
            findings
                .iter()
                .any(|finding| finding.regel == "zu-tief-verschachtelt")
        );
    }
}

#[test]
fn text_from_right_to_left_is_refused_and_not_garbled() {
    let case = Case::new(
        "rechts",
        "# T\n\nDas Wort \u{5e9}\u{5dc}\u{5d5}\u{5dd} steht hier.\n",
    );
    let (set, findings) = case.set();
    assert!(set.is_none());
    assert!(
        findings
            .iter()
            .all(|finding| finding.regel == "fehlendes-zeichen")
    );
    assert_eq!(pointed(&case, &findings[0]), "\u{5e9}");
    let turned = Case::new("gedreht", "# T\n\nDas \u{202e}sieht\u{202c} man.\n");
    let (set, findings) = turned.set();
    assert!(set.is_none());
    assert!(
        findings
            .iter()
            .all(|finding| finding.regel == "unsichtbares-zeichen")
    );
}

#[test]
fn a_link_to_an_unknown_anchor_is_a_finding() {
    let case = Case::new("Anker", "# T\n\nSiehe [dort](#nirgends).\n");
    assert_refused(&case, "link-ohne-anker", "[dort](#nirgends)");
}

#[test]
fn stacked_marks_stand_above_their_letters() {
    // ṩ has no composed form with a macron: the face places the marks.
    let case = Case::new(
        "Zeichen",
        "# T\n\nEin a\u{304}\u{301} und e\u{301}\u{331} im Text.\n",
    );
    case.assert_sound();
    let raised = case.pages().pages[0]
        .marks
        .iter()
        .flat_map(|mark| &mark.items)
        .any(|item| {
            matches!(item, drucksache::layout::page::Item::Text(run)
            if run.glyphs.iter().any(|glyph| glyph.y_offset > 0))
        });
    assert!(raised);
}

#[test]
fn signs_of_other_scripts_are_findings_and_not_boxes() {
    let case = Case::new("Schrift", "# T\n\nEin 漢 im Text.\n");
    assert_refused(&case, "fehlendes-zeichen", "漢");
}

#[test]
fn nothing_at_all_is_a_paper_without_text() {
    for markdown in ["", "\n\n", "<!-- seite -->\n", "---\n"] {
        let case = Case::new("leer", markdown);
        let (set, _) = case.set();
        if set.is_some() {
            case.assert_sound();
        }
    }
}

#[test]
fn bookmarks_and_links_do_not_count_the_notes_of_a_heading() {
    let case = Case::new(
        "Note",
        "<!-- klausel: kosten -->\n\n# Kosten[^a]<br>und Anteile\n\nSiehe [oben](#kosten).\n\n[^a]: Anmerkung.\n",
    );
    case.assert_sound();
    let pages = case.pages();
    assert_eq!(pages.outline[0].text, "Kosten und Anteile");
    assert_eq!(
        pages.pages[0].links[0].contents,
        "Verweis auf „Kosten und Anteile“"
    );
}

/// Words in a fixed disorder.
fn disorder(count: usize, seed: &mut usize) -> String {
    const WORDS: [&str; 24] = [
        "Der",
        "Rat",
        "beschließt",
        "die",
        "Haushaltssatzung",
        "und",
        "die",
        "Beschlussempfehlung",
        "des",
        "Ausschussvorsitzenden",
        "über",
        "öffentlich-rechtliche",
        "Vereinbarung",
        "zwischen",
        "den",
        "kreisangehörigen",
        "Städten",
        "nach § 23 Abs. 1 GkG NRW",
        "in Höhe von 10 %",
        "bis zum 31. Dezember 2022",
        "Personalkostenerstattung",
        "z. B.",
        "mit Wirkung",
        "Dr. Weiß",
    ];
    let words = (0..count).map(|_| {
        *seed = (*seed * 1_103 + 12_345) % 65_537;
        WORDS[*seed % WORDS.len()]
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn sixty_pages_of_everything_are_set_without_flaws() {
    let mut seed = 7;
    let mut text = "# Großes Papier\n\n".to_owned();
    let mut notes = String::new();
    for section in 1..=60 {
        text += &format!("## {section}. Abschnitt\n\n");
        for _ in 0..seed % 5 + 2 {
            let length = 15 + seed % 140;
            text += &format!("Im Übrigen {}.\n\n", disorder(length, &mut seed));
        }
        if section % 5 == 0 {
            let rows = (0..20).map(|row| {
                format!(
                    "| Zeile {} | {} | {row},00 € |\n",
                    row,
                    disorder(3 + row, &mut seed)
                )
            });
            text += &format!(
                "| Stadt | Text | Betrag |\n|---|---|--:|\n{}\n",
                rows.collect::<String>()
            );
        }
        if section % 7 == 0 {
            for _ in 0..5 {
                text += &format!("- Punkt {}\n", disorder(seed % 40, &mut seed));
            }
            text.push('\n');
        }
        if section % 3 == 0 {
            text += &format!("Mit Note[^n{section}] {}.\n\n", disorder(40, &mut seed));
            notes += &format!("[^n{section}]: Note {}.\n\n", disorder(60, &mut seed));
        }
    }
    let case = Case::new("gross", &(text + &notes));
    case.assert_sound();
    case.assert_flawless();
    assert!(case.pages().pages.len() > 40);
}

#[test]
fn a_heading_before_a_turned_section_turns_along() {
    let case = Case::new(
        "quer",
        "# Erstes\n\nText.\n\n## Zweites\n\n<!-- quer -->\n\nQuer.\n\n<!-- /quer -->\n",
    );
    case.assert_sound();
    case.assert_flawless();
    let widths: Vec<bool> = (case.pages().pages.iter())
        .map(|page| page.width > page.height)
        .collect();
    assert_eq!(widths, [false, true]);
}

#[test]
fn a_heading_of_a_line_break_gives_no_title() {
    for markdown in ["## <br>\n\nText.\n", "## <br>\n\n# Titel\n\nText.\n"] {
        Case::new("Umbruch", markdown).assert_sound();
    }
}
