//! Places in the papers where words changed: which paper, which clause, what stood there and what stands there now.

use std::collections::BTreeMap;
use std::ops::Range;

use super::gliederung::{Form, Gliederung, gliedere, label};
use super::klasse::ist_umbruch;
use super::text::{Block, Blockart, Stueck, Textvergleich, vergleiche};
use crate::template::Bezug;
use crate::template::papier::Papier;

/// What the front matter of a paper is called.
pub(super) const KOPFDATEN: &str = "Kopfdaten";
/// How many characters of the sentence around a change are shown.
const UMGEBUNG: usize = 48;

/// What became of a piece of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stellenart {
    /// Words in a paragraph that stays.
    Wortlaut,
    /// A new paragraph, item, row or line of the head.
    Neu,
    /// One that is gone.
    Weg,
    /// One that stands elsewhere.
    Verschoben,
    /// A paper that only the new state has.
    PapierNeu,
    /// A paper that only the old state has.
    PapierWeg,
}

/// A changed place of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rohstelle {
    /// Index of the pair of papers.
    pub(super) paar: usize,
    pub(super) art: Stellenart,
    /// Bytes of the old Markdown; empty where something was put in.
    pub(super) alt: Range<usize>,
    /// Bytes of the new Markdown; empty where something was taken out.
    pub(super) neu: Range<usize>,
    pub(super) alter_text: String,
    pub(super) neuer_text: String,
    /// Index of its block in the comparison.
    pub(super) block: usize,
}

/// A paper of the old and of the new state.
#[derive(Debug, Clone)]
pub struct Paar {
    /// Name of the paper, the new one's if both have one.
    pub name: String,
    /// Its title.
    pub titel: String,
    /// The old Markdown; a text in another dialect is marked up as the new one is.
    pub alt: Option<String>,
    /// The old text as it was given, where it is in another dialect.
    pub urtext: Option<String>,
    /// The new Markdown.
    pub neu: Option<String>,
    /// How `alt` became `neu`.
    pub vergleich: Textvergleich,
    /// The clauses of the old and the new paper: key and number.
    pub klauseln: [Vec<(String, u32)>; 2],
    pub(super) bezug: Option<Bezug>,
    /// Name of the old paper, where there is one.
    pub(super) alter_name: Option<String>,
}

impl Paar {
    pub(super) fn neu(name: &str, titel: &str, alt: Option<&str>, neu: Option<&str>) -> Self {
        Self {
            name: name.to_owned(),
            titel: titel.to_owned(),
            vergleich: vergleiche(alt.unwrap_or_default(), neu.unwrap_or_default()),
            alt: alt.map(str::to_owned),
            urtext: None,
            neu: neu.map(str::to_owned),
            klauseln: Default::default(),
            bezug: None,
            alter_name: alt.map(|_| name.to_owned()),
        }
    }

    /// By which name the pair is known in every comparison with the old state.
    pub(crate) fn kennung(&self) -> &str {
        self.alter_name.as_deref().unwrap_or(&self.name)
    }

    pub(super) fn alter_text(&self) -> &str {
        self.alt.as_deref().unwrap_or_default()
    }

    pub(super) fn neuer_text(&self) -> &str {
        self.neu.as_deref().unwrap_or_default()
    }

    /// Whether a reader of the paper sees that it changed.
    pub(super) fn zeigt_aenderung(&self) -> bool {
        let bloecke = &self.vergleich.bloecke;
        bloecke.iter().any(|block| self.ist_sichtbar(block))
    }

    /// Whether a reader of the paper sees what became of a block.
    pub(super) fn ist_sichtbar(&self, block: &Block) -> bool {
        if block.art != Blockart::Geblieben {
            return true;
        }
        let mut orte = Vec::new();
        woerter(0, 0, block, self.alter_text(), self.neuer_text(), &mut orte);
        // Blanks and line breaks are set alike; a blank that came or went parts words or joins them.
        orte.iter().any(|ort| {
            let texte = [&ort.alter_text, &ort.neuer_text];
            let nur_zeilen = texte.iter().all(|text| text.chars().all(|c| c == '\n'));
            !nur_zeilen && !texte.iter().all(|text| ist_umbruch(text))
        })
    }

    /// All changed places.
    pub(super) fn stellen(&self, paar: usize) -> Vec<Rohstelle> {
        match (&self.alt, &self.neu) {
            (Some(_), None) => vec![self.ganz(paar, Stellenart::PapierWeg)],
            (None, Some(_)) => vec![self.ganz(paar, Stellenart::PapierNeu)],
            _ => rohstellen(paar, &self.vergleich, self.alter_text(), self.neuer_text()),
        }
    }

