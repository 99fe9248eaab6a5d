//! A computed value that is another, and whether another one explains it.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::Value;

/// A value that is another, new or gone, by its way through the file.
pub(super) struct Wert<'a> {
    pub(super) weg: Vec<&'a str>,
    pub(super) alt: Option<&'a Value>,
    pub(super) neu: Option<&'a Value>,
}

/// All that differs between two files of numbers.
pub(super) fn alle<'a>(alt: &'a Value, neu: &'a Value) -> Vec<Wert<'a>> {
    let mut werte = Vec::new();
    sammle(&mut Vec::new(), Some(alt), Some(neu), &mut werte);
    werte
}

fn sammle<'a>(
    weg: &mut Vec<&'a str>,
    alt: Option<&'a Value>,
    neu: Option<&'a Value>,
    werte: &mut Vec<Wert<'a>>,
) {
    match (alt, neu) {
        _ if alt == neu => {}
        (Some(Value::Object(alt)), Some(Value::Object(neu))) => {
            let namen: BTreeSet<&String> = alt.keys().chain(neu.keys()).collect();
            for name in namen {
                weg.push(name);
                sammle(weg, alt.get(name), neu.get(name), werte);
                weg.pop();
            }
        }
        _ => werte.push(Wert {
            weg: weg.clone(),
            alt,
            neu,
        }),
    }
}

impl<'a> Wert<'a> {
    /// Whether another changed value explains this one.
    pub(super) fn ist_folge(&self, werte: &[Self]) -> bool {
        let gibt = |passt: &dyn Fn(&[&str]) -> bool| werte.iter().any(|wert| passt(&wert.weg));
        // A day that moved as another one did, moved with it.
        let wie = |feld: &str| {
            werte.iter().any(|wert| {
                wert.weg.last() == Some(&feld) && wert.alt == self.alt && wert.neu == self.neu
            })
        };
        match self.weg.as_slice() {
            ["vereinbarungen", v, rest @ ..] => {
                let glieder =
                    || gibt(&|weg| matches!(weg, ["vereinbarungen", w, .., "glieder"] if w == v));
                match rest {
                    [.., "anzahl" | "anteil"] => glieder(),
                    [menge, .., "glieder"] => self.ist_ebenso(menge, werte),
                    ["rechtsstand"] => wie("entscheidungstag"),
                    ["fristen", "eingang"] => wie("entscheidungstag") || wie("rechtsstand"),
                    ["fristen", ..] => gibt(&|weg| match weg {
                        ["drucksachen", _, "entscheidungstag"] => true,
                        ["vereinbarungen", w, "fristen", "eingang"]
                        | ["vereinbarungen", w, "zustaendigkeit", ..] => w == v,
                        _ => false,
                    }),
                    ["zustaendigkeit", ..] => glieder(),
                    ["kosten", _, "jahre", _, "anteile", _] if self.ist_ausgleich(werte) => true,
                    ["kosten", position, "jahre", jahr, teil, ..] if *teil != "schritte" => {
                        glieder()
                            || gibt(&|weg| match weg {
                                ["vereinbarungen", w, "kosten", p, "jahre", j, "schritte"] => {
                                    (w, p, j) == (v, position, jahr)
                                }
                                // Shares that are others explain who bears what, not the other way round.
                                ["vereinbarungen", w, "kosten", p, "jahre", j, "anteile", _] => {
                                    *teil != "anteile" && (w, p, j) == (v, position, jahr)
                                }
                                _ => false,
                            })
                    }
                    ["jahre", jahr, ..] => gibt(&|weg| match weg {
                        ["vereinbarungen", w, "kosten", _]
                        | ["vereinbarungen", w, "kosten", _, "anbieter"] => w == v,
                        ["vereinbarungen", w, "kosten", _, "jahre", j, ..] => (w, j) == (v, jahr),
                        _ => false,
                    }),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// Whether the users, or else all parties, gained and lost the very members that this set did.
    fn ist_ebenso(&self, menge: &str, werte: &[Self]) -> bool {
        let vor = |andere: &str| {
            // Who uses the service decides who is a party; from both follow the sets that are drawn from them.
            let rang = |menge| match menge {
                "anwender" => 0,
                "parteien" => 1,
                _ => 2,
            };
            rang(andere) < rang(menge)
        };
        werte.iter().any(|wert| match wert.weg.as_slice() {
            [_, v, andere, "glieder"] => {
                Some(v) == self.weg.get(1) && vor(andere) && wert.wechsel() == self.wechsel()
            }
            _ => false,
        })
    }

    /// Whether this share only makes up for a few others that went the other way.
    fn ist_ausgleich(&self, werte: &[Self]) -> bool {
        let nachbarn = werte.iter().filter(|wert| {
            wert.weg.len() == self.weg.len()
                && wert.weg[..wert.weg.len() - 1] == self.weg[..self.weg.len() - 1]
        });
        let richtung = self.richtung();
        let (ebenso, entgegen) =
            nachbarn.fold((0, 0), |(ebenso, entgegen), wert| match wert.richtung() {
                andere if andere == richtung => (ebenso + 1, entgegen),
                Ordering::Equal => (ebenso, entgegen),
                _ => (ebenso, entgegen + 1),
            });
        entgegen > 0 && entgegen < ebenso
    }

    /// Whether a share grew; only the same fraction of another sum is neither more nor less.
    fn richtung(&self) -> Ordering {
        let bruch = |wert: Option<&Value>| -> Option<(u128, u128)> {
            let (bruch, _) = wert?.as_str()?.split_once(" = ")?;
            let (zaehler, nenner) = bruch.split_once('/').unwrap_or((bruch, "1"));
            Some((zaehler.parse().ok()?, nenner.parse().ok()?))
        };
        let (alt, neu) = (
            bruch(self.alt).unwrap_or((0, 1)),
            bruch(self.neu).unwrap_or((0, 1)),
        );
        neu.0
            .saturating_mul(alt.1)
            .cmp(&alt.0.saturating_mul(neu.1))
    }

    /// Who joined a list and who left it.
    pub(super) fn wechsel(&self) -> (Vec<&'a Value>, Vec<&'a Value>) {
        let leer: &'a [Value] = &[];
        let liste = |wert: Option<&'a Value>| wert.and_then(Value::as_array).map_or(leer, |w| w);
        let (alt, neu) = (liste(self.alt), liste(self.neu));
        let ohne = |werte: &'a [Value], andere: &[Value]| {
            werte
                .iter()
                .filter(|wert| !andere.contains(wert))
                .collect::<Vec<_>>()
        };
        (ohne(neu, alt), ohne(alt, neu))
    }

    /// The year that it belongs to.
    pub(super) fn jahr(&self) -> Option<&'a str> {
        match self.weg.as_slice() {
            ["vereinbarungen", _, "kosten", _, "jahre", jahr, ..]
            | ["vereinbarungen", _, "jahre", jahr, ..] => Some(jahr),
            _ => None,
        }
    }
}
