//! Where a line of a paper comes from: the values in the YAML, the lines of templates and prose, the calculation.
//!
//! **Values by trial.** Each scalar of the YAML is changed in turn, the papers are made anew up to their Markdown, and
//! what moves depends on it. Tracking values through the computation was the other way: it would have to follow every
//! sum, count, comparison and case of a name, and would be silent where somebody forgets one. A trial sees whatever the
//! program does, conditions and rounding too. What it can miss is a change that its other values do not provoke, so each
//! scalar is tried with several ([`werte`]), values of one kind are also tried together, what another value breaks is
//! changed with it ([`nachbesserung`]), and a test compares the outcome with other values than these.
//!
//! **Templates and prose by tracking**: the papers carry it already ([`Papier::spuren`]). **Calculations** are those of
//! the cost engine and the sets of parties ([`rechenweg`]).
//!
//! All trials of a matter are made once, for all its papers ([`Index`]). Plain data comes out; [`bericht`] and [`json`]
//! show it. Nothing here reads a file, knows a rule or sets a page.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::diagnostic::{Route, Schritt};
use crate::pipeline::Eingabe;
use crate::pipeline::entwurf::{Entwurf, Werkbank};
use crate::source::{self, FileName, Sources};
use crate::template::{Herkunft, Papier};

mod auskunft;
pub mod bericht;
mod bewegung;
mod gruppen;
pub mod json;
mod kopplung;
mod nachbesserung;
mod rechenweg;
mod skalare;
mod suche;
mod versuche;
mod werte;
mod wirkung;

pub use auskunft::{Auskunft, Fehlschlag, Grund, Kopplung, Ort, Stumm, Textart, Textstelle, Wert};
pub use rechenweg::Rechenweg;

use bewegung::{Bewegungen, Gekoppelt, Treffer};
use rechenweg::Rechnungen;
use skalare::Skalar;
use versuche::Versuch;
use werte::Umfeld;
use wirkung::{Wirkung, beruehrt};

/// A shorter value stands in a text by chance, in characters.
const KUERZESTER: usize = 4;

/// Where all lines of all papers of a matter come from.
pub struct Index {
    werkbank: Werkbank,
    skalare: Vec<Skalar>,
    bewegungen: Bewegungen,
    rechnungen: Rechnungen,
}

/// Which piece of a paper is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frage<'a> {
    /// A line of the Markdown, from 1.
    Zeile(usize),
    /// What the piece says.
    Text(&'a str),
}

/// The paper, by index, and the bytes of its Markdown that are asked for. Whoever asks once looks here first: trials
/// take longer than to see that there is no such paper.
///
/// # Errors
/// If there is no such paper or line, nothing stands in it, or the text stands nowhere or in several lines.
pub fn finde(
    papiere: &[Papier],
    papier: &str,
    frage: Frage<'_>,
) -> Result<(usize, Range<usize>), Fehlschlag> {
    let i = suche::papier(papiere, papier)?;
    let bereich = match frage {
        Frage::Zeile(zeile) => suche::zeile(papiere, i, zeile)?,
        Frage::Text(text) => suche::suche(papiere, i, text)?,
    };
    Ok((i, bereich))
}

impl Index {
    /// Makes all trials of a matter: as many as it has values, times about five.
    ///
    /// # Errors
    /// The draft with its findings, if the papers of the matter cannot be made.
    pub fn neu(eingabe: &Eingabe) -> Result<Self, Box<Entwurf>> {
        Ok(Self::aus(Werkbank::neu(eingabe)?))
    }

    /// The same for one paper, and so in a fraction of the time: of the others nothing is known.
    ///
    /// # Errors
    /// The draft with its findings, if the papers of the matter cannot be made.
    pub fn nur(eingabe: &Eingabe, papier: &str) -> Result<Self, Box<Entwurf>> {
        Ok(Self::aus(Werkbank::neu(eingabe)?.nur(papier)))
    }

