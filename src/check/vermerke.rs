//! Waivers: who accepted which finding, and why. `vermerke.yaml` beside the matter keeps them.
//!
//! ```yaml
//! vermerke:
//!   - regel: haushaltsjahr-ohne-betrag
//!     stelle: drucksachen/215-21.yaml#drucksache.haushalt.haushaltsjahr
//!     grund: Die Beträge stehen erst mit dem Nachtrag fest
//!     name: M. Beispiel
//!     am: 12.11.2021
//!     deckt: 2-5b0c9e1f2a3d4e5f-0a1b-2c3d-4e5f
//! ```
//!
//! `deckt` is the fingerprint of what was accepted ([`fingerabdruck`]): it changes with the words of the finding, the
//! meaning of the text or data at the place ([`Gegenstand`]) and the state of the law, and then the waiver no longer
//! holds. This module opens no file and knows no clock.

mod abdruck;
mod anwenden;
mod deckung;
mod ergaenzung;
mod lesen;
mod maengel;

use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::{Befund, Route, Schritt, Stelle};
use crate::input::{Datum, Tree, locate};
use crate::model::Text;
use crate::source::Source;

pub use abdruck::{fingerabdruck, unterscheide};
pub use anwenden::Umfeld;
pub use deckung::{Gegenstand, Zeilennamen};
pub use ergaenzung::{ergaenzt, ersetzt};
pub use lesen::{ist_verlegt, unlesbar, verlegt};
pub use maengel::sagt_etwas;

/// The file beside the matter.
pub const DATEI: &str = "vermerke.yaml";

/// A waiver as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eintrag {
    /// The rule.
    pub regel: Text,
    /// What the finding is about; see [`crate::diagnostic::Pruefung::stelle`].
    pub stelle: Text,
    /// Why it is accepted.
    pub grund: Text,
    /// Who accepted it.
    pub name: Text,
    /// When.
    pub am: Option<Datum>,
    /// Fingerprint of what was accepted.
    pub deckt: Text,
}

/// A waiver and where it is written.
#[derive(Debug)]
struct Geschrieben {
    eintrag: Eintrag,
    baum: Arc<Tree>,
    route: Route,
}

impl Geschrieben {
    /// Where a field of it stands.
    fn ort(&self, feld: &str) -> Stelle {
        let route = self.route.feld(feld);
        self.baum.stelle(locate(&self.baum, &route))
    }

    /// Its row in the list.
    fn zeile(&self) -> Option<usize> {
        match self.route.schritte.last() {
            Some(Schritt::Index(zeile)) => Some(*zeile),
            _ => None,
        }
    }
}

/// The waivers of a matter.
#[derive(Debug, Default)]
pub struct Vermerke {
    geschrieben: Vec<Geschrieben>,
}

impl Vermerke {
    /// Reads the waivers. What cannot be read is an error at its place; the other waivers hold.
    pub fn lies(quelle: &Source) -> (Self, Vec<Befund>) {
        let gelesen = lesen::lies(quelle);
        let vermerke = Self {
            geschrieben: gelesen.vermerke,
        };
        (vermerke, gelesen.befunde)
    }

    /// The waivers in the order of the file.
    pub fn eintraege(&self) -> impl Iterator<Item = &Eintrag> {
        self.geschrieben.iter().map(|vermerk| &vermerk.eintrag)
    }
}
