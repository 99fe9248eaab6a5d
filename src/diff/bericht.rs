//! A comparison for people: on the terminal, and as Markdown of our dialect.
//!
//! What is taken out and what is put in is told by marks, never by colour alone.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::gruppen::UMGESTELLT;
use super::klasse::{self, UNSICHTBAR};
use super::sinn::BEZEICHNUNG;
use super::{
    Aenderung, Beschlussfrage, Fundstelle, Klasse, Quelle, Sinn, Sinnaenderung, Stellenart,
    Unterschied,
};
use crate::compute::sprache::{Verbindung, aufzaehlung};

/// So many like changes of the matter are told one by one; more are told in one line.
const GLEICHE: usize = 2;
/// Where a change shows at more places of a paper, those that change alike are counted on the terminal.
const JE_PAPIER: usize = 20;
/// The longest piece of text that is shown whole, in characters.
const LAENGSTE: usize = 600;

/// How many changes of each class, and whether they ask for a new decision: one German sentence without a full stop.
pub fn bilanz(unterschied: &Unterschied) -> String {
    if unterschied.ist_leer() {
        return "kein Unterschied".to_owned();
    }
    let wort = |anzahl: usize, stamm: &str| {
        let endung = if anzahl == 1 {
            "e Änderung"
        } else {
            "e Änderungen"
        };
        format!("{anzahl} {stamm}{endung}")
    };
    let (m, r) = (
        unterschied.anzahl(Klasse::Materiell),
        unterschied.anzahl(Klasse::Redaktionell),
    );
    let zahlen = match (m, r) {
        (m, 0) => wort(m, "materiell"),
        (0, r) => wort(r, "redaktionell"),
        (m, r) => format!("{m} materielle, {}", wort(r, "redaktionell")),
    };
    match frage(unterschied) {
        Some(frage) => format!("{zahlen}; {frage}"),
        None => zahlen,
    }
}

fn frage(unterschied: &Unterschied) -> Option<String> {
    match &unterschied.beschluss {
        Beschlussfrage::Unbekannt => None,
        Beschlussfrage::Nein(grund) => Some(format!("neuer Beschluss erforderlich: nein, {grund}")),
        Beschlussfrage::Ja { wegen, .. } => {
            let mut gruende: Vec<&Aenderung> = wegen
                .iter()
                .filter_map(|n| unterschied.aenderungen.iter().find(|a| a.nummer == *n))
                .collect();
            gruende.sort_by_key(|a| rang(a));
            let anlaesse: Vec<String> = gruende
                .iter()
                .take(3)
                .map(|a| {
                    let (wo, warum) = anlass_und_grund(a);
                    let trenner = if warum.is_empty() { "" } else { ", " };
                    format!("{wo} ({warum}{trenner}Nr. {})", a.nummer)
                })
                .collect();
            let mut namen: Vec<&str> = anlaesse.iter().map(String::as_str).collect();
            let weitere = format!("{} weiterer", wegen.len().saturating_sub(namen.len()));
            if wegen.len() > namen.len() {
                namen.push(&weitere);
            }
            Some(format!(
                "neuer Beschluss erforderlich: ja, wegen {}",
                aufzaehlung(&namen, Verbindung::Und)
            ))
        }
    }
}

/// What a change is about, in a few words.
fn anlass(aenderung: &Aenderung) -> String {
    match anlass_und_grund(aenderung) {
        (wo, warum) if warum.is_empty() => wo,
        (wo, warum) => format!("{wo} ({warum})"),
    }
}

