//! What changed in the matter itself, before any wording: parties, users, tasks, shares, amounts, days, steps, clauses.
//!
//! Compares the typed model and the computed values; text is no business of this module.

use std::collections::BTreeMap;

use crate::compute;
use crate::model::anlage::Inhalt;
use crate::model::vereinbarung::{Aufgabenart, Status};
use crate::model::{Drucksache, Koerperschaft, Schluessel, Vereinbarung, Vorgang};

mod abreden;
mod klauseln;
mod vergleich;

pub(super) use klauseln::klauseln;
pub(super) use vergleich::unterschiede;

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
    /// Something else that the parties agreed on.
    Regelung,
    /// An annex.
    Anlage,
    /// How a sum is shared.
    Verteilung,
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
    /// How much it says of what a change is about, from 0: those who take part before their tasks, those before money.
    pub(super) fn rang(self) -> u8 {
        match self {
            Self::Partei | Self::Anwender => 0,
            Self::Aufgabe => 1,
            Self::Klausel | Self::Verteilung => 2,
            Self::Betrag | Self::Frist | Self::Regelung => 3,
            Self::Anteil => 4,
            Self::Anlage => 5,
            Self::Beratung | Self::Verfahren => 6,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Partei => "partei",
            Self::Anwender => "anwender",
            Self::Aufgabe => "aufgabe",
            Self::Klausel => "klausel",
            Self::Anlage => "anlage",
            Self::Verteilung => "verteilung",
            Self::Anteil => "anteil",
            Self::Betrag => "betrag",
            Self::Frist => "frist",
            Self::Beratung => "beratung",
            Self::Regelung => "regelung",
            Self::Verfahren => "verfahren",
        }
    }
}

/// What a change of names is about.
pub(super) const BEZEICHNUNG: &str = "Bezeichnung";

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
            (Some(alt), Some(neu)) if self.gegenstand == BEZEICHNUNG => {
                // „Aufgabe „Support“ heißt jetzt „Unterstützung““
                let kurz = neu
                    .strip_prefix("Aufgabe ")
                    .filter(|_| alt.starts_with("Aufgabe "));
                format!("{alt} heißt jetzt {}", kurz.unwrap_or(neu))
            }
            (Some(alt), Some(neu)) => format!("{}: {alt} → {neu}", self.gegenstand),
            (None, None) => self.gegenstand.clone(),
        }
    }
}

/// How the names of things begin, by which two states are compared.
const PARTEI: &str = "Partei ";
const ANWENDER: &str = "Anwenderkommune ";
const LEISTUNG: &str = "Leistung";
const AUSNAHME: &str = "Ausnahme";
const AUSLAGE: &str = "Auslage";
const DATENART: &str = "Datenart";
const VERTEILUNG: &str = "Verteilungsschlüssel";
/// Under what a council or committee is known; it is told only where it bears another name.
const GREMIUM: &str = "gremium ";
const SITZUNG: &str = "Sitzung ";
const ERGEBNIS: &str = "Ergebnis ";
const BESCHLUSS: &str = "Beschluss ";

/// What is known of a matter: what it is called and how it stands, by what it is about and what it is known by.
pub(super) type Sachstand = BTreeMap<(Sinn, String), (String, String)>;

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
        let mut merke_als = |sinn, kennung: &str, gegenstand: String, wert: String| {
            stand.insert(
                (sinn, format!("{kennung}{zusatz}")),
                (format!("{gegenstand}{zusatz}"), wert),
            );
        };
        for partei in beteiligte.parteien.iter() {
            merke_als(
                Sinn::Partei,
                partei.schluessel.as_str(),
                format!("{PARTEI}{}", partei.amtsform()),
                String::new(),
            );
        }
        if vereinbarung.wird_geschrieben() {
            for anwender in beteiligte.anwender.iter() {
                merke_als(
                    Sinn::Anwender,
                    anwender.schluessel.as_str(),
                    format!("{ANWENDER}{}", anwender.amtsform()),
                    String::new(),
                );
            }
        }
        aufgaben(vorgang, vereinbarung, &mut merke_als);
        kosten(&beteiligte.kosten.rechnungen, &mut merke_als);
        abreden::abreden(vorgang, vereinbarung, &mut merke_als);
        let mut merke = |sinn, gegenstand: String, wert: String| {
            merke_als(sinn, &gegenstand, gegenstand.clone(), wert);
        };
        merke(
            Sinn::Verfahren,
            "Stand der Vereinbarung".to_owned(),
            status(vereinbarung.status).to_owned(),
        );
        fristen(vereinbarung, &mut merke);
        for beschluss in &vereinbarung.beschluesse {
            let wer = vorgang.koerperschaften.get(&beschluss.koerperschaft);
            let wer = wer.map_or_else(
                || beschluss.koerperschaft.to_string(),
                Koerperschaft::amtsform,
            );
            let ergebnis = beschluss
                .ergebnis
                .map_or("wie vorgeschlagen", |e| e.wortlaut());
            merke_als(
                Sinn::Verfahren,
                &format!(
                    "Beschluss {}, {}",
                    beschluss.koerperschaft, beschluss.gremium
                ),
                format!("{BESCHLUSS}{wer}, {}", beschluss.gremium),
                format!("{}, {ergebnis}", beschluss.datum),
            );
        }
    }
    nutzung(vorgang, &mut stand);
    gremien(vorgang, &mut stand);
    beratungen(vorgang, &mut stand);
    stand
}

