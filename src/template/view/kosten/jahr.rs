//! A year of a cost item as the annex shows it: the steps, the parts of the year, the shares, what is invoiced.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Blick, leer};
use super::OHNE;
use super::regel::wird_verteilt;
use crate::compute::kosten::{Abschnitt, Anteil, Jahr, Rechnung, Schritt, lesbar};
use crate::input::Cent;
use crate::model::Koerperschaft;
use crate::model::kosten::{Kostenposition, Verteilung, ist_beispielwert};

/// A year of a cost item. All amounts are formatted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JahrSicht {
    /// The year.
    pub jahr: u32,
    /// The steps of the calculation.
    pub schritte: Vec<SchrittSicht>,
    /// What the key shares; empty where nobody bears a part of the total alone.
    pub zu_verteilen: String,
    /// What the steps lack of the total; empty if nothing.
    pub rundung: String,
    /// The total.
    pub gesamt: String,
    /// The parts of the year where it is cut; empty where nothing changes in it.
    pub abschnitte: Vec<AbschnittSicht>,
    /// What the weights are: „Einwohner“; empty where all have the same.
    pub gewicht: &'static str,
    /// Where the weights come from; empty where nobody says.
    pub gewicht_quelle: String,
    /// The parts of the year by which weights are told: „ab Juli 2020“; one empty text for a whole year.
    pub gewicht_spalten: Vec<String>,
    /// The shares in the order of lists.
    pub anteile: Vec<AnteilSicht>,
    /// Whether the provider bears a share itself.
    pub hat_eigenanteil: bool,
    /// The provider's own share.
    pub eigenanteil: String,
    /// What the provider invoices to the others together.
    pub rechnungen: String,
    /// The same as a sentence goes on after the provider's name: „stellt den ganzen Betrag in Rechnung“, „schreibt …
    /// gut“.
    pub verrechnung: String,
}

/// A step of a calculation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SchrittSicht {
    /// What is computed: „Personalkosten A11“.
    pub bezeichnung: String,
    /// „Januar bis Juni 2020“ where it is for a part of the year, or empty.
    pub zeitraum: String,
    /// From what: „88.000,00 € × 0,25“.
    pub grundlage: String,
    /// Where its figures come from, or empty.
    pub quelle: String,
    /// The amount, „≈“ in front if rounded.
    pub betrag: String,
    /// Official form of who alone bears it, past the key; or empty.
    pub allein: String,
}

/// A part of a year in which the same bodies share in the same way.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AbschnittSicht {
    /// „Januar bis Juni 2020“, in days „01.01. – 30.06.2020“.
    pub zeitraum: String,
    /// „6/12“.
    pub teil: String,
    /// What is shared, „≈“ in front if rounded.
    pub betrag: String,
    /// How many share.
    pub anzahl: usize,
    /// The fraction of each where all have the same, or empty.
    pub je: String,
}

/// A share.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnteilSicht {
    /// Official form of the payer.
    pub name: String,
    /// Its weight in each of the `gewicht_spalten`; a dash where it does not take part.
    pub gewichte: Vec<String>,
    /// The fraction, „≈ 14,69 %“ where it is unwieldy, or empty where debits and credits leave none.
    pub anteil: String,
    /// The amount.
    pub betrag: String,
    /// Whether the payer is the provider itself.
    pub eigen: bool,
}

impl Blick<'_> {
    pub(super) fn jahr(&self, position: &Kostenposition, jahr: &Jahr<'_>) -> JahrSicht {
        let gewicht = match &position.schluessel {
            Verteilung::GleicheTeile | Verteilung::Direkt => "",
            Verteilung::Einwohner(_) => "Einwohner",
            Verteilung::Fallzahlen(_) => "Fälle",
            Verteilung::Lizenzen(_) => "Lizenzen",
            Verteilung::Quoten(_) => "Quote",
        };
        let gezeigte: &[Abschnitt<'_>] = if gewicht.is_empty() {
            &[]
        } else {
            &jahr.abschnitte
        };
        let geteilt = jahr.abschnitte.len() > 1;
        JahrSicht {
            jahr: jahr.jahr,
            schritte: jahr.schritte.iter().map(|s| self.schritt(s)).collect(),
            zu_verteilen: if wird_verteilt(position) {
                jahr.zu_verteilen()
            } else {
                String::new()
            },
            rundung: if jahr.rundung == Cent(0) {
                String::new()
            } else {
                jahr.rundung.to_string()
            },
            gesamt: jahr.gesamt.to_string(),
            abschnitte: jahr
                .abschnitte
                .iter()
                .filter(|_| geteilt)
                .map(abschnitt)
                .collect(),
            gewicht,
            gewicht_quelle: jahr.gewichtsquellen().join("; "),
            gewicht_spalten: gezeigte
                .iter()
                .map(|abschnitt| {
                    if geteilt {
                        abschnitt.teil.ab()
                    } else {
                        String::new()
                    }
                })
                .collect(),
            anteile: jahr
                .anteile
                .iter()
                .map(|teil| anteil(position, gezeigte, teil))
                .collect(),
            hat_eigenanteil: jahr.anteile.iter().any(|anteil| anteil.eigen),
            eigenanteil: jahr.eigenanteil.to_string(),
            rechnungen: jahr.rechnungen.to_string(),
            verrechnung: verrechnung(jahr),
        }
    }

    fn schritt(&self, schritt: &Schritt<'_>) -> SchrittSicht {
        SchrittSicht {
            bezeichnung: schritt.bezeichnung(),
            zeitraum: if schritt.teil.ist_ganz() {
                String::new()
            } else {
                schritt.teil.wortlaut()
            },
            grundlage: schritt.grundlage(),
            quelle: schritt.beleg(),
            betrag: schritt.gedruckt(),
            allein: leer(
                schritt
                    .direkt()
                    .and_then(|wer| self.vorgang.koerperschaften.get(wer))
                    .map(Koerperschaft::amtsform),
            ),
        }
    }
}

