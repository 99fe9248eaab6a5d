//! Applies waivers to findings: which findings are accepted, and what became of waivers that accept none.

use std::collections::{BTreeMap, BTreeSet};

use super::abdruck::{ist_von_heute, kern, unterschied};
use super::maengel::Umzug;
use super::{Eintrag, Geschrieben, Vermerke};
use crate::check::handbuch::suche_in;
use crate::check::{Suche, suche};
use crate::diagnostic::{Befund, Pruefung, Vermerk};

/// What a waiver is held against, beside the findings.
#[derive(Debug, Default)]
pub struct Umfeld<'a> {
    /// The rules that could not look: nobody knows what they would find, so their waivers stay as they are.
    pub ungeprueft: &'a [&'static str],
    /// The files and papers of the matter, as places of waivers begin.
    pub namen: BTreeSet<String>,
    /// Rules that had another name in an older version: the old one and the new one.
    pub umbenannt: &'a [(&'a str, &'a str)],
}

impl Vermerke {
    /// Marks the findings that are accepted, and says which waivers do not hold.
    pub fn wende_an(&self, befunde: &mut [Befund], umfeld: &Umfeld<'_>) -> Vec<Befund> {
        let mut maengel = Vec::new();
        let mut ohne_deckung = Vec::new();
        let mut gesehen: BTreeMap<(&str, &str, &str), &Geschrieben> = BTreeMap::new();
        for vermerk in &self.geschrieben {
            let eintrag = &vermerk.eintrag;
            // For what nobody answers nobody accepted.
            let ohne = vermerk.ohne_namen_oder_grund();
            if !ohne.is_empty() {
                maengel.extend(ohne);
                continue;
            }
            let regel = match suche_in(eintrag.regel.as_str(), umfeld.umbenannt) {
                Suche::Gefunden(regel) => regel,
                Suche::Umbenannt(regel) => {
                    maengel.push(vermerk.alter_name(regel.name));
                    regel
                }
                Suche::Unbekannt(vorschlag) => {
                    maengel.push(vermerk.unbekannte_regel(vorschlag));
                    continue;
                }
            };
            let deckt = kern(eintrag.deckt.as_str());
            let schluessel = (regel.name, eintrag.stelle.as_str(), deckt);
            if let Some(erster) = gesehen.get(&schluessel) {
                maengel.push(vermerk.doppelt(erster));
                continue;
            }
            gesehen.insert(schluessel, vermerk);
            let gedeckt = vermerke(befunde, regel.name, eintrag);
            if !gedeckt && !umfeld.ungeprueft.contains(&regel.name) {
                ohne_deckung.push((vermerk, regel.name));
            }
        }
        for (vermerk, regel) in ohne_deckung {
            let ihre = befunde.iter().filter(|befund| befund.regel == regel);
            let ihre: Vec<_> = ihre
                .filter_map(|befund| Some((befund, befund.pruefung.as_deref()?)))
                .collect();
            maengel.push(verfallen(vermerk, &ihre, umfeld));
        }
        maengel
    }
}

impl Eintrag {
    /// Whether a finding is what was accepted, wherever it stands.
    fn deckt_ihn(&self, pruefung: &Pruefung) -> bool {
        let deckt = self.deckt.as_str();
        ist_von_heute(deckt) && kern(&pruefung.deckt) == kern(deckt)
    }
}

impl Vermerke {
    /// The row of a waiver that this new one renews: it is on the same rule, covers none of the findings, and is on the same
    /// place or, where the place got another name, on the same words, data and law. Of several, the one of which least
    /// changed.
    pub fn erneuert(&self, neuer: &Eintrag, befunde: &[Befund]) -> Option<usize> {
        let hier = |regel: &str, eintrag: &Eintrag| {
            let ihre = befunde.iter().filter(|befund| befund.regel == regel);
            let mut ihre = ihre.filter_map(|befund| befund.pruefung.as_deref());
            ihre.any(|p| p.stelle == eintrag.stelle.as_str() && eintrag.deckt_ihn(p))
                && eintrag.hat_namen_und_grund()
        };
        let verfallene = self.geschrieben.iter().filter(|vermerk| {
            let eintrag = &vermerk.eintrag;
            let regel = match suche(eintrag.regel.as_str()) {
                Suche::Gefunden(regel) | Suche::Umbenannt(regel) => regel.name,
                Suche::Unbekannt(_) => return false,
            };
            let gemeint = eintrag.stelle == neuer.stelle
                || kern(eintrag.deckt.as_str()) == kern(neuer.deckt.as_str());
            regel == neuer.regel.as_str() && gemeint && !hier(regel, eintrag)
        });
        let neu = neuer.deckt.as_str();
        let aehnlichster = verfallene
            .min_by_key(|vermerk| unterschied(vermerk.eintrag.deckt.as_str(), neu).len())?;
        aehnlichster.zeile()
    }
}