    fn ganz(&self, paar: usize, art: Stellenart) -> Rohstelle {
        Rohstelle {
            paar,
            art,
            alt: 0..self.alter_text().len(),
            neu: 0..self.neuer_text().len(),
            alter_text: String::new(),
            neuer_text: String::new(),
            block: 0,
        }
    }
}

/// The changed places of one comparison.
pub(super) fn rohstellen(
    paar: usize,
    vergleich: &Textvergleich,
    alt: &str,
    neu: &str,
) -> Vec<Rohstelle> {
    let mut stellen = Vec::new();
    // Where in the old text the next insertion belongs.
    let mut anker = 0;
    for (i, block) in vergleich.bloecke.iter().enumerate() {
        let neu_bei = block.neu.as_ref().map_or(0, |b| b.start);
        match block.art {
            Blockart::Neu | Blockart::Weg => {
                let a = block.alt.clone().unwrap_or(anker..anker);
                let n = block.neu.clone().unwrap_or(neu_bei..neu_bei);
                stellen.push(Rohstelle {
                    paar,
                    art: if block.art == Blockart::Neu {
                        Stellenart::Neu
                    } else {
                        Stellenart::Weg
                    },
                    alter_text: text(alt, &a).trim_end().to_owned(),
                    neuer_text: text(neu, &n).trim_end().to_owned(),
                    alt: a,
                    neu: n,
                    block: i,
                });
            }
            Blockart::Geblieben | Blockart::Verschoben => {
                if block.art == Blockart::Verschoben {
                    let (a, n) = (
                        block.alt.clone().unwrap_or_default(),
                        block.neu.clone().unwrap_or_default(),
                    );
                    stellen.push(Rohstelle {
                        paar,
                        art: Stellenart::Verschoben,
                        alter_text: text(alt, &a).trim_end().to_owned(),
                        neuer_text: text(neu, &n).trim_end().to_owned(),
                        alt: a,
                        neu: n,
                        block: i,
                    });
                }
                woerter(paar, i, block, alt, neu, &mut stellen);
            }
        }
        if block.art != Blockart::Verschoben
            && let Some(bereich) = &block.alt
        {
            anker = bereich.end;
        }
    }
    stellen
}

fn woerter(
    paar: usize,
    i: usize,
    block: &Block,
    alt: &str,
    neu: &str,
    stellen: &mut Vec<Rohstelle>,
) {
    let (mut a, mut n) = (
        block.alt.as_ref().map_or(0, |b| b.start),
        block.neu.as_ref().map_or(0, |b| b.start),
    );
    let ende_alt = block
        .alt
        .as_ref()
        .map_or(0, |b| b.start + text(alt, b).trim_end().len());
    let ende_neu = block
        .neu
        .as_ref()
        .map_or(0, |b| b.start + text(neu, b).trim_end().len());
    let mut offen: Option<Rohstelle> = None;
    let mut schliesse = |offen: &mut Option<Rohstelle>| {
        if let Some(mut stelle) = offen.take() {
            stelle.alter_text = text(alt, &stelle.alt).to_owned();
            stelle.neuer_text = text(neu, &stelle.neu).to_owned();
            // Blank lines behind a block belong to what follows it.
            let nur_ende = stelle.alt.start >= ende_alt && stelle.neu.start >= ende_neu;
            if !nur_ende {
                stellen.push(stelle);
            }
        }
    };
    for stueck in &block.stuecke {
        match stueck {
            Stueck::Gleich { alt, neu } => {
                schliesse(&mut offen);
                (a, n) = (alt.end, neu.end);
                continue;
            }
            Stueck::Weg(bereich) => a = bereich.end,
            Stueck::Neu { neu, .. } => n = neu.end,
        }
        let stelle = offen.get_or_insert_with(|| {
            let (von_alt, von_neu) = match stueck {
                Stueck::Weg(bereich) => (bereich.start, n),
                Stueck::Neu { neu, .. } => (a, neu.start),
                Stueck::Gleich { .. } => (a, n),
            };
            Rohstelle {
                paar,
                art: Stellenart::Wortlaut,
                alt: von_alt..von_alt,
                neu: von_neu..von_neu,
                alter_text: String::new(),
                neuer_text: String::new(),
                block: i,
            }
        });
        stelle.alt.end = a;
        stelle.neu.end = n;
    }
    schliesse(&mut offen);
}

fn text<'t>(text: &'t str, bereich: &Range<usize>) -> &'t str {
    text.get(bereich.clone()).unwrap_or_default()
}

/// Whether two papers are one in two states.
type Gleichheit<'a> = dyn Fn(&Papier, &Papier) -> bool + 'a;

