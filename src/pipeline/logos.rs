//! The logos of those who send papers, looked at before anything is typeset: a fault belongs to the base data that name
//! the file, not to the paper that would show it.

use std::collections::BTreeMap;

use super::setzerei::abgelehnt;
use crate::diagnostic::{Befund, Stelle};
use crate::input;
use crate::layout::{self, Pictures};
use crate::model::{Koerperschaft, Vorgang};
use crate::pdf;

/// What is wrong with the logos of those who send a paper, at their places in the base data.
pub(super) fn pruefe(vorgang: &Vorgang, bilder: &Pictures) -> Vec<Befund> {
    let absender: BTreeMap<_, _> = vorgang
        .drucksachen
        .iter()
        .filter_map(|drucksache| vorgang.koerperschaft_von(drucksache))
        .map(|koerperschaft| (&koerperschaft.schluessel, koerperschaft))
        .collect();
    absender
        .into_values()
        .filter_map(|koerperschaft| logo(koerperschaft, bilder))
        .collect()
}

fn logo(koerperschaft: &Koerperschaft, bilder: &Pictures) -> Option<Befund> {
    let pfad = koerperschaft.hausstil.logo.as_deref()?;
    let stelle = Stelle::Route(koerperschaft.route.feld("hausstil").feld("logo"));
    let Some(bytes) = bilder.get(pfad) else {
        let befund = Befund::fehler(
            "logo-fehlt",
            stelle,
            format!("das Logo „{pfad}“ gibt es in den Stammdaten nicht"),
        );
        let namen = bilder.keys().map(String::as_str);
        return Some(match input::suggest::nearest(pfad, namen) {
            Some(aehnlich) => befund.abhilfe(format!("meinten Sie „{aehnlich}“?")),
            None => befund.abhilfe(
                "die Bilddatei in den Ordner der Stammdaten legen und den Weg von dort aus angeben, \
                 oder die Zeile löschen",
            ),
        });
    };
    if pfad.to_lowercase().ends_with(".svg") {
        let text = format!("das Logo „{pfad}“ ist eine SVG-Datei");
        return Some(
            Befund::fehler("logo-format", stelle, text)
                .abhilfe("das Logo als PNG oder JPEG speichern"),
        );
    }
    let abgelehnt_wegen = layout::picture::probe(bytes)
        .err()
        .or_else(|| pdf::refuses_picture(bytes))?;
    Some(abgelehnt(abgelehnt_wegen, stelle))
}
