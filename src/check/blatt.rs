//! A paper as rules read it: its text, its clauses, its sections; every piece knows its place.

use std::ops::Range;
use std::sync::OnceLock;

use super::lesetext::{Lesetext, Zeile, Zeilenart};
use super::satz::saetze_der_zeile;
use super::woerter::{Anfang, Woerter, passt};
use crate::diagnostic::{Befund, Schritt, Stelle};
use crate::input::{Scalar, parse};
use crate::markdown::{self, ast::Document};
use crate::source::Source;
use crate::template::Papier;

/// A paper as rules read it. It is parsed when the first rule asks for its text.
#[derive(Debug)]
pub struct Blatt<'a> {
    /// The paper.
    pub papier: &'a Papier,
    gelesen: OnceLock<Gelesen>,
}

#[derive(Debug)]
struct Gelesen {
    dokument: Document,
    befunde: Vec<Befund>,
    text: Lesetext,
    woerter: Woerter,
    /// The sentences of its lines, in order: bytes of the text.
    saetze: Vec<Range<usize>>,
}

/// A piece of a paper's visible text: the whole, a clause, a section, a line, or some words of it.
#[derive(Debug, Clone)]
pub struct Passage<'b> {
    papier: &'b Papier,
    gelesen: &'b Gelesen,
    sichtbar: Range<usize>,
}

/// A value of the front matter.
#[derive(Debug)]
pub(super) struct Kopfwert {
    skalar: Scalar,
    /// Bytes of the Markdown before the YAML.
    vor: usize,
}

/// Keys of the front matter whose values no reader reads.
const OHNE_WORTE: [&str; 10] = [
    "drucksache",
    "art",
    "datei",
    "logo",
    "datum",
    "sprache",
    "satz",
    "entwurf",
    "muster",
    "anhang",
];

impl Kopfwert {
    /// What it says.
    pub(super) fn text(&self) -> &str {
        self.skalar.text()
    }

    /// The bytes of the Markdown where these bytes of it stand.
    pub(super) fn bereich(&self, teil: &Range<usize>) -> Range<usize> {
        let von = self.skalar.source_offset(teil.start) + self.vor;
        let bis = self.skalar.source_offset(teil.end) + self.vor;
        von..bis.max(von)
    }
}

/// Where some words of a paper stand.
#[derive(Debug)]
pub(super) struct Stueck<'b> {
    /// The heading above them.
    pub(super) abschnitt: Option<Passage<'b>>,
    /// The lines in which they stand; of the heading of a section, all lines of the section; of the paper's title, none.
    pub(super) zeilen: Vec<Passage<'b>>,
}

/// A signature block.
#[derive(Debug, Clone)]
pub struct Unterschrift<'b> {
    /// The body that signs, as printed: „Stadt Lünen“.
    pub partei: &'b str,
    /// The office that signs, as printed: „Der Bürgermeister“.
    pub amt: &'b str,
    /// Its place.
    pub passage: Passage<'b>,
}

impl<'a> Blatt<'a> {
    pub(super) fn neu(papier: &'a Papier) -> Self {
        Self {
            papier,
            gelesen: OnceLock::new(),
        }
    }

    fn gelesen(&self) -> &Gelesen {
        self.gelesen.get_or_init(|| {
            let (dokument, befunde) = markdown::parse(&self.papier.markdown);
            let text = Lesetext::aus(&dokument, &self.papier.markdown);
            let woerter = Woerter::aus(&text.text);
            let saetze = text.zeilen.iter().flat_map(|zeile| {
                let von = zeile.sichtbar.start;
                let saetze = saetze_der_zeile(&text.text[zeile.sichtbar.clone()]).into_iter();
                saetze.map(move |satz| von + satz.start..von + satz.end)
            });
            Gelesen {
                saetze: saetze.collect(),
                dokument,
                befunde,
                text,
                woerter,
            }
        })
    }

    /// Its blocks, where text alone does not do.
    pub fn dokument(&self) -> &Document {
        &self.gelesen().dokument
    }

    /// What was found when its Markdown was read; the places are bytes of it.
    pub fn lesebefunde(&self) -> &[Befund] {
        &self.gelesen().befunde
    }

