//! Who handles personal data for others agrees on what Art. 28 Abs. 3 DSGVO asks for, in the clause itself.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::model::Vereinbarung;
use crate::model::vereinbarung::{Aufgabenart, Datenschutz};

pub(super) const REGEL: Regel = Regel {
    name: "auftragsverarbeitung-unvollstaendig",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::erinnert("dsgvo", "Art. 28 Abs. 3"),
        Norm::erinnert("dsgvo", "Art. 26"),
        Norm::erinnert("dsgvo", "Art. 9"),
    ],
    gilt: "wenn die Vereinbarung personenbezogene Daten berührt",
    braucht: &["vereinbarungen.*.datenschutz"],
    text: include_str!("auftragsverarbeitung_unvollstaendig.md"),
    pruefe,
};

/// What a contract must contain, letter by letter, and the words that show it.
const INHALTE: [(&str, &str, &[&str]); 9] = [
    (
        "Satz 1",
        "Gegenstand, Dauer, Art und Zweck der Verarbeitung",
        &["Zweck*"],
    ),
    ("a", "die Bindung an dokumentierte Weisungen", &["Weisung*"]),
    (
        "b",
        "die Vertraulichkeit der eingesetzten Personen",
        &["Vertraulichkeit*", "Verschwiegenheit*"],
    ),
    (
        "c",
        "die Maßnahmen nach Art. 32 DSGVO",
        &["Art. 32", "technisch* und organisatorisch* Maßnahmen"],
    ),
    (
        "d",
        "den Einsatz weiterer Auftragsverarbeiter",
        &[
            "weitere Auftragsverarbeiter*",
            "weiterer Auftragsverarbeiter*",
            "weiteren Auftragsverarbeiter*",
            "Unterauftrag*",
            "Subunternehm*",
        ],
    ),
    (
        "e",
        "die Unterstützung bei Anträgen betroffener Personen",
        &[
            "Anträgen Betroffener",
            "Anträge Betroffener",
            "Betroffenenrechte*",
            "Rechte der betroffenen",
            "Rechten der betroffenen",
            "Anträgen betroffener",
        ],
    ),
    (
        "f",
        "die Unterstützung bei den Pflichten nach Art. 32 bis 36 DSGVO",
        &[
            "bis 36",
            "Folgenabschätzung*",
            "Datenschutz-Folgenabschätzung*",
        ],
    ),
    (
        "g",
        "die Rückgabe oder Löschung der Daten am Ende",
        &[
            "löscht",
            "löschen",
            "Löschung*",
            "gelöscht",
            "zurück*",
            "Rückgabe*",
        ],
    ),
    (
        "h",
        "Nachweise und Überprüfungen",
        &["Nachweis*", "Überprüfung*", "Kontrolle*"],
    ),
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        match &vereinbarung.datenschutz {
            Some(datenschutz) => {
                angaben(vereinbarung, datenschutz, protokoll);
                klausel(vereinbarung, datenschutz, blatt, protokoll);
            }
            // Without the data the agreement says that none are handled; its own words may say otherwise.
            None => {
                let saetze = blatt.alles().saetze();
                let sprechend = || {
                    saetze
                        .iter()
                        .filter(|satz| satz.enthaelt("personenbezogen*"))
                };
                let worte = sprechend()
                    .filter(|satz| !verneint(satz))
                    .find_map(|satz| satz.finde("personenbezogen*").next());
                if let Some(worte) = worte {
                    protokoll
                        .melde(
                            &worte,
                            "die Vereinbarung spricht von personenbezogenen Daten, aber unter `datenschutz` steht nichts",
                        )
                        .abhilfe("unter `datenschutz` eintragen, wessen Daten und welche verarbeitet werden");
                } else if sprechend().next().is_none() {
                    protokoll.nicht_pruefbar(
                        &vereinbarung.route,
                        "es fehlt `datenschutz`: ob personenbezogene Daten verarbeitet werden, ist nicht angegeben",
                    );
                }
            }
        }
    }
}

/// „Personenbezogene Daten werden nicht verarbeitet.“
fn verneint(satz: &Passage<'_>) -> bool {
    [
        "nicht verarbeitet",
        "nicht erhoben",
        "nicht berührt",
        "keine personenbezogen*",
        "keinerlei personenbezogen*",
        "ohne personenbezogen*",
    ]
    .iter()
    .any(|worte| satz.enthaelt(worte))
}

