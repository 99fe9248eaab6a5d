//! What the council of a party has decided on an agreement: as recorded under `beschlüsse`, and as the party's own
//! Drucksachen in the matter tell.

use super::{Lage, Schritt};
use crate::diagnostic::Route;
use crate::input::Datum;
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::drucksache::Art;
use crate::model::koerperschaft::Rolle;
use crate::model::{Drucksache, Koerperschaft, Vereinbarung};

/// A decision of a party on an agreement, or one that is still to come.
#[derive(Debug, Clone)]
pub(super) struct Entscheid {
    /// The body.
    pub(super) gremium: String,
    /// What it is for; `None` if neither base data nor its name tell.
    pub(super) rolle: Option<Rolle>,
    /// Its day, where it is known.
    pub(super) tag: Option<Datum>,
    /// What was decided; `None` where a step of a Drucksache has no result yet.
    pub(super) ergebnis: Option<Ergebnisstatus>,
    /// Whether a norm or the council gave the decision to the body.
    pub(super) uebertragen: bool,
    /// Its place.
    pub(super) route: Route,
    /// The place of its day.
    pub(super) route_des_tags: Route,
}

impl Entscheid {
    /// Whether it carries the agreement.
    pub(super) fn stimmt_zu(&self) -> bool {
        matches!(
            self.ergebnis,
            Some(Ergebnisstatus::Beschlossen | Ergebnisstatus::Geaendert)
        )
    }

    /// Whether it is still to come.
    pub(super) fn steht_aus(&self) -> bool {
        self.ergebnis.is_none()
    }
}

impl<'a> Lage<'a> {
    /// What a party decided on an agreement, first what is recorded, then what its Drucksachen say.
    pub(super) fn entscheide(
        &self,
        vereinbarung: &'a Vereinbarung,
        partei: &Koerperschaft,
    ) -> Vec<Entscheid> {
        let route = vereinbarung.route.feld("beschlüsse");
        let beschluesse = vereinbarung
            .beschluesse
            .iter()
            .enumerate()
            .filter(|(_, beschluss)| beschluss.koerperschaft == partei.schluessel)
            .map(|(i, beschluss)| Entscheid {
                gremium: beschluss.gremium.einzeilig(),
                rolle: self.rolle(partei, beschluss.gremium.as_str()),
                tag: Some(beschluss.datum),
                ergebnis: Some(beschluss.ergebnis.unwrap_or(Ergebnisstatus::Beschlossen)),
                uebertragen: false,
                route: route.index(i),
                route_des_tags: route.index(i).feld("datum"),
            });
        let schritte = self
            .drucksachen_von(vereinbarung, partei)
            .into_iter()
            .filter(|drucksache| drucksache.art != Art::Mitteilung)
            .flat_map(|drucksache| {
                let uebertragen = drucksache
                    .zustaendigkeit
                    .as_ref()
                    .is_some_and(|z| z.uebertragen_durch.is_some());
                self.schritte(drucksache)
                    .into_iter()
                    .filter(|schritt| {
                        schritt.beratung.beschlussstatus == Beschlussstatus::Entscheidung
                    })
                    .map(move |schritt| aus_schritt(&schritt, uebertragen))
            });
        beschluesse.chain(schritte).collect()
    }

    /// The papers of a party on an agreement.
    pub(super) fn drucksachen_von(
        &self,
        vereinbarung: &'a Vereinbarung,
        partei: &Koerperschaft,
    ) -> Vec<&'a Drucksache> {
        let vorgang = self.vorgang;
        self.drucksachen_zu(vereinbarung)
            .filter(|drucksache| {
                vorgang
                    .koerperschaft_von(drucksache)
                    .is_some_and(|k| k.schluessel == partei.schluessel)
            })
            .collect()
    }
}

fn aus_schritt(schritt: &Schritt, uebertragen: bool) -> Entscheid {
    Entscheid {
        gremium: schritt.beratung.gremium.einzeilig(),
        rolle: schritt.rolle,
        tag: schritt.tag(),
        ergebnis: schritt.beratung.ergebnis.as_ref().map(|e| e.status),
        uebertragen,
        route: schritt.route.clone(),
        route_des_tags: schritt.route_des_tags(),
    }
}
