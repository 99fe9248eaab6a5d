//! The day on which the agreement is meant to take effect can be reached, whichever way the approval goes; what is written
//! of it in a Vorlage or a clause agrees.

use super::super::inkrafttreten::{
    UEBERSCHRIFTEN, beginn_der_klausel, fester_tag, fruehestens, in_der_vorlage,
};
use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use super::wirksam_vor_bekanntmachung::greift_zurueck;
use super::wirksamkeitstage_berechnet::was_fehlt;
use crate::compute::fristen::{Fall, Verlauf};
use crate::input::Datum;
use crate::model::Vereinbarung;

pub(super) const REGEL: Regel = Regel {
    name: "wirksamkeit-zu-frueh-geplant",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[
        Norm::gesehen("gkg", "§ 24 Abs. 2"),
        Norm::gesehen("gkg", "§ 24 Abs. 4"),
    ],
    gilt: "wenn die Vereinbarung noch nicht in Kraft ist und sie selbst oder eine Vorlage einen Beginn nennt",
    braucht: &["vereinbarungen.*.wirksam_ab", "vereinbarungen.*.eingang"],
    text: include_str!("wirksamkeit_zu_frueh_geplant.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(beteiligte) = lage.beteiligte(vereinbarung) else {
            continue;
        };
        let verlaeufe = &beteiligte.fristen.verlaeufe;
        if verlaeufe.iter().any(|v| v.fall == Fall::InKraft) {
            continue;
        }
        in_den_vorlagen(lage, vereinbarung, verlaeufe, protokoll);
        klausel(lage, vereinbarung, verlaeufe, protokoll);
        let Some(geplant) = vereinbarung.beginn() else {
            protokoll.nicht_pruefbar(
                &vereinbarung.route,
                "es fehlt `wirksam_ab`, der geplante Beginn",
            );
            continue;
        };
        if verlaeufe.is_empty() {
            let fehlt = was_fehlt(&beteiligte.fristen);
            protokoll.nicht_pruefbar(&vereinbarung.route, &fehlt);
            continue;
        }
        let zu_spaet: Vec<String> = verlaeufe
            .iter()
            .filter_map(|verlauf| {
                let moeglich = verlauf.fruehestens.filter(|tag| geplant < *tag)?;
                let wort = if verlauf.ist_fruehestens {
                    "frühestens"
                } else {
                    "erst"
                };
                Some(format!("{} {wort} am {moeglich}", worte(verlauf)))
            })
            .collect();
        if zu_spaet.is_empty() {
            continue;
        }
        protokoll
            .melde(
                vereinbarung.route.feld(feld(vereinbarung)),
                format!(
                    "geplant ist der {geplant}; wirksam werden kann die Vereinbarung aber {}",
                    zu_spaet.join(", ")
                ),
            )
            .abhilfe("den Beginn später legen, früher unterzeichnen und einreichen oder die Genehmigung vorab abstimmen");
    }
}

/// The field in which the beginning stands.
fn feld(vereinbarung: &Vereinbarung) -> &'static str {
    if vereinbarung.wirksam_ab.is_some() {
        "wirksam_ab"
    } else {
        "anwender_zum"
    }
}

/// A Vorlage names a day before the earliest one that is possible.
fn in_den_vorlagen<'a>(
    lage: &Lage<'a>,
    vereinbarung: &'a Vereinbarung,
    verlaeufe: &[Verlauf],
    protokoll: &mut Protokoll<'_>,
) {
    let moegliche = verlaeufe.iter().filter_map(|v| Some((v.wirksam?, v)));
    let Some((moeglich, verlauf)) = moegliche.min_by_key(|(tag, _)| *tag) else {
        return;
    };
    for drucksache in lage.drucksachen_zu(vereinbarung) {
        let tage = lage.vorlage(drucksache).map(in_der_vorlage);
        let tage = tage.into_iter().flatten();
        for genannt in tage.filter(|tag| tag.tag < moeglich && !tag.ist_grenze) {
            zu_frueher_tag(&genannt.stelle, genannt.tag, (moeglich, verlauf), protokoll);
        }
    }
}

fn zu_frueher_tag(
    stelle: &Passage<'_>,
    tag: Datum,
    (moeglich, verlauf): (Datum, &Verlauf),
    protokoll: &mut Protokoll<'_>,
) {
    let wort = if verlauf.ist_fruehestens {
        "frühestens"
    } else {
        "erst"
    };
    protokoll
        .melde(
            stelle,
            format!(
                "die Vereinbarung soll am {tag} wirksam werden; wirksam werden kann sie aber {} {wort} am {moeglich}",
                worte(verlauf)
            ),
        )
        .abhilfe("den Tag berichtigen oder auf den Tag nach der Bekanntmachung im Amtsblatt abstellen");
}

/// The clause fixes a day that cannot be reached, or lets the agreement begin on another day than the data.
fn klausel(
    lage: &Lage<'_>,
    vereinbarung: &Vereinbarung,
    verlaeufe: &[Verlauf],
    protokoll: &mut Protokoll<'_>,
) {
    let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
        return;
    };
    let vorschriften = blatt.vorschriften("inkrafttreten", &UEBERSCHRIFTEN);
    for satz in vorschriften.iter().flat_map(Passage::saetze) {
        // Where the gazette has appeared, a day before it is an error of its own.
        if vereinbarung.veroeffentlichung.is_none()
            && let Some(moeglich) = fruehestens(verlaeufe)
            && let Some((stelle, tag)) = fester_tag(&satz).filter(|(_, tag)| *tag < moeglich.0)
            && !greift_zurueck(&satz, vereinbarung)
        {
            zu_frueher_tag(&stelle, tag, moeglich, protokoll);
        }
        let Some(beginn) = vereinbarung.beginn() else {
            continue;
        };
        let Some((stelle, tag)) = beginn_der_klausel(&satz).filter(|(_, tag)| *tag != beginn)
        else {
            continue;
        };
        protokoll
            .melde(
                &stelle,
                format!(
                    "nach dieser Vorschrift beginnt die Vereinbarung nicht vor dem {tag}, nach den Angaben aber am {beginn}"
                ),
            )
            .abhilfe("den Tag in der Vorschrift durch {{ vereinbarung.beginn | lang }} ersetzen oder die Angabe berichtigen")
            .dazu(
                vereinbarung.route.feld(feld(vereinbarung)),
                "der Beginn nach den Angaben",
            );
    }
}

/// Which way it is, after „wirksam werden kann die Vereinbarung aber“.
pub(super) fn worte(verlauf: &Verlauf) -> &'static str {
    match verlauf.fall {
        Fall::InKraft | Fall::Veroeffentlicht => "nach der Veröffentlichung",
        Fall::Genehmigt => "nach der Genehmigung",
        Fall::OhneEinwendung => "ohne Einwendung der Aufsicht",
        Fall::OhneEroerterung => "nach einer Einwendung ohne Erörterungstermin",
        Fall::Eroerterung => "nach einer Erörterung",
    }
}