/// Papers of two states in pairs: by kind and subject, then by kind alone where only one of each is left.
pub(crate) fn paare(alt: &[Papier], neu: &[Papier]) -> Vec<Paar> {
    let mut partner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut frei: Vec<usize> = (0..alt.len()).collect();
    let titel = |papier: &Papier| {
        papier
            .front
            .titel
            .clone()
            .unwrap_or_else(|| papier.name.clone())
    };
    let gleicher_anhang = |a: &Papier, n: &Papier| match (&a.bezug, &n.bezug) {
        (Bezug::Anlage(x, _), Bezug::Anlage(y, _)) => x == y && titel(a) == titel(n),
        _ => false,
    };
    let regeln: [&Gleichheit<'_>; 4] = [
        &gleicher_anhang,
        &|a, n| a.art == n.art && a.bezug == n.bezug && a.name == n.name,
        &|a, n| a.art == n.art && a.bezug == n.bezug,
        &|a, n| a.name == n.name,
    ];
    for regel in regeln {
        for (j, n) in neu.iter().enumerate() {
            if partner.contains_key(&j) {
                continue;
            }
            if let Some(at) = frei
                .iter()
                .position(|i| alt.get(*i).is_some_and(|a| regel(a, n)))
            {
                partner.insert(j, frei.remove(at));
            }
        }
    }
    // A new number or key: the only paper of its kind is the same one.
    for (j, n) in neu.iter().enumerate() {
        if partner.contains_key(&j) {
            continue;
        }
        let gleiche: Vec<usize> = frei
            .iter()
            .copied()
            .filter(|i| {
                alt.get(*i)
                    .is_some_and(|a| a.art == n.art && !matches!(a.bezug, Bezug::Anlage(..)))
            })
            .collect();
        let neue = neu
            .iter()
            .enumerate()
            .filter(|(k, andere)| andere.art == n.art && !partner.contains_key(k))
            .count();
        if let ([a], 1) = (gleiche.as_slice(), neue) {
            frei.retain(|i| i != a);
            partner.insert(j, *a);
        }
    }
    let klauseln = |papier: &Papier| {
        let klauseln = papier.klauseln.iter();
        klauseln
            .map(|k| (k.schluessel.clone(), k.nummer))
            .collect::<Vec<_>>()
    };
    let mut paare: Vec<Paar> = neu
        .iter()
        .enumerate()
        .map(|(j, n)| {
            let a = partner.get(&j).and_then(|i| alt.get(*i));
            Paar {
                klauseln: [a.map(klauseln).unwrap_or_default(), klauseln(n)],
                bezug: Some(n.bezug.clone()),
                alter_name: a.map(|a| a.name.clone()),
                ..Paar::neu(
                    &n.name,
                    &titel(n),
                    a.map(|a| a.markdown.as_str()),
                    Some(&n.markdown),
                )
            }
        })
        .collect();
    paare.extend(frei.iter().filter_map(|i| alt.get(*i)).map(|a| Paar {
        klauseln: [klauseln(a), Vec::new()],
        bezug: Some(a.bezug.clone()),
        ..Paar::neu(&a.name, &titel(a), Some(&a.markdown), None)
    }));
    paare.sort_by(|a, b| a.name.cmp(&b.name));
    paare
}

/// A pair of papers with the structure of both texts, to say where a change stands.
pub(super) struct Lageplan<'p> {
    pub(super) paar: &'p Paar,
    pub(super) alt: Gliederung,
    pub(super) neu: Gliederung,
}

impl<'p> Lageplan<'p> {
    pub(super) fn aus(paar: &'p Paar) -> Self {
        Self {
            alt: gliedere(paar.alter_text()),
            neu: gliedere(paar.neuer_text()),
            paar,
        }
    }

    /// „§ 6 Abs. 3“, „Sachbericht“, „Kopf“: in the new text if the place is there.
    pub(super) fn ort(&self, stelle: &Rohstelle) -> String {
        match stelle.art {
            Stellenart::PapierNeu | Stellenart::PapierWeg => String::new(),
            Stellenart::Weg => ort(self.paar.alter_text(), &self.alt, stelle.alt.start),
            _ => ort(self.paar.neuer_text(), &self.neu, stelle.neu.start),
        }
    }

    /// The place in the old text.
    pub(super) fn bisheriger_ort(&self, stelle: &Rohstelle) -> String {
        ort(self.paar.alter_text(), &self.alt, stelle.alt.start)
    }

