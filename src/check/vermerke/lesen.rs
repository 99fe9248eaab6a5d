//! Reads the file: each waiver by itself, so that a fault in one leaves the others in force.
//!
//! Where YAML itself stumbles, the rows of the list are read one after the other, all others blanked out; the bytes keep
//! their places, so every fault is told where it stands.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{DATEI, Eintrag, Geschrieben};
use crate::diagnostic::{Befund, Route, Stelle};
use crate::input::place::first_line;
use crate::input::tree::{Kind, Node};
use crate::input::{Scalar, Tree, decode, decode_node, parse};
use crate::source::Source;

/// The list in the file.
const LISTE: &str = "vermerke";

/// Rows times bytes that are read row by row at most: it costs the square of the file.
const HOECHSTENS: usize = 16 * 1024 * 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Datei {
    #[serde(default)]
    #[expect(dead_code, reason = "only its shape is asked for")]
    vermerke: Option<Vec<IgnoredAny>>,
}

/// What somebody wrote, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Gelesen {
    pub(super) vermerke: Vec<Geschrieben>,
    pub(super) befunde: Vec<Befund>,
}

/// Reads all waivers that can be read.
pub(super) fn lies(quelle: &Source) -> Gelesen {
    if quelle.text.trim().is_empty() {
        return Gelesen::nur(leer(quelle));
    }
    match parse(quelle) {
        Ok(baum) => aus_baum(baum),
        Err(befund) => zeilenweise(quelle).unwrap_or_else(|| Gelesen::nur(unlesbar(befund))),
    }
}

/// The same finding, on a file of waivers that cannot be read.
pub fn unlesbar(mut befund: Befund) -> Befund {
    befund.text.push_str("; solange gilt kein Vermerk");
    befund
}

/// Whether a file of the matter is named like the file of waivers, but is not it: `Vermerke.yml`, `vermerke.yaml.txt`, or in
/// a folder below.
pub fn ist_verlegt(pfad: &str) -> bool {
    let name = pfad.rsplit('/').next().unwrap_or(pfad).to_lowercase();
    let name = name.strip_suffix(".txt").unwrap_or(&name);
    pfad != DATEI && matches!(name, "vermerke.yaml" | "vermerke.yml")
}

/// Such a file, by its name in findings.
pub fn verlegt(name: &str) -> Befund {
    let text = format!(
        "die Vermerke dieser Datei gelten nicht: gelesen wird nur „{DATEI}“ im Ordner des Vorgangs"
    );
    Befund::fehler("vermerke-falscher-ort", Stelle::Pfad(name.into()), text)
        .abhilfe(format!("die Datei dorthin legen und „{DATEI}“ nennen"))
}

impl Gelesen {
    fn nur(befund: Befund) -> Self {
        Self {
            vermerke: Vec::new(),
            befunde: vec![befund],
        }
    }

    /// Adds findings; what stands before the rows is found with each of them.
    fn nimm(&mut self, befunde: Vec<Befund>) {
        for befund in befunde {
            if !self.befunde.contains(&befund) {
                self.befunde.push(befund);
            }
        }
    }
}

/// An empty file is no error, but may once have held something.
fn leer(quelle: &Source) -> Befund {
    Befund::hinweis(
        "vermerke-leer",
        Stelle::Pfad(Arc::clone(&quelle.name)),
        "die Datei ist leer und enthält keinen Vermerk",
    )
    .abhilfe("sie löschen oder, wenn hier Vermerke standen, aus der Sicherung holen")
}

fn aus_baum(baum: Tree) -> Gelesen {
    if let Some(befund) = keine_liste(&baum) {
        return Gelesen::nur(befund);
    }
    let baum = Arc::new(baum);
    let (huelle, befunde) = decode::<Datei>(&baum);
    let mut gelesen = Gelesen {
        vermerke: Vec::new(),
        befunde: baum.remarks().to_vec(),
    };
    let liste = baum.root().entry(LISTE).map(|eintrag| &eintrag.value);
    let zeilen = match liste.map(|liste| &liste.kind) {
        Some(Kind::List(zeilen)) => zeilen.as_slice(),
        _ => &[],
    };
    if huelle.is_none() {
        // What the rows say wrong is told with them.
        let in_zeile = |befund: &Befund| zeilen.iter().any(|zeile| steht_in(befund, zeile));
        gelesen
            .befunde
            .extend(befunde.into_iter().filter(|befund| !in_zeile(befund)));
    }
    for (i, zeile) in zeilen.iter().enumerate() {
        if zeile.scalar().is_some_and(Scalar::is_empty) {
            gelesen.befunde.push(ohne_inhalt(&baum, zeile));
            continue;
        }
        let (eintrag, befunde) = decode_node::<Eintrag>(&baum, zeile);
        gelesen.befunde.extend(befunde.into_iter().map(mit_rat));
        gelesen.vermerke.extend(eintrag.map(|eintrag| Geschrieben {
            eintrag,
            route: Route::wurzel(&*baum.source().name).feld(LISTE).index(i),
            baum: Arc::clone(&baum),
        }));
    }
    gelesen
}

