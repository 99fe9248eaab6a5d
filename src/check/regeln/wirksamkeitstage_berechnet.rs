//! On which days the agreement can take effect, computed; and whether the council is told of them.

use std::collections::BTreeSet;

use super::super::inkrafttreten::{Wirkungstag, in_der_vorlage};
use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Protokoll, Regel};
use super::wirksamkeit_zu_frueh_geplant::worte;
use crate::compute::fristen::{Eingang, Fall, Verlauf, tabelle};
use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::compute::{Fristen, Menge};
use crate::model::beratung::Beschlussstatus;
use crate::model::{Drucksache, Vereinbarung};

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
        eingang_vor_unterschrift(vereinbarung, &beteiligte.parteien, protokoll);
        let text = match (tage(fristen), offen(fristen)) {
            (Some(tage), offen) => format!(
                "wirksam werden kann die Vereinbarung {tage}{offen}{}",
                gerechnet_ab(fristen)
            ),
            (None, _) => "wann die Vereinbarung wirksam wird, ist offen".to_owned(),
        };
        protokoll
            .melde(&vereinbarung.route, text)
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

/// An agreement reaches the authority when all have signed: a day of receipt before that makes all days too early. Days on
/// which it was signed or concluded are held against it where the facts are read; here it is the day that is planned.
fn eingang_vor_unterschrift(
    vereinbarung: &Vereinbarung,
    parteien: &Menge<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    let (Some(eingang), Some(geplant)) = (vereinbarung.eingang, vereinbarung.unterzeichnet_bis)
    else {
        return;
    };
    let haben: BTreeSet<_> = vereinbarung
        .unterzeichnet
        .iter()
        .map(|unterschrift| &unterschrift.koerperschaft)
        .collect();
    let alle = parteien.iter().all(|p| haben.contains(&p.schluessel));
    // A plan no longer counts once all have signed.
    if vereinbarung.geschlossen.is_some() || alle || geplant <= eingang {
        return;
    }
    protokoll
        .melde(
            vereinbarung.route.feld("eingang"),
            format!(
                "die Vereinbarung ist am {eingang} eingegangen, unterzeichnet sein soll sie erst bis zum {geplant}; die Frist beginnt aber erst, wenn sie von allen unterzeichnet vorliegt"
            ),
        )
        .abhilfe("`eingang` oder `unterzeichnet_bis` prüfen; ist schon alles unterzeichnet, die Tage unter `unterzeichnet` eintragen")
        .dazu(vereinbarung.route.feld("unterzeichnet_bis"), "so geplant");
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

/// The day on which the days rest, as the table has it.
fn gerechnet_ab(fristen: &Fristen) -> String {
    let grundlage = fristen.eingang.is_some().then(|| tabelle(fristen));
    let erste = grundlage.into_iter().flatten().next();
    erste
        .filter(|(was, _)| was.starts_with("Eingang"))
        .map_or_else(String::new, |(was, wann)| format!("; {was}: {wann}"))
}

/// The days of effect, each behind the way that leads to it, and the day after which the approval counts as given. All
/// other steps stand in the table of days.
fn tage(fristen: &Fristen) -> Option<String> {
    let ungefaehr = fristen.eingang.is_some_and(Eingang::ist_fruehestens);
    let wort = if ungefaehr { "frühestens " } else { "" };
    let tage = fristen.verlaeufe.iter().filter_map(|verlauf| {
        let tag = wirksam(verlauf)?;
        let fiktion = verlauf.fiktion.map_or_else(String::new, |tag| {
            format!(" (gilt {wort}mit Ablauf des {tag} als genehmigt)")
        });
        Some(format!("{} {tag}{fiktion}", worte(verlauf)))
    });
    let tage: Vec<String> = tage.collect();
    (!tage.is_empty()).then(|| tage.join("; "))
}

/// The days of effect alone.
fn kurz(fristen: &Fristen) -> String {
    let wege: Vec<(&Verlauf, String)> = fristen
        .verlaeufe
        .iter()
        .filter_map(|verlauf| Some((verlauf, wirksam(verlauf)?)))
        .collect();
    let Some((_, erster)) = wege.first() else {
        return "der Tag ist offen".to_owned();
    };
    let tage = if wege.iter().all(|(_, tag)| tag == erster) {
        erster.clone()
    } else {
        let wege = wege.iter();
        let wege: Vec<String> = wege
            .map(|(verlauf, tag)| format!("{} {tag}", worte(verlauf)))
            .collect();
        wege.join(", ")
    };
    format!("{tage}{}", offen(fristen))
}

fn wirksam(verlauf: &Verlauf) -> Option<String> {
    let tag = verlauf.wirksam?;
    Some(match verlauf.ist_fruehestens {
        true => format!("frühestens am {tag}"),
        false => format!("am {tag}"),
    })
}

/// What is said of a way that leads to no day.
fn offen(fristen: &Fristen) -> &'static str {
    if fristen.verlaeufe.iter().any(|v| v.wirksam.is_none()) {
        "; mit einem Erörterungstermin ist der Tag offen"
    } else {
        ""
    }
}

fn abhilfe(fristen: &Fristen) -> String {
    let mut luecken: Vec<_> = fristen
        .luecken
        .iter()
        .map(|luecke| match luecke.feld {
            // „frühestens“ says the rest.
            "amtsblatt" => format!("`amtsblatt` ({})", luecke.text),
            feld => format!("`{feld}`"),
        })
        .collect();
    luecken.sort_unstable();
    luecken.dedup();
    if luecken.is_empty() {
        "die Tage bei der Planung beachten".to_owned()
    } else {
        let luecken: Vec<&str> = luecken.iter().map(String::as_str).collect();
        format!(
            "die Tage bei der Planung beachten; genauer werden sie mit {}",
            aufzaehlung(&luecken, Verbindung::Und)
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
