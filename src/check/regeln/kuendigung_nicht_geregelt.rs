//! An agreement without an end, or one of more than twenty years, says when and how a party can leave.

use chrono::Months;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::input::Datum;
use crate::model::Vereinbarung;

pub(super) const REGEL: Regel = Regel {
    name: "kuendigung-nicht-geregelt",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 5")],
    gilt: "wenn die Vereinbarung unbefristet ist oder länger als 20 Jahre gilt",
    braucht: &[],
    text: include_str!("kuendigung_nicht_geregelt.md"),
    pruefe,
};

/// Longer than this an agreement needs a way out.
const GRENZE: Months = Months::new(20 * 12);

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        match dauer(vereinbarung) {
            Dauer::Lang(warum) => {
                let blatt = lage.blatt_der_vereinbarung(vereinbarung);
                lang(vereinbarung, blatt, &warum, protokoll);
            }
            Dauer::Kurz => {}
            Dauer::Unbekannt => protokoll.nicht_pruefbar(
                vereinbarung.route.feld("ende"),
                "es fehlt `wirksam_ab`, von dem an die Dauer zählt",
            ),
        }
    }
}

/// Headings of the clause on its term, where it is not marked.
const UEBERSCHRIFTEN: [&str; 4] = ["Kündigung*", "Laufzeit*", "Geltungsdauer", "Dauer"];

/// Words with which a party may do something.
const DARF: [&str; 6] = ["kann", "können", "darf", "dürfen", "berechtigt", "Recht"];

/// The verb that goes with them.
const KUENDIGEN: [&str; 2] = ["kündigen", "gekündigt werden"];

/// Words with which no reason is asked for.
const OHNE_GRUENDE: [&str; 5] = [
    "ohne Angabe von Gründen",
    "ohne Gründe",
    "ohne besondere Gründe",
    "an keine Voraussetzung*",
    "ohne weitere Voraussetzungen",
];

/// Other words with which an agreement lets its parties terminate it.
const KUENDBAR: [&str; 3] = [
    "kündbar",
    "Kündigung ist mit einer Frist",
    "Kündigungsfrist beträgt",
];

/// Words with which a termination is open.
const ZULAESSIG: [&str; 2] = ["zulässig", "möglich"];

/// Words for a form.
const FORMEN: [&str; 7] = [
    "schriftlich*",
    "Schriftform",
    "Textform",
    "Form",
    "elektronisch*",
    "Einschreiben",
    "eingeschriebenen",
];

/// Where the agreement's words regulate its term; all of it where no heading says so.
fn klauseln<'b>(blatt: &'b Blatt<'_>) -> Vec<Passage<'b>> {
    let klauseln = blatt.vorschriften("laufzeit", &UEBERSCHRIFTEN);
    if klauseln.is_empty() {
        vec![blatt.alles()]
    } else {
        klauseln
    }
}

/// Whether a sentence lets a party terminate the agreement; that a termination is told to the authority does not.
fn laesst_kuendigen(satz: &Passage<'_>) -> bool {
    let verneint = |stelle: &Passage<'_>| {
        let text = satz.text();
        let at = satz.versatz(stelle);
        let ende = at + stelle.text().len();
        let (davor, danach) = (
            text.get(..at).unwrap_or_default(),
            text.get(ende..).unwrap_or_default(),
        );
        let von = davor.rfind([',', ';']).unwrap_or(0);
        let bis = danach.find([',', ';']).map_or(text.len(), |i| ende + i);
        let hier = satz.teil(von..bis);
        // „nicht vor dem 31. Dezember 2024“ only says from when on.
        let nicht = hier.enthaelt("nicht") && !hier.enthaelt("nicht vor");
        nicht || hier.enthaelt("kein*") || hier.enthaelt("ausgeschlossen")
    };
    let offen = |worte: &[&str]| {
        worte
            .iter()
            .flat_map(|worte| satz.finde(worte))
            .any(|stelle| !verneint(&stelle))
    };
    let beide = |worte: &[&str]| {
        let mut stellen = worte.iter().flat_map(|worte| satz.finde(worte)).peekable();
        stellen.peek().is_some() && stellen.all(|stelle| !verneint(&stelle))
    };
    offen(&KUENDBAR)
        || beide(&DARF) && beide(&KUENDIGEN)
        || beide(&ZULAESSIG) && beide(&["Kündigung"])
}

