//! `drucksache vermerken`: writes down who accepts a finding, and why.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use drucksache::check::vermerke::{DATEI, Eintrag, Vermerke, ergaenzt, ersetzt, sagt_etwas};
use drucksache::check::{Suche, suche};
use drucksache::diagnostic::{Befund, Stelle};
use drucksache::input::{self, Datum};
use drucksache::model::Text;
use drucksache::pipeline::Ergebnis as Gebaut;
use drucksache::source::{Source, Sources};

use crate::befehle::Vermerken;
use crate::explain::unbekannt;
use crate::melden::{self, Ausgang};
use crate::render::pruefe;
use crate::{Ergebnis, ausgabe, lesen};

/// Runs the command.
pub(crate) fn vermerken(befehl: &Vermerken) -> Ausgang {
    match versuche(befehl) {
        Ok(gesagt) => {
            melden::sage(&gesagt);
            Ausgang::Gut
        }
        Err(ausgang) => ausgang,
    }
}

fn versuche(befehl: &Vermerken) -> Ergebnis<String> {
    let regel = match suche(&befehl.regel) {
        Suche::Gefunden(regel) | Suche::Umbenannt(regel) => regel,
        Suche::Unbekannt(vorschlag) => return klage(&unbekannt(&befehl.regel, vorschlag)),
    };
    let am = befehl.am.as_deref().map(tag).transpose()?;
    let (grund, name) = (text("grund", &befehl.grund)?, text("name", &befehl.name)?);
    let ordner = befehl.pfad.as_deref().unwrap_or(Path::new("."));
    let datei = ordner.join(DATEI);
    let vorher = geschriebenes(&datei)?;
    let (_, gebaut) = pruefe(ordner);
    if !gebaut.ist_gebaut() {
        melden::zeige(&gebaut.befunde, &gebaut.quellen);
        return Err(Ausgang::NichtGebaut);
    }
    let befunde: Vec<_> = gebaut
        .pruefung
        .iter()
        .filter(|b| b.regel == regel.name)
        .collect();
    let befund = gemeinter(&befunde, &befehl.stelle, &gebaut, regel.name)?;
    let Some(pruefung) = &befund.pruefung else {
        return klage("zu diesem Befund lässt sich nichts vermerken");
    };
    if let Some(vermerk) = &pruefung.vermerk {
        return Ok(format!(
            "schon vermerkt von {}: {}\n",
            vermerk.name, vermerk.grund
        ));
    }
    let eintrag = Eintrag {
        regel: Text::from(regel.name),
        stelle: Text::from(pruefung.stelle.as_str()),
        grund,
        name,
        am,
        deckt: Text::from(pruefung.deckt.as_str()),
    };
    let (marke, rest) = match vorher.strip_prefix(BOM) {
        Some(rest) => (BOM, rest),
        None => ("", vorher.as_str()),
    };
    let (vermerke, _) = Vermerke::lies(&Source::new(DATEI, rest));
    let erneuert = vermerke.erneuert(&eintrag, &gebaut.pruefung);
    let nachher = erneuert
        .and_then(|zeile| ersetzt(rest, zeile, &eintrag))
        .or_else(|| ergaenzt(rest, &eintrag));
    let Some(nachher) = nachher.map(|nachher| format!("{marke}{nachher}")) else {
        return klage(&format!(
            "„{}“ lässt sich nicht ergänzen, ohne Geschriebenes zu ändern; die Liste `vermerke:` muss am Ende der Datei \
             stehen, ein Eintrag je Absatz",
            lesen::anzeige(&datei)
        ));
    };
    ausgabe::schreibe(ordner, &[(DATEI.to_owned(), nachher.as_bytes())])?;
    Ok(format!(
        "{}: {} bei {} vermerkt\n",
        lesen::anzeige(&datei),
        regel.name,
        pruefung.stelle
    ))
}

/// What begins a file that some editors save.
const BOM: &str = "\u{feff}";

