//! Where a finding stands, for machines: file, line and column.

use super::Stelle;
use crate::source::{LineColumn, Sources};

/// A place as editors and CI want it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ort<'a> {
    /// The file or folder.
    pub(super) datei: &'a str,
    /// First character, and the one behind the last; none where the file as a whole is meant.
    pub(super) bereich: Option<(LineColumn, LineColumn)>,
}

/// The place of a finding; `None` for a place that no file holds.
pub(super) fn ort<'a>(stelle: &'a Stelle, quellen: &Sources) -> Option<Ort<'a>> {
    let (datei, bereich) = match stelle {
        Stelle::Datei { datei, bereich } => {
            let bereich = quellen.get(datei).map(|quelle| {
                let ende = bereich.end.max(bereich.start);
                (
                    quelle.line_column(bereich.start),
                    quelle.line_column(quelle.text.ceil_char_boundary(ende.min(quelle.text.len()))),
                )
            });
            (datei, bereich)
        }
        Stelle::Pfad(pfad) => (pfad, None),
        Stelle::Route(route) => (&route.datei, None),
        Stelle::Papier(_) | Stelle::ImPapier { .. } => return None,
    };
    Some(Ort { datei, bereich })
}
