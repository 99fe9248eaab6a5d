//! The words of a clause do what the task's kind says: a mandate leaves the others responsible, a delegation does not.

use super::super::{Blatt, Gewicht, Grundlage, Lage, Norm, Passage, Protokoll, Regel};
use crate::model::vereinbarung::{Aufgabe, Aufgabenart};

pub(super) const REGEL: Regel = Regel {
    name: "wortlaut-passt-nicht-zur-aufgabenart",
    schwere: Gewicht::Warnung,
    grundlage: Grundlage::Gesetz,
    normen: &[Norm::gesehen("gkg", "§ 23 Abs. 2")],
    gilt: "für jede Aufgabe, der die Vereinbarung eine Klausel gibt",
    braucht: &[],
    text: include_str!("wortlaut_passt_nicht_zur_aufgabenart.md"),
    pruefe,
};

/// Words that pass a task over to the provider.
const UEBERTRAGEND: [&str; 9] = [
    "in die eigene Zuständigkeit",
    "in ihre Zuständigkeit",
    "in seine Zuständigkeit",
    "das Recht und die Pflicht",
    "mit befreiender Wirkung",
    "die Zuständigkeit geht",
    "die Zuständigkeiten gehen",
    "Zuständigkeit geht auf",
    "delegierend*",
];

/// Words that do so where the provider takes something over with them; who stays responsible acts so too.
const IN_EIGENER: &str = "in eigener Zuständigkeit";

/// Words for taking something over.
const UEBERNIMMT: [&str; 4] = ["übernimm*", "übernehmen", "übernommen", "nimmt"];

/// Words that do so where a task is passed over with them, not data.
const UEBERTRAEGT: [&str; 3] = ["überträgt", "übertragen", "übertrug"];

/// What is passed over; besides, the name of the task itself.
const AUFGABE: [&str; 4] = ["Aufgabe*", "Zuständigkeit*", "Teilaufgabe*", "Trägerschaft"];

/// That others carry it out can be passed over without the task.
const DURCHFUEHRUNG: [&str; 4] = ["Durchführung", "Ausführung", "Erledigung", "Besorgung"];

/// What passes over with a verb in two parts: „gehen Recht und Pflicht … über“.
const GEHT_UEBER: [&str; 7] = [
    "in die Zuständigkeit",
    "Recht und Pflicht",
    "Recht und die Pflicht",
    "die Zuständigkeit",
    "die Aufgabe",
    "die Aufgaben",
    "Aufgabenträgerschaft",
];

/// Its verb in one word.
const UEBERGEHEN: [&str; 3] = ["übergeht", "übergehen", "übergegangen"];

/// Verbs with which somebody parts with a Zuständigkeit.
const GIBT_AB: [&str; 7] = [
    "verlagert",
    "verlagern",
    "übergeleitet",
    "abgegeben",
    "abgeben",
    "abgetreten",
    "abtreten",
];

/// Words for who becomes responsible.
const WIRD_TRAEGER: [&str; 4] = [
    "wird Träger*",
    "wird Aufgabenträger*",
    "werden Träger*",
    "werden Aufgabenträger*",
];

/// Words that keep these from passing anything over.
const KEIN_UEBERGANG: [&str; 5] = ["nicht", "keine", "kein", "Rechtsnachfolge*", "ohne"];

/// Words that name what is not part of a task, or that no task passes over.
const AUSGENOMMEN: [&str; 8] = [
    "Nicht dazu gehör*",
    "nicht dazu gehör*",
    "ausgenommen",
    "bleibt",
    "bleiben",
    "verbleib*",
    "nicht übertragen",
    "keine Aufgabe*",
];

/// Words that leave the others responsible, with one of the words of [`BLEIBT`] in the same sentence.
const TRAEGER: [&str; 4] = ["Träger*", "Aufgabenträger*", "Trägerschaft", "Trägerinnen"];

/// That it stays so.
const BLEIBT: [&str; 2] = ["bleib*", "verbleib*"];

/// Words with which the others are said not to stay responsible.
const NICHT_TRAEGER: [&str; 14] = [
    "nicht Träger*",
    "nicht mehr Träger*",
    "nicht länger Träger*",
    "nicht weiter Träger*",
    "nicht weiterhin Träger*",
    "nicht die Träger*",
    "nicht Aufgabenträger*",
    "nicht mehr Aufgabenträger*",
    "keine Träger*",
    "keine Aufgabenträger*",
    "bleiben nicht",
    "bleibt nicht",
    "verbleiben nicht",
    "verbleibt nicht",
];

