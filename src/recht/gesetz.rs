//! A law, its states, and what a citation of it says on a given day.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::input::Datum;

/// A law and its states.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gesetz {
    /// Its short form: `GkG NRW`.
    pub kurz: String,
    /// Its full name with article: „des Gesetzes über kommunale Gemeinschaftsarbeit“.
    pub genitiv: String,
    /// Its full name with article: „dem Gesetz über kommunale Gemeinschaftsarbeit“.
    pub dativ: String,
    /// The text that all amendments start from.
    pub fassung: Fassung,
    /// The amendments, oldest first.
    #[serde(rename = "änderungen", default)]
    pub aenderungen: Vec<Aenderung>,
    /// Last day for which the amendments are known to be complete.
    #[serde(rename = "vollständig_bis")]
    pub vollstaendig_bis: Option<Datum>,
    /// The range of its §§, where it is known: a cited one beyond it does not exist.
    pub paragrafen: Option<Paragrafen>,
    /// How many Absätze single §§ have, where that is known.
    #[serde(rename = "absätze", default)]
    pub absaetze: Vec<Absaetze>,
    /// The norms of it that rules rest on.
    #[serde(default)]
    pub normen: Vec<Norm>,
}

/// The range of a law's §§ or articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paragrafen {
    /// The first.
    pub von: u16,
    /// The last.
    pub bis: u16,
    /// How far that was seen; one beyond a range that was only quoted elsewhere is a warning.
    #[serde(default = "Beleg::eigener")]
    pub beleg: Beleg,
}

/// How many Absätze a § has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Absaetze {
    /// The number of the §.
    pub paragraf: u16,
    /// The number of its last Absatz.
    pub letzter: u16,
}

/// A norm that a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// The place in the law: `§ 24 Abs. 2`.
    pub stelle: String,
    /// How far it was seen.
    pub beleg: Beleg,
    /// Since when it reads like that, where it read otherwise before.
    pub ab: Option<Datum>,
    /// Until when it read like that.
    pub bis: Option<Datum>,
}

/// A norm with the state in which it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rechtsstand {
    /// How far it was seen; a rule on a norm that is only remembered is a warning at most.
    pub beleg: Beleg,
    /// Last day for which the states of its law are known to be complete.
    pub bis: Option<Datum>,
}

/// The text that all amendments start from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fassung {
    /// First enacted, or published anew.
    pub art: Fassungsart,
    /// Its day.
    pub vom: Datum,
    /// Where it stands: `GV. NRW. S. 621`.
    pub fundstelle: String,
    /// How far that was seen.
    pub beleg: Beleg,
}

/// What kind of text a law starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fassungsart {
    /// As enacted.
    Gesetz,
    /// A regulation of the European Union, cited by its number instead of its day.
    #[serde(rename = "eu-verordnung")]
    Verordnung,
    /// Published anew.
    Bekanntmachung,
}

/// An amendment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aenderung {
    /// What amended it: `Gesetz`, `Artikel 5 des Gesetzes`.
    pub durch: String,
    /// The day of the amending law.
    pub vom: Datum,
    /// Where that stands.
    pub fundstelle: String,
    /// How far that was seen.
    pub beleg: Beleg,
}

/// How far a source was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Beleg {
    /// The source itself.
    Gesehen,
    /// Quoted elsewhere.
    #[serde(rename = "sekundär")]
    Sekundaer,
    /// Only remembered: never printed.
    Erinnert,
}

impl Beleg {
    /// Of what somebody enters for a matter of their own.
    fn eigener() -> Self {
        Self::Gesehen
    }

    fn ist_druckbar(self) -> bool {
        self != Self::Erinnert
    }
}

/// How a law is cited on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zitat {
    /// Short form without article: `GkG NRW`.
    pub kurz: String,
    /// Full name in the genitive, short form, state: for a first mention behind a §.
    pub voll_genitiv: String,
    /// Full name in the dative, short form, state: for a first mention by itself.
    pub voll_dativ: String,
    /// Article and short form in the dative: „dem GkG NRW“.
    pub kurz_dativ: String,
    /// Whether the full form ends in an apposition, which a sentence that goes on closes with a comma.
    pub mit_apposition: bool,
}