/// The names of councils and committees, each by its role: the first, the second of its kind.
fn gremien(vorgang: &Vorgang, stand: &mut Sachstand) {
    for (schluessel, koerperschaft) in &vorgang.koerperschaften {
        let mut gesehen = BTreeMap::<String, usize>::new();
        for gremium in &koerperschaft.gremien {
            let rolle = format!("{:?}", gremium.rolle);
            let wievieltes = gesehen.entry(rolle.clone()).or_default();
            *wievieltes += 1;
            let kennung = format!("{GREMIUM}{schluessel} {rolle} {wievieltes}");
            stand.insert(
                (Sinn::Beratung, kennung),
                (gremium.name.to_string(), String::new()),
            );
        }
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Entwurf => "Entwurf",
        Status::Beschlossen => "beschlossen",
        Status::Unterzeichnet => "unterzeichnet",
        Status::Genehmigt => "genehmigt",
        Status::InKraft => "in Kraft",
    }
}

/// The tasks with what belongs to each of them and what does not.
fn aufgaben(
    vorgang: &Vorgang,
    vereinbarung: &Vereinbarung,
    merke_als: &mut impl FnMut(Sinn, &str, String, String),
) {
    for (name, aufgabe) in &vereinbarung.aufgaben {
        let anbieter = vorgang.koerperschaften.get(&aufgabe.anbieter);
        let art = match aufgabe.art {
            Aufgabenart::Mandatierend => "mandatierend",
            Aufgabenart::Delegierend => "delegierend",
        };
        let durch = anbieter.map_or_else(|| name.to_string(), Koerperschaft::amtsform);
        merke_als(
            Sinn::Aufgabe,
            name.as_str(),
            format!("Aufgabe „{}“", aufgabe.bezeichnung),
            format!("{durch}, {art}"),
        );
        let listen = [
            (LEISTUNG, &aufgabe.leistungen),
            (AUSNAHME, &aufgabe.ausgenommen),
        ];
        for (wort, liste) in listen {
            for text in liste {
                let text = text.einzeilig();
                merke_als(
                    Sinn::Aufgabe,
                    &format!("{wort} {name}: {text}"),
                    format!("{wort} „{text}“ (Aufgabe „{}“)", aufgabe.bezeichnung),
                    String::new(),
                );
            }
        }
    }
}

/// From when to when each body uses the service.
fn nutzung(vorgang: &Vorgang, stand: &mut Sachstand) {
    let mut zeiten: BTreeMap<&Schluessel, Vec<String>> = BTreeMap::new();
    for nutzung in &vorgang.nutzung {
        let zeit = match nutzung.bis {
            Some(bis) => format!("{} bis {bis}", nutzung.von),
            None => format!("ab {}", nutzung.von),
        };
        zeiten.entry(&nutzung.anwender).or_default().push(zeit);
    }
    for (anwender, zeiten) in zeiten {
        let wer = vorgang.koerperschaften.get(anwender);
        let wer = wer.map_or_else(|| anwender.to_string(), Koerperschaft::amtsform);
        stand.insert(
            (Sinn::Anwender, format!("nutzung {anwender}")),
            (format!("Nutzung {wer}"), zeiten.join(", ")),
        );
    }
}

