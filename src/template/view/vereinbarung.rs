//! What templates see of an agreement: its clauses, tasks, authority, annexes and costs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::kosten::{KostenplanSicht, RechnungSicht};
use super::verfahren::RatsbeschlussSicht;
use super::verteilung::VerteilungSicht;
use super::{Blick, Geteilt, KoerperschaftSicht, MengeSicht, leer, name};
use crate::compute::sprache;
use crate::compute::zeit::Raster;
use crate::model::vereinbarung::{
    Aufgabenart, Auslagenverteilung, Beipapier, Status, Vereinbarung,
};
use crate::model::{Schluessel, Text};

mod aufgabe;
mod aufsicht;
mod klauseln;

pub use aufgabe::AufgabeSicht;
use aufsicht::{
    AufsichtSicht, BeschlussSicht, GenehmigungSicht, VeroeffentlichungSicht, aufsicht, genehmigung,
    gilt_als_genehmigt, veroeffentlichung,
};
use klauseln::{
    AbrechnungSicht, DatenschutzSicht, KuendigungSicht, LenkungskreisSicht, NormSicht, abrechnung,
    datenschutz, kuendigung, mitwirkungsrecht, norm, zeitregel,
};

/// An agreement.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VereinbarungSicht {
    /// Its key.
    pub schluessel: String,
    /// Its name for file names: `vereinbarung`, or its key where the matter has several.
    pub dateiname: String,
    /// Its title, from the head of its template; absent while that head is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titel: Option<String>,
    /// Its parties.
    pub parteien: Geteilt<MengeSicht>,
    /// Whether papers are made of it.
    pub wird_geschrieben: bool,
    /// Where it stands: `entwurf`, `beschlossen`, `unterzeichnet`, `genehmigt`, `in-kraft`.
    pub status: &'static str,
    /// Whether all parties have signed.
    pub ist_unterzeichnet: bool,
    /// Whether the authority has approved.
    pub ist_genehmigt: bool,
    /// Whether the approval is deemed granted: the authority had the agreement and said nothing (§ 24 Abs. 2 GkG NRW).
    pub gilt_als_genehmigt: bool,
    /// Whether its end by common consent was published.
    pub aufhebung_bekannt: bool,
    /// The reference of the matter at the party that files for all, or empty.
    pub aktenzeichen: String,
    /// Whether a user does a task.
    pub anbieter_unter_anwendern: bool,
    /// Day of conclusion, or empty.
    pub geschlossen: String,
    /// Day for which it cites the law, or empty.
    pub rechtsstand: String,
    /// What it is about, after „über“, or empty.
    pub gegenstand: String,
    /// The norm that makes the municipal parties responsible.
    pub traeger_norm: Option<NormSicht>,
    /// The IT application, or empty.
    pub anwendung: String,
    /// Its tasks in the order in which they were typed.
    pub aufgaben: Vec<AufgabeSicht>,
    /// Whether a task is delegated.
    pub delegiert: bool,
    /// Whether a task is mandated.
    pub mandatiert: bool,
    /// All who do a task.
    pub ausfuehrende: Geteilt<MengeSicht>,
    /// The right of the others to take part, where it is granted: a sentence, or empty.
    pub mitwirkungsrecht: String,
    /// The board.
    pub lenkungskreis: Option<LenkungskreisSicht>,
    /// When costs are settled.
    pub abrechnung: Option<AbrechnungSicht>,
    /// Whether anything is paid under it.
    pub hat_zahlungen: bool,
    /// The party that files for all: the one that leads the matter, else who does the first task.
    pub antragstellend: Option<Geteilt<KoerperschaftSicht>>,
    /// What personal data are handled for others.
    pub datenschutz: Option<DatenschutzSicht>,
    /// How a party can leave.
    pub kuendigung: Option<KuendigungSicht>,
    /// Earliest day of effect, or empty.
    pub beginn: String,
    /// Last day, or empty.
    pub ende: String,
    /// What is agreed for the case that a council refuses, or empty.
    pub bei_ablehnung: String,
    /// Its annexes in order.
    pub anlagen: Vec<BeipapierSicht>,
    /// Its annexes by kind of paper.
    pub anlage: BTreeMap<String, BeipapierSicht>,
    /// The authority that approves it; none where that is not clear.
    pub aufsicht: Option<AufsichtSicht>,
    /// Decisions of the parties' councils that carry it.
    pub beschluesse: Vec<BeschlussSicht>,
    /// What became of it in the council of each party, in the order of lists; empty where nothing is known of any.
    pub beschlusslage: Vec<RatsbeschlussSicht>,
    /// The parties without a decision that carries it; nobody where nothing is known of any.
    pub ohne_beschluss: Geteilt<MengeSicht>,
    /// The authority's approval.
    pub genehmigung: Option<GenehmigungSicht>,
    /// Publication in the authority's gazette.
    pub veroeffentlichung: Option<VeroeffentlichungSicht>,
    /// What its tasks cost.
    pub kosten: Vec<RechnungSicht>,
    /// Whether invoices of others that are passed on contain tax.
    pub mit_steuer: bool,
    /// Whether it says of any task what stays outside.
    pub mit_ausgenommenem: bool,
    /// Whether it says of any task when and how it is to be reached.
    pub mit_betrieb: bool,
    /// By which figures that is shared, by cost item.
    pub verteilungen: Vec<VerteilungSicht>,
    /// All of it by year; none without figures.
    pub kostenplan: Option<KostenplanSicht>,
    /// Whether anything is paid that a key or a rule shares among several.
    pub wird_geteilt: bool,
    /// Whether anything is paid at all, be it only outlays.
    pub hat_kosten: bool,
    /// Whether a part of a year counts as a part of its amount for any cost item.
    pub anteilig: bool,
    /// How a part of a year counts, after „wird …“: „nach Monaten verteilt; ein angefangener Monat zählt mit“.
    pub zeitregel: String,
    /// The same where nobody shares: „nach Monaten berechnet; ein angefangener Monat zählt mit“.
    pub zeitregel_allein: String,
    /// The parties that do no task: how a table names them, or empty for none.
    pub weitere_titel: String,
}

