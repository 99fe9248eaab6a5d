//! `drucksache diff`: what changed between two states of a matter, where it comes from, and whether it matters.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use drucksache::diagnostic::Stelle;
use drucksache::diff::redline::redlines;
use drucksache::diff::synopse::synopse;
use drucksache::diff::{self, Unterschied, bericht, json};
use drucksache::input;
use drucksache::pipeline::entwurf::bilder;
use drucksache::pipeline::{Eingabe, Setzer};
use drucksache::source::{Source, Sources};

use crate::befehle::{Diff, Vergleichsform};
use crate::melden::{self, Ausgang};
use crate::{Ergebnis, aufgezaehlt, ausgabe, git, lesen};

/// Runs the command.
pub(crate) fn diff(befehl: &Diff) -> Ausgang {
    vergleiche(befehl)
        .and_then(|(unterschied, neuer)| zeige(&unterschied, &neuer, befehl))
        .unwrap_or_else(|ausgang| ausgang)
}

fn klage<T>(text: &str) -> Ergebnis<T> {
    melden::klage(&format!("Fehler: {text}\n"));
    Err(Ausgang::NichtGebaut)
}

/// The comparison, and the new matter, whose pictures a redline shows; an empty one for two texts.
fn vergleiche(befehl: &Diff) -> Ergebnis<(Unterschied, Eingabe)> {
    let mit_text =
        matches!(befehl.pfade.as_slice(), [alt, neu] if ist_markdown(alt) && !ist_markdown(neu));
    let verkehrt =
        matches!(befehl.pfade.as_slice(), [alt, neu] if !ist_markdown(alt) && ist_markdown(neu));
    if let Some(papier) = befehl.papier.as_deref().filter(|_| !mit_text && !verkehrt) {
        return klage(&format!(
            "--papier {papier} nennt das Papier, mit dem eine alte Markdown-Datei verglichen wird; hier stehen auf beiden Seiten dieselben Papiere, also --papier weglassen"
        ));
    }
    if let Some(revision) = &befehl.git {
        let pfad = match befehl.pfade.as_slice() {
            [] => PathBuf::from("."),
            [pfad] => pfad.clone(),
            _ => {
                return klage(
                    "mit --git wird nur ein Ordner angegeben: sein früherer Stand ist der alte",
                );
            }
        };
        let (alt, hinweise) = match git::vorgang(&pfad, revision) {
            Ok(gelesen) => gelesen,
            Err(grund) => return klage(&grund),
        };
        let neu = vorgang(&pfad)?;
        let mut unterschied = vorgaenge(&alt, &neu)?;
        unterschied.hinweise.extend(hinweise);
        return Ok((unterschied, neu));
    }
    let [alt, neu] = befehl.pfade.as_slice() else {
        return klage(
            "es fehlen die beiden Stände; etwa: drucksache diff ALT NEU, oder drucksache diff PFAD --git STAND",
        );
    };
    for pfad in [alt, neu] {
        if pfad.is_file() && !ist_markdown(pfad) {
            return klage(&format!(
                "„{}“ ist weder der Ordner eines Vorgangs noch eine Markdown-Datei; einen alten Text als Datei mit der Endung .md speichern",
                lesen::anzeige(pfad)
            ));
        }
    }
    match (ist_markdown(alt), ist_markdown(neu)) {
        (true, true) => {
            let (alt, neu) = (text(alt)?, text(neu)?);
            let unterschied =
                diff::vergleiche_texte((&alt.name, &alt.text), (&neu.name, &neu.text));
            Ok((unterschied, Eingabe::default()))
        }
        (true, false) => {
            let neu = vorgang(neu)?;
            let unterschied = mit_papier(&text(alt)?, &neu, befehl.papier.as_deref())?;
            Ok((unterschied, neu))
        }
        (false, true) => klage(
            "die Markdown-Datei ist hier der neue Stand; sie gehört an die erste Stelle, der Ordner an die zweite",
        ),
        (false, false) => {
            let (alt, neu) = (vorgang(alt)?, vorgang(neu)?);
            Ok((vorgaenge(&alt, &neu)?, neu))
        }
    }
}

fn vorgaenge(alt: &Eingabe, neu: &Eingabe) -> Ergebnis<Unterschied> {
    diff::vergleiche(alt, neu).map_err(|ungebaut| nicht_gebaut(&ungebaut))
}

fn nicht_gebaut(ungebaut: &diff::Ungebaut) -> Ausgang {
    melden::zeige(&ungebaut.befunde, &ungebaut.quellen);
    let welcher = if ungebaut.ist_alt { "alte" } else { "neue" };
    melden::klage(&format!(
        "Fehler: der {welcher} Stand lässt sich nicht setzen; es wurde nichts verglichen\n"
    ));
    Ausgang::NichtGebaut
}

fn mit_papier(alt: &Source, neu: &Eingabe, papier: Option<&str>) -> Ergebnis<Unterschied> {
    // A text of old is an agreement unless something else is said.
    let gesucht = papier.unwrap_or("vereinbarung");
    match diff::vergleiche_mit_papier((&alt.name, &alt.text), neu, gesucht) {
        Ok(Ok(unterschied)) => Ok(unterschied),
        Ok(Err(vorhandene)) => {
            let namen: Vec<&str> = vorhandene.iter().map(String::as_str).collect();
            klage(&format!(
                "ein Papier „{gesucht}“ hat der neue Stand nicht; mit --papier eines angeben: {}",
                aufgezaehlt(&namen)
            ))
        }
        Err(ungebaut) => Err(nicht_gebaut(&ungebaut)),
    }
}

