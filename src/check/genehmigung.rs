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

/// Words that ask for the approval of some agreements only, with what they ask it for.
const NUR_FUER: [&str; 10] = [
    "nur bei",
    "nur für",
    "nur im Fall*",
    "nur in den Fällen",
    "nur delegierende*",
    "nur die delegierende*",
    "lediglich bei",
    "lediglich für",
    "ausschließlich bei",
    "ausschließlich für",
];

/// Words with which a condition begins.
const BEDINGUNG: [&str; 5] = ["wenn", "soweit", "sofern", "falls", "ob"];

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
    /// It is said to be needed only under a condition, in these words.
    Bedingt(Passage<'b>),
    /// Nothing.
    Keine,
}

/// What the text says of the approval of the agreement. That it needs one anywhere goes before all else: what is said not to
/// need any may be something else.
pub(super) fn aussage<'b>(text: &Passage<'b>) -> Aussage<'b> {
    let (mut unnoetig, mut unter_bedingung) = (None, None);
    for satz in text.saetze().into_iter().filter(spricht_davon) {
        let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        if let Some(stelle) = bedingt(&satz) {
            unter_bedingung.get_or_insert(stelle);
            continue;
        }
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
    let bedingt = unter_bedingung.map(Aussage::Bedingt);
    let gesagt = unnoetig.map(Aussage::Unnoetig).or(bedingt);
    gesagt.unwrap_or(Aussage::Keine)
}

/// The words with which a sentence asks for the approval only where something is so: „nur bei delegierenden Vereinbarungen“,
/// „nur genehmigungspflichtig, wenn …“, „soweit sie der Genehmigung bedarf“. The law knows no such condition.
fn bedingt<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let teile = teile(satz, &[",", ";"]);
    let beginnt_bedingt = |teil: &Passage<'_>| {
        let text = teil.text().trim_start_matches([',', ';', ' ']);
        let erstes = text.split_whitespace().next().unwrap_or_default();
        BEDINGUNG.contains(&erstes.to_lowercase().as_str())
    };
    teile.iter().enumerate().find_map(|(i, teil)| {
        let hat = |worte: &[&str]| worte.iter().any(|worte| teil.enthaelt(worte));
        let noetig = hat(&PFLICHTIG) || hat(&GENEHMIGUNG) && hat(&BEDARF);
        if !noetig || hat(&FREMDES) || hat(&ANDERES) || hat(&KEINE_VERNEINUNG) {
            return None;
        }
        let ab = |stelle: &Passage<'b>| {
            let text = teil.text().trim_end_matches(['.', ' ']);
            teil.teil(teil.versatz(stelle)..text.len())
        };
        if let Some(nur) = teil.erstes(&NUR_FUER) {
            return Some(ab(&nur));
        }
        let davon = |teil: &Passage<'_>| teil.sagt(&["deleg*", "übertrag*", "übergeh*"]);
        let folgt = teile.get(i + 1).filter(|teil| beginnt_bedingt(teil));
        if folgt.is_some() {
            let nur = teil.erstes(&["nur", "lediglich"]);
            let nur = nur.filter(|_| !hat(&["nur noch", "wirksam"]));
            if let Some(nur) = nur {
                return Some(ab(&nur));
            }
        }
        // „Soweit sie Aufgaben delegiert, bedarf sie …“
        let davor = i.checked_sub(1).and_then(|vor| teile.get(vor));
        let davor = davor.filter(|teil| beginnt_bedingt(teil));
        if let Some(bedingung) = folgt.into_iter().chain(davor).find(|teil| davon(teil)) {
            return bedingung.erstes(&BEDINGUNG);
        }
        let selbst = beginnt_bedingt(teil).then(|| teil.erstes(&BEDINGUNG));
        selbst.flatten().map(|wort| ab(&wort))
    })
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
    if war_schon(satz) || war_bei_anderen(satz) {
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

/// Whether a sentence tells what happens to other agreements: „Vergleichbare Vereinbarungen werden stets genehmigt“.
fn war_bei_anderen(satz: &Passage<'_>) -> bool {
    let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
    let braucht = hat(&BEDARF) || hat(&PFLICHTIG) || hat(&VORBEHALT);
    let mehrere = satz.enthaelt("Vereinbarungen") && hat(&VERGANGEN);
    !braucht && (mehrere || satz.von_anderen_vereinbarungen())
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
