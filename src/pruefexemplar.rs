//! The review copy of a paper: the clean paper, line by line, with numbers of lines, notes in the margin and the notes on
//! pages at the end.
//!
//! The paper is the one that was written, and it is not set anew: what a review copy adds is furniture and pages. The
//! notes are Markdown of our dialect, so that they are as accessible as any paper. Reads no file, judges nothing: the
//! findings are those of the check.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Befund, Stelle};
use crate::herkunft::Index;
use crate::layout::page::{Destination, Pages};
use crate::layout::review::{self, Beside, Count, Line, Place};
use crate::layout::{self, Pictures, Shaper};
use crate::markdown;
use crate::markdown::ast::{Document, LinkTarget};
use crate::pdf::{self, Metadata, PdfError};
use crate::pipeline::{Eingabe, Ergebnis, Fertig, metadaten};

mod notizen;
mod stellen;
mod zahlen;
mod ziffern;

use notizen::Notizen;

/// What the name of a paper's file gets for its review copy.
pub const ENDUNG: &str = "-pruefexemplar";

/// How a review copy is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Angaben {
    /// The day that is stamped on each page; without one the matter's own.
    pub stand: Option<NaiveDate>,
    /// How lines are counted.
    pub zaehlung: Count,
}

/// A review copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pruefexemplar {
    /// Name of its file, with its ending.
    pub name: String,
    /// The bytes of its PDF; none if a finding is an error.
    pub pdf: Option<Vec<u8>>,
    /// What is wrong with the notes: a character that no font has.
    pub befunde: Vec<Befund>,
}

/// Makes the review copy of a paper; see [`seiten`].
///
/// # Errors
/// If the PDF cannot be written although the paper is sound: our bug, not the user's.
pub fn setze(
    shaper: &mut Shaper,
    fertig: &Fertig,
    woher: (&Eingabe, &Ergebnis),
    index: Option<&Index>,
    angaben: Angaben,
) -> Result<Pruefexemplar, PdfError> {
    let (seiten, metadaten, befunde) = seiten(shaper, fertig, woher, index, angaben);
    let ist_gut = !befunde.iter().any(Befund::ist_fehler);
    let pdf = ist_gut
        .then(|| pdf::write(&seiten, &metadaten))
        .transpose()?;
    Ok(Pruefexemplar {
        name: name(fertig),
        pdf,
        befunde,
    })
}

/// The pages of a review copy: those of the clean paper with their furniture, then the notes.
///
/// The matter and what came of it tell the findings. With an `index` of the matter the notes also tell where each amount
/// and count comes from. Files that the clean paper carries with it stay with that one.
pub fn seiten(
    shaper: &mut Shaper,
    fertig: &Fertig,
    (eingabe, ergebnis): (&Eingabe, &Ergebnis),
    index: Option<&Index>,
    angaben: Angaben,
) -> (Pages, Metadata, Vec<Befund>) {
    let papier = &fertig.papier;
    let (dokument, _) = markdown::parse(&papier.markdown);
    let (mut seiten, _) = layout::layout_with(shaper, &dokument, &fertig.beilagen);
    let zeilen = review::lines(&seiten, angaben.zaehlung);
    let notizen = Notizen::aus(papier, &seiten, &zeilen, (eingabe, ergebnis), index);
    let stempel = stempel(angaben.stand.or(ergebnis.tag));
    let am_rand = notizen.am_rand();
    let gekuerzt = review::annotate(shaper, &mut seiten, &zeilen, &stempel, &am_rand);
    let gekuerzt = notizen::gekuerzt(&am_rand, &gekuerzt, &zeilen);

    let text = notizen.markdown(&dokument, papier, &stempel, angaben.zaehlung) + &gekuerzt;
    let (blatt, befunde) = blatt(shaper, &text, &stempel, &name(fertig));
    review::append(&mut seiten, blatt, |ziel| {
        notizen::ziel(ziel, &zeilen).map(|(place, line)| {
            let ort = notizen::ort(place, line);
            let target = Destination::Page {
                page: place.page,
                y: line.top,
            };
            (target, format!("Verweis auf {ort}"))
        })
    });
    let metadaten = metadaten(&dokument);
    let metadaten = Metadata {
        title: format!("Prüfexemplar: {}", metadaten.title),
        ..metadaten
    };
    (seiten, metadaten, befunde)
}

fn name(fertig: &Fertig) -> String {
    format!("{}{ENDUNG}.pdf", fertig.papier.name)
}

/// „Prüfexemplar · Entwurf – Stand 09.11.2021“
fn stempel(stand: Option<NaiveDate>) -> String {
    match stand {
        Some(tag) => format!("Prüfexemplar · Entwurf – Stand {}", tag.format("%d.%m.%Y")),
        None => "Prüfexemplar · Entwurf".to_owned(),
    }
}

/// The pages with the notes.
fn blatt(shaper: &mut Shaper, text: &str, stempel: &str, name: &str) -> (Pages, Vec<Befund>) {
    let (mut dokument, _) = markdown::parse(text);
    mit_offenen_verweisen(&mut dokument);
    let (mut seiten, befunde) = layout::layout_with(shaper, &dokument, &Pictures::new());
    review::stamp(shaper, &mut seiten, stempel);
    let befunde = befunde
        .into_iter()
        .filter(Befund::ist_fehler)
        .map(|befund| Befund {
            stelle: Stelle::Pfad(name.into()),
            ..befund
        });
    (seiten, befunde.collect())
}

/// Links into the paper have no target in the notes; they get it when both are put together.
fn mit_offenen_verweisen(dokument: &mut Document) {
    for ziel in &mut dokument.links {
        if let LinkTarget::Anchor(anker) = ziel {
            *ziel = LinkTarget::Uri(std::mem::take(anker));
        }
    }
}

/// What stands in the margin by its lines.
type AmRand = BTreeMap<Place, Beside>;

/// A place of the paper and its line.
type Zeile<'l> = (Place, &'l Line);
