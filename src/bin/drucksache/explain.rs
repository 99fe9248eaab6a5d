//! `drucksache explain`: what a rule or another finding is about, why, and what to do; or the handbook of all.

use drucksache::check::{REGELN, Suche, erklaerung, gemeint, handbuch, meldung, suche};

use crate::befehle::Explain;
use crate::melden::{self, Ausgang};

/// Runs the command.
pub(crate) fn explain(befehl: &Explain) -> Ausgang {
    let Some(name) = &befehl.regel else {
        melden::sage(&if befehl.alle { handbuch() } else { liste() });
        return Ausgang::Gut;
    };
    // As findings show it: `Warnung[haushaltsjahr-ohne-betrag]`.
    let name = match name.split_once('[') {
        Some((_, innen)) => innen.trim_end_matches(']'),
        None => name,
    };
    match (suche(name), meldung(name)) {
        (Suche::Gefunden(regel), _) => {
            melden::sage(&erklaerung(regel));
            Ausgang::Gut
        }
        (Suche::Umbenannt(regel), _) => {
            melden::klage(&format!("„{name}“ heißt jetzt „{}“\n", regel.name));
            melden::sage(&erklaerung(regel));
            Ausgang::Gut
        }
        (Suche::Unbekannt(_), Some(meldung)) => {
            melden::sage(&meldung.erklaerung());
            Ausgang::Gut
        }
        (Suche::Unbekannt(_), None) => {
            melden::klage(&match gemeint(name) {
                Some(vorschlag) => {
                    format!(
                        "Fehler: „{name}“ kennt das Programm nicht; meinten Sie „{vorschlag}“?\n"
                    )
                }
                None => format!(
                    "Fehler: „{name}“ kennt das Programm nicht; `drucksache explain` nennt alle Regeln, `drucksache explain --alle` auch die anderen Meldungen\n"
                ),
            });
            Ausgang::NichtGebaut
        }
    }
}

/// Why no finding of this name can be accepted: no rule bears it.
pub(crate) fn unbekannt(name: &str, vorschlag: Option<&str>) -> String {
    match vorschlag {
        _ if meldung(name).is_some() => format!(
            "„{name}“ ist keine Prüfregel; ein solcher Befund lässt sich beheben, aber nicht hinnehmen"
        ),
        Some(vorschlag) => {
            format!("die Regel „{name}“ gibt es nicht; meinten Sie „{vorschlag}“?")
        }
        None => format!("die Regel „{name}“ gibt es nicht; `drucksache explain` nennt alle"),
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
