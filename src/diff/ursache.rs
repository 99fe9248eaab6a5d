//! Which difference of the facts, texts and templates makes which change in the papers: each is applied alone to the old
//! matter, the papers are made anew, and what moves is its doing. What no single one explains is laid to all that touch it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;

use super::daten::{
    Daten, Umbenennung, Unterschied, Unterschiedsart, mische, umbenennungen, unterschiede,
};
use super::sinn::{self, Sachstand, Sinnaenderung};
use super::stellen::{Paar, Rohstelle, Stellenart, paare};
use crate::pipeline::entwurf::{Entwurf, entwerfe};
use crate::template::Papier;

/// So many differences are tried one by one; more are tried by section.
const EINZELN: usize = 120;
/// So many additions are tried one by one for being needed.
const ZUSAETZE: usize = 12;

/// A set of differences that is tried as one.
#[derive(Debug, Clone, Default)]
pub(super) struct Versuch {
    /// The differences, by index.
    pub(super) von: BTreeSet<usize>,
    /// Additions without which they cannot be built.
    pub(super) mit: BTreeSet<usize>,
    stellen: Vec<Wirkung>,
    sinn: Vec<Sinnaenderung>,
    /// Whether the model itself is another one.
    pub(super) andere_tatsachen: bool,
}

/// A changed place by the name of its paper.
#[derive(Debug, Clone)]
struct Wirkung {
    papier: String,
    art: Stellenart,
    alt: Range<usize>,
    neu: Range<usize>,
    neuer_text: String,
}

/// The old and the new state of a matter, and every mixture of them.
pub(super) struct Labor<'a> {
    alt: Daten,
    neu: Daten,
    pub(super) unterschiede: Vec<Unterschied>,
    pub(super) alte_papiere: &'a [Papier],
    pub(super) neue_papiere: &'a [Papier],
    alter_stand: &'a Sachstand,
    neuer_stand: &'a Sachstand,
    pub(super) versuche: Vec<Versuch>,
    /// Names that were exchanged for others.
    pub(super) umbenennungen: Vec<Umbenennung>,
}

/// Who did it: indices of attempts; several act together.
pub(super) type Schuld = Vec<usize>;

