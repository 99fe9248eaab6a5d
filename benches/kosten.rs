//! How long the costs of a large matter take: 100 users, 30 years, 20 items. `cargo bench --bench kosten`
//!
//! Half of the items are shared equally, half by residents; users join over the years, in the middle of months too.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement has no caller to give an error to, and needs a clock"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use drucksache::compute;
use drucksache::model::Vorgang;
use drucksache::pipeline::{self, Eingabe};

const ANWENDER: u32 = 100;
const JAHRE: u32 = 30;
const POSITIONEN: u32 = 20;
const LAEUFE: u32 = 40;

fn main() {
    for zeitrechnung in ["monate", "tage"] {
        let vorgang = vorgang(zeitrechnung);
        let mut zeiten: Vec<Duration> = (0..LAEUFE)
            .map(|_| {
                let beginn = Instant::now();
                let zahlen = compute::rechne(black_box(&vorgang));
                assert!(zahlen.befunde.is_empty(), "{:?}", zahlen.befunde.first());
                black_box(zahlen);
                beginn.elapsed()
            })
            .collect();
        zeiten.sort();
        println!(
            "{ANWENDER} Anwender × {JAHRE} Jahre × {POSITIONEN} Positionen, nach {zeitrechnung}: {:?} (Median von {LAEUFE}, bester {:?})",
            zeiten[zeiten.len() / 2],
            zeiten[0]
        );
    }
}

fn vorgang(zeitrechnung: &str) -> Vorgang {
    let (mut stammdaten, mut nutzung) = (
        String::from("körperschaften:\n"),
        String::from("nutzung:\n"),
    );
    for i in 0..ANWENDER {
        writeln!(
            stammdaten,
            "  k{i}: {{ name: K{i}, gattung: Stadt, ags: '{:08}', einwohner: [{{ stand: 31.12.1999, zahl: {}, quelle: a }}] }}",
            5_000_000 + i,
            10_000 + 997 * i
        )
        .unwrap();
        let beginn = if i < 10 {
            "01.01.2000".to_owned()
        } else {
            format!("{:02}.0{}.{}", 1 + i % 28, 1 + i % 9, 2000 + i % JAHRE)
        };
        writeln!(nutzung, "  - {{ anwender: k{i}, von: {beginn} }}").unwrap();
    }
    let mut kosten = String::from("kosten:\n");
    for i in 0..POSITIONEN {
        let schluessel = if i % 2 == 0 {
            "gleiche-teile"
        } else {
            "{ einwohner: [{ stichtag: 31.12.1999 }] }"
        };
        writeln!(
            kosten,
            "  p{i}:\n    aufgabe: a\n    schlüssel: {schluessel}\n    arbeitsplatz:\n      stellenanteil: 0,25\n      \
             bewertung: [a]\n      gemeinkosten: 10 %\n      gemeinkosten_auf: personalkosten\n      sachkosten: 1/4\n      werte:"
        )
        .unwrap();
        for jahr in 2000..2000 + JAHRE {
            writeln!(kosten, "        - {{ jahr: {jahr}, personalkosten: {}, sachkosten_pauschale: 9700, quelle: a }}", 60_000 + 977 * i + jahr).unwrap();
        }
    }
    let vereinbarung = format!(
        "vereinbarungen:\n  v:\n    parteien: [k0]\n    aufgaben: {{ a: {{ bezeichnung: A, anbieter: k0 }} }}\n    \
         abrechnung: {{ bis: 31. März, zahlungsziel_tage: 30, einwendungsfrist_monate: 3, zeitrechnung: {zeitrechnung} }}\n"
    );
    let mut eingabe = Eingabe::default();
    let datei = |text: String| Arc::from(text.into_bytes());
    eingabe.vorgang.dateien.insert(
        "a.yaml".to_owned(),
        datei(vereinbarung + &nutzung + &kosten),
    );
    eingabe
        .stammdaten
        .dateien
        .insert("b.yaml".to_owned(), datei(stammdaten));
    let (vorgang, ergebnis) = pipeline::rechne(&eingabe, |vorgang, _| vorgang.clone());
    vorgang.unwrap_or_else(|| panic!("{:?}", ergebnis.befunde.first()))
}
