//! The same parties in rubrum, titles and tables.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::{Beteiligte, mengen, sprache};
use crate::diagnostic::Stelle;
use crate::model::anlage::Inhalt;
use crate::model::koerperschaft::{Kasus, Koerperschaft};
use crate::model::{Drucksache, Schluessel, Vereinbarung};

mod genannte;
mod namen;

pub(super) const REGEL: Regel = Regel {
    name: "parteien-abweichend",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("parteien_abweichend.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        if let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) {
            if let Some((kopf, text)) = rubrum(blatt) {
                formen_in(lage, beteiligte, &text, &kopf, "im Rubrum", protokoll);
            }
            // The title prints nowhere but in the front matter and where papers list it.
            if let Some(titel) = blatt.papier.front.titel.as_deref() {
                let stelle = Stelle::from(&blatt.alles().erste_zeile());
                namen_in(lage, beteiligte, titel, &stelle, "im Titel", protokoll);
            }
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            for (i, anlage) in drucksache.anlagen.iter().enumerate() {
                let (Inhalt::Titel(titel)
                | Inhalt::Text { titel, .. }
                | Inhalt::Datei { titel, .. }) = &anlage.inhalt
                else {
                    continue;
                };
                let route = drucksache.route.feld("anlagen").index(i).feld("titel");
                let stelle = Stelle::from(route);
                namen_in(
                    lage,
                    beteiligte,
                    &titel.einzeilig(),
                    &stelle,
                    "im Titel der Anlage",
                    protokoll,
                );
            }
        }
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            let vorschlag = lage
                .vorlage(drucksache)
                .and_then(|blatt| blatt.abschnitt("Beschlussvorschlag"));
            if let Some(vorschlag) = vorschlag {
                im_vorschlag(lage, beteiligte, drucksache, &vorschlag, protokoll);
            }
        }
        let vorlagen = lage.drucksachen_zu(vereinbarung);
        let vorlagen = vorlagen.filter_map(|drucksache| lage.vorlage(drucksache));
        let eigenes = lage.blatt_der_vereinbarung(vereinbarung).into_iter();
        for blatt in eigenes.chain(vorlagen) {
            genannte::pruefe(lage, vereinbarung, beteiligte, blatt, protokoll);
        }
        for art in ["kostenuebersicht", "organisationskonzept"] {
            if let Some(blatt) = lage.papier_zu(vereinbarung, art) {
                tabellen(lage, vereinbarung, beteiligte, blatt, protokoll);
                ganze_tabellen(lage, beteiligte, blatt, protokoll);
            }
        }
    }
}

/// What stands between „Zwischen“ and the first heading behind it, and its first line.
fn rubrum<'b>(blatt: &'b Blatt<'_>) -> Option<(Passage<'b>, Passage<'b>)> {
    let alles = blatt.alles();
    let von = alles.zeilen().find(|zeile| {
        let text = zeile.text().trim().to_lowercase();
        text == "zwischen" || text.starts_with("zwischen ")
    })?;
    let erste_klausel = blatt.klauseln().next();
    let bis = erste_klausel.map_or(alles.text().len(), |(_, klausel)| alles.versatz(&klausel));
    let anfang = alles.versatz(&von);
    // The Präambel tells of earlier agreements with other parties.
    let bis = blatt
        .abschnitt("Präambel")
        .map_or(bis, |praeambel| bis.min(alles.versatz(&praeambel)));
    (anfang < bis).then(|| (von, alles.teil(anfang..bis)))
}

fn ist_genannt(text: &Passage<'_>, koerperschaft: &Koerperschaft) -> bool {
    koerperschaft
        .namensformen()
        .iter()
        .any(|form| text.enthaelt(form))
}

/// Each party stands in the passage by its full name, and no other body does.
fn formen_in(
    lage: &Lage<'_>,
    beteiligte: &Beteiligte<'_>,
    text: &Passage<'_>,
    kopf: &Passage<'_>,
    wo: &str,
    protokoll: &mut Protokoll<'_>,
) {
    let fehlt = |partei: &&Koerperschaft| {
        // Several of one kind may be enumerated: „den Städten Bergkamen, Lünen und Selm“.
        let aufgezaehlt =
            !beteiligte_mit_namen(lage, partei) && text.enthaelt(partei.name.as_str());
        !(ist_genannt(text, partei) || aufgezaehlt && text.zeilen().count() <= 2)
    };
    let fehlen: Vec<_> = beteiligte.parteien.iter().filter(fehlt).collect();
    melde(lage, Abweichung::Fehlt, kopf, &fehlen, wo, protokoll);
    for andere in fremde(lage, beteiligte) {
        for stelle in andere
            .namensformen()
            .iter()
            .flat_map(|form| text.finde(form))
            .take(1)
        {
            melde(lage, Abweichung::Fremd, &stelle, &[andere], wo, protokoll);
        }
    }
    for zeile in text.zeilen() {
        unbekannte(lage, &zeile, wo, protokoll);
    }
}

