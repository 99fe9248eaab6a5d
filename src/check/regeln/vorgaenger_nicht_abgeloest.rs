//! An agreement that replaces another says so, the end of the other is told and published, and nobody is forgotten.

use chrono::Datelike;

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::input::Datum;
use crate::model::Vereinbarung;
use crate::model::koerperschaft::Kasus;
use crate::model::vereinbarung::Status;

pub(super) const REGEL: Regel = Regel {
    name: "vorgaenger-nicht-abgeloest",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 5")],
    gilt: "wenn die Vereinbarung eine frühere ersetzt",
    braucht: &[],
    text: include_str!("vorgaenger_nicht_abgeloest.md"),
    pruefe,
};

/// Words with which a clause puts an agreement in the place of another: all of one entry in one sentence.
const ABLOESUNG: [&[&str]; 10] = [
    &["an die Stelle"],
    &["an deren Stelle"],
    &["ersetzt"],
    &["außer Kraft"],
    &["hebt", "auf"],
    &["heben", "auf"],
    &["aufgehoben"],
    &["löst", "ab"],
    &["abgelöst"],
    &["endet"],
];

/// Words that make it another matter: a clause that has no effect, or what goes on.
const KEINE_ABLOESUNG: [&str; 6] = [
    "unwirksam*",
    "nichtig*",
    "undurchführbar*",
    "nicht ersetzt",
    "nicht aufgehoben",
    "nicht außer Kraft",
];

/// Verbs of which the sentence has only the end: „heben sie nicht auf“.
const NICHT_ENDE: [&str; 4] = [
    "nicht auf",
    "nicht ab",
    "nicht an die Stelle",
    "nicht an deren Stelle",
];

/// Words for the agreement that is replaced.
const FRUEHERE: [&str; 6] = [
    "bisherig* Vereinbarung*",
    "früher* Vereinbarung*",
    "vorherig* Vereinbarung*",
    "bestehend* Vereinbarung*",
    "alte* Vereinbarung*",
    "Vereinbarung vom",
];

/// Words for the notice to the authority.
const ANZEIGE: [&str; 4] = ["zeigen", "anzuzeigen", "angezeigt", "Anzeige*"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let vorgaenger = vereinbarung
            .ersetzt
            .as_ref()
            .and_then(|schluessel| lage.vorgang.vereinbarungen.get(schluessel));
        let Some(vorgaenger) = vorgaenger else {
            continue;
        };
        klausel(lage, vereinbarung, vorgaenger, protokoll);
        tag(lage, vereinbarung, vorgaenger, protokoll);
        aufhebung(vereinbarung, vorgaenger, protokoll);
        parteien(lage, vereinbarung, vorgaenger, protokoll);
    }
}

/// What the agreement itself says of its predecessor; a preamble binds nobody.
fn klausel(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
        return;
    };
    let saetze = blatt.bindende_saetze();
    let route = vereinbarung.route.feld("ersetzt");
    let alles = blatt.alles();
    let deren = alles.saetze_mit(DEREN).into_iter().filter(|satz| {
        let von = alles.versatz(satz);
        saetze.iter().any(|bindend| alles.versatz(bindend) == von)
    });
    if let Some(stelle) = deren.into_iter().find_map(|satz| bleibt_bestehen(&satz)) {
        protokoll
            .melde(
                &stelle,
                format!("„{}“: die frühere Vereinbarung soll aber ersetzt werden", stelle.text()),
            )
            .abhilfe("sagen, dass die Parteien die frühere Vereinbarung aufheben, oder `ersetzt` streichen");
        return;
    }
    if !saetze.iter().any(|satz| loest_ab(satz, vorgaenger)) {
        protokoll
            .melde(
                route,
                "keine Vorschrift der Vereinbarung löst die frühere ab",
            )
            .abhilfe("einen Satz aufnehmen, nach dem sie an die Stelle der früheren tritt und diese aufgehoben wird");
    } else if !saetze.iter().any(zeigt_an) {
        protokoll
            .melde(
                route,
                "keine Vorschrift der Vereinbarung sagt, dass die Aufhebung der früheren anzuzeigen ist",
            )
            .abhilfe("die Anzeige der Aufhebung bei der Aufsichtsbehörde regeln");
    }
}

