//! Whether a change of words matters: *redaktionell* only where that is certain by form, *materiell* in all other cases.
//!
//! Looks at words and their neighbours alone; what is known of the cause is added by whoever knows it.

use std::collections::{BTreeMap, BTreeSet};

use super::gliederung::{Form, Gliederung, ist_roemisch};
use super::stellen::{Lageplan, Paar, Rohstelle, Stellenart, block_bei};
use super::text::{fussnote, zerlege};
use crate::model::Vorgang;

mod datum;
mod kommas;
mod nummern;
mod spalten;
mod wortlisten;
mod zeichen;

use datum::{ist_datum, ist_derselbe_tag, liegt_im_datum};
use kommas::{KOMMA, Kommas};
use nummern::{Nummern, paragraf_davor};
use spalten::{SPALTE_NEU, SPALTE_WEG, Spalten};
use wortlisten::{GATTUNGEN, MODALE, VERNEINUNG, ist_zahl_oder_zeit};
pub(super) use zeichen::ist_fremdes_ziel;
use zeichen::{FUSSNOTE, fussnote_von, gewicht, ist_anderes_wort_gross, ist_anderes_wort_scharf};

/// How much a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Klasse {
    /// It changes what is agreed or decided, or may do so.
    Materiell,
    /// Spelling, punctuation, numbering, the official form of a name, the order of a list.
    Redaktionell,
}

impl Klasse {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Materiell => "materiell",
            Self::Redaktionell => "redaktionell",
        }
    }
}

/// Why a directive counts little that nobody sees.
pub(super) const UNSICHTBAR: &str = "Satzanweisung";
/// Why blank space counts little that nobody sees.
pub(super) const LEERRAUM: &str = "Leerraum";
/// Why changed words count that no rule knows.
pub(super) const ZWEIFEL: &str = "geänderter Wortlaut; im Zweifel materiell";
/// Why it counts that words of a table stand in another column.
const ANDERE_SPALTE: &str = "andere Tabellenspalte";
/// Why another address counts.
pub(super) const ANSCHRIFT: &str = "Anschrift";

/// How much a reason says, from 0: who takes part before what it costs, that before mere words, addresses last.
pub(super) fn rang(grund: &str) -> u8 {
    match grund {
        "Beteiligte" => 0,
        "Betrag" => 2,
        "Datum" | "Zahl oder Frist" => 3,
        "Zahl" => 4,
        "Verbindlichkeit (kann, soll, muss)" => 5,
        "Verneinung oder Einschränkung" | KOMMA => 6,
        "ein Papier kommt hinzu" | "ein Papier entfällt" => 7,
        "neuer Text" | "Text entfällt" | SPALTE_NEU | SPALTE_WEG | ANDERE_SPALTE => 8,
        ZWEIFEL => 9,
        ANSCHRIFT => 11,
        _ => 10,
    }
}

/// The shortest word that a slip of the pen is looked for in.
const KUERZESTES_WORT: usize = 6;
/// The shortest word that may be unknown in both spellings.
const KUERZESTES_UNBEKANNTES: usize = 8;

/// The shortest run of words with a full stop that is told as a sentence.
const KUERZESTER_SATZ: usize = 4;

/// What is known of the words of both states.
#[derive(Debug, Default)]
pub(super) struct Kenner {
    alte: BTreeSet<String>,
    neue: BTreeSet<String>,
    /// The forms of a body's kind by its name, and how many bodies bear the name.
    namen: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>,
    /// For each pair of papers, what was renumbered in it.
    nummern: Vec<Nummern>,
    /// For each pair of papers, which columns came and went.
    spalten: Vec<Spalten>,
    /// For each pair of papers, where punctuation turns a sentence.
    kommas: Vec<Kommas>,
    /// The texts, by pair of papers and block, that list the same names in another order.
    umgestellt: BTreeSet<(usize, usize)>,
}

