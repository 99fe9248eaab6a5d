//! Prose that no paper shows: an author's text is never lost unseen.

use super::papier::{Bezug, Herkunft, Papier, Ursprung};
use super::prosa::{self, ProsaFeld};
use super::schreiben::Werkstatt;
use crate::diagnostic::{Befund, Stelle};
use crate::model::Drucksache;
use crate::model::text::Prosa;
use crate::source::FileName;

impl Werkstatt<'_> {
    /// Warns of prose that stands in no paper of its Drucksache, as where a template does not ask for sections.
    pub(super) fn verwaiste_prosa(&mut self, papiere: &[Papier]) {
        for drucksache in &self.vorgang.drucksachen {
            let eigene: Vec<&Papier> = papiere
                .iter()
                .filter(|papier| ist_von(papier, drucksache))
                .collect();
            if eigene.is_empty() {
                continue;
            }
            for feld in prosa::felder(drucksache) {
                let Some((datei, von, bis)) = self.platz(&feld) else {
                    continue;
                };
                let gezeigt = |ursprung: &Ursprung| {
                    ursprung.art == Herkunft::Prosa
                        && ursprung.datei == datei
                        && (von..=bis).contains(&ursprung.offset)
                };
                let gefunden = eigene
                    .iter()
                    .flat_map(|papier| &papier.spuren)
                    .any(|(_, ursprung)| gezeigt(ursprung));
                if !gefunden {
                    self.befunde.push(
                        Befund::warnung(
                            "text-ohne-papier",
                            Stelle::Route(feld.route),
                            "dieser Text kommt in keinem Papier vor",
                        )
                        .abhilfe(
                            "die Vorlage des Papiers um diesen Text ergänzen oder ihn hier löschen",
                        ),
                    );
                }
            }
        }
    }

    /// Where the author wrote the field: file, first and last byte.
    fn platz(&self, feld: &ProsaFeld<'_>) -> Option<(FileName, usize, usize)> {
        match feld.prosa {
            Prosa::Datei(pfad) => {
                let quelle = self.texte.dateien.get(pfad)?;
                Some((quelle.name.clone(), 0, quelle.text.len()))
            }
            Prosa::Text(_) => {
                let skalar = self.skalar(&feld.route)?;
                let ende = skalar.source_offset(skalar.text().len());
                Some((feld.route.datei.clone(), skalar.source_offset(0), ende))
            }
        }
    }
}

fn ist_von(papier: &Papier, drucksache: &Drucksache) -> bool {
    match &papier.bezug {
        Bezug::Drucksache(nummer) | Bezug::Anlage(nummer, _) => *nummer == drucksache.nummer,
        Bezug::Vereinbarung(_) => false,
    }
}