    fn aus(werkbank: Werkbank) -> Self {
        let skalare = skalare::skalare(&werkbank);
        let umfeld = Umfeld::neu(&werkbank, &skalare);
        let versuche = versuche::versuche(&skalare, &umfeld);
        let wirkungen: Vec<(Versuch, Option<Wirkung>)> = versuche
            .into_par_iter()
            .map(|versuch| {
                let wirkung = wirkung::probe(&werkbank, &versuch);
                (versuch, wirkung)
            })
            .collect();
        let gescheitert = wirkungen
            .par_iter()
            .filter(|(_, wirkung)| wirkung.is_none());
        let nachgebessert: Vec<Gekoppelt> = gescheitert
            .filter_map(|(versuch, _)| {
                let (wirkung, mit) = nachbesserung::wirkung(&werkbank, &skalare, &umfeld, versuch)?;
                Some(Gekoppelt {
                    werte: versuch.werte.clone(),
                    wirkung,
                    mit,
                })
            })
            .collect();
        let rechnungen = Rechnungen::aus(werkbank.vorgang(), &werkbank.zahlen());
        let mut index = Self {
            bewegungen: Bewegungen::neu(werkbank.papiere().len(), skalare.len()),
            skalare,
            rechnungen,
            werkbank,
        };
        let (einzeln, gemeinsam): (Vec<_>, Vec<_>) = wirkungen
            .into_iter()
            .filter_map(|(versuch, wirkung)| Some((versuch, wirkung?)))
            .partition(|(versuch, _)| versuch.werte.len() == 1);
        for (versuch, wirkung) in &einzeln {
            index.bewegungen.nimm(&versuch.werte, wirkung);
        }
        for gekoppelt in index.gekoppelte().into_iter().chain(nachgebessert) {
            index.bewegungen.nimm_gekoppelte(gekoppelt);
        }
        index.bewegungen.ordne();
        index.nimm_gemeinsame(gemeinsam);
        index
    }

    /// What several values move only together is laid to all of them.
    fn nimm_gemeinsame(&mut self, gemeinsam: Vec<(Versuch, Wirkung)>) {
        let papiere = self.werkbank.papiere();
        let geklaert = gemeinsam.into_iter().filter(|(_, w)| !w.ungeklaert);
        let neue: Vec<Gekoppelt> = geklaert
            .map(|(versuch, wirkung)| {
                let routen = versuch.werte.iter().filter_map(|i| self.skalare.get(*i));
                Gekoppelt {
                    wirkung: self.bewegungen.rest(papiere, &versuch.werte, &wirkung),
                    mit: routen.map(|skalar| skalar.route.clone()).collect(),
                    werte: versuch.werte,
                }
            })
            .collect();
        for gekoppelt in neue {
            self.bewegungen.nimm_gekoppelte(gekoppelt);
        }
    }

    /// What moves with a value that cannot be another one alone.
    fn gekoppelte(&self) -> Vec<Gekoppelt> {
        let offen = (0..self.skalare.len()).into_par_iter();
        offen
            .filter(|i| !self.bewegungen.ist_versucht(*i))
            .filter_map(|i| {
                let versuche = kopplung::gekoppelte(&self.skalare, i);
                let mut gueltige = versuche.into_iter().filter_map(|versuch| {
                    let wirkung = wirkung::wirkung(&self.werkbank, &versuch)?;
                    let andere = kopplung::andere_weggenommene(&self.skalare, i, &versuch);
                    let wirkung = nachbesserung::ohne_beiwerk(&self.werkbank, wirkung, andere);
                    Some(Gekoppelt {
                        mit: kopplung::mitgeaenderte(&self.skalare, i, &versuch),
                        werte: versuch.werte,
                        wirkung,
                    })
                });
                let erster = gueltige.next()?;
                // One that moves nothing, such as two equal values that change places, tells nothing of the value.
                let bewegt = |gekoppelt: &Gekoppelt| {
                    let wirkung = &gekoppelt.wirkung;
                    !wirkung.bewegt.is_empty() || !wirkung.weg.is_empty()
                };
                if bewegt(&erster) {
                    return Some(erster);
                }
                Some(gueltige.find(bewegt).unwrap_or(erster))
            })
            .collect()
    }

    /// The papers, by name.
    pub fn papiere(&self) -> &[Papier] {
        self.werkbank.papiere()
    }

    /// All texts that were read.
    pub fn quellen(&self) -> &Sources {
        self.werkbank.quellen()
    }

    /// How many values the YAML has.
    pub fn anzahl(&self) -> usize {
        self.skalare.len()
    }

    /// The values that move nothing in any paper, in the order of the files. Tries them once more, with the rules.
    pub fn stumme(&self) -> Vec<Stumm> {
        let umfeld = Umfeld::neu(&self.werkbank, &self.skalare);
        let versuche = versuche::versuche(&self.skalare, &umfeld);
        let jetzt = self.werkbank.pruefe_mit(&[]);
        let stumme = (0..self.skalare.len()).filter(|i| self.bewegungen.ist_stumm(*i));
        let stumme: Vec<usize> = stumme.collect();
        stumme
            .into_par_iter()
            .filter_map(|i| {
                let eigene = versuche.iter().filter(|versuch| versuch.werte.contains(&i));
                let mut andere = eigene.filter_map(|v| self.werkbank.pruefe_mit(&v.tausche));
                let grund = if andere.any(|gefunden| Some(&gefunden) != jetzt.as_ref()) {
                    Grund::NurPruefung
                } else if self.bewegungen.ist_versucht(i) {
                    Grund::InKeinemPapier
                } else {
                    Grund::NurDieserWert
                };
                Some(Stumm {
                    wert: self.wert(&Treffer::allein(i), &[])?,
                    grund,
                })
            })
            .collect()
    }

