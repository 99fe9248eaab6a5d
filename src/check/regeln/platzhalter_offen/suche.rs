//! Where placeholders stand in a line of text.

use std::ops::Range;

/// Words that stand for something that is still to be done.
const WORTE: [&str; 6] = ["TODO", "FIXME", "tbd", "t.b.d.", "t. b. d.", "XX.XX.XXXX"];

/// For a name that nobody knows yet.
const OHNE_NAMEN: [&str; 2] = ["N. N.", "N.N."];

/// What stands alone in a field whose value somebody is to bring later.
const SPAETER: [&str; 13] = [
    "wird nachgereicht",
    "wird noch nachgereicht",
    "nachzureichen",
    "wird ergänzt",
    "wird noch ergänzt",
    "wird noch eingetragen",
    "wird noch benannt",
    "folgt",
    "folgt noch",
    "noch offen",
    "noch zu klären",
    "steht noch nicht fest",
    "in Klärung",
];

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

/// Those of [`IN_KLAMMERN`] that ask somebody to do something.
const AUFTRAEGE: [&str; 4] = ["einfügen", "ergänzen", "eintragen", "ausfüllen"];

/// Those that quotations have in the place of what was said or blacked out.
const IM_ZITAT: [&str; 7] = [
    "name", "namen", "ort", "partei", "behörde", "gremium", "text",
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

/// Where a line stands, which decides what in it is a blank of a form.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ort {
    /// The first row of a table: `Aufwand [Betrag in €]` names a column.
    pub(super) tabellenkopf: bool,
    /// Somebody is to write on it by hand; see [`ist_formular`].
    pub(super) formular: bool,
    /// A title or address: nobody quotes there, so nothing is left out.
    pub(super) kopf: bool,
}

/// Whether a line has a sign or the beginning of a word that each placeholder has. Most lines have none.
pub(super) fn kann_einen_haben(zeile: &str) -> bool {
    let mut vorher = b' ';
    kann_spaeter(zeile)
        || zeile.as_bytes().iter().enumerate().any(|(i, b)| {
            let frei = !(vorher.is_ascii_alphanumeric() || vorher == b'_');
            vorher = *b;
            let folgt = |wort: &str| {
                let hier = zeile.as_bytes().get(i..i + wort.len());
                hier.is_some_and(|hier| hier.eq_ignore_ascii_case(wort.as_bytes()))
            };
            match b {
                b'_' | b'?' | b'[' | b'<' => true,
                b'.' => folgt("..") || folgt(". ."),
                b'x' | b'X' => folgt("xx"),
                b't' | b'T' => frei && (folgt("to") || folgt("tb") || folgt("t.")),
                b'f' | b'F' => frei && folgt("fi"),
                b'n' | b'N' => frei && folgt("n."),
                0xe2 => folgt("…"),
                _ => false,
            }
        })
}

