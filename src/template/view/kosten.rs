//! What an agreement's tasks cost, as its papers show it: the calculation step by step, shares, payments, comparison.
//!
//! Formats what was computed; computes nothing but sums of a table's rows, and those in cents.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::geteilt::Vorrat;
use super::schaubild::{self, Schaubild, SchaubildSicht, Zahlend};
use super::vereinbarung::{ascii, dateiname, gross};
use super::{Blick, Geteilt, KoerperschaftSicht, KostenSicht, MengeSicht, Titel, kosten, leer};
use crate::compute::kosten::{
    Abschnitt, Anteil, Faelligkeit, Jahr, Jahressumme, Kosten, Rechnung, Schritt, Vergleich,
    Vergleichszeile, lesbar,
};
use crate::compute::sprache::{Verbindung, aufzaehlung};
use crate::compute::{Beteiligte, Menge, Zahlen};
use crate::diagramm::Diagramm;
use crate::input::{Bruch, Cent, Datum};
use crate::model::kosten::{
    Arbeitsplatz, Besetzung, Festbetrag, Kostenposition, Takt, Verteilung, ist_beispielwert,
};

use crate::model::vereinbarung::Vereinbarung;
use crate::model::{Koerperschaft, Schluessel, Text, Vorgang};

/// All costs of an agreement by year. Amounts are formatted.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct KostenplanSicht {
    /// The years for which there are figures.
    pub jahre: Vec<u32>,
    /// Those of them that end before the agreement begins: „2020 und 2021“, or empty.
    pub fruehere: String,
    /// How many those are.
    pub fruehere_anzahl: usize,
    /// What each body bears in each of the years, in tables that fit on a page.
    pub tabellen: Vec<JahrestabelleSicht>,
    /// Whether a figure is invented.
    pub beispiel: bool,
    /// Whether a provider bears a share itself.
    pub eigenanteil: bool,
    /// What is assumed of some of the years only.
    pub annahmen: Vec<AnnahmeSicht>,
    /// The charts: the shares of the last year, then those by year.
    pub schaubilder: Vec<SchaubildSicht>,
    /// What it changes that `beitritt` takes part.
    pub vergleich: Option<VergleichSicht>,
    /// Who pays whom, by year of the agreement.
    pub zahlungen: Vec<ZahlungsjahrSicht>,
}

/// Some of the years side by side.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct JahrestabelleSicht {
    /// The years.
    pub jahre: Vec<u32>,
    /// What each body bears, in the order of lists.
    pub zeilen: Vec<ZeileSicht>,
    /// What each of the years costs.
    pub summen: Vec<String>,
}

/// A row of amounts.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZeileSicht {
    /// Official form of the body.
    pub name: String,
    /// The amounts; a dash where there is none.
    pub betraege: Vec<String>,
}

/// What is assumed because nobody has said it.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnnahmeSicht {
    /// „2020 und 2021“ where it is about some of the years; empty for all.
    pub jahre: String,
    /// The item, where the agreement has several; else empty.
    pub position: String,
    /// A sentence.
    pub text: String,
}

/// What it changes that some bodies take part.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VergleichSicht {
    /// The year that is compared.
    pub jahr: u32,
    /// The bodies.
    pub zeilen: Vec<VergleichszeileSicht>,
    /// What all bear without them.
    pub ohne: String,
    /// What all bear with them.
    pub mit: String,
    /// The difference of both.
    pub unterschied: String,
    /// Those who join and bear something.
    pub zahlende: Geteilt<MengeSicht>,
    /// Which of them use the service already before the agreement begins: „Die Stadt Selm nutzt den Dienst schon seit dem
    /// 1. Juli 2020“.
    pub schon_vorher: Vec<String>,
    /// What those who join bear, or are credited, in a sentence.
    pub beitretende: String,
    /// By how much the others' part changes.
    pub uebrige: String,
    /// Whether the others are credited in both cases.
    pub uebrige_gutschrift: bool,
    /// „weniger“ or „mehr“ is borne, or credited; empty where nothing changes for the others.
    pub richtung: &'static str,
}

