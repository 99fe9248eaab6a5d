//! What a file says of itself in its catalog, its information dictionary and its XMP packet.

use lopdf::{Dictionary, Document, Object};

use super::structure::decode;

/// Checks the claims, and that they agree.
pub(super) fn check(document: &Document, defects: &mut Vec<String>) {
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
        is_language(&text(catalog, b"Lang")),
        "Die Sprache der Datei fehlt",
    );
    demand(
        !text(info, b"Title").trim().is_empty(),
        "Der Titel fehlt in den Dateiangaben",
    );
    let title = xmp_title(&xmp);
    demand(title.is_some(), "Der Titel fehlt in den XMP-Angaben");
    demand(
        title.is_none_or(|title| title == tidy(&text(info, b"Title"))),
        "Die Titel in den Dateiangaben und in XMP sind verschieden",
    );
    demand(
        !flag(b"MarkInfo", b"Suspects"),
        "Die Datei nennt ihre Struktur zweifelhaft",
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

/// The title in an XMP packet.
fn xmp_title(xmp: &str) -> Option<String> {
    let (_, rest) = xmp.split_once("<dc:title>")?;
    let (title, _) = rest.split_once("</dc:title>")?;
    let mut text = String::new();
    for part in title.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    Some(tidy(&text)).filter(|text| !text.is_empty())
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether this is the name of a language as in BCP 47: letters, then further parts of up to eight characters.
pub(super) fn is_language(name: &str) -> bool {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
