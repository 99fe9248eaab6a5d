//! What changed in the matter itself, before any wording: parties, users, tasks, shares, amounts, days, steps, clauses.
//!
//! Compares the typed model and the computed values; text is no business of this module.

use std::collections::BTreeMap;

use super::gliederung::{Abschnitt, Form, Gliederung, gliedere};
use super::stellen::Paar;
use crate::compute;
use crate::model::anlage::Inhalt;
use crate::model::vereinbarung::{Aufgabenart, Status};
use crate::model::{Drucksache, Koerperschaft, Schluessel, Vereinbarung, Vorgang};

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
    /// An annex.
    Anlage,
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
            Self::Klausel => 2,
            Self::Betrag | Self::Frist => 3,
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
                format!("Partei {}", partei.amtsform()),
                String::new(),
            );
        }
        if vereinbarung.wird_geschrieben() {
            for anwender in beteiligte.anwender.iter() {
                merke_als(
                    Sinn::Anwender,
                    anwender.schluessel.as_str(),
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
            merke_als(
                Sinn::Aufgabe,
                name.as_str(),
                format!("Aufgabe „{}“", aufgabe.bezeichnung),
                format!("{durch}, {art}"),
            );
        }
        let mut merke = |sinn, gegenstand: String, wert: String| {
            merke_als(sinn, &gegenstand, gegenstand.clone(), wert);
        };
        merke(
            Sinn::Verfahren,
            "Stand der Vereinbarung".to_owned(),
            status(vereinbarung.status).to_owned(),
        );
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
    nutzung(vorgang, &mut stand);
    beratungen(vorgang, &mut stand);
    stand
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
    }
}

fn kosten(
    rechnungen: &[compute::kosten::Rechnung<'_>],
    merke: &mut impl FnMut(Sinn, String, String),
) {
    for rechnung in rechnungen {
        for jahr in &rechnung.jahre {
            let was = format!("{} {}", rechnung.bezeichnung, jahr.jahr);
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
        anlagen(drucksache, &zusatz, stand);
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
                (Sinn::Verfahren, name.clone()),
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
            let sitzung = format!("Sitzung {name}");
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
                let worueber = format!("Ergebnis {name}");
                stand.insert(
                    (Sinn::Verfahren, worueber.clone()),
                    (worueber, format!("{}{stimmen}", ergebnis.status.wortlaut())),
                );
            }
        }
    }
}

/// The clauses of a pair of papers that came, went or bear another number: new and dropped ones first.
pub(super) fn klauseln(paar: &Paar) -> Vec<Sinnaenderung> {
    let [alt, neu] = &paar.klauseln;
    if paar.alt.is_none() || paar.neu.is_none() {
        return Vec::new();
    }
    let (ga, gn) = (gliedere(paar.alter_text()), gliedere(paar.neuer_text()));
    let gleich = gleiche_klauseln(paar, &ga, &gn);
    let mut weg = Vec::new();
    let mut dazu = Vec::new();
    let mut umnummeriert = Vec::new();
    let aenderung = |gegenstand, alt: Option<u32>, neu: Option<u32>| Sinnaenderung {
        sinn: Sinn::Klausel,
        gegenstand,
        alt: alt.map(|n| format!("§ {n}")),
        neu: neu.map(|n| format!("§ {n}")),
    };
    for (schluessel, nummer) in alt {
        let neuer = gleich.get(schluessel).unwrap_or(schluessel);
        let neue = neu.iter().find(|(k, _)| k == neuer).map(|(_, n)| *n);
        match neue {
            None => weg.push(aenderung(klausel(&ga, schluessel), Some(*nummer), None)),
            Some(neue) if neue != *nummer => {
                umnummeriert.push(aenderung(klausel(&gn, neuer), Some(*nummer), Some(neue)));
            }
            Some(_) => {}
        }
    }
    for (schluessel, nummer) in neu {
        let bekannt = alt.iter().any(|(k, _)| k == schluessel)
            || gleich.values().any(|neuer| neuer == schluessel);
        if !bekannt {
            dazu.push(aenderung(klausel(&gn, schluessel), None, Some(*nummer)));
        }
    }
    dazu.extend(weg);
    dazu.extend(umnummeriert);
    dazu
}

/// A clause by its heading, by its key where it has none.
fn klausel(gliederung: &Gliederung, schluessel: &str) -> String {
    let abschnitt = gliederung
        .abschnitte
        .iter()
        .find(|a| a.schluessel.as_deref() == Some(schluessel));
    let name = abschnitt.map(Abschnitt::ueberschrift).unwrap_or_default();
    let name = if name.is_empty() { schluessel } else { name };
    format!("Klausel „{name}“")
}

