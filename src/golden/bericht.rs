//! What a comparison brought to light, for people, for programs and for GitHub.
//!
//! The JSON is a promise: fields may be added, none is renamed or removed while [`SCHEMA`] says `/1`.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use super::abdeckung::{AbdeckungJson, Satzabdeckung};
use super::{Abweichung, Ebene, Vergleich};
use crate::diagnostic::github::github as anmerkungen;
use crate::diagnostic::{Befund, Stelle, json as befunde};
use crate::pipeline::Ergebnis;
use crate::source::{Source, Sources, line_range};

/// Name and version of the form.
pub const SCHEMA: &str = "drucksache.golden/1";

/// What came of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ausgang {
    /// The papers are what the golden files say.
    Gleich,
    /// They are not.
    Abweichungen,
    /// The golden files are written anew.
    Aktualisiert,
    /// The papers could not be made, or a golden file could be neither read nor written.
    Fehler,
}

impl Ausgang {
    fn name(self) -> &'static str {
        match self {
            Self::Gleich => "gleich",
            Self::Abweichungen => "abweichungen",
            Self::Aktualisiert => "aktualisiert",
            Self::Fehler => "fehler",
        }
    }
}

/// A matter and all that is to be said of its golden files.
#[derive(Debug)]
pub struct Bericht<'a> {
    /// The matter's folder as the user named it.
    pub pfad: &'a str,
    /// What came of it.
    pub ausgang: Ausgang,
    /// Its papers and the findings on the way to them.
    pub gebaut: &'a Ergebnis,
    /// What comparing brought to light.
    pub vergleich: &'a Vergleich,
    /// The golden files that were written.
    pub geschrieben: &'a [String],
    /// The golden files that were removed.
    pub entfernt: &'a [String],
}

impl Bericht<'_> {
    fn golden(&self, datei: &str) -> String {
        match self.pfad {
            "." => format!("golden/{datei}"),
            pfad => format!("{}/golden/{datei}", pfad.trim_end_matches('/')),
        }
    }

    /// Where the first changed text came from: a template, or a text of the matter.
    fn herkunft(&self, abweichung: &Abweichung) -> Option<Stelle> {
        let name = abweichung.papier.as_ref()?;
        let papier = &self
            .gebaut
            .papiere
            .iter()
            .find(|fertig| fertig.papier.name == *name)?
            .papier;
        if abweichung.ebene != Ebene::Text || abweichung.unterschied.text.is_empty() {
            return None;
        }
        // What stands in the front matter has no origin of its own; the same words further down have.
        let stellen = abweichung.unterschied.bytes.iter();
        stellen
            .filter_map(|byte| papier.ursprung(&(*byte..byte + 1)))
            .next()
    }

    /// For people: each difference with its diff.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for abweichung in &self.vergleich.abweichungen {
            self.abweichung(abweichung, &mut text);
        }
        text
    }

    fn abweichung(&self, abweichung: &Abweichung, text: &mut String) {
        let wer = abweichung.papier.as_deref().unwrap_or(self.pfad);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{wer} [{}]: {}",
            abweichung.ebene.name(),
            abweichung.folge
        );
        for satz in &abweichung.dazu {
            let _ = writeln!(text, "  {satz}");
        }
        if let Some(Stelle::Datei { datei, bereich }) = self.herkunft(abweichung)
            && let Some(quelle) = self.gebaut.quellen.get(&datei)
        {
            let ort = quelle.line_column(bereich.start);
            let _ = writeln!(text, "  entsteht in {datei}:{}:{}", ort.line, ort.column);
        }
        if !abweichung.weitere.is_empty() {
            let namen: Vec<_> = abweichung
                .weitere
                .iter()
                .map(|ebene| ebene.name())
                .collect();
            let _ = writeln!(text, "  darüber auch anders: {}", namen.join(", "));
        }
        let unterschied = &abweichung.unterschied;
        for zeile in unterschied.text.lines() {
            let _ = writeln!(text, "  {zeile}");
        }
        if unterschied.ausgelassen > 0 {
            let _ = writeln!(
                text,
                "  … {} weitere Zeilen; insgesamt {} weg, {} neu",
                unterschied.ausgelassen, unterschied.weg, unterschied.neu
            );
        }
    }

    /// For GitHub Actions: annotations at the source of a changed text, else at the golden file; with an update they are
    /// notices of what was written.
    pub fn github(&self) -> String {
        let mut quellen = self.gebaut.quellen.clone();
        let mut alle = self.gebaut.befunde.clone();
        alle.extend(
            self.vergleich
                .abweichungen
                .iter()
                .map(|abweichung| self.befund(abweichung, &mut quellen)),
        );
        let ordner = || Stelle::Pfad(self.golden("").trim_end_matches('/').into());
        alle.extend(
            self.vergleich
                .hinweise
                .iter()
                .map(|hinweis| Befund::hinweis("golden-hinweis", ordner(), hinweis.clone())),
        );
        anmerkungen(&alle, &quellen)
    }

    fn befund(&self, abweichung: &Abweichung, quellen: &mut Sources) -> Befund {
        let regel = match abweichung.ebene {
            Ebene::Zahlen => "golden-zahlen",
            Ebene::Text => "golden-text",
            Ebene::Struktur => "golden-struktur",
            Ebene::Seiten => "golden-seiten",
            Ebene::Bytes => "golden-bytes",
        };
        let eigene = self.herkunft(abweichung).filter(|stelle| match stelle {
            // A template that the program ships is no file of the user's.
            Stelle::Datei { datei, .. } => !crate::template::Vorlagen::eingebaut()
                .any(|(_, quelle)| quelle.name == *datei && quellen.get(datei) == Some(&quelle)),
            _ => false,
        });
        let stelle = eigene.unwrap_or_else(|| self.im_golden(abweichung, quellen));
        let wer = abweichung
            .papier
            .as_ref()
            .map(|papier| format!("{papier}: "))
            .unwrap_or_default();
        let mut text = format!("{wer}{}", abweichung.folge);
        for satz in &abweichung.dazu {
            text.push('\n');
            text.push_str(satz);
        }
        let unterschied = abweichung.unterschied.text.trim_end();
        if !unterschied.is_empty() {
            text.push('\n');
            text.push_str(unterschied);
        }
        if self.ausgang == Ausgang::Aktualisiert {
            Befund::hinweis(regel, stelle, text)
        } else {
            Befund::fehler(regel, stelle, text).abhilfe(self.abhilfe())
        }
    }

    /// What to do where papers are not as in their golden files.
    pub fn abhilfe(&self) -> String {
        let wenn = if self.vergleich.ist_neu() {
            "anlegen mit"
        } else {
            "ist die Änderung gewollt:"
        };
        format!("{wenn} drucksache golden {} --update", aufruf(self.pfad))
    }

    /// The line of the golden file that differs.
    fn im_golden(&self, abweichung: &Abweichung, quellen: &mut Sources) -> Stelle {
        let datei = self.golden(&abweichung.datei);
        if abweichung.unterschied.zeile == 0 {
            return Stelle::Pfad(datei.into());
        }
        // Only lines count for a mark, so a text of as many lines stands for the file.
        let text = "\n".repeat(abweichung.unterschied.zeile);
        let bereich = line_range(&text, abweichung.unterschied.zeile);
        quellen.insert(Source::new(datei.as_str(), text));
        Stelle::Datei {
            datei: datei.into(),
            bereich,
        }
    }

    fn json(&self) -> VorgangJson<'_> {
        VorgangJson {
            pfad: self.pfad,
            ausgang: self.ausgang.name(),
            papiere: self.gebaut.papiere.len(),
            abweichungen: self
                .vergleich
                .abweichungen
                .iter()
                .map(|abweichung| self.abweichung_json(abweichung))
                .collect(),
            veraltet: &self.vergleich.veraltet,
            hinweise: &self.vergleich.hinweise,
            geschrieben: self.geschrieben,
            entfernt: self.entfernt,
            befunde: befunde::werte(&self.gebaut.befunde, &self.gebaut.quellen),
        }
    }

    fn abweichung_json<'b>(&self, abweichung: &'b Abweichung) -> AbweichungJson<'b> {
        let unterschied = &abweichung.unterschied;
        AbweichungJson {
            ebene: abweichung.ebene.name(),
            papier: abweichung.papier.as_deref(),
            datei: self.golden(&abweichung.datei),
            zeile: Some(unterschied.zeile).filter(|zeile| *zeile > 0),
            folge: &abweichung.folge,
            dazu: &abweichung.dazu,
            darueber: abweichung
                .weitere
                .iter()
                .map(|ebene| ebene.name())
                .collect(),
            herkunft: self.herkunft(abweichung).and_then(|stelle| {
                let Stelle::Datei { datei, bereich } = stelle else {
                    return None;
                };
                let ort = self.gebaut.quellen.get(&datei)?.line_column(bereich.start);
                Some(HerkunftJson {
                    datei: datei.to_string(),
                    zeile: ort.line,
                    spalte: ort.column,
                })
            }),
            unterschied: &unterschied.text,
            zeilen: ZeilenJson {
                weg: unterschied.weg,
                neu: unterschied.neu,
                nicht_gezeigt: unterschied.ausgelassen,
            },
        }
    }
}

