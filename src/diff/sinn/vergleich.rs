//! Two states of a matter against each other: what came, went or is another, and what only bears another name.

use std::collections::BTreeSet;

use super::{
    ANWENDER, AUSLAGE, AUSNAHME, BESCHLUSS, BEZEICHNUNG, DATENART, ERGEBNIS, GREMIUM, LEISTUNG,
    PARTEI, SITZUNG, Sachstand, Sinn, Sinnaenderung,
};

/// What differs between two states.
pub(in crate::diff) fn unterschiede(alt: &Sachstand, neu: &Sachstand) -> Vec<Sinnaenderung> {
    let mut aenderungen = Vec::new();
    let mut namen = neue_namen(alt, neu);
    let gremien = neue_gremien(alt, neu);
    let heisst_jetzt = |sinn, (alter, neuer): &(String, String)| Sinnaenderung {
        sinn,
        gegenstand: BEZEICHNUNG.to_owned(),
        alt: Some(alter.clone()),
        neu: Some(neuer.clone()),
    };
    aenderungen.extend(namen.iter().map(|n| heisst_jetzt(Sinn::Partei, n)));
    aenderungen.extend(gremien.iter().map(|n| heisst_jetzt(Sinn::Beratung, n)));
    let alt = &mit_neuen_gremien(alt, &gremien);
    let neu = &ohne_gremien(neu);
    namen.extend(gremien);
    let umbenannt = |text: &str| {
        let mut text = text.to_owned();
        for (alter, neuer) in &namen {
            text = text.replace(alter, neuer);
        }
        text
    };
    let schluessel: BTreeSet<_> = alt.keys().chain(neu.keys()).collect();
    for eintrag in schluessel {
        let (a, n) = (alt.get(eintrag), neu.get(eintrag));
        let (Some((gegenstand, _)), sinn) = (n.or(a), eintrag.0) else {
            continue;
        };
        let wert = |stand: Option<&(String, String)>| stand.map(|(_, wert)| wert.clone());
        if let (Some((alter, _)), Some((neuer, _))) = (a, n)
            && alter != neuer
            && umbenannt(alter) != *neuer
            // The task under which it stands bears another name.
            && !ist_leistung(sinn, gegenstand)
        {
            aenderungen.push(Sinnaenderung {
                sinn,
                gegenstand: BEZEICHNUNG.to_owned(),
                alt: Some(alter.clone()),
                neu: Some(neuer.clone()),
            });
        }
        let (alter, neuer) = (wert(a), wert(n));
        if alter != neuer && alter.as_deref().map(umbenannt) != neuer {
            aenderungen.push(Sinnaenderung {
                sinn,
                gegenstand: gegenstand.clone(),
                alt: alter,
                neu: neuer,
            });
        }
    }
    ohne_umbenannte(&mut aenderungen, alt, neu);
    mit_anderem_gremium(&mut aenderungen);
    ohne_umformulierte(&mut aenderungen);
    aenderungen
}

/// The bodies that bear another name and are known by the same key: old and new name, each once.
fn neue_namen(alt: &Sachstand, neu: &Sachstand) -> Vec<(String, String)> {
    let mut namen: Vec<(String, String)> = Vec::new();
    for (eintrag, (alter, _)) in alt {
        let (sinn, kennung) = eintrag;
        let Some((neuer, _)) = neu.get(eintrag).filter(|(neuer, _)| neuer != alter) else {
            continue;
        };
        let vorsatz = match sinn {
            Sinn::Partei => PARTEI,
            Sinn::Anwender => ANWENDER,
            _ => continue,
        };
        // Behind the key stands what tells one agreement from another.
        let zusatz = kennung.find(" (").and_then(|at| kennung.get(at..));
        let name = |text: &str| {
            let text = text.strip_prefix(vorsatz)?;
            let ohne = text.strip_suffix(zusatz.unwrap_or_default());
            Some(ohne.unwrap_or(text).to_owned())
        };
        if let (Some(alter), Some(neuer)) = (name(alter), name(neuer))
            && !namen.iter().any(|(a, _)| *a == alter)
        {
            namen.push((alter, neuer));
        }
    }
    namen
}

