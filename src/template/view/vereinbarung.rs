//! What templates see of an agreement: its clauses, tasks, authority, annexes and costs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::kosten::{KostenplanSicht, RechnungSicht};
use super::verfahren::RatsbeschlussSicht;
use super::verteilung::VerteilungSicht;
use super::{Blick, Geteilt, KoerperschaftSicht, KostenSicht, MengeSicht, kosten, leer, name};
use crate::compute::zeit::Raster;
use crate::compute::{Beteiligte, Menge, Zustaendigkeit, sprache};
use crate::model::vereinbarung::{
    Abrechnung, Abschlag, Aufgabe, Aufgabenart, Auslage, Beipapier, Beschluss, Betrieb,
    Datenschutz, Kuendigung, Lenkungskreis, Norm, Status, Vereinbarung,
};
use crate::model::{Koerperschaft, Schluessel, Text, Vorgang};

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
    /// The reference of the matter at the body that leads it, or empty.
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
    /// Whether it says of any task when and how it is to be reached.
    pub mit_betrieb: bool,
    /// By which figures that is shared, by cost item.
    pub verteilungen: Vec<VerteilungSicht>,
    /// All of it by year; none without figures.
    pub kostenplan: Option<KostenplanSicht>,
    /// How a part of a year counts, after „wird … verteilt“: „nach Monaten verteilt; ein angefangener Monat zählt mit“.
    pub zeitregel: &'static str,
}

/// A norm.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct NormSicht {
    /// Key of the law.
    pub gesetz: String,
    /// The place in it.
    pub stelle: String,
}

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

/// The board.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct LenkungskreisSicht {
    /// „zweimal“.
    pub haeufigkeit: String,
    /// Who leads it.
    pub vorsitz: Option<Geteilt<KoerperschaftSicht>>,
}

/// When costs are settled.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AbrechnungSicht {
    /// Day in the following year.
    pub bis: String,
    /// „30 Tagen“.
    pub zahlungsziel: String,
    /// „drei Monaten“.
    pub einwendungsfrist: String,
    /// „50 % zum 15. Mai und 50 % zum 15. November“, or empty.
    pub abschlaege: String,
}

/// Personal data handled for others.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct DatenschutzSicht {
    /// Whose.
    pub betroffene: String,
    /// Which.
    pub daten: String,
    /// Whether data concerning health are among them.
    pub gesundheitsdaten: bool,
}

/// How a party can leave.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct KuendigungSicht {
    /// „zwölf Monaten“, or empty.
    pub frist: String,
    /// „Ende eines Kalenderjahres“, or empty.
    pub zum: String,
    /// First day, or empty.
    pub fruehestens: String,
    /// What must be fulfilled.
    pub voraussetzungen: Vec<String>,
    /// In which form, or empty.
    pub form: String,
    /// Whether the right to leave for good cause is named.
    pub wichtiger_grund: bool,
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

/// The authority.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct AufsichtSicht {
    /// „die Bezirksregierung Arnsberg“.
    pub nominativ: String,
    /// The same after a preposition or verb: „die Bezirksregierung Arnsberg“.
    pub akkusativ: String,
    /// The same at the beginning of a line.
    pub satzanfang: String,
    /// „der Bezirksregierung Arnsberg“.
    pub genitiv: String,
    /// „der Bezirksregierung Arnsberg“.
    pub dativ: String,
    /// Its gazette, after „im“.
    pub amtsblatt: String,
    /// Lines of its address, where they are known.
    pub anschrift: Vec<String>,
}

/// A decision of a council.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct BeschlussSicht {
    /// Official form of the party.
    pub koerperschaft: String,
    /// Its council.
    pub gremium: String,
    /// The day.
    pub datum: String,
    /// Number of the paper, or empty.
    pub nummer: String,
}

/// The approval.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct GenehmigungSicht {
    /// The day.
    pub vom: String,
    /// The reference, or empty.
    pub aktenzeichen: String,
}

