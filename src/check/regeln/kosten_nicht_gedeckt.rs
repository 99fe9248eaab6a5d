//! What is paid covers what it costs, or somebody says why not.

use num_rational::BigRational;
use num_traits::One;

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::model::vereinbarung::Entgelt;

pub(super) const REGEL: Regel = Regel {
    name: "kosten-nicht-gedeckt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 4")],
    gilt: "für jede Aufgabe, für die etwas gezahlt wird",
    braucht: &["vereinbarungen.*.aufgaben.*.kostendeckung"],
    text: include_str!("kosten_nicht_gedeckt.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let route = vereinbarung.route_der_aufgabe(schluessel);
            match &aufgabe.kostendeckung {
                Some(deckung)
                    if deckung.weil.is_none() && *deckung.anteil.wert() < BigRational::one() =>
                {
                    protokoll
                        .melde(
                            route.feld("kostendeckung"),
                            format!(
                                "für die Aufgabe „{}“ werden nur {} der Kosten gezahlt; ein Grund ist nicht angegeben",
                                aufgabe.bezeichnung,
                                deckung.anteil.prozent().unwrap_or_else(|| deckung.anteil.to_string())
                            ),
                        )
                        .abhilfe("den Grund unter `kostendeckung.weil` eintragen");
                }
                None if aufgabe.entgelt == Some(Entgelt::Pauschale) => {
                    protokoll.nicht_pruefbar(
                        route.feld("entgelt"),
                        "es fehlt `kostendeckung`, der Anteil der Kosten, den die Pauschale deckt",
                    );
                }
                _ => {}
            }
        }
    }
}
