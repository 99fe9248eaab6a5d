//! From words in a paper to the values in the YAML that made them, found by trial.
//!
//! Words stand in many values, and a value reaches a paper on many ways, so looking for the words alone would be a guess.
//! Therefore a character of each place where they stand in a value is replaced by a mark of its own, the papers are made
//! once more, and the mark that comes to stand where the words stood names the value. What cannot be marked, such as a
//! name that others refer to or a day, is tried with other values. Only papers in memory are made this way; nothing of
//! them is written, and where no trial gives an answer none is given.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Gelesen;
use super::entwurf::drucke_neu;
use crate::diagnostic::{Befund, Route, Stelle};
use crate::gesamt;
use crate::input::{Scalar, Tree};
use crate::model::Vorgang;
use crate::template::{Ausschnitt, Druckstock, Papier, Vorlagen};

/// The first mark. Input that holds one is refused, and templates use none of them.
const ERSTE_MARKE: u32 = 0xE100;
/// Most places that are tried for all questions together.
const MEISTE_MARKEN: usize = 1_000;
/// Most times that the papers of a matter are made anew.
const MEISTE_DRUCKE: usize = 40;

/// What papers were made with, to make them again.
pub(super) struct Druck<'a> {
    /// The templates.
    pub(super) vorlagen: &'a Vorlagen,
    /// The templates and the prose, ready to render.
    pub(super) druckstock: &'a Druckstock,
    /// The facts.
    pub(super) vorgang: &'a Vorgang,
    /// The papers as they are.
    pub(super) papiere: &'a [&'a Papier],
}

/// Words of a paper whose value is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Frage {
    papier: String,
    /// Bytes of the Markdown.
    bereich: (usize, usize),
    /// The words, where the bytes are not they: a finding on the front matter quotes what it means.
    zitat: Option<String>,
}

impl Frage {
    /// The question for these bytes of a paper; `zitat` is what the finding quotes.
    ///
    /// `None` where no value made them: the text stands so in a template or in prose, which know their place.
    pub(super) fn neu(
        papier: &Papier,
        bereich: &Range<usize>,
        zitat: Option<&str>,
    ) -> Option<Self> {
        let im_kopf = papier.ist_kopf(bereich);
        if im_kopf {
            zitat?;
        } else {
            papier.ausdruck(bereich)?;
        }
        Some(Self {
            papier: papier.name.clone(),
            bereich: (bereich.start, bereich.end),
            zitat: zitat.filter(|_| im_kopf).map(str::to_owned),
        })
    }
}

/// The values that were found, those of one question in the order of the files.
pub(super) type Antworten = BTreeMap<Frage, Vec<Stelle>>;

impl Gelesen {
    /// Which values made these words. A question without an answer is not among the answers.
    pub(super) fn werte(&self, druck: &Druck<'_>, fragen: BTreeSet<Frage>) -> Antworten {
        if fragen.is_empty() {
            return Antworten::new();
        }
        let gefragte = druck.papiere.iter();
        let gefragte = gefragte.filter(|p| fragen.iter().any(|frage| frage.papier == p.name));
        let hat_ganze = druck.papiere.iter().any(|p| p.art == gesamt::ART);
        let ausschnitt = if hat_ganze {
            // They hold papers of several subjects.
            Ausschnitt::Alles
        } else {
            Ausschnitt::um(druck.vorgang, gefragte.map(|papier| &papier.bezug))
        };
        let papiere = druck.papiere.iter().copied();
        let papiere: Vec<_> = papiere
            .filter(|papier| ausschnitt.hat(druck.vorgang, &papier.bezug))
            .collect();
        let druck = Druck {
            papiere: &papiere,
            ..*druck
        };
        let probe = Probe {
            gelesen: self,
            druck: &druck,
            ausschnitt,
            skalare: self
                .vorgang
                .iter()
                .chain(&self.stammdaten)
                .flat_map(|baum| baum.scalars().map(move |(route, s)| (baum, route, s)))
                .collect(),
            drucke: Cell::new(0),
        };
        let mut antworten = Antworten::new();
        let mut offen: Vec<Offen<'_>> = fragen
            .into_iter()
            .filter_map(|frage| probe.offen(frage))
            .collect();
        // First all the words; where several values made them, the value of the first word is the place.
        for nur_erstes in [false, true] {
            for frage in &mut offen {
                frage.suche(&probe.skalare, nur_erstes);
            }
            probe.versuche(&mut offen);
            offen.retain_mut(|frage| {
                let gefunden = std::mem::take(&mut frage.gefunden);
                let stellen = gefunden
                    .into_iter()
                    .filter_map(|k| k.stelle(&probe.skalare));
                let stellen: Vec<_> = stellen.collect();
                let ist_offen = stellen.is_empty();
                if !ist_offen {
                    antworten.insert(frage.frage.clone(), stellen);
                }
                ist_offen
            });
        }
        antworten
    }
}

