//! `drucksache golden`: compares papers with the golden files beside their matter, or writes these anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use drucksache::diagnostic::render::bilanz;
use drucksache::diagnostic::{Befund, Stelle};
use drucksache::golden::abdeckung::Satzabdeckung;
use drucksache::golden::bericht::{self, Ausgang as Was, Bericht};
use drucksache::golden::{self, Abweichung, Ebene, Stand, Vergleich};
use drucksache::pipeline::{self, Ergebnis as Gebaut};
use drucksache::template::Auswahl;

use crate::befehle::{Golden, Goldenform as Form};
use crate::melden::{self, Ausgang};
use crate::render::{mit_eingabe, pfade};
use crate::{ausgabe, lesen};

/// Folder of the golden files in a matter.
const ORDNER: &str = "golden";
/// Most bytes of a golden file that are read: those of a paper of some ten thousand pages.
const GROESSTE: u64 = 256 * 1024 * 1024;

/// Runs the command. All matters of a call are one set.
pub(crate) fn golden(befehl: &Golden) -> Ausgang {
    let mut faelle = Vec::new();
    let mut abdeckung = befehl.abdeckung.then(Satzabdeckung::default);
    for pfad in pfade(&befehl.pfade) {
        let fall = Fall::aus(&pfad, befehl.update);
        match befehl.format {
            Form::Text => fall.zeige(),
            Form::Json => {}
            Form::Github => melden::sage(&fall.bericht().github()),
        }
        if let Some(abdeckung) = &mut abdeckung {
            match lesen::vorgang(&pfad) {
                Ok(eingabe) if fall.gebaut.ist_gebaut() => {
                    abdeckung.nimm(pipeline::abdeckung(&eingabe), &fall.gebaut.pruefung);
                }
                _ => abdeckung.ohne(&fall.pfad),
            }
        }
        faelle.push(fall);
    }
    if befehl.format == Form::Json {
        let berichte: Vec<_> = faelle.iter().map(Fall::bericht).collect();
        melden::sage(&bericht::json(&berichte, abdeckung.as_ref()));
    } else if let Some(abdeckung) = &abdeckung {
        melden::sage(&abdeckung.text());
    }
    faelle
        .iter()
        .map(|fall| match fall.was {
            Was::Gleich | Was::Aktualisiert => Ausgang::Gut,
            Was::Abweichungen => Ausgang::Befunde,
            Was::Fehler => Ausgang::NichtGebaut,
        })
        .max()
        .unwrap_or(Ausgang::Gut)
}

/// A matter and what came of it.
struct Fall {
    pfad: String,
    update: bool,
    was: Was,
    gebaut: Gebaut,
    vergleich: Vergleich,
    /// How many golden files there are now.
    dateien: usize,
    geschrieben: Vec<String>,
    entfernt: Vec<String>,
}

impl Fall {
    fn aus(pfad: &Path, update: bool) -> Self {
        let auswahl = Auswahl {
            gesamt: true,
            ..Auswahl::default()
        };
        let mut jetzt = Stand::default();
        let (_, gebaut) = mit_eingabe(pfad, |eingabe| {
            let (gebaut, stand) = Stand::baue(eingabe, &auswahl)?;
            jetzt = stand;
            Ok(gebaut)
        });
        let mut fall = Self {
            pfad: lesen::anzeige(pfad),
            update,
            was: Was::Fehler,
            gebaut,
            vergleich: Vergleich::default(),
            dateien: 0,
            geschrieben: Vec::new(),
            entfernt: Vec::new(),
        };
        if fall.gebaut.ist_gebaut()
            && let Err(befund) = fall.vergleiche(&jetzt, &pfad.join(ORDNER))
        {
            fall.was = Was::Fehler;
            fall.gebaut.befunde.push(befund);
        }
        fall
    }

