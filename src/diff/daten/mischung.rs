//! Two sets of facts walked side by side: what differs, and any mixture of both.

use std::collections::{BTreeMap, BTreeSet};

use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{DRUCKSACHEN, Daten, Ort, Wert, Wertart, innen};
use crate::diff::text::laengste_aufsteigende;
use crate::template::Vorlagen;

/// Lists whose order says something.
const GEORDNET: [&str; 1] = ["beratungsfolge"];

/// One difference of the facts.
#[derive(Debug, Clone)]
pub(in crate::diff) struct Unterschied {
    /// The way to the value, as people write it: `kündigung.frist_monate`.
    pub(in crate::diff) pfad: String,
    pub(in crate::diff) art: Unterschiedsart,
    pub(in crate::diff) ort: Ort,
    pub(in crate::diff) alt: Option<Wert>,
    pub(in crate::diff) neu: Option<Wert>,
    /// What kind of file it is, where the difference is that of a file without facts.
    pub(in crate::diff) datei: Option<Dateiart>,
    /// The old and the new bytes of such a file.
    pub(in crate::diff) inhalt: [Option<Arc<[u8]>>; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::diff) enum Unterschiedsart {
    Geaendert,
    Neu,
    Weg,
    /// The same items in another order.
    Umgestellt,
}

/// What a file is that holds no facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::diff) enum Dateiart {
    Text,
    Vorlage,
    Sonstige,
}

/// The bytes of the template that the program ships under the name of a file: where the matter has none of its own, that
/// one is used.
fn eingebaut(pfad: &str) -> Option<Arc<[u8]>> {
    let mut eingebaute = Vorlagen::eingebaut();
    let (_, quelle) = eingebaute.find(|(_, quelle)| *quelle.name == *pfad)?;
    Some(quelle.text.as_bytes().into())
}

/// Compares two sets of facts: all differences in a fixed order.
pub(in crate::diff) fn unterschiede(alt: &Daten, neu: &Daten) -> Vec<Unterschied> {
    let mut lauf = Mischung {
        wahl: &|_| true,
        gremien: umbenannte_gremien(alt, neu),
        gefunden: Vec::new(),
    };
    lauf.daten(alt, neu);
    lauf.gefunden
}

/// The old facts with some of the differences applied, by their place in [`unterschiede`].
pub(in crate::diff) fn mische(alt: &Daten, neu: &Daten, wahl: &BTreeSet<usize>) -> Daten {
    let mut lauf = Mischung {
        wahl: &|i| wahl.contains(&i),
        gremien: umbenannte_gremien(alt, neu),
        gefunden: Vec::new(),
    };
    lauf.daten(alt, neu)
}

/// Walks both trees once and takes of each difference the side that is chosen.
struct Mischung<'w> {
    wahl: &'w dyn Fn(usize) -> bool,
    /// The bodies that bear another name: what an item is known by, in the old and in the new state.
    gremien: BTreeMap<String, String>,
    gefunden: Vec<Unterschied>,
}

/// The bodies of the base data that bear another name and are the same otherwise.
fn umbenannte_gremien(alt: &Daten, neu: &Daten) -> BTreeMap<String, String> {
    let koerperschaften = |daten: &Daten| {
        let alle = daten
            .baum
            .eintrag("stammdaten")?
            .eintrag("körperschaften")?;
        Some(alle.clone())
    };
    let gremien = |wert: &Wert| match wert.eintrag("gremien").map(|g| &g.art) {
        Some(Wertart::Liste(gremien)) => gremien.clone(),
        _ => Vec::new(),
    };
    let (Some(alte), Some(neue)) = (koerperschaften(alt), koerperschaften(neu)) else {
        return BTreeMap::new();
    };
    let Wertart::Karte(alte) = &alte.art else {
        return BTreeMap::new();
    };
    let mut namen = BTreeMap::new();
    for (schluessel, alte) in alte {
        let Some(neue) = neue.eintrag(schluessel) else {
            continue;
        };
        let (alte, neue) = (gremien(alte), gremien(neue));
        for (a, n) in listenpaare(&alte, &neue, &BTreeMap::new()) {
            if let (Some(a), Some(n)) = (alte.get(a), neue.get(n))
                && a.ist_umbenannt_in(n)
            {
                namen.insert(a.kennung(), n.kennung());
            }
        }
    }
    namen
}

