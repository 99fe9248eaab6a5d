//! Files that are broken on purpose, each in one way: the inspection must see it.

use std::sync::LazyLock;

use drucksache::layout::page::{FaceId, Item, Kid, Role};
use drucksache::pdf;
use drucksache::pdf::inspect::{Inspection, inspect, text_of};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::{metadata, sample};

/// Writes the sample, changes its objects, and inspects the result.
fn broken(change: impl FnOnce(&mut Document)) -> Inspection {
    static GOOD: LazyLock<Vec<u8>> =
        LazyLock::new(|| pdf::write(&sample::everything(), &metadata()).unwrap());
    let mut document = Document::load_mem(&GOOD).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    inspect(&bytes).unwrap()
}

fn assert_seen(inspection: &Inspection, expected: &str) {
    let seen = inspection
        .defects
        .iter()
        .any(|defect| defect.contains(expected));
    assert!(seen, "„{expected}“ fehlt in {:#?}", inspection.defects);
}

/// The first structure element of a type.
fn element<'a>(document: &'a mut Document, role: &[u8]) -> &'a mut Dictionary {
    elements(document, role).swap_remove(0)
}

fn elements<'a>(document: &'a mut Document, role: &[u8]) -> Vec<&'a mut Dictionary> {
    let is = |dictionary: &Dictionary| {
        dictionary.has(b"P") && dictionary.get(b"S").and_then(Object::as_name).ok() == Some(role)
    };
    let dictionaries = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_dict_mut().ok());
    dictionaries.filter(|dictionary| is(dictionary)).collect()
}

fn structure_root(document: &mut Document) -> &mut Dictionary {
    let root = document
        .catalog()
        .unwrap()
        .get(b"StructTreeRoot")
        .unwrap()
        .as_reference()
        .unwrap();
    document.get_dictionary_mut(root).unwrap()
}

fn first_page(document: &Document) -> ObjectId {
    document.get_pages()[&1]
}

/// Changes the operators of the first page.
fn content(document: &mut Document, change: impl FnOnce(&mut Content)) {
    let page = first_page(document);
    let mut content = Content::decode(&document.get_page_content(page)).unwrap();
    change(&mut content);
    document
        .change_page_content(page, content.encode().unwrap())
        .unwrap();
}

#[test]
fn saving_through_another_library_breaks_nothing() {
    assert_eq!(broken(|_| {}).defects, Vec::<String>::new());
}

#[test]
fn a_missing_parent_tree() {
    let inspection = broken(|document| {
        structure_root(document).remove(b"ParentTree");
    });
    assert_seen(&inspection, "ParentTree) fehlt");
}

#[test]
fn a_missing_structure() {
    let inspection = broken(|document| {
        document.catalog_mut().unwrap().remove(b"StructTreeRoot");
    });
    assert_seen(&inspection, "Der Strukturbaum fehlt");
}

#[test]
fn a_missing_language() {
    let inspection = broken(|document| {
        document.catalog_mut().unwrap().remove(b"Lang");
    });
    assert_seen(&inspection, "Die Sprache der Datei fehlt");
}

#[test]
fn a_missing_title() {
    let inspection = broken(|document| {
        let info = document
            .trailer
            .get(b"Info")
            .unwrap()
            .as_reference()
            .unwrap();
        document.get_dictionary_mut(info).unwrap().remove(b"Title");
    });
    assert_seen(&inspection, "Der Titel fehlt");
}

#[test]
fn a_missing_scope() {
    let inspection = broken(|document| {
        element(document, b"TH").remove(b"A");
    });
    assert_seen(&inspection, "hat kein Scope");
}

#[test]
fn a_missing_alternative_text() {
    let inspection = broken(|document| {
        element(document, b"Figure").remove(b"Alt");
    });
    assert_seen(&inspection, "hat kein Alt");
}

#[test]
fn a_missing_link_area() {
    let inspection = broken(|document| {
        let link = element(document, b"Link");
        let kids = link.get_mut(b"K").unwrap().as_array_mut().unwrap();
        kids.retain(|kid| kid.as_dict().is_err());
    });
    assert_seen(&inspection, "keine Verweisfläche");
    assert_seen(&inspection, "fehlt im Strukturbaum");
}

#[test]
fn a_link_without_description() {
    let inspection = broken(|document| {
        let annotations = document
            .objects
            .values_mut()
            .filter_map(|object| object.as_dict_mut().ok());
        for annotation in annotations {
            annotation.remove(b"Contents");
        }
    });
    assert_seen(&inspection, "keine Beschreibung");
}

#[test]
fn swapped_numbers_in_the_structure() {
    let inspection = broken(|document| {
        let mut headings = elements(document, b"H2");
        let first = headings[0].get(b"K").unwrap().clone();
        let second = headings[1].get(b"K").unwrap().clone();
        headings[0].set("K", second);
        headings[1].set("K", first);
    });
    assert_seen(&inspection, "Lesereihenfolge");
    assert_seen(&inspection, "ein anderes Element");
}

#[test]
fn swapped_numbers_in_the_content() {
    let inspection = broken(|document| {
        content(document, |content| {
            let mut numbers: Vec<&mut Object> = content
                .operations
                .iter_mut()
                .filter_map(|operation| {
                    operation
                        .operands
                        .get_mut(1)?
                        .as_dict_mut()
                        .ok()?
                        .get_mut(b"MCID")
                        .ok()
                })
                .collect();
            *numbers[0] = Object::Integer(1);
            *numbers[1] = Object::Integer(0);
        });
    });
    assert_seen(&inspection, "Lesereihenfolge");
    assert_ne!(inspection.text, text_of(&sample::everything()));
}