    fn vergleiche(&mut self, jetzt: &Stand, ordner: &Path) -> Result<(), Befund> {
        let gelesen = lies(ordner)?;
        self.vergleich = golden::vergleiche(Stand::gespeichert(&gelesen.dateien), jetzt);
        self.vergleich
            .hinweise
            .extend(gelesen.hinweise.iter().cloned());
        let dateien = jetzt.dateien();
        self.dateien = dateien.len();
        if self.update {
            self.schreibe(ordner, dateien, &gelesen)?;
            self.was = Was::Aktualisiert;
        } else if self.vergleich.ist_gleich() {
            self.was = Was::Gleich;
        } else {
            self.was = Was::Abweichungen;
        }
        Ok(())
    }

    fn schreibe(
        &mut self,
        ordner: &Path,
        mut dateien: BTreeMap<String, String>,
        gelesen: &Gelesen,
    ) -> Result<(), Befund> {
        // The list of papers comes first: should the run be stopped, it names all files that are there.
        let liste = dateien.remove_entry(&Ebene::Bytes.datei(""));
        let anders: Vec<(String, String)> = liste
            .into_iter()
            .chain(dateien)
            .filter(|(name, text)| {
                let alt = gelesen.dateien.get(name);
                gelesen.verknuepft.contains(name) || alt.is_none_or(|alt| alt != text.as_bytes())
            })
            .collect();
        let veraltet = &self.vergleich.veraltet;
        if anders.is_empty() && veraltet.is_empty() {
            ausgabe::raeume(ordner);
            return Ok(());
        }
        let bytes: Vec<(String, &[u8])> = anders
            .iter()
            .map(|(name, text)| (name.clone(), text.as_bytes()))
            .collect();
        ausgabe::ersetze(ordner, &bytes, veraltet).map_err(|(pfad, fehler)| {
            Befund::fehler(
                "golden-nicht-schreibbar",
                Stelle::Pfad(lesen::anzeige(&pfad).into()),
                ausgabe::grund(&pfad, &fehler),
            )
            .abhilfe("Platz und Zugriffsrechte prüfen; die alten Golden-Dateien sind noch da")
        })?;
        self.entfernt.clone_from(veraltet);
        self.geschrieben = anders.into_iter().map(|(name, _)| name).collect();
        Ok(())
    }

    fn bericht(&self) -> Bericht<'_> {
        Bericht {
            pfad: &self.pfad,
            ausgang: self.was,
            gebaut: &self.gebaut,
            vergleich: &self.vergleich,
            geschrieben: &self.geschrieben,
            entfernt: &self.entfernt,
        }
    }

    fn zeige(&self) {
        melden::zeige(&self.gebaut.befunde, &self.gebaut.quellen);
        if self.was == Was::Fehler {
            let nichts = if self.update {
                "geschrieben"
            } else {
                "verglichen"
            };
            melden::klage(&format!(
                "{}: {}; es wurde nichts {nichts}\n",
                self.pfad,
                bilanz(&self.gebaut.befunde)
            ));
            return;
        }
        melden::sage(&self.bericht().text());
        for hinweis in &self.vergleich.hinweise {
            melden::klage(&format!("Hinweis: {}: {hinweis}\n", self.pfad));
        }
        melden::sage(&format!("{}: {}\n", self.pfad, self.bilanz()));
    }

    fn bilanz(&self) -> String {
        let anzahl = |n: usize, eine: &str, mehrere: &str| {
            format!("{n} {}", if n == 1 { eine } else { mehrere })
        };
        let papiere = anzahl(self.gebaut.papiere.len(), "Papier", "Papiere");
        match self.was {
            Was::Gleich => format!("{papiere} wie in den Golden-Dateien"),
            Was::Aktualisiert if self.geschrieben.is_empty() && self.entfernt.is_empty() => {
                format!(
                    "{} unverändert",
                    anzahl(self.dateien, "Golden-Datei", "Golden-Dateien")
                )
            }
            Was::Aktualisiert => {
                let geschrieben = anzahl(self.geschrieben.len(), "Golden-Datei", "Golden-Dateien");
                let entfernt = match self.entfernt.as_slice() {
                    [] => String::new(),
                    entfernt => format!(", {} entfernt", entfernt.join(", ")),
                };
                format!("{geschrieben} von {} geschrieben{entfernt}", self.dateien)
            }
            Was::Abweichungen | Was::Fehler => {
                let veraltet = match self.vergleich.veraltet.as_slice() {
                    [] => String::new(),
                    veraltet => format!("; veraltet: {}", veraltet.join(", ")),
                };
                let zum_vorgang = |a: &&Abweichung| a.papier.is_none();
                let anders = self.vergleich.abweichungen.iter();
                let allgemein = anders.clone().filter(zum_vorgang).count();
                let an_papieren = anders.count() - allgemein;
                let was = match (an_papieren, allgemein) {
                    _ if self.vergleich.ist_neu() => format!("{papiere} ohne Golden-Dateien"),
                    (0, _) => {
                        anzahl(allgemein, "Abweichung", "Abweichungen") + ", kein Papier anders"
                    }
                    (1, _) => "1 Papier anders als in den Golden-Dateien".to_owned(),
                    (n, _) => format!("{n} Papiere anders als in den Golden-Dateien"),
                };
                format!("{was}{veraltet}; {}", self.bericht().abhilfe())
            }
        }
    }
}

