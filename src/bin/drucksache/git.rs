//! A matter as it stood at a revision that git knows. Calls `git` and reads what it says; writes nothing anywhere.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use drucksache::pipeline::{Eingabe, Ordner};

use crate::lesen;

/// Reads the matter in `pfad` as it stood at `revision`; its base data as they stood then.
///
/// # Errors
/// Why it cannot be read: German sentences.
pub(crate) fn vorgang(pfad: &Path, revision: &str) -> Result<(Eingabe, Vec<String>), String> {
    let anzeige = lesen::anzeige(pfad);
    let ordner = std::fs::canonicalize(pfad).map_err(|fehler| {
        format!(
            "„{anzeige}“ {}; die Schreibweise des Pfades prüfen",
            lesen::grund(&fehler)
        )
    })?;
    if !ordner.is_dir() {
        return Err(format!(
            "„{anzeige}“ ist kein Ordner; mit --git den Ordner des Vorgangs angeben"
        ));
    }
    let git = Git { ordner: &ordner };
    let wurzel = git.text(&["rev-parse", "--show-toplevel"]).map_err(|fehler| match fehler {
        Fehler::Fehlt => "das Programm git ist auf diesem Rechner nicht installiert; den alten Stand in einen eigenen Ordner legen und beide Ordner angeben".to_owned(),
        Fehler::Gescheitert(_) => format!("„{anzeige}“ liegt in keinem Ordner, den git verwaltet; statt --git zwei Ordner angeben"),
    })?;
    // A name that begins with a hyphen would be read as an option.
    let unbekannt = || {
        format!(
            "git kennt in „{anzeige}“ keinen Stand „{revision}“; mit „git log --oneline“ nachsehen, welche es gibt"
        )
    };
    if revision.starts_with('-') || revision.is_empty() {
        return Err(unbekannt());
    }
    let stand = git
        .text(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ])
        .map_err(|_| unbekannt())?;
    let wurzel = std::fs::canonicalize(&wurzel).unwrap_or_else(|_| wurzel.into());
    let innen = ordner
        .strip_prefix(&wurzel)
        .map(lesen::anzeige)
        .unwrap_or_default();
    let name = ordner.file_name().map_or_else(
        || "vorgang".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut hinweise = Vec::new();
    let mut innen = innen;
    let mut vorgang = git.dateien(&stand, &innen, true)?;
    if vorgang.is_empty() {
        let git = Git { ordner: &wurzel };
        let Some(damals) = git.frueherer_name(&stand, &innen)? else {
            return Err(git.nie_da(&anzeige, &innen, revision));
        };
        hinweise.push(format!("im Stand „{revision}“ hieß der Ordner „{damals}“"));
        vorgang = git.dateien(&stand, &damals, true)?;
        innen = damals;
    }
    let mut stammdaten = Ordner::default();
    let mut hoch = Some(Path::new(&innen));
    let mut gefunden = false;
    while let Some(stelle) = hoch {
        let stamm = lesen::anzeige(&stelle.join(lesen::STAMMDATEN));
        let dateien = git.dateien(&stand, &stamm, false)?;
        if !dateien.is_empty() {
            stammdaten = Ordner {
                anzeige: format!("{stamm}@{revision}"),
                dateien,
            };
            gefunden = true;
            break;
        }
        hoch = stelle.parent();
    }
    if !gefunden
        && let Ok(heutige) = lesen::vorgang(pfad)
        && !heutige.stammdaten.dateien.is_empty()
    {
        hinweise.push(format!(
            "im Stand „{revision}“ gibt es keine Stammdaten; verwendet werden die heutigen"
        ));
        stammdaten = heutige.stammdaten;
    }
    let eingabe = Eingabe {
        name,
        vorgang: Ordner {
            anzeige: format!("{anzeige}@{revision}"),
            dateien: vorgang,
        },
        stammdaten,
    };
    Ok((eingabe, hinweise))
}