    /// Where a line of a paper comes from; lines of the Markdown as it is written, from 1.
    ///
    /// The paper is named like its files, with or without folder and ending.
    ///
    /// # Errors
    /// If there is no such paper or line, or nothing stands in it.
    pub fn der_zeile(&self, papier: &str, zeile: usize) -> Result<Auskunft, Fehlschlag> {
        let (i, bereich) = finde(self.papiere(), papier, Frage::Zeile(zeile))?;
        Ok(self.auskunft(i, &bereich))
    }

    /// Where the piece of a paper comes from that reads so; blanks and line breaks count as one.
    ///
    /// # Errors
    /// If there is no such paper, or the text stands nowhere in it, or in several lines.
    pub fn der_fundstelle(&self, papier: &str, text: &str) -> Result<Auskunft, Fehlschlag> {
        let (i, bereich) = finde(self.papiere(), papier, Frage::Text(text))?;
        Ok(self.auskunft(i, &bereich))
    }

    /// Where the bytes of a paper's Markdown come from; `None` if there is no paper of exactly this name.
    pub fn des_bereichs(&self, papier: &str, bereich: &Range<usize>) -> Option<Auskunft> {
        let i = self.papiere().iter().position(|p| p.name == papier)?;
        Some(self.auskunft(i, bereich))
    }

    fn text(&self, papier: usize) -> (&str, &str) {
        self.papiere()
            .get(papier)
            .map_or(("", ""), |p| (p.name.as_str(), p.markdown.as_str()))
    }

    fn auskunft(&self, i: usize, bereich: &Range<usize>) -> Auskunft {
        let (name, md) = self.text(i);
        let spuren = self.spuren(i, bereich);
        let stellen: Vec<(FileName, usize)> = spuren
            .iter()
            .map(|(datei, at, _)| (datei.clone(), *at))
            .collect();
        let gedruckt = md.get(bereich.clone()).unwrap_or_default();
        let mut gewichtet: Vec<(bool, bool, usize, Wert)> = self
            .bewegungen
            .um(i, bereich)
            .into_iter()
            .filter_map(|treffer| {
                let wert = self.wert(&treffer, &stellen)?;
                let genannt = self.ist_genannt(&wert.wert, gedruckt);
                Some((wert.kopplung.is_some(), !genannt, treffer.gewicht, wert))
            })
            .collect();
        gewichtet.sort();
        let werte: Vec<Wert> = gewichtet.into_iter().map(|(.., wert)| wert).collect();
        let bedingungen = self.bewegungen.bedingungen(i).into_iter();
        let bedingungen = bedingungen
            .filter_map(|treffer| self.wert(&treffer, &[]))
            .filter(|wert| {
                !werte
                    .iter()
                    .any(|da| da.pfad == wert.pfad && da.ort.datei == wert.ort.datei)
            })
            .collect();
        let zeile = |at: usize| source::line_column(md, at).line;
        let texte: Vec<Textstelle> = spuren.into_iter().map(|(_, _, stelle)| stelle).collect();
        let (rechenwege, weitere) = self
            .papiere()
            .get(i)
            .map(|papier| self.rechnungen.zu(papier, bereich, &texte))
            .unwrap_or_default();
        Auskunft {
            papier: name.to_owned(),
            zeilen: (
                zeile(bereich.start),
                zeile(bereich.end.saturating_sub(1).max(bereich.start)),
            ),
            text: md.get(bereich.clone()).unwrap_or_default().to_owned(),
            rechenwege,
            weitere,
            werte,
            bedingungen,
            texte,
        }
    }

    /// Whether a piece of a paper says a value, or names the body of which it is the key: such a value is nearer to the
    /// piece than one that moves less.
    fn ist_genannt(&self, wert: &str, gedruckt: &str) -> bool {
        let mut koerperschaften = self.werkbank.vorgang().koerperschaften.iter();
        let steht_da = wert.chars().count() >= KUERZESTER && gedruckt.contains(wert);
        steht_da
            || koerperschaften.any(|(schluessel, koerperschaft)| {
                schluessel.as_str() == wert && gedruckt.contains(koerperschaft.name.as_str())
            })
    }

