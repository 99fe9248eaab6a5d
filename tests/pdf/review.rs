//! Review copies of all papers of all fixtures: the clean paper line by line, and the notes behind it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::NaiveDate;
use drucksache::herkunft::Index;
use drucksache::layout::page::{
    Artifact, Destination, Item, Mark, Mpt, Owner, Page, Pages, TextRun,
};
use drucksache::layout::review::{self, Beside, Count, Place};
use drucksache::layout::{Pictures, Shaper, layout};
use drucksache::markdown;
use drucksache::pdf::inspect::{Inspection, inspect, text_of, tree_of};
use drucksache::pipeline::{self, Eingabe, Ergebnis};
use drucksache::pruefexemplar::{self, Angaben};
use drucksache::template::Auswahl;

use crate::fixture;

/// A paper, its clean pages and its review copy.
struct Copy {
    name: String,
    clean: Pages,
    pages: Pages,
    file: Inspection,
}

fn stated() -> Angaben {
    Angaben {
        stand: NaiveDate::from_ymd_opt(2021, 10, 13),
        zaehlung: Count::PerPage,
    }
}

fn built(matter: &Eingabe) -> Ergebnis {
    let all = Auswahl {
        gesamt: true,
        ..Auswahl::default()
    };
    let result = pipeline::baue(matter, &all).unwrap();
    assert!(result.ist_gebaut(), "{:#?}", result.befunde);
    result
}

fn copies_of(matter: &Eingabe, index: Option<&Index>) -> Vec<Copy> {
    let result = built(matter);
    let mut shaper = Shaper::default();
    let mut copies = Vec::new();
    for paper in &result.papiere {
        let from = (matter, &result);
        let (pages, ..) = pruefexemplar::seiten(&mut shaper, paper, from, index, stated());
        let copy = pruefexemplar::setze(&mut shaper, paper, from, index, stated()).unwrap();
        assert_eq!(copy.befunde, [], "{}", copy.name);
        let document = markdown::parse(&paper.papier.markdown).0;
        copies.push(Copy {
            name: copy.name,
            clean: layout(&document, &paper.beilagen).0,
            pages,
            file: inspect(&copy.pdf.unwrap()).unwrap(),
        });
    }
    copies
}

fn copies() -> &'static [Copy] {
    static COPIES: OnceLock<Vec<Copy>> = OnceLock::new();
    COPIES.get_or_init(|| {
        let matters = ["minimal", "klima-check", "drucksache-215-21"];
        let copies = matters.map(|name| copies_of(&fixture::vorgang(name), None));
        copies.into_iter().flatten().collect()
    })
}

/// The lines of a dump that show text of the paper, and the links on it.
fn text_lines(pages: &[Page]) -> Vec<String> {
    let pages = Pages {
        pages: pages.to_vec(),
        ..Pages::default()
    };
    let artifact = |line: &&str| !line.starts_with(['#', '^', '_', '*']);
    pages
        .dump()
        .lines()
        .filter(artifact)
        .map(str::to_owned)
        .collect()
}

fn artifacts(page: &Page, kind: Artifact) -> String {
    let marks = page.marks.iter();
    let marks = marks.filter(|mark| mark.owner == Owner::Artifact(kind));
    marks.map(words).collect::<Vec<_>>().join("\n")
}

fn words(mark: &Mark) -> String {
    let items = mark.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run.text.as_str()),
        _ => None,
    });
    items.collect::<Vec<_>>().join("\n")
}

#[test]
fn lines_and_pages_break_as_in_the_clean_paper() {
    assert!(copies().len() > 12);
    for copy in copies() {
        let count = copy.clean.pages.len();
        assert_eq!(
            text_lines(&copy.pages.pages[..count]),
            text_lines(&copy.clean.pages),
            "{}",
            copy.name
        );
        assert!(copy.pages.pages.len() > count, "{}", copy.name);
    }
}

#[test]
fn the_structure_of_every_review_copy_is_sound() {
    for copy in copies() {
        assert_eq!(copy.file.defects, Vec::<String>::new(), "{}", copy.name);
        assert_eq!(copy.file.text, text_of(&copy.pages), "{}", copy.name);
        assert_eq!(copy.file.tree, tree_of(&copy.pages), "{}", copy.name);
    }
}

#[test]
fn what_stands_beside_the_text_is_not_read_aloud() {
    for copy in copies() {
        let blocks = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (clean, all) = (blocks(&text_of(&copy.clean)), blocks(&copy.file.text));
        // Footnotes come at the end of a text; all else of the paper comes first, as it was.
        let same = clean.iter().zip(&all).take_while(|(a, b)| a == b).count();
        let notes = all.iter().position(|line| line == "Prüfnotizen").unwrap();
        assert_eq!(same, notes, "{}", copy.name);
    }
}

