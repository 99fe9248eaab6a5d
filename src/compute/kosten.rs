//! What a task costs in a year, how that came about, and who pays whom.
//!
//! Everything is exact until a year's total is rounded once; the shares are [`anteile`](super::anteile)'s business.

use std::collections::BTreeMap;

use num_rational::BigRational;

use super::Menge;
use super::anteile::{anteile, gerundet};
use crate::input::{Betrag, Bruch, Cent};
use crate::model::koerperschaft::{Ags, Koerperschaft};
use crate::model::kosten::{Jahreswert, Kostenposition};
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Schluessel, Vorgang};

/// A cost item of an agreement, year by year.
#[derive(Debug, Clone)]
pub struct Rechnung<'a> {
    /// Key of the item.
    pub schluessel: &'a Schluessel,
    /// The item.
    pub position: &'a Kostenposition,
    /// Who does the task and is paid for it.
    pub anbieter: &'a Koerperschaft,
    /// The years for which there are figures, in order.
    pub jahre: Vec<Jahr<'a>>,
}

/// A year of a cost item.
#[derive(Debug, Clone)]
pub struct Jahr<'a> {
    /// Its figures.
    pub wert: &'a Jahreswert,
    /// The steps of the calculation.
    pub schritte: Vec<Schritt>,
    /// What the printed steps lack of the total; zero unless a step was rounded.
    pub rundung: Cent,
    /// The total, rounded once.
    pub gesamt: Cent,
    /// The share of each user, in the order of lists.
    pub anteile: Vec<Anteil<'a>>,
    /// The provider's own share, which is not invoiced.
    pub eigenanteil: Cent,
    /// What the provider invoices to the others together.
    pub rechnungen: Cent,
}

/// A step of a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schritt {
    /// What is computed.
    pub art: Schrittart,
    /// The result in cents.
    pub betrag: Cent,
    /// Whether the result was rounded for print.
    pub gerundet: bool,
}

/// What a step computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schrittart {
    /// Personalkosten times the share of the post.
    Personal,
    /// Rate of the Gemeinkosten on the step before.
    Gemein,
    /// Share of the flat for Sachkosten.
    Sach,
}

/// The share of a user.
#[derive(Debug, Clone)]
pub struct Anteil<'a> {
    /// The user.
    pub koerperschaft: &'a Koerperschaft,
    /// The exact fraction.
    pub anteil: Option<Bruch>,
    /// The share in cents.
    pub betrag: Cent,
    /// Whether the user is the provider itself.
    pub eigen: bool,
}

/// The cost items whose tasks the agreement has.
pub(super) fn rechnungen<'a>(
    vorgang: &'a Vorgang,
    vereinbarung: &'a Vereinbarung,
    anwender: &Menge<'a>,
) -> Vec<Rechnung<'a>> {
    vorgang
        .kosten
        .iter()
        .filter_map(|(schluessel, position)| {
            let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe)?;
            let anbieter = vorgang.koerperschaften.get(&aufgabe.anbieter)?;
            let mut jahre: Vec<_> = position
                .werte
                .iter()
                .filter_map(|wert| jahr(position, wert, anbieter, anwender))
                .collect();
            jahre.sort_by_key(|jahr| jahr.wert.jahr);
            Some(Rechnung {
                schluessel,
                position,
                anbieter,
                jahre,
            })
        })
        .collect()
}

/// `None` if nobody pays or a figure does not fit.
fn jahr<'a>(
    position: &Kostenposition,
    wert: &'a Jahreswert,
    anbieter: &Koerperschaft,
    anwender: &Menge<'a>,
) -> Option<Jahr<'a>> {
    let personal = euro(wert.personalkosten) * position.stellenanteil.0.wert();
    let gemein = &personal * position.gemeinkosten.wert();
    let sach = euro(wert.sachkosten_pauschale) * position.sachkosten.wert();
    let gesamt = gerundet(&(&personal + &gemein + &sach))?;
    let schritte = vec![
        schritt(Schrittart::Personal, &personal)?,
        schritt(Schrittart::Gemein, &gemein)?,
        schritt(Schrittart::Sach, &sach)?,
    ];
    let summe = schritte
        .iter()
        .try_fold(Cent(0), |summe, schritt| summe.checked_add(schritt.betrag))?;
    let gewichte: BTreeMap<Rang<'_>, BigRational> = anwender
        .iter()
        .map(|k| (rang(k), position.schluessel.gewicht()))
        .collect();
    let verteilt = anteile(gesamt, &gewichte)?;
    let anteile: Vec<_> = anwender
        .iter()
        .filter_map(|koerperschaft| {
            Some(Anteil {
                betrag: *verteilt.get(&rang(koerperschaft))?,
                anteil: anwender.anteil(),
                eigen: koerperschaft.schluessel == anbieter.schluessel,
                koerperschaft,
            })
        })
        .collect();
    let eigenanteil = anteile
        .iter()
        .find(|anteil| anteil.eigen)
        .map_or(Cent(0), |anteil| anteil.betrag);
    Some(Jahr {
        wert,
        rundung: gesamt.checked_sub(summe)?,
        schritte,
        rechnungen: gesamt.checked_sub(eigenanteil)?,
        eigenanteil,
        anteile,
        gesamt,
    })
}

/// What decides ties: the AGS, and among bodies without one their key.
type Rang<'a> = (Option<&'a Ags>, &'a Schluessel);

fn rang(koerperschaft: &Koerperschaft) -> Rang<'_> {
    (koerperschaft.ags.as_ref(), &koerperschaft.schluessel)
}

fn schritt(art: Schrittart, genau: &BigRational) -> Option<Schritt> {
    let betrag = gerundet(genau)?;
    let cent = genau * BigRational::from_integer(100.into());
    Some(Schritt {
        art,
        betrag,
        gerundet: !cent.is_integer(),
    })
}

fn euro(betrag: Betrag) -> BigRational {
    let euro = betrag.euro();
    BigRational::new(
        euro.mantissa().into(),
        num_bigint::BigInt::from(10).pow(euro.scale()),
    )
}
