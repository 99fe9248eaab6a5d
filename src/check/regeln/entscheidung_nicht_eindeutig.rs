//! One body decides, after all that recommend; what was put off comes back.

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel, Schritt};
use crate::model::Drucksache;
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::drucksache::Art;
use crate::model::koerperschaft::Kasus;

pub(super) const REGEL: Regel = Regel {
    name: "entscheidung-nicht-eindeutig",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[
        Norm::gesehen("kro", "§ 26 Abs. 1"),
        Norm::gesehen("go", "§ 41 Abs. 1"),
    ],
    gilt: "für jede Drucksache mit einer Beratungsfolge",
    braucht: &[],
    text: include_str!("entscheidung_nicht_eindeutig.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        let schritte = lage.schritte(drucksache);
        mehrere_entscheidungen(drucksache, &schritte, protokoll);
        empfehlung_danach(drucksache, &schritte, protokoll);
        keine_entscheidung(drucksache, &schritte, protokoll);
        nicht_wieder_aufgerufen(&schritte, protokoll);
    }
}

/// Whether a step decides the matter for good: an urgent decision waits for the council's approval.
fn entscheidet(drucksache: &Drucksache, schritt: &Schritt) -> bool {
    schritt.entscheidet() && !schritt.ist_dringlich(drucksache)
}

fn mehrere_entscheidungen(
    drucksache: &Drucksache,
    schritte: &[Schritt],
    protokoll: &mut Protokoll<'_>,
) {
    let mut entscheidungen = schritte.iter().filter(|s| entscheidet(drucksache, s));
    let Some(erste) = entscheidungen.next() else {
        return;
    };
    for weitere in entscheidungen {
        protokoll
            .melde(
                weitere.status(),
                format!(
                    "{} entscheidet, obwohl schon {} entscheidet",
                    weitere.wer(Kasus::Nominativ),
                    erste.wer(Kasus::Nominativ)
                ),
            )
            .abhilfe("den `beschlussstatus` des Gremiums ändern, das nicht entscheidet")
            .dazu(erste.status(), "die andere Entscheidung");
    }
}

fn empfehlung_danach(drucksache: &Drucksache, schritte: &[Schritt], protokoll: &mut Protokoll<'_>) {
    let Some(entscheidung) = schritte.iter().position(|s| entscheidet(drucksache, s)) else {
        return;
    };
    for spaeter in schritte.iter().skip(entscheidung + 1) {
        let was = match spaeter.beratung.beschlussstatus {
            Beschlussstatus::Anhoerung if spaeter.findet_statt() => {
                "wird erst nach der Entscheidung angehört"
            }
            _ if spaeter.bereitet_vor() => "berät erst nach der Entscheidung vor",
            _ => continue,
        };
        {
            protokoll
                .melde(
                    spaeter.status(),
                    format!("{} {was}", spaeter.wer(Kasus::Nominativ)),
                )
                .abhilfe("die Schritte in die Reihenfolge der Beratung bringen");
        }
    }
}

fn keine_entscheidung(
    drucksache: &Drucksache,
    schritte: &[Schritt],
    protokoll: &mut Protokoll<'_>,
) {
    let Some(letzter) = schritte.last() else {
        return;
    };
    let will_keine = drucksache.art == Art::Mitteilung
        || schritte
            .iter()
            .any(|schritt| schritt.beratung.beschlussstatus == Beschlussstatus::Kenntnisnahme)
        || schritte.iter().any(ist_erledigt);
    let hat_eine = schritte
        .iter()
        .any(|schritt| schritt.beratung.beschlussstatus == Beschlussstatus::Entscheidung);
    if !will_keine && !hat_eine {
        protokoll
            .melde(
                letzter.status(),
                "kein Gremium der Beratungsfolge entscheidet",
            )
            .abhilfe("den entscheidenden Schritt mit `beschlussstatus: Entscheidung` ergänzen");
    }
}

/// A step that was put off or sent elsewhere needs another one behind it.
fn nicht_wieder_aufgerufen(schritte: &[Schritt], protokoll: &mut Protokoll<'_>) {
    for (i, schritt) in schritte.iter().enumerate() {
        let status = schritt.beratung.ergebnis.as_ref().map(|e| e.status);
        let mut spaetere = schritte.iter().skip(i + 1);
        let (geschah, kommt_wieder) = match status {
            Some(Ergebnisstatus::Vertagt) => (
                "vertagt",
                spaetere.any(|s| s.beratung.gremium == schritt.beratung.gremium),
            ),
            Some(Ergebnisstatus::Verwiesen) => ("verwiesen", spaetere.next().is_some()),
            _ => continue,
        };
        if !kommt_wieder {
            protokoll
                .melde(
                    schritt.route_des_gremiums(),
                    format!(
                        "{} hat die Sache {geschah}; kein späterer Schritt nimmt sie wieder auf",
                        schritt.wer(Kasus::Nominativ)
                    ),
                )
                .abhilfe("den Schritt ergänzen, in dem weiterberaten wird");
        }
    }
}

fn ist_erledigt(schritt: &Schritt) -> bool {
    matches!(
        schritt.beratung.ergebnis.as_ref().map(|e| e.status),
        Some(Ergebnisstatus::Abgesetzt | Ergebnisstatus::Zurueckgezogen)
    )
}
