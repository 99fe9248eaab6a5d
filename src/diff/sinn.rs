//! What changed in the matter itself, before any wording: parties, users, tasks, shares, amounts, days, steps, clauses.
//!
//! Compares the typed model and the computed values; text is no business of this module.

use std::collections::BTreeMap;

use super::stellen::Paar;
use crate::compute;
use crate::model::vereinbarung::Aufgabenart;
use crate::model::{Koerperschaft, Vereinbarung, Vorgang};

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sinn {
    /// A party.
    Partei,
    /// A user of the service.
    Anwender,
    /// A task.
    Aufgabe,
    /// A clause.
    Klausel,
    /// A share.
    Anteil,
    /// An amount.
    Betrag,
    /// A day or a period.
    Frist,
    /// A step of deliberation.
    Beratung,
    /// A decision, a vote, a step of the procedure.
    Verfahren,
}

impl Sinn {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Partei => "partei",
            Self::Anwender => "anwender",
            Self::Aufgabe => "aufgabe",
            Self::Klausel => "klausel",
            Self::Anteil => "anteil",
            Self::Betrag => "betrag",
            Self::Frist => "frist",
            Self::Beratung => "beratung",
            Self::Verfahren => "verfahren",
        }
    }
}

/// A change of the matter itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sinnaenderung {
    /// What it is about.
    pub sinn: Sinn,
    /// What it is, in German: „Partei: Stadt Selm“.
    pub gegenstand: String,
    /// What was; `None` if it is new.
    pub alt: Option<String>,
    /// What is; `None` if it is gone.
    pub neu: Option<String>,
}

impl Sinnaenderung {
    /// As a German sentence without a full stop.
    pub fn satz(&self) -> String {
        match (&self.alt, &self.neu) {
            (None, Some(neu)) if neu.is_empty() => format!("{} kommt hinzu", self.gegenstand),
            (None, Some(neu)) => format!("{}: neu {neu}", self.gegenstand),
            (Some(alt), None) if alt.is_empty() => format!("{} entfällt", self.gegenstand),
            (Some(alt), None) => format!("{} entfällt (bisher {alt})", self.gegenstand),
            (Some(alt), Some(neu)) => format!("{}: {alt} → {neu}", self.gegenstand),
            (None, None) => self.gegenstand.clone(),
        }
    }
}

/// What is known of a matter, by what it is about.
pub(super) type Sachstand = BTreeMap<(Sinn, String), String>;

/// The facts of a matter that a reader wants to hear of first.
pub(super) fn sachstand(vorgang: &Vorgang) -> Sachstand {
    let mut stand = Sachstand::new();
    let zahlen = compute::rechne(vorgang);
    let mehrere = vorgang
        .vereinbarungen
        .values()
        .filter(|v| v.wird_geschrieben())
        .count()
        != 1;
    for (schluessel, beteiligte) in &zahlen.vereinbarungen {
        let Some(vereinbarung) = vorgang.vereinbarungen.get(*schluessel) else {
            continue;
        };
        let zusatz = if mehrere || !vereinbarung.wird_geschrieben() {
            format!(" ({schluessel})")
        } else {
            String::new()
        };
        let mut merke = |sinn, gegenstand: String, wert: String| {
            stand.insert((sinn, format!("{gegenstand}{zusatz}")), wert);
        };
        for partei in beteiligte.parteien.iter() {
            merke(
                Sinn::Partei,
                format!("Partei {}", partei.amtsform()),
                String::new(),
            );
        }
        if vereinbarung.wird_geschrieben() {
            for anwender in beteiligte.anwender.iter() {
                merke(
                    Sinn::Anwender,
                    format!("Anwenderkommune {}", anwender.amtsform()),
                    String::new(),
                );
            }
        }
        for (name, aufgabe) in &vereinbarung.aufgaben {
            let anbieter = vorgang.koerperschaften.get(&aufgabe.anbieter);
            let art = match aufgabe.art {
                Aufgabenart::Mandatierend => "mandatierend",
                Aufgabenart::Delegierend => "delegierend",
            };
            let durch = anbieter.map_or_else(|| name.to_string(), Koerperschaft::amtsform);
            merke(
                Sinn::Aufgabe,
                format!("Aufgabe „{}“", aufgabe.bezeichnung),
                format!("{durch}, {art}"),
            );
        }
        fristen(vereinbarung, &mut merke);
        kosten(&beteiligte.kosten.rechnungen, &mut merke);
        for beschluss in &vereinbarung.beschluesse {
            let wer = vorgang.koerperschaften.get(&beschluss.koerperschaft);
            let wer = wer.map_or_else(
                || beschluss.koerperschaft.to_string(),
                Koerperschaft::amtsform,
            );
            let ergebnis = beschluss
                .ergebnis
                .map_or("wie vorgeschlagen", |e| e.wortlaut());
            merke(
                Sinn::Verfahren,
                format!("Beschluss {wer}, {}", beschluss.gremium),
                format!("{}, {ergebnis}", beschluss.datum),
            );
        }
    }
    beratungen(vorgang, &mut stand);
    stand
}