/// The stored golden files by name, and what was odd about them.
#[derive(Default)]
struct Gelesen {
    dateien: BTreeMap<String, Vec<u8>>,
    /// Links in the place of files: never read or written through; replaced by an update.
    verknuepft: BTreeSet<String>,
    hinweise: Vec<String>,
}

/// Reads the golden files; none if there is no folder yet. Files of others are not opened, and no link is followed: a
/// difference is printed, and what a link leads to is not for the log of a build.
fn lies(ordner: &Path) -> Result<Gelesen, Befund> {
    let mut gelesen = Gelesen::default();
    let eintraege = match fs::read_dir(ordner) {
        Ok(eintraege) => eintraege,
        Err(fehler)
            if fehler.kind() == io::ErrorKind::NotFound
                && fs::symlink_metadata(ordner).is_err() =>
        {
            return Ok(gelesen);
        }
        Err(fehler) => return Err(unlesbar(ordner, &fehler)),
    };
    let mut pfade = Vec::new();
    for eintrag in eintraege {
        pfade.push(eintrag.map_err(|fehler| unlesbar(ordner, &fehler))?.path());
    }
    pfade.sort();
    for pfad in pfade {
        let Some(name) = pfad.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !golden::ist_golden_name(name) {
            continue;
        }
        if pfad.is_symlink() {
            gelesen.hinweise.push(format!(
                "„{name}“ ist eine Verknüpfung und keine Datei, wird nicht gelesen und fehlt darum; --update legt dort \
                 eine Datei an"
            ));
            gelesen.verknuepft.insert(name.to_owned());
            continue;
        }
        match lesen::hoechstens(&pfad, GROESSTE) {
            Ok(bytes) => {
                gelesen.dateien.insert(name.to_owned(), bytes);
            }
            // Another run may just have removed it.
            Err(fehler) if fehler.kind() == io::ErrorKind::NotFound => {}
            Err(fehler) => return Err(unlesbar(&pfad, &fehler)),
        }
    }
    Ok(gelesen)
}

fn unlesbar(pfad: &Path, fehler: &io::Error) -> Befund {
    let anzeige = lesen::anzeige(pfad);
    Befund::fehler(
        "golden-nicht-lesbar",
        Stelle::Pfad(anzeige.as_str().into()),
        format!("„{anzeige}“ {}", lesen::grund(fehler)),
    )
    .abhilfe("den Pfad und die Zugriffsrechte prüfen")
}
