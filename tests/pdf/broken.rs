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

/// The first annotation of a file.
fn annotation(document: &mut Document) -> &mut Dictionary {
    let mut annotations = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_dict_mut().ok());
    annotations
        .find(|dictionary| dictionary.has(b"Rect"))
        .unwrap()
}

fn attributes<'a>(document: &'a mut Document, role: &[u8], index: usize) -> &'a mut Dictionary {
    let attributes = elements(document, role).swap_remove(index).get_mut(b"A");
    attributes.unwrap().as_dict_mut().unwrap()
}

fn kids(element: &mut Dictionary) -> &mut Vec<Object> {
    element.get_mut(b"K").unwrap().as_array_mut().unwrap()
}

#[test]
fn a_second_root() {
    let inspection = broken(|document| {
        let root = structure_root(document);
        let first = root.get(b"K").unwrap().clone();
        root.set("K", vec![first.clone(), first]);
    });
    assert_seen(&inspection, "mehr als eine Wurzel");
}

#[test]
fn a_root_that_is_no_document() {
    let inspection = broken(|document| element(document, b"Document").set("S", "Code"));
    assert_seen(&inspection, "kein Dokument");
}

#[test]
fn a_kind_of_element_that_nobody_knows() {
    let inspection = broken(|document| element(document, b"Code").set("S", "Quelltext"));
    assert_seen(&inspection, "Vorleseprogramme");
}

#[test]
fn a_parent_that_is_another() {
    let inspection = broken(|document| {
        let elsewhere = element(document, b"TR").get(b"P").unwrap().clone();
        element(document, b"H2").set("P", elsewhere);
    });
    assert_seen(&inspection, "falsches Elternteil");
}

#[test]
fn text_that_is_read_as_something_else() {
    for key in ["ActualText", "Alt", "E"] {
        let inspection =
            broken(|document| element(document, b"H1").set(key, Object::string_literal("anders")));
        assert_seen(&inspection, "anders vorgelesen");
    }
}

#[test]
fn a_language_that_is_none() {
    let inspection = broken(|document| {
        let span = elements(document, b"Span")
            .into_iter()
            .find(|span| span.has(b"Lang"));
        span.unwrap()
            .set("Lang", Object::string_literal("englisch bitte"));
    });
    assert_seen(&inspection, "nennt keine Sprache");
    let whole = broken(|document| {
        let catalog = document.catalog_mut().unwrap();
        catalog.set("Lang", Object::string_literal("-"));
    });
    assert_seen(&whole, "Die Sprache der Datei fehlt");
}

#[test]
fn two_notes_of_one_name() {
    let inspection = broken(|document| {
        for note in elements(document, b"Note") {
            note.set("ID", Object::string_literal("note-00001"));
        }
    });
    assert_seen(&inspection, "zweimal vergeben");
    assert_seen(&inspection, "IDTree");
}

#[test]
fn a_figure_beside_its_page() {
    let inspection = broken(|document| {
        let area: Vec<Object> = [900, 100, 950, 120].into_iter().map(Object::from).collect();
        attributes(document, b"Figure", 0).set("BBox", area);
    });
    assert_seen(&inspection, "liegt nicht auf der Seite");
}

#[test]
fn a_row_that_lacks_a_cell() {
    let inspection = broken(|document| {
        kids(element(document, b"TR")).pop();
    });
    assert_seen(&inspection, "verschiedener Länge");
}

#[test]
fn a_row_heading_that_heads_a_column() {
    let inspection = broken(|document| {
        let headings = elements(document, b"TH").len();
        for index in 0..headings {
            attributes(document, b"TH", index).set("Scope", "Column");
        }
    });
    assert_seen(&inspection, "falschen Richtung");
}

#[test]
fn a_head_below_its_rows() {
    let inspection = broken(|document| kids(element(document, b"Table")).reverse());
    assert_seen(&inspection, "nicht in dieser Reihenfolge");
}

#[test]
fn data_in_the_head_of_a_table() {
    let inspection = broken(|document| element(document, b"TH").set("S", "TD"));
    assert_seen(&inspection, "im Tabellenkopf");
}

#[test]
fn an_item_without_a_body() {
    let inspection = broken(|document| element(document, b"LBody").set("S", "Lbl"));
    assert_seen(&inspection, "hat keinen Inhalt (LBody)");
}

#[test]
fn a_list_that_holds_a_paragraph() {
    let inspection = broken(|document| element(document, b"LI").set("S", "P"));
    assert_seen(&inspection, "enthält P");
}

#[test]
fn a_list_that_counts_otherwise_than_it_claims() {
    let inspection =
        broken(|document| attributes(document, b"L", 0).set("ListNumbering", "Decimal"));
    assert_seen(&inspection, "zählt mit");
}

#[test]
fn a_link_that_leads_nowhere() {
    let inspection = broken(|document| {
        let annotation = annotation(document);
        annotation.remove(b"A");
        annotation.remove(b"Dest");
    });
    assert_seen(&inspection, "führt nirgendwohin");
}

#[test]
fn a_link_to_a_page_that_is_not_there() {
    let inspection = broken(|document| {
        let annotation = annotation(document);
        annotation.remove(b"A");
        annotation.set("Dest", vec![Object::Reference((9_999, 0)), "Fit".into()]);
    });
    assert_seen(&inspection, "führt auf keine Seite");
}

