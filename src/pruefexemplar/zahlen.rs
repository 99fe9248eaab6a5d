//! Where the amounts and counts of a paper come from: its calculation, and the values in the YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::notizen::{innen, maskiert};
use super::ziffern;
use crate::diagnostic::Stelle;
use crate::gesamt;
use crate::herkunft::bericht::weitere;
use crate::herkunft::{Auskunft, Index, Rechenweg, Textart, Textstelle};
use crate::layout::page::Pages;
use crate::layout::review::{self, Line, Place};
use crate::pipeline::Eingabe;
use crate::source;
use crate::template::Papier;

/// So many values are named for a number.
const WERTE: usize = 4;

/// A number of the paper.
#[derive(Debug)]
pub(super) struct Zahl {
    /// As the paper says it.
    pub(super) text: String,
    /// Its lines.
    pub(super) orte: Vec<Place>,
    /// Where it comes from, as Markdown, a line each.
    pub(super) woher: Vec<String>,
}

/// Answers for the pieces of a paper that expressions made, and for its numbers.
#[derive(Default)]
pub(super) struct Auskuenfte {
    stuecke: Vec<(Range<usize>, Auskunft)>,
    /// The numbers with their units, each with the answer on the number.
    zahlen: Vec<(Range<usize>, Auskunft)>,
}

impl Auskuenfte {
    /// Asks for all pieces of a paper; a whole is asked for by its parts.
    pub(super) fn ueber(papier: &Papier, index: &Index) -> Self {
        let teile = teile(papier, index.papiere());
        if teile.is_empty() {
            return Self::default();
        }
        let dorthin = |bereich: &Range<usize>| {
            let (hier, teil, dort) = teile
                .iter()
                .find(|(hier, ..)| hier.start <= bereich.start && bereich.end <= hier.end)?;
            let ab = |at: usize| at - hier.start + dort;
            let dorthin = ab(bereich.start)..ab(bereich.end);
            let gleich = papier.markdown.get(bereich.clone()) == teil.markdown.get(dorthin.clone());
            gleich.then_some((teil.name.as_str(), dorthin))
        };
        let beantwortet = |bereich: &Range<usize>| {
            let (name, dort) = dorthin(bereich)?;
            index.des_bereichs(name, &dort)
        };
        let ausdruecke = papier.spuren.iter().filter(|(_, u)| u.ausdruck);
        let beginn = papier.spuren.first().map_or(0, |(b, _)| b.start);
        let zahlen = ziffern::zahlen(&papier.markdown, beginn).into_iter();
        Self {
            stuecke: ausdruecke
                .filter_map(|(b, _)| Some((b.clone(), beantwortet(b)?)))
                .collect(),
            zahlen: zahlen
                .filter_map(|stelle| Some((stelle.ganz, beantwortet(&stelle.zahl)?)))
                .collect(),
        }
    }

    /// The piece that depends on the value at a place in the YAML and on as few others as any.
    pub(super) fn zum_wert(&self, stelle: &Stelle, text: &str) -> Option<Range<usize>> {
        let Stelle::Datei { datei, bereich } = stelle else {
            return None;
        };
        let punkt = source::line_column(text, bereich.start);
        let haengt_ab = self.stuecke.iter().filter(|(_, auskunft)| {
            let mut werte = auskunft.werte.iter();
            werte.any(|wert| wert.ort.datei == *datei && wert.ort.punkt == punkt)
        });
        haengt_ab
            .min_by_key(|(stueck, auskunft)| (auskunft.werte.len(), stueck.start))
            .map(|(stueck, _)| stueck.clone())
    }

    /// The amounts, counts, shares and periods in the order of their lines, equal ones of equal origin once.
    pub(super) fn zahlen(
        &self,
        papier: &Papier,
        (seiten, zeilen): (&Pages, &[Vec<Line>]),
        eingabe: &Eingabe,
    ) -> Vec<Zahl> {
        let mut bekannt: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
        let mut zahlen: Vec<Zahl> = Vec::new();
        for (bereich, auskunft) in self.zahlen.iter().filter(|(_, a)| kommt_woher(a)) {
            let Some(text) = papier.markdown.get(bereich.clone()).map(ohne_marken) else {
                continue;
            };
            let Some(place) = review::place(seiten, zeilen, &papier.markdown, bereich) else {
                continue;
            };
            let woher = woher(auskunft, eingabe);
            if woher.is_empty() {
                continue;
            }
            let i = *bekannt
                .entry((text.clone(), woher.clone()))
                .or_insert_with(|| {
                    zahlen.push(Zahl {
                        text,
                        orte: Vec::new(),
                        woher,
                    });
                    zahlen.len() - 1
                });
            if let Some(zahl) = zahlen.get_mut(i)
                && !zahl.orte.contains(&place)
            {
                zahl.orte.push(place);
            }
        }
        zahlen.sort_by_key(|zahl| zahl.orte.first().copied());
        zahlen
    }
}

