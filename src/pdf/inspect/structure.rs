//! The structure tree as the file holds it.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::{PageContent, page_index, thousandths};

/// Deeper structures are cut off with a defect.
pub(super) const MAX_DEPTH: usize = 400;

/// A structure element.
pub(super) struct Element {
    pub(super) id: ObjectId,
    /// Its type, e.g. `P`.
    pub(super) role: String,
    pub(super) parts: Vec<Part>,
    /// Language, alternative text, scope and the like, by name.
    pub(super) properties: Vec<(&'static str, String)>,
}

/// What an element holds.
pub(super) enum Part {
    Element(Element),
    /// Marked content of a page.
    Mark {
        page: usize,
        number: i64,
    },
    /// An annotation, and the page that it is said to be on.
    Object {
        object: ObjectId,
        page: Option<ObjectId>,
    },
}

impl Element {
    /// A property's value.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        let property = self.properties.iter().find(|(key, _)| *key == name)?;
        Some(property.1.as_str())
    }

    /// Its child elements.
    pub(super) fn children(&self) -> impl Iterator<Item = &Element> {
        self.parts.iter().filter_map(|part| match part {
            Part::Element(child) => Some(child),
            _ => None,
        })
    }

    /// Calls `visit` for it and everything below it, with the parent's role, in reading order.
    pub(super) fn walk<'a>(
        &'a self,
        parent: &'a str,
        visit: &mut impl FnMut(&'a Element, &'a str),
    ) {
        visit(self, parent);
        for child in self.children() {
            child.walk(&self.role, visit);
        }
    }
}

/// Reads the tree; a file without one has that as its defect.
pub(super) fn read(
    document: &Document,
    pages: &[PageContent],
    defects: &mut Vec<String>,
) -> Option<Element> {
    let root = document
        .catalog()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"StructTreeRoot"));
    let Ok(root) = root else {
        defects.push("Der Strukturbaum fehlt".to_owned());
        return None;
    };
    let mut reader = Reader {
        document,
        pages,
        defects,
        seen: BTreeSet::new(),
    };
    let first = list(root, b"K", document)
        .first()
        .and_then(|kid| kid.as_reference().ok());
    if list(root, b"K", document).len() > 1 {
        reader
            .defects
            .push("Der Strukturbaum hat mehr als eine Wurzel".to_owned());
    }
    match first {
        Some(id) => {
            let top = reader.element(id, None, 0);
            if top.as_ref().is_some_and(|top| top.role != "Document") {
                reader
                    .defects
                    .push("Die Wurzel des Strukturbaums ist kein Dokument".to_owned());
            }
            top
        }
        None => {
            reader.defects.push("Der Strukturbaum ist leer".to_owned());
            None
        }
    }
}

struct Reader<'a> {
    document: &'a Document,
    pages: &'a [PageContent],
    defects: &'a mut Vec<String>,
    seen: BTreeSet<ObjectId>,
}

impl Reader<'_> {
    fn element(&mut self, id: ObjectId, parent: Option<ObjectId>, depth: usize) -> Option<Element> {
        if depth > MAX_DEPTH || !self.seen.insert(id) {
            self.defects.push(format!(
                "Strukturelement {} steht mehrfach oder zu tief im Baum",
                id.0
            ));
            return None;
        }
        let document = self.document;
        let Ok(dictionary) = document.get_dictionary(id) else {
            self.defects.push(format!("Strukturelement {} fehlt", id.0));
            return None;
        };
        if let Some(parent) = parent
            && dictionary.get(b"P").and_then(Object::as_reference).ok() != Some(parent)
        {
            self.defects.push(format!(
                "Strukturelement {} nennt ein falsches Elternteil",
                id.0
            ));
        }
        let role = name(dictionary, b"S").unwrap_or_else(|| "?".to_owned());
        let page = dictionary.get(b"Pg").and_then(Object::as_reference).ok();
        let mut parts = Vec::new();
        for kid in list(dictionary, b"K", document) {
            parts.extend(self.part(kid, id, page, depth));
        }
        Some(Element {
            id,
            role,
            parts,
            properties: properties(dictionary, document),
        })
    }

    fn part(
        &mut self,
        kid: &Object,
        parent: ObjectId,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Option<Part> {
        match kid {
            Object::Reference(child) => self
                .element(*child, Some(parent), depth + 1)
                .map(Part::Element),
            Object::Integer(number) => self.mark(page, *number),
            Object::Dictionary(kid) => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                match (kid.get(b"MCID"), kid.get(b"Obj")) {
                    (Ok(number), _) => self.mark(page, number.as_i64().ok()?),
                    (_, Ok(object)) => Some(Part::Object {
                        object: object.as_reference().ok()?,
                        page,
                    }),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn mark(&mut self, page: Option<ObjectId>, number: i64) -> Option<Part> {
        let Some(page) = page.and_then(|page| page_index(self.pages, page)) else {
            self.defects
                .push(format!("Markierter Inhalt {number} nennt keine Seite"));
            return None;
        };
        Some(Part::Mark { page, number })
    }
}

fn properties(dictionary: &Dictionary, document: &Document) -> Vec<(&'static str, String)> {
    let mut properties = Vec::new();
    for key in ["Lang", "Alt", "E", "ActualText", "ID"] {
        if let Ok(value) = dictionary
            .get_deref(key.as_bytes(), document)
            .and_then(Object::as_str)
        {
            properties.push((key, decode(value)));
        }
    }
    for attributes in list(dictionary, b"A", document) {
        let Ok((_, Object::Dictionary(attributes))) = document.dereference(attributes) else {
            continue;
        };
        for key in ["Scope", "ListNumbering"] {
            if let Some(value) = name(attributes, key.as_bytes()) {
                properties.push((key, value));
            }
        }
        if let Ok(area) = attributes.get(b"BBox").and_then(Object::as_array) {
            let numbers = area.iter().map(|number| thousandths(Some(number)));
            properties.push(("BBox", bounds(numbers)));
        }
    }
    properties
}

/// Lengths of 1/1000 pt in points: whole ones as such, others to one decimal.
pub(super) fn bounds(numbers: impl IntoIterator<Item = i64>) -> String {
    let spelled = numbers.into_iter().map(|number| {
        if number % 1000 == 0 {
            return (number / 1000).to_string();
        }
        let tenths = (number.unsigned_abs() + 50) / 100;
        let minus = if number < 0 && tenths > 0 { "-" } else { "" };
        format!("{minus}{}.{}", tenths / 10, tenths % 10)
    });
    spelled.collect::<Vec<_>>().join(",")
}

/// An entry that may be one thing or an array of them.
pub(super) fn list<'a>(
    dictionary: &'a Dictionary,
    key: &[u8],
    document: &'a Document,
) -> Vec<&'a Object> {
    let Ok(value) = dictionary.get(key) else {
        return Vec::new();
    };
    match document.dereference(value) {
        Ok((_, Object::Array(items))) => items.iter().collect(),
        _ => vec![value],
    }
}

/// An entry that is a name.
pub(super) fn name(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let name = dictionary.get(key).and_then(Object::as_name).ok()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// A text string.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(units) => utf16(units),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// UTF-16, high byte first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or('\u{fffd}'))
        .collect()
}