/// Kinds of data and of persons.
fn angaben(vereinbarung: &Vereinbarung, datenschutz: &Datenschutz, protokoll: &mut Protokoll<'_>) {
    let route = vereinbarung.route.feld("datenschutz");
    for (feld, leer, was) in [
        (
            "betroffene",
            datenschutz.betroffene.is_empty(),
            "wessen Daten",
        ),
        ("daten", datenschutz.daten.is_empty(), "welche Daten"),
    ] {
        if leer {
            protokoll
                .melde(
                    route.feld(feld),
                    format!("es ist nicht angegeben, {was} verarbeitet werden"),
                )
                .abhilfe(format!("unter `{feld}` mindestens eine Gruppe eintragen"));
        }
    }
    let gesundheit = datenschutz.daten.iter().position(|art| {
        let art = art.as_str().to_lowercase();
        art.contains("gesundheit") || art.contains("krankheit") || art.contains("behinderung")
    });
    if let Some(i) = gesundheit.filter(|_| !datenschutz.gesundheitsdaten) {
        protokoll
            .melde(
                route.feld("daten").index(i),
                "das sind Gesundheitsdaten, aber `gesundheitsdaten` ist nicht gesetzt",
            )
            .abhilfe("`gesundheitsdaten: ja` eintragen; die Vereinbarung schützt sie dann eigens");
    }
}

fn klausel(
    vereinbarung: &Vereinbarung,
    datenschutz: &Datenschutz,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let vorschriften =
        blatt.vorschriften("datenschutz", &["Datenschutz*", "Auftragsverarbeitung*"]);
    let Some(kopf) = vorschriften.first().map(Passage::erste_zeile) else {
        protokoll
            .melde(
                vereinbarung.route.feld("datenschutz"),
                "nach der Vereinbarung werden personenbezogene Daten verarbeitet, sie enthält aber keine Vorschrift zum Datenschutz",
            )
            .abhilfe("eine Klausel `datenschutz` in die Vorlage der Vereinbarung aufnehmen");
        return;
    };
    let hat = |art| vereinbarung.aufgaben.values().any(|a| a.art == art);
    if hat(Aufgabenart::Mandatierend) {
        auftrag(&kopf, &vorschriften, protokoll);
    }
    if hat(Aufgabenart::Delegierend) && !nennt(&vorschriften, &["Verantwortlich*"]) {
        protokoll
            .melde(
                &kopf,
                "die Vorschrift zum Datenschutz sagt nicht, wer für die Daten einer übertragenen Aufgabe verantwortlich ist",
            )
            .abhilfe("die ausführende Partei als Verantwortliche nennen, oder die gemeinsame Verantwortung nach Art. 26 DSGVO regeln")
            .nur(|norm| norm.stelle == "Art. 26");
    }
    if datenschutz.gesundheitsdaten && !nennt(&vorschriften, &["Gesundheitsdaten", "Art. 9"]) {
        protokoll
            .melde(
                &kopf,
                "es werden Gesundheitsdaten verarbeitet, aber die Vorschrift zum Datenschutz schützt sie nicht eigens",
            )
            .abhilfe("sagen, wer auf Gesundheitsdaten zugreifen darf (Art. 9 DSGVO)")
            .nur(|norm| norm.stelle == "Art. 9");
    }
}

fn auftrag(kopf: &Passage<'_>, vorschriften: &[Passage<'_>], protokoll: &mut Protokoll<'_>) {
    for (buchstabe, was, worte) in INHALTE {
        if !nennt(vorschriften, worte) {
            let wo = match buchstabe {
                "Satz 1" => "Satz 1".to_owned(),
                b => format!("Buchst. {b}"),
            };
            protokoll
                .melde(
                    kopf,
                    format!("die Vorschrift zum Datenschutz regelt {was} nicht (Art. 28 Abs. 3 {wo} DSGVO)"),
                )
                .abhilfe("den Inhalt in die Vorschrift selbst aufnehmen; ein eigener Vertrag (`avv`) kann mehr regeln, aber nicht weniger")
                .nur(|norm| norm.stelle.starts_with("Art. 28"));
        }
    }
}

/// Whether one of the provisions says so: what Art. 28 asks for may stand in a section of its own.
fn nennt(vorschriften: &[Passage<'_>], worte: &[&str]) -> bool {
    vorschriften
        .iter()
        .any(|vorschrift| worte.iter().any(|worte| vorschrift.enthaelt(worte)))
}