fn ist_markdown(pfad: &Path) -> bool {
    !pfad.is_dir()
        && pfad
            .extension()
            .is_some_and(|endung| endung.eq_ignore_ascii_case("md"))
}

fn text(pfad: &Path) -> Ergebnis<Source> {
    let bytes = lesen::datei(pfad)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return klage(&format!(
            "„{}“ ist leer; es gibt nichts zu vergleichen",
            lesen::anzeige(pfad)
        ));
    }
    input::read(lesen::anzeige(pfad).into(), &bytes).map_err(|befund| {
        let mut quellen = Sources::default();
        quellen.insert(Source::new(
            lesen::anzeige(pfad),
            String::from_utf8_lossy(&bytes).as_ref(),
        ));
        melden::zeige(&[befund], &quellen);
        Ausgang::NichtGebaut
    })
}

fn vorgang(pfad: &Path) -> Ergebnis<Eingabe> {
    lesen::vorgang(pfad).map_err(|befunde| {
        melden::zeige(&befunde, &Sources::default());
        Ausgang::NichtGebaut
    })
}

fn zeige(unterschied: &Unterschied, neuer: &Eingabe, befehl: &Diff) -> Ergebnis<Ausgang> {
    match befehl.format {
        Vergleichsform::Text => {
            let farbig = io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|wert| wert.is_empty());
            melden::sage(&bericht::text(unterschied, farbig));
        }
        Vergleichsform::Md => melden::sage(&bericht::markdown(unterschied)),
        Vergleichsform::Json => melden::sage(&json::json(unterschied)),
        Vergleichsform::Pdf => schreibe(unterschied, neuer, befehl)?,
    }
    Ok(if unterschied.ist_leer() {
        Ausgang::Gut
    } else {
        Ausgang::Befunde
    })
}

/// Writes a redline of each changed paper and the Synopse, as Markdown and PDF.
fn schreibe(unterschied: &Unterschied, neuer: &Eingabe, befehl: &Diff) -> Ergebnis<()> {
    melden::sage(&format!("{}\n", bericht::bilanz(unterschied)));
    if unterschied.ist_leer() {
        return Ok(());
    }
    let mut papiere = redlines(unterschied);
    papiere.push(synopse(unterschied));
    let bilder = bilder(neuer);
    // Of a text alone no matter is known; its pictures lie beside it.
    let text = befehl.pfade.last().filter(|pfad| ist_markdown(pfad));
    let bild = |pfad: &str| {
        let vom_vorgang = bilder.get(pfad).cloned();
        vom_vorgang.or_else(|| crate::pdf::bild(text?, pfad))
    };
    let mut setzer = Setzer::default();
    let mut dateien = Vec::new();
    let mut misslungen = Vec::new();
    if let Some(pfad) = text {
        // What cannot be set stands in the text that was given, not in what is made of it.
        let gelesen = self::text(pfad)?;
        let mut quellen = Sources::default();
        let datei = gelesen.name.clone();
        let (_, befunde) = drucksache::markdown::parse(&gelesen.text);
        let befunde: Vec<_> = befunde
            .into_iter()
            .map(|mut befund| {
                if let Stelle::Papier(bereich) = befund.stelle {
                    befund.stelle = Stelle::Datei {
                        datei: datei.clone(),
                        bereich,
                    };
                }
                befund
            })
            .collect();
        quellen.insert(gelesen);
        melden::zeige(&befunde, &quellen);
    }
    for papier in papiere {
        let name = papier.name;
        let (gesetzt, befunde) = match setzer.setze(&papier.markdown, bild) {
            Ok(ergebnis) => ergebnis,
            Err(fehler) => {
                misslungen.push(format!("„{name}“: {fehler}"));
                continue;
            }
        };
        let mut quellen = Sources::default();
        let quelle = format!("{name}.md");
        quellen.insert(Source::new(quelle.as_str(), papier.markdown.as_str()));
        let befunde: Vec<_> = befunde
            .into_iter()
            .map(|mut befund| {
                if let Stelle::Papier(bereich) = befund.stelle {
                    befund.stelle = Stelle::Datei {
                        datei: quelle.as_str().into(),
                        bereich,
                    };
                }
                befund
            })
            .collect();
        if text.is_none() || gesetzt.is_none() {
            melden::zeige(&befunde, &quellen);
        }
        let Some(gesetzt) = gesetzt else {
            misslungen.push(format!("„{name}“ lässt sich nicht setzen"));
            continue;
        };
        dateien.push((quelle, papier.markdown.into_bytes()));
        dateien.push((format!("{name}.pdf"), gesetzt.pdf));
        dateien.extend(
            gesetzt
                .beilagen
                .iter()
                .map(|(pfad, bytes)| (pfad.clone(), bytes.to_vec())),
        );
    }
    let dateien: Vec<(String, &[u8])> = dateien
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.as_slice()))
        .collect();
    ausgabe::schreibe(&befehl.output, &dateien)?;
    let anzeige = lesen::anzeige(&befehl.output);
    for (name, _) in dateien.iter().filter(|(name, _)| name.ends_with(".pdf")) {
        melden::sage(&format!("{anzeige}/{name}\n"));
    }
    if !misslungen.is_empty() {
        return klage(&misslungen.join("; "));
    }
    Ok(())
}
