//! Tera's errors as German findings at their places in the users' files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use tera::{Error, ErrorKind, ReportError};

use super::engine::Geladen;
use super::instrument::Uebermass;
use super::namen::Unbekannt;
use crate::diagnostic::{Befund, Stelle};
use crate::input::suggest;
use crate::source::FileName;

/// Said by the budget of loops.
pub(super) const ZU_VIELE_SCHLEIFEN: &str = "die Schleifen und Einbindungen laufen hier zu oft";
/// Said where a text or list grows beyond its budget.
pub(super) const ZU_GROSSER_WERT: &str =
    "hier entsteht ein zu langer Text oder eine zu lange Liste";
/// Said where a filter gets nothing to work on: `undefined` in Tera's words.
pub(super) const OHNE_WERT: &str = "the value is undefined";
/// Said by `range`.
pub(super) const ZU_LANGE_REIHE: &str = "`range` darf höchstens 1000 Werte ergeben";
/// Said by the filter `lang`.
pub(super) const KEIN_DATUM: &str = "`lang` braucht ein Datum wie 09.11.2021";

/// Said by the filter `roemisch`.
pub(super) const KEINE_ROEMISCHE: &str = "`roemisch` braucht eine ganze Zahl von 1 bis 3999";

/// A finding from an error that the template `name` raised.
pub(super) fn befund(
    fehler: &Error,
    name: &str,
    geladen: &BTreeMap<String, Arc<Geladen>>,
) -> Befund {
    match fehler.kind() {
        ErrorKind::SyntaxError(bericht) => aus_bericht("vorlage-syntax", bericht, name, geladen),
        ErrorKind::RenderingError(bericht) => {
            aus_bericht("vorlage-ausdruck", bericht, name, geladen)
        }
        ErrorKind::Io(_) => Befund::fehler(
            "vorlage-zu-gross",
            stelle(name, 0, 0, geladen),
            "diese Vorlage schreibt mehr Text, als in ein Papier passt",
        )
        .abhilfe("die Schleifen der Vorlage prüfen"),
        ErrorKind::CircularInclude { include_chain, .. } => im_kreis(name, include_chain, geladen),
        ErrorKind::CircularExtend {
            inheritance_chain, ..
        } => im_kreis(name, inheritance_chain, geladen),
        ErrorKind::MissingParent { parent, .. } => {
            fehlende_vorlage(parent, stelle(name, 0, 0, geladen))
        }
        ErrorKind::TemplateNotFound(fehlend) => {
            fehlende_vorlage(fehlend, stelle(name, 0, 0, geladen))
        }
        _ => aus_meldung(&fehler.to_string(), name, geladen),
    }
}

/// Where an error came of an expression without a value: the template, the bytes of its marked text, and the field that
/// was asked for, empty where the error does not say it.
pub(super) fn ohne_wert<'a>(
    fehler: &'a Error,
    name: &'a str,
) -> Option<(&'a str, Range<usize>, &'a str)> {
    let ErrorKind::RenderingError(bericht) = fehler.kind() else {
        return None;
    };
    let meldung = bericht.message();
    let feld = match meldung.split('`').collect::<Vec<_>>().as_slice() {
        ["Field " | "Variable ", feld, ..] => feld,
        _ if meldung.contains("undefined") => "",
        _ => return None,
    };
    let wo = match bericht.filename() {
        "" => name,
        datei => datei,
    };
    Some((wo, bericht.span().range.clone(), feld))
}

/// The findings of templates that could not be loaded, without those that only follow from another: a template that
/// includes one of the others. Where nothing else is left, they include each other in a circle.
pub(super) fn ohne_folgefehler(befunde: Vec<Befund>, offen: &[&str]) -> Vec<Befund> {
    let folge = |befund: &Befund| {
        befund.regel == "vorlage-fehlt"
            && offen
                .iter()
                .any(|name| befund.text.contains(&format!("„{name}“")))
    };
    if befunde.iter().all(folge) {
        return befunde
            .into_iter()
            .map(|befund| {
                Befund::fehler(
                    "vorlage-im-kreis",
                    befund.stelle,
                    format!(
                        "die Vorlagen binden sich im Kreis ein: {}",
                        offen.join(", ")
                    ),
                )
                .abhilfe("eine der Einbindungen entfernen")
            })
            .take(1)
            .collect();
    }
    befunde
        .into_iter()
        .filter(|befund| !folge(befund))
        .collect()
}

