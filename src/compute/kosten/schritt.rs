//! The steps of a calculation: each an exact amount with the words that explain it.

use num_rational::BigRational;
use num_traits::Zero;

use super::super::anteile::gerundet;
use super::super::zeit::Zeitteil;
use super::monate::gezaehlt;
use crate::input::{Bruch, Cent};
use crate::model::kosten::{
    Beleg, Festbetrag, Gemeinkostenbasis, Jahreswert, Takt, ist_beispielwert,
};
use crate::model::{Schluessel, Text};

/// A step of a calculation.
#[derive(Debug, Clone)]
pub struct Schritt<'a> {
    /// What is computed, and from what.
    pub art: Schrittart<'a>,
    /// The part of the year that it is for.
    pub teil: Zeitteil,
    /// The exact result in euros.
    pub genau: BigRational,
    /// The result in cents.
    pub betrag: Cent,
    /// Whether the result was rounded for print.
    pub gerundet: bool,
}

/// What a step computes.
#[derive(Debug, Clone)]
pub enum Schrittart<'a> {
    /// Personalkosten times the share of the post.
    Personal {
        /// The year's figures.
        wert: &'a Jahreswert,
        /// The share of the post.
        stellenanteil: &'a Bruch,
        /// The grade that holds the post, where that is told.
        gruppe: Option<&'a Text>,
    },
    /// Rate of the Gemeinkosten.
    Gemein {
        /// The year's figures.
        wert: &'a Jahreswert,
        /// The rate.
        satz: &'a Bruch,
        /// What it is charged on.
        basis: Gemeinkostenbasis,
        /// How much that is in the same part of the year, exactly, in euros.
        auf: BigRational,
    },
    /// Share of the flat for Sachkosten.
    Sach {
        /// The year's figures.
        wert: &'a Jahreswert,
        /// The share.
        anteil: &'a Bruch,
    },
    /// An agreed sum.
    Fest {
        /// The sum.
        festbetrag: &'a Festbetrag,
    },
    /// An invoice.
    Beleg {
        /// The invoice.
        beleg: &'a Beleg,
    },
}

impl<'a> Schritt<'a> {
    /// `None` if the result does not fit.
    pub(super) fn neu(art: Schrittart<'a>, teil: Zeitteil, genau: BigRational) -> Option<Self> {
        let betrag = gerundet(&genau)?;
        let cent = &genau * BigRational::from_integer(100.into());
        Some(Self {
            art,
            teil,
            betrag,
            gerundet: !cent.is_integer(),
            genau,
        })
    }

    /// What is computed: „Personalkosten A11“, „Gemeinkosten“, or the text of an invoice.
    pub fn bezeichnung(&self) -> String {
        match &self.art {
            Schrittart::Personal {
                gruppe: Some(gruppe),
                ..
            } => format!("Personalkosten {}", gruppe.einzeilig()),
            Schrittart::Personal { .. } => "Personalkosten".to_owned(),
            Schrittart::Gemein { .. } => "Gemeinkosten".to_owned(),
            Schrittart::Sach { .. } => "Sachkosten".to_owned(),
            Schrittart::Fest { .. } => "Festbetrag".to_owned(),
            Schrittart::Beleg { beleg } => {
                format!("{} ({})", beleg.text.einzeilig(), beleg.datum)
            }
        }
    }

    /// From what: „88.000,00 € × 0,25 × 6/12“.
    pub fn grundlage(&self) -> String {
        let mal_zeit = if self.teil.ist_ganz() {
            String::new()
        } else {
            format!(" × {}", self.teil.bruch())
        };
        match &self.art {
            Schrittart::Personal {
                wert,
                stellenanteil,
                ..
            } => format!(
                "{} × {}{mal_zeit}",
                wert.personalkosten,
                dezimal(stellenanteil)
            ),
            Schrittart::Gemein {
                satz, basis, auf, ..
            } => {
                let satz = prozent(satz);
                let was = match basis {
                    Gemeinkostenbasis::Personalkosten => "Personalkosten",
                    Gemeinkostenbasis::PersonalUndSachkosten => "Personal- und Sachkosten",
                };
                format!("{satz} von {} {was}", ungefaehr(auf))
            }
            Schrittart::Sach { wert, anteil } => {
                format!(
                    "{} × {}{mal_zeit}",
                    wert.sachkosten_pauschale,
                    anteil.zeichen()
                )
            }
            Schrittart::Fest { festbetrag } => match festbetrag.je {
                Takt::Jahr => format!("{}{mal_zeit}", festbetrag.betrag),
                // Units of a year that is counted in months are whole months, so the same words fit.
                Takt::Monat => {
                    let monate = gezaehlt(self.teil.von, self.teil.bis);
                    format!("{} × {monate}", festbetrag.betrag)
                }
            },
            Schrittart::Beleg { beleg } => match (beleg.netto, beleg.brutto, &beleg.steuersatz) {
                (Some(netto), _, Some(satz)) => {
                    format!("{netto} netto zuzüglich {} Umsatzsteuer", prozent(satz))
                }
                (_, Some(brutto), Some(satz)) => {
                    format!("{brutto} brutto, darin {} Umsatzsteuer", prozent(satz))
                }
                (_, Some(brutto), None) => format!("{brutto} brutto"),
                (netto, None, None) => netto.map(|n| n.to_string()).unwrap_or_default(),
                (None, None, Some(_)) => String::new(),
            },
        }
    }

