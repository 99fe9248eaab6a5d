//! What a set of matters leaves untried: places of templates that no paper reaches, rules that find nothing.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;

use crate::check::REGELN;
use crate::diagnostic::Befund;
use crate::source::FileName;
use crate::template::Abdeckung;
use crate::template::abdeckung::{Art, Quote, Stelle, Zweig};

/// Most places of one template that are listed for people.
const HOECHSTENS: usize = 12;

/// What a set of matters tries.
#[derive(Debug, Clone, Default)]
pub struct Satzabdeckung {
    vorlagen: Abdeckung,
    gefunden: BTreeSet<&'static str>,
    /// Matters of which nothing is known, as the user named them.
    ohne: Vec<String>,
}

impl Satzabdeckung {
    /// Adds a matter: what it reaches of the templates, and what the rules found in it.
    pub fn nimm(&mut self, vorlagen: Abdeckung, pruefung: &[Befund]) {
        self.vorlagen.vereine(vorlagen);
        // A rule that could not look has found nothing.
        let gefunden = pruefung.iter().filter(|b| !b.ist_nicht_pruefbar());
        self.gefunden.extend(gefunden.map(|befund| befund.regel));
    }

    /// Leaves a matter out: its papers could not be made.
    pub fn ohne(&mut self, pfad: &str) {
        self.ohne.push(pfad.to_owned());
    }

    /// The rules that found nothing in any matter, by name.
    fn ungeprueft(&self) -> Vec<&'static str> {
        REGELN
            .iter()
            .map(|regel| regel.name)
            .filter(|name| !self.gefunden.contains(name))
            .collect()
    }

    fn regeln(&self) -> Quote {
        Quote {
            erreicht: REGELN.len() - self.ungeprueft().len(),
            gesamt: REGELN.len(),
        }
    }

    /// For people: a line for each sort, then the templates with what is not reached.
    pub fn text(&self) -> String {
        let mut text = String::from("Abdeckung\n");
        // Writing to a string cannot fail.
        for (name, quote) in [
            ("eigene Vorlagen", self.vorlagen.quote(false)),
            ("mitgelieferte Vorlagen", self.vorlagen.quote(true)),
        ] {
            if quote.gesamt > 0 {
                let _ = writeln!(
                    text,
                    "  {name}: {} von {} Stellen und Zweigen erreicht ({} %)",
                    quote.erreicht,
                    quote.gesamt,
                    quote.prozent()
                );
            }
        }
        let regeln = self.regeln();
        let _ = writeln!(
            text,
            "  Regeln: {} von {} haben etwas gefunden ({} %)",
            regeln.erreicht,
            regeln.gesamt,
            regeln.prozent()
        );
        if !self.ohne.is_empty() {
            let _ = writeln!(
                text,
                "  nicht mitgezählt, weil es sich nicht setzen lässt: {}",
                self.ohne.join(", ")
            );
        }
        for (eingebaut, datei, quote) in self.vorlagen.vorlagen() {
            self.vorlage(eingebaut, &datei, quote, &mut text);
        }
        let ungeprueft = self.ungeprueft();
        if !ungeprueft.is_empty() {
            let _ = writeln!(
                text,
                "Regeln, die in keinem Vorgang etwas gefunden haben: {}",
                ungeprueft.join(", ")
            );
        }
        text
    }

    fn vorlage(&self, eingebaut: bool, datei: &FileName, quote: Quote, text: &mut String) {
        if quote.erreicht == quote.gesamt {
            return;
        }
        let mitgeliefert = if eingebaut { " (mitgeliefert)" } else { "" };
        let _ = writeln!(text, "{datei}{mitgeliefert}: {} %", quote.prozent());
        if quote.erreicht == 0 {
            text.push_str("  kein Vorgang braucht diese Vorlage\n");
            return;
        }
        let gruppen = gruppen(
            self.vorlagen
                .unerreicht()
                .filter(|stelle| stelle.eingebaut == eingebaut && stelle.datei == *datei),
        );
        for gruppe in gruppen.iter().take(HOECHSTENS) {
            let _ = writeln!(text, "  {gruppe}");
        }
        if gruppen.len() > HOECHSTENS {
            let _ = writeln!(text, "  … und {} weitere", gruppen.len() - HOECHSTENS);
        }
    }

    /// For machines, as the README has it.
    pub(super) fn json(&self) -> AbdeckungJson {
        let dateien = self.vorlagen.vorlagen().into_iter();
        AbdeckungJson {
            ohne: self.ohne.clone(),
            eigene: self.vorlagen.quote(false).into(),
            mitgelieferte: self.vorlagen.quote(true).into(),
            vorlagen: dateien
                .map(|(eingebaut, datei, quote)| VorlageJson {
                    unerreicht: self
                        .vorlagen
                        .unerreicht()
                        .filter(|s| s.eingebaut == eingebaut && s.datei == datei)
                        .map(StelleJson::aus)
                        .collect(),
                    datei: datei.to_string(),
                    mitgeliefert: eingebaut,
                    quote: quote.into(),
                })
                .collect(),
            regeln: RegelnJson {
                quote: self.regeln().into(),
                unerreicht: self.ungeprueft(),
            },
        }
    }
}

