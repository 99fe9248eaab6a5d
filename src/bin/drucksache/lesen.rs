//! Reads a matter's folder: its own files, and the nearest base data above it. Nothing outside of both is opened.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use drucksache::check::vermerke;
use drucksache::diagnostic::Befund;
use drucksache::diagnostic::Stelle;
use drucksache::input::encoding;
use drucksache::layout::picture;
use drucksache::pipeline::{Eingabe, Ordner};
use drucksache::source::Sources;
use unicode_normalization::UnicodeNormalization;

use crate::Ergebnis;
use crate::melden::{self, Ausgang};

/// Name of the folder with base data.
pub(crate) const STAMMDATEN: &str = "stammdaten";
/// Endings of files that are read.
const ENDUNGEN: [&str; 8] = ["yaml", "yml", "md", "png", "jpg", "jpeg", "svg", "pdf"];
/// Folders of a matter that hold no section of it: what the program wrote, and base data.
pub(crate) const OHNE: [&str; 3] = ["golden", "ausgabe", STAMMDATEN];
/// Most files of a folder.
pub(crate) const HOECHSTENS: usize = 2_000;
/// Most files and folders that are looked at: who names the root of the disk must not wait for it.
const EINTRAEGE: usize = 20_000;
/// Most bytes of a folder.
pub(crate) const BYTES: u64 = 100 * 1024 * 1024;
/// Most bytes of a text file that are read; one more than allowed, so that its reader notices.
const GROESSTER_TEXT: u64 = encoding::MAX_BYTES as u64 + 1;
/// Most bytes of a picture that are read; one more than allowed, so that its reader notices.
const GROESSTES_BILD: u64 = picture::MAX_BYTES as u64 + 1;
/// Deepest folder below a matter.
const TIEFE: usize = 8;

/// Reads the matter in `pfad`, or says all that keeps it from being read.
pub(crate) fn vorgang(pfad: &Path) -> Result<Eingabe, Vec<Befund>> {
    mit_vermerken(pfad).map(|(eingabe, _)| eingabe)
}

/// As [`vorgang`], and what keeps its waivers from being read: they keep no paper back.
pub(crate) fn mit_vermerken(pfad: &Path) -> Result<(Eingabe, Vec<Befund>), Vec<Befund>> {
    let mut leser = Leser::default();
    let eingabe = leser.vorgang(pfad);
    leser.pruefe_gleich_geblieben();
    if leser.befunde.is_empty() {
        Ok((eingabe, leser.zu_vermerken))
    } else {
        Err(leser.befunde)
    }
}

/// Reads one file; what is wrong is said.
pub(crate) fn datei(pfad: &Path) -> Ergebnis<Vec<u8>> {
    hoechstens(pfad, GROESSTER_TEXT).map_err(|fehler| {
        melden::zeige(&[nicht_lesbar(pfad, &fehler)], &Sources::default());
        Ausgang::NichtGebaut
    })
}

/// The bytes of a regular file, no more than these: whoever reads on refuses a file that is too large.
pub(crate) fn hoechstens(pfad: &Path, bytes: u64) -> io::Result<Vec<u8>> {
    // A pipe or a device would keep the program waiting for ever.
    let art = fs::metadata(pfad)?;
    if art.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !art.is_file() {
        return Err(io::Error::other("keine gewöhnliche Datei"));
    }
    let mut gelesen = Vec::new();
    fs::File::open(pfad)?
        .take(bytes)
        .read_to_end(&mut gelesen)?;
    Ok(gelesen)
}

/// A path as findings show it, with `/` on every system.
pub(crate) fn anzeige(pfad: &Path) -> String {
    let sichtbar = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let pfad = pfad.to_string_lossy().replace('\\', "/");
    pfad.chars().map(sichtbar).collect()
}

/// The path before a remark on it; nothing for the folder at hand.
pub(crate) fn vorsatz(pfad: &Path) -> String {
    match anzeige(pfad).as_str() {
        "." => String::new(),
        anzeige => format!("{anzeige}: "),
    }
}

/// Why a file or folder could not be used, in German.
pub(crate) fn grund(fehler: &io::Error) -> String {
    match fehler.kind() {
        io::ErrorKind::NotFound => "gibt es nicht".to_owned(),
        io::ErrorKind::PermissionDenied => "darf dieses Programm nicht öffnen".to_owned(),
        io::ErrorKind::NotADirectory => "ist kein Ordner".to_owned(),
        io::ErrorKind::IsADirectory => "ist ein Ordner".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
            "passt nicht mehr auf den Datenträger".to_owned()
        }
        io::ErrorKind::Other => format!("lässt sich nicht verwenden: {fehler}"),
        io::ErrorKind::ReadOnlyFilesystem => {
            "liegt auf einem schreibgeschützten Datenträger".to_owned()
        }
        _ => format!("lässt sich nicht verwenden. Originalmeldung: {fehler}"),
    }
}

