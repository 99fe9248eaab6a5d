//! Clauses that came, went or bear another number.

use std::collections::BTreeMap;

use super::{Sinn, Sinnaenderung};
use crate::diff::gliederung::{Abschnitt, Form, Gliederung, gliedere};
use crate::diff::stellen::Paar;

/// The clauses of a pair of papers that came, went or bear another number: new and dropped ones first.
pub(in crate::diff) fn klauseln(paar: &Paar) -> Vec<Sinnaenderung> {
    let [alt, neu] = &paar.klauseln;
    if paar.alt.is_none() || paar.neu.is_none() {
        return Vec::new();
    }
    let (ga, gn) = (gliedere(paar.alter_text()), gliedere(paar.neuer_text()));
    let gleich = gleiche_klauseln(paar, &ga, &gn);
    let mut weg = Vec::new();
    let mut dazu = Vec::new();
    let mut umnummeriert = Vec::new();
    let aenderung = |gegenstand, alt: Option<u32>, neu: Option<u32>| Sinnaenderung {
        sinn: Sinn::Klausel,
        gegenstand,
        alt: alt.map(|n| format!("§ {n}")),
        neu: neu.map(|n| format!("§ {n}")),
    };
    for (schluessel, nummer) in alt {
        let neuer = gleich.get(schluessel).unwrap_or(schluessel);
        let neue = neu.iter().find(|(k, _)| k == neuer).map(|(_, n)| *n);
        match neue {
            None => weg.push(aenderung(klausel(&ga, schluessel), Some(*nummer), None)),
            Some(neue) if neue != *nummer => {
                umnummeriert.push(aenderung(klausel(&gn, neuer), Some(*nummer), Some(neue)));
            }
            Some(_) => {}
        }
    }
    for (schluessel, nummer) in neu {
        let bekannt = alt.iter().any(|(k, _)| k == schluessel)
            || gleich.values().any(|neuer| neuer == schluessel);
        if !bekannt {
            dazu.push(aenderung(klausel(&gn, schluessel), None, Some(*nummer)));
        }
    }
    dazu.extend(weg);
    dazu.extend(umnummeriert);
    dazu
}

/// A clause by its heading, by its key where it has none.
fn klausel(gliederung: &Gliederung, schluessel: &str) -> String {
    let abschnitt = gliederung
        .abschnitte
        .iter()
        .find(|a| a.schluessel.as_deref() == Some(schluessel));
    let name = abschnitt.map(Abschnitt::ueberschrift).unwrap_or_default();
    let name = if name.is_empty() { schluessel } else { name };
    format!("Klausel „{name}“")
}

/// Clauses that only bear another key: old key and new key of those whose heading and words are the same.
fn gleiche_klauseln(paar: &Paar, ga: &Gliederung, gn: &Gliederung) -> BTreeMap<String, String> {
    let [alt, neu] = &paar.klauseln;
    let text = |markdown: &str, gliederung: &Gliederung, schluessel: &str| -> Option<String> {
        let abschnitt = gliederung
            .abschnitte
            .iter()
            .find(|a| a.schluessel.as_deref() == Some(schluessel))?;
        let bloecke = gliederung.bloecke.get(abschnitt.bloecke.clone())?;
        let worte = bloecke
            .iter()
            .filter(|b| !matches!(b.form, Form::Anweisung | Form::Ueberschrift))
            .filter_map(|b| markdown.get(b.inhalt.clone()));
        let mut ganz = abschnitt.ueberschrift().to_owned();
        for teil in worte {
            ganz.push('\n');
            ganz.push_str(&ohne_ziele(teil));
        }
        Some(ganz)
    };
    let mut gleich = BTreeMap::new();
    for (alter, _) in alt.iter().filter(|(k, _)| !neu.iter().any(|(l, _)| k == l)) {
        let gesucht = text(paar.alter_text(), ga, alter);
        let gefunden = neu
            .iter()
            .filter(|(k, _)| !alt.iter().any(|(l, _)| k == l))
            .find(|(k, _)| gesucht.is_some() && text(paar.neuer_text(), gn, k) == gesucht);
        if let Some((neuer, _)) = gefunden {
            gleich.insert(alter.clone(), neuer.clone());
        }
    }
    gleich
}

/// The words of a text without the targets of its links.
fn ohne_ziele(text: &str) -> String {
    let teile = crate::diff::text::zerlege(text).into_iter();
    teile.filter(|teil| !teil.starts_with("](")).collect()
}
