//! The numbers in the text of a paper that somebody may want to look up: amounts, counts, shares, periods.
//!
//! Every number counts that is not plainly something else: a day, a year, a time of day, the number of a clause, of an
//! item, of a paper or of a house. So one too many is explained rather than one too few.

use std::ops::Range;

use crate::compute::sprache;
use crate::input::Datum;
use crate::input::datum::MONATE;

/// Numbers in words beyond those that the program writes itself.
const WEITERE_ZAHLWOERTER: [&str; 2] = ["dreißig", "sechzig"];
/// What a number belongs to so closely that it is shown with it.
const EINHEITEN: [&str; 31] = [
    "€",
    "%",
    "Euro",
    "Prozent",
    "Cent",
    "Tag",
    "Tage",
    "Tagen",
    "Woche",
    "Wochen",
    "Monat",
    "Monate",
    "Monaten",
    "Monats",
    "Jahr",
    "Jahre",
    "Jahren",
    "Stunde",
    "Stunden",
    "Minuten",
    "Werktage",
    "Werktagen",
    "Vollzeitäquivalent",
    "Vollzeitäquivalente",
    "VZÄ",
    "kWh",
    "kWp",
    "kg",
    "t",
    "Einwohner",
    "Stellen",
];
/// What stands before the number of a clause, a paper, a page, a grade.
const VERWEISE: [&str; 38] = [
    "§",
    "§§",
    "Abs.",
    "Absatz",
    "Absatzes",
    "Absätze",
    "Absätzen",
    "Art.",
    "Artikel",
    "Artikels",
    "Nr.",
    "Nrn.",
    "Nummer",
    "Nummern",
    "Satz",
    "Sätze",
    "Satzes",
    "Buchst.",
    "Alternative",
    "Alt.",
    "Anlage",
    "Anlagen",
    "Drucksache",
    "Drucksachen",
    "Vorlage",
    "S.",
    "Seite",
    "Seiten",
    "Ziffer",
    "Ziff.",
    "Top",
    "TOP",
    "Entgeltgruppe",
    "Besoldungsgruppe",
    "FD",
    "Fachbereich",
    "Spalte",
    "Abschnitt",
];
/// Capitalised words before which no name ends: „Ja 15, Nein 0“.
const ZAEHLWOERTER: [&str; 16] = [
    "Ja",
    "Nein",
    "Stimmen",
    "Jastimmen",
    "Neinstimmen",
    "Ja-Stimmen",
    "Nein-Stimmen",
    "Gegenstimmen",
    "Enthaltung",
    "Enthaltungen",
    "Befangen",
    "Anzahl",
    "Summe",
    "Gesamt",
    "Insgesamt",
    "Zusammen",
];
/// How names of streets end.
const STRASSEN: [&str; 9] = [
    "straße", "str.", "platz", "weg", "allee", "ring", "damm", "gasse", "markt",
];

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zahlstelle {
    /// Bytes of the number, with the sign of euros and percent.
    pub(super) zahl: Range<usize>,
    /// The same with its unit.
    pub(super) ganz: Range<usize>,
}

/// A run of characters between blanks, bars and brackets.
struct Wort<'t> {
    text: &'t str,
    von: usize,
    /// Whether it is the first of its line, marks aside.
    erstes: bool,
}

/// All numbers from a byte on, in order.
pub(super) fn zahlen(md: &str, ab: usize) -> Vec<Zahlstelle> {
    let mut gefunden = Vec::new();
    let mut von = ab;
    for zeile in md.get(ab..).unwrap_or_default().split_inclusive('\n') {
        in_zeile(md, zeile, von, &mut gefunden);
        von += zeile.len();
    }
    gefunden
}

fn in_zeile(md: &str, zeile: &str, ab: usize, gefunden: &mut Vec<Zahlstelle>) {
    let woerter = woerter(zeile);
    let an = |i: usize| woerter.get(i).map_or("", |wort| wort.text);
    let mut voriges_ist_verweis = false;
    for (i, wort) in woerter.iter().enumerate() {
        let kern = wort.text.trim_end_matches(['.', ',', ':', ';', '!', '?']);
        if ist_zahlwort(kern) {
            let zahl = ab + wort.von..ab + wort.von + kern.len();
            let ganz = zahl.start..einheit(md, zahl.end, an(i + 1));
            gefunden.push(Zahlstelle { zahl, ganz });
            continue;
        }
        if !kern.contains(|c: char| c.is_ascii_digit() || ist_bruchzeichen(c)) {
            // „§§ 3 bis 5“, „Art. 32, 33 und 36“
            voriges_ist_verweis &= matches!(kern, "bis" | "und" | "oder" | "");
            continue;
        }
        let davor = i.checked_sub(1).map_or("", |i| an(i));
        let ist_verweis = VERWEISE.contains(&davor)
            || (voriges_ist_verweis
                && (matches!(davor, "bis" | "und" | "oder") || davor.ends_with(',')));
        voriges_ist_verweis = ist_verweis;
        let danach = an(i + 1);
        let hat_einheit = EINHEITEN.contains(&danach.trim_end_matches(['.', ',', ';']));
        if ist_verweis || !ist_zahl(kern) || ist_nummer(md, ab, wort) {
            continue;
        }
        let vorwort = i.checked_sub(1).and_then(|i| woerter.get(i));
        if !hat_einheit && vorwort.is_some_and(|davor| ist_name(zeile, davor, wort, danach)) {
            continue;
        }
        let ist_tag = wort.text.ends_with('.') && MONATE.iter().any(|m| danach.starts_with(m));
        let ist_uhrzeit = kern.contains('.') && (1..=3).any(|n| an(i + n).starts_with("Uhr"));
        let ist_anschrift = STRASSEN.iter().any(|s| davor.to_lowercase().ends_with(s))
            || (kern.len() == 5
                && kern.bytes().all(|b| b.is_ascii_digit())
                && danach.starts_with(char::is_uppercase));
        if !hat_einheit && (ist_jahr(kern) || ist_tag || ist_uhrzeit || ist_anschrift) {
            continue;
        }
        let mut zahl = ab + wort.von..ab + wort.von + kern.len();
        let ganz = zahl.start..einheit(md, zahl.end, danach);
        if md
            .get(zahl.end..ganz.end)
            .is_some_and(|e| e.ends_with(['€', '%']))
        {
            zahl.end = ganz.end;
        }
        gefunden.push(Zahlstelle { zahl, ganz });
    }
}

