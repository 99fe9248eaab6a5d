//! The table of rules. A rule's file is named like the rule; what users read about it stands in the Markdown beside it.

use super::Regel;

mod anlage_nicht_aufgefuehrt;
mod anteile_gehen_nicht_auf;
mod aufgabe_unvollstaendig;
mod aufgaben_nicht_aufgezaehlt;
mod aufsicht_abweichend;
mod bemessung_mehrdeutig;
mod beratungsfolge_nicht_aufsteigend;
mod beschluss_fehlt;
mod beschlussvorschlag_unbestimmt;
mod dringlichkeit_ohne_genehmigung;
mod eigenanteil_in_rechnung;
mod empfaenger_nicht_traeger;
mod entschaedigung_fehlt;
mod entscheidung_nicht_eindeutig;
mod genehmigung_nicht_genannt;
mod gremium_nicht_zustaendig;
mod haushaltsbetrag_widerspricht_kosten;
mod haushaltsjahr_ohne_betrag;
mod haushaltsjahr_passt_nicht_zum_beginn;
mod kosten_nicht_gedeckt;
mod kosten_nur_verwiesen;
mod kostenansatz_unueblich;
mod kreis_nicht_unterrichtet;
mod kreisausschuss_fehlt;
mod kuendigung_nicht_geregelt;
mod kuendigungsfolgen_offen;
mod oeffentlichkeit_widerspruechlich;
mod parteien_abweichend;
mod platzhalter_offen;
mod schriftform_unvollstaendig;
mod sitzungen_ohne_abstand;
mod unterzeichner_nicht_befugt;
mod wortlaut_passt_nicht_zur_aufgabenart;
mod zahl_passt_zu_keiner_menge;
mod zustaendigkeit_unklar;

/// All rules in the order of their names.
pub static REGELN: &[Regel] = &[
    anlage_nicht_aufgefuehrt::REGEL,
    anteile_gehen_nicht_auf::REGEL,
    aufgabe_unvollstaendig::REGEL,
    aufgaben_nicht_aufgezaehlt::REGEL,
    aufsicht_abweichend::REGEL,
    bemessung_mehrdeutig::REGEL,
    beratungsfolge_nicht_aufsteigend::REGEL,
    beschluss_fehlt::REGEL,
    beschlussvorschlag_unbestimmt::REGEL,
    dringlichkeit_ohne_genehmigung::REGEL,
    eigenanteil_in_rechnung::REGEL,
    empfaenger_nicht_traeger::REGEL,
    entschaedigung_fehlt::REGEL,
    entscheidung_nicht_eindeutig::REGEL,
    genehmigung_nicht_genannt::REGEL,
    gremium_nicht_zustaendig::REGEL,
    haushaltsbetrag_widerspricht_kosten::REGEL,
    haushaltsjahr_ohne_betrag::REGEL,
    haushaltsjahr_passt_nicht_zum_beginn::REGEL,
    kosten_nicht_gedeckt::REGEL,
    kosten_nur_verwiesen::REGEL,
    kostenansatz_unueblich::REGEL,
    kreis_nicht_unterrichtet::REGEL,
    kreisausschuss_fehlt::REGEL,
    kuendigung_nicht_geregelt::REGEL,
    kuendigungsfolgen_offen::REGEL,
    oeffentlichkeit_widerspruechlich::REGEL,
    parteien_abweichend::REGEL,
    platzhalter_offen::REGEL,
    schriftform_unvollstaendig::REGEL,
    sitzungen_ohne_abstand::REGEL,
    unterzeichner_nicht_befugt::REGEL,
    wortlaut_passt_nicht_zur_aufgabenart::REGEL,
    zahl_passt_zu_keiner_menge::REGEL,
    zustaendigkeit_unklar::REGEL,
];