/// What a change is about, and where only a place tells that, why it counts.
fn anlass_und_grund(aenderung: &Aenderung) -> (String, String) {
    let ist_anteil = |s: &Sinnaenderung| {
        matches!(s.sinn, Sinn::Betrag | Sinn::Anteil) && !s.gegenstand.starts_with("Jahresbetrag")
    };
    let bester = aenderung
        .sinn
        .iter()
        .min_by_key(|s| (s.sinn.rang(), ist_anteil(s)));
    if let Some(sinn) = bester {
        // What all bear is not named after one of them.
        if ist_anteil(sinn) && aenderung.sinn.iter().filter(|s| ist_anteil(s)).count() > 1 {
            return ("Kostenanteile".to_owned(), String::new());
        }
        // Another name is told with what it names.
        return match (&sinn.alt, sinn.gegenstand.as_str()) {
            (Some(alt), BEZEICHNUNG) => (alt.clone(), "anderer Name".to_owned()),
            _ => (sinn.gegenstand.clone(), String::new()),
        };
    }
    let namenlos = |s: &&Fundstelle| matches!(s.ort.as_str(), "" | "Eingang" | "Kopfdaten");
    let beste = aenderung.stellen.iter().min_by_key(|s| {
        (
            s.klasse,
            // What stands in a clause is agreed; everything else only tells of it.
            !s.ort.starts_with('§'),
            klasse::rang(&s.grund),
            namenlos(s),
            s.papier.contains("auszug"),
        )
    });
    let Some(stelle) = beste else {
        return (aenderung.grund.clone(), String::new());
    };
    let wo = if namenlos(&stelle) {
        stelle.papier.clone()
    } else {
        stelle.ort.clone()
    };
    let warum = stelle.grund.split("; ").next().unwrap_or_default();
    (wo, warum.to_owned())
}

/// Who takes part counts before what is done, that before money and time, those before mere words.
fn rang(aenderung: &Aenderung) -> (u8, usize) {
    let vom_sinn = aenderung.sinn.iter().map(|s| s.sinn.rang()).min();
    let von_stellen = aenderung
        .stellen
        .iter()
        .filter(|s| s.klasse == aenderung.klasse)
        .map(|s| klasse::rang(&s.grund))
        .min();
    let rang = match (vom_sinn, von_stellen) {
        (Some(sinn), Some(stelle)) => sinn.min(stelle),
        (Some(rang), None) | (None, Some(rang)) => rang,
        (None, None) => u8::MAX,
    };
    (rang, aenderung.nummer)
}

/// What stands on top of every form of the report after the balance, each a sentence without a full stop.
pub(super) fn warnungen(unterschied: &Unterschied) -> Vec<String> {
    let mut warnungen = Vec::new();
    if let Beschlussfrage::Ja { beschlossen, .. } = &unterschied.beschluss {
        let namen: Vec<&str> = beschlossen.iter().map(String::as_str).collect();
        warnungen.push(format!(
            "nach dem Beschluss ({}) hat sich Materielles geändert; ob das einen neuen Beschluss braucht, entscheiden die Gremien, nicht dieses Programm",
            aufzaehlung(&namen, Verbindung::Und)
        ));
    }
    warnungen.extend(unterschied.hinweise.iter().cloned());
    warnungen
}

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
        if self.an {
            format!("\u{1b}[31m[-{text}-]\u{1b}[0m")
        } else {
            format!("[-{text}-]")
        }
    }

    fn neu(&self, text: &str) -> String {
        if self.an {
            format!("\u{1b}[32m{{+{text}+}}\u{1b}[0m")
        } else {
            format!("{{+{text}+}}")
        }
    }
}

