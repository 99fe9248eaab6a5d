//! A finished paper: Markdown in which each piece knows where it came from, clauses are numbered, references resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::escape::braucht_backslash;
use super::zeichen::{
    ABSATZNUMMER, DATEN, KLAUSELNUMMER, RECHT, RECHT_ENDE, URSPRUNG, URSPRUNG_ENDE, VERWEIS,
    VERWEIS_ENDE,
};
use crate::diagnostic::{Befund, Stelle};
use crate::input::{Datum, suggest};
use crate::markdown::front::FrontMatter;
use crate::model::Schluessel;
use crate::model::drucksache::Nummer;
use crate::recht::Zitat;
use crate::source::FileName;

mod code;

use code::{endet_code, offenes_codestueck, zaun};

/// A paper as it is written to disk, and what the later stages need to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papier {
    /// Name of its files without their endings.
    pub name: String,
    /// Kind of paper: the name of its template, or of the one that its template stands in for.
    pub art: String,
    /// What it was made for.
    pub bezug: Bezug,
    /// Its place among the papers of its subject where these are put together with a Vorlage.
    pub gesamt: Option<u32>,
    /// The day for which its template has it cite the law; without it, that of its subject.
    pub rechtsstand: Option<Datum>,
    /// What stands before the text.
    pub front: FrontMatter,
    /// Front matter and text.
    pub markdown: String,
    /// Where each piece of the Markdown came from, in order and without overlap.
    pub spuren: Vec<(Range<usize>, Ursprung)>,
    /// The clauses in order.
    pub klauseln: Vec<Klausel>,
}

/// What a paper was made for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bezug {
    /// The Drucksache with this number.
    Drucksache(Nummer),
    /// The agreement with this key.
    Vereinbarung(Schluessel),
    /// An annex of the Drucksache with this number, by its place from 0.
    Anlage(Nummer, usize),
}

/// Where a piece of a paper came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ursprung {
    /// A template or the authors' prose.
    pub art: Herkunft,
    /// The file.
    pub datei: FileName,
    /// First byte in the file.
    pub offset: usize,
    /// Whether an expression made it; else it stands in the file as it is.
    pub ausdruck: bool,
    /// Bytes of the expression in the file, up to the end of its first line; 0 for what stands there as it is.
    pub laenge: usize,
}

/// Who wrote the piece of source that an origin names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Herkunft {
    /// A template.
    Vorlage,
    /// The matter's prose, in the YAML or a text file.
    Prosa,
}

/// A clause of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Klausel {
    /// Its stable key.
    pub schluessel: String,
    /// Its number, from 1.
    pub nummer: u32,
    /// From its directive to the next clause, in bytes of the Markdown.
    pub bereich: Range<usize>,
}

impl Papier {
    /// Where the bytes of the Markdown came from: a place in a template or in the matter's prose.
    ///
    /// `None` for what the program itself wrote, such as the front matter.
    pub fn ursprung(&self, bereich: &Range<usize>) -> Option<Stelle> {
        let (spur, ursprung) = self.spur(bereich)?;
        let (vor, lang) = if ursprung.ausdruck {
            (0, ursprung.laenge)
        } else {
            let ende = bereich.end.min(spur.end);
            (
                bereich.start - spur.start,
                ende.saturating_sub(bereich.start),
            )
        };
        let start = ursprung.offset + vor;
        Some(Stelle::Datei {
            datei: ursprung.datei.clone(),
            bereich: start..start + lang,
        })
    }

    /// Whether the bytes stand before the text: in the front matter, which the program writes.
    pub fn ist_kopf(&self, bereich: &Range<usize>) -> bool {
        self.spuren
            .first()
            .is_none_or(|(erste, _)| bereich.start < erste.start)
    }

    /// The bytes of the Markdown as data, if an expression made them: what stands there came from the facts.
    pub fn daten(&self, bereich: &Range<usize>) -> Option<&str> {
        let (_, ursprung) = self.spur(bereich)?;
        if ursprung.ausdruck {
            self.markdown.get(bereich.clone())
        } else {
            None
        }
    }

    /// All that the expression made which made the first of these bytes: its place in the Markdown.
    ///
    /// `None` where no expression made it.
    pub fn ausdruck(&self, bereich: &Range<usize>) -> Option<Range<usize>> {
        let (spur, ursprung) = self.spur(bereich)?;
        ursprung.ausdruck.then(|| spur.clone())
    }

