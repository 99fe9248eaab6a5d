//! What templates see of a task: who does it for whom, what belongs to it and what does not, what each party has to do with it.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Blick, Geteilt, KoerperschaftSicht, KostenSicht, MengeSicht, kosten, leer};
use super::{ascii, gross, liste, texte};
use crate::compute::{Beteiligte, Menge};
use crate::model::vereinbarung::{Aufgabe, Aufgabenart, Auslage, Betrieb, Vereinbarung};
use crate::model::{Koerperschaft, Schluessel};

/// A task.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AufgabeSicht {
    /// Its key, in ASCII.
    pub schluessel: String,
    /// What it is called.
    pub bezeichnung: String,
    /// The same for a heading.
    pub titel: String,
    /// Who does it.
    pub anbieter: Option<Geteilt<KoerperschaftSicht>>,
    /// Whether the provider is one of the users.
    pub anbieter_ist_anwender: bool,
    /// For whom, without the provider.
    pub empfaenger: Geteilt<MengeSicht>,
    /// Whether those are all users, but the provider.
    pub fuer_alle: bool,
    /// What each of the agreement's `ausfuehrende` has to do with it, in their order: „führt aus“.
    pub rollen: Vec<&'static str>,
    /// What the parties that do no task have to do with it; empty where there are none.
    pub rolle_der_weiteren: &'static str,
    /// Whether right and duty pass to the provider.
    pub delegierend: bool,
    /// Day on which a delegated task passes over, or empty.
    pub uebergang: String,
    /// The office that does it, or empty.
    pub stelle: String,
    /// Since when, or empty.
    pub seit: String,
    /// The services.
    pub leistungen: Vec<String>,
    /// What stays outside.
    pub ausgenommen: Vec<String>,
    /// The same in a sentence: „a, b und c“, with „sowie“ before the last where „und“ stands inside.
    pub ausgenommen_liste: String,
    /// Whether nothing at all is said of what is paid for it.
    pub ohne_entgelt: bool,
    /// Why nothing is paid for it, or empty.
    pub unentgeltlich_weil: String,
    /// Outlays that are passed on at cost.
    pub auslagen: Vec<AuslageSicht>,
    /// Hours, deputies, escalation.
    pub betrieb: Option<BetriebSicht>,
    /// What it costs, where a cost item names it.
    pub kosten: Option<KostenSicht>,
}

/// An outlay.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AuslageSicht {
    /// What is paid.
    pub bezeichnung: String,
    /// How it is shared: „zu gleichen Teilen“.
    pub verteilung: &'static str,
    /// Where the rule comes from, or empty.
    pub quelle: String,
}

/// How a service is kept up.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct BetriebSicht {
    /// Hours.
    pub zeiten: String,
    /// Deputies.
    pub vertretung: String,
    /// Escalation.
    pub eskalation: String,
}

