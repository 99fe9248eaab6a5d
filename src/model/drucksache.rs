//! A paper for a council: head, Beratungsfolge, budget, prose, annexes.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::koerperschaft::Schluessel;
use super::text::{Prosa, Text};
use crate::diagnostic::Route;
use crate::input::{Datum, Wertfehler, deserialize_scalar};

/// A Drucksache.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drucksache {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Its number: `215/21`.
    pub nummer: Nummer,
    /// What it is.
    #[serde(default)]
    pub art: Art,
    /// The body whose council gets it; the matter's leading body if absent.
    #[serde(rename = "körperschaft")]
    pub koerperschaft: Option<Schluessel>,
    /// Its title; a line break stays one.
    pub titel: Text,
    /// For the heads of pages; the title if absent.
    pub kurztitel: Option<Text>,
    /// The paper's own date, if it bears one.
    pub vorlage_vom: Option<Datum>,
    /// Unit that wrote it.
    pub organisationseinheit: Option<Text>,
    /// Who presents it.
    pub berichterstattung: Option<Text>,
    /// The steps of deliberation.
    #[serde(default)]
    pub beratungsfolge: Vec<Beratung>,
    /// The only body that deliberates: short for a Beratungsfolge of one step.
    pub gremium: Option<Text>,
    /// Day of that body's session.
    pub datum: Option<Datum>,
    /// What it means for the budget.
    pub haushalt: Option<Haushalt>,
    /// What the council is to decide.
    pub beschlussvorschlag: Prosa,
    /// The facts and reasons.
    pub sachbericht: Prosa,
    /// The agreement that it is about; the first among its annexes if absent.
    pub vereinbarung: Option<Schluessel>,
    /// Its annexes.
    #[serde(default)]
    pub anlagen: Vec<Anlage>,
    /// Days that its prose mentions, by key.
    #[serde(default)]
    pub termine: BTreeMap<Schluessel, Datum>,
}

impl Drucksache {
    /// Keys that only a Drucksache has: a file with one of them and no section is a Drucksache by itself.
    pub const EIGENE: [&'static str; 7] = [
        "nummer",
        "titel",
        "gremium",
        "beratungsfolge",
        "haushalt",
        "beschlussvorschlag",
        "sachbericht",
    ];

    /// The steps of deliberation, also where the short form names only one body.
    pub fn beratungen(&self) -> Vec<Beratung> {
        match &self.gremium {
            Some(gremium) if self.beratungsfolge.is_empty() => vec![Beratung {
                gremium: gremium.clone(),
                sitzungsdatum: self.datum,
                beschlussstatus: Beschlussstatus::default(),
                beratungsstatus: Beratungsstatus::default(),
            }],
            _ => self.beratungsfolge.clone(),
        }
    }

    /// Day of the last session, which is where the decision falls.
    pub fn entscheidungstag(&self) -> Option<Datum> {
        self.beratungen()
            .iter()
            .filter_map(|b| b.sitzungsdatum)
            .max()
    }
}

/// The number of a Drucksache. Its pattern is the council's own business.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nummer(String);

impl Nummer {
    /// The number for the name of a file: letters, digits and hyphens only.
    pub fn dateiname(&self) -> String {
        let mut name = String::new();
        for c in self.0.chars() {
            match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' => name.push(c),
                'ä' => name.push_str("ae"),
                'ö' => name.push_str("oe"),
                'ü' => name.push_str("ue"),
                'Ä' => name.push_str("Ae"),
                'Ö' => name.push_str("Oe"),
                'Ü' => name.push_str("Ue"),
                'ß' => name.push_str("ss"),
                _ if name.ends_with('-') || name.is_empty() => {}
                _ => name.push('-'),
            }
        }
        name.trim_end_matches('-').to_owned()
    }
}

impl fmt::Display for Nummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Nummer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(
            deserializer,
            "die Nummer einer Drucksache",
            "215/21",
            |text| {
                let nummer = Self(text.trim().to_owned());
                if nummer.dateiname().is_empty() || text.contains(char::is_control) {
                    return Err(Wertfehler::new(format!(
                        "„{text}“ ist keine Nummer einer Drucksache"
                    ))
                    .abhilfe("eine Nummer mit Ziffern oder Buchstaben eintragen, etwa 215/21"));
                }
                Ok(nummer)
            },
        )
    }
}

/// Kinds of papers for a council.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Art {
    /// The council decides.
    #[default]
    Beschlussvorlage,
    /// The council is told.
    Mitteilung,
    /// A group asks the council to decide.
    Antrag,
}

impl Art {
    /// As it is printed.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Beschlussvorlage => "Beschlussvorlage",
            Self::Mitteilung => "Mitteilung",
            Self::Antrag => "Antrag",
        }
    }
}

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

/// What a paper means for the budget. An empty amount is not 0,00 €.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Haushalt {
    /// Number and name of the Budget.
    pub budget: Option<Text>,
    /// Number and name of the Produktgruppe.
    pub produktgruppe: Option<Text>,
    /// Number and name of the Produkt.
    pub produkt: Option<Text>,
    /// As printed: `2021ff.`.
    pub haushaltsjahr: Option<Text>,
    /// Income in euros.
    pub ertrag: Option<crate::input::Betrag>,
    /// Expense in euros.
    pub aufwand: Option<crate::input::Betrag>,
}

/// An annex of a Drucksache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anlage {
    /// An agreement of the matter, by key; its title comes from its parties.
    Vereinbarung(Schluessel),
    /// Anything else, by its title.
    Titel(Text),
}

impl<'de> Deserialize<'de> for Anlage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnlageVisitor;

        impl<'de> Visitor<'de> for AnlageVisitor {
            type Value = Anlage;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("der Schlüssel einer Vereinbarung oder { titel: … }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Anlage, E> {
                Schluessel::deserialize(de::value::StrDeserializer::<E>::new(text))
                    .map(Anlage::Vereinbarung)
                    .map_err(|_| {
                        Wertfehler::new(format!("„{text}“ ist kein Schlüssel einer Vereinbarung"))
                            .abhilfe(format!(
                                "eine andere Anlage mit ihrem Titel angeben: {{ titel: \"{text}\" }}"
                            ))
                            .into_serde()
                    })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Anlage, A::Error> {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct MitTitel {
                    titel: Text,
                }
                MitTitel::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(|anlage| Anlage::Titel(anlage.titel))
            }
        }

        deserializer.deserialize_any(AnlageVisitor)
    }
}
