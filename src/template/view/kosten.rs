//! What an agreement's tasks cost, as its papers show it: the calculation step by step, shares, payments, comparison.
//!
//! Formats what was computed; computes nothing but sums of a table's rows, and those in cents.

use chrono::Datelike;
use schemars::JsonSchema;
use serde::Serialize;

use super::schaubild::{Schaubild, SchaubildSicht};
use super::vereinbarung::{ascii, gross};
use super::{Blick, KoerperschaftSicht, MengeSicht, leer};
use crate::compute::kosten::Rechnung;
use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::input::Cent;
use crate::model::Text;
use crate::model::vereinbarung::Vereinbarung;

mod annahmen;
mod jahr;
mod jahre;
mod regel;
mod vergleich;
mod zahlungen;

use annahmen::{AnnahmeSicht, annahmen_zu};
use jahr::JahrSicht;
use jahre::JahrestabelleSicht;
use regel::{andere_saetze, wird_verteilt, zeitraum};
use vergleich::VergleichSicht;
use zahlungen::{ZahlungsjahrSicht, zahlungen};

pub(super) use jahr::ist_beispiel;
pub use jahre::schaubilder;
pub use regel::KostenSicht;
pub(super) use regel::kosten;

/// All costs of an agreement by year. Amounts are formatted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KostenplanSicht {
    /// The years for which there are figures.
    pub jahre: Vec<u32>,
    /// Those of them that end before the agreement begins: „2020 und 2021“, or empty.
    pub fruehere: String,
    /// How many those are.
    pub fruehere_anzahl: usize,
    /// What each body bears in each of the years, in tables that fit on a page.
    pub tabellen: Vec<JahrestabelleSicht>,
    /// Whether a figure is invented.
    pub beispiel: bool,
    /// Whether a provider bears a share itself.
    pub eigenanteil: bool,
    /// What is assumed of some of the years only.
    pub annahmen: Vec<AnnahmeSicht>,
    /// The charts: the shares of the last year, then those by year.
    pub schaubilder: Vec<SchaubildSicht>,
    /// What it changes that `beitritt` takes part.
    pub vergleich: Option<VergleichSicht>,
    /// Who pays whom, by year of the agreement.
    pub zahlungen: Vec<ZahlungsjahrSicht>,
}

/// A cost item of the agreement.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RechnungSicht {
    /// Its key, in ASCII.
    pub schluessel: String,
    /// The task.
    pub aufgabe: String,
    /// What it is called, for a heading.
    pub titel: String,
    /// Who is paid.
    pub anbieter: KoerperschaftSicht,
    /// The rule.
    pub regel: KostenSicht,
    /// Who shares it by its key under the agreement.
    pub tragende: MengeSicht,
    /// Whether those are all users.
    pub tragen_alle: bool,
    /// Whether the agreement lays down sums that are shared, or invoices may come: else all is borne alone.
    pub wird_verteilt: bool,
    /// Whether the key shares among several: else there are no cents left over, and no share of a year.
    pub unter_mehreren: bool,
    /// Whether the sums are agreed ones.
    pub fest: bool,
    /// Whether a part of a year counts as a part of the amount of the year: not of invoices, which are what they are.
    pub anteilig: bool,
    /// What somebody bears alone, past the key: „die Stadt Selm trägt allein 100,00 € im Monat“.
    pub allein: Vec<String>,
    /// When there are costs where not all the time that the agreement lasts: „ab dem 15. März 2022“, or empty.
    pub zeitraum: String,
    /// Whether invoices that are passed on contain tax.
    pub mit_steuer: bool,
    /// Whether somebody bears a part of it alone, past a key that shares the rest.
    pub hat_direkte: bool,
    /// Whether the provider is among those who share.
    pub hat_eigenanteil: bool,
    /// Why the item differs from its task: another provider, other payers, another period.
    pub gruende: Vec<String>,
    /// What is assumed of all its years.
    pub annahmen: Vec<AnnahmeSicht>,
    /// The years.
    pub jahre: Vec<JahrSicht>,
}

/// What stands where there is no amount.
const OHNE: &str = "–";

