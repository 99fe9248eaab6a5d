//! What is assumed because nobody has said it, and of which years.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::vereinbarung::gross;
use super::jahresliste;
use crate::compute::kosten::Rechnung;
use crate::input::Datum;

/// What is assumed because nobody has said it.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnnahmeSicht {
    /// „2020 und 2021“ where it is about some of the years; empty for all.
    pub jahre: String,
    /// The item, where the agreement has several; else empty.
    pub position: String,
    /// A sentence.
    pub text: String,
}

/// What is assumed of an item, and of which of its years.
pub(super) fn annahmen_zu(rechnung: &Rechnung<'_>) -> Vec<AnnahmeSicht> {
    let mut je_text: Vec<(&str, Vec<u32>)> = Vec::new();
    let mut platz: BTreeMap<&str, usize> = BTreeMap::new();
    for jahr in rechnung.jahre.iter().map(|jahr| jahr.jahr) {
        let tag = |monat, tag| {
            let jahr = i32::try_from(jahr).ok()?;
            NaiveDate::from_ymd_opt(jahr, monat, tag).map(Datum::from)
        };
        for text in rechnung.position.annahmen_in(tag(1, 1), tag(12, 31)) {
            let i = *platz.entry(text).or_insert(je_text.len());
            match je_text.get_mut(i) {
                Some((_, jahre)) => jahre.push(jahr),
                None => je_text.push((text, vec![jahr])),
            }
        }
    }
    je_text
        .into_iter()
        .map(|(text, jahre)| AnnahmeSicht {
            jahre: if jahre.len() == rechnung.jahre.len() {
                String::new()
            } else {
                jahresliste(&jahre)
            },
            position: gross(&rechnung.bezeichnung.einzeilig()),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        })
        .collect()
}
