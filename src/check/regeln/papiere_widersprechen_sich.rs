//! Papers on one agreement speak of the same thing: a new agreement or an accession, among the same parties.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::input::Datum;
use crate::model::koerperschaft::Kasus;
use crate::model::{Drucksache, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "papiere-widersprechen-sich",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache zu einer Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("papiere_widersprechen_sich.md"),
    pruefe,
};

/// What a paper says is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vorhaben {
    Neu,
    Beitritt,
    Aenderung,
    Ende,
}

/// With what a word of a title begins that says what is to happen.
const IM_TITEL: [(Vorhaben, &str); 8] = [
    (Vorhaben::Beitritt, "beitritt"),
    (Vorhaben::Aenderung, "änderung"),
    (Vorhaben::Aenderung, "anpassung"),
    (Vorhaben::Aenderung, "fortschreibung"),
    (Vorhaben::Neu, "neufassung"),
    (Vorhaben::Neu, "neuabschluss"),
    (Vorhaben::Ende, "kündigung"),
    (Vorhaben::Ende, "aufhebung"),
];

/// How words end that only name a clause: „mit Beitrittsklausel“.
const KLAUSELN: [&str; 6] = [
    "klausel",
    "frist",
    "fristen",
    "recht",
    "möglichkeit",
    "regelung",
];

/// Words in a title for a new agreement.
const NEU_IM_TITEL: [&str; 4] = [
    "neue öffentlich-rechtliche vereinbarung",
    "neue vereinbarung",
    "neuen öffentlich-rechtlichen vereinbarung",
    "neuen vereinbarung",
];

/// Words before what is to happen: „hier: 1. Änderung“.
const VORWORTE: [&str; 4] = ["hier", "erste", "zweite", "dritte"];

/// Words anywhere in a paper that say that a new agreement is made.
const NEU_IM_TEXT: [&str; 3] = [
    "neue öffentlich-rechtliche Vereinbarung",
    "neue Vereinbarung",
    "neuen öffentlich-rechtlichen Vereinbarung",
];

impl Vorhaben {
    /// After „der Titel spricht von“.
    fn wortlaut(self) -> &'static str {
        match self {
            Self::Neu => "einer neuen Vereinbarung",
            Self::Beitritt => "einem Beitritt zu einer bestehenden Vereinbarung",
            Self::Aenderung => "der Änderung einer Vereinbarung",
            Self::Ende => "der Beendigung einer Vereinbarung",
        }
    }
}

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let papiere: Vec<(&Drucksache, &Blatt<'_>)> = lage
            .drucksachen_zu(vereinbarung)
            .filter_map(|drucksache| Some((drucksache, lage.vorlage(drucksache)?)))
            .collect();
        for (drucksache, _) in &papiere {
            beteiligung(lage, vereinbarung, drucksache, protokoll);
        }
        for (drucksache, blatt) in &papiere {
            let tage = drucksache.beratungsfolge.iter();
            let Some(letzter) = tage.filter_map(|beratung| beratung.sitzungsdatum).max() else {
                continue;
            };
            for satz in blatt.alles().saetze_mit(BERIET) {
                erst_danach(&satz, letzter, protokoll);
            }
        }
        vorhaben(vereinbarung, &papiere, protokoll);
    }
}

/// Words with which a paper tells of what a body did.
const BERIET: [&str; 16] = [
    "besprochen",
    "beraten",
    "erörtert",
    "vorgestellt",
    "behandelt",
    "beschlossen",
    "abgestimmt",
    "zugestimmt",
    "abgelehnt",
    "genehmigt",
    "tagte",
    "erfolgte",
    "erfolgten",
    "stattgefunden",
    "fand",
    "fanden",
];

/// Words that tell of the past.
const WURDE: [&str; 11] = [
    "wurde",
    "wurden",
    "hat",
    "haben",
    "tagte",
    "ist",
    "sind",
    "erfolgte",
    "erfolgten",
    "fand",
    "fanden",
];

/// Words for what is only planned, or for a case that may come.
const GEPLANT: [&str; 21] = [
    "wird",
    "werden",
    "soll",
    "sollen",
    "vorgesehen",
    "geplant",
    "zu beraten",
    "sofern",
    "wenn",
    "falls",
    "sobald",
    "zu entscheiden",
    "tritt",
    "treten",
    "gilt",
    "gelten",
    "beginnt",
    "endet",
    "findet",
    "tagt",
    "entscheidet",
];

