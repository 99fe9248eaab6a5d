//! Lines: filled, not overfull, broken where they may be.

use proptest::prelude::*;

use super::build::*;
use crate::layout::breaking::WIDEST_SPACE;
use crate::layout::page::Item;
use crate::layout::page::{Pages, TextRun};
use crate::layout::quality::{FlawKind, flaws};
use crate::layout::{Pictures, layout};
use crate::markdown::ast::{BlockKind, Inline, ListKind, Run, Style};

const RIGHT: i64 = 595_276 - 56_693;
/// Size of the text.
const SIZE: i64 = 10_500;

/// The lines of a page's text: where each one ends without a space at its end, and its text.
fn lines_of(pages: &Pages, page: usize) -> Vec<(i64, String)> {
    let mut lines: Vec<(i64, i64, String)> = Vec::new();
    for run in text_runs(pages, page) {
        let end = end_of(run);
        match lines.last_mut() {
            Some((y, right, text)) if *y == run.y => {
                *right = end;
                text.push_str(&run.text);
            }
            _ => lines.push((run.y, end, run.text.clone())),
        }
    }
    lines
        .into_iter()
        .map(|(_, right, text)| (right, text))
        .collect()
}

fn end_of(run: &TextRun) -> i64 {
    let width: i64 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
    let space = if run.text.ends_with(' ') {
        run.glyphs.last().unwrap().advance
    } else {
        0
    };
    run.x + width - space
}

fn long_words() -> impl Strategy<Value = String> {
    let word = prop_oneof![4 => "[a-z]{2,9}", 2 => "[A-Z][a-z]{6,14}", 1 => Just("Verwaltungsvereinbarung".to_owned())];
    prop::collection::vec(word, 30..120).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn justified_lines_fill_the_measure(text in long_words()) {
        let pages = set(vec![paragraph(&text)]);
        let lines = lines_of(&pages, 0);
        let (last, full) = lines.split_last().unwrap();
        for (right, text) in full {
            // A line that only rivers could fill stays ragged.
            let spaces = i64::try_from(text.trim_end().matches(' ').count()).unwrap();
            let river = RIGHT - right > spaces * (SIZE * WIDEST_SPACE / 100 - SIZE / 4);
            prop_assert!(*right == RIGHT || river, "{right}: {text}");
        }
        prop_assert!(last.0 <= RIGHT);
    }

    #[test]
    fn glyphs_cover_their_text(text in long_words()) {
        let pages = set(vec![paragraph(&text)]);
        for run in text_runs(&pages, 0) {
            let mut at = 0;
            for glyph in run.glyphs.iter().filter(|glyph| !glyph.text.is_empty()) {
                prop_assert_eq!(glyph.text.start, at);
                at = glyph.text.end;
            }
            prop_assert_eq!(at as usize, run.text.len());
        }
    }
}

#[test]
fn ragged_paragraphs_do_not_stretch() {
    let mut document = document(vec![lines(8)]);
    document.front.satz = crate::markdown::front::Satz::Flatter;
    let (pages, _) = layout(&document, &Pictures::new());
    let lines = lines_of(&pages, 0);
    assert!(lines.iter().all(|(right, _)| *right <= RIGHT));
    assert!(lines.iter().any(|(right, _)| *right < RIGHT - 1_000));
}

#[test]
fn pairs_are_not_divided() {
    for fill in 0..40 {
        let text = format!(
            "{} gemäß § 5 Abs. 1 Satz 2 zu 10 % am 1. Januar 2022 i. V. m. Art. 28",
            "x".repeat(40 + fill)
        );
        let pages = set(vec![paragraph(&text)]);
        assert_eq!(flaws(&pages), [], "{fill}");
    }
}

#[test]
fn a_word_longer_than_the_line_is_broken_without_a_sign() {
    let word = "abcdefghij".repeat(30);
    let pages = set(vec![paragraph(&word)]);
    assert_eq!(read(&pages), word);
    assert!(lines_of(&pages, 0).iter().all(|(right, _)| *right <= RIGHT));
}

#[test]
fn an_address_breaks_after_its_signs() {
    let address = format!("https://www.kreis-unna.de/{}", "verzeichnis/".repeat(20));
    let pages = set(vec![paragraph(&address)]);
    let lines = lines_of(&pages, 0);
    let (_, full) = lines.split_last().unwrap();
    assert!(
        full.iter().all(|(_, text)| text.ends_with(['/', '.', '-'])),
        "{full:?}"
    );
    assert_eq!(read(&pages), address);
}

#[test]
fn headings_are_not_hyphenated() {
    let text = "Öffentlich-rechtliche Vereinbarung über die Aufgabenwahrnehmung nach dem Asylbewerberleistungsgesetz";
    let pages = set(vec![heading(1, text), lines(3)]);
    assert!(
        flaws(&pages)
            .iter()
            .all(|flaw| flaw.kind != FlawKind::HyphenInHeading)
    );
    assert!(lines_of(&pages, 0).len() > 2);
}

#[test]
fn foreign_words_are_not_hyphenated_as_german() {
    let style = Style {
        language: Some("en".to_owned()),
        ..Style::default()
    };
    let text = "municipalities ".repeat(60);
    let english = Inline::Text(Run {
        text,
        style,
        link: None,
        range: 0..0,
    });
    let pages = set(vec![block(BlockKind::Paragraph(vec![english]))]);
    let hyphens = pages.pages[0]
        .marks
        .iter()
        .filter(|mark| mark.actual_text.is_some())
        .count();
    assert_eq!(hyphens, 0);
}

