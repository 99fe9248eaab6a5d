//! Agreements (öffentlich-rechtliche Vereinbarungen): parties, tasks, clauses, status, what replaces what.

use schemars::JsonSchema;
use serde::Deserialize;

use super::beratung::Ergebnisstatus;
use super::frist::{Amtsblatt, Zahl};
use super::koerperschaft::Schluessel;
use super::kosten::Jahrestag;
use super::reihe::Reihe;
use super::text::{Prosa, Text};
use super::verfahren::{
    Aufhebung, Ausscheiden, Einwendung, Mitwirkung, Unterrichtung, Unterschrift,
};
use crate::diagnostic::Route;
use crate::input::{Bruch, Datum};

/// An agreement.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vereinbarung {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Its key.
    #[serde(skip)]
    pub schluessel: Schluessel,
    /// Where it stands between draft and effect.
    #[serde(default)]
    pub status: Status,
    /// Day of conclusion: of the last signature.
    pub geschlossen: Option<Datum>,
    /// Day on which it took effect, once that is known.
    pub in_kraft_seit: Option<Datum>,
    /// Day for which it cites the law; the day of conclusion, else of the last decision on it, if absent.
    pub rechtsstand: Option<Datum>,
    /// What it is about, after „über“: `die gemeinsame Betreuung …`.
    pub gegenstand: Option<Text>,
    /// Why it is made.
    #[serde(rename = "präambel")]
    pub praeambel: Option<Prosa>,
    /// The norm that makes the municipal parties responsible.
    #[serde(rename = "träger_norm")]
    pub traeger_norm: Option<Norm>,
    /// The IT application that the tasks serve.
    pub anwendung: Option<Text>,
    /// The parties named one by one.
    pub parteien: Vec<Schluessel>,
    /// All who use the service on this day are parties too; the day also decides the share of each.
    pub anwender_zum: Option<Datum>,
    /// Earliest day of effect; `anwender_zum` if absent.
    pub wirksam_ab: Option<Datum>,
    /// The agreement that it replaces.
    pub ersetzt: Option<Schluessel>,
    /// The tasks by key, in the order of the papers. Papers are made of the agreement as soon as a task enumerates its services.
    #[serde(default)]
    pub aufgaben: Reihe<Aufgabe>,
    /// The right of the others to take part in the performance of the tasks, granted or waived.
    pub mitwirkung: Option<Mitwirkung>,
    /// The board of the parties, if there is one.
    pub lenkungskreis: Option<Lenkungskreis>,
    /// When costs are settled.
    pub abrechnung: Option<Abrechnung>,
    /// What personal data are handled for others; absent if none are.
    pub datenschutz: Option<Datenschutz>,
    /// How a party can leave.
    #[serde(rename = "kündigung")]
    pub kuendigung: Option<Kuendigung>,
    /// Its last day; unlimited if absent.
    pub ende: Option<Datum>,
    /// What is agreed for the case that the council of a party refuses: a sentence of the agreement.
    pub bei_ablehnung: Option<Text>,
    /// Its own annexes in order.
    #[serde(default)]
    pub anlagen: Vec<Beipapier>,
    /// The authority, where another than the computed one decides.
    pub aufsicht: Option<Aufsicht>,
    /// When the authority's gazette appears; as the base data say if absent.
    pub amtsblatt: Option<Amtsblatt>,
    /// Parties that told their Kreis of negotiations with partners outside of it.
    #[serde(default)]
    pub unterrichtung_kreis: Vec<Unterrichtung>,
    /// Decisions of the parties' councils.
    #[serde(rename = "beschlüsse", default)]
    pub beschluesse: Vec<Beschluss>,
    /// Day by which all parties mean to have signed.
    pub unterzeichnet_bis: Option<Datum>,
    /// Signatures of the parties.
    #[serde(default)]
    pub unterzeichnet: Vec<Unterschrift>,
    /// Day on which the signed agreement reached the authority.
    pub eingang: Option<Datum>,
    /// What the authority said against it.
    pub einwendung: Option<Einwendung>,
    /// The authority's approval.
    pub genehmigung: Option<Genehmigung>,
    /// Publication in the authority's gazette.
    #[serde(rename = "veröffentlichung")]
    pub veroeffentlichung: Option<Veroeffentlichung>,
    /// Parties that left it.
    #[serde(default)]
    pub ausscheiden: Vec<Ausscheiden>,
    /// Its end by common consent.
    pub aufhebung: Option<Aufhebung>,
}

impl Vereinbarung {
    /// Whether papers are made of it: as soon as a task enumerates its services. Until then it is known by its parties
    /// and providers alone, like an earlier agreement whose text lies elsewhere.
    pub fn wird_geschrieben(&self) -> bool {
        self.aufgaben
            .values()
            .any(|aufgabe| !aufgabe.leistungen.is_empty())
    }