impl Blick<'_> {
    /// The tasks of an agreement with their keys, in its order.
    pub(in crate::template::view) fn aufgaben<'v>(
        &self,
        vereinbarung: &'v Vereinbarung,
    ) -> Vec<(&'v Schluessel, AufgabeSicht)> {
        let ausfuehrende = self.ausfuehrende(vereinbarung);
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let weitere = beteiligte.map(|b| b.parteien.ohne(&ausfuehrende));
        let gruppen = (&ausfuehrende, weitere.as_ref());
        let aufgaben = vereinbarung.aufgaben.iter();
        aufgaben
            .map(|(schluessel, aufgabe)| {
                let sicht = self.aufgabe(vereinbarung, (schluessel, aufgabe), gruppen);
                (schluessel, sicht)
            })
            .collect()
    }

    /// A task; `gruppen` are the agreement's bodies that do tasks, and its other parties.
    fn aufgabe(
        &self,
        vereinbarung: &Vereinbarung,
        (schluessel, aufgabe): (&Schluessel, &Aufgabe),
        (ausfuehrende, weitere): (&Menge<'_>, Option<&Menge<'_>>),
    ) -> AufgabeSicht {
        let anbieter = self.vorgang.koerperschaften.get(&aufgabe.anbieter);
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let empfaenger = beteiligte.and_then(|b| b.empfaenger.get(schluessel));
        let mut positionen = self.vorgang.kosten.values();
        let position = positionen.find(|position| position.aufgabe == *schluessel);
        AufgabeSicht {
            schluessel: ascii(schluessel),
            bezeichnung: aufgabe.bezeichnung.to_string(),
            titel: gross(aufgabe.bezeichnung.as_str()),
            anbieter: anbieter.map(|anbieter| self.koerperschaft(anbieter)),
            anbieter_ist_anwender: anbieter
                .zip(beteiligte)
                .is_some_and(|(anbieter, b)| b.anwender.enthaelt(anbieter)),
            fuer_alle: empfaenger
                .zip(beteiligte)
                .is_some_and(|(empfaenger, b)| sind_alle_anderen(empfaenger, &b.anwender, aufgabe)),
            rollen: ausfuehrende
                .iter()
                .map(|k| rolle(k, aufgabe, empfaenger))
                .collect(),
            rolle_der_weiteren: weitere
                .map_or("", |weitere| rolle_der_weiteren(weitere, empfaenger)),
            empfaenger: empfaenger
                .map(|empfaenger| self.menge(empfaenger))
                .unwrap_or_default(),
            delegierend: aufgabe.art == Aufgabenart::Delegierend,
            uebergang: leer(aufgabe.uebergang),
            stelle: leer(aufgabe.stelle.as_ref()),
            seit: leer(aufgabe.seit.as_ref()),
            leistungen: texte(&aufgabe.leistungen),
            ausgenommen: texte(&aufgabe.ausgenommen),
            ausgenommen_liste: liste(&aufgabe.ausgenommen),
            ohne_entgelt: position.is_none()
                && aufgabe.entgelt.is_none()
                && aufgabe.unentgeltlich_weil.is_none()
                && aufgabe.auslagen.is_empty(),
            unentgeltlich_weil: leer(aufgabe.unentgeltlich_weil.as_ref()),
            auslagen: aufgabe.auslagen.iter().map(auslage).collect(),
            betrieb: aufgabe.betrieb.as_ref().map(betrieb),
            kosten: position.map(|position| kosten(position, vereinbarung.beginn())),
        }
    }

    /// All who do a task.
    pub(super) fn ausfuehrende(&self, vereinbarung: &Vereinbarung) -> Menge<'_> {
        let anbieter = vereinbarung
            .aufgaben
            .values()
            .filter_map(|aufgabe| self.vorgang.koerperschaften.get(&aufgabe.anbieter));
        Menge::aus(self.vorgang, anbieter)
    }

    /// How a table names the parties that do no task: „Gemeinde Bönen“, „Anwenderkommunen“, „übrige Parteien“.
    pub(super) fn weitere_titel(
        &self,
        vereinbarung: &Vereinbarung,
        beteiligte: &Beteiligte<'_>,
    ) -> String {
        let weitere = beteiligte.parteien.ohne(&self.ausfuehrende(vereinbarung));
        let mut glieder = weitere.iter();
        match (glieder.next(), glieder.next()) {
            (None, _) => String::new(),
            (Some(einzige), None) => einzige.amtsform(),
            _ if weitere.ohne(&beteiligte.anwender).ist_leer()
                && beteiligte.anwender.ohne(&weitere).ist_leer() =>
            {
                "Anwenderkommunen".to_owned()
            }
            _ => "übrige Parteien".to_owned(),
        }
    }
}

/// Whether a task is done for every user but its provider.
fn sind_alle_anderen(empfaenger: &Menge<'_>, anwender: &Menge<'_>, aufgabe: &Aufgabe) -> bool {
    let mut andere = anwender.iter().filter(|k| k.schluessel != aufgabe.anbieter);
    empfaenger.ohne(anwender).ist_leer() && andere.all(|k| empfaenger.enthaelt(k))
}

/// What a body has to do with a task.
fn rolle(
    koerperschaft: &Koerperschaft,
    aufgabe: &Aufgabe,
    empfaenger: Option<&Menge<'_>>,
) -> &'static str {
    if koerperschaft.schluessel == aufgabe.anbieter {
        "führt aus"
    } else if empfaenger.is_some_and(|empfaenger| empfaenger.enthaelt(koerperschaft)) {
        "wirkt mit"
    } else {
        "wird informiert"
    }
}

/// What the parties that do no task have to do with one.
fn rolle_der_weiteren(weitere: &Menge<'_>, empfaenger: Option<&Menge<'_>>) -> &'static str {
    let dabei = |k: &&Koerperschaft| empfaenger.is_some_and(|empfaenger| empfaenger.enthaelt(k));
    let dabei = weitere.iter().filter(dabei).count();
    match (weitere.anzahl(), dabei) {
        (0, _) => "",
        (1, 0) => "wird informiert",
        (1, _) => "wirkt mit",
        (_, 0) => "werden informiert",
        (alle, dabei) if alle == dabei => "wirken mit",
        _ => "wirken mit, soweit sie Empfänger sind",
    }
}

fn auslage(auslage: &Auslage) -> AuslageSicht {
    AuslageSicht {
        bezeichnung: auslage.bezeichnung.to_string(),
        verteilung: auslage.verteilung.wortlaut(),
        quelle: leer(auslage.quelle.as_ref()),
    }
}

fn betrieb(betrieb: &Betrieb) -> BetriebSicht {
    BetriebSicht {
        zeiten: betrieb.zeiten.to_string(),
        vertretung: betrieb.vertretung.to_string(),
        eskalation: betrieb.eskalation.to_string(),
    }
}