    fn passage(&self, sichtbar: Range<usize>) -> Passage<'_> {
        Passage {
            papier: self.papier,
            gelesen: self.gelesen(),
            sichtbar,
        }
    }

    /// All of its text.
    pub fn alles(&self) -> Passage<'_> {
        self.passage(0..self.gelesen().text.text.len())
    }

    /// What the front matter says in words: each value with its bytes in the Markdown.
    ///
    /// Short titles, letterheads and numbers of annexes stand there and may show nowhere else.
    pub(super) fn kopf(&self) -> Vec<Kopfwert> {
        let ende = self.papier.spuren.first().map_or(0, |(spur, _)| spur.start);
        let kopf = self.papier.markdown.get(..ende).unwrap_or_default();
        let rahmen = "---\n";
        let yaml = kopf.strip_prefix(rahmen).unwrap_or(kopf);
        let yaml = yaml.split("\n---").next().unwrap_or_default();
        let Ok(baum) = parse(&Source::new(self.papier.name.as_str(), yaml)) else {
            return Vec::new();
        };
        let worte = baum.scalars().filter(|(route, _)| {
            let mut schritte = route.schritte.iter();
            schritte.all(|s| !matches!(s, Schritt::Feld(f) if OHNE_WORTE.contains(&f.as_str())))
        });
        let vor = kopf.len() - kopf.trim_start_matches(rahmen).len();
        worte
            .map(|(_, skalar)| Kopfwert {
                skalar: skalar.clone(),
                vor,
            })
            .collect()
    }

    /// A clause by its key, with its heading: `kosten`.
    pub fn klausel(&self, schluessel: &str) -> Option<Passage<'_>> {
        let klausel = self
            .papier
            .klauseln
            .iter()
            .find(|klausel| klausel.schluessel == schluessel)?;
        self.zeilen_in(&klausel.bereich)
    }

    /// What the paper says on a subject: the clause with this key, else each section whose heading contains one of these
    /// words. A template of one's own need not mark its clauses. Empty where neither is there.
    pub fn vorschriften(&self, schluessel: &str, worte: &[&str]) -> Vec<Passage<'_>> {
        if let Some(klausel) = self.klausel(schluessel) {
            return vec![klausel];
        }
        let text = &self.gelesen().text;
        let mut gefunden = Vec::new();
        let mut ueberschriften = text
            .zeilen
            .iter()
            .filter(|zeile| matches!(zeile.art, Zeilenart::Ueberschrift(2..)))
            .peekable();
        while let Some(zeile) = ueberschriften.next() {
            let kopf = self.passage(zeile.sichtbar.clone());
            if worte.iter().any(|worte| kopf.enthaelt(worte)) {
                let bis = ueberschriften
                    .peek()
                    .map_or(text.text.len(), |naechste| naechste.sichtbar.start);
                gefunden.push(self.passage(zeile.sichtbar.start..bis));
            }
        }
        gefunden
    }

    /// All clauses in order, each with its key.
    pub fn klauseln(&self) -> impl Iterator<Item = (&str, Passage<'_>)> {
        self.papier.klauseln.iter().filter_map(|klausel| {
            let passage = self.zeilen_in(&klausel.bereich)?;
            Some((klausel.schluessel.as_str(), passage))
        })
    }

    /// A section by the text of its heading, up to the next heading that is not below it: `Beschlussvorschlag`.
    pub fn abschnitt(&self, ueberschrift: &str) -> Option<Passage<'_>> {
        let text = &self.gelesen().text;
        let mut zeilen = text.zeilen.iter();
        let (von, stufe) = zeilen.find_map(|zeile| match zeile.art {
            Zeilenart::Ueberschrift(stufe)
                if text.text[zeile.sichtbar.clone()].trim() == ueberschrift =>
            {
                Some((zeile.sichtbar.start, stufe))
            }
            _ => None,
        })?;
        let bis = zeilen
            .find(|zeile| matches!(zeile.art, Zeilenart::Ueberschrift(andere) if andere <= stufe))
            .map_or(text.text.len(), |zeile| zeile.sichtbar.start);
        Some(self.passage(von..bis))
    }

    /// The signature blocks in order.
    pub fn unterschriften(&self) -> impl Iterator<Item = Unterschrift<'_>> {
        let text = &self.gelesen().text;
        text.zeilen
            .iter()
            .filter(|zeile| zeile.art == Zeilenart::Unterschrift)
            .filter_map(|zeile| {
                let (partei, amt) = text.text[zeile.sichtbar.clone()].split_once('\t')?;
                Some(Unterschrift {
                    partei,
                    amt,
                    passage: self.passage(zeile.sichtbar.clone()),
                })
            })
    }

    /// Where these bytes of the Markdown stand.
    pub(super) fn stueck(&self, bereich: &Range<usize>) -> Stueck<'_> {
        let zeilen = &self.gelesen().text.zeilen;
        let stufe = |zeile: &Zeile| match zeile.art {
            Zeilenart::Ueberschrift(stufe) => Some(stufe),
            _ => None,
        };
        let passage = |zeile: &Zeile| self.passage(zeile.sichtbar.clone());
        let beginnt = zeilen
            .partition_point(|zeile| zeile.markdown <= bereich.start)
            .saturating_sub(1);
        let ende = bereich.end.max(bereich.start + 1);
        let endet = zeilen.partition_point(|zeile| zeile.markdown < ende);
        let hier = zeilen.get(beginnt..endet).unwrap_or_default();
        let darueber = zeilen.get(..=beginnt).unwrap_or_default();
        let abschnitt = darueber.iter().rev().find(|zeile| stufe(zeile).is_some());
        let kopf = match hier {
            [zeile] => stufe(zeile),
            _ => None,
        };
        let darunter = zeilen.get(endet..).unwrap_or_default().iter();
        let zeilen = match kopf {
            Some(1) => Vec::new(),
            Some(eigene) => hier
                .iter()
                .chain(darunter.take_while(|z| stufe(z).is_none_or(|andere| andere > eigene)))
                .map(passage)
                .collect(),
            None => hier.iter().map(passage).collect(),
        };
        Stueck {
            abschnitt: abschnitt.map(passage),
            zeilen,
        }
    }

    /// What stands on the lines that begin in this range of the Markdown.
    fn zeilen_in(&self, markdown: &Range<usize>) -> Option<Passage<'_>> {
        let zeilen = &self.gelesen().text.zeilen;
        let von = zeilen.partition_point(|zeile| zeile.markdown < markdown.start);
        let bis = zeilen.partition_point(|zeile| zeile.markdown < markdown.end);
        let darin = zeilen.get(von..bis)?;
        let (erste, letzte) = (darin.first()?, darin.last()?);
        Some(self.passage(erste.sichtbar.start..letzte.sichtbar.end))
    }
}

