//! No paper leaves the desk with a placeholder in it or without a part that it must have.

use std::ops::Range;

use super::super::{Blatt, Gewicht, Grundlage, Lage, Passage, Protokoll, Regel};
use crate::diagnostic::Stelle;
use crate::template::Bezug;

pub(super) const REGEL: Regel = Regel {
    name: "platzhalter-offen",
    schwere: Gewicht::Fehler,
    grundlage: Grundlage::Redaktion,
    normen: &[],
    gilt: "für jedes Papier",
    braucht: &[],
    text: include_str!("platzhalter_offen.md"),
    pruefe,
};

/// Words that stand for something that is still to be done.
const WORTE: [&str; 6] = ["TODO", "FIXME", "tbd", "t.b.d.", "t. b. d.", "XX.XX.XXXX"];

/// For a name that nobody knows yet.
const OHNE_NAMEN: [&str; 2] = ["N. N.", "N.N."];

/// What stands in brackets where somebody is to put something else.
const IN_KLAMMERN: [&str; 22] = [
    "datum",
    "name",
    "namen",
    "betrag",
    "summe",
    "ort",
    "nummer",
    "titel",
    "gremium",
    "anschrift",
    "adresse",
    "text",
    "partei",
    "behörde",
    "aktenzeichen",
    "jahr",
    "zahl",
    "einfügen",
    "ergänzen",
    "eintragen",
    "ausfüllen",
    "platzhalter",
];

/// Words that ask for another one behind them.
const VERLANGEN: [&str; 45] = [
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "für",
    "von", "vom", "am", "im", "in", "zu", "zum", "zur", "bei", "beim", "mit", "durch", "über",
    "unter", "an", "auf", "aus", "nach", "bis", "ab", "seit", "nr.", "nummer", "§", "abs.",
    "stadt", "gemeinde", "kreis", "herr", "frau", "herrn", "zwischen", "rund",
];

/// Words after which Roman numerals count.
const ZAEHLT: [&str; 8] = [
    "band",
    "kapitel",
    "teil",
    "titel",
    "abschnitt",
    "buch",
    "anhang",
    "wahlperiode",
];

fn pruefe(lage: &Lage<'_>, protokoll: &mut Protokoll<'_>) {
    for blatt in lage.blaetter() {
        for zeile in blatt.alles().zeilen() {
            for bereich in platzhalter(zeile.text()) {
                let stelle = zeile.teil(bereich);
                protokoll
                    .melde(
                        &stelle,
                        format!(
                            "„{}“ ist ein Platzhalter, der noch auszufüllen ist",
                            stelle.text()
                        ),
                    )
                    .abhilfe("eintragen, was hier stehen soll");
            }
        }
        leer(lage, blatt, protokoll);
    }
}

/// Parts that must not be empty: the proposal, which the facts make, and each clause.
fn leer(lage: &Lage<'_>, blatt: &Blatt<'_>, protokoll: &mut Protokoll<'_>) {
    let drucksache = match &blatt.papier.bezug {
        Bezug::Drucksache(nummer) => lage.vorgang.drucksache(nummer),
        _ => None,
    };
    let vorschlag = blatt.abschnitt("Beschlussvorschlag").map(|teil| {
        let route = drucksache.map(|drucksache| drucksache.route.feld("beschlussvorschlag"));
        (teil, route.map(Stelle::Route))
    });
    let klauseln = blatt.klauseln().map(|(_, klausel)| (klausel, None));
    for (teil, stelle) in vorschlag.into_iter().chain(klauseln) {
        if ist_leer(&teil) {
            let kopf = teil.erste_zeile();
            protokoll
                .melde(
                    stelle.unwrap_or_else(|| kopf.stelle()),
                    format!("unter „{}“ steht nichts", kopf.text().trim()),
                )
                .abhilfe("den Text ergänzen");
        }
    }
}