/// The publication.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VeroeffentlichungSicht {
    /// The day.
    pub am: String,
    /// The day after it: day of effect unless the agreement names a later one.
    pub tag_danach: String,
    /// Day of effect.
    pub wirksam: String,
    /// Whether that day has come, as far as the facts say so.
    pub ist_wirksam: bool,
    /// Number of the issue.
    pub nummer: String,
    /// The page, or empty.
    pub seite: String,
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
        let kosten: Vec<_> = beteiligte
            .iter()
            .flat_map(|beteiligte| &beteiligte.kosten.rechnungen)
            .map(|rechnung| self.rechnung(vereinbarung, rechnung))
            .collect();
        VereinbarungSicht {
            schluessel: vereinbarung.schluessel.to_string(),
            dateiname: dateiname(self.vorgang, vereinbarung),
            titel: self.titel(vereinbarung, VEREINBARUNG),
            parteien: beteiligte
                .map(|beteiligte| self.menge(&beteiligte.parteien))
                .unwrap_or_default(),
            wird_geschrieben: vereinbarung.wird_geschrieben(),
            status: status(vereinbarung.status),
            ist_unterzeichnet: self.ist_unterzeichnet(vereinbarung),
            ist_genehmigt: vereinbarung.status >= Status::Genehmigt,
            gilt_als_genehmigt: vereinbarung.status >= Status::Genehmigt
                && vereinbarung.genehmigung.is_none()
                && vereinbarung.eingang.is_some()
                && vereinbarung.einwendung.is_none(),
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
            aufgaben: aufgaben()
                .map(|(schluessel, aufgabe)| self.aufgabe(vereinbarung, schluessel, aufgabe))
                .collect(),
            delegiert: aufgaben().any(|(_, a)| a.art == Aufgabenart::Delegierend),
            mandatiert: aufgaben().any(|(_, a)| a.art == Aufgabenart::Mandatierend),
            ausfuehrende: self.menge(&self.ausfuehrende(vereinbarung)),
            mitwirkungsrecht: leer(
                vereinbarung
                    .mitwirkung
                    .as_ref()
                    .filter(|mitwirkung| mitwirkung.gewaehrt)
                    .and_then(|mitwirkung| mitwirkung.inhalt.as_ref()),
            ),
            lenkungskreis: vereinbarung
                .lenkungskreis
                .as_ref()
                .map(|kreis| self.lenkungskreis(kreis)),
            abrechnung: vereinbarung.abrechnung.as_ref().map(abrechnung),
            hat_zahlungen: vereinbarung.abrechnung.is_some()
                || aufgaben().any(|(schluessel, aufgabe)| {
                    let mut kosten = self.vorgang.kosten.values();
                    !aufgabe.auslagen.is_empty()
                        || kosten.any(|position| position.aufgabe == *schluessel)
                }),
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
            genehmigung: vereinbarung
                .genehmigung
                .as_ref()
                .map(|genehmigung| GenehmigungSicht {
                    vom: genehmigung.vom.to_string(),
                    aktenzeichen: leer(genehmigung.aktenzeichen.as_ref()),
                }),
            veroeffentlichung: veroeffentlichung(vereinbarung),
            mit_betrieb: aufgaben().any(|(_, aufgabe)| aufgabe.betrieb.is_some()),
            mit_steuer: kosten.iter().any(|rechnung| rechnung.mit_steuer),
            kosten,
            verteilungen: self.verteilungen(vereinbarung),
            kostenplan: self.kostenplan(vereinbarung),
            zeitregel: zeitregel(Raster::aus(vereinbarung.abrechnung.as_ref())),
        }
    }

    pub(super) fn titel(&self, vereinbarung: &Vereinbarung, art: &str) -> Option<String> {
        self.titel
            .get(&(vereinbarung.schluessel.clone(), art.to_owned()))
            .cloned()
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

    pub(super) fn aufgabe(
        &self,
        vereinbarung: &Vereinbarung,
        schluessel: &Schluessel,
        aufgabe: &Aufgabe,
    ) -> AufgabeSicht {
        let anbieter = self.vorgang.koerperschaften.get(&aufgabe.anbieter);
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let empfaenger = beteiligte.and_then(|b| b.empfaenger.get(schluessel));
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
            rollen: self
                .ausfuehrende(vereinbarung)
                .iter()
                .map(|k| rolle(k, aufgabe, empfaenger))
                .collect(),
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
            unentgeltlich_weil: leer(aufgabe.unentgeltlich_weil.as_ref()),
            auslagen: aufgabe.auslagen.iter().map(auslage).collect(),
            betrieb: aufgabe.betrieb.as_ref().map(betrieb),
            kosten: self
                .vorgang
                .kosten
                .values()
                .find(|position| position.aufgabe == *schluessel)
                .map(|position| kosten(position, vereinbarung.beginn())),
        }
    }

    /// All who do a task.
    fn ausfuehrende(&self, vereinbarung: &Vereinbarung) -> Menge<'_> {
        let anbieter = vereinbarung
            .aufgaben
            .values()
            .filter_map(|aufgabe| self.vorgang.koerperschaften.get(&aufgabe.anbieter));
        Menge::aus(self.vorgang, anbieter)
    }

    fn lenkungskreis(&self, kreis: &Lenkungskreis) -> LenkungskreisSicht {
        let zahl = usize::try_from(kreis.sitzungen_im_jahr.0).unwrap_or(usize::MAX);
        LenkungskreisSicht {
            haeufigkeit: format!("{}mal", sprache::zahlwort(zahl)),
            vorsitz: self
                .vorgang
                .koerperschaften
                .get(&kreis.vorsitz)
                .map(|k| self.koerperschaft(k)),
        }
    }

    fn beschluss(&self, beschluss: &Beschluss) -> BeschlussSicht {
        BeschlussSicht {
            koerperschaft: self
                .vorgang
                .koerperschaften
                .get(&beschluss.koerperschaft)
                .map(Koerperschaft::amtsform)
                .unwrap_or_default(),
            gremium: beschluss.gremium.to_string(),
            datum: beschluss.datum.to_string(),
            nummer: leer(beschluss.nummer.as_ref()),
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

pub(super) fn dateiname(vorgang: &Vorgang, vereinbarung: &Vereinbarung) -> String {
    let geschriebene = vorgang
        .vereinbarungen
        .values()
        .filter(|v| v.wird_geschrieben())
        .count();
    if geschriebene > 1 {
        ascii(&vereinbarung.schluessel)
    } else {
        VEREINBARUNG.to_owned()
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

fn norm(norm: &Norm) -> NormSicht {
    NormSicht {
        gesetz: norm.gesetz.to_string(),
        stelle: norm.stelle.to_string(),
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

fn abrechnung(abrechnung: &Abrechnung) -> AbrechnungSicht {
    AbrechnungSicht {
        bis: abrechnung.bis.to_string(),
        zahlungsziel: sprache::dauer_dativ(abrechnung.zahlungsziel_tage.0, "Tag"),
        einwendungsfrist: sprache::dauer_dativ(abrechnung.einwendungsfrist_monate.0, "Monat"),
        abschlaege: abschlaege(&abrechnung.abschlaege),
    }
}

fn abschlaege(abschlaege: &[Abschlag]) -> String {
    let teile: Vec<_> = abschlaege
        .iter()
        .map(|abschlag| {
            let anteil = &abschlag.anteil;
            let anteil = anteil.prozent().unwrap_or_else(|| anteil.to_string());
            format!("{anteil} zum {}", abschlag.zum)
        })
        .collect();
    let teile: Vec<_> = teile.iter().map(String::as_str).collect();
    sprache::aufzaehlung(&teile, sprache::Verbindung::Und)
}

fn zeitregel(raster: Raster) -> &'static str {
    match raster {
        Raster::Monate {
            angefangener_zaehlt: true,
        } => "nach Monaten verteilt; ein angefangener Monat zählt mit",
        Raster::Monate {
            angefangener_zaehlt: false,
        } => "nach Monaten verteilt; ein angefangener Monat zählt nicht",
        Raster::Tage => "nach Tagen verteilt",
    }
}

fn datenschutz(datenschutz: &Datenschutz) -> DatenschutzSicht {
    DatenschutzSicht {
        betroffene: liste(&datenschutz.betroffene),
        daten: liste(&datenschutz.daten),
        gesundheitsdaten: datenschutz.gesundheitsdaten,
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

fn kuendigung(kuendigung: &Kuendigung) -> KuendigungSicht {
    KuendigungSicht {
        frist: leer(
            kuendigung
                .frist_monate
                .map(|monate| sprache::dauer_dativ(monate.0, "Monat")),
        ),
        zum: leer(kuendigung.zum.as_ref()),
        fruehestens: leer(kuendigung.fruehestens),
        voraussetzungen: texte(&kuendigung.voraussetzungen),
        form: leer(kuendigung.form.as_ref()),
        wichtiger_grund: kuendigung.wichtiger_grund.unwrap_or(true),
    }
}

fn aufsicht(beteiligte: &Beteiligte<'_>) -> Option<AufsichtSicht> {
    match &beteiligte.zustaendigkeit {
        Zustaendigkeit::Klar(behoerde) => Some(AufsichtSicht {
            nominativ: behoerde.nominativ.clone(),
            akkusativ: behoerde.akkusativ.clone(),
            satzanfang: gross(&behoerde.nominativ),
            genitiv: behoerde.genitiv.clone(),
            dativ: behoerde.dativ.clone(),
            amtsblatt: behoerde.amtsblatt.clone(),
            anschrift: behoerde.anschrift.clone(),
        }),
        Zustaendigkeit::Unklar(_) => None,
    }
}

fn veroeffentlichung(vereinbarung: &Vereinbarung) -> Option<VeroeffentlichungSicht> {
    let veroeffentlichung = vereinbarung.veroeffentlichung.as_ref()?;
    let danach = crate::input::Datum::from(veroeffentlichung.am.tag().succ_opt()?);
    Some(VeroeffentlichungSicht {
        am: veroeffentlichung.am.to_string(),
        tag_danach: danach.to_string(),
        wirksam: vereinbarung
            .beginn()
            .map_or(danach, |beginn| beginn.max(danach))
            .to_string(),
        ist_wirksam: vereinbarung.status == Status::InKraft || vereinbarung.in_kraft_seit.is_some(),
        nummer: veroeffentlichung.nummer.to_string(),
        seite: leer(veroeffentlichung.seite.as_ref()),
    })
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