type Skalare<'a> = Vec<(&'a Tree, Route, &'a Scalar)>;

struct Probe<'a> {
    gelesen: &'a Gelesen,
    druck: &'a Druck<'a>,
    /// What of the matter is asked for.
    ausschnitt: Ausschnitt,
    skalare: Skalare<'a>,
    /// How often the papers were made anew.
    drucke: Cell<usize>,
}

/// A question that has no answer yet.
struct Offen<'a> {
    frage: Frage,
    papier: &'a Papier,
    /// Its place among the papers.
    platz: usize,
    /// What the value made with others: the expression's output, or the front matter.
    spanne: Range<usize>,
    /// The line of the front matter in which the words stand, if the finding tells which.
    kopfzeile: Option<usize>,
    /// The words as they stand in the paper.
    worte: &'a str,
    /// Characters between the beginning of `spanne` and the words; nobody knows in the front matter.
    vor: Option<usize>,
    kandidaten: Vec<Kandidat>,
    gefunden: Vec<Kandidat>,
}

/// A place where the words stand in a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kandidat {
    /// The scalar, by index.
    skalar: usize,
    /// Bytes of the scalar's text.
    bereich: (usize, usize),
    /// The byte of the character that is marked.
    marke: usize,
    /// Characters of the words, as the paper has them, before the mark.
    davor: usize,
}

impl Kandidat {
    fn stelle(&self, skalare: &Skalare<'_>) -> Option<Stelle> {
        let (baum, _, skalar) = skalare.get(self.skalar)?;
        let (von, bis) = self.bereich;
        let letztes = skalar.text().get(von..bis)?.char_indices().next_back()?;
        let ende = skalar.source_offset(von + letztes.0);
        let text = &baum.source().text;
        let ende = ende + text.get(ende..)?.chars().next().map_or(0, char::len_utf8);
        let anfang = skalar.source_offset(von);
        Some(baum.stelle(anfang..ende.max(anfang)))
    }
}

impl<'a> Offen<'a> {
    /// Finds the places in all values where the words stand, or the first of them.
    fn suche(&mut self, skalare: &Skalare<'_>, nur_erstes: bool) {
        let mut worte = gelesen(self.worte);
        if nur_erstes {
            let ende = worte.iter().position(|(c, _)| *c == ' ');
            worte.truncate(ende.unwrap_or(worte.len()));
        }
        self.kandidaten.clear();
        let Some(marke) = markiert(&worte) else {
            return;
        };
        let davor = worte.get(marke).map_or(0, |(_, davor)| *davor);
        for (i, (_, _, skalar)) in skalare.iter().enumerate() {
            for (bereich, marke) in vorkommen(skalar.text(), &worte, marke) {
                self.kandidaten.push(Kandidat {
                    skalar: i,
                    bereich,
                    marke,
                    davor,
                });
            }
        }
    }