impl Kenner {
    pub(super) fn aus(paare: &[Paar], vorgaenge: &[&Vorgang]) -> Self {
        let mut kenner = Self::default();
        for (i, paar) in paare.iter().enumerate() {
            sammle(paar.alter_text(), &mut kenner.alte);
            sammle(paar.neuer_text(), &mut kenner.neue);
            kenner.nummern.push(Nummern::aus(paar));
            kenner.spalten.push(Spalten::aus(paar));
            kenner.kommas.push(Kommas::aus(paar));
            let bloecke = 0..paar.vergleich.bloecke.len();
            let umgestellt = bloecke.filter(|block| ist_umgestellt(paar, *block));
            kenner.umgestellt.extend(umgestellt.map(|block| (i, block)));
        }
        for koerperschaft in vorgaenge.iter().flat_map(|v| v.koerperschaften.values()) {
            let (formen, traeger) = kenner
                .namen
                .entry(koerperschaft.name.to_string())
                .or_default();
            formen.insert(format!(
                "{} {}",
                koerperschaft.schluessel, koerperschaft.gattung
            ));
            formen.insert(format!(
                "{} {}",
                koerperschaft.schluessel,
                koerperschaft.amtsgattung()
            ));
            traeger.insert(koerperschaft.schluessel.to_string());
        }
        kenner
    }

    /// The class of a change, and why.
    pub(super) fn klasse(&self, plan: &Lageplan<'_>, stelle: &Rohstelle) -> (Klasse, &'static str) {
        use Klasse::{Materiell, Redaktionell};
        if let Some(klasse) = klasse_des_ganzen(plan, stelle) {
            return klasse;
        }
        if ist_unsichtbar(plan, stelle) {
            return (Redaktionell, UNSICHTBAR);
        }
        if let Some(grund) = self.spalte(stelle) {
            return (Materiell, grund);
        }
        let (alter_text, neuer_text) = (innen(&stelle.alter_text), innen(&stelle.neuer_text));
        let (mut alte, mut neue) = (inhalt(alter_text), inhalt(neuer_text));
        if plan.form(stelle) == Some(Form::Anweisung) {
            // A caption is compared as a whole; what it says only counts where it differs.
            let gleich = alte.iter().zip(&neue).take_while(|(a, n)| a == n).count();
            (alte, neue) = (alte.split_off(gleich), neue.split_off(gleich));
            while alte.last().is_some() && alte.last() == neue.last() {
                alte.pop();
                neue.pop();
            }
        }
        if alte == neue {
            let unsichtbar = [&stelle.alter_text, &stelle.neuer_text]
                .iter()
                .all(|text| ist_umbruch(text));
            let grund = if unsichtbar { LEERRAUM } else { "Abstand" };
            return (Redaktionell, grund);
        }
        if alte.iter().chain(&neue).all(|teil| ist_auszeichnung(teil)) {
            return (Redaktionell, "Auszeichnung");
        }
        if plan.im_label(stelle) {
            return (Redaktionell, "Umnummerierung");
        }
        if ist_derselbe_tag(&stelle.alter_text, &stelle.neuer_text) {
            return (Redaktionell, "dasselbe Datum in anderer Schreibweise");
        }
        if let Some(grund) = gewicht_der_zeichen(plan, stelle) {
            return (Materiell, grund);
        }
        let alte_worte = worte(&alte);
        let neue_worte = worte(&neue);
        if let (&[alt], &[neu]) = (alte_worte.as_slice(), neue_worte.as_slice())
            && ist_roemisch(alt)
            && ist_roemisch(neu)
            && ist_nummer_der_ueberschrift(plan, stelle)
        {
            return (Redaktionell, "Umnummerierung");
        }
        if alte
            .iter()
            .chain(&neue)
            .all(|teil| fussnote(teil).is_some())
        {
            return (Redaktionell, "Umnummerierung");
        }
        let hat_zellen = alte.iter().chain(&neue).any(|teil| *teil == "|");
        if alte_worte == neue_worte && hat_zellen && plan.form(stelle) == Some(Form::Zeile) {
            return (Materiell, ANDERE_SPALTE);
        }
        if alte_worte == neue_worte {
            let kommas = self.kommas.get(stelle.paar);
            return if kommas.is_some_and(|kommas| kommas.hat(stelle)) {
                (Materiell, KOMMA)
            } else {
                (Redaktionell, "Zeichensetzung")
            };
        }
        if self.ist_umnummerierung(plan, stelle, &alte_worte, &neue_worte) {
            return (Redaktionell, "Umnummerierung");
        }
        if let (&[alt], &[neu]) = (alte_worte.as_slice(), neue_worte.as_slice()) {
            if self.ist_amtsform(plan, stelle, alt, neu) {
                return (Redaktionell, "Amtsform");
            }
            if self.ist_schreibweise(alt, neu) {
                return (Redaktionell, "Schreibweise");
            }
        }
        if self.umgestellt.contains(&(stelle.paar, stelle.block)) {
            return (Redaktionell, "Reihenfolge einer Aufzählung");
        }
        let im_datum = liegt_im_datum(plan.paar.alter_text(), &stelle.alt)
            && liegt_im_datum(plan.paar.neuer_text(), &stelle.neu);
        match (self.grund(&alte_worte, &neue_worte), ganzer_satz(stelle)) {
            ("Zahl" | "Zahl oder Frist" | ZWEIFEL, _) if im_datum => (Materiell, "Datum"),
            // What a whole sentence says is more than the numbers in it.
            (_, Some(grund)) | (grund, None) => (Materiell, grund),
        }
    }