/// The bodies of the base data that bear another name and have sessions: old and new name.
fn neue_gremien(alt: &Sachstand, neu: &Sachstand) -> Vec<(String, String)> {
    let heisst = |stand: &Sachstand, name: &str| {
        let mut alle = stand.iter().filter(|(eintrag, _)| ist_gremium(eintrag));
        alle.any(|(_, (da, _))| da == name)
    };
    let tagt = |stand: &Sachstand, name: &str| {
        stand
            .keys()
            .any(|(_, kennung)| mit_anderem_namen(kennung, name, "").is_some())
    };
    let gremien = alt.iter().filter(|(eintrag, _)| ist_gremium(eintrag));
    let namen = gremien.filter_map(|(eintrag, (alter, _))| {
        let (neuer, _) = neu.get(eintrag)?;
        let anders = !heisst(neu, alter) && !heisst(alt, neuer);
        (anders && tagt(alt, alter) && tagt(neu, neuer)).then(|| (alter.clone(), neuer.clone()))
    });
    namen.collect()
}

fn ist_gremium((sinn, kennung): &(Sinn, String)) -> bool {
    *sinn == Sinn::Beratung && kennung.starts_with(GREMIUM)
}

/// What is known of sessions under the new names of their bodies.
fn mit_neuen_gremien(stand: &Sachstand, namen: &[(String, String)]) -> Sachstand {
    let umbenannt = |kennung: &str| {
        let mut namen = namen.iter();
        namen.find_map(|(alter, neuer)| mit_anderem_namen(kennung, alter, neuer))
    };
    let eintraege = stand.iter().filter(|(eintrag, _)| !ist_gremium(eintrag));
    let eintraege = eintraege.map(|((sinn, kennung), wert)| {
        let kennung = umbenannt(kennung).unwrap_or_else(|| kennung.clone());
        ((*sinn, kennung), wert.clone())
    });
    eintraege.collect()
}

fn ohne_gremien(stand: &Sachstand) -> Sachstand {
    mit_neuen_gremien(stand, &[])
}

/// What a session, a result or a decision of a body is known by, with another name of the body; `None` if it is none of
/// this body's.
fn mit_anderem_namen(kennung: &str, alter: &str, neuer: &str) -> Option<String> {
    for vorsatz in [SITZUNG, ERGEBNIS] {
        if let Some(rest) = kennung.strip_prefix(vorsatz) {
            let rest = rest.strip_prefix(alter)?;
            let ist_ganz = rest.is_empty() || rest.starts_with(", ") || rest.starts_with(" (");
            return ist_ganz.then(|| format!("{vorsatz}{neuer}{rest}"));
        }
    }
    let rest = kennung.strip_prefix(BESCHLUSS)?;
    let (wer, gremium) = rest.split_once(", ")?;
    let rest = gremium.strip_prefix(alter)?;
    let ist_ganz = rest.is_empty() || rest.starts_with(" (");
    ist_ganz.then(|| format!("{BESCHLUSS}{wer}, {neuer}{rest}"))
}

/// What came and went at once under another key or number of its agreement or Drucksache did neither.
fn ohne_umbenannte(aenderungen: &mut Vec<Sinnaenderung>, alt: &Sachstand, neu: &Sachstand) {
    let stamm = |gegenstand: &str| -> (String, String) {
        match gegenstand
            .strip_suffix(')')
            .and_then(|g| g.rsplit_once(" ("))
        {
            Some((stamm, zusatz)) => (stamm.to_owned(), zusatz.to_owned()),
            None => (gegenstand.to_owned(), String::new()),
        }
    };
    let kennt = |stand: &Sachstand, zusatz: &str| {
        stand
            .values()
            .any(|(gegenstand, _)| endet_auf(gegenstand, zusatz))
    };
    let ist_dieselbe = |weg: &Sinnaenderung, dazu: &Sinnaenderung| {
        if weg.neu.is_some() || dazu.alt.is_some() || weg.sinn != dazu.sinn || weg.alt != dazu.neu {
            return false;
        }
        let ((a, za), (n, zn)) = (stamm(&weg.gegenstand), stamm(&dazu.gegenstand));
        a == n && (za == zn || (!kennt(neu, &za) && !kennt(alt, &zn)))
    };
    let mut i = 0;
    while let Some(weg) = aenderungen.get(i) {
        match aenderungen.iter().position(|dazu| ist_dieselbe(weg, dazu)) {
            Some(j) => {
                aenderungen.remove(i.max(j));
                aenderungen.remove(i.min(j));
                i = 0;
            }
            None => i += 1,
        }
    }
}

fn endet_auf(gegenstand: &str, zusatz: &str) -> bool {
    let rest = gegenstand
        .strip_suffix(')')
        .and_then(|g| g.strip_suffix(zusatz));
    rest.is_some_and(|rest| rest.ends_with('('))
}