    fn spur(&self, bereich: &Range<usize>) -> Option<&(Range<usize>, Ursprung)> {
        let i = self
            .spuren
            .partition_point(|(spur, _)| spur.start <= bereich.start);
        self.spuren
            .get(i.checked_sub(1)?)
            .filter(|(spur, _)| bereich.start < spur.end)
    }

    /// A paper from its finished text; findings of the text come with it.
    pub(super) fn aus(
        name: String,
        art: &str,
        (bezug, gesamt, rechtsstand): (Bezug, Option<u32>, Option<Datum>),
        front: FrontMatter,
        text: Text,
    ) -> MitBefunden {
        let mut markdown = front.to_markdown();
        markdown.push('\n');
        let vor = markdown.len();
        markdown.push_str(&text.markdown);
        let schiebe = |bereich: Range<usize>| bereich.start + vor..bereich.end + vor;
        let befunde = text.befunde.into_iter().map(|mut befund| {
            if let Stelle::Papier(bereich) = befund.stelle {
                befund.stelle = Stelle::Papier(schiebe(bereich));
            }
            befund
        });
        MitBefunden {
            befunde: befunde.collect(),
            papier: Self {
                name,
                art: art.to_owned(),
                bezug,
                gesamt,
                rechtsstand,
                front,
                markdown,
                spuren: text
                    .spuren
                    .into_iter()
                    .map(|(spur, u)| (schiebe(spur), u))
                    .collect(),
                klauseln: text
                    .klauseln
                    .into_iter()
                    .map(|klausel| Klausel {
                        bereich: schiebe(klausel.bereich),
                        ..klausel
                    })
                    .collect(),
            },
        }
    }

    /// Turns places in the Markdown into places in the users' files, where there are such.
    pub fn verorte(&self, befund: &mut Befund) {
        let stellen = std::iter::once(&mut befund.stelle)
            .chain(befund.dazu.iter_mut().map(|(stelle, _)| stelle));
        for stelle in stellen {
            if let Stelle::Papier(bereich) = stelle
                && let Some(ursprung) = self.ursprung(bereich)
            {
                *stelle = ursprung;
            }
        }
    }
}

/// A paper and what was found while it was finished.
pub(super) struct MitBefunden {
    pub(super) papier: Papier,
    pub(super) befunde: Vec<Befund>,
}

/// The finished text of a paper before its front matter.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) markdown: String,
    pub(super) spuren: Vec<(Range<usize>, Ursprung)>,
    pub(super) klauseln: Vec<Klausel>,
    pub(super) befunde: Vec<Befund>,
}

/// Takes the marks out of a template's output: origins into `spuren`, data escaped, clauses numbered, references resolved,
/// laws cited in full where they come first, runs of blank lines to one.
pub(super) fn fertig<'a>(
    roh: &str,
    ursprung: &'a dyn Fn(usize) -> Option<&'a Ursprung>,
    zitate: &'a BTreeMap<String, Zitat>,
) -> Text {
    let mut lauf = Lauf {
        urspruenge: ursprung,
        zitate,
        zitiert: BTreeSet::new(),
        nummern: klauselnummern(roh),
        text: Text {
            markdown: String::with_capacity(roh.len()),
            spuren: Vec::new(),
            klauseln: Vec::new(),
            befunde: Vec::new(),
        },
        absatz: 0,
        absaetze: BTreeMap::new(),
        absatzverweise: Vec::new(),
        zeilenanfang: 0,
        leerzeilen: 0,
        im_code: None,
    };
    lauf.alles(roh);
    lauf.text
}

/// The numbers of the clauses by key, so that a reference can lead forward.
fn klauselnummern(roh: &str) -> BTreeMap<String, u32> {
    let mut nummern = BTreeMap::new();
    let mut n = 0;
    for zeile in roh.lines().filter(|zeile| zeile.contains('<')) {
        let sichtbar = ohne_ursprung(zeile);
        if let Some(schluessel) = klausel_anweisung(&sichtbar) {
            n += 1;
            nummern.entry(schluessel.to_owned()).or_insert(n);
        }
    }
    nummern
}

fn ohne_ursprung(zeile: &str) -> String {
    let mut sichtbar = String::with_capacity(zeile.len());
    let mut in_marke = false;
    for c in zeile.chars() {
        match c {
            URSPRUNG => in_marke = true,
            URSPRUNG_ENDE => in_marke = false,
            DATEN => {}
            _ if in_marke => {}
            _ => sichtbar.push(c),
        }
    }
    sichtbar
}

/// The next character that will stand in the text.
fn naechstes(zeichen: impl Iterator<Item = char>) -> Option<char> {
    let mut in_marke = false;
    for c in zeichen {
        match c {
            URSPRUNG => in_marke = true,
            URSPRUNG_ENDE => in_marke = false,
            DATEN => {}
            _ if in_marke => {}
            _ => return Some(c),
        }
    }
    None
}