    /// The norm that makes the recipients of a task responsible: its own, else that of the agreement.
    pub fn traeger_norm_von<'a>(&'a self, aufgabe: &'a Aufgabe) -> Option<&'a Norm> {
        aufgabe.traeger_norm.as_ref().or(self.traeger_norm.as_ref())
    }

    /// The place of a task in the YAML.
    pub fn route_der_aufgabe(&self, aufgabe: &Schluessel) -> Route {
        self.route.feld("aufgaben").feld(aufgabe.as_str())
    }

    /// Earliest day of effect.
    pub fn beginn(&self) -> Option<Datum> {
        self.wirksam_ab.or(self.anwender_zum)
    }
}

/// Where an agreement stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A draft.
    #[default]
    Entwurf,
    /// Decided by the councils.
    Beschlossen,
    /// Signed by all parties.
    Unterzeichnet,
    /// Approved by the authority.
    Genehmigt,
    /// In effect.
    InKraft,
}

/// A norm of a law that the program knows.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// Key of the law: `ag-asylblg`.
    pub gesetz: Schluessel,
    /// The place in it: `§ 1 Abs. 1`.
    pub stelle: Text,
}

/// A task that one party does for others.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aufgabe {
    /// What it is called.
    pub bezeichnung: Text,
    /// Who does it.
    pub anbieter: Schluessel,
    /// For whom; all municipal parties but the provider if absent.
    #[serde(rename = "empfänger", default)]
    pub empfaenger: Vec<Schluessel>,
    /// Whether the others stay responsible.
    #[serde(default)]
    pub art: Aufgabenart,
    /// Day on which a delegated task passes over; with the agreement's effect if absent.
    #[serde(rename = "übergang")]
    pub uebergang: Option<Datum>,
    /// The task of the recipients that it serves, where they are not responsible for it itself.
    pub dient: Option<Text>,
    /// The norm that makes the recipients responsible for it or for the task that it serves; that of the agreement if
    /// absent.
    #[serde(rename = "träger_norm")]
    pub traeger_norm: Option<Norm>,
    /// The office that does it: `FD 16`.
    pub stelle: Option<Text>,
    /// Since when.
    pub seit: Option<Text>,
    /// The services, one by one.
    #[serde(default)]
    pub leistungen: Vec<Text>,
    /// What stays outside, one by one.
    #[serde(default)]
    pub ausgenommen: Vec<Text>,
    /// What is paid for it; follows from the cost items and `unentgeltlich_weil` if absent.
    pub entgelt: Option<Entgelt>,
    /// How much of its cost is paid, where that is less than all.
    pub kostendeckung: Option<Kostendeckung>,
    /// Why it is cooperation in the sense of § 108 Abs. 6 GWB: a clause after „weil“.
    pub kooperation_weil: Option<Text>,
    /// Why nothing is paid for it: a clause after „weil“.
    pub unentgeltlich_weil: Option<Text>,
    /// Outlays that are passed on at cost.
    #[serde(default)]
    pub auslagen: Vec<Auslage>,
    /// Hours of service, deputies, way of escalation: for the Organisationskonzept.
    pub betrieb: Option<Betrieb>,
}

/// Who is responsible for a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Aufgabenart {
    /// The provider carries it out, the others stay responsible (§ 23 Abs. 1 Alt. 2, Abs. 2 Satz 2 GkG NRW).
    #[default]
    Mandatierend,
    /// Right and duty pass to the provider (§ 23 Abs. 1 Alt. 1, Abs. 2 Satz 1 GkG NRW).
    Delegierend,
}

/// What is paid for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Entgelt {
    /// What it costs, and no more.
    Kostenerstattung,
    /// A fixed sum, whatever it costs.
    Pauschale,
    /// Nothing but outlays at cost.
    Unentgeltlich,
}

/// How much of its cost is paid.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kostendeckung {
    /// The share, at most the whole: `80 %`.
    pub anteil: Bruch,
    /// Why the provider bears the rest: a clause after „weil“.
    pub weil: Option<Text>,
}

/// An outlay that a provider passes on at cost.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Auslage {
    /// What is paid, in the plural: `Wartungskosten des Softwareanbieters`.
    pub bezeichnung: Text,
    /// Who bears it.
    pub verteilung: Auslagenverteilung,
    /// Where that rule comes from: `Beispielwert`.
    pub quelle: Option<Text>,
}

/// Who bears an outlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Auslagenverteilung {
    /// All users in equal parts.
    GleicheTeile,
    /// Whoever it was paid for.
    Verursacher,
}

impl Auslagenverteilung {
    /// After „werden“ … „getragen“.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::GleicheTeile => "zu gleichen Teilen",
            Self::Verursacher => "nach dem tatsächlichen Bezug",
        }
    }
}

/// How a service is kept up.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Betrieb {
    /// Hours of service.
    pub zeiten: Text,
    /// Who stands in.
    pub vertretung: Text,
    /// What happens when it does not go on.
    pub eskalation: Text,
}