/// Whether nothing but a heading, or nothing but the number of a paragraph, stands there.
fn ist_leer(teil: &Passage<'_>) -> bool {
    teil.zeilen().skip(1).all(|zeile| {
        let text = zeile.text().trim();
        let ohne_nummer = text
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .filter(|(nummer, _)| nummer.chars().all(|c| c.is_ascii_digit()))
            .map_or(text, |(_, rest)| rest.trim());
        ohne_nummer.is_empty()
    })
}

/// The placeholders of a line, in order.
fn platzhalter(zeile: &str) -> Vec<Range<usize>> {
    let mut gefunden = Vec::new();
    gefunden.extend(worte_in(zeile));
    gefunden.extend(
        folgen(zeile, |c| c == 'X' || c == 'x')
            .filter(|b| ist_x_platzhalter(zeile, b))
            .map(|b| ganzes_datum(zeile, b)),
    );
    gefunden.extend(
        folgen(zeile, |c| c == '_')
            .filter(|b| b.len() >= 3 && !zum_unterschreiben(zeile) && !nach_ort(zeile, b)),
    );
    gefunden.extend(folgen(zeile, |c| matches!(c, '…' | '.')).filter(|b| ist_luecke(zeile, b)));
    gefunden.extend(geklammert(zeile, '[', ']').filter(|b| ist_auffoderung(&zeile[b.clone()])));
    gefunden.extend(geklammert(zeile, '<', '>').filter(|b| ist_spitz(&zeile[b.clone()])));
    gefunden.sort_by_key(|b| (b.start, b.end));
    let mut einzeln: Vec<Range<usize>> = Vec::new();
    for bereich in gefunden {
        if einzeln
            .last()
            .is_none_or(|letzter| letzter.end <= bereich.start)
        {
            einzeln.push(bereich);
        }
    }
    einzeln
}

/// Where such words stand as such, in this or in upper or lower case throughout.
fn worte_in(zeile: &str) -> Vec<Range<usize>> {
    let mut treffer = Vec::new();
    let mut vorher = ' ';
    for (i, c) in zeile.char_indices() {
        let frei = !(vorher.is_alphanumeric() || vorher == '_');
        vorher = c;
        // „n. n.“ could be the end of a sentence only in upper case at a name; both read as a name that is missing.
        if frei && matches!(c.to_ascii_lowercase(), 't' | 'f' | 'x' | 'n') {
            let worte = WORTE.iter().chain(&OHNE_NAMEN);
            treffer.extend(
                worte
                    .map(|worte| (worte, i..i + worte.len()))
                    .filter(|(worte, b)| {
                        let hier = zeile.get(b.clone());
                        hier.is_some_and(|hier| ist_wort(hier, worte)) && steht_frei(zeile, b)
                    })
                    .map(|(_, b)| b),
            );
        }
    }
    treffer
}

fn ist_wort(hier: &str, wort: &str) -> bool {
    let bytes = hier.as_bytes();
    hier == wort
        || (hier.eq_ignore_ascii_case(wort)
            && !(bytes.iter().any(u8::is_ascii_lowercase)
                && bytes.iter().any(u8::is_ascii_uppercase)))
}

/// The longest runs of such characters.
fn folgen(zeile: &str, gehoert: fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut folgen = Vec::new();
    let mut von = None;
    for (i, c) in zeile.char_indices().chain([(zeile.len(), '\n')]) {
        match (von, gehoert(c)) {
            (None, true) => von = Some(i),
            (Some(anfang), false) => {
                folgen.push(anfang..i);
                von = None;
            }
            _ => {}
        }
    }
    folgen.into_iter()
}

/// Whether no letter or digit touches it.
fn steht_frei(zeile: &str, b: &Range<usize>) -> bool {
    let davor = vor(zeile, b).chars().next_back();
    let danach = nach(zeile, b).chars().next();
    ![davor, danach]
        .into_iter()
        .flatten()
        .any(|c| c.is_alphanumeric() || c == '_')
}

fn vor<'z>(zeile: &'z str, b: &Range<usize>) -> &'z str {
    zeile.get(..b.start).unwrap_or_default()
}

fn nach<'z>(zeile: &'z str, b: &Range<usize>) -> &'z str {
    zeile.get(b.end..).unwrap_or_default()
}