    /// The kind of change of columns that is all that a place shows.
    fn spalte(&self, stelle: &Rohstelle) -> Option<&'static str> {
        self.spalten.get(stelle.paar)?.grund(stelle.block)
    }

    /// What a place shows only together with others: the column of a table, or a footnote and its text.
    pub(super) fn gemeinsam(
        &self,
        plan: &Lageplan<'_>,
        stelle: &Rohstelle,
    ) -> Option<(String, String)> {
        if let Some(grund) = self.spalte(stelle) {
            return Some((grund.to_owned(), plan.ort(stelle)));
        }
        let (alt, neu) = (plan.paar.alter_text(), plan.paar.neuer_text());
        fussnote_von(alt, &stelle.alt)
            .or_else(|| fussnote_von(neu, &stelle.neu))
            .filter(|_| {
                matches!(
                    self.klasse(plan, stelle).1,
                    FUSSNOTE | "neuer Text" | "Text entfällt"
                )
            })
            .map(|worte| (FUSSNOTE.to_owned(), worte))
    }

    fn grund(&self, alte: &[&str], neue: &[&str]) -> &'static str {
        let alle = || alte.iter().chain(neue);
        let hat = |liste: &[&str]| alle().any(|wort| liste.contains(&wort.to_lowercase().as_str()));
        if alle().any(|wort| wort.contains(|c: char| c.is_numeric())) {
            if alle().any(|wort| ist_datum(wort)) {
                "Datum"
            } else {
                "Zahl"
            }
        } else if hat(&MODALE) {
            "Verbindlichkeit (kann, soll, muss)"
        } else if hat(&VERNEINUNG) {
            "Verneinung oder Einschränkung"
        } else if alle().any(|wort| ist_zahl_oder_zeit(&wort.to_lowercase()))
            && !nur_gebeugt(alte, neue)
        {
            "Zahl oder Frist"
        } else if alle().any(|wort| self.namen.contains_key(*wort)) {
            "Beteiligte"
        } else {
            ZWEIFEL
        }
    }

    /// Only the numbers of references to clauses changed, as the clauses themselves were renumbered.
    fn ist_umnummerierung(
        &self,
        plan: &Lageplan<'_>,
        stelle: &Rohstelle,
        alte: &[&str],
        neue: &[&str],
    ) -> bool {
        let (&[alt], &[neu]) = (alte, neue) else {
            return false;
        };
        let (Ok(alt), Ok(neu)) = (alt.parse::<u32>(), neu.parse::<u32>()) else {
            return false;
        };
        let davor = plan
            .paar
            .neuer_text()
            .get(..stelle.neu.start)
            .unwrap_or_default();
        let karte = self.nummern.get(stelle.paar);
        let davor = davor.trim_end();
        if davor.ends_with("Anlage") {
            return karte.is_some_and(|karte| karte.anlagen.get(&alt) == Some(&neu));
        }
        let ist_absatz = davor.ends_with("Abs.") || davor.ends_with("Absatz");
        if !ist_absatz && !davor.ends_with('§') {
            return false;
        }
        if !ist_absatz && plan.form(stelle) == Some(Form::Ueberschrift) {
            return true;
        }
        let ziel = |text: &str, ab: usize| {
            let rest = text.get(ab..)?;
            let (vor, nach) = rest.split_once("](#")?;
            let in_einem_verweis = vor.len() <= 24 && !vor.contains(['[', '\n']);
            in_einem_verweis.then(|| nach.split(')').next().unwrap_or_default().to_owned())
        };
        let alt_ziel = ziel(plan.paar.alter_text(), stelle.alt.end);
        let neu_ziel = ziel(plan.paar.neuer_text(), stelle.neu.end);
        if alt_ziel != neu_ziel {
            return false;
        }
        if alt_ziel.is_some() && !ist_absatz {
            return true;
        }
        // A § of a law stays where it is; one of this text moved as its heading did.
        let danach = plan
            .paar
            .neuer_text()
            .get(stelle.neu.end..)
            .unwrap_or_default();
        let satz = danach.split(['.', ';', '\n']).next().unwrap_or_default();
        let ist_gesetz = satz
            .split(|c: char| !c.is_alphanumeric())
            .take(8)
            .any(|wort| {
                wort.chars().filter(|c| c.is_uppercase()).count() >= 2 || wort.ends_with("gesetzes")
            });
        let Some(karte) = karte.filter(|_| !ist_gesetz) else {
            return false;
        };
        if !ist_absatz {
            return karte.paragrafen.get(&alt) == Some(&neu);
        }
        let absatz = |text: &str, gliederung: &Gliederung, ab: usize, nummer: u32| {
            let davor = text.get(..ab).unwrap_or_default();
            Some((paragraf_davor(davor, gliederung, ab)?, nummer))
        };
        let alter = absatz(plan.paar.alter_text(), &plan.alt, stelle.alt.start, alt);
        let neuer = absatz(plan.paar.neuer_text(), &plan.neu, stelle.neu.start, neu);
        alter.is_some_and(|alter| karte.absaetze.get(&alter) == neuer.as_ref())
    }

    /// Another kind before the name of the same body.
    fn ist_amtsform(&self, plan: &Lageplan<'_>, stelle: &Rohstelle, alt: &str, neu: &str) -> bool {
        let folgt = |text: &str, ab: usize| {
            let rest = text.get(ab..).unwrap_or_default().trim_start();
            rest.split(|c: char| !c.is_alphanumeric() && c != '-')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let name = folgt(plan.paar.neuer_text(), stelle.neu.end);
        if name.is_empty() || name != folgt(plan.paar.alter_text(), stelle.alt.end) {
            return false;
        }
        match self.namen.get(&name) {
            Some((formen, traeger)) => traeger.iter().any(|schluessel| {
                let hat = |form: &str| formen.contains(&format!("{schluessel} {form}"));
                let einer =
                    traeger.len() == 1 && [alt, neu].iter().all(|form| GATTUNGEN.contains(form));
                einer || (hat(alt) && hat(neu))
            }),
            None => false,
        }
    }

    /// A slip of the pen: nearly the same word, and one of the two is a word that no text knows.
    fn ist_schreibweise(&self, alt: &str, neu: &str) -> bool {
        let (a, n) = (alt.to_lowercase(), neu.to_lowercase());
        if umschrift(&a) == umschrift(&n) {
            return !ist_anderes_wort_gross(alt, neu) && !ist_anderes_wort_scharf(alt, neu);
        }
        let empfindlich = |wort: &str| {
            MODALE.contains(&wort) || VERNEINUNG.contains(&wort) || ist_zahl_oder_zeit(wort)
        };
        if empfindlich(&a)
            || empfindlich(&n)
            || [alt, neu]
                .iter()
                .any(|w| w.contains(|c: char| c.is_numeric()))
        {
            return false;
        }
        if [alt, neu].iter().any(|wort| self.namen.contains_key(*wort)) {
            return false;
        }
        let laenge = a.chars().count().max(n.chars().count());
        if laenge < KUERZESTES_WORT
            || strsim::damerau_levenshtein(&a, &n) > 1 + usize::from(laenge >= 12)
        {
            return false;
        }
        let (alt_bleibt, neu_war_da) = (self.neue.contains(alt), self.alte.contains(neu));
        if ist_beugung(&a, &n) {
            return false;
        }
        if alt_bleibt {
            return false;
        }
        neu_war_da || (laenge >= KUERZESTES_UNBEKANNTES && ist_verschreiber(&a, &n))
    }
}