fn lang(
    vereinbarung: &Vereinbarung,
    blatt: Option<&Blatt<'_>>,
    warum: &str,
    protokoll: &mut Protokoll<'_>,
) {
    let klauseln = blatt.map(klauseln).unwrap_or_default();
    let gedruckt = blatt.is_none()
        || klauseln
            .iter()
            .flat_map(Passage::saetze)
            .any(|satz| laesst_kuendigen(&satz));
    let Some(kuendigung) = &vereinbarung.kuendigung else {
        if let Some(blatt) = blatt.filter(|_| gedruckt) {
            // A template of one's own may say what the data do not.
            protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                "es fehlt `kündigung`; ob der Wortlaut Voraussetzungen und Form nennt, ist selbst zu prüfen",
            );
            return;
        }
        protokoll
            .melde(
                &vereinbarung.route,
                format!("die Vereinbarung {warum}, regelt die Kündigung aber nicht"),
            )
            .abhilfe("unter `kündigung` Voraussetzungen, Form und Frist eintragen");
        return;
    };
    let route = vereinbarung.route.feld("kündigung");
    if let Some(blatt) = blatt.filter(|_| !gedruckt) {
        protokoll
            .melde(
                blatt.alles().erste_zeile(),
                format!("die Vereinbarung {warum}; `kündigung` ist eingetragen, ihr Wortlaut regelt die Kündigung aber nicht"),
            )
            .abhilfe("in die Vorlage der Vereinbarung eine Vorschrift zur Kündigung aufnehmen")
            .dazu(route.clone(), "eingetragen");
        return;
    }
    // A template of one's own may say what the data do not.
    let frei = klauseln
        .iter()
        .any(|klausel| OHNE_GRUENDE.iter().any(|worte| klausel.enthaelt(worte)));
    if kuendigung.voraussetzungen.is_empty() && !kuendigung.ohne_gruende && !frei {
        let ausser = if kuendigung.frist_monate.is_some() {
            " außer der Frist"
        } else {
            ""
        };
        protokoll
            .melde(
                route.clone(),
                format!("die Vereinbarung {warum}, nennt{ausser} aber keine Voraussetzungen der Kündigung"),
            )
            .abhilfe("die `voraussetzungen` eintragen, unter denen eine Partei kündigen kann, oder, wenn ohne Gründe gekündigt werden kann, `ohne_gründe: ja`");
    }
    if kuendigung.form.is_none() {
        protokoll
            .melde(
                route.clone(),
                format!("die Vereinbarung {warum}, nennt aber keine Form der Kündigung"),
            )
            .abhilfe("die `form` eintragen, etwa „schriftlich gegenüber allen anderen Parteien“");
    }
    if let (Some(form), Some(erste)) = (&kuendigung.form, klauseln.first())
        && !nennt_form(&klauseln, &form.einzeilig())
    {
        protokoll
            .melde(
                erste.erste_zeile(),
                format!("die Vereinbarung {warum}; die `form` der Kündigung ist eingetragen, ihr Wortlaut nennt aber keine"),
            )
            .abhilfe("in die Vorschrift zur Kündigung die Form aufnehmen, etwa „Die Kündigung ist schriftlich zu erklären“")
            .dazu(route.feld("form"), "eingetragen");
    }
    if kuendigung.frist_monate.is_none() {
        protokoll
            .melde_milder(route, "für die Kündigung ist keine Frist genannt")
            .abhilfe("unter `frist_monate` eine Frist eintragen, in der sich die übrigen umstellen können");
    }
}

/// Whether the clause names a form, or says what the data say.
fn nennt_form(klauseln: &[Passage<'_>], form: &str) -> bool {
    let saetze = || klauseln.iter().flat_map(Passage::saetze);
    // Of a whole agreement only the sentences on its termination count: others want a form for amendments.
    let markiert = klauseln.iter().all(|klausel| {
        UEBERSCHRIFTEN
            .iter()
            .any(|w| klausel.erste_zeile().enthaelt(w))
    });
    saetze().any(|satz| {
        let davon = markiert || satz.enthaelt("kündig*") || satz.enthaelt("Kündigung*");
        let hat_form = FORMEN.iter().any(|worte| satz.enthaelt(worte));
        davon && (hat_form || satz.text().contains(form))
    })
}

enum Dauer {
    /// Unlimited or beyond the limit, in words after „die Vereinbarung“.
    Lang(String),
    Kurz,
    Unbekannt,
}

fn dauer(vereinbarung: &Vereinbarung) -> Dauer {
    let Some(ende) = vereinbarung.ende else {
        return Dauer::Lang("ist unbefristet".to_owned());
    };
    match vereinbarung.beginn() {
        // Who accepts such a term accepts this one: the days belong to the words.
        Some(beginn) if ueber_der_grenze(beginn, ende) => Dauer::Lang(format!(
            "gilt vom {beginn} bis zum {ende}, also länger als 20 Jahre"
        )),
        Some(_) => Dauer::Kurz,
        None => Dauer::Unbekannt,
    }
}

/// The last day belongs to the term: 01.01.2022 to 31.12.2041 are twenty years.
fn ueber_der_grenze(beginn: Datum, ende: Datum) -> bool {
    beginn
        .tag()
        .checked_add_months(GRENZE)
        .is_some_and(|grenze| ende.tag() >= grenze)
}
