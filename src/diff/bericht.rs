//! A comparison for people: on the terminal, and as Markdown of our dialect.
//!
//! What is taken out and what is put in is told by marks, never by colour alone.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::gruppen::UMGESTELLT;
use super::klasse::UNSICHTBAR;
use super::{Aenderung, Fundstelle, Klasse, Quelle, Sinnaenderung, Stellenart, Unterschied};

mod bilanz;
mod lesbar;

use bilanz::anlass;
pub use bilanz::bilanz;
pub(super) use bilanz::warnungen;
pub(super) use lesbar::{
    fussnote_in_worten, nur_text, nur_text_mit_rand, ohne_rand, sicher, wortlos,
};
use lesbar::{lesbar, zusammen};

/// So many like changes of the matter are told one by one; more are told in one line.
const GLEICHE: usize = 2;
/// Where a change shows at more places of a paper, those that change alike are counted on the terminal.
const JE_PAPIER: usize = 20;

/// The report for the terminal.
pub fn text(unterschied: &Unterschied, farbig: bool) -> String {
    let farben = Farben { an: farbig };
    let mut text = format!(
        "{} → {}\n{}\n",
        unterschied.alt,
        unterschied.neu,
        bilanz(unterschied)
    );
    for warnung in warnungen(unterschied) {
        let _ = writeln!(text, "Hinweis: {warnung}");
    }
    for aenderung in &unterschied.aenderungen {
        text.push('\n');
        let klasse = farben.fett(aenderung.klasse.name());
        let _ = writeln!(
            text,
            "{}. {klasse} ({}) · {}",
            aenderung.nummer,
            aenderung.grund,
            ursache(aenderung)
        );
        for quelle in &aenderung.ursache.quellen {
            let _ = writeln!(text, "   {}", self::quelle(quelle));
        }
        for zeile in sinn(&aenderung.sinn) {
            let _ = writeln!(text, "   = {zeile}");
        }
        let (einzeln, gezaehlt) = gezeigte(aenderung);
        let je_papier = super::gruppiert(einzeln.into_iter().map(|s| (s.papier.as_str(), s)));
        for (papier, stellen) in je_papier {
            // Of many places that change alike the first tells.
            let mut gesehen = BTreeSet::new();
            let viele = stellen.len() > JE_PAPIER;
            let (erste, gleiche): (Vec<&Fundstelle>, Vec<&Fundstelle>) = stellen
                .into_iter()
                .partition(|s| gesehen.insert((s.alt.trim(), s.neu.trim())) || !viele);
            for stelle in erste {
                let _ = writeln!(text, "   - {}: {}", wo(stelle), worte(stelle, &farben));
            }
            if !gleiche.is_empty() {
                let _ = writeln!(
                    text,
                    "   - {papier}: {} weitere Stellen mit denselben Änderungen (alle mit --format md)",
                    gleiche.len()
                );
            }
        }
        for zeile in gezaehlt {
            let _ = writeln!(text, "   - {zeile}");
        }
    }
    text
}

/// The places of a change that are shown one by one, and a line for many that only follow from it.
fn gezeigte(aenderung: &Aenderung) -> (Vec<&Fundstelle>, Vec<String>) {
    let folge = |grund: &str| match grund {
        "Umnummerierung" => Some("nur umnummeriert"),
        // Where nothing but the order changed, it is what there is to show.
        UMGESTELLT if aenderung.klasse == Klasse::Materiell => Some("nur in anderer Reihenfolge"),
        _ => None,
    };
    let sichtbare = || aenderung.stellen.iter().filter(|s| s.grund != UNSICHTBAR);
    let anzahl = |wort: &str| {
        let gleiche = sichtbare().filter(|s| folge(&s.grund) == Some(wort));
        gleiche.count()
    };
    let viele: Vec<(&str, usize)> = ["nur umnummeriert", "nur in anderer Reihenfolge"]
        .into_iter()
        .map(|wort| (wort, anzahl(wort)))
        .filter(|(_, anzahl)| *anzahl > GLEICHE)
        .collect();
    let einzeln: Vec<&Fundstelle> = sichtbare()
        .filter(|s| viele.iter().all(|(wort, _)| folge(&s.grund) != Some(*wort)))
        .collect();
    let weitere = if einzeln.is_empty() { "" } else { "weitere " };
    let zeilen = viele.iter();
    let zeilen = zeilen.map(|(wort, anzahl)| format!("{weitere}{anzahl} Stellen, {wort}"));
    (einzeln, zeilen.collect())
}

/// What is put in and taken out, as marks and, on a terminal, as colours too.
struct Farben {
    an: bool,
}

