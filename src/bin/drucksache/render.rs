//! `drucksache render`: makes the papers and writes them.

use std::path::{Path, PathBuf};

use drucksache::diagnostic::render::bilanz;
use drucksache::diagnostic::{Befund, Stelle};
use drucksache::pipeline::{self, Ergebnis as Gebaut};
use drucksache::template::Auswahl;

use crate::befehle::{Format, Render};
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, aufgezaehlt, ausgabe, lesen};

/// Runs the command.
pub(crate) fn render(befehl: &Render) -> Ausgang {
    let auswahl = Auswahl {
        entwurf: befehl.entwurf,
        nur: befehl.nur.clone(),
        drucksache: befehl.drucksache.clone(),
    };
    pfade(&befehl.pfade)
        .iter()
        .map(|pfad| vorgang(pfad, &auswahl, befehl).unwrap_or_else(|ausgang| ausgang))
        .max()
        .unwrap_or(Ausgang::Gut)
}

/// The given folders, or the one at hand.
pub(crate) fn pfade(pfade: &[PathBuf]) -> Vec<PathBuf> {
    if pfade.is_empty() {
        vec![PathBuf::from(".")]
    } else {
        pfade.to_vec()
    }
}

/// Makes the papers of the matter in `pfad`; findings are said, errors end it.
pub(crate) fn baue(pfad: &Path, auswahl: &Auswahl) -> Ergebnis<(String, Gebaut)> {
    let (name, gebaut) = versuche(pfad, auswahl);
    melden::zeige(&gebaut.befunde, &gebaut.quellen);
    if gebaut.ist_gebaut() {
        Ok((name, gebaut))
    } else {
        melden::klage(&format!(
            "{}{}; es wurde nichts geschrieben\n",
            lesen::vorsatz(pfad),
            bilanz(&gebaut.befunde)
        ));
        Err(Ausgang::NichtGebaut)
    }
}

/// Makes the papers of the matter in `pfad` and says nothing: all that keeps them from being made is a finding.
pub(crate) fn versuche(pfad: &Path, auswahl: &Auswahl) -> (String, Gebaut) {
    let nicht_gebaut = |befunde| Gebaut {
        befunde,
        ..Gebaut::default()
    };
    let eingabe = match lesen::vorgang(pfad) {
        Ok(eingabe) => eingabe,
        Err(befunde) => return (String::new(), nicht_gebaut(befunde)),
    };
    let gebaut = pipeline::baue(&eingabe, auswahl).unwrap_or_else(|fehler| {
        let stelle = Stelle::Pfad(lesen::anzeige(pfad).into());
        nicht_gebaut(vec![Befund::fehler("pdf", stelle, fehler.to_string())])
    });
    (eingabe.name, gebaut)
}

fn vorgang(pfad: &Path, auswahl: &Auswahl, befehl: &Render) -> Ergebnis<Ausgang> {
    let (name, gebaut) = baue(pfad, auswahl)?;
    if gebaut.papiere.is_empty() {
        melden::klage(&format!(
            "{}kein Papier passt zu dieser Auswahl\n",
            lesen::vorsatz(pfad)
        ));
        return Err(Ausgang::NichtGebaut);
    }
    let mut dateien: Vec<(String, &[u8])> = Vec::new();
    for fertig in &gebaut.papiere {
        let name = &fertig.papier.name;
        if befehl.format.contains(&Format::Md) {
            dateien.push((format!("{name}.md"), fertig.papier.markdown.as_bytes()));
            dateien.extend(
                fertig
                    .beilagen
                    .iter()
                    .map(|(pfad, bytes)| (pfad.clone(), &**bytes)),
            );
        }
        if befehl.format.contains(&Format::Pdf) {
            dateien.push((format!("{name}.pdf"), &fertig.pdf));
        }
    }
    dateien.sort();
    dateien.dedup();
    let ordner = befehl.output.join(name);
    ausgabe::schreibe(&ordner, &dateien)?;

    let namen: Vec<_> = dateien.iter().map(|(name, _)| name.as_str()).collect();
    melden::sage(&format!(
        "{}: {} geschrieben\n",
        lesen::anzeige(&ordner),
        aufgezaehlt(&namen)
    ));
    if !gebaut.pruefung.is_empty() {
        melden::sage(&format!(
            "{}: drucksache check {}\n",
            bilanz(&gebaut.pruefung),
            lesen::anzeige(pfad)
        ));
    }
    let fehler = gebaut.pruefung.iter().any(Befund::ist_fehler);
    Ok(if befehl.streng && fehler {
        Ausgang::Befunde
    } else {
        Ausgang::Gut
    })
}
