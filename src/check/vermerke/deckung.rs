//! What a waiver is about, in words that survive a changed line, and what of it the waiver covers.
//!
//! A waiver is to end when the meaning of what it covers changes, and to outlive everything else: the way a value is
//! written, comments, the order of keys and of rows, words in another paragraph. So values are read as they are meant,
//! rows are named by what they tell of, and of a paper the paragraph counts in which the finding stands.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Blatt;
use crate::diagnostic::{Route, Schritt};
use crate::input::datum::MONATE;
use crate::input::tree::{Kind, Node};
use crate::input::{Betrag, Datum, Tree};

/// What a place is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gegenstand {
    /// Its name: `drucksachen/215-21.yaml#drucksache.beratungsfolge[Kreistag 09.11.2021].sitzungsdatum`.
    pub name: String,
    /// What a waiver of a finding there covers, as it is meant.
    pub inhalt: String,
}

/// The fields that tell of what a row of a list is, the most telling first. Where rows agree in the first that they
/// have, the others tell them apart.
const KENNZEICHEN: [&str; 16] = [
    "schlüssel",
    "gremium",
    "anwender",
    "körperschaft",
    "partei",
    "sitzungsdatum",
    "datum",
    "nummer",
    "name",
    "bezeichnung",
    "titel",
    "jahr",
    "gültig_ab",
    "ab",
    "von",
    "stichtag",
];

/// A body meets more than once: a step is named by body and day, so that another step of the body renames none.
const MIT_TAG: [&str; 2] = ["gremium", "sitzungsdatum"];

/// An item of more words is a sentence, and no name.
const MEISTE_WOERTER: usize = 8;

/// Collections whose entries are subjects of their own with many groups below them; each other group is one statement.
const SAMMLUNGEN: [&str; 4] = ["vereinbarungen", "aufgaben", "kosten", "körperschaften"];

/// What numbers a paragraph or clause: another one before it does not change it.
const NUMMERNZEICHEN: [char; 5] = ['(', ')', '.', '–', '•'];

impl Gegenstand {
    /// A value. `datei` is the file as waivers name it. A value that is not there covers that it is not there.
    ///
    /// A group is covered with all its facts: who accepts terms of termination without conditions accepts them with their
    /// notice period. A section, an agreement, a task are more than one statement: a finding there says what is missing
    /// in it, and its words are covered anyway; of the group itself only what it enumerates is: the parties of an
    /// agreement, not the title of a Drucksache.
    pub fn wert(datei: &str, baum: &Tree, route: &Route, namen: &mut Zeilennamen) -> Self {
        let inhalt = baum.node(route).map(|node| match ist_aussage(route) {
            true => ganz(node),
            false => gemeint(node),
        });
        let inhalt = inhalt.unwrap_or_default();
        Self {
            name: format!("{datei}#{}", namen.weg(baum, route)),
            inhalt,
        }
    }

    /// Some words of a paper, by bytes of its Markdown: their clause or section by name, and the paragraphs, items or rows
    /// in which they stand. A finding on the heading of a clause or section is about all of it; one on the title of the
    /// paper is about what the paper lacks, and covers no more than its own words.
    pub fn stueck(blatt: &Blatt<'_>, bereich: &Range<usize>) -> Self {
        let papier = blatt.papier;
        if papier.ist_kopf(bereich) {
            let davor = papier.markdown.get(..bereich.start).unwrap_or_default();
            let von = davor.rfind('\n').map_or(0, |at| at + 1);
            let zeile = papier.markdown.get(von..).unwrap_or_default();
            let zeile = zeile.lines().next().unwrap_or_default();
            let (feld, wert) = zeile.split_once(':').unwrap_or(("", zeile));
            return Self {
                name: format!("{}#{}", papier.name, feld.trim()),
                inhalt: worte(wert),
            };
        }
        let klausel = papier
            .klauseln
            .iter()
            .find(|klausel| klausel.bereich.contains(&bereich.start));
        let stueck = blatt.stueck(bereich);
        let name = match (klausel, &stueck.abschnitt) {
            (Some(klausel), _) => klausel.schluessel.clone(),
            (None, Some(kopf)) => ohne_nummer(kopf.text()).to_owned(),
            (None, None) => String::new(),
        };
        let zeilen = stueck.zeilen.iter().map(|zeile| worte(zeile.text()));
        Self {
            name: format!("{}#{name}", papier.name),
            inhalt: zeilen.collect::<Vec<_>>().join("\n"),
        }
    }
}

