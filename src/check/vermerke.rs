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

mod deckung;

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Suche, suche};
use crate::diagnostic::{Befund, Route, Stelle, Vermerk};
use crate::input::{Datum, Tree, decode, locate, parse};
use crate::model::Text;
use crate::recht::Gesetz;
use crate::source::Source;

pub use deckung::Gegenstand;

/// The file beside the matter.
pub const DATEI: &str = "vermerke.yaml";

/// What a fingerprint begins with: how it is made. Another way of making it has another number.
const FASSUNG: &str = "2-";

/// How many hexadecimal digits follow.
const STELLEN: usize = 16;

/// What a file says that has no waiver yet.
const KOPF: &str = "# Befunde, die jemand bewusst hinnimmt; geschrieben von `drucksache vermerken`.\n# Ändert sich, was ein Vermerk deckt, gilt er nicht mehr.\nvermerke:\n";

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

/// Fingerprint of what somebody accepts who accepts a finding: `2-` and 16 hexadecimal digits.
///
/// `gedeckt` is the text or the data at the place and at those that explain it ([`Gegenstand::inhalt`]). White space does
/// not count.
pub fn fingerabdruck(befund: &Befund, gedeckt: &str, gesetze: &BTreeMap<String, Gesetz>) -> String {
    let mut hash = Sha256::new();
    let mut nimm = |text: &str| {
        for wort in text.split_whitespace() {
            hash.update(wort.as_bytes());
            hash.update(b" ");
        }
        hash.update(b"\0");
    };
    nimm(befund.regel);
    nimm(&befund.text);
    nimm(gedeckt);
    let normen = super::regel(befund.regel).map_or(&[][..], |regel| regel.normen);
    for norm in normen {
        nimm(&norm.rechtsstand(gesetze));
    }
    abdruck(&hash.finalize())
}

/// Gives twins, findings that say the same of the same words in one piece of text, fingerprints of their own: who accepts
/// one has not seen the other. The first in the order of places keeps its own.
pub fn unterscheide(befunde: &mut [Befund]) {
    let mut gesehen: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    for befund in befunde {
        let Some(pruefung) = &mut befund.pruefung else {
            continue;
        };
        let zwilling = (
            befund.regel,
            pruefung.stelle.clone(),
            pruefung.deckt.clone(),
        );
        let zahl = gesehen.entry(zwilling).or_default();
        if *zahl > 0 {
            let mut hash = Sha256::new();
            hash.update(pruefung.deckt.as_bytes());
            hash.update(zahl.to_string().as_bytes());
            pruefung.deckt = abdruck(&hash.finalize());
        }
        *zahl += 1;
    }
}

/// Enough of a hash to tell texts apart.
fn abdruck(hash: &[u8]) -> String {
    let anfang = hash.iter().take(STELLEN / 2);
    let ziffern: String = anfang.map(|byte| format!("{byte:02x}")).collect();
    format!("{FASSUNG}{ziffern}")
}