/// Waivers that are written without their list: one finding says how to write them.
fn keine_liste(baum: &Tree) -> Option<Befund> {
    let wurzel = baum.root();
    let liste = wurzel.entry(LISTE).map(|eintrag| &eintrag.value);
    let node = match (&wurzel.kind, liste) {
        (Kind::List(_), _) => wurzel,
        (Kind::Map(_), Some(liste)) if liste.entry("regel").is_some() => liste,
        (Kind::Map(_), None) if wurzel.entry("regel").is_some() => wurzel,
        _ => return None,
    };
    let befund = Befund::fehler(
        "falscher-typ",
        baum.stelle(first_line(node)),
        "die Vermerke stehen nicht als Liste unter „vermerke:“; solange gilt keiner",
    );
    Some(befund.abhilfe(
        "in die erste Zeile „vermerke:“ schreiben, darunter jeden Vermerk mit „  - regel: …“ beginnen und seine weiteren Angaben vier Leerzeichen einrücken",
    ))
}

/// A dash and nothing behind it.
fn ohne_inhalt(baum: &Tree, zeile: &Node) -> Befund {
    let stelle = baum.stelle(zeile.range.clone());
    Befund::fehler(
        "leerer-wert",
        stelle,
        "hinter diesem Strich fehlt der Vermerk",
    )
    .abhilfe("den Strich löschen oder die Angaben ergänzen")
}

fn steht_in(befund: &Befund, zeile: &Node) -> bool {
    match &befund.stelle {
        Stelle::Datei { bereich, .. } => {
            zeile.range.start <= bereich.start && bereich.end <= zeile.range.end
        }
        _ => false,
    }
}

/// Nobody can work out a fingerprint by hand.
fn mit_rat(befund: Befund) -> Befund {
    let fehlt = matches!(befund.regel, "fehlender-schluessel" | "leerer-wert");
    if fehlt && befund.text.contains("„deckt“") {
        return befund.abhilfe(
            "den Eintrag löschen und den Befund mit `drucksache vermerken` vermerken; was ein Vermerk deckt, rechnet das Programm aus",
        );
    }
    befund
}

/// Reads the rows one by one; `None` where the fault is not theirs.
fn zeilenweise(quelle: &Source) -> Option<Gelesen> {
    let text = &*quelle.text;
    let zeilen = zeilen(text)?;
    if zeilen.len().saturating_mul(text.len()) > HOECHSTENS {
        return None;
    }
    let kopf = ..zeilen.first()?.start;
    let mut alle = Gelesen::default();
    for zeile in zeilen {
        let mut einzeln = String::with_capacity(text.len());
        einzeln.push_str(text.get(kopf)?);
        einzeln.push_str(&leere(text.get(kopf.end..zeile.start)?));
        einzeln.push_str(text.get(zeile)?);
        let allein = Source::new(Arc::clone(&quelle.name), einzeln);
        match parse(&allein) {
            Ok(baum) => {
                let gelesen = aus_baum(baum);
                alle.vermerke.extend(gelesen.vermerke);
                alle.nimm(gelesen.befunde);
            }
            Err(befund) => alle.nimm(vec![befund]),
        }
    }
    // Together they do not parse, so one of them must have said why; a fault of all of them is the file's.
    let fehler = alle.befunde.iter().filter(|b| b.ist_fehler()).count();
    (fehler > usize::from(alle.vermerke.is_empty())).then_some(alle)
}

