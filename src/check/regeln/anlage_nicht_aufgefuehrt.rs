//! What a paper calls its annex is listed, and what is listed is named in the paper.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::model::anlage::Inhalt;
use crate::model::{Drucksache, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "anlage-nicht-aufgefuehrt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Drucksache und jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("anlage_nicht_aufgefuehrt.md"),
    pruefe,
};

/// Words that send the reader to an annex; „Anlage“ alone may be a plant.
const VERWEISE: [&str; 18] = [
    "als Anlage beigefügt*",
    "als Anlagen beigefügt*",
    "als Anlage bei",
    "als Anlage beiliegend*",
    "als Anlage angefügt*",
    "in der Anlage beigefügt*",
    "in der Anlage dargestellt",
    "in der Anlage aufgeführt",
    "gemäß Anlage",
    "gemäß der Anlage",
    "laut Anlage",
    "siehe Anlage",
    "siehe Anlagen",
    "s. Anlage",
    "vgl. Anlage",
    "beigefügte Anlage",
    "beigefügten Anlage",
    "beigefügten Anlagen",
];

/// Words after which the annex is that of the paper itself.
const EIGENE: [&str; 6] = [
    "drucksache",
    "vorlage",
    "vereinbarung",
    "dieser",
    "diesem",
    "beschlussvorlage",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for drucksache in &lage.vorgang.drucksachen {
        if let Some(blatt) = lage.vorlage(drucksache) {
            let nummer = drucksache.nummer.to_string();
            let zahl = hoechste(lage, drucksache);
            verweise(blatt, zahl, Some(&nummer), protokoll);
            if zahl > 0 && !hat_liste(blatt) {
                protokoll
                    .melde(
                        drucksache.route.feld("anlagen"),
                        "die Vorlage führt ihre Anlagen nicht auf",
                    )
                    .abhilfe("in der Vorlage einen Abschnitt „Anlage“ mit den Titeln vorsehen");
            }
        }
    }
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        if let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) {
            verweise(blatt, vereinbarung.anlagen.len(), None, protokoll);
            genannt(vereinbarung, blatt, protokoll);
        }
    }
}

/// The highest number that an annex may have: those of a listed agreement count too.
fn hoechste(lage: &Lage<'_>, drucksache: &Drucksache) -> usize {
    let innere = drucksache
        .anlagen
        .iter()
        .filter_map(|anlage| match &anlage.inhalt {
            Inhalt::Vereinbarung(schluessel) => lage
                .vorgang
                .vereinbarungen
                .get(schluessel)
                .map(|vereinbarung| vereinbarung.anlagen.len()),
            Inhalt::Drucksache(nummer) => lage
                .vorgang
                .drucksache(nummer)
                .map(|andere| andere.anlagen.len()),
            _ => None,
        });
    innere.chain([drucksache.anlagen.len()]).max().unwrap_or(0)
}

/// Whether a heading, a row or a line announces the annexes.
fn hat_liste(blatt: &Blatt<'_>) -> bool {
    blatt.alles().zeilen().any(|zeile| {
        let text = zeile.text();
        let erstes = text.split('\t').next().unwrap_or_default();
        let erstes = erstes.trim().trim_end_matches(':');
        let ohne_nummer = erstes.trim_start_matches(|c: char| !c.is_alphabetic());
        ["Anlage", "Anlagen", "Anlage(n)"].contains(&ohne_nummer)
            || text.starts_with("Anlagen:")
            || text.starts_with("Anlage:")
    })
}

/// Each annex that the text sends to is listed.
fn verweise(blatt: &Blatt<'_>, zahl: usize, nummer: Option<&str>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    // Most lines name none: looking once is cheaper than looking for each of the words.
    let nennt_eine = |text: &str| text.contains("nlage") || text.contains("NLAGE");
    for zeile in alles.zeilen().filter(|zeile| nennt_eine(zeile.text())) {
        let mut gemeldet = false;
        let einzelne = zeile.finde("Anlage");
        let einzelne =
            einzelne.filter_map(|wort| Some((nummer_danach(&zeile, &wort)?, wort, "ist")));
        let mehrere = zeile.finde("Anlagen");
        let mehrere =
            mehrere.filter_map(|wort| Some((nummern_danach(&zeile, &wort)?, wort, "sind")));
        for ((genannte, bis), wort, verb) in einzelne.chain(mehrere) {
            if genannte <= zahl || ist_fremd(&zeile, bis, nummer) {
                continue;
            }
            gemeldet = true;
            let stelle = zeile.teil(zeile.versatz(&wort)..bis);
            let aufgefuehrt = match zahl {
                0 => "keine Anlage ist".to_owned(),
                1 => "nur eine Anlage ist".to_owned(),
                _ => format!("nur {zahl} Anlagen sind"),
            };
            let text = format!(
                "„{}“ {verb} genannt, aber {aufgefuehrt} aufgeführt",
                stelle.text()
            );
            melde(&stelle, text, protokoll);
        }
        if zahl > 0 || gemeldet {
            continue;
        }
        for stelle in VERWEISE.iter().flat_map(|worte| zeile.finde(worte)) {
            let bis = zeile.versatz(&stelle) + stelle.text().len();
            if gemeldet || ist_fremd(&zeile, bis, nummer) {
                continue;
            }
            gemeldet = true;
            let text = format!(
                "„{}“ nennt eine Anlage, aber keine ist aufgeführt",
                stelle.text()
            );
            melde(&stelle, text, protokoll);
        }
    }
}