/// Whether a fingerprint is made as this program makes them.
fn ist_von_heute(deckt: &str) -> bool {
    deckt.strip_prefix(FASSUNG).is_some_and(|ziffern| {
        ziffern.len() == STELLEN && ziffern.bytes().all(|b| b.is_ascii_hexdigit())
    })
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

    fn alter_name(&self, i: usize, eintrag: &Eintrag, neu: &str) -> Befund {
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

    fn unbekannte_regel(&self, i: usize, eintrag: &Eintrag, vorschlag: Option<&str>) -> Befund {
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

    fn doppelt(&self, i: usize, erster: usize) -> Befund {
        Befund::warnung(
            "vermerk-doppelt",
            self.ort(i, "stelle"),
            "zu dieser Stelle gibt es schon einen Vermerk; es gilt der erste",
        )
        .abhilfe("einen der beiden löschen")
        .dazu(self.ort(erster, "stelle"), "der erste Vermerk")
    }

    fn abgelaufen(&self, i: usize, eintrag: &Eintrag, befund: &Befund) -> Befund {
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

    fn aeltere_fassung(&self, i: usize, eintrag: &Eintrag) -> Befund {
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

    fn ohne_befund(&self, i: usize, eintrag: &Eintrag) -> Befund {
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

/// The file's text with one more waiver at its end; comments and everything else stay as they are.
///
/// `None` where the file is written in such a way that a text at its end is not a further waiver.
pub fn ergaenzt(text: &str, eintrag: &Eintrag) -> Option<String> {
    let vorher = gelesen(text)?;
    let umbruch = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut neu = if vorher.is_empty() && !text.contains("vermerke") {
        format!("{text}{KOPF}")
    } else {
        text.to_owned()
    };
    if !neu.is_empty() && !neu.ends_with('\n') {
        neu.push_str(umbruch);
    }
    let einzug = einzug(&neu);
    neu.push_str(&eintrag.als_yaml(einzug).replace('\n', umbruch));
    let nachher = gelesen(&neu)?;
    let (letzter, rest) = nachher.split_last()?;
    (rest == vorher && letzter == eintrag).then_some(neu)
}

fn gelesen(text: &str) -> Option<Vec<Eintrag>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let (vermerke, befunde) = Vermerke::lies(&Source::new(DATEI, text));
    // A file with a head and nothing below it is one to begin with.
    let leer = vermerke.eintraege.is_empty()
        && text.lines().all(|zeile| {
            let zeile = zeile.trim();
            zeile.is_empty() || zeile.starts_with('#') || zeile == "vermerke:"
        });
    (befunde.is_empty() || leer).then_some(vermerke.eintraege)
}

/// How far the items of the list are indented.
fn einzug(text: &str) -> &str {
    text.lines()
        .rfind(|zeile| zeile.trim_start().starts_with("- "))
        .map_or("  ", |zeile| {
            &zeile[..zeile.len() - zeile.trim_start().len()]
        })
}

impl Eintrag {
    fn als_yaml(&self, einzug: &str) -> String {
        let mut yaml = format!("{einzug}- regel: {}\n", self.regel);
        let mut zeile = |schluessel: &str, wert: &str| {
            yaml.push_str(&format!("{einzug}  {schluessel}: {wert}\n"));
        };
        zeile("stelle", &zitiert(self.stelle.as_str()));
        zeile("grund", &zitiert(&self.grund.einzeilig()));
        zeile("name", &zitiert(&self.name.einzeilig()));
        if let Some(tag) = self.am {
            zeile("am", &tag.to_string());
        }
        zeile("deckt", &zitiert(self.deckt.as_str()));
        yaml
    }
}

fn zitiert(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Pruefung;
    use crate::recht;

    const REGEL: &str = "haushaltsjahr-ohne-betrag";

    const ABDRUCK: &str = "2-0123456789abcdef";

    fn befund(deckt: &str) -> Befund {
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

    #[test]
    fn the_fingerprint_follows_words_data_and_law_but_not_white_space() {
        let gesetze = recht::gesetze();
        let alt = fingerabdruck(&befund(""), "ein  Text", &gesetze);
        assert_eq!(alt, fingerabdruck(&befund(""), "ein\nText", &gesetze));
        assert_ne!(alt, fingerabdruck(&befund(""), "einText", &gesetze));
        let mut anders = befund("");
        anders.text.push('!');
        assert_ne!(alt, fingerabdruck(&anders, "ein Text", &gesetze));
        let gesetzliche = Befund {
            regel: "kosten-nur-verwiesen",
            ..befund("")
        };
        let mut spaeter = gesetze.clone();
        spaeter.get_mut("gkg").unwrap().aenderungen.pop();
        assert_ne!(
            fingerabdruck(&gesetzliche, "", &gesetze),
            fingerabdruck(&gesetzliche, "", &spaeter)
        );
    }

    fn neuer() -> Eintrag {
        Eintrag {
            regel: Text::from(REGEL),
            stelle: Text::from("a.yaml#haushalt.jahr[2]"),
            grund: Text::from("„so“: it's # gewollt"),
            name: Text::from("M. 'X' B."),
            am: "12.11.2021".parse().ok(),
            deckt: Text::from("0123456789012345"),
        }
    }

    #[test]
    fn an_added_waiver_leaves_all_that_was_written() {
        for vorher in [
            "",
            "# Kommentar\n",
            "vermerke:\n",
            "# oben\nvermerke:\n- regel: x # hinten\n  stelle: s\n  grund: g\n  name: n\n  deckt: '1'\n# unten",
            "vermerke:\r\n    - regel: x\r\n      stelle: s\r\n      grund: g\r\n      name: n\r\n      deckt: '1'\r\n",
        ] {
            let nachher = ergaenzt(vorher, &neuer()).unwrap();
            assert!(nachher.starts_with(vorher), "{nachher}");
            let (vermerke, _) = Vermerke::lies(&Source::new(DATEI, nachher.as_str()));
            assert_eq!(vermerke.eintraege().last(), Some(&neuer()), "{nachher}");
        }
    }

    #[test]
    fn a_file_written_otherwise_is_left_alone() {
        for vorher in ["vermerke: []\n", "vermerke: [\n", "anderes: x\n"] {
            assert_eq!(ergaenzt(vorher, &neuer()), None, "{vorher}");
        }
    }
}
