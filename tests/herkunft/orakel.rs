//! The oracle: the bytes of the YAML files are changed with other values than the program tries, the papers are made by
//! the ordinary way, and each line that is gone must be laid to the value that was changed.
//!
//! `cargo test` changes a part of the values; `HERKUNFT_ORAKEL=1 cargo test --test herkunft orakel -- --nocapture` all of
//! them, and says what it found.

use std::collections::{BTreeMap, BTreeSet};

use drucksache::herkunft::{Auskunft, Index, Wert};
use drucksache::input::tree::{Kind, Node};
use drucksache::input::{self, Datum, Tree};
use drucksache::model::schema;
use drucksache::pipeline::Eingabe;
use drucksache::pipeline::entwurf::entwerfe;
use rayon::prelude::*;
use serde_json::Value;

use crate::grundlage::{self, Grundlage, alle, ganz};

/// A scalar, by file and way.
type Ziel = (String, String);
/// A line of a paper.
type Zeile = (String, usize);

/// A scalar with its bytes and what its field knows.
struct Stelle {
    ziel: Ziel,
    bereich: std::ops::Range<usize>,
    text: String,
    worte: Vec<String>,
}

fn sammle(node: &Node, weg: &str, datei: &str, schema: Option<&Value>, stellen: &mut Vec<Stelle>) {
    match &node.kind {
        Kind::Scalar(skalar) if skalar.is_empty() => {}
        Kind::Scalar(skalar) => stellen.push(Stelle {
            ziel: (datei.to_owned(), weg.to_owned()),
            bereich: node.range.clone(),
            text: skalar.text().to_owned(),
            worte: schema
                .and_then(|s| s["enum"].as_array())
                .into_iter()
                .flatten()
                .filter_map(|wort| wort.as_str().map(str::to_owned))
                .collect(),
        }),
        Kind::List(items) => {
            for (i, item) in items.iter().enumerate() {
                let innen = schema.and_then(|s| s.get("items"));
                sammle(item, &format!("{weg}[{}]", i + 1), datei, innen, stellen);
            }
        }
        Kind::Map(entries) => {
            for entry in entries {
                let name = entry.key.text();
                let innen = schema.and_then(|s| {
                    s.get("properties")
                        .and_then(|p| p.get(name))
                        .or_else(|| s.get("additionalProperties"))
                });
                let weg = if weg.is_empty() {
                    name.to_owned()
                } else {
                    format!("{weg}.{name}")
                };
                sammle(&entry.value, &weg, datei, innen, stellen);
            }
        }
    }
}

fn stellen(eingabe: &Eingabe) -> Vec<Stelle> {
    let mut stellen = Vec::new();
    let (eigene, stamm) = (schema::vorgang(), schema::stammdaten());
    for (vorsatz, ordner, schema) in [
        ("", &eingabe.vorgang, &eigene),
        ("stammdaten/", &eingabe.stammdaten, &stamm),
    ] {
        for (pfad, bytes) in ordner.dateien.iter().filter(|(p, _)| p.ends_with(".yaml")) {
            let name = format!("{vorsatz}{pfad}");
            let quelle = input::read(name.as_str().into(), bytes).unwrap();
            let baum: Tree = input::parse(&quelle).unwrap();
            sammle(baum.root(), "", &name, Some(schema), &mut stellen);
        }
    }
    stellen
}