/// The class of a paper or a block that came, went or moved as a whole, and why.
fn klasse_des_ganzen(plan: &Lageplan<'_>, stelle: &Rohstelle) -> Option<(Klasse, &'static str)> {
    use Klasse::{Materiell, Redaktionell};
    Some(match stelle.art {
        Stellenart::PapierNeu => (Materiell, "ein Papier kommt hinzu"),
        Stellenart::PapierWeg => (Materiell, "ein Papier entfällt"),
        Stellenart::Verschoben if im_selben_abschnitt(plan, stelle) => {
            (Redaktionell, "nur verschoben")
        }
        // Under another heading the same words may say something else.
        Stellenart::Verschoben => (Materiell, "in einen anderen Abschnitt verschoben"),
        Stellenart::Neu | Stellenart::Weg if ist_unsichtbar(plan, stelle) => {
            (Redaktionell, UNSICHTBAR)
        }
        // A day in the head of a paper is a day, whether it was there or not.
        Stellenart::Neu | Stellenart::Weg if ist_tag_im_kopf(plan, stelle) => (Materiell, "Datum"),
        Stellenart::Neu => (Materiell, "neuer Text"),
        Stellenart::Weg => (Materiell, "Text entfällt"),
        Stellenart::Wortlaut => return None,
    })
}

