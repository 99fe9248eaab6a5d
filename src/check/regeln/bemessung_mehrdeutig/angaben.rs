//! Figures that a paper gives for what costs rest on are those of the data: the share of the post, the share of the flat for
//! Sachkosten, the key.

use std::str::FromStr;

use super::super::super::{Blatt, Passage, Protokoll};
use super::UEBLICH;
use crate::input::Bruch;
use crate::model::Vereinbarung;
use crate::model::kosten::{Arbeitsplatz, Kostenposition, Verteilung};
use crate::model::vereinbarung::Auslagenverteilung;

/// Words of a sentence that tells how it was, will be or is elsewhere, beside those that [`UEBLICH`] has for all figures.
const ANDERSWO: [&str; 10] = [
    "bisher*",
    "zunächst",
    "künftig*",
    "geprüft",
    "statt",
    "anstatt",
    "nicht",
    "wurde",
    "wurden",
    "Beispiel*",
];

/// Words behind a share of a post.
const STELLE: [&str; 6] = [
    "Vollzeitäquivalent*",
    "Vollzeitstelle*",
    "Vollzeitkraft",
    "VZÄ",
    "Vollzeit-Stelle*",
    "Stellenanteil*",
];

/// Words behind a share of the flat.
const SACHKOSTEN: [&str; 3] = ["Sachkosten*", "Sachkostenpauschale*", "Pauschale"];

/// What words for a key mean, by the name of the key.
const SCHLUESSEL: [(&str, &str); 13] = [
    ("nach Einwohnern", "einwohner"),
    ("nach der Einwohnerzahl", "einwohner"),
    ("nach Einwohnerzahlen", "einwohner"),
    ("nach den Einwohnerzahlen", "einwohner"),
    ("im Verhältnis der Einwohner*", "einwohner"),
    ("nach Fallzahlen", "fallzahlen"),
    ("nach den Fallzahlen", "fallzahlen"),
    ("nach der Zahl der Fälle", "fallzahlen"),
    ("nach der Zahl der Lizenzen", "lizenzen"),
    ("nach Lizenzen", "lizenzen"),
    ("nach festen Quoten", "quoten"),
    ("nach Quoten", "quoten"),
    ("zu gleichen Teilen", "gleiche-teile"),
];

/// Words with which a sum is shared.
const VERTEILT: [&str; 10] = [
    "verteilt",
    "verteilen",
    "aufgeteilt",
    "umgelegt",
    "getragen",
    "tragen",
    "trägt",
    "erstattet",
    "erstatten",
    "zahlen",
];

/// Words of a sentence that says how the costs of the post are made up: other posts are no figures of the matter.
const KOSTENARTEN: [&str; 3] = ["Sachkosten*", "Gemeinkosten*", "Aufwendungen"];

/// What is shared.
const KOSTEN: [&str; 6] = [
    "Kosten",
    "Aufwendungen",
    "Jahresbetrag*",
    "Gesamtkosten",
    "Personalkosten",
    "Fachadministration",
];

/// Each figure that somebody typed is one of the data.
pub(super) fn pruefe(
    blatt: &Blatt<'_>,
    vereinbarung: &Vereinbarung,
    positionen: &[&Kostenposition],
    protokoll: &mut Protokoll<'_>,
) {
    let plaetze: Vec<&Arbeitsplatz> = positionen
        .iter()
        .filter_map(|position| position.arbeitsplatz.as_ref())
        .collect();
    let stellen: Vec<&Bruch> = plaetze
        .iter()
        .flat_map(|platz| {
            let besetzt = platz.besetzung.iter();
            let besetzt = besetzt.filter_map(|b| b.stellenanteil.as_ref().map(|umfang| &umfang.0));
            besetzt.chain([&platz.stellenanteil.0])
        })
        .collect();
    let sachkosten: Vec<&Bruch> = plaetze.iter().map(|platz| &platz.sachkosten).collect();
    let schluessel = schluessel(vereinbarung, positionen);
    if positionen.is_empty() {
        return;
    }
    let worte = STELLE.iter().chain(&SACHKOSTEN).copied();
    let worte = worte.chain(SCHLUESSEL.iter().map(|(worte, _)| *worte));
    for satz in blatt.alles().saetze_mit(worte) {
        let hat_stelle = !stellen.is_empty() && satz.sagt(&STELLE);
        let hat_sachkosten = !sachkosten.is_empty() && satz.sagt(&SACHKOSTEN);
        let genannt = anderer_schluessel(&satz, &schluessel);
        let nennt_nichts = !hat_stelle && !hat_sachkosten && genannt.is_none();
        if nennt_nichts || satz.sagt(&ANDERSWO) || satz.sagt(&UEBLICH) {
            continue;
        }
        let von_der_aufgabe = blatt.papier.art == "vereinbarung" && satz.enthaelt("Stellenanteil*")
            || satz.sagt(&KOSTENARTEN)
            || positionen.iter().any(|position| {
                let aufgabe = vereinbarung.aufgaben.get(&position.aufgabe);
                aufgabe.is_some_and(|a| satz.enthaelt(&a.bezeichnung.einzeilig()))
            });
        if hat_stelle
            && von_der_aufgabe
            && let Some((stelle, _)) = falscher(&satz, &STELLE, &stellen)
        {
            melde(
                &stelle,
                "Stellenanteil",
                &stellen,
                "stellenanteil",
                protokoll,
            );
        }
        if hat_sachkosten && let Some((stelle, _)) = falscher(&satz, &SACHKOSTEN, &sachkosten) {
            melde(
                &stelle,
                "Anteil an den Sachkosten",
                &sachkosten,
                "sachkosten",
                protokoll,
            );
        }
        if let Some(stelle) = genannt {
            let wortlaut = positionen
                .first()
                .map_or("", |position| position.schluessel.wortlaut());
            protokoll
                .melde(
                    &stelle,
                    format!("hier steht „{}“; nach den Angaben wird {wortlaut} verteilt", stelle.text()),
                )
                .abhilfe("den Satz prüfen und durch einen Ausdruck ersetzen, oder `schlüssel` berichtigen");
        }
    }
}