/// A path as a shell takes it for one argument.
fn aufruf(pfad: &str) -> String {
    let einfach = |c: char| c.is_alphanumeric() || "-_./\\:@+,=~".contains(c);
    if !pfad.is_empty() && pfad.chars().all(einfach) {
        pfad.to_owned()
    } else {
        format!("'{}'", pfad.replace('\'', "'\\''"))
    }
}

/// All reports of a run as one JSON document with a line break at its end.
pub fn json(berichte: &[Bericht<'_>], abdeckung: Option<&Satzabdeckung>) -> String {
    let dokument = Dokument {
        schema: SCHEMA,
        vorgaenge: berichte.iter().map(Bericht::json).collect(),
        abdeckung: abdeckung.map(Satzabdeckung::json),
    };
    // Plain structs with text keys always serialise.
    let mut text = serde_json::to_string_pretty(&dokument).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Dokument<'a> {
    schema: &'static str,
    vorgaenge: Vec<VorgangJson<'a>>,
    abdeckung: Option<AbdeckungJson>,
}

#[derive(Serialize)]
struct VorgangJson<'a> {
    pfad: &'a str,
    ausgang: &'static str,
    papiere: usize,
    abweichungen: Vec<AbweichungJson<'a>>,
    veraltet: &'a [String],
    hinweise: &'a [String],
    geschrieben: &'a [String],
    entfernt: &'a [String],
    befunde: Vec<Value>,
}

#[derive(Serialize)]
struct AbweichungJson<'a> {
    ebene: &'static str,
    papier: Option<&'a str>,
    datei: String,
    zeile: Option<usize>,
    folge: &'a str,
    dazu: &'a [String],
    darueber: Vec<&'static str>,
    herkunft: Option<HerkunftJson>,
    unterschied: &'a str,
    zeilen: ZeilenJson,
}

#[derive(Serialize)]
struct HerkunftJson {
    datei: String,
    zeile: usize,
    spalte: usize,
}

#[derive(Serialize)]
struct ZeilenJson {
    weg: usize,
    neu: usize,
    nicht_gezeigt: usize,
}
