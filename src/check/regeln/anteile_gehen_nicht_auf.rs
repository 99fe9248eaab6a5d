//! Shares sum to exactly 1, and only those pay who use the service or are parties: in the figures and as printed.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};
use crate::compute::{Beteiligte, kosten::Rechnung};
use crate::model::Vereinbarung;
use crate::model::koerperschaft::Kasus;

mod tabellen;
mod worte;

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
        let teilende = Teilende {
            je: groessen(lage, beteiligte),
            jetzt: groessen_jetzt(beteiligte),
        };
        let papiere = ["vereinbarung", "kostenuebersicht"].into_iter();
        let papiere = papiere.filter_map(|art| lage.papier_zu(vereinbarung, art));
        let vorlagen = lage
            .drucksachen_zu(vereinbarung)
            .filter_map(|drucksache| lage.vorlage(drucksache));
        for blatt in papiere.chain(vorlagen) {
            tabellen::pruefe(blatt, protokoll);
            if gleiche_teile(beteiligte) {
                // The table of costs shows earlier years too, and says so in its headings.
                let in_der_zeit = blatt.papier.art != "kostenuebersicht";
                worte::pruefe(blatt, &teilende, in_der_zeit, protokoll);
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
                    lage.name(anteil.koerperschaft, Kasus::Nominativ)
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

/// How many share.
struct Teilende {
    /// On any day.
    je: Vec<usize>,
    /// Under the agreement, from its first day on.
    jetzt: Vec<usize>,
}

/// How many share once the agreement begins.
fn groessen_jetzt(beteiligte: &Beteiligte<'_>) -> Vec<usize> {
    let letzte = beteiligte.kosten.rechnungen.iter().filter_map(|rechnung| {
        let jahr = rechnung.jahre.last()?;
        Some(jahr.abschnitte.last()?.gewichte.len())
    });
    letzte.chain([beteiligte.anwender.anzahl()]).collect()
}