impl<'b> Passage<'b> {
    /// What readers see. A line is a heading, a paragraph, an item with its label, or a row of a table with tabs.
    pub fn text(&self) -> &'b str {
        self.gelesen
            .text
            .text
            .get(self.sichtbar.clone())
            .unwrap_or_default()
    }

    /// Its bytes in the paper's Markdown.
    pub fn bereich(&self) -> Range<usize> {
        let bereich = self.gelesen.text.im_markdown(&self.sichtbar);
        let markdown = &self.papier.markdown;
        markdown.floor_char_boundary(bereich.start)..markdown.ceil_char_boundary(bereich.end)
    }

    /// Its place for a finding, which will stand at the YAML, text or template that made it.
    ///
    /// Of a heading with a number that is its words: the number is computed.
    pub fn stelle(&self) -> Stelle {
        Stelle::ImPapier {
            papier: self.papier.name.as_str().into(),
            bereich: self.ueberschrift().unwrap_or_else(|| self.bereich()),
        }
    }

    /// The words of a heading „§ 5 Kosten“, if somebody wrote them behind a computed number.
    fn ueberschrift(&self) -> Option<Range<usize>> {
        let text = self.text();
        let rest = text.strip_prefix("§ ")?;
        let worte = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let worte = worte
            .strip_prefix(' ')
            .filter(|_| worte.len() < rest.len())?;
        let ist_ueberschrift = self.gelesen.text.zeilen.iter().any(|zeile| {
            matches!(zeile.art, Zeilenart::Ueberschrift(_)) && zeile.sichtbar == self.sichtbar
        });
        let nummer = self.teil("§ ".len()..text.len() - worte.len()).bereich();
        let bereich = self.teil(text.len() - worte.len()..text.len()).bereich();
        let berechnet = self.papier.ausdruck(&nummer).is_some();
        let geschrieben = self.papier.ausdruck(&bereich).is_none();
        (ist_ueberschrift && berechnet && geschrieben).then_some(bereich)
    }

    /// Where its first byte was written: in the data, a text or a template.
    pub(super) fn ort(&self) -> Option<Stelle> {
        let von = self.bereich().start;
        self.papier.ursprung(&(von..von + 1))
    }

    /// Its lines.
    pub fn zeilen(&self) -> impl Iterator<Item = Self> {
        let sichtbar = self.sichtbar.clone();
        let zeilen = &self.gelesen.text.zeilen;
        // Lines stand in the order of the text.
        let erste = zeilen.partition_point(|zeile| zeile.sichtbar.start < sichtbar.start);
        zeilen
            .get(erste..)
            .unwrap_or_default()
            .iter()
            .take_while(move |zeile| zeile.sichtbar.end <= sichtbar.end)
            .map(|zeile| self.mit(zeile.sichtbar.clone()))
    }

    /// The sentences from one line of the paper to another.
    pub(super) fn saetze_von_bis(&self, erste: &Self, letzte: &Self) -> Vec<Self> {
        let alle = &self.gelesen.saetze;
        let von = alle.partition_point(|satz| satz.start < erste.sichtbar.start);
        let alle = alle.get(von..).unwrap_or_default().iter();
        alle.take_while(|satz| satz.end <= letzte.sichtbar.end)
            .map(|satz| self.mit(satz.clone()))
            .collect()
    }

    /// Its first line: the heading of a clause or section.
    pub fn erste_zeile(&self) -> Self {
        let ende = self.text().find('\n').unwrap_or(self.text().len());
        self.teil(0..ende)
    }

    /// A part of it, by bytes of [`Self::text`].
    pub fn teil(&self, bereich: Range<usize>) -> Self {
        let von = self.sichtbar.start + bereich.start;
        let bis = self.sichtbar.start + bereich.end;
        self.mit(von.min(self.sichtbar.end)..bis.min(self.sichtbar.end))
    }

    /// All places where these words stand, in upper or lower case, as whole words. A word that ends in `*` may go on:
    /// `gesondert* Vereinbarung`.
    pub fn finde<'w>(&self, worte: &'w str) -> impl Iterator<Item = Self> + use<'b, 'w> {
        let text = self.text();
        let passage = self.clone();
        self.wortanfaenge(worte)
            .filter_map(move |von| Some((von, passt(text, von, worte)?)))
            .map(move |(von, bis)| passage.teil(von..bis))
    }

    /// Where words begin that can be the first of these, in bytes of [`Self::text`].
    fn wortanfaenge(&self, worte: &str) -> impl Iterator<Item = usize> + use<'b> {
        let Range { start, end } = self.sichtbar;
        let gesucht = Anfang::des_suchworts(worte);
        let alle = self.gelesen.woerter.mit(gesucht);
        let von = alle.partition_point(|wort| *wort <= start);
        let alle = alle.get(von..).unwrap_or_default();
        // A passage may begin inside a word of the paper; what is left of it is a word of the passage.
        let anfang = Anfang::von(self.text()).umfasst(gesucht).then_some(0);
        let uebrige = alle.iter().take_while(move |wort| **wort < end);
        anfang
            .into_iter()
            .chain(uebrige.map(move |wort| wort - start))
    }

    /// Whether these words stand in it; see [`Self::finde`].
    pub fn enthaelt(&self, worte: &str) -> bool {
        self.finde(worte).next().is_some()
    }

    /// Where a part of it begins, in bytes of [`Self::text`].
    pub fn versatz(&self, teil: &Self) -> usize {
        teil.sichtbar.start.saturating_sub(self.sichtbar.start)
    }

    fn mit(&self, sichtbar: Range<usize>) -> Self {
        Self {
            sichtbar,
            ..self.clone()
        }
    }
}

