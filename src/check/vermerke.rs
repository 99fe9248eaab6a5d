//! Waivers: who accepted which finding, and why. `vermerke.yaml` beside the matter keeps them.
//!
//! ```yaml
//! vermerke:
//!   - regel: haushaltsjahr-ohne-betrag
//!     stelle: drucksachen/215-21.yaml#drucksache.haushalt.haushaltsjahr
//!     grund: Die Beträge stehen erst mit dem Nachtrag fest
//!     name: M. Beispiel
//!     am: 12.11.2021
//!     deckt: 2-5b0c9e1f2a3d4e5f
//! ```
//!
//! `deckt` is the fingerprint of what was accepted ([`fingerabdruck`]): it changes with the words of the finding, the
//! meaning of the text or data at the place ([`Gegenstand`]) and the state of the law, and then the waiver no longer
//! holds. This module opens no file and knows no clock.

mod abdruck;
mod deckung;
mod ergaenzung;
mod maengel;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Suche, suche};
use crate::diagnostic::{Befund, Route, Stelle, Vermerk};
use crate::input::{Datum, Tree, decode, locate, parse};
use crate::model::Text;
use crate::source::Source;

pub use abdruck::{fingerabdruck, unterscheide};
pub use deckung::Gegenstand;
pub use ergaenzung::ergaenzt;

use abdruck::ist_von_heute;

/// The file beside the matter.
pub const DATEI: &str = "vermerke.yaml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Datei {
    #[serde(default)]
    vermerke: Vec<Eintrag>,
}

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

/// The waivers of a matter.
#[derive(Debug, Default)]
pub struct Vermerke {
    baum: Option<Tree>,
    eintraege: Vec<Eintrag>,
}

impl Vermerke {
    /// Reads the waivers. What cannot be read is an error at its place, and then no waiver holds.
    pub fn lies(quelle: &Source) -> (Self, Vec<Befund>) {
        let baum = match parse(quelle) {
            Ok(baum) => baum,
            Err(befund) => return (Self::default(), vec![befund]),
        };
        let (datei, befunde) = decode::<Datei>(&baum);
        let vermerke = Self {
            baum: Some(baum),
            eintraege: datei.unwrap_or_default().vermerke,
        };
        (vermerke, befunde)
    }

    /// The waivers in the order of the file.
    pub fn eintraege(&self) -> &[Eintrag] {
        &self.eintraege
    }

    /// Marks the findings that are accepted, and says which waivers do not hold. Of the rules that are `ungeprueft`
    /// nobody knows what they would find, so their waivers stay as they are.
    pub fn wende_an(&self, befunde: &mut [Befund], ungeprueft: &[&str]) -> Vec<Befund> {
        let mut maengel = Vec::new();
        let mut ohne_deckung = Vec::new();
        let mut gesehen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        for (i, eintrag) in self.eintraege.iter().enumerate() {
            let regel = match suche(eintrag.regel.as_str()) {
                Suche::Gefunden(regel) => regel,
                Suche::Umbenannt(regel) => {
                    maengel.push(self.alter_name(i, eintrag, regel.name));
                    regel
                }
                Suche::Unbekannt(vorschlag) => {
                    maengel.push(self.unbekannte_regel(i, eintrag, vorschlag));
                    continue;
                }
            };
            let schluessel = (regel.name, eintrag.stelle.as_str(), eintrag.deckt.as_str());
            if let Some(erster) = gesehen.get(&schluessel) {
                maengel.push(self.doppelt(i, *erster));
                continue;
            }
            gesehen.insert(schluessel, i);
            let gedeckt = vermerke(befunde, regel.name, eintrag);
            if !gedeckt && !ungeprueft.contains(&regel.name) {
                ohne_deckung.push((i, eintrag, regel.name));
            }
        }
        for (i, eintrag, regel) in ohne_deckung {
            let hier = |befund: &&Befund| {
                befund.regel == regel && gegenstand(befund) == Some(eintrag.stelle.as_str())
            };
            maengel.push(match befunde.iter().find(hier) {
                _ if !ist_von_heute(eintrag.deckt.as_str()) => self.aeltere_fassung(i, eintrag),
                Some(befund) => self.abgelaufen(i, eintrag, befund),
                None => self.ohne_befund(i, eintrag),
            });
        }
        maengel
    }

    fn ort(&self, i: usize, feld: &str) -> Stelle {
        let Some(baum) = &self.baum else {
            return Stelle::Pfad(DATEI.into());
        };
        let route = Route::wurzel(&*baum.source().name)
            .feld("vermerke")
            .index(i)
            .feld(feld);
        baum.stelle(locate(baum, &route))
    }
}

/// Marks the findings that this waiver covers; whether there are any.
fn vermerke(befunde: &mut [Befund], regel: &str, eintrag: &Eintrag) -> bool {
    let mut gedeckt = false;
    for befund in befunde.iter_mut().filter(|befund| befund.regel == regel) {
        if let Some(pruefung) = &mut befund.pruefung
            && pruefung.stelle == eintrag.stelle.as_str()
            && pruefung.deckt == eintrag.deckt.as_str()
        {
            gedeckt = true;
            pruefung.vermerk = Some(Vermerk {
                grund: eintrag.grund.einzeilig(),
                name: eintrag.name.einzeilig(),
                am: eintrag.am.map(|tag| tag.to_string()),
            });
        }
    }
    gedeckt
}