/// Other values: none of those that the program tries, unless there are no others.
fn werte(stelle: &Stelle, alle: &[Stelle]) -> Vec<String> {
    let text = stelle.text.trim();
    let mut werte = Vec::new();
    if !stelle.worte.is_empty() {
        werte.extend(stelle.worte.iter().cloned());
    } else if let Ok(tag) = text.parse::<Datum>() {
        werte.extend(
            [3, -3, 40, -40, 200, -200, 560, -560, 1_100, -1_100]
                .map(|tage| Datum::from(tag.tag() + chrono::Duration::days(tage)).to_string()),
        );
    } else {
        werte.push("Ganz andere Angabe".to_owned());
        if let Ok(zahl) = text.parse::<i64>() {
            let breite = text.len();
            let andere = [zahl + 2, zahl - 2, zahl * 2, zahl * 10, zahl / 2];
            werte.extend(andere.map(|zahl| format!("{zahl:0breite$}")));
        }
        if let Some(prozent) = text.strip_suffix(" %") {
            let prozent: u32 = prozent.parse().unwrap();
            werte.extend([prozent * 2, prozent / 2, prozent + 7].map(|p| format!("{p} %")));
        }
        if text.contains(',') && text.len() < 12 {
            werte.extend(["0,5", "0,125", "1,75", "12.345,67"].map(str::to_owned));
        }
        if text.contains('/') && text.len() < 6 {
            werte.extend(["1/3", "2/3", "1/100"].map(str::to_owned));
        }
        let namen = alle
            .iter()
            .filter(|s| s.ziel.1.ends_with(".ags") && text.contains('-'));
        let namen = namen.filter_map(|s| s.ziel.1.split('.').nth(1).map(str::to_owned));
        werte.extend(namen);
    }
    werte.retain(|wert| wert != text);
    werte
}

/// The lines that are gone, by paper; a paper that is not made any more is gone as a whole.
fn verschwunden(eingabe: &Eingabe, vorher: &Index) -> Option<BTreeSet<Zeile>> {
    let entwurf = entwerfe(eingabe);
    if !entwurf.ist_gebaut() {
        return None;
    }
    let mut weg = BTreeSet::new();
    for alt in vorher.papiere() {
        let neu = entwurf
            .papiere
            .iter()
            .find(|neu| neu.name == alt.name)
            .or_else(|| {
                let mut gleiche = entwurf.papiere.iter().filter(|neu| {
                    neu.art == alt.art && vorher.papiere().iter().all(|p| p.name != neu.name)
                });
                gleiche.next().filter(|_| gleiche.next().is_none())
            });
        let zeilen: BTreeSet<&str> = neu
            .map(|neu| neu.markdown.lines().collect())
            .unwrap_or_default();
        for (i, zeile) in alt.markdown.lines().enumerate() {
            if !zeile.trim().is_empty() && !zeilen.contains(zeile) {
                weg.insert((alt.name.clone(), i + 1));
            }
        }
    }
    Some(weg)
}

struct Ergebnis {
    werte: usize,
    versuche: usize,
    gueltig: usize,
    gesehen: usize,
    verpasst: Vec<String>,
    zusaetzlich: usize,
    behauptet: usize,
    gemeinsam: usize,
}

