//! The names that templates and prose use, read before anything is rendered.
//!
//! Where nothing is printed, as in `{% if x.tpyo %}`, a mistyped name would just be false and a paper would silently lack
//! a sentence, or not be made. Only what no matter could ever have is told: a field that a group of the facts does not
//! know, and a first name that neither the facts have nor any template binds. Keys that a matter gives (`angaben.x`) and
//! what comes out of filters are left alone, and so is all behind `?.`, and a file that defines a `component`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fehlend;
use super::instrument::tag_ende;
use super::view::form::Form;
use crate::input::umschrift;

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Schritt {
    /// To a field; bytes of its name where it is written here, none where a loop brought it along.
    Feld(String, Option<Range<usize>>),
    /// To an entry of a list or a map.
    Eintrag,
}

/// What a name stands for in its file.
#[derive(Debug, Clone)]
enum Bindung {
    /// What stands at the end of this path; the first step is a name of the facts.
    Pfad(Vec<Schritt>),
    /// Not known.
    Offen,
}

/// The names of one file or field.
#[derive(Debug, Default, Clone)]
pub(super) struct Namen {
    /// The paths that are used, with loop variables resolved.
    pfade: Vec<Vec<Schritt>>,
    /// Those of them that are printed as they are.
    gedruckt: Vec<Vec<Schritt>>,
    /// The names that `for` and `set` give.
    pub(super) gebunden: BTreeSet<String>,
}

/// A name that nothing answers to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unbekannt {
    /// The name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bereich: Range<usize>,
    /// Whether it is the first of its path.
    pub(super) ist_erster: bool,
    /// What could stand there.
    pub(super) bekannt: Vec<String>,
    /// Whether it is known, but no text: a group, whose fields are `bekannt`, or a list.
    pub(super) ist_sammlung: bool,
}

impl Namen {
    /// Reads a template or a piece of prose.
    pub(super) fn lies(text: &str) -> Self {
        let tags = tags(text);
        let mut lauf = Lauf {
            text,
            namen: Self::default(),
            gesetzt: BTreeSet::new(),
            schleifen: Vec::new(),
        };
        for tag in &tags {
            match lauf.wort(tag) {
                // Components have names of their own.
                "component" => return Self::default(),
                "set" | "set_global" => {
                    lauf.gesetzt
                        .extend(lauf.zeichen(tag.clone()).get(1).and_then(Zeichen::name));
                }
                _ => {}
            }
        }
        for tag in tags {
            lauf.tag(tag);
        }
        lauf.namen.gebunden.append(&mut lauf.gesetzt);
        lauf.namen
    }

    /// The paths that reach into these bytes of the text, with loop variables resolved.
    pub(super) fn pfade_in(&self, bereich: &Range<usize>) -> Vec<&[Schritt]> {
        let darin = |pfad: &[Schritt]| {
            fehlend::bereich(pfad).is_some_and(|b| bereich.start < b.end && b.start < bereich.end)
        };
        let pfade = self.pfade.iter().map(Vec::as_slice);
        pfade.filter(|pfad| darin(pfad)).collect()
    }

    /// The names that the facts do not have; first names among `fremde` are bound elsewhere.
    pub(super) fn unbekannte(&self, fakten: &Form, fremde: &BTreeSet<String>) -> Vec<Unbekannt> {
        let eigen = |pfad: &&Vec<Schritt>| match pfad.first() {
            Some(Schritt::Feld(name, Some(_))) => !fremde.contains(name),
            _ => true,
        };
        let mut gefunden = Vec::new();
        for pfad in self.pfade.iter().filter(eigen) {
            gefunden.extend(unbekannter(pfad, fakten));
        }
        let gedruckt = self.gedruckt.iter().filter(eigen);
        gefunden.extend(gedruckt.filter_map(|pfad| gedruckte_sammlung(pfad, fakten)));
        gefunden
    }
}

