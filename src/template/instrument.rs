//! Marks a template so that its output tells where each piece came from.
//!
//! Before the text of each line and before each expression stands the number of its origin; each loop body calls the
//! budget. A line of nothing but tags leaves no line behind, as authors expect; umlauts in names become `ae`, `oe`, `ue`,
//! because Tera's names are ASCII while our keys are German.

use crate::input::umschrift;
use std::ops::Range;

use super::zeichen::{URSPRUNG, URSPRUNG_ENDE};

/// Longest tag in bytes.
const LAENGSTES_TAG: usize = 2_000;
/// What a turn of a loop costs of the budget.
const DURCHLAUF: u32 = 1;
/// What it costs where the output is kept aside and no limit of the output sees it.
const DURCHLAUF_BEISEITE: u32 = 200;
/// What an include costs.
const EINBINDUNG: u32 = 20;

/// A marked template, and the way back to its source.
#[derive(Debug, Clone)]
pub(super) struct Markiert {
    /// The text for Tera.
    pub(super) text: String,
    /// Pieces copied from the source: begin in `text`, begin in the source.
    stuecke: Vec<(usize, usize)>,
}

impl Markiert {
    /// A template without marks; loops call the budget all the same.
    pub(super) fn ohne_marken(quelle: &str) -> Self {
        let mut ohne = |_, _| 0;
        let mut lauf = Lauf::neu(quelle, &mut ohne);
        lauf.stumm = 1;
        let mut i = 0;
        while i < quelle.len() {
            let bis = match tag_ende(quelle, i) {
                Some(bis) => {
                    lauf.tag(i, bis);
                    bis
                }
                None => lauf.literal(i),
            };
            i = bis;
        }
        lauf.fertig()
    }

    /// The byte in the source that stands at this byte of the marked text, or the last one before it.
    pub(super) fn quelle(&self, offset: usize) -> usize {
        let i = self.stuecke.partition_point(|(ziel, _)| *ziel <= offset);
        let Some((ziel, quelle)) = i.checked_sub(1).and_then(|i| self.stuecke.get(i)) else {
            return 0;
        };
        let ende = self
            .stuecke
            .get(i)
            .map_or(usize::MAX, |(_, quelle)| *quelle);
        (quelle + (offset - ziel)).min(ende)
    }
}

/// Marks a template. `neu` files an origin (byte in the source, whether an expression) and gives its number.
///
/// At each of the `naehte`, bytes of the source in ascending order, a new origin begins: there the text does not run on
/// in the file as it does here, as in a folded YAML value.
pub(super) fn markiere(
    quelle: &str,
    naehte: &[usize],
    neu: &mut dyn FnMut(usize, bool) -> usize,
) -> Markiert {
    let mut lauf = Lauf::neu(quelle, neu);
    lauf.naehte = naehte;
    lauf.alles();
    lauf.fertig()
}

/// As [`markiere`], and each branch calls its number; `zweig` files a branch (byte of its tag in the source).
///
/// An `if` without `else` gets one, so that a condition which is never false is seen too. The output is the same.
pub(super) fn markiere_zweige(
    quelle: &str,
    naehte: &[usize],
    neu: &mut dyn FnMut(usize, bool) -> usize,
    zweig: &mut dyn FnMut(usize, Zweig) -> usize,
) -> Markiert {
    let mut lauf = Lauf::neu(quelle, neu);
    lauf.naehte = naehte;
    lauf.zweig = Some(zweig);
    lauf.alles();
    lauf.fertig()
}

/// A branch of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zweig {
    /// What follows an `if` or `elif` whose condition holds.
    Wenn,
    /// What follows an `else`.
    Sonst,
    /// The way past an `if` without `else`.
    Vorbei,
    /// The body of a loop.
    Schleife,
}

/// An origin's number as it stands in the output.
pub(super) fn marke(nummer: usize) -> String {
    format!("{URSPRUNG}{nummer}{URSPRUNG_ENDE}")
}

