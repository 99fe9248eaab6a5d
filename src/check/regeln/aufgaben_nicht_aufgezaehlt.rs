//! Tasks are enumerated one by one; „all tasks“ cannot be the subject of an agreement.

use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "aufgaben-nicht-aufgezaehlt",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 1")],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht",
    braucht: &[],
    text: include_str!("aufgaben_nicht_aufgezaehlt.md"),
    pruefe,
};

/// Words that leave the reader to guess which tasks are meant.
const UNBESTIMMT: [&str; 5] = [
    "alle anfallenden",
    "und Ähnliches",
    "und dergleichen",
    "usw.",
    "etc.",
];

/// Stems of words that with a noun of [`AUFGABEN`] behind them leave it open.
const ALLE: [&str; 6] = [
    "alle",
    "allen",
    "aller",
    "sämtlich*",
    "jeglich*",
    "sonstig*",
];

/// The same for a noun of [`FELD`].
const GESAMT: [&str; 2] = ["gesamt*", "ganze*"];

/// What tasks are called.
const AUFGABEN: [&str; 10] = [
    "Aufgaben",
    "Leistungen",
    "Tätigkeiten",
    "Arbeiten",
    "Angelegenheiten",
    "Dienste",
    "Diensten",
    "Dienstleistungen",
    "Geschäfte",
    "Verrichtungen",
];

/// What they are called together.
const FELD: [&str; 5] = [
    "Aufgabenfeld",
    "Aufgabenbereich",
    "Aufgabengebiet",
    "Aufgabenspektrum",
    "Leistungsspektrum",
];

/// Stems of adjectives that point to where the tasks are enumerated.
const GENANNT: [&str; 9] = [
    "genannt",
    "vorgenannt",
    "vorstehend",
    "nachstehend",
    "nachfolgend",
    "folgend",
    "aufgeführt",
    "aufgezählt",
    "bezeichnet",
];

/// Words behind the noun that do so: „nach Absatz 1“.
const DORT: [&str; 5] = ["nach", "gemäß", "laut", "dieser", "dieses"];

/// How many adjectives may stand between.
const DAZWISCHEN: usize = 3;

/// Words with which that begins what they go with.
const WOMIT: [&str; 5] = ["mit", "im", "in", "aus", "zur"];

/// The adjectives that end it.
const ZUSAMMEN: [&str; 6] = [
    "zusammenhängenden",
    "verbundenen",
    "anfallenden",
    "stehenden",
    "ergebenden",
    "erforderlichen",
];

/// How many words that may take.
const WORTE_WOMIT: usize = 10;

/// Words for all that is not named.
const ALLES: [&str; 4] = ["alles, was", "alles was", "alles Weitere", "alles Übrige"];

/// Headings of the clauses, where they are not marked.
const UEBERSCHRIFTEN: [&str; 4] = ["Gegenstand*", "Aufgabe*", "Leistung*", "Umfang*"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let mut klauseln: Vec<Passage<'_>> = blatt
            .klauseln()
            .filter(|(schluessel, _)| {
                *schluessel == "gegenstand" || schluessel.starts_with("aufgabe-")
            })
            .map(|(_, klausel)| klausel)
            .collect();
        if klauseln.is_empty() {
            klauseln = blatt.vorschriften("gegenstand", &UEBERSCHRIFTEN);
        }
        if klauseln.is_empty() {
            protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                "es fehlt die Klausel `gegenstand`, und keine Überschrift nennt Gegenstand oder Aufgaben",
            );
        }
        for satz in klauseln.iter().flat_map(Passage::saetze) {
            // What is not part of a task may be named by its kind.
            if satz.enthaelt("Nicht dazu gehör*") || satz.enthaelt("ausgenommen") {
                continue;
            }
            let mut stellen: Vec<_> = alle_aufgaben(&satz);
            let weitere = UNBESTIMMT.iter().flat_map(|worte| satz.finde(worte));
            for stelle in weitere.chain(sonstiges(&satz)).chain(alles(&satz)) {
                // „alle anfallenden Aufgaben“ is one finding.
                let von = satz.versatz(&stelle);
                if !stellen.iter().any(|schon| satz.versatz(schon) == von) {
                    stellen.push(stelle);
                }
            }
            for stelle in stellen {
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“ lässt offen, welche Aufgaben gemeint sind",
                            stelle.text()
                        ),
                    )
                    .abhilfe("die Leistungen unter `leistungen` einzeln aufzählen");
            }
        }
    }
}

