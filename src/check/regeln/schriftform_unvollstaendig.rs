//! Each party signs once, in its official form, and nobody else does; changes need the written form too.

use super::super::{
    Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel, Unterschrift,
};
use crate::compute::{Beteiligte, Menge, sprache};
use crate::diagnostic::Stelle;
use crate::model::koerperschaft::{Kasus, Koerperschaft};
use crate::model::vereinbarung::Status;
use crate::model::{Vereinbarung, Vorgang};

pub(super) const REGEL: Regel = Regel {
    name: "schriftform-unvollstaendig",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 1 Satz 1")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("schriftform_unvollstaendig.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        geleistete(lage.vorgang, vereinbarung, beteiligte, protokoll);
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        unterschriften(lage.vorgang, vereinbarung, beteiligte, blatt, protokoll);
        let mut verneint = false;
        for satz in blatt.alles().saetze_mit(OHNE_FORM) {
            if let Some(stelle) = ohne_form(&satz) {
                verneint = true;
                protokoll
                    .melde_milder(
                        &stelle,
                        format!("„{}“: die Vereinbarung und ihre Änderungen sind schriftlich zu schließen", stelle.text()),
                    )
                    .abhilfe("die Schriftform verlangen");
            }
        }
        let zu_aenderungen = |worte: &[&str]| {
            let saetze = blatt.alles().saetze_mit(worte.iter().copied());
            saetze.into_iter().find_map(|satz| {
                let form = satz.erstes(worte)?;
                let gilt = regelt_aenderungen(&satz) && !ist_verneint(&satz, &form);
                gilt.then_some(form)
            })
        };
        if let Some(stelle) = zu_aenderungen(&ANDERE_FORMEN) {
            protokoll
                .melde_milder(
                    &stelle,
                    format!("„{}“ genügt für Änderungen nicht; die Vereinbarung selbst ist schriftlich zu schließen", stelle.text()),
                )
                .abhilfe("für Änderungen die Schriftform verlangen");
        } else if !verneint && zu_aenderungen(&["Schriftform", "schriftlich*"]).is_none() {
            let stelle = stelle_der_aenderung(blatt);
            let stelle = stelle.map_or_else(|| Stelle::from(&vereinbarung.route), Stelle::from);
            protokoll
                .melde_milder(
                    stelle,
                    "die Vereinbarung verlangt für ihre Änderung keine Schriftform",
                )
                .abhilfe("eine Klausel aufnehmen, nach der Änderungen der Schriftform bedürfen");
        }
    }
}

/// Headings of the clause on amendments, where it is not marked.
const UEBERSCHRIFTEN: [&str; 4] = ["Schriftform*", "Änderung*", "Schluss*", "Sonstiges"];

/// Where the clause on amendments says how the agreement is changed.
fn stelle_der_aenderung<'b>(blatt: &'b Blatt<'_>) -> Option<Passage<'b>> {
    let klauseln = blatt.vorschriften("schluss", &UEBERSCHRIFTEN);
    let mut saetze = klauseln.iter().flat_map(Passage::saetze);
    let satz = saetze.find(|satz| regelt_aenderungen(satz))?;
    satz.erstes(&AENDERUNG)
}

/// Forms that are none in writing. The electronic form is no such word: with a qualified signature it may stand for the
/// written one (§ 3a VwVfG NRW).
const ANDERE_FORMEN: [&str; 5] = [
    "Textform",
    "elektronischem Weg*",
    "per E-Mail*",
    "durch E-Mail*",
    "per Telefax",
];

/// Whether a form is ruled out: „die Textform genügt nicht“.
fn ist_verneint(satz: &Passage<'_>, form: &Passage<'_>) -> bool {
    let text = form.text().to_lowercase();
    let andere = !text.starts_with("schrift");
    andere
        && satz
            .teilsatz_um(form)
            .sagt(&["nicht", "keine*", "ausgeschlossen", "unzulässig"])
}

/// Words for what is changed.
const AENDERUNG: [&str; 5] = [
    "Änderung*",
    "Ergänzung*",
    "Nebenabrede*",
    "Vertragsänderung*",
    "geändert",
];

/// Words that make it a change of the agreement, not of what somebody is to be told of.
const DER_VEREINBARUNG: [&str; 7] = [
    "Vereinbarung*",
    "Vertrag*",
    "bedürfen",
    "bedarf",
    "nur",
    "wirksam",
    "gültig",
];

