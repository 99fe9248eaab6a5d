//! The law as data with dates: laws and their states, periods, the tax's transition, holidays.
//!
//! The data ship in the binary (`recht/*.yaml`); base data may add to them. Whether a paper obeys a law is the business of
//! `check`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::input::{decode, parse};
use crate::source::Source;

pub mod fristen;
pub mod gesetz;
pub mod kalender;
pub mod umsatzsteuer;
pub mod zusatz;

pub use fristen::Genehmigungsfiktion;
pub use gesetz::{Aenderung, Beleg, Fassung, Fassungsart, Gesetz, Paragrafen, Rechtsstand, Zitat};
pub use kalender::{Feiertag, Kalender};
pub use umsatzsteuer::Umsatzsteuer;
pub use zusatz::Zusatz;

/// All law that is known.
#[derive(Debug, Clone, Default)]
pub struct Recht {
    /// The laws by key.
    pub gesetze: BTreeMap<String, Gesetz>,
    /// The periods after which an approval counts as given, oldest first.
    pub genehmigungsfiktion: Vec<Genehmigungsfiktion>,
    /// How the end of a period moves.
    pub fristende: Option<fristen::Fristende>,
    /// The turnover tax of public bodies.
    pub umsatzsteuer: Umsatzsteuer,
    /// The holidays.
    pub kalender: Kalender,
}

/// The law that ships in the binary.
///
/// A fault in our own data is found by the tests; at run time data that cannot be read are none. They are read once.
pub fn recht() -> Recht {
    static RECHT: LazyLock<Recht> = LazyLock::new(eingebaut);
    RECHT.clone()
}

fn eingebaut() -> Recht {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Feiertage {
        bekannt_ab: u16,
        feiertage: Vec<Feiertag>,
    }
    let fristen = lies::<fristen::Datei>("fristen.yaml", include_str!("recht/fristen.yaml"));
    let (genehmigungsfiktion, fristende) = fristen
        .map(|datei| (datei.genehmigungsfiktion, datei.fristende))
        .unzip();
    Recht {
        gesetze: gesetze(),
        genehmigungsfiktion: genehmigungsfiktion.unwrap_or_default(),
        fristende,
        umsatzsteuer: lies("umsatzsteuer.yaml", include_str!("recht/umsatzsteuer.yaml"))
            .unwrap_or_default(),
        kalender: lies::<Feiertage>("feiertage.yaml", include_str!("recht/feiertage.yaml"))
            .map(|datei| Kalender {
                feiertage: datei.feiertage,
                bekannt_ab: datei.bekannt_ab,
            })
            .unwrap_or_default(),
    }
}

/// The laws that ship in the binary, by key: where there is no matter whose base data could add to them.
pub fn gesetze() -> BTreeMap<String, Gesetz> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Datei {
        gesetze: BTreeMap<String, Gesetz>,
    }
    lies::<Datei>("gesetze.yaml", include_str!("recht/gesetze.yaml"))
        .map(|datei| datei.gesetze)
        .unwrap_or_default()
}

fn lies<T: DeserializeOwned>(name: &str, yaml: &str) -> Option<T> {
    parse(&Source::new(name, yaml))
        .ok()
        .and_then(|baum| decode(&baum).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shipped_data_can_be_read() {
        let recht = recht();
        assert!(recht.gesetze.len() >= 10);
        assert!(!recht.genehmigungsfiktion.is_empty());
        assert!(recht.fristende.is_some());
        assert!(!recht.umsatzsteuer.uebergang.is_empty());
        assert!(recht.kalender.feiertage.len() >= 11);
    }

    #[test]
    fn each_shipped_holiday_falls_on_a_day() {
        for feiertag in recht().kalender.feiertage {
            assert!(feiertag.im_jahr(2017).is_some(), "{feiertag:?}");
        }
    }
}
