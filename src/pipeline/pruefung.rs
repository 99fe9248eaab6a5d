//! Findings of the rules: where their text was made, which paper they concern, what accepts them.

use std::ops::Range;
use std::sync::Arc;

use super::wertprobe::{Druck, Frage};
use super::wertstellen::stellen;
use super::{Eingabe, Gelesen, Ordner};
use crate::check::Lage;
use crate::check::vermerke::{self, Gegenstand, Umfeld, Vermerke, Zeilennamen};
use crate::compute::fristen::tabelle;
use crate::diagnostic::render::Tafel;
use crate::diagnostic::{Befund, Stelle};
use crate::input::Tree;
use crate::source::{FileName, Source};
use crate::template::{Bezug, Papier};

impl Gelesen {
    /// Says of each finding what it is about and which paper it concerns, and puts it where its text was made.
    pub(super) fn eingeordnet(
        &mut self,
        befunde: Vec<Befund>,
        lage: &Lage<'_>,
        druck: &Druck<'_>,
        eingabe: &Eingabe,
    ) -> Vec<Befund> {
        let papiere = druck.papiere;
        let eigene = eingabe.vorgang.dateien.keys().cloned();
        let stammdaten = eingabe.stammdaten.dateien.keys();
        self.namen.extend(eigene);
        self.namen
            .extend(stammdaten.map(|pfad| format!("stammdaten/{pfad}")));
        let blaetter = lage.blaetter();
        self.namen
            .extend(blaetter.iter().map(|blatt| blatt.papier.name.clone()));
        let mut befunde = befunde;
        let mut namen = Zeilennamen::default();
        for befund in &mut befunde {
            befund.papiere = betroffene(&befund.stelle, lage);
            let hier = self.gegenstand(&befund.stelle, lage, eingabe, &mut namen);
            let mut gedeckt = hier.inhalt;
            for (dazu, wort) in &befund.dazu {
                let dort = self.gegenstand(dazu, lage, eingabe, &mut namen);
                gedeckt.push_str(&format!(" {wort} {}", dort.inhalt));
            }
            let deckt = vermerke::fingerabdruck(befund, &gedeckt, lage.gesetze());
            if let Some(pruefung) = &mut befund.pruefung {
                // What stands in the front matter shows on no line.
                if let Stelle::ImPapier { papier, bereich } = &befund.stelle
                    && !papiere
                        .iter()
                        .any(|p| *p.name == **papier && p.ist_kopf(bereich))
                {
                    pruefung.im_papier = vec![(Arc::clone(papier), bereich.clone())];
                }
                pruefung.stelle = hier.name;
                pruefung.deckt = deckt;
            }
        }
        self.am_ursprung(befunde, druck)
    }

    /// What a place is about.
    fn gegenstand(
        &self,
        stelle: &Stelle,
        lage: &Lage<'_>,
        eingabe: &Eingabe,
        namen: &mut Zeilennamen,
    ) -> Gegenstand {
        match stelle {
            Stelle::Route(route) => {
                let name = innen(&route.datei, eingabe);
                match self.baeume().find(|b| b.source().name == route.datei) {
                    Some(baum) => Gegenstand::wert(&name, baum, route, namen),
                    None => Gegenstand {
                        name,
                        inhalt: String::new(),
                    },
                }
            }
            Stelle::ImPapier { papier, bereich } => {
                let blaetter = lage.blaetter();
                let blatt = blaetter.iter().find(|b| *b.papier.name == **papier);
                blatt.map_or_else(Gegenstand::default, |b| Gegenstand::stueck(b, bereich))
            }
            Stelle::Datei { datei, bereich } => {
                let quelle = self.quellen.get(datei);
                let inhalt = quelle.and_then(|quelle| quelle.text.get(bereich.clone()));
                Gegenstand {
                    name: innen(datei, eingabe),
                    inhalt: inhalt.unwrap_or_default().to_owned(),
                }
            }
            Stelle::Pfad(pfad) => Gegenstand {
                name: innen(pfad, eingabe),
                inhalt: String::new(),
            },
            Stelle::Papier(_) => Gegenstand::default(),
        }
    }

    fn baeume(&self) -> impl Iterator<Item = &Tree> {
        self.vorgang.iter().chain(&self.stammdaten)
    }

    /// Puts findings on papers where the text was made: at the value in the YAML, the prose or the template.
    fn am_ursprung(&mut self, befunde: Vec<Befund>, druck: &Druck<'_>) -> Vec<Befund> {
        let im_papier = |stelle: &Stelle| match stelle {
            Stelle::ImPapier { papier, bereich } => {
                let papier = druck.papiere.iter().find(|p| *p.name == **papier);
                Some((*papier?, bereich.clone()))
            }
            _ => None,
        };
        let fragen = befunde
            .iter()
            .flat_map(stellen)
            .filter_map(im_papier)
            .filter_map(|(papier, bereich)| frage(papier, &bereich));
        let antworten = self.werte(druck, fragen.collect());
        befunde
            .into_iter()
            .map(|mut befund| {
                let Befund { stelle, dazu, .. } = &mut befund;
                for stelle in std::iter::once(stelle).chain(dazu.iter_mut().map(|(s, _)| s)) {
                    let Some((papier, bereich)) = im_papier(stelle) else {
                        continue;
                    };
                    let wert = frage(papier, &bereich)
                        .and_then(|frage| antworten.get(&frage)?.first().cloned());
                    *stelle = wert.unwrap_or_else(|| self.in_datei(papier, &bereich));
                }
                befund
            })
            .collect()
    }
}