impl Blick<'_> {
    /// The costs of an agreement; `None` without figures.
    pub(super) fn kostenplan(&self, vereinbarung: &Vereinbarung) -> Option<KostenplanSicht> {
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel)?;
        let plan = &beteiligte.kosten;
        plan.jahre.first()?;
        let beginn = vereinbarung.beginn().map(|tag| tag.tag().year());
        let ist_frueher = |jahr: u32| {
            let jahr = i32::try_from(jahr).ok();
            jahr.zip(beginn).is_some_and(|(jahr, beginn)| jahr < beginn)
        };
        let fruehere: Vec<_> = plan
            .jahre
            .iter()
            .map(|summe| summe.jahr)
            .filter(|jahr| ist_frueher(*jahr))
            .collect();
        let mut annahmen: Vec<AnnahmeSicht> = Vec::new();
        let mehrere = plan.rechnungen.len() > 1;
        for mut annahme in plan.rechnungen.iter().flat_map(annahmen_zu) {
            if !mehrere {
                annahme.position.clear();
            }
            if !annahme.jahre.is_empty() && !annahmen.contains(&annahme) {
                annahmen.push(annahme);
            }
        }
        Some(KostenplanSicht {
            jahre: plan.jahre.iter().map(|summe| summe.jahr).collect(),
            fruehere: jahresliste(&fruehere),
            fruehere_anzahl: fruehere.len(),
            tabellen: self.jahrestabellen(plan),
            beispiel: plan.rechnungen.iter().any(|rechnung| {
                let mut jahre = rechnung.jahre.iter();
                jahre.any(|jahr| ist_beispiel(rechnung, jahr))
            }),
            eigenanteil: plan
                .rechnungen
                .iter()
                .flat_map(|rechnung| &rechnung.jahre)
                .any(|jahr| jahr.anteile.iter().any(|anteil| anteil.eigen)),
            annahmen,
            schaubilder: self
                .schaubilder(vereinbarung, plan)
                .iter()
                .map(Schaubild::sicht)
                .collect(),
            vergleich: self.vergleich(vereinbarung, beteiligte),
            zahlungen: plan
                .jahre
                .iter()
                // What came before is settled by the rules of before.
                .filter(|summe| !summe.zahlungen.is_empty() && !ist_frueher(summe.jahr))
                .map(zahlungen)
                .collect(),
        })
    }

    /// An item of an agreement.
    pub(super) fn rechnung(
        &self,
        vereinbarung: &Vereinbarung,
        rechnung: &Rechnung<'_>,
    ) -> RechnungSicht {
        let position = rechnung.position;
        let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe);
        let jahre: Vec<_> = rechnung
            .jahre
            .iter()
            .map(|jahr| self.jahr(position, jahr))
            .collect();
        let gruende = [
            position.anbieter.as_ref().map(|a| &a.grund),
            position.zahler.as_ref().map(|z| &z.grund),
            position.zeitraum.as_ref().map(|z| &z.grund),
        ];
        let mut gruende: Vec<_> = gruende.into_iter().flatten().map(Text::einzeilig).collect();
        gruende.extend(andere_saetze(position));
        let tragende = self.tragende_der_position(vereinbarung, position);
        let wird_verteilt = wird_verteilt(position);
        let anwender = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        RechnungSicht {
            tragen_alle: anwender.is_some_and(|b| {
                tragende.ohne(&b.anwender).ist_leer() && b.anwender.ohne(&tragende).ist_leer()
            }),
            tragende: self.menge(&tragende),
            wird_verteilt,
            unter_mehreren: wird_verteilt && tragende.anzahl() > 1,
            fest: position.festbetrag.is_some(),
            anteilig: position.rechnungen.is_none(),
            allein: self.allein(position),
            zeitraum: zeitraum(position, vereinbarung),
            mit_steuer: position.rechnungen.iter().flatten().any(|beleg| {
                let satz = beleg.steuersatz.as_ref();
                satz.is_some_and(|satz| !satz.ist_null())
            }),
            schluessel: ascii(rechnung.schluessel),
            aufgabe: leer(aufgabe.map(|aufgabe| &aufgabe.bezeichnung)),
            titel: gross(&rechnung.bezeichnung.einzeilig()),
            anbieter: self.koerperschaft(rechnung.anbieter),
            regel: kosten(position, vereinbarung.beginn()),
            hat_direkte: jahre.iter().any(|jahr| !jahr.zu_verteilen.is_empty()),
            hat_eigenanteil: wird_verteilt && tragende.enthaelt(rechnung.anbieter),
            gruende,
            // What holds for some of the years only stands by the sums of the years.
            annahmen: annahmen_zu(rechnung)
                .into_iter()
                .filter(|annahme| annahme.jahre.is_empty())
                .collect(),
            jahre,
        }
    }
}

/// „2020, 2021 und 2022“.
fn jahresliste(jahre: &[u32]) -> String {
    let jahre: Vec<_> = jahre.iter().map(ToString::to_string).collect();
    let jahre: Vec<_> = jahre.iter().map(String::as_str).collect();
    aufzaehlung(&jahre, Verbindung::Und)
}

/// An amount, or a dash where there is none.
fn gedruckt(betrag: Option<Cent>) -> String {
    betrag.map_or_else(|| OHNE.to_owned(), |betrag| betrag.to_string())
}