/// „Die Beitritte wurden in der Konferenz am … besprochen“, on a day after the last session.
fn erst_danach(satz: &Passage<'_>, letzter: Datum, protokoll: &mut Protokoll<'_>) {
    for (stelle, tag) in satz.tage() {
        let davor = satz.text().get(..satz.versatz(&stelle)).unwrap_or_default();
        let genannt = tag > letzter && (davor.ends_with("am ") || davor.ends_with("Am "));
        if genannt && ist_vergangen(satz, &stelle) {
            protokoll
                .melde(
                    &stelle,
                    format!("der {tag} ist hier als vergangener Tag genannt; die letzte Sitzung der Beratungsfolge ist am {letzter}"),
                )
                .abhilfe("das Datum prüfen");
        }
    }
}

/// How far before a day the words stand that say for which session something was done, in bytes.
const NAEHE: usize = 40;

/// Whether a sentence tells what happened on a day; another part behind a semicolon says nothing on it.
fn ist_vergangen(satz: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let text = satz.text();
    let am = satz.versatz(tag);
    let von = text.get(..am).and_then(|davor| davor.rfind(';'));
    let danach = text.get(am..).unwrap_or_default();
    let bis = danach.find(';').map_or(text.len(), |at| am + at);
    let von = von.map_or(0, |at| at + 1);
    let teil = satz.teil(von..bis);
    // „in Vorbereitung der Sitzung am …“ was before it.
    let nah = text.floor_char_boundary(am.saturating_sub(NAEHE)).max(von);
    let fuer = satz.teil(nah..am).sagt(&[
        "für die",
        "für den",
        "zur Sitzung",
        "Vorbereitung*",
        "vor der",
        "Hinblick",
        "Blick auf",
    ]);
    // „ist am … zu unterzeichnen“
    let mut worte = danach.split_whitespace().skip_while(|wort| *wort != "zu");
    let zu_tun = worte.nth(1).is_some_and(|wort| {
        let wort = wort.trim_end_matches(|c: char| !c.is_alphabetic());
        wort.starts_with(char::is_lowercase) && wort.ends_with("en") && !wort.ends_with("den")
    });
    teil.sagt(&BERIET) && teil.sagt(&WURDE) && !teil.sagt(&GEPLANT) && !fuer && !zu_tun
}

/// Who gets a paper on the agreement is one of its parties.
fn beteiligung(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    drucksache: &Drucksache,
    protokoll: &mut Protokoll<'_>,
) {
    let (Some(beteiligte), Some(koerperschaft)) = (
        lage.beteiligte(vereinbarung),
        lage.vorgang.koerperschaft_von(drucksache),
    ) else {
        return;
    };
    if !beteiligte.parteien.enthaelt(koerperschaft) {
        protokoll
            .melde(
                &drucksache.route,
                format!(
                    "die Drucksache ist für {} bestimmt; diese Körperschaft ist an der Vereinbarung nicht beteiligt",
                    lage.name(koerperschaft, Kasus::Akkusativ)
                ),
            )
            .abhilfe("die Körperschaft der Drucksache oder die Parteien der Vereinbarung prüfen")
            .dazu(vereinbarung.route.feld("parteien"), "die Parteien");
    }
}

