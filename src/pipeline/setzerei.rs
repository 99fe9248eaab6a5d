//! Markdown documents → PDFs: one after the other, or many at once.
//!
//! What a typesetter learned of words makes the next document faster and changes none of its bytes, so it does not
//! matter who sets what, in which order and how many at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::anlagen;
use crate::check::{Blatt, Lage};
use crate::diagnostic::{Befund, Stelle};
use crate::diagramm::Diagramm;
use crate::layout::page::Pages;
use crate::layout::picture::Refusal;
use crate::layout::{self, Pictures, Shaper};
use crate::markdown::{self, ast::Document, front::Anhang};
use crate::pdf::{self, Attachment, Metadata, PdfError};
use crate::template::Papier;

/// A typeset Markdown document.
#[derive(Debug, Clone)]
pub struct Gesetzt {
    /// The bytes of the PDF.
    pub pdf: Vec<u8>,
    /// The pictures that it shows, by path.
    pub beilagen: Pictures,
}

/// Typesets one document; see [`Setzer::setze`], which is faster for many.
///
/// # Errors
/// If the PDF cannot be written although the document is sound.
pub fn setze(
    markdown: &str,
    beiwerk: &Pictures,
) -> Result<(Option<Gesetzt>, Vec<Befund>), PdfError> {
    Setzer::default().setze(markdown, |pfad| beiwerk.get(pfad).cloned())
}

/// Typesets Markdown documents, one after the other: what it learned of words serves the next one too.
#[derive(Debug, Default)]
pub struct Setzer {
    pub(super) shaper: Shaper,
}

impl Setzer {
    /// Typesets a document; `None` if a finding is an error. Places are bytes of the Markdown.
    ///
    /// `datei` gives the bytes of a picture or attachment by its path as the Markdown names it, if there is one.
    ///
    /// # Errors
    /// If the PDF cannot be written although the document is sound.
    pub fn setze(
        &mut self,
        markdown: &str,
        datei: impl Fn(&str) -> Option<Arc<[u8]>>,
    ) -> Result<(Option<Gesetzt>, Vec<Befund>), PdfError> {
        self.bis_zum_pdf(markdown, datei, Some(&|_| ()))
    }

    /// What is wrong with a document: as [`Setzer::setze`] finds it, without the bytes.
    ///
    /// # Errors
    /// If the PDF cannot be written although the document is sound.
    pub fn pruefe(
        &mut self,
        markdown: &str,
        datei: impl Fn(&str) -> Option<Arc<[u8]>>,
    ) -> Result<Vec<Befund>, PdfError> {
        Ok(self.bis_zum_pdf(markdown, datei, None)?.1)
    }

    /// As [`Setzer::pruefe`], of a paper that was read already and of which the program draws these charts.
    fn maengel(
        &mut self,
        blatt: &Blatt<'_>,
        beiwerk: &Pictures,
        schaubilder: &BTreeMap<String, Diagramm>,
    ) -> Satz {
        let (dokument, markdown) = (blatt.dokument(), blatt.papier.markdown.as_str());
        let gezeichnet: BTreeSet<&str> = schaubilder.keys().map(String::as_str).collect();
        if layout::is_sound(&mut self.shaper, (dokument, markdown), beiwerk, &gezeichnet) {
            let mut befunde = blatt.lesebefunde().to_vec();
            befunde.extend(anhaenge(&dokument.front.anhang, beiwerk).1);
            return Ok((None, befunde));
        }
        let mut bilder = beiwerk.clone();
        bilder.extend(self.diagramme(schaubilder, &[blatt.papier]));
        self.bis_zum_pdf(markdown, |pfad| bilder.get(pfad).cloned(), None)
    }

    /// `blick` sees the pages before their PDF is written; without it none is.
    fn bis_zum_pdf(
        &mut self,
        markdown: &str,
        datei: impl Fn(&str) -> Option<Arc<[u8]>>,
        blick: Option<&dyn Fn(&Pages)>,
    ) -> Result<(Option<Gesetzt>, Vec<Befund>), PdfError> {
        let (dokument, mut befunde) = markdown::parse(markdown);
        let beilagen: Pictures = dokument
            .files()
            .into_iter()
            .filter_map(|pfad| Some((pfad.to_owned(), datei(pfad)?)))
            .collect();
        let (seiten, weitere) = layout::layout_with(&mut self.shaper, &dokument, &beilagen);
        befunde.extend(weitere);
        let metadaten = metadaten(&dokument);
        // The text of a long paper and the PDF in the making need not be in memory together.
        let anhang = anhang(dokument);
        let (anhaenge, weitere) = anhaenge(&anhang, &beilagen);
        befunde.extend(weitere);
        if befunde.iter().any(Befund::ist_fehler) {
            return Ok((None, befunde));
        }
        let Some(blick) = blick else {
            befunde.extend(bilder(&seiten));
            return Ok((None, befunde));
        };
        blick(&seiten);
        match pdf::write_with(&seiten, &metadaten, &anhaenge) {
            Ok(pdf) => Ok((Some(Gesetzt { pdf, beilagen }), befunde)),
            Err(PdfError::Images(bilder)) => {
                befunde.extend(bilder.into_iter().map(|(bild, grund)| {
                    abgelehnt(grund, Stelle::Papier(seiten.source_of_image(bild)))
                }));
                Ok((None, befunde))
            }
            Err(fehler) => Err(fehler),
        }
    }
}

