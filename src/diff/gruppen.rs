//! Changed places put together to changes: all that one cause does is one change, and each slip in a text is one of its
//! own.

use std::collections::{BTreeMap, BTreeSet};

use super::daten::{Dateiart, Daten, Umbenennung, Unterschied as Faktum, Unterschiedsart};
use super::klasse::{self, Kenner, Klasse, LEERRAUM, UNSICHTBAR};
use super::sinn::{self, sachstand};
use super::stellen::{KOPFDATEN, Lageplan, Paar, Rohstelle, Stellenart, paare};
use super::ursache::{Labor, Schuld};
use super::{
    Aenderung, Fundstelle, Quelle, Unterschied, Ursache, Ursachenart, beschluss, gruppiert, zitate,
};
use crate::pipeline::Eingabe;
use crate::pipeline::entwurf::Entwurf;

mod abschnitte;
mod einordnung;
mod fundstellen;
mod herkunft;
mod ordnung;
mod quellen;
mod saetze;
mod tatsachen;
mod texte;
mod zeilen;

use abschnitte::Abschnitte;
use fundstellen::{fuege_an, fundstelle, schliesst_an};
use herkunft::Herkunft;
use ordnung::Ordnung;
use quellen::{art, quelle};
use saetze::{Saetze, Wortlaut};
use zeilen::Zeilenvergleiche;

pub(super) use texte::unterschied_der_texte;

/// A value of so many characters is prose: each change in it is one of its own.
const PROSA: usize = 80;
/// Why sections that stand in another order count little.
pub(super) const UMGESTELLT: &str = "andere Reihenfolge";
/// Why a text that was only wrapped anew counts little.
const UMBROCHEN: &str = "nur Zeilenumbruch der Datei, Papier gleich";
/// Why blanks count little that papers set as one.
const ABSTAND: &str = "nur Leerzeichen der Datei, Papier gleich";
/// Why another name of a body or a municipality counts.
const ANDERER_NAME: &str = "anderer Name";
/// Why another name for the same counts little.
const UMBENANNT: &str = "umbenannt, sonst gleich";

/// What puts changed places into one change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Gruppe {
    schuld: Schuld,
    recht: bool,
    /// In prose: which change of words.
    wortlaut: Option<Wortlaut>,
}

/// Compares two states that were built.
pub(super) fn unterschied(
    (alt, alter): (&Eingabe, &Entwurf),
    (neu, neuer): (&Eingabe, &Entwurf),
) -> Unterschied {
    let paare = paare(&alter.papiere, &neuer.papiere);
    let staende = [sachstand(&alter.vorgang), sachstand(&neuer.vorgang)];
    let labor = Labor::neu(
        (Daten::aus(alt), Daten::aus(neu)),
        [&alter.papiere, &neuer.papiere],
        [&staende[0], &staende[1]],
    );
    let mut sinn = sinn::unterschiede(&staende[0], &staende[1]);
    sinn.extend(paare.iter().flat_map(sinn::klauseln));
    let stellen: Vec<Rohstelle> = paare
        .iter()
        .enumerate()
        .flat_map(|(i, paar)| paar.stellen(i))
        .collect();
    let (von_stellen, von_sinn) = labor.schuld(&paare, &stellen, &sinn);
    let mut alle_zitate = zitate::zitate(&alter.vorgang);
    alle_zitate.extend(zitate::zitate(&neuer.vorgang));
    let werk = Werk {
        kenner: Kenner::aus(&paare, &[&alter.vorgang, &neuer.vorgang]),
        plaene: paare.iter().map(Lageplan::aus).collect(),
        labor: Some(&labor),
        zeilen: Zeilenvergleiche::aus(&labor.unterschiede),
        zitate: alle_zitate,
    };
    let mut aenderungen = werk.gruppiere(&stellen, &von_stellen);
    werk.ordne_sinn_zu(&mut aenderungen, sinn, von_sinn);
    werk.ohne_wirkung(&mut aenderungen);
    let mut aenderungen: Vec<Aenderung> = aenderungen.into_iter().map(|(_, a)| a).collect();
    nummeriere(&mut aenderungen);
    let mut hinweise = Vec::new();
    let fremd = !paare.is_empty()
        && (paare
            .iter()
            .all(|paar| paar.alt.is_none() || paar.neu.is_none())
            || von_grund_auf_anders(&paare));
    if fremd {
        hinweise.push(
            "die beiden Vorgänge haben fast nichts gemeinsam; sind es die richtigen Ordner?"
                .to_owned(),
        );
    }
    for paar in &paare {
        match (&paar.alt, &paar.neu) {
            (Some(_), None) => hinweise.push(format!(
                "das Papier „{}“ gibt es nur im alten Stand",
                paar.name
            )),
            (None, Some(_)) => hinweise.push(format!(
                "das Papier „{}“ gibt es nur im neuen Stand",
                paar.name
            )),
            _ => {}
        }
    }
    let beschluss = beschluss::frage(&alter.vorgang, &paare, &aenderungen);
    Unterschied {
        alt: name(alt),
        neu: name(neu),
        aenderungen,
        beschluss,
        paare,
        hinweise,
    }
}