/// The finding on a template that is not given to Tera.
pub(super) fn uebermass(was: Uebermass, stelle: Stelle) -> Befund {
    match was {
        Uebermass::Tag => Befund::fehler(
            "vorlage-syntax",
            stelle,
            "diese Klammer wird nicht oder erst sehr viel später geschlossen",
        )
        .abhilfe("die schließende Klammer }} oder %} ergänzen"),
        Uebermass::Zweige => Befund::fehler(
            "vorlage-zu-gross",
            stelle,
            "diese Bedingung hat mehr Zweige mit „elif“, als gelesen werden können",
        )
        .abhilfe("die Bedingung aufteilen oder die Fälle als Angaben in eine Liste schreiben"),
    }
}

fn im_kreis(name: &str, kette: &[String], geladen: &BTreeMap<String, Arc<Geladen>>) -> Befund {
    Befund::fehler(
        "vorlage-im-kreis",
        stelle(name, 0, 0, geladen),
        format!(
            "die Vorlagen binden sich im Kreis ein: {}",
            kette.join(" → ")
        ),
    )
    .abhilfe("eine der Einbindungen entfernen")
}

fn fehlende_vorlage(name: &str, stelle: Stelle) -> Befund {
    Befund::fehler(
        "vorlage-fehlt",
        stelle,
        format!("die Vorlage „{name}“ gibt es nicht"),
    )
    .abhilfe("den Namen prüfen; eingebunden werden Dateien aus templates/ und texte/")
}

fn aus_bericht(
    regel: &'static str,
    bericht: &ReportError,
    name: &str,
    geladen: &BTreeMap<String, Arc<Geladen>>,
) -> Befund {
    let wo = if bericht.filename().is_empty() {
        name
    } else {
        bericht.filename()
    };
    let spanne = &bericht.span().range;
    let stelle = stelle(wo, spanne.start, spanne.end, geladen);
    let mut befund = uebersetzt(regel, bericht.message(), stelle);
    for (einbinder, bereich) in kette(name, wo, geladen) {
        befund = befund.dazu(
            Stelle::Datei {
                datei: einbinder,
                bereich,
            },
            "eingebunden von hier",
        );
    }
    befund
}

/// The finding with one way on which its template is included, the last include first.
pub(super) fn eingebunden(
    mut befund: Befund,
    name: &str,
    geladen: &BTreeMap<String, Arc<Geladen>>,
) -> Befund {
    let mut gesehen = BTreeSet::from([name]);
    let mut hier = name;
    while let Some((einbinder, vorlage, bereich)) = geladen.iter().find_map(|(wer, vorlage)| {
        let (_, bereich) = vorlage.einbindungen.iter().find(|(ziel, _)| ziel == hier)?;
        Some((wer, vorlage, bereich))
    }) {
        if !gesehen.insert(einbinder) {
            break;
        }
        let stelle = Stelle::Datei {
            datei: vorlage.datei(),
            bereich: bereich.clone(),
        };
        befund = befund.dazu(stelle, "eingebunden von hier");
        hier = einbinder;
    }
    befund
}

/// The includes that lead from one template to another, the last one first: file and bytes of each.
fn kette(
    von: &str,
    nach: &str,
    geladen: &BTreeMap<String, Arc<Geladen>>,
) -> Vec<(FileName, Range<usize>)> {
    // The shortest way, found breadth first; each name is looked at once.
    let mut woher: BTreeMap<&str, (&str, Range<usize>)> = BTreeMap::new();
    let mut offen = VecDeque::from([von]);
    while let Some(hier) = offen.pop_front() {
        for (ziel, bereich) in geladen
            .get(hier)
            .iter()
            .flat_map(|vorlage| &vorlage.einbindungen)
        {
            if ziel != von && !woher.contains_key(ziel.as_str()) {
                woher.insert(ziel, (hier, bereich.clone()));
                offen.push_back(ziel);
            }
        }
    }
    let mut kette = Vec::new();
    let mut hier = nach;
    while let Some((einbinder, bereich)) = woher.get(hier) {
        if let Some(vorlage) = geladen.get(*einbinder) {
            kette.push((vorlage.datei(), bereich.clone()));
        }
        hier = einbinder;
    }
    kette
}

/// Errors that Tera hands over as text alone: several reports, each with its place in its second line.
fn aus_meldung(meldung: &str, name: &str, geladen: &BTreeMap<String, Arc<Geladen>>) -> Befund {
    let text = meldung.lines().next().unwrap_or_default();
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let ort = meldung
        .lines()
        .nth(1)
        .and_then(|zeile| zeile.trim_start().strip_prefix("--> "))
        .and_then(|ort| {
            let (rest, spalte) = ort.rsplit_once(':')?;
            let (datei, zeile) = rest.rsplit_once(':')?;
            Some((datei, zeile.parse().ok()?, spalte.parse().ok()?))
        });
    let stelle = match ort {
        Some((datei, zeile, spalte)) => {
            let offset = geladen
                .get(datei)
                .map_or(0, |vorlage| vorlage.offset(zeile, spalte));
            let ende = geladen
                .get(datei)
                .map_or(offset, |vorlage| vorlage.wortende(offset));
            stelle(datei, offset, ende, geladen)
        }
        None => stelle(name, 0, 0, geladen),
    };
    uebersetzt("vorlage-ausdruck", text, stelle)
}

