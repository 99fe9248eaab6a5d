//! `drucksache render`: makes the papers and writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use drucksache::check::alle_namen;
use drucksache::diagnostic::render::bilanz;
use drucksache::diagnostic::{Befund, Stelle};
use drucksache::input::suggest;
use drucksache::pdf::PdfError;
use drucksache::pipeline::{self, Eingabe, Ergebnis as Gebaut, Setzerei, Vorhanden};
use drucksache::pruefexemplar::Angaben;
use drucksache::template::Auswahl;
use rayon::prelude::*;

use crate::befehle::{Format, Render};
use crate::faeden::{self, Faeden};
use crate::fortschritt::Fortschritt;
use crate::melden::{self, Ausgang, Meldungen};
use crate::{Ergebnis, aufgezaehlt, ausgabe, lesen};

mod exemplar;

/// So many matters for each thread are made before what they say is said.
const AM_STUECK: usize = 8;

/// Runs the command.
pub(crate) fn render(befehl: &Render) -> Ausgang {
    let auswahl = Auswahl {
        entwurf: befehl.entwurf,
        nur: befehl.nur.clone(),
        drucksache: befehl.drucksache.clone(),
        gesamt: befehl.gesamt,
    };
    let exemplar = match exemplar::wunsch(befehl) {
        Ok(wunsch) => wunsch,
        Err(ausgang) => return ausgang,
    };
    let pfade = pfade(&befehl.pfade);
    let fortschritt = Fortschritt::neu(pfade.len(), "Vorgängen");
    let mut ausgang = Ausgang::Gut;
    let mut vorhanden = Vorhanden::default();
    let mut geschrieben = false;
    if let Some(name) = zweimal(&pfade) {
        melden::klage(&format!(
            "Fehler: zwei Vorgänge heißen „{name}“ und kämen in denselben Ordner; bitte einzeln mit -o setzen\n"
        ));
        return Ausgang::NichtGebaut;
    }
    let Some(faeden) = Faeden::neu(befehl.jobs) else {
        return Ausgang::NichtGebaut;
    };
    let setzerei = Setzerei::default();
    // A few matters at a time: what is said of them waits for those before them, and must not pile up.
    for pfade in pfade.chunks(faeden.zahl() * AM_STUECK) {
        let gesetzte: Vec<_> = faeden.mit(|| {
            let pfade = pfade.par_iter();
            pfade
                .map(|pfad| {
                    let mut meldungen = Meldungen::default();
                    let gesetzt = vorgang(
                        pfad,
                        &auswahl,
                        befehl,
                        (&setzerei, exemplar),
                        &mut meldungen,
                    );
                    fortschritt.weiter();
                    (meldungen, gesetzt)
                })
                .collect()
        });
        for (meldungen, gesetzt) in gesetzte {
            meldungen.schreibe();
            match gesetzt {
                Ok(Gesetzt::Geschrieben(weiter)) => {
                    geschrieben = true;
                    ausgang = ausgang.max(weiter);
                }
                Ok(Gesetzt::NichtsGewaehlt(weitere)) => {
                    vorhanden.arten.extend(weitere.arten);
                    vorhanden.ruhende.extend(weitere.ruhende);
                    vorhanden.nummern.extend(weitere.nummern);
                }
                Err(weiter) => ausgang = ausgang.max(weiter),
            }
        }
    }
    if !geschrieben && ausgang == Ausgang::Gut {
        melden::klage(&nichts_gewaehlt(&auswahl, &vorhanden));
        return Ausgang::NichtGebaut;
    }
    ausgang
}

/// The name of two different matters whose papers would come to the same folder, on systems without case as well.
fn zweimal(pfade: &[PathBuf]) -> Option<String> {
    let mut gesehen = BTreeMap::new();
    pfade.iter().find_map(|pfad| {
        let wirklich = std::fs::canonicalize(pfad).ok()?;
        let name = wirklich.file_name()?.to_string_lossy().into_owned();
        let anderer = gesehen.insert(name.to_lowercase(), wirklich.clone());
        anderer.filter(|anderer| *anderer != wirklich).map(|_| name)
    })
}

/// What came of a matter.
enum Gesetzt {
    /// Its papers are written.
    Geschrieben(Ausgang),
    /// None of its papers was asked for.
    NichtsGewaehlt(Vorhanden),
}

