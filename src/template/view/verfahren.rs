//! How far an agreement has come with its parties: decisions of their councils, signatures, who files for all.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Blick, KoerperschaftSicht, MengeSicht, leer};
use crate::compute::{Menge, Zahlen};
use crate::input::Datum;
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::vereinbarung::{Beschluss, Status, Vereinbarung};
use crate::model::{Koerperschaft, Schluessel, Vorgang};

/// What became of an agreement in the council of a party. What is not known is empty.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RatsbeschlussSicht {
    /// Official form of the party.
    pub koerperschaft: String,
    /// Its council.
    pub gremium: String,
    /// The day.
    pub datum: String,
    /// Number of the paper.
    pub nummer: String,
    /// „beschlossen“, „abgelehnt“; empty where no decision is known.
    pub ergebnis: &'static str,
}

/// A decision, wherever it was written down.
struct Entscheidung {
    gremium: String,
    datum: Option<Datum>,
    nummer: String,
    ergebnis: Ergebnisstatus,
}

impl Entscheidung {
    fn traegt(&self) -> bool {
        matches!(
            self.ergebnis,
            Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert
        )
    }
}

impl Blick<'_> {
    /// Whether all parties have signed: as the signatures say where any is written down, else as the status says.
    pub(super) fn ist_unterzeichnet(&self, vereinbarung: &Vereinbarung) -> bool {
        if vereinbarung.unterzeichnet.is_empty() {
            return vereinbarung.status >= Status::Unterzeichnet;
        }
        let hat = |partei: &Koerperschaft| {
            let mut unterschriften = vereinbarung.unterzeichnet.iter();
            unterschriften.any(|u| u.koerperschaft == partei.schluessel)
        };
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        beteiligte.is_some_and(|b| b.parteien.iter().all(hat))
    }

    /// Day of conclusion: as it is written, else of the last signature once all have signed.
    pub(super) fn geschlossen(&self, vereinbarung: &Vereinbarung) -> Option<Datum> {
        vereinbarung.geschlossen.or_else(|| {
            let letzte = vereinbarung.unterzeichnet.iter().map(|u| u.am).max();
            letzte.filter(|_| self.ist_unterzeichnet(vereinbarung))
        })
    }

    /// Who files for all parties: the party that leads the matter, else the provider of the first task.
    pub(super) fn antragstellend(&self, vereinbarung: &Vereinbarung) -> Option<KoerperschaftSicht> {
        let wer = antragstellend(self.vorgang, self.zahlen, vereinbarung)?;
        Some(self.koerperschaft(wer))
    }

    /// The decision of each party; nothing at all where none is known.
    pub(super) fn beschlusslage(&self, vereinbarung: &Vereinbarung) -> Vec<RatsbeschlussSicht> {
        let Some(beteiligte) = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel) else {
            return Vec::new();
        };
        let zeilen: Vec<_> = beteiligte
            .parteien
            .iter()
            .map(|partei| (partei, self.entscheidung(vereinbarung, &partei.schluessel)))
            .collect();
        if zeilen
            .iter()
            .all(|(_, entscheidung)| entscheidung.is_none())
        {
            return Vec::new();
        }
        zeilen
            .into_iter()
            .map(|(partei, entscheidung)| RatsbeschlussSicht {
                koerperschaft: partei.amtsform(),
                ergebnis: entscheidung.as_ref().map_or("", |e| e.ergebnis.wortlaut()),
                datum: leer(entscheidung.as_ref().and_then(|e| e.datum)),
                gremium: entscheidung
                    .as_ref()
                    .map(|e| e.gremium.clone())
                    .unwrap_or_default(),
                nummer: entscheidung.map(|e| e.nummer).unwrap_or_default(),
            })
            .collect()
    }

    /// The parties without a decision that carries the agreement; nobody where no decision at all is known.
    pub(super) fn ohne_beschluss(&self, vereinbarung: &Vereinbarung) -> MengeSicht {
        let Some(beteiligte) = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel) else {
            return MengeSicht::default();
        };
        let (mit, ohne): (Vec<_>, Vec<_>) = beteiligte.parteien.iter().partition(|partei| {
            self.entscheidung(vereinbarung, &partei.schluessel)
                .is_some_and(|entscheidung| entscheidung.traegt())
        });
        if mit.is_empty() && self.beschlusslage(vereinbarung).is_empty() {
            return MengeSicht::default();
        }
        self.menge(&Menge::aus(self.vorgang, ohne.into_iter()))
    }

    /// The last decision of a party: from the agreement, else from the party's own Drucksache on it.
    fn entscheidung(&self, vereinbarung: &Vereinbarung, wer: &Schluessel) -> Option<Entscheidung> {
        let genannte = vereinbarung.beschluesse.iter();
        let genannt = genannte
            .filter(|beschluss| beschluss.koerperschaft == *wer)
            .max_by_key(|beschluss| beschluss.datum);
        genannt
            .map(aus_beschluss)
            .or_else(|| self.aus_drucksache(vereinbarung, wer))
    }

    fn aus_drucksache(
        &self,
        vereinbarung: &Vereinbarung,
        wer: &Schluessel,
    ) -> Option<Entscheidung> {
        let eigene = self.vorgang.drucksachen.iter().filter(|drucksache| {
            let handelt_davon = self.vorgang.vereinbarung_zu(drucksache);
            let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
            handelt_davon.is_some_and(|v| v.schluessel == vereinbarung.schluessel)
                && koerperschaft.is_some_and(|k| k.schluessel == *wer)
        });
        let mut entscheidungen = Vec::new();
        for drucksache in eigene {
            for beratung in drucksache.beratungen().iter() {
                if let Some(ergebnis) = &beratung.ergebnis
                    && beratung.beschlussstatus == Beschlussstatus::Entscheidung
                {
                    entscheidungen.push(Entscheidung {
                        gremium: beratung.gremium.to_string(),
                        datum: beratung.sitzungsdatum,
                        nummer: drucksache.nummer.to_string(),
                        ergebnis: ergebnis.status,
                    });
                }
            }
        }
        entscheidungen
            .into_iter()
            .max_by_key(|entscheidung| entscheidung.datum)
    }

    /// The reference of the matter at the party that files for all: that of its own Drucksache, or empty.
    pub(super) fn aktenzeichen(&self, vereinbarung: &Vereinbarung) -> String {
        let antragstellend = antragstellend(self.vorgang, self.zahlen, vereinbarung);
        let mut eigene = self.vorgang.drucksachen.iter().filter(|drucksache| {
            let handelt_davon = self.vorgang.vereinbarung_zu(drucksache);
            let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
            handelt_davon.is_some_and(|v| v.schluessel == vereinbarung.schluessel)
                && koerperschaft.map(|k| &k.schluessel) == antragstellend.map(|k| &k.schluessel)
        });
        leer(eigene.find_map(|drucksache| drucksache.aktenzeichen.as_ref()))
    }
}

/// Who files for all parties: the party that leads the matter, else the provider of the first task.
pub(in crate::template) fn antragstellend<'a>(
    vorgang: &'a Vorgang,
    zahlen: &Zahlen<'_>,
    vereinbarung: &'a Vereinbarung,
) -> Option<&'a Koerperschaft> {
    let beteiligte = zahlen.vereinbarungen.get(&vereinbarung.schluessel)?;
    let anbieter = vereinbarung.aufgaben.values().map(|a| &a.anbieter);
    let federfuehrend = vorgang.kopf.federfuehrend.iter();
    federfuehrend
        .chain(anbieter)
        .filter_map(|wer| vorgang.koerperschaften.get(wer))
        .find(|wer| beteiligte.parteien.enthaelt(wer))
}

fn aus_beschluss(beschluss: &Beschluss) -> Entscheidung {
    Entscheidung {
        gremium: beschluss.gremium.to_string(),
        datum: Some(beschluss.datum),
        nummer: leer(beschluss.nummer.as_ref()),
        ergebnis: beschluss.ergebnis.unwrap_or(Ergebnisstatus::Beschlossen),
    }
}