fn stelle(name: &str, von: usize, bis: usize, geladen: &BTreeMap<String, Arc<Geladen>>) -> Stelle {
    match geladen.get(name) {
        Some(vorlage) => {
            let (datei, start) = vorlage.ort(von);
            let (_, ende) = vorlage.ort(bis.max(von));
            Stelle::Datei {
                datei,
                bereich: start..ende.max(start),
            }
        }
        None => Stelle::Pfad(name.into()),
    }
}

/// The filters that authors may want.
pub(super) const FILTER: [&str; 40] = [
    "abs",
    "capitalize",
    "default",
    "einzeilig",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "lang",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "roemisch",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
/// The functions that authors may want.
pub(super) const FUNKTIONEN: [&str; 5] = ["absatz", "paragraf", "range", "recht", "verweis"];

/// „Found x but expected y“ in German.
fn statt(meldung: &str) -> String {
    let (da, erwartet) = meldung
        .trim_start_matches("Found ")
        .trim_end_matches('.')
        .split_once(" but expected ")
        .unwrap_or_default();
    let deutsch = |zeichen: &str| {
        let zeichen = zeichen
            .trim_start_matches("one of ")
            .trim_start_matches("one of: ");
        let worte = zeichen
            .split(", ")
            .flat_map(|teil| teil.split(" or "))
            .map(|wort| match wort.trim_matches('`') {
                "identifier" | "an identifier" | "ident" => "ein Name".to_owned(),
                "string" | "a string" => "ein Text in Anführungszeichen".to_owned(),
                "integer" | "an integer" | "float" => "eine Zahl".to_owned(),
                "bool" | "a bool" => "true oder false".to_owned(),
                "end of input" => "das Ende".to_owned(),
                wort => format!("„{wort}“"),
            });
        worte.collect::<Vec<_>>().join(" oder ")
    };
    format!(
        "hier steht {}, erwartet wird {}",
        deutsch(da),
        deutsch(erwartet)
    )
}

/// A finding on a name that no facts could answer to.
pub(super) fn unbekannter_name(stelle: Stelle, unbekannt: &Unbekannt) -> Befund {
    let Unbekannt { name, bekannt, .. } = unbekannt;
    if unbekannt.ist_sammlung {
        let (text, abhilfe) = if bekannt.is_empty() {
            (
                format!("„{name}“ ist kein Text, sondern hat mehrere Einträge"),
                "die Einträge mit {% for … %} durchgehen".to_owned(),
            )
        } else {
            (
                format!("„{name}“ ist kein Text, sondern eine Gruppe von Angaben"),
                format!("eine davon nennen: {}", bekannt.join(", ")),
            )
        };
        return Befund::fehler("vorlage-ausdruck", stelle, text).abhilfe(abhilfe);
    }
    let text = if unbekannt.ist_erster {
        format!("den Namen „{name}“ gibt es hier nicht")
    } else {
        format!("das Feld „{name}“ gibt es hier nicht")
    };
    let befund = Befund::fehler("vorlage-ausdruck", stelle, text);
    match suggest::nearest(name, bekannt.iter().map(String::as_str)) {
        Some(aehnlich) => befund.abhilfe(format!("meinten Sie „{aehnlich}“?")),
        None if bekannt.is_empty() => befund.abhilfe("den Punkt und das Feld dahinter entfernen"),
        None => befund.abhilfe(format!("bekannt sind hier: {}", bekannt.join(", "))),
    }
}

fn unbekannt(
    regel: &'static str,
    stelle: Stelle,
    text: String,
    name: &str,
    bekannte: &[&str],
) -> Befund {
    let befund = Befund::fehler(regel, stelle, text);
    match suggest::nearest(name, bekannte.iter().copied()) {
        Some(aehnlich) => befund.abhilfe(format!("meinten Sie „{aehnlich}“?")),
        None => befund.abhilfe(format!("es gibt {}", bekannte.join(", "))),
    }
}

/// The message in German where it is a common one, else quoted.
fn uebersetzt(regel: &'static str, meldung: &str, stelle: Stelle) -> Befund {
    let name = meldung.split('`').nth(1).unwrap_or_default();
    let bekannte = meldung
        .split_once("Available fields: ")
        .or_else(|| meldung.split_once("Available variables: "))
        .map_or(Vec::new(), |(_, liste)| liste.trim().split(", ").collect());
    let namen = |text: String| {
        let befund = Befund::fehler(regel, stelle.clone(), text);
        match suggest::nearest(name, bekannte.iter().copied()) {
            Some(aehnlich) => befund.abhilfe(format!("meinten Sie „{aehnlich}“?")),
            None if bekannte.is_empty() => befund.abhilfe("den Namen prüfen"),
            None => befund.abhilfe(format!("bekannt sind hier: {}", bekannte.join(", "))),
        }
    };
    match meldung {
        ZU_VIELE_SCHLEIFEN => Befund::fehler(regel, stelle, meldung)
            .abhilfe("Schleifen in Schleifen und vielfach verschachtelte Einbindungen auflösen"),
        ZU_LANGE_REIHE | KEIN_DATUM | KEINE_ROEMISCHE => {
            Befund::fehler(regel, stelle, meldung).abhilfe("den Ausdruck an dieser Stelle prüfen")
        }
        ZU_GROSSER_WERT => {
            Befund::fehler(regel, stelle, meldung).abhilfe("Texte und Listen nicht in einer Schleife verlängern")
        }
        _ if meldung.starts_with("Unexpected end of input") => {
            Befund::fehler(regel, stelle, "hier endet der Text, aber etwas ist noch offen").abhilfe(
                "die schließende Klammer }} oder %} ergänzen, oder das {% endif %}, {% endfor %} oder {% endset %}",
            )
        }
        _ if meldung.starts_with("Found ") && meldung.contains(" but expected ") => {
            Befund::fehler(regel, stelle, statt(meldung))
                .abhilfe("Klammern und Anführungszeichen an dieser Stelle prüfen")
        }
        _ if meldung.starts_with("Unexpected character") => {
            Befund::fehler(regel, stelle, "dieses Zeichen versteht ein Ausdruck nicht").abhilfe(
                "Texte in einem Ausdruck in gerade Anführungszeichen setzen ('…'), keine typografischen",
            )
        }
        _ if meldung.starts_with("Cannot divide by 0") => {
            Befund::fehler(regel, stelle, "dieser Ausdruck teilt durch null")
                .abhilfe("den Ausdruck an dieser Stelle prüfen")
        }
        _ if meldung.starts_with("Maximum render recursion") => {
            Befund::fehler(regel, stelle, "dieser Baustein ruft sich immer wieder selbst auf")
                .abhilfe("den Aufruf aus dem Baustein entfernen")
        }
        _ if meldung.ends_with("exists but its value is undefined") => Befund::fehler(
            regel,
            stelle,
            format!("der Wert, den „{name}“ hier haben soll, fehlt in den Daten"),
        )
        .abhilfe(format!(
            "die Angabe in den Daten ergänzen, oder die Stelle mit {{% if {name} %}} … {{% endif %}} umschließen"
        )),
        _ if meldung.starts_with("Variable `") => {
            namen(format!("den Namen „{name}“ gibt es hier nicht"))
        }
        _ if meldung.starts_with("Field `anteil`") => Befund::fehler(
            regel,
            stelle,
            "das Feld „anteil“ gibt es nur, wo die Genannten alle Kosten zu gleichen Teilen tragen",
        )
        .abhilfe("den Anteil weglassen; nach welchem Schlüssel verteilt wird, sagt `kosten.<Position>.schluessel`"),
        _ if meldung.starts_with("Field `") => {
            namen(format!("das Feld „{name}“ gibt es hier nicht"))
        }
        _ if meldung.starts_with("Unknown filter") => {
            let text = format!("den Filter „{name}“ gibt es nicht");
            unbekannt(regel, stelle, text, name, &FILTER)
        }
        _ if meldung.starts_with("Unknown function") => {
            let text = format!("die Funktion „{name}“ gibt es nicht");
            unbekannt(regel, stelle, text, name, &FUNKTIONEN)
        }
        _ if meldung.starts_with("Unknown test") => {
            namen(format!("den Test „{name}“ gibt es nicht"))
        }
        _ if meldung.starts_with("Unknown template") => fehlende_vorlage(name, stelle),
        _ if meldung == OHNE_WERT
            || meldung.starts_with("Tried to render a variable that is undefined") =>
        {
            Befund::fehler(regel, stelle, "dieser Ausdruck hat keinen Wert")
                .abhilfe("den Namen prüfen oder die Angabe in den Daten ergänzen")
        }
        _ => {
            let text = if regel == "vorlage-syntax" {
                "diese Stelle der Vorlage ist nicht zu verstehen"
            } else {
                "dieser Ausdruck der Vorlage lässt sich nicht auswerten"
            };
            let original = meldung.split_whitespace().collect::<Vec<_>>().join(" ");
            let original = original.trim_end_matches('.');
            Befund::fehler(
                regel,
                stelle,
                format!("{text}. Originalmeldung: {original}"),
            )
            .abhilfe("Klammern und Anführungszeichen an dieser Stelle prüfen")
        }
    }
}