/// What the provider does with a year's total: „stellt den ganzen Betrag in Rechnung“.
fn verrechnung(jahr: &Jahr<'_>) -> String {
    let andere = || jahr.anteile.iter().filter(|anteil| !anteil.eigen);
    let summe = |gehoert: fn(Cent) -> bool| {
        let mut betraege = andere().map(|a| a.betrag).filter(|cent| gehoert(*cent));
        let summe = betraege.try_fold(Cent(0), Cent::checked_add);
        summe.unwrap_or_default()
    };
    let soll = summe(|cent| cent.0 > 0);
    let haben = summe(|cent| cent.0 < 0);
    let haben = Cent(haben.0.saturating_neg());
    let eigen = jahr.anteile.iter().any(|anteil| anteil.eigen);
    let betrag = |betrag: Cent| {
        if eigen {
            betrag.to_string()
        } else {
            "den ganzen Betrag".to_owned()
        }
    };
    let mut worte = match (soll.0 != 0, haben.0 != 0) {
        (true, true) => format!("stellt {soll} in Rechnung und schreibt {haben} gut"),
        (true, false) => format!("stellt {} in Rechnung", betrag(soll)),
        (false, true) => format!("schreibt {} gut", betrag(haben)),
        (false, false) => "stellt nichts in Rechnung".to_owned(),
    };
    if eigen {
        worte.push_str(&match jahr.eigenanteil {
            Cent(..0) => format!(
                " und behält {} als Eigenanteil selbst",
                Cent(jahr.eigenanteil.0.saturating_neg())
            ),
            eigenanteil => format!(" und trägt {eigenanteil} als Eigenanteil selbst"),
        });
    }
    worte
}

/// Whether a year of an item rests on an invented figure: of its sums, or of the residents by which it is shared.
pub(in crate::template::view) fn ist_beispiel(rechnung: &Rechnung<'_>, jahr: &Jahr<'_>) -> bool {
    let Verteilung::Einwohner(wahlen) = &rechnung.position.schluessel else {
        return jahr.ist_beispiel();
    };
    let mut zahlen = jahr
        .anteile
        .iter()
        .flat_map(|anteil| &anteil.koerperschaft.einwohner);
    jahr.ist_beispiel()
        || zahlen.any(|zahl| {
            ist_beispielwert(&zahl.quelle) && wahlen.iter().any(|w| w.stichtag == zahl.stand)
        })
}

fn abschnitt(abschnitt: &Abschnitt<'_>) -> AbschnittSicht {
    let erstes = abschnitt.gewichte.first().map(|(_, gewicht)| gewicht);
    let gleich = abschnitt
        .gewichte
        .iter()
        .all(|(_, gewicht)| Some(gewicht) == erstes);
    AbschnittSicht {
        zeitraum: abschnitt.teil.wortlaut(),
        teil: abschnitt.teil.bruch(),
        betrag: abschnitt.gedruckt(),
        anzahl: abschnitt.gewichte.len(),
        je: leer(
            erstes
                .filter(|_| gleich)
                .and_then(|gewicht| abschnitt.bruch(gewicht)),
        ),
    }
}

fn anteil(
    position: &Kostenposition,
    abschnitte: &[Abschnitt<'_>],
    anteil: &Anteil<'_>,
) -> AnteilSicht {
    let wer = &anteil.koerperschaft.schluessel;
    let ist_quote = matches!(position.schluessel, Verteilung::Quoten(_));
    AnteilSicht {
        name: anteil.koerperschaft.amtsform(),
        gewichte: abschnitte
            .iter()
            .map(|abschnitt| {
                let (_, gewicht) = abschnitt
                    .gewichte
                    .iter()
                    .find(|(k, _)| k.schluessel == *wer)?;
                if ist_quote {
                    let quote = abschnitt.bruch(gewicht)?;
                    return Some(quote.prozent().unwrap_or_else(|| quote.to_string()));
                }
                Some(gruppiert(&gewicht.to_string()))
            })
            .map(|gewicht| gewicht.unwrap_or_else(|| OHNE.to_owned()))
            .collect(),
        anteil: leer(anteil.anteil().as_ref().map(lesbar)),
        betrag: anteil.betrag.to_string(),
        eigen: anteil.eigen,
    }
}

/// A whole number with points between its groups of three digits.
fn gruppiert(zahl: &str) -> String {
    let mut gruppiert = String::new();
    for (stelle, ziffer) in zahl.chars().enumerate() {
        if stelle > 0 && (zahl.len() - stelle).is_multiple_of(3) {
            gruppiert.push('.');
        }
        gruppiert.push(ziffer);
    }
    gruppiert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residents_are_grouped() {
        assert_eq!(gruppiert("335260"), "335.260");
        assert_eq!(gruppiert("17"), "17");
        assert_eq!(gruppiert("1000000"), "1.000.000");
    }
}
