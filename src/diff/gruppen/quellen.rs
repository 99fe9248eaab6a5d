//! Differences of the facts and files as causes that people can look up.

use super::herkunft::Herkunft;
use super::zeilen::Zeilenvergleiche;
use crate::diff::daten::{Dateiart, Ort, Unterschied as Faktum, Unterschiedsart, Wert};
use crate::diff::{Quelle, Ursachenart};
use crate::input::Betrag;

/// Longest value that is shown whole.
const KURZ: usize = 160;

/// Two spellings of one amount: the model keeps how many decimals were typed.
pub(super) fn ist_derselbe_betrag(faktum: &Faktum) -> bool {
    let betrag = |wert: &Option<Wert>| {
        wert.as_ref()
            .and_then(|wert| wert.text()?.parse::<Betrag>().ok())
            .map(Betrag::euro)
    };
    let (alt, neu) = (betrag(&faktum.alt), betrag(&faktum.neu));
    alt.is_some() && alt == neu
}

pub(super) fn art(faktum: &Faktum) -> Ursachenart {
    match faktum.datei {
        Some(Dateiart::Text) => Ursachenart::Text,
        Some(Dateiart::Vorlage) => Ursachenart::Vorlage,
        Some(Dateiart::Sonstige) => Ursachenart::Datei,
        None if faktum.pfad.starts_with("stammdaten.recht") => Ursachenart::Recht,
        None => Ursachenart::Daten,
    }
}

pub(super) fn quelle(
    faktum: &Faktum,
    wortlaut: Option<&(String, String)>,
    herkunft: &Herkunft,
    zeilen: &Zeilenvergleiche,
) -> Quelle {
    let zeile = zeilen.zeile(&faktum.ort.datei, wortlaut, herkunft);
    let kurz = |wert: &Wert| {
        let text = wert.kurz();
        if text.chars().count() <= KURZ {
            return text;
        }
        let anfang: String = text.chars().take(KURZ).collect();
        format!("{anfang} …")
    };
    let werte = [&faktum.alt, &faktum.neu].map(|wert| wert.as_ref().map(kurz));
    // Two values that read alike tell nothing.
    let [alt, neu] = match werte {
        [Some(alt), Some(neu)] if alt == neu => [None, None],
        werte => werte,
    };
    Quelle {
        ort: Ort {
            datei: faktum.ort.datei.clone(),
            zeile: zeile.unwrap_or(faktum.ort.zeile),
        },
        pfad: lesbar(&faktum.pfad, &faktum.ort.datei),
        alt,
        neu,
        umgestellt: faktum.art == Unterschiedsart::Umgestellt,
    }
}

/// The way as it stands in the file, without the steps that only this program takes.
fn lesbar(pfad: &str, datei: &str) -> String {
    let drucksache = pfad.strip_prefix("drucksachen.").and_then(|rest| {
        let eigene = rest
            .strip_prefix(datei)
            .and_then(|rest| rest.strip_prefix('.'));
        eigene.or_else(|| {
            Some(
                rest.split_once(".yaml.")
                    .or_else(|| rest.split_once(".yml."))?
                    .1,
            )
        })
    });
    drucksache
        .or_else(|| pfad.strip_prefix("vorgang."))
        .or_else(|| pfad.strip_prefix("stammdaten."))
        .unwrap_or(pfad)
        .to_owned()
}