/// The templates that a template includes: name and bytes of the tag.
pub(super) fn einbindungen(quelle: &str) -> Vec<(String, Range<usize>)> {
    let mut gefunden = Vec::new();
    let mut von = 0;
    while let Some(at) = quelle[von..].find('{').map(|at| von + at) {
        let Some(bis) = tag_ende(quelle, at) else {
            von = at + 1;
            continue;
        };
        let tag = &quelle[at..bis];
        let inhalt = tag
            .get(2..)
            .unwrap_or_default()
            .trim_start_matches('-')
            .trim_start();
        if tag.starts_with("{%")
            && let Some(rest) = inhalt.strip_prefix("include")
            && let Some(zeichen) = rest
                .trim_start()
                .chars()
                .next()
                .filter(|c| matches!(c, '"' | '\'' | '`'))
            && let Some(name) = rest.split(zeichen).nth(1)
        {
            gefunden.push((name.to_owned(), at..bis));
        }
        von = bis;
    }
    gefunden
}

struct Lauf<'a> {
    quelle: &'a str,
    text: String,
    stuecke: Vec<(usize, usize)>,
    /// Where a literal must begin a new origin, ascending.
    naehte: &'a [usize],
    neu: &'a mut dyn FnMut(usize, bool) -> usize,
    /// Depth of `raw` and `set` blocks, whose text must stay as it is.
    stumm: usize,
    /// Depth of blocks whose output is kept aside: `set`, `filter`.
    beiseite: usize,
    /// Whether this is in a `raw` block, whose tags are text.
    roh: bool,
    /// The names that open `set` blocks give.
    namen: Vec<String>,
    /// Whether the next visible literal begins a new origin.
    marke_faellig: bool,
    /// Files a branch, where branches are counted.
    zweig: Option<&'a mut dyn FnMut(usize, Zweig) -> usize>,
    /// The open `if` and `for`: the tag's begin, and whether an `else` is still missing.
    offen: Vec<(usize, bool)>,
}

impl<'a> Lauf<'a> {
    fn neu(quelle: &'a str, neu: &'a mut dyn FnMut(usize, bool) -> usize) -> Self {
        Self {
            quelle,
            text: String::with_capacity(quelle.len() * 2),
            stuecke: Vec::new(),
            naehte: &[],
            neu,
            stumm: 0,
            beiseite: 0,
            roh: false,
            namen: Vec::new(),
            marke_faellig: true,
            zweig: None,
            offen: Vec::new(),
        }
    }

    fn fertig(self) -> Markiert {
        Markiert {
            text: self.text,
            stuecke: self.stuecke,
        }
    }

    fn alles(&mut self) {
        let mut i = 0;
        while i < self.quelle.len() {
            if (i == 0 || self.quelle.as_bytes()[i - 1] == b'\n')
                && let Some((tags, ende)) = nur_tags(self.quelle, i)
            {
                for (von, bis) in tags {
                    self.tag(von, bis);
                }
                i = ende;
            } else if let Some(bis) = tag_ende(self.quelle, i) {
                self.tag(i, bis);
                i = bis;
            } else {
                i = self.literal(i);
            }
        }
    }

    /// Copies text up to the end of its line, the next tag or the next seam.
    fn literal(&mut self, von: usize) -> usize {
        let rest = &self.quelle[von..];
        let mut bis = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let mut suche = 0;
        while let Some(at) = rest[suche..bis].find('{').map(|at| suche + at) {
            if at > 0 && tag_ende(rest, at).is_some() {
                bis = at;
                break;
            }
            suche = at + 1;
            if suche >= bis {
                break;
            }
        }
        let naht = self.naehte.partition_point(|naht| *naht <= von);
        let naht = self.naehte.get(naht).map(|naht| naht - von);
        let genaeht = naht.filter(|naht| *naht < bis && rest.is_char_boundary(*naht));
        bis = genaeht.unwrap_or(bis);
        let stueck = &rest[..bis];
        let sichtbar = stueck.len() - stueck.trim_start().len();
        if self.marke_faellig && self.stumm == 0 && sichtbar < stueck.len() {
            self.kopiere(von, von + sichtbar);
            self.setze_marke(von + sichtbar, false);
            self.kopiere(von + sichtbar, von + bis);
            self.marke_faellig = false;
        } else {
            self.kopiere(von, von + bis);
        }
        if stueck.ends_with('\n') || genaeht.is_some() {
            self.marke_faellig = true;
        }
        von + bis
    }