/// The placeholders of a line, in order.
pub(super) fn platzhalter(zeile: &str, ort: Ort) -> Vec<Range<usize>> {
    let von_hand = |b: &Range<usize>| ort.formular || nach_ort(zeile, b) || vor_amt(zeile, b);
    let mut gefunden = Vec::new();
    gefunden.extend(worte_in(zeile));
    gefunden.extend(spaeter(zeile, ort.kopf));
    gefunden.extend(
        folgen(zeile, |c| c == 'X' || c == 'x')
            .filter(|b| ist_x_platzhalter(zeile, b))
            .map(|b| ganzes_datum(zeile, b)),
    );
    gefunden.extend(
        folgen(zeile, |c| c == '_')
            .filter(|b| b.len() >= 3 || b.len() == 2 && steht_frei(zeile, b))
            .map(|b| ganzes_datum(zeile, b))
            .filter(|b| !von_hand(b)),
    );
    gefunden.extend(folgen(zeile, |c| c == '?').filter(|b| ist_ungewiss(zeile, b)));
    gefunden.extend(ohne_tag(zeile).filter(|b| !von_hand(b)));
    gefunden.extend(
        folgen(zeile, |c| matches!(c, '…' | '.'))
            .filter(|b| ist_luecke(zeile, b, ort) && !von_hand(b)),
    );
    gefunden.extend(
        geklammert(zeile, '[', ']').filter(|b| ist_aufforderung(zeile, b, ort.tabellenkopf)),
    );
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

/// Parts of words of which each of [`SPAETER`] has one.
const TEILE: [&str; 8] = [
    "reich",
    "rgänzt",
    "olgt",
    "offen",
    "lär",
    "getragen",
    "benannt",
    "nicht fest",
];

/// Whether a line may be such a field: a row of a table, or a short line with a label.
fn kann_spaeter(zeile: &str) -> bool {
    let ist_feld = zeile.contains('\t') || zeile.len() < 80 && zeile.contains(": ");
    ist_feld && TEILE.iter().any(|teil| zeile.contains(teil))
}

/// A field that says no more than that its value is to come: a cell of a table, what follows a short label and a colon, or
/// a whole value of the head.
fn spaeter(zeile: &str, kopf: bool) -> Vec<Range<usize>> {
    if !(kopf || kann_spaeter(zeile)) {
        return Vec::new();
    }
    let ist_spaeter = |feld: &str| {
        let nackt = feld.trim_matches(['(', ')', '.', '[', ']']).to_lowercase();
        SPAETER.iter().any(|worte| worte.to_lowercase() == nackt)
    };
    let mut felder = Vec::new();
    if zeile.contains('\t') {
        let mut von = 0;
        for feld in zeile.split('\t') {
            felder.push(von..von + feld.len());
            von += feld.len() + 1;
        }
    } else {
        let label = zeile.find(": ").map_or(0, |at| at + 2);
        let kurz = vor(zeile, &(label..label)).split_whitespace().count() <= 3;
        if kurz && (kopf || label > 0) {
            felder.push(label..zeile.len());
        }
    }
    felder
        .into_iter()
        .filter_map(|feld| {
            let text = zeile.get(feld.clone())?;
            let nackt = text.trim();
            let von = feld.start + (text.len() - text.trim_start().len());
            (nackt.len() < 40 && ist_spaeter(nackt)).then_some(von..von + nackt.len())
        })
        .collect()
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
    let gehoert = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'X' | 'x' | '_');
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

/// Lines on which somebody is to write by hand: above a signature, or the votes that are counted in the session.
pub(super) fn ist_formular(zeile: &str) -> bool {
    let klein = zeile.to_lowercase();
    let hat = |gesucht: &str| {
        klein
            .split(|c: char| !c.is_alphanumeric())
            .any(|wort| wort == gesucht)
    };
    [
        "unterschrift",
        "ort, datum",
        "ort und datum",
        "siegel",
        "abstimmungsergebnis",
        "ja-stimmen",
        "nein-stimmen",
    ]
    .iter()
    .any(|wort| klein.contains(wort))
        || hat("ja") && (hat("nein") || hat("enthaltung") || hat("enthaltungen"))
}

/// „____________ (Bürgermeister)“: the line above the name of who signs.
fn vor_amt(zeile: &str, b: &Range<usize>) -> bool {
    zeile[b.clone()].chars().count() >= 8
        && nach(zeile, b)
            .trim_start()
            .strip_prefix('(')
            .is_some_and(|rest| rest.starts_with(char::is_uppercase) && rest.ends_with(')'))
}

/// „??? €“, „Betrag: ???“; not a question that is put loudly.
fn ist_ungewiss(zeile: &str, b: &Range<usize>) -> bool {
    let davor = vor(zeile, b);
    b.len() >= 2
        && !davor.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '!' | '“' | ')' | '"'))
        && !nach(zeile, b).starts_with('!')
        && !in_anfuehrung(davor)
}

/// „am ..2021“, „am . .2021“: a date of which only the year is there.
fn ohne_tag(zeile: &str) -> impl Iterator<Item = Range<usize>> {
    ["..", ". ."].into_iter().flat_map(move |punkte| {
        zeile.match_indices(punkte).filter_map(move |(at, _)| {
            let rest = zeile.get(at + punkte.len()..)?;
            let ziffern = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let davor = zeile.get(..at)?;
            let frei = davor.is_empty() || davor.ends_with([' ', '\t', '(']);
            (frei && ziffern == 4).then_some(at..at + punkte.len() + ziffern)
        })
    })
}

