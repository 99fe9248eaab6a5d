//! No agreement takes effect before the day after its publication, and none reaches back.

use super::super::inkrafttreten::{
    BEKANNTMACHUNG, TRENNER, UEBERSCHRIFTEN, fester_tag, fruehestens, teil,
};
use super::super::{Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::compute::fristen::Verlauf;
use crate::model::Vereinbarung;
use crate::model::vereinbarung::Status;

pub(super) const REGEL: Regel = Regel {
    name: "wirksam-vor-bekanntmachung",
    schwere: Gewicht::FehlerOderWarnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 24 Abs. 4")],
    gilt: "wenn eine Vereinbarung einen festen Tag nennt, an dem sie wirksam wird, oder schon in Kraft ist",
    braucht: &["vereinbarungen.*.veröffentlichung"],
    text: include_str!("wirksam_vor_bekanntmachung.md"),
    pruefe,
};

/// How a clause names the agreement itself.
const SIE: [&str; 3] = ["diese Vereinbarung", "die Vereinbarung", "sie"];

/// What else takes effect at some time.
const SCHRITTE: [&str; 6] = [
    "Kündigung*",
    "Änderung*",
    "Beitritt*",
    "Austritt*",
    "Aufhebung*",
    "Ergänzung*",
];

/// Words before an event.
const MIT: [&str; 7] = [
    "mit",
    "nach",
    "ab",
    "durch",
    "bei",
    "mit dem Tag",
    "zum Zeitpunkt",
];

/// Events before the publication.
const EREIGNISSE: [&str; 11] = [
    "Unterzeichnung",
    "Unterschrift",
    "Unterschriften",
    "Ratsbeschluss",
    "Ratsbeschlüsse",
    "Beschluss",
    "Beschlussfassung",
    "Zustimmung",
    "Genehmigung",
    "Abschluss",
    "Vertragsschluss",
];

/// Words for the day of the publication, which is a day too early.
const TAG_DER_BEKANNTMACHUNG: [&str; 6] = [
    "am Tag der Bekanntmachung",
    "am Tage der Bekanntmachung",
    "am Tag der Veröffentlichung",
    "am Tage der Veröffentlichung",
    "am Tag ihrer Bekanntmachung",
    "am Tag ihrer Veröffentlichung",
];

/// Words with which the publication is only what comes last, or counts only for the others.
const SONST: [&str; 8] = [
    "spätestens",
    "längstens",
    "im Übrigen",
    "ansonsten",
    "andernfalls",
    "sonst",
    "für die übrigen",
    "für alle übrigen",
];

/// Words for at once.
const SOFORT: [&str; 3] = ["sofort", "unverzüglich", "unmittelbar"];

/// Words before a day with which the agreement is applied to a time before it.
const AUCH_DAVOR: [&str; 7] = [
    "auch für die Zeit ab",
    "auch für die Zeit seit",
    "auch für die Zeit vom",
    "bereits ab",
    "bereits seit",
    "schon ab",
    "schon seit",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.vorgang.vereinbarungen.values() {
        if let (Some(seit), Some(veroeffentlichung)) =
            (vereinbarung.in_kraft_seit, &vereinbarung.veroeffentlichung)
            && seit <= veroeffentlichung.am
        {
            protokoll
                .melde(
                    vereinbarung.route.feld("in_kraft_seit"),
                    format!(
                        "die Vereinbarung soll seit dem {seit} gelten, wurde aber erst am {} bekannt gemacht",
                        veroeffentlichung.am
                    ),
                )
                .abhilfe("frühestens den Tag nach der Bekanntmachung eintragen")
                .dazu(vereinbarung.route.feld("veröffentlichung"), "die Bekanntmachung");
        }
        unbekannt(vereinbarung, protokoll);
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let vorschriften = blatt.vorschriften("inkrafttreten", &UEBERSCHRIFTEN);
        if vorschriften.is_empty() {
            protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                "es fehlt die Klausel `inkrafttreten`, und keine Überschrift nennt das Inkrafttreten",
            );
        }
        let verlaeufe = lage.beteiligte(vereinbarung);
        let verlaeufe = verlaeufe.map_or(&[][..], |b| &b.fristen.verlaeufe);
        for satz in vorschriften.iter().flat_map(Passage::saetze) {
            pruefe_satz(vereinbarung, verlaeufe, &satz, protokoll);
        }
    }
}

