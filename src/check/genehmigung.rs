//! What a text says of the authority's approval: that the agreement needs it, or that it does not.

use super::Passage;

/// Words for an approval.
const GENEHMIGUNG: [&str; 5] = [
    "Genehmigung*",
    "genehmigt",
    "genehmigen",
    "genehmigungspflichtig*",
    "genehmigungsbedürftig*",
];

/// Words in the same sentence for who approves an agreement.
const AUFSICHT: [&str; 6] = [
    "Aufsicht*",
    "Kommunalaufsicht*",
    "Bezirksregierung*",
    "untere* staatliche*",
    "§ 24*",
    "GkG*",
];

/// Words in the same sentence for what else is approved, and by whom.
const FREMDES: [&str; 16] = [
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
];

/// Words that say that none is needed.
const VERNEINT: [&str; 12] = [
    "keiner Genehmigung",
    "keine Genehmigung",
    "keiner aufsichtsbehördlichen Genehmigung",
    "nicht der Genehmigung",
    "nicht genehmigungspflichtig*",
    "nicht genehmigungsbedürftig*",
    "genehmigungsfrei*",
    "Genehmigung bedarf es nicht",
    "Genehmigung ist nicht",
    "Genehmigung ist entbehrlich",
    "Genehmigung nicht erforderlich",
    "Genehmigung der Vereinbarung ist nicht",
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

/// What the text says of the approval of the agreement.
pub(super) fn aussage<'b>(text: &Passage<'b>) -> Aussage<'b> {
    let mut noetig = false;
    for satz in text.saetze() {
        if let Some(stelle) = VERNEINT.iter().find_map(|worte| satz.finde(worte).next()) {
            return Aussage::Unnoetig(stelle);
        }
        let hat = |worte: &[&str]| worte.iter().any(|worte| satz.enthaelt(worte));
        noetig |= hat(&GENEHMIGUNG) && (hat(&AUFSICHT) || !hat(&FREMDES));
    }
    if noetig {
        Aussage::Noetig
    } else {
        Aussage::Keine
    }
}
