//! Whom a proposal charges: the head of the administration that decides, not that of a body of another kind.

use super::super::super::{Lage, Passage, Protokoll};
use crate::model::{Drucksache, Koerperschaft};

/// Bodies by who is at the head of their administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorte {
    Kreis,
    Gemeinde,
}

impl Sorte {
    /// What the body of a paper is; where none is known, its councils' names tell.
    pub(super) fn von(
        drucksache: &Drucksache,
        koerperschaft: Option<&Koerperschaft>,
    ) -> Option<Self> {
        if let Some(koerperschaft) = koerperschaft {
            return match koerperschaft.gattung.as_str() {
                "Kreis" => Some(Self::Kreis),
                "Stadt" | "Gemeinde" => Some(Self::Gemeinde),
                _ => None,
            };
        }
        let beratungen = drucksache.beratungen();
        let mut namen = beratungen.iter().map(|b| b.gremium.as_str());
        namen.find_map(|name| match name {
            "Kreistag" => Some(Self::Kreis),
            "Rat" | "Stadtrat" | "Gemeinderat" => Some(Self::Gemeinde),
            _ => None,
        })
    }

    /// Offices at the head of bodies of another kind.
    fn fremde(self) -> &'static [&'static str] {
        match self {
            Self::Kreis => &[
                "Bürgermeister",
                "Bürgermeisterin",
                "Oberbürgermeister",
                "Oberbürgermeisterin",
            ],
            Self::Gemeinde => &["Landrat", "Landrätin"],
        }
    }

    /// The council of this one.
    pub(super) fn organe(self) -> &'static [&'static str] {
        match self {
            Self::Kreis => &["Kreistag"],
            Self::Gemeinde => &["Rat", "Stadtrat", "Gemeinderat"],
        }
    }

    /// Councils of bodies of another kind.
    pub(super) fn fremde_organe(self) -> &'static [&'static str] {
        match self {
            Self::Kreis => Self::Gemeinde.organe(),
            Self::Gemeinde => &["Kreistag", "Kreisausschuss"],
        }
    }

    /// Who decides in this one.
    pub(super) fn wer_entscheidet(self) -> &'static str {
        match self {
            Self::Kreis => "für einen Kreis entscheidet der Kreistag",
            Self::Gemeinde => "für eine Stadt oder Gemeinde entscheidet der Rat",
        }
    }

    /// Who is at the head of this one.
    fn leitung(self) -> &'static str {
        match self {
            Self::Kreis => "die Verwaltung eines Kreises leitet die Landrätin oder der Landrat",
            Self::Gemeinde => {
                "die Verwaltung einer Stadt oder Gemeinde leitet die Bürgermeisterin oder der Bürgermeister"
            }
        }
    }
}

/// With what an organ charges the head of its own administration; another one's is asked at most.
const BEAUFTRAGT: [&str; 4] = ["beauftragt", "ermächtigt", "bevollmächtigt", "angewiesen"];

/// What the head does then.
const SCHLIESST: [&str; 4] = ["schließt", "unterzeichnet", "abgeschlossen", "geschlossen"];

/// Words behind an office with which another body's is meant, or another capacity.
const WESSEN: [&str; 10] = [
    "der", "des", "dieser", "jeder", "von", "vom", "als", "aus", "in", "im",
];

/// Reports the wrong head in each sentence that charges one.
pub(super) fn verwaltungsleitung(
    lage: &Lage<'_>,
    drucksache: &Drucksache,
    abschnitt: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let koerperschaft = lage.vorgang.koerperschaft_von(drucksache);
    let Some(sorte) = Sorte::von(drucksache, koerperschaft) else {
        return;
    };
    if !abschnitt.sagt(sorte.fremde()) {
        return;
    }
    for satz in abschnitt.saetze() {
        let aemter = sorte.fremde().iter().flat_map(|amt| satz.finde(amt));
        let mut falsche = aemter.filter(|amt| {
            !ist_eigenes(lage, koerperschaft, amt.text()) && wird_beauftragt(&satz, amt)
        });
        let Some(amt) = falsche.next() else {
            continue;
        };
        let wessen = koerperschaft.map_or_else(
            || "dieser Drucksache".to_owned(),
            |k| format!("dieser Drucksache ({})", k.amtsform()),
        );
        protokoll
            .melde(
                &amt,
                format!(
                    "„{}“ ist kein Amt der Körperschaft {wessen}: {}",
                    amt.text(),
                    sorte.leitung()
                ),
            )
            .abhilfe("das Amt berichtigen oder durch {{ koerperschaft.amt.satzanfang }} ersetzen; ist das Amt einer anderen Körperschaft gemeint, sie nennen");
    }
}

/// Whether the base data give the body this office all the same.
fn ist_eigenes(lage: &Lage<'_>, koerperschaft: Option<&Koerperschaft>, amt: &str) -> bool {
    let vertretung = koerperschaft.iter().flat_map(|k| &k.vertretung);
    let mut aemter = vertretung.filter_map(|v| lage.vorgang.aemter.get(&v.amt));
    aemter.any(|eigenes| {
        eigenes
            .nominativ
            .as_str()
            .split(|c: char| !c.is_alphabetic())
            .any(|wort| wort == amt)
    })
}

/// Whether a sentence charges the holder of this office, or lets him conclude the agreement; one that names whose office
/// it is speaks of another body.
fn wird_beauftragt(satz: &Passage<'_>, amt: &Passage<'_>) -> bool {
    let von = satz.versatz(amt);
    let (Some(davor), Some(danach)) = (
        satz.text().get(..von),
        satz.text().get(von + amt.text().len()..),
    ) else {
        return false;
    };
    // „Bürgermeister/-in“
    let danach = match danach.strip_prefix('/') {
        Some(form) => form.find(' ').and_then(|at| form.get(at..)),
        None => Some(danach),
    };
    let danach = danach.unwrap_or_default();
    let naechstes = danach.split_whitespace().next().unwrap_or_default();
    if danach.starts_with(' ') && WESSEN.contains(&naechstes) {
        return false;
    }
    let mut vorige = davor.split_whitespace().rev();
    let artikel = vorige.next().unwrap_or_default();
    let (vor, noch_davor) = (
        vorige.next().unwrap_or_default(),
        vorige.next().unwrap_or_default(),
    );
    // „die Bürgermeister“, „Konferenz der Bürgermeister“ are several; a heading of a list is no noun before them.
    let mehrere = artikel.eq_ignore_ascii_case("die") && amt.text().ends_with("meister")
        || artikel == "der" && vor.starts_with(char::is_uppercase) && !vor.ends_with([':', '.']);
    if mehrere {
        return false;
    }
    let ab_hier = satz.teil(von..satz.text().len());
    let hinter_wird = vor == "wird" || noch_davor == "wird" && !vor.starts_with(char::is_uppercase);
    let beauftragt = |wort: &str| BEAUFTRAGT.contains(&wort);
    let passiv = (naechstes == "wird" || hinter_wird) && ab_hier.sagt(&BEAUFTRAGT);
    let aktiv = beauftragt(vor) || beauftragt(noch_davor) && !vor.ends_with(',');
    let schliesst = SCHLIESST.contains(&naechstes) || vor == "durch" && ab_hier.sagt(&SCHLIESST);
    passiv || aktiv || schliesst && !nennt_andere(satz)
}

/// Whether a sentence names another body, for which its own head acts.
fn nennt_andere(satz: &Passage<'_>) -> bool {
    satz.sagt(&[
        "für den Kreis",
        "für die Stadt",
        "für die Gemeinde",
        "jeweilige*",
    ])
}