/// „alle damit zusammenhängenden Aufgaben“, „das gesamte Aufgabenfeld“.
fn alle_aufgaben<'b>(satz: &Passage<'b>) -> Vec<Passage<'b>> {
    let mut gefunden = mit_nomen(satz, &ALLE, &AUFGABEN);
    gefunden.extend(mit_nomen(satz, &GESAMT, &FELD));
    gefunden.sort_by_key(|stelle| satz.versatz(stelle));
    gefunden
}

/// Where one of these words stands before one of these nouns and nothing says where they are enumerated.
fn mit_nomen<'b>(satz: &Passage<'b>, alle: &[&str], nomen: &[&str]) -> Vec<Passage<'b>> {
    let text = satz.text();
    let gefunden = alle.iter().flat_map(|worte| satz.finde(worte));
    gefunden
        .filter_map(|stelle| {
            let von = satz.versatz(&stelle);
            let mut bis = von + stelle.text().len();
            // „alle mit dem Gesetz zusammenhängenden Angelegenheiten“: the words between name what they go with.
            let worte = text.get(bis..)?.split(' ').skip(1);
            let ergaenzt = worte.clone().next().is_some_and(|w| WOMIT.contains(&w));
            let hoechstens = if ergaenzt { WORTE_WOMIT } else { DAZWISCHEN };
            let mut zusammen = false;
            for wort in worte.take(hoechstens + 1) {
                bis += 1 + wort.len();
                let nackt = wort.trim_matches(|c: char| !c.is_alphabetic());
                if nomen.contains(&nackt) && (!ergaenzt || zusammen) {
                    let ende = wort.trim_end_matches(|c: char| !c.is_alphabetic()).len();
                    let danach = text.get(bis..)?.split_whitespace().next();
                    let verweist =
                        danach.is_some_and(|danach| DORT.contains(&danach)) || wort.ends_with(':');
                    let hier = satz.teil(von..bis - (wort.len() - ende));
                    return Some(hier).filter(|_| !verweist);
                }
                let verweist = GENANNT.iter().any(|stamm| wort.starts_with(stamm));
                let fremd = wort.starts_with(char::is_uppercase) && (!ergaenzt || zusammen);
                zusammen |= ZUSAMMEN.contains(&nackt);
                if verweist || fremd || wort.ends_with([',', ';']) {
                    return None;
                }
            }
            None
        })
        .collect()
}

/// „Sonstiges“ as a thing of its own, at the end of an item.
fn sonstiges<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    satz.finde("Sonstiges").find(|stelle| {
        let ende = satz.versatz(stelle) + stelle.text().len();
        let danach = satz.text().get(ende..).unwrap_or_default();
        danach.trim().is_empty() || danach.starts_with(['.', ';', ','])
    })
}

/// „alles, was zur Betreuung gehört“, unless it says where that is named.
fn alles<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let stelle = satz.erstes(&ALLES)?;
    let danach = satz.teil(satz.versatz(&stelle)..satz.text().len());
    let mut worte = danach.text().split(|c: char| !c.is_alphanumeric());
    let genannt = worte.any(|wort| GENANNT.iter().any(|stamm| wort.starts_with(stamm)));
    let verweist = genannt || danach.sagt(&["Absatz*", "Abs.", "§", "Anlage*"]);
    Some(stelle).filter(|_| !verweist)
}
