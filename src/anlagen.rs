//! Annexes that were made elsewhere: PDFs of the matter, which exist, lie inside it, and may be carried by our PDFs.
//!
//! Looks at files that were read, opens none.

use std::sync::Arc;

use crate::diagnostic::{Befund, Schwere, Stelle};
use crate::input::suggest;
use crate::layout::Pictures;
use crate::model::Vorgang;
use crate::model::anlage::Inhalt;
use crate::pdf::attachment::{self, Claim};

/// What is wrong with the files that annexes name.
///
/// That a file is not archival is an error only where it is to be carried along (`--gesamt`), else a warning: the paper
/// that only lists it is sound.
pub fn pruefe(vorgang: &Vorgang, dateien: &Pictures, gesamt: bool) -> Vec<Befund> {
    let mut befunde = Vec::new();
    for drucksache in &vorgang.drucksachen {
        for (i, anlage) in drucksache.anlagen.iter().enumerate() {
            if let Inhalt::Datei { datei: pfad, .. } = &anlage.inhalt {
                let route = drucksache.route.feld("anlagen").index(i).feld("datei");
                if let Err(mut befund) = datei(pfad.as_str(), dateien, Stelle::Route(route)) {
                    if befund.regel == OHNE_PDFA && !gesamt {
                        befund.schwere = Schwere::Warnung;
                    }
                    befunde.push(befund);
                }
            }
        }
    }
    befunde
}

/// The rule for a PDF that does not say that it is archival.
const OHNE_PDFA: &str = "anlage-ohne-pdfa";

/// The bytes of a PDF that may be carried along.
///
/// # Errors
/// A finding at `stelle` if there is no such file or it may not.
pub fn datei<'a>(
    pfad: &str,
    dateien: &'a Pictures,
    stelle: Stelle,
) -> Result<&'a Arc<[u8]>, Befund> {
    let aussen = pfad.starts_with('/')
        || pfad.contains(['\\', ':'])
        || pfad.split('/').any(|teil| teil == "..");
    if aussen {
        return Err(Befund::fehler(
            "anlage-ausserhalb",
            stelle,
            format!("„{pfad}“ liegt nicht im Ordner des Vorgangs"),
        )
        .abhilfe("die Datei in den Vorgang legen und ihren Pfad von dort angeben, etwa anlagen/lageplan.pdf"));
    }
    if !pfad.to_lowercase().ends_with(".pdf") {
        return Err(
            Befund::fehler("anlage-kein-pdf", stelle, format!("„{pfad}“ ist kein PDF"))
                .abhilfe("die Datei als PDF/A speichern und hier nennen"),
        );
    }
    let Some(bytes) = dateien.get(pfad) else {
        let pdfs = dateien.keys().filter(|name| name.ends_with(".pdf"));
        let abhilfe = match suggest::nearest(pfad, pdfs.map(String::as_str)) {
            Some(aehnlich) => format!("meinten Sie „{aehnlich}“?"),
            None => {
                "die Datei in den Ordner des Vorgangs legen oder nur den Titel angeben".to_owned()
            }
        };
        return Err(Befund::fehler(
            "anlagedatei-fehlt",
            stelle,
            format!("die Datei „{pfad}“ gibt es im Vorgang nicht"),
        )
        .abhilfe(abhilfe));
    };
    let was = match attachment::claim(bytes) {
        claim if claim.may_be_attached() => return Ok(bytes),
        Claim::PdfA(teil) => format!("ist PDF/A-{teil}"),
        Claim::Nothing => "gibt sich nicht als PDF/A aus".to_owned(),
        Claim::NoPdf => {
            return Err(Befund::fehler(
                "anlage-kein-pdf",
                stelle,
                format!("„{pfad}“ lässt sich nicht als PDF lesen"),
            )
            .abhilfe("die Datei neu als PDF/A speichern"));
        }
    };
    Err(Befund::fehler(
        OHNE_PDFA,
        stelle,
        format!("„{pfad}“ {was}; ein PDF/A-2 darf nur PDF/A-1 und PDF/A-2 mit sich führen"),
    )
    .abhilfe("die Datei als PDF/A-2 speichern"))
}
