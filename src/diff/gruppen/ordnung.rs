//! Whether a paper says the same in another order: the same blocks under the same headings.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diff::gliederung::{Abschnitt, Form, Gliederung, label};
use crate::diff::stellen::{Lageplan, Rohstelle, block_bei};

/// The blocks of both texts by heading and words, and how often each has them.
pub(super) struct Ordnung {
    anzahlen: BTreeMap<(String, String), [usize; 2]>,
}

impl Ordnung {
    pub(super) fn aus(plan: &Lageplan<'_>) -> Self {
        let mut anzahlen: BTreeMap<_, [usize; 2]> = BTreeMap::new();
        let seiten = [
            (plan.paar.alter_text(), &plan.alt),
            (plan.paar.neuer_text(), &plan.neu),
        ];
        for (seite, (text, gliederung)) in seiten.into_iter().enumerate() {
            for i in 0..gliederung.bloecke.len() {
                let Some(kennung) = kennung(text, gliederung, i) else {
                    continue;
                };
                if let Some(anzahl) = anzahlen.entry(kennung).or_default().get_mut(seite) {
                    *anzahl += 1;
                }
            }
        }
        Self { anzahlen }
    }

    /// Whether what stood at a place and what stands there now are both in the other text too.
    pub(super) fn ist_nur_umgestellt(&self, plan: &Lageplan<'_>, stelle: &Rohstelle) -> bool {
        let Some(block) = plan.paar.vergleich.bloecke.get(stelle.block) else {
            return false;
        };
        let gleich_oft = |text: &str, gliederung: &Gliederung, bereich: &Option<Range<usize>>| {
            let Some(bereich) = bereich else {
                return true;
            };
            block_bei(gliederung, bereich.start)
                .and_then(|i| kennung(text, gliederung, i))
                .and_then(|kennung| self.anzahlen.get(&kennung))
                .is_some_and(|[alt, neu]| alt == neu)
        };
        gleich_oft(plan.paar.alter_text(), &plan.alt, &block.alt)
            && gleich_oft(plan.paar.neuer_text(), &plan.neu, &block.neu)
    }
}

/// The heading without its number, and the words of a block without its label, the numbers of clauses, and what joins the
/// items of a list.
fn kennung(text: &str, gliederung: &Gliederung, i: usize) -> Option<(String, String)> {
    let block = gliederung.bloecke.get(i)?;
    let abschnitt = gliederung.abschnitte.get(block.abschnitt);
    let name = abschnitt.map_or_else(String::new, Abschnitt::name);
    if block.form == Form::Ueberschrift {
        return Some((name, String::new()));
    }
    let inhalt = text.get(block.inhalt.clone())?;
    let worte = inhalt.get(label(inhalt).unwrap_or(0)..)?;
    let mut ohne_nummern = String::with_capacity(worte.len());
    let mut teile = worte.split("[§ ");
    ohne_nummern.push_str(teile.next().unwrap_or_default());
    for teil in teile {
        ohne_nummern.push_str("[§");
        ohne_nummern.push_str(teil.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    let kern = ohne_nummern.trim_end();
    let kern = kern.strip_suffix(" und").unwrap_or(kern);
    let kern = kern.trim_end_matches([',', ';', '.']);
    Some((name, kern.to_owned()))
}
