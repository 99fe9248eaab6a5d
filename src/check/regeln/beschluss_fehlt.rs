//! The councils of all parties decide before anybody signs; taking note is no decision.

use super::super::entscheid::{Entscheid, geltender};
use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Menge;
use crate::input::Datum;
use crate::model::beratung::{Beschlussstatus, Ergebnisstatus};
use crate::model::koerperschaft::{Kasus, Rolle};
use crate::model::vereinbarung::Status;
use crate::model::{Koerperschaft, Vereinbarung, namen};

pub(super) const REGEL: Regel = Regel {
    name: "beschluss-fehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::gesehen("kro", "§ 26 Abs. 1"),
        Norm::gesehen("go", "§ 41 Abs. 1"),
    ],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &["vereinbarungen.*.beschlüsse"],
    text: include_str!("beschluss_fehlt.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let mut unbekannt = Vec::new();
        for partei in beteiligte.parteien.iter() {
            frueher_entschieden(lage, vereinbarung, partei, protokoll);
            let entscheide = lage.entscheide(vereinbarung, partei);
            if !entscheide.is_empty() {
                pruefe_entscheide(lage, vereinbarung, partei, &entscheide, protokoll);
            } else if !nur_kenntnis(lage, vereinbarung, partei, protokoll) {
                unbekannt.push(partei);
            }
        }
        if unbekannt.is_empty() {
            continue;
        }
        let wessen = Menge::aus(lage.vorgang, unbekannt.iter().copied());
        let wessen = wessen.aufzaehlung(Kasus::Genitiv);
        let unterzeichnet = vereinbarung.status >= Status::Unterzeichnet
            || vereinbarung.geschlossen.is_some()
            || !vereinbarung.unterzeichnet.is_empty();
        if unterzeichnet {
            protokoll
                .melde(
                    &vereinbarung.route,
                    format!("die Vereinbarung ist unterzeichnet, aber die Zustimmung {wessen} ist nicht bekannt"),
                )
                .abhilfe("die Beschlüsse unter `beschlüsse` eintragen, mit Gremium, Datum und Nummer")
                .nur(|norm| {
                    let mut parteien = unbekannt.iter();
                    parteien.any(|partei| partei.ist_gemeinde() == (norm.gesetz == "go"))
                });
        } else {
            protokoll.nicht_pruefbar(
                &vereinbarung.route,
                &format!("es fehlen unter `beschlüsse` die Beschlüsse {wessen}"),
            );
        }
    }
}

/// Conditions that change nothing in the words that the others decide on, in lower case.
const UNSCHAEDLICH: [&str; 4] = ["genehmig", "redaktionell", "anderen", "übrigen"];

/// Decisions that are recorded here but can only have been about the former agreement.
fn frueher_entschieden<'a>(
    lage: &Lage<'a>,
    vereinbarung: &'a Vereinbarung,
    partei: &Koerperschaft,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(geschlossen) = lage.vorgaenger_geschlossen(vereinbarung) else {
        return;
    };
    for entscheid in lage.fruehere_entscheide(vereinbarung, partei) {
        let Some(tag) = entscheid.tag else {
            continue;
        };
        protokoll
            .melde(
                entscheid.route_des_tags,
                format!(
                    "{} hat am {tag} entschieden; damals ging es um die frühere Vereinbarung, die am {geschlossen} geschlossen wurde",
                    lage.gremium(&entscheid.gremium, partei, Kasus::Nominativ)
                ),
            )
            .abhilfe("den Beschluss zur früheren Vereinbarung eintragen und hier den über die neue, wenn er gefasst ist; sonst das Datum prüfen")
            .fuer(partei);
    }
}