fn melde(stelle: &Passage<'_>, text: String, protokoll: &mut Protokoll<'_>) {
    protokoll
        .melde(stelle, text)
        .abhilfe("die Anlage unter `anlagen` eintragen oder den Verweis ändern");
}

/// The number that stands behind the word, and where it ends.
fn nummer_danach(zeile: &Passage<'_>, stelle: &Passage<'_>) -> Option<(usize, usize)> {
    let ende = zeile.versatz(stelle) + stelle.text().len();
    let rest = zeile.text().get(ende..)?.strip_prefix(' ')?;
    let rest = rest.strip_prefix("Nr. ").unwrap_or(rest);
    let von = zeile.text().len() - rest.len();
    let ziffern = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let danach = rest.get(ziffern..)?;
    // „Anlage 12/2020“ and „Anlage 1a“ are no numbers of ours.
    if danach.starts_with(['/', '-']) || danach.starts_with(char::is_alphabetic) {
        return None;
    }
    Some((rest.get(..ziffern)?.parse().ok()?, von + ziffern))
}

/// The highest of the numbers that stand behind the word, and where they end: „Anlagen 1 bis 7“, „Anlagen 1, 2 und 5“.
fn nummern_danach(zeile: &Passage<'_>, stelle: &Passage<'_>) -> Option<(usize, usize)> {
    let ende = zeile.versatz(stelle) + stelle.text().len();
    let mut bis = ende;
    let mut hoechste = None;
    let mut hier = ende;
    for wort in zeile.text().get(ende..)?.strip_prefix(' ')?.split(' ') {
        hier += 1 + wort.len();
        let nackt = wort.trim_end_matches([',', '.', ';', ')', ':']);
        match nackt.parse::<usize>() {
            Ok(zahl) => {
                hoechste = hoechste.max(Some(zahl));
                bis = hier - (wort.len() - nackt.len());
                if !matches!(wort.get(nackt.len()..), Some("" | ",")) {
                    break;
                }
            }
            Err(_) if matches!(wort, "und" | "bis" | "sowie" | "Nr.") => {}
            Err(_) => break,
        }
    }
    Some((hoechste?, bis))
}

/// Whether it is the annex of something else: „Anlage 3 zum TVöD“, „Anlage 2 zur Drucksache 88/20“, „Anlage 1 BBesG“.
fn ist_fremd(zeile: &Passage<'_>, bis: usize, nummer: Option<&str>) -> bool {
    let rest = zeile.text().get(bis..).unwrap_or_default().trim_start();
    let mut worte = rest.split_whitespace().map(|wort| {
        wort.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    let erstes = worte.next().unwrap_or_default();
    match erstes.as_str() {
        "zu" | "zum" | "zur" | "der" | "des" => {
            let zweites = worte.next().unwrap_or_default();
            if !EIGENE.iter().any(|wort| zweites.starts_with(wort)) {
                return true;
            }
            // Another Drucksache is named by its number.
            let drittes = worte.next().unwrap_or_default();
            drittes.starts_with(|c: char| c.is_ascii_digit())
                && nummer.is_none_or(|eigene| !rest.contains(eigene))
        }
        // „Anlage 1 BBesG“: an abbreviation of a law has capitals inside.
        _ => rest
            .split_whitespace()
            .next()
            .is_some_and(|wort| wort.chars().filter(|c| c.is_uppercase()).count() > 1),
    }
}

/// The agreement names each of its annexes.
fn genannt(vereinbarung: &Vereinbarung, blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let alles = blatt.alles();
    for (i, _) in vereinbarung.anlagen.iter().enumerate() {
        let ist_genannt = match vereinbarung.anlagen.len() {
            1 => alles.enthaelt("Anlage"),
            _ => alles.enthaelt(&format!("Anlage {}", i + 1)),
        };
        if !ist_genannt {
            protokoll
                .melde(
                    vereinbarung.route.feld("anlagen").index(i),
                    format!("die Vereinbarung nennt ihre Anlage {} nicht", i + 1),
                )
                .abhilfe("in der Vereinbarung auf die Anlage verweisen oder sie streichen");
        }
    }
}
