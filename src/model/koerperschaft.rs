//! Bodies that take part: Kreise, Städte, Gemeinden, with their grammar as data.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::frist::Ladungsfrist;
use super::kosten::Anzahl;
use super::steuer::Steuer;
use super::text::Text;
use crate::diagnostic::Route;
use crate::input::{Datum, Wertfehler, deserialize_scalar, umschrift};

/// The key under which a body, an agreement, a task or a cost item is named: small letters, digits, hyphens.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Schluessel(String);

impl Schluessel {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Schluessel {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Schluessel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Schluessel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(deserializer, "ein Schlüssel", "stadt-luenen", |text| {
            let gueltig = !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '-');
            if gueltig {
                Ok(Self(text.to_owned()))
            } else {
                let regel = "kleine Buchstaben, Ziffern und Bindestriche verwenden";
                let gemeint = als_schluessel(text);
                let beispiel = if gemeint.is_empty() {
                    "stadt-luenen"
                } else {
                    &gemeint
                };
                Err(Wertfehler::new(format!("„{text}“ ist kein Schlüssel"))
                    .abhilfe(format!("{regel}, etwa {beispiel}")))
            }
        })
    }
}

/// A name as a key: „Stadt Lünen“ → `stadt-luenen`.
fn als_schluessel(name: &str) -> String {
    let mut schluessel = String::new();
    for c in name.chars().flat_map(char::to_lowercase).take(60) {
        match umschrift(c) {
            Some(ascii) => schluessel.push_str(ascii),
            None if c.is_lowercase() || c.is_ascii_digit() => schluessel.push(c),
            None if schluessel.is_empty() || schluessel.ends_with('-') => {}
            None => schluessel.push('-'),
        }
    }
    schluessel.trim_end_matches('-').to_owned()
}

/// A body as the base data describe it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Koerperschaft {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Its key.
    #[serde(skip)]
    pub schluessel: Schluessel,
    /// Name without its kind: `Unna`.
    pub name: Text,
    /// Kind: `Kreis`, `Stadt`, `Gemeinde`, or one of the base data.
    pub gattung: String,
    /// Official form where it differs from kind and name: `Kreisstadt Unna`.
    pub amtsform: Option<Text>,
    /// Amtlicher Gemeindeschlüssel: five digits for a Kreis, eight for a municipality.
    pub ags: Option<Ags>,
    /// Lines of the address.
    #[serde(default)]
    pub anschrift: Vec<Text>,
    /// Regierungsbezirk, which decides the Bezirksregierung.
    pub regierungsbezirk: Option<Text>,
    /// The Kreis that a municipality belongs to.
    pub kreis: Option<Schluessel>,
    /// Who represents it, by date.
    #[serde(default)]
    pub vertretung: Vec<Vertretung>,
    /// Where it publishes, after „wird“: `im Amtsblatt für den Kreis Unna`.
    pub bekanntmachung: Option<Text>,
    /// Its turnover tax, where it does tasks for others.
    pub steuer: Option<Steuer>,
    /// Its residents, by the day of the count.
    #[serde(default)]
    pub einwohner: Vec<Einwohnerzahl>,
    /// Its councils and committees.
    #[serde(default)]
    pub gremien: Vec<Gremium>,
    /// How its papers look.
    #[serde(default)]
    pub hausstil: Hausstil,
}

impl Koerperschaft {
    /// Official form: `Kreis Unna`, `Stadt Lünen`, `Kreisstadt Unna`.
    pub fn amtsform(&self) -> String {
        match &self.amtsform {
            Some(amtsform) => amtsform.to_string(),
            None => format!("{} {}", self.gattung, self.name),
        }
    }

    /// How it may be named in full: its official form, `Kreisstadt Unna`, and its kind with its name, `Stadt Unna`.
    pub fn namensformen(&self) -> [String; 2] {
        [self.amtsform(), format!("{} {}", self.gattung, self.name)]
    }

    /// The kind that its official form names: `Kreisstadt`.
    pub fn amtsgattung(&self) -> String {
        let amtsform = self.amtsform();
        amtsform
            .strip_suffix(self.name.as_str())
            .map_or(amtsform.as_str(), str::trim_end)
            .to_owned()
    }

    /// Whether it is a municipality, that is, no Kreis.
    pub fn ist_gemeinde(&self) -> bool {
        self.gattung != "Kreis"
    }
}

impl Koerperschaft {
    /// Who represents it on a day.
    pub fn vertretung_am(&self, tag: Datum) -> Option<&Vertretung> {
        self.vertretung
            .iter()
            .filter(|vertretung| vertretung.ab.is_none_or(|ab| ab <= tag))
            .max_by_key(|vertretung| vertretung.ab)
    }

    /// Who represents it on a day; where no day is known, who does on any.
    pub fn vertretung_zu(&self, tag: Option<Datum>) -> Option<&Vertretung> {
        match (tag, self.vertretung.as_slice()) {
            (Some(tag), _) => self.vertretung_am(tag),
            (None, [einzige]) if einzige.ab.is_none() => Some(einzige),
            (None, _) => None,
        }
    }