/// The number of the Absatz that a line begins with: `(2) Die Parteien`.
fn absatzlabel(zeile: &str) -> Option<u32> {
    let (nummer, _) = zeile.strip_prefix('(')?.split_once(')')?;
    nummer.parse().ok()
}

/// Writes something where an expression found nothing to write, so that the finding on it has a place: that of the
/// expression. Such a paper is not written.
fn luecke(markdown: &mut String) -> Range<usize> {
    let hier = markdown.len();
    markdown.push('§');
    hier..markdown.len()
}

/// The key of a line `<!-- klausel: key -->`.
fn klausel_anweisung(zeile: &str) -> Option<&str> {
    let inhalt = zeile.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let schluessel = inhalt.trim().strip_prefix("klausel:")?.trim();
    (!schluessel.is_empty()).then_some(schluessel)
}

struct Lauf<'a> {
    urspruenge: &'a dyn Fn(usize) -> Option<&'a Ursprung>,
    /// How each law is cited on the day of the paper.
    zitate: &'a BTreeMap<String, Zitat>,
    /// The laws that were cited in full.
    zitiert: BTreeSet<&'a str>,
    nummern: BTreeMap<String, u32>,
    text: Text,
    absatz: u32,
    /// How many Absätze each clause has so far.
    absaetze: BTreeMap<String, u32>,
    /// References to an Absatz: bytes, clause, Absatz.
    absatzverweise: Vec<(Range<usize>, String, u32)>,
    /// First byte of the line at hand.
    zeilenanfang: usize,
    /// Blank lines just before the line at hand.
    leerzeilen: usize,
    /// The sign of the fence, if the line at hand stands in fenced code.
    im_code: Option<char>,
}

