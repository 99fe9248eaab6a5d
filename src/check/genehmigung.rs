//! What a text says of the authority's approval: that the agreement needs it, or that it does not.

use super::Passage;

/// Words for an approval.
const GENEHMIGUNG: [&str; 1] = ["Genehmigung*"];

/// Words with which somebody approves: these say nothing without the authority, for councils „approve“ too.
const GENEHMIGEN: [&str; 4] = ["genehmigt", "genehmigen", "genehmigte", "genehmigten"];

/// Words that say by themselves that an approval is needed.
const PFLICHTIG: [&str; 2] = ["genehmigungspflichtig*", "genehmigungsbedürftig*"];

/// Words in the same sentence for who approves an agreement.
const AUFSICHT: [&str; 5] = [
    "Aufsicht*",
    "Kommunalaufsicht*",
    "Bezirksregierung*",
    "untere* staatliche*",
    "§ 24*",
];

/// Words in the same sentence for the law that asks for it.
const GESETZ: [&str; 1] = ["GkG*"];

/// Words in the same sentence that make the agreement wait for the approval.
const VORBEHALT: [&str; 3] = ["vorbehaltlich", "Vorbehalt*", "Genehmigungsvorbehalt*"];

/// Words in the same part of a sentence that ask for the approval.
const BEDARF: [&str; 6] = [
    "bedarf",
    "bedürfen",
    "erforderlich",
    "notwendig",
    "einzuholen",
    "zu beantragen",
];

/// Words for a mere notice, which is what ends an agreement but does not begin one.
const ANZEIGE: [&str; 2] = ["angezeigt", "anzuzeigen"];

/// Words for what only has to be told to the authority, and for changes that touch nothing.
const ANDERES: [&str; 6] = [
    "Kündigung*",
    "Aufhebung*",
    "gekündigt",
    "aufgehoben",
    "Redaktionelle*",
    "redaktioneller",
];

/// Words in the same sentence for what else is approved, and by whom.
const FREMDES: [&str; 27] = [
    "Haushalt*",
    "Haushaltssatzung*",
    "Haushaltsplan*",
    "Stellenplan*",
    "Dringlichkeit*",
    "Dringlichkeitsentscheidung*",
    "Eilentscheidung*",
    "Niederschrift*",
    "Protokoll*",
    "Auftragsverarbeiter*",
    "Softwareanbieter*",
    "schriftlicher Genehmigung der",
    "Nebentätigkeit*",
    "Dienstreise*",
    "Satzung*",
    "Bauvorhaben*",
    "Genehmigung der Räte",
    "Genehmigung des Rates",
    "Genehmigung des Rats",
    "Genehmigung durch den Rat",
    "Genehmigung durch die Räte",
    "Genehmigung des Kreistag*",
    "Genehmigung durch den Kreistag",
    "Genehmigung des Lenkungskreis*",
    "Genehmigung durch den Lenkungskreis",
    "Genehmigung der Anwenderkommune*",
    "Genehmigung der Vertretung*",
];

/// What others approve, or the authority besides the agreement: „Genehmigung der Niederschrift“. Stems.
const SACHEN: [&str; 14] = [
    "Niederschrift",
    "Protokoll",
    "Tagesordnung",
    "Sitzung",
    "Haushalt",
    "Stellenplan",
    "Kredit",
    "Satzung",
    "Dringlichkeit",
    "Eilentscheid",
    "Nebentätigkeit",
    "Dienstreise",
    "Bauvorhaben",
    "Zuwendung",
];

/// Words between an approval and what is approved.
const VOR_DER_SACHE: [&str; 12] = [
    "der", "des", "die", "das", "von", "für", "dieser", "dieses", "einer", "eines", "ihrer",
    "seiner",
];