/// A session of the same day and weight that is another body's, and what it decided, is one session.
fn mit_anderem_gremium(aenderungen: &mut Vec<Sinnaenderung>) {
    for vorsatz in [SITZUNG, BESCHLUSS, ERGEBNIS] {
        let mut i = 0;
        while let Some(weg) = aenderungen.get(i) {
            match ersatz(aenderungen, weg, vorsatz) {
                Some((j, neue)) => {
                    aenderungen.remove(i.max(j));
                    aenderungen.remove(i.min(j));
                    aenderungen.extend(neue);
                    i = 0;
                }
                None => i += 1,
            }
        }
    }
}

/// What came in the place of what went, and the change that both are; a result is told with its session.
fn ersatz(
    aenderungen: &[Sinnaenderung],
    weg: &Sinnaenderung,
    vorsatz: &str,
) -> Option<(usize, Option<Sinnaenderung>)> {
    let wert = weg.alt.as_deref().filter(|_| weg.neu.is_none())?;
    let (alt, rest) = gremium(weg, vorsatz)?;
    let (j, neu) = aenderungen.iter().enumerate().find_map(|(j, dazu)| {
        let (neu, anderer) = gremium(dazu, vorsatz)?;
        let gleich = dazu.sinn == weg.sinn
            && dazu.alt.is_none()
            && dazu.neu.as_deref() == Some(wert)
            && anderer == rest;
        gleich.then_some((j, neu))
    })?;
    let tag = wert.split(", ").next()?;
    let gegenstand = match (vorsatz, tag) {
        (ERGEBNIS, _) => return Some((j, None)),
        (BESCHLUSS, tag) => format!("{BESCHLUSS}{rest} vom {tag}"),
        (_, "ohne Tag") => format!("{SITZUNG}ohne Tag{rest}"),
        (_, tag) => format!("{SITZUNG}am {tag}{rest}"),
    };
    let neue = Sinnaenderung {
        sinn: weg.sinn,
        gegenstand,
        alt: Some(alt),
        neu: Some(neu),
    };
    Some((j, Some(neue)))
}

/// The body in the name of a session, result or decision, and what else stands there: „Kreistag“ and „ (215/21)“.
fn gremium(aenderung: &Sinnaenderung, vorsatz: &str) -> Option<(String, String)> {
    let name = aenderung.gegenstand.strip_prefix(vorsatz)?;
    let (gremium, rest) = if vorsatz == BESCHLUSS {
        let (wer, gremium) = name.split_once(", ")?;
        (gremium, wer)
    } else {
        let ab = name.find(", ").or_else(|| name.find(" ("));
        name.split_at_checked(ab.unwrap_or(name.len()))?
    };
    Some((gremium.to_owned(), rest.to_owned()))
}

/// A service, an outlay or a kind of data that is only put in other words neither came nor went; its words are shown where they stand.
fn ohne_umformulierte(aenderungen: &mut Vec<Sinnaenderung>) {
    let mut i = 0;
    while let Some(weg) = aenderungen.get(i) {
        match aenderungen
            .iter()
            .position(|dazu| ist_umformuliert(weg, dazu))
        {
            Some(j) => {
                aenderungen.remove(i.max(j));
                aenderungen.remove(i.min(j));
                i = 0;
            }
            None => i += 1,
        }
    }
}

fn ist_leistung(sinn: Sinn, gegenstand: &str) -> bool {
    matches!(sinn, Sinn::Aufgabe | Sinn::Regelung)
        && [LEISTUNG, AUSNAHME, AUSLAGE, DATENART]
            .iter()
            .any(|wort| gegenstand.starts_with(wort))
}

fn ist_umformuliert(weg: &Sinnaenderung, dazu: &Sinnaenderung) -> bool {
    let worte = |text: &str| -> BTreeSet<String> {
        let worte = text.split(|c: char| !c.is_alphanumeric());
        let worte = worte.filter(|wort| !wort.is_empty());
        worte.map(str::to_lowercase).collect()
    };
    let teile = |a: &Sinnaenderung| -> Option<(BTreeSet<String>, String)> {
        let (text, wo) = a.gegenstand.split_once("“ (")?;
        ist_leistung(a.sinn, &a.gegenstand).then(|| (worte(text), wo.to_owned()))
    };
    let (Some((alte, wo)), Some((neue, dort))) = (teile(weg), teile(dazu)) else {
        return false;
    };
    let gemeinsam = alte.intersection(&neue).count();
    weg.neu.is_none()
        && dazu.alt.is_none()
        && weg.alt == dazu.neu
        && wo == dort
        && 2 * gemeinsam >= alte.len().max(neue.len())
}
