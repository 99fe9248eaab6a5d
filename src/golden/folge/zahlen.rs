//! What changed in the computed values: which of them the others follow from, what follows, where it is printed, and what
//! stays the same.
//!
//! The file of numbers holds what was computed and not what was typed, so a cause is a value that no other changed value
//! explains: the members of a set explain its count, a step of a calculation its total, a day of decision the periods that
//! run from it. What is not known to follow from something stands as a cause of its own.

mod aussage;
mod wert;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::aussage::{Aussage, mengenname};
use self::wert::Wert;
use super::aufzaehlung;
use crate::golden::stand::{Ebene, Stand};

/// Most causes that are told one by one.
const URSACHEN: usize = 3;

/// What is to be said of changed numbers.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::golden) struct Zahlenfolge {
    /// What changed by itself: one sentence without a full stop.
    pub(in crate::golden) ursache: String,
    /// What follows from it, where it is printed, what stays the same: a sentence each.
    pub(in crate::golden) dazu: Vec<String>,
}

/// Why the numbers are others, and what comes of it; the papers of both states say where it is printed.
pub(in crate::golden) fn zahlen(
    (alt, neu): (&Value, &Value),
    (vorher, nachher): (&Stand, &Stand),
) -> Zahlenfolge {
    let werte = wert::alle(alt, neu);
    let (ursachen, folgen): (Vec<_>, Vec<_>) =
        werte.iter().partition(|wert| !wert.ist_folge(&werte));
    let saetze = saetze(&ursachen);
    let mut ursache = saetze
        .iter()
        .take(URSACHEN)
        .map(|(satz, _)| satz.as_str())
        .collect::<Vec<_>>()
        .join("; ");
    match saetze.len().saturating_sub(URSACHEN) {
        0 => {}
        1 => ursache.push_str("; und ein weiterer Wert"),
        weitere => ursache.push_str(&format!("; und {weitere} weitere Werte")),
    }
    let folgen = bereiche(folgen.into_iter());
    let mut dazu = Vec::new();
    if !folgen.is_empty() {
        dazu.push(format!("daraus folgt: {}", folgen.join("; ")));
    }
    let gesucht: BTreeSet<&str> = saetze
        .iter()
        .filter_map(|(_, neu)| neu.as_deref())
        .collect();
    dazu.push(papiere(&gesucht, vorher, nachher));
    let gleich = gleiche(neu, &werte);
    if !gleich.is_empty() {
        dazu.push(format!("gleich bleiben: {}", aufzaehlung(&gleich)));
    }
    Zahlenfolge { ursache, dazu }
}

/// The causes in words, years of the same change together, each with how papers print it.
fn saetze(ursachen: &[&Wert<'_>]) -> Vec<(String, Option<String>)> {
    let mut aussagen: Vec<(Aussage, Vec<&str>)> = Vec::new();
    // Days and members before amounts: they are what people decided.
    let mut geordnet = ursachen.to_vec();
    geordnet.sort_by_key(|wert| wert.jahr().is_some());
    for wert in geordnet {
        let aussage = wert.aussage();
        match aussagen.iter_mut().find(|(andere, _)| *andere == aussage) {
            Some((_, jahre)) => jahre.extend(wert.jahr()),
            None => aussagen.push((aussage, wert.jahr().into_iter().collect())),
        }
    }
    aussagen
        .into_iter()
        .map(|(aussage, jahre)| (aussage.satz(&jahre), aussage.gedruckt))
        .collect()
}

/// What follows, by kind and year; a sum with its figures where it is one year's.
fn bereiche<'a>(folgen: impl Iterator<Item = &'a Wert<'a>>) -> Vec<String> {
    let mut arten: BTreeMap<(u8, String), BTreeSet<&str>> = BTreeMap::new();
    let mut summen = Vec::new();
    for wert in folgen {
        let (rang, art) = match wert.weg.as_slice() {
            ["vereinbarungen", _, "jahre", _, "summe"] => {
                summen.push(wert);
                (3, "Summe")
            }
            ["vereinbarungen", _, "rechtsstand"] => (0, "Rechtsstand"),
            ["vereinbarungen", _, "fristen", ..] => (1, "Fristen"),
            ["vereinbarungen", _, "zustaendigkeit", ..] => (1, "Zuständigkeit"),
            ["vereinbarungen", _, "kosten" | "jahre", ..] => (4, "Anteile und Zahlungen"),
            ["vereinbarungen", _, "empfaenger", ..] => (2, "Empfänger"),
            ["vereinbarungen", _, menge, ..] => (2, mengenname(menge)),
            _ => (5, "weitere Werte"),
        };
        let jahre = arten.entry((rang, art.to_owned())).or_default();
        jahre.extend(wert.jahr());
    }
    let genau = match summen.as_slice() {
        [summe] => summe.alt.zip(summe.neu).and_then(|(alt, neu)| {
            let (alt, neu) = (alt.as_str()?, neu.as_str()?);
            Some(format!("{neu} € statt {alt} €"))
        }),
        _ => None,
    };
    let mengen: Vec<String> = arten
        .keys()
        .filter(|(rang, _)| *rang == 2)
        .map(|(_, art)| art.clone())
        .collect();
    let mut worte = Vec::new();
    for ((rang, art), jahre) in &arten {
        let jahre: Vec<_> = jahre.iter().copied().collect();
        match rang {
            2 if mengen.first() != Some(art) => {}
            2 => worte.push(format!("Anzahl und Anteil ({})", aufzaehlung(&mengen))),
            _ if jahre.is_empty() => worte.push(art.clone()),
            3 if genau.is_some() => worte.push(format!(
                "{art} {}: {}",
                aufzaehlung(&jahre),
                genau.as_deref().unwrap_or_default()
            )),
            _ => worte.push(format!("{art} {}", aufzaehlung(&jahre))),
        }
    }
    worte
}

