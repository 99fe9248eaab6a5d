//! What must hold between a file's structure, its content and its catalog.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId};

use super::content::PageContent;
use super::structure::{Element, Part, list};
use super::{claims, links, outline, tables};

/// Checks everything that can be checked without the pages in memory.
pub(super) fn check(
    document: &Document,
    pages: &[PageContent],
    root: Option<&Element>,
    defects: &mut Vec<String>,
) {
    claims::check(document, defects);
    let Some(root) = root else { return };
    let owners = owners(root, pages, defects);
    order(root, pages, defects);
    parent_tree(document, pages, root, &owners, defects);
    links::check(document, pages, root, defects);
    outline::check(document, pages, root, defects);
    identifiers(document, root, defects);
    let mut headings = 0;
    root.walk("", &mut |element, parent| {
        nesting(element, parent, defects);
        tables::check(element, pages, defects);
        substitutes(element, defects);
        properties(element, defects);
        heading(element, &mut headings, defects);
    });
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
            Part::Object { .. } => {}
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
    let (tree, orderly) = parents(document);
    if !orderly {
        defects.push("Die Schlüssel des ParentTree sind nicht geordnet".to_owned());
    }
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
    let mut known = pages.len();
    root.walk("", &mut |element, _| {
        for part in &element.parts {
            let Part::Object { object, .. } = part else {
                continue;
            };
            known += 1;
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
    if tree.len() > known {
        defects.push("Der ParentTree hat Einträge, zu denen es nichts gibt".to_owned());
    }
}

/// The entries by their keys, and whether the keys ascend and stay below the next free one.
fn parents(document: &Document) -> (BTreeMap<i64, &Object>, bool) {
    let root = document
        .catalog()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"StructTreeRoot"));
    let Ok(root) = root else {
        return (BTreeMap::new(), true);
    };
    let Ok(tree) = document.get_dict_in_dict(root, b"ParentTree") else {
        return (BTreeMap::new(), true);
    };
    let entries: Vec<(i64, &Object)> = list(tree, b"Nums", document)
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [key, value] => Some((key.as_i64().ok()?, *value)),
            _ => None,
        })
        .collect();
    let next = root.get(b"ParentTreeNextKey").and_then(Object::as_i64);
    let ascending = entries.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let below = entries
        .last()
        .is_none_or(|(last, _)| next.is_ok_and(|next| *last < next));
    (entries.into_iter().collect(), ascending && below)
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
        role if STANDARD.contains(&role) => return,
        role => {
            defects.push(format!(
                "{role} {} ist keine Art von Strukturelement, die Vorleseprogramme kennen",
                element.id.0
            ));
            return;
        }
    };
    if !allowed.contains(&parent) {
        defects.push(format!(
            "{} {} steht in {parent}",
            element.role, element.id.0
        ));
    }
}

/// The kinds of elements that may stand anywhere.
const STANDARD: [&str; 18] = [
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "P",
    "L",
    "Table",
    "Caption",
    "Link",
    "Note",
    "Reference",
    "Figure",
    "BlockQuote",
    "Code",
    "Span",
    "Formula",
];

/// Texts in the place of other text: pictures have them, and what is inserted or deleted; elsewhere they would hide
/// what is written. Languages are well formed.
fn substitutes(element: &Element, defects: &mut Vec<String>) {
    let (role, id) = (element.role.as_str(), element.id.0);
    for name in ["Alt", "ActualText", "E"] {
        let allowed = role == "Figure" || role == "Span" && name == "Alt";
        if element.property(name).is_some() && !allowed {
            defects.push(format!("{role} {id} wird anders vorgelesen ({name})"));
        }
    }
    if element
        .property("Lang")
        .is_some_and(|language| !claims::is_language(language))
    {
        defects.push(format!("{role} {id} nennt keine Sprache (Lang)"));
    }
}

/// Each note has a name of its own, by which it is found.
fn identifiers(document: &Document, root: &Element, defects: &mut Vec<String>) {
    let tree = document
        .catalog()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"StructTreeRoot"))
        .and_then(|root| document.get_dict_in_dict(root, b"IDTree"));
    let entries = tree
        .map(|tree| list(tree, b"Names", document))
        .unwrap_or_default();
    let entries: BTreeMap<String, ObjectId> = entries
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [name, element] => Some((
                super::structure::decode(name.as_str().ok()?),
                element.as_reference().ok()?,
            )),
            _ => None,
        })
        .collect();
    let mut seen = BTreeSet::new();
    root.walk("", &mut |element, _| {
        if let Some(name) = element.property("ID") {
            if !seen.insert(name) {
                defects.push(format!("Der Name {name} (ID) ist zweimal vergeben"));
            }
            if entries.get(name) != Some(&element.id) {
                defects.push(format!(
                    "Der Name {name} führt nicht zu seinem Element (IDTree)"
                ));
            }
        }
    });
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