impl Lauf<'_> {
    fn alles(&mut self, roh: &str) {
        let mut zeichen = roh.chars().peekable();
        while let Some(c) = zeichen.next() {
            match c {
                URSPRUNG => {
                    let nummer: String = zeichen
                        .by_ref()
                        .take_while(|c| *c != URSPRUNG_ENDE)
                        .collect();
                    self.ursprung(&nummer);
                }
                DATEN => {
                    if let Some(daten) = zeichen.next() {
                        self.daten(daten, zeichen.clone());
                    }
                }
                VERWEIS => {
                    let verweis: String = zeichen
                        .by_ref()
                        .take_while(|c| *c != VERWEIS_ENDE)
                        .collect();
                    self.verweis(&verweis);
                }
                RECHT => {
                    let zitat: String = zeichen.by_ref().take_while(|c| *c != RECHT_ENDE).collect();
                    self.recht(&zitat, naechstes(zeichen.clone()));
                }
                KLAUSELNUMMER => {
                    self.klauselnummer();
                }
                ABSATZNUMMER => {
                    self.absatz += 1;
                    let nummer = self.absatz.to_string();
                    self.text.markdown.push_str(&nummer);
                }
                '\n' => self.zeilenende(),
                _ => self.text.markdown.push(c),
            }
        }
        if self.text.markdown.len() > self.zeilenanfang {
            self.zeilenende();
        }
        while self.text.markdown.ends_with("\n\n") {
            self.text.markdown.pop();
        }
        self.pruefe_absatzverweise();
        let ende = self.text.markdown.len();
        for (spur, _) in &mut self.text.spuren {
            spur.end = spur.end.min(ende);
        }
        self.schliesse_spur(ende);
        if let Some(klausel) = self.text.klauseln.last_mut() {
            klausel.bereich.end = ende;
        }
        self.text.spuren.retain(|(spur, _)| !spur.is_empty());
    }

    fn zeile(&self) -> &str {
        &self.text.markdown[self.zeilenanfang..]
    }

    fn zeilenende(&mut self) {
        let zeile = self.zeile().trim();
        let leer = zeile.is_empty();
        let zaun = zaun(zeile);
        let absatz = absatzlabel(zeile);
        if let Some(schluessel) = klausel_anweisung(zeile).map(str::to_owned) {
            self.klausel(schluessel);
        }
        if let (Some(absatz), Some(klausel)) = (absatz, self.text.klauseln.last()) {
            self.absaetze.insert(klausel.schluessel.clone(), absatz);
        }
        if leer && self.im_code.is_none() {
            self.text.markdown.truncate(self.zeilenanfang);
            self.kuerze_spuren();
            self.leerzeilen += 1;
            if self.leerzeilen > 1 || self.zeilenanfang == 0 {
                return;
            }
        } else {
            self.leerzeilen = 0;
            self.im_code = match (self.im_code.take(), zaun) {
                (None, zaun) => zaun.map(|(zaun, _)| zaun),
                (Some(offen), Some((zaun, true))) if zaun == offen => None,
                (offen, _) => offen,
            };
        }
        self.text.markdown.push('\n');
        self.zeilenanfang = self.text.markdown.len();
    }

    fn ursprung(&mut self, nummer: &str) {
        let Some(ursprung) = nummer.parse().ok().and_then(self.urspruenge) else {
            return;
        };
        let jetzt = self.text.markdown.len();
        self.schliesse_spur(jetzt);
        self.text.spuren.push((jetzt..usize::MAX, ursprung.clone()));
    }

    fn schliesse_spur(&mut self, ende: usize) {
        if let Some((spur, _)) = self.text.spuren.last_mut() {
            spur.end = spur.end.min(ende);
        }
    }

    /// After a line was taken back, no origin reaches beyond the text.
    fn kuerze_spuren(&mut self) {
        let ende = self.text.markdown.len();
        for (spur, _) in self.text.spuren.iter_mut().rev() {
            if spur.end <= ende {
                break;
            }
            spur.start = spur.start.min(ende);
            if spur.end != usize::MAX {
                spur.end = ende;
            }
        }
    }

    fn daten(&mut self, c: char, danach: impl Iterator<Item = char> + Clone) {
        if self.zeile().trim_start().starts_with("<!--") {
            self.daten_in_anweisung(c);
        } else if self.im_code.is_some() {
            self.daten_im_code(c);
        } else if offenes_codestueck(self.zeile()).is_some_and(|n| endet_code(danach.clone(), n)) {
            self.daten_im_codestueck(c);
        } else if c == '\n' {
            self.text.markdown.push_str("<br>");
        } else {
            if braucht_backslash(c, self.zeile(), naechstes(danach)) {
                self.text.markdown.push('\\');
            }
            self.text.markdown.push(c);
        }
    }

    /// Fenced code knows no escapes: a line that would end it is refused.
    fn daten_im_code(&mut self, c: char) {
        let davor = self.zeile().trim();
        if self.im_code == Some(c) && davor.len() >= 2 && davor.chars().all(|d| d == c) {
            self.endet_code(c);
        } else {
            self.text.markdown.push(if c == '\n' { ' ' } else { c });
        }
    }

    /// Code in a line knows no escapes but that of a bar in a table; what would end it is refused.
    fn daten_im_codestueck(&mut self, c: char) {
        match c {
            '`' => self.endet_code(c),
            '|' if self.zeile().starts_with('|') => self.text.markdown.push_str("\\|"),
            '\n' => self.text.markdown.push(' '),
            _ => self.text.markdown.push(c),
        }
    }

    /// The character stands in the paper, which is not written, so that the finding has a place.
    fn endet_code(&mut self, c: char) {
        let hier = self.text.markdown.len();
        self.text.markdown.push(c);
        self.text.befunde.push(
            Befund::fehler(
                "zeichen-in-code",
                Stelle::Papier(hier..hier + c.len_utf8()),
                format!("das Zeichen „{c}“ der Daten würde hier den Code beenden"),
            )
            .abhilfe(
                "den Wert ohne dieses Zeichen schreiben oder den Ausdruck nicht als Code setzen",
            ),
        );
    }

    /// A directive knows no escapes: what would end it or split it is refused.
    fn daten_in_anweisung(&mut self, c: char) {
        let trennt = c == '|' || (c == '>' && self.zeile().ends_with("--"));
        if trennt {
            let hier = self.text.markdown.len();
            self.text.markdown.push(c);
            self.text.befunde.push(
                Befund::fehler(
                    "zeichen-in-anweisung",
                    Stelle::Papier(hier..hier + c.len_utf8()),
                    format!("das Zeichen „{c}“ kann in dieser Anweisung nicht stehen"),
                )
                .abhilfe("den Namen ohne dieses Zeichen schreiben"),
            );
        } else {
            self.text.markdown.push(if c == '\n' { ' ' } else { c });
        }
    }

    fn klausel(&mut self, schluessel: String) {
        let hier = self.zeilenanfang;
        if let Some(klausel) = self.text.klauseln.last_mut() {
            klausel.bereich.end = hier;
        }
        self.absatz = 0;
        let nummer = self
            .text
            .klauseln
            .last()
            .map_or(1, |klausel| klausel.nummer + 1);
        self.text.klauseln.push(Klausel {
            schluessel,
            nummer,
            bereich: hier..usize::MAX,
        });
    }

    /// The number of the clause at hand; a finding where no clause has begun.
    fn klauselnummer(&mut self) {
        match self.text.klauseln.last() {
            Some(klausel) => self.text.markdown.push_str(&klausel.nummer.to_string()),
            None => {
                let luecke = luecke(&mut self.text.markdown);
                self.text.befunde.push(
                    Befund::fehler(
                        "nummer-ohne-klausel",
                        Stelle::Papier(luecke),
                        "hier steht die Nummer eines Paragrafen, aber keiner hat begonnen",
                    )
                    .abhilfe("vor die Überschrift die Zeile <!-- klausel: schluessel --> setzen"),
                );
            }
        }
    }

    /// „§ 7“ or „§ 7 Abs. 2“ as a link to the clause.
    fn verweis(&mut self, verweis: &str) {
        let (schluessel, absatz) = verweis.split_once('|').unwrap_or((verweis, ""));
        let hier = self.text.markdown.len();
        let Some(nummer) = self.nummern.get(schluessel) else {
            let luecke = luecke(&mut self.text.markdown);
            self.text.befunde.push(
                Befund::fehler(
                    "verweis-ohne-ziel",
                    Stelle::Papier(luecke),
                    format!("dieser Verweis nennt die Klausel „{schluessel}“, die das Papier nicht hat"),
                )
                .abhilfe("den Schlüssel prüfen oder den Verweis an dieselbe Bedingung knüpfen wie die Klausel"),
            );
            return;
        };
        let text = if absatz.is_empty() {
            format!("[§ {nummer}](#{schluessel})")
        } else {
            format!("[§ {nummer} Abs. {absatz}](#{schluessel})")
        };
        if let Ok(absatz) = absatz.parse::<u32>() {
            let klausel = schluessel.to_owned();
            self.absatzverweise
                .push((hier..hier + text.len(), klausel, absatz));
        }
        self.text.markdown.push_str(&text);
    }

    /// A reference to an Absatz leads to one that its clause has.
    fn pruefe_absatzverweise(&mut self) {
        for (hier, klausel, absatz) in std::mem::take(&mut self.absatzverweise) {
            let hat = self.absaetze.get(&klausel).copied().unwrap_or_default();
            if (1..=hat).contains(&absatz) {
                continue;
            }
            let nummer = self.nummern.get(&klausel).copied().unwrap_or_default();
            let umfang = match hat {
                0 => "hat keine nummerierten Absätze".to_owned(),
                1 => "hat nur einen Absatz".to_owned(),
                _ => format!("hat nur {hat} Absätze"),
            };
            self.text.befunde.push(
                Befund::fehler(
                    "verweis-ohne-absatz",
                    Stelle::Papier(hier),
                    format!(
                        "dieser Verweis nennt § {nummer} Abs. {absatz}, aber § {nummer} {umfang}"
                    ),
                )
                .abhilfe("die Nummer des Absatzes prüfen oder nur auf den Paragrafen verweisen"),
            );
        }
    }
}