/// Bodies that are named as those who conclude the agreement and that the base data do not know: „den Städten Lünen,
/// Kamen und Werne“. Elsewhere prose may speak of whom it likes.
fn unbekannte(lage: &Lage<'_>, text: &Passage<'_>, wo: &str, protokoll: &mut Protokoll<'_>) {
    for stelle in namen::aufgezaehlte(text) {
        let name = stelle.text();
        let bekannt = lage.vorgang.koerperschaften.values().any(|wer| {
            wer.name.as_str() == name || wer.name.as_str().split([' ', '/']).next() == Some(name)
        });
        if !bekannt {
            unbekannt(&stelle, name, wo, protokoll);
        }
    }
}

fn unbekannt(stelle: impl Into<Stelle>, name: &str, wo: &str, protokoll: &mut Protokoll<'_>) {
    protokoll
        .melde(
            stelle,
            format!("„{name}“ steht {wo}, ist aber nicht Partei und nicht in den Stammdaten"),
        )
        .abhilfe("den Namen prüfen; gehört die Körperschaft dazu, sie in den Stammdaten anlegen und als Partei aufnehmen");
}

/// Whether another body in the base data has the same name.
fn beteiligte_mit_namen(lage: &Lage<'_>, partei: &Koerperschaft) -> bool {
    lage.vorgang
        .koerperschaften
        .values()
        .any(|andere| andere.schluessel != partei.schluessel && andere.name == partei.name)
}

/// Each party stands in a title „zwischen …“ by its name, and no other body does.
fn namen_in(
    lage: &Lage<'_>,
    beteiligte: &Beteiligte<'_>,
    titel: &str,
    stelle: &Stelle,
    wo: &str,
    protokoll: &mut Protokoll<'_>,
) {
    let Some((davor, namen)) = titel.split_once("zwischen ") else {
        return;
    };
    // „Schriftwechsel zwischen …“ names no parties.
    if !davor.to_lowercase().contains("vereinbarung") {
        return;
    }
    let fehlt = |partei: &&Koerperschaft| {
        let gleiche = beteiligte
            .parteien
            .iter()
            .filter(|andere| andere.name == partei.name)
            .count();
        // Of two bodies of one name the one that is named in full is not the one that is missing.
        let voll = gleiche > 1
            && partei
                .namensformen()
                .iter()
                .any(|form| zaehle(namen, form) > 0);
        !voll && zaehle(namen, partei.name.as_str()) < gleiche
    };
    let fehlen: Vec<_> = beteiligte.parteien.iter().filter(fehlt).collect();
    melde(
        lage,
        Abweichung::Fehlt,
        stelle.clone(),
        &fehlen,
        wo,
        protokoll,
    );
    let mut fremde = fremde(lage, beteiligte);
    fremde.retain(|andere| {
        let gleichnamig = heisst_wie_eine_partei(beteiligte, andere);
        !gleichnamig && zaehle(namen, andere.name.as_str()) > 0
    });
    melde(
        lage,
        Abweichung::Fremd,
        stelle.clone(),
        &fremde,
        wo,
        protokoll,
    );
    for name in namen::in_text(namen) {
        let mut alle = lage.vorgang.koerperschaften.values();
        if !alle.any(|wer| genannte::heisst(wer, name)) {
            unbekannt(stelle.clone(), name, wo, protokoll);
        }
    }
}

fn heisst_wie_eine_partei(beteiligte: &Beteiligte<'_>, andere: &Koerperschaft) -> bool {
    let mut parteien = beteiligte.parteien.iter();
    parteien.any(|partei| partei.name == andere.name)
}

/// Words of a sentence that says with whom an agreement is concluded.
const SCHLIESST: [&str; 6] = [
    "abzuschließen",
    "abschließen",
    "Abschluss",
    "geschlossen",
    "schließen",
    "mit den",
];