/// „…“ alone where words should stand; not where a list goes on, a quotation leaves out, or a sentence trails off.
fn ist_luecke(zeile: &str, b: &Range<usize>, ort: Ort) -> bool {
    let zeichen = &zeile[b.clone()];
    if !(zeichen.contains('…') || zeichen.len() >= 3) {
        return false;
    }
    let (davor, danach) = (vor(zeile, b), nach(zeile, b));
    let beruehrt =
        davor.ends_with(char::is_alphanumeric) || danach.starts_with(char::is_alphanumeric);
    let zaehlt_auf = davor.trim_end().ends_with(',');
    let ausgelassen = davor.ends_with(['[', '(']) && danach.starts_with([']', ')']);
    // „ein Betrag von [...] Euro“: between such words nobody leaves something out.
    if ausgelassen && !in_anfuehrung(davor) {
        let (innen, aussen) = (davor.trim_end_matches(['[', '(']), danach.get(1..));
        return ort.kopf || verlangt_wort(innen) && ist_einheit(aussen.unwrap_or_default());
    }
    // „(z. B. Protokolle ...)“
    let und_so_weiter = danach.starts_with(')') && !davor.ends_with('(');
    if beruehrt || zaehlt_auf || ausgelassen || und_so_weiter || in_anfuehrung(davor) {
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
    let zelle_danach = danach.split('\t').next().unwrap_or_default();
    verlangt_wort(davor) || ist_einheit(zelle_danach)
}

/// Whether a text breaks off at its beginning, at a colon, or at a word that asks for another one.
fn verlangt_wort(davor: &str) -> bool {
    let zelle = davor.rsplit('\t').next().unwrap_or_default().trim();
    let wort = zelle
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    wort.is_empty() || wort.ends_with(':') || VERLANGEN.contains(&wort.as_str())
}

/// Whether a text begins with what is counted by a number.
fn ist_einheit(danach: &str) -> bool {
    [
        "€", "%", "Euro", "Prozent", "Uhr", "Monate", "Jahre", "Stellen",
    ]
    .iter()
    .any(|einheit| danach.trim().starts_with(einheit))
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

/// `[Datum]`, `[bitte ergänzen]`, not `[€]`, `[1]` or `[sic]`; not what names a column, nor what a quotation puts in
/// for another word: „Sie [die Behörde] entscheidet“.
fn ist_aufforderung(zeile: &str, b: &Range<usize>, tabellenkopf: bool) -> bool {
    let innen = zeile[b.clone()]
        .trim_matches(['[', ']'])
        .trim()
        .to_lowercase();
    let worte = || innen.split(|c: char| !c.is_alphanumeric());
    if innen.chars().count() > 40 || !worte().any(|wort| IN_KLAMMERN.contains(&wort)) {
        return false;
    }
    let davor = vor(zeile, b);
    if tabellenkopf && !verlangt_wort(davor) {
        return false;
    }
    !in_anfuehrung(davor)
        || worte().any(|wort| AUFTRAEGE.contains(&wort))
        || IN_KLAMMERN.contains(&innen.as_str()) && !IM_ZITAT.contains(&innen.as_str())
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
        gefunden_als(zeile, false)
    }

    fn gefunden_als(zeile: &str, tabellenkopf: bool) -> Vec<&str> {
        let ort = Ort {
            tabellenkopf,
            formular: ist_formular(zeile),
            kopf: false,
        };
        let bereiche = platzhalter(zeile, ort);
        assert!(bereiche.is_empty() || kann_einen_haben(zeile), "{zeile}");
        bereiche.into_iter().map(|b| &zeile[b]).collect()
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
        assert_eq!(gefunden("am __.__.2021 in Unna"), ["__.__.2021"]);
        assert_eq!(gefunden("Sitzung am ..2021"), ["..2021"]);
        assert_eq!(gefunden("rund ??? €, Betrag: ???"), ["???", "???"]);
        assert_eq!(gefunden("ein Betrag von [...] Euro"), ["..."]);
    }

    #[test]
    fn a_quotation_puts_words_in_but_leaves_no_gap_for_a_date() {
        assert!(gefunden("„Sie [die Behörde] entscheidet über [den Namen].“").is_empty());
        assert_eq!(gefunden("die „Vereinbarung vom [Datum]“"), ["[Datum]"]);
        assert_eq!(gefunden("„Name [bitte eintragen]“"), ["[bitte eintragen]"]);
    }

    #[test]
    fn a_head_of_a_table_says_what_stands_below() {
        assert!(gefunden_als("Kommune\tAufwand [Betrag in €]", true).is_empty());
        assert_eq!(
            gefunden_als("Sitzung am [Datum]\t[Betrag]", true),
            ["[Datum]", "[Betrag]"]
        );
        assert_eq!(gefunden_als("Lünen\tbis [Datum]", false), ["[Datum]"]);
    }

    #[test]
    fn votes_and_signatures_are_written_by_hand() {
        for zeile in [
            "Abstimmungsergebnis: ____ Ja, ____ Nein, ____ Enthaltungen",
            "Ja: ..... Nein: .....",
            "Bad Beispiel, 14.04.2026 __________ (Bürgermeister)",
            "Unna, den __.__.2021",
        ] {
            assert!(gefunden(zeile).is_empty(), "{zeile}: {:?}", gefunden(zeile));
        }
        assert_eq!(gefunden("Die Abstimmung ist am ____ im Rat."), ["____"]);
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
            "Wirklich??? Was nun???",
            "Zeitraum 2020..2021",
        ] {
            assert!(gefunden(zeile).is_empty(), "{zeile}: {:?}", gefunden(zeile));
        }
    }
}
