//! `drucksache pdf`: typesets Markdown files, those that `render` wrote and any other.

use std::path::{Path, PathBuf};

use drucksache::diagnostic::render::bilanz;
use drucksache::diagnostic::{Befund, Stelle};
use drucksache::input;
use drucksache::layout::Pictures;
use drucksache::pipeline;
use drucksache::source::{Source, Sources};
use rayon::prelude::*;

use crate::befehle::Pdf;
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, aufgezaehlt, ausgabe, lesen};

/// Runs the command.
pub(crate) fn pdf(befehl: &Pdf) -> Ausgang {
    let jobs = befehl.jobs.map_or(0, usize::from);
    let saetze: Vec<_> = if jobs == 1 {
        befehl.dateien.iter().map(|pfad| satz(pfad)).collect()
    } else {
        let Ok(faeden) = rayon::ThreadPoolBuilder::new().num_threads(jobs).build() else {
            melden::klage(
                "Fehler: dieser Rechner lässt keine weiteren Arbeitsfäden zu; mit --jobs 1 geht es\n",
            );
            return Ausgang::NichtGebaut;
        };
        faeden.install(|| befehl.dateien.par_iter().map(|pfad| satz(pfad)).collect())
    };
    befehl
        .dateien
        .iter()
        .zip(saetze)
        .map(|(pfad, satz)| {
            schreibe(pfad, satz, befehl.output.as_deref()).unwrap_or_else(|ausgang| ausgang)
        })
        .max()
        .unwrap_or(Ausgang::Gut)
}

/// A typeset file, or what is wrong with it.
#[derive(Default)]
struct Satz {
    pdf: Option<Vec<u8>>,
    befunde: Vec<Befund>,
    quellen: Sources,
    klage: String,
}

fn satz(pfad: &Path) -> Ergebnis<Satz> {
    let bytes = lesen::datei(pfad)?;
    let mut satz = Satz::default();
    let quelle = match input::read(lesen::anzeige(pfad).into(), &bytes) {
        Ok(quelle) => quelle,
        Err(befund) => {
            satz.quellen.insert(Source::new(
                lesen::anzeige(pfad),
                String::from_utf8_lossy(&bytes).as_ref(),
            ));
            satz.befunde.push(befund);
            return Ok(satz);
        }
    };
    let bilder = bilder(pfad, &quelle.text);
    match pipeline::setze(&quelle.text, &bilder) {
        Ok((gesetzt, befunde)) => {
            satz.pdf = gesetzt.map(|gesetzt| gesetzt.pdf);
            satz.befunde = befunde
                .into_iter()
                .map(|befund| verortet(befund, &quelle))
                .collect();
        }
        Err(fehler) => satz.klage = format!("Fehler: {}: {fehler}\n", lesen::anzeige(pfad)),
    }
    satz.quellen.insert(quelle);
    Ok(satz)
}

fn schreibe(pfad: &Path, satz: Ergebnis<Satz>, ordner: Option<&Path>) -> Ergebnis<Ausgang> {
    let satz = satz?;
    melden::zeige(&satz.befunde, &satz.quellen);
    melden::klage(&satz.klage);
    let Some(pdf) = satz.pdf else {
        melden::klage(&format!(
            "{}: {}; es wurde nichts geschrieben\n",
            lesen::anzeige(pfad),
            bilanz(&satz.befunde)
        ));
        return Err(Ausgang::NichtGebaut);
    };
    let neben = pfad.parent().map(Path::to_path_buf).unwrap_or_default();
    let ordner = ordner.map_or(neben, PathBuf::from);
    let name = pfad.with_extension("pdf");
    let name = name
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    ausgabe::schreibe(&ordner, &[(name.clone(), &pdf)])?;
    melden::sage(&format!(
        "{}: {} geschrieben\n",
        lesen::anzeige(&ordner),
        aufgezaehlt(&[&name])
    ));
    Ok(Ausgang::Gut)
}

/// The pictures and attachments that the Markdown names, from beside the file. One that cannot be read is left out: the layout says so.
fn bilder(pfad: &Path, markdown: &str) -> Pictures {
    let neben = pfad.parent().unwrap_or(Path::new(""));
    let (dokument, _) = drucksache::markdown::parse(markdown);
    dokument
        .files()
        .into_iter()
        .filter_map(|name| {
            let bild = neben.join(name);
            let innerhalb = std::fs::canonicalize(&bild).ok()?.starts_with(
                std::fs::canonicalize(if neben.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    neben
                })
                .ok()?,
            );
            let bytes = if innerhalb {
                std::fs::read(&bild).ok()?
            } else {
                return None;
            };
            Some((name.to_owned(), bytes.into()))
        })
        .collect()
}

fn verortet(mut befund: Befund, quelle: &Source) -> Befund {
    let stellen =
        std::iter::once(&mut befund.stelle).chain(befund.dazu.iter_mut().map(|(stelle, _)| stelle));
    for stelle in stellen {
        if let Stelle::Papier(bereich) = stelle {
            *stelle = Stelle::Datei {
                datei: quelle.name.clone(),
                bereich: bereich.clone(),
            };
        }
    }
    befund
}