/// The proposal concludes the agreement with its parties and nobody else.
fn im_vorschlag(
    lage: &Lage<'_>,
    beteiligte: &Beteiligte<'_>,
    drucksache: &Drucksache,
    vorschlag: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    for satz in vorschlag.saetze() {
        let schliesst =
            satz.enthaelt("Vereinbarung*") && SCHLIESST.iter().any(|worte| satz.enthaelt(worte));
        if !schliesst {
            continue;
        }
        for andere in fremde(lage, beteiligte) {
            let gleichnamig = heisst_wie_eine_partei(beteiligte, andere);
            let name = andere.name.as_str();
            let stelle = satz.finde(name).next().filter(|_| {
                !gleichnamig
                    && zaehle(satz.text(), name) > 0
                    && !satz.enthaelt(&format!("Bezirksregierung {name}"))
            });
            if let Some(stelle) = stelle {
                melde(
                    lage,
                    Abweichung::Fremd,
                    &stelle,
                    &[andere],
                    "im Beschlussvorschlag",
                    protokoll,
                );
            }
        }
        ungenannte(lage, beteiligte, drucksache, &satz, protokoll);
        unbekannte(lage, &satz, "im Beschlussvorschlag", protokoll);
    }
}

/// Words of a list that does not name all.
const UNTER_ANDEREN: [&str; 10] = [
    "u. a.",
    "unter anderem",
    "insbesondere",
    "weitere*",
    "übrige*",
    "andere*",
    "beteiligte*",
    "alle*",
    "Kommunen",
    "jeweils",
];

/// Who names several parties in the sentence that concludes the agreement names all but itself: „mit den Städten Lünen
/// und Selm“.
fn ungenannte(
    lage: &Lage<'_>,
    beteiligte: &Beteiligte<'_>,
    drucksache: &Drucksache,
    satz: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    if UNTER_ANDEREN.iter().any(|worte| satz.enthaelt(worte)) {
        return;
    }
    let eigene = lage.vorgang.koerperschaft_von(drucksache);
    let andere = |partei: &&Koerperschaft| eigene.is_none_or(|e| e.schluessel != partei.schluessel);
    let genannt = |partei: &Koerperschaft| {
        ist_genannt(satz, partei) || zaehle(satz.text(), partei.name.as_str()) > 0
    };
    let gemeinden = beteiligte.parteien.iter().filter(|p| p.ist_gemeinde());
    let (da, fehlen): (Vec<_>, Vec<_>) = gemeinden.filter(andere).partition(|p| genannt(p));
    let Some(erste) = da.first().filter(|_| da.len() > 1) else {
        return;
    };
    let stelle = satz.finde(erste.name.as_str()).next();
    let stelle = stelle.as_ref().unwrap_or(satz);
    melde(
        lage,
        Abweichung::Fehlt,
        stelle,
        &fehlen,
        "im Beschlussvorschlag",
        protokoll,
    );
}

/// The bodies of the base data that are no parties.
fn fremde<'v>(lage: &Lage<'v>, beteiligte: &Beteiligte<'_>) -> Vec<&'v Koerperschaft> {
    lage.vorgang
        .koerperschaften
        .values()
        .filter(|andere| !beteiligte.parteien.enthaelt(andere))
        .collect()
}

/// How often the name stands there as a word.
fn zaehle(text: &str, name: &str) -> usize {
    text.match_indices(name)
        .filter(|(i, _)| {
            let davor = text.get(..*i).and_then(|t| t.chars().next_back());
            let danach = text.get(i + name.len()..).and_then(|t| t.chars().next());
            ![davor, danach]
                .into_iter()
                .flatten()
                .any(|c| c.is_alphanumeric() || c == '-')
        })
        .count()
}

