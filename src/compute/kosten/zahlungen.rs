//! All items of a year together: what each body bears, who pays whom, and when.
//!
//! Sums of cents; an instalment is a part of a payer's cents, apportioned like any other sum so that nothing is lost.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Signed};

use super::super::Menge;
use super::anteile::anteile;
use super::{Abschnitt, Jahr, Jahressumme, Rechnung};
use crate::input::{Cent, Datum};
use crate::model::koerperschaft::Koerperschaft;
use crate::model::vereinbarung::{Abrechnung, Abschlag};
use crate::model::{Schluessel, Vorgang};
use crate::recht::Kalender;
use crate::recht::kalender::plus_tage;

/// What one body pays to another for a year.
#[derive(Debug, Clone)]
pub struct Zahlung<'a> {
    /// Who pays.
    pub von: &'a Koerperschaft,
    /// Who is paid.
    pub an: &'a Koerperschaft,
    /// How much in all; never negative, a credit goes the other way.
    pub betrag: Cent,
    /// Whether it is a credit: it flows from who does the task to who would have paid for it.
    pub gutschrift: bool,
    /// In which parts, by the day that they are due. They sum to the amount; one is negative where a credit meets an
    /// instalment.
    pub teile: Vec<Teilzahlung>,
}

/// A part of what one body pays to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Teilzahlung {
    /// The day by which it is due; `None` where the agreement does not say.
    pub bis: Option<Datum>,
    /// What it is.
    pub art: Faelligkeit,
    /// How much.
    pub betrag: Cent,
}

/// What a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Faelligkeit {
    /// An instalment.
    Abschlag,
    /// The settlement in the following year.
    Abrechnung,
}

type Paar<'a> = (&'a Schluessel, &'a Schluessel);
/// When something is due, and what it is.
type Wann = (Option<Datum>, Faelligkeit);
type Teile = BTreeMap<Wann, Cent>;

/// All items of a year; `None` if a sum does not fit.
pub(super) fn summe<'a>(
    vorgang: &'a Vorgang,
    rechnungen: &[Rechnung<'a>],
    jahr: u32,
) -> Option<Jahressumme<'a>> {
    let mut summe = Cent(0);
    let mut traegt: BTreeMap<&Schluessel, Cent> = BTreeMap::new();
    let mut zahlt: BTreeMap<Paar<'a>, Teile> = BTreeMap::new();
    for rechnung in rechnungen {
        let abrechnung = rechnung.vereinbarung.abrechnung.as_ref();
        let kalender = &vorgang.recht.kalender;
        let schluss = (
            abrechnung.and_then(|abrechnung| zahltag(kalender, abrechnung, jahr)),
            Faelligkeit::Abrechnung,
        );
        for dieses in rechnung.jahre.iter().filter(|j| j.jahr == jahr) {
            summe = summe.checked_add(dieses.gesamt)?;
            for anteil in &dieses.anteile {
                let schluessel = &anteil.koerperschaft.schluessel;
                addiere(traegt.entry(schluessel).or_default(), anteil.betrag)?;
                if anteil.eigen {
                    continue;
                }
                let teile = zahlt
                    .entry((schluessel, &rechnung.anbieter.schluessel))
                    .or_default();
                let ist_dabei = |tag: Datum| {
                    rechnung
                        .vereinbarung
                        .beginn()
                        .is_none_or(|beginn| beginn <= tag)
                        && ist_dabei(vorgang, dieses, schluessel, tag)
                };
                let abschlaege = abrechnung.map_or(&[][..], |a| &a.abschlaege);
                if abschlaege.is_empty() {
                    addiere(teile.entry(schluss).or_default(), anteil.betrag)?;
                    continue;
                }
                let abschlaege = (abschlaege, schluss);
                let faellig = faellig(kalender, abschlaege, jahr, anteil.betrag, ist_dabei)?;
                for (wann, betrag) in faellig {
                    addiere(teile.entry(wann).or_default(), betrag)?;
                }
            }
        }
    }
    let mut zahlungen = Vec::new();
    // What two bodies owe each other stands in both directions: each of them books it gross.
    for ((von, an), teile) in zahlt {
        zahlungen.extend(zahlung(vorgang, von, an, teile)?);
    }
    let glieder = |schluessel: Vec<&Schluessel>| {
        let koerperschaften = schluessel
            .into_iter()
            .filter_map(|s| vorgang.koerperschaften.get(s));
        Menge::aus(vorgang, koerperschaften)
    };
    let alle = glieder(traegt.keys().copied().collect());
    let ordnung = glieder(
        zahlungen
            .iter()
            .flat_map(|z: &Zahlung<'_>| [&z.von.schluessel, &z.an.schluessel])
            .collect(),
    );
    let platz = |k: &Koerperschaft| ordnung.iter().position(|o| o.schluessel == k.schluessel);
    // By who does the task, then by the others, credits too.
    zahlungen.sort_by_cached_key(|zahlung| {
        let (von, an) = (platz(zahlung.von), platz(zahlung.an));
        if zahlung.gutschrift {
            (von, an)
        } else {
            (an, von)
        }
    });
    Some(Jahressumme {
        jahr,
        summe,
        je_beteiligtem: alle
            .iter()
            .filter_map(|k| Some((k, *traegt.get(&k.schluessel)?)))
            .collect(),
        zahlungen,
    })
}