fn worte(stelle: &Fundstelle, farben: &Farben) -> String {
    let (alt, neu) = (lesbar(&stelle.alt), lesbar(&stelle.neu));
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
                leer(&stelle.alt) || leer(&stelle.neu)
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

/// On one line; directives go, but for those that are text.
fn lesbar(text: &str) -> String {
    let text = &ohne_striche(text);
    let mut lesbar = String::with_capacity(text.len());
    for teil in super::text::zerlege(text) {
        match (anweisungstext(teil), teil.starts_with("<!--")) {
            (Some(worte), _) => lesbar.push_str(&worte),
            (None, true) => {}
            (None, false) => lesbar.push_str(teil),
        }
    }
    einzeilig(&lesbar)
}

/// Without the rules below the heads of tables, which say nothing.
fn ohne_striche(text: &str) -> String {
    let ist_strich = |zeile: &str| {
        zeile.starts_with('|')
            && zeile.contains('-')
            && zeile.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    };
    let zeilen: Vec<&str> = text
        .split('\n')
        .filter(|zeile| !ist_strich(zeile.trim()))
        .collect();
    zeilen.join("\n")
}

/// The words of a directive that readers see: a signature, or the caption of a table or a figure.
fn anweisungstext(teil: &str) -> Option<String> {
    let innen = teil.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    for (name, wort) in [("unterschrift:", "Unterschrift:"), ("titel:", "Titel:")] {
        if let Some(rest) = innen.strip_prefix(name) {
            return Some(format!("{wort}{rest}"));
        }
    }
    None
}

fn einzeilig(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LAENGSTE {
        return text;
    }
    let kurz: String = text.chars().take(LAENGSTE).collect();
    format!("{kurz} …")
}

/// Blank space as one blank each, also at the ends.
fn zusammen(text: &str) -> String {
    let mut kurz = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !kurz.ends_with(' ') {
            kurz.push(c);
        }
    }
    kurz
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
    let (alt, neu) = (nur_text(&stelle.alt), nur_text(&stelle.neu));
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

/// A piece of Markdown as escaped running text: targets of links, emphasis and directives go, the words stay.
pub(super) fn nur_text(markdown: &str) -> String {
    ohne_rand(&nur_text_mit_rand(markdown))
}

/// The same with what stands at its ends.
pub(super) fn nur_text_mit_rand(markdown: &str) -> String {
    let markdown = &ohne_striche(markdown);
    let mut text = String::with_capacity(markdown.len());
    let mut teile = super::text::zerlege(markdown).into_iter().peekable();
    while let Some(teil) = teile.next() {
        if teil == "\\" {
            // What was escaped is text.
            if let Some(naechstes) = teile.next() {
                text.push_str(&sicher(naechstes));
            }
        } else if let Some(worte) = anweisungstext(teil) {
            text.push_str(&sicher(&worte));
        } else if matches!(teil, "**" | "*" | "[" | "`" | "#")
            // It begins a figure.
            || (teil == "!" && teile.peek() == Some(&"["))
            || teil.starts_with("](")
            || teil.starts_with("<!--")
        {
        } else if teil.starts_with('<') && teil.ends_with('>') {
            text.push(' ');
        } else if teil == "|" {
            // Cells stay apart, as they are in the table; a dash may be all that one holds.
            text.push_str(ZELLENTRENNER);
        } else {
            text.push_str(&sicher(teil));
        }
    }
    zusammen(&text)
}

/// What parts cells that stand in one line.
const ZELLENTRENNER: &str = " · ";

/// Without what parts cells at both ends; what parts empty cells counts once.
pub(super) fn ohne_rand(text: &str) -> String {
    let mut worte: Vec<&str> = Vec::new();
    for wort in text.split_whitespace() {
        if wort != "·" || worte.last().is_some_and(|letztes| *letztes != "·") {
            worte.push(wort);
        }
    }
    if worte.last() == Some(&"·") {
        worte.pop();
    }
    worte.join(" ")
}

/// Text that Markdown could read as marks, escaped.
pub(super) fn sicher(text: &str) -> String {
    let mut sicher = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&'
        ) {
            sicher.push('\\');
        }
        sicher.push(if c == '\n' { ' ' } else { c });
    }
    sicher
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_one_line_is_its_cells() {
        let tabelle = "| Jahr | Betrag |\n|---|--:|\n| 2022 | – |\n";
        assert_eq!(nur_text(tabelle), "Jahr · Betrag · 2022 · –");
        assert_eq!(lesbar(tabelle), "| Jahr | Betrag | | 2022 | – |");
    }

    #[test]
    fn a_figure_is_its_description() {
        assert_eq!(nur_text("![Balken](bild.svg)"), "Balken");
    }

    #[test]
    fn empty_cells_are_parted_once() {
        assert_eq!(ohne_rand(" · Rat · · · 3 · "), "Rat · 3");
    }
}
