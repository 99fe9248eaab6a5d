//! Nobody uses the service, and nobody is billed for it, before an agreement covers it.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::super::{Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Menge;
use crate::input::Datum;
use crate::model::koerperschaft::Kasus;
use crate::model::nutzung::Nutzung;
use crate::model::{Koerperschaft, Vereinbarung};

pub(super) const REGEL: Regel = Regel {
    name: "nutzung-ohne-vereinbarung",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 4")],
    gilt: "wenn bekannt ist, wer die Anwendung seit wann nutzt",
    braucht: &["vereinbarungen.*.in_kraft_seit"],
    text: include_str!("nutzung_ohne_vereinbarung.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    if lage.geschriebene_vereinbarungen().next().is_none() {
        return;
    }
    let mut vor_abschluss = BTreeMap::new();
    // The order of the rows says nothing, so the findings must not follow it.
    let mut nutzungen: Vec<_> = lage.vorgang.nutzung.iter().collect();
    nutzungen.sort_by_key(|nutzung| {
        let koerperschaft = lage.vorgang.koerperschaften.get(&nutzung.anwender);
        (
            koerperschaft.map(|k| &k.ags),
            &nutzung.anwender,
            nutzung.von,
        )
    });
    for nutzung in nutzungen {
        pruefe_nutzung(lage, nutzung, &mut vor_abschluss, protokoll);
    }
    for ((von, geschlossen), (wer, nutzung, vereinbarung)) in vor_abschluss {
        let wer = Menge::aus(lage.vorgang, wer.into_iter());
        let nutzt = match wer.anzahl() {
            1 => "nutzt",
            _ => "nutzen",
        };
        protokoll
            .melde(
                nutzung.route.feld("von"),
                format!(
                    "{} {nutzt} die Anwendung seit dem {von}; die erste Vereinbarung darüber wurde erst am {geschlossen} geschlossen",
                    wer.aufzaehlung(Kasus::Nominativ)
                ),
            )
            .abhilfe(
                "für die Zeit davor klären, auf welcher Grundlage genutzt und abgerechnet wird",
            )
            .dazu(&vereinbarung.route, "die erste Vereinbarung");
    }
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        abrechnung(lage, vereinbarung, protokoll);
    }
}

/// Who used the service before the first agreement was concluded, by the days of both, each with the first use.
type VorAbschluss<'a> =
    BTreeMap<(Datum, Datum), (Vec<&'a Koerperschaft>, &'a Nutzung, &'a Vereinbarung)>;

fn pruefe_nutzung<'a>(
    lage: &Lage<'a>,
    nutzung: &'a Nutzung,
    vor_abschluss: &mut VorAbschluss<'a>,
    protokoll: &mut Protokoll<'_>,
) {
    let vorgang = lage.vorgang;
    let Some(anwender) = vorgang.koerperschaften.get(&nutzung.anwender) else {
        return;
    };
    let name = lage.name(anwender, Kasus::Nominativ);
    let eigene: Vec<&Vereinbarung> = vorgang
        .vereinbarungen
        .values()
        .filter(|v| vorgang.ist_partei(v, &nutzung.anwender))
        .collect();
    if eigene.is_empty() {
        protokoll
            .melde(
                &nutzung.route,
                format!("{name} nutzt die Anwendung, ist aber an keiner Vereinbarung beteiligt"),
            )
            .abhilfe("die Körperschaft zur Partei machen oder die Nutzung prüfen");
        return;
    }
    // An agreement that is over and done, and of whose effect nothing is known, may have covered the use in time.
    let unbekannt = eigene.iter().find(|v| deckt_ab(lage, v).is_none());
    if let Some(vereinbarung) = unbekannt {
        // No agreement has effect before it is concluded, whenever that effect began.
        let frueh = eigene.iter().all(|v| {
            v.geschlossen
                .or_else(|| deckt_ab(lage, v))
                .is_some_and(|tag| nutzung.von < tag)
        });
        match vereinbarung.geschlossen.filter(|_| frueh) {
            Some(geschlossen) => vor_abschluss
                .entry((nutzung.von, geschlossen))
                .or_insert_with(|| (Vec::new(), nutzung, *vereinbarung))
                .0
                .push(anwender),
            None => protokoll.nicht_pruefbar(
                &vereinbarung.route,
                "es fehlt `in_kraft_seit` der Vereinbarung",
            ),
        }
        return;
    }
    let erste = eigene
        .into_iter()
        .filter_map(|v| Some((deckt_ab(lage, v)?, v)))
        .min_by_key(|(tag, _)| *tag);
    if let Some((tag, vereinbarung)) = erste
        && nutzung.von < tag
    {
        let wort = if vereinbarung.in_kraft_seit.is_some() {
            "erst seit dem"
        } else {
            "frühestens ab dem"
        };
        protokoll
            .melde(
                nutzung.route.feld("von"),
                format!(
                    "{name} nutzt die Anwendung seit dem {}; eine Vereinbarung darüber gilt {wort} {tag}",
                    nutzung.von
                ),
            )
            .abhilfe("für die Zeit davor klären, auf welcher Grundlage genutzt und abgerechnet wird")
            .dazu(&vereinbarung.route, "die erste Vereinbarung");
    }
}

/// The first day on which an agreement can have effect, by the shortest way that is open; `None` where nothing tells.
fn deckt_ab(lage: &Lage<'_>, vereinbarung: &Vereinbarung) -> Option<Datum> {
    let fristen = &lage.beteiligte(vereinbarung)?.fristen;
    let berechnet = fristen
        .verlaeufe
        .iter()
        .filter_map(|verlauf| verlauf.wirksam)
        .min();
    // A draft without a day of receipt still names the day before which it does not want to have effect.
    berechnet.or(vereinbarung
        .beginn()
        .filter(|_| vereinbarung.wird_geschrieben()))
}

/// Years for which costs are shared before the agreement can have effect.
fn abrechnung(lage: &Lage<'_>, vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    let (Some(beteiligte), Some(beginn)) =
        (lage.beteiligte(vereinbarung), deckt_ab(lage, vereinbarung))
    else {
        return;
    };
    for rechnung in &beteiligte.kosten.rechnungen {
        let position = rechnung.position;
        for jahr in rechnung.jahre.iter().map(|jahr| jahr.jahr) {
            // What the paper itself calls an assumption is no claim.
            let ist_annahme = position.annahmen.iter().any(|annahme| {
                annahme
                    .bis
                    .is_some_and(|bis| i64::from(bis.tag().year()) >= i64::from(jahr))
            });
            if i64::from(jahr) < i64::from(beginn.tag().year()) && !ist_annahme {
                protokoll
                    .melde(
                        position.route.clone(),
                        format!(
                            "für {jahr} werden Kosten verteilt, aber die Vereinbarung gilt frühestens ab dem {beginn}"
                        ),
                    )
                    .abhilfe(
                        "das Jahr nach der früheren Vereinbarung abrechnen, die Werte streichen oder sie unter `annahmen` als Annahme kennzeichnen",
                    )
                    .dazu(&vereinbarung.route, "die Vereinbarung");
            }
        }
    }
}