fn pruefe_satz(
    vereinbarung: &Vereinbarung,
    verlaeufe: &[Verlauf],
    satz: &Passage<'_>,
    protokoll: &mut Protokoll<'_>,
) {
    if let Some(worte) = rueckwirkend(satz) {
        protokoll
            .melde_milder(
                &worte,
                "die Vereinbarung soll rückwirkend gelten; sie wirkt frühestens am Tag nach der Bekanntmachung",
            )
            .abhilfe("die Rückwirkung streichen und für die Zeit davor eine eigene Regelung suchen");
    }
    // „sie wirkt auf diesen Tag zurück“
    let wirkt_zurueck = ["wirkt", "wirken"]
        .iter()
        .filter_map(|wort| satz.finde(wort).next())
        .next()
        .filter(|_| satz.enthaelt("zurück") && !satz.enthaelt("nicht"));
    if let Some(worte) = wirkt_zurueck {
        protokoll
            .melde_milder(
                &worte,
                "die Vereinbarung soll auf einen früheren Tag zurückwirken; sie wirkt frühestens am Tag nach der Bekanntmachung",
            )
            .abhilfe("die Rückwirkung streichen und für die Zeit davor eine eigene Regelung suchen");
    }
    if let Some(stelle) = zu_frueh(satz) {
        protokoll
            .melde_milder(
                &stelle,
                format!(
                    "„{}“ ist zu früh; die Vereinbarung wirkt erst am Tag nach der Bekanntmachung",
                    stelle.text()
                ),
            )
            .abhilfe("auf den Tag nach der Bekanntmachung im Amtsblatt abstellen");
    }
    if let Some(stelle) = auch_davor(satz, vereinbarung) {
        protokoll
            .melde_milder(
                &stelle,
                "die Vereinbarung soll auch für eine Zeit gelten, die vor ihr liegt; sie wirkt frühestens am Tag nach der Bekanntmachung",
            )
            .abhilfe("die Rückwirkung streichen und für die Zeit davor eine eigene Regelung suchen");
    }
    let Some((stelle, tag)) = fester_tag(satz) else {
        return;
    };
    match &vereinbarung.veroeffentlichung {
        Some(veroeffentlichung) if tag <= veroeffentlichung.am => {
            protokoll
                .melde(
                    &stelle,
                    format!(
                        "die Vereinbarung soll am {tag} wirksam werden, wurde aber erst am {} bekannt gemacht",
                        veroeffentlichung.am
                    ),
                )
                .abhilfe("auf den Tag nach der Bekanntmachung abstellen, mit „nicht jedoch vor dem …“ für einen späteren Tag")
                .dazu(vereinbarung.route.feld("veröffentlichung"), "die Bekanntmachung");
        }
        Some(_) => {}
        // A day that cannot be reached at all is no question of the gazette: „wirksamkeit-zu-frueh-geplant“ reports it.
        None if fruehestens(verlaeufe).is_some_and(|(moeglich, _)| tag < moeglich) => {}
        None => protokoll.nicht_pruefbar(
            &stelle,
            &format!("es fehlt `veröffentlichung`; der feste Tag {tag} darf nicht vor ihr liegen"),
        ),
    }
}