/// Tables that somebody typed name all of a set of parties, if they name several of it.
fn ganze_tabellen(
    lage: &Lage<'_>,
    beteiligte: &Beteiligte<'_>,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let tage = lage.vorgang.nutzung.iter().map(|nutzung| nutzung.von);
    let an_tagen = tage.map(|tag| mengen::anwender_am(lage.vorgang, tag));
    let mengen: Vec<_> = an_tagen
        .chain([
            beteiligte.anwender.clone(),
            beteiligte.bestand.clone(),
            beteiligte.beitritt.clone(),
            beteiligte.parteien.clone(),
        ])
        .collect();
    let mut reihen: Vec<(Passage<'_>, &Koerperschaft)> = Vec::new();
    let alles = blatt.alles();
    for zeile in alles.zeilen().map(Some).chain([None]) {
        let in_tabelle = zeile
            .as_ref()
            .and_then(|zeile| Some((zeile, zeile.text().split_once('\t')?.0.trim())));
        if let Some((zeile, erste)) = in_tabelle {
            let zelle = zeile.teil(0..erste.len());
            let getippt = blatt.papier.ausdruck(&zelle.bereich()).is_none();
            let mut parteien = beteiligte.parteien.iter().filter(|_| getippt);
            let ist = |wer: &&Koerperschaft| {
                wer.name.as_str() == erste || wer.namensformen().iter().any(|form| form == erste)
            };
            reihen.extend(parteien.find(ist).map(|wer| (zelle, wer)));
            continue;
        }
        let benannt = |wer: &Koerperschaft| {
            let mut reihen = reihen.iter();
            reihen.any(|(_, andere)| andere.schluessel == wer.schluessel)
        };
        let ist_menge = mengen.iter().any(|menge| {
            let gemeinden = menge.gemeinden();
            let fremde = reihen.iter().map(|(_, wer)| *wer);
            let mut fremde = fremde.filter(|wer| wer.ist_gemeinde() && !menge.enthaelt(wer));
            !gemeinden.ist_leer() && gemeinden.iter().all(benannt) && fremde.next().is_none()
        });
        if let Some((stelle, _)) = reihen.first().filter(|_| reihen.len() > 2 && !ist_menge) {
            let fehlen: Vec<_> = beteiligte
                .anwender
                .iter()
                .filter(|wer| !benannt(wer))
                .collect();
            melde(
                lage,
                Abweichung::Fehlt,
                stelle,
                &fehlen,
                "in der Tabelle",
                protokoll,
            );
        }
        reihen.clear();
    }
}

/// Tables on the agreement name parties and users and nobody else.
fn tabellen(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    beteiligte: &Beteiligte<'_>,
    blatt: &Blatt<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let nutzt = |schluessel: &Schluessel| {
        lage.vorgang
            .nutzung
            .iter()
            .any(|nutzung| nutzung.anwender == *schluessel)
            || lage.vorgang.ist_partei(vereinbarung, schluessel)
    };
    let fremde: Vec<_> = fremde(lage, beteiligte)
        .into_iter()
        .filter(|andere| !nutzt(&andere.schluessel))
        .collect();
    for zeile in blatt.alles().zeilen() {
        let Some((erste, _)) = zeile.text().split_once('\t') else {
            continue;
        };
        let erste = erste.trim();
        for andere in &fremde {
            if andere.namensformen().iter().any(|form| form == erste) {
                melde(
                    lage,
                    Abweichung::Fremd,
                    zeile.teil(0..erste.len()),
                    &[andere],
                    "in der Tabelle",
                    protokoll,
                );
            }
        }
    }
}

/// How a list of parties departs from the facts.
#[derive(Debug, Clone, Copy)]
enum Abweichung {
    /// A party is not in it.
    Fehlt,
    /// A body is in it that is no party.
    Fremd,
}

fn melde(
    lage: &Lage<'_>,
    abweichung: Abweichung,
    stelle: impl Into<Stelle>,
    wer: &[&Koerperschaft],
    wo: &str,
    protokoll: &mut Protokoll<'_>,
) {
    if wer.is_empty() {
        return;
    }
    // One list, one finding: who is missing in it, or too much.
    let mehrere = wer.len() > 1;
    let namen: Vec<String> = wer
        .iter()
        .map(|wer| lage.name(wer, Kasus::Nominativ))
        .collect();
    let namen: Vec<&str> = namen.iter().map(String::as_str).collect();
    let namen = sprache::aufzaehlung(&namen, sprache::Verbindung::Und);
    let (text, abhilfe) = match (abweichung, mehrere) {
        (Abweichung::Fehlt, false) => (
            format!("{namen} ist Partei, fehlt aber {wo}"),
            "die Partei ergänzen oder die Parteien aus den Angaben erzeugen lassen",
        ),
        (Abweichung::Fehlt, true) => (
            format!("{namen} sind Parteien, fehlen aber {wo}"),
            "die Parteien ergänzen oder aus den Angaben erzeugen lassen",
        ),
        (Abweichung::Fremd, false) => (
            format!("{namen} steht {wo}, ist aber nicht Partei"),
            "die Körperschaft streichen oder als Partei aufnehmen",
        ),
        (Abweichung::Fremd, true) => (
            format!("{namen} stehen {wo}, sind aber keine Parteien"),
            "die Körperschaften streichen oder als Parteien aufnehmen",
        ),
    };
    protokoll.melde(stelle, text).abhilfe(abhilfe);
}
