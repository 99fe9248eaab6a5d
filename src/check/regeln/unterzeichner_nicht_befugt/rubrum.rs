//! The offices by which the head of an agreement lets its parties be represented: „Stadt Selm, vertreten durch den
//! Kämmerer“.

use std::collections::BTreeMap;

use super::super::super::{Blatt, Lage, Passage, Protokoll};
use super::{befugt, vertritt_allgemein};
use crate::compute::sprache::zahlwort;
use crate::diagnostic::Stelle;
use crate::input::Datum;
use crate::model::koerperschaft::{Kasus, Koerperschaft, Vertretung};
use crate::model::vereinbarung::Vereinbarung;

/// Words that lead to the office.
const VERTRETEN: &str = "vertreten durch";

/// Articles before an office.
const ARTIKEL: [&str; 6] = ["den", "die", "ihren", "ihre", "seinen", "seine"];

/// What each office that represents a Kreis or a municipality is, whatever it is called there.
const OBERBEGRIFF: &str = "auptverwaltungsbeamt";
/// How many words the name of a party has at most.
const NAME: usize = 6;

/// An office that represents none of these parties.
struct Falsch<'b, 'l> {
    amt: Passage<'b>,
    ort: Option<Stelle>,
    erste: &'l Koerperschaft,
    weitere: usize,
}

/// Reports offices in the head of the agreement that do not represent the party before them; once for each place that
/// somebody wrote, however many parties it is printed for.
pub(super) fn pruefe(lage: &Lage<'_>, vereinbarung: &Vereinbarung, protokoll: &mut Protokoll<'_>) {
    let (Some(blatt), Some(beteiligte)) = (
        lage.blatt_der_vereinbarung(vereinbarung),
        lage.beteiligte(vereinbarung),
    ) else {
        return;
    };
    if !blatt.alles().enthaelt(VERTRETEN) {
        return;
    }
    let mut parteien: BTreeMap<String, &Koerperschaft> = BTreeMap::new();
    for partei in beteiligte.parteien.iter() {
        let formen = partei.namensformen().into_iter();
        parteien.extend(formen.map(|form| (form, partei)));
    }
    let tag = lage.vorgang.rechtsstand(vereinbarung);
    let mut falsche: Vec<Falsch<'_, '_>> = Vec::new();
    for zeile in kopf(blatt) {
        let mut von = 0;
        for stelle in zeile.finde(VERTRETEN) {
            let hier = zeile.versatz(&stelle);
            let davor = zeile.text().get(von..hier).unwrap_or_default();
            von = hier + stelle.text().len();
            let Some(partei) = letzte_partei(davor, &parteien) else {
                continue;
            };
            let Some(amt) = amt(&zeile, von) else {
                continue;
            };
            if amt.text().contains(OBERBEGRIFF) || darf(lage, partei, tag, amt.text()) {
                continue;
            }
            let ort = amt.ort();
            match falsche.last_mut() {
                Some(letzter) if ort.is_some() && letzter.ort == ort => letzter.weitere += 1,
                _ => falsche.push(Falsch {
                    amt,
                    ort,
                    erste: partei,
                    weitere: 0,
                }),
            }
        }
    }
    let wann = tag.map(|tag| format!(" am {tag}")).unwrap_or_default();
    for falsch in falsche {
        let wen = lage.name(falsch.erste, Kasus::Akkusativ);
        let wen = match falsch.weitere {
            0 => wen,
            1 => format!("{wen} und eine weitere Partei"),
            n => format!("{wen} und {} weitere Parteien", zahlwort(n)),
        };
        protokoll
            .melde(
                &falsch.amt,
                format!(
                    "„{VERTRETEN} {}“: dieses Amt vertritt {wen}{wann} nicht",
                    falsch.amt.text()
                ),
            )
            .abhilfe("das Amt nehmen, das in den Stammdaten unter `vertretung` steht, am besten mit {{ partei.amt.akkusativ }}");
    }
}

/// The lines before the first clause; none where no clause says where the head ends.
fn kopf<'b>(blatt: &'b Blatt<'_>) -> Vec<Passage<'b>> {
    let mut kopf = Vec::new();
    for zeile in blatt.alles().zeilen() {
        if zeile.text().starts_with("§ ") || zeile.text().starts_with("Präambel") {
            return kopf;
        }
        kopf.push(zeile);
    }
    Vec::new()
}

/// The party that a text names last.
fn letzte_partei<'l>(
    text: &str,
    parteien: &BTreeMap<String, &'l Koerperschaft>,
) -> Option<&'l Koerperschaft> {
    let worte: Vec<&str> = text
        .split_whitespace()
        .map(|wort| wort.trim_end_matches([',', ';', ':', '.', ')']))
        .collect();
    let anfaenge = (0..worte.len()).rev();
    anfaenge.into_iter().find_map(|i| {
        let hoechstens = NAME.min(worte.len() - i);
        (1..=hoechstens)
            .rev()
            .find_map(|lang| parteien.get(&worte.get(i..i + lang)?.join(" ")).copied())
    })
}

/// The office that stands here: an article and a noun, up to a comma or bracket. A name alone tells no office.
fn amt<'b>(zeile: &Passage<'b>, von: usize) -> Option<Passage<'b>> {
    let rest = zeile.text().get(von..)?;
    let anfang = rest.len() - rest.trim_start().len();
    let ende = rest
        .find([',', ';', '(', ')', '–', '.', '\t'])
        .unwrap_or(rest.len());
    let worte = rest.get(anfang..ende)?.trim_end();
    let mut einzeln = worte.split_whitespace();
    let artikel = einzeln.next()?;
    let nomen = einzeln.next()?;
    let ist_amt = ARTIKEL.contains(&artikel)
        && nomen.starts_with(char::is_uppercase)
        && !matches!(nomen, "Herrn" | "Herr" | "Frau");
    ist_amt.then(|| zeile.teil(von + anfang..von + anfang + worte.len()))
}

/// Whether an office as printed may represent a party; nobody knows where the base data name none.
fn darf(lage: &Lage<'_>, partei: &Koerperschaft, tag: Option<Datum>, worte: &str) -> bool {
    let klein = worte.to_lowercase();
    let vertretung = partei.vertretung_zu(tag);
    let Some(vertretung) = vertretung.filter(|v: &&Vertretung| !v.ist_ersatz()) else {
        return true;
    };
    let aemter = befugt(vertretung);
    let mut aemter = aemter
        .iter()
        .filter_map(|schluessel| lage.vorgang.aemter.get(schluessel))
        .peekable();
    aemter.peek().is_none()
        || vertritt_allgemein(&klein)
        || klein.contains("allgemeine")
        || klein.contains("ersten beigeordneten")
        || aemter.any(|amt| {
            let nomen = amt.nominativ.as_str().split(|c: char| !c.is_alphabetic());
            let mut nomen = nomen.filter(|wort| wort.starts_with(char::is_uppercase));
            nomen.any(|wort| klein.contains(stamm(&wort.to_lowercase())))
        })
}

/// What an office is called whoever holds it: „Bürgermeisterin“ and „Bürgermeister“, „Landrätin“ and „Landrat“ are one.
fn stamm(wort: &str) -> &str {
    if wort.contains("bürgermeister") {
        "bürgermeister"
    } else if wort.starts_with("landr") {
        "landr"
    } else {
        wort.strip_suffix("in").unwrap_or(wort)
    }
}