    /// Whether it is a kreisfreie Stadt, as far as its AGS says so.
    pub fn ist_kreisfrei(&self) -> bool {
        self.kreis.is_none()
            && self
                .ags
                .as_ref()
                .is_some_and(|ags| ags.as_str().len() == 8 && ags.as_str().ends_with("000"))
    }
}

/// Which office represents a body, from a day on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vertretung {
    /// First day; since ever if absent.
    pub ab: Option<Datum>,
    /// The office that represents and signs.
    pub amt: Schluessel,
    /// Further offices that sign, in order.
    #[serde(default)]
    pub weitere_unterschriften: Vec<Schluessel>,
}

/// A count of residents.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Einwohnerzahl {
    /// Day of the count.
    pub stand: Datum,
    /// How many.
    pub zahl: Anzahl,
    /// Who counted.
    pub quelle: Text,
}

/// An authority that approves agreements.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Behoerde {
    /// Lines of its address.
    pub anschrift: Vec<Text>,
}

/// An office with its forms. No person: genders are data, never guessed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amt {
    /// Place in the YAML.
    #[serde(skip)]
    pub route: Route,
    /// Wer? „die Bürgermeisterin oder der Bürgermeister“.
    pub nominativ: Text,
    /// Wessen?
    pub genitiv: Option<Text>,
    /// Wem?
    pub dativ: Option<Text>,
    /// Wen? After „vertreten durch“.
    pub akkusativ: Option<Text>,
}

/// A council or committee.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gremium {
    /// Its name: `Kreistag`.
    pub name: Text,
    /// What it is for.
    pub rolle: Rolle,
    /// How long before a session its members must be invited.
    pub ladungsfrist: Option<Ladungsfrist>,
}

/// What a Gremium is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Rolle {
    /// The elected council itself: Kreistag, Rat.
    Vertretung,
    /// Kreisausschuss, Hauptausschuss: decides the rest and prepares the council's decisions.
    Hauptausschuss,
    /// Any other committee.
    Ausschuss,
}

/// How the papers of a body look.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hausstil {
    /// Arms or logo: a PNG, JPEG or SVG in the base data.
    pub logo: Option<String>,
    /// Justified (`block`, the default) or ragged (`flatter`).
    #[serde(default)]
    pub satz: SatzWahl,
    /// Templates of its own in place of the usual ones, by kind of paper: `beschlussvorlage: beschlussvorlage-bergkamen`.
    #[serde(default)]
    pub vorlagen: BTreeMap<Schluessel, Schluessel>,
}

/// Justified or ragged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SatzWahl {
    /// Justified.
    #[default]
    Block,
    /// Ragged right.
    Flatter,
}

/// Amtlicher Gemeindeschlüssel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ags(String);

impl Ags {
    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Ags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_scalar(
            deserializer,
            "ein amtlicher Gemeindeschlüssel",
            "05978024",
            |text| {
                if matches!(text.len(), 5 | 8) && text.bytes().all(|b| b.is_ascii_digit()) {
                    Ok(Self(text.to_owned()))
                } else {
                    let ohne_null =
                        matches!(text.len(), 4 | 7) && text.bytes().all(|b| b.is_ascii_digit());
                    Err(Wertfehler::new(format!("„{text}“ ist kein amtlicher Gemeindeschlüssel")).abhilfe(
                        if ohne_null {
                            format!("die führende Null ergänzen: 0{text}")
                        } else {
                            "5 Ziffern für einen Kreis oder 8 für eine Gemeinde schreiben, etwa 05978024".to_owned()
                        },
                    ))
                }
            },
        )
    }
}

/// A grammatical case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kasus {
    /// Wer?
    Nominativ,
    /// Wessen?
    Genitiv,
    /// Wem?
    Dativ,
    /// Wen?
    Akkusativ,
}

impl Kasus {
    /// All cases in their usual order.
    pub const ALLE: [Self; 4] = [Self::Nominativ, Self::Genitiv, Self::Dativ, Self::Akkusativ];

    /// Its name in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nominativ => "nominativ",
            Self::Genitiv => "genitiv",
            Self::Dativ => "dativ",
            Self::Akkusativ => "akkusativ",
        }
    }
}

/// The grammar of a kind of bodies: its noun with article, by case, one and many.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gattung {
    /// Place among the kinds in a list: Kreise before Städte before Gemeinden.
    pub rang: u8,
    /// Forms for one: „der Kreis“, „des Kreises“, „dem Kreis“, „den Kreis“.
    pub einzahl: Formen,
    /// Forms for several: „die Kreise“, „der Kreise“, „den Kreisen“, „die Kreise“.
    pub mehrzahl: Formen,
}

/// A noun with its article in the four cases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Formen {
    /// Wer?
    pub nominativ: String,
    /// Wessen?
    pub genitiv: String,
    /// Wem?
    pub dativ: String,
    /// Wen?
    pub akkusativ: String,
}

impl Formen {
    /// The form for a case.
    pub fn in_kasus(&self, kasus: Kasus) -> &str {
        match kasus {
            Kasus::Nominativ => &self.nominativ,
            Kasus::Genitiv => &self.genitiv,
            Kasus::Dativ => &self.dativ,
            Kasus::Akkusativ => &self.akkusativ,
        }
    }
}
