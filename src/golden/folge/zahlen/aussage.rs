//! What a computed value is called, what it was and is: the words of a sentence.

use serde_json::Value;

use super::super::{anders, aufzaehlung, zitat};
use super::wert::Wert;

impl Wert<'_> {
    /// What it is called, in front of its year and behind it.
    fn name(&self) -> (String, String) {
        let name = match self.weg.as_slice() {
            ["schema"] => "Form dieser Datei".to_owned(),
            ["drucksachen", nummer] => format!("Drucksache {nummer}"),
            ["drucksachen", nummer, feld] => match *feld {
                "entscheidungstag" => format!("Entscheidungstag der Drucksache {nummer}"),
                "nichtoeffentlich" => format!("Öffentlichkeit der Drucksache {nummer}"),
                "vereinbarung" => format!("Vereinbarung der Drucksache {nummer}"),
                feld => format!("{feld} der Drucksache {nummer}"),
            },
            ["vereinbarungen", v] => format!("Vereinbarung „{v}“"),
            ["vereinbarungen", v, rest @ ..] => match rest {
                ["rechtsstand"] => format!("Rechtsstand von „{v}“"),
                ["zustaendigkeit", ..] => format!("zuständige Behörde für „{v}“"),
                ["fristen", "eingang"] => format!("Beginn der Fristen von „{v}“"),
                ["fristen", "luecken"] => format!("was für die Fristen von „{v}“ fehlt"),
                ["fristen", ..] => format!("Fristen von „{v}“"),
                ["empfaenger", aufgabe, ..] => format!("Empfänger von „{aufgabe}“"),
                ["kosten", position] => format!("Kosten von „{position}“"),
                ["kosten", position, "anbieter"] => format!("Anbieter von „{position}“"),
                ["kosten", position, "jahre", _, teil @ ..] => {
                    let was = match teil {
                        [] => "Kosten",
                        ["schritte"] => "Rechenweg",
                        ["anteile", ..] => "Anteil",
                        _ => "Beträge",
                    };
                    let woran = match teil {
                        ["anteile", wer] => format!(" von „{wer}“ an „{position}“"),
                        _ => format!(" von „{position}“"),
                    };
                    return (was.to_owned(), woran);
                }
                ["jahre", ..] => "Summe".to_owned(),
                [menge, ..] => format!("{} von „{v}“", mengenname(menge)),
                [] => format!("„{v}“"),
            },
            weg => weg.join("."),
        };
        (name, String::new())
    }

    /// What is to be said of it.
    pub(super) fn aussage(&self) -> Aussage {
        let (vor, nach) = self.name();
        let aussage = |was: String, gedruckt: Option<String>| Aussage {
            vor: vor.clone(),
            nach: nach.clone(),
            was,
            gedruckt,
        };
        let (Some(alt), Some(neu)) = (self.alt, self.neu) else {
            let was = if self.alt.is_none() {
                "neu"
            } else {
                "entfallen"
            };
            return aussage(was.to_owned(), None);
        };
        match (self.weg.last(), alt, neu) {
            (Some(&"schritte"), Value::Array(alt), Value::Array(neu)) => {
                let mut aussage =
                    aussage(format!("{} Schritte statt {}", neu.len(), alt.len()), None);
                if alt.len() == neu.len() {
                    aussage.nimm_schritt(alt, neu);
                }
                aussage
            }
            (_, Value::Array(_), Value::Array(_)) => {
                let (dazu, weg) = self.wechsel();
                let teile: Vec<String> = [("dazu", dazu), ("ohne", weg)]
                    .into_iter()
                    .filter(|(_, werte)| !werte.is_empty())
                    .map(|(wie, werte)| {
                        let werte: Vec<String> = werte.into_iter().map(wort).collect();
                        format!("{wie} {}", aufzaehlung(&werte))
                    })
                    .collect();
                if teile.is_empty() {
                    return aussage("in anderer Reihenfolge".to_owned(), None);
                }
                aussage(teile.join(", "), None)
            }
            (_, Value::Bool(_), Value::Bool(nicht)) => {
                let was = if *nicht {
                    "nichtöffentlich statt öffentlich"
                } else {
                    "öffentlich statt nichtöffentlich"
                };
                aussage(was.to_owned(), None)
            }
            _ => aussage(
                format!("{} statt {}", wort(neu), wort(alt)),
                neu.as_str().map(str::to_owned),
            ),
        }
    }
}