fn gegenstand(befund: &Befund) -> Option<&str> {
    let pruefung = befund.pruefung.as_ref();
    pruefung.map(|pruefung| pruefung.stelle.as_str())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diagnostic::Pruefung;

    pub(crate) const REGEL: &str = "haushaltsjahr-ohne-betrag";

    const ABDRUCK: &str = "2-0123456789abcdef";

    pub(crate) fn befund(deckt: &str) -> Befund {
        let stelle = Stelle::Datei {
            datei: "a.yaml".into(),
            bereich: 0..1,
        };
        let mut befund = Befund::warnung(REGEL, stelle, "es fehlt etwas");
        befund.pruefung = Some(Box::new(Pruefung {
            stelle: "a.yaml#haushalt".to_owned(),
            deckt: deckt.to_owned(),
            ..Pruefung::default()
        }));
        befund
    }

    fn eintrag(regel: &str, stelle: &str, deckt: &str) -> String {
        format!(
            "  - {{ regel: {regel}, stelle: '{stelle}', grund: so gewollt, name: M. B., deckt: '{deckt}' }}\n"
        )
    }

    fn wende_an(eintraege: &str, befunde: &mut [Befund]) -> Vec<&'static str> {
        let quelle = Source::new(DATEI, format!("vermerke:\n{eintraege}"));
        let (vermerke, maengel) = Vermerke::lies(&quelle);
        assert_eq!(maengel, []);
        vermerke
            .wende_an(befunde, &[])
            .iter()
            .map(|b| b.regel)
            .collect()
    }

    #[test]
    fn a_waiver_that_covers_a_finding_takes_it_out_of_the_count() {
        let mut befunde = [befund(ABDRUCK)];
        assert!(wende_an(&eintrag(REGEL, "a.yaml#haushalt", ABDRUCK), &mut befunde).is_empty());
        assert!(!befunde[0].zaehlt());
    }

    #[test]
    fn a_changed_fingerprint_ends_a_waiver() {
        let mut befunde = [befund("2-fedcba9876543210")];
        let maengel = wende_an(&eintrag(REGEL, "a.yaml#haushalt", ABDRUCK), &mut befunde);
        assert_eq!(maengel, ["vermerk-abgelaufen"]);
        assert!(befunde[0].zaehlt());
    }

    #[test]
    fn a_fingerprint_of_another_making_is_to_be_written_anew() {
        for alt in ["5b0c9e1f2a3d4e5f", "1-5b0c9e1f2a3d4e5f", "2-xyz", "00"] {
            for stelle in ["a.yaml#haushalt", "a.yaml#alt[2]"] {
                let quelle =
                    Source::new(DATEI, format!("vermerke:\n{}", eintrag(REGEL, stelle, alt)));
                let mut befunde = [befund(ABDRUCK)];
                let maengel = Vermerke::lies(&quelle).0.wende_an(&mut befunde, &[]);
                assert_eq!(maengel[0].regel, "vermerk-abgelaufen");
                assert!(
                    maengel[0]
                        .abhilfe
                        .as_ref()
                        .unwrap()
                        .contains("neu vermerken")
                );
                assert!(befunde[0].zaehlt());
            }
        }
    }

    #[test]
    fn a_waiver_that_matches_nothing_is_a_finding() {
        let mut befunde = [befund(ABDRUCK)];
        let maengel = wende_an(&eintrag(REGEL, "b.yaml#haushalt", ABDRUCK), &mut befunde);
        assert_eq!(maengel, ["vermerk-ohne-befund"]);
    }

    #[test]
    fn an_unknown_rule_leads_to_the_one_that_is_meant() {
        let quelle = Source::new(
            DATEI,
            format!(
                "vermerke:\n{}",
                eintrag("haushaltsjar-ohne-betrag", "a", "1")
            ),
        );
        let (vermerke, _) = Vermerke::lies(&quelle);
        let maengel = vermerke.wende_an(&mut [], &[]);
        assert_eq!(maengel[0].regel, "vermerk-unbekannte-regel");
        assert_eq!(
            maengel[0].abhilfe.as_deref(),
            Some("meinten Sie „haushaltsjahr-ohne-betrag“?")
        );
    }

    #[test]
    fn two_waivers_for_one_finding_are_one_too_many() {
        let zwei = eintrag(REGEL, "a.yaml#haushalt", ABDRUCK).repeat(2);
        let mut befunde = [befund(ABDRUCK)];
        assert_eq!(wende_an(&zwei, &mut befunde), ["vermerk-doppelt"]);
        assert!(!befunde[0].zaehlt());
    }

    #[test]
    fn what_does_not_parse_is_an_error_and_covers_nothing() {
        for text in ["vermerke: [", "vermerke:\n  - regel: x\n", "regeln: []\n"] {
            let (vermerke, maengel) = Vermerke::lies(&Source::new(DATEI, text));
            assert!(maengel.iter().any(Befund::ist_fehler), "{text}");
            assert!(vermerke.eintraege().is_empty());
        }
    }
}
