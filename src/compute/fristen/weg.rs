//! A way to the day of effect while its steps are being put together.

use super::{Fall, Schritt, Verlauf};
use crate::input::Datum;
use crate::recht::Beleg;

/// A way in the making.
pub(super) struct Weg {
    pub(super) fall: Fall,
    /// Whether its days are only the earliest ones that are possible.
    pub(super) fruehestens: bool,
    schritte: Vec<Schritt>,
}

impl Weg {
    pub(super) fn neu(fall: Fall, fruehestens: bool) -> Self {
        Self {
            fall,
            fruehestens,
            schritte: Vec::new(),
        }
    }

    pub(super) fn schritt(&mut self, norm: &str, beleg: Beleg, tag: Option<Datum>, worte: &str) {
        self.schritte.push(Schritt {
            norm: norm.to_owned(),
            beleg,
            tag,
            worte: worte.to_owned(),
        });
    }

    pub(super) fn ende(
        self,
        fiktion: Option<Datum>,
        bekanntmachung: Option<Datum>,
        fruehestens: Option<Datum>,
        wirksam: Option<Datum>,
    ) -> Verlauf {
        Verlauf {
            fall: self.fall,
            fiktion,
            bekanntmachung,
            fruehestens,
            wirksam,
            ist_fruehestens: self.fruehestens,
            schritte: self.schritte,
        }
    }
}