/// The end of the unit behind a number, or of the number if none follows.
fn einheit(md: &str, ende: usize, danach: &str) -> usize {
    let danach = danach.trim_end_matches(['.', ',', ':', ';', '!', '?']);
    let rest = md.get(ende..).unwrap_or_default();
    let folgt = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let luecke = rest.len() - folgt.len();
    if EINHEITEN.contains(&danach) && folgt.starts_with(danach) {
        ende + luecke + danach.len()
    } else {
        ende
    }
}

/// The words of a line; directives, targets of links and marks are none.
fn woerter(zeile: &str) -> Vec<Wort<'_>> {
    let mut woerter = Vec::new();
    let mut beginn: Option<usize> = None;
    let mut at = 0;
    let mut schliesse = |beginn: &mut Option<usize>, bis: usize| {
        if let Some(von) = beginn.take()
            && let Some(text) = zeile.get(von..bis)
        {
            let erstes = woerter.is_empty();
            woerter.push(Wort { text, von, erstes });
        }
    };
    while let Some(rest) = zeile.get(at..).filter(|rest| !rest.is_empty()) {
        let uebersprungen = [("<!--", "-->"), ("](", ")"), ("[^", "]")]
            .iter()
            .find(|(auf, _)| rest.starts_with(auf))
            .map(|(_, zu)| rest.find(zu).map_or(rest.len(), |ende| ende + zu.len()));
        if let Some(laenge) = uebersprungen {
            schliesse(&mut beginn, at);
            at += laenge;
            continue;
        }
        let c = rest.chars().next().unwrap_or(' ');
        if c == '€' || c == '%' {
            schliesse(&mut beginn, at);
            beginn = Some(at);
            schliesse(&mut beginn, at + c.len_utf8());
        } else if c.is_whitespace() || "|()[]*„“\"\\~×=+#".contains(c) {
            schliesse(&mut beginn, at);
        } else if beginn.is_none() {
            beginn = Some(at);
        }
        at += c.len_utf8();
    }
    schliesse(&mut beginn, zeile.len());
    woerter
}

/// „acht“, „zweimal“; „ein“ is an article far more often.
fn ist_zahlwort(wort: &str) -> bool {
    let wort = wort.to_lowercase();
    sprache::zahl_oder_male(&wort).is_some_and(|zahl| zahl >= 2)
        || WEITERE_ZAHLWOERTER.contains(&wort.as_str())
}

fn ist_bruchzeichen(c: char) -> bool {
    "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞".contains(c)
}

/// „26.625,00“, „−3“, „1/8“, „¼“; „65-20-17“, „01.05“, „215/21“, „A11“ and a date are names.
fn ist_zahl(wort: &str) -> bool {
    let wort = wort.trim_start_matches(['−', '-', '–', '±', '≈']);
    if wort.chars().count() == 1 && wort.chars().all(ist_bruchzeichen) {
        return true;
    }
    if wort.parse::<Datum>().is_ok()
        || !wort.starts_with(|c: char| c.is_ascii_digit())
        || !wort
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'))
    {
        return false;
    }
    if let Some((zaehler, nenner)) = wort.split_once('/') {
        let zahl = |text: &str| {
            let ist_rein = !text.starts_with('0');
            text.parse::<u32>().ok().filter(|_| ist_rein)
        };
        return match (zahl(zaehler), zahl(nenner)) {
            (Some(zaehler), Some(nenner)) => zaehler <= nenner,
            _ => false,
        };
    }
    let ganze = wort.split(',').next().unwrap_or_default();
    let fuehrende_null = ganze.len() > 1 && ganze.starts_with('0');
    let mut gruppen = ganze.split('.').skip(1);
    let ist_uhrzeit = |gruppe: &str| gruppe.len() == 2 && ganze.matches('.').count() == 1;
    !fuehrende_null && gruppen.all(|gruppe| gruppe.len() == 3 || ist_uhrzeit(gruppe))
}