/// The same bytes without a word.
fn leere(text: &str) -> String {
    let zeichen = text.bytes();
    zeichen
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// The bytes of each row of the list: from its dash to the next.
pub(super) fn zeilen(text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    let mut at = 0;
    let mut anfaenge: Vec<usize> = Vec::new();
    let mut einzug = None;
    let mut in_liste = false;
    for zeile in text.split_inclusive('\n') {
        let rest = zeile.trim_start();
        let weit = zeile.len() - rest.len();
        if in_liste && (rest.starts_with("- ") || rest.trim_end() == "-") {
            let mit_tabulator = zeile.get(..weit).is_some_and(|e| e.contains('\t'));
            if *einzug.get_or_insert(weit) == weit || mit_tabulator {
                anfaenge.push(at);
            }
        }
        in_liste |= zeile.starts_with(LISTE) && zeile.contains(':');
        at += zeile.len();
    }
    let enden = anfaenge.iter().skip(1).copied().chain([text.len()]);
    let zeilen: Vec<_> = anfaenge
        .iter()
        .copied()
        .zip(enden)
        .map(|(a, b)| a..b)
        .collect();
    (!zeilen.is_empty()).then_some(zeilen)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEIL: &str = "  - regel: a\n    stelle: s\n    grund: g\n    name: n\n    deckt: '1'\n";

    /// The rules of the waivers that hold, and line and name of each finding.
    fn gelesen(text: &str) -> (Vec<String>, Vec<(usize, &'static str)>) {
        let quelle = Source::new("vermerke.yaml", text);
        let gelesen = lies(&quelle);
        let regeln = gelesen.vermerke.iter();
        let befunde = gelesen.befunde.iter().map(|befund| match &befund.stelle {
            Stelle::Datei { bereich, .. } => (quelle.line_column(bereich.start).line, befund.regel),
            _ => (0, befund.regel),
        });
        (
            regeln.map(|v| v.eintrag.regel.to_string()).collect(),
            befunde.collect(),
        )
    }

    #[test]
    fn what_is_no_list_of_waivers_is_an_error_and_covers_nothing() {
        for text in ["vermerke: [", "vermerke:\n  - regel: x\n", "regeln: []\n"] {
            let gelesen = lies(&Source::new("vermerke.yaml", text));
            assert!(gelesen.befunde.iter().any(Befund::ist_fehler), "{text}");
            assert!(gelesen.vermerke.is_empty());
        }
    }

    #[test]
    fn a_faulty_waiver_leaves_the_others_in_force() {
        let b = HEIL.replace("regel: a", "regel: b");
        for (kaputt, zeile, befund) in [
            ("  - regel: x\n    stelle: s\n", 7, "fehlender-schluessel"),
            ("  - nur ein Text\n", 7, "falscher-typ"),
            ("  -\n", 7, "leerer-wert"),
            // What YAML itself refuses.
            ("  - regel: x\n    regel: y\n", 8, "doppelter-schluessel"),
            ("  - regel: 'offen\n", 7, "yaml-syntax"),
            ("\t- regel: x\n", 7, "yaml-syntax"),
        ] {
            let (regeln, befunde) = gelesen(&format!("vermerke:\n{HEIL}{kaputt}{b}"));
            assert_eq!(regeln, ["a", "b"], "{kaputt}");
            assert!(befunde.contains(&(zeile, befund)), "{kaputt}: {befunde:?}");
        }
    }

    #[test]
    fn each_faulty_waiver_is_told_once() {
        let text = format!(
            "vermerke:\n  - regel: x\n    regel: y\n{HEIL}  - regel: z\n    grund: g\n    grund: g\n"
        );
        let (regeln, befunde) = gelesen(&text);
        assert_eq!(regeln, ["a"]);
        assert_eq!(
            befunde,
            [(3, "doppelter-schluessel"), (11, "doppelter-schluessel")]
        );
    }

    #[test]
    fn a_fault_of_the_file_says_that_no_waiver_holds() {
        let gelesen = lies(&Source::new("vermerke.yaml", "vermerke: [\n"));
        assert_eq!(gelesen.befunde.len(), 1);
        assert!(
            gelesen.befunde[0]
                .text
                .ends_with("; solange gilt kein Vermerk")
        );
    }

    #[test]
    fn waivers_without_their_list_are_told_once() {
        let ohne_strich = HEIL.replace("  - ", "    ");
        for text in [
            HEIL.to_owned(),
            ohne_strich.replace("    ", ""),
            format!("vermerke:\n{ohne_strich}"),
        ] {
            let (regeln, befunde) = gelesen(&text);
            assert!(regeln.is_empty(), "{text}");
            let namen: Vec<_> = befunde.iter().map(|(_, name)| *name).collect();
            assert_eq!(namen, ["falscher-typ"], "{text}");
        }
    }

    #[test]
    fn a_file_without_waivers_is_no_error() {
        assert_eq!(gelesen(" \n"), (vec![], vec![(0, "vermerke-leer")]));
        for text in ["# nichts\n", "vermerke:\n", "vermerke: []\n"] {
            assert_eq!(gelesen(text), (vec![], vec![]), "{text}");
        }
    }

    #[test]
    fn a_missing_fingerprint_is_not_asked_of_the_user() {
        let text = format!("vermerke:\n{}", HEIL.replace("    deckt: '1'\n", ""));
        let gelesen = lies(&Source::new("vermerke.yaml", text));
        let abhilfe = gelesen.befunde[0].abhilfe.as_deref().unwrap();
        assert!(abhilfe.contains("rechnet das Programm aus"), "{abhilfe}");
    }
}