/// The annexes of the papers for councils.
fn anlagen(drucksache: &Drucksache, zusatz: &str, stand: &mut Sachstand) {
    for anlage in &drucksache.anlagen {
        let name = match &anlage.inhalt {
            Inhalt::Vereinbarung(_) => "Anlage: die Vereinbarung".to_owned(),
            Inhalt::Drucksache(nummer) => format!("Anlage: Drucksache {nummer}"),
            Inhalt::Text { titel, .. } | Inhalt::Datei { titel, .. } | Inhalt::Titel(titel) => {
                format!("Anlage „{titel}“")
            }
        };
        let name = format!("{name}{zusatz}");
        stand.insert((Sinn::Anlage, name.clone()), (name, String::new()));
    }
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
        merke(
            Sinn::Frist,
            "Einwendungsfrist".to_owned(),
            format!("{} Monate", abrechnung.einwendungsfrist_monate),
        );
    }
}

fn kosten(
    rechnungen: &[compute::kosten::Rechnung<'_>],
    merke_als: &mut impl FnMut(Sinn, &str, String, String),
) {
    for rechnung in rechnungen {
        let verteilung = format!("{VERTEILUNG} {}", rechnung.bezeichnung);
        merke_als(
            Sinn::Verteilung,
            &verteilung,
            verteilung.clone(),
            rechnung.position.schluessel.wortlaut().to_owned(),
        );
        abreden::arbeitsplatz(rechnung.bezeichnung.as_str(), rechnung.position, merke_als);
        for jahr in &rechnung.jahre {
            let was = format!("{} {}", rechnung.bezeichnung, jahr.jahr);
            let jahresbetrag = format!("Jahresbetrag {was}");
            merke_als(
                Sinn::Betrag,
                &jahresbetrag,
                jahresbetrag.clone(),
                format!("{} €", jahr.gesamt.zahl()),
            );
            for anteil in &jahr.anteile {
                let wer = anteil.koerperschaft.amtsform();
                // Known by the key: another name makes no other share.
                let schluessel = &anteil.koerperschaft.schluessel;
                if let Some(bruch) = anteil.anteil() {
                    merke_als(
                        Sinn::Anteil,
                        &format!("Anteil {schluessel} an {was}"),
                        format!("Anteil {wer} an {was}"),
                        bruch.to_string(),
                    );
                }
                merke_als(
                    Sinn::Betrag,
                    &format!("Betrag {schluessel} an {was}"),
                    format!("Betrag {wer} an {was}"),
                    format!("{} €", anteil.betrag.zahl()),
                );
            }
        }
    }
}

/// Income and expense of the budget, as far as they are typed.
fn haushalt(drucksache: &Drucksache, zusatz: &str, stand: &mut Sachstand) {
    let Some(haushalt) = &drucksache.haushalt else {
        return;
    };
    let betraege = [("Ertrag", haushalt.ertrag), ("Aufwand", haushalt.aufwand)];
    for (wort, betrag) in betraege {
        if let Some(betrag) = betrag {
            let name = format!("{wort} im Haushalt{zusatz}");
            stand.insert((Sinn::Betrag, name.clone()), (name, betrag.to_string()));
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
        anlagen(drucksache, &zusatz, stand);
        haushalt(drucksache, &zusatz, stand);
        if let Some(wessen) = &drucksache.koerperschaft
            && let Some(wer) = vorgang.koerperschaften.get(wessen)
            && vorgang
                .drucksachen
                .iter()
                .filter(|d| d.koerperschaft.as_ref() == Some(wessen))
                .count()
                == 1
        {
            let name = format!("Nummer der Drucksache ({})", wer.amtsform());
            stand.insert(
                (Sinn::Verfahren, format!("Nummer der Drucksache {wessen}")),
                (name, drucksache.nummer.to_string()),
            );
        }
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
            let sitzung = format!("{SITZUNG}{name}");
            stand.insert(
                (Sinn::Beratung, sitzung.clone()),
                (
                    sitzung,
                    format!(
                        "{tag}, {}, {}",
                        beratung.beschlussstatus.wortlaut(),
                        beratung.beratungsstatus.wortlaut()
                    ),
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
                let worueber = format!("{ERGEBNIS}{name}");
                stand.insert(
                    (Sinn::Verfahren, worueber.clone()),
                    (worueber, format!("{}{stimmen}", ergebnis.status.wortlaut())),
                );
            }
        }
    }
}
