//! Links: what stands under them, where they lead, and whether they say so.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::{PageContent, page_index, thousandths};
use super::structure::{Element, Part, decode, list};
use super::text;

/// Each link is in the tree, lies on its text, leads somewhere, and says where.
pub(super) fn check(
    document: &Document,
    pages: &[PageContent],
    root: &Element,
    defects: &mut Vec<String>,
) {
    let mut tagged = Vec::new();
    root.walk("", &mut |element, _| {
        let before = tagged.len();
        for part in &element.parts {
            if let Part::Object { object, page } = part {
                tagged.push(*object);
                annotation(document, pages, element, (*object, *page), defects);
            }
        }
        if element.role == "Link" {
            if tagged.len() == before {
                defects.push(format!(
                    "Link {} hat keine Verweisfläche (OBJR)",
                    element.id.0
                ));
            }
            if text::plain(&text::of_element(element, pages)).is_empty() {
                defects.push(format!("Link {} hat keinen Text", element.id.0));
            }
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
            if let Ok(id) = annotation.as_reference()
                && !tagged.contains(&id)
            {
                defects.push(format!(
                    "Seite {}: Verweis {} fehlt im Strukturbaum",
                    index + 1,
                    id.0
                ));
            }
        }
    }
}

fn annotation(
    document: &Document,
    pages: &[PageContent],
    link: &Element,
    (id, said): (ObjectId, Option<ObjectId>),
    defects: &mut Vec<String>,
) {
    let mut defect = |text: &str| defects.push(format!("Verweis {} {text}", id.0));
    let Ok(dictionary) = document.get_dictionary(id) else {
        defect("gibt es nicht");
        return;
    };
    let on = pages.iter().position(|page| {
        document.get_dictionary(page.id).is_ok_and(|page| {
            list(page, b"Annots", document)
                .iter()
                .any(|annotation| annotation.as_reference().ok() == Some(id))
        })
    });
    let Some(on) = on else {
        defect("steht auf keiner Seite");
        return;
    };
    if said.and_then(|said| page_index(pages, said)) != Some(on) {
        defect("steht auf einer anderen Seite als der Strukturbaum sagt");
    }
    let area: Vec<i64> = list(dictionary, b"Rect", document)
        .into_iter()
        .map(|number| thousandths(Some(number)))
        .collect();
    match (area[..].first_chunk::<4>(), pages.get(on)) {
        (Some(area), Some(page)) if page.holds(*area) => {
            if !lies_on_text(link, pages, on, *area) {
                defect("liegt nicht auf seinem Text");
            }
        }
        _ => defect("hat keine Fläche auf der Seite"),
    }
    let contents = dictionary
        .get(b"Contents")
        .and_then(Object::as_str)
        .unwrap_or_default();
    let contents = decode(contents);
    if contents.trim().is_empty() {
        defect("hat keine Beschreibung");
    }
    match target(document, dictionary) {
        Some(Target::Page(page)) if page_index(pages, page).is_none() => {
            defect("führt auf keine Seite");
        }
        Some(Target::Uri(uri)) if uri.trim().is_empty() => defect("führt nirgendwohin"),
        None => defect("führt nirgendwohin"),
        Some(_) => {}
    }
}

/// Whether a piece of the link's text begins within the area.
///
/// What the link shares a run with begins elsewhere; then the area need only lie on a line of the link's text.
fn lies_on_text(link: &Element, pages: &[PageContent], page: usize, area: [i64; 4]) -> bool {
    let [_, bottom, right, top] = area;
    let mut found = false;
    link.walk("", &mut |element, _| {
        for part in &element.parts {
            if let Part::Mark { page: on, number } = part
                && *on == page
                && let Some(mark) = pages.get(page).and_then(|page| page.marks.get(number))
            {
                found |= mark
                    .origins
                    .iter()
                    .any(|(x, y)| *x <= right && (bottom..=top).contains(y));
            }
        }
    });
    found
}

enum Target {
    Page(ObjectId),
    Uri(String),
}

fn target(document: &Document, annotation: &Dictionary) -> Option<Target> {
    if let Ok(action) = document.get_dict_in_dict(annotation, b"A") {
        let uri = action.get(b"URI").and_then(Object::as_str).ok()?;
        return Some(Target::Uri(decode(uri)));
    }
    let page = list(annotation, b"Dest", document).first()?.as_reference();
    page.ok().map(Target::Page)
}