    fn tag(&mut self, von: usize, bis: usize) {
        let tag = &self.quelle[von..bis];
        let wort = tag[2..]
            .trim_start_matches('-')
            .split_whitespace()
            .next()
            .unwrap_or("");
        let wort = wort.trim_end_matches("-%}").trim_end_matches("%}");
        if self.roh && wort != "endraw" {
            self.kopiere(von, bis);
            self.marke_faellig = true;
            return;
        }
        if tag.starts_with("{%") && wort == "include" {
            self.takt(tag, &format!("n={EINBINDUNG}"));
        }
        match (&tag[..2], wort) {
            ("{{", _) if self.stumm == 0 && !tag.starts_with("{{-") => self.setze_marke(von, true),
            ("{%", "raw") => {
                if self.stumm == 0 {
                    self.setze_marke(bis, false);
                }
                self.stumm += 1;
                self.roh = true;
            }
            ("{%", "set" | "set_global") if !tag.contains('=') => {
                self.stumm += 1;
                self.beiseite += 1;
                self.namen.push(gesetzt(tag));
            }
            ("{%", "filter") => self.beiseite += 1,
            ("{%", "endfilter") => self.beiseite = self.beiseite.saturating_sub(1),
            ("{%", "endraw") => {
                self.stumm = self.stumm.saturating_sub(1);
                self.roh = false;
            }
            ("{%", "endset") => {
                self.stumm = self.stumm.saturating_sub(1);
                self.beiseite = self.beiseite.saturating_sub(1);
            }
            _ => {}
        }
        self.zweig_vor(tag, wort);
        self.kopiere_tag(von, bis);
        self.zweig_nach(von, tag, wort);
        match (&tag[..2], wort) {
            ("{%", "for" | "component") => {
                let preis = if self.beiseite > 0 {
                    DURCHLAUF_BEISEITE
                } else {
                    DURCHLAUF
                };
                self.takt(tag, &format!("n={preis}"));
            }
            ("{%", "set" | "set_global") if tag.contains('=') => {
                self.takt(tag, &format!("wert={}", gesetzt(tag)));
            }
            ("{%", "endset") => {
                if let Some(name) = self.namen.pop() {
                    self.takt(tag, &format!("wert={name}"));
                }
            }
            _ => {}
        }
        self.marke_faellig = true;
    }

    /// Before the end of an `if` without `else`: the way past it.
    fn zweig_vor(&mut self, tag: &str, wort: &str) {
        if !(tag.starts_with("{%") && matches!(wort, "endif" | "endfor")) {
            return;
        }
        let offen = self.offen.pop();
        if let (Some((if_tag, true)), Some(zweig)) = (offen, self.zweig.as_mut()) {
            let nummer = zweig(if_tag, Zweig::Vorbei);
            let vorne = if tag.starts_with("{%-") { "{%-" } else { "{%" };
            self.text
                .push_str(&format!("{vorne} else %}}{{{{ zweig(n={nummer}) }}}}"));
        }
    }

    /// After a tag that begins a branch.
    fn zweig_nach(&mut self, von: usize, tag: &str, wort: &str) {
        let art = match (tag.starts_with("{%"), wort) {
            (true, "if") => {
                self.offen.push((von, true));
                Zweig::Wenn
            }
            (true, "for") => {
                self.offen.push((von, false));
                Zweig::Schleife
            }
            (true, "elif") => Zweig::Wenn,
            (true, "else") => {
                if let Some((_, fehlt)) = self.offen.last_mut() {
                    *fehlt = false;
                }
                Zweig::Sonst
            }
            _ => return,
        };
        if let Some(zweig) = self.zweig.as_mut() {
            let nummer = zweig(von, art);
            self.rufe(tag, &format!("zweig(n={nummer})"));
        }
    }

    /// A call of the budget; beside a tag that swallows blank space it swallows the same.
    fn takt(&mut self, tag: &str, angabe: &str) {
        self.rufe(tag, &format!("takt({angabe})"));
    }

