//! Shares sum to exactly 1, and only those pay who use the service or are parties: in the figures and as printed.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::compute::{Beteiligte, kosten::Rechnung};
use crate::model::Vereinbarung;

mod tabellen;

pub(super) const REGEL: Regel = Regel {
    name: "anteile-gehen-nicht-auf",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht, und die Drucksachen dazu",
    braucht: &["kosten"],
    text: include_str!("anteile_gehen_nicht_auf.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        if let Some((stelle, _)) = lage.ohne_kosten(vereinbarung) {
            protokoll.nicht_pruefbar(stelle, "es fehlt `kosten`: wer welchen Anteil trägt");
        }
        for rechnung in &beteiligte.kosten.rechnungen {
            zahler(lage, vereinbarung, rechnung, protokoll);
            summen(rechnung, protokoll);
        }
        let mengen = groessen(lage, beteiligte);
        let papiere = ["vereinbarung", "kostenuebersicht"].into_iter();
        let papiere = papiere.filter_map(|art| lage.papier_zu(vereinbarung, art));
        let vorlagen = lage
            .drucksachen_zu(vereinbarung)
            .filter_map(|drucksache| lage.vorlage(drucksache));
        for blatt in papiere.chain(vorlagen) {
            tabellen::pruefe(blatt, protokoll);
            if gleiche_teile(beteiligte) {
                je(blatt, &mengen, protokoll);
            }
        }
    }
}

/// Whoever pays uses the service or is a party.
fn zahler(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    rechnung: &Rechnung<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let mut gemeldet = Vec::new();
    for anteil in rechnung.jahre.iter().flat_map(|jahr| &jahr.anteile) {
        let wer = &anteil.koerperschaft.schluessel;
        let nutzt = lage.vorgang.nutzung.iter().any(|n| n.anwender == *wer);
        if nutzt || lage.vorgang.ist_partei(vereinbarung, wer) || gemeldet.contains(&wer) {
            continue;
        }
        gemeldet.push(wer);
        protokoll
            .melde(
                &rechnung.position.route,
                format!(
                    "{} soll zahlen, ist aber weder Anwender noch Partei dieser Vereinbarung",
                    anteil.koerperschaft.amtsform()
                ),
            )
            .abhilfe("die Zahler prüfen oder die Körperschaft als Partei aufnehmen");
    }
}

/// The shares of a year are its total, what is invoiced and what is not are the total too.
fn summen(rechnung: &Rechnung<'_>, protokoll: &mut Protokoll<'_>) {
    for jahr in &rechnung.jahre {
        let summe = tabellen::summe(jahr.anteile.iter().map(|anteil| anteil.betrag));
        if summe == Some(jahr.gesamt)
            && jahr.rechnungen.checked_add(jahr.eigenanteil) == Some(jahr.gesamt)
        {
            continue;
        }
        protokoll
            .melde(
                &rechnung.position.route,
                format!(
                    "die Anteile des Jahres {} ergeben nicht den Jahresbetrag von {}",
                    jahr.jahr, jahr.gesamt
                ),
            )
            .abhilfe("die Kostenposition prüfen");
    }
}

/// Whether all items are shared in equal parts, so that „je 1/8“ says it all.
fn gleiche_teile(beteiligte: &Beteiligte<'_>) -> bool {
    let mut schluessel = beteiligte
        .kosten
        .rechnungen
        .iter()
        .map(|rechnung| rechnung.position.schluessel.name());
    schluessel.next() == Some("gleiche-teile") && schluessel.all(|name| name == "gleiche-teile")
}

/// How many share, on any day.
fn groessen(lage: &Lage<'_>, beteiligte: &Beteiligte<'_>) -> Vec<usize> {
    let abschnitte = beteiligte
        .kosten
        .rechnungen
        .iter()
        .flat_map(|rechnung| &rechnung.jahre)
        .flat_map(|jahr| &jahr.abschnitte)
        .map(|abschnitt| abschnitt.gewichte.len());
    let nutzung = lage.vorgang.nutzung.iter();
    let tage = nutzung
        .map(|nutzung| crate::compute::mengen::anwender_am(lage.vorgang, nutzung.von).anzahl());
    let jetzt = [beteiligte.anwender.anzahl(), beteiligte.bestand.anzahl()];
    abschnitte.chain(tage).chain(jetzt).collect()
}

