//! Random slips in the files of the fixtures: no panic, German findings that stand in their files, the same every time.
//!
//! `MUTATIONEN=10000 cargo test --test eingabe mutationen` runs as many as that through the library, and
//! `MUTATIONEN_BEFEHL=10000` (best with `--release`) through the command; the suite runs some hundred and some dozen. A
//! mutation depends on its number alone, so the number that a failure names is enough to see it again.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use drucksache::diagnostic::{Befund, Stelle, github, json, render};
use drucksache::pipeline::{self, Eingabe, Ergebnis, Ordner};
use drucksache::template::Auswahl;
use rayon::prelude::*;

/// How many mutations the suite runs.
const IMMER: u64 = 150;

/// Pieces that people type, paste or lose.
const STUECKE: [&str; 48] = [
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    ":",
    ": ",
    "- ",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "#",
    "&a ",
    "*a",
    "!",
    "|",
    ">",
    "%",
    "„",
    "“",
    "\u{308}",
    "\u{A0}",
    "\0",
    "\u{FEFF}",
    "\u{E000}",
    "\u{202E}",
    "---\n",
    "{{ ",
    " }}",
    "{% if x %}",
    "{% for a in b %}",
    "{% endfor %}",
    "{% include \"texte/sachbericht.md\" %}",
    "| a | b |",
    "[^1]",
    "![](x.png)",
    "<b>",
    "<!-- klausel: x -->",
    "1. Januar",
    "§ 5",
    "𝔘",
    "木",
    "<<: ",
    "null",
];

/// Values that may stand where another belongs.
const WERTE: [&str; 30] = [
    "ja",
    "nein",
    "~",
    "0",
    "-1",
    "1e3",
    "01.05",
    "88.000",
    "88.000,00",
    "−5,00",
    "10",
    "10 %",
    "1/0",
    "1/4",
    "31.02.2021",
    "08.13.2021",
    "08.11.2021",
    "2021ff.",
    "[]",
    "{}",
    "[a, b]",
    "{ a: b }",
    "kreis-unna",
    "stadt-luenen",
    "texte/sachbericht.md",
    "../../geheim.md",
    "/etc/passwd",
    "\"{{ drucksache.nummer }}\"",
    "vereinbarung-2021",
    "99999999999999999999",
];

/// A small generator of numbers (SplitMix64): the same on every machine, with no dependency.
pub(crate) struct Zufall(pub(crate) u64);

impl Zufall {
    fn zahl(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn unter(&mut self, grenze: usize) -> usize {
        usize::try_from(self.zahl() % grenze.max(1) as u64).unwrap()
    }

    fn aus<'a, T: ?Sized>(&mut self, auswahl: &[&'a T]) -> &'a T {
        auswahl[self.unter(auswahl.len())]
    }
}

pub(crate) fn ordner(name: &str) -> Ordner {
    let wurzel = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    let mut dateien = BTreeMap::new();
    sammle(&wurzel, "", &mut dateien);
    Ordner {
        anzeige: name.to_owned(),
        dateien,
    }
}

fn sammle(ordner: &Path, vorsatz: &str, dateien: &mut BTreeMap<String, Arc<[u8]>>) {
    for eintrag in fs::read_dir(ordner).unwrap() {
        let eintrag = eintrag.unwrap();
        let name = format!("{vorsatz}{}", eintrag.file_name().to_string_lossy());
        if name == "golden" {
            continue;
        }
        if eintrag.path().is_dir() {
            sammle(&eintrag.path(), &format!("{name}/"), dateien);
        } else {
            dateien.insert(name, fs::read(eintrag.path()).unwrap().into());
        }
    }
}

/// The fixture with the mutations of this number.
pub(crate) fn mutiert(nummer: u64, vorgang: &Ordner, stammdaten: &Ordner) -> Eingabe {
    let mut zufall = Zufall(nummer);
    let mut eingabe = Eingabe {
        name: "vorgang".to_owned(),
        vorgang: vorgang.clone(),
        stammdaten: stammdaten.clone(),
    };
    for _ in 0..=zufall.unter(3) {
        let ordner = if zufall.unter(6) == 0 {
            &mut eingabe.stammdaten
        } else {
            &mut eingabe.vorgang
        };
        let i = zufall.unter(ordner.dateien.len());
        let Some((pfad, bytes)) = ordner.dateien.iter().nth(i) else {
            continue;
        };
        let (pfad, mut bytes) = (pfad.clone(), bytes.to_vec());
        mutiere(&mut zufall, &mut bytes);
        ordner.dateien.insert(pfad, bytes.into());
    }
    eingabe
}

fn mutiere(zufall: &mut Zufall, bytes: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut zeilen: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let i = zufall.unter(zeilen.len());
    match zufall.unter(10) {
        0 => {
            let at = zufall.unter(bytes.len() + 1);
            bytes.insert(at, zufall.zahl().to_le_bytes()[0]);
            return;
        }
        1 => {
            let at = zufall.unter(bytes.len());
            let bis = (at + 1 + zufall.unter(4)).min(bytes.len());
            bytes.drain(at..bis);
            return;
        }
        2 if !zeilen.is_empty() => {
            zeilen.remove(i);
        }
        3 if !zeilen.is_empty() => {
            let zeile = zeilen[i].clone();
            let nach = zufall.unter(zeilen.len() + 1);
            zeilen.insert(nach, zeile);
        }
        4 if !zeilen.is_empty() => {
            let j = zufall.unter(zeilen.len());
            zeilen.swap(i, j);
        }
        5 if !zeilen.is_empty() => {
            zeilen[i].insert_str(0, zufall.aus(&[" ", "  ", "\t", "- ", "    "]));
        }
        // A value that belongs elsewhere.
        6 | 7 if zeilen.get(i).is_some_and(|zeile| zeile.contains(": ")) => {
            let schluessel = zeilen[i].split(": ").next().unwrap_or_default().to_owned();
            zeilen[i] = format!("{schluessel}: {}\n", zufall.aus(&WERTE));
        }
        // A key with a slip of the finger.
        8 if zeilen.get(i).is_some_and(|zeile| zeile.contains(':')) => {
            let zeile = &zeilen[i];
            let ende = zeile.find(':').unwrap_or_default();
            let zeichen: Vec<usize> = zeile[..ende].char_indices().map(|(at, _)| at).collect();
            if let Some(at) = zeichen.get(zufall.unter(zeichen.len())) {
                zeilen[i].remove(*at);
            }
        }
        _ => {
            let stellen: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = stellen
                .get(zufall.unter(stellen.len()))
                .copied()
                .unwrap_or_default();
            *bytes = format!("{}{}{}", &text[..at], zufall.aus(&STUECKE), &text[at..]).into_bytes();
            return;
        }
    }
    *bytes = zeilen.concat().into_bytes();
}