fn name(eingabe: &Eingabe) -> String {
    if eingabe.vorgang.anzeige.is_empty() {
        eingabe.name.clone()
    } else {
        eingabe.vorgang.anzeige.clone()
    }
}

/// Whether less than a tenth of the old words of all papers is kept.
fn von_grund_auf_anders(paare: &[Paar]) -> bool {
    let (mut gleich, mut alle) = (0, 0);
    for paar in paare {
        alle += paar.alter_text().len().max(paar.neuer_text().len());
        for stueck in paar.vergleich.bloecke.iter().flat_map(|b| &b.stuecke) {
            if let super::text::Stueck::Gleich { alt, .. } = stueck {
                gleich += alt.len();
            }
        }
    }
    alle > 0 && gleich * 10 < alle
}

/// Material changes first, then by where they show.
fn nummeriere(aenderungen: &mut [Aenderung]) {
    aenderungen.sort_by_key(|a| a.klasse);
    for (i, aenderung) in aenderungen.iter_mut().enumerate() {
        aenderung.nummer = i + 1;
    }
}

struct Werk<'a> {
    kenner: Kenner,
    plaene: Vec<Lageplan<'a>>,
    /// Absent where only texts are known.
    labor: Option<&'a Labor<'a>>,
    zeilen: Zeilenvergleiche,
    zitate: BTreeSet<String>,
}

