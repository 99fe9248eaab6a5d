//! Annexes of a Drucksache: agreements, other papers of the matter, texts, files, or mere titles.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::beratung::Beratungsstatus;
use super::drucksache::Nummer;
use super::koerperschaft::Schluessel;
use super::text::{Prosa, Text};
use crate::input::Wertfehler;

/// An annex of a Drucksache.
#[derive(Debug, Clone)]
pub struct Anlage {
    /// What it is.
    pub inhalt: Inhalt,
    /// In public or not.
    pub beratungsstatus: Beratungsstatus,
}

/// What an annex is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inhalt {
    /// An agreement of the matter, by key; its title comes from its parties.
    Vereinbarung(Schluessel),
    /// Another paper of the matter, by its number.
    Drucksache(Nummer),
    /// Prose that becomes a paper of its own.
    Text {
        /// Its title.
        titel: Text,
        /// What it says.
        text: Prosa,
    },
    /// A PDF of the matter, made elsewhere.
    Datei {
        /// Its title.
        titel: Text,
        /// Its path inside the matter.
        datei: Text,
    },
    /// Anything else, by its title alone.
    Titel(Text),
}

impl<'de> Deserialize<'de> for Anlage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnlageVisitor)
    }
}

struct AnlageVisitor;

impl<'de> Visitor<'de> for AnlageVisitor {
    type Value = Anlage;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("der Schlüssel einer Vereinbarung oder { titel: …, datei: … }")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Anlage, E> {
        let schluessel = Schluessel::deserialize(de::value::StrDeserializer::<E>::new(text))
            .map_err(|_| {
                Wertfehler::new(format!("„{text}“ ist kein Schlüssel einer Vereinbarung"))
                    .abhilfe(format!(
                        "eine andere Anlage mit ihrem Titel angeben: {{ titel: \"{text}\" }}"
                    ))
                    .into_serde::<E>()
            })?;
        Ok(Anlage {
            inhalt: Inhalt::Vereinbarung(schluessel),
            beratungsstatus: Beratungsstatus::default(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Anlage, A::Error> {
        let angaben = Angaben::deserialize(de::value::MapAccessDeserializer::new(map))?;
        let beratungsstatus = angaben.beratungsstatus;
        let inhalt = angaben.inhalt().ok_or_else(|| {
            de::Error::custom(
                "eine Anlage ist { titel: … }, { titel: …, datei: … }, { titel: …, text: … }, { vereinbarung: … } \
                 oder { drucksache: … }",
            )
        })?;
        Ok(Anlage {
            inhalt,
            beratungsstatus,
        })
    }
}

/// The keys of an annex that is more than the key of an agreement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Angaben {
    titel: Option<Text>,
    text: Option<Prosa>,
    datei: Option<Text>,
    vereinbarung: Option<Schluessel>,
    drucksache: Option<Nummer>,
    #[serde(default)]
    beratungsstatus: Beratungsstatus,
}

impl Angaben {
    /// What the keys say together; `None` where they contradict each other.
    fn inhalt(self) -> Option<Inhalt> {
        match (
            self.titel,
            self.text,
            self.datei,
            self.vereinbarung,
            self.drucksache,
        ) {
            (Some(titel), None, None, None, None) => Some(Inhalt::Titel(titel)),
            (Some(titel), Some(text), None, None, None) => Some(Inhalt::Text { titel, text }),
            (Some(titel), None, Some(datei), None, None) => Some(Inhalt::Datei { titel, datei }),
            (None, None, None, Some(schluessel), None) => Some(Inhalt::Vereinbarung(schluessel)),
            (None, None, None, None, Some(nummer)) => Some(Inhalt::Drucksache(nummer)),
            _ => None,
        }
    }
}