/// Words in the same sentence for those who share.
const TEILENDE: [&str; 9] = [
    "Kommune*",
    "Anwender*",
    "Anwenderkommune*",
    "Bestandskommune*",
    "Parteien",
    "Vertragspartei*",
    "Beteiligten",
    "Städte*",
    "Gemeinden",
];

/// Words near a share for parts of something else.
const ANDERES: [&str; 6] = [
    "Sachkosten*",
    "Stelle*",
    "Stellenanteil*",
    "Vollzeit*",
    "Land",
    "Jahre*",
];

/// Words in the same sentence for parts of a year's amount, and for what is no cost at all.
const RATEN: [&str; 10] = [
    "Abschlag*",
    "Abschläge*",
    "Rate",
    "Raten*",
    "Quartal*",
    "Vierteljahr*",
    "vierteljährlich*",
    "fällig*",
    "Sitzung*",
    "Vorauszahlung*",
];

/// Words in the same sentence for how it was before.
const FRUEHER: [&str; 9] = [
    "teilten", "trugen", "trug", "wurde", "wurden", "damals", "früher", "bisher", "bislang",
];

/// Parts of words for what is shared.
const KOSTEN: [&str; 4] = ["kosten", "aufwend", "aufwand", "auslagen"];

/// Words with which it is shared.
const TRAGEN: [&str; 13] = [
    "tragen",
    "trägt",
    "getragen",
    "verteilt",
    "verteilen",
    "aufgeteilt",
    "umgelegt",
    "übernommen",
    "übernehmen",
    "erstattet",
    "erstatten",
    "beteiligt",
    "gleichen Teilen",
];

/// Words with which somebody pays.
const ZAHLEN: [&str; 5] = ["zahl*", "Zahlung*", "entfällt", "entfallen", "beteiligen"];

/// Shares in words: „je einem Neuntel“.
const BRUCHTEILE: [(&str, usize); 9] = [
    ("Hälfte", 2),
    ("Drittel", 3),
    ("Viertel", 4),
    ("Fünftel", 5),
    ("Sechstel", 6),
    ("Siebtel", 7),
    ("Achtel", 8),
    ("Neuntel", 9),
    ("Zehntel", 10),
];

/// „je 1/7“ that nobody computed, where never seven share. What „je 1/2“ shares is only known where the sentence names
/// those who share.
fn je(blatt: &Blatt<'_>, groessen: &[usize], protokoll: &mut Protokoll<'_>) {
    for satz in blatt.alles().saetze() {
        let von_allen = TEILENDE
            .iter()
            .any(|worte| satz.enthaelt(worte))
            .then(|| gleicher_teil(&satz))
            .flatten();
        let Some((stelle, n)) = von_allen.or_else(|| eigener_teil(&satz)) else {
            continue;
        };
        // „je 1/4 Stelle“ is no share of the costs.
        let danach = satz.versatz(&stelle) + stelle.text().len();
        let danach = satz
            .text()
            .get(danach..)
            .and_then(|rest| rest.strip_prefix(' '));
        let von_etwas = danach.is_some_and(|rest| rest.starts_with(char::is_uppercase))
            || ist_anderes(&satz, &stelle);
        let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        // „je ein Viertel der Kommunen“ counts municipalities.
        let von_ihnen = danach
            .and_then(|rest| rest.strip_prefix("der "))
            .is_some_and(|rest| rest.starts_with(char::is_uppercase) && !ist_kosten(rest));
        if groessen.contains(&n) || von_etwas || von_ihnen || hat(&RATEN) || hat(&FRUEHER) {
            continue;
        }
        let text = format!(
            "„{}“ ergibt zusammen nicht 1: zu keiner Zeit teilen sich {n} die Kosten",
            stelle.text()
        );
        let kosten = ist_kosten(satz.text());
        let meldung = if kosten && (hat(&TRAGEN) || satz.enthaelt("Anteil")) {
            protokoll.melde(&stelle, text)
        } else if kosten || hat(&TRAGEN) || hat(&ZAHLEN) {
            protokoll.melde_milder(&stelle, text)
        } else {
            continue;
        };
        meldung.abhilfe("den Anteil durch einen Ausdruck wie {{ anwender.anteil }} ersetzen");
    }
}