/// The places in words; neighbouring lines of plain text and expressions are one.
fn gruppen<'a>(stellen: impl Iterator<Item = &'a Stelle>) -> Vec<String> {
    let stellen: Vec<_> = stellen.collect();
    let vorbei: BTreeSet<_> = stellen
        .iter()
        .filter(|stelle| stelle.art == Art::Zweig(Zweig::Vorbei))
        .map(|stelle| (stelle.zeile, stelle.spalte))
        .collect();
    // A condition of which neither outcome is reached was never asked: it lies in what is not reached itself.
    let nie_gefragt: BTreeSet<_> = stellen
        .iter()
        .filter(|stelle| stelle.art == Art::Zweig(Zweig::Wenn))
        .map(|stelle| (stelle.zeile, stelle.spalte))
        .filter(|ort| vorbei.contains(ort))
        .collect();
    let mut gruppen: Vec<(usize, usize, Option<Zweig>, &str)> = Vec::new();
    for stelle in stellen {
        let zweig = match stelle.art {
            Art::Zweig(zweig) if !nie_gefragt.contains(&(stelle.zeile, stelle.spalte)) => {
                Some(zweig)
            }
            Art::Zweig(_) | Art::Text | Art::Ausdruck => None,
        };
        match gruppen.last_mut() {
            // What stands in a branch that is not reached says nothing new.
            Some((_, bis, Some(Zweig::Wenn | Zweig::Sonst | Zweig::Schleife) | None, _))
                if zweig.is_none() && stelle.zeile <= *bis + 1 =>
            {
                *bis = stelle.zeile;
            }
            _ => gruppen.push((stelle.zeile, stelle.zeile, zweig, &stelle.auszug)),
        }
    }
    gruppen
        .into_iter()
        .map(|(von, bis, zweig, auszug)| {
            let was = match zweig {
                Some(Zweig::Wenn) => "Bedingung nie erfüllt: ",
                Some(Zweig::Sonst) => "nie der andere Fall: ",
                Some(Zweig::Vorbei) => "Bedingung immer erfüllt: ",
                Some(Zweig::Schleife) => "Schleife nie durchlaufen: ",
                None => "nie erreicht: ",
            };
            if von == bis {
                format!("Zeile {von} {was}{auszug}")
            } else {
                format!("Zeilen {von}–{bis} {was}{auszug}")
            }
        })
        .collect()
}

#[derive(Serialize)]
pub(super) struct AbdeckungJson {
    ohne: Vec<String>,
    eigene: QuoteJson,
    mitgelieferte: QuoteJson,
    vorlagen: Vec<VorlageJson>,
    regeln: RegelnJson,
}

#[derive(Serialize)]
struct QuoteJson {
    erreicht: usize,
    gesamt: usize,
    prozent: usize,
}

impl From<Quote> for QuoteJson {
    fn from(quote: Quote) -> Self {
        Self {
            erreicht: quote.erreicht,
            gesamt: quote.gesamt,
            prozent: quote.prozent(),
        }
    }
}

#[derive(Serialize)]
struct VorlageJson {
    datei: String,
    mitgeliefert: bool,
    #[serde(rename = "abdeckung")]
    quote: QuoteJson,
    unerreicht: Vec<StelleJson>,
}

#[derive(Serialize)]
struct StelleJson {
    zeile: usize,
    spalte: usize,
    art: &'static str,
    auszug: String,
}

impl StelleJson {
    fn aus(stelle: &Stelle) -> Self {
        Self {
            zeile: stelle.zeile,
            spalte: stelle.spalte,
            art: match stelle.art {
                Art::Text => "text",
                Art::Ausdruck => "ausdruck",
                Art::Zweig(Zweig::Wenn) => "wenn",
                Art::Zweig(Zweig::Sonst) => "sonst",
                Art::Zweig(Zweig::Vorbei) => "immer",
                Art::Zweig(Zweig::Schleife) => "schleife",
            },
            auszug: stelle.auszug.clone(),
        }
    }
}

#[derive(Serialize)]
struct RegelnJson {
    #[serde(rename = "abdeckung")]
    quote: QuoteJson,
    unerreicht: Vec<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stelle(zeile: usize, art: Art) -> Stelle {
        Stelle {
            eingebaut: false,
            datei: "x.md".into(),
            zeile,
            spalte: 1,
            art,
            auszug: format!("z{zeile}"),
        }
    }

    #[test]
    fn a_branch_takes_the_lines_below_it() {
        let stellen = [
            stelle(3, Art::Zweig(Zweig::Wenn)),
            stelle(4, Art::Text),
            stelle(5, Art::Ausdruck),
            stelle(9, Art::Zweig(Zweig::Vorbei)),
            stelle(12, Art::Text),
        ];
        assert_eq!(
            gruppen(stellen.iter()),
            [
                "Zeilen 3–5 Bedingung nie erfüllt: z3",
                "Zeile 9 Bedingung immer erfüllt: z9",
                "Zeile 12 nie erreicht: z12"
            ]
        );
    }

    #[test]
    fn a_condition_that_was_never_asked_holds_neither_always_nor_never() {
        let stellen = [
            stelle(3, Art::Zweig(Zweig::Wenn)),
            stelle(4, Art::Zweig(Zweig::Wenn)),
            stelle(4, Art::Zweig(Zweig::Vorbei)),
            stelle(5, Art::Text),
            stelle(8, Art::Zweig(Zweig::Wenn)),
            stelle(8, Art::Zweig(Zweig::Vorbei)),
        ];
        assert_eq!(
            gruppen(stellen.iter()),
            [
                "Zeilen 3–5 Bedingung nie erfüllt: z3",
                "Zeile 8 nie erreicht: z8"
            ]
        );
    }

    #[test]
    fn a_rule_that_found_something_counts() {
        let mut satz = Satzabdeckung::default();
        let alle = satz.ungeprueft().len();
        let befund = Befund::warnung(
            REGELN[0].name,
            crate::diagnostic::Stelle::Pfad("a".into()),
            "x",
        );
        satz.nimm(Abdeckung::default(), &[befund]);
        assert_eq!(satz.ungeprueft().len(), alle - 1);
        assert!(satz.text().contains(&format!("Regeln: 1 von {alle}")));
    }
}