/// The words of a line without its number and without quotation marks, which are a matter of typesetting.
fn worte(zeile: &str) -> String {
    let ist_anfuehrung = |c: char| matches!(c, '„' | '“' | '”' | '"' | '‚' | '‘' | '’' | '\'');
    ohne_nummer(zeile).replace(ist_anfuehrung, "")
}

/// „(2) Die Kosten“, „§ 7 Kosten“, „3. Kosten“, „b) Kosten“: what follows the number.
fn ohne_nummer(zeile: &str) -> &str {
    let zeile = zeile.trim();
    let rest = zeile.strip_prefix("§ ").unwrap_or(zeile);
    let Some((nummer, danach)) = rest.split_once(' ') else {
        return zeile;
    };
    let kern = nummer.trim_matches(NUMMERNZEICHEN);
    let ist_zahl = kern.trim_end_matches(char::is_alphabetic).len() + 1 >= kern.len()
        && kern.chars().all(char::is_alphanumeric)
        && kern.chars().count() <= 3;
    let ist_tag = MONATE.iter().any(|monat| danach.starts_with(monat));
    let ist_nummer =
        (rest.len() < zeile.len() || kern.len() < nummer.len()) && ist_zahl && !ist_tag;
    if ist_nummer { danach.trim() } else { zeile }
}

/// The names of the rows of lists, each list named once however many findings stand in it.
#[derive(Debug, Default)]
pub struct Zeilennamen(BTreeMap<Route, Vec<Option<String>>>);

impl Zeilennamen {
    /// `drucksache.beratungsfolge[Kreistag 09.11.2021].sitzungsdatum`; rows that nothing names count from 1, as people
    /// do.
    fn weg(&mut self, baum: &Tree, route: &Route) -> String {
        let mut text = String::new();
        let mut node = Some(baum.root());
        for (tiefe, schritt) in route.schritte.iter().enumerate() {
            match schritt {
                Schritt::Feld(name) if text.is_empty() => text.push_str(name),
                Schritt::Feld(name) => text.push_str(&format!(".{name}")),
                Schritt::Index(i) => {
                    let liste = Route {
                        datei: route.datei.clone(),
                        schritte: route.schritte.get(..tiefe).unwrap_or_default().to_vec(),
                    };
                    let namen = self
                        .0
                        .entry(liste)
                        .or_insert_with(|| node.map(kennungen).unwrap_or_default());
                    match namen.get(*i) {
                        Some(Some(zeile)) => text.push_str(&format!("[{zeile}]")),
                        _ => text.push_str(&format!("[{}]", i + 1)),
                    }
                }
            }
            node = node.and_then(|node| node.step(schritt));
        }
        text
    }
}

/// What tells each row of a list from the others; twins are counted.
fn kennungen(liste: &Node) -> Vec<Option<String>> {
    let Kind::List(zeilen) = &liste.kind else {
        return Vec::new();
    };
    let zeilen: Vec<_> = zeilen.iter().map(Kennzeichen::aus).collect();
    let mut namen = vec![None; zeilen.len()];
    for zahl in 1..=KENNZEICHEN.len() {
        let diese: Vec<_> = zeilen.iter().map(|zeile| zeile.name(zahl)).collect();
        let mut gleiche: BTreeMap<&str, usize> = BTreeMap::new();
        for name in diese.iter().flatten() {
            *gleiche.entry(name).or_default() += 1;
        }
        for (name, diese) in namen.iter_mut().zip(&diese) {
            if name.is_none()
                && let Some(diese) = diese
                && gleiche.get(diese.as_str()) == Some(&1)
            {
                *name = Some(diese.clone());
            }
        }
        // More fields than any row has tell nothing more.
        if zeilen.iter().all(|zeile| zeile.felder.len() <= zahl) {
            break;
        }
    }
    let mut davor: BTreeMap<String, usize> = BTreeMap::new();
    for (name, zeile) in namen.iter_mut().zip(&zeilen) {
        let Some(diese) = zeile.name(KENNZEICHEN.len()) else {
            continue;
        };
        let zahl = davor.entry(diese.clone()).or_default();
        *zahl += 1;
        name.get_or_insert_with(|| format!("{diese} {zahl}"));
    }
    namen
}

/// The telling fields of a row as they are meant.
struct Kennzeichen {
    felder: Vec<String>,
    /// How many of them always tell: a step of a Beratungsfolge has both body and day.
    wenigstens: usize,
}