/// For findings: a passage is a place.
impl From<&Passage<'_>> for Stelle {
    fn from(passage: &Passage<'_>) -> Self {
        passage.stelle()
    }
}

/// For findings: a passage is a place.
impl From<Passage<'_>> for Stelle {
    fn from(passage: Passage<'_>) -> Self {
        passage.stelle()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Bezug;

    fn papier(markdown: &str) -> Papier {
        Papier {
            name: "p".to_owned(),
            art: "beschlussvorlage".to_owned(),
            bezug: Bezug::Vereinbarung(crate::model::Schluessel::default()),
            gesamt: None,
            rechtsstand: None,
            front: Default::default(),
            markdown: markdown.to_owned(),
            spuren: Vec::new(),
            klauseln: Vec::new(),
        }
    }

    fn gefunden(text: &str, worte: &str) -> Vec<String> {
        let papier = papier(text);
        let blatt = Blatt::neu(&papier);
        let gefunden = blatt.alles();
        let gefunden = gefunden.finde(worte);
        gefunden.map(|stelle| stelle.text().to_owned()).collect()
    }

    #[test]
    fn whole_words_are_found_in_any_case() {
        assert_eq!(
            gefunden("Die GENEHMIGUNG, die Genehmigungen", "genehmigung"),
            ["GENEHMIGUNG"]
        );
    }

    #[test]
    fn a_star_lets_a_word_go_on() {
        let text = "in gesonderten Vereinbarungen und gesonderter Vereinbarung";
        assert_eq!(
            gefunden(text, "gesondert* Vereinbarung*"),
            ["gesonderten Vereinbarungen", "gesonderter Vereinbarung"]
        );
    }

    #[test]
    fn words_stand_side_by_side_on_one_line() {
        assert!(gefunden("gesonderte\n\nVereinbarung", "gesonderte Vereinbarung").is_empty());
        assert!(gefunden("gesonderte, Vereinbarung", "gesonderte Vereinbarung").is_empty());
    }

    #[test]
    fn signs_are_found_too() {
        assert_eq!(
            gefunden("nach § 24 Abs. 2 GkG NRW", "§ 24 Abs. 2 GkG"),
            ["§ 24 Abs. 2 GkG"]
        );
        assert!(gefunden("nach § 241", "§ 24").is_empty());
    }
}
