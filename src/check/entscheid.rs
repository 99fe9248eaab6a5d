//! What the council of a party has decided on an agreement: as recorded under `beschlüsse`, and as the party's own
//! Drucksachen in the matter tell.

use super::{Lage, Schritt};
use crate::diagnostic::Route;
use crate::input::Datum;
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::drucksache::Art;
use crate::model::koerperschaft::Rolle;
use crate::model::{Drucksache, Koerperschaft, Text, Vereinbarung};

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
    /// Under which conditions it was taken.
    pub(super) vorbehalte: Vec<String>,
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

    /// Whether it decides the matter, for the agreement or against it; what was put off decides nothing.
    fn entscheidet(&self) -> bool {
        self.stimmt_zu() || self.ergebnis == Some(Ergebnisstatus::Abgelehnt)
    }

    /// Whether the body has another role than the council's, or a name that says so.
    pub(super) fn ist_von_ausschuss(&self) -> bool {
        match self.rolle {
            Some(rolle) => rolle != Rolle::Vertretung,
            None => self.gremium.to_lowercase().contains("ausschuss"),
        }
    }

    /// Whether it carries the agreement and was taken by the council, or by whom it gave the decision.
    pub(super) fn traegt(&self) -> bool {
        self.stimmt_zu() && (self.uebertragen || !self.ist_von_ausschuss())
    }

    /// Whether it is still to come.
    pub(super) fn steht_aus(&self) -> bool {
        self.ergebnis.is_none()
    }
}

/// The decision that holds: the last one of the council, else the last one of any body.
pub(super) fn geltender(entscheide: &[Entscheid]) -> Option<&Entscheid> {
    let mut gefallen = entscheide.iter().rev().filter(|e| e.entscheidet());
    let letzter = gefallen.clone().next();
    gefallen.find(|e| !e.ist_von_ausschuss()).or(letzter)
}

impl<'a> Lage<'a> {
    /// What a party decided on an agreement in the order of its days: what is recorded, and what its Drucksachen say. Days
    /// that are not known come last. What was decided before the agreement that this one replaces was concluded can only
    /// have been about that one, and is left out.
    pub(super) fn entscheide(
        &self,
        vereinbarung: &'a Vereinbarung,
        partei: &Koerperschaft,
    ) -> Vec<Entscheid> {
        self.entscheide_davor_oder_danach(vereinbarung, partei, false)
    }

    /// What a party decided no later than on the day on which the former agreement was concluded, in the same order.
    pub(super) fn fruehere_entscheide(
        &self,
        vereinbarung: &'a Vereinbarung,
        partei: &Koerperschaft,
    ) -> Vec<Entscheid> {
        self.entscheide_davor_oder_danach(vereinbarung, partei, true)
    }

    fn entscheide_davor_oder_danach(
        &self,
        vereinbarung: &'a Vereinbarung,
        partei: &Koerperschaft,
        davor: bool,
    ) -> Vec<Entscheid> {
        let ab = self.vorgaenger_geschlossen(vereinbarung);
        let mut entscheide = self.alle_entscheide(vereinbarung, partei);
        entscheide.retain(|entscheid| ist_frueher(entscheid, ab) == davor);
        entscheide.sort_by_key(|entscheid| (entscheid.tag.is_none(), entscheid.tag));
        entscheide
    }

    /// The day on which the agreement that this one replaces was concluded.
    pub(super) fn vorgaenger_geschlossen(&self, vereinbarung: &Vereinbarung) -> Option<Datum> {
        let frueher = vereinbarung.ersetzt.as_ref()?;
        self.vorgang.vereinbarungen.get(frueher)?.geschlossen
    }

    /// First what is recorded, then what its Drucksachen say.
    fn alle_entscheide(
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
                vorbehalte: beschluss.vorbehalte.iter().map(Text::einzeilig).collect(),
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

fn ist_frueher(entscheid: &Entscheid, ab: Option<Datum>) -> bool {
    matches!((entscheid.tag, ab), (Some(tag), Some(ab)) if tag <= ab)
}

fn aus_schritt(schritt: &Schritt, uebertragen: bool) -> Entscheid {
    Entscheid {
        gremium: schritt.beratung.gremium.einzeilig(),
        rolle: schritt.rolle,
        tag: schritt.tag(),
        ergebnis: schritt.beratung.ergebnis.as_ref().map(|e| e.status),
        uebertragen,
        vorbehalte: Vec::new(),
        route: schritt.route_des_gremiums(),
        route_des_tags: schritt.route_des_tags(),
    }
}