/// Whether a value, a calculation or the matter's own prose is behind a number: what stands so in a template tells by
/// itself where it comes from.
fn kommt_woher(auskunft: &Auskunft) -> bool {
    let fest = |text: &Textstelle| text.art == Textart::Vorlage && text.ausdruck.is_none();
    !auskunft.rechenwege.is_empty() || auskunft.texte.is_empty() || !auskunft.texte.iter().all(fest)
}

fn ohne_marken(text: &str) -> String {
    let text = text.replace('\u{a0}', " ").replace("**", "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The calculations, then the values and texts that it comes from.
fn woher(auskunft: &Auskunft, eingabe: &Eingabe) -> Vec<String> {
    let mut zeilen: Vec<String> = auskunft.rechenwege.iter().map(rechnung).collect();
    if auskunft.weitere > 0 {
        zeilen.push(weitere(auskunft.weitere));
    }
    let mut orte = Orte::default();
    // What stands so in a text is told by the text; the values tell only when it stands there.
    let woertlich = auskunft.texte.iter().all(|t| t.ausdruck.is_none());
    for stelle in auskunft.texte.iter().filter(|_| woertlich) {
        let name = match stelle.ort.datei.rsplit('/').next() {
            Some(name) if stelle.eingebaut => format!("eingebaute Vorlage {name}"),
            _ => innen(&stelle.ort.datei, eingabe),
        };
        orte.nimm(name, stelle.ort.punkt.line);
    }
    let (gekoppelt, allein): (Vec<_>, Vec<_>) =
        auskunft.werte.iter().partition(|w| w.kopplung.is_some());
    for wert in allein {
        orte.nimm(innen(&wert.ort.datei, eingabe), wert.ort.punkt.line);
    }
    let mut gemeinsam = Orte::default();
    for wert in gekoppelt {
        let (name, zeile) = (innen(&wert.ort.datei, eingabe), wert.ort.punkt.line);
        if !orte.hat(&name, zeile) {
            gemeinsam.nimm(name, zeile);
        }
    }
    zeilen.extend(orte.satz().map(|satz| maskiert(&satz)));
    let gemeinsam = gemeinsam.satz();
    zeilen.extend(
        gemeinsam.map(|satz| maskiert(&format!("nur zusammen mit anderen Angaben: {satz}"))),
    );
    zeilen
}

/// Lines of files in the order in which they were named, those of one file together.
#[derive(Default)]
struct Orte(Vec<(String, BTreeSet<usize>)>);

impl Orte {
    fn nimm(&mut self, name: String, zeile: usize) {
        match self.0.iter_mut().find(|(da, _)| *da == name) {
            Some((_, zeilen)) => {
                zeilen.insert(zeile);
            }
            None => self.0.push((name, BTreeSet::from([zeile]))),
        }
    }

    fn hat(&self, name: &str, zeile: usize) -> bool {
        let mut orte = self.0.iter();
        orte.any(|(da, zeilen)| da == name && zeilen.contains(&zeile))
    }

    /// „kosten.yaml:3–10, nutzung.yaml:4 u. a.“
    fn satz(mut self) -> Option<String> {
        // The matter's own values say more than those of the base data.
        self.0
            .sort_by_key(|(name, _)| name.starts_with("stammdaten/"));
        let namen: Vec<String> = self
            .0
            .iter()
            .flat_map(|(name, zeilen)| {
                let bereiche = bereiche(zeilen).into_iter();
                bereiche.map(move |bereich| format!("{name}:{bereich}"))
            })
            .collect();
        let mehr = if namen.len() > WERTE { " u. a." } else { "" };
        let namen: Vec<String> = namen.into_iter().take(WERTE).collect();
        (!namen.is_empty()).then(|| format!("{}{mehr}", namen.join(", ")))
    }
}

/// Lines that follow each other are one: „3–10“.
fn bereiche(zeilen: &BTreeSet<usize>) -> Vec<String> {
    let mut bereiche: Vec<(usize, usize)> = Vec::new();
    for zeile in zeilen {
        match bereiche.last_mut() {
            Some((_, bis)) if *bis + 1 == *zeile => *bis = *zeile,
            _ => bereiche.push((*zeile, *zeile)),
        }
    }
    let worte = |(von, bis)| {
        if von == bis {
            format!("{von}")
        } else {
            format!("{von}–{bis}")
        }
    };
    bereiche.into_iter().map(worte).collect()
}

/// „Fachadministration 2022: Anteil Stadt Bergkamen – 26.625,00 € × 1/8 = 3.328,13 €“
fn rechnung(weg: &Rechenweg) -> String {
    let schritt = |(was, ergebnis): &(String, String)| {
        if ergebnis.is_empty() {
            was.clone()
        } else {
            format!("{was} = {ergebnis}")
        }
    };
    // The step that leads to the result is told alone; the sums before it have notes of their own. One that only says
    // again what the result is tells nothing.
    let letzter = weg
        .schritte
        .last()
        .filter(|(was, ergebnis)| *ergebnis == weg.ergebnis && !weg.titel.ends_with(was.as_str()));
    let schritte = match letzter {
        Some((was, ergebnis)) => {
            let ohne_namen = was
                .split_once(": ")
                .filter(|(name, _)| weg.titel.contains(name));
            let was = ohne_namen.map_or(was.as_str(), |(_, rest)| rest);
            schritt(&(was.to_owned(), ergebnis.clone()))
        }
        None => {
            let alle: Vec<String> = weg.schritte.iter().map(schritt).collect();
            alle.join(", ")
        }
    };
    let text = if schritte.is_empty() {
        weg.titel.clone()
    } else {
        format!("{} – {schritte}", weg.titel)
    };
    maskiert(&text)
}

/// Where the texts of papers stand in this one, behind their front matter: bytes here, the paper, and its first byte.
///
/// A paper holds its own text, whatever mark such as „Entwurf“ stands before it; a whole holds those of its parts.
fn teile<'p>(papier: &Papier, bekannte: &'p [Papier]) -> Vec<(Range<usize>, &'p Papier, usize)> {
    let gesucht = bekannte
        .iter()
        .filter(|bekannt| papier.art == gesamt::ART || bekannt.name == papier.name);
    let mut teile: Vec<_> = gesucht
        .filter_map(|bekannt| {
            let von = bekannt.spuren.first()?.0.start;
            let text = bekannt.markdown.get(von..)?;
            let hier = papier.markdown.find(text)?;
            Some((hier..hier + text.len(), bekannt, von))
        })
        .collect();
    teile.sort_by_key(|(hier, ..)| hier.start);
    teile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_follow_each_other_are_one_range() {
        let zeilen = BTreeSet::from([10, 3, 4, 5, 7]);
        assert_eq!(bereiche(&zeilen), ["3–5", "7", "10"]);
    }

    #[test]
    fn a_calculation_is_told_without_repeating_itself() {
        let weg = |titel: &str, schritte: &[(&str, &str)]| Rechenweg {
            titel: titel.to_owned(),
            ergebnis: "3,00 €".to_owned(),
            schritte: schritte
                .iter()
                .map(|(was, ergebnis)| ((*was).to_owned(), (*ergebnis).to_owned()))
                .collect(),
        };
        let anteil = [
            ("Jahresbetrag", "6,00 €"),
            ("Anteil Selm: 6,00 € × 1/2", "3,00 €"),
        ];
        assert_eq!(
            rechnung(&weg("Support 2022: Anteil Selm", &anteil)),
            "Support 2022: Anteil Selm – 6,00 € × 1/2 = 3,00 €"
        );
        let jahr = [("Sachkosten", "3,00 €"), ("Jahresbetrag", "3,00 €")];
        assert_eq!(
            rechnung(&weg("Support 2022: Jahresbetrag", &jahr)),
            "Support 2022: Jahresbetrag – Sachkosten = 3,00 €, Jahresbetrag = 3,00 €"
        );
    }
}
