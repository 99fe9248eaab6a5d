//! What it changes that some bodies take part: the table of a year with and without them, and it in sentences.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::vereinbarung::gross;
use super::super::{Blick, MengeSicht};
use super::gedruckt;
use crate::compute::kosten::{Vergleich, Vergleichszeile};
use crate::compute::{Beteiligte, Menge};
use crate::input::Cent;
use crate::model::vereinbarung::Vereinbarung;

/// What it changes that some bodies take part.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VergleichSicht {
    /// The year that is compared.
    pub jahr: u32,
    /// The bodies.
    pub zeilen: Vec<VergleichszeileSicht>,
    /// What all bear without them.
    pub ohne: String,
    /// What all bear with them.
    pub mit: String,
    /// The difference of both.
    pub unterschied: String,
    /// Those who join and bear something.
    pub zahlende: MengeSicht,
    /// Which of them use the service already before the agreement begins: „Die Stadt Selm nutzt den Dienst schon seit dem
    /// 1. Juli 2020“.
    pub schon_vorher: Vec<String>,
    /// Those who took part before.
    pub andere: MengeSicht,
    /// What those who join bear, or are credited, in a sentence.
    pub beitretende: String,
    /// By how much the others' part changes.
    pub uebrige: String,
    /// Whether the others are credited in both cases.
    pub uebrige_gutschrift: bool,
    /// „weniger“ or „mehr“ is borne, or credited; empty where nothing changes for the others.
    pub richtung: &'static str,
}

/// A line of a comparison.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VergleichszeileSicht {
    /// Official form of the body.
    pub name: String,
    /// What it bears without them; a dash for those who join.
    pub ohne: String,
    /// What it bears with them.
    pub mit: String,
    /// The difference.
    pub unterschied: String,
}

impl Blick<'_> {
    pub(super) fn vergleich(
        &self,
        vereinbarung: &Vereinbarung,
        beteiligte: &Beteiligte<'_>,
    ) -> Option<VergleichSicht> {
        let Vergleich { jahr, zeilen } = beteiligte.vergleich.as_ref()?;
        let neue = zeilen.iter().filter(|zeile| zeile.ohne.is_none());
        let neue = Menge::aus(self.vorgang, neue.map(|zeile| zeile.koerperschaft));
        if neue.ist_leer() {
            return None;
        }
        let andere = zeilen.iter().filter(|zeile| zeile.ohne.is_some());
        let andere = Menge::aus(self.vorgang, andere.map(|zeile| zeile.koerperschaft));
        let summe = |mut betraege: Box<dyn Iterator<Item = Cent> + '_>| {
            betraege.try_fold(Cent(0), Cent::checked_add)
        };
        let ohne = summe(Box::new(zeilen.iter().filter_map(|zeile| zeile.ohne)))?;
        let mit = summe(Box::new(zeilen.iter().map(|zeile| zeile.mit)))?;
        let beitretende = summe(Box::new(
            zeilen
                .iter()
                .filter(|zeile| zeile.ohne.is_none())
                .map(|zeile| zeile.mit),
        ))?;
        let danach = mit.checked_sub(beitretende)?;
        let uebrige = danach.checked_sub(ohne)?;
        let uebrige_gutschrift = ohne.0 < 0 && danach.0 <= 0;
        Some(VergleichSicht {
            jahr: *jahr,
            schon_vorher: neue
                .iter()
                .filter_map(|wer| {
                    let seit = self.nutzungsbeginn(wer)?;
                    let vorher = vereinbarung.beginn().is_some_and(|beginn| seit < beginn);
                    let wer = gross(&self.koerperschaft(wer).nominativ);
                    vorher.then(|| format!("{wer} nutzt den Dienst schon seit dem {}", seit.lang()))
                })
                .collect(),
            zahlende: self.menge(&neue),
            andere: self.menge(&andere),
            zeilen: zeilen
                .iter()
                .map(|zeile| {
                    Some(VergleichszeileSicht {
                        name: zeile.koerperschaft.amtsform(),
                        ohne: gedruckt(zeile.ohne),
                        mit: zeile.mit.to_string(),
                        unterschied: zeile
                            .mit
                            .checked_sub(zeile.ohne.unwrap_or_default())?
                            .to_string(),
                    })
                })
                .collect::<Option<_>>()?,
            ohne: ohne.to_string(),
            mit: mit.to_string(),
            unterschied: mit.checked_sub(ohne)?.to_string(),
            beitretende: self.beitretende(zeilen, &neue, beitretende),
            uebrige: Cent(uebrige.0.saturating_abs()).to_string(),
            uebrige_gutschrift,
            richtung: match (uebrige.0, uebrige_gutschrift) {
                (..0, false) | (1.., true) => "weniger",
                (0, _) => "",
                (1.., false) | (..0, true) => "mehr",
            },
        })
    }

    /// „Die Stadt Selm und die Gemeinde Holzwickede tragen zusammen 6.656,25 €.“ One by one where one is credited and
    /// the other is not.
    fn beitretende(&self, zeilen: &[Vergleichszeile<'_>], neue: &Menge<'_>, summe: Cent) -> String {
        let betraege: Vec<_> = zeilen
            .iter()
            .filter(|zeile| zeile.ohne.is_none())
            .map(|zeile| (zeile.koerperschaft, zeile.mit))
            .collect();
        let betrag = |cent: Cent| Cent(cent.0.saturating_abs());
        let alle = gross(&self.menge(neue).nominativ);
        let eine = betraege.len() == 1;
        if betraege.iter().all(|(_, cent)| cent.0 >= 0) {
            let tragen = if eine { "trägt" } else { "tragen zusammen" };
            return format!("{alle} {tragen} {}.", betrag(summe));
        }
        if betraege.iter().all(|(_, cent)| cent.0 < 0) {
            let erhalten = if eine { "erhält" } else { "erhalten zusammen" };
            return format!("{alle} {erhalten} {} gutgeschrieben.", betrag(summe));
        }
        let teile: Vec<_> = betraege
            .iter()
            .map(|(wer, cent)| {
                let wer = self.koerperschaft(wer).nominativ;
                match cent.0 {
                    ..0 => format!("{wer} erhält {} gutgeschrieben", betrag(*cent)),
                    0 => format!("{wer} trägt nichts"),
                    1.. => format!("{wer} trägt {cent}"),
                }
            })
            .collect();
        format!("{}.", gross(&teile.join("; ")))
    }
}