/// Why the signs count that changed, wherever they stand; of a directive its words alone.
fn gewicht_der_zeichen(plan: &Lageplan<'_>, stelle: &Rohstelle) -> Option<&'static str> {
    if plan.form(stelle) == Some(Form::Anweisung) {
        let (alt, neu) = (innen(&stelle.alter_text), innen(&stelle.neuer_text));
        return gewicht((alt, &(0..alt.len())), (neu, &(0..neu.len())));
    }
    gewicht(
        (plan.paar.alter_text(), &stelle.alt),
        (plan.paar.neuer_text(), &stelle.neu),
    )
}

/// Whether a line of the head of a paper tells a day: `datum: 15.12.2021`.
fn ist_tag_im_kopf(plan: &Lageplan<'_>, stelle: &Rohstelle) -> bool {
    let zeilen = [&stelle.alter_text, &stelle.neuer_text];
    plan.form(stelle) == Some(Form::Kopf)
        && zeilen.iter().any(|zeile| {
            let wert = zeile.split_once(": ").map(|(_, wert)| wert.trim());
            wert.is_some_and(ist_datum)
        })
}

/// Why it counts that a whole sentence came or went.
fn ganzer_satz(stelle: &Rohstelle) -> Option<&'static str> {
    let ist_satz = |text: &str| {
        text.trim_end().ends_with(['.', '!', '?'])
            && text.split_whitespace().count() >= KUERZESTER_SATZ
    };
    match (stelle.alter_text.trim(), stelle.neuer_text.trim()) {
        ("", neu) if ist_satz(neu) => Some("neuer Text"),
        (alt, "") if ist_satz(alt) => Some("Text entfällt"),
        _ => None,
    }
}

