//! `drucksache pdf`: typesets Markdown files, those that `render` wrote and any other.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use drucksache::diagnostic::render::bilanz;
use drucksache::diagnostic::{Befund, Stelle};
use drucksache::input;
use drucksache::layout::picture::MAX_BYTES;
use drucksache::pipeline::Setzer;
use drucksache::source::{Source, Sources};
use rayon::prelude::*;

use crate::befehle::Pdf;
use crate::faeden::Faeden;
use crate::fortschritt::Fortschritt;
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, ausgabe, lesen};

/// Runs the command.
pub(crate) fn pdf(befehl: &Pdf) -> Ausgang {
    let ausgang = gleiche_ziele(&befehl.dateien, befehl.output.as_deref());
    if ausgang != Ausgang::Gut {
        return ausgang;
    }
    let Some(faeden) = Faeden::neu(befehl.jobs) else {
        return Ausgang::NichtGebaut;
    };
    let fortschritt = Fortschritt::neu(befehl.dateien.len(), "Dateien");
    let saetze: Vec<_> = faeden.mit(|| {
        if faeden.zahl() == 1 {
            let mut setzer = Setzer::default();
            let dateien = befehl.dateien.iter();
            return dateien
                .map(|pfad| satz(&mut setzer, pfad, &fortschritt))
                .collect();
        }
        let dateien = befehl.dateien.par_iter();
        dateien
            .map_init(Setzer::default, |setzer, pfad| {
                satz(setzer, pfad, &fortschritt)
            })
            .collect()
    });
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

/// Endings of files that somebody names by mistake.
const KEIN_MARKDOWN: [&str; 8] = ["yaml", "yml", "json", "pdf", "docx", "doc", "odt", "html"];

/// A typeset file, or what is wrong with it.
#[derive(Default)]
struct Satz {
    pdf: Option<Vec<u8>>,
    befunde: Vec<Befund>,
    quellen: Sources,
    klage: String,
}

fn satz(setzer: &mut Setzer, pfad: &Path, fortschritt: &Fortschritt) -> Ergebnis<Satz> {
    let satz = gesetzt(setzer, pfad);
    fortschritt.weiter();
    satz
}

fn gesetzt(setzer: &mut Setzer, pfad: &Path) -> Ergebnis<Satz> {
    let endung = pfad.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    if endung.is_some_and(|endung| KEIN_MARKDOWN.iter().any(|fremd| endung == *fremd)) {
        let anzeige = lesen::anzeige(pfad);
        let befund = Befund::fehler(
            "kein-markdown",
            Stelle::Pfad(anzeige.as_str().into()),
            format!("„{anzeige}“ ist keine Markdown-Datei"),
        )
        .abhilfe("eine Datei mit der Endung .md angeben; einen Vorgang setzt „drucksache render“");
        return Ok(Satz {
            befunde: vec![befund],
            ..Satz::default()
        });
    }
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
    match setzer.setze(&quelle.text, |name| bild(pfad, name)) {
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
    let (ordner, name) = ziel(pfad, ordner);
    ausgabe::schreibe(&ordner, &[(name.clone(), &pdf)])?;
    melden::sage(&format!(
        "{} geschrieben\n",
        lesen::anzeige(&ordner.join(name))
    ));
    Ok(Ausgang::Gut)
}

/// Folder and name of the PDF of a Markdown file.
fn ziel(pfad: &Path, ordner: Option<&Path>) -> (PathBuf, String) {
    let neben = pfad.parent().map(Path::to_path_buf).unwrap_or_default();
    let name = pfad.with_extension("pdf");
    let name = name.file_name().unwrap_or_default().to_string_lossy();
    (ordner.map_or(neben, PathBuf::from), name.into_owned())
}

/// Refuses files of which one PDF would replace another's; systems that know no case see `A.pdf` and `a.pdf` as one.
fn gleiche_ziele(dateien: &[PathBuf], ordner: Option<&Path>) -> Ausgang {
    let mut ziele: BTreeMap<(PathBuf, String), &Path> = BTreeMap::new();
    let mut befunde = Vec::new();
    for pfad in dateien {
        let (ort, name) = ziel(pfad, ordner);
        let erste = match ziele.entry((ort.clone(), name.to_lowercase())) {
            Entry::Vacant(frei) => {
                frei.insert(pfad);
                continue;
            }
            Entry::Occupied(belegt) => lesen::anzeige(belegt.get()),
        };
        let anzeige = lesen::anzeige(pfad);
        let pdf = lesen::anzeige(&ort.join(&name));
        let text = if anzeige == erste {
            format!("„{anzeige}“ ist zweimal angegeben")
        } else {
            format!("„{erste}“ und „{anzeige}“ ergäben beide „{pdf}“")
        };
        befunde.push(
            Befund::fehler("datei-zweimal", Stelle::Pfad(anzeige.as_str().into()), text)
                .abhilfe("jede Datei einmal angeben; gleichnamige umbenennen oder mit einem anderen -o setzen"),
        );
    }
    if befunde.is_empty() {
        return Ausgang::Gut;
    }
    melden::zeige(&befunde, &Sources::default());
    melden::klage(&format!(
        "{}; es wurde nichts geschrieben\n",
        bilanz(&befunde)
    ));
    Ausgang::NichtGebaut
}

/// A picture or attachment from beside the Markdown file. One that cannot be read is none: the layout says so.
pub(crate) fn bild(markdown: &Path, name: &str) -> Option<Arc<[u8]>> {
    let ordner = markdown
        .parent()
        .filter(|ordner| !ordner.as_os_str().is_empty());
    let ordner = fs::canonicalize(ordner.unwrap_or(Path::new("."))).ok()?;
    let bild = fs::canonicalize(ordner.join(name)).ok()?;
    if bild.starts_with(&ordner) {
        lesen::hoechstens(&bild, MAX_BYTES as u64 + 1)
            .ok()
            .map(Arc::from)
    } else {
        None
    }
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
