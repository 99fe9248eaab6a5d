//! Whole files: written from pages made by hand, read back, broken on purpose.
#![allow(clippy::unwrap_used)]

#[path = "../papiere/fixture.rs"]
#[expect(dead_code, reason = "shared with other tests, which use more of it")]
mod fixture;

mod any_paper;
mod bad_input;
mod broken;
mod papers;
mod review;
mod sample;

use chrono::NaiveDate;
use drucksache::layout::page::{FaceId, Item, Pages, Role};
use drucksache::pdf::inspect::{inspect, text_of, tree_of};
use drucksache::pdf::{self, Metadata, PdfError};

fn metadata() -> Metadata {
    Metadata {
        title: "Öffentlich-rechtliche Vereinbarung & Kosten".to_owned(),
        author: Some("Kreis Unna".to_owned()),
        language: "de-DE".to_owned(),
        date: NaiveDate::from_ymd_opt(2021, 10, 13),
        subject: Some("Asylbewerberleistungsgesetz".to_owned()),
        number: Some("215/21".to_owned()),
    }
}

fn without_date() -> Metadata {
    Metadata {
        title: "Ohne Datum".to_owned(),
        language: "de-DE".to_owned(),
        ..Metadata::default()
    }
}

fn one_sentence() -> Pages {
    let mut sheet = sample::Sheet::new();
    sheet.block(0, Role::Paragraph, FaceId::Serif, "Nur ein Satz.");
    sheet.pages
}

/// Leaves files for a validator; whether it accepts them is not this test's matter.
#[test]
fn files_for_the_gate() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, pages, metadata) in [
        ("everything.pdf", sample::everything(), metadata()),
        ("bare.pdf", one_sentence(), without_date()),
    ] {
        std::fs::write(folder.join(name), pdf::write(&pages, &metadata).unwrap()).unwrap();
    }
}

#[test]
fn a_good_file_has_no_defects() {
    for pages in [sample::everything(), one_sentence()] {
        let inspection = inspect(&pdf::write(&pages, &metadata()).unwrap()).unwrap();
        assert_eq!(inspection.defects, Vec::<String>::new());
    }
}

#[test]
fn the_file_says_what_the_pages_say() {
    let pages = sample::everything();
    let inspection = inspect(&pdf::write(&pages, &metadata()).unwrap()).unwrap();
    assert_eq!(inspection.text, text_of(&pages));
    assert_eq!(inspection.tree, tree_of(&pages));
    for line in [
        "Die Städte „Bergkamen“ und „Selm“ tragen ⅛ der Kosten, auflaufend auf 10 %, nach Maßgabe des § 5",
        "werden sie nach dem Asylbewerberleistungsgesetz zwischen",
        "auf\u{2010}geteilt (e\u{301}tude). fair share fett und kursiv.",
        "\na) Punkt der Liste\n",
        "\nBergkamen\t11.000,00\n",
        "Der letzte Absatz beginnt hier und endet auf der nächsten Seite.",
    ] {
        assert!(
            inspection.text.contains(line),
            "„{line}“ fehlt in\n{}",
            inspection.text
        );
    }
}

#[test]
fn the_tree_reads_like_the_paper() {
    let tree = inspect(&pdf::write(&sample::everything(), &metadata()).unwrap())
        .unwrap()
        .tree;
    for line in [
        "Document\n  H1 „Öffentlich-rechtliche Vereinbarung – Kosten“\n  H2 „§ 1 Aufgabe“\n",
        "    Span Lang=en „fair share “\n",
        "  L ListNumbering=Decimal\n    LI\n      Lbl „1.“\n      LBody\n        P „Punkt der Liste“\n",
        "        TH Scope=Row „Selm“\n        TD „-2,50“\n",
    ] {
        assert!(tree.contains(line), "„{line}“ fehlt in\n{tree}");
    }
    assert!(!tree.contains("Seite 1 von"), "Beiwerk steht im Baum");
}

#[test]
fn the_same_pages_give_the_same_bytes_in_every_thread() {
    let (pages, metadata) = (sample::everything(), metadata());
    let expected = pdf::write(&pages, &metadata).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| (0..3).all(|_| pdf::write(&pages, &metadata).unwrap() == expected))
            })
            .collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
    });
}

#[test]
fn other_content_gives_another_identifier() {
    let identifier = |pages: &Pages| {
        let document = lopdf::Document::load_mem(&pdf::write(pages, &metadata()).unwrap()).unwrap();
        document.trailer.get(b"ID").unwrap().clone()
    };
    assert_ne!(
        identifier(&sample::everything()),
        identifier(&one_sentence())
    );
}

#[test]
fn without_a_date_there_is_none_in_the_file() {
    let bytes = pdf::write(&one_sentence(), &without_date()).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let info = document
        .get_dict_in_dict(&document.trailer, b"Info")
        .unwrap();
    assert!(!info.has(b"CreationDate") && !info.has(b"ModDate"));
    assert!(!bytes.windows(10).any(|part| part == b"CreateDate"));
}

#[test]
fn a_file_without_title_or_language_is_not_written() {
    for metadata in [
        Metadata {
            title: " ".to_owned(),
            ..metadata()
        },
        Metadata {
            language: String::new(),
            ..metadata()
        },
    ] {
        assert!(matches!(
            pdf::write(&one_sentence(), &metadata),
            Err(PdfError::Metadata(_))
        ));
    }
}

#[test]
fn pages_that_contradict_themselves_are_refused() {
    let mut pages = one_sentence();
    pages.tree[1]
        .kids
        .push(drucksache::layout::page::Kid::Mark { page: 3, mark: 0 });
    assert!(matches!(
        pdf::write(&pages, &metadata()),
        Err(PdfError::Pages(_))
    ));
}

#[test]
fn justified_lines_end_where_they_should() {
    let run = sample::run(
        FaceId::Serif,
        11_000,
        (0, 0),
        "Ein gesperrter Satz mit vielen Wörtern",
        Some(400_000),
    );
    assert_eq!(
        run.glyphs.iter().map(|glyph| glyph.advance).sum::<i64>(),
        400_000
    );
    let mut sheet = sample::Sheet::new();
    let paragraph = sheet.node(0, Role::Paragraph);
    sheet.mark(
        drucksache::layout::page::Owner::Node(paragraph),
        None,
        vec![Item::Text(run)],
    );
    let bytes = pdf::write(&sheet.pages, &metadata()).unwrap();
    let end = broken::pen_after_first_run(&bytes);
    assert!((end - 400_000).abs() <= 40, "{end}");
}
