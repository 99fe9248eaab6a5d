//! From a place in a paper to the values in the YAML that made it.
//!
//! A wrong place is worse than a general one: where several values could be meant all are named, where none is known the
//! template or the paper itself is the place.

use std::ops::Range;

use super::Gelesen;
use crate::diagnostic::{Befund, Stelle};
use crate::input::{Scalar, Tree};
use crate::layout;
use crate::source::{FileName, Source};
use crate::template::Papier;

impl Gelesen {
    /// Files the findings of a paper's text at the places that made the text.
    pub(super) fn melde(&mut self, papier: &Papier, befunde: Vec<Befund>) {
        for mut befund in befunde {
            let zitat = zitiert(&befund.text).map(str::to_owned);
            let dazu = std::mem::take(&mut befund.dazu);
            let stelle = befund.stelle.clone();
            let (stelle, neben) = self.im_vorgang(papier, stelle, zitat.as_deref());
            befund.stelle = stelle;
            befund.dazu = neben;
            for (stelle, wort) in dazu {
                let (stelle, _) = self.im_vorgang(papier, stelle, zitat.as_deref());
                // The title stands in the front matter and in the text: one value, one place.
                let bekannt = std::iter::once(&befund.stelle)
                    .chain(befund.dazu.iter().map(|(stelle, _)| stelle))
                    .any(|da| *da == stelle);
                if !bekannt {
                    befund.dazu.push((stelle, wort));
                }
            }
            self.nimm(befund);
        }
    }

    /// Files the findings that templates make: those on what an expression wrote at the values that it wrote.
    pub(super) fn melde_daten(&mut self, papiere: &[Papier], befunde: Vec<Befund>) {
        for mut befund in befunde {
            let Stelle::ImPapier { papier, bereich } = &befund.stelle else {
                self.befunde.push(befund);
                continue;
            };
            let papier = papiere.iter().find(|p| *p.name == **papier);
            let stelle = Stelle::Papier(bereich.clone());
            befund.stelle = match papier.filter(|_| ist_an_daten(befund.regel)) {
                Some(papier) => {
                    let (stelle, neben) = self.im_vorgang(papier, stelle, None);
                    befund.dazu.extend(neben);
                    stelle
                }
                None => papier
                    .and_then(|papier| papier.ursprung(bereich))
                    .unwrap_or(stelle),
            };
            // A name stands in many places and papers: it is told once.
            let gleich = |alt: &Befund| {
                (alt.regel, &alt.stelle, &alt.text) == (befund.regel, &befund.stelle, &befund.text)
            };
            if !self.befunde.iter().any(gleich) {
                self.befunde.push(befund);
            }
        }
    }

    /// Takes a finding; of a character that no font has there is one for all papers, with all its places.
    fn nimm(&mut self, befund: Befund) {
        let gleich = |alt: &&mut Befund| {
            befund.regel == layout::MISSING && alt.regel == befund.regel && alt.text == befund.text
        };
        let Some(alt) = self.befunde.iter_mut().find(gleich) else {
            self.befunde.push(befund);
            return;
        };
        let hier = (befund.stelle, layout::AGAIN.to_owned());
        for (stelle, wort) in std::iter::once(hier).chain(befund.dazu) {
            let bekannt = alt.stelle == stelle || alt.dazu.iter().any(|(da, _)| *da == stelle);
            if !bekannt && wort == layout::AGAIN {
                alt.dazu.push((stelle, wort));
            }
        }
    }

    /// A place in a paper as a place in the users' files, and other places that explain it. Where several values could
    /// be meant, all are named; where none is known, the paper itself is the place.
    fn im_vorgang(
        &mut self,
        papier: &Papier,
        stelle: Stelle,
        zitat: Option<&str>,
    ) -> (Stelle, Vec<(Stelle, String)>) {
        let Stelle::Papier(bereich) = &stelle else {
            return (stelle, Vec::new());
        };
        let werte = if papier.ist_kopf(bereich) {
            zitat.map_or(Vec::new(), |zitat| self.im_kopf(papier, zitat))
        } else {
            self.im_ausdruck(papier, bereich)
        };
        let vorlage = papier.ursprung(bereich);
        let mut werte = werte.into_iter();
        if let Some(wert) = werte.next() {
            let vorlage =
                vorlage.map(|vorlage| (vorlage, "die Vorlage übernimmt es hier".to_owned()));
            let auch = werte.map(|wert| (wert, "oder hier, beides kann gemeint sein".to_owned()));
            return (wert, auch.take(3).chain(vorlage).collect());
        }
        let hier = vorlage.unwrap_or_else(|| {
            let datei: FileName = format!("{}.md", papier.name).into();
            let text = papier.markdown.as_str();
            self.quellen.insert(Source::new(datei.clone(), text));
            Stelle::Datei {
                datei,
                bereich: bereich.clone(),
            }
        });
        (hier, Vec::new())
    }

    /// Where the text stands in the values that the front matter was made of.
    fn im_kopf(&self, papier: &Papier, text: &str) -> Vec<Stelle> {
        let baeume = || self.vorgang.iter().chain(&self.stammdaten);
        let stellen = papier.kopfdaten.iter().filter_map(|route| {
            let baum = baeume().find(|baum| baum.source().name == route.datei)?;
            wo(baum, baum.node(route)?.scalar()?, text)
        });
        stellen.collect()
    }

    /// Where the bytes that an expression wrote stand in the YAML: in the values that the expression wrote as a whole,
    /// else wherever the text occurs.
    fn im_ausdruck(&self, papier: &Papier, bereich: &Range<usize>) -> Vec<Stelle> {
        let ganz = papier
            .ausdruck(bereich)
            .and_then(|spur| papier.markdown.get(spur));
        let (Some(text), Some(ganz)) = (papier.daten(bereich), ganz) else {
            return Vec::new();
        };
        let ganz = schlicht(ganz);
        let baeume = self.vorgang.iter().chain(&self.stammdaten);
        let (genau, sonst): (Vec<_>, Vec<_>) = baeume
            .flat_map(|baum| baum.scalars().map(move |skalar| (baum, skalar)))
            .filter_map(|(baum, skalar)| {
                let wert = schlicht(skalar.text());
                let passt = ganz.contains(&wert) || wert.contains(&ganz);
                Some((passt, wo(baum, skalar, text)?))
            })
            .partition(|(passt, _)| *passt);
        let gewaehlt = if genau.is_empty() { sonst } else { genau };
        gewaehlt.into_iter().map(|(_, stelle)| stelle).collect()
    }
}

/// Whether a finding on an expression's output is about the data, not about the expression.
fn ist_an_daten(regel: &str) -> bool {
    matches!(regel, "zeichen-in-code" | "zeichen-in-anweisung")
}

/// The place of a text in a value.
fn wo(baum: &Tree, skalar: &Scalar, text: &str) -> Option<Stelle> {
    let von = skalar.source_offset(skalar.text().find(text)?);
    Some(baum.stelle(von..von + text.len()))
}

/// A text without what papers add to it: escapes and breaks of lines.
fn schlicht(text: &str) -> String {
    let ohne: String = text.chars().filter(|c| *c != '\\').collect();
    ohne.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a finding quotes first. The front matter comes from the facts as a whole, so only this tells which value is
/// meant.
fn zitiert(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('„')?;
    rest.split_once('“').map(|(zitat, _)| zitat)
}