/// Whether a sentence puts the agreement in the place of its predecessor.
fn loest_ab(satz: &Passage<'_>, vorgaenger: &Vereinbarung) -> bool {
    let sagt = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let abloesung = ABLOESUNG
        .iter()
        .any(|alle| alle.iter().all(|worte| satz.enthaelt(worte)));
    let von_tag = vorgaenger
        .geschlossen
        .is_some_and(|geschlossen| satz.tage().any(|(_, tag)| tag == geschlossen));
    // „diese Vereinbarung … der Vereinbarung aus dem Jahr 2019“: two are named.
    let zwei = satz.finde("Vereinbarung").nth(1).is_some();
    abloesung
        && !sagt(&KEINE_ABLOESUNG)
        && !sagt(&NICHT_ENDE)
        && (von_tag || zwei || sagt(&FRUEHERE))
}

/// How a clause names the parties of the predecessor or the predecessor itself.
const DEREN: [&str; 7] = [
    "Deren Parteien",
    "die bisherige Vereinbarung",
    "die frühere Vereinbarung",
    "die vorherige Vereinbarung",
    "die bestehende Vereinbarung",
    "die alte Vereinbarung",
    "Vereinbarung vom",
];

/// „Deren Parteien heben sie nicht auf“: the words that leave the predecessor in force.
fn bleibt_bestehen<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let bleibt = [
        "bleibt daneben",
        "bleibt weiter in Kraft",
        "bleibt in Kraft",
        "gilt daneben",
        "gilt weiter",
        "nicht ersetzt",
        "nicht aufgehoben",
        "nicht außer Kraft",
        "nicht an die Stelle",
    ];
    let hebt_nicht_auf = || {
        let stelle = satz.erstes(&["nicht auf"])?;
        let hier = satz.teilsatz_um(&stelle);
        hier.sagt(&["heben", "hebt"]).then_some(stelle)
    };
    satz.erstes(&bleibt).or_else(hebt_nicht_auf)
}

/// Words with which an agreement is said to have been made.
const GESCHLOSSEN: [&str; 7] = [
    "geschlossen",
    "abgeschlossen",
    "schlossen",
    "vereinbart",
    "unterzeichnet",
    "getroffen",
    "unterschrieben",
];

/// The day by which papers name the predecessor is its day.
fn tag(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(geschlossen) = vorgaenger.geschlossen else {
        return;
    };
    let eigenes = lage.blatt_der_vereinbarung(vereinbarung);
    let vorlagen = lage.drucksachen_zu(vereinbarung);
    let vorlagen = vorlagen.filter_map(|drucksache| lage.vorlage(drucksache));
    for (in_ihr, blatt) in eigenes
        .map(|blatt| (true, blatt))
        .into_iter()
        .chain(vorlagen.map(|blatt| (false, blatt)))
    {
        for satz in blatt.alles().saetze_mit(["Vereinbarung*"]) {
            let bekannt = |tag: Datum| {
                let mut alle = lage.vorgang.vereinbarungen.values();
                alle.any(|v| v.geschlossen == Some(tag))
                    || lage.vorgang.drucksachen.iter().any(|drucksache| {
                        let mut schritte = drucksache.beratungsfolge.iter();
                        schritte.any(|b| b.sitzungsdatum == Some(tag))
                    })
            };
            let tage: Vec<_> = satz.tage().collect();
            // A sentence that names the right day may name another one for something else.
            if tage.iter().any(|(_, tag)| *tag == geschlossen) {
                continue;
            }
            for (stelle, tag) in tage {
                if bekannt(tag) || !ist_ihr_tag(&satz, &stelle) {
                    continue;
                }
                let vorgaenger_gemeint = in_ihr
                    || verschrieben(tag, geschlossen)
                    || satz.sagt(&FRUEHERE[..5])
                    || nennt_parteien(lage, vorgaenger, &satz);
                if vorgaenger_gemeint {
                    protokoll
                        .melde(
                            &stelle,
                            format!("hier steht der {tag}; die Vereinbarung, die ersetzt wird, ist vom {geschlossen}"),
                        )
                        .abhilfe("den Tag berichtigen oder durch {{ vorgaenger.geschlossen }} ersetzen")
                        .dazu(vorgaenger.route.feld("geschlossen"), "eingetragen");
                }
            }
        }
    }
}