#[test]
fn an_entry_missing_in_the_parent_tree() {
    let inspection = broken(|document| {
        let first_heading = elements(document, b"H1").len();
        assert!(first_heading > 0);
        let lists = document
            .objects
            .values_mut()
            .filter_map(|object| object.as_array_mut().ok());
        let longest = lists.max_by_key(|list| list.len()).unwrap();
        longest.pop();
    });
    assert_seen(&inspection, "verschieden lang");
}

#[test]
fn a_paragraph_twice() {
    let inspection = broken(|document| {
        let kids = element(document, b"Document")
            .get_mut(b"K")
            .unwrap()
            .as_array_mut()
            .unwrap();
        kids.push(kids[2].clone());
    });
    assert_seen(&inspection, "steht mehrfach");
}

#[test]
fn content_twice_in_one_element() {
    let inspection = broken(|document| {
        let kids = element(document, b"H1")
            .get_mut(b"K")
            .unwrap()
            .as_array_mut()
            .unwrap();
        kids.push(kids[0].clone());
    });
    assert_seen(&inspection, "zweimal im Strukturbaum");
}

#[test]
fn content_that_no_element_claims() {
    let inspection = broken(|document| {
        element(document, b"Code").remove(b"K");
    });
    assert_seen(&inspection, "fehlt im Strukturbaum");
    assert_seen(&inspection, "ist leer");
}

#[test]
fn text_outside_of_all_marked_content() {
    let inspection = broken(|document| {
        content(document, |content| {
            let ends = |operation: &lopdf::content::Operation| operation.operator == "EMC";
            let begin = content
                .operations
                .iter()
                .position(|operation| operation.operator == "BDC")
                .unwrap();
            let end = content.operations.iter().position(ends).unwrap();
            content.operations.remove(end);
            content.operations.remove(begin);
        });
    });
    assert_seen(&inspection, "weder zu einem Tag noch zum Beiwerk");
}

#[test]
fn a_missing_table_from_glyphs_to_text() {
    let inspection = broken(|document| {
        let fonts = document
            .objects
            .values_mut()
            .filter_map(|object| object.as_dict_mut().ok());
        for font in fonts {
            font.remove(b"ToUnicode");
        }
    });
    assert_seen(&inspection, "ToUnicode");
}

#[test]
fn a_skipped_heading_level() {
    let inspection = broken(|document| element(document, b"H2").set("S", "H4"));
    assert_seen(&inspection, "überspringt eine Ebene");
}

#[test]
fn a_cell_outside_of_a_row() {
    let inspection = broken(|document| element(document, b"TR").set("S", "P"));
    assert_seen(&inspection, "steht in P");
}

#[test]
fn a_dropped_comma() {
    let pages = sample::everything();
    let mut damaged = pages.clone();
    let run = damaged.pages[0]
        .marks
        .iter_mut()
        .flat_map(|mark| &mut mark.items)
        .find_map(|item| match item {
            Item::Text(run) if run.text.contains("Kosten,") => Some(run),
            _ => None,
        })
        .unwrap();
    let comma = run.text.find(',').unwrap() as u32;
    run.glyphs.retain(|glyph| glyph.text.start != comma);
    let inspection = inspect(&pdf::write(&damaged, &metadata()).unwrap()).unwrap();
    assert_ne!(inspection.text, text_of(&pages));
}

#[test]
fn a_figure_without_alternative_text_in_the_pages() {
    let mut sheet = sample::Sheet::new();
    let figure = sheet.node(0, Role::Figure(drucksache::layout::page::Rect::default()));
    sheet.line(figure, FaceId::Sans, 0, "kein Bild");
    assert!(matches!(sheet.pages.tree[figure].kids[0], Kid::Mark { .. }));
    let inspection = inspect(&pdf::write(&sheet.pages, &metadata()).unwrap()).unwrap();
    assert_seen(&inspection, "hat kein Alt");
}

/// How far a reader's pen gets with the first run, in 1/1000 pt, by the widths in the file.
pub(crate) fn pen_after_first_run(bytes: &[u8]) -> i64 {
    let document = Document::load_mem(bytes).unwrap();
    let page = first_page(&document);
    let fonts = document.get_page_fonts(page).unwrap();
    let font = fonts.values().next().unwrap();
    let descendants = font
        .get_deref(b"DescendantFonts", &document)
        .unwrap()
        .as_array()
        .unwrap();
    let descendant = document
        .dereference(&descendants[0])
        .unwrap()
        .1
        .as_dict()
        .unwrap();
    let widths = descendant
        .get_deref(b"W", &document)
        .unwrap()
        .as_array()
        .unwrap()[1]
        .as_array()
        .unwrap();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let show = content
        .operations
        .iter()
        .find(|operation| operation.operator == "TJ")
        .unwrap();
    let size = 11;
    let mut pen = 0;
    for item in show.operands[0].as_array().unwrap() {
        match item {
            Object::String(codes, _) => {
                for code in codes.chunks(2) {
                    pen += size
                        * widths[usize::from(code[0]) << 8 | usize::from(code[1])]
                            .as_i64()
                            .unwrap();
                }
            }
            number => pen -= size * number.as_i64().unwrap(),
        }
    }
    pen
}