    /// The value's output in papers that were made anew.
    fn neu<'n>(&self, papiere: &'n [Papier]) -> Option<&'n str> {
        // A paper whose name is made of the value has another one now, and the same place in the order.
        let gleicher_name = papiere.iter().find(|neu| neu.name == self.papier.name);
        let gleicher_platz = || {
            let neu = papiere.get(self.platz)?;
            (neu.art == self.papier.art).then_some(neu)
        };
        let neu = gleicher_name.or_else(gleicher_platz)?;
        let spanne = if self.vor.is_none() {
            0..neu
                .spuren
                .first()
                .map_or(neu.markdown.len(), |(s, _)| s.start)
        } else {
            gleiche_spur(self.papier, neu, &self.spanne)?
        };
        let text = neu.markdown.get(spanne)?;
        // A mark is spelled out there, but it adds no line.
        self.kopfzeile.map_or(Some(text), |n| text.lines().nth(n))
    }

    /// Whether this character stands where the marked one stood.
    fn steht_dort(&self, kandidat: &Kandidat, neu: &str, zeichen: char) -> bool {
        self.vor
            .is_some_and(|vor| neu.chars().nth(vor + kandidat.davor) == Some(zeichen))
    }
}

impl<'a> Probe<'a> {
    fn offen(&self, frage: Frage) -> Option<Offen<'a>> {
        let mut papiere = self.druck.papiere.iter();
        let platz = papiere.position(|p| p.name == frage.papier)?;
        let papier = self.druck.papiere.get(platz)?;
        let bereich = frage.bereich.0..frage.bereich.1;
        let (spanne, vor) = match papier.ausdruck(&bereich) {
            Some(spanne) => {
                let davor = papier.markdown.get(spanne.start..bereich.start)?;
                (spanne, Some(davor.chars().count()))
            }
            None => (0..papier.spuren.first()?.0.start, None),
        };
        // A finding that marks the words themselves says in which line they stand.
        let genau = papier.markdown.get(bereich.clone()) == frage.zitat.as_deref();
        let davor = papier.markdown.get(..bereich.start)?;
        let kopfzeile = (vor.is_none() && genau).then(|| davor.matches('\n').count());
        let worte = match &frage.zitat {
            // The words live as long as the paper, where they stand too.
            Some(zitat) => {
                let kopf = papier.markdown.get(spanne.clone())?;
                let at = kopf.find(zitat.as_str())?;
                kopf.get(at..at + zitat.len())?
            }
            None => papier
                .markdown
                .get(bereich.start..bereich.end.min(spanne.end))?,
        };
        Some(Offen {
            frage,
            papier,
            platz,
            spanne,
            kopfzeile,
            worte,
            vor,
            kandidaten: Vec::new(),
            gefunden: Vec::new(),
        })
    }

    /// Tries all candidates of all questions.
    fn versuche(&self, offen: &mut [Offen<'_>]) {
        let alle: BTreeSet<(usize, usize)> = offen
            .iter()
            .flat_map(|frage| &frage.kandidaten)
            .map(|kandidat| (kandidat.skalar, kandidat.marke))
            .take(MEISTE_MARKEN)
            .collect();
        let marken: BTreeMap<(usize, usize), char> = (ERSTE_MARKE..)
            .filter_map(char::from_u32)
            .zip(alle)
            .map(|(marke, ort)| (ort, marke))
            .collect();
        let skalare: BTreeSet<usize> = marken.keys().map(|(skalar, _)| *skalar).collect();
        let skalare: Vec<usize> = skalare.into_iter().collect();
        let mut starre = Vec::new();
        self.teile(&skalare, &marken, offen, &mut starre);
        self.starre(&starre, offen);
    }

    /// Marks these scalars at once; where the matter cannot be built with the marks, halves of them.
    fn teile(
        &self,
        skalare: &[usize],
        marken: &BTreeMap<(usize, usize), char>,
        offen: &mut [Offen<'_>],
        starre: &mut Vec<usize>,
    ) {
        if skalare.is_empty() {
            return;
        }
        let hier = |skalar: usize| {
            let hier = marken.range((skalar, 0)..=(skalar, usize::MAX));
            hier.map(|((_, byte), marke)| (*byte, *marke))
        };
        let tausche = skalare
            .iter()
            .map(|i| (*i, hier(*i).collect::<Vec<_>>()))
            .collect::<Vec<_>>();
        if let Some(papiere) = self.drucke(&tausche) {
            for frage in offen {
                let Some(neu) = frage.neu(&papiere) else {
                    continue;
                };
                let mit_marke = frage.kandidaten.iter().filter_map(|kandidat| {
                    let da = skalare.binary_search(&kandidat.skalar).is_ok();
                    let marke = marken.get(&(kandidat.skalar, kandidat.marke));
                    Some((kandidat, *marke.filter(|_| da)?))
                });
                let genau = mit_marke
                    .clone()
                    .filter(|(k, marke)| frage.steht_dort(k, neu, *marke));
                let genau: Vec<_> = genau.map(|(k, _)| k.clone()).collect();
                let irgendwo = mit_marke.filter(|(_, marke)| enthaelt(neu, *marke));
                let irgendwo: Vec<_> = irgendwo.map(|(k, _)| k.clone()).collect();
                // A list whose order a mark changed has it elsewhere; that is clear only if it is the only one.
                let gefunden = if !genau.is_empty() || (irgendwo.len() > 1 && frage.vor.is_some()) {
                    genau
                } else {
                    irgendwo
                };
                frage.gefunden.extend(gefunden);
            }
            return;
        }
        match skalare {
            [einer] => starre.push(*einer),
            _ => {
                let (vorne, hinten) = skalare.split_at(skalare.len() / 2);
                self.teile(vorne, marken, offen, starre);
                self.teile(hinten, marken, offen, starre);
            }
        }
    }

    /// Tries values that cannot be marked: names together with all that refers to them, and other letters and digits
    /// where only such may stand.
    fn starre(&self, starre: &[usize], offen: &mut [Offen<'_>]) {
        for frage in offen.iter_mut().filter(|frage| frage.gefunden.is_empty()) {
            let mut namen: BTreeMap<&str, Vec<Kandidat>> = BTreeMap::new();
            for kandidat in &frage.kandidaten {
                if starre.contains(&kandidat.skalar)
                    && let Some((_, _, skalar)) = self.skalare.get(kandidat.skalar)
                {
                    let gleiche = namen.entry(skalar.text()).or_default();
                    gleiche.push(kandidat.clone());
                }
            }
            let bewegen = |(name, kandidaten): (&str, Vec<Kandidat>)| {
                let bewegt = kandidaten.first().is_some_and(|erster| {
                    let alle = self.skalare.iter().enumerate();
                    let alle = alle.filter(|(_, (_, _, skalar))| skalar.text() == name);
                    let alle: Vec<usize> = alle.map(|(i, _)| i).collect();
                    self.bewegt(erster, &[erster.skalar], frage)
                        || (alle.len() > 1 && self.bewegt(erster, &alle, frage))
                });
                bewegt.then_some(kandidaten)
            };
            let gefunden = namen.into_iter().filter_map(bewegen).flatten().collect();
            frage.gefunden = gefunden;
        }
    }

    /// Whether the words move with another character in these scalars, which say the same.
    fn bewegt(&self, kandidat: &Kandidat, skalare: &[usize], frage: &Offen<'_>) -> bool {
        let skalar = self.skalare.get(kandidat.skalar);
        let alt =
            skalar.and_then(|(_, _, skalar)| skalar.text().get(kandidat.marke..)?.chars().next());
        let andere = match alt {
            Some(c) if c.is_ascii_digit() => "1234567890",
            Some(c) if c.is_uppercase() => "\u{E100}XQ",
            _ => "\u{E100}xq",
        };
        for neu in andere.chars().filter(|c| Some(*c) != alt) {
            let tausche: Vec<_> = skalare
                .iter()
                .map(|i| (*i, vec![(kandidat.marke, neu)]))
                .collect();
            if let Some(papiere) = self.drucke(&tausche) {
                let im_kopf = frage.vor.is_none() && u32::from(neu) == ERSTE_MARKE;
                return frage.neu(&papiere).is_some_and(|text| {
                    frage.steht_dort(kandidat, text, neu) || (im_kopf && enthaelt(text, neu))
                });
            }
        }
        false
    }

    /// The papers with other characters at these bytes of these scalars; `None` if they cannot be made so.
    fn drucke(&self, tausche: &[(usize, Vec<(usize, char)>)]) -> Option<Vec<Papier>> {
        if self.drucke.get() >= MEISTE_DRUCKE {
            return None;
        }
        self.drucke.set(self.drucke.get() + 1);
        let tausche: Vec<_> = tausche
            .iter()
            .filter_map(|(i, zeichen)| {
                let (_, route, skalar) = self.skalare.get(*i)?;
                Some((route.clone(), Some(ersetzt(skalar.text(), zeichen).into())))
            })
            .collect();
        let hat = |papiere: &[Papier]| {
            let mut alte = self.druck.papiere.iter();
            papiere.len() == self.druck.papiere.len()
                || alte.all(|alt| papiere.iter().any(|neu| neu.name == alt.name))
        };
        let mit_ganzen = self
            .druck
            .papiere
            .iter()
            .any(|papier| papier.art == gesamt::ART);
        drucke_neu(
            self.gelesen,
            self.druck.vorlagen,
            self.druck.druckstock,
            &self.ausschnitt,
            &tausche,
            |vorgang, _, mut papiere, _: Vec<Befund>| {
                if mit_ganzen {
                    let (ganze, _) = gesamt::gesamt(vorgang, &papiere);
                    papiere.extend(ganze);
                }
                // A paper that is not made any more says nothing about its words.
                hat(&papiere).then_some(papiere)
            },
        )?
    }
}

/// Whether a mark stands there, as itself or as the front matter spells it.
fn enthaelt(text: &str, marke: char) -> bool {
    text.contains(marke) || text.contains(&format!("\\U{:08X}", u32::from(marke)))
}

/// A text with other characters at these bytes, which ascend.
fn ersetzt(text: &str, zeichen: &[(usize, char)]) -> String {
    let mut neu = String::with_capacity(text.len() + 3 * zeichen.len());
    let mut ab = 0;
    for (byte, marke) in zeichen {
        let alt = text.get(*byte..).and_then(|rest| rest.chars().next());
        neu.push_str(text.get(ab..*byte).unwrap_or_default());
        neu.push(*marke);
        ab = byte + alt.map_or(0, char::len_utf8);
    }
    neu.push_str(text.get(ab..).unwrap_or_default());
    neu
}

/// Where the expression that made `spanne` of a paper wrote in the same paper made anew: the one of the same number among
/// all expressions; where there are more or fewer of them now, among those of the same place in the file.
fn gleiche_spur(alt: &Papier, neu: &Papier, spanne: &Range<usize>) -> Option<Range<usize>> {
    let ausdruecke = |papier: &'_ Papier| {
        let spuren = papier.spuren.iter().filter(|(_, u)| u.ausdruck);
        spuren.cloned().collect::<Vec<_>>()
    };
    let (alte, neue) = (ausdruecke(alt), ausdruecke(neu));
    let i = alte.iter().position(|(spur, _)| spur == spanne)?;
    if alte.len() == neue.len() {
        return neue.get(i).map(|(spur, _)| spur.clone());
    }
    let ursprung = &alte.get(i)?.1;
    let nummer = alte.iter().take(i).filter(|(_, u)| u == ursprung).count();
    let mut gleiche = neue.iter().filter(|(_, u)| u == ursprung);
    gleiche.nth(nummer).map(|(spur, _)| spur.clone())
}

/// Words of a paper as readers see them, each character with how many stand before it in the Markdown: without the
/// backslashes of escapes, with one blank for all blank space and for a forced break.
fn gelesen(markdown: &str) -> Vec<(char, usize)> {
    let mut worte: Vec<(char, usize)> = Vec::new();
    let mut rest = markdown;
    let mut davor = 0;
    while let Some(c) = rest.chars().next() {
        let danach = rest.get(c.len_utf8()..).unwrap_or_default();
        let umbruch = rest.starts_with("<br>");
        let maskiert = c == '\\' && danach.starts_with(|d: char| d.is_ascii_punctuation());
        if umbruch || c.is_whitespace() {
            if worte.last().is_some_and(|(letztes, _)| *letztes != ' ') {
                worte.push((' ', davor));
            }
        } else if !maskiert {
            worte.push((c, davor));
        }
        let zeichen = if umbruch { 4 } else { 1 };
        davor += zeichen;
        rest = if umbruch {
            rest.get(4..).unwrap_or_default()
        } else {
            danach
        };
    }
    while worte.last().is_some_and(|(letztes, _)| *letztes == ' ') {
        worte.pop();
    }
    worte
}

/// Which character of the words is marked: the last letter or digit of the first word, so that what is sorted by its
/// first letters keeps its order; else of all words, else any character.
fn markiert(worte: &[(char, usize)]) -> Option<usize> {
    let erstes = worte
        .iter()
        .position(|(c, _)| *c == ' ')
        .unwrap_or(worte.len());
    let letztes = |bis: usize| {
        let bis = worte.get(..bis)?;
        bis.iter().rposition(|(c, _)| c.is_alphanumeric())
    };
    letztes(erstes)
        .or_else(|| letztes(worte.len()))
        .or(erstes.checked_sub(1))
}

/// Where words stand in a value: their bytes, and the byte of the character that is marked.
fn vorkommen(text: &str, worte: &[(char, usize)], marke: usize) -> Vec<((usize, usize), usize)> {
    let Some((erstes, _)) = worte.first() else {
        return Vec::new();
    };
    let anfaenge = text.char_indices().filter(|(_, c)| c == erstes);
    anfaenge
        .filter_map(|(von, _)| {
            let rest = text.get(von..)?;
            let mut zeichen = rest.char_indices().peekable();
            let mut markiert = None;
            let mut bis = von;
            for (i, (wort, _)) in worte.iter().enumerate() {
                let (at, c) = zeichen.next()?;
                if *wort == ' ' {
                    if !c.is_whitespace() {
                        return None;
                    }
                    while zeichen.next_if(|(_, c)| c.is_whitespace()).is_some() {}
                } else if c != *wort {
                    return None;
                }
                if i == marke {
                    markiert = Some(von + at);
                }
                bis = von + at + c.len_utf8();
            }
            Some(((von, bis), markiert?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_paper_are_read_without_escapes_and_breaks() {
        let text = |markdown: &str| {
            gelesen(markdown)
                .iter()
                .map(|(c, _)| *c)
                .collect::<String>()
        };
        assert_eq!(text("a\\*b<br>c  d\n"), "a*b c d");
        assert_eq!(gelesen("\\*b")[0], ('*', 1));
    }

    #[test]
    fn the_last_letter_of_the_first_word_is_marked() {
        let marke = |worte: &str| markiert(&gelesen(worte));
        assert_eq!(marke("TODO prüfen"), Some(3));
        assert_eq!(marke("[Datum]"), Some(5));
        assert_eq!(marke("… x"), Some(2));
        assert_eq!(marke("…"), Some(0));
        assert_eq!(marke(""), None);
    }

    #[test]
    fn words_are_found_across_other_blank_space() {
        let worte = gelesen("b c");
        assert_eq!(vorkommen("a b\n  c b", &worte, 0), [((2, 7), 2)]);
    }

    #[test]
    fn characters_are_replaced_at_their_bytes() {
        assert_eq!(ersetzt("äöü", &[(0, 'x'), (4, 'y')]), "xöy");
    }
}
