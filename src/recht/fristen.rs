//! Periods of the law with their validity. How they run is [`compute`](crate::compute)'s business.

use serde::Deserialize;

use super::Recht;
use super::gesetz::Beleg;
use crate::input::Datum;

/// After which time an approval counts as given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genehmigungsfiktion {
    /// The norm with its law: `§ 24 Abs. 2 GkG NRW`.
    pub norm: String,
    /// How far it was seen.
    pub beleg: Beleg,
    /// First day of receipt for which it counts; ever since if absent.
    pub ab: Option<Datum>,
    /// Weeks from receipt in which the authority must object.
    pub einwendung_wochen: u32,
    /// Further weeks in which it must set a hearing.
    #[serde(rename = "erörterung_wochen")]
    pub eroerterung_wochen: u32,
}

/// How the end of a period moves that falls on a Saturday, Sunday or holiday: to the next day that is none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fristende {
    /// The norm with its law.
    pub norm: String,
    /// How far it was seen.
    pub beleg: Beleg,
}

/// The file `fristen.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Datei {
    pub(super) genehmigungsfiktion: Vec<Genehmigungsfiktion>,
    pub(super) fristende: Fristende,
}

impl Recht {
    /// The periods that count for a receipt on a day.
    pub fn genehmigungsfiktion_am(&self, eingang: Datum) -> Option<&Genehmigungsfiktion> {
        self.genehmigungsfiktion
            .iter()
            .filter(|fiktion| fiktion.ab.is_none_or(|ab| ab <= eingang))
            .max_by_key(|fiktion| fiktion.ab)
    }
}

#[cfg(test)]
mod tests {
    use super::super::recht;

    #[test]
    fn four_and_four_weeks() {
        let recht = recht();
        let fiktion = recht
            .genehmigungsfiktion_am("09.11.2021".parse().unwrap())
            .unwrap();
        assert_eq!(
            (fiktion.einwendung_wochen, fiktion.eroerterung_wochen),
            (4, 4)
        );
    }

    #[test]
    fn the_latest_period_that_is_valid_counts() {
        let mut recht = recht();
        let mut neu = recht.genehmigungsfiktion[0].clone();
        neu.ab = Some("01.01.2030".parse().unwrap());
        neu.einwendung_wochen = 6;
        recht.genehmigungsfiktion.push(neu);
        let wochen = |tag: &str| {
            recht
                .genehmigungsfiktion_am(tag.parse().unwrap())
                .unwrap()
                .einwendung_wochen
        };
        assert_eq!(wochen("31.12.2029"), 4);
        assert_eq!(wochen("01.01.2030"), 6);
    }
}
