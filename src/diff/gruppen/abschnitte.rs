//! Which sections changed by the same text: prose that several papers take in comes, goes and moves in each of them, and
//! is one change.

use std::collections::BTreeMap;

use super::{Schuld, abschnitt};
use crate::diff::klasse::Klasse;
use crate::diff::stellen::{Lageplan, Rohstelle, Stellenart};

/// A section of a paper in which one cause puts in, takes out or moves paragraphs.
type Ort = (Schuld, Stellenart, usize, String);

/// The sections of all papers, each with the name of the first one that changed by the same text.
#[derive(Debug, Default)]
pub(super) struct Abschnitte(BTreeMap<Ort, String>);

impl Abschnitte {
    pub(super) fn aus(
        plaene: &[Lageplan<'_>],
        stellen: &[(&Rohstelle, &Schuld, Klasse, &'static str)],
    ) -> Self {
        let mut namen: BTreeMap<Ort, String> = BTreeMap::new();
        let mut erste: BTreeMap<(Schuld, Stellenart, String), Ort> = BTreeMap::new();
        for (stelle, schuld, ..) in stellen {
            let Some(plan) = plaene.get(stelle.paar) else {
                continue;
            };
            let Some(ort) = ort(plan, stelle, schuld) else {
                continue;
            };
            let eigener = ort.3.clone();
            let hier = namen.entry(ort.clone()).or_insert(eigener).clone();
            let text = format!("{}\n{}", stelle.alter_text.trim(), stelle.neuer_text.trim());
            if !text.contains(char::is_alphanumeric) {
                continue;
            }
            let gleiche = ((*schuld).clone(), stelle.art, text);
            let erster = erste.entry(gleiche).or_insert_with(|| ort.clone());
            let anderer_name = namen.get(erster).filter(|_| erster.2 != ort.2).cloned();
            if let Some(name) = anderer_name.filter(|name| *name != hier) {
                let dieselben = namen
                    .iter_mut()
                    .filter(|((s, art, ..), n)| s == *schuld && *art == stelle.art && **n == hier);
                for (_, eintrag) in dieselben {
                    eintrag.clone_from(&name);
                }
            }
        }
        Self(namen)
    }

    /// By which section a paragraph that came, went or moved is told from others.
    pub(super) fn name(&self, plan: &Lageplan<'_>, stelle: &Rohstelle, schuld: &Schuld) -> String {
        let name = ort(plan, stelle, schuld).and_then(|ort| self.0.get(&ort).cloned());
        name.unwrap_or_else(|| abschnitt(plan, stelle))
    }
}

fn ort(plan: &Lageplan<'_>, stelle: &Rohstelle, schuld: &Schuld) -> Option<Ort> {
    let ganz = matches!(
        stelle.art,
        Stellenart::Neu | Stellenart::Weg | Stellenart::Verschoben
    );
    ganz.then(|| {
        (
            schuld.clone(),
            stelle.art,
            stelle.paar,
            abschnitt(plan, stelle),
        )
    })
}