/// Changes each n-th value of a matter.
fn pruefe(grundlage: &Grundlage, jeder: usize) -> Ergebnis {
    let alle = stellen(&grundlage.eingabe);
    let gewaehlt: Vec<&Stelle> = alle.iter().step_by(jeder).collect();
    let gemessen: Vec<(usize, usize, &Stelle, BTreeMap<Zeile, String>)> = gewaehlt
        .par_iter()
        .map(|stelle| {
            let (mut versuche, mut gueltig) = (0, 0);
            let mut bewegt = BTreeMap::new();
            for wert in werte(stelle, &alle) {
                let mut eingabe = grundlage.eingabe.clone();
                let (ordner, pfad) = grundlage::datei(&mut eingabe, &stelle.ziel.0);
                let mut bytes = ordner.dateien[&pfad].to_vec();
                // A block of several lines cannot be replaced by its bytes alone.
                let zeile = bytes[..stelle.bereich.start].rsplit(|b| *b == b'\n').next();
                let ist_block = stelle.text.contains('\n')
                    || zeile
                        .is_some_and(|z| z.iter().all(u8::is_ascii_whitespace) && !z.is_empty());
                if ist_block {
                    continue;
                }
                bytes.splice(stelle.bereich.clone(), wert.bytes());
                ordner.dateien.insert(pfad, bytes.into());
                versuche += 1;
                if let Some(weg) = verschwunden(&eingabe, &grundlage.index) {
                    gueltig += 1;
                    for zeile in weg {
                        bewegt.entry(zeile).or_insert_with(|| wert.clone());
                    }
                }
            }
            (versuche, gueltig, *stelle, bewegt)
        })
        .collect();
    let auskuenfte = auskuenfte(&grundlage.index);
    let mut ergebnis = Ergebnis {
        werte: gewaehlt.len(),
        versuche: 0,
        gueltig: 0,
        gesehen: 0,
        verpasst: Vec::new(),
        zusaetzlich: 0,
        behauptet: 0,
        gemeinsam: 0,
    };
    for (versuche, gueltig, stelle, bewegt) in gemessen {
        ergebnis.versuche += versuche;
        ergebnis.gueltig += gueltig;
        for (zeile, auskunft) in &auskuenfte {
            let nennt = |werte: &[Wert], gemeinsam: bool| {
                werte.iter().any(|w| {
                    *w.ort.datei == *stelle.ziel.0
                        && w.pfad == stelle.ziel.1
                        && w.kopplung.is_some() == gemeinsam
                })
            };
            // The oracle changes one value alone: named with others only, that is missed.
            let (genannt, bedingt) = (
                nennt(&auskunft.werte, false),
                nennt(&auskunft.bedingungen, false),
            );
            ergebnis.behauptet += usize::from(genannt);
            ergebnis.gemeinsam += usize::from(nennt(&auskunft.werte, true));
            match bewegt.get(zeile) {
                Some(wert) => {
                    ergebnis.gesehen += 1;
                    if !genannt && !bedingt {
                        ergebnis.verpasst.push(format!(
                            "{} {} → {wert}: {} Zeile {}",
                            stelle.ziel.0, stelle.ziel.1, zeile.0, zeile.1
                        ));
                    }
                }
                None => ergebnis.zusaetzlich += usize::from(genannt && versuche > 0),
            }
        }
    }
    ergebnis
}

/// The answers for all lines that have one.
fn auskuenfte(index: &Index) -> BTreeMap<Zeile, Auskunft> {
    let zeilen = index.papiere().iter().flat_map(|papier| {
        (1..=papier.markdown.lines().count()).map(|zeile| (papier.name.clone(), zeile))
    });
    let zeilen: Vec<_> = zeilen.collect();
    zeilen
        .into_par_iter()
        .filter_map(|(papier, zeile)| {
            let auskunft = index.der_zeile(&papier, zeile).ok()?;
            Some(((papier, zeile), auskunft))
        })
        .collect()
}

#[test]
fn orakel_no_line_moves_without_its_value_being_named() {
    let lang = std::env::var_os("HERKUNFT_ORAKEL").is_some();
    let mut verpasst = Vec::new();
    for grundlage in alle() {
        let jeder = if ganz() { 25 } else { 7 };
        let ergebnis = pruefe(grundlage, if lang { 1 } else { jeder });
        println!(
            "{}: {} Werte, {} Versuche, davon {} gültig; {} Paare aus Wert und Zeile gesehen, {} verpasst; {} allein genannt, davon {} vom Orakel nicht gesehen; {} nur mit anderen",
            grundlage.name,
            ergebnis.werte,
            ergebnis.versuche,
            ergebnis.gueltig,
            ergebnis.gesehen,
            ergebnis.verpasst.len(),
            ergebnis.behauptet,
            ergebnis.zusaetzlich,
            ergebnis.gemeinsam
        );
        assert!(ergebnis.gesehen > 0);
        verpasst.extend(ergebnis.verpasst);
    }
    assert!(
        verpasst.is_empty(),
        "{} verpasst:\n{}",
        verpasst.len(),
        verpasst.join("\n")
    );
}
