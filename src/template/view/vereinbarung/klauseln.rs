//! What templates see of the clauses of an agreement: board, settlement, personal data, termination, in the forms of sentences.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Blick, KoerperschaftSicht, leer};
use super::{liste, texte};
use crate::compute::sprache;
use crate::compute::zeit::Raster;
use crate::input::Bruch;
use crate::model::vereinbarung::{
    Abrechnung, Abschlag, Datenschutz, Kuendigung, Lenkungskreis, Norm, Vereinbarung,
};

/// A norm.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NormSicht {
    /// Key of the law.
    pub gesetz: String,
    /// The place in it.
    pub stelle: String,
}

/// The board.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LenkungskreisSicht {
    /// „zweimal“.
    pub haeufigkeit: String,
    /// Who leads it.
    pub vorsitz: Option<KoerperschaftSicht>,
}

/// When costs are settled.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AbrechnungSicht {
    /// Day in the following year.
    pub bis: String,
    /// „30 Tagen“.
    pub zahlungsziel: String,
    /// „drei Monaten“.
    pub einwendungsfrist: String,
    /// „50 % zum 15. Mai und 50 % zum 15. November“, „je 1/12 zum 1. jedes Monats“, or empty.
    pub abschlaege: String,
}

/// Personal data handled for others.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DatenschutzSicht {
    /// Whose.
    pub betroffene: String,
    /// Which.
    pub daten: String,
    /// Whether data concerning health are among them.
    pub gesundheitsdaten: bool,
}

/// How a party can leave.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KuendigungSicht {
    /// „zwölf Monaten“, or empty.
    pub frist: String,
    /// „Ende eines Kalenderjahres“, or empty.
    pub zum: String,
    /// First day, or empty.
    pub fruehestens: String,
    /// What must be fulfilled.
    pub voraussetzungen: Vec<String>,
    /// Whether no reasons need to be given.
    pub ohne_gruende: bool,
    /// In which form, or empty.
    pub form: String,
    /// Whether the right to leave for good cause is named.
    pub wichtiger_grund: bool,
}

impl Blick<'_> {
    pub(super) fn lenkungskreis(&self, kreis: &Lenkungskreis) -> LenkungskreisSicht {
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
}

pub(super) fn norm(norm: &Norm) -> NormSicht {
    NormSicht {
        gesetz: norm.gesetz.to_string(),
        stelle: norm.stelle.to_string(),
    }
}

pub(super) fn abrechnung(abrechnung: &Abrechnung) -> AbrechnungSicht {
    AbrechnungSicht {
        bis: abrechnung.bis.to_string(),
        zahlungsziel: sprache::dauer_dativ(abrechnung.zahlungsziel_tage.0, "Tag"),
        einwendungsfrist: sprache::dauer_dativ(abrechnung.einwendungsfrist_monate.0, "Monat"),
        abschlaege: abschlaege(&abrechnung.abschlaege),
    }
}

fn abschlaege(abschlaege: &[Abschlag]) -> String {
    if let [erster, _, _, ..] = abschlaege
        && abschlaege.iter().all(|a| a.anteil == erster.anteil)
    {
        return gleiche_abschlaege(abschlaege, &erster.anteil);
    }
    let teile: Vec<_> = abschlaege
        .iter()
        .map(|abschlag| format!("{} zum {}", in_prozent(&abschlag.anteil), abschlag.zum))
        .collect();
    let teile: Vec<_> = teile.iter().map(String::as_str).collect();
    sprache::aufzaehlung(&teile, sprache::Verbindung::Und)
}

/// „je 1/12 zum 1. jedes Monats“, „je 1/4 zum 15. Februar, zum 15. Mai, zum 15. August und zum 15. November“.
fn gleiche_abschlaege(abschlaege: &[Abschlag], anteil: &Bruch) -> String {
    let anteil = in_prozent(anteil);
    let tage: Vec<_> = abschlaege.iter().map(|a| a.zum.to_string()).collect();
    let tag_des_monats = tage.first().and_then(|tag| tag.split(' ').next());
    let monate: BTreeSet<_> = tage
        .iter()
        .filter_map(|tag| tag.split(' ').nth(1))
        .collect();
    if let Some(tag) = tag_des_monats
        && monate.len() == 12
        && tage.len() == 12
        && tage.iter().all(|t| t.split(' ').next() == Some(tag))
    {
        return format!("je {anteil} zum {tag} jedes Monats");
    }
    let tage: Vec<_> = tage.iter().map(|tag| format!("zum {tag}")).collect();
    let tage: Vec<_> = tage.iter().map(String::as_str).collect();
    let tage = sprache::aufzaehlung(&tage, sprache::Verbindung::Und);
    format!("je {anteil} {tage}")
}

fn in_prozent(anteil: &Bruch) -> String {
    anteil.prozent().unwrap_or_else(|| anteil.to_string())
}

/// „nach Monaten verteilt; ein angefangener Monat zählt mit“.
pub(super) fn zeitregel(raster: Raster, wird: &str) -> String {
    match raster {
        Raster::Monate {
            angefangener_zaehlt: true,
        } => format!("nach Monaten {wird}; ein angefangener Monat zählt mit"),
        Raster::Monate {
            angefangener_zaehlt: false,
        } => format!("nach Monaten {wird}; ein angefangener Monat zählt nicht"),
        Raster::Tage => format!("nach Tagen {wird}"),
    }
}

pub(super) fn datenschutz(datenschutz: &Datenschutz) -> DatenschutzSicht {
    DatenschutzSicht {
        betroffene: liste(&datenschutz.betroffene),
        daten: liste(&datenschutz.daten),
        gesundheitsdaten: datenschutz.gesundheitsdaten,
    }
}

pub(super) fn kuendigung(kuendigung: &Kuendigung) -> KuendigungSicht {
    KuendigungSicht {
        frist: leer(
            kuendigung
                .frist_monate
                .map(|monate| sprache::dauer_dativ(monate.0, "Monat")),
        ),
        zum: leer(kuendigung.zum.as_ref()),
        fruehestens: leer(kuendigung.fruehestens),
        voraussetzungen: texte(&kuendigung.voraussetzungen),
        ohne_gruende: kuendigung.ohne_gruende,
        form: leer(kuendigung.form.as_ref()),
        wichtiger_grund: kuendigung.wichtiger_grund.unwrap_or(true),
    }
}

pub(super) fn mitwirkungsrecht(vereinbarung: &Vereinbarung) -> String {
    let gewaehrt = vereinbarung.mitwirkung.as_ref().filter(|m| m.gewaehrt);
    leer(gewaehrt.and_then(|mitwirkung| mitwirkung.inhalt.as_ref()))
}
