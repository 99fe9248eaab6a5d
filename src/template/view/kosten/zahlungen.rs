//! Who pays whom, and when: the payments of a year.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::gedruckt;
use crate::compute::kosten::{Faelligkeit, Jahressumme};
use crate::input::Datum;

/// Who pays whom for a year.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ZahlungsjahrSicht {
    /// The year.
    pub jahr: u32,
    /// What the amounts of a payment are: „Abschlag zum 15.05.2022“, „Abrechnung bis 30.04.2023“.
    pub raten: Vec<String>,
    /// The payments in the order of lists.
    pub zeilen: Vec<ZahlungSicht>,
}

/// What one body pays to another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ZahlungSicht {
    /// Official form of who pays.
    pub von: String,
    /// Official form of who is paid.
    pub an: String,
    /// Whether it is a credit.
    pub gutschrift: bool,
    /// For each of the `raten`; a dash where nothing is due.
    pub betraege: Vec<String>,
    /// All of it.
    pub betrag: String,
}

pub(super) fn zahlungen(summe: &Jahressumme<'_>) -> ZahlungsjahrSicht {
    let raten: BTreeSet<_> = summe
        .zahlungen
        .iter()
        .flat_map(|zahlung| &zahlung.teile)
        .map(|teil| (teil.bis, teil.art))
        .collect();
    ZahlungsjahrSicht {
        jahr: summe.jahr,
        raten: raten.iter().map(|(bis, art)| rate(*bis, *art)).collect(),
        zeilen: summe
            .zahlungen
            .iter()
            .map(|zahlung| ZahlungSicht {
                von: zahlung.von.amtsform(),
                an: zahlung.an.amtsform(),
                gutschrift: zahlung.gutschrift,
                betraege: raten
                    .iter()
                    .map(|rate| {
                        let mut teile = zahlung.teile.iter();
                        let teil = teile.find(|teil| (teil.bis, teil.art) == *rate);
                        gedruckt(teil.map(|teil| teil.betrag))
                    })
                    .collect(),
                betrag: zahlung.betrag.to_string(),
            })
            .collect(),
    }
}

fn rate(bis: Option<Datum>, art: Faelligkeit) -> String {
    match (art, bis) {
        (Faelligkeit::Abschlag, Some(tag)) => format!("Abschlag zum {tag}"),
        (Faelligkeit::Abschlag, None) => "Abschlag".to_owned(),
        (Faelligkeit::Abrechnung, Some(tag)) => format!("Abrechnung, fällig bis {tag}"),
        (Faelligkeit::Abrechnung, None) => "Abrechnung".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_says_what_it_is_and_when_it_is_due() {
        let tag = Some("30.04.2023".parse().unwrap());
        assert_eq!(
            rate(tag, Faelligkeit::Abrechnung),
            "Abrechnung, fällig bis 30.04.2023"
        );
        assert_eq!(rate(None, Faelligkeit::Abschlag), "Abschlag");
    }
}