/// Looks at the pages of a paper before its PDF is written; asked on several threads at once.
pub type Blick<'a> = dyn Fn(&Papier, &Pages) + Sync + 'a;

/// Typesetters for papers that are set at once, on the threads of the pool that asks. Each paper gets one that is free.
#[derive(Debug, Default)]
pub struct Setzerei {
    frei: Mutex<Vec<Setzer>>,
}

/// What came of a document: its PDF if it is sound, and what was found.
type Satz = Result<(Option<Gesetzt>, Vec<Befund>), PdfError>;

impl Setzerei {
    /// Lends a typesetter.
    pub(super) fn nimm<T>(&self, tu: impl FnOnce(&mut Setzer) -> T) -> T {
        // Whoever panicked with the lock in hand left a whole list behind.
        let frei = || self.frei.lock().unwrap_or_else(PoisonError::into_inner);
        let mut setzer = frei().pop().unwrap_or_default();
        let ergebnis = tu(&mut setzer);
        frei().push(setzer);
        ergebnis
    }

    /// Sets papers; the outcomes stand in their order.
    pub(super) fn alle(
        &self,
        papiere: &[&Papier],
        beiwerk: &Pictures,
        blick: &Blick<'_>,
    ) -> Vec<Satz> {
        papiere
            .par_iter()
            .map(|papier| {
                self.nimm(|setzer| {
                    let datei = |pfad: &str| beiwerk.get(pfad).cloned();
                    let blick = |seiten: &Pages| blick(papier, seiten);
                    setzer.bis_zum_pdf(&papier.markdown, datei, Some(&blick))
                })
            })
            .collect()
    }

    /// Finds what is wrong with the papers that rules look at, in their order. Pages are made only of those that they
    /// could show something of.
    pub(super) fn maengel(
        &self,
        lage: &Lage<'_>,
        beiwerk: &Pictures,
        schaubilder: &BTreeMap<String, Diagramm>,
    ) -> Vec<Satz> {
        let blaetter = lage.blaetter();
        blaetter
            .par_iter()
            .map(|blatt| self.nimm(|setzer| setzer.maengel(blatt, beiwerk, schaubilder)))
            .collect()
    }
}

/// What is wrong with the pictures of sound pages: all that could still keep a PDF from being written.
fn bilder(seiten: &Pages) -> impl Iterator<Item = Befund> {
    seiten
        .images
        .iter()
        .enumerate()
        .filter_map(|(nummer, bild)| {
            let grund = pdf::refuses_picture(&bild.bytes)?;
            Some(abgelehnt(
                grund,
                Stelle::Papier(seiten.source_of_image(nummer)),
            ))
        })
}

/// What a document says of the files that its PDF carries; the rest of it is let go.
fn anhang(dokument: Document) -> Vec<Anhang> {
    dokument.front.anhang
}

/// The files that the PDF carries with it.
fn anhaenge<'a>(genannte: &'a [Anhang], beiwerk: &Pictures) -> (Vec<Attachment<'a>>, Vec<Befund>) {
    let (mut anhaenge, mut befunde) = (Vec::new(), Vec::new());
    for anhang in genannte {
        // The first line of the front matter stands for all of it.
        let stelle = Stelle::Papier(0..3);
        match anlagen::datei(&anhang.datei, beiwerk, stelle) {
            Ok(bytes) => anhaenge.push(Attachment {
                path: &anhang.datei,
                title: &anhang.titel,
                bytes: Arc::clone(bytes),
            }),
            Err(befund) => befunde.push(befund),
        }
    }
    (anhaenge, befunde)
}

/// What the PDF says of its paper.
pub(crate) fn metadaten(dokument: &Document) -> Metadata {
    let front = &dokument.front;
    Metadata {
        title: dokument.title().unwrap_or_else(|| "Ohne Titel".to_owned()),
        author: front
            .absender
            .as_ref()
            .map(|absender| absender.name.clone()),
        language: front.sprache.clone().unwrap_or_else(|| "de-DE".to_owned()),
        date: front.datum,
        subject: None,
        number: front.nummer.clone(),
    }
}

pub(super) fn abgelehnt(grund: Refusal, stelle: Stelle) -> Befund {
    Befund::fehler(grund.regel, stelle, grund.text).abhilfe(grund.abhilfe)
}
