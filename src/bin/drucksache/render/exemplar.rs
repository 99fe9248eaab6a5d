//! Review copies: what the call asks for, and their files beside the clean ones.

use drucksache::herkunft::Index;
use drucksache::input::Datum;
use drucksache::layout::Shaper;
use drucksache::layout::review::Count;
use drucksache::pdf::PdfError;
use drucksache::pipeline::{Eingabe, Ergebnis as Gebaut};
use drucksache::pruefexemplar::{self, Angaben, Pruefexemplar};
use drucksache::source::Sources;

use crate::Ergebnis;
use crate::befehle::{Format, Render, Zeilenzaehlung};
use crate::melden::{self, Ausgang, Meldungen};

/// What review copies are to be like; none if nobody asked for any.
pub(super) fn wunsch(befehl: &Render) -> Ergebnis<Option<Angaben>> {
    let klage = |text: &str| {
        melden::klage(&format!("Fehler: {text}\n"));
        Err(Ausgang::NichtGebaut)
    };
    if !befehl.pruefexemplar {
        return if befehl.stand.is_some() {
            klage("--stand gilt nur für Prüfexemplare; mit --prüfexemplar angeben")
        } else if befehl.zeilen != Zeilenzaehlung::Seite {
            klage("--zeilen gilt nur für Prüfexemplare; mit --prüfexemplar angeben")
        } else {
            Ok(None)
        };
    }
    if !befehl.format.contains(&Format::Pdf) {
        return klage(
            "ein Prüfexemplar gibt es nur als PDF; --format weglassen oder pdf hinzunehmen",
        );
    }
    let stand = match befehl.stand.as_deref().map(str::parse::<Datum>) {
        None => None,
        Some(Ok(datum)) => Some(datum.tag()),
        Some(Err(fehler)) => {
            let abhilfe = fehler.abhilfe.as_deref();
            let abhilfe = abhilfe.unwrap_or("etwa --stand 08.11.2021");
            return klage(&format!("--stand: {}; {abhilfe}", fehler.text));
        }
    };
    Ok(Some(Angaben {
        stand,
        zaehlung: match befehl.zeilen {
            Zeilenzaehlung::Seite => Count::PerPage,
            Zeilenzaehlung::Durchgehend => Count::Through,
        },
    }))
}

/// The review copies of all papers that were made.
pub(super) fn exemplare(
    eingabe: &Eingabe,
    gebaut: &Gebaut,
    angaben: Angaben,
) -> Result<Vec<Pruefexemplar>, PdfError> {
    if !gebaut.ist_gebaut() {
        return Ok(Vec::new());
    }
    // The papers were made, so the trials can be made too; without them only the origins of numbers are missing.
    let index = Index::neu(eingabe).ok();
    let mut shaper = Shaper::default();
    gebaut
        .papiere
        .iter()
        .map(|fertig| {
            pruefexemplar::setze(
                &mut shaper,
                fertig,
                (eingabe, gebaut),
                index.as_ref(),
                angaben,
            )
        })
        .collect()
}

/// Adds the files of the review copies, none of which takes the place of a clean paper.
pub(super) fn fuege_an<'e>(
    exemplare: &'e [Pruefexemplar],
    dateien: &mut Vec<(String, &'e [u8])>,
    meldungen: &mut Meldungen,
) -> Ergebnis<()> {
    for exemplar in exemplare {
        meldungen.zeige(&exemplar.befunde, &Sources::default());
        let Some(pdf) = &exemplar.pdf else {
            return Err(Ausgang::NichtGebaut);
        };
        if dateien.iter().any(|(name, _)| *name == exemplar.name) {
            meldungen.klage(format!(
                "Fehler: „{}“ heißt schon ein Papier des Vorgangs; es wurde nichts geschrieben\n",
                exemplar.name
            ));
            return Err(Ausgang::NichtGebaut);
        }
        dateien.push((exemplar.name.clone(), pdf));
    }
    Ok(())
}