/// Where the papers print it.
fn papiere(gesucht: &BTreeSet<&str>, vorher: &Stand, nachher: &Stand) -> String {
    let text = |stand: &'_ Stand, name: &String| -> Option<String> {
        stand.papiere.get(name)?.get(&Ebene::Text)?.clone().ok()
    };
    let (mut andere, mut zeigen) = (Vec::new(), Vec::new());
    for name in nachher.papiere.keys() {
        let (Some(alt), Some(neu)) = (text(vorher, name), text(nachher, name)) else {
            continue;
        };
        if alt != neu {
            let alte: BTreeSet<&str> = alt.lines().collect();
            let neue = neu.lines().filter(|zeile| !alte.contains(zeile));
            let mut neue = neue.flat_map(|zeile| gesucht.iter().map(move |wert| (zeile, wert)));
            if neue.any(|(zeile, wert)| zeile.contains(*wert)) {
                zeigen.push(name.as_str());
            }
            andere.push(name.as_str());
        }
    }
    if andere.is_empty() {
        "in keinem der bisherigen Papiere ändert sich der Text".to_owned()
    } else if zeigen.is_empty() || zeigen == andere {
        format!("im Text anders: {}", aufzaehlung(&andere))
    } else {
        andere.retain(|name| !zeigen.contains(name));
        format!(
            "steht in {}; im Text anders auch: {}",
            aufzaehlung(&zeigen),
            aufzaehlung(&andere)
        )
    }
}

/// What has no changed value, as far as there is anything of it.
fn gleiche(neu: &Value, werte: &[Wert<'_>]) -> Vec<String> {
    let mut da: BTreeSet<(u8, String)> = BTreeSet::new();
    let mut anders = BTreeSet::new();
    for wert in werte {
        anders.extend(bereich(&wert.weg));
        // What came or went as a whole is all of its areas.
        let mut weg = wert.weg.clone();
        for ganz in [wert.alt, wert.neu].into_iter().flatten() {
            je_bereich(&mut weg, ganz, &mut anders);
        }
    }
    je_bereich(&mut Vec::new(), neu, &mut da);
    let mut gleich = Vec::new();
    let mut jahre = Vec::new();
    for (rang, name) in da.difference(&anders) {
        if *rang == 9 {
            jahre.push(name.as_str());
        } else {
            gleich.push(name.clone());
        }
    }
    if !jahre.is_empty() {
        gleich.push(format!("Kosten {}", aufzaehlung(&jahre)));
    }
    gleich
}

fn je_bereich<'a>(weg: &mut Vec<&'a str>, wert: &'a Value, ziel: &mut BTreeSet<(u8, String)>) {
    ziel.extend(bereich(weg));
    for (name, wert) in wert.as_object().into_iter().flatten() {
        weg.push(name);
        je_bereich(weg, wert, ziel);
        weg.pop();
    }
}

