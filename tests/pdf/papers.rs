//! Whole papers: the golden files of all fixtures and the cases in `tests/markdown`, through the real pipeline.
//!
//! A case is a Markdown file with its pictures beside it; what it becomes stands in `<name>.seiten.txt` (the pages) and
//! `<name>.tags.txt` (the tag tree). `GOLDEN_UPDATE=1 cargo test --test pdf` writes both anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use drucksache::diagnostic::Befund;
use drucksache::layout::page::{Item, Owner, Page, Pages};
use drucksache::layout::quality::flaws;
use drucksache::layout::{Pictures, layout};
use drucksache::markdown;
use drucksache::pdf::inspect::{Inspection, inspect, text_of, tree_of};
use drucksache::pipeline::Setzer;
use unicode_normalization::UnicodeNormalization;

/// A paper and what it needs.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) markdown: String,
    pub(crate) pictures: Pictures,
    pdf: OnceLock<Vec<u8>>,
}

impl Case {
    pub(crate) fn new(name: &str, markdown: &str) -> Self {
        Self {
            name: name.to_owned(),
            path: PathBuf::new(),
            markdown: markdown.to_owned(),
            pictures: Pictures::new(),
            pdf: OnceLock::new(),
        }
    }

    fn read(path: &Path) -> Self {
        let folder = path.parent().unwrap();
        let mut pictures: Pictures = files(folder, &["svg", "png", "jpg"])
            .into_iter()
            .map(|path| (file_name(&path), fs::read(path).unwrap().into()))
            .collect();
        let markdown = fs::read_to_string(path).unwrap();
        // What a golden file attaches stands in its matter.
        for attachment in markdown::parse(&markdown).0.front.anhang {
            let bytes = fs::read(folder.join("..").join(&attachment.datei)).unwrap();
            pictures.insert(attachment.datei, bytes.into());
        }
        Self {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            path: path.to_owned(),
            markdown,
            pictures,
            pdf: OnceLock::new(),
        }
    }

    /// The file, if there is one, and the findings.
    pub(crate) fn set(&self) -> (Option<Vec<u8>>, Vec<Befund>) {
        self.set_by(&mut Setzer::default())
    }

    fn set_by(&self, setzer: &mut Setzer) -> (Option<Vec<u8>>, Vec<Befund>) {
        let picture = |path: &str| self.pictures.get(path).cloned();
        let (set, findings) = setzer.setze(&self.markdown, picture).unwrap();
        (set.map(|set| set.pdf), findings)
    }

    /// The file, written once.
    pub(crate) fn pdf(&self) -> &[u8] {
        self.pdf.get_or_init(|| {
            let (pdf, findings) = self.set();
            pdf.unwrap_or_else(|| panic!("{}: {findings:#?}", self.name))
        })
    }

    pub(crate) fn pages(&self) -> Pages {
        layout(&markdown::parse(&self.markdown).0, &self.pictures).0
    }

    pub(crate) fn inspection(&self) -> Inspection {
        inspect(self.pdf()).unwrap()
    }

    /// The file has no defect and says what the Markdown says.
    pub(crate) fn assert_sound(&self) {
        let inspection = self.inspection();
        assert_eq!(inspection.defects, Vec::<String>::new(), "{}", self.name);
        let document = markdown::parse(&self.markdown).0;
        assert_eq!(
            normalized(&inspection.text),
            normalized(&markdown::plain_text(&document)),
            "{}",
            self.name
        );
        assert_eq!(inspection.text, text_of(&self.pages()), "{}", self.name);
        assert_eq!(inspection.tree, tree_of(&self.pages()), "{}", self.name);
    }

    /// And no typesetter would object.
    pub(crate) fn assert_flawless(&self) {
        assert_eq!(flaws(&self.pages()), [], "{}", self.name);
    }
}

/// The goldens of all fixtures and all cases.
fn papers() -> &'static [Case] {
    static PAPERS: OnceLock<Vec<Case>> = OnceLock::new();
    PAPERS.get_or_init(read_papers)
}

fn read_papers() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests/markdown")];
    for entry in fs::read_dir(root.join("fixtures")).unwrap() {
        let golden = entry.unwrap().path().join("golden");
        if golden.is_dir() {
            folders.push(golden);
        }
    }
    let papers: Vec<Case> = folders
        .iter()
        .flat_map(|folder| {
            let charts = charts(folder);
            files(folder, &["md"]).into_iter().map(move |path| {
                let mut case = Case::read(&path);
                case.pictures.extend(charts.clone());
                case
            })
        })
        .collect();
    assert!(papers.len() > 2);
    papers
}

/// The charts that the program draws for the papers of a matter; golden folders hold texts only.
fn charts(golden: &Path) -> Pictures {
    let matter = golden.parent().unwrap();
    if !matter.join("vorgang.yaml").is_file() {
        return Pictures::new();
    }
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    let status = Command::new(env!("CARGO_BIN_EXE_drucksache"))
        .args(["render", "--format", "md", "-o"])
        .args([&output, matter])
        .output()
        .unwrap()
        .status;
    assert!(status.success(), "{}", matter.display());
    files(&output.join(matter.file_name().unwrap()), &["svg"])
        .into_iter()
        .map(|path| (file_name(&path), fs::read(path).unwrap().into()))
        .collect()
}

