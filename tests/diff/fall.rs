//! A case: a fixture, what changes in it, and what the comparison must say.
//!
//! ```yaml
//! # What this case shows, in a sentence.
//! vorgang: drucksache-215-21        # the fixture; this one if absent
//! vorher:                           # what is true in the old and in the new state
//!   - { datei: vereinbarungen.yaml, suche: "status: entwurf", ersetze: "status: beschlossen" }
//! ändere:                           # each text must occur exactly once; base data by `stammdaten/…`, a built-in template
//!                                   # by `templates/…`; without `ersetze` the text is taken out
//!   - { datei: drucksachen/215-21.yaml, suche: 08.11.2021, ersetze: 10.11.2021 }
//! neu:                              # files that only the new state has
//!   - { datei: texte/neu.md, text: Ein Satz. }
//! erwartet: |                       # a line for each change, in any order: class, cause, where it comes from, what is shown
//!   materiell | daten | drucksachen/215-21.yaml beratungsfolge[1].sitzungsdatum | [-08.11.2021-]{+10.11.2021+}
//! beschluss: nein                   # ja, if a new decision is needed
//! kopf: Sitzung Kreistag            # what the first lines of the report must say; without it, anything
//! ohne: im Zweifel                  # what the report must not say
//! ```
//!
//! The last part of a line must stand in the report on that change, the part before it in one of its causes. Several
//! texts are parted by ` … `. `erwartet: nichts` if there is no difference.

use std::fs;
use std::path::{Path, PathBuf};

use drucksache::diff::{self, Aenderung, Beschlussfrage, Unterschied, bericht};
use drucksache::input::{decode, parse};
use drucksache::pipeline::Eingabe;
use drucksache::source::Source;
use serde::Deserialize;

