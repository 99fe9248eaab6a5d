//! The table of rules. A rule's file is named like the rule; what users read about it stands in the Markdown beside it.

use super::Regel;

mod beratungsfolge_nicht_aufsteigend;
mod haushaltsjahr_ohne_betrag;
mod kosten_nur_verwiesen;
mod zustaendigkeit_unklar;

/// All rules in the order of their names.
pub static REGELN: &[Regel] = &[
    beratungsfolge_nicht_aufsteigend::REGEL,
    haushaltsjahr_ohne_betrag::REGEL,
    kosten_nur_verwiesen::REGEL,
    zustaendigkeit_unklar::REGEL,
];
