//! On which days the agreement can take effect, computed; and whether the council is told of them.

use super::super::inkrafttreten::{Wirkungstag, in_der_vorlage};
use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use crate::compute::Fristen;
use crate::compute::fristen::{Fall, Verlauf, tabelle};
use crate::model::Drucksache;
use crate::model::beratung::Beschlussstatus;

pub(super) const REGEL: Regel = Regel {
    name: "wirksamkeitstage-berechnet",
    schwere: Gewicht::Hinweis,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::gesehen("gkg", "§ 24 Abs. 2"),
        Norm::erinnert("vwvfg", "§ 31"),
    ],
    gilt: "für jede Vereinbarung, aus der ein Papier entsteht und die noch nicht in Kraft ist",
    braucht: &["vereinbarungen.*.eingang"],
    text: include_str!("wirksamkeitstage_berechnet.md"),
    pruefe,
};

/// Words with which a paper speaks of the day of effect.
const WORTE: [&str; 3] = ["wirksam*", "in Kraft", "Inkrafttreten*"];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let fristen = &beteiligte.fristen;
        if fristen.verlaeufe.is_empty() {
            protokoll.nicht_pruefbar(&vereinbarung.route, &was_fehlt(fristen));
            continue;
        }
        if fristen.verlaeufe.iter().any(|v| v.fall == Fall::InKraft) {
            continue;
        }
        let tage = tage(fristen);
        protokoll
            .melde(&vereinbarung.route, format!("Tage der Wirksamkeit: {tage}"))
            .abhilfe(abhilfe(fristen));
        for drucksache in lage.drucksachen_zu(vereinbarung) {
            let Some(blatt) = lage.vorlage(drucksache).filter(|_| entscheidet(drucksache)) else {
                continue;
            };
            let tage = in_der_vorlage(blatt);
            let falsch = tage.iter().find(|tag| !passt(tag, &fristen.verlaeufe));
            let sagt = match falsch {
                Some(falsch) => format!(
                    "nennt als Tag der Wirksamkeit den {}; das ist keiner der berechneten Tage",
                    falsch.tag
                ),
                None if spricht_davon(blatt) => continue,
                None => "sagt nicht, wann die Vereinbarung wirksam wird".to_owned(),
            };
            let meldung = protokoll
                .melde(
                    &drucksache.route,
                    format!("die Vorlage {sagt}; berechnet: {}", kurz(fristen)),
                )
                .abhilfe("dem Gremium sagen, von wann an die Vereinbarung gelten kann");
            if let Some(falsch) = falsch {
                meldung.dazu(&falsch.stelle, "dieser Tag");
            }
        }
    }
}

/// Whether a day that a Vorlage states is one of the computed ones, or may come of one that is only the earliest.
fn passt(genannt: &Wirkungstag<'_>, verlaeufe: &[Verlauf]) -> bool {
    let mut bekannte = verlaeufe
        .iter()
        .filter_map(|verlauf| Some((verlauf, verlauf.wirksam?)))
        .peekable();
    bekannte.peek().is_none()
        || bekannte.any(|(verlauf, wirksam)| {
            genannt.tag == wirksam || genannt.tag > wirksam && verlauf.ist_fruehestens
        })
}

/// Why no day can be computed, after „nicht prüfbar:“.
pub(super) fn was_fehlt(fristen: &Fristen) -> String {
    // The day of receipt has stand-ins; everything else is named as the computation names it.
    let andere = fristen
        .luecken
        .iter()
        .find(|luecke| luecke.feld != "eingang");
    match andere {
        Some(luecke) => format!("es fehlt `{}`: {}", luecke.feld, luecke.text),
        None => "es fehlt `eingang`, `unterzeichnet_bis` oder ein Beschluss mit Datum".to_owned(),
    }
}

/// The table on one line. Of what is not known, only the day of the gazette is named: „frühestens“ says the rest.
fn tage(fristen: &Fristen) -> String {
    let mut fristen = fristen.clone();
    fristen.luecken.retain(|luecke| luecke.feld == "amtsblatt");
    let zeilen: Vec<_> = tabelle(&fristen)
        .into_iter()
        .map(|(was, wann)| format!("{was}: {wann}"))
        .collect();
    zeilen.join("; ")
}

/// The days of effect alone.
fn kurz(fristen: &Fristen) -> String {
    let mut tage: Vec<String> = fristen
        .verlaeufe
        .iter()
        .map(|verlauf| match verlauf.wirksam {
            Some(tag) if verlauf.ist_fruehestens => format!("frühestens {tag}"),
            Some(tag) => tag.to_string(),
            None => "offen".to_owned(),
        })
        .collect();
    tage.dedup();
    tage.join(" oder ")
}

fn abhilfe(fristen: &Fristen) -> String {
    let mut felder: Vec<_> = fristen
        .luecken
        .iter()
        .map(|luecke| format!("`{}`", luecke.feld))
        .collect();
    felder.sort_unstable();
    felder.dedup();
    if felder.is_empty() {
        "die Tage bei der Planung beachten".to_owned()
    } else {
        format!(
            "die Tage bei der Planung beachten; genauer werden sie mit {}",
            felder.join(", ")
        )
    }
}

fn spricht_davon(blatt: &Blatt<'_>) -> bool {
    let alles = blatt.alles();
    WORTE.iter().any(|worte| alles.enthaelt(worte))
}

fn entscheidet(drucksache: &Drucksache) -> bool {
    drucksache
        .beratungen()
        .iter()
        .any(|beratung| beratung.beschlussstatus == Beschlussstatus::Entscheidung)
}