/// The titles agree with the agreement and with each other.
fn vorhaben(
    vereinbarung: &Vereinbarung,
    papiere: &[(&Drucksache, &Blatt<'_>)],
    protokoll: &mut Protokoll<'_>,
) {
    let titel: Vec<(&Drucksache, Vorhaben)> = papiere
        .iter()
        .filter_map(|(drucksache, blatt)| Some((*drucksache, im_titel(blatt)?)))
        .collect();
    // What the facts say goes before what a paper says.
    let gilt = if vereinbarung.ersetzt.is_some() {
        Vorhaben::Neu
    } else {
        match titel.first() {
            Some((_, erstes)) => *erstes,
            None => return,
        }
    };
    for (drucksache, anders) in titel.iter().filter(|(_, art)| *art != gilt) {
        let andere = papiere
            .iter()
            .filter(|(d, _)| d.nummer != drucksache.nummer);
        let zeuge = match gilt {
            Vorhaben::Neu => andere
                .clone()
                .find_map(|(d, blatt)| Some((d, neu_im_text(blatt)?.stelle()))),
            _ => titel
                .iter()
                .find(|(d, art)| *art == gilt && d.nummer != drucksache.nummer)
                .map(|(d, _)| (d, d.route.feld("titel").into())),
        };
        let text = match &zeuge {
            Some((d, _)) => format!(
                "der Titel spricht von {}; nach der Drucksache {} ist es {}",
                anders.wortlaut(),
                d.nummer,
                nominativ(gilt)
            ),
            None => format!(
                "der Titel spricht von {}; die Vereinbarung ersetzt aber eine frühere, ist also eine neue",
                anders.wortlaut()
            ),
        };
        let stelle = drucksache.route.feld("titel");
        let meldung = protokoll.melde(stelle, text).abhilfe(
            "in allen Papieren dasselbe sagen; sonst beschließen die Räte über Verschiedenes",
        );
        match zeuge {
            Some((_, stelle)) => meldung.dazu(stelle, "hier anders"),
            None => meldung.dazu(
                vereinbarung.route.feld("ersetzt"),
                "die frühere Vereinbarung",
            ),
        };
    }
}

fn nominativ(vorhaben: Vorhaben) -> &'static str {
    match vorhaben {
        Vorhaben::Neu => "eine neue Vereinbarung",
        Vorhaben::Beitritt => "ein Beitritt zu einer bestehenden Vereinbarung",
        Vorhaben::Aenderung => "die Änderung einer Vereinbarung",
        Vorhaben::Ende => "die Beendigung einer Vereinbarung",
    }
}

fn im_titel(blatt: &Blatt<'_>) -> Option<Vorhaben> {
    vorhaben_im_titel(&blatt.papier.front.titel.as_ref()?.to_lowercase())
}

/// What a title in lower case says is to happen with the agreement.
fn vorhaben_im_titel(titel: &str) -> Option<Vorhaben> {
    if !titel.contains("vereinbarung") {
        return None;
    }
    if NEU_IM_TITEL.iter().any(|worte| titel.contains(worte)) {
        return Some(Vorhaben::Neu);
    }
    // „Vereinbarung …; Änderung des Haushaltsplans“: only what is said of the agreement counts.
    let vorhaben: Vec<Vorhaben> = titel
        .split([';', ':', '–', '—', '/', '.'])
        .flat_map(|teil| {
            let woerter = woerter(teil);
            if teil.contains("vereinbarung") {
                woerter.into_iter().filter_map(vorhaben_von).collect()
            } else {
                fuer_sich(&woerter).into_iter().collect::<Vec<_>>()
            }
        })
        .collect();
    // „Beitritt von Selm durch Neuabschluss der Vereinbarung“ speaks of a new one.
    let neu = vorhaben.iter().find(|v| **v == Vorhaben::Neu);
    neu.or(vorhaben.first()).copied()
}

fn woerter(teil: &str) -> Vec<&str> {
    teil.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|wort| wort.starts_with(char::is_alphabetic))
        .collect()
}

fn vorhaben_von(wort: &str) -> Option<Vorhaben> {
    let (vorhaben, _) = IM_TITEL
        .iter()
        .find(|(_, anfang)| wort.starts_with(anfang))?;
    let klausel = KLAUSELN.iter().any(|ende| wort.ends_with(ende));
    (!klausel).then_some(*vorhaben)
}

/// What a part of a title says that does not name the agreement again: „hier: Beitritt weiterer Kommunen“. One that says
/// what else is changed or joined speaks of that.
fn fuer_sich(woerter: &[&str]) -> Option<Vorhaben> {
    let mut woerter = woerter.iter().skip_while(|wort| VORWORTE.contains(wort));
    let vorhaben = vorhaben_von(woerter.next()?)?;
    let anderes: &[&str] = match vorhaben {
        Vorhaben::Beitritt => &["zum", "zur"],
        _ => &["des", "der", "von", "im", "zum", "zur", "am"],
    };
    (!woerter.any(|wort| anderes.contains(wort))).then_some(vorhaben)
}

fn neu_im_text<'b>(blatt: &'b Blatt<'_>) -> Option<Passage<'b>> {
    let alles = blatt.alles();
    NEU_IM_TEXT
        .iter()
        .find_map(|worte| alles.finde(worte).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vorhaben(titel: &str) -> Option<Vorhaben> {
        vorhaben_im_titel(&titel.to_lowercase())
    }

    #[test]
    fn a_part_of_its_own_speaks_of_the_agreement_before_it() {
        for titel in [
            "Vereinbarung AsylbLG; hier: Beitritt weiterer Kommunen",
            "Vereinbarung AsylbLG – Beitritt der Stadt Selm",
        ] {
            assert_eq!(vorhaben(titel), Some(Vorhaben::Beitritt), "{titel}");
        }
        assert_eq!(
            vorhaben("Vereinbarung AsylbLG – 1. Änderung"),
            Some(Vorhaben::Aenderung)
        );
    }

    #[test]
    fn a_part_that_names_something_else_speaks_of_that() {
        for titel in [
            "Vereinbarung AsylbLG; Änderung des Haushaltsplans 2022",
            "Vereinbarung AsylbLG; Beitritt zum Zweckverband",
            "Vereinbarung mit Beitrittsklausel",
        ] {
            assert_eq!(vorhaben(titel), None, "{titel}");
        }
    }

    #[test]
    fn a_new_agreement_goes_before_the_end_of_the_old_one() {
        assert_eq!(
            vorhaben("Neue Vereinbarung AsylbLG; Aufhebung der Vereinbarung vom 30.10.2019"),
            Some(Vorhaben::Neu)
        );
    }
}
