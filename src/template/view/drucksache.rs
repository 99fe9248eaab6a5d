//! What templates see of a paper for a council: its steps, its budget block, its annexes.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Blick, VEREINBARUNG, kosten, leer};
use crate::compute::haushalt;
use crate::input::{Betrag, Cent};
use crate::model::anlage::{Anlage, Inhalt};
use crate::model::beratung::{Beratung, Beratungsstatus, Beschlussstatus, Ergebnis};
use crate::model::drucksache::{Drucksache, Haushalt};

/// A paper for a council.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DrucksacheSicht {
    /// Its number.
    pub nummer: String,
    /// Its number for file names.
    pub dateiname: String,
    /// Its kind: `Beschlussvorlage`.
    pub art: &'static str,
    /// Its kind for file names: `beschlussvorlage`.
    pub art_dateiname: &'static str,
    /// The number of the paper that it adds to, or empty.
    pub zu: String,
    /// Its title.
    pub titel: String,
    /// Its title for the heads of pages.
    pub kurztitel: String,
    /// Number of its file, or empty.
    pub aktenzeichen: String,
    /// Whether no step is in public.
    pub nichtoeffentlich: bool,
    /// Whether it is known what came of a step, as far as this paper may tell: a public one is silent on what is not.
    pub hat_ergebnis: bool,
    /// Its own date, or empty.
    pub vorlage_vom: String,
    /// Unit that wrote it, or empty.
    pub organisationseinheit: String,
    /// Who presents it, or empty.
    pub berichterstattung: String,
    /// The steps of deliberation.
    pub beratungsfolge: Vec<BeratungSicht>,
    /// What it means for the budget.
    pub haushalt: Option<HaushaltSicht>,
    /// Its annexes.
    pub anlagen: Vec<AnlageSicht>,
}

/// A step of deliberation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BeratungSicht {
    /// The body's name.
    pub gremium: String,
    /// Day of the session, or empty.
    pub sitzungsdatum: String,
    /// What the body does.
    pub beschlussstatus: &'static str,
    /// Whether the body decides.
    pub entscheidet: bool,
    /// In public or not.
    pub beratungsstatus: &'static str,
    /// Whether it is not public.
    pub nichtoeffentlich: bool,
    /// What came of it, once the session was held.
    pub ergebnis: Option<ErgebnisSicht>,
}

/// What came of a step; votes that were not counted are empty.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErgebnisSicht {
    /// What the body did: `vertagt`.
    pub status: &'static str,
    /// Votes in favour.
    pub ja: String,
    /// Votes against.
    pub nein: String,
    /// Abstentions.
    pub enthaltungen: String,
    /// Members who are biased.
    pub befangen: String,
    /// What was decided, where it is not what had been proposed, or empty.
    pub wortlaut: String,
    /// Whether votes were counted.
    pub gezaehlt: bool,
}

/// The budget block; what is not known is empty.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HaushaltSicht {
    /// Budget.
    pub budget: String,
    /// Produktgruppe.
    pub produktgruppe: String,
    /// Produkt.
    pub produkt: String,
    /// Haushaltsjahr.
    pub haushaltsjahr: String,
    /// Income, formatted.
    pub ertrag: String,
    /// Expense, formatted.
    pub aufwand: String,
}

/// An annex.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnlageSicht {
    /// „Anlage“ where it is the only one, else „Anlage 1“ …
    pub name: String,
    /// Its place among the annexes, from 1.
    pub nummer: usize,
    /// Its title.
    pub titel: String,
    /// The name of its file, where it was made elsewhere, or empty.
    pub datei: String,
    /// Whether it is not public.
    pub nichtoeffentlich: bool,
}

