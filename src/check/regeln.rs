//! The table of rules. A rule's file is named like the rule; what users read about it stands in the Markdown beside it.

use super::Regel;

mod ablehnung_eines_rates_offen;
mod anlage_nicht_aufgefuehrt;
mod anteile_gehen_nicht_auf;
mod aufgabe_unvollstaendig;
mod aufgaben_nicht_aufgezaehlt;
mod aufsicht_abweichend;
mod auftragsverarbeitung_unvollstaendig;
mod bekanntmachungsform_fehlt;
mod bemessung_mehrdeutig;
mod beratungsfolge_nicht_aufsteigend;
mod beschluss_fehlt;
mod beschlussvorschlag_unbestimmt;
mod dringlichkeit_ohne_genehmigung;
mod eigenanteil_in_rechnung;
mod empfaenger_nicht_traeger;
mod entgelt_ohne_vergabegrund;
mod entschaedigung_fehlt;
mod entscheidung_nicht_eindeutig;
mod fundstelle_passt_nicht;
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
mod ladungsfrist_unterschritten;
mod mitwirkungsrecht_offen;
mod nutzung_ohne_vereinbarung;
mod oeffentlichkeit_widerspruechlich;
mod papiere_widersprechen_sich;
mod parteien_abweichend;
mod platzhalter_offen;
mod schriftform_unvollstaendig;
mod sitzung_am_freien_tag;
mod sitzungen_ohne_abstand;
mod umsatzsteuer_offen;
mod unterzeichner_nicht_befugt;
mod vorgaenger_nicht_abgeloest;
mod wirksam_vor_bekanntmachung;
mod wirksamkeit_zu_frueh_geplant;
mod wirksamkeitstage_berechnet;
mod wortlaut_passt_nicht_zur_aufgabenart;
mod zahl_passt_zu_keiner_menge;
mod zustaendigkeit_unklar;

/// All rules in the order of their names.
pub static REGELN: &[Regel] = &[
    ablehnung_eines_rates_offen::REGEL,
    anlage_nicht_aufgefuehrt::REGEL,
    anteile_gehen_nicht_auf::REGEL,
    aufgabe_unvollstaendig::REGEL,
    aufgaben_nicht_aufgezaehlt::REGEL,
    aufsicht_abweichend::REGEL,
    auftragsverarbeitung_unvollstaendig::REGEL,
    bekanntmachungsform_fehlt::REGEL,
    bemessung_mehrdeutig::REGEL,
    beratungsfolge_nicht_aufsteigend::REGEL,
    beschluss_fehlt::REGEL,
    beschlussvorschlag_unbestimmt::REGEL,
    dringlichkeit_ohne_genehmigung::REGEL,
    eigenanteil_in_rechnung::REGEL,
    empfaenger_nicht_traeger::REGEL,
    entgelt_ohne_vergabegrund::REGEL,
    entschaedigung_fehlt::REGEL,
    entscheidung_nicht_eindeutig::REGEL,
    fundstelle_passt_nicht::REGEL,
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
    ladungsfrist_unterschritten::REGEL,
    mitwirkungsrecht_offen::REGEL,
    nutzung_ohne_vereinbarung::REGEL,
    oeffentlichkeit_widerspruechlich::REGEL,
    papiere_widersprechen_sich::REGEL,
    parteien_abweichend::REGEL,
    platzhalter_offen::REGEL,
    schriftform_unvollstaendig::REGEL,
    sitzung_am_freien_tag::REGEL,
    sitzungen_ohne_abstand::REGEL,
    umsatzsteuer_offen::REGEL,
    unterzeichner_nicht_befugt::REGEL,
    vorgaenger_nicht_abgeloest::REGEL,
    wirksam_vor_bekanntmachung::REGEL,
    wirksamkeit_zu_frueh_geplant::REGEL,
    wirksamkeitstage_berechnet::REGEL,
    wortlaut_passt_nicht_zur_aufgabenart::REGEL,
    zahl_passt_zu_keiner_menge::REGEL,
    zustaendigkeit_unklar::REGEL,
];