/// The first step of a path that leads nowhere, if it is written here.
fn unbekannter(pfad: &[Schritt], fakten: &Form) -> Option<Unbekannt> {
    let mut hier = fakten;
    for (i, schritt) in pfad.iter().enumerate() {
        hier = match (hier, schritt) {
            (Form::Gruppe(felder), Schritt::Feld(name, bereich)) => match felder.get(name) {
                Some(feld) => feld,
                None => {
                    return Some(Unbekannt {
                        name: name.clone(),
                        bereich: bereich.clone()?,
                        ist_erster: i == 0,
                        bekannt: felder.keys().cloned().collect(),
                        ist_sammlung: false,
                    });
                }
            },
            (Form::Karte(eintrag), _) | (Form::Liste(eintrag), Schritt::Eintrag) => eintrag,
            (Form::Wert, Schritt::Feld(name, bereich)) => {
                return Some(Unbekannt {
                    name: name.clone(),
                    bereich: bereich.clone()?,
                    ist_erster: false,
                    bekannt: Vec::new(),
                    ist_sammlung: false,
                });
            }
            _ => return None,
        };
    }
    None
}

/// A path that leads to a group or a list, which nobody wants to see in a paper.
fn gedruckte_sammlung(pfad: &[Schritt], fakten: &Form) -> Option<Unbekannt> {
    let mut hier = fakten;
    for schritt in pfad {
        hier = match (hier, schritt) {
            (Form::Gruppe(felder), Schritt::Feld(name, _)) => felder.get(name)?,
            (Form::Karte(eintrag), _) | (Form::Liste(eintrag), Schritt::Eintrag) => eintrag,
            _ => return None,
        };
    }
    let bekannt = match hier {
        Form::Gruppe(felder) => felder.keys().cloned().collect(),
        Form::Karte(_) | Form::Liste(_) => Vec::new(),
        Form::Wert | Form::Offen => return None,
    };
    let (name, bereich) = pfad.iter().rev().find_map(|schritt| match schritt {
        Schritt::Feld(name, Some(bereich)) => Some((name.clone(), bereich.clone())),
        _ => None,
    })?;
    Some(Unbekannt {
        name,
        bereich,
        ist_erster: false,
        bekannt,
        ist_sammlung: true,
    })
}

/// The tags of a text without comments and what is raw.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut roh = false;
    let mut i = 0;
    while let Some(at) = text[i..].find('{').map(|at| i + at) {
        let Some(ende) = tag_ende(text, at) else {
            i = at + 1;
            continue;
        };
        let tag = &text[at..ende];
        let wort = tag.trim_start_matches(['{', '%', '-', ' ']);
        if tag.starts_with("{%") && wort.starts_with(if roh { "endraw" } else { "raw" }) {
            roh = !roh;
        } else if !roh && !tag.starts_with("{#") {
            tags.push(at..ende);
        }
        i = ende;
    }
    tags
}

/// A piece of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Zeichen {
    Name(String, Range<usize>),
    Zahl,
    Text,
    Satz(char),
    /// `?.` or `?[`.
    Vielleicht,
    /// `==`, `!=`, `<=`, `>=`: no `=` that gives a name a value.
    Vergleich,
}

impl Zeichen {
    fn name(&self) -> Option<String> {
        match self {
            Self::Name(name, _) => Some(name.clone()),
            _ => None,
        }
    }

    fn ist(&self, wort: &str) -> bool {
        matches!(self, Self::Name(name, _) if name == wort)
    }
}

struct Lauf<'a> {
    text: &'a str,
    namen: Namen,
    /// The names that `set` gives somewhere in the file.
    gesetzt: BTreeSet<String>,
    /// The names of the loops around the tag at hand, innermost last.
    schleifen: Vec<Vec<(String, Bindung)>>,
}

/// Words that are no names.
const WOERTER: &[&str] = &[
    "and", "or", "not", "in", "is", "true", "false", "True", "False", "none", "None", "null", "if",
    "else", "for",
];