    /// Name and basis in one line: „Personalkosten: 88.000,00 € × 0,25“.
    pub fn text(&self) -> String {
        let zeitraum = if self.teil.ist_ganz() || matches!(self.art, Schrittart::Beleg { .. }) {
            String::new()
        } else {
            format!(", {}", self.teil.wortlaut())
        };
        format!("{}{zeitraum}: {}", self.bezeichnung(), self.grundlage())
    }

    /// The amount for print, „≈“ in front where it was rounded.
    pub fn gedruckt(&self) -> String {
        let zeichen = if self.gerundet { "≈ " } else { "" };
        format!("{zeichen}{}", self.betrag)
    }

    /// Name, basis and source in one line: „Personalkosten: 88.000,00 € × 0,25 (KGSt-Bericht, Ausgabe 11/2022)“.
    pub fn text_mit_beleg(&self) -> String {
        let (text, beleg) = (self.text(), self.beleg());
        if beleg.is_empty() {
            return text;
        }
        format!("{text} ({beleg})")
    }

    /// Where the figures come from, or why a rate is another than agreed; empty if nobody says.
    pub fn beleg(&self) -> String {
        match &self.art {
            Schrittart::Personal { wert, .. } | Schrittart::Sach { wert, .. } => wert.beleg(),
            Schrittart::Gemein { wert, .. } => quelle(wert.gemeinkosten_grund.as_ref()),
            Schrittart::Fest { festbetrag } => quelle(festbetrag.quelle.as_ref()),
            Schrittart::Beleg { beleg } => quelle(beleg.quelle.as_ref()),
        }
    }

    /// Whether it rests on a figure that is invented („Beispielwert“).
    pub fn ist_beispielwert(&self) -> bool {
        let quelle = match &self.art {
            Schrittart::Personal { wert, .. }
            | Schrittart::Gemein { wert, .. }
            | Schrittart::Sach { wert, .. } => Some(&wert.quelle),
            Schrittart::Fest { festbetrag } => festbetrag.quelle.as_ref(),
            Schrittart::Beleg { beleg } => beleg.quelle.as_ref(),
        };
        quelle.is_some_and(ist_beispielwert)
    }

    /// Who alone bears the sum, past the key.
    pub fn direkt(&self) -> Option<&'a Schluessel> {
        match &self.art {
            Schrittart::Fest { festbetrag } => festbetrag.fuer.as_ref(),
            Schrittart::Beleg { beleg } => beleg.fuer.as_ref(),
            _ => None,
        }
    }

    /// Whether the step computes nothing.
    pub fn ist_null(&self) -> bool {
        self.genau.is_zero()
    }
}

fn quelle(quelle: Option<&Text>) -> String {
    quelle.map(Text::einzeilig).unwrap_or_default()
}

/// A fraction as a decimal number where it comes out even.
pub(super) fn dezimal(bruch: &Bruch) -> String {
    bruch.dezimal().unwrap_or_else(|| bruch.to_string())
}

fn prozent(bruch: &Bruch) -> String {
    bruch.prozent().unwrap_or_else(|| bruch.to_string())
}

/// An exact amount in euros for print.
pub(super) fn ungefaehr(euro: &BigRational) -> String {
    let cent = euro * BigRational::from_integer(100.into());
    let zeichen = if cent.is_integer() { "" } else { "≈ " };
    gerundet(euro).map_or_else(String::new, |betrag| format!("{zeichen}{betrag}"))
}
