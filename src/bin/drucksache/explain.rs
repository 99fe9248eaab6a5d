//! `drucksache explain`: what a rule looks at, why, and what to do; or the handbook of all rules.

use drucksache::check::{REGELN, Suche, erklaerung, handbuch, suche};

use crate::befehle::Explain;
use crate::melden::{self, Ausgang};

/// Runs the command.
pub(crate) fn explain(befehl: &Explain) -> Ausgang {
    let Some(name) = &befehl.regel else {
        melden::sage(&if befehl.alle { handbuch() } else { liste() });
        return Ausgang::Gut;
    };
    match suche(name) {
        Suche::Gefunden(regel) => {
            melden::sage(&erklaerung(regel));
            Ausgang::Gut
        }
        Suche::Umbenannt(regel) => {
            melden::klage(&format!("„{name}“ heißt jetzt „{}“\n", regel.name));
            melden::sage(&erklaerung(regel));
            Ausgang::Gut
        }
        Suche::Unbekannt(vorschlag) => {
            melden::klage(&format!("Fehler: {}\n", unbekannt(name, vorschlag)));
            Ausgang::NichtGebaut
        }
    }
}

/// „die Regel „x“ gibt es nicht; meinten Sie „y“?“
pub(crate) fn unbekannt(name: &str, vorschlag: Option<&str>) -> String {
    match vorschlag {
        Some(vorschlag) => {
            format!("die Regel „{name}“ gibt es nicht; meinten Sie „{vorschlag}“?")
        }
        None => format!(
            "die Regel „{name}“ gibt es nicht; `drucksache explain` nennt alle, Befunde beim Setzen erklären sich selbst"
        ),
    }
}

/// All rules, one a line.
fn liste() -> String {
    let breite = REGELN
        .iter()
        .map(|regel| regel.name.len())
        .max()
        .unwrap_or(0);
    REGELN
        .iter()
        .map(|regel| format!("{:breite$}  {}\n", regel.name, regel.anleitung().titel))
        .collect()
}