    /// A value with its place; in prose of several lines the first of `stellen` that lies in it.
    fn wert(&self, treffer: &Treffer<'_>, stellen: &[(FileName, usize)]) -> Option<Wert> {
        let skalar = self.skalare.get(treffer.wert)?;
        let hier = stellen
            .iter()
            .find(|(datei, at)| *datei == skalar.route.datei && skalar.bereich.contains(at))
            .map(|(_, at)| *at);
        let anfang = if skalar.bereich.is_empty() {
            skalar.schluessel.start
        } else {
            skalar.bereich.start
        };
        Some(Wert {
            ort: self.ort(&skalar.route.datei, hier.unwrap_or(anfang)),
            pfad: pfad(&skalar.route),
            wert: skalar.text.split_whitespace().collect::<Vec<_>>().join(" "),
            kopplung: treffer.mit.map(|routen| self.kopplung(skalar, routen)),
        })
    }

    /// What had to change with a value.
    fn kopplung(&self, skalar: &Skalar, routen: &[Route]) -> Kopplung {
        let andere = routen.iter().filter(|route| **route != skalar.route);
        let sagt_dasselbe = |route: &&Route| {
            let mut alle = self.skalare.iter();
            let da = alle.find(|s| s.route == **route);
            da.is_some_and(|da| da.text.trim() == skalar.text.trim())
        };
        Kopplung {
            gleiche: andere.clone().all(|route| sagt_dasselbe(&route)),
            mit: andere
                .map(|route| (route.datei.clone(), pfad(route)))
                .collect(),
        }
    }

    fn ort(&self, datei: &FileName, offset: usize) -> Ort {
        let text = self.quellen().get(datei).map_or("", |quelle| &quelle.text);
        let punkt = source::line_column(text, offset);
        let zeile = source::line_range(text, punkt.line);
        let zeile = text.get(zeile).unwrap_or_default();
        let einzug = zeile.chars().take_while(|c| c.is_whitespace()).count();
        Ort {
            datei: datei.clone(),
            im_text: punkt.column.saturating_sub(einzug + 1),
            punkt,
            zeilentext: zeile.trim().to_owned(),
        }
    }

    /// The origins of the bytes: file, byte, place; each line and expression once.
    fn spuren(&self, papier: usize, bereich: &Range<usize>) -> Vec<(FileName, usize, Textstelle)> {
        let Some(papier) = self.papiere().get(papier) else {
            return Vec::new();
        };
        let mut gesehen = BTreeSet::new();
        let mut stellen = Vec::new();
        for (spur, ursprung) in papier.spuren.iter().filter(|(s, _)| beruehrt(s, bereich)) {
            let sichtbar = bereich.start.max(spur.start)..bereich.end.min(spur.end);
            let text = papier.markdown.get(sichtbar.clone()).unwrap_or_default();
            if text.trim().is_empty() {
                continue;
            }
            let vor = if ursprung.ausdruck {
                0
            } else {
                sichtbar.start - spur.start
            };
            let offset = ursprung.offset + vor;
            let ort = self.ort(&ursprung.datei, offset);
            let ausdruck = ursprung
                .ausdruck
                .then(|| self.ausdruck(&ursprung.datei, offset));
            let kennung = (ort.datei.clone(), ort.punkt.line, ausdruck.clone());
            if !gesehen.insert(kennung) {
                continue;
            }
            let art = match ursprung.art {
                Herkunft::Vorlage => Textart::Vorlage,
                Herkunft::Prosa => Textart::Prosa,
            };
            let eingebaut = art == Textart::Vorlage && self.werkbank.ist_eingebaut(&ursprung.datei);
            let stelle = Textstelle {
                ort,
                art,
                eingebaut,
                ausdruck,
            };
            stellen.push((ursprung.datei.clone(), offset, stelle));
        }
        stellen
    }

    /// The expression that begins at a byte of a file.
    fn ausdruck(&self, datei: &str, offset: usize) -> String {
        let text = self.quellen().get(datei).map_or("", |quelle| &quelle.text);
        let rest = text.get(offset..).unwrap_or_default();
        let ende = rest.find("}}").map_or(0, |at| at + 2);
        let ausdruck = rest.get(..ende).unwrap_or_default();
        ausdruck.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The way to a value as people write it: `beratungsfolge[1].sitzungsdatum`; entries of lists count from 1, as everywhere
/// where the program names one.
fn pfad(route: &Route) -> String {
    let mut pfad = String::new();
    for schritt in &route.schritte {
        match schritt {
            Schritt::Feld(name) => {
                if !pfad.is_empty() {
                    pfad.push('.');
                }
                pfad.push_str(name);
            }
            Schritt::Index(i) => pfad.push_str(&format!("[{}]", i + 1)),
        }
    }
    pfad
}

#[cfg(test)]
mod tests;