/// The words differ in their endings alone: number or case, which may matter.
fn ist_beugung(a: &str, n: &str) -> bool {
    const ENDUNGEN: [&str; 7] = ["en", "er", "es", "em", "e", "s", "n"];
    let stamm = |wort: &str| {
        ENDUNGEN
            .iter()
            .find_map(|endung| wort.strip_suffix(endung))
            .unwrap_or(wort)
            .to_owned()
    };
    a == stamm(n)
        || n == stamm(a)
        || (stamm(a) == stamm(n) && a != n)
        || a.strip_prefix("un") == Some(n)
        || n.strip_prefix("un") == Some(a)
}

/// One word in another ending: „Jahr“ and „Jahre“ are one number.
fn nur_gebeugt(alte: &[&str], neue: &[&str]) -> bool {
    match (alte, neue) {
        ([alt], [neu]) => ist_beugung(&alt.to_lowercase(), &neu.to_lowercase()),
        _ => false,
    }
}

/// Whether the change is the number with which a heading begins.
fn ist_nummer_der_ueberschrift(plan: &Lageplan<'_>, stelle: &Rohstelle) -> bool {
    let text = plan.paar.neuer_text();
    let davor = text.get(..stelle.neu.start).unwrap_or_default();
    let danach = text.get(stelle.neu.end..).unwrap_or_default();
    let zeile = davor.rsplit('\n').next().unwrap_or_default();
    zeile.starts_with('#')
        && zeile.chars().all(|c| matches!(c, '#' | ' '))
        && danach.starts_with('.')
}

/// A letter inside the word is missing, doubled or swapped; another letter in its place would make another word.
fn ist_verschreiber(a: &str, n: &str) -> bool {
    let (a, n): (Vec<char>, Vec<char>) = (a.chars().collect(), n.chars().collect());
    let gleich_vorn = a.iter().zip(&n).take_while(|(x, y)| x == y).count();
    let gleich_hinten = a
        .iter()
        .rev()
        .zip(n.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let innen = gleich_vorn >= 2 && gleich_hinten >= 1;
    let getauscht = a.len() == n.len() && {
        let mut x = a.clone();
        let mut y = n.clone();
        x.sort_unstable();
        y.sort_unstable();
        x == y
    };
    innen && (a.len() != n.len() || getauscht)
}

/// Umlauts and ß spelled out: „Buerger“ and „Bürger“ are one word in two spellings.
fn umschrift(wort: &str) -> String {
    wort.replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
}

/// Whether a moved block stands under the heading under which it stood.
fn im_selben_abschnitt(plan: &Lageplan<'_>, stelle: &Rohstelle) -> bool {
    let abschnitt = |gliederung: &Gliederung, byte: usize| {
        let block = gliederung.bloecke.get(block_bei(gliederung, byte)?)?;
        let abschnitt = gliederung.abschnitte.get(block.abschnitt)?;
        let name = abschnitt.name();
        Some((abschnitt.schluessel.clone(), name))
    };
    let alter = abschnitt(&plan.alt, stelle.alt.start);
    match (alter, abschnitt(&plan.neu, stelle.neu.start)) {
        // The key outlives a heading that is worded anew.
        (Some((Some(alt), _)), Some((Some(neu), _))) if alt == neu => true,
        (Some((alt, alter_name)), Some((neu, neuer_name))) => {
            (alt.is_none() || neu.is_none()) && alter_name == neuer_name
        }
        (alt, neu) => alt.is_none() && neu.is_none(),
    }
}

fn sammle(text: &str, woerter: &mut BTreeSet<String>) {
    for teil in zerlege(text) {
        if teil.chars().next().is_some_and(char::is_alphabetic) && !woerter.contains(teil) {
            woerter.insert(teil.to_owned());
        }
    }
}

/// Blanks and line breaks that papers set alike; two blanks before a line break force one.
pub(super) fn ist_umbruch(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| matches!(c, ' ' | '\n' | '\t'))
        && !text.contains("  \n")
}

