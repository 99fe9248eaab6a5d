//! Templates that a body's Hausstil puts in the place of the usual ones.

use super::schreiben::Werkstatt;
use super::view::Gegenstand;
use super::vorlage::Vorlage;
use crate::diagnostic::{Befund, Stelle};
use crate::input::suggest;
use crate::model::{Koerperschaft, Schluessel};

impl<'a> Werkstatt<'a> {
    /// The template that stands in for the one of this kind, with its name.
    pub(super) fn vertretung(
        &self,
        art: &str,
        gegenstand: Gegenstand<'_>,
    ) -> Option<(&'a str, &'a Vorlage)> {
        let drucksache = match gegenstand {
            Gegenstand::Drucksache(drucksache) | Gegenstand::Anlage(drucksache, _) => drucksache,
            Gegenstand::Vereinbarung(_) => return None,
        };
        let koerperschaft = self.vorgang.koerperschaft_von(drucksache)?;
        let (_, name) = koerperschaft
            .hausstil
            .vorlagen
            .iter()
            .find(|(kind, _)| kind.as_str() == art)?;
        self.vorlagen.benannte(name.as_str())
    }

    /// Every template that a Hausstil names exists and is meant for its place. Only bodies with papers are looked at.
    pub(super) fn hausstile(&mut self) {
        let mut gesehen: Vec<&Schluessel> = Vec::new();
        for drucksache in &self.vorgang.drucksachen {
            if let Some(koerperschaft) = self.vorgang.koerperschaft_von(drucksache)
                && !gesehen.contains(&&koerperschaft.schluessel)
            {
                gesehen.push(&koerperschaft.schluessel);
                self.hausstil(koerperschaft);
            }
        }
    }

    fn hausstil(&mut self, koerperschaft: &Koerperschaft) {
        let route = koerperschaft.route.feld("hausstil").feld("vorlagen");
        for (art, name) in &koerperschaft.hausstil.vorlagen {
            let stelle = Stelle::Route(route.feld(art.as_str()));
            let arten = || self.vorlagen.arten();
            let befund = match self.vorlagen.vorlage(name.as_str()).map(|v| &v.kopf) {
                _ if !arten().any(|bekannt| bekannt == art.as_str()) => unbekannt(
                    "unbekannte-papierart",
                    stelle,
                    format!("Papiere der Art „{art}“ gibt es nicht"),
                    art.as_str(),
                    arten(),
                ),
                None => unbekannt(
                    "unbekannte-vorlage",
                    stelle,
                    format!("die Vorlage „{name}“ gibt es nicht"),
                    name.as_str(),
                    self.vorlagen.vertretungen(art.as_str()),
                ),
                Some(kopf) => {
                    let vertritt = kopf.as_ref().and_then(|kopf| kopf.vertritt.as_deref());
                    if vertritt == Some(art.as_str()) {
                        continue;
                    }
                    Befund::fehler(
                        "vorlage-vertritt-nicht",
                        stelle,
                        format!(
                            "die Vorlage „{name}“ ist nicht dafür gemacht, „{art}“ zu vertreten"
                        ),
                    )
                    .abhilfe(format!("im Kopf der Vorlage `vertritt: {art}` eintragen"))
                }
            };
            self.befunde.push(befund);
        }
    }
}

fn unbekannt<'n>(
    regel: &'static str,
    stelle: Stelle,
    text: String,
    name: &str,
    bekannte: impl Iterator<Item = &'n str>,
) -> Befund {
    let bekannte: Vec<_> = bekannte.collect();
    let abhilfe = match suggest::nearest(name, bekannte.iter().copied()) {
        Some(aehnlich) => format!("meinten Sie „{aehnlich}“?"),
        None if bekannte.is_empty() => {
            "die Vorlage im Ordner templates/ neben den Stammdaten oder im Vorgang anlegen"
                .to_owned()
        }
        None => format!("bekannt sind: {}", bekannte.join(", ")),
    };
    Befund::fehler(regel, stelle, text).abhilfe(abhilfe)
}