/// The file as it is, if a waiver can be added to it; nothing is added to one that is at fault.
fn geschriebenes(datei: &Path) -> Ergebnis<String> {
    if fs::symlink_metadata(datei).is_err_and(|fehler| fehler.kind() == ErrorKind::NotFound) {
        return Ok(String::new());
    }
    let bytes = lesen::datei(datei)?;
    let mut quellen = Sources::default();
    let fehler = match input::read(lesen::anzeige(datei).into(), &bytes) {
        Ok(quelle) => {
            quellen.insert(quelle.clone());
            let (_, befunde) = Vermerke::lies(&quelle);
            befunde.into_iter().filter(Befund::ist_fehler).collect()
        }
        Err(befund) => vec![befund],
    };
    if !fehler.is_empty() {
        melden::zeige(&fehler, &quellen);
        return klage("erst diese Datei berichtigen; es wurde nichts vermerkt");
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The finding at the place that was named: as `check` prints it (`datei:zeile`), or as `vermerke.yaml` keeps it.
fn gemeinter<'b>(
    befunde: &[&'b Befund],
    gesucht: &str,
    gebaut: &Gebaut,
    regel: &str,
) -> Ergebnis<&'b Befund> {
    let passend: Vec<_> = befunde
        .iter()
        .filter(|befund| passt(befund, gesucht, gebaut))
        .collect();
    let orte = |befunde: &mut dyn Iterator<Item = &&'b Befund>| -> String {
        befunde
            .map(|befund| format!("  {}\n", ort(befund, gebaut)))
            .collect()
    };
    match passend.as_slice() {
        [befund] => Ok(befund),
        [] if befunde.is_empty() => klage(&format!("die Regel „{regel}“ findet hier nichts")),
        [] => klage(&format!(
            "die Regel „{regel}“ findet nichts bei „{gesucht}“; sie findet etwas bei\n{}",
            orte(&mut befunde.iter()).trim_end()
        )),
        _ => klage(&format!(
            "bei „{gesucht}“ findet die Regel „{regel}“ mehreres; bitte genauer:\n{}",
            orte(&mut passend.iter().copied()).trim_end()
        )),
    }
}

fn passt(befund: &Befund, gesucht: &str, gebaut: &Gebaut) -> bool {
    let ort = ort(befund, gebaut);
    let zeile = ort
        .rsplit_once(':')
        .map_or(ort.as_str(), |(zeile, _)| zeile);
    let endet = |ganz: &str| {
        ganz.strip_suffix(gesucht.trim_start_matches("./"))
            .is_some_and(|davor| davor.is_empty() || davor.ends_with('/'))
    };
    endet(&ort)
        || endet(zeile)
        || befund
            .pruefung
            .as_ref()
            .is_some_and(|pruefung| pruefung.stelle == gesucht)
}

/// `datei:zeile:spalte`
fn ort(befund: &Befund, gebaut: &Gebaut) -> String {
    match &befund.stelle {
        Stelle::Datei { datei, bereich } => match gebaut.quellen.get(datei) {
            Some(quelle) => {
                let ort = quelle.line_column(bereich.start);
                format!("{datei}:{}:{}", ort.line, ort.column)
            }
            None => datei.to_string(),
        },
        Stelle::Pfad(pfad) => pfad.to_string(),
        Stelle::Route(route) => route.datei.to_string(),
        Stelle::Papier(_) | Stelle::ImPapier { .. } => String::new(),
    }
}

fn text(was: &str, text: &str) -> Ergebnis<Text> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return klage(&format!("--{was} braucht einen Text in einer Zeile"));
    }
    if !sagt_etwas(text) {
        return klage(&format!(
            "--{was} braucht Worte; „{text}“ sagt niemandem, wer den Befund hinnimmt und warum"
        ));
    }
    Ok(Text::from(text))
}

fn tag(text: &str) -> Ergebnis<Datum> {
    match text.parse::<Datum>() {
        Ok(tag) => Ok(tag),
        Err(fehler) => klage(&format!("--am: {}", fehler.text)),
    }
}

fn klage<T>(text: &str) -> Ergebnis<T> {
    melden::klage(&format!("Fehler: {text}\n"));
    Err(Ausgang::NichtGebaut)
}