/// Days and periods that the parties agreed on.
fn fristen(vereinbarung: &Vereinbarung, merke: &mut impl FnMut(Sinn, String, String)) {
    if let Some(beginn) = vereinbarung.beginn() {
        merke(
            Sinn::Frist,
            "frühester Tag der Wirksamkeit".to_owned(),
            beginn.to_string(),
        );
    }
    if let Some(ende) = vereinbarung.ende {
        merke(
            Sinn::Frist,
            "Ende der Laufzeit".to_owned(),
            ende.to_string(),
        );
    }
    if let Some(kuendigung) = &vereinbarung.kuendigung {
        if let Some(monate) = kuendigung.frist_monate {
            merke(
                Sinn::Frist,
                "Kündigungsfrist".to_owned(),
                format!("{monate} Monate"),
            );
        }
        if let Some(tag) = kuendigung.fruehestens {
            merke(
                Sinn::Frist,
                "Kündigung frühestens zum".to_owned(),
                tag.to_string(),
            );
        }
    }
    if let Some(abrechnung) = &vereinbarung.abrechnung {
        merke(
            Sinn::Frist,
            "Abrechnung bis".to_owned(),
            abrechnung.bis.to_string(),
        );
        merke(
            Sinn::Frist,
            "Zahlungsziel".to_owned(),
            format!("{} Tage", abrechnung.zahlungsziel_tage),
        );
    }
}

fn kosten(
    rechnungen: &[compute::kosten::Rechnung<'_>],
    merke: &mut impl FnMut(Sinn, String, String),
) {
    for rechnung in rechnungen {
        for jahr in &rechnung.jahre {
            let was = format!("{} {}", rechnung.schluessel, jahr.jahr);
            merke(
                Sinn::Betrag,
                format!("Jahresbetrag {was}"),
                format!("{} €", jahr.gesamt.zahl()),
            );
            for anteil in &jahr.anteile {
                let wer = anteil.koerperschaft.amtsform();
                if let Some(bruch) = anteil.anteil() {
                    merke(
                        Sinn::Anteil,
                        format!("Anteil {wer} an {was}"),
                        bruch.to_string(),
                    );
                }
                merke(
                    Sinn::Betrag,
                    format!("Betrag {wer} an {was}"),
                    format!("{} €", anteil.betrag.zahl()),
                );
            }
        }
    }
}

fn beratungen(vorgang: &Vorgang, stand: &mut Sachstand) {
    let mehrere = vorgang.drucksachen.len() != 1;
    for drucksache in &vorgang.drucksachen {
        let zusatz = if mehrere {
            format!(" ({})", drucksache.nummer)
        } else {
            String::new()
        };
        let mut gesehen: BTreeMap<String, usize> = BTreeMap::new();
        for beratung in drucksache.beratungen() {
            let gremium = beratung.gremium.to_string();
            let wievielte = gesehen.entry(gremium.clone()).or_default();
            *wievielte += 1;
            let name = if *wievielte > 1 {
                format!("{gremium}, {wievielte}. Beratung{zusatz}")
            } else {
                format!("{gremium}{zusatz}")
            };
            let tag = beratung
                .sitzungsdatum
                .map_or_else(|| "ohne Tag".to_owned(), |tag| tag.to_string());
            stand.insert(
                (Sinn::Beratung, format!("Sitzung {name}")),
                format!(
                    "{tag}, {}, {}",
                    beratung.beschlussstatus.wortlaut(),
                    beratung.beratungsstatus.wortlaut()
                ),
            );
            if let Some(ergebnis) = &beratung.ergebnis {
                let stimmen = [
                    ("Ja", ergebnis.ja),
                    ("Nein", ergebnis.nein),
                    ("Enthaltungen", ergebnis.enthaltungen),
                    ("Befangen", ergebnis.befangen),
                ];
                let stimmen: String = stimmen
                    .iter()
                    .filter_map(|(wort, zahl)| zahl.map(|zahl| format!(", {wort} {zahl}")))
                    .collect();
                stand.insert(
                    (Sinn::Verfahren, format!("Ergebnis {name}")),
                    format!("{}{stimmen}", ergebnis.status.wortlaut()),
                );
            }
        }
    }
}

/// The clauses of a pair of papers that came, went or bear another number.
pub(super) fn klauseln(paar: &Paar) -> Vec<Sinnaenderung> {
    let [alt, neu] = &paar.klauseln;
    if paar.alt.is_none() || paar.neu.is_none() {
        return Vec::new();
    }
    let mut aenderungen = Vec::new();
    let gegenstand = |schluessel: &str| format!("Klausel „{schluessel}“");
    for (schluessel, nummer) in alt {
        let neue = neu.iter().find(|(k, _)| k == schluessel).map(|(_, n)| n);
        if neue != Some(nummer) {
            aenderungen.push(Sinnaenderung {
                sinn: Sinn::Klausel,
                gegenstand: gegenstand(schluessel),
                alt: Some(format!("§ {nummer}")),
                neu: neue.map(|n| format!("§ {n}")),
            });
        }
    }
    for (schluessel, nummer) in neu {
        if !alt.iter().any(|(k, _)| k == schluessel) {
            aenderungen.push(Sinnaenderung {
                sinn: Sinn::Klausel,
                gegenstand: gegenstand(schluessel),
                alt: None,
                neu: Some(format!("§ {nummer}")),
            });
        }
    }
    aenderungen
}

/// What differs between two states.
pub(super) fn unterschiede(alt: &Sachstand, neu: &Sachstand) -> Vec<Sinnaenderung> {
    let mut aenderungen = Vec::new();
    let schluessel: std::collections::BTreeSet<_> = alt.keys().chain(neu.keys()).collect();
    for eintrag in schluessel {
        let (a, n) = (alt.get(eintrag), neu.get(eintrag));
        if a != n {
            aenderungen.push(Sinnaenderung {
                sinn: eintrag.0,
                gegenstand: eintrag.1.clone(),
                alt: a.cloned(),
                neu: n.cloned(),
            });
        }
    }
    aenderungen
}