    fn rufe(&mut self, tag: &str, ruf: &str) {
        let vorne = if tag.starts_with("{%-") || tag.ends_with("-%}") {
            "{{-"
        } else {
            "{{"
        };
        let hinten = if tag.ends_with("-%}") { "-}}" } else { "}}" };
        self.text.push_str(&format!("{vorne} {ruf} {hinten}"));
    }

    fn setze_marke(&mut self, quelle: usize, ausdruck: bool) {
        let nummer = (self.neu)(quelle, ausdruck);
        self.text.push_str(&marke(nummer));
    }

    fn kopiere(&mut self, von: usize, bis: usize) {
        if von < bis {
            self.stuecke.push((self.text.len(), von));
            self.text.push_str(&self.quelle[von..bis]);
        }
    }

    /// Copies a tag with the umlauts of its names written out; those in its strings stay.
    fn kopiere_tag(&mut self, von: usize, bis: usize) {
        let mut offen: Option<char> = None;
        let mut stueck = von;
        for (at, c) in self.quelle[von..bis].char_indices() {
            let at = von + at;
            match offen {
                Some(zeichen) if c == zeichen => offen = None,
                None if matches!(c, '"' | '\'' | '`') => offen = Some(c),
                None => {
                    if let Some(umschrift) = umschrift(c) {
                        self.kopiere(stueck, at);
                        self.text.push_str(umschrift);
                        stueck = at + c.len_utf8();
                    }
                }
                Some(_) => {}
            }
        }
        self.kopiere(stueck, bis);
    }
}

/// The name that a `set` tag gives, as Tera knows it.
fn gesetzt(tag: &str) -> String {
    let inhalt = tag
        .get(2..)
        .unwrap_or_default()
        .trim_start_matches('-')
        .trim_start();
    let name = inhalt
        .split_once(char::is_whitespace)
        .map_or("", |(_, rest)| rest.trim_start());
    let mut ascii = String::new();
    for c in name
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
    {
        match umschrift(c) {
            Some(umschrift) => ascii.push_str(umschrift),
            None => ascii.push(c),
        }
    }
    ascii
}

/// The place of the first tag that is longer than anybody writes, if there is one.
pub(super) fn zu_langes_tag(quelle: &str) -> Option<Range<usize>> {
    let mut von = 0;
    while let Some(at) = quelle[von..].find('{').map(|at| von + at) {
        let bis = tag_ende(quelle, at).unwrap_or(at + 1);
        let ist_kommentar = quelle[at..].starts_with("{#");
        if bis - at > LAENGSTES_TAG && !ist_kommentar {
            return Some(at..at + 2);
        }
        von = bis;
    }
    None
}

/// The tag around a byte of the text.
pub(super) fn tag_um(text: &str, at: usize) -> Option<Range<usize>> {
    let davor = text.get(..at)?;
    let von = davor.rfind("{{").max(davor.rfind("{%"))?;
    let bis = tag_ende(text, von)?;
    (at < bis).then_some(von..bis)
}

/// The end of the tag that begins at `von`, if one does.
pub(super) fn tag_ende(quelle: &str, von: usize) -> Option<usize> {
    let rest = &quelle[von..];
    let ende = match rest.get(..2)? {
        "{{" => b'}',
        "{%" => b'%',
        "{#" => return Some(von + rest.find("#}").map_or(rest.len(), |at| at + 2)),
        _ => return None,
    };
    // Signs of one byte never stand inside a longer character.
    let bytes = rest.as_bytes();
    let mut offen: Option<u8> = None;
    for (at, c) in bytes.iter().copied().enumerate().skip(2) {
        match offen {
            Some(zeichen) if c == zeichen => offen = None,
            None if matches!(c, b'"' | b'\'' | b'`') => offen = Some(c),
            None if c == ende && bytes.get(at + 1) == Some(&b'}') => return Some(von + at + 2),
            _ => {}
        }
    }
    Some(quelle.len())
}

