//! Where the weights of a key come from, for print: of which day, and who counted.

use num_bigint::BigInt;

use super::Herkunft;
use crate::input::Datum;
use crate::model::{Koerperschaft, Text};

/// „Einwohner am 31.12.2022 (Destatis)“; empty where all have the same part.
pub(super) fn wortlaut<'k>(
    herkunft: Herkunft<'_>,
    zahler: impl Iterator<Item = &'k Koerperschaft>,
) -> String {
    match herkunft {
        Herkunft::Keine => String::new(),
        Herkunft::Einwohner(wahl) => {
            let mut quellen: Vec<String> = Vec::new();
            for zahl in zahler.flat_map(|k| &k.einwohner) {
                let quelle = zahl.quelle.einzeilig();
                if zahl.stand == wahl.stichtag && !quellen.contains(&quelle) {
                    quellen.push(quelle);
                }
            }
            mit_quelle(
                format!("Einwohner am {}", wahl.stichtag),
                &quellen.join("; "),
            )
        }
        Herkunft::Fallzahlen(jahr) => mit_quelle(
            format!("Fälle für {}", jahr.jahr),
            &einzeilig(jahr.quelle.as_ref()),
        ),
        Herkunft::Lizenzen(stand) => mit_quelle(
            format!("Lizenzen, Stand {}", stand.ab),
            &einzeilig(stand.quelle.as_ref()),
        ),
        Herkunft::Quoten(fassung) => ab("Quoten", fassung.ab),
    }
}

fn ab(was: &str, ab: Option<Datum>) -> String {
    ab.map_or_else(|| was.to_owned(), |ab| format!("{was} ab {ab}"))
}

fn mit_quelle(was: String, quelle: &str) -> String {
    if quelle.is_empty() {
        return was;
    }
    format!("{was} ({quelle})")
}

fn einzeilig(text: Option<&Text>) -> String {
    text.map(Text::einzeilig).unwrap_or_default()
}

/// A whole number with points between its groups of three digits.
pub(super) fn gruppiert(zahl: &BigInt) -> String {
    let ziffern = zahl.to_string();
    let mut gruppiert = String::new();
    for (stelle, ziffer) in ziffern.chars().enumerate() {
        if stelle > 0 && (ziffern.len() - stelle).is_multiple_of(3) {
            gruppiert.push('.');
        }
        gruppiert.push(ziffer);
    }
    gruppiert
}
