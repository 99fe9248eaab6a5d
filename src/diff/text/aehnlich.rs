//! How much two blocks have in common, and which of them are the same.

use super::woerter::dice;
use super::{AEHNLICH, Lauf, VERSCHOBEN};
use crate::diff::gliederung::{Form, Gliederung, Rohblock, label};

/// A shorter item is not known by its words alone, in characters.
const KUERZESTER_PUNKT: usize = 16;

/// The first cell of a row that begins with a name, and what follows it.
type Geteilt<'t> = Option<(&'t str, &'t str)>;

impl<'t> Lauf<'t> {
    /// How much two blocks have in common, from 0 to 100; 0 if they are no pair.
    pub(super) fn aehnlichkeit(&self, a: usize, n: usize, einzig: bool) -> usize {
        let (Some(alt), Some(neu)) = (self.ga.bloecke.get(a), self.gn.bloecke.get(n)) else {
            return 0;
        };
        if alt.form != neu.form {
            // In a text of others a heading may be a plain line.
            let gleiche_worte = self.wa.get(a).is_some_and(|w| !w.is_empty())
                && self.wa.get(a) == self.wn.get(n)
                && [alt.form, neu.form].contains(&Form::Ueberschrift);
            // A single paragraph that becomes an item of a list, or the other way round.
            let wird_punkt = [Form::Absatz, Form::Punkt].contains(&alt.form)
                && [Form::Absatz, Form::Punkt].contains(&neu.form);
            let wert = match (self.wa.get(a), self.wn.get(n)) {
                (Some(a), Some(n)) if wird_punkt => dice(a, n),
                _ => 0,
            };
            return if gleiche_worte {
                100
            } else if wert >= VERSCHOBEN {
                wert
            } else {
                0
            };
        }
        match alt.form {
            // A section has one heading, and a line of the head is known by its key.
            Form::Ueberschrift => 100,
            Form::Kopf => {
                let schluessel = |text: &'t str, block: &Rohblock| {
                    text.get(block.inhalt.clone())
                        .and_then(|zeile| zeile.split_once(':'))
                        .map(|(schluessel, _)| schluessel)
                };
                let gleich = schluessel(self.alt, alt) == schluessel(self.neu, neu);
                if gleich { 100 } else { 0 }
            }
            // A directive is one in two states if it says the same of the same: a caption, the signature of one party.
            Form::Anweisung => {
                let kennung = |text: &'t str, block: &Rohblock| {
                    let innen = text
                        .get(block.inhalt.clone())?
                        .trim()
                        .strip_prefix("<!--")?;
                    let innen = innen.strip_suffix("-->")?.trim();
                    let (name, rest) = innen.split_once(':').unwrap_or((innen, ""));
                    let wer = match name {
                        "unterschrift" => rest.split('|').next().unwrap_or_default().trim(),
                        _ => "",
                    };
                    Some((name, wer))
                };
                let (alter, neuer) = (kennung(self.alt, alt), kennung(self.neu, neu));
                // The only signature between two that stay is the same place, whoever signs there now.
                let ein_platz = einzig
                    && [&alter, &neuer]
                        .iter()
                        .all(|k| matches!(k, Some(("unterschrift", _))));
                if alter == neuer || ein_platz { 100 } else { 0 }
            }
            _ => {
                let wert = self
                    .wa
                    .get(a)
                    .zip(self.wn.get(n))
                    .map_or(0, |(a, n)| dice(a, n));
                let genug = if einzig { AEHNLICH / 2 } else { AEHNLICH };
                if wert >= genug && !self.verschiedene_zeilen(a, n) {
                    wert
                } else {
                    0
                }
            }
        }
    }

    pub(super) fn gleiche_erste_zelle(&self, a: usize, n: usize) -> bool {
        let (Some(alt), Some(neu)) = (self.ga.bloecke.get(a), self.gn.bloecke.get(n)) else {
            return false;
        };
        if alt.form != Form::Zeile || neu.form != Form::Zeile {
            return false;
        }
        let zelle = |text: &'t str, block: &Rohblock| {
            let zeile = text.get(block.inhalt.clone())?.trim_start_matches('|');
            let zelle = zeile.split('|').next()?.trim();
            zelle.contains(char::is_alphabetic).then_some(zelle)
        };
        let alte = zelle(self.alt, alt);
        alte.is_some() && alte == zelle(self.neu, neu)
    }

    /// Rows that begin with different names.
    pub(super) fn verschiedene_namen(&self, a: usize, n: usize) -> bool {
        let zelle = |text: &'t str, g: &Gliederung, i: usize| {
            let block = g.bloecke.get(i).filter(|b| b.form == Form::Zeile)?;
            let zeile = text.get(block.inhalt.clone())?.trim_start_matches('|');
            let zelle = zeile.split('|').next()?.trim();
            zelle.contains(char::is_alphabetic).then_some(zelle)
        };
        let (alte, neue) = (zelle(self.alt, &self.ga, a), zelle(self.neu, &self.gn, n));
        alte.is_some() && neue.is_some() && alte != neue
    }

    /// Rows that begin with names of which both tables have the other too are rows of different things, unless all else
    /// that they say tells them from every other row.
    pub(super) fn verschiedene_zeilen(&self, a: usize, n: usize) -> bool {
        let zellen = |g: &Gliederung, text: &'t str, i: usize| -> (Geteilt<'t>, Vec<Geteilt<'t>>) {
            let Some(block) = g.bloecke.get(i).filter(|b| b.form == Form::Zeile) else {
                return (None, Vec::new());
            };
            let geteilt = |block: &Rohblock| {
                let zeile = text.get(block.inhalt.clone())?.trim_start_matches('|');
                let (zelle, rest) = zeile.split_once('|').unwrap_or((zeile, ""));
                let zelle = zelle.trim();
                zelle
                    .contains(char::is_alphabetic)
                    .then_some((zelle, rest.trim()))
            };
            let alle = g
                .bloecke
                .iter()
                .filter(|b| b.form == Form::Zeile && b.abschnitt == block.abschnitt)
                .map(geteilt)
                .collect();
            (geteilt(block), alle)
        };
        let (alte, alle_alten) = zellen(&self.ga, self.alt, a);
        let (neue, alle_neuen) = zellen(&self.gn, self.neu, n);
        let (Some((alte, alter_rest)), Some((neue, neuer_rest))) = (alte, neue) else {
            return false;
        };
        let hat = |alle: &[Geteilt<'_>], name: &str| alle.iter().flatten().any(|z| z.0 == name);
        let einmal = |alle: &[Geteilt<'_>]| {
            let gleiche = alle.iter().flatten().filter(|z| z.1 == alter_rest);
            gleiche.count() == 1
        };
        let gleicher_rest = alter_rest == neuer_rest
            && alter_rest.contains(char::is_alphanumeric)
            && einmal(&alle_alten)
            && einmal(&alle_neuen);
        alte != neue && (hat(&alle_neuen, alte) || hat(&alle_alten, neue)) && !gleicher_rest
    }

    /// Whether two rows of a table under the same heading say the same; a table may well have nothing but short ones.
    pub(super) fn gleiche_zeile(&self, a: usize, n: usize) -> bool {
        let zeile = |text: &'t str, g: &Gliederung, i: usize| {
            let block = g.bloecke.get(i).filter(|b| b.form == Form::Zeile)?;
            let zeile = text.get(block.inhalt.clone())?.trim();
            let hat_worte = zeile.contains(char::is_alphanumeric);
            hat_worte.then_some((zeile, block.abschnitt))
        };
        let (Some((alte, a)), Some((neue, n))) =
            (zeile(self.alt, &self.ga, a), zeile(self.neu, &self.gn, n))
        else {
            return false;
        };
        let (alter, neuer) = (self.ga.abschnitte.get(a), self.gn.abschnitte.get(n));
        alte == neue
            && alter.zip(neuer).is_some_and(|(alter, neuer)| {
                alter.schluessel == neuer.schluessel && alter.name() == neuer.name()
            })
    }

    /// Whether two items say the same, whatever their labels are and what parts them from the next one.
    pub(super) fn gleicher_punkt(&self, a: usize, n: usize) -> bool {
        let inhalt = |text: &'t str, g: &Gliederung, i: usize| {
            let block = g.bloecke.get(i).filter(|b| b.form == Form::Punkt)?;
            let text = text.get(block.inhalt.clone())?;
            let text = text.get(label(text)?..)?;
            let kern = text.trim_end_matches([',', ';', '.']);
            (kern.chars().count() >= KUERZESTER_PUNKT).then_some(kern)
        };
        let alter = inhalt(self.alt, &self.ga, a);
        alter.is_some() && alter == inhalt(self.neu, &self.gn, n)
    }
}