/// Says which of the wanted kind and number there is none of, and what there is.
fn nichts_gewaehlt(auswahl: &Auswahl, vorhanden: &Vorhanden) -> String {
    let ist = |namen: &BTreeSet<String>, gesucht: &str| {
        namen
            .iter()
            .any(|name| name == gesucht || name.replace('/', "-") == gesucht)
    };
    let zeile = |was: &str, gesucht: &str, namen: &BTreeSet<String>| {
        let meinten = suggest::nearest(gesucht, namen.iter().map(String::as_str))
            .map(|name| format!("; meinten Sie „{name}“?"))
            .unwrap_or_default();
        let namen: Vec<_> = namen.iter().map(String::as_str).collect();
        let es_gibt = if namen.is_empty() {
            "es gibt keine".to_owned()
        } else {
            format!("es gibt {}", aufgezaehlt(&namen))
        };
        format!("Fehler: {was} „{gesucht}“ gibt es nicht; {es_gibt}{meinten}\n")
    };
    let mut zeilen = String::new();
    if let Some(nur) = &auswahl.nur
        && !vorhanden.arten.iter().any(|art| auswahl.will_art(art))
    {
        if vorhanden.ruhende.iter().any(|art| auswahl.will_art(art)) {
            zeilen.push_str(&format!(
                "Fehler: Papiere der Art „{nur}“ sind bei diesem Stand der Angaben nicht zu schreiben; wann es sie gibt, sagt `wenn` im Kopf ihrer Vorlage\n"
            ));
        } else {
            zeilen.push_str(&zeile("Papiere der Art", nur, &vorhanden.arten));
        }
    }
    if let Some(nummer) = auswahl
        .drucksache
        .as_ref()
        .filter(|nummer| !ist(&vorhanden.nummern, nummer))
    {
        zeilen.push_str(&zeile("die Drucksache", nummer, &vorhanden.nummern));
    }
    if zeilen.is_empty() {
        zeilen.push_str("Fehler: kein Papier passt zu dieser Auswahl\n");
    }
    zeilen
}

/// The given folders, or the one at hand.
pub(crate) fn pfade(pfade: &[PathBuf]) -> Vec<PathBuf> {
    if pfade.is_empty() {
        vec![PathBuf::from(".")]
    } else {
        pfade.to_vec()
    }
}

/// Finds all that is wrong with the matter in `pfad`, says nothing and makes no paper.
pub(crate) fn pruefe(pfad: &Path) -> (String, Gebaut) {
    mit_eingabe(pfad, pipeline::pruefe)
}

/// Reads the matter in `pfad` and lets `tu` make something of it, and says nothing: all that keeps it from being made
/// is a finding. Gives the matter's name too.
pub(crate) fn mit_eingabe(
    pfad: &Path,
    tu: impl FnOnce(&Eingabe) -> Result<Gebaut, PdfError>,
) -> (String, Gebaut) {
    let nicht_gebaut = |befunde| Gebaut {
        befunde,
        ungeprueft: alle_namen(),
        ..Gebaut::default()
    };
    faeden::alle_kerne();
    let (eingabe, zu_vermerken) = match lesen::mit_vermerken(pfad) {
        Ok(gelesen) => gelesen,
        Err(befunde) => return (String::new(), nicht_gebaut(befunde)),
    };
    let mut gebaut = tu(&eingabe).unwrap_or_else(|fehler| {
        let stelle = Stelle::Pfad(lesen::anzeige(pfad).into());
        nicht_gebaut(vec![Befund::fehler("pdf", stelle, fehler.to_string())])
    });
    gebaut.pruefung.extend(zu_vermerken);
    (eingabe.name, gebaut)
}

/// Makes the papers of a matter and writes them; what is to be said comes to the messages.
fn vorgang(
    pfad: &Path,
    auswahl: &Auswahl,
    befehl: &Render,
    (setzerei, exemplar): (&Setzerei, Option<Angaben>),
    meldungen: &mut Meldungen,
) -> Ergebnis<Gesetzt> {
    let mut exemplare = Vec::new();
    let (name, gebaut) = mit_eingabe(pfad, |eingabe| {
        let gebaut = pipeline::baue_mit(setzerei, eingabe, auswahl)?;
        if let Some(angaben) = exemplar {
            exemplare = exemplar::exemplare(eingabe, &gebaut, angaben)?;
        }
        Ok(gebaut)
    });
    meldungen.zeige(&gebaut.befunde, &gebaut.quellen);
    if !gebaut.ist_gebaut() {
        meldungen.klage(format!(
            "{}{}; es wurde nichts geschrieben\n",
            lesen::vorsatz(pfad),
            bilanz(&gebaut.befunde)
        ));
        return Err(Ausgang::NichtGebaut);
    }
    if gebaut.papiere.is_empty() {
        return Ok(Gesetzt::NichtsGewaehlt(gebaut.vorhanden));
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
    exemplar::fuege_an(&exemplare, &mut dateien, meldungen)?;
    dateien.sort();
    dateien.dedup();
    let ordner = befehl.output.join(name);
    ausgabe::ersetze(&ordner, &dateien, &[]).map_err(|(pfad, fehler)| {
        meldungen.klage(format!("Fehler: {}\n", ausgabe::grund(&pfad, &fehler)));
        Ausgang::NichtGebaut
    })?;

    let namen: Vec<_> = dateien.iter().map(|(name, _)| name.as_str()).collect();
    meldungen.sage(format!(
        "{}: {} geschrieben\n",
        lesen::anzeige(&ordner),
        aufgezaehlt(&namen)
    ));
    // What could not be looked at is told by `check`; it is nothing that was found.
    if gebaut
        .pruefung
        .iter()
        .any(|befund| !befund.ist_nicht_pruefbar())
    {
        meldungen.sage(format!(
            "{}: drucksache check {}\n",
            bilanz(&gebaut.pruefung),
            lesen::anzeige(pfad)
        ));
    }
    let fehler = gebaut.pruefung.iter().any(|b| b.ist_fehler() && b.zaehlt());
    Ok(Gesetzt::Geschrieben(if befehl.streng && fehler {
        Ausgang::Befunde
    } else {
        Ausgang::Gut
    }))
}