    /// Where a moved block stood: its old place, or the direction within its section.
    pub(super) fn bisher(&self, stelle: &Rohstelle) -> String {
        let alter = self.bisheriger_ort(stelle);
        if !alter.is_empty() && alter != self.ort(stelle) {
            return alter;
        }
        let geblieben = self.paar.vergleich.bloecke.iter();
        let mut geblieben = geblieben.filter(|block| block.art == Blockart::Geblieben);
        let stand_dahinter = geblieben.any(|block| {
            let (Some(a), Some(n)) = (&block.alt, &block.neu) else {
                return false;
            };
            a.start < stelle.alt.start && n.start > stelle.neu.start
        });
        let richtung = if stand_dahinter {
            "weiter unten"
        } else {
            "weiter oben"
        };
        richtung.to_owned()
    }

    /// The index and form of the block in the new text, or in the old one for what is gone, and its label's length.
    pub(super) fn form(&self, stelle: &Rohstelle) -> Option<Form> {
        let (gliederung, at) = match stelle.art {
            Stellenart::Weg => (&self.alt, stelle.alt.start),
            _ => (&self.neu, stelle.neu.start),
        };
        Some(gliederung.bloecke.get(block_bei(gliederung, at)?)?.form)
    }

    /// Whether the changed words lie in the labels with which both blocks begin.
    pub(super) fn im_label(&self, stelle: &Rohstelle) -> bool {
        let liegt = |text: &str, gliederung: &Gliederung, bereich: &Range<usize>| {
            block_bei(gliederung, bereich.start)
                .and_then(|i| gliederung.bloecke.get(i))
                .is_some_and(|block| {
                    let inhalt = text.get(block.inhalt.clone()).unwrap_or_default();
                    label(inhalt).is_some_and(|laenge| bereich.end <= block.inhalt.start + laenge)
                })
        };
        stelle.art == Stellenart::Wortlaut
            && liegt(self.paar.alter_text(), &self.alt, &stelle.alt)
            && liegt(self.paar.neuer_text(), &self.neu, &stelle.neu)
    }

    /// The words before and after a change, as they stand now.
    pub(super) fn umgebung(&self, stelle: &Rohstelle) -> (String, String) {
        if stelle.art != Stellenart::Wortlaut {
            return Default::default();
        }
        let text = self.paar.neuer_text();
        let Some(block) =
            block_bei(&self.neu, stelle.neu.start).and_then(|i| self.neu.bloecke.get(i))
        else {
            return Default::default();
        };
        let vorher = text
            .get(block.inhalt.start..stelle.neu.start)
            .unwrap_or_default();
        let nachher = text
            .get(stelle.neu.end..block.inhalt.end)
            .unwrap_or_default();
        (ende(vorher), anfang(nachher))
    }
}

/// Index of the block in which a byte stands.
pub(super) fn block_bei(gliederung: &Gliederung, byte: usize) -> Option<usize> {
    let i = gliederung
        .bloecke
        .partition_point(|block| block.bereich.start <= byte);
    i.checked_sub(1)
}

fn ort(text: &str, gliederung: &Gliederung, byte: usize) -> String {
    let Some(block) = block_bei(gliederung, byte).and_then(|i| gliederung.bloecke.get(i)) else {
        return String::new();
    };
    if block.form == Form::Kopf {
        return KOPFDATEN.to_owned();
    }
    let inhalt = text.get(block.inhalt.clone()).unwrap_or_default();
    if block.form == Form::Anweisung && inhalt.contains("unterschrift:") {
        return "Unterschriften".to_owned();
    }
    let Some(abschnitt) = gliederung.abschnitte.get(block.abschnitt) else {
        return String::new();
    };
    match (abschnitt.paragraf(), block.absatz) {
        (Some(nummer), Some(absatz)) => format!("§ {nummer} Abs. {absatz}"),
        (Some(nummer), None) => format!("§ {nummer}"),
        _ if abschnitt.titel.is_empty() => "Eingang".to_owned(),
        _ => abschnitt.titel.clone(),
    }
}

fn ende(text: &str) -> String {
    let erstes = text.char_indices().rev().nth(UMGEBUNG - 1);
    let Some((ab, _)) = erstes.filter(|(ab, _)| *ab > 0) else {
        return text.to_owned();
    };
    let kurz = text.get(ab..).unwrap_or_default();
    let ab_wort = kurz.find(char::is_whitespace).map_or(0, |at| at + 1);
    format!("… {}", kurz.get(ab_wort..).unwrap_or_default())
}

fn anfang(text: &str) -> String {
    let Some((bis, _)) = text.char_indices().nth(UMGEBUNG) else {
        return text.to_owned();
    };
    let kurz = text.get(..bis).unwrap_or_default();
    let bis_wort = kurz.rfind(char::is_whitespace).unwrap_or(kurz.len());
    format!("{} …", kurz.get(..bis_wort).unwrap_or_default())
}