impl Lauf<'_> {
    /// A law: in full with its state at the first place, short after that.
    fn recht(&mut self, zitat: &str, danach: Option<char>) {
        let (schluessel, form) = zitat.split_once('|').unwrap_or((zitat, ""));
        let Some((bekannt, zitat)) = self.zitate.get_key_value(schluessel) else {
            let luecke = luecke(&mut self.text.markdown);
            let befund = Befund::fehler(
                "unbekanntes-gesetz",
                Stelle::Papier(luecke),
                format!("das Gesetz „{schluessel}“ ist nicht bekannt"),
            );
            let namen = self.zitate.keys().map(String::as_str);
            self.text.befunde.push(befund.abhilfe(
                match suggest::nearest(schluessel, namen.clone()) {
                    Some(aehnlich) => format!("meinten Sie „{aehnlich}“?"),
                    None => format!("bekannt sind: {}", namen.collect::<Vec<_>>().join(", ")),
                },
            ));
            return;
        };
        let erstes = self.zitiert.insert(bekannt);
        self.text.markdown.push_str(match (erstes, form) {
            (true, "genitiv") => &zitat.voll_genitiv,
            (true, _) => &zitat.voll_dativ,
            (false, "genitiv") => &zitat.kurz,
            (false, _) => &zitat.kurz_dativ,
        });
        if erstes && zitat.mit_apposition && danach.is_some_and(char::is_whitespace) {
            self.text.markdown.push(',');
        }
    }
}

#[cfg(test)]
mod tests;