fn nicht_lesbar(pfad: &Path, fehler: &io::Error) -> Befund {
    let anzeige = anzeige(pfad);
    Befund::fehler(
        "nicht-lesbar",
        Stelle::Pfad(anzeige.as_str().into()),
        format!("„{anzeige}“ {}", grund(fehler)),
    )
    .abhilfe(match fehler.kind() {
        io::ErrorKind::NotFound => "die Schreibweise des Pfades prüfen",
        io::ErrorKind::PermissionDenied => "die Zugriffsrechte prüfen oder die IT darum bitten",
        io::ErrorKind::IsADirectory => "eine Datei angeben, keinen Ordner",
        _ => "den Pfad und die Zugriffsrechte prüfen",
    })
}

#[derive(Default)]
struct Leser {
    befunde: Vec<Befund>,
    /// What keeps the waivers from being read.
    zu_vermerken: Vec<Befund>,
    /// What was read, and how each file was then.
    gelesen: Vec<(PathBuf, Option<Zustand>)>,
}

/// What changes when somebody saves a file: its size and the time of its last change.
type Zustand = (u64, Option<SystemTime>);

fn zustand(pfad: &Path) -> Option<Zustand> {
    let art = fs::metadata(pfad).ok()?;
    Some((art.len(), art.modified().ok()))
}

impl Leser {
    fn vorgang(&mut self, pfad: &Path) -> Eingabe {
        let wirklich = match fs::canonicalize(pfad) {
            Ok(wirklich) if wirklich.is_dir() => wirklich,
            Ok(_) => {
                let abhilfe = match pfad.parent().map(anzeige) {
                    Some(ordner) if !ordner.is_empty() => {
                        format!("den Ordner des Vorgangs angeben, etwa „{ordner}“")
                    }
                    _ => "den Ordner des Vorgangs angeben".to_owned(),
                };
                self.melde(pfad, "kein-vorgang", "ist kein Ordner", &abhilfe);
                return Eingabe::default();
            }
            Err(fehler) => {
                self.befunde.push(nicht_lesbar(pfad, &fehler));
                return Eingabe::default();
            }
        };
        let vorgang = self.ordner(pfad, &wirklich, &OHNE);
        let hat_yaml = vorgang
            .dateien
            .keys()
            .any(|name| endung(Path::new(name)).is_some_and(|e| e == "yaml" || e == "yml"));
        if !hat_yaml && self.befunde.is_empty() {
            let abhilfe = match versteckte_endung(&wirklich) {
                Some((name, richtig)) => format!(
                    "die Datei „{name}“ in „{richtig}“ umbenennen; Windows zeigt die Endung .txt oft nicht an"
                ),
                None => "den Ordner angeben, in dem die Drucksache als YAML liegt".to_owned(),
            };
            self.melde(pfad, "kein-vorgang", "enthält keine YAML-Datei", &abhilfe);
        }
        let stammdaten = match naechste_stammdaten(&wirklich) {
            Some(ordner) => {
                self.ordner(&stammdaten_anzeige(pfad, &wirklich, &ordner), &ordner, &[])
            }
            None => Ordner::default(),
        };
        Eingabe {
            name: wirklich.file_name().map_or_else(
                || "vorgang".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            ),
            vorgang,
            stammdaten,
        }
    }

    fn ordner(&mut self, pfad: &Path, wirklich: &Path, ohne: &[&str]) -> Ordner {
        let mut inhalt = Inhalt {
            wurzel: wirklich.to_owned(),
            hat_vermerke: !ohne.is_empty(),
            bytes: 0,
            eintraege: 0,
            dateien: BTreeMap::new(),
        };
        self.sammle(&mut inhalt, pfad, "", ohne, 0);
        let anzeige = anzeige(pfad);
        let anzeige = anzeige.trim_end_matches('/');
        Ordner {
            anzeige: anzeige
                .strip_prefix("./")
                .unwrap_or(if anzeige == "." { "" } else { anzeige })
                .to_owned(),
            dateien: inhalt.dateien,
        }
    }