/// Marks the findings that this waiver covers; whether there are any.
fn vermerke(befunde: &mut [Befund], regel: &str, eintrag: &Eintrag) -> bool {
    let mut gedeckt = false;
    for befund in befunde.iter_mut().filter(|befund| befund.regel == regel) {
        if let Some(pruefung) = &mut befund.pruefung
            && pruefung.stelle == eintrag.stelle.as_str()
            && eintrag.deckt_ihn(pruefung)
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

/// Why a waiver covers none of the findings of its rule: their words or data changed, their place has another name, or
/// there is nothing left to accept.
fn verfallen(vermerk: &Geschrieben, ihre: &[(&Befund, &Pruefung)], umfeld: &Umfeld<'_>) -> Befund {
    let eintrag = &vermerk.eintrag;
    if !ist_von_heute(eintrag.deckt.as_str()) {
        return vermerk.aeltere_fassung();
    }
    let alt = eintrag.stelle.as_str();
    let hier = ihre.iter().filter(|(_, pruefung)| pruefung.stelle == alt);
    let anders = |pruefung: &Pruefung| unterschied(eintrag.deckt.as_str(), &pruefung.deckt);
    // One that counts again says more than one that a newer waiver covers, and one of which less changed is more likely meant.
    let naechster = hier.max_by_key(|(befund, pruefung)| {
        (befund.zaehlt(), std::cmp::Reverse(anders(pruefung).len()))
    });
    if let Some((befund, pruefung)) = naechster {
        return match pruefung.nicht_pruefbar && befund.zaehlt() {
            true => vermerk.nicht_pruefbar(befund),
            false => vermerk.abgelaufen(befund, &anders(pruefung)),
        };
    }
    let gibt_es_noch = umfeld.namen.contains(datei(alt));
    let offene = || {
        ihre.iter()
            .filter(|(befund, pruefung)| befund.zaehlt() && !pruefung.nicht_pruefbar)
    };
    // Where the file is still there, what stands in another one is another finding.
    let umgezogen = offene()
        .filter(|(_, pruefung)| !gibt_es_noch || datei(&pruefung.stelle) == datei(alt))
        .map(|(befund, pruefung)| {
            let umzug = Umzug {
                befund,
                neu: &pruefung.stelle,
                unveraendert: eintrag.deckt_ihn(pruefung),
                anders: anders(pruefung),
            };
            (umzug, aehnlich(alt, &pruefung.stelle))
        })
        .filter(|(umzug, aehnlich)| umzug.unveraendert || *aehnlich > Aehnlich::Nicht)
        .min_by_key(|(umzug, aehnlich)| std::cmp::Reverse((umzug.unveraendert, *aehnlich)));
    if let Some((umzug, _)) = umgezogen {
        return vermerk.umgezogen(&umzug);
    }
    let kann_nicht = ihre.iter().find(|(_, pruefung)| pruefung.nicht_pruefbar);
    match kann_nicht {
        Some((befund, _)) if offene().next().is_none() => vermerk.nicht_pruefbar(befund),
        _ => {
            let offene: Vec<_> = offene().map(|(befund, _)| *befund).collect();
            let fehlt = (!gibt_es_noch).then(|| datei(alt));
            vermerk.ohne_befund(&offene, fehlt)
        }
    }
}

/// How much a place resembles another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Aehnlich {
    Nicht,
    /// The same way through other rows: `beratungsfolge[Kreistag]`, `beratungsfolge[Kreistag 09.11.2021]`.
    BisAufZeilen,
    /// The same way in another file.
    BisAufDatei,
}

fn aehnlich(alt: &str, neu: &str) -> Aehnlich {
    let weg = |stelle: &str| stelle.split_once('#').map(|(_, weg)| weg.to_owned());
    match (weg(alt), weg(neu)) {
        (Some(alt), Some(neu)) if alt == neu => Aehnlich::BisAufDatei,
        (Some(alt), Some(neu)) if ohne_zeilen(&alt) == ohne_zeilen(&neu) => Aehnlich::BisAufZeilen,
        _ => Aehnlich::Nicht,
    }
}

/// The file or paper with which a place begins.
fn datei(stelle: &str) -> &str {
    stelle.split_once('#').map_or(stelle, |(datei, _)| datei)
}

/// A way without the names of its rows.
fn ohne_zeilen(weg: &str) -> String {
    let mut tiefe = 0usize;
    let mut rest = String::new();
    for zeichen in weg.chars() {
        match zeichen {
            '[' => tiefe += 1,
            ']' => tiefe = tiefe.saturating_sub(1),
            _ if tiefe == 0 => rest.push(zeichen),
            _ => {}
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::vermerke::DATEI;
    use crate::diagnostic::Stelle;
    use crate::source::Source;

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

    fn umfeld() -> Umfeld<'static> {
        Umfeld {
            ungeprueft: &[],
            namen: BTreeSet::from(["a.yaml".to_owned()]),
            umbenannt: &[("haushaltsjahr-leer", REGEL)],
        }
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
            .wende_an(befunde, &umfeld())
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
    fn a_waiver_that_names_the_rule_as_an_older_version_did_holds() {
        let eintrag = eintrag("haushaltsjahr-leer", "a.yaml#haushalt", ABDRUCK);
        let quelle = Source::new(DATEI, format!("vermerke:\n{eintrag}"));
        let mut befunde = [befund(ABDRUCK)];
        let maengel = Vermerke::lies(&quelle).0.wende_an(&mut befunde, &umfeld());
        assert!(!befunde[0].zaehlt());
        assert_eq!(maengel.len(), 1);
        assert_eq!(
            maengel[0].text,
            format!(
                "die Regel „haushaltsjahr-leer“ heißt jetzt „{REGEL}“; der Vermerk gilt weiter"
            )
        );
    }

    #[test]
    fn a_waiver_without_the_parts_of_a_fingerprint_holds_as_before() {
        let mit_teilen = format!("{ABDRUCK}-0a1b-2c3d-4e5f");
        for (alt, neu) in [(ABDRUCK, mit_teilen.as_str()), (&mit_teilen, ABDRUCK)] {
            let mut befunde = [befund(neu)];
            let eintrag = eintrag(REGEL, "a.yaml#haushalt", alt);
            assert!(wende_an(&eintrag, &mut befunde).is_empty());
            assert!(!befunde[0].zaehlt());
        }
    }

    #[test]
    fn an_expired_waiver_says_what_changed_as_far_as_its_fingerprint_tells() {
        for (alt, satz) in [
            (
                format!("{ABDRUCK}-0a1b-0000-4e5f"),
                "seither geändert: der Text oder die Angabe an dieser Stelle",
            ),
            (
                format!("{ABDRUCK}-0000-2c3d-0000"),
                "seither geändert: der Wortlaut des Befundes und der Rechtsstand",
            ),
            (
                ABDRUCK.to_owned(),
                "seither geändert: Angaben, Text oder Rechtsstand an dieser Stelle",
            ),
        ] {
            let eintrag = eintrag(REGEL, "a.yaml#haushalt", &alt);
            let quelle = Source::new(DATEI, format!("vermerke:\n{eintrag}"));
            let mut befunde = [befund("2-fedcba9876543210-0a1b-2c3d-4e5f")];
            let maengel = Vermerke::lies(&quelle).0.wende_an(&mut befunde, &umfeld());
            assert!(maengel[0].text.ends_with(satz), "{}", maengel[0].text);
        }
    }

    #[test]
    fn a_renewed_waiver_replaces_the_one_that_covers_nothing_and_no_other() {
        let jetzt = "2-fedcba9876543210-0a1b-2c3d-4e5f";
        let stelle = "a.yaml#haushalt";
        let eintraege = [
            eintrag(REGEL, "a.yaml#titel", ABDRUCK),
            eintrag(REGEL, stelle, "2-1111111111111111"),
            eintrag(REGEL, stelle, &format!("{ABDRUCK}-0000-0000-4e5f")),
            eintrag(REGEL, stelle, &format!("{ABDRUCK}-0a1b-0000-4e5f")),
        ];
        let neuer = Eintrag {
            regel: REGEL.into(),
            stelle: stelle.into(),
            grund: "weiterhin".into(),
            name: "M. B.".into(),
            am: None,
            deckt: jetzt.into(),
        };
        let befunde = [befund(jetzt), befund("2-1111111111111111")];
        let zeile = |eintraege: &[String]| {
            let quelle = Source::new(DATEI, format!("vermerke:\n{}", eintraege.concat()));
            Vermerke::lies(&quelle).0.erneuert(&neuer, &befunde)
        };
        assert_eq!(zeile(&eintraege), Some(3));
        assert_eq!(zeile(&eintraege[..2]), None);
        let umgezogen = eintrag(REGEL, "alt.yaml#haushalt", "2-fedcba9876543210");
        assert_eq!(zeile(&[eintraege[0].clone(), umgezogen]), Some(1));
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
                let maengel = Vermerke::lies(&quelle).0.wende_an(&mut befunde, &umfeld());
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
        let mut befunde = [befund("2-fedcba9876543210")];
        let maengel = wende_an(&eintrag(REGEL, "a.yaml#titel", ABDRUCK), &mut befunde);
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
        let maengel = vermerke.wende_an(&mut [], &umfeld());
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

    /// The findings on a waiver of `alt` among the findings at these places.
    fn verfallen_bei(alt: &str, jetzt: &[(&str, &str)]) -> Befund {
        let mut befunde: Vec<_> = jetzt
            .iter()
            .map(|(stelle, deckt)| {
                let mut befund = befund(deckt);
                befund.pruefung.as_mut().unwrap().stelle = (*stelle).to_owned();
                befund
            })
            .collect();
        let quelle = Source::new(
            DATEI,
            format!("vermerke:\n{}", eintrag(REGEL, alt, ABDRUCK)),
        );
        let mut maengel = Vermerke::lies(&quelle).0.wende_an(&mut befunde, &umfeld());
        assert_eq!(maengel.len(), 1);
        maengel.remove(0)
    }

    const ANDERER: &str = "2-fedcba9876543210";

    #[test]
    fn a_waiver_whose_rule_finds_nothing_is_to_be_withdrawn() {
        let befund = verfallen_bei("a.yaml#haushalt", &[]);
        assert_eq!(befund.regel, "vermerk-ohne-befund");
        assert!(
            befund.text.contains("findet nichts mehr"),
            "{}",
            befund.text
        );
        assert!(befund.abhilfe.unwrap().contains("zurücknehmen"));
    }

    #[test]
    fn a_renamed_file_with_the_same_finding_names_the_new_place() {
        let jetzt = [("c.yaml#haushalt", ANDERER), ("b.yaml#haushalt", ABDRUCK)];
        let befund = verfallen_bei("alt.yaml#haushalt", &jetzt);
        assert_eq!(befund.regel, "vermerk-alte-stelle");
        assert!(befund.abhilfe.unwrap().contains("„b.yaml#haushalt“"));
    }

    #[test]
    fn the_same_finding_in_a_second_file_is_no_new_place_of_the_first() {
        let befund = verfallen_bei("a.yaml#haushalt", &[("b.yaml#haushalt", ABDRUCK)]);
        assert_eq!(befund.regel, "vermerk-ohne-befund");
        assert!(befund.text.contains("an dieser Stelle nichts mehr"));
        assert_eq!(befund.dazu.len(), 1);
    }

    #[test]
    fn a_row_that_got_a_day_ends_a_waiver_and_names_the_new_place() {
        let alt = "a.yaml#beratungsfolge[Kreistag].beschlussstatus";
        let neu = "a.yaml#beratungsfolge[Kreistag 09.11.2021].beschlussstatus";
        let befund = verfallen_bei(alt, &[("a.yaml#titel", ANDERER), (neu, ANDERER)]);
        assert_eq!(befund.regel, "vermerk-abgelaufen");
        assert!(befund.text.contains(neu), "{}", befund.text);
        assert!(befund.abhilfe.unwrap().contains("neu vermerken"));
    }

    #[test]
    fn a_place_in_a_file_that_is_not_there_says_so() {
        let befund = verfallen_bei("alt.yaml#haushalt", &[("a.yaml#titel", ANDERER)]);
        assert_eq!(befund.regel, "vermerk-ohne-befund");
        assert!(
            befund
                .text
                .starts_with("„alt.yaml“ gibt es im Vorgang nicht")
        );
    }

    #[test]
    fn a_rule_that_cannot_look_any_more_says_what_is_missing() {
        let mut ungeprueft = befund(ANDERER);
        ungeprueft.text = "nicht prüfbar: es fehlt etwas".to_owned();
        ungeprueft.pruefung.as_mut().unwrap().nicht_pruefbar = true;
        let mut befunde = [ungeprueft];
        let maengel = wende_an(&eintrag(REGEL, "a.yaml#haushalt", ABDRUCK), &mut befunde);
        assert_eq!(maengel, ["vermerk-ohne-befund"]);
    }

    #[test]
    fn a_day_is_no_name_and_a_dash_no_reason() {
        let eintrag = eintrag(REGEL, "a.yaml#haushalt", ABDRUCK)
            .replace("M. B.", "12.11.2021")
            .replace("so gewollt", "'-'");
        let mut befunde = [befund(ABDRUCK)];
        let maengel = wende_an(&eintrag, &mut befunde);
        assert_eq!(maengel, ["vermerk-unvollstaendig"; 2]);
        assert!(befunde[0].zaehlt());
    }

    #[test]
    fn a_new_waiver_replaces_the_one_that_says_nothing() {
        let ohne = eintrag(REGEL, "a.yaml#haushalt", ABDRUCK).replace("so gewollt", "'-'");
        let lies = |eintrag: &str| {
            let quelle = Source::new(DATEI, format!("vermerke:\n{eintrag}"));
            Vermerke::lies(&quelle).0
        };
        let alt = lies(&ohne);
        let neu = lies(&eintrag(REGEL, "a.yaml#haushalt", ABDRUCK));
        let neu = &neu.geschrieben[0].eintrag;
        assert_eq!(alt.erneuert(neu, &[befund(ABDRUCK)]), Some(0));
    }
}