fn addiere(konto: &mut Cent, betrag: Cent) -> Option<()> {
    *konto = konto.checked_add(betrag)?;
    Some(())
}

/// What one body owes another for its tasks, credits deducted, in the direction in which money flows; nothing if all is
/// even.
fn zahlung<'a>(
    vorgang: &'a Vorgang,
    von: &Schluessel,
    an: &Schluessel,
    teile: Teile,
) -> Option<Option<Zahlung<'a>>> {
    let betrag = teile
        .values()
        .try_fold(Cent(0), |summe, teil| summe.checked_add(*teil))?;
    let (von, an) = (
        vorgang.koerperschaften.get(von)?,
        vorgang.koerperschaften.get(an)?,
    );
    let umgekehrt = betrag.0 < 0;
    let richtig = |cent: Cent| if umgekehrt { Cent(-cent.0) } else { cent };
    let (von, an) = if umgekehrt { (an, von) } else { (von, an) };
    Some((betrag.0 != 0).then(|| {
        Zahlung {
            von,
            an,
            betrag: richtig(betrag),
            gutschrift: umgekehrt,
            teile: teile
                .into_iter()
                .filter(|(_, teil)| teil.0 != 0)
                .map(|((bis, art), teil)| Teilzahlung {
                    bis,
                    art,
                    betrag: richtig(teil),
                })
                .collect(),
        }
    }))
}

/// Whether a payer takes part on a day: by its use, where that is told, else by the parts of the year that it shares.
fn ist_dabei(vorgang: &Vorgang, jahr: &Jahr<'_>, wer: &Schluessel, tag: Datum) -> bool {
    let teilt = |abschnitt: &&Abschnitt<'_>| {
        let mut gewichte = abschnitt.gewichte.iter();
        gewichte.any(|(k, _)| k.schluessel == *wer)
    };
    let mut geteilte = jahr.abschnitte.iter().filter(teilt).peekable();
    // Who bears a sum alone is asked for instalments on it while it uses the service, as for any other.
    let traegt_allein = || jahr.schritte.iter().any(|s| s.direkt() == Some(wer));
    let mut nutzung = vorgang
        .nutzung
        .iter()
        .filter(|n| n.anwender == *wer)
        .peekable();
    if nutzung.peek().is_some() {
        // A month that counts in full says nothing of the day.
        (geteilte.peek().is_some() || traegt_allein())
            && nutzung.any(|n| n.von <= tag && n.bis.is_none_or(|bis| tag <= bis))
    } else {
        geteilte.any(|abschnitt| abschnitt.teil.von <= tag && tag <= abschnitt.teil.bis)
    }
}

/// When a payer's share of a year is due.
///
/// An instalment is asked of those who take part on its day and under the agreement; it is due on the next day on which
/// a period may end (§ 193 BGB). The others pay that part with the settlement; credits are settled at once.
fn faellig(
    kalender: &Kalender,
    (abschlaege, schluss): (&[Abschlag], Wann),
    jahr: u32,
    betrag: Cent,
    ist_dabei: impl Fn(Datum) -> bool,
) -> Option<Vec<(Wann, Cent)>> {
    let mut gewichte: BTreeMap<Wann, BigRational> = BTreeMap::new();
    let mut rest = BigRational::one();
    if betrag.0 > 0 {
        for abschlag in abschlaege {
            let tag = abschlag.zum.im_jahr(jahr);
            if let Some(tag) = tag.filter(|tag| ist_dabei(*tag)) {
                let faellig = Some(kalender.naechstes_fristende(tag));
                rest -= abschlag.anteil.wert();
                *gewichte
                    .entry((faellig, Faelligkeit::Abschlag))
                    .or_default() += abschlag.anteil.wert();
            }
        }
    }
    if rest.is_positive() {
        gewichte.insert(schluss, rest);
    }
    Some(anteile(betrag, &gewichte)?.into_iter().collect())
}

/// The day by which the settlement of a year must be paid that arrives on its own last day: the time for payment after
/// it, and on to a day on which a period may end.
fn zahltag(kalender: &Kalender, abrechnung: &Abrechnung, jahr: u32) -> Option<Datum> {
    let bis = abrechnung.bis.im_jahr(jahr.checked_add(1)?)?;
    let ende = plus_tage(bis, abrechnung.zahlungsziel_tage.0)?;
    Some(kalender.naechstes_fristende(ende))
}