impl Werk<'_> {
    fn gruppiere(&self, stellen: &[Rohstelle], von: &[Schuld]) -> Vec<(Gruppe, Aenderung)> {
        let eingeordnet: Vec<(&Rohstelle, &Schuld, Klasse, &'static str)> = stellen
            .iter()
            .zip(von)
            .filter_map(|(stelle, schuld)| {
                let plan = self.plaene.get(stelle.paar)?;
                let (klasse, grund) = self.kenner.klasse(plan, stelle);
                Some((stelle, schuld, klasse, grund))
            })
            .collect();
        let saetze = Saetze::aus(&self.plaene, &eingeordnet);
        let abschnitte = Abschnitte::aus(&self.plaene, &eingeordnet);
        let eintraege = eingeordnet
            .iter()
            .filter_map(|&(stelle, schuld, klasse, grund)| {
                let plan = self.plaene.get(stelle.paar)?;
                let recht = !schuld.is_empty() && self.ist_zitat(plan, stelle);
                let prosa = !recht && self.ist_prosa(schuld);
                let (klasse, grund) = match saetze.geteilt(plan, stelle, klasse) {
                    Some(geteilt) if prosa => geteilt,
                    _ => (klasse, grund),
                };
                let gruppe = Gruppe {
                    schuld: schuld.clone(),
                    recht,
                    wortlaut: prosa.then(|| {
                        if let Some((alter, neuer)) = self.kenner.gemeinsam(plan, stelle) {
                            return Wortlaut::neu(alter, neuer);
                        }
                        let satz = saetze.wortlaut(plan, stelle, klasse, grund);
                        satz.unwrap_or_else(|| {
                            wortlaut(plan, stelle, grund, || {
                                abschnitte.name(plan, stelle, schuld)
                            })
                        })
                    }),
                };
                Some((gruppe, (stelle, klasse, grund)))
            });
        gruppiert(eintraege)
            .into_iter()
            .map(|(gruppe, eintraege)| {
                let aenderung = self.aenderung(&gruppe, &eintraege);
                (gruppe, aenderung)
            })
            .collect()
    }

    fn aenderung(
        &self,
        gruppe: &Gruppe,
        eintraege: &[(&Rohstelle, Klasse, &'static str)],
    ) -> Aenderung {
        let mut stellen: Vec<Fundstelle> = Vec::new();
        let mut letzte: Option<&Rohstelle> = None;
        let nur_umbrochen =
            !eintraege.is_empty() && eintraege.iter().all(|(_, _, grund)| *grund == LEERRAUM);
        // Blank space is nothing that anybody sees in a paper.
        let sichtbare = eintraege.iter().filter(|(_, _, grund)| *grund != LEERRAUM);
        let folgt_einer_reihe = self.folgt_einer_reihe(gruppe);
        let mut ordnungen: BTreeMap<usize, Ordnung> = BTreeMap::new();
        for (stelle, klasse, grund) in sichtbare {
            let Some(plan) = self.plaene.get(stelle.paar) else {
                continue;
            };
            let mut ist_umgestellt = || {
                let ordnung = ordnungen.entry(stelle.paar);
                let ordnung = ordnung.or_insert_with(|| Ordnung::aus(plan));
                ordnung.ist_nur_umgestellt(plan, stelle)
            };
            let (klasse, grund) = if folgt_einer_reihe && *grund != UNSICHTBAR && ist_umgestellt() {
                (&Klasse::Redaktionell, &UMGESTELLT)
            } else {
                (klasse, grund)
            };
            let neue = fundstelle(plan, stelle, *klasse, grund);
            if let (Some(vorige), Some(davor)) = (stellen.last_mut(), letzte)
                && schliesst_an(plan, davor, stelle)
            {
                fuege_an(vorige, &neue);
            } else {
                stellen.push(neue);
            }
            letzte = Some(stelle);
        }
        ohne_wiederholte_kopfdaten(&mut stellen);
        let vorgabe = self.vorgabe(gruppe);
        if let Some((klasse, grund)) = vorgabe {
            let sichtbare = stellen.iter_mut().filter(|s| s.grund != UNSICHTBAR);
            for stelle in sichtbare {
                if grund != klasse::ANSCHRIFT || stelle.klasse == Klasse::Materiell {
                    stelle.klasse = klasse;
                    stelle.grund = grund.to_owned();
                }
            }
        }
        let klasse = stellen
            .iter()
            .map(|s| s.klasse)
            .min()
            .unwrap_or(Klasse::Materiell);
        let mut gruende: Vec<&str> = Vec::new();
        let nur_unsichtbar = stellen.iter().all(|s| s.grund == UNSICHTBAR);
        let genannte = stellen
            .iter()
            .filter(|s| s.klasse == klasse && (nur_unsichtbar || s.grund != UNSICHTBAR));
        for stelle in genannte {
            if !gruende.contains(&stelle.grund.as_str()) {
                gruende.push(&stelle.grund);
            }
        }
        gruende.sort_by_key(|grund| klasse::rang(grund));
        gruende.truncate(3);
        if gruende.len() > 1 {
            // Where another reason stands there is no doubt.
            for grund in &mut gruende {
                *grund = grund.split("; im Zweifel").next().unwrap_or_default();
            }
        }
        let (klasse, grund) = if nur_umbrochen {
            let umbricht = |(stelle, ..): &(&Rohstelle, Klasse, &str)| {
                stelle.alter_text.contains('\n') || stelle.neuer_text.contains('\n')
            };
            let grund = if eintraege.iter().any(umbricht) {
                UMBROCHEN
            } else {
                ABSTAND
            };
            (Klasse::Redaktionell, grund.to_owned())
        } else if klasse == Klasse::Redaktionell && self.umbenennung(&gruppe.schuld).is_some() {
            (klasse, UMBENANNT.to_owned())
        } else {
            (klasse, gruende.join(", "))
        };
        Aenderung {
            nummer: 0,
            klasse,
            grund,
            bereich: self.bereich(gruppe, &stellen),
            ursache: self.ursache(gruppe, eintraege),
            sinn: Vec::new(),
            stellen,
        }
    }

    /// The exchange of names that alone is the cause.
    fn umbenennung(&self, schuld: &Schuld) -> Option<&Umbenennung> {
        let labor = self.labor?;
        let &[versuch] = schuld.as_slice() else {
            return None;
        };
        let von = &labor.versuche.get(versuch)?.von;
        labor.umbenennungen.iter().find(|u| u.teile == *von)
    }

    fn fakten(&self, schuld: &Schuld) -> Vec<&Faktum> {
        let Some(labor) = self.labor else {
            return Vec::new();
        };
        schuld
            .iter()
            .filter_map(|i| labor.versuche.get(*i))
            .flat_map(|versuch| &versuch.von)
            .filter_map(|i| labor.unterschiede.get(*i))
            .collect()
    }

    /// Whether the cause is a text in which each change is one of its own.
    fn ist_prosa(&self, schuld: &Schuld) -> bool {
        let fakten = self.fakten(schuld);
        self.labor.is_none()
            || (fakten.len() == 1
                && fakten.iter().all(|f| match (f.datei, &f.alt, &f.neu) {
                    // A template that is new stands in for one that was there, or makes a paper of its own.
                    (Some(art), ..) => {
                        f.art == Unterschiedsart::Geaendert || art == Dateiart::Vorlage
                    }
                    (None, Some(alt), Some(neu)) => [alt, neu].iter().any(|w| {
                        w.text()
                            .is_some_and(|t| t.trim().contains('\n') || t.len() > PROSA)
                    }),
                    _ => false,
                }))
    }

    fn ist_zitat(&self, plan: &Lageplan<'_>, stelle: &Rohstelle) -> bool {
        let liegt = |text: &str, von: usize, bis: usize| {
            zitate::stellen(text, &self.zitate)
                .iter()
                .any(|z| z.start <= von && bis <= z.end)
        };
        stelle.art == Stellenart::Wortlaut
            && liegt(plan.paar.alter_text(), stelle.alt.start, stelle.alt.end)
            && liegt(plan.paar.neuer_text(), stelle.neu.start, stelle.neu.end)
    }

    fn ursache(
        &self,
        gruppe: &Gruppe,
        eintraege: &[(&Rohstelle, Klasse, &'static str)],
    ) -> Ursache {
        let Some(labor) = self.labor else {
            return Ursache {
                art: Ursachenart::AlterText,
                quellen: Vec::new(),
            };
        };
        let fakten = self.fakten(&gruppe.schuld);
        let mit = gruppe
            .schuld
            .iter()
            .filter_map(|i| labor.versuche.get(*i))
            .flat_map(|versuch| &versuch.mit)
            .filter_map(|i| labor.unterschiede.get(*i));
        let art = if gruppe.recht {
            Ursachenart::Recht
        } else {
            match fakten.as_slice() {
                [] => Ursachenart::Ungeklaert,
                [faktum] => art(faktum),
                [erstes, rest @ ..]
                    if rest.iter().all(|f| art(f) == art(erstes)) && gruppe.schuld.len() == 1 =>
                {
                    art(erstes)
                }
                _ => Ursachenart::Zusammen,
            }
        };
        if let Some(umbenennung) = self.umbenennung(&gruppe.schuld)
            && let Some(faktum) = labor.unterschiede.get(umbenennung.haupt)
        {
            return Ursache {
                art: Ursachenart::Daten,
                quellen: vec![Quelle {
                    alt: Some(umbenennung.alt.clone()),
                    neu: Some(umbenennung.neu.clone()),
                    ..quelle(faktum, None, &Herkunft::default(), &self.zeilen)
                }],
            };
        }
        let wortlaut = gruppe.wortlaut.as_ref().map(Wortlaut::texte);
        Ursache {
            art,
            quellen: fakten
                .iter()
                .copied()
                .chain(mit)
                .map(|faktum| {
                    let herkunft = Herkunft::aus(labor, &self.plaene, faktum, eintraege);
                    quelle(faktum, wortlaut, &herkunft, &self.zeilen)
                })
                .collect(),
        }
    }
}

/// The head of a paper repeats its title: what shows in the text too is told once.
fn ohne_wiederholte_kopfdaten(stellen: &mut Vec<Fundstelle>) {
    let im_text: Vec<(String, String, String)> = stellen
        .iter()
        .filter(|s| s.ort != KOPFDATEN)
        .map(|s| (s.papier.clone(), s.alt.clone(), s.neu.clone()))
        .collect();
    stellen.retain(|s| {
        s.ort != KOPFDATEN
            || !im_text
                .iter()
                .any(|(p, a, n)| *p == s.papier && *a == s.alt && *n == s.neu)
    });
}

/// What tells one change of a text from another; paragraphs as a whole are told apart by the section.
fn wortlaut(
    plan: &Lageplan<'_>,
    stelle: &Rohstelle,
    grund: &str,
    abschnitt: impl FnOnce() -> String,
) -> Wortlaut {
    let (alter, neuer) = match (stelle.art, grund) {
        (Stellenart::Wortlaut, "Umnummerierung" | "Auszeichnung" | LEERRAUM) => {
            (String::new(), grund.to_owned())
        }
        // Each name that changed its place is only half of the story.
        (Stellenart::Wortlaut, "Reihenfolge einer Aufzählung") => {
            (plan.ort(stelle), grund.to_owned())
        }
        (Stellenart::Wortlaut, _) => (
            stelle.alter_text.trim().to_owned(),
            stelle.neuer_text.trim().to_owned(),
        ),
        (art, _) => (format!("{art:?}"), abschnitt()),
    };
    Wortlaut::neu(alter, neuer)
}

fn abschnitt(plan: &Lageplan<'_>, stelle: &Rohstelle) -> String {
    let ort = plan.ort(stelle);
    ort.split(" Abs.").next().unwrap_or_default().to_owned()
}
