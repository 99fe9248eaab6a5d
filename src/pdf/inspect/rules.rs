//! What must hold between a file's structure, its content and its catalog.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::PageContent;
use super::structure::{Element, Part, decode, list};

/// Checks everything that can be checked without the pages in memory.
pub(super) fn check(
    document: &Document,
    pages: &[PageContent],
    root: Option<&Element>,
    defects: &mut Vec<String>,
) {
    catalog(document, defects);
    let Some(root) = root else { return };
    let owners = owners(root, pages, defects);
    order(root, pages, defects);
    parent_tree(document, pages, root, &owners, defects);
    annotations(document, pages, root, defects);
    let mut headings = 0;
    root.walk("", &mut |element, parent| {
        nesting(element, parent, defects);
        properties(element, defects);
        heading(element, &mut headings, defects);
    });
}

fn catalog(document: &Document, defects: &mut Vec<String>) {
    let empty = Dictionary::new();
    let catalog = document.catalog().unwrap_or(&empty);
    let text = |dictionary: &Dictionary, key: &[u8]| {
        let value = dictionary.get_deref(key, document).and_then(Object::as_str);
        value.map(decode).unwrap_or_default()
    };
    let flag = |dictionary: &[u8], key: &[u8]| {
        let dictionary = document.get_dict_in_dict(catalog, dictionary);
        dictionary
            .and_then(|dictionary| dictionary.get(key))
            .and_then(Object::as_bool)
            .unwrap_or_default()
    };
    let info = document
        .get_dict_in_dict(&document.trailer, b"Info")
        .unwrap_or(&empty);
    let xmp = catalog
        .get_deref(b"Metadata", document)
        .and_then(Object::as_stream);
    let xmp = xmp
        .map(|stream| String::from_utf8_lossy(&stream.content).into_owned())
        .unwrap_or_default();
    let marks = [
        ("<pdfaid:part>2<", "PDF/A-2"),
        ("<pdfaid:conformance>A<", "PDF/A-2a"),
        ("<pdfuaid:part>1<", "PDF/UA-1"),
    ];
    let mut demand = |holds: bool, text: &str| {
        if !holds {
            defects.push(text.to_owned());
        }
    };
    demand(
        !text(catalog, b"Lang").is_empty(),
        "Die Sprache der Datei fehlt",
    );
    demand(
        !text(info, b"Title").trim().is_empty(),
        "Der Titel fehlt in den Dateiangaben",
    );
    demand(
        xmp.contains("<dc:title>"),
        "Der Titel fehlt in den XMP-Angaben",
    );
    demand(
        flag(b"MarkInfo", b"Marked"),
        "Die Datei nennt sich nicht getaggt",
    );
    demand(
        flag(b"ViewerPreferences", b"DisplayDocTitle"),
        "Der Titel wird nicht angezeigt",
    );
    demand(catalog.has(b"OutputIntents"), "Das Farbprofil fehlt");
    for (mark, standard) in marks {
        demand(
            xmp.contains(mark),
            &format!("Die Datei nennt sich nicht {standard}"),
        );
    }
}

type Owners = BTreeMap<(usize, i64), ObjectId>;

/// Each content belongs to one element.
fn owners(root: &Element, pages: &[PageContent], defects: &mut Vec<String>) -> Owners {
    let mut owners = Owners::new();
    root.walk("", &mut |element, _| {
        for part in &element.parts {
            let Part::Mark { page, number } = part else {
                continue;
            };
            if owners.insert((*page, *number), element.id).is_some() {
                defects.push(format!(
                    "Seite {}: Inhalt {number} steht zweimal im Strukturbaum",
                    page + 1
                ));
            }
            if pages
                .get(*page)
                .is_none_or(|page| !page.marks.contains_key(number))
            {
                defects.push(format!("Seite {}: Inhalt {number} gibt es nicht", page + 1));
            }
        }
    });
    for (index, page) in pages.iter().enumerate() {
        for number in page
            .marks
            .keys()
            .filter(|number| !owners.contains_key(&(index, **number)))
        {
            defects.push(format!(
                "Seite {}: Inhalt {number} fehlt im Strukturbaum",
                index + 1
            ));
        }
    }
    owners
}

/// Content is drawn in reading order; notes, which stand at the foot, keep an order of their own.
fn order(root: &Element, pages: &[PageContent], defects: &mut Vec<String>) {
    let (mut text, mut notes) = (Vec::new(), Vec::new());
    places(root, pages, false, &mut text, &mut notes);
    for places in [text, notes] {
        for pair in places.windows(2) {
            let [one, next] = pair else { continue };
            if next < one {
                defects.push(format!(
                    "Seite {}: Lesereihenfolge und Inhalt widersprechen sich",
                    next.0 + 1
                ));
            }
        }
    }
}

type Place = (usize, usize);

fn places(
    element: &Element,
    pages: &[PageContent],
    in_note: bool,
    text: &mut Vec<Place>,
    notes: &mut Vec<Place>,
) {
    let in_note = in_note || element.role == "Note";
    for part in &element.parts {
        match part {
            Part::Element(child) => places(child, pages, in_note, text, notes),
            Part::Mark { page, number } => {
                let mark = pages
                    .get(*page)
                    .and_then(|content| content.marks.get(number));
                let target = if in_note { &mut *notes } else { &mut *text };
                target.extend(mark.map(|mark| (*page, mark.place)));
            }
            Part::Object(_) => {}
        }
    }
}