/// A line of a comparison.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct VergleichszeileSicht {
    /// Official form of the body.
    pub name: String,
    /// What it bears without them; a dash for those who join.
    pub ohne: String,
    /// What it bears with them.
    pub mit: String,
    /// The difference.
    pub unterschied: String,
}

/// Who pays whom for a year.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZahlungsjahrSicht {
    /// The year.
    pub jahr: u32,
    /// What the amounts of a payment are: „Abschlag zum 15.05.2022“, „Abrechnung bis 30.04.2023“.
    pub raten: Vec<String>,
    /// The payments in the order of lists.
    pub zeilen: Vec<ZahlungSicht>,
}

/// What one body pays to another.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZahlungSicht {
    /// Official form of who pays.
    pub von: String,
    /// Official form of who is paid.
    pub an: String,
    /// Whether it is a credit.
    pub gutschrift: bool,
    /// For each of the `raten`; a dash where nothing is due.
    pub betraege: Vec<String>,
    /// All of it.
    pub betrag: String,
}

/// A cost item of the agreement.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
pub struct RechnungSicht {
    /// Its key, in ASCII.
    pub schluessel: String,
    /// The task.
    pub aufgabe: String,
    /// What it is called, for a heading.
    pub titel: String,
    /// Who is paid.
    pub anbieter: Geteilt<KoerperschaftSicht>,
    /// The rule.
    pub regel: KostenSicht,
    /// Who shares it by its key under the agreement.
    pub tragende: Geteilt<MengeSicht>,
    /// Whether those are all users.
    pub tragen_alle: bool,
    /// Whether the agreement lays down sums that are shared, or invoices may come: else all is borne alone.
    pub wird_verteilt: bool,
    /// What somebody bears alone, past the key: „die Stadt Selm trägt allein 100,00 € im Monat“.
    pub allein: Vec<String>,
    /// When there are costs where not all the time that the agreement lasts: „ab dem 15. März 2022“, or empty.
    pub zeitraum: String,
    /// Whether invoices that are passed on contain tax.
    pub mit_steuer: bool,
    /// Whether somebody bears a part of it alone, past a key that shares the rest.
    pub hat_direkte: bool,
    /// Whether the provider bears a share itself in a year of the agreement.
    pub hat_eigenanteil: bool,
    /// Why the item differs from its task: another provider, other payers, another period.
    pub gruende: Vec<String>,
    /// What is assumed of all its years.
    pub annahmen: Vec<AnnahmeSicht>,
    /// The years.
    pub jahre: Vec<JahrSicht>,
}

/// A year of a cost item. All amounts are formatted.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
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
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
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
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
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
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
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

/// What stands where there is no amount.
const OHNE: &str = "–";

/// All charts that papers of a matter may show, by the file beside the Markdown.
pub fn schaubilder(vorgang: &Vorgang, zahlen: &Zahlen<'_>) -> BTreeMap<String, Diagramm> {
    let blick = Blick {
        vorgang,
        zahlen,
        titel: &Titel::new(),
        vorrat: &Vorrat::default(),
        stichtag: None,
        amtstag: None,
    };
    let geschriebene = vorgang
        .vereinbarungen
        .values()
        .filter(|vereinbarung| vereinbarung.wird_geschrieben());
    schaubild::nach_dateien(geschriebene.flat_map(|vereinbarung| {
        let beteiligte = zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        beteiligte
            .map(|beteiligte| blick.schaubilder(vereinbarung, &beteiligte.kosten))
            .unwrap_or_default()
    }))
}