#[test]
fn numbers_in_the_margin_stand_clear_of_each_other() {
    let text = "Ein Satz, der so lang ist, dass er mehr als eine Zeile füllt. ".repeat(4);
    let mut pages = layout(&markdown::parse(&text).0, &Pictures::new()).0;
    let lines = review::lines(&pages, Count::PerPage);
    let beside = |line, notes: &[usize], figures: &[usize]| {
        let beside = Beside {
            notes: notes.to_vec(),
            figures: figures.to_vec(),
        };
        (Place { page: 0, line }, beside)
    };
    let notes = [beside(0, &[7], &[2]), beside(1, &[8, 9], &[3, 4, 5])];
    let mut shaper = Shaper::default();
    review::annotate(&mut shaper, &mut pages, &lines, "Entwurf", &notes.into());
    let marks = pages.pages[0].marks.iter();
    let marks = marks.filter(|mark| mark.owner == Owner::Artifact(Artifact::Layout));
    let runs: Vec<_> = marks
        .flat_map(|mark| &mark.items)
        .filter_map(|item| match item {
            Item::Text(run) if run.text.contains(['[', 'Z']) => Some(run),
            _ => None,
        })
        .collect();
    assert_eq!(runs.len(), 4);
    for (i, run) in runs.iter().enumerate() {
        for other in &runs[i + 1..] {
            let end = |run: &TextRun| {
                let advances = run.glyphs.iter().map(|glyph| glyph.advance);
                run.x + advances.sum::<Mpt>()
            };
            let aside = other.x >= end(run) || run.x >= end(other);
            let apart = (run.y - other.y).abs() >= run.size;
            assert!(apart || aside, "{} {}", run.text, other.text);
        }
    }
}

#[test]
fn numbers_that_have_no_room_in_the_margin_are_counted_and_named() {
    let text = "Ein Satz, der so lang ist, dass er mehr als eine Zeile füllt. ".repeat(4);
    let mut pages = layout(&markdown::parse(&text).0, &Pictures::new()).0;
    let lines = review::lines(&pages, Count::PerPage);
    let place = |line| Place { page: 0, line };
    let beside = |figures: Vec<usize>| Beside {
        notes: Vec::new(),
        figures,
    };
    let many: Vec<usize> = (1..60).step_by(2).collect();
    let notes = [
        (place(0), beside(many.clone())),
        (place(1), beside(vec![2])),
        (place(2), beside(many)),
    ];
    let mut shaper = Shaper::default();
    let shortened = review::annotate(&mut shaper, &mut pages, &lines, "Entwurf", &notes.into());
    assert_eq!(shortened, BTreeSet::from([place(0), place(2)]));
    let words = artifacts(&pages.pages[0], Artifact::Layout);
    let rows: Vec<&str> = words
        .lines()
        .filter(|w| w.contains(['Z', ',', '+']))
        .collect();
    // The first one must leave room for that of the next line.
    assert_eq!(rows[..3], ["Z1, 3, 5", "+27", "Z2"]);
    let (more, named) = rows[3..].split_last().unwrap();
    let numbers = named.iter().flat_map(|row| row.split([',', ' ', 'Z']));
    let numbers = numbers.filter(|number| !number.is_empty()).count();
    let more: usize = more.trim_start_matches('+').parse().unwrap();
    assert!(numbers > 6, "{rows:?}");
    assert_eq!(numbers + more, 30, "{rows:?}");
}

#[test]
fn a_line_with_many_notes_names_all_of_them_behind_the_paper() {
    let mut matter = fixture::vorgang("minimal");
    // Each second one stands there again: numbers of figures that are no span.
    let amounts = (1..60).chain((1..60).step_by(2));
    let amounts: Vec<String> = amounts.map(|i| format!("{}", 4801 + 7 * i)).collect();
    let text = format!(
        "nummer: 88/26\ntitel: Bänke\ngremium: Rat\ndatum: 17.03.2026\nbeschlussvorschlag: Nein.\nsachbericht: |\n  {}\n",
        amounts.join(" ")
    );
    let files = &mut matter.vorgang.dateien;
    files.insert("vorgang.yaml".to_owned(), text.into_bytes().into());
    let Ok(index) = Index::neu(&matter) else {
        panic!("the matter can be built");
    };
    let copies = copies_of(&matter, Some(&index));
    let text = &copies[0].file.text;
    let (_, listed) = text.split_once("Gekürzte Nummern am Rand").unwrap();
    let listed: Vec<&str> = listed.lines().filter(|l| l.starts_with("S. ")).collect();
    assert!(!listed.is_empty(), "{text}");
    assert!(listed.iter().any(|line| line.contains(", ")), "{listed:?}");
    assert_eq!(copies[0].file.defects, Vec::<String>::new());
}

#[test]
fn each_line_is_counted_from_one_on_each_page() {
    for copy in copies() {
        for page in &copy.pages.pages[..copy.clean.pages.len()] {
            let beside = artifacts(page, Artifact::Layout);
            let numbers: Vec<usize> = beside.lines().filter_map(|w| w.parse().ok()).collect();
            assert!(!numbers.is_empty(), "{}", copy.name);
            let last = *numbers.last().unwrap();
            let expected: Vec<usize> = (1..=last).collect();
            assert!(numbers.ends_with(&expected), "{}: {numbers:?}", copy.name);
        }
    }
}

