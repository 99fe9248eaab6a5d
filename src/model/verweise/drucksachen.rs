//! What papers for councils say of each other: additions, annexes, and that no annex leads back to its paper.

use std::collections::BTreeSet;

use super::Pruefung;
use crate::diagnostic::{Befund, Stelle};
use crate::model::anlage::Inhalt;
use crate::model::drucksache::{Art, Drucksache, Nummer};

impl Pruefung<'_> {
    /// An addition names the paper that it adds to, and that is another one.
    pub(super) fn bezug(&mut self, drucksache: &Drucksache) {
        match &drucksache.zu {
            None if drucksache.art == Art::Ergaenzungsvorlage => self.befunde.push(
                Befund::fehler(
                    "ergaenzung-ohne-vorlage",
                    Stelle::Route(drucksache.route.feld("art")),
                    "diese Ergänzungsvorlage sagt nicht, welche Vorlage sie ergänzt",
                )
                .abhilfe("die Nummer der ergänzten Vorlage eintragen, etwa `zu: 88/26`"),
            ),
            Some(nummer) if *nummer == drucksache.nummer => self.befunde.push(
                Befund::fehler(
                    "ergaenzt-sich-selbst",
                    Stelle::Route(drucksache.route.feld("zu")),
                    format!("die Vorlage {nummer} kann sich nicht selbst ergänzen"),
                )
                .abhilfe("die Nummer der früheren Vorlage eintragen"),
            ),
            _ => {}
        }
    }

    /// A paper says something beyond its Beschlussvorschlag.
    pub(super) fn prosa(&mut self, drucksache: &Drucksache) {
        if drucksache.sachbericht.is_none() && drucksache.abschnitte.is_empty() {
            self.befunde.push(
                Befund::fehler(
                    "ohne-sachbericht",
                    Stelle::Route(drucksache.route.feld("nummer")),
                    format!(
                        "die Drucksache {} hat weder Sachbericht noch Abschnitte",
                        drucksache.nummer
                    ),
                )
                .abhilfe("`sachbericht:` oder `abschnitte:` mit dem Text der Vorlage eintragen"),
            );
        }
    }

    /// Annexes that the matter knows by a key or a number exist, and none leads back to the paper.
    pub(super) fn anlagen(&mut self, drucksache: &Drucksache) {
        for (i, anlage) in drucksache.anlagen.iter().enumerate() {
            let route = drucksache.route.feld("anlagen").index(i);
            match &anlage.inhalt {
                Inhalt::Vereinbarung(schluessel) => self.bekannte_vereinbarung(schluessel, route),
                Inhalt::Drucksache(nummer) if self.vorgang.drucksache(nummer).is_none() => {
                    let nummern: Vec<String> = self
                        .vorgang
                        .drucksachen
                        .iter()
                        .map(|d| d.nummer.to_string())
                        .collect();
                    self.unbekannt(
                        "unbekannte-drucksache",
                        route.feld("drucksache"),
                        format!("eine Drucksache „{nummer}“ gibt es im Vorgang nicht"),
                        &nummer.to_string(),
                        nummern.iter().map(String::as_str),
                        "die Anlage als { titel: … } angeben",
                    );
                }
                Inhalt::Drucksache(nummer) => {
                    if let Some(weg) = self.weg_zurueck(nummer, &drucksache.nummer) {
                        self.befunde.push(
                            Befund::fehler(
                                "anlagen-im-kreis",
                                Stelle::Route(route.feld("drucksache")),
                                format!("die Anlagen führen im Kreis: {weg}"),
                            )
                            .abhilfe("eine dieser Anlagen entfernen"),
                        );
                    }
                }
                Inhalt::Text { .. } | Inhalt::Datei { .. } | Inhalt::Titel(_) => {}
            }
        }
    }

    /// The way over annexes from one paper to another: „88/26 → 88/26-1 → 88/26“.
    fn weg_zurueck(&self, von: &Nummer, nach: &Nummer) -> Option<String> {
        let mut offen = vec![(von, format!("{nach} → {von}"))];
        let mut besucht = BTreeSet::new();
        while let Some((nummer, weg)) = offen.pop() {
            if nummer == nach {
                return Some(weg);
            }
            if !besucht.insert(nummer) {
                continue;
            }
            let anlagen = self
                .vorgang
                .drucksache(nummer)
                .into_iter()
                .flat_map(|d| &d.anlagen);
            for anlage in anlagen {
                if let Inhalt::Drucksache(weiter) = &anlage.inhalt {
                    offen.push((weiter, format!("{weg} → {weiter}")));
                }
            }
        }
        None
    }
}
