//! Who pays whom, and when: the payments of a year.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::gedruckt;
use crate::compute::kosten::{Faelligkeit, Jahressumme, Zahlung};
use crate::input::Datum;

/// Who pays whom for a year.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ZahlungsjahrSicht {
    /// The year.
    pub jahr: u32,
    /// The payments in tables that fit on a page: one, unless there are many instalments.
    pub tabellen: Vec<ZahlungstabelleSicht>,
}

/// Some of the parts in which a year is paid, side by side.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ZahlungstabelleSicht {
    /// „Teil 1 von 4“, or empty where it is the only one.
    pub teil: String,
    /// What the amounts of a payment are: „Abschlag zum 15.05.2022“, „Abrechnung bis 30.04.2023“.
    pub raten: Vec<String>,
    /// Whether the rows end with all that is paid: in the last of the tables, where there are several parts.
    pub mit_summe: bool,
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

/// When a part of a payment is due, and what it is.
type Rate = (Option<Datum>, Faelligkeit);

pub(super) fn zahlungen(summe: &Jahressumme<'_>) -> ZahlungsjahrSicht {
    let raten: BTreeSet<Rate> = summe
        .zahlungen
        .iter()
        .flat_map(|zahlung| &zahlung.teile)
        .map(|teil| (teil.bis, teil.art))
        .collect();
    let raten: Vec<_> = raten.into_iter().collect();
    let mit_summe = raten.len() > 1;
    let tabellen = (raten.len() + usize::from(mit_summe)).div_ceil(spalten(summe, raten.len()));
    let je_tabelle = raten.len().div_ceil(tabellen.max(1)).max(1);
    let tabellen = raten.len().div_ceil(je_tabelle);
    ZahlungsjahrSicht {
        jahr: summe.jahr,
        tabellen: raten
            .chunks(je_tabelle)
            .enumerate()
            .map(|(index, raten)| ZahlungstabelleSicht {
                teil: if tabellen > 1 {
                    format!("Teil {} von {tabellen}", index + 1)
                } else {
                    String::new()
                },
                raten: raten.iter().map(|(bis, art)| rate(*bis, *art)).collect(),
                mit_summe: mit_summe && index + 1 == tabellen,
                zeilen: summe
                    .zahlungen
                    .iter()
                    .map(|zahlung| zeile(zahlung, raten))
                    .collect(),
            })
            .collect(),
    }
}

/// How many columns of amounts stand side by side: all on one turned page, else as many as a page upright takes.
fn spalten(summe: &Jahressumme<'_>, raten: usize) -> usize {
    let laenge = |text: &str| text.chars().count();
    let zahlungen = || summe.zahlungen.iter();
    let von = zahlungen().map(|z| laenge(&z.von.amtsform())).max();
    let an = zahlungen().map(|z| laenge(&z.an.amtsform())).max();
    let betrag = zahlungen().map(|z| laenge(&z.betrag.to_string())).max();
    // A letter of a name takes about 5 pt like a figure, a column's edges 9 pt.
    let namen = 5 * (von.unwrap_or_default() + an.unwrap_or_default()) + 18;
    let spalte = 5 * betrag.unwrap_or_default() + 9;
    let quer = 715_usize.saturating_sub(namen) / spalte;
    if raten < quer {
        return quer;
    }
    (467_usize.saturating_sub(namen) / spalte).max(2)
}

fn zeile(zahlung: &Zahlung<'_>, raten: &[Rate]) -> ZahlungSicht {
    ZahlungSicht {
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
