//! The Haushaltsjahr of a paper is one in which the agreement has effect.

use super::super::{Gewicht, Grundlage, Lage, Protokoll, Regel};

pub(super) const REGEL: Regel = Regel {
    name: "haushaltsjahr-passt-nicht-zum-beginn",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "wenn eine Drucksache zu einer Vereinbarung ein Haushaltsjahr nennt",
    braucht: &["vereinbarungen.*.wirksam_ab"],
    text: include_str!("haushaltsjahr_passt_nicht_zum_beginn.md"),
    pruefe,
};

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    use chrono::Datelike;
    for drucksache in &lage.vorgang.drucksachen {
        let jahr = drucksache
            .haushalt
            .as_ref()
            .and_then(|haushalt| haushalt.haushaltsjahr.as_ref());
        let (Some(jahr), Some(vereinbarung)) = (jahr, lage.vorgang.vereinbarung_zu(drucksache))
        else {
            continue;
        };
        let route = drucksache.route.feld("haushalt").feld("haushaltsjahr");
        let Some(beginn) = vereinbarung.beginn() else {
            protokoll.nicht_pruefbar(route, "es fehlt `wirksam_ab` der Vereinbarung");
            continue;
        };
        let Some(jahre) = Jahre::aus(jahr.as_str()) else {
            protokoll.nicht_pruefbar(route, "es fehlt eine Jahreszahl wie 2022 oder 2022ff.");
            continue;
        };
        if !jahre.enthaelt(beginn.tag().year()) {
            protokoll
                .melde(
                    route,
                    format!(
                        "die Vereinbarung beginnt am {beginn}, also nicht im Haushaltsjahr {jahr}"
                    ),
                )
                .abhilfe("das Haushaltsjahr oder den Beginn der Vereinbarung berichtigen")
                .dazu(&vereinbarung.route, "die Vereinbarung");
        }
    }
}

/// The years that a Haushaltsjahr names.
#[derive(Debug, PartialEq, Eq)]
struct Jahre {
    von: i32,
    /// `None` where it goes on: „2021ff.“.
    bis: Option<i32>,
}

impl Jahre {
    /// „2022“, „2021ff.“, „2021/2022“ (a Doppelhaushalt), „2021 bis 2024“; `None` for anything else.
    fn aus(text: &str) -> Option<Self> {
        let zahlen: Vec<i32> = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|teil| teil.len() == 4)
            .filter_map(|teil| teil.parse().ok())
            .collect();
        let von = *zahlen.first()?;
        let offen = text.trim_end().trim_end_matches('.').ends_with("ff");
        Some(Self {
            von,
            bis: (!offen).then(|| zahlen.last().copied().unwrap_or(von)),
        })
    }

    fn enthaelt(&self, jahr: i32) -> bool {
        self.von <= jahr && self.bis.is_none_or(|bis| jahr <= bis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_budgets_print_them() {
        let jahre = |von, bis| Some(Jahre { von, bis });
        assert_eq!(Jahre::aus("2022"), jahre(2022, Some(2022)));
        assert_eq!(Jahre::aus("2021ff."), jahre(2021, None));
        assert_eq!(Jahre::aus("2021 ff"), jahre(2021, None));
        assert_eq!(Jahre::aus("2021/2022"), jahre(2021, Some(2022)));
        assert_eq!(Jahre::aus("2021 bis 2024"), jahre(2021, Some(2024)));
        assert_eq!(Jahre::aus("laufend"), None);
    }
}