/// Whether a day is that of an agreement: „Vereinbarung vom …“, „am … haben … geschlossen“.
fn ist_ihr_tag(satz: &Passage<'_>, tag: &Passage<'_>) -> bool {
    let davor = satz.text().get(..satz.versatz(tag)).unwrap_or_default();
    let mut worte = davor.split_whitespace().rev();
    let wort = worte.next().unwrap_or_default();
    let davor = worte.next().unwrap_or_default();
    match wort {
        "vom" => davor.starts_with("Vereinbarung") || davor.ends_with("ereinbarung"),
        "am" | "Am" => satz.sagt(&GESCHLOSSEN),
        _ => false,
    }
}

/// Whether one of day, month and year alone is another one.
fn verschrieben(tag: Datum, richtig: Datum) -> bool {
    let (a, b) = (tag.tag(), richtig.tag());
    let anders = [
        a.day() != b.day(),
        a.month() != b.month(),
        a.year() != b.year(),
    ];
    anders.iter().filter(|anders| **anders).count() == 1
}

/// Whether a sentence enumerates the parties of the predecessor.
fn nennt_parteien(lage: &Lage<'_>, vorgaenger: &Vereinbarung, satz: &Passage<'_>) -> bool {
    let Some(alte) = lage.beteiligte(vorgaenger) else {
        return false;
    };
    let gemeinden = alte.parteien.gemeinden();
    let genannt = gemeinden.iter().filter(|k| satz.enthaelt(k.name.as_str()));
    genannt.count() > 2
}

/// Whether a sentence has the authority told of an end.
fn zeigt_an(satz: &Passage<'_>) -> bool {
    ANZEIGE.iter().any(|worte| satz.enthaelt(worte))
        || satz.enthaelt("zeigt") && satz.enthaelt("Aufhebung") && satz.enthaelt("an")
}

/// Once the new agreement has effect, the end of the old one has been told and published.
fn aufhebung(
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let wirkt = vereinbarung.status == Status::InKraft
        || vereinbarung.in_kraft_seit.is_some()
        || vereinbarung.veroeffentlichung.is_some();
    if !wirkt {
        return;
    }
    let angezeigt = vorgaenger
        .aufhebung
        .as_ref()
        .is_some_and(|aufhebung| aufhebung.angezeigt_am.is_some());
    let veroeffentlicht = vorgaenger
        .aufhebung
        .as_ref()
        .is_some_and(|aufhebung| aufhebung.veroeffentlichung.is_some());
    let was = match (angezeigt, veroeffentlicht) {
        (true, true) => return,
        (true, false) => "bekannt gemacht",
        (false, true) => "angezeigt",
        (false, false) => "angezeigt und bekannt gemacht",
    };
    protokoll
        .melde(
            &vorgaenger.route,
            format!(
                "die Vereinbarung ist ersetzt; dass ihre Aufhebung {was} wurde, ist nicht angegeben"
            ),
        )
        .abhilfe("unter `aufhebung` Anzeige und Veröffentlichung eintragen")
        .dazu(vereinbarung.route.feld("ersetzt"), "ersetzt durch");
}

/// Each party of the old agreement is one of the new, or left it in order.
fn parteien(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    vorgaenger: &Vereinbarung,
    protokoll: &mut Protokoll<'_>,
) {
    let (Some(neue), Some(alte)) = (lage.beteiligte(vereinbarung), lage.beteiligte(vorgaenger))
    else {
        return;
    };
    for partei in alte.parteien.ohne(&neue.parteien).iter() {
        let geregelt = vorgaenger
            .ausscheiden
            .iter()
            .filter(|ausscheiden| ausscheiden.koerperschaft == partei.schluessel)
            .any(|ausscheiden| {
                ausscheiden.kuendigung_vom.is_some() || ausscheiden.auseinandersetzung.is_some()
            });
        if !geregelt {
            protokoll
                .melde(
                    vereinbarung.route.feld("ersetzt"),
                    format!(
                        "{} ist Partei der früheren Vereinbarung, aber nicht der neuen; weder eine Kündigung noch eine Auseinandersetzung ist bekannt",
                        lage.name(partei, Kasus::Nominativ)
                    ),
                )
                .abhilfe("die Partei aufnehmen oder bei der früheren Vereinbarung unter `ausscheiden` eintragen, wie sie ausscheidet")
                .dazu(vorgaenger.route.feld("parteien"), "die frühere Vereinbarung");
        }
    }
}