    fn sammle(
        &mut self,
        inhalt: &mut Inhalt,
        pfad: &Path,
        vorsatz: &str,
        ohne: &[&str],
        tiefe: usize,
    ) {
        let eintraege = match fs::read_dir(pfad) {
            Ok(eintraege) => eintraege,
            Err(fehler) => return self.befunde.push(nicht_lesbar(pfad, &fehler)),
        };
        let mut pfade: Vec<PathBuf> = eintraege
            .filter_map(|eintrag| Some(eintrag.ok()?.path()))
            .collect();
        pfade.sort();
        for pfad in pfade {
            inhalt.eintraege += 1;
            if inhalt.eintraege > EINTRAEGE {
                // What was found on the way says nothing about a matter.
                self.befunde.retain(|befund| befund.regel == "zu-gross");
                return self.zu_gross(&pfad);
            }
            let name = pfad.file_name().unwrap_or_default();
            let Some(name) = name
                .to_str()
                .filter(|name| !name.contains(char::is_control))
            else {
                if gehoert_dazu(&pfad) {
                    self.melde(
                        &pfad,
                        "ungueltiger-dateiname",
                        "hat im Namen Zeichen, die sich nicht lesen lassen",
                        "die Datei umbenennen: Buchstaben, Ziffern, Punkte und Bindestriche",
                    );
                }
                continue;
            };
            if name.starts_with('.') || (vorsatz.is_empty() && ohne.contains(&name)) {
                continue;
            }
            // Some systems write „ü“ in names as „u“ and two dots; the YAML is read in the other form too.
            let name: String = name.nfc().collect();
            let innen = format!("{vorsatz}{name}");
            if inhalt.hat_vermerke && innen == vermerke::DATEI {
                self.lies_vermerke(inhalt, &pfad);
                continue;
            }
            if pfad.is_symlink() && !self.fuehrt_hinein(inhalt, &pfad) {
                continue;
            }
            if pfad.is_dir() {
                self.sammle(inhalt, &pfad, &format!("{innen}/"), ohne, tiefe + 1);
                continue;
            }
            // What an editor saved as `vermerke.yaml.txt` is read by nobody, and says so.
            let verlegt = inhalt.hat_vermerke && vermerke::ist_verlegt(&innen);
            if !gehoert_dazu(&pfad) && !verlegt {
                continue;
            }
            if tiefe > TIEFE {
                self.melde(
                    &pfad,
                    "zu-tief",
                    "liegt zu tief in Unterordnern und wird nicht gelesen",
                    "die Datei weiter oben in den Ordner legen",
                );
            } else if inhalt.dateien.contains_key(&innen) {
                self.melde(
                    &pfad,
                    "ungueltiger-dateiname",
                    "heißt wie eine andere Datei, nur mit anders geschriebenen Umlauten",
                    "eine der beiden Dateien umbenennen oder löschen",
                );
            } else {
                self.lies(inhalt, &pfad, innen);
            }
        }
    }

    /// Whether a link leads to something in the folder that is not above itself; else says so, if it matters.
    fn fuehrt_hinein(&mut self, inhalt: &Inhalt, pfad: &Path) -> bool {
        let ziel = match fs::canonicalize(pfad) {
            Ok(ziel) => ziel,
            Err(_) if !gehoert_dazu(pfad) => return false,
            Err(_) => {
                self.melde(
                    pfad,
                    "verweis-ins-leere",
                    "ist ein Verweis, der zu keiner Datei führt",
                    "den Verweis löschen oder die Datei selbst in den Ordner legen",
                );
                return false;
            }
        };
        let ist_ordner = ziel.is_dir();
        let hier = pfad
            .parent()
            .and_then(|ordner| fs::canonicalize(ordner).ok());
        if !ist_ordner && !gehoert_dazu(pfad) {
            false
        } else if !ziel.starts_with(&inhalt.wurzel) {
            self.melde(
                pfad,
                "verweis-nach-aussen",
                "führt aus dem Ordner hinaus",
                "die Datei selbst in den Ordner legen",
            );
            false
        } else if ist_ordner && hier.is_some_and(|hier| hier.starts_with(&ziel)) {
            self.melde(
                pfad,
                "verweis-im-kreis",
                "führt in den Ordner zurück, in dem er steht",
                "den Verweis löschen",
            );
            false
        } else {
            true
        }
    }

    /// Says once that the folder is none of a matter.
    fn zu_gross(&mut self, pfad: &Path) {
        if !self.befunde.iter().any(|befund| befund.regel == "zu-gross") {
            self.melde(
                pfad,
                "zu-gross",
                "ist eine Datei zu viel: der Ordner ist größer als ein Vorgang",
                "den Ordner eines einzelnen Vorgangs angeben",
            );
        }
    }

    fn lies(&mut self, inhalt: &mut Inhalt, pfad: &Path, innen: String) {
        if inhalt.dateien.len() >= HOECHSTENS || inhalt.bytes > BYTES {
            return self.zu_gross(pfad);
        }
        let grenze = if ist_text(pfad) {
            GROESSTER_TEXT
        } else {
            GROESSTES_BILD
        };
        self.gelesen.push((pfad.to_owned(), zustand(pfad)));
        match hoechstens(pfad, grenze) {
            Ok(bytes) => {
                inhalt.bytes += bytes.len() as u64;
                inhalt.dateien.insert(innen, Arc::from(bytes));
            }
            Err(fehler) => self.befunde.push(nicht_lesbar(pfad, &fehler)),
        }
    }

