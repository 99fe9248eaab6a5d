//! The table of rules. A rule's file is named like the rule; what users read about it stands in the Markdown beside it.

use super::Regel;

mod beratungsfolge_nicht_aufsteigend;
mod beschluss_fehlt;
mod dringlichkeit_ohne_genehmigung;
mod entscheidung_nicht_eindeutig;
mod gremium_nicht_zustaendig;
mod haushaltsjahr_ohne_betrag;
mod haushaltsjahr_passt_nicht_zum_beginn;
mod kosten_nur_verwiesen;
mod kreisausschuss_fehlt;
mod oeffentlichkeit_widerspruechlich;
mod sitzungen_ohne_abstand;
mod zustaendigkeit_unklar;

/// All rules in the order of their names.
pub static REGELN: &[Regel] = &[
    beratungsfolge_nicht_aufsteigend::REGEL,
    beschluss_fehlt::REGEL,
    dringlichkeit_ohne_genehmigung::REGEL,
    entscheidung_nicht_eindeutig::REGEL,
    gremium_nicht_zustaendig::REGEL,
    haushaltsjahr_ohne_betrag::REGEL,
    haushaltsjahr_passt_nicht_zum_beginn::REGEL,
    kosten_nur_verwiesen::REGEL,
    kreisausschuss_fehlt::REGEL,
    oeffentlichkeit_widerspruechlich::REGEL,
    sitzungen_ohne_abstand::REGEL,
    zustaendigkeit_unklar::REGEL,
];