/// Whether a decision is on other words than those of the other parties.
fn abweichend(
    lage: &Lage<'_>,
    partei: &Koerperschaft,
    entscheid: &Entscheid,
    protokoll: &mut Protokoll<'_>,
) {
    let gremium = lage.gremium(&entscheid.gremium, partei, Kasus::Nominativ);
    if entscheid.ergebnis == Some(Ergebnisstatus::Geaendert) {
        protokoll
            .melde(
                entscheid.route.clone(),
                format!(
                    "{gremium} hat geändert beschlossen; zustande kommt die Vereinbarung nur, wenn alle Parteien denselben Wortlaut beschließen"
                ),
            )
            .abhilfe("prüfen, ob die Änderung den Wortlaut der Vereinbarung berührt, und ihn dann von allen Parteien beschließen lassen")
            .fuer(partei);
    }
    let bedingung = entscheid.vorbehalte.iter().find(|vorbehalt| {
        let klein = vorbehalt.to_lowercase();
        !UNSCHAEDLICH.iter().any(|wort| klein.contains(wort))
    });
    if let Some(bedingung) = bedingung {
        protokoll
            .melde(
                entscheid.route.clone(),
                format!("{gremium} hat nur unter Vorbehalt zugestimmt: „{bedingung}“"),
            )
            .abhilfe(
                "prüfen, ob die Vereinbarung den Vorbehalt erfüllt; sonst neu beschließen lassen",
            )
            .fuer(partei);
    }
}

/// What is wrong with the decisions of a party: none carries the agreement, the wrong body took it, it is on other words, or
/// it came too late.
fn pruefe_entscheide(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    partei: &Koerperschaft,
    entscheide: &[Entscheid],
    protokoll: &mut Protokoll<'_>,
) {
    let zustimmung = geltender(entscheide).filter(|e| e.stimmt_zu());
    let Some(entscheid) = zustimmung.or_else(|| entscheide.iter().find(|e| e.steht_aus())) else {
        if let Some(letzter) = geltender(entscheide).or(entscheide.last()) {
            ohne_zustimmung(lage, partei, letzter, protokoll);
        }
        return;
    };
    if entscheid.stimmt_zu() {
        abweichend(lage, partei, entscheid, protokoll);
    }
    if entscheid.stimmt_zu() && !entscheid.uebertragen && entscheid.ist_von_ausschuss() {
        protokoll
            .melde(
                entscheid.route.clone(),
                format!(
                    "{} hat für {} zugestimmt; über eine Vereinbarung entscheidet die Vertretung, wenn sie das nicht übertragen hat",
                    namen::gremium(&entscheid.gremium, Kasus::Nominativ),
                    lage.name(partei, Kasus::Akkusativ)
                ),
            )
            .abhilfe("den Beschluss der Vertretung eintragen, oder in einer Drucksache unter `zuständigkeit` die Übertragung nennen")
            .fuer(partei);
    }
    if let Some(tag) = entscheid.tag
        && let Some((frueher, was)) = zu_frueh(vereinbarung, partei, tag)
    {
        let entscheidet = if entscheid.stimmt_zu() {
            format!("aber erst am {tag} beschlossen")
        } else {
            format!("entscheidet aber erst am {tag}")
        };
        let text = match was {
            None => format!(
                "{} hat am {frueher} unterzeichnet, {entscheidet}",
                lage.name(partei, Kasus::Nominativ)
            ),
            Some(was) => format!(
                "die Vereinbarung ist am {frueher} {was}; {} {}",
                lage.gremium(&entscheid.gremium, partei, Kasus::Nominativ),
                if entscheid.stimmt_zu() {
                    format!("hat erst am {tag} beschlossen")
                } else {
                    format!("entscheidet erst am {tag}")
                }
            ),
        };
        protokoll
            .melde(entscheid.route_des_tags.clone(), text)
            .abhilfe("erst beschließen, dann unterzeichnen; sonst die Daten prüfen")
            .fuer(partei);
    }
}

