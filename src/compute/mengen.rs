//! Sets of bodies in the order in which papers name them: by kind, then by name.

use std::collections::BTreeSet;

use crate::compute::sprache::{self, Verbindung};
use crate::input::{Bruch, Datum};
use crate::model::koerperschaft::{Gattung, Kasus};
use crate::model::{Koerperschaft, Vorgang};

/// A set of bodies: Kreise, then Städte, then Gemeinden, each by name.
#[derive(Debug, Clone, Default)]
pub struct Menge<'a> {
    glieder: Vec<Glied<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Glied<'a> {
    koerperschaft: &'a Koerperschaft,
    gattung: &'a Gattung,
}

/// All who use the service on a day.
pub fn anwender_am(vorgang: &Vorgang, tag: Datum) -> Menge<'_> {
    let schluessel = vorgang
        .nutzung
        .iter()
        .filter(|nutzung| nutzung.gilt_am(tag))
        .map(|nutzung| &nutzung.anwender);
    Menge::aus(
        vorgang,
        schluessel.filter_map(|schluessel| vorgang.koerperschaften.get(schluessel)),
    )
}

impl<'a> Menge<'a> {
    /// The set of these bodies; one that comes twice is in it once.
    pub fn aus(
        vorgang: &'a Vorgang,
        koerperschaften: impl Iterator<Item = &'a Koerperschaft>,
    ) -> Self {
        let mut gesehen = BTreeSet::new();
        let mut glieder: Vec<_> = koerperschaften
            .filter(|koerperschaft| gesehen.insert(&koerperschaft.schluessel))
            .filter_map(|koerperschaft| {
                let gattung = vorgang.gattungen.get(&koerperschaft.gattung)?;
                Some(Glied {
                    koerperschaft,
                    gattung,
                })
            })
            .collect();
        glieder.sort_by_cached_key(|glied| {
            (
                glied.gattung.rang,
                glied.koerperschaft.gattung.clone(),
                sprache::sortierform(glied.koerperschaft.name.as_str()),
                glied.koerperschaft.schluessel.clone(),
            )
        });
        Self { glieder }
    }