/// „XX“ as a word is a placeholder, unless it counts: „XX. Wahlperiode“, „Band XXX“.
fn ist_x_platzhalter(zeile: &str, b: &Range<usize>) -> bool {
    if b.len() < 2 || !steht_frei(zeile, b) {
        return false;
    }
    // Twenty and thirty are Roman numerals; more of the same letter, or small ones, are none.
    let kann_roemisch = b.len() <= 3 && zeile[b.clone()].chars().all(|c| c == 'X');
    let wort_davor = vor(zeile, b)
        .trim_end()
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let ordnet = nach(zeile, b)
        .strip_prefix(". ")
        .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    !(kann_roemisch && (ordnet || ZAEHLT.contains(&wort_davor.as_str())))
}

/// „XX.XX.2021“ is one placeholder, wherever in it the letters stand.
fn ganzes_datum(zeile: &str, b: Range<usize>) -> Range<usize> {
    let gehoert = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'X' | 'x');
    let davor = vor(zeile, &b);
    let von = davor.trim_end_matches(gehoert).len();
    let danach = nach(zeile, &b);
    let rest = danach.trim_start_matches(gehoert).len();
    let lang = danach
        .get(..danach.len() - rest)
        .unwrap_or_default()
        .trim_end_matches('.')
        .len();
    von..b.end + lang
}

/// Lines on which somebody is to write by hand.
fn zum_unterschreiben(zeile: &str) -> bool {
    let klein = zeile.to_lowercase();
    ["unterschrift", "ort, datum", "ort und datum", "siegel"]
        .iter()
        .any(|wort| klein.contains(wort))
}

/// „…“ alone where words should stand; not where a list goes on, a quotation leaves out, or a sentence trails off.
fn ist_luecke(zeile: &str, b: &Range<usize>) -> bool {
    let zeichen = &zeile[b.clone()];
    if !(zeichen.contains('…') || zeichen.len() >= 3) {
        return false;
    }
    let (davor, danach) = (vor(zeile, b), nach(zeile, b));
    let beruehrt =
        davor.ends_with(char::is_alphanumeric) || danach.starts_with(char::is_alphanumeric);
    let zaehlt_auf = davor.trim_end().ends_with(',');
    let ausgelassen = davor.ends_with(['[', '(']) && danach.starts_with([']', ')']);
    // „(z. B. Protokolle ...)“
    let und_so_weiter = danach.starts_with(')') && !davor.ends_with('(');
    if beruehrt
        || zaehlt_auf
        || ausgelassen
        || und_so_weiter
        || in_anfuehrung(davor)
        || nach_ort(zeile, b)
    {
        return false;
    }
    // Several in a row are made to be written on; one in running text may just be a pause.
    zeichen.chars().filter(|c| *c == '…').count() > 1
        || zeichen.len() > '…'.len_utf8()
        || verlangt_etwas(davor, danach)
}

/// Whether the words around a gap leave something to be said: nothing else is there, a word before asks for more, or a
/// unit follows.
fn verlangt_etwas(davor: &str, danach: &str) -> bool {
    let zelle_davor = davor.rsplit('\t').next().unwrap_or_default().trim();
    let zelle_danach = danach.split('\t').next().unwrap_or_default().trim();
    let wort = zelle_davor
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let einheit = [
        "€", "%", "Euro", "Prozent", "Uhr", "Monate", "Jahre", "Stellen",
    ];
    wort.is_empty()
        || wort.ends_with(':')
        || VERLANGEN.contains(&wort.as_str())
        || einheit
            .iter()
            .any(|einheit| zelle_danach.starts_with(einheit))
}

/// „Unna, den ______“: somebody is to write by hand.
fn nach_ort(zeile: &str, b: &Range<usize>) -> bool {
    let davor = vor(zeile, b).trim_end();
    davor.ends_with(", den") || davor.ends_with(", am") && davor.split_whitespace().count() <= 3
}

/// Whether a quotation is open behind this text.
fn in_anfuehrung(davor: &str) -> bool {
    let offen = davor.matches(['„', '»', '‚']).count();
    let zu = davor.matches(['“', '«', '‘']).count();
    offen > zu || davor.matches('"').count() % 2 == 1
}