impl Mischung<'_> {
    fn daten(&mut self, alt: &Daten, neu: &Daten) -> Daten {
        let baum = self.wert("", &alt.baum, &neu.baum);
        let mut dateien = BTreeMap::new();
        let namen: BTreeSet<_> = alt.dateien.keys().chain(neu.dateien.keys()).collect();
        for name in namen {
            let (a, n) = (alt.dateien.get(name), neu.dateien.get(name));
            let genommen = if a == n || !self.merke_datei(name, a, n) {
                a
            } else {
                n
            };
            if let Some(bytes) = genommen {
                dateien.insert(name.clone(), bytes.clone());
            }
        }
        Daten {
            name: alt.name.clone(),
            baum,
            dateien,
            anzeigen: alt.anzeigen.clone(),
        }
    }

    fn merke_datei(
        &mut self,
        (ist_stamm, pfad): &(bool, String),
        alt: Option<&Arc<[u8]>>,
        neu: Option<&Arc<[u8]>>,
    ) -> bool {
        let datei = innen(*ist_stamm, pfad);
        let art = if pfad.starts_with("templates/") && pfad.ends_with(".md") {
            Dateiart::Vorlage
        } else if pfad.ends_with(".md") {
            Dateiart::Text
        } else {
            Dateiart::Sonstige
        };
        self.merke(Unterschied {
            pfad: String::new(),
            art: match (alt, neu) {
                (None, _) => Unterschiedsart::Neu,
                (_, None) => Unterschiedsart::Weg,
                _ => Unterschiedsart::Geaendert,
            },
            ort: Ort { datei, zeile: 0 },
            alt: None,
            neu: None,
            datei: Some(art),
            inhalt: [
                alt.cloned().or_else(|| eingebaut(pfad)),
                neu.cloned().or_else(|| eingebaut(pfad)),
            ],
        })
    }

    fn merke(&mut self, unterschied: Unterschied) -> bool {
        self.gefunden.push(unterschied);
        (self.wahl)(self.gefunden.len() - 1)
    }

    fn wert(&mut self, pfad: &str, alt: &Wert, neu: &Wert) -> Wert {
        if alt.ist_gleich(neu) {
            return alt.clone();
        }
        match (&alt.art, &neu.art) {
            (Wertart::Karte(a), Wertart::Karte(n)) => Wert {
                ort: alt.ort.clone(),
                art: Wertart::Karte(self.karte(pfad, a, n)),
            },
            (Wertart::Liste(a), Wertart::Liste(n)) => Wert {
                ort: alt.ort.clone(),
                art: Wertart::Liste(self.liste(pfad, &neu.ort, a, n)),
            },
            _ => {
                let neuer = self.merke(Unterschied {
                    pfad: pfad.to_owned(),
                    art: Unterschiedsart::Geaendert,
                    ort: neu.ort.clone(),
                    alt: Some(alt.clone()),
                    neu: Some(neu.clone()),
                    datei: None,
                    inhalt: Default::default(),
                });
                if neuer { neu.clone() } else { alt.clone() }
            }
        }
    }

    fn karte(
        &mut self,
        pfad: &str,
        alt: &[(String, Wert)],
        neu: &[(String, Wert)],
    ) -> Vec<(String, Wert)> {
        let mut karte = Vec::new();
        let folge: Vec<usize> = neu
            .iter()
            .filter_map(|(k, _)| alt.iter().position(|(l, _)| k == l))
            .collect();
        // Which file a section stands in says nothing.
        let ist_sammlung = !pfad.contains('.') || pfad.starts_with("stammdaten.");
        let nach_neu = !ist_sammlung && laengste_aufsteigende(&folge).len() < folge.len() && {
            let ort = neu.first().map(|(_, w)| w.ort.clone());
            self.merke(Unterschied {
                pfad: pfad.to_owned(),
                art: Unterschiedsart::Umgestellt,
                ort: ort.unwrap_or_default(),
                alt: None,
                neu: None,
                datei: None,
                inhalt: Default::default(),
            })
        };
        for (schluessel, wert) in alt {
            let weiter = unter(pfad, schluessel);
            match neu.iter().find(|(k, _)| k == schluessel) {
                Some((_, neuer)) => {
                    karte.push((schluessel.clone(), self.wert(&weiter, wert, neuer)));
                }
                None => {
                    if !self.merke_eintrag(weiter, Some(wert), None) {
                        karte.push((schluessel.clone(), wert.clone()));
                    }
                }
            }
        }
        for (schluessel, wert) in neu {
            if !alt.iter().any(|(k, _)| k == schluessel) {
                let weiter = unter(pfad, schluessel);
                // A whole section that is new differs entry by entry.
                let ist_abschnitt = !pfad.contains('.') && pfad != DRUCKSACHEN && !pfad.is_empty();
                let leer = Wert::leer();
                if ist_abschnitt && matches!(wert.art, Wertart::Karte(_)) {
                    let wert = self.wert(&weiter, &leer, wert);
                    if wert != leer {
                        karte.push((schluessel.clone(), wert));
                    }
                } else if self.merke_eintrag(weiter, None, Some(wert)) {
                    karte.push((schluessel.clone(), wert.clone()));
                }
            }
        }
        if nach_neu {
            // What only the old state has stays at the end.
            let platz = |schluessel: &str| neu.iter().position(|(k, _)| k == schluessel);
            karte.sort_by_key(|(k, _)| platz(k).unwrap_or(usize::MAX));
        }
        karte
    }

    fn merke_eintrag(&mut self, pfad: String, alt: Option<&Wert>, neu: Option<&Wert>) -> bool {
        self.merke(Unterschied {
            pfad,
            art: if alt.is_some() {
                Unterschiedsart::Weg
            } else {
                Unterschiedsart::Neu
            },
            ort: alt.or(neu).map(|wert| wert.ort.clone()).unwrap_or_default(),
            alt: alt.cloned(),
            neu: neu.cloned(),
            datei: None,
            inhalt: Default::default(),
        })
    }

    fn liste(&mut self, pfad: &str, ort: &Ort, alt: &[Wert], neu: &[Wert]) -> Vec<Wert> {
        let paare = listenpaare(alt, neu, &self.gremien);
        let folge: Vec<usize> = paare.iter().map(|(a, _)| *a).collect();
        let umgestellt = laengste_aufsteigende(&folge).len() < folge.len();
        let nach_neu = umgestellt && {
            let liste = |werte: &[Wert]| Wert {
                ort: ort.clone(),
                art: Wertart::Liste(werte.to_vec()),
            };
            self.merke(Unterschied {
                pfad: pfad.to_owned(),
                art: Unterschiedsart::Umgestellt,
                ort: ort.clone(),
                alt: Some(liste(alt)),
                neu: Some(liste(neu)),
                datei: None,
                inhalt: Default::default(),
            })
        };
        // Items by old index; added ones by the old index of the item before them.
        let mut behalten: BTreeMap<usize, Wert> = BTreeMap::new();
        let mut entfallen = BTreeSet::new();
        for (i, wert) in alt.iter().enumerate() {
            let partner = paare.iter().find(|(a, _)| *a == i).map(|(_, n)| *n);
            // What is kept is named by its place in the new list, where its line is told too; from 1.
            let weiter = format!("{pfad}[{}]", partner.unwrap_or(i) + 1);
            match partner.and_then(|n| neu.get(n)) {
                Some(neuer) => {
                    behalten.insert(i, self.wert(&weiter, wert, neuer));
                }
                None if self.merke_eintrag(weiter, Some(wert), None) => {
                    entfallen.insert(i);
                }
                None => {
                    behalten.insert(i, wert.clone());
                }
            }
        }
        let mut zusaetze: BTreeMap<Option<usize>, Vec<Wert>> = BTreeMap::new();
        let mut davor = None;
        for (j, wert) in neu.iter().enumerate() {
            match paare.iter().find(|(_, n)| *n == j) {
                Some((a, _)) => davor = Some(*a),
                None => {
                    if self.merke_eintrag(format!("{pfad}[{}]", j + 1), None, Some(wert)) {
                        zusaetze.entry(davor).or_default().push(wert.clone());
                    }
                }
            }
        }
        let reihe: Vec<usize> = if nach_neu {
            let mut reihe = folge;
            for i in 0..alt.len() {
                if !reihe.contains(&i) {
                    let at = i
                        .checked_sub(1)
                        .and_then(|v| reihe.iter().position(|r| *r == v))
                        .map_or(0, |p| p + 1);
                    reihe.insert(at, i);
                }
            }
            reihe
        } else {
            (0..alt.len()).collect()
        };
        let mut liste: Vec<Wert> = zusaetze.remove(&None).unwrap_or_default();
        for i in reihe {
            if !entfallen.contains(&i) {
                liste.extend(behalten.remove(&i));
            }
            liste.extend(zusaetze.remove(&Some(i)).unwrap_or_default());
        }
        liste
    }
}