impl Kennzeichen {
    fn aus(zeile: &Node) -> Self {
        if let Some(skalar) = zeile.scalar() {
            let kurz = skalar.text().split_whitespace().count() <= MEISTE_WOERTER;
            return Self {
                felder: kurz.then(|| wert(skalar.text())).into_iter().collect(),
                wenigstens: 1,
            };
        }
        let feld = |name: &&str| {
            let skalar = zeile.entry(name)?.value.scalar()?;
            Some(wert(skalar.text()))
        };
        let mit_tag = MIT_TAG.iter().all(|name| feld(name).is_some());
        Self {
            felder: KENNZEICHEN.iter().filter_map(feld).collect(),
            wenigstens: if mit_tag { MIT_TAG.len() } else { 1 },
        }
    }

    /// The name by so many fields; none if no field tells anything.
    fn name(&self, zahl: usize) -> Option<String> {
        let zahl = zahl.max(self.wenigstens).min(self.felder.len());
        let felder = self.felder.get(..zahl)?;
        (!felder.is_empty()).then(|| felder.join(" "))
    }
}

/// Whether a place is one statement: no section, and no entry of a collection.
fn ist_aussage(route: &Route) -> bool {
    match route.schritte.as_slice() {
        [] | [_] => false,
        [.., Schritt::Feld(sammlung), Schritt::Feld(_)] => !SAMMLUNGEN.contains(&sammlung.as_str()),
        _ => true,
    }
}

/// A value with all that stands in it, as it is meant: keys and rows in a fixed order.
fn ganz(node: &Node) -> String {
    let mut teile: Vec<_> = match &node.kind {
        Kind::Scalar(skalar) => return wert(skalar.text()),
        Kind::List(zeilen) => zeilen.iter().map(ganz).collect(),
        Kind::Map(eintraege) => {
            let eintraege = eintraege.iter();
            eintraege
                .map(|e| format!("{} : {}", e.key.text(), ganz(&e.value)))
                .collect()
        }
    };
    teile.sort();
    match node.kind {
        Kind::List(_) => format!("[ {} ]", teile.join(" , ")),
        _ => format!("{{ {} }}", teile.join(" , ")),
    }
}

/// A value as it is meant: keys and rows in a fixed order; of a group, its lists.
fn gemeint(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar(skalar) => wert(skalar.text()),
        Kind::List(zeilen) => {
            let namen = zeilen.iter().filter_map(Node::scalar);
            let mut namen: Vec<_> = namen.map(|skalar| wert(skalar.text())).collect();
            namen.sort();
            format!("[ {} ]", namen.join(" , "))
        }
        Kind::Map(eintraege) => {
            let listen = eintraege
                .iter()
                .filter(|e| matches!(e.value.kind, Kind::List(_)));
            let mut listen: Vec<_> = listen
                .map(|e| format!("{} : {}", e.key.text(), gemeint(&e.value)))
                .collect();
            listen.sort();
            listen.join(" ")
        }
    }
}