/// An annex of the agreement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BeipapierSicht {
    /// Its number, from 1.
    pub nummer: usize,
    /// „Anlage“ where it is the only one, else „Anlage 1“ …
    pub name: String,
    /// Its title, from the head of its template; absent while that head is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titel: Option<String>,
    /// Whether it is part of the agreement.
    pub bestandteil: bool,
}

/// Titles of papers, from the heads of their templates: by agreement and kind of paper.
pub type Titel = BTreeMap<(Schluessel, String), String>;

/// The kind of paper that an agreement itself is.
pub const VEREINBARUNG: &str = "vereinbarung";

/// The kind of paper that a key names: `kostenübersicht` is made by `kostenuebersicht.md`.
pub(in crate::template) fn papierart(schluessel: &Schluessel) -> String {
    name(schluessel)
}

impl Blick<'_> {
    pub(super) fn vereinbarung(&self, vereinbarung: &Vereinbarung) -> VereinbarungSicht {
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let anlagen = self.beipapiere(vereinbarung);
        let aufgaben = || vereinbarung.aufgaben.iter();
        let auslagen = || aufgaben().flat_map(|(_, aufgabe)| &aufgabe.auslagen);
        let mehrere_anwender = beteiligte.is_some_and(|b| b.anwender.anzahl() > 1);
        let hat_kosten = auslagen().next().is_some()
            || self
                .vorgang
                .kosten
                .values()
                .any(|position| vereinbarung.aufgaben.contains_key(&position.aufgabe));
        let raster = Raster::aus(vereinbarung.abrechnung.as_ref());
        let kosten: Vec<_> = beteiligte
            .iter()
            .flat_map(|beteiligte| &beteiligte.kosten.rechnungen)
            .map(|rechnung| self.rechnung(vereinbarung, rechnung))
            .collect();
        VereinbarungSicht {
            schluessel: vereinbarung.schluessel.to_string(),
            dateiname: self.dateiname(vereinbarung),
            titel: self.titel(vereinbarung, VEREINBARUNG),
            parteien: beteiligte
                .map(|beteiligte| self.menge(&beteiligte.parteien))
                .unwrap_or_default(),
            wird_geschrieben: vereinbarung.wird_geschrieben(),
            status: status(vereinbarung.status),
            ist_unterzeichnet: self.ist_unterzeichnet(vereinbarung),
            ist_genehmigt: vereinbarung.status >= Status::Genehmigt,
            gilt_als_genehmigt: gilt_als_genehmigt(vereinbarung),
            aufhebung_bekannt: vereinbarung
                .aufhebung
                .as_ref()
                .is_some_and(|aufhebung| aufhebung.veroeffentlichung.is_some()),
            aktenzeichen: self.aktenzeichen(vereinbarung),
            anbieter_unter_anwendern: beteiligte.is_some_and(|b| {
                let ausfuehrende = self.ausfuehrende(vereinbarung);
                ausfuehrende.iter().any(|k| b.anwender.enthaelt(k))
            }),
            geschlossen: leer(self.geschlossen(vereinbarung)),
            rechtsstand: leer(self.vorgang.rechtsstand(vereinbarung)),
            gegenstand: leer(vereinbarung.gegenstand.as_ref()),
            traeger_norm: vereinbarung.traeger_norm.as_ref().map(norm),
            anwendung: leer(vereinbarung.anwendung.as_ref()),
            aufgaben: self
                .aufgaben(vereinbarung)
                .into_iter()
                .map(|(_, aufgabe)| aufgabe)
                .collect(),
            delegiert: aufgaben().any(|(_, a)| a.art == Aufgabenart::Delegierend),
            mandatiert: aufgaben().any(|(_, a)| a.art == Aufgabenart::Mandatierend),
            ausfuehrende: self.menge(&self.ausfuehrende(vereinbarung)),
            mitwirkungsrecht: mitwirkungsrecht(vereinbarung),
            lenkungskreis: vereinbarung
                .lenkungskreis
                .as_ref()
                .map(|kreis| self.lenkungskreis(kreis)),
            abrechnung: vereinbarung.abrechnung.as_ref().map(abrechnung),
            hat_zahlungen: vereinbarung.abrechnung.is_some() || hat_kosten,
            antragstellend: self.antragstellend(vereinbarung),
            beschlusslage: self.beschlusslage(vereinbarung),
            ohne_beschluss: self.ohne_beschluss(vereinbarung),
            datenschutz: vereinbarung.datenschutz.as_ref().map(datenschutz),
            kuendigung: vereinbarung.kuendigung.as_ref().map(kuendigung),
            bei_ablehnung: leer(vereinbarung.bei_ablehnung.as_ref()),
            beginn: leer(vereinbarung.beginn()),
            ende: leer(vereinbarung.ende),
            anlage: vereinbarung
                .anlagen
                .iter()
                .map(|papier| papierart(&papier.papier))
                .zip(anlagen.iter().cloned())
                .collect(),
            anlagen,
            aufsicht: beteiligte.and_then(aufsicht),
            beschluesse: vereinbarung
                .beschluesse
                .iter()
                .filter(|beschluss| beschluss.stimmt_zu())
                .map(|beschluss| self.beschluss(beschluss))
                .collect(),
            genehmigung: genehmigung(vereinbarung),
            veroeffentlichung: veroeffentlichung(vereinbarung),
            mit_ausgenommenem: aufgaben().any(|(_, aufgabe)| !aufgabe.ausgenommen.is_empty()),
            mit_betrieb: aufgaben().any(|(_, aufgabe)| aufgabe.betrieb.is_some()),
            mit_steuer: kosten.iter().any(|rechnung| rechnung.mit_steuer),
            wird_geteilt: kosten.iter().any(|rechnung| rechnung.unter_mehreren)
                || mehrere_anwender
                    && auslagen().any(|a| a.verteilung == Auslagenverteilung::GleicheTeile),
            hat_kosten,
            anteilig: kosten.iter().any(|rechnung| rechnung.anteilig),
            kosten,
            verteilungen: self.verteilungen(vereinbarung),
            kostenplan: self.kostenplan(vereinbarung),
            zeitregel: zeitregel(raster, "verteilt"),
            zeitregel_allein: zeitregel(raster, "berechnet"),
            weitere_titel: beteiligte
                .map_or_else(String::new, |b| self.weitere_titel(vereinbarung, b)),
        }
    }

    pub(super) fn titel(&self, vereinbarung: &Vereinbarung, art: &str) -> Option<String> {
        self.titel
            .get(&(vereinbarung.schluessel.clone(), art.to_owned()))
            .cloned()
    }

    /// Its name for file names: that of its kind, or its key where several are written.
    pub(super) fn dateiname(&self, vereinbarung: &Vereinbarung) -> String {
        let mehrere = self.vorrat.mehrere_geschriebene(|| {
            let alle = self.vorgang.vereinbarungen.values();
            alle.filter(|v| v.wird_geschrieben()).nth(1).is_some()
        });
        if mehrere {
            ascii(&vereinbarung.schluessel)
        } else {
            VEREINBARUNG.to_owned()
        }
    }

    fn beipapiere(&self, vereinbarung: &Vereinbarung) -> Vec<BeipapierSicht> {
        let mehrere = vereinbarung.anlagen.len() > 1;
        let beipapier = |(i, papier): (usize, &Beipapier)| BeipapierSicht {
            nummer: i + 1,
            name: if mehrere {
                format!("Anlage {}", i + 1)
            } else {
                "Anlage".to_owned()
            },
            titel: self.titel(vereinbarung, &papierart(&papier.papier)),
            bestandteil: papier.bestandteil,
        };
        vereinbarung
            .anlagen
            .iter()
            .enumerate()
            .map(beipapier)
            .collect()
    }
}

/// A key in ASCII, with its hyphens.
pub(super) fn ascii(schluessel: &Schluessel) -> String {
    name(schluessel).replace('_', "-")
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Entwurf => "entwurf",
        Status::Beschlossen => "beschlossen",
        Status::Unterzeichnet => "unterzeichnet",
        Status::Genehmigt => "genehmigt",
        Status::InKraft => "in-kraft",
    }
}

/// The texts in a sentence.
fn liste(texte: &[Text]) -> String {
    let teile: Vec<_> = texte.iter().map(Text::as_str).collect();
    let verbindung = if teile.iter().any(|teil| teil.contains(" und ")) {
        sprache::Verbindung::Sowie
    } else {
        sprache::Verbindung::Und
    };
    sprache::aufzaehlung(&teile, verbindung)
}

fn texte(texte: &[Text]) -> Vec<String> {
    texte.iter().map(ToString::to_string).collect()
}

/// With a capital at the beginning, as a sentence or a heading begins.
pub(super) fn gross(text: &str) -> String {
    let mut zeichen = text.chars();
    match zeichen.next() {
        Some(erstes) => erstes.to_uppercase().chain(zeichen).collect(),
        None => String::new(),
    }
}