/// Clauses that only bear another key: old key and new key of those whose heading and words are the same.
fn gleiche_klauseln(paar: &Paar, ga: &Gliederung, gn: &Gliederung) -> BTreeMap<String, String> {
    let [alt, neu] = &paar.klauseln;
    let text = |markdown: &str, gliederung: &Gliederung, schluessel: &str| -> Option<String> {
        let abschnitt = gliederung
            .abschnitte
            .iter()
            .find(|a| a.schluessel.as_deref() == Some(schluessel))?;
        let bloecke = gliederung.bloecke.get(abschnitt.bloecke.clone())?;
        let worte = bloecke
            .iter()
            .filter(|b| !matches!(b.form, Form::Anweisung | Form::Ueberschrift))
            .filter_map(|b| markdown.get(b.inhalt.clone()));
        let mut ganz = abschnitt.ueberschrift().to_owned();
        for teil in worte {
            ganz.push('\n');
            ganz.push_str(&ohne_ziele(teil));
        }
        Some(ganz)
    };
    let mut gleich = BTreeMap::new();
    for (alter, _) in alt.iter().filter(|(k, _)| !neu.iter().any(|(l, _)| k == l)) {
        let gesucht = text(paar.alter_text(), ga, alter);
        let gefunden = neu
            .iter()
            .filter(|(k, _)| !alt.iter().any(|(l, _)| k == l))
            .find(|(k, _)| gesucht.is_some() && text(paar.neuer_text(), gn, k) == gesucht);
        if let Some((neuer, _)) = gefunden {
            gleich.insert(alter.clone(), neuer.clone());
        }
    }
    gleich
}

/// The words of a text without the targets of its links.
fn ohne_ziele(text: &str) -> String {
    let teile = super::text::zerlege(text).into_iter();
    teile.filter(|teil| !teil.starts_with("](")).collect()
}

/// What differs between two states.
pub(super) fn unterschiede(alt: &Sachstand, neu: &Sachstand) -> Vec<Sinnaenderung> {
    let mut aenderungen = Vec::new();
    let schluessel: std::collections::BTreeSet<_> = alt.keys().chain(neu.keys()).collect();
    for eintrag in schluessel {
        let (a, n) = (alt.get(eintrag), neu.get(eintrag));
        let (Some((gegenstand, _)), sinn) = (n.or(a), eintrag.0) else {
            continue;
        };
        let wert = |stand: Option<&(String, String)>| stand.map(|(_, wert)| wert.clone());
        if let (Some((alter, _)), Some((neuer, _))) = (a, n)
            && alter != neuer
        {
            aenderungen.push(Sinnaenderung {
                sinn,
                gegenstand: "Bezeichnung".to_owned(),
                alt: Some(alter.clone()),
                neu: Some(neuer.clone()),
            });
        }
        if wert(a) != wert(n) {
            aenderungen.push(Sinnaenderung {
                sinn,
                gegenstand: gegenstand.clone(),
                alt: wert(a),
                neu: wert(n),
            });
        }
    }
    ohne_umbenannte(&mut aenderungen, alt, neu);
    aenderungen
}

/// What came and went at once under another key or number of its agreement or Drucksache did neither.
fn ohne_umbenannte(aenderungen: &mut Vec<Sinnaenderung>, alt: &Sachstand, neu: &Sachstand) {
    let stamm = |gegenstand: &str| -> (String, String) {
        match gegenstand
            .strip_suffix(')')
            .and_then(|g| g.rsplit_once(" ("))
        {
            Some((stamm, zusatz)) => (stamm.to_owned(), zusatz.to_owned()),
            None => (gegenstand.to_owned(), String::new()),
        }
    };
    let kennt = |stand: &Sachstand, zusatz: &str| {
        stand
            .values()
            .any(|(gegenstand, _)| endet_auf(gegenstand, zusatz))
    };
    let ist_dieselbe = |weg: &Sinnaenderung, dazu: &Sinnaenderung| {
        if weg.neu.is_some() || dazu.alt.is_some() || weg.sinn != dazu.sinn || weg.alt != dazu.neu {
            return false;
        }
        let ((a, za), (n, zn)) = (stamm(&weg.gegenstand), stamm(&dazu.gegenstand));
        a == n && (za == zn || (!kennt(neu, &za) && !kennt(alt, &zn)))
    };
    let mut i = 0;
    while let Some(weg) = aenderungen.get(i) {
        match aenderungen.iter().position(|dazu| ist_dieselbe(weg, dazu)) {
            Some(j) => {
                aenderungen.remove(i.max(j));
                aenderungen.remove(i.min(j));
                i = 0;
            }
            None => i += 1,
        }
    }
}

fn endet_auf(gegenstand: &str, zusatz: &str) -> bool {
    let rest = gegenstand
        .strip_suffix(')')
        .and_then(|g| g.strip_suffix(zusatz));
    rest.is_some_and(|rest| rest.ends_with('('))
}
