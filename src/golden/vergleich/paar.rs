//! A paper then and now: the lowest layer that broke, and what that means.

use std::collections::BTreeMap;

use super::{Abweichung, fehlt, unlesbar};
use crate::golden::folge;
use crate::golden::stand::{Ebene, Inhalt};
use crate::golden::unterschied::Unterschied;

/// A paper then and now.
pub(super) struct Paar<'a> {
    pub(super) name: &'a str,
    pub(super) vorher: &'a BTreeMap<Ebene, Inhalt>,
    pub(super) nachher: &'a BTreeMap<Ebene, Inhalt>,
    /// Whether the numbers of the matter are the same; `None` if that is not known.
    pub(super) zahlen_gleich: Option<bool>,
    pub(super) bytes_lesbar: bool,
    pub(super) alte_form: bool,
}

impl Paar<'_> {
    /// The lowest layer that broke, if one did.
    pub(super) fn abweichung(&self) -> Option<Abweichung> {
        if self.vorher.is_empty() {
            let folge = "dieses Papier hat noch keine Golden-Dateien";
            return Some(Abweichung::neu(Ebene::Text, Some(self.name), folge));
        }
        let mut anders = Ebene::PAPIER
            .into_iter()
            .filter(|ebene| self.ist_anders(*ebene));
        let ebene = anders.next()?;
        let weitere: Vec<Ebene> = anders.collect();
        let datei = ebene.datei(self.name);
        let (folge, unterschied) = match (self.vorher.get(&ebene), self.text(ebene)) {
            (_, Some((alt, neu))) => (
                self.folge(ebene, alt, neu, &weitere),
                self.unterschied(ebene, alt, neu),
            ),
            (vorher, None) => {
                let grund = match vorher {
                    Some(Err(grund)) => unlesbar(&datei, grund),
                    _ if ebene == Ebene::Bytes => format!("„{datei}“ nennt dieses Papier nicht"),
                    _ => fehlt(&datei),
                };
                let folge = format!("{grund}{}", self.gleiche(ebene, &weitere));
                (folge, Unterschied::default())
            }
        };
        Some(Abweichung {
            weitere,
            unterschied,
            ..Abweichung::neu(ebene, Some(self.name), folge)
        })
    }

    /// The layers that could be compared and are the same, where one could not.
    fn gleiche(&self, ebene: Ebene, weitere: &[Ebene]) -> String {
        let gleiche: Vec<_> = Ebene::PAPIER
            .into_iter()
            .filter(|andere| *andere != ebene && !weitere.contains(andere))
            .filter(|andere| self.text(*andere).is_some())
            .map(Ebene::titel)
            .collect();
        if gleiche.is_empty() {
            String::new()
        } else {
            format!("; {} gleich", folge::aufzaehlung(&gleiche))
        }
    }

    /// Whether the PDF is the one of then, byte for byte.
    fn ist_pdf_gleich(&self) -> bool {
        self.text(Ebene::Bytes).is_some_and(|(alt, neu)| alt == neu)
    }

    fn ist_anders(&self, ebene: Ebene) -> bool {
        match (self.vorher.get(&ebene), self.nachher.get(&ebene)) {
            (None, _) => match ebene {
                Ebene::Bytes => self.bytes_lesbar,
                Ebene::Struktur | Ebene::Seiten => !self.alte_form,
                _ => true,
            },
            (Some(alt), Some(neu)) => alt != neu,
            (Some(_), None) => true,
        }
    }

    /// A layer then and now.
    fn text(&self, ebene: Ebene) -> Option<(&str, &str)> {
        let alt = self.vorher.get(&ebene)?.as_ref().ok()?;
        let neu = self.nachher.get(&ebene)?.as_ref().ok()?;
        Some((alt, neu))
    }

    fn unterschied(&self, ebene: Ebene, alt: &str, neu: &str) -> Unterschied {
        if ebene == Ebene::Bytes {
            Unterschied::default()
        } else {
            Unterschied::zwischen(&ebene.datei(self.name), alt, neu)
        }
    }

    fn folge(&self, ebene: Ebene, alt: &str, neu: &str, weitere: &[Ebene]) -> String {
        match ebene {
            // Both are read off the PDF, or off what it is made of.
            Ebene::Struktur | Ebene::Seiten if self.ist_pdf_gleich() => {
                format!(
                    "das PDF ist Byte für Byte das alte; nur „{}“ passt nicht dazu: von Hand geändert, beschädigt oder \
                     von einer anderen Fassung des Programms geschrieben",
                    ebene.datei(self.name)
                )
            }
            Ebene::Text => {
                let zahlen = match self.zahlen_gleich {
                    Some(true) => "Zahlen gleich, Text geändert",
                    Some(false) => "Zahlen und Text geändert",
                    None => "Text geändert",
                };
                let umbruch = match self.text(Ebene::Seiten) {
                    _ if self.ist_pdf_gleich() => {
                        "; das PDF bleibt Byte für Byte gleich".to_owned()
                    }
                    Some((alt, neu)) => format!("; {}", folge::umbruch(alt, neu)),
                    None => String::new(),
                };
                format!("{zahlen}: {}{umbruch}", folge::text(alt, neu))
            }
            Ebene::Struktur => {
                let seiten = if weitere.contains(&Ebene::Seiten) {
                    "auch die Seiten sind andere"
                } else {
                    "Seiten gleich"
                };
                format!(
                    "Text gleich; Struktur geändert: {}; {seiten}",
                    folge::struktur(alt, neu)
                )
            }
            Ebene::Seiten => format!("Text und Struktur gleich; {}", folge::seiten(alt, neu)),
            Ebene::Bytes if self.alte_form => {
                "Text gleich, PDF anders; ob es Struktur, Seiten oder nur die Bytes sind, zeigen erst Golden-Dateien der \
                 neuen Form"
                    .to_owned()
            }
            Ebene::Zahlen | Ebene::Bytes => {
                "Text, Struktur und Seiten gleich; nur die Bytes des PDF sind andere: Schriften, Bilder, Angaben zum \
                 Dokument oder der Aufbau der Datei"
                    .to_owned()
            }
        }
    }
}
