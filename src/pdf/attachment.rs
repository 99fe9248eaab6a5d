//! Files that a PDF carries with it, and whether they may: PDF/A-2 takes only files that are PDF/A-1 or PDF/A-2.
//!
//! Believes what a file claims; whether the claim is true is for a validator to say. ISO 19005-2, 6.8 takes files of
//! any level of PDF/A-1 and PDF/A-2. veraPDF, as far as it was tried, looks only for those that claim level b (1b, 2b) and reports others
//! under 6.8, test 5, without reading them; that is the validator's limit and no fault of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lopdf::{Document, Object};

use super::save::Objects;
use super::syntax;

/// The largest XMP packet that is read, in bytes.
const LARGEST_XMP: usize = 4 << 20;

/// Name of the schema in which a file says which PDF/A it is.
const PDFA_ID: &str = "http://www.aiim.org/pdfa/ns/id/";

/// A file that goes along.
#[derive(Debug, Clone)]
pub struct Attachment<'a> {
    /// Its path beside the Markdown; the last part is the name that readers see.
    pub path: &'a str,
    /// What it is.
    pub title: &'a str,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What a file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It claims to be PDF/A of this part: 1 for PDF/A-1.
    PdfA(u8),
    /// It is a PDF and claims nothing.
    Nothing,
    /// It is no PDF that can be read.
    NoPdf,
}

impl Claim {
    /// Whether PDF/A-2 may carry the file.
    pub fn may_be_attached(self) -> bool {
        matches!(self, Self::PdfA(1 | 2))
    }
}

/// Which PDF/A a file claims to be.
pub fn claim(bytes: &[u8]) -> Claim {
    let Ok(document) = Document::load_mem(bytes) else {
        return Claim::NoPdf;
    };
    match xmp(&document).as_deref().and_then(part) {
        Some(part) => Claim::PdfA(part),
        None => Claim::Nothing,
    }
}

fn xmp(document: &Document) -> Option<String> {
    let catalog = document.catalog().ok()?;
    let stream = catalog
        .get_deref(b"Metadata", document)
        .and_then(Object::as_stream)
        .ok()?;
    let bytes = if stream.dict.has(b"Filter") {
        stream.decompressed_content_with_limit(LARGEST_XMP).ok()?
    } else {
        stream
            .content
            .get(..stream.content.len().min(LARGEST_XMP))?
            .to_vec()
    };
    String::from_utf8(bytes).ok()
}

/// The part of PDF/A in an XMP packet: an element or an attribute, under whatever prefix the schema has there.
fn part(xmp: &str) -> Option<u8> {
    let (before, _) = [format!("=\"{PDFA_ID}\""), format!("='{PDFA_ID}'")]
        .iter()
        .find_map(|schema| xmp.split_once(schema.as_str()))?;
    let prefix = before.rsplit("xmlns:").next()?.trim();
    let name = format!("{prefix}:part");
    xmp.match_indices(&name).find_map(|(at, _)| {
        let value = xmp.get(at + name.len()..)?.trim_start();
        let value = value.strip_prefix(['>', '='])?;
        let value = value.trim_start_matches(['"', '\'', ' ', '\n', '\r', '\t']);
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
}

/// Writes the files and the tree of their names; none, no tree.
pub(super) fn write(attachments: &[Attachment<'_>], objects: &mut Objects) -> Option<u32> {
    if attachments.is_empty() {
        return None;
    }
    // The tree is sorted by name.
    let mut tree = BTreeMap::new();
    for (name, attachment) in names(attachments).into_iter().zip(attachments) {
        let entries = format!(
            "/Type/EmbeddedFile/Subtype/application#2Fpdf/Params<</Size {}>>",
            attachment.bytes.len()
        );
        let file = objects.stream(&entries, attachment.bytes.to_vec());
        let specification = objects.reserve();
        let out = objects.begin(specification);
        out.extend_from_slice(b"<</Type/Filespec/F");
        syntax::text(out, &name);
        out.extend_from_slice(b"/UF");
        syntax::text(out, &name);
        out.extend_from_slice(b"/Desc");
        syntax::text(out, attachment.title);
        out.extend_from_slice(b"/EF<</F ");
        syntax::reference(out, file);
        out.extend_from_slice(b"/UF ");
        syntax::reference(out, file);
        out.extend_from_slice(b">>>>");
        tree.insert(name, specification);
    }
    let root = objects.reserve();
    let out = objects.begin(root);
    out.extend_from_slice(b"<</Names[");
    for (name, specification) in tree {
        syntax::text(out, &name);
        syntax::reference(out, specification);
    }
    out.extend_from_slice(b"]>>");
    Some(root)
}

/// What readers call the files: the last parts of their paths, or the whole path where two share one. ASCII, because
/// names of other letters have no order that all programs agree on.
fn names(attachments: &[Attachment<'_>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let ascii = |name: &str| -> String {
        name.chars()
            .map(|c| match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => c,
                _ => '-',
            })
            .collect()
    };
    attachments
        .iter()
        .enumerate()
        .map(|(index, attachment)| {
            let last = attachment.path.rsplit('/').next().unwrap_or_default();
            let name = [ascii(last), ascii(attachment.path)]
                .into_iter()
                .find(|name| !taken.contains(name))
                .unwrap_or_else(|| format!("{}-{}", index + 1, ascii(attachment.path)));
            taken.insert(name.clone());
            name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_an_element_or_an_attribute_under_any_prefix() {
        for xmp in [
            "<x xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>2</pdfaid:part></x>",
            "<x xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" pdfaid:part=\"2\" pdfaid:conformance=\"B\"/>",
            "<x xmlns:a='http://www.aiim.org/pdfa/ns/id/'><a:part> 2 </a:part></x>",
        ] {
            assert_eq!(part(xmp), Some(2), "{xmp}");
        }
        assert_eq!(part("<x><pdfaid:part>2</pdfaid:part></x>"), None);
    }

    #[test]
    fn what_is_no_pdf_claims_nothing() {
        assert_eq!(claim(b"PK\x03\x04"), Claim::NoPdf);
        assert!(!Claim::PdfA(3).may_be_attached());
    }

    #[test]
    fn two_files_of_one_name_keep_apart() {
        let file = |path| Attachment {
            path,
            title: "",
            bytes: Arc::from([]),
        };
        assert_eq!(
            names(&[file("a/plan.pdf"), file("b/plan.pdf"), file("ä.pdf")]),
            ["plan.pdf", "b-plan.pdf", "-.pdf"]
        );
    }
}