impl<'a> Labor<'a> {
    pub(super) fn neu(
        (alt, mut neu): (Daten, Daten),
        [alte_papiere, neue_papiere]: [&'a [Papier]; 2],
        [alter_stand, neuer_stand]: [&'a Sachstand; 2],
    ) -> Self {
        neu.gleiche_drucksachen_an(&alt);
        let mut labor = Self {
            unterschiede: unterschiede(&alt, &neu),
            alt,
            neu,
            alte_papiere,
            neue_papiere,
            alter_stand,
            neuer_stand,
            versuche: Vec::new(),
            umbenennungen: Vec::new(),
        };
        labor.umbenennungen = umbenennungen(&labor.unterschiede, &labor.alt);
        labor.versuche = labor.alle_versuche();
        labor
    }

    fn gruppen(&self) -> Vec<BTreeSet<usize>> {
        let n = self.unterschiede.len();
        // One name for another is one difference, wherever it stands.
        let mut zusammen: Vec<BTreeSet<usize>> =
            self.umbenennungen.iter().map(|u| u.teile.clone()).collect();
        if n <= EINZELN {
            for teile in self.ersetzte_anlagen() {
                if zusammen.iter().all(|andere| andere.is_disjoint(&teile)) {
                    zusammen.push(teile);
                }
            }
            let einzeln = (0..n).filter(|i| !zusammen.iter().any(|teile| teile.contains(i)));
            let einzeln: Vec<_> = einzeln.map(|i| BTreeSet::from([i])).collect();
            return zusammen.into_iter().chain(einzeln).collect();
        }
        let mut gruppen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (i, unterschied) in self.unterschiede.iter().enumerate() {
            let abschnitt: String = unterschied
                .pfad
                .split('.')
                .take(2)
                .collect::<Vec<_>>()
                .join(".");
            let name = if unterschied.datei.is_some() {
                unterschied.ort.datei.clone()
            } else {
                abschnitt
            };
            gruppen.entry(name).or_default().insert(i);
        }
        gruppen.into_values().collect()
    }

    /// One annex in the place of another is one difference, with the agreement that is named beside because of it.
    fn ersetzte_anlagen(&self) -> Vec<BTreeSet<usize>> {
        let liste = |pfad: &str| -> Option<String> {
            let (drucksache, rest) = pfad.rsplit_once(".anlagen")?;
            (rest.starts_with('[') && rest.ends_with(']')).then(|| drucksache.to_owned())
        };
        let mut drucksachen: BTreeMap<String, [BTreeSet<usize>; 2]> = BTreeMap::new();
        for (i, unterschied) in self.unterschiede.iter().enumerate() {
            let seite = match unterschied.art {
                Unterschiedsart::Weg => 0,
                Unterschiedsart::Neu => 1,
                Unterschiedsart::Geaendert | Unterschiedsart::Umgestellt => continue,
            };
            if let Some(drucksache) = liste(&unterschied.pfad)
                && let Some(menge) = drucksachen.entry(drucksache).or_default().get_mut(seite)
            {
                menge.insert(i);
            }
        }
        let ersetzt = drucksachen.into_iter();
        let ersetzt = ersetzt.filter(|(_, [weg, neu])| weg.len() == 1 && neu.len() == 1);
        ersetzt
            .map(|(drucksache, [weg, neu])| {
                let benannt = format!("{drucksache}.vereinbarung");
                let daneben = self.unterschiede.iter().enumerate();
                let daneben = daneben.filter(|(_, u)| u.pfad == benannt).map(|(i, _)| i);
                weg.into_iter().chain(neu).chain(daneben).collect()
            })
            .collect()
    }

    fn alle_versuche(&self) -> Vec<Versuch> {
        let gruppen = self.gruppen();
        let zusaetze: BTreeSet<usize> = self
            .unterschiede
            .iter()
            .enumerate()
            .filter(|(_, u)| {
                u.art == Unterschiedsart::Neu
                    && (u.datei.is_some() || u.pfad.starts_with("stammdaten."))
            })
            .map(|(i, _)| i)
            .collect();
        let versuche: Vec<Result<Versuch, BTreeSet<usize>>> = gruppen
            .into_par_iter()
            .map(|von| self.versuche(&von, &zusaetze).ok_or(von))
            .collect();
        let mut gelungen = Vec::new();
        let mut misslungen = BTreeSet::new();
        for versuch in versuche {
            match versuch {
                Ok(versuch) => gelungen.push(versuch),
                Err(von) => misslungen.extend(von),
            }
        }
        if !misslungen.is_empty() {
            // Those that cannot stand alone may stand together.
            let versuch = self.versuche(&misslungen, &zusaetze);
            gelungen.push(versuch.unwrap_or_else(|| Versuch {
                von: misslungen,
                andere_tatsachen: true,
                ..Versuch::default()
            }));
        }
        gelungen
    }

    fn versuche(&self, von: &BTreeSet<usize>, zusaetze: &BTreeSet<usize>) -> Option<Versuch> {
        if let Some(entwurf) = self.entwurf(von) {
            return Some(self.wirkung(von.clone(), BTreeSet::new(), &entwurf));
        }
        let mut mit: BTreeSet<usize> = zusaetze.difference(von).copied().collect();
        let vereint = |mit: &BTreeSet<usize>| von.union(mit).copied().collect::<BTreeSet<_>>();
        if mit.is_empty() {
            return None;
        }
        let mut entwurf = self.entwurf(&vereint(&mit))?;
        if mit.len() <= ZUSAETZE {
            for zusatz in mit.clone() {
                let mut weniger = mit.clone();
                weniger.remove(&zusatz);
                if let Some(knapper) = self.entwurf(&vereint(&weniger)) {
                    mit = weniger;
                    entwurf = knapper;
                }
            }
        }
        Some(self.wirkung(von.clone(), mit, &entwurf))
    }

    /// The old matter with these differences, if it can be built.
    fn entwurf(&self, wahl: &BTreeSet<usize>) -> Option<Entwurf> {
        let entwurf = entwerfe(&mische(&self.alt, &self.neu, wahl).eingabe());
        entwurf.ist_gebaut().then_some(entwurf)
    }

    fn wirkung(&self, von: BTreeSet<usize>, mit: BTreeSet<usize>, entwurf: &Entwurf) -> Versuch {
        let stand = sinn::sachstand(&entwurf.vorgang);
        let (stellen, mut sinn) = wirkungen(self.alte_papiere, &entwurf.papiere);
        sinn.extend(sinn::unterschiede(self.alter_stand, &stand));
        let andere_tatsachen = stellen.is_empty() && sinn.is_empty() && {
            let vorher = entwerfe(&self.alt.eingabe());
            format!("{:?}", vorher.vorgang) != format!("{:?}", entwurf.vorgang)
        };
        Versuch {
            von,
            mit,
            stellen,
            sinn,
            andere_tatsachen,
        }
    }

    /// Lays each changed place and each change of the matter to those who did it.
    pub(super) fn schuld(
        &self,
        paare: &[Paar],
        stellen: &[Rohstelle],
        sinn: &[Sinnaenderung],
    ) -> (Vec<Schuld>, Vec<Schuld>) {
        let mut von_stellen: Vec<Schuld> = stellen
            .iter()
            .map(|stelle| {
                let papier = paare.get(stelle.paar).map_or("", Paar::kennung);
                self.bei(
                    |wirkung| gleich(wirkung, papier, stelle),
                    |wirkung| wirkung.papier == papier && beruehrt(&wirkung.alt, &stelle.alt),
                )
            })
            .collect();
        let mut von_sinn: Vec<Schuld> = sinn
            .iter()
            .map(|aenderung| {
                let genau = self
                    .versuche
                    .iter()
                    .position(|v| v.sinn.contains(aenderung));
                match genau {
                    Some(i) => vec![i],
                    None => self.alle(|v| {
                        v.sinn.iter().any(|s| {
                            s.sinn == aenderung.sinn && s.gegenstand == aenderung.gegenstand
                        })
                    }),
                }
            })
            .collect();
        let offen = von_stellen.iter().chain(&von_sinn).any(Vec::is_empty);
        if offen && !self.versuche.is_empty() {
            self.rueckwaerts(paare, stellen, &mut von_stellen, sinn, &mut von_sinn);
        }
        (von_stellen, von_sinn)
    }

    /// The first attempt with exactly this effect; else all that touch the place.
    fn bei(
        &self,
        genau: impl Fn(&Wirkung) -> bool,
        ungefaehr: impl Fn(&Wirkung) -> bool,
    ) -> Schuld {
        match self
            .versuche
            .iter()
            .position(|v| v.stellen.iter().any(&genau))
        {
            Some(i) => vec![i],
            None => self.alle(|v| v.stellen.iter().any(&ungefaehr)),
        }
    }

    fn alle(&self, passt: impl Fn(&Versuch) -> bool) -> Schuld {
        (0..self.versuche.len())
            .filter(|i| self.versuche.get(*i).is_some_and(&passt))
            .collect()
    }

    /// What nothing explains from the old side is tried from the new one: who is missing where the place is as it was?
    fn rueckwaerts(
        &self,
        paare: &[Paar],
        stellen: &[Rohstelle],
        von_stellen: &mut [Schuld],
        sinn: &[Sinnaenderung],
        von_sinn: &mut [Schuld],
    ) {
        let alle: BTreeSet<usize> = (0..self.unterschiede.len()).collect();
        let ohne: Vec<_> = self
            .versuche
            .par_iter()
            .map(|versuch| {
                let rest: BTreeSet<usize> = alle.difference(&versuch.von).copied().collect();
                let entwurf = self.entwurf(&rest)?;
                let stand = sinn::sachstand(&entwurf.vorgang);
                let (stellen, mut sinn) = wirkungen(self.neue_papiere, &entwurf.papiere);
                sinn.extend(sinn::unterschiede(self.neuer_stand, &stand));
                Some((stellen, sinn))
            })
            .collect();
        for (stelle, schuld) in stellen.iter().zip(von_stellen.iter_mut()) {
            if !schuld.is_empty() {
                continue;
            }
            let papier = paare.get(stelle.paar).map_or("", |paar| paar.name.as_str());
            *schuld = (0..ohne.len())
                .filter(|i| {
                    ohne.get(*i)
                        .and_then(Option::as_ref)
                        .is_some_and(|(wirkungen, _)| {
                            wirkungen
                                .iter()
                                .any(|w| w.papier == papier && beruehrt(&w.alt, &stelle.neu))
                        })
                })
                .collect();
        }
        for (aenderung, schuld) in sinn.iter().zip(von_sinn.iter_mut()) {
            if schuld.is_empty() {
                *schuld = (0..ohne.len())
                    .filter(|i| {
                        ohne.get(*i)
                            .and_then(Option::as_ref)
                            .is_some_and(|(_, sinn)| {
                                sinn.iter().any(|s| {
                                    s.sinn == aenderung.sinn && s.gegenstand == aenderung.gegenstand
                                })
                            })
                    })
                    .collect();
            }
        }
    }
}

/// All places and clauses in which two sets of papers differ, by the name of the first one.
fn wirkungen(alt: &[Papier], neu: &[Papier]) -> (Vec<Wirkung>, Vec<Sinnaenderung>) {
    let mut wirkungen = Vec::new();
    let mut sinn = Vec::new();
    for paar in paare(alt, neu) {
        sinn.extend(sinn::klauseln(&paar));
        wirkungen.extend(paar.stellen(0).into_iter().map(|stelle| Wirkung {
            papier: paar.kennung().to_owned(),
            art: stelle.art,
            alt: stelle.alt,
            neu: stelle.neu,
            neuer_text: stelle.neuer_text,
        }));
    }
    (wirkungen, sinn)
}

fn gleich(wirkung: &Wirkung, papier: &str, stelle: &Rohstelle) -> bool {
    let ganz = matches!(stelle.art, Stellenart::PapierNeu | Stellenart::PapierWeg);
    wirkung.papier == papier
        && wirkung.art == stelle.art
        && (ganz || (wirkung.alt == stelle.alt && wirkung.neuer_text == stelle.neuer_text))
        && (!ganz || wirkung.neu.is_empty() == stelle.neu.is_empty())
}

fn beruehrt(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}