impl Farben {
    fn fett(&self, text: &str) -> String {
        if self.an {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn weg(&self, text: &str) -> String {
        let text = &abgesetzt(text, '-');
        if self.an {
            format!("\u{1b}[31m[-{text}-]\u{1b}[0m")
        } else {
            format!("[-{text}-]")
        }
    }

    fn neu(&self, text: &str) -> String {
        let text = &abgesetzt(text, '+');
        if self.an {
            format!("\u{1b}[32m{{+{text}+}}\u{1b}[0m")
        } else {
            format!("{{+{text}+}}")
        }
    }
}

/// A hyphen within the marks of what is gone would be taken for one of them.
fn abgesetzt(text: &str, zeichen: char) -> String {
    if text.starts_with(zeichen) || text.ends_with(zeichen) {
        format!("„{text}“")
    } else {
        text.to_owned()
    }
}

fn worte(stelle: &Fundstelle, farben: &Farben) -> String {
    let (alt, neu) = (lesbar(&stelle.alt), lesbar(&stelle.neu));
    if alt.is_empty()
        && neu.is_empty()
        && let Some((alt, neu)) = wortlos(&stelle.alt, &stelle.neu)
    {
        let mut worte = zusammen(&stelle.vorher);
        if !alt.is_empty() {
            worte.push_str(&farben.weg(&alt));
        }
        if !neu.is_empty() {
            worte.push_str(&farben.neu(&neu));
        }
        worte.push_str(&zusammen(&stelle.nachher));
        return worte;
    }
    match stelle.art {
        Stellenart::Verschoben => format!("verschoben (bisher {}): {neu}", stelle.bisher),
        Stellenart::PapierNeu => format!("neues Papier „{neu}“"),
        Stellenart::PapierWeg => "das Papier entfällt".to_owned(),
        _ => {
            let mut worte = zusammen(&stelle.vorher);
            let letzter = if neu.is_empty() {
                &stelle.alt
            } else {
                &stelle.neu
            };
            let leer = |text: &str| text.starts_with(char::is_whitespace);
            let beginnt_leer = if alt.is_empty() {
                leer(&stelle.neu) || (neu.is_empty() && leer(&stelle.alt))
            } else {
                leer(&stelle.alt)
            };
            if beginnt_leer && !worte.is_empty() && !worte.ends_with(' ') {
                worte.push(' ');
            }
            if !alt.is_empty() {
                worte.push_str(&farben.weg(&alt));
            }
            if !neu.is_empty() {
                if !alt.is_empty() && !beginnt_leer && leer(&stelle.neu) {
                    worte.push(' ');
                }
                worte.push_str(&farben.neu(&neu));
            }
            // Blank space that came or went with the words stands outside of the marks.
            let endet_leer = letzter.ends_with(char::is_whitespace)
                || (!neu.is_empty() && stelle.alt.ends_with(char::is_whitespace));
            if endet_leer && folgt_wort(&stelle.nachher) {
                worte.push(' ');
            }
            worte.push_str(&zusammen(&stelle.nachher));
            worte
        }
    }
}

/// Whether what follows is set off by a blank.
fn folgt_wort(text: &str) -> bool {
    let erstes = text.chars().next();
    erstes.is_some_and(|c| c.is_alphanumeric() || matches!(c, '|' | '€' | '%' | '§' | '(' | '„'))
}

/// Paper and place: „vereinbarung, § 6 Abs. 3“.
pub(super) fn wo(stelle: &Fundstelle) -> String {
    if stelle.ort.is_empty() {
        stelle.papier.clone()
    } else {
        format!("{}, {}", stelle.papier, stelle.ort)
    }
}

fn ursache(aenderung: &Aenderung) -> String {
    aenderung.ursache.art.wortlaut().to_owned()
}

/// `nutzung.yaml:9 nutzung[9]: neu { … }`
pub(super) fn quelle(quelle: &Quelle) -> String {
    let ort = if quelle.ort.zeile > 0 {
        format!("{}:{}", quelle.ort.datei, quelle.ort.zeile)
    } else {
        quelle.ort.datei.clone()
    };
    let pfad = if quelle.pfad.is_empty() {
        String::new()
    } else {
        format!(" {}", quelle.pfad)
    };
    let werte = match (&quelle.alt, &quelle.neu) {
        _ if quelle.umgestellt => ": andere Reihenfolge".to_owned(),
        (Some(alt), Some(neu)) => format!(": {alt} → {neu}"),
        (None, Some(neu)) => format!(": neu {neu}"),
        (Some(alt), None) => format!(": entfällt {alt}"),
        (None, None) => String::new(),
    };
    format!("{ort}{pfad}{werte}")
}

/// The changes of the matter itself, like ones in one line.
pub(super) fn sinn(aenderungen: &[Sinnaenderung]) -> Vec<String> {
    let gleiche = super::gruppiert(aenderungen.iter().map(|a| {
        (
            (
                a.sinn,
                a.alt.clone(),
                a.neu.clone(),
                a.alt.is_some() && a.neu.is_some(),
            ),
            a,
        )
    }));
    let mut zeilen = Vec::new();
    for ((_, alt, neu, geaendert), gruppe) in gleiche {
        match (gruppe.as_slice(), alt, neu) {
            ([erste, rest @ ..], Some(alt), Some(neu)) if geaendert && rest.len() >= GLEICHE => {
                zeilen.push(format!(
                    "{} und {} weitere: {alt} → {neu}",
                    erste.gegenstand,
                    rest.len()
                ));
            }
            (alle, ..) => zeilen.extend(alle.iter().map(|a| a.satz())),
        }
    }
    zeilen
}

/// The report as Markdown of our dialect.
pub fn markdown(unterschied: &Unterschied) -> String {
    let mut md = format!(
        "# Änderungen: {} gegenüber {}\n\n**{}**\n",
        sicher(&unterschied.neu),
        sicher(&unterschied.alt),
        sicher(&bilanz(unterschied))
    );
    for warnung in warnungen(unterschied) {
        let _ = write!(md, "\nHinweis: {}\n", sicher(&warnung));
    }
    for klasse in [Klasse::Materiell, Klasse::Redaktionell] {
        let eigene: Vec<_> = unterschied
            .aenderungen
            .iter()
            .filter(|a| a.klasse == klasse)
            .collect();
        if eigene.is_empty() {
            continue;
        }
        let titel = match klasse {
            Klasse::Materiell => "Materielle Änderungen",
            Klasse::Redaktionell => "Redaktionelle Änderungen",
        };
        let _ = write!(md, "\n## {titel}\n");
        for aenderung in eigene {
            let _ = write!(
                md,
                "\n### Nr. {}: {}\n",
                aenderung.nummer,
                sicher(&anlass(aenderung))
            );
            let _ = write!(md, "\nUrsache: {}", aenderung.ursache.art.wortlaut());
            for quelle in &aenderung.ursache.quellen {
                let _ = write!(md, "; {}", sicher(&self::quelle(quelle)));
            }
            let _ = write!(
                md,
                ". Einordnung: {} ({}).\n\n",
                klasse.name(),
                sicher(&aenderung.grund)
            );
            for zeile in sinn(&aenderung.sinn) {
                let _ = writeln!(md, "- {}", sicher(&zeile));
            }
            let (einzeln, gezaehlt) = gezeigte(aenderung);
            for stelle in einzeln {
                let _ = writeln!(md, "- {}: {}", sicher(&wo(stelle)), worte_md(stelle));
            }
            for zeile in gezaehlt {
                let _ = writeln!(md, "- {zeile}");
            }
        }
    }
    md
}

/// The words of a place with `<del>` and `<ins>`.
pub(super) fn worte_md(stelle: &Fundstelle) -> String {
    let (mut alt, mut neu) = (nur_text(&stelle.alt), nur_text(&stelle.neu));
    if alt.is_empty()
        && neu.is_empty()
        && let Some(gezeigt) = wortlos(&stelle.alt, &stelle.neu)
    {
        (alt, neu) = (sicher(&gezeigt.0), sicher(&gezeigt.1));
    }
    match stelle.art {
        Stellenart::Verschoben => format!("verschoben (bisher {}): {neu}", sicher(&stelle.bisher)),
        Stellenart::PapierNeu => format!("neues Papier „{}“", sicher(&stelle.neu)),
        Stellenart::PapierWeg => "das Papier entfällt".to_owned(),
        _ => {
            let mut worte = nur_text_mit_rand(&stelle.vorher);
            let rand = |text: &str, hinten: bool| {
                if hinten {
                    text.ends_with(char::is_whitespace)
                } else {
                    text.starts_with(char::is_whitespace)
                }
            };
            if (rand(&stelle.alt, false) || rand(&stelle.neu, false)) && !worte.ends_with(' ') {
                worte.push(' ');
            }
            if !alt.is_empty() {
                let _ = write!(worte, "<del>{alt}</del>");
            }
            if !alt.is_empty() && !neu.is_empty() {
                worte.push(' ');
            }
            if !neu.is_empty() {
                let _ = write!(worte, "<ins>{neu}</ins>");
            }
            if (rand(&stelle.alt, true) || rand(&stelle.neu, true)) && folgt_wort(&stelle.nachher) {
                worte.push(' ');
            }
            worte.push_str(&nur_text_mit_rand(&stelle.nachher));
            ohne_rand(&worte)
        }
    }
}
