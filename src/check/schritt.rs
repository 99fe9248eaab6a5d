//! The steps of a Beratungsfolge as rules see them: with their place, the role of their body, and what became of them.

use super::Lage;
use crate::diagnostic::Route;
use crate::input::Datum;
use crate::model::beratung::{Beratung, Beschlussstatus, Ergebnisstatus};
use crate::model::koerperschaft::{Kasus, Koerperschaft, Rolle};
use crate::model::{Drucksache, namen};

/// Names of elected councils that need no base data to be known as such.
const VERTRETUNGEN: [&str; 4] = ["Rat", "Kreistag", "Stadtrat", "Gemeinderat"];

/// A step of a Beratungsfolge.
#[derive(Debug, Clone)]
pub struct Schritt {
    /// What the paper says of it.
    pub beratung: Beratung,
    /// What its body is for; `None` if neither base data nor its name tell.
    pub rolle: Option<Rolle>,
    /// Its place; the body's where the short form names only one.
    pub route: Route,
}

impl Schritt {
    /// The place of its day.
    pub fn route_des_tags(&self) -> Route {
        if self.in_kurzform() {
            // The short form keeps body and day side by side.
            let mut route = self.route.clone();
            route.schritte.pop();
            route.feld("datum")
        } else {
            self.route.feld("sitzungsdatum")
        }
    }

    /// The place of what its body does; the body's where that is left to the usual, or where the short form names only one.
    pub fn status(&self) -> Route {
        if self.in_kurzform() {
            self.route.clone()
        } else {
            self.route.feld("beschlussstatus")
        }
    }

    /// The place of its body's name.
    pub fn route_des_gremiums(&self) -> Route {
        if self.in_kurzform() {
            self.route.clone()
        } else {
            self.route.feld("gremium")
        }
    }

    /// Its body as sentences name it: „der Kreistag“.
    pub fn wer(&self, kasus: Kasus) -> String {
        namen::gremium(&self.beratung.gremium.einzeilig(), kasus)
    }

    /// Day of the session.
    pub fn tag(&self) -> Option<Datum> {
        self.beratung.sitzungsdatum
    }

    /// Whether the body dealt with the paper, as far as is known: a step that was put off decided nothing.
    pub fn findet_statt(&self) -> bool {
        !matches!(
            self.beratung
                .ergebnis
                .as_ref()
                .map(|ergebnis| ergebnis.status),
            Some(
                Ergebnisstatus::Vertagt
                    | Ergebnisstatus::Verwiesen
                    | Ergebnisstatus::Abgesetzt
                    | Ergebnisstatus::Zurueckgezogen
            )
        )
    }

    /// Whether the body decides, and was not kept from it.
    pub fn entscheidet(&self) -> bool {
        self.beratung.beschlussstatus == Beschlussstatus::Entscheidung && self.findet_statt()
    }

    /// Whether the body prepares the decision of another one, and was not kept from it.
    pub fn bereitet_vor(&self) -> bool {
        matches!(
            self.beratung.beschlussstatus,
            Beschlussstatus::Vorberatung | Beschlussstatus::Empfehlungsbeschluss
        ) && self.findet_statt()
    }

    /// Whether it is the urgent decision that its paper names: the council approves it later.
    pub fn ist_dringlich(&self, drucksache: &Drucksache) -> bool {
        let entschieden = drucksache
            .dringlichkeit
            .as_ref()
            .and_then(|dringlichkeit| dringlichkeit.entscheidung_am);
        entschieden.is_some() && self.tag() == entschieden && self.rolle != Some(Rolle::Vertretung)
    }

    fn in_kurzform(&self) -> bool {
        matches!(
            self.route.schritte.last(),
            Some(crate::diagnostic::Schritt::Feld(feld)) if feld == "gremium"
        )
    }
}

/// What a body of this name is for, if the name tells.
fn rolle_nach_namen(name: &str) -> Option<Rolle> {
    VERTRETUNGEN.contains(&name).then_some(Rolle::Vertretung)
}

impl Lage<'_> {
    /// What a body is for: as the base data say, else as its name does.
    pub(super) fn rolle(&self, koerperschaft: &Koerperschaft, name: &str) -> Option<Rolle> {
        koerperschaft
            .gremien
            .iter()
            .find(|gremium| gremium.name.as_str() == name)
            .map(|gremium| gremium.rolle)
            .or_else(|| rolle_nach_namen(name))
    }

    /// The steps of a paper in their order.
    pub fn schritte(&self, drucksache: &Drucksache) -> Vec<Schritt> {
        let kurz = drucksache.beratungsfolge.is_empty();
        let koerperschaft = self.vorgang.koerperschaft_von(drucksache);
        let schritte = drucksache.beratungen().into_iter().enumerate();
        schritte
            .map(|(i, beratung)| {
                let name = beratung.gremium.as_str();
                Schritt {
                    rolle: match koerperschaft {
                        Some(koerperschaft) => self.rolle(koerperschaft, name),
                        None => rolle_nach_namen(name),
                    },
                    route: if kurz {
                        drucksache.route.feld("gremium")
                    } else {
                        drucksache.route.feld("beratungsfolge").index(i)
                    },
                    beratung,
                }
            })
            .collect()
    }
}