/// What is wrong with the answer to an input; nothing in the best case.
fn maengel(eingabe: &Eingabe, zweimal: bool) -> Option<String> {
    let lauf = || {
        catch_unwind(AssertUnwindSafe(|| {
            pipeline::baue(eingabe, &Auswahl::default())
        }))
    };
    let ergebnis = match lauf() {
        Err(_) => return Some("Panik".to_owned()),
        Ok(Err(fehler)) => return Some(format!("kein Befund: {fehler}")),
        Ok(Ok(ergebnis)) => ergebnis,
    };
    let gleich =
        |zweiter: &Ergebnis| alles(&ergebnis) == alles(zweiter) && pdfs(&ergebnis) == pdfs(zweiter);
    if zweimal && !matches!(lauf(), Ok(Ok(zweiter)) if gleich(&zweiter)) {
        return Some("beim zweiten Mal anders".to_owned());
    }
    if !ergebnis.ist_gebaut() && !ergebnis.papiere.is_empty() {
        return Some("Papiere trotz Fehlern".to_owned());
    }
    ergebnis
        .befunde
        .iter()
        .chain(&ergebnis.pruefung)
        .find_map(|befund| mangel(befund, &ergebnis))
}

/// All findings as people and programs see them.
fn alles(ergebnis: &Ergebnis) -> String {
    let befunde: Vec<_> = ergebnis
        .befunde
        .iter()
        .chain(&ergebnis.pruefung)
        .cloned()
        .collect();
    let bericht = json::Bericht {
        pfad: "vorgang",
        gebaut: ergebnis.ist_gebaut(),
        ungeprueft: &ergebnis.ungeprueft,
        befunde: &befunde,
        quellen: &ergebnis.quellen,
    };
    format!(
        "{}{}{}",
        render::text(&befunde, &ergebnis.quellen, false),
        json::json(&[bericht]),
        github::github(&befunde, &ergebnis.quellen)
    )
}

fn pdfs(ergebnis: &Ergebnis) -> Vec<(&str, &[u8])> {
    ergebnis
        .papiere
        .iter()
        .map(|fertig| (fertig.papier.markdown.as_str(), fertig.pdf.as_slice()))
        .collect()
}

fn mangel(befund: &Befund, ergebnis: &Ergebnis) -> Option<String> {
    let stellen =
        std::iter::once(&befund.stelle).chain(befund.dazu.iter().map(|(stelle, _)| stelle));
    for stelle in stellen {
        let steht_in_der_datei = match stelle {
            Stelle::Datei { datei, bereich } => ergebnis
                .quellen
                .get(datei)
                .is_some_and(|quelle| quelle.text.get(bereich.clone()).is_some()),
            Stelle::Pfad(_) => true,
            Stelle::Route(_) | Stelle::Papier(_) | Stelle::ImPapier { .. } => false,
        };
        if !steht_in_der_datei {
            return Some(format!("Stelle außerhalb: {befund:?}"));
        }
    }
    let texte = std::iter::once(&befund.text).chain(&befund.abhilfe);
    for text in texte {
        let englisch = [
            " the ",
            " expected ",
            "Unexpected",
            "Unknown ",
            "invalid ",
            "missing ",
        ]
        .iter()
        .any(|wort| text.contains(wort) && !text.contains("Originalmeldung"));
        if text.trim().is_empty()
            || text.ends_with('.')
            || text.contains(['\n', '\u{1}'])
            || englisch
        {
            return Some(format!("schlechter Satz: {befund:?}"));
        }
    }
    if befund.ist_fehler() && befund.abhilfe.is_none() {
        return Some(format!("ohne Abhilfe: {befund:?}"));
    }
    None
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the number of mutations is the caller's choice; no mutation depends on it"
)]
fn no_slip_of_the_finger_makes_it_stumble() {
    let anzahl = std::env::var("MUTATIONEN")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(IMMER);
    let (vorgang, stammdaten) = (ordner("drucksache-215-21"), ordner("stammdaten"));
    let gefunden: Vec<String> = (0..anzahl)
        .into_par_iter()
        .filter_map(|nummer| {
            let mangel = maengel(&mutiert(nummer, &vorgang, &stammdaten), nummer % 4 == 0)?;
            Some(format!("{nummer}: {mangel}"))
        })
        .collect();
    keine(&gefunden, anzahl);
}

pub(crate) fn keine(gefunden: &[String], anzahl: u64) {
    let zeigen = gefunden.iter().take(20).cloned().collect::<Vec<_>>();
    assert!(
        gefunden.is_empty(),
        "{} von {anzahl}\n{}",
        gefunden.len(),
        zeigen.join("\n")
    );
}