fn unter(pfad: &str, schluessel: &str) -> String {
    if pfad.is_empty() {
        schluessel.to_owned()
    } else {
        format!("{pfad}.{schluessel}")
    }
}

/// Items of two lists that are the same, in the order of the new one: equal ones, then those of one name, then those that
/// are alone in the same place. Some names became others.
fn listenpaare(
    alt: &[Wert],
    neu: &[Wert],
    namen: &BTreeMap<String, String>,
) -> Vec<(usize, usize)> {
    let mut paare: BTreeMap<usize, usize> = BTreeMap::new();
    let mut vergeben = BTreeSet::new();
    let kennungen = |werte: &[Wert]| werte.iter().map(Wert::kennung).collect::<Vec<_>>();
    let (mut ka, kn) = (kennungen(alt), kennungen(neu));
    for kennung in &mut ka {
        if let Some(neuer) = namen.get(kennung) {
            kennung.clone_from(neuer);
        }
    }
    let kurz = |werte: &[Wert]| werte.iter().map(Wert::kurz).collect::<Vec<_>>();
    let (ga, gn) = (kurz(alt), kurz(neu));
    for (links, rechts) in [(&ga, &gn), (&ka, &kn)] {
        for op in capture_diff_slices(Algorithm::Myers, links, rechts) {
            if matches!(op, DiffOp::Equal { .. }) {
                for (a, n) in op.old_range().zip(op.new_range()) {
                    if !paare.contains_key(&n) && vergeben.insert(a) {
                        paare.insert(n, a);
                    }
                }
            }
        }
        for (n, name) in rechts.iter().enumerate() {
            if paare.contains_key(&n) {
                continue;
            }
            let a = (0..links.len()).find(|a| links.get(*a) == Some(name) && !vergeben.contains(a));
            if let Some(a) = a {
                vergeben.insert(a);
                paare.insert(n, a);
            }
        }
    }
    // What is left between two pairs and of one shape was reworded.
    let mut davor: Option<usize> = None;
    for n in 0..neu.len() {
        if let Some(a) = paare.get(&n) {
            davor = Some(*a);
            continue;
        }
        let a = davor.map_or(0, |a| a + 1);
        let beide_text = alt.get(a).is_some_and(|w| w.text().is_some())
            && neu.get(n).is_some_and(|w| w.text().is_some());
        let naechster_vergeben = paare
            .get(&(n + 1))
            .is_none_or(|naechster| *naechster == a + 1)
            && (n + 1 < neu.len() || a + 1 == alt.len());
        let aehnlich = (beide_text && aehnlich(ga.get(a), gn.get(n)))
            || matches!((alt.get(a), neu.get(n)), (Some(a), Some(n)) if a.ist_umbenannt_in(n));
        if a < alt.len() && !vergeben.contains(&a) && aehnlich && naechster_vergeben {
            vergeben.insert(a);
            paare.insert(n, a);
            davor = Some(a);
            continue;
        }
        // Beside dropped ones: the first one that is mostly the same, before the next pair.
        let folgt = paare.range(n + 1..).next().map_or(alt.len(), |(_, a)| *a);
        let gleicher = (a..folgt.max(a)).find(|a| {
            !vergeben.contains(a)
                && alt.get(*a).is_some_and(|w| w.text().is_some())
                && neu.get(n).is_some_and(|w| w.text().is_some())
                && meist_gleich(ga.get(*a), gn.get(n))
        });
        if let Some(a) = gleicher {
            vergeben.insert(a);
            paare.insert(n, a);
            davor = Some(a);
        }
    }
    paare.into_iter().map(|(n, a)| (a, n)).collect()
}

/// Whether two items are one, reworded: half of their words are the same. Keys never are.
fn aehnlich(alt: Option<&String>, neu: Option<&String>) -> bool {
    let (Some(alt), Some(neu)) = (alt, neu) else {
        return false;
    };
    let (a, n): (BTreeSet<_>, BTreeSet<_>) = (alt.split(' ').collect(), neu.split(' ').collect());
    if a.len() < 2 || n.len() < 2 {
        return false;
    }
    2 * a.intersection(&n).count() > a.len().max(n.len()) / 2
}

/// Whether most words of two items are the same.
fn meist_gleich(alt: Option<&String>, neu: Option<&String>) -> bool {
    let (Some(alt), Some(neu)) = (alt, neu) else {
        return false;
    };
    let (a, n): (BTreeSet<_>, BTreeSet<_>) = (alt.split(' ').collect(), neu.split(' ').collect());
    a.len() > 2 && 2 * a.intersection(&n).count() > a.len().max(n.len())
}

/// Whether the order of this list says something.
pub(in crate::diff) fn ist_geordnet(pfad: &str) -> bool {
    let name = pfad.rsplit('.').next().unwrap_or_default();
    let name = name.split('[').next().unwrap_or_default();
    GEORDNET.contains(&name)
}
