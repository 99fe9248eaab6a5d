//! Trials of a value that cannot be another one alone: what the other value breaks is changed with it.
//!
//! The findings of a trial that failed say where: a provider who is no party any more, a reason for what is no longer so.
//! Each such place gets another value or is taken out, until the matter can be built; what these changes move without the
//! trial is not laid to the value. A finding on the value itself says that it is none, and ends the trial.

use super::skalare::Skalar;
use super::versuche::{Versuch, ersatz, zugaben};
use super::werte::Umfeld;
use super::wirkung::{self, Wirkung, ohne};
use crate::diagnostic::{Befund, Route, Stelle};
use crate::pipeline::entwurf::{Tausch, Werkbank};

/// Most other places that are changed for one trial.
const SCHRITTE: usize = 4;

/// What a trial moves once all that it breaks is changed too, and what that was; `None` if nothing helps.
pub(super) fn wirkung(
    werkbank: &Werkbank,
    skalare: &[Skalar],
    umfeld: &Umfeld,
    versuch: &Versuch,
) -> Option<(Wirkung, Vec<Route>)> {
    let [i] = versuch.werte.as_slice() else {
        return None;
    };
    let skalar = skalare.get(*i)?;
    let mut weitere: Vec<Tausch> = Vec::new();
    let mut fehler = werkbank.fehler_mit(&versuch.tausche)?;
    while !fehler.is_empty() {
        if weitere.len() == SCHRITTE {
            return None;
        }
        (weitere, fehler) = {
            let naechster = |neu: Tausch| {
                let mut alle = weitere.clone();
                alle.push(neu);
                let rest = werkbank.fehler_mit(&mit(versuch, &alle))?;
                (rest.len() < fehler.len()).then_some((alle, rest))
            };
            let fremde = gebrochene(&fehler, skalar, skalare);
            let fremde = fremde.filter(|s| weitere.iter().all(|(route, _)| *route != s.route));
            let mut andere = fremde.flat_map(|s| {
                let neue = ersatz(s, umfeld).into_iter();
                neue.map(|neu| (s.route.clone(), neu))
            });
            let besser = andere.find_map(naechster);
            besser.or_else(|| {
                let zugaben = zugaben(skalar).into_iter();
                let eigen = fehler.iter().any(|f| trifft(&f.stelle, skalar));
                zugaben.filter(|_| eigen).find_map(naechster)
            })
        }?;
    }
    let alle = Versuch {
        werte: versuch.werte.clone(),
        tausche: mit(versuch, &weitere),
    };
    let wirkung = wirkung::wirkung(werkbank, &alle)?;
    let routen = weitere.iter().map(|(route, _)| route.clone()).collect();
    Some((ohne_beiwerk(werkbank, wirkung, weitere), routen))
}

/// An effect without what other changes do alone, if they can be made alone.
pub(super) fn ohne_beiwerk(
    werkbank: &Werkbank,
    mut wirkung: Wirkung,
    andere: Vec<Tausch>,
) -> Wirkung {
    let beiwerk = Versuch {
        werte: Vec::new(),
        tausche: geordnet(andere),
    };
    if beiwerk.tausche.is_empty() {
        return wirkung;
    }
    if let Some(beiwerk) = wirkung::wirkung(werkbank, &beiwerk) {
        wirkung.weg.retain(|papier| !beiwerk.weg.contains(papier));
        for (papier, bereiche) in &mut wirkung.bewegt {
            if let Some(andere) = beiwerk.bewegt.get(papier) {
                *bereiche = ohne(bereiche, andere);
            }
        }
        wirkung
            .bewegt
            .retain(|papier, bereiche| !bereiche.is_empty() && !beiwerk.weg.contains(papier));
    }
    wirkung
}

/// The trial with other changes.
fn mit(versuch: &Versuch, weitere: &[Tausch]) -> Vec<Tausch> {
    geordnet(versuch.tausche.iter().chain(weitere).cloned().collect())
}

/// What is taken out goes last, and from the end, so that the numbers of the other items stay.
fn geordnet(mut tausche: Vec<Tausch>) -> Vec<Tausch> {
    tausche.sort_by(|(a, neu_a), (b, neu_b)| neu_b.is_some().cmp(&neu_a.is_some()).then(b.cmp(a)));
    tausche
}

/// The other values that findings name, in their order.
fn gebrochene<'a>(
    fehler: &'a [Befund],
    skalar: &'a Skalar,
    skalare: &'a [Skalar],
) -> impl Iterator<Item = &'a Skalar> {
    let stellen = fehler.iter().flat_map(|befund| {
        let dazu = befund.dazu.iter().map(|(stelle, _)| stelle);
        std::iter::once(&befund.stelle).chain(dazu)
    });
    stellen.flat_map(move |stelle| {
        skalare
            .iter()
            .filter(move |s| s.route != skalar.route && trifft(stelle, s))
    })
}

/// Whether a place lies in a value.
fn trifft(stelle: &Stelle, skalar: &Skalar) -> bool {
    match stelle {
        Stelle::Datei { datei, bereich } => {
            *datei == skalar.route.datei
                && skalar.bereich.start <= bereich.start
                && bereich.start < skalar.bereich.end
        }
        Stelle::Route(route) => *route == skalar.route,
        Stelle::Pfad(_) | Stelle::Papier(_) | Stelle::ImPapier { .. } => false,
    }
}
