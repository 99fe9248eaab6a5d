//! Findings on papers → places in the files that made the text: the value in the YAML ([`super::wertprobe`]), the prose
//! or the template.
//!
//! A wrong place is worse than a general one: where several values are meant all are named, where none is known the
//! template or the paper itself is the place.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Gelesen;
use super::wertprobe::{Antworten, Druck, Frage};
use crate::diagnostic::{Befund, Stelle};
use crate::layout;
use crate::source::{FileName, Source};
use crate::template::Papier;

impl Gelesen {
    /// Files the findings of papers' texts at the places that made the texts.
    pub(super) fn melde(&mut self, druck: &Druck<'_>, befunde: Vec<(&Papier, Vec<Befund>)>) {
        let fragen: BTreeSet<Frage> = befunde
            .iter()
            .flat_map(|(papier, befunde)| befunde.iter().map(move |befund| (papier, befund)))
            .flat_map(|(papier, befund)| {
                let zitat = zitiert(&befund.text);
                stellen(befund).filter_map(move |stelle| match stelle {
                    Stelle::Papier(bereich) => Frage::neu(papier, bereich, zitat),
                    _ => None,
                })
            })
            .collect();
        let antworten = self.werte(druck, fragen);
        for (papier, befunde) in befunde {
            for befund in befunde {
                let befund = self.im_vorgang(papier, befund, &antworten);
                self.nimm(befund);
            }
        }
    }

    /// Files the findings that templates make: those on what an expression wrote at the values that it wrote.
    pub(super) fn melde_daten(&mut self, druck: &Druck<'_>, befunde: Vec<Befund>) {
        let papier_zu = |stelle: &Stelle| match stelle {
            Stelle::ImPapier { papier, bereich } => {
                let papier = druck.papiere.iter().find(|p| *p.name == **papier);
                Some((*papier?, bereich.clone()))
            }
            _ => None,
        };
        let an_daten = befunde.iter().filter(|befund| ist_an_daten(befund.regel));
        let fragen = an_daten
            .filter_map(|befund| papier_zu(&befund.stelle))
            .filter_map(|(papier, bereich)| Frage::neu(papier, &bereich, None));
        let antworten = self.werte(druck, fragen.collect());
        for mut befund in befunde {
            let Some((papier, bereich)) = papier_zu(&befund.stelle) else {
                self.befunde.push(befund);
                continue;
            };
            if ist_an_daten(befund.regel) {
                befund.stelle = Stelle::Papier(bereich);
                befund = self.im_vorgang(papier, befund, &antworten);
            } else if let Some(stelle) = papier.ursprung(&bereich) {
                befund.stelle = stelle;
            }
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

    /// A finding on a paper as one on the users' files, with other places that explain it.
    fn im_vorgang(&mut self, papier: &Papier, mut befund: Befund, antworten: &Antworten) -> Befund {
        let zitat = zitiert(&befund.text).map(str::to_owned);
        let dazu = std::mem::take(&mut befund.dazu);
        let (stelle, neben) =
            self.stellen_im_vorgang(papier, befund.stelle, zitat.as_deref(), antworten);
        befund.stelle = stelle;
        befund.dazu = neben;
        for (stelle, wort) in dazu {
            let (stelle, _) = self.stellen_im_vorgang(papier, stelle, zitat.as_deref(), antworten);
            // The title stands in the front matter and in the text: one value, one place.
            let bekannt = stellen(&befund).any(|da| *da == stelle);
            if !bekannt {
                befund.dazu.push((stelle, wort));
            }
        }
        befund
    }

    /// A place in a paper as a place in the users' files, and other places that explain it. Where several values are
    /// meant, all are named; where none is known, the template or the paper itself is the place.
    fn stellen_im_vorgang(
        &mut self,
        papier: &Papier,
        stelle: Stelle,
        zitat: Option<&str>,
        antworten: &Antworten,
    ) -> (Stelle, Vec<(Stelle, String)>) {
        let Stelle::Papier(bereich) = &stelle else {
            return (stelle, Vec::new());
        };
        let werte = Frage::neu(papier, bereich, zitat).and_then(|frage| antworten.get(&frage));
        let vorlage = papier.ursprung(bereich);
        let mut werte = werte.into_iter().flatten().cloned();
        if let Some(wert) = werte.next() {
            let vorlage =
                vorlage.map(|vorlage| (vorlage, "die Vorlage übernimmt es hier".to_owned()));
            let auch = werte.map(|wert| (wert, "oder hier, beides kann gemeint sein".to_owned()));
            return (wert, auch.take(3).chain(vorlage).collect());
        }
        (self.in_datei(papier, bereich), Vec::new())
    }

    /// Where the words of a paper were written if no value made them: the prose or the template; the paper itself for
    /// what the program wrote.
    pub(super) fn in_datei(&mut self, papier: &Papier, bereich: &Range<usize>) -> Stelle {
        papier.ursprung(bereich).unwrap_or_else(|| {
            let datei: FileName = format!("{}.md", papier.name).into();
            let text = papier.markdown.as_str();
            self.quellen.insert(Source::new(datei.clone(), text));
            Stelle::Datei {
                datei,
                bereich: bereich.clone(),
            }
        })
    }
}

/// All places of a finding.
pub(super) fn stellen(befund: &Befund) -> impl Iterator<Item = &Stelle> {
    std::iter::once(&befund.stelle).chain(befund.dazu.iter().map(|(stelle, _)| stelle))
}

/// Whether a finding on an expression's output is about the data, not about the expression.
fn ist_an_daten(regel: &str) -> bool {
    matches!(regel, "zeichen-in-code" | "zeichen-in-anweisung")
}

/// What a finding quotes first. The front matter comes from the facts as a whole, so only this tells which value is
/// meant.
fn zitiert(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('„')?;
    rest.split_once('“').map(|(zitat, _)| zitat)
}
