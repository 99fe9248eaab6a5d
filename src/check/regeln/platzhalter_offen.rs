//! No paper leaves the desk with a placeholder in it or without a part that it must have.

mod suche;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::diagnostic::Stelle;
use crate::template::Bezug;
use suche::{Ort, ist_formular, kann_einen_haben, platzhalter};

pub(super) const REGEL: Regel = Regel {
    name: "platzhalter-offen",
    schwere: Gewicht::Fehler,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jedes Papier",
    braucht: &[],
    text: include_str!("platzhalter_offen.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for blatt in lage.blaetter() {
        let mut tabelle = false;
        let mut formular = false;
        for zeile in blatt.alles().zeilen() {
            let ist_zeile_davon = zeile.text().contains('\t');
            let verdaechtig = kann_einen_haben(zeile.text());
            if !verdaechtig && !ist_zeile_davon {
                tabelle = false;
                continue;
            }
            // Votes may be counted in a table: its head says so.
            formular = ist_formular(zeile.text()) || formular && tabelle && ist_zeile_davon;
            let ort = Ort {
                tabellenkopf: ist_zeile_davon && !tabelle,
                formular,
                kopf: false,
            };
            tabelle = ist_zeile_davon;
            if !verdaechtig {
                continue;
            }
            for bereich in platzhalter(zeile.text(), ort) {
                let stelle = zeile.teil(bereich);
                melde(&stelle, stelle.text(), protokoll);
            }
        }
        for wert in blatt.kopf() {
            let ort = Ort {
                kopf: true,
                ..Ort::default()
            };
            for bereich in platzhalter(wert.text(), ort) {
                let stelle = Stelle::ImPapier {
                    papier: blatt.papier.name.as_str().into(),
                    bereich: wert.bereich(&bereich),
                };
                let wort = wert.text().get(bereich).unwrap_or_default();
                melde(stelle, wort, protokoll);
            }
        }
        leer(lage, blatt, protokoll);
    }
}

fn melde(stelle: impl Into<Stelle>, wort: &str, protokoll: &mut Protokoll<'_>) {
    protokoll
        .melde(
            stelle,
            format!("„{wort}“ ist ein Platzhalter, der noch auszufüllen ist"),
        )
        .abhilfe("eintragen, was hier stehen soll");
}

/// Parts that must not be empty: the proposal, which the facts make, and each clause.
fn leer(lage: &Lage<'_>, blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let drucksache = match &blatt.papier.bezug {
        Bezug::Drucksache(nummer) => lage.vorgang.drucksache(nummer),
        _ => None,
    };
    let vorschlag = blatt.abschnitt("Beschlussvorschlag").map(|teil| {
        let route = drucksache.map(|drucksache| drucksache.route.feld("beschlussvorschlag"));
        (teil, route.map(Stelle::Route))
    });
    let klauseln = blatt.klauseln().map(|(_, klausel)| (klausel, None));
    for (teil, stelle) in vorschlag.into_iter().chain(klauseln) {
        if ist_leer(&teil) {
            let kopf = teil.erste_zeile();
            protokoll
                .melde(
                    stelle.unwrap_or_else(|| kopf.stelle()),
                    format!("unter „{}“ steht nichts", kopf.text().trim()),
                )
                .abhilfe("den Text ergänzen");
        }
    }
}

/// Whether nothing but a heading, or nothing but the number of a paragraph, stands there.
fn ist_leer(teil: &Passage<'_>) -> bool {
    teil.zeilen().skip(1).all(|zeile| {
        let text = zeile.text().trim();
        let ohne_nummer = text
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .filter(|(nummer, _)| nummer.chars().all(|c| c.is_ascii_digit()))
            .map_or(text, |(_, rest)| rest.trim());
        ohne_nummer.is_empty()
    })
}