#[test]
fn a_link_that_lies_elsewhere() {
    for (area, expected) in [
        ([0, 0, 9, 9], "liegt nicht auf seinem Text"),
        ([9, 9, 9, 9], "hat keine Fläche"),
        ([-99, 700, -9, 710], "hat keine Fläche"),
    ] {
        let inspection = broken(|document| {
            let area: Vec<Object> = area.into_iter().map(Object::from).collect();
            annotation(document).set("Rect", area);
        });
        assert_seen(&inspection, expected);
    }
}

#[test]
fn a_link_said_to_be_on_another_page() {
    let inspection = broken(|document| {
        let other = document.get_pages()[&2];
        let link = element(document, b"Link");
        let area = kids(link).iter_mut().find_map(|kid| kid.as_dict_mut().ok());
        area.unwrap().set("Pg", Object::Reference(other));
    });
    assert_seen(&inspection, "auf einer anderen Seite");
}

#[test]
fn a_link_without_text() {
    let inspection = broken(|document| {
        kids(element(document, b"Link")).retain(|kid| kid.as_dict().is_ok());
    });
    assert_seen(&inspection, "hat keinen Text");
}

#[test]
fn keys_in_disorder() {
    let inspection = broken(|document| {
        structure_root(document).set("ParentTreeNextKey", 0);
    });
    assert_seen(&inspection, "nicht geordnet");
}

#[test]
fn a_key_that_leads_from_nothing() {
    let inspection = broken(|document| {
        let tree = structure_root(document).get(b"ParentTree").unwrap();
        let tree = tree.as_reference().unwrap();
        structure_root(document).set("ParentTreeNextKey", 100);
        let tree = document.get_dictionary_mut(tree).unwrap();
        let entries = tree.get_mut(b"Nums").unwrap().as_array_mut().unwrap();
        let any = entries[1].clone();
        entries.extend([Object::Integer(99), any]);
    });
    assert_seen(&inspection, "zu denen es nichts gibt");
}

/// Puts operators before the first line of text.
fn before_text(document: &mut Document, operator: &str, operands: Vec<Object>) {
    content(document, |content| {
        let show = content
            .operations
            .iter()
            .position(|one| one.operator == "TJ");
        let operation = lopdf::content::Operation::new(operator, operands);
        content.operations.insert(show.unwrap(), operation);
    });
}

#[test]
fn text_that_nobody_sees() {
    let inspection = broken(|document| before_text(document, "Tr", vec![3.into()]));
    assert_seen(&inspection, "unsichtbar");
}

#[test]
fn text_beside_the_page() {
    let inspection = broken(|document| before_text(document, "Td", vec![9_000.into(), 0.into()]));
    assert_seen(&inspection, "außerhalb der Seite");
}

#[test]
fn an_artifact_with_a_number() {
    let inspection = broken(|document| {
        content(document, |content| {
            let begin = |one: &&mut lopdf::content::Operation| one.operator == "BDC";
            let begin = content.operations.iter_mut().find(begin).unwrap();
            begin.operands[0] = "Artifact".into();
        });
    });
    assert_seen(&inspection, "Beiwerk gehört zugleich");
    assert_ne!(inspection.text, text_of(&sample::everything()));
}

#[test]
fn a_turned_page() {
    let inspection = broken(|document| {
        let page = first_page(document);
        document.get_dictionary_mut(page).unwrap().set("Rotate", 90);
    });
    assert_seen(&inspection, "Seite ist gedreht");
}

#[test]
fn another_title_in_the_other_place() {
    let inspection = broken(|document| {
        let info = document.trailer.get(b"Info").unwrap().as_reference();
        let info = document.get_dictionary_mut(info.unwrap()).unwrap();
        info.set("Title", Object::string_literal("Ohne Titel"));
    });
    assert_seen(&inspection, "sind verschieden");
}

#[test]
fn a_structure_that_the_file_doubts() {
    let inspection = broken(|document| {
        let catalog = document.catalog_mut().unwrap();
        let mark = catalog.get_mut(b"MarkInfo").unwrap().as_dict_mut().unwrap();
        mark.set("Suspects", true);
    });
    assert_seen(&inspection, "zweifelhaft");
}

fn bookmarks(document: &mut Document) -> Vec<&mut Dictionary> {
    let dictionaries = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_dict_mut().ok());
    dictionaries
        .filter(|dictionary| dictionary.has(b"Title") && dictionary.has(b"Dest"))
        .collect()
}

#[test]
fn a_heading_without_its_bookmark() {
    let gone = broken(|document| {
        document.catalog_mut().unwrap().remove(b"Outlines");
    });
    assert_seen(&gone, "hat kein Lesezeichen");
    let renamed = broken(|document| {
        bookmarks(document)[1].set("Title", Object::string_literal("Etwas anderes"));
    });
    assert_seen(&renamed, "hat kein Lesezeichen");
}

#[test]
fn a_bookmark_to_another_page() {
    let inspection = broken(|document| {
        let other = document.get_pages()[&2];
        let bookmark = bookmarks(document).swap_remove(0);
        let target = bookmark.get_mut(b"Dest").unwrap().as_array_mut().unwrap();
        target[0] = Object::Reference(other);
    });
    assert_seen(&inspection, "auf eine andere Seite");
}

#[test]
fn a_broken_chain_of_bookmarks() {
    let inspection = broken(|document| {
        for bookmark in bookmarks(document) {
            bookmark.remove(b"Next");
        }
    });
    assert_seen(&inspection, "Kette der Lesezeichen");
}