impl Lauf<'_> {
    fn wort(&self, tag: &Range<usize>) -> &str {
        let tag = &self.text[tag.clone()];
        if !tag.starts_with("{%") {
            return "";
        }
        let innen = tag.trim_start_matches(['{', '%', '-']).trim_start();
        innen
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
    }

    fn tag(&mut self, tag: Range<usize>) {
        let wort = self.wort(&tag).to_owned();
        let zeichen = self.zeichen(tag);
        match wort.as_str() {
            "" => {
                let vorher = self.namen.pfade.len();
                self.ausdruck(&zeichen);
                let ist_pfad = zeichen
                    .iter()
                    .all(|z| matches!(z, Zeichen::Name(..) | Zeichen::Satz('.')));
                if ist_pfad && self.namen.pfade.len() == vorher + 1 {
                    self.namen.gedruckt.extend(self.namen.pfade.last().cloned());
                }
            }
            "if" | "elif" => self.ausdruck(zeichen.get(1..).unwrap_or_default()),
            "set" | "set_global" => self.ausdruck(zeichen.get(2..).unwrap_or_default()),
            "for" => self.schleife(zeichen.get(1..).unwrap_or_default()),
            "endfor" => {
                self.schleifen.pop();
            }
            _ => {}
        }
    }

    /// `a in x`, `k, v in x`.
    fn schleife(&mut self, zeichen: &[Zeichen]) {
        let mitte = zeichen
            .iter()
            .position(|z| z.ist("in"))
            .unwrap_or(zeichen.len());
        let (vorn, hinten) = zeichen.split_at(mitte);
        let hinten = hinten.get(1..).unwrap_or_default();
        let vorher = self.namen.pfade.len();
        self.ausdruck(hinten);
        // Only a plain path tells what the loop runs over.
        let ist_pfad = hinten
            .iter()
            .all(|z| matches!(z, Zeichen::Name(..) | Zeichen::Satz('.')));
        let eintrag = match self.namen.pfade.get(vorher) {
            Some(pfad) if ist_pfad && self.namen.pfade.len() == vorher + 1 => {
                let mut pfad: Vec<_> = pfad.iter().map(Schritt::mitgebracht).collect();
                pfad.push(Schritt::Eintrag);
                Bindung::Pfad(pfad)
            }
            _ => Bindung::Offen,
        };
        let mut namen: Vec<_> = vorn
            .iter()
            .filter_map(Zeichen::name)
            .map(|name| (name, Bindung::Offen))
            .collect();
        if let Some((_, bindung)) = namen.last_mut() {
            *bindung = eintrag;
        }
        self.namen
            .gebunden
            .extend(namen.iter().map(|(name, _)| name.clone()));
        namen.push(("loop".to_owned(), Bindung::Offen));
        self.schleifen.push(namen);
    }

    /// Files the paths of an expression.
    fn ausdruck(&mut self, zeichen: &[Zeichen]) {
        // A component is called: its attributes are names of their own.
        if zeichen.first() == Some(&Zeichen::Satz('<')) {
            return;
        }
        let eigene = in_listen_gebunden(zeichen);
        let mut i = 0;
        while let Some(hier) = zeichen.get(i) {
            let Zeichen::Name(name, bereich) = hier else {
                i += 1;
                continue;
            };
            let davor = i.checked_sub(1).and_then(|i| zeichen.get(i));
            let danach = zeichen.get(i + 1);
            let ist_test = davor.is_some_and(|z| z.ist("is"))
                || davor.is_some_and(|z| z.ist("not"))
                    && i >= 2
                    && zeichen.get(i - 2).is_some_and(|z| z.ist("is"));
            let kein_wert = WOERTER.contains(&name.as_str())
                || ist_test
                || matches!(davor, Some(Zeichen::Satz('|' | '.') | Zeichen::Vielleicht))
                || matches!(danach, Some(Zeichen::Satz('(' | '=' | ':')));
            i += 1;
            if kein_wert {
                continue;
            }
            let mut schritte = vec![Schritt::Feld(name.clone(), Some(bereich.clone()))];
            i += schritte_danach(zeichen.get(i..).unwrap_or_default(), &mut schritte);
            if !eigene.contains(name) {
                self.pfad(schritte);
            }
        }
    }

    fn pfad(&mut self, schritte: Vec<Schritt>) {
        let Some(Schritt::Feld(name, _)) = schritte.first() else {
            return;
        };
        let schleifen = self.schleifen.iter().rev().flatten();
        let bindung = schleifen
            .into_iter()
            .find(|(n, _)| n == name)
            .map(|(_, b)| b);
        match bindung {
            Some(Bindung::Pfad(vor)) => {
                let rest = schritte.iter().skip(1).cloned();
                let pfad = vor.iter().cloned().chain(rest).collect();
                self.namen.pfade.push(pfad);
            }
            Some(Bindung::Offen) => {}
            None if self.gesetzt.contains(name) => {}
            None => self.namen.pfade.push(schritte),
        }
    }

    /// The pieces between the brackets of a tag.
    fn zeichen(&self, tag: Range<usize>) -> Vec<Zeichen> {
        let (von, bis) = (tag.start + 2, tag.end.saturating_sub(2));
        let innen = self.text.get(von..bis).unwrap_or_default();
        let mut gefunden = Vec::new();
        let mut rest = innen.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            if c.is_alphabetic() || c == '_' {
                let mut ende = at + c.len_utf8();
                while let Some((i, d)) = rest.next_if(|(_, d)| d.is_alphanumeric() || *d == '_') {
                    ende = i + d.len_utf8();
                }
                let name = &innen[at..ende];
                gefunden.push(Zeichen::Name(ascii(name), von + at..von + ende));
            } else if c.is_ascii_digit() {
                while rest.next_if(|(_, d)| d.is_ascii_digit()).is_some() {}
                gefunden.push(Zeichen::Zahl);
            } else if matches!(c, '"' | '\'' | '`') {
                while rest.next().is_some_and(|(_, d)| d != c) {}
                gefunden.push(Zeichen::Text);
            } else if c == '?' {
                rest.next();
                gefunden.push(Zeichen::Vielleicht);
            } else if matches!(c, '=' | '!' | '<' | '>')
                && rest.next_if(|(_, d)| *d == '=').is_some()
            {
                gefunden.push(Zeichen::Vergleich);
            } else if !c.is_whitespace() {
                gefunden.push(Zeichen::Satz(c));
            }
        }
        gefunden
    }
}

