//! What an agreement's tasks cost, as its papers show it.

use std::collections::BTreeMap;

use super::schaubild::{self, Schaubild, Zahlend};
use super::vereinbarung::dateiname;
use super::{Blick, Titel};
use crate::compute::Zahlen;
use crate::diagramm::Diagramm;
use crate::input::Cent;
use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Schluessel, Vorgang};

/// All charts that papers of a matter may show, by the file beside the Markdown.
pub fn schaubilder(vorgang: &Vorgang, zahlen: &Zahlen<'_>) -> BTreeMap<String, Diagramm> {
    let blick = Blick {
        vorgang,
        zahlen,
        titel: &Titel::new(),
        stichtag: None,
        amtstag: None,
    };
    let geschriebene = vorgang.vereinbarungen.values();
    schaubild::nach_dateien(
        geschriebene
            .filter(|vereinbarung| vereinbarung.wird_geschrieben())
            .flat_map(|vereinbarung| blick.schaubilder(vereinbarung)),
    )
}

impl Blick<'_> {
    /// The charts of an agreement: the shares of the last year, then those by year.
    pub(super) fn schaubilder(&self, vereinbarung: &Vereinbarung) -> Vec<Schaubild> {
        let mut je_jahr: BTreeMap<u32, BTreeMap<&Schluessel, (Cent, bool)>> = BTreeMap::new();
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        for jahr in beteiligte
            .iter()
            .flat_map(|b| &b.kosten)
            .flat_map(|r| &r.jahre)
        {
            for anteil in &jahr.anteile {
                let je_koerperschaft = je_jahr.entry(jahr.wert.jahr).or_default();
                let konto = je_koerperschaft
                    .entry(&anteil.koerperschaft.schluessel)
                    .or_insert((Cent(0), true));
                let Some(summe) = konto.0.checked_add(anteil.betrag) else {
                    return Vec::new();
                };
                *konto = (summe, konto.1 && anteil.eigen);
            }
        }
        let zahlende: Vec<_> = beteiligte
            .iter()
            .flat_map(|beteiligte| beteiligte.anwender.iter())
            .filter(|k| {
                je_jahr
                    .values()
                    .any(|jahr| jahr.contains_key(&k.schluessel))
            })
            .collect();
        let stamm = dateiname(self.vorgang, vereinbarung);
        let letztes: Vec<_> = je_jahr
            .last_key_value()
            .iter()
            .flat_map(|(_, jahr)| {
                zahlende.iter().filter_map(|k| {
                    let (cent, eigen) = jahr.get(&k.schluessel)?;
                    Some((self.zahlend(k), *cent, *eigen))
                })
            })
            .collect();
        let jahre: Vec<_> = je_jahr.keys().copied().collect();
        let reihen: Vec<_> = zahlende
            .iter()
            .map(|k| {
                let werte = je_jahr
                    .values()
                    .map(|jahr| Some(jahr.get(&k.schluessel)?.0));
                (self.zahlend(k), werte.collect())
            })
            .collect();
        let mut bilder = jahre
            .last()
            .map(|jahr| schaubild::anteile(&stamm, *jahr, &letztes))
            .unwrap_or_default();
        bilder.extend(schaubild::jahre(&stamm, &jahre, &reihen));
        bilder
    }

    fn zahlend(&self, koerperschaft: &Koerperschaft) -> Zahlend {
        let sicht = self.koerperschaft(koerperschaft);
        Zahlend {
            amtsform: sicht.amtsform,
            nominativ: sicht.nominativ,
            genitiv: sicht.genitiv,
        }
    }
}
