//! Rules: what the law and the paper itself demand. Each rule is a plain function in one static table.
//!
//! Rules read facts, computed values and rendered papers; they change nothing. A rule's file is named like the rule.

use crate::compute::Zahlen;
use crate::diagnostic::{Befund, Schwere};
use crate::model::Vorgang;
use crate::template::Papier;

mod beratungsfolge_nicht_aufsteigend;
mod haushaltsjahr_ohne_betrag;
mod zustaendigkeit_unklar;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Lage<'a> {
    /// The facts.
    pub vorgang: &'a Vorgang,
    /// The computed values.
    pub zahlen: &'a Zahlen<'a>,
    /// The papers.
    pub papiere: &'a [Papier],
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Regel {
    /// Its name: kebab-case, names the defect, for ever the same.
    pub name: &'static str,
    /// What its findings weigh. `Fehler` only for a „muss“ norm or broken arithmetic.
    pub schwere: Schwere,
    /// What it rests on.
    pub grundlage: Grundlage,
    /// Finds all violations.
    pub pruefe: fn(&Lage<'_>) -> Vec<Befund>,
}

/// What a rule rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grundlage {
    /// A norm.
    Gesetz,
    /// What authorities ask for in practice.
    Aufsichtspraxis,
    /// Good editing: the paper must agree with itself.
    Redaktion,
}

/// All rules in the order of their names.
pub const REGELN: &[Regel] = &[
    beratungsfolge_nicht_aufsteigend::REGEL,
    haushaltsjahr_ohne_betrag::REGEL,
    zustaendigkeit_unklar::REGEL,
];

/// Runs all rules.
pub fn pruefe(lage: &Lage<'_>) -> Vec<Befund> {
    REGELN
        .iter()
        .flat_map(|regel| (regel.pruefe)(lage))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_the_order_of_their_names() {
        assert!(REGELN.is_sorted_by_key(|regel| regel.name));
    }
}