/// How those are named who stay responsible.
const SIE: [&str; 9] = [
    "diese",
    "sie",
    "ihrer Aufgabe*",
    "Partei*",
    "Anwender*",
    "Kommune*",
    "Städte",
    "Gemeinden",
    "Beteiligten",
];

/// Words that name the moment at which a task passes over.
const ZEITPUNKT: [&str; 5] = [
    "Wirksamwerden",
    "Zeitpunkt",
    "mit Wirkung",
    "ab dem",
    "zum 1.",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for vereinbarung in lage.geschriebene_vereinbarungen() {
        let Some(blatt) = lage.blatt_der_vereinbarung(vereinbarung) else {
            continue;
        };
        let mut mandat = None;
        let mut ohne_klausel = Vec::new();
        for (schluessel, aufgabe) in &vereinbarung.aufgaben {
            let Some(klausel) = blatt.klausel(&format!("aufgabe-{schluessel}")) else {
                ohne_klausel.push((schluessel, aufgabe.art));
                continue;
            };
            let worte = Worte::aus(lage, [aufgabe]);
            let (kopf, saetze) = (klausel.erste_zeile(), klausel.saetze());
            match aufgabe.art {
                Aufgabenart::Mandatierend => {
                    mandatierend(&saetze, &worte, protokoll);
                    mandat.get_or_insert(klausel);
                }
                Aufgabenart::Delegierend => delegierend(&kopf, &saetze, &worte, protokoll),
            }
        }
        let alle_ohne = ohne_klausel.len() == vereinbarung.aufgaben.values().count();
        match ohne_klausel.first() {
            // A template of one's own need not mark its clauses; where all tasks are of one kind, all of it is looked at.
            Some((_, art)) if alle_ohne && ohne_klausel.iter().all(|(_, a)| a == art) => {
                let alles = blatt.alles();
                let worte = Worte::aus(lage, vereinbarung.aufgaben.values());
                let (kopf, saetze) = (alles.erste_zeile(), blatt.bindende_saetze());
                match art {
                    Aufgabenart::Mandatierend => {
                        mandatierend(&saetze, &worte, protokoll);
                        mandat = Some(alles);
                    }
                    Aufgabenart::Delegierend => delegierend(&kopf, &saetze, &worte, protokoll),
                }
            }
            Some((schluessel, _)) => protokoll.nicht_pruefbar(
                blatt.alles().erste_zeile(),
                &format!("es fehlt die Klausel `aufgabe-{schluessel}`"),
            ),
            None => {}
        }
        if let Some(klausel) = mandat {
            // Where another task is delegated, the others are not responsible for that one.
            let mut alle = vereinbarung.aufgaben.values();
            let nur_mandat = alle.all(|aufgabe| aufgabe.art == Aufgabenart::Mandatierend);
            traeger_bleibt(blatt, &klausel, nur_mandat, protokoll);
        }
    }
}

/// What the tasks and those who perform them are called.
struct Worte {
    anbieter: Vec<String>,
    aufgaben: Vec<String>,
}

impl Worte {
    fn aus<'a>(lage: &Lage<'_>, aufgaben: impl IntoIterator<Item = &'a Aufgabe>) -> Self {
        let mut worte = Self {
            anbieter: vec!["ausführende Partei".to_owned()],
            aufgaben: AUFGABE.map(str::to_owned).into(),
        };
        for aufgabe in aufgaben {
            worte.aufgaben.push(aufgabe.bezeichnung.einzeilig());
            let anbieter = lage.vorgang.koerperschaften.get(&aufgabe.anbieter);
            worte
                .anbieter
                .extend(anbieter.map(|anbieter| anbieter.name.to_string()));
        }
        worte
    }
}

/// Where a sentence passes a task over.
fn uebertraegt<'b>(satz: &Passage<'b>, worte: &Worte) -> Option<Passage<'b>> {
    let immer = UEBERTRAGEND.iter().find_map(|w| satz.finde(w).next());
    immer.or_else(|| {
        let nennt =
            |teil: &Passage<'_>, namen: &[String]| namen.iter().any(|name| teil.enthaelt(name));
        satz.teilsaetze().iter().find_map(|teil| {
            let sagt = |worte: &[&str]| worte.iter().any(|worte| teil.enthaelt(worte));
            let eigene = teil
                .finde(IN_EIGENER)
                .next()
                .filter(|_| sagt(&UEBERNIMMT) && nennt(teil, &worte.anbieter));
            eigene.or_else(|| geht_ueber(teil)).or_else(|| {
                UEBERTRAEGT
                    .iter()
                    .find_map(|w| teil.finde(w).next())
                    .filter(|_| nennt(teil, &worte.aufgaben) && !sagt(&DURCHFUEHRUNG))
            })
        })
    })
}

