//! A mandate for pay is a public contract unless it is cooperation: the agreement's facts say why it is.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::model::Vereinbarung;
use crate::model::vereinbarung::{Aufgabe, Aufgabenart, Entgelt};
use crate::model::{Schluessel, Vorgang};

pub(super) const REGEL: Regel = Regel {
    name: "entgelt-ohne-vergabegrund",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::sekundaer("gwb", "§ 108 Abs. 6")],
    gilt: "wenn eine Aufgabe mandatierend und gegen Geld durchgeführt wird",
    braucht: &["vereinbarungen.*.aufgaben.*.kooperation_weil"],
    text: include_str!("entgelt_ohne_vergabegrund.md"),
    pruefe,
};

/// Stems for costs that are paid back, which alone is no cooperation.
const NUR_GELD: [&str; 10] = [
    "kostenerstattung",
    "erstatte",
    "erstattung",
    "kostendeckend",
    "selbstkosten",
    "auslagen",
    "aufwendung",
    "aufwandsersatz",
    "ersetzt",
    "bezahlt",
];

/// Stems for what the parties do together.
const GEMEINSAM: [&str; 7] = [
    "gemeinsam",
    "zusammen",
    "gegenseitig",
    "wechselseitig",
    "beide",
    "lenkungskreis",
    "beitrag",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            if aufgabe.art == Aufgabenart::Mandatierend
                && wird_bezahlt(lage.vorgang, schluessel, aufgabe)
            {
                pruefe_aufgabe(vereinbarung, schluessel, aufgabe, protokoll);
            }
        }
    }
}

fn pruefe_aufgabe(
    vereinbarung: &Vereinbarung,
    schluessel: &Schluessel,
    aufgabe: &Aufgabe,
    protokoll: &mut Protokoll<'_>,
) {
    let route = vereinbarung.route_der_aufgabe(schluessel);
    let Some(grund) = &aufgabe.kooperation_weil else {
        protokoll
            .melde(
                route.feld("entgelt"),
                format!(
                    "für die Aufgabe „{}“ wird gezahlt; warum sie ohne Vergabe übertragen werden darf, steht nirgends",
                    aufgabe.bezeichnung
                ),
            )
            .abhilfe("unter `kooperation_weil` sagen, worin die Zusammenarbeit besteht");
        return;
    };
    let grund = grund.as_str().to_lowercase();
    let nennt = |staemme: &[&str]| staemme.iter().any(|stamm| grund.contains(stamm));
    if nennt(&NUR_GELD) && !nennt(&GEMEINSAM) {
        protokoll
            .melde(
                route.feld("kooperation_weil"),
                "dass nur Kosten erstattet werden, macht aus dem Auftrag noch keine Zusammenarbeit",
            )
            .abhilfe("sagen, was alle Parteien zum gemeinsamen Ziel beitragen");
    }
}

/// Whether it is paid for, not only outlays for it passed on; where nothing is said, a cost item tells.
fn wird_bezahlt(vorgang: &Vorgang, schluessel: &Schluessel, aufgabe: &Aufgabe) -> bool {
    let hat_kosten = || vorgang.kosten.values().any(|k| k.aufgabe == *schluessel);
    match aufgabe.entgelt {
        Some(Entgelt::Pauschale) => true,
        Some(Entgelt::Kostenerstattung) => aufgabe.auslagen.is_empty() || hat_kosten(),
        Some(Entgelt::Unentgeltlich) => false,
        None => aufgabe.unentgeltlich_weil.is_none() && hat_kosten(),
    }
}