/// The way inside a folder of the repository; the repository itself has no name.
fn unter<'p>(ordner: &str, pfad: &'p str) -> Option<&'p str> {
    pfad.strip_prefix(ordner)?.strip_prefix('/')
}

struct Git<'a> {
    ordner: &'a Path,
}

enum Fehler {
    /// There is no git.
    Fehlt,
    /// git said no.
    Gescheitert(String),
}

impl Git<'_> {
    fn ruf(&self, argumente: &[&str]) -> Result<Output, Fehler> {
        let ausgabe = Command::new("git")
            .arg("-C")
            .arg(self.ordner)
            .args(argumente)
            .output();
        match ausgabe {
            Ok(ausgabe) if ausgabe.status.success() => Ok(ausgabe),
            Ok(ausgabe) => Err(Fehler::Gescheitert(
                String::from_utf8_lossy(&ausgabe.stderr).trim().to_owned(),
            )),
            Err(fehler) if fehler.kind() == io::ErrorKind::NotFound => Err(Fehler::Fehlt),
            Err(fehler) => Err(Fehler::Gescheitert(fehler.to_string())),
        }
    }

    fn text(&self, argumente: &[&str]) -> Result<String, Fehler> {
        let ausgabe = self.ruf(argumente)?;
        Ok(String::from_utf8_lossy(&ausgabe.stdout)
            .trim_end_matches(['\n', '\r'])
            .to_owned())
    }

    /// What a folder of the repository was called at a revision: the one from which most of its files came. Files count
    /// that git takes for renamed ones, and those that say the same elsewhere, where nothing is any more.
    fn frueherer_name(&self, stand: &str, innen: &str) -> Result<Option<String>, String> {
        let klage = |fehler: Fehler| match fehler {
            Fehler::Fehlt => "das Programm git ist nicht installiert".to_owned(),
            Fehler::Gescheitert(grund) => {
                format!(
                    "git konnte nicht sagen, wie der Ordner „{innen}“ früher hieß. Originalmeldung: {grund}"
                )
            }
        };
        let mut stimmen: BTreeMap<String, usize> = BTreeMap::new();
        let mut stimme = |alt: &str, neu: &str| {
            let Some(rest) = unter(innen, neu) else {
                return;
            };
            let ordner = alt.strip_suffix(rest).and_then(|o| o.strip_suffix('/'));
            if let Some(ordner) = ordner.filter(|ordner| !self.ordner.join(ordner).exists()) {
                *stimmen.entry(ordner.to_owned()).or_default() += 1;
            }
        };
        let umbenannte = self
            .ruf(&[
                "diff",
                "--no-ext-diff",
                "--find-renames",
                "--diff-filter=R",
                "--name-status",
                "-z",
                stand,
                "--",
            ])
            .map_err(klage)?;
        let umbenannte = String::from_utf8_lossy(&umbenannte.stdout).into_owned();
        let mut teile = umbenannte.split('\0');
        while let (Some(_), Some(alt), Some(neu)) = (teile.next(), teile.next(), teile.next()) {
            stimme(alt, neu);
        }
        // What was moved without git being told of it is known by its contents.
        let damals = self.ruf(&["ls-tree", "-r", "-z", "--full-tree", stand]);
        let damals = damals.map_err(klage)?;
        let damals = String::from_utf8_lossy(&damals.stdout).into_owned();
        let mut orte: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for eintrag in damals.split('\0') {
            if let Some((kopf, pfad)) = eintrag.split_once('\t')
                && let Some(objekt) = kopf.split(' ').nth(2)
            {
                orte.entry(objekt).or_default().push(pfad);
            }
        }
        let heutige = self.ruf(&["ls-files", "-z", "--others", "--", innen]);
        let heutige = heutige.map_err(klage)?;
        let heutige = String::from_utf8_lossy(&heutige.stdout).into_owned();
        for neu in heutige.split('\0').filter(|pfad| !pfad.is_empty()) {
            if !lesen::gehoert_dazu(Path::new(neu)) {
                continue;
            }
            let Ok(objekt) = self.text(&["hash-object", "--", neu]) else {
                continue;
            };
            for alt in orte.get(objekt.as_str()).into_iter().flatten() {
                stimme(alt, neu);
            }
        }
        // Of equally many the first by name.
        let beste = stimmen
            .iter()
            .max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a)));
        Ok(beste.map(|(ordner, _)| ordner.clone()))
    }

    /// Why there is nothing of a folder at a revision, and what helps.
    fn nie_da(&self, anzeige: &str, innen: &str, revision: &str) -> String {
        let erster = self.text(&[
            "log",
            "--reverse",
            "--format=%h vom %ad",
            "--date=format:%d.%m.%Y",
            "--",
            innen,
        ]);
        let erster = erster.unwrap_or_default();
        match erster.lines().next() {
            Some(erster) => format!(
                "den Ordner „{anzeige}“ gibt es im Stand „{revision}“ nicht, auch nicht unter einem anderen Namen; sein erster Stand ist {erster}: diesen oder einen späteren angeben, oder den alten Stand in einen eigenen Ordner legen und beide Ordner angeben"
            ),
            None => format!(
                "den Ordner „{anzeige}“ hat git noch in keinem Stand; den alten Stand in einen eigenen Ordner legen und beide Ordner angeben"
            ),
        }
    }

    /// The files below a folder of the repository, by their path inside it.
    fn dateien(
        &self,
        stand: &str,
        ordner: &str,
        ist_vorgang: bool,
    ) -> Result<BTreeMap<String, Arc<[u8]>>, String> {
        let klage = |fehler: Fehler| match fehler {
            Fehler::Fehlt => "das Programm git ist nicht installiert".to_owned(),
            Fehler::Gescheitert(grund) => {
                format!("git konnte den Ordner „{ordner}“ nicht lesen. Originalmeldung: {grund}")
            }
        };
        let baum = if ordner.is_empty() {
            stand.to_owned()
        } else {
            format!("{stand}:{ordner}")
        };
        // A folder that did not exist then has no files.
        let Ok(liste) = self.ruf(&[
            "ls-tree",
            "--full-tree",
            "-r",
            "-z",
            "-l",
            "--end-of-options",
            &baum,
        ]) else {
            return Ok(BTreeMap::new());
        };
        let mut dateien = BTreeMap::new();
        let mut bytes = 0_u64;
        for eintrag in String::from_utf8_lossy(&liste.stdout)
            .split('\0')
            .filter(|e| !e.is_empty())
        {
            let Some((kopf, pfad)) = eintrag.split_once('\t') else {
                continue;
            };
            let angaben: Vec<&str> = kopf.split_whitespace().collect();
            let [art, "blob", objekt, groesse] = angaben.as_slice() else {
                continue;
            };
            // A link leads where we must not go.
            let ist_verweis = *art == "120000";
            let erster = pfad.split('/').next().unwrap_or_default();
            let gemeint = !(ist_vorgang && pfad.contains('/') && lesen::OHNE.contains(&erster));
            let versteckt = pfad.split('/').any(|teil| teil.starts_with('.'));
            if ist_verweis || !gemeint || versteckt || !lesen::gehoert_dazu(Path::new(pfad)) {
                continue;
            }
            bytes += groesse.parse::<u64>().unwrap_or(0);
            if dateien.len() >= lesen::HOECHSTENS || bytes > lesen::BYTES {
                return Err(format!(
                    "der Ordner „{ordner}“ ist größer als ein Vorgang; den Ordner eines einzelnen Vorgangs angeben"
                ));
            }
            let inhalt = self
                .ruf(&["cat-file", "blob", objekt])
                .map_err(klage)?
                .stdout;
            dateien.insert(pfad.to_owned(), Arc::from(inhalt));
        }
        Ok(dateien)
    }
}