    /// Reads the waivers. What is wrong with their file is no fault of the matter.
    fn lies_vermerke(&mut self, inhalt: &mut Inhalt, pfad: &Path) {
        let davor = self.befunde.len();
        if !pfad.is_symlink() || self.fuehrt_hinein(inhalt, pfad) {
            self.lies(inhalt, pfad, vermerke::DATEI.to_owned());
        }
        for mut befund in self.befunde.split_off(davor) {
            if pfad.is_dir() {
                befund.abhilfe = Some(
                    "den Ordner umbenennen; Vermerke stehen in einer Datei dieses Namens"
                        .to_owned(),
                );
            }
            self.zu_vermerken.push(vermerke::unlesbar(befund));
        }
    }

    /// Papers of facts that were half saved, or of files that do not belong together, would be worse than none.
    fn pruefe_gleich_geblieben(&mut self) {
        let geaendert = self
            .gelesen
            .iter()
            .find(|(pfad, vorher)| zustand(pfad) != *vorher);
        if let Some((pfad, _)) = geaendert {
            let pfad = pfad.clone();
            self.melde(
                &pfad,
                "datei-geaendert",
                "hat sich geändert, während der Vorgang gelesen wurde",
                "warten, bis die Datei gespeichert ist, und den Befehl wiederholen",
            );
        }
    }

    fn melde(&mut self, pfad: &Path, regel: &'static str, text: &str, abhilfe: &str) {
        let anzeige = anzeige(pfad);
        let was = if anzeige == "." {
            "dieser Ordner".to_owned()
        } else {
            format!("„{anzeige}“")
        };
        self.befunde.push(
            Befund::fehler(
                regel,
                Stelle::Pfad(anzeige.as_str().into()),
                format!("{was} {text}"),
            )
            .abhilfe(abhilfe),
        );
    }
}

struct Inhalt {
    wurzel: PathBuf,
    /// Whether waivers may stand in it: a matter, no base data.
    hat_vermerke: bool,
    bytes: u64,
    /// Files and folders that were looked at.
    eintraege: usize,
    dateien: BTreeMap<String, Arc<[u8]>>,
}

fn ist_text(pfad: &Path) -> bool {
    endung(pfad).is_some_and(|endung| matches!(endung.as_str(), "yaml" | "yml" | "md"))
}

fn endung(pfad: &Path) -> Option<String> {
    Some(pfad.extension()?.to_str()?.to_lowercase())
}

/// Whether a file is one that a matter or its base data can hold.
pub(crate) fn gehoert_dazu(pfad: &Path) -> bool {
    endung(pfad).is_some_and(|endung| ENDUNGEN.contains(&endung.as_str()))
}

/// A file like `drucksache.yaml.txt`, and its name without the last ending.
fn versteckte_endung(ordner: &Path) -> Option<(String, String)> {
    let mut namen: Vec<_> = fs::read_dir(ordner)
        .ok()?
        .filter_map(|eintrag| eintrag.ok()?.file_name().into_string().ok())
        .collect();
    namen.sort();
    namen.into_iter().find_map(|name| {
        let richtig = name.strip_suffix(".txt")?;
        let ist_yaml = richtig.ends_with(".yaml") || richtig.ends_with(".yml");
        ist_yaml.then(|| (name.clone(), richtig.to_owned()))
    })
}

/// Whether a matter in `pfad`, which need not exist yet, would find base data above it.
pub(crate) fn hat_stammdaten(pfad: &Path) -> bool {
    pfad.ancestors()
        .map(|ordner| {
            if ordner.as_os_str().is_empty() {
                Path::new(".")
            } else {
                ordner
            }
        })
        .find_map(|ordner| fs::canonicalize(ordner).ok())
        .is_some_and(|ordner| naechste_stammdaten(&ordner).is_some())
}

/// The nearest `stammdaten` in the matter's folder or above it.
fn naechste_stammdaten(vorgang: &Path) -> Option<PathBuf> {
    vorgang
        .ancestors()
        .map(|ordner| ordner.join(STAMMDATEN))
        .find(|ordner| ordner.is_dir())
}

/// The base data's folder as seen from where the user stands: along the path that was typed.
fn stammdaten_anzeige(pfad: &Path, wirklich: &Path, stammdaten: &Path) -> PathBuf {
    let hoch = wirklich
        .ancestors()
        .position(|ordner| Some(ordner) == stammdaten.parent())
        .unwrap_or(0);
    let mut anzeige = pfad.to_owned();
    for _ in 0..hoch {
        match anzeige.file_name() {
            Some(name) if name != ".." => {
                anzeige.pop();
            }
            _ => anzeige.push(".."),
        }
    }
    anzeige.join(STAMMDATEN)
}