fn ist_kosten(text: &str) -> bool {
    let klein = text.to_lowercase();
    KOSTEN.iter().any(|teil| klein.contains(teil))
}

/// How far around a share a word belongs to it, in bytes.
const NAEHE: usize = 25;

fn ist_anderes(satz: &Passage<'_>, stelle: &Passage<'_>) -> bool {
    let text = satz.text();
    let von = satz.versatz(stelle);
    let bis = von + stelle.text().len();
    let umfeld = satz.teil(
        text.floor_char_boundary(von.saturating_sub(NAEHE))..text.ceil_char_boundary(bis + NAEHE),
    );
    ANDERES.iter().any(|worte| umfeld.enthaelt(worte))
}

/// Words of a sentence that says what one body bears.
const TRAEGT: [&str; 5] = ["Anteil*", "trägt", "übernimmt", "zahlt", "entfällt"];

/// What a share of all costs stands before.
const DER_KOSTEN: [&str; 5] = [
    "der Kosten",
    "der Gesamtkosten",
    "der jährlichen Kosten",
    "der laufenden Kosten",
    "des Jahresbetrags",
];

/// The share of one body in all costs, and among how many that would be: „Der Anteil der Stadt beträgt 1/9 der Kosten“.
fn eigener_teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, usize)> {
    if !TRAEGT.iter().any(|worte| satz.enthaelt(worte)) {
        return None;
    }
    let in_ziffern = satz.finde("1/*").filter_map(|stelle| {
        let n = stelle.text().strip_prefix("1/")?.parse().ok()?;
        Some((stelle, n))
    });
    // „Ein Drittel der Kosten trägt das Land“ is a share of somebody else.
    let jeder = satz.enthaelt("jede*") || TEILENDE.iter().any(|worte| satz.enthaelt(worte));
    let in_worten = BRUCHTEILE.iter().filter(|_| jeder).flat_map(|(wort, n)| {
        let stellen = ["ein", "einem"].into_iter();
        let stellen =
            stellen.flat_map(move |ein| satz.finde(&format!("{ein} {wort}")).collect::<Vec<_>>());
        stellen.map(|stelle| (stelle, *n))
    });
    in_ziffern.chain(in_worten).find_map(|(stelle, n)| {
        let danach = satz.versatz(&stelle) + stelle.text().len();
        let danach = satz.text().get(danach..)?.trim_start();
        let aller = DER_KOSTEN.iter().any(|worte| danach.starts_with(worte));
        aller.then_some((stelle, n))
    })
}

/// The first equal share that a sentence names, and among how many.
fn gleicher_teil<'b>(satz: &Passage<'b>) -> Option<(Passage<'b>, usize)> {
    let in_ziffern = ["je 1/*", "jeweils 1/*"].into_iter().flat_map(|worte| {
        satz.finde(worte)
            .filter_map(|stelle| {
                let (_, bruch) = stelle.text().split_once('/')?;
                let n = bruch.parse().ok()?;
                Some((stelle, n))
            })
            .collect::<Vec<_>>()
    });
    let in_worten = BRUCHTEILE.iter().filter_map(|(wort, n)| {
        ["je ein", "je einem", "jeweils ein", "jeweils einem"]
            .iter()
            .find_map(|je| satz.finde(&format!("{je} {wort}")).next())
            .map(|stelle| (stelle, *n))
    });
    in_ziffern
        .chain(in_worten)
        .min_by_key(|(stelle, _)| satz.versatz(stelle))
}
