//! Cost items: what a task costs, on which basis, and by which key it is shared.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::koerperschaft::Schluessel;
use super::text::Text;
use crate::diagnostic::Route;
use crate::input::{Betrag, Bruch, Wertfehler, deserialize_scalar};

/// A cost item of a task: an Arbeitsplatz after the KGSt's method.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kostenposition {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Key of the task in the agreement.
    pub aufgabe: Schluessel,
    /// Share of a full-time post (Vollzeitäquivalent), exact: `0,25`.
    pub stellenanteil: Stellenanteil,
    /// The grades that the post may have, as printed.
    pub bewertung: Vec<Text>,
    /// Rate of the Gemeinkosten on the Personalkosten.
    pub gemeinkosten: Bruch,
    /// Share of the flat for Sachkosten.
    pub sachkosten: Bruch,
    /// How the sum is shared.
    #[serde(rename = "schlüssel")]
    pub schluessel: Verteilung,
    /// The report that the figures are taken from: `KGSt-Bericht „Kosten eines Arbeitsplatzes“`.
    pub bericht: Option<Text>,
    /// Which edition of the report counts, after „in der“: `am 1. Januar des Abrechnungsjahres vorliegenden Fassung`.
    pub ausgabe: Option<Text>,
    /// What the paper assumes because nobody has said it.
    #[serde(default)]
    pub annahmen: Vec<Text>,
    /// The figures of each year.
    #[serde(default)]
    pub werte: Vec<Jahreswert>,
}

/// The figures of a year.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Jahreswert {
    /// The year.
    pub jahr: u32,
    /// Personalkosten of a full post, in euros a year.
    pub personalkosten: Betrag,
    /// The flat for Sachkosten of a post, in euros a year.
    pub sachkosten_pauschale: Betrag,
    /// Where they come from: an edition and page, or `Beispielwert`.
    pub quelle: Text,
}

/// How a sum is shared among the users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verteilung {
    /// In equal parts.
    GleicheTeile,
}

impl Verteilung {
    /// The weight of each user, printed in a formula.
    pub fn gewicht(self) -> num_rational::BigRational {
        match self {
            Self::GleicheTeile => num_rational::BigRational::from_integer(1.into()),
        }
    }

    /// The key in the words of a paper, after „zu“ or „nach“: `zu gleichen Teilen`.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::GleicheTeile => "zu gleichen Teilen",
        }
    }
}

/// A share of a full-time post, exact: `0,25`, `1/4` or `1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stellenanteil(pub Bruch);

impl<'de> Deserialize<'de> for Stellenanteil {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Stellenanteil", "0,25", |text| {
            let anteil = Bruch::als_zahl(text)?;
            if anteil.ist_null() {
                return Err(Wertfehler::new("ein Stellenanteil von 0 kostet nichts")
                    .abhilfe("einen Anteil wie 0,25 eintragen oder die Kostenposition löschen"));
            }
            Ok(Self(anteil))
        })
    }
}
