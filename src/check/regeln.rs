//! The table of rules. A rule's file is named like the rule; what users read about it stands in the Markdown beside it.

use super::Regel;

mod aufgabe_unvollstaendig;
mod aufgaben_nicht_aufgezaehlt;
mod aufsicht_abweichend;
mod beratungsfolge_nicht_aufsteigend;
mod beschluss_fehlt;
mod dringlichkeit_ohne_genehmigung;
mod empfaenger_nicht_traeger;
mod entschaedigung_fehlt;
mod entscheidung_nicht_eindeutig;
mod genehmigung_nicht_genannt;
mod gremium_nicht_zustaendig;
mod haushaltsjahr_ohne_betrag;
mod haushaltsjahr_passt_nicht_zum_beginn;
mod kosten_nicht_gedeckt;
mod kosten_nur_verwiesen;
mod kreis_nicht_unterrichtet;
mod kreisausschuss_fehlt;
mod kuendigung_nicht_geregelt;
mod kuendigungsfolgen_offen;
mod oeffentlichkeit_widerspruechlich;
mod schriftform_unvollstaendig;
mod sitzungen_ohne_abstand;
mod unterzeichner_nicht_befugt;
mod wortlaut_passt_nicht_zur_aufgabenart;
mod zustaendigkeit_unklar;

/// All rules in the order of their names.
pub static REGELN: &[Regel] = &[
    aufgabe_unvollstaendig::REGEL,
    aufgaben_nicht_aufgezaehlt::REGEL,
    aufsicht_abweichend::REGEL,
    beratungsfolge_nicht_aufsteigend::REGEL,
    beschluss_fehlt::REGEL,
    dringlichkeit_ohne_genehmigung::REGEL,
    empfaenger_nicht_traeger::REGEL,
    entschaedigung_fehlt::REGEL,
    entscheidung_nicht_eindeutig::REGEL,
    genehmigung_nicht_genannt::REGEL,
    gremium_nicht_zustaendig::REGEL,
    haushaltsjahr_ohne_betrag::REGEL,
    haushaltsjahr_passt_nicht_zum_beginn::REGEL,
    kosten_nicht_gedeckt::REGEL,
    kosten_nur_verwiesen::REGEL,
    kreis_nicht_unterrichtet::REGEL,
    kreisausschuss_fehlt::REGEL,
    kuendigung_nicht_geregelt::REGEL,
    kuendigungsfolgen_offen::REGEL,
    oeffentlichkeit_widerspruechlich::REGEL,
    schriftform_unvollstaendig::REGEL,
    sitzungen_ohne_abstand::REGEL,
    unterzeichner_nicht_befugt::REGEL,
    wortlaut_passt_nicht_zur_aufgabenart::REGEL,
    zustaendigkeit_unklar::REGEL,
];