/// The words of a directive, of any other text all of it.
fn innen(text: &str) -> &str {
    let innen = text.trim().strip_prefix("<!--");
    innen.and_then(|t| t.strip_suffix("-->")).unwrap_or(text)
}

/// What is left of a change without blank space.
fn inhalt(text: &str) -> Vec<&str> {
    zerlege(text)
        .into_iter()
        .filter(|teil| !teil.trim().is_empty())
        .collect()
}

fn worte<'t>(teile: &[&'t str]) -> Vec<&'t str> {
    teile
        .iter()
        .copied()
        .filter(|teil| {
            teil.chars()
                .next()
                .is_some_and(|c| c.is_alphanumeric() || "€%§½¼¾".contains(c))
        })
        .collect()
}

/// Marks of the Markdown: emphasis, targets of links, directives.
pub(super) fn ist_auszeichnung(teil: &str) -> bool {
    matches!(teil, "**" | "*" | "_" | "[" | "`" | "#") || teil.starts_with("](#") || ist_marke(teil)
}

/// `<ins>`, `</del>`, `<br>`; an address in angle brackets is none.
fn ist_marke(teil: &str) -> bool {
    let innen = teil.strip_prefix('<').and_then(|t| t.strip_suffix('>'));
    innen.is_some_and(|innen| {
        let name = innen.trim_matches('/').trim();
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// A directive of the layout, the rule below a table's head, or a field of the head that only steers the layout.
fn ist_unsichtbar(plan: &Lageplan<'_>, stelle: &Rohstelle) -> bool {
    let text = if stelle.neuer_text.is_empty() {
        &stelle.alter_text
    } else {
        &stelle.neuer_text
    };
    match plan.form(stelle) {
        // Signatures and captions are text.
        Some(Form::Anweisung) => !text.contains("unterschrift:") && !text.contains("titel:"),
        Some(Form::Zeile) => text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')),
        _ => false,
    }
}

/// Both sides list the same names, and between the first and the last change stands nothing but names and what joins them.
fn ist_umgestellt(paar: &Paar, block: usize) -> bool {
    let Some(block) = paar.vergleich.bloecke.get(block) else {
        return false;
    };
    let (Some(alt), Some(neu)) = (&block.alt, &block.neu) else {
        return false;
    };
    let (alt, neu) = (
        paar.alter_text().get(alt.clone()).unwrap_or_default(),
        paar.neuer_text().get(neu.clone()).unwrap_or_default(),
    );
    if alt == neu {
        return false;
    }
    let (alte, neue) = (inhalt(alt), inhalt(neu));
    let (mut a, mut n) = (worte(&alte), worte(&neue));
    a.sort_unstable();
    n.sort_unstable();
    if a != n {
        return false;
    }
    let vorn = alte.iter().zip(&neue).take_while(|(x, y)| x == y).count();
    let hinten = alte
        .iter()
        .skip(vorn)
        .rev()
        .zip(neue.iter().skip(vorn).rev())
        .take_while(|(x, y)| x == y)
        .count();
    let spanne = neue
        .get(vorn..neue.len().saturating_sub(hinten))
        .unwrap_or_default();
    spanne.iter().all(|teil| {
        matches!(*teil, "," | "und" | "sowie" | "/" | ";")
            || teil.chars().next().is_some_and(char::is_uppercase)
    })
}
