//! The document's frame through printpdf: page tree, pages with their content, and pictures.
//!
//! The only file that knows printpdf. Content passes through it in one raw operator a page, because printpdf's own
//! operators carry floats and show glyphs one at a time; its catalog, info and identifiers (which count up within the
//! process) are left behind.

use std::collections::BTreeMap;

use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Mm, Op, PdfDocument, PdfPage, PdfSaveOptions,
    XObject, XObjectId,
};

use super::PdfError;
use super::content::image_name;
use super::image::{Embedded, Filter};
use super::shapes::{self, Form};

/// What printpdf made: objects by number, and which of them the rest of the file refers to.
pub(super) struct Frame {
    /// Pages' content, resources, pictures and the page tree; neither the pages themselves nor a catalog.
    pub(super) objects: Vec<(u32, lopdf::Object)>,
    /// The number that was used last.
    pub(super) last: u32,
    /// Numbers below it that are free again.
    pub(super) free: Vec<u32>,
    /// The root of the page tree.
    pub(super) page_tree: u32,
    /// The pages in order.
    pub(super) pages: Vec<FramePage>,
}

/// The objects of a page.
pub(super) struct FramePage {
    /// The page's own number, for an object that is still to be written.
    pub(super) id: u32,
    /// Its content stream.
    pub(super) content: u32,
    /// The dictionary of pictures that all pages share.
    pub(super) pictures: u32,
}

/// Builds the frame from the pages' content streams, and the pictures and shapes that they show.
///
/// # Errors
/// printpdf warned of something or built what we do not understand.
pub(super) fn frame(
    contents: Vec<Vec<u8>>,
    images: Vec<Embedded>,
    shapes: impl Iterator<Item = Form>,
) -> Result<Frame, PdfError> {
    let mut document = PdfDocument::new("");
    let images = images.into_iter().enumerate();
    let images = images.map(|(index, image)| (image_name(index), picture(image)));
    let shapes = shapes.enumerate();
    let shapes = shapes.map(|(number, shape)| (shapes::name(number), form(shape)));
    for (name, stream) in images.chain(shapes) {
        let object = XObject::External(ExternalXObject {
            stream,
            width: None,
            height: None,
            dpi: None,
        });
        let objects = &mut document.resources.xobjects.map;
        objects.insert(XObjectId(name), object);
    }
    let mut pages = Vec::with_capacity(contents.len());
    for content in contents {
        let key = String::from_utf8(content)
            .map_err(|_| unexpected("a content stream that is not ASCII"))?;
        let raw = Op::Unknown {
            key,
            value: Vec::new(),
        };
        // The size given here is replaced together with the page's dictionary.
        pages.push(PdfPage::new(Mm(210.0), Mm(297.0), vec![raw]));
    }
    document.with_pages(pages);
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: false,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let document = document.to_lopdf_document(&options, &mut warnings);
    match warnings.first() {
        Some(warning) => Err(unexpected(&format!("{warning:?}"))),
        None => take_apart(document),
    }
}

fn picture(image: Embedded) -> ExternalStream {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(image.width))),
        ("Height".to_owned(), DictItem::Int(i64::from(image.height))),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        (
            "ColorSpace".to_owned(),
            name(if image.gray {
                "DeviceGray"
            } else {
                "DeviceRGB"
            }),
        ),
    ]);
    match image.filter {
        Filter::Dct => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
        }
        Filter::Flate => {
            dict.insert("Filter".to_owned(), name("FlateDecode"));
            let parameters = BTreeMap::from([
                ("Predictor".to_owned(), DictItem::Int(15)),
                (
                    "Colors".to_owned(),
                    DictItem::Int(if image.gray { 1 } else { 3 }),
                ),
                ("Columns".to_owned(), DictItem::Int(i64::from(image.width))),
            ]);
            dict.insert("DecodeParms".to_owned(), DictItem::Dict { map: parameters });
        }
    }
    ExternalStream {
        dict,
        content: image.bytes,
        compress: false,
    }
}

fn form(form: Form) -> ExternalStream {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    // In whole points, outwards: printpdf knows no integers in 1/1000.
    let [left, bottom, right, top] = form.bounds;
    let bounds = [
        left.div_euclid(1000),
        bottom.div_euclid(1000),
        right.div_euclid(1000) + 1,
        top.div_euclid(1000) + 1,
    ];
    let dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Form")),
        (
            "BBox".to_owned(),
            DictItem::Array(bounds.map(DictItem::Int).to_vec()),
        ),
    ]);
    ExternalStream {
        dict,
        content: form.content,
        compress: false,
    }
}

fn take_apart(document: lopdf::Document) -> Result<Frame, PdfError> {
    let missing = |error: lopdf::Error| unexpected(&error.to_string());
    let page_tree = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Pages"))
        .and_then(lopdf::Object::as_reference)
        .map_err(missing)?;
    let mut pages = Vec::new();
    for id in document.get_pages().into_values() {
        let page = document.get_dictionary(id).map_err(missing)?;
        let content = page
            .get(b"Contents")
            .and_then(lopdf::Object::as_reference)
            .map_err(missing)?;
        let resources = page
            .get(b"Resources")
            .and_then(lopdf::Object::as_reference)
            .map_err(missing)?;
        let pictures = document
            .get_dictionary(resources)
            .and_then(|resources| resources.get(b"XObject"))
            .and_then(lopdf::Object::as_reference)
            .map_err(missing)?;
        pages.push(FramePage {
            id: id.0,
            content: content.0,
            pictures: pictures.0,
        });
    }
    let kept = |id: u32, object: &lopdf::Object| {
        id == page_tree.0
            || matches!(object, lopdf::Object::Stream(_))
            || pages.iter().any(|page| page.id == id)
            || pages.first().is_some_and(|page| page.pictures == id)
    };
    let free = document
        .objects
        .iter()
        .filter(|(id, object)| !kept(id.0, object))
        .map(|(id, _)| id.0)
        .collect();
    // The pages' own dictionaries are written anew, under their old numbers.
    let objects = document
        .objects
        .into_iter()
        .filter(|(id, object)| kept(id.0, object) && pages.iter().all(|page| page.id != id.0))
        .map(|(id, object)| (id.0, object))
        .collect();
    Ok(Frame {
        last: document.max_id,
        free,
        page_tree: page_tree.0,
        pages,
        objects,
    })
}

fn unexpected(what: &str) -> PdfError {
    PdfError::Document(format!("printpdf: {what}"))
}