/// The way back from content to structure.
fn parent_tree(
    document: &Document,
    pages: &[PageContent],
    root: &Element,
    owners: &Owners,
    defects: &mut Vec<String>,
) {
    let tree = parents(document);
    if tree.is_empty() {
        defects.push("Der Weg vom Inhalt zur Struktur (ParentTree) fehlt".to_owned());
        return;
    }
    for (index, page) in pages.iter().enumerate() {
        let key = document
            .get_dictionary(page.id)
            .and_then(|page| page.get(b"StructParents"));
        let entry = key
            .and_then(Object::as_i64)
            .ok()
            .and_then(|key| tree.get(&key));
        let entry = entry
            .and_then(|entry| document.dereference(entry).ok())
            .map(|(_, entry)| entry);
        let Some(Object::Array(entries)) = entry else {
            defects.push(format!("Seite {}: kein Eintrag im ParentTree", index + 1));
            continue;
        };
        if entries.len() != page.marks.len() {
            defects.push(format!(
                "Seite {}: ParentTree und Inhalt sind verschieden lang",
                index + 1
            ));
        }
        for number in page.marks.keys() {
            let entry = usize::try_from(*number)
                .ok()
                .and_then(|number| entries.get(number));
            if entry.and_then(|entry| entry.as_reference().ok())
                != owners.get(&(index, *number)).copied()
            {
                defects.push(format!(
                    "Seite {}: ParentTree nennt für Inhalt {number} ein anderes Element",
                    index + 1
                ));
            }
        }
    }
    root.walk("", &mut |element, _| {
        for part in &element.parts {
            let Part::Object(object) = part else { continue };
            let key = document
                .get_dictionary(*object)
                .and_then(|object| object.get(b"StructParent"));
            let entry = key
                .and_then(Object::as_i64)
                .ok()
                .and_then(|key| tree.get(&key));
            if entry.and_then(|entry| entry.as_reference().ok()) != Some(element.id) {
                defects.push(format!(
                    "Verweis {} findet nicht zu seinem Element zurück",
                    object.0
                ));
            }
        }
    });
}

fn parents(document: &Document) -> BTreeMap<i64, &Object> {
    let tree = document
        .catalog()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"StructTreeRoot"))
        .and_then(|root| document.get_dict_in_dict(root, b"ParentTree"));
    let Ok(tree) = tree else {
        return BTreeMap::new();
    };
    let entries = list(tree, b"Nums", document);
    entries
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [key, value] => Some((key.as_i64().ok()?, *value)),
            _ => None,
        })
        .collect()
}

/// Each link is in the tree, and says where it leads.
fn annotations(
    document: &Document,
    pages: &[PageContent],
    root: &Element,
    defects: &mut Vec<String>,
) {
    let mut tagged = Vec::new();
    root.walk("", &mut |element, _| {
        let objects = element.parts.iter().filter_map(|part| match part {
            Part::Object(object) => Some(*object),
            _ => None,
        });
        let before = tagged.len();
        tagged.extend(objects);
        if element.role == "Link" && tagged.len() == before {
            defects.push(format!(
                "Link {} hat keine Verweisfläche (OBJR)",
                element.id.0
            ));
        }
    });
    for (index, page) in pages.iter().enumerate() {
        let Ok(dictionary) = document.get_dictionary(page.id) else {
            continue;
        };
        if dictionary.get(b"Tabs").and_then(Object::as_name).ok() != Some(b"S") {
            defects.push(format!(
                "Seite {}: die Tabulatortaste folgt nicht der Struktur",
                index + 1
            ));
        }
        for annotation in list(dictionary, b"Annots", document) {
            let Ok((Some(id), Object::Dictionary(annotation))) = document.dereference(annotation)
            else {
                continue;
            };
            if !tagged.contains(&id) {
                defects.push(format!(
                    "Seite {}: Verweis {} fehlt im Strukturbaum",
                    index + 1,
                    id.0
                ));
            }
            let contents = annotation
                .get(b"Contents")
                .and_then(Object::as_str)
                .unwrap_or_default();
            if decode(contents).trim().is_empty() {
                defects.push(format!(
                    "Seite {}: Verweis {} hat keine Beschreibung",
                    index + 1,
                    id.0
                ));
            }
        }
    }
}

/// Which elements may stand where.
fn nesting(element: &Element, parent: &str, defects: &mut Vec<String>) {
    let allowed: &[&str] = match element.role.as_str() {
        "LI" => &["L"],
        "LBody" => &["LI"],
        "Lbl" => &["LI", "Note", "P", "Reference"],
        "THead" | "TBody" => &["Table"],
        "TR" => &["Table", "THead", "TBody"],
        "TH" | "TD" => &["TR"],
        "Document" => &[""],
        _ => return,
    };
    if !allowed.contains(&parent) {
        defects.push(format!(
            "{} {} steht in {parent}",
            element.role, element.id.0
        ));
    }
}

/// What elements must have.
fn properties(element: &Element, defects: &mut Vec<String>) {
    let required: &[&str] = match element.role.as_str() {
        "TH" => &["Scope"],
        "Figure" => &["Alt", "BBox"],
        "Note" => &["ID"],
        "L" => &["ListNumbering"],
        _ => &[],
    };
    for name in required {
        if element
            .property(name)
            .is_none_or(|value| value.trim().is_empty())
        {
            defects.push(format!("{} {} hat kein {name}", element.role, element.id.0));
        }
    }
    if element.parts.is_empty() && !matches!(element.role.as_str(), "TD" | "TH" | "Document") {
        defects.push(format!("{} {} ist leer", element.role, element.id.0));
    }
}

/// Headings begin at 1 and skip no level.
fn heading(element: &Element, last: &mut u32, defects: &mut Vec<String>) {
    let level = element
        .role
        .strip_prefix('H')
        .and_then(|level| level.parse::<u32>().ok());
    if let Some(level) = level {
        if level > *last + 1 {
            defects.push(format!(
                "{} {} überspringt eine Ebene",
                element.role, element.id.0
            ));
        }
        *last = level;
    }
}