    /// Its bodies in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a Koerperschaft> + use<'_, 'a> {
        self.glieder.iter().map(|glied| glied.koerperschaft)
    }

    /// How many they are.
    pub fn anzahl(&self) -> usize {
        self.glieder.len()
    }

    /// Whether there are none.
    pub fn ist_leer(&self) -> bool {
        self.glieder.is_empty()
    }

    /// Whether the body is one of them.
    pub fn enthaelt(&self, koerperschaft: &Koerperschaft) -> bool {
        self.iter()
            .any(|k| k.schluessel == koerperschaft.schluessel)
    }

    /// Those that are municipalities.
    pub fn gemeinden(&self) -> Self {
        self.teil(Koerperschaft::ist_gemeinde)
    }

    /// Those that are not in the other set.
    pub fn ohne(&self, andere: &Menge<'_>) -> Self {
        self.teil(|koerperschaft| !andere.enthaelt(koerperschaft))
    }

    fn teil(&self, behalten: impl Fn(&Koerperschaft) -> bool) -> Self {
        Self {
            glieder: self
                .glieder
                .iter()
                .filter(|glied| behalten(glied.koerperschaft))
                .copied()
                .collect(),
        }
    }

    /// The equal share of each: 1/n. `None` for the empty set.
    pub fn anteil(&self) -> Option<Bruch> {
        Bruch::stammbruch(self.anzahl())
    }

    /// The names alone, all in one order: „Bergkamen, Bönen und Lünen“.
    pub fn namen(&self) -> String {
        let mut namen: Vec<_> = self.iter().map(|k| k.name.as_str()).collect();
        namen.sort_by_cached_key(|name| sprache::sortierform(name));
        sprache::aufzaehlung(&namen, Verbindung::Und)
    }

    /// The kinds alone, in a case: „den Städten und Gemeinden“, „der Stadt“ where there is only one body.
    ///
    /// One article serves all kinds, as usage has it.
    pub fn gattungen(&self, kasus: Kasus) -> String {
        let formen: Vec<_> = self
            .gruppen()
            .map(|gruppe| {
                let gattung = gruppe[0].gattung;
                // Several kinds stand in the plural, even where one of them has a single member.
                let formen = if self.anzahl() == 1 {
                    &gattung.einzahl
                } else {
                    &gattung.mehrzahl
                };
                formen.in_kasus(kasus)
            })
            .collect();
        let ohne_artikel: Vec<_> = formen
            .iter()
            .enumerate()
            .map(|(i, form)| match form.split_once(' ') {
                Some((_, nomen)) if i > 0 => nomen,
                _ => form,
            })
            .collect();
        sprache::aufzaehlung(&ohne_artikel, Verbindung::Und)
    }

    /// The bodies with their kinds, in a case: „dem Kreis Unna und den Städten Lünen und Selm sowie der Gemeinde Bönen“.
    pub fn aufzaehlung(&self, kasus: Kasus) -> String {
        let gruppen: Vec<String> = self
            .gruppen()
            .map(|gruppe| {
                let namen: Vec<_> = gruppe
                    .iter()
                    .map(|g| g.koerperschaft.name.as_str())
                    .collect();
                let gattung = gruppe[0].gattung;
                let formen = if namen.len() == 1 {
                    &gattung.einzahl
                } else {
                    &gattung.mehrzahl
                };
                format!(
                    "{} {}",
                    formen.in_kasus(kasus),
                    sprache::aufzaehlung(&namen, Verbindung::Und)
                )
            })
            .collect();
        let gruppen: Vec<_> = gruppen.iter().map(String::as_str).collect();
        self.verbinde(&gruppen)
    }

    /// Joins the groups so that it stays clear where one ends: „und“ inside a group needs „sowie“ after it.
    fn verbinde(&self, gruppen: &[&str]) -> String {
        let mehrfach: Vec<bool> = self.gruppen().map(|gruppe| gruppe.len() > 1).collect();
        match gruppen {
            [] => String::new(),
            [einzige] => (*einzige).to_owned(),
            _ if !mehrfach.contains(&true) => sprache::aufzaehlung(gruppen, Verbindung::Und),
            [vorn @ .., letzte] => {
                let innen = mehrfach[..vorn.len()].contains(&true);
                let verbindung = if innen {
                    Verbindung::Sowie
                } else {
                    Verbindung::Und
                };
                format!(
                    "{}{}{letzte}",
                    sprache::aufzaehlung(vorn, Verbindung::Und),
                    verbindung.wort()
                )
            }
        }
    }

    /// The bodies of one kind each, in order; no group is empty.
    fn gruppen(&self) -> impl Iterator<Item = &[Glied<'a>]> {
        self.glieder
            .chunk_by(|a, b| a.koerperschaft.gattung == b.koerperschaft.gattung)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Schluessel;

    fn vorgang(namen: &[(&str, &str)]) -> Vorgang {
        let (mut vorgang, befunde) = Vorgang::aus(&[], &[]);
        assert!(befunde.is_empty(), "{befunde:?}");
        for (gattung, name) in namen {
            let schluessel = Schluessel::from(format!("{gattung}-{name}").to_lowercase().as_str());
            vorgang.koerperschaften.insert(
                schluessel.clone(),
                Koerperschaft {
                    route: Default::default(),
                    schluessel,
                    name: (*name).into(),
                    gattung: (*gattung).to_owned(),
                    amtsform: None,
                    ags: None,
                    anschrift: vec![],
                    regierungsbezirk: None,
                    kreis: None,
                    vertretung: vec![],
                    bekanntmachung: None,
                    steuer: None,
                    einwohner: vec![],
                    gremien: vec![],
                    hausstil: Default::default(),
                },
            );
        }
        vorgang
    }

    fn dativ(namen: &[(&str, &str)]) -> String {
        let vorgang = vorgang(namen);
        Menge::aus(&vorgang, vorgang.koerperschaften.values()).aufzaehlung(Kasus::Dativ)
    }

    #[test]
    fn one_of_each_kind_is_a_plain_list() {
        assert_eq!(
            dativ(&[("Stadt", "Selm"), ("Gemeinde", "Bönen")]),
            "der Stadt Selm und der Gemeinde Bönen"
        );
        assert_eq!(
            dativ(&[("Kreis", "Unna"), ("Stadt", "Selm"), ("Gemeinde", "Bönen")]),
            "dem Kreis Unna, der Stadt Selm und der Gemeinde Bönen"
        );
    }

    #[test]
    fn a_group_of_several_is_closed_by_sowie() {
        assert_eq!(
            dativ(&[
                ("Kreis", "Unna"),
                ("Stadt", "Selm"),
                ("Stadt", "Lünen"),
                ("Gemeinde", "Bönen")
            ]),
            "dem Kreis Unna und den Städten Lünen und Selm sowie der Gemeinde Bönen"
        );
    }

    #[test]
    fn a_last_group_of_several_needs_no_sowie() {
        assert_eq!(
            dativ(&[("Kreis", "Unna"), ("Stadt", "Selm"), ("Stadt", "Lünen")]),
            "dem Kreis Unna und den Städten Lünen und Selm"
        );
    }

    #[test]
    fn names_sort_with_umlauts_as_their_base_letters() {
        let vorgang = vorgang(&[
            ("Stadt", "Lünen"),
            ("Stadt", "Lunz"),
            ("Gemeinde", "Bönen"),
            ("Stadt", "Bonn"),
        ]);
        let menge = Menge::aus(&vorgang, vorgang.koerperschaften.values());
        assert_eq!(menge.namen(), "Bönen, Bonn, Lünen und Lunz");
    }

    #[test]
    fn kinds_share_one_article() {
        let vorgang = vorgang(&[("Stadt", "Selm"), ("Gemeinde", "Bönen")]);
        let menge = Menge::aus(&vorgang, vorgang.koerperschaften.values());
        assert_eq!(menge.gattungen(Kasus::Dativ), "den Städten und Gemeinden");
    }

    #[test]
    fn the_kind_of_a_single_body_stands_in_the_singular() {
        let vorgang = vorgang(&[("Stadt", "Werne")]);
        let menge = Menge::aus(&vorgang, vorgang.koerperschaften.values());
        assert_eq!(menge.gattungen(Kasus::Dativ), "der Stadt");
    }

    #[test]
    fn a_body_named_twice_counts_once() {
        let vorgang = vorgang(&[("Stadt", "Selm")]);
        let menge = Menge::aus(
            &vorgang,
            vorgang
                .koerperschaften
                .values()
                .chain(vorgang.koerperschaften.values()),
        );
        assert_eq!(menge.anzahl(), 1);
    }
}
