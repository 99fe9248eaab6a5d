//! Steps of deliberation: which body does what with a paper, when, in public or not, and what came of it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::Text;
use super::vereinbarung::Norm;
use crate::input::Datum;

/// One step of deliberation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beratung {
    /// The body's name: `Kreistag`.
    pub gremium: Text,
    /// Day of the session.
    pub sitzungsdatum: Option<Datum>,
    /// What the body does.
    #[serde(default)]
    pub beschlussstatus: Beschlussstatus,
    /// In public or not.
    #[serde(default)]
    pub beratungsstatus: Beratungsstatus,
    /// Whether the body was invited with the shorter period for urgent cases.
    #[serde(rename = "verkürzte_ladung", default)]
    pub verkuerzte_ladung: bool,
    /// What came of it, once the session was held.
    pub ergebnis: Option<Ergebnis>,
}

/// Why the deciding body may decide.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zustaendigkeit {
    /// The norm that gives it the decision.
    pub norm: Norm,
    /// Where the council passed the decision on to it: `§ 9 Abs. 2 der Hauptsatzung`.
    #[serde(rename = "übertragen_durch")]
    pub uebertragen_durch: Option<Text>,
}

/// A decision that could not wait for the council.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dringlichkeit {
    /// The norm that allows it: § 50 Abs. 3 KrO NRW, § 60 GO NRW.
    pub norm: Norm,
    /// Day of the urgent decision.
    pub entscheidung_am: Option<Datum>,
    /// Day of the session in which the council is to approve it.
    pub genehmigung_am: Option<Datum>,
}

/// What came of a step.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ergebnis {
    /// What the body did.
    pub status: Ergebnisstatus,
    /// Votes in favour.
    pub ja: Option<u32>,
    /// Votes against.
    pub nein: Option<u32>,
    /// Abstentions.
    pub enthaltungen: Option<u32>,
    /// Members who took no part because they are biased.
    pub befangen: Option<u32>,
    /// What the body decided or recommended, where it is not what had been proposed.
    pub wortlaut: Option<Text>,
}

/// What a body did with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ergebnisstatus {
    /// Decided or recommended as proposed.
    Beschlossen,
    /// Decided or recommended with changes.
    #[serde(rename = "geändert")]
    Geaendert,
    /// Refused.
    Abgelehnt,
    /// Took note.
    #[serde(rename = "kenntnisgenommen")]
    Kenntnisgenommen,
    /// Put off to another session.
    Vertagt,
    /// Sent to another body.
    Verwiesen,
    /// Taken from the agenda.
    Abgesetzt,
    /// Withdrawn by who had brought it in.
    #[serde(rename = "zurückgezogen")]
    Zurueckgezogen,
}

impl Ergebnisstatus {
    /// As it is printed.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Beschlossen => "beschlossen",
            Self::Geaendert => "geändert beschlossen",
            Self::Abgelehnt => "abgelehnt",
            Self::Kenntnisgenommen => "zur Kenntnis genommen",
            Self::Vertagt => "vertagt",
            Self::Verwiesen => "verwiesen",
            Self::Abgesetzt => "abgesetzt",
            Self::Zurueckgezogen => "zurückgezogen",
        }
    }
}

/// What a body does with a paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Beschlussstatus {
    /// Hears it.
    #[serde(rename = "Anhörung")]
    Anhoerung,
    /// Deliberates before another body.
    Vorberatung,
    /// Recommends a decision to another body.
    Empfehlungsbeschluss,
    /// Decides.
    #[default]
    Entscheidung,
    /// Takes note.
    Kenntnisnahme,
}

impl Beschlussstatus {
    /// As it is printed.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Anhoerung => "Anhörung",
            Self::Vorberatung => "Vorberatung",
            Self::Empfehlungsbeschluss => "Empfehlungsbeschluss",
            Self::Entscheidung => "Entscheidung",
            Self::Kenntnisnahme => "Kenntnisnahme",
        }
    }
}

/// In public or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Beratungsstatus {
    /// In public.
    #[default]
    #[serde(rename = "öffentlich")]
    Oeffentlich,
    /// Behind closed doors.
    #[serde(rename = "nichtöffentlich")]
    Nichtoeffentlich,
}

impl Beratungsstatus {
    /// As it is printed.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Oeffentlich => "öffentlich",
            Self::Nichtoeffentlich => "nichtöffentlich",
        }
    }
}
