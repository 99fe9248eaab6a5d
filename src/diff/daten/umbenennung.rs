//! Keys and files that only bear another name: what went and what came is the same, and so is all that names it.

use std::collections::BTreeSet;

use super::{Daten, Unterschied, Unterschiedsart};

/// One name for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::diff) struct Umbenennung {
    /// The old name.
    pub(in crate::diff) alt: String,
    /// The new name.
    pub(in crate::diff) neu: String,
    /// The difference that stands for it: the one that brings the new name.
    pub(in crate::diff) haupt: usize,
    /// All differences that belong to it.
    pub(in crate::diff) teile: BTreeSet<usize>,
}

/// All names that were exchanged for others.
pub(in crate::diff) fn umbenennungen(
    unterschiede: &[Unterschied],
    alt: &Daten,
) -> Vec<Umbenennung> {
    let mut gefunden: Vec<Umbenennung> = Vec::new();
    for (i, weg) in unterschiede.iter().enumerate() {
        let neue = match weg.art {
            Unterschiedsart::Weg if weg.datei.is_none() => eintrag(unterschiede, weg),
            Unterschiedsart::Geaendert if weg.datei.is_none() => {
                datei(unterschiede, weg, i, alt).or_else(|| gremium(weg, i))
            }
            _ => None,
        };
        let Some((alter_name, neuer_name, haupt)) = neue else {
            continue;
        };
        let mut teile = BTreeSet::from([i, haupt]);
        for (j, anderer) in unterschiede.iter().enumerate() {
            if !teile.contains(&j) && ist_verweis(unterschiede, anderer, &alter_name, &neuer_name) {
                teile.insert(j);
            }
        }
        if gefunden.iter().all(|u| u.teile.is_disjoint(&teile)) {
            gefunden.push(Umbenennung {
                alt: alter_name,
                neu: neuer_name,
                haupt,
                teile,
            });
        }
    }
    gefunden
}

/// An entry of a map that came under another key.
fn eintrag(unterschiede: &[Unterschied], weg: &Unterschied) -> Option<(String, String, usize)> {
    let (karte, alt) = weg.pfad.rsplit_once('.')?;
    if alt.ends_with(']') {
        return None;
    }
    unterschiede.iter().enumerate().find_map(|(j, dazu)| {
        let (andere, neu) = dazu.pfad.rsplit_once('.')?;
        let gleich = dazu.art == Unterschiedsart::Neu
            && dazu.datei.is_none()
            && andere == karte
            && !neu.ends_with(']')
            && weg.alt.as_ref()?.ersetzt(alt, neu) == *dazu.neu.as_ref()?;
        gleich.then(|| (alt.to_owned(), neu.to_owned(), j))
    })
}

/// A body of the base data that bears another name.
fn gremium(anders: &Unterschied, i: usize) -> Option<(String, String, usize)> {
    let ist_gremium = anders.pfad.starts_with("stammdaten.")
        && anders.pfad.contains(".gremien[")
        && anders.pfad.ends_with(".name");
    let (alter, neuer) = (anders.alt.as_ref()?.text()?, anders.neu.as_ref()?.text()?);
    ist_gremium.then(|| (alter.to_owned(), neuer.to_owned(), i))
}

/// A file that is named otherwise and says the same.
fn datei(
    unterschiede: &[Unterschied],
    verweis: &Unterschied,
    i: usize,
    alt: &Daten,
) -> Option<(String, String, usize)> {
    let (alter, neuer) = (verweis.alt.as_ref()?.text()?, verweis.neu.as_ref()?.text()?);
    let bytes = alt.datei(alter)?;
    let gleich = unterschiede.iter().any(|u| {
        u.datei.is_some() && u.ort.datei == neuer && u.inhalt[1].as_deref() == Some(bytes)
    });
    gleich.then(|| (alter.to_owned(), neuer.to_owned(), i))
}

/// Whether two texts differ in nothing but the one name for the other; in templates names are written with underscores.
fn nur_der_name(alter: &str, neuer: &str, alt: &str, neu: &str) -> bool {
    let teile = |text: &str| -> Vec<String> {
        let mut teile = vec![String::new()];
        for c in text.chars() {
            let ist_wort = c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
            if !ist_wort || c == '.' {
                teile.push(c.to_string());
                teile.push(String::new());
            } else if let Some(letzter) = teile.last_mut() {
                letzter.push(c);
            }
        }
        teile
    };
    let (a, n) = (teile(alter), teile(neuer));
    let unter = |name: &str| name.replace('-', "_");
    a.len() == n.len()
        && a.iter().zip(&n).all(|(x, y)| {
            x == y || (x == alt && y == neu) || (*x == unter(alt) && *y == unter(neu))
        })
}

/// Whether a difference only names the one by its other name.
fn ist_verweis(unterschiede: &[Unterschied], u: &Unterschied, alt: &str, neu: &str) -> bool {
    if u.datei.is_some() {
        let text = |seite: &Option<std::sync::Arc<[u8]>>| {
            let bytes = seite.as_ref()?;
            Some(std::str::from_utf8(bytes).ok()?.to_owned())
        };
        return match &u.inhalt {
            [Some(_), Some(_)] => {
                let (Some(alter), Some(neuer)) = (text(&u.inhalt[0]), text(&u.inhalt[1])) else {
                    return false;
                };
                nur_der_name(&alter, &neuer, alt, neu)
            }
            [None, Some(_)] => u.ort.datei == neu,
            [Some(_), None] => u.ort.datei == alt,
            [None, None] => false,
        };
    }
    let ohne_stelle = |pfad: &str| pfad.rsplit_once('[').map(|(liste, _)| liste.to_owned());
    match (u.art, &u.alt, &u.neu) {
        (Unterschiedsart::Geaendert, Some(alter), Some(neuer)) => {
            alter.text() == Some(alt) && neuer.text() == Some(neu)
        }
        (Unterschiedsart::Weg, Some(alter), _) => unterschiede.iter().any(|dazu| {
            dazu.art == Unterschiedsart::Neu
                && ohne_stelle(&u.pfad).is_some()
                && ohne_stelle(&u.pfad) == ohne_stelle(&dazu.pfad)
                && dazu.neu.as_ref() == Some(&alter.ersetzt(alt, neu))
        }),
        (Unterschiedsart::Neu, _, Some(neuer)) => unterschiede.iter().any(|weg| {
            weg.art == Unterschiedsart::Weg
                && ohne_stelle(&u.pfad).is_some()
                && ohne_stelle(&u.pfad) == ohne_stelle(&weg.pfad)
                && weg.alt.as_ref().map(|w| w.ersetzt(alt, neu)).as_ref() == Some(neuer)
        }),
        _ => false,
    }
}