/// The question for the values that made these words; in the front matter the words themselves tell which is meant.
fn frage(papier: &Papier, bereich: &Range<usize>) -> Option<Frage> {
    Frage::neu(papier, bereich, papier.markdown.get(bereich.clone()))
}

/// The days of effect of each agreement as a table for its paper.
pub(super) fn wirksamkeitstage(lage: &Lage<'_>) -> Vec<Tafel> {
    lage.geschriebene_vereinbarungen()
        .filter_map(|vereinbarung| {
            let zeilen = tabelle(&lage.beteiligte(vereinbarung)?.fristen);
            Some(Tafel {
                papier: lage
                    .blatt_der_vereinbarung(vereinbarung)?
                    .papier
                    .name
                    .clone(),
                titel: "Tage der Wirksamkeit".to_owned(),
                zeilen,
            })
        })
        .filter(|tafel| !tafel.zeilen.is_empty())
        .collect()
}

/// The findings of the rules with the waivers applied, and what is wrong with these.
///
/// Prose that several papers share gives one finding, which names them all.
pub(super) fn mit_vermerken(
    befunde: Vec<Befund>,
    quelle: Option<Result<Source, Befund>>,
    umfeld: &Umfeld<'_>,
) -> Vec<Befund> {
    let mut einzeln: Vec<Befund> = Vec::with_capacity(befunde.len());
    // They are sorted by place: the same finding of another paper stands among those of the same place.
    let mut hier: Option<((String, usize), usize)> = None;
    for befund in befunde {
        let dort = super::ort(&befund.stelle);
        let ab = match &hier {
            Some((ort, ab)) if *ort == dort => *ab,
            _ => einzeln.len(),
        };
        hier = Some((dort, ab));
        let gleicher = einzeln.iter_mut().skip(ab).find(|anderer| {
            anderer.regel == befund.regel
                && anderer.stelle == befund.stelle
                && anderer.text == befund.text
        });
        match gleicher {
            Some(anderer) => {
                let neue = befund.papiere.into_iter();
                let neue: Vec<_> = neue.filter(|p| !anderer.papiere.contains(p)).collect();
                anderer.papiere.extend(neue);
                if let (Some(anderer), Some(neuer)) = (&mut anderer.pruefung, befund.pruefung) {
                    anderer.im_papier.extend(neuer.im_papier);
                }
            }
            None => einzeln.push(befund),
        }
    }
    vermerke::unterscheide(&mut einzeln);
    match quelle {
        Some(Ok(quelle)) => {
            let (vermerke, maengel) = Vermerke::lies(&quelle);
            einzeln.extend(maengel);
            let maengel = vermerke.wende_an(&mut einzeln, umfeld);
            einzeln.extend(maengel);
        }
        Some(Err(unlesbar)) => einzeln.push(unlesbar),
        None => {}
    }
    einzeln
}

/// The papers that a place concerns: its own; that of the Drucksache or agreement in which a value stands.
fn betroffene(stelle: &Stelle, lage: &Lage<'_>) -> Vec<FileName> {
    let route = match stelle {
        Stelle::ImPapier { papier, .. } => return vec![Arc::clone(papier)],
        Stelle::Route(route) => route,
        _ => return Vec::new(),
    };
    let drucksachen = lage.vorgang.drucksachen.iter();
    let drucksachen = drucksachen.map(|d| (&d.route, Bezug::Drucksache(d.nummer.clone())));
    let vereinbarungen = lage.vorgang.vereinbarungen.values();
    let vereinbarungen =
        vereinbarungen.map(|v| (&v.route, Bezug::Vereinbarung(v.schluessel.clone())));
    let naechster = drucksachen
        .chain(vereinbarungen)
        .filter(|(andere, _)| {
            andere.datei == route.datei && route.schritte.starts_with(&andere.schritte)
        })
        .max_by_key(|(andere, _)| andere.schritte.len());
    let Some((_, bezug)) = naechster else {
        return Vec::new();
    };
    // The paper itself comes before its annexes and letters.
    let ist_haupt =
        |papier: &Papier| papier.art == "vereinbarung" || matches!(bezug, Bezug::Drucksache(_));
    lage.blaetter()
        .iter()
        .map(|blatt| blatt.papier)
        .filter(|papier| papier.bezug == bezug)
        .min_by_key(|papier| !ist_haupt(papier))
        .map(|papier| papier.name.as_str().into())
        .into_iter()
        .collect()
}

/// A file's path inside the matter, or inside the base data after `stammdaten/`: the same wherever the user stands.
fn innen(datei: &str, eingabe: &Eingabe) -> String {
    let in_ordner = |ordner: &Ordner| {
        ordner
            .dateien
            .keys()
            .find(|pfad| ordner.name(pfad) == datei)
            .cloned()
    };
    in_ordner(&eingabe.vorgang)
        .or_else(|| in_ordner(&eingabe.stammdaten).map(|pfad| format!("stammdaten/{pfad}")))
        .unwrap_or_else(|| datei.to_owned())
}
