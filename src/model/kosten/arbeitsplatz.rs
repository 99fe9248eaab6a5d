//! A post: grade and share by date, the rates on it, and the published values by year.

use num_rational::BigRational;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::super::text::Text;
use super::zahlen::{Kalenderjahr, Umfang};
use crate::input::{Betrag, Bruch, Datum, Wertfehler, deserialize_scalar};

/// A post after the KGSt's method: Personalkosten × share + Gemeinkosten + share of the flat for Sachkosten.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arbeitsplatz {
    /// Agreed share of a full-time post (Vollzeitäquivalent), exact: `0,25`.
    pub stellenanteil: Stellenanteil,
    /// The grades that the post may have, as printed.
    pub bewertung: Vec<Text>,
    /// The grade and share that the post really has, by date.
    #[serde(default)]
    pub besetzung: Vec<Besetzung>,
    /// Rate of the Gemeinkosten.
    pub gemeinkosten: Bruch,
    /// What the rate is charged on. If absent the Personalkosten, and the papers say that this is assumed.
    pub gemeinkosten_auf: Option<Gemeinkostenbasis>,
    /// Share of the flat for Sachkosten; at most 1.
    pub sachkosten: Bruch,
    /// The report that the figures are taken from: `KGSt-Bericht „Kosten eines Arbeitsplatzes“`.
    pub bericht: Option<Text>,
    /// Which edition of the report counts, after „in der“: `am 1. Januar des Abrechnungsjahres vorliegenden Fassung`.
    pub ausgabe: Option<Text>,
    /// The figures of each year, and where needed of each grade.
    #[serde(default)]
    pub werte: Vec<Jahreswert>,
}

impl Arbeitsplatz {
    /// What the Gemeinkosten are charged on.
    pub fn basis(&self) -> Gemeinkostenbasis {
        self.gemeinkosten_auf
            .unwrap_or(Gemeinkostenbasis::Personalkosten)
    }

    /// What is assumed where the agreement does not name the base of the Gemeinkosten.
    pub(super) fn annahme(&self) -> Option<&'static str> {
        (self.gemeinkosten_auf.is_none() && !self.gemeinkosten.ist_null()).then_some(
            "Der Zuschlag für Gemeinkosten wird auf die Personalkosten berechnet, nicht auf die Sachkosten.",
        )
    }
}

/// What a rate of Gemeinkosten is charged on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gemeinkostenbasis {
    /// On the Personalkosten of the share of the post.
    Personalkosten,
    /// On these and on the share of the flat for Sachkosten.
    PersonalUndSachkosten,
}

/// Who holds the post from a day on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Besetzung {
    /// First day.
    pub ab: Datum,
    /// The grade: one of `bewertung`. As before if absent.
    pub gruppe: Option<Text>,
    /// The share of a full-time post, 0 while nobody holds it. As before if absent.
    pub stellenanteil: Option<Umfang>,
}

/// The figures of a year.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Jahreswert {
    /// The year.
    pub jahr: Kalenderjahr,
    /// First day in the year from which they count; 1 January if absent.
    pub ab: Option<Datum>,
    /// The grade that they are for; any if absent.
    pub gruppe: Option<Text>,
    /// Personalkosten of a full post, in euros a year.
    pub personalkosten: Betrag,
    /// The flat for Sachkosten of a post, in euros a year.
    pub sachkosten_pauschale: Betrag,
    /// Another rate of the Gemeinkosten than the agreed one.
    pub gemeinkosten: Option<Bruch>,
    /// Why that rate is another; needed where it is.
    pub gemeinkosten_grund: Option<Text>,
    /// Where they come from: a report, or `Beispielwert`.
    pub quelle: Text,
    /// Edition of the report: `11/2022`.
    pub ausgabe: Option<Text>,
    /// Day on which the figures stood so.
    pub stichtag: Option<Datum>,
    /// Page in the report.
    pub seite: Option<Text>,
}

impl Jahreswert {
    /// Source, edition, page and Stichtag in one line: `KGSt-Bericht, Ausgabe 11/2022, S. 14, Stand 01.01.2022`.
    pub fn beleg(&self) -> String {
        let mut beleg = self.quelle.einzeilig();
        if let Some(ausgabe) = &self.ausgabe {
            beleg.push_str(&format!(", Ausgabe {}", ausgabe.einzeilig()));
        }
        if let Some(seite) = &self.seite {
            beleg.push_str(&format!(", S. {}", seite.einzeilig()));
        }
        if let Some(stichtag) = self.stichtag {
            beleg.push_str(&format!(", Stand {stichtag}"));
        }
        beleg
    }
}

/// The most posts that one item may hold; more is a slip of the finger, such as `100` for 100 %.
const MEISTE_STELLEN: u32 = 50;

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
            if *anteil.wert() > BigRational::from_integer(MEISTE_STELLEN.into()) {
                return Err(Wertfehler::new(format!(
                    "„{text}“ wären mehr als {MEISTE_STELLEN} volle Stellen"
                ))
                .abhilfe("als Teil einer vollen Stelle schreiben: 1 für eine ganze, 0,25 für eine viertel Stelle"));
            }
            Ok(Self(anteil))
        })
    }
}