impl Blick<'_> {
    /// The costs of an agreement; `None` without figures.
    pub(super) fn kostenplan(&self, vereinbarung: &Vereinbarung) -> Option<KostenplanSicht> {
        let beteiligte = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel)?;
        let plan = &beteiligte.kosten;
        plan.jahre.first()?;
        let beginn = vereinbarung.beginn().map(|tag| tag.tag().year());
        let ist_frueher = |jahr: u32| {
            let jahr = i32::try_from(jahr).ok();
            jahr.zip(beginn).is_some_and(|(jahr, beginn)| jahr < beginn)
        };
        let fruehere: Vec<_> = plan
            .jahre
            .iter()
            .map(|summe| summe.jahr)
            .filter(|jahr| ist_frueher(*jahr))
            .collect();
        let mut annahmen: Vec<AnnahmeSicht> = Vec::new();
        let mehrere = plan.rechnungen.len() > 1;
        for mut annahme in plan.rechnungen.iter().flat_map(annahmen_zu) {
            if !mehrere {
                annahme.position.clear();
            }
            if !annahme.jahre.is_empty() && !annahmen.contains(&annahme) {
                annahmen.push(annahme);
            }
        }
        Some(KostenplanSicht {
            jahre: plan.jahre.iter().map(|summe| summe.jahr).collect(),
            fruehere: jahresliste(&fruehere),
            fruehere_anzahl: fruehere.len(),
            tabellen: self.jahrestabellen(plan),
            beispiel: plan.rechnungen.iter().any(|rechnung| {
                let mut jahre = rechnung.jahre.iter();
                jahre.any(|jahr| ist_beispiel(rechnung, jahr))
            }),
            eigenanteil: plan
                .rechnungen
                .iter()
                .flat_map(|rechnung| &rechnung.jahre)
                .any(|jahr| jahr.anteile.iter().any(|anteil| anteil.eigen)),
            annahmen,
            schaubilder: self
                .schaubilder(vereinbarung, plan)
                .iter()
                .map(Schaubild::sicht)
                .collect(),
            vergleich: self.vergleich(vereinbarung, beteiligte),
            zahlungen: plan
                .jahre
                .iter()
                // What came before is settled by the rules of before.
                .filter(|summe| !summe.zahlungen.is_empty() && !ist_frueher(summe.jahr))
                .map(zahlungen)
                .collect(),
        })
    }

    /// An item of an agreement.
    pub(super) fn rechnung(
        &self,
        vereinbarung: &Vereinbarung,
        rechnung: &Rechnung<'_>,
    ) -> RechnungSicht {
        let position = rechnung.position;
        let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe);
        let jahre: Vec<_> = rechnung
            .jahre
            .iter()
            .map(|jahr| self.jahr(position, jahr))
            .collect();
        let gruende = [
            position.anbieter.as_ref().map(|a| &a.grund),
            position.zahler.as_ref().map(|z| &z.grund),
            position.zeitraum.as_ref().map(|z| &z.grund),
        ];
        let mut gruende: Vec<_> = gruende.into_iter().flatten().map(Text::einzeilig).collect();
        gruende.extend(andere_saetze(position));
        let tragende = self.tragende_der_position(vereinbarung, position);
        let anwender = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        RechnungSicht {
            tragen_alle: anwender.is_some_and(|b| {
                tragende.ohne(&b.anwender).ist_leer() && b.anwender.ohne(&tragende).ist_leer()
            }),
            tragende: self.menge(&tragende),
            wird_verteilt: position.schluessel != Verteilung::Direkt,
            allein: self.allein(position),
            zeitraum: zeitraum(position, vereinbarung),
            mit_steuer: position.rechnungen.iter().flatten().any(|beleg| {
                let satz = beleg.steuersatz.as_ref();
                satz.is_some_and(|satz| !satz.ist_null())
            }),
            schluessel: ascii(rechnung.schluessel),
            aufgabe: leer(aufgabe.map(|aufgabe| &aufgabe.bezeichnung)),
            titel: gross(&rechnung.bezeichnung.einzeilig()),
            anbieter: self.koerperschaft(rechnung.anbieter),
            regel: kosten(position, vereinbarung.beginn()),
            hat_direkte: jahre.iter().any(|jahr| !jahr.zu_verteilen.is_empty()),
            hat_eigenanteil: jahre.last().is_some_and(|jahr| jahr.hat_eigenanteil),
            gruende,
            // What holds for some of the years only stands by the sums of the years.
            annahmen: annahmen_zu(rechnung)
                .into_iter()
                .filter(|annahme| annahme.jahre.is_empty())
                .collect(),
            jahre,
        }
    }

    fn vergleich(
        &self,
        vereinbarung: &Vereinbarung,
        beteiligte: &Beteiligte<'_>,
    ) -> Option<VergleichSicht> {
        let Vergleich { jahr, zeilen } = beteiligte.vergleich.as_ref()?;
        let neue = zeilen.iter().filter(|zeile| zeile.ohne.is_none());
        let neue = Menge::aus(self.vorgang, neue.map(|zeile| zeile.koerperschaft));
        if neue.ist_leer() {
            return None;
        }
        let summe = |mut betraege: Box<dyn Iterator<Item = Cent> + '_>| {
            betraege.try_fold(Cent(0), Cent::checked_add)
        };
        let ohne = summe(Box::new(zeilen.iter().filter_map(|zeile| zeile.ohne)))?;
        let mit = summe(Box::new(zeilen.iter().map(|zeile| zeile.mit)))?;
        let beitretende = summe(Box::new(
            zeilen
                .iter()
                .filter(|zeile| zeile.ohne.is_none())
                .map(|zeile| zeile.mit),
        ))?;
        let danach = mit.checked_sub(beitretende)?;
        let uebrige = danach.checked_sub(ohne)?;
        let uebrige_gutschrift = ohne.0 < 0 && danach.0 <= 0;
        Some(VergleichSicht {
            jahr: *jahr,
            schon_vorher: neue
                .iter()
                .filter_map(|wer| {
                    let seit = self.nutzungsbeginn(wer)?;
                    let vorher = vereinbarung.beginn().is_some_and(|beginn| seit < beginn);
                    let wer = gross(&self.koerperschaft(wer).nominativ);
                    vorher.then(|| format!("{wer} nutzt den Dienst schon seit dem {}", seit.lang()))
                })
                .collect(),
            zahlende: self.menge(&neue),
            zeilen: zeilen
                .iter()
                .map(|zeile| {
                    Some(VergleichszeileSicht {
                        name: zeile.koerperschaft.amtsform(),
                        ohne: gedruckt(zeile.ohne),
                        mit: zeile.mit.to_string(),
                        unterschied: zeile
                            .mit
                            .checked_sub(zeile.ohne.unwrap_or_default())?
                            .to_string(),
                    })
                })
                .collect::<Option<_>>()?,
            ohne: ohne.to_string(),
            mit: mit.to_string(),
            unterschied: mit.checked_sub(ohne)?.to_string(),
            beitretende: self.beitretende(zeilen, &neue, beitretende),
            uebrige: Cent(uebrige.0.saturating_abs()).to_string(),
            uebrige_gutschrift,
            richtung: match (uebrige.0, uebrige_gutschrift) {
                (..0, false) | (1.., true) => "weniger",
                (0, _) => "",
                (1.., false) | (..0, true) => "mehr",
            },
        })
    }

    /// „Die Stadt Selm und die Gemeinde Holzwickede tragen zusammen 6.656,25 €.“ One by one where one is credited and
    /// the other is not.
    fn beitretende(&self, zeilen: &[Vergleichszeile<'_>], neue: &Menge<'_>, summe: Cent) -> String {
        let betraege: Vec<_> = zeilen
            .iter()
            .filter(|zeile| zeile.ohne.is_none())
            .map(|zeile| (zeile.koerperschaft, zeile.mit))
            .collect();
        let betrag = |cent: Cent| Cent(cent.0.saturating_abs());
        let alle = gross(&self.menge(neue).nominativ);
        let eine = betraege.len() == 1;
        if betraege.iter().all(|(_, cent)| cent.0 >= 0) {
            let tragen = if eine { "trägt" } else { "tragen zusammen" };
            return format!("{alle} {tragen} {}.", betrag(summe));
        }
        if betraege.iter().all(|(_, cent)| cent.0 < 0) {
            let erhalten = if eine { "erhält" } else { "erhalten zusammen" };
            return format!("{alle} {erhalten} {} gutgeschrieben.", betrag(summe));
        }
        let teile: Vec<_> = betraege
            .iter()
            .map(|(wer, cent)| {
                let wer = &self.koerperschaft(wer).nominativ;
                match cent.0 {
                    ..0 => format!("{wer} erhält {} gutgeschrieben", betrag(*cent)),
                    0 => format!("{wer} trägt nichts"),
                    1.. => format!("{wer} trägt {cent}"),
                }
            })
            .collect();
        format!("{}.", gross(&teile.join("; ")))
    }

    /// Who shares an item by its key under the agreement: those whom it names as payers, else the users for whom the task
    /// is done.
    pub(super) fn tragende_der_position(
        &self,
        vereinbarung: &Vereinbarung,
        position: &Kostenposition,
    ) -> Menge<'_> {
        let koerperschaften = &self.vorgang.koerperschaften;
        if let Some(zahler) = &position.zahler {
            let genannte = zahler.wer.iter().filter_map(|wer| koerperschaften.get(wer));
            return Menge::aus(self.vorgang, genannte);
        }
        let anwender = self.zahlen.vereinbarungen.get(&vereinbarung.schluessel);
        let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe);
        let gehoert_dazu = |wer: &&Koerperschaft| {
            aufgabe.is_none_or(|aufgabe| {
                aufgabe.empfaenger.is_empty()
                    || aufgabe.empfaenger.contains(&wer.schluessel)
                    || aufgabe.anbieter == wer.schluessel
            })
        };
        let dabei: Vec<_> = anwender
            .iter()
            .flat_map(|beteiligte| beteiligte.anwender.iter())
            .filter(gehoert_dazu)
            .filter_map(|wer| koerperschaften.get(&wer.schluessel))
            .collect();
        Menge::aus(self.vorgang, dabei.into_iter())
    }

    /// What somebody bears alone.
    fn allein(&self, position: &Kostenposition) -> Vec<String> {
        let wer = |schluessel: &Schluessel| {
            let koerperschaft = self.vorgang.koerperschaften.get(schluessel);
            koerperschaft
                .map(|k| self.koerperschaft(k).nominativ.clone())
                .unwrap_or_default()
        };
        direkte(position)
            .map(|(schluessel, was)| format!("{} {was}", wer(schluessel)))
            .collect()
    }

    fn jahrestabellen(&self, plan: &Kosten<'_>) -> Vec<JahrestabelleSicht> {
        let breiteste = plan
            .jahre
            .iter()
            .map(|jahr| jahr.summe.to_string().chars().count())
            .max()
            .unwrap_or_default();
        // A turned page leaves about 590 pt beside the names; a figure takes 5 pt, a column's edges 9 pt.
        let hoechstens = (590 / (5 * breiteste + 9)).max(1);
        let tabellen = plan.jahre.len().div_ceil(hoechstens).max(1);
        plan.jahre
            .chunks(plan.jahre.len().div_ceil(tabellen).max(1))
            .map(|jahre| JahrestabelleSicht {
                jahre: jahre.iter().map(|summe| summe.jahr).collect(),
                zeilen: self
                    .tragende(plan)
                    .iter()
                    .map(|wer| ZeileSicht {
                        name: wer.amtsform(),
                        betraege: jahre
                            .iter()
                            .map(|summe| gedruckt(traegt(summe, wer)))
                            .collect(),
                    })
                    .collect(),
                summen: jahre.iter().map(|jahr| jahr.summe.to_string()).collect(),
            })
            .collect()
    }

    /// All who bear something in a year, in the order of lists.
    fn tragende<'a>(&'a self, plan: &Kosten<'a>) -> Vec<&'a Koerperschaft> {
        let alle = plan.jahre.iter().flat_map(|summe| &summe.je_beteiligtem);
        Menge::aus(self.vorgang, alle.map(|(koerperschaft, _)| *koerperschaft))
            .iter()
            .collect()
    }

    fn schaubilder(&self, vereinbarung: &Vereinbarung, plan: &Kosten<'_>) -> Vec<Schaubild> {
        let Some(letztes) = plan.jahre.last() else {
            return Vec::new();
        };
        let stamm = dateiname(self.vorgang, vereinbarung);
        let anteile: Vec<_> = letztes
            .je_beteiligtem
            .iter()
            .map(|(wer, betrag)| {
                let eigen = traegt_nur_eigenes(plan, letztes.jahr, &wer.schluessel);
                (self.zahlend(wer), *betrag, eigen)
            })
            .collect();
        let reihen: Vec<_> = self
            .tragende(plan)
            .into_iter()
            .map(|wer| {
                let werte = plan.jahre.iter().map(|summe| traegt(summe, wer));
                (self.zahlend(wer), werte.collect())
            })
            .collect();
        let jahre: Vec<_> = plan.jahre.iter().map(|summe| summe.jahr).collect();
        let mut bilder = schaubild::anteile(&stamm, letztes.jahr, &anteile);
        bilder.extend(schaubild::jahre(&stamm, &jahre, &reihen));
        bilder
    }

    fn zahlend(&self, koerperschaft: &Koerperschaft) -> Zahlend {
        let sicht = self.koerperschaft(koerperschaft);
        Zahlend {
            amtsform: sicht.amtsform.clone(),
            nominativ: sicht.nominativ.clone(),
            genitiv: sicht.genitiv.clone(),
        }
    }

    fn jahr(&self, position: &Kostenposition, jahr: &Jahr<'_>) -> JahrSicht {
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
            zu_verteilen: if position.schluessel == Verteilung::Direkt {
                String::new()
            } else {
                jahr.zu_verteilen()
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
            gewicht_quelle: self.gewicht_quelle(position, jahr),
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

    /// Whose count of residents, and of which day: „Destatis, Stand 31.12.2022“.
    fn gewicht_quelle(&self, position: &Kostenposition, jahr: &Jahr<'_>) -> String {
        let Verteilung::Einwohner(wahlen) = &position.schluessel else {
            return String::new();
        };
        let mut quellen: Vec<String> = Vec::new();
        for wahl in wahlen {
            for anteil in &jahr.anteile {
                let gezaehlt = anteil.koerperschaft.einwohner.iter();
                for zahl in gezaehlt.filter(|zahl| zahl.stand == wahl.stichtag) {
                    let quelle = format!("{}, Stand {}", zahl.quelle.einzeilig(), zahl.stand);
                    if !quellen.contains(&quelle) {
                        quellen.push(quelle);
                    }
                }
            }
        }
        quellen.join("; ")
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

/// An agreed sum in words: „100,00 € im Monat ab dem 01.07.2022“.
pub(super) fn festbetrag(festbetrag: &Festbetrag) -> String {
    let mut worte = match festbetrag.je {
        Takt::Jahr => format!("{} im Jahr", festbetrag.betrag),
        Takt::Monat => format!("{} im Monat", festbetrag.betrag),
    };
    if let Some(von) = festbetrag.von {
        worte.push_str(&format!(" ab dem {von}"));
    }
    if let Some(bis) = festbetrag.bis {
        worte.push_str(&format!(" bis zum {bis}"));
    }
    worte
}

/// Who bears a sum alone, and which: „1.200,00 € im Jahr“, in words behind the name.
pub(super) fn direkte(position: &Kostenposition) -> impl Iterator<Item = (&Schluessel, String)> {
    let feste = position.festbetrag.iter().flatten();
    let feste = feste.filter_map(|fest| Some((fest.fuer.as_ref()?, festbetrag(fest))));
    let belege = position.rechnungen.iter().flatten();
    let belege = belege.filter_map(|beleg| {
        let text = format!(
            "die Rechnung „{}“ vom {}",
            beleg.text.einzeilig(),
            beleg.datum
        );
        Some((beleg.fuer.as_ref()?, text))
    });
    feste.chain(belege)
}

/// Whether a year of an item rests on an invented figure: of its sums, or of the residents by which it is shared.
pub(super) fn ist_beispiel(rechnung: &Rechnung<'_>, jahr: &Jahr<'_>) -> bool {
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

/// The share of the post on a day: as agreed, or as it is held by then.
pub(super) fn stellenanteil(platz: &Arbeitsplatz, am: Option<Datum>) -> String {
    let bisher = sortiert(platz)
        .into_iter()
        .filter(|b| am.is_none_or(|am| b.ab <= am));
    let anteil = bisher
        .filter_map(|b| b.stellenanteil.as_ref())
        .next_back()
        .map_or(&platz.stellenanteil.0, |umfang| &umfang.0);
    zahl(anteil)
}

/// How the post is held from later days on: „ab dem 1. September 2022 mit 1/3 Vollzeitäquivalent der Bewertung EG 10“.
pub(super) fn besetzung(platz: &Arbeitsplatz, nach: Option<Datum>) -> Vec<String> {
    sortiert(platz)
        .into_iter()
        .filter(|b| nach.is_some_and(|nach| nach < b.ab))
        .map(|b| {
            let anteil = b.stellenanteil.as_ref();
            let anteil = anteil.map(|a| format!("mit {} Vollzeitäquivalent", zahl(&a.0)));
            let gruppe = b.gruppe.as_ref();
            let gruppe = gruppe.map(|g| format!("in der Bewertung {}", g.einzeilig()));
            let worte: Vec<_> = anteil.into_iter().chain(gruppe).collect();
            format!("ab dem {} {}", b.ab.lang(), worte.join(" "))
        })
        .collect()
}

fn sortiert(platz: &Arbeitsplatz) -> Vec<&Besetzung> {
    let mut besetzung: Vec<_> = platz.besetzung.iter().collect();
    besetzung.sort_by_key(|b| b.ab);
    besetzung
}

fn zahl(bruch: &Bruch) -> String {
    bruch.dezimal().unwrap_or_else(|| bruch.to_string())
}

/// Years whose rate of the Gemeinkosten is not the agreed one, each in a sentence.
fn andere_saetze(position: &Kostenposition) -> Vec<String> {
    let satz = |satz: &Bruch| satz.prozent().unwrap_or_else(|| satz.to_string());
    let mut saetze: Vec<String> = Vec::new();
    if let Some(platz) = &position.arbeitsplatz {
        for wert in &platz.werte {
            let Some(anderer) = wert
                .gemeinkosten
                .as_ref()
                .filter(|s| **s != platz.gemeinkosten)
            else {
                continue;
            };
            let ab = wert.ab.map(|ab| format!(" ab dem {}", ab.lang()));
            let text = format!(
                "Für {}{} ist der Zuschlag für Gemeinkosten mit {} statt der vereinbarten {} gerechnet.",
                wert.jahr,
                leer(ab),
                satz(anderer),
                satz(&platz.gemeinkosten)
            );
            if !saetze.contains(&text) {
                saetze.push(text);
            }
        }
    }
    saetze
}

/// The time for which there are costs, where the item or the end of the agreement cuts it.
fn zeitraum(position: &Kostenposition, vereinbarung: &Vereinbarung) -> String {
    let eigener = position.zeitraum.as_ref();
    let beginn = vereinbarung.beginn();
    let von = eigener
        .and_then(|z| z.von)
        .filter(|von| beginn.is_none_or(|beginn| beginn < *von))
        .map(|von| format!("ab dem {}", von.lang()));
    let bis = eigener
        .and_then(|z| z.bis)
        .or(vereinbarung.ende)
        .map(|bis| format!("bis zum {}", bis.lang()));
    let teile: Vec<_> = von.into_iter().chain(bis).collect();
    teile.join(" ")
}

/// What a body bears in a year, if it takes part.
fn traegt(summe: &Jahressumme<'_>, wer: &Koerperschaft) -> Option<Cent> {
    let (_, betrag) = summe
        .je_beteiligtem
        .iter()
        .find(|(k, _)| k.schluessel == wer.schluessel)?;
    Some(*betrag)
}

/// Whether all that a body bears in a year is what it would invoice to itself.
fn traegt_nur_eigenes(plan: &Kosten<'_>, jahr: u32, wer: &Schluessel) -> bool {
    let mut anteile = plan
        .rechnungen
        .iter()
        .flat_map(|rechnung| &rechnung.jahre)
        .filter(|j| j.jahr == jahr)
        .filter_map(|j| j.anteil_von(wer))
        .peekable();
    anteile.peek().is_some() && anteile.all(|anteil| anteil.eigen)
}

/// What is assumed of an item, and of which of its years.
fn annahmen_zu(rechnung: &Rechnung<'_>) -> Vec<AnnahmeSicht> {
    let mut je_text: Vec<(&str, Vec<u32>)> = Vec::new();
    for jahr in rechnung.jahre.iter().map(|jahr| jahr.jahr) {
        let tag = |monat, tag| {
            let jahr = i32::try_from(jahr).ok()?;
            NaiveDate::from_ymd_opt(jahr, monat, tag).map(Datum::from)
        };
        for text in rechnung.position.annahmen_in(tag(1, 1), tag(12, 31)) {
            match je_text.iter_mut().find(|(t, _)| *t == text) {
                Some((_, jahre)) => jahre.push(jahr),
                None => je_text.push((text, vec![jahr])),
            }
        }
    }
    je_text
        .into_iter()
        .map(|(text, jahre)| AnnahmeSicht {
            jahre: if jahre.len() == rechnung.jahre.len() {
                String::new()
            } else {
                jahresliste(&jahre)
            },
            position: gross(&rechnung.bezeichnung.einzeilig()),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        })
        .collect()
}

/// „2020, 2021 und 2022“.
fn jahresliste(jahre: &[u32]) -> String {
    let jahre: Vec<_> = jahre.iter().map(ToString::to_string).collect();
    let jahre: Vec<_> = jahre.iter().map(String::as_str).collect();
    aufzaehlung(&jahre, Verbindung::Und)
}

fn zahlungen(summe: &Jahressumme<'_>) -> ZahlungsjahrSicht {
    let raten: BTreeSet<_> = summe
        .zahlungen
        .iter()
        .flat_map(|zahlung| &zahlung.teile)
        .map(|teil| (teil.bis, teil.art))
        .collect();
    ZahlungsjahrSicht {
        jahr: summe.jahr,
        raten: raten.iter().map(|(bis, art)| rate(*bis, *art)).collect(),
        zeilen: summe
            .zahlungen
            .iter()
            .map(|zahlung| ZahlungSicht {
                von: zahlung.von.amtsform(),
                an: zahlung.an.amtsform(),
                gutschrift: zahlung.gutschrift,
                betraege: raten
                    .iter()
                    .map(|rate| {
                        let mut teile = zahlung.teile.iter();
                        let teil = teile.find(|teil| (teil.bis, teil.art) == *rate);
                        gedruckt(teil.map(|teil| teil.betrag))
                    })
                    .collect(),
                betrag: zahlung.betrag.to_string(),
            })
            .collect(),
    }
}

fn rate(bis: Option<Datum>, art: Faelligkeit) -> String {
    match (art, bis) {
        (Faelligkeit::Abschlag, Some(tag)) => format!("Abschlag zum {tag}"),
        (Faelligkeit::Abschlag, None) => "Abschlag".to_owned(),
        (Faelligkeit::Abrechnung, Some(tag)) => format!("Abrechnung, fällig bis {tag}"),
        (Faelligkeit::Abrechnung, None) => "Abrechnung".to_owned(),
    }
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

/// An amount, or a dash where there is none.
fn gedruckt(betrag: Option<Cent>) -> String {
    betrag.map_or_else(|| OHNE.to_owned(), |betrag| betrag.to_string())
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

    #[test]
    fn a_payment_says_what_it_is_and_when_it_is_due() {
        let tag = Some("30.04.2023".parse().unwrap());
        assert_eq!(
            rate(tag, Faelligkeit::Abrechnung),
            "Abrechnung, fällig bis 30.04.2023"
        );
        assert_eq!(rate(None, Faelligkeit::Abschlag), "Abschlag");
    }
}