/// What is to be said of a value.
#[derive(PartialEq)]
pub(super) struct Aussage {
    /// Its name as far as it stands in front of the year.
    vor: String,
    /// The rest of its name.
    nach: String,
    /// What it is and what it was.
    was: String,
    /// How papers print what it is.
    pub(super) gedruckt: Option<String>,
}

impl Aussage {
    /// Names the first step of a calculation that is another: the later ones follow from it.
    fn nimm_schritt(&mut self, alt: &[Value], neu: &[Value]) {
        let mut paare = alt.iter().zip(neu).filter(|(a, b)| a != b);
        let Some((alt, neu)) = paare.next().and_then(|(a, b)| a.as_str().zip(b.as_str())) else {
            return;
        };
        let titel = |schritt: &str| schritt.split_once(": ").map(|(titel, _)| titel.to_owned());
        if let Some(titel) = titel(neu).filter(|neu| titel(alt).as_ref() == Some(neu)) {
            self.vor = titel;
        }
        let (mut war, mut ist) = anders(ohne_ergebnis(alt), ohne_ergebnis(neu));
        if war.is_empty() || ist.is_empty() {
            (war, ist) = (ohne_ergebnis(alt).to_owned(), ohne_ergebnis(neu).to_owned());
        }
        self.gedruckt = Some(ist.clone());
        let einheit = [" €", " %"].into_iter().find(|einheit| {
            alt.contains(&format!("{war}{einheit}")) && neu.contains(&format!("{ist}{einheit}"))
        });
        match einheit {
            Some(einheit) => {
                war.push_str(einheit);
                ist.push_str(einheit);
            }
            // A factor says what it is only beside what it is multiplied with.
            None => {
                let ohne_titel = |schritt: &str| {
                    let schritt = ohne_ergebnis(schritt);
                    let schritt = schritt.split_once(": ").map_or(schritt, |(_, rest)| rest);
                    schritt.to_owned()
                };
                (war, ist) = (ohne_titel(alt), ohne_titel(neu));
            }
        }
        self.was = format!("{ist} statt {war}");
    }

    /// A sentence, with the years for which it holds.
    pub(super) fn satz(&self, jahre: &[&str]) -> String {
        let jahre = match jahre {
            [] => String::new(),
            jahre => format!(" {}", aufzaehlung(jahre)),
        };
        format!("{}{jahre}{}: {}", self.vor, self.nach, self.was)
    }
}

/// A step of a calculation without its result.
fn ohne_ergebnis(schritt: &str) -> &str {
    let ergebnis = schritt.rfind(" = ").or_else(|| schritt.rfind(" ≈ "));
    ergebnis.map_or(schritt, |at| &schritt[..at])
}

/// What a set is called.
pub(super) fn mengenname(menge: &str) -> &str {
    match menge {
        "parteien" => "Parteien",
        "bestand" => "Bestand",
        "beitritt" => "Beitritt",
        "anwender" => "Anwender",
        "empfaenger" => "Empfänger",
        andere => andere,
    }
}

fn wort(wert: &Value) -> String {
    match wert {
        // Days, amounts and shares need no quotation marks.
        Value::String(text) if text.chars().all(|c| !c.is_alphabetic()) => text.clone(),
        Value::String(text) => zitat(text),
        Value::Null => "unbekannt".to_owned(),
        wert => wert.to_string(),
    }
}