fn melde(
    stelle: &Passage<'_>,
    was: &str,
    richtige: &[&Bruch],
    feld: &str,
    protokoll: &mut Protokoll<'_>,
) {
    let Some(richtiger) = richtige.last() else {
        return;
    };
    // As somebody wrote it: 0,75 is answered by 0,25, 1/3 by 1/4.
    let dezimal = richtiger.dezimal().filter(|_| stelle.text().contains(','));
    let richtiger = dezimal.unwrap_or_else(|| richtiger.to_string());
    protokoll
        .melde(
            stelle,
            format!(
                "hier steht „{}“; nach den Angaben beträgt der {was} {richtiger}",
                stelle.text()
            ),
        )
        .abhilfe(format!(
            "die Zahl prüfen und durch einen Ausdruck ersetzen, oder `{feld}` berichtigen"
        ));
}

/// The keys by which the agreement shares anything.
fn schluessel(vereinbarung: &Vereinbarung, positionen: &[&Kostenposition]) -> Vec<&'static str> {
    let auslagen = vereinbarung.aufgaben.values().flat_map(|a| &a.auslagen);
    let auslagen = auslagen
        .filter(|auslage| auslage.verteilung == Auslagenverteilung::GleicheTeile)
        .map(|_| Verteilung::GleicheTeile.name());
    let positionen = positionen.iter().map(|position| position.schluessel.name());
    positionen.chain(auslagen).collect()
}

/// Words for a key that the agreement has nowhere.
fn anderer_schluessel<'b>(satz: &Passage<'b>, schluessel: &[&str]) -> Option<Passage<'b>> {
    let stelle = SCHLUESSEL
        .iter()
        .filter(|(_, name)| !schluessel.contains(name))
        .find_map(|(worte, _)| satz.finde(worte).next())?;
    let hier = satz.teilsatz_um(&stelle);
    (hier.sagt(&VERTEILT) && satz.sagt(&KOSTEN)).then_some(stelle)
}

/// A fraction next to one of the words that is none of these: „0,75 Vollzeitäquivalent“, „Stellenanteil von 0,75“, „1/3 der
/// Sachkosten“, „Anteil von 1/3 an der Sachkostenpauschale“.
fn falscher<'b>(
    satz: &Passage<'b>,
    worte: &[&str],
    richtige: &[&Bruch],
) -> Option<(Passage<'b>, Bruch)> {
    let text = satz.text();
    let stellen = worte.iter().flat_map(|worte| satz.finde(worte));
    stellen.into_iter().find_map(|wort| {
        let von = satz.versatz(&wort);
        let davor = text.get(..von)?;
        let danach = text.get(von + wort.text().len()..)?;
        let ist_anteil = wort.text().starts_with("Stellenanteil");
        let bereich = if ist_anteil {
            let rest = danach.strip_prefix(" von ")?;
            let lang = rest.find(' ').unwrap_or(rest.len());
            let lang = rest
                .get(..lang)?
                .trim_end_matches([',', ';', '.', ')'])
                .len();
            let anfang = text.len() - rest.len();
            anfang..anfang + lang
        } else {
            let mut rest = davor.trim_end();
            // Between a fraction and what it is of at most two small words stand.
            for fuellwort in ["an der", "an den", "der", "des", "einer", "eines"] {
                if let Some(ohne) = rest.strip_suffix(fuellwort)
                    && ohne.ends_with(' ')
                {
                    rest = ohne.trim_end();
                    break;
                }
            }
            let von = rest.rfind([' ', '(']).map_or(0, |at| at + 1);
            von..rest.len()
        };
        let zahl = text.get(bereich.clone())?;
        // A bare whole number may count posts, and „Nummer 3“ counts paragraphs.
        let ist_bruch = zahl.starts_with(|c: char| c.is_ascii_digit()) && zahl.contains([',', '/']);
        let wert = Bruch::from_str(zahl).ok().filter(|_| ist_bruch)?;
        (!richtige.contains(&&wert)).then(|| (satz.teil(bereich), wert))
    })
}