/// „Die Aufgabe geht auf die Stadt über“, „wird Trägerin der Aufgabe“, „geben ihre Zuständigkeit ab“.
fn geht_ueber<'b>(teil: &Passage<'b>) -> Option<Passage<'b>> {
    let sagt = |worte: &[&str]| worte.iter().any(|worte| teil.enthaelt(worte));
    if sagt(&KEIN_UEBERGANG) {
        return None;
    }
    let erstes = |worte: &[&str]| worte.iter().find_map(|worte| teil.finde(worte).next());
    let text = teil.text().trim_end_matches(['.', ' ', ';']);
    let geht = (sagt(&["geht", "gehen"]) && text.ends_with(" über")) || sagt(&UEBERGEHEN);
    let gibt = (sagt(&["gibt", "geben"]) && text.ends_with(" ab")) || sagt(&GIBT_AB);
    erstes(&WIRD_TRAEGER)
        .or_else(|| erstes(&GEHT_UEBER).filter(|_| geht))
        .or_else(|| erstes(&["Zuständigkeit*"]).filter(|_| gibt))
}

fn mandatierend(saetze: &[Passage<'_>], worte: &Worte, protokoll: &mut Protokoll<'_>) {
    for satz in saetze {
        let ausgenommen = AUSGENOMMEN.iter().any(|worte| satz.enthaelt(worte));
        if let Some(stelle) = uebertraegt(satz, worte).filter(|_| !ausgenommen) {
            protokoll
                .melde(
                    &stelle,
                    format!("„{}“ überträgt die Aufgabe, sie soll aber mandatiert sein", stelle.text()),
                )
                .abhilfe("„führt … für … durch“ schreiben, oder die Aufgabe mit `art: delegierend` übertragen");
        }
    }
}

fn delegierend(
    kopf: &Passage<'_>,
    saetze: &[Passage<'_>],
    worte: &Worte,
    protokoll: &mut Protokoll<'_>,
) {
    if !saetze.iter().any(|satz| uebertraegt(satz, worte).is_some()) {
        protokoll
            .melde(
                kopf,
                "diese Klausel überträgt die Aufgabe nicht, obwohl sie delegiert werden soll",
            )
            .abhilfe(
                "sagen, dass Recht und Pflicht zur Erfüllung auf die ausführende Partei übergehen",
            );
    } else if !saetze
        .iter()
        .any(|satz| ZEITPUNKT.iter().any(|worte| satz.enthaelt(worte)))
    {
        protokoll
            .melde(kopf, "diese Klausel sagt nicht, wann die Aufgabe übergeht")
            .abhilfe("den Zeitpunkt des Übergangs nennen, etwa das Wirksamwerden der Vereinbarung");
    }
}

fn traeger_bleibt(
    blatt: &Blatt<'_>,
    klausel: &Passage<'_>,
    nur_mandat: bool,
    protokoll: &mut Protokoll<'_>,
) {
    let mut gesagt = false;
    for satz in blatt.alles().saetze_mit(TRAEGER) {
        if let Some(stelle) = verneint(&satz).filter(|_| nur_mandat) {
            protokoll
                .melde(
                    &stelle,
                    format!("„{}“: bei einem Mandat bleiben die anderen Parteien aber Träger ihrer Aufgaben", stelle.text()),
                )
                .abhilfe("das Gegenteil schreiben, oder die Aufgabe mit `art: delegierend` übertragen");
            gesagt = true;
        }
        gesagt |= satz.sagt(&BLEIBT);
    }
    if !gesagt {
        protokoll
            .melde(
                klausel.erste_zeile(),
                "nirgends steht, dass die anderen Parteien Träger dieser Aufgabe bleiben",
            )
            .abhilfe("klarstellen, dass die anderen Parteien Träger ihrer Aufgaben bleiben");
    }
}

/// The words with which a sentence denies that the others stay responsible. Who is no party, or gives another task away, may
/// well be none.
fn verneint<'b>(satz: &Passage<'b>) -> Option<Passage<'b>> {
    let stelle = satz.erstes(&NICHT_TRAEGER)?;
    let hier = satz.teilsatz_um(&stelle);
    let von_ihnen = hier.sagt(&TRAEGER)
        && hier.sagt(&SIE)
        && !hier.sagt(&["nicht nur", "nicht allein", "ausführende Partei"]);
    von_ihnen.then_some(stelle)
}