/// The board of the parties.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lenkungskreis {
    /// How often it meets at least in a year.
    pub sitzungen_im_jahr: Zahl<52>,
    /// Who leads it.
    pub vorsitz: Schluessel,
}

/// When costs are settled.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abrechnung {
    /// Day in the following year by which the account must come: `31. März`.
    pub bis: Jahrestag,
    /// Days until it is due.
    pub zahlungsziel_tage: Zahl<365>,
    /// Months in which objections can be raised.
    pub einwendungsfrist_monate: Zahl<60>,
    /// How parts of a year are counted.
    #[serde(default)]
    pub zeitrechnung: Zeitrechnung,
    /// Whether a month that has begun counts in full; only where months are counted.
    #[serde(default)]
    pub angefangener_monat: AngefangenerMonat,
    /// Instalments on the amount of the year.
    #[serde(rename = "abschläge", default)]
    pub abschlaege: Vec<Abschlag>,
}

/// How parts of a year are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Zeitrechnung {
    /// In twelfths.
    #[default]
    Monate,
    /// In days of 365 or 366.
    Tage,
}

/// Whether a month that has begun counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum AngefangenerMonat {
    /// It counts in full.
    #[default]
    #[serde(rename = "zählt")]
    Zaehlt,
    /// It does not count.
    #[serde(rename = "zählt-nicht")]
    ZaehltNicht,
}

/// An instalment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abschlag {
    /// When it is due.
    pub zum: Jahrestag,
    /// Which part of the year's amount it is.
    pub anteil: Bruch,
}

/// What personal data are handled for others (Art. 28 Abs. 3 DSGVO).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Datenschutz {
    /// Whose data, in the genitive plural with its article.
    pub betroffene: Vec<Text>,
    /// Kinds of data.
    pub daten: Vec<Text>,
    /// Whether data concerning health are among them (Art. 9 DSGVO).
    #[serde(default)]
    pub gesundheitsdaten: bool,
    /// A contract of its own on the processing, where there is one: what it is called.
    pub avv: Option<Text>,
}

/// How a party can leave.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kuendigung {
    /// Months of notice.
    pub frist_monate: Option<Zahl<120>>,
    /// To which day, after „zum“: `Ende eines Kalenderjahres`.
    pub zum: Option<Text>,
    /// First day to which notice can be given.
    #[serde(rename = "frühestens")]
    pub fruehestens: Option<Datum>,
    /// What must be fulfilled, each a clause after „wenn“.
    #[serde(default)]
    pub voraussetzungen: Vec<Text>,
    /// Whether no reasons need to be given: said in so many words, since a period alone leaves it open.
    #[serde(rename = "ohne_gründe", default)]
    pub ohne_gruende: bool,
    /// In which form: `schriftlich gegenüber allen anderen Parteien`.
    pub form: Option<Text>,
    /// Whether the agreement names the right to leave for good cause; it does if absent.
    pub wichtiger_grund: Option<bool>,
}

/// An annex of an agreement: a paper that a template makes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beipapier {
    /// Kind of paper: `kostenübersicht`.
    pub papier: Schluessel,
    /// Whether it is part of the agreement; else it only informs.
    #[serde(default)]
    pub bestandteil: bool,
}

/// An authority as typed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aufsicht {
    /// „die Bezirksregierung Münster“.
    pub nominativ: Text,
    /// „der Bezirksregierung Münster“.
    pub genitiv: Text,
    /// „der Bezirksregierung Münster“.
    pub dativ: Text,
    /// „die Bezirksregierung Münster“.
    pub akkusativ: Text,
    /// Its gazette, after „im“.
    pub amtsblatt: Text,
    /// Lines of its address; as the base data say if absent.
    #[serde(default)]
    pub anschrift: Vec<Text>,
    /// Why it is not the computed one.
    pub grund: Text,
}

/// A decision of a party's council.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beschluss {
    /// The party.
    #[serde(rename = "körperschaft")]
    pub koerperschaft: Schluessel,
    /// Its council.
    pub gremium: Text,
    /// Day of the decision.
    pub datum: Datum,
    /// What it decided; as proposed if absent.
    pub ergebnis: Option<Ergebnisstatus>,
    /// What it reserved, each a clause.
    #[serde(default)]
    pub vorbehalte: Vec<Text>,
    /// Number of the paper.
    pub nummer: Option<Text>,
}

impl Beschluss {
    /// Whether it carries the agreement; taking note of it does not.
    pub fn stimmt_zu(&self) -> bool {
        matches!(
            self.ergebnis,
            None | Some(Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert)
        )
    }
}

/// The authority's approval.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Genehmigung {
    /// Its day.
    pub vom: Datum,
    /// Its reference.
    pub aktenzeichen: Option<Text>,
}

/// Publication in the authority's gazette.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Veroeffentlichung {
    /// Day of the issue.
    pub am: Datum,
    /// Number of the issue: `5/2022`.
    pub nummer: Text,
    /// Page in it.
    pub seite: Option<Text>,
}