fn cases() -> impl Iterator<Item = &'static Case> {
    papers()
        .iter()
        .filter(|case| case.path.parent().unwrap().ends_with("tests/markdown"))
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            ending.is_some_and(|ending| endings.contains(&ending))
        })
        .collect();
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// No-break spaces and line ends as spaces, no soft hyphens, runs of spaces as one, letters and their marks composed.
///
/// Blocks, rows and forced breaks end lines in the one text and not in the other, so a line's end counts as a space.
fn normalized(text: &str) -> String {
    let composed: String = text.nfc().filter(|c| *c != '\u{ad}').collect();
    composed
        .split(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_paper_says_what_its_markdown_says() {
    for case in papers() {
        case.assert_sound();
    }
}

#[test]
fn a_typesetter_would_sign_every_paper() {
    for case in papers() {
        case.assert_flawless();
    }
}

#[test]
fn every_paper_has_the_same_bytes_in_every_thread() {
    let cases = papers();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                // Another order, and words learned from other papers: nothing of them may reach the next.
                let mut setzer = Setzer::default();
                for case in cases.iter().rev() {
                    let (pdf, _) = case.set_by(&mut setzer);
                    assert!(pdf.as_deref() == Some(case.pdf()), "{}", case.name);
                }
            });
        }
    });
}

#[test]
fn the_cases_are_as_in_their_golden_files() {
    #[expect(clippy::disallowed_methods, reason = "a switch of this test alone")]
    let update = std::env::var("GOLDEN_UPDATE").is_ok();
    for case in cases() {
        let now = [
            ("seiten.txt", case.pages().dump()),
            ("tags.txt", case.inspection().tree),
        ];
        for (ending, text) in now {
            let path = case.path.with_extension(ending);
            if update {
                fs::write(&path, &text).unwrap();
            }
            let golden = fs::read_to_string(&path).unwrap_or_default();
            assert!(golden == text, "{}", difference(&path, &golden, &text));
        }
    }
}

fn difference(path: &Path, golden: &str, now: &str) -> String {
    let diff = similar::TextDiff::from_lines(golden, now);
    format!(
        "{}\n{}gewollt? GOLDEN_UPDATE=1 cargo test --test pdf",
        path.display(),
        diff.unified_diff().context_radius(1)
    )
}

/// Leaves the files for a validator; whether it accepts them is not this test's matter.
#[test]
fn papers_for_the_gate() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf");
    fs::create_dir_all(&folder).unwrap();
    for case in papers() {
        fs::write(folder.join(format!("{}.pdf", case.name)), case.pdf()).unwrap();
    }
}

/// What another program extracts, page by page in the order of drawing: heads and feet come after the text.
#[test]
fn pdftotext_reads_what_the_pages_say() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdftotext");
    fs::create_dir_all(&folder).unwrap();
    for case in papers() {
        let file = folder.join(format!("{}.pdf", case.name));
        fs::write(&file, case.pdf()).unwrap();
        let read = Command::new("pdftotext")
            .args(["-raw", "-enc", "UTF-8"])
            .arg(&file)
            .arg("-")
            .output();
        let Ok(output) = read else {
            announce_skip();
            return;
        };
        let read = String::from_utf8(output.stdout).unwrap();
        let read: Vec<&str> = read.split('\u{c}').collect();
        for (index, page) in case.pages().pages.iter().enumerate() {
            let (read, said) = (letters(read[index]), letters(&said(page)));
            assert!(
                read.contains(&said),
                "{} Seite {}\n{read}\nenthält nicht\n{said}",
                case.name,
                index + 1
            );
        }
    }
}

#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
fn announce_skip() {
    eprintln!("übersprungen: pdftotext ist hier nicht installiert");
}

/// The text that belongs to the structure, in the order of drawing.
fn said(page: &Page) -> String {
    let mut said = String::new();
    for mark in &page.marks {
        if let (Owner::Node(_), None) = (mark.owner, &mark.actual_text) {
            for item in &mark.items {
                if let Item::Text(run) = item {
                    said.push_str(&run.text);
                }
            }
        }
    }
    said
}

/// Spaces are the reading program's guess from the places of glyphs; hyphens at line ends are drawn and not said.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{ad}')
        .collect()
}

#[test]
fn a_file_of_the_operating_system_changes_no_byte() {
    // Names inside a file are those of the Markdown: with `/`, whatever the system writes.
    let case = cases().find(|case| case.name == "schaustueck").unwrap();
    let moved: BTreeMap<_, _> = case
        .pictures
        .iter()
        .map(|(name, bytes)| (format!("bilder/{name}"), bytes.clone()))
        .collect();
    let markdown = case
        .markdown
        .replace("](balken", "](bilder/balken")
        .replace("](foto", "](bilder/foto")
        .replace("logo: ", "logo: bilder/");
    let moved = Case {
        markdown,
        pictures: moved,
        ..Case::new("verschoben", "")
    };
    assert!(moved.pdf() == case.pdf());
}