/// Words with which somebody tells others of a change.
const MITTEILUNG: [&str; 4] = ["mitzuteilen", "mitgeteilt", "teilt", "teilen"];

/// Whether a sentence says how the agreement is changed: not how a change is told, nor how somebody accedes.
fn regelt_aenderungen(satz: &Passage<'_>) -> bool {
    let sagt = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let erste = |worte: &[&str]| {
        let stellen = worte.iter().flat_map(|worte| satz.finde(worte));
        stellen.map(|stelle| satz.versatz(&stelle)).min()
    };
    let Some(aenderung) = erste(&AENDERUNG) else {
        return false;
    };
    let beitritt = erste(&["Beitritt*", "beitret*"]).is_some_and(|beitritt| beitritt < aenderung);
    !beitritt && !ist_mitteilung(satz) && sagt(&DER_VEREINBARUNG)
}

/// Words with which the written form is denied, and words for what is done without it.
const OHNE_FORM: [&str; 22] = [
    "der Schriftform nicht",
    "nicht der Schriftform",
    "keiner Schriftform",
    "nicht schriftlich",
    "Schriftform bedarf es nicht",
    "Schriftform ist nicht erforderlich",
    "Schriftform ist nicht nötig",
    "Schriftform ist nicht notwendig",
    "Schriftform ist entbehrlich",
    "Schriftform nicht erforderlich",
    "Schriftform nicht nötig",
    "Schriftform wird verzichtet",
    "Schriftform wird nicht",
    "ohne Schriftform",
    "ohne Einhaltung der Schriftform",
    "keiner besonderen Form",
    "keiner Form",
    "nicht an eine Form",
    "formlos*",
    "formfrei*",
    "mündlich*",
    "fernmündlich*",
];

/// What is agreed in writing.
const VEREINBARTES: [&str; 7] = [
    "Änderung*",
    "Ergänzung*",
    "Nebenabrede*",
    "Vertragsänderung*",
    "geändert",
    "ergänzt",
    "Beitritt*",
];

/// What else may be done without a form, and words for what is not to be: oral side agreements are ruled out.
const FORMFREI: [&str; 22] = [
    "redaktionell*",
    "Anlage*",
    "Kostenübersicht*",
    "Organisationskonzept*",
    "Ansprechperson*",
    "Ansprechpartner*",
    "Anschrift*",
    "Weisung*",
    "Kündigung*",
    "bestehen nicht",
    "nicht bestehen",
    "sind nicht getroffen",
    "nicht getroffen",
    "wurden nicht",
    "keine*",
    "unwirksam*",
    "nichtig*",
    "ungültig*",
    "unzulässig*",
    "ausgeschlossen",
    "nicht nur",
    "genügt nicht",
];

/// The words with which a sentence lets the agreement, or changes of it, do without the written form.
fn ohne_form<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let stelle = satz.erstes(&OHNE_FORM)?;
    let hier = satz.teilsatz_um(&stelle);
    // „keiner Form“ denies by itself what „keine“ otherwise rules out.
    let verneinung = stelle.text().to_lowercase().starts_with("keine");
    let frei = FORMFREI
        .iter()
        .filter(|worte| !(verneinung && **worte == "keine*"))
        .any(|worte| hier.enthaelt(worte));
    // „mündliche Zusagen binden nicht“
    let wort = stelle.text().to_lowercase();
    let frei = frei || wort.contains("mündlich") && hier.enthaelt("nicht");
    let der_vereinbarung = satz.sagt(&VEREINBARTES) && !ist_mitteilung(satz)
        || hier.sagt(&["diese Vereinbarung", "die Vereinbarung"]) && hier.sagt(&SCHLIESST);
    (der_vereinbarung && !frei).then_some(stelle)
}

/// Words with which the agreement itself is made, or what it needs.
const SCHLIESST: [&str; 5] = ["bedarf", "geschlossen", "abgeschlossen", "gilt", "wirksam"];

fn ist_mitteilung(satz: &Passage<'_>) -> bool {
    satz.sagt(&MITTEILUNG) && !satz.sagt(&["bedürfen", "bedarf"])
}