fn geklammert(zeile: &str, auf: char, zu: char) -> impl Iterator<Item = Range<usize>> {
    let mut bereiche = Vec::new();
    let mut rest = 0;
    while let Some(i) = zeile
        .get(rest..)
        .and_then(|r| r.find(auf))
        .map(|i| i + rest)
    {
        rest = i + auf.len_utf8();
        if let Some(ende) = zeile.get(rest..).and_then(|r| r.find([auf, zu])) {
            let ende = rest + ende;
            if zeile.get(ende..).is_some_and(|r| r.starts_with(zu)) {
                bereiche.push(i..ende + zu.len_utf8());
                rest = ende;
            }
        }
    }
    bereiche.into_iter()
}

/// `[Datum]`, `[bitte ergänzen]`, not `[€]`, `[1]` or `[sic]`.
fn ist_auffoderung(stueck: &str) -> bool {
    let innen = stueck.trim_matches(['[', ']']).trim().to_lowercase();
    innen.chars().count() <= 40
        && innen
            .split(|c: char| !c.is_alphanumeric())
            .any(|wort| IN_KLAMMERN.contains(&wort))
}

/// `<Datum>` and `<…>`, not „a < b“, an address or a link.
fn ist_spitz(stueck: &str) -> bool {
    let innen = stueck.trim_start_matches('<').trim_end_matches('>');
    !innen.is_empty()
        && innen.chars().count() <= 40
        && !innen.starts_with(char::is_whitespace)
        && !innen.ends_with(char::is_whitespace)
        && !innen.contains(['@', ':', '='])
        // Tags of HTML are written small; what they are is said elsewhere.
        && (innen.starts_with(|c: char| c.is_uppercase() || matches!(c, '…' | '.'))
            || innen
                .split(|c: char| !c.is_alphanumeric())
                .any(|wort| IN_KLAMMERN.contains(&wort)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gefunden(zeile: &str) -> Vec<&str> {
        platzhalter(zeile).into_iter().map(|b| &zeile[b]).collect()
    }

    #[test]
    fn placeholders_are_found() {
        assert_eq!(gefunden("Kosten: TODO prüfen"), ["TODO"]);
        assert_eq!(gefunden("am XX.XX.XXXX in Unna"), ["XX.XX.XXXX"]);
        assert_eq!(gefunden("Betrag XX €, xxx"), ["XX", "xxx"]);
        assert_eq!(gefunden("für … durch"), ["…"]);
        assert_eq!(gefunden("für ... durch"), ["..."]);
        assert_eq!(gefunden("am ____ in Unna"), ["____"]);
        assert_eq!(
            gefunden("am [Datum] und [bitte ergänzen]"),
            ["[Datum]", "[bitte ergänzen]"]
        );
        assert_eq!(
            gefunden("durch <Name der Stadt> und <…>"),
            ["<Name der Stadt>", "<…>"]
        );
        assert_eq!(gefunden("Ansprechperson: N. N., tbd"), ["N. N.", "tbd"]);
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for zeile in [
            "XX. Wahlperiode",
            "XXI. Wahlperiode und Band XXX",
            "Ertrag [€] [x] [1] [sic]",
            "er sagte: „Das … nicht.“",
            "„[…]“ und (…)",
            "Stifte, Papier, …",
            "Mittel- und Ober…",
            "Ort, Datum ________",
            "wenn a < b und c > d",
            "<https://www.example.org>",
            "die <b>alten</b> Bänke",
            "Todos los Santos, Maxx",
            "§§ 23 ff. und u. a. m.",
            "Sitzung n. Neuwahl",
            "10 .. 20",
            "Unna, den ______________",
            "Weitere Unterlagen (z. B. Protokolle ...) liegen vor.",
            "Danach … folgt Weiteres.",
            "tritt in Kraft … so das Gesetz",
        ] {
            assert!(gefunden(zeile).is_empty(), "{zeile}: {:?}", gefunden(zeile));
        }
    }
}