/// The tags of a line that holds nothing else than `{% … %}` and `{# … #}`, and where the next line begins.
fn nur_tags(quelle: &str, von: usize) -> Option<(Vec<(usize, usize)>, usize)> {
    let mut tags = Vec::new();
    let mut i = von;
    loop {
        i += quelle[i..].len() - quelle[i..].trim_start_matches([' ', '\t']).len();
        match quelle.as_bytes().get(i..).unwrap_or_default() {
            [] | [b'\n', ..] => break,
            [b'{', b'%' | b'#', ..] => {
                let bis = tag_ende(quelle, i)?;
                tags.push((i, bis));
                i = bis;
            }
            _ => return None,
        }
    }
    (!tags.is_empty()).then_some((tags, (i + 1).min(quelle.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ohne_marken(quelle: &str) -> String {
        let mut n = 0;
        let text = markiere(quelle, &[], &mut |_, _| {
            n += 1;
            n
        })
        .text;
        let mut sichtbar = String::new();
        let mut in_marke = false;
        for c in text.chars() {
            match c {
                URSPRUNG => in_marke = true,
                URSPRUNG_ENDE => in_marke = false,
                _ if !in_marke => sichtbar.push(c),
                _ => {}
            }
        }
        sichtbar
    }

    #[test]
    fn a_line_of_tags_leaves_no_line() {
        assert_eq!(
            ohne_marken("a\n  {% if x %}\nb\n{% endif %}\nc\n"),
            "a\n{% if x %}b\n{% endif %}c\n"
        );
    }

    #[test]
    fn loops_call_the_budget() {
        assert_eq!(
            ohne_marken("{% for a in b %}x{% endfor %}"),
            "{% for a in b %}{{ takt(n=1) }}x{% endfor %}"
        );
    }

    #[test]
    fn each_branch_calls_its_number_and_a_missing_else_is_added() {
        let mut zweige = Vec::new();
        let quelle = "{% if a %}x {%- endif %}{% for b in c %}y{% else %}z{% endfor %}";
        let text = markiere_zweige(quelle, &[], &mut |_, _| 0, &mut |offset, art| {
            zweige.push((offset, art));
            zweige.len()
        })
        .text;
        let marke = marke(0);
        assert_eq!(
            text.replace(&marke, ""),
            "{% if a %}{{ zweig(n=1) }}x {%- else %}{{ zweig(n=2) }}{%- endif %}\
             {% for b in c %}{{ zweig(n=3) }}{{ takt(n=1) }}y{% else %}{{ zweig(n=4) }}z{% endfor %}"
        );
        assert_eq!(
            zweige,
            [
                (0, Zweig::Wenn),
                (0, Zweig::Vorbei),
                (24, Zweig::Schleife),
                (41, Zweig::Sonst)
            ]
        );
    }

    #[test]
    fn umlauts_in_names_are_written_out_but_not_in_strings() {
        assert_eq!(
            ohne_marken("{{ körperschaft.x ~ \"ü\" }} ö"),
            "{{ koerperschaft.x ~ \"ü\" }} ö"
        );
    }

    #[test]
    fn each_literal_line_and_expression_has_an_origin() {
        let mut orte = Vec::new();
        markiere("ab {{ c }} d\n\n e", &[], &mut |offset, ausdruck| {
            orte.push((offset, ausdruck));
            orte.len()
        });
        assert_eq!(orte, [(0, false), (3, true), (11, false), (15, false)]);
    }

    #[test]
    fn a_seam_begins_a_new_origin() {
        let mut orte = Vec::new();
        let text = markiere("ab cd\nef", &[3], &mut |offset, _| {
            orte.push(offset);
            0
        })
        .text;
        assert_eq!(orte, [0, 3, 6]);
        assert_eq!(text.replace(&marke(0), ""), "ab cd\nef");
    }

    #[test]
    fn the_way_back_leads_to_the_same_character() {
        let quelle = "ä {% for ö in x %}\n{{ ö.name }}{% endfor %}";
        let mut n = 0;
        let markiert = markiere(quelle, &[], &mut |_, _| {
            n += 1;
            n
        });
        let ziel = markiert.text.find("name").unwrap();
        assert_eq!(markiert.quelle(ziel), quelle.find("name").unwrap());
    }

    #[test]
    fn an_unclosed_tag_ends_with_the_file() {
        assert_eq!(ohne_marken("a {{ b"), "a {{ b");
    }
}
