//! What is wrong with waivers, in words: each finding on a waiver is made here.

use super::abdruck::{FASSUNG, STELLEN};
use super::{Eintrag, Vermerke};
use crate::diagnostic::Befund;

impl Vermerke {
    pub(super) fn alter_name(&self, i: usize, eintrag: &Eintrag, neu: &str) -> Befund {
        Befund::hinweis(
            "vermerk-alter-regelname",
            self.ort(i, "regel"),
            format!(
                "die Regel „{}“ heißt jetzt „{neu}“; der Vermerk gilt weiter",
                eintrag.regel
            ),
        )
        .abhilfe(format!("„{neu}“ eintragen"))
    }

    pub(super) fn unbekannte_regel(
        &self,
        i: usize,
        eintrag: &Eintrag,
        vorschlag: Option<&str>,
    ) -> Befund {
        let befund = Befund::warnung(
            "vermerk-unbekannte-regel",
            self.ort(i, "regel"),
            format!(
                "die Regel „{}“ gibt es nicht; der Vermerk deckt nichts",
                eintrag.regel
            ),
        );
        befund.abhilfe(match vorschlag {
            Some(vorschlag) => format!("meinten Sie „{vorschlag}“?"),
            None => "den Vermerk löschen oder eine Regel nennen, die `drucksache explain` aufzählt"
                .to_owned(),
        })
    }

    pub(super) fn doppelt(&self, i: usize, erster: usize) -> Befund {
        Befund::warnung(
            "vermerk-doppelt",
            self.ort(i, "stelle"),
            "zu dieser Stelle gibt es schon einen Vermerk; es gilt der erste",
        )
        .abhilfe("einen der beiden löschen")
        .dazu(self.ort(erster, "stelle"), "der erste Vermerk")
    }

    pub(super) fn abgelaufen(&self, i: usize, eintrag: &Eintrag, befund: &Befund) -> Befund {
        let abgelaufen = Befund::warnung(
            "vermerk-abgelaufen",
            self.ort(i, "deckt"),
            format!(
                "der Vermerk von {} gilt nicht mehr: Angaben, Text oder Rechtsstand an dieser Stelle haben sich geändert",
                eintrag.name.einzeilig()
            ),
        );
        if befund.zaehlt() {
            abgelaufen
                .abhilfe("den Befund neu bewerten, mit `drucksache vermerken` neu vermerken und diesen Eintrag löschen")
                .dazu(befund.stelle.clone(), "der Befund, der jetzt wieder zählt")
        } else {
            abgelaufen.abhilfe("diesen Eintrag löschen; ein neuerer Vermerk deckt den Befund")
        }
    }

    pub(super) fn aeltere_fassung(&self, i: usize, eintrag: &Eintrag) -> Befund {
        Befund::warnung(
            "vermerk-abgelaufen",
            self.ort(i, "deckt"),
            format!(
                "der Vermerk von {} gilt nicht mehr: `deckt` hat nicht die heutige Form, „{FASSUNG}“ und {STELLEN} Stellen",
                eintrag.name.einzeilig()
            ),
        )
        .abhilfe("den Befund neu bewerten, mit `drucksache vermerken` neu vermerken und diesen Eintrag löschen")
    }

    pub(super) fn ohne_befund(&self, i: usize, eintrag: &Eintrag) -> Befund {
        Befund::warnung(
            "vermerk-ohne-befund",
            self.ort(i, "stelle"),
            format!(
                "die Regel „{}“ findet an dieser Stelle nichts",
                eintrag.regel
            ),
        )
        .abhilfe("den Vermerk löschen oder die Stelle prüfen")
    }
}