/// The words with which a sentence lets the agreement take effect on an event before its publication, or on the very day
/// of it.
fn zu_frueh<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let von_ihr = SIE.iter().any(|worte| satz.enthaelt(worte));
    let anderes = SCHRITTE.iter().any(|worte| satz.enthaelt(worte));
    if !von_ihr || anderes {
        return None;
    }
    let am_tag = TAG_DER_BEKANNTMACHUNG
        .iter()
        .flat_map(|worte| satz.finde(worte));
    let mit = MIT.iter().flat_map(|worte| satz.finde(worte));
    let bekannt = satz.sagt(&BEKANNTMACHUNG);
    // „spätestens am Tag nach der Bekanntmachung“ lets it take effect before.
    let erst_sonst = bekannt
        && satz
            .teilsaetze()
            .iter()
            .any(|teil| teil.sagt(&BEKANNTMACHUNG) && teil.sagt(&SONST));
    let mit = mit.filter_map(|vor| {
        let hier = teil(satz, &vor, &TRENNER);
        if bekannt && (!erst_sonst || hier.sagt(&BEKANNTMACHUNG) || hier.sagt(&SONST)) {
            return None;
        }
        let von = satz.versatz(&vor);
        let rest = satz.teil(von..satz.text().len());
        let ereignis = EREIGNISSE
            .iter()
            .flat_map(|worte| rest.finde(worte))
            .min_by_key(|e| rest.versatz(e))?;
        let dazwischen = rest.text().get(vor.text().len()..rest.versatz(&ereignis))?;
        (dazwischen.split_whitespace().count() <= 3 && !dazwischen.contains([',', ';']))
            .then(|| rest.teil(0..rest.versatz(&ereignis) + ereignis.text().len()))
    });
    let sofort = SOFORT.iter().flat_map(|worte| satz.finde(worte));
    am_tag.chain(mit).chain(sofort).find(|stelle| {
        let hier = teil(satz, stelle, &[",", ";"]);
        // The verb may stand behind what is so for the others.
        let wo = if erst_sonst { satz } else { &hier };
        let wirkt = wo.enthaelt("in Kraft") || wo.enthaelt("wirksam");
        let verneint = ["nicht", "erst", "frühestens", "außer Kraft"];
        wirkt && !verneint.iter().any(|worte| hier.enthaelt(worte))
    })
}

/// Whether a sentence lets the agreement reach back in words that are found by themselves.
pub(super) fn greift_zurueck(satz: &Passage<'_>, vereinbarung: &Vereinbarung) -> bool {
    rueckwirkend(satz).is_some() || auch_davor(satz, vereinbarung).is_some()
}

/// The words with which a sentence applies the agreement to a time before it begins.
fn auch_davor<'b>(satz: &Passage<'b>, vereinbarung: &Vereinbarung) -> Option<Passage<'b>> {
    let beginn = vereinbarung.beginn()?;
    let von_ihr = SIE.iter().any(|worte| satz.enthaelt(worte));
    let davor = AUCH_DAVOR
        .iter()
        .flat_map(|worte| satz.finde(worte))
        .find(|_| von_ihr && !satz.enthaelt("nicht") && !satz.enthaelt("bisherige*"))?;
    let rest = satz.teil(satz.versatz(&davor)..satz.text().len());
    let (_, tag) = rest.tage().next()?;
    (tag < beginn).then_some(davor)
}

/// The words with which a sentence lets the agreement reach back. A retroactive effect that is ruled out is none.
fn rueckwirkend<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let gefunden = ["rückwirkend*", "mit Rückwirkung", "Rückwirkung auf"]
        .into_iter()
        .flat_map(|worte| satz.finde(worte));
    let ausgeschlossen = |stelle: &Passage<'b>| {
        let teil = teil(satz, stelle, &[",", ";"]);
        ["nicht", "kein", "keine", "ausgeschlossen"]
            .iter()
            .any(|wort| teil.enthaelt(wort))
    };
    gefunden.into_iter().find(|stelle| !ausgeschlossen(stelle))
}

/// An agreement in force whose publication nobody recorded.
fn unbekannt(vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    let zaehlt = vereinbarung.wird_geschrieben() || vereinbarung.status == Status::InKraft;
    let Some(seit) = vereinbarung.in_kraft_seit.filter(|_| zaehlt) else {
        return;
    };
    let fehlt = match (&vereinbarung.veroeffentlichung, &vereinbarung.genehmigung) {
        (Some(_), _) => return,
        (None, Some(_)) => "`veröffentlichung`",
        (None, None) => "`genehmigung` und `veröffentlichung`",
    };
    let verb = if fehlt.contains(" und ") {
        "fehlen"
    } else {
        "fehlt"
    };
    protokoll.nicht_pruefbar(
        vereinbarung.route.feld("in_kraft_seit"),
        &format!(
            "es {verb} {fehlt}; in Kraft sein kann die Vereinbarung seit dem {seit} nur, wenn sie vorher bekannt gemacht wurde"
        ),
    );
}