/// The area that a value belongs to, in the order in which areas are told; years of costs last.
fn bereich(weg: &[&str]) -> Option<(u8, String)> {
    let (rang, name) = match weg {
        ["drucksachen", _, "entscheidungstag"] => (0, "Entscheidungstage"),
        ["vereinbarungen", _, "parteien", "glieder"] => (1, "Parteien"),
        ["vereinbarungen", _, "anwender", "glieder"] => (2, "Anwender"),
        ["vereinbarungen", _, "zustaendigkeit", ..] => (3, "Zuständigkeit"),
        ["vereinbarungen", _, "fristen", ..] => (4, "Fristen"),
        ["vereinbarungen", _, "jahre", jahr, ..]
        | ["vereinbarungen", _, "kosten", _, "jahre", jahr, ..] => (9, *jahr),
        _ => return None,
    };
    Some((rang, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn gesagt(alt: &Value, neu: &Value) -> Zahlenfolge {
        zahlen((alt, neu), (&Stand::default(), &Stand::default()))
    }

    #[test]
    fn who_joins_in_the_course_of_a_year_is_the_cause_of_the_other_shares() {
        let mit = |a: &str, b: &str, c: &str| {
            let anteile = json!({ "a": a, "b": b, "c": c });
            json!({ "vereinbarungen": { "v": { "kosten": { "k": { "jahre": { "2020": { "anteile": anteile } } } } } } })
        };
        let gesagt = gesagt(
            &mit("1/3 = 2,00", "1/3 = 2,00", "1/3 = 2,00"),
            &mit("5/12 = 2,50", "5/12 = 2,50", "1/6 = 1,00"),
        );
        assert_eq!(
            gesagt.ursache,
            "Anteil 2020 von „c“ an „k“: 1/6 = 1,00 statt 1/3 = 2,00"
        );
        assert_eq!(gesagt.dazu[0], "daraus folgt: Anteile und Zahlungen 2020");
    }

    #[test]
    fn a_factor_is_named_beside_what_it_multiplies() {
        let mit = |schritt: &str| {
            let jahr = json!({ "schritte": [schritt] });
            json!({ "vereinbarungen": { "v": { "kosten": { "k": { "jahre": { "2020": jahr, "2021": jahr } } } } } })
        };
        assert_eq!(
            gesagt(
                &mit("Personalkosten: 88,00 € × 0,25 = 22,00"),
                &mit("Personalkosten: 88,00 € × 0,5 = 44,00")
            )
            .ursache,
            "Personalkosten 2020 und 2021 von „k“: 88,00 € × 0,5 statt 88,00 € × 0,25"
        );
    }

    #[test]
    fn what_nothing_explains_is_a_cause_however_it_is_made() {
        for (alt, neu, erwartet) in [
            (json!({}), json!({ "x": 1 }), "x: neu"),
            (json!({ "x": [1] }), json!({}), "x: entfallen"),
            (
                json!({ "x": [1, 2] }),
                json!({ "x": [2, 1] }),
                "x: in anderer Reihenfolge",
            ),
            (
                json!({ "x": null }),
                json!({ "x": "a" }),
                "x: „a“ statt unbekannt",
            ),
            (
                json!({ "vereinbarungen": { "v": 1 } }),
                json!({ "vereinbarungen": 2 }),
                "vereinbarungen: 2 statt {\"v\":1}",
            ),
        ] {
            assert_eq!(gesagt(&alt, &neu).ursache, erwartet);
        }
    }

    fn jahr(personal: &str, gemein: &str, gesamt: &str, anteil: &str) -> Value {
        json!({
            "schritte": [format!("Personalkosten: {personal} € × 0,25 = 1,00"), format!("Gemeinkosten: 10 % von {gemein} €  = 1,00")],
            "gesamt": gesamt, "anteile": { "a": anteil }
        })
    }

    fn vereinbarung(kosten: &Value, summe: &str) -> Value {
        json!({ "vereinbarungen": { "v": {
            "parteien": { "anzahl": 2, "glieder": ["a", "b"] },
            "kosten": { "k": { "jahre": { "2020": kosten } } },
            "jahre": { "2020": { "summe": summe }, "2021": { "summe": "7,00" } }
        } } })
    }

    #[test]
    fn an_amount_is_the_cause_and_its_sums_follow() {
        let alt = vereinbarung(&jahr("88", "22", "26,00", "1/2 = 13,00"), "26,00");
        let neu = vereinbarung(&jahr("89", "23", "28,00", "1/2 = 14,00"), "28,00");
        let gesagt = gesagt(&alt, &neu);
        assert_eq!(
            gesagt.ursache,
            "Personalkosten 2020 von „k“: 89 € statt 88 €"
        );
        assert_eq!(
            gesagt.dazu,
            [
                "daraus folgt: Summe 2020: 28,00 € statt 26,00 €; Anteile und Zahlungen 2020",
                "in keinem der bisherigen Papiere ändert sich der Text",
                "gleich bleiben: Parteien und Kosten 2021"
            ]
        );
    }
}