impl Schritt {
    /// The field that it leads to.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Feld(name, _) => Some(name),
            Self::Eintrag => None,
        }
    }

    /// The bytes of its name, where it is written.
    pub(super) fn bereich(&self) -> Option<Range<usize>> {
        match self {
            Self::Feld(_, bereich) => bereich.clone(),
            Self::Eintrag => None,
        }
    }

    /// The step as a loop brings it along: what is wrong with it is told where it is written.
    fn mitgebracht(&self) -> Self {
        match self {
            Self::Feld(name, _) => Self::Feld(name.clone(), None),
            Self::Eintrag => Self::Eintrag,
        }
    }
}

/// The names that `[x.y for x in z]` binds.
fn in_listen_gebunden(zeichen: &[Zeichen]) -> BTreeSet<String> {
    let fuer = zeichen.iter().enumerate().filter(|(_, z)| z.ist("for"));
    fuer.flat_map(|(i, _)| zeichen.get(i..).unwrap_or_default())
        .take_while(|z| !z.ist("in"))
        .filter_map(Zeichen::name)
        .collect()
}

/// The steps behind a first name: how many pieces they take.
fn schritte_danach(zeichen: &[Zeichen], schritte: &mut Vec<Schritt>) -> usize {
    let mut i = 0;
    loop {
        match zeichen.get(i..).unwrap_or_default() {
            [Zeichen::Satz('.'), Zeichen::Name(name, bereich), ..] => {
                schritte.push(Schritt::Feld(name.clone(), Some(bereich.clone())));
                i += 2;
            }
            [Zeichen::Satz('.'), Zeichen::Zahl, ..] => {
                schritte.push(Schritt::Eintrag);
                i += 2;
            }
            [Zeichen::Satz('['), Zeichen::Zahl, Zeichen::Satz(']'), ..] => {
                schritte.push(Schritt::Eintrag);
                i += 3;
            }
            _ => return i,
        }
    }
}