/// The first thing that happened to the agreement before the party decided, and its day; `None` beside the day for the
/// signature of the party itself.
fn zu_frueh(
    vereinbarung: &Vereinbarung,
    partei: &Koerperschaft,
    entscheidung: Datum,
) -> Option<(Datum, Option<&'static str>)> {
    let eigene = vereinbarung
        .unterzeichnet
        .iter()
        .filter(|unterschrift| unterschrift.koerperschaft == partei.schluessel)
        .map(|unterschrift| (Some(unterschrift.am), None))
        .next();
    let genehmigt = vereinbarung.genehmigung.as_ref().map(|g| g.vom);
    let bekannt = vereinbarung.veroeffentlichung.as_ref().map(|v| v.am);
    [
        eigene.unwrap_or((vereinbarung.geschlossen, Some("geschlossen worden"))),
        (
            vereinbarung.eingang,
            Some("bei der Aufsichtsbehörde eingegangen"),
        ),
        (genehmigt, Some("genehmigt worden")),
        (bekannt, Some("bekannt gemacht worden")),
        (vereinbarung.in_kraft_seit, Some("in Kraft getreten")),
    ]
    .into_iter()
    .filter_map(|(tag, was)| Some((tag?, was)))
    .find(|(tag, _)| *tag < entscheidung)
}

fn ohne_zustimmung(
    lage: &Lage<'_>,
    partei: &Koerperschaft,
    letzter: &Entscheid,
    protokoll: &mut Protokoll<'_>,
) {
    let name = lage.name(partei, Kasus::Nominativ);
    let text = match letzter.ergebnis {
        Some(Ergebnisstatus::Abgelehnt) => {
            format!("{name} hat der Vereinbarung nicht zugestimmt")
        }
        Some(ergebnis) => format!(
            "{name} hat über die Vereinbarung nicht entschieden ({})",
            ergebnis.wortlaut()
        ),
        None => return,
    };
    protokoll
        .melde(letzter.route.clone(), text)
        .abhilfe(match letzter.ergebnis {
            Some(Ergebnisstatus::Abgelehnt) => {
                "den zustimmenden Beschluss eintragen oder die Partei aus der Vereinbarung nehmen"
            }
            _ => "den Beschluss eintragen, sobald er gefasst ist",
        })
        .fuer(partei);
}

/// Whether the matter holds papers of this party on the agreement; that none decides is reported.
fn nur_kenntnis<'a>(
    lage: &Lage<'a>,
    vereinbarung: &'a Vereinbarung,
    partei: &Koerperschaft,
    protokoll: &mut Protokoll<'_>,
) -> bool {
    let eigene = lage.drucksachen_von(vereinbarung, partei);
    let Some(erste) = eigene.first() else {
        return false;
    };
    let zur_kenntnis: Vec<_> = lage
        .schritte(erste)
        .into_iter()
        .filter(|schritt| schritt.beratung.beschlussstatus == Beschlussstatus::Kenntnisnahme)
        .collect();
    // A committee may take note; it is the council that ought to decide.
    let vertretung = zur_kenntnis
        .iter()
        .find(|schritt| schritt.rolle == Some(Rolle::Vertretung));
    let schritt = vertretung.or(zur_kenntnis.last());
    let (stelle, text) = match schritt {
        Some(schritt) => (
            schritt.route.feld("beschlussstatus"),
            format!(
                "{} nimmt nur zur Kenntnis; das ist kein Beschluss über die Vereinbarung",
                lage.gremium(
                    &schritt.beratung.gremium.einzeilig(),
                    partei,
                    Kasus::Nominativ
                )
            ),
        ),
        None => (
            erste.route.clone(),
            format!(
                "in dieser Drucksache entscheidet {} nicht über die Vereinbarung",
                lage.name(partei, Kasus::Nominativ)
            ),
        ),
    };
    protokoll
        .melde(stelle, text)
        .abhilfe(
            "das Gremium über die Vereinbarung entscheiden lassen; hat es über eben diese schon beschlossen, nicht nur über eine frühere, den Beschluss unter `beschlüsse` eintragen",
        )
        .fuer(partei);
    true
}