impl Blick<'_> {
    pub(super) fn drucksache(&self, drucksache: &Drucksache) -> DrucksacheSicht {
        DrucksacheSicht {
            nummer: drucksache.nummer.to_string(),
            dateiname: drucksache.nummer.dateiname(),
            art: drucksache.art.wortlaut(),
            art_dateiname: drucksache.art.dateiname(),
            zu: leer(drucksache.zu.as_ref()),
            titel: drucksache.titel.as_str().to_owned(),
            kurztitel: drucksache
                .kurztitel
                .as_ref()
                .unwrap_or(&drucksache.titel)
                .as_str()
                .to_owned(),
            aktenzeichen: leer(drucksache.aktenzeichen.as_ref()),
            nichtoeffentlich: drucksache.ist_nichtoeffentlich(),
            hat_ergebnis: drucksache.beratungen().iter().any(|beratung| {
                beratung.ergebnis.is_some()
                    && (drucksache.ist_nichtoeffentlich() || !ist_nichtoeffentlich(beratung))
            }),
            vorlage_vom: leer(drucksache.vorlage_vom),
            organisationseinheit: leer(drucksache.organisationseinheit.as_ref()),
            berichterstattung: leer(drucksache.berichterstattung.as_ref()),
            beratungsfolge: drucksache.beratungen().iter().map(beratung).collect(),
            haushalt: drucksache
                .haushalt
                .as_ref()
                .map(|h| self.haushalt(drucksache, h)),
            anlagen: self.anlagen(drucksache),
        }
    }

    fn haushalt(&self, drucksache: &Drucksache, haushalt: &Haushalt) -> HaushaltSicht {
        let berechnet = haushalt::betraege(self.vorgang, &self.zahlen.vereinbarungen, drucksache);
        let beispiel = self.haushalt_ist_beispiel(drucksache, haushalt);
        let betrag = |eingetragen: Option<Betrag>, berechnet: Option<Cent>| {
            let berechnet = || match berechnet {
                // What rests on invented figures must not look like a fact.
                Some(cent) if beispiel => format!("{cent} (Beispielwert)"),
                berechnet => leer(berechnet),
            };
            eingetragen.map_or_else(berechnet, |betrag| betrag.to_string())
        };
        HaushaltSicht {
            budget: leer(haushalt.budget.as_ref()),
            produktgruppe: leer(haushalt.produktgruppe.as_ref()),
            produkt: leer(haushalt.produkt.as_ref()),
            haushaltsjahr: leer(haushalt.haushaltsjahr.as_ref()),
            ertrag: betrag(haushalt.ertrag, berechnet.and_then(|b| b.ertrag)),
            aufwand: betrag(haushalt.aufwand, berechnet.and_then(|b| b.aufwand)),
        }
    }

    /// Whether what the budget block takes from the costs rests on an invented figure.
    fn haushalt_ist_beispiel(&self, drucksache: &Drucksache, haushalt: &Haushalt) -> bool {
        let vereinbarung = self.vorgang.vereinbarung_zu(drucksache);
        let beteiligte = vereinbarung.and_then(|v| self.zahlen.vereinbarungen.get(&v.schluessel));
        let (Some(jahr), Some(wer), Some(beteiligte)) = (
            haushalt.kosten_des_jahres,
            self.vorgang.koerperschaft_von(drucksache),
            beteiligte,
        ) else {
            return false;
        };
        beteiligte.kosten.rechnungen.iter().any(|rechnung| {
            rechnung.jahre.iter().any(|dieses| {
                dieses.jahr == jahr.0
                    && (rechnung.anbieter.schluessel == wer.schluessel
                        || dieses.anteil_von(&wer.schluessel).is_some())
                    && kosten::ist_beispiel(rechnung, dieses)
            })
        })
    }

    pub(super) fn anlagen(&self, drucksache: &Drucksache) -> Vec<AnlageSicht> {
        let anlagen = drucksache.anlagen.iter().enumerate();
        anlagen
            .map(|(i, anlage)| AnlageSicht {
                name: anlagenname(drucksache, i),
                nummer: i + 1,
                titel: self.anlagentitel(anlage),
                datei: match &anlage.inhalt {
                    Inhalt::Datei { datei, .. } => dateiname(datei.as_str()).to_owned(),
                    _ => String::new(),
                },
                nichtoeffentlich: anlage.beratungsstatus == Beratungsstatus::Nichtoeffentlich,
            })
            .collect()
    }

    fn anlagentitel(&self, anlage: &Anlage) -> String {
        match &anlage.inhalt {
            Inhalt::Titel(titel) | Inhalt::Text { titel, .. } | Inhalt::Datei { titel, .. } => {
                titel.to_string()
            }
            Inhalt::Vereinbarung(schluessel) => self
                .vorgang
                .vereinbarungen
                .get(schluessel)
                .and_then(|v| self.titel(v, VEREINBARUNG))
                .unwrap_or_default(),
            Inhalt::Drucksache(nummer) => self
                .vorgang
                .drucksache(nummer)
                .map(|d| format!("{} {nummer}", d.art.wortlaut()))
                .unwrap_or_default(),
        }
    }
}

/// „Anlage“ for the only annex of a paper, „Anlage 2“ for the second of several.
pub fn anlagenname(drucksache: &Drucksache, index: usize) -> String {
    if drucksache.anlagen.len() > 1 {
        format!("Anlage {}", index + 1)
    } else {
        "Anlage".to_owned()
    }
}

/// What an annex bears at its head: „Anlage 2 zur Drucksache 88/26“.
pub fn anlagenkopf(drucksache: &Drucksache, index: usize) -> String {
    format!(
        "{} zur Drucksache {}",
        anlagenname(drucksache, index),
        drucksache.nummer
    )
}

/// The last part of a path.
fn dateiname(pfad: &str) -> &str {
    pfad.rsplit('/').next().unwrap_or(pfad)
}

fn beratung(beratung: &Beratung) -> BeratungSicht {
    BeratungSicht {
        gremium: beratung.gremium.to_string(),
        sitzungsdatum: leer(beratung.sitzungsdatum),
        beschlussstatus: beratung.beschlussstatus.wortlaut(),
        entscheidet: beratung.beschlussstatus == Beschlussstatus::Entscheidung,
        beratungsstatus: beratung.beratungsstatus.wortlaut(),
        nichtoeffentlich: ist_nichtoeffentlich(beratung),
        ergebnis: beratung.ergebnis.as_ref().map(ergebnis),
    }
}

fn ist_nichtoeffentlich(beratung: &Beratung) -> bool {
    beratung.beratungsstatus == Beratungsstatus::Nichtoeffentlich
}

fn ergebnis(ergebnis: &Ergebnis) -> ErgebnisSicht {
    let Ergebnis {
        status,
        ja,
        nein,
        enthaltungen,
        befangen,
        wortlaut,
    } = ergebnis;
    ErgebnisSicht {
        status: status.wortlaut(),
        ja: leer(*ja),
        nein: leer(*nein),
        enthaltungen: leer(*enthaltungen),
        befangen: leer(*befangen),
        wortlaut: leer(wortlaut.as_ref()),
        gezaehlt: [ja, nein, enthaltungen].into_iter().any(Option::is_some),
    }
}