impl Gesetz {
    /// How far a norm was seen that is valid on a day, and up to when its law is known; `None` for a norm that is not in
    /// the data. A norm stands for those within it: `§ 24 Abs. 2` also for `§ 24 Abs. 2 Satz 1`.
    pub fn rechtsstand(&self, stelle: &str, tag: Option<Datum>) -> Option<Rechtsstand> {
        let gilt = |norm: &&Norm| {
            tag.is_none_or(|tag| {
                norm.ab.is_none_or(|ab| ab <= tag) && norm.bis.is_none_or(|bis| tag <= bis)
            })
        };
        let umfasst = |norm: &&Norm| {
            stelle
                .strip_prefix(norm.stelle.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.normen
            .iter()
            .filter(gilt)
            .filter(umfasst)
            .max_by_key(|norm| norm.stelle.len())
            .map(|norm| Rechtsstand {
                beleg: norm.beleg,
                bis: self.vollstaendig_bis,
            })
    }

    /// Whether a § or article exists; `None` where the range is not known.
    pub fn hat_paragraf(&self, nummer: u16) -> Option<bool> {
        self.paragrafen.map(|p| (p.von..=p.bis).contains(&nummer))
    }

    /// The number of the last Absatz of a §; `None` where it is not known.
    pub fn letzter_absatz(&self, paragraf: u16) -> Option<u16> {
        let mut absaetze = self.absaetze.iter();
        let eintrag = absaetze.find(|absaetze| absaetze.paragraf == paragraf)?;
        Some(eintrag.letzter)
    }

    /// How the law is cited on a day; without a day, without its state.
    pub fn zitat(&self, tag: Option<Datum>) -> Zitat {
        let stand = tag.map(|tag| self.stand(tag)).unwrap_or_default();
        let voll = |form: &str| match self.fassung.art {
            Fassungsart::Verordnung => {
                format!("{form} ({}; {}){stand}", self.kurz, self.fassung.fundstelle)
            }
            _ => format!("{form} ({}){stand}", self.kurz),
        };
        let artikel = self.dativ.split(' ').next().unwrap_or_default();
        Zitat {
            kurz: self.kurz.clone(),
            voll_genitiv: voll(&self.genitiv),
            voll_dativ: voll(&self.dativ),
            kurz_dativ: format!("{artikel} {}", self.kurz),
            mit_apposition: stand.contains("), "),
        }
    }

    /// „ in der Fassung der Bekanntmachung vom …, zuletzt geändert durch …“, with a comma or blank in front.
    fn stand(&self, tag: Datum) -> String {
        let fassung = &self.fassung;
        let mut stand = match (fassung.beleg.ist_druckbar(), fassung.art) {
            // A regulation of the Union is cited by its number beside its short form.
            (false, _) | (true, Fassungsart::Verordnung) => String::new(),
            (true, Fassungsart::Gesetz) => {
                format!(" vom {} ({})", fassung.vom.lang(), fassung.fundstelle)
            }
            (true, Fassungsart::Bekanntmachung) => format!(
                " in der Fassung der Bekanntmachung vom {} ({})",
                fassung.vom.lang(),
                fassung.fundstelle
            ),
        };
        let letzte = self
            .aenderungen
            .iter()
            .rfind(|aenderung| aenderung.vom <= tag);
        let bekannt = self.vollstaendig_bis.is_some_and(|bis| tag <= bis);
        match letzte {
            None if bekannt => {}
            Some(aenderung) if bekannt && aenderung.beleg.ist_druckbar() => {
                stand.push_str(&format!(
                    ", zuletzt geändert durch {} vom {} ({})",
                    aenderung.durch,
                    aenderung.vom.lang(),
                    aenderung.fundstelle
                ));
            }
            _ => {
                let komma = if stand.is_empty() { "" } else { "," };
                stand.push_str(&format!("{komma} in der zum {tag} geltenden Fassung"));
            }
        }
        stand
    }
}

#[cfg(test)]
mod tests {
    use super::super::recht;
    use super::*;

    fn voll(gesetz: &str, tag: &str) -> String {
        recht().gesetze[gesetz]
            .zitat(Some(tag.parse().unwrap()))
            .voll_genitiv
    }

    #[test]
    fn the_shipped_laws_can_be_read() {
        assert!(recht().gesetze.len() >= 10);
    }

    #[test]
    fn amendments_stand_in_order() {
        for gesetz in recht().gesetze.values() {
            assert!(gesetz.aenderungen.is_sorted_by_key(|a| a.vom), "{gesetz:?}");
        }
    }

    #[test]
    fn a_page_that_was_seen_is_cited() {
        assert_eq!(
            voll("gkg", "01.02.2022"),
            "des Gesetzes über kommunale Gemeinschaftsarbeit (GkG NRW) in der Fassung der Bekanntmachung vom \
             1. Oktober 1979 (GV. NRW. S. 621), zuletzt geändert durch Gesetz vom 1. Dezember 2021 (GV. NRW. S. 1346)"
        );
    }

    #[test]
    fn a_page_that_is_only_remembered_is_not() {
        assert_eq!(
            voll("gkg", "09.11.2021"),
            "des Gesetzes über kommunale Gemeinschaftsarbeit (GkG NRW) in der Fassung der Bekanntmachung vom \
             1. Oktober 1979 (GV. NRW. S. 621), in der zum 09.11.2021 geltenden Fassung"
        );
    }

    #[test]
    fn an_amendment_younger_than_the_day_is_not_cited() {
        assert!(!voll("gkg", "30.11.2021").contains("1346"));
        assert!(voll("gkg", "01.12.2021").contains("1346"));
    }

    #[test]
    fn after_the_known_states_no_page_is_claimed() {
        assert!(
            voll("gkg", "10.07.2025")
                .ends_with("(GV. NRW. S. 621), in der zum 10.07.2025 geltenden Fassung")
        );
    }

    #[test]
    fn a_law_known_by_name_alone_is_cited_by_day() {
        assert_eq!(
            voll("asylblg", "09.11.2021"),
            "des Asylbewerberleistungsgesetzes (AsylbLG) in der zum 09.11.2021 geltenden Fassung"
        );
    }

    #[test]
    fn a_regulation_of_the_union_is_cited_by_number() {
        assert_eq!(
            voll("dsgvo", "09.11.2021"),
            "der Datenschutz-Grundverordnung (DSGVO; Verordnung (EU) 2016/679, ABl. L 119 vom 4.5.2016, S. 1)"
        );
    }

    #[test]
    fn a_norm_says_how_far_it_was_seen_and_until_when_its_law_is_known() {
        let recht = recht();
        let stand = recht.gesetze["gkg"].rechtsstand("§ 24 Abs. 2 Satz 1", None);
        assert_eq!(
            stand,
            Some(Rechtsstand {
                beleg: Beleg::Gesehen,
                bis: Some("09.07.2025".parse().unwrap()),
            })
        );
    }

    #[test]
    fn a_norm_that_is_not_in_the_data_is_unknown() {
        let recht = recht();
        for stelle in ["§ 99", "§ 24 Abs. 22", "§ 2"] {
            assert_eq!(
                recht.gesetze["gkg"].rechtsstand(stelle, None),
                None,
                "{stelle}"
            );
        }
    }

    #[test]
    fn without_a_range_no_paragraf_is_said_to_be_missing() {
        let mut gkg = recht().gesetze["gkg"].clone();
        gkg.paragrafen = None;
        assert_eq!(gkg.hat_paragraf(99), None);
        gkg.paragrafen = Some(Paragrafen {
            von: 1,
            bis: 34,
            beleg: Beleg::Gesehen,
        });
        assert_eq!(gkg.hat_paragraf(34), Some(true));
        assert_eq!(gkg.hat_paragraf(35), Some(false));
    }

    #[test]
    fn the_last_absatz_is_known_where_it_is_in_the_data() {
        let gkg = &recht().gesetze["gkg"];
        assert_eq!(gkg.letzter_absatz(24), Some(5));
        assert_eq!(gkg.letzter_absatz(29), None);
    }
}