/// A day, an amount and a rate read the same however they are written; any other text is itself.
fn wert(text: &str) -> String {
    let text = text.trim();
    if let Ok(tag) = text.parse::<Datum>() {
        return tag.to_string();
    }
    if let Some(zahl) = text.strip_suffix('%') {
        return format!("{} %", wert(zahl));
    }
    // A number that begins with 0 is a name: 0544.
    let ist_betrag = text.starts_with(|c: char| c.is_ascii_digit() && c != '0');
    match Betrag::mit_stellen(text, 2) {
        Ok(betrag) if ist_betrag => betrag.euro().normalize().to_string(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::parse;
    use crate::source::Source;

    fn gegenstand(yaml: &str, schritte: &[&str]) -> Gegenstand {
        let baum = parse(&Source::new("a.yaml", yaml)).unwrap();
        let mut route = Route::wurzel("a.yaml");
        for schritt in schritte {
            route = match schritt.parse() {
                Ok(i) => route.index(i),
                Err(_) => route.feld(schritt),
            };
        }
        Gegenstand::wert("a.yaml", &baum, &route, &mut Zeilennamen::default())
    }

    #[test]
    fn a_value_is_what_it_means_however_it_is_written() {
        let schlicht = gegenstand("x: Kamen", &["x"]);
        assert_eq!(schlicht.name, "a.yaml#x");
        for andere in [
            "x: \"Kamen\"",
            "# k\n\nx:   'Kamen' # k",
            "x: >-\n  Kamen\n",
        ] {
            assert_eq!(gegenstand(andere, &["x"]), schlicht, "{andere}");
        }
        let gleich = |a: &str, b: &str| {
            gegenstand(&format!("x: {a}"), &["x"]) == gegenstand(&format!("x: {b}"), &["x"])
        };
        assert!(gleich("2021-11-08", "08.11.2021"));
        assert!(gleich("88000", "88.000,00"));
        assert!(gleich("10 %", "10%"));
        assert!(!gleich("10 %", "10"));
        assert!(!gleich("88000", "88000,01"));
        assert!(!gleich("0544", "544"));
    }

    #[test]
    fn a_group_is_what_it_enumerates_in_any_order() {
        let so = gegenstand("g: { a: 1, liste: [b, c] }", &["g"]);
        assert_eq!(
            gegenstand("g:\n  liste:\n    - c\n    - b\n  a: '2'\n", &["g"]),
            so
        );
        assert_ne!(gegenstand("g: { a: 1, liste: [b, d] }", &["g"]), so);
    }

    #[test]
    fn a_group_below_a_subject_is_one_statement_with_all_its_facts() {
        let agreement = ["vereinbarungen", "a", "kündigung"];
        let yaml = |frist: &str, titel: &str| {
            format!(
                "vereinbarungen:\n  a:\n    titel: {titel}\n    kündigung: {{ frist: {frist}, form: [x, {{ y: z }}] }}\n"
            )
        };
        let so = gegenstand(&yaml("12", "T"), &agreement);
        assert_eq!(gegenstand(&yaml("'12'", "U"), &agreement), so);
        assert_ne!(gegenstand(&yaml("3", "T"), &agreement), so);
        let ganze = |frist: &str| gegenstand(&yaml(frist, "T"), &agreement[..2]);
        assert_eq!(ganze("12"), ganze("3"));
        let zeile = |von: &str| {
            gegenstand(
                &format!("n: [{{ bis: 02.01.2020, von: {von} }}]"),
                &["n", "0"],
            )
        };
        assert_eq!(zeile("01.01.2019"), zeile("2019-01-01"));
        assert_ne!(zeile("01.01.2019").inhalt, zeile("01.01.2018").inhalt);
    }

    #[test]
    fn what_is_missing_is_missing_in_any_group() {
        let a = gegenstand("g: { a: 1 }", &["g", "b"]);
        assert_eq!(a.name, "a.yaml#g.b");
        assert_eq!(a, gegenstand("g: { c: 2 }", &["g", "b"]));
    }

    #[test]
    fn rows_are_named_by_what_they_tell_of() {
        let eine = "{ anwender: selm, von: 01.07.2020 }";
        let andere = "{ anwender: werne, von: 01.01.2019 }";
        let name = |yaml: &str, i: &str| gegenstand(yaml, &["n", i, "von"]).name;
        let erwartet = "a.yaml#n[selm].von";
        assert_eq!(name(&format!("n: [{eine}, {andere}]"), "0"), erwartet);
        assert_eq!(name(&format!("n: [{andere}, {eine}]"), "1"), erwartet);
        let spaeter = "{ anwender: selm, von: 01.01.2022 }";
        assert_eq!(
            name(&format!("n: [{eine}, {spaeter}]"), "1"),
            "a.yaml#n[selm 01.01.2022].von"
        );
        assert_eq!(
            name(&format!("n: [{eine}, {eine}]"), "1"),
            "a.yaml#n[selm 01.07.2020 2].von"
        );
        assert_eq!(gegenstand("n: [b, a]", &["n", "0"]).name, "a.yaml#n[b]");
        assert_eq!(gegenstand("n: [{ x: 1 }]", &["n", "0"]).name, "a.yaml#n[1]");
    }

    #[test]
    fn a_step_is_named_by_body_and_day() {
        let schritt = "{ gremium: Kreistag, sitzungsdatum: 2021-11-09 }";
        let name = |yaml: &str, i: &str| gegenstand(yaml, &["b", i]).name;
        let erwartet = "a.yaml#b[Kreistag 09.11.2021]";
        assert_eq!(name(&format!("b: [{schritt}]"), "0"), erwartet);
        let mehr = "{ gremium: Kreistag, sitzungsdatum: 01.10.2021 }";
        assert_eq!(name(&format!("b: [{mehr}, {schritt}]"), "1"), erwartet);
    }

    #[test]
    fn numbers_before_a_line_do_not_count() {
        for zeile in [
            "(2) Die Kosten",
            "§ 7 Die Kosten",
            "§ 7a Die Kosten",
            "3. Die Kosten",
            "b) Die Kosten",
            "– Die Kosten",
        ] {
            assert_eq!(ohne_nummer(zeile), "Die Kosten", "{zeile}");
        }
        for zeile in [
            "88.000 Euro",
            "Die Kosten",
            "12 Monate",
            "Nr. 5 gilt",
            "2021 beginnt es",
            "1. Januar 2022 als Tag",
        ] {
            assert_eq!(ohne_nummer(zeile), zeile);
        }
    }
}
