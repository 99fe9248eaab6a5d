//! The trials of each scalar: with other values, taken out, together with its equals.

use std::collections::{BTreeMap, BTreeSet};

use super::gruppen::gruppen;
use super::skalare::Skalar;
use super::werte::{PROBETEXT, Umfeld, aufzaehlung, werte};
use crate::diagnostic::Route;
use crate::input::tree::Angabe;
use crate::pipeline::entwurf::Tausch;

/// A trial: whose effect it shows, and what is different.
#[derive(Debug, Clone)]
pub(super) struct Versuch {
    /// The scalars, by index; several are changed together.
    pub(super) werte: Vec<usize>,
    pub(super) tausche: Vec<Tausch>,
}

/// All trials of a matter.
pub(super) fn versuche(skalare: &[Skalar], umfeld: &Umfeld) -> Vec<Versuch> {
    let mut versuche = Vec::new();
    for (i, skalar) in skalare.iter().enumerate() {
        let texte = werte(skalar, umfeld).into_iter().map(Angabe::Text);
        let neu = texte.chain(gruppen(skalar, umfeld)).map(Some);
        versuche.extend(neu.map(|neu| Versuch {
            werte: vec![i],
            tausche: vec![(skalar.route.clone(), neu)],
        }));
        let weg = [Some(&skalar.route), skalar.glied.as_ref()];
        let weg: BTreeSet<&Route> = weg.into_iter().flatten().collect();
        versuche.extend(weg.into_iter().map(|route| Versuch {
            werte: vec![i],
            tausche: vec![(route.clone(), None)],
        }));
    }
    versuche.extend(gemeinsame(skalare, umfeld));
    versuche
}

/// What a value that another one broke could be instead: the words that its field or its kind knows, else other values;
/// at last it is taken out.
pub(super) fn ersatz(skalar: &Skalar, umfeld: &Umfeld) -> Vec<Option<Angabe>> {
    let mut andere = aufzaehlung(&skalar.schema);
    if andere.is_empty() {
        andere = umfeld.woerter.andere(skalar);
    }
    if andere.is_empty() {
        andere = werte(skalar, umfeld);
    }
    andere.retain(|wert| wert != skalar.text.trim());
    let andere = andere.into_iter().map(Angabe::Text);
    andere.map(Some).chain([None]).collect()
}

/// What could stand beside a value that says which other fields there are: each with some text.
pub(super) fn zugaben(skalar: &Skalar) -> Vec<Tausch> {
    if aufzaehlung(&skalar.schema).is_empty() {
        return Vec::new();
    }
    let namen = skalar.daneben.iter().filter_map(|name| {
        let mut route = skalar.route.clone();
        route.schritte.pop()?;
        Some((route.feld(name), Some(PROBETEXT.into())))
    });
    namen.collect()
}

/// Scalars of one kind with one value, changed together: „ist eines davon ein Beispielwert?“ stays true as long as one is.
fn gemeinsame(skalare: &[Skalar], umfeld: &Umfeld) -> Vec<Versuch> {
    let mut gruppen: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (i, skalar) in skalare.iter().enumerate() {
        let kennung = (&*skalar.route.datei, &*skalar.muster, &*skalar.text);
        gruppen.entry(kennung).or_default().push(i);
    }
    let mehrere = gruppen.into_values().filter(|gruppe| gruppe.len() > 1);
    let mut versuche = Vec::new();
    for gruppe in mehrere {
        let glieder = || gruppe.iter().filter_map(|i| skalare.get(*i));
        let Some(erster) = glieder().next() else {
            continue;
        };
        for neu in werte(erster, umfeld) {
            versuche.push(Versuch {
                werte: gruppe.clone(),
                tausche: glieder()
                    .map(|skalar| (skalar.route.clone(), Some(neu.as_str().into())))
                    .collect(),
            });
        }
    }
    versuche
}
