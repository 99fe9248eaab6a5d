//! Stand-ins for offices that nobody entered, so that rules can look at papers that cannot be handed out yet.
//!
//! A paper with a stand-in is never given to anybody: what is missing stays an error.

use super::koerperschaft::{Amt, Schluessel, Vertretung};
use super::vorgang::Vorgang;
use crate::diagnostic::Route;

/// Key of the office that stands in; no key that somebody can write has brackets.
const ERSATZ: &str = "(fehlt)";

impl Vertretung {
    /// Whether it only stands in for an office that nobody entered.
    pub fn ist_ersatz(&self) -> bool {
        self.amt.as_str() == ERSATZ
    }
}

impl Vorgang {
    /// Lets the administration stand in for each party of which nobody said who represents it on the day of its agreement.
    ///
    /// It is named as every body's administration can be, so that no rule on wording finds fault with it.
    pub(crate) fn ersetze_fehlende_vertretungen(&mut self) {
        let ohne: Vec<Schluessel> = self
            .koerperschaften
            .values()
            .filter(|koerperschaft| {
                let mut vereinbarungen = self.vereinbarungen.values();
                vereinbarungen.any(|vereinbarung| {
                    let tag = self.rechtsstand(vereinbarung);
                    vereinbarung.wird_geschrieben()
                        && self.ist_partei(vereinbarung, &koerperschaft.schluessel)
                        && koerperschaft.vertretung_zu(tag).is_none()
                })
            })
            .map(|koerperschaft| koerperschaft.schluessel.clone())
            .collect();
        let amt = Amt {
            route: Route::default(),
            nominativ: "die Verwaltung".into(),
            genitiv: Some("der Verwaltung".into()),
            dativ: Some("der Verwaltung".into()),
            akkusativ: Some("die Verwaltung".into()),
        };
        self.aemter.insert(ERSATZ.into(), amt);
        for schluessel in ohne {
            if let Some(koerperschaft) = self.koerperschaften.get_mut(&schluessel) {
                koerperschaft.vertretung.push(Vertretung {
                    ab: None,
                    amt: ERSATZ.into(),
                    weitere_unterschriften: Vec::new(),
                });
            }
        }
    }
}