#[test]
fn each_page_bears_the_stamp() {
    for copy in copies() {
        for page in &copy.pages.pages {
            let head = artifacts(page, Artifact::Header);
            assert!(
                head.contains("Prüfexemplar · Entwurf – Stand 13.10.2021"),
                "{}: {head}",
                copy.name
            );
        }
    }
}

#[test]
fn each_mark_in_the_margin_has_a_note_that_leads_back_to_its_line() {
    let mut marks = 0;
    for copy in copies() {
        let count = copy.clean.pages.len();
        let links: Vec<(usize, &str)> = copy.pages.pages[count..]
            .iter()
            .flat_map(|page| &page.links)
            .filter_map(|link| match link.target {
                Destination::Page { page, .. } => Some((page, link.contents.as_str())),
                Destination::Uri(_) => None,
            })
            .collect();
        for (index, page) in copy.pages.pages[..count].iter().enumerate() {
            let beside = artifacts(page, Artifact::Layout);
            for mark in beside.lines().filter(|words| words.starts_with('[')) {
                marks += 1;
                let place = format!("Verweis auf S. {}, Z. ", index + 1);
                let leads_back = links
                    .iter()
                    .any(|(page, contents)| *page == index && contents.starts_with(&place));
                assert!(leads_back, "{}: {mark}", copy.name);
                let number = mark.trim_matches(['[', ']', ',']);
                let number = number.split([',', '–']).next().unwrap();
                let row = format!("\n{number}\tS. {}, Z. ", index + 1);
                assert!(copy.file.text.contains(&row), "{}: {row}", copy.name);
            }
        }
    }
    assert!(marks >= 8, "{marks}");
}

/// The row of the finding on the year without an amount, in the notes on 215/21.
fn note_on_the_year(copies: &[Copy]) -> &str {
    let copy = copies
        .iter()
        .find(|copy| copy.name == "215-21-beschlussvorlage-pruefexemplar.pdf")
        .unwrap();
    let mut lines = copy.file.text.lines();
    let is_row = |line: &&str| line.contains("haushaltsjahr-ohne-betrag");
    lines.find(is_row).unwrap()
}

#[test]
fn a_note_says_rule_sentence_remedy_and_place() {
    let row = note_on_the_year(copies());
    for words in [
        "Warnung · haushaltsjahr-ohne-betrag",
        "Das Haushaltsjahr 2021ff. ist angegeben",
        "Abhilfe: ",
        "Angabe: drucksachen/215-21.yaml:17",
        "S. 1, Z. 12",
    ] {
        assert!(row.contains(words), "{words}: {row}");
    }
}

#[test]
fn a_waiver_says_who_accepted_it_and_why() {
    let mut matter = fixture::vorgang("drucksache-215-21");
    let result = built(&matter);
    let finding = result
        .pruefung
        .iter()
        .find(|finding| finding.regel == "haushaltsjahr-ohne-betrag")
        .unwrap();
    let check = finding.pruefung.as_ref().unwrap();
    let text = format!(
        "vermerke:\n  - {{ regel: {}, stelle: '{}', grund: Beträge erst mit dem Nachtrag, name: M. Beispiel, deckt: '{}' }}\n",
        finding.regel, check.stelle, check.deckt
    );
    matter
        .vorgang
        .dateien
        .insert("vermerke.yaml".to_owned(), text.into_bytes().into());
    let copies = copies_of(&matter, None);
    let row = note_on_the_year(&copies);
    assert!(row.contains("Vermerk zu Warnung"), "{row}");
    assert!(
        row.contains("Hingenommen von M. Beispiel: Beträge erst mit dem Nachtrag."),
        "{row}"
    );
}

#[test]
fn a_number_says_where_it_comes_from() {
    let matter = fixture::vorgang("minimal");
    let Ok(index) = Index::neu(&matter) else {
        panic!("the fixture can be built");
    };
    let copies = copies_of(&matter, Some(&index));
    let text = &copies[0].file.text;
    assert!(text.contains("Woher die Zahlen kommen"), "{text}");
    let row = text
        .lines()
        .find(|line| line.contains("\t4.800 €\tS. 1, Z. "))
        .unwrap();
    assert!(row.contains("vorgang.yaml:6"), "{row}");
    // The number in the margin is that of the row, and each row is in the margin.
    let beside = artifacts(&copies[0].pages.pages[0], Artifact::Layout);
    let marked: BTreeSet<usize> = beside
        .lines()
        .filter_map(|mark| mark.strip_prefix('Z'))
        .flat_map(|mark| mark.split(", "))
        .flat_map(|mark| {
            let (from, to) = mark.split_once('–').unwrap_or((mark, mark));
            from.parse().unwrap()..=to.parse().unwrap()
        })
        .collect();
    let rows = text.lines().filter_map(|line| line.split_once("\t"));
    let listed: BTreeSet<usize> = rows
        .filter_map(|(number, _)| number.strip_prefix('Z')?.parse().ok())
        .collect();
    assert!(!listed.is_empty());
    assert_eq!(marked, listed, "{beside}");
    assert_eq!(copies[0].file.defects, Vec::<String>::new());
}