/// An agreement that is signed by its status is signed by each of its parties, where signatures are written down at all.
fn geleistete(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    if vereinbarung.status < Status::Unterzeichnet || vereinbarung.unterzeichnet.is_empty() {
        return;
    }
    let fehlend = beteiligte.parteien.iter().filter(|partei| {
        let mut alle = vereinbarung.unterzeichnet.iter();
        !alle.any(|unterschrift| unterschrift.koerperschaft == partei.schluessel)
    });
    let fehlend = Menge::aus(vorgang, fehlend);
    if !fehlend.ist_leer() {
        protokoll
            .melde_milder(
                vereinbarung.route.feld("status"),
                format!(
                    "nach ihrem Status ist die Vereinbarung unterzeichnet, aber unter `unterzeichnet` fehlt die Unterschrift {}",
                    fehlend.aufzaehlung(Kasus::Genitiv)
                ),
            )
            .abhilfe("die Unterschrift mit ihrem Tag eintragen oder den Status zurücksetzen");
    }
}

/// What a party still owes to the signature blocks.
struct Offen<'a> {
    partei: &'a Koerperschaft,
    erwartet: usize,
    fehlt: usize,
}

fn unterschriften(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let mut offen: Vec<Offen<'_>> = beteiligte
        .parteien
        .iter()
        .map(|partei| {
            let erwartet = erwartet(vorgang, vereinbarung, partei);
            Offen {
                partei,
                erwartet,
                fehlt: erwartet,
            }
        })
        .collect();
    let mut zu_viel: Vec<Unterschrift<'_>> = Vec::new();
    for unterschrift in blatt.unterschriften() {
        let name = unterschrift.partei.trim();
        // Two parties may bear one name; each has a block of its own.
        let mut wer: Vec<&mut Offen<'_>> = offen
            .iter_mut()
            .filter(|o| o.partei.namensformen().iter().any(|form| form == name))
            .collect();
        wer.sort_by_key(|o| (o.fehlt == 0, o.partei.amtsform() != name));
        let ist_partei = !wer.is_empty();
        if let Some(partei) = wer.into_iter().find(|o| o.fehlt > 0) {
            partei.fehlt -= 1;
        } else if ist_partei {
            zu_viel.push(unterschrift);
        } else {
            protokoll
                .melde(
                    &unterschrift.passage,
                    format!(
                        "„{}“ ist nicht Partei, soll aber unterzeichnen",
                        unterschrift.partei
                    ),
                )
                .abhilfe("den Unterschriftsblock streichen oder die Partei aufnehmen");
        }
    }
    doppelte(&zu_viel, protokoll);
    // One cause, one finding: a template that goes over the parties misses all of a kind.
    for (ganz, text) in [
        (true, "der Unterschriftsblock"),
        (false, "ein weiterer Unterschriftsblock"),
    ] {
        let ohne = offen
            .iter()
            .filter(|offen| offen.fehlt > 0 && (offen.fehlt == offen.erwartet) == ganz)
            .map(|offen| offen.partei);
        let ohne = Menge::aus(vorgang, ohne);
        if !ohne.ist_leer() {
            protokoll
                .melde(
                    &vereinbarung.route,
                    format!("für {} fehlt {text}", ohne.aufzaehlung(Kasus::Akkusativ)),
                )
                .abhilfe("jeder Partei einen Block `<!-- unterschrift: … | … -->` geben");
        }
    }
}

/// One finding for all blocks that stand there twice: one loop too many makes them all.
fn doppelte(zu_viel: &[Unterschrift<'_>], protokoll: &mut Protokoll<'_>) {
    let Some((erste, weitere)) = zu_viel.split_first() else {
        return;
    };
    let namen: Vec<String> = zu_viel.iter().map(|u| u.partei.to_owned()).collect();
    let einer = if weitere.is_empty() { "ein" } else { "je ein" };
    let mut meldung = protokoll
        .melde(
            &erste.passage,
            format!("{einer} Unterschriftsblock zu viel: {}", liste(&namen)),
        )
        .abhilfe("nur so viele Blöcke setzen, wie Ämter der Partei unterzeichnen");
    let stelle = erste.passage.ort();
    for weitere in weitere
        .iter()
        .filter(|weitere| weitere.passage.ort() != stelle)
    {
        meldung = meldung.dazu(&weitere.passage, "ein weiterer");
    }
}

fn liste(namen: &[String]) -> String {
    let namen: Vec<&str> = namen.iter().map(String::as_str).collect();
    sprache::aufzaehlung(&namen, sprache::Verbindung::Und)
}

/// How many offices sign for a party; one where the base data do not say.
fn erwartet(vorgang: &Vorgang, vereinbarung: &Vereinbarung, partei: &Koerperschaft) -> usize {
    partei
        .vertretung_zu(vorgang.rechtsstand(vereinbarung))
        .map_or(1, |vertretung| 1 + vertretung.weitere_unterschriften.len())
}