/// Words that say that none is needed.
const VERNEINT: [&str; 16] = [
    "keiner Genehmigung",
    "keine Genehmigung",
    "keiner aufsichtsbehördlichen Genehmigung",
    "nicht der Genehmigung",
    "nicht genehmigungspflichtig*",
    "nicht genehmigungsbedürftig*",
    "genehmigungsfrei*",
    "Genehmigung bedarf es nicht",
    "Genehmigung ist nicht erforderlich",
    "Genehmigung ist nicht nötig",
    "Genehmigung ist nicht notwendig",
    "Genehmigung ist entbehrlich",
    "Genehmigung nicht erforderlich",
    "Genehmigung der Vereinbarung ist nicht erforderlich",
    "Genehmigung der Vereinbarung ist nicht nötig",
    "Genehmigung der Vereinbarung ist nicht notwendig",
];

/// Words that say so of what stands in the same part of a sentence.
const ENTBEHRLICH: [&str; 3] = ["entbehrlich", "unnötig", "verzichtbar"];

/// Words with which „nicht“ denies no need.
const KEINE_VERNEINUNG: [&str; 6] = [
    "nicht nur",
    "nicht allein",
    "nicht vor",
    "nicht ohne",
    "noch nicht",
    "nicht wirksam*",
];

/// Words for an earlier agreement.
const FRUEHERE: [&str; 10] = [
    "bisherige*",
    "frühere*",
    "vorherige*",
    "bestehende*",
    "alte*",
    "damalige*",
    "vorangegangene*",
    "Vereinbarung vom",
    "Vereinbarung aus dem Jahr*",
    "Vereinbarung von",
];

/// Words for what was done.
const VERGANGEN: [&str; 14] = [
    "wurde",
    "wurden",
    "worden",
    "war",
    "waren",
    "hatte",
    "hatten",
    "hat",
    "haben",
    "erteilte",
    "erteilt",
    "genehmigte",
    "damals",
    "liegt vor",
];

/// What a text says of the approval.
#[derive(Debug)]
pub(super) enum Aussage<'b> {
    /// The agreement needs it, or is concluded subject to it.
    Noetig,
    /// It is said not to be needed, in these words.
    Unnoetig(Passage<'b>),
    /// Nothing.
    Keine,
}

/// What the text says of the approval of the agreement. That it needs one anywhere goes before all else: what is said not to
/// need any may be something else.
pub(super) fn aussage<'b>(text: &Passage<'b>) -> Aussage<'b> {
    let mut unnoetig = None;
    for satz in text.saetze().into_iter().filter(spricht_davon) {
        let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        match verneint(&satz) {
            Some(stelle) => {
                if unnoetig.is_none() && !hat(&ANDERES) && !hat(&FREMDES) {
                    unnoetig = Some(stelle);
                }
                // „genehmigungspflichtig; die Kündigung ist genehmigungsfrei“
                if teile(&satz, &[";"])
                    .iter()
                    .any(|teil| verneint(teil).is_none() && ist_noetig(teil))
                {
                    return Aussage::Noetig;
                }
            }
            None if ist_noetig(&satz) => return Aussage::Noetig,
            None => {}
        }
    }
    unnoetig.map_or(Aussage::Keine, Aussage::Unnoetig)
}

/// The words with which a text says that the agreement is told to the authority. That its end is so is what the law says.
pub(super) fn anzeige<'b>(text: &Passage<'b>) -> Option<Passage<'b>> {
    text.saetze_mit(ANZEIGE).into_iter().find_map(|satz| {
        let von_ihr = satz.sagt(&AUFSICHT) || satz.sagt(&["Vereinbarung*", "Behörde*"]);
        let stellen = ANZEIGE.iter().flat_map(|worte| satz.finde(worte));
        let mut stellen = stellen.filter(|_| von_ihr && !satz.sagt(&ANDERES));
        stellen.next()
    })
}

/// Whether a sentence has a word for an approval at all; most have none, and all else here needs one.
fn spricht_davon(satz: &Passage<'_>) -> bool {
    satz.enthaelt("genehm*")
}