fn ist_jahr(wort: &str) -> bool {
    wort.len() == 4
        && wort
            .parse::<u32>()
            .is_ok_and(|jahr| (1900..=2100).contains(&jahr))
}

/// „ABl. L 119“, „des Bieters 2“: small, without a unit, behind a noun and not before one; a count stands before it.
fn ist_name(zeile: &str, davor: &Wort<'_>, wort: &Wort<'_>, danach: &str) -> bool {
    let kern = wort.text.trim_end_matches(['.', ',', ':', ';', '!', '?']);
    let zwischen = zeile.get(davor.von + davor.text.len()..wort.von);
    kern.len() <= 3
        && kern.bytes().all(|b| b.is_ascii_digit())
        && zwischen.is_some_and(|zwischen| zwischen.chars().all(char::is_whitespace))
        && davor.text.starts_with(char::is_uppercase)
        && davor.text.chars().all(|c| c.is_alphabetic() || c == '-')
        && !ZAEHLWOERTER.contains(&davor.text)
        && (kern.len() < wort.text.len() || !danach.starts_with(char::is_uppercase))
        && !matches!(danach, "€" | "%")
}

/// The number of an item or a paragraph: „1. “ or „(1) “ at the beginning of a line.
fn ist_nummer(md: &str, ab: usize, wort: &Wort<'_>) -> bool {
    let von = ab + wort.von;
    let ende = von + wort.text.len();
    let davor = md.get(ab..von).unwrap_or_default().trim_start();
    let danach = md.get(ende..).unwrap_or_default();
    wort.erstes
        && ((davor.is_empty() && wort.text.ends_with('.') && danach.starts_with(' '))
            || (davor == "(" && danach.starts_with(')')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gefunden(text: &str) -> Vec<&str> {
        let zahlen = zahlen(text, 0).into_iter();
        zahlen.map(|zahl| &text[zahl.ganz]).collect()
    }

    #[test]
    fn amounts_shares_counts_and_periods_are_numbers() {
        assert_eq!(
            gefunden("Je 1/8 von 26.625,00 €, das sind 10\u{a0}% oder −3,50 €, ¼ und 0,25 VZÄ."),
            [
                "1/8",
                "26.625,00 €",
                "10\u{a0}%",
                "−3,50 €",
                "¼",
                "0,25 VZÄ"
            ]
        );
        assert_eq!(
            gefunden("binnen 30 Tagen, mit einer Frist von zwölf Monaten; sechs Kommunen"),
            ["30 Tagen", "zwölf Monaten", "sechs"]
        );
        assert_eq!(
            gefunden("tagt zweimal im Jahr, einmal öffentlich"),
            ["zweimal"]
        );
        assert_eq!(gefunden("| **Rat** | 11 | 2 |"), ["11", "2"]);
    }

    #[test]
    fn days_years_and_times_are_none() {
        let text = "Am 30. Oktober 2019 und am 09.11.2021, 8.30 bis 15.30 Uhr, ab 2022, 2021ff.";
        assert_eq!(gefunden(text), [""; 0]);
    }

    #[test]
    fn what_names_a_clause_a_paper_or_a_house_is_none() {
        let text = "Nach §§ 3 bis 5 Abs. 2, Art. 32, 33 und 36, Drucksache 215/21, Rathausplatz 1, 59192 Bergkamen, \
                    65-20-17, 01.05 Daten, A11, [§ 6](#kosten-2)";
        assert_eq!(gefunden(text), [""; 0]);
    }

    #[test]
    fn a_number_that_is_part_of_a_name_or_a_citation_is_none() {
        let text = "Die Verordnung (EU) 2016/679 (ABl. L 119 vom 4. Mai 2016) und das Angebot des Bieters 2 im Los 3, Haus 4.";
        assert_eq!(gefunden(text), [""; 0]);
    }

    #[test]
    fn a_number_before_its_noun_and_a_vote_are_numbers() {
        assert_eq!(
            gefunden("Im Kreis 8 Kommunen, Ja 15, Nein 0, für Strom 12 kWh, im Jahr 5 €."),
            ["8", "15", "0", "12 kWh", "5 €"]
        );
        assert_eq!(gefunden("| Kommunen | 8 | 2 |"), ["8", "2"]);
    }

    #[test]
    fn the_number_of_an_item_is_none() {
        assert_eq!(
            gefunden("1. Zwei Stellen\n(2) In 3 Jahren\n"),
            ["Zwei Stellen", "3 Jahren"]
        );
    }

    #[test]
    fn a_number_at_the_end_of_a_sentence_is_one() {
        assert_eq!(gefunden("Es sind 12."), ["12"]);
        assert_eq!(gefunden("Nach zehn Jahren."), ["zehn Jahren"]);
    }

    #[test]
    fn directives_and_targets_are_no_text() {
        assert_eq!(gefunden("<!-- spalten: 3 5 -->"), [""; 0]);
        assert_eq!(gefunden("![Balken der acht Anteile](bild-7.svg)"), ["acht"]);
    }
}
