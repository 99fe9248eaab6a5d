//! A paper for a council: head, Beratungsfolge, budget, prose. Its annexes have a file of their own.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::abschnitt::Abschnitt;
use super::anlage::Anlage;
use super::beratung::{Beratung, Beratungsstatus, Beschlussstatus, Dringlichkeit, Zustaendigkeit};
use super::koerperschaft::Schluessel;
use super::reihe::Reihe;
use super::text::{Prosa, Text, Vordruck};
use crate::diagnostic::Route;
use crate::input::{Datum, Wertfehler, deserialize_scalar, ist_anfuehrung, umschrift};

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
    /// The number of the paper that it adds to: an Ergänzungsvorlage always names one.
    pub zu: Option<Nummer>,
    /// The body whose council gets it; the matter's leading body if absent.
    #[serde(rename = "körperschaft")]
    pub koerperschaft: Option<Schluessel>,
    /// Its title; a line break stays one.
    pub titel: Vordruck,
    /// For the heads of pages; the title if absent.
    pub kurztitel: Option<Vordruck>,
    /// Number of the file that it belongs to.
    pub aktenzeichen: Option<Text>,
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
    /// Why the deciding body may decide.
    #[serde(rename = "zuständigkeit")]
    pub zustaendigkeit: Option<Zustaendigkeit>,
    /// The decision could not wait for the council.
    pub dringlichkeit: Option<Dringlichkeit>,
    /// What it means for the budget.
    pub haushalt: Option<Haushalt>,
    /// What the council is to decide.
    pub beschlussvorschlag: Prosa,
    /// The facts and reasons; a paper may have Abschnitte instead.
    pub sachbericht: Option<Prosa>,
    /// Further prose, each piece with a title of its own.
    #[serde(default)]
    pub abschnitte: Reihe<Abschnitt>,
    /// The agreement that it is about; the first among its annexes if absent.
    pub vereinbarung: Option<Schluessel>,
    /// Its annexes.
    #[serde(default)]
    pub anlagen: Vec<Anlage>,
    /// Days that its prose mentions, by key.
    #[serde(default)]
    pub termine: Reihe<Datum>,
    /// Whatever else the council's own templates want to know, by key.
    #[serde(default)]
    pub angaben: Reihe<Text>,
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
                verkuerzte_ladung: false,
                ergebnis: None,
            }],
            _ => self.beratungsfolge.clone(),
        }
    }

    /// Whether no step is in public; one without steps is public.
    pub fn ist_nichtoeffentlich(&self) -> bool {
        let beratungen = self.beratungen();
        !beratungen.is_empty()
            && beratungen
                .iter()
                .all(|b| b.beratungsstatus == Beratungsstatus::Nichtoeffentlich)
    }

    /// Day of the last session, which is where the decision falls.
    pub fn entscheidungstag(&self) -> Option<Datum> {
        self.beratungen()
            .iter()
            .filter_map(|b| b.sitzungsdatum)
            .max()
    }
}

/// Longest number of a Drucksache in bytes of its file's name.
const LAENGSTE_NUMMER: usize = 60;

/// The number of a Drucksache. Its pattern is the council's own business.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nummer(String);

impl Nummer {
    /// The number for the name of a file: letters, digits and hyphens only.
    pub fn dateiname(&self) -> String {
        let mut name = String::new();
        for c in self.0.chars() {
            match umschrift(c) {
                Some(ascii) => name.push_str(ascii),
                None if c.is_ascii_alphanumeric() => name.push(c),
                None if name.ends_with('-') || name.is_empty() => {}
                None => name.push('-'),
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
                let fremd = |c: char| c.is_control() || c == '\\' || ist_anfuehrung(c);
                if nummer.dateiname().is_empty() || text.contains(fremd) {
                    return Err(Wertfehler::new(format!(
                        "„{text}“ ist keine Nummer einer Drucksache"
                    ))
                    .abhilfe("eine Nummer mit Ziffern oder Buchstaben eintragen, etwa 215/21"));
                }
                if nummer.dateiname().len() > LAENGSTE_NUMMER {
                    return Err(Wertfehler::new(format!(
                        "eine Nummer mit mehr als {LAENGSTE_NUMMER} Zeichen taugt nicht als Name einer Datei"
                    ))
                    .abhilfe("die Nummer kürzen"));
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
    /// Adds to an earlier paper.
    #[serde(rename = "ergänzungsvorlage")]
    Ergaenzungsvorlage,
    /// Handed out in the session itself.
    Tischvorlage,
}

impl Art {
    /// As it is printed.
    pub fn wortlaut(self) -> &'static str {
        match self {
            Self::Beschlussvorlage => "Beschlussvorlage",
            Self::Mitteilung => "Mitteilung",
            Self::Antrag => "Antrag",
            Self::Ergaenzungsvorlage => "Ergänzungsvorlage",
            Self::Tischvorlage => "Tischvorlage",
        }
    }

    /// For the names of files.
    pub fn dateiname(self) -> &'static str {
        match self {
            Self::Beschlussvorlage => "beschlussvorlage",
            Self::Mitteilung => "mitteilung",
            Self::Antrag => "antrag",
            Self::Ergaenzungsvorlage => "ergaenzungsvorlage",
            Self::Tischvorlage => "tischvorlage",
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
    /// The year whose costs give income and expense, instead of typed amounts.
    pub kosten_des_jahres: Option<super::kosten::Kalenderjahr>,
}