/// The words with which a sentence says that no approval is needed: set phrases, or in one part of it the approval, the
/// need and its denial.
fn verneint<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let wendung = || VERNEINT.iter().find_map(|worte| satz.finde(worte).next());
    let getrennt = || {
        teile(satz, &[",", ";"]).into_iter().find_map(|teil| {
            let hat = |worte: &[&str]| worte.iter().any(|worte| teil.enthaelt(worte));
            let genehmigung = teil.finde("Genehmigung*").next()?;
            let unnoetig = hat(&ENTBEHRLICH)
                || (hat(&BEDARF) || hat(&["nötig"]))
                    && hat(&["nicht", "kein*"])
                    && !hat(&KEINE_VERNEINUNG);
            unnoetig.then_some(genehmigung)
        })
    };
    wendung().or_else(getrennt)
}

/// Whether a sentence that denies nothing says that the authority approves the agreement.
fn ist_noetig(satz: &Passage<'_>) -> bool {
    let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let fremd = SACHEN
        .iter()
        .any(|stamm| satz.enthaelt(&format!("{stamm}*")));
    if war_schon(satz) {
        return false;
    }
    if hat(&AUFSICHT) && hat(&GENEHMIGEN) && (!fremd || satz.enthaelt("Vereinbarung*")) {
        return true;
    }
    teile(satz, &[",", ";"]).iter().any(|teil| {
        let hier = |worte: &[&str]| worte.iter().any(|worte| teil.enthaelt(worte));
        if hier(&ANDERES) {
            return false;
        }
        let wartet = hat(&AUFSICHT) || hat(&GESETZ) || hat(&VORBEHALT) && !hat(&FREMDES);
        hier(&PFLICHTIG) && !hier(&FREMDES)
            || der_vereinbarung(teil) && (wartet || hier(&BEDARF) && !hier(&FREMDES))
    })
}

/// Whether a sentence tells of an approval that was given: to the earlier agreement, or on a day. It says nothing on what
/// this one needs.
fn war_schon(satz: &Passage<'_>) -> bool {
    let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let braucht = hat(&BEDARF) || hat(&PFLICHTIG) || hat(&VORBEHALT);
    !braucht && hat(&VERGANGEN) && (hat(&FRUEHERE) || satz.tage().next().is_some())
}

/// Whether a part of a sentence speaks of an approval that is none of another thing: not „die Genehmigung der letzten
/// Niederschrift durch die Aufsichtsbehörde“.
fn der_vereinbarung(teil: &Passage<'_>) -> bool {
    let mut genehmigungen = GENEHMIGUNG.iter().flat_map(|worte| teil.finde(worte));
    genehmigungen.any(|stelle| {
        let danach = teil.versatz(&stelle) + stelle.text().len();
        let danach = teil.text().get(danach..).unwrap_or_default();
        let mut worte = danach.split_whitespace().peekable();
        let hat_sache = worte.next_if(|wort| VOR_DER_SACHE.contains(wort)).is_some();
        // Adjectives stand before the noun.
        let sache = worte.find(|wort| wort.starts_with(char::is_uppercase));
        let ist_fremd = |wort: &str| SACHEN.iter().any(|stamm| wort.starts_with(stamm));
        !(hat_sache && sache.is_some_and(ist_fremd))
    })
}

/// The parts of a sentence between these signs.
fn teile<'b>(satz: &Passage<'b>, trenner: &[&str]) -> Vec<Passage<'b>> {
    let text = satz.text();
    let mut grenzen = vec![0];
    for trenner in trenner {
        grenzen.extend(text.match_indices(trenner).map(|(at, _)| at));
    }
    grenzen.push(text.len());
    grenzen.sort_unstable();
    grenzen
        .windows(2)
        .filter_map(|paar| match paar {
            [von, bis] => Some(satz.teil(*von..*bis)),
            _ => None,
        })
        .collect()
}