/// A name as the facts spell it.
fn ascii(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        match umschrift(c) {
            Some(umschrift) => text.push_str(umschrift),
            None => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::view::form;
    use super::*;

    /// The unknown names of a text.
    fn unbekannte(text: &str) -> Vec<String> {
        let namen = Namen::lies(text);
        namen
            .unbekannte(form::fakten(), &BTreeSet::new())
            .into_iter()
            .map(|unbekannt| {
                assert_eq!(ascii(&text[unbekannt.bereich]), unbekannt.name);
                unbekannt.name
            })
            .collect()
    }

    #[test]
    fn a_group_or_a_list_is_not_printed() {
        for text in [
            "{{ drucksache.haushalt }}",
            "{{ drucksache.anlagen }}",
            "{% for b in drucksache.beratungsfolge %}{{ b }}{{ b.ergebnis }}{% endfor %}",
        ] {
            assert!(!unbekannte(text).is_empty(), "{text}");
        }
        for text in [
            "{% if drucksache.haushalt %}{{ drucksache.haushalt.budget }}{% endif %}",
            "{{ drucksache.anlagen | length }}{{ drucksache.beschlussvorschlag }}{{ angaben.x }}",
            "{% for b in kosten.x.bewertung %}{{ b }}{% endfor %}",
        ] {
            assert!(unbekannte(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_mistyped_name_is_seen_wherever_it_stands() {
        for (text, name) in [
            ("{% if vorgaengr %}a{% endif %}", "vorgaengr"),
            ("{% if drucksache.titl %}a{% endif %}", "titl"),
            (
                "{% if not drucksache.nichtöffentlch %}a{% endif %}",
                "nichtoeffentlch",
            ),
            (
                "{% if drucksache.zu and parteien.anzal > 1 %}a{% endif %}",
                "anzal",
            ),
            (
                "{% if a %}{% elif vereinbarung.aufsicht.amtsblat %}{% endif %}{% set a = 1 %}",
                "amtsblat",
            ),
            (
                "{% for p in parteien.glieder %}{% if p.amt.genetiv %}x{% endif %}{% endfor %}",
                "genetiv",
            ),
            (
                "{% for p in parteien.gleider %}{{ p.amt.genetiv }}{% endfor %}",
                "gleider",
            ),
            (
                "{% for j in vereinbarung.kosten %}{% for k in j.jahre %}{% if k.jar %}{% endif %}{% endfor %}{% endfor %}",
                "jar",
            ),
            ("{{ drucksache.nummer.kurz }}", "kurz"),
            ("{{ verweis(klausel=drucksache.klausl) }}", "klausl"),
            ("{{ drucksache.anlagen[0].nam }}", "nam"),
            ("{% if aufgaben.support.anbeiter %}{% endif %}", "anbeiter"),
            ("{% if drucksache.foo is defined %}{% endif %}", "foo"),
            ("{%- if drucksache.zuu == \"x.y\" -%}{% endif %}", "zuu"),
        ] {
            assert_eq!(unbekannte(text), [name], "{text}");
        }
    }

    #[test]
    fn what_may_be_is_left_alone() {
        for text in [
            "{% if angaben.klima_auswirkung == \"positiv\" %}x{% endif %}",
            "{% if aufgaben.schulung %}{{ termine.konferenz | lang }}{% endif %}",
            "{% for beratung in drucksache.beratungsfolge %}{{ loop.index | roemisch }} {{ beratung.ergebnis.ja or \"–\" }}{% endfor %}",
            "{% for a in drucksache.anlagen | reverse %}{{ a.irgendwas }}{% endfor %}",
            "{% for k, v in koerperschaften %}{{ v.amtsform }} {{ k }}{% endfor %}",
            "{% set x = drucksache.titel %}{{ x.y }}",
            "{% raw %}{{ nichts.da }}{% endraw %}{# {{ nichts }} #}",
            "{% for r in vereinbarung.kosten %}{{ r.regel.bewertung | join(sep=\", \") }}{% endfor %}",
            "{{ [p.irgendwas for p in parteien.glieder] | join(sep=\", \") }}",
            "{% if drucksache?.bar %}x{% endif %}",
            "{{ <kasten titel={nichts} /> }}",
            "{{ drucksache.beschlussvorschlag }}{{ drucksache.abschnitt.finanzen.text }}",
        ] {
            assert_eq!(unbekannte(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_first_name_that_another_file_binds_is_left_alone() {
        let fremde = BTreeSet::from(["beratung".to_owned(), "anlage".to_owned()]);
        let namen = Namen::lies("{{ beratung.x }}{{ anlage.bestandteil }}{{ gibtsnicht }}");
        let gefunden = namen.unbekannte(form::fakten(), &fremde);
        assert_eq!(gefunden.len(), 1);
        assert!(gefunden[0].ist_erster);
    }
}
