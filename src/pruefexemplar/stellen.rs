//! Where a finding stands in a paper: where its words do, else where the value or the prose that it names shows.

use std::ops::Range;

use crate::diagnostic::{Befund, Stelle};
use crate::input::Datum;
use crate::pipeline::Ergebnis;
use crate::template::Papier;

/// A shorter value may mean something else where it shows.
const KUERZESTER_WERT: usize = 6;

/// The bytes of the paper's Markdown that a finding is about.
pub(super) fn im_papier(
    befund: &Befund,
    papier: &Papier,
    ergebnis: &Ergebnis,
) -> Option<Range<usize>> {
    let genau = befund.pruefung.as_ref().and_then(|pruefung| {
        let stellen = pruefung.im_papier.iter();
        let hier = stellen.filter(|(name, _)| **name == *papier.name);
        hier.map(|(_, bereich)| bereich.clone()).next()
    });
    genau
        .or_else(|| am_ursprung(befund, papier))
        .or_else(|| als_wert(befund, papier, ergebnis))
}

/// Where the place in a template or text file shows.
fn am_ursprung(befund: &Befund, papier: &Papier) -> Option<Range<usize>> {
    let Stelle::Datei { datei, bereich } = &befund.stelle else {
        return None;
    };
    papier.spuren.iter().find_map(|(spur, ursprung)| {
        if ursprung.datei != *datei || bereich.start < ursprung.offset {
            return None;
        }
        let vor = bereich.start - ursprung.offset;
        if ursprung.ausdruck {
            (vor == 0).then(|| spur.clone())
        } else {
            (vor < spur.len()).then(|| spur.start + vor..spur.end)
        }
    })
}

/// Where an expression shows the value that stands at the finding's place in the YAML, if only one does.
fn als_wert(befund: &Befund, papier: &Papier, ergebnis: &Ergebnis) -> Option<Range<usize>> {
    let Stelle::Datei { datei, bereich } = &befund.stelle else {
        return None;
    };
    let wert = ergebnis.quellen.get(datei)?.text.get(bereich.clone())?;
    let wert = wert.trim().trim_matches(['"', '\'']);
    if wert.chars().count() < KUERZESTER_WERT || wert.contains('\n') {
        return None;
    }
    // A date shows as it is typed or written out.
    let mut formen = vec![wert.to_owned()];
    if let Ok(datum) = wert.parse::<Datum>() {
        formen.extend([datum.to_string(), datum.lang()]);
    }
    let mut treffer = papier.spuren.iter().filter(|(spur, ursprung)| {
        ursprung.ausdruck
            && papier.markdown.get(spur.clone()).is_some_and(|text| {
                let text = text.replace('\u{a0}', " ");
                formen.iter().any(|form| text.contains(form))
            })
    });
    let (spur, _) = treffer.next()?;
    treffer.next().is_none().then(|| spur.clone())
}