use crate::ersetzung;
use crate::fixture;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Datei {
    vorgang: Option<String>,
    #[serde(default)]
    vorher: Vec<Ersetzung>,
    #[serde(rename = "ändere", default)]
    aendere: Vec<Ersetzung>,
    #[serde(default)]
    neu: Vec<Neu>,
    erwartet: String,
    #[serde(default)]
    beschluss: bool,
    #[serde(default)]
    kopf: String,
    #[serde(default)]
    ohne: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ersetzung {
    datei: String,
    suche: String,
    /// Nothing if absent: the text is taken out.
    ersetze: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Neu {
    datei: String,
    text: String,
}

/// A case as it stands in its file.
pub(crate) struct Fall {
    pfad: PathBuf,
    datei: Datei,
}

impl Fall {
    /// Reads a case.
    pub(crate) fn lies(pfad: &Path) -> Self {
        let text = fs::read_to_string(pfad).unwrap();
        let quelle = Source::new(pfad.display().to_string(), text);
        let baum = parse(&quelle);
        let (datei, befunde) = match &baum {
            Ok(baum) => decode::<Datei>(baum),
            Err(befund) => (None, vec![befund.clone()]),
        };
        let Some(datei) = datei.filter(|_| befunde.is_empty()) else {
            panic!("{}: {befunde:#?}", pfad.display());
        };
        Self {
            pfad: pfad.to_owned(),
            datei,
        }
    }

    /// Its name: that of its folder.
    pub(crate) fn name(&self) -> &str {
        self.pfad
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str())
            .unwrap_or_default()
    }

    /// Both states.
    pub(crate) fn staende(&self) -> Result<(Eingabe, Eingabe), String> {
        let mut alt = grundlage(self.datei.vorgang.as_deref().unwrap_or("drucksache-215-21"));
        aendere(&mut alt, &self.datei.vorher)?;
        let mut neu = alt.clone();
        aendere(&mut neu, &self.datei.aendere)?;
        for datei in &self.datei.neu {
            let (ordner, pfad) = match datei.datei.strip_prefix("stammdaten/") {
                Some(innen) => (&mut neu.stammdaten, innen),
                None => (&mut neu.vorgang, datei.datei.as_str()),
            };
            let text = format!("{}\n", datei.text.trim_end());
            ordner
                .dateien
                .insert(pfad.to_owned(), text.into_bytes().into());
        }
        Ok((alt, neu))
    }

    /// What the two states of the case have between them.
    pub(crate) fn unterschied(&self) -> Result<Unterschied, String> {
        let (alt, neu) = self.staende()?;
        diff::vergleiche(&alt, &neu).map_err(|ungebaut| format!("{:#?}", ungebaut.befunde))
    }

    /// What is wrong with the case; empty if it holds.
    pub(crate) fn pruefe(&self, unterschied: &Result<Unterschied, String>) -> String {
        let unterschied = match unterschied {
            Ok(unterschied) => unterschied,
            Err(fehler) => return self.klage(fehler),
        };
        for paar in &unterschied.paare {
            if let (Some(alt), Some(neu)) = (&paar.alt, &paar.neu)
                && paar.vergleich.wende_an(alt) != *neu
            {
                return self.klage(&format!(
                    "{}: angewandt ergibt der Vergleich nicht den neuen Text",
                    paar.name
                ));
            }
        }
        let text = bericht::text(unterschied, false);
        let ist_ja = matches!(unterschied.beschluss, Beschlussfrage::Ja { .. });
        if ist_ja != self.datei.beschluss {
            return self.klage(&format!("neuer Beschluss: {ist_ja}\n{text}"));
        }
        let kopf = text.split("\n\n").next().unwrap_or_default();
        let teile = |text: &str| -> Vec<String> {
            let teile = text.split(" … ").map(|teil| teil.trim().to_owned());
            teile.filter(|teil| !teil.is_empty()).collect()
        };
        if let Some(teil) = teile(&self.datei.kopf).iter().find(|t| !kopf.contains(*t)) {
            return self.klage(&format!("oben fehlt „{teil}“\n{text}"));
        }
        if let Some(teil) = teile(&self.datei.ohne).iter().find(|t| text.contains(*t)) {
            return self.klage(&format!("darin steht „{teil}“\n{text}"));
        }
        let mut zeilen: Vec<&str> = self
            .datei
            .erwartet
            .lines()
            .filter(|zeile| !zeile.trim().is_empty())
            .collect();
        if zeilen == ["nichts"] {
            zeilen.clear();
        }
        if zeilen.len() != unterschied.aenderungen.len() {
            return self.klage(&format!("erwartet {} Änderungen:\n{text}", zeilen.len()));
        }
        let mut offen: Vec<&Aenderung> = unterschied.aenderungen.iter().collect();
        for zeile in zeilen {
            match offen
                .iter()
                .position(|aenderung| passt(zeile, aenderung, unterschied))
            {
                Some(i) => {
                    offen.remove(i);
                }
                None => return self.klage(&format!("nicht gefunden: {zeile}\n{text}")),
            }
        }
        String::new()
    }

    fn klage(&self, text: &str) -> String {
        format!("{}: {text}\n", self.pfad.display())
    }
}

fn passt(zeile: &str, aenderung: &Aenderung, unterschied: &Unterschied) -> bool {
    let teile: Vec<&str> = zeile.splitn(4, " | ").map(str::trim).collect();
    let [klasse, ursache, quelle, zeigt] = teile.as_slice() else {
        panic!("eine Zeile hat vier Teile: {zeile}");
    };
    let eine = Unterschied {
        aenderungen: vec![aenderung.clone()],
        ..unterschied.clone()
    };
    let text = bericht::text(&eine, false);
    let quellen: Vec<String> = aenderung
        .ursache
        .quellen
        .iter()
        .map(|q| format!("{} {}", q.ort.datei, q.pfad))
        .collect();
    let hat_quelle = quelle
        .split(" … ")
        .all(|teil| quellen.iter().any(|q| q.contains(teil.trim())));
    aenderung.klasse.name() == *klasse
        && aenderung.ursache.art.name() == *ursache
        && hat_quelle
        && zeigt.split(" … ").all(|teil| text.contains(teil.trim()))
}

/// A fixture, its files named without its folder.
pub(crate) fn grundlage(vorgang: &str) -> Eingabe {
    let mut eingabe = fixture::vorgang(vorgang);
    eingabe.vorgang.anzeige = String::new();
    eingabe.stammdaten.anzeige = "stammdaten".to_owned();
    eingabe
}

fn aendere(eingabe: &mut Eingabe, ersetzungen: &[Ersetzung]) -> Result<(), String> {
    for Ersetzung {
        datei,
        suche,
        ersetze,
    } in ersetzungen
    {
        let durch = ersetze.as_deref().unwrap_or_default();
        ersetzung::ersetze(eingabe, datei, suche, durch)?;
    }
    Ok(())
}
