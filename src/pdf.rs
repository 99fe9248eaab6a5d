//! Pages → bytes of a PDF that is PDF/A-2a and PDF/UA-1 at once.
//!
//! The same pages give the same bytes: no clock, no counters, no hash order, and numbers that come from integers.
//! Decides nothing about how a paper looks; whatever is drawn or read aloud stands in the [`Pages`].

use chrono::NaiveDate;

use crate::layout::page::{FaceId, Pages};
use crate::layout::picture::Refusal;

pub mod attachment;
mod content;
mod font;
mod icc;
mod image;
pub mod inspect;
mod metadata;
mod outline;
mod save;
mod shapes;
mod syntax;
mod tags;
mod write;

/// What a file says of its paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title; not blank.
    pub title: String,
    /// Who answers for the paper.
    pub author: Option<String>,
    /// The paper's language as in BCP 47, e.g. `de-DE`.
    pub language: String,
    /// The paper's date; without one the file has none.
    pub date: Option<NaiveDate>,
    /// What it is about, in a sentence.
    pub subject: Option<String>,
    /// The number under which it is filed, e.g. `215/21`.
    pub number: Option<String>,
}

pub use attachment::Attachment;

/// Why there is no file: a picture that cannot be taken over, or trouble of our own.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Pictures that looked sound turned out broken.
    #[error("Ein Bild lässt sich nicht übernehmen: {}", .0.first().map(|(_, refusal)| refusal.to_string()).unwrap_or_default())]
    Images(
        /// Indices into [`Pages::images`], each with the reason for the author.
        Vec<(usize, Refusal)>,
    ),
    /// The metadata lack what every accessible file must state.
    #[error("Der PDF-Datei fehlt eine Pflichtangabe: {0}")]
    Metadata(&'static str),
    /// A font of ours cannot be used.
    #[error("Die Schrift {face:?} lässt sich nicht einbetten ({reason})")]
    Font {
        /// The font.
        face: FaceId,
        /// What is wrong with it.
        reason: String,
    },
    /// The pages contradict themselves.
    #[error("Die gesetzten Seiten sind in sich nicht stimmig ({0})")]
    Pages(String),
    /// The document could not be put together.
    #[error("Die PDF-Datei ließ sich nicht zusammensetzen ({0})")]
    Document(String),
    /// Compression failed.
    #[error("Die PDF-Datei ließ sich nicht komprimieren ({0})")]
    Compress(#[source] std::io::Error),
}

/// Why a picture of pixels cannot be taken over, if it cannot: for who wants to know before anything is typeset.
pub fn refuses_picture(bytes: &std::sync::Arc<[u8]>) -> Option<Refusal> {
    image::refusal(bytes)
}

/// The file of a typeset paper.
///
/// # Errors
/// See [`PdfError`]; nothing is ever left out or downgraded instead.
pub fn write(pages: &Pages, metadata: &Metadata) -> Result<Vec<u8>, PdfError> {
    write_with(pages, metadata, &[])
}

/// As [`write()`], with files that go along; each must be archival itself ([`attachment::claim`]), or the file is not.
///
/// # Errors
/// See [`PdfError`].
pub fn write_with(
    pages: &Pages,
    metadata: &Metadata,
    attachments: &[Attachment<'_>],
) -> Result<Vec<u8>, PdfError> {
    check(pages, metadata)?;
    let fonts = font::Fonts::collect(pages)?;
    let role = |node: usize| pages.tree.get(node).map(|node| &node.role);
    let shapes = shapes::Shapes::collect(&pages.pages);
    let contents = pages
        .pages
        .iter()
        .map(|page| content::stream(page, &fonts, (&pages.images, &shapes), role))
        .collect();
    let images = image::embed_all(&pages.images)?;
    let mut frame = write::frame(contents, images, shapes.forms())?;

    let mut objects = save::Objects::new(frame.last, std::mem::take(&mut frame.free));
    objects.take(std::mem::take(&mut frame.objects))?;
    let resources = resources(&fonts, &frame, &mut objects)?;
    let tags = tags::Tags::new(pages, &frame.pages, &mut objects);
    let structure = tags.write(resources, frame.page_tree, &mut objects)?;
    let outline = outline::write(&pages.outline, &tags, &mut objects)?;

    let names = attachment::write(attachments, &mut objects);
    let parts = Parts {
        page_tree: frame.page_tree,
        structure,
        outline,
        names,
    };
    let catalog = catalog(metadata, &parts, &mut objects);
    let info = objects.reserve();
    let out = objects.begin(info);
    out.extend_from_slice(b"<<");
    metadata::info(metadata, out);
    out.extend_from_slice(b">>");
    objects.finish(catalog, info)
}

/// What an accessible file must have, before any work is done.
fn check(pages: &Pages, metadata: &Metadata) -> Result<(), PdfError> {
    if metadata.title.trim().is_empty() {
        return Err(PdfError::Metadata("der Titel"));
    }
    if metadata.language.trim().is_empty() {
        return Err(PdfError::Metadata("die Sprache"));
    }
    if pages.pages.is_empty() || pages.tree.is_empty() {
        return Err(PdfError::Pages(
            "keine Seite oder keine Struktur".to_owned(),
        ));
    }
    Ok(())
}

fn resources(
    fonts: &font::Fonts,
    frame: &write::Frame,
    objects: &mut save::Objects,
) -> Result<u32, PdfError> {
    let names = fonts.write(objects)?;
    let resources = objects.reserve();
    let out = objects.begin(resources);
    out.extend_from_slice(b"<</Font");
    out.extend_from_slice(&names);
    if let Some(page) = frame.pages.first() {
        out.extend_from_slice(b"/XObject ");
        syntax::reference(out, page.pictures);
    }
    out.extend_from_slice(b">>");
    Ok(resources)
}

/// What the catalog leads to, by the numbers of the objects.
struct Parts {
    page_tree: u32,
    structure: u32,
    outline: Option<u32>,
    /// The names of attached files.
    names: Option<u32>,
}

fn catalog(metadata: &Metadata, parts: &Parts, objects: &mut save::Objects) -> u32 {
    let xmp = objects.stream_as_is("/Type/Metadata/Subtype/XML", metadata::xmp(metadata));
    let profile = objects.stream("/N 3", icc::srgb());
    let catalog = objects.reserve();
    let out = objects.begin(catalog);
    out.extend_from_slice(b"<</Type/Catalog/Pages ");
    syntax::reference(out, parts.page_tree);
    out.extend_from_slice(
        b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang",
    );
    syntax::text(out, &metadata.language);
    for (key, object) in [("/StructTreeRoot ", parts.structure), ("/Metadata ", xmp)] {
        out.extend_from_slice(key.as_bytes());
        syntax::reference(out, object);
    }
    if let Some(names) = parts.names {
        out.extend_from_slice(b"/Names<</EmbeddedFiles ");
        syntax::reference(out, names);
        out.extend_from_slice(b">>");
    }
    if let Some(outline) = parts.outline {
        out.extend_from_slice(b"/PageMode/UseOutlines/Outlines ");
        syntax::reference(out, outline);
    }
    out.extend_from_slice(
        b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)",
    );
    out.extend_from_slice(
        b"/RegistryName(http://www.color.org)/Info(sRGB IEC61966-2.1)/DestOutputProfile ",
    );
    syntax::reference(out, profile);
    out.extend_from_slice(b">>]>>");
    catalog
}