#[test]
fn german_text_is_set_without_flaws() {
    let text = "Die Berechnung erfolgt auf Basis des von der Kommunalen Gemeinschaftsstelle für Verwaltungsmanagement \
        (KGSt) erstellten Berichtes „Kosten eines Arbeitsplatzes“ in der jeweils aktuellen Fassung. Für den technischen \
        Support werden durch den Kreis Unna keine Personal-, Sach- oder Gemeinkosten veranschlagt, da für die an die \
        kreisangehörigen Kommunen delegierten existenzsichernder Leistungen (Grundsicherung im Alter und bei \
        Erwerbsminderung und Hilfe zum Lebensunterhalt) als originäre Aufgaben des Kreises, bereits ein technischer \
        Support des FD 16 erfolgt.";
    let pages = set((0..14).map(|_| paragraph(text)).collect());
    assert_eq!(flaws(&pages), []);
}

#[test]
fn a_missing_character_is_one_finding_with_its_place() {
    let text = "Wort \u{5d0} und \u{5d0}";
    let run = Inline::Text(Run {
        text: text.to_owned(),
        style: Style::default(),
        link: None,
        range: 10..10 + text.len(),
    });
    let (pages, findings) = layout(
        &document(vec![block(BlockKind::Paragraph(vec![run]))]),
        &Pictures::new(),
    );
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].regel, "fehlendes-zeichen");
    assert_eq!(
        findings[0].stelle,
        crate::diagnostic::Stelle::Papier(15..17)
    );
    assert_eq!(
        findings[0].text,
        "das Zeichen „\u{5d0}“ (U+05D0) hat keine der Schriften"
    );
    let again = crate::diagnostic::Stelle::Papier(22..24);
    assert_eq!(findings[0].dazu, [(again, "auch hier".to_owned())]);
    assert!(
        text_runs(&pages, 0)
            .iter()
            .flat_map(|run| &run.glyphs)
            .all(|glyph| glyph.id != 0)
    );
}

#[test]
fn marks_are_composed_before_they_are_set() {
    let (pages, findings) = layout(&document(vec![paragraph("Bo\u{308}nen")]), &Pictures::new());
    assert!(findings.is_empty());
    assert_eq!(read(&pages), "Bönen");
}

#[test]
fn a_character_of_the_other_family_is_borrowed() {
    let (pages, findings) = layout(&document(vec![paragraph("a ◦ b")]), &Pictures::new());
    assert!(findings.is_empty());
    assert_eq!(read(&pages), "a ◦ b");
}

#[test]
fn soft_hyphens_and_fixed_spaces_do_their_work() {
    let pages = set(vec![paragraph("Wort\u{ad}teil 5\u{a0}Stück")]);
    assert_eq!(read(&pages), "Wortteil 5 Stück");
}

/// Runs of compounds without a short word between them leave a choice only of hyphens.
#[test]
fn runs_of_compounds_are_set_without_flaws() {
    const WORDS: [&str; 7] = [
        "Verwaltungsvereinbarung",
        "Aufgabenwahrnehmung",
        "Asylbewerberleistungsgesetz",
        "Rechnungsprüfungsausschuss",
        "Gemeindeprüfungsanstalt",
        "und",
        "Haushaltssatzungsentwurf",
    ];
    for start in 0..WORDS.len() {
        for step in 1..WORDS.len() {
            let words: Vec<&str> = (0..60).map(|n| WORDS[(start + n * step) % 7]).collect();
            let text = words.join(" ");
            let item = list(ListKind::Bullet, vec![("•", vec![paragraph(&text)])]);
            let quote = block(BlockKind::Quote(vec![paragraph(&text)]));
            let pages = set(vec![paragraph(&text), item, quote]);
            assert_eq!(flaws(&pages), [], "{start} {step}");
            let lines = lines_of(&set(vec![paragraph(&text)]), 0);
            let (_, full) = lines.split_last().unwrap();
            let short = full.iter().filter(|(right, _)| *right < RIGHT);
            assert_eq!(short.count(), 0, "{start} {step}: {full:#?}");
        }
    }
}

/// An address that takes a whole line must not pull the lines before it apart.
#[test]
fn a_long_address_leaves_the_lines_around_it_even() {
    let text = "Ein Verweis, der über mehrere Zeilen geht, weil sein Text so lang ist, dass er beim besten Willen nicht in \
                eine einzige Zeile passt und noch darüber hinaus und \
                https://www.example.org/sehr/lange/adresse/die/nicht/in/eine/zeile/passt/und/deshalb/umbrochen/werden/muss/irgendwo.html \
                und danach noch etwas.";
    let pages = set(vec![paragraph(text)]);
    let items = pages.pages[0].marks.iter().flat_map(|mark| &mark.items);
    let runs = items.filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    });
    let widest = runs
        .flat_map(|run| {
            let spaces = run.glyphs.iter().filter(|glyph| {
                run.text
                    .get(glyph.text.start as usize..glyph.text.end as usize)
                    == Some(" ")
            });
            spaces.map(|glyph| glyph.advance * 100 / run.size)
        })
        .max();
    assert!(widest.is_some_and(|widest| widest < 80), "{widest:?}");
}

#[test]
fn spaces_before_a_line_of_code_are_as_wide_as_figures() {
    let pages = set(vec![block(BlockKind::Code("a:\n  b: c\n".to_owned()))]);
    let runs = text_runs(&pages, 0);
    let of = |text: &str| runs.iter().find(|run| run.text.trim_end() == text).unwrap();
    let (outer, inner) = (of("a:"), of("  b: c"));
    let spaces = inner.glyphs.iter().take(2).map(|glyph| glyph.advance);
    let letter = inner.x + spaces.sum::<i64>();
    assert!(
        letter - outer.x > inner.size * 9 / 10,
        "{outer:?} {inner:?}"
    );
}
